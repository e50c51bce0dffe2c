/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/base/mos-csv.h"
#include "core/base/mos-part-file.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-reports-private.h"
#include "core/store/mos-store-measure-rows.h"

#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>

/* One record of CSV for each conversation. */

/* What is written at once */
#define PIECE (64 * 1024)

typedef struct
{
  MosTxn *txn;
  GOutputStream *stream;
  GCancellable *cancellable;           /* (nullable) */
  GHashTable *names[MOS_N_MEASURE_BY]; /* (nullable): key -> name */
  gboolean has_business;
  GString *text;
  guint n;
} Export;

static const char *const header[] = {
  "number",
  "id",
  "subject",
  "customer",
  "channel",
  "account",
  "category",
  "tags",
  "language",
  "agent",
  "macros",
  "products",
  "created_at",
  "new",
  "first_response_at",
  "first_response_seconds",
  "first_response_business_seconds",
  "acknowledgement_seconds",
  "replies",
  "reply_seconds",
  "reply_business_seconds",
  "closed_at",
  "closed",
  "resolution_seconds",
  "resolution_business_seconds",
  "first_resolution_seconds",
  "first_resolution_business_seconds",
  "handling_seconds",
  "handling_business_seconds",
  "messages",
  "one_touch",
  "deflected",
  "closes",
  "reopened",
  "open_seconds",
  "waiting_seconds",
  "csat",
  "nps",
  "first_reply_target",
  "next_reply_target",
  "resolution_target",
  NULL,
};

static gboolean
flush (Export *export,
       gsize at_least,
       GError **error)
{
  if (export->text->len < at_least)
    return TRUE;
  if (!g_output_stream_write_all (export->stream, export->text->str, export->text->len, NULL, export->cancellable, error))
    return FALSE;
  g_string_truncate (export->text, 0);
  return TRUE;
}

static const char *
find_name (Export *export,
           MosMeasureBy by,
           const char *key,
           GError **error)
{
  char *name;

  if (export->names[by] == NULL)
    export->names[by] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  name = g_hash_table_lookup (export->names[by], key);
  if (name == NULL)
    {
      name = mos_reports_find_name (export->txn, by, key, error);
      if (name != NULL)
        g_hash_table_insert (export->names[by], g_strdup (key), name);
    }
  return name;
}

static void
put (GPtrArray *record,
     const char *value)
{
  g_ptr_array_add (record, g_strdup (value != NULL ? value : ""));
}

