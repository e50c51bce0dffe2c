/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosStoreError:
 * @MOS_STORE_ERROR_FAILED: anything without a reaction of its own
 * @MOS_STORE_ERROR_SCHEMA_TOO_NEW: the profile was written by a newer Mostrador; nothing was touched
 * @MOS_STORE_ERROR_CORRUPT: the database file is damaged
 * @MOS_STORE_ERROR_LOCKED: another process owns the profile
 * @MOS_STORE_ERROR_READ_ONLY: the folder or the file cannot be written
 * @MOS_STORE_ERROR_DISK_FULL: no room; nothing of the transaction was kept
 * @MOS_STORE_ERROR_NOT_FOUND: a thing that the caller named is not there
 * @MOS_STORE_ERROR_CONFLICT: the thing changed since; an undo or an edit no longer fits
 *
 * Each code means another reaction.
 */
typedef enum
{
  MOS_STORE_ERROR_FAILED,
  MOS_STORE_ERROR_SCHEMA_TOO_NEW,
  MOS_STORE_ERROR_CORRUPT,
  MOS_STORE_ERROR_LOCKED,
  MOS_STORE_ERROR_READ_ONLY,
  MOS_STORE_ERROR_DISK_FULL,
  MOS_STORE_ERROR_NOT_FOUND,
  MOS_STORE_ERROR_CONFLICT,
} MosStoreError;

/**
 * MosMailError:
 * @MOS_MAIL_ERROR_PROTOCOL: the peer broke the protocol or a limit; the connection is closed
 * @MOS_MAIL_ERROR_AUTH_FAILED: name or password refused; ask, do not retry
 * @MOS_MAIL_ERROR_AUTH_UNSUPPORTED: the server offers no mechanism that is safe here
 * @MOS_MAIL_ERROR_BAD_CERTIFICATE: the certificate cannot be trusted; see mos_tls_problem_get_last()
 * @MOS_MAIL_ERROR_TLS_REQUIRED: the server offers no encryption where it was asked for; never clear text instead
 * @MOS_MAIL_ERROR_REFUSED: the server said no for good (IMAP NO, SMTP 5xx)
 * @MOS_MAIL_ERROR_TEMPORARY: the server said not now (SMTP 4xx, [UNAVAILABLE]); retry later
 * @MOS_MAIL_ERROR_UNCERTAIN: the connection ended after the final dot: the message may have been accepted
 * @MOS_MAIL_ERROR_TOO_LARGE: beyond a limit that the server or the account names
 * @MOS_MAIL_ERROR_TOKEN_REFUSED: the access token was refused; a fresh one may be taken
 * @MOS_MAIL_ERROR_SIGN_IN_AGAIN: the provider takes nothing of ours any more: the owner must sign in again
 *
 * Network trouble and cancellation stay G_IO_ERROR.
 */
typedef enum
{
  MOS_MAIL_ERROR_PROTOCOL,
  MOS_MAIL_ERROR_AUTH_FAILED,
  MOS_MAIL_ERROR_AUTH_UNSUPPORTED,
  MOS_MAIL_ERROR_BAD_CERTIFICATE,
  MOS_MAIL_ERROR_TLS_REQUIRED,
  MOS_MAIL_ERROR_REFUSED,
  MOS_MAIL_ERROR_TEMPORARY,
  MOS_MAIL_ERROR_UNCERTAIN,
  MOS_MAIL_ERROR_TOO_LARGE,
  MOS_MAIL_ERROR_TOKEN_REFUSED,
  MOS_MAIL_ERROR_SIGN_IN_AGAIN,
} MosMailError;

/**
 * MosDeskError:
 * @MOS_DESK_ERROR_INVALID: what was asked makes no sense (a bad address, an empty reply)
 * @MOS_DESK_ERROR_NO_SECRET_SERVICE: there is no keyring to keep the password in
 * @MOS_DESK_ERROR_NO_PASSWORD: the keyring has no password for the account
 * @MOS_DESK_ERROR_NOT_FOUND: no such conversation, message or account
 * @MOS_DESK_ERROR_CANNOT_UNDO: what was done last has no undo; what was done before it is not taken back
 * @MOS_DESK_ERROR_UNSENT: an answer that has not left yet would be lost
 */
typedef enum
{
  MOS_DESK_ERROR_INVALID,
  MOS_DESK_ERROR_NO_SECRET_SERVICE,
  MOS_DESK_ERROR_NO_PASSWORD,
  MOS_DESK_ERROR_NOT_FOUND,
  MOS_DESK_ERROR_CANNOT_UNDO,
  MOS_DESK_ERROR_UNSENT,
} MosDeskError;

/**
 * MosOAuthError:
 * @MOS_OAUTH_ERROR_PROTOCOL: the provider's answer makes no sense
 * @MOS_OAUTH_ERROR_DENIED: the owner, or the provider's page, said no
 * @MOS_OAUTH_ERROR_TIMED_OUT: nobody finished the page in time
 * @MOS_OAUTH_ERROR_GRANT: what was granted is not valid any more: sign in again
 * @MOS_OAUTH_ERROR_CLIENT: the provider does not know this client id, or does not let it do this: the owner must mend it there
 * @MOS_OAUTH_ERROR_TEMPORARY: the provider cannot answer now; retry later
 *
 * Network trouble and cancellation stay G_IO_ERROR.
 */
typedef enum
{
  MOS_OAUTH_ERROR_PROTOCOL,
  MOS_OAUTH_ERROR_DENIED,
  MOS_OAUTH_ERROR_TIMED_OUT,
  MOS_OAUTH_ERROR_GRANT,
  MOS_OAUTH_ERROR_CLIENT,
  MOS_OAUTH_ERROR_TEMPORARY,
} MosOAuthError;

