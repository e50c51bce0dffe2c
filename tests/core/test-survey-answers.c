/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "survey-shop.h"

#include "core/desk/mos-survey-export.h"

#include <string.h>

/* What comes back for a question, by mail, and what follows from it: behaviour.md §2.5. */

/* --- answered --- */

static void
test_click (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *mail = shop_click (&self, conversation, 4, "Ana <ana@mail.example>", "");
  g_autofree char *second = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "It came broken after all.");
  g_autofree char *third = shop_click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autofree char *n = NULL, *former = NULL, *told = NULL, *late = NULL, *class = NULL;
  g_autoptr (MosIngestResult) result = shop_take (&self, mail);
  g_autoptr (MosIngestResult) again = NULL;
  g_autoptr (MosIngestResult) changed = NULL;
  g_autoptr (MosIngestResult) ordinary = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  g_auto (TestLook) look = { 0 };

  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_false (result->arrived);
  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 4");
  shop_assert_quiet (&self, conversation);
  class = survey_text (self.t, "SELECT group_concat (classification) FROM (SELECT classification FROM message WHERE conversation = ? ORDER BY seq)", conversation);
  g_assert_cmpstr (class, ==, "normal,normal,survey,survey");
  survey = survey_find (self.t, conversation, NULL);
  g_assert_null (survey->answered_by);
  g_assert_false (survey->is_unread);
  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_NONE);

  /* The same mail once more is known; another answer takes its place. */
  again = shop_take (&self, mail);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_DUPLICATE);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 6 * DAY);
  changed = shop_take (&self, second);
  survey_assert (self.t, conversation, "answered 2 It came broken after all.");
  shop_assert_quiet (&self, conversation);
  former = survey_text (self.t, "SELECT group_concat (a.score) FROM survey_answer a JOIN survey s ON s.id = a.survey WHERE s.conversation = ?", conversation);
  g_assert_cmpstr (former, ==, "4");
  told = survey_text (self.t, "SELECT group_concat (\"to\") FROM (SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'survey' ORDER BY seq)", conversation);
  g_assert_cmpstr (told, ==, "csat:4,csat:2");
  n = shop_count (&self, "SELECT count (*) FROM conversation");
  g_assert_cmpstr (n, ==, "1");

  /* A week after the first it is a mail like any other, and the history says what it was. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 2 * DAY);
  ordinary = shop_take (&self, third);
  g_assert_true (ordinary->arrived);
  g_assert_cmpstr (ordinary->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 2 It came broken after all.");
  test_look (self.t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  late = survey_text (self.t, "SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'survey_late'", conversation);
  g_assert_cmpstr (late, ==, "csat");
  survey_check (self.t);
}

/* After days off the newest mail is read first: what was said last stands all the same. */
static void
test_late_first (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *low = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "Where is it?");
  g_autofree char *good = shop_click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autofree char *former = NULL, *rescue = NULL;
  const gint64 at_us = shop_now_us (&self);
  g_autoptr (MosIngestResult) second = test_ingest (self.t->store, good, MOS_FOLDER_INBOX, 501, at_us + 5 * G_TIME_SPAN_MINUTE);
  g_autoptr (MosIngestResult) first = test_ingest (self.t->store, low, MOS_FOLDER_INBOX, 500, at_us);
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);

  survey_assert (self.t, conversation, "answered 5");
  g_assert_cmpint (survey->answered_us, ==, at_us + 5 * G_TIME_SPAN_MINUTE);
  former = survey_text (self.t, "SELECT group_concat (a.score || ' ' || a.comment) FROM survey_answer a JOIN survey s ON s.id = a.survey WHERE s.conversation = ?", conversation);
  g_assert_cmpstr (former, ==, "2 Where is it?");
  rescue = shop_count (&self, "SELECT coalesce (rescue, 'none') FROM survey");
  g_assert_cmpstr (rescue, ==, "none");
  /* Their words are read by somebody. */
  g_assert_false (second->arrived);
  g_assert_true (first->arrived);
  g_assert_true (survey->is_unread);
  survey_check (self.t);
}

