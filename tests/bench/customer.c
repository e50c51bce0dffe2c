/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-bench"

#include "config.h"

#include "core/desk/mos-desk-journey.h"
#include "core/store/mos-database.h"
#include "core/store/mos-store-orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* customer PROFILE CUSTOMERS ORDERS: fills an empty profile by SQL, then reads what the pane beside a conversation shows, of many customers and of
 * one who writes and orders all the time, and looks for some. One line of JSON each: {"what", "ms": milliseconds of wall time, "cpu_ms": of CPU}. */

#define N_READS 300
/* The first customer has so many of each. */
#define N_HEAVY 10000
/* Of the one mail that all have. */
#define MAIL_SHA256 "14618346f6e6f16bdf24e0d3e7ab3e526f94dc9829c0401b22ad5d86e7ee28f9"

static const char *const fill[] = {
  "INSERT INTO account (id, kind, name, address, imap_host, imap_port, imap_user, imap_security, smtp_host, smtp_port, smtp_user, smtp_security, signature, work_since, server_files_sent, position)"
  " VALUES ('a', 'email', 'Support', 's@shop.example', '', 0, '', 'tls', '', 0, '', 'tls', '', 0, 0, 0)",
  "INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('s', 'csv', 'Shop', '', '{}', 'EUR', 0), ('t', 'csv', 'Other', '', '{}', 'GBP', 1)",
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)"
  " INSERT INTO customer (id, name, phone, first_seen) SELECT 'c' || i, 'Customer ' || i, '+49 30 ' || (1000000 + i), i + 1 FROM n",
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)"
  " INSERT INTO identity (id, kind, value, source) SELECT 'i' || i, 'email', 'c' || i || '@mail.example', 'mail' FROM n",
  "INSERT INTO customer_identity (customer, identity) SELECT 'c' || substr (id, 2), id FROM identity",
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 * 2)"
  " INSERT INTO conversation (id, account, channel, customer, subject, status, priority, created_at, updated_at, place)"
  " SELECT 'v' || i, 'a', 'email', 'c' || CASE WHEN i < " G_STRINGIFY (N_HEAVY) " THEN 0 ELSE i % ?1 END, 'Order FL-' || i, 'closed', 'normal', i * 1000000 + 1, i * 1000000 + 1, 'closed' FROM n",
  "INSERT INTO blob (sha256, size, is_packed, created_at, data) SELECT '" MAIL_SHA256 "', length (data), 0, 1, data FROM (SELECT CAST ('Date: Mon, 02 Mar 2026 10:00:00 +0000' || char (13, 10, 13, 10) || 'Where is it?' AS BLOB) AS data)",
  "INSERT INTO message (id, conversation, origin_conversation, account, customer, direction, classification, delivery, subject, sent_at, received_at, unread, quarantined, automatic, archive, has_html, has_attachments, raw_sha256)"
  " SELECT 'm' || substr (id, 2), id, id, 'a', customer, 'incoming', 'normal', 'received', subject, created_at, created_at, 0, 0, 0, 0, 0, 0, '" MAIL_SHA256 "' FROM conversation",
  "INSERT INTO message_text (seq, text, reply_text) SELECT seq, subject, 'Where is ' || subject || '?' FROM message",
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)"
  " INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name, country,"
  " address, admin_url, customer_url, note, customer, proof, seen_at, digest)"
  " SELECT 'o' || i, CASE i % 5 WHEN 0 THEN 't' ELSE 's' END, i, 'FL-' || i, 'fl-' || i, '' || i, 'completed', CASE i % 9 WHEN 0 THEN 'refunded' ELSE 'delivered' END, 'card', 'sent', i * 1000000, i * 1000000,"
  " CASE i % 5 WHEN 0 THEN 'GBP' ELSE 'EUR' END, '49.90', CASE i % 9 WHEN 0 THEN '49.90' ELSE '0' END, 'c' || (i % ?1) || '@mail.example', '4930' || (1000000 + i % ?1), 'Customer', CASE i % 3 WHEN 0 THEN 'US' WHEN 1 THEN 'DE' ELSE 'JP' END, 'Street', '', '', '',"
  " 'c' || CASE WHEN i < " G_STRINGIFY (N_HEAVY) " THEN 0 ELSE i % ?1 END, 'email', 1, '' FROM n",
  "INSERT INTO order_item (shop_order, position, name, sku, variant, quantity, price, total, picture_url) SELECT id, 0, 'Lamp', 'L-1', 'red', '1', '39.90', '39.90', '' FROM shop_order",
  "INSERT INTO order_item (shop_order, position, name, sku, variant, quantity, price, total, picture_url) SELECT id, 1, 'Mug', 'M-1', '', '2', '5.00', '10.00', '' FROM shop_order",
  "INSERT INTO order_shipment (shop_order, position, carrier, number, url, status, shipped_at, delivered_at, expected_at) SELECT id, 0, 'GLS', '1' || remote_id, '', '', created_at + 1, created_at + 2, 0 FROM shop_order",
  "ANALYZE",
};

