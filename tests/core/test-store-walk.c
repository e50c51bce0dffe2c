/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/store/mos-store-query-private.h"
#include "mos-test.h"
#include "store-fixture.h"

#include <string.h>

/* Beginnings of words are found by looking at the newest messages, or by the index: the same, in the same order, for any limit. */

#define N_MESSAGES 700
#define N_CONVERSATIONS 300

static const char *const words[] = {
  "parcel",
  "parcels",
  "paper",
  "pay",
  "invoice",
  "inside",
  "inbox",
  "in",
  "an",
  "ana",
  "and",
  "AB-1203",
  "AB-1244",
  "ábaco",
  "straße",
  "zebra",
  "quick",
  "new",
  "one",
  "order",
  "where",
  "is",
  "my",
  "注文番号",
  "日本",
  "refund",
  "re-read",
  "l'été",
  "tomorrow's",
  "1042",
  "a1b2c3",
  "ｶﾀｶﾅ",
};
static const char *const names[] = { "Ana García", "Andrés Paz", "Bea", "日野", "Zoë O'Neil", "Parker Invoice" };

static char *
text_of (guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    {
      /* Earlier words are more frequent. */
      int i = g_test_rand_int_range (0, g_test_rand_int_range (1, (int) G_N_ELEMENTS (words) + 1));

      g_string_append_printf (text, "%s%s", text->len > 0 ? g_test_rand_int_range (0, 4) == 0 ? ".\n" : " " : "", words[i]);
    }
  return g_string_free (text, FALSE);
}

static gboolean
fill (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_free);
  static const MosStatus statuses[] = { MOS_STATUS_OPEN, MOS_STATUS_OPEN, MOS_STATUS_CLOSED, MOS_STATUS_SPAM };

  fixture_account (txn, f);
  for (guint i = 0; i < N_CONVERSATIONS; i++)
    {
      g_ptr_array_add (conversations, fixture_conversation (txn, f, "A subject"));
      g_assert_true (mos_store_conversation_set_status (txn, conversations->pdata[i], statuses[i % G_N_ELEMENTS (statuses)], 0, error));
    }
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (MosMessageRow) row = mos_message_row_new ();
      g_autoptr (MosMessageContent) content = mos_message_content_new ();
      gboolean added;

      row->id = g_strdup_printf ("m%u", i);
      row->conversation = g_strdup (conversations->pdata[g_test_rand_int_range (0, N_CONVERSATIONS)]);
      row->account = g_strdup (ACCOUNT);
      row->direction = i % 7 == 0 ? MOS_DIRECTION_NOTE : MOS_DIRECTION_INCOMING;
      row->delivery = MOS_DELIVERY_RECEIVED;
      if (row->direction == MOS_DIRECTION_INCOMING)
        {
          row->message_id = g_strdup_printf ("%u@example.com", i);
          row->from = mos_address_make (names[i % G_N_ELEMENTS (names)], "paula.inn@example.com");
          row->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
          g_ptr_array_add (row->to, mos_address_make (names[(i / 3) % G_N_ELEMENTS (names)], "orders@shop.example"));
        }
      row->subject = text_of (2);
      row->received_us = row->sent_us = (1600000000 + (gint64) i * 60) * S;
      row->text = text_of ((guint) g_test_rand_int_range (0, 12));
      row->reply_text = g_strdup (row->text);
      if (i % 11 == 0)
        {
          MosAttachment *attachment = mos_attachment_new ();

          attachment->name = g_strdup_printf ("%s-%u.pdf", i % 2 == 0 ? "papiere" : "factura", i);
          attachment->type = g_strdup ("application/pdf");
          attachment->size = 4;
          attachment->data = g_bytes_new_static ("data", 4);
          row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
          g_ptr_array_add (row->attachments, attachment);
        }
      content->raw = g_bytes_new (row->id, strlen (row->id));
      mos_store_message_add (txn, row, content, &added, error);
      g_assert_no_error (*error);
      g_assert_true (added);
    }
  for (guint i = 5; i < N_CONVERSATIONS; i += 40)
    g_assert_true (mos_store_conversation_set_deleted (txn, conversations->pdata[i], TRUE, error));
  /* As a desk with very many looks: the index would have a lot to read. */
  return mos_database_exec (txn->database, error, "UPDATE conversation SET number = 50000000 WHERE id = ?", "t", conversations->pdata[0]);
}

