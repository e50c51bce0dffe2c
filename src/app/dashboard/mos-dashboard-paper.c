/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-paper.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/widgets/mos-file-out.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* A4, ISO 216, in points; margins. */
#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89
#define MARGIN 48.0
#define NUMBER_ROOM 22.0
#define GAP 12.0
#define NUMBERS_PER_ROW 3
/* What a chart has on the screen, so that its text is as large beside it. */
#define CHART_WIDTH 640.0
#define PICTURE_WIDTH 800.0
#define PICTURE_SCALE 2.0
#define PICTURE_MARGIN 24.0
#define TEXT_POINTS 9.5

typedef enum
{
  ITEM_TEXT,
  ITEM_HEADING,
  ITEM_NUMBER,
  ITEM_CHART,
  ITEM_ROW, /* of a table */
  ITEM_HEAD_ROW,
} ItemKind;

typedef struct
{
  ItemKind kind;
  char *text;
  char *value;
  char *detail;           /* (nullable) */
  GskRenderNode *drawing; /* (owned) (nullable): a chart as it was when it was added, CHART_WIDTH wide */
  double drawing_height;
  MosChartData *data; /* (owned) (nullable): of a row */
  guint row;
  guint page;
  double x;
  double y;
  double width;
  double height;
} Item;

struct _MosDashboardPaper
{
  PangoContext *context; /* (owned) */
  char *title;
  GArray *items; /* (owned) of Item */
  double width;
  double height;
  guint n_pages;
  gboolean is_rtl;
};

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_free (item->text);
  g_free (item->value);
  g_free (item->detail);
  g_clear_pointer (&item->drawing, gsk_render_node_unref);
  g_clear_pointer (&item->data, mos_chart_data_unref);
}

MosDashboardPaper *
mos_dashboard_paper_new (GtkWidget *widget,
                         const char *title)
{
  MosDashboardPaper *self = g_new0 (MosDashboardPaper, 1);

  self->context = gtk_widget_create_pango_context (widget);
  /* Points are points on paper, whatever the screen has. */
  pango_cairo_context_set_resolution (self->context, 72);
  self->is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  self->title = g_strdup (title);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
  return self;
}

void
mos_dashboard_paper_free (MosDashboardPaper *self)
{
  g_object_unref (self->context);
  g_free (self->title);
  g_array_unref (self->items);
  g_free (self);
}

const char *
mos_dashboard_paper_get_title (MosDashboardPaper *self)
{
  return self->title;
}

/* --- what stands on it --- */

static Item *
add (MosDashboardPaper *self,
     ItemKind kind,
     const char *text)
{
  g_array_set_size (self->items, self->items->len + 1);
  g_array_index (self->items, Item, self->items->len - 1).kind = kind;
  g_array_index (self->items, Item, self->items->len - 1).text = g_strdup (text);
  return &g_array_index (self->items, Item, self->items->len - 1);
}

void
mos_dashboard_paper_add_text (MosDashboardPaper *self,
                              const char *text,
                              gboolean is_heading)
{
  add (self, is_heading ? ITEM_HEADING : ITEM_TEXT, text);
}

void
mos_dashboard_paper_add_number (MosDashboardPaper *self,
                                const char *title,
                                const char *value,
                                const char *detail)
{
  Item *item = add (self, ITEM_NUMBER, title);

  item->value = g_strdup (value);
  item->detail = g_strdup (detail);
}

/* A dialog of the printer may stay open for long, and what the chart shows goes on meanwhile. */
static void
draw_chart (MosChart *chart,
            Item *item)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  MosChartStyle style;

  item->drawing_height = mos_chart_get_natural_height (chart);
  mos_chart_style_for_paper (&style);
  mos_chart_draw (chart, snapshot, &style, CHART_WIDTH, item->drawing_height);
  item->drawing = gtk_snapshot_free_to_node (snapshot);
}

void
mos_dashboard_paper_add_chart (MosDashboardPaper *self,
                               MosChart *chart,
                               const char *subtitle)
{
  MosChartData *data = mos_chart_get_data (chart);
  Item *item;

  if (data == NULL || mos_chart_data_is_empty (data))
    return;
  item = add (self, ITEM_CHART, data->title);
  item->detail = g_strdup (subtitle);
  draw_chart (chart, item);
}

