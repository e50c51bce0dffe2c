/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-source-dialog.h"

#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A text view with many megabytes of base64 helps nobody; the rest is said to be there. */
#define SHOWN_MAX_BYTES (512 * 1024)

static void
on_copy_cb (GtkButton *button,
            GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GtkTextBuffer) buffer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = mos_desk_load_raw_finish (MOS_DESK (source), result, &error);
  g_autofree char *text = NULL;
  gsize size;
  const char *data;
  GtkTextIter end;

  if (raw == NULL)
    {
      gtk_text_buffer_set_text (buffer, error->message, -1);
      return;
    }
  data = g_bytes_get_data (raw, &size);
  text = g_utf8_make_valid (data != NULL ? data : "", (gssize) MIN (size, SHOWN_MAX_BYTES));
  gtk_text_buffer_set_text (buffer, text, -1);
  if (size > SHOWN_MAX_BYTES)
    {
      g_autofree char *whole = g_format_size (size);
      /* Translators: %s is a size such as "3.4 MB". */
      g_autofree char *more = g_strdup_printf (_ ("\n\n[Only the beginning is shown. The whole message has %s.]"), whole);

      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert (buffer, &end, more, -1);
    }
}

void
mos_source_dialog_present (MosDesk *desk,
                           const char *message,
                           GtkWidget *parent)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_widget_set_direction (view, GTK_TEXT_DIR_LTR);
  mos_widget_set_label (view, _ ("Message source"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  mos_widget_set_label (copy, _ ("Copy"));
  gtk_widget_set_tooltip_text (copy, _ ("Copy"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_cb), buffer, G_CONNECT_DEFAULT);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scroller);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_title (dialog, _ ("Message Source"));
  adw_dialog_set_content_width (dialog, 820);
  adw_dialog_set_content_height (dialog, 620);
  mos_desk_load_raw_async (desk, message, NULL, on_loaded_cb, g_object_ref (buffer));
  adw_dialog_present (dialog, parent);
}
