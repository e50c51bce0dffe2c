/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-joining.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-surveys.h"

#include <string.h>

/* Erasing a person (behaviour.md §2.13): a desk is made up, people and conversations are merged as it comes, and of who is erased no byte is left in the
 * database, its log or the folder of blobs, while everybody else's mail is as it was. */

#define N_PEOPLE 6
#define N_MAILS 30

typedef struct
{
  MosTestStore *store;
  GRand *rand;
  guint n;
  char *words[N_PEOPLE];     /* a word that only this person's mail has */
  char *customers[N_PEOPLE]; /* (nullable) until the first mail */
  int into[N_PEOPLE];
  char *conversations[N_MAILS];
  int of[N_MAILS];
  guint n_conversations;
  char *messages[2 * N_MAILS];
  int whose[2 * N_MAILS];
  guint n_messages;
  int person;
  MosErasure *erasure;
} Shop;

static int
now (Shop *s,
     int person)
{
  while (s->into[person] >= 0)
    person = s->into[person];
  return person;
}

static char *
make_mail (Shop *s,
           int person,
           guint n,
           gboolean is_reply)
{
  const char *word = s->words[person];
  g_autofree char *filling = g_strnfill (n % 5 == 0 ? 90000 : 40, 'x');
  GString *mail = g_string_new (NULL);
  g_autofree char *customer = g_strdup_printf ("\"%s %sova\" <%s@mail.example>", word, word, word);

  for (char *c = filling; *c != '\0'; c += 61)
    {
      *c = (char) ('a' + g_rand_int_range (s->rand, 0, 26));
      if (strlen (c) < 61)
        break;
    }
  g_string_append_printf (mail, "From: %s\r\nTo: %s\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nSubject: About %s %u\r\nMessage-ID: <m%u.%s@mail.example>\r\n", is_reply ? "support@shop.example" : customer, is_reply ? customer : "support@shop.example",
                          word, n, n, word);
  g_string_append_printf (mail, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt is about %s and nothing else.\r\n", word);
  g_string_append_printf (mail, "--b\r\nContent-Type: text/plain; name=\"%s.txt\"\r\nContent-Disposition: attachment; filename=\"%s.txt\"\r\n\r\n%s %s\r\n--b--\r\n", word, word, word, filling);
  return g_string_free (mail, FALSE);
}

typedef struct
{
  const char *text;
  char *result;
} Text;

static gboolean
do_customer_of (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Text *t = data;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_find (txn, t->text, &row, error))
    return FALSE;
  t->result = g_strdup (row->customer);
  return TRUE;
}

static void
write_mail (Shop *s)
{
  int person = g_rand_int_range (s->rand, 0, N_PEOPLE);
  guint n = s->n++;
  gboolean is_reply = g_rand_int_range (s->rand, 0, 4) == 0;
  g_autofree char *mail = make_mail (s, person, n, is_reply);
  g_autoptr (MosIngestResult) result = test_ingest (s->store->store, mail, is_reply ? MOS_FOLDER_SENT : MOS_FOLDER_INBOX, n + 1, MOS_TEST_NOW_US + n * G_TIME_SPAN_MINUTE);

  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  s->conversations[s->n_conversations] = g_strdup (result->conversation);
  s->of[s->n_conversations++] = person;
  s->messages[s->n_messages] = g_strdup (result->message);
  s->whose[s->n_messages++] = person;
  if (s->customers[person] == NULL)
    {
      Text t = { result->conversation, NULL };

      test_write (s->store->store, do_customer_of, &t);
      s->customers[person] = t.result;
    }
}

/* Somebody says something of the service, and then something else. */
static gboolean
add_score (MosTxn *txn,
           const char *conversation,
           const char *customer,
           const char *text,
           GError **error)
{
  g_autoptr (MosSurvey) survey = mos_survey_make (MOS_SURVEY_NPS);
  g_autofree char *id = NULL;

  survey->conversation = g_strdup (conversation);
  survey->customer = g_strdup (customer);
  survey->score = 3;
  survey->answered_us = mos_txn_get_now_us (txn);
  g_set_str (&survey->comment, text);
  return mos_store_survey_add (txn, survey, &id, error) && mos_store_survey_answer (txn, id, 8, text, mos_txn_get_now_us (txn), error);
}

