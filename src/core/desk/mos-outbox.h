/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/*
 * The road of an outgoing message, inside transactions (behaviour.md §2.12):
 *
 *   draft ──send──▶ queued ──claim──▶ sending ──▶ accepted ──▶ copy in Sent
 *                     ▲  │               ├──▶ failed ──retry──▶ queued
 *                     │  cancel          ├──▶ uncertain ──settle──▶ accepted | queued
 *                     └── temporary ─────┘
 *
 * Its bytes and its Message-ID are fixed before the first attempt. "sending" is
 * committed before its first byte leaves, and that its last one is about to
 * leave before that: so a kill at any instant leaves either something that was
 * never accepted and is queued again, or something uncertain that says so.
 *
 * The message is what its recipients are (mos-store-recipients.h): sent to some and put off by others it is queued, for those alone; refused for
 * some it is accepted, and says for whom not.
 */

/** mos_outbox_peek: @ret_message: (out) (transfer full) (nullable): what is due at @now_us; @ret_next_us: (out): else when to look again, 0 = never */
gboolean mos_outbox_peek (MosTxn *txn, const char *account, gint64 now_us, char **ret_message, gint64 *ret_next_us, GError **error);
/**
 * mos_outbox_report: @result: with another claim than the item has, or "" for none while somebody sends it, it is passed over
 * @ret_item: (out) (transfer full) (nullable): set when a person should hear of it
 */
gboolean mos_outbox_report (MosTxn *txn, MosSendResult *result, MosOutboxItem **ret_item, GError **error);
/** mos_outbox_recover: at the start: what a kill left half sent. @ret_items: (out) (transfer full): array of #MosOutboxItem: the uncertain ones; a person has to look */
gboolean mos_outbox_recover (MosTxn *txn, GPtrArray **ret_items, GError **error);
/** mos_outbox_doubt_all: in a profile from a backup: whatever was to leave when that was made may have left since: it is uncertain (MOS_OUTBOX_RESTORED), and not sent by itself. @ret_n: (out): how many a person is asked about */
gboolean mos_outbox_doubt_all (MosTxn *txn, guint *ret_n, GError **error);
gboolean mos_outbox_record_copy (MosTxn *txn, const char *account, const char *message, const char *folder, guint32 uidvalidity, guint32 uid, const char *message_id, GError **error);

/** mos_outbox_retry: failed, uncertain, come back, refused for some, or still waiting: queued again, now, for those who do not have it; the schedule begins anew */
gboolean mos_outbox_retry (MosTxn *txn, const char *message, GError **error);
/** mos_outbox_take_back: out of the queue, and a draft again, as it was, for those who do not have it. One that was scheduled keeps its id, and gives the conversation back its status. @ret_draft: (out) (optional) (transfer full) */
gboolean mos_outbox_take_back (MosTxn *txn, const char *message, char **ret_draft, GError **error);
/** mos_outbox_discard: out of the queue for good: no draft is made of it; what some have already stays sent */
gboolean mos_outbox_discard (MosTxn *txn, const char *message, GError **error);
/** mos_outbox_take_all_back: mos_outbox_take_back() of all that has not left by @account, for it is about to be removed; what no person wrote, or was one of many, failed. @ret_n: (out) (optional): how many drafts there are of it now */
gboolean mos_outbox_take_all_back (MosTxn *txn, const char *account, guint *ret_n, GError **error);
/** mos_outbox_settle: the owner found out whether an uncertain one was sent */
gboolean mos_outbox_settle (MosTxn *txn, const char *message, gboolean was_sent, GError **error);
/**
 * mos_outbox_take_evidence: somebody has @message, for it was found where only a server puts it, answered, or reported about: an uncertain one was sent, and one that
 *   still waits (a profile from a backup, a server that said "later" and meant "yes") is not sent again. Nothing else changes.
 */
gboolean mos_outbox_take_evidence (MosTxn *txn, const char *message, GError **error);

G_END_DECLS
