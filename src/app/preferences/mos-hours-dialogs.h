/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-holidays.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_hours_with_date: @hours: (nullable): of our own on that day, in the place of what there was; %NULL: none of our own. Returns: (transfer full) */
MosCalendar *mos_hours_with_date (MosCalendar *calendar, guint32 julian, GArray *hours, const char *name);

/** mos_hours_date_dialog_new: asks for a day, its hours and what for; "chosen" (guint julian, string hours, string name) */
AdwDialog *mos_hours_date_dialog_new (void);

/** mos_hours_holidays_dialog_new: shows what a file says, each day of which may be left out; "chosen" (string name, GPtrArray of MosCalendarDate). @name: (nullable): where the file has none */
AdwDialog *mos_hours_holidays_dialog_new (MosHolidays *holidays, const char *name);

G_END_DECLS
