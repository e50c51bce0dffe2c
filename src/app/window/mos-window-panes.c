/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

/* F6 goes round the panes as they stand in reading order. In a narrow window it turns the pages. */
typedef enum
{
  PANE_VIEWS,
  PANE_LIST,
  PANE_CONVERSATION,
  PANE_CUSTOMER,
  N_PANES,
} Pane;

static gboolean
is_in (GtkWidget *focus,
       gpointer pane)
{
  return focus != NULL && pane != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

static Pane
current_pane (MosWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (is_in (focus, self->view_pane))
    return PANE_VIEWS;
  if (is_in (focus, self->customer_bin))
    return PANE_CUSTOMER;
  if (is_in (focus, self->conversation_page))
    return PANE_CONVERSATION;
  return PANE_LIST;
}

void
mos_window_focus_list (GtkWidget *widget,
                       const char *name,
                       GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, FALSE);
  mos_conversation_pane_grab_list_focus (self->pane);
}

/* Returns: whether the pane took the keyboard */
static gboolean
focus_pane (MosWindow *self,
            Pane pane)
{
  switch (pane)
    {
    case PANE_VIEWS:
      adw_navigation_split_view_set_show_content (self->outer, FALSE);
      return mos_view_pane_grab_focus (self->view_pane);
    case PANE_LIST:
      mos_window_focus_list (GTK_WIDGET (self), NULL, NULL);
      return is_in (gtk_window_get_focus (GTK_WINDOW (self)), self->pane);
    case PANE_CONVERSATION:
      if (self->conversation == NULL && !mos_conversation_view_get_composing (self->view))
        return FALSE;
      adw_navigation_split_view_set_show_content (self->outer, TRUE);
      adw_navigation_split_view_set_show_content (self->inner, TRUE);
      mos_conversation_view_grab_focus (self->view);
      return TRUE;
    case PANE_CUSTOMER:
      /* Over a narrow window it is shown when it is wanted. */
      if (self->conversation == NULL || !adw_overlay_split_view_get_show_sidebar (self->customer_split))
        return FALSE;
      return gtk_widget_child_focus (GTK_WIDGET (self->customer), GTK_DIR_TAB_FORWARD);
    case N_PANES:
    default:
      g_return_val_if_reached (FALSE);
    }
}

void
mos_window_focus_pane (GtkWidget *widget,
                       const char *name,
                       GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  guint step = g_str_equal (name, "win.next-pane") ? 1 : N_PANES - 1;
  guint pane = current_pane (self);

  for (guint i = 1; i < N_PANES; i++)
    {
      pane = (pane + step) % N_PANES;
      if (focus_pane (self, (Pane) pane))
        return;
    }
}
