/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-words-private.h"

#include <string.h>

/* What people answer. A score that was read wrongly is worse than one that was not read: whatever could be something else is words. */

/* In the first lines somebody answers, further down somebody tells. */
#define MAX_LINES 3
/* Longer is no score with a word beside it. */
#define MAX_LINE 2000

/* --- words --- */

/* Without case and marks, digits of any script as ours. Cf. Unicode Standard Annex 15. */
static char *
fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *low = g_utf8_casefold (apart != NULL ? apart : "", -1);
  GString *folded = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_printf (folded, "%d", g_unichar_digit_value (c));
      /* Marks, and what only says how a sign is drawn or joined. */
      else if (!g_unichar_ismark (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

/* The same, and its words alone, one blank between them. */
static char *
fold_words (const char *text)
{
  g_autofree char *folded = fold (text);
  GString *words = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (words, c);
      else if (words->len > 0 && words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
    }
  return g_strchomp (g_string_free (words, FALSE));
}

/* All languages together: a customer answers in whichever. */
typedef struct
{
  GHashTable *numbers; /* word -> number + 1 */
  GHashTable *labels;  /* what a score of CSAT is called -> it */
  GHashTable *of;
  GHashTable *stars;
  GHashTable *score;
  GHashTable *polite;
  GHashTable *ours; /* lines that our question put into an answer */
} Words;

static void
add_all (GHashTable *table,
         JsonArray *words,
         gpointer value)
{
  for (guint i = 0; i < json_array_get_length (words); i++)
    g_hash_table_insert (table, fold_words (json_array_get_string_element (words, i)), value);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_language (Words *words,
              JsonObject *language)
{
  JsonArray *numbers = json_object_get_array_member (language, "numbers");
  JsonArray *scores = json_object_get_array_member (json_object_get_object_member (language, "csat"), "scores");

  for (guint i = 0; i < json_array_get_length (numbers); i++)
    add_all (words->numbers, json_array_get_array_element (numbers, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < json_array_get_length (scores); i++)
    g_hash_table_insert (words->labels, fold_words (json_array_get_string_element (scores, i)), GUINT_TO_POINTER (i + 1));
  add_all (words->of, json_object_get_array_member (language, "of"), words);
  add_all (words->stars, json_object_get_array_member (language, "stars"), words);
  add_all (words->score, json_object_get_array_member (language, "score"), words);
  add_all (words->polite, json_object_get_array_member (language, "polite"), words);
  g_hash_table_insert (words->ours, fold_words (json_object_get_string_member (language, "comment")), words);
}

static const Words *
get_words (void)
{
  static gsize once = 0;
  static Words words;

  if (g_once_init_enter (&once))
    {
      g_auto (GStrv) languages = mos_survey_words_list_languages ();

      words = (Words) { new_table (), new_table (), new_table (), new_table (), new_table (), new_table (), new_table () };
      for (char **language = languages; *language != NULL; language++)
        add_language (&words, json_object_get_object_member (mos_survey_words_get_root (), *language));
      g_once_init_leave (&once, 1);
    }
  return &words;
}

/* --- the parts of a line --- */

typedef enum
{
  PART_END,
  PART_NUMBER,
  PART_WORD,
  PART_STARS,
  PART_SLASH,
  PART_COLON,
  PART_SIGN,  /* what stands between two things */
  PART_OTHER, /* what makes a number something else: a currency, a percentage */
} PartKind;

typedef struct
{
  PartKind kind;
  int number; /* of a sign, which one it is */
  char *word; /* (owned) (nullable) */
} Part;

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->word);
}

static gboolean
is_star (gunichar c)
{
  return c == 0x2605 || c == 0x2b50 || c == 0x1f31f;
}

/* What is not given, of so many */
static gboolean
is_empty_star (gunichar c)
{
  return c == 0x2606;
}

static PartKind
kind_of_sign (gunichar c)
{
  if (c == '/')
    return PART_SLASH;
  if (c == ':' || c == '=')
    return PART_COLON;
  if (strchr ("%#$^~*+<>|@&", (int) MIN (c, 0x7f)) != NULL && c < 0x7f)
    return PART_OTHER;
  return g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL || c == 0xb0 ? PART_OTHER : PART_SIGN;
}

/* Returns: (transfer full) (element-type Part) */
static GArray *
split_line (const char *line)
{
  g_autofree char *folded = fold (line);
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));
  const char *p = folded;

  g_array_set_clear_func (parts, part_clear);
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      const char *from = p;
      Part part = { PART_SIGN, 0, NULL };

      if (g_ascii_isdigit (*p))
        {
          guint64 number = g_ascii_strtoull (p, (char **) &p, 10);

          part.kind = PART_NUMBER;
          part.number = (int) MIN (number, 1000);
          /* "-1" is no 1 */
          if (from > folded && from[-1] == '-' && (parts->len == 1))
            part.kind = PART_OTHER;
        }
      else if (g_unichar_isalpha (c))
        {
          while (g_unichar_isalnum (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          part.kind = PART_WORD;
          part.word = g_strndup (from, (gsize) (p - from));
        }
      else if (is_star (c) || is_empty_star (c))
        {
          part.kind = PART_STARS;
          for (; is_star (g_utf8_get_char (p)) || is_empty_star (g_utf8_get_char (p)) || *p == ' '; p = g_utf8_next_char (p))
            part.number += is_star (g_utf8_get_char (p)) ? 1 : 0;
        }
      else
        {
          p = g_utf8_next_char (p);
          if (g_unichar_isspace (c))
            continue;
          part.kind = kind_of_sign (c);
          part.number = (int) c;
        }
      g_array_append_val (parts, part);
    }
  return parts;
}

/* Returns: (transfer none): PART_END behind the last one */
static const Part *
get_part (GArray *parts,
          guint i)
{
  static const Part end = { PART_END, 0, NULL };

  return i < parts->len ? &g_array_index (parts, Part, i) : &end;
}

static gboolean
is_word (const Part *part,
         GHashTable *table)
{
  return part->kind == PART_WORD && g_hash_table_contains (table, part->word);
}

/* Of up to three words. Returns: how many parts it takes */
static guint
skip_phrase (GArray *parts,
             guint i,
             GHashTable *table)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  guint longest = 0;

  for (guint n = 1; n <= 3 && get_part (parts, i + n - 1)->kind == PART_WORD; n++)
    {
      g_string_append_printf (phrase, "%s%s", n > 1 ? " " : "", get_part (parts, i + n - 1)->word);
      if (g_hash_table_contains (table, phrase->str))
        longest = n;
    }
  return longest;
}

