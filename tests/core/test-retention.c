/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-retention.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

/* How long what is done with is kept (behaviour.md §2.13): by class, never without a look at it first, never what somebody still needs. */

#define DAY G_TIME_SPAN_DAY
#define LONG_AGO (MOS_TEST_NOW_US - 100 * DAY)
#define SECRET "geheimwort"

/* @part: (nullable): a file that comes along; @auto_reply: an automatic answer */
static char *
receive (MosTestStore *t,
         guint32 uid,
         gint64 at_us,
         const char *file,
         gboolean auto_reply)
{
  g_autofree char *filling = g_strnfill (uid % 2 == 0 ? 90000 : 10, (char) ('a' + uid % 26));
  g_autofree char *part = file != NULL ? g_strdup_printf ("--b\r\nContent-Type: text/plain; name=\"%s\"\r\nContent-Disposition: attachment; filename=\"%s\"\r\n\r\n" SECRET "%u %s\r\n", file, file, uid, filling) : g_strdup ("");
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana%u@mail.example>\r\nTo: support@shop.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nSubject: " SECRET "%u\r\n%s"
                                           "Message-ID: <r%u@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt is about " SECRET "%u.\r\n%s--b--\r\n",
                                           uid, uid, auto_reply ? "Auto-Submitted: auto-replied\r\n" : "", uid, uid, part);
  g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, uid, at_us);

  g_assert_true (result->outcome == MOS_INGEST_IMPORTED || result->outcome == MOS_INGEST_QUARANTINED);
  return g_strdup (result->conversation);
}

/* When something was done is when the clock said; most of these were done long ago. */
static gboolean
do_age (MosTxn *txn,
        gpointer data,
        GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE event SET at = ?", "i", (gint64) LONG_AGO) &&
         mos_database_exec (txn->database, error, "UPDATE conversation SET deleted_at = ? WHERE deleted_at <> 0", "i", (gint64) LONG_AGO);
}

static void
set_status (MosTestStore *t,
            const char *id,
            MosStatus status)
{
  TestStatus call = { id, status, status == MOS_STATUS_SNOOZED ? MOS_TEST_NOW_US + 900 * DAY : 0 };

  test_write (t->store, test_do_status, &call);
}

typedef struct
{
  const char *sql;
  const char *id;
} Sql;

static gboolean
do_sql (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Sql *sql = data;

  return mos_database_exec (txn->database, error, sql->sql, "t", sql->id);
}

static void
run_sql (MosTestStore *t,
         const char *sql,
         const char *id)
{
  Sql call = { sql, id };

  test_write (t->store, do_sql, &call);
}

/* --- classes --- */

typedef struct
{
  const char *id;
  char *found; /* (owned) (nullable): its class */
} Find;

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Find *find = data;
  g_autoptr (GPtrArray) items = mos_store_retention_find (txn, 0, 1000, MOS_TEST_NOW_US - 30 * DAY, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const MosRetentionItem *item = items->pdata[i];

      if (g_str_equal (item->id, find->id))
        g_set_str (&find->found, mos_retention_class_to_nick (item->retention_class));
    }
  return items != NULL;
}

static void
assert_class (MosTestStore *t,
              const char *id,
              const char *expected)
{
  Find find = { id, NULL };

  test_write (t->store, do_find, &find);
  g_assert_cmpstr (find.found, ==, expected);
  g_free (find.found);
}

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
  g_ptr_array_add (orders, order);
  return mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error) && mos_store_order_attach (txn, data, order->id, MOS_ORDER_PROOF_HAND, error);
}

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_add_note (txn, data, "Looked at it", NULL, error) && mos_action_set_status (txn, ids, MOS_STATUS_CLOSED, 0, error);
}

