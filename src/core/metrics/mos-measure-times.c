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

/* The bucket of rank @rank, and how many are in those before it */
static guint
find_bucket (const guint *counts,
             guint rank,
             guint *ret_before)
{
  guint bucket = 0, before = 0;

  while (before + counts[bucket] <= rank)
    before += counts[bucket++];
  *ret_before = before;
  return bucket;
}

/* Of many: those in the buckets of the wanted ones alone are looked at, and picked out in one go. @counts: of the buckets; @ranks: rise, the first two next to each other */
static void
find_ranks (const gint64 *values,
            guint n,
            const guint *counts,
            const guint ranks[3],
            gint64 found[3])
{
  guint before[3], bucket[3], n_middle = 0, n_high = 0;
  g_autofree gint64 *middle = NULL, *high = NULL;

  for (guint i = 0; i < 3; i++)
    bucket[i] = find_bucket (counts, ranks[i], &before[i]);
  /* one more, for what is written before it is known whether it is wanted */
  middle = mos_big_alloc ((n + 1) * sizeof (gint64));
  high = mos_big_alloc ((n + 1) * sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      const guint of = bucket_of (values[i]);

      middle[n_middle] = values[i];
      n_middle += of - bucket[0] <= bucket[1] - bucket[0] ? 1 : 0;
      high[n_high] = values[i];
      n_high += of == bucket[2] ? 1 : 0;
    }
  found[0] = select_rank (middle, n_middle, ranks[0] - before[0]);
  found[1] = select_rank (middle, n_middle, ranks[1] - before[0]);
  found[2] = select_rank (high, n_high, ranks[2] - before[2]);
}

void
mos_measure_times_make (MosMeasureTimes *times,
                        gint64 *values,
                        guint n)
{
  /* the middle one, or the two around it; the nearest rank: the ninth of ten, the tenth of eleven */
  const guint ranks[3] = { n == 0 ? 0 : (n - 1) / 2, n / 2, (guint) (((guint64) n * 9 + 9) / 10 - 1) };
  g_autofree guint *counts = NULL;
  gint64 found[3];
  double sum = 0;

  *times = (MosMeasureTimes) { .n = n };
  if (n == 0)
    return;
  if (n >= FEW)
    counts = g_new0 (guint, N_BUCKETS);
  times->longest_us = values[0];
  for (guint i = 0; i < n; i++)
    {
      sum += (double) values[i];
      times->longest_us = MAX (times->longest_us, values[i]);
      if (counts != NULL)
        counts[bucket_of (values[i])]++;
    }
  times->mean_us = (gint64) (sum / n);
  if (counts != NULL)
    find_ranks (values, n, counts, ranks, found);
  else
    for (guint i = 0; i < 3; i++)
      found[i] = select_rank (values, n, ranks[i]);
  times->median_us = found[0] + (found[1] - found[0]) / 2;
  times->p90_us = found[2];
}
