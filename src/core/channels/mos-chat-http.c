/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-chat-http.h"

#include "core/base/mos-error.h"

MosHttpAnswer *
mos_chat_http_sync (MosHttp *http,
                    const MosHttpRequest *request,
                    MosChatJudge judge,
                    gboolean is_sending,
                    guint *ret_retry_ms,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (MosHttpAnswer) answer = mos_http_send_sync (http, request, cancellable, &local);

  if (answer != NULL && answer->status >= 200 && answer->status < 300)
    return g_steal_pointer (&answer);
  if (answer != NULL)
    {
      *ret_retry_ms = MIN (answer->retry_after_s, G_MAXUINT / 1000) * 1000;
      judge (answer->status, answer->body, is_sending, error);
    }
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
