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
  { "x-mac-roman", "MACINTOSH" },
  { "macroman", "MACINTOSH" },
  { "x-mac-cyrillic", "MAC-CYRILLIC" },
  { "utf8", "UTF-8" },
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

/* Converts what it can; a byte that means nothing becomes U+FFFD. %NULL when iconv does not know the charset. */
static char *
convert (const guint8 *data,
         gsize length,
         const char *charset)
{
  GIConv cd = g_iconv_open ("UTF-8", charset);
  GString *out;
  char *in = (char *) data;
  gsize left = length;
  char buffer[4096];
  gsize bad = 0;

  if (cd == (GIConv) -1)
    return NULL;
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
  const char *p = (const char *) data;

  if (length >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16";
  if (length >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16";
  if (g_strstr_len (p, (gssize) length, "\033$B") != NULL || g_strstr_len (p, (gssize) length, "\033$@") != NULL)
    return "ISO-2022-JP-3";
  if (g_strstr_len (p, (gssize) length, "\033$)C") != NULL)
    return "ISO-2022-KR";
  return NULL;
}

/* mos_mime_bytes_to_utf8:
 * @charset: (nullable): as declared
 *
 * Undeclared (or declared as ASCII): valid UTF-8 is UTF-8, ISO-2022-JP by its escapes, everything else windows-1252, as mail programs do.
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
  guess = guess_charset (data, length);
  if (*name == '\0' && guess != NULL)
    text = convert (data, length, guess);
  else if (*name == '\0' || g_ascii_strcasecmp (name, "utf-8") == 0)
    {
      if (g_utf8_validate_len ((const char *) data, length, NULL))
        text = g_strndup ((const char *) data, length);
      else if (memchr (data, '\0', length) != NULL || *name != '\0')
        {
          /* mostly UTF-8 with a scar, or a Latin text that calls itself UTF-8? Count which reading loses less. */
          g_autofree char *repaired = valid_utf8 (data, length);
          gsize lost = 0, high = 0;

          for (const char *p = repaired; (p = strstr (p, "\357\277\275")) != NULL; p += 3)
            lost++;
          for (gsize i = 0; i < length; i++)
            high += data[i] >= 0x80;
          if (lost * 2 > high)
            text = convert (data, length, "WINDOWS-1252");
          else
            text = g_steal_pointer (&repaired);
        }
      else
        text = convert (data, length, "WINDOWS-1252");
    }
  else
    {
      text = convert (data, length, name);
      if (text == NULL)
        text = g_utf8_validate_len ((const char *) data, length, NULL) ? g_strndup ((const char *) data, length) : convert (data, length, "WINDOWS-1252");
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

/* --- RFC 2047 --- */

typedef struct
{
  char *charset;
  GByteArray *bytes;
  const char *end;
} EncodedWord;

static gboolean
decode_base64_into (GByteArray *bytes,
                    const char *p,
                    const char *end)
{
  int state = 0;
  guint save = 0;
  gsize old = bytes->len;
  gsize got;

  g_byte_array_set_size (bytes, (guint) (old + (gsize) (end - p) + 4));
  got = g_base64_decode_step (p, (gsize) (end - p), bytes->data + old, &state, &save);
  g_byte_array_set_size (bytes, (guint) (old + got));
  return TRUE;
}

/* "=?charset*lang?q?text?=" at @p, leniently: blanks and question marks within a word are seen in the wild. */
static gboolean
read_encoded_word (const char *p,
                   EncodedWord *ret_word)
{
  const char *charset = p + 2;
  const char *charset_end, *encoding, *text, *end;
  gsize charset_length;
  char how;

  if (p[0] != '=' || p[1] != '?')
    return FALSE;
  charset_end = strchr (charset, '?');
  if (charset_end == NULL || charset_end == charset || charset_end - charset > 60)
    return FALSE;
  charset_length = (gsize) (charset_end - charset);
  for (gsize i = 0; i < charset_length; i++)
    if (charset[i] == '*')
      charset_length = i;
    else if (charset[i] <= ' ' || charset[i] == '=')
      return FALSE;
  encoding = charset_end + 1;
  how = g_ascii_tolower (*encoding);
  if ((how != 'q' && how != 'b') || encoding[1] != '?')
    return FALSE;
  text = encoding + 2;
  end = strstr (text, "?=");
  /* "?q?=20…": the first "?=" may be the text's own start */
  if (end == text && how == 'q' && g_ascii_isxdigit (text[2]) && strstr (text + 2, "?=") != NULL)
    end = strstr (text + 2, "?=");
  if (end == NULL)
    {
      /* cut off in transit: take what is there */
      end = text + strlen (text);
      if (strpbrk (text, " \t") != NULL)
        return FALSE;
    }
  ret_word->charset = g_strndup (charset, charset_length);
  ret_word->bytes = g_byte_array_new ();
  ret_word->end = *end == '\0' ? end : end + 2;
  if (how == 'b')
    decode_base64_into (ret_word->bytes, text, end);
  else
    for (const char *q = text; q < end; q++)
      {
        guint8 byte = (guint8) *q;

        if (*q == '_')
          byte = ' ';
        else if (*q == '=' && q + 2 < end + 0 && g_ascii_isxdigit (q[1]) && g_ascii_isxdigit (q[2]))
          {
            byte = (guint8) (g_ascii_xdigit_value (q[1]) << 4 | g_ascii_xdigit_value (q[2]));
            q += 2;
          }
        g_byte_array_append (ret_word->bytes, &byte, 1);
      }
  return TRUE;
}

static void
flush_plain (GString *out,
             GString *plain,
             const char *fallback_charset)
{
  g_autofree char *text = NULL;

  if (plain->len == 0)
    return;
  if (g_utf8_validate (plain->str, (gssize) plain->len, NULL) && strchr (plain->str, '\033') == NULL)
    g_string_append_len (out, plain->str, (gssize) plain->len);
  else
    {
      text = mos_mime_bytes_to_utf8 ((const guint8 *) plain->str, plain->len, g_utf8_validate (plain->str, (gssize) plain->len, NULL) ? NULL : fallback_charset);
      g_string_append (out, text);
    }
  g_string_truncate (plain, 0);
}

/* mos_mime_decode_header:
 * @raw: (nullable): a header's value as received, folded or not
 * @fallback_charset: (nullable): for 8-bit bytes that are not UTF-8
 *
 * Decodes encoded words (RFC 2047), also broken ones: within quotes, unseparated, a character split over two words.
 *
 * Returns: (transfer full): one line of valid UTF-8
 */
char *
mos_mime_decode_header (const char *raw,
                        const char *fallback_charset)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GByteArray) run = g_byte_array_new ();
  g_autofree char *run_charset = NULL;
  gboolean after_word = FALSE;
  const char *p = raw != NULL ? raw : "";

  while (*p != '\0')
    {
      EncodedWord word;
      const char *next = p;

      /* white space between two encoded words is not text */
      if (after_word)
        while (g_ascii_isspace (*next))
          next++;
      if (*next == '=' && read_encoded_word (next, &word))
        {
          flush_plain (out, plain, fallback_charset);
          if (run->len > 0 && g_strcmp0 (run_charset, word.charset) != 0)
            {
              g_autofree char *text = mos_mime_bytes_to_utf8 (run->data, run->len, run_charset);

              g_string_append (out, text);
              g_byte_array_set_size (run, 0);
            }
          g_set_str (&run_charset, word.charset);
          g_byte_array_append (run, word.bytes->data, word.bytes->len);
          g_byte_array_unref (word.bytes);
          g_free (word.charset);
          p = word.end;
          after_word = TRUE;
          continue;
        }
      if (run->len > 0)
        {
          g_autofree char *text = mos_mime_bytes_to_utf8 (run->data, run->len, run_charset);

          g_string_append (out, text);
          g_byte_array_set_size (run, 0);
        }
      after_word = FALSE;
      if (*p == '\r' || *p == '\n')
        {
          /* unfold: the line break goes, the white space after it stays as one blank */
          while (g_ascii_isspace (*p))
            p++;
          if (*p != '\0')
            g_string_append_c (plain, ' ');
          continue;
        }
      g_string_append_c (plain, *p++);
    }
  if (run->len > 0)
    {
      g_autofree char *text = mos_mime_bytes_to_utf8 (run->data, run->len, run_charset);

      g_string_append (out, text);
    }
  flush_plain (out, plain, fallback_charset);
  return mos_mime_one_line (out->str, G_MAXSIZE);
}

