/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "mos-test.h"

/* Shops and orders in the store: pages taken in, found again, whose they are, sums. */

typedef struct
{
  const char *shop;
  MosOrderCounts counts;
} Data;

static MosOrder *
make (const char *shop,
      const char *remote_id,
      const char *number,
      gint64 at_us,
      const char *email)
{
  MosOrder *order = mos_order_make (shop, remote_id);
  MosOrderItem *item = mos_order_add_item (order);

  g_set_str (&order->number, number);
  g_set_str (&order->status, "processing");
  order->status_kind = MOS_ORDER_PROCESSING;
  order->created_us = at_us;
  order->modified_us = at_us;
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "12.50");
  g_set_str (&order->email, email);
  g_set_str (&item->name, "Mug");
  g_set_str (&item->price, "12.50");
  return order;
}

static MosOrderCounts
take (MosTxn *txn,
      const char *shop,
      const char *cursor,
      ...)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autoptr (GError) error = NULL;
  MosOrderCounts counts = { 0 };
  MosOrder *order;
  va_list args;

  va_start (args, cursor);
  while ((order = va_arg (args, MosOrder *)) != NULL)
    g_ptr_array_add (orders, order);
  va_end (args);
  mos_store_order_upsert (txn, shop, orders, cursor, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static void
assert_numbers (GPtrArray *orders /* (transfer full) */,
                const char *expected)
{
  g_autoptr (GPtrArray) own = orders;
  g_autoptr (GString) numbers = g_string_new (NULL);

  g_assert_nonnull (orders);
  for (guint i = 0; i < orders->len; i++)
    g_string_append_printf (numbers, "%s%s", i > 0 ? " " : "", ((MosOrder *) orders->pdata[i])->number);
  g_assert_cmpstr (numbers->str, ==, expected);
}

static MosOrder *
find (MosTxn *txn,
      const char *shop,
      const char *remote_id)
{
  g_autofree char *id = mos_order_id (shop, remote_id);
  MosOrder *order = NULL;

  g_assert_true (mos_store_order_find (txn, id, &order, NULL));
  return order;
}

static char *
add_shop (MosTxn *txn,
          const char *name,
          const char *url)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, name, url);
  g_autoptr (GError) error = NULL;

  mos_store_shop_save (txn, shop, &error);
  g_assert_no_error (error);
  return g_strdup (shop->id);
}

#define IN_WRITE(name) static gboolean name (MosTxn *txn, gpointer data, GCancellable *cancellable, GError **error)

/* --- shops --- */

IN_WRITE (shops_start)
{
  Fixture *f = data;
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Mugs", "https://Mugs.example/shop/");
  g_autoptr (MosShopAccount) same = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Other", "https://mugs.example/shop");
  g_autofree char *setting = NULL;

  fixture_account (txn, f);
  g_assert_cmpstr (shop->id, ==, same->id);
  g_assert_cmpstr (shop->base_url, ==, "https://Mugs.example/shop");
  mos_shop_account_set_setting (shop, "auth", "query");
  setting = mos_shop_account_dup_setting (shop, "auth");
  g_assert_cmpstr (setting, ==, "query");
  g_assert_true (mos_store_shop_save (txn, shop, error));
  g_assert_true (mos_store_shop_save_status (txn, shop->id, MOS_ACCOUNT_AUTH_FAILED, "key-refused", "Consumer secret is invalid.", 0, error));
  g_assert_true (mos_store_shop_learn (txn, shop->id, "EUR", error));
  g_assert_true (mos_store_shop_learn (txn, shop->id, "USD", error));
  f->data = g_strdup (shop->id);
  return TRUE;
}

IN_WRITE (shops_look)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) shops = mos_store_shop_list (txn, error);
  MosShopAccount *shop;

  g_assert_cmpuint (shops->len, ==, 1);
  shop = shops->pdata[0];
  g_assert_cmpstr (shop->id, ==, f->data);
  g_assert_cmpstr (shop->name, ==, "Mugs");
  g_assert_cmpint (shop->state, ==, MOS_ACCOUNT_AUTH_FAILED);
  g_assert_cmpstr (shop->why, ==, "key-refused");
  g_assert_cmpstr (shop->currency, ==, "EUR");
  g_assert_cmpstr (shop->settings, ==, "{\"auth\":\"query\"}");
  return TRUE;
}

