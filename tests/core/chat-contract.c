/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/base/mos-bytes.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-private.h"
#include "mos-test-store.h"

#include <string.h>

typedef struct
{
  Contract *c;
  ContractFunc func;
  gpointer data;
} ContractStep;

static gboolean
step_run (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  ContractStep *step = data;

  return step->func (txn, step->c, step->data, error);
}

GError *
contract_try_step (Contract *c,
                   ContractFunc func,
                   gpointer data)
{
  ContractStep step = { c, func, data };
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  mos_store_write_sync (c->t->store, &actor, NULL, step_run, &step, NULL, NULL, &error);
  return error;
}

void
contract_step (Contract *c,
               ContractFunc func,
               gpointer data)
{
  GError *error = contract_try_step (c, func, data);

  g_assert_no_error (error);
}

static gboolean
do_add_account (MosTxn *txn,
                Contract *c,
                gpointer data,
                GError **error)
{
  /* Kinds that only tests have are no rows of a profile. */
  return mos_database_exec (txn->database, error, "INSERT INTO account_kind VALUES (?) ON CONFLICT DO NOTHING", "t", c->platform->kind) &&
         mos_database_exec (txn->database, error, "INSERT INTO channel_kind VALUES (?) ON CONFLICT DO NOTHING", "t", c->platform->kind) &&
         mos_database_exec (txn->database, error, "INSERT INTO identity_kind VALUES (?) ON CONFLICT DO NOTHING", "t", mos_channel_traits_get (c->platform->kind)->identity) &&
         mos_store_account_save (txn, c->account, error);
}

Contract *
contract_new (const ChatPlatform *platform)
{
  Contract *c = g_new0 (Contract, 1);

  c->platform = platform;
  c->other_end = platform->begin ();
  c->t = mos_test_store_new ();
  c->account = platform->make_account (c->other_end);
  contract_step (c, do_add_account, NULL);
  c->host = mos_desk_host_new (c->t->store);
  mos_desk_host_set_password (c->host, c->account->id, platform->secret);
  return c;
}

static MosChannel *
make_channel (Contract *c)
{
  return mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
}

void
contract_start (Contract *c)
{
  c->channel = make_channel (c);
  mos_channel_start (c->channel);
}

void
contract_stop (Contract *c)
{
  if (c->channel != NULL)
    mos_channel_stop_sync (c->channel);
  g_clear_object (&c->channel);
}

void
contract_free (Contract *c)
{
  contract_stop (c);
  g_clear_pointer (&c->account, mos_account_unref);
  g_clear_object (&c->host);
  mos_test_settle (0);
  mos_test_store_free (c->t);
  c->platform->end (c->other_end);
  g_free (c);
}

/* One pass, as mostradorctl does it. */
void
contract_sync_once (Contract *c,
                    MosSyncCounts *ret_counts)
{
  g_autoptr (MosChannel) channel = make_channel (c);
  GError *error = NULL;

  mos_channel_sync_once_sync (channel, ret_counts, NULL, &error);
  g_assert_no_error (error);
}

/* --- looking --- */

static gboolean
do_look (MosTxn *txn,
         Contract *c,
         gpointer data,
         GError **error)
{
  ContractLook *look = data;
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_all_ids (txn, error);

  look->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  look->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      MosConversationRow *row = NULL;
      g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, ids->pdata[i], error);

      if (rows == NULL || !mos_store_conversation_find (txn, ids->pdata[i], &row, error))
        return FALSE;
      g_ptr_array_add (look->conversations, row);
      for (guint m = 0; m < rows->len; m++)
        if (((MosMessageRow *) rows->pdata[m])->direction != MOS_DIRECTION_EVENT)
          g_ptr_array_add (look->messages, mos_message_row_ref (rows->pdata[m]));
    }
  return ids != NULL;
}

void
contract_look_clear (ContractLook *look)
{
  g_clear_pointer (&look->conversations, g_ptr_array_unref);
  g_clear_pointer (&look->messages, g_ptr_array_unref);
}

