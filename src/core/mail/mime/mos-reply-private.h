/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to mail/mime: which lines of a plain text the writer newly wrote. */

typedef enum
{
  MOS_REPLY_LINE_OWN,
  MOS_REPLY_LINE_QUOTED,
  MOS_REPLY_LINE_SIGNATURE,
} MosReplyLine;

/* What a single line looks like */
gboolean mos_reply_is_attribution (const char *line);
gboolean mos_reply_has_date (const char *text);
gboolean mos_reply_is_separator (const char *line);
gboolean mos_reply_is_header (const char *line, gboolean *ret_is_from);
gboolean mos_reply_is_mobile_signature (const char *line);

guint8 *mos_reply_mark_lines (char **lines, guint n_lines);

G_END_DECLS