/* --- one line --- */

/* "1. My parcel never came", "1)", "3, rue de la Paix": a list, or where somebody lives. Three dots are none of it. */
static gboolean
is_mark_of_list (GArray *parts,
                 guint i)
{
  static const gunichar marks[] = { '.', ',', ')', 0x060c, 0x3001 };
  const Part *part = get_part (parts, i);

  if (part->kind != PART_SIGN || (part->number == '.' && get_part (parts, i + 1)->kind == PART_SIGN && get_part (parts, i + 1)->number == '.'))
    return FALSE;
  for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
    if (part->number == (int) marks[m])
      return TRUE;
  return FALSE;
}

typedef enum
{
  LINE_WORDS, /* no score */
  LINE_SCORE, /* one, and nothing else */
  LINE_BOTH,  /* one, and words behind it */
} LineKind;

/* "my score: 4 out of 5 stars – quick, and friendly". @ret_n: (out): how many parts that took, up to the words behind it */
static LineKind
read_parts (MosSurveyKind kind,
            GArray *parts,
            const Words *words,
            int *ret_score,
            guint *ret_n)
{
  const int highest = mos_survey_kind_get_highest (kind);
  const Part *part;
  guint i = 0, n;
  int score = MOS_SURVEY_NO_SCORE;
  gboolean is_polite = TRUE, is_named;

  /* "(4)", "- 4" */
  while (get_part (parts, i)->kind == PART_SIGN)
    i++;
  n = skip_phrase (parts, i, words->score);
  is_named = n > 0;
  if (n > 0)
    {
      i += n;
      while (get_part (parts, i)->kind == PART_COLON)
        i++;
    }
  part = get_part (parts, i++);
  if (part->kind == PART_NUMBER)
    score = part->number;
  else if (part->kind == PART_STARS && kind == MOS_SURVEY_CSAT)
    {
      score = part->number;
      is_named = TRUE;
    }
  else if (part->kind == PART_WORD)
    score = (int) GPOINTER_TO_UINT (g_hash_table_lookup (words->numbers, part->word)) - 1;
  if (!mos_survey_kind_is_score (kind, score))
    return LINE_WORDS;

  n = get_part (parts, i)->kind == PART_SLASH ? 1 : skip_phrase (parts, i, words->of);
  if (n > 0)
    {
      const Part *whole = get_part (parts, i + n);
      int of = whole->kind == PART_WORD ? (int) GPOINTER_TO_UINT (g_hash_table_lookup (words->numbers, whole->word)) - 1 : whole->number;

      if ((whole->kind != PART_NUMBER && whole->kind != PART_WORD) || of != highest)
        return LINE_WORDS;
      i += n + 1;
      is_named = TRUE;
    }
  if (is_word (get_part (parts, i), words->stars))
    {
      i++;
      is_named = TRUE;
    }
  *ret_score = score;
  *ret_n = i;
  if (get_part (parts, i)->kind == PART_END)
    return LINE_SCORE;
  /* "5 days": a word that follows at once is about the number, but for a "thanks". */
  for (guint k = i; k < parts->len; k++)
    {
      const Part *rest = get_part (parts, k);

      /* Two numbers: nobody knows which one is meant. */
      if (rest->kind == PART_NUMBER || rest->kind == PART_OTHER || rest->kind == PART_STARS)
        return LINE_WORDS;
      is_polite = is_polite && (rest->kind != PART_WORD || g_hash_table_contains (words->polite, rest->word));
    }
  if (is_polite)
    return LINE_SCORE;
  if (get_part (parts, i)->kind == PART_WORD || (!is_named && is_mark_of_list (parts, i)))
    return LINE_WORDS;
  return LINE_BOTH;
}

