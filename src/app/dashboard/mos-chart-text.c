/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* As many numbers are said one by one. */
#define MAX_SAID 12

static char *
dup_duration (double value,
              MosChartUnit unit)
{
  const gint64 seconds = (gint64) llround (value);

  if (seconds < 60)
    /* Translators: seconds, shortened */
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) (seconds / 60)), (int) (seconds / 60));
  /* A day of work is no day: hours of work are never told in days. */
  if ((unit == MOS_CHART_WORK || seconds < 86400) && seconds % 3600 < 60)
    return g_strdup_printf (ngettext ("%d h", "%d h", (gulong) (seconds / 3600)), (int) (seconds / 3600));
  if (unit == MOS_CHART_WORK || seconds < 86400)
    /* Translators: hours and minutes, shortened */
    return g_strdup_printf (_ ("%1$d h %2$02d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));
  if (seconds % 86400 < 3600)
    return g_strdup_printf (ngettext ("%d d", "%d d", (gulong) (seconds / 86400)), (int) (seconds / 86400));
  /* Translators: days and hours, shortened */
  return g_strdup_printf (_ ("%1$d d %2$d h"), (int) (seconds / 86400), (int) (seconds / 3600 % 24));
}

/* Halves go up, as people do it; printf() goes to the even one. */
char *
mos_chart_text_minus (char *text)
{
  g_autofree char *plain = text;
  GString *signed_text = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at++)
    /* Between two digits it would be a range, or a date. */
    if (*at == '-' && g_ascii_isdigit (at[1]) && (at == plain || !g_ascii_isalnum (at[-1])))
      g_string_append (signed_text, "−");
    else
      g_string_append_c (signed_text, *at);
  return g_string_free (signed_text, FALSE);
}

char *
mos_chart_text_value (double value,
                      MosChartUnit unit)
{
  if (isnan (value))
    /* Translators: stands where there is no number */
    return g_strdup (C_ ("chart", "–"));
  switch (unit)
    {
    case MOS_CHART_COUNT:
      /* 0 less than half of one is no −0. */
      return mos_chart_text_minus (g_strdup_printf ("%.0f", round (value) + 0.0));
    case MOS_CHART_DURATION:
    case MOS_CHART_WORK:
      return dup_duration (value, unit);
    case MOS_CHART_PERCENT:
      /* Translators: a share */
      return g_strdup_printf (_ ("%.0f %%"), round (value));
    case MOS_CHART_DECIMAL:
      return g_strdup_printf ("%.2f", round (value * 100) / 100);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
mos_chart_text_tick (double value,
                     MosChartUnit unit)
{
  const gint64 seconds = (gint64) llround (value);

  if ((unit != MOS_CHART_DURATION && unit != MOS_CHART_WORK) || value <= 0)
    {
      if (unit == MOS_CHART_DECIMAL)
        return g_strdup_printf ("%g", value);
      return unit == MOS_CHART_PERCENT ? mos_chart_text_value (value, unit) : g_strdup_printf ("%.0f", value);
    }
  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) (seconds / 60)), (int) (seconds / 60));
  if (seconds < 86400 || unit == MOS_CHART_WORK)
    return g_strdup_printf (ngettext ("%d h", "%d h", (gulong) (seconds / 3600)), (int) (seconds / 3600));
  return g_strdup_printf (ngettext ("%d d", "%d d", (gulong) (seconds / 86400)), (int) (seconds / 86400));
}

char *
mos_chart_text_spot (const MosChartData *data,
                     guint row,
                     guint series)
{
  g_autofree char *value = mos_chart_text_value (mos_chart_data_get (data, row, series), mos_chart_data_get_unit (data, series));

  if (data->n_series > 1)
    /* Translators: one number of a chart: which day or group, what of it, and the number */
    return g_strdup_printf (_ ("%1$s, %2$s: %3$s"), data->rows[row], data->series[series], value);
  /* Translators: one number of a chart: which day or group, and the number */
  return g_strdup_printf (_ ("%1$s: %2$s"), data->rows[row], value);
}

static void
append_sentence (GString *text,
                 char *sentence /* (transfer full) */)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

static void
describe_each (const MosChartData *data,
               GString *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) spots = NULL;
  g_autofree char *list = NULL;

  for (guint row = 0; row < data->n_rows; row++)
    for (guint series = 0; series < data->n_series; series++)
      if (!isnan (mos_chart_data_get (data, row, series)))
        g_strv_builder_take (builder, mos_chart_text_spot (data, row, series));
  spots = g_strv_builder_end (builder);
  list = g_strjoinv (C_ ("chart", "; "), spots);
  /* Translators: a list of what a chart shows, as a sentence */
  append_sentence (text, g_strdup_printf (_ ("%s."), list));
}

static void
describe_run (const MosChartData *data,
              guint series,
              GString *text)
{
  double least = NAN, most = NAN, sum = 0;
  guint where = 0;
  g_autofree char *least_text = NULL, *most_text = NULL;

  for (guint row = 0; row < data->n_rows; row++)
    {
      const double value = mos_chart_data_get (data, row, series);

      if (isnan (value))
        continue;
      sum += value;
      if (isnan (least) || value < least)
        least = value;
      if (isnan (most) || value > most)
        {
          most = value;
          where = row;
        }
    }
  if (isnan (most))
    return;
  least_text = mos_chart_text_value (least, data->unit);
  most_text = mos_chart_text_value (most, data->unit);
  /* Translators: a line of a chart in words: what it is, its least and its greatest number, and where that is */
  append_sentence (text, g_strdup_printf (_ ("%1$s: from %2$s to %3$s, the most at %4$s."), data->series[series], least_text, most_text, data->rows[where]));
  if (data->unit == MOS_CHART_COUNT && !data->is_stock)
    /* Translators: the sum of the numbers of a chart */
    append_sentence (text, g_strdup_printf (_ ("%.0f in all."), sum));
}

char *
mos_chart_text_describe (const MosChartData *data)
{
  GString *text = g_string_new (NULL);

  if (mos_chart_data_is_empty (data))
    {
      g_string_append (text, _ ("There is nothing to show."));
      return g_string_free (text, FALSE);
    }
  if (data->n_rows * data->n_series <= MAX_SAID)
    describe_each (data, text);
  else if (data->n_series > 3)
    {
      double most = NAN;
      guint at_row = 0, at_series = 0;
      g_autofree char *spot = NULL;

      for (guint row = 0; row < data->n_rows; row++)
        for (guint series = 0; series < data->n_series; series++)
          if (!(mos_chart_data_get (data, row, series) <= most))
            {
              most = mos_chart_data_get (data, row, series);
              at_row = row;
              at_series = series;
            }
      spot = mos_chart_text_spot (data, at_row, at_series);
      /* Translators: of a grid of numbers, the greatest: where it is, and how much */
      append_sentence (text, g_strdup_printf (_ ("The most: %s."), spot));
    }
  else
    {
      /* Translators: what the chart reaches over: the first day or group, and the last */
      append_sentence (text, g_strdup_printf (_ ("From %1$s to %2$s."), data->rows[0], data->rows[data->n_rows - 1]));
      for (guint series = 0; series < data->n_series; series++)
        describe_run (data, series, text);
    }
  if (!isnan (data->target))
    {
      g_autofree char *target = mos_chart_text_value (data->target, data->unit);

      /* Translators: what a measure is to reach */
      append_sentence (text, g_strdup_printf (_ ("Target: %s."), target));
    }
  return g_string_free (text, FALSE);
}
