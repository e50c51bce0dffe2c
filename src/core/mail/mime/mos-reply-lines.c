/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-reply-private.h"

#include <string.h>

/* What one line looks like: the phrases by which mail programs introduce an earlier message or sign off, in the languages they speak. */

/* "wrote" and its kin. With a date or an address beside it such a line introduces a quotation. */
#define WROTE                                                                                                                              \
  "wrote|writes|escribi[oó]|ha escrito|va escriure|ha escrit|escribía|schrieb|schreibt|hat geschrieben|geschrieben|a [ée]crit|écrit|"      \
  "ha scritto|scrive|scrisse|escreveu|escreva|schreef|geschreven|skrev|napisał(?:\\(a\\)|a)?|napsal(?:\\(a\\)|a)?|napísal(?:\\(a\\)|a)?|"  \
  "pisze|napisał(?:\\(a\\))|написал(?:\\(а\\)|а)?|пишет|пише|написав(?:\\(ла\\))?|написала|писал(?:а)?|kirjoitti|yazdı|şunu yazdı|yazmış|" \
  "写道|寫道|来信|來信|書きました|のメッセージ|のメール|작성|썼습니다|"                                                                    \
  "كتب|كتبت|כתב|כתבה|έγραψε|a scris|írta|ezt írta|napisao|napisala|je napisao|je napisal|rašė|rakstīja|kirjutas|"                          \
  "đã viết|menulis|เขียนว่า|egin du|idatzi zuen|escribiu|skrifaði"

typedef enum
{
  RX_WROTE_END,
  RX_WROTE_IN,
  RX_TIME,
  RX_YEAR,
  RX_ISO_START,
  RX_SEPARATOR,
  RX_MOBILE,
  RX_MOBILE_END,
  RX_FROM,
  RX_HEADER,
  N_RX
} Rx;

