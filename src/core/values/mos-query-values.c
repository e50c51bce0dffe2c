/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/base/mos-time.h"
#include "core/values/mos-query.h"

static GDateTime *
local_now (gint64 now_us,
           GTimeZone *tz)
{
  g_autoptr (GTimeZone) zone = tz != NULL ? g_time_zone_ref (tz) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now_us);

  return g_date_time_to_timezone (utc, zone);
}

/* Up to @most digits. Returns: where they end; @text when there are none. */
static const char *
read_digits (const char *text,
             int most,
             int *ret_value)
{
  *ret_value = 0;
  for (int i = 0; i < most && g_ascii_isdigit (*text); i++, text++)
    *ret_value = *ret_value * 10 + (*text - '0');
  return text;
}

static gint64
day_begins (GTimeZone *tz,
            const GDate *day)
{
  return mos_time_local (tz, g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), 0, 0);
}

gboolean
mos_query_period (const char *value,
                  gint64 now_us,
                  GTimeZone *tz,
                  gint64 *ret_from_us,
                  gint64 *ret_to_us)
{
  static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
  g_autoptr (GDateTime) now = local_now (now_us, tz);
  GDate from, to;
  int year = 0, month = 0, day = 0;
  int back = -1;

  g_date_clear (&from, 1);
  if (strcmp (value, "today") == 0)
    back = 0;
  else if (strcmp (value, "yesterday") == 0)
    back = 1;
  else
    for (int i = 0; i < (int) G_N_ELEMENTS (weekdays); i++)
      if (strcmp (value, weekdays[i]) == 0)
        back = (g_date_time_get_day_of_week (now) - 1 - i + 7) % 7;

  if (back >= 0)
    {
      g_date_set_dmy (&from, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
      g_date_subtract_days (&from, (guint) back);
      to = from;
      g_date_add_days (&to, 1);
    }
  else
    {
      const char *s = read_digits (value, 4, &year);
      char parts = *s;

      if (s != value + 4 || year < 1970)
        return FALSE;
      if (parts == '-' || parts == '/')
        {
          const char *begin = ++s;

          s = read_digits (s, 2, &month);
          if (s == begin || month < 1 || month > 12)
            return FALSE;
          if (*s == parts)
            {
              begin = ++s;
              s = read_digits (s, 2, &day);
              if (s == begin || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
                return FALSE;
            }
        }
      if (*s != '\0')
        return FALSE;
      g_date_set_dmy (&from, (GDateDay) MAX (day, 1), (GDateMonth) MAX (month, 1), (GDateYear) year);
      to = from;
      if (day > 0)
        g_date_add_days (&to, 1);
      else if (month > 0)
        g_date_add_months (&to, 1);
      else
        g_date_add_years (&to, 1);
    }
  if (ret_from_us != NULL)
    *ret_from_us = day_begins (tz, &from);
  if (ret_to_us != NULL)
    /* No calendar goes beyond 9999. */
    *ret_to_us = g_date_get_year (&to) > 9999 ? G_MAXINT64 : day_begins (tz, &to);
  return TRUE;
}

gboolean
mos_query_age (const char *value,
               gint64 now_us,
               GTimeZone *tz,
               gint64 *ret_us)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) then = NULL;
  const char *unit;
  int n;

  unit = read_digits (value, 4, &n);
  if (unit == value || *unit == '\0' || unit[1] != '\0' || strchr ("hdwmyHDWMY", *unit) == NULL)
    return FALSE;
  if (ret_us == NULL)
    return TRUE;
  now = local_now (now_us, tz);
  switch (g_ascii_tolower (*unit))
    {
    case 'h':
      then = g_date_time_add_hours (now, -n);
      break;
    case 'd':
      then = g_date_time_add_days (now, -n);
      break;
    case 'w':
      then = g_date_time_add_weeks (now, -n);
      break;
    case 'm':
      then = g_date_time_add_months (now, -n);
      break;
    default:
      then = g_date_time_add_years (now, -n);
    }
  /* Longer ago than there are years. */
  *ret_us = then != NULL ? MAX (g_date_time_to_unix_usec (then), 0) : 0;
  return TRUE;
}

gboolean
mos_query_size (const char *value,
                gint64 *ret_size)
{
  static const char units[] = "kmg";
  const char *s = value;
  gint64 whole = 0, thousandths = 0, scale = 100, unit = 1;

  if (!g_ascii_isdigit (*s))
    return FALSE;
  for (; g_ascii_isdigit (*s); s++)
    {
      whole = whole * 10 + (*s - '0');
      if (whole > (gint64) 1 << 32)
        return FALSE;
    }
  if ((*s == '.' || *s == ',') && g_ascii_isdigit (s[1]))
    for (s++; g_ascii_isdigit (*s); s++, scale /= 10)
      thousandths += scale * (*s - '0');
  while (*s == ' ')
    s++;
  if (*s != '\0')
    {
      const char *found = strchr (units, g_ascii_tolower (*s));

      if (found != NULL)
        {
          for (gsize i = 0; i <= (gsize) (found - units); i++)
            unit *= 1024;
          s++;
          if (*s == 'i')
            s++;
        }
      if (*s == 'b' || *s == 'B')
        s++;
    }
  if (*s != '\0')
    return FALSE;
  if (ret_size != NULL)
    *ret_size = whole * unit + thousandths * unit / 1000;
  return TRUE;
}

gboolean
mos_query_score (const char *value,
                 int *ret_from,
                 int *ret_to)
{
  static const struct
  {
    const char *sign;
    int from, to; /* beside the number */
    gboolean has_from, has_to;
  } signs[] = {
    { "<=", 0, 0, FALSE, TRUE },
    { ">=", 0, 0, TRUE, FALSE },
    { "<", 0, -1, FALSE, TRUE },
    { ">", 1, 0, TRUE, FALSE },
    { "=", 0, 0, TRUE, TRUE },
    { "", 0, 0, TRUE, TRUE },
  };
  guint64 number = 0;
  gsize i = 0;

  while (!g_str_has_prefix (value, signs[i].sign))
    i++;
  if (!g_ascii_string_to_unsigned (value + strlen (signs[i].sign), 10, 0, MOS_QUERY_MAX_SCORE, &number, NULL))
    return FALSE;
  if (ret_from != NULL)
    *ret_from = signs[i].has_from ? (int) number + signs[i].from : 0;
  if (ret_to != NULL)
    *ret_to = signs[i].has_to ? (int) number + signs[i].to : MOS_QUERY_MAX_SCORE;
  return TRUE;
}