static const char *const queries[] = {
  "a*",
  "p*",
  "pa*",
  "par*",
  "parc*",
  "parcel*",
  "parcels*",
  "i*",
  "in*",
  "inv*",
  "z*",
  "q*",
  "nothing*",
  "á*",
  "stras*",
  "AB-12*",
  "ab1203*",
  "1*",
  "10*",
  "a1b*",
  "l'e*",
  "tomorrow's*",
  "re-r*",
  "注",
  "注文番*",
  "日*",
  "\"my order\"*",
  "\"where is\"*",
  "\"ana gar\"*",
  "\"o'neil paula\"*",
  "paula.i*",
  "orders@shop.ex*",
  "papi*",
  "fac*",
  "pdf*",
  "subject:pa*",
  "subject:AB-1*",
  "file:pap*",
  "file:fac*",
  "order:AB-12*",
  "from:an*",
  "from:\"ana g\"*",
  "from:par*",
  "to:an*",
  "parcel p*",
  "zebra p*",
  "nothing p*",
  "p* i*",
  "a* b* p*",
  "parcel OR in*",
  "(p* OR q*) a*",
  "-parcel p*",
  "p* -in*",
  "status:closed p*",
  "status:closed -parcel a*",
  "is:active in*",
  "parcel from:an*",
  "has:attachment p*",
  "after:2020-09-13 p*",
  "before:2020-09-13 in*",
};

/* How many were answered without the index. */
static guint n_walked;

static gboolean
compare (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  static const guint limits[] = { 1, 2, 7, 30, 100, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (MosQuery) query = mos_query_parse (queries[i], NULL);
      MosQueryOptions all = { .me = AGENT };
      g_autoptr (GPtrArray) expected = mos_query_list_hits (txn, query, &all, error);

      g_assert_no_error (*error);
      for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
        {
          MosQueryOptions options = { .me = AGENT, .limit = limits[l] };
          g_autoptr (GPtrArray) found = mos_query_list_hits (txn, query, &options, error);
          g_autoptr (MosQuerySql) sql = mos_query_sql_new (query, &options, txn->now_us);

          g_assert_no_error (*error);
          g_test_message ("%s, %u: %u of %u", queries[i], limits[l], found->len, expected->len);
          g_assert_cmpuint (found->len, ==, MIN (limits[l], expected->len));
          for (guint h = 0; h < found->len; h++)
            {
              MosQueryHit *one = found->pdata[h], *other = expected->pdata[h];

              g_assert_cmpstr (one->conversation, ==, other->conversation);
              g_assert_cmpstr (one->message, ==, other->message);
              g_assert_cmpint (one->at, ==, other->at);
            }
          for (guint b = 0; b < sql->branches->len; b++)
            {
              g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (mos_query_hit_free);

              n_walked += mos_query_walk (txn, sql, sql->branches->pdata[b], hits, error) == 1;
              g_assert_no_error (*error);
            }
        }
    }
  return TRUE;
}

static void
test_walk (void)
{
  Fixture *f = fixture_new ();

  fixture_write (f, NULL, fill);
  fixture_read (f, compare);
  /* All but those whose beginning is within an "or", or a recipient's. */
  g_assert_cmpuint (n_walked, >=, 6 * (G_N_ELEMENTS (queries) - 10));
  fixture_free (f);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/store/walk", test_walk);

  return g_test_run ();
}
