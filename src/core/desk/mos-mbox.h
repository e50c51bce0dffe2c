/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosMbox:
 *
 * A mailbox file (RFC 4155), read message by message with bounded memory. One thread.
 *
 * All dialects are read: with "From " lines of bodies quoted once (mboxo) or every time (mboxrd), with
 * Content-Length and quoting (mboxcl) or without (mboxcl2). A Content-Length is believed only when a "From "
 * line or the end of the file stands where it points. A "From " line in an unquoted body is no separator
 * unless it looks like one and a header follows it. In a file that begins with the "From " line of one of our
 * exports, each of these begins a message whatever follows it: those within messages were quoted.
 */
typedef struct _MosMbox MosMbox;

/** The sender that our own exports write into "From " lines: then its date is exactly when the message was received. */
#define MOS_MBOX_OWN_SENDER "MOSTRADOR"
/** The same in the names of the files of a Maildir: "seconds.M<microseconds>Q<n>.mostrador-export:2,S". */
#define MOS_MBOX_OWN_HOST ".mostrador-export"

/**
 * MosMboxMessage:
 * @raw: (owned) (nullable): the message as it was before the mailbox quoted it; %NULL when it is larger than the limit
 * @size: in the file
 * @from_us: the date of the "From " line (UTC, for it has no zone), 0 when there is none
 * @is_own: the line is one of our exports
 * @next: where the next one begins: mos_mbox_open()'s @offset to go on from here
 */
typedef struct
{
  GBytes *raw;
  guint64 size;
  gint64 from_us;
  gboolean is_own;
  guint64 next;
} MosMboxMessage;
void mos_mbox_message_clear (MosMboxMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosMboxMessage, mos_mbox_message_clear)

/** mos_mbox_open: @offset: 0, or a MosMboxMessage.next; @max_bytes: of one message. Returns: (transfer full) (nullable) */
MosMbox *mos_mbox_open (const char *path, guint64 offset, gsize max_bytes, GError **error);
void mos_mbox_free (MosMbox *self);
/** mos_mbox_next_sync: @ret_message: (out caller-allocates). Returns: 1 with a message, 0 at the end, -1 with @error */
int mos_mbox_next_sync (MosMbox *self, MosMboxMessage *ret_message, GCancellable *cancellable, GError **error);

/** mos_mbox_is_separator: whether @line is a "From " line with a date. @ret_us: (out) (optional): the date, 0 when it cannot be read */
gboolean mos_mbox_is_separator (const char *line, gsize length, gint64 *ret_us);
/** mos_mbox_quote: Returns: (transfer full): @raw as mboxrd has it between its "From " line of @received_us and the empty line behind it */
GBytes *mos_mbox_quote (GBytes *raw, gint64 received_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMbox, mos_mbox_free)

G_END_DECLS
