/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "survey-fixture.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-survey-export.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-due.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

/* Who is asked what they think of the service, what comes back, and what follows from it: behaviour.md §2.5, by mail. */

typedef struct
{
  MosTestStore *t;
  guint32 uid;
} Shop;

static void
shop_clear (Shop *self)
{
  mos_test_store_free (self->t);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static gint64
now_us (Shop *self)
{
  return mos_clock_now_us (self->t->clock);
}

static Shop
shop_begin (const SurveySet *set)
{
  Shop self = { test_desk_store (), 1 };

  if (set != NULL)
    test_write (self.t->store, survey_do_set, (gpointer) set);
  return self;
}

static const SurveySet csat = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON };

/* --- mail --- */

/* Returns: (transfer full): what became of it */
static MosIngestResult *
take (Shop *self,
      const char *mail)
{
  return test_ingest (self->t->store, mail, MOS_FOLDER_INBOX, self->uid++, now_us (self));
}

/* Returns: (transfer full): its conversation */
static char *
write_from (Shop *self,
            const char *from,
            const char *id,
            const char *headers,
            const char *text)
{
  g_autofree char *mail = g_strdup_printf ("From: %s\nTo: support@shop.example\nSubject: Vase\nMessage-ID: <%s@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n%s\n%s\n", from, id, headers, text);
  g_autoptr (MosIngestResult) result = take (self, mail);

  return g_strdup (result->conversation);
}

/* An answer of ours that arrives, and the close. */
static void
answer (Shop *self,
        const char *conversation)
{
  g_auto (TestReply) reply = { conversation };

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self->t->clock), G_TIME_SPAN_MINUTE);
  test_write (self->t->store, test_do_reply, &reply);
  test_write (self->t->store, survey_do_accept, NULL);
}

static void
set_status (Shop *self,
            const char *conversation,
            MosStatus status)
{
  TestStatus step = { conversation, status, 0 };

  test_write (self->t->store, test_do_status, &step);
}

/* Ana asked, was answered, and is asked. Returns: (transfer full): the conversation */
static char *
ask_ana (Shop *self)
{
  char *conversation = write_from (self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");

  answer (self, conversation);
  survey_pass (self->t, HOUR);
  test_write (self->t->store, survey_do_accept, NULL);
  survey_assert (self->t, conversation, "asked");
  return conversation;
}

typedef struct
{
  const char *message;
  GBytes *raw;
} Load;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Load *load = data;

  return mos_store_message_load_raw (txn, load->message, &load->raw, error);
}

