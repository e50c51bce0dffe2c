/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-macros.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-desk-shops.h"
#include "core/desk/mos-macro-import.h"

#include <string.h>

/* A send counts a use: many of them are one look. */
#define RELOAD_MS 100

/* --- the list --- */

static gboolean
do_list (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  GPtrArray *macros = mos_store_macro_list (txn, call->text, error);

  if (macros == NULL)
    return FALSE;
  mos_desk_call_take_result (call, macros, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void
on_listed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  GPtrArray *macros = mos_desk_call_finish (self, result, mos_desk_queue_macros, &error);

  if (macros == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Macros could not be read: %s", error->message);
      return;
    }
  g_ptr_array_unref (self->macros);
  self->macros = macros;
  g_signal_emit_by_name (self, "macros-changed");
}

static gboolean
reload (gpointer data)
{
  MosDesk *self = data;

  self->macros_id = 0;
  mos_desk_read_text (self, do_list, self->me, mos_desk_queue_macros, self->cancellable, on_listed_cb, NULL);
  return G_SOURCE_REMOVE;
}

void
mos_desk_queue_macros (MosDesk *self)
{
  if (self->macros_id == 0)
    self->macros_id = g_timeout_add (RELOAD_MS, reload, self);
}

GPtrArray *
mos_desk_get_macros (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->macros;
}

MosMacro *
mos_desk_find_macro (MosDesk *self,
                     const char *id)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  for (guint i = 0; i < self->macros->len; i++)
    if (g_strcmp0 (((MosMacro *) self->macros->pdata[i])->id, id) == 0)
      return self->macros->pdata[i];
  return NULL;
}

/* --- changes --- */

static gboolean
do_save (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  char *id = NULL;

  if (!mos_macros_save (txn, call->value, &id, error))
    return FALSE;
  mos_desk_call_take_result (call, id, g_free);
  return TRUE;
}

void
mos_desk_save_macro_async (MosDesk *self,
                           MosMacro *macro,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (macro != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_save, mos_macro_ref (macro), (GDestroyNotify) mos_macro_unref), macro->id != NULL ? "macro-edit" : "macro-add", mos_desk_save_macro_async, cancellable, callback, user_data);
}

char *
mos_desk_save_macro_finish (MosDesk *self,
                            GAsyncResult *result,
                            gint64 *ret_batch,
                            GError **error)
{
  char *id = mos_desk_call_finish (self, result, mos_desk_save_macro_async, error);

  if (id != NULL && ret_batch != NULL)
    *ret_batch = ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->batch;
  return id;
}

/* --- files --- */

static gboolean
do_import (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  GPtrArray *entries = mos_macro_import_read (call->value, g_get_language_names ()[0], error);

  if (entries == NULL)
    return FALSE;
  mos_desk_call_take_result (call, entries, (GDestroyNotify) g_ptr_array_unref);
  return mos_macro_import_run (txn, entries, FALSE, error);
}

void
mos_desk_import_macros_async (MosDesk *self,
                              GBytes *data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (data != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_import, g_bytes_ref (data), (GDestroyNotify) g_bytes_unref), "macro-import", mos_desk_import_macros_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_import_macros_finish (MosDesk *self,
                               GAsyncResult *result,
                               gint64 *ret_batch,
                               GError **error)
{
  GPtrArray *entries = mos_desk_call_finish (self, result, mos_desk_import_macros_async, error);

  *ret_batch = entries != NULL ? ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->batch : 0;
  return entries;
}

static gboolean
do_export (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, call->text, error);
  char *text = macros != NULL ? mos_macro_export (txn, macros, error) : NULL;

  if (text == NULL)
    return FALSE;
  mos_desk_call_take_result (call, g_bytes_new_take (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
  return TRUE;
}

void
mos_desk_export_macros_async (MosDesk *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, do_export, self->me, mos_desk_export_macros_async, cancellable, callback, user_data);
}

GBytes *
mos_desk_export_macros_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_export_macros_async, error);
}

static gboolean
do_remove (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_store_macro_remove (txn, call->text, error);
}

void
mos_desk_remove_macro_async (MosDesk *self,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  mos_desk_write_text (self, do_remove, id, "macro-remove", mos_desk_remove_macro_async, cancellable, callback, user_data);
}

static gboolean
do_install (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  return mos_macros_install_starter (txn, call->text, NULL, error);
}

void
mos_desk_install_macros_async (MosDesk *self,
                               const char *language,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_install, language, "macro-import", mos_desk_install_macros_async, cancellable, callback, user_data);
}

static gboolean
do_find_outcome (MosTxn *txn,
                 MosDeskCall *call,
                 GError **error)
{
  MosMacroOutcome *outcome = g_new0 (MosMacroOutcome, 1);

  mos_desk_call_take_result (call, outcome, g_free);
  return mos_store_macro_find_outcome (txn, call->text, outcome, error);
}

