/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/channels/email/mos-email-trouble.h"
#include "core/channels/mos-channel-host.h"

G_BEGIN_DECLS

/**
 * mos_email_send_due_sync:
 * @account, @host, @clock: (transfer none)
 * @random, @random_data: spreads retries
 * @everything: also what waits for a later time
 * @line_delay_us: when to try again where there is no connection
 * @ret_sent: (out): messages accepted or uncertain: their copies may be in Sent
 * @ret_next_us: (out): when the next one is due, 0 for none
 * @error: only for trouble with the account, the line or the host; what a server says to one message goes to the host
 *
 * Sends all that is due through one session. The item is claimed, which is a
 * commit, only when the session is logged in, and reported right after, so
 * that a kill leaves at most one message uncertain. Worker threads.
 *
 * Returns: %FALSE when no session could be had; the items stay queued
 */
gboolean mos_email_send_due_sync (MosAccount *account, MosChannelHost *host, MosClock *clock, MosRandomFunc random, gpointer random_data, gboolean everything, gint64 line_delay_us, guint *ret_sent, gint64 *ret_next_us, GCancellable *cancellable, GError **error);

G_END_DECLS
