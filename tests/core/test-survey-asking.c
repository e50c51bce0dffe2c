/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "survey-shop.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

/* Who is asked what they think of the service, by mail, and who is not: behaviour.md §2.5. */

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
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "¿Dónde está mi jarrón? Lo pedí hace dos semanas y todavía no ha llegado, por favor díganme algo.");
  g_autofree char *head = NULL, *events = NULL, *facts = NULL;
  g_autoptr (MosParsedMessage) question = NULL;
  g_autoptr (MosSurvey) survey = NULL;

  shop_answer (&self, conversation);
  survey_pass (self.t, 59 * G_TIME_SPAN_MINUTE);
  survey_assert (self.t, conversation, "");
  survey_pass (self.t, G_TIME_SPAN_MINUTE);
  survey_assert (self.t, conversation, "asked");
  survey_assert_skipped (self.t, conversation, "");

  question = shop_read_question (&self, conversation, &head);
  g_assert_cmpstr (question->subject, ==, "¿Qué tal le hemos atendido?");
  g_assert_nonnull (strstr (head, "Auto-Submitted: auto-"));
  g_assert_nonnull (strstr (head, "multipart/alternative"));
  g_assert_cmpstr (question->in_reply_to, ==, "ana@mail.example");
  g_assert_cmpstr (((MosAddress *) question->to->pdata[0])->address, ==, "ana@mail.example");
  g_assert_nonnull (strstr (question->text, "un número del 1 al 5"));
  g_assert_null (strstr (question->html, "http"));
  shop_assert_quiet (&self, conversation);
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

/* --- for whom it counts --- */

#define LUIS "luis"
#define EVA "eva"

