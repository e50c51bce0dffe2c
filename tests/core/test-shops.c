/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-desk.h"
#include "shop-peer.h"

#include "core/desk/mos-shop-runner.h"
#include "core/desk/mos-shops.h"
#include "mos-test.h"

#include <libsoup/soup.h>

/* Passes over shops that answer, and fail, as real ones do (shop-peer.h). */

static MosShop *
begin (Fixture *f,
       ShopDesk *desk,
       MosShopKind kind,
       const char *base,
       const char *key,
       const char *secret)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (key, secret);

  return shop_begin (f, desk, kind, base, keys);
}

/* --- WooCommerce --- */

static void
test_pages (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (MosShopFacts) facts = NULL;
  MosShopPassCounts counts;
  guint n_asked;

  peer_add (p, 1, 250, 1780000000, 60);
  facts = mos_shop_test_sync (shop, NULL, NULL);
  g_assert_cmpstr (facts->currency, ==, "EUR");

  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 250);
  g_assert_cmpuint (desk.orders->len, ==, 250);
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);
  g_assert_cmpstr (desk.account->currency, ==, "EUR");
  g_assert_cmpint (desk.account->last_sync_us, ==, 1700000000 * S);
  /* It is the shop's time, however wrong our clock goes (here it is years behind). */
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-29T00:35:40");

  n_asked = p->n_asked;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new + counts.orders.n_changed, ==, 0);
  g_assert_cmpuint (p->n_asked - n_asked, ==, 1);

  peer_add (p, 251, 1, 1780000000 + 60 * 249, 1);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 1);
  g_assert_cmpuint (p->refused->len, ==, 0);
}

/* What was written within the last seconds, and is seen late. */
static void
test_seen_late (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);

  peer_add (p, 1, 1, 1780000000, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_array_remove_range (p->rows, 0, 1);
  peer_add (p, 2, 1, 1780000000 - 4, 1);
  peer_add (p, 1, 1, 1780000000, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpuint (p->refused->len, ==, 0);
}

/* Its clock ran ahead for a while: what was written then hides nothing that comes after. */
static void
test_clock_ahead (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);

  p->now_s = 1780000000;
  peer_add (p, 1, 1, 1780000000, 1);
  peer_add (p, 2, 1, 1780000000 + 7200, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 2);
  g_array_remove_range (p->rows, 1, 1);
  peer_add (p, 3, 1, 1780000000 + 60, 1);
  peer_add (p, 2, 1, 1780000000 + 7200, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);

  /* And what says so itself, and goes back. */
  p->now_s = 1780000000 + 86400;
  peer_add (p, 4, 1, p->now_s, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  p->now_s = 1780000000 + 120;
  g_array_remove_range (p->rows, 1, p->rows->len - 1);
  peer_add (p, 5, 1, p->now_s, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-28T20:28:40");
}

/* More orders of one second than a page holds, as after an import; and one that changes while they are read. */
static void
test_one_second (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  MosShopPassCounts counts;
  guint n_completed = 0;

  peer_add (p, 1, 450, 1780000000, 0);
  peer_add (p, 451, 30, 1780000001, 1);
  p->edit_at = 3;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 480);
  g_assert_cmpuint (desk.orders->len, ==, 480);
  for (guint i = 0; i < desk.orders->len; i++)
    n_completed += strcmp (((MosOrder *) desk.orders->pdata[i])->status, "completed") == 0 ? 1 : 0;
  g_assert_cmpuint (n_completed, ==, 1);
  g_assert_cmpuint (p->refused->len, ==, 0);
}

static void
change (Peer *p,
        guint n,
        gint64 to_s)
{
  g_mutex_lock (&p->mutex);
  /* They stay sorted by time. */
  for (guint i = 0; i < n; i++)
    {
      Row row = g_array_index (p->rows, Row, i);

      row.modified_s = to_s;
      g_array_append_val (p->rows, row);
    }
  g_array_remove_range (p->rows, 0, n);
  g_mutex_unlock (&p->mutex);
}

/* It breaks in the middle of many orders of one second, and before it goes on, more of them are changed than its pages overlap by. */
static void
test_one_second_shrinks (void)
{
  static const guint n_changed[] = { 1, 9, 10, 11, 60, 150 };

  for (gsize i = 0; i < G_N_ELEMENTS (n_changed); i++)
    {
      g_autoptr (Peer) p = peer_new ();
      g_autoptr (Fixture) f = fixture_new ();
      g_auto (ShopDesk) desk = { 0 };
      g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);

      peer_add (p, 1, 300, 1780000000, 0);
      peer_fail (p, 3, FAULT_NONE, FAULT_NONE, FAULT_HALF);
      shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
      g_assert_cmpuint (desk.orders->len, <, 300);
      change (p, n_changed[i], 1780000100);
      shop_pass (&desk, shop);
      g_test_message ("%u changed", n_changed[i]);
      g_assert_cmpuint (desk.orders->len, ==, 300);
    }
}

