/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Who writes, beside what was written. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

#include "app/customer/mos-customer-pane.h"
#include "app/inbox/mos-conversation-pane.h"

static void
test_shows (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *first = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  g_autofree char *second = mos_desk_fixture_add_conversation (f, "A lamp that blinks", 1);
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, first);
  GtkWidget *window = adw_window_new (), *pane = mos_customer_pane_new (f->desk);

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_customer_pane_set_conversation (MOS_CUSTOMER_PANE (pane), conversation);
  mos_test_wait (mos_fixture_find_text (pane, "ana@example.com") != NULL, 10000);
  g_assert_nonnull (mos_fixture_find_text (pane, "Ana García"));
  g_assert_nonnull (mos_fixture_find_text (pane, "2 conversations"));
  g_assert_nonnull (mos_fixture_find (pane, GTK_TYPE_BUTTON, "Copy ana@example.com"));
  mos_test_wait (mos_fixture_find_text (pane, "A lamp that blinks") != NULL, 10000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty_list (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = NULL;
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  GtkWidget *window = adw_window_new (), *pane = GTK_WIDGET (mos_conversation_pane_new (f->desk));
  GtkWidget *list;

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_conversation_pane_set_view (MOS_CONVERSATION_PANE (pane), view, "All open");
  mos_test_wait (mos_fixture_find_text (pane, "Nothing is open") != NULL && gtk_widget_get_mapped (mos_fixture_find_text (pane, "Nothing is open")), 10000);

  /* What arrives takes the place of the empty page. */
  id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  list = mos_fixture_find (pane, GTK_TYPE_LIST_VIEW, NULL);
  g_assert_nonnull (list);
  mos_test_wait (gtk_widget_get_mapped (list), 10000);
  g_assert_nonnull (mos_fixture_find_text (pane, "1 conversation"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/customer/shows", test_shows);
  g_test_add_func ("/inbox/empty", test_empty_list);
  return g_test_run ();
}
