/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosTrend: how a number stands beside that of the period before */
typedef enum
{
  MOS_TREND_UNKNOWN, /* one of them is not there */
  MOS_TREND_SAME,
  MOS_TREND_BETTER,
  MOS_TREND_WORSE,
  MOS_TREND_MORE, /* of what is neither good nor bad */
  MOS_TREND_LESS,
} MosTrend;

/** MosTileSense: which way a number is to go */
typedef enum
{
  MOS_TILE_NEITHER,
  MOS_TILE_HIGH_IS_GOOD,
  MOS_TILE_LOW_IS_GOOD,
} MosTileSense;

/** mos_trend_judge: Pure. Less than a hundredth is no change. @value, @before: NaN where there is none */
MosTrend mos_trend_judge (double value, double before, MosTileSense sense);

/**
 * MosTileValue: what a tile shows
 * @n: of how many it is; few are shown as such; G_MAXUINT = it is no statistic
 * @target: NaN = none; @least, @most: from where to where a gauge goes; equal = there is none
 * @detail: (nullable): beside the number: an interval, how many it is of
 * @alarm: what is below it is flagged; NaN = nothing is
 * @is_apart: the target is one of hours of work and @value is not, or the other way round: @judged is the number by the target's clock
 */
typedef struct
{
  const char *title;
  double value;
  double before;
  double target;
  MosChartUnit unit;
  MosTileSense sense;
  guint n;
  double least;
  double most;
  const char *detail;
  double alarm;
  gboolean is_apart;
  double judged;
} MosTileValue;

/**
 * MosMeasureTile: one number, against its target and the period before; pressed, it tells how it was computed
 *
 * A button whose name says all of it in one sentence; what the arrow's colour says, the words say too.
 */
#define MOS_TYPE_MEASURE_TILE (mos_measure_tile_get_type ())
G_DECLARE_FINAL_TYPE (MosMeasureTile, mos_measure_tile, MOS, MEASURE_TILE, GtkButton)

GtkWidget *mos_measure_tile_new (void);
void mos_measure_tile_set_value (MosMeasureTile *self, const MosTileValue *value);
/** mos_measure_tile_dup_target: Returns: (transfer full) (nullable): the line of the target, and whether it is met */
char *mos_measure_tile_dup_target (const MosTileValue *value);
/** mos_measure_tile_dup_trend: Returns: (transfer full) (nullable): the line of the days before */
char *mos_measure_tile_dup_trend (const MosTileValue *value);
/** mos_measure_tile_dup_sentence: Returns: (transfer full): all that a tile with @value says */
char *mos_measure_tile_dup_sentence (const MosTileValue *value);

G_END_DECLS