static const char *const patterns[N_RX] = {
  [RX_WROTE_END] = "(?:^|[\\s,>)\"»”’'\\]，（(a]|さん[はが]|氏[はが]|様[はが])(?:" WROTE ")(?:/[ae]| het volgende| folgendes| le message suivant| lo siguiente| följande| følgende| o seguinte| quanto segue| el següent)?"
                   "(?:\\s+geschreven)?\\s*[:：]?\\s*-{0,10}\\s*$",
  [RX_WROTE_IN] = "(?:^|[\\s,>)\"»”’，])(?:" WROTE ")(?:[\\s,:：(]|$)",
  [RX_TIME] = "\\d{1,2}\\s?[:.hH時点时]\\s?\\d{2}|\\d{1,2}\\s?(?:am|pm|a\\.m|p\\.m)\\b",
  [RX_YEAR] = "(?:19|20)\\d{2}|[٠-٩]{4}|\\b\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}\\b",
  [RX_ISO_START] = "^(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}.{0,200}<[^<>]*@[^<>]*>\\s*:?\\s*$",
  [RX_SEPARATOR] =
      "^[>\\s]*(?:-|—|–|_|=|\\*){2,}(?:\\s|&nbsp;)*(?:"
      "original|original message|original appointment|forwarded message|original email|begin forwarded message|message|reply message|"
      "mensaje original|mensaje reenviado|forwarded by.*|missatge original|missatge reenviat|mensagem original|mensagem encaminhada|"
      "message d'origine|message d’origine|message original|message transféré|message transmis|"
      "urspr[uü]ngliche nachricht|ursprüngliche e-?mail|originalnachricht|weitergeleitete nachricht|"
      "messaggio originale|messaggio inoltrato|messaggio inviato|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|"
      "ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|oprindelig (?:meddelelse|besked|mail)|original (?:besked|meddelelse)|videresendt besked|videresendt meddelelse|opprinnelig melding|videresendt melding|"
      "alkuperäinen viesti|välitetty viesti|wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|wiadomość przekazana dalej|przekazana wiadomość|"
      "původní zpráva|přeposlaná zpráva|pôvodná správa|eredeti üzenet|továbbított üzenet|izvorna poruka|prvotno sporočilo|mesaj original|"
      "исходное сообщение|исходное письмо|пересланное сообщение|пересылаемое сообщение|пересылаемое письмо|оригінальне повідомлення|"
      "αρχικό μήνυμα|(?:orijinal|original|özgün) [iİ]leti|orijinal mesaj|yönlendirilen ileti|iletilen mesaj|"
      "原始邮件|原始郵件|原邮件|转发邮件|轉寄郵件|转发的邮件|原始信件|元のメッセージ|オリジナル メッセージ|転送メッセージ|원본 메시지|원본 메일|전달된 메시지|"
      "الرسالة الأصلية|رسالة أصلية|الرسالة المعاد توجيهها|رسالة معاد توجيهها|הודעה מקורית|הודעה שהועברה|thư gốc|pesan asli"
      ")(?:\\s|&nbsp;)*(?:-|—|–|_|=|\\*){2,}\\s*:?\\s*$"
      "|^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|"
      "início da mensagem reencaminhada|begin doorgestuurd bericht|vidarebefordrat brev|пересылаемое сообщение|inici del missatge reenviat)\\s*[:：]\\s*$"
      /* what help desks put above the mails they send */
      "|^[^\\w]{0,10}(?:please )?(?:type|write|enter)? ?(?:your )?(?:reply|replies|answer) (?:above|over) (?:this|the) line[^\\w]{0,10}$"
      "|^[^\\w]{0,10}(?:por favor,? )?(?:escrib[ae]|respond[ae]) .{0,30}(?:encima|arriba) de esta l[ií]nea[^\\w]{0,10}$"
      "|^[^\\w]{0,10}(?:bitte )?.{0,40}(?:über|oberhalb) dies(?:er|e) (?:zeile|linie).{0,20}$"
      "|^[^\\w]{0,10}.{0,40}(?:répon(?:dre|dez|se)) .{0,20}au-dessus de cette ligne[^\\w]{0,10}$"
      "|^[^\\w]{0,10}.{0,30}(?:respond[ae]|escreva) .{0,30}acima dest[ae] linha[^\\w]{0,10}$"
      "|^[^\\w]{0,10}.{0,30}(?:rispond(?:i|a|ere|ete)|scriv(?:i|a|ere|ete)) .{0,30}sopra (?:a )?quest(?:a riga|a linea)[^\\w]{0,10}$"
      "|^[^\\w]{0,10}.{0,30}(?:responeu|respon|escriviu|escriu) .{0,40}(?:damunt|sobre) (?:d['’])?aquesta línia[^\\w]{0,10}$"
      "|^[^\\w]{0,10}.{0,40}(?:فوق|أعلى) هذا (?:السطر|الخط)[^\\w]{0,10}$",
  [RX_MOBILE] =
      "^[\\s>(<\\[*_-]*(?:"
      "sent (?:from|via|with|by|using) .{1,90}|get \\[?outlook for .{1,60}|get outlook for .{1,40}|from my (?:iphone|ipad|android|mobile|blackberry|phone|samsung).{0,30}|"
      "enviado (?:desde|de|do|a partir d[oe]|con|mediante|por) .{1,80}|enviat (?:des de|des del|amb) .{1,80}|obtener outlook para .{1,40}|obt[ée]n outlook para .{1,40}|"
      "envoyé (?:de|depuis|à partir|avec|via) .{1,80}|obtenez outlook pour .{1,40}|télécharge[rz] outlook pour .{1,40}|provenance : .{1,60}|"
      "(?:von|aus) mein(?:em|er) .{1,60}gesendet.{0,40}|(?:gesendet|versendet|geschickt) (?:von|mit|über|vom|per|aus) .{1,80}|diese (?:nachricht|e-mail|mail) wurde von .{1,60} gesendet.{0,20}|(?:hol|laden|holen) sie sich outlook für .{1,40}|outlook für (?:ios|android)\\s?(?:<[^>]*>)?\\s?(?:beziehen|herunterladen).{0,60}|"
      "inviato (?:da|dal|con|tramite|dall).{1,80}|scarica outlook per .{1,40}|ottieni outlook per .{1,40}|"
      "enviada? (?:do|da|de|a partir|pelo|via) .{1,80}|obter o? ?outlook para .{1,60}|baixe o outlook para .{1,40}|"
      "verzonden (?:vanaf|met|via|van|vanuit) .{1,80}|verstuurd (?:vanaf|met|via|van|vanuit) .{1,80}|outlook voor .{1,40}(?:downloaden)?|download outlook voor .{1,40}|"
      "skickat från .{1,80}|skickades från .{1,60}|sendt (?:fra|med|via) .{1,80}|hämta outlook för .{1,40}|lähetetty .{1,80}|hent outlook til .{1,40}|"
      "wysłane (?:z|ze|przy) .{1,80}|wysłano (?:z|ze) .{1,80}|pobierz (?:program )?outlook .{1,40}|odesláno z .{1,60}|odoslané z .{1,60}|"
      "отправлено (?:с|из|со) .{1,80}|надіслано (?:з|із) .{1,80}|скачать outlook .{1,40}|"
      "(?:iphone|ipad|samsung|android|mobil).{0,30}(?:gönderildi|cihazımdan gönderildi).{0,10}|trimis de pe .{1,60}|poslano (?:s|z|iz) .{1,60}|στάλθηκε από .{1,60}|elküldve .{1,60}|"
      "[發发]自我的.{1,60}|[從从]我的.{1,40}[傳传发發]送|来自我的.{1,40}|傳送自.{1,40}|发送自.{1,60}|"
      "(?:تم الإرسال|أُرسلت|أرسلت|مرسل|مُرسَل|أرسل|تم إرساله) (?:من|عبر) .{1,60}|نشلح מה.{1,40}|נשלח מ.{1,60}"
      ")[\\s>)\\]*.!]*$",
  /* Those whose phrase is not what the line begins with: looked for in each place of a line, so only where may_end_mobile() */
  [RX_MOBILE_END] = "^[\\s>(<\\[*_-]*(?:.{0,30}from mobile|.{1,30}'?(?:dan|den|mdan|mden) gönderildi|.{1,30}から送信.{0,10}|.{1,40}에서 보냄)[\\s>)\\]*.!]*$",
  [RX_FROM] =
      "^[\\s>]*\\*{0,2}(?:from|de|desde|von|da|van|från|fra|frå|lähettäjä|od|nadawca|от|від|from:? name|remitente|expéditeur|mittente|afzender|absender|remetente|kimden|gönderen|发件人|發件人|寄件者|寄件人|差出人|보낸 ?사람|보낸이|"
      "من|מאת|από|de la|feladó|odesílatel|odosielateľ|saatja|nuo|no|pošiljatelj|şu kişiden|từ|dari)\\s?\\*{0,2}\\s?[:：]\\*{0,2}\\s?.+",
  [RX_HEADER] =
      "^[\\s>]*\\*{0,2}(?:sent|to|cc|bcc|cco|subject|date|reply-to|reply to|importance|attachments|sent on|"
      "enviado(?: el| em| a las)?|para|asunto|fecha|responder a|enviat(?: el)?|per a|a|assumpte|data|enviada(?: em)?|assunto|"
      "envoyé(?: le)?|à|objet|date d'envoi|répondre à|"
      "gesendet|an|betreff|datum|kopie|kopie an|antwort an|antwort|inviato|oggetto|risposta|ccn|"
      "verzonden|aan|onderwerp|beantwoorden|skickat|till|ämne|kopia|sendt|til|emne|lähetetty|vastaanottaja|aihe|päivämäärä|kopio|päiväys|"
      "wysłano|wysłane|do|temat|dw|dnia|отправлено|кому|тема|дата|копия|надіслано|відправлено|odesláno|komu|předmět|odoslané|predmet|elküldve|címzett|tárgy|dátum|küldve|"
      "gönderildi|gönderilme tarihi|kime|bilgi|konu|tarih|"
      "发送时间|發送時間|发送日期|收件人|收件者|抄送|抄送人|主题|主題|副本|主旨|寄件日期|日期|時間|时间|送信日時|日付|日時|宛先|件名|보낸 ?날짜|날짜|받는 ?사람|제목|참조|"
      "إلى|الموضوع|التاريخ|تاريخ|تم الإرسال|أُرسلت|نسخة|نشلח|אל|נושא|תאריך|נשלח|στάλθηκε|προς|θέμα|ημερομηνία|trimis|către|subiect|poslano|za|zadeva|đến|chủ đề|ngày|kepada|subjek|tanggal|dikirim)"
      "\\s?\\*{0,2}\\s?[:：]\\*{0,2}(?:\\s|$|\\S)",
};

