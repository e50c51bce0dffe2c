/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-mime.h"

#include <gmime/gmime.h>

G_BEGIN_DECLS

/* What the files of mail/mime share; gmime is seen nowhere else. */

/* gmime 3.2 has no autoptr of its own */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFilter, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParserOptions, g_mime_parser_options_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)

#define MOS_MIME_MAX_PARTS 1000
#define MOS_MIME_MAX_DEPTH 50
#define MOS_MIME_MAX_REFERENCES 50
#define MOS_MIME_MAX_SUBJECT 1024
#define MOS_MIME_MAX_ADDRESSES 1000
#define MOS_MIME_MAX_TEXT (8 * 1024 * 1024)

void mos_mime_ensure_init (void);
GMimeStream *mos_mime_view_new (GByteArray *bytes);
GByteArray *mos_mime_part_bytes (GMimePart *part);
GBytes *mos_mime_part_spool (GMimePart *part);
GMimeMessage *mos_mime_read (GBytes *raw);
gboolean mos_mime_looks_like_header (const char *p, gsize length);
GByteArray *mos_mime_mend (const char *data, gsize length);
gboolean mos_mime_read_tnef (const guint8 *data, gsize length, GPtrArray *attachments, char **ret_text, char **ret_html);
void mos_mime_take_uuencoded (char *text, GPtrArray *attachments);
void mos_mime_strip_returns (char *text);
void mos_mime_read_headers (MosParsedMessage *parsed, GMimeObject *object, const char *charset);
void mos_mime_read_body (GMimeObject *root, GPtrArray *attachments, char **ret_text, char **ret_html);
char *mos_mime_header (GMimeObject *object, const char *name, const char *fallback_charset);

void mos_mime_classify (GMimeMessage *message, MosParsedMessage *parsed);
gboolean mos_mime_has_part (GMimeObject *object, const char *major, const char *minor, guint depth);
gboolean mos_mime_find_bounces (GMimeMessage *message, MosParsedMessage *parsed);

G_END_DECLS
