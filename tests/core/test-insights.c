/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-insights.h"
#include "measures-fixture.h"
#include "mos-test.h"

/* What stands out, and whose a score is. 2026-03-09 is a Monday. */

typedef struct
{
  Story *story;
  const char *sql; /* "?1" is the conversation */
  char who;
  const MosMeasureFilter *filter;
  GPtrArray *insights;
  MosWeek *week;
} Call;

static gboolean
do_sql (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  const Call *call = data;

  return call->who == 0 ? mos_database_run_script (txn->database, call->sql, error) : mos_database_exec (txn->database, error, call->sql, "t", call->story->ids[(guint) call->who]);
}

static void
sql (Story *story,
     char who,
     const char *text)
{
  Call call = { .story = story, .sql = text, .who = who };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (story->f->store, NULL, NULL, do_sql, &call, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
do_insights (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Call *call = data;
  g_auto (MosReportPeriod) period = { 0 };

  if (!mos_reports_find_period (txn, "2026-03-09", "2026-03-15", &period, error))
    return FALSE;
  call->insights = mos_insights_make (txn, call->story->cache, &period, call->filter, NULL, error);
  return call->insights != NULL;
}

/* Returns: (transfer full): of the week from 2026-03-09 each as "kind key n of;" but words */
static char *
tell (Story *story,
      const MosMeasureFilter *filter)
{
  Call call = { .story = story, .filter = filter };
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (story->f->store, do_insights, &call, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < call.insights->len; i++)
    {
      const MosInsight *insight = call.insights->pdata[i];

      if (insight->kind != MOS_INSIGHT_WORD)
        g_string_append_printf (told, "%s %s %u %u; ", mos_insight_kind_to_nick (insight->kind), insight->kind == MOS_INSIGHT_TESTIMONIAL ? "" : insight->key, insight->n, insight->n_of);
    }
  g_ptr_array_unref (call.insights);
  return g_string_free (g_steal_pointer (&told), FALSE);
}

#define MACRO(id) "INSERT INTO macro (id, name, shortcode, folder, for_notes, texts, actions, attachments, updated_at) VALUES ('" id "', '" id "', '', '', 0, '{}', '[]', '[]', 0);"
/* What it was written with: the last answer */
#define USED(id) "INSERT INTO macro_use (macro, message, language, used_at) SELECT '" id "', message, 'en', at FROM event WHERE conversation = ?1 AND kind = 'sent' ORDER BY seq DESC LIMIT 1"
/* As one that was asked an hour before it was answered, with what was then */
#define ASKED(macro, tags) "UPDATE survey SET source = 'survey', is_attributed = 1, asked_at = answered_at - 3600000000, macro = '" macro "', tags = '" tags "' WHERE conversation = ?1"

static const MosMeasureFigures *
find_group (const MosMeasureReport *report,
            MosMeasureBy by,
            const char *key)
{
  for (guint i = 0; i < report->groups[by]->len; i++)
    if (g_str_equal (((MosMeasureFigures *) report->groups[by]->pdata[i])->key, key))
      return report->groups[by]->pdata[i];
  return NULL;
}

static guint
count_scores (Story *story,
              MosMeasureBy by,
              const char *key)
{
  g_autoptr (MosMeasureReport) grouped = story_report (story, "2026-03-09", "2026-03-15", by);
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  g_autoptr (MosMeasureReport) filtered = NULL;
  g_autoptr (MosMeasureRows) rows = NULL;
  const MosMeasureFigures *group = find_group (grouped, by, key);
  const guint n = group != NULL ? group->csat.n : 0;

  /* The same by a filter, and as a list. */
  query->filter = mos_measure_filter_new ();
  query->filter->only[by] = g_strdup (key);
  filtered = story_ask (story, "2026-03-09", "2026-03-15", query);
  g_assert_cmpuint (filtered->all->csat.n, ==, n);
  look->query = mos_measure_query_new ();
  look->from_us = story->period.from_us;
  look->to_us = story->period.to_us;
  look->number = MOS_NUMBER_CSAT;
  look->by = by;
  look->key = g_strdup (key);
  look->part = MOS_MEASURE_WHOLE;
  rows = story_list (story, look);
  g_assert_cmpuint (rows->n, ==, n);
  return n;
}

/* A low score is that of the macro it was answered with, not of the apology that came after; and no tag of afterwards has it. */
static void
test_frozen (void)
{
  static const Step steps[] = {
    { "2026-03-10T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS },
    { "10:10", 'A', ANSWERS },
    { "10:11", 'A', TAG, "gift" },
    { "10:12", 'A', CLOSES },
    { "10:20", 'B', ANSWERS },
    { "10:21", 'B', CLOSES },
    { "12:00", 'A', CSAT, "1" },
    { "12:00", 'B', CSAT, "5" },
    { "13:00", 'A', ANSWERS },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autofree char *told = NULL;

  story_tell (story, steps);
  sql (story, 0, MACRO ("quick") MACRO ("sorry") MACRO ("thanks"));
  sql (story, 'A', USED ("sorry"));
  sql (story, 'A', ASKED ("thanks", "[\"gift\"]"));
  sql (story, 'B', ASKED ("quick", "[]"));
  story_tell (story, (const Step[]) { { "13:05", 'A', TAG, "angry" }, { "13:06", 'A', UNTAG, "gift" }, { NULL } });
  story_set_clock (story, "2026-03-16T09:00");
  g_assert_cmpuint (count_scores (story, MOS_MEASURE_BY_MACRO, "thanks"), ==, 1);
  g_assert_cmpuint (count_scores (story, MOS_MEASURE_BY_MACRO, "sorry"), ==, 0);
  g_assert_cmpuint (count_scores (story, MOS_MEASURE_BY_TAG, "gift"), ==, 1);
  g_assert_cmpuint (count_scores (story, MOS_MEASURE_BY_TAG, "angry"), ==, 0);
  g_assert_cmpuint (count_scores (story, MOS_MEASURE_BY_TAG, ""), ==, 1);
  told = tell (story, NULL);
  g_assert_nonnull (strstr (told, "macro_best quick 1 0; macro_worst thanks 1 0; "));
  g_assert_null (strstr (told, "sorry"));
}

/* What we said to ourselves is no praise. */
static void
test_tried_out (void)
{
  static const Step steps[] = {
    { "2026-03-10T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS },
    { "12:00", 'A', CSAT, "5" },
    { "12:00", 'B', CSAT, "5" },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autofree char *told = NULL;

  story_tell (story, steps);
  sql (story, 0, "UPDATE survey SET comment = 'Quick and friendly, thank you'");
  sql (story, 'B', "UPDATE survey SET is_test = 1 WHERE conversation = ?1");
  story_set_clock (story, "2026-03-16T09:00");
  told = tell (story, NULL);
  g_assert_cmpstr (told, ==, "testimonial  1 0; ");
}

#define ORDER(id, who)                                                                                                                                                                                                                       \
  "INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name, country, address, admin_url,"        \
  " customer_url, note, customer, seen_at, digest) SELECT '" id "', 'shop', '" id "', '" id "', '" id "', '', '', 'delivered', '', '', unixepoch ('2026-03-10') * 1000000, 0, 'EUR', '1', '0', '', '', '', '', '', '', '', '', NULL, 0, '';" \
  "INSERT INTO order_item (shop_order, position, name, sku, variant, quantity, price, total, picture_url) VALUES ('" id "', 1, 'A lamp', 'LAMP', '', '1', '1', '1', '');"                                                                    \
  "INSERT INTO order_shipment (shop_order, position, carrier, number, url, status, shipped_at, delivered_at, expected_at) VALUES ('" id "', 1, 'Post', '', '', '', 0, 0, 0);"                                                                \
  "INSERT INTO conversation_order (conversation, shop_order, proof) SELECT id, '" id "', 'hand' FROM conversation WHERE subject = 'Of " who "';"
/* Everything that stands out is of what the filter wants. */
static void
test_filter (void)
{
  static const Step steps[] = {
    { "2026-03-10T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS },
    { "10:00", 'C', ASKS },
    { "10:01", 'A', TAG, "gift" },
    { "10:01", 'B', TAG, "gift" },
    { "10:01", 'C', TAG, "angry" },
    { "10:10", 'A', ANSWERS },
    { "10:20", 'B', ANSWERS },
    { "10:30", 'C', ANSWERS },
    { "12:00", 'A', CSAT, "5" },
    { "12:00", 'B', CSAT, "4" },
    { "12:00", 'C', CSAT, "5" },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureFilter) gift = mos_measure_filter_new ();
  g_autoptr (MosMeasureFilter) angry = mos_measure_filter_new ();
  g_autofree char *all = NULL, *gifts = NULL, *angers = NULL;

  story_tell (story, steps);
  sql (story, 0, MACRO ("quick") MACRO ("thanks") MACRO ("sorry"));
  sql (story, 'A', ASKED ("quick", "[\"gift\"]"));
  sql (story, 'B', ASKED ("thanks", "[\"gift\"]"));
  sql (story, 'C', ASKED ("sorry", "[\"angry\"]"));
  sql (story, 0, "UPDATE survey SET comment = 'Quick and friendly, thank you' WHERE score = 5;"
                 "INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('shop', 'woocommerce', '', '', '{}', 'EUR', 1);" ORDER ("o1", "65") ORDER ("o2", "66") ORDER ("o3", "67"));
  story_set_clock (story, "2026-03-16T09:00");
  gift->only[MOS_MEASURE_BY_TAG] = g_strdup ("gift");
  angry->only[MOS_MEASURE_BY_TAG] = g_strdup ("angry");
  all = tell (story, NULL);
  gifts = tell (story, gift);
  angers = tell (story, angry);
  g_assert_cmpstr (all, ==, "product LAMP 3 3; carrier Post 3 3; macro_best quick 1 0; macro_worst thanks 1 0; testimonial  1 0; testimonial  1 0; ");
  g_assert_cmpstr (gifts, ==, "product LAMP 2 3; carrier Post 2 3; macro_best quick 1 0; macro_worst thanks 1 0; testimonial  1 0; ");
  g_assert_cmpstr (angers, ==, "testimonial  1 0; ");
}

static gboolean
do_week (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Call *call = data;

  call->week = mos_insights_make_week (txn, call->story->cache, 1, NULL, error);
  return call->week != NULL;
}

/* How many wait is told of all, be they more than are listed. */
static void
test_many_wait (void)
{
  g_autoptr (Story) story = story_new ();
  g_autoptr (GError) error = NULL;
  Call call = { .story = story };
  const MosWeekHint *hint;

  for (guint i = 0; i < 205; i++)
    {
      story_tell (story, (const Step[]) { { "2026-03-10T10:00", 'A', ASKS }, { NULL } });
      g_clear_pointer (&story->ids['A'], g_free);
    }
  story_tell (story, (const Step[]) { { "2026-03-15T20:00", 'A', ASKS }, { NULL } });
  story_set_clock (story, "2026-03-16T09:00");
  mos_store_read_sync (story->f->store, do_week, &call, NULL, &error);
  g_assert_no_error (error);
  hint = call.week->hints->pdata[0];
  g_assert_cmpint (hint->kind, ==, MOS_WEEK_HINT_WAITING);
  g_assert_cmpuint (hint->n, ==, 205);
  g_assert_cmpuint (g_strv_length (hint->conversations), ==, 200);
  mos_week_unref (call.week);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/insights/frozen", test_frozen);
  g_test_add_func ("/insights/tried-out", test_tried_out);
  g_test_add_func ("/insights/filter", test_filter);
  g_test_add_func ("/insights/many-wait", test_many_wait);
  return g_test_run ();
}
