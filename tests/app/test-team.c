/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Who works here: its rows are made anew with every change, which takes neither the keyboard nor what is being written; who was removed comes back. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

#include "app/inbox/mos-team-dialog.h"
#include "core/desk/mos-desk-views.h"

typedef struct
{
  MosDeskFixture *desk;
  GtkWidget *window;
  GtkWidget *dialog;
} Shown;

static void
add_agent (MosDeskFixture *f,
           const char *name)
{
  g_autoptr (MosAgent) agent = mos_agent_new ();
  guint n = mos_desk_get_agents (f->desk)->len;

  agent->name = g_strdup (name);
  mos_desk_save_agent_async (f->desk, agent, NULL, NULL, NULL);
  mos_test_wait (mos_desk_get_agents (f->desk)->len == n + 1, 5000);
}

static const char *
id_of (MosDeskFixture *f,
       const char *name)
{
  GPtrArray *agents = mos_desk_get_agents (f->desk);

  for (guint i = 0; i < agents->len; i++)
    if (g_str_equal (((MosAgent *) agents->pdata[i])->name, name))
      return ((MosAgent *) agents->pdata[i])->id;
  return NULL;
}

static void
show (Shown *shown)
{
  shown->desk = mos_desk_fixture_new ();
  add_agent (shown->desk, "Ana");
  add_agent (shown->desk, "Luis");
  mos_desk_use_agent_async (shown->desk->desk, id_of (shown->desk, "Ana"), NULL, NULL, NULL);
  mos_test_wait (mos_desk_get_agent (shown->desk->desk) != NULL, 5000);
  shown->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 700, 600);
  adw_window_set_content (ADW_WINDOW (shown->window), gtk_label_new ("The window"));
  gtk_window_present (GTK_WINDOW (shown->window));
  gtk_test_widget_wait_for_draw (shown->window);
  shown->dialog = GTK_WIDGET (mos_team_dialog_new (shown->desk->desk));
  adw_dialog_present (ADW_DIALOG (shown->dialog), shown->window);
  mos_test_settle (50);
}

static void
hide (Shown *shown)
{
  adw_dialog_force_close (ADW_DIALOG (shown->dialog));
  gtk_window_destroy (GTK_WINDOW (shown->window));
  mos_desk_fixture_free (shown->desk);
}

static GtkWidget *
find_button (Shown *shown,
             const char *name)
{
  return mos_fixture_find (shown->dialog, GTK_TYPE_BUTTON, name);
}

static GtkWidget *
find_row (Shown *shown,
          const char *title)
{
  GtkWidget *label = mos_fixture_find_text (shown->dialog, title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_ROW) : NULL;
}

static gboolean
has_focus (Shown *shown,
           GtkWidget *row)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (shown->window));

  return focus != NULL && row != NULL && (focus == row || gtk_widget_is_ancestor (focus, row));
}

static void
test_names (void)
{
  Shown shown;

  show (&shown);
  /* Of whom: "Sit Here" and a bin say it to nobody who does not see the row. */
  g_assert_nonnull (find_button (&shown, "Luis sits here"));
  g_assert_nonnull (find_button (&shown, "Remove Luis"));
  g_assert_null (find_button (&shown, "Remove Ana"));
  hide (&shown);
}

static void
test_kept (void)
{
  Shown shown;
  GtkWidget *row;

  show (&shown);
  row = find_row (&shown, "Add a Person");
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "Sar");
  g_assert_true (has_focus (&shown, row));
  /* Something else changes meanwhile. */
  add_agent (shown.desk, "Bruno");
  mos_test_wait (find_row (&shown, "Bruno") != NULL, 5000);
  g_assert_true (find_row (&shown, "Add a Person") != row);
  row = find_row (&shown, "Add a Person");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Sar");
  mos_test_wait (has_focus (&shown, row), 2000);
  hide (&shown);
}

static void
test_use (void)
{
  Shown shown;

  show (&shown);
  gtk_widget_grab_focus (find_button (&shown, "Luis sits here"));
  g_signal_emit_by_name (find_button (&shown, "Luis sits here"), "clicked");
  mos_test_wait (find_button (&shown, "Ana sits here") != NULL, 5000);
  g_assert_cmpstr (mos_desk_get_agent (shown.desk->desk)->name, ==, "Luis");
  mos_test_wait (has_focus (&shown, find_row (&shown, "Luis")), 2000);
  hide (&shown);
}

static void
test_remove (void)
{
  Shown shown;
  GtkWidget *undo;

  show (&shown);
  g_signal_emit_by_name (find_button (&shown, "Remove Luis"), "clicked");
  mos_test_wait (find_row (&shown, "Luis") == NULL, 5000);
  mos_test_wait (mos_fixture_find_text (shown.dialog, "Person removed") != NULL, 5000);
  undo = gtk_widget_get_ancestor (mos_fixture_find_text (shown.dialog, "Undo"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (undo, "clicked");
  mos_test_wait (find_row (&shown, "Luis") != NULL, 5000);
  hide (&shown);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/team/names", test_names);
  g_test_add_func ("/team/kept", test_kept);
  g_test_add_func ("/team/use", test_use);
  g_test_add_func ("/team/remove", test_remove);
  return g_test_run ();
}
