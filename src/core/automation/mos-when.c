/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-when-private.h"

#include "core/base/mos-time.h"

#include <string.h>

#define MAX_TOKENS 64
#define MAX_WORDS 5
#define MAX_YEARS_AHEAD 10
/* More digits are no number of anything here. */
#define MAX_NUMBER 999999
#define MORNING (9 * 60)
#define EVENING (18 * 60)
/* Nobody is closed for longer and still promises days. */
#define MAX_CLOSED_DAYS 400

/* --- tokens --- */

typedef enum
{
  TOKEN_WORD,
  TOKEN_NUMBER,
  TOKEN_SIGN, /* one of : . / - + */
  TOKEN_OTHER,
} TokenType;

typedef struct
{
  TokenType type;
  char *word; /* (owned) folded; a number as its digits */
  int value;  /* of a number; the sign */
  guint digits;
  gboolean glued;    /* to the one before, without a blank */
  const char *typed; /* (borrowed): the chunk it was typed in */
} Token;

typedef struct
{
  const MosWhenContext *context;
  const MosWhenLanguage *language;
  GPtrArray *tokens; /* (owned) */
  char **chunks;     /* (owned) */
  guint at;

  MosWhenStatus status;
  const char *unknown; /* (borrowed) */

  /* What was said; -1 = not. */
  int day_offset, weekday, month, day, year;
  int hour, minute, part;
  gboolean is_pm, is_am, is_short_hour;
  gboolean is_in, is_next, is_weekend, is_answer, is_nothing;
  int next_unit;
  gboolean has_amount;
  gint64 minutes; /* amounts of hours and minutes */
  int days, months, workdays;
  int last_unit;
  gboolean wants_day; /* "day" before a number */
} Parser;

static void
token_free (Token *token)
{
  g_free (token->word);
  g_free (token);
}

static TokenType
type_of (gunichar c)
{
  if (c >= '0' && c <= '9')
    return TOKEN_NUMBER;
  if (g_unichar_isalpha (c))
    return TOKEN_WORD;
  return c < 0x80 && strchr (":./-+", (int) c) != NULL ? TOKEN_SIGN : TOKEN_OTHER;
}

static void
split_chunk (Parser *self,
             const char *chunk)
{
  g_autofree char *folded = mos_when_fold (chunk);
  const char *p = folded;
  gboolean glued = FALSE;

  while (*p != '\0' && self->tokens->len < MAX_TOKENS)
    {
      const char *begin = p;
      TokenType type = type_of (g_utf8_get_char (p));
      Token *token;

      if (*p == ' ')
        {
          glued = FALSE;
          p++;
          continue;
        }
      do
        p = g_utf8_next_char (p);
      while ((type == TOKEN_WORD || type == TOKEN_NUMBER) && *p != '\0' && type_of (g_utf8_get_char (p)) == type);

      token = g_new0 (Token, 1);
      token->type = type;
      token->word = g_strndup (begin, (gsize) (p - begin));
      token->glued = glued;
      token->typed = chunk;
      token->digits = (guint) (p - begin);
      if (type == TOKEN_NUMBER)
        token->value = token->digits <= 6 ? (int) g_ascii_strtoll (token->word, NULL, 10) : MAX_NUMBER + 1;
      else if (type == TOKEN_SIGN)
        token->value = *begin;
      g_ptr_array_add (self->tokens, token);
      glued = TRUE;
    }
}

/* @ahead: from where the parser stands. Returns: (nullable) */
static Token *
peek (Parser *self,
      guint ahead)
{
  return self->at + ahead < self->tokens->len ? self->tokens->pdata[self->at + ahead] : NULL;
}

static gboolean
is_number (Token *token)
{
  return token != NULL && token->type == TOKEN_NUMBER;
}

/* The sign @sign, glued, with a number glued behind it. */
static gboolean
is_joint (Parser *self,
          guint ahead,
          char sign)
{
  Token *joint = peek (self, ahead), *number = peek (self, ahead + 1);

  return joint != NULL && joint->type == TOKEN_SIGN && joint->value == sign && joint->glued && is_number (number) && number->glued;
}

/* What the words from @ahead on mean. Returns: how many tokens; 0 = nothing that is known */
static guint
look_up (Parser *self,
         guint ahead,
         MosWhenWordKind *ret_kind,
         int *ret_value)
{
  const char *words[MAX_WORDS];
  guint n = 0;

  while (n < MAX_WORDS)
    {
      Token *token = peek (self, ahead + n);

      if (token == NULL || token->type != TOKEN_WORD)
        break;
      words[n++] = token->word;
    }
  return n > 0 ? mos_when_find (self->language, words, n, ret_kind, ret_value) : 0;
}

