/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a draft says that a word is bold: in its text, with a few marks (HACKING.md, "What the composer writes"). Each mark stands within
 * one line, so that a line is all that has to be read again when a key is pressed.
 *
 *   **bold**   _italic_   [words](https://…)   - item   1. item   > quotation   \* a mark that is meant as a letter
 *
 * Whatever is not a whole pair of marks is text: "2**3", snake_case, a lone asterisk. What stands behind "> " is somebody else's and is
 * never formatted. Pure functions, any thread.
 */

typedef enum
{
  MOS_MARKUP_MARK, /* the marks themselves */
  MOS_MARKUP_BOLD, /* what is between them */
  MOS_MARKUP_ITALIC,
  MOS_MARKUP_LINK,
  MOS_MARKUP_LIST,  /* the whole line of an item */
  MOS_MARKUP_QUOTE, /* the whole line of a quotation */
} MosMarkupStyle;
#define MOS_MARKUP_N_STYLES (MOS_MARKUP_QUOTE + 1)

/**
 * MosMarkupSpan: @start, @end: bytes from the line's begin. Spans nest; a mark is within none of its own.
 * @outer_start, @outer_end: the same with its marks. Whatever has none, such as an address that stands as it is, begins and ends there, too
 */
typedef struct
{
  guint start;
  guint end;
  MosMarkupStyle style;
  guint outer_start;
  guint outer_end;
} MosMarkupSpan;

/** mos_markup_scan_line: @line: without its end; @length: in bytes. Returns: (transfer full): array of #MosMarkupSpan */
GArray *mos_markup_scan_line (const char *line, gsize length);

/** MosMarkupLineKind: what a line begins with */
typedef enum
{
  MOS_MARKUP_LINE_TEXT,
  MOS_MARKUP_LINE_BULLET,
  MOS_MARKUP_LINE_NUMBER,
  MOS_MARKUP_LINE_QUOTE,
} MosMarkupLineKind;

/**
 * mos_markup_line_kind:
 * @ret_prefix: (out) (optional): bytes of what makes it that ("- ", "12. ", "> "), with the blanks before
 * @ret_number: (out) (optional): of a numbered item
 */
MosMarkupLineKind mos_markup_line_kind (const char *line, gsize length, gsize *ret_prefix, guint *ret_number);

/** mos_markup_is_word: Returns: whether a letter or digit begins at byte @at, before @length, of a script that puts spaces between its words: marks stand around such words whole */
gboolean mos_markup_is_word (const char *line, gsize at, gsize length);
/** mos_markup_is_word_before: Returns: the same of the character before @at */
gboolean mos_markup_is_word_before (const char *line, gsize at);

/** mos_markup_is_formatted: Returns: whether anything in @text is more than text: then it is sent as HTML too */
gboolean mos_markup_is_formatted (const char *text);

/** mos_markup_to_plain: Returns: (transfer full): as a mail of text says it: *bold*, _italic_, words <https://…>; lists and quotations as they are */
char *mos_markup_to_plain (const char *text);

/**
 * mos_markup_to_html:
 * @text: what was written
 * @quote: (nullable): the quoted history, which is plain
 * @last: (nullable): a line for programs, below all
 *
 * Returns: (transfer full): a whole document without style sheets, scripts or anything to load. Paragraphs say their direction; the history
 *   has the one class by which mail programs know it, and fold it
 */
char *mos_markup_to_html (const char *text, const char *quote, const char *last);

/** mos_markup_escape: Returns: (transfer full): @text, so that it reads as it is: for what was written without marks */
char *mos_markup_escape (const char *text);

/** mos_markup_is_link: Returns: whether @url is an address that a link may have: http:, https:, mailto: or tel:, without blanks and brackets */
gboolean mos_markup_is_link (const char *url);

G_END_DECLS
