/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-html-buffer.h"

#include "core/base/mos-domain.h"

#include "app/widgets/mos-text-direction.h"

#include <string.h>

/* Wider tables are set as lines: a grid that wraps cannot be read. In characters. */
#define TABLE_MAX_WIDTH 76
#define TABLE_MAX_ROWS 200
#define COLUMN_GAP_PX 24
#define INDENT_PX 24
#define QUOTE_PX 14

typedef struct
{
  GtkTextBuffer *buffer;
  const MosHtmlDocument *document;
  PangoContext *context;
  GArray *links;
  MosBodyImageFunc image_func;
  gpointer user_data;
  gboolean gap_waits; /* a cell ended in a table that is set as lines */
} Writer;

/* --- Tags: made when first used, most mails need two --- */

static GtkTextTag *
look_up (GtkTextBuffer *buffer,
         const char *name)
{
  return gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
}

static GtkTextTag *
span_tag (GtkTextBuffer *buffer,
          MosHtmlSpanFlags flag)
{
  const char *name = flag == MOS_HTML_SPAN_BOLD ? "bold" : flag == MOS_HTML_SPAN_ITALIC  ? "italic"
                                                       : flag == MOS_HTML_SPAN_UNDERLINE ? "underline"
                                                       : flag == MOS_HTML_SPAN_STRIKE    ? "strike"
                                                                                         : "code";
  GtkTextTag *tag = look_up (buffer, name);

  if (tag != NULL)
    return tag;
  tag = gtk_text_buffer_create_tag (buffer, name, NULL);
  switch (flag)
    {
    case MOS_HTML_SPAN_BOLD:
      g_object_set (tag, "weight", PANGO_WEIGHT_BOLD, NULL);
      break;
    case MOS_HTML_SPAN_ITALIC:
      g_object_set (tag, "style", PANGO_STYLE_ITALIC, NULL);
      break;
    case MOS_HTML_SPAN_UNDERLINE:
      g_object_set (tag, "underline", PANGO_UNDERLINE_SINGLE, NULL);
      break;
    case MOS_HTML_SPAN_STRIKE:
      g_object_set (tag, "strikethrough", TRUE, NULL);
      break;
    case MOS_HTML_SPAN_CODE:
    default:
      g_object_set (tag, "family", "monospace", NULL);
      break;
    }
  return tag;
}

static GtkTextTag *
plain_tag (GtkTextBuffer *buffer,
           const char *name,
           const char *property,
           int value)
{
  GtkTextTag *tag = look_up (buffer, name);

  return tag != NULL ? tag : gtk_text_buffer_create_tag (buffer, name, property, value, NULL);
}

static GtkTextTag *
color_tag (GtkTextBuffer *buffer,
           const char *name)
{
  GtkTextTag *tag = look_up (buffer, name);
  GdkRGBA *rgba;

  if (tag != NULL)
    return tag;
  tag = gtk_text_buffer_create_tag (buffer, name, NULL);
  if (g_str_equal (name, "link"))
    g_object_set (tag, "underline", PANGO_UNDERLINE_SINGLE, "insert-hyphens", FALSE, NULL);
  rgba = g_object_get_data (G_OBJECT (buffer), name);
  if (rgba != NULL)
    g_object_set (tag, "foreground-rgba", rgba, NULL);
  return tag;
}

static GtkTextTag *
margin_tag (GtkTextBuffer *buffer,
            const MosHtmlBlock *block,
            gboolean rtl)
{
  int margin = (int) (MIN (block->quote_depth, 6) * QUOTE_PX + MIN (block->list_depth, 8) * INDENT_PX);
  gboolean hangs = block->kind == MOS_HTML_LIST_ITEM && block->marker != NULL;
  g_autofree char *name = NULL;
  GtkTextTag *tag;

  if (margin == 0)
    return NULL;
  name = g_strdup_printf ("margin-%d-%s-%s", margin, hangs ? "hang" : "block", rtl ? "rtl" : "ltr");
  tag = look_up (buffer, name);
  if (tag == NULL)
    {
      /* A text tag's margins are physical; the start of a right-to-left paragraph is its right side. */
      tag = gtk_text_buffer_create_tag (buffer, name, rtl ? "right-margin" : "left-margin", margin, NULL);
      if (hangs)
        g_object_set (tag, "indent", -16, NULL);
    }
  return tag;
}