/* Returns: (transfer full): the question as it left */
static MosParsedMessage *
read_question (Shop *self,
               const char *conversation,
               char **ret_head)
{
  g_autoptr (MosSurvey) survey = survey_find (self->t, conversation, NULL);
  Load load = { survey->message };
  g_autoptr (GBytes) raw = NULL;
  MosParsedMessage *parsed;

  test_write (self->t->store, do_load, &load);
  raw = load.raw;
  g_assert_nonnull (raw);
  if (ret_head != NULL)
    *ret_head = g_strndup (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  parsed = mos_mime_parse (raw, NULL);
  g_assert_nonnull (parsed);
  return parsed;
}

/* What a mail program makes of the link of @score in our question. @words: put below what is in it already */
static char *
click (Shop *self,
       const char *conversation,
       int score,
       const char *from,
       const char *words)
{
  static guint n = 0;
  g_autoptr (MosParsedMessage) question = read_question (self, conversation, NULL);
  g_autofree char *mark = g_strdup_printf ("%%3A%d%%5D&amp;body=", score);
  const char *link, *end;
  g_autofree char *uri = NULL, *to = NULL, *subject = NULL, *body = NULL;
  g_auto (GStrv) parts = NULL, fields = NULL;

  link = strstr (question->html, mark);
  g_assert_nonnull (link);
  while (!g_str_has_prefix (link, "mailto:"))
    link--;
  end = strchr (link, '"');
  uri = g_strndup (link + strlen ("mailto:"), (gsize) (end - link) - strlen ("mailto:"));
  parts = g_strsplit (uri, "?", 2);
  to = g_uri_unescape_string (parts[0], NULL);
  fields = g_strsplit (parts[1], "&amp;", 2);
  subject = g_uri_unescape_string (fields[0] + strlen ("subject="), NULL);
  body = g_uri_unescape_string (fields[1] + strlen ("body="), NULL);
  return g_strdup_printf ("From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <answer%u@mail.example>\r\nDate: Mon, 02 Mar 2026 12:00:00 +0000\r\n\r\n%s%s\r\n", from, to, subject, n++, body, words);
}

static char *
count (Shop *self,
       const char *sql)
{
  return survey_text (self->t, sql, NULL);
}

/* Nobody waits, nothing is unread, and it is as closed as it was. */
static void
assert_quiet (Shop *self,
              const char *conversation)
{
  g_auto (TestLook) look = { 0 };

  test_look (self->t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  /* The first mail, which nobody here marked as read. */
  g_assert_cmpuint (look.row->unread, ==, 1);
  g_assert_cmpstr (look.row->snippet, ==, "It left today.");
}

/* --- asked --- */

static gboolean
do_plus (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->plus_addressing = TRUE;
  mos_account_fill (account);
  g_set_str (&account->smtp->host, "smtp.shop.example");
  return mos_store_account_save (txn, account, error);
}

static void
test_asked (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = write_from (&self, "Ana <ana@mail.example>", "ana", "", "¿Dónde está mi jarrón? Lo pedí hace dos semanas y todavía no ha llegado, por favor díganme algo.");
  g_autofree char *head = NULL, *events = NULL, *facts = NULL;
  g_autoptr (MosParsedMessage) question = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  answer (&self, conversation);
  survey_pass (self.t, 59 * G_TIME_SPAN_MINUTE);
  survey_assert (self.t, conversation, "");
  survey_pass (self.t, G_TIME_SPAN_MINUTE);
  survey_assert (self.t, conversation, "asked");
  survey_assert_skipped (self.t, conversation, "");

  question = read_question (&self, conversation, &head);
  g_assert_cmpstr (question->subject, ==, "¿Qué tal le hemos atendido?");
  g_assert_nonnull (strstr (head, "Auto-Submitted: auto-"));
  g_assert_nonnull (strstr (head, "multipart/alternative"));
  g_assert_cmpstr (question->in_reply_to, ==, "ana@mail.example");
  g_assert_cmpstr (((MosAddress *) question->to->pdata[0])->address, ==, "ana@mail.example");
  g_assert_nonnull (strstr (question->text, "un número del 1 al 5"));
  g_assert_null (strstr (question->html, "http"));
  assert_quiet (&self, conversation);
  /* It answers nobody and acknowledges nothing. */
  events = survey_text (self.t, "SELECT group_concat (kind) FROM event WHERE conversation = ? AND message IS NOT NULL", conversation);
  g_assert_cmpstr (events, ==, "received,sent,survey_asked");
  facts = survey_text (self.t, "SELECT replies || ' ' || automatic_replies FROM fact_close WHERE conversation = ?", conversation);
  g_assert_cmpstr (facts, ==, "1 0");
  survey = survey_find (self.t, conversation, NULL);
  g_assert_cmpstr (survey->language, ==, "es");
  g_assert_nonnull (survey->customer);
  survey_check (self.t);
}

/* Where the account has plus-addresses, answers come to one of their own. */
static void
test_plus (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = NULL, *mail = NULL;
  g_autoptr (MosParsedMessage) question = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  const char *reply_to;

  test_write (self.t->store, do_plus, NULL);
  conversation = ask_ana (&self);
  question = read_question (&self, conversation, NULL);
  reply_to = ((MosAddress *) question->reply_to->pdata[0])->address;
  g_assert_true (g_str_has_prefix (reply_to, "support+s-"));
  g_assert_nonnull (strstr (question->html, "mailto:support+s-"));
  /* A program that loses all else keeps the address. */
  mail = g_strdup_printf ("From: ana@mail.example\nTo: %s\nSubject: Hi\nMessage-ID: <x@mail.example>\n\n4/5\n", reply_to);
  result = take (&self, mail);
  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 4");
  assert_quiet (&self, conversation);
}

/* --- answered --- */

static void
test_click (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *mail = click (&self, conversation, 4, "Ana <ana@mail.example>", "");
  g_autofree char *second = click (&self, conversation, 2, "Ana <ana@mail.example>", "It came broken after all.");
  g_autofree char *third = click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autofree char *n = NULL, *former = NULL, *told = NULL, *late = NULL, *class = NULL;
  g_autoptr (MosIngestResult) result = take (&self, mail);
  g_autoptr (MosIngestResult) again = NULL;
  g_autoptr (MosIngestResult) changed = NULL;
  g_autoptr (MosIngestResult) ordinary = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  g_auto (TestLook) look = { 0 };

  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_false (result->arrived);
  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 4");
  assert_quiet (&self, conversation);
  class = survey_text (self.t, "SELECT group_concat (classification) FROM (SELECT classification FROM message WHERE conversation = ? ORDER BY seq)", conversation);
  g_assert_cmpstr (class, ==, "normal,normal,survey,survey");
  survey = survey_find (self.t, conversation, NULL);
  g_assert_null (survey->answered_by);
  g_assert_false (survey->is_unread);
  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_NONE);

  /* The same mail once more is known; another answer takes its place. */
  again = take (&self, mail);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_DUPLICATE);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 6 * DAY);
  changed = take (&self, second);
  survey_assert (self.t, conversation, "answered 2 It came broken after all.");
  assert_quiet (&self, conversation);
  former = survey_text (self.t, "SELECT group_concat (a.score) FROM survey_answer a JOIN survey s ON s.id = a.survey WHERE s.conversation = ?", conversation);
  g_assert_cmpstr (former, ==, "4");
  told = survey_text (self.t, "SELECT group_concat (\"to\") FROM (SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'survey' ORDER BY seq)", conversation);
  g_assert_cmpstr (told, ==, "csat:4,csat:2");
  n = count (&self, "SELECT count (*) FROM conversation");
  g_assert_cmpstr (n, ==, "1");

  /* A week after the first it is a mail like any other, and the history says what it was. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 2 * DAY);
  ordinary = take (&self, third);
  g_assert_true (ordinary->arrived);
  g_assert_cmpstr (ordinary->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 2 It came broken after all.");
  test_look (self.t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  late = survey_text (self.t, "SELECT \"to\" FROM event WHERE conversation = ? AND kind = 'survey_late'", conversation);
  g_assert_cmpstr (late, ==, "csat");
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
      g_auto (Shop) self = shop_begin (&csat);
      g_autofree char *conversation = ask_ana (&self);
      g_autoptr (MosParsedMessage) question = read_question (&self, conversation, NULL);
      g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <r@mail.example>\nIn-Reply-To: <%s>\n"
                                               "Content-Type: text/plain; charset=utf-8\n\n%s\n",
                                               question->message_id, cases[i].text);
      g_autoptr (MosIngestResult) result = take (&self, mail);

      g_assert_cmpstr (result->conversation, ==, conversation);
      survey_assert (self.t, conversation, cases[i].expected);
      assert_quiet (&self, conversation);
      survey_check (self.t);
    }
}

/* A word is added to a score that was clicked: it stays; a picture without a score is no word about a question. */
static void
test_added (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *clicked = click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autoptr (MosParsedMessage) question = read_question (&self, conversation, NULL);
  g_autofree char *words = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <r@mail.example>\nIn-Reply-To: <%s>\n\nYou were quick!\n", question->message_id);
  g_autofree char *picture = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <p@mail.example>\nIn-Reply-To: <%s>\nMIME-Version: 1.0\n"
                                              "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nLook at this\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nx\n--b--\n",
                                              question->message_id);
  g_autoptr (MosIngestResult) one = take (&self, clicked);
  g_autoptr (MosIngestResult) two = take (&self, words);
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  survey_assert (self.t, conversation, "answered 5 You were quick!");
  survey = survey_find (self.t, conversation, NULL);
  g_assert_true (survey->is_unread);
  three = take (&self, picture);
  g_assert_true (three->arrived);
  survey_assert (self.t, conversation, "answered 5 You were quick!");
}

