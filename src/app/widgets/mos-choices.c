/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-choices.h"

#include "app/application/mos-a11y.h"
#include "app/widgets/mos-text-direction.h"

struct _MosChoices
{
  GObject parent_instance;

  GtkWidget *text;    /* (borrowed) */
  GtkWidget *popover; /* (nullable): child of the parent; %NULL after dispose */
  GtkWidget *list;
  guint n;
};

enum
{
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosChoices, mos_choices, G_TYPE_OBJECT)

static void
take (MosChoices *self,
      GtkListBoxRow *row)
{
  g_autoptr (GtkListBoxRow) kept = g_object_ref (row);

  mos_choices_close (self);
  g_signal_emit (self, signals[TAKEN], 0, g_object_get_data (G_OBJECT (kept), "data"));
}

static void
on_row_activated_cb (MosChoices *self,
                     GtkListBoxRow *row)
{
  take (self, row);
}

static void
speak (MosChoices *self,
       GtkListBoxRow *row)
{
  mos_a11y_announce (self->text, g_object_get_data (G_OBJECT (row), "name"));
}

static void
move (MosChoices *self,
      int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : by > 0 ? 0
                                                                           : (int) self->n - 1;
  GtkListBoxRow *next = index >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index) : NULL;

  if (next == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);
  speak (self, next);
}

/* --- class --- */

static void
mos_choices_dispose (GObject *object)
{
  MosChoices *self = MOS_CHOICES (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (mos_choices_parent_class)->dispose (object);
}

static void
mos_choices_class_init (MosChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_choices_dispose;

  signals[TAKEN] = g_signal_new ("taken", MOS_TYPE_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mos_choices_init (MosChoices *self)
{
}

MosChoices *
mos_choices_new (GtkWidget *parent,
                 GtkWidget *text,
                 const char *title)
{
  MosChoices *self = g_object_new (MOS_TYPE_CHOICES, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = text;
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_SINGLE);
  gtk_widget_set_focusable (self->list, FALSE);
  mos_widget_set_label (self->list, title);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_parent (self->popover, parent);
  return self;
}

void
mos_choices_clear (MosChoices *self)
{
  g_return_if_fail (MOS_IS_CHOICES (self));

  if (self->popover != NULL)
    gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  self->n = 0;
}

void
mos_choices_add (MosChoices *self,
                 const char *shown,
                 const char *description,
                 gpointer data,
                 GDestroyNotify destroy)
{
  GtkWidget *row, *box, *label;
  g_autofree char *name = NULL;

  g_return_if_fail (MOS_IS_CHOICES (self) && self->popover != NULL);
  g_return_if_fail (shown != NULL);

  row = gtk_list_box_row_new ();
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  label = gtk_label_new (shown);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), description != NULL ? 36 : 60);
  gtk_box_append (GTK_BOX (box), label);
  if (description != NULL && *description != '\0' && g_strcmp0 (description, shown) != 0)
    {
      GtkWidget *more = gtk_label_new (description);

      gtk_label_set_xalign (GTK_LABEL (more), 0);
      gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (more), 32);
      gtk_widget_add_css_class (more, "dimmed");
      gtk_box_append (GTK_BOX (box), more);
      name = g_strdup_printf ("%s, %s", shown, description);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mos_widget_set_label (row, name != NULL ? name : shown);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "data", data, destroy);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name != NULL ? name : shown), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  self->n++;
}

guint
mos_choices_get_n (MosChoices *self)
{
  g_return_val_if_fail (MOS_IS_CHOICES (self), 0);

  return self->n;
}

void
mos_choices_show (MosChoices *self,
                  gboolean select)
{
  g_return_if_fail (MOS_IS_CHOICES (self));

  if (self->popover == NULL)
    return;
  if (self->n == 0)
    {
      mos_choices_close (self);
      return;
    }
  if (select)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  else
    gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
mos_choices_close (MosChoices *self)
{
  g_return_if_fail (MOS_IS_CHOICES (self));

  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

gboolean
mos_choices_is_open (MosChoices *self)
{
  g_return_val_if_fail (MOS_IS_CHOICES (self), FALSE);

  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

void
mos_choices_point_to (MosChoices *self,
                      const GdkRectangle *place)
{
  g_return_if_fail (MOS_IS_CHOICES (self));

  if (self->popover != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), place);
}

gboolean
mos_choices_take_key (MosChoices *self,
                      guint keyval,
                      GdkModifierType state)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (MOS_IS_CHOICES (self), FALSE);

  if (!mos_choices_is_open (self) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return TRUE;
    case GDK_KEY_Escape:
      mos_choices_close (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (row != NULL)
        take (self, row);
      else
        mos_choices_close (self);
      return row != NULL;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      if (row == NULL)
        row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
      if (row == NULL)
        return FALSE;
      take (self, row);
      return TRUE;
    default:
      return FALSE;
    }
}
