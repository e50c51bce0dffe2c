/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-account-values.h"

G_BEGIN_DECLS

/* OAuth 2.0 as a mail program needs it: the authorization code grant (RFC 6749 §4.1) with PKCE (RFC 7636) and a redirection to this
 * computer (RFC 8252 §7.3), and fresh access tokens (RFC 6749 §6). Blocking functions: worker threads. Nothing here is logged. */

/**
 * MosOAuthClient: whom to ask, and as what.
 * @client_secret: (nullable): of a program on somebody's own computer it is no real secret, but some providers want it
 * @redirect_host: "127.0.0.1" or "localhost", as the provider takes it
 * @extra: (nullable): further parameters of the authorization page: names and values in turn
 */
typedef struct
{
  char *authorize_url;
  char *token_url;
  char *scope;
  char *client_id;
  char *client_secret;
  char *redirect_host;
  char **extra;
} MosOAuthClient;
MOS_DECLARE_VALUE (MosOAuthClient, oauth_client)

/**
 * MosOAuthTokens: what the provider gave. Overwritten when the last holder lets go.
 * @access: for the mail servers; short-lived
 * @refresh: (nullable): for fresh ones; %NULL = the one there was stays
 * @lifetime_s: how long @access is valid, from its arrival: a length of time, so that nobody's clock matters
 */
typedef struct
{
  char *access;
  char *refresh;
  gint64 lifetime_s;
} MosOAuthTokens;
MOS_DECLARE_VALUE (MosOAuthTokens, oauth_tokens)

/** mos_oauth_make_random: Returns: (transfer full): 43 characters that nobody can guess: a code verifier (RFC 7636 §4.1), a state */
char *mos_oauth_make_random (void);
/** mos_oauth_challenge: Returns: (transfer full): S256 of a code verifier (RFC 7636 §4.2) */
char *mos_oauth_challenge (const char *verifier);
/** mos_oauth_make_url: Returns: (transfer full): the page to be opened; @login_hint: (nullable): the address it is about */
char *mos_oauth_make_url (MosOAuthClient *client, const char *redirect_uri, const char *state, const char *challenge, const char *login_hint);
/** mos_oauth_parse_tokens: @body: the token endpoint's answer (RFC 6749 §5.1, §5.2); MOS_OAUTH_ERROR_*. Pure. */
MosOAuthTokens *mos_oauth_parse_tokens (guint status, GBytes *body, GError **error);
/** mos_oauth_set_error: @code: the provider's error code (RFC 6749 §4.1.2.1, §5.2); @description: (nullable): its words. Pure. */
void mos_oauth_set_error (GError **error, const char *code, const char *description);
/** mos_oauth_refresh_sync: a fresh access token (RFC 6749 §6); MOS_OAUTH_ERROR_GRANT when the owner must sign in again */
MosOAuthTokens *mos_oauth_refresh_sync (MosOAuthClient *client, const char *refresh, GCancellable *cancellable, GError **error);

/**
 * MosOAuthPage: the page that the browser shows at the end, in the owner's language; core knows none
 * @language: BCP 47; @is_rtl: written from the right
 * @title, @done, @denied, @stale: headline; the text after a sign-in, after a refusal, and for a page that does not belong to it
 */
typedef struct
{
  const char *language;
  gboolean is_rtl;
  const char *title;
  const char *done;
  const char *denied;
  const char *stale;
} MosOAuthPage;

/** MosOAuthOpen: @url: to be opened in the owner's browser; called once, on the thread that signs in */
typedef void (*MosOAuthOpen) (const char *url, gpointer user_data);

/**
 * mos_oauth_sign_in_sync:
 * @login_hint: (nullable): the address it is about
 * @page: the strings must stay until it returns
 * @timeout_s: how long the owner has; 0 = five minutes
 * @error: MOS_OAUTH_ERROR_*, G_IO_ERROR_*
 *
 * Waits on a free port of this computer alone for the browser to come back with the code, and takes the tokens for it. What comes
 * without this sign-in's state is refused, and the waiting goes on: any page could send it.
 *
 * Returns: (transfer full) (nullable): tokens, with a refresh token
 */
MosOAuthTokens *mos_oauth_sign_in_sync (MosOAuthClient *client, const char *login_hint, const MosOAuthPage *page, MosOAuthOpen open, gpointer user_data, guint timeout_s, GCancellable *cancellable, GError **error);

G_END_DECLS
