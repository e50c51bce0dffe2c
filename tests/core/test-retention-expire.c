/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-retention.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-surveys.h"

#include <string.h>

/* What goes when the time of a conversation is over: what of it the log still has, who goes along, and how much it was. */

#define RUN_US MOS_TEST_NOW_US

static char *
receive (MosTestStore *t,
         guint32 uid,
         const char *from,
         const char *cc,
         const char *file)
{
  g_autofree char *part = file != NULL ? g_strdup_printf ("--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\n%s\r\n", file) : g_strdup ("");
  g_autofree char *mail = g_strdup_printf ("From: %s\r\nTo: support@shop.example\r\n%s%s%sDate: Mon, 2 Feb 2026 10:00:00 +0000\r\nSubject: Question %u\r\nMessage-ID: <e%u@mail.example>\r\n"
                                           "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nWhere is number %u?\r\n%s--b--\r\n",
                                           from, cc != NULL ? "Cc: " : "", cc != NULL ? cc : "", cc != NULL ? "\r\n" : "", uid, uid, uid, part);
  g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, uid, MOS_TEST_NOW_US);

  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  return g_strdup (result->conversation);
}

typedef struct
{
  const char *id;
  guint n_customers;
  guint n_steps;
  gint64 batch;
} Expiry;

static gboolean
do_expire (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Expiry *expiry = data;

  return mos_store_conversation_expire (txn, expiry->id, MOS_RETENTION_EMAIL, RUN_US, error);
}

static gboolean
do_people (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Expiry *expiry = data;
  gboolean more;

  if (!mos_store_retention_remove_people (txn, RUN_US, &expiry->n_customers, &more, error))
    return FALSE;
  g_assert_false (more);
  return TRUE;
}

static gboolean
do_forget (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Expiry *expiry = data;
  gint64 position = 0;
  gboolean more;

  if (!mos_store_retention_has_to_forget (txn, RUN_US, &more, error))
    return FALSE;
  g_assert_true (more);
  for (; more; expiry->n_steps++)
    if (!mos_store_retention_forget (txn, RUN_US, &position, &more, error))
      return FALSE;
  if (!mos_store_retention_has_to_forget (txn, RUN_US, &more, error))
    return FALSE;
  g_assert_false (more);
  return TRUE;
}

/* Returns: how many people went along */
static guint
expire (MosTestStore *t,
        const char *id)
{
  Expiry expiry = { .id = id };

  test_write (t->store, do_expire, &expiry);
  test_write (t->store, do_people, &expiry);
  return expiry.n_customers;
}

typedef struct
{
  const char *sql;
  const char *text;
  gint64 n;
} Count;

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Count *count = data;

  return mos_database_get_int (txn->database, &count->n, error, count->sql, "t", count->text);
}

static gint64
count (MosTestStore *t,
       const char *sql,
       const char *text)
{
  Count call = { sql, text, 0 };

  test_write (t->store, do_count, &call);
  return call.n;
}

static gboolean
is_known (MosTestStore *t,
          const char *address)
{
  return count (t, "SELECT count (*) FROM identity WHERE value = ?", address) > 0;
}

