/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosMailto: what a mailto: link asks to be written (RFC 6068)
 *
 * @to, @cc, @bcc: arrays of #MosAddress, never %NULL. What is no address is kept as it was written, so that it can be seen and mended
 * @subject, @body: "" where the link says none
 * @in_reply_to: (nullable): a Message-ID, without angle brackets
 * @names_files: it names files to attach. That is never done: anybody can make a link
 * @n_left_out: recipients that hide controls, or that are too many
 */
typedef struct
{
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  char *subject;
  char *body;
  char *in_reply_to;
  gboolean names_files;
  guint n_left_out;
} MosMailto;
MOS_DECLARE_VALUE (MosMailto, mailto)

/**
 * mos_mailto_parse: Pure; any thread.
 *
 * Other headers than these are passed over (RFC 6068, 4): a link must not decide from whom a mail is, or what else it says of itself.
 *
 * Returns: (transfer full) (nullable): G_IO_ERROR_INVALID_ARGUMENT where @link is no such link, or is endless
 */
MosMailto *mos_mailto_parse (const char *link, GError **error);

G_END_DECLS