/* Nothing votes but a mail that arrives with what only the question had. */
static void
test_scanner (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autoptr (MosParsedMessage) question = read_question (&self, conversation, NULL);
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autofree char *head = NULL, *n = NULL, *forged = NULL, *vacation = NULL, *bare = NULL;
  g_autoptr (MosParsedMessage) copy = read_question (&self, conversation, &head);
  g_autoptr (MosIngestResult) sent = test_ingest (self.t->store, head, MOS_FOLDER_SENT, 900, now_us (&self));
  g_autoptr (MosIngestResult) back = test_ingest (self.t->store, head, MOS_FOLDER_INBOX, 901, now_us (&self));
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
  away = take (&self, vacation);
  g_assert_cmpint (away->outcome, ==, MOS_INGEST_QUARANTINED);
  survey_assert (self.t, conversation, "asked");
  /* A token that somebody made up opens nothing, and is a mail like any other. */
  forged = g_strdup ("From: eve@mail.example\nTo: support@shop.example\nSubject: [CSAT aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaaaaaaaaaaaa:1]\nMessage-ID: <f@mail.example>\n\n1/5\n");
  guessed = take (&self, forged);
  g_assert_true (guessed->arrived);
  g_assert_cmpstr (guessed->conversation, !=, conversation);
  /* So is a number that answers something else. */
  bare = g_strdup ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Vase\nMessage-ID: <n@mail.example>\nIn-Reply-To: <ana@mail.example>\n\n5\n");
  number = take (&self, bare);
  g_assert_true (number->arrived);
  n = count (&self, "SELECT count (*) FROM survey WHERE state = 'answered'");
  g_assert_cmpstr (n, ==, "0");
}

