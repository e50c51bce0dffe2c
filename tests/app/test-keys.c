/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What keys do to a conversation while something else has the person's attention. */
#include "config.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-composer.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/inbox/mos-conversation-pane.h"
#include "app/inbox/mos-pick-dialogs.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/window/mos-window.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

/* As if the focused widget had left the key alone. Returns: whether the window's own keys took it */
static gboolean
press (MosWindow *window,
       const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "mos-window-shortcuts") != 0)
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (window), NULL);
        }
    }
  g_error ("no key %s", key);
}

static GtkWidget *
find_tooltip (GtkWidget *widget,
              const char *tooltip)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tooltip (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
shows (GtkWidget *widget,
       const char *text)
{
  GtkWidget *label = mos_fixture_find_text (widget, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

typedef struct
{
  MosDeskFixture *desk;
  MosConversation *conversation;
  MosWindow *window;
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autofree char *id = NULL;

  g_settings_set_boolean (mos_settings_get (), "single-key-shortcuts", TRUE);
  f->desk = mos_desk_fixture_new ();
  id = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->conversation = mos_desk_ref_conversation (f->desk->desk, id);
  f->window = mos_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1300, 800);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_window_set_desk (f->window, f->desk->desk);
  mos_window_show_conversation (f->window, id);
  mos_test_wait (shows (GTK_WIDGET (f->window), "ana@example.com"), 10000);
  mos_test_wait (find_tooltip (GTK_WIDGET (f->window), "Close") != NULL && gtk_widget_is_sensitive (find_tooltip (GTK_WIDGET (f->window), "Close")), 10000);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->conversation);
  mos_test_settle (20);
  mos_desk_fixture_free (f->desk);
}

static void
test_reply (Fixture *f,
            gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window), *attach;

  g_test_summary ("Beside the text, on a button of the composer, single keys are still text that went astray");
  g_assert_true (press (f->window, "j"));
  gtk_widget_activate_action (window, "conversation.reply", NULL);
  mos_test_wait (find_tooltip (window, "Attach files") != NULL, 10000);
  attach = find_tooltip (window, "Attach files");
  g_assert_true (gtk_widget_grab_focus (attach));
  g_assert_false (press (f->window, "e"));
  g_assert_false (press (f->window, "exclam"));
  g_assert_false (press (f->window, "Delete"));
  mos_test_settle (50);
  g_assert_cmpint (mos_conversation_get_row (f->conversation)->status, ==, MOS_STATUS_OPEN);

  gtk_widget_activate_action (window, "win.focus-list", NULL);
  g_assert_true (press (f->window, "e"));
  mos_test_wait (mos_conversation_get_row (f->conversation)->status == MOS_STATUS_CLOSED, 10000);
}

static void
test_off (Fixture *f,
          gconstpointer data)
{
  g_test_summary ("Unless they are switched on, letters do nothing; a key that is no letter does what it does");
  g_settings_reset (mos_settings_get (), "single-key-shortcuts");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.focus-list", NULL);
  g_assert_false (press (f->window, "e"));
  g_assert_true (press (f->window, "Delete"));
  mos_test_wait (mos_conversation_get_row (f->conversation)->deleted_us != 0, 10000);
  g_assert_cmpint (mos_conversation_get_row (f->conversation)->status, ==, MOS_STATUS_OPEN);
}

static void
test_dialog (Fixture *f,
             gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "conversation.assign-dialog", NULL);
  mos_test_wait (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (f->window)) != NULL, 10000);
  g_assert_false (press (f->window, "e"));
  g_assert_false (press (f->window, "Delete"));
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (f->window)));
  mos_test_settle (50);
  g_assert_cmpint (mos_conversation_get_row (f->conversation)->status, ==, MOS_STATUS_OPEN);
}

