/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-once-through.h"

#include "core/store/mos-store-private.h"

/* What costs is not the reading but the memory: each page of it comes from the system when it is first written to. This many kibibytes are enough for the way down to a row, and stay in the processor's own memory. */
#define LITTLE 1024

static gboolean
set_place (MosTxn *txn,
           gint64 place)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = %" G_GINT64_FORMAT, place);

  return mos_database_run_script (txn->database, sql, NULL);
}

void
mos_once_through_begin (MosOnceThrough *self,
                        MosTxn *txn)
{
  *self = (MosOnceThrough) { 0 };
  if (txn->is_writable || txn->place != 0 || !mos_database_get_int (txn->database, &txn->place, NULL, "PRAGMA cache_size", ""))
    return;
  self->txn = txn;
  set_place (txn, -LITTLE);
}

void
mos_once_through_end (MosOnceThrough *self)
{
  if (self->txn != NULL)
    mos_once_through_give_back (self->txn);
  self->txn = NULL;
}

/* Nothing is done by a connection that was interrupted until its last statement is over: whoever runs the job tries again then, or all later jobs would have little place. */
void
mos_once_through_give_back (MosTxn *txn)
{
  if (txn->place != 0 && set_place (txn, txn->place))
    txn->place = 0;
}
