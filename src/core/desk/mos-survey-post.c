/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-ask-private.h"

#include "core/base/mos-error.h"
#include "core/base/mos-id.h"
#include "core/channels/mos-channel.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-automatic.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/desk/mos-survey-settings.h"
#include "core/desk/mos-survey-words.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

/* How a question goes out: by mail with a link for each score, which opens a mail that says it; in a chat with buttons where there are some. No web server takes a vote, so
 * nothing that looks at links can give one. */

/* Before the subject of what is only tried out, in any language. */
#define TEST_MARK "[TEST] "

void
mos_survey_asking_clear (MosSurveyAsking *self)
{
  g_clear_pointer (&self->row, mos_conversation_row_unref);
  mos_survey_facts_clear (&self->facts);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  g_clear_pointer (&self->customer, mos_customer_row_unref);
  g_clear_pointer (&self->address, mos_address_unref);
  g_clear_pointer (&self->thread, mos_chat_thread_unref);
}

/* --- where to --- */

gboolean
mos_survey_find_account (MosTxn *txn,
                         const MosConversationRow *row,
                         const char *question,
                         MosAccount **ret_account,
                         GError **error)
{
  g_autoptr (MosMessageRow) message = NULL;

  if (question != NULL ? !mos_store_message_find (txn, question, &message, error) : !mos_store_message_find_last_incoming (txn, row->id, &message, error))
    return FALSE;
  return mos_store_account_find (txn, message != NULL && *message->account != '\0' ? message->account : row->account, ret_account, error);
}

static MosSurveySkip
skip_of_cause (const char *cause)
{
  if (g_str_has_prefix (cause, "limit-"))
    return MOS_SURVEY_SKIP_LIMIT;
  if (g_str_equal (cause, "unreachable"))
    return MOS_SURVEY_SKIP_UNDELIVERED;
  if (g_str_equal (cause, "no-address"))
    return MOS_SURVEY_SKIP_NOBODY;
  if (g_str_equal (cause, "spam") || g_str_equal (cause, "deleted"))
    return MOS_SURVEY_SKIP_SPAM;
  return MOS_SURVEY_SKIP_MACHINE;
}

static MosSurveyLetter *make_letter_for (MosTxn *txn, MosSurveyAsking *self, const char *address, const char *token, GError **error);

/* The one who wrote: no Cc, and of two who were merged the one who was here last. */
static gboolean
judge_mail (MosTxn *txn,
            MosSurveyAsking *self,
            GError **error)
{
  g_autoptr (MosMessageRow) answered = NULL;
  g_autoptr (MosSurveyLetter) letter = NULL;
  g_autoptr (GPtrArray) to = NULL;
  g_autoptr (GPtrArray) cc = NULL;
  g_autoptr (MosSender) sender = mos_account_find_sender (self->account, NULL);
  g_auto (GStrv) own = NULL;
  gboolean is_out = FALSE;
  const char *cause = NULL;

  if (sender == NULL || *self->account->smtp->host == '\0')
    {
      self->skip = MOS_SURVEY_SKIP_CANNOT;
      return TRUE;
    }
  if (!mos_store_message_find (txn, self->facts.question, &answered, error) || !mos_composing_list_own (txn, &own, error))
    return FALSE;
  mos_recipients_decide ("reply", answered, (const char *const *) own, &to, &cc);
  if (to->len == 0)
    {
      self->skip = MOS_SURVEY_SKIP_NOBODY;
      return TRUE;
    }
  self->address = mos_address_ref (to->pdata[0]);
  letter = make_letter_for (txn, self, NULL, NULL, error);
  if (letter == NULL || !mos_store_opt_out_find (txn, self->address->address, &is_out, error))
    return FALSE;
  if (is_out)
    {
      self->skip = MOS_SURVEY_SKIP_OPTED_OUT;
      return TRUE;
    }
  if (!mos_automatic_may_send (txn, &(MosAutomaticQuestion) { self->account->id, self->row->id, self->address->address, letter->subject, self->facts.question }, &cause, error))
    return FALSE;
  if (cause != NULL)
    self->skip = skip_of_cause (cause);
  self->is_full = g_strcmp0 (cause, "limit-account") == 0 || g_strcmp0 (cause, "limit-desk") == 0;
  return TRUE;
}

