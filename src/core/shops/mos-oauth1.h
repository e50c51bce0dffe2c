/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosOAuth1: what signs; @token, @token_secret: "" where there is none; @nonce, @timestamp: once each */
typedef struct
{
  const char *consumer_key;
  const char *consumer_secret;
  const char *token;
  const char *token_secret;
  const char *nonce;
  gint64 timestamp;
} MosOAuth1;

/**
 * mos_oauth1_sign_query: OAuth 1.0a with HMAC-SHA256, as RFC 5849 §3.4 has it with another hash
 * @method: "GET"
 * @url: without a query
 * @names, @values: the query's own, not encoded
 *
 * Pure; any thread.
 *
 * Returns: (transfer full): the whole query, encoded, signature included
 */
char *mos_oauth1_sign_query (const MosOAuth1 *signer, const char *method, const char *url, const char *const *names, const char *const *values, gsize n);

/** mos_oauth1_sign_header: the same for the Authorization header: @names and @values are signed, and stay in the query. Returns: (transfer full): its value */
char *mos_oauth1_sign_header (const MosOAuth1 *signer, const char *method, const char *url, const char *const *names, const char *const *values, gsize n);

/** mos_oauth1_encode: Returns: (transfer full): RFC 3986 unreserved characters as they are, all others as %XX */
char *mos_oauth1_encode (const char *text);

G_END_DECLS
