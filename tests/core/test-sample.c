/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-sample-chats.h"
#include "core/desk/mos-sample.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

typedef struct
{
  guint counts[MOS_VIEW_SEARCH + 1];
  guint conversations;
  guint notes;
  guint bounced;
  guint longest;
  gboolean in_order;
  GPtrArray *accounts; /* (owned): of MosAccount */
  guint chats;
  guint chats_with_mail; /* … of whoever wrote a mail, too */
  guint edited;
  guint signs;
  guint answering;
  guint places;
  guint pictures; /* the most in one message */
  guint voices;
  guint read;
  guint windows_over;
  guint unhappy; /* who wrote here alone */
} Seen;

static void
look_at_message (Seen *seen,
                 MosMessageRow *message)
{
  guint pictures = 0;

  seen->edited += message->edited_us != 0;
  seen->signs += message->reactions != NULL && message->reactions->len > 0;
  seen->answering += message->about != NULL && message->about->reply_to != NULL;
  seen->places += strstr (message->text, "geo:") != NULL;
  seen->read += message->delivery == MOS_DELIVERY_READ;
  for (guint i = 0; i < message->attachments->len; i++)
    {
      const MosAttachment *file = message->attachments->pdata[i];

      g_assert_nonnull (file->sha256);
      pictures += g_str_has_prefix (file->type, "image/");
      seen->voices += g_str_has_prefix (file->type, "audio/");
    }
  seen->pictures = MAX (seen->pictures, pictures);
}

static void
look_at_chat (MosTxn *txn,
              Seen *seen,
              MosConversationRow *row,
              GPtrArray *messages)
{
  const MosChannelTraits *traits = mos_channel_traits_get (row->channel);
  g_autoptr (MosChatThread) thread = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;
  gboolean has_mail = FALSE;
  GError *error = NULL;

  seen->chats++;
  for (guint i = 0; i < messages->len; i++)
    look_at_message (seen, messages->pdata[i]);
  g_assert_true (mos_store_chat_find_thread_of (txn, row->id, NULL, &thread, &error));
  g_assert_nonnull (thread);
  seen->windows_over += traits->window_s > 0 && row->status == MOS_STATUS_OPEN && thread->last_incoming_us + traits->window_s * G_USEC_PER_SEC < NOW_US;
  g_assert_true (mos_store_customer_find (txn, row->customer, &customer, &error));
  for (guint i = 0; i < customer->identities->len; i++)
    has_mail = has_mail || g_str_equal (((MosIdentity *) customer->identities->pdata[i])->kind, "email");
  seen->chats_with_mail += has_mail;
  seen->unhappy += !has_mail && customer->last_score > 0 && customer->last_score < 3;
}

