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
  g_free (self->conversation);
  g_free (self->subject);
  g_free (self->customer);
  g_free (self->customer_name);
  g_free (self->language);
  g_free (self->comment);
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
  return self;
}
