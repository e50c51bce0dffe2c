/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-orders.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/store/mos-store-private.h"

/* Reading orders. Taking them in: mos-store-order-upsert.c; whose they are: mos-store-order-links.c */

#define ORDER_COLUMNS                                                                                                                        \
  "o.id, o.shop, o.remote_id, o.number, o.status, o.status_kind, o.payment, o.fulfilment, o.created_at, o.modified_at, o.currency, o.total," \
  " o.refunded, o.email, o.phone, o.name, o.country, o.address, o.admin_url, o.customer_url, o.note, o.customer, o.proof, o.seen_at"
/* CROSS: in this order. With few shops SQLite would go through them first, and then sort all that a customer ever ordered for the sake of the newest few. */
#define ORDER_QUERY "SELECT " ORDER_COLUMNS " FROM shop_order o CROSS JOIN shop s ON s.id = o.shop AND s.deleted_at = 0"

static MosOrder *
order_from (MosStatement *statement)
{
  MosOrder *order = mos_order_make (mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2));
  char **texts[] = { &order->number, &order->status, NULL, &order->payment, &order->fulfilment, NULL, NULL, &order->currency, &order->total, &order->refunded, &order->email, &order->phone, &order->name, &order->country,
                     &order->address, &order->admin_url, &order->customer_url, &order->note, &order->customer };

  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_set_str (texts[i], mos_statement_get_text (statement, i + 3));
  g_set_str (&order->id, mos_statement_get_text (statement, 0));
  order->status_kind = mos_order_status_from_nick (mos_statement_get_text (statement, 5), MOS_ORDER_PENDING);
  order->created_us = mos_statement_get_int (statement, 8);
  order->modified_us = mos_statement_get_int (statement, 9);
  order->proof = mos_order_proof_from_nick (mos_statement_get_text (statement, 22), MOS_ORDER_PROOF_NUMBER);
  order->seen_us = mos_statement_get_int (statement, 23);
  return order;
}

/* --- what hangs on one --- */

static gboolean
read_items (MosTxn *txn,
            MosOrder *order,
            GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT name, sku, variant, quantity, price, total, picture_url FROM order_item WHERE shop_order = ? ORDER BY position", "t", order->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderItem *item = mos_order_add_item (order);
      char **texts[] = { &item->name, &item->sku, &item->variant, &item->quantity, &item->price, &item->total, &item->picture_url };

      for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
        g_set_str (texts[i], mos_statement_get_text (statement, i));
    }
  return r == 0;
}

static gboolean
read_shipments (MosTxn *txn,
                MosOrder *order,
                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT carrier, number, url, status, shipped_at, delivered_at, expected_at FROM order_shipment WHERE shop_order = ? ORDER BY position", "t", order->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderShipment *shipment = mos_order_add_shipment (order);
      char **texts[] = { &shipment->carrier, &shipment->number, &shipment->url, &shipment->status };

      for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
        g_set_str (texts[i], mos_statement_get_text (statement, i));
      shipment->shipped_us = mos_statement_get_int (statement, 4);
      shipment->delivered_us = mos_statement_get_int (statement, 5);
      shipment->expected_us = mos_statement_get_int (statement, 6);
    }
  return r == 0;
}

static gboolean
read_refunds (MosTxn *txn,
              MosOrder *order,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT remote_id, at, amount, reason FROM order_refund WHERE shop_order = ? ORDER BY position", "t", order->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderRefund *refund = mos_order_add_refund (order);

      g_set_str (&refund->remote_id, mos_statement_get_text (statement, 0));
      refund->at_us = mos_statement_get_int (statement, 1);
      g_set_str (&refund->amount, mos_statement_get_text (statement, 2));
      g_set_str (&refund->reason, mos_statement_get_text (statement, 3));
    }
  return r == 0;
}