void
contract_look (Contract *c,
               ContractLook *look)
{
  contract_look_clear (look);
  contract_step (c, do_look, look);
}

MosMessageRow *
contract_message (ContractLook *look,
                  guint n)
{
  g_assert_cmpuint (n, <, look->messages->len);
  return look->messages->pdata[n];
}

MosConversationRow *
contract_conversation (ContractLook *look,
                       guint n)
{
  g_assert_cmpuint (n, <, look->conversations->len);
  return look->conversations->pdata[n];
}

/* --- doing --- */

typedef struct
{
  const char *conversation;
  const char *text;
  GBytes *file;
  char *message; /* (owned): what became of it */
  guint n_pictures;
} Reply;

static gboolean
do_reply (MosTxn *txn,
          Contract *c,
          gpointer data,
          GError **error)
{
  static const MosQuoteTexts texts = { "On {date}, {sender} wrote:", "Forwarded", "%F" };
  Reply *reply = data;
  g_autoptr (MosDraft) draft = NULL;

  g_clear_pointer (&reply->message, g_free);
  if (!mos_draft_prepare (txn, "reply", reply->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, reply->text);
  if (reply->file != NULL)
    {
      MosAttachment *file = mos_attachment_new ();

      file->name = g_strdup ("label.pdf");
      file->type = g_strdup ("application/pdf");
      file->size = g_bytes_get_size (reply->file);
      if (!mos_store_blob_put (txn, reply->file, &file->sha256, error))
        return FALSE;
      g_ptr_array_add (draft->attachments, file);
    }
  for (guint i = 0; i < reply->n_pictures; i++)
    {
      MosAttachment *picture = mos_attachment_new ();
      g_autofree char *content = g_strdup_printf ("picture %u", i);
      g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));

      picture->name = g_strdup_printf ("picture%u.png", i);
      picture->type = g_strdup ("image/png");
      picture->size = g_bytes_get_size (bytes);
      if (!mos_store_blob_put (txn, bytes, &picture->sha256, error))
        return FALSE;
      g_ptr_array_add (draft->attachments, picture);
    }
  return mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &reply->message, error);
}

void
contract_send_reply (Contract *c,
                     const char *id,
                     const char *text)
{
  Reply reply = { id, text, NULL, NULL };

  contract_step (c, do_reply, &reply);
  g_free (reply.message);
}

static gboolean
do_close (MosTxn *txn,
          Contract *c,
          gpointer data,
          GError **error)
{
  return mos_store_conversation_set_status (txn, data, MOS_STATUS_CLOSED, 0, error);
}

static gboolean
do_recover (MosTxn *txn,
            Contract *c,
            gpointer data,
            GError **error)
{
  g_autoptr (GPtrArray) items = NULL;

  return mos_outbox_recover (txn, &items, error);
}

static gboolean
do_retry (MosTxn *txn,
          Contract *c,
          gpointer data,
          GError **error)
{
  return mos_outbox_retry (txn, data, error);
}

void
contract_deliver (Contract *c,
                  const char *text)
{
  g_free (c->platform->deliver (c->other_end, THREAD, text, NULL));
}

void
contract_pass_time (Contract *c,
                    gint64 by_us)
{
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (c->t->clock), by_us);
}

/* --- what comes in --- */

