/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-outbox.h"

G_BEGIN_DECLS

/* What the files of the outbox share. */

/* How many of a message's recipients are what. */
typedef struct
{
  guint open;    /* still to be sent to */
  guint taken;   /* a server has it */
  guint refused; /* will not get it */
  guint uncertain;
} MosOutboxTally;

/** mos_outbox_find: @ret_item: (out) (transfer full): never %NULL: it is an error that @message is not in the outbox */
gboolean mos_outbox_find (MosTxn *txn, const char *message, MosOutboxItem **ret_item, GError **error);
/** mos_outbox_wrong_state: Returns: %FALSE, with @error saying what @item is */
gboolean mos_outbox_wrong_state (MosOutboxItem *item, GError **error);
gboolean mos_outbox_count (MosTxn *txn, const char *message, MosOutboxTally *tally, GError **error);

G_END_DECLS