IN_WRITE (shops_remove)
{
  Fixture *f = data;

  g_assert_false (mos_store_shop_remove (txn, "none", NULL));
  return mos_store_shop_remove (txn, f->data, error);
}

IN_WRITE (shops_gone)
{
  g_autoptr (GPtrArray) shops = mos_store_shop_list (txn, error);

  g_assert_cmpuint (shops->len, ==, 0);
  return TRUE;
}

IN_WRITE (undo_last)
{
  Fixture *f = data;

  return mos_store_undo_batch (txn, f->batch, NULL, error);
}

static void
test_shops (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, shops_start);
  fixture_read (f, shops_look);
  fixture_write (f, "shop", shops_remove);
  fixture_read (f, shops_gone);
  fixture_write (f, NULL, undo_last);
  fixture_read (f, shops_look);
  fixture_check (f);
  g_free (f->data);
}

/* --- pages --- */

IN_WRITE (pages_func)
{
  Fixture *f = data;
  g_autofree char *shop = NULL, *other = NULL;
  g_autoptr (MosShopAccount) row = NULL;
  g_autoptr (GPtrArray) shops = NULL;
  g_autoptr (MosOrder) found = NULL;
  g_autoptr (MosOrder) with_notes = NULL;
  g_autoptr (MosOrder) older = NULL;
  MosOrder *order, *changed;
  MosOrderCounts counts;
  MosOrderNote *note;

  fixture_account (txn, f);
  shop = add_shop (txn, "Mugs", "https://mugs.example");
  other = add_shop (txn, "Cups", "https://cups.example");

  counts = take (txn, shop, "1", make (shop, "1", "#1001", 1000 * S, "a@b.example"), make (shop, "2", "#1002", 2000 * S, ""), NULL);
  g_assert_cmpuint (counts.n_new, ==, 2);
  counts = take (txn, other, NULL, make (other, "1", "#1001", 3000 * S, ""), NULL);
  g_assert_cmpuint (counts.n_new, ==, 1);
  g_assert_true (mos_store_shop_find (txn, shop, &row, error));
  g_assert_cmpstr (row->cursor, ==, "1");
  shops = mos_store_shop_list (txn, error);
  g_assert_cmpuint (((MosShopAccount *) shops->pdata[0])->n_orders, ==, 1);
  g_assert_cmpuint (((MosShopAccount *) shops->pdata[1])->n_orders, ==, 2);

  /* The overlap is read again. */
  counts = take (txn, shop, "2", make (shop, "2", "#1002", 2000 * S, ""), NULL);
  g_assert_cmpuint (counts.n_same, ==, 1);
  g_assert_cmpuint (counts.n_changed + counts.n_new, ==, 0);

  changed = make (shop, "2", "#1002", 2000 * S, "");
  changed->modified_us = 2500 * S;
  g_set_str (&changed->status, "completed");
  changed->status_kind = MOS_ORDER_SHIPPED;
  g_set_str (&changed->refunded, "2.50");
  g_ptr_array_set_size (changed->items, 0);
  g_set_str (&mos_order_add_item (changed)->name, "Cup");
  g_set_str (&mos_order_add_item (changed)->name, "Plate");
  g_set_str (&mos_order_add_shipment (changed)->number, "1Z999");
  g_set_str (&mos_order_add_refund (changed)->amount, "2.50");
  counts = take (txn, shop, "3", changed, NULL);
  g_assert_cmpuint (counts.n_changed, ==, 1);
  /* A page that was asked for earlier comes in later. */
  counts = take (txn, shop, NULL, make (shop, "2", "#1002", 2000 * S, ""), NULL);
  g_assert_cmpuint (counts.n_older, ==, 1);
  found = find (txn, shop, "2");
  g_assert_cmpstr (found->status, ==, "completed");
  g_assert_cmpint (found->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpuint (found->items->len, ==, 2);
  g_assert_cmpstr (((MosOrderItem *) found->items->pdata[1])->name, ==, "Plate");
  g_assert_cmpstr (mos_order_get_shipment (found)->number, ==, "1Z999");
  g_assert_cmpstr (((MosOrderRefund *) found->refunds->pdata[0])->amount, ==, "2.50");

  /* Notes are asked for apart, and stay where they were not. */
  order = make (shop, "1", "#1001", 1000 * S, "a@b.example");
  note = mos_order_add_note (order);
  g_set_str (&note->text, "Packed");
  note->is_for_customer = TRUE;
  take (txn, shop, NULL, order, NULL);
  take (txn, shop, NULL, make (shop, "1", "#1001", 1000 * S, "a@b.example"), NULL);
  with_notes = find (txn, shop, "1");
  g_assert_cmpuint (with_notes->notes->len, ==, 1);
  g_assert_cmpstr (((MosOrderNote *) with_notes->notes->pdata[0])->text, ==, "Packed");

  assert_numbers (mos_store_order_list (txn, NULL, 0, 10, error), "#1001 #1002 #1001");
  assert_numbers (mos_store_order_list (txn, shop, 0, 10, error), "#1002 #1001");
  assert_numbers (mos_store_order_list (txn, shop, 1, 10, error), "#1001");
  g_assert_true (mos_store_shop_remove (txn, other, error));
  assert_numbers (mos_store_order_list (txn, NULL, 0, 10, error), "#1002 #1001");
  return TRUE;
}

static void
test_pages (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, pages_func);
  fixture_check (f);
}