static void
test_classes (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *mail = receive (t, 1, LONG_AGO, NULL, FALSE);
  g_autofree char *photo = receive (t, 3, LONG_AGO, "photo.txt", FALSE);
  g_autofree char *bill = receive (t, 5, LONG_AGO, "Rechnung 2025-17.txt", FALSE);
  g_autofree char *ordered = receive (t, 7, LONG_AGO, NULL, FALSE);
  g_autofree char *spam = receive (t, 9, LONG_AGO, "invoice.txt", FALSE);
  g_autofree char *away = receive (t, 11, LONG_AGO, NULL, TRUE);
  g_autofree char *away_with_note = receive (t, 13, LONG_AGO, NULL, TRUE);
  g_autofree char *chat = receive (t, 15, LONG_AGO, NULL, FALSE);
  g_autofree char *held = receive (t, 17, LONG_AGO, NULL, FALSE);
  const char *all[] = { mail, photo, bill, ordered, away, chat, held };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    set_status (t, all[i], MOS_STATUS_CLOSED);
  set_status (t, spam, MOS_STATUS_SPAM);
  test_write (t->store, do_note, away_with_note);
  test_write (t->store, do_order, ordered);
  run_sql (t, "INSERT OR IGNORE INTO channel_kind SELECT 'telegram' WHERE ?1 <> ''", chat);
  run_sql (t, "UPDATE conversation SET channel = 'telegram' WHERE id = ?", chat);
  run_sql (t, "UPDATE conversation SET quarantine = NULL, place = status WHERE id = ?", away);
  run_sql (t, "UPDATE conversation SET quarantine = NULL, place = status WHERE id = ?", away_with_note);
  run_sql (t, "UPDATE conversation SET quarantine = 'bulk', place = 'quarantine' WHERE id = ?", held);
  run_sql (t, "UPDATE message SET received_at = 1 WHERE conversation = ? AND direction = 'note'", away_with_note);
  run_sql (t, "UPDATE conversation SET updated_at = 1 WHERE id = ?", away_with_note);
  test_write (t->store, do_age, NULL);

  assert_class (t, mail, "email");
  assert_class (t, photo, "email");
  assert_class (t, bill, "invoice");
  assert_class (t, ordered, "invoice");
  /* A bill in spam is what spam is made of. */
  assert_class (t, spam, "spam");
  assert_class (t, away, "machine");
  /* Somebody had something to say about it. */
  assert_class (t, away_with_note, "email");
  assert_class (t, chat, "chat");
  assert_class (t, held, "quarantine");
}

/* A bill is one in every script, in capitals, and with its accents written apart, as macOS does. */
static void
test_bills (void)
{
  static const char *const names[] = { "Счёт № 17.pdf", "НАКЛАДНАЯ-2025.pdf", "Рахунок.pdf", "FAKTÚRA 9.pdf", "REÇU.pdf", "Sza\xcc\x81mla 3.pdf", "Jahresrechnung.pdf", "فاتورة 12.pdf" };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *photo = receive (t, 1, LONG_AGO, "Сумка.jpg", FALSE);

  set_status (t, photo, MOS_STATUS_CLOSED);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = receive (t, 3 + 2 * i, LONG_AGO, names[i], FALSE);

      set_status (t, id, MOS_STATUS_CLOSED);
      test_write (t->store, do_age, NULL);
      assert_class (t, id, "invoice");
    }
  assert_class (t, photo, "email");
}

/* --- what stays --- */

static gboolean
do_keep (MosTxn *txn,
         gpointer data,
         GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_retention_keep (txn, ids, TRUE, error);
}

typedef struct
{
  const char *from;
  const char *into;
} Pair;

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Pair *pair = data;
  const char *ids[] = { pair->from, NULL };

  return mos_action_merge (txn, ids, pair->into, error);
}

static gboolean
do_remind (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosDueRow) due = mos_due_row_new ();

  due->kind = g_strdup ("reminder");
  due->key = g_strconcat ("reminder:", data, NULL);
  due->conversation = g_strdup (data);
  due->due_us = MOS_TEST_NOW_US + 900 * DAY;
  return mos_store_due_put (txn, due, error);
}

