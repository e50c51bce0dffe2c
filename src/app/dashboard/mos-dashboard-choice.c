/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-choice.h"

#include <string.h>

/* As many points a line can have and still be read. */
#define MAX_DAYS 92
#define MAX_WEEKS 400

static void
mos_dashboard_choice_clear (MosDashboardChoice *self)
{
  g_clear_pointer (&self->query, mos_measure_query_unref);
}

MOS_DEFINE_VALUE (MosDashboardChoice, dashboard_choice)

static MosMeasureQuery *
query_copy (const MosMeasureQuery *query)
{
  MosMeasureQuery *copy = mos_measure_query_new ();

  copy->days = query->days;
  copy->from = g_strdup (query->from);
  copy->to = g_strdup (query->to);
  copy->compare = query->compare;
  copy->filter = mos_measure_filter_new ();
  for (guint by = 0; query->filter != NULL && by < MOS_N_MEASURE_BY; by++)
    copy->filter->only[by] = g_strdup (query->filter->only[by]);
  copy->filter->by_question = query->filter != NULL && query->filter->by_question;
  return copy;
}

MosDashboardChoice *
mos_dashboard_choice_copy (const MosDashboardChoice *self)
{
  MosDashboardChoice *copy = mos_dashboard_choice_new ();

  copy->query = query_copy (self->query);
  copy->is_business = self->is_business;
  copy->by = self->by;
  return copy;
}

gboolean
mos_dashboard_choice_is_day (const char *text)
{
  guint year, month, day;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static char *
filter_name (guint by)
{
  return g_strdup_printf ("only-%s", mos_measure_by_to_nick ((MosMeasureBy) by));
}

MosDashboardChoice *
mos_dashboard_choice_parse (GVariant *words)
{
  MosDashboardChoice *self = mos_dashboard_choice_new ();
  MosMeasureQuery *query = mos_measure_query_new ();
  const char *word;

  self->query = query;
  self->by = MOS_MEASURE_BY_CHANNEL;
  query->filter = mos_measure_filter_new ();
  query->days = MOS_MEASURE_DAYS_30;
  query->compare = TRUE;
  if (words == NULL || !g_variant_is_of_type (words, G_VARIANT_TYPE ("a{ss}")))
    return self;
  if (g_variant_lookup (words, "days", "&s", &word))
    query->days = mos_measure_days_from_nick (word, MOS_MEASURE_DAYS_30);
  if (query->days == MOS_MEASURE_DAYS_GIVEN)
    {
      if (g_variant_lookup (words, "from", "&s", &word) && mos_dashboard_choice_is_day (word))
        query->from = g_strdup (word);
      if (g_variant_lookup (words, "to", "&s", &word) && mos_dashboard_choice_is_day (word))
        query->to = g_strdup (word);
      if (query->from == NULL || query->to == NULL || strcmp (query->from, query->to) > 0)
        {
          g_clear_pointer (&query->from, g_free);
          g_clear_pointer (&query->to, g_free);
          query->days = MOS_MEASURE_DAYS_30;
        }
    }
  if (g_variant_lookup (words, "compare", "&s", &word))
    query->compare = g_str_equal (word, "yes");
  if (g_variant_lookup (words, "time", "&s", &word))
    self->is_business = g_str_equal (word, "work");
  if (g_variant_lookup (words, "by", "&s", &word))
    self->by = mos_measure_by_from_nick (word, MOS_MEASURE_BY_CHANNEL);
  if (self->by == MOS_MEASURE_BY_NOTHING)
    self->by = MOS_MEASURE_BY_CHANNEL;
  for (guint by = MOS_MEASURE_BY_NOTHING + 1; by < MOS_N_MEASURE_BY; by++)
    {
      g_autofree char *name = filter_name (by);

      if (g_variant_lookup (words, name, "&s", &word))
        query->filter->only[by] = g_strdup (word);
    }
  if (g_variant_lookup (words, "scores", "&s", &word))
    query->filter->by_question = g_str_equal (word, "question");
  return self;
}

GVariant *
mos_dashboard_choice_to_words (const MosDashboardChoice *self)
{
  const MosMeasureQuery *query = self->query;
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&builder, "{ss}", "days", mos_measure_days_to_nick (query->days));
  if (query->from != NULL)
    g_variant_builder_add (&builder, "{ss}", "from", query->from);
  if (query->to != NULL)
    g_variant_builder_add (&builder, "{ss}", "to", query->to);
  g_variant_builder_add (&builder, "{ss}", "compare", query->compare ? "yes" : "no");
  g_variant_builder_add (&builder, "{ss}", "time", self->is_business ? "work" : "clock");
  g_variant_builder_add (&builder, "{ss}", "by", mos_measure_by_to_nick (self->by));
  if (query->filter != NULL && query->filter->by_question)
    g_variant_builder_add (&builder, "{ss}", "scores", "question");
  for (guint by = MOS_MEASURE_BY_NOTHING + 1; query->filter != NULL && by < MOS_N_MEASURE_BY; by++)
    if (query->filter->only[by] != NULL)
      {
        g_autofree char *name = filter_name (by);

        g_variant_builder_add (&builder, "{ss}", name, query->filter->only[by]);
      }
  return g_variant_builder_end (&builder);
}

