/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-sample.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <glib/gstdio.h>

#define NOW_US (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

typedef struct
{
  guint counts[MOS_VIEW_SEARCH + 1];
  guint conversations;
  guint notes;
  guint bounced;
  guint longest;
  gboolean in_order;
} Seen;

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
    }
  return TRUE;
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

  g_assert_cmpuint (seen.conversations, >=, 60);
  g_assert_cmpuint (seen.conversations, <=, 64);
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