void
mos_dashboard_paper_add_table (MosDashboardPaper *self,
                               const MosChartData *data)
{
  MosChartData *held = (MosChartData *) data;

  for (guint i = 0; data->n_rows > 0 && i <= data->n_rows; i++)
    {
      Item *item = add (self, i == 0 ? ITEM_HEAD_ROW : ITEM_ROW, NULL);

      item->data = mos_chart_data_ref (held);
      item->row = i > 0 ? i - 1 : 0;
    }
}

/* --- layout --- */

static PangoLayout *
layout_new (MosDashboardPaper *self,
            const char *text,
            double points,
            gboolean is_bold,
            double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (self->context));

  pango_font_description_set_size (font, (int) (points * PANGO_SCALE));
  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* A customer's words in another script stand in the same column as the rest. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

/* Draws at (@x, @y) where there is a @cr. Returns: how high it is */
static double
put_text (MosDashboardPaper *self,
          cairo_t *cr,
          const char *text,
          double points,
          gboolean is_bold,
          double x,
          double y,
          double width)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text, points, is_bold, width);
  int height;

  pango_layout_get_size (layout, NULL, &height);
  if (cr != NULL)
    {
      cairo_move_to (cr, x, y);
      cairo_set_source_rgb (cr, 0, 0, 0);
      pango_cairo_show_layout (cr, layout);
    }
  return (double) height / PANGO_SCALE;
}

static double
put_number (MosDashboardPaper *self,
            cairo_t *cr,
            const Item *item)
{
  double y = item->y;

  y += put_text (self, cr, item->text, 8.5, TRUE, item->x, y, item->width - GAP);
  y += put_text (self, cr, item->value, 15, TRUE, item->x, y, item->width - GAP);
  if (item->detail != NULL)
    y += put_text (self, cr, item->detail, 8, FALSE, item->x, y, item->width - GAP);
  return y - item->y;
}

static double
put_chart (MosDashboardPaper *self,
           cairo_t *cr,
           const Item *item)
{
  const double scale = item->width / CHART_WIDTH;
  double y = item->y;

  y += put_text (self, cr, item->text, 10.5, TRUE, item->x, y, item->width);
  if (item->detail != NULL)
    y += put_text (self, cr, item->detail, 8.5, FALSE, item->x, y, item->width);
  y += 4;
  if (cr != NULL && item->drawing != NULL)
    {
      cairo_save (cr);
      /* A first text would go on where the heading's began. */
      cairo_new_path (cr);
      cairo_translate (cr, item->x, y);
      cairo_scale (cr, scale, scale);
      gsk_render_node_draw (item->drawing, cr);
      cairo_restore (cr);
    }
  return y + item->drawing_height * scale - item->y;
}

static double
put_row (MosDashboardPaper *self,
         cairo_t *cr,
         const Item *item)
{
  const gboolean is_head = item->kind == ITEM_HEAD_ROW;
  const double name_width = item->width * 0.28, cell = (item->width - name_width) / item->data->n_series;
  double height = put_text (self, cr, is_head ? item->data->row_heading : item->data->rows[item->row], 8.5, is_head, self->is_rtl ? item->x + item->width - name_width : item->x, item->y, name_width - 4);

  for (guint i = 0; i < item->data->n_series; i++)
    {
      g_autofree char *text = is_head ? g_strdup (item->data->series[i]) : mos_chart_text_value (mos_chart_data_get (item->data, item->row, i), mos_chart_data_get_unit (item->data, i));
      const double x = self->is_rtl ? item->x + item->width - name_width - cell * (i + 1) : item->x + name_width + cell * i;
      /* MAX() would draw it twice. */
      const double tall = put_text (self, cr, text, 8.5, is_head, x, item->y, cell - 4);

      height = MAX (height, tall);
    }
  if (cr != NULL)
    {
      cairo_set_source_rgba (cr, 0, 0, 0, is_head ? 0.6 : 0.15);
      cairo_set_line_width (cr, 0.5);
      cairo_move_to (cr, item->x, item->y + height + 1.5);
      cairo_line_to (cr, item->x + item->width, item->y + height + 1.5);
      cairo_stroke (cr);
    }
  return height + 3;
}

static double
put (MosDashboardPaper *self,
     cairo_t *cr,
     const Item *item)
{
  switch (item->kind)
    {
    case ITEM_TEXT:
      return put_text (self, cr, item->text, TEXT_POINTS, FALSE, item->x, item->y, item->width);
    case ITEM_HEADING:
      return put_text (self, cr, item->text, 13, TRUE, item->x, item->y, item->width);
    case ITEM_NUMBER:
      return put_number (self, cr, item);
    case ITEM_CHART:
      return put_chart (self, cr, item);
    case ITEM_ROW:
    case ITEM_HEAD_ROW:
      return put_row (self, cr, item);
    default:
      g_return_val_if_reached (0);
    }
}