/* Passed on to somebody else, whose word counts, and is told as theirs. */
static void
test_forwarded (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *mail = click (&self, conversation, 3, "Bob <bob@other.example>", "");
  g_autoptr (MosIngestResult) result = take (&self, mail);
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autofree char *participants = survey_text (self.t, "SELECT group_concat (i.value) FROM participant p JOIN identity i ON i.id = p.identity WHERE p.conversation = ?", conversation);
  g_autofree char *n = count (&self, "SELECT count (*) FROM conversation");

  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 3");
  g_assert_cmpstr (survey->answered_by, ==, "bob@other.example");
  g_assert_cmpstr (participants, ==, "ana@mail.example");
  g_assert_cmpstr (n, ==, "1");
  assert_quiet (&self, conversation);
}

/* --- not asked --- */

static void
test_reopened (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autofree char *same = NULL;

  /* She writes again before it is time. */
  answer (&self, conversation);
  survey_pass (self.t, HOUR / 2);
  same = write_from (&self, "Ana <ana@mail.example>", "ana2", "In-Reply-To: <ana@mail.example>\n", "Still nothing!");
  g_assert_cmpstr (same, ==, conversation);
  survey_pass (self.t, HOUR);
  survey_assert (self.t, conversation, "");
  survey_assert_skipped (self.t, conversation, "reopened");
  /* Closed anew, and opened and closed within the time: it runs from the last close. */
  answer (&self, conversation);
  survey_pass (self.t, HOUR / 2);
  set_status (&self, conversation, MOS_STATUS_OPEN);
  set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR / 2);
  survey_assert (self.t, conversation, "");
  survey_pass (self.t, HOUR / 2);
  survey_assert (self.t, conversation, "asked");
  /* Opened after it was asked: it has no answer any more, and says nothing. */
  set_status (&self, conversation, MOS_STATUS_OPEN);
  survey_assert (self.t, conversation, "expired");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), G_TIME_SPAN_MINUTE);
  set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  survey_assert_skipped (self.t, conversation, "asked-lately");
  survey_check (self.t);
}

static void
test_often (void)
{
  static const struct
  {
    MosSurveyOften often;
    const char *why;
    guint n;
  } cases[] = {
    { MOS_SURVEY_ONCE_CONVERSATION, "asked-before", 1 },
    { MOS_SURVEY_ONCE_CLOSE, "", 2 },
    { MOS_SURVEY_ONCE_PERSON, "asked-lately", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SurveySet set = { .kind = MOS_SURVEY_CSAT, .often = cases[i].often };
      g_auto (Shop) self = shop_begin (&set);
      g_autofree char *conversation = ask_ana (&self);
      g_autoptr (MosSurvey) survey = NULL;
      guint n;

      mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 5 * HOUR);
      set_status (&self, conversation, MOS_STATUS_OPEN);
      set_status (&self, conversation, MOS_STATUS_CLOSED);
      survey_pass (self.t, HOUR);
      survey_assert_skipped (self.t, conversation, cases[i].why);
      survey = survey_find (self.t, conversation, &n);
      g_assert_cmpuint (n, ==, cases[i].n);
      /* Two weeks later she may be asked again, but for where once is once. */
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 15 * DAY);
      set_status (&self, conversation, MOS_STATUS_OPEN);
      set_status (&self, conversation, MOS_STATUS_CLOSED);
      survey_pass (self.t, HOUR);
      survey_assert (self.t, conversation, cases[i].often == MOS_SURVEY_ONCE_CONVERSATION ? "expired" : "asked");
    }
}

typedef struct
{
  const char *one;
  const char *two;
} Pair;

static gboolean
do_merge_people (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  const Pair *pair = data;
  g_autoptr (MosCustomerRow) one = NULL;
  g_autoptr (MosCustomerRow) two = NULL;

  return mos_customers_find (txn, pair->one, &one, error) && mos_customers_find (txn, pair->two, &two, error) && mos_customers_merge (txn, one->id, two->id, NULL, FALSE, error);
}

