/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-holidays.h"

#include "core/base/mos-time.h"

#include <libical/ical.h>
#include <string.h>

#define MAX_EVENTS 5000
#define MAX_DEPTH 8
/* occurrences of one event, and of all, that are looked at */
#define MAX_OCCURRENCES 20000
#define MAX_ALL_OCCURRENCES 200000
/* days of one occurrence, and of all, that are looked at */
#define MAX_DAYS 400
#define MAX_ALL_DAYS 400000
#define MAX_NAME 80
#define MAX_TZID 100
#define DAY_MINUTES (24 * 60)

typedef struct
{
  MosCalendar *calendar; /* (nullable) */
  GTimeZone *zone;       /* (owned) */
  guint32 first, last;   /* days, as of g_date_get_julian() */
  GHashTable *days;      /* day -> MosCalendarDate (owned by it) */
  GHashTable *changed;   /* (owned): "uid\x1fwall time": occurrences that the file has as events of their own */
  guint n_events, n_occurrences, n_days, n_skipped;
  gboolean is_cut;
} Reader;

void
mos_holidays_free (MosHolidays *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->dates);
  g_free (self);
}

/* --- before it is parsed --- */

/* libical goes down into components by calling itself. */
static gboolean
is_bounded (const char *text)
{
  int depth = 0;

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      if (g_ascii_strncasecmp (line, "BEGIN:", 6) == 0 && ++depth > MAX_DEPTH)
        return FALSE;
      if (g_ascii_strncasecmp (line, "END:", 4) == 0)
        depth--;
      line = strpbrk (line, "\r\n");
      while (line != NULL && (*line == '\r' || *line == '\n'))
        line++;
    }
  return TRUE;
}

/* --- days --- */

static char *
tidy_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\r\n", -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
  for (char *c = name->str; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_utf8_substring (name->str, 0, MIN (MAX_NAME, g_utf8_strlen (name->str, -1)));
}

static guint32
julian_of (int year,
           int month,
           int day)
{
  GDate date;

  if (year < 1900 || year > 2500 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

/* What is still worked on that day */
static GArray *
hours_left (Reader *self,
            guint32 julian)
{
  MosCalendarDate *date = g_hash_table_lookup (self->days, GUINT_TO_POINTER (julian));
  GDate day;

  if (date != NULL)
    return date->hours;
  g_date_clear (&day, 1);
  g_date_set_julian (&day, julian);
  return self->calendar != NULL ? mos_calendar_get_hours (self->calendar, (int) g_date_get_weekday (&day)) : NULL;
}

/* @hours: (transfer full) */
static void
put_day (Reader *self,
         guint32 julian,
         GArray *hours,
         const char *name)
{
  MosCalendarDate *date = g_hash_table_lookup (self->days, GUINT_TO_POINTER (julian));

  if (date == NULL)
    {
      if (g_hash_table_size (self->days) >= MOS_HOLIDAYS_MAX_DATES)
        {
          self->is_cut = TRUE;
          g_array_unref (hours);
          return;
        }
      date = g_new0 (MosCalendarDate, 1);
      date->julian = julian;
      date->hours = hours;
      date->name = g_strdup (name);
      g_hash_table_insert (self->days, GUINT_TO_POINTER (julian), date);
      return;
    }
  g_array_unref (date->hours);
  date->hours = hours;
  /* Two on one day: both are said, once. */
  if (*name != '\0' && strstr (date->name, name) == NULL)
    {
      g_autofree char *both = *date->name != '\0' ? g_strconcat (date->name, ", ", name, NULL) : g_strdup (name);

      g_free (date->name);
      date->name = tidy_name (both);
    }
}

/* Takes @from…@to, minutes after the day's midnight, from its hours. */
static void
take_from_day (Reader *self,
               guint32 julian,
               int from,
               int to,
               const char *name)
{
  GArray *hours = hours_left (self, julian);
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));
  MosCalendarHours night = { 0 };
  gboolean differs = FALSE;

  for (guint i = 0; hours != NULL && i < hours->len; i++)
    {
      MosCalendarHours all = g_array_index (hours, MosCalendarHours, i);
      MosCalendarHours before = { all.from, MIN (all.to, from) }, after = { MAX (all.from, to), all.to };

      if (from >= all.to || to <= all.from)
        {
          g_array_append_val (rest, all);
          continue;
        }
      differs = TRUE;
      if (before.to > before.from)
        g_array_append_val (rest, before);
      if (after.to > after.from && after.from < DAY_MINUTES)
        g_array_append_val (rest, after);
      else if (after.to > after.from)
        night = (MosCalendarHours) { after.from - DAY_MINUTES, after.to - DAY_MINUTES };
    }
  if (differs)
    put_day (self, julian, g_steal_pointer (&rest), name);
  /* A day's hours begin on it: what remains of a night is the next day's. */
  if (night.to > 0 && julian < self->last)
    {
      g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));

      hours = hours_left (self, julian + 1);
      g_array_append_val (next, night);
      for (guint i = 0; hours != NULL && i < hours->len; i++)
        {
          MosCalendarHours own = g_array_index (hours, MosCalendarHours, i);

          own.from = MAX (own.from, night.to);
          if (own.from < own.to)
            g_array_append_val (next, own);
        }
      put_day (self, julian + 1, g_steal_pointer (&next), name);
    }
}