/* --- finding --- */

IN_WRITE (find_func)
{
  Fixture *f = data;
  g_autofree char *shop = NULL;
  MosOrder *phone;

  fixture_account (txn, f);
  shop = add_shop (txn, "Mugs", "https://mugs.example");
  take (txn, shop, NULL, make (shop, "1", "DE-0017", 1000 * S, "a@b.example"), make (shop, "2", "#17", 2000 * S, "c@d.example"), make (shop, "3", "AT-17", 3000 * S, ""), make (shop, "4", "EN-1042", 4000 * S, ""), NULL);
  phone = make (shop, "5", "#99", 5000 * S, "");
  g_set_str (&phone->phone, "4915112345678");
  take (txn, shop, NULL, phone, NULL);

  assert_numbers (mos_store_order_find_number (txn, "17", 10, error), "#17");
  assert_numbers (mos_store_order_find_number (txn, "# 17", 10, error), "#17");
  assert_numbers (mos_store_order_find_number (txn, "de-0017", 10, error), "DE-0017");
  assert_numbers (mos_store_order_find_number (txn, "1042", 10, error), "EN-1042");
  assert_numbers (mos_store_order_find_number (txn, "01042", 10, error), "EN-1042");
  assert_numbers (mos_store_order_find_number (txn, "XX-1042", 10, error), "");
  assert_numbers (mos_store_order_find_number (txn, "#", 10, error), "");
  assert_numbers (mos_store_order_find_number (txn, "", 10, error), "");
  assert_numbers (mos_store_order_list_of_contact (txn, " A@B.example", NULL, 10, error), "DE-0017");
  assert_numbers (mos_store_order_list_of_contact (txn, NULL, "+49 (0)151 12345678", 10, error), "#99");
  assert_numbers (mos_store_order_list_of_contact (txn, "c@d.example", "0049 151 12345678", 10, error), "#99 #17");
  assert_numbers (mos_store_order_list_of_contact (txn, NULL, NULL, 10, error), "");
  return TRUE;
}

static void
test_find (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, find_func);
}

/* --- whose --- */

