/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-calendar-private.h"

#include <stdio.h>
#include <string.h>

/* A calendar as text: read, written, and made anew with something else in it. */

static const char *const day_names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

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
  g_autoptr (MosCalendar) self = mos_calendar_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *set = NULL;

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

static void
append_date (GString *text,
             MosCalendarDate *date)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_julian (&day, date->julian);
  g_string_append_printf (text, "%04d-%02d-%02d", g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day));
  append_intervals (text, date->hours);
  if (date->hours->len == 0)
    g_string_append (text, " closed");
  append_name (text, date->name);
  g_string_append_c (text, '\n');
}

static void
append_week (GString *text,
             const char *zone_name,
             GArray *const *week)
{
  if (*zone_name != '\0')
    g_string_append_printf (text, "zone %s\n", zone_name);
  for (guint i = 0; i < 7; i++)
    if (week[i]->len > 0)
      {
        g_string_append (text, day_names[i]);
        append_intervals (text, week[i]);
        g_string_append_c (text, '\n');
      }
}

/* @but_day: an own date that is left out, or 0. @but_set: (nullable): a set that is */
static void
append_dates (GString *text,
              MosCalendar *self,
              guint32 but_day,
              const char *but_set)
{
  g_auto (GStrv) sets = mos_calendar_dup_sets (self);

  for (guint i = 0; i < self->exceptions->len; i++)
    {
      MosCalendarDate *date = self->exceptions->pdata[i];

      if (date->set == NULL && date->julian != but_day)
        append_date (text, date);
    }
  for (guint n = 0; sets[n] != NULL; n++)
    {
      if (g_strcmp0 (sets[n], but_set) == 0)
        continue;
      g_string_append_printf (text, "holidays %s\n", sets[n]);
      for (guint i = 0; i < self->exceptions->len; i++)
        {
          MosCalendarDate *date = self->exceptions->pdata[i];

          if (g_strcmp0 (date->set, sets[n]) == 0)
            append_date (text, date);
        }
    }
}

char *
mos_calendar_to_text (MosCalendar *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_week (text, self->zone_name, self->week);
  append_dates (text, self, 0, NULL);
  return g_strdup (text->str);
}

/* --- with something else in it --- */

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

/* A name as it will be read from its line. */
static char *
set_name (const char *set)
{
  g_autofree char *valid = g_utf8_make_valid (set, -1);
  g_autofree char *line = g_strdelimit (g_steal_pointer (&valid), "\n", ' ');
  g_auto (GStrv) words = split_words (line);

  return *words != NULL ? g_strjoinv (" ", words) : g_strdup ("-");
}

MosCalendar *
mos_calendar_with_set (MosCalendar *self,
                       const char *set,
                       GPtrArray *dates)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = set_name (set);

  append_week (text, self->zone_name, self->week);
  append_dates (text, self, 0, name);
  if (dates != NULL && dates->len > 0)
    g_string_append_printf (text, "holidays %s\n", name);
  for (guint i = 0; dates != NULL && i < dates->len; i++)
    append_date (text, dates->pdata[i]);
  return mos_calendar_parse (text->str, NULL);
}

MosCalendar *
mos_calendar_with_date (MosCalendar *self,
                        guint32 julian,
                        GArray *hours,
                        const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_week (text, self->zone_name, self->week);
  /* Above the holidays: it is one of our own. */
  if (hours != NULL)
    append_date (text, &(MosCalendarDate) { .julian = julian, .hours = hours, .name = (char *) name });
  append_dates (text, self, julian, NULL);
  return mos_calendar_parse (text->str, NULL);
}

MosCalendar *
mos_calendar_with_week (MosCalendar *self,
                        const char *zone_name,
                        GArray *const *week)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_week (text, zone_name, week);
  append_dates (text, self, 0, NULL);
  return mos_calendar_parse (text->str, NULL);
}