/* By hand, without a link: an answer to the question's mail. */
static void
test_reply (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "5\n\n> How satisfied are you", "answered 5" },
    { "cuatro: rápidos y amables\n\nEl lun, 2 mar 2026 a las 11:00, Support escribió:\n> ¿Qué tal?", "answered 4 rápidos y amables" },
    { "⭐⭐⭐⭐⭐", "answered 5" },
    { "All was well, thank you very much for the help.", "answered -1 All was well, thank you very much for the help." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Shop) self = shop_begin (&shop_csat);
      g_autofree char *conversation = shop_ask_ana (&self);
      g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
      g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <r@mail.example>\nIn-Reply-To: <%s>\n"
                                               "Content-Type: text/plain; charset=utf-8\n\n%s\n",
                                               question->message_id, cases[i].text);
      g_autoptr (MosIngestResult) result = shop_take (&self, mail);

      g_assert_cmpstr (result->conversation, ==, conversation);
      survey_assert (self.t, conversation, cases[i].expected);
      shop_assert_quiet (&self, conversation);
      survey_check (self.t);
    }
}

/* A word is added to a score that was clicked: it stays; a picture without a score is no word about a question. */
static void
test_added (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *clicked = shop_click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autofree char *words = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <r@mail.example>\nIn-Reply-To: <%s>\n\nYou were quick!\n", question->message_id);
  g_autofree char *picture = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <p@mail.example>\nIn-Reply-To: <%s>\nMIME-Version: 1.0\n"
                                              "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nLook at this\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nx\n--b--\n",
                                              question->message_id);
  g_autoptr (MosIngestResult) one = shop_take (&self, clicked);
  g_autoptr (MosIngestResult) two = shop_take (&self, words);
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  survey_assert (self.t, conversation, "answered 5 You were quick!");
  survey = survey_find (self.t, conversation, NULL);
  g_assert_true (survey->is_unread);
  three = shop_take (&self, picture);
  g_assert_true (three->arrived);
  survey_assert (self.t, conversation, "answered 5 You were quick!");
}

/* Nothing votes but a mail that arrives with what only the question had. */
static void
test_scanner (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autofree char *head = NULL, *n = NULL, *forged = NULL, *vacation = NULL, *bare = NULL;
  g_autoptr (MosParsedMessage) copy = shop_read_question (&self, conversation, &head);
  g_autoptr (MosIngestResult) sent = test_ingest (self.t->store, head, MOS_FOLDER_SENT, 900, shop_now_us (&self));
  g_autoptr (MosIngestResult) back = test_ingest (self.t->store, head, MOS_FOLDER_INBOX, 901, shop_now_us (&self));
  g_autoptr (MosIngestResult) away = NULL;
  g_autoptr (MosIngestResult) guessed = NULL;
  g_autoptr (MosIngestResult) number = NULL;

  /* Our own, met again, and sent back by a list. */
  survey_assert (self.t, conversation, "asked");
  /* There is nothing that is fetched, and no address of the web that a program could open. */
  g_assert_null (strstr (question->html, "http"));
  g_assert_null (strstr (question->html, "src"));
  g_assert_null (strstr (question->html, "url("));
  /* A vacation notice, with a number. */
  vacation = g_strdup_printf ("From: ana@mail.example\nTo: support@shop.example\nSubject: Away\nMessage-ID: <v@mail.example>\nIn-Reply-To: <%s>\nAuto-Submitted: auto-replied\n\n5\n", question->message_id);
  away = shop_take (&self, vacation);
  g_assert_cmpint (away->outcome, ==, MOS_INGEST_QUARANTINED);
  survey_assert (self.t, conversation, "asked");
  /* A token that somebody made up opens nothing, and is a mail like any other. */
  forged = g_strdup ("From: eve@mail.example\nTo: support@shop.example\nSubject: [CSAT aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaaaaaaaaaaaa:1]\nMessage-ID: <f@mail.example>\n\n1/5\n");
  guessed = shop_take (&self, forged);
  g_assert_true (guessed->arrived);
  g_assert_cmpstr (guessed->conversation, !=, conversation);
  /* So is a number that answers something else. */
  bare = g_strdup ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Vase\nMessage-ID: <n@mail.example>\nIn-Reply-To: <ana@mail.example>\n\n5\n");
  number = shop_take (&self, bare);
  g_assert_true (number->arrived);
  n = shop_count (&self, "SELECT count (*) FROM survey WHERE state = 'answered'");
  g_assert_cmpstr (n, ==, "0");
}

