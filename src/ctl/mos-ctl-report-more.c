/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-report-private.h"

#include "core/desk/mos-insights.h"

#include <glib/gi18n.h>
#include <string.h>

/* The conversations behind a number, how a week was, and what stands out. */

#define DEFAULT_LIMIT 50

typedef struct
{
  MosCtlReport report;
  MosMeasureLook *look; /* (owned) (nullable) */
  const char *key;      /* (nullable): as it was typed */
  guint weeks_ago;
  MosMeasureRows *rows; /* (owned) (nullable) */
  MosWeek *week;        /* (owned) (nullable) */
  GPtrArray *insights;  /* (owned) (nullable) */
} MosCtlMore;

static void
mos_ctl_more_clear (MosCtlMore *call)
{
  mos_ctl_report_clear (&call->report);
  g_clear_pointer (&call->look, mos_measure_look_unref);
  g_clear_pointer (&call->rows, mos_measure_rows_unref);
  g_clear_pointer (&call->week, mos_week_unref);
  g_clear_pointer (&call->insights, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlMore, mos_ctl_more_clear)

/* --- conversations --- */

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlMore *call = data;
  g_autoptr (MosReportCache) cache = mos_report_cache_new ();

  if (!mos_ctl_report_begin (txn, &call->report, error))
    return FALSE;
  if (call->key != NULL)
    {
      call->look->key = mos_ctl_report_find (txn, call->look->by, call->key, error);
      if (call->look->key == NULL)
        return FALSE;
    }
  call->look->query = mos_measure_query_ref (call->report.query);
  call->rows = mos_reports_list (txn, cache, call->look, error);
  return call->rows != NULL;
}

