/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart-data.h"

#include <math.h>

static void
mos_chart_data_clear (MosChartData *self)
{
  g_free (self->title);
  g_free (self->row_heading);
  for (guint i = 0; i < self->n_rows; i++)
    {
      g_free (self->rows[i]);
      g_free (self->ticks != NULL ? self->ticks[i] : NULL);
      g_free (self->ids != NULL ? self->ids[i] : NULL);
    }
  g_free (self->rows);
  g_free (self->ticks);
  g_free (self->ids);
  g_free (self->units);
  g_strfreev (self->series);
  g_free (self->values);
}

MOS_DEFINE_VALUE (MosChartData, chart_data)

MosChartData *
mos_chart_data_make (const char *title,
                     const char *row_heading,
                     MosChartUnit unit,
                     guint n_rows,
                     const char *const *series)
{
  MosChartData *self = mos_chart_data_new ();

  self->title = g_strdup (title);
  self->row_heading = g_strdup (row_heading);
  self->unit = unit;
  self->n_rows = n_rows;
  self->n_series = g_strv_length ((char **) series);
  self->rows = g_new0 (char *, n_rows + 1);
  self->series = g_strdupv ((char **) series);
  self->values = g_new (double, MAX (1, n_rows * self->n_series));
  for (guint i = 0; i < n_rows * self->n_series; i++)
    self->values[i] = NAN;
  self->target = self->top = NAN;
  return self;
}

void
mos_chart_data_set (MosChartData *self,
                    guint row,
                    guint series,
                    char *row_name,
                    double value)
{
  g_return_if_fail (row < self->n_rows && series < self->n_series);

  if (row_name != NULL)
    {
      g_free (self->rows[row]);
      self->rows[row] = row_name;
    }
  self->values[series * self->n_rows + row] = value;
}

void
mos_chart_data_set_tick (MosChartData *self,
                         guint row,
                         char *tick)
{
  g_return_if_fail (row < self->n_rows);

  if (self->ticks == NULL)
    self->ticks = g_new0 (char *, self->n_rows + 1);
  g_free (self->ticks[row]);
  self->ticks[row] = tick;
}

void
mos_chart_data_set_id (MosChartData *self,
                       guint row,
                       char *id)
{
  g_return_if_fail (row < self->n_rows);

  if (self->ids == NULL)
    self->ids = g_new0 (char *, self->n_rows + 1);
  g_free (self->ids[row]);
  self->ids[row] = id;
}

void
mos_chart_data_set_unit (MosChartData *self,
                         guint series,
                         MosChartUnit unit)
{
  g_return_if_fail (series < self->n_series);

  if (self->units == NULL)
    {
      self->units = g_new (MosChartUnit, self->n_series);
      for (guint i = 0; i < self->n_series; i++)
        self->units[i] = self->unit;
    }
  self->units[series] = unit;
}

MosChartUnit
mos_chart_data_get_unit (const MosChartData *self,
                         guint series)
{
  g_return_val_if_fail (series < self->n_series, self->unit);

  return self->units != NULL ? self->units[series] : self->unit;
}

double
mos_chart_data_get (const MosChartData *self,
                    guint row,
                    guint series)
{
  g_return_val_if_fail (row < self->n_rows && series < self->n_series, NAN);

  return self->values[series * self->n_rows + row];
}

const char *
mos_chart_data_get_tick (const MosChartData *self,
                         guint row)
{
  g_return_val_if_fail (row < self->n_rows, "");

  if (self->ticks != NULL && self->ticks[row] != NULL)
    return self->ticks[row];
  return self->rows[row] != NULL ? self->rows[row] : "";
}

double
mos_chart_data_get_max (const MosChartData *self)
{
  double max = isnan (self->target) ? 0 : self->target;

  for (guint i = 0; i < self->n_rows * self->n_series; i++)
    if (!isnan (self->values[i]))
      max = MAX (max, self->values[i]);
  return max;
}

double
mos_chart_data_get_row_max (const MosChartData *self)
{
  const guint n = self->has_before ? self->n_series - 1 : self->n_series;
  double max = 0;

  for (guint row = 0; row < self->n_rows; row++)
    {
      double sum = 0;

      for (guint series = 0; series < n; series++)
        if (!isnan (mos_chart_data_get (self, row, series)))
          sum += mos_chart_data_get (self, row, series);
      max = MAX (max, sum);
    }
  return max;
}

gboolean
mos_chart_data_equal (const MosChartData *a,
                      const MosChartData *b)
{
  if (a->n_rows != b->n_rows || a->n_series != b->n_series || g_strcmp0 (a->title, b->title) != 0 || g_strcmp0 (a->row_heading, b->row_heading) != 0)
    return FALSE;
  for (guint row = 0; row < a->n_rows; row++)
    if (g_strcmp0 (a->rows[row], b->rows[row]) != 0)
      return FALSE;
  for (guint series = 0; series < a->n_series; series++)
    if (g_strcmp0 (a->series[series], b->series[series]) != 0 || mos_chart_data_get_unit (a, series) != mos_chart_data_get_unit (b, series))
      return FALSE;
  for (guint i = 0; i < a->n_rows * a->n_series; i++)
    if (!(a->values[i] == b->values[i] || (isnan (a->values[i]) && isnan (b->values[i]))))
      return FALSE;
  return TRUE;
}

gboolean
mos_chart_data_is_empty (const MosChartData *self)
{
  for (guint i = 0; i < self->n_rows * self->n_series; i++)
    if (!isnan (self->values[i]) && self->values[i] != 0)
      return FALSE;
  return TRUE;
}
