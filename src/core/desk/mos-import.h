/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-imports.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/* Mail from files. Pure except for reading; worker threads, or programs without a main loop. See mos-import-job.h for what is done with it. */

/** MOS_IMPORT_MAX_BYTES: larger messages are named and passed over: they are held in memory while they are read, parsed and stored. */
#define MOS_IMPORT_MAX_BYTES (256 * 1024 * 1024)

/**
 * MosImportPlace: how far a walk over files came: behind a message.
 * @index: of the path in the list
 * @file: (nullable): the file that was read last; %NULL = the beginning
 * @offset: in a mailbox file; its size when all of it was read
 * @number: of the message within the mailbox file
 * @size, @mtime_us: of the file then: another file under the same name is read from its beginning
 */
typedef struct
{
  guint index;
  char *file;
  guint64 offset;
  guint number;
  guint64 size;
  gint64 mtime_us;
} MosImportPlace;
void mos_import_place_clear (MosImportPlace *self);
/** mos_import_place_to_json: Returns: (transfer full) */
char *mos_import_place_to_json (const MosImportPlace *self);
/** mos_import_place_from_json: the beginning where @json is none */
void mos_import_place_from_json (MosImportPlace *self, const char *json);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosImportPlace, mos_import_place_clear)

/**
 * MosImportItem: one message, or one that was passed over. Borrowed.
 * @path: names it: a file, "box.mbox#3" within a mailbox file, "INBOX;UID=7" on a server
 * @raw: (nullable): %NULL for what was passed over, as @problem and @detail (nullable) say
 * @flags: what the mailbox knows of it
 * @delivered_us: when it says that the message came, 0 for unknown; @is_exact: that is to be believed (IMAP, our own exports)
 * @is_sent: it lies in a folder for sent mail
 * @bytes: how much of the source it is
 * @place: (nullable): the walk stands behind it
 */
typedef struct
{
  const char *path;
  GBytes *raw;
  MosImportProblemKind problem;
  const char *detail;
  MosMessageFlags flags;
  gint64 delivered_us;
  gboolean is_exact;
  gboolean is_sent;
  guint64 bytes;
  const MosImportPlace *place;
} MosImportItem;

/** MosImportFunc: Returns: %FALSE with an error to stop */
typedef gboolean (*MosImportFunc) (const MosImportItem *item, gpointer user_data, GError **error);

/**
 * mos_import_walk:
 * @paths: .eml files, mailbox files (see mos-mbox.h), Maildirs with their subfolders, MH folders, or folders of all these
 * @from: (nullable): where an earlier walk over the same paths stopped
 *
 * Every message in a fixed order. In folders, *.eml, mailboxes and what begins as a mail does are taken; of a Maildir only cur and new.
 * A file that cannot be read is an item without raw; only a path of @paths that is not there is an error. mos-import-walk.c
 */
gboolean mos_import_walk (const char *const *paths, const MosImportPlace *from, MosImportFunc func, gpointer user_data, GCancellable *cancellable, GError **error);
/** mos_import_is_own_json: whether @path is our own export as JSON, which has no mail in it */
gboolean mos_import_is_own_json (const char *path);
/** mos_import_measure: the bytes of all files that mos_import_walk() would look at */
gboolean mos_import_measure (const char *const *paths, guint64 *ret_bytes, GCancellable *cancellable, GError **error);

/** mos_import_get_received_us: Returns: what the newest Received header says; 0 where there is none */
gint64 mos_import_get_received_us (GBytes *raw);
/** mos_import_flags_of_mbox: what mail programs wrote into the headers Status, X-Status and X-Mozilla-Status of a mailbox file */
MosMessageFlags mos_import_flags_of_mbox (GBytes *raw);
/**
 * mos_import_make: Returns: (transfer full): the mail as an archived #MosIncoming of @account
 *
 * Received when the mailbox says so, if that is exact or within minutes of the newest Received header (else the Date); otherwise
 * when those say. A copied mailbox often has the time of the copy.
 */
MosIncoming *mos_import_make (const char *account, const MosImportItem *item, gint64 now_us);

G_END_DECLS
