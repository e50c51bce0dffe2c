/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-ingest-private.h"

#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-words.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-surveys.h"

/* A mail votes only when it arrives, and bears a token that only who got the question can have, or answers its message: no look at a link, no server on the way and no guess does. */

/* @ret_id, @ret_evidence: (out) (transfer full) (nullable) */
static void
find_token (MosIngest *self,
            char **ret_id,
            char **ret_evidence)
{
  GPtrArray *lists[] = { self->parsed->delivered_to, self->parsed->to, self->parsed->cc };

  *ret_id = mos_token_parse_survey (self->key, self->parsed->subject, &self->score);
  if (*ret_id != NULL)
    {
      *ret_evidence = g_strconcat ("token ", self->parsed->subject, NULL);
      return;
    }
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len && i < 50; i++)
      {
        MosAddress *address = g_ptr_array_index (lists[l], i);

        if (mos_own_contains ((const char *const *) self->own, address->address))
          *ret_id = mos_token_parse_survey_address (self->key, address->address);
        if (*ret_id != NULL)
          {
            *ret_evidence = g_strconcat ("token ", address->address, NULL);
            return;
          }
      }
}

/* What In-Reply-To names; References name all that went before. Returns: (transfer full) (nullable) (element-type MosMessageRow) */
static GPtrArray *
list_parents (MosIngest *self,
              GError **error)
{
  const char *ids[] = { self->parsed->in_reply_to, NULL };

  if (ids[0] == NULL)
    return g_ptr_array_new ();
  return mos_store_message_find_by_message_ids (self->txn, self->account->id, ids, error);
}

/* One of us wrote to them after they had answered, and the subject goes from mail to mail: what they say to that is no answer to the question. */
static gboolean
answers_a_person (GPtrArray *parents)
{
  for (guint i = 0; i < parents->len; i++)
    {
      const MosMessageRow *row = parents->pdata[i];

      if (row->direction == MOS_DIRECTION_OUTGOING && row->classification != MOS_CLASSIFICATION_SURVEY)
        return TRUE;
    }
  return FALSE;
}

/* What it answers is our question. */
static gboolean
find_answered (MosIngest *self,
               GPtrArray *parents,
               char **ret_id,
               char **ret_evidence,
               GError **error)
{
  for (guint i = 0; i < parents->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (parents, i);
      g_autoptr (MosSurvey) survey = NULL;

      if (row->direction != MOS_DIRECTION_OUTGOING || row->classification != MOS_CLASSIFICATION_SURVEY)
        continue;
      if (!mos_store_survey_find_by_message (self->txn, row->id, &survey, error))
        return FALSE;
      if (survey == NULL)
        continue;
      *ret_id = g_strdup (survey->id);
      *ret_evidence = g_strconcat ("in-reply-to ", self->parsed->in_reply_to, NULL);
      return TRUE;
    }
  return TRUE;
}

/* A picture of what is broken is no word about a question. */
static gboolean
has_files (MosIngest *self)
{
  for (guint i = 0; i < self->parsed->attachments->len; i++)
    if (!((MosAttachment *) self->parsed->attachments->pdata[i])->is_inline)
      return TRUE;
  return FALSE;
}

static gboolean
may_answer (MosIngest *self)
{
  /* A draft is still being written. */
  if (self->incoming->archive || self->incoming->role == MOS_FOLDER_DRAFTS || self->parsed->bounces->len > 0)
    return FALSE;
  /* Tried out from the desk's own address, it is met in Sent first, perhaps. */
  if (self->direction == MOS_DIRECTION_OUTGOING)
    return self->classification == MOS_CLASSIFICATION_NORMAL && self->person == NULL && self->parsed->own_loop == NULL;
  return (self->classification == MOS_CLASSIFICATION_NORMAL || self->classification == MOS_CLASSIFICATION_BULK) && (self->cause == NULL || g_str_equal (self->cause, MOS_INGEST_JUNK));
}

gboolean
mos_ingest_find_survey (MosIngest *self,
                        GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *evidence = NULL;
  g_autofree char *comment = NULL;
  g_autoptr (GPtrArray) parents = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  gboolean takes, is_named;

  self->score = MOS_SURVEY_NO_SCORE;
  if (!may_answer (self))
    return TRUE;
  find_token (self, &id, &evidence);
  is_named = id != NULL && self->score != MOS_SURVEY_NO_SCORE;
  if (id == NULL && self->direction != MOS_DIRECTION_INCOMING)
    return TRUE;
  parents = list_parents (self, error);
  if (parents == NULL)
    return FALSE;
  if (answers_a_person (parents))
    return TRUE;
  if (id == NULL && !find_answered (self, parents, &id, &evidence, error))
    return FALSE;
  /* Of what is erased nothing is left to answer: a person reads it. */
  if (id == NULL || !mos_store_survey_find (self->txn, id, &survey, error))
    return id == NULL;
  if (survey == NULL || g_strcmp0 (survey->account, self->account->id) != 0)
    return TRUE;
  /* One of us clicked in the copy in Sent: nobody but who was asked says how it was. */
  if (self->person == NULL && !survey->is_test)
    return TRUE;
  if (!mos_survey_kind_is_score (survey->kind, self->score))
    self->score = MOS_SURVEY_NO_SCORE;
  if (!mos_survey_takes_answers (self->txn, survey, self->incoming->received_us, &takes, error))
    return FALSE;
  self->is_late = !takes;
  if (takes && !is_named && has_files (self) && mos_survey_words_read (survey->kind, self->parsed->reply_text, MOS_SURVEY_NO_SCORE, &comment) == MOS_SURVEY_NO_SCORE)
    return TRUE;
  self->survey = g_steal_pointer (&survey);
  self->thread.conversation = g_strdup (self->survey->conversation);
  self->thread.evidence = g_steal_pointer (&evidence);
  self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->is_late)
    return TRUE;
  self->direction = MOS_DIRECTION_INCOMING;
  self->classification = MOS_CLASSIFICATION_SURVEY;
  self->cause = NULL;
  return TRUE;
}

/* Somebody passed it on: their word counts, and is told as theirs. @ret_by: (out) (transfer none) (nullable) */
static gboolean
find_who (MosIngest *self,
          const char **ret_by,
          GError **error)
{
  *ret_by = NULL;
  if (self->person == NULL || self->survey->customer == NULL || g_strcmp0 (self->customer, self->survey->customer) == 0)
    return TRUE;
  {
    g_autoptr (MosCustomerRow) now = NULL;

    /* Whoever was asked may be somebody else by name now. */
    if (!mos_store_customer_find (self->txn, self->survey->customer, &now, error))
      return FALSE;
    if (now == NULL || g_strcmp0 (now->id, self->customer) != 0)
      *ret_by = self->person->address;
  }
  return TRUE;
}

gboolean
mos_ingest_follow_survey (MosIngest *self,
                          GError **error)
{
  const char *by;

  if (self->survey == NULL)
    return TRUE;
  if (self->is_late)
    return mos_store_event_add (self->txn, self->conversation->id, self->id, "survey_late", self->survey->id, mos_survey_kind_to_nick (self->survey->kind), self->incoming->received_us, FALSE, error);
  /* It is no message that anybody has to read here: nor in another mail program. */
  return mos_store_location_want (self->txn, self->id, MOS_MESSAGE_FLAG_SEEN, 0, error) && find_who (self, &by, error) &&
         mos_survey_take_text (self->txn, self->survey, self->id, self->reply_text != NULL ? self->reply_text : self->parsed->reply_text, self->score, self->incoming->received_us, by, &self->is_news, error);
}
