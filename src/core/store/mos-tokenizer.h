/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

typedef struct sqlite3 sqlite3;

G_BEGIN_DECLS

/**
 * MosTokenFunc:
 * @token: folded, not terminated
 * @start, @end: byte range in the text it stands for
 * Returns: %FALSE to stop
 */
typedef gboolean (*MosTokenFunc) (const char *token, gsize len, gsize start, gsize end, gpointer data);

/**
 * mos_tokenize:
 * @is_query: CJK runs give no single last character then (a document's do, so that a one-character word is found as a prefix)
 *
 * The words of any bytes, folded (behaviour.md §2.10): case, diacritics and compatibility forms vanish, ß ł ø æ and the like
 * become plain letters, every i of Turkish is i, digits of all scripts are 0-9. Letters and digits part ("AB-1203" and
 * "AB1203" are "ab", "1203"). CJK runs become overlapping pairs. Pure function.
 */
void mos_tokenize (const char *text, gsize len, gboolean is_query, MosTokenFunc func, gpointer data);

/** mos_fold: Returns: (transfer full): the folded words of @text with one space between */
char *mos_fold (const char *text);
/** mos_lower: Returns: (transfer full): @text, sign by sign, in small letters of every script, however its accents were written. SQLite's own lower() knows those of English alone */
char *mos_lower (const char *text);

/** MosTextPattern: words to be looked for in many texts; one thread at a time */
typedef struct _MosTextPattern MosTextPattern;
/** mos_text_pattern_new: @is_prefix: the last word of @value may go on */
MosTextPattern *mos_text_pattern_new (const char *value, gboolean is_prefix);
void mos_text_pattern_free (MosTextPattern *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTextPattern, mos_text_pattern_free)
/** mos_text_pattern_is_in: never, where it has no words. @text: (nullable): read as far as to the end of the first place where the words stand next to one another */
gboolean mos_text_pattern_is_in (MosTextPattern *self, const char *text);

/** mos_text_has: whether the words of @pattern stand in @text next to one another; @is_prefix: the last of them may go on. A @pattern without words is in no text */
gboolean mos_text_has (const char *text, const char *pattern, gboolean is_prefix);

/** mos_tokenizer_register: makes "tokenize='mostrador'" and the SQL functions mos_has (text, pattern, is_prefix) and mos_lower (text) known to a connection. */
gboolean mos_tokenizer_register (sqlite3 *handle);

G_END_DECLS
