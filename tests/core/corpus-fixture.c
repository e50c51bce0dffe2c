/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "corpus-fixture.h"

#include <string.h>
#include <time.h>

char *corpus;

gboolean
have_corpus (void)
{
  if (corpus != NULL)
    return TRUE;
  g_test_skip ("corpus absent");
  return FALSE;
}

void
find_corpus (void)
{
  const char *shared = g_getenv ("MOSTRADOR_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "corpus", NULL) : g_build_filename (g_test_get_dir (G_TEST_DIST), "..", "..", "shared", "corpus", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    corpus = g_steal_pointer (&path);
}

GBytes *
read_bytes (const char *path)
{
  char *data;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

MosParsedMessage *
parse_file (const char *path)
{
  g_autoptr (GBytes) raw = read_bytes (path);
  g_autoptr (GError) error = NULL;
  MosParsedMessage *parsed;
  clock_t before = clock ();
  double seconds;

  parsed = mos_mime_parse (raw, &error);
  g_assert_no_error (error);
  g_assert_nonnull (parsed);
  g_assert_true (g_utf8_validate (parsed->text, -1, NULL));
  g_assert_true (g_utf8_validate (parsed->subject, -1, NULL));
  g_assert_true (g_utf8_validate (parsed->reply_text, -1, NULL));
  g_assert_true (parsed->html == NULL || g_utf8_validate (parsed->html, -1, NULL));
  for (guint i = 0; i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (parsed->attachments, i);

      g_assert_true (g_utf8_validate (attachment->name, -1, NULL));
      g_assert_cmpstr (attachment->name, !=, "");
      g_assert_null (strchr (attachment->name, '/'));
    }
  seconds = (double) (clock () - before) / CLOCKS_PER_SEC;
  if (seconds > 0.5)
    g_test_message ("%s took %.1f s", path, seconds);
  /* processor time, in an instrumented build: far above anything that is not a runaway */
  g_assert_cmpfloat (seconds, <, 20);
  return parsed;
}

GPtrArray *
read_lines (const char *name)
{
  g_autofree char *path = g_build_filename (corpus, "expected", name, NULL);
  g_autofree char *data = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  g_file_get_contents (path, &data, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      {
        JsonNode *node = json_from_string (lines[i], &error);

        g_assert_no_error (error);
        g_ptr_array_add (nodes, node);
      }
  return nodes;
}

char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}
