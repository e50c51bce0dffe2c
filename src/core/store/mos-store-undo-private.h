/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-undo.h"
#include "core/store/mos-txn.h"

G_BEGIN_DECLS

/* Shared by the two ways to take a batch back: exactly (mos-store-undo.c), and as far as it goes (mos-store-joining-undo.c). */

/** MosUndoChange: one row of the change log */
typedef struct
{
  gint64 seq;
  const MosEntity *entity;
  char *id;
  char *op;
  JsonObject *old_values; /* (nullable) */
  JsonObject *new_values; /* (nullable) */
} MosUndoChange;

/** mos_undo_load_changes: Returns: array of #MosUndoChange, newest first */
GPtrArray *mos_undo_load_changes (MosTxn *txn, gint64 batch, GError **error);
/** mos_undo_find_original: @ret_original: the batch whose events a chain of undo and redo is about; @ret_stands: whether taking @row back leaves them counting */
gboolean mos_undo_find_original (MosTxn *txn, MosBatchRow *row, gint64 *ret_original, gboolean *ret_stands, GError **error);
/** mos_undo_settle: the running batch takes @row back: both say so, and each conversation of @changes gets its event */
gboolean mos_undo_settle (MosTxn *txn, MosBatchRow *row, GPtrArray *changes, GError **error);

G_END_DECLS
