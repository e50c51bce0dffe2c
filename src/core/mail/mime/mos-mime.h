/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/**
 * mos_mime_parse:
 * @raw: a message as received, any bytes
 * @error: only for limits that make the whole message unreadable; bad mail is repaired, not refused
 *
 * Pure function, any thread, fuzzed. Limits: 1000 parts, depth 50.
 *
 * Returns: (transfer full) (nullable): what it says
 */
MosParsedMessage *mos_mime_parse (GBytes *raw, GError **error);

/**
 * mos_mime_compose:
 * Returns: (transfer full) (nullable): CRLF bytes ready for SMTP and APPEND; 7-bit safe (quoted-printable/base64), headers ≤ 998 octets a line,
 *   References trimmed to about 1500 characters keeping the first and the last ids (behaviour.md §2.1)
 */
GBytes *mos_mime_compose (MosCompose *compose, GError **error);

/** mos_html_to_text: Returns: (transfer full): readable plain text of an HTML body (links kept as "text <url>" where they differ) */
char *mos_html_to_text (const char *html);

/** mos_reply_text: Returns: (transfer full): @text without quotes and signature; never empty when @text is not. Inline answers stay. */
char *mos_reply_text (const char *text);

/**
 * mos_mime_safe_name:
 * @name: (nullable): as the sender wrote it
 * @type: media type, for the extension of a nameless part
 *
 * A name that can be shown and saved: no folder, no control or direction-override character (which make "gpj.exe" look like "exe.jpg"),
 * nothing the usual file systems refuse, at most 200 bytes with its extension kept, never empty.
 *
 * Returns: (transfer full): the name
 */
char *mos_mime_safe_name (const char *name, const char *type);

G_END_DECLS
