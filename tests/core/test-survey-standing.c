/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "survey-shop.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-survey-standing.h"
#include "core/desk/mos-surveys.h"
#include "core/store/mos-store-query.h"
#include "core/store/mos-store-views.h"

/* What a conversation still has to do with surveys: a question that is planned, and who is unhappy. */

typedef struct
{
  const char *conversation;
  const char *survey;
  gint64 due_us;
  MosSurveyStanding *standing; /* (owned) (nullable) */
  gint64 number;
  gboolean expects_error;
} Step;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Step *step = data;

  return mos_survey_standing_load (txn, step->conversation, &step->standing, error);
}

static MosSurveyStanding *
load (Shop *self,
      const char *conversation)
{
  Step step = { .conversation = conversation };

  test_write (self->t->store, do_load, &step);
  return step.standing;
}

static gboolean
do_dismiss (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Step *step = data;
  g_autoptr (GError) local_error = NULL;

  if (!step->expects_error)
    return mos_survey_dismiss (txn, step->conversation, error);
  g_assert_false (mos_survey_dismiss (txn, step->conversation, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
do_record (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Step *step = data;
  g_autoptr (MosSurvey) survey = mos_survey_make (MOS_SURVEY_CSAT);

  survey->conversation = g_strdup (step->conversation);
  survey->score = (int) step->number;
  return mos_survey_record (txn, survey, NULL, error);
}

static gboolean
do_remind (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Step *step = data;
  g_autoptr (GError) local_error = NULL;

  if (!step->expects_error)
    return mos_rescue_remind (txn, step->survey, step->due_us, error);
  g_assert_false (mos_rescue_remind (txn, step->survey, step->due_us, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static gboolean
do_settle (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_rescue_settle (txn, ((Step *) data)->survey, "refunded", error);
}

/* How many the view of low scores holds, and the search for them finds. */
static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Step *step = data;
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_RESCUES, NULL);
  g_autoptr (MosQuery) query = mos_query_parse ("is:rescue", NULL);
  MosQueryOptions options = { 0 };
  g_autoptr (GPtrArray) found = mos_store_query_list_ids (txn, query, &options, NULL, error);
  guint n = 0, n_new = 0;

  if (found == NULL || !mos_store_view_count (txn, view, NULL, &n, &n_new, error))
    return FALSE;
  g_assert_cmpuint (found->len, ==, n);
  step->number = n;
  return TRUE;
}

static void
assert_rescues (Shop *self,
                gint64 expected)
{
  Step step = { 0 };

  test_write (self->t->store, do_count, &step);
  g_assert_cmpint (step.number, ==, expected);
}

static void
test_planned (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  Step step = { .conversation = conversation };
  Step none = { .conversation = conversation, .expects_error = TRUE };
  g_autoptr (MosSurveyStanding) before = load (&self, conversation);
  g_autoptr (MosSurveyStanding) planned = NULL;
  g_autoptr (MosSurveyStanding) dismissed = NULL;
  g_autoptr (MosSurveyStanding) again = NULL;
  g_autoptr (MosSurveyStanding) reopened = NULL;

  g_assert_cmpint (before->planned_us, ==, 0);
  test_write (self.t->store, do_dismiss, &none);
  shop_answer (&self, conversation);
  planned = load (&self, conversation);
  g_assert_cmpint (planned->planned_us, ==, shop_now_us (&self) + HOUR);
  g_assert_cmpint (planned->planned_kind, ==, MOS_SURVEY_CSAT);
  test_write (self.t->store, do_dismiss, &step);
  dismissed = load (&self, conversation);
  g_assert_cmpint (dismissed->planned_us, ==, 0);
  survey_assert_skipped (self.t, conversation, "dismissed");
  survey_pass (self.t, 2 * HOUR);
  survey_assert (self.t, conversation, "");
  /* The next close is another one. */
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
  again = load (&self, conversation);
  g_assert_cmpint (again->planned_us, ==, shop_now_us (&self) + HOUR);
  /* Opened again, they will not be asked. */
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  reopened = load (&self, conversation);
  g_assert_cmpint (reopened->planned_us, ==, 0);
  survey_check (self.t);
}

static void
test_unhappy (void)
{
  g_auto (Shop) self = shop_begin (NULL);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  Step content = { .conversation = conversation, .number = 4 };
  Step unhappy = { .conversation = conversation, .number = 2 };
  g_autoptr (MosSurveyStanding) none = NULL;
  g_autoptr (MosSurveyStanding) open = NULL;
  g_autoptr (MosSurveyStanding) later = NULL;
  g_autoptr (MosSurveyStanding) done = NULL;
  g_autofree char *n = NULL, *m = NULL;
  Step remind = { .due_us = shop_now_us (&self) + 10 * DAY }, past = { .expects_error = TRUE };

  test_write (self.t->store, do_record, &content);
  none = load (&self, conversation);
  g_assert_cmpuint (none->rescues->len, ==, 0);
  assert_rescues (&self, 0);
  test_write (self.t->store, do_record, &unhappy);
  open = load (&self, conversation);
  g_assert_cmpuint (open->rescues->len, ==, 1);
  g_assert_cmpint (g_array_index (open->reminds_us, gint64, 0), ==, shop_now_us (&self) + 3 * DAY);
  /* Whoever wrote it down knows it. */
  g_assert_cmpuint (g_strv_length (open->unread), ==, 0);
  assert_rescues (&self, 1);

  remind.survey = past.survey = ((MosSurvey *) open->rescues->pdata[0])->id;
  past.due_us = shop_now_us (&self) - 1;
  test_write (self.t->store, do_remind, &past);
  test_write (self.t->store, do_remind, &remind);
  survey_pass (self.t, 9 * DAY);
  n = survey_text (self.t, "SELECT count (*) FROM event WHERE conversation = ? AND kind = 'rescue_due'", conversation);
  g_assert_cmpstr (n, ==, "0");
  survey_pass (self.t, 2 * DAY);
  m = survey_text (self.t, "SELECT count (*) FROM event WHERE conversation = ? AND kind = 'rescue_due'", conversation);
  g_assert_cmpstr (m, ==, "1");
  /* Nobody looked yet; and nothing more reminds. */
  later = load (&self, conversation);
  g_assert_cmpuint (g_strv_length (later->unread), ==, 1);
  g_assert_cmpint (g_array_index (later->reminds_us, gint64, 0), ==, 0);

  test_write (self.t->store, do_settle, &remind);
  done = load (&self, conversation);
  g_assert_cmpuint (done->rescues->len, ==, 0);
  assert_rescues (&self, 0);
  test_write (self.t->store, do_remind, &(Step) { .survey = remind.survey, .due_us = shop_now_us (&self) + DAY, .expects_error = TRUE });
  survey_check (self.t);
}

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const Step *step = data;
  const char *ids[] = { step->conversation, NULL };

  return mos_action_merge (txn, ids, step->survey, error);
}

/* The card, and when one is reminded, go where the score goes. */
static void
test_merged (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *other = shop_write_from (&self, "Ana <ana@mail.example>", "again", "", "And my lamp?");
  g_autofree char *low = shop_click (&self, conversation, 1, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) result = shop_take (&self, low);
  Step merge = { .conversation = conversation, .survey = other };
  g_autoptr (MosSurveyStanding) standing = NULL;

  g_assert_cmpstr (conversation, !=, other);
  test_write (self.t->store, do_merge, &merge);
  standing = load (&self, other);
  g_assert_cmpuint (standing->rescues->len, ==, 1);
  g_assert_cmpint (g_array_index (standing->reminds_us, gint64, 0), ==, shop_now_us (&self) + 3 * DAY);
  survey_check (self.t);
}

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_survey_set_unread (txn, data, FALSE, error);
}

/* What somebody writes to a question opens nothing, so it is told, and waits until somebody looked at it. */
static void
test_words (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autofree char *clicked = shop_click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autofree char *help = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <h@mail.example>\nIn-Reply-To: <%s>\n\nIt still has not come, help!\n", question->message_id);
  g_autoptr (MosIngestResult) five = shop_take (&self, clicked);
  g_autoptr (MosIngestResult) words = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  g_assert_false (five->arrived);
  assert_rescues (&self, 0);
  words = shop_take (&self, help);
  g_assert_true (words->arrived);
  survey_assert (self.t, conversation, "answered 5 It still has not come, help!");
  shop_assert_quiet (&self, conversation);
  assert_rescues (&self, 1);
  survey = survey_find (self.t, conversation, NULL);
  test_write (self.t->store, do_read, survey->id);
  assert_rescues (&self, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/survey-standing/planned", test_planned);
  g_test_add_func ("/survey-standing/unhappy", test_unhappy);
  g_test_add_func ("/survey-standing/merged", test_merged);
  g_test_add_func ("/survey-standing/words", test_words);
  return g_test_run ();
}
