/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/base/mos-clean.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"

/* Taking in what a shop says. */

static gboolean
write_items (MosTxn *txn,
             const MosOrder *order,
             GError **error)
{
  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (order->items, i);

      if (!mos_database_exec (txn->database, error, "INSERT INTO order_item (shop_order, position, name, sku, variant, quantity, price, total, picture_url) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "tdttttttt",
                              order->id, (int) i, item->name, item->sku, item->variant, item->quantity, item->price, item->total, item->picture_url))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_shipments (MosTxn *txn,
                 const MosOrder *order,
                 gboolean is_erased,
                 GError **error)
{
  for (guint i = 0; i < order->shipments->len; i++)
    {
      const MosOrderShipment *shipment = g_ptr_array_index (order->shipments, i);

      if (!mos_database_exec (txn->database, error, "INSERT INTO order_shipment (shop_order, position, carrier, number, url, status, shipped_at, delivered_at, expected_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "tdttttiii", order->id, (int) i, shipment->carrier, is_erased ? "" : shipment->number, is_erased ? "" : shipment->url, shipment->status, shipment->shipped_us, shipment->delivered_us, shipment->expected_us))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_refunds (MosTxn *txn,
               const MosOrder *order,
               gboolean is_erased,
               GError **error)
{
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const MosOrderRefund *refund = g_ptr_array_index (order->refunds, i);

      if (!mos_database_exec (txn->database, error, "INSERT INTO order_refund (shop_order, position, remote_id, at, amount, reason) VALUES (?, ?, ?, ?, ?, ?)", "tdtitt", order->id, (int) i, refund->remote_id,
                              refund->at_us, refund->amount, is_erased ? "" : refund->reason))
        return FALSE;
    }
  return TRUE;
}

/* @ret_are: (out): whether those that are here are @order's */
static gboolean
are_notes_same (MosTxn *txn,
                const MosOrder *order,
                gboolean *ret_are,
                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT remote_id, at, author, text, for_customer FROM order_note WHERE shop_order = ? ORDER BY position", "t", order->id);
  gboolean are = TRUE;
  guint n = 0;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const MosOrderNote *note = n < order->notes->len ? g_ptr_array_index (order->notes, n) : NULL;

      n++;
      are = are && note != NULL && g_strcmp0 (note->remote_id, mos_statement_get_text (statement, 0)) == 0 && note->at_us == mos_statement_get_int (statement, 1) && g_strcmp0 (note->author, mos_statement_get_text (statement, 2)) == 0 &&
            g_strcmp0 (note->text, mos_statement_get_text (statement, 3)) == 0 && (mos_statement_get_int (statement, 4) != 0) == note->is_for_customer;
    }
  *ret_are = are && n == order->notes->len;
  return r == 0;
}

/* Notes do not change the order in all shops, so that it is told here. */
static gboolean
write_notes (MosTxn *txn,
             const MosOrder *order,
             GError **error)
{
  gboolean are_same;

  if (!are_notes_same (txn, order, &are_same, error))
    return FALSE;
  if (are_same)
    return TRUE;
  txn->changes->shops_changed = TRUE;
  if (!mos_database_exec (txn->database, error, "DELETE FROM order_note WHERE shop_order = ?", "t", order->id))
    return FALSE;
  for (guint i = 0; i < order->notes->len; i++)
    {
      const MosOrderNote *note = g_ptr_array_index (order->notes, i);

      if (!mos_database_exec (txn->database, error, "INSERT INTO order_note (shop_order, position, remote_id, at, author, text, for_customer) VALUES (?, ?, ?, ?, ?, ?, ?)", "tdtittd", order->id, (int) i,
                              note->remote_id, note->at_us, note->author, note->text, note->is_for_customer ? 1 : 0))
        return FALSE;
    }
  return TRUE;
}

/* Whether it is from before its buyer was erased here: what the shop still knows of the person stays out (as mos-store-customer-erase.c takes it out).
 * Who buys again afterwards is somebody new. */
static gboolean
find_erased (MosTxn *txn,
             const MosOrder *order,
             gboolean *ret_is_erased,
             GError **error)
{
  g_autofree char *international = g_strconcat ("+", order->phone, NULL);
  const struct
  {
    const char *kind;
    const char *value;
  } known[] = { { "email", order->email }, { "phone", order->phone }, { "phone", *order->phone != '\0' ? international : "" } };

  /* Placed by whatever address: it was theirs. */
  if (!mos_store_erased_find (txn, MOS_ERASED_ORDER, order->id, ret_is_erased, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (known) && !*ret_is_erased; i++)
    {
      g_autofree char *identity = NULL;
      gint64 at_us = 0;

      if (*known[i].value == '\0')
        continue;
      identity = mos_store_identity_id (known[i].kind, NULL, known[i].value);
      if (!mos_store_erased_find_identity (txn, identity, &at_us, error))
        return FALSE;
      *ret_is_erased = at_us != 0 && order->created_us <= at_us;
    }
  return TRUE;
}

static gboolean
write_order (MosTxn *txn,
             const char *shop,
             const MosOrder *order,
             gboolean is_erased,
             const char *digest,
             GError **error)
{
  g_autofree char *folded = mos_order_fold_number (order->number);
  g_autofree char *digits = mos_order_number_digits (order->number);
  const char *email = is_erased ? "" : order->email, *phone = is_erased ? "" : order->phone, *name = is_erased ? "" : order->name;
  const char *address = is_erased ? "" : order->address, *customer_url = is_erased ? "" : order->customer_url, *note = is_erased ? "" : order->note;

  return mos_database_exec (txn->database, error,
                            "INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name,"
                            " country, address, admin_url, customer_url, note, seen_at, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)"
                            " ON CONFLICT (id) DO UPDATE SET number = ?4, number_folded = ?5, number_digits = ?6, status = ?7, status_kind = ?8, payment = ?9, fulfilment = ?10, created_at = ?11, modified_at = ?12, currency = ?13,"
                            " total = ?14, refunded = ?15, email = ?16, phone = ?17, name = ?18, country = ?19, address = ?20, admin_url = ?21, customer_url = ?22, note = ?23, seen_at = ?24, digest = ?25",
                            "ttttttttttiittttttttttt"
                            "it",
                            order->id, shop, order->remote_id, order->number, folded, digits, order->status, mos_order_status_to_nick (order->status_kind), order->payment, order->fulfilment, order->created_us, order->modified_us,
                            order->currency, order->total, order->refunded, email, phone, name, order->country, address, order->admin_url, customer_url, note, txn->now_us, digest) &&
         mos_database_exec (txn->database, error, "DELETE FROM order_item WHERE shop_order = ?", "t", order->id) &&
         mos_database_exec (txn->database, error, "DELETE FROM order_shipment WHERE shop_order = ?", "t", order->id) &&
         mos_database_exec (txn->database, error, "DELETE FROM order_refund WHERE shop_order = ?", "t", order->id) &&
         write_items (txn, order, error) &&
         write_shipments (txn, order, is_erased, error) &&
         write_refunds (txn, order, is_erased, error) &&
         mos_order_link_again (txn, order->id, error);
}

/* Every road by which orders come in ends here: names that would break a list, or turn what stands beside them around, come in as they read. */
static void
clean_order (MosOrder *order)
{
  char **lines[] = { &order->number, &order->status, &order->payment, &order->fulfilment, &order->email, &order->phone, &order->name, &order->country };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    mos_clean_take_line (lines[i]);
  mos_clean_take_lines (&order->address);
  mos_clean_take_lines (&order->note);
  for (guint i = 0; i < order->items->len; i++)
    {
      MosOrderItem *item = g_ptr_array_index (order->items, i);

      mos_clean_take_line (&item->name);
      mos_clean_take_line (&item->sku);
      mos_clean_take_line (&item->variant);
    }
  for (guint i = 0; i < order->shipments->len; i++)
    {
      MosOrderShipment *shipment = g_ptr_array_index (order->shipments, i);

      mos_clean_take_line (&shipment->carrier);
      mos_clean_take_line (&shipment->number);
      mos_clean_take_line (&shipment->status);
    }
  for (guint i = 0; i < order->refunds->len; i++)
    mos_clean_take_lines (&((MosOrderRefund *) g_ptr_array_index (order->refunds, i))->reason);
  for (guint i = 0; order->notes != NULL && i < order->notes->len; i++)
    {
      MosOrderNote *note = g_ptr_array_index (order->notes, i);

      mos_clean_take_line (&note->author);
      mos_clean_take_lines (&note->text);
    }
}

static gboolean
take_order (MosTxn *txn,
            const char *shop,
            const MosOrder *order,
            MosOrderCounts *counts,
            GError **error)
{
  g_autofree char *digest = mos_order_dup_digest (order);
  g_autofree char *old_digest = NULL;
  gint64 old_modified_us = 0;
  gboolean is_erased;

  if (!mos_database_get_text (txn->database, &old_digest, error, "SELECT digest FROM shop_order WHERE id = ?", "t", order->id) ||
      !mos_database_get_int (txn->database, &old_modified_us, error, "SELECT modified_at FROM shop_order WHERE id = ?", "t", order->id))
    return FALSE;
  if (old_digest != NULL && order->modified_us < old_modified_us)
    {
      counts->n_older++;
      return TRUE;
    }
  if (!find_erased (txn, order, &is_erased, error))
    return FALSE;
  if (g_strcmp0 (digest, old_digest) == 0)
    counts->n_same++;
  else if (!write_order (txn, shop, order, is_erased, digest, error))
    return FALSE;
  else if (old_digest == NULL)
    counts->n_new++;
  else
    counts->n_changed++;
  return order->notes == NULL || is_erased || write_notes (txn, order, error);
}

gboolean
mos_store_order_upsert (MosTxn *txn,
                        const char *shop,
                        GPtrArray *orders,
                        const char *cursor,
                        MosOrderCounts *counts,
                        GError **error)
{
  MosOrderCounts own = { 0 };
  guint n_written;

  for (guint i = 0; i < orders->len; i++)
    {
      MosOrder *order = g_ptr_array_index (orders, i);

      g_return_val_if_fail (strcmp (order->shop, shop) == 0, FALSE);
      clean_order (order);
      if (!take_order (txn, shop, order, &own, error))
        return FALSE;
    }
  n_written = own.n_new + own.n_changed;
  if (n_written > 0)
    txn->changes->shops_changed = TRUE;
  if (counts != NULL)
    {
      counts->n_new += own.n_new;
      counts->n_changed += own.n_changed;
      counts->n_same += own.n_same;
      counts->n_older += own.n_older;
    }
  return cursor == NULL || mos_database_exec (txn->database, error, "UPDATE shop SET cursor = ?2 WHERE id = ?1 AND cursor <> ?2", "tt", shop, cursor);
}

/* --- what a shop has no more --- */

gboolean
mos_store_order_set_gone (MosTxn *txn,
                          const char *shop,
                          const char *remote_id,
                          GError **error)
{
  g_autofree char *id = NULL;

  if (!mos_database_get_text (txn->database, &id, error, "SELECT id FROM shop_order WHERE shop = ? AND remote_id = ? AND status_kind IN ('pending', 'paid', 'processing')", "tt", shop, remote_id))
    return FALSE;
  if (id == NULL)
    return TRUE;
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE shop_order SET status = 'deleted', status_kind = 'cancelled', seen_at = ?2, digest = '' WHERE id = ?1", "ti", id, txn->now_us) && mos_order_link_again (txn, id, error);
}

GPtrArray *
mos_store_order_list_unfinished (MosTxn *txn,
                                 const char *shop,
                                 gint64 before_us,
                                 guint max,
                                 GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT o.remote_id FROM shop_order o WHERE o.shop = ? AND " MOS_ORDER_IS_LATE " AND o.created_at < ? ORDER BY o.created_at DESC LIMIT ?", "tii", shop, before_us, (gint64) max);

  return mos_query_ids (statement, error);
}
