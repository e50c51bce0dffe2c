/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "messenger-desk.h"

/* What only Messenger and Instagram do: a list that is asked again and again, details of twenty messages alone, two questions a second, windows. */

/* --- what comes in --- */

/* What was there before the account was: both directions, in order, closed, unread by nobody; and nothing of what is older still. */
static void
test_history (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_say (d, "4700", "Too old", 40 * G_TIME_SPAN_DAY);
  desk_say (d, ANA, "Do you ship to Spain?", 20 * G_TIME_SPAN_DAY);
  g_free (mos_fake_meta_send_elsewhere (d->fake, ANA, "We do", 20 * G_TIME_SPAN_DAY - G_TIME_SPAN_HOUR));
  desk_say (d, ANA, "Thank you", 3 * G_TIME_SPAN_DAY);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 3);
  g_assert_cmpstr (desk_message (d, 0)->text, ==, "Do you ship to Spain?");
  g_assert_cmpint (desk_message (d, 1)->direction, ==, MOS_DIRECTION_OUTGOING);
  g_assert_cmpstr (desk_message (d, 2)->text, ==, "Thank you");
  g_assert_false (desk_message (d, 2)->unread);
  g_assert_cmpint (((MosConversationRow *) d->conversations->pdata[0])->status, ==, MOS_STATUS_CLOSED);

  /* What comes now is news; what was said long ago with whoever writes now is not. */
  desk_say (d, ANA, "It came!", 0);
  desk_say (d, "4700", "Me again", 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 6);
  for (guint i = 0; i < d->messages->len; i++)
    g_assert_cmpint (desk_message (d, i)->unread, ==, g_str_equal (desk_message (d, i)->text, "It came!") || g_str_equal (desk_message (d, i)->text, "Me again"));
}

/* More conversations than stand on a page, out of order and twice: each once, and the two that change are the two that are asked for. */
static void
test_many (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_pass (d);
  mos_fake_meta_set_mixed (d->fake, TRUE);
  for (guint i = 0; i < 53; i++)
    {
      g_autofree char *who = g_strdup_printf ("%u", 5000 + i);

      desk_say (d, who, who, 0);
    }
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 53);
  g_assert_cmpuint (d->conversations->len, ==, 53);
  g_assert_cmpuint (mos_fake_meta_count_most (d->fake), <=, 2);
  /* Once more where it was read within the second that its newest message is of. */
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/t_"), <=, 2 * 53);
}

/* Running: what did not change is not asked for again. */
static gboolean
is_ready (Desk *d)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (d->channel);

  return status->state == MOS_ACCOUNT_READY;
}

static guint
count_messages (Desk *d)
{
  desk_look (d);
  return d->messages->len;
}

static void
test_unchanged (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);
  guint lists, n;

  desk_say (d, ANA, "Hello?", 0);
  desk_say (d, "4712", "Me too", 0);
  mos_channel_start (d->channel);
  mos_test_wait (count_messages (d) == 2, 20000);
  lists = mos_fake_meta_count (d->fake, "/conversations");
  mos_test_wait (mos_fake_meta_count (d->fake, "/conversations") >= lists + 5, 30000);
  n = mos_fake_meta_count (d->fake, "/t_");
  g_assert_cmpuint (n, <=, 4);
  mos_test_wait (mos_fake_meta_count (d->fake, "/conversations") >= lists + 8, 30000);
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/t_"), ==, n);
  n = mos_fake_meta_count (d->fake, "/t_4712");
  desk_say (d, ANA, "Still there?", 0);
  mos_test_wait (count_messages (d) == 3, 20000);
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/t_4712"), ==, n);
  mos_channel_stop_sync (d->channel);
  g_assert_cmpuint (mos_fake_meta_count_most (d->fake), <=, 2);
}

/* Two within one second, and a look between them: the list does not say that there is another one. */
static void
test_same_second (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  mos_channel_start (d->channel);
  mos_test_wait (is_ready (d), 20000);
  for (guint i = 0; i < 8; i++)
    {
      desk_say (d, ANA, "And", 0);
      mos_test_settle (200);
    }
  mos_test_wait (count_messages (d) == 8, 20000);
  mos_channel_stop_sync (d->channel);
}

