/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

static void
mos_account_guess_clear (MosAccountGuess *self)
{
  g_clear_pointer (&self->account, mos_account_unref);
  g_free (self->source);
  g_free (self->provider);
  g_free (self->note);
  g_free (self->help_url);
}

MOS_DEFINE_VALUE (MosAccountGuess, account_guess)

void
mos_desk_discover_async (MosDesk *self, const char *name, const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_discover_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

GPtrArray *
mos_desk_discover_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mos_desk_test_account_async (MosDesk *self, MosAccount *account, const char *password, MosTestProgress progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_test_account_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

gboolean
mos_desk_test_account_finish (MosDesk *self, GAsyncResult *result, char **ret_failed_stage, GTlsCertificate **ret_certificate, GTlsCertificateFlags *ret_flags, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mos_desk_save_account_async (MosDesk *self, MosAccount *account, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_save_account_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

gboolean
mos_desk_save_account_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mos_desk_remove_account_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, mos_desk_remove_account_async, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
}

gboolean
mos_desk_remove_account_finish (MosDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