/* Without line breaks and other control characters, trimmed, cut at a character boundary. */
char *
mos_mime_one_line (const char *text,
                   gsize max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        c = ' ';
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        continue;
      if (out->len + 6 > max_bytes)
        break;
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

/* --- file names --- */

static const struct
{
  const char *type;
  const char *extension;
} type_extensions[] = {
  { "image/jpeg", "jpg" },
  { "image/jpg", "jpg" },
  { "image/png", "png" },
  { "image/gif", "gif" },
  { "image/webp", "webp" },
  { "image/heic", "heic" },
  { "image/tiff", "tif" },
  { "image/bmp", "bmp" },
  { "image/svg+xml", "svg" },
  { "application/pdf", "pdf" },
  { "application/zip", "zip" },
  { "application/gzip", "gz" },
  { "application/msword", "doc" },
  { "application/vnd.ms-excel", "xls" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
  { "application/vnd.oasis.opendocument.text", "odt" },
  { "application/json", "json" },
  { "application/xml", "xml" },
  { "application/pgp-signature", "asc" },
  { "application/pgp-keys", "asc" },
  { "application/pkcs7-signature", "p7s" },
  { "application/x-pkcs7-signature", "p7s" },
  { "application/ms-tnef", "dat" },
  { "text/plain", "txt" },
  { "text/html", "html" },
  { "text/csv", "csv" },
  { "text/calendar", "ics" },
  { "text/vcard", "vcf" },
  { "text/x-vcard", "vcf" },
  { "text/xml", "xml" },
  { "text/rfc822-headers", "txt" },
  { "message/rfc822", "eml" },
  { "message/global", "eml" },
  { "message/delivery-status", "txt" },
  { "message/disposition-notification", "txt" },
  { "message/feedback-report", "txt" },
  { "audio/mpeg", "mp3" },
  { "audio/ogg", "ogg" },
  { "video/mp4", "mp4" },
};

/* mos_mime_safe_name:
 * @name: (nullable): as the sender wrote it
 * @type: media type, for the extension of a nameless part
 *
 * A name that can be shown and saved: no folder, no control or direction-override character (which make "gpj.exe" look like "exe.jpg"),
 * nothing the usual file systems refuse, at most 200 bytes with its extension kept, never empty.
 *
 * Returns: (transfer full): the name
 */
char *
mos_mime_safe_name (const char *name,
                    const char *type)
{
  g_autofree char *line = mos_mime_one_line (name, 8192);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start = line;

  for (const char *p = line; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      start = p + 1;
  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0x200b)
        continue;
      if (c < 0x80 && strchr (":*?\"<>|", (int) c) != NULL)
        c = '_';
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  out->len = strlen (out->str);
  while (out->len > 0 && (out->str[out->len - 1] == '.' || out->str[out->len - 1] == ' '))
    g_string_truncate (out, out->len - 1);
  while (out->len > 0 && out->str[0] == '.')
    g_string_erase (out, 0, 1);
  if (out->len > 200)
    {
      const char *dot = strrchr (out->str, '.');
      g_autofree char *extension = dot != NULL && strlen (dot) <= 16 ? g_strdup (dot) : g_strdup ("");
      gsize keep = 200 - strlen (extension);

      while (keep > 0 && ((guchar) out->str[keep] & 0xc0) == 0x80)
        keep--;
      g_string_truncate (out, keep);
      g_string_append (out, extension);
    }
  if (out->len == 0)
    g_string_append (out, type != NULL && g_str_has_prefix (type, "image/") ? "image" : "attachment");
  if (strchr (out->str, '.') == NULL && type != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (type_extensions); i++)
      if (g_ascii_strcasecmp (type, type_extensions[i].type) == 0)
        {
          g_string_append_printf (out, ".%s", type_extensions[i].extension);
          break;
        }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- RFC 3676 --- */

/* mos_mime_unflow: joins the lines of a format=flowed text; @delete_space is DelSp=yes. */
char *
mos_mime_unflow (const char *text,
                 gboolean delete_space)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_sized_new (strlen (text));
  gboolean joins = FALSE;
  guint joins_depth = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = lines[i];
      gsize length = strlen (line);
      guint depth = 0;
      gboolean soft;

      if (length > 0 && line[length - 1] == '\r')
        line[--length] = '\0';
      while (line[depth] == '>')
        depth++;
      line += depth;
      length -= depth;
      if (*line == ' ')
        {
          line++;
          length--;
        }
      soft = length > 0 && line[length - 1] == ' ' && strcmp (line, "-- ") != 0;
      if (soft && delete_space)
        line[--length] = '\0';
      if (joins && (depth != joins_depth || strcmp (line, "-- ") == 0))
        {
          g_string_append_c (out, '\n');
          joins = FALSE;
        }
      if (!joins && depth > 0)
        {
          for (guint d = 0; d < depth; d++)
            g_string_append_c (out, '>');
          g_string_append_c (out, ' ');
        }
      g_string_append_len (out, line, (gssize) length);
      joins = soft;
      joins_depth = depth;
      if (!soft && lines[i + 1] != NULL)
        g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
