/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/base/mos-secrets.h"
#include "core/base/mos-text.h"
#include "core/channels/email/mos-email-discovery.h"
#include "core/channels/email/mos-email-test.h"
#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"

#include <string.h>

/* Accounts: what blocks (DNS, servers, the keyring) runs on the desk's own worker. */

static void
mos_account_guess_clear (MosAccountGuess *self)
{
  g_clear_pointer (&self->account, mos_account_unref);
  g_free (self->source);
  g_free (self->provider);
  g_free (self->note);
  g_free (self->help_url);
  g_free (self->oauth_provider);
}

MOS_DEFINE_VALUE (MosAccountGuess, account_guess)

static void
mos_account_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
mos_account_job_free (gpointer data)
{
  MosAccountJob *job = data;

  g_clear_object (&job->store);
  g_clear_object (&job->host);
  g_clear_pointer (&job->account, mos_account_unref);
  g_clear_pointer (&job->credential, mos_credential_unref);
  g_clear_pointer (&job->tokens, mos_oauth_tokens_unref);
  g_clear_object (&job->certificate);
  g_clear_pointer (&job->picture, g_bytes_unref);
  g_free (job->id);
  g_free (job->name);
  g_free (job->address);
  mos_account_wipe (job->password);
  mos_account_wipe (job->client_secret);
  g_free (job->language);
  g_free (job->title);
  g_free (job->done);
  g_free (job->denied);
  g_free (job->stale);
  g_free (job);
}

GTask *
mos_account_task (MosDesk *self,
                  gpointer source_tag,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  MosAccountJob *job = g_new0 (MosAccountJob, 1);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  job->store = g_object_ref (self->store);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, mos_account_job_free);
  return task;
}

typedef struct
{
  GTask *task;               /* (owned) the caller's: main context only, as is the desk that it holds */
  GCancellable *cancellable; /* (owned) (nullable) the caller's */
  gulong id;
  GCancellable *desk; /* (owned) cancelled when the desk ends */
  gulong desk_id;
  GDestroyNotify free_func; /* (nullable) */
} MosAccountWait;

static void
mos_account_cancelled_cb (GCancellable *cancellable,
                          gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
mos_account_done_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  MosAccountWait *wait = user_data;
  GTask *inner = G_TASK (result);
  GError *error = NULL;

  g_cancellable_disconnect (wait->cancellable, wait->id);
  g_cancellable_disconnect (wait->desk, wait->desk_id);
  if (wait->free_func != NULL)
    {
      gpointer found = g_task_propagate_pointer (inner, &error);

      if (found != NULL)
        g_task_return_pointer (wait->task, found, wait->free_func);
    }
  else if (g_task_propagate_boolean (inner, &error))
    g_task_return_boolean (wait->task, TRUE);
  if (error != NULL)
    g_task_return_error (wait->task, error);

  g_clear_object (&wait->cancellable);
  g_object_unref (wait->desk);
  g_object_unref (wait->task);
  g_free (wait);
}

/* The worker gets a task of its own, without the desk: else its thread could be the last to let go of the desk. */
void
mos_account_push (MosDesk *self,
                  MosWorker **worker,
                  GTask *task,
                  GTaskThreadFunc func,
                  GDestroyNotify free_func)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  MosAccountWait *wait = g_new0 (MosAccountWait, 1);
  g_autoptr (GTask) inner = g_task_new (NULL, cancellable, mos_account_done_cb, wait);

  wait->task = g_object_ref (task);
  wait->free_func = free_func;
  wait->desk = g_object_ref (self->cancellable);
  wait->desk_id = g_cancellable_connect (wait->desk, G_CALLBACK (mos_account_cancelled_cb), g_object_ref (cancellable), g_object_unref);
  if (g_task_get_cancellable (task) != NULL)
    {
      wait->cancellable = g_object_ref (g_task_get_cancellable (task));
      wait->id = g_cancellable_connect (wait->cancellable, G_CALLBACK (mos_account_cancelled_cb), g_object_ref (cancellable), g_object_unref);
    }
  g_task_set_source_tag (inner, mos_account_push);
  g_task_set_check_cancellable (inner, g_task_get_check_cancellable (task));
  /* The caller's task owns it, and is there until this one is done. */
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  if (*worker == NULL)
    *worker = mos_worker_new (worker == &self->worker ? "mos-accounts" : worker == &self->sign_in_worker ? "mos-sign-in"
                                                                                                         : "mos-translate");
  mos_worker_push (*worker, inner, func);
}

