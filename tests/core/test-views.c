/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Views: what a list tells of its changes, what the counters say after any of them, and what several agents see of it. */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-lists.h"
#include "core/desk/mos-mentions.h"
#include "core/desk/mos-sections.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-views.h"

#include <string.h>

#define N 40
#define HOUR_US G_TIME_SPAN_HOUR
#define DAY_US G_TIME_SPAN_DAY

/* --- a desk with conversations of many days --- */

typedef struct
{
  char *ids[N];
} Made;

static gboolean
do_make (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Made *made = data;

  for (guint i = 0; i < N; i++)
    {
      g_autoptr (MosConversationRow) row = mos_conversation_row_new ();

      row->account = g_strdup (ACCOUNT);
      row->subject = g_strdup_printf ("Question %u", i);
      row->created_us = MOS_TEST_NOW_US - (gint64) i * 7 * HOUR_US;
      if (!mos_store_conversation_add (txn, row, &made->ids[i], NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
made_clear (Made *made)
{
  for (guint i = 0; i < N; i++)
    g_free (made->ids[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Made, made_clear)

/* --- what the list tells --- */

typedef struct
{
  GPtrArray *ids;
  GArray *starts; /* of gboolean: as GtkSectionModel's user would have it from the signals alone */
  MosConversationList *list;
  guint n_items_changed;
  guint n_sections_changed;
} Shadow;

static gboolean
starts_at (MosConversationList *list,
           guint position)
{
  guint start, end;

  mos_conversation_list_get_section (list, position, &start, &end);
  g_assert_cmpuint (start, <=, position);
  g_assert_cmpuint (end, >, position);
  return start == position;
}

static void
read_starts (Shadow *shadow,
             guint position,
             guint n)
{
  for (guint i = position; i < position + n; i++)
    g_array_index (shadow->starts, gboolean, i) = starts_at (shadow->list, i);
}

static void
on_items_changed (Shadow *shadow,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *model)
{
  shadow->n_items_changed++;
  g_assert_true (removed > 0 || added > 0);
  g_assert_cmpuint (position + removed, <=, shadow->ids->len);
  g_assert_cmpuint (shadow->ids->len - removed + added, ==, g_list_model_get_n_items (model));
  if (removed > 0)
    {
      g_ptr_array_remove_range (shadow->ids, position, removed);
      g_array_remove_range (shadow->starts, position, removed);
    }
  for (guint i = 0; i < added; i++)
    {
      gboolean start = FALSE;

      g_ptr_array_insert (shadow->ids, (int) (position + i), g_strdup (mos_conversation_list_get_id (shadow->list, position + i)));
      g_array_insert_val (shadow->starts, position + i, start);
    }
  read_starts (shadow, position, added);
}

static void
on_sections_changed (Shadow *shadow,
                     guint position,
                     guint n,
                     MosConversationList *list)
{
  shadow->n_sections_changed++;
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (position + n, <=, shadow->ids->len);
  read_starts (shadow, position, n);
}

static void
shadow_init (Shadow *shadow,
             MosConversationList *list)
{
  shadow->ids = g_ptr_array_new_with_free_func (g_free);
  shadow->starts = g_array_new (FALSE, FALSE, sizeof (gboolean));
  shadow->list = list;
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (on_items_changed), shadow);
  g_signal_connect_swapped (list, "sections-changed", G_CALLBACK (on_sections_changed), shadow);
}

static void
shadow_clear (Shadow *shadow)
{
  g_signal_handlers_disconnect_by_data (shadow->list, shadow);
  g_ptr_array_unref (shadow->ids);
  g_array_unref (shadow->starts);
}

typedef struct
{
  MosView *view;
  const char *agent;
  MosIdVector *vector;
} Fresh;

static gboolean
do_fresh (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Fresh *fresh = data;

  fresh->vector = mos_store_view_list_ids (txn, fresh->view, fresh->agent, NULL, 0, error);
  return fresh->vector != NULL;
}

/* The list, what was told of it, and a new query are one. */
static void
shadow_check (Shadow *shadow,
              MosTestStore *t,
              MosView *view)
{
  Fresh fresh = { view, NULL, NULL };

  test_write (t->store, do_fresh, &fresh);
  g_assert_cmpuint (shadow->ids->len, ==, fresh.vector->ids->len);
  g_assert_cmpuint (shadow->ids->len, ==, g_list_model_get_n_items (G_LIST_MODEL (shadow->list)));
  for (guint i = 0; i < shadow->ids->len; i++)
    {
      g_assert_cmpstr (shadow->ids->pdata[i], ==, fresh.vector->ids->pdata[i]);
      g_assert_cmpstr (shadow->ids->pdata[i], ==, mos_conversation_list_get_id (shadow->list, i));
      g_assert_cmpuint (mos_conversation_list_find (shadow->list, shadow->ids->pdata[i]), ==, i);
      g_assert_cmpint (g_array_index (shadow->starts, gboolean, i), ==, starts_at (shadow->list, i));
    }
  mos_id_vector_unref (fresh.vector);
}

typedef struct
{
  const char *id;
  guint what;
} Edit;

static gboolean
do_edit (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Edit *edit = data;
  const char *ids[] = { edit->id, NULL };

  switch (edit->what % 7)
    {
    case 0:
      return mos_action_set_status (txn, ids, MOS_STATUS_CLOSED, 0, error);
    case 1:
      return mos_action_set_status (txn, ids, MOS_STATUS_OPEN, 0, error);
    case 2:
      return mos_action_add_note (txn, edit->id, "A note makes it the newest", NULL, error);
    case 3:
      return mos_action_tag (txn, ids, "a", (edit->what / 7) % 2 == 0, error);
    case 4:
      return mos_action_set_deleted (txn, ids, (edit->what / 7) % 2 == 0, error);
    case 5:
      return mos_action_set_status (txn, ids, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + DAY_US, error);
    default:
      return mos_action_set_priority (txn, ids, MOS_PRIORITY_HIGH, error);
    }
}

static void
test_list_contract (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Shadow shadow = { 0 };

  g_test_summary ("Random edits, replayed on a copy that knows nothing but the signals; sections too");
  test_write (t->store, do_make, &made);
  shadow_init (&shadow, list);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  shadow_check (&shadow, t, view);
  g_assert_cmpuint (shadow.ids->len, ==, N);
  /* One signal for all that came, and headings: forty rows of seven hours each are days and a month. */
  g_assert_cmpuint (shadow.n_items_changed, ==, 1);
  g_assert_false (starts_at (list, 1));

  for (guint round = 0; round < 60; round++)
    {
      for (gint i = g_rand_int_range (rand, 1, 4); i > 0; i--)
        {
          Edit edit = { made.ids[g_rand_int_range (rand, 0, N)], g_rand_int (rand) };

          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), g_rand_int_range (rand, 1, 200) * (gint64) G_TIME_SPAN_MINUTE);
          test_write (t->store, do_edit, &edit);
        }
      mos_test_settle (60);
      mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
      mos_conversation_list_tick (list);
      shadow_check (&shadow, t, view);
    }
  g_assert_cmpuint (shadow.n_sections_changed, >, 0);
  shadow_clear (&shadow);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

/* Only what changed is looked at: in each view, held rows or not, it must come to what a whole query gives. */
static void
test_list_follows (gconstpointer data)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (GPOINTER_TO_INT (data), NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  Shadow shadow = { 0 };

  test_write (t->store, do_make, &made);
  shadow_init (&shadow, list);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  for (guint round = 0; round < 25; round++)
    {
      if (round % 2 == 1)
        mos_conversation_list_hold (list, made.ids[g_rand_int_range (rand, 0, N)]);
      for (gint i = g_rand_int_range (rand, 1, 12); i > 0; i--)
        {
          Edit edit = { made.ids[g_rand_int_range (rand, 0, N)], g_rand_int (rand) };

          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), g_rand_int_range (rand, 0, 200) * (gint64) G_TIME_SPAN_MINUTE);
          test_write (t->store, do_edit, &edit);
        }
      mos_test_settle (60);
      mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
      mos_conversation_list_hold (list, NULL);
      mos_conversation_list_tick (list);
      shadow_check (&shadow, t, view);
    }
  shadow_clear (&shadow);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

/* One row that moves is one removal and one addition. */
static void
test_list_one_moves (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  Shadow shadow = { 0 };
  Edit edit = { NULL, 2 };

  test_write (t->store, do_make, &made);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  shadow_init (&shadow, list);
  for (guint i = 0; i < N; i++)
    {
      gboolean start = starts_at (list, i);

      g_ptr_array_add (shadow.ids, g_strdup (mos_conversation_list_get_id (list, i)));
      g_array_append_val (shadow.starts, start);
    }
  edit.id = made.ids[20];
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
  test_write (t->store, do_edit, &edit);
  mos_test_wait (mos_conversation_list_find (list, made.ids[20]) == 0, 5000);
  g_assert_cmpuint (shadow.n_items_changed, ==, 2);
  shadow_check (&shadow, t, view);
  shadow_clear (&shadow);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

#define MANY 1200

/* More of the same, of which nothing but the place in the list counts. */
static gboolean
do_make_many (MosTxn *txn,
              gpointer data,
              GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO conversation (id, account, channel, subject, status, priority, created_at, updated_at, place)"
                            " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
                            " SELECT printf ('%032x', i), account, channel, subject, status, priority, ?1 - i * 10000000, ?1 - i * 10000000, place FROM n, (SELECT * FROM conversation LIMIT 1)",
                            "ii", MOS_TEST_NOW_US - DAY_US, (gint64) MANY);
}

/* What is seen of a large view is here before all of it: the same rows, and none of them is taken away for the rest. */
static void
test_list_first_rows (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  g_autoptr (MosView) none = mos_view_make (MOS_VIEW_SNOOZED, NULL);
  Shadow shadow = { 0 };
  Edit edit = { NULL, 2 };

  test_write (t->store, do_make, &made);
  test_write (t->store, do_make_many, NULL);
  shadow_init (&shadow, list);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (shadow.ids->len > 0, 5000);
  g_assert_cmpuint (shadow.ids->len, <, MANY);
  g_assert_true (mos_conversation_list_has_rest (list));
  g_assert_true (mos_conversation_list_get_loading (list));
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  g_assert_false (mos_conversation_list_has_rest (list));
  g_assert_cmpuint (shadow.ids->len, ==, MANY + N);
  g_assert_cmpuint (shadow.n_items_changed, ==, 2);
  shadow_check (&shadow, t, view);

  /* Where something is shown, it stays until all of the other view is here. */
  shadow.n_items_changed = 0;
  mos_conversation_list_set_view (list, none);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  g_assert_cmpuint (shadow.ids->len, ==, 0);

  /* Something changes before the rest is here, or is asked for: it comes with all. */
  for (guint i = 0; i < 6; i++)
    {
      mos_conversation_list_set_view (list, none);
      mos_test_wait (!mos_conversation_list_get_loading (list) && shadow.ids->len == 0, 5000);
      mos_conversation_list_set_view (list, view);
      mos_test_wait (shadow.ids->len > 0, 5000);
      mos_test_settle (i == 0 ? 0 : 180 + 20 * i);
      edit.id = made.ids[N - 1 - i];
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
      test_write (t->store, do_edit, &edit);
      mos_test_wait (mos_conversation_list_find (list, edit.id) == 0 && shadow.ids->len == MANY + N, 5000);
      mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
      shadow_check (&shadow, t, view);
    }

  /* Another view before the rest: nothing of the first one comes later. */
  mos_conversation_list_set_view (list, none);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (shadow.ids->len > 0, 5000);
  mos_conversation_list_set_view (list, none);
  g_assert_false (mos_conversation_list_has_rest (list));
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  mos_test_settle (400);
  g_assert_cmpuint (shadow.ids->len, ==, 0);
  shadow_clear (&shadow);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

/* --- several at once --- */

static void
act_status (MosDesk *desk,
            const char *const *ids,
            MosStatus status,
            gint64 *ret_batch)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  GError *error = NULL;

  mos_desk_set_status_async (desk, ids, status, 0, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  mos_desk_action_finish (desk, done, ret_batch, &error);
  g_assert_no_error (error);
}

static void
undo (MosDesk *desk,
      gint64 batch)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autofree char *label = NULL;
  GError *error = NULL;

  mos_desk_undo_async (desk, batch, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  label = mos_desk_undo_finish (desk, done, &error);
  g_assert_no_error (error);
}

static void
test_bulk (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  const char *ids[11] = { NULL };
  gint64 batch = 0;

  g_test_summary ("Ten closed in one batch stay where they are, greyed, while they are held; one undo brings all back");
  test_write (t->store, do_make, &made);
  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  for (guint i = 0; i < 10; i++)
    ids[i] = made.ids[i * 3];
  mos_conversation_list_hold_many (list, ids);
  act_status (desk, ids, MOS_STATUS_CLOSED, &batch);
  g_assert_cmpint (batch, !=, 0);
  mos_test_wait (mos_conversation_list_is_stale (list, made.ids[0]), 5000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N);
  for (guint i = 0; i < N; i++)
    {
      g_assert_cmpstr (mos_conversation_list_get_id (list, i), ==, made.ids[i]);
      g_assert_cmpint (mos_conversation_list_is_stale (list, made.ids[i]), ==, i % 3 == 0 && i < 30);
    }

  /* Focus goes to one of them: the others go, this one stays. */
  mos_conversation_list_hold (list, made.ids[3]);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N - 9);
  g_assert_true (mos_conversation_list_is_stale (list, made.ids[3]));
  mos_conversation_list_hold (list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N - 10);

  undo (desk, batch);
  mos_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == N, 5000);
  for (guint i = 0; i < N; i++)
    g_assert_cmpstr (mos_conversation_list_get_id (list, i), ==, made.ids[i]);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

/* --- counters --- */

typedef struct
{
  const char *agent;
  GPtrArray *counts;
} Recount;

static gboolean
do_recount (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Recount *recount = data;

  recount->counts = mos_store_conversation_list_counts (txn, recount->agent, error);
  return recount->counts != NULL;
}

static void
check_counts (MosTestStore *t,
              MosDesk *desk)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autofree char *me = g_strdup (mos_desk_get_agent (desk)->id);
  Recount recount = { me, NULL };
  GError *error = NULL;

  mos_desk_load_counts_async (desk, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  counts = mos_desk_load_counts_finish (desk, done, &error);
  g_assert_no_error (error);
  test_write (t->store, do_recount, &recount);
  g_assert_cmpuint (counts->len, ==, recount.counts->len);
  for (guint i = 0; i < counts->len; i++)
    {
      MosViewCount *one = counts->pdata[i], *other = recount.counts->pdata[i];

      g_assert_true (mos_view_equal (one->view, other->view));
      g_assert_cmpuint (one->count, ==, other->count);
      g_assert_cmpuint (one->n_new, ==, other->n_new);
    }
  g_ptr_array_unref (recount.counts);
}

static void
save_view (MosDesk *desk,
           const char *id,
           const char *name,
           const char *query,
           gint64 *ret_batch)
{
  g_autoptr (MosSavedView) view = mos_saved_view_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  GError *error = NULL;

  view->id = g_strdup (id);
  view->name = g_strdup (name);
  view->query = g_strdup (query);
  view->look = mos_view_look_default (MOS_VIEW_SAVED);
  mos_desk_save_view_async (desk, view, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  mos_desk_action_finish (desk, done, ret_batch, &error);
  g_assert_no_error (error);
}

static void
test_counters (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Made) made = { 0 };
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (MosView) open = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);

  g_test_summary ("After any change the counters say what a recount says, of saved views as well");
  test_write (t->store, do_make, &made);
  save_view (desk, "urgent", "Urgent", "priority:high -tag:a", NULL);
  mos_test_wait (mos_desk_find_view (desk, "urgent") != NULL, 5000);
  check_counts (t, desk);
  for (guint round = 0; round < 60; round++)
    {
      for (gint i = g_rand_int_range (rand, 1, 5); i > 0; i--)
        {
          Edit edit = { made.ids[g_rand_int_range (rand, 0, N)], g_rand_int (rand) };

          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
          test_write (t->store, do_edit, &edit);
        }
      if (round % 10 == 5)
        {
          mos_desk_see_view (desk, open);
          mos_test_settle (30);
        }
      if (round % 10 == 7)
        {
          g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: No %u\nMessage-ID: <%u@mail.example>\n\nHello\n", round, round);
          g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, round + 1, mos_clock_now_us (t->clock));
        }
      /* The change sets are on their way to this thread. */
      mos_test_settle (10);
      check_counts (t, desk);
    }
  mos_desk_stop_sync (desk);
}

/* --- views that people make --- */

static gboolean
names_are (MosDesk *desk,
           const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GPtrArray *views = mos_desk_get_views (desk);

  for (guint i = 0; i < views->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((MosSavedView *) views->pdata[i])->name);
  return g_str_equal (names->str, expected);
}

static void
check_names (MosDesk *desk,
             const char *expected)
{
  mos_test_wait (names_are (desk, expected), 5000);
}

static void
test_saved (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosView) mine = mos_view_make (MOS_VIEW_MINE, NULL);
  MosViewLook look = { MOS_SORT_WAITING, MOS_GROUPING_DAY, MOS_PART_NUMBER };
  GAsyncResult *result = NULL;
  GError *error = NULL;
  gint64 batch = 0;

#define AFTER()                                               \
  G_STMT_START                                                \
  {                                                           \
    g_autoptr (GAsyncResult) done = mos_test_await (&result); \
    mos_desk_action_finish (desk, done, &batch, &error);      \
    g_assert_no_error (error);                                \
  }                                                           \
  G_STMT_END

  save_view (desk, "a", "A", "status:open", NULL);
  save_view (desk, "b", "B", "tag:x", NULL);
  save_view (desk, "c", "C", "tag:y", NULL);
  check_names (desk, "A B C");

  mos_desk_move_view_async (desk, "c", -2, NULL, mos_test_ready_cb, &result);
  AFTER ();
  check_names (desk, "C A B");
  save_view (desk, "a", "Renamed", "status:open", NULL);
  check_names (desk, "C Renamed B");

  mos_desk_remove_view_async (desk, "a", NULL, mos_test_ready_cb, &result);
  AFTER ();
  check_names (desk, "C B");
  undo (desk, batch);
  check_names (desk, "C Renamed B");

  /* What nobody made looks as each wants it; headings that the order would tear apart are left out. */
  mos_desk_set_look_async (desk, mine, &look, NULL, mos_test_ready_cb, &result);
  AFTER ();
  mos_test_wait (mos_desk_get_look (desk, mine).sort == MOS_SORT_WAITING, 5000);
  g_assert_cmpint (mos_desk_get_look (desk, mine).grouping, ==, MOS_GROUPING_NONE);
  g_assert_cmpuint (mos_desk_get_look (desk, mine).parts, ==, MOS_PART_NUMBER);
#undef AFTER
  mos_desk_stop_sync (desk);
}

