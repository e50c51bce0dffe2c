/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Ctrl+K: what is found, in which order, how it is chosen, and what a screen reader learns. */
#include "config.h"

#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/inbox/mos-conversation-pane.h"
#include "app/palette/mos-palette-row.h"
#include "app/palette/mos-palette.h"
#include "app/window/mos-window.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

typedef struct
{
  MosDeskFixture *desk;
  char *id;
  MosWindow *window;
} Fixture;

static GtkWidget *
find_type (GtkWidget *widget,
           GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static MosConversation *
opened (Fixture *f)
{
  return mos_conversation_view_get_conversation (MOS_CONVERSATION_VIEW (find_type (GTK_WIDGET (f->window), MOS_TYPE_CONVERSATION_VIEW)));
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autofree char *other = NULL;

  g_settings_reset (mos_settings_get (), "palette-recent");
  f->desk = mos_desk_fixture_new ();
  other = mos_desk_fixture_add_conversation (f->desk, "A lamp that blinks", 2);
  mos_desk_fixture_add_message (f->desk, other, MOS_DIRECTION_INCOMING, "It flickers, too.");
  f->id = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->window = mos_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1300, 800);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_window_set_desk (f->window, f->desk->desk);
  mos_window_show_conversation (f->window, f->id);
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (f->window), "ana@example.com") != NULL, 10000);
  mos_test_wait (mos_conversation_get_row (opened (f)) != NULL, 10000);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mos_test_settle (20);
  g_free (f->id);
  mos_desk_fixture_free (f->desk);
}

static AdwDialog *
visible_dialog (Fixture *f)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (f->window));
}

static GtkWidget *
open_palette (Fixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.palette", NULL);
  mos_test_wait (MOS_IS_PALETTE (visible_dialog (f)) && gtk_widget_get_mapped (GTK_WIDGET (visible_dialog (f))), 10000);
  return GTK_WIDGET (visible_dialog (f));
}

static GtkListBox *
list_of (GtkWidget *palette)
{
  return GTK_LIST_BOX (find_type (palette, GTK_TYPE_LIST_BOX));
}

static void
type (GtkWidget *palette,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_type (palette, GTK_TYPE_SEARCH_ENTRY)), text);
}

/* Returns: (nullable): the item of this title below this heading (nullable: any) */
static MosPaletteItem *
find (GtkWidget *palette,
      const char *heading,
      const char *title)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_of (palette), i)) != NULL; i++)
    if ((heading == NULL || g_str_equal (mos_palette_row_get_heading (row), heading)) && g_str_equal (mos_palette_row_get_item (row)->title, title))
      return mos_palette_row_get_item (row);
  return NULL;
}

static const char *
first_title (GtkWidget *palette)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list_of (palette), 0);

  return row != NULL ? mos_palette_row_get_item (row)->title : NULL;
}

static const char *
chosen_title (GtkWidget *palette)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list_of (palette));

  return row != NULL ? mos_palette_row_get_item (row)->title : NULL;
}

static void
press_return (GtkWidget *palette)
{
  g_signal_emit_by_name (find_type (palette, GTK_TYPE_SEARCH_ENTRY), "activate");
}

static void
test_actions (Fixture *f,
              gconstpointer data)
{
  GtkWidget *palette = open_palette (f);
  MosPaletteItem *item;

  /* All that can be done, each with its keys; what cannot be done only when it is asked for. */
  mos_test_wait (find (palette, "Actions", "Close") != NULL, 10000);
  g_assert_cmpstr (find (palette, "Actions", "Close")->keys, ==, "Ctrl+E");
  g_assert_null (find (palette, NULL, "Reopen"));
  g_assert_null (find (palette, NULL, "Send"));

  type (palette, "reop");
  mos_test_wait (find (palette, "Actions", "Reopen") != NULL, 10000);
  item = find (palette, "Actions", "Reopen");
  g_assert_cmpstr (item->why_not, ==, "It is open already");
  press_return (palette);
  mos_test_settle (50);
  g_assert_true (visible_dialog (f) == ADW_DIALOG (palette));

  type (palette, "cls");
  mos_test_wait (g_strcmp0 (first_title (palette), "Close") == 0, 10000);
  g_assert_cmpstr (chosen_title (palette), ==, "Close");
  press_return (palette);
  mos_test_wait (mos_conversation_get_row (opened (f))->status == MOS_STATUS_CLOSED, 10000);
  mos_test_wait (visible_dialog (f) == NULL, 10000);

  /* What was done last comes first, also among those that fit as well. */
  palette = open_palette (f);
  mos_test_wait (find (palette, "Actions", "Reopen") != NULL, 10000);
  g_assert_null (find (palette, "Recent", "Close")); /* not now: it is closed */
  type (palette, "reopen");
  mos_test_wait (g_strcmp0 (first_title (palette), "Reopen") == 0, 10000);
  press_return (palette);
  mos_test_wait (mos_conversation_get_row (opened (f))->status == MOS_STATUS_OPEN, 10000);
  palette = open_palette (f);
  mos_test_wait (g_strcmp0 (first_title (palette), "Close") == 0 && find (palette, "Recent", "Close") != NULL, 10000);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.palette", NULL);
  mos_test_wait (visible_dialog (f) == NULL, 10000);
}

