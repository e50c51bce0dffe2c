/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/store/mos-store-outbox.h"
#include "mos-test.h"

/* What of the contract is of a telephone: it tells of calls, and nothing can be sent. */

#define ANN "+4915112345671"
#define BEN "+4915112345672"

/* Started, and asked: what happens from here on is heard. */
static gboolean
is_listening (Contract *c,
              guint n_before)
{
  contract_pass_time (c, 10 * G_USEC_PER_SEC);
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_settle (20);
  return c->platform->count_polls (c->other_end) > n_before && contract_is_in_state (c, MOS_ACCOUNT_READY);
}

static void
listen (Contract *c)
{
  guint n = c->platform->count_polls (c->other_end);

  contract_start (c);
  mos_test_wait (is_listening (c, n), 30000);
}

/* @number calls, and nobody takes it: the @nth call that is here */
static void
call (Contract *c,
      const char *number,
      guint nth)
{
  contract_pass_time (c, G_USEC_PER_SEC);
  c->platform->call (c->other_end, number);
  mos_test_wait (contract_count_messages (c) == nth, 20000);
}

/* Each call is there once and is work; whoever calls again goes on with it, and what is told again is known. */
static void
test_heard (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };

  listen (c);
  call (c, ANN, 1);
  call (c, ANN, 2);
  call (c, BEN, 3);
  contract_stop (c);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (contract_message (&seen, i)->direction, ==, MOS_DIRECTION_INCOMING);
      g_assert_nonnull (contract_message (&seen, i)->call);
      g_assert_cmpint (contract_message (&seen, i)->call->outcome, ==, MOS_CALL_MISSED);
      g_assert_cmpstr (contract_message (&seen, i)->call->number, ==, i < 2 ? ANN : BEN);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (contract_conversation (&seen, i)->channel, ==, c->platform->kind);
      g_assert_cmpint (contract_conversation (&seen, i)->status, ==, MOS_STATUS_OPEN);
      g_assert_cmpint (contract_conversation (&seen, i)->waiting_since_us, !=, 0);
      g_assert_nonnull (contract_conversation (&seen, i)->customer);
    }

  /* What comes while nobody listens is here afterwards where it is kept anywhere; what was heard is not here twice. */
  c->platform->call (c->other_end, ANN);
  listen (c);
  call (c, BEN, c->platform->keeps_calls ? 5 : 4);
  contract_stop (c);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 2);
}

static gboolean
do_check_outbox (MosTxn *txn,
                 Contract *c,
                 gpointer data,
                 GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_store_outbox_claim (txn, c->account->id, &item, error))
    return FALSE;
  g_assert_null (item);
  return TRUE;
}

/* What is written there stays at the desk: it is a note, and nothing waits to be sent. */
static void
test_mute (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };

  g_assert_true (mos_channel_traits_get (c->platform->kind)->flags & MOS_CHANNEL_CALLS);
  listen (c);
  call (c, ANN, 1);
  contract_stop (c);
  contract_look (c, &seen);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello?");
  contract_step (c, do_check_outbox, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  g_assert_cmpint (contract_message (&seen, 1)->direction, ==, MOS_DIRECTION_NOTE);
  g_assert_cmpint (contract_conversation (&seen, 0)->waiting_since_us, !=, 0);
}

/* "Not now", or a line that breaks at once: it is tried again, and heard. */
static void
test_busy (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);

  c->platform->fail (c->other_end, CHAT_FAULT_BUSY);
  listen (c);
  call (c, ANN, 1);
  contract_stop (c);
}

void
chat_contract_add_calls (const ChatPlatform *platform)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = {
    { "heard", test_heard },
    { "mute", test_mute },
    { "busy", test_busy },
    { "key", contract_test_key },
    { "ends", contract_test_ends },
  };
  gboolean has_key = (mos_channel_traits_get (platform->kind)->flags & MOS_CHANNEL_KEYLESS) == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chat/%s/%s", platform->kind, tests[i].name);

      if (has_key || tests[i].func != contract_test_key)
        g_test_add_data_func (path, platform, tests[i].func);
    }
}
