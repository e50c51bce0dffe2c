/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/meta/mos-whatsapp-channel.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "mos-fake-whatsapp.h"
#include "mos-test.h"

#include <string.h>

/* What every chat must do, by a server and a letter box that keep to the rules of WhatsApp's Cloud API and of our own relay. */

static gpointer
begin (void)
{
  return mos_fake_whatsapp_new ();
}

static void
end (gpointer platform)
{
  mos_fake_whatsapp_free (platform);
}

static MosAccount *
make_account (gpointer platform)
{
  MosAccount *account = mos_account_new ();
  g_autofree char *relay = g_strconcat (mos_fake_whatsapp_get_url (platform), "/relay", NULL);

  account->id = g_strdup ("whatsapp-account");
  account->kind = g_strdup ("whatsapp");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup ("+49 30 901820");
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, mos_fake_whatsapp_get_url (platform));
  mos_account_set_setting (account, MOS_ACCOUNT_RELAY, relay);
  mos_account_set_setting (account, MOS_WHATSAPP_NUMBER, MOS_FAKE_WHATSAPP_NUMBER);
  mos_account_fill (account);
  return account;
}

static char *
number_of (const char *thread)
{
  return g_strconcat ("49151", thread, NULL);
}

static char *
deliver (gpointer platform,
         const char *thread,
         const char *text,
         GBytes *data)
{
  g_autofree char *from = number_of (thread);

  return mos_fake_whatsapp_say (platform, from, text, data);
}

static void
edit (gpointer platform,
      const char *thread,
      const char *id,
      const char *text)
{
  g_autofree char *from = number_of (thread);

  mos_fake_whatsapp_edit (platform, from, id, text);
}

static void
withdraw (gpointer platform,
          const char *thread,
          const char *id)
{
  g_autofree char *from = number_of (thread);

  mos_fake_whatsapp_withdraw (platform, from, id);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_fake_whatsapp_fail (platform, NULL, MOS_FAKE_WHATSAPP_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      mos_fake_whatsapp_fail (platform, NULL, MOS_FAKE_WHATSAPP_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      mos_fake_whatsapp_fail (platform, "/messages", MOS_FAKE_WHATSAPP_REFUSED, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_fake_whatsapp_fail (platform, "/messages", MOS_FAKE_WHATSAPP_LOST, 1);
      break;
    case CHAT_FAULT_HELD:
      mos_fake_whatsapp_fail (platform, "/relay", MOS_FAKE_WHATSAPP_HELD, 1);
      break;
    case CHAT_FAULT_NONE:
    default:
      mos_fake_whatsapp_fail (platform, NULL, MOS_FAKE_WHATSAPP_BUSY, 0);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_fake_whatsapp_dup_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_fake_whatsapp_count (platform);
}

static char *
dup_sign (gpointer platform,
          const char *thread,
          const char *id)
{
  return mos_fake_whatsapp_dup_sign (platform, id);
}

static void
fail_change (gpointer platform,
             ChatChangeFault fault)
{
  if (fault == CHAT_CHANGE_LOST)
    mos_fake_whatsapp_fail (platform, "/messages", MOS_FAKE_WHATSAPP_LOST, 1);
  else
    mos_fake_whatsapp_fail (platform, "/messages", MOS_FAKE_WHATSAPP_REFUSED, 1);
}

/* --- the letter box --- */

/* With another key, or on another web space, it counts from 1: what the desk knows of the one before has nothing there forgotten. */
static void
test_renewed_box (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  MosSyncCounts counts = { 0 };

  for (guint i = 0; i < 3; i++)
    contract_deliver (c, "From before");
  contract_sync_once (c, NULL);
  mos_fake_whatsapp_renew_box (c->other_end);
  contract_deliver (c, "Is anybody there?");
  contract_deliver (c, "Hello?");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 2);

  /* What is here is forgotten there, as ever. */
  contract_sync_once (c, NULL);
  g_assert_cmpuint (mos_fake_whatsapp_count_letters (c->other_end), ==, 0);
}

typedef struct
{
  const char *message;
  GBytes *raw; /* (owned) (nullable) */
} Source;

static gboolean
do_load_source (MosTxn *txn,
                Contract *c,
                gpointer data,
                GError **error)
{
  Source *source = data;

  return mos_store_message_load_source (txn, source->message, &source->raw, error);
}

static void
assert_kept (Contract *c,
             const char *message,
             const char *words)
{
  Source source = { message, NULL };
  g_autofree char *text = NULL;

  contract_step (c, do_load_source, &source);
  g_assert_nonnull (source.raw);
  text = g_strndup (g_bytes_get_data (source.raw, NULL), g_bytes_get_size (source.raw));
  g_assert_nonnull (strstr (text, words));
  g_bytes_unref (source.raw);
}

#define ODD_WEBHOOK(message) "{\"object\": \"whatsapp_business_account\", \"entry\": [{\"id\": \"9\", \"changes\": [{\"value\": {\"messaging_product\": \"whatsapp\", \"metadata\": {\"phone_number_id\": \"" MOS_FAKE_WHATSAPP_NUMBER "\"}," \
                             " \"messages\": [" message "]}, \"field\": \"messages\"}]}]}"

/* The letter box forgets what it gave: what nobody can read, or show, is kept here as it came. */
static void
test_unreadable (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_auto (ContractLook) seen = { 0 };
  MosSyncCounts counts = { 0 };

  mos_fake_whatsapp_put (c->other_end, "<html>of another program</html>");
  mos_fake_whatsapp_put (c->other_end, ODD_WEBHOOK ("{\"timestamp\": \"1764300000\", \"text\": {\"body\": \"by nobody\"}}"));
  mos_fake_whatsapp_put (c->other_end, ODD_WEBHOOK ("{\"from\": \"491514711\", \"id\": \"wamid.NEW\", \"timestamp\": \"1764300000\", \"type\": \"hologram\", \"hologram\": {\"shape\": \"of a mug\"}}"));
  contract_deliver (c, "Where is it?");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 4);
  g_assert_cmpuint (counts.quarantined, ==, 2);

  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 3);
  g_assert_cmpstr (contract_conversation (&seen, 0)->quarantine, ==, "unreadable");
  g_assert_true (contract_message (&seen, 0)->quarantined);
  assert_kept (c, contract_message (&seen, 0)->id, "<html>of another program</html>");
  assert_kept (c, contract_message (&seen, 1)->id, "by nobody");
  g_assert_false (contract_message (&seen, 2)->quarantined);
  g_assert_cmpstr (contract_message (&seen, 2)->why, ==, "unknown-content");
  assert_kept (c, contract_message (&seen, 2)->id, "of a mug");
  /* Met again, it is there once. */
  mos_fake_whatsapp_renew_box (c->other_end);
  mos_fake_whatsapp_put (c->other_end, "<html>of another program</html>");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 0);
}

