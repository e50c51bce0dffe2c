/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-views.h"

#include <string.h>

/* Until when a chat may be answered, and views in that order. */

typedef struct
{
  const char *account; /* the kind is its id, too */
  const char *thread;
  gint64 ago_us;
  gboolean is_own;
} Said;

static gboolean
do_say (MosTxn *txn,
        gpointer data,
        GError **error)
{
  const Said *said = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) results = NULL;
  MosChatUpdate *update = mos_chat_update_new ();

  if (!mos_store_account_find (txn, said->account, &account, error))
    return FALSE;
  if (account == NULL)
    {
      account = mos_account_new ();
      account->id = g_strdup (said->account);
      account->kind = g_strdup (said->account);
      account->name = g_strdup ("Shop");
      account->address = g_strdup (said->account);
      mos_account_fill (account);
      if (!mos_store_account_save (txn, account, error))
        return FALSE;
    }
  update->kind = MOS_CHAT_MESSAGE;
  update->thread = g_strdup (said->thread);
  update->id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, said->thread, said->ago_us);
  update->text = g_strdup (said->thread);
  update->at_us = MOS_TEST_NOW_US - said->ago_us;
  update->is_own = said->is_own;
  update->person = mos_chat_person_make (mos_channel_traits_get (said->account)->identity, "", said->thread, said->thread);
  batch->account = g_strdup (said->account);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (batch->updates, update);
  return mos_chat_ingest (txn, account, batch, &results, error);
}

static gboolean
do_save_view (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (MosSavedView) view = mos_saved_view_new ();

  view->id = g_strdup ("closing");
  view->name = g_strdup ("Closing");
  view->query = g_strdup ("is:active");
  view->look.sort = MOS_SORT_WINDOW;
  return mos_store_view_save (txn, view, error);
}

typedef struct
{
  MosViewKind kind;
  const char *argument;
  const char *some; /* (nullable): only this conversation is asked about */
  GString *names;   /* (owned): of the threads, in their order */
  char *first;      /* (owned) */
} Asked;

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Asked *asked = data;
  const char *some[] = { asked->some, NULL };
  MosViewLook look = { .sort = MOS_SORT_WINDOW };
  g_autoptr (MosView) view = mos_view_make (asked->kind, asked->argument);
  g_autoptr (MosIdVector) vector = asked->some != NULL ? mos_store_view_list_some (txn, view, NULL, &look, some, error)
                                                       : mos_store_view_list_ids (txn, view, NULL, asked->argument != NULL ? NULL : &look, 0, error);

  if (vector == NULL)
    return FALSE;
  g_string_truncate (asked->names, 0);
  for (guint i = 0; i < vector->ids->len; i++)
    {
      const gint64 key = g_array_index (vector->keys, gint64, i);
      g_autoptr (MosConversationRow) row = NULL;
      gint64 window_us;

      if (!mos_store_conversation_find (txn, vector->ids->pdata[i], &row, error))
        return FALSE;
      /* Vectors are merged by these; the row shows the same. */
      window_us = (gint64) mos_channel_traits_get (row->channel)->window_s * G_USEC_PER_SEC;
      g_assert_cmpint (key, ==, row->waiting_since_us > 0 && row->last_incoming_us > 0 && window_us > 0 ? row->last_incoming_us + window_us : 0);
      if (i > 0 && asked->argument == NULL)
        g_assert_cmpint (mos_view_sort_compare (MOS_SORT_WINDOW, g_array_index (vector->keys, gint64, i - 1), vector->ids->pdata[i - 1], key, row->id), <, 0);
      g_string_append_printf (asked->names, "%s%s", i > 0 ? " " : "", row->subject);
      if (i == 0)
        g_set_str (&asked->first, row->id);
    }
  return TRUE;
}

static gboolean
do_move_thread (MosTxn *txn,
                gpointer data,
                GError **error)
{
  return mos_store_chat_move_thread (txn, "whatsapp", "late", "over", error);
}

static void
test_order (void)
{
  const gint64 hour_us = G_TIME_SPAN_HOUR;
  const Said said[] = {
    { "whatsapp", "late", 1 * hour_us },
    { "telegram", "for-ever", 40 * hour_us },
    { "instagram", "soon", 22 * hour_us },
    { "whatsapp", "answered", 30 * hour_us },
    { "whatsapp", "answered", 29 * hour_us, TRUE },
    { "whatsapp", "over", 26 * hour_us },
    { "whatsapp-twilio", "written-again", 30 * hour_us },
    { "whatsapp-twilio", "written-again", 10 * hour_us },
    /* What comes late is not what they wrote last. */
    { "whatsapp-twilio", "written-again", 20 * hour_us },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  Asked asked = { MOS_VIEW_ALL_OPEN, NULL, NULL, g_string_new (NULL), NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    test_write (t->store, do_say, (gpointer) &said[i]);
  test_write (t->store, do_ask, &asked);
  g_assert_true (g_str_has_prefix (asked.names->str, "over soon written-again late "));
  g_assert_nonnull (strstr (asked.names->str, "for-ever"));
  g_assert_nonnull (strstr (asked.names->str, "answered"));
  asked.some = asked.first;
  test_write (t->store, do_ask, &asked);
  g_assert_cmpstr (asked.names->str, ==, "over");

  test_write (t->store, do_save_view, NULL);
  asked = (Asked) { MOS_VIEW_SAVED, "closing", NULL, asked.names, asked.first };
  test_write (t->store, do_ask, &asked);
  g_assert_true (g_str_has_prefix (asked.names->str, "over soon written-again late "));

  /* Of one thread that is known by two names the newer message counts. */
  test_write (t->store, do_move_thread, NULL);
  test_write (t->store, do_ask, &asked);
  g_assert_true (g_str_has_prefix (asked.names->str, "soon written-again over "));
  g_string_free (asked.names, TRUE);
  g_free (asked.first);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-windows/order", test_order);
  return g_test_run ();
}
