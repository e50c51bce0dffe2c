/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosRescueCard: a customer of the conversation is unhappy: their score and words, and what can be done about it ("conversation.apologize",
 * "conversation.remind-rescue" and "conversation.settle-rescue", with the survey's id)
 */
#define MOS_TYPE_RESCUE_CARD (mos_rescue_card_get_type ())
G_DECLARE_FINAL_TYPE (MosRescueCard, mos_rescue_card, MOS, RESCUE_CARD, AdwBin)

/** mos_rescue_card_new: @reminds_us: when somebody is reminded of it; 0 = not any more */
GtkWidget *mos_rescue_card_new (MosSurvey *survey, gint64 reminds_us, gint64 now_us);
MosSurvey *mos_rescue_card_get_survey (MosRescueCard *self);
/** mos_rescue_card_update: @survey: (nullable): %NULL = only the time went on, and @reminds_us does not count */
void mos_rescue_card_update (MosRescueCard *self, MosSurvey *survey, gint64 reminds_us, gint64 now_us);

G_END_DECLS