static gboolean
look (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Seen *seen = data;
  g_autoptr (GPtrArray) counts = mos_store_conversation_list_counts (txn, NULL, error);

  g_assert_no_error (*error);
  for (guint i = 0; i < counts->len; i++)
    {
      MosViewCount *count = counts->pdata[i];

      seen->counts[count->view->kind] += count->count;
    }

  seen->in_order = TRUE;
  for (gint64 number = 1;; number++)
    {
      g_autoptr (MosConversationRow) row = NULL;
      g_autoptr (GPtrArray) messages = NULL;
      gint64 last_us = 0;

      g_assert_true (mos_store_conversation_find_by_number (txn, number, &row, error));
      if (row == NULL)
        break;
      seen->conversations++;
      messages = mos_store_message_list_of_conversation (txn, row->id, error);
      g_assert_no_error (*error);
      for (guint i = 0; i < messages->len; i++)
        {
          MosMessageRow *message = messages->pdata[i];

          seen->notes += message->direction == MOS_DIRECTION_NOTE;
          seen->bounced += message->delivery == MOS_DELIVERY_BOUNCED;
          seen->in_order = seen->in_order && message->received_us >= last_us && message->received_us <= NOW_US;
          last_us = message->received_us;
        }
      seen->longest = MAX (seen->longest, messages->len);
      if (mos_channel_is_chat (row->channel))
        look_at_chat (txn, seen, row, messages);
    }
  seen->accounts = mos_store_account_list (txn, error);
  return seen->accounts != NULL;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Of the kinds that this version knows. */
static guint
count_chats (void)
{
  GError *error = NULL;
  JsonObject *content = mos_sample_load_chats (&error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *rows, *chats;
  guint n = 0;

  g_assert_no_error (error);
  rows = json_object_get_array_member (content, "accounts");
  chats = json_object_get_array_member (content, "chats");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (MosAccount) account = mos_sample_make_chat_account (row);

      if (account != NULL)
        g_hash_table_add (known, (gpointer) json_object_get_string_member (row, "key"));
    }
  for (guint i = 0; i < json_array_get_length (chats); i++)
    n += g_hash_table_contains (known, json_object_get_string_member (json_array_get_object_element (chats, i), "account"));
  json_object_unref (content);
  return n;
}

/* No account of a chat could connect, whoever starts it. */
static void
check_accounts (MosStore *store,
                GPtrArray *accounts)
{
  g_autoptr (MosDeskHost) host = mos_desk_host_new (store);
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    {
      MosAccount *account = accounts->pdata[i];

      if (!mos_channel_is_chat (account->kind))
        continue;
      n++;
      g_assert_true (mos_channel_has_kind (account->kind));
      g_assert_null (mos_channel_new_for_account (account, MOS_CHANNEL_HOST (host), mos_store_get_clock (store)));
    }
  g_assert_cmpuint (n, >=, 5);
}

/* The whole shop, as a person would find it, in a profile that is sound. */
static void
test_fill (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("mos-sample-XXXXXX", &error);
  g_autofree char *profile = g_build_filename (base, "profile", NULL);
  g_autofree char *export = g_build_filename (base, "export", NULL);
  g_autofree char *inbox = g_build_filename (export, "hola@farolana.example", "INBOX", NULL);
  g_autofree char *sent = g_build_filename (export, "pedidos@farolana.example", "Sent", NULL);
  g_autoptr (MosServer) server = mos_server_new ();
  g_autoptr (MosClock) clock = mos_manual_clock_new (NOW_US);
  g_autoptr (MosStore) store = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  MosSampleServers servers = { server, server, NULL, export };
  Seen seen = { 0 };

  server->host = g_strdup ("localhost");
  server->user = g_strdup ("");
  g_assert_true (mos_sample_fill_sync (profile, &servers, NOW_US, NULL, &error));
  g_assert_no_error (error);

  store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_store_read_sync (store, look, &seen, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (seen.chats, ==, count_chats ());
  g_assert_cmpuint (seen.conversations - seen.chats, >=, 60);
  g_assert_cmpuint (seen.conversations - seen.chats, <=, 64);
  g_assert_cmpuint (seen.chats_with_mail, >=, 4);
  g_assert_cmpuint (seen.edited, ==, 2);
  g_assert_cmpuint (seen.signs, >=, 3);
  g_assert_cmpuint (seen.answering, ==, 4);
  g_assert_cmpuint (seen.places, ==, 1);
  g_assert_cmpuint (seen.pictures, ==, 2);
  g_assert_cmpuint (seen.voices, ==, 1);
  g_assert_cmpuint (seen.read, >=, 4);
  g_assert_cmpuint (seen.windows_over, >=, 1);
  g_assert_cmpuint (seen.unhappy, ==, 1);
  check_accounts (store, seen.accounts);
  g_clear_pointer (&seen.accounts, g_ptr_array_unref);
  g_assert_true (seen.in_order);
  g_assert_cmpuint (seen.longest, >=, 9);
  g_assert_cmpuint (seen.notes, ==, 4);
  g_assert_cmpuint (seen.bounced, ==, 1);
  g_assert_cmpuint (seen.counts[MOS_VIEW_ALL_OPEN], >=, 20);
  g_assert_cmpuint (seen.counts[MOS_VIEW_UNASSIGNED], >=, 8);
  g_assert_cmpuint (seen.counts[MOS_VIEW_WAITING], >=, 8);
  g_assert_cmpuint (seen.counts[MOS_VIEW_SNOOZED], ==, 2);
  g_assert_cmpuint (seen.counts[MOS_VIEW_SPAM], ==, 1);
  g_assert_cmpuint (seen.counts[MOS_VIEW_QUARANTINE], ==, 1);
  g_assert_cmpuint (seen.counts[MOS_VIEW_FAILED], ==, 1);
  g_assert_cmpuint (seen.counts[MOS_VIEW_CLOSED], >=, 20);

  problems = mos_store_check_sync (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      MosCheckProblem *problem = problems->pdata[i];

      g_test_message ("%s %s %s", problem->kind, problem->subject, problem->detail);
    }
  g_assert_cmpuint (problems->len, ==, 0);

  g_assert_cmpuint (count_files (inbox), >, 40);
  g_assert_cmpuint (count_files (sent), >, 10);
  mos_store_close_sync (store);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sample/fill", test_fill);
  return g_test_run ();
}
