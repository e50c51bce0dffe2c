/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/imap/mos-imap-tokenizer.h"

G_BEGIN_DECLS

/* Between mos-imap-tokenizer.c, which cuts the stream into responses, and mos-imap-parser.c, which reads one. */

/* A literal stood at @offset of the text; its "{n}" is not in it. */
typedef struct
{
  gsize offset;
  GBytes *bytes; /* (owned) (nullable) */
  guint64 skipped;
} MosImapLiteral;

/* Whether literals cannot occur on this line: a status with human text, or "+". "* OK see {5}" is no literal. */
gboolean mos_imap_line_is_status (const char *line, gsize length);
MosImapResponse *mos_imap_parse_response (const char *text, gsize length, GArray *literals, guint max_depth, GError **error);

G_END_DECLS