/* What people do with it: notes, drafts, fields, tags, scores. */
static gboolean
do_work (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Shop *s = data;
  guint n = (guint) g_rand_int_range (s->rand, 0, (gint32) s->n_conversations);
  const char *word = s->words[s->of[n]];
  const char *id = s->conversations[n];
  const char *ids[] = { id, NULL };
  g_autofree char *text = g_strdup_printf ("A note about %s", word);
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;

  if (!mos_store_conversation_find (txn, id, &conversation, error))
    return FALSE;
  if (conversation->status == MOS_STATUS_CLOSED && !mos_action_set_status (txn, ids, MOS_STATUS_OPEN, 0, error))
    return FALSE;
  if (conversation->number % 2 == 0 && !mos_store_conversation_set_subject (txn, id, text, error))
    return FALSE;
  if (!mos_store_customer_find (txn, s->customers[s->of[n]], &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  return add_score (txn, id, row->id, text, error) && mos_action_add_note (txn, id, text, NULL, error) && mos_customers_set (copy, "notes", text, error) && mos_customers_set (copy, "own:Word", word, error) && mos_customers_save (txn, copy, error);
}

typedef struct
{
  const char *from, *into;
} Pair;

static gboolean
do_join (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Pair *pair = data;
  const char *ids[] = { pair->from, NULL };
  g_autofree char *from = NULL, *into = NULL;

  if (!mos_store_conversation_resolve (txn, pair->from, &from, error) || !mos_store_conversation_resolve (txn, pair->into, &into, error))
    return FALSE;
  return g_str_equal (from, into) || mos_action_merge (txn, ids, into, error);
}

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Pair *pair = data;

  return mos_customers_merge (txn, pair->from, pair->into, NULL, TRUE, error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Shop *s = data;

  return mos_customers_erase (txn, s->customers[s->person], &s->erasure, error);
}

static gboolean
is_gone (Shop *s,
         int person)
{
  return now (s, person) == now (s, s->person);
}

static void
look_in_bytes (Shop *s,
               const char *what,
               const guint8 *bytes,
               gsize size)
{
  for (int i = 0; i < N_PEOPLE; i++)
    if (is_gone (s, i) && memmem (bytes, size, s->words[i], strlen (s->words[i])) != NULL)
      g_error ("“%s” is still in %s", s->words[i], what);
}

static void
look_in_files (Shop *s,
               const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        look_in_files (s, child);
      else if (g_file_get_contents (child, &bytes, &size, NULL))
        look_in_bytes (s, child, (const guint8 *) bytes, size);
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
      const guint8 *start;

      if (!mos_store_blob_find (txn, ids->pdata[i], &bytes, error))
        return FALSE;
      start = g_bytes_get_data (bytes, &size);
      look_in_bytes (data, ids->pdata[i], start, size);
    }
  return TRUE;
}

static gboolean
do_look_at_others (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Shop *s = data;

  for (guint i = 0; i < s->n_messages; i++)
    {
      g_autoptr (MosMessageRow) row = NULL;
      g_autoptr (MosConversationRow) conversation = NULL;

      if (!mos_store_message_find (txn, s->messages[i], &row, error))
        return FALSE;
      if (is_gone (s, s->whose[i]))
        {
          g_assert_null (row);
          continue;
        }
      g_assert_nonnull (row);
      g_assert_nonnull (strstr (row->text, s->words[s->whose[i]]));
      if (!mos_store_conversation_find (txn, row->conversation, &conversation, error))
        return FALSE;
      g_assert_cmpint (conversation->deleted_us, ==, 0);
      g_assert_nonnull (conversation->customer);
    }
  return TRUE;
}

static void
shop_clear (Shop *s)
{
  for (int i = 0; i < N_PEOPLE; i++)
    {
      g_free (s->words[i]);
      g_free (s->customers[i]);
    }
  for (guint i = 0; i < s->n_conversations; i++)
    g_free (s->conversations[i]);
  for (guint i = 0; i < s->n_messages; i++)
    g_free (s->messages[i]);
  g_clear_pointer (&s->erasure, mos_erasure_unref);
  g_clear_pointer (&s->store, mos_test_store_free);
  g_rand_free (s->rand);
}

static void
make_shop (Shop *s,
           guint32 seed)
{
  s->store = test_desk_store ();
  s->rand = g_rand_new_with_seed (seed);
  for (int i = 0; i < N_PEOPLE; i++)
    {
      s->words[i] = g_strdup_printf ("qz%cvyx%cw", 'a' + i, 'k' + i);
      s->into[i] = -1;
    }
  while (s->n < N_MAILS)
    write_mail (s);
  for (int i = 0; i < 10; i++)
    test_write (s->store->store, do_work, s);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 6; seed++)
    {
      Shop s = { 0 };
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("seed %u", seed);
      make_shop (&s, seed);
      for (int i = 0; i < 6; i++)
        {
          Pair pair = { s.conversations[g_rand_int_range (s.rand, 0, N_MAILS)], s.conversations[g_rand_int_range (s.rand, 0, N_MAILS)] };

          test_write (s.store->store, do_join, &pair);
        }
      for (int i = 0; i < 2; i++)
        {
          int from = now (&s, g_rand_int_range (s.rand, 0, N_PEOPLE)), into = now (&s, g_rand_int_range (s.rand, 0, N_PEOPLE));
          Pair pair = { s.customers[from], s.customers[into] };

          if (from == into)
            continue;
          test_write (s.store->store, do_merge, &pair);
          s.into[from] = into;
        }
      s.person = g_rand_int_range (s.rand, 0, N_PEOPLE);
      test_write (s.store->store, do_erase, &s);
      g_assert_cmpuint (s.erasure->mentions->len, ==, 0);
      test_write (s.store->store, do_look_at_others, &s);
      test_write (s.store->store, do_look_in_blobs, &s);
      problems = mos_store_check_sync (s.store->store, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < problems->len; i++)
        g_test_message ("%s %s", ((MosCheckProblem *) problems->pdata[i])->kind, ((MosCheckProblem *) problems->pdata[i])->subject);
      g_assert_cmpuint (problems->len, ==, 0);
      look_in_files (&s, s.store->profile);
      shop_clear (&s);
    }
}

