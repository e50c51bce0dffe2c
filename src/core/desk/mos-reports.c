/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-reports-private.h"

#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-macros.h"

#include <string.h>

/* How far ahead hours of work are worked out before it is done again */
#define AHEAD (30 * G_TIME_SPAN_DAY)

struct _MosReportCache
{
  MosMeasureCube *cube;
  GPtrArray *versions; /* (nullable): of MosCalendarVersion: that @times are of */
  MosWorkTimes *times; /* (nullable) */
  gint64 times_from_us;
  gint64 times_to_us;
  guint n_times; /* how often they were worked out: what the cube knows them by */
};

MosReportCache *
mos_report_cache_new (void)
{
  MosReportCache *self = g_atomic_rc_box_new0 (MosReportCache);

  self->cube = mos_measure_cube_new ();
  return self;
}

MosReportCache *
mos_report_cache_ref (MosReportCache *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
mos_report_cache_clear (MosReportCache *self)
{
  mos_measure_cube_unref (self->cube);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->times, mos_work_times_free);
}

void
mos_report_cache_unref (MosReportCache *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) mos_report_cache_clear);
}

/* --- what figures are made of --- */

static gint64
business_between (gint64 from_us,
                  gint64 to_us,
                  gpointer times)
{
  return mos_work_times_between (times, from_us, to_us);
}

/* All that is measured lies between the first message and now. */
MosMeasureCube *
mos_report_cache_refresh (MosReportCache *self,
                          MosTxn *txn,
                          gboolean *ret_has_business,
                          GError **error)
{
  const gint64 now_us = mos_txn_get_now_us (txn);
  g_autoptr (GPtrArray) versions = NULL;
  gint64 first_us;

  if (!mos_measure_cube_refresh (self->cube, txn, error))
    return NULL;
  versions = mos_calendars_load (txn, error);
  if (versions == NULL)
    return NULL;
  *ret_has_business = FALSE;
  for (guint i = 0; i < versions->len; i++)
    *ret_has_business = *ret_has_business || mos_calendar_has_hours (((MosCalendarVersion *) versions->pdata[i])->calendar);
  if (!*ret_has_business)
    {
      mos_measure_cube_set_business (self->cube, NULL, NULL, NULL);
      return self->cube;
    }
  first_us = mos_measure_cube_get_first_us (self->cube);
  if (self->times == NULL || !mos_calendar_history_equal (self->versions, versions))
    {
      g_clear_pointer (&self->times, mos_work_times_free);
      g_clear_pointer (&self->versions, g_ptr_array_unref);
      self->versions = g_steal_pointer (&versions);
      self->n_times++;
    }
  /* More of the same hours changes nothing of what was worked out with them. */
  if (self->times == NULL || first_us < self->times_from_us || now_us > self->times_to_us)
    {
      g_clear_pointer (&self->times, mos_work_times_free);
      self->times_from_us = MIN (first_us, now_us);
      self->times_to_us = now_us + AHEAD;
      self->times = mos_work_times_new (self->versions, self->times_from_us, self->times_to_us);
    }
  mos_measure_cube_set_business (self->cube, GUINT_TO_POINTER (self->n_times), business_between, self->times);
  return self->cube;
}

/* --- figures --- */

char *
mos_reports_find_name (MosTxn *txn,
                       MosMeasureBy by,
                       const char *key,
                       GError **error)
{
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosCategory) category = NULL;
  g_autoptr (MosAgent) agent = NULL;
  g_autoptr (MosMacro) macro = NULL;

  if (*key == '\0')
    return g_strdup (key);
  if ((by == MOS_MEASURE_BY_ACCOUNT && !mos_store_account_find (txn, key, &account, error)) || (by == MOS_MEASURE_BY_CATEGORY && !mos_store_category_find (txn, key, &category, error)) ||
      (by == MOS_MEASURE_BY_AGENT && !mos_store_agent_find (txn, key, &agent, error)) || (by == MOS_MEASURE_BY_MACRO && !mos_store_macro_find (txn, key, &macro, error)))
    return NULL;
  return g_strdup (account != NULL ? account->name : category != NULL ? category->name
                                                 : agent != NULL      ? agent->name
                                                 : macro != NULL      ? macro->name
                                                                      : key);
}

