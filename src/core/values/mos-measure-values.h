/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-target-values.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* How well the shop serves, in figures (product.md, "The measures"; behaviour.md §2.6). What each counts, and what it does not, is said here. */

typedef enum
{
  MOS_MEASURE_BY_NOTHING,
  MOS_MEASURE_BY_CHANNEL,
  MOS_MEASURE_BY_ACCOUNT,
  MOS_MEASURE_BY_CATEGORY,
  MOS_MEASURE_BY_TAG, /* as they are at the end of the period, of a score as of its question; what has several counts in each, and once in all */
  MOS_MEASURE_BY_LANGUAGE,
  MOS_MEASURE_BY_AGENT,   /* who answered, or closed; of what nobody did, whose it is */
  MOS_MEASURE_BY_MACRO,   /* which macros were used in it until the end of the period: several, as tags; of a score that of its question */
  MOS_MEASURE_BY_PRODUCT, /* what was ordered with the orders it is about, by its SKU, or its name where it has none: several */
} MosMeasureBy;           /* all channel account category tag language agent macro product */
#define MOS_N_MEASURE_BY (MOS_MEASURE_BY_PRODUCT + 1)
MOS_DECLARE_NICKS (MosMeasureBy, measure_by)

/**
 * MosMeasureFilter: of what figures are told
 * @only: by MosMeasureBy: (nullable): only of this one; "" = only of what has none. %NULL = whatever it is
 * @by_question: a score counts on the day that it was asked for, and not on that of the answer; one that nobody asked for on that of the answer all the same. It lets nothing through less
 *
 * Each figure asks its own circumstances, those it would be grouped by: an answer of Ana's counts for Ana, whoever closed it.
 */
typedef struct
{
  char *only[MOS_N_MEASURE_BY];
  gboolean by_question;
} MosMeasureFilter;
MOS_DECLARE_VALUE (MosMeasureFilter, measure_filter)
/** mos_measure_filter_is_empty: @filter: (nullable). Returns: whether everything counts */
gboolean mos_measure_filter_is_empty (const MosMeasureFilter *filter);

/** MosMeasureDays: which days a report is of, by the clock of the shop. What has begun ends with today */
typedef enum
{
  MOS_MEASURE_DAYS_GIVEN, /* from and to are said */
  MOS_MEASURE_DAYS_TODAY,
  MOS_MEASURE_DAYS_YESTERDAY,
  MOS_MEASURE_DAYS_7,
  MOS_MEASURE_DAYS_30,
  MOS_MEASURE_DAYS_90,
  MOS_MEASURE_DAYS_THIS_WEEK, /* from Monday */
  MOS_MEASURE_DAYS_LAST_WEEK,
  MOS_MEASURE_DAYS_THIS_MONTH,
  MOS_MEASURE_DAYS_LAST_MONTH,
  MOS_MEASURE_DAYS_THIS_QUARTER,
  MOS_MEASURE_DAYS_LAST_QUARTER,
  MOS_MEASURE_DAYS_THIS_YEAR,
  MOS_MEASURE_DAYS_LAST_YEAR,
} MosMeasureDays; /* given today yesterday 7-days 30-days 90-days this-week last-week this-month last-month this-quarter last-quarter this-year last-year */
#define MOS_N_MEASURE_DAYS (MOS_MEASURE_DAYS_LAST_YEAR + 1)
MOS_DECLARE_NICKS (MosMeasureDays, measure_days)

/** MosMeasureStep: what the points of a line stand for; weeks begin on Monday, and the first and the last point may be less than a whole one */
typedef enum
{
  MOS_MEASURE_STEP_NONE,
  MOS_MEASURE_STEP_DAY,
  MOS_MEASURE_STEP_WEEK,
  MOS_MEASURE_STEP_MONTH,
} MosMeasureStep; /* none day week month */
#define MOS_N_MEASURE_STEPS (MOS_MEASURE_STEP_MONTH + 1)
MOS_DECLARE_NICKS (MosMeasureStep, measure_step)

/**
 * MosMeasureQuery: what is asked for
 * @days: which days; @from, @to: (nullable): with MOS_MEASURE_DAYS_GIVEN: "2026-03-01", both are part of it; %NULL: as many as MOS_REPORT_DAYS until today
 * @filter: (nullable): %NULL = everything
 * @by: 1 << MosMeasureBy of each that is to be grouped by; 0 = nothing is
 * @compare: also of the time before: of what has begun as much of it
 * @step: also how it went
 * @with_journey: also the way of the customers
 * @with_targets: also whether the targets of then were met
 * @only_targets: that, and nothing else: what else there is to know is known
 */
