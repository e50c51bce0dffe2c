/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-mbox-private.h"

#include <string.h>

/* The "From " lines between the messages of an mbox file. */

gboolean
mos_mbox_is_from (const char *line,
                  gsize length)
{
  return length >= 5 && memcmp (line, "From ", 5) == 0;
}

static int
read_number (const char **text,
             const char *end,
             guint max_digits)
{
  int value = 0;
  guint digits = 0;

  while (*text < end && digits < max_digits && g_ascii_isdigit (**text))
    {
      value = value * 10 + (**text - '0');
      (*text)++;
      digits++;
    }
  return digits > 0 ? value : -1;
}

const char *
mos_mbox_skip_blanks (const char *text,
                      const char *end)
{
  while (text < end && (*text == ' ' || *text == '\t'))
    text++;
  return text;
}

/* "Mon Mar  2 08:00[:00] [+0100|CET] 2026 [+0100]" (asctime, and what mail programs made of it). */
static gboolean
read_asctime (const char *text,
              const char *end,
              gint64 *ret_us)
{
  static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int day, hour, minute, second = 0, month = -1, year = -1, offset = 0;
  gboolean is_day = FALSE;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  *ret_us = 0;
  for (guint i = 0; end - text > 4 && i < 7; i++)
    is_day = is_day || g_ascii_strncasecmp (text, days + 3 * i, 3) == 0;
  if (!is_day)
    return FALSE;
  text = mos_mbox_skip_blanks (text + 3 + (text[3] == ','), end);
  for (int i = 0; end - text > 3 && i < 12; i++)
    if (g_ascii_strncasecmp (text, months + 3 * i, 3) == 0)
      month = i + 1;
  if (month < 0)
    return FALSE;
  text = mos_mbox_skip_blanks (text + 3, end);
  day = read_number (&text, end, 2);
  text = mos_mbox_skip_blanks (text, end);
  hour = read_number (&text, end, 2);
  if (day < 0 || hour < 0 || text == end || *text++ != ':')
    return FALSE;
  minute = read_number (&text, end, 2);
  if (text < end && *text == ':')
    {
      text++;
      second = read_number (&text, end, 2);
    }
  /* Zone and year, in either order; "remote from …" may follow. */
  for (guint i = 0; i < 3; i++)
    {
      text = mos_mbox_skip_blanks (text, end);
      if (text < end && (*text == '+' || *text == '-'))
        {
          gboolean is_west = *text++ == '-';
          int zone = read_number (&text, end, 4);

          offset = zone >= 0 ? (zone / 100 * 60 + zone % 100) * (is_west ? -1 : 1) : 0;
        }
      else if (text < end && g_ascii_isdigit (*text) && year < 0)
        year = read_number (&text, end, 4);
      else
        while (text < end && g_ascii_isalpha (*text) && year < 0)
          text++;
    }
  if (year < 0 || minute < 0 || second < 0)
    return FALSE;
  if (year < 100)
    year += year < 70 ? 2000 : 1900;
  time = g_date_time_new (utc, year, month, day, hour, minute, MIN (second, 59));
  if (time != NULL)
    *ret_us = (g_date_time_to_unix (time) - offset * 60) * G_USEC_PER_SEC;
  return TRUE;
}

gboolean
mos_mbox_is_separator (const char *line,
                       gsize length,
                       gint64 *ret_us)
{
  const char *end = line + length;
  gint64 us = 0;
  gboolean is_dated = FALSE;

  if (ret_us != NULL)
    *ret_us = 0;
  if (!mos_mbox_is_from (line, length))
    return FALSE;
  /* The sender may be quoted and hold blanks, so the date is looked for at each word. */
  for (const char *p = line + 5; p < end && !is_dated; p++)
    if (p[-1] == ' ' || p[-1] == '\t')
      is_dated = read_asctime (p, end, &us);
  if (is_dated && ret_us != NULL)
    *ret_us = us;
  return is_dated;
}

gboolean
mos_mbox_is_own_from (const char *line,
                      gsize length)
{
  static const char own[] = "From " MOS_MBOX_OWN_SENDER " ";

  return length >= strlen (own) && memcmp (line, own, strlen (own)) == 0 && mos_mbox_is_separator (line, length, NULL);
}
