/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-desk.h"
#include "shop-peer.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-time.h"
#include "core/shops/prestashop/mos-prestashop-shop.h"
#include "mos-test.h"

/* A PrestaShop of ours: its answers are written by us after the descriptions of the webservice's resources, its errors with their codes. It keeps its own
 * state, refuses what the webservice does not know, and answers [] where there is nothing. */

#define WS_KEY "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

typedef struct
{
  int id;
  const char *date; /* of its last change, as its clock shows it */
  int state;
} Item;

typedef struct
{
  GArray *items; /* of Item, by time and id */
  guint n_refused;
  guint n_in_query;
  gboolean strips_header; /* the hoster takes it away */
  gboolean is_disabled;
  gboolean is_xml;      /* an old one: its errors are XML */
  const char *no_right; /* (nullable): what the key may not read */
  gboolean has_no_zone; /* nor the settings */
  gboolean with_whole;  /* the first order has all that one may have */
  gboolean with_broken_row;
  int n_edits; /* so many times the first of the list changes behind an answer */
} Store;

static void
store_clear (Store *self)
{
  g_array_unref (self->items);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

#define STORE_INIT                                    \
  {                                                   \
    .items = g_array_new (FALSE, TRUE, sizeof (Item)) \
  }

static void
add (Store *self,
     int n,
     const char *date)
{
  for (int i = 0; i < n; i++)
    {
      const Item item = { (int) self->items->len + 1, date, 3 };

      g_array_append_val (self->items, item);
    }
}

/* --- what is asked --- */

static const struct
{
  const char *name;
  const char *form;
} parameters[] = {
  { "output_format", "^JSON$" },
  { "display", "^(full|\\[[a-z_,]+\\])$" },
  { "date", "^1$" },
  { "filter[date_upd]", "^\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\]$" },
  { "filter[id]", "^\\[\\d+(\\|\\d+)*\\]$" },
  { "filter[id_customer_thread]", "^\\[\\d+(\\|\\d+)*\\]$" },
  { "filter[id_order]", "^\\[\\d+(\\|\\d+)*\\]$" },
  { "filter[name]", "^\\[PS_TIMEZONE\\]$" },
  { "sort", "^\\[[a-z_]+_(ASC|DESC)(,[a-z_]+_(ASC|DESC))*\\]$" },
  { "limit", "^(\\d+,)?\\d+$" },
  { "ws_key", "^[A-Z0-9]{32}$" },
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
  /* Without date=1 its dates are no fields to filter by. */
  return !g_hash_table_contains (query, "filter[date_upd]") || g_hash_table_contains (query, "date");
}

static void
refuse (Store *self,
        SoupServerMessage *message,
        guint status,
        int code,
        const char *text)
{
  g_autofree char *json = g_strdup_printf ("{\"errors\":[{\"code\":%d,\"message\":\"%s\"}]}", code, text);
  g_autofree char *xml = g_strdup_printf ("<?xml version=\"1.0\"?><prestashop><errors><error><code>%d</code><message>%s</message></error></errors></prestashop>", code, text);

  peer_answer (message, status, self->is_xml ? "text/xml" : "application/json", self->is_xml ? xml : json);
}

/* Returns: whether it is let in; says so otherwise */
static gboolean
check_key (Store *self,
           SoupServerMessage *message,
           GHashTable *query)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) WS_KEY ":", strlen (WS_KEY ":"));
  g_autofree char *expected = g_strconcat ("Basic ", encoded, NULL);
  const char *header = self->strips_header ? NULL : soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char *in_query = g_hash_table_lookup (query, "ws_key");

  if (self->is_disabled)
    refuse (self, message, 503, 22, "The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office");
  else if (header == NULL && in_query == NULL)
    peer_answer (message, 401, "text/html", "401 Unauthorized");
  else if (g_strcmp0 (header, expected) != 0 && g_strcmp0 (in_query, WS_KEY) != 0)
    refuse (self, message, 401, 20, "Authentification key is not active");
  else
    {
      self->n_in_query += in_query != NULL;
      return TRUE;
    }
  return FALSE;
}

