/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-pane-private.h"

#include "app/inbox/mos-conversation-row-view.h"
#include "app/inbox/mos-section-text.h"

/* What stands in the list: a row, and above the first one of each section its heading.
 *
 * The list is a GtkGridView of one column: it keeps some thirty rows alive, where a GtkListView keeps two hundred of
 * which a window shows twelve, and makes all of them anew at each jump, sort and filter. What a grid lacks is done
 * here: the headings, the words for who reads the screen, and that the arrows aside go nowhere. */

static void
on_gone_cb (gpointer user_data,
            GObject *object)
{
  g_ptr_array_remove_fast (user_data, object);
}

/* @objects: of borrowed ones, as long as they live */
static void
keep (GPtrArray *objects,
      gpointer object)
{
  g_ptr_array_add (objects, object);
  g_object_weak_ref (object, on_gone_cb, objects);
}

static void
let_go (GPtrArray *objects,
        gpointer object)
{
  if (g_ptr_array_remove_fast (objects, object))
    g_object_weak_unref (object, on_gone_cb, objects);
}

static void
let_all_go (GPtrArray *objects /* (transfer full) */)
{
  for (guint i = 0; i < objects->len; i++)
    g_object_weak_unref (g_ptr_array_index (objects, i), on_gone_cb, objects);
  g_ptr_array_unref (objects);
}

/* The child of @item is a row, or a box of a heading and a row. */
static MosConversationRowView *
row_of (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  return MOS_CONVERSATION_ROW_VIEW (GTK_IS_BOX (child) ? gtk_widget_get_last_child (child) : child);
}

/* --- headings --- */

/* A heading is nothing that can be chosen: what is pressed on it stays there. */
static void
on_heading_pressed_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static GtkWidget *
heading_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "mos-section");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_heading_pressed_cb), NULL);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));
  return label;
}

/* @text: (nullable): no heading; few rows have one, and each widget more costs whenever the list jumps */
static void
set_heading (GtkListItem *item,
             const char *text)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autoptr (GtkWidget) row = g_object_ref (GTK_WIDGET (row_of (item)));

  if (text == NULL && !GTK_IS_BOX (child))
    return;
  if (text == NULL)
    {
      gtk_box_remove (GTK_BOX (child), row);
      gtk_list_item_set_child (item, row);
    }
  else if (!GTK_IS_BOX (child))
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_list_item_set_child (item, NULL);
      gtk_box_append (GTK_BOX (box), heading_new ());
      gtk_box_append (GTK_BOX (box), row);
      gtk_list_item_set_child (item, box);
    }
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (item))), text);
  gtk_list_item_set_accessible_description (item, text != NULL ? text : "");
}

static void
update_header (MosConversationPane *self,
               GtkListItem *item)
{
  MosViewGrouping grouping = mos_conversation_list_get_look (self->list)->grouping;
  guint position = gtk_list_item_get_position (item), start = 0, end;
  g_autofree char *text = NULL;

  if (grouping != MOS_GROUPING_NONE && position < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    {
      gint64 section = mos_conversation_list_get_section (self->list, position, &start, &end);

      if (start == position)
        text = mos_section_text (grouping, section, g_get_real_time (), NULL);
    }
  set_heading (item, text);
}

void
mos_conversation_pane_update_headers (MosConversationPane *self)
{
  for (guint i = 0; i < self->items->len; i++)
    update_header (self, g_ptr_array_index (self->items, i));
}

static void
on_position_cb (MosConversationPane *self,
                GParamSpec *pspec,
                GtkListItem *item)
{
  if (gtk_list_item_get_item (item) != NULL)
    update_header (self, item);
}

/* --- rows --- */

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem *item,
             MosConversationPane *self)
{
  GtkWidget *row = mos_conversation_row_view_new (self->list);

  keep (self->rows, row);
  keep (self->items, item);
  gtk_list_item_set_child (item, row);
  g_object_bind_property (row, "label", item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "selected", row, "checked", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (item, "notify::position", G_CALLBACK (on_position_cb), self, G_CONNECT_SWAPPED);
  mos_conversation_row_view_set_choosing (MOS_CONVERSATION_ROW_VIEW (row), self->choosing);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem *item,
            MosConversationPane *self)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));

  /* Once, before anybody looks: what is a cell to a grid is an item of a list. */
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (cell)) != GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    g_object_set (cell, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  mos_conversation_row_view_set_conversation (row_of (item), gtk_list_item_get_item (item));
  update_header (self, item);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory,
              GtkListItem *item,
              MosConversationPane *self)
{
  mos_conversation_row_view_set_conversation (row_of (item), NULL);
}

static void
on_teardown_cb (GtkSignalListItemFactory *factory,
                GtkListItem *item,
                MosConversationPane *self)
{
  if (gtk_list_item_get_child (item) != NULL)
    let_go (self->rows, row_of (item));
  let_go (self->items, item);
}

void
mos_conversation_pane_refresh_rows (MosConversationPane *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    mos_conversation_row_view_refresh (g_ptr_array_index (self->rows, i));
}

/* To a grid the next column is the next item: there is no next column. With Alt or Super it is none of the grid's keys. */
static gboolean
on_key_cb (MosConversationPane *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  gboolean is_aside = key == GDK_KEY_Left || key == GDK_KEY_Right || key == GDK_KEY_KP_Left || key == GDK_KEY_KP_Right;

  return is_aside && (state & gtk_accelerator_get_default_mod_mask () & ~(GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
mos_conversation_pane_init_rows (MosConversationPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  self->items = g_ptr_array_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind_cb), self, 0);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (on_teardown_cb), self, 0);
  gtk_grid_view_set_factory (self->grid, factory);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
}

void
mos_conversation_pane_finish_rows (MosConversationPane *self)
{
  let_all_go (self->rows);
  let_all_go (self->items);
}
