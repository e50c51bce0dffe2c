/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-survey-settings.h"

#include "core/base/mos-error.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-survey-words.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-surveys.h"
#include "core/values/mos-macro-values.h"

#include <string.h>

#define MAX_SKIPPED 100
#define MAX_TEXTS 40

static gboolean
refuse (GError **error,
        const char *text)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, text);
  return FALSE;
}

/* @ret_is_chat: (out) */
static gboolean
check_account (MosTxn *txn,
               const char *id,
               gboolean *ret_is_chat,
               GError **error)
{
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, id, &account, error))
    return FALSE;
  if (account == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No account %s", id);
      return FALSE;
    }
  *ret_is_chat = mos_channel_is_chat (account->kind);
  if ((mos_channel_traits_get (account->kind)->flags & MOS_CHANNEL_CALLS) != 0 || (!*ret_is_chat && !g_str_equal (account->kind, "email")))
    return refuse (error, "Nothing can be asked there");
  return TRUE;
}

gboolean
mos_survey_settings_load (MosTxn *txn,
                          const char *account,
                          MosSurveyKind kind,
                          MosSurveySettings **ret_settings,
                          GError **error)
{
  gboolean is_chat;

  return check_account (txn, account, &is_chat, error) && mos_store_survey_find_settings (txn, account, kind, is_chat, ret_settings, error);
}

static gboolean
check_categories (MosTxn *txn,
                  const MosSurveySettings *settings,
                  GError **error)
{
  for (char **id = settings->skip_categories; *id != NULL; id++)
    {
      g_autoptr (MosCategory) category = NULL;

      if (!mos_store_category_find (txn, *id, &category, error))
        return FALSE;
      if (category == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "No category %s", *id);
          return FALSE;
        }
    }
  return TRUE;
}

/* "" where it is what the program says anyway: so that a better sentence of a later version is said. */
static char *
keep_own (const char *own,
          const char *standard)
{
  g_autofree char *text = g_strstrip (g_utf8_make_valid (own, -1));

  return g_strdup (standard != NULL && g_str_equal (text, standard) ? "" : text);
}

/* Returns: (transfer full) (nullable): %NULL with an error; an empty text is left out */
static GPtrArray *
clean_texts (const MosSurveySettings *settings,
             GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_text_unref);

  for (guint i = 0; i < settings->texts->len; i++)
    {
      const MosSurveyText *text = settings->texts->pdata[i];
      g_autofree char *language = mos_macro_fold_language (text->language);
      g_autoptr (MosSurveyText) standard = mos_survey_words_get_text (settings->kind, language);
      g_autofree char *subject = keep_own (text->subject, standard != NULL ? standard->subject : NULL);
      g_autofree char *question = keep_own (text->question, standard != NULL ? standard->question : NULL);
      g_autofree char *thanks = keep_own (text->thanks, standard != NULL ? standard->thanks : NULL);

      if (*language == '\0')
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no language", text->language);
          return NULL;
        }
      if (g_utf8_strlen (subject, -1) > MOS_SURVEY_MAX_SUBJECT || g_utf8_strlen (question, -1) > MOS_SURVEY_MAX_TEXT || g_utf8_strlen (thanks, -1) > MOS_SURVEY_MAX_TEXT || texts->len >= MAX_TEXTS)
        {
          refuse (error, "A question cannot have so many words");
          return NULL;
        }
      if (strpbrk (subject, "\r\n") != NULL)
        {
          refuse (error, "A subject has one line");
          return NULL;
        }
      if (*subject != '\0' || *question != '\0' || *thanks != '\0')
        g_ptr_array_add (texts, mos_survey_text_make (language, subject, question, thanks));
    }
  return g_steal_pointer (&texts);
}

gboolean
mos_survey_settings_save (MosTxn *txn,
                          const MosSurveySettings *settings,
                          GError **error)
{
  g_autoptr (MosSurveySettings) copy = NULL;
  GPtrArray *texts;
  gboolean is_chat;

  if (!check_account (txn, settings->account, &is_chat, error))
    return FALSE;
  if (settings->delay_s > MOS_SURVEY_MAX_DELAY_S)
    return refuse (error, "Nobody is asked so late: 30 days at most");
  if (settings->days < 1 || settings->days > MOS_SURVEY_MAX_DAYS || settings->rescue_days < 1 || settings->rescue_days > MOS_SURVEY_MAX_DAYS)
    return refuse (error, "A number of days is at least 1, and at most 3650");
  if (settings->kind == MOS_SURVEY_NPS && settings->days < MOS_SURVEY_NPS_MIN_DAYS)
    return refuse (error, "Whether they would recommend the shop, nobody is asked more often than every 90 days");
  if (g_strv_length (settings->skip_tags) > MAX_SKIPPED || g_strv_length (settings->skip_categories) > MAX_SKIPPED)
    return refuse (error, "There cannot be so many exceptions");
  texts = clean_texts (settings, error);
  if (texts == NULL)
    return FALSE;
  copy = mos_survey_settings_copy (settings);
  g_ptr_array_unref (copy->texts);
  copy->texts = texts;
  return check_categories (txn, copy, error) && mos_store_survey_save_settings (txn, copy, error);
}
