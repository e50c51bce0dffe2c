/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What is selected is kept by id, whatever the list does. */
#include "config.h"

#include "app/inbox/mos-conversation-selection.h"
#include "app/inbox/mos-section-text.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"

#include <adwaita.h>

static MosConversationList *
open_list (MosDesk *desk,
           MosViewKind kind)
{
  MosConversationList *list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (kind, NULL);

  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 10000);
  return list;
}

static MosDeskFixture *
make_desk (void)
{
  MosDeskFixture *fixture = mos_desk_fixture_new ();

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *subject = g_strdup_printf ("Question %u", i);
      g_autofree char *id = mos_desk_fixture_add_conversation (fixture, subject, 1);
    }
  return fixture;
}

static void
set_look (MosDesk *desk,
          MosConversationList *list,
          MosViewSort sort)
{
  MosViewLook look = { sort, MOS_GROUPING_DAY, MOS_PART_TAGS };

  mos_desk_set_look_async (desk, mos_conversation_list_get_view (list), &look, NULL, NULL, NULL);
  mos_test_wait (mos_conversation_list_get_look (list)->sort == sort && !mos_conversation_list_get_loading (list), 10000);
}

static void
test_kept (void)
{
  g_autoptr (MosDeskFixture) fixture = make_desk ();
  MosDesk *desk = fixture->desk;
  g_autoptr (MosConversationList) list = open_list (desk, MOS_VIEW_ALL_OPEN);
  g_autoptr (MosConversationSelection) selection = mos_conversation_selection_new (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  g_test_summary ("Three of all stay selected when the order turns round, and all of them with select all");
  g_assert_cmpuint (n, ==, 12);
  gtk_selection_model_select_item (model, 2, TRUE);
  gtk_selection_model_select_item (model, 5, FALSE);
  gtk_selection_model_select_range (model, 8, 1, FALSE);
  before = mos_conversation_selection_dup_ids (selection);
  g_assert_cmpuint (g_strv_length (before), ==, 3);

  set_look (desk, list, MOS_SORT_UPDATED_OLDEST);
  after = mos_conversation_selection_dup_ids (selection);
  g_assert_cmpuint (g_strv_length (after), ==, 3);
  /* In the list's order, which is the other way round now. */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (after[i], ==, before[2 - i]);
  g_assert_true (gtk_selection_model_is_selected (model, n - 1 - 2));
  g_assert_false (gtk_selection_model_is_selected (model, 2));

  gtk_selection_model_select_all (model);
  g_assert_cmpuint (mos_conversation_selection_get_count (selection), ==, n);
  set_look (desk, list, MOS_SORT_PRIORITY);
  g_assert_cmpuint (mos_conversation_selection_get_count (selection), ==, n);
  gtk_selection_model_unselect_item (model, 0);
  g_assert_cmpuint (mos_conversation_selection_get_count (selection), ==, n - 1);
  gtk_selection_model_unselect_all (model);
  g_assert_null (mos_conversation_selection_get_first (selection));
  g_clear_object (&selection);
  g_clear_object (&list);
}

/* --- whatever happens to the list --- */

#define STEPS 120

typedef struct
{
  MosConversationSelection *selection;
  GPtrArray *ids; /* what the signals alone tell of it */
} Shadow;

static void
on_items_changed_cb (GListModel *model,
                     guint position,
                     guint removed,
                     guint added,
                     Shadow *shadow)
{
  g_assert_true (removed > 0 || added > 0);
  g_assert_cmpuint (position + removed, <=, shadow->ids->len);
  if (removed > 0)
    g_ptr_array_remove_range (shadow->ids, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (MosConversation) conversation = g_list_model_get_item (model, i);

      g_assert_nonnull (conversation);
      g_ptr_array_insert (shadow->ids, (int) i, g_strdup (mos_conversation_get_id (conversation)));
    }
  /* At each signal, not only at the end of them. */
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, shadow->ids->len);
}

static void
on_selection_changed_cb (GtkSelectionModel *model,
                         guint position,
                         guint n,
                         guint *n_told)
{
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (position + n, <=, g_list_model_get_n_items (G_LIST_MODEL (model)));
  (*n_told)++;
}

