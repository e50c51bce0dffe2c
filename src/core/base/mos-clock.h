/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MOS_TYPE_CLOCK (mos_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosClock, mos_clock, MOS, CLOCK, GObject)

/**
 * MosClock:
 *
 * Where the program reads the time, so that tests can set it. Any thread.
 * Times are microseconds since 1970-01-01 UTC.
 */
struct _MosClockClass
{
  GObjectClass parent_class;

  gint64 (*now_us) (MosClock *self);
};

MosClock *mos_clock_new_system (void);
gint64 mos_clock_now_us (MosClock *self);

#define MOS_TYPE_MANUAL_CLOCK (mos_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (MosManualClock, mos_manual_clock, MOS, MANUAL_CLOCK, MosClock)

MosClock *mos_manual_clock_new (gint64 now_us);
void mos_manual_clock_set (MosManualClock *self, gint64 now_us);
void mos_manual_clock_advance (MosManualClock *self, gint64 by_us);

G_END_DECLS
