/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-once-through.h"

#include "core/store/mos-store-private.h"

/* What costs is not the reading but the memory: each page of it comes from the system when it is first written to. This many kibibytes are enough for the way down to a row, and stay in the processor's own memory. */
#define LITTLE 1024

static void
set_place (MosTxn *txn,
           gint64 place)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = %" G_GINT64_FORMAT, place);
  g_autoptr (GError) error = NULL;

  if (!mos_database_run_script (txn->database, sql, &error))
    g_warning ("The place for pages stays as it is: %s", error->message);
}

void
mos_once_through_begin (MosOnceThrough *self,
                        MosTxn *txn)
{
  *self = (MosOnceThrough) { 0 };
  if (txn->is_writable || !mos_database_get_int (txn->database, &self->place, NULL, "PRAGMA cache_size", ""))
    return;
  self->txn = txn;
  set_place (txn, -LITTLE);
}

void
mos_once_through_end (MosOnceThrough *self)
{
  if (self->txn != NULL)
    set_place (self->txn, self->place);
  self->txn = NULL;
}