static void
say_many (Desk *d,
          guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %u", i);

      desk_say (d, ANA, text, 0);
    }
}

/* 25 messages between two looks, of which it tells details of 20: the others are there, and say so, in their place. @data: it refuses to list them with details */
static void
test_gap (gconstpointer data)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);

  mos_fake_meta_set_strict (d->fake, GPOINTER_TO_INT (data));
  desk_say (d, ANA, "Before", 60 * G_TIME_SPAN_MINUTE);
  desk_pass (d);
  say_many (d, 25);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 26);
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %u", i);

      g_assert_cmpstr (desk_message (d, i + 1)->text, ==, i < 5 ? "" : text);
      g_assert_cmpstr (desk_message (d, i + 1)->why, ==, i < 5 ? "not-told" : NULL);
      g_assert_cmpint (desk_message (d, i + 1)->direction, ==, MOS_DIRECTION_INCOMING);
    }
  /* It is the same after a restart. */
  desk_renew_channel (d);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 26);
}

/* Away for days: more conversations than are read at once, and one of them with more messages than it tells of, from before those that were read first. */
static void
test_gap_behind (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);

  desk_pass (d);
  desk_pass_time (d, 3 * G_TIME_SPAN_DAY);
  for (guint i = 0; i < 25; i++)
    desk_say (d, ANA, "Early", (60 - (gint64) i / 2) * G_TIME_SPAN_HOUR);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *who = g_strdup_printf ("%u", 5000 + i);

      desk_say (d, who, who, 36 * G_TIME_SPAN_HOUR);
    }
  for (guint i = 0; i < 3; i++)
    desk_say (d, ANA, "Late", G_TIME_SPAN_HOUR);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 25 + 20 + 3);
}

/* One that cannot be read keeps no other out, and is read as soon as it can be. */
static void
test_one_bad (void)
{
  static const MosFakeMetaFault faults[] = { MOS_FAKE_META_REFUSED, MOS_FAKE_META_FORBIDDEN };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

      desk_pass (d);
      mos_fake_meta_fail (d->fake, "/t_4712", faults[i], G_MAXUINT);
      desk_say (d, "4712", "Hello?", 0);
      desk_say (d, ANA, "One", 0);
      desk_pass (d);
      g_assert_cmpuint (d->messages->len, ==, 1);
      desk_pass_time (d, 2 * G_TIME_SPAN_HOUR);
      desk_say (d, ANA, "Two", 0);
      desk_pass (d);
      g_assert_cmpuint (d->messages->len, ==, 2);
      mos_fake_meta_fail (d->fake, NULL, faults[i], 0);
      desk_pass (d);
      g_assert_cmpuint (d->messages->len, ==, 3);
    }
}