static gboolean
do_agents (MosTxn *txn,
           gpointer data,
           GError **error)
{
  static const char *const ids[] = { LUIS, EVA };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (MosAgent) agent = mos_agent_new ();

      agent->id = g_strdup (ids[i]);
      agent->name = g_strdup (ids[i]);
      if (!mos_store_agent_save (txn, agent, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *conversation;
  MosStatus then;
} Word;

static gboolean
do_write (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  const Word *word = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;

  if (!mos_draft_prepare (txn, "reply", word->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "It left today.");
  return mos_draft_send (txn, draft, word->then, 0, &message, error);
}

/* @then: MOS_STATUS_OPEN: it is as it was */
static void
write_as (Shop *self,
          const char *agent,
          const char *conversation,
          MosStatus then)
{
  MosActor actor = { MOS_ACTOR_HUMAN, (char *) agent };
  Word word = { conversation, then };
  GError *error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self->t->clock), G_TIME_SPAN_MINUTE);
  mos_store_write_sync (self->t->store, &actor, NULL, do_write, &word, NULL, NULL, &error);
  g_assert_no_error (error);
  test_write (self->t->store, survey_do_accept, NULL);
}

/* Luis answered and closed it; what Eva adds before the question is sent does not make it hers. What she says before his close does not either, and where nobody answered before it, it is whose the only answer is. */
static void
test_credit (void)
{
  static const struct
  {
    const char *agent;
    MosStatus then; /* nobody: closed without a word */
  } steps[][3] = {
    { { LUIS, MOS_STATUS_CLOSED }, { EVA, MOS_STATUS_OPEN } },
    { { EVA, MOS_STATUS_OPEN }, { LUIS, MOS_STATUS_CLOSED } },
    { { NULL, MOS_STATUS_CLOSED }, { LUIS, MOS_STATUS_OPEN } },
    { { LUIS, MOS_STATUS_OPEN }, { NULL, MOS_STATUS_CLOSED }, { EVA, MOS_STATUS_OPEN } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (Shop) self = shop_begin (&shop_csat);
      g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
      g_autoptr (MosSurvey) survey = NULL;

      test_write (self.t->store, do_agents, NULL);
      for (gsize k = 0; k < G_N_ELEMENTS (steps[i]); k++)
        if (steps[i][k].agent != NULL)
          write_as (&self, steps[i][k].agent, conversation, steps[i][k].then);
        else if (steps[i][k].then == MOS_STATUS_CLOSED)
          shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
      survey_pass (self.t, HOUR);
      survey_assert (self.t, conversation, "asked");
      survey = survey_find (self.t, conversation, NULL);
      g_assert_cmpstr (survey->agent, ==, LUIS);
    }
}

/* Where the account has plus-addresses, answers come to one of their own. */
static void
test_plus (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = NULL, *mail = NULL;
  g_autoptr (MosParsedMessage) question = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  const char *reply_to;

  test_write (self.t->store, do_plus, NULL);
  conversation = shop_ask_ana (&self);
  question = shop_read_question (&self, conversation, NULL);
  reply_to = ((MosAddress *) question->reply_to->pdata[0])->address;
  g_assert_true (g_str_has_prefix (reply_to, "support+s-"));
  g_assert_nonnull (strstr (question->html, "mailto:support+s-"));
  /* A program that loses all else keeps the address. */
  mail = g_strdup_printf ("From: ana@mail.example\nTo: %s\nSubject: Hi\nMessage-ID: <x@mail.example>\n\n4/5\n", reply_to);
  result = shop_take (&self, mail);
  g_assert_cmpstr (result->conversation, ==, conversation);
  survey_assert (self.t, conversation, "answered 4");
  {
    /* MOS_MESSAGE_FLAG_SEEN: nobody has to read it, in another mail program neither. */
    g_autofree char *seen = survey_text (self.t, "SELECT l.want_set & 1 FROM location l JOIN message m ON m.id = l.message WHERE m.conversation = ? AND m.classification = 'survey' AND m.direction = 'incoming'", conversation);

    g_assert_cmpint (MOS_MESSAGE_FLAG_SEEN, ==, 1);
    g_assert_cmpstr (seen, ==, "1");
  }
  shop_assert_quiet (&self, conversation);
}

/* --- not asked --- */

static void
test_reopened (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autofree char *same = NULL;

  /* She writes again before it is time. */
  shop_answer (&self, conversation);
  survey_pass (self.t, HOUR / 2);
  same = shop_write_from (&self, "Ana <ana@mail.example>", "ana2", "In-Reply-To: <ana@mail.example>\n", "Still nothing!");
  g_assert_cmpstr (same, ==, conversation);
  survey_pass (self.t, HOUR);
  survey_assert (self.t, conversation, "");
  survey_assert_skipped (self.t, conversation, "reopened");
  /* Closed anew, and opened and closed within the time: it runs from the last close. */
  shop_answer (&self, conversation);
  survey_pass (self.t, HOUR / 2);
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR / 2);
  survey_assert (self.t, conversation, "");
  survey_pass (self.t, HOUR / 2);
  survey_assert (self.t, conversation, "asked");
  /* Opened after it was asked: it has no answer any more, and says nothing. */
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  survey_assert (self.t, conversation, "expired");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), G_TIME_SPAN_MINUTE);
  shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
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
      g_autofree char *conversation = shop_ask_ana (&self);
      g_autoptr (MosSurvey) survey = NULL;
      guint n;

      mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 5 * HOUR);
      shop_set_status (&self, conversation, MOS_STATUS_OPEN);
      shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
      survey_pass (self.t, HOUR);
      survey_assert_skipped (self.t, conversation, cases[i].why);
      survey = survey_find (self.t, conversation, &n);
      g_assert_cmpuint (n, ==, cases[i].n);
      /* Two weeks later she may be asked again, but for where once is once. */
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 15 * DAY);
      shop_set_status (&self, conversation, MOS_STATUS_OPEN);
      shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
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
  g_auto (Shop) self = shop_begin (&shop_csat);
  Pair pair = { "ana@work.example", "ana@mail.example" };
  g_autofree char *first = shop_ask_ana (&self);
  g_autofree char *second = shop_write_from (&self, "Ana <ana@work.example>", "work", "", "And my lamp?");
  g_autofree char *third = shop_write_from (&self, "Bob <bob@mail.example>", "bob", "", "My rug?");

  test_write (self.t->store, do_merge_people, &pair);
  shop_answer (&self, second);
  shop_answer (&self, third);
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
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *first = shop_ask_ana (&self);
  g_autofree char *mail = shop_click (&self, first, 5, "Ana <ana@mail.example>", "");
  g_autofree char *second = shop_write_from (&self, "Ana <ana@mail.example>", "other", "", "And my lamp?");
  g_autofree char *third = shop_write_from (&self, "Bob <bob@mail.example>", "bob", "", "My rug?");
  Pair pair = { first, second }, other = { third, second };
  g_autoptr (MosIngestResult) result = NULL;

  shop_answer (&self, second);
  test_write (self.t->store, do_merge, &pair);
  result = shop_take (&self, mail);
  g_assert_cmpstr (result->conversation, ==, second);
  survey_assert (self.t, second, "answered 5");
  survey_assert (self.t, first, "");
  shop_answer (&self, third);
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
  g_autofree char *tagged = shop_write_from (&self, "tag@mail.example", "1", "", "Hello?");
  g_autofree char *very = shop_write_from (&self, "vip@mail.example", "2", "", "Hello?");
  g_autofree char *opted = shop_write_from (&self, "out@mail.example", "3", "", "Hello?");
  g_autofree char *unanswered = shop_write_from (&self, "silent@mail.example", "4", "", "Hello?");
  g_autofree char *spam = shop_write_from (&self, "spam@mail.example", "5", "", "Hello?");
  g_autofree char *ruled = shop_write_from (&self, "rule@mail.example", "6", "", "Hello?");
  g_autofree char *robot = shop_write_from (&self, "noreply@mail.example", "7", "", "Hello?");
  g_autofree char *list = shop_write_from (&self, "list@mail.example", "8", "List-Id: <news.example>\nPrecedence: list\n", "Hello?");
  g_autofree char *fine = shop_write_from (&self, "fine@mail.example", "9", "", "Hello?");
  const char *const answered[] = { tagged, very, opted, spam, ruled, robot, list, fine };
  g_autofree char *n = NULL;

  test_write (self.t->store, do_tag, tagged);
  test_write (self.t->store, do_customer, &vip);
  test_write (self.t->store, do_customer, &out);
  for (gsize i = 0; i < G_N_ELEMENTS (answered); i++)
    shop_answer (&self, answered[i]);
  shop_set_status (&self, unanswered, MOS_STATUS_CLOSED);
  shop_set_status (&self, spam, MOS_STATUS_SPAM);
  shop_set_status (&self, ruled, MOS_STATUS_OPEN);
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
  n = shop_count (&self, "SELECT count (*) FROM survey");
  g_assert_cmpstr (n, ==, "1");
}

