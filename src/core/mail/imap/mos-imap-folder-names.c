/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-folder.h"

#include <string.h>

/* What mail programs and providers call these folders, for servers that mark none (RFC 6154 absent). One row a language: the names that its
 * Thunderbird, Outlook, Apple Mail, Roundcube, Gmail and large providers make, "|" between. Compared without regard to case and
 * composition (NFC). A name that means different things in different languages stands in no row ("Corbeille" is a bin in French only;
 * "Outbox" is nobody's Sent).
 */
typedef struct
{
  const char *language;
  const char *sent;
  const char *drafts;
  const char *trash;
  const char *junk;
  const char *archive;
} Names;

static const Names well_known[] = {
  { "en",
    "Sent|Sent Items|Sent Messages|Sent Mail|Sent-Mail|SentMail|Sent Objects|Sent E-mail|Outbox Sent",
    "Drafts|Draft|Draft Messages",
    "Trash|Deleted|Deleted Items|Deleted Messages|Bin|Wastebasket|Deleted Objects",
    "Junk|Spam|Junk E-mail|Junk Email|Junk Mail|Bulk Mail|Bulk|Spam Mail",
    "Archive|Archives|All Archives" },
  { "es",
    "Enviados|Elementos enviados|Mensajes enviados|Correo enviado|Correos enviados|Objetos enviados",
    "Borradores|Borrador",
    "Papelera|Elementos eliminados|Eliminados|Mensajes eliminados|Papelera de reciclaje",
    "Correo no deseado|No deseado|Correo basura|Correo electrónico no deseado",
    "Archivo|Archivados|Archivos|Archivado" },
  { "ca",
    "Enviats|Elements enviats|Missatges enviats|Correu enviat",
    "Esborranys|Esborrany",
    "Paperera|Elements suprimits|Missatges suprimits|Suprimits",
    "Correu brossa|Correu no desitjat|Brossa",
    "Arxiu|Arxius|Arxivats" },
  { "eu", "Bidalitakoak|Bidalitako elementuak|Bidalita", "Zirriborroak", "Zakarrontzia|Ezabatutako elementuak", "Zabor-posta|Zaborra", "Artxiboa" },
  { "gl", "Enviadas|Correo enviado", "Borradores", "Lixo|Papeleira", "Correo lixo", "Arquivo" },
  { "pt",
    "Itens enviados|Mensagens enviadas|Enviadas|Enviadas/os|E-mails enviados|Correio enviado|Itens Enviadas",
    "Rascunhos|Rascunho",
    "Lixo|Lixeira|Itens excluídos|Itens eliminados|Mensagens excluídas|Reciclagem|Apagadas|Excluídos",
    "Lixo eletrônico|Lixo eletrónico|Lixo Electrónico|Correio Não Solicitado|Indesejados|Correio eletrónico não solicitado",
    "Arquivo|Arquivados|Arquivo morto|Arquivos|Arquivar" },
  { "fr",
    "Envoyés|Éléments envoyés|Messages envoyés|Objets envoyés|Courrier envoyé|Envoyé|Messages expédiés",
    "Brouillons|Brouillon",
    "Corbeille|Éléments supprimés|Messages supprimés|Supprimés",
    "Courrier indésirable|Indésirables|Indésirable|Pourriel|Pourriels|Messages indésirables",
    "Archives|Archivés|Archivage" },
  { "de",
    "Gesendet|Gesendete Elemente|Gesendete Objekte|Gesendete Nachrichten|Gesendete E-Mails|Postausgang gesendet|Verschickt",
    "Entwürfe|Entwurf",
    "Papierkorb|Gelöscht|Gelöschte Elemente|Gelöschte Objekte|Gelöschte Nachrichten",
    "Junk-E-Mail|Spamverdacht|Spam-Verdacht|Unerwünscht",
    "Archiv|Archivierte Elemente" },
  { "it",
    "Inviata|Posta inviata|Elementi inviati|Messaggi inviati|Inviati|Inviate",
    "Bozze|Bozza",
    "Cestino|Posta eliminata|Elementi eliminati|Messaggi eliminati|Eliminata",
    "Posta indesiderata|Indesiderata|Posta spazzatura",
    "Archivio|Archiviati|Archivi" },
  { "nl",
    "Verzonden|Verzonden items|Verzonden berichten|Verzonden objecten",
    "Concepten",
    "Prullenbak|Prullenmand|Verwijderde items|Verwijderd|Verwijderde berichten",
    "Ongewenste e-mail|Ongewenst|Ongewenste reclame|Ongewenste berichten",
    "Archief|Gearchiveerd" },
  { "pl",
    "Wysłane|Elementy wysłane|Wiadomości wysłane|Poczta wysłana",
    "Kopie robocze|Wersje robocze|Szkice|Robocze",
    "Kosz|Elementy usunięte|Usunięte|Wiadomości usunięte",
    "Niechciane|Wiadomości-śmieci|Wiadomości śmieci|Niechciana poczta|Śmieci",
    "Archiwum|Archiwa" },
  { "sv",
    "Skickat|Skickade|Skickade objekt|Skickade meddelanden|Skickad e-post",
    "Utkast",
    "Papperskorg|Papperskorgen|Borttaget|Borttagna objekt|Borttagna",
    "Skräppost|Skräp",
    "Arkiv|Arkiverat" },
  { "da",
    "Sendt|Sendte elementer|Sendt post|Sendte beskeder|Sendte mails",
    "Kladder|Udkast",
    "Papirkurv|Slettet post|Slettede elementer|Slettet",
    "Uønsket post|Uønsket mail|Uønsket e-mail",
    "Arkiv|Arkiver" },
  { "nb", "Sendt|Sendte elementer|Sendte meldinger|Sendt e-post", "Utkast|Kladd", "Papirkurv|Slettede elementer|Slettet", "Søppelpost|Uønsket e-post|Useriøs e-post", "Arkiv" },
  { "fi", "Lähetetyt|Lähetetyt viestit|Lähetetty", "Luonnokset", "Roskakori|Poistetut|Poistetut viestit", "Roskaposti", "Arkisto|Arkistot" },
  { "is", "Sent mál|Send atriði|Sendur póstur", "Drög", "Ruslafata|Rusl|Eydd atriði", "Ruslpóstur", "Safn|Geymsla" },
  { "et", "Saadetud|Saadetud kirjad|Saadetud üksused", "Mustandid", "Prügikast|Prügi|Kustutatud", "Rämpspost", "Arhiiv" },
  { "lv", "Nosūtītie|Nosūtītie vienumi", "Melnraksti", "Miskaste|Izdzēstie", "Mēstules|Surogātpasts", "Arhīvs" },
  { "lt", "Išsiųsti|Išsiųsti laiškai|Išsiųstieji", "Juodraščiai", "Šiukšlinė|Šiukšliadėžė|Ištrinti", "Brukalas|Šlamštas", "Archyvas|Archyvai" },
  { "cs",
    "Odeslané|Odeslaná pošta|Odeslané položky|Odeslané zprávy",
    "Koncepty|Rozepsané|Rozepsaná pošta",
    "Koš|Odstraněná pošta|Odstraněné položky|Smazané",
    "Nevyžádaná pošta|Nevyžádané|Hromadné",
    "Archiv|Archivy" },
  { "sk", "Odoslané|Odoslaná pošta|Odoslané položky", "Koncepty|Rozpísané", "Kôš|Odstránená pošta|Odstránené položky", "Nevyžiadaná pošta|Nevyžiadané", "Archív|Archívy" },
  { "sl", "Poslano|Poslana pošta|Poslani elementi", "Osnutki", "Smeti|Koš|Izbrisano", "Neželena pošta|Neželeno", "Arhiv" },
  { "hr", "Poslano|Poslane poruke|Poslana pošta", "Skice|Nacrti", "Otpad|Smeće|Obrisano", "Bezvrijedna pošta|Neželjena pošta", "Arhiva|Arhiv" },
  { "hu",
    "Elküldött|Elküldött elemek|Elküldött üzenetek|Elküldött levelek",
    "Piszkozatok|Piszkozat",
    "Kuka|Lomtár|Törölt elemek|Törölt",
    "Levélszemét|Spamek",
    "Archívum|Archívált" },
  { "ro",
    "Trimise|Elemente trimise|Mesaje trimise",
    "Ciorne|Schițe",
    "Coș de gunoi|Gunoi|Elemente șterse|Coș",
    "Mesaje nedorite|E-mail nedorit|Nedorite",
    "Arhivă|Arhiva" },
  { "el",
    "Απεσταλμένα|Απεσταλμένα μηνύματα|Απεσταλμένα στοιχεία|Σταλμένα",
    "Πρόχειρα|Προσχέδια",
    "Κάδος απορριμμάτων|Κάδος|Διαγραμμένα|Διαγραμμένα στοιχεία|Απορρίμματα",
    "Ανεπιθύμητα|Ανεπιθύμητη αλληλογραφία|Ανεπιθύμητη",
    "Αρχείο|Αρχειοθήκη|Αρχειοθετημένα" },
  { "ru",
    "Отправленные|Отправленное|Отправлено|Исходящие отправленные|Отправленные письма",
    "Черновики|Черновик",
    "Корзина|Удаленные|Удалённые|Удаленное",
    "Спам|Нежелательная почта",
    "Архив|Архивы" },
  { "uk", "Надіслані|Відправлені|Надіслане", "Чернетки", "Кошик|Видалені|Смітник", "Спам|Небажана пошта|Небажані", "Архів|Архіви" },
  { "bg", "Изпратени|Изпратена поща", "Чернови", "Кошче|Изтрити", "Нежелана поща|Спам", "Архив" },
  { "sr", "Послато|Послате|Poslato", "Нацрти|Nacrti", "Смеће|Smeće|Отпад", "Непожељно|Непожељна пошта", "Архива" },
  { "tr",
    "Gönderilmiş Öğeler|Gönderilmiş|Gönderilenler|Gönderilmiş Postalar|Gönderilen|Gönderilmiş İletiler",
    "Taslaklar|Taslak",
    "Çöp Kutusu|Çöp|Silinmiş Öğeler|Silinmiş",
    "İstenmeyen|İstenmeyen E-posta|Gereksiz|Önemsiz|Önemsiz E-posta",
    "Arşiv|Arşivler" },
  { "ar",
    "المرسلة|العناصر المرسلة|الرسائل المرسلة|البريد المرسل|المرسل|بريد مرسل",
    "المسودات|مسودات|مسودّات|المسودّات",
    "المهملات|سلة المهملات|العناصر المحذوفة|المحذوفة|المحذوفات",
    "البريد المزعج|بريد مزعج|البريد غير الهام|بريد عشوائي|البريد العشوائي|الرسائل غير المرغوبة",
    "الأرشيف|أرشيف|ارشيف" },
  { "he", "נשלח|פריטים שנשלחו|דואר שנשלח|דואר יוצא שנשלח", "טיוטות", "אשפה|פריטים שנמחקו|נמחקו", "דואר זבל|ספאם|זבל", "ארכיון" },
  { "fa", "ارسال‌شده|ارسال شده|فرستاده‌شده", "پیش‌نویس‌ها|پیش نویس ها", "زباله‌دان|سطل زباله", "هرزنامه", "بایگانی" },
  { "hi", "भेजे गए|भेजे गए मेल|भेजी गई मेल", "ड्राफ़्ट|मसौदे", "ट्रैश|कचरा", "स्पैम|जंक", "संग्रह" },
  { "th", "ส่งแล้ว|จดหมายที่ส่งแล้ว|รายการที่ส่ง", "จดหมายร่าง|แบบร่าง|ฉบับร่าง", "ถังขยะ|รายการที่ถูกลบ", "จดหมายขยะ|สแปม|อีเมลขยะ", "เก็บถาวร|ที่เก็บถาวร" },
  { "vi", "Đã gửi|Thư đã gửi|Mục đã gửi", "Thư nháp|Nháp|Bản nháp", "Thùng rác|Mục đã xóa", "Thư rác", "Lưu trữ" },
  { "id", "Terkirim|Surat Terkirim|Item Terkirim", "Draf|Konsep", "Sampah|Tong Sampah|Item Dihapus", "Email Sampah|Surat Sampah", "Arsip" },
  { "zh",
    "已发送|已发送邮件|已发邮件|已发送的邮件|已发送项目|寄件备份|寄件備份|已傳送|已傳送的郵件|已寄出|寄件匣備份|已寄送的郵件|傳送的郵件",
    "草稿|草稿箱|草稿夹|草稿匣|草稿夾",
    "已删除|已删除邮件|已删除的邮件|废件箱|回收站|已刪除|已刪除的郵件|刪除的郵件|垃圾桶",
    "垃圾邮件|垃圾電郵|垃圾郵件|广告邮件",
    "归档|存档|封存|歸檔|存檔|归档邮件" },
  { "ja",
    "送信済み|送信済みアイテム|送信済みメール|送信済みトレイ|送信済|送信済メール|送信控え",
    "下書き|草稿トレイ",
    "ゴミ箱|ごみ箱|削除済みアイテム|削除済み|削除済みメール",
    "迷惑メール|迷惑メールフォルダ|スパム",
    "アーカイブ|保存済み" },
  { "ko",
    "보낸 편지함|보낸편지함|보낸메일함|보낸 메일함|보낸 메일|보낸 메시지함",
    "임시 보관함|임시보관함|임시 보관 메일함|초안",
    "휴지통|지운 편지함|지운편지함|삭제된 메시지함",
    "스팸|스팸함|스팸편지함|정크 메일|스팸메일함|정크",
    "보관함|아카이브|보관 메일함|보관처리됨" },
};