/* A time that has not come: what is written after it is taken all the same. */
static void
test_ahead (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_pass (d);
  desk_say (d, ANA, "From tomorrow", -2 * G_TIME_SPAN_DAY);
  desk_pass (d);
  desk_renew_channel (d);
  desk_say (d, "4712", "Today", 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
}

/* A trouble on the way: what was read before it is here already. */
static void
test_half_way (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);
  g_autoptr (GError) error = NULL;

  desk_pass (d);
  desk_say (d, ANA, "One", G_TIME_SPAN_MINUTE);
  desk_say (d, "4712", "Two", 0);
  mos_fake_meta_fail (d->fake, "/t_4712", MOS_FAKE_META_BUSY, G_MAXUINT);
  error = desk_try (d);
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY);
  desk_look (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  mos_fake_meta_fail (d->fake, NULL, MOS_FAKE_META_BUSY, 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
}

/* A version that knows fewer members is asked for fewer. */
static void
test_unknown_field (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  mos_fake_meta_set_unknown_field (d->fake, "reply_to");
  desk_say (d, ANA, "Hello?", 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  g_assert_cmpstr (desk_message (d, 0)->text, ==, "Hello?");
}

/* What cannot be read of one message keeps no other out. */
static void
test_odd (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_say (d, ANA, "First", 0);
  g_free (mos_fake_meta_say_raw (d->fake, ANA, "{\"message\": {\"text\": 1}, \"attachments\": 7, \"shares\": [], \"reply_to\": \"m_1\"}"));
  desk_say (d, ANA, "Last", 0);
  g_free (mos_fake_meta_say_raw (d->fake, "4712", "{\"from\": null, \"to\": {\"data\": {}}}"));
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 4);
  g_assert_cmpstr (desk_message (d, 0)->text, ==, "First");
  g_assert_cmpstr (desk_message (d, 1)->why, ==, "unknown-content");
  g_assert_cmpstr (desk_message (d, 2)->text, ==, "Last");
  g_assert_cmpstr (desk_message (d, 3)->why, ==, "not-told");
}

/* A picture lies elsewhere, where our token has nothing to do; when its address has ended it is asked for anew. */
static void
test_files (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a picture", 9);
  MosAttachment *file;

  g_free (mos_fake_meta_say (d->fake, ANA, "Look", 0, bytes));
  desk_pass (d);
  file = desk_message (d, 0)->attachments->pdata[0];
  g_assert_nonnull (file->sha256);
  g_assert_cmpstr (file->type, ==, "image/png");
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/m_"), ==, 0);

  mos_fake_meta_end_files (d->fake);
  g_free (mos_fake_meta_say (d->fake, ANA, "And this", 0, bytes));
  desk_pass (d);
  file = desk_message (d, 1)->attachments->pdata[0];
  g_assert_nonnull (file->sha256);
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/m_"), ==, 1);
  g_assert_false (mos_fake_meta_saw_token (d->fake));
}

/* Our clock is wrong by hours, in either direction: nothing is lost. */
static void
test_skew (gconstpointer data)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), GPOINTER_TO_INT (data) * G_TIME_SPAN_HOUR);
  desk_say (d, ANA, "Before", G_TIME_SPAN_HOUR);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  desk_say (d, ANA, "After", 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
}

/* --- what goes out --- */

/* Answered by telephone: it is in the conversation, once it cannot be one of ours whose answer is on its way. */
static void
test_elsewhere (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_say (d, ANA, "Hello?", 0);
  desk_pass (d);
  g_free (mos_fake_meta_send_elsewhere (d->fake, ANA, "Hello from the phone", 0));
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  desk_pass_time (d, 4 * G_TIME_SPAN_MINUTE);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
  g_assert_cmpint (desk_message (d, 1)->direction, ==, MOS_DIRECTION_OUTGOING);
  g_assert_cmpint (((MosConversationRow *) d->conversations->pdata[0])->waiting_since_us, ==, 0);
}

