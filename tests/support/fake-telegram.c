/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-fake-telegram.h"

#include <stdio.h>
#include <string.h>

/* The server of mos-fake-telegram.h for scripts: it prints its address and its bot's token, then does what each line of its input says and answers with one line:
 * "say CHAT TEXT", "edit CHAT MESSAGE TEXT", "sent" (the texts, parted by U+001F), "waiting" (updates not confirmed), "lost METHOD" (the next answer to METHOD),
 * "put CHAT KIND REST" (mos_fake_telegram_put_message()), "update JSON" (mos_fake_telegram_put()), "keep ID PATH" (a file), "revoked METHOD", "blocked METHOD", "count METHOD",
 * "shown" (the texts as they are now), "sign MESSAGE" (the bot's sign at it), "keyboard" (the buttons below the text that came last). */
int
main (void)
{
  g_autoptr (MosFakeTelegram) fake = mos_fake_telegram_new ();
  char line[8192];

  printf ("%s %s\n", mos_fake_telegram_get_url (fake), mos_fake_telegram_get_token (fake));
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);
      guint n = g_strv_length (words);

      if (n >= 3 && g_str_equal (words[0], "say"))
        {
          g_autofree char *text = g_strdup (strchr (strchr (line, ' ') + 1, ' ') + 1);

          printf ("%" G_GINT64_FORMAT "\n", mos_fake_telegram_say (fake, g_ascii_strtoll (words[1], NULL, 10), "Ana", text));
        }
      else if (n == 4 && g_str_equal (words[0], "edit"))
        {
          mos_fake_telegram_edit (fake, g_ascii_strtoll (words[1], NULL, 10), g_ascii_strtoll (words[2], NULL, 10), words[3]);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "lost") && n == 2)
        {
          mos_fake_telegram_fail (fake, words[1], MOS_FAKE_TELEGRAM_LOST, 1);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "blocked") && n == 2)
        {
          mos_fake_telegram_fail (fake, words[1], MOS_FAKE_TELEGRAM_BLOCKED, 1);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "revoked") && n == 2)
        {
          mos_fake_telegram_fail (fake, words[1], MOS_FAKE_TELEGRAM_REVOKED, 1);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "put") && n == 4)
        printf ("%" G_GINT64_FORMAT "\n", mos_fake_telegram_put_message (fake, words[2], 0, g_ascii_strtoll (words[1], NULL, 10), "Ana", words[3]));
      else if (g_str_equal (words[0], "update") && n >= 2)
        {
          mos_fake_telegram_put (fake, strchr (line, ' ') + 1);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "keep") && n == 3)
        {
          g_autofree char *data = NULL;
          g_autoptr (GBytes) bytes = NULL;
          gsize size;

          g_assert_true (g_file_get_contents (words[2], &data, &size, NULL));
          bytes = g_bytes_new_take (g_steal_pointer (&data), size);
          mos_fake_telegram_keep_file (fake, words[1], bytes);
          printf ("\n");
        }
      else if (g_str_equal (words[0], "count") && n == 2)
        printf ("%u\n", mos_fake_telegram_count (fake, words[1]));
      else if (g_str_equal (words[0], "sign") && n == 2)
        {
          g_autofree char *sign = mos_fake_telegram_dup_sign (fake, g_ascii_strtoll (words[1], NULL, 10));

          printf ("%s\n", sign != NULL ? sign : "");
        }
      else if (g_str_equal (words[0], "keyboard"))
        {
          g_autoptr (GPtrArray) sent = mos_fake_telegram_dup_sent (fake);
          g_autofree char *buttons = mos_fake_telegram_dup_buttons (fake, sent->len - 1);

          printf ("%s\n", buttons);
        }
      else if (g_str_equal (words[0], "waiting"))
        printf ("%u\n", mos_fake_telegram_count_waiting (fake));
      else
        {
          g_autoptr (GPtrArray) sent = g_str_equal (words[0], "shown") ? mos_fake_telegram_dup_shown (fake) : mos_fake_telegram_dup_sent (fake);
          g_autofree char *text = NULL;

          g_ptr_array_add (sent, NULL);
          text = g_strjoinv ("\x1f", (char **) sent->pdata);
          printf ("%s\n", text);
        }
      fflush (stdout);
    }
  return 0;
}
