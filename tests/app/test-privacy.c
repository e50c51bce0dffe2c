/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* While the screen is shared, customers are covered wherever they come up, on a page that was never opened before as well. */
#include "config.h"

#include "app/application/mos-privacy.h"
#include "app/application/mos-settings.h"

#include "mos-test.h"

#include <adwaita.h>

typedef struct
{
  GtkWidget *window;
  GtkStack *pages; /* "empty", which is on show, and "customer" with a name */
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  GtkWidget *name = gtk_label_new ("Dani Robles");

  gtk_widget_add_css_class (name, "mos-private");
  f->window = gtk_window_new ();
  f->pages = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (f->pages, gtk_label_new ("No Customer"), "empty");
  gtk_stack_add_named (f->pages, name, "customer");
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->pages));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 300, 200);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_test_settle (200);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  g_settings_reset (mos_settings_get (), "cover-customers");
  gtk_window_destroy (GTK_WINDOW (f->window));
}

/* Whether anything of the window is drawn blurred, once this page is on show */
static gboolean
is_blurred (Fixture *f,
            const char *page)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (f->window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) text = NULL;

  gtk_stack_set_visible_child_name (f->pages, page);
  mos_test_settle (200);
  gdk_paintable_snapshot (paintable, snapshot, 300, 200);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  text = gsk_render_node_serialize (node);
  return g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), "blur {") != NULL;
}

static void
cover (gboolean is_covered)
{
  g_settings_set_boolean (mos_settings_get (), "cover-customers", is_covered);
  mos_test_settle (200);
}

static void
test_never_shown (Fixture *f,
                  gconstpointer data)
{
  cover (TRUE);
  g_assert_false (is_blurred (f, "empty"));
  g_assert_true (is_blurred (f, "customer"));
  cover (FALSE);
  g_assert_false (is_blurred (f, "customer"));
}

static void
test_hidden_since (Fixture *f,
                   gconstpointer data)
{
  g_assert_false (is_blurred (f, "customer"));
  g_assert_false (is_blurred (f, "empty"));
  cover (TRUE);
  g_assert_true (is_blurred (f, "customer"));
  g_assert_false (is_blurred (f, "empty"));
  cover (FALSE);
  g_assert_false (is_blurred (f, "customer"));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  mos_privacy_follow (gdk_display_get_default ());
  g_test_add ("/privacy/never-shown", Fixture, NULL, set_up, test_never_shown, tear_down);
  g_test_add ("/privacy/hidden-since", Fixture, NULL, set_up, test_hidden_since, tear_down);
  return g_test_run ();
}
