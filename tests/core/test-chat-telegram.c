/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/telegram/mos-telegram-channel.h"
#include "core/desk/mos-chat-changes.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-private.h"
#include "mos-fake-telegram.h"
#include "mos-test.h"

#include <string.h>

/* What every chat must do, by a server that keeps to Telegram's own rules; and what only Telegram does. */

static gpointer
begin (void)
{
  return mos_fake_telegram_new ();
}

static void
end (gpointer platform)
{
  mos_fake_telegram_free (platform);
}

static MosAccount *
make_account (gpointer platform)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("telegram-account");
  account->kind = g_strdup ("telegram");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup ("@mug_shop_bot");
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, mos_fake_telegram_get_url (platform));
  mos_account_fill (account);
  return account;
}

static char *
deliver (gpointer platform,
         const char *thread,
         const char *text,
         GBytes *data)
{
  gint64 chat = g_ascii_strtoll (thread, NULL, 10);
  gint64 id = data != NULL ? mos_fake_telegram_say_file (platform, chat, "Ana", text, "bill.pdf", data) : mos_fake_telegram_say (platform, chat, "Ana", text);

  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
edit (gpointer platform,
      const char *thread,
      const char *id,
      const char *text)
{
  mos_fake_telegram_edit (platform, g_ascii_strtoll (thread, NULL, 10), g_ascii_strtoll (id, NULL, 10), text);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      mos_fake_telegram_fail (platform, "sendMessage", MOS_FAKE_TELEGRAM_BLOCKED, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_fake_telegram_fail (platform, "sendMessage", MOS_FAKE_TELEGRAM_LOST, 1);
      break;
    case CHAT_FAULT_HELD:
      mos_fake_telegram_fail (platform, "getUpdates", MOS_FAKE_TELEGRAM_HELD, 1);
      break;
    case CHAT_FAULT_NONE:
    default:
      mos_fake_telegram_fail (platform, NULL, MOS_FAKE_TELEGRAM_BUSY, 0);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_fake_telegram_dup_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_fake_telegram_count (platform, "getMe") + mos_fake_telegram_count (platform, "getUpdates");
}

static GPtrArray *
list_shown (gpointer platform)
{
  return mos_fake_telegram_dup_shown (platform);
}

static char *
dup_sign (gpointer platform,
          const char *thread,
          const char *id)
{
  return mos_fake_telegram_dup_sign (platform, g_ascii_strtoll (id, NULL, 10));
}

static void
fail_change (gpointer platform,
             ChatChangeFault fault)
{
  if (fault == CHAT_CHANGE_LOST)
    mos_fake_telegram_fail (platform, MOS_FAKE_TELEGRAM_CHANGE, MOS_FAKE_TELEGRAM_LOST, 1);
  else
    mos_fake_telegram_fail (platform, MOS_FAKE_TELEGRAM_CHANGE, MOS_FAKE_TELEGRAM_BLOCKED, 1);
}

/* --- buttons --- */

/* The answer that waits gets two of them. */
static gboolean
do_add_buttons (MosTxn *txn,
                Contract *c,
                gpointer message,
                GError **error)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) with = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_autofree char *sha256 = NULL;
  MosChatPart *part;

  if (!mos_store_message_load_source (txn, message, &json, error) || (outgoing = mos_chat_outgoing_from_json (json, error)) == NULL)
    return FALSE;
  part = outgoing->parts->pdata[0];
  part->buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_button_unref);
  g_ptr_array_add (part->buttons, mos_chat_button_make ("Yes", "a"));
  g_ptr_array_add (part->buttons, mos_chat_button_make ("No", "b"));
  with = mos_chat_outgoing_to_json (outgoing);
  return mos_store_blob_put (txn, with, &sha256, error) && mos_database_exec (txn->database, error, "UPDATE outbox SET raw_sha256 = ? WHERE message = ?", "tt", sha256, message) &&
         mos_database_exec (txn->database, error, "UPDATE message SET raw_sha256 = ? WHERE id = ?", "tt", sha256, message);
}

