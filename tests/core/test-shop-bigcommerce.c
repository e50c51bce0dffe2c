/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-desk.h"
#include "shop-peer.h"

#include "core/base/mos-http.h"
#include "core/base/mos-time.h"
#include "core/shops/bigcommerce/mos-bigcommerce-shop.h"
#include "core/shops/mos-shop-json.h"
#include "mos-test.h"

/* A BigCommerce of ours: its answers are written by us, field by field after the official description of orders v2 and v3. */

#define BEGIN_S 1780000000
#define TOKEN "tok-1"
#define PREFIX "/stores/abc123"

typedef struct
{
  int id;
  gint64 modified_s;
  int status_id;
} Item;

typedef struct
{
  GArray *items; /* of Item */
  gint64 now_s;
  guint n_refused;
  guint n_parts;          /* lists below an order that were asked for */
  gboolean is_exclusive;  /* its bounds are without what they are at */
  gboolean with_whole;    /* one order with all that it may have */
  gboolean without_parts; /* its consignments say only where to find their items */
  gboolean with_broken_row;
  gboolean is_forbidden;
  gboolean is_closed; /* the right to see the shop's own data is missing */
  int n_edits;
  guint n_left; /* of the allotment; 0 = says nothing of it */
  guint reset_ms;
  const char *no_answer;
} Store;

static void
store_clear (Store *self)
{
  g_array_unref (self->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

#define STORE_INIT                                                               \
  {                                                                              \
    .items = g_array_new (FALSE, TRUE, sizeof (Item)), .now_s = BEGIN_S + 100000 \
  }

static void
add (Store *self,
     int n,
     gint64 from_s,
     gint64 step_s)
{
  for (int i = 0; i < n; i++)
    {
      const Item item = { (int) self->items->len + 100, from_s + step_s * i, 11 };

      g_array_append_val (self->items, item);
    }
}

/* --- what is asked --- */

static const struct
{
  const char *name;
  const char *form;
} parameters[] = {
  { "min_date_modified", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" },
  { "max_date_modified", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" },
  { "min_id", "^[0-9]+$" },
  { "page", "^[1-9][0-9]*$" },
  { "limit", "^([1-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|250)$" },
  { "sort", "^(id|date_created|date_modified)(:asc|:desc)?$" },
  { "include", "^consignments(\\.line_items)?$" },
  { "consignment_structure", "^object$" },
  { "order_id:in", "^[0-9]+(,[0-9]+)*$" },
};

static gboolean
is_known (GHashTable *query)
{
  GHashTableIter iter;
  const char *name, *value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (parameters) && strcmp (parameters[i].name, name) != 0)
        i++;
      if (i == G_N_ELEMENTS (parameters) || !g_regex_match_simple (parameters[i].form, value, 0, 0))
        return FALSE;
    }
  return TRUE;
}

static gint64
time_of (GHashTable *query,
         const char *name,
         gint64 fallback)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return value != NULL ? mos_time_parse (value, utc) / S : fallback;
}

static int
number_of (GHashTable *query,
           const char *name,
           int fallback)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL ? atoi (value) : fallback;
}

/* --- what is answered --- */

#define BILLING "\"billing_address\":{\"first_name\":\"Jane\",\"last_name\":\"Doe\",\"company\":\"\",\"street_1\":\"1 Main St\",\"street_2\":\"\",\"city\":\"Austin\",\"state\":\"Texas\",\"zip\":\"78751\",\"country\":\"United States\",\"country_iso2\":\"US\",\"phone\":\"512-555-0123\",\"email\":\"Jane@Example.com\"}"
#define PRODUCT                                                                                                                                                 \
  "{\"id\":65,\"order_id\":107,\"name\":\"Towel\",\"sku\":\"S-ORAN\",\"base_price\":\"55.9900\",\"price_inc_tax\":\"65.2300\",\"total_inc_tax\":\"65.2300\","   \
  "\"discounted_total_inc_tax\":\"63.6400\",\"quantity\":1,\"parent_order_product_id\":null,\"product_options\":[{\"display_name\":\"Size\",\"display_value\":" \
  "\"S\"},{\"display_name\":\"Color\",\"display_value\":\"Orange\"}]},"                                                                                         \
  "{\"id\":66,\"name\":\"Gift box\",\"sku\":\"BOX\",\"price_inc_tax\":\"0.0000\",\"quantity\":1,\"parent_order_product_id\":65,\"product_options\":[]}"
