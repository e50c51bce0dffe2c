/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-survey-values.h"

#include <string.h>

static const char *const survey_kind_nicks[] = { "csat", "nps" };
G_STATIC_ASSERT (G_N_ELEMENTS (survey_kind_nicks) == MOS_N_SURVEY_KINDS);
MOS_DEFINE_NICKS (MosSurveyKind, survey_kind)

static const char *const survey_state_nicks[] = { "planned", "asked", "answered", "expired", "cancelled" };
G_STATIC_ASSERT (G_N_ELEMENTS (survey_state_nicks) == MOS_SURVEY_CANCELLED + 1);
MOS_DEFINE_NICKS (MosSurveyState, survey_state)

static const char *const rescue_state_nicks[] = { "none", "open", "done" };
G_STATIC_ASSERT (G_N_ELEMENTS (rescue_state_nicks) == MOS_RESCUE_DONE + 1);
MOS_DEFINE_NICKS (MosRescueState, rescue_state)

static const char *const survey_list_nicks[] = { "answered", "unread", "rescues", "all" };
G_STATIC_ASSERT (G_N_ELEMENTS (survey_list_nicks) == MOS_N_SURVEY_LISTS);
MOS_DEFINE_NICKS (MosSurveyList, survey_list)

static const char *const survey_often_nicks[] = { "conversation", "close", "person" };
G_STATIC_ASSERT (G_N_ELEMENTS (survey_often_nicks) == MOS_N_SURVEY_OFTEN);
MOS_DEFINE_NICKS (MosSurveyOften, survey_often)

static const char *const survey_skip_nicks[] = {
  [MOS_SURVEY_ASK] = "ask",
  [MOS_SURVEY_SKIP_OFF] = "off",
  [MOS_SURVEY_SKIP_REOPENED] = "reopened",
  [MOS_SURVEY_SKIP_MERGED] = "merged",
  [MOS_SURVEY_SKIP_SPAM] = "spam",
  [MOS_SURVEY_SKIP_NOT_BY_PERSON] = "not-by-person",
  [MOS_SURVEY_SKIP_NOT_WRITTEN] = "not-written",
  [MOS_SURVEY_SKIP_NOT_ANSWERED] = "not-answered",
  [MOS_SURVEY_SKIP_UNDELIVERED] = "undelivered",
  [MOS_SURVEY_SKIP_NOBODY] = "nobody",
  [MOS_SURVEY_SKIP_OPTED_OUT] = "opted-out",
  [MOS_SURVEY_SKIP_ASKED_BEFORE] = "asked-before",
  [MOS_SURVEY_SKIP_ASKED_LATELY] = "asked-lately",
  [MOS_SURVEY_SKIP_TAG] = "tag",
  [MOS_SURVEY_SKIP_CATEGORY] = "category",
  [MOS_SURVEY_SKIP_VIP] = "vip",
  [MOS_SURVEY_SKIP_MACHINE] = "machine",
  [MOS_SURVEY_SKIP_LIMIT] = "limit",
  [MOS_SURVEY_SKIP_WINDOW] = "window",
  [MOS_SURVEY_SKIP_CANNOT] = "cannot",
  [MOS_SURVEY_SKIP_LATE] = "late",
  [MOS_SURVEY_SKIP_DISMISSED] = "dismissed",
};
G_STATIC_ASSERT (G_N_ELEMENTS (survey_skip_nicks) == MOS_SURVEY_SKIP_DISMISSED + 1);
MOS_DEFINE_NICKS (MosSurveySkip, survey_skip)

/* low: up to this somebody is unhappy. */
static const struct
{
  int lowest;
  int highest;
  int low;
} scales[MOS_N_SURVEY_KINDS] = {
  [MOS_SURVEY_CSAT] = { 1, 5, 2 },
  [MOS_SURVEY_NPS] = { 0, 10, 6 },
};

int
mos_survey_kind_get_lowest (MosSurveyKind kind)
{
  return scales[kind].lowest;
}

int
mos_survey_kind_get_highest (MosSurveyKind kind)
{
  return scales[kind].highest;
}

gboolean
mos_survey_kind_is_score (MosSurveyKind kind,
                          int score)
{
  return score >= scales[kind].lowest && score <= scales[kind].highest;
}

gboolean
mos_survey_kind_is_low (MosSurveyKind kind,
                        int score)
{
  return score >= scales[kind].lowest && score <= scales[kind].low;
}

char *
mos_survey_dup_event (MosSurveyKind kind,
                      int score)
{
  return score != MOS_SURVEY_NO_SCORE ? g_strdup_printf ("%s:%d", mos_survey_kind_to_nick (kind), score) : g_strconcat (mos_survey_kind_to_nick (kind), ":", NULL);
}