static void
assert_no_problems (MosTestStore *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (t->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s %s", ((MosCheckProblem *) problems->pdata[i])->kind, ((MosCheckProblem *) problems->pdata[i])->subject);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* --- the log --- */

#define OTHERS 45000

/* A long life of a desk: changes of what does not go. */
static gboolean
do_fill_log (MosTxn *txn,
             gpointer data,
             GError **error)
{
  return mos_txn_ensure_batch (txn, error) &&
         mos_database_exec (txn->database, error,
                            "WITH RECURSIVE series (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < ?3)"
                            " INSERT INTO change (seq, batch, desk, at, entity, id, op, old, new)"
                            " SELECT (SELECT max (seq) FROM change) + value, ?1, 'desk', ?2, 'conversation', 'other' || value, 'update', '{\"status\":\"open\"}', '{\"status\":\"closed\"}' FROM series",
                            "iii", txn->batch, txn->now_us, (gint64) OTHERS);
}

static gboolean
close_labelled (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const char *const *ids = data;

  return mos_action_set_status (txn, ids, MOS_STATUS_CLOSED, 0, error);
}

static gint64
close_both (MosTestStore *t,
            const char *one,
            const char *other)
{
  const char *const ids[] = { one, other, NULL };
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_store_write_sync (t->store, &actor, "close", close_labelled, (gpointer) ids, &batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, *(gint64 *) data, &label, error);
}

/* The log is gone through once for a run, in pieces; and what it still has meanwhile, no undo brings back. */
static void
test_log (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *goes = receive (t, 1, "Ana <ana@mail.example>", NULL, NULL);
  g_autofree char *stays = receive (t, 2, "Bo <bo@mail.example>", NULL, NULL);
  gint64 batch = close_both (t, goes, stays), alone;
  Expiry expiry = { .id = goes };
  const char *const ids[] = { goes, NULL };
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_auto (TestLook) look = { 0 };

  mos_store_write_sync (t->store, &actor, "open", close_labelled, (gpointer) ids, &alone, NULL, NULL);
  test_write (t->store, do_fill_log, NULL);
  g_assert_cmpuint (expire (t, goes), ==, 1);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE id = ?", goes), >, 1);

  /* Of the two it opens the one that is there. */
  test_write (t->store, do_undo, &batch);
  test_look (t->store, stays, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (count (t, "SELECT count (*) FROM conversation WHERE id = ? AND status = 'closed' AND erased_at <> 0", goes), ==, 1);

  test_write (t->store, do_forget, &expiry);
  g_assert_cmpuint (expiry.n_steps, ==, 3);
  /* That it is gone is all that the log still says. */
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE id = ?", goes), ==, 1);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE id = ? AND new ->> '$.erased_at' > 0", goes), ==, 1);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE instr (coalesce (old, '') || coalesce (new, ''), ?) > 0", "ana@mail.example"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE id LIKE ? || '%'", "other"), ==, OTHERS);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE id = ?", stays), >, 1);
  g_assert_cmpint (count (t, "SELECT count (*) FROM retention_forget WHERE id <> ?", ""), ==, 0);
  assert_no_problems (t);
}

/* What a run left behind that was given up, the next one forgets. */
static gboolean
do_later_run (MosTxn *txn,
              gpointer data,
              GError **error)
{
  gboolean has;

  if (!mos_store_retention_has_to_forget (txn, RUN_US + G_TIME_SPAN_HOUR, &has, error))
    return FALSE;
  /* That one may still be at work. */
  g_assert_false (has);
  if (!mos_store_retention_has_to_forget (txn, RUN_US + 2 * G_TIME_SPAN_DAY, &has, error))
    return FALSE;
  g_assert_true (has);
  return TRUE;
}

static void
test_given_up (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *goes = receive (t, 1, "Ana <ana@mail.example>", NULL, NULL);

  expire (t, goes);
  test_write (t->store, do_later_run, NULL);
}

/* --- people --- */

static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order;

  if (!mos_store_shop_save (txn, shop, error))
    return FALSE;
  order = mos_order_make (shop->id, "7");
  g_set_str (&order->number, "1007");
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->email, data);
  g_ptr_array_add (orders, order);
  return mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

typedef struct
{
  const char *address;
  const char *column; /* of the customer */
} Remark;