#define DIGITS "600777333"

static gboolean
set_fields (MosTxn *txn,
            const char *customer,
            const char *word,
            const char *phone,
            GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_store_customer_find (txn, customer, &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  return mos_customers_set (copy, "notes", word, error) && mos_customers_set (copy, "company", word, error) && mos_customers_set (copy, "own:Word", word, error) && mos_customers_set (copy, "phone", phone, error) && mos_customers_save (txn, copy, error);
}

/* Somebody is merged into another by mistake, who has their number and words from then on. */
static gboolean
do_mistake (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Shop *s = data;

  return set_fields (txn, s->customers[0], s->words[0], "+34 " DIGITS, error) && set_fields (txn, s->customers[1], "", "+34 700 111 222", error) && set_fields (txn, s->customers[2], "", "", error) &&
         mos_customers_merge (txn, s->customers[0], s->customers[1], NULL, TRUE, error);
}

static gboolean
do_mend (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Shop *s = data;
  g_autoptr (GPtrArray) merges = mos_store_customer_list_merges (txn, s->customers[1], error);

  /* The one into the first of them came last, and goes on where this one ends. */
  for (guint i = 0; i < merges->len; i++)
    {
      const MosCustomerMerge *merge = merges->pdata[i];

      if (g_str_equal (merge->source, s->customers[0]))
        return mos_store_customer_unmerge (txn, merge->id, NULL, NULL, error);
    }
  g_assert_not_reached ();
}

static void
test_mended (void)
{
  Shop s = { 0 };
  Pair pair;

  make_shop (&s, 4);
  test_write (s.store->store, do_mistake, &s);
  /* What the other was merged with meanwhile knows of it, too. (Which merge came first is told by the clock.) */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_USEC_PER_SEC);
  pair = (Pair) { s.customers[2], s.customers[1] };
  test_write (s.store->store, do_merge, &pair);
  s.into[2] = 1;
  test_write (s.store->store, do_mend, &s);
  s.person = 0;
  test_write (s.store->store, do_erase, &s);
  test_write (s.store->store, do_look_at_others, &s);
  look_in_files (&s, s.store->profile);
  /* As a number it has no word. */
  g_set_str (&s.words[0], DIGITS);
  look_in_files (&s, s.store->profile);
  shop_clear (&s);
}