static void
assert_owner (MosTxn *txn,
              const char *shop,
              const char *remote_id,
              const char *customer,
              MosOrderProof proof)
{
  g_autoptr (MosOrder) order = find (txn, shop, remote_id);

  g_assert_cmpstr (order->customer, ==, customer);
  if (customer != NULL)
    g_assert_cmpint (order->proof, ==, proof);
}

IN_WRITE (links_func)
{
  Fixture *f = data;
  g_autofree char *shop = NULL, *luis = NULL, *first = NULL, *guest = NULL, *identity = NULL;
  MosOrder *phone;

  fixture_account (txn, f);
  shop = add_shop (txn, "Mugs", "https://mugs.example");
  phone = make (shop, "3", "#3", 3000 * S, "");
  g_set_str (&phone->phone, "4915112345678");
  take (txn, shop, NULL, make (shop, "1", "#1", 1000 * S, "ana@example.com"), make (shop, "2", "#2", 2000 * S, "luis@example.com"), phone, make (shop, "4", "#4", 4000 * S, "guest@example.com"), NULL);
  first = mos_order_id (shop, "1");
  guest = mos_order_id (shop, "4");
  assert_owner (txn, shop, "1", f->customer, MOS_ORDER_PROOF_EMAIL);
  assert_owner (txn, shop, "2", NULL, 0);
  g_assert_cmpuint (txn->changes->customers->len, ==, 1);

  /* Whoever writes later has ordered before; and an address that is proved says more. */
  g_assert_true (mos_store_customer_ensure (txn, "email", NULL, "Luis@example.com", "Luis", "mail", 100 * S, &luis, &identity, error));
  assert_owner (txn, shop, "2", luis, MOS_ORDER_PROOF_EMAIL);
  g_assert_true (mos_store_customer_link (txn, luis, "email", NULL, "luis@example.com", TRUE, "agent", error));
  assert_owner (txn, shop, "2", luis, MOS_ORDER_PROOF_VERIFIED);
  g_assert_true (mos_store_customer_link (txn, luis, "phone", NULL, "+4915112345678", FALSE, "agent", error));
  assert_owner (txn, shop, "3", luis, MOS_ORDER_PROOF_PHONE);

  /* A number in a text is the weakest proof: it fills what is empty, and gives way. */
  g_assert_true (mos_store_order_link (txn, guest, f->customer, MOS_ORDER_PROOF_NUMBER, error));
  assert_owner (txn, shop, "4", f->customer, MOS_ORDER_PROOF_NUMBER);
  g_assert_true (mos_store_order_link (txn, guest, luis, MOS_ORDER_PROOF_NUMBER, error));
  assert_owner (txn, shop, "4", f->customer, MOS_ORDER_PROOF_NUMBER);
  g_assert_true (mos_store_customer_link (txn, luis, "email", NULL, "guest@example.com", FALSE, "agent", error));
  assert_owner (txn, shop, "4", luis, MOS_ORDER_PROOF_EMAIL);
  g_assert_true (mos_store_order_link (txn, guest, f->customer, MOS_ORDER_PROOF_NUMBER, error));
  assert_owner (txn, shop, "4", luis, MOS_ORDER_PROOF_EMAIL);

  assert_numbers (mos_store_order_list_of_customer (txn, luis, 10, error), "#4 #3 #2");
  assert_numbers (mos_store_order_list_of_customer (txn, luis, 1, error), "#4");

  /* The address goes, and its order with it. */
  g_assert_true (mos_store_customer_unlink (txn, luis, identity, error));
  assert_owner (txn, shop, "2", NULL, 0);

  g_assert_false (mos_store_order_link (txn, "none", luis, MOS_ORDER_PROOF_PHONE, error));
  g_clear_error (error);
  g_free (f->data);
  f->data = g_steal_pointer (&first);
  f->conversation = fixture_conversation (txn, f, "My mug");
  return TRUE;
}