static void
test_own_keys (Fixture *f,
               gconstpointer data)
{
  GtkWidget *palette;

  mos_keymap_assign (mos_keymap_get (), mos_shortcuts_find ("conversation.close"), "Pause");
  palette = open_palette (f);
  mos_test_wait (find (palette, "Actions", "Close") != NULL, 10000);
  g_assert_cmpstr (find (palette, "Actions", "Close")->keys, ==, "Pause");
  mos_keymap_reset_all (mos_keymap_get ());
}

static void
test_conversations (Fixture *f,
                    gconstpointer data)
{
  GtkWidget *palette = open_palette (f);
  g_autofree char *number = NULL;

  mos_test_wait (mos_conversation_get_row (opened (f)) != NULL, 10000);
  number = g_strdup_printf ("#%" G_GINT64_FORMAT, mos_conversation_get_row (opened (f))->number);
  /* The one that is open was opened last. */
  mos_test_wait (find (palette, "Conversations", "Where is my order?") != NULL, 10000);
  g_assert_null (find (palette, "Conversations", "A lamp that blinks"));

  /* A word that is not at its end yet; Return waits for the store. */
  type (palette, "flick");
  press_return (palette); /* nothing of what stands there: it was for other words */
  g_assert_true (visible_dialog (f) == ADW_DIALOG (palette));
  mos_test_wait (visible_dialog (f) == NULL, 10000);
  mos_test_wait (g_strcmp0 (mos_conversation_get_row (opened (f)) != NULL ? mos_conversation_get_row (opened (f))->subject : "", "A lamp that blinks") == 0, 10000);

  palette = open_palette (f);
  type (palette, number);
  mos_test_wait (find (palette, "Conversations", "Where is my order?") != NULL, 10000);
  g_assert_null (find (palette, "Conversations", "A lamp that blinks"));
  press_return (palette);
  mos_test_wait (g_str_equal (mos_conversation_get_id (opened (f)), f->id), 10000);
}

static void
test_customers (Fixture *f,
                gconstpointer data)
{
  GtkWidget *palette = open_palette (f);
  GtkListBoxRow *row;
  g_autofree char *text = NULL;
  MosPaletteItem *item = NULL;

  type (palette, "ana@exam");
  mos_test_wait ((row = gtk_list_box_get_row_at_index (list_of (palette), 0)) != NULL, 10000);
  for (int i = 0; i < 500 && item == NULL; i++)
    {
      for (int r = 0; (row = gtk_list_box_get_row_at_index (list_of (palette), r)) != NULL; r++)
        if (g_str_equal (mos_palette_row_get_heading (row), "Customers"))
          item = mos_palette_row_get_item (row);
      mos_test_settle (10);
    }
  g_assert_nonnull (item);
  g_assert_nonnull (strstr (item->subtitle, "2 conversations"));
  g_assert_cmpstr (item->action, ==, "win.show-customer");
  text = g_strdup (item->title);
  gtk_widget_activate_action_variant (GTK_WIDGET (f->window), item->action, item->target);
  adw_dialog_force_close (ADW_DIALOG (palette));
  mos_test_wait (mos_fixture_find_text (find_type (GTK_WIDGET (f->window), MOS_TYPE_CONVERSATION_PANE), text) != NULL, 10000);
}

/* Returns: the place of the first row under @heading, or −1 */
static int
place_of (GtkWidget *palette,
          const char *heading)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_of (palette), i)) != NULL; i++)
    if (g_str_equal (mos_palette_row_get_heading (row), heading))
      return i;
  return -1;
}

static void
test_meant (Fixture *f,
            gconstpointer data)
{
  GtkWidget *palette = open_palette (f);

  g_test_summary ("Who is called so comes before actions whose names have the letters here and there");
  type (palette, "ana");
  mos_test_wait (place_of (palette, "Customers") >= 0 && place_of (palette, "Actions") >= 0, 10000);
  g_assert_cmpint (place_of (palette, "Customers"), <, place_of (palette, "Actions"));
}

static void
test_views (Fixture *f,
            gconstpointer data)
{
  GtkWidget *palette = open_palette (f);

  type (palette, "go closed");
  mos_test_wait (find (palette, "Views", "Closed") != NULL, 10000);
  g_assert_cmpstr (find (palette, "Views", "Closed")->keys, ==, "Ctrl+7");
  g_assert_cmpstr (find (palette, "Views", "Closed")->subtitle, ==, "0 conversations");
  press_return (palette);
  mos_test_wait (visible_dialog (f) == NULL, 10000);
  mos_test_wait (mos_fixture_find_text (find_type (GTK_WIDGET (f->window), MOS_TYPE_CONVERSATION_PANE), "Closed") != NULL, 10000);
}