#define ADDRESS "\"first_name\":\"Trish\",\"last_name\":\"Smith\",\"company\":\"Acme\",\"street_1\":\"666 Sussex St\",\"street_2\":\"\",\"city\":\"San Antonio\",\"zip\":\"78251\",\"country\":\"United States\",\"state\":\"Texas\""
#define WHOLE_HEAD                                                                                                                                                 \
  "{\"id\":107,\"date_created\":\"Wed, 10 Jan 2018 21:05:30 +0000\",\"date_modified\":\"Thu, 28 May 2026 20:26:40 +0000\",\"status_id\":2,\"status\":\"Shipped\"," \
  "\"custom_status\":\"On its way\",\"total_inc_tax\":\"361.9500\",\"items_total\":2,\"items_shipped\":2,\"payment_method\":\"Credit Card\",\"payment_status\":"   \
  "\"captured\",\"refunded_amount\":\"10.1000\",\"currency_code\":\"USD\",\"staff_notes\":\"Nice lady\",\"customer_message\":\"Ring twice\",\"is_deleted\":false," BILLING
#define CONSIGNMENTS ",\"consignments\":{\"pickups\":[],\"shipping\":[{\"id\":1," ADDRESS ",\"line_items\":[" PRODUCT "]}],\"downloads\":[],\"email\":{\"gift_certificates\":[]}}}"
#define BARE_CONSIGNMENTS ",\"consignments\":{\"shipping\":[{\"id\":1,\"line_items\":[{\"url\":\"https://api.bigcommerce.com/x\",\"resource\":\"/orders/107/products/65\"}]}]}}"
#define SHIPMENTS                                                                                                                                            \
  "[{\"id\":6,\"order_id\":107,\"date_created\":\"Mon, 11 Mar 2019 17:22:08 +0000\",\"tracking_number\":\"EJ958083578US\",\"shipping_method\":\"None\","     \
  "\"shipping_provider\":\"usps\",\"tracking_carrier\":\"\",\"tracking_link\":\"\",\"shipping_provider_display_name\":\"USPS\",\"generated_tracking_link\":" \
  "\"https://tools.usps.com/?n=EJ958083578US\"}]"
#define REFUNDS "{\"data\":[{\"id\":1,\"order_id\":107,\"created\":\"2026-05-27T01:02:34+00:00\",\"reason\":\"Broken\",\"total_amount\":10.1},{\"id\":2,\"order_id\":99,\"total_amount\":1}],\"meta\":{\"pagination\":{\"total\":2}}}"
#define MESSAGES "[{\"id\":2,\"order_id\":107,\"staff_id\":1,\"type\":\"admin\",\"subject\":\"Re: Order #107\",\"message\":\"Thank you!\",\"date_created\":\"Wed, 26 Sep 2018 15:52:03 +0000\"}]"

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *x = *(Item *const *) a, *y = *(Item *const *) b;

  return x->modified_s != y->modified_s ? (x->modified_s < y->modified_s ? -1 : 1) : x->id - y->id;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return (*(Item *const *) a)->id - (*(Item *const *) b)->id;
}

