/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-score-text.h"

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