static void
test_incoming (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  MosSyncCounts counts = { 0 };

  contract_deliver (c, "Where is my parcel?");
  contract_deliver (c, "Order 1042");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 2);

  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 1);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  g_assert_cmpstr (contract_conversation (&seen, 0)->channel, ==, c->platform->kind);
  g_assert_cmpstr (contract_conversation (&seen, 0)->subject, ==, "Where is my parcel?");
  g_assert_cmpint (contract_conversation (&seen, 0)->status, ==, MOS_STATUS_OPEN);
  g_assert_nonnull (contract_conversation (&seen, 0)->customer);
  g_assert_cmpint (contract_conversation (&seen, 0)->waiting_since_us, !=, 0);
  g_assert_cmpstr (contract_message (&seen, 0)->text, ==, "Where is my parcel?");
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Order 1042");
  g_assert_cmpint (contract_message (&seen, 1)->direction, ==, MOS_DIRECTION_INCOMING);
  g_assert_true (contract_message (&seen, 1)->unread);

  /* Nothing is taken twice, after whatever pass and restart. */
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 0);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
}

/* Goes on while it is open, and for a day after the close; then it is another matter. */
static void
test_conversations (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autofree char *first = NULL;

  contract_deliver (c, "One");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  first = g_strdup (contract_conversation (&seen, 0)->id);
  contract_step (c, do_close, first);

  contract_pass_time (c, G_TIME_SPAN_HOUR);
  contract_deliver (c, "Thank you!");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 1);
  g_assert_cmpint (contract_conversation (&seen, 0)->status, ==, MOS_STATUS_OPEN);

  contract_step (c, do_close, first);
  contract_pass_time (c, 3 * G_TIME_SPAN_DAY);
  contract_deliver (c, "Something else");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 2);
  g_assert_cmpint (contract_conversation (&seen, 0)->status, ==, MOS_STATUS_CLOSED);
  g_assert_cmpstr (contract_conversation (&seen, 0)->customer, ==, contract_conversation (&seen, 1)->customer);

  /* Another chat is another conversation. */
  g_free (c->platform->deliver (c->other_end, "4712", "Hello", NULL));
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 3);
}

static void
test_file (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a picture", 9);
  g_autofree char *sha256 = mos_bytes_sha256 (bytes);
  g_auto (ContractLook) seen = { 0 };
  MosAttachment *file;

  g_free (c->platform->deliver (c->other_end, THREAD, "It came broken", bytes));
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 1);
  g_assert_cmpstr (contract_message (&seen, 0)->text, ==, "It came broken");
  g_assert_cmpuint (contract_message (&seen, 0)->attachments->len, ==, 1);
  file = contract_message (&seen, 0)->attachments->pdata[0];
  g_assert_cmpstr (file->sha256, ==, sha256);
  g_assert_cmpuint (file->size, ==, 9);
  g_assert_false (file->is_coming);
  g_assert_null (file->why);
  g_assert_true (contract_conversation (&seen, 0)->has_attachments);
}

static void
test_edit (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autofree char *id = NULL;

  if (c->platform->edit == NULL)
    return;
  id = c->platform->deliver (c->other_end, THREAD, "Order 1001", NULL);
  contract_sync_once (c, NULL);
  contract_pass_time (c, G_USEC_PER_SEC);
  c->platform->edit (c->other_end, THREAD, id, "Order 1002, sorry");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 1);
  g_assert_cmpstr (contract_message (&seen, 0)->text, ==, "Order 1002, sorry");
  g_assert_cmpint (contract_message (&seen, 0)->edited_us, >, 0);

  if (c->platform->withdraw == NULL)
    return;
  c->platform->withdraw (c->other_end, THREAD, id);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 1);
  g_assert_cmpint (contract_message (&seen, 0)->withdrawn_us, >, 0);
}

/* --- what goes out --- */

guint
contract_count_messages (Contract *c)
{
  g_auto (ContractLook) seen = { 0 };

  contract_look (c, &seen);
  return seen.messages->len;
}

/* A platform takes none, or fetches them from a letter box that this account has not. */
static gboolean
sends (Contract *c,
       const char *type)
{
  MosFileKind kind;

  return mos_channel_check_file (c->account, type, 1, &kind) == NULL;
}

