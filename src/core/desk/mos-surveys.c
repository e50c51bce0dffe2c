/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-surveys.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-survey-answer.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-surveys.h"

static gboolean
set_invalid (const char *what,
             GError **error)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, what);
  return FALSE;
}

gboolean
mos_survey_record (MosTxn *txn,
                   const MosSurvey *survey,
                   char **ret_id,
                   GError **error)
{
  g_autofree char *conversation = NULL;
  g_autofree char *comment = g_strstrip (g_utf8_make_valid (survey->comment, -1));
  g_autofree char *id = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosSurvey) answer = mos_survey_make (survey->kind);
  gint64 now_us = mos_txn_get_now_us (txn);

  if (!mos_survey_kind_is_score (survey->kind, survey->score))
    return set_invalid ("No such score", error);
  if (g_utf8_strlen (comment, -1) > MOS_SURVEY_MAX_COMMENT)
    return set_invalid ("The comment is too long", error);
  if (survey->answered_us > now_us || survey->answered_us < 0)
    return set_invalid ("Nobody has said that yet", error);
  if (!mos_store_conversation_resolve (txn, survey->conversation, &conversation, error) || (conversation != NULL && !mos_store_conversation_find (txn, conversation, &row, error)))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", survey->conversation);
      return FALSE;
    }
  answer->is_recorded = TRUE;
  answer->conversation = g_steal_pointer (&conversation);
  answer->language = g_strdup (row->language);
  answer->answered_us = survey->answered_us != 0 ? survey->answered_us : now_us;
  answer->score = survey->score;
  g_set_str (&answer->comment, comment);
  if (!mos_store_survey_add (txn, answer, &id, error))
    return FALSE;
  /* What was said long ago is history. */
  if (now_us - answer->answered_us <= MOS_SURVEY_CHANGE_DAYS * G_TIME_SPAN_DAY && !mos_rescue_begin (txn, id, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return TRUE;
}

static void
add_score (JsonBuilder *builder,
           const MosSurvey *survey)
{
  json_builder_set_member_name (builder, "score");
  if (survey->score != MOS_SURVEY_NO_SCORE)
    json_builder_add_int_value (builder, survey->score);
  else
    json_builder_add_null_value (builder);
  mos_json_string (builder, "comment", survey->comment);
  mos_json_time (builder, "at", survey->answered_us);
}

static void
add_inner (JsonBuilder *builder,
           const MosSurvey *survey)
{
  mos_json_string (builder, "account", survey->account_name);
  mos_json_string (builder, "channel", survey->channel);
  mos_json_bool (builder, "test", survey->is_test);
  mos_json_bool (builder, "unread", survey->is_unread);
  mos_json_string (builder, "answered_by", survey->answered_by);
  mos_json_string (builder, "agent", survey->agent_name);
  mos_json_string (builder, "category", survey->category_name);
  mos_json_string (builder, "macro", survey->macro_name);
  mos_json_strv (builder, "tags", survey->tags);
  if (survey->rescue == MOS_RESCUE_NONE)
    return;
  json_builder_set_member_name (builder, "rescue");
  json_builder_begin_object (builder);
  mos_json_string (builder, "state", mos_rescue_state_to_nick (survey->rescue));
  mos_json_time (builder, "since", survey->rescue_since_us);
  mos_json_time (builder, "done", survey->rescue_done_us);
  mos_json_string (builder, "outcome", survey->rescue_outcome);
  json_builder_end_object (builder);
}

void
mos_survey_build (JsonBuilder *builder,
                  const MosSurvey *survey,
                  GPtrArray *former,
                  gboolean is_inner)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", survey->id);
  mos_json_int (builder, "number", survey->number);
  mos_json_string (builder, "subject", survey->subject);
  mos_json_string (builder, "customer", survey->customer);
  mos_json_string (builder, "name", survey->customer_name);
  mos_json_string (builder, "kind", mos_survey_kind_to_nick (survey->kind));
  mos_json_string (builder, "source", survey->is_recorded ? "recorded" : "survey");
  mos_json_string (builder, "state", mos_survey_state_to_nick (survey->state));
  add_score (builder, survey);
  mos_json_string (builder, "language", survey->language);
  if (survey->asked_us != 0)
    mos_json_time (builder, "asked", survey->asked_us);
  if (is_inner)
    add_inner (builder, survey);
  if (former != NULL && former->len > 0)
    {
      json_builder_set_member_name (builder, "former");
      json_builder_begin_array (builder);
      for (guint i = 0; i < former->len; i++)
        {
          json_builder_begin_object (builder);
          add_score (builder, g_ptr_array_index (former, i));
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}