/* One person, whatever they write from; and whoever was merged before or after they were asked. */
static void
test_two_addresses (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  Pair pair = { "ana@work.example", "ana@mail.example" };
  g_autofree char *first = ask_ana (&self);
  g_autofree char *second = write_from (&self, "Ana <ana@work.example>", "work", "", "And my lamp?");
  g_autofree char *third = write_from (&self, "Bob <bob@mail.example>", "bob", "", "My rug?");

  test_write (self.t->store, do_merge_people, &pair);
  answer (&self, second);
  answer (&self, third);
  survey_pass (self.t, HOUR);
  survey_assert (self.t, second, "");
  survey_assert_skipped (self.t, second, "asked-lately");
  survey_assert (self.t, third, "asked");
}

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const Pair *pair = data;
  const char *ids[] = { pair->one, NULL };

  return mos_action_merge (txn, ids, pair->two, error);
}

/* The answer goes where the conversation went; who is part of another one is not asked. */
static void
test_merged (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *first = ask_ana (&self);
  g_autofree char *mail = click (&self, first, 5, "Ana <ana@mail.example>", "");
  g_autofree char *second = write_from (&self, "Ana <ana@mail.example>", "other", "", "And my lamp?");
  g_autofree char *third = write_from (&self, "Bob <bob@mail.example>", "bob", "", "My rug?");
  Pair pair = { first, second }, other = { third, second };
  g_autoptr (MosIngestResult) result = NULL;

  answer (&self, second);
  test_write (self.t->store, do_merge, &pair);
  result = take (&self, mail);
  g_assert_cmpstr (result->conversation, ==, second);
  survey_assert (self.t, second, "answered 5");
  survey_assert (self.t, first, "");
  answer (&self, third);
  test_write (self.t->store, do_merge, &other);
  survey_pass (self.t, 2 * HOUR);
  survey_assert (self.t, third, "");
  survey_assert_skipped (self.t, third, "merged");
  survey_check (self.t);
}

typedef struct
{
  const char *address;
  gboolean vip;
} Who;

static gboolean
do_customer (MosTxn *txn,
             gpointer data,
             GError **error)
{
  const Who *who = data;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_customers_find (txn, who->address, &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  copy->vip = who->vip;
  copy->consent = who->vip ? copy->consent : MOS_CONSENT_OPTED_OUT;
  return mos_customers_save (txn, copy, error);
}

static gboolean
do_tag (MosTxn *txn,
        gpointer data,
        GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_tag (txn, ids, "Wholesale", TRUE, error);
}

static gboolean
do_close_by_rule (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  const MosActor before = *mos_txn_get_actor (txn);
  const MosActor rule = { MOS_ACTOR_RULE, NULL };
  const char *ids[] = { data, NULL };
  gboolean ok;

  mos_txn_set_actor (txn, &rule);
  ok = mos_action_set_status (txn, ids, MOS_STATUS_CLOSED, 0, error);
  mos_txn_set_actor (txn, &before);
  return ok;
}

static void
test_not_asked (void)
{
  const SurveySet set = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON, .skips_vip = TRUE, .tag = "spares,wholesale" };
  g_auto (Shop) self = shop_begin (&set);
  Who vip = { "vip@mail.example", TRUE }, out = { "out@mail.example", FALSE };
  g_autofree char *tagged = write_from (&self, "tag@mail.example", "1", "", "Hello?");
  g_autofree char *very = write_from (&self, "vip@mail.example", "2", "", "Hello?");
  g_autofree char *opted = write_from (&self, "out@mail.example", "3", "", "Hello?");
  g_autofree char *unanswered = write_from (&self, "silent@mail.example", "4", "", "Hello?");
  g_autofree char *spam = write_from (&self, "spam@mail.example", "5", "", "Hello?");
  g_autofree char *ruled = write_from (&self, "rule@mail.example", "6", "", "Hello?");
  g_autofree char *robot = write_from (&self, "noreply@mail.example", "7", "", "Hello?");
  g_autofree char *list = write_from (&self, "list@mail.example", "8", "List-Id: <news.example>\nPrecedence: list\n", "Hello?");
  g_autofree char *fine = write_from (&self, "fine@mail.example", "9", "", "Hello?");
  const char *const answered[] = { tagged, very, opted, spam, ruled, robot, list, fine };
  g_autofree char *n = NULL;

  test_write (self.t->store, do_tag, tagged);
  test_write (self.t->store, do_customer, &vip);
  test_write (self.t->store, do_customer, &out);
  for (gsize i = 0; i < G_N_ELEMENTS (answered); i++)
    answer (&self, answered[i]);
  set_status (&self, unanswered, MOS_STATUS_CLOSED);
  set_status (&self, spam, MOS_STATUS_SPAM);
  set_status (&self, ruled, MOS_STATUS_OPEN);
  test_write (self.t->store, do_close_by_rule, ruled);
  survey_pass (self.t, 2 * HOUR);
  survey_assert_skipped (self.t, tagged, "tag");
  survey_assert_skipped (self.t, very, "vip");
  survey_assert_skipped (self.t, opted, "opted-out");
  survey_assert_skipped (self.t, unanswered, "not-answered");
  survey_assert_skipped (self.t, spam, "spam");
  survey_assert_skipped (self.t, ruled, "not-by-person");
  survey_assert_skipped (self.t, robot, "machine");
  survey_assert_skipped (self.t, list, "machine");
  survey_assert_skipped (self.t, fine, "");
  survey_assert (self.t, fine, "asked");
  n = count (&self, "SELECT count (*) FROM survey");
  g_assert_cmpstr (n, ==, "1");
}

