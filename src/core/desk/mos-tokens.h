/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/mail/net/mos-oauth.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosTokens:
 *
 * The access tokens of all accounts that sign in through a web page: in memory
 * only, taken anew some time before they end and once after a refusal, by one
 * thread at a time per account while the others wait for it. Any thread.
 */
typedef struct _MosTokens MosTokens;

/**
 * MosTokensKeyring: where the lasting secrets are
 * @load_refresh: (transfer full): MOS_DESK_ERROR_NO_PASSWORD where none is
 * @load_client_secret: (transfer full) (nullable): %NULL without error where none is
 * @save_refresh: the provider gave another one in its place
 */
typedef struct
{
  char *(*load_refresh) (const char *account, gpointer data, GCancellable *cancellable, GError **error);
  char *(*load_client_secret) (const char *account, gpointer data, GCancellable *cancellable, GError **error);
  void (*save_refresh) (MosAccount *account, const char *refresh, gpointer data, GCancellable *cancellable);
  gpointer data;
} MosTokensKeyring;

MosTokens *mos_tokens_new (MosClock *clock, const MosTokensKeyring *keyring);
void mos_tokens_free (MosTokens *self);

/** mos_tokens_put: of a sign-in just now */
void mos_tokens_put (MosTokens *self, const char *account, MosOAuthTokens *tokens);
void mos_tokens_forget (MosTokens *self, const char *account);

/**
 * mos_tokens_get_sync:
 * @refused: (nullable): a token that a mail server refused; another one is given
 * @error: MOS_OAUTH_ERROR_*, MOS_DESK_ERROR_NO_PASSWORD, G_IO_ERROR_*
 *
 * Returns: (transfer full) (nullable)
 */
MosCredential *mos_tokens_get_sync (MosTokens *self, MosAccount *account, MosCredential *refused, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTokens, mos_tokens_free)

G_END_DECLS
