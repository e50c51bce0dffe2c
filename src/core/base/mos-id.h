/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mos_id_new: Returns: (transfer full): a random, time-ordered 128-bit id in 32 hex digits (UUIDv7, RFC 9562 §5.7) */
char *mos_id_new (gint64 now_us);

/**
 * mos_id_derive:
 * @kind: what is named, e.g. "message"
 * @...: strings that the outside world gives, ended by %NULL; %NULL inside is not possible, use ""
 *
 * Returns: (transfer full): the same 32 hex digits for the same strings, for ever and on every desk
 *   (first 128 bits of SHA-256 over the length-prefixed parts)
 */
char *mos_id_derive (const char *kind, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
