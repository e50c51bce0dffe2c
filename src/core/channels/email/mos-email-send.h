/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/channels/email/mos-email-trouble.h"
#include "core/channels/mos-channel-host.h"

G_BEGIN_DECLS

/**
 * MosEmailSender:
 *
 * Sends what is due of one account. It holds nothing that must survive a kill,
 * but what could not be written down yet: an outcome that the host did not take
 * (a full disk) is kept here and offered again before anything else is sent, so
 * that a message which was accepted is neither sent again nor lost sight of
 * while the program runs; after a kill the host finds it uncertain. One thread.
 *
 * The schedule of a message that a server did not take for now: 1, 2, 4 … 60
 * minutes, each with up to a quarter more by chance, 110 times, which is four
 * to five days of being on line (RFC 5321 §4.5.4.1). Without a connection
 * nothing is tried and nothing counted.
 */
typedef struct _MosEmailSender MosEmailSender;

/** mos_email_sender_new: @account, @host, @clock: (transfer none), kept; @random: (scope forever): spreads retries */
MosEmailSender *mos_email_sender_new (MosAccount *account, MosChannelHost *host, MosClock *clock, MosRandomFunc random, gpointer random_data);
/** mos_email_sender_free: offers what is not written down a last time */
void mos_email_sender_free (MosEmailSender *self);

/**
 * mos_email_sender_run_sync:
 * @everything: also what waits for a later time
 * @line_delay_us: when to try again where there is no connection, or where the server wants none just now
 * @ret_sent: (out): messages accepted or uncertain: their copies may be in Sent
 * @ret_next_us: (out): when the next one is due, 0 for none
 * @error: only for trouble with the account, the line or the host; what a server says to one message goes to the host
 *
 * Sends all that is due through one session. The item is claimed, which is a
 * commit, only when the session is logged in, and reported right after, so
 * that a kill leaves at most one message uncertain. A server that hangs up or
 * puts off one message after the other is left alone for a while.
 *
 * Returns: %FALSE when no session could be had, the items stay queued; or when the host could not write
 */
gboolean mos_email_sender_run_sync (MosEmailSender *self, gboolean everything, gint64 line_delay_us, guint *ret_sent, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
/** mos_email_sender_has_unwritten: Returns: whether an outcome waits to be written down */
gboolean mos_email_sender_has_unwritten (MosEmailSender *self);
/** mos_email_sender_was_put_off: Returns: whether the last run ended because the server wanted no more just now */
gboolean mos_email_sender_was_put_off (MosEmailSender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosEmailSender, mos_email_sender_free)

G_END_DECLS
