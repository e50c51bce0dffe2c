/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The pictures of a message, large; and where a link leads before it is opened. */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-link-status.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-picture-dialog.h"

#include <adwaita.h>
#include <string.h>

static GBytes *
make_png (int width,
          int height)
{
  g_autofree guchar *pixels = g_malloc0 ((gsize) width * height * 4);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (int i = 0; i < width * height; i++)
    pixels[4 * i + 3] = 0xff;
  bytes = g_bytes_new (pixels, (gsize) width * height * 4);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
  return gdk_texture_save_to_png_bytes (texture);
}

static MosAttachment *
make_attachment (const char *name,
                 const char *type,
                 GBytes *data)
{
  MosAttachment *attachment = mos_fixture_attachment (name, type, g_bytes_get_size (data));

  g_free (attachment->sha256);
  attachment->sha256 = g_strdup_printf ("sha-%s", name);
  g_clear_pointer (&attachment->data, g_bytes_unref);
  attachment->data = data;
  return attachment;
}

static GtkWidget *
find_button (GtkWidget *widget,
             const char *label)
{
  return mos_fixture_find (widget, GTK_TYPE_BUTTON, label);
}

static GtkWidget *
find_toolbar (GtkWidget *dialog)
{
  return mos_fixture_find (dialog, ADW_TYPE_TOOLBAR_VIEW, NULL);
}

/* As a key does. Returns: whether it was taken */
static gboolean
press (GtkWidget *dialog,
       guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (find_toolbar (dialog));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    }
  return taken;
}