/* Passed on to somebody else, whose word counts, and is told as theirs. */
static void
test_forwarded (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *mail = shop_click (&self, conversation, 3, "Bob <bob@other.example>", "");
  g_autoptr (MosIngestResult) result = shop_take (&self, mail);
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autofree char *participants = survey_text (self.t, "SELECT group_concat (i.value) FROM participant p JOIN identity i ON i.id = p.identity WHERE p.conversation = ?", conversation);
  g_autofree char *n = shop_count (&self, "SELECT count (*) FROM conversation");

  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 3");
  g_assert_cmpstr (survey->answered_by, ==, "bob@other.example");
  g_assert_cmpstr (participants, ==, "ana@mail.example");
  g_assert_cmpstr (n, ==, "1");
  shop_assert_quiet (&self, conversation);
}

/* Who it was passed on to wants no mail: that is theirs alone. */
static void
test_forwarded_opt_out (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autofree char *mail = g_strdup_printf ("From: Bob <bob@other.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <o@other.example>\nIn-Reply-To: <%s>\n\nUnsubscribe\n", question->message_id);
  g_autoptr (MosIngestResult) result = shop_take (&self, mail);
  g_autofree char *out = shop_count (&self, "SELECT group_concat (name) FROM customer WHERE consent = 'opted_out'");
  g_autofree char *told = shop_count (&self, "SELECT count (*) FROM event WHERE kind = 'opt-out'");

  g_assert_cmpstr (result->conversation, ==, conversation);
  g_assert_cmpstr (out, ==, "Bob");
  g_assert_cmpstr (told, ==, "0");
  survey_assert (self.t, conversation, "asked");
  shop_assert_quiet (&self, conversation);
  survey_check (self.t);
}

/* One of us clicks in the copy in Sent: that is nobody's score, neither as it is sent nor as it comes in. */
static void
test_own (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *ours = shop_click (&self, conversation, 5, "Support <support@shop.example>", "");
  g_autofree char *theirs = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) sent = test_ingest (self.t->store, ours, MOS_FOLDER_SENT, 600, shop_now_us (&self));
  g_autoptr (MosIngestResult) arrived = test_ingest (self.t->store, ours, MOS_FOLDER_INBOX, 601, shop_now_us (&self));
  g_autoptr (MosIngestResult) answered = NULL;

  g_assert_cmpstr (sent->conversation, !=, conversation);
  survey_assert (self.t, conversation, "asked");
  {
    g_autofree char *again = shop_click (&self, conversation, 5, "Support <support@shop.example>", "");
    g_autoptr (MosIngestResult) first = shop_take (&self, again);

    survey_assert (self.t, conversation, "asked");
  }
  answered = shop_take (&self, theirs);
  survey_assert (self.t, conversation, "answered 2");
  survey_check (self.t);
}

/* Returns: (transfer full) */
static char *
dup_header (const char *mail,
            const char *name)
{
  g_autofree char *begin = g_strconcat ("\r\n", name, ": ", NULL);
  const char *value = strstr (mail, begin);

  g_assert_nonnull (value);
  value += strlen (begin);
  return g_strndup (value, (gsize) (strstr (value, "\r\n") - value));
}

/* The owner wrote back to a vote from her telephone: the token stays in the subject, and what comes back to that is for her. */
static void
test_goes_on (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *low = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "");
  g_autofree char *subject = dup_header (low, "Subject"), *vote = dup_header (low, "Message-ID");
  g_autofree char *sorry = g_strdup_printf ("From: Support <support@shop.example>\nTo: Ana <ana@mail.example>\nSubject: Re: %s\nMessage-ID: <phone@shop.example>\nIn-Reply-To: %s\n\nWe send you another one.\n", subject, vote);
  g_autofree char *back = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: %s\nMessage-ID: <back@mail.example>\nIn-Reply-To: <phone@shop.example>\n\n5 of them came, and all are broken.\n", subject);
  g_autoptr (MosIngestResult) one = shop_take (&self, low);
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (MosIngestResult) three = NULL;
  g_auto (TestLook) look = { 0 };

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), HOUR);
  two = test_ingest (self.t->store, sorry, MOS_FOLDER_SENT, 800, shop_now_us (&self));
  g_assert_cmpstr (two->conversation, ==, conversation);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), HOUR);
  three = shop_take (&self, back);
  g_assert_true (three->arrived);
  g_assert_cmpstr (three->conversation, ==, conversation);
  g_assert_cmpint (three->classification, ==, MOS_CLASSIFICATION_NORMAL);
  survey_assert (self.t, conversation, "answered 2");
  test_look (self.t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (look.row->waiting_since_us, ==, shop_now_us (&self));
  survey_check (self.t);
}