void
mos_desk_find_macro_outcome_async (MosDesk *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, do_find_outcome, id, mos_desk_find_macro_outcome_async, cancellable, callback, user_data);
}

gboolean
mos_desk_find_macro_outcome_finish (MosDesk *self,
                                    GAsyncResult *result,
                                    MosMacroOutcome *ret_outcome,
                                    GError **error)
{
  g_autofree MosMacroOutcome *outcome = mos_desk_call_finish (self, result, mos_desk_find_macro_outcome_async, error);

  if (outcome == NULL)
    return FALSE;
  *ret_outcome = *outcome;
  return TRUE;
}

/* --- applying --- */

typedef struct
{
  MosMacro *macro;     /* (owned) */
  GStrv ids;           /* (owned) */
  GHashTable *answers; /* (owned) (nullable) */
  gint64 undo_us;
  gboolean acts_on_orders;
  guint at;
  GPtrArray *results; /* (owned) (element-type MosMacroResult) */
  gint64 batch;
} ApplyJob;

static void
apply_job_free (gpointer data)
{
  ApplyJob *job = data;

  mos_macro_unref (job->macro);
  g_strfreev (job->ids);
  g_clear_pointer (&job->answers, g_hash_table_unref);
  g_ptr_array_unref (job->results);
  g_free (job);
}

static gboolean
is_sent (const MosMacro *macro)
{
  return macro->texts->len > 0 && !macro->is_for_notes;
}

/* Of one conversation (an answer), or of all. The job stands still meanwhile. */
static gboolean
do_apply (MosTxn *txn,
          MosDeskCall *call,
          GError **error)
{
  ApplyJob *job = call->value;
  const MosMacroApplying applying = { .macro = job->macro, .language = g_get_language_names ()[0], .answers = job->answers, .undo_us = job->undo_us, .acts_on_orders = job->acts_on_orders };
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_result_unref);

  for (guint i = job->at; job->ids[i] != NULL && (i == job->at || !is_sent (job->macro)); i++)
    {
      MosMacroResult *result = NULL;

      if (!mos_macro_apply (txn, &applying, job->ids[i], &result, error))
        return FALSE;
      g_ptr_array_add (results, result);
    }
  mos_desk_call_take_result (call, g_steal_pointer (&results), (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void apply_next (GTask *task);

static void
on_applied_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ApplyJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results = mos_desk_call_finish (MOS_DESK (source), result, mos_desk_apply_macro_async, &error);

  if (results == NULL && !is_sent (job->macro))
    {
      g_task_return_error (task, error);
      return;
    }
  if (results == NULL)
    {
      MosMacroResult *failed = mos_macro_result_new ();

      failed->conversation = g_strdup (job->ids[job->at]);
      failed->missing = g_ptr_array_new_with_free_func (g_free);
      failed->why = g_strdup (error->message);
      g_ptr_array_add (job->results, failed);
      g_error_free (error);
    }
  else
    {
      job->batch = is_sent (job->macro) ? 0 : ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->batch;
      g_ptr_array_extend (job->results, results, (GCopyFunc) (void (*) (void)) mos_macro_result_ref, NULL);
    }
  job->at = job->results->len;
  apply_next (task);
}

static void
apply_next (GTask *task)
{
  MosDesk *self = g_task_get_source_object (task);
  ApplyJob *job = g_task_get_task_data (task);
  if (job->ids[job->at] == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (job->acts_on_orders)
        mos_desk_wake_shops (self, NULL);
      g_task_return_pointer (task, g_ptr_array_ref (job->results), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  mos_desk_write (self, mos_desk_call_new_value (do_apply, job, NULL), is_sent (job->macro) ? NULL : "macro", mos_desk_apply_macro_async, NULL, on_applied_cb, g_object_ref (task));
}

void
mos_desk_apply_macro_async (MosDesk *self,
                            MosMacro *macro,
                            const char *const *conversations,
                            GHashTable *answers,
                            gint64 undo_us,
                            gboolean acts_on_orders,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ApplyJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (macro != NULL && conversations != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_apply_macro_finish);
  /* What was done is told, also when the caller has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  job = g_new0 (ApplyJob, 1);
  job->macro = mos_macro_ref (macro);
  job->ids = g_strdupv ((char **) conversations);
  job->answers = answers != NULL ? g_hash_table_ref (answers) : NULL;
  job->undo_us = undo_us;
  job->acts_on_orders = acts_on_orders;
  job->results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_result_unref);
  g_task_set_task_data (task, job, apply_job_free);
  apply_next (task);
}

GPtrArray *
mos_desk_apply_macro_finish (MosDesk *self,
                             GAsyncResult *result,
                             gint64 *ret_batch,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, mos_desk_apply_macro_finish), NULL);

  *ret_batch = ((ApplyJob *) g_task_get_task_data (G_TASK (result)))->batch;
  return g_task_propagate_pointer (G_TASK (result), error);
}
