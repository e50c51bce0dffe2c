/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

G_BEGIN_DECLS

/**
 * mos_snooze_time:
 * @preset: "later" (in three hours), "tomorrow" (9:00), "monday" (the next one, 9:00), "month" (the first of the next one, 9:00) or "answer"
 * @now_us: the present
 * @zone: where the person is
 * @calendar: (nullable): when people work: days begin with it, the month on its first day of work; %NULL or a closed day = 9:00
 *
 * Returns: the moment in microseconds UTC, 0 for "answer": until the customer writes
 */
gint64 mos_snooze_time (const char *preset, gint64 now_us, GTimeZone *zone, MosCalendar *calendar);

/** mos_snooze_time_at: a wall clock time; one that a clock change leaves out is the first after it. Returns: 0 for a day that does not exist */
gint64 mos_snooze_time_at (int year, int month, int day, int hour, int minute, GTimeZone *zone);

G_END_DECLS
