/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-backup-values.h"

G_BEGIN_DECLS

/* The profile as of one moment, for a backup, and what is special about one that came from a backup. */

/* The parts of a profile, as they are called in its folder and in a backup; the names below blobs are two hex digits, and all 64. */
#define MOS_SNAPSHOT_DATABASE "mostrador.db"
#define MOS_SNAPSHOT_BLOBS "blobs"

/** MosSnapshotProgress: @done: bytes so far */
typedef void (*MosSnapshotProgress) (guint64 done, gpointer user_data);

/**
 * mos_store_snapshot_sync: the database as one file, compact, as it is when this begins, whatever the writer does meanwhile. Blocking; any thread but the store's own and the main one.
 * @ret_path: (out) (transfer full): in the profile's folder, for it holds mail: whoever asked for it removes it; what a kill leaves goes when the store opens
 */
gboolean mos_store_snapshot_sync (MosStore *self, char **ret_path, MosSnapshotProgress progress, gpointer user_data, GCancellable *cancellable, GError **error);
/** mos_store_snapshot_estimate: Returns: about how many bytes that is going to be; 0 = cannot be told */
guint64 mos_store_snapshot_estimate (MosStore *self);
/** mos_store_snapshot_describe_sync: what @info says of a profile: its schema, desk and counts. @path: its database */
gboolean mos_store_snapshot_describe_sync (const char *path, MosBackupInfo *info, GError **error);

/** mos_store_snapshot_get_newest: Returns: the newest schema of a database that this version can open */
guint mos_store_snapshot_get_newest (void);

/** MosSnapshotFile: @name: below MOS_SNAPSHOT_BLOBS */
typedef gboolean (*MosSnapshotFile) (const char *name, gpointer user_data, GError **error);
/** mos_store_snapshot_each_file_sync: each blob of the snapshot @path that is a file, by name */
gboolean mos_store_snapshot_each_file_sync (const char *path, MosSnapshotFile func, gpointer user_data, GCancellable *cancellable, GError **error);

/**
 * mos_store_vouch_sync: whether the profile in @store, which came from a backup, is made as one of this version is: sound, and with no trigger or view that it does not know.
 * MOS_STORE_ERROR_CORRUPT
 */
gboolean mos_store_vouch_sync (MosStore *self, GCancellable *cancellable, GError **error);
/** mos_store_become_another: it is another desk from now on than the one it was copied from: an id of its own for what it writes, and backups that are not that one's. Not recorded */
gboolean mos_store_become_another (MosTxn *txn, GError **error);

/* --- which backups are made by themselves --- */

/** mos_store_backup_plan_load: @ret_plan: (out) (transfer full): off, where nobody decided yet */
gboolean mos_store_backup_plan_load (MosTxn *txn, MosBackupPlan **ret_plan, GError **error);
/** mos_store_backup_plan_save: what a person decided: @every, @folder, @keep, @is_sealed, @with_passwords and @since_us of it */
gboolean mos_store_backup_plan_save (MosTxn *txn, const MosBackupPlan *plan, GError **error);
gboolean mos_store_backup_plan_set_wanted (MosTxn *txn, gboolean is_wanted, GError **error);
/** mos_store_backup_plan_note: what came of a try, now: @why, @detail; where that is "", @file, @bytes and @missing of it, too */
gboolean mos_store_backup_plan_note (MosTxn *txn, const MosBackupPlan *plan, GError **error);

G_END_DECLS
