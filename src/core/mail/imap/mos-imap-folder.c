/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-folder.h"

#include <string.h>

void
mos_imap_folder_free (MosImapFolder *self)
{
  if (self == NULL)
    return;
  g_free (self->mailbox);
  g_free (self->name);
  g_free (self);
}

/* --- Well-known names ------------------------------------------------------------------------ */

/* What mail programs and providers call these folders, case-folded; for servers that mark none (RFC 6154 absent). */
static const struct
{
  MosFolderRole role;
  const char *names[48];
} well_known[] = {
  { MOS_FOLDER_SENT,
    { "sent", "sent items", "sent messages", "sent mail", "sent-mail", "sentmail", "outbox sent", "enviados", "elementos enviados", "mensajes enviados", "correo enviado",
      "enviats", "elements enviats", "bidalitakoak", "itens enviados", "mensagens enviadas", "envoyés", "éléments envoyés", "messages envoyés", "objets envoyés", "gesendet",
      "gesendete elemente", "gesendete objekte", "inviata", "posta inviata", "elementi inviati", "messaggi inviati", "verzonden", "verzonden items", "verzonden berichten",
      "skickat", "skickade", "sendt", "sendte elementer", "lähetetyt", "wysłane", "elementy wysłane", "odeslané", "odeslaná pošta", "отправленные", "надіслані", "gönderilmiş öğeler",
      "المرسلة", "العناصر المرسلة", "送信済み", "已发送", "보낸 편지함", NULL } },
  { MOS_FOLDER_DRAFTS,
    { "drafts", "draft", "borradores", "borrador", "esborranys", "zirriborroak", "rascunhos", "brouillons", "entwürfe", "bozze", "concepten", "utkast", "kladder", "luonnokset",
      "wersje robocze", "szkice", "koncepty", "rozepsané", "черновики", "чернетки", "taslaklar", "المسودات", "مسودات", "下書き", "草稿", "임시 보관함", NULL } },
  { MOS_FOLDER_TRASH,
    { "trash", "deleted", "deleted items", "deleted messages", "bin", "papelera", "elementos eliminados", "eliminados", "paperera", "zakarrontzia", "lixo", "lixeira", "itens excluídos",
      "corbeille", "éléments supprimés", "papierkorb", "gelöscht", "gelöschte elemente", "cestino", "posta eliminata", "prullenbak", "verwijderde items", "papperskorg", "papperskorgen",
      "papirkurv", "slettede elementer", "roskakori", "kosz", "elementy usunięte", "koš", "odstraněná pošta", "корзина", "удаленные", "кошик", "çöp kutusu", "المهملات", "سلة المهملات",
      "ゴミ箱", "已删除", "휴지통", NULL } },
  { MOS_FOLDER_JUNK,
    { "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "correo no deseado", "no deseado", "correu brossa", "correu no desitjat", "zabor-posta", "lixo eletrônico",
      "courrier indésirable", "indésirables", "pourriel", "junk-e-mail", "spamverdacht", "posta indesiderata", "ongewenste e-mail", "ongewenst", "skräppost", "søppelpost", "uønsket post",
      "roskaposti", "niechciane", "wiadomości-śmieci", "nevyžádaná pošta", "спам", "нежелательная почта", "istenmeyen", "البريد المزعج", "迷惑メール", "垃圾邮件", "스팸", NULL } },
  { MOS_FOLDER_ARCHIVE,
    { "archive", "archives", "archivo", "archivados", "arxiu", "artxiboa", "arquivo", "arquivados", "archiv", "archivio", "archief", "arkiv", "arkisto", "archiwum", "архив", "архів", "arşiv",
      "الأرشيف", "アーカイブ", "归档", "보관함", NULL } },
};

MosFolderRole
mos_imap_folder_guess_role (const char *name,
                            char delimiter)
{
  const char *last = delimiter != '\0' ? strrchr (name, delimiter) : NULL;
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;

  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return MOS_FOLDER_INBOX;

  normal = g_utf8_normalize (last != NULL ? last + 1 : name, -1, G_NORMALIZE_NFC);
  if (normal == NULL)
    return MOS_FOLDER_OTHER;
  folded = g_utf8_strdown (normal, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (well_known); i++)
    if (g_strv_contains (well_known[i].names, folded))
      return well_known[i].role;
  return MOS_FOLDER_OTHER;
}

