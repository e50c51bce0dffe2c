/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* What senders write → what they mean. Browsers and mail programs read Latin-1 as windows-1252 and so on, and senders count on it. */
static const struct
{
  const char *written;
  const char *meant;
} charset_aliases[] = {
  { "iso-8859-1", "WINDOWS-1252" },
  { "iso8859-1", "WINDOWS-1252" },
  { "iso_8859-1", "WINDOWS-1252" },
  { "latin1", "WINDOWS-1252" },
  { "latin-1", "WINDOWS-1252" },
  { "ansi_x3.110-1983", "WINDOWS-1252" },
  { "x-ansi", "WINDOWS-1252" },
  { "cp-850", "CP850" },
  { "win-1251", "WINDOWS-1251" },
  { "win1251", "WINDOWS-1251" },
  { "windows1251", "WINDOWS-1251" },
  { "windows1252", "WINDOWS-1252" },
  { "win-1252", "WINDOWS-1252" },
  { "x-cp1250", "WINDOWS-1250" },
  { "x-cp1251", "WINDOWS-1251" },
  { "x-cp1252", "WINDOWS-1252" },
  { "iso88591", "WINDOWS-1252" },
  { "iso8859_1", "WINDOWS-1252" },
  { "8859_1", "WINDOWS-1252" },
  { "koi8r", "KOI8-R" },
  { "koi", "KOI8-R" },
  { "iso-8859-9", "WINDOWS-1254" },
  { "iso-8859-11", "WINDOWS-874" },
  { "tis-620", "WINDOWS-874" },
  { "windows-874", "CP874" },
  { "iso-8859-8-i", "ISO-8859-8" },
  { "iso-8859-8-e", "ISO-8859-8" },
  { "iso-8859-6-i", "ISO-8859-6" },
  { "gb2312", "GB18030" },
  { "gbk", "GB18030" },
  { "x-gbk", "GB18030" },
  { "hz-gb-2312", "HZ" },
  { "ks_c_5601-1987", "CP949" },
  { "ks_c_5601", "CP949" },
  { "euc-kr", "CP949" },
  { "shift_jis", "CP932" },
  { "shift-jis", "CP932" },
  { "sjis", "CP932" },
  { "x-sjis", "CP932" },
  { "iso-2022-jp", "ISO-2022-JP-3" },
  { "big5", "BIG5-HKSCS" },
  { "x-x-big5", "BIG5-HKSCS" },
  { "cn-big5", "BIG5-HKSCS" },
  { "cn-gb", "GB18030" },
  { "x-euc-jp", "EUC-JP" },
  { "x-euc-kr", "CP949" },
  { "ksc5601", "CP949" },
  { "ks_c_5601-1989", "CP949" },
  { "windows-949", "CP949" },
  { "cseuckr", "CP949" },
  { "windows-31j", "CP932" },
  { "ms_kanji", "CP932" },
  { "x-ms-cp932", "CP932" },
  { "windows-932", "CP932" },
  { "csiso2022jp", "ISO-2022-JP-3" },
  { "x-iso-2022-jp", "ISO-2022-JP-3" },
  { "x-mac-roman", "MACINTOSH" },
  { "macroman", "MACINTOSH" },
  { "x-mac-cyrillic", "MAC-CYRILLIC" },
  { "utf8", "UTF-8" },
  { "utf_8", "UTF-8" },
  { "utf-8n", "UTF-8" },
  { "unicode-1-1-utf-8", "UTF-8" },
  { "x-unicode-2-0-utf-8", "UTF-8" },
  { "utf8mb4", "UTF-8" },
  { "unicode-1-1-utf-7", "UTF-7" },
  { "unicode", "UTF-16" },
  { "x-unknown", "" },
  { "unknown", "" },
  { "unknown-8bit", "" },
  { "x-user-defined", "" },
  { "8bit", "" },
  { "default", "" },
  { "default_charset", "" },
  { "none", "" },
  { "us-ascii", "" },
  { "ascii", "" },
  { "ansi_x3.4-1968", "" },
};

