/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-when.h"

G_BEGIN_DECLS

/* Words, and what they mean. Shared by the files of mos-when. */

typedef enum
{
  MOS_WHEN_WORD_FILL,                /* says nothing: "until", "los"; value: 1: between day and month; MOS_WHEN_ARTICLE, MOS_WHEN_AT */
  MOS_WHEN_WORD_DAY,                 /* value: days from today; -1 = any day before */
  MOS_WHEN_WORD_WEEKDAY,             /* 1 = Monday … 7 */
  MOS_WHEN_WORD_MONTH,               /* 1 … 12 */
  MOS_WHEN_WORD_NEXT,                /* "next" before or behind a unit; says nothing with a weekday */
  MOS_WHEN_WORD_IN,                  /* before a number and a unit; value 1: behind them; 2: behind them or alone */
  MOS_WHEN_WORD_UNIT,                /* MosWhenUnit */
  MOS_WHEN_WORD_PAIR,                /* two of a unit in one word (Arabic): MosWhenUnit */
  MOS_WHEN_WORD_NUMBER,              /* a number as a word */
  MOS_WHEN_WORD_HALF,                /* "and a half", of the unit before; value 1: half an hour in one word (Italian "mezz'ora") */
  MOS_WHEN_WORD_AM,                  /* behind an hour */
  MOS_WHEN_WORD_PM,                  /* behind an hour */
  MOS_WHEN_WORD_CLOCK,               /* the number before is an hour: "o'clock" (value 1: of the twelve), "Uhr" */
  MOS_WHEN_WORD_PART,                /* a part of the day, in minutes after midnight; behind an hour it tells morning from evening */
  MOS_WHEN_WORD_TONIGHT,             /* today, and a part */
  MOS_WHEN_WORD_TOMORROW_OR_MORNING, /* German "morgen", Spanish "mañana": tomorrow, or the morning of a day that is named */
  MOS_WHEN_WORD_LATER_TODAY,         /* value: hours from now */
  MOS_WHEN_WORD_WEEKEND,
  MOS_WHEN_WORD_NEXT_UNIT, /* next week, month, year in one word: MosWhenUnit */
  MOS_WHEN_WORD_ORDINAL,   /* behind a number: it is a day of the month */
  MOS_WHEN_WORD_ANSWER,
} MosWhenWordKind;

typedef enum
{
  MOS_WHEN_UNIT_MINUTE,
  MOS_WHEN_UNIT_HOUR,
  MOS_WHEN_UNIT_DAY,
  MOS_WHEN_UNIT_WEEK,
  MOS_WHEN_UNIT_MONTH,
  MOS_WHEN_UNIT_YEAR,
  MOS_WHEN_UNIT_WORKDAY, /* a day on which somebody works */
} MosWhenUnit;

/** What stands before the number of a day, "el 5", and before an hour, "a las 5" */
#define MOS_WHEN_ARTICLE 2
#define MOS_WHEN_AT 3

/** A part of the day: when its work ends, whenever that is */
#define MOS_WHEN_END_OF_WORK (72 * 60)

/* @words: alternatives between "|", the usual one first */
typedef struct
{
  MosWhenWordKind kind;
  int value;
  const char *words;
} MosWhenWord;

/*
 * @am, @pm: for writing a time
 * @of: (nullable): between day and month
 * @in: a format of "in 3 days" with one %s
 * @units: singular|dual|plural of few (3…10)|plural of many, by #MosWhenUnit; a missing form is the one before
 * @phrases: completions besides those made from the tables, ended by %NULL
 * @first_day: of the week, 1 = Monday
 * @rest_day: the first day of the weekend
 */
typedef struct
{
  const char *code;
  const MosWhenWord *table;
  const char *am;
  const char *pm;
  const char *of;
  const char *in;
  const char *units[6];
  const char *phrases[12];
  int first_day;
  int rest_day;
} MosWhenLanguage;

/** mos_when_language: Returns: the tables of a locale's language; English where there are none */
const MosWhenLanguage *mos_when_language (const char *language);
/** mos_when_has_territory: whether the locale's territory is one of @codes ("GB IE") */
gboolean mos_when_has_territory (const char *language, const char *codes);
/** mos_when_find: the longest phrase that begins with the folded words @words, of the language or English. Returns: how many words it has; 0 = none */
guint mos_when_find (const MosWhenLanguage *language, const char *const *words, guint n_words, MosWhenWordKind *ret_kind, int *ret_value);
/** mos_when_word: Returns: (nullable): the usual word for it, as it is written; free with g_free() */
char *mos_when_word (const MosWhenLanguage *language, MosWhenWordKind kind, int value);
/** mos_when_fold: Returns: (transfer full): lower case, without accents and marks, digits as 0…9, blanks single; what the tables are compared by */
char *mos_when_fold (const char *text);

/** mos_when_wall: the day (and time) that clocks in the context's zone show; @ret_minute: after midnight */
void mos_when_wall (const MosWhenContext *context, gint64 us, int *ret_year, int *ret_month, int *ret_day, int *ret_minute);

G_END_DECLS