static void
test_protected (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *open = receive (t, 1, LONG_AGO, NULL, FALSE);
  g_autofree char *pending = receive (t, 3, LONG_AGO, NULL, FALSE);
  g_autofree char *snoozed = receive (t, 5, LONG_AGO, NULL, FALSE);
  g_autofree char *kept = receive (t, 7, LONG_AGO, NULL, FALSE);
  g_autofree char *part = receive (t, 9, LONG_AGO, NULL, FALSE);
  g_autofree char *whole = receive (t, 11, LONG_AGO, NULL, FALSE);
  g_autofree char *reminded = receive (t, 13, LONG_AGO, NULL, FALSE);
  g_autofree char *unsent = receive (t, 15, LONG_AGO, NULL, FALSE);
  g_autofree char *today = receive (t, 17, LONG_AGO, NULL, FALSE);
  g_autofree char *young = receive (t, 19, MOS_TEST_NOW_US - 3 * DAY, NULL, FALSE);
  g_autofree char *over = receive (t, 21, LONG_AGO, NULL, FALSE);
  const char *closed[] = { kept, part, whole, reminded, young, over };
  Pair pair = { part, whole };
  g_auto (TestReply) reply = { unsent, NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    set_status (t, closed[i], MOS_STATUS_CLOSED);
  set_status (t, pending, MOS_STATUS_PENDING);
  set_status (t, snoozed, MOS_STATUS_SNOOZED);
  test_write (t->store, do_keep, kept);
  test_write (t->store, do_keep, part);
  test_write (t->store, do_merge, &pair);
  set_status (t, whole, MOS_STATUS_CLOSED);
  test_write (t->store, do_remind, reminded);
  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, do_age, NULL);
  run_sql (t, "UPDATE conversation SET updated_at = 1 WHERE id = ?", unsent);
  /* Closed by somebody just now. */
  set_status (t, today, MOS_STATUS_CLOSED);

  assert_class (t, over, "email");
  assert_class (t, open, NULL);
  assert_class (t, pending, NULL);
  assert_class (t, snoozed, NULL);
  assert_class (t, kept, NULL);
  assert_class (t, whole, NULL);
  assert_class (t, reminded, NULL);
  assert_class (t, unsent, NULL);
  assert_class (t, today, NULL);
  assert_class (t, young, NULL);
}

/* --- rules --- */

typedef struct
{
  MosRetentionClass retention_class;
  guint days;
  gboolean is_on;
  gboolean fails;
} Rule;