static gboolean
read_notes (MosTxn *txn,
            MosOrder *order,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT remote_id, at, author, text, for_customer FROM order_note WHERE shop_order = ? ORDER BY position", "t", order->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderNote *note = mos_order_add_note (order);

      g_set_str (&note->remote_id, mos_statement_get_text (statement, 0));
      note->at_us = mos_statement_get_int (statement, 1);
      g_set_str (&note->author, mos_statement_get_text (statement, 2));
      g_set_str (&note->text, mos_statement_get_text (statement, 3));
      note->is_for_customer = mos_statement_get_int (statement, 4) != 0;
    }
  return r == 0;
}

static GPtrArray *
orders_from (MosTxn *txn,
             MosStatement *statement,
             GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (orders, order_from (statement));
  for (guint i = 0; r == 0 && i < orders->len; i++)
    {
      MosOrder *order = g_ptr_array_index (orders, i);

      if (!read_items (txn, order, error) || !read_shipments (txn, order, error) || !read_refunds (txn, order, error) || !read_notes (txn, order, error))
        return NULL;
    }
  return r == 0 ? g_steal_pointer (&orders) : NULL;
}

gboolean
mos_store_order_find (MosTxn *txn,
                      const char *id,
                      MosOrder **ret_order,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, ORDER_QUERY " WHERE o.id = ?", "t", id);
  g_autoptr (GPtrArray) orders = orders_from (txn, statement, error);

  *ret_order = orders != NULL && orders->len > 0 ? mos_order_ref (g_ptr_array_index (orders, 0)) : NULL;
  return orders != NULL;
}

GPtrArray *
mos_store_order_list (MosTxn *txn,
                      const char *shop,
                      guint skip,
                      guint max,
                      GError **error)
{
  g_autoptr (MosStatement) statement =
      shop != NULL ? mos_database_query (txn->database, error, ORDER_QUERY " WHERE o.shop = ?1 ORDER BY o.created_at DESC, o.id LIMIT ?2 OFFSET ?3", "tii", shop, (gint64) max, (gint64) skip)
                   : mos_database_query (txn->database, error, ORDER_QUERY " ORDER BY o.created_at DESC, o.id LIMIT ?1 OFFSET ?2", "ii", (gint64) max, (gint64) skip);

  return orders_from (txn, statement, error);
}

GPtrArray *
mos_store_order_list_some (MosTxn *txn,
                           const char *const *ids,
                           GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  for (; ids != NULL && *ids != NULL; ids++)
    {
      MosOrder *order = NULL;

      if (!mos_store_order_find (txn, *ids, &order, error))
        return NULL;
      if (order != NULL)
        g_ptr_array_add (orders, order);
    }
  return g_steal_pointer (&orders);
}

GPtrArray *
mos_store_order_list_of_customer (MosTxn *txn,
                                  const char *customer,
                                  guint max,
                                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, ORDER_QUERY " WHERE o.customer = ? ORDER BY o.created_at DESC, o.id LIMIT ?", "ti", customer, (gint64) max);

  return orders_from (txn, statement, error);
}

GPtrArray *
mos_store_order_list_of_conversation (MosTxn *txn,
                                      const char *conversation,
                                      guint max,
                                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT o.id, o.shop, o.remote_id, o.number, o.status, o.status_kind, o.payment, o.fulfilment, o.created_at, o.modified_at, o.currency, o.total,"
                                                           " o.refunded, o.email, o.phone, o.name, o.country, o.address, o.admin_url, o.customer_url, o.note, o.customer, c.proof, o.seen_at"
                                                           " FROM conversation_order c CROSS JOIN shop_order o ON o.id = c.shop_order CROSS JOIN shop s ON s.id = o.shop AND s.deleted_at = 0"
                                                           " WHERE c.conversation = ? ORDER BY o.created_at DESC, o.id LIMIT ?",
                                                           "ti", conversation, (gint64) max);

  return orders_from (txn, statement, error);
}

