/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import-job-private.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"

#include <string.h>

/* One transaction holds so many messages or bytes, whichever comes first: the window writes between them. */
#define BATCH_MESSAGES 100
#define BATCH_BYTES (16 * 1024 * 1024)

G_DEFINE_FINAL_TYPE (MosImportJob, mos_import_job, MOS_TYPE_JOB)

static void
entry_free (gpointer data)
{
  MosImportEntry *entry = data;

  g_free (entry->path);
  g_clear_pointer (&entry->incoming, mos_incoming_unref);
  g_clear_pointer (&entry->problem, mos_import_problem_unref);
  mos_import_place_clear (&entry->place);
  g_free (entry);
}

/* --- the row --- */

static MosImportRow *
copy_row (MosImportRow *row)
{
  MosImportRow *copy = mos_import_row_new ();

  *copy = *row;
  copy->id = g_strdup (row->id);
  copy->account = g_strdup (row->account);
  copy->source = g_strdup (row->source);
  copy->position = g_strdup (row->position);
  return copy;
}

/* @row: (transfer full) */
static void
set_row (MosImportJob *self,
         MosImportRow *row)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->row, mos_import_row_unref);
  self->row = row;
  g_mutex_unlock (&self->mutex);
}

MosImportRow *
mos_import_job_dup_row (MosImportJob *self)
{
  MosImportRow *row;

  g_mutex_lock (&self->mutex);
  row = mos_import_row_ref (self->row);
  g_mutex_unlock (&self->mutex);
  return row;
}

static void
tell_progress (MosImportJob *self)
{
  MosImportRow *row = self->row;

  mos_job_set_progress (MOS_JOB (self), row->done, row->total, row->imported + row->duplicates + row->quarantined + row->passed_over);
}

/* --- whose mail it becomes --- */

/* Found by the address as well, so that a profile that was imported into before has the same one. */
static gboolean
ensure_archive (MosTxn *txn,
                MosAccount **ret_account,
                GError **error)
{
  g_autofree char *id = mos_id_derive ("account", "archive", "archive", NULL);
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, id, &account, error))
    return FALSE;
  if (account == NULL)
    {
      account = mos_account_new ();
      account->id = g_steal_pointer (&id);
      account->kind = g_strdup ("archive");
      account->name = g_strdup ("Archive");
      mos_account_fill (account);
      if (!mos_store_account_save (txn, account, error))
        return FALSE;
    }
  *ret_account = g_steal_pointer (&account);
  return TRUE;
}

/* The archive has no address of its own: what one of our accounts wrote is ours. */
static gboolean
add_own_addresses (MosTxn *txn,
                   MosAccount **account,
                   GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MosAccount) copy = NULL;

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      g_auto (GStrv) own = mos_account_list_own (g_ptr_array_index (accounts, i));

      for (char **address = own; *address != NULL; address++)
        if (**address != '\0')
          g_strv_builder_add (builder, *address);
    }
  copy = mos_account_new ();
  copy->id = g_strdup ((*account)->id);
  copy->kind = g_strdup ((*account)->kind);
  copy->name = g_strdup ((*account)->name);
  copy->aliases = g_strv_builder_end (builder);
  mos_account_fill (copy);
  mos_account_unref (*account);
  *account = g_steal_pointer (&copy);
  return TRUE;
}

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  MosImportJob *self = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosImportRow) known = NULL;
  g_autoptr (MosImportRow) row = copy_row (self->row);

  if (self->account != NULL ? !mos_store_account_find (txn, self->account, &account, error) : !ensure_archive (txn, &account, error))
    return FALSE;
  if (account == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No account %s", self->account);
      return FALSE;
    }
  g_set_str (&row->account, account->id);
  g_free (row->id);
  row->id = mos_id_derive ("import", account->id, row->source, NULL);

  if (!mos_store_import_find (txn, row->id, &known, error))
    return FALSE;
  self->was_resumed = known != NULL && known->state != MOS_IMPORT_DONE && known->state != MOS_IMPORT_CANCELLED && *known->position != '\0';
  if (self->was_resumed)
    {
      mos_import_row_unref (row);
      row = copy_row (known);
    }
  else if (!mos_store_import_clear_problems (txn, row->id, error))
    return FALSE;
  row->state = MOS_IMPORT_RUNNING;
  if (!mos_store_import_save (txn, row, error))
    return FALSE;
  set_row (self, g_steal_pointer (&row));

  if (strcmp (account->kind, "archive") == 0 && !add_own_addresses (txn, &account, error))
    return FALSE;
  g_clear_pointer (&self->into, mos_account_unref);
  self->into = g_steal_pointer (&account);
  return TRUE;
}

