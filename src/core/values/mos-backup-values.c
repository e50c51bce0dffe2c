/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-backup-values.h"

#include <string.h>

G_DEFINE_QUARK (mos - backup - error - quark, mos_backup_error)

static const char *const backup_error_nicks[] = {
  [MOS_BACKUP_ERROR_NOT_ONE] = "not-one",
  [MOS_BACKUP_ERROR_NEEDS_PASSPHRASE] = "needs-passphrase",
  [MOS_BACKUP_ERROR_PASSPHRASE] = "passphrase",
  [MOS_BACKUP_ERROR_DAMAGED] = "damaged",
  [MOS_BACKUP_ERROR_TOO_NEW] = "too-new",
  [MOS_BACKUP_ERROR_NO_FOLDER] = "no-folder",
  [MOS_BACKUP_ERROR_NO_ROOM] = "no-room",
  [MOS_BACKUP_ERROR_NOT_WRITABLE] = "not-writable",
  [MOS_BACKUP_ERROR_NO_KEYRING] = "no-keyring",
  [MOS_BACKUP_ERROR_NO_PASSPHRASE] = "no-passphrase",
};
MOS_DEFINE_NICKS (MosBackupError, backup_error)

static const char *const backup_every_nicks[] = {
  [MOS_BACKUP_OFF] = "off",
  [MOS_BACKUP_DAILY] = "daily",
  [MOS_BACKUP_WEEKLY] = "weekly",
};
MOS_DEFINE_NICKS (MosBackupEvery, backup_every)

static void
mos_backup_plan_clear (MosBackupPlan *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->file, g_free);
}
MOS_DEFINE_VALUE (MosBackupPlan, backup_plan)

static void
mos_backup_info_clear (MosBackupInfo *self)
{
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->desk, g_free);
}
MOS_DEFINE_VALUE (MosBackupInfo, backup_info)
