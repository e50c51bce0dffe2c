/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-http.h"

G_BEGIN_DECLS

/** MosChatJudge: what an answer that is no success means, as a MOS_CHAT_ERROR_*. @is_sending: it was about a message to somebody */
typedef void (*MosChatJudge) (guint status, GBytes *body, gboolean is_sending, GError **error);

/**
 * mos_chat_http_sync: asks a platform's API once
 * @request: with its address; @ret_retry_ms: (out): of a failure: how long it asks to be left alone; 0 = it does not say
 *
 * Errors: as @judge says; MOS_CHAT_ERROR_NO_SERVER for an address that is none; network trouble as it is.
 *
 * Returns: (transfer full) (nullable): the answer of a success (2xx)
 */
MosHttpAnswer *mos_chat_http_sync (MosHttp *http, const MosHttpRequest *request, MosChatJudge judge, gboolean is_sending, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

G_END_DECLS