/* --- what it answers --- */

static void
append_order (Store *self,
              GString *text,
              const Item *item)
{
  g_autofree char *rows = NULL;

  if (self->with_whole && item->id == 1)
    rows = g_strdup ("\"associations\":{\"order_rows\":[{\"id\":\"1\",\"product_id\":\"7\",\"product_quantity\":\"3\",\"product_name\":\"Mug - Colour: red\",\"product_reference\":\"M-1\","
                     "\"product_price\":\"10.330579\",\"unit_price_tax_incl\":\"12.500000\"},{\"id\":2,\"product_quantity\":1,\"product_name\":\"Lamp\",\"unit_price_tax_incl\":\"0.333333\"}]},");
  g_string_append_printf (text,
                          "%s{\"id\":%d,\"id_address_delivery\":\"21\",\"id_address_invoice\":\"22\",\"id_currency\":\"%d\",\"id_lang\":\"2\",\"id_customer\":\"11\",\"id_carrier\":\"31\","
                          "\"current_state\":\"%d\",\"reference\":\"REF%d\",\"payment\":\"Card\",%s\"total_paid\":\"41.000000\",\"total_paid_tax_incl\":\"42.500000\",\"gift_message\":\"For Leo\","
                          "\"note\":\"Rings twice\",\"date_add\":\"2026-05-01 10:00:00\",\"date_upd\":\"%s\"}",
                          text->len > 0 ? "," : "", item->id, item->id == 2 ? 2 : 1, item->state, item->id, rows != NULL ? rows : "", item->date);
}

static char *
list_orders (Store *self,
             GHashTable *query)
{
  const char *range = g_hash_table_lookup (query, "filter[date_upd]"), *limit = g_hash_table_lookup (query, "limit"), *sort = g_hash_table_lookup (query, "sort"), *ids = g_hash_table_lookup (query, "filter[id]");
  g_autofree char *from = range != NULL ? g_strndup (range + 1, 19) : g_strdup ("");
  guint skip = limit != NULL && strchr (limit, ',') != NULL ? (guint) atoi (limit) : 0;
  guint max = limit != NULL ? (guint) atoi (strchr (limit, ',') != NULL ? strchr (limit, ',') + 1 : limit) : G_MAXUINT;
  gboolean is_backwards = g_strcmp0 (sort, "[id_DESC]") == 0;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->items->len && max > 0; i++)
    {
      const Item *item = &g_array_index (self->items, Item, is_backwards ? self->items->len - 1 - i : i);
      g_autofree char *own = g_strdup_printf ("[%d]", item->id);

      if (strcmp (item->date, from) < 0 || (ids != NULL && strcmp (ids, own) != 0))
        continue;
      if (skip > 0)
        {
          skip--;
          continue;
        }
      append_order (self, text, item);
      max--;
    }
  if (self->with_broken_row && ids == NULL)
    g_string_append (text, text->len > 0 ? ",{\"id\":null,\"date_upd\":7},7" : "{\"id\":null},7");
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *resource;
  const char *name;
  const char *rows;
} tables[] = {
  { "order_states", "order_states",
    "{\"id\":3,\"name\":[{\"id\":\"1\",\"value\":\"Processing\"},{\"id\":\"2\",\"value\":\"En cours\"}],\"delivery\":\"1\",\"paid\":\"1\",\"logable\":\"1\",\"shipped\":\"0\",\"template\":[{\"id\":\"1\",\"value\":\"preparation\"}]},"
    "{\"id\":4,\"name\":\"Shipped\",\"delivery\":\"1\",\"paid\":\"1\",\"logable\":\"1\",\"shipped\":\"1\",\"template\":\"shipped\"}" },
  { "currencies", "currencies", "{\"id\":1,\"iso_code\":\"EUR\"},{\"id\":2,\"iso_code\":\"JPY\"}" },
  { "countries", "countries", "{\"id\":\"8\",\"iso_code\":\"FR\"}" },
  { "customers", "customers", "{\"id\":11,\"email\":\"Ana@Example.test\",\"firstname\":\"Ana\",\"lastname\":\"Petit\"}" },
  { "addresses", "addresses",
    "{\"id\":21,\"firstname\":\"Leo\",\"lastname\":\"Petit\",\"company\":\"\",\"address1\":\"Rue 1\",\"address2\":\"\",\"postcode\":\"75001\",\"city\":\"Paris\",\"id_country\":\"8\",\"phone\":\"\",\"phone_mobile\":\"06 12 34 56 78\"}" },
  { "carriers", "carriers", "{\"id\":31,\"name\":\"Colis\",\"url\":\"https://colis.test/?n=@&l=fr\"}" },
  { "order_carriers", "order_carriers", "{\"id\":1,\"id_order\":\"1\",\"id_carrier\":\"31\",\"tracking_number\":\"AB 1\"},{\"id\":2,\"id_order\":\"1\",\"id_carrier\":\"31\",\"tracking_number\":\"\"}" },
  { "order_slip", "order_slips", "{\"id\":5,\"id_order\":\"1\",\"total_products_tax_incl\":\"5.000000\",\"total_shipping_tax_incl\":\"1.250000\",\"amount\":\"6.250000\",\"date_add\":\"2026-05-03 09:00:00\"}" },
  { "customer_threads", "customer_threads", "{\"id\":40}" },
  { "customer_messages", "customer_messages",
    "{\"id\":41,\"message\":\"Where is it?\",\"private\":\"0\",\"date_add\":\"2026-05-03 09:00:00\"},{\"id\":42,\"message\":\"Call her\",\"private\":\"1\"},{\"id\":43,\"message\":\"\"},7" },
  { "configurations", "configurations", "{\"id\":9,\"name\":\"PS_TIMEZONE\",\"value\":\"Europe\\/Paris\"}" },
};

