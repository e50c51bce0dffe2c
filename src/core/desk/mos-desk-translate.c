/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-translate.h"

#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-desk-private.h"

#include <string.h>

/* --- what is known at once --- */

static gboolean
is_on (const MosAccount *account)
{
  return strcmp (mos_account_get_setting (account, MOS_ACCOUNT_TRANSLATES, ""), "1") == 0;
}

gboolean
mos_desk_mark_translate (MosDesk *self)
{
  g_autoptr (GString) mark = g_string_new (NULL);

  g_string_printf (mark, "%s %s", mos_translate_service_to_nick (self->translate->service), self->translate->url);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (is_on (mos_account_item_get_account (item)))
        g_string_append_printf (mark, " %s", mos_account_item_get_account (item)->id);
    }
  return g_set_str (&self->translate_mark, mark->str);
}

MosTranslateSettings *
mos_desk_get_translate (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->translate;
}

gboolean
mos_desk_can_translate (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), FALSE);

  return self->translate->service != MOS_TRANSLATE_OFF && (self->flags & MOS_DESK_FLAG_OFFLINE) == 0;
}

gboolean
mos_desk_may_translate (MosDesk *self,
                        const char *account)
{
  MosAccount *found = account != NULL ? mos_desk_find_account (self, account) : NULL;

  return found != NULL && mos_desk_can_translate (self) && is_on (found);
}

/* --- what asks the service, or the keyring --- */

typedef struct
{
  MosTranslating *translating;    /* (owned) */
  MosTranslateSettings *settings; /* (owned) (nullable) */
  char *key;                      /* (owned) (nullable) */
  char *message;                  /* (owned) (nullable) */
  char *account;                  /* (owned) (nullable) */
  char *text;                     /* (owned) (nullable) */
  char *from;                     /* (owned) (nullable) */
  char *to;                       /* (owned) (nullable) */
  gboolean is_marked;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  mos_translating_unref (job->translating);
  g_clear_pointer (&job->settings, mos_translate_settings_unref);
  if (job->key != NULL)
    explicit_bzero (job->key, strlen (job->key));
  g_free (job->key);
  g_free (job->message);
  g_free (job->account);
  g_free (job->text);
  g_free (job->from);
  g_free (job->to);
  g_free (job);
}

/* @ret_job: to be filled; @task has it */
static GTask *
task_new (MosDesk *self,
          gpointer source_tag,
          Job **ret_job,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  if (self->translating == NULL)
    self->translating = mos_translating_new (self->store);
  job->translating = mos_translating_ref (self->translating);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, job_free);
  *ret_job = job;
  return task;
}

static void
test_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  MosTranslateFacts *facts = mos_translating_test_sync (job->translating, job->settings, job->key, cancellable, &error);

  if (facts != NULL)
    g_task_return_pointer (task, facts, (GDestroyNotify) mos_translate_facts_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_test_translate_async (MosDesk *self,
                               MosTranslateSettings *settings,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (settings != NULL);

  task = task_new (self, mos_desk_test_translate_async, &job, cancellable, callback, user_data);
  job->settings = mos_translate_settings_ref (settings);
  job->key = g_strdup (key);
  mos_account_push (self, &self->translate_worker, task, test_thread, (GDestroyNotify) mos_translate_facts_unref);
}

MosTranslateFacts *
mos_desk_test_translate_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (mos_translating_save_sync (job->translating, job->settings, job->key, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_save_translate_async (MosDesk *self,
                               MosTranslateSettings *settings,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (settings != NULL);

  task = task_new (self, mos_desk_save_translate_async, &job, cancellable, callback, user_data);
  job->settings = mos_translate_settings_ref (settings);
  job->key = g_strdup (key);
  mos_account_push (self, &self->translate_worker, task, save_thread, NULL);
}

gboolean
mos_desk_save_translate_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
do_set_account (MosTxn *txn,
                MosDeskCall *call,
                GError **error)
{
  return mos_translating_set_account (txn, call->text, call->flag, error);
}

void
mos_desk_set_translate_account_async (MosDesk *self,
                                      const char *account,
                                      gboolean on,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  call = mos_desk_call_new_text (do_set_account, account);
  call->flag = on;
  mos_desk_write (self, call, NULL, mos_desk_set_translate_account_async, cancellable, callback, user_data);
}

/* --- translating --- */

static void
translate_thread (GTask *task,
                  gpointer source_object,
                  gpointer task_data,
                  GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  MosTranslation *translation = job->message != NULL ? mos_translating_message_sync (job->translating, job->message, job->to, cancellable, &error)
                                                     : mos_translating_draft_sync (job->translating, job->account, job->text, job->is_marked, job->from, job->to, cancellable, &error);

  if (translation != NULL)
    g_task_return_pointer (task, translation, (GDestroyNotify) mos_translation_unref);
  else
    g_task_return_error (task, error);
}

static void
push (MosDesk *self,
      GTask *task)
{
  if (mos_desk_can_translate (self))
    mos_account_push (self, &self->translate_worker, task, translate_thread, (GDestroyNotify) mos_translation_unref);
  else
    g_task_return_new_error_literal (task, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF, "No service is set up");
}

void
mos_desk_translate_message_async (MosDesk *self,
                                  const char *message,
                                  const char *to,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL && to != NULL);

  task = task_new (self, mos_desk_translate_message_async, &job, cancellable, callback, user_data);
  job->message = g_strdup (message);
  job->to = g_strdup (to);
  push (self, task);
}

void
mos_desk_translate_draft_async (MosDesk *self,
                                const char *account,
                                const char *text,
                                gboolean is_marked,
                                const char *from,
                                const char *to,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL && text != NULL && to != NULL);

  task = task_new (self, mos_desk_translate_draft_async, &job, cancellable, callback, user_data);
  job->account = g_strdup (account);
  job->text = g_strdup (text);
  job->is_marked = is_marked;
  job->from = g_strdup (from);
  job->to = g_strdup (to);
  push (self, task);
}

MosTranslation *
mos_desk_translate_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