typedef struct
{
  MosMeasureDays days;
  char *from;
  char *to;
  MosMeasureFilter *filter;
  guint by;
  gboolean compare;
  MosMeasureStep step;
  gboolean with_journey;
  gboolean with_targets;
  gboolean only_targets;
} MosMeasureQuery;
MOS_DECLARE_VALUE (MosMeasureQuery, measure_query)

/**
 * MosMeasureSpan: times that are measured. None of them counts what is spam, deleted or part of another conversation, what a machine wrote, mail that was taken in as old, or an answer that never left or did not arrive.
 *
 * @MOS_MEASURE_FIRST_RESPONSE: from the customer's first message to the first answer of a person after it; of the day of the answer
 * @MOS_MEASURE_ACKNOWLEDGEMENT: from the customer's first message to the first automatic answer, where no person was faster; of the day of that answer
 * @MOS_MEASURE_REPLY: from the first message that waits for an answer to the answer of a person; of the day of the answer. What was closed without one has none; of two that were merged while both waited, each has its own
 * @MOS_MEASURE_RESOLUTION: from the customer's first message to the close that stands at the end of the period; of the day of the close
 * @MOS_MEASURE_FIRST_RESOLUTION: from the customer's first message to the first close after it, whether it stood or not; of the day of the close
 * @MOS_MEASURE_HANDLING: how long of the resolution time the customer waited for us: all turns together, what ran side by side once
 */
typedef enum
{
  MOS_MEASURE_FIRST_RESPONSE,
  MOS_MEASURE_ACKNOWLEDGEMENT,
  MOS_MEASURE_REPLY,
  MOS_MEASURE_RESOLUTION,
  MOS_MEASURE_FIRST_RESOLUTION,
  MOS_MEASURE_HANDLING,
} MosMeasureSpan; /* first_response acknowledgement reply resolution first_resolution handling */
#define MOS_N_MEASURE_SPANS (MOS_MEASURE_HANDLING + 1)
MOS_DECLARE_NICKS (MosMeasureSpan, measure_span)

/**
 * MosMeasureCount: conversations in which the customer wrote, each once
 *
 * @MOS_MEASURE_NEW: whose first message of the customer came in the period
 * @MOS_MEASURE_CLOSED: closed in the period, and closed still at its end
 * @MOS_MEASURE_ONE_TOUCH: of those, with exactly one answer of a person
 * @MOS_MEASURE_DEFLECTED: of those, with an automatic answer and none of a person
 * @MOS_MEASURE_CLOSED_ONCE: closed in the period at least once
 * @MOS_MEASURE_REOPENED: of those, opened again before the end of the period
 */
typedef enum
{
  MOS_MEASURE_NEW,
  MOS_MEASURE_CLOSED,
  MOS_MEASURE_ONE_TOUCH,
  MOS_MEASURE_DEFLECTED,
  MOS_MEASURE_CLOSED_ONCE,
  MOS_MEASURE_REOPENED,
} MosMeasureCount; /* new closed one_touch deflected closed_once reopened */
#define MOS_N_MEASURE_COUNTS (MOS_MEASURE_REOPENED + 1)
MOS_DECLARE_NICKS (MosMeasureCount, measure_count)

/** MosMeasureTimes: of @n times; @p90_us: the shortest of them that nine of ten do not exceed. @median_us: the middle one, or halfway between both. All 0 where @n is */
typedef struct
{
  guint n;
  gint64 median_us;
  gint64 mean_us;
  gint64 p90_us;
  gint64 longest_us;
} MosMeasureTimes;

/** Monday to Sunday, each of 24 hours. */
#define MOS_MEASURE_N_HOURS (7 * 24)
/** How old what is open may be, each up to the next: a day, three, seven, older. */
#define MOS_MEASURE_N_AGES 4
/** How long something took, each up to the next: 15 minutes, 1, 2, 4, 8 hours, 1, 3, 7 days, longer. */
#define MOS_MEASURE_N_BINS 9
/** mos_measure_bin_get_limit: Pure. Returns: the longest time that is in @bin still; G_MAXINT64 for the last */
gint64 mos_measure_bin_get_limit (guint bin);
/** mos_measure_bin_of: Pure. Returns: where a time lies, 0 to MOS_MEASURE_N_BINS - 1 */
guint mos_measure_bin_of (gint64 us);

