/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-calendar.h"

#include "core/base/mos-time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)
#define MAX_CLOSED_DAYS 400

struct _MosCalendar
{
  char *zone_name;
  GTimeZone *zone;       /* (nullable) */
  GArray *week[7];       /* of MosCalendarHours, from Monday */
  GPtrArray *exceptions; /* of MosCalendarDate, by date; of one date those of our own first */
};

G_DEFINE_BOXED_TYPE (MosCalendar, mos_calendar, mos_calendar_ref, mos_calendar_unref)

static const char *const day_names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

void
mos_calendar_date_free (MosCalendarDate *date)
{
  g_array_unref (date->hours);
  g_free (date->name);
  g_free (date->set);
  g_free (date);
}

static void
mos_calendar_clear (gpointer data)
{
  MosCalendar *self = data;

  g_free (self->zone_name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  for (guint i = 0; i < 7; i++)
    g_array_unref (self->week[i]);
  g_ptr_array_unref (self->exceptions);
}

MosCalendar *
mos_calendar_ref (MosCalendar *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mos_calendar_unref (MosCalendar *self)
{
  g_atomic_rc_box_release_full (self, mos_calendar_clear);
}

/* --- text --- */

static int
compare_intervals (gconstpointer a,
                   gconstpointer b)
{
  return ((const MosCalendarHours *) a)->from - ((const MosCalendarHours *) b)->from;
}

static int
compare_exceptions (gconstpointer a,
                    gconstpointer b)
{
  const MosCalendarDate *x = *(MosCalendarDate *const *) a, *y = *(MosCalendarDate *const *) b;

  if (x->julian != y->julian)
    return x->julian < y->julian ? -1 : 1;
  /* The sort is stable: what is our own counts, before what came from a file. */
  return (x->set != NULL) - (y->set != NULL);
}

static gboolean
parse_interval (const char *word,
                MosCalendarHours *ret)
{
  int h1, m1, h2, m2, used = 0;

  if (sscanf (word, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &used) != 4 || word[used] != '\0' || h1 < 0 || m1 < 0 || h2 < 0 || m2 < 0 || m1 > 59 || m2 > 59 || h1 > 23)
    return FALSE;
  ret->from = h1 * 60 + m1;
  ret->to = h2 * 60 + m2;
  if (ret->to <= ret->from)
    ret->to += DAY_MINUTES;
  return ret->to <= ret->from + DAY_MINUTES;
}

/* The intervals that @words begin with; nothing may overlap. @ret_used: how many there are. Returns: (transfer full) (nullable) */
static GArray *
parse_intervals (char **words,
                 guint *ret_used)
{
  g_autoptr (GArray) intervals = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));
  MosCalendarHours interval;
  guint n = 0;

  /* "24 December" is a name. */
  while (words[n] != NULL && g_ascii_isdigit (*words[n]) && strchr (words[n], ':') != NULL)
    {
      if (!parse_interval (words[n], &interval))
        return NULL;
      g_array_append_val (intervals, interval);
      n++;
    }
  g_array_sort (intervals, compare_intervals);
  for (guint i = 1; i < intervals->len; i++)
    if (g_array_index (intervals, MosCalendarHours, i).from < g_array_index (intervals, MosCalendarHours, i - 1).to)
      return NULL;
  *ret_used = n;
  return g_steal_pointer (&intervals);
}

