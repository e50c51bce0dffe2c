/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-private.h"

#include "core/base/mos-locale.h"
#include "core/base/mos-time.h"

#include <string.h>

#define MAX_TRUNCATE 10000
#define MAX_DIGITS 9

const char *const mos_filter_names[MOS_N_FILTERS] = {
  [MOS_FILTER_DEFAULT] = "default",
  [MOS_FILTER_IF_MISSING] = "if_missing",
  [MOS_FILTER_UPPER] = "upper",
  [MOS_FILTER_LOWER] = "lower",
  [MOS_FILTER_CAPITALIZE] = "capitalize",
  [MOS_FILTER_FIRST_WORD] = "first_word",
  [MOS_FILTER_TRIM] = "trim",
  [MOS_FILTER_TRUNCATE] = "truncate",
  [MOS_FILTER_DATE] = "date",
  [MOS_FILTER_TIME] = "time",
  [MOS_FILTER_DATETIME] = "datetime",
  [MOS_FILTER_NUMBER] = "number",
  [MOS_FILTER_MONEY] = "money",
};

static const char *const lengths[] = {
  [MOS_LOCALE_SHORT] = "short",
  [MOS_LOCALE_MEDIUM] = "medium",
  [MOS_LOCALE_LONG] = "long",
  [MOS_LOCALE_FULL] = "full",
};

/* --- values --- */

void
mos_template_value_clear (MosTemplateValue *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->currency, g_free);
  self->kind = MOS_TEMPLATE_MISSING;
}

void
mos_template_value_set_text (MosTemplateValue *self,
                             const char *text)
{
  g_set_str (&self->text, text);
  self->kind = text != NULL && *text != '\0' ? MOS_TEMPLATE_TEXT : MOS_TEMPLATE_MISSING;
}

void
mos_template_value_set_number (MosTemplateValue *self,
                               const char *decimal)
{
  g_set_str (&self->text, decimal);
  self->kind = mos_locale_is_decimal (decimal) ? MOS_TEMPLATE_NUMBER : MOS_TEMPLATE_MISSING;
}

void
mos_template_value_set_money (MosTemplateValue *self,
                              const char *decimal,
                              const char *currency)
{
  mos_template_value_set_number (self, decimal);
  g_set_str (&self->currency, currency != NULL && *currency != '\0' ? currency : NULL);
  if (self->kind == MOS_TEMPLATE_NUMBER)
    self->kind = MOS_TEMPLATE_MONEY;
}

void
mos_template_value_set_time (MosTemplateValue *self,
                             gint64 us)
{
  self->us = us;
  self->kind = us != 0 ? MOS_TEMPLATE_TIME : MOS_TEMPLATE_MISSING;
}

void
mos_template_value_set_flag (MosTemplateValue *self,
                             gboolean flag)
{
  self->flag = flag;
  self->kind = MOS_TEMPLATE_FLAG;
}

void
mos_template_value_set_ambiguous (MosTemplateValue *self)
{
  self->kind = MOS_TEMPLATE_AMBIGUOUS;
}

char *
mos_template_value_dup_shown (const MosTemplateValue *value,
                              const MosTemplateContext *context)
{
  const char *currency = value->currency != NULL ? value->currency : context->currency;

  switch (value->kind)
    {
    case MOS_TEMPLATE_MISSING:
    case MOS_TEMPLATE_AMBIGUOUS:
      return g_strdup ("");
    case MOS_TEMPLATE_TEXT:
      return g_strdup (value->text);
    case MOS_TEMPLATE_NUMBER:
      return mos_locale_number (context->locale, value->text, -1);
    case MOS_TEMPLATE_MONEY:
      return currency != NULL ? mos_locale_money (context->locale, value->text, currency) : mos_locale_number (context->locale, value->text, 2);
    case MOS_TEMPLATE_TIME:
      return mos_locale_date (context->locale, value->us, context->tz, MOS_LOCALE_LONG);
    case MOS_TEMPLATE_FLAG:
      return g_strdup (value->flag ? "true" : "false");
    default:
      g_return_val_if_reached (NULL);
    }
}

/* --- filters --- */