/**
 * MosShopError:
 * @MOS_SHOP_ERROR_KEY_REFUSED: the shop does not know the key (any more): ask, do not retry
 * @MOS_SHOP_ERROR_NOT_ALLOWED: it knows the key, which may not read orders
 * @MOS_SHOP_ERROR_NO_SHOP: there is no such shop at that address
 * @MOS_SHOP_ERROR_MOVED: the address leads elsewhere; the message is the other one
 * @MOS_SHOP_ERROR_PROTOCOL: its answer makes no sense
 * @MOS_SHOP_ERROR_TEMPORARY: it cannot answer now, or not so often; retry later
 * @MOS_SHOP_ERROR_NOT_FOUND: it has no such order
 * @MOS_SHOP_ERROR_REFUSED: it said no; the message is its own words
 * @MOS_SHOP_ERROR_UNCERTAIN: what was sent may have been done: no answer came, or none that makes sense
 * @MOS_SHOP_ERROR_STALE: the order is not any more as it was looked at
 * @MOS_SHOP_ERROR_TOO_MUCH: more than there is to give back
 * @MOS_SHOP_ERROR_LACKING: this shop, or its version, cannot do that
 * @MOS_SHOP_ERROR_DISABLED: it is there, but lets no program in: its owner has to switch that on
 *
 * Network trouble and cancellation stay G_IO_ERROR.
 */
typedef enum
{
  MOS_SHOP_ERROR_KEY_REFUSED,
  MOS_SHOP_ERROR_NOT_ALLOWED,
  MOS_SHOP_ERROR_NO_SHOP,
  MOS_SHOP_ERROR_MOVED,
  MOS_SHOP_ERROR_PROTOCOL,
  MOS_SHOP_ERROR_TEMPORARY,
  MOS_SHOP_ERROR_NOT_FOUND,
  MOS_SHOP_ERROR_REFUSED,
  MOS_SHOP_ERROR_UNCERTAIN,
  MOS_SHOP_ERROR_STALE,
  MOS_SHOP_ERROR_TOO_MUCH,
  MOS_SHOP_ERROR_LACKING,
  MOS_SHOP_ERROR_DISABLED,
} MosShopError;

/**
 * MosChatError:
 * @MOS_CHAT_ERROR_KEY_REFUSED: the platform does not know the token or password (any more): ask, do not retry
 * @MOS_CHAT_ERROR_NOT_ALLOWED: it knows it, which may not do this
 * @MOS_CHAT_ERROR_EXPOSED: it wants the secret in clear, where whoever is in between could read it: it was not sent
 * @MOS_CHAT_ERROR_NO_SERVER: there is no such server, or another one, at that address
 * @MOS_CHAT_ERROR_TAKEN: another program takes what arrives for this account
 * @MOS_CHAT_ERROR_PROTOCOL: the answer makes no sense
 * @MOS_CHAT_ERROR_TEMPORARY: not now, or not so often; retry later
 * @MOS_CHAT_ERROR_REFUSED: it said no for good; the message is its own words
 * @MOS_CHAT_ERROR_CLOSED: nothing can be sent there any more: blocked, left, deleted
 * @MOS_CHAT_ERROR_MOVED: the thread has another name now
 * @MOS_CHAT_ERROR_WINDOW: the time in which it may be answered freely is over
 * @MOS_CHAT_ERROR_TOO_LARGE: beyond a limit of the platform
 * @MOS_CHAT_ERROR_GONE: the file, or the message, is not there any more
 * @MOS_CHAT_ERROR_UNCERTAIN: what was sent may have been taken: no answer came, or none that makes sense
 * @MOS_CHAT_ERROR_ENCRYPTED: what is written there is encrypted, which cannot be done from here
 * @MOS_CHAT_ERROR_LETTER_BOX: the letter box on the shop's web space does not do what is asked of it; the platform is not to blame
 *
 * Network trouble and cancellation stay G_IO_ERROR.
 */
typedef enum
{
  MOS_CHAT_ERROR_KEY_REFUSED,
  MOS_CHAT_ERROR_NOT_ALLOWED,
  MOS_CHAT_ERROR_EXPOSED,
  MOS_CHAT_ERROR_NO_SERVER,
  MOS_CHAT_ERROR_TAKEN,
  MOS_CHAT_ERROR_PROTOCOL,
  MOS_CHAT_ERROR_TEMPORARY,
  MOS_CHAT_ERROR_REFUSED,
  MOS_CHAT_ERROR_CLOSED,
  MOS_CHAT_ERROR_MOVED,
  MOS_CHAT_ERROR_WINDOW,
  MOS_CHAT_ERROR_TOO_LARGE,
  MOS_CHAT_ERROR_GONE,
  MOS_CHAT_ERROR_UNCERTAIN,
  MOS_CHAT_ERROR_ENCRYPTED,
  MOS_CHAT_ERROR_LETTER_BOX,
} MosChatError;

#define MOS_CHAT_ERROR (mos_chat_error_quark ())
#define MOS_STORE_ERROR (mos_store_error_quark ())
#define MOS_MAIL_ERROR (mos_mail_error_quark ())
#define MOS_DESK_ERROR (mos_desk_error_quark ())
#define MOS_OAUTH_ERROR (mos_oauth_error_quark ())
#define MOS_SHOP_ERROR (mos_shop_error_quark ())

GQuark mos_chat_error_quark (void);
GQuark mos_store_error_quark (void);
GQuark mos_mail_error_quark (void);
GQuark mos_desk_error_quark (void);
GQuark mos_oauth_error_quark (void);
GQuark mos_shop_error_quark (void);

G_END_DECLS
