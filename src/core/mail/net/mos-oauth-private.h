/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-oauth.h"

G_BEGIN_DECLS

/** mos_oauth_exchange_sync: the tokens for a code (RFC 6749 §4.1.3, RFC 7636 §4.5) */
MosOAuthTokens *mos_oauth_exchange_sync (MosOAuthClient *client, const char *code, const char *verifier, const char *redirect_uri, GCancellable *cancellable, GError **error);

G_END_DECLS