/* What cannot be sent there is said before anything is written, and not sent without it. */
static void
check_no_files (Contract *c,
                const char *id,
                GBytes *bytes)
{
  Reply reply = { id, "The label", bytes, NULL };
  g_autoptr (GError) error = contract_try_step (c, do_reply, &reply);
  g_autoptr (GPtrArray) sent = NULL;

  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TOO_LARGE);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);
  g_assert_cmpuint (contract_count_messages (c), ==, 2);
}

static void
test_reply (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a label", 7);
  Reply reply = { 0 };

  contract_deliver (c, "Where is it?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  reply = (Reply) { contract_conversation (&seen, 0)->id, "On its way", NULL, NULL };
  contract_step (c, do_reply, &reply);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);
  g_assert_cmpstr (sent->pdata[0], ==, "On its way");
  if (!sends (c, "application/pdf"))
    {
      g_free (reply.message);
      check_no_files (c, contract_conversation (&seen, 0)->id, bytes);
      return;
    }

  /* A text that fits below the file goes with it, where a file takes one along. */
  reply.text = "The label";
  reply.file = bytes;
  contract_step (c, do_reply, &reply);
  contract_sync_once (c, NULL);
  g_clear_pointer (&sent, g_ptr_array_unref);
  sent = c->platform->list_sent (c->other_end);
  if (mos_channel_traits_get (c->platform->kind)->caption_max > 0)
    {
      g_assert_cmpuint (sent->len, ==, 2);
      g_assert_cmpstr (sent->pdata[1], ==, "[label.pdf] The label");
    }
  else
    {
      g_assert_cmpuint (sent->len, ==, 3);
      g_assert_cmpstr (sent->pdata[1], ==, "The label");
      g_assert_cmpstr (sent->pdata[2], ==, "[label.pdf]");
    }

  /* Whatever comes back of it, it is there once. */
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 3);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (contract_message (&seen, 2)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (contract_conversation (&seen, 0)->waiting_since_us, ==, 0);
  g_free (reply.message);
}

/* Longer than a message may be: several, in order, and nothing of it lost. */
static void
test_long (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  const MosChannelTraits *traits = mos_channel_traits_get (c->platform->kind);
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) joined = g_string_new (NULL);

  contract_deliver (c, "Tell me everything");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  for (guint i = 0; text->len < 2 * (gsize) traits->text_max + 10; i++)
    g_string_append_printf (text, "%sword%u", i > 0 ? " " : "", i);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, text->str);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, >=, 3);
  for (guint i = 0; i < sent->len; i++)
    {
      g_assert_cmpuint (mos_split_count (sent->pdata[i], traits->text_unit), <=, traits->text_max);
      g_string_append (joined, sent->pdata[i]);
      /* A platform may take the space away at the end of a message. */
      if (i + 1 < sent->len && !g_str_has_suffix (joined->str, " "))
        g_string_append_c (joined, ' ');
    }
  g_assert_cmpstr (joined->str, ==, text->str);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
}

/* Several pictures: each is there once, in their order, under a name of its own; whether as one message or as many is the platform's. */
static gboolean
do_count_places (MosTxn *txn,
                 Contract *c,
                 gpointer data,
                 GError **error)
{
  g_autoptr (GPtrArray) remotes = mos_store_chat_list_remotes (txn, data, error);

  g_assert_cmpuint (remotes->len, ==, 4);
  return TRUE;
}

static void
test_pictures (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;
  Reply reply = { .text = "All three", .n_pictures = 3 };

  if (!sends (c, "image/png"))
    return;
  contract_deliver (c, "How does it look?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  reply.conversation = contract_conversation (&seen, 0)->id;
  contract_step (c, do_reply, &reply);
  contract_sync_once (c, NULL);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 4);
  g_assert_cmpstr (sent->pdata[0], ==, "All three");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *begins = g_strdup_printf ("[picture%u.png]", i);

      g_assert_true (g_str_has_prefix (sent->pdata[i + 1], begins));
    }
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  contract_step (c, do_count_places, reply.message);
  g_free (reply.message);
}

/* --- what goes wrong --- */

