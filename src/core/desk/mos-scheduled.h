/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-scheduled.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/*
 * A message that waits in the outbox, for an undo or for its time, inside transactions (behaviour.md §2.8). It is "scheduled" there; its row of
 * `due` (kind "send", key "send:" and its id) releases it, and nothing else does but a person. What it was as a draft lies beside it
 * (mos-store-scheduled.h), so that it becomes one again as it was.
 *
 * One that a person scheduled is made anew when it leaves: its date is that of its leaving, and so is its place in the conversation. One that
 * waited for an undo is sent as it is.
 */

/** Kind of its rows in `due`. */
#define MOS_SCHEDULED_DUE_KIND "send"

/** mos_scheduled_plan: puts the row of `due`, for a message that is in the outbox */
gboolean mos_scheduled_plan (MosTxn *txn, const char *message, const char *conversation, const char *account, gint64 at_us, GError **error);
/** mos_scheduled_run: its time has come (a #MosDueWork): it leaves, or is held, with its cause, where a person has to say; one whose @due is held leaves */
gboolean mos_scheduled_run (MosTxn *txn, MosDueRow *due, GError **error);
/** mos_scheduled_fail: it could not leave (a #MosDueWork): held, as it was, for a person to see why */
gboolean mos_scheduled_fail (MosTxn *txn, MosDueRow *due, const GError *why, GError **error);
/** mos_scheduled_discard: it is not to be sent: a draft again */
gboolean mos_scheduled_discard (MosTxn *txn, MosDueRow *due, GError **error);
/** mos_scheduled_send_now: waiting or held, a person wants it to leave. Nothing where it left already */
gboolean mos_scheduled_send_now (MosTxn *txn, const char *message, GError **error);
/** mos_scheduled_change_time: scheduled or held, a person wants it to leave at @at_us. MOS_DESK_ERROR_NOT_FOUND: it left already, or waits for an undo only;
 *  MOS_DESK_ERROR_INVALID: the time has passed */
gboolean mos_scheduled_change_time (MosTxn *txn, const char *message, gint64 at_us, GError **error);
/** mos_scheduled_restore: @message is a draft again: takes its row of `due` away and, where it only waited for an undo, gives the conversation the status it had */
gboolean mos_scheduled_restore (MosTxn *txn, MosScheduled *scheduled, GError **error);
/** mos_scheduled_hold_answered: the customer wrote to @conversation, at @received_us: what was to be sent later, and scheduled before, waits for a person */
gboolean mos_scheduled_hold_answered (MosTxn *txn, const char *conversation, gint64 received_us, GError **error);
/** mos_scheduled_hold_merged: the conversation @row is about to become part of another: what was to be sent later in it waits for a person, and opens it */
gboolean mos_scheduled_hold_merged (MosTxn *txn, MosConversationRow *row, GError **error);

/** mos_scheduled_hold_all: in a profile from a backup: what waits for an undo or for its time waits for a person. @ret_n: (out): how many */
gboolean mos_scheduled_hold_all (MosTxn *txn, guint *ret_n, GError **error);

G_END_DECLS
