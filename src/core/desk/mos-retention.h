/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-due.h"
#include "core/store/mos-store-retention.h"

G_BEGIN_DECLS

/*
 * How long what is done with is kept, by class. Inside a transaction; errors are #MosDeskError.
 *
 * Off until somebody saw what would go. Once a day (a row of `due`, kind "retention", which no undo takes back) each conversation is looked at, some hundred numbers a
 * transaction; what is past its time is listed, and goes MOS_RETENTION_GRACE_DAYS later, some dozens a transaction, if it still is and nobody kept it.
 * It goes as what a person erases does (mos_store_conversation_expire()): a sync or an import does not bring it back. Measures stay. There is no undo. At the end of
 * a run the change log and the index forget it, in pieces.
 *
 * Customers of whom nothing else is left go along: no other conversation, no order, nothing that a person entered or noted, no word on what they want to be sent. When they
 * write again they are new.
 */

#define MOS_RETENTION_DUE_KIND "retention"
/* Labels of batches */
#define MOS_RETENTION_SET "retention"
#define MOS_RETENTION_KEEP "keep"
#define MOS_RETENTION_UNKEEP "unkeep"

/**
 * mos_retention_set: switches a class on or off, or changes its days
 *
 * Errors: MOS_DESK_ERROR_INVALID: it is to be on without days, there are too many, or nobody saw yet what would go (mos_retention_seen())
 */
gboolean mos_retention_set (MosTxn *txn, MosRetentionClass retention_class, guint days, gboolean is_on, GError **error);
/** mos_retention_seen: somebody saw the whole preview of that many days */
gboolean mos_retention_seen (MosTxn *txn, MosRetentionClass retention_class, guint days, GError **error);

/**
 * mos_retention_preview_some: a piece of what would go by @preview's rule, for a reader; bounded in time
 * @position: (inout): where to go on; 0 = at the beginning
 * @ret_last: (out): how far it goes: done once @position is there
 */
gboolean mos_retention_preview_some (MosTxn *txn, MosRetentionPreview *preview, gint64 *position, gint64 *ret_last, GError **error);
/** mos_retention_preview_finish: the rows of what it lists */
gboolean mos_retention_preview_finish (MosTxn *txn, MosRetentionPreview *preview, GError **error);

/** mos_retention_keep: whatever their classes say, they stay; or not any more. NOT_FOUND */
gboolean mos_retention_keep (MosTxn *txn, const char *const *conversations, gboolean keep, GError **error);

/** mos_retention_begin: a desk opens. After a clock that was ahead, the next run lies far away: it is due now instead */
gboolean mos_retention_begin (MosTxn *txn, GError **error);

/**
 * mos_retention_step: a piece of a run, for a writer; bounded in time
 * @state: (inout) (nullable): how far it is; %NULL = it begins, and is over when it is %NULL again
 */
gboolean mos_retention_step (MosTxn *txn, char **state, GError **error);
/** mos_retention_run_due: the #MosDueWork: a step of the day's run, and the row put again */
gboolean mos_retention_run_due (MosTxn *txn, MosDueRow *due, GError **error);

G_END_DECLS