static gboolean
fail (Parser *self,
      MosWhenStatus status,
      Token *token)
{
  if (self->status == MOS_WHEN_OK)
    {
      self->status = status;
      self->unknown = token != NULL ? token->typed : NULL;
    }
  return FALSE;
}

/* --- what is said --- */

static gboolean
say (Parser *self,
     int *what,
     int value)
{
  if (*what != -1 && *what != value)
    return fail (self, MOS_WHEN_CONFLICT, NULL);
  *what = value;
  return TRUE;
}

static gboolean
say_time (Parser *self,
          int hour,
          int minute,
          gboolean is_short_hour)
{
  if (self->hour != -1)
    return fail (self, MOS_WHEN_CONFLICT, NULL);
  if (hour > 24 || minute > 59 || (hour == 24 && minute != 0))
    return fail (self, MOS_WHEN_NO_SUCH, NULL);
  self->hour = hour;
  self->minute = minute;
  self->is_short_hour = is_short_hour;
  return TRUE;
}

static gboolean
say_date (Parser *self,
          int year,
          int month,
          int day)
{
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return fail (self, MOS_WHEN_NO_SUCH, NULL);
  if (year >= 0 && year < 100)
    year += 2000;
  return say (self, &self->month, month) && say (self, &self->day, day) && (year < 0 || say (self, &self->year, year));
}

static gboolean
say_amount (Parser *self,
            MosWhenUnit unit,
            int number)
{
  self->has_amount = TRUE;
  self->last_unit = (int) unit;
  switch (unit)
    {
    case MOS_WHEN_UNIT_MINUTE:
      self->minutes += number;
      break;
    case MOS_WHEN_UNIT_HOUR:
      self->minutes += (gint64) number * 60;
      break;
    case MOS_WHEN_UNIT_DAY:
      self->days += number;
      break;
    case MOS_WHEN_UNIT_WEEK:
      self->days += MIN (number, MAX_NUMBER / 7) * 7;
      break;
    case MOS_WHEN_UNIT_MONTH:
      self->months += number;
      break;
    case MOS_WHEN_UNIT_YEAR:
      self->months += MIN (number, MAX_NUMBER / 12) * 12;
      break;
    case MOS_WHEN_UNIT_WORKDAY:
      self->workdays += number;
      break;
    default:
      g_assert_not_reached ();
    }
  /* What a long text adds up to stays a number. */
  self->days = MIN (self->days, MAX_NUMBER);
  self->months = MIN (self->months, MAX_NUMBER);
  self->workdays = MIN (self->workdays, MAX_NUMBER);
  return TRUE;
}

/* Whether "9 hours" without "in" is nine o'clock in this language. */
static gboolean
hours_are_clock (Parser *self,
                 Token *unit)
{
  const char *code = self->language->code;

  if (strcmp (code, "en") == 0 || strcmp (code, "ar") == 0)
    return FALSE;
  return strcmp (unit->word, "h") == 0 || strcmp (code, "fr") == 0 || strcmp (code, "es") == 0 || strcmp (code, "pt") == 0;
}

static gboolean
is_month_first (Parser *self)
{
  const char *language = self->context->language;

  return strcmp (self->language->code, "en") == 0 &&
         (language == NULL || strpbrk (language, "_-") == NULL || mos_when_has_territory (language, "US PH"));
}

/* A number that no word explains. */
static gboolean
take_bare_number (Parser *self,
                  Token *token)
{
  int value = token->value;

  self->at++;
  if (token->digits == 4 && self->month != -1 && self->year == -1 && value >= 1970)
    return say (self, &self->year, value);
  if (self->wants_day || (self->month != -1 && self->day == -1))
    {
      self->wants_day = FALSE;
      if (value < 1 || value > 31)
        return fail (self, MOS_WHEN_NO_SUCH, NULL);
      return say (self, &self->day, value);
    }
  /* A year alone names no day; behind a day the same figures are a time. */
  if (token->digits == 4 && value >= 1970 && value < 2100 && self->day_offset == -1 && self->weekday == -1 && self->day == -1)
    return fail (self, MOS_WHEN_UNKNOWN, token);
  if (token->digits == 4 && self->hour == -1)
    return say_time (self, value / 100, value % 100, FALSE);
  if (value > 24)
    return fail (self, MOS_WHEN_UNKNOWN, token);
  return say_time (self, value, 0, token->digits == 1);
}

