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
  g_test_add_func ("/selection/section-text", test_text);
  return g_test_run ();
}
