/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-export.h"

#include "core/desk/mos-export-write.h"
#include "core/desk/mos-show-json.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

static const char *const export_format_nicks[] = {
  [MOS_EXPORT_MBOX] = "mbox",
  [MOS_EXPORT_MAILDIR] = "maildir",
  [MOS_EXPORT_JSON] = "json",
  [MOS_EXPORT_EML] = "eml",
};
MOS_DEFINE_NICKS (MosExportFormat, export_format)

struct _MosExportJob
{
  MosJob parent_instance;

  MosStore *store; /* (owned) */
  MosExportFormat format;
  GStrv conversations; /* (owned) (nullable) */
  char *message;       /* (owned) (nullable) */
  char *path;          /* (owned) */
  gboolean replace;

  GMutex mutex; /* guards the counts */
  MosExportCounts counts;
  GPtrArray *damaged; /* (owned) of char * */
};

G_DEFINE_FINAL_TYPE (MosExportJob, mos_export_job, MOS_TYPE_JOB)

/* One step of reading: a short transaction, so that the window reads between them. */
typedef struct
{
  MosExportJob *job;
  const char *id;
  GPtrArray *ids;     /* (owned) (nullable) */
  MosShow show;       /* a conversation */
  GBytes *raw;        /* (owned) (nullable) */
  GOutputStream *out; /* (borrowed) */
} Step;

static void
step_clear (Step *step)
{
  g_clear_pointer (&step->ids, g_ptr_array_unref);
  mos_show_clear (&step->show);
  g_clear_pointer (&step->raw, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, step_clear)

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Step *step = data;
  MosExportJob *self = step->job;
  g_autoptr (MosMessageRow) message = NULL;

  if (self->message != NULL)
    {
      if (!mos_store_message_find (txn, self->message, &message, error))
        return FALSE;
      if (message == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No message %s", self->message);
          return FALSE;
        }
      step->ids = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (step->ids, g_strdup (message->conversation));
    }
  else if (self->conversations != NULL)
    {
      step->ids = g_ptr_array_new_with_free_func (g_free);
      for (char **id = self->conversations; *id != NULL; id++)
        g_ptr_array_add (step->ids, g_strdup (*id));
    }
  else
    step->ids = mos_store_conversation_list_all_ids (txn, error);
  return step->ids != NULL;
}

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Step *step = data;

  step->show.full = step->job->format == MOS_EXPORT_JSON;
  return mos_show_load (txn, step->id, step->job->message, &step->show, error);
}

static gboolean
do_raw (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Step *step = data;

  return mos_store_message_load_raw (txn, step->id, &step->raw, error);
}

static gboolean
do_blob (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Step *step = data;

  return mos_store_blob_write (txn, step->id, step->out, cancellable, error);
}

static void
count (MosExportJob *self,
       guint64 messages,
       guint64 left_out,
       guint64 without_source)
{
  g_mutex_lock (&self->mutex);
  self->counts.messages += messages;
  self->counts.left_out += left_out;
  self->counts.without_source += without_source;
  g_mutex_unlock (&self->mutex);
}

