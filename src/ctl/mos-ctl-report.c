/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-report-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* How well the shop serves, in words or as JSON. */

static gboolean
do_report (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlReport *call = data;
  g_autoptr (MosReportCache) cache = mos_report_cache_new ();

  if (!mos_ctl_report_begin (txn, call, error))
    return FALSE;
  call->report = mos_reports_make (txn, cache, &call->period, call->query, error);
  return call->report != NULL;
}

/* A day of work is no day: what is told in hours of work is never told in days. */
char *
mos_ctl_dup_duration (gint64 us,
                      gboolean is_business)
{
  const int seconds = (int) MIN (us / G_USEC_PER_SEC, G_MAXINT);

  if (seconds < 60)
    /* Translators: seconds, shortened */
    return g_strdup_printf (_ ("%d s"), seconds);
  if (seconds < 3600)
    /* Translators: minutes, shortened */
    return g_strdup_printf (_ ("%d min"), seconds / 60);
  if (is_business || seconds < 86400)
    /* Translators: hours and minutes, shortened */
    return g_strdup_printf (_ ("%1$d h %2$02d min"), seconds / 3600, seconds / 60 % 60);
  /* Translators: days and hours, shortened */
  return g_strdup_printf (_ ("%1$d d %2$d h"), seconds / 86400, seconds / 3600 % 24);
}

static void
print_times (MosCtl *self,
             const char *label,
             const MosMeasureTimes *times,
             gboolean is_business)
{
  g_autofree char *median = mos_ctl_dup_duration (times->median_us, is_business);
  g_autofree char *mean = mos_ctl_dup_duration (times->mean_us, is_business);
  g_autofree char *p90 = mos_ctl_dup_duration (times->p90_us, is_business);

  if (times->n == 0)
    /* Translators: what is measured, as "First response", of which there was none */
    mos_ctl_print (self, _ ("  %s: none\n"), label);
  else
    /* Translators: what is measured, as "First response"; how many; and how long they took */
    mos_ctl_print (self, _ ("  %1$s (%2$u): median %3$s, mean %4$s, nine of ten within %5$s\n"), label, times->n, median, mean, p90);
}

static void
print_share (MosCtl *self,
             const char *label,
             guint n,
             guint of)
{
  if (of > 0)
    /* Translators: what is counted, as "Closed with one answer"; how many; of how many; and in percent */
    mos_ctl_print (self, _ ("  %1$s: %2$u of %3$u (%4$.0f %%)\n"), label, n, of, 100.0 * n / of);
}

static void
print_spans (MosCtl *self,
             const MosMeasureReport *report,
             const MosMeasureFigures *figures)
{
  static const char *const labels[] = { N_ ("First response"), N_ ("First automatic answer"), N_ ("Each answer"), N_ ("Resolution"), N_ ("First resolution"), N_ ("Of the resolution, waited for us") };

  G_STATIC_ASSERT (G_N_ELEMENTS (labels) == MOS_N_MEASURE_SPANS);
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      print_times (self, _ (labels[span]), &figures->clock[span], FALSE);
      if (report->has_business && figures->business[span].n > 0)
        {
          /* Translators: %s is what is measured, as "First response" */
          g_autofree char *label = g_strdup_printf (_ ("%s in hours of work"), _ (labels[span]));

          print_times (self, label, &figures->business[span], TRUE);
        }
    }
}

static void
print_open (MosCtl *self,
            const MosMeasureFigures *figures)
{
  /* Translators: how many conversations have which status */
  mos_ctl_print (self, _ ("  Not closed: %1$u open, %2$u pending, %3$u snoozed\n"), figures->n_open, figures->n_pending, figures->n_snoozed);
  if (figures->ages.n > 0)
    {
      g_autofree char *median = mos_ctl_dup_duration (figures->ages.median_us, FALSE);
      g_autofree char *longest = mos_ctl_dup_duration (figures->ages.longest_us, FALSE);

      /* Translators: how many conversations that are not closed have which age */
      mos_ctl_print (self, _ ("  Their age: %1$u up to a day, %2$u up to 3 days, %3$u up to 7 days, %4$u older; median %5$s, the oldest %6$s\n"),
                     figures->n_ages[0], figures->n_ages[1], figures->n_ages[2], figures->n_ages[3], median, longest);
    }
  if (figures->waiting.n > 0)
    {
      g_autofree char *longest = mos_ctl_dup_duration (figures->waiting.longest_us, FALSE);

      /* Translators: how many customers wait for an answer, and how long the one that waits longest has waited */
      mos_ctl_print (self, ngettext ("  %1$u waits for an answer, for %2$s\n", "  %1$u wait for an answer, the longest for %2$s\n", figures->waiting.n), figures->waiting.n, longest);
    }
}

