/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/mail/mime/mos-html-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Messages on paper: for each one a block of its headers, its text with the pictures in it, and the names of its attachments; page numbers below. One renderer,
 * for the printer, its preview and PDF files; it needs no display. */

/**
 * MosPrintBody: what a message with pictures in its text has beside its row
 * @document: its formatted text
 * @pictures: of each of the document's images a `cairo_surface_t *`, or %NULL
 */
typedef struct
{
  MosHtmlDocument *document;
  GPtrArray *pictures;
} MosPrintBody;

/**
 * mos_print_bodies_make:
 * @rows: array of #MosMessageRow
 * @bodies: array of #MosMessageBody or %NULL, as long as @rows
 *
 * Decodes what is in the text, made as small as paper needs it; never from the network. Bounded in number and size, whatever was sent. Any thread.
 *
 * Returns: (transfer full): message id → #MosPrintBody, of those that have pictures
 */
GHashTable *mos_print_bodies_make (GPtrArray *rows, GPtrArray *bodies);

typedef struct _MosPrintPages MosPrintPages;

/**
 * mos_print_pages_new:
 * @context: made for the surface that is drawn on, so that its resolution is known
 * @title: of the first page
 * @rows: array of #MosMessageRow, oldest first; events become one line each, of several messages quoted history is left out
 * @bodies: (nullable): as mos_print_bodies_make() gives them; must stay as long as the pages
 * @width, @height: room on a page, in the surface's units of @dpi per inch
 *
 * Returns: (transfer full): what stands on which page
 */
MosPrintPages *mos_print_pages_new (PangoContext *context, const char *title, GPtrArray *rows, GHashTable *bodies, double width, double height, double dpi);
void mos_print_pages_free (MosPrintPages *self);
guint mos_print_pages_count (MosPrintPages *self);
/** mos_print_pages_draw: @page: from 0; in black, from the origin of @cr on */
void mos_print_pages_draw (MosPrintPages *self, cairo_t *cr, guint page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosPrintPages, mos_print_pages_free)

/** mos_print_make_pdf: A4. Any thread, no display. Returns: (transfer full) (nullable): a PDF file; G_IO_ERROR_FAILED when cairo cannot */
GBytes *mos_print_make_pdf (const char *title, GPtrArray *rows, GHashTable *bodies, GError **error);

/** mos_print_pdf_async: mos_print_make_pdf() with the pictures that @desk has */
void mos_print_pdf_async (MosDesk *desk, const char *title, GPtrArray *rows, GAsyncReadyCallback callback, gpointer user_data);
GBytes *mos_print_pdf_finish (GAsyncResult *result, GError **error);

/** mos_print_run: @desk: (nullable): where the pictures come from. Asks for the printer, or shows the preview. Errors are shown in the window of @widget. */
void mos_print_run (GtkWidget *widget, MosDesk *desk, const char *title, GPtrArray *rows);
/** mos_print_save_pdf: asks for a file name and writes it */
void mos_print_save_pdf (GtkWidget *widget, MosDesk *desk, const char *title, GPtrArray *rows);
/** mos_print_save_mail: asks for a file name and writes the message as it came, byte for byte (.eml) */
void mos_print_save_mail (GtkWidget *widget, MosDesk *desk, MosMessageRow *row);

G_END_DECLS
