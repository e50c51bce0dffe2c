/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-query.h"
#include "core/store/mos-store-surveys.h"
#include "mos-test.h"
#include "store-fixture.h"

#include <string.h>

/* Each operator of the language against a desk of six conversations. The clock stands at 2023-11-14 22:13:20 UTC. */

#define DAY ((gint64) 86400 * S)
#define NOW (1700000000 * S)

static char *ids[7];

static void
add_message (MosTxn *txn,
             Fixture *f,
             int conversation,
             const char *id,
             MosDirection direction,
             gint64 at,
             const char *from,
             const char *to,
             const char *subject,
             const char *text,
             const char *file,
             gsize size)
{
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = g_strnfill (size, 'x');
  gboolean added;

  memcpy (raw, id, MIN (strlen (id), size));
  row->id = g_strdup (id);
  row->conversation = g_strdup (ids[conversation]);
  row->account = g_strdup (ACCOUNT);
  row->direction = direction;
  row->delivery = direction == MOS_DIRECTION_OUTGOING ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_RECEIVED;
  row->message_id = g_strconcat (id, "@example.com", NULL);
  row->from = mos_address_make (direction == MOS_DIRECTION_INCOMING ? from : "Support", direction == MOS_DIRECTION_INCOMING ? "someone@example.com" : "support@shop.example");
  row->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_ptr_array_add (row->to, mos_address_make (to, "somewhere@example.org"));
  row->subject = g_strdup (subject);
  row->received_us = row->sent_us = at;
  row->text = g_strdup (text);
  row->reply_text = g_strdup (text);
  row->unread = direction == MOS_DIRECTION_INCOMING && conversation == 1;
  if (file != NULL)
    {
      MosAttachment *attachment = mos_attachment_new ();

      attachment->name = g_strdup (file);
      attachment->type = g_strdup ("application/pdf");
      attachment->size = 3 << 20;
      attachment->data = g_bytes_new_static ("data", 4);
      row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
      g_ptr_array_add (row->attachments, attachment);
    }
  content->raw = g_bytes_new (raw, size);
  content->customer = direction == MOS_DIRECTION_INCOMING ? g_strdup (f->customer) : NULL;
  content->agent = direction == MOS_DIRECTION_OUTGOING ? g_strdup (AGENT) : NULL;
  mos_store_message_add (txn, row, content, &added, &error);
  g_assert_no_error (error);
  g_assert_true (added);
}

