/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-seal.h"
#include "core/desk/mos-job.h"
#include "core/store/mos-store.h"
#include "core/values/mos-backup-values.h"

G_BEGIN_DECLS

/**
 * MosBackupJob:
 *
 * The whole profile into one file (mos-backup-file.h) while work goes on. It is written as PATH.part, read again from its beginning to its end, and gets its
 * name only then: what had it before, and older backups, are whole until that moment. Errors are #MosBackupError, #MosStoreError and #GIOError.
 *
 * The one of the plan (mos-backups.h) has its name, its passphrase and what came of it from there, and takes away older ones once it is there.
 */
#define MOS_TYPE_BACKUP_JOB (mos_backup_job_get_type ())
G_DECLARE_FINAL_TYPE (MosBackupJob, mos_backup_job, MOS, BACKUP_JOB, MosJob)

/**
 * mos_backup_job_new:
 * @passphrase: (nullable): seals it
 * @with_passwords: those of the accounts, too; only below a seal
 * @replace: also where there is a file
 */
MosBackupJob *mos_backup_job_new (MosStore *store, const char *path, const char *passphrase, gboolean with_passwords, gboolean replace);
/** mos_backup_job_new_planned: as the profile's plan says */
MosBackupJob *mos_backup_job_new_planned (MosStore *store);
/** mos_backup_job_set_cost: before it runs: of its seal, where another one than MOS_SEAL_COST is wanted, as in tests */
void mos_backup_job_set_cost (MosBackupJob *self, MosSealCost cost);
gboolean mos_backup_job_is_planned (MosBackupJob *self);
/** mos_backup_job_dup_path: Returns: (transfer full) (nullable): %NULL of a planned one that has not begun */
char *mos_backup_job_dup_path (MosBackupJob *self);
/** mos_backup_job_ref_info: Returns: (transfer full) (nullable): what it holds, once it is done */
MosBackupInfo *mos_backup_job_ref_info (MosBackupJob *self);

G_END_DECLS