/* "" means: says nothing, look at the bytes */
static char *
resolve_charset (const char *charset)
{
  g_autofree char *lower = NULL;

  if (charset == NULL)
    return g_strdup ("");
  lower = g_ascii_strdown (charset, -1);
  g_strstrip (g_strdelimit (lower, "\"'", ' '));
  for (gsize i = 0; i < G_N_ELEMENTS (charset_aliases); i++)
    if (strcmp (lower, charset_aliases[i].written) == 0)
      return g_strdup (charset_aliases[i].meant);
  /* iconv's own suffixes (//TRANSLIT) and anything that is no name stay out */
  for (const char *p = lower; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.:+", *p) == NULL)
      return g_strdup ("");
  return g_steal_pointer (&lower);
}

/* More than anybody is written to in. */
#define MAX_KEPT 64

/* The C library reads the tables of a charset from the disk and drops them when others were asked for since: in a mailbox of ten languages that
 * was done for nearly every mail. What is open somewhere stays. */
static void
keep_tables (const char *charset)
{
  static GMutex mutex;
  static GHashTable *kept; /* charset → GIConv, for as long as the program runs */

  g_mutex_lock (&mutex);
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_contains (kept, charset) && g_hash_table_size (kept) < MAX_KEPT)
    g_hash_table_insert (kept, g_strdup (charset), g_iconv_open ("UTF-8", charset)); /* one that nobody knows is not looked for again */
  g_mutex_unlock (&mutex);
}

/* Converts what it can; a byte that means nothing becomes U+FFFD. %NULL when iconv does not know the charset.
 * @ret_bad: (out) (optional): how many bytes meant nothing */
char *
mos_mime_convert (const guint8 *data,
                  gsize length,
                  const char *charset,
                  gsize *ret_bad)
{
  GIConv cd = g_iconv_open ("UTF-8", charset);
  GString *out;
  char *in = (char *) data;
  gsize left = length;
  char buffer[4096];
  gsize bad = 0;

  if (cd == (GIConv) -1)
    return NULL;
  keep_tables (charset);
  out = g_string_sized_new (length + length / 4 + 16);
  while (left > 0)
    {
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize before = left;
      gsize got = g_iconv (cd, &in, &left, &to, &room);

      g_string_append_len (out, buffer, (gssize) (sizeof buffer - room));
      if (got != (gsize) -1 || room < sizeof buffer / 2)
        continue;
      if (left == 0)
        break;
      if (left < before && room < sizeof buffer)
        continue;
      /* one byte that cannot be read: mark it, go on behind it from the initial shift state */
      g_string_append (out, "\357\277\275");
      in++;
      left--;
      bad++;
      g_iconv (cd, NULL, NULL, NULL, NULL);
    }
  {
    char *to = buffer;
    gsize room = sizeof buffer;

    g_iconv (cd, NULL, NULL, &to, &room);
    g_string_append_len (out, buffer, (gssize) (sizeof buffer - room));
  }
  g_iconv_close (cd);
  if (ret_bad != NULL)
    *ret_bad = bad;
  return g_string_free (out, FALSE);
}

static char *
valid_utf8 (const guint8 *data,
            gsize length)
{
  GString *clean;
  const char *p = (const char *) data;
  const char *end = p + length;

  if (memchr (data, '\0', length) == NULL)
    return g_utf8_make_valid (p, (gssize) length);
  /* NUL bytes mean nothing in a text; the rest is worth reading */
  clean = g_string_sized_new (length);
  while (p < end)
    {
      const char *nul = memchr (p, '\0', (gsize) (end - p));

      g_string_append_len (clean, p, nul != NULL ? nul - p : end - p);
      p = nul != NULL ? nul + 1 : end;
    }
  {
    char *valid = g_utf8_make_valid (clean->str, (gssize) clean->len);

    g_string_free (clean, TRUE);
    return valid;
  }
}