typedef struct
{
  const char *message;
  const char *text;
} Words;

static gboolean
do_edit (MosTxn *txn,
         Contract *c,
         gpointer data,
         GError **error)
{
  const Words *words = data;

  return mos_chat_change (txn, words->message, MOS_CHAT_CHANGE_EDIT, words->text, error);
}

static void
assert_buttons (Contract *c,
                const char *wanted)
{
  g_autofree char *labels = mos_fake_telegram_dup_buttons (c->other_end, 0);

  g_assert_cmpstr (labels, ==, wanted);
}

/* Other words leave the buttons where they are, there and here; one that was pressed took them along, and they do not come back. */
static void
test_buttons_stay (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_auto (ContractLook) seen = { 0 };
  g_autofree char *id = NULL;

  contract_deliver (c, "Is it there yet?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Did it arrive?");
  contract_look (c, &seen);
  id = g_strdup (contract_message (&seen, 1)->id);
  contract_step (c, do_add_buttons, id);
  contract_sync_once (c, NULL);
  assert_buttons (c, "Yes=a No=b");

  contract_pass_time (c, G_USEC_PER_SEC);
  contract_step (c, do_edit, &(Words) { id, "Did the mug arrive?" });
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Did the mug arrive?");
  assert_buttons (c, "Yes=a No=b");

  /* So it is when they come to say something else from there. */
  mos_fake_telegram_put (c->other_end, "{\"edited_message\":{\"message_id\":100000,\"date\":1764300000,\"edit_date\":1964300000,\"chat\":{\"id\":4711,\"type\":\"private\",\"first_name\":\"Ana\"},"
                                       "\"from\":{\"id\":4242,\"is_bot\":true,\"first_name\":\"Mug Shop\",\"username\":\"mug_shop_bot\"},\"text\":\"Did the mugs arrive?\"}}");
  mos_fake_telegram_put (c->other_end, "{\"callback_query\":{\"id\":\"q\",\"from\":{\"id\":4711,\"is_bot\":false,\"first_name\":\"Ana\"},\"chat_instance\":\"1\",\"data\":\"a\","
                                       "\"message\":{\"message_id\":100000,\"date\":1764300000,\"chat\":{\"id\":4711,\"type\":\"private\",\"first_name\":\"Ana\"},\"text\":\"Did the mugs arrive?\"}}}");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 3);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Did the mugs arrive?");
  g_assert_cmpstr (contract_message (&seen, 2)->text, ==, "Yes");
  assert_buttons (c, "");

  contract_pass_time (c, G_USEC_PER_SEC);
  contract_step (c, do_edit, &(Words) { id, "It arrived." });
  contract_sync_once (c, NULL);
  assert_buttons (c, "");
}

/* --- who writes --- */

/* Whoever types at a platform that cannot be reached asks it no oftener than is planned; once it is there again, it is told. */
static void
test_typing_waits (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  MosChannel *channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  guint before;

  mos_channel_start (channel);
  mos_test_wait (mos_fake_telegram_count (c->other_end, "getUpdates") > 0, 10000);
  mos_fake_telegram_fail (c->other_end, "getMe", MOS_FAKE_TELEGRAM_BROKEN, G_MAXUINT);
  before = mos_fake_telegram_count (c->other_end, "getMe");
  for (guint i = 0; i < 20; i++)
    {
      mos_chat_channel_tell_typing (MOS_CHAT_CHANNEL (channel), THREAD, TRUE);
      mos_test_settle (20);
    }
  g_assert_cmpuint (mos_fake_telegram_count (c->other_end, "getMe"), <=, before + 2);
  g_assert_cmpuint (mos_fake_telegram_count (c->other_end, "sendChatAction"), ==, 0);
  mos_fake_telegram_fail (c->other_end, NULL, MOS_FAKE_TELEGRAM_BROKEN, 0);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_NETWORK);
  mos_chat_channel_tell_typing (MOS_CHAT_CHANNEL (channel), THREAD, TRUE);
  mos_test_wait (mos_fake_telegram_count (c->other_end, "sendChatAction") > 0, 20000);
  mos_channel_stop_sync (channel);
  g_object_unref (channel);
}

