/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What became of a message of ours for each of its recipients. Written by the outbox and by reports that came in. */

/** mos_store_recipient_add_all: rows in the state waiting for @addresses (%NULL-terminated); those that are there stay as they are */
gboolean mos_store_recipient_add_all (MosTxn *txn, const char *message, const char *const *addresses, GError **error);
/** mos_store_recipient_list: Returns: (transfer full): array of #MosRecipientResult in the order of the envelope */
GPtrArray *mos_store_recipient_list (MosTxn *txn, const char *message, GError **error);
/**
 * mos_store_recipient_set:
 * @address: compared without regard to case; a row is added for one that is not there: a report names whom the message was redirected to
 * @code: SMTP reply code, 0 = none; @status, @words: (nullable)
 */
gboolean mos_store_recipient_set (MosTxn *txn, const char *message, const char *address, MosRecipientState state, guint code, const char *status, const char *words, GError **error);
/** mos_store_recipient_move: all recipients of @message that are in @from, to @to; what a server said stays */
gboolean mos_store_recipient_move (MosTxn *txn, const char *message, MosRecipientState from, MosRecipientState to, GError **error);
/** mos_store_recipient_count: @states: as bits, 1 << MosRecipientState */
gboolean mos_store_recipient_count (MosTxn *txn, const char *message, guint states, guint *ret_count, GError **error);

/**
 * mos_store_recipient_is_unreachable:
 * @address: a canonical address
 * @since_us: what is older does not count
 * @ret_is: (out): what we sent to it came back for good, or there is no such mailbox, and nothing came from it since
 */
gboolean mos_store_recipient_is_unreachable (MosTxn *txn, const char *address, gint64 since_us, gboolean *ret_is, GError **error);

#define MOS_RECIPIENT_BIT(state) (1u << MOS_RECIPIENT_##state)
/** Who is still to be sent to. */
#define MOS_RECIPIENTS_OPEN (MOS_RECIPIENT_BIT (WAITING) | MOS_RECIPIENT_BIT (DEFERRED))
/** For whom a server took it. */
#define MOS_RECIPIENTS_TAKEN (MOS_RECIPIENT_BIT (ACCEPTED) | MOS_RECIPIENT_BIT (DELAYED) | MOS_RECIPIENT_BIT (DELIVERED) | MOS_RECIPIENT_BIT (BOUNCED))

G_END_DECLS
