/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-print-private.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-file-out.h"
#include "app/widgets/mos-time-text.h"

#include "core/mail/mime/mos-html-document.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* A4, ISO 216, in points; margins. */
#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89
#define MARGIN 56.7
#define PAGE_NUMBER_ROOM 24.0
/* However long a mail is, a paragraph is laid out as a whole: a hostile one is cut. */
#define MAX_PARAGRAPH 20000
#define MAX_PAGES 2000

typedef struct
{
  PangoLayoutLine *line; /* (owned) (nullable): NULL = a rule, or a picture */
  double x;
  double y;                 /* of the baseline; of a picture its top */
  cairo_surface_t *picture; /* (owned) (nullable) */
  double scale;             /* of the picture: its pixels to units */
} Piece;

struct _MosPrintPages
{
  PangoContext *context; /* (owned) */
  GPtrArray *pages;      /* (owned) of GArray of Piece */
  double width;
  double height; /* without the page number */
  double unit;   /* a point */
  double y;      /* on the page that is being filled */
};

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->line, pango_layout_line_unref);
  g_clear_pointer (&piece->picture, cairo_surface_destroy);
}

static GArray *
new_page (MosPrintPages *self)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (Piece));

  g_array_set_clear_func (page, piece_clear);
  g_ptr_array_add (self->pages, page);
  self->y = 0;
  return page;
}

static GArray *
current_page (MosPrintPages *self)
{
  return g_ptr_array_index (self->pages, self->pages->len - 1);
}

static void
skip (MosPrintPages *self,
      double points)
{
  if (self->y > 0)
    self->y += points * self->unit;
}

static void
add_rule (MosPrintPages *self)
{
  Piece piece = { NULL, 0, 0, NULL, 0 };

  skip (self, 8);
  if (self->y + 12 * self->unit > self->height)
    {
      new_page (self);
      return;
    }
  piece.y = self->y;
  if (self->y > 0)
    g_array_append_val (current_page (self), piece);
  skip (self, 8);
}

/* One paragraph, which may go over to the next page line by line. @direction: as in MosHtmlBlock */
static void
add_text (MosPrintPages *self,
          const char *text,
          const char *font,
          double indent,
          PangoAttrList *attributes,
          MosHtmlDirection direction)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  g_autofree char *cut = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_PARAGRAPH));
  double left = MIN (indent * self->unit, self->width / 2);
  gboolean rtl;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) ((self->width - left) * PANGO_SCALE));
  pango_layout_set_text (layout, cut, -1);
  if (attributes != NULL)
    pango_layout_set_attributes (layout, attributes);
  rtl = pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;
  if (direction != MOS_HTML_DIRECTION_AUTO)
    rtl = direction == MOS_HTML_DIRECTION_RTL;

  for (int i = 0; i < pango_layout_get_line_count (layout) && self->pages->len < MAX_PAGES; i++)
    {
      Piece piece = { pango_layout_line_ref (pango_layout_get_line_readonly (layout, i)), rtl ? 0 : left, 0, NULL, 0 };
      PangoRectangle extents;
      double line_height;

      pango_layout_line_get_extents (piece.line, NULL, &extents);
      line_height = (double) extents.height / PANGO_SCALE;
      if (self->y + line_height > self->height && self->y > 0)
        new_page (self);
      if (rtl)
        piece.x = self->width - left - (double) extents.width / PANGO_SCALE;
      piece.y = self->y - (double) extents.y / PANGO_SCALE;
      self->y += line_height;
      g_array_append_val (current_page (self), piece);
    }
}

static void
add_field (MosPrintPages *self,
           const char *title,
           const char *value)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *line = NULL;
  PangoAttribute *bold;

  if (value == NULL || *value == '\0')
    return;
  attributes = pango_attr_list_new ();
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  /* Translators: a line of a mail's head on paper: the name of the field, and what it says. */
  line = g_strdup_printf (C_ ("print", "%1$s: %2$s"), title, value);
  bold->end_index = (guint) strlen (title) + 1;
  pango_attr_list_insert (attributes, bold);
  add_text (self, line, "Sans 9", 0, attributes, MOS_HTML_DIRECTION_AUTO);
}

/* Of a picture that is not at hand it is only known that there was one. */
static void
add_words (MosPrintPages *self,
           GString *text,
           const char *font,
           double indent,
           MosHtmlDirection direction)
{
  g_string_replace (text, "\357\277\274", "▢", 0);
  add_text (self, text->str, font, indent, NULL, direction);
}