void
mos_dashboard_choice_set_filter (MosDashboardChoice *self,
                                 MosMeasureBy by,
                                 const char *only)
{
  g_return_if_fail (by > MOS_MEASURE_BY_NOTHING && by < MOS_N_MEASURE_BY);

  g_set_str (&self->query->filter->only[by], only);
}

static guint
count_days (const MosMeasureQuery *query)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *from_text = g_strdup_printf ("%sT00:00:00Z", query->from), *to_text = g_strdup_printf ("%sT00:00:00Z", query->to);
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (from_text, utc), to = g_date_time_new_from_iso8601 (to_text, utc);

  return from != NULL && to != NULL ? (guint) (g_date_time_difference (to, from) / G_TIME_SPAN_DAY) + 1 : 0;
}

MosMeasureStep
mos_dashboard_choice_step (const MosDashboardChoice *self)
{
  guint n;

  switch (self->query->days)
    {
    case MOS_MEASURE_DAYS_GIVEN:
      n = count_days (self->query);
      return n <= MAX_DAYS ? MOS_MEASURE_STEP_DAY : n <= MAX_WEEKS ? MOS_MEASURE_STEP_WEEK
                                                                   : MOS_MEASURE_STEP_MONTH;
    case MOS_MEASURE_DAYS_THIS_YEAR:
    case MOS_MEASURE_DAYS_LAST_YEAR:
      return MOS_MEASURE_STEP_WEEK;
    case MOS_MEASURE_DAYS_TODAY:
    case MOS_MEASURE_DAYS_YESTERDAY:
    case MOS_MEASURE_DAYS_7:
    case MOS_MEASURE_DAYS_30:
    case MOS_MEASURE_DAYS_90:
    case MOS_MEASURE_DAYS_THIS_WEEK:
    case MOS_MEASURE_DAYS_LAST_WEEK:
    case MOS_MEASURE_DAYS_THIS_MONTH:
    case MOS_MEASURE_DAYS_LAST_MONTH:
    case MOS_MEASURE_DAYS_THIS_QUARTER:
    case MOS_MEASURE_DAYS_LAST_QUARTER:
    default:
      return MOS_MEASURE_STEP_DAY;
    }
}

MosMeasureQuery *
mos_dashboard_choice_make_query (const MosDashboardChoice *self,
                                 guint by,
                                 gboolean with_more,
                                 gboolean with_journey)
{
  MosMeasureQuery *query = query_copy (self->query);

  query->by = by;
  query->compare = with_more && self->query->compare;
  query->step = with_more ? mos_dashboard_choice_step (self) : MOS_MEASURE_STEP_NONE;
  query->with_journey = with_journey;
  return query;
}