/* --- agents --- */

typedef struct
{
  const char *conversation;
  const char *agent; /* who acts */
  const char *text;
  char *note;
  gboolean read;
} AsAgent;

static gboolean
do_as_agent (MosTxn *txn,
             gpointer data,
             GError **error)
{
  AsAgent *as = data;
  MosActor actor = { MOS_ACTOR_HUMAN, as->agent };
  const char *ids[] = { as->conversation, NULL };
  gboolean ok;

  mos_txn_set_actor (txn, &actor);
  ok = as->text != NULL ? mos_action_add_note (txn, as->conversation, as->text, &as->note, error) : mos_action_set_read (txn, ids, as->read, error);
  actor.id = NULL;
  mos_txn_set_actor (txn, &actor);
  return ok;
}

static gboolean
do_agents (MosTxn *txn,
           gpointer data,
           GError **error)
{
  static const char *const names[] = { "Ana", "Bruno" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (MosAgent) agent = mos_agent_new ();

      agent->id = g_ascii_strdown (names[i], -1);
      agent->name = g_strdup (names[i]);
      agent->is_me = i == 0;
      if (!mos_store_agent_save (txn, agent, error))
        return FALSE;
    }
  /* Both sit here from time to time. */
  return mos_store_agent_use (txn, "bruno", error) && mos_store_agent_use (txn, "ana", error);
}

