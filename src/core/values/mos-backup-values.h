/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-enums.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosBackupError: what is wrong with a backup, or keeps one from being made
 * @MOS_BACKUP_ERROR_NOT_ONE: the file is no backup of Mostrador
 * @MOS_BACKUP_ERROR_NEEDS_PASSPHRASE: it is under a passphrase, and none was given
 * @MOS_BACKUP_ERROR_PASSPHRASE: the passphrase is another one
 * @MOS_BACKUP_ERROR_DAMAGED: it is damaged, or not all of it is there
 * @MOS_BACKUP_ERROR_TOO_NEW: a newer Mostrador made it
 * @MOS_BACKUP_ERROR_NO_FOLDER: the folder for backups is not there, as that of a drive that is not plugged in
 * @MOS_BACKUP_ERROR_NO_ROOM: the disk has no room for it
 * @MOS_BACKUP_ERROR_NOT_WRITABLE: the folder takes no files
 * @MOS_BACKUP_ERROR_NO_KEYRING: passphrase or passwords are in a keyring that does not give them
 * @MOS_BACKUP_ERROR_NO_PASSPHRASE: the keyring has no passphrase for those that are made by themselves
 *
 * Whatever it is, profile and older backups are as they were. Cancellation stays G_IO_ERROR.
 */
typedef enum
{
  MOS_BACKUP_ERROR_NOT_ONE,
  MOS_BACKUP_ERROR_NEEDS_PASSPHRASE,
  MOS_BACKUP_ERROR_PASSPHRASE,
  MOS_BACKUP_ERROR_DAMAGED,
  MOS_BACKUP_ERROR_TOO_NEW,
  MOS_BACKUP_ERROR_NO_FOLDER,
  MOS_BACKUP_ERROR_NO_ROOM,
  MOS_BACKUP_ERROR_NOT_WRITABLE,
  MOS_BACKUP_ERROR_NO_KEYRING,
  MOS_BACKUP_ERROR_NO_PASSPHRASE,
} MosBackupError;
#define MOS_BACKUP_ERROR (mos_backup_error_quark ())
GQuark mos_backup_error_quark (void);
/** MosBackupError's nicks are how the last try ended, as the profile keeps it; all else is "failed" */
MOS_DECLARE_NICKS (MosBackupError, backup_error)

typedef enum
{
  MOS_BACKUP_OFF,
  MOS_BACKUP_DAILY,
  MOS_BACKUP_WEEKLY,
} MosBackupEvery; /* off daily weekly */
MOS_DECLARE_NICKS (MosBackupEvery, backup_every)

#define MOS_BACKUP_MAX_KEEP 99u

/**
 * MosBackupPlan: which backups this computer makes by itself, and what came of the last one
 * @folder: path; "" = none was chosen
 * @keep: how many stay there
 * @is_sealed: under the passphrase that the keyring keeps
 * @with_passwords: the accounts' passwords are in it, too; only where it is sealed
 * @since_us: when it was decided: its time of day is the backups'
 * @is_wanted: it is time, and the backup is not there yet
 * @next_us: when the next is due; 0 = never
 * @last_us: the last try; 0 = there was none. @why: how it ended, "" = well; @detail: words of the system
 * @good_us: the last that is whole; 0 = there is none; @file, @bytes, @missing: its path, its size, and how many attachments this profile had lost before
 */
typedef struct
{
  MosBackupEvery every;
  char *folder;
  guint keep;
  gboolean is_sealed;
  gboolean with_passwords;
  gint64 since_us;
  gboolean is_wanted;
  gint64 next_us;
  gint64 last_us;
  char *why;
  char *detail;
  gint64 good_us;
  char *file;
  guint64 bytes;
  guint missing;
} MosBackupPlan;
MOS_DECLARE_VALUE (MosBackupPlan, backup_plan)

/**
 * MosBackupInfo: what a backup says of itself
 * @is_sealed: it is under a passphrase; without it nothing else is known
 * @is_old: of before there were such: one database file
 * @schema: of its database; @version: of the program that made it, "" = not told
 * @made_us: 0 = not told
 * @desk: (nullable): the profile's own id
 * @conversations, @messages, @customers, @accounts: how many there are
 * @files: attachments and mails that are files; @missing: how many of those the profile had lost before
 * @bytes: what it takes on the disk once it is restored
 * @file_bytes: the backup itself
 * @has_passwords: those of the accounts are in it
 */
typedef struct
{
  gboolean is_sealed;
  gboolean is_old;
  guint schema;
  char *version;
  gint64 made_us;
  char *desk;
  guint64 conversations;
  guint64 messages;
  guint64 customers;
  guint64 accounts;
  guint64 files;
  guint64 missing;
  guint64 bytes;
  guint64 file_bytes;
  gboolean has_passwords;
} MosBackupInfo;
MOS_DECLARE_VALUE (MosBackupInfo, backup_info)

/**
 * MosRestoredCount: what was found under way in a restored profile. It may have happened since, so nothing of it does by itself
 * @uncertain: messages that were to leave: whoever knows says whether they left
 * @held: those that waited for their time: held, and asked about
 * @outreaches: under way, now paused
 * @orders: things that were to be done to orders: a person looks in the shop
 * @surveys: customers who were to be asked, and are not
 */
typedef struct
{
  guint uncertain;
  guint held;
  guint outreaches;
  guint orders;
  guint surveys;
} MosRestoredCount;

G_END_DECLS