static GPtrArray *
find_items (Store *self,
            GHashTable *query)
{
  GPtrArray *found = g_ptr_array_new ();
  gint64 min_s = time_of (query, "min_date_modified", 0) + (self->is_exclusive ? 1 : 0), max_s = time_of (query, "max_date_modified", G_MAXINT32) - (self->is_exclusive ? 1 : 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      if (item->modified_s >= min_s && item->modified_s <= max_s && item->id >= number_of (query, "min_id", 0))
        g_ptr_array_add (found, item);
    }
  g_ptr_array_sort (found, g_str_has_prefix (g_hash_table_lookup (query, "sort"), "id") ? compare_ids : compare_items);
  return found;
}

static char *
list_orders (Store *self,
             GHashTable *query)
{
  g_autoptr (GPtrArray) found = find_items (self, query);
  guint size = (guint) number_of (query, "limit", 50), begin = (guint) (number_of (query, "page", 1) - 1) * size;
  GString *text = g_string_new (NULL);

  for (guint i = begin; i < found->len && i < begin + size; i++)
    {
      const Item *item = found->pdata[i];
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (item->modified_s);
      g_autofree char *date = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000");

      g_string_append_printf (text, "%s{\"id\":%d,\"status_id\":%d,\"status\":\"Awaiting Fulfillment\",\"date_created\":\"Wed, 10 Jan 2018 21:05:30 +0000\",\"date_modified\":\"%s\",\"total_inc_tax\":\"12.5000\",\"currency_code\":\"USD\",\"items_total\":0,\"items_shipped\":0,\"refunded_amount\":\"0.0000\",\"billing_address\":{\"email\":\"c%d@example.com\"}}",
                              text->len > 0 ? "," : "", item->id, item->status_id, date, item->id);
    }
  if (self->with_broken_row)
    g_string_append (text, text->len > 0 ? ",{\"id\":null},7" : "{\"id\":null},7");
  /* Nothing has no body at all. */
  if (text->len == 0)
    return g_string_free (text, FALSE);
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
answer_orders (Store *self,
               SoupServerMessage *message,
               GHashTable *query)
{
  g_autofree char *text = self->with_whole ? g_strconcat ("[" WHOLE_HEAD, self->without_parts ? BARE_CONSIGNMENTS : CONSIGNMENTS, "]", NULL) : list_orders (self, query);

  if (self->no_answer != NULL)
    peer_answer (message, 200, "application/json", self->no_answer);
  else if (*text == '\0')
    soup_server_message_set_status (message, 204, NULL);
  else
    peer_answer (message, 200, "application/json", text);
  if (self->n_edits > 0)
    {
      /* Somebody works in the shop while it is read: the list moves up by one. */
      Item *item = &g_array_index (self->items, Item, self->n_edits * 7);

      item->modified_s = self->now_s;
      item->status_id = 2;
      self->n_edits--;
    }
}

static const struct
{
  const char *route;
  const char *text;
} fixed[] = {
  { "/v2/orders/107", WHOLE_HEAD CONSIGNMENTS },
  { "/v2/orders/107/shipments", SHIPMENTS },
  { "/v2/orders/107/messages", MESSAGES },
  { "/v2/orders/107/products", "[" PRODUCT "]" },
  { "/v2/orders/107/shipping_addresses", "[{\"id\":132," ADDRESS "}]" },
  { "/v3/orders/payment_actions/refunds", REFUNDS },
};

static void
say_headers (Store *self,
             SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->now_s);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);
  g_autofree char *left = g_strdup_printf ("%u", self->n_left);
  g_autofree char *reset = g_strdup_printf ("%u", self->reset_ms);

  soup_message_headers_replace (headers, "Date", date);
  if (self->reset_ms == 0)
    return;
  soup_message_headers_replace (headers, "X-Rate-Limit-Requests-Quota", "150");
  soup_message_headers_replace (headers, "X-Rate-Limit-Requests-Left", left);
  soup_message_headers_replace (headers, "X-Rate-Limit-Time-Window-Ms", "30000");
  soup_message_headers_replace (headers, "X-Rate-Limit-Time-Reset-Ms", reset);
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;
  Store *self = p->data;
  const char *token = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Auth-Token");
  const char *route = g_str_has_prefix (path, PREFIX) ? path + strlen (PREFIX) : "";

  say_headers (self, message);
  if (*route == '\0')
    peer_answer (message, 404, "application/json", "[{\"status\":404,\"message\":\"The requested resource was not found.\"}]");
  else if (g_strcmp0 (token, TOKEN) != 0)
    peer_answer (message, 401, "application/json", "{\"status\":401,\"title\":\"X-Auth-Token header is required\",\"type\":\"https://developer.bigcommerce.com/\",\"errors\":{}}");
  else if (self->is_forbidden)
    peer_answer (message, 403, "application/json", "[{\"status\":403,\"message\":\"You don't have a required scope to access the endpoint\"}]");
  else if (query != NULL && !is_known (query))
    {
      self->n_refused++;
      peer_answer (message, 400, "application/json", "[{\"status\":400,\"message\":\"The field is invalid\"}]");
    }
  else if (self->reset_ms != 0 && self->n_left == 0)
    {
      peer_answer (message, 429, "text/html", "");
      self->n_left = 150;
    }
  else if (strcmp (route, "/v2/orders") == 0)
    answer_orders (self, message, query);
  else if (strcmp (route, "/v2/store") == 0)
    peer_answer (message, self->is_closed ? 403 : 200, "application/json", self->is_closed ? "[{\"status\":403,\"message\":\"No scope\"}]" : "{\"id\":\"abc123\",\"name\":\"Mugs & Cups\",\"currency\":\"USD\"}");
  else
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (fixed) && strcmp (fixed[i].route, route) != 0)
        i++;
      self->n_parts++;
      if (i < G_N_ELEMENTS (fixed))
        peer_answer (message, 200, "application/json", fixed[i].text);
      else
        peer_answer (message, 404, "application/json", "[{\"status\":404,\"message\":\"The requested resource was not found.\"}]");
    }
}