static void
answer_rows (SoupServerMessage *message,
             const char *name,
             const char *rows)
{
  g_autofree char *text = *rows != '\0' ? g_strdup_printf ("{\"%s\":[%s]}", name, rows) : g_strdup ("[]");

  peer_answer (message, 200, "application/json", text);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Item *x = a, *y = b;
  int order = strcmp (x->date, y->date);

  return order != 0 ? order : x->id - y->id;
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
  const char *resource = g_str_has_prefix (path, "/shop/api/") ? path + strlen ("/shop/api/") : "";

  if (query == NULL || !is_known (query))
    {
      self->n_refused++;
      refuse (self, message, 400, 38, "Unable to filter by this field");
      return;
    }
  if (peer_answer_fault (p, message) || !check_key (self, message, query))
    return;
  if ((self->no_right != NULL && strstr (self->no_right, resource) != NULL) || (self->has_no_zone && strcmp (resource, "configurations") == 0))
    {
      g_autofree char *text = g_strdup_printf ("Resource of type \\\"%s\\\" is not allowed with this authentication key", resource);

      refuse (self, message, 401, 26, text);
      return;
    }
  if (strcmp (resource, "orders") == 0)
    {
      g_autofree char *rows = list_orders (self, query);

      answer_rows (message, "orders", rows);
      if (self->n_edits > 0 && g_hash_table_contains (query, "date"))
        {
          Item *first = &g_array_index (self->items, Item, 0);

          self->n_edits--;
          first->date = "2026-09-09 09:09:09";
          first->state = 4;
          g_array_sort (self->items, compare);
        }
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].resource, resource) == 0)
      {
        answer_rows (message, tables[i].name, !self->with_whole && g_str_has_prefix (resource, "order_") && strcmp (resource, "order_states") != 0 ? "" : tables[i].rows);
        return;
      }
  self->n_refused++;
  refuse (self, message, 400, 27, "Resource of type does not exists");
}

/* --- passes --- */

static MosShop *
begin (Fixture *f,
       ShopDesk *desk,
       Peer *p,
       const char *key)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", key);
  g_autofree char *base = g_strconcat (p->base, "/shop", NULL);

  return shop_begin (f, desk, MOS_SHOP_PRESTASHOP, base, keys);
}