guint
mos_dashboard_paper_paginate (MosDashboardPaper *self,
                              double width,
                              double height)
{
  double y = put_text (self, NULL, self->title, 18, TRUE, 0, 0, width) + GAP;
  guint page = 0;

  self->width = width;
  self->height = height;
  for (guint i = 0; i < self->items->len;)
    {
      /* Numbers stand beside each other. */
      guint n = 1;
      double tall = 0;

      while (g_array_index (self->items, Item, i).kind == ITEM_NUMBER && n < NUMBERS_PER_ROW && i + n < self->items->len && g_array_index (self->items, Item, i + n).kind == ITEM_NUMBER)
        n++;
      for (guint k = 0; k < n; k++)
        {
          Item *item = &g_array_index (self->items, Item, i + k);
          const guint columns = item->kind == ITEM_NUMBER ? NUMBERS_PER_ROW : 1;

          item->width = width / columns;
          item->x = item->width * (self->is_rtl ? columns - 1 - k : k);
          item->height = put (self, NULL, item);
          tall = MAX (tall, item->height);
        }
      if (i > 0 && g_array_index (self->items, Item, i).kind == ITEM_HEADING && g_array_index (self->items, Item, i - 1).kind == ITEM_ROW)
        y += GAP;
      /* A heading alone at the foot of a page would be lost there. */
      if (y > 0 && y + tall + (g_array_index (self->items, Item, i).kind == ITEM_HEADING ? 80 : 0) > height - NUMBER_ROOM)
        {
          page++;
          y = 0;
        }
      for (guint k = 0; k < n; k++)
        {
          g_array_index (self->items, Item, i + k).page = page;
          g_array_index (self->items, Item, i + k).y = y;
        }
      y += tall + (g_array_index (self->items, Item, i).kind == ITEM_ROW || g_array_index (self->items, Item, i).kind == ITEM_HEAD_ROW ? 2 : GAP);
      i += n;
    }
  self->n_pages = page + 1;
  return self->n_pages;
}

void
mos_dashboard_paper_draw (MosDashboardPaper *self,
                          cairo_t *cr,
                          guint page)
{
  /* Translators: the number of a page, and how many there are */
  g_autofree char *number = g_strdup_printf (_ ("%1$u of %2$u"), page + 1, self->n_pages);

  if (page == 0)
    put_text (self, cr, self->title, 18, TRUE, 0, 0, self->width);
  for (guint i = 0; i < self->items->len; i++)
    if (g_array_index (self->items, Item, i).page == page)
      put (self, cr, &g_array_index (self->items, Item, i));
  put_text (self, cr, number, 8, FALSE, 0, self->height - NUMBER_ROOM + 8, self->width);
}

/* --- files --- */

GBytes *
mos_dashboard_paper_make_pdf (MosDashboardPaper *self,
                              GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (mos_file_out_write, bytes, PAPER_WIDTH, PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const guint n = mos_dashboard_paper_paginate (self, PAPER_WIDTH - 2 * MARGIN, PAPER_HEIGHT - 2 * MARGIN);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  for (guint page = 0; page < n; page++)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, MARGIN);
      mos_dashboard_paper_draw (self, cr, page);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return mos_file_out_end (bytes, status, error);
}

GBytes *
mos_dashboard_picture_make (MosChart *chart,
                            const char *subtitle,
                            GError **error)
{
  g_autoptr (MosDashboardPaper) paper = mos_dashboard_paper_new (GTK_WIDGET (chart), "");
  const MosChartData *data = mos_chart_get_data (chart);
  Item item = { .kind = ITEM_CHART, .text = data->title, .detail = (char *) subtitle, .width = PICTURE_WIDTH };
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;
  double height;

  draw_chart (chart, &item);
  height = put_chart (paper, NULL, &item);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ((PICTURE_WIDTH + 2 * PICTURE_MARGIN) * PICTURE_SCALE), (int) ((height + 2 * PICTURE_MARGIN) * PICTURE_SCALE));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  cairo_translate (cr, PICTURE_MARGIN, PICTURE_MARGIN);
  put_chart (paper, cr, &item);
  g_clear_pointer (&item.drawing, gsk_render_node_unref);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png_stream (surface, mos_file_out_write, bytes);
  cairo_surface_destroy (surface);
  return mos_file_out_end (bytes, status, error);
}