/* --- a rescue --- */

typedef struct
{
  const char *survey;
  const char *outcome;
} Rescue;

static gboolean
do_settle (MosTxn *txn,
           gpointer data,
           GError **error)
{
  const Rescue *rescue = data;

  return mos_rescue_settle (txn, rescue->survey, rescue->outcome, error);
}

static void
test_rescue (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *low = shop_click (&self, conversation, 1, "Ana <ana@mail.example>", "Never again.");
  g_autofree char *better = shop_click (&self, conversation, 4, "Ana <ana@mail.example>", "They called me.");
  g_autofree char *reminded = NULL, *dropped = NULL, *told = NULL, *due = NULL;
  g_autoptr (MosIngestResult) one = shop_take (&self, low);
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autoptr (MosSurvey) done = NULL;
  Rescue rescue = { survey->id, " Sent a new one " };

  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_OPEN);
  g_assert_true (survey->is_unread);
  shop_assert_quiet (&self, conversation);
  survey_pass (self.t, 3 * DAY);
  reminded = survey_text (self.t, "SELECT count (*) FROM event WHERE conversation = ? AND kind = 'rescue_due'", conversation);
  g_assert_cmpstr (reminded, ==, "1");
  shop_assert_quiet (&self, conversation);
  /* They think better of it while nobody did anything yet. */
  two = shop_take (&self, better);
  dropped = shop_count (&self, "SELECT coalesce (rescue, 'none') FROM survey");
  g_assert_cmpstr (dropped, ==, "none");
  {
    g_autofree char *again = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "No.");

    three = shop_take (&self, again);
  }
  test_write (self.t->store, do_settle, &rescue);
  done = survey_find (self.t, conversation, NULL);
  g_assert_cmpint (done->rescue, ==, MOS_RESCUE_DONE);
  g_assert_cmpstr (done->rescue_outcome, ==, "Sent a new one");
  g_assert_false (done->is_unread);
  survey_pass (self.t, 10 * DAY);
  due = survey_text (self.t, "SELECT count (*) FROM event WHERE conversation = ? AND kind = 'rescue_due'", conversation);
  g_assert_cmpstr (due, ==, "1");
  told = survey_text (self.t, "SELECT group_concat (\"to\") FROM (SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'rescue' ORDER BY seq)", conversation);
  g_assert_cmpstr (told, ==, "open,open,done");
  survey_check (self.t);
}

/* Where the shop wants it so, who is unhappy opens it again. */
static void
test_reopens (void)
{
  const SurveySet set = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON, .reopens = TRUE };
  g_auto (Shop) self = shop_begin (&set);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *low = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) result = shop_take (&self, low);
  g_auto (TestLook) look = { 0 };

  test_look (self.t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  survey_assert (self.t, conversation, "answered 2");
}

/* --- tried out --- */

static gboolean
do_test (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_surveys_send_test (txn, ACCOUNT, MOS_SURVEY_CSAT, "de", data, NULL, error);
}

static void
test_test (void)
{
  g_auto (Shop) self = shop_begin (NULL);
  g_autofree char *conversation = NULL, *n = NULL, *events = NULL, *mail = NULL, *shown = NULL;
  g_autoptr (MosParsedMessage) question = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  /* To ourselves, too. */
  test_write (self.t->store, do_test, (gpointer) "support@shop.example");
  test_write (self.t->store, survey_do_accept, NULL);
  conversation = shop_count (&self, "SELECT conversation FROM survey");
  question = shop_read_question (&self, conversation, NULL);
  g_assert_cmpstr (question->subject, ==, "[TEST] Wie waren wir?");
  mail = shop_click (&self, conversation, 1, "support@shop.example", "Test");
  /* The mail program put its copy into Sent, which is read first. */
  result = test_ingest (self.t->store, mail, MOS_FOLDER_SENT, 700, shop_now_us (&self));
  survey = survey_find (self.t, conversation, NULL);
  g_assert_true (survey->is_test);
  survey_assert (self.t, conversation, "answered 1 Test");
  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_NONE);
  g_assert_false (survey->is_unread);
  events = shop_count (&self, "SELECT count (*) FROM event WHERE kind IN ('survey', 'rescue')");
  g_assert_cmpstr (events, ==, "0");
  shown = shop_count (&self, "SELECT group_concat (place) FROM conversation");
  g_assert_cmpstr (shown, ==, "blank");
  n = shop_count (&self, "SELECT count (*) FROM fact_conversation");
  g_assert_cmpstr (n, ==, "0");
  survey_check (self.t);
}

