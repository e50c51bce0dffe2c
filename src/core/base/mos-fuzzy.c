/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-fuzzy.h"

#include <string.h>

/* The way of weighing is that of fzy (https://github.com/jhawthorn/fzy, ALGORITHM.md): the best alignment of the letters by dynamic
 * programming, as in Smith–Waterman with affine gaps. Three differences: words may come in any order; a match begins where a word does, unless
 * it has no gaps; and the result is an average over the letters with a least value: letters picked from all over a long name are no hit. */

#define MAX_LETTERS 64
#define MAX_WORDS 8
#define MAX_NAME 256

#define NOTHING (-1e9)
#define GAP_BEFORE (-0.02)
#define GAP_AFTER (-0.005)
#define GAP_MOST (-0.2) /* before and after: a long subject is no worse than that */
#define GAP_INSIDE (-0.01)
#define TOGETHER 1.0
#define AT_WORD 0.8
#define LEAST 0.3

struct _MosFuzzy
{
  GArray *letters; /* of gunichar, folded, one blank between words */
  guint starts[MAX_WORDS];
  guint ends[MAX_WORDS];
  guint n_words;
  gboolean is_too_long;
};

/* What decomposition leaves as it is. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" },
  { 0x00e6, "ae" },
  { 0x00f0, "d" },
  { 0x00f8, "o" },
  { 0x00fe, "th" },
  { 0x0111, "d" },
  { 0x0127, "h" },
  { 0x0131, "i" },
  { 0x0142, "l" },
  { 0x0153, "oe" },
  { 0x0167, "t" },
  { 0x0629, "\xd9\x87" }, /* teh marbuta as heh */
  { 0x0649, "\xd9\x8a" }, /* alef maksura as yeh */
};

static void
append_folded (GArray *letters,
               gunichar c)
{
  c = g_unichar_tolower (c);
  for (gsize i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == c)
      {
        for (const char *p = plain_letters[i].plain; *p != '\0'; p = g_utf8_next_char (p))
          {
            gunichar plain = g_utf8_get_char (p);

            g_array_append_val (letters, plain);
          }
        return;
      }
  g_array_append_val (letters, c);
}

/* Letters and digits of at most @max letters; whatever parts words is one blank. Returns: whether all of @text was looked at */
static gboolean
fold (GArray *letters,
      const char *text,
      guint max)
{
  /* Four bytes a letter and room for marks: the rest of a huge text is not even normalised. */
  gsize size = strnlen (text, max * 16);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);
  /* ASCII is as it would become, and most names are; to normalise them was most of a search. */
  g_autofree char *plain = g_str_is_ascii (valid) ? g_steal_pointer (&valid) : g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  gboolean parted = FALSE;

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      GUnicodeType type = g_unichar_type (c);

      /* The last one, Arabic tatweel, only makes a word longer. */
      if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || type == G_UNICODE_FORMAT || c == 0x0640)
        continue;
      if (!g_unichar_isalnum (c) && type != G_UNICODE_SPACING_MARK)
        {
          /* What parts nothing has a meaning of its own: "#", "!", "@". */
          parted = parted || letters->len > 0;
          continue;
        }
      if (letters->len + (parted ? 1 : 0) >= max)
        return FALSE;
      if (parted)
        {
          gunichar blank = ' ';

          g_array_append_val (letters, blank);
          parted = FALSE;
        }
      append_folded (letters, c);
    }
  return TRUE;
}

MosFuzzy *
mos_fuzzy_new (const char *text)
{
  MosFuzzy *self = g_new0 (MosFuzzy, 1);
  gboolean is_word = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  self->letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->is_too_long = !fold (self->letters, text, MAX_LETTERS);
  for (guint i = 0; i < self->letters->len; i++)
    {
      if (g_array_index (self->letters, gunichar, i) == ' ')
        {
          is_word = FALSE;
          continue;
        }
      if (!is_word)
        {
          if (self->n_words == MAX_WORDS)
            {
              self->is_too_long = TRUE;
              break;
            }
          self->starts[self->n_words++] = i;
        }
      is_word = TRUE;
      self->ends[self->n_words - 1] = i + 1;
    }
  return self;
}

void
mos_fuzzy_free (MosFuzzy *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->letters);
  g_free (self);
}

gboolean
mos_fuzzy_is_empty (MosFuzzy *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_words == 0;
}

static gboolean
is_whole (const gunichar *word,
          guint n,
          const gunichar *name,
          guint m)
{
  return n <= m && memcmp (word, name, n * sizeof (gunichar)) == 0;
}

/* ends: the best whose last letter is the one at j; bests: the best up to j. One row a letter, two are kept. */
static double
score_word (const gunichar *word,
            guint n,
            const gunichar *name,
            guint m)
{
  double ends[2][MAX_NAME], bests[2][MAX_NAME];
  double total = NOTHING;

  if (n > m)
    return NOTHING;
  for (guint i = 0; i < n; i++)
    {
      double *end = ends[i & 1], *best = bests[i & 1];
      const double *old_end = ends[(i & 1) ^ 1], *old_best = bests[(i & 1) ^ 1];
      double so_far = NOTHING;

      for (guint j = 0; j < m; j++)
        {
          double bonus = j == 0 || name[j - 1] == ' ' ? AT_WORD : 0;

          end[j] = NOTHING;
          if (word[i] == name[j])
            {
              if (i == 0)
                end[j] = bonus > 0 || is_whole (word, n, name + j, m - j) ? MAX (j * GAP_BEFORE, GAP_MOST) + bonus : NOTHING;
              else if (j > 0)
                end[j] = MAX (old_best[j - 1] + bonus, old_end[j - 1] + TOGETHER);
            }
          so_far = MAX (end[j], so_far + GAP_INSIDE);
          best[j] = so_far;
        }
    }
  for (guint j = 0; j < m; j++)
    total = MAX (total, ends[(n - 1) & 1][j] + MAX ((m - 1 - j) * GAP_AFTER, GAP_MOST));
  return total;
}

double
mos_fuzzy_score (MosFuzzy *self,
                 const char *name)
{
  g_autoptr (GArray) letters = NULL;
  double sum = 0;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);

  if (self->n_words == 0)
    return self->is_too_long ? 0 : 1;
  if (self->is_too_long)
    return 0;
  letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  fold (letters, name, MAX_NAME);
  /* A letter may have become two. */
  if (letters->len > MAX_NAME)
    g_array_set_size (letters, MAX_NAME);
  if (letters->len == 0)
    return 0;
  if (letters->len == self->letters->len && memcmp (letters->data, self->letters->data, letters->len * sizeof (gunichar)) == 0)
    return 1.5;

  for (guint w = 0; w < self->n_words; w++)
    {
      guint len = self->ends[w] - self->starts[w];
      double score = score_word (&g_array_index (self->letters, gunichar, self->starts[w]), len, (const gunichar *) letters->data, letters->len);

      if (score < LEAST * len)
        return 0;
      sum += score;
      n += len;
    }
  return sum / n;
}
