/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-categorize.h"

#include "mos-category-resources.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define RESOURCE "/org/mostrador/categories/categories.json"
/* More is a document, not a question. */
#define MAX_TEXT 20000
/* So short a word is a whole word: "nif" is not the beginning of "niffler". */
#define MAX_WHOLE 4
/* A shop's own words of one category. */
#define MAX_OWN 100

typedef struct
{
  char *shown;
  char *folded; /* " where is my order": with the space before a word, where the script has some */
  int weight;   /* how many words it is */
} Phrase;

typedef struct
{
  char *language;
  GPtrArray *phrases; /* of Phrase */
} Words;

/* One of those that the program brings. */
typedef struct
{
  const char *id;
  gboolean is_complex;
  JsonObject *names;
  JsonArray *orders;
  GPtrArray *words; /* of Words */
} Standard;

/* --- text --- */

/* Without case and accents, one space between words and around them. Cf. Unicode Standard Annex 15: compatibility decomposition, marks left out. */
static char *
fold (const char *text)
{
  gsize size = strnlen (text, MAX_TEXT);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *low = g_utf8_casefold (apart, -1);
  GString *folded = g_string_new (" ");

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
      else if (folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
  return g_string_free (folded, FALSE);
}

/* @words: folded, of a name */
static gboolean
is_only_name (const char *folded,
              const char *const *words)
{
  g_auto (GStrv) of_line = g_strsplit (folded, " ", -1);
  gboolean has_some = FALSE;

  for (char **word = of_line; *word != NULL; word++)
    if (g_strv_contains (words, *word))
      has_some = TRUE;
    else if (g_utf8_strlen (*word, -1) > 1)
      return FALSE;
  return has_some;
}

/* Returns: (transfer full): in how many orders a name is written: as it is, and the family's before or behind the others */
static char **
list_orders (const char *const *words)
{
  guint n = g_strv_length ((char **) words);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint first = 0; first < n; first++)
    if (first <= 1 || first == n - 1)
      {
        g_autoptr (GString) order = g_string_new (" ");

        for (guint i = 0; i < n; i++)
          g_string_append_printf (order, "%s ", words[(first + i) % n]);
        g_strv_builder_add (builder, order->str);
      }
  return g_strv_builder_end (builder);
}

char *
mos_categorize_leave_out_name (const char *text,
                               const char *name)
{
  g_autofree char *folded_name = g_strstrip (fold (name != NULL ? name : ""));
  g_auto (GStrv) words = g_strsplit (folded_name, " ", -1);
  g_auto (GStrv) orders = list_orders ((const char *const *) words);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *rest = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *folded = fold (*line);
      g_autoptr (GString) left = g_string_new (folded);

      if (words[0] != NULL && is_only_name (g_strstrip (folded), (const char *const *) words))
        continue;
      /* One word alone is as likely meant as what it says. */
      for (char **order = orders; words[0] != NULL && words[1] != NULL && *order != NULL; order++)
        g_string_replace (left, *order, " ", 0);
      g_string_append_printf (rest, "%s\n", left->str);
    }
  return g_string_free (rest, FALSE);
}

static void
phrase_free (gpointer data)
{
  Phrase *phrase = data;

  g_free (phrase->shown);
  g_free (phrase->folded);
  g_free (phrase);
}

/* Returns: (nullable): %NULL where no word is in it */
static Phrase *
phrase_new (const char *shown)
{
  g_autofree char *folded = fold (shown);
  Phrase *phrase;

  if (folded[1] == '\0')
    return NULL;
  phrase = g_new0 (Phrase, 1);
  phrase->shown = g_strdup (shown);
  for (const char *p = folded; p[1] != '\0'; p++)
    phrase->weight += *p == ' ';
  /* Arabic writes the article and some prepositions onto the word. */
  if (g_unichar_get_script (g_utf8_get_char (folded + 1)) == G_UNICODE_SCRIPT_ARABIC)
    {
      g_strchomp (folded);
      phrase->folded = g_strdup (folded + 1);
      return phrase;
    }
  if (g_utf8_strlen (folded, -1) - 2 > MAX_WHOLE)
    g_strchomp (folded);
  phrase->folded = g_steal_pointer (&folded);
  return phrase;
}

/* "pt_BR.UTF-8" and "pt-br" are "pt" */
static char *
base_language (const char *language)
{
  return g_ascii_strdown (language, (gssize) strcspn (language, "-_.@"));
}

/* --- those that the program brings --- */

static Standard *
read_standard (JsonObject *object)
{
  Standard *one = g_new0 (Standard, 1);
  JsonObjectIter iter;
  const char *language;
  JsonNode *node;

  one->id = json_object_get_string_member (object, "id");
  one->is_complex = json_object_get_boolean_member (object, "complex");
  one->names = json_object_get_object_member (object, "names");
  one->orders = json_object_get_array_member (object, "orders");
  one->words = g_ptr_array_new ();
  json_object_iter_init_ordered (&iter, json_object_get_object_member (object, "words"));
  while (json_object_iter_next_ordered (&iter, &language, &node))
    {
      JsonArray *list = json_node_get_array (node);
      Words *words = g_new0 (Words, 1);

      words->language = g_strdup (language);
      words->phrases = g_ptr_array_new ();
      for (guint i = 0; i < json_array_get_length (list); i++)
        g_ptr_array_add (words->phrases, phrase_new (json_array_get_string_element (list, i)));
      g_ptr_array_add (one->words, words);
    }
  return one;
}

