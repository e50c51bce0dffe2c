/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosSmtpStuffer:
 *
 * Turns the bytes of a message into what goes between DATA and the final dot
 * (RFC 5321 §4.5.2): dots doubled at the start of lines, and every line end
 * made CRLF, for a lone CR or LF beside a dot would let a message smuggle
 * commands past some servers. Push, no I/O: may be fed in pieces of any size.
 */
typedef struct
{
  gboolean at_line_start;
  gboolean after_cr;
} MosSmtpStuffer;

void mos_smtp_stuffer_init (MosSmtpStuffer *self);
void mos_smtp_stuffer_feed (MosSmtpStuffer *self, const guint8 *data, gsize size, GByteArray *out);
/** mos_smtp_stuffer_finish: ends the last line where that is missing; the final ".\r\n" is the caller's, who must know when it leaves. */
void mos_smtp_stuffer_finish (MosSmtpStuffer *self, GByteArray *out);

G_END_DECLS
