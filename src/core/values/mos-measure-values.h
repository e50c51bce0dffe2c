/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* How well the shop serves, in figures (product.md, "The measures"; behaviour.md §2.6). What each counts, and what it does not, is said here. */

typedef enum
{
  MOS_MEASURE_BY_NOTHING,
  MOS_MEASURE_BY_CHANNEL,
  MOS_MEASURE_BY_ACCOUNT,
  MOS_MEASURE_BY_CATEGORY,
  MOS_MEASURE_BY_TAG, /* as they are at the end of the period; what has several counts in each, and once in all */
  MOS_MEASURE_BY_LANGUAGE,
  MOS_MEASURE_BY_AGENT, /* who answered, or closed; of what nobody did, whose it is */
} MosMeasureBy;         /* all channel account category tag language agent */
#define MOS_N_MEASURE_BY (MOS_MEASURE_BY_AGENT + 1)
MOS_DECLARE_NICKS (MosMeasureBy, measure_by)

/**
 * MosMeasureSpan: times that are measured. None of them counts what is spam, deleted or part of another conversation, what a machine wrote, or mail that was taken in as old.
 *
 * @MOS_MEASURE_FIRST_RESPONSE: from the customer's first message to the first answer of a person after it; of the day of the answer
 * @MOS_MEASURE_ACKNOWLEDGEMENT: from the customer's first message to the first automatic answer, where no person was faster; of the day of that answer
 * @MOS_MEASURE_REPLY: from the first message that waits for an answer to the answer of a person; of the day of the answer. What was closed without one has none
 * @MOS_MEASURE_RESOLUTION: from the customer's first message to the close that stands at the end of the period; of the day of the close
 * @MOS_MEASURE_FIRST_RESOLUTION: from the customer's first message to the first close after it, whether it stood or not; of the day of the close
 * @MOS_MEASURE_HANDLING: how long of the resolution time the customer waited for us: all turns together
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

/**
 * MosMeasureScores: answers that came in the period (@n: those with a score)
 * @n_answers: also those that are nothing but words
 * @n_good: 4 and 5 of CSAT, 9 and 10 of NPS; @n_bad: up to 6 of NPS, up to 2 of CSAT
 * @n_asked, @n_asked_answered: of the questions that were asked in the period, how many have an answer
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
} MosMeasureScores;

/**
 * MosMeasureFigures: of all, or of one group
 * @key: the id or word that is grouped by; "" = none of them
 * @name: as people call it; the same as @key where it has no other
 * @clock, @business: by the clock, and by the hours of work that were valid then; the latter are all 0 where nobody said when work is
 * @per_day: of MOS_MEASURE_NEW, how many on each of the report's @n_days
 * @per_hour: the same by the hour of the week, from Monday at midnight, whatever week it was
 * @n_open, @n_pending, @n_snoozed: not closed at the end of the period, or now where that is still to come
 * @ages: of all these, since the customer's first message; @n_ages: how many up to a day, up to three, up to seven, and older
 * @waiting: how long those wait who wait for an answer at the end of the period
 */
typedef struct
{
  char *key;
  char *name;
  MosMeasureTimes clock[MOS_N_MEASURE_SPANS];
  MosMeasureTimes business[MOS_N_MEASURE_SPANS];
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
 * MosMeasureReport:
 * @from_us, @to_us: the period, without its end
 * @n_days: days of the shop that the period has
 * @all: all together
 * @groups: (element-type MosMeasureFigures): in order of @by; empty with MOS_MEASURE_BY_NOTHING
 * @has_business: whether somebody said when work is
 */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
  guint n_days;
  MosMeasureBy by;
  gboolean has_business;
  MosMeasureTrade trade;
  MosMeasureFigures *all;
  GPtrArray *groups;
} MosMeasureReport;
MOS_DECLARE_VALUE (MosMeasureReport, measure_report)

G_END_DECLS