static const MosOrder *
find (const ShopDesk *desk,
      const char *remote_id)
{
  for (guint i = 0; i < desk->orders->len; i++)
    if (strcmp (((MosOrder *) desk->orders->pdata[i])->remote_id, remote_id) == 0)
      return desk->orders->pdata[i];
  g_assert_not_reached ();
}

static void
assert_time (gint64 us,
             const char *expected)
{
  g_autofree char *text = mos_time_format_utc (us);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_whole (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);
  g_autoptr (MosShopFacts) facts = NULL;
  g_autoptr (MosOrder) loaded = NULL;
  g_autoptr (GError) error = NULL;
  const MosOrder *order;
  const MosOrderItem *item;
  const MosOrderShipment *shipment;

  store.with_whole = TRUE;
  add (&store, 2, "2026-05-02 12:00:00");
  facts = mos_shop_test_sync (shop, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts->newest, ==, "REF2");
  g_assert_cmpstr (facts->currency, ==, "JPY");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 2);
  order = find (&desk, "1");
  g_assert_cmpstr (order->number, ==, "REF1");
  g_assert_cmpstr (order->status, ==, "En cours");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_PROCESSING);
  g_assert_cmpstr (order->currency, ==, "EUR");
  g_assert_cmpstr (order->total, ==, "42.50");
  g_assert_cmpstr (order->refunded, ==, "6.25");
  g_assert_cmpstr (order->email, ==, "ana@example.test");
  g_assert_cmpstr (order->phone, ==, "33612345678");
  g_assert_cmpstr (order->name, ==, "Ana Petit");
  g_assert_cmpstr (order->country, ==, "FR");
  g_assert_cmpstr (order->address, ==, "Leo Petit\nRue 1\n75001 Paris\nFR");
  g_assert_cmpstr (order->note, ==, "For Leo");
  assert_time (order->created_us, "2026-05-01T08:00:00Z");
  assert_time (order->modified_us, "2026-05-02T10:00:00Z");
  item = order->items->pdata[0];
  g_assert_cmpuint (order->items->len, ==, 2);
  g_assert_cmpstr (item->name, ==, "Mug - Colour: red");
  g_assert_cmpstr (item->price, ==, "12.50");
  g_assert_cmpstr (item->total, ==, "37.50");
  g_assert_cmpstr (((MosOrderItem *) order->items->pdata[1])->price, ==, "0.333333");
  g_assert_cmpuint (order->shipments->len, ==, 1);
  shipment = order->shipments->pdata[0];
  g_assert_cmpstr (shipment->carrier, ==, "Colis");
  g_assert_cmpstr (shipment->url, ==, "https://colis.test/?n=AB%201&l=fr");
  g_assert_cmpuint (order->refunds->len, ==, 1);
  /* A currency without a hundredth; and nothing that was asked for another order. */
  order = find (&desk, "2");
  g_assert_cmpstr (order->currency, ==, "JPY");
  g_assert_cmpuint (order->shipments->len, ==, 0);
  g_assert_cmpstr (order->total, ==, "42.5");
  loaded = mos_shop_load_order_sync (shop, "1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loaded->notes->len, ==, 3);
  g_assert_true (((MosOrderNote *) loaded->notes->pdata[1])->is_for_customer);
  assert_time (((MosOrderNote *) loaded->notes->pdata[1])->at_us, "2026-05-03T07:00:00Z");
  g_assert_false (((MosOrderNote *) loaded->notes->pdata[2])->is_for_customer);
  g_assert_null (mos_shop_load_order_sync (shop, "77", NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND);
  g_assert_cmpuint (store.n_refused, ==, 0);
  g_assert_cmpuint (store.n_in_query, ==, 0);
}

/* The cursor is the shop's own text; nothing new is one order or none that is read again. */
static void
test_cursor (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);
  MosShopPassCounts counts;

  /* Nothing at all: []. */
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 0);
  g_assert_cmpstr (desk.account->cursor, ==, "");
  add (&store, 30, "2026-05-02 12:00:00");
  add (&store, 30, "2026-05-02 12:00:01");
  /* In the night in which the clocks go back, an hour comes twice; and no conversion makes another one of it. */
  add (&store, 1, "2026-10-25 02:30:00");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 61);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-10-25 02:30:00");
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new + counts.orders.n_changed, ==, 0);
  g_assert_cmpuint (counts.orders.n_same, ==, 1);
  add (&store, 1, "2026-10-25 02:30:00");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpuint (store.n_refused, ==, 0);
}