/* 2026-12-01, 1.12.2026, 1/12, 14:30, 14.30, 14h30. @ret_done: whether it was one */
static gboolean
take_figures (Parser *self,
              Token *token,
              gboolean *ret_done)
{
  Token *h = peek (self, 1), *second = peek (self, 2), *third = peek (self, 4);
  int year;

  *ret_done = TRUE;
  if (is_joint (self, 1, ':'))
    {
      gboolean has_seconds = is_joint (self, 3, ':');

      if (second->digits != 2)
        return fail (self, MOS_WHEN_NO_SUCH, NULL);
      self->at += has_seconds ? 5 : 3;
      return say_time (self, token->value, second->value, token->digits == 1);
    }
  if (is_joint (self, 1, '-') && is_joint (self, 3, '-'))
    {
      self->at += 5;
      if (token->digits == 4)
        {
          Token *t = peek (self, 0);

          /* ISO 8601: the T between day and time */
          if (t != NULL && t->type == TOKEN_WORD && t->glued && strcmp (t->word, "t") == 0)
            self->at++;
          return say_date (self, token->value, second->value, third->value);
        }
      return say_date (self, third->value, second->value, token->value);
    }
  if (is_joint (self, 1, '/'))
    {
      gboolean month_first = is_month_first (self), has_year = is_joint (self, 3, '/');

      year = has_year ? third->value : -1;
      self->at += has_year ? 5 : 3;
      if (token->digits == 4)
        return has_year ? say_date (self, token->value, second->value, third->value) : fail (self, MOS_WHEN_NO_SUCH, NULL);
      return month_first ? say_date (self, year, token->value, second->value) : say_date (self, year, second->value, token->value);
    }
  if (is_joint (self, 1, '.'))
    {
      gboolean has_year = is_joint (self, 3, '.');
      Token *end = peek (self, 3);
      gboolean has_end = !has_year && end != NULL && end->type == TOKEN_SIGN && end->value == '.' && end->glued;
      gboolean has_day = self->day != -1 || self->weekday != -1 || self->day_offset != -1;
      MosWhenWordKind kind;
      int value;

      /* "14.30", "9.00", "8.30 Uhr": a time where it can be no day of a month, or the day is there already */
      if (!has_year && !has_end && second->digits == 2 &&
          (second->value > 12 || second->value == 0 || has_day || (look_up (self, 3, &kind, &value) > 0 && (kind == MOS_WHEN_WORD_CLOCK || kind == MOS_WHEN_WORD_AM || kind == MOS_WHEN_WORD_PM))))
        {
          self->at += 3;
          return say_time (self, token->value, second->value, token->digits == 1);
        }
      year = has_year ? third->value : -1;
      self->at += has_year ? 5 : has_end ? 4
                                         : 3;
      return say_date (self, year, second->value, token->value);
    }
  if (h != NULL && h->glued && h->type == TOKEN_WORD && strcmp (h->word, "h") == 0 && is_number (second) && second->glued)
    {
      self->at += 3;
      if (self->is_in)
        return say_amount (self, MOS_WHEN_UNIT_HOUR, token->value) && say_amount (self, MOS_WHEN_UNIT_MINUTE, second->value);
      return say_time (self, token->value, second->value, FALSE);
    }
  *ret_done = FALSE;
  return TRUE;
}

