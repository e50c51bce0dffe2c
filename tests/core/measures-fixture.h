/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-time.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-reports.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-surveys.h"
#include "store-fixture.h"

/* Stories of conversations, told as lines of what happened when by the clock of Madrid, and the figures that come of them. */

#define ZONE "Europe/Madrid"
#define MAX_CONVERSATIONS 128

typedef enum
{
  END,
  ASKS,    /* the customer; @value: another account */
  ANSWERS, /* a person; @value: which, else AGENT */
  AUTO,    /* an automatic answer */
  MACHINE, /* a bounce comes in */
  NOTES,
  FAILS,   /* our last message there does not get to them */
  RESENDS, /* it does after all */
  FOUND,   /* an answer from elsewhere, with the time of the server */
  AHEAD,   /* @value: by so many seconds the server's clock is ahead of ours from now on */
  CLOSES,
  OPENS,
  PENDS,
  SNOOZES,
  SPAM,
  DELETES,
  ARCHIVES, /* it turns out to be old mail */
  MERGES,   /* into the conversation whose letter @value is */
  UNMERGES, /* takes the last merge back */
  UNDOES,   /* takes what was done last back */
  CATEGORY,
  TAG,
  UNTAG,
  SPEAKS, /* the language is found out */
  ASSIGNS,
  HOURS, /* @value is the calendar from now on */
  CSAT,  /* @value is what the customer says, without a question of ours */
  NPS,
  ASKED_CSAT, /* a question of ours; @value: whom it is about, else that is looked up */
  ASKED_NPS,
  SCORES,  /* an answer to the last question there; @value: "" = words alone */
  EXPIRES, /* it has none */
  CANCELS,
  BOUNCES, /* the mail that asked does not get to them */
} Act;

/* @at: "2026-03-02T10:00", or its end alone ("10:05") on the day of the step before */
typedef struct
{
  const char *at;
  char who;
  Act act;
  const char *value;
} Step;

typedef struct
{
  Fixture *f;
  GTimeZone *zone;
  MosReportCache *cache;
  char *ids[MAX_CONVERSATIONS];
  char day[11];
  guint n_messages;
  gint64 merge;
  gint64 last;
  gint64 ahead_us;

  const Step *step;
  gint64 at_us;
  const char *from;
  const char *to;
  MosMeasureQuery *query;
  MosMeasureLook *look;
  gint64 period_us[2];
  MosReportPeriod period;
  MosMeasureReport *report;
  MosMeasureRows *rows;
  GPtrArray *lines;
} Story;

Story *story_new (void);
void story_free (Story *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Story, story_free)

/** story_tell: what happens, each step in a transaction of its own at its time */
void story_tell (Story *story, const Step *steps);
/** story_set_clock: it is @at now */
void story_set_clock (Story *story, const char *at);
/** story_report: the figures of the days from @from to @to, as mos_reports_make() gives them */
MosMeasureReport *story_report (Story *story, const char *from, const char *to, MosMeasureBy by);
/** story_ask: the same of all that @query asks for */
MosMeasureReport *story_ask (Story *story, const char *from, const char *to, MosMeasureQuery *query);
/** story_ask_between: the same of a part of the days that were last asked about */
MosMeasureReport *story_ask_between (Story *story, gint64 from_us, gint64 to_us, MosMeasureQuery *query);
/** story_list: what makes a number, as mos_reports_list() gives it */
MosMeasureRows *story_list (Story *story, MosMeasureLook *look);
/** story_describe: all figures that are not nothing, as story_assert() has them; @only_history: without what is open or waits */
char *story_describe (const MosMeasureFigures *figures, gboolean only_history);
/**
 * story_assert: all figures of these days that are not nothing, as one text: "new 1; first_response 1 600/600/600; …": of times how many, median, mean, 90th percentile in seconds;
 * of what is open "open 1, age 1 3600/3600/3600", of scores "csat 2/3 sum 7 good 1 low 0", of questions "csat asked 3 answered 2"
 */
void story_assert (Story *story, const char *from, const char *to, const char *expected);
/** story_assert_groups: the same of each group: "parcel: new 1; …" one a line, without what is open, waits, or was scored */
void story_assert_groups (Story *story, const char *from, const char *to, MosMeasureBy by, const char *expected);
/** story_dump: Returns: (transfer full): every fact and roll-up, one a line */
char *story_dump (Story *story, gboolean rebuild);
