/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-attachment-words.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/org/mostrador/Mostrador/attachment-words.txt"
#define ENGLISH "en"

typedef struct
{
  char *word; /* folded */
  gboolean is_anywhere;
} Word;

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->word);
  g_free (word);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* Language -> array of Word */
static GHashTable *
load (void)
{
  GHashTable *lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *list = NULL;

  if (bytes == NULL)
    {
      g_critical ("No words for attachments: %s", error->message);
      return lists;
    }
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gsize len = strlen (line);

      if (len == 0 || line[0] == '#')
        continue;
      if (line[0] == '[' && line[len - 1] == ']')
        {
          list = g_ptr_array_new_with_free_func (word_free);
          g_hash_table_insert (lists, g_strndup (line + 1, len - 2), list);
        }
      else if (list != NULL)
        {
          Word *word = g_new0 (Word, 1);

          word->is_anywhere = line[0] == '*';
          word->word = fold (line + (word->is_anywhere ? 1 : 0));
          g_ptr_array_add (list, word);
        }
    }
  return lists;
}

static gboolean
is_word_character (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
list_matches (GPtrArray *list,
              const char *folded)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Word *word = g_ptr_array_index (list, i);

      for (const char *hit = strstr (folded, word->word); hit != NULL; hit = strstr (hit + 1, word->word))
        if (word->is_anywhere || hit == folded || !is_word_character (g_utf8_get_char (g_utf8_prev_char (hit))))
          return TRUE;
    }
  return FALSE;
}

gboolean
mos_attachment_words_match (const char *text,
                            const char *language)
{
  static GHashTable *lists = NULL;
  g_autofree char *folded = fold (text);
  g_autofree char *code = language != NULL ? g_ascii_strdown (language, (gssize) strcspn (language, "_-.@")) : NULL;
  GHashTableIter iter;
  gpointer key, list;

  if (lists == NULL)
    lists = load ();
  if (code != NULL && !g_hash_table_contains (lists, code))
    g_clear_pointer (&code, g_free);
  g_hash_table_iter_init (&iter, lists);
  while (g_hash_table_iter_next (&iter, &key, &list))
    if ((code == NULL || g_str_equal (key, code) || g_str_equal (key, ENGLISH)) && list_matches (list, folded))
      return TRUE;
  return FALSE;
}
