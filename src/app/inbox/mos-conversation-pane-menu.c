/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-pane-private.h"

#include "app/exchange/mos-drag-out.h"
#include "app/inbox/mos-conversation-row-view.h"

/* What the pointer does on a row, and its menu. */

MosConversation *
mos_conversation_pane_get_at (MosConversationPane *self,
                              double x,
                              double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->grid), x, y, GTK_PICK_DEFAULT);
  MosConversation *conversation = NULL;

  /* A row fills its cell but for the padding, and its heading; a press on the padding is meant for the row. */
  if (widget != NULL && !GTK_IS_LABEL (widget))
    for (GtkWidget *child = widget; child != NULL && widget != GTK_WIDGET (self->grid); child = gtk_widget_get_last_child (child))
      widget = child;
  if (!MOS_IS_CONVERSATION_ROW_VIEW (widget))
    return NULL;
  g_object_get (widget, "conversation", &conversation, NULL);
  if (conversation != NULL)
    g_object_unref (conversation); /* the row keeps it */
  return conversation;
}

static void
popup_at (MosConversationPane *self,
          const GdkRectangle *place)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) menu = mos_conversation_menu_new ();

      self->menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary_click_cb (MosConversationPane *self,
                       int n_press,
                       double x,
                       double y,
                       GtkGesture *gesture)
{
  MosConversation *conversation = mos_conversation_pane_get_at (self, x, y);
  g_auto (GStrv) chosen = mos_conversation_pane_dup_chosen (self);
  graphene_point_t point;

  if (conversation == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self->grid), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  /* On one of those chosen the menu is about all of them. */
  if (chosen == NULL || !g_strv_contains ((const char *const *) chosen, mos_conversation_get_id (conversation)))
    mos_conversation_pane_select (self, mos_conversation_get_id (conversation));
  popup_at (self, &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
}

static void
on_primary_pressed_cb (MosConversationPane *self,
                       int n_press,
                       double x,
                       double y,
                       GtkGesture *gesture)
{
  MosConversation *conversation = mos_conversation_pane_get_at (self, x, y);

  g_set_str (&self->pressed, conversation != NULL ? mos_conversation_get_id (conversation) : NULL);
}

/* What was pressed is meant: mail that comes in meanwhile moves the rows under the pointer. */
static void
on_primary_released_cb (MosConversationPane *self,
                        int n_press,
                        double x,
                        double y,
                        GtkGesture *gesture)
{
  g_autofree char *id = g_steal_pointer (&self->pressed);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  /* With Control or Shift it is chosen besides others: GTK does that. */
  if (id != NULL && !self->choosing && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    {
      mos_conversation_pane_select (self, id);
      g_signal_emit_by_name (self, "activated", id);
    }
}

/* Dragged from among those chosen, all of them go along. */
static GdkContentProvider *
on_drag_prepare_cb (MosConversationPane *self,
                    double x,
                    double y,
                    GtkDragSource *source)
{
  MosConversation *conversation = mos_conversation_pane_get_at (self, x, y);
  g_auto (GStrv) chosen = mos_conversation_pane_dup_chosen (self);
  const char *one[] = { self->pressed, NULL };

  if (mos_drag_out_is_finger (source))
    return NULL;
  /* What the button went down on is meant: mail that comes in meanwhile moves the rows. */
  if (one[0] == NULL && conversation != NULL)
    one[0] = mos_conversation_get_id (conversation);
  if (one[0] == NULL)
    return NULL;
  if (chosen != NULL && g_strv_contains ((const char *const *) chosen, one[0]))
    return GDK_CONTENT_PROVIDER (mos_drag_out_new (self->desk, (const char *const *) chosen, FALSE));
  return GDK_CONTENT_PROVIDER (mos_drag_out_new (self->desk, one, FALSE));
}

void
mos_conversation_pane_popup_menu (MosConversationPane *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  for (guint i = 0; self->selected != NULL && i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (MosConversation) conversation = NULL;
      graphene_rect_t bounds;

      g_object_get (row, "conversation", &conversation, NULL);
      if (conversation == NULL || !g_str_equal (mos_conversation_get_id (conversation), self->selected) ||
          !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
        continue;
      popup_at (self, &(GdkRectangle) { (int) (bounds.origin.x + bounds.size.width / 2), (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
      return;
    }
}

static GtkGesture *
add_click (MosConversationPane *self,
           guint button,
           const char *signal,
           GCallback callback)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  g_signal_connect_object (gesture, signal, callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (gesture));
  return gesture;
}

void
mos_conversation_pane_init_pointer (MosConversationPane *self)
{
  GtkDragSource *source = mos_drag_out_source_new ();
  GtkGesture *click;

  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (source));
  add_click (self, GDK_BUTTON_SECONDARY, "pressed", G_CALLBACK (on_secondary_click_cb));
  click = add_click (self, GDK_BUTTON_PRIMARY, "pressed", G_CALLBACK (on_primary_pressed_cb));
  g_signal_connect_object (click, "released", G_CALLBACK (on_primary_released_cb), self, G_CONNECT_SWAPPED);
}

GMenuModel *
mos_conversation_menu_new (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/mostrador/Mostrador/ui/mos-conversation-menu.ui");

  return g_object_ref (G_MENU_MODEL (gtk_builder_get_object (builder, "conversation_menu")));
}