gboolean
contract_is_in_state (Contract *c,
                      MosAccountState state)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (c->channel);

  return status->state == state;
}

static guint
count_sent (Contract *c)
{
  g_autoptr (GPtrArray) sent = c->platform->list_sent (c->other_end);

  return sent->len;
}

/* Time flies, and a person is impatient. */
static gboolean
is_sent_after_a_while (Contract *c)
{
  contract_pass_time (c, 10 * G_USEC_PER_SEC);
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_settle (20);
  return count_sent (c) > 0;
}

/* Its answer is here, too: whoever is stopped before that cannot know. */
static gboolean
is_settled (Contract *c)
{
  g_auto (ContractLook) seen = { 0 };

  contract_look (c, &seen);
  return contract_message (&seen, 1)->delivery != MOS_DELIVERY_QUEUED && contract_message (&seen, 1)->delivery != MOS_DELIVERY_SENDING;
}

static void
test_busy (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello!");
  contract_start (c);
  /* It gets through by itself, once. */
  c->platform->fail (c->other_end, CHAT_FAULT_BUSY);
  mos_test_wait (is_sent_after_a_while (c), 30000);
  mos_test_wait (is_settled (c), 10000);
  contract_stop (c);
  g_assert_cmpuint (count_sent (c), ==, 1);
  contract_look (c, &seen);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
}

static void
test_refused (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  c->platform->fail (c->other_end, CHAT_FAULT_REFUSED);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello!");
  contract_step (c, do_close, contract_conversation (&seen, 0)->id);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_FAILED);
  g_assert_nonnull (contract_message (&seen, 1)->why);
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Hello!");
  g_assert_cmpint (contract_conversation (&seen, 0)->status, ==, MOS_STATUS_OPEN);
  g_assert_true (contract_conversation (&seen, 0)->has_failed);

  /* A person may try again. */
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  contract_step (c, do_retry, contract_message (&seen, 1)->id);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);
  contract_look (c, &seen);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
}

/* It arrived, and nobody said so. Where the platform takes the same part twice for one, it is sent again; else it is asked about, never sent twice. */
static void
test_lost_answer (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  gboolean is_idempotent = (mos_channel_traits_get (c->platform->kind)->flags & MOS_CHANNEL_IDEMPOTENT) != 0;
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  c->platform->fail (c->other_end, CHAT_FAULT_LOST_ANSWER);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello!");
  contract_sync_once (c, NULL);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  contract_look (c, &seen);
  g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, is_idempotent ? MOS_DELIVERY_QUEUED : MOS_DELIVERY_UNCERTAIN);
  for (guint i = 0; i < 3; i++)
    {
      contract_pass_time (c, G_TIME_SPAN_HOUR);
      contract_sync_once (c, NULL);
    }
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 2);
  if (is_idempotent)
    g_assert_cmpint (contract_message (&seen, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
}

/* Killed in the middle of a send: "sending" is on disk, and nobody knows more. */
static gboolean
do_claim (MosTxn *txn,
          Contract *c,
          gpointer data,
          GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  return mos_store_outbox_claim (txn, c->account->id, &item, error) &&
         (item == NULL || data == NULL || mos_store_outbox_set_final (txn, item->message, NULL, error));
}

static void
test_killed (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  g_autoptr (GPtrArray) sent = NULL;

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello!");
  /* Before a byte of it left: it is sent, once. */
  contract_step (c, do_claim, NULL);
  contract_step (c, do_recover, NULL);
  contract_sync_once (c, NULL);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);

  /* After that, where the same part can be there twice: it asks. */
  if (mos_channel_traits_get (c->platform->kind)->flags & MOS_CHANNEL_IDEMPOTENT)
    return;
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Are you there?");
  contract_step (c, do_claim, c);
  contract_step (c, do_recover, NULL);
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  g_assert_cmpint (contract_message (&seen, 2)->delivery, ==, MOS_DELIVERY_UNCERTAIN);
  g_clear_pointer (&sent, g_ptr_array_unref);
  sent = c->platform->list_sent (c->other_end);
  g_assert_cmpuint (sent->len, ==, 1);
}