/* A number (as figures or a word) of @n tokens, and what stands behind it. @ret_done: whether that explains it */
static gboolean
take_number_with_word (Parser *self,
                       Token *token,
                       int number,
                       guint n,
                       gboolean *ret_done)
{
  MosWhenWordKind kind, next_kind;
  int value, next_value;
  guint words = look_up (self, n, &kind, &value);
  Token *word = peek (self, n);

  *ret_done = TRUE;
  if (words > 0)
    {
      switch ((int) kind)
        {
        case MOS_WHEN_WORD_UNIT:
          self->at += n + words;
          if (!self->is_in && value == MOS_WHEN_UNIT_HOUR && hours_are_clock (self, word))
            {
              Token *minute = peek (self, 0);

              /* "9 heures 30" */
              if (is_number (minute) && minute->digits == 2 && minute->value < 60 && look_up (self, 1, &next_kind, &next_value) == 0)
                {
                  self->at++;
                  return say_time (self, number, minute->value, FALSE);
                }
              return say_time (self, number, 0, FALSE);
            }
          self->is_in = TRUE;
          return say_amount (self, (MosWhenUnit) value, number);
        case MOS_WHEN_WORD_HALF:
          /* "2 and a half hours" */
          if (look_up (self, n + words, &next_kind, &next_value) > 0 && next_kind == MOS_WHEN_WORD_UNIT && next_value == MOS_WHEN_UNIT_HOUR)
            {
              self->at += n + words + 1;
              self->is_in = TRUE;
              return say_amount (self, MOS_WHEN_UNIT_HOUR, number) && say_amount (self, MOS_WHEN_UNIT_MINUTE, 30);
            }
          break;
        case MOS_WHEN_WORD_MONTH:
          self->at += n;
          return number >= 1 && number <= 31 ? say (self, &self->day, number) : fail (self, MOS_WHEN_NO_SUCH, NULL);
        case MOS_WHEN_WORD_ORDINAL:
          if (!word->glued)
            break;
          self->at += n + words;
          return number >= 1 && number <= 31 ? say (self, &self->day, number) : fail (self, MOS_WHEN_NO_SUCH, NULL);
        case MOS_WHEN_WORD_FILL:
          /* "1 de diciembre" */
          if (look_up (self, n + words, &next_kind, &next_value) > 0 && next_kind == MOS_WHEN_WORD_MONTH)
            {
              self->at += n + words;
              return number >= 1 && number <= 31 ? say (self, &self->day, number) : fail (self, MOS_WHEN_NO_SUCH, NULL);
            }
          break;
        case MOS_WHEN_WORD_CLOCK:
        case MOS_WHEN_WORD_AM:
        case MOS_WHEN_WORD_PM:
          self->at += n;
          return say_time (self, number, 0, FALSE);
        default:
          break;
        }
    }
  else if (word != NULL && word->type == TOKEN_SIGN && word->value == '.' && word->glued && token->type == TOKEN_NUMBER)
    {
      /* "15." and "4. Dezember" */
      self->at += n + 1;
      return number >= 1 && number <= 31 ? say (self, &self->day, number) : fail (self, MOS_WHEN_NO_SUCH, NULL);
    }
  *ret_done = FALSE;
  return TRUE;
}

static gboolean
take_number (Parser *self,
             Token *token)
{
  gboolean done;

  if (token->value > MAX_NUMBER)
    return fail (self, MOS_WHEN_UNKNOWN, token);
  if (!take_figures (self, token, &done))
    return FALSE;
  if (done)
    return TRUE;
  if (!take_number_with_word (self, token, token->value, 1, &done))
    return FALSE;
  return done || take_bare_number (self, token);
}

static gboolean
take_unit (Parser *self,
           Token *token,
           MosWhenUnit unit)
{
  MosWhenWordKind kind;
  guint n;
  int value;

  if (self->is_next)
    {
      self->is_next = FALSE;
      return say (self, &self->next_unit, (int) unit);
    }
  if ((n = look_up (self, 0, &kind, &value)) > 0 && kind == MOS_WHEN_WORD_NEXT)
    {
      self->at += n;
      return say (self, &self->next_unit, (int) unit);
    }
  if (unit == MOS_WHEN_UNIT_DAY && is_number (peek (self, 0)))
    {
      self->wants_day = TRUE;
      return TRUE;
    }
  if (unit == MOS_WHEN_UNIT_DAY && look_up (self, 0, &kind, &value) > 0 && kind == MOS_WHEN_WORD_WEEKDAY)
    return TRUE;
  /* "ore 14.30" */
  if (unit == MOS_WHEN_UNIT_HOUR && !self->is_in && is_number (peek (self, 0)))
    return TRUE;
  /* "in hour" as the Arabic "بعد ساعة" has it */
  if (self->is_in)
    return say_amount (self, unit, 1);
  return fail (self, MOS_WHEN_UNKNOWN, token);
}

static gboolean
take_half (Parser *self,
           Token *token)
{
  MosWhenWordKind kind;
  int value;
  guint n = look_up (self, 0, &kind, &value);

  if (n > 0 && kind == MOS_WHEN_WORD_UNIT && value == MOS_WHEN_UNIT_HOUR)
    {
      self->at += n;
      self->is_in = TRUE;
      return say_amount (self, MOS_WHEN_UNIT_MINUTE, 30);
    }
  if (self->last_unit == MOS_WHEN_UNIT_HOUR)
    return say_amount (self, MOS_WHEN_UNIT_MINUTE, 30);
  if (self->hour != -1 && self->minute == 0)
    {
      self->minute = 30;
      return TRUE;
    }
  return fail (self, MOS_WHEN_UNKNOWN, token);
}