/**
 * MosMeasureScores: answers that came in the period (@n: those with a score)
 * @n_answers: also those that are nothing but words
 * @n_good: 4 and 5 of CSAT, 9 and 10 of NPS; @n_bad: up to 6 of NPS, up to 2 of CSAT
 * @n_asked, @n_asked_answered: of the questions that were asked in the period, how many have an answer
 * @by_score: how often each score was given, 0 to 10
 */
typedef struct
{
  guint n;
  guint n_answers;
  gint64 sum;
  guint n_good;
  guint n_bad;
  guint n_asked;
  guint n_asked_answered;
  guint by_score[11];
} MosMeasureScores;
/** Fewer answers than this say little, and are shown so. */
#define MOS_MEASURE_FEW 10

/**
 * MosMeasureTargets: what came of the targets that ended in the period, by those of then and by the hours that were valid: an answer on its day, a resolution by the close that stands at the end.
 * What had no target does not count.
 *
 * @n_met, @n_missed: conversations: all of its targets that ended in the period were met, or one was not
 * @met, @missed: targets, by MosTargetKind
 */
typedef struct
{
  guint n_met;
  guint n_missed;
  guint met[MOS_N_TARGET_KINDS];
  guint missed[MOS_N_TARGET_KINDS];
} MosMeasureTargets;

/**
 * MosMeasureFigures: of all, or of one group
 * @key: the id or word that is grouped by; "" = none of them
 * @name: as people call it; the same as @key where it has no other
 * @clock, @business: by the clock, and by the hours of work that were valid then; the latter are all 0 where nobody said when work is
 * @clock_bins, @business_bins: how many of these times are how long (mos_measure_bin_of())
 * @n_messages: of MOS_MEASURE_CLOSED, the messages of both sides until the close, automatic ones too, without notes
 * @per_day: of MOS_MEASURE_NEW, how many on each of the report's @n_days
 * @per_hour: the same by the hour of the week, from Monday at midnight, whatever week it was
 * @n_open, @n_pending, @n_snoozed: not closed at the end of the period, or now where that is still to come
 * @ages: of all these, since the customer's first message; @n_ages: how many up to a day, up to three, up to seven, and older
 * @waiting: how long those wait who wait for an answer at the end of the period
 * @targets: all 0 where it was not asked for
 */
typedef struct
{
  char *key;
  char *name;
  MosMeasureTimes clock[MOS_N_MEASURE_SPANS];
  MosMeasureTimes business[MOS_N_MEASURE_SPANS];
  guint clock_bins[MOS_N_MEASURE_SPANS][MOS_MEASURE_N_BINS];
  guint business_bins[MOS_N_MEASURE_SPANS][MOS_MEASURE_N_BINS];
  guint n_messages;
  guint counts[MOS_N_MEASURE_COUNTS];
  guint *per_day;
  guint per_hour[MOS_MEASURE_N_HOURS];
  guint n_open;
  guint n_pending;
  guint n_snoozed;
  MosMeasureTimes ages;
  guint n_ages[MOS_MEASURE_N_AGES];
  MosMeasureTimes waiting;
  MosMeasureScores csat;
  MosMeasureScores nps;
  MosMeasureTargets targets;
} MosMeasureFigures;
MOS_DECLARE_VALUE (MosMeasureFigures, measure_figures)

/**
 * mos_measure_scores_get_interval: in which the share of @n_good of @n lies with 95 % (Wilson). Pure. @n not 0
 * @ret_low, @ret_high: (out): 0 to 1
 */
void mos_measure_scores_get_interval (guint n_good, guint n, double *ret_low, double *ret_high);
/** mos_measure_scores_get_nps: Pure. Returns: the share of promoters less that of detractors, -100 to 100. @n not 0 */
double mos_measure_scores_get_nps (const MosMeasureScores *nps);
/**
 * mos_measure_scores_get_nps_interval: in which the score of all customers lies with 95 %. Pure. @nps->n not 0
 * @ret_low, @ret_high: (out): -100 to 100
 *
 * Promoters less detractors is a difference of two shares of one multinomial sample, of variance (p + d − (p − d)²) ÷ n; by the normal
 * approximation, with an answer more on both sides (Bonett and Price 2012, "Adjusted Wald Confidence Interval for a Difference of
 * Binomial Proportions Based on Paired Data", J. Educ. Behav. Stat. 37), so that a few answers that are all the same do not look certain.
 */
