/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* What customers say of the service, for the window: mos-surveys.h, mos-survey-*.h without blocking. Main context only; values are held until a call is done. */

/** mos_desk_record_survey_async: mos_survey_record(). Finish with mos_desk_action_finish() */
void mos_desk_record_survey_async (MosDesk *self, MosSurvey *survey, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_list_surveys_async: mos_store_survey_list_filtered() */
void mos_desk_list_surveys_async (MosDesk *self, MosSurveyFilter *filter, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_list_surveys_finish: Returns: (transfer full) (nullable) (element-type MosSurvey) */
GPtrArray *mos_desk_list_surveys_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_read_survey_async: somebody looked at it. Finish with mos_desk_action_finish() */
void mos_desk_read_survey_async (MosDesk *self, const char *survey, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_load_survey_settings_async: of both kinds */
void mos_desk_load_survey_settings_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_survey_settings_finish: Returns: (transfer full) (nullable) (element-type MosSurveySettings): by kind */
GPtrArray *mos_desk_load_survey_settings_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_save_survey_settings_async: mos_survey_settings_save(). Finish with mos_desk_action_finish() */
void mos_desk_save_survey_settings_async (MosDesk *self, MosSurveySettings *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_preview_survey_async: mos_surveys_preview() with @settings as they are about to be; @language: (nullable) */
void mos_desk_preview_survey_async (MosDesk *self, MosSurveySettings *settings, const char *language, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_preview_survey_finish: Returns: (transfer full) (nullable) */
MosSurveyLetter *mos_desk_preview_survey_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_test_survey_async: mos_surveys_send_test(); @language: (nullable). Finish with mos_desk_action_finish() */
void mos_desk_test_survey_async (MosDesk *self, const char *account, MosSurveyKind kind, const char *language, const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_settle_rescue_async: mos_rescue_settle(). Finish with mos_desk_action_finish() */
void mos_desk_settle_rescue_async (MosDesk *self, const char *survey, const char *outcome, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_reopen_rescue_async: mos_rescue_reopen(). Finish with mos_desk_action_finish() */
void mos_desk_reopen_rescue_async (MosDesk *self, const char *survey, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_export_surveys_async: mos_surveys_write_csv_sync() on a thread of its own. @filter: (nullable): all */
void mos_desk_export_surveys_async (MosDesk *self, MosSurveyFilter *filter, GFile *file, gboolean with_bom, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_export_surveys_finish: @ret_n: (out) (optional): how many */
gboolean mos_desk_export_surveys_finish (MosDesk *self, GAsyncResult *result, guint *ret_n, GError **error);

G_END_DECLS