static gboolean
parse_exception (MosCalendar *self,
                 const char *set,
                 char **words)
{
  int year, month, day, used = 0;
  guint n = 0;
  GArray *intervals;
  MosCalendarDate *exception;
  GDate date;

  if (sscanf (words[0], "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || words[0][used] != '\0' || year < 1970 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  intervals = parse_intervals (words + 1, &n);
  if (intervals == NULL)
    return FALSE;
  /* A date with nothing behind it would be a slip of the hand. */
  if (n == 0 && (words[1] == NULL || !g_str_equal (words[1], "closed")))
    {
      g_array_unref (intervals);
      return FALSE;
    }
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  exception = g_new0 (MosCalendarDate, 1);
  exception->julian = g_date_get_julian (&date);
  exception->hours = intervals;
  exception->name = g_strjoinv (" ", words + 1 + MAX (n, 1));
  exception->set = g_strdup (set);
  g_ptr_array_add (self->exceptions, exception);
  return TRUE;
}

/* Blanks of any number between words */
static char **
split_words (const char *line)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit_set (line, " \t\r", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
  return g_strv_builder_end (builder);
}

static gboolean
parse_line (MosCalendar *self,
            char **set,
            const char *line)
{
  g_auto (GStrv) words = split_words (line);
  guint n;

  if (words[0] == NULL || *words[0] == '#')
    return TRUE;
  if (g_str_equal (words[0], "zone"))
    {
      if (words[1] == NULL || words[2] != NULL || self->zone != NULL)
        return FALSE;
      self->zone = g_time_zone_new_identifier (words[1]);
      g_set_str (&self->zone_name, words[1]);
      return self->zone != NULL;
    }
  if (g_str_equal (words[0], "holidays"))
    {
      g_free (*set);
      *set = g_strjoinv (" ", words + 1);
      return **set != '\0';
    }
  for (guint i = 0; i < 7; i++)
    if (g_str_equal (words[0], day_names[i]))
      {
        GArray *intervals = parse_intervals (words + 1, &n);
        gboolean whole = intervals != NULL && (words[1 + n] == NULL || (n == 0 && g_str_equal (words[1], "closed") && words[2] == NULL));

        if (!whole || self->week[i]->len > 0)
          {
            g_clear_pointer (&intervals, g_array_unref);
            return FALSE;
          }
        g_array_unref (self->week[i]);
        self->week[i] = intervals;
        return TRUE;
      }
  return parse_exception (self, *set, words);
}

MosCalendar *
mos_calendar_parse (const char *text,
                    guint *ret_line)
{
  g_autoptr (MosCalendar) self = g_atomic_rc_box_new0 (MosCalendar);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *set = NULL;

  self->zone_name = g_strdup ("");
  self->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_date_free);
  for (guint i = 0; i < 7; i++)
    self->week[i] = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));
  for (guint i = 0; lines[i] != NULL; i++)
    if (!parse_line (self, &set, lines[i]))
      {
        if (ret_line != NULL)
          *ret_line = i + 1;
        return NULL;
      }
  g_ptr_array_sort (self->exceptions, compare_exceptions);
  return g_steal_pointer (&self);
}

static void
append_intervals (GString *text,
                  GArray *intervals)
{
  for (guint i = 0; i < intervals->len; i++)
    {
      MosCalendarHours *interval = &g_array_index (intervals, MosCalendarHours, i);

      g_string_append_printf (text, " %02d:%02d-%02d:%02d", interval->from / 60, interval->from % 60, interval->to / 60, interval->to % 60);
    }
}

/* As much of a name as a line may hold, so that it is read as a name. */
static void
append_name (GString *text,
             const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t\r\n", -1);
  gboolean is_first = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_string_append_printf (text, is_first && g_ascii_isdigit (*words[i]) && strchr (words[i], ':') != NULL ? " - %s" : " %s", words[i]);
        is_first = FALSE;
      }
}

/* @set: (nullable): only of this one; %NULL = our own */
static void
append_dates (GString *text,
              GPtrArray *dates,
              const char *set)
{
  for (guint i = 0; i < dates->len; i++)
    {
      MosCalendarDate *date = dates->pdata[i];
      GDate day;

      if (g_strcmp0 (date->set, set) != 0)
        continue;
      g_date_clear (&day, 1);
      g_date_set_julian (&day, date->julian);
      g_string_append_printf (text, "%04d-%02d-%02d", g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day));
      append_intervals (text, date->hours);
      if (date->hours->len == 0)
        g_string_append (text, " closed");
      append_name (text, date->name);
      g_string_append_c (text, '\n');
    }
}

