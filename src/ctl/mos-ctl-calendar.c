/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/automation/mos-holidays.h"
#include "core/desk/mos-calendars.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  gboolean corrects;
  MosCalendar *calendar; /* (owned) (nullable): to be set */
  GBytes *data;          /* (owned) (nullable): an iCalendar file */
  const char *set;       /* (nullable) */
  const char *base;      /* (nullable): name of the file */
  gboolean removes;
  gboolean only_shows;
  MosHolidays *holidays; /* (owned) (nullable) */
  char *name;            /* (owned) (nullable): of the set */
  GPtrArray *versions;   /* (owned) (nullable) */
} MosCtlCalendar;

static void
mos_ctl_calendar_clear (MosCtlCalendar *call)
{
  g_clear_pointer (&call->calendar, mos_calendar_unref);
  g_clear_pointer (&call->data, g_bytes_unref);
  g_clear_pointer (&call->holidays, mos_holidays_free);
  g_clear_pointer (&call->name, g_free);
  g_clear_pointer (&call->versions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlCalendar, mos_ctl_calendar_clear)

/* --- show --- */

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCalendar *call = data;

  call->versions = mos_calendars_load (txn, error);
  return call->versions != NULL;
}

static char *
iso_time (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);

  return g_date_time_format_iso8601 (utc);
}

static void
print_version (MosCtl *self,
               MosCalendarVersion *version,
               gboolean with_time)
{
  g_autofree char *text = mos_calendar_to_text (version->calendar);
  g_autofree char *from = iso_time (version->valid_from_us);
  gint64 now_us = g_get_real_time (), until_us = 0;
  gboolean open = mos_calendar_is_open (version->calendar, now_us, &until_us);
  gint64 next_us = open ? until_us : mos_calendar_next_opening (version->calendar, now_us);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *next = next_us != 0 ? iso_time (next_us) : NULL;

      json_builder_begin_object (builder);
      mos_json_string (builder, "valid_from", from);
      mos_json_string (builder, "text", text);
      mos_json_string (builder, "zone", mos_calendar_get_zone_name (version->calendar));
      mos_json_string (builder, "open", open ? "yes" : "no");
      mos_json_string (builder, open ? "closes" : "opens", next);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  /* A comment: what is printed can be set again. */
  if (with_time)
    mos_ctl_print (self, "# %s\n", from);
  mos_ctl_print (self, "%s", text);
}

/* --- set --- */

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlCalendar *call = data;

  return mos_calendars_set (txn, call->calendar, call->corrects, error);
}

static MosCalendar *
read_calendar (MosCtl *self,
               const char *path,
               GError **error)
{
  g_autofree char *text = NULL;
  MosCalendar *calendar;
  guint line = 0;

  if (path != NULL)
    {
      g_autofree char *absolute = mos_ctl_path (self, path);

      if (!g_file_get_contents (absolute, &text, NULL, error))
        return NULL;
    }
  else
    text = mos_ctl_read_input (self, error);
  if (text == NULL)
    return NULL;
  calendar = g_utf8_validate (text, -1, NULL) ? mos_calendar_parse (text, &line) : NULL;
  if (calendar == NULL)
    {
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      g_autofree char *valid = line > 0 && line <= g_strv_length (lines) ? g_utf8_make_valid (lines[line - 1], -1) : g_strdup ("");

      /* Translators: %u is the number of a line, %s what is in it. The three examples are to be left as they are. */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("Line %u is not understood: “%s”. Lines are for example “zone Europe/Madrid”, “mon 09:00-14:00 16:00-19:00” and “2026-12-25 closed Christmas”"), line, valid);
    }
  return calendar;
}

/* --- holidays --- */

static gboolean
do_holidays (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCtlCalendar *call = data;
  const gint64 year_us = 366 * G_TIME_SPAN_DAY;
  gint64 now_us = mos_txn_get_now_us (txn);
  g_autoptr (MosCalendar) now = NULL;
  g_autoptr (MosCalendar) with = NULL;

  if (!mos_calendars_find_now (txn, &now, error))
    return FALSE;
  if (now == NULL || !mos_calendar_has_hours (now))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There are no business hours yet; begin with “calendar set”"));
      return FALSE;
    }
  if (call->removes)
    {
      g_auto (GStrv) sets = mos_calendar_dup_sets (now);

      if (!g_strv_contains ((const char *const *) sets, call->set))
        {
          /* Translators: %s is the name of holidays that came from a file. */
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There are no holidays “%s”"), call->set);
          return FALSE;
        }
      with = mos_calendar_with_set (now, call->set, NULL);
    }
  else
    {
      g_clear_pointer (&call->holidays, mos_holidays_free);
      call->holidays = mos_holidays_parse (call->data, now, now_us - year_us, now_us + MOS_HOLIDAYS_YEARS * year_us, error);
      if (call->holidays == NULL)
        return FALSE;
      g_free (call->name);
      call->name = g_strdup (call->set != NULL ? call->set : call->holidays->name != NULL ? call->holidays->name
                                                                                          : call->base);
      if (call->only_shows || call->holidays->dates->len == 0)
        return TRUE;
      with = mos_calendar_with_set (now, call->name, call->holidays->dates);
    }
  return mos_calendars_set (txn, with, TRUE, error);
}

