/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MosEntityCache:
 *
 * From a global id to the one living object of it. It holds weak references
 * only, so it never keeps alive what nobody shows, but for the last few that
 * it was told to keep (mos_entity_cache_keep()). Main context only.
 */
typedef struct _MosEntityCache MosEntityCache;

/** MosEntityCacheMake: Returns: (transfer full): a new shell for @id */
typedef GObject *(*MosEntityCacheMake) (const char *id);

MosEntityCache *mos_entity_cache_new (MosEntityCacheMake make);
void mos_entity_cache_free (MosEntityCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosEntityCache, mos_entity_cache_free)

/** mos_entity_cache_keep: @n: so many of those last asked for stay alive though nobody shows them: who comes back to a place finds it read */
void mos_entity_cache_keep (MosEntityCache *self, guint n);
/** mos_entity_cache_ref: Returns: (transfer full): the object for @id, made when there is none */
gpointer mos_entity_cache_ref (MosEntityCache *self, const char *id);
/** mos_entity_cache_peek: Returns: (transfer none) (nullable): the object for @id while somebody holds it */
gpointer mos_entity_cache_peek (MosEntityCache *self, const char *id);
/** mos_entity_cache_foreach: calls @func with each object that is alive; it must not make or let go of any */
void mos_entity_cache_foreach (MosEntityCache *self, GFunc func, gpointer user_data);
guint mos_entity_cache_get_size (MosEntityCache *self);

G_END_DECLS