static gboolean
matches (Rx which,
         const char *text)
{
  static gsize once;
  static GRegex *regexes[N_RX];

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < N_RX; i++)
        {
          g_autoptr (GError) error = NULL;

          regexes[i] = g_regex_new (patterns[i], G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
          if (regexes[i] == NULL)
            g_error ("pattern %d: %s", i, error->message);
        }
      g_once_init_leave (&once, 1);
    }
  return g_regex_match (regexes[which], text, 0, NULL);
}

/* Mail programs wrap the parts of a line written from right to left in marks that show nothing. */
static char *
without_direction_marks (const char *line)
{
  GString *out;

  /* the bytes they begin with; most lines have none of them */
  if (strpbrk (line, "\xe2\xef") == NULL)
    return g_strdup (line);
  out = g_string_sized_new (strlen (line));
  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != 0x200e && c != 0x200f && c != 0xfeff && (c < 0x202a || c > 0x202e) && (c < 0x2066 || c > 0x2069))
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (out, FALSE);
}

/* Does @line (perhaps several, joined) introduce a quotation? */
gboolean
mos_reply_is_attribution (const char *line)
{
  g_autofree char *text = NULL;
  gsize length = strlen (line);
  gboolean colon, address, when;

  if (length < 8 || length > 600)
    return FALSE;
  text = g_strstrip (without_direction_marks (line));
  g_strdelimit (text, "\n\t", ' ');
  length = strlen (text);
  if (length == 0)
    return FALSE;
  colon = text[length - 1] == ':' || g_str_has_suffix (text, "：");
  address = strchr (text, '@') != NULL;
  /* most lines are decided without a pattern */
  if (!colon && text[length - 1] != '-' && !g_str_has_prefix (text, "On ") && !(g_ascii_isdigit (text[0]) && address))
    return FALSE;
  when = matches (RX_TIME, text) || matches (RX_YEAR, text);
  if ((when || address) && (colon || g_str_has_suffix (text, "-") || g_str_has_prefix (text, "On ")) && matches (RX_WROTE_END, text))
    return TRUE;
  if (colon && (when || address) && matches (RX_WROTE_IN, text) && length < 300)
    return TRUE;
  /* any language: a name with its address, a time, a colon */
  if (colon && address && strchr (text, '<') != NULL && matches (RX_TIME, text) && matches (RX_YEAR, text))
    return TRUE;
  return address && matches (RX_ISO_START, text);
}

