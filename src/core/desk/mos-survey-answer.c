/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-answer.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-outreach-words.h"
#include "core/desk/mos-survey-words.h"
#include "core/desk/mos-surveys.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-surveys.h"
#include "core/values/mos-customer-values.h"

gboolean
mos_survey_takes_answers (MosTxn *txn,
                          const MosSurvey *survey,
                          gint64 at_us,
                          gboolean *ret_takes,
                          GError **error)
{
  gint64 first_us = 0;

  if (!mos_store_survey_get_first_answer (txn, survey->id, &first_us, error))
    return FALSE;
  *ret_takes = first_us != 0 ? at_us <= first_us + MOS_SURVEY_CHANGE_DAYS * G_TIME_SPAN_DAY
                             : survey->asked_us != 0 && at_us <= survey->asked_us + MOS_SURVEY_OPEN_DAYS * G_TIME_SPAN_DAY;
  return TRUE;
}

/* --- a rescue --- */

static gboolean
load_settings (MosTxn *txn,
               const MosSurvey *survey,
               MosSurveySettings **ret_settings,
               GError **error)
{
  /* Whether it is a chat matters for what is not asked here. */
  return mos_store_survey_find_settings (txn, survey->account, survey->kind, FALSE, ret_settings, error);
}

static gboolean
remind (MosTxn *txn,
        const MosSurvey *survey,
        gint64 due_us,
        GError **error)
{
  g_autoptr (MosDueRow) due = mos_due_row_new ();

  due->kind = g_strdup (MOS_RESCUE_DUE_KIND);
  due->key = mos_store_survey_rescue_key (survey->id);
  due->conversation = g_strdup (survey->conversation);
  due->account = g_strdup (survey->account);
  due->payload = g_strdup (survey->id);
  due->due_us = due_us;
  return mos_store_due_put (txn, due, error);
}

static gint64
get_usual_reminder (MosTxn *txn,
                    const MosSurveySettings *settings)
{
  return mos_txn_get_now_us (txn) + (gint64) settings->rescue_days * G_TIME_SPAN_DAY;
}

static gboolean
begin_rescue (MosTxn *txn,
              const MosSurvey *survey,
              GError **error)
{
  g_autoptr (MosSurveySettings) settings = NULL;
  g_autoptr (MosConversationRow) row = NULL;

  if (!load_settings (txn, survey, &settings, error) || !mos_store_conversation_find (txn, survey->conversation, &row, error) ||
      !mos_store_survey_set_rescue (txn, survey->id, MOS_RESCUE_OPEN, NULL, error) || !remind (txn, survey, get_usual_reminder (txn, settings), error))
    return FALSE;
  return !settings->reopens || row == NULL || row->status != MOS_STATUS_CLOSED || row->merged_into != NULL || row->deleted_us != 0 || mos_store_conversation_set_status (txn, row->id, MOS_STATUS_OPEN, 0, error);
}

/* They thought better of it before anybody here did anything. */
static gboolean
drop_rescue (MosTxn *txn,
             const MosSurvey *survey,
             GError **error)
{
  g_autofree char *key = mos_store_survey_rescue_key (survey->id);

  return mos_store_survey_set_rescue (txn, survey->id, MOS_RESCUE_NONE, NULL, error) && mos_store_due_cancel (txn, key, error);
}

static gboolean
find_rescue (MosTxn *txn,
             const char *id,
             MosSurvey **ret_survey,
             GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;

  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  if (survey == NULL || survey->rescue == MOS_RESCUE_NONE)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No rescue %s", id);
      return FALSE;
    }
  *ret_survey = g_steal_pointer (&survey);
  return TRUE;
}

gboolean
mos_rescue_begin (MosTxn *txn,
                  const char *id,
                  GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;

  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  return survey == NULL || survey->rescue != MOS_RESCUE_NONE || survey->score == MOS_SURVEY_NO_SCORE || !mos_survey_kind_is_low (survey->kind, survey->score) || begin_rescue (txn, survey, error);
}

gboolean
mos_rescue_settle (MosTxn *txn,
                   const char *id,
                   const char *outcome,
                   GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;
  g_autofree char *key = mos_store_survey_rescue_key (id);
  g_autofree char *text = g_strstrip (g_utf8_make_valid (outcome, -1));

  if (!find_rescue (txn, id, &survey, error))
    return FALSE;
  if (g_utf8_strlen (text, -1) > MOS_RESCUE_MAX_OUTCOME)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "An outcome has at most %d letters", MOS_RESCUE_MAX_OUTCOME);
      return FALSE;
    }
  return mos_store_survey_set_rescue (txn, id, MOS_RESCUE_DONE, text, error) && mos_store_due_cancel (txn, key, error) && mos_store_survey_set_unread (txn, id, FALSE, error);
}

gboolean
mos_rescue_reopen (MosTxn *txn,
                   const char *id,
                   GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;
  g_autoptr (MosSurveySettings) settings = NULL;

  return find_rescue (txn, id, &survey, error) && load_settings (txn, survey, &settings, error) && mos_store_survey_set_rescue (txn, id, MOS_RESCUE_OPEN, NULL, error) && remind (txn, survey, get_usual_reminder (txn, settings), error);
}

gboolean
mos_rescue_remind (MosTxn *txn,
                   const char *id,
                   gint64 due_us,
                   GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;

  if (!find_rescue (txn, id, &survey, error))
    return FALSE;
  if (survey->rescue != MOS_RESCUE_OPEN || due_us <= mos_txn_get_now_us (txn))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Only of an open rescue, and at a time to come, somebody is reminded");
      return FALSE;
    }
  return remind (txn, survey, due_us, error);
}