static gboolean
do_remark (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Remark *remark = data;
  g_autofree char *id = NULL;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find_by_identity (txn, "email", remark->address, &id, error) || !mos_store_customer_find (txn, id, &row, error))
    return FALSE;
  if (g_str_equal (remark->column, "field"))
    return mos_store_customer_set_field (txn, id, "Size", "M", error);
  if (g_str_equal (remark->column, "phone"))
    return mos_store_customer_link (txn, id, "phone", "", "+4930123456", FALSE, "agent", error);
  if (g_str_equal (remark->column, "notes"))
    g_set_str (&row->notes, "Likes blue");
  else if (g_str_equal (remark->column, "vip"))
    row->vip = TRUE;
  else
    row->consent = MOS_CONSENT_OPTED_OUT;
  return mos_store_customer_save (txn, row, error);
}

/* Who came with a mail goes with the last of it. Whoever is something else, too, stays; and nobody is kept out. */
static void
test_people (void)
{
  static const Remark remarks[] = { { "note@mail.example", "notes" }, { "vip@mail.example", "vip" }, { "no@mail.example", "consent" }, { "size@mail.example", "field" }, { "phone@mail.example", "phone" } };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *first = receive (t, 1, "Ana <ana@mail.example>", "Cem <cem@mail.example>", NULL);
  g_autofree char *second = receive (t, 2, "Ana <ana@mail.example>", NULL, NULL);
  g_autofree char *buyer = receive (t, 3, "Bo <bo@mail.example>", NULL, NULL);
  g_autofree char *again = NULL;
  guint32 uid = 10;

  test_write (t->store, do_order, (gpointer) "bo@mail.example");

  g_assert_cmpuint (expire (t, first), ==, 1);
  g_assert_false (is_known (t, "cem@mail.example"));
  g_assert_true (is_known (t, "ana@mail.example"));
  g_assert_cmpuint (expire (t, buyer), ==, 0);
  g_assert_true (is_known (t, "bo@mail.example"));
  g_assert_cmpuint (expire (t, second), ==, 1);
  g_assert_false (is_known (t, "ana@mail.example"));
  g_assert_cmpint (count (t, "SELECT count (*) FROM customer WHERE name = ?", "Ana"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM customer_word WHERE word = ?", "ana"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM identity_word WHERE word = ?", "ana"), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (remarks); i++)
    {
      g_autofree char *id = receive (t, uid++, remarks[i].address, NULL, NULL);

      test_write (t->store, do_remark, (gpointer) &remarks[i]);
      g_test_message ("%s", remarks[i].column);
      g_assert_cmpuint (expire (t, id), ==, 0);
      g_assert_true (is_known (t, remarks[i].address));
    }

  /* The mail that went stays away; a new one is somebody new. */
  again = receive (t, 4, "Ana <ana@mail.example>", NULL, NULL);
  g_assert_true (is_known (t, "ana@mail.example"));
  assert_no_problems (t);
}

static gboolean
do_share (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autofree char *other = NULL;

  return mos_store_customer_ensure (txn, "email", "", "bo@mail.example", "Bo", "mail", txn->now_us, &other, NULL, error) &&
         mos_store_customer_link (txn, other, "email", "", data, FALSE, "mail", error);
}

/* One address, two people: whoever is left has it. */
static void
test_shared_address (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, "Ana <home@mail.example>", NULL, NULL);
  g_autofree char *other = receive (t, 2, "Bo <bo@mail.example>", NULL, NULL);

  test_write (t->store, do_share, (gpointer) "home@mail.example");
  g_assert_cmpuint (expire (t, id), ==, 1);
  g_assert_true (is_known (t, "home@mail.example"));
  g_assert_cmpint (count (t, "SELECT count (*) FROM customer WHERE name = ?", "Ana"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM customer_identity ci JOIN identity i ON i.id = ci.identity WHERE i.value = ?", "home@mail.example"), ==, 1);
  assert_no_problems (t);
}

static gboolean
do_score (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosSurvey) survey = mos_survey_make (MOS_SURVEY_CSAT);
  g_autofree char *id = NULL;

  survey->conversation = g_strdup (data);
  survey->score = 2;
  survey->answered_us = MOS_TEST_NOW_US;
  g_set_str (&survey->comment, "Slow");
  return mos_store_survey_add (txn, survey, &id, error) && mos_store_survey_answer (txn, id, 4, "Better", MOS_TEST_NOW_US + G_TIME_SPAN_HOUR, error);
}

