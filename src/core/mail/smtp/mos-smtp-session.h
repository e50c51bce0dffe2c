/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/**
 * MosSmtpSession:
 *
 * One session with a submission server (RFC 6409). Blocking, cancellable, used
 * by one worker thread. Where TLS was chosen nothing but EHLO and STARTTLS is
 * ever sent in clear text. It knows no queue: the caller decides what to try
 * again, by the error:
 *
 *  - MOS_MAIL_ERROR_REFUSED, _TOO_LARGE: for good, for this message
 *  - MOS_MAIL_ERROR_TEMPORARY, _PROTOCOL, G_IO_ERROR_*, G_RESOLVER_ERROR_*, G_TLS_ERROR_*: not now; nothing was accepted
 *  - MOS_MAIL_ERROR_AUTH_FAILED, _AUTH_UNSUPPORTED, _BAD_CERTIFICATE, _TLS_REQUIRED: the account must be mended first
 *  - MOS_MAIL_ERROR_UNCERTAIN: it may have been accepted; never send it again without asking
 */
#define MOS_TYPE_SMTP_SESSION (mos_smtp_session_get_type ())
G_DECLARE_FINAL_TYPE (MosSmtpSession, mos_smtp_session, MOS, SMTP_SESSION, GObject)

typedef enum
{
  MOS_SMTP_SEND_DEFAULT = 0,
  /* Whoever is refused for now is left out: the caller tries him again, alone. Without it the message goes to nobody yet. */
  MOS_SMTP_SEND_WITHOUT_TEMPORARY = 1 << 0,
} MosSmtpSendFlags;

MosSmtpSession *mos_smtp_session_open_sync (MosServer *server, const char *ca_file, const char *pinned, GCancellable *cancellable, GError **error);
gboolean mos_smtp_session_sign_in_sync (MosSmtpSession *self, MosCredential *credential, GCancellable *cancellable, GError **error);
gboolean mos_smtp_session_login_sync (MosSmtpSession *self, const char *password, GCancellable *cancellable, GError **error);
gboolean mos_smtp_session_send_sync (MosSmtpSession *self, const char *envelope_from, const char *const *recipients, GBytes *message, MosSmtpSendFlags flags, GPtrArray **ret_refused, GCancellable *cancellable, GError **error);
gboolean mos_smtp_session_is_usable (MosSmtpSession *self);
gboolean mos_smtp_session_is_encrypted (MosSmtpSession *self);
const char *mos_smtp_session_get_mechanism (MosSmtpSession *self);
gboolean mos_smtp_session_offers (MosSmtpSession *self, const char *extension);
guint64 mos_smtp_session_get_max_size (MosSmtpSession *self);
void mos_smtp_session_quit (MosSmtpSession *self);

/**
 * MosSmtpFinalFunc: called on the sending thread when all of a message but its end has left, right before the final dot.
 *
 * Returns: %FALSE with @error: the dot does not leave, the connection is over and nothing was accepted
 */
typedef gboolean (*MosSmtpFinalFunc) (gpointer user_data, GError **error);
/** mos_smtp_session_set_final: @func: (nullable) (scope forever): for the messages sent from now on */
void mos_smtp_session_set_final (MosSmtpSession *self, MosSmtpFinalFunc func, gpointer user_data);

/**
 * mos_smtp_session_set_envelope_id:
 * @id: (nullable): printable, at most 33 characters where all need quoting; %NULL for no reports
 *
 * For the messages sent from now on: where the server offers DSN (RFC 3461) it is asked to report failures and delays, with the headers only and under this id.
 */
void mos_smtp_session_set_envelope_id (MosSmtpSession *self, const char *id);
/** mos_smtp_xtext: Returns: (transfer full): @text as a parameter of MAIL or RCPT: "+", "=" and all that is no visible ASCII as "+XX" (RFC 3461 §4). Pure. */
char *mos_smtp_xtext (const char *text);

/** mos_smtp_address_to_ascii: Returns: (transfer full) (nullable): @address as it may stand in MAIL and RCPT: its domain in ASCII (RFC 5891);
 *  %NULL when it cannot. @ret_needs_utf8: (out): whether the local part needs SMTPUTF8 */
char *mos_smtp_address_to_ascii (const char *address, gboolean *ret_needs_utf8);

G_END_DECLS