/* Switched off, nothing is planned; switched off meanwhile, nothing is asked, and nothing said. */
static void
test_off (void)
{
  g_auto (Shop) self = shop_begin (NULL);
  SurveySet off = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON, .is_off = TRUE };
  g_autofree char *first = write_from (&self, "ana@mail.example", "1", "", "Hello?");
  g_autofree char *second = write_from (&self, "bob@mail.example", "2", "", "Hello?");
  g_autofree char *planned = NULL;

  answer (&self, first);
  planned = count (&self, "SELECT count (*) FROM due");
  g_assert_cmpstr (planned, ==, "0");
  test_write (self.t->store, survey_do_set, (gpointer) &csat);
  answer (&self, second);
  test_write (self.t->store, survey_do_set, &off);
  survey_pass (self.t, 2 * HOUR);
  survey_assert (self.t, first, "");
  survey_assert (self.t, second, "");
  survey_assert_skipped (self.t, second, "");
}

/* Nothing ran when it was time: asked a little late, and not much later. */
static void
test_late (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *first = write_from (&self, "ana@mail.example", "1", "", "Hello?");
  g_autofree char *second = NULL;
  g_autofree char *held = NULL;

  answer (&self, first);
  survey_pass (self.t, 2 * DAY);
  survey_assert (self.t, first, "asked");
  second = write_from (&self, "bob@mail.example", "2", "", "Hello?");
  answer (&self, second);
  survey_pass (self.t, 4 * DAY);
  survey_assert (self.t, second, "");
  survey_assert_skipped (self.t, second, "late");
  held = count (&self, "SELECT count (*) FROM due WHERE state = 'held'");
  g_assert_cmpstr (held, ==, "0");
}

/* Our answer has not left yet, or came back: nobody is asked about it. */
static void
test_undelivered (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autofree char *bounced = write_from (&self, "Bob <bob@mail.example>", "bob", "", "And mine?");
  g_auto (TestReply) reply = { conversation };
  g_auto (TestReply) other = { bounced };
  g_autofree char *report = NULL;
  g_autoptr (MosIngestResult) result = NULL;

  test_write (self.t->store, test_do_reply, &reply);
  survey_pass (self.t, HOUR);
  survey_assert (self.t, conversation, "");
  test_write (self.t->store, survey_do_accept, NULL);
  survey_pass (self.t, HOUR);
  survey_assert (self.t, conversation, "asked");

  test_write (self.t->store, test_do_reply, &other);
  test_write (self.t->store, survey_do_accept, NULL);
  report = test_make_bounce (other.message_id);
  result = take (&self, report);
  /* It opened it; somebody closes it all the same. */
  set_status (&self, bounced, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  survey_assert_skipped (self.t, bounced, "undelivered");
}

/* A question that comes back asked nobody, and opens nothing. */
static void
test_bounced (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autoptr (MosParsedMessage) question = read_question (&self, conversation, NULL);
  g_autofree char *report = test_make_bounce (question->message_id);
  g_autoptr (MosIngestResult) result = take (&self, report);

  g_auto (TestLook) look = { 0 };

  survey_assert (self.t, conversation, "cancelled");
  test_look (self.t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_false (look.row->has_failed);
}

/* Who answers with the word is asked no more. */
static void
test_opt_out (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autoptr (MosParsedMessage) question = read_question (&self, conversation, NULL);
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <o@mail.example>\nIn-Reply-To: <%s>\n\nUnsubscribe\n", question->message_id);
  g_autoptr (MosIngestResult) result = take (&self, mail);
  g_autofree char *consent = count (&self, "SELECT consent FROM customer");

  g_assert_cmpstr (consent, ==, "opted_out");
  survey_assert (self.t, conversation, "asked");
  assert_quiet (&self, conversation);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 20 * DAY);
  set_status (&self, conversation, MOS_STATUS_OPEN);
  set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  survey_assert_skipped (self.t, conversation, "opted-out");
}

/* Nobody answers: it has an end. */
static void
test_expired (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *mail = click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) result = NULL;

  survey_pass (self.t, 31 * DAY);
  survey_assert (self.t, conversation, "expired");
  result = take (&self, mail);
  survey_assert (self.t, conversation, "expired");
  g_assert_true (result->arrived);
}