static int
length_of (const char *argument)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (strcmp (lengths[i], argument) == 0)
      return (int) i;
  return -1;
}

static gboolean
is_number (const char *argument,
           guint64 min,
           guint64 max)
{
  return argument != NULL && g_ascii_string_to_unsigned (argument, 10, min, max, NULL, NULL);
}

gboolean
mos_filter_check (MosFilterKind kind,
                  const char *argument)
{
  switch (kind)
    {
    case MOS_FILTER_DEFAULT:
      return argument != NULL;
    case MOS_FILTER_IF_MISSING:
      return argument != NULL && (strcmp (argument, "stop") == 0 || strcmp (argument, "blank") == 0);
    case MOS_FILTER_UPPER:
    case MOS_FILTER_LOWER:
    case MOS_FILTER_CAPITALIZE:
    case MOS_FILTER_FIRST_WORD:
    case MOS_FILTER_TRIM:
      return argument == NULL;
    case MOS_FILTER_TRUNCATE:
      return is_number (argument, 1, MAX_TRUNCATE);
    case MOS_FILTER_DATE:
    case MOS_FILTER_DATETIME:
      return argument == NULL || length_of (argument) >= 0;
    case MOS_FILTER_TIME:
      return argument == NULL || length_of (argument) == MOS_LOCALE_SHORT || length_of (argument) == MOS_LOCALE_MEDIUM;
    case MOS_FILTER_NUMBER:
      return argument == NULL || is_number (argument, 0, MAX_DIGITS);
    case MOS_FILTER_MONEY:
      return argument == NULL || (strlen (argument) == 3 && g_ascii_isupper (argument[0]) && g_ascii_isupper (argument[1]) && g_ascii_isupper (argument[2]));
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
take_text (MosTemplateValue *value,
           char *text /* (transfer full) */)
{
  g_free (value->text);
  value->text = text;
  value->kind = *text != '\0' ? MOS_TEMPLATE_TEXT : MOS_TEMPLATE_MISSING;
}

/* The first letter alone: "van der Berg" becomes "Van der Berg", "McDonald" stays. */
static char *
capitalize (const char *text)
{
  char first[6];
  int n = g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (text)), first);

  return g_strdup_printf ("%.*s%s", n, first, *text != '\0' ? g_utf8_next_char (text) : "");
}

static char *
first_word (const char *text)
{
  const char *end;

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  for (end = text; *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)); end = g_utf8_next_char (end))
    ;
  return g_strndup (text, (gsize) (end - text));
}

static char *
truncate_text (const char *text,
               glong max)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= max)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, max);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

static char *
trim (const char *text)
{
  return g_strstrip (g_strdup (text));
}

/* Reads a text that is, or has to be, a number. */
static gboolean
read_number (const MosTemplateContext *context,
             gboolean is_answer,
             MosTemplateValue *value)
{
  char *decimal;

  if (value->kind == MOS_TEMPLATE_NUMBER || value->kind == MOS_TEMPLATE_MONEY)
    return TRUE;
  if (value->kind != MOS_TEMPLATE_TEXT)
    return FALSE;
  /* What a shop says has a point; what a person typed is written as that person's language does. */
  if (!is_answer)
    decimal = mos_locale_is_decimal (value->text) ? g_strdup (value->text) : NULL;
  else
    decimal = mos_locale_read_decimal (value->text, context->asked_locale != NULL ? context->asked_locale : context->locale);
  if (decimal == NULL)
    return FALSE;
  g_free (value->text);
  value->text = decimal;
  value->kind = MOS_TEMPLATE_NUMBER;
  return TRUE;
}

static gboolean
read_time (const MosTemplateContext *context,
           MosTemplateValue *value)
{
  if (value->kind == MOS_TEMPLATE_TEXT)
    {
      gint64 us = mos_time_parse (value->text, context->tz);

      if (us == 0)
        return FALSE;
      mos_template_value_set_time (value, us);
    }
  return value->kind == MOS_TEMPLATE_TIME;
}