static gboolean
take_word (Parser *self,
           Token *token)
{
  MosWhenWordKind kind;
  int value;
  guint n = look_up (self, 0, &kind, &value);
  gboolean done;

  if (n == 0)
    return fail (self, MOS_WHEN_UNKNOWN, token);
  if (kind == MOS_WHEN_WORD_NUMBER)
    {
      if (!take_number_with_word (self, token, value, n, &done))
        return FALSE;
      if (done)
        return TRUE;
      self->at += n;
      return say_time (self, value, 0, TRUE);
    }
  self->at += n;

  switch (kind)
    {
    case MOS_WHEN_WORD_FILL:
      return TRUE;
    case MOS_WHEN_WORD_DAY:
      return say (self, &self->day_offset, value);
    case MOS_WHEN_WORD_WEEKDAY:
      return say (self, &self->weekday, value);
    case MOS_WHEN_WORD_MONTH:
      return say (self, &self->month, value);
    case MOS_WHEN_WORD_NEXT:
      self->is_next = TRUE;
      return TRUE;
    case MOS_WHEN_WORD_IN:
      /* "3 days later", and "later" alone */
      if (value == 2 && !self->has_amount)
        return say_amount (self, MOS_WHEN_UNIT_HOUR, 3);
      if (value == 1 && !self->has_amount)
        return fail (self, MOS_WHEN_UNKNOWN, token);
      self->is_in = TRUE;
      return TRUE;
    case MOS_WHEN_WORD_UNIT:
      return take_unit (self, token, (MosWhenUnit) value);
    case MOS_WHEN_WORD_PAIR:
      return say_amount (self, (MosWhenUnit) value, 2);
    case MOS_WHEN_WORD_HALF:
      return take_half (self, token);
    case MOS_WHEN_WORD_AM:
    case MOS_WHEN_WORD_PM:
      if (self->hour == -1 || self->is_am || self->is_pm)
        return fail (self, MOS_WHEN_UNKNOWN, token);
      self->is_am = kind == MOS_WHEN_WORD_AM;
      self->is_pm = !self->is_am;
      return TRUE;
    case MOS_WHEN_WORD_CLOCK:
      return self->hour != -1 ? TRUE : fail (self, MOS_WHEN_UNKNOWN, token);
    case MOS_WHEN_WORD_PART:
      return say (self, &self->part, value);
    case MOS_WHEN_WORD_TONIGHT:
      return say (self, &self->day_offset, 0) && say (self, &self->part, value);
    case MOS_WHEN_WORD_TOMORROW_OR_MORNING:
      if (self->weekday != -1 || self->day_offset != -1 || self->day != -1)
        return say (self, &self->part, MORNING);
      return say (self, &self->day_offset, 1);
    case MOS_WHEN_WORD_LATER_TODAY:
      return say_amount (self, MOS_WHEN_UNIT_HOUR, value);
    case MOS_WHEN_WORD_WEEKEND:
      self->is_weekend = TRUE;
      return TRUE;
    case MOS_WHEN_WORD_NEXT_UNIT:
      return say (self, &self->next_unit, value);
    case MOS_WHEN_WORD_ANSWER:
      self->is_answer = TRUE;
      return self->context->allow_answer ? TRUE : fail (self, MOS_WHEN_UNKNOWN, token);
    case MOS_WHEN_WORD_ORDINAL:
    case MOS_WHEN_WORD_NUMBER:
    default:
      return fail (self, MOS_WHEN_UNKNOWN, token);
    }
}

static gboolean
take_all (Parser *self)
{
  while (self->at < self->tokens->len)
    {
      Token *token = peek (self, 0);

      switch (token->type)
        {
        case TOKEN_NUMBER:
          if (!take_number (self, token))
            return FALSE;
          break;
        case TOKEN_WORD:
          if (!take_word (self, token))
            return FALSE;
          break;
        case TOKEN_SIGN:
          if (token->value == '+' && is_number (peek (self, 1)))
            {
              self->is_in = TRUE;
              self->at++;
              break;
            }
          return fail (self, MOS_WHEN_UNKNOWN, token);
        case TOKEN_OTHER:
        default:
          return fail (self, MOS_WHEN_UNKNOWN, token);
        }
    }
  return TRUE;
}

/* --- the moment --- */

void
mos_when_wall (const MosWhenContext *context,
               gint64 us,
               int *ret_year,
               int *ret_month,
               int *ret_day,
               int *ret_minute)
{
  g_autoptr (GTimeZone) zone = context->zone != NULL ? g_time_zone_ref (context->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  *ret_year = 1970;
  *ret_month = *ret_day = 1;
  *ret_minute = 0;
  if (there == NULL)
    return;
  g_date_time_get_ymd (there, ret_year, ret_month, ret_day);
  *ret_minute = g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there);
}

