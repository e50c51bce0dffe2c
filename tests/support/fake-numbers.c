/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-fake-twilio.h"
#include "mos-fake-whatsapp.h"

#include <stdio.h>
#include <string.h>

static void
print_texts (GPtrArray *texts)
{
  g_autofree char *text = NULL;

  g_ptr_array_add (texts, NULL);
  text = g_strjoinv ("\x1f", (char **) texts->pdata);
  printf ("%s\n", text);
  g_ptr_array_unref (texts);
}

/* The servers of mos-fake-twilio.h and mos-fake-whatsapp.h for scripts, which its argument chooses between ("sms", "whatsapp"): it prints its address and what is signed in with, then
 * does what each line of its input says and answers with one line: "say NUMBER TEXT", "pass SECONDS" (Twilio's clock), "tell STATUS" (of what was sent last; "always": WhatsApp says that each is delivered), "sent" (the texts, parted
 * by U+001F). */
int
main (int argc,
      char **argv)
{
  gboolean is_twilio = argc > 1 && g_str_equal (argv[1], "sms");
  MosFakeTwilio *twilio = is_twilio ? mos_fake_twilio_new ("+4930901820") : NULL;
  MosFakeWhatsapp *whatsapp = is_twilio ? NULL : mos_fake_whatsapp_new ();
  char line[8192];

  printf ("%s %s\n", is_twilio ? mos_fake_twilio_get_url (twilio) : mos_fake_whatsapp_get_url (whatsapp), is_twilio ? MOS_FAKE_TWILIO_TOKEN : "EAAtoken");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 3);
      guint n = g_strv_length (words);

      if (n == 3 && g_str_equal (words[0], "say"))
        {
          g_autofree char *id = is_twilio ? mos_fake_twilio_say (twilio, words[1], words[2], 0, NULL) : mos_fake_whatsapp_say (whatsapp, words[1], words[2], NULL);

          printf ("%s\n", id);
        }
      else if (n == 2 && g_str_equal (words[0], "pass") && is_twilio)
        {
          mos_fake_twilio_pass_time (twilio, g_ascii_strtoll (words[1], NULL, 10) * G_USEC_PER_SEC);
          printf ("\n");
        }
      else if (n == 2 && g_str_equal (words[0], "tell"))
        {
          if (is_twilio)
            mos_fake_twilio_set_status (twilio, NULL, words[1], 0, NULL);
          else if (g_str_equal (words[1], "always"))
            mos_fake_whatsapp_tell_always (whatsapp);
          else
            mos_fake_whatsapp_tell (whatsapp, words[1], 0);
          printf ("\n");
        }
      else
        print_texts (is_twilio ? mos_fake_twilio_dup_sent (twilio) : mos_fake_whatsapp_dup_sent (whatsapp));
      fflush (stdout);
    }
  g_clear_pointer (&twilio, mos_fake_twilio_free);
  g_clear_pointer (&whatsapp, mos_fake_whatsapp_free);
  return 0;
}
