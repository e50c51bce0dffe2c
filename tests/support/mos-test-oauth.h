/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-account-values.h"
#include "mos-test.h"

G_BEGIN_DECLS

#define MOS_TEST_AUDIENCE "mostrador-test"
#define MOS_TEST_CLIENT "owner-made-this"
#define MOS_TEST_CLIENT_SECRET "not really secret"

/** mos_test_make_token: Returns: (transfer full): a JSON Web Token (RFC 7519, HS256) that Dovecot of mos_test_servers_new_oauth() checks by itself */
char *mos_test_make_token (const char *user, const char *audience, gint64 lifetime_s);

/**
 * MosTestProvider:
 *
 * An OAuth 2.0 provider on a thread of its own: an authorization page that says yes at once, and a token endpoint that checks the
 * client, the code, the redirection and the PKCE verifier itself. Its access tokens are those that Dovecot takes. Any thread.
 */
typedef struct _MosTestProvider MosTestProvider;

/** mos_test_provider_new: @user: who is logged in at its page */
MosTestProvider *mos_test_provider_new (const char *user);
void mos_test_provider_free (MosTestProvider *self);
/** mos_test_provider_make_oauth: Returns: (transfer full): an account's way to sign in there */
MosOAuth *mos_test_provider_make_oauth (MosTestProvider *self);

/** mos_test_provider_set_user: whose tokens are given from now on */
void mos_test_provider_set_user (MosTestProvider *self, const char *user);
/** mos_test_provider_set_lifetime: of the tokens given from now on; @told_s: what the answer says of it */
void mos_test_provider_set_lifetime (MosTestProvider *self, gint64 lifetime_s, gint64 told_s);
/** mos_test_provider_set_rotating: whether each refresh token is good for one time */
void mos_test_provider_set_rotating (MosTestProvider *self, gboolean rotating);
/** mos_test_provider_set_refusal: @error: (nullable): what the token endpoint answers instead, with @status */
void mos_test_provider_set_refusal (MosTestProvider *self, guint status, const char *error);
/** mos_test_provider_revoke: nothing given so far is good any more */
void mos_test_provider_revoke (MosTestProvider *self);
guint mos_test_provider_count_exchanges (MosTestProvider *self);
guint mos_test_provider_count_refreshes (MosTestProvider *self);
/** mos_test_provider_get_overlap: the most refreshes that were under way at once */
guint mos_test_provider_get_overlap (MosTestProvider *self);
/** mos_test_provider_set_slow: a refresh takes that long */
void mos_test_provider_set_slow (MosTestProvider *self, guint ms);

/**
 * mos_test_browse: does what a browser does with @url: follows the provider's redirection to the program, from a thread of its own
 * @change: (nullable): "state", "deny", "path" or "post": comes back wrongly first, and is to be refused with @status
 */
void mos_test_browse (const char *url, const char *change);
/** mos_test_browse_wait: waits for all browsers; Returns: (transfer full) (nullable): the last page's text */
char *mos_test_browse_wait (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTestProvider, mos_test_provider_free)

G_END_DECLS