static GtkTextTag *
heading_tag (GtkTextBuffer *buffer,
             guint level)
{
  static const double scales[] = { 1.4, 1.25, 1.15, 1.05, 1.0, 1.0 };
  guint i = CLAMP (level, 1, 6) - 1;
  g_autofree char *name = g_strdup_printf ("heading-%u", i + 1);
  GtkTextTag *tag = look_up (buffer, name);

  return tag != NULL ? tag : gtk_text_buffer_create_tag (buffer, name, "weight", PANGO_WEIGHT_BOLD, "scale", scales[i], NULL);
}

/* --- Writing --- */

static void
insert_piece (Writer *self,
              GtkTextIter *iter,
              const char *start,
              const char *end,
              const char *cell_gap)
{
  if (start == end)
    return;
  /* The gap waits for a cell that has words, so that empty cells leave no row of dots. */
  if (self->gap_waits && !gtk_text_iter_starts_line (iter))
    gtk_text_buffer_insert (self->buffer, iter, cell_gap, -1);
  self->gap_waits = FALSE;
  gtk_text_buffer_insert (self->buffer, iter, start, (int) (end - start));
}

static void
insert_segment (Writer *self,
                GtkTextIter *iter,
                const char *text,
                gsize len,
                const char *cell_gap)
{
  const char *start = text;
  const char *end = text + len;

  /* Cells are parted by tabs; a table that is set as lines shows something readable instead. */
  for (const char *p = start; cell_gap != NULL && p < end; p++)
    {
      if (*p != '\t' && *p != '\n')
        continue;
      insert_piece (self, iter, start, p, cell_gap);
      if (*p == '\n')
        gtk_text_buffer_insert (self->buffer, iter, " ", 1);
      else
        self->gap_waits = TRUE;
      start = p + 1;
    }
  insert_piece (self, iter, start, end, cell_gap);
}

static void
insert_span (Writer *self,
             GtkTextIter *iter,
             const MosHtmlBlock *block,
             const MosHtmlSpan *span,
             const char *cell_gap)
{
  static const MosHtmlSpanFlags flags[] = { MOS_HTML_SPAN_BOLD, MOS_HTML_SPAN_ITALIC, MOS_HTML_SPAN_UNDERLINE, MOS_HTML_SPAN_STRIKE, MOS_HTML_SPAN_CODE };
  GtkTextIter start;
  int from;

  /* Before the link begins, not as its first letters. */
  if (self->gap_waits && block->text[span->start] != '\t')
    {
      if (!gtk_text_iter_starts_line (iter))
        gtk_text_buffer_insert (self->buffer, iter, cell_gap, -1);
      self->gap_waits = FALSE;
    }
  from = gtk_text_iter_get_offset (iter);

  if (span->image >= 0 && (guint) span->image < self->document->images->len)
    {
      const MosHtmlImage *image = g_ptr_array_index (self->document->images, span->image);

      if (self->image_func != NULL)
        self->image_func (self->buffer, iter, (guint) span->image, self->user_data);
      else
        gtk_text_buffer_insert (self->buffer, iter, image->alt, -1);
    }
  else
    insert_segment (self, iter, block->text + span->start, span->end - span->start, cell_gap);

  if (gtk_text_iter_get_offset (iter) == from)
    return;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, from);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (span->flags & flags[i])
      gtk_text_buffer_apply_tag (self->buffer, span_tag (self->buffer, flags[i]), &start, iter);
  if (span->href != NULL)
    {
      MosBodyLink link = { from, gtk_text_iter_get_offset (iter), span->href };

      gtk_text_buffer_apply_tag (self->buffer, color_tag (self->buffer, "link"), &start, iter);
      g_array_append_val (self->links, link);
    }
}

