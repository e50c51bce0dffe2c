/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The list as a person meets it: how much of it is alive, and what stands above which row. */
#include "config.h"

#include "app/inbox/mos-conversation-pane.h"
#include "app/inbox/mos-conversation-row-view.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"
#include "mos-view-fixtures.h"

#include <adwaita.h>

#define N_DAYS 5
#define A_DAY 40
#define FEW 60 /* rows: a window shows twelve of them */

typedef struct
{
  MosDeskFixture *desk;
  MosConversationPane *pane;
  GtkWidget *window;
  GtkGridView *grid;
  MosView *view;
} Fixture;

static void
collect (GtkWidget *widget,
         GType type,
         GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static guint
count (Fixture *f,
       GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (GTK_WIDGET (f->grid), type, found);
  return found->len;
}

/* Returns: (transfer full): the headings from the top of what is alive down, each with the subject below it: "Monday, 2 March: Question 7\n…" */
static char *
read_headings (Fixture *f)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  collect (GTK_WIDGET (f->grid), GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    {
      GtkWidget *label = labels->pdata[i], *row = gtk_widget_get_next_sibling (label);
      g_autoptr (MosConversation) conversation = NULL;

      g_assert_true (MOS_IS_CONVERSATION_ROW_VIEW (row));
      g_object_get (row, "conversation", &conversation, NULL);
      if (conversation != NULL && mos_conversation_get_row (conversation) != NULL)
        g_string_append_printf (text, "%s: %s\n", gtk_label_get_text (GTK_LABEL (label)), mos_conversation_get_row (conversation)->subject);
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_heading (Fixture *f,
             const char *above)
{
  g_autofree char *text = read_headings (f);
  g_autofree char *wanted = g_strconcat (": ", above, "\n", NULL);

  return strstr (text, wanted) != NULL;
}

static gboolean
has_row (Fixture *f,
         const char *subject)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect (GTK_WIDGET (f->grid), MOS_TYPE_CONVERSATION_ROW_VIEW, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *label = mos_conversation_row_view_get_label (rows->pdata[i]);

      if (label != NULL && gtk_widget_get_mapped (rows->pdata[i]) && strstr (label, subject) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
group (Fixture *f,
       MosViewGrouping grouping)
{
  MosViewLook look = { MOS_SORT_UPDATED, grouping, MOS_PART_TAGS };

  mos_desk_set_look_async (f->desk->desk, f->view, &look, NULL, NULL, NULL);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  /* The store's day, which is not the computer's */
  const gint64 today_us = MOS_TEST_NOW_US - MOS_TEST_NOW_US % G_TIME_SPAN_DAY;

  f->desk = mos_desk_fixture_new ();
  for (guint i = 0; i < N_DAYS * A_DAY; i++)
    {
      g_autofree char *subject = g_strdup_printf ("Question %u", i);
      g_autofree char *id = NULL;

      /* Ten minutes apart, from eight o'clock on each of the last days. */
      if (i % A_DAY == 0)
        f->desk->at_us = today_us - (gint64) (N_DAYS - i / A_DAY) * G_TIME_SPAN_DAY + 8 * G_TIME_SPAN_HOUR;
      id = mos_desk_fixture_add_conversation (f->desk, subject, 1);
    }
  f->view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  f->pane = mos_conversation_pane_new (f->desk->desk);
  f->window = g_object_ref_sink (gtk_window_new ());
  gtk_window_set_default_size (GTK_WINDOW (f->window), 320, 800);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->pane));
  gtk_window_present (GTK_WINDOW (f->window));
  mos_conversation_pane_set_view (f->pane, f->view, "All open");
  f->grid = GTK_GRID_VIEW (mos_fixture_find (GTK_WIDGET (f->pane), GTK_TYPE_GRID_VIEW, NULL));
  group (f, MOS_GROUPING_DAY);
  mos_test_wait (has_heading (f, "Question 199"), 20000);
  /* It has gone to its top by then. */
  mos_test_settle (200);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->window);
  mos_test_settle (20);
  g_clear_pointer (&f->view, mos_view_unref);
  mos_desk_fixture_free (f->desk);
}

static void
test_few (Fixture *f,
          gconstpointer data)
{
  GtkAccessible *cell;

  g_test_summary ("Of two hundred conversations few rows are alive, before and after a jump to the end; they are items of a list to who reads the screen");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_grid_view_get_model (f->grid))), ==, N_DAYS * A_DAY);
  g_assert_cmpuint (count (f, MOS_TYPE_CONVERSATION_ROW_VIEW), >, 8);
  g_assert_cmpuint (count (f, MOS_TYPE_CONVERSATION_ROW_VIEW), <, FEW);
  gtk_grid_view_scroll_to (f->grid, N_DAYS * A_DAY - 1, GTK_LIST_SCROLL_FOCUS, NULL);
  mos_test_wait (has_row (f, ", Question 0, "), 10000);
  g_assert_cmpuint (count (f, MOS_TYPE_CONVERSATION_ROW_VIEW), <, FEW);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (f->grid)), ==, GTK_ACCESSIBLE_ROLE_LIST);
  cell = GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (f->grid)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (cell), ==, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
