/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-markup.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line with marks as it stands in the buffer, and changes to it: what mos-markup-edit.c is made of. Main context only. */

/**
 * MosMarkupLine: a line as it is, and what is selected of it, in bytes
 * @prefix: bytes of what makes it an item or a quotation
 * @runs: of #MosMarkupSpan, as mos_markup_list_runs() gives them
 * @start, @end: what is selected; for whoever loaded it to say
 */
typedef struct
{
  int number;
  char *text;
  gsize length;
  gsize prefix;
  MosMarkupLineKind kind;
  GArray *runs;
  gsize start;
  gsize end;
} MosMarkupLine;

void mos_markup_line_load (GtkTextBuffer *buffer, int number, MosMarkupLine *line);
void mos_markup_line_clear (MosMarkupLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosMarkupLine, mos_markup_line_clear)

/** mos_markup_list_runs: @text: one line; @length: in bytes. Returns: (transfer full): array of #MosMarkupSpan: what is bold, italic or a link */
GArray *mos_markup_list_runs (const char *text, gsize length);

/** mos_markup_edits_new: Returns: (transfer full): changes to one line, each at bytes of the line as it is before all of them */
GArray *mos_markup_edits_new (void);
/** mos_markup_edits_add: @n bytes go, @insert comes. @insert: (nullable): stays the caller's until they are applied */
void mos_markup_edits_add (GArray *edits, gsize at, gsize n, const char *insert);
void mos_markup_edits_apply (GArray *edits, GtkTextBuffer *buffer, int number);

/** mos_markup_line_replace: one change alone. @insert: (nullable) */
void mos_markup_line_replace (GtkTextBuffer *buffer, int number, gsize at, gsize n, const char *insert);

G_END_DECLS
