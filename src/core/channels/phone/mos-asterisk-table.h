/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/channels/phone/mos-phone-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The log of calls that Asterisk keeps in an SQLite file (cdr_sqlite3_custom, usually master.db): a row a leg. It is only read. Its table and its columns are what the shop
 * wrote in cdr_sqlite3_custom.conf: the table is "cdr", else the one that has the columns; their names count, not their order. */

/** mos_asterisk_is_table: Returns: whether the file at @path is one of SQLite's; else it may be Master.csv */
gboolean mos_asterisk_is_table (const char *path);
/** mos_asterisk_check_table: Returns: whether calls can be read from it: MOS_CHAT_ERROR_REFUSED with what it lacks, _TEMPORARY where it is busy, _PROTOCOL where it is broken */
gboolean mos_asterisk_check_table (const char *path, GCancellable *cancellable, GError **error);

/**
 * mos_asterisk_read_table: rows in the order in which they were written
 * @place: (inout): the last row that was read; 0 = none
 * @since_us: what began before is passed over
 * @ret_has_more: (out): there are more at once
 *
 * A table that begins anew, with fewer rows than were read, is read from its beginning. Errors as of mos_asterisk_check_table().
 *
 * Returns: (transfer full) (nullable): array of #MosPhoneCall, in the order of their first legs
 */
GPtrArray *mos_asterisk_read_table (const char *path, gint64 *place, gint64 since_us, gboolean *ret_has_more, GCancellable *cancellable, GError **error);

G_END_DECLS
