/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/net/mos-oauth.h"

G_BEGIN_DECLS

#define MOS_OAUTH_CUSTOM "custom"

/**
 * MosOAuthProvider: one that signs in through its web page (oauth-providers.json).
 * @id: stable, kept with the account; @name: what people call it
 * @client_page: where an owner makes a client id
 * @help_url: the provider's own explanation of it
 * @needs_secret: it gives a client secret along and wants it back
 */
typedef struct
{
  char *id;
  char *name;
  char *authorize_url;
  char *token_url;
  char *scope;
  char *redirect_host;
  char **extra;
  char *client_page;
  char *help_url;
  gboolean needs_secret;
} MosOAuthProvider;
MOS_DECLARE_VALUE (MosOAuthProvider, oauth_provider)

/** mos_oauth_provider_list: Returns: (transfer none): array of #MosOAuthProvider. Any thread. */
GPtrArray *mos_oauth_provider_list (void);
/** mos_oauth_provider_find: Returns: (transfer none) (nullable): %NULL also for "custom" */
MosOAuthProvider *mos_oauth_provider_find (const char *id);

/**
 * mos_oauth_client_for:
 * @client_secret: (nullable)
 * @error: MOS_OAUTH_ERROR_CLIENT when something is missing: an unknown provider, no client id, addresses that are not https
 *
 * Returns: (transfer full) (nullable): what mos_oauth_sign_in_sync() and mos_oauth_refresh_sync() need
 */
MosOAuthClient *mos_oauth_client_for (MosOAuth *oauth, const char *client_secret, GError **error);

G_END_DECLS
