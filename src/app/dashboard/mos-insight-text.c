/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-insight-text.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-measure-tile.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>
#include <math.h>

char *
mos_insight_text_title (const MosInsight *insight)
{
  g_autofree char *name = mos_text_isolate (insight->name);

  switch (insight->kind)
    {
    case MOS_INSIGHT_QUESTION:
      if (insight->category_name != NULL)
        /* Translators: a phrase that customers write often, and the category of their conversations */
        return g_strdup_printf (_ ("Often asked: “%1$s” (%2$s)"), name, insight->category_name);
      /* Translators: a phrase that customers write often */
      return g_strdup_printf (_ ("Often asked: “%s”"), name);
    case MOS_INSIGHT_WORD:
      /* Translators: a word that customers write more often than before */
      return g_strdup_printf (_ ("More than before: “%s”"), name);
    case MOS_INSIGHT_PRODUCT:
      /* Translators: a product about whose orders many write */
      return g_strdup_printf (_ ("A product that makes work: %s"), name);
    case MOS_INSIGHT_CARRIER:
      /* Translators: whoever brings the parcels about which many write */
      return g_strdup_printf (_ ("A carrier that makes work: %s"), name);
    case MOS_INSIGHT_MACRO_BEST:
      /* Translators: a saved answer whose conversations have high scores */
      return g_strdup_printf (_ ("A macro that is liked: %s"), name);
    case MOS_INSIGHT_MACRO_WORST:
      /* Translators: a saved answer whose conversations have low scores */
      return g_strdup_printf (_ ("A macro that is not liked: %s"), name);
    case MOS_INSIGHT_UNANSWERED:
      /* Translators: a question that no saved answer was used for */
      return g_strdup_printf (_ ("No macro yet for: “%s”"), name);
    case MOS_INSIGHT_TESTIMONIAL:
      return g_strdup (_ ("Praise that you could ask to show"));
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
mos_insight_text_subtitle (const MosInsight *insight)
{
  GString *text = g_string_new (NULL);

  switch (insight->kind)
    {
    case MOS_INSIGHT_QUESTION:
    case MOS_INSIGHT_WORD:
    case MOS_INSIGHT_UNANSWERED:
      /* Translators: in how many conversations something was written, and in how many in the days before */
      g_string_append_printf (text, ngettext ("%1$u conversation, %2$u before", "%1$u conversations, %2$u before", insight->n), insight->n, insight->n_before);
      break;
    case MOS_INSIGHT_PRODUCT:
    case MOS_INSIGHT_CARRIER:
      /* Translators: how many conversations there were about how many orders */
      g_string_append_printf (text, ngettext ("%1$u conversation, %2$u sold", "%1$u conversations, %2$u sold", insight->n), insight->n, insight->n_of);
      break;
    case MOS_INSIGHT_MACRO_BEST:
    case MOS_INSIGHT_MACRO_WORST:
      /* Translators: a mean of scores from 1 to 5, and of how many */
      g_string_append_printf (text, ngettext ("%1$.1f of 5 (%2$u score)", "%1$.1f of 5 (%2$u scores)", insight->n), insight->value, insight->n);
      break;
    case MOS_INSIGHT_TESTIMONIAL:
      /* Translators: whose praise it is, and the score */
      g_string_append_printf (text, _ ("%1$s, score %2$.0f"), insight->name, insight->value);
      break;
    default:
      g_return_val_if_reached (g_string_free (text, FALSE));
    }
  if (insight->is_few)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), _ ("too few to say much"));
  if (insight->example != NULL)
    g_string_append_printf (text, "\n“%s”", insight->example);
  return g_string_free (text, FALSE);
}

/* --- the week --- */

static const struct
{
  const char *name;
  MosChartUnit unit;
  MosTileSense sense;
} numbers[] = {
  { N_ ("New conversations"), MOS_CHART_COUNT, MOS_TILE_NEITHER },
  { N_ ("First response, median"), MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD },
  { N_ ("Resolution, median"), MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD },
  { N_ ("Satisfaction"), MOS_CHART_DECIMAL, MOS_TILE_HIGH_IS_GOOD },
  { N_ ("Not closed"), MOS_CHART_COUNT, MOS_TILE_LOW_IS_GOOD },
};
G_STATIC_ASSERT (G_N_ELEMENTS (numbers) == MOS_N_WEEK_NUMBERS);

static gboolean
is_time (MosWeekNumber number)
{
  return number == MOS_WEEK_FIRST_RESPONSE || number == MOS_WEEK_RESOLUTION;
}

