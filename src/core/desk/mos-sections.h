/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/**
 * MosSectioner:
 *
 * Which section of a list a row belongs to, by the time it is ordered by. Made for one moment and one time zone.
 * Consecutive questions about times of the same section cost nothing: a list of 200,000 rows has a few dozen of them.
 *
 * A section is a number that is the same whenever it is asked for: of a day or month its beginning in
 * microseconds, doubled, and one more where it is a month; of a wait a #MosWaitSection. 0 = no time at all.
 */
typedef struct
{
  MosViewGrouping grouping;
  gint64 now_us;
  GTimeZone *zone;          /* (owned) */
  gint64 today_us;          /* when it began */
  gint64 from_us, until_us; /* of the section asked for last */
  gint64 section;
} MosSectioner;

typedef enum
{
  MOS_WAIT_NONE,
  MOS_WAIT_DAY,   /* longer than a day */
  MOS_WAIT_HOURS, /* longer than two hours */
  MOS_WAIT_SHORT,
} MosWaitSection;

/** mos_sectioner_init: @zone: (nullable): %NULL = the local one */
void mos_sectioner_init (MosSectioner *self, MosViewGrouping grouping, gint64 now_us, GTimeZone *zone);
void mos_sectioner_clear (MosSectioner *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosSectioner, mos_sectioner_clear)
gint64 mos_sectioner_find (MosSectioner *self, gint64 key_us);

/** mos_section_get_time: @ret_is_month: (out): Returns: when the day or month of a section began, in microseconds; 0 = it has none */
gint64 mos_section_get_time (gint64 section, gboolean *ret_is_month);

/** mos_day_begin: Returns: when the local day of @us began */
gint64 mos_day_begin (gint64 us, GTimeZone *zone);

G_END_DECLS
