/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/* Mail from files. Pure except for reading; worker threads, or programs without a main loop. */

/** MosImportFunc: one message; @path names it ("box.mbox#3" within a mailbox file); @raw: (nullable): %NULL for a file that was passed over, being no mail. Returns: %FALSE with an error to stop */
typedef gboolean (*MosImportFunc) (const char *path, GBytes *raw, gpointer user_data, GError **error);

/** mos_import_walk: each message of an .eml file, an mbox file, a Maildir, or a folder of them, in the order of names. Of a Maildir only cur, new and its folders; elsewhere *.eml, mailboxes and what begins like a mail */
gboolean mos_import_walk (const char *path, MosImportFunc func, gpointer user_data, GCancellable *cancellable, GError **error);

/** mos_import_make: Returns: (transfer full): the mail as an archived #MosIncoming of @account; its time is that of the newest Received header, else the Date */
MosIncoming *mos_import_make (const char *account, GBytes *raw, gint64 now_us);

G_END_DECLS
