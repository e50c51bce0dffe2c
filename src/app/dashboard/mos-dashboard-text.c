/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-text.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

const char *
mos_dashboard_text_days (MosMeasureDays days)
{
  static const char *const names[] = {
    NC_ ("days", "Other Days…"),
    NC_ ("days", "Today"),
    NC_ ("days", "Yesterday"),
    NC_ ("days", "7 Days"),
    NC_ ("days", "30 Days"),
    NC_ ("days", "90 Days"),
    NC_ ("days", "This Week"),
    NC_ ("days", "Last Week"),
    NC_ ("days", "This Month"),
    NC_ ("days", "Last Month"),
    NC_ ("days", "This Quarter"),
    NC_ ("days", "Last Quarter"),
    NC_ ("days", "This Year"),
    NC_ ("days", "Last Year"),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_N_MEASURE_DAYS);

  return g_dpgettext2 (NULL, "days", names[days]);
}

const char *
mos_dashboard_text_by (MosMeasureBy by)
{
  static const char *const names[] = {
    NC_ ("group", "All"),
    NC_ ("group", "Channel"),
    NC_ ("group", "Account"),
    NC_ ("group", "Category"),
    NC_ ("group", "Tag"),
    NC_ ("group", "Language"),
    NC_ ("group", "Agent"),
    NC_ ("group", "Macro"),
    NC_ ("group", "Product"),
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_N_MEASURE_BY);

  return g_dpgettext2 (NULL, "group", names[by]);
}

const char *
mos_dashboard_text_group (MosMeasureBy by,
                          const char *key,
                          const char *name)
{
  if (*key == '\0')
    /* Translators: of conversations that have no category, tag, agent…: "Category: None" */
    return C_ ("group", "None");
  /* WhatsApp comes two ways, and here both stand in one list. */
  if (by == MOS_MEASURE_BY_CHANNEL && g_str_equal (key, "whatsapp-twilio"))
    return "WhatsApp (Twilio)";
  if (by == MOS_MEASURE_BY_CHANNEL)
    return mos_channel_text (key);
  if (by == MOS_MEASURE_BY_LANGUAGE)
    return mos_language_name (key);
  return name != NULL && *name != '\0' ? name : key;
}

char *
mos_dashboard_text_day (gint64 us,
                        const char *zone,
                        gboolean is_short)
{
  g_autoptr (GTimeZone) where = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = where != NULL ? g_date_time_to_timezone (utc, where) : g_date_time_to_utc (utc);

  if (is_short)
    /* Translators: day and month on the axis of a chart, a GDateTime format. */
    /* xgettext:no-c-format */
    return g_date_time_format (local, C_ ("chart", "%-d %b"));
  /* Translators: a day in a chart, a GDateTime format. */
  return g_date_time_format (local, C_ ("chart", "%-d %B %Y"));
}

char *
mos_dashboard_text_period (const MosMeasureReport *report)
{
  g_autofree char *first = mos_dashboard_text_day (report->from_us, report->zone, FALSE), *last = mos_dashboard_text_day (report->last_us, report->zone, FALSE);

  if (report->n_days <= 1)
    return g_steal_pointer (&first);
  /* Translators: the first and the last day that figures are of */
  return g_strdup_printf (_ ("%1$s – %2$s"), first, last);
}

char *
mos_dashboard_text_filter (const MosMeasureFilter *filter,
                           const char *const *names)
{
  GString *text;

  if (mos_measure_filter_is_empty (filter))
    return NULL;
  text = g_string_new (NULL);
  for (guint by = MOS_MEASURE_BY_NOTHING + 1; by < MOS_N_MEASURE_BY; by++)
    if (filter->only[by] != NULL)
      {
        g_autofree char *name = mos_text_isolate (mos_dashboard_text_group ((MosMeasureBy) by, filter->only[by], names != NULL ? names[by] : NULL));

        if (text->len > 0)
          g_string_append (text, C_ ("list", ", "));
        /* Translators: what alone is shown: "Channel: E-mail" */
        g_string_append_printf (text, _ ("%1$s: %2$s"), mos_dashboard_text_by ((MosMeasureBy) by), name);
      }
  return g_string_free (text, FALSE);
}

char *
mos_dashboard_text_bin (guint bin,
                        MosChartUnit unit)
{
  const gint64 limit = mos_measure_bin_get_limit (bin);
  g_autofree char *text = NULL;

  if (limit == G_MAXINT64)
    {
      text = mos_chart_text_tick ((double) (mos_measure_bin_get_limit (bin - 1) / G_USEC_PER_SEC), unit);
      /* Translators: how long something took: more than 7 d; keep it short */
      return g_strdup_printf (_ ("over %s"), text);
    }
  text = mos_chart_text_tick ((double) (limit / G_USEC_PER_SEC), unit);
  /* Translators: how long something took: at most 1 h; keep it short */
  return g_strdup_printf (_ ("to %s"), text);
}