static void
print_scores (MosCtl *self,
              const MosMeasureFigures *figures)
{
  const MosMeasureScores *csat = &figures->csat, *nps = &figures->nps;

  if (csat->n > 0)
    {
      double low, high;

      mos_measure_scores_get_interval (csat->n_good, csat->n, &low, &high);
      /* Translators: CSAT is how satisfied customers are, 1 to 5: how many said so, their mean, the share of 4 and 5, and between which shares that lies with certainty enough */
      mos_ctl_print (self, _ ("  CSAT (%1$u): %2$.2f of 5; %3$.0f %% gave 4 or 5 (%4$.0f to %5$.0f %%)\n"), csat->n, (double) csat->sum / csat->n, 100.0 * csat->n_good / csat->n, 100 * low, 100 * high);
    }
  print_share (self, _ ("CSAT questions answered"), csat->n_asked_answered, csat->n_asked);
  if (nps->n > 0)
    {
      double low, high;

      mos_measure_scores_get_nps_interval (nps, &low, &high);
      /* Translators: NPS is whether customers would recommend the shop: how many answered, the score from −100 to 100, how many would and would not, and between which scores it lies with certainty enough */
      mos_ctl_print (self, _ ("  NPS (%1$u): %2$.0f; promoters: %3$u, detractors: %4$u (%5$.0f to %6$.0f)\n"), nps->n, mos_measure_scores_get_nps (nps), nps->n_good, nps->n_bad, low, high);
    }
  print_share (self, _ ("NPS questions answered"), nps->n_asked_answered, nps->n_asked);
}

static void
print_targets (MosCtl *self,
               const MosMeasureTargets *targets)
{
  static const char *const labels[MOS_N_TARGET_KINDS] = { N_ ("First answers in time"), N_ ("Next answers in time"), N_ ("Closes in time") };

  print_share (self, _ ("All targets met"), targets->n_met, targets->n_met + targets->n_missed);
  for (MosTargetKind kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    print_share (self, _ (labels[kind]), targets->met[kind], targets->met[kind] + targets->missed[kind]);
}

char *
mos_ctl_dup_day (gint64 us,
                 GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d");
}

/* When conversations began: a line of days, and one of hours for each day of the week; those with none are left out. */
static void
print_volume (MosCtl *self,
              const MosCtlReport *call,
              const MosMeasureFigures *figures)
{
  g_autoptr (GString) days = g_string_new (NULL);

  for (guint i = 0; i < call->report->n_days; i++)
    {
      /* Noon is in every day, however long. */
      g_autofree char *day = mos_ctl_dup_day (call->period.from_us + i * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR, call->period.zone);

      if (figures->per_day[i] > 0)
        g_string_append_printf (days, "%s%s: %u", days->len > 0 ? ", " : "", day, figures->per_day[i]);
    }
  /* Translators: days, each with how many conversations customers began */
  mos_ctl_print (self, _ ("    by day: %s\n"), days->str);
  for (guint weekday = 0; weekday < 7; weekday++)
    {
      /* 2026-03-02 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 3, 2 + (int) weekday, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%a");
      g_autoptr (GString) hours = g_string_new (NULL);

      for (guint hour = 0; hour < 24; hour++)
        if (figures->per_hour[weekday * 24 + hour] > 0)
          g_string_append_printf (hours, "%s%02u:00 %u", hours->len > 0 ? ", " : "", hour, figures->per_hour[weekday * 24 + hour]);
      if (hours->len > 0)
        /* Translators: a day of the week, shortened, and its hours, each with how many conversations customers began */
        mos_ctl_print (self, _ ("    %1$s: %2$s\n"), name, hours->str);
    }
}

static void
print_trade (MosCtl *self,
             const MosMeasureTrade *trade,
             guint n_new)
{
  if (trade->n_start > 0)
    /* Translators: how many customers had ordered lately when the days began, and when they ended; how many of these had never ordered before; and the share of the first that stayed */
    mos_ctl_print (self, _ ("  Customers: %1$u at the start, %2$u at the end, %3$u of them new; %4$.0f %% stayed\n"), trade->n_start, trade->n_end, trade->n_new, 100 * mos_measure_trade_get_retention (trade));
  if (trade->n_orders > 0)
    /* Translators: how many orders there were, and how many conversations customers began for each */
    mos_ctl_print (self, _ ("  Orders: %1$u, with %2$.2f new conversations each\n"), trade->n_orders, (double) n_new / trade->n_orders);
}

static void
print_figures (MosCtl *self,
               const MosCtlReport *call,
               const MosMeasureFigures *figures)
{
  const MosMeasureReport *report = call->report;
  const guint *counts = figures->counts;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_reports_build (builder, report, &call->period, figures == report->all ? MOS_MEASURE_BY_NOTHING : call->by, figures);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "\n%s\n", figures == report->all ? _ ("All together") : *figures->key == '\0' ? C_ ("report", "None of them")
                                                                                                     : figures->name);
  /* Translators: how many conversations customers began */
  mos_ctl_print (self, _ ("  New conversations: %u\n"), counts[MOS_MEASURE_NEW]);
  if (figures == report->all && counts[MOS_MEASURE_NEW] > 0)
    print_volume (self, call, figures);
  print_spans (self, report, figures);
  if (counts[MOS_MEASURE_CLOSED] > 0)
    /* Translators: how many messages there were in conversations that were closed, of both sides */
    mos_ctl_print (self, _ ("  Messages for each closed conversation: %.1f\n"), (double) figures->n_messages / counts[MOS_MEASURE_CLOSED]);
  print_share (self, _ ("Closed with one answer"), counts[MOS_MEASURE_ONE_TOUCH], counts[MOS_MEASURE_CLOSED]);
  print_share (self, _ ("Closed with automatic answers alone"), counts[MOS_MEASURE_DEFLECTED], counts[MOS_MEASURE_CLOSED]);
  print_share (self, _ ("Opened again after a close"), counts[MOS_MEASURE_REOPENED], counts[MOS_MEASURE_CLOSED_ONCE]);
  print_targets (self, &figures->targets);
  print_open (self, figures);
  print_scores (self, figures);
  if (figures == report->all)
    print_trade (self, &report->trade, counts[MOS_MEASURE_NEW]);
}

