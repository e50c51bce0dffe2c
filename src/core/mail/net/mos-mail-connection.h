/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosMailConnection:
 *
 * One blocking, cancellable connection of a worker thread to a mail server:
 * TCP, TLS or STARTTLS verified against the system's trust store, buffered
 * line and block reading, limits, time-outs. IMAP and SMTP stand on it. No
 * protocol of its own. `MOSTRADOR_TRACE=mail` prints the dialogue, secrets masked.
 *
 * Owned and used by one thread; only mos_mail_connection_close() may be called from another.
 */
#define MOS_TYPE_MAIL_CONNECTION (mos_mail_connection_get_type ())
G_DECLARE_FINAL_TYPE (MosMailConnection, mos_mail_connection, MOS, MAIL_CONNECTION, GObject)

/**
 * mos_mail_connection_open_sync:
 * @server: host, port and security; with MOS_SECURITY_STARTTLS it starts in clear text and the protocol calls _start_tls_sync()
 * @ca_file: (nullable): absolute path of an extra certificate authority
 * @pinned: (nullable): hex SHA-256 of a certificate the owner trusts
 * @timeout_ms: for connecting and for every later read or write; 0 = none
 */
/** mos_mail_connection_prepare: has GIO load what encrypts, which the first connection then need not wait for */
void mos_mail_connection_prepare (void);
MosMailConnection *mos_mail_connection_open_sync (MosServer *server, const char *ca_file, const char *pinned, guint timeout_ms, GCancellable *cancellable, GError **error);

/** mos_mail_connection_start_tls_sync: fails with MOS_MAIL_ERROR_PROTOCOL when bytes wait in the buffer (an injected answer). */
gboolean mos_mail_connection_start_tls_sync (MosMailConnection *self, GCancellable *cancellable, GError **error);
gboolean mos_mail_connection_is_encrypted (MosMailConnection *self);
void mos_mail_connection_set_timeout (MosMailConnection *self, guint timeout_ms);

/** mos_mail_connection_read_line_sync: Returns: (transfer full) (nullable): one line without CRLF; @max bytes at most, else MOS_MAIL_ERROR_PROTOCOL; EOF is G_IO_ERROR_CONNECTION_CLOSED */
char *mos_mail_connection_read_line_sync (MosMailConnection *self, gsize max, gsize *ret_length, GCancellable *cancellable, GError **error);
/** mos_mail_connection_read_some_sync: what is buffered, else one read; 0 never means success. Returns: bytes, or -1 */
gssize mos_mail_connection_read_some_sync (MosMailConnection *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);
/** mos_mail_connection_wait_sync: for IDLE: until bytes wait, @wait_ms passed (returns FALSE without error) or cancelled. */
gboolean mos_mail_connection_wait_sync (MosMailConnection *self, guint wait_ms, GCancellable *cancellable, GError **error);
/** mos_mail_connection_write_sync: all of @data. The trace shows only its size: it may be a message. */
gboolean mos_mail_connection_write_sync (MosMailConnection *self, const void *data, gsize size, GCancellable *cancellable, GError **error);
/** mos_mail_connection_write_command_sync: @command ends in CRLF; the trace shows @shown instead where that is given (secrets) */
gboolean mos_mail_connection_write_command_sync (MosMailConnection *self, const char *command, const char *shown, GCancellable *cancellable, GError **error);
/** mos_mail_connection_get_traffic: what came so far, and how long it was waited for: little where the reader is slower than the line */
void mos_mail_connection_get_traffic (MosMailConnection *self, guint64 *ret_received, gint64 *ret_waited_us);
/** mos_mail_connection_start_compression: from here on both ways are raw DEFLATE (RFC 4978), flushed after each write */
void mos_mail_connection_start_compression (MosMailConnection *self);
/** mos_mail_connection_trace: for a protocol that reads blocks and knows what of them may be shown. @from: 'S' or 'C' */
void mos_mail_connection_trace (MosMailConnection *self, char from, const char *text, gssize length);
/** mos_mail_connection_close: at once, from any thread; whoever reads wakes up with an error. */
void mos_mail_connection_close (MosMailConnection *self);

/** MosTlsProblem: after MOS_MAIL_ERROR_BAD_CERTIFICATE: what was refused and why. */
typedef struct
{
  GTlsCertificate *certificate; /* (owned) */
  GTlsCertificateFlags flags;
} MosTlsProblem;
/** mos_tls_problem_get_last: Returns: (transfer none) (nullable): set on the thread by the last BAD_CERTIFICATE error; valid until the next connection of this thread */
const MosTlsProblem *mos_tls_problem_get_last (void);
/** mos_tls_certificate_get_sha256: Returns: (transfer full): lower-case hex SHA-256 of the DER form, as a pin is written */
char *mos_tls_certificate_get_sha256 (GTlsCertificate *certificate);

G_END_DECLS