static gboolean
name_group (MosTxn *txn,
            MosMeasureBy by,
            MosMeasureFigures *figures,
            GError **error)
{
  char *name;

  /* They have them already. */
  if (by == MOS_MEASURE_BY_PRODUCT)
    return TRUE;
  name = mos_reports_find_name (txn, by, figures->key, error);
  if (name == NULL)
    return FALSE;
  g_free (figures->name);
  figures->name = name;
  return TRUE;
}

/* What is none of them is the last. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const MosMeasureFigures *one = *(MosMeasureFigures *const *) a, *other = *(MosMeasureFigures *const *) b;
  int order;

  if (*one->key == '\0' || *other->key == '\0')
    return (*one->key == '\0') - (*other->key == '\0');
  order = g_utf8_collate (one->name, other->name);
  return order != 0 ? order : g_strcmp0 (one->key, other->key);
}

static gboolean
name_groups (MosTxn *txn,
             MosMeasureReport *report,
             GError **error)
{
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    {
      for (guint i = 0; report->groups[by] != NULL && i < report->groups[by]->len; i++)
        if (!name_group (txn, by, report->groups[by]->pdata[i], error))
          return FALSE;
      if (report->groups[by] != NULL)
        g_ptr_array_sort (report->groups[by], compare_names);
    }
  return TRUE;
}

MosMeasureFrame
mos_report_period_to_frame (MosTxn *txn,
                            const MosReportPeriod *period,
                            const MosMeasureFilter *filter)
{
  return (MosMeasureFrame) { .from_us = period->from_us, .to_us = period->to_us, .at_us = MIN (period->to_us, mos_txn_get_now_us (txn)), .zone = period->zone, .filter = filter };
}

static void
set_days (MosMeasureReport *report,
          const MosReportPeriod *period)
{
  report->last_us = period->last_us;
  report->zone = g_strdup (g_time_zone_get_identifier (period->zone));
}

MosMeasureReport *
mos_reports_make (MosTxn *txn,
                  MosReportCache *cache,
                  const MosReportPeriod *period,
                  const MosMeasureQuery *query,
                  GError **error)
{
  MosMeasureFrame frame = mos_report_period_to_frame (txn, period, query->filter);
  g_autoptr (MosMeasureReport) report = NULL;
  gboolean has_business;
  MosMeasureCube *cube = mos_report_cache_refresh (cache, txn, &has_business, error);

  if (cube == NULL)
    return NULL;
  frame.by = query->by;
  frame.step = query->step;
  frame.with_journey = query->with_journey;
  frame.with_targets = query->with_targets;
  frame.only_targets = query->only_targets;
  report = mos_measures_compute (cube, txn, &frame, has_business, error);
  if (report == NULL || !name_groups (txn, report, error))
    return NULL;
  set_days (report, period);
  if (query->compare)
    {
      g_auto (MosReportPeriod) before = { 0 };

      mos_report_period_set_before (&before, period, mos_txn_get_now_us (txn));
      frame = mos_report_period_to_frame (txn, &before, query->filter);
      frame.step = query->step;
      frame.with_journey = query->with_journey;
      frame.with_targets = query->with_targets;
      frame.only_targets = query->only_targets;
      report->before = mos_measures_compute (cube, txn, &frame, has_business, error);
      if (report->before == NULL)
        return NULL;
      set_days (report->before, &before);
    }
  return g_steal_pointer (&report);
}

MosMeasureRows *
mos_reports_list (MosTxn *txn,
                  MosReportCache *cache,
                  const MosMeasureLook *look,
                  GError **error)
{
  g_auto (MosReportPeriod) period = { 0 };
  MosMeasureFrame frame;
  gboolean has_business;
  MosMeasureCube *cube;

  if (!mos_reports_find_days (txn, look->query, &period, error))
    return NULL;
  cube = mos_report_cache_refresh (cache, txn, &has_business, error);
  if (cube == NULL)
    return NULL;
  if (look->from_us != 0)
    period.from_us = look->from_us;
  if (look->to_us != 0)
    period.to_us = look->to_us;
  if (period.from_us >= period.to_us)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "No time at all");
      return NULL;
    }
  frame = mos_report_period_to_frame (txn, &period, look->query->filter);
  return mos_measures_list (cube, txn, &frame, look, has_business, error);
}