static gboolean
do_merge_first (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Shop *s = data;

  return set_fields (txn, s->customers[0], s->words[0], "+34 " DIGITS, error) && mos_customers_merge (txn, s->customers[0], s->customers[1], NULL, TRUE, error);
}

/* Into another, who became a third one and then a fourth: none of them knows of it, nor does the log. */
static void
test_inner (void)
{
  Shop s = { 0 };

  make_shop (&s, 11);
  test_write (s.store->store, do_merge_first, &s);
  for (int i = 1; i < 3; i++)
    {
      Pair pair = { s.customers[i], s.customers[i + 1] };

      mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_USEC_PER_SEC);
      test_write (s.store->store, do_merge, &pair);
      s.into[i] = i + 1;
    }
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_USEC_PER_SEC);
  test_write (s.store->store, do_mend, &s);
  s.person = 0;
  test_write (s.store->store, do_erase, &s);
  test_write (s.store->store, do_look_at_others, &s);
  look_in_files (&s, s.store->profile);
  g_set_str (&s.words[0], DIGITS);
  look_in_files (&s, s.store->profile);
  shop_clear (&s);
}

/* Old mail of theirs, be it one that was never here, does not bring them back; who writes again is a new customer. */
static void
test_again (void)
{
  Shop s = { 0 };
  g_autofree char *mail = NULL;
  g_autoptr (MosIngestResult) known = NULL;
  g_autoptr (MosIngestResult) old = NULL;
  g_autoptr (MosIngestResult) sent = NULL;
  g_autoptr (MosIngestResult) anew = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *reply = NULL;
  gint64 later;

  make_shop (&s, 3);
  mail = make_mail (&s, 2, 900, FALSE);
  known = test_ingest (s.store->store, mail, MOS_FOLDER_INBOX, 900, MOS_TEST_NOW_US);
  s.person = 2;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_TIME_SPAN_DAY);
  test_write (s.store->store, do_erase, &s);
  later = mos_clock_now_us (s.store->clock) + G_TIME_SPAN_HOUR;
  g_clear_pointer (&known, mos_ingest_result_unref);
  known = test_ingest (s.store->store, mail, MOS_FOLDER_INBOX, 901, later);
  g_assert_cmpint (known->outcome, ==, MOS_INGEST_ERASED);
  unknown = make_mail (&s, 2, 902, FALSE);
  old = test_ingest (s.store->store, unknown, MOS_FOLDER_INBOX, 902, MOS_TEST_NOW_US);
  g_assert_cmpint (old->outcome, ==, MOS_INGEST_ERASED);
  reply = make_mail (&s, 2, 903, TRUE);
  sent = test_ingest (s.store->store, reply, MOS_FOLDER_SENT, 903, MOS_TEST_NOW_US);
  g_assert_cmpint (sent->outcome, ==, MOS_INGEST_ERASED);
  anew = test_ingest (s.store->store, unknown, MOS_FOLDER_INBOX, 904, later);
  g_assert_cmpint (anew->outcome, ==, MOS_INGEST_IMPORTED);
  shop_clear (&s);
}