static void
test_faults (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  MosShopPassCounts counts;

  peer_add (p, 1, 150, 1780000000, 60);
  /* The second page breaks: the first is here, and stays. */
  peer_fail (p, 2, FAULT_NONE, FAULT_HALF);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  g_assert_cmpuint (desk.orders->len, ==, 100);
  peer_fail (p, 1, FAULT_WRONG);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  peer_fail (p, 1, FAULT_NO_JSON);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  peer_fail (p, 1, FAULT_DEEP);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  peer_fail (p, 1, FAULT_FIREWALL);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, MOS_ACCOUNT_WAITING, "busy");
  peer_fail (p, 1, FAULT_REVOKED);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  g_assert_cmpstr (desk.account->detail, ==, "Consumer secret is invalid.");
  peer_fail (p, 1, FAULT_FORBIDDEN);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, MOS_ACCOUNT_AUTH_FAILED, "not_allowed");
  peer_fail (p, 1, FAULT_NO_SHOP);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP, MOS_ACCOUNT_FAILED, "no_shop");
  peer_fail (p, 1, FAULT_MOVED);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_MOVED, MOS_ACCOUNT_FAILED, "moved");
  /* Without the query: keys may be in it. */
  g_assert_cmpstr (desk.account->detail, ==, "https://www.mugs.example/wp-json/");
  g_assert_cmpuint (desk.orders->len, ==, 100);

  /* Too often: it is waited, and goes on where it was. An order that makes no sense keeps no other out. */
  p->with_broken_row = TRUE;
  peer_fail (p, 1, FAULT_BUSY);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 50);
  g_assert_cmpuint (counts.n_unreadable, ==, 2);
  g_assert_cmpstr (desk.account->why, ==, "unreadable");
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);
}

/* A page that is larger than is taken is asked for in halves. */
static void
test_large (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  MosShopPassCounts counts;

  peer_add (p, 1, 60, 1780000000, 60);
  peer_fail (p, 1, FAULT_LARGE);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 60);
  /* The large one, fifty, and the rest. */
  g_assert_cmpuint (p->n_asked, ==, 3);
}

/* The description refuses what is wrong: else the tests above show nothing. */
static void
test_canaries (void)
{
  static const char *const bad[] = { "per_page=101", "per_page=0", "orderby=updated", "order=up", "status=completed,any", "modified_after=2026-01-01", "modified_after=yesterday", "dates_are_gmt=1", "page_size=5" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GHashTable) query = soup_form_decode (bad[i]);
      g_autofree char *problem = peer_find_problem (query);

      g_assert_cmpstr (problem, ==, bad[i]);
    }
}

static void
test_wrong_secret (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, "cs_wrong");

  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
}