/* Nobody said that it arrived. It is looked for, found, and not asked about any more. */
static void
test_lost_and_found (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", TRUE, FALSE);
  g_autoptr (GPtrArray) sent = NULL;

  desk_say (d, ANA, "Hello?", 0);
  desk_pass (d);
  mos_fake_meta_fail (d->fake, "POST", MOS_FAKE_META_LOST, 1);
  desk_reply (d, "Hello!");
  desk_pass (d);
  g_assert_cmpint (desk_message (d, 1)->delivery, ==, MOS_DELIVERY_UNCERTAIN);
  desk_pass_time (d, 4 * G_TIME_SPAN_MINUTE);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
  g_assert_cmpint (desk_message (d, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  sent = mos_fake_meta_dup_sent (d->fake);
  g_assert_cmpuint (sent->len, ==, 1);
}

/* After a day only people may answer, and only where Meta lets them; never as something that it is not. @data: it lets them */
static void
test_window (gconstpointer data)
{
  gboolean allowed = GPOINTER_TO_INT (data);
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, allowed);
  g_autoptr (GPtrArray) sent = NULL;

  desk_say (d, ANA, "Hello?", 0);
  desk_pass (d);
  desk_reply (d, "In time");
  desk_pass (d);
  mos_fake_meta_set_window (d->fake, FALSE, TRUE);
  desk_reply (d, "Late");
  desk_pass (d);
  sent = mos_fake_meta_dup_sent (d->fake);
  g_assert_cmpstr (sent->pdata[0], ==, "In time");
  if (allowed)
    {
      g_assert_cmpuint (sent->len, ==, 2);
      g_assert_cmpstr (sent->pdata[1], ==, "#Late");
      g_assert_cmpint (desk_message (d, 2)->delivery, ==, MOS_DELIVERY_ACCEPTED);
      return;
    }
  g_assert_cmpuint (sent->len, ==, 1);
  g_assert_cmpint (desk_message (d, 2)->delivery, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (desk_message (d, 2)->why, ==, "window-over");
}

/* Which way out a refusal of a message leaves. */
static void
test_refusals (void)
{
  static const struct
  {
    MosFakeMetaFault fault;
    MosDelivery delivery;
    const char *why;
  } table[] = {
    { MOS_FAKE_META_REFUSED, MOS_DELIVERY_FAILED, "chat-closed" },
    { MOS_FAKE_META_FORBIDDEN, MOS_DELIVERY_QUEUED, "not-allowed" },
    { MOS_FAKE_META_BUSY, MOS_DELIVERY_QUEUED, "temporary" },
    { MOS_FAKE_META_UNKNOWN, MOS_DELIVERY_UNCERTAIN, "uncertain" },
    { MOS_FAKE_META_BROKEN, MOS_DELIVERY_UNCERTAIN, "uncertain" },
    { MOS_FAKE_META_HALF, MOS_DELIVERY_UNCERTAIN, "uncertain" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

      desk_say (d, ANA, "Hello?", 0);
      desk_pass (d);
      mos_fake_meta_fail (d->fake, "POST", table[i].fault, 1);
      desk_reply (d, "Hello!");
      desk_pass (d);
      g_assert_cmpint (desk_message (d, 1)->delivery, ==, table[i].delivery);
      g_assert_cmpstr (desk_message (d, 1)->why, ==, table[i].why);
    }
}

/* --- what goes wrong --- */

/* Half an answer, a broken front, too often, not allowed: nothing is taken, nothing is lost. */
static void
test_faults (void)
{
  static const struct
  {
    const char *where;
    MosFakeMetaFault fault;
    MosChatError error;
  } table[] = {
    { "/conversations", MOS_FAKE_META_BUSY, MOS_CHAT_ERROR_TEMPORARY },
    { "/t_", MOS_FAKE_META_LIMITED, MOS_CHAT_ERROR_TEMPORARY },
    { "/t_", MOS_FAKE_META_BROKEN, MOS_CHAT_ERROR_TEMPORARY },
    { "/t_", MOS_FAKE_META_UNKNOWN, MOS_CHAT_ERROR_TEMPORARY },
    { "/conversations", MOS_FAKE_META_HALF, MOS_CHAT_ERROR_PROTOCOL },
    { "/t_", MOS_FAKE_META_HALF, MOS_CHAT_ERROR_PROTOCOL },
    { "/t_", MOS_FAKE_META_FORBIDDEN, MOS_CHAT_ERROR_NOT_ALLOWED },
    { "/me", MOS_FAKE_META_REVOKED, MOS_CHAT_ERROR_KEY_REFUSED },
  };
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  desk_pass (d);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %" G_GSIZE_FORMAT, i);
      g_autoptr (GError) error = NULL;

      desk_say (d, ANA, text, 0);
      mos_fake_meta_fail (d->fake, table[i].where, table[i].fault, 1);
      error = desk_try (d);
      g_assert_error (error, MOS_CHAT_ERROR, (int) table[i].error);
      desk_look (d);
      g_assert_cmpuint (d->messages->len, ==, i);
      desk_pass (d);
      g_assert_cmpuint (d->messages->len, ==, i + 1);
      g_assert_cmpstr (desk_message (d, (guint) i)->text, ==, text);
    }
}

static gboolean
is_waiting (Desk *d)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (d->channel);

  return status->state == MOS_ACCOUNT_WAITING && status->next_try_us > 0;
}

/* It says when it may be asked again, and is not asked before. */
static void
test_limited (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);
  g_autoptr (MosAccountStatus) status = NULL;
  guint n;

  mos_fake_meta_fail (d->fake, "/conversations", MOS_FAKE_META_LIMITED, G_MAXUINT);
  mos_channel_start (d->channel);
  mos_test_wait (is_waiting (d), 20000);
  status = mos_channel_dup_status (d->channel);
  g_assert_cmpint (status->next_try_us - mos_clock_now_us (d->t->clock), >, 6 * G_TIME_SPAN_MINUTE);
  n = mos_fake_meta_count (d->fake, NULL);
  mos_channel_wake (d->channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_settle (1500);
  g_assert_cmpuint (mos_fake_meta_count (d->fake, NULL), ==, n);
  mos_channel_stop_sync (d->channel);
}

/* It is nearly used up: it is left alone for a while, before it says no. */
static void
test_nearly_full (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);

  mos_fake_meta_fail (d->fake, "/conversations", MOS_FAKE_META_FULL, G_MAXUINT);
  mos_channel_start (d->channel);
  mos_test_wait (is_ready (d), 20000);
  mos_test_settle (3000);
  g_assert_cmpuint (mos_fake_meta_count (d->fake, "/conversations"), ==, 1);
  mos_channel_stop_sync (d->channel);
}

