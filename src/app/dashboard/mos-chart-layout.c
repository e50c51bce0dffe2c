/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart-layout.h"

#include <math.h>

#define MINUTE 60.0
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Of times that are shorter than a month; beyond, and of hours of work beyond twelve, tens as of any number. */
static const double durations[] = {
  1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 5 * DAY, 7 * DAY, 14 * DAY, 30 * DAY
};

static double
nice_number (double raw)
{
  const double tens = pow (10, floor (log10 (raw)));
  const double first = raw / tens;

  /* A little more is rounding. */
  return tens * (first <= 1.0001 ? 1 : first <= 2.0001 ? 2
                                   : first <= 5.0001   ? 5
                                                       : 10);
}

static double
nice_duration (double raw,
               MosChartUnit unit)
{
  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++)
    if (durations[i] >= raw * 0.9999 && (unit != MOS_CHART_WORK || durations[i] < DAY))
      return durations[i];
  return unit == MOS_CHART_WORK ? HOUR * nice_number (raw / HOUR) : DAY * nice_number (raw / DAY);
}

MosChartAxis
mos_chart_axis_find (double max,
                     MosChartUnit unit,
                     guint wanted)
{
  MosChartAxis axis = { 1, 1, 1 };
  double raw;

  wanted = CLAMP (wanted, 1, MOS_CHART_MAX_TICKS);
  if (isnan (max) || max <= 0)
    return axis;
  raw = max / wanted;
  if (unit == MOS_CHART_DURATION || unit == MOS_CHART_WORK)
    axis.step = nice_duration (raw, unit);
  else
    axis.step = nice_number (raw);
  /* There is no half conversation. */
  if (unit == MOS_CHART_COUNT)
    axis.step = MAX (axis.step, 1);
  axis.n = (guint) MAX (1, ceil (max / axis.step - 0.0001));
  axis.top = axis.step * axis.n;
  return axis;
}

/* @x counts from the start edge. */
static graphene_rect_t
place (const MosChartPlot *plot,
       double x,
       double y,
       double width,
       double height)
{
  const double left = plot->is_rtl ? plot->x + plot->width - x - width : plot->x + x;

  return GRAPHENE_RECT_INIT ((float) left, (float) y, (float) width, (float) height);
}

graphene_rect_t
mos_chart_band (const MosChartPlot *plot,
                guint n_rows,
                guint row,
                double gap)
{
  const double width = plot->width / MAX (1, n_rows);

  return place (plot, row * width + width * gap / 2, plot->y, width * (1 - gap), plot->height);
}

double
mos_chart_line_x (const MosChartPlot *plot,
                  guint n_rows,
                  guint row)
{
  const double x = n_rows > 1 ? plot->width * row / (n_rows - 1) : plot->width / 2;

  return plot->is_rtl ? plot->x + plot->width - x : plot->x + x;
}

double
mos_chart_y (const MosChartPlot *plot,
             double value,
             double top)
{
  return plot->y + plot->height * (1 - CLAMP (value / top, 0, 1));
}

graphene_rect_t
mos_chart_bar (const MosChartPlot *plot,
               const graphene_rect_t *band,
               guint part,
               guint n_parts,
               double value,
               double top)
{
  const double width = band->size.width / MAX (1, n_parts);
  const guint place_of_part = plot->is_rtl ? n_parts - 1 - part : part;
  const double y = mos_chart_y (plot, value, top);

  return GRAPHENE_RECT_INIT ((float) (band->origin.x + place_of_part * width), (float) y, (float) width, (float) (plot->y + plot->height - y));
}

graphene_rect_t
mos_chart_cell (const MosChartPlot *plot,
                guint n_columns,
                guint n_rows,
                guint column,
                guint row)
{
  const double width = plot->width / MAX (1, n_columns), height = plot->height / MAX (1, n_rows);

  return place (plot, column * width, plot->y + row * height, width, height);
}

graphene_rect_t
mos_chart_row (const MosChartPlot *plot,
               guint n_rows,
               guint row,
               double value,
               double top)
{
  const double height = plot->height / MAX (1, n_rows);

  return place (plot, 0, plot->y + row * height, plot->width * CLAMP (top > 0 ? value / top : 0, 0, 1), height);
}

guint
mos_chart_step_of_ticks (guint n_rows,
                         double need,
                         double width)
{
  static const guint steps[] = { 1, 2, 3, 4, 5, 7, 10, 14, 15, 21, 28, 30, 60, 90 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (need * ceil ((double) n_rows / steps[i]) <= width)
      return steps[i];
  return MAX (1, (guint) ceil (n_rows * need / MAX (1, width)));
}
