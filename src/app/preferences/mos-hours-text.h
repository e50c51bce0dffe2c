/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

G_BEGIN_DECLS

/* Hours of work as people read and type them. Pure functions of the locale. */

/** mos_hours_text: Returns: (transfer full): "9:00–14:00, 16:00–19:00"; "" where there are none */
char *mos_hours_text (GArray *hours);

/**
 * mos_hours_read:
 * @text: "9-14, 16:00–19:30", "22:00-06:00", "9 am to 5 pm"; empty or "closed" = none
 * @ret_error: (out) (optional) (transfer full): a sentence that says what is wrong
 *
 * Returns: (transfer full) (nullable) (element-type MosCalendarHours)
 */
GArray *mos_hours_read (const char *text, char **ret_error);

/** mos_hours_text_first_weekday: Returns: the day with which a week begins here; 1 = Monday … 7 */
int mos_hours_text_first_weekday (void);
/** mos_hours_text_weekday: @weekday: 1 = Monday … 7. Returns: (transfer full): its name, as it stands alone */
char *mos_hours_text_weekday (int weekday);
/** mos_hours_text_date: Returns: (transfer full): "24 December 2026" */
char *mos_hours_text_date (guint32 julian);
/** mos_hours_text_state: Returns: (transfer full): a sentence: "Open now; closes at 19:00", "Next opening Monday 09:00" */
char *mos_hours_text_state (MosCalendar *calendar, gint64 now_us);

G_END_DECLS
