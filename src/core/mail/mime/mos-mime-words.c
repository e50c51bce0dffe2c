/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* Headers: encoded words (RFC 2047) and 8-bit text */

typedef struct
{
  char *charset;
  GByteArray *bytes;
  const char *end;
} EncodedWord;

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
    {
      MosBase64 state = { 0 };

      mos_mime_decode_base64 (&state, text, (gsize) (end - text), ret_word->bytes);
      mos_mime_decode_base64 (&state, "", 0, ret_word->bytes);
    }
  else
    for (const char *q = text; q < end; q++)
      {
        guint8 byte = (guint8) *q;

        if (*q == '_')
          byte = ' ';
        else if (*q == '=' && q + 2 < end && g_ascii_isxdigit (q[1]) && g_ascii_isxdigit (q[2]))
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
