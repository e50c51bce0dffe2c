/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Times as people type them: "tomorrow 9", "fri 14:00", "in 3 days", "lunes a las 9", "بعد ٣ أيام". Used by snooze, send later,
 * reminders and mostradorctl. Pure functions; any thread. Times are microseconds since 1970-01-01 UTC.
 *
 * The words are those of one language and English. Case, accents and the digits' script do not count. Where two readings are
 * possible, the next moment that fits is meant; what fits only in the past is an error, never silently another day that was named.
 */

typedef enum
{
  MOS_WHEN_OK,
  MOS_WHEN_EMPTY,    /* nothing was typed */
  MOS_WHEN_UNKNOWN,  /* MosWhen.word is not understood */
  MOS_WHEN_PAST,     /* that was before now */
  MOS_WHEN_NO_SUCH,  /* no such day or time: 31 February, 25:00 */
  MOS_WHEN_CONFLICT, /* two different days or times: "fri mon", "9:00 10:00" */
  MOS_WHEN_TOO_FAR,  /* more than ten years ahead */
} MosWhenStatus;

/**
 * MosWhenEdge:
 * @year, @month, @day: a day of the calendar
 *
 * Returns: minutes after midnight at which work begins (or ends) on that day, by clocks in the context's zone; -1 where nobody works
 */
typedef int (*MosWhenEdge) (int year, int month, int day, gpointer user_data);

/**
 * MosWhenContext: what the text is read against
 * @now_us: the present
 * @zone: (nullable): where the person is; %NULL = this computer's zone
 * @language: (nullable): a locale's name, "es", "de_AT.UTF-8", "ar-EG"; its territory decides between 12 and 24 hours and between day/month and
 *   month/day. %NULL = English
 * @start: (nullable): begin of the work on a day, for days named without a time; %NULL or where nobody works = 9:00
 * @end: (nullable): end of the work on a day, for "end of day"; %NULL or where nobody works = 18:00
 * @edge_data: for @start and @end
 * @allow_answer: whether "until they answer" is understood, which has no time
 * @clock: what times are written with: 12 or 24 hours; 0 = as @language does
 */
typedef struct
{
  gint64 now_us;
  GTimeZone *zone;
  const char *language;
  MosWhenEdge start;
  MosWhenEdge end;
  gpointer edge_data;
  gboolean allow_answer;
  int clock;
} MosWhenContext;

/**
 * MosWhen: what was understood
 * @at_us: the moment; 0 where @is_answer or not %MOS_WHEN_OK
 * @is_answer: "until they answer"
 * @is_moved: the clock change leaves that time out; @at_us is the first moment after it
 * @word: (owned) (nullable): with %MOS_WHEN_UNKNOWN, as it was typed
 */
typedef struct
{
  MosWhenStatus status;
  gint64 at_us;
  gboolean is_answer;
  gboolean is_moved;
  char *word;
} MosWhen;

/**
 * mos_when_parse:
 * @text: UTF-8, as typed
 * @ret_when: (out caller-allocates): always filled; release with mos_when_clear()
 *
 * Hours and minutes ("+2h") count from now to the second. A day without a time is the begin of its work. "Next week" is the first day of it on
 * which somebody works, "in 2 business days" the second such day after today; without @start those are Monday to Friday. In the hour that a clock
 * change leaves out the first moment after it is meant, in the doubled one the first of both.
 *
 * Returns: whether it is %MOS_WHEN_OK
 */
gboolean mos_when_parse (const MosWhenContext *context, const char *text, MosWhen *ret_when);
void mos_when_clear (MosWhen *when);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosWhen, mos_when_clear)

/** mos_when_describe: Returns: (transfer full): the minute of @at_us in the language's words, "friday 4 december 14:00", with the year where it is not this one;
 *  mos_when_parse() understands it as the same minute (the first of both in a doubled hour) */
char *mos_when_describe (const MosWhenContext *context, gint64 at_us);

/** MosWhenChoice: a completion: what may be typed (@text) and what it means */
typedef struct
{
  char *text;
  gint64 at_us;
  gboolean is_answer;
} MosWhenChoice;
void mos_when_choice_free (MosWhenChoice *choice);

/** mos_when_complete: what @text may be the beginning of, nearest to the text first; common times for "". Returns: (transfer full): array of at most @max #MosWhenChoice */
GPtrArray *mos_when_complete (const MosWhenContext *context, const char *text, guint max);

/** mos_when_is_twelve_hours: whether people who use this locale write "2:00 PM" */
gboolean mos_when_is_twelve_hours (const char *language);

G_END_DECLS
