/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-host.h"
#include "core/store/mos-store.h"
#include "core/values/mos-delivery-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/*
 * A message that an account sends to itself, on the road of all others: the outbox, its server, the mailbox. Its conversation is one of nothing but what was sent to many
 * (conversation.silent_message): shown nowhere, counted nowhere. Coming back it is known by the proof in its Message-ID (mos-token.h), so it opens nothing, and no rule sees it.
 */

/** MOS_SELF_TEST_WAIT_S: how long it is waited for what nearly always takes seconds */
#define MOS_SELF_TEST_WAIT_S 180u

/**
 * mos_self_test_queue:
 * @subject, @text: core knows no language
 * @ret_message: (out) (transfer full): its id
 *
 * MOS_DESK_ERROR_INVALID where the account cannot send.
 */
gboolean mos_self_test_queue (MosTxn *txn, const char *account, const char *subject, const char *text, char **ret_message, GError **error);

/**
 * mos_self_test_follow_sync:
 * @host: for what the account signs in with
 * @message: of mos_self_test_queue(); somebody else sends it
 * @since_us: when it was queued, by g_get_monotonic_time()
 * @wait_s: how long at most; 0: it is only taken out of the outbox, where it is there still
 * @error: as of mos_email_await_sync(): what came of the sending is no error
 *
 * Waits until it left, and then until it is in the mailbox. What did not leave is taken out of the outbox again, also when it is cancelled meanwhile. The keys that it was signed
 * with are remembered for mos_delivery_find_keys(). Worker threads, without a transaction.
 *
 * Returns: (transfer full) (nullable)
 */
MosSelfTest *mos_self_test_follow_sync (MosStore *store, MosAccount *account, MosChannelHost *host, const char *message, gint64 since_us, guint wait_s, GCancellable *cancellable, GError **error);

G_END_DECLS