/* --- a file --- */

static void
test_csv (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *mail = shop_click (&self, conversation, 2, "Ana <ana@mail.example>", "=1+1; \"bad\"");
  g_autoptr (MosIngestResult) result = shop_take (&self, mail);
  SurveyAsk ask = { .conversation = conversation };
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autofree char *expected = NULL;

  test_write (self.t->store, survey_do_ask, &ask);
  mos_surveys_append_csv (csv, ask.surveys, TRUE);
  expected = g_strdup_printf ("kind,state,source,asked,answered,score,comment,conversation,customer,answered_by,account,channel,agent,category,tags,macro,language,rescue,outcome\r\n"
                              "csat,answered,survey,2026-03-02T10:01:00Z,2026-03-02T10:01:00Z,2,\"'=1+1; \"\"bad\"\"\",1,Ana,,Support,email,,,,,en,open,\r\n");
  g_assert_cmpstr (csv->str, ==, expected);
  g_ptr_array_unref (ask.surveys);
}

#define N_MANY 1200

typedef struct
{
  Shop *shop;
  const char *conversation;
  char *ids[N_MANY]; /* (owned) */
  guint next;
  gboolean is_done; /* (atomic) */
} Many;

static gboolean
do_ask_many (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Many *many = data;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (MosSurvey) survey = mos_survey_make (MOS_SURVEY_CSAT);

      survey->state = MOS_SURVEY_ASKED;
      survey->conversation = g_strdup (many->conversation);
      survey->asked_us = shop_now_us (many->shop) - (i + 1) * G_TIME_SPAN_MINUTE;
      g_free (survey->comment);
      survey->comment = g_strdup_printf ("no%u", i);
      if (!mos_store_survey_add (txn, survey, &many->ids[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_answer_next (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Many *many = data;
  g_autofree char *comment = g_strdup_printf ("no%u", many->next);

  return mos_store_survey_answer (txn, many->ids[many->next], 5, comment, shop_now_us (many->shop) + many->next, error);
}

/* The oldest first: each becomes the newest. */
static gpointer
answer_all (gpointer data)
{
  Many *many = data;

  for (many->next = N_MANY; many->next-- > 0 && !g_atomic_int_get (&many->is_done);)
    test_write (many->shop->t->store, do_answer_next, many);
  return NULL;
}

/* Customers answer while it is written: each is in it once all the same. */
static void
test_csv_meanwhile (void)
{
  g_auto (Shop) self = shop_begin (NULL);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autoptr (MosSurveyFilter) filter = mos_survey_filter_new ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "many.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *csv = NULL;
  g_autoptr (GError) error = NULL;
  Many many = { .shop = &self, .conversation = conversation };
  GThread *thread;
  guint n = 0;

  test_write (self.t->store, do_ask_many, &many);
  filter->list = MOS_SURVEYS_ALL;
  thread = g_thread_new ("customers", answer_all, &many);
  mos_surveys_write_csv_sync (self.t->store, filter, file, FALSE, &n, NULL, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&many.is_done, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (n, ==, N_MANY);
  g_file_load_contents (file, NULL, &csv, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *field = g_strdup_printf (",no%u,", i);
      const char *found = strstr (csv, field);

      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, field));
      g_free (many.ids[i]);
    }
  g_file_delete (file, NULL, NULL);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/survey-answers/click", test_click);
  g_test_add_func ("/survey-answers/late-first", test_late_first);
  g_test_add_func ("/survey-answers/reply", test_reply);
  g_test_add_func ("/survey-answers/added", test_added);
  g_test_add_func ("/survey-answers/scanner", test_scanner);
  g_test_add_func ("/survey-answers/forwarded", test_forwarded);
  g_test_add_func ("/survey-answers/forwarded-opt-out", test_forwarded_opt_out);
  g_test_add_func ("/survey-answers/own", test_own);
  g_test_add_func ("/survey-answers/goes-on", test_goes_on);
  g_test_add_func ("/survey-answers/rescue", test_rescue);
  g_test_add_func ("/survey-answers/reopens", test_reopens);
  g_test_add_func ("/survey-answers/test", test_test);
  g_test_add_func ("/survey-answers/csv", test_csv);
  g_test_add_func ("/survey-answers/csv-meanwhile", test_csv_meanwhile);
  return g_test_run ();
}