static LineKind
read_line (MosSurveyKind kind,
           const char *line,
           int *ret_score,
           guint *ret_n)
{
  const Words *words = get_words ();
  g_autoptr (GArray) parts = NULL;
  g_autofree char *folded = NULL;
  guint label;

  if (strlen (line) > MAX_LINE)
    return LINE_WORDS;
  folded = fold_words (line);
  label = kind == MOS_SURVEY_CSAT ? GPOINTER_TO_UINT (g_hash_table_lookup (words->labels, folded)) : 0;
  if (label != 0)
    {
      *ret_score = (int) label;
      *ret_n = 0;
      return LINE_SCORE;
    }
  parts = split_line (line);
  return read_parts (kind, parts, words, ret_score, ret_n);
}

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* As they were written. Returns: (transfer none): what stands behind the first @n parts of @line, and the signs between */
static const char *
find_rest (const char *line,
           guint n)
{
  const char *p = line;

  for (; n > 0 && *p != '\0'; n--)
    {
      gunichar c;

      while (*p != '\0' && (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p)) || g_unichar_type (g_utf8_get_char (p)) == G_UNICODE_FORMAT))
        p = g_utf8_next_char (p);
      if (*p == '\0')
        break;
      c = g_utf8_get_char (p);
      if (g_unichar_isdigit (c))
        for (; g_unichar_isdigit (g_utf8_get_char (p)); p = g_utf8_next_char (p))
          ;
      else if (g_unichar_isalpha (c))
        for (; is_of_word (g_utf8_get_char (p)); p = g_utf8_next_char (p))
          ;
      else if (is_star (c) || is_empty_star (c))
        for (; is_star (g_utf8_get_char (p)) || is_empty_star (g_utf8_get_char (p)) || *p == ' '; p = g_utf8_next_char (p))
          ;
      else
        p = g_utf8_next_char (p);
    }
  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* --- the whole of it --- */

/* A list is no score: "1. …", "2. …" */
static gboolean
is_list (char **lines)
{
  int last = 0;

  for (; *lines != NULL; lines++)
    {
      char *end;
      guint64 number = g_ascii_strtoull (*lines, &end, 10);

      if (end == *lines || (*end != '.' && *end != ')'))
        continue;
      if (last > 0 && number == (guint64) last + 1)
        return TRUE;
      last = (int) MIN (number, 100);
    }
  return FALSE;
}

/* Lines without what our question put there, none empty at either end. */
static GStrv
list_lines (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) all = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strdelimit (valid, "\r", '\n');
  all = g_strsplit (valid, "\n", -1);
  for (char **line = all; *line != NULL; line++)
    {
      g_autofree char *folded = strlen (*line) <= MAX_LINE ? fold_words (*line) : NULL;

      g_strchomp (*line);
      if (folded == NULL || *folded == '\0' || !g_hash_table_contains (get_words ()->ours, folded))
        g_strv_builder_add (builder, *line);
    }
  return g_strv_builder_end (builder);
}

int
mos_survey_words_read_bare (MosSurveyKind kind,
                            const char *text)
{
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (text, -1));
  int score = MOS_SURVEY_NO_SCORE;
  guint n;

  if (strpbrk (valid, "\r\n") != NULL || read_line (kind, valid, &score, &n) != LINE_SCORE)
    return MOS_SURVEY_NO_SCORE;
  return score;
}

int
mos_survey_words_read (MosSurveyKind kind,
                       const char *text,
                       int known,
                       char **ret_comment)
{
  g_auto (GStrv) lines = list_lines (text);
  g_autoptr (GString) comment = g_string_new (NULL);
  gboolean is_listing = is_list (lines);
  int score = MOS_SURVEY_NO_SCORE;
  guint n_read = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      const char *words = *line;
      int here = MOS_SURVEY_NO_SCORE;
      guint n = 0;
      LineKind found = LINE_WORDS;

      if (*words != '\0' && score == MOS_SURVEY_NO_SCORE && n_read++ < MAX_LINES && !is_listing)
        found = read_line (kind, words, &here, &n);
      /* Below a greeting it stands alone. */
      if (found == LINE_BOTH && n_read > 1)
        found = LINE_WORDS;
      /* With a score that is known, one in the text is that of our own line, or one that was put in its place by hand. */
      if (found == LINE_BOTH && known != MOS_SURVEY_NO_SCORE)
        found = LINE_WORDS;
      if (found != LINE_WORDS)
        score = here;
      /* What it leaves behind is one gap. */
      if (found == LINE_SCORE || (*words == '\0' && (comment->len == 0 || g_str_has_suffix (comment->str, "\n\n"))))
        continue;
      g_string_append_printf (comment, "%s\n", found == LINE_BOTH ? find_rest (words, n) : words);
    }
  *ret_comment = g_strstrip (g_string_free_and_steal (g_steal_pointer (&comment)));
  return score != MOS_SURVEY_NO_SCORE ? score : known;
}