static void
test_viewer (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "See the pictures");
  g_autoptr (MosMessage) message = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *bubble, *chip, *dialog, *picture;
  guint8 claims[64] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0";

  g_ptr_array_add (row->attachments, make_attachment ("terms.pdf", "application/pdf", g_bytes_new_static ("x", 1)));
  g_ptr_array_add (row->attachments, make_attachment ("box.png", "image/png", make_png (300, 200)));
  g_ptr_array_add (row->attachments, make_attachment ("huge.png", "image/png", g_bytes_new (claims, sizeof claims)));
  g_ptr_array_add (row->attachments, make_attachment ("drawing.svg", "image/svg+xml", g_bytes_new_static ("<svg/>", 6)));
  g_ptr_array_add (row->attachments, make_attachment ("label.jpg", "image/jpeg", make_png (40, 5000)));
  message = mos_fixture_message (row);
  bubble = mos_message_bubble_new (NULL, message);
  mos_message_bubble_set_expanded (MOS_MESSAGE_BUBBLE (bubble), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  adw_window_set_content (ADW_WINDOW (window), bubble);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  /* As Return on the chip does. */
  chip = gtk_widget_get_ancestor (mos_fixture_find_text (bubble, "box.png"), MOS_TYPE_ATTACHMENT_CHIP);
  gtk_widget_activate (gtk_widget_get_ancestor (mos_fixture_find_text (bubble, "box.png"), GTK_TYPE_BUTTON));
  g_assert_nonnull (chip);
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) != NULL, 10000);
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (window)));
  mos_test_wait (mos_fixture_find_text (dialog, "1 of 3 · \u2068300 × 200\u2069") != NULL, 10000);
  mos_test_wait (mos_fixture_find (dialog, GTK_TYPE_PICTURE, NULL) != NULL, 10000);
  picture = mos_fixture_find (dialog, GTK_TYPE_PICTURE, NULL);
  g_assert_cmpstr (gtk_picture_get_alternative_text (GTK_PICTURE (picture)), ==, "Picture box.png");
  g_assert_nonnull (mos_fixture_find_text (dialog, "Fit"));
  g_assert_false (gtk_widget_get_sensitive (find_button (dialog, "Previous picture")));
  /* The arrows move it, however long it took to come. */
  mos_test_wait (GTK_IS_SCROLLED_WINDOW (gtk_window_get_focus (GTK_WINDOW (window))), 10000);
  g_assert_true (gtk_widget_is_ancestor (picture, gtk_window_get_focus (GTK_WINDOW (window))));

  /* While all of it is there they go to the next one; not where there is none. */
  g_assert_true (press (dialog, GDK_KEY_Right));
  mos_test_wait (mos_fixture_find_text (dialog, "2 of 3") != NULL, 10000);
  g_assert_true (press (dialog, GDK_KEY_Left));
  mos_test_wait (mos_fixture_find_text (dialog, "1 of 3 · \u2068300 × 200\u2069") != NULL, 10000);
  g_assert_false (press (dialog, GDK_KEY_Up));
  gtk_widget_set_direction (find_toolbar (dialog), GTK_TEXT_DIR_RTL);
  g_assert_true (press (dialog, GDK_KEY_Left));
  mos_test_wait (mos_fixture_find_text (dialog, "2 of 3") != NULL, 10000);
  g_assert_true (press (dialog, GDK_KEY_Right));
  gtk_widget_set_direction (find_toolbar (dialog), GTK_TEXT_DIR_LTR);
  mos_test_wait (mos_fixture_find_text (dialog, "1 of 3 · \u2068300 × 200\u2069") != NULL, 10000);

  /* Larger, its own size, as it fits. */
  gtk_widget_activate_action (dialog, "picture.zoom-toggle", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "100%"));
  gtk_widget_activate_action (dialog, "picture.zoom-in", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "125%"));
  mos_test_wait (gtk_widget_get_width (picture) >= 375 && gtk_widget_get_width (picture) < 400, 10000);
  for (guint i = 0; i < 100; i++)
    gtk_widget_activate_action (dialog, "picture.zoom-in", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "1600%"));
  for (guint i = 0; i < 100; i++)
    gtk_widget_activate_action (dialog, "picture.zoom-out", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "5%"));
  gtk_widget_activate_action (dialog, "picture.zoom-toggle", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "100%"));
  gtk_widget_activate_action (dialog, "picture.zoom-toggle", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "Fit"));
  gtk_widget_activate_action (dialog, "picture.zoom-in", NULL);
  gtk_widget_activate_action (dialog, "picture.zoom-fit", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "Fit"));

  /* One that claims to be larger than any memory is not decoded, and can be passed. */
  g_signal_emit_by_name (find_button (dialog, "Next picture"), "clicked");
  mos_test_wait (mos_fixture_find_text (dialog, "2 of 3") != NULL, 3000);
  mos_test_wait (gtk_widget_get_mapped (mos_fixture_find_text (dialog, "This Picture Could Not Be Shown")), 10000);
  g_assert_nonnull (mos_fixture_find_text (dialog, "huge.png"));
  gtk_widget_activate_action (dialog, "picture.next", NULL);
  mos_test_wait (mos_fixture_find_text (dialog, "3 of 3 · \u206840 × 5000\u2069") != NULL, 10000);
  gtk_widget_activate_action (dialog, "picture.next", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "label.jpg"));
  g_assert_true (gtk_widget_activate (find_button (dialog, "Previous picture")));
  mos_test_wait (mos_fixture_find_text (dialog, "2 of 3") != NULL, 10000);
  gtk_widget_activate_action (dialog, "picture.next", NULL);
  mos_test_wait (mos_fixture_find_text (dialog, "3 of 3 · \u206840 × 5000\u2069") != NULL, 10000);
  /* A tall one stays within what a widget may measure. */
  for (guint i = 0; i < 100; i++)
    gtk_widget_activate_action (dialog, "picture.zoom-in", NULL);
  g_assert_nonnull (mos_fixture_find_text (dialog, "600%"));
  gtk_widget_activate_action (dialog, "picture.copy", NULL);
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (gtk_widget_get_clipboard (dialog)), GDK_TYPE_TEXTURE));

  adw_dialog_close (ADW_DIALOG (dialog));
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) == NULL, 10000);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Closed while something is on its way. */
static void
test_closed_early (void)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  GtkWidget *window = adw_window_new ();
  GtkWidget *dialog;

  g_ptr_array_add (pictures, make_attachment ("a.png", "image/png", make_png (2000, 2000)));
  gtk_window_present (GTK_WINDOW (window));
  dialog = mos_picture_dialog_present (NULL, pictures, 0, window);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  mos_test_settle (300);
  dialog = mos_picture_dialog_present (NULL, pictures, 0, window);
  gtk_window_destroy (GTK_WINDOW (window));
  mos_test_settle (300);
}