static void
insert_text (Writer *self,
             GtkTextIter *iter,
             const MosHtmlBlock *block,
             const char *cell_gap)
{
  gsize len = strlen (block->text);
  guint at = 0;

  for (guint i = 0; block->spans != NULL && i < block->spans->len; i++)
    {
      const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, i);

      if (span->start < at || span->end > len)
        continue;
      if (span->start > at)
        insert_segment (self, iter, block->text + at, span->start - at, cell_gap);
      insert_span (self, iter, block, span, cell_gap);
      at = span->end;
    }
  if (at < len)
    insert_segment (self, iter, block->text + at, len - at, cell_gap);
}

static gboolean
block_is_rtl (const MosHtmlBlock *block)
{
  if (block->direction != MOS_HTML_DIRECTION_AUTO)
    return block->direction == MOS_HTML_DIRECTION_RTL;
  return mos_text_direction (block->text) == GTK_TEXT_DIR_RTL;
}

static void
begin_line (Writer *self,
            GtkTextIter *iter)
{
  gtk_text_buffer_get_end_iter (self->buffer, iter);
  if (gtk_text_buffer_get_char_count (self->buffer) > 0)
    gtk_text_buffer_insert (self->buffer, iter, "\n", 1);
}

/* What holds for the whole block: its margins, its direction, the gap above it. */
static void
finish_block (Writer *self,
              GtkTextIter *iter,
              int from,
              const MosHtmlBlock *block,
              gboolean first)
{
  gboolean rtl = block_is_rtl (block);
  GtkTextTag *margin = margin_tag (self->buffer, block, rtl);
  GtkTextIter start, line_end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, from);
  if (margin != NULL)
    gtk_text_buffer_apply_tag (self->buffer, margin, &start, iter);
  if (block->direction != MOS_HTML_DIRECTION_AUTO)
    gtk_text_buffer_apply_tag (self->buffer, plain_tag (self->buffer, rtl ? "rtl" : "ltr", "direction", rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR), &start, iter);
  if (block->quote_depth > 0 || block->is_quoted || block->is_signature)
    gtk_text_buffer_apply_tag (self->buffer, color_tag (self->buffer, "quote"), &start, iter);
  if (block->kind == MOS_HTML_HEADING)
    gtk_text_buffer_apply_tag (self->buffer, heading_tag (self->buffer, block->level), &start, iter);
  if (block->kind == MOS_HTML_PREFORMATTED)
    gtk_text_buffer_apply_tag (self->buffer, span_tag (self->buffer, MOS_HTML_SPAN_CODE), &start, iter);
  if (block->space_before && !first)
    {
      /* Only the first line: a forced line break within a paragraph must not open a gap. */
      line_end = start;
      if (!gtk_text_iter_ends_line (&line_end))
        gtk_text_iter_forward_to_line_end (&line_end);
      gtk_text_buffer_apply_tag (self->buffer, plain_tag (self->buffer, "gap", "pixels-above-lines", 9), &start, &line_end);
    }
}

static void
append_block (Writer *self,
              const MosHtmlBlock *block,
              const char *cell_gap)
{
  gboolean first = gtk_text_buffer_get_char_count (self->buffer) == 0;
  GtkTextIter iter, start;
  int from;

  begin_line (self, &iter);
  self->gap_waits = FALSE;
  from = gtk_text_iter_get_offset (&iter);
  if (block->kind == MOS_HTML_RULE)
    {
      gtk_text_buffer_insert (self->buffer, &iter, "\xE2\x80\x95\xE2\x80\x95\xE2\x80\x95\xE2\x80\x95\xE2\x80\x95\xE2\x80\x95", -1);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, from);
      gtk_text_buffer_apply_tag (self->buffer, color_tag (self->buffer, "quote"), &start, &iter);
    }
  else
    {
      if (block->kind == MOS_HTML_LIST_ITEM && block->marker != NULL)
        {
          gtk_text_buffer_insert (self->buffer, &iter, block->marker, -1);
          gtk_text_buffer_insert (self->buffer, &iter, " ", 1);
        }
      insert_text (self, &iter, block, cell_gap);
    }
  finish_block (self, &iter, from, block, first);
}

/* --- Tables --- */

