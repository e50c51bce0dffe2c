/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Where the keyboard is in a dialog that has just been opened. */
#include "config.h"

#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-toast-show.h"

#include "mos-test.h"

static gboolean
has_keyboard (GtkWidget *window,
              GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_focus (gconstpointer data)
{
  GtkWidget *window = adw_window_new (), *content = gtk_entry_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *cancel = gtk_button_new_with_label ("Cancel"), *entry = gtk_entry_new ();
  AdwDialog *dialog = adw_dialog_new ();

  g_test_summary ("Where the dialog wants it: in a window of any width, also once the sheet lies still");
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), GPOINTER_TO_INT (data), 600);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (gtk_widget_get_mapped (content), 5000);

  gtk_box_append (GTK_BOX (box), cancel);
  gtk_box_append (GTK_BOX (box), entry);
  adw_dialog_set_child (dialog, box);
  adw_dialog_set_focus (dialog, entry);
  mos_dialog_present (dialog, content);
  mos_test_wait (has_keyboard (window, entry), 5000);
  mos_test_settle (500);
  g_assert_true (has_keyboard (window, entry));

  /* It goes back where it was. */
  adw_dialog_close (dialog);
  mos_test_wait (has_keyboard (window, content), 5000);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A form, which takes no keyboard itself: the first of its fields has it, and what lies behind does not keep it. */
static void
test_form (void)
{
  GtkWidget *window = adw_window_new (), *content = gtk_switch_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *entry = gtk_entry_new ();
  AdwDialog *dialog = adw_dialog_new ();

  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (gtk_widget_get_mapped (content), 5000);
  gtk_widget_grab_focus (content);

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Cancel"));
  gtk_box_append (GTK_BOX (box), form);
  gtk_box_append (GTK_BOX (form), entry);
  adw_dialog_set_child (dialog, box);
  adw_dialog_set_focus (dialog, form);
  mos_dialog_present (dialog, content);
  mos_test_wait (has_keyboard (window, entry), 5000);
  mos_test_settle (500);
  g_assert_true (has_keyboard (window, entry));
  adw_dialog_close (dialog);
  mos_test_wait (has_keyboard (window, content), 5000);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The words of a toast are read whole in a narrow pane, too. */
static void
test_toast (void)
{
  GtkWidget *window = adw_window_new (), *overlay = adw_toast_overlay_new (), *content = gtk_entry_new (), *label;
  AdwToast *toast = adw_toast_new ("Blocked, and put into the quarantine");

  gtk_widget_set_valign (content, GTK_ALIGN_START);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), content);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), 312, 400);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (gtk_widget_get_width (overlay) > 0, 5000);

  adw_toast_set_button_label (toast, "_Undo");
  g_object_ref (toast);
  mos_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
  label = adw_toast_get_custom_title (toast);
  g_assert_nonnull (label);
  mos_test_wait (gtk_widget_get_mapped (label) && gtk_widget_get_height (label) > 0, 5000);
  mos_test_settle (300);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), >, 1);
  /* Nor is the button cut for it. */
  for (GtkWidget *next = gtk_widget_get_next_sibling (label); next != NULL; next = gtk_widget_get_next_sibling (next))
    if (GTK_IS_BUTTON (next) && GTK_IS_LABEL (gtk_button_get_child (GTK_BUTTON (next))))
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (next))))));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Blocked, and put into the quarantine");
  if (g_getenv ("MOS_TEST_PICTURES") != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("MOS_TEST_PICTURES"), "toast.png", NULL);
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderNode) node = NULL;
      g_autoptr (GdkTexture) texture = NULL;

      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
      node = gtk_snapshot_free_to_node (snapshot);
      texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
      gdk_texture_save_to_png (texture, path);
    }
  g_object_unref (toast);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_data_func ("/dialog/focus/wide", GINT_TO_POINTER (900), test_focus);
  g_test_add_data_func ("/dialog/focus/narrow", GINT_TO_POINTER (400), test_focus);
  g_test_add_func ("/dialog/focus/form", test_form);
  g_test_add_func ("/toast/narrow", test_toast);
  return g_test_run ();
}