static MosShop *
begin (Fixture *f,
       ShopDesk *desk,
       Peer *p,
       const char *token)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", token);
  g_autofree char *url = g_strconcat (p->base, PREFIX, "/v3/", NULL);
  g_autofree char *base = mos_shop_kind_fold_address (MOS_SHOP_BIGCOMMERCE, url);

  return shop_begin (f, desk, MOS_SHOP_BIGCOMMERCE, base, keys);
}

/* --- passes --- */

static void
test_pages (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
  MosShopPassCounts counts;
  guint n_asked;

  /* Nothing at all */
  shop_pass (&desk, shop);
  g_assert_cmpstr (desk.account->cursor, ==, "");
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);

  add (&store, 120, BEGIN_S, 60);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 120);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-28T22:25:40Z");

  n_asked = p->n_asked;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new + counts.orders.n_changed, ==, 0);
  g_assert_cmpuint (p->n_asked - n_asked, ==, 1);
  g_assert_cmpuint (store.n_refused, ==, 0);
}

/* More of one second than a page holds, some that change meanwhile; whether its bounds are within what they bound is not known. */
static void
test_one_second (void)
{
  for (guint is_exclusive = 0; is_exclusive < 2; is_exclusive++)
    {
      g_auto (Store) store = STORE_INIT;
      g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
      g_autoptr (Fixture) f = fixture_new ();
      g_auto (ShopDesk) desk = { 0 };
      g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
      guint n_sent = 0;

      store.is_exclusive = is_exclusive == 1;
      add (&store, 130, BEGIN_S, 0);
      add (&store, 60, BEGIN_S + 1, 0);
      add (&store, 30, BEGIN_S + 2, 1);
      store.n_edits = 4;
      shop_pass (&desk, shop);
      shop_pass (&desk, shop);
      g_assert_cmpuint (desk.orders->len, ==, 220);
      for (guint i = 0; i < desk.orders->len; i++)
        n_sent += ((MosOrder *) desk.orders->pdata[i])->status_kind == MOS_ORDER_SHIPPED ? 1 : 0;
      g_assert_cmpuint (n_sent, ==, 4);
      g_assert_cmpuint (store.n_refused, ==, 0);
      g_assert_cmpuint (p->n_asked, <, 40);
    }
}