static gboolean
do_save_row (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return mos_store_import_save (txn, data, error);
}

gboolean
mos_import_job_begin (MosImportJob *self,
                      guint64 total,
                      GError **error)
{
  g_autoptr (MosImportRow) row = copy_row (self->row);

  row->total = total;
  if (!mos_store_write_sync (self->store, NULL, NULL, do_save_row, row, NULL, NULL, error))
    return FALSE;
  set_row (self, g_steal_pointer (&row));
  tell_progress (self);
  return TRUE;
}

/* What became of the whole; a kill before it leaves "running", which is gone on with. */
static gboolean
save_state (MosImportJob *self,
            MosImportState state,
            GError **error)
{
  g_autoptr (MosImportRow) row = copy_row (self->row);

  row->state = state;
  if (state == MOS_IMPORT_DONE)
    row->done = row->total;
  if (!mos_store_write_sync (self->store, NULL, NULL, do_save_row, row, NULL, NULL, error))
    return FALSE;
  set_row (self, g_steal_pointer (&row));
  tell_progress (self);
  return TRUE;
}

/* --- a batch --- */

typedef struct
{
  MosImportJob *job;
  guint first, n;
  MosImportRow *row;  /* (owned): the job's row after it */
  GPtrArray *results; /* (owned) of MosIngestResult or NULL, one for each */
  GArray *numbers;    /* (owned) of gint64 */
} Batch;

static void
result_free (gpointer data)
{
  if (data != NULL)
    mos_ingest_result_unref (data);
}

static gboolean
do_batch (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Batch *batch = data;
  MosImportJob *self = batch->job;
  MosImportRow *row;

  g_clear_pointer (&batch->row, mos_import_row_unref);
  batch->row = row = copy_row (self->row);
  g_ptr_array_set_size (batch->results, 0);
  g_array_set_size (batch->numbers, 0);
  for (guint i = 0; i < batch->n; i++)
    {
      MosImportEntry *entry = g_ptr_array_index (self->batch, batch->first + i);
      MosIngestResult *result = NULL;
      gint64 number = 0;

      if (entry->problem != NULL)
        {
          if (!mos_store_import_add_problem (txn, row->id, entry->problem, error))
            return FALSE;
          row->passed_over++;
        }
      else
        {
          g_autoptr (MosConversationRow) conversation = NULL;

          if (!mos_import_ingest (txn, self->into, entry->incoming, &result, error))
            return FALSE;
          g_ptr_array_add (batch->results, result);
          if (result->outcome == MOS_INGEST_ERASED)
            {
              entry->problem = mos_import_problem_make (entry->path, MOS_IMPORT_PROBLEM_ERASED, NULL);
              if (!mos_store_import_add_problem (txn, row->id, entry->problem, error))
                return FALSE;
              row->passed_over++;
              g_array_append_val (batch->numbers, number);
              row->done = MIN (row->done + entry->bytes, row->total);
              continue;
            }
          if (!mos_store_conversation_find (txn, result->conversation, &conversation, error))
            return FALSE;
          number = conversation != NULL ? conversation->number : 0;
          row->imported += result->outcome == MOS_INGEST_IMPORTED || result->outcome == MOS_INGEST_COMPLETED;
          row->duplicates += result->outcome == MOS_INGEST_DUPLICATE;
          row->quarantined += result->outcome == MOS_INGEST_QUARANTINED;
        }
      if (result == NULL)
        g_ptr_array_add (batch->results, NULL);
      g_array_append_val (batch->numbers, number);
      row->done = MIN (row->done + entry->bytes, row->total);
    }

  g_free (row->position);
  if (self->folder != NULL)
    row->position = mos_import_job_make_folder_position (self, batch->first + batch->n);
  else
    row->position = mos_import_place_to_json (&((MosImportEntry *) g_ptr_array_index (self->batch, batch->first + batch->n - 1))->place);
  return mos_store_import_save (txn, row, error);
}

