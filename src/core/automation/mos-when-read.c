/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-when-reader.h"

#include "core/base/mos-time.h"

#include <string.h>

#define MAX_TOKENS 64
#define MAX_WORDS 5
/* More digits are no number of anything here. */
#define MAX_NUMBER 999999

/* --- tokens --- */

typedef enum
{
  TOKEN_WORD,
  TOKEN_NUMBER,
  TOKEN_SIGN, /* one of : . / - + */
  TOKEN_OTHER,
} TokenType;

struct _MosWhenToken
{
  TokenType type;
  char *word; /* (owned) folded; a number as its digits */
  int value;  /* of a number; the sign */
  guint digits;
  gboolean glued;    /* to the one before, without a blank */
  const char *typed; /* (borrowed): the chunk it was typed in */
};

static void
token_free (MosWhenToken *token)
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
split_chunk (MosWhenReader *self,
             const char *chunk)
{
  g_autofree char *folded = mos_when_fold (chunk);
  const char *p = folded;
  gboolean glued = FALSE;

  while (*p != '\0' && self->tokens->len < MAX_TOKENS)
    {
      const char *begin = p;
      TokenType type = type_of (g_utf8_get_char (p));
      MosWhenToken *token;

      if (*p == ' ')
        {
          glued = FALSE;
          p++;
          continue;
        }
      do
        p = g_utf8_next_char (p);
      while ((type == TOKEN_WORD || type == TOKEN_NUMBER) && *p != '\0' && type_of (g_utf8_get_char (p)) == type);

      token = g_new0 (MosWhenToken, 1);
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
static MosWhenToken *
peek (MosWhenReader *self,
      guint ahead)
{
  return self->at + ahead < self->tokens->len ? self->tokens->pdata[self->at + ahead] : NULL;
}

static gboolean
is_number (MosWhenToken *token)
{
  return token != NULL && token->type == TOKEN_NUMBER;
}

/* The sign @sign, glued, with a number glued behind it. */
static gboolean
is_joint (MosWhenReader *self,
          guint ahead,
          char sign)
{
  MosWhenToken *joint = peek (self, ahead), *number = peek (self, ahead + 1);

  return joint != NULL && joint->type == TOKEN_SIGN && joint->value == sign && joint->glued && is_number (number) && number->glued;
}

/* What the words from token @from on mean. Returns: how many tokens; 0 = nothing that is known */
static guint
look_up_from (MosWhenReader *self,
              guint from,
              MosWhenWordKind *ret_kind,
              int *ret_value)
{
  const char *words[MAX_WORDS];
  guint n = 0;

  while (n < MAX_WORDS && from + n < self->tokens->len)
    {
      MosWhenToken *token = self->tokens->pdata[from + n];

      if (token->type != TOKEN_WORD)
        break;
      words[n++] = token->word;
    }
  return n > 0 ? mos_when_find (self->language, words, n, ret_kind, ret_value) : 0;
}

/* The same, @ahead of where the parser stands */
static guint
look_up (MosWhenReader *self,
         guint ahead,
         MosWhenWordKind *ret_kind,
         int *ret_value)
{
  return look_up_from (self, self->at + ahead, ret_kind, ret_value);
}

gboolean
mos_when_reader_fail (MosWhenReader *self,
                      MosWhenStatus status,
                      MosWhenToken *token)
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
say (MosWhenReader *self,
     int *what,
     int value)
{
  if (*what != -1 && *what != value)
    return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
  *what = value;
  return TRUE;
}

static gboolean
say_time (MosWhenReader *self,
          int hour,
          int minute,
          MosWhenHour as)
{
  if (self->hour != -1)
    return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
  if (hour > 24 || minute > 59 || (hour == 24 && minute != 0))
    return mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
  self->hour = hour;
  self->minute = minute;
  self->hour_as = as;
  return TRUE;
}

static gboolean
say_date (MosWhenReader *self,
          int year,
          int month,
          int day)
{
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
  if (year >= 0 && year < 100)
    year += 2000;
  return say (self, &self->month, month) && say (self, &self->day, day) && (year < 0 || say (self, &self->year, year));
}

static gboolean
say_amount (MosWhenReader *self,
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

/* Whether the text names a day or a part of one, anywhere */
static gboolean
names_day (MosWhenReader *self)
{
  for (guint i = 0; i < self->tokens->len; i++)
    {
      MosWhenToken *token = self->tokens->pdata[i];
      MosWhenWordKind kind;
      int value;

      if (token->type == TOKEN_SIGN && token->value != '+')
        return TRUE;
      if (look_up_from (self, i, &kind, &value) > 0 &&
          (kind == MOS_WHEN_WORD_DAY || kind == MOS_WHEN_WORD_WEEKDAY || kind == MOS_WHEN_WORD_MONTH || kind == MOS_WHEN_WORD_NEXT || kind == MOS_WHEN_WORD_NEXT_UNIT ||
           kind == MOS_WHEN_WORD_PART || kind == MOS_WHEN_WORD_TONIGHT || kind == MOS_WHEN_WORD_TOMORROW_OR_MORNING || kind == MOS_WHEN_WORD_WEEKEND))
        return TRUE;
    }
  return self->day != -1;
}

/* Whether "9 hours" without "in" is nine o'clock: in languages that write so, with a day, behind "at", or where nobody means a span: "14 h". Else it
 * is as long as "5 min" is. */
static gboolean
hours_are_clock (MosWhenReader *self,
                 MosWhenToken *unit,
                 int number)
{
  static const char *const written_so[] = { "ca", "es", "fr", "pt", NULL };
  const char *code = self->language->code;

  if (strcmp (code, "en") == 0 || strcmp (code, "ar") == 0 || number > 24)
    return FALSE;
  if (strcmp (unit->word, "h") != 0 && !g_strv_contains (written_so, code))
    return FALSE;
  return (number > 12 && number < 24) || (self->clock_at > 0 && self->clock_at == self->at) || names_day (self);
}

static gboolean
is_month_first (MosWhenReader *self)
{
  const char *language = self->context->language;

  return strcmp (self->language->code, "en") == 0 &&
         (language == NULL || strpbrk (language, "_-") == NULL || mos_when_has_territory (language, "US PH"));
}

/* A number that no word explains. */
static gboolean
take_bare_number (MosWhenReader *self,
                  MosWhenToken *token)
{
  int value = token->value;

  if (self->day_at > 0 && self->day_at == self->at && token->digits <= 2)
    self->wants_day = TRUE;
  self->at++;
  if (token->digits == 4 && self->month != -1 && self->year == -1 && value >= 1970)
    return say (self, &self->year, value);
  if (self->wants_day || (self->month != -1 && self->day == -1))
    {
      self->wants_day = FALSE;
      if (value < 1 || value > 31)
        return mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
      return say (self, &self->day, value);
    }
  /* A year alone names no day; behind a day the same figures are a time. */
  if (token->digits == 4 && value >= 1970 && value < 2100 && self->day_offset == -1 && self->weekday == -1 && self->day == -1)
    return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
  if (token->digits == 4 && self->hour == -1)
    return say_time (self, value / 100, value % 100, MOS_WHEN_HOUR_PLAIN);
  if (value > 24)
    return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
  return say_time (self, value, 0, token->digits == 1 ? MOS_WHEN_HOUR_BARE : MOS_WHEN_HOUR_PLAIN);
}

/* 2026-12-01, 1.12.2026, 1/12, 14:30, 14.30, 14h30. @ret_done: whether it was one */
static gboolean
take_figures (MosWhenReader *self,
              MosWhenToken *token,
              gboolean *ret_done)
{
  MosWhenToken *h = peek (self, 1), *second = peek (self, 2), *third = peek (self, 4);
  int year;

  *ret_done = TRUE;
  if (is_joint (self, 1, ':'))
    {
      gboolean has_seconds = is_joint (self, 3, ':');

      if (second->digits != 2)
        return mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
      self->at += has_seconds ? 5 : 3;
      return say_time (self, token->value, second->value, token->digits == 1 ? MOS_WHEN_HOUR_SHORT : MOS_WHEN_HOUR_PLAIN);
    }
  if (is_joint (self, 1, '-') && is_joint (self, 3, '-'))
    {
      self->at += 5;
      if (token->digits == 4)
        {
          MosWhenToken *t = peek (self, 0);

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
        return has_year ? say_date (self, token->value, second->value, third->value) : mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
      return month_first ? say_date (self, year, token->value, second->value) : say_date (self, year, second->value, token->value);
    }
  if (is_joint (self, 1, '.'))
    {
      gboolean has_year = is_joint (self, 3, '.');
      MosWhenToken *end = peek (self, 3);
      gboolean has_end = !has_year && end != NULL && end->type == TOKEN_SIGN && end->value == '.' && end->glued;
      gboolean has_day = self->day != -1 || self->weekday != -1 || self->day_offset != -1;
      MosWhenWordKind kind;
      int value;

      /* "14.30", "9.00", "8.30 Uhr": a time where it can be no day of a month, or the day is there already */
      if (!has_year && !has_end && second->digits == 2 &&
          (second->value > 12 || second->value == 0 || has_day || (look_up (self, 3, &kind, &value) > 0 && (kind == MOS_WHEN_WORD_CLOCK || kind == MOS_WHEN_WORD_AM || kind == MOS_WHEN_WORD_PM))))
        {
          self->at += 3;
          return say_time (self, token->value, second->value, token->digits == 1 ? MOS_WHEN_HOUR_SHORT : MOS_WHEN_HOUR_PLAIN);
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
      return say_time (self, token->value, second->value, MOS_WHEN_HOUR_PLAIN);
    }
  *ret_done = FALSE;
  return TRUE;
}

/* A number (as figures or a word) of @n tokens, and what stands behind it. @ret_done: whether that explains it */
static gboolean
take_number_with_word (MosWhenReader *self,
                       MosWhenToken *token,
                       int number,
                       guint n,
                       gboolean *ret_done)
{
  MosWhenWordKind kind, next_kind;
  int value, next_value;
  guint words = look_up (self, n, &kind, &value);
  MosWhenToken *word = peek (self, n);

  *ret_done = TRUE;
  if (words > 0)
    {
      switch ((int) kind)
        {
        case MOS_WHEN_WORD_UNIT:
          if (!self->is_in && value == MOS_WHEN_UNIT_HOUR)
            {
              MosWhenToken *minute = peek (self, n + words);
              /* "9 heures 30" */
              gboolean has_minute = is_number (minute) && minute->digits == 2 && minute->value < 60 && look_up (self, n + words + 1, &next_kind, &next_value) == 0;

              if (hours_are_clock (self, word, has_minute ? 13 : number))
                {
                  self->at += n + words + (has_minute ? 1 : 0);
                  return say_time (self, number, has_minute ? minute->value : 0, MOS_WHEN_HOUR_PLAIN);
                }
            }
          self->at += n + words;
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
          return number >= 1 && number <= 31 ? say (self, &self->day, number) : mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
        case MOS_WHEN_WORD_ORDINAL:
          if (!word->glued)
            break;
          self->at += n + words;
          return number >= 1 && number <= 31 ? say (self, &self->day, number) : mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
        case MOS_WHEN_WORD_FILL:
          /* "1 de diciembre" */
          if (look_up (self, n + words, &next_kind, &next_value) > 0 && next_kind == MOS_WHEN_WORD_MONTH)
            {
              self->at += n + words;
              return number >= 1 && number <= 31 ? say (self, &self->day, number) : mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
            }
          break;
        case MOS_WHEN_WORD_CLOCK:
        case MOS_WHEN_WORD_AM:
        case MOS_WHEN_WORD_PM:
          self->at += n;
          return say_time (self, number, 0, kind == MOS_WHEN_WORD_CLOCK && value == 1 ? MOS_WHEN_HOUR_BARE : MOS_WHEN_HOUR_PLAIN);
        default:
          break;
        }
    }
  else if (word != NULL && word->type == TOKEN_SIGN && word->value == '.' && word->glued && token->type == TOKEN_NUMBER)
    {
      /* "15." and "4. Dezember" */
      self->at += n + 1;
      return number >= 1 && number <= 31 ? say (self, &self->day, number) : mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
    }
  *ret_done = FALSE;
  return TRUE;
}

static gboolean
take_number (MosWhenReader *self,
             MosWhenToken *token)
{
  gboolean done;

  if (token->value > MAX_NUMBER)
    return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
  if (!take_figures (self, token, &done))
    return FALSE;
  if (done)
    return TRUE;
  if (!take_number_with_word (self, token, token->value, 1, &done))
    return FALSE;
  return done || take_bare_number (self, token);
}

static gboolean
take_unit (MosWhenReader *self,
           MosWhenToken *token,
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
  return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
}

static gboolean
take_half (MosWhenReader *self,
           MosWhenToken *token)
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
  return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
}

static gboolean
take_word (MosWhenReader *self,
           MosWhenToken *token)
{
  MosWhenWordKind kind;
  int value;
  guint n = look_up (self, 0, &kind, &value);
  gboolean done;

  if (n == 0)
    return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
  if (kind == MOS_WHEN_WORD_NUMBER)
    {
      if (!take_number_with_word (self, token, value, n, &done))
        return FALSE;
      if (done)
        return TRUE;
      if (self->day_at > 0 && self->day_at == self->at)
        {
          self->at += n;
          return say (self, &self->day, value);
        }
      self->at += n;
      return say_time (self, value, 0, MOS_WHEN_HOUR_BARE);
    }
  self->at += n;

  switch (kind)
    {
    case MOS_WHEN_WORD_FILL:
      if (value == MOS_WHEN_ARTICLE)
        self->day_at = self->at;
      else if (value == MOS_WHEN_AT)
        self->clock_at = self->at;
      return TRUE;
    case MOS_WHEN_WORD_DAY:
      if (value < 0)
        return mos_when_reader_fail (self, MOS_WHEN_PAST, NULL);
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
        return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
      self->is_in = TRUE;
      return TRUE;
    case MOS_WHEN_WORD_UNIT:
      return take_unit (self, token, (MosWhenUnit) value);
    case MOS_WHEN_WORD_PAIR:
      return say_amount (self, (MosWhenUnit) value, 2);
    case MOS_WHEN_WORD_HALF:
      return value == 1 ? say_amount (self, MOS_WHEN_UNIT_MINUTE, 30) : take_half (self, token);
    case MOS_WHEN_WORD_AM:
    case MOS_WHEN_WORD_PM:
      if (self->hour == -1 || self->is_am || self->is_pm)
        return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
      self->is_am = kind == MOS_WHEN_WORD_AM;
      self->is_pm = !self->is_am;
      return TRUE;
    case MOS_WHEN_WORD_CLOCK:
      return self->hour != -1 ? TRUE : mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
    case MOS_WHEN_WORD_PART:
      return say (self, &self->part, value);
    case MOS_WHEN_WORD_TONIGHT:
      return say (self, &self->day_offset, 0) && say (self, &self->part, value);
    case MOS_WHEN_WORD_TOMORROW_OR_MORNING:
      if (self->weekday != -1 || self->day_offset != -1 || self->day != -1)
        return say (self, &self->part, MOS_WHEN_MORNING);
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
      return self->context->allow_answer ? TRUE : mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
    case MOS_WHEN_WORD_ORDINAL:
    case MOS_WHEN_WORD_NUMBER:
    default:
      return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
    }
}

static gboolean
take_all (MosWhenReader *self)
{
  while (self->at < self->tokens->len)
    {
      MosWhenToken *token = peek (self, 0);

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
          return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
        case TOKEN_OTHER:
        default:
          return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, token);
        }
    }
  return TRUE;
}

void
mos_when_reader_read (MosWhenReader *self,
                      const MosWhenContext *context,
                      const char *text)
{
  *self = (MosWhenReader) { .context = context, .language = mos_when_language (context->language), .day_offset = -1, .weekday = -1, .month = -1, .day = -1, .year = -1, .hour = -1, .part = -1, .next_unit = -1, .last_unit = -1 };
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
  if (!g_utf8_validate (text, -1, NULL))
    {
      mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, NULL);
      return;
    }
  self->chunks = g_strsplit_set (text, " \t\r\n", -1);
  for (guint i = 0; self->chunks[i] != NULL; i++)
    split_chunk (self, self->chunks[i]);
  if (self->tokens->len == 0)
    mos_when_reader_fail (self, MOS_WHEN_EMPTY, NULL);
  else
    take_all (self);
}

void
mos_when_reader_clear (MosWhenReader *self)
{
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
  g_clear_pointer (&self->chunks, g_strfreev);
}
