/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/*
 * What is done when its time has come: the kinds of the table `due`. Inside a transaction.
 *
 * waiting → taken → done | cancelled | held | failed. What only this desk sees is done however late it is. What a customer would see
 * and is later than MOS_DUE_LATE_US is held, and a person asked: never sent late in silence, never lost.
 */

/** MOS_DUE_LATE_US: so late a customer may get what was planned without anybody being asked */
#define MOS_DUE_LATE_US (2 * G_TIME_SPAN_HOUR)

/** MOS_DUE_AGAIN_US: until what could not be done is tried again */
#define MOS_DUE_AGAIN_US (15 * G_TIME_SPAN_MINUTE)

/**
 * MosDueWork:
 * @kind: of the row
 * @is_for_customer: a customer gets to see it: held where it is late
 * @run: does it. An error takes back what it wrote; one of MOS_DESK_ERROR is the end of this row ("failed"), with any other one it is tried again after MOS_DUE_AGAIN_US.
 *   The row is done already when it is called, and may be put again, held or cancelled by it.
 * @discard: (nullable): what else is to be done where a person does not want it any more
 * @fail: (nullable): what becomes of it, instead of that, where @run could not do it because of @why: the row is to be held, and a person told
 */
typedef struct
{
  const char *kind;
  gboolean is_for_customer;
  gboolean (*run) (MosTxn *txn, MosDueRow *due, GError **error);
  gboolean (*discard) (MosTxn *txn, MosDueRow *due, GError **error);
  gboolean (*fail) (MosTxn *txn, MosDueRow *due, const GError *why, GError **error);
} MosDueWork;

/** mos_due_work_find: Returns: (transfer none) (nullable): %NULL for a kind that this version does not know */
const MosDueWork *mos_due_work_find (const char *kind);

/**
 * mos_due_work_do: what is to be done with a row that was taken: runs it, or holds it
 * @work: (nullable): mos_due_work_find() of the row's kind
 * @ret_state: (out): what became of it
 */
gboolean mos_due_work_do (MosTxn *txn, const MosDueWork *work, MosDueRow *due, MosDueState *ret_state, GError **error);

/* What a person says about a held row. MOS_DESK_ERROR_NOT_FOUND where it is held no more. */

/** mos_due_release: does it now, however late */
gboolean mos_due_release (MosTxn *txn, const char *id, GError **error);
/** mos_due_postpone: waits again, until @due_us; a time that has passed is MOS_DESK_ERROR_INVALID */
gboolean mos_due_postpone (MosTxn *txn, const char *id, gint64 due_us, GError **error);
/** mos_due_discard: it will not be done; what it was about stays */
gboolean mos_due_discard (MosTxn *txn, const char *id, GError **error);

/* --- remind me if no answer --- */

/**
 * mos_due_remind: @conversation comes back at @due_us if its customer has not answered our last message by then. 0 = not any more.
 * One reminder a conversation. MOS_DESK_ERROR_INVALID where there is no message of ours, or the time has passed.
 */
gboolean mos_due_remind (MosTxn *txn, const char *conversation, gint64 due_us, GError **error);
/** mos_due_answered: a customer's own message (no automatic one) came in at @received_us: ends a reminder that waits for it */
gboolean mos_due_answered (MosTxn *txn, const char *conversation, gint64 received_us, GError **error);

G_END_DECLS
