/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_unpack_old_sync: a backup of before there were archives, one SQLite file, as the profile folder @dir, which is not there yet. The store is opened afterwards by mos_store_open_sync() */
gboolean mos_store_unpack_old_sync (const char *file, const char *dir, GCancellable *cancellable, GError **error);
/** mos_store_check_sync: verifies database, foreign keys, blobs, search index, derived columns, facts and roll-ups. Returns: array of #MosCheckProblem, empty when all is well */
GPtrArray *mos_store_check_sync (MosStore *self, GCancellable *cancellable, GError **error);
/** mos_store_repair_sync: makes anew what follows from the rest: derived columns, facts and roll-ups, search index; cleans up orphaned blobs. Lost mail does not come back by it */
gboolean mos_store_repair_sync (MosStore *self, GCancellable *cancellable, GError **error);

G_END_DECLS
