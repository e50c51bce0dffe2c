/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

/* The keyboard is never nowhere. What had it may go away with what was done (a row, a button that has no use any more, the last conversation of a view): then it
 * goes to what is nearest in the same pane. Where GTK finds a place itself, that one stands. */

static gboolean
is_usable (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static gboolean
focus_list (MosWindow *self)
{
  GtkWidget *focus;

  mos_conversation_pane_grab_list_focus (self->pane);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  return is_usable (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pane));
}

static gboolean
focus_conversation (MosWindow *self)
{
  if (self->conversation == NULL && !mos_conversation_view_get_composing (self->view))
    return FALSE;
  mos_conversation_view_grab_focus (self->view);
  return is_usable (gtk_window_get_focus (GTK_WINDOW (self)));
}

static void
restore (MosWindow *self)
{
  gboolean one_page = adw_navigation_split_view_get_collapsed (self->inner);
  gboolean on_conversation = adw_navigation_split_view_get_show_content (self->inner);

  if (self->run != NULL)
    {
      gtk_widget_child_focus (GTK_WIDGET (self->triage), GTK_DIR_TAB_FORWARD);
      return;
    }
  /* In a narrow window the page stays the one it is. */
  if (one_page ? on_conversation : self->was_in_conversation)
    {
      if (focus_conversation (self))
        return;
    }
  if ((!one_page || !on_conversation) && focus_list (self))
    return;
  if (!adw_navigation_split_view_get_collapsed (self->outer) && mos_view_pane_grab_focus (self->view_pane))
    return;
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_check_cb (gpointer user_data)
{
  MosWindow *self = user_data;
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  self->focus_id = 0;
  if (self->view == NULL || page == NULL || (!g_str_equal (page, "main") && !g_str_equal (page, "triage")))
    return G_SOURCE_REMOVE;
  if (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL && !is_usable (gtk_window_get_focus (GTK_WINDOW (self))))
    restore (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: rows come and go in two steps, and GTK has a try of its own after the next frame. */
void
mos_window_check_focus (MosWindow *self)
{
  if (self->focus_id == 0)
    self->focus_id = g_idle_add (on_check_cb, self);
}

static void
on_focus_cb (MosWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL)
    mos_window_check_focus (self);
  else if (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inner)))
    self->was_in_conversation = gtk_widget_is_ancestor (focus, GTK_WIDGET (self->conversation_page));
}

void
mos_window_watch_focus (MosWindow *self)
{
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus_cb), NULL);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (mos_window_check_focus), NULL);
}

void
mos_window_unwatch_focus (MosWindow *self)
{
  g_signal_handlers_disconnect_by_func (self, on_focus_cb, NULL);
  g_signal_handlers_disconnect_by_func (self, mos_window_check_focus, NULL);
  g_clear_handle_id (&self->focus_id, g_source_remove);
}