static int
edge (const MosWhenContext *context,
      MosWhenEdge func,
      const GDate *day)
{
  return func != NULL ? func (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), context->edge_data) : -1;
}

static gboolean
is_workday (const MosWhenContext *context,
            const GDate *day)
{
  return context->start != NULL ? edge (context, context->start, day) >= 0 : g_date_get_weekday (day) <= G_DATE_FRIDAY;
}

/* The @n-th day after @day on which somebody works. Returns: whether there is one before all patience ends */
static gboolean
add_workdays (const MosWhenContext *context,
              GDate *day,
              int n)
{
  for (int closed = 0; n > 0 && closed < MAX_CLOSED_DAYS;)
    {
      g_date_add_days (day, 1);
      closed = is_workday (context, day) ? 0 : closed + 1;
      n -= closed == 0;
    }
  return n == 0;
}

/* 0 = before now, or no such day. @minute: after midnight; -1 = when work begins */
static gint64
moment (Parser *self,
        const GDate *date,
        int minute,
        gboolean *ret_moved)
{
  const MosWhenContext *context = self->context;
  GDate day = *date;
  int y, m, d, shown;
  gint64 at_us;

  if (minute < 0)
    {
      minute = edge (context, context->start, &day);
      if (minute < 0)
        minute = MORNING;
    }
  else if (minute == MOS_WHEN_END_OF_WORK)
    {
      minute = edge (context, context->end, &day);
      if (minute < 0)
        minute = EVENING;
    }
  if (minute >= 24 * 60)
    {
      g_date_add_days (&day, (guint) minute / (24 * 60));
      minute %= 24 * 60;
    }
  at_us = mos_time_local (context->zone, g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), minute / 60, minute % 60);
  mos_when_wall (context, at_us, &y, &m, &d, &shown);
  *ret_moved = shown != minute || d != g_date_get_day (&day);
  return at_us > context->now_us ? at_us : 0;
}

/* The time of day that was said: minutes after midnight; -1 = none */
static int
said_minute (Parser *self)
{
  int hour = self->hour;

  if (hour == -1)
    return self->part == MORNING ? -1 : self->part;
  if (self->is_am || self->is_pm)
    {
      if (hour > 12)
        return self->is_pm ? hour * 60 + self->minute : -2;
      hour = hour % 12 + (self->is_pm ? 12 : 0);
    }
  else if (self->part >= 20 * 60)
    hour = hour == 12 ? 24 : hour >= 6 && hour < 12 ? hour + 12
                                                    : hour;
  else if (self->part >= 12 * 60)
    hour = hour < 12 && !(self->part == 12 * 60 && hour >= 10) ? hour + 12 : hour;
  else if (self->part == -1 && self->is_short_hour && hour >= 1 && hour <= 6 && mos_when_is_twelve_hours (self->context->language))
    hour += 12; /* nobody's working hours are at "3" in the night */
  return hour * 60 + self->minute;
}

static int
weekday_of (const GDate *date)
{
  return (int) g_date_get_weekday (date); /* 1 = Monday */
}

static gboolean
finish_amount (Parser *self,
               const GDate *today,
               int now_minute,
               int minute,
               MosWhen *when)
{
  GDate day = *today;

  if (self->day_offset > 0 || self->weekday != -1 || self->month != -1 || self->day != -1 || self->is_weekend || self->next_unit != -1)
    return fail (self, MOS_WHEN_CONFLICT, NULL);
  if (self->workdays > (MAX_YEARS_AHEAD + 1) * 366)
    return fail (self, MOS_WHEN_TOO_FAR, NULL);
  if (self->days == 0 && self->months == 0 && self->workdays == 0)
    {
      if (self->hour != -1 || self->part != -1)
        return fail (self, MOS_WHEN_CONFLICT, NULL);
      if (self->minutes > (gint64) (MAX_YEARS_AHEAD + 1) * 366 * 24 * 60)
        return fail (self, MOS_WHEN_TOO_FAR, NULL);
      when->at_us = self->minutes > 0 ? self->context->now_us + self->minutes * 60 * G_USEC_PER_SEC : 0;
      return when->at_us != 0 ? TRUE : fail (self, MOS_WHEN_PAST, NULL);
    }
  if (self->months > (MAX_YEARS_AHEAD + 1) * 12 || self->days > (MAX_YEARS_AHEAD + 1) * 366)
    return fail (self, MOS_WHEN_TOO_FAR, NULL);
  g_date_add_months (&day, (guint) self->months);
  g_date_add_days (&day, (guint) self->days);
  if (!add_workdays (self->context, &day, self->workdays))
    return fail (self, MOS_WHEN_TOO_FAR, NULL);
  if (self->minutes > 0)
    {
      if (minute >= 0)
        return fail (self, MOS_WHEN_CONFLICT, NULL);
      when->at_us = moment (self, &day, now_minute, &when->is_moved);
      if (when->at_us != 0)
        when->at_us += self->minutes * 60 * G_USEC_PER_SEC;
    }
  else
    when->at_us = moment (self, &day, minute, &when->is_moved);
  return when->at_us != 0 ? TRUE : fail (self, MOS_WHEN_PAST, NULL);
}

