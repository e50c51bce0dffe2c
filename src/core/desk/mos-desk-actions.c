/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-actions.h"
#include "core/store/mos-store-senders.h"

/* The asynchronous face of mos-actions.h: one batch with a label each, so that it can be undone. */

static gboolean
mos_desk_do_status (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  return mos_action_set_status (txn, MOS_CALL_IDS (call), (MosStatus) call->number, call->time_us, error);
}

void
mos_desk_set_status_async (MosDesk *self,
                           const char *const *conversations,
                           MosStatus status,
                           gint64 snooze_until_us,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_status, conversations);
  call->number = (int) status;
  call->time_us = snooze_until_us;
  mos_desk_write (self, call, mos_action_status_label (status), mos_desk_set_status_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_assign (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  return mos_action_assign (txn, MOS_CALL_IDS (call), call->text, error);
}

void
mos_desk_assign_async (MosDesk *self,
                       const char *const *conversations,
                       const char *agent,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_assign, conversations);
  call->text = g_strdup (agent);
  mos_desk_write (self, call, agent != NULL ? "assign" : "unassign", mos_desk_assign_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_priority (MosTxn *txn,
                      MosDeskCall *call,
                      GError **error)
{
  return mos_action_set_priority (txn, MOS_CALL_IDS (call), (MosPriority) call->number, error);
}

void
mos_desk_set_priority_async (MosDesk *self,
                             const char *const *conversations,
                             MosPriority priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_priority, conversations);
  call->number = (int) priority;
  mos_desk_write (self, call, "priority", mos_desk_set_priority_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_language (MosTxn *txn,
                      MosDeskCall *call,
                      GError **error)
{
  return mos_action_set_language (txn, MOS_CALL_IDS (call), call->text, error);
}

void
mos_desk_set_language_async (MosDesk *self,
                             const char *const *conversations,
                             const char *language,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_language, conversations);
  call->text = g_strdup (language);
  mos_desk_write (self, call, "language", mos_desk_set_language_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_tag (MosTxn *txn,
                 MosDeskCall *call,
                 GError **error)
{
  return mos_action_tag (txn, MOS_CALL_IDS (call), call->text, call->flag, error);
}

void
mos_desk_tag_async (MosDesk *self,
                    const char *const *conversations,
                    const char *tag,
                    gboolean add,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);
  g_return_if_fail (tag != NULL);

  call = mos_desk_call_new_for (mos_desk_do_tag, conversations);
  call->text = g_strdup (tag);
  call->flag = add;
  mos_desk_write (self, call, add ? "tag" : "untag", mos_desk_tag_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_deleted (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  return mos_action_set_deleted (txn, MOS_CALL_IDS (call), call->flag, error);
}

void
mos_desk_set_deleted_async (MosDesk *self,
                            const char *const *conversations,
                            gboolean deleted,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_deleted, conversations);
  call->flag = deleted;
  mos_desk_write (self, call, deleted ? "delete" : "restore", mos_desk_set_deleted_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_release (MosTxn *txn,
                     MosDeskCall *call,
                     GError **error)
{
  return mos_desk_call_release (txn, call, mos_action_release, FALSE, error);
}

void
mos_desk_release_async (MosDesk *self,
                        const char *const *conversations,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  mos_desk_write (self, mos_desk_call_new_for (mos_desk_do_release, conversations), "release",
                  mos_desk_release_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_spam (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_action_mark_spam (txn, MOS_CALL_IDS (call), call->flag, error);
}

void
mos_desk_mark_spam_async (MosDesk *self,
                          const char *const *conversations,
                          gboolean block,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_spam, conversations);
  call->flag = block;
  mos_desk_write (self, call, "spam", mos_desk_mark_spam_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_not_spam (MosTxn *txn,
                      MosDeskCall *call,
                      GError **error)
{
  return mos_action_mark_not_spam (txn, MOS_CALL_IDS (call), error);
}

void
mos_desk_mark_not_spam_async (MosDesk *self,
                              const char *const *conversations,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  mos_desk_write (self, mos_desk_call_new_for (mos_desk_do_not_spam, conversations), mos_action_status_label (MOS_STATUS_OPEN),
                  mos_desk_mark_not_spam_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_image_sender (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  return mos_store_image_sender_set (txn, call->text, call->flag, error);
}

void
mos_desk_set_image_sender_async (MosDesk *self,
                                 const char *address,
                                 gboolean is,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (address != NULL);

  call = mos_desk_call_new (mos_desk_do_image_sender);
  call->text = g_strdup (address);
  call->flag = is;
  mos_desk_write (self, call, NULL, mos_desk_set_image_sender_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_note (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_action_add_note (txn, call->text, call->other, NULL, error);
}

void
mos_desk_add_note_async (MosDesk *self,
                         const char *conversation,
                         const char *text,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL && text != NULL);

  call = mos_desk_call_new (mos_desk_do_note);
  call->text = g_strdup (conversation);
  call->other = g_strdup (text);
  mos_desk_write (self, call, "note", mos_desk_add_note_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_read (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_action_set_read (txn, MOS_CALL_IDS (call), call->flag, error);
}

void
mos_desk_set_read_async (MosDesk *self,
                         const char *const *conversations,
                         gboolean read,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_read, conversations);
  call->flag = read;
  mos_desk_write (self, call, NULL, mos_desk_set_read_async, cancellable, callback, user_data);
}

gboolean
mos_desk_action_finish (MosDesk *self,
                        GAsyncResult *result,
                        gint64 *ret_batch,
                        GError **error)
{
  MosDeskCall *call;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  call = g_task_get_task_data (G_TASK (result));
  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (ret_batch != NULL)
    *ret_batch = call->batch;
  return TRUE;
}

/* --- undo --- */

static gboolean
mos_desk_do_undo (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  char *label = NULL;

  if (call->time_us != 0 ? !mos_action_undo (txn, call->time_us, &label, error) : !mos_action_undo_last (txn, *(gint64 *) call->value, FALSE, &label, error))
    return FALSE;
  mos_desk_call_take_result (call, label, g_free);
  return TRUE;
}

void
mos_desk_undo_async (MosDesk *self,
                     gint64 batch,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new (mos_desk_do_undo);
  call->time_us = batch;
  mos_desk_call_set_value (call, g_memdup2 (&self->first_batch, sizeof self->first_batch), g_free);
  mos_desk_write (self, call, "undo", mos_desk_undo_async, cancellable, callback, user_data);
}

char *
mos_desk_undo_finish (MosDesk *self,
                      GAsyncResult *result,
                      GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_undo_async, error);
}