static void
put_number (GPtrArray *record,
            gint64 value)
{
  g_ptr_array_add (record, value == MOS_MEASURE_NO_VALUE ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

static void
put_seconds (GPtrArray *record,
             gint64 us)
{
  put_number (record, us == MOS_MEASURE_NO_VALUE ? us : (us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
}

static void
put_span (const Export *export,
          GPtrArray *record,
          const MosMeasureLine *line,
          MosMeasureSpan span)
{
  put_seconds (record, line->clock_us[span]);
  put_seconds (record, export->has_business ? line->business_us[span] : MOS_MEASURE_NO_VALUE);
}

static gboolean
put_labels (Export *export,
            GPtrArray *record,
            const MosMeasureLine *line,
            MosMeasureBy by,
            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; line->labels[by] != NULL && line->labels[by][i] != NULL; i++)
    {
      const char *name = by == MOS_MEASURE_BY_MACRO ? find_name (export, by, line->labels[by][i], error) : line->labels[by][i];

      if (name == NULL)
        return FALSE;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", name);
    }
  put (record, text->str);
  return TRUE;
}

static gboolean
put_who (Export *export,
         GPtrArray *record,
         const MosMeasureLine *line,
         GError **error)
{
  static const MosMeasureBy order[] = { MOS_MEASURE_BY_CHANNEL, MOS_MEASURE_BY_ACCOUNT, MOS_MEASURE_BY_CATEGORY, MOS_MEASURE_BY_TAG, MOS_MEASURE_BY_LANGUAGE, MOS_MEASURE_BY_AGENT, MOS_MEASURE_BY_MACRO, MOS_MEASURE_BY_PRODUCT };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const char *name;

      if (line->labels[order[i]] != NULL)
        {
          if (!put_labels (export, record, line, order[i], error))
            return FALSE;
          continue;
        }
      name = find_name (export, order[i], line->keys[order[i]], error);
      if (name == NULL)
        return FALSE;
      put (record, name);
    }
  return TRUE;
}

static void
put_moment (GPtrArray *record,
            gint64 us)
{
  g_ptr_array_add (record, mos_time_format_utc (us));
}

static gboolean
take_line (const MosMeasureLine *line,
           gpointer data,
           GError **error)
{
  Export *export = data;
  g_autoptr (GPtrArray) record = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MosMeasureRow) row = mos_measure_row_new ();

  row->number = line->number;
  if (g_cancellable_set_error_if_cancelled (export->cancellable, error) || !mos_store_measures_find_conversation (export->txn, row, error))
    return FALSE;
  put_number (record, line->number);
  put (record, row->conversation);
  put (record, row->subject);
  put (record, row->customer_name);
  if (!put_who (export, record, line, error))
    return FALSE;
  put_moment (record, line->first_in_us);
  put_number (record, line->is_new ? 1 : 0);
  put_moment (record, line->at_us[MOS_MEASURE_FIRST_RESPONSE]);
  put_span (export, record, line, MOS_MEASURE_FIRST_RESPONSE);
  put_seconds (record, line->clock_us[MOS_MEASURE_ACKNOWLEDGEMENT]);
  put_number (record, line->n_replies);
  put_span (export, record, line, MOS_MEASURE_REPLY);
  put_moment (record, line->at_us[MOS_MEASURE_RESOLUTION]);
  put_number (record, line->is_closed ? 1 : 0);
  put_span (export, record, line, MOS_MEASURE_RESOLUTION);
  put_span (export, record, line, MOS_MEASURE_FIRST_RESOLUTION);
  put_span (export, record, line, MOS_MEASURE_HANDLING);
  put_number (record, line->n_messages);
  put_number (record, line->is_one_touch ? 1 : 0);
  put_number (record, line->is_deflected ? 1 : 0);
  put_number (record, line->n_closes);
  put_number (record, line->n_reopened);
  put_seconds (record, line->open_us);
  put_seconds (record, line->waiting_us);
  put_number (record, line->csat);
  put_number (record, line->nps);
  for (MosTargetKind kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    put (record, line->n_missed[kind] > 0 ? "missed" : line->n_met[kind] > 0 ? "met"
                                                                             : NULL);
  g_ptr_array_add (record, NULL);
  g_assert (record->len == G_N_ELEMENTS (header));
  mos_csv_append (export->text, (const char *const *) record->pdata);
  export->n++;
  return flush (export, PIECE, error);
}

gboolean
mos_reports_export (MosTxn *txn,
                    MosReportCache *cache,
                    const MosMeasureQuery *query,
                    GOutputStream *stream,
                    gboolean with_mark,
                    guint *ret_n,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (MosReportPeriod) period = { 0 };
  g_autoptr (GString) text = g_string_new (with_mark ? "\xef\xbb\xbf" : "");
  Export export = { .txn = txn, .stream = stream, .cancellable = cancellable, .text = text };
  MosMeasureFrame frame;
  MosMeasureCube *cube;
  gboolean ok;

  if (!mos_reports_find_days (txn, query, &period, error))
    return FALSE;
  cube = mos_report_cache_refresh (cache, txn, &export.has_business, error);
  if (cube == NULL)
    return FALSE;
  mos_csv_append (text, header);
  frame = mos_report_period_to_frame (txn, &period, query->filter);
  ok = mos_measures_list_lines (cube, txn, &frame, take_line, &export, error) && flush (&export, 0, error);
  for (guint by = 0; by < MOS_N_MEASURE_BY; by++)
    g_clear_pointer (&export.names[by], g_hash_table_unref);
  if (ok && ret_n != NULL)
    *ret_n = export.n;
  return ok;
}

/* --- a file --- */

typedef struct
{
  const MosMeasureQuery *query;
  GOutputStream *stream;
  gboolean with_mark;
  guint n;
} ToFile;

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  ToFile *file = data;
  g_autoptr (MosReportCache) cache = mos_report_cache_new ();

  return mos_reports_export (txn, cache, file->query, file->stream, file->with_mark, &file->n, cancellable, error);
}

gboolean
mos_reports_export_file_sync (const char *profile,
                              MosClock *clock,
                              const MosMeasureQuery *query,
                              const char *path,
                              gboolean with_mark,
                              gboolean replace,
                              guint *ret_n,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autofree char *part = NULL;
  g_autoptr (MosStore) store = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  g_autofd int fd = -1;
  ToFile to = { .query = query, .with_mark = with_mark };
  gboolean ok;

  if (!replace && mos_part_file_is_there (path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s", path);
      return FALSE;
    }
  store = mos_store_open_sync (profile, MOS_STORE_OPEN_READ_ONLY | MOS_STORE_OPEN_DIRECT, clock, cancellable, error);
  if (store == NULL)
    return FALSE;
  fd = mos_part_file_open (path, &part, error);
  if (fd < 0)
    {
      mos_store_close_sync (store);
      return FALSE;
    }
  to.stream = stream = g_unix_output_stream_new (fd, FALSE);
  ok = mos_store_read_sync (store, do_export, &to, cancellable, error) && mos_part_file_name (part, path, replace, error);
  if (!ok)
    g_unlink (part);
  mos_store_close_sync (store);
  if (ok && ret_n != NULL)
    *ret_n = to.n;
  return ok;
}
