/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-templates.h"

#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-desk-accounts-private.h"

#include <string.h>

/* --- which there are --- */

static void
list_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  MosAccountJob *job = task_data;
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (job->account, job->host, clock);
  g_autofree char *secret = NULL;
  GPtrArray *templates = NULL;
  GError *error = NULL;

  if (channel == NULL)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "This account never connects");
      return;
    }
  secret = mos_channel_host_dup_password_sync (job->host, job->account->id, cancellable, &error);
  if (secret != NULL)
    {
      templates = mos_chat_channel_list_templates_sync (MOS_CHAT_CHANNEL (channel), secret, cancellable, &error);
      explicit_bzero (secret, strlen (secret));
    }
  if (templates != NULL)
    g_task_return_pointer (task, templates, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_list_templates_async (MosDesk *self,
                               const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosAccount *found;
  MosAccountJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  task = mos_account_task (self, mos_desk_list_templates_async, cancellable, callback, user_data);
  found = mos_desk_find_account (self, account);
  if (found == NULL || !mos_channel_is_chat (found->kind))
    {
      g_task_return_new_error (task, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No chat %s", account);
      return;
    }
  job = g_task_get_task_data (task);
  job->account = mos_account_ref (found);
  job->host = g_object_ref (mos_desk_ensure_host (self));
  mos_account_push (self, &self->worker, task, list_thread, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
mos_desk_list_templates_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- sent --- */

gboolean
mos_chat_send_template (MosTxn *txn,
                        const char *conversation,
                        const MosChatPart *part,
                        char **ret_message,
                        GError **error)
{
  /* Nothing is quoted, and nothing stands below it: it is sent as it was approved. */
  const MosQuoteTexts texts = { "", "", "%x", TRUE, MOS_QUOTE_NONE };
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN };
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare_fresh (txn, "reply", conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, part->text);
  draft->is_marked = FALSE;
  return mos_draft_send_template (txn, draft, &plan, part, ret_message, error);
}

static gboolean
do_send (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  char *message = NULL;

  if (!mos_chat_send_template (txn, call->text, call->value, &message, error))
    return FALSE;
  mos_desk_call_take_result (call, message, g_free);
  return TRUE;
}

void
mos_desk_send_template_async (MosDesk *self,
                              const char *conversation,
                              MosChatPart *part,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL && part != NULL);

  call = mos_desk_call_new_text (do_send, conversation);
  mos_desk_call_set_value (call, mos_chat_part_ref (part), (GDestroyNotify) mos_chat_part_unref);
  /* It makes its own batch. */
  mos_desk_write (self, call, NULL, mos_desk_send_template_async, cancellable, callback, user_data);
}

char *
mos_desk_send_template_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_send_template_async, error);
}