static void
test_new (Fixture *f,
          gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);

  g_test_summary ("A new message hides the conversation, and nothing happens to what is hidden");
  gtk_widget_activate_action (window, "win.new-message", NULL);
  mos_test_wait (find_tooltip (window, "Attach files") != NULL, 10000);
  g_assert_false (gtk_widget_is_sensitive (find_tooltip (window, "Close")));
  g_assert_false (gtk_widget_is_sensitive (find_tooltip (window, "Snooze")));
  mos_test_wait (shows (window, "No Customer"), 10000);
  g_assert_true (shows (window, "New Message"));
  g_assert_false (shows (window, "ana@example.com"));

  gtk_widget_activate_action (window, "win.focus-list", NULL);
  press (f->window, "e");
  press (f->window, "Delete");
  mos_test_settle (50);
  g_assert_cmpint (mos_conversation_get_row (f->conversation)->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (mos_conversation_get_row (f->conversation)->deleted_us, ==, 0);

  gtk_widget_activate_action (find_tooltip (window, "Attach files"), "composer.discard", NULL);
  mos_test_wait (gtk_widget_is_sensitive (find_tooltip (window, "Close")), 10000);
  mos_test_wait (shows (window, "ana@example.com"), 10000);
}

static gboolean
is_opened (GtkWidget *window,
           const char *id)
{
  MosConversation *open = mos_conversation_view_get_conversation (MOS_CONVERSATION_VIEW (mos_fixture_find (window, MOS_TYPE_CONVERSATION_VIEW, NULL)));
  GtkGridView *list = GTK_GRID_VIEW (mos_fixture_find (mos_fixture_find (window, MOS_TYPE_CONVERSATION_PANE, NULL), GTK_TYPE_GRID_VIEW, NULL));
  GtkSelectionModel *model = gtk_grid_view_get_model (list);
  g_autoptr (GtkBitset) places = gtk_selection_model_get_selection (model);
  g_autoptr (MosConversation) selected = gtk_bitset_get_size (places) == 1 ? g_list_model_get_item (G_LIST_MODEL (model), gtk_bitset_get_minimum (places)) : NULL;

  return open != NULL && g_str_equal (mos_conversation_get_id (open), id) && selected == open;
}

static void
test_sent (Fixture *f,
           gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (f->window);
  g_autofree char *id = NULL;
  MosSentMessage sent = { .message = "m", .subject = "A lamp that blinks", .then = MOS_STATUS_OPEN };

  g_test_summary ("What was sent to somebody new is opened and selected, though the list learns of it only later");
  id = mos_desk_fixture_add_conversation (f->desk, "A lamp that blinks", 1);
  sent.conversation = id;
  g_signal_emit_by_name (mos_fixture_find (window, MOS_TYPE_CONVERSATION_VIEW, NULL), "conversation-sent", &sent);
  mos_test_wait (is_opened (window, id), 10000);
}

static void
on_chosen_cb (gboolean *chosen)
{
  *chosen = TRUE;
}

static void
test_return (Fixture *f,
             gconstpointer data)
{
  AdwDialog *dialog = ADW_DIALOG (mos_snooze_dialog_new ());
  GtkWidget *focus;
  gboolean chosen = FALSE;

  g_test_summary ("Return in a dialog is what the dialog is for, not Cancel");
  g_signal_connect_swapped (dialog, "chosen", G_CALLBACK (on_chosen_cb), &chosen);
  adw_dialog_present (dialog, GTK_WIDGET (f->window));
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)) && GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (f->window))), 5000);
  focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  gtk_widget_activate_default (focus);
  mos_test_wait (chosen, 5000);
  mos_test_settle (300);

  dialog = mos_assign_dialog_new (f->desk->desk, f->conversation);
  chosen = FALSE;
  g_signal_connect_swapped (dialog, "chosen", G_CALLBACK (on_chosen_cb), &chosen);
  adw_dialog_present (dialog, GTK_WIDGET (f->window));
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)) && GTK_IS_LIST_BOX_ROW (gtk_window_get_focus (GTK_WINDOW (f->window))), 5000);
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (f->window))));
  g_assert_true (chosen);
  mos_test_settle (300);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/keys/reply", Fixture, NULL, set_up, test_reply, tear_down);
  g_test_add ("/keys/off", Fixture, NULL, set_up, test_off, tear_down);
  g_test_add ("/keys/dialog", Fixture, NULL, set_up, test_dialog, tear_down);
  g_test_add ("/keys/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/keys/sent", Fixture, NULL, set_up, test_sent, tear_down);
  g_test_add ("/keys/return", Fixture, NULL, set_up, test_return, tear_down);
  return g_test_run ();
}
