/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

void
mos_desk_prepare_draft_async (MosDesk *self, const char *kind, const char *conversation, const char *message, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_prepare_draft_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

MosDraft *
mos_desk_prepare_draft_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_find_draft_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_find_draft_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

MosDraft *
mos_desk_find_draft_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_save_draft_async (MosDesk *self, MosDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_save_draft_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

gboolean
mos_desk_save_draft_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mos_desk_discard_draft_async (MosDesk *self, const char *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_discard_draft_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

gboolean
mos_desk_discard_draft_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mos_desk_attach_async (MosDesk *self, const char *name, const char *type, GBytes *data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_attach_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

MosAttachment *
mos_desk_attach_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_send_async (MosDesk *self, MosDraft *draft, MosStatus then, gint64 snooze_until_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_send_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

char *
mos_desk_send_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_retry_send_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_retry_send_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

void
mos_desk_cancel_send_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_cancel_send_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

void
mos_desk_settle_send_async (MosDesk *self, const char *message, gboolean was_sent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_settle_send_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}
