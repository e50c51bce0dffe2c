/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/widgets/mos-text-direction.h"
#include "mos-test.h"

#include <adwaita.h>

/* A window is really drawn: without this the app suite could pass on a machine that shows nothing. */
static void
test_window_is_drawn (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *button = gtk_button_new_with_label ("Press");

  adw_window_set_content (ADW_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_cmpint (gtk_widget_get_width (button), >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A button with words on it has the name that it is given, not its words. */
static void
test_name (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new_with_label ("Keep"));

  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  mos_widget_set_label (button, "Keep the lamp");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep the lamp");
  g_object_unref (button);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/display/window-is-drawn", test_window_is_drawn);
  g_test_add_func ("/display/name", test_name);
  return g_test_run ();
}