static void
append_set (GString *text,
            GPtrArray *dates,
            const char *set)
{
  g_string_append (text, "holidays");
  append_name (text, set);
  g_string_append_c (text, '\n');
  append_dates (text, dates, set);
}

/* @but: (nullable): a set that is left out */
static GString *
to_text (MosCalendar *self,
         const char *but)
{
  g_auto (GStrv) sets = mos_calendar_dup_sets (self);
  GString *text = g_string_new (NULL);

  if (*self->zone_name != '\0')
    g_string_append_printf (text, "zone %s\n", self->zone_name);
  for (guint i = 0; i < 7; i++)
    if (self->week[i]->len > 0)
      {
        g_string_append (text, day_names[i]);
        append_intervals (text, self->week[i]);
        g_string_append_c (text, '\n');
      }
  append_dates (text, self->exceptions, NULL);
  for (guint i = 0; sets[i] != NULL; i++)
    if (g_strcmp0 (sets[i], but) != 0)
      append_set (text, self->exceptions, sets[i]);
  return text;
}

char *
mos_calendar_to_text (MosCalendar *self)
{
  return g_string_free (to_text (self, NULL), FALSE);
}

char **
mos_calendar_dup_sets (MosCalendar *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->exceptions->len; i++)
    {
      MosCalendarDate *date = self->exceptions->pdata[i];

      if (date->set != NULL && g_hash_table_add (seen, date->set))
        g_strv_builder_add (builder, date->set);
    }
  return g_strv_builder_end (builder);
}

MosCalendar *
mos_calendar_with_set (MosCalendar *self,
                       const char *set,
                       GPtrArray *dates)
{
  g_autoptr (GString) text = to_text (self, set);

  for (guint i = 0; dates != NULL && i < dates->len; i++)
    g_set_str (&((MosCalendarDate *) dates->pdata[i])->set, set);
  if (dates != NULL && dates->len > 0)
    append_set (text, dates, set);
  return mos_calendar_parse (text->str, NULL);
}

GArray *
mos_calendar_get_hours (MosCalendar *self,
                        int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, NULL);

  return self->week[weekday - 1];
}

GPtrArray *
mos_calendar_get_dates (MosCalendar *self)
{
  return self->exceptions;
}

gboolean
mos_calendar_has_hours (MosCalendar *self)
{
  for (guint i = 0; i < 7; i++)
    if (self->week[i]->len > 0)
      return TRUE;
  for (guint i = 0; i < self->exceptions->len; i++)
    if (((MosCalendarDate *) self->exceptions->pdata[i])->hours->len > 0)
      return TRUE;
  return FALSE;
}

GTimeZone *
mos_calendar_get_zone (MosCalendar *self)
{
  return self->zone;
}

const char *
mos_calendar_get_zone_name (MosCalendar *self)
{
  return self->zone_name;
}

/* --- the work of a day --- */

static GArray *
intervals_of (MosCalendar *self,
              const GDate *date)
{
  guint32 julian = g_date_get_julian (date);
  guint low = 0, high = self->exceptions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((MosCalendarDate *) self->exceptions->pdata[middle])->julian < julian)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->exceptions->len && ((MosCalendarDate *) self->exceptions->pdata[low])->julian == julian)
    return ((MosCalendarDate *) self->exceptions->pdata[low])->hours;
  return self->week[(int) g_date_get_weekday (date) - 1];
}

static gint64
wall (MosCalendar *self,
      const GDate *date,
      int minute)
{
  GDate day = *date;

  if (minute >= DAY_MINUTES)
    {
      g_date_add_days (&day, (guint) (minute / DAY_MINUTES));
      minute %= DAY_MINUTES;
    }
  return mos_time_local (self->zone, g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), minute / 60, minute % 60);
}