static void
print_date (MosCtl *self,
            MosCalendarDate *date)
{
  g_autoptr (GString) hours = g_string_new (NULL);
  g_autofree char *day = NULL;
  GDate at;

  g_date_clear (&at, 1);
  g_date_set_julian (&at, date->julian);
  day = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&at), (int) g_date_get_month (&at), g_date_get_day (&at));
  for (guint i = 0; i < date->hours->len; i++)
    {
      MosCalendarHours *h = &g_array_index (date->hours, MosCalendarHours, i);

      g_string_append_printf (hours, "%s%02d:%02d-%02d:%02d", i > 0 ? " " : "", h->from / 60, h->from % 60, h->to / 60, h->to % 60);
    }
  if (hours->len == 0)
    g_string_append (hours, "closed");
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "date", day);
      mos_json_string (builder, "hours", hours->str);
      mos_json_string (builder, "name", date->name);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    mos_ctl_print (self, "%s %s %s\n", day, hours->str, date->name);
}

static int
holidays (MosCtl *self,
          MosCtlCalendar *call,
          const char *word)
{
  GError *error = NULL;
  g_autofree char *base = NULL;

  if (call->removes)
    {
      call->set = word;
      return mos_ctl_write (self, "calendar", do_holidays, call, &error) ? MOS_CTL_DONE : mos_ctl_fail (self, error);
    }
  else
    {
      g_autofree char *path = mos_ctl_path (self, word);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      call->data = mos_holidays_read_file (file, NULL, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
        {
          g_clear_error (&error);
          return mos_ctl_fail_text (self, _ ("“%s” is larger than a calendar of holidays may be"), word);
        }
      if (call->data == NULL)
        return mos_ctl_fail (self, error);
      if (call->set == NULL)
        {
          char *dot;

          base = g_path_get_basename (path);
          dot = strrchr (base, '.');
          if (dot != NULL && dot != base)
            *dot = '\0';
        }
    }
  call->base = base;
  if (!(call->only_shows ? mos_ctl_read (self, do_holidays, call, &error) : mos_ctl_write (self, "calendar", do_holidays, call, &error)))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call->holidays->dates->len; i++)
    print_date (self, call->holidays->dates->pdata[i]);
  if (call->holidays->is_cut)
    g_string_append_printf (self->errors, "%s\n", _ ("The file says more than is taken; these are the first"));
  if (call->holidays->dates->len == 0)
    return mos_ctl_fail_text (self, "%s", _ ("The file closes no day from last year on; nothing was changed"));
  return MOS_CTL_DONE;
}

int
mos_ctl_calendar (MosCtl *self,
                  GPtrArray *args)
{
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  gboolean history = mos_ctl_take_flag (args, "--history"), removes = mos_ctl_take_flag (args, "--remove");
  g_auto (MosCtlCalendar) call = { .set = name, .removes = removes };
  GError *error = NULL;
  const char *verb;

  call.corrects = mos_ctl_take_flag (args, "--correct");
  call.only_shows = mos_ctl_take_flag (args, "--dry-run");
  if (!mos_ctl_check_args (self, args, 1, 2))
    return MOS_CTL_USAGE;
  verb = g_ptr_array_index (args, 0);
  if (strcmp (verb, "show") == 0 && args->len == 1)
    {
      if (!mos_ctl_read (self, do_show, &call, &error))
        return mos_ctl_fail (self, error);
      for (guint i = history || call.versions->len == 0 ? 0 : call.versions->len - 1; i < call.versions->len; i++)
        print_version (self, call.versions->pdata[i], history);
      return MOS_CTL_DONE;
    }
  if (strcmp (verb, "set") == 0)
    {
      call.calendar = read_calendar (self, args->len == 2 ? g_ptr_array_index (args, 1) : NULL, &error);
      return call.calendar != NULL && mos_ctl_write (self, "calendar", do_set, &call, &error) ? MOS_CTL_DONE : mos_ctl_fail (self, error);
    }
  if (strcmp (verb, "holidays") == 0 && args->len == 2)
    return holidays (self, &call, g_ptr_array_index (args, 1));
  return mos_ctl_usage (self, "%s", _ ("Say calendar show, calendar set or calendar holidays FILE"));
}
