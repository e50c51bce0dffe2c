/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-query.h"

G_BEGIN_DECLS

/* The language of queries in the words of the person at the window. Main context. */

/** mos_query_words_get_names: Returns: (transfer none): what operators and their words are called in this language */
const MosQueryNames *mos_query_words_get_names (void);
/** mos_query_words_describe: Returns: (transfer none): what @op looks for, in a few words */
const char *mos_query_words_describe (MosQueryOperator op);
/** mos_query_words_describe_value: Returns: (transfer none): what @nick, a word that @op knows, means */
const char *mos_query_words_describe_value (MosQueryOperator op, const char *nick);
/** mos_query_words_get_example: Returns: (transfer none): a value for the page of help */
const char *mos_query_words_get_example (MosQueryOperator op);
/** mos_query_words_store: @caret: in bytes: a word of a text that is being written there is taken for the beginning of one; G_MAXSIZE = none is. Returns: (transfer full): what was typed in its stored form: the argument of a search view */
char *mos_query_words_store (const char *typed, gsize caret);
/** mos_query_words_hint: Returns: (transfer full) (nullable): what is to be said of what was typed; @caret: in bytes: the term that is being written there is let alone, G_MAXSIZE = none is */
char *mos_query_words_hint (const char *typed, gsize caret);

G_END_DECLS