/* --- discovery --- */

static void
mos_account_discover_thread (GTask *task,
                             gpointer source_object,
                             gpointer task_data,
                             GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) found = mos_email_discover_sync (job->address, NULL, cancellable, &error);
  GPtrArray *guesses;

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_guess_unref);
  for (guint i = 0; i < found->len; i++)
    {
      MosEmailGuess *email = g_ptr_array_index (found, i);
      MosAccountGuess *guess = mos_account_guess_new ();
      g_autoptr (MosAccount) account = mos_account_new ();

      account->kind = g_strdup ("email");
      account->name = g_strdup (job->name);
      account->address = g_strdup (job->address);
      account->imap = mos_server_ref (email->imap);
      account->smtp = mos_server_ref (email->smtp);
      account->server_files_sent = email->server_files_sent;
      guess->account = mos_account_prepare (account, mos_clock_now_us (mos_store_get_clock (job->store)));
      guess->source = g_strdup (email->source);
      guess->provider = g_strdup (email->provider);
      guess->note = g_strdup (email->note);
      guess->help_url = g_strdup (email->help_url);
      guess->oauth_provider = g_strdup (email->oauth_provider);
      g_ptr_array_add (guesses, guess);
    }
  g_task_return_pointer (task, guesses, (GDestroyNotify) g_ptr_array_unref);
}