/* As shops write it; it is theirs as +34600112233. */
#define PHONE "34600112233"

typedef struct
{
  Shop *shop;
  const char *state;  /* of the order, in the shop */
  gint64 at_us;       /* when it was placed */
  gboolean by_phone;  /* their number says whose it is, not their address */
  const char *holder; /* (nullable): whose it is, as somebody said */
  gint64 n_theirs;    /* orders here that name the person */
  gint64 n_orders;
} Order;

/* The shop tells of an order of the person's, with all it knows of them. */
static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Order *o = data;
  const char *word = o->shop->words[o->shop->person];
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autofree char *remote_id = g_strdup_printf ("%" G_GINT64_FORMAT, o->at_us);
  MosOrder *order = mos_order_make (shop->id, remote_id);

  g_ptr_array_add (orders, order);
  g_set_str (&order->number, remote_id);
  g_set_str (&order->status, o->state);
  order->created_us = o->at_us;
  order->modified_us = mos_txn_get_now_us (txn);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "12.50");
  g_free (order->email);
  order->email = o->by_phone ? g_strdup ("") : g_strdup_printf ("%s@mail.example", word);
  g_set_str (&order->phone, o->by_phone ? PHONE : "");
  g_set_str (&mos_order_add_refund (order)->reason, word);
  g_set_str (&mos_order_add_shipment (order)->number, word);
  g_set_str (&mos_order_add_shipment (order)->url, word);
  g_set_str (&order->name, word);
  g_set_str (&order->address, word);
  g_set_str (&order->note, word);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error) &&
         (o->holder == NULL || mos_store_order_link (txn, order->id, o->holder, MOS_ORDER_PROOF_HAND, error)) &&
         mos_database_get_int (txn->database, &o->n_orders, error, "SELECT count (*) FROM shop_order", "") &&
         mos_database_get_int (txn->database, &o->n_theirs, error, "SELECT count (*) FROM shop_order WHERE instr (email || phone || name || address || note || customer_url, ?) > 0 OR customer IS NOT NULL", "t", word);
}

static gboolean
do_add_phone (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Shop *s = data;

  return mos_customers_add_identity (txn, s->customers[s->person], "+" PHONE, NULL, error);
}

/* What a shop goes on to say of an erased person's order stays without the person; what they buy afterwards is somebody's again. */
static void
check_orders (gboolean by_phone,
              gboolean of_another)
{
  Shop s = { 0 };
  Order order = { .shop = &s, .state = "processing", .at_us = MOS_TEST_NOW_US, .by_phone = by_phone };
  Order other;

  make_shop (&s, 5);
  s.person = 2;
  order.holder = of_another ? s.customers[1] : NULL;
  test_write (s.store->store, do_add_phone, &s);
  test_write (s.store->store, do_order, &order);
  g_assert_cmpint (order.n_theirs, ==, 1);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_TIME_SPAN_DAY);
  test_write (s.store->store, do_erase, &s);
  look_in_files (&s, s.store->profile);

  order.state = "completed";
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (s.store->clock), G_TIME_SPAN_HOUR);
  test_write (s.store->store, do_order, &order);
  look_in_files (&s, s.store->profile);
  g_assert_cmpint (order.n_orders, ==, 1);
  /* Whoever holds it goes on holding it. */
  g_assert_cmpint (order.n_theirs, ==, of_another ? 1 : 0);

  other = order;
  other.at_us = mos_clock_now_us (s.store->clock);
  other.holder = NULL;
  test_write (s.store->store, do_order, &other);
  g_assert_cmpint (other.n_orders, ==, 2);
  g_assert_cmpint (other.n_theirs, ==, order.n_theirs + 1);
  shop_clear (&s);
}

static void
test_orders (void)
{
  for (guint i = 0; i < 4; i++)
    check_orders (i % 2 != 0, i / 2 != 0);
}

