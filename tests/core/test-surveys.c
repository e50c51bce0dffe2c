/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-joining.h"
#include "core/store/mos-store-customer-merge.h"
#include "core/store/mos-store-surveys.h"
#include "customer-fixture.h"
#include "mos-test.h"

#include <string.h>

/* What customers say of the service: how it is kept, who is said to have said it, and that the newest score beside a customer is right, whatever happens. */

#define DAY G_TIME_SPAN_DAY

typedef struct
{
  Fixture *f;
  const char *conversation;
  MosSurveyKind kind;
  int score;
  const char *comment;
  gint64 at_us;
  char *id;
  GPtrArray *list;
} Say;

static gboolean
do_say (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Say *say = data;
  g_autoptr (MosSurvey) survey = mos_survey_make (say->kind);

  survey->is_recorded = TRUE;
  survey->conversation = g_strdup (say->conversation);
  survey->score = say->score;
  survey->answered_us = say->at_us;
  g_set_str (&survey->comment, say->comment != NULL ? say->comment : "");
  return mos_store_survey_add (txn, survey, &say->id, error);
}

static gboolean
do_answer (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Say *say = data;

  return mos_store_survey_answer (txn, say->id, say->score, say->comment, say->at_us, error);
}

static gboolean
do_list_said (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Say *say = data;

  say->list = mos_store_survey_list (txn, NULL, say->conversation, 0, 100, error);
  return say->list != NULL;
}

static gboolean
do_list_former (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Say *say = data;

  say->list = mos_store_survey_list_former (txn, say->id, error);
  return say->list != NULL;
}

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Test *t = data;
  g_autofree char *message = g_strconcat ("m-", t->name, NULL);

  t->id = fixture_conversation (txn, t->f, t->name);
  fixture_message (txn, t->f, t->id, message, MOS_DIRECTION_INCOMING, 1000 * S, "Hello");
  return t->value == NULL || mos_store_conversation_set_customer (txn, t->id, t->value, error);
}

/* @customer: (nullable): the fixture's own */
static char *
begin (Fixture *f,
       const char *subject,
       const char *customer)
{
  Test t = { .f = f, .name = subject, .value = customer };

  act (f, NULL, do_begin, &t);
  return t.id;
}

static void
say (Fixture *f,
     const char *conversation,
     MosSurveyKind kind,
     int score,
     gint64 at_us)
{
  Say said = { .f = f, .conversation = conversation, .kind = kind, .score = score, .at_us = at_us };

  act (f, "survey", do_say, &said);
  g_free (said.id);
}

/* @expected: "csat 4", "nps 7", or "" */
static void
assert_last (Fixture *f,
             const char *customer,
             const char *expected)
{
  g_autoptr (MosCustomerRow) row = find (f, customer);
  g_autofree char *last = row->last_score_us != 0 ? g_strdup_printf ("%s %d", mos_survey_kind_to_nick (row->last_score_kind), row->last_score) : g_strdup ("");

  g_assert_cmpstr (last, ==, expected);
}

static guint
count_said (Fixture *f,
            const char *conversation)
{
  Say said = { .f = f, .conversation = conversation };
  guint n;

  act (f, NULL, do_list_said, &said);
  n = said.list->len;
  g_ptr_array_unref (said.list);
  return n;
}

/* --- one answer --- */