/* An answer that never comes: it ends at once all the same. */
static void
test_held (void)
{
  g_autoptr (Desk) d = desk_new ("messenger", TRUE, FALSE);
  gint64 before_us;

  mos_fake_meta_fail (d->fake, "/conversations", MOS_FAKE_META_HELD, 1);
  mos_channel_start (d->channel);
  mos_test_wait (mos_fake_meta_count (d->fake, "/conversations") == 1, 20000);
  before_us = g_get_monotonic_time ();
  mos_channel_stop_sync (d->channel);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/messenger/history", test_history);
  g_test_add_func ("/messenger/many", test_many);
  g_test_add_func ("/messenger/unchanged", test_unchanged);
  g_test_add_func ("/messenger/same-second", test_same_second);
  g_test_add_data_func ("/messenger/gap/listed", GINT_TO_POINTER (FALSE), test_gap);
  g_test_add_data_func ("/messenger/gap/refused", GINT_TO_POINTER (TRUE), test_gap);
  g_test_add_func ("/messenger/gap/behind", test_gap_behind);
  g_test_add_func ("/messenger/one-bad", test_one_bad);
  g_test_add_func ("/messenger/ahead", test_ahead);
  g_test_add_func ("/messenger/half-way", test_half_way);
  g_test_add_func ("/messenger/unknown-field", test_unknown_field);
  g_test_add_func ("/messenger/odd", test_odd);
  g_test_add_func ("/messenger/files", test_files);
  g_test_add_data_func ("/messenger/skew/behind", GINT_TO_POINTER (-7), test_skew);
  g_test_add_data_func ("/messenger/skew/ahead", GINT_TO_POINTER (7), test_skew);
  g_test_add_func ("/messenger/elsewhere", test_elsewhere);
  g_test_add_func ("/messenger/lost-and-found", test_lost_and_found);
  g_test_add_data_func ("/messenger/window/of-people", GINT_TO_POINTER (TRUE), test_window);
  g_test_add_data_func ("/messenger/window/over", GINT_TO_POINTER (FALSE), test_window);
  g_test_add_func ("/messenger/refusals", test_refusals);
  g_test_add_func ("/messenger/faults", test_faults);
  g_test_add_func ("/messenger/limited", test_limited);
  g_test_add_func ("/messenger/nearly-full", test_nearly_full);
  g_test_add_func ("/messenger/held", test_held);
  return g_test_run ();
}