static void
add_score (MosTxn *txn,
           int conversation,
           MosSurveyKind kind,
           int score)
{
  g_autoptr (MosSurvey) survey = mos_survey_make (kind);
  g_autoptr (GError) error = NULL;

  survey->conversation = g_strdup (ids[conversation]);
  survey->score = score;
  survey->answered_us = NOW;
  mos_store_survey_add (txn, survey, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
fill (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Fixture *f = data;
  g_autoptr (MosAgent) other = mos_agent_new ();

  other->id = g_strdup ("other");
  other->name = g_strdup ("Other");
  other->signature = g_strdup ("");
  fixture_account (txn, f);
  for (int i = 1; i <= 6; i++)
    ids[i] = fixture_conversation (txn, f, "A subject");

  add_message (txn, f, 1, "m1", MOS_DIRECTION_INCOMING, NOW - 1 * DAY, "Ana García", "Support", "Late parcel", "Where is order AB-1203?", NULL, 1000);
  add_message (txn, f, 2, "m2", MOS_DIRECTION_INCOMING, NOW - 10 * DAY, "Bea", "Ana Shop", "Invoice", "The invoice is wrong", "factura-77.pdf", 200000);
  add_message (txn, f, 2, "m2b", MOS_DIRECTION_OUTGOING, NOW - 9 * DAY, "", "Bea", "Re: Invoice", "A new one is here, parcel follows", NULL, 1000);
  add_message (txn, f, 3, "m3", MOS_DIRECTION_INCOMING, NOW - 100 * DAY, "Carl Bär", "Support", "Refund", "I want my money for the parcel", NULL, 1000);
  add_message (txn, f, 4, "m4", MOS_DIRECTION_INCOMING, NOW - 400 * DAY, "Dora", "Support", "注文番号", "日本からの注文", NULL, 1000);
  add_message (txn, f, 5, "m5", MOS_DIRECTION_INCOMING, NOW - 3 * DAY, "Ana García", "Support", "Parcel again", "Nothing came", NULL, 1000);
  add_message (txn, f, 6, "m6", MOS_DIRECTION_INCOMING, NOW - 2 * DAY, "Spammer", "Support", "Win", "Win a parcel", NULL, 1000);

  g_assert_true (mos_store_conversation_set_assignee (txn, ids[1], AGENT, error));
  g_assert_true (mos_store_conversation_set_priority (txn, ids[2], MOS_PRIORITY_URGENT, error));
  g_assert_true (mos_store_conversation_set_status (txn, ids[2], MOS_STATUS_PENDING, 0, error));
  g_assert_true (mos_store_conversation_set_status (txn, ids[3], MOS_STATUS_CLOSED, 0, error));
  g_assert_true (mos_store_conversation_set_status (txn, ids[4], MOS_STATUS_SNOOZED, NOW + DAY, error));
  g_assert_true (mos_store_conversation_set_status (txn, ids[6], MOS_STATUS_SPAM, 0, error));
  g_assert_true (mos_store_conversation_choose_language (txn, ids[3], "de", error));
  g_assert_true (mos_store_conversation_choose_language (txn, ids[4], "pt-BR", error));
  g_assert_true (mos_store_conversation_set_deleted (txn, ids[5], TRUE, error));
  g_assert_true (mos_store_tag_set (txn, ids[2], "Return", TRUE, error));
  add_score (txn, 1, MOS_SURVEY_CSAT, 2);
  add_score (txn, 2, MOS_SURVEY_CSAT, 5);
  add_score (txn, 3, MOS_SURVEY_NPS, 0);
  add_score (txn, 4, MOS_SURVEY_CSAT, MOS_SURVEY_NO_SCORE);
  /* What one agent alone has not read. */
  g_assert_true (mos_store_agent_save (txn, other, error));
  g_assert_true (mos_store_agent_add_mention (txn, "m3", AGENT, error));
  g_assert_true (mos_store_agent_add_mention (txn, "m2", "other", error));
  g_assert_true (mos_store_tag_set (txn, ids[3], "Returned goods", TRUE, error));
  return TRUE;
}

static const struct
{
  const char *query;
  const char *found; /* conversations, newest hit first */
} cases[] = {
  { "", "1 6 2 3 4" },
  { "parcel", "1 6 2 3" },
  { "PARCEL -win", "1 2 3" },
  { "-parcel", "4" },
  { "-(parcel OR invoice)", "4" },
  { "-(parcel invoice)", "1 6 3 4" }, /* m2b has both, "Re: Invoice" its subject */
  { "invoice parcel", "2" },
  { "wrong follows", "" }, /* not in one message */
  { "wrong OR follows", "2" },
  { "inv*", "2" },
  { "inv", "" },
  { "\"new one\"", "2" },
  { "\"one new\"", "" },
  { "ab-1203", "1" },
  { "AB1203", "1" },
  { "order:AB-1203", "1" },
  { "注文", "4" },
  { "日", "4" },
  { "文番", "4" },
  { "from:ana", "1" },
  { "from:garcia", "1" },
  { "from:gar*", "1" },
  { "from:someone@example.com", "1 6 2 3 4" },
  { "from:support@shop.example", "2" },
  { "to:ana", "2" },
  { "to:bea", "2" },
  { "from:bea parcel", "" },
  { "-from:ana", "6 2 3 4" },
  { "from:(ana OR bar)", "1 3" },
  { "subject:invoice", "2" },
  { "subject:wrong", "" },
  { "subject:(late OR refund)", "1 3" },
  { "file:factura", "2" },
  { "factura-77", "2" },
  { "has:attachment", "2" },
  { "-has:attachment", "1 6 3 4" },
  { "tag:return", "2" },
  { "tag:RETURN", "2" },
  { "tag:return*", "2 3" },
  { "tag:\"returned goods\"", "3" },
  { "-tag:return", "1 6 3 4" },
  { "tag:nothing", "" },
  { "status:open", "1" },
  { "status:closed", "3" },
  { "status:(open OR pending)", "1 2" },
  { "is:active", "1 2" },
  { "-is:active", "6 3 4" },
  { "assignee:me", "1" },
  { "assignee:none", "6 2 3 4" },
  { "assignee:marta", "1" },
  { "assignee:mar*", "1" },
  { "-assignee:me", "6 2 3 4" },
  { "-assignee:marta", "6 2 3 4" },
  { "priority:urgent", "2" },
  { "account:support", "1 6 2 3 4" },
  { "account:support@shop.example", "1 6 2 3 4" },
  { "account:other", "" },
  { "channel:email", "1 6 2 3 4" },
  { "channel:telegram", "" },
  { "lang:de", "3" },
  { "lang:pt", "4" },
  { "-lang:de", "1 6 2 4" },
  { "is:unread", "1 3" },
  { "is:waiting", "1" },
  { "is:snoozed", "4" },
  { "is:draft", "" },
  { "is:failed", "" },
  { "is:spam", "6" },
  { "is:deleted", "5" },
  { "is:deleted parcel", "5" },
  { "number:2", "2" },
  { "older:30d", "3 4" },
  { "newer:5d", "1 6" },
  { "before:2023", "4" },
  { "after:2023-11", "1 6 2" },
  { "on:2023-11-13", "1" },
  { "on:yesterday", "1" },
  { "after:2023-08-01 before:2023-09-01", "3" },
  /* Of the message that has the word. */
  { "wrong older:200h", "2" },
  { "follows newer:230h", "2" },
  { "wrong newer:230h", "" },
  { "larger:100k", "2" },
  { "larger:2M", "2" },
  { "larger:4M", "" },
  { "larger:500", "1 6 2 3 4" },
  { "-larger:100k", "1 6 3 4" },
  { "csat:<3", "1" },
  { "csat:2", "1" },
  { "csat:<2", "" },
  { "csat:<0", "" },
  { "csat:>=2", "1 2" },
  { "csat:>2 OR nps:0", "2 3" },
  { "-csat:>0", "6 3 4" },
  { "nps:<=6", "3" },
  { "nps:>10", "" },
  { "csat:<3 parcel", "1" },
  { "larger:2M invoice", "2" },
  { "larger:2M follows", "" },
  /* What FTS5 cannot be asked at once. */
  { "refund OR tag:return", "2 3" },
  { "注文 OR is:unread", "1 3 4" },
  { "(refund OR assignee:me) status:open", "1" },
  { "parcel (refund OR assignee:me)", "1 3" },
  { "-(refund OR tag:return)", "1 6 4" },
  { "-(parcel tag:return)", "1 6 3 4" },
  { "larger:2M OR is:snoozed", "2 4" },
  /* Nothing to look for. */
  { "!!!", "" },
  { "!!! invoice", "2" },
  { "!!! OR invoice", "2" },
  { "-!!!", "" },
  { "colour:red", "" },
};

static int
number_of (const char *id)
{
  for (int i = 1; i <= 6; i++)
    if (strcmp (ids[i], id) == 0)
      return i;
  return 0;
}

static char *
list (MosTxn *txn,
      const char *text,
      const MosQueryOptions *options,
      GArray **ret_sections)
{
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mos_store_query_list_ids (txn, query, options, ret_sections, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (out, "%s%d", i > 0 ? " " : "", number_of (found->pdata[i]));
  return g_string_free (out, FALSE);
}

static gboolean
read_operators (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  MosQueryOptions options = { .me = AGENT, .tz = utc };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = list (txn, cases[i].query, &options, NULL);
      g_autoptr (MosQuery) query = mos_query_parse (cases[i].query, NULL);
      g_auto (GStrv) expected = g_strsplit (cases[i].found, " ", -1);
      guint count = 0;

      if (strcmp (found, cases[i].found) != 0)
        g_test_message ("query: %s", cases[i].query);
      g_assert_cmpstr (found, ==, cases[i].found);
      /* Counting, and asking of one, agree with listing. */
      g_assert_true (mos_store_query_count (txn, query, &options, &count, error));
      g_assert_cmpuint (count, ==, g_strv_length (expected));
      for (int n = 1; n <= 6; n++)
        {
          g_autofree char *digit = g_strdup_printf ("%d", n);
          MosQueryOptions one = { .me = AGENT, .tz = utc, .conversation = ids[n] };

          g_assert_true (mos_store_query_count (txn, query, &one, &count, error));
          g_assert_cmpuint (count, ==, g_strv_contains ((const char *const *) expected, digit) ? 1 : 0);
        }
    }
  return TRUE;
}

static gboolean
read_orders (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  static const struct
  {
    MosQueryKey sort;
    gboolean is_reversed;
    guint limit;
    const char *query;
    const char *found;
  } orders[] = {
    { MOS_QUERY_KEY_UPDATED, FALSE, 0, "", "1 6 2 3 4" },
    { MOS_QUERY_KEY_UPDATED, TRUE, 0, "", "4 3 2 6 1" },
    { MOS_QUERY_KEY_UPDATED, FALSE, 2, "", "1 6" },
    { MOS_QUERY_KEY_UPDATED, TRUE, 0, "parcel", "3 2 6 1" },
    { MOS_QUERY_KEY_HIT, FALSE, 2, "parcel", "1 6" },
    { MOS_QUERY_KEY_HIT, TRUE, 0, "parcel", "3 2 6 1" },
    { MOS_QUERY_KEY_HIT, FALSE, 1, "refund OR tag:return", "2" },
    { MOS_QUERY_KEY_CREATED, FALSE, 0, "", "1 6 2 3 4" },
    { MOS_QUERY_KEY_WAITING, FALSE, 1, "", "4" },
    { MOS_QUERY_KEY_SNOOZED, FALSE, 1, "", "4" },
    { MOS_QUERY_KEY_PRIORITY, FALSE, 0, "", "2 1 6 3 4" },
    { MOS_QUERY_KEY_PRIORITY, FALSE, 0, "parcel", "2 1 6 3" },
    { MOS_QUERY_KEY_NUMBER, FALSE, 0, "", "6 4 3 2 1" },
    { MOS_QUERY_KEY_NUMBER, TRUE, 0, "refund OR tag:return", "2 3" },
  };
  g_autoptr (GArray) sections = NULL;
  MosQueryOptions options = { .me = AGENT };

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *found = NULL;

      options.sort = orders[i].sort;
      options.is_reversed = orders[i].is_reversed;
      options.limit = orders[i].limit;
      found = list (txn, orders[i].query, &options, NULL);
      if (strcmp (found, orders[i].found) != 0)
        g_test_message ("order %u", (guint) i);
      g_assert_cmpstr (found, ==, orders[i].found);
    }
  {
    g_autofree char *found = NULL;

    options = (MosQueryOptions) { .sort = MOS_QUERY_KEY_UPDATED, .section = MOS_QUERY_KEY_UPDATED };
    found = list (txn, "", &options, &sections);
    g_assert_cmpstr (found, ==, "1 6 2 3 4");
    g_assert_cmpuint (sections->len, ==, 5);
    g_assert_cmpint (g_array_index (sections, gint64, 0), ==, NOW - 1 * DAY);
    g_assert_cmpint (g_array_index (sections, gint64, 4), ==, NOW - 400 * DAY);
  }
  return TRUE;
}

static gboolean
read_noise (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  static const char *const pieces[] = { "parcel", "\"", "*", "(", ")", "-", "OR", " ", " ", "from:", "ana", "tag:", "is:", "unread", "deleted", "larger:2M", "before:2023", "日", "'", ";", "\xff", "NEAR", "+", "^", "{", "subject:", "-(" };
  MosQueryOptions options = { .me = NULL };

  for (guint round = 0; round < mos_test_rounds (500); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *found = NULL;
      int n = g_test_rand_int_range (0, 30);

      for (int i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      options.sort = (MosQueryKey) g_test_rand_int_range (0, MOS_QUERY_KEY_NUMBER + 1);
      found = list (txn, text->str, &options, NULL);
      g_assert_nonnull (found);
    }
  return TRUE;
}

static gboolean
read_exact (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  /* Its number comes before what only speaks of it. */
  g_autoptr (GPtrArray) number = mos_store_search (txn, "#3", 0, FALSE, error);
  g_autoptr (GPtrArray) address = mos_store_search (txn, "ana@example.com", 0, FALSE, error);
  g_autoptr (GPtrArray) none = mos_store_search (txn, "", 0, FALSE, error);

  g_assert_cmpuint (number->len, ==, 1);
  g_assert_cmpint (number_of (((MosSearchHit *) number->pdata[0])->conversation), ==, 3);
  /* All are of the customer with that address, and deleted ones are not shown. */
  g_assert_cmpuint (address->len, ==, 5);
  g_assert_cmpint (number_of (((MosSearchHit *) address->pdata[0])->conversation), ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  return TRUE;
}

static void
test_query (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, fill);
  fixture_read (f, read_operators);
  fixture_read (f, read_orders);
  fixture_read (f, read_exact);
  fixture_read (f, read_noise);
  for (int i = 1; i <= 6; i++)
    g_clear_pointer (&ids[i], g_free);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/store/query", test_query);

  return g_test_run ();
}