void mos_measure_scores_get_nps_interval (const MosMeasureScores *nps, double *ret_low, double *ret_high);

/**
 * MosMeasureTrade: customers and orders of the shops; what was not paid, or was cancelled, is no order
 * @n_start, @n_end: customers whose last order was at most @lost_days days old as the period began, and as it ended, or now
 * @n_new: those of the end who had never ordered before the period
 * @n_orders: of the period, whoever's
 */
typedef struct
{
  guint lost_days;
  guint n_start;
  guint n_end;
  guint n_new;
  guint n_orders;
} MosMeasureTrade;
/** mos_measure_trade_get_retention: Pure. Returns: the share of those of the start who are there at the end, as (end − new) ÷ start: more than 1 where who was lost came back. @n_start not 0 */
double mos_measure_trade_get_retention (const MosMeasureTrade *trade);

/**
 * MosMeasurePoint: how it went in one step; @from_us, @to_us: without its end
 * @n_backlog: not closed when it began, at midnight
 * @is_to_come: it has not begun
 */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
  gboolean is_to_come;
  guint n_new;
  guint n_closed;
  guint n_backlog;
  MosMeasureTimes first_response;
  MosMeasureTimes first_response_business;
  MosMeasureTimes resolution;
  MosMeasureTimes resolution_business;
  MosMeasureScores csat;
  MosMeasureScores nps;
} MosMeasurePoint;

/**
 * MosMeasureJourney: customers who wrote for the first time in the period, and how far each of them came until its end, or now; who is in one is in each before it
 * @n_contact: who wrote for the first time
 * @n_order: of these, who ordered, be it before or after it
 * @n_problem: of these, who wrote about an order, or after one
 * @n_resolved: of these, of whom all of that is closed
 * @n_returned: of these, who ordered again after it was closed
 * @n_promoter: of these, whose last score is 9 or 10, or 5 of 5
 */
typedef struct
{
  guint n_contact;
  guint n_order;
  guint n_problem;
  guint n_resolved;
  guint n_returned;
  guint n_promoter;
} MosMeasureJourney;

/**
 * MosMeasureReport:
 * @from_us, @to_us: the period, without its end; @last_us: the midnight that its last day begins with
 * @zone: whose days and hours these are, "Europe/Madrid"
 * @n_days: days of the shop that the period has
 * @by: what was asked for
 * @all: all together
 * @groups: by MosMeasureBy: (nullable) (element-type MosMeasureFigures): in order of their names, what is none of them last; %NULL where @by has it not
 * @has_business: whether somebody said when work is
 * @has_targets: it was asked what came of the targets; where that alone was asked, all else is 0
 * @points: (nullable) (element-type MosMeasurePoint): where a step was asked for
 * @has_journey: it was asked for; else @journey is all 0
 * @before: (nullable): of the time before, as mos_report_period_set_before() has it
 */
typedef struct _MosMeasureReport MosMeasureReport;
struct _MosMeasureReport
{
  gint64 from_us;
  gint64 last_us;
  gint64 to_us;
  char *zone;
  guint n_days;
  guint by;
  gboolean has_business;
  gboolean has_targets;
  MosMeasureTrade trade;
  MosMeasureFigures *all;
  GPtrArray *groups[MOS_N_MEASURE_BY];
  MosMeasureStep step;
  GPtrArray *points;
  gboolean has_journey;
  MosMeasureJourney journey;
  MosMeasureReport *before;
};
MOS_DECLARE_VALUE (MosMeasureReport, measure_report)

/**
 * MosMeasureNumber: a number of a report, of which the conversations can be asked for. The first are those of MosMeasureSpan and MosMeasureCount, in their order.
 * Of spans there is a row for each time (of MOS_MEASURE_REPLY several of one conversation), of scores one for each answer, of the rest one for each conversation.
 */