static gboolean
commit (MosImportJob *self,
        guint first,
        guint n,
        GError **error)
{
  const MosActor actor = { MOS_ACTOR_IMPORT, NULL };
  Batch batch = { .job = self, .first = first, .n = n };
  gboolean ok;

  batch.results = g_ptr_array_new_with_free_func (result_free);
  batch.numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = mos_store_write_sync (self->store, &actor, NULL, do_batch, &batch, NULL, NULL, error);
  if (ok)
    {
      set_row (self, g_steal_pointer (&batch.row));
      for (guint i = 0; self->func != NULL && i < n; i++)
        {
          MosImportEntry *entry = g_ptr_array_index (self->batch, first + i);

          self->func (entry->path, g_ptr_array_index (batch.results, i), g_array_index (batch.numbers, gint64, i), entry->problem, self->func_data);
        }
    }
  g_clear_pointer (&batch.row, mos_import_row_unref);
  g_ptr_array_unref (batch.results);
  g_array_unref (batch.numbers);
  return ok;
}

/* What every message would fail with is no message's fault. */
static gboolean
is_about_the_store (const GError *error)
{
  return error->domain == MOS_STORE_ERROR && error->code != MOS_STORE_ERROR_FAILED && error->code != MOS_STORE_ERROR_CONFLICT && error->code != MOS_STORE_ERROR_NOT_FOUND;
}