static gboolean
do_see (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Rule *rule = data;

  return mos_retention_seen (txn, rule->retention_class, rule->days, error);
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Rule *rule = data;
  g_autoptr (GError) local_error = NULL;

  if (!rule->fails)
    return mos_retention_set (txn, rule->retention_class, rule->days, rule->is_on, error);
  g_assert_false (mos_retention_set (txn, rule->retention_class, rule->days, rule->is_on, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static gboolean
do_look_at_rules (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GPtrArray) rules = mos_store_retention_list_rules (txn, error);
  static const guint days[] = { [MOS_RETENTION_SPAM] = 30, [MOS_RETENTION_INVOICE] = 3650, [MOS_RETENTION_QUARANTINE] = 90, [MOS_RETENTION_MACHINE] = 90, [MOS_RETENTION_CHAT] = 365, [MOS_RETENTION_EMAIL] = 0 };

  g_assert_cmpuint (rules->len, ==, MOS_N_RETENTION_CLASSES);
  for (guint i = 0; i < rules->len; i++)
    {
      const MosRetentionRule *rule = rules->pdata[i];

      g_assert_cmpint (rule->retention_class, ==, i);
      g_assert_cmpuint (rule->days, ==, days[i]);
      g_assert_false (rule->is_on);
      g_assert_cmpuint (rule->previewed_days, ==, 0);
    }
  return TRUE;
}

/* As by an undo: no run is planned. */
static gboolean
do_rule (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Rule *rule = data;

  return mos_store_retention_set_rule (txn, rule->retention_class, rule->days, rule->is_on, error);
}

/* A mail of now: the clock can be believed. */
static void
hear (MosTestStore *t)
{
  static guint32 uid = 5000;
  g_autofree char *id = receive (t, uid++, mos_clock_now_us (t->clock), NULL, FALSE);
}

static void
switch_on (MosTestStore *t,
           MosRetentionClass retention_class,
           guint days)
{
  Rule rule = { retention_class, days, TRUE, FALSE };

  test_write (t->store, do_see, &rule);
  test_write (t->store, do_set, &rule);
}

/* Nothing is on by itself, and nothing goes on that nobody saw. */
static void
test_rules (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  Rule unseen = { MOS_RETENTION_SPAM, 30, TRUE, TRUE }, other = { MOS_RETENTION_SPAM, 10, TRUE, TRUE }, for_ever = { MOS_RETENTION_EMAIL, 0, TRUE, TRUE }, too_long = { MOS_RETENTION_CHAT, 40000, FALSE, TRUE };
  Rule off = { MOS_RETENTION_SPAM, 20, FALSE, FALSE };
  g_autoptr (MosRetentionRule) years = mos_retention_rule_new ();
  g_autoptr (MosRetentionRule) days = mos_retention_rule_new ();

  test_write (t->store, do_look_at_rules, NULL);
  test_write (t->store, do_set, &unseen);
  test_write (t->store, do_set, &for_ever);
  test_write (t->store, do_set, &too_long);
  switch_on (t, MOS_RETENTION_SPAM, 30);
  test_write (t->store, do_set, &other);
  test_write (t->store, do_set, &off);

  /* 2026-03-02: ten years have two or three days more than 3650. */
  years->days = 3650;
  days->days = 3649;
  g_assert_cmpint (mos_retention_rule_get_cutoff (years, MOS_TEST_NOW_US), ==, MOS_TEST_NOW_US - (3650 + 2) * DAY);
  g_assert_cmpint (mos_retention_rule_get_cutoff (days, MOS_TEST_NOW_US), ==, MOS_TEST_NOW_US - 3649 * DAY);
}

/* --- a run --- */

static void
run_scheduler (MosTestStore *t)
{
  g_autoptr (GError) error = NULL;
  gint64 next_us;

  /* A run puts itself again a moment later: until it is tomorrow's. */
  do
    {
      mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
      g_assert_no_error (error);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_SECOND);
    }
  while (next_us != 0 && next_us < mos_clock_now_us (t->clock) + G_TIME_SPAN_HOUR);
}

typedef struct
{
  char *figures;
  GPtrArray *receipts;
  MosRetentionPreview *preview;
  guint n_going;
} Look;

static gboolean
do_dump_figures (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  static const char *const queries[] = {
    "SELECT coalesce (group_concat (row, char (10)), '') FROM (SELECT concat_ws (' ', number, hex (pack)) AS row FROM fact_pack ORDER BY 1)",
    "SELECT coalesce (group_concat (row, char (10)), '') FROM (SELECT concat_ws (' ', conversation, position, opened_at, closed_at, closed_by, first_response, agent) AS row FROM fact_turn ORDER BY 1)",
    "SELECT coalesce (group_concat (row, char (10)), '') FROM (SELECT concat_ws (' ', conversation, position, at, first_in, replies, automatic_replies, reopened_at) AS row FROM fact_close ORDER BY 1)",
  };
  Look *look = data;
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *text = NULL;

      if (!mos_database_get_text (txn->database, &text, error, queries[i], ""))
        return FALSE;
      g_string_append_printf (all, "%s\n--\n", text);
    }
  g_free (look->figures);
  look->figures = g_strdup (all->str);
  return TRUE;
}

static gboolean
do_look_at_list (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Look *look = data;
  g_autoptr (GPtrArray) going = mos_store_retention_list_going (txn, 100, &look->n_going, error);

  g_clear_pointer (&look->receipts, g_ptr_array_unref);
  look->receipts = going != NULL ? mos_store_retention_list_receipts (txn, 100, error) : NULL;
  return look->receipts != NULL;
}

