/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-standing.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-surveys.h"

static void
mos_survey_standing_clear (MosSurveyStanding *self)
{
  g_clear_pointer (&self->rescues, g_ptr_array_unref);
  g_clear_pointer (&self->reminds_us, g_array_unref);
  g_clear_pointer (&self->unread, g_strfreev);
}

MOS_DEFINE_VALUE (MosSurveyStanding, survey_standing)

/* Returns: (transfer full) (nullable): %NULL with an error */
static GPtrArray *
list (MosTxn *txn,
      const char *conversation,
      MosSurveyList which,
      GError **error)
{
  g_autoptr (MosSurveyFilter) filter = mos_survey_filter_new ();

  filter->list = which;
  filter->conversation = g_strdup (conversation);
  return mos_store_survey_list_filtered (txn, filter, error);
}

static gint64
find_reminder (GPtrArray *dues,
               const char *survey)
{
  for (guint i = 0; i < dues->len; i++)
    {
      const MosDueRow *due = dues->pdata[i];

      if (g_str_equal (due->kind, MOS_RESCUE_DUE_KIND) && g_strcmp0 (due->payload, survey) == 0)
        return due->due_us;
    }
  return 0;
}

/* Returns: (transfer none) (nullable) */
static MosDueRow *
find_plan (GPtrArray *dues)
{
  for (guint i = 0; i < dues->len; i++)
    if (g_str_equal (((MosDueRow *) dues->pdata[i])->kind, MOS_SURVEY_DUE_KIND))
      return dues->pdata[i];
  return NULL;
}

/* Opened again, nobody is asked; closed, they are asked anew. @ret_is: (out): whether it is about what is closed */
static gboolean
is_closed (MosTxn *txn,
           const char *conversation,
           gboolean *ret_is,
           GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return FALSE;
  *ret_is = row != NULL && row->status == MOS_STATUS_CLOSED;
  return TRUE;
}

gboolean
mos_survey_standing_load (MosTxn *txn,
                          const char *conversation,
                          MosSurveyStanding **ret_standing,
                          GError **error)
{
  g_autoptr (MosSurveyStanding) self = mos_survey_standing_new ();
  g_autoptr (GPtrArray) dues = mos_store_due_list (txn, MOS_DUE_WAITING, conversation, error);
  g_autoptr (GPtrArray) unread = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean is_asked = FALSE;
  MosDueRow *plan;

  if (dues == NULL)
    return FALSE;
  unread = list (txn, conversation, MOS_SURVEYS_UNREAD, error);
  if (unread == NULL)
    return FALSE;
  self->rescues = list (txn, conversation, MOS_SURVEYS_RESCUES, error);
  if (self->rescues == NULL)
    return FALSE;
  self->reminds_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->rescues->len; i++)
    {
      gint64 due_us = find_reminder (dues, ((MosSurvey *) self->rescues->pdata[i])->id);

      g_array_append_val (self->reminds_us, due_us);
    }
  for (guint i = 0; i < unread->len; i++)
    g_strv_builder_add (ids, ((MosSurvey *) unread->pdata[i])->id);
  self->unread = g_strv_builder_end (ids);
  plan = find_plan (dues);
  if (plan != NULL && !is_closed (txn, conversation, &is_asked, error))
    return FALSE;
  if (is_asked)
    {
      self->planned_us = plan->due_us;
      self->planned_kind = mos_survey_kind_from_nick (plan->payload != NULL ? plan->payload : "", MOS_SURVEY_CSAT);
    }
  *ret_standing = g_steal_pointer (&self);
  return TRUE;
}

gboolean
mos_survey_dismiss (MosTxn *txn,
                    const char *conversation,
                    GError **error)
{
  g_autoptr (GPtrArray) dues = mos_store_due_list (txn, MOS_DUE_WAITING, conversation, error);
  MosDueRow *plan = dues != NULL ? find_plan (dues) : NULL;

  if (dues == NULL)
    return FALSE;
  if (plan == NULL)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No question is planned there");
      return FALSE;
    }
  return mos_store_due_cancel (txn, plan->key, error) &&
         mos_store_event_add (txn, conversation, NULL, "survey_skipped", plan->payload, mos_survey_skip_to_nick (MOS_SURVEY_SKIP_DISMISSED), 0, FALSE, error);
}

/* --- for the window --- */

static gboolean
do_load (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  MosSurveyStanding *standing = NULL;

  if (!mos_survey_standing_load (txn, call->text, &standing, error))
    return FALSE;
  mos_desk_call_take_result (call, standing, (GDestroyNotify) mos_survey_standing_unref);
  return TRUE;
}

void
mos_desk_load_survey_standing_async (MosDesk *self,
                                     const char *conversation,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, do_load, conversation, mos_desk_load_survey_standing_async, cancellable, callback, user_data);
}

MosSurveyStanding *
mos_desk_load_survey_standing_finish (MosDesk *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_survey_standing_async, error);
}

static gboolean
do_dismiss (MosTxn *txn,
            MosDeskCall *call,
            GError **error)
{
  return mos_survey_dismiss (txn, call->text, error);
}

void
mos_desk_dismiss_survey_async (MosDesk *self,
                               const char *conversation,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_dismiss, conversation, MOS_SURVEY_DISMISS_LABEL, mos_desk_dismiss_survey_async, cancellable, callback, user_data);
}

static gboolean
do_remind (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_rescue_remind (txn, call->text, call->time_us, error);
}

void
mos_desk_remind_rescue_async (MosDesk *self,
                              const char *survey,
                              gint64 due_us,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new_text (do_remind, survey);
  call->time_us = due_us;
  mos_desk_write (self, call, MOS_RESCUE_REMIND_LABEL, mos_desk_remind_rescue_async, cancellable, callback, user_data);
}