/* One from the internet is seen large as well, and closing it brings the keyboard back. */
static void
test_only_shown (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "See the picture");
  g_autoptr (MosMessage) message = mos_fixture_message (row);
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<p><img src='https://shop.example/wool.png' alt='Wool'></p><p>Words</p>");
  g_autoptr (GBytes) bytes = make_png (600, 400);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);
  GtkWidget *window = adw_window_new ();
  GtkWidget *bubble = mos_message_bubble_new (NULL, message);
  GtkWidget *dialog, *body;

  mos_message_bubble_set_expanded (MOS_MESSAGE_BUBBLE (bubble), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 600);
  adw_window_set_content (ADW_WINDOW (window), bubble);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  body = MOS_MESSAGE_BUBBLE (bubble)->body;
  mos_body_view_set_document (MOS_BODY_VIEW (body), document);
  mos_body_view_set_image (MOS_BODY_VIEW (body), 0, texture);
  gtk_widget_grab_focus (body);
  g_signal_emit_by_name (body, "activate-image", 0);
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) != NULL, 10000);
  dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (window)));
  g_assert_nonnull (mos_fixture_find_text (dialog, "Wool"));
  g_assert_nonnull (mos_fixture_find_text (dialog, "\u2068600 × 400\u2069"));
  mos_test_wait (gtk_window_get_focus (GTK_WINDOW (window)) != body, 10000);
  adw_dialog_close (ADW_DIALOG (dialog));
  mos_test_wait (gtk_window_get_focus (GTK_WINDOW (window)) == body, 10000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_kinds (void)
{
  g_autoptr (MosAttachment) png = mos_fixture_attachment ("a.png", "image/PNG", 1);
  g_autoptr (MosAttachment) svg = mos_fixture_attachment ("a.svg", "image/svg+xml", 1);

  g_assert_true (mos_picture_is_viewable (png));
  g_assert_false (mos_picture_is_viewable (svg));
}

/* --- Links --- */

static void
test_link_markup (void)
{
  static const struct
  {
    const char *url;
    const char *begins;
  } cases[] = {
    { "https://shop.example/a?b=1&c=2", "<b>shop.example</b>" },
    /* The name before the @ is not who is asked. */
    { "https://bank.example@evil.example/", "<b>evil.example</b>" },
    { "https://bank.example.evil.example/bank.example", "<b>bank.example.evil.example</b>" },
    { "mailto:ana@shop.example", "\xe2\x81\xa8mailto:ana@shop.example" },
    { "not a link <b>", "\xe2\x81\xa8not a link &lt;b&gt;" },
  };
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autofree char *url = g_strconcat ("https://shop.example/", endless, NULL);
  g_autofree char *cut = mos_link_status_markup (url);
  g_autofree char *foreign = mos_link_status_markup ("https://xn--bcher-kva.example/");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = mos_link_status_markup (cases[i].url);

      if (!g_str_has_prefix (markup, cases[i].begins))
        g_error ("%s: %s", cases[i].url, markup);
      g_assert_true (pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, NULL));
    }
  g_assert_cmpuint (strlen (cut), <, 1000);
  g_assert_nonnull (strstr (foreign, "<b>b\xc3\xbc"
                                     "cher.example</b> (xn--bcher-kva.example)"));
}

static void
on_point_cb (GSimpleAction *action,
             GVariant *url,
             char **pointed)
{
  g_set_str (pointed, g_variant_get_string (url, NULL));
}

/* As the pointer does when it comes over the letter at @offset. */
static void
point (GtkWidget *body,
       int offset)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (body);
  GtkTextIter iter;
  GdkRectangle at;
  int x, y;

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (body)), &iter, offset);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (body), &iter, &at);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (body), GTK_TEXT_WINDOW_WIDGET, at.x + 1, at.y + at.height / 2, &x, &y);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", (double) x, (double) y);
    }
}

/* Said while it is there; a message that goes away takes it along. */
static void
test_link_pointed (void)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse ("<p><a href='https://shop.example/a'>Look</a> and <a href='https://shop.example/b'>here</a></p>");
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("point-at-link", G_VARIANT_TYPE_STRING);
  g_autofree char *pointed = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = mos_body_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (body));
  GtkTextIter iter;

  g_signal_connect (action, "activate", G_CALLBACK (on_point_cb), &pointed);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (box, "conversation", G_ACTION_GROUP (group));
  gtk_box_append (GTK_BOX (box), body);
  mos_body_view_set_document (MOS_BODY_VIEW (body), document);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  point (body, 1);
  g_assert_cmpstr (pointed, ==, "https://shop.example/a");
  /* The caret's is said as well, also while the pointer lies on words beside it. */
  gtk_widget_grab_focus (body);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 10);
  gtk_text_buffer_place_cursor (buffer, &iter);
  g_assert_cmpstr (pointed, ==, "https://shop.example/a");
  point (body, 6);
  g_assert_cmpstr (pointed, ==, "https://shop.example/b");
  gtk_box_remove (GTK_BOX (box), body);
  g_assert_cmpstr (pointed, ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/picture/viewer", test_viewer);
  g_test_add_func ("/picture/closed-early", test_closed_early);
  g_test_add_func ("/picture/only-shown", test_only_shown);
  g_test_add_func ("/picture/kinds", test_kinds);
  g_test_add_func ("/picture/link-markup", test_link_markup);
  g_test_add_func ("/picture/link-pointed", test_link_pointed);
  return g_test_run ();
}
