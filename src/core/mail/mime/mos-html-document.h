/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* A customer's HTML as data: the walker keeps words, structure, links and pictures, and nothing that could act, load or paint.
 * The result has no colours and no fonts, so it is right in light and dark. */

/**
 * MosHtmlBlockKind:
 * @MOS_HTML_PARAGRAPH: a line or paragraph of text; "\n" within its text is a forced line break
 * @MOS_HTML_HEADING: the same, a heading of @level 1 to 6
 * @MOS_HTML_LIST_ITEM: the same, within a list of @list_depth ≥ 1; @marker is %NULL for an item's further paragraphs
 * @MOS_HTML_PREFORMATTED: text whose white space counts
 * @MOS_HTML_RULE: a horizontal rule; no text
 * @MOS_HTML_TABLE_ROW: a row whose @n_cells cells are separated by "\t" in the text; rows of one table follow each other with the same @table
 */
typedef enum
{
  MOS_HTML_PARAGRAPH,
  MOS_HTML_HEADING,
  MOS_HTML_LIST_ITEM,
  MOS_HTML_PREFORMATTED,
  MOS_HTML_RULE,
  MOS_HTML_TABLE_ROW,
} MosHtmlBlockKind;

typedef enum
{
  MOS_HTML_SPAN_BOLD = 1 << 0,
  MOS_HTML_SPAN_ITALIC = 1 << 1,
  MOS_HTML_SPAN_UNDERLINE = 1 << 2,
  MOS_HTML_SPAN_STRIKE = 1 << 3,
  MOS_HTML_SPAN_CODE = 1 << 4,
} MosHtmlSpanFlags;

typedef enum
{
  MOS_HTML_DIRECTION_AUTO,
  MOS_HTML_DIRECTION_LTR,
  MOS_HTML_DIRECTION_RTL,
} MosHtmlDirection;

/**
 * MosHtmlSpan:
 * @start, @end: byte offsets into the block's text, at character boundaries, start < end. Spans do not overlap and are in order;
 *   text between them is plain
 * @flags: how it is set
 * @href: (nullable): where it leads; only http:, https:, mailto: and tel:
 * @image: index into the document's images, or -1. Such a span covers exactly one U+FFFC
 */
typedef struct
{
  guint start;
  guint end;
  MosHtmlSpanFlags flags;
  const char *href;
  int image;
} MosHtmlSpan;

/**
 * MosHtmlBlock:
 * @kind: what it is
 * @level: of a heading, 1 to 6
 * @list_depth: 0 outside lists
 * @quote_depth: how many quotations it stands in ("> " levels)
 * @marker: (nullable): "•" or "3."
 * @text: valid UTF-8, white space collapsed; "" for a rule
 * @spans: array of #MosHtmlSpan, may be empty
 * @n_cells, @table: of a table row
 * @direction: what the sender's dir attribute says
 * @space_before: there is a gap (an empty line) above it
 * @is_quoted: belongs to an earlier message that the mail program quoted
 * @is_signature: belongs to a signature
 */
typedef struct
{
  MosHtmlBlockKind kind;
  guint level;
  guint list_depth;
  guint quote_depth;
  char *marker;
  char *text;
  GArray *spans;
  guint n_cells;
  guint table;
  MosHtmlDirection direction;
  gboolean space_before;
  gboolean is_quoted;
  gboolean is_signature;
} MosHtmlBlock;

/**
 * MosHtmlImage:
 * @cid: (nullable): the Content-ID of an inline part, without "cid:" and brackets
 * @url: (nullable): a remote address (http, https), not to be loaded until asked for
 * @data: (nullable): bytes given in place (data: URL), as @type says
 * @type: (nullable): media type of @data
 * @alt: "" when there is none
 * @width, @height: in CSS pixels as written, 0 when unknown
 * @is_tracker: a remote picture too small to be seen; no span refers to it
 */
typedef struct
{
  char *cid;
  char *url;
  GBytes *data;
  char *type;
  char *alt;
  int width;
  int height;
  gboolean is_tracker;
} MosHtmlImage;

/**
 * MosHtmlDocument:
 * @blocks: array of #MosHtmlBlock, top to bottom
 * @images: array of #MosHtmlImage, those in data first come first; trackers included
 * @fold_from: blocks from this index to the end are only signature and quoted history and may be folded away;
 *   equal to the number of blocks when there is nothing to fold, and never 0: what is all quotation (a forwarded mail) is shown.
 *   Answers written between quotes come before it.
 * @n_remote: how many images (trackers included) would need the network
 * @is_truncated: the limits (size, number of blocks) cut the end off
 *
 * Immutable; may cross threads.
 */
typedef struct
{
  GPtrArray *blocks;
  GPtrArray *images;
  GStringChunk *strings;
  guint fold_from;
  guint n_remote;
  gboolean is_truncated;
} MosHtmlDocument;
MOS_DECLARE_VALUE (MosHtmlDocument, html_document)

/**
 * mos_html_document_parse:
 * @html: UTF-8 (invalid bytes are repaired)
 *
 * Pure function, any thread, no network, bounded in time and memory whatever the input.
 *
 * Returns: (transfer full): the document, perhaps without blocks
 */
MosHtmlDocument *mos_html_document_parse (const char *html);

/**
 * mos_html_document_new_for_text:
 * @text: a plain text body
 *
 * The same kind of document from plain text, so that one view shows both: "> " quotes, web and mail addresses as links,
 * signature and history marked.
 *
 * Returns: (transfer full): the document, perhaps without blocks
 */
MosHtmlDocument *mos_html_document_new_for_text (const char *text);

/**
 * mos_html_document_to_text:
 * @n_blocks: how many blocks from the top; the document's fold_from leaves history out
 *
 * Returns: (transfer full): readable plain text: quotes as "> ", lists with markers, links as "text <url>" where they differ
 */
char *mos_html_document_to_text (const MosHtmlDocument *self, guint n_blocks);

G_END_DECLS
