/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/*
 * Asking customers what they think of the service (behaviour.md §2.5), inside a transaction.
 *
 * Whoever closes a conversation plans a question (a row of `due`); at its time all that could speak against it is looked at once more, and the question leaves as automatic mail, or the history says
 * why not. One question a close: where both kinds are on, "nps" goes first, since it is seldom. What nothing was running for in time is still asked for MOS_SURVEY_LATE_US: nobody is held for it.
 */

#define MOS_SURVEY_DUE_KIND "survey"
#define MOS_SURVEY_LATE_MAIL_US (3 * G_TIME_SPAN_DAY)
#define MOS_SURVEY_LATE_CHAT_US G_TIME_SPAN_DAY

/** mos_survey_plan: the actor closed @conversation; nothing where that is no person, or nothing is on */
gboolean mos_survey_plan (MosTxn *txn, const char *conversation, GError **error);
/** mos_survey_judge: what speaks against asking now. @ret_skip: (out): MOS_SURVEY_ASK = nothing */
gboolean mos_survey_judge (MosTxn *txn, const char *conversation, MosSurveyKind kind, MosSurveySkip *ret_skip, GError **error);
/** mos_survey_run: a row of `due` */
gboolean mos_survey_run (MosTxn *txn, MosDueRow *due, GError **error);

/**
 * mos_surveys_preview: the question as somebody who reads @language would get it from @account
 * @settings: (nullable): as they are about to be; %NULL = as they are
 * @language: (nullable): %NULL = the shop's
 * @ret_letter: (out) (transfer full)
 *
 * MOS_DESK_ERROR_NOT_FOUND, MOS_DESK_ERROR_INVALID: as of mos_survey_settings_load().
 */
gboolean mos_surveys_preview (MosTxn *txn, const char *account, MosSurveyKind kind, const MosSurveySettings *settings, const char *language, MosSurveyLetter **ret_letter, GError **error);
/**
 * mos_surveys_send_test: the question to an address of somebody here; what is answered to it is kept as a test, and counts nowhere
 * @language: (nullable): %NULL = the shop's
 * @ret_survey: (out) (optional) (transfer full): its id
 *
 * MOS_DESK_ERROR_INVALID: no address, an account that is none of mail, or that cannot send.
 */
gboolean mos_surveys_send_test (MosTxn *txn, const char *account, MosSurveyKind kind, const char *language, const char *address, char **ret_survey, GError **error);

G_END_DECLS
