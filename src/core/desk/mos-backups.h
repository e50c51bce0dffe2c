/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-due.h"
#include "core/store/mos-store-snapshot.h"

G_BEGIN_DECLS

/*
 * Backups that are made by themselves. A row of `due` (kind "backup") says that it is time; then the plan is "wanted", and whoever has the profile open makes one
 * (MosBackupJob): one, however many were missed. One that fails stays wanted and is tried again each hour, and when the desk opens.
 */

#define MOS_BACKUP_DUE_KIND "backup"
/** Under which name the keyring has the passphrase of planned ones */
#define MOS_BACKUP_SECRET "backup"

/** mos_backup_next: Returns: the first time after @after_us that is due by @plan, in @tz; 0 = never */
gint64 mos_backup_next (const MosBackupPlan *plan, gint64 after_us, GTimeZone *tz);
/**
 * mos_backups_set_plan: what a person decided: @every, @folder, @keep, @is_sealed and @with_passwords of @plan. Where it is on, the first one is due at once;
 * when and where it is no other than before, only at its time.
 *
 * Errors: MOS_DESK_ERROR_INVALID: on without a folder, keeping none, or with passwords and no passphrase
 */
gboolean mos_backups_set_plan (MosTxn *txn, MosBackupPlan *plan, GError **error);
/**
 * mos_backups_save_sync: the same from a worker thread, with the keyring
 * @passphrase: (nullable): a new one; %NULL keeps the one that is there. Where the plan is not sealed, the keyring forgets it
 *
 * Errors: also MOS_DESK_ERROR_NO_SECRET_SERVICE, and MOS_DESK_ERROR_NO_PASSWORD: sealed, and no passphrase was ever given; nothing is saved then
 */
gboolean mos_backups_save_sync (MosStore *store, MosBackupPlan *plan, const char *passphrase, GCancellable *cancellable, GError **error);
/** mos_backups_run_due: the #MosDueWork: it is wanted, and the next is due in its time */
gboolean mos_backups_run_due (MosTxn *txn, MosDueRow *due, GError **error);
/** mos_backups_begin: a desk opens. After a clock that was ahead, the next one lies far away: it is due now instead. @ret_plan: (out) (transfer full) */
gboolean mos_backups_begin (MosTxn *txn, MosBackupPlan **ret_plan, GError **error);
/** mos_backups_note: what came of a planned one: @file, @bytes and @missing of @plan, or @problem (nullable) */
gboolean mos_backups_note (MosTxn *txn, MosBackupPlan *plan, const GError *problem, GError **error);

/* --- files. Blocking --- */

/** mos_backup_dup_name: Returns: (transfer full): how a planned one is called: its desk, day and time are in it */
char *mos_backup_dup_name (const char *desk, gint64 made_us, GTimeZone *tz);
/**
 * mos_backups_prune_sync: removes all but the newest @keep of those of @desk in @folder, and what of theirs was never finished
 * @keep: at least 1
 * @made: the path of the one that was just made: it stays, and is one of them, whatever the clock said when the others were made
 */
void mos_backups_prune_sync (const char *folder, const char *desk, guint keep, const char *made);

/** MosBackupFile: one in a folder: @info: (nullable): what it says of itself, where it does without a passphrase; @problem: (nullable): why it is none that can be restored */
typedef struct
{
  char *path;
  guint64 bytes;
  gint64 changed_us;
  MosBackupInfo *info;
  GError *problem;
} MosBackupFile;
MOS_DECLARE_VALUE (MosBackupFile, backup_file)
/** mos_backups_list_sync: Returns: (transfer full) (nullable): array of #MosBackupFile: all whose name ends like a backup's, newest first */
GPtrArray *mos_backups_list_sync (const char *folder, GCancellable *cancellable, GError **error);
/**
 * mos_backups_look_sync: what a file says of itself; with @verify all of it is read and compared
 * @passphrase: (nullable). Without it, of one that has one nothing is known but that
 */
MosBackupInfo *mos_backups_look_sync (const char *path, const char *passphrase, gboolean verify, GCancellable *cancellable, GError **error);

/* --- passwords of accounts and shops --- */

/** mos_backup_collect_passwords_sync: Returns: (transfer full) (nullable): what the keyring has of the profile in @store. MOS_BACKUP_ERROR_NO_KEYRING */
GBytes *mos_backup_collect_passwords_sync (MosStore *store, GCancellable *cancellable, GError **error);
/** mos_backup_keep_passwords_sync: puts them into the keyring, for @profile */
gboolean mos_backup_keep_passwords_sync (const char *profile, GBytes *passwords, GCancellable *cancellable, GError **error);

G_END_DECLS