/* Of the hour that comes twice the second one lies before the newest that is known; and a clock that was years ahead hides nothing. */
static void
test_cursor_behind (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);

  add (&store, 1, "2026-10-25 02:50:00");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  add (&store, 1, "2026-10-25 02:10:00");
  g_array_sort (store.items, compare);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-10-25 02:50:00");
  /* No other hour comes twice; of the last seconds some are seen late. */
  add (&store, 1, "2026-10-25 03:10:00");
  shop_pass (&desk, shop);
  add (&store, 1, "2026-10-25 03:09:56");
  add (&store, 1, "2026-10-25 03:09:00");
  g_array_sort (store.items, compare);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);

  add (&store, 1, "2998-01-01 00:00:00");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-10-25 03:10:00");
  add (&store, 1, "2026-10-25 04:00:00");
  g_array_sort (store.items, compare);
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpuint (store.n_refused, ==, 0);
}

/* More of one second than a page holds, and some that change while they are read */
static void
test_one_second (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);

  add (&store, 230, "2026-05-02 12:00:00");
  add (&store, 20, "2026-05-02 12:00:01");
  store.n_edits = 3;
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 250);
  g_assert_cmpint (find (&desk, "1")->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-09-09 09:09:09");
  g_assert_cmpuint (store.n_refused, ==, 0);
}

static void
test_header_stripped (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);

  store.strips_header = TRUE;
  add (&store, 3, "2026-05-02 12:00:00");
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 3);
  g_assert_cmpuint (store.n_in_query, >, 3);
}

static void
test_keys (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) wrong = begin (f, &desk, p, "99999999999999999999999999999999");
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", WS_KEY);
  g_autoptr (MosShop) shop = mos_shop_new_for_account (desk.account, keys, f->clock);
  g_autoptr (GError) error = NULL;

  add (&store, 1, "2026-05-02 12:00:00");
  shop_fail (&desk, wrong, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  store.is_xml = TRUE;
  shop_fail (&desk, wrong, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  store.is_xml = FALSE;
  /* All that it may not read is told at once. */
  store.no_right = "customers order_slip";
  g_assert_null (mos_shop_test_sync (shop, NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED);
  g_assert_cmpstr (error->message, ==, "customers, order_slip");
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, MOS_ACCOUNT_AUTH_FAILED, "not_allowed");
  g_assert_cmpstr (desk.account->detail, ==, "customers");
  g_assert_cmpuint (desk.orders->len, ==, 0);
  store.no_right = NULL;
  store.has_no_zone = TRUE;
  g_assert_cmpuint (shop_pass (&desk, shop).orders.n_new, ==, 1);
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);
}

static void
test_disabled (void)
{
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);

  store.is_disabled = TRUE;
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_DISABLED, MOS_ACCOUNT_FAILED, "disabled");
}

static void
test_faults (void)
{
  static const struct
  {
    Fault fault;
    MosShopError error;
    MosAccountState state;
    const char *why;
  } cases[] = {
    { FAULT_FIREWALL, MOS_SHOP_ERROR_TEMPORARY, MOS_ACCOUNT_WAITING, "busy" },
    { FAULT_HALF, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol" },
    { FAULT_WRONG, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol" },
    { FAULT_NO_JSON, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol" },
    { FAULT_DEEP, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol" },
    { FAULT_MOVED, MOS_SHOP_ERROR_MOVED, MOS_ACCOUNT_FAILED, "moved" },
    { FAULT_NO_SHOP, MOS_SHOP_ERROR_NO_SHOP, MOS_ACCOUNT_FAILED, "no_shop" },
  };
  g_auto (Store) store = STORE_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &store);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, WS_KEY);
  MosShopPassCounts counts;

  add (&store, 3, "2026-05-02 12:00:00");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      peer_fail (p, 1, cases[i].fault);
      shop_fail (&desk, shop, MOS_SHOP_ERROR, (int) cases[i].error, cases[i].state, cases[i].why);
      g_assert_cmpuint (desk.orders->len, ==, 0);
      g_assert_cmpstr (desk.account->cursor, ==, "");
    }
  store.with_broken_row = TRUE;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 3);
  g_assert_cmpuint (counts.n_unreadable, ==, 2);
}