gboolean
mos_survey_read_event (const char *told,
                       MosSurveyKind *ret_kind,
                       int *ret_score)
{
  for (MosSurveyKind kind = 0; told != NULL && kind < MOS_N_SURVEY_KINDS; kind++)
    {
      const gsize len = strlen (survey_kind_nicks[kind]);
      gint64 score = MOS_SURVEY_NO_SCORE;

      if (strncmp (told, survey_kind_nicks[kind], len) != 0 || told[len] != ':')
        continue;
      if (told[len + 1] != '\0' && !g_ascii_string_to_signed (told + len + 1, 10, scales[kind].lowest, scales[kind].highest, &score, NULL))
        return FALSE;
      *ret_kind = kind;
      *ret_score = (int) score;
      return TRUE;
    }
  return FALSE;
}

static void
mos_survey_clear (MosSurvey *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->account_name);
  g_free (self->channel);
  g_free (self->conversation);
  g_free (self->subject);
  g_free (self->customer);
  g_free (self->customer_name);
  g_free (self->language);
  g_free (self->comment);
  g_free (self->message);
  g_free (self->answered_by);
  g_free (self->agent);
  g_free (self->agent_name);
  g_free (self->category);
  g_free (self->category_name);
  g_free (self->macro);
  g_free (self->macro_name);
  g_strfreev (self->tags);
  g_free (self->rescue_outcome);
}

MOS_DEFINE_VALUE (MosSurvey, survey)

MosSurvey *
mos_survey_make (MosSurveyKind kind)
{
  MosSurvey *self = mos_survey_new ();

  self->kind = kind;
  self->state = MOS_SURVEY_ANSWERED;
  self->score = MOS_SURVEY_NO_SCORE;
  self->subject = g_strdup ("");
  self->comment = g_strdup ("");
  self->tags = g_new0 (char *, 1);
  self->rescue_outcome = g_strdup ("");
  return self;
}

static void
mos_survey_filter_clear (MosSurveyFilter *self)
{
  g_free (self->customer);
  g_free (self->conversation);
  g_free (self->account);
}

MOS_DEFINE_VALUE (MosSurveyFilter, survey_filter)

/* --- settings --- */

static void
mos_survey_text_clear (MosSurveyText *self)
{
  g_free (self->language);
  g_free (self->subject);
  g_free (self->question);
  g_free (self->thanks);
}

MOS_DEFINE_VALUE (MosSurveyText, survey_text)

MosSurveyText *
mos_survey_text_make (const char *language,
                      const char *subject,
                      const char *question,
                      const char *thanks)
{
  MosSurveyText *self = mos_survey_text_new ();

  self->language = g_strdup (language);
  self->subject = g_strdup (subject);
  self->question = g_strdup (question);
  self->thanks = g_strdup (thanks);
  return self;
}

static void
mos_survey_settings_clear (MosSurveySettings *self)
{
  g_free (self->account);
  g_strfreev (self->skip_tags);
  g_strfreev (self->skip_categories);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosSurveySettings, survey_settings)

/* behaviour.md §2.5: an hour after the close by mail, where an answer may still be on its way; a chat is over sooner. */
#define DELAY_MAIL_S 3600
#define DELAY_CHAT_S 300
#define CSAT_DAYS 14
#define RESCUE_DAYS 3

MosSurveySettings *
mos_survey_settings_make (const char *account,
                          MosSurveyKind kind,
                          gboolean is_chat)
{
  MosSurveySettings *self = mos_survey_settings_new ();

  self->account = g_strdup (account);
  self->kind = kind;
  self->delay_s = is_chat ? DELAY_CHAT_S : DELAY_MAIL_S;
  self->often = MOS_SURVEY_ONCE_PERSON;
  self->days = kind == MOS_SURVEY_NPS ? MOS_SURVEY_NPS_MIN_DAYS : CSAT_DAYS;
  self->skip_tags = g_new0 (char *, 1);
  self->skip_categories = g_new0 (char *, 1);
  self->rescue_days = RESCUE_DAYS;
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_text_unref);
  return self;
}

MosSurveySettings *
mos_survey_settings_copy (const MosSurveySettings *self)
{
  MosSurveySettings *copy = mos_survey_settings_new ();

  copy->account = g_strdup (self->account);
  copy->kind = self->kind;
  copy->is_on = self->is_on;
  copy->delay_s = self->delay_s;
  copy->often = self->often;
  copy->days = self->days;
  copy->skip_tags = g_strdupv (self->skip_tags);
  copy->skip_categories = g_strdupv (self->skip_categories);
  copy->skips_vip = self->skips_vip;
  copy->reopens = self->reopens;
  copy->rescue_days = self->rescue_days;
  copy->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_text_unref);
  for (guint i = 0; i < self->texts->len; i++)
    g_ptr_array_add (copy->texts, mos_survey_text_ref (self->texts->pdata[i]));
  return copy;
}

const MosSurveyText *
mos_survey_settings_find_text (const MosSurveySettings *self,
                               const char *language)
{
  for (guint i = 0; i < self->texts->len; i++)
    if (g_str_equal (((const MosSurveyText *) self->texts->pdata[i])->language, language))
      return self->texts->pdata[i];
  return NULL;
}

static void
mos_survey_letter_clear (MosSurveyLetter *self)
{
  g_free (self->language);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_strfreev (self->buttons);
  g_free (self->thanks);
}

MOS_DEFINE_VALUE (MosSurveyLetter, survey_letter)
