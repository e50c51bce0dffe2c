/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-ingest-private.h"

#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask-private.h"
#include "core/desk/mos-survey-words.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-surveys.h"

/* A number that stands alone is an answer while nothing else was said, and not for ever. */
#define BARE_US (3 * G_TIME_SPAN_DAY)

/* @ret_survey: (out) (nullable): whose question it answers by what the platform says */
static gboolean
find_named (MosChatIngest *self,
            MosSurvey **ret_survey,
            GError **error)
{
  g_autofree char *message = NULL;

  if (self->update->reply_to == NULL || !mos_store_chat_find_message (self->txn, self->thread->id, self->update->reply_to, &message, error))
    return self->update->reply_to == NULL;
  return message == NULL || mos_store_survey_find_by_message (self->txn, message, ret_survey, error);
}

/* @ret_survey: (out) (nullable): the question that was said last */
static gboolean
find_last (MosChatIngest *self,
           MosSurvey **ret_survey,
           GError **error)
{
  g_autofree char *conversation = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  if (self->update->reply_to != NULL || self->thread->conversation == NULL || !mos_store_conversation_resolve (self->txn, self->thread->conversation, &conversation, error))
    return self->update->reply_to != NULL || self->thread->conversation == NULL;
  if (conversation == NULL || !mos_store_survey_find_said_last (self->txn, conversation, &survey, error))
    return conversation == NULL;
  if (survey != NULL && self->at_us >= survey->asked_us && self->at_us - survey->asked_us <= BARE_US && mos_survey_words_read_bare (survey->kind, self->update->text) != MOS_SURVEY_NO_SCORE)
    *ret_survey = g_steal_pointer (&survey);
  return TRUE;
}

gboolean
mos_chat_find_survey (MosChatIngest *self,
                      GError **error)
{
  MosChatUpdate *update = self->update;
  g_autoptr (MosSurvey) survey = NULL;
  g_autofree char *where = NULL;
  gboolean takes;

  /* What has a file with it says more than a number. */
  if (update->is_own || self->batch->is_old || update->automatic || update->call != NULL || *update->text == '\0' || (update->files != NULL && update->files->len > 0))
    return TRUE;
  if (!find_named (self, &survey, error) || (survey == NULL && !find_last (self, &survey, error)))
    return FALSE;
  if (survey == NULL || !mos_survey_takes_answers (self->txn, survey, self->at_us, &takes, error))
    return survey == NULL;
  if (!takes || !mos_store_conversation_resolve (self->txn, survey->conversation, &where, error))
    return !takes;
  if (where == NULL || !mos_store_conversation_find (self->txn, where, &self->conversation, error))
    return where == NULL;
  if (self->conversation == NULL)
    return TRUE;
  self->survey = g_steal_pointer (&survey);
  self->evidence = update->reply_to != NULL ? "chat-reply" : "chat-thread";
  /* The thread goes on where it did. */
  self->goes_on = TRUE;
  return TRUE;
}

gboolean
mos_chat_follow_survey (MosChatIngest *self,
                        GError **error)
{
  gboolean was_answered = self->survey->state == MOS_SURVEY_ANSWERED;
  g_autoptr (MosSurvey) now = NULL;

  if (!mos_survey_take_text (self->txn, self->survey, self->message, self->update->text, MOS_SURVEY_NO_SCORE, self->at_us, NULL, &self->is_news, error) || !mos_store_survey_find (self->txn, self->survey->id, &now, error))
    return FALSE;
  return was_answered || now == NULL || now->state != MOS_SURVEY_ANSWERED || mos_survey_post_thanks (self->txn, now, error);
}
