/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-markup-tags.h"

#include "core/mail/mime/mos-markup.h"

#include <adwaita.h>
#include <string.h>

/* By this name, GtkSourceView's, libspelling knows what not to read. */
#define UNCHECKED "gtksourceview:context-classes:no-spell-check"
#define KEY "mos-markup-tags"

typedef struct
{
  GtkTextBuffer *buffer;                 /* (unowned) */
  GtkTextTag *tags[MOS_MARKUP_N_STYLES]; /* (unowned) (nullable): of the buffer's table */
  GtkTextTag *unchecked;                 /* (unowned): no words of the writer: addresses, marks, what others wrote */
  gboolean is_enabled;
} Tags;

static void
remove_tags (Tags *self,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tags); i++)
    if (self->tags[i] != NULL)
      gtk_text_buffer_remove_tag (self->buffer, self->tags[i], start, end);
  gtk_text_buffer_remove_tag (self->buffer, self->unchecked, start, end);
}

static void
style_line (Tags *self,
            int number)
{
  GtkTextIter start, end, from, to;
  g_autofree char *text = NULL;
  g_autoptr (GArray) spans = NULL;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, number);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  remove_tags (self, &start, &end);
  text = gtk_text_iter_get_slice (&start, &end);
  spans = mos_markup_scan_line (text, strlen (text));
  for (guint i = 0; i < spans->len; i++)
    {
      const MosMarkupSpan *span = &g_array_index (spans, MosMarkupSpan, i);

      from = to = start;
      gtk_text_iter_set_line_index (&from, (int) span->start);
      gtk_text_iter_set_line_index (&to, (int) span->end);
      if (self->tags[span->style] != NULL)
        gtk_text_buffer_apply_tag (self->buffer, self->tags[span->style], &from, &to);
      if (span->style == MOS_MARKUP_MARK || span->style == MOS_MARKUP_QUOTE || (span->style == MOS_MARKUP_LINK && span->outer_end == span->end))
        gtk_text_buffer_apply_tag (self->buffer, self->unchecked, &from, &to);
    }
}

static void
on_inserted_cb (GtkTextBuffer *buffer,
                GtkTextIter *end,
                const char *text,
                int length,
                Tags *self)
{
  GtkTextIter start = *end;
  int last = gtk_text_iter_get_line (end);

  if (!self->is_enabled)
    return;
  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  for (int i = gtk_text_iter_get_line (&start); i <= last; i++)
    style_line (self, i);
}

static void
on_deleted_cb (GtkTextBuffer *buffer,
               GtkTextIter *start,
               GtkTextIter *end,
               Tags *self)
{
  if (self->is_enabled)
    style_line (self, gtk_text_iter_get_line (start));
}

static void
update_colours (GtkTextBuffer *buffer)
{
  Tags *self = g_object_get_data (G_OBJECT (buffer), KEY);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  float strength = adw_style_manager_get_high_contrast (style) ? 0.8f : 0.55f;
  const GdkRGBA dimmed = { dark ? 1 : 0, dark ? 1 : 0, dark ? 1 : 0, strength };
  const GdkRGBA quoted = { dark ? 1 : 0, dark ? 1 : 0, dark ? 1 : 0, MIN (1, strength + 0.15f) };
  g_autoptr (GdkRGBA) link = NULL;

  link = adw_style_manager_get_accent_color_rgba (style);
  adw_rgba_to_standalone (link, dark, link);
  g_object_set (self->tags[MOS_MARKUP_MARK], "foreground-rgba", &dimmed, NULL);
  g_object_set (self->tags[MOS_MARKUP_QUOTE], "foreground-rgba", &quoted, NULL);
  g_object_set (self->tags[MOS_MARKUP_LINK], "foreground-rgba", link, NULL);
}

/* Every line anew. */
static void
style_all (Tags *self)
{
  GtkTextIter start, end;
  int n = gtk_text_buffer_get_line_count (self->buffer);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  remove_tags (self, &start, &end);
  for (int i = 0; self->is_enabled && i < n; i++)
    style_line (self, i);
}

void
mos_markup_tags_attach (GtkTextBuffer *buffer)
{
  Tags *self;
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (g_object_get_data (G_OBJECT (buffer), KEY) == NULL);

  self = g_new0 (Tags, 1);
  self->buffer = buffer;
  /* The later ones win. */
  self->tags[MOS_MARKUP_QUOTE] = gtk_text_buffer_create_tag (buffer, "markup-quote", NULL);
  self->tags[MOS_MARKUP_BOLD] = gtk_text_buffer_create_tag (buffer, "markup-bold", "weight", PANGO_WEIGHT_BOLD, NULL);
  self->tags[MOS_MARKUP_ITALIC] = gtk_text_buffer_create_tag (buffer, "markup-italic", "style", PANGO_STYLE_ITALIC, NULL);
  self->tags[MOS_MARKUP_LINK] = gtk_text_buffer_create_tag (buffer, "markup-link", "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->tags[MOS_MARKUP_MARK] = gtk_text_buffer_create_tag (buffer, "markup-mark", "weight", PANGO_WEIGHT_NORMAL, "style", PANGO_STYLE_NORMAL, "underline", PANGO_UNDERLINE_NONE, NULL);
  self->unchecked = gtk_text_buffer_create_tag (buffer, UNCHECKED, NULL);
  g_object_set_data_full (G_OBJECT (buffer), KEY, self, g_free);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (on_inserted_cb), self);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (on_deleted_cb), self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (update_colours), buffer, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (update_colours), buffer, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color", G_CALLBACK (update_colours), buffer, G_CONNECT_SWAPPED);
  update_colours (buffer);
}

void
mos_markup_tags_set_enabled (GtkTextBuffer *buffer,
                             gboolean enabled)
{
  Tags *self = g_object_get_data (G_OBJECT (buffer), KEY);

  g_return_if_fail (self != NULL);

  if (self->is_enabled == enabled)
    return;
  self->is_enabled = enabled;
  style_all (self);
}

void
mos_markup_tags_show_unchecked (GtkTextBuffer *buffer)
{
  Tags *self = g_object_get_data (G_OBJECT (buffer), KEY);

  g_return_if_fail (self != NULL);

  /* libspelling learns of a tag when it is added, and does not look for one that is there. */
  gtk_text_tag_table_remove (gtk_text_buffer_get_tag_table (buffer), self->unchecked);
  self->unchecked = gtk_text_buffer_create_tag (buffer, UNCHECKED, NULL);
  style_all (self);
}