/* --- others --- */

static gboolean
is_waiting_for (MosChannel *channel,
                const char *why)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (channel);

  return status->state == MOS_ACCOUNT_WAITING && g_strcmp0 (status->why, why) == 0;
}

/* Another program asks with the same token: that is said, and nothing is lost or there twice for it. */
static void
test_taken (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  g_auto (ContractLook) seen = { 0 };

  contract_deliver (c, "Is it there yet?");
  mos_channel_start (channel);
  mos_test_wait (mos_fake_telegram_count (c->other_end, "getUpdates") >= 2, 10000);
  /* What a pass of mostradorctl's at another desk does. */
  contract_sync_once (c, NULL);
  mos_test_wait (is_waiting_for (channel, "taken"), 10000);
  mos_channel_stop_sync (channel);
  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
}

/* Telegram brings what is written to an address on the web: that is told apart, and can be ended from here; what waited comes in. */
static void
test_webhook (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  g_autoptr (GError) error = NULL;
  g_auto (ContractLook) seen = { 0 };

  mos_fake_telegram_set_webhook (c->other_end, "https://elsewhere.example/hook");
  contract_deliver (c, "Is anybody there?");
  g_assert_false (mos_chat_channel_identify_sync (MOS_CHAT_CHANNEL (channel), c->platform->secret, NULL, NULL, NULL, &error));
  g_assert_true (mos_chat_error_is_webhook (error));
  g_assert_nonnull (strstr (error->message, "https://elsewhere.example/hook"));
  g_clear_error (&error);
  mos_channel_start (channel);
  mos_test_wait (is_waiting_for (channel, MOS_CHAT_WEBHOOK), 10000);
  mos_channel_stop_sync (channel);

  g_assert_true (mos_chat_channel_take_over_sync (MOS_CHAT_CHANNEL (channel), c->platform->secret, NULL, &error));
  g_assert_no_error (error);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 1);
}

/* --- the shop's own account --- */

typedef struct
{
  const char *remote;
  MosChatThread **ret_thread;
} FindThread;

static gboolean
do_find_thread (MosTxn *txn,
                Contract *c,
                gpointer data,
                GError **error)
{
  FindThread *find = data;

  return mos_store_chat_find_thread (txn, c->account->id, find->remote, find->ret_thread, error);
}

#define BUSINESS(text, id) "{\"business_message\":{\"business_connection_id\":\"abc\",\"message_id\":" id ",\"date\":1764300000,\"chat\":{\"id\":4711,\"type\":\"private\",\"first_name\":\"Ana\"}," \
                           "\"from\":{\"id\":4711,\"is_bot\":false,\"first_name\":\"Ana\"},\"text\":\"" text "\"}}"
#define CONNECTION(id, enabled, rights) "{\"business_connection\":{\"id\":\"" id "\",\"user\":{\"id\":9,\"is_bot\":false,\"first_name\":\"Shop\"},\"user_chat_id\":9,\"date\":1764300001,\"rights\":{" rights "},\"is_enabled\":" enabled "}}"

static void
assert_closed (Contract *c,
               const char *remote,
               const char *closed)
{
  g_autoptr (MosChatThread) thread = NULL;
  FindThread find = { remote, &thread };

  contract_sync_once (c, NULL);
  contract_step (c, do_find_thread, &find);
  g_assert_nonnull (thread);
  g_assert_cmpstr (thread->closed, ==, closed);
}

