/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MosCalendar:
 *
 * When people work: a time zone, intervals for each day of the week, other hours or none on single dates. Immutable, reference
 * counted, any thread. As text, which is how it is stored and typed:
 *
 *   zone Europe/Madrid
 *   mon 09:00-14:00 16:00-19:00
 *   fri 22:00-30:00
 *   2026-12-24 09:00-13:00
 *   2026-12-25 closed Christmas
 *   holidays Feiertage Bayern
 *   2027-01-06 closed Heilige Drei Könige
 *
 * An interval may end at 24:00, or later: on the next day ("22:00-30:00" ends at six). "22:00-06:00" is read as the same. A date
 * has its own hours instead of those of its day of the week. A day that is not named is closed. "#" begins a comment.
 * Dates below "holidays" and a name came together from a file and can be taken away together; where one of our own has the same date, that counts.
 *
 * Times are microseconds since 1970-01-01 UTC. A wall time that a clock change leaves out is the first moment after it, a doubled
 * one the first of both; what passes is counted as it really passes, so a day may have 23 or 25 hours of work.
 */
typedef struct _MosCalendar MosCalendar;

#define MOS_TYPE_CALENDAR (mos_calendar_get_type ())
GType mos_calendar_get_type (void);

/** MosCalendarHours: minutes after midnight; @to may be on the next day */
typedef struct
{
  int from;
  int to;
} MosCalendarHours;

/**
 * MosCalendarDate: a date with hours of its own
 * @julian: as of g_date_get_julian()
 * @hours: (element-type MosCalendarHours): in order; empty = closed
 * @name: what for; "" = nothing is said
 * @set: (nullable): the name of the holidays it came with
 */
typedef struct
{
  guint32 julian;
  GArray *hours;
  char *name;
  char *set;
} MosCalendarDate;
void mos_calendar_date_free (MosCalendarDate *date);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCalendarDate, mos_calendar_date_free)

/** mos_calendar_parse: Returns: (transfer full) (nullable): %NULL where a line is wrong. @ret_line: (out) (optional): its number, from 1 */
MosCalendar *mos_calendar_parse (const char *text, guint *ret_line);
MosCalendar *mos_calendar_ref (MosCalendar *self);
void mos_calendar_unref (MosCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCalendar, mos_calendar_unref)

/** mos_calendar_to_text: Returns: (transfer full): what mos_calendar_parse() reads as the same */
char *mos_calendar_to_text (MosCalendar *self);
/** mos_calendar_get_zone: Returns: (transfer none) (nullable): %NULL = that of the computer */
GTimeZone *mos_calendar_get_zone (MosCalendar *self);
/** mos_calendar_get_zone_name: Returns: (transfer none): "" = that of the computer */
const char *mos_calendar_get_zone_name (MosCalendar *self);

/** mos_calendar_get_hours: @weekday: 1 = Monday … 7. Returns: (transfer none) (element-type MosCalendarHours) */
GArray *mos_calendar_get_hours (MosCalendar *self, int weekday);
/** mos_calendar_get_dates: Returns: (transfer none) (element-type MosCalendarDate): in order */
GPtrArray *mos_calendar_get_dates (MosCalendar *self);
/** mos_calendar_dup_sets: Returns: (transfer full): names of the holidays from files */
char **mos_calendar_dup_sets (MosCalendar *self);
/**
 * mos_calendar_with_set:
 * @set: a name; blanks and line ends count as one blank
 * @dates: (nullable) (element-type MosCalendarDate): instead of what @set had, whatever set they have; %NULL or empty takes it away
 *
 * Returns: (transfer full)
 */
MosCalendar *mos_calendar_with_set (MosCalendar *self, const char *set, GPtrArray *dates);
/**
 * mos_calendar_with_date:
 * @julian: a day from 1970 on
 * @hours: (nullable) (element-type MosCalendarHours): of our own on that day, in order, instead of what there was; %NULL: none of our own
 * @name: (nullable): what for; only without @hours %NULL
 *
 * Returns: (transfer full)
 */