gboolean
mos_template_question_takes (const MosTemplateQuestion *question,
                             const char *answer,
                             const char *locale,
                             GTimeZone *tz)
{
  const MosTemplateContext context = { .locale = locale, .tz = tz };
  g_auto (MosTemplateValue) value = { 0 };

  if (question->choices != NULL)
    return g_strv_contains ((const char *const *) question->choices, answer);
  mos_template_value_set_text (&value, answer);
  switch (question->kind)
    {
    case MOS_TEMPLATE_NUMBER:
    case MOS_TEMPLATE_MONEY:
      return read_number (&context, TRUE, &value);
    case MOS_TEMPLATE_TIME:
      return read_time (&context, &value);
    case MOS_TEMPLATE_MISSING:
    case MOS_TEMPLATE_AMBIGUOUS:
    case MOS_TEMPLATE_TEXT:
    case MOS_TEMPLATE_FLAG:
    default:
      return TRUE;
    }
}

gboolean
mos_filter_is_of_missing (MosFilterKind kind)
{
  return kind == MOS_FILTER_DEFAULT || kind == MOS_FILTER_IF_MISSING;
}

gboolean
mos_filter_apply (const MosFilter *filter,
                  const MosTemplateContext *context,
                  gboolean is_answer,
                  MosTemplateValue *value)
{
  g_autofree char *shown = NULL;
  MosLocaleLength length = MOS_LOCALE_LONG;

  switch (filter->kind)
    {
    case MOS_FILTER_DEFAULT:
    case MOS_FILTER_IF_MISSING:
      return TRUE;
    case MOS_FILTER_UPPER:
    case MOS_FILTER_LOWER:
    case MOS_FILTER_CAPITALIZE:
    case MOS_FILTER_FIRST_WORD:
    case MOS_FILTER_TRIM:
    case MOS_FILTER_TRUNCATE:
      shown = mos_template_value_dup_shown (value, context);
      break;
    case MOS_FILTER_DATE:
    case MOS_FILTER_TIME:
    case MOS_FILTER_DATETIME:
      if (!read_time (context, value))
        return FALSE;
      if (filter->argument != NULL)
        length = (MosLocaleLength) length_of (filter->argument);
      else if (filter->kind == MOS_FILTER_TIME)
        length = MOS_LOCALE_SHORT;
      break;
    case MOS_FILTER_NUMBER:
    case MOS_FILTER_MONEY:
      if (!read_number (context, is_answer, value))
        return FALSE;
      break;
    default:
      g_return_val_if_reached (FALSE);
    }

  switch (filter->kind)
    {
    case MOS_FILTER_UPPER:
      take_text (value, g_utf8_strup (shown, -1));
      break;
    case MOS_FILTER_LOWER:
      take_text (value, g_utf8_strdown (shown, -1));
      break;
    case MOS_FILTER_CAPITALIZE:
      take_text (value, capitalize (shown));
      break;
    case MOS_FILTER_FIRST_WORD:
      take_text (value, first_word (shown));
      break;
    case MOS_FILTER_TRIM:
      take_text (value, trim (shown));
      break;
    case MOS_FILTER_TRUNCATE:
      take_text (value, truncate_text (shown, atol (filter->argument)));
      break;
    case MOS_FILTER_DATE:
      take_text (value, mos_locale_date (context->locale, value->us, context->tz, length));
      break;
    case MOS_FILTER_TIME:
      take_text (value, mos_locale_time (context->locale, value->us, context->tz, length));
      break;
    case MOS_FILTER_DATETIME:
      take_text (value, mos_locale_date_time (context->locale, value->us, context->tz, length));
      break;
    case MOS_FILTER_NUMBER:
      if (filter->argument != NULL)
        take_text (value, mos_locale_number (context->locale, value->text, atoi (filter->argument)));
      else
        value->kind = MOS_TEMPLATE_NUMBER;
      break;
    case MOS_FILTER_MONEY:
      value->kind = MOS_TEMPLATE_MONEY;
      if (filter->argument != NULL)
        g_set_str (&value->currency, filter->argument);
      break;
    case MOS_FILTER_DEFAULT:
    case MOS_FILTER_IF_MISSING:
    default:
      break;
    }
  return TRUE;
}
