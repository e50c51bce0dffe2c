/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-accounts-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-rows.h"

/* Accounts of chats: what they are called is asked of the platform, which is how their key is tried, too. */

MosAccount *
mos_desk_find_account (MosDesk *self,
                       const char *account)
{
  GListModel *accounts;

  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  accounts = mos_desk_get_accounts (self);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *one = mos_account_item_get_account (item);

      /* The list keeps it alive. */
      if (g_strcmp0 (one->id, account) == 0)
        return one;
    }
  return NULL;
}

gboolean
mos_desk_is_chat (MosDesk *self,
                  const char *account)
{
  MosAccount *found;

  g_return_val_if_fail (MOS_IS_DESK (self), FALSE);

  found = mos_desk_find_account (self, account);
  return found != NULL && mos_channel_is_chat (found->kind);
}

static void
identify_thread (GTask *task,
                 gpointer source_object,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosChatChannel) channel = MOS_CHAT_CHANNEL (mos_channel_new_for_account (job->account, job->host, clock));
  g_autoptr (MosAccount) found = NULL;
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  if (!mos_chat_channel_identify_sync (channel, job->password, &address, &name, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job->picture = mos_chat_channel_dup_picture_sync (channel, job->password, cancellable);
  found = mos_account_new ();
  found->kind = g_strdup (job->account->kind);
  found->settings = job->account->settings != NULL ? g_hash_table_ref (job->account->settings) : NULL;
  found->address = g_steal_pointer (&address);
  found->name = g_steal_pointer (&name);
  mos_account_fill (found);
  g_task_return_pointer (task, mos_account_prepare (found, mos_clock_now_us (clock)), (GDestroyNotify) mos_account_unref);
}

void
mos_desk_identify_chat_async (MosDesk *self,
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
  g_return_if_fail (secret != NULL);

  task = mos_account_task (self, mos_desk_identify_chat_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (account);
  job->password = g_strdup (secret);
  job->host = g_object_ref (mos_desk_ensure_host (self));
  mos_account_push (self, &self->worker, task, identify_thread, (GDestroyNotify) mos_account_unref);
}

MosAccount *
mos_desk_identify_chat_finish (MosDesk *self,
                               GAsyncResult *result,
                               GBytes **ret_picture,
                               GError **error)
{
  MosAccountJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  if (ret_picture != NULL)
    *ret_picture = g_steal_pointer (&job->picture);
  return g_task_propagate_pointer (G_TASK (result), error);
}