typedef enum
{
  MOS_NUMBER_FIRST_RESPONSE,
  MOS_NUMBER_ACKNOWLEDGEMENT,
  MOS_NUMBER_REPLY,
  MOS_NUMBER_RESOLUTION,
  MOS_NUMBER_FIRST_RESOLUTION,
  MOS_NUMBER_HANDLING,
  MOS_NUMBER_NEW,
  MOS_NUMBER_CLOSED,
  MOS_NUMBER_ONE_TOUCH,
  MOS_NUMBER_DEFLECTED,
  MOS_NUMBER_CLOSED_ONCE,
  MOS_NUMBER_REOPENED,
  MOS_NUMBER_BACKLOG, /* not closed; its age is its time */
  MOS_NUMBER_OPEN,
  MOS_NUMBER_PENDING,
  MOS_NUMBER_SNOOZED,
  MOS_NUMBER_WAITING,
  MOS_NUMBER_MESSAGES, /* of what was closed; the count is its score */
  MOS_NUMBER_CSAT,     /* with a score */
  MOS_NUMBER_CSAT_GOOD,
  MOS_NUMBER_CSAT_LOW,
  MOS_NUMBER_CSAT_ANSWERS, /* also of words alone */
  MOS_NUMBER_CSAT_ASKED,
  MOS_NUMBER_CSAT_ASKED_ANSWERED,
  MOS_NUMBER_NPS,
  MOS_NUMBER_NPS_PROMOTERS,
  MOS_NUMBER_NPS_PASSIVES,
  MOS_NUMBER_NPS_DETRACTORS,
  MOS_NUMBER_NPS_ANSWERS,
  MOS_NUMBER_NPS_ASKED,
  MOS_NUMBER_NPS_ASKED_ANSWERED,
  MOS_NUMBER_JOURNEY_CONTACT, /* the first conversation of each customer */
  MOS_NUMBER_JOURNEY_ORDER,
  MOS_NUMBER_JOURNEY_PROBLEM,
  MOS_NUMBER_JOURNEY_RESOLVED,
  MOS_NUMBER_JOURNEY_RETURNED,
  MOS_NUMBER_JOURNEY_PROMOTER,
  MOS_NUMBER_TARGETS_MET, /* conversations; of one kind of target, each of them */
  MOS_NUMBER_TARGETS_MISSED,
} MosMeasureNumber; /* first_response acknowledgement reply resolution first_resolution handling new closed one_touch deflected closed_once reopened backlog open pending snoozed waiting messages csat csat_good csat_low … */
#define MOS_N_MEASURE_NUMBERS (MOS_NUMBER_TARGETS_MISSED + 1)
MOS_DECLARE_NICKS (MosMeasureNumber, measure_number)

/** Every part of a number together. */
#define MOS_MEASURE_WHOLE (-1)

/**
 * MosMeasureLook: which conversations make a number
 * @query: its days and its filter count
 * @from_us, @to_us: where not 0, these in place of its days: of a point
 * @by, @key: of one group; MOS_MEASURE_BY_NOTHING = of all
 * @part: a bin of a span, an hour of the week of MOS_NUMBER_NEW, an age of MOS_NUMBER_BACKLOG, a score, a kind of target; else MOS_MEASURE_WHOLE
 * @is_business: with @part: it is one of the times in hours of work; and these are what is ordered by
 * @max: how many rows at most; 0 = all
 */
typedef struct
{
  MosMeasureQuery *query;
  MosMeasureNumber number;
  gint64 from_us;
  gint64 to_us;
  MosMeasureBy by;
  char *key;
  int part;
  gboolean is_business;
  guint max;
} MosMeasureLook;
MOS_DECLARE_VALUE (MosMeasureLook, measure_look)

/** No time, or no score, is told. */
#define MOS_MEASURE_NO_VALUE G_MININT64

/**
 * MosMeasureRow: one of what makes a number
 * @number: of the conversation, as people see it
 * @customer_name: (nullable)
 * @at_us: the moment it counts at: of the answer, the close, the first message …
 * @clock_us, @business_us: MOS_MEASURE_NO_VALUE where it has none
 * @value: a score, or how many messages; MOS_MEASURE_NO_VALUE where it has none
 * @comment: (nullable): the words of an answer
 */
typedef struct
{
  char *conversation;
  gint64 number;
  char *subject;
  char *customer_name;
  gint64 at_us;
  gint64 clock_us;
  gint64 business_us;
  gint64 value;
  char *comment;
} MosMeasureRow;
MOS_DECLARE_VALUE (MosMeasureRow, measure_row)

/**
 * MosMeasureRows: the longest first, of scores the lowest first, of the rest the newest first
 * @n: how many there are, also those beyond what was asked for
 */
typedef struct
{
  guint n;
  GPtrArray *rows; /* (element-type MosMeasureRow) */
} MosMeasureRows;
MOS_DECLARE_VALUE (MosMeasureRows, measure_rows)

G_END_DECLS