static void
build_seconds (JsonBuilder *builder,
               const char *name,
               gint64 us)
{
  if (us == MOS_MEASURE_NO_VALUE)
    mos_json_string (builder, name, NULL);
  else
    mos_json_int (builder, name, (us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
}

static void
print_row (MosCtl *self,
           const MosMeasureRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_int (builder, "number", row->number);
      mos_json_string (builder, "id", row->conversation);
      mos_json_string (builder, "subject", row->subject);
      mos_json_string (builder, "customer", row->customer_name);
      mos_json_time (builder, "at", row->at_us);
      build_seconds (builder, "seconds", row->clock_us);
      build_seconds (builder, "business_seconds", row->business_us);
      if (row->value == MOS_MEASURE_NO_VALUE)
        mos_json_string (builder, "value", NULL);
      else
        mos_json_int (builder, "value", row->value);
      mos_json_string (builder, "comment", row->comment);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  if (row->clock_us != MOS_MEASURE_NO_VALUE)
    {
      g_autofree char *clock = mos_ctl_dup_duration (row->clock_us, FALSE);

      g_string_append_printf (line, "  %s", clock);
    }
  if (row->business_us != MOS_MEASURE_NO_VALUE)
    {
      g_autofree char *business = mos_ctl_dup_duration (row->business_us, TRUE);

      /* Translators: how long something took in hours of work, behind how long it took by the clock */
      g_string_append_printf (line, _ (" (work: %s)"), business);
    }
  if (row->value != MOS_MEASURE_NO_VALUE)
    g_string_append_printf (line, "  %" G_GINT64_FORMAT, row->value);
  mos_ctl_print (self, "#%-6" G_GINT64_FORMAT "%s  %s%s%s\n", row->number, line->str, row->subject, row->comment != NULL && *row->comment != '\0' ? "  – " : "", row->comment != NULL ? row->comment : "");
}

int
mos_ctl_report_conversations (MosCtl *self,
                              GPtrArray *args)
{
  g_autofree char *by = mos_ctl_take_option (args, "--by");
  g_autofree char *key = mos_ctl_take_option (args, "--key");
  g_auto (MosCtlMore) call = { .look = mos_measure_look_new (), .key = key };
  guint limit = DEFAULT_LIMIT, part = G_MAXUINT;
  GError *error = NULL;

  if (!mos_ctl_take_number (args, "--limit", &limit) || !mos_ctl_take_number (args, "--part", &part))
    return mos_ctl_usage (self, "%s", _ ("--limit and --part are numbers"));
  call.look->is_business = mos_ctl_take_flag (args, "--business");
  if (!mos_ctl_report_take (self, &call.report, args, 2))
    return MOS_CTL_USAGE;
  call.look->number = mos_measure_number_from_nick (args->pdata[1], MOS_N_MEASURE_NUMBERS);
  call.look->by = mos_measure_by_from_nick (by, MOS_MEASURE_BY_NOTHING);
  call.look->part = part == G_MAXUINT ? MOS_MEASURE_WHOLE : (int) MIN (part, G_MAXINT);
  call.look->max = limit;
  if (call.look->number == MOS_N_MEASURE_NUMBERS)
    {
      g_autoptr (GString) known = g_string_new (NULL);

      for (MosMeasureNumber number = 0; number < MOS_N_MEASURE_NUMBERS; number++)
        g_string_append_printf (known, "%s%s", number > 0 ? ", " : "", mos_measure_number_to_nick (number));
      /* Translators: a word that was typed, and a list of words that may be */
      return mos_ctl_usage (self, _ ("“%1$s” is no number of a report: say one of %2$s"), (const char *) args->pdata[1], known->str);
    }
  if ((call.look->by == MOS_MEASURE_BY_NOTHING) != (key == NULL))
    return mos_ctl_usage (self, "%s", _ ("--by says what is grouped by, and --key which of the groups: both or neither"));
  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_report_fail (self, error);
  mos_ctl_report_print_days (self, &call.report);
  for (guint i = 0; i < call.rows->rows->len; i++)
    print_row (self, call.rows->rows->pdata[i]);
  if (!self->json && call.rows->n > call.rows->rows->len)
    /* Translators: how many more there are than are listed */
    mos_ctl_print (self, ngettext ("… and %u more\n", "… and %u more\n", call.rows->n - call.rows->rows->len), call.rows->n - call.rows->rows->len);
  else if (!self->json && call.rows->n == 0)
    mos_ctl_print (self, "%s\n", _ ("There are none."));
  return MOS_CTL_DONE;
}

/* --- the week --- */

static gboolean
do_week (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlMore *call = data;
  g_autoptr (MosReportCache) cache = mos_report_cache_new ();

  call->week = mos_insights_make_week (txn, cache, call->weeks_ago, NULL, error);
  return call->week != NULL && mos_reports_find_week (txn, call->weeks_ago, &call->report.period, error);
}

static char *
dup_value (const MosWeek *week,
           MosWeekNumber number,
           double value)
{
  if (number == MOS_WEEK_FIRST_RESPONSE || number == MOS_WEEK_RESOLUTION)
    return mos_ctl_dup_duration ((gint64) value, number == MOS_WEEK_FIRST_RESPONSE && week->is_business);
  return number == MOS_WEEK_CSAT ? g_strdup_printf ("%.2f", value) : g_strdup_printf ("%.0f", value);
}

static void
print_number (MosCtl *self,
              const MosWeek *week,
              MosWeekNumber number)
{
  static const char *const labels[] = { N_ ("New conversations"), N_ ("First response, median"), N_ ("Resolution, median"), N_ ("CSAT, of 5"), N_ ("Not closed at the end") };
  const MosWeekChange *change = &week->numbers[number];
  const gboolean is_count = number == MOS_WEEK_NEW || number == MOS_WEEK_BACKLOG;
  g_autofree char *value = change->n > 0 || is_count ? dup_value (week, number, change->value) : g_strdup ("–");
  g_autofree char *before = change->n_before > 0 || is_count ? dup_value (week, number, change->before) : g_strdup ("–");

  G_STATIC_ASSERT (G_N_ELEMENTS (labels) == MOS_N_WEEK_NUMBERS);
  /* Translators: what is told, as "New conversations"; how much it was, and how much in the week before */
  mos_ctl_print (self, _ ("  %1$s: %2$s (the week before: %3$s)\n"), _ (labels[number]), value, before);
}

static void
print_hint (MosCtl *self,
            const MosWeekHint *hint)
{
  g_autofree char *longest = mos_ctl_dup_duration ((gint64) hint->value, FALSE);

  switch (hint->kind)
    {
    case MOS_WEEK_HINT_LOW_SCORES:
      mos_ctl_print (self, ngettext ("  – %u low score: answer it\n", "  – %u low scores: answer them\n", hint->n), hint->n);
      return;
    case MOS_WEEK_HINT_WAITING:
      /* Translators: how many customers, and how long the one that waits longest has waited */
      mos_ctl_print (self, ngettext ("  – %1$u customer has waited longer than a day for an answer, for %2$s\n", "  – %1$u customers have waited longer than a day for an answer, the longest for %2$s\n", hint->n), hint->n, longest);
      return;
    case MOS_WEEK_HINT_OLD:
      mos_ctl_print (self, ngettext ("  – %u conversation has been open for more than seven days\n", "  – %u conversations have been open for more than seven days\n", hint->n), hint->n);
      return;
    case MOS_WEEK_HINT_SLOWER:
      mos_ctl_print (self, "%s", _ ("  – The first response takes much longer than in the week before\n"));
      return;
    case MOS_WEEK_HINT_REOPENED:
      /* Translators: how many, and of how many */
      mos_ctl_print (self, _ ("  – %1$u of %2$u closed conversations were opened again\n"), hint->n, hint->n_of);
      return;
    case MOS_WEEK_HINT_CATEGORY:
      /* Translators: a category; how many conversations, and how many in the week before */
      mos_ctl_print (self, _ ("  – %1$s: %2$u conversations, %3$u in the week before\n"), hint->name, hint->n, hint->n_before);
      return;
    case MOS_WEEK_HINT_PRODUCT:
      /* Translators: a product; how many conversations are about it, and how many orders with it there were */
      mos_ctl_print (self, _ ("  – %1$s: %2$u conversations about %3$u orders\n"), hint->name, hint->n, hint->n_of);
      return;
    case MOS_WEEK_HINT_TESTIMONIAL:
    default:
      mos_ctl_print (self, ngettext ("  – %u customer praises the shop: ask whether it may be shown\n", "  – %u customers praise the shop: ask whether it may be shown\n", hint->n), hint->n);
      return;
    }
}

int
mos_ctl_report_weekly (MosCtl *self,
                       GPtrArray *args)
{
  g_auto (MosCtlMore) call = { .weeks_ago = 1 };
  GError *error = NULL;

  if (!mos_ctl_take_number (args, "--weeks-ago", &call.weeks_ago) || call.weeks_ago > 1000)
    return mos_ctl_usage (self, "%s", _ ("--weeks-ago is a number; 0 is this week"));
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_week, &call, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_insights_build_week (builder, call.week, call.report.period.zone);
      mos_ctl_print_json (self, builder);
      return MOS_CTL_DONE;
    }
  mos_ctl_report_print_days (self, &call.report);
  for (MosWeekNumber number = 0; number < MOS_N_WEEK_NUMBERS; number++)
    print_number (self, call.week, number);
  if (call.week->hints->len > 0)
    mos_ctl_print (self, "%s\n", _ ("To look at:"));
  for (guint i = 0; i < call.week->hints->len; i++)
    print_hint (self, call.week->hints->pdata[i]);
  return MOS_CTL_DONE;
}

/* --- insights --- */

static gboolean
do_insights (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCtlMore *call = data;
  g_autoptr (MosReportCache) cache = mos_report_cache_new ();

  if (!mos_ctl_report_begin (txn, &call->report, error))
    return FALSE;
  call->insights = mos_insights_make (txn, cache, &call->report.period, call->report.query->filter, NULL, error);
  return call->insights != NULL;
}

static void
print_insight (MosCtl *self,
               const MosInsight *insight)
{
  const char *category = insight->category_name != NULL && *insight->category_name != '\0' ? insight->category_name : C_ ("report", "None of them");

  switch (insight->kind)
    {
    case MOS_INSIGHT_QUESTION:
    case MOS_INSIGHT_UNANSWERED:
      /* Translators: a category; words of a question; how many conversations ask it, and how many in the days before; and a sentence that asks it */
      mos_ctl_print (self, _ ("  %1$s – %2$s: %3$u (before: %4$u). “%5$s”\n"), category, insight->name, insight->n, insight->n_before, insight->example);
      return;
    case MOS_INSIGHT_WORD:
      /* Translators: a word; how many conversations have it, how many had it in the days before, and how many times as likely it is now */
      mos_ctl_print (self, _ ("  %1$s: %2$u (before: %3$u), %4$.1f times as often\n"), insight->name, insight->n, insight->n_before, insight->value);
      return;
    case MOS_INSIGHT_PRODUCT:
    case MOS_INSIGHT_CARRIER:
      /* Translators: a product or a carrier; how many conversations are about it, how many were in the days before, and how many orders with it there were */
      mos_ctl_print (self, _ ("  %1$s: %2$u conversations (before: %3$u) about %4$u orders\n"), insight->name, insight->n, insight->n_before, insight->n_of);
      return;
    case MOS_INSIGHT_MACRO_BEST:
    case MOS_INSIGHT_MACRO_WORST:
      /* Translators: a macro; how satisfied customers were, of 5, and how many said so */
      mos_ctl_print (self, _ ("  %1$s: %2$.2f of 5 (%3$u)\n"), insight->name, insight->value, insight->n);
      return;
    case MOS_INSIGHT_TESTIMONIAL:
    default:
      /* Translators: a customer, the score, and what was written */
      mos_ctl_print (self, _ ("  %1$s (%2$.0f): “%3$s”\n"), insight->name, insight->value, insight->example);
      return;
    }
}

int
mos_ctl_report_insights (MosCtl *self,
                         GPtrArray *args)
{
  static const char *const headings[] = { N_ ("What is asked most"), N_ ("Words that are written more than before"), N_ ("Products that are written about"), N_ ("Carriers that are written about"), N_ ("Macros with the best scores"), N_ ("Macros with the worst scores"), N_ ("Questions that no macro was used for"), N_ ("Praise: ask whether it may be shown") };
  g_auto (MosCtlMore) call = { 0 };
  GError *error = NULL;

  G_STATIC_ASSERT (G_N_ELEMENTS (headings) == MOS_N_INSIGHT_KINDS);
  if (!mos_ctl_report_take (self, &call.report, args, 1))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_insights, &call, &error))
    return mos_ctl_report_fail (self, error);
  mos_ctl_report_print_days (self, &call.report);
  for (guint i = 0; i < call.insights->len; i++)
    {
      const MosInsight *insight = call.insights->pdata[i];

      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          mos_insights_build (builder, insight);
          mos_ctl_print_json (self, builder);
          continue;
        }
      if (i == 0 || ((MosInsight *) call.insights->pdata[i - 1])->kind != insight->kind)
        mos_ctl_print (self, "%s\n", _ (headings[insight->kind]));
      print_insight (self, insight);
    }
  if (!self->json && call.insights->len == 0)
    mos_ctl_print (self, "%s\n", _ ("Nothing stands out."));
  return MOS_CTL_DONE;
}