void
contract_test_key (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_autoptr (MosAccountStatus) status = NULL;
  guint n;

  c->platform->fail (c->other_end, CHAT_FAULT_KEY);
  contract_start (c);
  mos_test_wait (contract_is_in_state (c, MOS_ACCOUNT_AUTH_FAILED), 10000);
  status = mos_channel_dup_status (c->channel);
  g_assert_cmpstr (status->why, ==, "key-refused");
  /* It does not knock on until somebody mended it. */
  n = c->platform->count_polls (c->other_end);
  mos_test_settle (1500);
  g_assert_cmpuint (c->platform->count_polls (c->other_end), <=, n + 1);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_wait (contract_is_in_state (c, MOS_ACCOUNT_READY), 10000);
}

/* None failed. Returns: how many were tried: one, and the others not even that; none where whoever looks for news was refused before */
static guint
count_refused (Contract *c)
{
  g_auto (ContractLook) seen = { 0 };
  guint n = 0;

  contract_look (c, &seen);
  for (guint i = 2; i < seen.messages->len; i++)
    {
      g_assert_cmpint (contract_message (&seen, i)->delivery, !=, MOS_DELIVERY_FAILED);
      n += contract_message (&seen, i)->delivery == MOS_DELIVERY_QUEUED && g_strcmp0 (contract_message (&seen, i)->why, "key-refused") == 0;
    }
  g_assert_cmpuint (n, <=, 1);
  return n;
}

static gboolean
is_sent_in_all (Contract *c,
                guint n)
{
  contract_pass_time (c, 10 * G_USEC_PER_SEC);
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_settle (20);
  return count_sent (c) >= n;
}

/* The key is refused while answers wait: they wait on, and go out with the one that is put in its place. */
static void
test_key_of_sender (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  const char *id;

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  id = contract_conversation (&seen, 0)->id;
  contract_send_reply (c, id, "One");
  contract_start (c);
  mos_test_wait (is_sent_in_all (c, 1), 30000);
  mos_test_wait (is_settled (c), 10000);
  c->platform->fail (c->other_end, CHAT_FAULT_KEY);
  contract_send_reply (c, id, "Two");
  contract_send_reply (c, id, "Three");
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait (count_refused (c) == 1 || contract_is_in_state (c, MOS_ACCOUNT_AUTH_FAILED), 10000);
  mos_test_settle (100);
  count_refused (c);

  /* Saving another one makes another channel. */
  contract_stop (c);
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  contract_start (c);
  mos_test_wait (is_sent_in_all (c, 3), 30000);
}

/* Running: what is written is there soon, and it ends at once, also while the platform holds the line. */
static void
test_live (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  gint64 before_us;

  contract_start (c);
  mos_test_wait (contract_is_in_state (c, MOS_ACCOUNT_READY), 10000);
  contract_deliver (c, "Anybody there?");
  mos_test_wait (contract_count_messages (c) == 1, 10000);
  before_us = g_get_monotonic_time ();
  contract_stop (c);
  /* Two seconds are asked; a loaded machine gets more. */
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 10 * G_USEC_PER_SEC);
}