static gboolean
do_use (MosTxn *txn,
        gpointer data,
        GError **error)
{
  return mos_store_agent_use (txn, data, error);
}

static void
check_unread (MosTestStore *t,
              const char *id,
              const char *agent,
              guint unread,
              gboolean mentioned)
{
  g_auto (TestLook) look = { 0 };

  test_write (t->store, do_use, (gpointer) agent);
  test_look (t->store, id, &look);
  g_assert_cmpuint (look.row->unread, ==, unread);
  g_assert_cmpint (look.row->is_mentioned, ==, mentioned);
}

static void
check_mentions (MosTestStore *t,
                const char *agent,
                guint n)
{
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_MENTIONS, NULL);
  Fresh fresh = { view, agent, NULL };

  test_write (t->store, do_fresh, &fresh);
  g_assert_cmpuint (fresh.vector->ids->len, ==, n);
  mos_id_vector_unref (fresh.vector);
}

static void
test_agents (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) mail = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  AsAgent read = { mail->conversation, "ana", NULL, NULL, TRUE };
  AsAgent note = { mail->conversation, "ana", "@bruno, can you look? @Ana knows, too. bruno@ana.example", NULL, FALSE };

  test_write (t->store, do_agents, NULL);
  check_unread (t, mail->conversation, "ana", 1, FALSE);
  check_unread (t, mail->conversation, "bruno", 1, FALSE);
  /* One reads it; the other still has it before him. */
  test_write (t->store, do_as_agent, &read);
  check_unread (t, mail->conversation, "ana", 0, FALSE);
  check_unread (t, mail->conversation, "bruno", 1, FALSE);
  read.agent = "bruno";
  test_write (t->store, do_as_agent, &read);
  check_unread (t, mail->conversation, "bruno", 0, FALSE);
  /* Unread again is so for all, and counts once. */
  read.read = FALSE;
  test_write (t->store, do_as_agent, &read);
  check_unread (t, mail->conversation, "ana", 1, FALSE);
  check_unread (t, mail->conversation, "bruno", 1, FALSE);
  read.read = TRUE;
  test_write (t->store, do_as_agent, &read);
  read.agent = "ana";
  test_write (t->store, do_as_agent, &read);

  test_write (t->store, do_as_agent, &note);
  g_free (note.note);
  check_unread (t, mail->conversation, "bruno", 1, TRUE);
  check_unread (t, mail->conversation, "ana", 0, FALSE);
  check_mentions (t, "bruno", 1);
  /* Nobody calls himself. */
  check_mentions (t, "ana", 0);
}

