/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* What the words and scores of customers tell beside the figures (issue 7, part 5). Everything here is counted in conversations, and names them. */

/**
 * MosInsight: something that stands out
 * @kind: what it is
 * @key: id or word that tells it from others of its kind; @name: as people call it: a phrase, a word, a product, a carrier, a macro, the subject of a conversation
 * @category: (nullable): of a question: what it is about; the id; @category_name: (nullable)
 * @example: (nullable): of a question or a word a sentence of a customer that has it; of a testimonial the comment
 * @n: in how many conversations of the period; of a macro how many scores its mean is of
 * @n_before: the same in the days before
 * @n_of: of what it is a part: conversations of the category, orders that were sold, answers; 0 = of nothing
 * @value: of a macro its mean score from 1 to 5; of a product or a carrier @n ÷ @n_of; of a word by how much it is likelier than before; of a testimonial the score
 * @is_few: too few to say much (MOS_MEASURE_FEW)
 * @conversations: (element-type utf8): ids of those it is counted in, the newest first
 */
typedef enum
{
  MOS_INSIGHT_QUESTION,   /* what is asked most, by category */
  MOS_INSIGHT_WORD,       /* what is written more than before */
  MOS_INSIGHT_PRODUCT,    /* conversations about orders of it, by how many orders were sold */
  MOS_INSIGHT_CARRIER,    /* the same of who brings them */
  MOS_INSIGHT_MACRO_BEST, /* scores of the conversations it was used in */
  MOS_INSIGHT_MACRO_WORST,
  MOS_INSIGHT_UNANSWERED,  /* a question that no macro was ever used to answer */
  MOS_INSIGHT_TESTIMONIAL, /* praise in words, of somebody who may be asked whether it may be shown */
} MosInsightKind;          /* question word product carrier macro_best macro_worst unanswered testimonial */
#define MOS_N_INSIGHT_KINDS (MOS_INSIGHT_TESTIMONIAL + 1)
MOS_DECLARE_NICKS (MosInsightKind, insight_kind)

typedef struct
{
  MosInsightKind kind;
  char *key;
  char *name;
  char *category;
  char *category_name;
  char *example;
  guint n;
  guint n_before;
  guint n_of;
  double value;
  gboolean is_few;
  GStrv conversations;
} MosInsight;
MOS_DECLARE_VALUE (MosInsight, insight)

/**
 * MosWeekNumber: one of the five numbers of the week
 */
typedef enum
{
  MOS_WEEK_NEW,            /* conversations that customers began */
  MOS_WEEK_FIRST_RESPONSE, /* its median, in hours of work where these are said */
  MOS_WEEK_RESOLUTION,     /* its median, by the clock */
  MOS_WEEK_CSAT,           /* its mean */
  MOS_WEEK_BACKLOG,        /* not closed at its end */
} MosWeekNumber;           /* new first_response resolution csat backlog */
#define MOS_N_WEEK_NUMBERS (MOS_WEEK_BACKLOG + 1)
MOS_DECLARE_NICKS (MosWeekNumber, week_number)

/** MosWeekChange: @n: how many it is of; 0 = there was none, and @value says nothing. @value, @before: microseconds, a mean, or a number */
typedef struct
{
  guint n;
  guint n_before;
  double value;
  double before;
} MosWeekChange;

/**
 * MosWeekHint: what to look at
 */
typedef enum
{
  MOS_WEEK_HINT_LOW_SCORES,  /* @n low scores: answer them */
  MOS_WEEK_HINT_WAITING,     /* @n wait longer than a day for an answer; @value: the longest, in microseconds */
  MOS_WEEK_HINT_OLD,         /* @n are open for more than seven days */
  MOS_WEEK_HINT_SLOWER,      /* the first response takes much longer than in the week before */
  MOS_WEEK_HINT_REOPENED,    /* @n of @n_of were opened again: many */
  MOS_WEEK_HINT_CATEGORY,    /* @name is asked about much more: @n, before @n_before */
  MOS_WEEK_HINT_PRODUCT,     /* @name makes trouble: @n conversations of @n_of orders */
  MOS_WEEK_HINT_TESTIMONIAL, /* @n customers praise the shop: ask whether it may be shown */
} MosWeekHintKind;           /* low_scores waiting old slower reopened category product testimonial */
#define MOS_N_WEEK_HINT_KINDS (MOS_WEEK_HINT_TESTIMONIAL + 1)
MOS_DECLARE_NICKS (MosWeekHintKind, week_hint_kind)

/** MosWeekHint: @name: (nullable); @conversations: (element-type utf8): which ones; may be empty where @number and its list tell them */
typedef struct
{
  MosWeekHintKind kind;
  guint n;
  guint n_before;
  guint n_of;
  double value;
  char *name;
  GStrv conversations;
} MosWeekHint;
MOS_DECLARE_VALUE (MosWeekHint, week_hint)

/**
 * MosWeek: how the week was, for the owner
 * @from_us, @last_us, @to_us, @zone: Monday to Sunday, by the clock of the shop, as in a MosMeasureReport
 * @is_business: MOS_WEEK_FIRST_RESPONSE is in hours of work
 * @hints: (element-type MosWeekHint): the most important first, three at most
 */
typedef struct
{
  gint64 from_us;
  gint64 last_us;
  gint64 to_us;
  char *zone;
  gboolean is_business;
  MosWeekChange numbers[MOS_N_WEEK_NUMBERS];
  GPtrArray *hints;
} MosWeek;
MOS_DECLARE_VALUE (MosWeek, week)

G_END_DECLS
