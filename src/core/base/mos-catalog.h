/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The translations of one language, as gettext reads them: an MO file ("The Format of GNU MO Files" in its manual), read with every bound checked
 * and written without the hash table, which is optional. */

/**
 * MosCatalogText: one text
 * @context: (nullable): what tells it from others that are spelled the same
 * @original: in English; of one thing where there is @plural
 * @plural: (nullable): in English, of several things
 * @texts: the translation; where there is @plural, one for each form of the language
 */
typedef struct
{
  char *context;
  char *original;
  char *plural;
  char **texts;
} MosCatalogText;

/** mos_catalog_text_copy: Returns: (transfer full) */
MosCatalogText *mos_catalog_text_copy (const MosCatalogText *self);
void mos_catalog_text_free (MosCatalogText *self);

typedef struct _MosCatalog MosCatalog;

/** mos_catalog_new: one without texts; @header: what gettext calls the header entry, "Name: value" lines */
MosCatalog *mos_catalog_new (const char *header);
/** mos_catalog_parse: Returns: (transfer full): %NULL with G_IO_ERROR_INVALID_DATA where @data is no MO file in UTF-8 */
MosCatalog *mos_catalog_parse (const char *data, gsize length, GError **error);
/** mos_catalog_load: Returns: (transfer full): %NULL also with a G_FILE_ERROR where it cannot be read */
MosCatalog *mos_catalog_load (const char *path, GError **error);
void mos_catalog_free (MosCatalog *self);

/** mos_catalog_get_header: Returns: (transfer none): "Name: value" lines */
const char *mos_catalog_get_header (MosCatalog *self);
/** mos_catalog_get_n_forms: how many plural forms the language has, as the header says */
guint mos_catalog_get_n_forms (MosCatalog *self);
/** mos_catalog_get_texts: Returns: (transfer none) (element-type MosCatalogText): all, in the order of the file */
GPtrArray *mos_catalog_get_texts (MosCatalog *self);
/** mos_catalog_find: Returns: (transfer none) (nullable): @context: (nullable) */
const MosCatalogText *mos_catalog_find (MosCatalog *self, const char *context, const char *original);
/** mos_catalog_set: puts @texts where @of has its own, or adds it */
void mos_catalog_set (MosCatalog *self, const MosCatalogText *of, const char *const *texts);
/** mos_catalog_remove: Returns: whether it was there */
gboolean mos_catalog_remove (MosCatalog *self, const char *context, const char *original);

/** mos_catalog_write: Returns: (transfer full): an MO file */
GBytes *mos_catalog_write (MosCatalog *self);
/**
 * mos_catalog_to_po: the texts as translators keep them
 * @before: (nullable): what stood there until now, told in comments
 * @now: of the header's date
 */
char *mos_catalog_to_po (MosCatalog *self, MosCatalog *before, const char *language, GDateTime *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCatalog, mos_catalog_free)

G_END_DECLS
