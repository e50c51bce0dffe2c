/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosEmailArrival: where a mail is in the mailbox
 * @folder: (nullable): as it is shown; %NULL = nowhere yet
 * @head: (nullable): its head
 * @is_tidied: it was moved to the trash
 */
typedef struct
{
  char *folder;
  gboolean is_junk;
  GBytes *head;
  gboolean is_tidied;
} MosEmailArrival;
void mos_email_arrival_clear (MosEmailArrival *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosEmailArrival, mos_email_arrival_clear)

/**
 * mos_email_await_sync:
 * @host: asked for what the account signs in with
 * @message_id: of the mail, without angle brackets: with a proof of ours in it, for what has it is moved
 * @until_us: by g_get_monotonic_time()
 * @ret_arrival: (out): to be cleared; without a folder when the time is over
 * @error: as of mos_email_login_imap_sync()
 *
 * Looks with a connection of its own in the inbox and where spam is put until a mail is there, then moves it to the trash. Where the server cannot do that in one step, or has no
 * trash, it stays. Worker threads.
 */
gboolean mos_email_await_sync (MosAccount *account, MosChannelHost *host, const char *message_id, gint64 until_us, MosEmailArrival *ret_arrival, GCancellable *cancellable, GError **error);

G_END_DECLS
