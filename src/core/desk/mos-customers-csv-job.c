/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers-csv-job.h"

#include "core/desk/mos-customers.h"
#include "core/desk/mos-desk-private.h"

/* Larger than any list of customers; a file that was chosen by mistake is not read whole. */
#define MAX_FILE (64 * 1024 * 1024)

struct _MosCustomersCsvJob
{
  MosJob parent_instance;

  MosStore *store;
  char *agent; /* (nullable) */
  MosCsvJobKind kind;
  GFile *file;

  GPtrArray *columns; /* (nullable) */
  GPtrArray *results; /* (nullable) */
  gint64 batch;
};

G_DEFINE_FINAL_TYPE (MosCustomersCsvJob, mos_customers_csv_job, MOS_TYPE_JOB)

typedef struct
{
  MosCustomersCsvJob *job;
  GCancellable *cancellable;
  GBytes *data;
  GString *csv; /* (nullable) */
} Run;

static void
tell (guint done,
      guint total,
      gpointer data)
{
  mos_job_set_progress (MOS_JOB (data), done, total, done);
}

static gboolean
read_file (Run *run,
           GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (run->job->file, run->cancellable, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n = stream != NULL ? 1 : -1;

  while (n > 0 && (n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, sizeof buffer, run->cancellable, error)) > 0)
    {
      if (bytes->len + (gsize) n > MAX_FILE)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The file is too large");
          return FALSE;
        }
      g_byte_array_append (bytes, buffer, (guint) n);
    }
  if (n < 0)
    return FALSE;
  run->data = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}

static gboolean
import (Run *run,
        GError **error)
{
  MosActor actor = { MOS_ACTOR_HUMAN, run->job->agent };
  g_autoptr (MosCustomersCsv) csv = NULL;
  gboolean done;
  gsize size;
  const char *text;

  if (!read_file (run, error))
    return FALSE;
  text = g_bytes_get_data (run->data, &size);
  g_clear_pointer (&run->job->columns, g_ptr_array_unref);
  g_clear_pointer (&run->job->results, g_ptr_array_unref);
  run->job->columns = mos_customers_csv_list_columns (text, size, error);
  csv = run->job->columns != NULL ? mos_customers_csv_new (text, size, run->job->kind == MOS_CSV_JOB_TRY, error) : NULL;
  if (csv == NULL)
    return FALSE;
  done = mos_customers_csv_run_sync (run->job->store, &actor, csv, tell, run->job, &run->job->batch, run->cancellable, error);
  run->job->results = g_ptr_array_ref (mos_customers_csv_get_results (csv));
  return done;
}

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Run *run = data;

  run->csv = mos_customers_export_csv (txn, error);
  return run->csv != NULL;
}

static gboolean export (Run *run,
                        GError **error)
{
  return mos_store_read_sync (run->job->store, do_export, run, run->cancellable, error) &&
         g_file_replace_contents (run->job->file, run->csv->str, run->csv->len, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, run->cancellable, error);
}

static gboolean
run_sync (MosJob *job,
          GCancellable *cancellable,
          GError **error)
{
  MosCustomersCsvJob *self = MOS_CUSTOMERS_CSV_JOB (job);
  Run run = { .job = self, .cancellable = cancellable };
  gboolean done = self->kind == MOS_CSV_JOB_EXPORT ? export (&run, error) : import (&run, error);

  g_clear_pointer (&run.data, g_bytes_unref);
  if (run.csv != NULL)
    g_string_free (run.csv, TRUE);
  return done;
}

static gboolean
equal (MosJob *job,
       MosJob *other)
{
  MosCustomersCsvJob *self = MOS_CUSTOMERS_CSV_JOB (job), *second = MOS_CUSTOMERS_CSV_JOB (other);

  return self->kind == second->kind && g_file_equal (self->file, second->file);
}

static void
mos_customers_csv_job_finalize (GObject *object)
{
  MosCustomersCsvJob *self = MOS_CUSTOMERS_CSV_JOB (object);

  g_clear_object (&self->store);
  g_clear_object (&self->file);
  g_free (self->agent);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customers_csv_job_parent_class)->finalize (object);
}

static void
mos_customers_csv_job_class_init (MosCustomersCsvJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_customers_csv_job_finalize;
  MOS_JOB_CLASS (klass)->run_sync = run_sync;
  MOS_JOB_CLASS (klass)->equal = equal;
}

static void
mos_customers_csv_job_init (MosCustomersCsvJob *self)
{
}

MosCustomersCsvJob *
mos_customers_csv_job_new (MosDesk *desk,
                           MosCsvJobKind kind,
                           GFile *file)
{
  MosCustomersCsvJob *self = g_object_new (MOS_TYPE_CUSTOMERS_CSV_JOB, NULL);

  self->store = g_object_ref (mos_desk_get_store (desk));
  self->agent = g_strdup (mos_desk_get_me (desk));
  self->kind = kind;
  self->file = g_object_ref (file);
  return self;
}

GPtrArray *
mos_customers_csv_job_get_columns (MosCustomersCsvJob *self)
{
  return self->columns;
}

GPtrArray *
mos_customers_csv_job_get_results (MosCustomersCsvJob *self)
{
  return self->results;
}

gint64
mos_customers_csv_job_get_batch (MosCustomersCsvJob *self)
{
  return self->batch;
}
