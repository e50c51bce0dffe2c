/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-changes.h"
#include "core/store/mos-store-chat.h"

/* What is done to messages that are there already: other words, taken back, a sign. */

typedef struct
{
  const char *message;
  MosChatChangeKind kind;
  const char *text;
} Change;

static gboolean
do_change (MosTxn *txn,
           Contract *c,
           gpointer data,
           GError **error)
{
  const Change *change = data;

  return mos_chat_change (txn, change->message, change->kind, change->text, error);
}

static gboolean
do_retry_change (MosTxn *txn,
                 Contract *c,
                 gpointer data,
                 GError **error)
{
  const Change *change = data;

  return mos_chat_retry_change (txn, change->message, change->kind, error);
}

static gboolean
knows (Contract *c,
       MosChannelFlags flag)
{
  return (mos_channel_traits_get (c->platform->kind)->flags & flag) != 0;
}

/* Says "Hello?", is answered, and the answer is there. */
static void
answer_one (Contract *c,
            ContractLook *seen)
{
  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, seen);
  contract_send_reply (c, contract_conversation (seen, 0)->id, "Hello, Ana!");
  contract_sync_once (c, NULL);
  contract_look (c, seen);
  g_assert_cmpuint (seen->messages->len, ==, 2);
  contract_pass_time (c, G_USEC_PER_SEC);
}

static void
assert_shown (Contract *c,
              const char *only)
{
  g_autoptr (GPtrArray) shown = c->platform->list_shown (c->other_end);

  g_assert_cmpuint (shown->len, ==, only != NULL ? 1 : 0);
  if (only != NULL)
    g_assert_cmpstr (shown->pdata[0], ==, only);
}

static gboolean
do_list_versions (MosTxn *txn,
                  Contract *c,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GPtrArray) versions = mos_store_chat_list_versions (txn, data, error);

  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpstr (versions->pdata[0], ==, "Hello, Ana!");
  return TRUE;
}

static void
test_change_words (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  Change change = { .kind = MOS_CHAT_CHANGE_EDIT, .text = "Hello, Ana Maria!" };
  g_autofree char *id = NULL;

  answer_one (c, &seen);
  change.message = id = g_strdup (contract_message (&seen, 1)->id);
  if (!knows (c, MOS_CHANNEL_EDITS))
    {
      g_autoptr (GError) error = contract_try_step (c, do_change, &change);

      g_assert_error (error, MOS_CHAT_CHANGE_ERROR, MOS_CHAT_CHANGE_ERROR_NOT_THERE);
      return;
    }
  /* It waits, and says until then what they see. */
  contract_step (c, do_change, &change);
  contract_look (c, &seen);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Hello, Ana!");
  g_assert_nonnull (contract_message (&seen, 1)->changes);
  /* The answer is lost: it is told again, and is so once. */
  c->platform->fail_change (c->other_end, CHAT_CHANGE_LOST);
  contract_sync_once (c, NULL);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  contract_pass_time (c, G_TIME_SPAN_HOUR);
  contract_sync_once (c, NULL);
  assert_shown (c, "Hello, Ana Maria!");
  /* Where it comes back, it changes nothing. */
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Hello, Ana Maria!");
  g_assert_cmpint (contract_message (&seen, 1)->edited_us, >, 0);
  g_assert_null (contract_message (&seen, 1)->changes);
  contract_step (c, do_list_versions, id);
}

static void
test_change_refused (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  Change change = { .kind = MOS_CHAT_CHANGE_EDIT, .text = "Good day!" };
  g_autofree char *id = NULL;
  MosChatChange *failed;

  if (!knows (c, MOS_CHANNEL_EDITS))
    return;
  answer_one (c, &seen);
  change.message = id = g_strdup (contract_message (&seen, 1)->id);
  c->platform->fail_change (c->other_end, CHAT_CHANGE_REFUSED);
  contract_step (c, do_change, &change);
  contract_sync_once (c, NULL);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  assert_shown (c, "Hello, Ana!");
  contract_look (c, &seen);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Hello, Ana!");
  g_assert_cmpuint (contract_message (&seen, 1)->changes->len, ==, 1);
  failed = contract_message (&seen, 1)->changes->pdata[0];
  g_assert_nonnull (failed->why);
  g_assert_cmpstr (failed->text, ==, "Good day!");
  /* Not by itself; a person may try again. */
  contract_pass_time (c, G_TIME_SPAN_HOUR);
  contract_sync_once (c, NULL);
  assert_shown (c, "Hello, Ana!");
  contract_step (c, do_retry_change, &change);
  contract_sync_once (c, NULL);
  assert_shown (c, "Good day!");
  contract_look (c, &seen);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Good day!");
}