/* --- times --- */

static GTimeZone *
zone_named (const char *tzid)
{
  GTimeZone *zone = g_time_zone_new_identifier (tzid);

  /* "/freeassociation.sourceforge.net/Europe/Madrid" */
  for (const char *rest = tzid; zone == NULL && (rest = strchr (rest, '/')) != NULL; rest++)
    if (rest[1] != '\0')
      zone = g_time_zone_new_identifier (rest + 1);
  return zone;
}

/* Of a property; %NULL where it names none, or one that this computer does not know. */
static GTimeZone *
zone_of (icalproperty *property)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
  const char *tzid = parameter != NULL ? icalparameter_get_tzid (parameter) : NULL;

  return tzid != NULL && strlen (tzid) <= MAX_TZID ? zone_named (tzid) : NULL;
}

/* A moment; 0 = none. @zone: (nullable): its own. A time without one is one of the calendar's. */
static gint64
moment_of (Reader *self,
           struct icaltimetype time,
           GTimeZone *zone)
{
  if (time.year < 1900 || time.year > 2500)
    return 0;
  /* UTC, or a zone that only the file knows */
  if (icaltime_is_utc (time) || (zone == NULL && time.zone != NULL))
    return (gint64) icaltime_as_timet_with_zone (time, time.zone) * G_USEC_PER_SEC;
  return mos_time_local (zone != NULL ? zone : self->zone, time.year, time.month, time.day, time.hour, time.minute);
}

static void
day_and_minute (Reader *self,
                gint64 us,
                guint32 *ret_julian,
                int *ret_minute)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;

  *ret_julian = there != NULL ? julian_of (g_date_time_get_year (there), g_date_time_get_month (there), g_date_time_get_day_of_month (there)) : 0;
  *ret_minute = there != NULL ? g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there) : 0;
}

/* --- events --- */

typedef struct
{
  char *name;
  char *uid;
  GTimeZone *zone;      /* (owned) (nullable): of its times */
  GHashTable *excepted; /* (owned): times and dates, as of wall_text() */
  gboolean is_whole;
  int days;           /* of a whole-day event */
  gint64 duration_us; /* of one with times */
} Event;

