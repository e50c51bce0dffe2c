/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers-csv.h"

#include "core/desk/mos-customers.h"

/* A long list is many short transactions: what others write gets in between, and so a window that shows the desk stays awake. */

/* A tenth of a second's work on a slow machine */
#define RECORDS_AT_ONCE 100

typedef struct
{
  MosCustomersCsv *csv;
  gint64 batch;
} MosCsvRun;

static gboolean
do_some (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosCsvRun *run = data;

  /* One that somebody took back meanwhile is not gone on with. */
  return (run->batch == 0 || mos_txn_continue_batch (txn, run->batch, error)) && mos_customers_csv_take (run->csv, txn, RECORDS_AT_ONCE, error);
}

gboolean
mos_customers_csv_run_sync (MosStore *store,
                            const MosActor *actor,
                            MosCustomersCsv *csv,
                            MosCsvProgressFunc func,
                            gpointer data,
                            gint64 *ret_batch,
                            GCancellable *cancellable,
                            GError **error)
{
  MosCsvRun run = { .csv = csv };
  gboolean is_fine = TRUE;

  while (is_fine && !mos_customers_csv_is_done (csv))
    {
      guint n_before = mos_customers_csv_get_results (csv)->len;
      gint64 batch = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        is_fine = FALSE;
      else if (mos_customers_csv_only_tries (csv))
        is_fine = mos_store_read_sync (store, do_some, &run, cancellable, error);
      else
        is_fine = mos_store_write_sync (store, actor, MOS_CUSTOMER_IMPORT, do_some, &run, &batch, cancellable, error);
      if (batch != 0)
        run.batch = batch;
      /* What was rolled back is not in. */
      if (!is_fine)
        g_ptr_array_set_size (mos_customers_csv_get_results (csv), n_before);
      else if (func != NULL)
        func (mos_customers_csv_get_results (csv)->len, mos_customers_csv_get_total (csv), data);
    }
  if (ret_batch != NULL)
    *ret_batch = run.batch;
  return is_fine;
}
