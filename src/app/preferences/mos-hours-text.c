/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-hours-text.h"

#include "app/widgets/mos-time-text.h"
#include "core/automation/mos-when.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <stdint.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

static gboolean
is_twelve_hours (void)
{
  return mos_when_is_twelve_hours (g_get_language_names ()[0]);
}

static char *
format_time (GDateTime *time)
{
  /* Translators: time of day, a GDateTime format; the second where people say "2:00 PM". */
  return g_date_time_format (time, is_twelve_hours () ? C_ ("time format", "%-I:%M %p") : C_ ("time format", "%H:%M"));
}

static char *
format_minute (int minute)
{
  g_autoptr (GDateTime) time = NULL;

  /* Midnight at the end of a day is not the one at its begin. */
  if (minute == DAY_MINUTES && !is_twelve_hours ())
    return g_strdup ("24:00");
  time = g_date_time_new_utc (2000, 1, 3, minute / 60 % 24, minute % 60, 0);
  return format_time (time);
}

char *
mos_hours_text (GArray *hours)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; hours != NULL && i < hours->len; i++)
    {
      MosCalendarHours *h = &g_array_index (hours, MosCalendarHours, i);
      g_autofree char *from = format_minute (h->from);
      g_autofree char *to = format_minute (h->to);

      g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", from, to);
    }
  return g_strdup (text->str);
}

/* --- reading --- */

typedef struct
{
  char *text; /* (owned) folded */
  const char *at;
} Reader;

/* Lower case, digits of any script as 0…9, dashes as "-", white space as blanks. */
static char *
fold (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (g_unichar_isdigit (c))
        c = (gunichar) ('0' + g_unichar_digit_value (c));
      else if (type == G_UNICODE_DASH_PUNCTUATION || c == 0x2212)
        c = '-';
      else if (type == G_UNICODE_FORMAT)
        continue;
      else if (g_unichar_isspace (c) || c == ';' || c == ',' || c == 0x060c || c == 0x3001)
        c = g_unichar_isspace (c) ? ' ' : ',';
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

static void
skip_blanks (Reader *self)
{
  while (*self->at == ' ')
    self->at++;
}

static gboolean
take (Reader *self,
      const char *word)
{
  if (word == NULL || *word == '\0' || !g_str_has_prefix (self->at, word))
    return FALSE;
  self->at += strlen (word);
  return TRUE;
}

/* Returns: 12 or 0 hours to be added, -1 = nothing was said */
static int
take_half (Reader *self)
{
  static const char *const words[2][6] = { { "a.m.", "am", "ص", NULL }, { "p.m.", "pm", "م", NULL } };
  const char *before = self->at;

  skip_blanks (self);
  for (int half = 0; half < 2; half++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2000, 1, 3, half * 12, 0, 0);
      g_autofree char *said = g_date_time_format (time, "%p");
      g_autofree char *local = g_utf8_strdown (said, -1);

      if (take (self, local))
        return half * 12;
      for (guint i = 0; words[half][i] != NULL; i++)
        if (take (self, words[half][i]))
          return half * 12;
    }
  self->at = before;
  return -1;
}

/* Minutes after midnight; -1 = no time, -2 = one that does not exist. @ret_half: whether morning or afternoon was said */
static int
take_time (Reader *self,
           gboolean *ret_half)
{
  int hour = 0, minute = 0, digits = 0, half;

  for (; g_ascii_isdigit (*self->at) && digits < 3; self->at++, digits++)
    hour = hour * 10 + (*self->at - '0');
  if (digits == 0 || digits > 2)
    return digits == 0 ? -1 : -2;
  if ((*self->at == ':' || *self->at == '.' || *self->at == 'h') && g_ascii_isdigit (self->at[1]))
    {
      self->at++;
      for (digits = 0; g_ascii_isdigit (*self->at) && digits < 3; self->at++, digits++)
        minute = minute * 10 + (*self->at - '0');
      if (digits != 2)
        return -2;
    }
  else if (*self->at == 'h')
    self->at++;
  half = take_half (self);
  *ret_half = half >= 0;
  if (half >= 0)
    {
      if (hour < 1 || hour > 12)
        return -2;
      hour = hour % 12 + half;
    }
  return minute > 59 || hour > 30 ? -2 : hour * 60 + minute;
}

static gboolean
fail (char **ret_error,
      char *sentence)
{
  if (ret_error != NULL)
    *ret_error = sentence;
  else
    g_free (sentence);
  return FALSE;
}