/* How it went: a line for each step */
static void
print_points (MosCtl *self,
              const MosCtlReport *call)
{
  mos_ctl_print (self, "\n%s\n", _ ("How it went"));
  for (guint i = 0; i < call->report->points->len; i++)
    {
      const MosMeasurePoint *point = call->report->points->pdata[i];
      g_autofree char *day = mos_ctl_dup_day (point->from_us, call->period.zone);
      g_autofree char *response = point->first_response.n > 0 ? mos_ctl_dup_duration (point->first_response.median_us, FALSE) : g_strdup ("–");
      g_autofree char *resolution = point->resolution.n > 0 ? mos_ctl_dup_duration (point->resolution.median_us, FALSE) : g_strdup ("–");

      if (!point->is_to_come)
        /* Translators: a day, and from it on: how many conversations customers began, how many were closed, how many were not closed as it began, and medians of times */
        mos_ctl_print (self, _ ("  %1$s: %2$u new, %3$u closed, %4$u open at its start; first response %5$s, resolution %6$s\n"), day, point->n_new, point->n_closed, point->n_backlog, response, resolution);
    }
}

static void
print_journey (MosCtl *self,
               const MosMeasureJourney *journey)
{
  /* Translators: of customers: each number is a part of the one before */
  mos_ctl_print (self, _ ("\nCustomers who wrote for the first time: %1$u; of these have ordered: %2$u; wrote about an order: %3$u; have all of it closed: %4$u; ordered again: %5$u; would recommend the shop: %6$u\n"),
                 journey->n_contact, journey->n_order, journey->n_problem, journey->n_resolved, journey->n_returned, journey->n_promoter);
}