IN_WRITE (hand_func)
{
  Fixture *f = data;
  g_autoptr (MosOrder) order = NULL;
  MosOrder *again;

  g_assert_true (mos_store_order_attach (txn, f->conversation, f->data, MOS_ORDER_PROOF_NUMBER, error));
  g_assert_true (mos_store_order_link (txn, f->data, NULL, MOS_ORDER_PROOF_HAND, error));
  g_assert_true (mos_store_order_find (txn, f->data, &order, error));
  g_assert_null (order->customer);
  /* What a person said stays, whatever the shop says. */
  again = make (order->shop, "1", "#1", 1000 * S, "ana@example.com");
  again->modified_us = 9000 * S;
  take (txn, order->shop, NULL, again, NULL);
  assert_owner (txn, order->shop, "1", NULL, 0);
  assert_numbers (mos_store_order_list_of_conversation (txn, f->conversation, 10, error), "#1");
  return TRUE;
}

IN_WRITE (hand_undone_func)
{
  Fixture *f = data;
  g_autoptr (MosOrder) order = NULL;

  g_assert_true (mos_store_order_find (txn, f->data, &order, error));
  g_assert_cmpstr (order->customer, ==, f->customer);
  g_assert_cmpint (order->modified_us, ==, 9000 * S);
  assert_numbers (mos_store_order_list_of_conversation (txn, f->conversation, 10, error), "");
  return TRUE;
}

IN_WRITE (attach_func)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) orders = NULL;

  g_assert_true (mos_store_order_attach (txn, f->conversation, f->data, MOS_ORDER_PROOF_HAND, error));
  g_assert_true (mos_store_order_attach (txn, f->conversation, f->data, MOS_ORDER_PROOF_NUMBER, error));
  orders = mos_store_order_list_of_conversation (txn, f->conversation, 10, error);
  g_assert_cmpint (((MosOrder *) orders->pdata[0])->proof, ==, MOS_ORDER_PROOF_HAND);
  return TRUE;
}

static void
test_links (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, links_func);
  fixture_write (f, "order", hand_func);
  fixture_write (f, NULL, undo_last);
  fixture_read (f, hand_undone_func);
  fixture_write (f, "order", attach_func);
  fixture_check (f);
  g_free (f->data);
}

/* --- conversations that become one --- */

typedef struct
{
  char *source;
  char *shop;
  char *removed;
} Joined;

IN_WRITE (join_start)
{
  Fixture *f = data;
  Joined *joined = g_new0 (Joined, 1);
  g_autofree char *one = NULL, *two = NULL;

  f->data = joined;
  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Mugs");
  joined->source = fixture_conversation (txn, f, "Cups");
  joined->shop = add_shop (txn, "Mugs", "https://mugs.example");
  joined->removed = add_shop (txn, "Cups", "https://cups.example");
  take (txn, joined->shop, NULL, make (joined->shop, "1", "#1001", 1000 * S, ""), NULL);
  take (txn, joined->removed, NULL, make (joined->removed, "1", "#2001", 2000 * S, ""), NULL);
  one = mos_order_id (joined->shop, "1");
  two = mos_order_id (joined->removed, "1");
  g_assert_true (mos_store_order_attach (txn, f->conversation, one, MOS_ORDER_PROOF_NUMBER, error));
  g_assert_true (mos_store_order_attach (txn, joined->source, one, MOS_ORDER_PROOF_HAND, error));
  g_assert_true (mos_store_order_attach (txn, joined->source, two, MOS_ORDER_PROOF_NUMBER, error));
  return mos_store_shop_remove (txn, joined->removed, error);
}

IN_WRITE (join_func)
{
  Fixture *f = data;
  Joined *joined = f->data;

  return mos_store_conversation_set_merged (txn, joined->source, f->conversation, error);
}

IN_WRITE (join_back)
{
  Fixture *f = data;
  Joined *joined = f->data;
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Cups", "https://cups.example");

  g_assert_cmpstr (shop->id, ==, joined->removed);
  return mos_store_shop_save (txn, shop, error);
}

