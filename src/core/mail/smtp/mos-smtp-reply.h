/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"

G_BEGIN_DECLS

/**
 * MosSmtpReply: one reply of a server (RFC 5321 §4.2).
 *
 * @code: 200 to 599
 * @lines: text of each line after the code, valid UTF-8; never empty
 * @status: (nullable): enhanced status "5.1.1" (RFC 2034), where its class fits the code
 */
typedef struct
{
  guint code;
  GPtrArray *lines;
  char *status;
} MosSmtpReply;

MosSmtpReply *mos_smtp_reply_new (void);
void mos_smtp_reply_free (MosSmtpReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSmtpReply, mos_smtp_reply_free)

/**
 * mos_smtp_reply_take_line:
 * @line: one line without CRLF, any bytes
 * @ret_complete: (out): whether it was the last one
 *
 * Pure. Limits: 200 lines.
 *
 * Returns: %FALSE with MOS_MAIL_ERROR_PROTOCOL for what is no reply line, or another code than before
 */
gboolean mos_smtp_reply_take_line (MosSmtpReply *self, const char *line, gsize length, gboolean *ret_complete, GError **error);

/** mos_smtp_reply_dup_text: Returns: (transfer full): the lines in one, at most 1000 bytes, without the code */
char *mos_smtp_reply_dup_text (MosSmtpReply *self);

/** mos_smtp_reply_to_error: sets the #MosMailError that an unwelcome reply means: 4xx temporary, 5xx for good, 552 5.3.4 too large, 530 and 538 by what is missing. */
void mos_smtp_reply_to_error (MosSmtpReply *self, GError **error);

/** MosSmtpExtensions: what EHLO told. @auth: (nullable): mechanisms, upper case; @size: 0 = no limit named */
typedef struct
{
  gboolean starttls;
  gboolean has_size;
  guint64 size;
  gboolean eight_bit_mime;
  gboolean smtputf8;
  gboolean pipelining;
  gboolean enhanced_status;
  gboolean dsn; /* RFC 3461 */
  char **auth;
} MosSmtpExtensions;

/** mos_smtp_extensions_parse: Returns: (transfer full): of the reply to EHLO; its first line is the greeting */
MosSmtpExtensions *mos_smtp_extensions_parse (MosSmtpReply *reply);
void mos_smtp_extensions_free (MosSmtpExtensions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSmtpExtensions, mos_smtp_extensions_free)

G_END_DECLS
