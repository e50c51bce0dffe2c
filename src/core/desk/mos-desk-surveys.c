/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-surveys.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"
#include "core/desk/mos-survey-export.h"
#include "core/desk/mos-survey-settings.h"
#include "core/desk/mos-surveys.h"
#include "core/store/mos-store-surveys.h"

/* --- what was said --- */

static gboolean
do_record (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_survey_record (txn, call->value, NULL, error);
}

void
mos_desk_record_survey_async (MosDesk *self,
                              MosSurvey *survey,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (survey != NULL && survey->conversation != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_record, mos_survey_ref (survey), (GDestroyNotify) mos_survey_unref), MOS_SURVEY_LABEL, mos_desk_record_survey_async, cancellable, callback, user_data);
}

static gboolean
do_list (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_desk_call_take_list (call, mos_store_survey_list_filtered (txn, call->value, error));
}

void
mos_desk_list_surveys_async (MosDesk *self,
                             MosSurveyFilter *filter,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (filter != NULL);

  mos_desk_read (self, mos_desk_call_new_value (do_list, mos_survey_filter_ref (filter), (GDestroyNotify) mos_survey_filter_unref), mos_desk_list_surveys_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_list_surveys_finish (MosDesk *self,
                              GAsyncResult *result,
                              GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_list_surveys_async, error);
}

static gboolean
do_mark_read (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  return mos_store_survey_set_unread (txn, call->text, FALSE, error);
}

void
mos_desk_read_survey_async (MosDesk *self,
                            const char *survey,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_mark_read, survey, NULL, mos_desk_read_survey_async, cancellable, callback, user_data);
}

/* --- what is asked --- */

static gboolean
do_load_settings (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_settings_unref);

  for (MosSurveyKind kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    {
      MosSurveySettings *settings = NULL;

      if (!mos_survey_settings_load (txn, call->text, kind, &settings, error))
        return FALSE;
      g_ptr_array_add (all, settings);
    }
  return mos_desk_call_take_list (call, g_steal_pointer (&all));
}

void
mos_desk_load_survey_settings_async (MosDesk *self,
                                     const char *account,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, do_load_settings, account, mos_desk_load_survey_settings_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_survey_settings_finish (MosDesk *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_survey_settings_async, error);
}

static gboolean
do_save_settings (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_survey_settings_save (txn, call->value, error);
}

void
mos_desk_save_survey_settings_async (MosDesk *self,
                                     MosSurveySettings *settings,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (settings != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_save_settings, mos_survey_settings_ref (settings), (GDestroyNotify) mos_survey_settings_unref), MOS_SURVEY_SETTINGS_LABEL, mos_desk_save_survey_settings_async,
                  cancellable, callback, user_data);
}

static gboolean
do_preview (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  const MosSurveySettings *settings = call->value;
  MosSurveyLetter *letter = NULL;

  if (!mos_surveys_preview (txn, settings->account, settings->kind, settings, call->text, &letter, error))
    return FALSE;
  mos_desk_call_take_result (call, letter, (GDestroyNotify) mos_survey_letter_unref);
  return TRUE;
}

void
mos_desk_preview_survey_async (MosDesk *self,
                               MosSurveySettings *settings,
                               const char *language,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (settings != NULL);

  call = mos_desk_call_new_text (do_preview, language);
  mos_desk_call_set_value (call, mos_survey_settings_ref (settings), (GDestroyNotify) mos_survey_settings_unref);
  mos_desk_read (self, call, mos_desk_preview_survey_async, cancellable, callback, user_data);
}

MosSurveyLetter *
mos_desk_preview_survey_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_preview_survey_async, error);
}

static gboolean
do_test (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_surveys_send_test (txn, call->text, (MosSurveyKind) call->number, call->third, call->other, NULL, error);
}

void
mos_desk_test_survey_async (MosDesk *self,
                            const char *account,
                            MosSurveyKind kind,
                            const char *language,
                            const char *address,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new_pair (do_test, account, address, NULL);
  call->third = g_strdup (language);
  call->number = (int) kind;
  mos_desk_write (self, call, NULL, mos_desk_test_survey_async, cancellable, callback, user_data);
}

/* --- what comes of it --- */

static gboolean
do_settle (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_rescue_settle (txn, call->text, call->other, error);
}

void
mos_desk_settle_rescue_async (MosDesk *self,
                              const char *survey,
                              const char *outcome,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_pair (do_settle, survey, outcome, NULL), MOS_RESCUE_LABEL, mos_desk_settle_rescue_async, cancellable, callback, user_data);
}

static gboolean
do_reopen (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_rescue_reopen (txn, call->text, error);
}

void
mos_desk_reopen_rescue_async (MosDesk *self,
                              const char *survey,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_reopen, survey, MOS_RESCUE_LABEL, mos_desk_reopen_rescue_async, cancellable, callback, user_data);
}

/* --- into a file --- */

typedef struct
{
  MosStore *store;         /* (owned) */
  MosSurveyFilter *filter; /* (owned) */
  GFile *file;             /* (owned) */
  gboolean with_bom;
  guint n;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->store);
  mos_survey_filter_unref (export->filter);
  g_object_unref (export->file);
  g_free (export);
}

static void
do_export (GTask *task,
           gpointer source,
           gpointer data,
           GCancellable *cancellable)
{
  Export *export = data;
  GError *error = NULL;

  if (mos_surveys_write_csv_sync (export->store, export->filter, export->file, export->with_bom, &export->n, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_export_surveys_async (MosDesk *self,
                               MosSurveyFilter *filter,
                               GFile *file,
                               gboolean with_bom,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_export_surveys_async);
  export = g_new0 (Export, 1);
  export->store = g_object_ref (self->store);
  export->filter = filter != NULL ? mos_survey_filter_ref (filter) : mos_survey_filter_new ();
  if (filter == NULL)
    export->filter->list = MOS_SURVEYS_ALL;
  export->file = g_object_ref (file);
  export->with_bom = with_bom;
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, do_export);
}

gboolean
mos_desk_export_surveys_finish (MosDesk *self,
                                GAsyncResult *result,
                                guint *ret_n,
                                GError **error)
{
  Export *export;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  export = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (ret_n != NULL)
    *ret_n = export->n;
  return TRUE;
}
