/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Holidays of an iCalendar file (RFC 5545), as dates of a calendar. Strangers write such files: all of it is bounded. */

#define MOS_HOLIDAYS_MAX_BYTES (4 * 1024 * 1024)
#define MOS_HOLIDAYS_MAX_DATES 2000
/** So many years ahead of now what repeats for ever is taken. */
#define MOS_HOLIDAYS_YEARS 10

/**
 * MosHolidays: what a file says
 * @name: (nullable): of the calendar, as the file has it
 * @dates: (element-type MosCalendarDate): in order, each date once
 * @n_skipped: events that say nothing about hours, repeat more than daily, or are not understood
 * @is_cut: there was more than is taken
 */
typedef struct
{
  char *name;
  GPtrArray *dates;
  guint n_skipped;
  gboolean is_cut;
} MosHolidays;
void mos_holidays_free (MosHolidays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosHolidays, mos_holidays_free)

/**
 * mos_holidays_parse:
 * @data: the file
 * @calendar: (nullable): whose zone and hours count; %NULL: the computer's zone, and only events of whole days
 * @from_us, @to_us: only days between
 *
 * An event of whole days closes them; DTEND is the day after the last. One with times takes them from that day's hours, and is passed over where nobody
 * works then, or where it says that one is free then. RRULE, RDATE, EXDATE and single changed occurrences are followed, cancelled events left out.
 * Pure function; any thread. G_IO_ERROR_INVALID_DATA: this is no iCalendar file; G_IO_ERROR_MESSAGE_TOO_LARGE.
 *
 * Returns: (transfer full) (nullable)
 */
MosHolidays *mos_holidays_parse (GBytes *data, MosCalendar *calendar, gint64 from_us, gint64 to_us, GError **error);

/**
 * mos_holidays_read_file: never more than MOS_HOLIDAYS_MAX_BYTES, whatever the file says of itself. Blocks.
 *
 * Returns: (transfer full) (nullable): for mos_holidays_parse(). G_IO_ERROR_MESSAGE_TOO_LARGE, or what GIO says
 */
GBytes *mos_holidays_read_file (GFile *file, GCancellable *cancellable, GError **error);

/**
 * mos_holidays_load_async: mos_holidays_read_file() and mos_holidays_parse() in a thread, from a year ago until in MOS_HOLIDAYS_YEARS years. A file that
 * does not say its name has that of the file, without its suffix.
 */
void mos_holidays_load_async (GFile *file, MosCalendar *calendar, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosHolidays *mos_holidays_load_finish (GFile *file, GAsyncResult *result, GError **error);

G_END_DECLS