/* What was said of the service goes with its conversation, and the log forgets it. */
static void
test_scores (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, "Ana <ana@mail.example>", NULL, NULL);
  Expiry expiry = { .id = id };

  test_write (t->store, do_score, id);
  g_assert_cmpint (count (t, "SELECT count (*) FROM customer WHERE last_score = ?", "4"), ==, 1);
  g_assert_cmpint (count (t, "SELECT count (*) FROM survey_answer WHERE comment = ?", "Slow"), ==, 1);
  g_assert_cmpuint (expire (t, id), ==, 1);
  test_write (t->store, do_forget, &expiry);
  g_assert_cmpint (count (t, "SELECT count (*) FROM survey WHERE ? <> ''", "x"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM survey_answer WHERE ? <> ''", "x"), ==, 0);
  g_assert_cmpint (count (t, "SELECT count (*) FROM change WHERE entity LIKE ?", "survey%"), ==, 0);
  g_assert_false (is_known (t, "ana@mail.example"));
  assert_no_problems (t);
}

/* A new table that names customers has to say here what becomes of it when one goes: NOTHING_LEFT and remove_person() in mos-store-expire.c. */
static void
test_tables (void)
{
  static const char known[] = "conversation customer customer_distinct customer_field customer_identity customer_merge customer_word message outreach_person shop_order survey";
  g_autoptr (MosTestStore) t = test_desk_store ();

  g_assert_cmpint (count (t,
                          "SELECT (SELECT group_concat (name, ' ') FROM (SELECT DISTINCT m.name FROM sqlite_schema m, pragma_foreign_key_list (m.name) f"
                          " WHERE m.type = 'table' AND f.\"table\" = 'customer' ORDER BY m.name)) = ?",
                          known),
                   ==, 1);
}

/* --- how much --- */

typedef struct
{
  const char *id;
  GHashTable *shared;
  guint messages;
  gint64 bytes;
} Measure;

static gboolean
do_measure (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Measure *measure = data;

  return mos_store_retention_measure (txn, measure->id, measure->shared, &measure->messages, &measure->bytes, error);
}

/* What two conversations have in common counts once, and is gone with the last of them. */
static void
test_measure (void)
{
  g_autofree char *file = g_strnfill (70000, 'x');
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *one = receive (t, 1, "Ana <ana@mail.example>", NULL, file);
  g_autofree char *other = receive (t, 2, "Eva <eva@mail.example>", NULL, file);
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Measure first = { one, shared, 0, 0 }, second = { other, shared, 0, 0 }, gone = { one, NULL, 0, 0 }, last = { other, NULL, 0, 0 };

  test_write (t->store, do_measure, &first);
  test_write (t->store, do_measure, &second);
  test_write (t->store, do_measure, &gone);
  g_assert_cmpuint (first.messages, ==, 1);
  /* A mail is kept as it came, and its file beside it. */
  g_assert_cmpint (first.bytes - second.bytes, >=, 70000);
  g_assert_cmpint (first.bytes - second.bytes, <, 71000);
  g_assert_cmpint (gone.bytes, ==, second.bytes);
  expire (t, one);
  test_write (t->store, do_measure, &last);
  g_assert_cmpint (last.bytes, ==, first.bytes);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/retention-expire/log", test_log);
  g_test_add_func ("/retention-expire/given-up", test_given_up);
  g_test_add_func ("/retention-expire/people", test_people);
  g_test_add_func ("/retention-expire/shared-address", test_shared_address);
  g_test_add_func ("/retention-expire/scores", test_scores);
  g_test_add_func ("/retention-expire/tables", test_tables);
  g_test_add_func ("/retention-expire/measure", test_measure);
  return g_test_run ();
}