static const char *
guess_charset (const guint8 *data,
               gsize length)
{
  const char *p;

  if (length >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16";
  if (length >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16";
  /* Most have no escape at all. */
  p = memchr (data, '\033', length);
  if (p == NULL)
    return NULL;
  length -= (gsize) (p - (const char *) data);
  if (g_strstr_len (p, (gssize) length, "\033$B") != NULL || g_strstr_len (p, (gssize) length, "\033$@") != NULL)
    return "ISO-2022-JP-3";
  if (g_strstr_len (p, (gssize) length, "\033$)C") != NULL)
    return "ISO-2022-KR";
  return NULL;
}

/* U+0080 to U+009F: nobody writes them, so they are the mark of a wrong charset. */
gboolean
mos_mime_has_controls (const char *text,
                       gsize length)
{
  for (gsize i = 0; i + 1 < length; i++)
    if ((guchar) text[i] == 0xc2 && (guchar) text[i + 1] < 0xa0)
      return TRUE;
  return FALSE;
}

static gsize
count_high (const guint8 *data,
            gsize length)
{
  gsize high = 0;

  for (gsize i = 0; i < length; i++)
    high += data[i] >= 0x80;
  return high;
}

static char *
convert_detected (const guint8 *data,
                  gsize length)
{
  const char *detected = mos_mime_detect_charset (data, length);
  char *text = detected != NULL ? mos_mime_convert (data, length, detected, NULL) : NULL;

  return text != NULL ? text : mos_mime_convert (data, length, "WINDOWS-1252", NULL);
}

/* Not UTF-8 although it says so: mostly UTF-8 with a scar, or another charset? What loses less. */
static char *
repair_utf8 (const guint8 *data,
             gsize length)
{
  g_autofree char *repaired = valid_utf8 (data, length);
  gsize lost = 0;

  for (const char *p = repaired; (p = strstr (p, "\357\277\275")) != NULL; p += 3)
    lost++;
  return lost * 2 > count_high (data, length) ? convert_detected (data, length) : g_steal_pointer (&repaired);
}

/* In charsets of one byte a letter anything can be read, so a wrong name shows in nothing but the result. */
static gboolean
is_single_byte (const char *name)
{
  return g_ascii_strncasecmp (name, "windows-", 8) == 0 || g_ascii_strncasecmp (name, "iso-8859-", 9) == 0 || g_ascii_strncasecmp (name, "koi8-", 5) == 0 ||
         g_ascii_strcasecmp (name, "macintosh") == 0;
}

/* mos_mime_bytes_to_utf8:
 * @charset: (nullable): as declared
 *
 * Undeclared (or declared as ASCII): valid UTF-8 is UTF-8, ISO-2022-JP by its escapes, else what is detected, else windows-1252, as mail
 * programs do. Declared, but wrongly: UTF-8 is recognised whatever it is called, for no other text happens to be valid UTF-8; where
 * a quarter of the letters cannot be read in the declared charset, it is not that.
 *
 * Returns: (transfer full): valid UTF-8, NUL bytes and a byte order mark removed
 */
char *
mos_mime_bytes_to_utf8 (const guint8 *data,
                        gsize length,
                        const char *charset)
{
  g_autofree char *name = resolve_charset (charset);
  g_autofree char *text = NULL;
  const char *guess;

  if (length == 0)
    return g_strdup ("");
  /* gmime reads addresses by the name as it is written. */
  if (*name != '\0' && g_ascii_strcasecmp (name, charset) != 0)
    keep_tables (charset);
  guess = guess_charset (data, length);
  if (*name == '\0' && guess != NULL)
    text = mos_mime_convert (data, length, guess, NULL);
  else if (*name == '\0' || g_ascii_strcasecmp (name, "utf-8") == 0 || is_single_byte (name))
    {
      gsize high = count_high (data, length);

      if (g_utf8_validate_len ((const char *) data, length, NULL) && (!is_single_byte (name) || (high > 0 && !mos_mime_has_controls ((const char *) data, length))))
        text = g_strndup ((const char *) data, length);
      else if (is_single_byte (name))
        text = mos_mime_convert (data, length, name, NULL);
      else if (memchr (data, '\0', length) != NULL || *name != '\0')
        text = repair_utf8 (data, length);
      else
        text = convert_detected (data, length);
    }
  else
    {
      gsize bad = 0;

      text = mos_mime_convert (data, length, name, &bad);
      if (text == NULL || bad * 4 > count_high (data, length))
        {
          const char *detected = NULL;

          if (g_utf8_validate_len ((const char *) data, length, NULL))
            {
              g_free (text);
              text = g_strndup ((const char *) data, length);
            }
          else if ((detected = mos_mime_detect_charset (data, length)) != NULL || text == NULL)
            {
              g_free (text);
              text = mos_mime_convert (data, length, detected != NULL ? detected : "WINDOWS-1252", NULL);
            }
        }
    }
  if (text == NULL)
    text = valid_utf8 (data, length);
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *broken = g_steal_pointer (&text);

      text = valid_utf8 ((const guint8 *) broken, strlen (broken));
    }
  if (g_str_has_prefix (text, "\357\273\277"))
    memmove (text, text + 3, strlen (text + 3) + 1);
  return g_steal_pointer (&text);
}

/* The charset an HTML part names in its own head, where the MIME header is silent. */
char *
mos_mime_html_charset (const guint8 *data,
                       gsize length)
{
  g_autofree char *head = g_ascii_strdown (data != NULL ? (const char *) data : "", (gssize) MIN (length, 2048));
  const char *p = head;

  while ((p = strstr (p, "charset")) != NULL)
    {
      const char *start = p + strlen ("charset");
      gsize n;

      while (g_ascii_isspace (*start) || *start == '=' || *start == '"' || *start == '\'')
        start++;
      n = strcspn (start, " \t\r\n\"'>;/");
      if (n > 0 && n < 40)
        return g_strndup (start, n);
      p = start;
    }
  return NULL;
}