/* Switched off, nothing is planned; switched off meanwhile, nothing is asked, and nothing said. */
static void
test_off (void)
{
  g_auto (Shop) self = shop_begin (NULL);
  SurveySet off = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON, .is_off = TRUE };
  g_autofree char *first = shop_write_from (&self, "ana@mail.example", "1", "", "Hello?");
  g_autofree char *second = shop_write_from (&self, "bob@mail.example", "2", "", "Hello?");
  g_autofree char *planned = NULL;

  shop_answer (&self, first);
  planned = shop_count (&self, "SELECT count (*) FROM due WHERE kind = 'survey'");
  g_assert_cmpstr (planned, ==, "0");
  test_write (self.t->store, survey_do_set, (gpointer) &shop_csat);
  shop_answer (&self, second);
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
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *first = shop_write_from (&self, "ana@mail.example", "1", "", "Hello?");
  g_autofree char *second = NULL;
  g_autofree char *held = NULL;

  shop_answer (&self, first);
  survey_pass (self.t, 2 * DAY);
  survey_assert (self.t, first, "asked");
  second = shop_write_from (&self, "bob@mail.example", "2", "", "Hello?");
  shop_answer (&self, second);
  survey_pass (self.t, 4 * DAY);
  survey_assert (self.t, second, "");
  survey_assert_skipped (self.t, second, "late");
  held = shop_count (&self, "SELECT count (*) FROM due WHERE state = 'held'");
  g_assert_cmpstr (held, ==, "0");
}

/* Many are closed at once: who is not asked within the hour is asked after it. */
static void
test_full (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autofree char *others = NULL;

  shop_answer (&self, conversation);
  others = shop_count (&self, "INSERT INTO automatic_mail (message, account, conversation, recipient, subject, at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)"
                              " SELECT 'm' || i, 'acc', 'c' || i, i || '@mail.example', 'How did we do?', (SELECT due_utc FROM due WHERE kind = 'survey') FROM n");
  survey_pass (self.t, HOUR);
  survey_assert (self.t, conversation, "");
  survey_assert_skipped (self.t, conversation, "");
  survey_pass (self.t, 2 * HOUR);
  survey_assert (self.t, conversation, "asked");
}

