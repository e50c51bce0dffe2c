/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/channels/relay/mos-relay.h"
#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-letter-box.h"
#include "core/desk/mos-rows.h"
#include "core/values/mos-account-settings.h"

#include <string.h>

/* What a person signs in with becomes the key that is kept; the account is what the platform says it is called. */

#define BY_KEY "key"
#define BY_PASSWORD "password"
/* What is asked of a letter box: that it hands files out, too */
#define FOR_FILES "files"

/* Returns: (transfer full): @account, which is shared, with settings of its own */
static MosAccount *
copy_account (MosAccount *account,
              gint64 now_us)
{
  MosAccount *copy = mos_account_prepare (account, now_us);

  mos_account_own_settings (copy);
  return copy;
}

/* A secret of several lines has several keys in it; of an account that is here those that nobody entered anew stay as they are. */
static gboolean
complete_secret (MosAccountJob *job,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) kept_lines = NULL;
  g_autofree char *kept = NULL;
  gboolean is_whole = TRUE;

  if (job->account->id == NULL || *job->account->id == '\0' || strchr (job->password, '\n') == NULL)
    return TRUE;
  lines = g_strsplit (job->password, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    is_whole &= **line != '\0';
  if (is_whole)
    return TRUE;
  kept = mos_channel_host_dup_password_sync (job->host, job->account->id, cancellable, error);
  if (kept == NULL)
    return FALSE;
  kept_lines = g_strsplit (kept, "\n", -1);
  for (guint i = 0; lines[i] != NULL && i < g_strv_length (kept_lines); i++)
    if (*lines[i] == '\0')
      g_set_str (&lines[i], kept_lines[i]);
  explicit_bzero (kept, strlen (kept));
  explicit_bzero (job->password, strlen (job->password));
  g_free (job->password);
  job->password = g_strjoinv ("\n", lines);
  return TRUE;
}

static void
sign_in_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosAccount) account = copy_account (job->account, mos_clock_now_us (clock));
  g_autoptr (MosChatChannel) channel = MOS_CHAT_CHANNEL (mos_channel_new_for_account (account, job->host, clock));
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;
  char *key = NULL;

  if (channel == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "This account never connects");
  else if (complete_secret (job, cancellable, &error))
    key = mos_chat_channel_sign_in_sync (channel, job->name, job->password, g_str_equal (job->stage, BY_KEY), account->settings, cancellable, &error);
  explicit_bzero (job->password, strlen (job->password));
  g_free (job->password);
  job->password = key;
  if (key == NULL || !mos_chat_channel_identify_sync (channel, key, &address, &name, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job->picture = mos_chat_channel_dup_picture_sync (channel, key, cancellable);
  g_set_str (&account->address, address);
  if (job->account->name == NULL || *job->account->name == '\0')
    g_set_str (&account->name, name);
  /* Of one that was not here the id is made of what it is called. */
  if (job->account->id == NULL || *job->account->id == '\0')
    g_set_str (&account->id, "");
  g_task_return_pointer (task, mos_account_prepare (account, mos_clock_now_us (clock)), (GDestroyNotify) mos_account_unref);
}

void
mos_desk_sign_in_chat_async (MosDesk *self,
                             MosAccount *account,
                             const char *user,
                             const char *secret,
                             gboolean is_key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL && mos_channel_is_chat (account->kind));
  g_return_if_fail (secret != NULL);

  task = mos_account_task (self, mos_desk_sign_in_chat_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->name = g_strdup (user);
  job->password = g_strdup (secret);
  job->stage = is_key ? BY_KEY : BY_PASSWORD;
  job->host = g_object_ref (mos_desk_ensure_host (self));
  mos_account_push (self, &self->worker, task, sign_in_thread, (GDestroyNotify) mos_account_unref);
}

MosAccount *
mos_desk_sign_in_chat_finish (MosDesk *self,
                              GAsyncResult *result,
                              char **ret_key,
                              GBytes **ret_picture,
                              GError **error)
{
  MosAccountJob *job;
  MosAccount *account;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  account = g_task_propagate_pointer (G_TASK (result), error);
  if (account != NULL)
    *ret_key = g_steal_pointer (&job->password);
  if (ret_picture != NULL)
    *ret_picture = g_steal_pointer (&job->picture);
  return account;
}

/* --- what goes elsewhere --- */

static void
take_over_thread (GTask *task,
                  gpointer source_object,
                  gpointer task_data,
                  GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (job->account, job->host, clock);
  GError *error = NULL;
  gboolean is_taken = FALSE;

  if (channel == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "This account never connects");
  else if (job->password == NULL)
    job->password = mos_channel_host_dup_password_sync (job->host, job->account->id, cancellable, &error);
  if (channel != NULL && job->password != NULL)
    is_taken = mos_chat_channel_take_over_sync (MOS_CHAT_CHANNEL (channel), job->password, cancellable, &error);
  if (job->password != NULL)
    explicit_bzero (job->password, strlen (job->password));
  if (is_taken)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_take_over_chat_async (MosDesk *self,
                               MosAccount *account,
                               const char *secret,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL && mos_channel_is_chat (account->kind));

  task = mos_account_task (self, mos_desk_take_over_chat_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->password = g_strdup (secret);
  job->host = g_object_ref (mos_desk_ensure_host (self));
  mos_account_push (self, &self->worker, task, take_over_thread, NULL);
}

gboolean
mos_desk_take_over_chat_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the letter box --- */

static void
try_box_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosRelay) relay = mos_relay_new (job->address, job->password);
  GError *error = NULL;
  guint retry_ms = 0;
  gboolean works = mos_relay_hello_sync (relay, &retry_ms, cancellable, &error) && (job->stage == NULL || mos_relay_hello_files_sync (relay, &retry_ms, cancellable, &error));

  /* Once it has returned, the task may be gone, and the job with it. */
  explicit_bzero (job->password, strlen (job->password));
  if (works)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_try_letter_box_async (MosDesk *self,
                               const char *url,
                               const char *key,
                               gboolean for_files,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (url != NULL && key != NULL);

  task = mos_account_task (self, mos_desk_try_letter_box_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->address = g_strdup (url);
  job->password = g_strdup (key);
  job->stage = for_files ? FOR_FILES : NULL;
  mos_account_push (self, &self->worker, task, try_box_thread, NULL);
}

gboolean
mos_desk_try_letter_box_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
