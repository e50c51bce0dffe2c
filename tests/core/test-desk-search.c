/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-desk.h"
#include "core/desk/mos-lists.h"
#include "desk-fixture.h"
#include "mos-test.h"

/* What a search lists: the first hits at once, then all of them; and what is listed stays while the desk changes. */

#define N_MAILS 130

static MosIngestResult *
ingest (MosTestStore *t,
        guint i)
{
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana%u@mail.example>\r\nTo: support@shop.example\r\nSubject: Parcel %u\r\nMessage-ID: <parcel%u@mail.example>\r\n\r\nWhere is it?\r\n", i, i, i);

  return test_ingest (t->store, mail, MOS_FOLDER_INBOX, i + 1, MOS_TEST_NOW_US + i);
}

typedef struct
{
  guint n_signals;
  guint first_added;
  guint least; /* rows, since it was set */
} Seen;

static void
on_items_changed_cb (GListModel *model,
                     guint position,
                     guint removed,
                     guint added,
                     Seen *seen)
{
  if (seen->n_signals++ == 0)
    seen->first_added = added;
  seen->least = MIN (seen->least, g_list_model_get_n_items (model));
}

static void
test_first_then_all (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_SEARCH, "par*");
  g_autoptr (MosView) other = mos_view_make (MOS_VIEW_SEARCH, "parcel 1*");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MosIngestResult) last = NULL;
  Seen seen = { .least = G_MAXUINT };

  for (guint i = 0; i < N_MAILS; i++)
    {
      g_autoptr (MosIngestResult) result = ingest (t, i);

      g_ptr_array_add (ids, g_strdup (result->conversation));
    }

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed_cb), &seen);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 10000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_MAILS);
  g_assert_cmpuint (seen.n_signals, ==, 2);
  g_assert_cmpuint (seen.first_added, ==, 100);
  for (guint i = 0; i < N_MAILS; i++)
    g_assert_cmpstr (mos_conversation_list_get_id (list, i), ==, ids->pdata[N_MAILS - 1 - i]);

  /* Something arrives: the list does not become short to become long again. */
  seen = (Seen) { .least = G_MAXUINT };
  last = ingest (t, N_MAILS);
  mos_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == N_MAILS + 1, 10000);
  g_assert_cmpuint (seen.least, >=, N_MAILS);
  g_assert_cmpstr (mos_conversation_list_get_id (list, 0), ==, last->conversation);

  /* Other words before the rest of these came: nothing of it comes later. */
  mos_test_wait (!mos_conversation_list_get_loading (list), 10000);
  mos_conversation_list_set_view (list, other);
  seen = (Seen) { .least = G_MAXUINT };
  mos_conversation_list_set_view (list, view);
  mos_test_wait (seen.n_signals > 0, 10000);
  mos_conversation_list_set_view (list, other);
  mos_test_wait (!mos_conversation_list_get_loading (list), 10000);
  /* 1, 10 to 19 and 100 to 130 */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1 + 10 + 31);

  /* No view at all while the rest is still to come, and then while the first are: nobody waits for anything. */
  for (guint i = 0; i < 2; i++)
    {
      seen = (Seen) { .least = G_MAXUINT };
      mos_conversation_list_set_view (list, view);
      if (i == 0)
        mos_test_wait (seen.n_signals > 0, 10000);
      mos_conversation_list_set_view (list, NULL);
      g_assert_false (mos_conversation_list_get_loading (list));
      seen = (Seen) { .least = G_MAXUINT };
      mos_test_settle (400);
      g_assert_cmpuint (seen.n_signals, ==, 0);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk/search/first-then-all", test_first_then_all);

  return g_test_run ();
}
