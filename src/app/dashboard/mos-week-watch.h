/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-insight-values.h"

G_BEGIN_DECLS

/* The report of the week that comes by itself: on Monday, or when the program is started next; written into a folder, or told by a notification that opens it. */

/** mos_week_watch_follow: as long as @desk is there */
void mos_week_watch_follow (GApplication *app, MosDesk *desk);
/** mos_week_watch_dup_monday: Pure. Returns: (transfer full): the Monday of the week of @now_us by @zone (nullable: the local one), "2026-03-02" */
char *mos_week_watch_dup_monday (gint64 now_us, GTimeZone *zone);
/** mos_week_watch_dup_monday_of: Pure. Returns: (transfer full): the Monday behind @week, by the clock of the shop: where the computer is, it may be another day */
char *mos_week_watch_dup_monday_of (const MosWeek *week);
/** mos_week_watch_make: the report of @week as a PDF. Main thread. @ret_name: (out) (transfer full): of a file for it. Returns: (transfer full) (nullable): G_IO_ERROR_FAILED when cairo cannot */
GBytes *mos_week_watch_make (const MosWeek *week, char **ret_name, GError **error);

G_END_DECLS