static void
check (Shadow *shadow,
       GHashTable *wanted)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (shadow->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model)), n_selected = 0;
  g_autoptr (GtkBitset) all = gtk_selection_model_get_selection (model);

  g_assert_cmpuint (n, ==, shadow->ids->len);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MosConversation) conversation = g_list_model_get_item (G_LIST_MODEL (model), i);
      gboolean is_wanted = g_hash_table_contains (wanted, shadow->ids->pdata[i]);

      g_assert_cmpstr (mos_conversation_get_id (conversation), ==, shadow->ids->pdata[i]);
      g_assert_cmpint (gtk_selection_model_is_selected (model, i), ==, is_wanted);
      g_assert_cmpint (gtk_bitset_contains (all, i), ==, is_wanted);
      n_selected += is_wanted;
    }
  g_assert_cmpuint (mos_conversation_selection_get_count (shadow->selection), ==, n_selected);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), n));
}

/* One change to the desk. @id: (nullable): a conversation of the list */
static void
change (MosDeskFixture *fixture,
        GRand *rand,
        const char *id)
{
  const char *ids[] = { id, NULL };

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      g_free (mos_desk_fixture_add_conversation (fixture, "Another one", 1));
      break;
    case 1:
      mos_desk_fixture_add_message (fixture, id, MOS_DIRECTION_INCOMING, "And?");
      break;
    case 2:
      mos_desk_set_status_async (fixture->desk, ids, MOS_STATUS_CLOSED, 0, NULL, NULL, NULL);
      break;
    default:
      mos_desk_undo_async (fixture->desk, 0, NULL, NULL, NULL);
    }
}

static void
test_contract (void)
{
  g_autoptr (MosDeskFixture) fixture = make_desk ();
  g_autoptr (MosConversationList) list = open_list (fixture->desk, MOS_VIEW_ALL_OPEN);
  g_autoptr (MosConversationSelection) selection = mos_conversation_selection_new (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  Shadow shadow = { selection, g_ptr_array_new_with_free_func (g_free) };
  guint n_told = 0;

  g_test_summary ("Random changes and choices, replayed on a copy that hears the signals alone; the chosen stay chosen by id");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    g_ptr_array_add (shadow.ids, g_strdup (mos_conversation_list_get_id (list, i)));
  g_signal_connect (selection, "items-changed", G_CALLBACK (on_items_changed_cb), &shadow);
  g_signal_connect (selection, "selection-changed", G_CALLBACK (on_selection_changed_cb), &n_told);

  for (guint step = 0; step < STEPS; step++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));
      guint at = n > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n) : 0;
      GHashTableIter iter;
      gpointer id;

      if (n > 0 && g_rand_boolean (rand))
        {
          gboolean add = g_rand_boolean (rand), was = gtk_selection_model_is_selected (model, at);
          guint told = n_told;

          if (add)
            gtk_selection_model_select_item (model, at, FALSE);
          else
            gtk_selection_model_unselect_item (model, at);
          g_assert_cmpuint (n_told - told, ==, was != add ? 1 : 0);
          if (add)
            g_hash_table_add (wanted, g_strdup (shadow.ids->pdata[at]));
          else
            g_hash_table_remove (wanted, shadow.ids->pdata[at]);
        }
      else
        {
          change (fixture, rand, n > 0 ? shadow.ids->pdata[at] : NULL);
          mos_test_settle (120);
          mos_test_wait (!mos_conversation_list_get_loading (list), 10000);
          /* Who left the list is chosen no more, as the pane does it. */
          mos_conversation_selection_prune (selection);
          g_hash_table_iter_init (&iter, wanted);
          while (g_hash_table_iter_next (&iter, &id, NULL))
            if (!g_ptr_array_find_with_equal_func (shadow.ids, id, g_str_equal, NULL))
              g_hash_table_iter_remove (&iter);
        }
      check (&shadow, wanted);
    }
  g_signal_handlers_disconnect_by_data (selection, &shadow);
  g_ptr_array_unref (shadow.ids);
}

static void
test_text (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  g_autoptr (GDateTime) now = g_date_time_new (zone, 2026, 3, 31, 10, 0, 0);
  gint64 now_us = g_date_time_to_unix_usec (now);
  static const struct
  {
    int days;
    const char *text;
  } table[] = { { 0, "Today" }, { -1, "Yesterday" }, { 1, "Tomorrow" }, { -2, "Sunday, 29 March" }, { -6, "Wednesday, 25 March" }, { -8, "March 2026" }, { -40, "February 2026" } };
  g_auto (MosSectioner) sectioner = { 0 };

  mos_sectioner_init (&sectioner, MOS_GROUPING_DAY, now_us, zone);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, table[i].days);
      g_autofree char *text = mos_section_text (MOS_GROUPING_DAY, mos_sectioner_find (&sectioner, g_date_time_to_unix_usec (day)), now_us, zone);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/selection/kept", test_kept);
  g_test_add_func ("/selection/contract", test_contract);
  g_test_add_func ("/selection/section-text", test_text);
  return g_test_run ();
}