MosCalendar *mos_calendar_with_date (MosCalendar *self, guint32 julian, GArray *hours, const char *name);
/**
 * mos_calendar_with_week:
 * @zone_name: "" = that of the computer
 * @week: (array fixed-size=7): of MosCalendarHours in order, from Monday
 *
 * Returns: (transfer full) (nullable): the same dates with another week; %NULL where the zone is not known here
 */
MosCalendar *mos_calendar_with_week (MosCalendar *self, const char *zone_name, GArray *const *week);
/** mos_calendar_equal: whether both say the same, in the same words */
gboolean mos_calendar_equal (MosCalendar *self, MosCalendar *other);
/** mos_calendar_has_hours: whether anybody ever works */
gboolean mos_calendar_has_hours (MosCalendar *self);

/** mos_calendar_is_open: whether somebody works at @at_us. @ret_until_us: (out) (optional): until when then, breaks counted as closed; 0 = not within eight days, or nobody does */
gboolean mos_calendar_is_open (MosCalendar *self, gint64 at_us, gint64 *ret_until_us);

/** mos_calendar_business_us: the time of work between two moments; negative where @to_us is the earlier one */
gint64 mos_calendar_business_us (MosCalendar *self, gint64 from_us, gint64 to_us);

/**
 * mos_calendar_add_business:
 * @business_us: not negative
 *
 * The exact inverse: the first moment at or after @from_us until which @business_us of work pass. 0 gives @from_us.
 *
 * Returns: 0 where nobody works in 400 days on end
 */
gint64 mos_calendar_add_business (MosCalendar *self, gint64 from_us, gint64 business_us);

/** mos_calendar_next_opening: Returns: @from_us where somebody works then, else the next moment at which work begins; 0 where nobody works in 400 days on end */
gint64 mos_calendar_next_opening (MosCalendar *self, gint64 from_us);

/** MosCalendarPlace: @zone: (nullable): where the person is who asks; %NULL = the computer's */
typedef struct
{
  MosCalendar *calendar;
  GTimeZone *zone;
} MosCalendarPlace;

/** mos_calendar_day_start: a #MosWhenEdge with a #MosCalendarPlace as its data: when that day's work begins, by the person's clock; -1 = closed */
int mos_calendar_day_start (int year, int month, int day, gpointer place);
/** mos_calendar_day_end: the same for its end; more than 24 hours where it ends on the next day */
int mos_calendar_day_end (int year, int month, int day, gpointer place);

/**
 * MosCalendarVersion: a calendar and since when it is valid. In an array of them, in order, the first one is also valid before.
 */
typedef struct
{
  gint64 valid_from_us;
  MosCalendar *calendar;
} MosCalendarVersion;

void mos_calendar_version_free (MosCalendarVersion *version);

/** mos_calendar_history_equal: both (element-type MosCalendarVersion). Returns: whether the same was valid at the same times */
gboolean mos_calendar_history_equal (GPtrArray *versions, GPtrArray *others);
/** mos_calendar_history_business_us: each stretch by the hours that were valid then. @versions: (element-type MosCalendarVersion): not empty */
gint64 mos_calendar_history_business_us (GPtrArray *versions, gint64 from_us, gint64 to_us);
/** mos_calendar_history_add_business: its exact inverse, as mos_calendar_add_business() */
gint64 mos_calendar_history_add_business (GPtrArray *versions, gint64 from_us, gint64 business_us);

/** MosWorkTimes: when work is between two moments, worked out once for many questions. Immutable, any thread */
typedef struct _MosWorkTimes MosWorkTimes;

/** mos_work_times_new: @versions: (element-type MosCalendarVersion): not empty. Returns: (transfer full) */
MosWorkTimes *mos_work_times_new (GPtrArray *versions, gint64 from_us, gint64 to_us);
void mos_work_times_free (MosWorkTimes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosWorkTimes, mos_work_times_free)
/** mos_work_times_between: what mos_calendar_history_business_us() gives, at once where both lie between the two moments, else as slowly as that */
gint64 mos_work_times_between (MosWorkTimes *self, gint64 from_us, gint64 to_us);

G_END_DECLS