typedef struct
{
  Shop *shop;
  char *note_in;
  gint64 n_facts;
} Mention;

static gboolean
do_mention (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Mention *m = data;
  g_autofree char *text = g_strdup_printf ("Call %s@mail.example about this, too", m->shop->words[1]);
  guint i = 0;

  while (m->shop->of[i] == 1)
    i++;
  m->note_in = g_strdup (m->shop->conversations[i]);
  return mos_action_add_note (txn, m->note_in, text, NULL, error);
}

static gboolean
do_count_events (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Mention *m = data;

  return mos_database_get_int (txn->database, &m->n_facts, error, "SELECT count (*) FROM event WHERE kind IN ('received', 'sent')", "");
}

static gboolean
do_receipts (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Mention *m = data;
  g_autoptr (GPtrArray) receipts = mos_store_erasure_list (txn, error);
  MosErasure *receipt = receipts->pdata[0];

  g_assert_cmpuint (receipts->len, ==, 1);
  g_assert_cmpstr (receipt->id, ==, m->shop->erasure->id);
  g_assert_cmpstr (receipt->hash, ==, m->shop->erasure->hash);
  g_assert_cmpuint (strlen (receipt->hash), ==, 64);
  g_assert_cmpuint (receipt->n_identities, ==, 1);
  return TRUE;
}

/* What others' notes say of them is listed; the measures count what they counted. */
static void
test_mentions (void)
{
  Shop s = { 0 };
  Mention m = { &s, NULL, 0 };
  gint64 before;

  make_shop (&s, 9);
  test_write (s.store->store, do_mention, &m);
  test_write (s.store->store, do_count_events, &m);
  before = m.n_facts;
  s.person = 1;
  test_write (s.store->store, do_erase, &s);
  g_assert_cmpuint (s.erasure->mentions->len, ==, 1);
  g_assert_cmpstr (((MosConversationRow *) s.erasure->mentions->pdata[0])->id, ==, m.note_in);
  test_write (s.store->store, do_count_events, &m);
  g_assert_cmpint (m.n_facts, ==, before);
  test_write (s.store->store, do_receipts, &m);
  g_free (m.note_in);
  shop_clear (&s);
}

/* What is written about them by number, in one's own or another's way of writing it, or by the name a chat has for them. */
static gboolean
do_mention_more (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  static const char *const notes[] = { "Call 600 777 333 again", "her number is +34600777333.", "(0600777333)", "Rosa Pitanga wrote", "Rosa wrote", "600 777 334" };
  Shop *s = data;
  guint n = 0;

  if (!mos_customers_add_identity (txn, s->customers[1], "+34 " DIGITS, NULL, error) || !mos_database_exec (txn->database, error, "UPDATE identity SET name = 'Rosa Pitanga' WHERE kind = 'phone'", ""))
    return FALSE;
  for (guint i = 0; i < s->n_conversations && n < G_N_ELEMENTS (notes); i++)
    if (s->of[i] != 1 && !mos_action_add_note (txn, s->conversations[i], notes[n++], NULL, error))
      return FALSE;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (notes));
  return TRUE;
}

static void
test_numbers (void)
{
  Shop s = { 0 };

  make_shop (&s, 9);
  test_write (s.store->store, do_mention_more, &s);
  s.person = 1;
  test_write (s.store->store, do_erase, &s);
  g_assert_cmpuint (s.erasure->mentions->len, ==, 4);
  shop_clear (&s);
}

