/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-json.h"
#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* What customers say of the service, inside a transaction: for the window and mostradorctl. */

/** How a recorded score is called in the history of what can be undone. */
#define MOS_SURVEY_LABEL "survey"
/** In characters. */
#define MOS_SURVEY_MAX_COMMENT 4000

/**
 * mos_survey_record: somebody here writes down what the customer of a conversation said, as an answer of its own
 * @survey: @conversation, @kind, @score, @comment and @answered_us count; @answered_us 0 = now
 * @ret_id: (out) (optional) (transfer full)
 *
 * A low score of the last days begins a rescue, as one that a customer gave.
 * MOS_DESK_ERROR_NOT_FOUND: no such conversation. MOS_DESK_ERROR_INVALID: no score of its kind, too many words, or a time to come.
 */
gboolean mos_survey_record (MosTxn *txn, const MosSurvey *survey, char **ret_id, GError **error);
/**
 * mos_survey_build: @survey as an object of JSON
 * @former: (nullable) (element-type MosSurvey): answers that it took the place of
 * @is_inner: with what is the shop's own: who answered for it, and what came of it
 */
void mos_survey_build (JsonBuilder *builder, const MosSurvey *survey, GPtrArray *former, gboolean is_inner);

G_END_DECLS