static gboolean
finish_date (Parser *self,
             const GDate *today,
             int minute,
             MosWhen *when)
{
  gboolean exists = FALSE;
  GDate day;

  if (self->month == -1)
    {
      /* "the 15th": of this month or the next that has it */
      int year = g_date_get_year (today), month = (int) g_date_get_month (today);
      int first = self->next_unit == MOS_WHEN_UNIT_MONTH ? 1 : 0;

      for (int i = first; i <= 12; i++)
        {
          int y = year + (month - 1 + i) / 12, m = (month - 1 + i) % 12 + 1;

          if (!g_date_valid_dmy ((GDateDay) self->day, (GDateMonth) m, (GDateYear) y))
            continue;
          g_date_set_dmy (&day, (GDateDay) self->day, (GDateMonth) m, (GDateYear) y);
          if (self->weekday != -1 && weekday_of (&day) != self->weekday)
            continue;
          if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            return TRUE;
        }
      return fail (self, self->weekday != -1 ? MOS_WHEN_CONFLICT : MOS_WHEN_NO_SUCH, NULL);
    }

  for (int year = self->year != -1 ? self->year : g_date_get_year (today) + (self->next_unit == MOS_WHEN_UNIT_YEAR ? 1 : 0), i = 0; i <= 8; year++, i++)
    {
      int date = self->day != -1 ? self->day : 1;

      if (year > g_date_get_year (today) + MAX_YEARS_AHEAD)
        return fail (self, year == self->year ? MOS_WHEN_TOO_FAR : MOS_WHEN_NO_SUCH, NULL);
      if (g_date_valid_dmy ((GDateDay) date, (GDateMonth) self->month, (GDateYear) year))
        {
          exists = TRUE;
          g_date_set_dmy (&day, (GDateDay) date, (GDateMonth) self->month, (GDateYear) year);
          if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            {
              if (self->weekday != -1 && weekday_of (&day) != self->weekday)
                return fail (self, MOS_WHEN_CONFLICT, NULL);
              return TRUE;
            }
        }
      if (self->year != -1)
        break;
    }
  return fail (self, exists ? MOS_WHEN_PAST : MOS_WHEN_NO_SUCH, NULL);
}