/* Two kinds: one question a close, and the seldom one first. */
static void
test_both_kinds (void)
{
  const SurveySet nps = { .kind = MOS_SURVEY_NPS, .often = MOS_SURVEY_ONCE_PERSON };
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = NULL, *mail = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  g_autoptr (MosSurvey) next = NULL;
  guint n;

  test_write (self.t->store, survey_do_set, (gpointer) &nps);
  conversation = ask_ana (&self);
  survey = survey_find (self.t, conversation, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (survey->kind, ==, MOS_SURVEY_NPS);
  mail = click (&self, conversation, 10, "Ana <ana@mail.example>", "Yes!");
  result = take (&self, mail);
  survey_assert (self.t, conversation, "answered 10 Yes!");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 20 * DAY);
  set_status (&self, conversation, MOS_STATUS_OPEN);
  set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  next = survey_find (self.t, conversation, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (next->kind, ==, MOS_SURVEY_CSAT);
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
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *low = click (&self, conversation, 1, "Ana <ana@mail.example>", "Never again.");
  g_autofree char *better = click (&self, conversation, 4, "Ana <ana@mail.example>", "They called me.");
  g_autofree char *reminded = NULL, *dropped = NULL, *told = NULL, *due = NULL;
  g_autoptr (MosIngestResult) one = take (&self, low);
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosSurvey) survey = survey_find (self.t, conversation, NULL);
  g_autoptr (MosSurvey) done = NULL;
  Rescue rescue = { survey->id, " Sent a new one " };

  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_OPEN);
  g_assert_true (survey->is_unread);
  assert_quiet (&self, conversation);
  survey_pass (self.t, 3 * DAY);
  reminded = survey_text (self.t, "SELECT count (*) FROM event WHERE conversation = ? AND kind = 'rescue_due'", conversation);
  g_assert_cmpstr (reminded, ==, "1");
  assert_quiet (&self, conversation);
  /* They think better of it while nobody did anything yet. */
  two = take (&self, better);
  dropped = count (&self, "SELECT coalesce (rescue, 'none') FROM survey");
  g_assert_cmpstr (dropped, ==, "none");
  {
    g_autofree char *again = click (&self, conversation, 2, "Ana <ana@mail.example>", "No.");

    three = take (&self, again);
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
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *low = click (&self, conversation, 2, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) result = take (&self, low);
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
  conversation = count (&self, "SELECT conversation FROM survey");
  question = read_question (&self, conversation, NULL);
  g_assert_cmpstr (question->subject, ==, "[TEST] Wie waren wir?");
  mail = click (&self, conversation, 1, "support@shop.example", "Test");
  /* The mail program put its copy into Sent, which is read first. */
  result = test_ingest (self.t->store, mail, MOS_FOLDER_SENT, 700, now_us (&self));
  survey = survey_find (self.t, conversation, NULL);
  g_assert_true (survey->is_test);
  survey_assert (self.t, conversation, "answered 1 Test");
  g_assert_cmpint (survey->rescue, ==, MOS_RESCUE_NONE);
  g_assert_false (survey->is_unread);
  events = count (&self, "SELECT count (*) FROM event WHERE kind IN ('survey', 'rescue')");
  g_assert_cmpstr (events, ==, "0");
  shown = count (&self, "SELECT group_concat (place) FROM conversation");
  g_assert_cmpstr (shown, ==, "blank");
  n = count (&self, "SELECT count (*) FROM fact_conversation");
  g_assert_cmpstr (n, ==, "0");
  survey_check (self.t);
}

/* --- settings --- */

