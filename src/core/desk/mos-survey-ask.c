/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-ask-private.h"

#include "core/base/mos-error.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"

#include <string.h>

/* When somebody is asked, and why not. How is mos-survey-post.c. */

/* What waits in the outbox still may leave: the question is put off that long. */
#define LOOK_AGAIN_US G_TIME_SPAN_HOUR
/* Key of the row that ends a question which nobody answered; its survey behind it. */
#define END_KEY MOS_SURVEY_DUE_KIND "-end:"

/* --- planned by whoever closes --- */

static char *
dup_key (const char *conversation)
{
  return g_strconcat (MOS_SURVEY_DUE_KIND ":", conversation, NULL);
}

/* What is asked seldom goes first, where it is its turn. @ret_settings: (out) (nullable) */
static gboolean
choose_kind (MosTxn *txn,
             const MosConversationRow *row,
             const char *account,
             gboolean is_chat,
             MosSurveySettings **ret_settings,
             GError **error)
{
  static const MosSurveyKind order[] = { MOS_SURVEY_NPS, MOS_SURVEY_CSAT };

  *ret_settings = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (MosSurveySettings) settings = NULL;
      gint64 last_us = 0;

      if (!mos_store_survey_find_settings (txn, account, order[i], is_chat, &settings, error))
        return FALSE;
      if (!settings->is_on)
        continue;
      if (order[i] == MOS_SURVEY_NPS && row->customer != NULL && !mos_store_survey_get_last_asked (txn, row->customer, 1 << MOS_SURVEY_NPS, &last_us, error))
        return FALSE;
      if (last_us != 0 && last_us + (gint64) settings->days * G_TIME_SPAN_DAY > mos_txn_get_now_us (txn))
        continue;
      *ret_settings = g_steal_pointer (&settings);
      return TRUE;
    }
  return TRUE;
}

gboolean
mos_survey_plan (MosTxn *txn,
                 const char *conversation,
                 GError **error)
{
  const MosActor *actor = mos_txn_get_actor (txn);
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosSurveySettings) settings = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosDueRow) due = NULL;
  gboolean is_any;

  if (actor->kind != MOS_ACTOR_HUMAN || !mos_store_survey_is_any_on (txn, &is_any, error))
    return actor->kind != MOS_ACTOR_HUMAN;
  if (!is_any)
    return TRUE;
  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return FALSE;
  if (row == NULL || row->archive)
    return TRUE;
  if (!mos_survey_find_account (txn, row, NULL, &account, error))
    return FALSE;
  if (account == NULL || !choose_kind (txn, row, account->id, mos_channel_is_chat (account->kind), &settings, error))
    return account == NULL;
  if (settings == NULL)
    return TRUE;
  due = mos_due_row_new ();
  due->kind = g_strdup (MOS_SURVEY_DUE_KIND);
  due->key = dup_key (row->id);
  due->conversation = g_strdup (row->id);
  due->account = g_strdup (account->id);
  due->agent = g_strdup (actor->id);
  due->payload = g_strdup (mos_survey_kind_to_nick (settings->kind));
  due->due_us = mos_txn_get_now_us (txn) + (gint64) settings->delay_s * G_USEC_PER_SEC;
  return mos_store_due_put (txn, due, error);
}

/* --- what speaks against it --- */

static MosSurveySkip
judge_conversation (const MosConversationRow *row,
                    const MosSurveyFacts *facts)
{
  if (row->merged_into != NULL)
    return MOS_SURVEY_SKIP_MERGED;
  if (row->status == MOS_STATUS_SPAM || row->deleted_us != 0 || row->quarantine != NULL || row->archive)
    return MOS_SURVEY_SKIP_SPAM;
  if (facts->closed_us == 0)
    return MOS_SURVEY_SKIP_REOPENED;
  if (!facts->is_by_person)
    return MOS_SURVEY_SKIP_NOT_BY_PERSON;
  if (facts->question == NULL)
    return MOS_SURVEY_SKIP_NOT_WRITTEN;
  if (facts->answer == NULL)
    return MOS_SURVEY_SKIP_NOT_ANSWERED;
  return facts->is_undelivered ? MOS_SURVEY_SKIP_UNDELIVERED : MOS_SURVEY_ASK;
}