static void
assert_joined (MosTxn *txn,
               const char *conversation,
               const char *numbers,
               MosOrderProof proof)
{
  GPtrArray *orders = mos_store_order_list_of_conversation (txn, conversation, 10, NULL);

  g_assert_cmpint (((MosOrder *) orders->pdata[orders->len - 1])->proof, ==, proof);
  assert_numbers (orders, numbers);
}

IN_WRITE (join_look)
{
  Fixture *f = data;

  assert_joined (txn, f->conversation, "#2001 #1001", MOS_ORDER_PROOF_HAND);
  return TRUE;
}

IN_WRITE (join_undo)
{
  Fixture *f = data;

  return mos_store_join_undo (txn, f->batch, NULL, error);
}

IN_WRITE (join_undone_look)
{
  Fixture *f = data;
  Joined *joined = f->data;

  assert_joined (txn, f->conversation, "#1001", MOS_ORDER_PROOF_NUMBER);
  assert_joined (txn, joined->source, "#2001 #1001", MOS_ORDER_PROOF_HAND);
  return TRUE;
}

/* The orders go along, with the better proof, and those of a shop that is away just now; taken back, each has its own. */
static void
test_joined (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Joined *joined;
  gint64 merge;

  fixture_write (f, NULL, join_start);
  fixture_write (f, "merge", join_func);
  merge = f->batch;
  fixture_write (f, NULL, join_back);
  fixture_read (f, join_look);
  f->batch = merge;
  fixture_write (f, NULL, join_undo);
  fixture_read (f, join_undone_look);
  fixture_check (f);
  joined = f->data;
  g_free (joined->source);
  g_free (joined->shop);
  g_free (joined->removed);
  g_free (joined);
}

/* --- sums --- */

IN_WRITE (totals_func)
{
  Fixture *f = data;
  g_autofree char *shop = NULL;
  g_autoptr (GPtrArray) all = NULL;
  MosOrderTotals *totals;
  MosOrder *refunded, *cancelled, *pounds, *large;

  fixture_account (txn, f);
  shop = add_shop (txn, "Mugs", "https://mugs.example");
  refunded = make (shop, "2", "#2", 2000 * S, "ana@example.com");
  g_set_str (&refunded->total, "0.1");
  g_set_str (&refunded->refunded, "0.05");
  cancelled = make (shop, "3", "#3", 3000 * S, "ana@example.com");
  cancelled->status_kind = MOS_ORDER_CANCELLED;
  pounds = make (shop, "4", "#4", 4000 * S, "ana@example.com");
  g_set_str (&pounds->currency, "GBP");
  /* Beyond what a double holds. */
  large = make (shop, "5", "#5", 500 * S, "ana@example.com");
  g_set_str (&large->total, "90071992547409930.07");
  take (txn, shop, NULL, make (shop, "1", "#1", 1000 * S, "ana@example.com"), refunded, cancelled, pounds, large, NULL);

  all = mos_store_order_totals (txn, f->customer, error);
  g_assert_cmpuint (all->len, ==, 2);
  totals = all->pdata[0];
  g_assert_cmpstr (totals->currency, ==, "GBP");
  g_assert_cmpstr (totals->spent, ==, "12.50");
  totals = all->pdata[1];
  g_assert_cmpstr (totals->currency, ==, "EUR");
  g_assert_cmpuint (totals->n_orders, ==, 3);
  g_assert_cmpuint (totals->n_refunded, ==, 1);
  g_assert_cmpstr (totals->spent, ==, "90071992547409942.62");
  g_assert_cmpstr (totals->refunded, ==, "0.05");
  g_assert_cmpint (totals->first_us, ==, 500 * S);
  g_assert_cmpint (totals->last_us, ==, 2000 * S);
  return TRUE;
}

static void
test_totals (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, totals_func);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/store-orders/shops", test_shops);
  g_test_add_func ("/store-orders/pages", test_pages);
  g_test_add_func ("/store-orders/find", test_find);
  g_test_add_func ("/store-orders/links", test_links);
  g_test_add_func ("/store-orders/joined", test_joined);
  g_test_add_func ("/store-orders/totals", test_totals);
  return g_test_run ();
}
