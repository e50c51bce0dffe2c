/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-seal.h"
#include "core/values/mos-backup-values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A backup as a file: a tar archive under zstd, which any tar unpacks, and around it a seal (mos-seal.h) where there is a passphrase. In this order:
 *
 *   manifest.json    what it is: MosBackupInfo
 *   mostrador.db     the database of one moment
 *   blobs/ab/ab…     large mails and attachments, as the profile keeps them, by name
 *   passwords.json   only below a seal, and only if somebody wants it so
 *   SHA256SUMS       of all before, as sha256sum -c reads it: without it, the archive counts as cut off
 *
 * Nothing is held in memory but the list of sums, 136 bytes a blob, which are 64 KiB at least. Blocking. Errors are #MosBackupError and #GIOError.
 */

#define MOS_BACKUP_MANIFEST "manifest.json"
#define MOS_BACKUP_PASSWORDS "passwords.json"
#define MOS_BACKUP_SUMS "SHA256SUMS"

/** MosBackupProgress: @done: bytes since the last call */
typedef void (*MosBackupProgress) (guint64 done, gpointer user_data);

/** mos_backup_set_errno: a failed call of the system as a #MosBackupError, or else a #GIOError. Returns: %FALSE */
gboolean mos_backup_set_errno (GError **error, int saved, const char *path);

typedef struct _MosBackupWriter MosBackupWriter;
/** mos_backup_writer_open: @path: made, readable for nobody else; must not be there. @passphrase: (nullable): seals it. Returns: (transfer full) (nullable) */
MosBackupWriter *mos_backup_writer_open (const char *path, const char *passphrase, const MosSealCost *cost, const MosBackupInfo *info, GError **error);
gboolean mos_backup_writer_add (MosBackupWriter *self, const char *name, gconstpointer data, gsize size, GError **error);
/** mos_backup_writer_add_file: @source: path of what is to be @name */
gboolean mos_backup_writer_add_file (MosBackupWriter *self, const char *name, const char *source, MosBackupProgress progress, gpointer user_data, GCancellable *cancellable, GError **error);
/** mos_backup_writer_finish: all of it is on the disk then */
gboolean mos_backup_writer_finish (MosBackupWriter *self, GError **error);
void mos_backup_writer_free (MosBackupWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosBackupWriter, mos_backup_writer_free)

typedef struct _MosBackupReader MosBackupReader;
/**
 * mos_backup_reader_open: reads the manifest
 * @fd: read from its beginning; stays the caller's
 * @passphrase: (nullable); @most: what may be spent on its key
 *
 * Returns: (transfer full) (nullable): %NULL with NOT_ONE, NEEDS_PASSPHRASE, PASSPHRASE, DAMAGED or TOO_NEW
 */
MosBackupReader *mos_backup_reader_open (int fd, const char *passphrase, const MosSealCost *most, GError **error);
/** mos_backup_reader_get_info: Returns: (transfer none) */
MosBackupInfo *mos_backup_reader_get_info (MosBackupReader *self);
/**
 * mos_backup_reader_run: reads the rest and compares all sums; once
 * @folder: (nullable): where database and blobs are put, a new folder that only its owner reads; %NULL = they are only looked at
 *
 * What is in @folder counts only where it returned %TRUE.
 */
gboolean mos_backup_reader_run (MosBackupReader *self, const char *folder, MosBackupProgress progress, gpointer user_data, GCancellable *cancellable, GError **error);
/** mos_backup_reader_get_passwords: Returns: (transfer none) (nullable): the contents of MOS_BACKUP_PASSWORDS, once all is read */
GBytes *mos_backup_reader_get_passwords (MosBackupReader *self);
void mos_backup_reader_free (MosBackupReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosBackupReader, mos_backup_reader_free)

G_END_DECLS
