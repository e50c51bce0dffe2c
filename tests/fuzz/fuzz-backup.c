/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define _GNU_SOURCE /* memfd_create() */

#include "config.h"

#include "fuzz.h"

#include "core/desk/mos-backup-file.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A backup from anybody: what stands before a seal, and an archive without one. It is whole, or it says what it is. */

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  const MosSealCost most = { 64, 1, 1 };
  int fd = memfd_create ("backup", MFD_CLOEXEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosBackupReader) reader = NULL;

  if (fd < 0 || write (fd, data, size) != (ssize_t) size || lseek (fd, 0, SEEK_SET) != 0)
    abort ();
  reader = mos_backup_reader_open (fd, "passphrase", &most, &error);
  if (reader != NULL)
    {
      MosBackupInfo *info = mos_backup_reader_get_info (reader);

      g_assert (info->version != NULL);
      /* Passwords come only from below a seal. */
      if (mos_backup_reader_run (reader, NULL, NULL, NULL, NULL, &error))
        g_assert (mos_backup_reader_get_passwords (reader) == NULL || info->is_sealed);
      else
        g_assert (error != NULL);
    }
  else
    g_assert (error != NULL && error->domain == MOS_BACKUP_ERROR);
  close (fd);
  return 0;
}