static MosChartUnit
unit_of (const MosWeek *week,
         MosWeekNumber number)
{
  return number == MOS_WEEK_FIRST_RESPONSE && week->is_business ? MOS_CHART_WORK : numbers[number].unit;
}

/* Returns: seconds, a mean or a number; NaN where there is none */
static double
scale (MosWeekNumber number,
       double value,
       guint n)
{
  if (is_time (number))
    return n > 0 ? value / G_USEC_PER_SEC : NAN;
  return number == MOS_WEEK_CSAT && n == 0 ? NAN : value;
}

const char *
mos_week_text_number (const MosWeek *week,
                      MosWeekNumber number)
{
  if (number == MOS_WEEK_FIRST_RESPONSE && week->is_business)
    return _ ("First response, median, in hours of work");
  return _ (numbers[number].name);
}

char *
mos_week_text_value (const MosWeek *week,
                     MosWeekNumber number)
{
  const MosWeekChange *change = &week->numbers[number];

  return mos_chart_text_value (scale (number, change->value, change->n), unit_of (week, number));
}

char *
mos_week_text_change (const MosWeek *week,
                      MosWeekNumber number)
{
  const MosWeekChange *change = &week->numbers[number];
  const double value = scale (number, change->value, change->n), before = scale (number, change->before, change->n_before);
  g_autofree char *text = mos_chart_text_value (before, unit_of (week, number));

  switch (mos_trend_judge (value, before, numbers[number].sense))
    {
    case MOS_TREND_SAME:
      return g_strdup (_ ("as in the week before"));
    case MOS_TREND_BETTER:
      /* Translators: a measure beside that of the week before */
      return g_strdup_printf (_ ("better: %s in the week before"), text);
    case MOS_TREND_WORSE:
      /* Translators: a measure beside that of the week before */
      return g_strdup_printf (_ ("worse: %s in the week before"), text);
    case MOS_TREND_MORE:
      /* Translators: a number beside that of the week before */
      return g_strdup_printf (_ ("more: %s in the week before"), text);
    case MOS_TREND_LESS:
      /* Translators: a number beside that of the week before */
      return g_strdup_printf (_ ("less: %s in the week before"), text);
    case MOS_TREND_UNKNOWN:
    default:
      return g_strdup (_ ("nothing to compare with"));
    }
}

char *
mos_week_text_hint (const MosWeekHint *hint)
{
  g_autofree char *name = hint->name != NULL ? mos_text_isolate (hint->name) : g_strdup ("");
  g_autofree char *longest = mos_chart_text_value (hint->value / G_USEC_PER_SEC, MOS_CHART_DURATION);

  switch (hint->kind)
    {
    case MOS_WEEK_HINT_LOW_SCORES:
      return g_strdup_printf (ngettext ("%u low score: answer whoever gave it.", "%u low scores: answer those who gave them.", hint->n), hint->n);
    case MOS_WEEK_HINT_WAITING:
      /* Translators: how many customers wait for more than a day, and the longest of these times */
      return g_strdup_printf (ngettext ("%1$u customer waits for an answer for more than a day (%2$s).", "%1$u customers wait for an answer for more than a day, the longest for %2$s.", hint->n), hint->n, longest);
    case MOS_WEEK_HINT_OLD:
      return g_strdup_printf (ngettext ("%u conversation is open for more than seven days.", "%u conversations are open for more than seven days.", hint->n), hint->n);
    case MOS_WEEK_HINT_SLOWER:
      return g_strdup (_ ("The first response takes much longer than in the week before."));
    case MOS_WEEK_HINT_REOPENED:
      return g_strdup_printf (_ ("%1$u of %2$u closed conversations were opened again."), hint->n, hint->n_of);
    case MOS_WEEK_HINT_CATEGORY:
      /* Translators: what is asked about more: its name, how often now, and before */
      return g_strdup_printf (_ ("Many more ask about “%1$s”: %2$u, %3$u in the week before."), name, hint->n, hint->n_before);
    case MOS_WEEK_HINT_PRODUCT:
      /* Translators: a product, and how many conversations there were about how many orders of it */
      return g_strdup_printf (_ ("“%1$s” makes work: %2$u conversations, %3$u orders."), name, hint->n, hint->n_of);
    case MOS_WEEK_HINT_TESTIMONIAL:
      return g_strdup_printf (ngettext ("%u customer praises the shop: ask whether it may be shown.", "%u customers praise the shop: ask whether it may be shown.", hint->n), hint->n);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}
