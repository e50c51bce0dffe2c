/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/** mos_desk_record_survey_async: mos_survey_record(), main context; @survey is held until it is done. Finish with mos_desk_action_finish() */
void mos_desk_record_survey_async (MosDesk *self, MosSurvey *survey, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
