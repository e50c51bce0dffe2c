/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/**
 * mos_store_backup_sync: the whole profile in one file, a consistent snapshot, while work goes on. Blocking; any thread but the store's own and the main one.
 * @file: path; written beside it first, fsynced, then renamed
 */
gboolean mos_store_backup_sync (MosStore *self, const char *file, GCancellable *cancellable, GError **error);
/** mos_store_restore_sync: a backup into an empty or absent profile folder, made whole beside it first; after a failure it can be tried again. The store is opened afterwards by mos_store_open_sync() */
gboolean mos_store_restore_sync (const char *file, const char *profile, GCancellable *cancellable, GError **error);
/** mos_store_check_sync: verifies database, foreign keys, blobs, search index, derived columns, facts and roll-ups. Returns: array of #MosCheckProblem, empty when all is well */
GPtrArray *mos_store_check_sync (MosStore *self, GCancellable *cancellable, GError **error);
/** mos_store_repair_sync: makes anew what follows from the rest: derived columns, facts and roll-ups, search index; cleans up orphaned blobs. Lost mail does not come back by it */
gboolean mos_store_repair_sync (MosStore *self, GCancellable *cancellable, GError **error);

G_END_DECLS
