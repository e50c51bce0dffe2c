/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosCollation:
 *
 * The order in which the people of a language look names up, by the Unicode CLDR (ICU): "Ñíguez" behind "Nuria" in Spanish, "Ærø" behind "Zug" in
 * Danish. Names become keys that are compared byte by byte. One thread at a time.
 */
typedef struct _MosCollation MosCollation;

/**
 * mos_collation_dup_order: Returns: (transfer full): names the order of @locale, which is as in mos-locale.h; it changes with ICU's version, where keys do
 */
char *mos_collation_dup_order (const char *locale);

/** mos_collation_new: @order: of mos_collation_dup_order(); with one that nobody knows it is that of all languages together */
MosCollation *mos_collation_new (const char *order);
void mos_collation_free (MosCollation *self);

/**
 * mos_collation_make_key:
 * @text: valid UTF-8 of @size bytes
 *
 * Returns: (transfer full): what says where @text stands; as much of it as names need. Empty text comes first.
 */
GBytes *mos_collation_make_key (MosCollation *self, const char *text, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCollation, mos_collation_free)

G_END_DECLS
