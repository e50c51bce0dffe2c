/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-delivery.h"

#include "core/channels/email/mos-email-delivery.h"
#include "core/desk/mos-delivery-keys.h"
#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-self-test.h"
#include "core/store/mos-store-account-log.h"

/* --- what the DNS says --- */

typedef struct
{
  MosAccount *account;
  GStrv keys;
} MosKeysRead;

static gboolean
mos_desk_read_keys (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  MosKeysRead *read = data;

  return mos_delivery_find_keys (txn, read->account, &read->keys, error);
}

static void
mos_desk_delivery_thread (GTask *task,
                          gpointer source_object,
                          gpointer task_data,
                          GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  MosKeysRead read = { job->account, NULL };
  GPtrArray *reports = NULL;
  GError *error = NULL;

  if (mos_store_read_sync (job->store, mos_desk_read_keys, &read, cancellable, &error))
    reports = mos_email_check_delivery_sync (job->account, (const char *const *) read.keys, NULL, cancellable, &error);
  g_strfreev (read.keys);
  if (reports != NULL)
    g_task_return_pointer (task, reports, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_check_delivery_async (MosDesk *self,
                               MosAccount *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  task = mos_account_task (self, mos_desk_check_delivery_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  mos_account_push (self, &self->worker, task, mos_desk_delivery_thread, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
mos_desk_check_delivery_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- a message to oneself --- */

static gboolean
mos_desk_do_queue_self_test (MosTxn *txn,
                             MosDeskCall *call,
                             GError **error)
{
  char *message = NULL;

  if (!mos_self_test_queue (txn, call->text, call->other, call->third, &message, error))
    return FALSE;
  mos_desk_call_take_result (call, message, g_free);
  return TRUE;
}

static void
mos_desk_self_test_thread (GTask *task,
                           gpointer source_object,
                           gpointer task_data,
                           GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  GError *error = NULL;
  MosSelfTest *test = mos_self_test_follow_sync (job->store, job->account, job->host, job->id, job->since_us, MOS_SELF_TEST_WAIT_S, cancellable, &error);

  if (test != NULL)
    g_task_return_pointer (task, test, (GDestroyNotify) mos_self_test_unref);
  else
    g_task_return_error (task, error);
}

static void
mos_desk_self_test_queued_cb (GObject *source,
                              GAsyncResult *result,
                              gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GTask) task = user_data;
  MosAccountJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->id = mos_desk_call_finish (self, result, mos_desk_self_test_async, &error);
  if (job->id == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->since_us = g_get_monotonic_time ();
  /* It waits, and so must nothing wait behind it that a person wants at once. */
  mos_account_push (self, &self->sign_in_worker, task, mos_desk_self_test_thread, (GDestroyNotify) mos_self_test_unref);
}

void
mos_desk_self_test_async (MosDesk *self,
                          MosAccount *account,
                          const char *subject,
                          const char *text,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  task = mos_account_task (self, mos_desk_self_test_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->host = g_object_ref (mos_desk_ensure_host (self));
  call = mos_desk_call_new_pair (mos_desk_do_queue_self_test, account->id, subject, NULL);
  call->third = g_strdup (text);
  /* Not cancelled with the rest: what was queued has to be known, so that it can be taken out again. */
  mos_desk_write (self, call, NULL, mos_desk_self_test_async, NULL, mos_desk_self_test_queued_cb, g_steal_pointer (&task));
}

MosSelfTest *
mos_desk_self_test_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what happened lately --- */

static gboolean
mos_desk_do_load_account_log (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  return mos_desk_call_take_list (call, mos_store_account_log_list (txn, call->text, error));
}

void
mos_desk_load_account_log_async (MosDesk *self,
                                 const char *account,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_desk_read_text (self, mos_desk_do_load_account_log, account, mos_desk_load_account_log_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_account_log_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_account_log_async, error);
}