static void
test_faults (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
  static const char *const senseless[] = { "{}", "7", "{\"data\":[]}" };
  MosShopPassCounts counts;

  add (&store, 80, BEGIN_S, 60);
  peer_fail (p, 2, FAULT_NONE, FAULT_HALF);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  g_assert_cmpuint (desk.orders->len, ==, 50);
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      store.no_answer = senseless[i];
      shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
    }
  store.no_answer = NULL;
  peer_fail (p, 1, FAULT_FIREWALL);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, MOS_ACCOUNT_WAITING, "busy");
  store.is_forbidden = TRUE;
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, MOS_ACCOUNT_AUTH_FAILED, "not_allowed");
  g_assert_cmpstr (desk.account->detail, ==, "You don't have a required scope to access the endpoint (HTTP 403)");
  store.is_forbidden = FALSE;

  store.with_broken_row = TRUE;
  peer_fail (p, 1, FAULT_BUSY);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 80);
  g_assert_cmpuint (counts.n_unreadable, >=, 2);
}

static void
test_wrong (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "other");
  g_autofree char *other = g_strconcat (p->base, "/stores/nobody", NULL);
  g_autoptr (MosShopAccount) account = mos_shop_account_make (MOS_SHOP_BIGCOMMERCE, "x", other);
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", TOKEN);
  g_autoptr (MosShop) nobody = mos_shop_new_for_account (account, keys, f->clock);
  g_autoptr (GError) error = NULL;

  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  g_assert_null (mos_shop_test_sync (nobody, NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP);
}

static void
test_facts (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
  g_autoptr (MosShopFacts) empty = mos_shop_test_sync (shop, NULL, NULL);
  g_autoptr (MosShopFacts) facts = NULL;

  g_assert_cmpstr (empty->name, ==, "Mugs & Cups");
  g_assert_cmpstr (empty->newest, ==, "");
  store.with_whole = store.is_closed = TRUE;
  facts = mos_shop_test_sync (shop, NULL, NULL);
  g_assert_cmpstr (facts->name, ==, "");
  g_assert_cmpstr (facts->currency, ==, "USD");
  g_assert_cmpstr (facts->newest, ==, "107");
}

/* Of what all that ask a shop share, the last tenth is left to others: it is waited until it is renewed. */
static void
test_allotment (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autofree char *url = g_strconcat (p->base, PREFIX "/v2/store", NULL);
  static const char *const headers[] = { "X-Auth-Token", TOKEN, NULL };
  static const struct
  {
    guint n_left;
    guint pause_ms;
  } cases[] = { { 149, 0 }, { 16, 0 }, { 15, 900 }, { 1, 900 } };
  g_autoptr (MosHttpAnswer) refused = NULL;

  store.reset_ms = 900;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosHttpAnswer) answer = NULL;

      store.n_left = cases[i].n_left;
      answer = mos_http_request_sync (http, "GET", url, headers, NULL, NULL, MOS_HTTP_DEFAULT, NULL, NULL);
      g_assert_cmpuint (answer->pause_ms, ==, cases[i].pause_ms);
      g_assert_cmpint (answer->date_us, ==, store.now_s * S);
    }
  /* All of it used up: asked again after that time, and no sooner. */
  store.n_left = 0;
  refused = mos_http_request_sync (http, "GET", url, headers, NULL, NULL, MOS_HTTP_DEFAULT, NULL, NULL);
  g_assert_cmpuint (refused->status, ==, 200);
  g_clear_pointer (&refused, mos_http_answer_free);
  store.n_left = 0;
  store.reset_ms = 45000;
  refused = mos_http_request_sync (http, "GET", url, headers, NULL, NULL, MOS_HTTP_DEFAULT, NULL, NULL);
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_cmpuint (refused->retry_after_s, ==, 45);
}