/* --- for times that people type --- */

/* The first minute of work of a day, or the last, as clocks in @zone show it then; 0…: after that day's midnight. */
static int
edge_of_day (const MosCalendarPlace *place,
             int year,
             int month,
             int day,
             gboolean is_end)
{
  MosCalendar *self = place->calendar;
  g_autoptr (GTimeZone) zone = place->zone != NULL ? g_time_zone_ref (place->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = NULL, there = NULL;
  MosCalendarHours *hours;
  GArray *intervals;
  GDate date, seen;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  intervals = intervals_of (self, &date);
  if (intervals->len == 0)
    return -1;
  hours = &g_array_index (intervals, MosCalendarHours, is_end ? intervals->len - 1 : 0);
  utc = g_date_time_new_from_unix_utc_usec (wall (self, &date, is_end ? hours->to : hours->from));
  there = g_date_time_to_timezone (utc, zone);
  g_date_clear (&seen, 1);
  g_date_set_dmy (&seen, (GDateDay) g_date_time_get_day_of_month (there), (GDateMonth) g_date_time_get_month (there), (GDateYear) g_date_time_get_year (there));
  /* Far from here, work may begin the day before. */
  return MAX (0, g_date_days_between (&date, &seen) * DAY_MINUTES + g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there));
}

int
mos_calendar_day_start (int year,
                        int month,
                        int day,
                        gpointer place)
{
  return edge_of_day (place, year, month, day, FALSE);
}

int
mos_calendar_day_end (int year,
                      int month,
                      int day,
                      gpointer place)
{
  return edge_of_day (place, year, month, day, TRUE);
}

/* Walks through the stretches of work, in order, none of them twice. Days of work begin in order, but one may reach into the next
 * (overnight): what was covered already is left out. */
typedef struct
{
  MosCalendar *calendar;
  GDate date;
  GArray *intervals; /* (borrowed) of @date */
  guint at;
  gint64 covered_us;
  guint closed_days;
} Walk;