static void
test_one_order (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (GError) error = NULL;
  const MosOrder *order;

  g_assert_true (mos_shops_refresh_order_sync (f->store, shop, "7", NULL, &error));
  g_assert_no_error (error);
  shop_look (&desk);
  order = desk.orders->pdata[0];
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpuint (order->notes->len, ==, 1);
  g_assert_cmpstr (((MosOrderNote *) order->notes->pdata[0])->text, ==, "Packed & sent");
  /* One order does not say up to where all was read. */
  g_assert_cmpstr (desk.account->cursor, ==, "");
  g_assert_false (mos_shops_refresh_order_sync (f->store, shop, "404", NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND);
}

static const MosOrder *
find_order (ShopDesk *desk,
            const char *remote_id)
{
  shop_look (desk);
  for (guint i = 0; i < desk->orders->len; i++)
    if (strcmp (((const MosOrder *) desk->orders->pdata[i])->remote_id, remote_id) == 0)
      return desk->orders->pdata[i];
  g_assert_not_reached ();
}

/* What is deleted, or in the bin, is in no list of what changed: it would be late for ever, and its customer told so. */
static void
test_deleted (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (GPtrArray) unfinished = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  peer_add (p, 404, 1, 1780000000, 1);
  shop_pass (&desk, shop);
  g_assert_cmpint (find_order (&desk, "404")->status_kind, ==, MOS_ORDER_PROCESSING);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), (gint64) 90000000 * S);
  unfinished = mos_shops_list_unfinished_sync (f->store, shop, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unfinished->len, ==, 1);

  /* A shop that does not answer says nothing of it. */
  peer_fail (p, 1, FAULT_FIREWALL);
  g_assert_false (mos_shops_look_after_sync (f->store, shop, unfinished, 5, NULL, &error));
  g_clear_error (&error);
  g_assert_cmpint (find_order (&desk, "404")->status_kind, ==, MOS_ORDER_PROCESSING);

  g_ptr_array_add (unfinished, g_strdup ("404"));
  g_assert_true (mos_shops_look_after_sync (f->store, shop, unfinished, 5, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (find_order (&desk, "404")->status_kind, ==, MOS_ORDER_CANCELLED);
  left = mos_shops_list_unfinished_sync (f->store, shop, NULL, &error);
  g_assert_cmpuint (left->len, ==, 0);
  /* It came back. */
  g_array_remove_range (p->rows, 0, 1);
  peer_add (p, 404, 1, 1780000000, 1);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_changed, ==, 1);
  g_assert_cmpint (find_order (&desk, "404")->status_kind, ==, MOS_ORDER_PROCESSING);
}

/* --- Shopify --- */

static void
test_shopify (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_SHOPIFY, p->base, KEY, SECRET);
  MosShopPassCounts counts;

  /* A token is fetched, the page shrinks until it is not too dear, points are waited for. */
  peer_fail (p, 1, FAULT_BUSY);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 1);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-01-02T00:00:00Z");

  /* It is taken away, and fetched anew. */
  p->n_tokens++;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_same, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 3);
  /* And after a day by itself. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 86400 * S);
  shop_pass (&desk, shop);
  g_assert_cmpuint (p->n_tokens, ==, 4);
}

/* An order of 45 lines, in lists and alone the first twenty; it has a second parcel. */
static gboolean
answer_many (Peer *p,
             gpointer message,
             const char *body)
{
  gboolean is_whole = strstr (body, "OrderWhole") != NULL, is_behind = strstr (body, "\"after\":\"l1\"") != NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *order = NULL;
  g_autofree char *text = NULL;

  for (guint i = is_behind ? 30 : 0; i < (is_behind ? 45 : is_whole ? 30
                                                                    : 20);
       i++)
    g_string_append_printf (lines, "%s{\"title\":\"Mug %u\",\"quantity\":1}", lines->len > 0 ? "," : "", i);
  order = g_strdup_printf ("{\"id\":\"gid://shopify/Order/7\",\"name\":\"#1007\",\"updatedAt\":\"2026-01-02T00:00:00Z\",\"displayFulfillmentStatus\":\"FULFILLED\",\"displayFinancialStatus\":\"PAID\",\"lineItems\":{\"pageInfo\":{\"hasNextPage\":%s,\"endCursor\":\"l1\"},\"nodes\":[%s]},"
                           "\"fulfillments\":[{\"displayStatus\":\"DELIVERED\"}%s],\"refunds\":[]}",
                           is_whole && !is_behind ? "true" : "false", lines->str, is_whole ? ",{\"displayStatus\":\"IN_TRANSIT\"}" : "");
  text = is_whole ? g_strdup_printf ("{\"data\":{\"order\":%s}}", order) : g_strdup_printf ("{\"data\":{\"orders\":{\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":\"c1\"},\"nodes\":[%s]}}}", order);
  if (strstr (body, "updated_at:>='2026-01-01T23:59:00Z'") != NULL)
    g_string_append (p->data, "since ");
  if (is_behind)
    g_string_append (p->data, strstr (body, "gid://shopify/Order/7") != NULL ? "+" : "-");
  peer_answer (message, 200, "application/json", text);
  return TRUE;
}

