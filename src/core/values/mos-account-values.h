/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* How an account signs in, and as whom it writes. */

typedef enum
{
  MOS_CREDENTIAL_PASSWORD,
  MOS_CREDENTIAL_TOKEN, /* an OAuth 2.0 access token (RFC 6750) */
} MosCredentialKind;

/**
 * MosCredential: what proves to a mail server who we are. Overwritten when the last holder lets go; never logged.
 * @secret: password or access token
 * @authorize_as: (nullable): the mailbox to open when it is not one's own: SASL's authorization identity (RFC 4616 §2)
 */
typedef struct
{
  MosCredentialKind kind;
  char *secret;
  char *authorize_as;
} MosCredential;
MOS_DECLARE_VALUE (MosCredential, credential)
/** mos_credential_make: @authorize_as: (nullable): "" counts as none */
MosCredential *mos_credential_make (MosCredentialKind kind, const char *secret, const char *authorize_as);

/**
 * MosOAuth: how an account signs in through its provider's web page (RFC 6749), without its secrets.
 * @provider: an id of the provider table, or "custom"
 * @client_id: the owner's own
 * @authorize_url, @token_url, @scope: (nullable): only for "custom"; else the table has them
 */
typedef struct
{
  char *provider;
  char *client_id;
  char *authorize_url;
  char *token_url;
  char *scope;
} MosOAuth;
MOS_DECLARE_VALUE (MosOAuth, oauth)
MosOAuth *mos_oauth_make (const char *provider, const char *client_id, const char *authorize_url, const char *token_url, const char *scope);

/**
 * MosSender: an address an account writes from.
 * @address: never empty
 * @name: (nullable): %NULL = the account's
 * @signature: (nullable): %NULL = the account's, "" = none
 * @reply_to: (nullable): where answers are wanted, if elsewhere
 */
typedef struct
{
  char *address;
  char *name;
  char *signature;
  char *reply_to;
} MosSender;
MOS_DECLARE_VALUE (MosSender, sender)
/** mos_sender_make: "" counts as none for @name and @reply_to */
MosSender *mos_sender_make (const char *address, const char *name, const char *signature, const char *reply_to);

G_END_DECLS
