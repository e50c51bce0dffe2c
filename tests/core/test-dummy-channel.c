/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/dummy/mos-dummy-channel.h"
#include "mos-test-host.h"
#include "mos-test.h"

/* The family: what every channel does with its host, shown by the one without a network. */

static MosChannel *
make_channel (MosTestHost *host,
              const char *kind)
{
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (MosClock) clock = mos_clock_new_system ();

  account->id = g_strdup ("account-1");
  account->kind = g_strdup (kind);
  account->address = g_strdup ("support@shop.example");
  return mos_channel_new_for_account (account, MOS_CHANNEL_HOST (host), clock);
}

static MosIncoming *
make_incoming (guint32 uid)
{
  MosIncoming *incoming = mos_incoming_new ();

  incoming->account = g_strdup ("account-1");
  incoming->folder = g_strdup ("INBOX");
  incoming->role = MOS_FOLDER_INBOX;
  incoming->uidvalidity = 1;
  incoming->uid = uid;
  incoming->raw = g_bytes_new_static ("", 0);
  incoming->parsed = mos_parsed_message_new ();
  incoming->parsed->subject = g_strdup_printf ("mail-%u", uid);
  incoming->parsed->digest = g_strdup_printf ("digest-%u", uid);
  return incoming;
}

static void
test_registry (void)
{
  g_autoptr (MosTestHost) host = mos_test_host_new (NULL);
  g_autoptr (MosChannel) channel = make_channel (host, "dummy");
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (channel);

  g_assert_true (MOS_IS_DUMMY_CHANNEL (channel));
  g_assert_cmpint (status->state, ==, MOS_ACCOUNT_OFFLINE);
  g_assert_cmpstr (status->account, ==, "account-1");
  g_assert_true (mos_channel_has_kind ("email"));
  g_assert_false (mos_channel_has_kind ("archive"));
  g_assert_null (make_channel (host, "archive"));
}

static void
test_run (void)
{
  g_autoptr (MosTestHost) host = mos_test_host_new (NULL);
  g_autoptr (MosChannel) channel = make_channel (host, "dummy");
  g_autoptr (MosIncoming) first = make_incoming (1);
  g_autoptr (MosIncoming) second = make_incoming (2);
  g_autoptr (GPtrArray) sent = NULL;

  mos_dummy_channel_deliver (MOS_DUMMY_CHANNEL (channel), first);
  g_assert_cmpuint (mos_test_host_count_ingested (host), ==, 0);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_has (host, "mail-1"), 5000);
  mos_dummy_channel_deliver (MOS_DUMMY_CHANNEL (channel), second);
  mos_test_wait (mos_test_host_has (host, "mail-2"), 5000);
  mos_test_wait (mos_test_host_get_state (host) == MOS_ACCOUNT_READY, 5000);

  mos_test_host_queue (host, "m1", "m1@shop.example", "support@shop.example", "ana@mail.example", "Hello");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait (mos_test_host_is_copy_done (host, "m1"), 5000);
  g_assert_cmpint (mos_test_host_get_delivery (host, "m1"), ==, MOS_DELIVERY_ACCEPTED);

  mos_dummy_channel_set_answer (MOS_DUMMY_CHANNEL (channel), MOS_DELIVERY_FAILED, "refused");
  mos_test_host_queue (host, "m2", "m2@shop.example", "support@shop.example", "ana@mail.example", "Hello");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait (mos_test_host_get_delivery (host, "m2") == MOS_DELIVERY_FAILED, 5000);

  mos_channel_stop_sync (channel);
  mos_channel_stop_sync (channel); /* twice is fine */
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
  sent = mos_dummy_channel_dup_sent (MOS_DUMMY_CHANNEL (channel));
  g_assert_cmpuint (sent->len, ==, 2);
}

static void
test_once (void)
{
  g_autoptr (MosTestHost) host = mos_test_host_new (NULL);
  g_autoptr (MosChannel) channel = make_channel (host, "dummy");
  g_autoptr (MosIncoming) incoming = make_incoming (1);
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts;

  mos_dummy_channel_deliver (MOS_DUMMY_CHANNEL (channel), incoming);
  g_assert_true (mos_channel_sync_once_sync (channel, &counts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.fetched, ==, 1);
  g_assert_cmpuint (counts.added, ==, 1);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/channel/registry", test_registry);
  g_test_add_func ("/channel/run", test_run);
  g_test_add_func ("/channel/once", test_once);

  return g_test_run ();
}
