/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-outbox.h"
#include "core/desk/mos-scheduled.h"

/* What a person does to messages that are in the outbox. */

static gboolean
mos_desk_do_change_time (MosTxn *txn,
                         MosDeskCall *call,
                         GError **error)
{
  return mos_scheduled_change_time (txn, call->text, call->time_us, error);
}

void
mos_desk_change_send_time_async (MosDesk *self,
                                 const char *message,
                                 gint64 at_us,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  call = mos_desk_call_new_text (mos_desk_do_change_time, message);
  call->time_us = at_us;
  mos_desk_write (self, call, NULL, mos_desk_change_send_time_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_send_now (MosTxn *txn,
                      MosDeskCall *call,
                      GError **error)
{
  return mos_scheduled_send_now (txn, call->text, error);
}

void
mos_desk_send_now_async (MosDesk *self,
                         const char *message,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_write_text (self, mos_desk_do_send_now, message, NULL, mos_desk_send_now_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_retry (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_outbox_retry (txn, call->text, error);
}

void
mos_desk_retry_send_async (MosDesk *self,
                           const char *message,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_write_text (self, mos_desk_do_retry, message, NULL, mos_desk_retry_send_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_take_back (MosTxn *txn,
                       MosDeskCall *call,
                       GError **error)
{
  return mos_outbox_take_back (txn, call->text, NULL, error);
}

void
mos_desk_cancel_send_async (MosDesk *self,
                            const char *message,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_write_text (self, mos_desk_do_take_back, message, NULL, mos_desk_cancel_send_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_discard_send (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  return mos_outbox_discard (txn, call->text, error);
}

void
mos_desk_discard_send_async (MosDesk *self,
                             const char *message,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  mos_desk_write_text (self, mos_desk_do_discard_send, message, NULL, mos_desk_discard_send_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_settle (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  return mos_outbox_settle (txn, call->text, call->flag, error);
}

void
mos_desk_settle_send_async (MosDesk *self,
                            const char *message,
                            gboolean was_sent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (message != NULL);

  call = mos_desk_call_new_text (mos_desk_do_settle, message);
  call->flag = was_sent;
  mos_desk_write (self, call, NULL, mos_desk_settle_send_async, cancellable, callback, user_data);
}
