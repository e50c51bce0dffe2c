/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-backup.h"

#include "core/desk/mos-backups.h"
#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-scheduler.h"

#include <string.h>

/* --- the plan --- */

static gboolean
read_plan (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  MosBackupPlan *plan;

  if (!mos_store_backup_plan_load (txn, &plan, error))
    return FALSE;
  mos_desk_call_take_result (call, plan, (GDestroyNotify) mos_backup_plan_unref);
  return TRUE;
}

void
mos_desk_load_backup_plan_async (MosDesk *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (read_plan), mos_desk_load_backup_plan_async, cancellable, callback, user_data);
}

MosBackupPlan *
mos_desk_load_backup_plan_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_backup_plan_async, error);
}

typedef struct
{
  MosStore *store;     /* (owned) */
  MosBackupPlan *plan; /* (owned) */
  char *passphrase;    /* (owned) (nullable) */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->store);
  mos_backup_plan_unref (saving->plan);
  if (saving->passphrase != NULL)
    explicit_bzero (saving->passphrase, strlen (saving->passphrase));
  g_free (saving->passphrase);
  g_free (saving);
}

static void
save_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Saving *saving = task_data;
  GError *error = NULL;

  if (mos_backups_save_sync (saving->store, saving->plan, saving->passphrase, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_save_backup_plan_async (MosDesk *self,
                                 MosBackupPlan *plan,
                                 const char *passphrase,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (plan != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  saving = g_new0 (Saving, 1);
  saving->store = g_object_ref (self->store);
  /* The caller's own goes on being changed while this waits for the keyring. */
  saving->plan = mos_backup_plan_new ();
  saving->plan->every = plan->every;
  saving->plan->folder = g_strdup (plan->folder);
  saving->plan->keep = plan->keep;
  saving->plan->is_sealed = plan->is_sealed;
  saving->plan->with_passwords = plan->with_passwords;
  saving->passphrase = g_strdup (passphrase);
  g_task_set_source_tag (task, mos_desk_save_backup_plan_async);
  g_task_set_task_data (task, saving, saving_free);
  mos_account_push (self, &self->worker, task, save_thread, NULL);
}

gboolean
mos_desk_save_backup_plan_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->scheduler != NULL)
    mos_scheduler_rearm (MOS_SCHEDULER (self->scheduler));
  g_signal_emit_by_name (self, "backup-changed");
  return TRUE;
}

/* --- making one --- */

MosJob *
mos_desk_back_up (MosDesk *self,
                  const char *path,
                  const char *passphrase,
                  gboolean with_passwords)
{
  g_autoptr (MosBackupJob) job = NULL;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  job = mos_backup_job_new (self->store, path, passphrase, with_passwords, TRUE);
  return mos_desk_run_job (self, MOS_JOB (job));
}

MosJob *
mos_desk_back_up_by_plan (MosDesk *self)
{
  g_autoptr (MosBackupJob) job = NULL;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  job = mos_backup_job_new_planned (self->store);
  return mos_desk_run_job (self, MOS_JOB (job));
}

void
mos_desk_backup_ended (MosDesk *self,
                       MosJob *job)
{
  if (!MOS_IS_BACKUP_JOB (job) || !mos_backup_job_is_planned (MOS_BACKUP_JOB (job)))
    return;
  g_signal_emit_by_name (self, "backup-changed");
  if (mos_job_get_state (job) == MOS_JOB_FAILED && !self->backup_failed)
    g_signal_emit_by_name (self, "backup-failed", job);
  if (mos_job_get_state (job) != MOS_JOB_CANCELLED)
    self->backup_failed = mos_job_get_state (job) == MOS_JOB_FAILED;
  /* It was nobody's wish of this moment: what went well is told where backups are looked at. */
  if (mos_job_get_state (job) == MOS_JOB_DONE)
    mos_desk_dismiss_job (self, job);
}

/* --- when the desk opens --- */

static gboolean
begin (MosTxn *txn,
       MosDeskCall *call,
       GError **error)
{
  MosBackupPlan *plan;

  if (!mos_backups_begin (txn, &plan, error))
    return FALSE;
  mos_desk_call_take_result (call, plan, (GDestroyNotify) mos_backup_plan_unref);
  return TRUE;
}

static void
on_begun_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosBackupPlan) plan = mos_desk_call_finish (self, result, on_begun_cb, &error);

  if (plan == NULL || !self->started)
    return;
  /* One that the end of the program, or a failure, kept from being made. What was told of it then is not told again. */
  self->backup_failed = *plan->why != '\0';
  if (plan->is_wanted && plan->every != MOS_BACKUP_OFF)
    mos_desk_back_up_by_plan (self);
  mos_scheduler_rearm (MOS_SCHEDULER (self->scheduler));
}

void
mos_desk_begin_backups (MosDesk *self)
{
  if ((self->flags & MOS_DESK_FLAG_OFFLINE) == 0)
    mos_desk_write (self, mos_desk_call_new (begin), NULL, on_begun_cb, self->cancellable, on_begun_cb, NULL);
}