static void
print_before (MosCtl *self,
              const MosCtlReport *call)
{
  MosCtlReport before = { .report = call->report->before, .period = { .from_us = call->report->before->from_us, .last_us = call->report->before->last_us, .to_us = call->report->before->to_us, .zone = call->period.zone } };

  if (!self->json)
    {
      g_autofree char *first = mos_ctl_dup_day (before.period.from_us, before.period.zone);
      g_autofree char *last = mos_ctl_dup_day (before.period.last_us, before.period.zone);

      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (before.period.to_us);
      g_autoptr (GDateTime) end = g_date_time_to_timezone (utc, before.period.zone);
      g_autofree char *hour = g_date_time_format (end, "%R");

      /* What has begun is beside as much of what was before it. */
      if (g_date_time_get_hour (end) + g_date_time_get_minute (end) > 0)
        /* Translators: two days: those before the ones that were asked about, and the hour of the last one until which they are counted: "14:05" */
        mos_ctl_print (self, _ ("\nBefore that, %1$s to %2$s, until %3$s\n"), first, last, hour);
      else
        /* Translators: two days: those before the ones that were asked about */
        mos_ctl_print (self, _ ("\nBefore that, %1$s to %2$s\n"), first, last);
    }
  print_figures (self, &before, before.report->all);
}

static int
report_csv (MosCtl *self,
            MosCtlReport *call,
            const char *path,
            gboolean with_mark,
            gboolean force)
{
  g_autofree char *whole = mos_ctl_path (self, path);
  g_autofree char *sentence = NULL;
  GError *error = NULL;
  guint n = 0;

  if (!mos_ctl_read (self, mos_ctl_do_report_begin, call, &error))
    return mos_ctl_report_fail (self, error);
  if (!mos_reports_export_file_sync (mos_store_get_profile (self->store), mos_store_get_clock (self->store), call->query, whole, with_mark, force, &n, self->cancellable, &error))
    return mos_ctl_fail_exists (self, error, path);
  /* Translators: how many conversations, and the name of a file */
  sentence = g_strdup_printf (ngettext ("%1$u conversation written to %2$s", "%1$u conversations written to %2$s", n), n, path);
  mos_ctl_say (self, "written", path, sentence);
  return MOS_CTL_DONE;
}

static int
report_figures (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *by = mos_ctl_take_option (args, "--by");
  g_autofree char *series = mos_ctl_take_option (args, "--series");
  g_autofree char *csv = mos_ctl_take_option (args, "--csv");
  const gboolean compare = mos_ctl_take_flag (args, "--compare"), journey = mos_ctl_take_flag (args, "--journey"), with_mark = mos_ctl_take_flag (args, "--bom"), force = mos_ctl_take_flag (args, "--force");
  g_auto (MosCtlReport) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_report_take (self, &call, args, 0))
    return MOS_CTL_USAGE;
  call.by = mos_measure_by_from_nick (by, MOS_MEASURE_BY_NOTHING);
  call.query->by = call.by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << call.by;
  call.query->compare = compare;
  call.query->with_journey = journey;
  call.query->with_targets = TRUE;
  call.query->step = mos_measure_step_from_nick (series, MOS_MEASURE_STEP_NONE);
  if (by != NULL && call.by == MOS_MEASURE_BY_NOTHING)
    /* Translators: keep the words in the second half, they are typed */
    return mos_ctl_usage (self, _ ("“%s” is nothing to group by: say channel, account, category, tag, language, agent, macro or product"), by);
  if (series != NULL && call.query->step == MOS_MEASURE_STEP_NONE)
    /* Translators: keep the words in the second half, they are typed */
    return mos_ctl_usage (self, _ ("“%s” is no step: say day, week or month"), series);
  if (csv != NULL)
    return report_csv (self, &call, csv, with_mark, force);
  if (!mos_ctl_read (self, do_report, &call, &error))
    return mos_ctl_report_fail (self, error);
  mos_ctl_report_print_days (self, &call);
  print_figures (self, &call, call.report->all);
  if (!self->json && call.report->points != NULL)
    print_points (self, &call);
  if (!self->json && journey)
    print_journey (self, &call.report->journey);
  for (guint i = 0; call.report->groups[call.by] != NULL && i < call.report->groups[call.by]->len; i++)
    print_figures (self, &call, call.report->groups[call.by]->pdata[i]);
  if (call.report->before != NULL)
    print_before (self, &call);
  return MOS_CTL_DONE;
}

int
mos_ctl_report (MosCtl *self,
                GPtrArray *args)
{
  const char *way = args->len > 0 ? args->pdata[0] : "";

  if (strcmp (way, "conversations") == 0)
    return mos_ctl_report_conversations (self, args);
  if (strcmp (way, "weekly") == 0)
    return mos_ctl_report_weekly (self, args);
  if (strcmp (way, "insights") == 0)
    return mos_ctl_report_insights (self, args);
  return report_figures (self, args);
}
