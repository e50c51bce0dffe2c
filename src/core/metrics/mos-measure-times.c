/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

static inline void
swap (gint64 *values,
      guint a,
      guint b)
{
  const gint64 value = values[a];

  values[a] = values[b];
  values[b] = value;
}

/* Puts the one of rank @rank where it belongs, what is not longer before it and what is not shorter behind it (Hoare's find, with the middle of three as pivot):
 * a few steps for each value, where putting all in order would take twenty. */
static gint64
select_rank (gint64 *values,
             guint n,
             guint rank)
{
  guint low = 0, high = n - 1;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      guint i = low, j = high;
      gint64 pivot;

      if (values[middle] < values[low])
        swap (values, middle, low);
      if (values[high] < values[low])
        swap (values, high, low);
      if (values[high] < values[middle])
        swap (values, high, middle);
      pivot = values[middle];
      for (;;)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i >= j)
            break;
          swap (values, i, j);
          i++;
          j--;
        }
      if (rank <= j)
        high = j;
      else
        low = j + 1;
    }
  return values[rank];
}

void
mos_measure_times_make (MosMeasureTimes *times,
                        GArray *values)
{
  gint64 *data = (gint64 *) (gpointer) values->data;
  const guint n = values->len;
  double sum = 0;
  gint64 upper;

  *times = (MosMeasureTimes) { .n = n };
  if (n == 0)
    return;
  times->longest_us = data[0];
  for (guint i = 0; i < n; i++)
    {
      sum += (double) data[i];
      times->longest_us = MAX (times->longest_us, data[i]);
    }
  times->mean_us = (gint64) (sum / n);
  upper = select_rank (data, n, n / 2);
  times->median_us = upper;
  if (n % 2 == 0)
    {
      /* the longest of those before it */
      gint64 lower = data[0];

      for (guint i = 1; i < n / 2; i++)
        lower = MAX (lower, data[i]);
      times->median_us = lower + (upper - lower) / 2;
    }
  /* The nearest rank: the ninth of ten, the tenth of eleven. It is not before the median. */
  times->p90_us = select_rank (data + n / 2, n - n / 2, (guint) (((guint64) n * 9 + 9) / 10 - 1) - n / 2);
}