test_headings (Fixture *f,
               gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  g_test_summary ("A heading stands above the first row of its day alone, follows what comes above that row, and is gone without grouping");
  gtk_grid_view_scroll_to (f->grid, A_DAY, GTK_LIST_SCROLL_FOCUS, NULL);
  mos_test_wait (has_heading (f, "Question 159"), 10000);
  text = read_headings (f);
  for (const char *line = strstr (text, ": "); line != NULL; line = strstr (line + 1, ": "))
    g_assert_true (g_str_has_prefix (line, ": Question 159\n") || g_str_has_prefix (line, ": Question 199\n") || g_str_has_prefix (line, ": Question 119\n"));

  gtk_grid_view_scroll_to (f->grid, 0, GTK_LIST_SCROLL_FOCUS, NULL);
  mos_test_wait (has_heading (f, "Question 199"), 10000);
  /* The same day goes on: the heading moves to its new first row. */
  id = mos_desk_fixture_add_conversation (f->desk, "One more", 1);
  mos_test_wait (has_heading (f, "One more"), 10000);
  g_assert_false (has_heading (f, "Question 199"));

  group (f, MOS_GROUPING_NONE);
  mos_test_wait (count (f, GTK_TYPE_LABEL) == 0, 10000);
  g_assert_cmpuint (count (f, MOS_TYPE_CONVERSATION_ROW_VIEW), >, 8);
  group (f, MOS_GROUPING_DAY);
  mos_test_wait (has_heading (f, "One more"), 10000);
}

static const char *
focused_label (Fixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (focus != NULL)
    collect (focus, MOS_TYPE_CONVERSATION_ROW_VIEW, rows);
  return rows->len == 1 ? mos_conversation_row_view_get_label (rows->pdata[0]) : "";
}

static void
test_return (Fixture *f,
             gconstpointer data)
{
  g_autofree char *id = mos_desk_fixture_add_conversation (f->desk, "Comes back", 1);
  const char *ids[] = { id, NULL };

  g_test_summary ("What an undo brings back into the list is selected and has the keyboard, as the row had that went away");
  mos_test_wait (has_row (f, "Comes back"), 10000);
  g_assert_true (mos_conversation_pane_select (f->pane, id));
  mos_conversation_pane_grab_list_focus (f->pane);
  mos_test_wait (strstr (focused_label (f), "Comes back") != NULL, 10000);
  gtk_grid_view_scroll_to (f->grid, 1, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
  mos_desk_set_status_async (f->desk->desk, ids, MOS_STATUS_CLOSED, 0, NULL, NULL, NULL);
  mos_test_wait (!has_row (f, "Comes back"), 10000);
  g_assert_nonnull (strstr (focused_label (f), "Question 199"));

  g_assert_false (mos_conversation_pane_select (f->pane, id));
  mos_desk_set_status_async (f->desk->desk, ids, MOS_STATUS_OPEN, 0, NULL, NULL, NULL);
  mos_test_wait (strstr (focused_label (f), "Comes back") != NULL, 10000);
  g_assert_true (gtk_selection_model_is_selected (gtk_grid_view_get_model (f->grid), 0));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/conversation-pane/few-rows", Fixture, NULL, set_up, test_few, tear_down);
  g_test_add ("/conversation-pane/headings", Fixture, NULL, set_up, test_headings, tear_down);
  g_test_add ("/conversation-pane/return", Fixture, NULL, set_up, test_return, tear_down);
  return g_test_run ();
}