GPtrArray *
mos_store_order_list_of_contact (MosTxn *txn,
                                 const char *email,
                                 const char *phone,
                                 guint max,
                                 GError **error)
{
  g_autofree char *address = email != NULL ? mos_text_canonical_address (email) : g_strdup ("");
  g_autofree char *digits = mos_phone_digits (phone, NULL);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          ORDER_QUERY " WHERE o.id IN (SELECT id FROM shop_order WHERE email = ?1 AND email <> '' UNION SELECT id FROM shop_order WHERE phone = ?2 AND phone <> '')"
                                      " ORDER BY o.created_at DESC, o.id LIMIT ?3",
                          "tti", address, digits, (gint64) max);

  return orders_from (txn, statement, error);
}

GPtrArray *
mos_store_order_find_number (MosTxn *txn,
                             const char *number,
                             guint max,
                             GError **error)
{
  g_autofree char *folded = mos_order_fold_number (number);
  g_autofree char *digits = mos_order_number_digits (folded);
  g_autoptr (MosStatement) exact = NULL;
  g_autoptr (MosStatement) alike = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  if (*folded == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  exact = mos_database_query (txn->database, error, ORDER_QUERY " WHERE o.number_folded = ? ORDER BY o.created_at DESC, o.id LIMIT ?", "ti", folded, (gint64) max);
  orders = orders_from (txn, exact, error);
  /* Somebody leaves out the letters in front; with letters typed, others are another shop's. */
  if (orders == NULL || orders->len > 0 || *digits == '\0' || strspn (folded, "0123456789") != strlen (folded))
    return g_steal_pointer (&orders);
  alike = mos_database_query (txn->database, error, ORDER_QUERY " WHERE o.number_digits = ? ORDER BY o.created_at DESC, o.id LIMIT ?", "ti", digits, (gint64) max);
  return orders_from (txn, alike, error);
}

GPtrArray *
mos_store_order_list_numbers (MosTxn *txn,
                              const char *shop,
                              guint max,
                              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT number FROM shop_order WHERE shop = ? ORDER BY modified_at DESC LIMIT ?", "ti", shop, (gint64) max);

  return mos_query_ids (statement, error);
}

/* --- totals --- */

static void
add_decimal (char **sum,
             const char *amount,
             char *(*func) (const char *a, const char *b))
{
  g_autofree char *old = *sum;

  *sum = func (old, amount);
}

static MosOrderTotals *
totals_for (GPtrArray *all,
            const char *currency)
{
  MosOrderTotals *totals;

  for (guint i = 0; i < all->len; i++)
    {
      totals = g_ptr_array_index (all, i);
      if (strcmp (totals->currency, currency) == 0)
        return totals;
    }
  totals = mos_order_totals_new ();
  totals->currency = g_strdup (currency);
  totals->spent = g_strdup ("0");
  totals->refunded = g_strdup ("0");
  g_ptr_array_add (all, totals);
  return totals;
}

GPtrArray *
mos_store_order_totals (MosTxn *txn,
                        const char *customer,
                        GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_totals_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT o.currency, o.total, o.refunded, o.created_at FROM shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0"
                          " WHERE o.customer = ? AND o.status_kind NOT IN ('pending', 'cancelled') ORDER BY o.created_at DESC",
                          "t", customer);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOrderTotals *totals = totals_for (all, mos_statement_get_text (statement, 0));
      const char *total = mos_statement_get_text (statement, 1), *refunded = mos_statement_get_text (statement, 2);
      gint64 at_us = mos_statement_get_int (statement, 3);

      totals->n_orders++;
      add_decimal (&totals->spent, total, mos_decimal_add);
      if (!mos_decimal_is_zero (refunded))
        {
          totals->n_refunded++;
          add_decimal (&totals->spent, refunded, mos_decimal_subtract);
          add_decimal (&totals->refunded, refunded, mos_decimal_add);
        }
      totals->last_us = MAX (totals->last_us, at_us);
      totals->first_us = at_us;
    }
  return r == 0 ? g_steal_pointer (&all) : NULL;
}