static gboolean
finish_named (Parser *self,
              const GDate *today,
              int minute,
              MosWhen *when)
{
  gboolean has_time = minute >= 0;
  GDate day = *today;
  int weekday = self->weekday;

  if (self->next_unit != -1)
    {
      switch (self->next_unit)
        {
        case MOS_WHEN_UNIT_DAY:
          g_date_add_days (&day, 1);
          break;
        case MOS_WHEN_UNIT_WEEK:
          g_date_add_days (&day, (guint) ((self->language->first_day - weekday_of (today) + 6) % 7 + 1));
          if (weekday != -1)
            g_date_add_days (&day, (guint) ((weekday - self->language->first_day + 7) % 7));
          break;
        case MOS_WHEN_UNIT_MONTH:
          g_date_set_day (&day, 1);
          g_date_add_months (&day, 1);
          break;
        case MOS_WHEN_UNIT_YEAR:
          g_date_set_dmy (&day, 1, G_DATE_JANUARY, (GDateYear) (g_date_get_year (today) + 1));
          break;
        case MOS_WHEN_UNIT_WORKDAY:
          if (!add_workdays (self->context, &day, 1))
            return fail (self, MOS_WHEN_TOO_FAR, NULL);
          break;
        default:
          return fail (self, MOS_WHEN_UNKNOWN, self->tokens->pdata[0]);
        }
      /* Whoever says "next week" names no day: the first on which somebody is there. */
      if (weekday == -1 && self->context->start != NULL && (self->next_unit == MOS_WHEN_UNIT_WEEK || self->next_unit == MOS_WHEN_UNIT_MONTH || self->next_unit == MOS_WHEN_UNIT_YEAR))
        for (int i = 0; i < 6 && !is_workday (self->context, &day); i++)
          g_date_add_days (&day, 1);
      if (weekday != -1 && weekday_of (&day) != weekday)
        g_date_add_days (&day, (guint) ((weekday - weekday_of (&day) + 7) % 7));
    }
  else if (self->day_offset != -1)
    {
      g_date_add_days (&day, (guint) self->day_offset);
      if (weekday != -1 && weekday_of (&day) != weekday)
        return fail (self, MOS_WHEN_CONFLICT, NULL);
    }
  else if (weekday != -1 || self->is_weekend)
    {
      guint days;

      if (weekday == -1)
        weekday = self->language->rest_day;
      days = (guint) ((weekday - weekday_of (today) + 7) % 7);
      if (days == 0)
        {
          /* "mon 14:00" on a Monday morning is today; "monday" and "next monday" never are */
          if (has_time && !self->is_next && (when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            return TRUE;
          days = 7;
        }
      g_date_add_days (&day, days);
    }
  else
    {
      /* A time alone: the next one */
      if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
        return TRUE;
      g_date_add_days (&day, 1);
    }

  when->at_us = moment (self, &day, minute, &when->is_moved);
  return when->at_us != 0 ? TRUE : fail (self, MOS_WHEN_PAST, NULL);
}

static gboolean
finish (Parser *self,
        MosWhen *when)
{
  gboolean has_day = self->day_offset != -1 || self->weekday != -1 || self->month != -1 || self->day != -1 || self->is_weekend || self->next_unit != -1;
  int year, month, date, now_minute, minute = said_minute (self);
  GDate today, last;
  gint64 limit_us;

  if (minute == -2)
    return fail (self, MOS_WHEN_NO_SUCH, NULL);
  if (self->is_answer)
    {
      if (has_day || self->has_amount || self->hour != -1 || self->part != -1)
        return fail (self, MOS_WHEN_CONFLICT, NULL);
      when->is_answer = TRUE;
      return TRUE;
    }
  if (!has_day && !self->has_amount && self->hour == -1 && self->part == -1)
    return fail (self, MOS_WHEN_UNKNOWN, self->tokens->pdata[0]);

  mos_when_wall (self->context, self->context->now_us, &year, &month, &date, &now_minute);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) date, (GDateMonth) month, (GDateYear) year);

  if (self->has_amount)
    {
      if (!finish_amount (self, &today, now_minute, minute, when))
        return FALSE;
    }
  else if (self->month != -1 || self->day != -1)
    {
      if (self->day_offset != -1 || self->is_weekend)
        return fail (self, MOS_WHEN_CONFLICT, NULL);
      if (!finish_date (self, &today, minute, when))
        return FALSE;
    }
  else if (!finish_named (self, &today, minute, when))
    return FALSE;

  last = today;
  g_date_add_years (&last, MAX_YEARS_AHEAD);
  limit_us = mos_time_local (self->context->zone, g_date_get_year (&last), (int) g_date_get_month (&last), g_date_get_day (&last), 23, 59);
  return when->at_us <= limit_us ? TRUE : fail (self, MOS_WHEN_TOO_FAR, NULL);
}

gboolean
mos_when_parse (const MosWhenContext *context,
                const char *text,
                MosWhen *ret_when)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
  g_auto (GStrv) chunks = NULL;
  Parser parser = { .context = context, .language = mos_when_language (context->language), .tokens = tokens, .day_offset = -1, .weekday = -1, .month = -1, .day = -1, .year = -1, .hour = -1, .part = -1, .next_unit = -1, .last_unit = -1 };

  g_return_val_if_fail (context != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  *ret_when = (MosWhen) { 0 };
  if (!g_utf8_validate (text, -1, NULL))
    {
      ret_when->status = MOS_WHEN_UNKNOWN;
      return FALSE;
    }
  chunks = g_strsplit_set (text, " \t\r\n", -1);
  for (guint i = 0; chunks[i] != NULL; i++)
    split_chunk (&parser, chunks[i]);
  if (tokens->len == 0)
    fail (&parser, MOS_WHEN_EMPTY, NULL);
  else if (take_all (&parser))
    finish (&parser, ret_when);

  ret_when->status = parser.status;
  if (parser.status == MOS_WHEN_OK)
    return TRUE;
  ret_when->at_us = 0;
  ret_when->is_answer = ret_when->is_moved = FALSE;
  ret_when->word = parser.status == MOS_WHEN_UNKNOWN ? g_strdup (parser.unknown) : NULL;
  return FALSE;
}

void
mos_when_clear (MosWhen *when)
{
  g_clear_pointer (&when->word, g_free);
}
