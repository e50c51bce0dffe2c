/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/channels/email/mos-oauth-providers.h"
#include "core/desk/mos-desk-host.h"

/* Signing in through a provider's web page. The waiting has a worker of its own: the keyring and the tests of other accounts go on beside it. */

typedef struct
{
  GTask *task; /* (owned) keeps the caller's data alive as long as its callback */
  char *url;
} MosSignInStep;

static gboolean
mos_sign_in_open_cb (gpointer data)
{
  MosSignInStep *step = data;
  MosAccountJob *job = g_task_get_task_data (step->task);

  if (!g_task_get_completed (step->task) && !g_cancellable_is_cancelled (g_task_get_cancellable (step->task)))
    job->open (step->url, job->open_data);
  return G_SOURCE_REMOVE;
}

static void
mos_sign_in_step_free (gpointer data)
{
  MosSignInStep *step = data;

  g_object_unref (step->task);
  g_free (step->url);
  g_free (step);
}

static void
mos_sign_in_open (const char *url,
                  gpointer user_data)
{
  MosSignInStep *step = g_new0 (MosSignInStep, 1);

  step->task = g_object_ref (user_data);
  step->url = g_strdup (url);
  g_idle_add_full (G_PRIORITY_DEFAULT, mos_sign_in_open_cb, step, mos_sign_in_step_free);
}

/* No client secret given: the one that is kept, if there is one. */
static gboolean
mos_sign_in_find_secret (MosAccountJob *job,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) local = NULL;

  if (job->client_secret != NULL || job->account->id == NULL || *job->account->id == '\0')
    return TRUE;
  key = mos_desk_client_secret_key (job->account->id);
  job->client_secret = mos_channel_host_dup_password_sync (job->host, key, cancellable, &local);
  if (job->client_secret == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

static void
mos_sign_in_thread (GTask *task,
                    gpointer source_object,
                    gpointer task_data,
                    GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  const MosOAuthPage page = { job->language, job->is_rtl, job->title, job->done, job->denied, job->stale };
  g_autoptr (MosOAuthClient) client = NULL;
  MosOAuthTokens *tokens = NULL;
  GError *error = NULL;

  if (mos_sign_in_find_secret (job, cancellable, &error))
    client = mos_oauth_client_for (job->account->oauth, job->client_secret, &error);
  if (client != NULL)
    tokens = mos_oauth_sign_in_sync (client, *job->account->imap->user != '\0' ? job->account->imap->user : job->account->address, &page, mos_sign_in_open, task, 0, cancellable, &error);
  if (tokens != NULL)
    g_task_return_pointer (task, tokens, (GDestroyNotify) mos_oauth_tokens_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_sign_in_async (MosDesk *self,
                        MosAccount *account,
                        const char *client_secret,
                        const MosOAuthPage *page,
                        MosSignInOpen open,
                        gpointer open_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL && account->oauth != NULL);
  g_return_if_fail (page != NULL && open != NULL);

  task = mos_account_task (self, mos_desk_sign_in_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->host = g_object_ref (mos_desk_ensure_host (self));
  job->client_secret = client_secret != NULL && *client_secret != '\0' ? g_strdup (client_secret) : NULL;
  job->language = g_strdup (page->language);
  job->is_rtl = page->is_rtl;
  job->title = g_strdup (page->title);
  job->done = g_strdup (page->done);
  job->denied = g_strdup (page->denied);
  job->stale = g_strdup (page->stale);
  job->open = open;
  job->open_data = open_data;
  mos_account_push (self, &self->sign_in_worker, task, mos_sign_in_thread, (GDestroyNotify) mos_oauth_tokens_unref);
}

MosOAuthTokens *
mos_desk_sign_in_finish (MosDesk *self,
                         GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_save_signed_in_async (MosDesk *self,
                               MosAccount *account,
                               MosOAuthTokens *tokens,
                               const char *client_secret,
                               gboolean is_for_run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL && account->oauth != NULL);
  g_return_if_fail (tokens != NULL && tokens->refresh != NULL);

  mos_account_save (self, account, tokens->refresh, client_secret != NULL && *client_secret != '\0' ? client_secret : NULL, tokens, is_for_run, cancellable, callback, user_data);
}