/* Nobody has sent it yet: a mail of its own, and one about somebody else's matter. */
static gboolean
do_draft (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Shop *s = data;
  g_autofree char *address = g_strdup_printf ("%s@Mail.Example", s->words[1]);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MosDraft) draft = mos_draft_new ();
      const char *to = i < 2 ? address : "bob@example.com";
      guint n = 0;

      while (s->of[n] == 1)
        n++;
      draft->id = g_strdup_printf ("draft-%u", i);
      draft->account = g_strdup (ACCOUNT);
      draft->kind = g_strdup (i == 0 ? "new" : "forward");
      draft->conversation = i == 0 ? NULL : g_strdup (s->conversations[n]);
      draft->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
      g_ptr_array_add (draft->to, mos_address_make (NULL, to));
      draft->subject = g_strdup ("Hello");
      draft->text = g_strdup (i < 2 ? s->words[1] : "It is about somebody");
      if (!mos_store_draft_save (txn, draft, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_count_drafts (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autofree char *left = NULL;
  gint64 blank = 0;

  if (!mos_database_get_text (txn->database, &left, error, "SELECT group_concat (id) FROM draft WHERE id LIKE 'draft-%'", "") ||
      !mos_database_get_int (txn->database, &blank, error, "SELECT count (*) FROM conversation WHERE place = 'blank'", ""))
    return FALSE;
  g_assert_cmpstr (left, ==, "draft-2");
  g_assert_cmpint (blank, ==, 0);
  return TRUE;
}

static void
test_drafts (void)
{
  Shop s = { 0 };

  make_shop (&s, 9);
  test_write (s.store->store, do_draft, &s);
  s.person = 1;
  test_write (s.store->store, do_erase, &s);
  test_write (s.store->store, do_count_drafts, &s);
  test_write (s.store->store, do_look_at_others, &s);
  look_in_files (&s, s.store->profile);
  shop_clear (&s);
}

static gboolean
do_share (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Shop *s = data;
  g_autofree char *address = g_strdup_printf ("%s@mail.example", s->words[1]);

  return mos_customers_add_identity (txn, s->customers[0], address, NULL, error);
}

static gboolean
do_look_at_shared (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Shop *s = data;
  g_autoptr (MosCustomerRow) gone = NULL;
  g_autoptr (MosCustomerRow) left = NULL;

  if (!mos_store_customer_find (txn, s->customers[1], &gone, error) || !mos_store_customer_find (txn, s->customers[0], &left, error))
    return FALSE;
  g_assert_null (gone);
  g_assert_cmpuint (left->identities->len, ==, 2);
  return TRUE;
}

/* Two at info@family: the address stays with the other one. */
static void
test_shared (void)
{
  Shop s = { 0 };

  make_shop (&s, 4);
  test_write (s.store->store, do_share, &s);
  s.person = 1;
  test_write (s.store->store, do_erase, &s);
  g_assert_cmpuint (s.erasure->n_identities, ==, 0);
  test_write (s.store->store, do_look_at_shared, &s);
  shop_clear (&s);
}

static gboolean
do_refuse (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Shop *s = data;
  g_autoptr (GError) local_error = NULL;

  g_assert_false (mos_customers_erase (txn, s->customers[s->person], &s->erasure, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT);
  /* Nothing of it is kept. */
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_step (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  return do_refuse (txn, data, error);
}

static void
test_unsent (void)
{
  Shop s = { 0 };
  g_auto (TestReply) reply = { 0 };
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;
  guint i = 0;

  make_shop (&s, 5);
  while (s.of[i] != 3)
    i++;
  reply.conversation = s.conversations[i];
  s.person = 3;
  test_write (s.store->store, test_do_reply, &reply);
  g_assert_false (mos_store_write_sync (s.store->store, &actor, NULL, run_step, &s, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT);
  shop_clear (&s);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-erase/random", test_random);
  g_test_add_func ("/customer-erase/mended", test_mended);
  g_test_add_func ("/customer-erase/inner", test_inner);
  g_test_add_func ("/customer-erase/again", test_again);
  g_test_add_func ("/customer-erase/orders", test_orders);
  g_test_add_func ("/customer-erase/mentions", test_mentions);
  g_test_add_func ("/customer-erase/numbers", test_numbers);
  g_test_add_func ("/customer-erase/drafts", test_drafts);
  g_test_add_func ("/customer-erase/shared", test_shared);
  g_test_add_func ("/customer-erase/unsent", test_unsent);
  return g_test_run ();
}