/* None of its lines are left out, in one pass or the next; and it is asked for again what was seen late. */
static void
test_shopify_many (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_SHOPIFY, p->base, KEY, SECRET);
  g_autoptr (GString) parts = g_string_new (NULL);
  const MosOrder *order;

  p->answer_shopify = answer_many;
  p->data = parts;
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  order = desk.orders->pdata[0];
  g_assert_cmpuint (order->items->len, ==, 45);
  g_assert_cmpstr (((MosOrderItem *) order->items->pdata[44])->name, ==, "Mug 44");
  g_assert_cmpuint (order->shipments->len, ==, 2);
  /* Not all of it is there yet. */
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_same, ==, 1);
  g_assert_cmpstr (parts->str, ==, "+since +");
}

static void
test_shopify_keys (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) wrong = begin (f, &desk, MOS_SHOP_SHOPIFY, p->base, KEY, "other");
  g_autoptr (MosShopKeys) token = mos_shop_keys_make ("", "shpat_0");
  g_autoptr (MosShopKeys) old_token = mos_shop_keys_make ("", "shpat_9");
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (MosShop) refused = NULL;

  shop_fail (&desk, wrong, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  refused = mos_shop_new_for_account (desk.account, old_token, f->clock);
  shop_fail (&desk, refused, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  shop = mos_shop_new_for_account (desk.account, token, f->clock);
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 0);
}

/* --- when it is asked --- */

static void
test_plan (void)
{
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 0, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (FALSE, 0, 0, 0), ==, 120);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 5, 0, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 6, 0, 0), ==, 120);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 100000, 0, 0), ==, 300);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 1, 0), ==, 15);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 3, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 100000, 0), ==, 900);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 1, 3600), ==, 3600);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 1, G_MAXUINT), ==, 86400);
  g_assert_true (mos_shops_can_go_on (MOS_ACCOUNT_WAITING));
  g_assert_false (mos_shops_can_go_on (MOS_ACCOUNT_AUTH_FAILED));
  g_assert_false (mos_shops_can_go_on (MOS_ACCOUNT_FAILED));
  /* A key is never tried again by itself; a shop that a hoster's page hides is looked for. */
  g_assert_cmpuint (mos_shop_runner_stuck_s (MOS_ACCOUNT_AUTH_FAILED), ==, 0);
  g_assert_cmpuint (mos_shop_runner_stuck_s (MOS_ACCOUNT_BAD_CERTIFICATE), ==, 0);
  g_assert_cmpuint (mos_shop_runner_stuck_s (MOS_ACCOUNT_FAILED), ==, 3600);
}

static gboolean
is_state (ShopDesk *desk,
          MosAccountState state)
{
  shop_look (desk);
  return desk->account->state == state;
}

static gboolean
has_notes (ShopDesk *desk,
           const char *remote_id)
{
  shop_look (desk);
  for (guint i = 0; i < desk->orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (desk->orders, i);

      if (strcmp (order->remote_id, remote_id) == 0)
        return order->notes != NULL && order->notes->len > 0;
    }
  return FALSE;
}

