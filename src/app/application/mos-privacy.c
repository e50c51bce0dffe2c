/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-privacy.h"

#include "app/application/mos-settings.h"

#include <adwaita.h>

#define COVERED "cover-customers"
#define STYLESHEET "/org/mostrador/Mostrador/covered.css"
#define RESTYLED "mos-restyled"
#define PEEKED "mos-peeked"
#define PEEK_S 5

static gboolean is_locked = FALSE;

gboolean
mos_privacy_is_covered (void)
{
  return g_settings_get_boolean (mos_settings_get (), COVERED);
}

void
mos_privacy_set_locked (gboolean locked)
{
  is_locked = locked;
}

gboolean
mos_privacy_hides_customers (void)
{
  return is_locked || mos_privacy_is_covered ();
}

/* --- the stylesheet --- */

/* GTK 4.18 tells what was never on show nothing of a stylesheet that comes or goes: the page of a conversation, where none was opened yet, would come up as it was
 * styled before. A class that comes and goes is told to all. */
static void
restyle (GtkWidget *widget)
{
  gtk_widget_add_css_class (widget, RESTYLED);
  gtk_widget_remove_css_class (widget, RESTYLED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    restyle (child);
}

static void
on_covered_cb (GdkDisplay *display)
{
  static GtkCssProvider *provider = NULL;
  g_autoptr (GList) windows = NULL;

  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (provider, STYLESHEET);
    }
  if (mos_privacy_is_covered ())
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_USER);
  else
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
  windows = gtk_window_list_toplevels ();
  for (GList *each = windows; each != NULL; each = each->next)
    restyle (each->data);
}

void
mos_privacy_follow (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  g_signal_connect_object (mos_settings_get (), "changed::" COVERED, G_CALLBACK (on_covered_cb), display, G_CONNECT_SWAPPED);
  on_covered_cb (display);
}

/* --- peeking --- */

/* What draws itself is not told by the style, and keeps what it drew. */
static void
redraw (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    redraw (child);
}

static gboolean
on_over_cb (gpointer user_data)
{
  GtkWidget *widget = user_data;

  gtk_widget_remove_css_class (widget, PEEKED);
  redraw (widget);
  return G_SOURCE_REMOVE;
}

/* The smallest thing that is read as a whole: a row, a message, a chip. Of a page as a whole nothing is shown. */
static GtkWidget *
find_whole (GtkWidget *widget)
{
  static const char *const wholes[] = { "row", "message", "composer", "addresses", "attachment", NULL };

  for (GtkWidget *each = widget; each != NULL && !GTK_IS_ROOT (each); each = gtk_widget_get_parent (each))
    if (g_strv_contains (wholes, gtk_widget_get_css_name (each)))
      return each;
  return widget;
}

static GtkWidget *
find_under_pointer (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (window)));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  double x, y, dx, dy;

  if (pointer == NULL || surface == NULL || !gdk_surface_get_device_position (surface, pointer, &x, &y, NULL))
    return NULL;
  gtk_native_get_surface_transform (GTK_NATIVE (window), &dx, &dy);
  return gtk_widget_pick (GTK_WIDGET (window), x - dx, y - dy, GTK_PICK_DEFAULT);
}

gboolean
mos_privacy_peek (GtkWindow *window)
{
  GtkWidget *found;

  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  found = find_under_pointer (window);
  if (found == NULL || found == GTK_WIDGET (window))
    found = gtk_window_get_focus (window);
  if (found == NULL || !mos_privacy_is_covered ())
    return FALSE;
  found = find_whole (found);
  gtk_widget_add_css_class (found, PEEKED);
  redraw (found);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PEEK_S, on_over_cb, g_object_ref (found), g_object_unref);
  return TRUE;
}

gboolean
mos_privacy_is_peeked (GtkWidget *widget)
{
  for (GtkWidget *each = widget; each != NULL; each = gtk_widget_get_parent (each))
    if (gtk_widget_has_css_class (each, PEEKED))
      return TRUE;
  return FALSE;
}