static void
test_bounds (void)
{
  static const struct
  {
    MosSurveyKind kind;
    int score;
    gboolean is_score, is_low;
  } table[] = {
    { MOS_SURVEY_CSAT, MOS_SURVEY_NO_SCORE, FALSE, FALSE },
    { MOS_SURVEY_CSAT, 0, FALSE, FALSE },
    { MOS_SURVEY_CSAT, 1, TRUE, TRUE },
    { MOS_SURVEY_CSAT, 2, TRUE, TRUE },
    { MOS_SURVEY_CSAT, 3, TRUE, FALSE },
    { MOS_SURVEY_CSAT, 5, TRUE, FALSE },
    { MOS_SURVEY_CSAT, 6, FALSE, FALSE },
    { MOS_SURVEY_NPS, MOS_SURVEY_NO_SCORE, FALSE, FALSE },
    { MOS_SURVEY_NPS, 0, TRUE, TRUE },
    { MOS_SURVEY_NPS, 6, TRUE, TRUE },
    { MOS_SURVEY_NPS, 7, TRUE, FALSE },
    { MOS_SURVEY_NPS, 10, TRUE, FALSE },
    { MOS_SURVEY_NPS, 11, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s %d", mos_survey_kind_to_nick (table[i].kind), table[i].score);
      g_assert_cmpint (mos_survey_kind_is_score (table[i].kind, table[i].score), ==, table[i].is_score);
      g_assert_cmpint (mos_survey_kind_is_low (table[i].kind, table[i].score), ==, table[i].is_low);
    }
}

/* The newest by the time it was said, not by the time it was written down. */
static void
test_newest (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *one = begin (f, "One", NULL);
  g_autofree char *other = begin (f, "Other", NULL);

  assert_last (f, f->customer, "");
  say (f, one, MOS_SURVEY_CSAT, 4, 20 * DAY);
  assert_last (f, f->customer, "csat 4");
  say (f, other, MOS_SURVEY_NPS, 0, 30 * DAY);
  assert_last (f, f->customer, "nps 0");
  say (f, one, MOS_SURVEY_CSAT, 1, 10 * DAY);
  assert_last (f, f->customer, "nps 0");
  /* Words alone say nothing about a score. */
  say (f, one, MOS_SURVEY_CSAT, MOS_SURVEY_NO_SCORE, 40 * DAY);
  assert_last (f, f->customer, "nps 0");
  g_assert_cmpuint (count_said (f, one), ==, 3);
  g_assert_cmpuint (count_said (f, NULL), ==, 4);
  fixture_check (f);
}

static gboolean
do_break_bounds (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_database_exec (txn->database, error, data, "");
}

/* The table itself refuses what is no score. */
static void
test_refused (void)
{
  static const char *const statements[] = { "UPDATE survey SET score = 0", "UPDATE survey SET score = 6", "UPDATE survey SET kind = 'nps', score = 11", "UPDATE survey SET state = 'asked'", "UPDATE survey SET kind = 'ces'" };
  g_autoptr (Fixture) f = start ();
  g_autofree char *one = begin (f, "One", NULL);
  Say nowhere = { .f = f, .conversation = "nowhere", .score = 3, .at_us = DAY };

  say (f, one, MOS_SURVEY_CSAT, 4, DAY);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
      Call call = { do_break_bounds, (gpointer) statements[i] };

      g_test_message ("%s", statements[i]);
      g_assert_false (mos_store_write_sync (f->store, &actor, NULL, run, &call, NULL, NULL, NULL));
    }
  refuse (f, do_say, &nowhere, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
}

/* A later answer takes the place of the one before, which is kept; an undo brings it back. */
static void
test_again (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *one = begin (f, "One", NULL);
  Say said = { .f = f, .conversation = one, .kind = MOS_SURVEY_CSAT, .score = 2, .comment = "Slow", .at_us = 10 * DAY };
  g_autofree char *id = NULL;
  Test undo = { .f = f };

  act (f, "survey", do_say, &said);
  id = said.id;
  said.score = 5;
  said.comment = "It came";
  said.at_us = 11 * DAY;
  undo.number = act (f, "survey", do_answer, &said);
  assert_last (f, f->customer, "csat 5");
  act (f, NULL, do_list_former, &said);
  g_assert_cmpuint (said.list->len, ==, 1);
  g_assert_cmpint (((MosSurvey *) said.list->pdata[0])->score, ==, 2);
  g_assert_cmpstr (((MosSurvey *) said.list->pdata[0])->comment, ==, "Slow");
  g_ptr_array_unref (said.list);
  g_assert_cmpuint (count_said (f, one), ==, 1);

  act (f, "undo", do_undo, &undo);
  assert_last (f, f->customer, "csat 2");
  act (f, NULL, do_list_former, &said);
  g_assert_cmpuint (said.list->len, ==, 0);
  g_ptr_array_unref (said.list);
  fixture_check (f);
}

/* --- where it goes --- */

static gboolean
do_merge_conversations (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  Test *t = data;
  const char *ids[] = { t->value, NULL };

  return mos_action_merge (txn, ids, t->other, error);
}

static gboolean
do_unmerge_conversations (MosTxn *txn,
                          gpointer data,
                          GError **error)
{
  return mos_store_join_undo (txn, ((Test *) data)->number, NULL, error);
}

/* It goes with its conversation, and stays whose it is. An answer that came after the merge stays where it came. */
static void
test_conversations (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  g_autofree char *one = begin (f, "One", NULL);
  g_autofree char *other = begin (f, "Other", bob);
  Test t = { .f = f, .value = other, .other = one };

  say (f, one, MOS_SURVEY_CSAT, 4, 10 * DAY);
  say (f, other, MOS_SURVEY_CSAT, 1, 11 * DAY);
  t.number = act (f, "merge", do_merge_conversations, &t);
  g_assert_cmpuint (count_said (f, one), ==, 2);
  g_assert_cmpuint (count_said (f, other), ==, 0);
  assert_last (f, f->customer, "csat 4");
  assert_last (f, bob, "csat 1");
  /* By the id of old. */
  say (f, other, MOS_SURVEY_NPS, 9, 12 * DAY);
  assert_last (f, f->customer, "nps 9");
  act (f, "undo", do_unmerge_conversations, &t);
  g_assert_cmpuint (count_said (f, one), ==, 2);
  g_assert_cmpuint (count_said (f, other), ==, 1);
  assert_last (f, bob, "csat 1");
  fixture_check (f);
}

static gboolean
do_join (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Test *t = data;

  return mos_store_customer_merge (txn, t->value, t->other, NULL, error);
}

static gboolean
do_part (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (GPtrArray) merges = mos_store_customer_list_merges (txn, ((Test *) data)->other, error);

  return merges != NULL && merges->len > 0 && mos_store_customer_unmerge (txn, ((MosCustomerMerge *) merges->pdata[0])->id, NULL, NULL, error);
}

static void
test_customers (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  g_autofree char *one = begin (f, "One", NULL);
  g_autofree char *other = begin (f, "Other", bob);
  Test t = { .f = f, .value = bob, .other = f->customer };

  say (f, one, MOS_SURVEY_CSAT, 4, 10 * DAY);
  say (f, other, MOS_SURVEY_CSAT, 1, 11 * DAY);
  act (f, "merge", do_join, &t);
  assert_last (f, f->customer, "csat 1");
  say (f, one, MOS_SURVEY_CSAT, 5, 12 * DAY);
  assert_last (f, f->customer, "csat 5");
  act (f, "unmerge", do_part, &t);
  assert_last (f, f->customer, "csat 5");
  assert_last (f, bob, "csat 1");
  fixture_check (f);
}

static gboolean
do_list_unhappy (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_list (txn, MOS_SEGMENT_UNHAPPY, 0, 10, error);
  return t->list != NULL;
}

static void
assert_unhappy (Fixture *f,
                const char *expected)
{
  Test t = { .f = f };
  g_autoptr (GString) names = g_string_new (NULL);

  act (f, NULL, do_list_unhappy, &t);
  for (guint i = 0; i < t.list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((MosCustomerRow *) t.list->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, expected);
  g_ptr_array_unref (t.list);
}

/* Whose newest score is low; who said it last comes first. */
static void
test_unhappy (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  g_autofree char *cy = add (f, "Cy", "cy@example.com");
  g_autofree char *one = begin (f, "One", NULL);
  g_autofree char *of_bob = begin (f, "Other", bob);
  g_autofree char *of_cy = begin (f, "Third", cy);

  assert_unhappy (f, "");
  say (f, one, MOS_SURVEY_CSAT, 2, 10 * DAY);
  say (f, of_bob, MOS_SURVEY_NPS, 6, 11 * DAY);
  say (f, of_cy, MOS_SURVEY_CSAT, 3, 12 * DAY);
  assert_unhappy (f, "Bob Ana García");
  say (f, of_bob, MOS_SURVEY_NPS, 7, 13 * DAY);
  assert_unhappy (f, "Ana García");
  say (f, of_cy, MOS_SURVEY_CSAT, 1, 14 * DAY);
  assert_unhappy (f, "Cy Ana García");
}

/* --- whatever happens --- */

typedef struct
{
  Fixture *f;
  GRand *rand;
  char *customers[5];
  char *conversations[12];
  gint64 last_batch;
  gboolean last_joins;
} Random;

static guint
any (Random *r,
     guint n)
{
  return (guint) g_rand_int_range (r->rand, 0, (gint32) n);
}

static gboolean
do_start_random (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Random *r = data;

  for (guint i = 0; i < G_N_ELEMENTS (r->customers); i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i), *second = g_strdup_printf ("q%u@example.org", i);

      if (!mos_store_customer_ensure (txn, "email", "", address, address, "mail", mos_txn_get_now_us (txn), &r->customers[i], NULL, error) ||
          !mos_store_customer_link (txn, r->customers[i], "email", "", second, FALSE, "agent", error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (r->conversations); i++)
    {
      g_autofree char *subject = g_strdup_printf ("About %u", i), *id = g_strdup_printf ("m%u", i);

      r->conversations[i] = fixture_conversation (txn, r->f, subject);
      fixture_message (txn, r->f, r->conversations[i], id, MOS_DIRECTION_INCOMING, (1000 + i) * S, "Hello");
      if (!mos_store_conversation_set_customer (txn, r->conversations[i], i % 4 == 3 ? NULL : r->customers[any (r, G_N_ELEMENTS (r->customers))], error))
        return FALSE;
    }
  return TRUE;
}

static int
any_score (Random *r,
           MosSurveyKind kind)
{
  int lowest = mos_survey_kind_get_lowest (kind);

  return any (r, 6) == 0 ? MOS_SURVEY_NO_SCORE : lowest + (int) any (r, (guint) (mos_survey_kind_get_highest (kind) - lowest + 1));
}

static gboolean
answer_any (MosTxn *txn,
            Random *r,
            GError **error)
{
  g_autoptr (GPtrArray) all = mos_store_survey_list (txn, NULL, NULL, 0, 100, error);
  MosSurvey *survey;

  if (all == NULL || all->len == 0)
    return all != NULL;
  survey = all->pdata[any (r, all->len)];
  return mos_store_survey_answer (txn, survey->id, any_score (r, survey->kind), "Again", mos_txn_get_now_us (txn) - any (r, 40) * DAY, error);
}

static gboolean
split_any (MosTxn *txn,
           const char *customer,
           GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autofree char *id = NULL;
  const char *identities[2] = { NULL };

  if (!mos_store_customer_find (txn, customer, &row, error) || row == NULL || row->identities->len < 2)
    return TRUE;
  identities[0] = ((MosIdentity *) row->identities->pdata[row->identities->len - 1])->id;
  return mos_store_customer_split (txn, row->id, identities, &id, error);
}

static gboolean
do_something (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Random *r = data;
  const char *conversation = r->conversations[any (r, G_N_ELEMENTS (r->conversations))];
  const char *customer = r->customers[any (r, G_N_ELEMENTS (r->customers))], *other = r->customers[any (r, G_N_ELEMENTS (r->customers))];
  const char *ids[] = { conversation, NULL };
  g_autoptr (GPtrArray) merges = NULL;
  g_autoptr (MosCustomerRow) whose = NULL;
  Say said = { .f = r->f, .conversation = conversation };

  r->last_joins = FALSE;
  switch (any (r, 10))
    {
    case 0:
      /* Who they are now, as everybody says it who sets one. */
      return mos_store_customer_find (txn, customer, &whose, error) && mos_store_conversation_set_customer (txn, conversation, whose->id, error);
    case 1:
      r->last_joins = TRUE;
      return mos_action_merge (txn, ids, r->conversations[any (r, G_N_ELEMENTS (r->conversations))], error);
    case 2:
      return mos_store_customer_merge (txn, customer, other, NULL, error);
    case 3:
      merges = mos_store_customer_list_merges (txn, customer, error);
      return merges == NULL || merges->len == 0 || mos_store_customer_unmerge (txn, ((MosCustomerMerge *) merges->pdata[any (r, merges->len)])->id, NULL, NULL, error);
    case 4:
      return split_any (txn, customer, error);
    case 5:
    case 6:
      return answer_any (txn, r, error);
    default:
      said.kind = any (r, 2) == 0 ? MOS_SURVEY_CSAT : MOS_SURVEY_NPS;
      said.score = any_score (r, said.kind);
      said.at_us = mos_txn_get_now_us (txn) - any (r, 40) * DAY;
      if (!do_say (txn, &said, error))
        return FALSE;
      g_free (said.id);
      return TRUE;
    }
}

static void
try_something (Random *r)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { do_something, r };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (r->f->clock), S);
  /* What does not fit is refused, and left; nothing else goes wrong. */
  if (mos_store_write_sync (r->f->store, &actor, "anything", run, &call, &batch, NULL, &error) && batch != 0)
    r->last_batch = batch;
  else if (error != NULL && error->domain != MOS_DESK_ERROR && !g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT) && !g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND))
    g_assert_no_error (error);
}

