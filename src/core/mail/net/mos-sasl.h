/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-account-values.h"

G_BEGIN_DECLS

/**
 * MosSasl:
 *
 * One SASL exchange as a pure step machine: no I/O, base64 in and out, so IMAP
 * and SMTP share it. SCRAM-SHA-256 and SCRAM-SHA-1 (RFC 5802, RFC 7677), PLAIN
 * (RFC 4616) and LOGIN for passwords, OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's older form of
 * it) for access tokens. One thread. The caller asks for TLS before it sends anything of it.
 *
 * |[
 * response = first is_client_first() and the protocol allows an initial response ? step (NULL) : ...
 * for each challenge: step (challenge)
 * on the server's success: finish(), which refuses a server that did not prove itself
 * ]|
 */
typedef struct _MosSasl MosSasl;

/** mos_sasl_choose: Returns: (nullable): the best mechanism both sides know for this credential; the server's names in any case, without "AUTH=" */
const char *mos_sasl_choose (const char *const *offered, const char *user, MosCredential *credential);
/** mos_sasl_new: MOS_MAIL_ERROR_AUTH_UNSUPPORTED for an unknown mechanism, or a name or password it cannot carry (RFC 4013) */
MosSasl *mos_sasl_new (const char *mechanism, const char *user, MosCredential *credential, GError **error);
/** mos_sasl_set_server: where it is said; goes into OAUTHBEARER's message (RFC 7628 §3.1). @host "" and port 0 leave it out */
void mos_sasl_set_server (MosSasl *self, const char *host, guint16 port);
/** mos_sasl_new_with_nonce: the same with a fixed client nonce, for the test vectors of the RFCs */
MosSasl *mos_sasl_new_with_nonce (const char *mechanism, const char *user, MosCredential *credential, const char *nonce, GError **error);
void mos_sasl_free (MosSasl *self);
const char *mos_sasl_get_mechanism (MosSasl *self);
/** mos_sasl_is_client_first: whether the client speaks first; then step (NULL) gives the initial response */
gboolean mos_sasl_is_client_first (MosSasl *self);
/**
 * mos_sasl_step:
 * @challenge: (nullable): the server's words in base64, %NULL or "" for none
 *
 * Returns: (transfer full) (nullable): the answer in base64, maybe ""; %NULL with MOS_MAIL_ERROR_PROTOCOL or, for a server that
 *   could not prove that it knows the password, MOS_MAIL_ERROR_AUTH_FAILED
 */
char *mos_sasl_step (MosSasl *self, const char *challenge, GError **error);
/** mos_sasl_finish: to be called when the server says success; FALSE when its proof is missing */
gboolean mos_sasl_finish (MosSasl *self, GError **error);
/**
 * mos_sasl_explain_refusal:
 * @said: the server's own words with its NO
 * @error: MOS_MAIL_ERROR_TOKEN_REFUSED where another token may be taken, MOS_MAIL_ERROR_SIGN_IN_AGAIN where none of this sign-in will be
 *
 * To be called when the server refuses for good; only for tokens is there more to tell than its words.
 *
 * Returns: whether @error was set
 */
gboolean mos_sasl_explain_refusal (MosSasl *self, const char *said, GError **error);

/** mos_saslprep: Returns: (transfer full) (nullable): RFC 4013 for a query string; %NULL when a character is prohibited */
char *mos_saslprep (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSasl, mos_sasl_free)

G_END_DECLS