static gboolean
do_preview (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Look *look = data;
  g_autoptr (MosRetentionRule) rule = mos_retention_rule_new ();
  gint64 position = 0, last;

  rule->retention_class = MOS_RETENTION_EMAIL;
  rule->days = 60;
  look->preview = mos_retention_preview_make (rule);
  do
    if (!mos_retention_preview_some (txn, look->preview, &position, &last, error))
      return FALSE;
  while (position < last);
  return mos_retention_preview_finish (txn, look->preview, error);
}

static void
look_clear (Look *look)
{
  g_free (look->figures);
  g_clear_pointer (&look->receipts, g_ptr_array_unref);
  g_clear_pointer (&look->preview, mos_retention_preview_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
look_in_files (const char *path,
               const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        look_in_files (child, word);
      else if (g_file_get_contents (child, &bytes, &size, NULL) && memmem (bytes, size, word, strlen (word)) != NULL)
        g_error ("“%s” is still in %s", word, child);
    }
}

/* What is packed says nothing as it lies there. */
static gboolean
do_look_in_blobs (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sha256 FROM blob", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      gsize size;

      if (!mos_store_blob_find (txn, ids->pdata[i], &bytes, error))
        return FALSE;
      g_assert_null (memmem (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes), data, strlen (data)));
    }
  return TRUE;
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

static gboolean
is_there (MosTestStore *t,
          const char *id)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, id, &look);
  return look.messages->len > 0 && look.row->customer != NULL;
}

static gboolean
do_ask_undo (MosTxn *txn,
             gpointer data,
             GError **error)
{
  gint64 n = 0;

  /* No batch of an erased one has a label any more. */
  if (!mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM change c JOIN conversation v ON v.id = c.id AND v.erased_at <> 0 JOIN batch b ON b.batch = c.batch WHERE b.label IS NOT NULL", ""))
    return FALSE;
  g_assert_cmpint (n, ==, 0);
  return TRUE;
}

static void
assert_gone (MosTestStore *t,
             const char *id,
             guint32 uid)
{
  g_autofree char *word = g_strdup_printf (SECRET "%u", uid);
  g_autofree char *dot = g_strconcat (word, ".", NULL);

  g_assert_false (is_there (t, id));
  test_write (t->store, do_look_in_blobs, dot);
}

#define N 8

/* Half of them have a large file, which is a file here, too. */
static void
test_run (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  char *ids[N];
  g_auto (Look) before = { 0 };
  g_auto (Look) look = { 0 };
  g_autofree char *profile = NULL;
  const MosRetentionReceipt *receipt;
  g_autoptr (MosIngestResult) again = NULL;

  for (guint32 i = 0; i < N; i++)
    {
      ids[i] = receive (t, 100 + i, LONG_AGO + i * G_TIME_SPAN_HOUR, i % 3 == 0 ? NULL : "photo.txt", FALSE);
      if (i != 7)
        set_status (t, ids[i], MOS_STATUS_CLOSED);
    }
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 100 * DAY);
  hear (t);
  test_write (t->store, do_preview, &before);
  g_assert_cmpuint (before.preview->count.n_conversations, ==, 7);
  g_assert_cmpuint (before.preview->count.n_messages, ==, 7);
  g_assert_cmpint (before.preview->count.bytes, >, 2 * 90000);
  g_assert_cmpint (before.preview->count.oldest_us, >=, LONG_AGO);
  g_assert_cmpstr (((MosRetentionItem *) before.preview->items->pdata[0])->id, ==, ids[0]);

  switch_on (t, MOS_RETENTION_EMAIL, 60);
  run_scheduler (t);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 7);
  g_assert_cmpuint (look.receipts->len, ==, 0);
  for (guint i = 0; i < N; i++)
    g_assert_true (is_there (t, ids[i]));

  /* In its days of grace somebody keeps one, and works on another. */
  test_write (t->store, do_keep, ids[1]);
  set_status (t, ids[2], MOS_STATUS_OPEN);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 5);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 6 * DAY);
  run_scheduler (t);
  g_assert_true (is_there (t, ids[0]));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), DAY);
  run_scheduler (t);
  for (guint i = 0; i < N; i++)
    if (i == 1 || i == 2 || i == 7)
      g_assert_true (is_there (t, ids[i]));
    else
      assert_gone (t, ids[i], 100 + i);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 0);
  g_assert_cmpuint (look.receipts->len, ==, 1);
  receipt = look.receipts->pdata[0];
  g_assert_cmpint (receipt->retention_class, ==, MOS_RETENTION_EMAIL);
  g_assert_cmpuint (receipt->count.n_conversations, ==, 5);
  g_assert_cmpuint (receipt->count.n_messages, ==, 5);
  g_assert_cmpuint (receipt->count.n_customers, ==, 5);
  test_write (t->store, do_ask_undo, NULL);

  assert_no_problems (t);
  {
    g_autofree char *mail = g_strdup_printf ("From: Ana <ana103@mail.example>\r\nTo: support@shop.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nSubject: " SECRET "103\r\nMessage-ID: <r103@mail.example>\r\n"
                                             "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt is about " SECRET "103.\r\n--b--\r\n");

    again = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 103, LONG_AGO);
    g_assert_cmpint (again->outcome, ==, MOS_INGEST_ERASED);
  }
  profile = g_strdup (t->profile);
  for (guint i = 0; i < N; i++)
    if (i != 1 && i != 2 && i != 7)
      {
        g_autofree char *word = g_strdup_printf (SECRET "%u", 100 + i);

        look_in_files (profile, word);
      }
  for (guint i = 0; i < N; i++)
    g_free (ids[i]);
}

