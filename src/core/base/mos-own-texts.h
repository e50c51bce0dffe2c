/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-catalog-check.h"

G_BEGIN_DECLS

/* A person's own words in place of translations that are shipped. They are hers, not the desk's: kept below her data folder as one MO file a language with
 * what she changed and nothing else. What gettext reads is made of the shipped catalog and that, whenever a program starts; of what she changed, what no
 * longer fits is left out there, and kept. Blocking, but short. */

typedef struct _MosOwnTexts MosOwnTexts;

/**
 * mos_own_texts_dup_dir:
 *
 * Makes what gettext is to read, her own texts before those shipped. MOSTRADOR_LOCALEDIR names another folder of shipped ones, which is how translators
 * and tests try theirs. Where her own cannot be read, those shipped are shown. To be called after setlocale(), while there is one thread.
 *
 * Returns: (transfer full): the folder for bindtextdomain()
 */
char *mos_own_texts_dup_dir (void);

/** mos_own_texts_dup_language: Returns: (nullable): the code of the language that is shown, as its catalog is called; %NULL for English, which has none */
char *mos_own_texts_dup_language (void);

/** mos_own_texts_open: @language: of which a catalog is shipped. Returns: (transfer full): %NULL with a G_FILE_ERROR or a G_IO_ERROR */
MosOwnTexts *mos_own_texts_open (const char *language, GError **error);
void mos_own_texts_free (MosOwnTexts *self);

const char *mos_own_texts_get_language (MosOwnTexts *self);
/** mos_own_texts_get_shipped: Returns: (transfer none): what is shipped, every text there is */
MosCatalog *mos_own_texts_get_shipped (MosOwnTexts *self);
/** mos_own_texts_get_own: Returns: (transfer none): what she put in its place */
MosCatalog *mos_own_texts_get_own (MosOwnTexts *self);
/** mos_own_texts_is_used: whether one of her own texts is shown; not so where the program has no longer that text, or one that it does not fit */
gboolean mos_own_texts_is_used (MosOwnTexts *self, const MosCatalogText *own);

/**
 * mos_own_texts_set: puts @texts in place of what is shipped for @text, from the next start on; those that are shipped take it back. They must have passed mos_catalog_check().
 *
 * Returns: %FALSE with a G_FILE_ERROR: then all is as it was
 */
gboolean mos_own_texts_set (MosOwnTexts *self, const MosCatalogText *text, const char *const *texts, GError **error);
/** mos_own_texts_unset: takes it back; without an error also where there is none */
gboolean mos_own_texts_unset (MosOwnTexts *self, const char *context, const char *original, GError **error);
/** mos_own_texts_to_po: Returns: (transfer full): what she changed, for the translators */
char *mos_own_texts_to_po (MosOwnTexts *self, GDateTime *now);

/**
 * mos_own_texts_search: the texts in whose translation or original the words are, those whose translation is short before long ones
 * @query: what is seen somewhere; capitals, accents and the "_" of accelerators do not count
 *
 * Returns: (transfer container) (element-type MosCatalogText): of what is shipped, @limit at most
 */
GPtrArray *mos_own_texts_search (MosOwnTexts *self, const char *query, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosOwnTexts, mos_own_texts_free)

G_END_DECLS
