/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "desk-fixture.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-scheduler.h"
#include "core/desk/mos-survey-answer.h"
#include "core/desk/mos-survey-ask.h"
#include "core/desk/mos-survey-settings.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-surveys.h"

G_BEGIN_DECLS

/* A shop that asks what its customers think. */

#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

/** SurveySet: what is set of an account, beside that it is on */
typedef struct
{
  const char *account; /* (nullable): ACCOUNT */
  MosSurveyKind kind;
  gboolean is_off;
  gboolean reopens;
  gboolean skips_vip;
  MosSurveyOften often;
  const char *tag; /* (nullable) */
} SurveySet;

static inline gboolean
survey_do_set (MosTxn *txn,
               gpointer data,
               GError **error)
{
  const SurveySet *set = data;
  g_autoptr (MosSurveySettings) stored = NULL;
  g_autoptr (MosSurveySettings) settings = NULL;

  if (!mos_survey_settings_load (txn, set->account != NULL ? set->account : ACCOUNT, set->kind, &stored, error))
    return FALSE;
  settings = mos_survey_settings_copy (stored);
  settings->is_on = !set->is_off;
  settings->reopens = set->reopens;
  settings->skips_vip = set->skips_vip;
  settings->often = set->often;
  if (set->tag != NULL)
    {
      g_strfreev (settings->skip_tags);
      settings->skip_tags = g_strsplit (set->tag, ",", -1);
    }
  return mos_survey_settings_save (txn, settings, error);
}

/** survey_pass: time passes, and what is due by then is done */
static inline void
survey_pass (MosTestStore *t,
             gint64 us)
{
  GError *error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), us);
  mos_scheduler_run_sync (t->store, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline gboolean
survey_do_accept (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, data != NULL ? data : ACCOUNT, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autoptr (MosSendResult) result = mos_send_result_new ();
      g_autoptr (MosOutboxItem) item = NULL;

      if (((MosOutboxItem *) items->pdata[i])->state != MOS_DELIVERY_QUEUED)
        continue;
      result->message = g_strdup (((MosOutboxItem *) items->pdata[i])->message);
      result->state = MOS_DELIVERY_ACCEPTED;
      result->refused = g_ptr_array_new ();
      if (!mos_outbox_report (txn, result, &item, error))
        return FALSE;
    }
  return items != NULL;
}

/** SurveyAsk: what is there: @conversation, or the words of an SQL query of one row */
typedef struct
{
  const char *conversation; /* (nullable) */
  const char *sql;          /* (nullable): with one ?, the conversation */
  char *text;               /* (owned) (nullable) */
  GPtrArray *surveys;       /* (owned) (nullable) */
} SurveyAsk;

static inline gboolean
survey_do_ask (MosTxn *txn,
               gpointer data,
               GError **error)
{
  SurveyAsk *ask = data;
  g_autoptr (MosSurveyFilter) filter = mos_survey_filter_new ();

  if (ask->sql != NULL)
    return ask->conversation != NULL ? mos_database_get_text (txn->database, &ask->text, error, ask->sql, "t", ask->conversation) : mos_database_get_text (txn->database, &ask->text, error, ask->sql, "");
  filter->list = MOS_SURVEYS_ALL;
  filter->conversation = g_strdup (ask->conversation);
  ask->surveys = mos_store_survey_list_filtered (txn, filter, error);
  return ask->surveys != NULL;
}

/** survey_text: Returns: (transfer full) (nullable): what the query says */
static inline char *
survey_text (MosTestStore *t,
             const char *sql,
             const char *conversation)
{
  SurveyAsk ask = { .conversation = conversation, .sql = sql };

  test_write (t->store, survey_do_ask, &ask);
  return ask.text;
}

/** survey_find: Returns: (transfer full) (nullable): the newest of a conversation, whatever became of it. @ret_n: (out) (optional) */
static inline MosSurvey *
survey_find (MosTestStore *t,
             const char *conversation,
             guint *ret_n)
{
  SurveyAsk ask = { .conversation = conversation };
  MosSurvey *survey;

  test_write (t->store, survey_do_ask, &ask);
  if (ret_n != NULL)
    *ret_n = ask.surveys->len;
  survey = ask.surveys->len > 0 ? mos_survey_ref (ask.surveys->pdata[0]) : NULL;
  g_ptr_array_unref (ask.surveys);
  return survey;
}

/** survey_assert: @expected: "asked", "answered 5 Fine", "expired", or "" for none */
static inline void
survey_assert (MosTestStore *t,
               const char *conversation,
               const char *expected)
{
  g_autoptr (MosSurvey) survey = survey_find (t, conversation, NULL);
  g_autofree char *is = NULL;

  if (survey == NULL)
    is = g_strdup ("");
  else if (survey->state == MOS_SURVEY_ANSWERED)
    is = g_strdup_printf ("answered %d%s%s", survey->score, *survey->comment != '\0' ? " " : "", survey->comment);
  else
    is = g_strdup (mos_survey_state_to_nick (survey->state));
  g_assert_cmpstr (is, ==, expected);
}

/** survey_assert_skipped: why not, by the history; "" = it says nothing of it */
static inline void
survey_assert_skipped (MosTestStore *t,
                       const char *conversation,
                       const char *why)
{
  g_autofree char *is = survey_text (t, "SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'survey_skipped' ORDER BY seq DESC LIMIT 1", conversation);

  g_assert_cmpstr (is != NULL ? is : "", ==, why);
}

/** survey_check: whether all that is derived is what it would be made anew */
static inline void
survey_check (MosTestStore *t)
{
  g_autoptr (GPtrArray) problems = NULL;
  GError *error = NULL;

  problems = mos_store_check_sync (t->store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s %s", ((MosCheckProblem *) problems->pdata[i])->kind, ((MosCheckProblem *) problems->pdata[i])->subject);
  g_assert_cmpuint (problems->len, ==, 0);
}

G_END_DECLS