/* Does the text name a day or an hour? */
gboolean
mos_reply_has_date (const char *text)
{
  return matches (RX_TIME, text) || matches (RX_YEAR, text);
}

/* "----- Original Message -----" and its translations */
gboolean
mos_reply_is_separator (const char *line)
{
  gsize length = strlen (line);

  return length > 5 && length < 200 && (strpbrk (line, "-_=*:") != NULL || strstr (line, "—") != NULL || strstr (line, "–") != NULL || strstr (line, "：") != NULL || strchr (line, '#') != NULL) && matches (RX_SEPARATOR, line);
}

/* A line of a copied header block ("Von: …", "Enviado: …") */
gboolean
mos_reply_is_header (const char *line,
                     gboolean *ret_is_from)
{
  gboolean from;

  *ret_is_from = FALSE;
  /* the label stands at the beginning */
  if (strlen (line) > 2000 || (memchr (line, ':', strnlen (line, 60)) == NULL && g_strstr_len (line, 60, "：") == NULL))
    return FALSE;
  from = matches (RX_FROM, line);
  *ret_is_from = from;
  return from || matches (RX_HEADER, line);
}

/* "… from mobile", or a word with a letter beyond ASCII, as all the other phrases of RX_MOBILE_END have */
static gboolean
may_end_mobile (const char *line)
{
  for (const char *p = line; *p != '\0'; p++)
    if ((guchar) *p >= 0x80 || ((*p == 'f' || *p == 'F') && g_ascii_strncasecmp (p, "from mobile", strlen ("from mobile")) == 0))
      return TRUE;
  return FALSE;
}

/* "Sent from my iPhone" and its translations */
gboolean
mos_reply_is_mobile_signature (const char *line)
{
  static const char *const going_on[] = { "is ", "was ", "which ", "it ", "it's ", "and ", "but ", "so ", "because " };
  const char *comma = strchr (line, ',');

  /* "Sent from my desk, which is easier than my telephone.": a sentence, not "Sent from my cell, please excuse any typos." */
  for (gsize i = 0; comma != NULL && i < G_N_ELEMENTS (going_on); i++)
    if (g_str_has_prefix (comma + 1 + strspn (comma + 1, " "), going_on[i]))
      return FALSE;
  return strlen (line) < 160 && (matches (RX_MOBILE, line) || (may_end_mobile (line) && matches (RX_MOBILE_END, line)));
}