static gboolean
is_here_after_a_while (Contract *c,
                       guint n)
{
  contract_pass_time (c, 10 * G_USEC_PER_SEC);
  mos_channel_wake (c->channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_settle (20);
  return contract_count_messages (c) == n;
}

/* Starts, while the platform holds the line of whoever looks. */
static void
start_held (Contract *c)
{
  guint n = c->platform->count_polls (c->other_end);

  c->platform->fail (c->other_end, CHAT_FAULT_HELD);
  contract_start (c);
  mos_test_wait (c->platform->count_polls (c->other_end) > n, 20000);
}

/* A line that is held for ever keeps no answer from leaving; once it breaks, what came meanwhile is here, once. */
static void
test_held (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };

  contract_deliver (c, "Hello?");
  contract_sync_once (c, NULL);
  contract_look (c, &seen);
  start_held (c);
  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Hello!");
  mos_test_wait (is_sent_in_all (c, 1), 30000);
  contract_deliver (c, "Are you there?");
  c->platform->fail (c->other_end, CHAT_FAULT_NONE);
  mos_test_wait (is_here_after_a_while (c, 3), 30000);
  contract_stop (c);
  g_assert_cmpuint (count_sent (c), ==, 1);
}

/* … nor the program from ending. */
void
contract_test_ends (gconstpointer data)
{
  g_autoptr (Contract) c = contract_new (data);
  gint64 before_us;

  start_held (c);
  before_us = g_get_monotonic_time ();
  contract_stop (c);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 10 * G_USEC_PER_SEC);
}

/* Our clock is wrong by hours. Nothing is lost or there twice, nothing counts as history, and who was answered waits no more. */
static void
talk_askew (gconstpointer data,
            gint64 skew_us)
{
  g_autoptr (Contract) c = contract_new (data);
  g_auto (ContractLook) seen = { 0 };
  MosSyncCounts counts = { 0 };

  contract_pass_time (c, g_get_real_time () - MOS_TEST_NOW_US + skew_us);
  contract_deliver (c, "One");
  contract_sync_once (c, NULL);
  contract_deliver (c, "Two");
  contract_sync_once (c, &counts);
  g_assert_cmpuint (counts.added, ==, 1);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.conversations->len, ==, 1);
  g_assert_cmpint (contract_conversation (&seen, 0)->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (contract_conversation (&seen, 0)->waiting_since_us, !=, 0);
  g_assert_cmpstr (contract_message (&seen, 0)->text, ==, "One");
  g_assert_cmpstr (contract_message (&seen, 1)->text, ==, "Two");
  g_assert_true (contract_message (&seen, 1)->unread);

  contract_send_reply (c, contract_conversation (&seen, 0)->id, "Three");
  for (guint i = 0; i < 3; i++)
    {
      contract_sync_once (c, NULL);
      contract_pass_time (c, G_TIME_SPAN_HOUR);
    }
  g_assert_cmpuint (count_sent (c), ==, 1);
  contract_look (c, &seen);
  g_assert_cmpuint (seen.messages->len, ==, 3);
  g_assert_cmpstr (contract_message (&seen, 2)->text, ==, "Three");
  g_assert_cmpint (contract_message (&seen, 2)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (contract_conversation (&seen, 0)->waiting_since_us, ==, 0);
}

static void
test_ahead (gconstpointer data)
{
  talk_askew (data, 5 * G_TIME_SPAN_HOUR);
}

static void
test_behind (gconstpointer data)
{
  talk_askew (data, -30 * G_TIME_SPAN_HOUR);
}

void
chat_contract_add (const ChatPlatform *platform)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
    gboolean wants_server;
  } tests[] = {
    { "incoming", test_incoming },
    { "conversations", test_conversations },
    { "file", test_file },
    { "edit", test_edit },
    { "reply", test_reply },
    { "long", test_long },
    { "pictures", test_pictures },
    { "busy", test_busy },
    { "refused", test_refused },
    { "lost-answer", test_lost_answer },
    { "killed", test_killed },
    { "key", contract_test_key },
    { "key-of-sender", test_key_of_sender },
    { "live", test_live },
    { "held", test_held, TRUE },
    { "ends", contract_test_ends, TRUE },
    { "clock-ahead", test_ahead, TRUE },
    { "clock-behind", test_behind, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chat/%s/%s", platform->kind, tests[i].name);

      if (platform->is_a_server || !tests[i].wants_server)
        g_test_add_data_func (path, platform, tests[i].func);
    }
}