/* What went was counted, and stays counted. */
static void
test_figures (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Look) before = { 0 };
  g_auto (Look) after = { 0 };

  for (guint32 i = 0; i < 4; i++)
    {
      g_autofree char *id = receive (t, 200 + i, LONG_AGO + i * G_TIME_SPAN_HOUR, NULL, FALSE);

      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
      set_status (t, id, MOS_STATUS_CLOSED);
    }
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 100 * DAY);
  hear (t);
  test_write (t->store, do_dump_figures, &before);
  g_assert_nonnull (strstr (before.figures, "close"));
  switch_on (t, MOS_RETENTION_EMAIL, 60);
  run_scheduler (t);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 8 * DAY);
  run_scheduler (t);
  test_write (t->store, do_look_at_list, &after);
  g_assert_cmpuint (after.receipts->len, ==, 1);
  test_write (t->store, do_dump_figures, &after);
  g_assert_cmpstr (before.figures, ==, after.figures);
  assert_no_problems (t);
}

/* Off and on again, all of it is told once more before it goes; off, nothing goes. */
static void
test_grace_again (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, LONG_AGO, NULL, FALSE);
  Rule off = { MOS_RETENTION_EMAIL, 60, FALSE, FALSE };
  g_auto (Look) look = { 0 };

  set_status (t, id, MOS_STATUS_CLOSED);
  test_write (t->store, do_age, NULL);
  switch_on (t, MOS_RETENTION_EMAIL, 60);
  run_scheduler (t);
  test_write (t->store, do_set, &off);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 0);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 30 * DAY);
  run_scheduler (t);
  g_assert_true (is_there (t, id));
  switch_on (t, MOS_RETENTION_EMAIL, 60);
  run_scheduler (t);
  g_assert_true (is_there (t, id));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 8 * DAY);
  hear (t);
  run_scheduler (t);
  g_assert_false (is_there (t, id));
}

/* The clock leaps ahead by ten years, and stays there: nothing goes before a mail of that time came. */
static void
test_leap (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, LONG_AGO, NULL, FALSE);
  g_auto (Look) look = { 0 };

  set_status (t, id, MOS_STATUS_CLOSED);
  hear (t);
  switch_on (t, MOS_RETENTION_EMAIL, 60);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 3650 * DAY);
  for (guint i = 0; i < 10; i++)
    {
      run_scheduler (t);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), DAY);
    }
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 1);
  g_assert_true (is_there (t, id));
  hear (t);
  run_scheduler (t);
  g_assert_false (is_there (t, id));
}

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_retention_begin (txn, error);
}