/* As large as its sender wanted it (96 CSS pixels are an inch), but never wider than the text nor taller than a page. */
static void
add_picture (MosPrintPages *self,
             cairo_surface_t *surface,
             const MosHtmlImage *image,
             double indent,
             gboolean rtl)
{
  Piece piece = { NULL, 0, 0, cairo_surface_reference (surface), 0 };
  double width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  double left = MIN (indent * self->unit, self->width / 2);
  double wanted = (image->width > 0 ? image->width : width * mos_print_picture_shrink (surface)) * 0.75 * self->unit;

  piece.scale = MIN (MIN (wanted, self->width - left) / width, self->height / height);
  if (self->y + height * piece.scale > self->height && self->y > 0)
    new_page (self);
  piece.x = rtl ? self->width - left - width * piece.scale : left;
  piece.y = self->y;
  self->y += height * piece.scale + 4 * self->unit;
  g_array_append_val (current_page (self), piece);
}

static void
add_block (MosPrintPages *self,
           const MosHtmlBlock *block,
           const MosPrintBody *body)
{
  g_autoptr (GString) text = NULL;
  double indent = 14.0 * block->list_depth + 12.0 * block->quote_depth;
  const char *font = block->kind == MOS_HTML_HEADING ? "Sans Bold 12" : block->kind == MOS_HTML_PREFORMATTED ? "Monospace 9"
                                                                                                             : "Sans 10";
  guint at = 0;

  if (block->kind == MOS_HTML_RULE)
    {
      add_rule (self);
      return;
    }
  if (block->space_before)
    skip (self, 6);
  text = g_string_new (NULL);
  if (block->marker != NULL)
    g_string_append_printf (text, "%s ", block->marker);
  for (guint i = 0; body != NULL && block->spans != NULL && i < block->spans->len; i++)
    {
      const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, i);
      cairo_surface_t *surface = span->image >= 0 && (guint) span->image < body->pictures->len ? g_ptr_array_index (body->pictures, span->image) : NULL;

      if (surface == NULL)
        continue;
      g_string_append_len (text, block->text + at, span->start - at);
      add_words (self, text, font, indent, block->direction);
      g_string_truncate (text, 0);
      add_picture (self, surface, g_ptr_array_index (body->document->images, span->image), indent, block->direction == MOS_HTML_DIRECTION_RTL);
      at = span->end;
    }
  g_string_append (text, block->text + at);
  /* A line that is nothing but a picture needs no empty one below it. */
  if (at == 0 || *text->str != '\0')
    add_words (self, text, font, indent, block->direction);
}

static void
add_message (MosPrintPages *self,
             const MosMessageRow *row,
             const MosPrintBody *body,
             gboolean with_history)
{
  g_autoptr (MosHtmlDocument) document = NULL;
  g_autoptr (GPtrArray) from = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_autofree char *sender = NULL;
  g_autofree char *to = mos_addresses_text (row->to, TRUE);
  g_autofree char *cc = mos_addresses_text (row->cc, TRUE);
  g_autofree char *when = mos_time_text_full (row->received_us != 0 ? row->received_us : row->sent_us, NULL);
  guint end;

  if (row->from != NULL)
    g_ptr_array_add (from, mos_address_ref (row->from));
  sender = mos_addresses_text (from, TRUE);
  if (row->direction == MOS_DIRECTION_NOTE)
    {
      add_field (self, C_ ("message", "Internal note"), row->actor_name != NULL && *row->actor_name != '\0' ? row->actor_name : sender);
    }
  else
    {
      add_field (self, _ ("From"), sender);
      add_field (self, _ ("To"), to);
      add_field (self, _ ("Cc"), cc);
      add_field (self, _ ("Subject"), row->subject);
    }
  add_field (self, C_ ("print", "Date"), when);
  skip (self, 8);

  document = body != NULL ? mos_html_document_ref (body->document) : mos_html_document_new_for_text (row->text);
  end = with_history ? document->blocks->len : MIN (document->fold_from, document->blocks->len);
  for (guint i = 0; i < end; i++)
    add_block (self, g_ptr_array_index (document->blocks, i), body);

  for (guint i = 0, n = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      const MosAttachment *attachment = g_ptr_array_index (row->attachments, i);
      g_autofree char *size = g_format_size (attachment->size);
      g_autofree char *line = NULL;

      if (attachment->is_inline && row->has_html)
        continue;
      if (n++ == 0)
        {
          skip (self, 8);
          add_text (self, _ ("Attachments"), "Sans Bold 9", 0, NULL, MOS_HTML_DIRECTION_AUTO);
        }
      /* Translators: an attachment on paper: its name and its size. */
      line = g_strdup_printf (C_ ("print", "%1$s (%2$s)"), mos_attachment_display_name (attachment), size);
      add_text (self, line, "Sans 9", 12, NULL, MOS_HTML_DIRECTION_AUTO);
    }
}

