/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-orders-csv.h"

#include "core/desk/mos-desk-accounts-private.h"

static void
mos_orders_look_clear (MosOrdersLook *self)
{
  g_clear_pointer (&self->csv, mos_orders_csv_unref);
  g_clear_pointer (&self->plan, mos_orders_plan_unref);
  g_clear_pointer (&self->report, mos_orders_report_unref);
}

MOS_DEFINE_VALUE (MosOrdersLook, orders_look)

typedef struct
{
  MosStore *store;      /* (owned) */
  MosShopAccount *shop; /* (owned) */
  GFile *file;          /* (owned) (nullable) */
  MosOrdersCsv *csv;    /* (owned) (nullable) */
  MosOrdersPlan *plan;  /* (owned) (nullable) */
} LookJob;

static void
look_job_free (gpointer data)
{
  LookJob *job = data;

  g_object_unref (job->store);
  mos_shop_account_unref (job->shop);
  g_clear_object (&job->file);
  g_clear_pointer (&job->csv, mos_orders_csv_unref);
  g_clear_pointer (&job->plan, mos_orders_plan_unref);
  g_free (job);
}

static void
look_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  LookJob *job = task_data;
  g_autoptr (MosOrdersLook) look = mos_orders_look_new ();
  GError *error = NULL;

  look->csv = job->csv != NULL ? mos_orders_csv_ref (job->csv) : mos_orders_csv_load_sync (job->file, cancellable, &error);
  if (look->csv == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  look->plan = job->plan != NULL ? mos_orders_plan_ref (job->plan) : mos_orders_plan_make (look->csv, job->shop);
  if (mos_orders_plan_find (look->plan, MOS_ORDER_COLUMN_NUMBER) >= 0)
    look->report = mos_orders_csv_import_sync (job->store, job->shop, look->csv, look->plan, TRUE, NULL, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&look), (GDestroyNotify) mos_orders_look_unref);
}

void
mos_desk_look_at_orders_async (MosDesk *self,
                               MosShopAccount *shop,
                               GFile *file,
                               MosOrdersCsv *csv,
                               MosOrdersPlan *plan,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LookJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (shop != NULL);
  g_return_if_fail (file != NULL || csv != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  job = g_new0 (LookJob, 1);
  job->store = g_object_ref (self->store);
  job->shop = mos_shop_account_ref (shop);
  job->file = file != NULL ? g_object_ref (file) : NULL;
  job->csv = csv != NULL ? mos_orders_csv_ref (csv) : NULL;
  job->plan = plan != NULL ? mos_orders_plan_ref (plan) : NULL;
  g_task_set_source_tag (task, mos_desk_look_at_orders_async);
  g_task_set_task_data (task, job, look_job_free);
  mos_account_push (self, &self->worker, task, look_thread, (GDestroyNotify) mos_orders_look_unref);
}

MosOrdersLook *
mos_desk_look_at_orders_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