static gboolean
do_find_missed (MosTxn *txn,
                Contract *c,
                gpointer ret_value,
                GError **error)
{
  return mos_store_cursor_get (txn, c->account->id, MOS_CHAT_CURSOR_MISSED, ret_value, error);
}

/* The letter box keeps letters for 30 days: whoever did not look for longer is told. */
static void
test_away (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_autofree char *missed = NULL;

  contract_deliver (c, "Is anybody there?");
  contract_sync_once (c, NULL);
  contract_pass_time (c, 29 * G_TIME_SPAN_DAY);
  contract_sync_once (c, NULL);
  contract_step (c, do_find_missed, &missed);
  g_assert_null (missed);
  contract_pass_time (c, 31 * G_TIME_SPAN_DAY);
  contract_sync_once (c, NULL);
  contract_step (c, do_find_missed, &missed);
  g_assert_nonnull (missed);
}

#define OTHER_NUMBER "7766554433221"
#define OTHER_WEBHOOK "{\"object\": \"whatsapp_business_account\", \"entry\": [{\"id\": \"9\", \"changes\": [{\"value\": {\"messaging_product\": \"whatsapp\","                                 \
                      " \"metadata\": {\"phone_number_id\": \"" OTHER_NUMBER "\"}, \"contacts\": [{\"profile\": {\"name\": \"Ben\"}, \"wa_id\": \"491514712\"}],"                               \
                      " \"messages\": [{\"from\": \"491514712\", \"id\": \"wamid.OTHER\", \"timestamp\": \"1764300000\", \"type\": \"text\", \"text\": {\"body\": \"To the other number\"}}]}," \
                      " \"field\": \"messages\"}]}]}"

static gboolean
do_save_account (MosTxn *txn,
                 Contract *c,
                 gpointer data,
                 GError **error)
{
  return mos_store_account_save (txn, c->account, error);
}

/* Meta brings what comes for all numbers of a shop to one address: what is the other account's waits for it. */
static void
test_two_numbers (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_auto (ContractLook) seen = { 0 };
  MosSyncCounts counts = { 0 };

  mos_fake_whatsapp_put (c->other_end, OTHER_WEBHOOK);
  contract_deliver (c, "To the first number");
  contract_sync_once (c, NULL);
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 0);
  g_assert_cmpuint (mos_fake_whatsapp_count_letters (c->other_end), ==, 1);

  mos_account_unref (c->account);
  c->account = make_account (c->other_end);
  g_set_str (&c->account->id, "other-account");
  mos_account_set_setting (c->account, MOS_WHATSAPP_NUMBER, OTHER_NUMBER);
  contract_step (c, do_save_account, NULL);
  mos_desk_host_set_password (c->host, c->account->id, MOS_FAKE_WHATSAPP_SECRET);
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 1);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  contract_sync_once (c, NULL);
  g_assert_cmpuint (mos_fake_whatsapp_count_letters (c->other_end), ==, 0);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform whatsapp = { "whatsapp", MOS_FAKE_WHATSAPP_SECRET, begin, end, make_account, deliver, edit, withdraw, fail, list_sent, count_polls, NULL, dup_sign, fail_change, .is_a_server = TRUE };

  mos_test_init (&argc, &argv);
  chat_contract_add (&whatsapp);
  chat_contract_add_changes (&whatsapp);
  g_test_add_data_func ("/chat/whatsapp/renewed-box", &whatsapp, test_renewed_box);
  g_test_add_data_func ("/chat/whatsapp/two-numbers", &whatsapp, test_two_numbers);
  g_test_add_data_func ("/chat/whatsapp/unreadable", &whatsapp, test_unreadable);
  g_test_add_data_func ("/chat/whatsapp/away", &whatsapp, test_away);
  return g_test_run ();
}