/* The clock was ahead, and is right again: the runs go on today, not in ten years. */
static void
test_back (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, LONG_AGO, NULL, FALSE);
  g_auto (Look) look = { 0 };

  test_write (t->store, do_begin, NULL);
  set_status (t, id, MOS_STATUS_CLOSED);
  test_write (t->store, do_age, NULL);
  hear (t);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 3650 * DAY);
  switch_on (t, MOS_RETENTION_SPAM, 30);
  run_scheduler (t);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), -3650 * DAY);
  {
    Rule mail = { MOS_RETENTION_EMAIL, 60, TRUE, FALSE };

    test_write (t->store, do_see, &mail);
    test_write (t->store, do_rule, &mail);
  }
  run_scheduler (t);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 0);
  test_write (t->store, do_begin, NULL);
  run_scheduler (t);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 1);
}

static gboolean
do_send_to_many (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE message SET direction = 'outgoing' WHERE conversation = ?", "t", data) &&
         mos_database_exec (txn->database, error, "UPDATE conversation SET silent_message = (SELECT id FROM message WHERE conversation = ?1) WHERE id = ?1", "t", data) &&
         (mos_txn_touch_conversation (txn, data), mos_txn_dirty (txn, data, MOS_DIRTY_DERIVED), TRUE);
}

/* What an outreach sent and nobody answered is in no list, and goes as mail does. */
static void
test_unanswered (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, LONG_AGO, NULL, FALSE);

  test_write (t->store, do_send_to_many, id);
  test_write (t->store, do_age, NULL);
  hear (t);
  switch_on (t, MOS_RETENTION_EMAIL, 60);
  run_scheduler (t);
  g_assert_true (is_there (t, id));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 8 * DAY);
  run_scheduler (t);
  g_assert_false (is_there (t, id));
}

static gboolean
run_labelled (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Rule *rule = data;

  return (!rule->is_on || do_see (txn, rule, error)) && do_set (txn, rule, error);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, *(gint64 *) data, &label, error);
}

static gint64
set_labelled (MosTestStore *t,
              gboolean is_on)
{
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  Rule call = { MOS_RETENTION_EMAIL, 60, is_on, FALSE };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_store_write_sync (t->store, &actor, MOS_RETENTION_SET, run_labelled, &call, &batch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (batch, >, 0);
  return batch;
}

/* Whatever ran meanwhile, switching on and off can be taken back; and what is on again by an undo has its run, too. */
static void
test_undo (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *id = receive (t, 1, LONG_AGO, NULL, FALSE);
  gint64 on, off;
  g_auto (Look) look = { 0 };

  set_status (t, id, MOS_STATUS_CLOSED);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 100 * DAY);
  on = set_labelled (t, TRUE);
  run_scheduler (t);
  test_write (t->store, do_undo, &on);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 0);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 10 * DAY);
  run_scheduler (t);
  g_assert_true (is_there (t, id));
  set_labelled (t, TRUE);
  off = set_labelled (t, FALSE);
  run_scheduler (t);
  test_write (t->store, do_undo, &off);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), DAY);
  run_scheduler (t);
  test_write (t->store, do_look_at_list, &look);
  g_assert_cmpuint (look.n_going, ==, 1);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/retention/classes", test_classes);
  g_test_add_func ("/retention/bills", test_bills);
  g_test_add_func ("/retention/protected", test_protected);
  g_test_add_func ("/retention/rules", test_rules);
  g_test_add_func ("/retention/run", test_run);
  g_test_add_func ("/retention/figures", test_figures);
  g_test_add_func ("/retention/grace-again", test_grace_again);
  g_test_add_func ("/retention/leap", test_leap);
  g_test_add_func ("/retention/back", test_back);
  g_test_add_func ("/retention/unanswered", test_unanswered);
  g_test_add_func ("/retention/undo", test_undo);
  return g_test_run ();
}