gboolean
mos_rescue_run (MosTxn *txn,
                MosDueRow *due,
                GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;

  if (due->payload == NULL || !mos_store_survey_find (txn, due->payload, &survey, error))
    return due->payload == NULL;
  if (survey == NULL || survey->rescue != MOS_RESCUE_OPEN)
    return mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error);
  return mos_store_event_add (txn, survey->conversation, NULL, "rescue_due", survey->id, NULL, 0, FALSE, error) && mos_store_survey_set_unread (txn, survey->id, TRUE, error);
}

/* --- an answer --- */

/* It lay in another folder, or in a batch behind: what was said after it stands, with its score where that was nothing but words. */
static gboolean
take_former (MosTxn *txn,
             const MosSurvey *survey,
             int score,
             const char *words,
             gint64 at_us,
             gboolean *ret_is_news,
             GError **error)
{
  const gboolean is_low = survey->score == MOS_SURVEY_NO_SCORE && score != MOS_SURVEY_NO_SCORE && mos_survey_kind_is_low (survey->kind, score);

  if (!mos_store_survey_add_former (txn, survey, score, words, at_us, error))
    return FALSE;
  if (survey->is_test)
    return TRUE;
  *ret_is_news = is_low || *words != '\0';
  return (!*ret_is_news || mos_store_survey_set_unread (txn, survey->id, TRUE, error)) && (!is_low || begin_rescue (txn, survey, error));
}

gboolean
mos_survey_take_answer (MosTxn *txn,
                        const MosSurvey *survey,
                        int score,
                        const char *comment,
                        gint64 at_us,
                        const char *by,
                        gboolean *ret_is_news,
                        GError **error)
{
  g_autofree char *words = g_strstrip (g_utf8_make_valid (comment, -1));
  gboolean was_answered = survey->state == MOS_SURVEY_ANSWERED, is_low;

  *ret_is_news = FALSE;
  /* The message has all of it. */
  if (g_utf8_strlen (words, -1) > MOS_SURVEY_MAX_COMMENT)
    *g_utf8_offset_to_pointer (words, MOS_SURVEY_MAX_COMMENT) = '\0';
  if (was_answered && at_us < survey->answered_us)
    return take_former (txn, survey, score, words, at_us, ret_is_news, error);
  /* Somebody adds a word to the score that was pressed. */
  if (score == MOS_SURVEY_NO_SCORE && was_answered)
    score = survey->score;
  if (was_answered && score == survey->score && (*words == '\0' || g_str_equal (words, survey->comment)))
    return TRUE;
  is_low = score != MOS_SURVEY_NO_SCORE && mos_survey_kind_is_low (survey->kind, score);
  if (!mos_store_survey_answer (txn, survey->id, score, words, at_us, error) || !mos_store_survey_set_answered_by (txn, survey->id, by, error))
    return FALSE;
  if (survey->is_test)
    return TRUE;
  *ret_is_news = is_low || *words != '\0';
  if (*ret_is_news && !mos_store_survey_set_unread (txn, survey->id, TRUE, error))
    return FALSE;
  if (is_low && survey->rescue != MOS_RESCUE_OPEN)
    return begin_rescue (txn, survey, error);
  return is_low || survey->rescue != MOS_RESCUE_OPEN || drop_rescue (txn, survey, error);
}

/* Who it was passed on to speaks for nobody else; the history of who was asked says nothing of that. */
static gboolean
opt_out (MosTxn *txn,
         const MosSurvey *survey,
         const char *message,
         gint64 at_us,
         const char *by,
         GError **error)
{
  g_autofree char *customer = NULL;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (by == NULL)
    customer = g_strdup (survey->customer);
  else if (!mos_store_customer_find_by_identity (txn, "email", by, &customer, error))
    return FALSE;
  if (customer == NULL || !mos_store_customer_find (txn, customer, &row, error))
    return customer == NULL;
  if (row == NULL || row->consent == MOS_CONSENT_OPTED_OUT)
    return TRUE;
  copy = mos_customer_row_copy (row);
  copy->consent = MOS_CONSENT_OPTED_OUT;
  return mos_store_customer_save (txn, copy, error) && (by != NULL || mos_store_event_add (txn, survey->conversation, message, "opt-out", NULL, NULL, at_us, FALSE, error));
}

gboolean
mos_survey_take_text (MosTxn *txn,
                      const MosSurvey *survey,
                      const char *message,
                      const char *text,
                      int known,
                      gint64 at_us,
                      const char *by,
                      gboolean *ret_is_news,
                      GError **error)
{
  g_autofree char *comment = NULL;
  int score = mos_survey_words_read (survey->kind, text, known, &comment);

  *ret_is_news = FALSE;
  if (score == MOS_SURVEY_NO_SCORE && mos_outreach_words_is_opt_out (comment))
    return opt_out (txn, survey, message, at_us, by, error);
  /* Nothing at all: it was sent without the number. */
  if (score == MOS_SURVEY_NO_SCORE && *comment == '\0')
    return TRUE;
  return mos_survey_take_answer (txn, survey, score, comment, at_us, by, ret_is_news, error);
}

gboolean
mos_survey_note_failed (MosTxn *txn,
                        const char *message,
                        gboolean *ret_is,
                        GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  *ret_is = FALSE;
  if (!mos_store_message_find (txn, message, &row, error))
    return FALSE;
  if (row == NULL || row->classification != MOS_CLASSIFICATION_SURVEY)
    return TRUE;
  if (!mos_store_survey_find_by_message (txn, message, &survey, error))
    return FALSE;
  if (survey != NULL && survey->state != MOS_SURVEY_ANSWERED && survey->state != MOS_SURVEY_CANCELLED && !mos_store_survey_set_state (txn, survey->id, MOS_SURVEY_CANCELLED, error))
    return FALSE;
  *ret_is = TRUE;
  return TRUE;
}