static void
try_undo (Random *r)
{
  Test t = { .number = r->last_batch };
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { r->last_joins ? do_unmerge_conversations : do_undo, &t };

  mos_store_write_sync (r->f->store, &actor, "undo", run, &call, NULL, NULL, NULL);
}

static gboolean
do_compare (MosTxn *txn,
            gpointer data,
            GError **error)
{
  gint64 wrong = -1, lost = -1;

  /* Said in another way than the triggers say it. */
  g_assert_true (mos_database_get_int (txn->database, &wrong, error,
                                       "SELECT count (*) FROM customer c LEFT JOIN (SELECT s.*, row_number () OVER (PARTITION BY customer ORDER BY answered_at DESC, id DESC) AS n FROM survey s WHERE score IS NOT NULL) l"
                                       " ON l.customer = c.id AND l.n = 1 WHERE l.score IS NOT c.last_score OR l.kind IS NOT c.last_score_kind OR l.answered_at IS NOT c.last_score_at",
                                       ""));
  g_assert_cmpint (wrong, ==, 0);
  /* None is where nobody looks. */
  g_assert_true (mos_database_get_int (txn->database, &lost, error,
                                       "SELECT count (*) FROM survey s JOIN conversation c ON c.id = s.conversation LEFT JOIN customer p ON p.id = s.customer WHERE c.merged_into IS NOT NULL OR p.merged_into IS NOT NULL", ""));
  g_assert_cmpint (lost, ==, 0);
  return TRUE;
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 5; seed++)
    {
      g_autoptr (Fixture) f = start ();
      Random r = { .f = f, .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      act (f, NULL, do_start_random, &r);
      for (guint i = 0; i < 80; i++)
        {
          try_something (&r);
          if (i % 4 == 3)
            try_undo (&r);
          act (f, NULL, do_compare, &r);
        }
      fixture_check (f);
      for (guint i = 0; i < G_N_ELEMENTS (r.customers); i++)
        g_free (r.customers[i]);
      for (guint i = 0; i < G_N_ELEMENTS (r.conversations); i++)
        g_free (r.conversations[i]);
      g_rand_free (r.rand);
    }
}

/* --- what is wrong is found, and made anew --- */

static void
test_repair (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *one = begin (f, "One", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  say (f, one, MOS_SURVEY_NPS, 3, 10 * DAY);
  act (f, NULL, do_break_bounds, (gpointer) "UPDATE customer SET last_score = 9");
  problems = mos_store_check_sync (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((MosCheckProblem *) problems->pdata[0])->kind, ==, "customer");
  g_assert_true (mos_store_repair_sync (f->store, NULL, &error));
  g_assert_no_error (error);
  assert_last (f, f->customer, "nps 3");
  fixture_check (f);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/surveys/bounds", test_bounds);
  g_test_add_func ("/surveys/newest", test_newest);
  g_test_add_func ("/surveys/refused", test_refused);
  g_test_add_func ("/surveys/again", test_again);
  g_test_add_func ("/surveys/conversations", test_conversations);
  g_test_add_func ("/surveys/customers", test_customers);
  g_test_add_func ("/surveys/unhappy", test_unhappy);
  g_test_add_func ("/surveys/random", test_random);
  g_test_add_func ("/surveys/repair", test_repair);
  return g_test_run ();
}