static void
event_clear (Event *event)
{
  g_free (event->name);
  g_free (event->uid);
  g_clear_pointer (&event->zone, g_time_zone_unref);
  g_clear_pointer (&event->excepted, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

static char *
wall_text (struct icaltimetype time)
{
  return g_strdup_printf ("%04d%02d%02d%02d%02d", time.year, time.month, time.day, time.is_date ? 0 : time.hour, time.is_date ? 0 : time.minute);
}

/* A date excepts whatever there is on it. */
static gboolean
is_excepted (const Event *event,
             const char *wall)
{
  g_autofree char *day = g_strndup (wall, 8);

  return g_hash_table_contains (event->excepted, wall) || g_hash_table_contains (event->excepted, day);
}

static GHashTable *
list_excepted (icalcomponent *component)
{
  GHashTable *excepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int n = 0;

  for (icalproperty *p = icalcomponent_get_first_property (component, ICAL_EXDATE_PROPERTY); p != NULL && n < MAX_EVENTS; p = icalcomponent_get_next_property (component, ICAL_EXDATE_PROPERTY), n++)
    {
      struct icaltimetype out = icalproperty_get_exdate (p);
      char *wall = wall_text (out);

      if (out.is_date)
        wall[8] = '\0';
      g_hash_table_add (excepted, wall);
    }
  return excepted;
}

static gboolean
may_look (Reader *self)
{
  if (++self->n_days <= MAX_ALL_DAYS)
    return TRUE;
  self->is_cut = TRUE;
  return FALSE;
}

static void
take_occurrence (Reader *self,
                 const Event *event,
                 struct icaltimetype start)
{
  guint32 first, last;
  int from, to;

  if (event->is_whole)
    {
      first = julian_of (start.year, start.month, start.day);
      for (guint32 day = MAX (first, self->first); first != 0 && day < first + (guint32) event->days && day <= self->last && may_look (self); day++)
        put_day (self, day, g_array_new (FALSE, FALSE, sizeof (MosCalendarHours)), event->name);
    }
  else
    {
      gint64 start_us = moment_of (self, start, event->zone);

      if (start_us == 0)
        return;
      day_and_minute (self, start_us, &first, &from);
      day_and_minute (self, start_us + event->duration_us, &last, &to);
      if (first == 0 || last == 0 || last - first > MAX_DAYS)
        return;
      /* The evening before may reach into it. */
      for (guint32 day = MAX (first - 1, self->first); day <= MIN (last, self->last) && may_look (self); day++)
        take_from_day (self, day, (int) (first - day) * DAY_MINUTES + from, (int) (last - day) * DAY_MINUTES + to, event->name);
    }
}

static gboolean
is_too_late (Reader *self,
             struct icaltimetype time)
{
  guint32 day = julian_of (time.year, time.month, time.day);

  return day == 0 ? time.year > 1900 : day > self->last;
}

static gboolean
may_count (Reader *self)
{
  if (++self->n_occurrences <= MAX_ALL_OCCURRENCES)
    return TRUE;
  self->is_cut = TRUE;
  return FALSE;
}

static void
offer_occurrence (Reader *self,
                  const Event *event,
                  struct icaltimetype start)
{
  g_autofree char *wall = wall_text (start);
  g_autofree char *key = g_strconcat (event->uid, "\x1f", wall, NULL);

  if (!is_excepted (event, wall) && !g_hash_table_contains (self->changed, key))
    take_occurrence (self, event, start);
}

static void
take_repeated (Reader *self,
               const Event *event,
               struct icaltimetype start,
               icalproperty *property)
{
  struct icalrecurrencetype rule = icalproperty_get_rrule (property);
  icalrecur_iterator *iterator;
  struct icaltimetype next;
  guint n = 0;

  /* Nothing that closes a shop repeats by the hour. */
  if (rule.freq != ICAL_YEARLY_RECURRENCE && rule.freq != ICAL_MONTHLY_RECURRENCE && rule.freq != ICAL_WEEKLY_RECURRENCE && rule.freq != ICAL_DAILY_RECURRENCE)
    {
      self->n_skipped++;
      offer_occurrence (self, event, start);
      return;
    }
  iterator = icalrecur_iterator_new (rule, start);
  if (iterator == NULL)
    {
      self->n_skipped++;
      offer_occurrence (self, event, start);
      return;
    }
  for (next = icalrecur_iterator_next (iterator); !icaltime_is_null_time (next) && !is_too_late (self, next); next = icalrecur_iterator_next (iterator))
    {
      if (++n > MAX_OCCURRENCES || !may_count (self))
        {
          self->is_cut = TRUE;
          break;
        }
      offer_occurrence (self, event, next);
    }
  icalrecur_iterator_free (iterator);
}

/* Returns: whether it says something about hours */
static gboolean
read_event (Reader *self,
            icalcomponent *component,
            Event *event,
            struct icaltimetype *ret_start)
{
  icalproperty *begin = icalcomponent_get_first_property (component, ICAL_DTSTART_PROPERTY);
  icalproperty *finish = icalcomponent_get_first_property (component, ICAL_DTEND_PROPERTY);
  icalproperty *lasts = icalcomponent_get_first_property (component, ICAL_DURATION_PROPERTY);
  icalproperty *transparency = icalcomponent_get_first_property (component, ICAL_TRANSP_PROPERTY);
  const char *uid = icalcomponent_get_uid (component);
  struct icaltimetype start;

  if (begin == NULL || icalcomponent_get_status (component) == ICAL_STATUS_CANCELLED)
    return FALSE;
  start = icalcomponent_get_dtstart (component);
  if (icaltime_is_null_time (start) || !icaltime_is_valid_time (start))
    return FALSE;
  event->name = tidy_name (icalcomponent_get_summary (component));
  event->uid = g_strdup (uid != NULL ? uid : "");
  event->zone = zone_of (begin);
  event->excepted = list_excepted (component);
  event->is_whole = start.is_date;
  *ret_start = start;
  if (event->is_whole)
    {
      guint32 first = julian_of (start.year, start.month, start.day), after = first + 1;

      if (finish != NULL)
        {
          struct icaltimetype end = icalcomponent_get_dtend (component);

          after = julian_of (end.year, end.month, end.day);
        }
      else if (lasts != NULL)
        after = first + (guint32) CLAMP (icaldurationtype_as_int (icalproperty_get_duration (lasts)) / (24 * 60 * 60), 1, MAX_DAYS);
      if (first == 0)
        return FALSE;
      /* Some write the last day itself: it is a day all the same. */
      event->days = after > first ? (int) MIN (after - first, MAX_DAYS) : 1;
      return TRUE;
    }
  if (transparency != NULL && icalproperty_get_transp (transparency) == ICAL_TRANSP_TRANSPARENT)
    return FALSE;
  if (finish != NULL)
    {
      g_autoptr (GTimeZone) zone = zone_of (finish);
      gint64 start_us = moment_of (self, start, event->zone), end_us = moment_of (self, icalcomponent_get_dtend (component), zone);

      event->duration_us = start_us != 0 && end_us > start_us ? end_us - start_us : 0;
    }
  else if (lasts != NULL)
    event->duration_us = (gint64) icaldurationtype_as_int (icalproperty_get_duration (lasts)) * G_USEC_PER_SEC;
  return event->duration_us > 0 && event->duration_us < (gint64) MAX_DAYS * DAY_MINUTES * 60 * G_USEC_PER_SEC;
}

static void
take_event (Reader *self,
            icalcomponent *component)
{
  icalproperty *rule = icalcomponent_get_first_property (component, ICAL_RRULE_PROPERTY);
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (struct icaltimetype));
  struct icaltimetype start;
  g_auto (Event) event = { 0 };
  int n = 0;

  if (!read_event (self, component, &event, &start))
    {
      self->n_skipped++;
      return;
    }
  if (icalcomponent_get_first_property (component, ICAL_RECURRENCEID_PROPERTY) != NULL)
    take_occurrence (self, &event, start);
  else if (rule != NULL)
    take_repeated (self, &event, start, rule);
  else
    offer_occurrence (self, &event, start);
  /* A component has one iterator: all are taken out of it before anything else looks at its properties. */
  for (icalproperty *p = icalcomponent_get_first_property (component, ICAL_RDATE_PROPERTY); p != NULL && n < MAX_EVENTS; p = icalcomponent_get_next_property (component, ICAL_RDATE_PROPERTY), n++)
    {
      struct icaldatetimeperiodtype date = icalproperty_get_rdate (p);
      struct icaltimetype time = icaltime_is_null_time (date.time) ? date.period.start : date.time;

      if (!icaltime_is_null_time (time) && !is_too_late (self, time))
        g_array_append_val (more, time);
    }
  for (guint i = 0; i < more->len && may_count (self); i++)
    offer_occurrence (self, &event, g_array_index (more, struct icaltimetype, i));
}

static void
note_change (Reader *self,
             icalcomponent *component)
{
  icalproperty *of = icalcomponent_get_first_property (component, ICAL_RECURRENCEID_PROPERTY);
  const char *uid = icalcomponent_get_uid (component);
  g_autofree char *wall = NULL;

  if (of == NULL)
    return;
  wall = wall_text (icalproperty_get_recurrenceid (of));
  g_hash_table_add (self->changed, g_strconcat (uid != NULL ? uid : "", "\x1f", wall, NULL));
}

static void
each_event (Reader *self,
            icalcomponent *parent,
            void (*func) (Reader *self, icalcomponent *component))
{
  for (icalcomponent *c = icalcomponent_get_first_component (parent, ICAL_ANY_COMPONENT); c != NULL; c = icalcomponent_get_next_component (parent, ICAL_ANY_COMPONENT))
    {
      if (icalcomponent_isa (c) == ICAL_VCALENDAR_COMPONENT)
        each_event (self, c, func);
      else if (icalcomponent_isa (c) == ICAL_VEVENT_COMPONENT)
        {
          if (self->n_events++ >= MAX_EVENTS)
            {
              self->is_cut = TRUE;
              return;
            }
          func (self, c);
        }
    }
}

static char *
name_of_file (icalcomponent *root)
{
  icalcomponent *calendar = icalcomponent_isa (root) == ICAL_VCALENDAR_COMPONENT ? root : icalcomponent_get_first_component (root, ICAL_VCALENDAR_COMPONENT);

  for (icalproperty *p = calendar != NULL ? icalcomponent_get_first_property (calendar, ICAL_X_PROPERTY) : NULL; p != NULL; p = icalcomponent_get_next_property (calendar, ICAL_X_PROPERTY))
    if (g_strcmp0 (icalproperty_get_x_name (p), "X-WR-CALNAME") == 0)
      {
        g_autofree char *name = tidy_name (icalproperty_get_x (p));

        return *name != '\0' ? g_steal_pointer (&name) : NULL;
      }
  return NULL;
}

static int
compare_dates (gconstpointer a,
               gconstpointer b)
{
  const MosCalendarDate *x = *(MosCalendarDate *const *) a, *y = *(MosCalendarDate *const *) b;

  return x->julian < y->julian ? -1 : x->julian > y->julian;
}

MosHolidays *
mos_holidays_parse (GBytes *data,
                    MosCalendar *calendar,
                    gint64 from_us,
                    gint64 to_us,
                    GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GHashTable) days = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;
  icalcomponent *root = NULL;
  Reader reader = { .calendar = calendar, .days = days, .changed = changed };
  MosHolidays *self;
  GHashTableIter iter;
  gpointer date;
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);
  int ignored;

  if (size > MOS_HOLIDAYS_MAX_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The file is larger than a calendar of holidays may be");
      return NULL;
    }
  text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) size);
  if (is_bounded (text))
    root = icalparser_parse_string (text);
  if (root == NULL || (icalcomponent_isa (root) != ICAL_VCALENDAR_COMPONENT && icalcomponent_get_first_component (root, ICAL_VCALENDAR_COMPONENT) == NULL))
    {
      g_clear_pointer (&root, icalcomponent_free);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is no iCalendar file");
      return NULL;
    }

  zone = calendar != NULL && mos_calendar_get_zone (calendar) != NULL ? g_time_zone_ref (mos_calendar_get_zone (calendar)) : g_time_zone_new_local ();
  reader.zone = zone;
  day_and_minute (&reader, from_us, &reader.first, &ignored);
  day_and_minute (&reader, to_us, &reader.last, &ignored);
  each_event (&reader, root, note_change);
  reader.n_events = 0;
  each_event (&reader, root, take_event);

  self = g_new0 (MosHolidays, 1);
  self->name = name_of_file (root);
  self->dates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_date_free);
  self->n_skipped = reader.n_skipped;
  self->is_cut = reader.is_cut;
  g_hash_table_iter_init (&iter, days);
  while (g_hash_table_iter_next (&iter, NULL, &date))
    g_ptr_array_add (self->dates, date);
  g_ptr_array_sort (self->dates, compare_dates);
  icalcomponent_free (root);
  return self;
}