MosPrintPages *
mos_print_pages_new (PangoContext *context,
                     const char *title,
                     GPtrArray *rows,
                     GHashTable *bodies,
                     double width,
                     double height,
                     double dpi)
{
  MosPrintPages *self = g_new0 (MosPrintPages, 1);
  guint shown = 0;

  self->context = g_object_ref (context);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->unit = dpi / 72;
  self->width = width;
  self->height = MAX (height - PAGE_NUMBER_ROOM * self->unit, 72 * self->unit);
  new_page (self);
  if (rows->len > 1)
    add_text (self, title != NULL && *title != '\0' ? title : _ ("No subject"), "Sans Bold 14", 0, NULL, MOS_HTML_DIRECTION_AUTO);
  for (guint i = 0; i < rows->len; i++)
    {
      const MosMessageRow *row = g_ptr_array_index (rows, i);

      if (row->direction == MOS_DIRECTION_EVENT)
        {
          g_autofree char *sentence = mos_event_text (row, NULL, row->received_us);
          g_autofree char *when = mos_time_text_full (row->received_us, NULL);
          /* Translators: what happened ("Ana closed this"), and when. */
          g_autofree char *line = g_strdup_printf (C_ ("event", "%1$s · %2$s"), sentence, when);

          skip (self, 6);
          add_text (self, line, "Sans Italic 8", 0, NULL, MOS_HTML_DIRECTION_AUTO);
          continue;
        }
      if (shown++ > 0 || rows->len > 1)
        add_rule (self);
      add_message (self, row, bodies != NULL ? g_hash_table_lookup (bodies, row->id) : NULL, rows->len == 1);
    }
  return self;
}

void
mos_print_pages_free (MosPrintPages *self)
{
  g_ptr_array_unref (self->pages);
  g_object_unref (self->context);
  g_free (self);
}

guint
mos_print_pages_count (MosPrintPages *self)
{
  return self->pages->len;
}

void
mos_print_pages_draw (MosPrintPages *self,
                      cairo_t *cr,
                      guint page)
{
  const GArray *pieces = g_ptr_array_index (self->pages, page);
  g_autoptr (PangoLayout) number = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 8");
  /* Translators: at the foot of a printed page: which one it is, of how many. */
  g_autofree char *text = g_strdup_printf (C_ ("print", "%1$u / %2$u"), page + 1, self->pages->len);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      cairo_move_to (cr, piece->x, piece->y);
      if (piece->line != NULL)
        {
          pango_cairo_show_layout_line (cr, piece->line);
          continue;
        }
      if (piece->picture != NULL)
        {
          cairo_save (cr);
          cairo_translate (cr, piece->x, piece->y);
          cairo_scale (cr, piece->scale, piece->scale);
          cairo_set_source_surface (cr, piece->picture, 0, 0);
          cairo_paint (cr);
          cairo_restore (cr);
          cairo_new_path (cr);
          continue;
        }
      cairo_line_to (cr, self->width, piece->y);
      cairo_set_line_width (cr, 0.5 * self->unit);
      cairo_stroke (cr);
    }
  pango_layout_set_font_description (number, font);
  pango_layout_set_text (number, text, -1);
  pango_layout_set_width (number, (int) (self->width * PANGO_SCALE));
  pango_layout_set_alignment (number, PANGO_ALIGN_CENTER);
  cairo_move_to (cr, 0, self->height + 10 * self->unit);
  pango_cairo_show_layout (cr, number);
}

/* --- PDF --- */

GBytes *
mos_print_make_pdf (const char *title,
                    GPtrArray *rows,
                    GHashTable *bodies,
                    GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (mos_file_out_write, bytes, PAPER_WIDTH, PAPER_HEIGHT);
  cairo_t *cr;
  PangoContext *context;
  g_autoptr (MosPrintPages) pages = NULL;
  cairo_status_t status;

  if (title != NULL && *title != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Mostrador");
  cr = cairo_create (surface);
  context = pango_cairo_create_context (cr);
  pango_cairo_context_set_resolution (context, 72);
  pages = mos_print_pages_new (context, title, rows, bodies, PAPER_WIDTH - 2 * MARGIN, PAPER_HEIGHT - 2 * MARGIN, 72);
  g_object_unref (context);
  for (guint i = 0; i < mos_print_pages_count (pages); i++)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, MARGIN);
      mos_print_pages_draw (pages, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return mos_file_out_end (bytes, status, error);
}
