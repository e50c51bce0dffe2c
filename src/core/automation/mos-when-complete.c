/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-when-reader.h"

#include <string.h>

/* --- writing a time --- */

static char *
format_time (const MosWhenContext *context,
             const MosWhenLanguage *language,
             int minute)
{
  int hour = minute / 60;
  gboolean twelve = context->clock != 0 ? context->clock == 12 : mos_when_is_twelve_hours (context->language != NULL ? context->language : "en");

  if (language->am == NULL || !twelve)
    return g_strdup_printf ("%02d:%02d", hour, minute % 60);
  return g_strdup_printf ("%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute % 60, hour < 12 ? language->am : language->pm);
}

/* "4 December", "4. Dezember", "4 de desembre", "4 d'octubre" */
static char *
format_date (const MosWhenLanguage *language,
             int day,
             const char *month)
{
  if (language->of == NULL)
    return g_strdup_printf (strcmp (language->code, "de") == 0 ? "%d. %s" : "%d %s", day, month);
  if (strcmp (language->code, "ca") == 0 && strchr ("ao", *month) != NULL)
    return g_strdup_printf ("%d d'%s", day, month);
  return g_strdup_printf ("%d %s %s", day, language->of, month);
}

char *
mos_when_describe (const MosWhenContext *context,
                   gint64 at_us)
{
  const MosWhenLanguage *language = mos_when_language (context->language);
  gboolean month_first = strcmp (language->code, "en") == 0 && (context->language == NULL || strpbrk (context->language, "_-") == NULL || mos_when_has_territory (context->language, "US PH"));
  g_autoptr (GString) text = NULL;
  g_autofree char *weekday = NULL, *month = NULL, *time = NULL;
  int year, month_number, day, minute, this_year, ignore;
  GDate date;

  mos_when_wall (context, at_us, &year, &month_number, &day, &minute);
  mos_when_wall (context, context->now_us, &this_year, &ignore, &ignore, &ignore);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month_number, (GDateYear) year);
  weekday = mos_when_word (language, MOS_WHEN_WORD_WEEKDAY, (int) g_date_get_weekday (&date));
  month = mos_when_word (language, MOS_WHEN_WORD_MONTH, month_number);
  time = format_time (context, language, minute);

  text = g_string_new (weekday);
  if (month_first)
    g_string_append_printf (text, " %s %d", month, day);
  else
    {
      g_autofree char *day_of_month = format_date (language, day, month);

      g_string_append_printf (text, " %s", day_of_month);
    }
  if (year != this_year)
    g_string_append_printf (text, language->of != NULL ? " de %d" : " %d", year);
  g_string_append_printf (text, " %s", time);
  return g_strdup (text->str);
}

/* --- completing --- */

/* "In 2 business days" among a language's phrases: behind the amounts that are said more often */
#define BUSINESS_PHRASE 9

void
mos_when_choice_free (MosWhenChoice *choice)
{
  if (choice == NULL)
    return;
  g_free (choice->text);
  g_free (choice);
}

/* "3 days" in the language's forms: one | two | few | many */
static char *
format_unit (const MosWhenLanguage *language,
             MosWhenUnit unit,
             int number)
{
  g_auto (GStrv) forms = g_strsplit (language->units[unit], "|", -1);
  guint n = g_strv_length (forms), form;

  if (n <= 2)
    return g_strdup_printf ("%d %s", number, forms[number == 1 ? 0 : n - 1]);
  form = number == 1 ? 0 : number == 2 ? 1
                       : number <= 10  ? 2
                                       : 3;
  /* Arabic: one and two are in the word itself. */
  if (form < 2)
    return g_strdup (forms[form]);
  return g_strdup_printf ("%d %s", number, forms[form]);
}

static char *
format_in (const MosWhenLanguage *language,
           MosWhenUnit unit,
           int number)
{
  g_autofree char *amount = format_unit (language, unit, number);
  g_auto (GStrv) parts = g_strsplit (language->in, "%s", 2);

  return g_strconcat (parts[0], amount, parts[1], NULL);
}

typedef struct
{
  const MosWhenContext *context;
  GPtrArray *choices;
  GHashTable *seen; /* (element-type gint64): moments */
  char *typed;      /* (owned) folded */
  guint max;
} Completion;

static void
offer (Completion *self,
       const char *text)
{
  g_autofree char *folded = mos_when_fold (text);
  g_auto (MosWhen) when = { 0 };
  MosWhenChoice *choice;

  if (self->choices->len >= self->max || !g_str_has_prefix (folded, self->typed) || !mos_when_parse (self->context, text, &when) ||
      !g_hash_table_add (self->seen, g_memdup2 (&when.at_us, sizeof when.at_us)))
    return;
  choice = g_new0 (MosWhenChoice, 1);
  choice->text = g_strdup (text);
  choice->at_us = when.at_us;
  choice->is_answer = when.is_answer;
  g_ptr_array_add (self->choices, choice);
}