void
mos_desk_discover_async (MosDesk *self,
                         const char *name,
                         const char *address,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (address != NULL);

  task = mos_account_task (self, mos_desk_discover_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->name = g_strdup (name);
  job->address = g_strstrip (g_strdup (address));
  mos_account_push (self, &self->worker, task, mos_account_discover_thread, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
mos_desk_discover_finish (MosDesk *self,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- test --- */

typedef struct
{
  GTask *task; /* (owned) keeps the caller's data alive as long as its callback */
  const char *stage;
} MosTestStep;

static gboolean
mos_account_step_cb (gpointer data)
{
  MosTestStep *step = data;
  MosAccountJob *job = g_task_get_task_data (step->task);

  if (!g_task_get_completed (step->task) && !g_cancellable_is_cancelled (g_task_get_cancellable (step->task)))
    job->progress (step->stage, job->progress_data);
  return G_SOURCE_REMOVE;
}

static void
mos_account_step_free (gpointer data)
{
  MosTestStep *step = data;

  g_object_unref (step->task);
  g_free (step);
}

static void
mos_account_progress (const char *stage,
                      gpointer user_data)
{
  GTask *task = user_data;
  MosAccountJob *job = g_task_get_task_data (task);
  MosTestStep *step;

  if (job->progress == NULL)
    return;
  step = g_new0 (MosTestStep, 1);
  step->task = g_object_ref (task);
  step->stage = g_intern_string (stage);
  g_idle_add_full (G_PRIORITY_DEFAULT, mos_account_step_cb, step, mos_account_step_free);
}

/* A chat is asked who the account is. */
static gboolean
mos_account_test_chat (MosAccountJob *job,
                       GTask *task,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (job->account, job->host, clock);
  g_autofree char *secret = NULL;

  job->stage = "chat";
  mos_account_progress (job->stage, task);
  if (channel == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "This account never connects");
      return FALSE;
    }
  if (job->credential != NULL)
    secret = g_strdup (job->credential->secret);
  else
    secret = mos_channel_host_dup_password_sync (job->host, job->account->id, cancellable, error);
  return secret != NULL && mos_chat_channel_identify_sync (MOS_CHAT_CHANNEL (channel), secret, NULL, NULL, cancellable, error);
}

static void
mos_account_test_thread (GTask *task,
                         gpointer source_object,
                         gpointer task_data,
                         GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosCredential) credential = job->credential != NULL ? mos_credential_ref (job->credential) : NULL;
  GError *error = NULL;

  if (mos_channel_is_chat (job->account->kind))
    {
      if (mos_account_test_chat (job, task, cancellable, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }
  job->stage = "imap-connect";
  for (gboolean again = TRUE;; again = FALSE)
    {
      if (job->credential == NULL)
        {
          g_autoptr (MosCredential) refused = g_steal_pointer (&credential);

          credential = mos_channel_host_dup_credential_sync (job->host, job->account, refused, cancellable, &error);
        }
      if (credential != NULL &&
          mos_email_test_sync (job->account, credential, mos_account_progress, task, &job->stage, &job->certificate, &job->flags, cancellable, &error))
        {
          g_task_return_boolean (task, TRUE);
          return;
        }
      if (!again || job->credential != NULL || !g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED))
        {
          g_task_return_error (task, error);
          return;
        }
      g_clear_error (&error);
    }
}

void
mos_desk_test_account_async (MosDesk *self,
                             MosAccount *account,
                             MosCredential *credential,
                             MosTestProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  task = mos_account_task (self, mos_desk_test_account_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->credential = credential != NULL ? mos_credential_ref (credential) : NULL;
  job->host = g_object_ref (mos_desk_ensure_host (self));
  job->progress = progress;
  job->progress_data = progress_data;
  mos_account_push (self, &self->worker, task, mos_account_test_thread, NULL);
}

gboolean
mos_desk_test_account_finish (MosDesk *self,
                              GAsyncResult *result,
                              char **ret_failed_stage,
                              GTlsCertificate **ret_certificate,
                              GTlsCertificateFlags *ret_flags,
                              GError **error)
{
  gboolean works;
  MosAccountJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  works = g_task_propagate_boolean (G_TASK (result), error);
  if (ret_failed_stage != NULL)
    *ret_failed_stage = works ? NULL : g_strdup (job->stage);
  if (ret_certificate != NULL)
    *ret_certificate = works ? NULL : g_steal_pointer (&job->certificate);
  if (ret_flags != NULL)
    *ret_flags = job->flags;
  return works;
}

/* --- save and remove --- */

static gboolean
mos_account_do_save (MosTxn *txn,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static void
mos_account_save_thread (GTask *task,
                         gpointer source_object,
                         gpointer task_data,
                         GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (job->store));
  g_autofree char *key = mos_desk_client_secret_key (job->account->id);
  const MosActor actor = { MOS_ACTOR_HUMAN, job->name };
  GError *error = NULL;

  /* The secrets first: an account that is there must be able to log in. */
  if ((job->client_secret == NULL || job->is_for_run ||
       mos_secrets_store_sync (scope, key, job->account->address, job->client_secret, MOS_SECRETS_TIMEOUT_MS, cancellable, &error)) &&
      (job->password == NULL || job->is_for_run ||
       mos_secrets_store_sync (scope, job->account->id, job->account->address, job->password, MOS_SECRETS_TIMEOUT_MS, cancellable, &error)) &&
      mos_store_write_sync (job->store, &actor, NULL, mos_account_do_save, job->account, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
mos_account_saved_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GTask) task = user_data;
  MosAccountJob *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *key = NULL;
  MosDeskHost *host;
  GError *error = NULL;

  self->n_saving--;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (self->follow_later)
        mos_desk_follow_accounts (self);
      g_task_return_error (task, error);
      return;
    }
  /* A new one in the keyring takes the place of one of this run. */
  host = MOS_DESK_HOST (mos_desk_ensure_host (self));
  key = mos_desk_client_secret_key (job->account->id);
  if (job->password != NULL)
    {
      mos_desk_host_set_password (host, job->account->id, job->is_for_run ? job->password : NULL);
      mos_desk_host_set_tokens (host, job->account->id, job->tokens);
    }
  if (job->client_secret != NULL)
    mos_desk_host_set_password (host, key, job->is_for_run ? job->client_secret : NULL);
  mos_desk_restart_channel (self, job->account);
  if (self->follow_later)
    mos_desk_follow_accounts (self);
  g_task_return_boolean (task, TRUE);
}

/* How a chat calls an account is its own to say. */
static gboolean
is_address (MosAccount *account)
{
  if (account->address == NULL)
    return FALSE;
  return mos_channel_is_chat (account->kind) ? *account->address != '\0' : mos_text_is_address (account->address);
}

void
mos_account_save (MosDesk *self,
                  MosAccount *account,
                  const char *password,
                  const char *client_secret,
                  MosOAuthTokens *tokens,
                  gboolean is_for_run,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task;
  g_autoptr (GTask) inner = NULL;
  MosAccountJob *job;

  if (!is_address (account))
    {
      g_task_report_new_error (self, callback, user_data, mos_desk_save_account_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID,
                               "“%s” is no address", account->address != NULL ? account->address : "");
      return;
    }

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, mos_desk_save_account_async);
  inner = mos_account_task (self, mos_account_saved_cb, cancellable, mos_account_saved_cb, task);
  g_task_set_check_cancellable (inner, FALSE);
  job = g_task_get_task_data (inner);
  job->account = mos_account_prepare (account, mos_clock_now_us (mos_store_get_clock (self->store)));
  job->password = g_strdup (password);
  job->client_secret = g_strdup (client_secret);
  job->tokens = tokens != NULL ? mos_oauth_tokens_ref (tokens) : NULL;
  job->name = g_strdup (self->me);
  job->is_for_run = is_for_run;
  self->n_saving++;
  mos_account_push (self, &self->worker, inner, mos_account_save_thread, NULL);
}

void
mos_desk_save_account_async (MosDesk *self,
                             MosAccount *account,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_account_save (self, account, password, NULL, NULL, FALSE, cancellable, callback, user_data);
}

void
mos_desk_save_account_for_run_async (MosDesk *self,
                                     MosAccount *account,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);
  g_return_if_fail (password != NULL);

  mos_account_save (self, account, password, NULL, NULL, TRUE, cancellable, callback, user_data);
}

gboolean
mos_desk_save_account_finish (MosDesk *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
mos_account_do_remove (MosTxn *txn,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  return mos_outbox_take_all_back (txn, data, NULL, error) && mos_store_account_remove (txn, data, error);
}

static void
mos_account_remove_thread (GTask *task,
                           gpointer source_object,
                           gpointer task_data,
                           GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (job->store));
  const MosActor actor = { MOS_ACTOR_HUMAN, job->name };
  GError *error = NULL;
  g_autofree char *key = mos_desk_client_secret_key (job->id);
  g_autoptr (GError) keyring_error = NULL;

  if (!mos_store_write_sync (job->store, &actor, NULL, mos_account_do_remove, job->id, NULL, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* The account is gone either way; a password that no keyring gives back does no harm there. */
  if (!mos_secrets_clear_sync (scope, job->id, MOS_SECRETS_TIMEOUT_MS, cancellable, &keyring_error) ||
      !mos_secrets_clear_sync (scope, key, MOS_SECRETS_TIMEOUT_MS, cancellable, &keyring_error))
    g_debug ("The password was not forgotten: %s", keyring_error->message);
  g_task_return_boolean (task, TRUE);
}

void
mos_desk_remove_account_async (MosDesk *self,
                               const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_desk_stop_channel (self, account);
  if (self->host != NULL)
    {
      g_autofree char *key = mos_desk_client_secret_key (account);

      mos_desk_host_set_password (MOS_DESK_HOST (self->host), account, NULL);
      mos_desk_host_set_password (MOS_DESK_HOST (self->host), key, NULL);
      mos_desk_host_set_tokens (MOS_DESK_HOST (self->host), account, NULL);
    }
  task = mos_account_task (self, mos_desk_remove_account_async, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  job = g_task_get_task_data (task);
  job->id = g_strdup (account);
  job->name = g_strdup (self->me);
  mos_account_push (self, &self->worker, task, mos_account_remove_thread, NULL);
}

gboolean
mos_desk_remove_account_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
