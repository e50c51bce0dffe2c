/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-fetch-job.h"
#include "core/desk/mos-import-job.h"

/* The long works of this window: imports and exports. */

GListModel *
mos_desk_get_jobs (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->jobs);
}

static void
on_ended_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The job keeps its error for whoever shows it. */
  if (!mos_job_run_finish (MOS_JOB (source), result, &error))
    g_debug ("A job ended: %s", error->message);
  g_signal_emit_by_name (self, "job-ended", source);
  mos_desk_backup_ended (self, MOS_JOB (source));
}

MosJob *
mos_desk_run_job (MosDesk *self,
                  MosJob *job)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);
  g_return_val_if_fail (MOS_IS_JOB (job), NULL);

  if (mos_job_get_state (job) == MOS_JOB_RUNNING)
    return job;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i > 0; i--)
    {
      g_autoptr (MosJob) other = g_list_model_get_item (G_LIST_MODEL (self->jobs), i - 1);

      if (other == job || !mos_job_equal (other, job))
        continue;
      /* It does this already; the list keeps it alive. */
      if (mos_job_get_state (other) == MOS_JOB_RUNNING)
        return other;
      g_list_store_remove (self->jobs, i - 1);
    }
  if (!g_list_store_find (self->jobs, job, NULL))
    g_list_store_append (self->jobs, job);
  mos_job_run_async (job, on_ended_cb, g_object_ref (self));
  return job;
}

MosJob *
mos_desk_fetch_whole (MosDesk *self,
                      const char *message,
                      const char *subject)
{
  g_autoptr (MosFetchJob) job = NULL;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  job = mos_fetch_job_new (self->store, mos_desk_ensure_host (self), message, subject);
  return mos_desk_run_job (self, MOS_JOB (job));
}

void
mos_desk_dismiss_job (MosDesk *self,
                      MosJob *job)
{
  guint position;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (mos_job_get_state (job) != MOS_JOB_RUNNING);

  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);
}

/* --- what an earlier run of the program left --- */

static gboolean
read_imports (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  GPtrArray *rows = mos_store_import_list (txn, error);

  if (rows == NULL)
    return FALSE;
  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void
on_imports_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mos_desk_call_finish (self, result, on_imports_cb, &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Imports could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; self->started && i < rows->len; i++)
    {
      g_autoptr (MosImportJob) job = mos_import_job_new_again (self->store, mos_desk_ensure_host (self), g_ptr_array_index (rows, i));

      /* A person says whether it goes on. */
      if (job != NULL)
        g_list_store_append (self->jobs, job);
    }
}

void
mos_desk_load_jobs (MosDesk *self)
{
  mos_desk_read (self, mos_desk_call_new (read_imports), on_imports_cb, self->cancellable, on_imports_cb, NULL);
}

void
mos_desk_stop_jobs (MosDesk *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (MosJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      mos_job_stop_sync (job);
    }
  g_list_store_remove_all (self->jobs);
}