/* --- pure --- */

static void
test_mentions (void)
{
  static const struct
  {
    const char *text;
    const char *ids;
  } table[] = {
    { "no one", "" },
    { "@Ana", "1" },
    { "hello @ANA!", "1" },
    { "@Ana María García, please", "2" },
    { "@bruno and @Ana and @bruno", "3 1" },
    { "mail bruno@ana.example", "" },
    { "@brunos", "" },
    { "(@Bruno)", "3" },
    { "@Zoë", "4" },
    { "@zoe\u0308 k", "4" },
    { "@", "" },
  };
  static const char *const names[] = { "Ana", "Ana María García", "Bruno Díaz", "Zoë" };
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      MosAgent *agent = mos_agent_new ();

      agent->id = g_strdup_printf ("%u", i + 1);
      agent->name = g_strdup (names[i]);
      g_ptr_array_add (agents, agent);
    }
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) ids = mos_mentions_find (table[i].text, agents);
      g_autofree char *joined = NULL;

      g_ptr_array_add (ids, NULL);
      joined = g_strjoinv (" ", (char **) ids->pdata);
      g_assert_cmpstr (joined, ==, table[i].ids);
    }
}

static void
test_mentions_complete (void)
{
  /* What is written up to the caret, who is offered, and where the name begins */
  static const struct
  {
    const char *text;
    const char *ids;
    gsize at;
  } table[] = {
    { "", "", 0 },
    { "no one", "", 0 },
    { "@", "1 2 3 4", 0 },
    { "Hello @", "1 2 3 4", 6 },
    { "Hello @a", "1 2", 6 },
    { "Hello @AN", "1 2", 6 },
    /* a name that is whole already, and longer ones that go on from it */
    { "@Ana", "2", 0 },
    { "@Ana ", "2", 0 },
    { "@Ana Mar", "2", 0 },
    { "@Ana María García", "", 0 },
    { "@Ana, look", "", 0 },
    /* any word of a name, in any case, however its letters are put together */
    { "@gar", "2", 0 },
    { "@D\u00edaz", "3", 0 },
    { "@di\u0301", "3", 0 },
    { "@arc", "", 0 },
    { "@zo\u0308", "", 0 },
    { "ñ @z", "4", 3 },
    /* an address is none, and the last "@" counts */
    { "mail bruno@an", "", 0 },
    { "(@br", "3", 1 },
    { "@Ana and @b", "3", 9 },
  };
  static const char *const names[] = { "Ana", "Ana María García", "Bruno Díaz", "Zoë", "Me" };
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      MosAgent *agent = mos_agent_new ();

      agent->id = g_strdup_printf ("%u", i + 1);
      agent->name = g_strdup (names[i]);
      g_ptr_array_add (agents, agent);
    }
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize begins = 0;
      g_autoptr (GPtrArray) found = mos_mentions_complete (table[i].text, agents, "5", &begins);
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        g_string_append_printf (joined, "%s%s", j > 0 ? " " : "", ((MosAgent *) found->pdata[j])->id);
      g_assert_cmpstr (joined->str, ==, table[i].ids);
      if (found->len > 0)
        g_assert_cmpuint (begins, ==, table[i].at);
    }
}