static gboolean
judge_chat (MosTxn *txn,
            MosSurveyAsking *self,
            GError **error)
{
  const MosChannelTraits *traits = mos_channel_traits_get (self->account->kind);

  if ((traits->flags & MOS_CHANNEL_CALLS) == 0 && !mos_store_chat_find_thread_of (txn, self->row->id, self->facts.question, &self->thread, error))
    return FALSE;
  if (self->thread == NULL || self->thread->closed != NULL || !g_str_equal (self->thread->account, self->account->id) || mos_account_get_setting (self->account, MOS_ACCOUNT_UNPLUGGED, NULL) != NULL)
    self->skip = MOS_SURVEY_SKIP_CANNOT;
  /* A person's longer window is not a program's. */
  else if (traits->window_s != 0 && mos_txn_get_now_us (txn) - self->thread->last_incoming_us > (gint64) traits->window_s * G_USEC_PER_SEC)
    self->skip = MOS_SURVEY_SKIP_WINDOW;
  return TRUE;
}

gboolean
mos_survey_judge_way (MosTxn *txn,
                      MosSurveyAsking *self,
                      GError **error)
{
  return mos_channel_is_chat (self->account->kind) ? judge_chat (txn, self, error) : judge_mail (txn, self, error);
}

/* --- in which words --- */

/* As macros choose: the customer's language, the shop's, English. @row, @customer: (nullable) */
static GStrv
list_languages (MosTxn *txn,
                const MosConversationRow *row,
                const MosCustomerRow *customer,
                GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (agents == NULL)
    return NULL;
  if (row != NULL && row->language != NULL)
    g_strv_builder_add (builder, row->language);
  if (customer != NULL && customer->language != NULL)
    g_strv_builder_add (builder, customer->language);
  for (guint i = 0; i < agents->len; i++)
    if (((MosAgent *) agents->pdata[i])->language != NULL)
      g_strv_builder_add (builder, ((MosAgent *) agents->pdata[i])->language);
  g_strv_builder_add (builder, "en");
  return g_strv_builder_end (builder);
}

static MosSurveyLetter *
make_letter (const MosSurveySettings *settings,
             const MosAccount *account,
             const char *const *languages,
             const char *address,
             const char *token)
{
  g_autoptr (MosSurveyText) text = mos_survey_words_choose (settings, languages);
  const MosChannelTraits *traits = mos_channel_traits_get (account->kind);

  return mos_survey_words_make_letter (settings->kind, text, address, token, mos_channel_is_chat (account->kind) ? traits->buttons_max : 0);
}

static MosSurveyLetter *
make_letter_for (MosTxn *txn,
                 MosSurveyAsking *self,
                 const char *address,
                 const char *token,
                 GError **error)
{
  g_auto (GStrv) languages = list_languages (txn, self->row, self->customer, error);

  return languages != NULL ? make_letter (self->settings, self->account, (const char *const *) languages, address, token) : NULL;
}

/* --- the message --- */

static MosDraft *
make_draft (const char *message,
            const MosAccount *account,
            const char *conversation,
            const MosSurveyLetter *letter,
            gint64 now_us)
{
  MosDraft *draft = mos_draft_new ();

  draft->id = g_strdup (message);
  draft->account = g_strdup (account->id);
  draft->conversation = g_strdup (conversation);
  draft->kind = g_strdup ("reply");
  draft->to = mos_address_array_new ();
  draft->subject = g_strdup (letter->subject);
  draft->text = g_strdup (letter->text);
  draft->language = g_strdup (letter->language);
  draft->buttons = g_strdupv (letter->buttons);
  draft->updated_us = now_us;
  mos_draft_fill (draft);
  return draft;
}

