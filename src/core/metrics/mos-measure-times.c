/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

#include "core/base/mos-big.h"

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

/* Of few it is not worth more than that. */
#define FEW 512
/* Buckets are as wide as a 32nd of what is in them. */
#define BITS 5
#define N_BUCKETS (64 << BITS)

static inline guint
bucket_of (gint64 value)
{
  const guint64 v = (guint64) MAX (value, 0);
  guint exponent;

  if (v < 1 << BITS)
    return (guint) v;
  exponent = (guint) g_bit_storage (v) - 1;
  return exponent << BITS | (guint) (v >> (exponent - BITS) & ((1 << BITS) - 1));
}

/* The one of rank @rank: those of its bucket alone are looked at. @counts: of the buckets; @space: as long as @values */
static gint64
find_rank (const gint64 *values,
           guint n,
           const guint *counts,
           guint rank,
           gint64 *space)
{
  guint bucket = 0, before = 0, n_found = 0;

  while (before + counts[bucket] <= rank)
    before += counts[bucket++];
  for (guint i = 0; i < n; i++)
    {
      space[n_found] = values[i];
      n_found += bucket_of (values[i]) == bucket ? 1 : 0;
    }
  return select_rank (space, n_found, rank - before);
}

void
mos_measure_times_make (MosMeasureTimes *times,
                        gint64 *values,
                        guint n)
{
  const guint p90 = (guint) (((guint64) n * 9 + 9) / 10 - 1);
  g_autofree guint *counts = NULL;
  g_autofree gint64 *space = NULL;
  gint64 lower, upper;
  double sum = 0;

  *times = (MosMeasureTimes) { .n = n };
  if (n == 0)
    return;
  if (n >= FEW)
    {
      counts = g_new0 (guint, N_BUCKETS);
      /* one more, for what is written before it is known whether it is wanted */
      space = mos_big_alloc ((n + 1) * sizeof (gint64));
    }
  times->longest_us = values[0];
  for (guint i = 0; i < n; i++)
    {
      sum += (double) values[i];
      times->longest_us = MAX (times->longest_us, values[i]);
      if (counts != NULL)
        counts[bucket_of (values[i])]++;
    }
  times->mean_us = (gint64) (sum / n);
  /* the middle one, or halfway between both; the nearest rank: the ninth of ten, the tenth of eleven */
  upper = counts != NULL ? find_rank (values, n, counts, n / 2, space) : select_rank (values, n, n / 2);
  lower = n % 2 == 1 ? upper : counts != NULL ? find_rank (values, n, counts, n / 2 - 1, space)
                                              : select_rank (values, n, n / 2 - 1);
  times->median_us = lower + (upper - lower) / 2;
  times->p90_us = counts != NULL ? find_rank (values, n, counts, p90, space) : select_rank (values, n, p90);
}