gboolean
mos_import_job_flush (MosImportJob *self,
                      GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ok = TRUE;

  if (self->batch->len == 0)
    return TRUE;
  if (!commit (self, 0, self->batch->len, &local))
    {
      if (is_about_the_store (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* One of them cannot be stored: the others can. */
      for (guint i = 0; i < self->batch->len && ok; i++)
        {
          MosImportEntry *entry = g_ptr_array_index (self->batch, i);

          g_clear_error (&local);
          if (commit (self, i, 1, &local))
            continue;
          g_clear_pointer (&entry->incoming, mos_incoming_unref);
          g_clear_pointer (&entry->problem, mos_import_problem_unref);
          entry->problem = mos_import_problem_make (entry->path, MOS_IMPORT_PROBLEM_NOT_STORED, local->message);
          ok = commit (self, i, 1, error);
        }
    }
  if (self->folder != NULL)
    for (guint i = 0; i < self->batch->len; i++)
      mos_imap_uid_set_add (self->uids, ((MosImportEntry *) g_ptr_array_index (self->batch, i))->uid);
  g_ptr_array_set_size (self->batch, 0);
  self->batch_bytes = 0;
  tell_progress (self);
  return ok;
}

gboolean
mos_import_job_take_uid (MosImportJob *self,
                         const MosImportItem *item,
                         guint32 uid,
                         GError **error)
{
  MosImportEntry *entry = g_new0 (MosImportEntry, 1);
  MosImportProblemKind problem = item->problem;
  gboolean is_passed_over = item->raw == NULL;

  /* Thrown away by its owner, or never sent. */
  if (!is_passed_over && (item->flags & (MOS_MESSAGE_FLAG_DELETED | MOS_MESSAGE_FLAG_DRAFT)) != 0)
    {
      problem = (item->flags & MOS_MESSAGE_FLAG_DELETED) != 0 ? MOS_IMPORT_PROBLEM_DELETED : MOS_IMPORT_PROBLEM_DRAFT;
      is_passed_over = TRUE;
    }
  entry->path = g_strdup (item->path);
  entry->uid = uid;
  entry->bytes = item->bytes;
  if (item->place != NULL)
    {
      entry->place = *item->place;
      entry->place.file = g_strdup (item->place->file);
    }
  if (is_passed_over)
    entry->problem = mos_import_problem_make (item->path, problem, item->detail);
  else
    {
      entry->incoming = mos_import_make (self->into->id, item, mos_clock_now_us (mos_store_get_clock (self->store)));
      self->batch_bytes += g_bytes_get_size (item->raw);
    }
  g_ptr_array_add (self->batch, entry);
  if (self->batch->len < BATCH_MESSAGES && self->batch_bytes < BATCH_BYTES && !mos_job_wants_pause (MOS_JOB (self)))
    return TRUE;
  if (!mos_import_job_flush (self, error))
    return FALSE;
  if (!mos_job_wants_pause (MOS_JOB (self)))
    return TRUE;
  self->is_paused = TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Paused");
  return FALSE;
}

gboolean
mos_import_job_take (const MosImportItem *item,
                     gpointer user_data,
                     GError **error)
{
  return mos_import_job_take_uid (user_data, item, 0, error);
}

/* --- the job --- */

static gboolean
run_paths (MosImportJob *self,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (MosImportPlace) place = { 0 };
  guint64 total = 0;

  mos_import_place_from_json (&place, self->row->position);
  return mos_import_measure ((const char *const *) self->paths, &total, cancellable, error) &&
         mos_import_job_begin (self, total, error) &&
         mos_import_walk ((const char *const *) self->paths, place.file != NULL ? &place : NULL, mos_import_job_take, self, cancellable, error);
}

static gboolean
mos_import_job_run_sync (MosJob *job,
                         GCancellable *cancellable,
                         GError **error)
{
  MosImportJob *self = MOS_IMPORT_JOB (job);
  g_autoptr (GError) local = NULL;
  gboolean ok;

  self->is_paused = FALSE;
  g_ptr_array_set_size (self->batch, 0);
  self->batch_bytes = 0;
  if (!mos_store_write_sync (self->store, NULL, NULL, do_begin, self, NULL, cancellable, error))
    return FALSE;

  ok = self->folder != NULL ? mos_import_job_run_folder_sync (self, cancellable, &local) : run_paths (self, cancellable, &local);
  /* What was read before the trouble is kept. */
  if (ok || (!self->is_paused && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    ok = mos_import_job_flush (self, ok ? &local : NULL) && ok;
  if (ok)
    return save_state (self, MOS_IMPORT_DONE, error);
  if (self->is_paused)
    return save_state (self, MOS_IMPORT_PAUSED, error);

  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    save_state (self, MOS_IMPORT_FAILED, NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
mos_import_job_give_up_sync (MosJob *job)
{
  MosImportJob *self = MOS_IMPORT_JOB (job);
  g_autoptr (GError) error = NULL;

  /* It never began: there is nothing to go on with. */
  if (*self->row->id == '\0')
    return;
  if (!save_state (self, MOS_IMPORT_CANCELLED, &error))
    g_debug ("A cancelled import will be offered again: %s", error->message);
}

static gboolean
mos_import_job_equal (MosJob *job,
                      MosJob *other)
{
  MosImportJob *self = MOS_IMPORT_JOB (job), *second = MOS_IMPORT_JOB (other);

  return g_strcmp0 (self->account, second->account) == 0 && strcmp (self->row->source, second->row->source) == 0;
}

static void
mos_import_job_finalize (GObject *object)
{
  MosImportJob *self = MOS_IMPORT_JOB (object);

  g_clear_object (&self->store);
  g_clear_object (&self->host);
  g_clear_pointer (&self->server, mos_account_unref);
  g_clear_pointer (&self->into, mos_account_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->uids, mos_imap_uid_set_free);
  g_clear_pointer (&self->row, mos_import_row_unref);
  g_strfreev (self->paths);
  g_free (self->account);
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->folder);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_import_job_parent_class)->finalize (object);
}

static void
mos_import_job_class_init (MosImportJobClass *klass)
{
  MosJobClass *job_class = MOS_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_import_job_finalize;
  job_class->run_sync = mos_import_job_run_sync;
  job_class->give_up_sync = mos_import_job_give_up_sync;
  job_class->equal = mos_import_job_equal;
  job_class->can_pause = TRUE;
}

static void
mos_import_job_init (MosImportJob *self)
{
  g_mutex_init (&self->mutex);
  self->batch = g_ptr_array_new_with_free_func (entry_free);
}

void
mos_import_job_set_result_func (MosImportJob *self,
                                MosImportResultFunc func,
                                gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

gboolean
mos_import_job_was_resumed (MosImportJob *self)
{
  return self->was_resumed;
}
