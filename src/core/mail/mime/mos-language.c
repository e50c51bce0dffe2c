/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-language.h"

#include "core/mail/mime/mos-language-detector.h"

#include <string.h>

/* A few paragraphs say as much as a novel, and to look at a page costs as much as to parse it. */
#define MAX_LOOKED_AT 1024
#define MAX_WORD 60
#define MIN_LETTERS 8
#define MIN_PERCENT 60

/* A letter of Chinese, Japanese or Korean says about as much as so many Latin ones. */
#define LETTERS_PER_IDEOGRAPH 3

static gboolean
is_ideograph (gunichar c)
{
  return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000);
}

/* g_unichar_isspace(), which most letters need not be looked up for */
static inline gboolean
is_blank (const char *p)
{
  if ((guchar) *p < 0x80)
    return *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == '\f';
  return g_unichar_isspace (g_utf8_get_char (p));
}

/* What may tell a language: words. An address, a link, an order number, a file's name are the same in all of them.
 * @ret_ideographs: how much of the @ret_letters is in scripts without spaces */
static char *
pick_words (const char *text,
            gboolean with_ideographs,
            gsize *ret_letters,
            gsize *ret_ideographs)
{
  GString *words = g_string_sized_new (MIN (strlen (text), MAX_LOOKED_AT));
  const char *p = text;

  *ret_letters = *ret_ideographs = 0;
  while (*p != '\0' && words->len < MAX_LOOKED_AT)
    {
      const char *start = p;
      gsize letters = 0, ideographs = 0, digits = 0;
      gboolean is_name = FALSE;

      for (; *p != '\0' && !is_blank (p); p = g_utf8_next_char (p))
        {
          gunichar c;

          if ((guchar) *p < 0x80)
            {
              letters += g_ascii_isalpha (*p);
              digits += g_ascii_isdigit (*p);
              is_name |= *p == '@' || *p == '_' || (*p == ':' && p[1] == '/') || (*p == '/' && p[1] == '/');
              continue;
            }
          c = g_utf8_get_char (p);

          if (is_ideograph (c))
            ideographs++;
          else if (g_unichar_isalpha (c))
            letters++;
          digits += g_unichar_isdigit (c) != 0;
        }
      if (letters + ideographs > 0 && !is_name && digits == 0 && (ideographs > 0 || (gsize) (p - start) <= MAX_WORD * 2))
        {
          if (ideographs == 0)
            g_string_append_len (words, start, p - start);
          else if (with_ideographs)
            g_string_append_len (words, start, MIN (p - start, MAX_LOOKED_AT));
          *ret_letters += letters;
          *ret_ideographs += ideographs;
        }
      while (*p != '\0' && is_blank (p))
        {
          if (words->len > 0 && words->str[words->len - 1] != ' ')
            g_string_append_c (words, ' ');
          p = g_utf8_next_char (p);
        }
    }
  {
    /* cut at the limit, perhaps within a character */
    const char *end;

    g_utf8_validate_len (words->str, words->len, &end);
    g_string_truncate (words, (gsize) (end - words->str));
  }
  return g_string_free (words, FALSE);
}

char *
mos_language_detect (const char *text,
                     const char *hint)
{
  static const struct
  {
    const char *given;
    const char *meant;
  } codes[] = {
    { "iw", "he" },
    { "jw", "jv" },
    { "in", "id" },
    { "mo", "ro" },
    { "no", "nb" },
    { "sh", "sr" },
    { "tl", "fil" },
  };
  g_autofree char *valid = NULL;
  g_autofree char *words = NULL;
  gsize letters, ideographs;
  const char *code;
  int percent;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_LOOKED_AT * 4));
  words = pick_words (valid, TRUE, &letters, &ideographs);
  if (letters + ideographs * LETTERS_PER_IDEOGRAPH < MIN_LETTERS)
    return NULL;
  if (ideographs > 0 && letters > ideographs * LETTERS_PER_IDEOGRAPH)
    {
      /* an address in Taipei within an English letter */
      g_free (words);
      words = pick_words (valid, FALSE, &letters, &ideographs);
    }
  code = mos_language_detector_run (words, (int) strlen (words), hint, &percent);
  if (code == NULL || strcmp (code, "un") == 0 || percent < MIN_PERCENT)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (code, codes[i].given) == 0)
      return g_strdup (codes[i].meant);
  /* "zh-Hant" and the scripts without a language ("xx-Qaai") */
  if (g_str_has_prefix (code, "xx"))
    return NULL;
  return g_strndup (code, strcspn (code, "-"));
}
