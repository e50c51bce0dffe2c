/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/** How these are called in the history of what can be undone. */
#define MOS_SURVEY_DISMISS_LABEL "survey-dismiss"
#define MOS_RESCUE_REMIND_LABEL "rescue-remind"

/**
 * MosSurveyStanding: what is still to come of questions in a conversation
 * @planned_us: when its customer is asked, about @planned_kind; 0 = nobody means to
 * @rescues: (element-type MosSurvey): those that are open, the oldest first
 * @reminds_us: (element-type gint64): when somebody is reminded of each; 0 = not any more
 * @unread: ids of answers that nobody looked at yet
 */
typedef struct
{
  MosSurveyKind planned_kind;
  gint64 planned_us;
  GPtrArray *rescues;
  GArray *reminds_us;
  GStrv unread;
} MosSurveyStanding;
MOS_DECLARE_VALUE (MosSurveyStanding, survey_standing)

/** mos_survey_standing_load: inside a transaction. @ret_standing: (out) (transfer full) */
gboolean mos_survey_standing_load (MosTxn *txn, const char *conversation, MosSurveyStanding **ret_standing, GError **error);
/** mos_survey_dismiss: the customer of @conversation is not asked this time; the history tells. MOS_DESK_ERROR_NOT_FOUND: nobody means to */
gboolean mos_survey_dismiss (MosTxn *txn, const char *conversation, GError **error);

/** mos_desk_load_survey_standing_async: the same, main context */
void mos_desk_load_survey_standing_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_survey_standing_finish: Returns: (transfer full) (nullable) */
MosSurveyStanding *mos_desk_load_survey_standing_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_dismiss_survey_async: mos_survey_dismiss(). Finish with mos_desk_action_finish() */
void mos_desk_dismiss_survey_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_remind_rescue_async: mos_rescue_remind(). Finish with mos_desk_action_finish() */
void mos_desk_remind_rescue_async (MosDesk *self, const char *survey, gint64 due_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