static int
text_width (PangoLayout *layout,
            const char *text,
            gsize len)
{
  int width;

  pango_layout_set_text (layout, text, (int) len);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* Returns: (nullable): tab stops when rows @from to @to stand well as columns */
static PangoTabArray *
table_tabs (Writer *self,
            guint from,
            guint to)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree int *widths = NULL;
  g_autofree glong *chars = NULL;
  PangoTabArray *tabs;
  guint n_columns = 0;
  glong total = 0;
  int position = 0;

  if (self->context == NULL || to - from > TABLE_MAX_ROWS)
    return NULL;
  for (guint i = from; i < to; i++)
    {
      const MosHtmlBlock *row = g_ptr_array_index (self->document->blocks, i);

      if (strchr (row->text, '\n') != NULL)
        return NULL;
      n_columns = MAX (n_columns, row->n_cells);
    }
  if (n_columns < 2 || n_columns > 12)
    return NULL;

  widths = g_new0 (int, n_columns);
  chars = g_new0 (glong, n_columns);
  layout = pango_layout_new (self->context);
  for (guint i = from; i < to; i++)
    {
      const MosHtmlBlock *row = g_ptr_array_index (self->document->blocks, i);
      const char *cell = row->text;

      for (guint c = 0; c < n_columns && cell != NULL; c++)
        {
          const char *end = strchrnul (cell, '\t');
          glong n = g_utf8_strlen (cell, end - cell);

          if (n > TABLE_MAX_WIDTH)
            return NULL;
          chars[c] = MAX (chars[c], n);
          widths[c] = MAX (widths[c], text_width (layout, cell, (gsize) (end - cell)));
          cell = *end == '\t' ? end + 1 : NULL;
        }
    }
  for (guint c = 0; c < n_columns; c++)
    total += chars[c] + 2;
  if (total > TABLE_MAX_WIDTH)
    return NULL;

  tabs = pango_tab_array_new ((int) n_columns - 1, TRUE);
  for (guint c = 0; c + 1 < n_columns; c++)
    {
      /* Bold cells are a little wider than they were measured. */
      position += widths[c] + widths[c] / 12 + COLUMN_GAP_PX;
      pango_tab_array_set_tab (tabs, (int) c, PANGO_TAB_LEFT, position);
    }
  return tabs;
}

static guint
append_table (Writer *self,
              guint from,
              guint to)
{
  const MosHtmlBlock *first = g_ptr_array_index (self->document->blocks, from);
  g_autoptr (PangoTabArray) tabs = NULL;
  guint end = from;
  int offset;

  while (end < to)
    {
      const MosHtmlBlock *row = g_ptr_array_index (self->document->blocks, end);

      if (row->kind != MOS_HTML_TABLE_ROW || row->table != first->table)
        break;
      end++;
    }

  tabs = table_tabs (self, from, end);
  offset = gtk_text_buffer_get_char_count (self->buffer);
  for (guint i = from; i < end; i++)
    append_block (self, g_ptr_array_index (self->document->blocks, i), tabs != NULL ? NULL : " \xC2\xB7 ");
  if (tabs != NULL)
    {
      GtkTextTag *tag = gtk_text_buffer_create_tag (self->buffer, NULL, "tabs", tabs, "wrap-mode", GTK_WRAP_WORD_CHAR, NULL);
      GtkTextIter start, stop;

      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, offset);
      gtk_text_buffer_get_end_iter (self->buffer, &stop);
      gtk_text_buffer_apply_tag (self->buffer, tag, &start, &stop);
    }
  return end;
}

/* --- Public --- */

void
mos_html_buffer_append (GtkTextBuffer *buffer,
                        const MosHtmlDocument *document,
                        guint from,
                        guint to,
                        PangoContext *context,
                        GArray *links,
                        MosBodyImageFunc image_func,
                        gpointer user_data)
{
  Writer self = { buffer, document, context, links, image_func, user_data, FALSE };

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (document != NULL && links != NULL);

  to = MIN (to, document->blocks->len);
  for (guint i = from; i < to;)
    {
      const MosHtmlBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind == MOS_HTML_TABLE_ROW)
        i = append_table (&self, i, to);
      else
        {
          append_block (&self, block, NULL);
          i++;
        }
    }
}

