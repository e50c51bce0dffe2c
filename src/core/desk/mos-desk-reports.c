/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-reports.h"

#include "core/desk/mos-desk-private.h"

/** ReportCall: what goes to the reader thread: what figures are made of is only used there */
typedef struct
{
  MosReportCache *cache;
  MosMeasureQuery *query; /* (nullable) */
  MosMeasureLook *look;   /* (nullable) */
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