static MosSurveySkip
judge_settings (const MosConversationRow *row,
                const MosCustomerRow *customer,
                const MosSurveySettings *settings)
{
  if (customer->vip && settings->skips_vip)
    return MOS_SURVEY_SKIP_VIP;
  if (row->category != NULL && g_strv_contains ((const char *const *) settings->skip_categories, row->category))
    return MOS_SURVEY_SKIP_CATEGORY;
  for (char **tag = row->tags; tag != NULL && *tag != NULL; tag++)
    for (char **skipped = settings->skip_tags; *skipped != NULL; skipped++)
      if (mos_text_same_name (*tag, *skipped))
        return MOS_SURVEY_SKIP_TAG;
  return MOS_SURVEY_ASK;
}

static gboolean
judge_often (MosTxn *txn,
             const MosSurveySettings *settings,
             const MosSurveyFacts *facts,
             const char *customer,
             MosSurveySkip *ret_skip,
             GError **error)
{
  const gint64 since_us = mos_txn_get_now_us (txn) - (gint64) settings->days * G_TIME_SPAN_DAY;
  gint64 last_us = 0;

  *ret_skip = MOS_SURVEY_ASK;
  /* Whatever it was: one question a close. */
  if (facts->any_asked_us >= facts->closed_us || (settings->often == MOS_SURVEY_ONCE_CONVERSATION && facts->asked_us != 0))
    *ret_skip = MOS_SURVEY_SKIP_ASKED_BEFORE;
  if (*ret_skip != MOS_SURVEY_ASK || (settings->often != MOS_SURVEY_ONCE_PERSON && settings->kind != MOS_SURVEY_NPS))
    return TRUE;
  /* Another kind of question is a question, too; but one that is seldom asked is not kept back by the other. */
  if (!mos_store_survey_get_last_asked (txn, customer, settings->kind == MOS_SURVEY_NPS ? 1 << MOS_SURVEY_NPS : ~0u, &last_us, error))
    return FALSE;
  if (last_us != 0 && last_us > since_us)
    *ret_skip = MOS_SURVEY_SKIP_ASKED_LATELY;
  return TRUE;
}

gboolean
mos_survey_look (MosTxn *txn,
                 const char *conversation,
                 MosSurveyKind kind,
                 MosSurveyAsking *self,
                 GError **error)
{
  self->kind = kind;
  self->skip = MOS_SURVEY_SKIP_SPAM;
  if (!mos_store_conversation_find (txn, conversation, &self->row, error))
    return FALSE;
  if (self->row == NULL)
    return TRUE;
  if (!mos_store_survey_load_facts (txn, conversation, kind, &self->facts, error) || !mos_survey_find_account (txn, self->row, self->facts.question, &self->account, error))
    return FALSE;
  if (self->account != NULL && !mos_store_survey_find_settings (txn, self->account->id, kind, mos_channel_is_chat (self->account->kind), &self->settings, error))
    return FALSE;
  if (self->settings == NULL || !self->settings->is_on)
    {
      self->skip = self->account == NULL ? MOS_SURVEY_SKIP_CANNOT : MOS_SURVEY_SKIP_OFF;
      return TRUE;
    }
  self->skip = judge_conversation (self->row, &self->facts);
  if (self->skip != MOS_SURVEY_ASK)
    return TRUE;
  if (self->row->customer != NULL && !mos_store_customer_find (txn, self->row->customer, &self->customer, error))
    return FALSE;
  if (self->customer == NULL)
    {
      self->skip = MOS_SURVEY_SKIP_NOBODY;
      return TRUE;
    }
  if (self->customer->consent == MOS_CONSENT_OPTED_OUT)
    {
      self->skip = MOS_SURVEY_SKIP_OPTED_OUT;
      return TRUE;
    }
  self->skip = judge_settings (self->row, self->customer, self->settings);
  if (self->skip == MOS_SURVEY_ASK && !judge_often (txn, self->settings, &self->facts, self->customer->id, &self->skip, error))
    return FALSE;
  return self->skip != MOS_SURVEY_ASK || mos_survey_judge_way (txn, self, error);
}