static gboolean
write_mail (MosExportJob *self,
            MosExportWriter *writer,
            MosShow *show,
            GCancellable *cancellable,
            GError **error)
{
  for (guint i = 0; i < show->messages->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (show->messages, i);
      g_auto (Step) step = { .job = self, .id = row->id };
      g_autoptr (GError) local = NULL;

      if (row->direction != MOS_DIRECTION_INCOMING && row->direction != MOS_DIRECTION_OUTGOING)
        {
          count (self, 0, 1, 0);
          continue;
        }
      if (!mos_store_read_sync (self->store, do_raw, &step, cancellable, &local) && !g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* One that a disk has damaged keeps nobody from taking the others along. */
      if (step.raw == NULL)
        {
          count (self, 0, 0, 1);
          continue;
        }
      if (!mos_export_writer_add (writer, step.raw, row->received_us, !row->unread, show->row->number, i + 1, error))
        return FALSE;
      count (self, 1, 0, 0);
    }
  return TRUE;
}

/* Names are for people: a list of a hundred is none any more. */
#define MAX_DAMAGED 100

static void
note_damaged (MosExportJob *self,
              MosShow *show,
              const char *what)
{
  g_mutex_lock (&self->mutex);
  self->counts.damaged++;
  if (self->damaged->len < MAX_DAMAGED)
    g_ptr_array_add (self->damaged, g_strdup_printf ("#%" G_GINT64_FORMAT ": %s", show->row->number, what));
  g_mutex_unlock (&self->mutex);
}

/* @ret_damaged: (out): the profile's own copy cannot be read: the export goes on without it */
static gboolean
write_blob (MosExportJob *self,
            MosExportWriter *writer,
            const char *sha256,
            gboolean *ret_damaged,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (Step) step = { .job = self, .id = sha256 };

  *ret_damaged = FALSE;
  if (!mos_export_writer_open_blob (writer, sha256, &stream, error))
    return FALSE;
  if (stream == NULL)
    return TRUE;
  step.out = stream;
  if (mos_store_read_sync (self->store, do_blob, &step, cancellable, &local))
    return g_output_stream_close (stream, cancellable, error);
  if (!g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT) && !g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_output_stream_close (stream, NULL, NULL);
  mos_export_writer_drop_blob (writer, sha256);
  *ret_damaged = TRUE;
  return TRUE;
}

static gboolean
write_json (MosExportJob *self,
            MosExportWriter *writer,
            MosShow *show,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *line = NULL;
  guint n_mails = 0;

  for (guint i = 0; i < show->messages->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (show->messages, i);

      if (row->direction == MOS_DIRECTION_INCOMING || row->direction == MOS_DIRECTION_OUTGOING)
        n_mails++;
      if (g_hash_table_contains (show->missing, row->id))
        note_damaged (self, show, row->subject);
      for (guint a = 0; row->attachments != NULL && a < row->attachments->len; a++)
        {
          MosAttachment *attachment = g_ptr_array_index (row->attachments, a);
          gboolean is_damaged;

          if (attachment->sha256 == NULL)
            continue;
          if (!write_blob (self, writer, attachment->sha256, &is_damaged, cancellable, error))
            return FALSE;
          if (!is_damaged)
            continue;
          g_hash_table_add (show->missing, g_strdup (attachment->sha256));
          note_damaged (self, show, attachment->name);
        }
    }
  line = mos_show_to_json (show);
  count (self, n_mails, 0, 0);
  g_mutex_lock (&self->mutex);
  self->counts.others += show->messages->len - n_mails;
  g_mutex_unlock (&self->mutex);
  return mos_export_writer_add_line (writer, line, error);
}

static gboolean
mos_export_job_run_sync (MosJob *job,
                         GCancellable *cancellable,
                         GError **error)
{
  MosExportJob *self = MOS_EXPORT_JOB (job);
  g_autoptr (MosExportWriter) writer = NULL;
  g_auto (Step) list = { .job = self };

  g_mutex_lock (&self->mutex);
  self->counts = (MosExportCounts) { 0 };
  g_ptr_array_set_size (self->damaged, 0);
  g_mutex_unlock (&self->mutex);
  if (!mos_store_read_sync (self->store, do_list, &list, cancellable, error))
    return FALSE;
  writer = mos_export_writer_open (self->format, self->format != MOS_EXPORT_MBOX && self->message == NULL, self->path, self->replace, error);
  if (writer == NULL)
    return FALSE;

  for (guint i = 0; i < list.ids->len; i++)
    {
      g_auto (Step) step = { .job = self, .id = g_ptr_array_index (list.ids, i) };
      gboolean ok;

      mos_job_set_progress (job, i, list.ids->len, mos_export_job_get_counts (self).messages);
      if (!mos_store_read_sync (self->store, do_load, &step, cancellable, error))
        return FALSE;
      ok = self->format == MOS_EXPORT_JSON ? write_json (self, writer, &step.show, cancellable, error) : write_mail (self, writer, &step.show, cancellable, error);
      if (!ok || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_mutex_lock (&self->mutex);
      self->counts.conversations++;
      g_mutex_unlock (&self->mutex);
    }
  mos_job_set_progress (job, list.ids->len, list.ids->len, mos_export_job_get_counts (self).messages);
  /* A file with nothing in it would look like the message. */
  if (self->message != NULL && mos_export_job_get_counts (self).messages == 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No mail was kept of %s", self->message);
      return FALSE;
    }
  return mos_export_writer_finish (writer, error);
}

static gboolean
mos_export_job_equal (MosJob *job,
                      MosJob *other)
{
  return strcmp (MOS_EXPORT_JOB (job)->path, MOS_EXPORT_JOB (other)->path) == 0;
}

MosExportCounts
mos_export_job_get_counts (MosExportJob *self)
{
  MosExportCounts counts;

  g_mutex_lock (&self->mutex);
  counts = self->counts;
  g_mutex_unlock (&self->mutex);
  return counts;
}

char **
mos_export_job_dup_damaged (MosExportJob *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->damaged->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->damaged, i));
  g_mutex_unlock (&self->mutex);
  return g_strv_builder_end (builder);
}

const char *
mos_export_job_get_path (MosExportJob *self)
{
  return self->path;
}

static void
mos_export_job_finalize (GObject *object)
{
  MosExportJob *self = MOS_EXPORT_JOB (object);

  g_clear_object (&self->store);
  g_strfreev (self->conversations);
  g_free (self->message);
  g_free (self->path);
  g_ptr_array_unref (self->damaged);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_export_job_parent_class)->finalize (object);
}

static void
mos_export_job_class_init (MosExportJobClass *klass)
{
  MosJobClass *job_class = MOS_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_export_job_finalize;
  job_class->run_sync = mos_export_job_run_sync;
  job_class->equal = mos_export_job_equal;
}

static void
mos_export_job_init (MosExportJob *self)
{
  g_mutex_init (&self->mutex);
  self->damaged = g_ptr_array_new_with_free_func (g_free);
}

MosExportJob *
mos_export_job_new (MosStore *store,
                    MosExportFormat format,
                    const char *const *conversations,
                    const char *message,
                    const char *path,
                    gboolean replace)
{
  MosExportJob *self = g_object_new (MOS_TYPE_EXPORT_JOB, NULL);

  g_return_val_if_fail (message == NULL || format == MOS_EXPORT_EML, NULL);

  self->store = g_object_ref (store);
  self->format = format;
  self->conversations = g_strdupv ((char **) conversations);
  self->message = g_strdup (message);
  self->path = g_strdup (path);
  self->replace = replace;
  return self;
}