static gboolean
fill_profile (const char *profile,
              gint64 customers,
              gint64 orders,
              GError **error)
{
  g_autofree char *path = g_build_filename (profile, "mostrador.db", NULL);
  g_autoptr (MosDatabase) database = mos_database_open (path, MOS_DATABASE_READ_WRITE, error);

  if (database == NULL || !mos_database_run_script (database, "BEGIN", error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fill); i++)
    {
      const char *types = strstr (fill[i], "?2") != NULL ? "ii" : strstr (fill[i], "?1") != NULL ? "i"
                                                                                                 : "";

      if (!mos_database_exec (database, error, fill[i], types, customers, orders))
        return FALSE;
    }
  return mos_database_run_script (database, "COMMIT", error);
}

typedef struct
{
  const char *customer; /* beside */
  const char *conversation;
  const char *text;       /* instead of both: who is this? */
  MosOrderFilter *filter; /* (nullable): instead of all: which orders are there? */
  guint found;
} Read;

static gboolean
read_one (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Read *one = data;
  g_autoptr (GPtrArray) found = one->text != NULL ? mos_who_find (txn, one->text, 20, error) : NULL;
  g_autoptr (MosJourney) journey = NULL;

  if (one->filter != NULL)
    {
      g_autoptr (MosIdVector) vector = mos_store_order_list_ids (txn, one->filter, error);

      one->found = vector != NULL ? vector->ids->len : 0;
      return vector != NULL;
    }
  if (one->text != NULL)
    {
      one->found = found != NULL ? found->len : 0;
      return found != NULL;
    }
  if (!mos_journey_load (txn, one->customer, one->conversation, &journey, error))
    return FALSE;
  one->found = journey->orders->len;
  return TRUE;
}

static gboolean
measure (MosStore *store,
         const char *what,
         Read *one,
         GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  clock_t start = clock ();

  if (!mos_store_read_sync (store, read_one, one, NULL, error))
    return FALSE;
  printf ("{\"what\": \"%s\", \"ms\": %.2f, \"cpu_ms\": %.2f, \"found\": %u}\n", what, (double) (g_get_monotonic_time () - start_us) / 1000, (double) (clock () - start) * 1000 / CLOCKS_PER_SEC, one->found);
  return TRUE;
}

/* The list of all of them, as it is opened and as it is narrowed down. */
static gboolean
measure_orders (MosStore *store,
                GError **error)
{
  static const struct
  {
    const char *what, *text;
    guint late_days;
    gboolean has_status;
  } cases[] = {
    { "orders", NULL, 0, FALSE },
    { "orders of a status", NULL, 0, TRUE },
    { "orders that are late", NULL, 7, FALSE },
    { "orders by number", "FL-1234", 0, FALSE },
    { "orders by name", "nobody", 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosOrderFilter) filter = mos_order_filter_new ();
      Read one = { .filter = filter };

      filter->text = g_strdup (cases[i].text);
      filter->late_days = cases[i].late_days;
      filter->has_status = cases[i].has_status;
      filter->status = MOS_ORDER_REFUNDED;
      if (!measure (store, cases[i].what, &one, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
measure_all (MosStore *store,
             gint64 customers,
             GError **error)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);
  static const char *const searches[] = { "+49 30 1000777", "030 1000777", "FL-12345", "c4711@mail.example" };

  for (guint i = 0; i < N_READS; i++)
    {
      gint32 n = g_rand_int_range (dice, 1, (gint32) customers);
      g_autofree char *customer = g_strdup_printf ("c%d", n);
      g_autofree char *conversation = g_strdup_printf ("v%d", (gint32) customers + n);
      Read one = { .customer = customer, .conversation = conversation };

      if (!measure (store, "pane", &one, error))
        return FALSE;
    }
  for (guint i = 0; i < 20; i++)
    {
      Read one = { .customer = "c0", .conversation = "v0" };

      if (!measure (store, "pane of a heavy customer", &one, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      Read one = { .text = searches[i] };

      if (!measure (store, "who", &one, error))
        return FALSE;
    }
  return measure_orders (store, error);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 customers = argc > 2 ? atoll (argv[2]) : 0, orders = argc > 3 ? atoll (argv[3]) : 0;
  gboolean ok;

  if (customers < 2 || orders < 1)
    {
      fprintf (stderr, "customer PROFILE CUSTOMERS ORDERS\n");
      return 2;
    }
  store = mos_store_open_sync (argv[1], MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  ok = store != NULL;
  if (ok)
    mos_store_close_sync (store);
  g_clear_object (&store);
  ok = ok && fill_profile (argv[1], customers, orders, &error);
  if (ok)
    store = mos_store_open_sync (argv[1], MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  ok = ok && store != NULL && measure_all (store, customers, &error);
  if (store != NULL)
    mos_store_close_sync (store);
  if (!ok)
    fprintf (stderr, "%s\n", error->message);
  return ok ? 0 : 1;
}