gboolean
mos_survey_judge (MosTxn *txn,
                  const char *conversation,
                  MosSurveyKind kind,
                  MosSurveySkip *ret_skip,
                  GError **error)
{
  g_auto (MosSurveyAsking) self = { 0 };

  if (!mos_survey_look (txn, conversation, kind, &self, error))
    return FALSE;
  *ret_skip = self.skip;
  return TRUE;
}

/* --- its time has come --- */

static gboolean
end_one (MosTxn *txn,
         const char *id,
         GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;

  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  return survey == NULL || survey->state != MOS_SURVEY_ASKED || mos_store_survey_set_state (txn, id, MOS_SURVEY_EXPIRED, error);
}

gboolean
mos_survey_plan_end (MosTxn *txn,
                     const char *survey,
                     GError **error)
{
  g_autofree char *key = g_strconcat (END_KEY, survey, NULL);

  return mos_store_due_plan (txn, MOS_SURVEY_DUE_KIND, key, mos_txn_get_now_us (txn) + MOS_SURVEY_OPEN_DAYS * G_TIME_SPAN_DAY, error);
}

static gboolean
tell_why_not (MosTxn *txn,
              const MosDueRow *due,
              const MosSurveyAsking *self,
              GError **error)
{
  if (!mos_store_due_settle (txn, due->id, MOS_DUE_CANCELLED, error))
    return FALSE;
  /* Whoever switched it off knows why; of what is gone nobody reads the history. */
  if (self->row == NULL || self->skip == MOS_SURVEY_SKIP_OFF)
    return TRUE;
  return mos_store_event_add (txn, self->row->id, NULL, "survey_skipped", mos_survey_kind_to_nick (self->kind), mos_survey_skip_to_nick (self->skip), 0, FALSE, error);
}

gboolean
mos_survey_run (MosTxn *txn,
                MosDueRow *due,
                GError **error)
{
  g_auto (MosSurveyAsking) self = { 0 };
  gint64 now_us = mos_txn_get_now_us (txn), late_us;

  if (g_str_has_prefix (due->key, END_KEY))
    return end_one (txn, due->key + strlen (END_KEY), error);
  if (due->conversation == NULL || !mos_survey_look (txn, due->conversation, mos_survey_kind_from_nick (due->payload != NULL ? due->payload : "", MOS_SURVEY_CSAT), &self, error))
    return due->conversation == NULL;
  late_us = self.account != NULL && mos_channel_is_chat (self.account->kind) ? MOS_SURVEY_LATE_CHAT_US : MOS_SURVEY_LATE_MAIL_US;
  if (self.skip == MOS_SURVEY_ASK && now_us - due->due_us > late_us)
    self.skip = MOS_SURVEY_SKIP_LATE;
  /* Nobody is asked about an answer that is still to come; and after many closes at once each has its turn. */
  if (self.is_full || (self.skip == MOS_SURVEY_ASK && self.facts.is_waiting))
    {
      if (now_us - self.facts.closed_us <= (gint64) self.settings->delay_s * G_USEC_PER_SEC + late_us)
        return mos_store_due_again (txn, due->id, now_us + LOOK_AGAIN_US, due->payload, error);
      if (!self.is_full)
        self.skip = MOS_SURVEY_SKIP_UNDELIVERED;
    }
  if (self.skip == MOS_SURVEY_ASK && !mos_survey_post (txn, &self, error))
    return FALSE;
  return self.skip == MOS_SURVEY_ASK || tell_why_not (txn, due, &self, error);
}
