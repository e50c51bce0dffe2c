/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-target-clock.h"

static gint64
passed (GPtrArray *hours,
        gint64 from_us,
        gint64 to_us)
{
  return hours != NULL && hours->len > 0 ? mos_calendar_history_business_us (hours, from_us, to_us) : to_us - from_us;
}

static gint64
add (GPtrArray *hours,
     gint64 from_us,
     gint64 duration_us)
{
  return hours != NULL && hours->len > 0 ? mos_calendar_history_add_business (hours, from_us, duration_us) : from_us + duration_us;
}

gint64
mos_target_clock_reach (GPtrArray *hours,
                        const MosTargetStretch *stretches,
                        guint n_stretches,
                        gint64 duration_us)
{
  g_return_val_if_fail (duration_us >= 0, 0);

  for (guint i = 0; i < n_stretches; i++)
    {
      gint64 here_us;

      if (stretches[i].to_us == 0)
        return add (hours, stretches[i].from_us, duration_us);
      here_us = passed (hours, stretches[i].from_us, stretches[i].to_us);
      if (duration_us <= here_us)
        return add (hours, stretches[i].from_us, duration_us);
      duration_us -= here_us;
    }
  return 0;
}

gint64
mos_target_clock_elapsed (GPtrArray *hours,
                          const MosTargetStretch *stretches,
                          guint n_stretches,
                          gint64 until_us)
{
  gint64 sum_us = 0;

  for (guint i = 0; i < n_stretches; i++)
    {
      const gint64 to_us = stretches[i].to_us != 0 ? MIN (stretches[i].to_us, until_us) : until_us;

      if (stretches[i].from_us < to_us)
        sum_us += passed (hours, stretches[i].from_us, to_us);
    }
  return sum_us;
}