/* Where answers to @survey are written to: the address with its tag, where the account has such. */
static char *
dup_answer_address (GBytes *key,
                    const MosAccount *account,
                    const MosSender *sender,
                    const char *survey)
{
  char *tagged = account->plus_addressing ? mos_token_survey_address (key, sender->address, survey) : NULL;

  return tagged != NULL ? tagged : g_strdup (sender->address);
}

static gboolean
post_mail (MosTxn *txn,
           MosSurveyAsking *self,
           const char *survey,
           const char *message,
           MosSurveyLetter **ret_letter,
           GError **error)
{
  GBytes *key = mos_store_get_mac_key (mos_txn_get_store (txn));
  g_autoptr (MosSender) sender = mos_account_find_sender (self->account, NULL);
  g_autofree char *address = dup_answer_address (key, self->account, sender, survey);
  g_autofree char *token = mos_token_survey (key, survey);
  g_autoptr (MosSurveyLetter) letter = make_letter_for (txn, self, address, token, error);
  g_autoptr (MosDraft) draft = NULL;

  if (letter == NULL)
    return FALSE;
  draft = make_draft (message, self->account, self->row->id, letter, mos_txn_get_now_us (txn));
  draft->reply_to_message = g_strdup (self->facts.question);
  g_ptr_array_add (draft->to, mos_address_ref (self->address));
  if (!mos_draft_check (draft, self->account, sender, NULL, error) ||
      !mos_draft_queue (txn, draft, self->account, sender, self->row, &(MosDraftWay) { .is_survey = TRUE, .html = letter->html, .reply_to = address }, error) ||
      !mos_automatic_grant (txn, &(MosAutomaticQuestion) { self->account->id, self->row->id, self->address->address, letter->subject, self->facts.question }, message, error))
    return FALSE;
  *ret_letter = g_steal_pointer (&letter);
  return TRUE;
}