/* --- pure --- */

static void
test_states (void)
{
  static const struct
  {
    const char *json;
    const char *id;
    MosOrderStatus kind;
  } cases[] = {
    { "{\"shipped\":\"1\",\"paid\":\"1\"}", "4", MOS_ORDER_SHIPPED },
    { "{\"shipped\":1}", "5", MOS_ORDER_DELIVERED },
    { "{\"shipped\":true,\"logable\":true}", "20", MOS_ORDER_SHIPPED },
    { "{\"delivery\":\"1\",\"paid\":\"1\"}", "3", MOS_ORDER_PROCESSING },
    { "{\"paid\":\"1\",\"logable\":\"1\"}", "2", MOS_ORDER_PAID },
    { "{\"template\":\"order_canceled\"}", "17", MOS_ORDER_CANCELLED },
    { "{\"template\":[{\"id\":1,\"value\":\"refund\"}],\"paid\":\"1\"}", "18", MOS_ORDER_REFUNDED },
    { "{\"template\":\"\"}", "6", MOS_ORDER_CANCELLED },
    { "{\"logable\":\"1\"}", "30", MOS_ORDER_PROCESSING },
    { "{\"template\":\"bankwire\",\"logable\":\"0\",\"paid\":\"0\"}", "10", MOS_ORDER_PENDING },
    { NULL, "5", MOS_ORDER_DELIVERED },
    { NULL, "7", MOS_ORDER_REFUNDED },
    { NULL, "99", MOS_ORDER_PROCESSING },
    { NULL, "", MOS_ORDER_PENDING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = cases[i].json != NULL ? json_from_string (cases[i].json, NULL) : NULL;

      g_test_message ("%s %s", cases[i].json, cases[i].id);
      g_assert_cmpint (mos_prestashop_judge_state (node != NULL ? json_node_get_object (node) : NULL, cases[i].id), ==, cases[i].kind);
    }
}

static void
test_money (void)
{
  static const struct
  {
    const char *decimal;
    const char *currency;
    const char *expected;
  } cases[] = {
    { "12.500000", "EUR", "12.50" },
    { "12.000000", "EUR", "12.00" },
    { "12.345600", "EUR", "12.3456" },
    { "1200.000000", "JPY", "1200" },
    { "1.250000", "KWD", "1.250" },
    { "7", "EUR", "7" },
    { "7.5", "EUR", "7.5" },
    { "-3.100000", "", "-3.10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mos_prestashop_trim_money (cases[i].decimal, cases[i].currency);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_times (void)
{
  g_autofree char *three = mos_decimal_times ("12.50", 3);
  g_autofree char *none = mos_decimal_times ("12.50", 0);
  g_autofree char *many = mos_decimal_times ("-0.01", 1000000);

  g_assert_cmpstr (three, ==, "37.50");
  g_assert_cmpstr (none, ==, "0");
  g_assert_cmpstr (many, ==, "-10000.00");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/prestashop/whole", test_whole);
  g_test_add_func ("/prestashop/cursor", test_cursor);
  g_test_add_func ("/prestashop/cursor-behind", test_cursor_behind);
  g_test_add_func ("/prestashop/one-second", test_one_second);
  g_test_add_func ("/prestashop/header-stripped", test_header_stripped);
  g_test_add_func ("/prestashop/keys", test_keys);
  g_test_add_func ("/prestashop/disabled", test_disabled);
  g_test_add_func ("/prestashop/faults", test_faults);
  g_test_add_func ("/prestashop/states", test_states);
  g_test_add_func ("/prestashop/money", test_money);
  g_test_add_func ("/prestashop/times", test_times);
  return g_test_run ();
}