/* Our answer has not left yet, or came back: nobody is asked about it. */
static void
test_undelivered (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_write_from (&self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");
  g_autofree char *bounced = shop_write_from (&self, "Bob <bob@mail.example>", "bob", "", "And mine?");
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
  result = shop_take (&self, report);
  /* It opened it; somebody closes it all the same. */
  shop_set_status (&self, bounced, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  survey_assert_skipped (self.t, bounced, "undelivered");
}

/* A question that comes back asked nobody, and opens nothing. */
static void
test_bounced (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autofree char *report = test_make_bounce (question->message_id);
  g_autoptr (MosIngestResult) result = shop_take (&self, report);

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
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autoptr (MosParsedMessage) question = shop_read_question (&self, conversation, NULL);
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: How did we do?\nMessage-ID: <o@mail.example>\nIn-Reply-To: <%s>\n\nUnsubscribe\n", question->message_id);
  g_autoptr (MosIngestResult) result = shop_take (&self, mail);
  g_autofree char *consent = shop_count (&self, "SELECT consent FROM customer");

  g_assert_cmpstr (consent, ==, "opted_out");
  survey_assert (self.t, conversation, "asked");
  shop_assert_quiet (&self, conversation);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 20 * DAY);
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  survey_assert_skipped (self.t, conversation, "opted-out");
}

/* Nobody answers: it has an end. */
static void
test_expired (void)
{
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = shop_ask_ana (&self);
  g_autofree char *mail = shop_click (&self, conversation, 5, "Ana <ana@mail.example>", "");
  g_autoptr (MosIngestResult) result = NULL;

  survey_pass (self.t, 31 * DAY);
  survey_assert (self.t, conversation, "expired");
  result = shop_take (&self, mail);
  survey_assert (self.t, conversation, "expired");
  g_assert_true (result->arrived);
}

/* Two kinds: one question a close, and the seldom one first. */
static void
test_both_kinds (void)
{
  const SurveySet nps = { .kind = MOS_SURVEY_NPS, .often = MOS_SURVEY_ONCE_PERSON };
  g_auto (Shop) self = shop_begin (&shop_csat);
  g_autofree char *conversation = NULL, *mail = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autoptr (MosSurvey) survey = NULL;
  g_autoptr (MosSurvey) next = NULL;
  guint n;

  test_write (self.t->store, survey_do_set, (gpointer) &nps);
  conversation = shop_ask_ana (&self);
  survey = survey_find (self.t, conversation, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (survey->kind, ==, MOS_SURVEY_NPS);
  mail = shop_click (&self, conversation, 10, "Ana <ana@mail.example>", "Yes!");
  result = shop_take (&self, mail);
  survey_assert (self.t, conversation, "answered 10 Yes!");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self.t->clock), 20 * DAY);
  shop_set_status (&self, conversation, MOS_STATUS_OPEN);
  shop_set_status (&self, conversation, MOS_STATUS_CLOSED);
  survey_pass (self.t, HOUR);
  next = survey_find (self.t, conversation, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (next->kind, ==, MOS_SURVEY_CSAT);
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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/survey-asking/asked", test_asked);
  g_test_add_func ("/survey-asking/credit", test_credit);
  g_test_add_func ("/survey-asking/plus", test_plus);
  g_test_add_func ("/survey-asking/reopened", test_reopened);
  g_test_add_func ("/survey-asking/often", test_often);
  g_test_add_func ("/survey-asking/two-addresses", test_two_addresses);
  g_test_add_func ("/survey-asking/merged", test_merged);
  g_test_add_func ("/survey-asking/not-asked", test_not_asked);
  g_test_add_func ("/survey-asking/off", test_off);
  g_test_add_func ("/survey-asking/late", test_late);
  g_test_add_func ("/survey-asking/full", test_full);
  g_test_add_func ("/survey-asking/undelivered", test_undelivered);
  g_test_add_func ("/survey-asking/bounced", test_bounced);
  g_test_add_func ("/survey-asking/opt-out", test_opt_out);
  g_test_add_func ("/survey-asking/expired", test_expired);
  g_test_add_func ("/survey-asking/both-kinds", test_both_kinds);
  g_test_add_func ("/survey-asking/settings", test_settings);
  return g_test_run ();
}
