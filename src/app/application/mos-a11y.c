/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-a11y.h"

#include "app/widgets/mos-text-direction.h"

#include <math.h>

/* Two accessibility bugs of GTK 4.18.6, repaired from outside with public API.
 *
 * 1. GTK reports a widget's border box relative to its parent's content box and
 *    then adds border boxes up, so every ancestor's border and padding (and the
 *    window's shadow) is lost: extents are 5 to 30 px off for screen magnifiers
 *    and for tests that click. What is reported here is what the summing expects.
 * 2. Items of a GtkPopoverMenu made from a GMenuModel have no accessible name:
 *    they are labelled by a label of role "presentation", which may not be named. */

static void
bounds_of_popover (GtkWidget *self,
                   GtkWidget *parent,
                   double *x,
                   double *y)
{
  GtkNative *parent_native = gtk_widget_get_native (parent);
  GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (self)));
  graphene_rect_t bounds;
  double dx, dy;

  if (!gtk_widget_compute_bounds (parent, GTK_WIDGET (parent_native), &bounds))
    return;

  gtk_native_get_surface_transform (GTK_NATIVE (self), &dx, &dy);
  *x = gdk_popup_get_position_x (popup) + dx;
  *y = gdk_popup_get_position_y (popup) + dy;
  gtk_native_get_surface_transform (parent_native, &dx, &dy);
  *x -= dx + graphene_rect_get_x (&bounds);
  *y -= dy + graphene_rect_get_y (&bounds);
}

static gboolean
get_bounds (GtkAccessible *accessible,
            int *x,
            int *y,
            int *width,
            int *height)
{
  GtkWidget *self = GTK_WIDGET (accessible);
  GtkWidget *parent = gtk_widget_get_parent (self);
  graphene_rect_t bounds, parent_bounds;
  double left = 0, top = 0;

  *x = *y = *width = *height = 0;

  if (!gtk_widget_get_realized (self))
    return FALSE;

  if (parent != NULL && !GTK_IS_NATIVE (self))
    {
      if (!gtk_widget_compute_bounds (self, parent, &bounds) ||
          !gtk_widget_compute_bounds (parent, parent, &parent_bounds))
        return TRUE;
      left = -graphene_rect_get_x (&parent_bounds);
      top = -graphene_rect_get_y (&parent_bounds);
    }
  else
    {
      if (!gtk_widget_compute_bounds (self, self, &bounds))
        return TRUE;
      if (parent != NULL)
        bounds_of_popover (self, parent, &left, &top);
      else if (GTK_IS_NATIVE (self))
        gtk_native_get_surface_transform (GTK_NATIVE (self), &left, &top);
    }

  left += graphene_rect_get_x (&bounds);
  top += graphene_rect_get_y (&bounds);
  *x = (int) floor (left);
  *y = (int) floor (top);
  *width = (int) ceil (left + graphene_rect_get_width (&bounds)) - *x;
  *height = (int) ceil (top + graphene_rect_get_height (&bounds)) - *y;
  return TRUE;
}

static void
name_model_buttons (GtkWidget *widget)
{
  gboolean is_item = g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (is_item && GTK_IS_LABEL (child) &&
          *gtk_label_get_text (GTK_LABEL (child)) != '\0' &&
          !gtk_widget_has_css_class (child, "accelerator") &&
          !g_str_equal (gtk_widget_get_css_name (child), "accelerator"))
        {
          mos_widget_set_label (widget, gtk_label_get_text (GTK_LABEL (child)));
          break;
        }
      name_model_buttons (child);
    }
}

static gboolean
on_any_map_cb (GSignalInvocationHint *hint,
               guint n_values,
               const GValue *values,
               gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_POPOVER_MENU (widget))
    name_model_buttons (widget);
  return TRUE;
}

void
mos_a11y_init (void)
{
  static gboolean done = FALSE;
  gpointer klass;
  GtkAccessibleInterface *iface;

  if (done)
    return;
  done = TRUE;

  /* The class stays referenced for the life of the program, so the patched table does too. */
  klass = g_type_class_ref (GTK_TYPE_WIDGET);
  iface = g_type_interface_peek (klass, GTK_TYPE_ACCESSIBLE);
  if (iface != NULL)
    iface->get_bounds = get_bounds;
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_any_map_cb, NULL, NULL);
}

void
mos_a11y_announce (gpointer widget,
                   const char *text)
{
  g_autoptr (GtkATContext) context = NULL;

  g_return_if_fail (GTK_IS_ACCESSIBLE (widget));

  context = gtk_accessible_get_at_context (widget);
  if (context != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (context), "GtkTestATContext"))
    gtk_accessible_announce (widget, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
