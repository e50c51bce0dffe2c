/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-mime.h"

G_BEGIN_DECLS

/* Bytes to UTF-8, private to mail/mime. */

typedef struct
{
  guint32 save;
  guint n;
  gboolean is_padded; /* the last letter was "=" */
  gboolean is_over;   /* and the rest of the line says nothing */
  gboolean is_done;   /* and neither does all that follows */
} MosBase64;

void mos_mime_decode_base64 (MosBase64 *state, const char *text, gsize length, GByteArray *bytes);
char *mos_mime_bytes_to_utf8 (const guint8 *data, gsize length, const char *charset);
const char *mos_mime_detect_charset (const guint8 *data, gsize length);
char *mos_mime_convert (const guint8 *data, gsize length, const char *charset, gsize *ret_bad);
gboolean mos_mime_has_controls (const char *text, gsize length);
char *mos_mime_html_charset (const guint8 *data, gsize length);
char *mos_mime_decode_header (const char *raw, const char *fallback_charset);
char *mos_mime_one_line (const char *text, gsize max_bytes);
char *mos_mime_unflow (const char *text, gboolean delete_space);

G_END_DECLS
