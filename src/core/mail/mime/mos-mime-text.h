/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-mime.h"

G_BEGIN_DECLS

/* Bytes to UTF-8, private to mail/mime. */

char *mos_mime_bytes_to_utf8 (const guint8 *data, gsize length, const char *charset);
const char *mos_mime_detect_charset (const guint8 *data, gsize length);
char *mos_mime_html_charset (const guint8 *data, gsize length);
char *mos_mime_decode_header (const char *raw, const char *fallback_charset);
char *mos_mime_one_line (const char *text, gsize max_bytes);
char *mos_mime_unflow (const char *text, gboolean delete_space);

G_END_DECLS
