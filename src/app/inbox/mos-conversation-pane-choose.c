/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-pane-private.h"

#include "app/inbox/mos-conversation-row-view.h"
#include "app/widgets/mos-menu-button.h"

#include <glib/gi18n.h>

/* Several conversations at once: with Control, Shift and Ctrl+A as GTK has it, or by taps in choosing mode. */

/* More than these are not kept in the list once they stop matching: nobody looks at them one by one. */
#define MAX_HELD 500

void
mos_conversation_pane_update_choice (MosConversationPane *self)
{
  guint n = mos_conversation_selection_get_count (self->selection);
  gboolean many = n > 1 || self->choosing;
  g_autofree char *text = NULL;

  if (many)
    {
      text = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);
      gtk_label_set_label (self->choice_label, text);
      if (n > 0 && n <= MAX_HELD)
        {
          g_auto (GStrv) ids = mos_conversation_selection_dup_ids (self->selection);

          mos_conversation_list_hold_many (self->list, (const char *const *) ids);
        }
      else
        mos_conversation_list_hold (self->list, NULL);
    }
  gtk_action_bar_set_revealed (self->choice_bar, many);
  if (!many)
    n = 0;
  if (self->n_chosen == n)
    return;
  self->n_chosen = n;
  g_signal_emit_by_name (self, "choice-changed", n);
  if (n > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

GStrv
mos_conversation_pane_dup_chosen (MosConversationPane *self)
{
  guint n;

  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), NULL);

  n = mos_conversation_selection_get_count (self->selection);
  return n > 1 || (self->choosing && n > 0) ? mos_conversation_selection_dup_ids (self->selection) : NULL;
}

gboolean
mos_conversation_pane_get_choosing (MosConversationPane *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), FALSE);

  return self->choosing;
}

void
mos_conversation_pane_set_choosing (MosConversationPane *self,
                                    gboolean choosing)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  if (self->choosing == choosing)
    return;
  self->choosing = choosing;
  gtk_toggle_button_set_active (self->choose_button, choosing);
  for (guint i = 0; i < self->rows->len; i++)
    mos_conversation_row_view_set_choosing (g_ptr_array_index (self->rows, i), choosing);
  if (!choosing)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self->selection), 0, 1);
}

void
mos_conversation_pane_end_choice (MosConversationPane *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  mos_conversation_pane_set_choosing (self, FALSE);
  if (mos_conversation_selection_get_count (self->selection) > 1)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
mos_conversation_pane_choose_all (MosConversationPane *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

MosView *
mos_conversation_pane_get_view (MosConversationPane *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), NULL);

  return mos_conversation_list_get_view (self->list);
}

MosView *
mos_conversation_pane_get_base_view (MosConversationPane *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), NULL);

  return self->base_view;
}

const char *
mos_conversation_pane_get_search (MosConversationPane *self)
{
  MosView *view = mos_conversation_pane_get_view (self);

  return view != NULL && view->kind == MOS_VIEW_SEARCH ? view->argument : NULL;
}

static void
toggle_at (MosConversationPane *self,
           double x,
           double y)
{
  MosConversation *conversation = mos_conversation_pane_get_at (self, x, y);
  guint position = conversation != NULL ? mos_conversation_list_find (self->list, mos_conversation_get_id (conversation)) : G_MAXUINT;
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (position == G_MAXUINT)
    return;
  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
}

/* Before the list: it would choose only this one. */
static void
on_tap_cb (MosConversationPane *self,
           int n_press,
           double x,
           double y,
           GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!self->choosing || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  toggle_at (self, x, y);
}

static void
on_long_press_cb (MosConversationPane *self,
                  double x,
                  double y,
                  GtkGesture *gesture)
{
  if (self->choosing)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  mos_conversation_pane_set_choosing (self, TRUE);
  toggle_at (self, x, y);
}

static gboolean
on_key_cb (MosConversationPane *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  if (key != GDK_KEY_Escape || (!self->choosing && self->n_chosen == 0))
    return GDK_EVENT_PROPAGATE;
  mos_conversation_pane_end_choice (self);
  return GDK_EVENT_STOP;
}

static void
on_choose_toggled_cb (MosConversationPane *self,
                      GtkToggleButton *button)
{
  mos_conversation_pane_set_choosing (self, gtk_toggle_button_get_active (button));
}

void
mos_conversation_pane_init_choice (MosConversationPane *self)
{
  g_autoptr (GMenuModel) menu = mos_conversation_menu_new ();
  GtkGesture *tap = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkWidget *const places[] = { GTK_WIDGET (self->grid), GTK_WIDGET (self->choice_bar) };

  mos_menu_button_set_menu (self->choice_menu, menu);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (tap), GTK_PHASE_CAPTURE);
  g_signal_connect_object (tap, "pressed", G_CALLBACK (on_tap_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (tap));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_long_press_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (press));
  /* Below the toasts, which take Escape to go away. */
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();

      g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_add_controller (places[i], keys);
    }
  g_signal_connect_object (self->choose_button, "toggled", G_CALLBACK (on_choose_toggled_cb), self, G_CONNECT_SWAPPED);
}
