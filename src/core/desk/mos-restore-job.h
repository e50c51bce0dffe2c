/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/desk/mos-job.h"
#include "core/values/mos-backup-values.h"

G_BEGIN_DECLS

/**
 * MosRestoreJob:
 *
 * A backup becomes a profile, in two steps. The job reads all of it into a new folder beside the profile, compares it with its sums, brings it to this version and
 * makes it a desk of its own (mos-restored.h): until then nothing of the present profile is touched, and it may be open. mos_restore_job_put_in_place_sync()
 * exchanges the two, once nobody has the present one open. That one stays beside it, under a name of its own.
 *
 * Errors are #MosBackupError, #MosStoreError and #GIOError; whichever, the profile is as it was.
 */
#define MOS_TYPE_RESTORE_JOB (mos_restore_job_get_type ())
G_DECLARE_FINAL_TYPE (MosRestoreJob, mos_restore_job, MOS, RESTORE_JOB, MosJob)

/** mos_restore_job_new: @passphrase: (nullable) */
MosRestoreJob *mos_restore_job_new (const char *file, const char *passphrase, const char *profile, MosClock *clock);
const char *mos_restore_job_get_file (MosRestoreJob *self);
/** mos_restore_job_ref_info: Returns: (transfer full) (nullable): what the backup is, once the job is done */
MosBackupInfo *mos_restore_job_ref_info (MosRestoreJob *self);
/** mos_restore_job_get_count: what was under way in it */
MosRestoredCount mos_restore_job_get_count (MosRestoreJob *self);

/**
 * mos_restore_job_put_in_place_sync: after the job is done. Blocking.
 * @ret_aside: (out) (transfer full) (nullable): where the profile of before is; %NULL = there was none
 * @ret_keyring: (out) (optional): why the passwords of the backup are not in the keyring: they have to be typed again; all the rest is done
 *
 * MOS_STORE_ERROR_LOCKED: somebody has the profile open; nothing was done
 */
gboolean mos_restore_job_put_in_place_sync (MosRestoreJob *self, char **ret_aside, GError **ret_keyring, GCancellable *cancellable, GError **error);
/** mos_restore_job_give_up_sync: nobody wants it any more: what was unpacked goes. Blocking */
void mos_restore_job_give_up_sync (MosRestoreJob *self);

/** mos_restore_is_empty: Returns: whether there is nothing in the folder @profile, or no such folder */
gboolean mos_restore_is_empty (const char *profile);

G_END_DECLS
