/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** MosOnceThrough: a table or an index is gone through once: with little place for its pages, which is used again, instead of ever more memory for what nobody reads twice. On the stack */
typedef struct
{
  MosTxn *txn; /* (borrowed) (nullable) */
} MosOnceThrough;

/** mos_once_through_begin: where @txn may write nothing is done: what it changed needs its place until the end */
void mos_once_through_begin (MosOnceThrough *self, MosTxn *txn);
void mos_once_through_end (MosOnceThrough *self);
/** mos_once_through_give_back: once nothing of a job runs any more, also of one that was cancelled: the place is as it was */
void mos_once_through_give_back (MosTxn *txn);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosOnceThrough, mos_once_through_end)

G_END_DECLS
