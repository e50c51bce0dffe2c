/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosMimeHeader: one field of a message's head. @name: as written; @value: decoded (RFC 2047), one line, valid UTF-8, without control characters */
typedef struct
{
  char *name;
  char *value;
} MosMimeHeader;

/**
 * mos_mime_list_headers:
 * @raw: a message as received, any bytes
 *
 * All fields in their order, also those that are there several times. Pure, any thread; at most 1,000 fields of the first 512 KiB.
 *
 * Returns: (transfer full): array of #MosMimeHeader
 */
GPtrArray *mos_mime_list_headers (GBytes *raw);

G_END_DECLS
