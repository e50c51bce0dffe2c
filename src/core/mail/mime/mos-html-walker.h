/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-html-builder.h"

#include <libxml/xmlstring.h>

G_BEGIN_DECLS

/* Private to mail/mime: the state while an HTML text is read, and what its tags say. */

typedef struct
{
  MosHtmlSpanFlags flags;
  const char *href; /* interned in the document's strings */
  guint8 level;     /* heading */
  guint8 list_depth;
  guint8 quote_depth;
  MosHtmlDirection direction;
  gboolean preformatted;
  gboolean hidden;
  gboolean quoted;
  gboolean signature;
  gboolean block;  /* the element is one: its end closes the paragraph */
  gboolean margin; /* and it has a gap around it */
  gboolean list;
  gboolean row;
  gboolean cell;
} MosHtmlState;

typedef struct
{
  guint first_block;
  GArray *cells; /* of guint: the block index where each cell began */
} MosHtmlRow;

typedef struct
{
  int next; /* 0: not numbered */
} MosHtmlList;

typedef struct
{
  MosHtmlDocument *document;
  GArray *stack; /* of MosHtmlState */
  MosHtmlState state;
  guint overflow; /* elements nested deeper than we follow */
  GArray *lists;
  GArray *rows;
  guint table;
  GString *text; /* of the open block */
  GArray *spans;
  gsize total;
  gboolean pending_blank;
  gboolean pending_gap;
  gboolean saw_break;
  gboolean rest_is_history;
  gboolean full; /* a limit was reached: the rest is left out */
  char *pending_marker;
} MosHtmlWalker;

/* walker.c: the blocks */
gboolean mos_html_at_limit (MosHtmlWalker *w);
MosHtmlBlock *mos_html_add_block (MosHtmlWalker *w, MosHtmlBlockKind kind);
void mos_html_close_block (MosHtmlWalker *w);
void mos_html_close_row (MosHtmlWalker *w);
void mos_html_add_span (MosHtmlWalker *w, gsize start, int image);
void mos_html_append_text (MosHtmlWalker *w, const char *text, gsize length);
void mos_html_line_break (MosHtmlWalker *w);

/* attributes.c: what a tag says about itself */
const char *mos_html_attribute (const xmlChar **attributes, const char *name);
char *mos_html_style_value (const char *style, const char *property);
gboolean mos_html_is_zero (const char *value);
gboolean mos_html_style_hides (const char *style);
int mos_html_pixels (const char *value);
gboolean mos_html_starts_history (const char *id, const char *classes, const char *style);
gboolean mos_html_is_quotation (const char *id, const char *classes, const char *name);
gboolean mos_html_is_signature (const char *id, const char *classes);

G_END_DECLS
