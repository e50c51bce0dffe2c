/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-sample-mail.h"

#include <string.h>

#define NOW_US (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

static void
test_ago (void)
{
  const gint64 minute = 60 * G_USEC_PER_SEC;

  g_assert_cmpint (mos_sample_parse_ago_us ("45m"), ==, 45 * minute);
  g_assert_cmpint (mos_sample_parse_ago_us ("3h10m"), ==, 190 * minute);
  g_assert_cmpint (mos_sample_parse_ago_us ("2d3h"), ==, 51 * 60 * minute);
  g_assert_cmpint (mos_sample_parse_ago_us ("12d"), ==, 12 * 24 * 60 * minute);
}

/* Every conversation becomes mail that our own parser reads as the content says. */
static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  JsonObject *shop = mos_sample_load_shop (&error);
  JsonArray *conversations;
  guint bounces = 0;
  guint auto_replies = 0;
  guint bulk = 0;
  guint attachments = 0;
  guint right_to_left = 0;
  guint longest = 0;

  g_assert_no_error (error);
  conversations = json_object_get_array_member (shop, "conversations");
  g_assert_cmpuint (json_array_get_length (conversations), >=, 60);

  for (guint c = 0; c < json_array_get_length (conversations); c++)
    {
      g_autoptr (GPtrArray) mail = mos_sample_make_mail (shop, c, NOW_US, &error);
      gint64 last_us = 0;

      g_assert_no_error (error);
      g_assert_cmpuint (mail->len, >, 0);
      longest = MAX (longest, mail->len);

      for (guint i = 0; i < mail->len; i++)
        {
          MosIncoming *incoming = mail->pdata[i];
          MosParsedMessage *parsed = incoming->parsed;

          g_assert_cmpint (incoming->received_us, >, last_us);
          g_assert_cmpint (incoming->received_us, <, NOW_US);
          last_us = incoming->received_us;
          g_assert_nonnull (parsed->message_id);
          g_assert_cmpstr (parsed->reply_text, !=, "");
          bounces += parsed->classification == MOS_CLASSIFICATION_BOUNCE_HARD;
          auto_replies += parsed->classification == MOS_CLASSIFICATION_AUTO_REPLY;
          bulk += parsed->classification == MOS_CLASSIFICATION_BULK;
          attachments += parsed->attachments->len;
          right_to_left += strstr (parsed->text, "مرحبًا") != NULL;

          if (parsed->classification == MOS_CLASSIFICATION_BOUNCE_HARD)
            {
              MosIncoming *failed = mail->pdata[i - 1];
              MosBounce *bounce;

              g_assert_cmpuint (parsed->bounces->len, ==, 1);
              bounce = parsed->bounces->pdata[0];
              g_assert_cmpstr (bounce->original_message_id, ==, failed->parsed->message_id);
            }
          else if (i > 0)
            {
              MosIncoming *previous = mail->pdata[i - 1];

              g_assert_cmpstr (parsed->in_reply_to, ==, previous->parsed->message_id);
            }
        }
    }

  g_assert_cmpuint (bounces, ==, 1);
  g_assert_cmpuint (auto_replies, ==, 1);
  g_assert_cmpuint (bulk, >=, 1);
  g_assert_cmpuint (attachments, >, 10);
  g_assert_cmpuint (right_to_left, >, 0);
  g_assert_cmpuint (longest, >=, 8);
  json_object_unref (shop);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sample/mail/ago", test_ago);
  g_test_add_func ("/sample/mail/all", test_all);
  return g_test_run ();
}