/* A pass over a shop that has nearly been asked enough waits between its pages, and ends well. */
static void
test_patience (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
  gint64 began_us = g_get_monotonic_time ();

  add (&store, 60, BEGIN_S, 60);
  store.n_left = 5;
  store.reset_ms = 300;
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 60);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 300 * 1000);
}

/* --- one order --- */

static void
assert_whole (const MosOrder *order)
{
  const MosOrderItem *item = order->items->pdata[0];
  const MosOrderShipment *shipment = order->shipments->pdata[0];
  const MosOrderRefund *refund = order->refunds->pdata[0];

  g_assert_cmpstr (order->number, ==, "107");
  g_assert_cmpstr (order->status, ==, "On its way");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpstr (order->payment, ==, "captured");
  g_assert_cmpint (order->created_us, ==, G_GINT64_CONSTANT (1515618330) * S);
  g_assert_cmpstr (order->total, ==, "361.9500");
  g_assert_cmpstr (order->refunded, ==, "10.1000");
  g_assert_cmpstr (order->email, ==, "jane@example.com");
  g_assert_cmpstr (order->phone, ==, "15125550123");
  g_assert_cmpstr (order->name, ==, "Jane Doe");
  g_assert_cmpstr (order->address, ==, "Trish Smith\nAcme\n666 Sussex St\n78251 San Antonio\nTexas\nUnited States");
  g_assert_cmpstr (order->note, ==, "Ring twice");
  g_assert_cmpstr (order->admin_url, ==, "https://store-abc123.mybigcommerce.com/manage/orders/107");
  g_assert_cmpuint (order->items->len, ==, 1);
  g_assert_cmpstr (item->name, ==, "Towel");
  g_assert_cmpstr (item->variant, ==, "S, Orange");
  g_assert_cmpstr (item->price, ==, "65.2300");
  g_assert_cmpstr (item->total, ==, "63.6400");
  g_assert_cmpuint (order->shipments->len, ==, 1);
  g_assert_cmpstr (shipment->carrier, ==, "USPS");
  g_assert_cmpstr (shipment->number, ==, "EJ958083578US");
  g_assert_cmpstr (shipment->url, ==, "https://tools.usps.com/?n=EJ958083578US");
  g_assert_cmpuint (order->refunds->len, ==, 1);
  g_assert_cmpstr (refund->amount, ==, "10.1");
  g_assert_cmpstr (refund->reason, ==, "Broken");
}

static void
test_whole (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, TOKEN);
  g_autoptr (GError) error = NULL;
  const MosOrder *order;
  MosShopPassCounts counts;

  store.with_whole = TRUE;
  shop_pass (&desk, shop);
  assert_whole (desk.orders->pdata[0]);
  /* Shipments and refunds: what was in the list already is not asked for. */
  g_assert_cmpuint (store.n_parts, ==, 2);

  g_assert_true (mos_shops_refresh_order_sync (f->store, shop, "107", NULL, &error));
  g_assert_no_error (error);
  shop_look (&desk);
  order = desk.orders->pdata[0];
  assert_whole (order);
  g_assert_cmpuint (order->notes->len, ==, 2);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_same, ==, 1);

  store.without_parts = TRUE;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_same, ==, 1);
  assert_whole (desk.orders->pdata[0]);

  g_assert_false (mos_shops_refresh_order_sync (f->store, shop, "404", NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND);
  g_assert_cmpuint (store.n_refused, ==, 0);
}