static gint64
at (GTimeZone *zone,
    int year,
    int month,
    int day,
    int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, hour, 0, 0);

  return g_date_time_to_unix_usec (time);
}

static void
test_sections (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  /* The clocks went forward on 29 March 2026. */
  gint64 now_us = at (zone, 2026, 3, 31, 10);
  g_auto (MosSectioner) days = { 0 };
  g_auto (MosSectioner) waits = { 0 };
  gboolean is_month;

  mos_sectioner_init (&days, MOS_GROUPING_DAY, now_us, zone);
  for (int day = 25; day <= 31; day++)
    {
      gint64 section = mos_sectioner_find (&days, at (zone, 2026, 3, day, 23));

      g_assert_cmpint (section, ==, mos_sectioner_find (&days, at (zone, 2026, 3, day, 0)));
      g_assert_cmpint (mos_section_get_time (section, &is_month), ==, at (zone, 2026, 3, day, 0));
      g_assert_false (is_month);
    }
  /* What is older is of its month; the near days are not. */
  g_assert_cmpint (mos_sectioner_find (&days, at (zone, 2026, 3, 24, 23)), ==, mos_sectioner_find (&days, at (zone, 2026, 3, 1, 0)));
  g_assert_cmpint (mos_section_get_time (mos_sectioner_find (&days, at (zone, 2026, 3, 24, 23)), &is_month), ==, at (zone, 2026, 3, 1, 0));
  g_assert_true (is_month);
  g_assert_cmpint (mos_sectioner_find (&days, at (zone, 2026, 2, 28, 23)), !=, mos_sectioner_find (&days, at (zone, 2026, 3, 1, 0)));
  g_assert_cmpint (mos_sectioner_find (&days, 0), ==, 0);

  mos_sectioner_init (&waits, MOS_GROUPING_WAITING, now_us, zone);
  g_assert_cmpint (mos_sectioner_find (&waits, now_us - DAY_US), ==, MOS_WAIT_DAY);
  g_assert_cmpint (mos_sectioner_find (&waits, now_us - DAY_US + 1), ==, MOS_WAIT_HOURS);
  g_assert_cmpint (mos_sectioner_find (&waits, now_us - 2 * HOUR_US), ==, MOS_WAIT_HOURS);
  g_assert_cmpint (mos_sectioner_find (&waits, now_us - 2 * HOUR_US + 1), ==, MOS_WAIT_SHORT);
  g_assert_cmpint (mos_sectioner_find (&waits, 1), ==, MOS_WAIT_DAY);
  g_assert_cmpint (mos_sectioner_find (&waits, 0), ==, MOS_WAIT_NONE);
}

