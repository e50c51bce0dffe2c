/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-source-dialog.h"

#include "app/conversation/mos-print.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include "core/mail/mime/mos-mime-head.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A text view with many megabytes of base64 helps nobody; the rest is said to be there. */
#define SHOWN_MAX_BYTES (512 * 1024)

static void
on_copy_cb (GtkButton *button,
            AdwViewStack *stack)
{
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (adw_view_stack_get_visible_child (stack)), "buffer");
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

typedef struct
{
  GtkTextBuffer *source;  /* (owned) */
  GtkTextBuffer *headers; /* (owned) */
} Pages;

static void
pages_free (Pages *pages)
{
  g_object_unref (pages->source);
  g_object_unref (pages->headers);
  g_free (pages);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pages, pages_free)

static void
show_headers (GtkTextBuffer *buffer,
              GBytes *raw)
{
  g_autoptr (GPtrArray) headers = mos_mime_list_headers (raw);
  GtkTextIter end;

  gtk_text_buffer_create_tag (buffer, "name", "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "field", "pixels-below-lines", 4, "indent", -24, NULL);
  gtk_text_buffer_get_end_iter (buffer, &end);
  for (guint i = 0; i < headers->len; i++)
    {
      MosMimeHeader *header = headers->pdata[i];

      if (i > 0)
        gtk_text_buffer_insert (buffer, &end, "\n", 1);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, header->name, -1, "name", "field", NULL);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, ": ", -1, "name", "field", NULL);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, header->value, -1, "field", NULL);
    }
}

static void
on_loaded_cb (GObject *object,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Pages) pages = user_data;
  GtkTextBuffer *buffer = pages->source;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = mos_desk_load_raw_finish (MOS_DESK (object), result, &error);
  g_autofree char *text = NULL;
  gsize size;
  const char *data;
  GtkTextIter end;

  if (raw == NULL)
    {
      gtk_text_buffer_set_text (buffer, error->message, -1);
      gtk_text_buffer_set_text (pages->headers, error->message, -1);
      return;
    }
  show_headers (pages->headers, raw);
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

static GtkTextBuffer *
add_page (AdwViewStack *stack,
          const char *name,
          const char *title,
          const char *icon,
          const char *label,
          gboolean is_source)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  AdwViewStackPage *page;

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), is_source);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), is_source ? GTK_WRAP_CHAR : GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_widget_set_direction (view, GTK_TEXT_DIR_LTR);
  mos_widget_set_label (view, label);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  page = adw_view_stack_add_titled (stack, scroller, name, title);
  adw_view_stack_page_set_icon_name (page, icon);
  g_object_set_data (G_OBJECT (scroller), "buffer", gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static void
on_save_cb (GtkButton *button,
            MosDesk *desk)
{
  MosMessageRow *row = g_object_get_data (G_OBJECT (button), "row");

  mos_print_save_mail (GTK_WIDGET (button), desk, row);
}

void
mos_source_dialog_present (MosDesk *desk,
                           MosMessageRow *row,
                           GtkWidget *parent)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");
  GtkWidget *stack = adw_view_stack_new ();
  GtkWidget *switcher = adw_view_switcher_new ();
  Pages *pages = g_new0 (Pages, 1);

  pages->headers = g_object_ref (add_page (ADW_VIEW_STACK (stack), "headers", C_ ("mail", "Headers"), "view-list-symbolic", _ ("All headers"), FALSE));
  pages->source = g_object_ref (add_page (ADW_VIEW_STACK (stack), "source", C_ ("mail", "Source"), "text-x-generic-symbolic", _ ("Message source"), TRUE));
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (stack));
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_SWITCHER_POLICY_WIDE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  mos_widget_set_label (copy, _ ("Copy"));
  gtk_widget_set_tooltip_text (copy, _ ("Copy"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_cb), stack, G_CONNECT_DEFAULT);
  mos_widget_set_label (save, _ ("Save as Mail File…"));
  gtk_widget_set_tooltip_text (save, _ ("Save as Mail File…"));
  g_object_set_data_full (G_OBJECT (save), "row", mos_message_row_ref (row), (GDestroyNotify) mos_message_row_unref);
  g_signal_connect_object (save, "clicked", G_CALLBACK (on_save_cb), desk, G_CONNECT_DEFAULT);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), save);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), stack);
  adw_dialog_set_child (dialog, toolbar);
  adw_dialog_set_title (dialog, _ ("Headers and Source"));
  adw_dialog_set_content_width (dialog, 820);
  adw_dialog_set_content_height (dialog, 620);
  mos_desk_load_raw_async (desk, row->id, NULL, on_loaded_cb, pages);
  mos_dialog_present (dialog, parent);
}
