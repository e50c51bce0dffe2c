/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"

/* What is on the server and what of it is here; the quarantine; deleting for good. */

static void
mos_mailbox_clear (MosMailbox *self)
{
  g_clear_pointer (&self->ledger, mos_ledger_unref);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMailbox, mailbox)

static gboolean
mos_desk_do_load_mailbox (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  g_autoptr (MosMailbox) mailbox = mos_mailbox_new ();

  mailbox->folders = mos_store_folder_list (txn, call->text, error);
  if (mailbox->folders == NULL || !mos_store_ledger_load (txn, call->text, TRUE, &mailbox->ledger, error))
    return FALSE;
  mos_desk_call_take_result (call, g_steal_pointer (&mailbox), (GDestroyNotify) mos_mailbox_unref);
  return TRUE;
}

void
mos_desk_load_mailbox_async (MosDesk *self,
                             const char *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_desk_read_text (self, mos_desk_do_load_mailbox, account, mos_desk_load_mailbox_async, cancellable, callback, user_data);
}

MosMailbox *
mos_desk_load_mailbox_finish (MosDesk *self,
                              GAsyncResult *result,
                              GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_mailbox_async, error);
}

static gboolean
mos_desk_do_follow_folder (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  return mos_store_folder_set_chosen (txn, call->text, call->flag, error);
}

void
mos_desk_follow_folder_async (MosDesk *self,
                              const char *folder,
                              gboolean follow,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (folder != NULL);

  call = mos_desk_call_new (mos_desk_do_follow_folder);
  call->text = g_strdup (folder);
  call->flag = follow;
  mos_desk_write (self, call, NULL, mos_desk_follow_folder_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_want_audit (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  return mos_store_audit_want (txn, call->text, error) && mos_store_missing_set_due (txn, call->text, error);
}

void
mos_desk_audit_async (MosDesk *self,
                      const char *account,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  mos_desk_write_text (self, mos_desk_do_want_audit, account, NULL, mos_desk_audit_async, cancellable, callback, user_data);
}

/* --- the quarantine --- */

static gboolean
mos_desk_list_quarantined (MosTxn *txn,
                           MosDeskCall *call,
                           gboolean are_messages,
                           GPtrArray *messages,
                           GError **error)
{
  for (guint i = 0; call->ids[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) all = NULL;

      if (are_messages)
        {
          MosMessageRow *row = NULL;

          if (!mos_store_message_find (txn, call->ids[i], &row, error))
            return FALSE;
          all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
          if (row != NULL)
            g_ptr_array_add (all, row);
        }
      else if ((all = mos_store_message_list_of_conversation (txn, call->ids[i], error)) == NULL)
        return FALSE;
      for (guint j = 0; j < all->len; j++)
        {
          MosMessageRow *row = g_ptr_array_index (all, j);

          if (row->quarantined && row->direction == MOS_DIRECTION_INCOMING)
            g_ptr_array_add (messages, mos_message_row_ref (row));
        }
    }
  return TRUE;
}

gboolean
mos_desk_call_release (MosTxn *txn,
                       MosDeskCall *call,
                       MosDeskAction action,
                       gboolean are_messages,
                       GError **error)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  g_autoptr (GPtrArray) released = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);

  if (!mos_desk_list_quarantined (txn, call, are_messages, before, error) || !action (txn, MOS_CALL_IDS (call), error))
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      MosMessageRow *old = g_ptr_array_index (before, i);
      g_autoptr (MosMessageRow) row = NULL;
      MosIngestResult *result;

      if (!mos_store_message_find (txn, old->id, &row, error))
        return FALSE;
      if (row == NULL || row->quarantined)
        continue;
      result = mos_ingest_result_new ();
      result->outcome = MOS_INGEST_DUPLICATE;
      result->conversation = g_strdup (row->conversation);
      result->message = g_strdup (row->id);
      result->arrived = TRUE;
      g_ptr_array_add (released, result);
    }
  /* A transaction that is tried twice gives the later ones. */
  g_clear_pointer (&call->released, g_ptr_array_unref);
  call->released = g_steal_pointer (&released);
  return TRUE;
}

static gboolean
mos_desk_do_release_messages (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  return mos_desk_call_release (txn, call, mos_action_release_messages, TRUE, error);
}

void
mos_desk_release_messages_async (MosDesk *self,
                                 const char *const *messages,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  mos_desk_act (self, mos_desk_do_release_messages, messages, "release", mos_desk_release_messages_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_allow (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_desk_call_release (txn, call, mos_action_allow_senders, FALSE, error);
}

void
mos_desk_allow_senders_async (MosDesk *self,
                              const char *const *conversations,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  mos_desk_act (self, mos_desk_do_allow, conversations, "allow-sender", mos_desk_allow_senders_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_block (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_action_block_senders (txn, MOS_CALL_IDS (call), error);
}

void
mos_desk_block_senders_async (MosDesk *self,
                              const char *const *conversations,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  mos_desk_act (self, mos_desk_do_block, conversations, "block-sender", mos_desk_block_senders_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_erase (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_action_erase (txn, MOS_CALL_IDS (call), error);
}

void
mos_desk_erase_async (MosDesk *self,
                      const char *const *conversations,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  mos_desk_act (self, mos_desk_do_erase, conversations, NULL, mos_desk_erase_async, cancellable, callback, user_data);
}