static gboolean
do_wrong (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const struct
  {
    MosSurveyKind kind;
    guint delay_s;
    guint days;
    guint rescue_days;
    const char *category;
    const char *language;
    const char *subject;
  } cases[] = {
    { MOS_SURVEY_CSAT, 31 * 86400, 14, 3, NULL, NULL, NULL },
    { MOS_SURVEY_CSAT, 0, 0, 3, NULL, NULL, NULL },
    { MOS_SURVEY_CSAT, 0, 14, 0, NULL, NULL, NULL },
    { MOS_SURVEY_NPS, 0, 89, 3, NULL, NULL, NULL },
    { MOS_SURVEY_CSAT, 0, 14, 3, "no such", NULL, NULL },
    { MOS_SURVEY_CSAT, 0, 14, 3, NULL, "x!", "Hi" },
    { MOS_SURVEY_CSAT, 0, 14, 3, NULL, "es", "Two\nlines" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosSurveySettings) settings = mos_survey_settings_make (ACCOUNT, cases[i].kind, FALSE);
      g_autoptr (GError) local_error = NULL;

      settings->delay_s = cases[i].delay_s;
      settings->days = cases[i].days;
      settings->rescue_days = cases[i].rescue_days;
      if (cases[i].category != NULL)
        {
          g_strfreev (settings->skip_categories);
          settings->skip_categories = g_strsplit (cases[i].category, ",", -1);
        }
      if (cases[i].language != NULL)
        g_ptr_array_add (settings->texts, mos_survey_text_make (cases[i].language, cases[i].subject, "", ""));
      g_assert_false (mos_survey_settings_save (txn, settings, &local_error));
      g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
    }
  {
    g_autoptr (MosSurveySettings) settings = mos_survey_settings_make ("nobody", MOS_SURVEY_CSAT, FALSE);
    g_autoptr (MosSurveySettings) kept = NULL;
    g_autoptr (MosSurveySettings) stored = NULL;
    g_autoptr (GError) local_error = NULL;

    g_assert_false (mos_survey_settings_save (txn, settings, &local_error));
    g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
    /* The program's own words are not kept as the shop's. */
    kept = mos_survey_settings_make (ACCOUNT, MOS_SURVEY_CSAT, FALSE);
    g_ptr_array_add (kept->texts, mos_survey_text_make ("de", " Wie waren wir? ", "", ""));
    g_ptr_array_add (kept->texts, mos_survey_text_make ("es", "Wie waren wir?", "Una\n\npregunta", ""));
    g_assert_true (mos_survey_settings_save (txn, kept, error));
    g_assert_true (mos_survey_settings_load (txn, ACCOUNT, MOS_SURVEY_CSAT, &stored, error));
    g_assert_cmpuint (stored->texts->len, ==, 1);
    g_assert_cmpstr (mos_survey_settings_find_text (stored, "es")->question, ==, "Una\n\npregunta");
  }
  return TRUE;
}

static void
test_settings (void)
{
  g_auto (Shop) self = shop_begin (NULL);

  test_write (self.t->store, do_wrong, NULL);
}

/* --- a file --- */

static void
test_csv (void)
{
  g_auto (Shop) self = shop_begin (&csat);
  g_autofree char *conversation = ask_ana (&self);
  g_autofree char *mail = click (&self, conversation, 2, "Ana <ana@mail.example>", "=1+1; \"bad\"");
  g_autoptr (MosIngestResult) result = take (&self, mail);
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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/survey-asking/asked", test_asked);
  g_test_add_func ("/survey-asking/plus", test_plus);
  g_test_add_func ("/survey-asking/click", test_click);
  g_test_add_func ("/survey-asking/reply", test_reply);
  g_test_add_func ("/survey-asking/added", test_added);
  g_test_add_func ("/survey-asking/scanner", test_scanner);
  g_test_add_func ("/survey-asking/forwarded", test_forwarded);
  g_test_add_func ("/survey-asking/reopened", test_reopened);
  g_test_add_func ("/survey-asking/often", test_often);
  g_test_add_func ("/survey-asking/two-addresses", test_two_addresses);
  g_test_add_func ("/survey-asking/merged", test_merged);
  g_test_add_func ("/survey-asking/not-asked", test_not_asked);
  g_test_add_func ("/survey-asking/off", test_off);
  g_test_add_func ("/survey-asking/late", test_late);
  g_test_add_func ("/survey-asking/undelivered", test_undelivered);
  g_test_add_func ("/survey-asking/bounced", test_bounced);
  g_test_add_func ("/survey-asking/opt-out", test_opt_out);
  g_test_add_func ("/survey-asking/expired", test_expired);
  g_test_add_func ("/survey-asking/both-kinds", test_both_kinds);
  g_test_add_func ("/survey-asking/rescue", test_rescue);
  g_test_add_func ("/survey-asking/reopens", test_reopens);
  g_test_add_func ("/survey-asking/test", test_test);
  g_test_add_func ("/survey-asking/settings", test_settings);
  g_test_add_func ("/survey-asking/csv", test_csv);
  return g_test_run ();
}
