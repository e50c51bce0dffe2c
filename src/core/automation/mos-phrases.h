/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text of a customer is about, in a few of its own words: no model, what was found can be read. Any thread. */

/**
 * MosPhrase: words of a sentence that say something, two or three that follow each other when those that say nothing are left out
 * @key: the same for the same words in any order, one or several, without case and accents: "order refund"
 * @shown: as they stand there: "refund order"
 * @sentence: that they are from, on one line
 */
typedef struct
{
  char *key;
  char *shown;
  char *sentence;
} MosPhrase;
void mos_phrase_free (MosPhrase *phrase);

/**
 * mos_phrases_list: the phrases of the questions in @text, each once
 * @language: (nullable): "es", "pt_BR": whose words that say nothing are left out; %NULL: those of every language that is known here
 * @name: (nullable): of who wrote it: words of it count nowhere
 *
 * A question is a sentence that ends with its mark, or a text of one sentence.
 *
 * Returns: (transfer full) (element-type MosPhrase)
 */
GPtrArray *mos_phrases_list (const char *text, const char *language, const char *name);
/** mos_phrases_list_words: the words in all of @text that say something, each once, as keys. Returns: (transfer full) (element-type utf8) */
GPtrArray *mos_phrases_list_words (const char *text, const char *language, const char *name);

G_END_DECLS