/* Part of the program, read once and kept: what is wrong with it is found by the tests. Returns: (element-type Standard) */
static GPtrArray *
get_standard (void)
{
  static GPtrArray *standard;
  static JsonParser *parser; /* what was read points into it */

  if (g_once_init_enter_pointer (&standard))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_category_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      GPtrArray *made = g_ptr_array_new ();
      JsonArray *all;

      parser = json_parser_new_immutable ();
      if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
        g_error ("The list of categories cannot be read");
      all = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "categories");
      for (guint i = 0; i < json_array_get_length (all); i++)
        g_ptr_array_add (made, read_standard (json_array_get_object_element (all, i)));
      g_once_init_leave_pointer (&standard, made);
    }
  return standard;
}

/* Returns: (nullable) */
static Standard *
find_standard (const char *id)
{
  GPtrArray *standard = get_standard ();

  for (guint i = 0; i < standard->len; i++)
    if (g_str_equal (((Standard *) standard->pdata[i])->id, id))
      return standard->pdata[i];
  return NULL;
}

GPtrArray *
mos_categorize_list_standard (const char *language)
{
  GPtrArray *standard = get_standard ();
  g_autofree char *base = base_language (language != NULL ? language : "en");
  GPtrArray *categories = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);

  for (guint i = 0; i < standard->len; i++)
    {
      Standard *one = standard->pdata[i];
      MosCategory *category = mos_category_new ();

      category->id = g_strdup (one->id);
      category->name = g_strdup (json_object_get_string_member_with_default (one->names, base, json_object_get_string_member (one->names, "en")));
      category->words = g_strdup ("");
      category->is_complex = one->is_complex;
      category->position = i + 1;
      g_ptr_array_add (categories, category);
    }
  return categories;
}

/* --- looking --- */

/* What is looked through, and what of one category was found there. */
typedef struct
{
  const char *subject; /* folded */
  const char *text;    /* folded */
  GPtrArray *found;    /* of char *: what is shown of it */
  GHashTable *seen;    /* folded phrases that count already: other languages have the same */
  int score;
  gsize first; /* where in the text the first one is; the subject comes before it */
} Look;

static void
look_for (Look *look,
          const Phrase *phrase)
{
  const char *in_subject, *in_text;

  if (g_hash_table_contains (look->seen, phrase->folded))
    return;
  in_subject = strstr (look->subject, phrase->folded);
  in_text = strstr (look->text, phrase->folded);
  if (in_subject == NULL && in_text == NULL)
    return;
  look->score += phrase->weight * ((in_subject != NULL ? 2 : 0) + (in_text != NULL ? 1 : 0));
  look->first = MIN (look->first, in_subject != NULL ? 0 : (gsize) (in_text - look->text) + 1);
  g_hash_table_add (look->seen, g_strdup (phrase->folded));
  g_ptr_array_add (look->found, g_strdup (phrase->shown));
}

static void
look_for_standard (Look *look,
                   Standard *one,
                   const char *language)
{
  for (guint i = 0; i < one->words->len; i++)
    {
      Words *words = one->words->pdata[i];

      if (language != NULL && !g_str_equal (words->language, language) && !g_str_equal (words->language, "en"))
        continue;
      for (guint j = 0; j < words->phrases->len; j++)
        look_for (look, words->phrases->pdata[j]);
    }
}

static void
look_for_own (Look *look,
              const char *words)
{
  /* The Arabic comma is two bytes, of which each is in other letters, too. */
  g_autoptr (GString) plain = g_string_new (words);
  g_auto (GStrv) own = NULL;

  g_string_replace (plain, "،", ",", 0);
  own = g_strsplit_set (plain->str, ",;\n", MAX_OWN + 1);
  for (gsize i = 0; own[i] != NULL && i < MAX_OWN; i++)
    {
      Phrase *phrase = phrase_new (g_strstrip (own[i]));

      if (phrase == NULL)
        continue;
      look_for (look, phrase);
      phrase_free (phrase);
    }
}

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->found, g_ptr_array_unref);
  g_clear_pointer (&look->seen, g_hash_table_unref);
}

static gboolean
has_status (const Standard *one,
            const char *status)
{
  for (guint i = 0; one != NULL && status != NULL && i < json_array_get_length (one->orders); i++)
    if (g_str_equal (json_array_get_string_element (one->orders, i), status))
      return TRUE;
  return FALSE;
}

MosCategoryHint *
mos_categorize (GPtrArray *categories,
                const char *subject,
                const char *text,
                const char *language,
                const char *order_status)
{
  g_autofree char *base = language != NULL ? base_language (language) : NULL;
  g_autofree char *in_subject = fold (subject);
  g_autofree char *in_text = fold (text);
  g_autoptr (MosCategoryHint) best = NULL;
  int best_score = 0;
  gsize best_first = G_MAXSIZE;

  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];
      Standard *one = find_standard (category->id);
      gboolean fits = has_status (one, order_status);
      Look look = { .subject = in_subject, .text = in_text, .first = G_MAXSIZE };

      if (category->is_removed)
        continue;
      look.found = g_ptr_array_new_null_terminated (0, g_free, TRUE);
      look.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (one != NULL)
        look_for_standard (&look, one, base);
      else
        look_for_own (&look, category->name);
      look_for_own (&look, category->words);
      if (look.score > 0 && fits)
        look.score++;
      /* Of two that say the same, what was written first is what it is about. */
      if (look.score > best_score || (look.score > 0 && look.score == best_score && look.first < best_first))
        {
          g_clear_pointer (&best, mos_category_hint_unref);
          best = mos_category_hint_new ();
          best->category = g_strdup (category->id);
          best->order_status = g_strdup (fits ? order_status : NULL);
          best->words = g_strdupv ((char **) look.found->pdata);
          best_score = look.score;
          best_first = look.first;
        }
      look_clear (&look);
    }
  return g_steal_pointer (&best);
}