const MosImapFolder *
mos_imap_folders_find_role (GPtrArray *folders,
                            MosFolderRole role)
{
  const MosImapFolder *guess = NULL;

  for (guint i = 0; i < folders->len; i++)
    {
      const MosImapFolder *folder = folders->pdata[i];

      if (!folder->can_select)
        continue;
      if (folder->role == role)
        return folder;
      /* "Sent" before "Projects/old/Sent" */
      if (folder->guessed_role == role && (guess == NULL || strlen (folder->mailbox) < strlen (guess->mailbox)))
        guess = folder;
    }
  return guess;
}

/* --- Modified UTF-7 (RFC 3501 §5.1.3) -------------------------------------------------------- */

static const char base64_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static void
encode_unit (GString *out,
             guint16 unit,
             guint32 *bits,
             guint *count)
{
  *bits = (*bits << 16) | unit;
  *count += 16;
  while (*count >= 6)
    {
      *count -= 6;
      g_string_append_c (out, base64_chars[(*bits >> *count) & 0x3f]);
    }
  *bits &= (1u << *count) - 1;
}

char *
mos_imap_utf7_encode (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean shifted = FALSE;
  guint32 bits = 0;
  guint count = 0;

  g_return_val_if_fail (name != NULL, NULL);

  for (const char *p = name;; p = g_utf8_next_char (p))
    {
      gunichar c = *p != '\0' ? g_utf8_get_char (p) : 0;
      gboolean direct = c >= 0x20 && c <= 0x7e;

      if (shifted && (direct || c == 0))
        {
          if (count > 0)
            g_string_append_c (out, base64_chars[(bits << (6 - count)) & 0x3f]);
          g_string_append_c (out, '-');
          shifted = FALSE;
          bits = count = 0;
        }
      if (c == 0)
        break;
      if (direct)
        {
          g_string_append_c (out, (char) c);
          if (c == '&')
            g_string_append_c (out, '-');
          continue;
        }
      if (!shifted)
        g_string_append_c (out, '&');
      shifted = TRUE;
      if (c >= 0x10000)
        {
          encode_unit (out, (guint16) (0xd800 + ((c - 0x10000) >> 10)), &bits, &count);
          encode_unit (out, (guint16) (0xdc00 + ((c - 0x10000) & 0x3ff)), &bits, &count);
        }
      else
        encode_unit (out, (guint16) c, &bits, &count);
    }
  return g_string_free (out, FALSE);
}

/* Decodes what stands between "&" and "-"; @p is moved behind the "-". */
static gboolean
decode_shifted (const char **p,
                GString *out)
{
  guint32 bits = 0;
  guint count = 0;
  guint16 high = 0;

  for (; **p != '\0' && **p != '-'; (*p)++)
    {
      const char *digit = strchr (base64_chars, **p);
      guint16 unit;

      if (digit == NULL)
        return FALSE;
      bits = (bits << 6) | (guint32) (digit - base64_chars);
      count += 6;
      if (count < 16)
        continue;
      count -= 16;
      unit = (guint16) (bits >> count);
      bits &= (1u << count) - 1;

      if (high != 0)
        {
          if (unit < 0xdc00 || unit > 0xdfff)
            return FALSE;
          g_string_append_unichar (out, 0x10000 + (((gunichar) high - 0xd800) << 10) + (unit - 0xdc00u));
          high = 0;
        }
      else if (unit >= 0xd800 && unit <= 0xdbff)
        high = unit;
      else if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return FALSE;
      else
        g_string_append_unichar (out, unit);
    }
  if (**p != '-' || high != 0)
    return FALSE;
  (*p)++;
  return TRUE;
}

char *
mos_imap_utf7_decode (const char *mailbox)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *again = NULL;

  g_return_val_if_fail (mailbox != NULL, NULL);

  for (const char *p = mailbox; *p != '\0';)
    {
      if ((guchar) *p < 0x20 || (guchar) *p > 0x7e)
        return NULL;
      if (*p != '&')
        {
          g_string_append_c (out, *p++);
          continue;
        }
      p++;
      if (*p == '-')
        {
          g_string_append_c (out, '&');
          p++;
        }
      else if (!decode_shifted (&p, out))
        return NULL;
    }

  /* Two spellings of one name are two folders; only the canonical one may be shown as the other's name. */
  again = mos_imap_utf7_encode (out->str);
  if (strcmp (again, mailbox) != 0)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
