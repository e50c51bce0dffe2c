/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-fake-meta.h"

#include <stdio.h>
#include <string.h>

static MosFakeMetaFault
fault_of (const char *word)
{
  static const struct
  {
    const char *word;
    MosFakeMetaFault fault;
  } table[] = {
    { "busy", MOS_FAKE_META_BUSY },
    { "lost", MOS_FAKE_META_LOST },
    { "held", MOS_FAKE_META_HELD },
    { "revoked", MOS_FAKE_META_REVOKED },
    { "forbidden", MOS_FAKE_META_FORBIDDEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].word, word))
      return table[i].fault;
  g_assert_not_reached ();
}

/* The server of mos-fake-meta.h for scripts, of the kind that its argument says: it prints its address and its token, then does what each line of its input says and answers with one
 * line: "say PERSON TEXT", "elsewhere PERSON TEXT", "pass SECONDS", "window open|closed|people", "fail FAULT WHERE TIMES", "sent" (the texts, parted by U+001F), "count WHERE". */
int
main (int argc,
      char **argv)
{
  gboolean by_page = argc < 2 || g_str_equal (argv[1], "messenger");
  g_autoptr (MosFakeMeta) fake = mos_fake_meta_new (by_page ? "messenger" : "instagram", by_page);
  char line[8192];

  printf ("%s %s\n", mos_fake_meta_get_url (fake), by_page ? MOS_FAKE_META_TOKEN : MOS_FAKE_META_INSTAGRAM_TOKEN);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);
      guint n = g_strv_length (words);

      if (n >= 3 && (g_str_equal (words[0], "say") || g_str_equal (words[0], "elsewhere")))
        {
          const char *text = strchr (strchr (line, ' ') + 1, ' ') + 1;
          g_autofree char *id = g_str_equal (words[0], "say") ? mos_fake_meta_say (fake, words[1], text, 0, NULL) : mos_fake_meta_send_elsewhere (fake, words[1], text, 0);

          printf ("%s\n", id);
        }
      else if (n == 2 && g_str_equal (words[0], "pass"))
        {
          mos_fake_meta_pass_time (fake, g_ascii_strtoll (words[1], NULL, 10) * G_USEC_PER_SEC);
          printf ("\n");
        }
      else if (n == 2 && g_str_equal (words[0], "window"))
        {
          mos_fake_meta_set_window (fake, g_str_equal (words[1], "open"), g_str_equal (words[1], "people"));
          printf ("\n");
        }
      else if (n == 4 && g_str_equal (words[0], "fail"))
        {
          mos_fake_meta_fail (fake, words[2], fault_of (words[1]), (guint) g_ascii_strtoull (words[3], NULL, 10));
          printf ("\n");
        }
      else if (n == 2 && g_str_equal (words[0], "count"))
        printf ("%u\n", mos_fake_meta_count (fake, words[1]));
      else
        {
          g_autoptr (GPtrArray) sent = mos_fake_meta_dup_sent (fake);
          g_autofree char *text = NULL;

          g_ptr_array_add (sent, NULL);
          text = g_strjoinv ("\x1f", (char **) sent->pdata);
          printf ("%s\n", text);
        }
      fflush (stdout);
    }
  return 0;
}
