/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-send-way.h"

#include "core/base/mos-time.h"

#include <glib/gi18n.h>

#define MORNING_HOUR 9
#define AFTERNOON_HOUR 15

static const struct
{
  const char *nick;
  const char *action;
  const char *label;
  MosStatus status;
} ways[] = {
  [MOS_SEND_WAY_SEND] = { "send", "composer.send-only", NC_ ("composer", "Send"), MOS_STATUS_OPEN },
  [MOS_SEND_WAY_CLOSE] = { "close", "composer.send-and-close", NC_ ("composer", "Send and Close"), MOS_STATUS_CLOSED },
  [MOS_SEND_WAY_WAIT] = { "wait", "composer.send-and-wait", NC_ ("composer", "Send and Wait"), MOS_STATUS_PENDING },
  [MOS_SEND_WAY_SNOOZE] = { "snooze", "composer.send-and-snooze", NC_ ("composer", "Send and Snooze…"), MOS_STATUS_SNOOZED },
};

MosSendWay
mos_send_way_from_nick (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (ways[i].nick, nick) == 0)
      return (MosSendWay) i;
  return MOS_SEND_WAY_SEND;
}

const char *
mos_send_way_get_label (MosSendWay way)
{
  g_return_val_if_fail (way < G_N_ELEMENTS (ways), "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "composer", ways[way].label);
}

MosStatus
mos_send_way_get_status (MosSendWay way)
{
  g_return_val_if_fail (way < G_N_ELEMENTS (ways), MOS_STATUS_OPEN);

  return ways[way].status;
}

const char *
mos_send_way_get_action (MosSendWay way)
{
  g_return_val_if_fail (way < G_N_ELEMENTS (ways), NULL);

  return ways[way].action;
}

gint64
mos_send_time (const char *preset,
               gint64 now_us,
               GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now_us);
  g_autoptr (GDateTime) now = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  g_autoptr (GDateTime) day = NULL;
  int days, hour = MORNING_HOUR;
  gint64 at_us;

  g_return_val_if_fail (preset != NULL, 0);

  if (g_str_equal (preset, "hour"))
    return now_us + G_TIME_SPAN_HOUR;
  if (g_str_equal (preset, "afternoon"))
    {
      days = 0;
      hour = AFTERNOON_HOUR;
    }
  else if (g_str_equal (preset, "tomorrow"))
    days = 1;
  else if (g_str_equal (preset, "monday"))
    days = 8 - g_date_time_get_day_of_week (now); /* on a Monday it is the next one */
  else
    return 0;

  day = g_date_time_add_days (now, days);
  at_us = mos_time_local (zone, g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, 0);
  return at_us > now_us ? at_us : 0;
}
