/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-reports.h"

#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-insights.h"

/** ReportCall: what goes to the reader thread: what figures are made of is only used there */
typedef struct
{
  MosReportCache *cache;
  MosMeasureQuery *query; /* (nullable) */
  MosMeasureLook *look;   /* (nullable) */
  guint weeks_ago;
} ReportCall;

static void
report_call_free (gpointer data)
{
  ReportCall *call = data;

  mos_report_cache_unref (call->cache);
  g_clear_pointer (&call->query, mos_measure_query_unref);
  g_clear_pointer (&call->look, mos_measure_look_unref);
  g_free (call);
}

static MosDeskCall *
make_call (MosDesk *self,
           MosDeskFunc func,
           MosMeasureQuery *query,
           MosMeasureLook *look)
{
  ReportCall *call = g_new0 (ReportCall, 1);

  call->cache = mos_report_cache_ref (self->reports);
  call->query = query != NULL ? mos_measure_query_ref (query) : NULL;
  call->look = look != NULL ? mos_measure_look_ref (look) : NULL;
  return mos_desk_call_new_value (func, call, report_call_free);
}

static gboolean
do_report (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  ReportCall *report = call->value;
  g_auto (MosReportPeriod) period = { 0 };

  if (!mos_reports_find_days (txn, report->query, &period, error))
    return FALSE;
  mos_desk_call_take_result (call, mos_reports_make (txn, report->cache, &period, report->query, error), (GDestroyNotify) mos_measure_report_unref);
  return call->result != NULL;
}

void
mos_desk_report_async (MosDesk *self,
                       MosMeasureQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (query != NULL);

  mos_desk_read (self, make_call (self, do_report, query, NULL), mos_desk_report_async, cancellable, callback, user_data);
}

MosMeasureReport *
mos_desk_report_finish (MosDesk *self,
                        GAsyncResult *result,
                        GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_report_async, error);
}

static gboolean
do_list (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  ReportCall *report = call->value;

  mos_desk_call_take_result (call, mos_reports_list (txn, report->cache, report->look, error), (GDestroyNotify) mos_measure_rows_unref);
  return call->result != NULL;
}

void
mos_desk_list_number_async (MosDesk *self,
                            MosMeasureLook *look,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (look != NULL && look->query != NULL);

  mos_desk_read (self, make_call (self, do_list, NULL, look), mos_desk_list_number_async, cancellable, callback, user_data);
}

MosMeasureRows *
mos_desk_list_number_finish (MosDesk *self,
                             GAsyncResult *result,
                             GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_list_number_async, error);
}

static gboolean
do_week (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  ReportCall *report = call->value;

  mos_desk_call_take_result (call, mos_insights_make_week (txn, report->cache, report->weeks_ago, call->cancellable, error), (GDestroyNotify) mos_week_unref);
  return call->result != NULL;
}

void
mos_desk_load_week_async (MosDesk *self,
                          guint weeks_ago,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = make_call (self, do_week, NULL, NULL);
  ((ReportCall *) call->value)->weeks_ago = weeks_ago;
  mos_desk_read (self, call, mos_desk_load_week_async, cancellable, callback, user_data);
}

MosWeek *
mos_desk_load_week_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_week_async, error);
}

static gboolean
do_insights (MosTxn *txn,
             MosDeskCall *call,
             GError **error)
{
  ReportCall *report = call->value;
  g_auto (MosReportPeriod) period = { 0 };

  return mos_reports_find_days (txn, report->query, &period, error) &&
         mos_desk_call_take_list (call, mos_insights_make (txn, report->cache, &period, report->query->filter, call->cancellable, error));
}

void
mos_desk_load_insights_async (MosDesk *self,
                              MosMeasureQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (query != NULL);

  mos_desk_read (self, make_call (self, do_insights, query, NULL), mos_desk_load_insights_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_insights_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_insights_async, error);
}

/* --- CSV --- */

typedef struct
{
  char *profile;
  MosClock *clock;
  MosMeasureQuery *query;
  char *path;
  gboolean with_mark;
  guint n;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->profile);
  g_object_unref (export->clock);
  mos_measure_query_unref (export->query);
  g_free (export->path);
  g_free (export);
}

static void
export_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  Export *export = task_data;
  GError *error = NULL;

  if (mos_reports_export_file_sync (export->profile, export->clock, export->query, export->path, export->with_mark, TRUE, &export->n, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_export_report_async (MosDesk *self,
                              MosMeasureQuery *query,
                              GFile *file,
                              gboolean with_mark,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (query != NULL);
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_export_report_async);
  if (g_file_peek_path (file) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not on this computer");
      return;
    }
  export = g_new0 (Export, 1);
  export->profile = g_strdup (mos_store_get_profile (self->store));
  export->clock = g_object_ref (mos_store_get_clock (self->store));
  export->query = mos_measure_query_ref (query);
  export->path = g_strdup (g_file_peek_path (file));
  export->with_mark = with_mark;
  g_task_set_task_data (task, export, export_free);
  mos_account_push (self, &self->worker, task, export_thread, NULL);
}

gboolean
mos_desk_export_report_finish (MosDesk *self,
                               GAsyncResult *result,
                               guint *ret_n,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (ret_n != NULL && g_task_get_task_data (G_TASK (result)) != NULL)
    *ret_n = ((Export *) g_task_get_task_data (G_TASK (result)))->n;
  return g_task_propagate_boolean (G_TASK (result), error);
}