static void
test_statuses (void)
{
  static const MosOrderStatus kinds[] = { MOS_ORDER_PENDING, MOS_ORDER_PENDING, MOS_ORDER_SHIPPED, MOS_ORDER_SHIPPED, MOS_ORDER_REFUNDED, MOS_ORDER_CANCELLED, MOS_ORDER_CANCELLED, MOS_ORDER_PENDING,
                                          MOS_ORDER_PROCESSING, MOS_ORDER_PROCESSING, MOS_ORDER_DELIVERED, MOS_ORDER_PAID, MOS_ORDER_PENDING, MOS_ORDER_PROCESSING, MOS_ORDER_PROCESSING, MOS_ORDER_PENDING };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint is_sent = 0; is_sent < 2; is_sent++)
      {
        g_autofree char *text = g_strdup_printf ("{\"id\":1,\"status_id\":%u,\"items_shipped\":%u}", i, is_sent);
        g_autoptr (JsonNode) node = json_from_string (text, NULL);
        g_autoptr (MosOrder) order = mos_bigcommerce_read_order ("shop", "https://x/stores/a", json_node_get_object (node));
        gboolean is_moved = is_sent == 1 && (kinds[i] == MOS_ORDER_PROCESSING || i == 15);

        g_assert_cmpint (order->status_kind, ==, is_moved ? MOS_ORDER_SHIPPED : kinds[i]);
      }
}

/* Each field of an order of every kind that it is not */
static void
test_odd_fields (void)
{
  static const char *const odd[] = { "null", "\"\"", "7", "-1.5", "true", "[]", "{}", "[null]", "[7]", "[{}]", "{\"shipping\":7,\"email\":[]}", "{\"shipping\":[7,{\"line_items\":{}}]}" };
  g_autoptr (JsonNode) whole = json_from_string (WHOLE_HEAD CONSIGNMENTS, NULL);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (whole));

  for (const GList *l = names; l != NULL; l = l->next)
    for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
      {
        g_autoptr (JsonNode) node = json_from_string (WHOLE_HEAD CONSIGNMENTS, NULL);
        g_autoptr (MosOrder) order = NULL;

        json_object_set_member (json_node_get_object (node), l->data, json_from_string (odd[i], NULL));
        order = mos_bigcommerce_read_order ("shop", "https://x/stores/a", json_node_get_object (node));
        g_assert_true (order != NULL || strcmp (l->data, "id") == 0);
      }
}

static void
test_addresses (void)
{
  static const char *const pairs[][2] = {
    { "abc123", "https://api.bigcommerce.com/stores/abc123" },
    { "ABC123", "https://api.bigcommerce.com/stores/abc123" },
    { "https://api.bigcommerce.com/stores/abc123/v3/", "https://api.bigcommerce.com/stores/abc123" },
    { "https://store-abc123.mybigcommerce.com/manage/dashboard", "https://api.bigcommerce.com/stores/abc123" },
    { "store-abc123-2.mybigcommerce.com", "https://api.bigcommerce.com/stores/abc123" },
    { "http://127.0.0.1:8080/stores/abc123/v2", "http://127.0.0.1:8080/stores/abc123" },
    { "http://127.0.0.1:8080", NULL },
    { "http://api.bigcommerce.com/stores/abc123", NULL },
    { "https://www.mugs.example", NULL },
    { "https://api.bigcommerce.com/stores/", NULL },
    { "abc-123", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *address = mos_shop_kind_fold_address (MOS_SHOP_BIGCOMMERCE, pairs[i][0]);

      g_assert_cmpstr (address, ==, pairs[i][1]);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/bigcommerce/pages", test_pages);
  g_test_add_func ("/bigcommerce/one-second", test_one_second);
  g_test_add_func ("/bigcommerce/faults", test_faults);
  g_test_add_func ("/bigcommerce/wrong", test_wrong);
  g_test_add_func ("/bigcommerce/facts", test_facts);
  g_test_add_func ("/bigcommerce/allotment", test_allotment);
  g_test_add_func ("/bigcommerce/patience", test_patience);
  g_test_add_func ("/bigcommerce/whole", test_whole);
  g_test_add_func ("/bigcommerce/statuses", test_statuses);
  g_test_add_func ("/bigcommerce/odd-fields", test_odd_fields);
  g_test_add_func ("/bigcommerce/addresses", test_addresses);
  return g_test_run ();
}
