/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-text.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

const char *
mos_survey_kind_title (MosSurveyKind kind)
{
  return kind == MOS_SURVEY_NPS ? _ ("Recommendation") : _ ("Satisfaction");
}

const char *
mos_survey_kind_text (MosSurveyKind kind)
{
  return kind == MOS_SURVEY_NPS ? _ ("From 0 to 10: whether they would recommend the shop.") : _ ("From 1 to 5: how satisfied they are with your help.");
}

char *
mos_survey_delay_text (guint delay_s)
{
  guint days = delay_s / 86400, hours = delay_s / 3600, minutes = delay_s / 60;

  if (minutes == 0)
    return g_strdup (_ ("At once"));
  if (delay_s % 86400 == 0)
    return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  if (delay_s % 3600 == 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", hours), hours);
  return g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
}

char *
mos_survey_settings_text (const MosSurveySettings *settings)
{
  g_autofree char *delay = NULL;

  if (!settings->is_on)
    /* Translators: %s is "Satisfaction" or "Recommendation": customers are not asked about it. */
    return g_strdup_printf (_ ("%s: off"), mos_survey_kind_title (settings->kind));
  if (settings->delay_s < 60)
    /* Translators: %s is "Satisfaction" or "Recommendation": customers are asked about it. */
    return g_strdup_printf (_ ("%s: at once"), mos_survey_kind_title (settings->kind));
  delay = mos_survey_delay_text (settings->delay_s);
  /* Translators: "Satisfaction" or "Recommendation", and how long after a conversation was closed its customer is asked: "1 hour". */
  return g_strdup_printf (_ ("%1$s: after %2$s"), mos_survey_kind_title (settings->kind), delay);
}

gboolean
mos_survey_can_ask (const MosAccount *account)
{
  return g_str_equal (account->kind, "email") || (mos_channel_is_chat (account->kind) && (mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_CALLS) == 0);
}

/* --- what came of it --- */

/* Stored in English, so that every desk reads it in its own language. */
static const struct
{
  const char *stored;
  const char *shown;
} outcomes[] = {
  /* Translators: what came of helping an unhappy customer. */
  { "solved", NC_ ("outcome", "Solved") },
  { "refunded", NC_ ("outcome", "Refunded") },
  { "replaced", NC_ ("outcome", "Replaced") },
  { "no-answer", NC_ ("outcome", "They did not answer") },
  { "nothing-to-do", NC_ ("outcome", "There was nothing to do") },
};

const char *const *
mos_rescue_list_choices (void)
{
  static const char *choices[G_N_ELEMENTS (outcomes) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    choices[i] = outcomes[i].stored;
  return choices;
}

char *
mos_rescue_outcome_text (const char *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      gsize len = strlen (outcomes[i].stored);
      const char *shown = g_dpgettext2 (NULL, "outcome", outcomes[i].shown);

      if (g_str_equal (outcome, outcomes[i].stored))
        return g_strdup (shown);
      if (g_str_has_prefix (outcome, outcomes[i].stored) && g_str_has_prefix (outcome + len, ": "))
        /* Translators: what came of helping an unhappy customer ("Refunded"), and somebody's words about it. */
        return g_strdup_printf (_ ("%1$s: %2$s"), shown, outcome + len + 2);
    }
  return g_strdup (outcome);
}

char *
mos_rescue_dup_outcome (const char *choice,
                        const char *words)
{
  g_autofree char *text = g_strstrip (g_strdup (words));

  if (choice == NULL)
    return g_steal_pointer (&text);
  return *text != '\0' ? g_strconcat (choice, ": ", text, NULL) : g_strdup (choice);
}