static void
test_parts (void)
{
  g_autofree char *all = mos_row_parts_to_text (MOS_ROW_PARTS_ALL);
  g_autofree char *unknown = NULL;
  g_autoptr (MosView) view = mos_view_from_key ("saved:x:y");
  g_autoptr (MosView) none = mos_view_from_key ("nothing");
  g_autoptr (MosView) bare = mos_view_from_key ("account");

  g_assert_cmpuint (mos_row_parts_from_text (all, NULL), ==, MOS_ROW_PARTS_ALL);
  g_assert_cmpuint (mos_row_parts_from_text ("tags colour", &unknown), ==, MOS_PART_TAGS);
  g_assert_cmpstr (unknown, ==, "colour");
  g_assert_cmpint (view->kind, ==, MOS_VIEW_SAVED);
  g_assert_cmpstr (view->argument, ==, "x:y");
  g_assert_null (none);
  g_assert_null (bare);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/views/list/contract", test_list_contract);
  g_test_add_data_func ("/views/list/follows/all", GINT_TO_POINTER (MOS_VIEW_ALL), test_list_follows);
  g_test_add_data_func ("/views/list/follows/all-open", GINT_TO_POINTER (MOS_VIEW_ALL_OPEN), test_list_follows);
  g_test_add_data_func ("/views/list/follows/waiting", GINT_TO_POINTER (MOS_VIEW_WAITING), test_list_follows);
  g_test_add_data_func ("/views/list/follows/snoozed", GINT_TO_POINTER (MOS_VIEW_SNOOZED), test_list_follows);
  g_test_add_data_func ("/views/list/follows/closed", GINT_TO_POINTER (MOS_VIEW_CLOSED), test_list_follows);
  g_test_add_data_func ("/views/list/follows/deleted", GINT_TO_POINTER (MOS_VIEW_DELETED), test_list_follows);
  g_test_add_func ("/views/list/one-moves", test_list_one_moves);
  g_test_add_func ("/views/list/first-rows", test_list_first_rows);
  g_test_add_func ("/views/bulk", test_bulk);
  g_test_add_func ("/views/counters", test_counters);
  g_test_add_func ("/views/saved", test_saved);
  g_test_add_func ("/views/agents", test_agents);
  g_test_add_func ("/views/mentions", test_mentions);
  g_test_add_func ("/views/mentions-complete", test_mentions_complete);
  g_test_add_func ("/views/sections", test_sections);
  g_test_add_func ("/views/parts", test_parts);

  return g_test_run ();
}