/* Names alone in Gmail ("[Gmail]/All Mail" holds every message once more: not what is meant by an archive, see MosImapFolder.is_all) */
static const char *const all_mail[] = {
  "all mail", "alle nachrichten", "todos", "tots els missatges", "tous les messages", "tutti i messaggi", "alle berichten", "todos os e-mails", "todo o correio",
  "wszystkie", "all post", "alla mejl", "al mail", "all e-post", "kaikki viestit", "všechny zprávy", "вся почта", "уся пошта", "tüm postalar", "όλα τα μηνύματα",
  "كل البريد", "所有邮件", "所有郵件", "すべてのメール", "전체보관함", "összes levél", "toate mesajele", NULL
};

static char *
fold (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) folded = NULL;
  g_autofree char *plain = NULL;

  if (normal == NULL)
    return NULL;
  /* The Turkish İ folds to an i with a dot above it. */
  plain = g_utf8_casefold (normal, -1);
  folded = g_string_new (plain);
  g_string_replace (folded, "i\xcc\x87", "i", 0);
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* folded name → role; made once, read by every thread after that */
static GHashTable *
get_table (void)
{
  static GHashTable *table;

  if (g_once_init_enter_pointer (&table))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (well_known); i++)
        {
          const struct
          {
            MosFolderRole role;
            const char *names;
          } columns[] = {
            { MOS_FOLDER_SENT, well_known[i].sent },
            { MOS_FOLDER_DRAFTS, well_known[i].drafts },
            { MOS_FOLDER_TRASH, well_known[i].trash },
            { MOS_FOLDER_JUNK, well_known[i].junk },
            { MOS_FOLDER_ARCHIVE, well_known[i].archive },
          };

          for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
            {
              g_auto (GStrv) names = g_strsplit (columns[c].names, "|", -1);

              for (gsize n = 0; names[n] != NULL; n++)
                {
                  char *folded = fold (names[n]);

                  /* The table above is at fault where this fails: one name, two meanings. */
                  g_assert (!g_hash_table_contains (made, folded) || GPOINTER_TO_INT (g_hash_table_lookup (made, folded)) == (gint) columns[c].role);
                  g_hash_table_insert (made, folded, GINT_TO_POINTER (columns[c].role));
                }
            }
        }
      g_once_init_leave_pointer (&table, made);
    }
  return table;
}

MosFolderRole
mos_imap_folder_guess_role (const char *name,
                            char delimiter)
{
  const char *last = delimiter != '\0' ? strrchr (name, delimiter) : NULL;
  g_autofree char *folded = NULL;
  gpointer role = NULL;

  /* RFC 9051 §5.1: INBOX in any case, and it alone */
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return MOS_FOLDER_INBOX;

  folded = fold (last != NULL ? last + 1 : name);
  if (folded == NULL || !g_hash_table_lookup_extended (get_table (), folded, NULL, &role))
    return MOS_FOLDER_OTHER;
  return (MosFolderRole) GPOINTER_TO_INT (role);
}

gboolean
mos_imap_folder_is_all_mail (const char *name)
{
  g_autofree char *folded = NULL;

  /* Gmail's own folders are below one of these two, in every language. */
  if (!g_str_has_prefix (name, "[Gmail]/") && !g_str_has_prefix (name, "[Google Mail]/"))
    return FALSE;
  folded = fold (strchr (name, '/') + 1);
  return folded != NULL && g_strv_contains (all_mail, folded);
}