/* A runner reads by itself, stops at a key that is refused, and goes on when it is woken with another one in the keyring. */
static void
test_runner (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) unused = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (MosShopKeys) wrong = mos_shop_keys_make (KEY, "cs_wrong");
  g_autoptr (MosShopKeys) right = mos_shop_keys_make (KEY, SECRET);
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;
  MosShopRunner *runner;
  guint n_asked;

  peer_add (p, 1, 3, 1780000000, 60);
  mos_shops_save_sync (f->store, &actor, desk.account, wrong, NULL, &error);
  g_assert_no_error (error);
  runner = mos_shop_runner_new (f->store, desk.account->id);
  mos_test_wait (is_state (&desk, MOS_ACCOUNT_AUTH_FAILED), 20000);
  mos_shops_save_sync (f->store, &actor, desk.account, right, NULL, &error);
  g_assert_no_error (error);
  mos_shop_runner_wake (runner);
  mos_test_wait (is_state (&desk, MOS_ACCOUNT_READY), 20000);
  g_assert_cmpuint (desk.orders->len, ==, 3);

  /* What somebody opens is read at once, with its notes, and not twice in a moment. */
  mos_shop_runner_look (runner, "404");
  mos_shop_runner_look (runner, "7");
  mos_test_wait (has_notes (&desk, "7"), 20000);
  g_assert_false (has_notes (&desk, "1"));
  n_asked = peer_get_n_asked (p);
  mos_shop_runner_look (runner, "7");
  mos_shop_runner_look (runner, "8");
  mos_test_wait (peer_get_n_asked (p) > n_asked, 20000);
  g_assert_cmpuint (peer_get_n_asked (p), ==, n_asked + 1);
  mos_shop_runner_free (runner);

  mos_shops_remove_sync (f->store, &actor, desk.account->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (mos_shops_open_sync (f->store, desk.account, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD);
}

/* The program ends while a shop does not answer: nobody waits for it, and it says nothing of the shop. */
static void
test_stopped (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) unused = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (KEY, SECRET);
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;
  MosShopRunner *runner;

  mos_shops_save_sync (f->store, &actor, desk.account, keys, NULL, &error);
  g_assert_no_error (error);
  peer_fail (p, 3, FAULT_HANGS, FAULT_HANGS, FAULT_HANGS);
  runner = mos_shop_runner_new (f->store, desk.account->id);
  mos_test_wait (peer_get_n_asked (p) > 0, 20000);
  mos_shop_runner_free (runner);
  shop_look (&desk);
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_SYNCING);
  g_assert_cmpstr (desk.account->why, ==, NULL);
  g_assert_cmpuint (peer_get_n_asked (p), ==, 1);
}

int
main (int argc,
      char *argv[])
{
  char *dir = mos_test_keyring_new ();
  int status;

  mos_test_init (&argc, &argv);
  g_test_add_func ("/shops/pages", test_pages);
  g_test_add_func ("/shops/seen-late", test_seen_late);
  g_test_add_func ("/shops/clock-ahead", test_clock_ahead);
  g_test_add_func ("/shops/one-second", test_one_second);
  g_test_add_func ("/shops/one-second-shrinks", test_one_second_shrinks);
  g_test_add_func ("/shops/faults", test_faults);
  g_test_add_func ("/shops/large", test_large);
  g_test_add_func ("/shops/canaries", test_canaries);
  g_test_add_func ("/shops/wrong-secret", test_wrong_secret);
  g_test_add_func ("/shops/one-order", test_one_order);
  g_test_add_func ("/shops/deleted", test_deleted);
  g_test_add_func ("/shops/shopify", test_shopify);
  g_test_add_func ("/shops/shopify-many", test_shopify_many);
  g_test_add_func ("/shops/shopify-keys", test_shopify_keys);
  g_test_add_func ("/shops/plan", test_plan);
  g_test_add_func ("/shops/runner", test_runner);
  g_test_add_func ("/shops/stopped", test_stopped);
  status = g_test_run ();
  mos_test_dir_free (dir);
  return status;
}
