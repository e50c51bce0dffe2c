/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosMeasureDaySpan: the days of a period, by the clock of @zone: where a moment lies is asked of each of many, and a zone is slow to tell. On the stack */
typedef struct
{
  GTimeZone *zone; /* (unowned) */
  GArray *starts;  /* (owned): of gint64: each midnight, and the end */
  guint weekday;   /* of the first: 0 = Monday */
} MosDaySpan;

/** mos_day_span_init: @from_us, @to_us: midnights, or any moments of the first day and behind the last */
void mos_day_span_init (MosDaySpan *self, GTimeZone *zone, gint64 from_us, gint64 to_us);
void mos_day_span_clear (MosDaySpan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosDaySpan, mos_day_span_clear)
guint mos_day_span_get_n (const MosDaySpan *self);
/** mos_day_span_find: Returns: in which day @us is, which has to be in one */
guint mos_day_span_find (const MosDaySpan *self, gint64 us);
/** mos_day_span_get_hour: Returns: which hour of the week a clock shows at @us in day @day: 0 = Monday at midnight */
guint mos_day_span_get_hour (const MosDaySpan *self, guint day, gint64 us);
/** mos_day_span_get_start: @day may be their number: the end */
gint64 mos_day_span_get_start (const MosDaySpan *self, guint day);

G_END_DECLS