static void
test_take_back (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  const MosChannelTraits *traits = mos_channel_traits_get (c->platform->kind);
  g_auto (ContractLook) seen = { 0 };
  Change change = { .kind = MOS_CHAT_CHANGE_WITHDRAW, .text = "" };
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  answer_one (c, &seen);
  change.message = id = g_strdup (contract_message (&seen, 1)->id);
  if (knows (c, MOS_CHANNEL_DELETES))
    {
      contract_step (c, do_change, &change);
      contract_sync_once (c, NULL);
      assert_shown (c, NULL);
      contract_sync_once (c, NULL);
      contract_look (c, &seen);
      g_assert_cmpuint (seen.messages->len, ==, 2);
      g_assert_cmpint (contract_message (&seen, 1)->withdrawn_us, >, 0);
      g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Hello, Ana!");
      g_assert_null (contract_message (&seen, 1)->changes);
    }
  /* Twice, or where it is unknown. */
  error = contract_try_step (c, do_change, &change);
  g_assert_error (error, MOS_CHAT_CHANGE_ERROR, (knows (c, MOS_CHANNEL_DELETES) ? MOS_CHAT_CHANGE_ERROR_NOT_SENT : MOS_CHAT_CHANGE_ERROR_NOT_THERE));
  if (traits->withdraw_window_s == 0)
    return;
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Another one");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_free (id);
  change.message = id = g_strdup (contract_message (&seen, 2)->id);
  contract_pass_time (c, (gint64) traits->withdraw_window_s * G_USEC_PER_SEC);
  g_clear_error (&error);
  error = contract_try_step (c, do_change, &change);
  g_assert_error (error, MOS_CHAT_CHANGE_ERROR, MOS_CHAT_CHANGE_ERROR_TOO_LATE);
}

/* As the platform has it. */
static void
assert_sign (Contract *c,
             const char *id,
             const char *sign)
{
  g_autofree char *there = c->platform->dup_sign (c->other_end, THREAD, id);

  g_assert_cmpstr (there, ==, sign);
}

static void
assert_reactions (Contract *c,
                  const char *sign)
{
  g_auto (ContractLook) seen = { 0 };
  GPtrArray *reactions;

  contract_look (c, &seen);
  reactions = contract_message (&seen, 0)->reactions;
  g_assert_cmpuint (reactions != NULL ? reactions->len : 0, ==, sign != NULL ? 1 : 0);
  if (sign != NULL)
    {
      g_assert_cmpstr (((MosReaction *) reactions->pdata[0])->sign, ==, sign);
      g_assert_true (((MosReaction *) reactions->pdata[0])->is_ours);
    }
}

static void
test_react (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autofree char *remote = NULL;
  g_autofree char *id = NULL;
  Change change = { .kind = MOS_CHAT_CHANGE_REACT, .text = "👍" };

  remote = c->platform->deliver (c->other_end, THREAD, "It came, thank you!", NULL);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  change.message = id = g_strdup (contract_message (&seen, 0)->id);
  if (!knows (c, MOS_CHANNEL_REACTIONS))
    {
      g_autoptr (GError) error = contract_try_step (c, do_change, &change);

      g_assert_error (error, MOS_CHAT_CHANGE_ERROR, MOS_CHAT_CHANGE_ERROR_NOT_THERE);
      return;
    }
  contract_step (c, do_change, &change);
  c->platform->fail_change (c->other_end, CHAT_CHANGE_LOST);
  contract_sync_once (c, NULL);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  contract_pass_time (c, G_TIME_SPAN_HOUR);
  contract_sync_once (c, NULL);
  contract_sync_once (c, NULL);
  assert_sign (c, remote, "👍");
  assert_reactions (c, "👍");
  /* Another one takes its place; none takes it away. */
  change.text = "🎉";
  contract_step (c, do_change, &change);
  contract_sync_once (c, NULL);
  contract_sync_once (c, NULL);
  assert_sign (c, remote, "🎉");
  assert_reactions (c, "🎉");
  change.text = "";
  contract_step (c, do_change, &change);
  contract_sync_once (c, NULL);
  contract_sync_once (c, NULL);
  assert_sign (c, remote, NULL);
  assert_reactions (c, NULL);
}

void
chat_contract_add_changes (const ChatPlatform *platform)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = {
    { "change-words", test_change_words },
    { "change-refused", test_change_refused },
    { "take-back", test_take_back },
    { "react", test_react },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chat/%s/%s", platform->kind, tests[i].name);

      g_test_add_data_func (path, platform, tests[i].func);
    }
}
