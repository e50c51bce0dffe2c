/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-split.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* A part is this much of what it could be at least, in percent, by where it ends: a heading alone is not a good first part. */
#define LEAST_PARAGRAPH 30
#define LEAST_LINE 40
#define LEAST_SENTENCE 50
#define LEAST_WORD 60

static gsize
count_char (gunichar c,
            const char *at,
            MosSplitUnit unit)
{
  if (unit == MOS_SPLIT_BYTES)
    return (gsize) (g_utf8_next_char (at) - at);
  return unit == MOS_SPLIT_UTF16 && c > 0xffff ? 2 : 1;
}

gsize
mos_split_count (const char *text,
                 MosSplitUnit unit)
{
  gsize n = 0;

  if (unit == MOS_SPLIT_BYTES)
    return strlen (text);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n += count_char (g_utf8_get_char (at), at, unit);
  return n;
}

/* Rules of ICU over the bytes as they are */
static UBreakIterator *
rules_new (UBreakIteratorType type,
           UText *text)
{
  UErrorCode status = U_ZERO_ERROR;
  /* The root's rules: a text may be in any language, and they fit most. */
  UBreakIterator *rules = ubrk_open (type, "", NULL, 0, &status);

  ubrk_setUText (rules, text, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no rules for texts: %s", u_errorName (status));
  return rules;
}

/* The last place at or before @most; @from where there is none */
static gsize
last_place (UBreakIterator *rules,
            gsize from,
            gsize most)
{
  int32_t place = ubrk_isBoundary (rules, (int32_t) most) ? (int32_t) most : ubrk_preceding (rules, (int32_t) most);

  return place == UBRK_DONE || (gsize) place < from ? from : (gsize) place;
}

/* Behind the last run of line ends of at least @n before @most */
static gsize
last_lines (const char *text,
            gsize from,
            gsize most,
            guint n)
{
  for (gsize at = most; at > from; at--)
    {
      guint ends = 0;

      if (text[at - 1] != '\n')
        continue;
      for (gsize back = at; back > from && (text[back - 1] == '\n' || text[back - 1] == '\r'); back--)
        ends += text[back - 1] == '\n';
      if (ends >= n)
        return at;
    }
  return from;
}

/* Behind the last space: words alone would leave a comma at the beginning of a part */
static gsize
last_space (const char *text,
            gsize from,
            gsize most)
{
  for (const char *at = text + most; at > text + from;)
    {
      const char *before = g_utf8_prev_char (at);

      if (g_unichar_isspace (g_utf8_get_char (before)))
        return (gsize) (at - text);
      at = before;
    }
  return from;
}

char **
mos_split_text (const char *text,
                MosSplitUnit unit,
                gsize limit)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  gsize size = strlen (text), from = 0;
  UText *utext;
  UBreakIterator *characters, *words, *sentences;

  g_return_val_if_fail (limit >= 4 && size <= G_MAXINT32, NULL);

  utext = utext_openUTF8 (NULL, text, (int64_t) size, &status);
  characters = rules_new (UBRK_CHARACTER, utext);
  words = rules_new (UBRK_WORD, utext);
  sentences = rules_new (UBRK_SENTENCE, utext);
  while (from < size)
    {
      gsize most = from, n = 0, to;

      while (most < size)
        {
          gsize more = count_char (g_utf8_get_char (text + most), text + most, unit);

          if (n + more > limit)
            break;
          n += more;
          most += (gsize) (g_utf8_next_char (text + most) - (text + most));
        }
      to = most;
      if (most < size)
        {
          gsize seen = last_place (characters, from, most);

          to = from;
          if (seen > from)
            {
              const gsize length = seen - from;
              const struct
              {
                gsize place;
                guint least;
              } tried[] = {
                { last_lines (text, from, seen, 2), LEAST_PARAGRAPH },
                { last_lines (text, from, seen, 1), LEAST_LINE },
                { last_place (sentences, from, seen), LEAST_SENTENCE },
                { last_space (text, from, seen), LEAST_WORD },
                { last_place (words, from, seen), LEAST_WORD },
              };

              for (gsize i = 0; to == from && i < G_N_ELEMENTS (tried); i++)
                if (tried[i].place > from && (tried[i].place - from) >= length * tried[i].least / 100 && ubrk_isBoundary (characters, (int32_t) tried[i].place))
                  to = tried[i].place;
              if (to == from)
                to = seen;
            }
          /* One that is longer than all that may be said */
          if (to == from)
            to = most;
        }
      g_ptr_array_add (parts, g_strndup (text + from, to - from));
      from = to;
    }
  ubrk_close (characters);
  ubrk_close (words);
  ubrk_close (sentences);
  utext_close (utext);
  g_ptr_array_add (parts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}
