/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/imap/mos-imap-tokenizer.h"
#include "mos-test.h"

#include <string.h>

/* What servers say in the scripted conversations of imaptest, a server tester by others: every line of it is read. */

/* The scripts' variables ("$modseq") and remarks ("$!unordered") become words, for here only the form matters. */
static char *
fill_in (const char *line)
{
  GString *out = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p++)
    {
      if (*p != '$')
        {
          g_string_append_c (out, *p);
          continue;
        }
      while (g_ascii_isalnum (p[1]) || p[1] == '_' || p[1] == '!' || p[1] == '=' || p[1] == '{' || p[1] == '}')
        p++;
      g_string_append_c (out, '1');
    }
  g_string_append (out, "\r\n");
  return g_string_free (out, FALSE);
}

static void
test_server_lines (void)
{
  const char *shared = g_getenv ("MOSTRADOR_SHARED");
  g_autofree char *folder = g_build_filename (shared != NULL ? shared : "", "corpus", "imaptest", "src", "tests", NULL);
  g_autoptr (GDir) dir = shared != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint files = 0;
  guint read = 0;

  if (dir == NULL)
    {
      g_test_skip ("the shared folder is not here");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;
      gsize size = 0;

      if (g_str_has_suffix (name, ".mbox") || !g_file_get_contents (path, &text, &size, NULL) || strlen (text) != size)
        continue;
      files++;
      lines = g_strsplit (text, "\n", -1);
      for (gsize i = 0; lines[i] != NULL; i++)
        {
          g_autoptr (MosImapTokenizer) tokenizer = mos_imap_tokenizer_new (&mos_imap_default_limits);
          g_autoptr (MosImapResponse) response = NULL;
          g_autoptr (GError) error = NULL;
          g_autofree char *line = NULL;
          gboolean fed;

          /* "{{{" begins a text of several lines, which the tester sends as a literal or quoted. */
          if (!g_str_has_prefix (lines[i], "* ") || strstr (lines[i], "{{{") != NULL || strchr (lines[i], '~') != NULL)
            continue;
          line = fill_in (lines[i]);
          fed = mos_imap_tokenizer_feed (tokenizer, line, strlen (line), &error);
          g_test_message ("%s: %s", name, lines[i]);
          g_assert_no_error (error);
          g_assert_true (fed);
          response = mos_imap_tokenizer_take (tokenizer);
          g_assert_nonnull (response);
          g_assert_cmpint (response->kind, ==, MOS_IMAP_RESPONSE_UNTAGGED);
          g_assert_true (response->name != NULL || response->status != MOS_IMAP_STATUS_NONE);
          g_assert_true (mos_imap_tokenizer_is_empty (tokenizer));
          read++;
        }
    }
  g_test_message ("%u lines of %u scripts", read, files);
  g_assert_cmpuint (read, >, 100);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/corpus/server-lines", test_server_lines);
  return g_test_run ();
}
