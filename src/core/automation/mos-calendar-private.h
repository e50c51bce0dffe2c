/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

G_BEGIN_DECLS

#define DAY_MINUTES (24 * 60)

struct _MosCalendar
{
  char *zone_name;
  GTimeZone *zone;       /* (nullable) */
  GArray *week[7];       /* of MosCalendarHours, from Monday */
  GPtrArray *exceptions; /* of MosCalendarDate, by date; of one date those of our own first */
};

/* of nobody, in the computer's zone */
MosCalendar *mos_calendar_new (void);

G_END_DECLS
