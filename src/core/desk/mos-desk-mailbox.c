/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-actions.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"

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
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  call = mos_desk_call_new (mos_desk_do_load_mailbox);
  call->text = g_strdup (account);
  mos_desk_read (self, call, mos_desk_load_mailbox_async, cancellable, callback, user_data);
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
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (account != NULL);

  call = mos_desk_call_new (mos_desk_do_want_audit);
  call->text = g_strdup (account);
  mos_desk_write (self, call, NULL, mos_desk_audit_async, cancellable, callback, user_data);
}

/* --- the quarantine --- */

static void
mos_desk_act (MosDesk *self,
              MosDeskFunc func,
              const char *const *ids,
              const char *label,
              gpointer source_tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (ids != NULL);

  call = mos_desk_call_new (func);
  call->ids = g_strdupv ((char **) ids);
  mos_desk_write (self, call, label, source_tag, cancellable, callback, user_data);
}

#define IDS(call) ((const char *const *) (call)->ids)

static gboolean
mos_desk_do_release_messages (MosTxn *txn,
                              MosDeskCall *call,
                              GError **error)
{
  return mos_action_release_messages (txn, IDS (call), error);
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
  return mos_action_allow_senders (txn, IDS (call), error);
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
  return mos_action_block_senders (txn, IDS (call), error);
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
  return mos_action_erase (txn, IDS (call), error);
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
