/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-typing.h"

#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-chat.h"

static void
mos_chat_typing_clear (MosChatTyping *self)
{
  g_free (self->conversation);
  g_free (self->name);
}

MOS_DEFINE_VALUE (MosChatTyping, chat_typing)

/* --- theirs --- */

gboolean
mos_chat_list_typing (MosTxn *txn,
                      MosChatBatch *batch,
                      GPtrArray **ret_typing,
                      GError **error)
{
  g_autoptr (GPtrArray) typing = NULL;

  *ret_typing = NULL;
  for (guint i = 0; i < batch->updates->len; i++)
    {
      const MosChatUpdate *update = batch->updates->pdata[i];
      g_autoptr (MosChatThread) thread = NULL;
      MosChatTyping *one;

      if (update->kind != MOS_CHAT_TYPING || update->is_own)
        continue;
      if (!mos_store_chat_find_thread (txn, batch->account, update->thread, &thread, error))
        return FALSE;
      /* Who never wrote before has no conversation to show it in. */
      if (thread == NULL || thread->conversation == NULL)
        continue;
      one = mos_chat_typing_new ();
      one->conversation = g_strdup (thread->conversation);
      one->name = update->person != NULL ? g_strdup (update->person->name) : NULL;
      one->is_over = update->removed;
      if (typing == NULL)
        typing = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_typing_unref);
      g_ptr_array_add (typing, one);
    }
  *ret_typing = g_steal_pointer (&typing);
  return TRUE;
}

/* --- ours --- */

static gboolean
do_find_thread (MosTxn *txn,
                MosDeskCall *call,
                GError **error)
{
  MosChatThread *thread = NULL;

  if (!mos_store_chat_find_thread_of (txn, call->text, NULL, &thread, error))
    return FALSE;
  mos_desk_call_take_result (call, thread, (GDestroyNotify) mos_chat_thread_unref);
  return TRUE;
}

static void
on_thread_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosChatThread) thread = mos_desk_call_finish (self, result, mos_desk_tell_typing, &error);
  MosChannel *channel = thread != NULL ? g_hash_table_lookup (self->channels, thread->account) : NULL;

  if (error != NULL)
    g_debug ("A chat could not be looked up: %s", error->message);
  if (channel != NULL && MOS_IS_CHAT_CHANNEL (channel) && thread->closed == NULL)
    mos_chat_channel_tell_typing (MOS_CHAT_CHANNEL (channel), thread->remote, GPOINTER_TO_INT (user_data));
}

void
mos_desk_tell_typing (MosDesk *self,
                      const char *conversation,
                      gboolean is_typing)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  mos_desk_read_text (self, do_find_thread, conversation, mos_desk_tell_typing, NULL, on_thread_cb, GINT_TO_POINTER (is_typing));
}