void
mos_html_buffer_set_colors (GtkTextBuffer *buffer,
                            const GdkRGBA *link,
                            const GdkRGBA *quote)
{
  GtkTextTag *tag;

  g_object_set_data_full (G_OBJECT (buffer), "link", gdk_rgba_copy (link), (GDestroyNotify) gdk_rgba_free);
  g_object_set_data_full (G_OBJECT (buffer), "quote", gdk_rgba_copy (quote), (GDestroyNotify) gdk_rgba_free);
  tag = look_up (buffer, "link");
  if (tag != NULL)
    g_object_set (tag, "foreground-rgba", link, NULL);
  tag = look_up (buffer, "quote");
  if (tag != NULL)
    g_object_set (tag, "foreground-rgba", quote, NULL);
}

/* --- Links --- */

/* Returns: (transfer full) (nullable): the host a text looks like, lower case, without "www." */
static char *
host_in (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;
  g_autofree char *with_scheme = NULL;
  const char *host;

  if (*trimmed == '\0' || strpbrk (trimmed, " \n\t") != NULL)
    return NULL;
  if (strstr (trimmed, "://") == NULL)
    {
      /* "shop.example/track" looks like an address too; "Thanks." and "v2.0" do not. */
      const char *dot = strchr (trimmed, '.');
      gsize end = strcspn (trimmed, "/?#:");

      if (dot == NULL || (gsize) (dot - trimmed) + 2 >= end || strchr (trimmed, '@') != NULL || !g_ascii_isalpha (trimmed[end - 1]))
        return NULL;
      with_scheme = g_strconcat ("https://", trimmed, NULL);
    }
  uri = g_uri_parse (with_scheme != NULL ? with_scheme : trimmed, G_URI_FLAGS_PARSE_RELAXED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0')
    return NULL;
  if (g_ascii_strncasecmp (host, "www.", 4) == 0)
    host += 4;
  return g_ascii_strdown (host, -1);
}

/* Whether @said, a host that a link's text names, is another house than the one that @url leads to */
static gboolean
leads_elsewhere (const char *said,
                 const char *url)
{
  g_autofree char *real = host_in (url);
  gsize said_len, real_len;

  if (real == NULL)
    return TRUE;
  said_len = strlen (said);
  real_len = strlen (real);
  if (g_str_equal (said, real))
    return FALSE;
  /* mail.shop.example under the text "shop.example" is the same house; the other way round it need not be. */
  return !(real_len > said_len && real[real_len - said_len - 1] == '.' && g_str_has_suffix (real, said));
}

/* Among other words only what is an address beyond doubt. */
static gboolean
has_other_address (const char *text,
                   const char *url)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\t", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i] + strspn (words[i], "(<[\"'");
      g_autofree char *address = g_strndup (word, strcspn (word, ",;!)>]\"'"));
      g_autofree char *said = NULL;

      if (g_ascii_strncasecmp (address, "www.", 4) != 0 && strstr (address, "://") == NULL)
        continue;
      if (g_str_has_suffix (address, "."))
        address[strlen (address) - 1] = '\0';
      said = host_in (address);
      if (said != NULL && leads_elsewhere (said, url))
        return TRUE;
    }
  return FALSE;
}

gboolean
mos_body_link_is_deceptive (const char *text,
                            const char *url)
{
  g_autofree char *said = NULL;

  if (text == NULL || url == NULL)
    return FALSE;
  if (g_ascii_strncasecmp (url, "mailto:", 7) == 0)
    {
      const char *address = url + 7;
      gsize len = strcspn (address, "?");

      return strchr (text, '@') != NULL && strpbrk (text, " \n\t") == NULL &&
             (strlen (text) != len || g_ascii_strncasecmp (text, address, len) != 0) &&
             g_ascii_strncasecmp (text, "mailto:", 7) != 0;
    }
  said = host_in (text);
  return said != NULL ? leads_elsewhere (said, url) : has_other_address (text, url);
}

gboolean
mos_body_link_is_forged (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && (mos_domain_has_mixed_scripts (host) || g_hostname_is_ascii_encoded (host));
}

char *
mos_body_link_target (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *shown = host != NULL ? mos_domain_to_shown (host) : NULL;

  if (shown == NULL || g_ascii_strcasecmp (shown, host) == 0)
    return g_strdup (url);
  return g_strdup_printf ("%s (%s)", url, shown);
}
