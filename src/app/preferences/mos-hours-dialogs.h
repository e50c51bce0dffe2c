/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-holidays.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_hours_date_dialog_new: asks for a day, its hours and what for; "chosen" (guint julian, string hours, string name) */
AdwDialog *mos_hours_date_dialog_new (void);

/** mos_hours_holidays_dialog_new: shows what a file says, each day of which may be left out; "chosen" (string name, GPtrArray of MosCalendarDate). @holidays: with a name, as mos_holidays_load_async() gives it */
AdwDialog *mos_hours_holidays_dialog_new (MosHolidays *holidays);

G_END_DECLS