static gboolean
take_interval (Reader *self,
               MosCalendarHours *ret,
               char **ret_error)
{
  /* Translators: what may stand between two times of day, in small letters: "9 to 5". */
  const char *between = C_ ("hours", "to");
  const char *begin = self->at;
  gboolean half_from = FALSE, half_to = FALSE;
  int from = take_time (self, &half_from), to;

  if (from == -1)
    /* Translators: %s is what was typed where times of day are wanted. */
    return fail (ret_error, g_strdup_printf (_ ("“%s” is not understood; say for example “9:00–14:00, 16:00–19:00”."), begin));
  skip_blanks (self);
  if (*self->at == '-')
    self->at++;
  else if (!take (self, between) && !take (self, "to "))
    return fail (ret_error, g_strdup_printf (from == -2 ? _ ("There is no such time: “%s”.") : _ ("After “%s”, the time at which it ends is missing."), begin));
  skip_blanks (self);
  to = take_time (self, &half_to);
  if (to == -1)
    return fail (ret_error, g_strdup_printf (_ ("After “%s”, the time at which it ends is missing."), begin));
  if (from == -2 || to == -2 || from >= DAY_MINUTES)
    return fail (ret_error, g_strdup_printf (_ ("There is no such time: “%s”."), begin));
  /* "9 to 5" */
  if (to <= from && !half_from && !half_to && is_twelve_hours () && to > 0 && to <= 12 * 60)
    to += to < 12 * 60 ? 12 * 60 : 0;
  if (to <= from)
    to += DAY_MINUTES;
  if (to > from + DAY_MINUTES)
    return fail (ret_error, g_strdup_printf (_ ("“%s” is longer than a day."), begin));
  ret->from = from;
  ret->to = to;
  return TRUE;
}

static int
compare_hours (gconstpointer a,
               gconstpointer b)
{
  return ((const MosCalendarHours *) a)->from - ((const MosCalendarHours *) b)->from;
}

GArray *
mos_hours_read (const char *text,
                char **ret_error)
{
  g_autofree char *folded = fold (text);
  g_autofree char *closed = g_utf8_strdown (C_ ("business hours", "Closed"), -1);
  g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));
  Reader reader = { folded, folded };

  if (g_str_equal (folded, closed) || g_str_equal (folded, "closed") || g_str_equal (folded, "-"))
    return g_steal_pointer (&hours);
  for (;;)
    {
      MosCalendarHours interval;

      while (*reader.at == ' ' || *reader.at == ',')
        reader.at++;
      if (*reader.at == '\0')
        break;
      if (!take_interval (&reader, &interval, ret_error))
        return NULL;
      g_array_append_val (hours, interval);
    }
  g_array_sort (hours, compare_hours);
  for (guint i = 1; i < hours->len; i++)
    if (g_array_index (hours, MosCalendarHours, i).from < g_array_index (hours, MosCalendarHours, i - 1).to)
      {
        fail (ret_error, g_strdup (_ ("Two of these times overlap.")));
        return NULL;
      }
  return g_steal_pointer (&hours);
}

/* --- days --- */

/* The C library counts from the day that its "week" names, which is a Sunday or a Monday. */
int
mos_hours_text_first_weekday (void)
{
#ifdef __GLIBC__
  int first = *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  int origin = (int) (intptr_t) nl_langinfo (_NL_TIME_WEEK_1STDAY) == 19971201 ? 1 : 7;

  return (origin - 1 + first - 1 + 7) % 7 + 1;
#else
  return 1;
#endif
}

char *
mos_hours_text_weekday (int weekday)
{
  /* 3 January 2000 was a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (2000, 1, 2 + weekday, 12, 0, 0);

  /* Translators: the name of a day of the week where it stands alone, a GDateTime format. */
  return g_date_time_format (day, C_ ("time format", "%A"));
}

/* --- sentences --- */

char *
mos_hours_text_date (guint32 julian)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date), 12, 0, 0);
  /* Translators: a day with its name, a GDateTime format. */
  return g_date_time_format (time, C_ ("time format", "%A, %-d %B %Y"));
}

char *
mos_hours_text_state (MosCalendar *calendar,
                      gint64 now_us)
{
  gint64 until_us = 0;
  gboolean open = mos_calendar_is_open (calendar, now_us, &until_us);
  gint64 next_us = open ? until_us : mos_calendar_next_opening (calendar, now_us);
  g_autoptr (GDateTime) utc = next_us != 0 ? g_date_time_new_from_unix_utc_usec (next_us) : NULL;
  g_autoptr (GDateTime) then = utc != NULL ? (mos_calendar_get_zone (calendar) != NULL ? g_date_time_to_timezone (utc, mos_calendar_get_zone (calendar)) : g_date_time_to_local (utc)) : NULL;
  g_autofree char *time = then != NULL ? format_time (then) : NULL;
  g_autofree char *day = NULL;
  int days;

  if (then == NULL)
    return g_strdup (open ? _ ("Open now; never closes") : _ ("Never open"));
  days = -mos_time_text_days_between (next_us, now_us, mos_calendar_get_zone (calendar));
  if (days == 0)
    /* Translators: %s is a time of day. */
    return g_strdup_printf (open ? _ ("Open now; closes at %s") : _ ("Closed now; opens at %s"), time);
  if (days == 1)
    /* Translators: %s is a time of day. */
    return g_strdup_printf (open ? _ ("Open now; closes tomorrow at %s") : _ ("Closed now; opens tomorrow at %s"), time);
  day = days < 7 ? g_date_time_format (then, "%A") : g_date_time_format (then, C_ ("time format", "%A, %-d %B %Y"));
  /* Translators: the first %s is a day, the second a time of day. */
  return g_strdup_printf (open ? _ ("Open now; closes %s %s") : _ ("Next opening %s %s"), day, time);
}
