/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-backup-job.h"
#include "core/desk/mos-desk.h"
#include "core/values/mos-backup-values.h"

G_BEGIN_DECLS

/* Backups for the window: mos-backups.h without blocking. Main context only. The signal `backup-changed` of #MosDesk tells that the plan, or what came of it, is another;
 * `backup-failed (MosJob *job)` that a planned one failed after one that had not. */

void mos_desk_load_backup_plan_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosBackupPlan *mos_desk_load_backup_plan_finish (MosDesk *self, GAsyncResult *result, GError **error);
/**
 * mos_desk_save_backup_plan_async: see mos_backups_set_plan()
 * @passphrase: (nullable): a new one, for the keyring; %NULL keeps the one that is there
 *
 * Nothing is saved where the keyring does not take it (MOS_DESK_ERROR_NO_SECRET_SERVICE).
 */
void mos_desk_save_backup_plan_async (MosDesk *self, MosBackupPlan *plan, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_save_backup_plan_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_back_up: now, into the file @path, which is replaced. @passphrase: (nullable). Returns: (transfer none): the job */
MosJob *mos_desk_back_up (MosDesk *self, const char *path, const char *passphrase, gboolean with_passwords);
/** mos_desk_back_up_by_plan: now, as the plan says. Returns: (transfer none): the job */
MosJob *mos_desk_back_up_by_plan (MosDesk *self);

G_END_DECLS