/* The first number that was typed; 0 = none */
static int
typed_number (const char *typed)
{
  const char *digits = strpbrk (typed, "0123456789");

  return digits != NULL ? (int) MIN (g_ascii_strtoull (digits, NULL, 10), 999) : 0;
}

static void
offer_day_and_times (Completion *self,
                     const char *day)
{
  static const int minutes[] = { 9 * 60, 14 * 60, 16 * 60 };
  const MosWhenLanguage *language = mos_when_language (self->context->language);

  offer (self, day);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      g_autofree char *time = format_time (self->context, language, minutes[i]);
      g_autofree char *text = g_strconcat (day, " ", time, NULL);

      offer (self, text);
    }
}

static char *
tomorrow_word (const MosWhenLanguage *language)
{
  char *word = mos_when_word (language, MOS_WHEN_WORD_DAY, 1);

  return word != NULL ? word : mos_when_word (language, MOS_WHEN_WORD_TOMORROW_OR_MORNING, 1);
}

GPtrArray *
mos_when_complete (const MosWhenContext *context,
                   const char *text,
                   guint max)
{
  const MosWhenLanguage *language = mos_when_language (context->language);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_when_choice_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *typed = g_utf8_validate (text, -1, NULL) ? mos_when_fold (text) : g_strdup ("");
  g_autofree char *tomorrow = tomorrow_word (language);
  Completion self = { context, choices, seen, typed, max };
  gboolean nothing = *typed == '\0';
  int number = typed_number (typed), year, month, day, minute;
  GDate date;

  /* What is understood already may only want a time. */
  if (!nothing && number == 0)
    {
      g_auto (MosWhen) when = { 0 };

      if (mos_when_parse (context, text, &when) && !when.is_answer)
        {
          g_autofree char *plain = g_strstrip (g_strdup (text));
          g_auto (MosWhenReader) said = { 0 };

          /* "End of day" has its time. */
          mos_when_reader_read (&said, context, plain);
          if (said.part != -1 || said.hour != -1)
            offer (&self, plain);
          else
            offer_day_and_times (&self, plain);
        }
    }

  offer (&self, language->phrases[0]);
  if (nothing)
    offer (&self, tomorrow);
  else
    offer_day_and_times (&self, tomorrow);
  for (guint i = 1; language->phrases[i] != NULL; i++)
    if (i != BUSINESS_PHRASE && (!nothing || i >= 4))
      offer (&self, language->phrases[i]);

  mos_when_wall (context, context->now_us, &year, &month, &day, &minute);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  for (int i = 1; i <= 7; i++)
    {
      g_autofree char *weekday = mos_when_word (language, MOS_WHEN_WORD_WEEKDAY, ((int) g_date_get_weekday (&date) - 1 + i) % 7 + 1);

      /* Nobody looks for seven days before having typed a letter. */
      if (!nothing || (int) g_date_get_weekday (&date) - 1 + i == 7)
        offer_day_and_times (&self, weekday);
    }

  for (int i = 0; i < (number > 0 ? 1 : 3); i++)
    for (MosWhenUnit unit = MOS_WHEN_UNIT_MINUTE; unit <= MOS_WHEN_UNIT_MONTH; unit++)
      {
        g_autofree char *in = format_in (language, unit, number > 0 ? number : i + 1);
        g_autofree char *plain = format_unit (language, unit, number > 0 ? number : i + 1);

        if (nothing || (number == 0 && unit == MOS_WHEN_UNIT_MINUTE))
          continue;
        offer (&self, in);
        if (number > 0)
          offer (&self, plain);
      }

  if (!nothing)
    offer (&self, language->phrases[BUSINESS_PHRASE]);
  if (number > 0 && number <= 31)
    {
      if (number <= 24 && g_ascii_isdigit (*typed))
        {
          g_autofree char *hour = g_strdup_printf ("%d:00", number);
          g_autofree char *half = g_strdup_printf ("%d:30", number);

          offer (&self, hour);
          offer (&self, half);
        }
      for (int i = 0; i < 12; i++)
        {
          g_autofree char *name = mos_when_word (language, MOS_WHEN_WORD_MONTH, (month - 1 + i) % 12 + 1);
          g_autofree char *plain = g_strdup_printf ("%d %s", number, name);
          g_autofree char *of = format_date (language, number, name);
          g_autofree char *before = g_strdup_printf ("%s %d", name, number);

          offer (&self, plain);
          offer (&self, of);
          offer (&self, before);
        }
    }
  return g_steal_pointer (&choices);
}
