/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>
#include <uchardet/uchardet.h>

/* Which charset a text without a name for it is in. uchardet knows scripts well; between the Latin charsets, which differ in a few letters,
 * it guesses. There its answer counts when the text it gives is in a language that is written with that charset; else it is Western. */

#define MAX_LOOKED_AT 8192
/* fewer bytes beyond ASCII are a name or a sign, and Western */
#define MIN_HIGH_BYTES 3

static const struct
{
  const char *detected;
  const char *meant;     /* what iconv calls it, or the superset that is used in its stead */
  const char *languages; /* (nullable) of a Latin charset; %NULL: another script, to be believed */
} charsets[] = {
  { "UTF-16", "UTF-16", NULL },
  { "UTF-32", "UTF-32", NULL },
  { "SHIFT_JIS", "CP932", NULL },
  { "EUC-JP", "EUC-JP", NULL },
  { "ISO-2022-JP", "ISO-2022-JP-3", NULL },
  { "GB18030", "GB18030", NULL },
  { "HZ-GB-2312", "HZ", NULL },
  { "BIG5", "BIG5-HKSCS", NULL },
  { "EUC-TW", "EUC-TW", NULL },
  { "EUC-KR", "CP949", NULL },
  { "UHC", "CP949", NULL },
  { "JOHAB", "JOHAB", NULL },
  { "ISO-2022-KR", "ISO-2022-KR", NULL },
  { "WINDOWS-1251", "WINDOWS-1251", NULL },
  { "KOI8-R", "KOI8-U", NULL },
  { "ISO-8859-5", "ISO-8859-5", NULL },
  { "IBM866", "CP866", NULL },
  { "IBM855", "CP855", NULL },
  { "MAC-CYRILLIC", "MAC-CYRILLIC", NULL },
  { "WINDOWS-1253", "WINDOWS-1253", NULL },
  { "ISO-8859-7", "ISO-8859-7", NULL },
  { "WINDOWS-1255", "WINDOWS-1255", NULL },
  { "ISO-8859-8", "ISO-8859-8", NULL },
  { "WINDOWS-1256", "WINDOWS-1256", NULL },
  { "ISO-8859-6", "ISO-8859-6", NULL },
  { "TIS-620", "WINDOWS-874", NULL },
  { "ISO-8859-11", "WINDOWS-874", NULL },
  { "GEORGIAN-ACADEMY", "GEORGIAN-ACADEMY", NULL },
  { "GEORGIAN-PS", "GEORGIAN-PS", NULL },
  { "WINDOWS-1250", "WINDOWS-1250", " pl cs sk hu sl hr bs sr sq ro " },
  { "ISO-8859-2", "ISO-8859-2", " pl cs sk hu sl hr bs sr sq ro " },
  { "ISO-8859-16", "ISO-8859-16", " ro pl hu sl hr sq " },
  { "IBM852", "CP852", " pl cs sk hu sl hr bs sr sq ro " },
  { "MAC-CENTRALEUROPE", "MAC-CENTRALEUROPE", " pl cs sk hu " },
  { "ISO-8859-9", "WINDOWS-1254", " tr az ku " },
  { "WINDOWS-1254", "WINDOWS-1254", " tr az ku " },
  { "ISO-8859-3", "ISO-8859-3", " eo mt " },
  { "ISO-8859-4", "ISO-8859-4", " et lv lt " },
  { "ISO-8859-10", "ISO-8859-10", " et lv lt is se " },
  { "ISO-8859-13", "ISO-8859-13", " et lv lt " },
  { "WINDOWS-1257", "WINDOWS-1257", " et lv lt " },
  { "WINDOWS-1258", "WINDOWS-1258", " vi " },
  { "VISCII", "VISCII", " vi " },
};

/* Could this be a text in @charset, written in one of @languages? */
static gboolean
is_likely (GString *lines,
           const char *charset,
           const char *languages)
{
  g_autofree char *utf8 = mos_mime_convert ((const guint8 *) lines->str, lines->len, charset, NULL);
  g_autofree char *language = NULL;
  g_autofree char *word = NULL;

  if (utf8 == NULL || mos_mime_has_controls (utf8, strlen (utf8)))
    return FALSE;
  if (languages == NULL)
    return TRUE;
  language = mos_language_detect (utf8, NULL);
  word = language != NULL ? g_strdup_printf (" %s ", language) : NULL;
  return word != NULL && strstr (languages, word) != NULL;
}

/* The lines that have something beyond ASCII: headers, addresses and links around them say nothing. */
static GString *
pick_lines (const char *data,
            gsize length,
            gsize *ret_n_high)
{
  GString *picked = g_string_new (NULL);
  const char *end = data + length;

  *ret_n_high = 0;
  for (const char *p = data; p < end && picked->len < MAX_LOOKED_AT;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *next = newline != NULL ? newline + 1 : end;
      gsize high = 0;

      for (const char *q = p; q < next; q++)
        high += (guchar) *q >= 0x80;
      if (high > 0)
        {
          g_string_append_len (picked, p, MIN (next - p, MAX_LOOKED_AT));
          *ret_n_high += high;
        }
      p = next;
    }
  return picked;
}

/* mos_mime_detect_charset:
 * @data: bytes that are not UTF-8
 *
 * Returns: (nullable): a charset, %NULL when it is most likely Western European
 */
const char *
mos_mime_detect_charset (const guint8 *data,
                         gsize length)
{
  gsize n_high;
  g_autoptr (GString) lines = pick_lines ((const char *) data, length, &n_high);
  uchardet_t detector;
  g_autofree char *name = NULL;

  if (n_high < MIN_HIGH_BYTES)
    return NULL;
  detector = uchardet_new ();
  if (uchardet_handle_data (detector, lines->str, lines->len) == 0)
    {
      uchardet_data_end (detector);
      name = g_strdup (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (charsets); i++)
    if (g_ascii_strcasecmp (name, charsets[i].detected) == 0 && is_likely (lines, charsets[i].meant, charsets[i].languages))
      return charsets[i].meant;
  return NULL;
}