/* What a platform refuses is no trouble of the desk. */
static gboolean
check_chat (MosTxn *txn,
            MosDraft *draft,
            MosSurveyAsking *self,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (mos_chat_check (txn, draft, self->account, self->row, &local_error))
    return TRUE;
  if (local_error->domain != MOS_DESK_ERROR && local_error->domain != MOS_CHAT_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->skip = MOS_SURVEY_SKIP_CANNOT;
  return TRUE;
}

static gboolean
post_chat (MosTxn *txn,
           MosSurveyAsking *self,
           const char *message,
           MosSurveyLetter **ret_letter,
           GError **error)
{
  g_autoptr (MosSurveyLetter) letter = make_letter_for (txn, self, NULL, NULL, error);
  g_autoptr (MosDraft) draft = NULL;

  if (letter == NULL)
    return FALSE;
  draft = make_draft (message, self->account, self->row->id, letter, mos_txn_get_now_us (txn));
  draft->reply_to_message = g_strdup (self->facts.question);
  if (!check_chat (txn, draft, self, error))
    return FALSE;
  if (self->skip != MOS_SURVEY_ASK)
    return TRUE;
  if (!mos_chat_queue (txn, draft, self->account, self->row, &(MosDraftWay) { .is_survey = TRUE }, error))
    return FALSE;
  *ret_letter = g_steal_pointer (&letter);
  return TRUE;
}

/* What is frozen is what was when it was asked: who answers for it later is another one. */
static MosSurvey *
make_survey (MosSurveyAsking *self,
             const char *id,
             const char *message,
             const char *language,
             gint64 now_us)
{
  MosSurvey *survey = mos_survey_make (self->kind);

  survey->id = g_strdup (id);
  survey->state = MOS_SURVEY_ASKED;
  survey->account = g_strdup (self->account->id);
  survey->conversation = g_strdup (self->row->id);
  survey->customer = g_strdup (self->customer != NULL ? self->customer->id : NULL);
  survey->language = g_strdup (language);
  survey->asked_us = now_us;
  survey->message = g_strdup (message);
  survey->agent = g_strdup (self->facts.agent);
  survey->category = g_strdup (self->row->category);
  survey->macro = g_strdup (self->facts.macro);
  g_strfreev (survey->tags);
  survey->tags = self->row->tags != NULL ? g_strdupv (self->row->tags) : g_new0 (char *, 1);
  return survey;
}

gboolean
mos_survey_post (MosTxn *txn,
                 MosSurveyAsking *self,
                 GError **error)
{
  const gint64 now_us = mos_txn_get_now_us (txn);
  g_autofree char *id = mos_id_new (now_us);
  g_autofree char *message = mos_id_derive ("survey-question", id, NULL);
  g_autoptr (MosSurveyLetter) letter = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  if (!(mos_channel_is_chat (self->account->kind) ? post_chat (txn, self, message, &letter, error) : post_mail (txn, self, id, message, &letter, error)))
    return FALSE;
  if (self->skip != MOS_SURVEY_ASK)
    return TRUE;
  survey = make_survey (self, id, message, letter->language, now_us);
  return mos_store_survey_end_asked (txn, self->row->id, error) && mos_store_survey_add (txn, survey, NULL, error) && mos_survey_plan_end (txn, id, error) &&
         mos_store_event_add (txn, self->row->id, message, "survey_asked", id, mos_survey_kind_to_nick (self->kind), 0, TRUE, error);
}

gboolean
mos_survey_post_thanks (MosTxn *txn,
                        const MosSurvey *survey,
                        GError **error)
{
  g_auto (MosSurveyAsking) self = { .kind = survey->kind };
  g_autofree char *message = mos_id_derive ("survey-thanks", survey->id, NULL);
  g_autoptr (MosSurveyText) text = NULL;
  g_autoptr (MosSurveyLetter) letter = NULL;
  g_autoptr (MosDraft) draft = NULL;
  const char *languages[] = { survey->language, NULL };
  gboolean is_here;

  if (!mos_store_account_find (txn, survey->account, &self.account, error) || !mos_store_conversation_find (txn, survey->conversation, &self.row, error) || !mos_store_message_is_here (txn, message, &is_here, error))
    return FALSE;
  if (self.account == NULL || self.row == NULL || is_here || !mos_channel_is_chat (self.account->kind))
    return TRUE;
  if (!mos_store_survey_find_settings (txn, self.account->id, survey->kind, TRUE, &self.settings, error))
    return FALSE;
  text = mos_survey_words_choose (self.settings, languages[0] != NULL ? languages : (const char *const[]) { "en", NULL });
  letter = mos_survey_words_make_letter (survey->kind, text, NULL, NULL, 0);
  draft = make_draft (message, self.account, self.row->id, letter, mos_txn_get_now_us (txn));
  g_set_str (&draft->text, letter->thanks);
  draft->reply_to_message = g_strdup (survey->message);
  /* A chat that is closed meanwhile gets none; the answer counts all the same. */
  if (!check_chat (txn, draft, &self, error) || self.skip != MOS_SURVEY_ASK)
    return self.skip != MOS_SURVEY_ASK;
  return mos_chat_queue (txn, draft, self.account, self.row, &(MosDraftWay) { .is_survey = TRUE }, error);
}

/* --- looked at, and tried out --- */

/* @language: (nullable): the shop's */
static MosSurveyLetter *
make_trial (MosTxn *txn,
            const MosAccount *account,
            const MosSurveySettings *settings,
            const char *language,
            const char *address,
            const char *token,
            GError **error)
{
  g_auto (GStrv) languages = list_languages (txn, NULL, NULL, error);
  const char *wanted[] = { language, NULL };

  if (languages == NULL)
    return NULL;
  return make_letter (settings, account, language != NULL ? wanted : (const char *const *) languages, address, token);
}

gboolean
mos_surveys_preview (MosTxn *txn,
                     const char *account,
                     MosSurveyKind kind,
                     const MosSurveySettings *settings,
                     const char *language,
                     MosSurveyLetter **ret_letter,
                     GError **error)
{
  g_autoptr (MosSurveySettings) stored = NULL;
  g_autoptr (MosAccount) row = NULL;
  g_autofree char *token = NULL;

  if (!mos_survey_settings_load (txn, account, kind, &stored, error) || !mos_store_account_find (txn, account, &row, error))
    return FALSE;
  token = mos_token_survey (mos_store_get_mac_key (mos_txn_get_store (txn)), "00000000000000000000000000000000");
  *ret_letter = make_trial (txn, row, settings != NULL ? settings : stored, language, mos_channel_is_chat (row->kind) ? NULL : row->address, token, error);
  return *ret_letter != NULL;
}

static gboolean
open_trial (MosTxn *txn,
            const MosAccount *account,
            const MosSurveyLetter *letter,
            MosConversationRow **ret_row,
            GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = g_strdup (letter->subject);
  row->status = MOS_STATUS_CLOSED;
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (account->id);
  row->channel = g_strdup (account->kind);
  row->language = g_strdup (letter->language);
  row->created_us = mos_txn_get_now_us (txn);
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (txn, row, &id, NULL, error) && mos_store_conversation_find (txn, id, ret_row, error);
}

gboolean
mos_surveys_send_test (MosTxn *txn,
                       const char *account,
                       MosSurveyKind kind,
                       const char *language,
                       const char *address,
                       char **ret_survey,
                       GError **error)
{
  GBytes *key = mos_store_get_mac_key (mos_txn_get_store (txn));
  const gint64 now_us = mos_txn_get_now_us (txn);
  g_autofree char *id = mos_id_new (now_us);
  g_autofree char *message = mos_id_derive ("survey-question", id, NULL);
  g_autofree char *token = mos_token_survey (key, id);
  g_autofree char *answers = NULL, *subject = NULL;
  g_auto (MosSurveyAsking) self = { .kind = kind };
  g_autoptr (MosSender) sender = NULL;
  g_autoptr (MosSurveyLetter) letter = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  if (!mos_survey_settings_load (txn, account, kind, &self.settings, error) || !mos_store_account_find (txn, account, &self.account, error))
    return FALSE;
  if (mos_channel_is_chat (self.account->kind))
    return mos_composing_invalid (error, "A test goes out by mail");
  if (!mos_text_is_address (address))
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no mail address", address);
      return FALSE;
    }
  sender = mos_account_find_sender (self.account, NULL);
  if (sender == NULL || *self.account->smtp->host == '\0')
    return mos_composing_invalid (error, "This account cannot send");
  answers = dup_answer_address (key, self.account, sender, id);
  letter = make_trial (txn, self.account, self.settings, language, answers, token, error);
  if (letter == NULL || !open_trial (txn, self.account, letter, &self.row, error))
    return FALSE;
  draft = make_draft (message, self.account, self.row->id, letter, now_us);
  subject = g_strconcat (TEST_MARK, letter->subject, NULL);
  g_set_str (&draft->subject, subject);
  g_ptr_array_add (draft->to, mos_address_make (NULL, address));
  survey = make_survey (&self, id, message, letter->language, now_us);
  survey->is_test = TRUE;
  /* Granted, whoever it goes to: a person asked for it. */
  if (!mos_draft_check (draft, self.account, sender, NULL, error) ||
      !mos_draft_queue (txn, draft, self.account, sender, self.row, &(MosDraftWay) { .is_survey = TRUE, .html = letter->html, .reply_to = answers }, error) ||
      !mos_store_conversation_set_silent (txn, self.row->id, message, error) ||
      !mos_automatic_grant (txn, &(MosAutomaticQuestion) { self.account->id, self.row->id, address, subject, NULL }, message, error) ||
      !mos_store_survey_add (txn, survey, NULL, error))
    return FALSE;
  if (ret_survey != NULL)
    *ret_survey = g_steal_pointer (&id);
  return TRUE;
}