/* Disconnected, or without the right to answer: none of its chats can be written in, until it is well again; the bot's own goes on. */
static void
test_connection (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);

  contract_deliver (c, "To the bot");
  mos_fake_telegram_put (c->other_end, BUSINESS ("To the shop", "7"));
  assert_closed (c, "4711@abc", NULL);
  mos_fake_telegram_put (c->other_end, CONNECTION ("abc", "false", "\"can_reply\":true"));
  assert_closed (c, "4711@abc", "business-gone");
  assert_closed (c, "4711", NULL);
  mos_fake_telegram_put (c->other_end, CONNECTION ("abcd", "true", "\"can_reply\":true"));
  assert_closed (c, "4711@abc", "business-gone");
  mos_fake_telegram_put (c->other_end, CONNECTION ("abc", "true", "\"can_reply\":true"));
  assert_closed (c, "4711@abc", NULL);
  mos_fake_telegram_put (c->other_end, CONNECTION ("abc", "true", "\"can_read_messages\":true"));
  assert_closed (c, "4711@abc", "business-gone");
}

/* The server forgets what it gave: what cannot be read is kept here. */
static void
test_unreadable (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_auto (ContractLook) seen = { 0 };
  MosSyncCounts counts = { 0 };

  mos_fake_telegram_put (c->other_end, "{\"message\":{\"message_id\":\"seven\",\"text\":\"In no chat\"}}");
  contract_deliver (c, "Where is it?");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 2);
  g_assert_cmpuint (counts.quarantined, ==, 1);
  contract_look (c, &seen);
  g_assert_null (contract_conversation (&seen, 0)->quarantine);
  g_assert_cmpstr (contract_conversation (&seen, 1)->quarantine, ==, "unreadable");
}

/* --- what the server forgot --- */

static gboolean
is_ready (MosChannel *channel)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (channel);

  return status->state == MOS_ACCOUNT_READY;
}

/* What the account says once it looked. Returns: (transfer full) */
static char *
dup_why (Contract *c)
{
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  g_autoptr (MosAccountStatus) status = NULL;

  mos_channel_start (channel);
  mos_test_wait (is_ready (channel), 10000);
  status = mos_channel_dup_status (channel);
  mos_channel_stop_sync (channel);
  return g_strdup (status->why != NULL ? status->why : "");
}

static gboolean
do_read_that (MosTxn *txn,
              Contract *c,
              gpointer data,
              GError **error)
{
  return mos_store_cursor_set (txn, c->account->id, MOS_CHAT_CURSOR_MISSED, NULL, error);
}

/* It keeps nothing longer than a day: who was away longer is told so, whatever looked first, until somebody has read it. */
static void
test_away (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_autofree char *why = NULL;

  contract_deliver (c, "Is anybody there?");
  contract_sync_once (c, NULL);
  contract_pass_time (c, 23 * G_TIME_SPAN_HOUR);
  why = dup_why (c);
  g_assert_cmpstr (why, ==, "");
  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);

  contract_pass_time (c, 25 * G_TIME_SPAN_HOUR);
  contract_sync_once (c, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_free (why);
      why = dup_why (c);
      g_assert_cmpstr (why, ==, MOS_CHAT_MISSED);
    }
  contract_step (c, do_read_that, NULL);
  g_free (why);
  why = dup_why (c);
  g_assert_cmpstr (why, ==, "");
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform telegram = { "telegram", "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr", begin, end, make_account, deliver, edit, NULL, fail, list_sent, count_polls, list_shown, dup_sign, fail_change, .is_a_server = TRUE };

  mos_test_init (&argc, &argv);
  chat_contract_add (&telegram);
  chat_contract_add_changes (&telegram);
  g_test_add_data_func ("/chat/telegram/buttons-stay", &telegram, test_buttons_stay);
  g_test_add_data_func ("/chat/telegram/typing-waits", &telegram, test_typing_waits);
  g_test_add_data_func ("/chat/telegram/away", &telegram, test_away);
  g_test_add_data_func ("/chat/telegram/unreadable", &telegram, test_unreadable);
  g_test_add_data_func ("/chat/telegram/connection", &telegram, test_connection);
  g_test_add_data_func ("/chat/telegram/taken", &telegram, test_taken);
  g_test_add_data_func ("/chat/telegram/webhook", &telegram, test_webhook);
  return g_test_run ();
}