static void
walk_begin (Walk *walk,
            MosCalendar *calendar,
            gint64 from_us)
{
  g_autoptr (GTimeZone) zone = calendar->zone != NULL ? g_time_zone_ref (calendar->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (from_us);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  *walk = (Walk) { .calendar = calendar, .covered_us = from_us };
  g_date_clear (&walk->date, 1);
  g_date_set_dmy (&walk->date, (GDateDay) g_date_time_get_day_of_month (there), (GDateMonth) g_date_time_get_month (there), (GDateYear) g_date_time_get_year (there));
  /* Yesterday's night may still last; a day that a zone left out altogether may lie between. */
  g_date_subtract_days (&walk->date, 2);
  walk->intervals = intervals_of (calendar, &walk->date);
}

/* Returns: whether there is one more. Ends after 400 days on end in which nobody works */
static gboolean
walk_next (Walk *walk,
           gint64 *ret_start_us,
           gint64 *ret_end_us)
{
  for (;;)
    {
      while (walk->at < walk->intervals->len)
        {
          MosCalendarHours *interval = &g_array_index (walk->intervals, MosCalendarHours, walk->at++);
          gint64 start_us = MAX (wall (walk->calendar, &walk->date, interval->from), walk->covered_us);
          gint64 end_us = wall (walk->calendar, &walk->date, interval->to);

          if (end_us <= start_us)
            continue;
          walk->covered_us = end_us;
          walk->closed_days = 0;
          *ret_start_us = start_us;
          *ret_end_us = end_us;
          return TRUE;
        }
      if (walk->closed_days++ > MAX_CLOSED_DAYS)
        return FALSE;
      g_date_add_days (&walk->date, 1);
      walk->intervals = intervals_of (walk->calendar, &walk->date);
      walk->at = 0;
    }
}

/* --- counting --- */

gint64
mos_calendar_business_us (MosCalendar *self,
                          gint64 from_us,
                          gint64 to_us)
{
  gint64 start_us, end_us, sum_us = 0;
  Walk walk;

  if (to_us < from_us)
    return -mos_calendar_business_us (self, to_us, from_us);
  walk_begin (&walk, self, from_us);
  while (walk_next (&walk, &start_us, &end_us) && start_us < to_us)
    sum_us += MIN (end_us, to_us) - start_us;
  return sum_us;
}

gint64
mos_calendar_add_business (MosCalendar *self,
                           gint64 from_us,
                           gint64 business_us)
{
  gint64 start_us, end_us;
  Walk walk;

  g_return_val_if_fail (business_us >= 0, 0);

  if (business_us == 0)
    return from_us;
  walk_begin (&walk, self, from_us);
  while (walk_next (&walk, &start_us, &end_us))
    {
      if (business_us <= end_us - start_us)
        return start_us + business_us;
      business_us -= end_us - start_us;
    }
  return 0;
}

gint64
mos_calendar_next_opening (MosCalendar *self,
                           gint64 from_us)
{
  gint64 start_us, end_us;
  Walk walk;

  walk_begin (&walk, self, from_us);
  return walk_next (&walk, &start_us, &end_us) ? start_us : 0;
}

gboolean
mos_calendar_is_open (MosCalendar *self,
                      gint64 at_us,
                      gint64 *ret_until_us)
{
  const gint64 limit_us = at_us + (gint64) 8 * DAY_MINUTES * 60 * G_USEC_PER_SEC;
  gint64 start_us, end_us, until_us = 0;
  Walk walk;

  walk_begin (&walk, self, at_us);
  /* What begins where the other ends goes on; not for ever where nobody ever closes. */
  while (until_us <= limit_us && walk_next (&walk, &start_us, &end_us) && start_us <= (until_us != 0 ? until_us : at_us))
    until_us = end_us;
  if (ret_until_us != NULL)
    *ret_until_us = until_us <= limit_us ? until_us : 0;
  return until_us != 0;
}

/* --- versions --- */

void
mos_calendar_version_free (MosCalendarVersion *version)
{
  mos_calendar_unref (version->calendar);
  g_free (version);
}

/* Until when @i is valid */
static gint64
valid_until (GPtrArray *versions,
             guint i)
{
  return i + 1 < versions->len ? ((MosCalendarVersion *) versions->pdata[i + 1])->valid_from_us : G_MAXINT64;
}

gint64
mos_calendar_history_business_us (GPtrArray *versions,
                                  gint64 from_us,
                                  gint64 to_us)
{
  gint64 sum_us = 0;

  if (to_us < from_us)
    return -mos_calendar_history_business_us (versions, to_us, from_us);
  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *version = versions->pdata[i];
      gint64 begin_us = MAX (i == 0 ? from_us : version->valid_from_us, from_us);
      gint64 end_us = MIN (valid_until (versions, i), to_us);

      if (begin_us < end_us)
        sum_us += mos_calendar_business_us (version->calendar, begin_us, end_us);
    }
  return sum_us;
}

gint64
mos_calendar_history_add_business (GPtrArray *versions,
                                   gint64 from_us,
                                   gint64 business_us)
{
  g_return_val_if_fail (business_us >= 0, 0);

  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *version = versions->pdata[i];
      gint64 begin_us = MAX (i == 0 ? from_us : version->valid_from_us, from_us);
      gint64 end_us = valid_until (versions, i), worked_us;

      if (begin_us >= end_us)
        continue;
      if (i + 1 == versions->len)
        return mos_calendar_add_business (version->calendar, begin_us, business_us);
      worked_us = mos_calendar_business_us (version->calendar, begin_us, end_us);
      if (business_us <= worked_us)
        return mos_calendar_add_business (version->calendar, begin_us, business_us);
      business_us -= worked_us;
    }
  return 0;
}