static void
test_accessible (Fixture *f,
                 gconstpointer data)
{
  GtkWidget *palette = open_palette (f), *entry = find_type (palette, GTK_TYPE_SEARCH_ENTRY);
  GtkListBox *list = list_of (palette);
  GtkListBoxRow *row;

  mos_test_wait (find (palette, "Actions", "Close") != NULL, 10000);
  gtk_test_accessible_assert_role (entry, GTK_ACCESSIBLE_ROLE_COMBO_BOX);
  gtk_test_accessible_assert_role (list, GTK_ACCESSIBLE_ROLE_LIST_BOX);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_CONTROLS));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT));
  row = gtk_list_box_get_selected_row (list);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);

  type (palette, "xyzzyx");
  mos_test_wait (gtk_list_box_get_row_at_index (list, 0) == NULL, 10000);
  mos_test_wait (mos_fixture_find_text (palette, "Nothing was found") != NULL, 10000);
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT));
  /* Return has nothing to do. */
  press_return (palette);
  g_assert_true (visible_dialog (f) == ADW_DIALOG (palette));

  type (palette, "reop");
  mos_test_wait (find (palette, "Actions", "Reopen") != NULL, 10000);
  row = gtk_list_box_get_row_at_index (list, 0);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_DISABLED, TRUE);
}

/* --- a source that answers when it is told to: for what happens in between --- */

#define LATE_TYPE_SOURCE (late_source_get_type ())
G_DECLARE_FINAL_TYPE (LateSource, late_source, LATE, SOURCE, GObject)

struct _LateSource
{
  GObject parent_instance;

  GTask *task; /* (nullable): the search that waits */
  char *text;
  guint n_cancelled;
};

static void late_source_iface_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LateSource, late_source, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, late_source_iface_init))

static const char *
late_get_heading (MosPaletteSource *source)
{
  return "Late";
}

static void
late_answer (LateSource *self)
{
  GPtrArray *items = mos_palette_items_new ();
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_ptr_array_add (items, mos_palette_item_new_for (self->text, "test.act", NULL, self->text));
  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

static void
late_search_async (MosPaletteSource *source,
                   const char *text,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  LateSource *self = LATE_SOURCE (source);

  if (self->task != NULL)
    {
      self->n_cancelled += g_task_return_error_if_cancelled (self->task) ? 1 : 0;
      g_clear_object (&self->task);
    }
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_set_str (&self->text, text);
}

static GPtrArray *
late_search_finish (MosPaletteSource *source,
                    GAsyncResult *result,
                    GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
late_source_iface_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = late_get_heading;
  iface->search_async = late_search_async;
  iface->search_finish = late_search_finish;
}

static void
late_source_finalize (GObject *object)
{
  g_free (LATE_SOURCE (object)->text);
  G_OBJECT_CLASS (late_source_parent_class)->finalize (object);
}

static void
late_source_class_init (LateSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = late_source_finalize;
}

static void
late_source_init (LateSource *self)
{
}

static void
on_chosen_cb (char **title,
              MosPaletteItem *item)
{
  g_set_str (title, item->title);
}

static void
test_late (void)
{
  g_autoptr (LateSource) source = g_object_new (LATE_TYPE_SOURCE, NULL);
  MosPalette *palette = mos_palette_new ();
  GtkWidget *window = adw_window_new (), *widget = GTK_WIDGET (palette);
  g_autofree char *chosen = NULL;

  g_test_summary ("Answers to what is not asked any more are cancelled or dropped; Return means what is typed, not what still stands there");
  adw_window_set_content (ADW_WINDOW (window), adw_bin_new ());
  gtk_window_present (GTK_WINDOW (window));
  mos_palette_add_source (palette, MOS_PALETTE_SOURCE (g_object_ref (source)));
  g_signal_connect_swapped (palette, "chosen", G_CALLBACK (on_chosen_cb), &chosen);
  adw_dialog_present (ADW_DIALOG (palette), window);
  mos_palette_start (palette);
  type (widget, "one");
  mos_test_wait (g_strcmp0 (source->text, "one") == 0, 5000);
  g_assert_cmpuint (source->n_cancelled, ==, 1);
  late_answer (source);
  mos_test_wait (find (widget, "Late", "one") != NULL, 5000);

  type (widget, "two");
  mos_test_wait (g_strcmp0 (source->text, "two") == 0, 5000);
  g_assert_nonnull (find (widget, "Late", "one")); /* nothing flickers */
  press_return (widget);
  mos_test_settle (50);
  g_assert_null (chosen);
  late_answer (source);
  mos_test_wait (chosen != NULL, 5000);
  g_assert_cmpstr (chosen, ==, "two");
  mos_test_settle (300);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/palette/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/palette/own-keys", Fixture, NULL, set_up, test_own_keys, tear_down);
  g_test_add ("/palette/conversations", Fixture, NULL, set_up, test_conversations, tear_down);
  g_test_add ("/palette/customers", Fixture, NULL, set_up, test_customers, tear_down);
  g_test_add ("/palette/meant", Fixture, NULL, set_up, test_meant, tear_down);
  g_test_add ("/palette/views", Fixture, NULL, set_up, test_views, tear_down);
  g_test_add ("/palette/accessible", Fixture, NULL, set_up, test_accessible, tear_down);
  g_test_add_func ("/palette/late", test_late);
  return g_test_run ();
}
