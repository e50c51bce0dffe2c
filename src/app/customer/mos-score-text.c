/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-score-text.h"

#include "app/surveys/mos-survey-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

char *
mos_score_text (MosSurveyKind kind,
                int score)
{
  const int highest = mos_survey_kind_get_highest (kind);

  if (kind == MOS_SURVEY_NPS)
    return score == MOS_SURVEY_NO_SCORE ? g_strdup (_ ("Recommendation: no score"))
                                        /* Translators: whether a customer would recommend the shop: the score, and the highest there is. */
                                        : g_strdup_printf (_ ("Recommendation: %1$d of %2$d"), score, highest);
  return score == MOS_SURVEY_NO_SCORE ? g_strdup (_ ("Satisfaction: no score"))
                                      /* Translators: how satisfied a customer is: the score, and the highest there is. */
                                      : g_strdup_printf (_ ("Satisfaction: %1$d of %2$d"), score, highest);
}

char *
mos_score_event_text (const char *actor,
                      const MosMessageRow *row)
{
  MosSurveyKind kind = MOS_SURVEY_CSAT;
  int score = MOS_SURVEY_NO_SCORE;
  g_autofree char *text = NULL;
  g_autofree char *comment = row->event_from != NULL && *row->event_from != '\0' ? mos_text_isolate (row->event_from) : NULL;
  gboolean is_customer = row->actor_kind == MOS_ACTOR_CUSTOMER;

  mos_survey_read_event (row->event_to, &kind, &score);
  text = mos_score_text (kind, score);
  if (comment == NULL)
    /* Translators: a person, and a score: "Satisfaction: 4 of 5". */
    return g_strdup_printf (is_customer ? _ ("%1$s gave a score. %2$s") : _ ("%1$s recorded a score. %2$s"), actor, text);
  /* Translators: a person, a score: "Satisfaction: 4 of 5", and the words of the customer. */
  return g_strdup_printf (is_customer ? _ ("%1$s gave a score. %2$s. “%3$s”") : _ ("%1$s recorded a score. %2$s. “%3$s”"), actor, text, comment);
}

const char *
mos_survey_skip_text (MosSurveySkip skip)
{
  switch (skip)
    {
    case MOS_SURVEY_SKIP_OFF:
      return _ ("The survey was switched off.");
    case MOS_SURVEY_SKIP_REOPENED:
      return _ ("The conversation was opened again.");
    case MOS_SURVEY_SKIP_MERGED:
      return _ ("The conversation became part of another one.");
    case MOS_SURVEY_SKIP_SPAM:
      return _ ("The conversation is spam, deleted, set apart or from before.");
    case MOS_SURVEY_SKIP_NOT_BY_PERSON:
      return _ ("Nobody here closed it: a rule or a program did.");
    case MOS_SURVEY_SKIP_NOT_WRITTEN:
      return _ ("The customer never wrote.");
    case MOS_SURVEY_SKIP_NOT_ANSWERED:
      return _ ("Nobody here answered.");
    case MOS_SURVEY_SKIP_UNDELIVERED:
      return _ ("Our answer did not get there.");
    case MOS_SURVEY_SKIP_NOBODY:
      return _ ("It is not known who the customer is.");
    case MOS_SURVEY_SKIP_OPTED_OUT:
      return _ ("The customer does not want to be asked.");
    case MOS_SURVEY_SKIP_ASKED_BEFORE:
      return _ ("The customer was asked about it before.");
    case MOS_SURVEY_SKIP_ASKED_LATELY:
      return _ ("The customer was asked not long ago.");
    case MOS_SURVEY_SKIP_TAG:
      return _ ("It has a tag that is left out.");
    case MOS_SURVEY_SKIP_CATEGORY:
      return _ ("It is of a category that is left out.");
    case MOS_SURVEY_SKIP_VIP:
      return _ ("The customer is a VIP, and those are left out.");
    case MOS_SURVEY_SKIP_MACHINE:
      return _ ("Nobody reads what is sent to that address by itself.");
    case MOS_SURVEY_SKIP_LIMIT:
      return _ ("So many messages left by themselves that more are held back.");
    case MOS_SURVEY_SKIP_WINDOW:
      return _ ("The time in which the chat may be answered is over.");
    case MOS_SURVEY_SKIP_CANNOT:
      return _ ("Nothing can be sent there.");
    case MOS_SURVEY_SKIP_LATE:
      return _ ("Nothing was running when it was time, and later it would surprise.");
    case MOS_SURVEY_SKIP_DISMISSED:
      return _ ("Somebody here did not want it.");
    case MOS_SURVEY_ASK:
    default:
      return "";
    }
}

char *
mos_survey_event_text (const char *actor,
                       const MosMessageRow *row)
{
  const char *kind = row->event_kind;

  if (g_str_equal (kind, "survey_skipped") && g_strcmp0 (row->event_to, mos_survey_skip_to_nick (MOS_SURVEY_SKIP_DISMISSED)) == 0)
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("%s decided not to ask the customer for a score"), actor);
  if (g_str_equal (kind, "survey_skipped"))
    /* Translators: %s is a sentence that says why. */
    return g_strdup_printf (_ ("The customer was not asked for a score. %s"), mos_survey_skip_text (mos_survey_skip_from_nick (row->event_to != NULL ? row->event_to : "", MOS_SURVEY_ASK)));
  if (g_str_equal (kind, "survey_late"))
    return g_strdup (_ ("An answer to a question for a score came after its time. It is a message like any other."));
  if (g_str_equal (kind, "rescue_due"))
    return g_strdup (_ ("Reminder: the customer was unhappy, and nobody has noted yet what came of it"));
  if (!g_str_equal (kind, "rescue"))
    return NULL;
  if (g_strcmp0 (row->event_to, mos_rescue_state_to_nick (MOS_RESCUE_DONE)) != 0)
    return g_strdup (_ ("The customer is unhappy. Somebody should look after it"));
  if (row->event_from == NULL || *row->event_from == '\0')
    /* Translators: %s is a person, who looked after an unhappy customer. */
    return g_strdup_printf (_ ("%s looked after the unhappy customer"), actor);
  else
    {
      g_autofree char *read = mos_rescue_outcome_text (row->event_from);
      g_autofree char *outcome = mos_text_isolate (read);

      /* Translators: a person, who looked after an unhappy customer, and what came of it. */
      return g_strdup_printf (_ ("%1$s looked after the unhappy customer: “%2$s”"), actor, outcome);
    }
}
