/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-entities.h"
#include "core/base/mos-locale.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/shopify/mos-shopify-shop.h"
#include "core/shops/woocommerce/mos-woocommerce-shop.h"
#include "mos-test.h"

/* Answers of shops read into orders: what the platforms' own documents show, and the same with everything in it made wrong. */

#define DOCUMENTS "corpus/woocommerce_rest_docs"

static JsonNode *
load (const char *folder,
      const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static const char *
item_text (const MosOrder *order,
           guint i)
{
  static char text[400];
  const MosOrderItem *item = order->items->pdata[i];

  g_snprintf (text, sizeof text, "%s|%s|%s|%s|%s|%s", item->name, item->sku, item->variant, item->quantity, item->price, item->total);
  return text;
}

/* --- WooCommerce --- */

typedef struct
{
  const char *id;
  const char *status;
  MosOrderStatus kind;
  const char *total;
  const char *currency;
  guint n_items;
  const char *first_item;
  const char *email;
  const char *phone;
  const char *created;
  const char *modified;
  const char *refunded;
  const char *address;
} Expected;

static void
check_order (JsonObject *object,
             const Expected *expected)
{
  g_autoptr (MosOrder) order = mos_woocommerce_read_order ("shop", "https://example.com", object);
  g_autoptr (GDateTime) created = NULL;
  g_autoptr (GDateTime) modified = NULL;
  g_autofree char *created_text = NULL, *modified_text = NULL;

  g_assert_nonnull (order);
  g_test_message ("order %s", order->remote_id);
  g_assert_cmpstr (order->remote_id, ==, expected->id);
  g_assert_cmpstr (order->number, ==, expected->id);
  g_assert_cmpstr (order->status, ==, expected->status);
  g_assert_cmpint (order->status_kind, ==, expected->kind);
  g_assert_cmpstr (order->total, ==, expected->total);
  g_assert_cmpstr (order->currency, ==, expected->currency);
  g_assert_cmpuint (order->items->len, ==, expected->n_items);
  g_assert_cmpstr (item_text (order, 0), ==, expected->first_item);
  g_assert_cmpstr (order->email, ==, expected->email);
  g_assert_cmpstr (order->phone, ==, expected->phone);
  created = g_date_time_new_from_unix_utc_usec (order->created_us);
  modified = g_date_time_new_from_unix_utc_usec (order->modified_us);
  created_text = g_date_time_format_iso8601 (created);
  modified_text = g_date_time_format_iso8601 (modified);
  g_assert_cmpstr (created_text, ==, expected->created);
  g_assert_cmpstr (modified_text, ==, expected->modified);
  g_assert_cmpstr (order->refunded, ==, expected->refunded);
  g_assert_cmpstr (order->address, ==, expected->address);
  g_assert_true (g_str_has_prefix (order->address, order->name));
  g_assert_true (g_str_has_prefix (order->admin_url, "https://example.com/wp-admin/post.php?post="));
}

#define WOO_727 { "727", "processing", MOS_ORDER_PROCESSING, "29.35", "USD", 2, "Woo Single #1|||2|3|6.00", "john.doe@example.com", "15555555555", "2017-03-22T19:28:02Z", "2017-03-22T19:28:08Z", "0", "John Doe\n969 Market\n94103 San Francisco\nCA\nUS" }
#define WOO_723 { "723", "completed", MOS_ORDER_SHIPPED, "39.00", "USD", 2, "Woo Album #2|||1|9|9.00", "joao.silva@example.com", "551111111111", "2017-03-21T19:16:00Z", "2017-03-21T19:54:51Z", "19.00", "João Silva\nAv. Brasil, 432\n12345-000 Rio de Janeiro\nRJ\nBR" }

/* Expectations as read off the documents by hand */
static void
test_woo_orders (void)
{
  g_autofree char *folder = mos_test_shared (DOCUMENTS);
  g_autoptr (JsonNode) node = NULL;
  static const char *const singles[] = { "orders_00.json", "orders_01.json", "orders_03.json", "orders_04.json" };

  if (folder == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      g_autoptr (JsonNode) single = load (folder, singles[i]);
      g_autoptr (MosOrder) order = mos_woocommerce_read_order ("shop", "https://example.com", json_node_get_object (single));

      g_assert_nonnull (order);
      g_assert_cmpstr (order->remote_id, ==, i < 2 ? "727" : order->remote_id);
      g_assert_cmpstr (order->total, ==, "29.35");
      g_assert_cmpuint (order->items->len, ==, 2);
      g_assert_cmpstr (item_text (order, 1), ==, "Ship Your Idea – Color: Black, Size: M Test|Bar3|black, M Test|1|12|12.00");
    }
  node = load (folder, "orders_02.json");
  for (guint i = 0; i < 2; i++)
    {
      static const Expected expected[] = { WOO_727, WOO_723 };

      check_order (json_array_get_object_element (json_node_get_array (node), i), &expected[i]);
    }
}

/* A batch answer: create, update and delete hold orders. */
static void
test_woo_batch (void)
{
  g_autofree char *folder = mos_test_shared (DOCUMENTS);
  g_autoptr (JsonNode) node = NULL;
  guint n = 0;
  static const char *const lists[] = { "create", "update", "delete" };

  if (folder == NULL)
    return;
  node = load (folder, "orders_05.json");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *array = mos_json_read_array (json_node_get_object (node), lists[i]);

      for (guint j = 0; j < mos_json_read_length (array); j++, n++)
        {
          g_autoptr (MosOrder) order = mos_woocommerce_read_order ("shop", "https://example.com", mos_json_read_element (array, j));

          g_assert_nonnull (order);
          g_assert_cmpuint (order->items->len, >, 0);
          g_assert_cmpint (order->modified_us, >=, order->created_us);
          g_assert_true (mos_locale_is_decimal (order->total));
        }
    }
  g_assert_cmpuint (n, ==, 4);
}

static void
test_woo_notes (void)
{
  g_autofree char *folder = mos_test_shared (DOCUMENTS);
  static const char *const files[] = { "order-notes_00.json", "order-notes_01.json", "order-notes_02.json", "order-notes_03.json" };

  if (folder == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (JsonNode) node = load (folder, files[i]);
      g_autoptr (JsonArray) notes = JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node) : json_array_new ();
      g_autoptr (MosOrder) order = mos_order_make ("shop", "723");
      const MosOrderNote *note;

      if (JSON_NODE_HOLDS_OBJECT (node))
        json_array_add_object_element (notes, json_node_dup_object (node));
      mos_woocommerce_read_notes (order, notes);
      g_assert_cmpuint (order->notes->len, ==, i == 2 ? 3 : 1);
      note = order->notes->pdata[0];
      g_assert_cmpstr (note->remote_id, ==, "281");
      g_assert_cmpstr (note->text, ==, "Order ok!!!");
      g_assert_cmpstr (note->author, ==, "system");
      g_assert_false (note->is_for_customer);
      g_assert_cmpint (note->at_us, ==, G_GINT64_CONSTANT (1490125601000000));
    }
}

/* What is in an order beyond the documents: refunds, tracking by a plugin, a status of the shop's own. */
static void
test_woo_rest (void)
{
  static const char text[] =
      "{\"id\":12,\"number\":\"DE-0012\",\"status\":\"wrapped\",\"currency\":\"EUR\",\"date_created_gmt\":\"2026-11-22T04:46:46\",\"date_modified_gmt\":null,\"date_paid_gmt\":\"2026-11-22T04:47:00\",\"total\":\"25.00\","
      "\"billing\":{\"first_name\":\"Ann\",\"last_name\":\"M\\u00fcller\",\"email\":\"Guest@Example.test\",\"phone\":\"0155 51230001\",\"country\":\"DE\",\"address_1\":\"Weg 1\",\"postcode\":\"10115\",\"city\":\"Berlin\"},"
      "\"shipping\":{\"first_name\":\"\",\"address_1\":\"\"},\"needs_payment\":true,\"payment_url\":\"javascript:alert(1)\","
      "\"line_items\":[{\"name\":\"Mug &amp; Cup\",\"quantity\":3,\"price\":8.333333,\"total\":\"25.00\",\"image\":{\"id\":\"1\",\"src\":\"https://shop.test/m.jpg\"},\"meta_data\":[{\"key\":\"_secret\",\"value\":\"x\"},{\"key\":\"size\",\"display_value\":\"M\"},{\"key\":\"more\",\"value\":{\"a\":1}}]}],"
      "\"refunds\":[{\"id\":15,\"reason\":\"damaged\",\"total\":\"-1.00\"},{\"id\":16,\"reason\":\"\",\"total\":\"-2.50\"}],"
      "\"meta_data\":[{\"key\":\"_wc_shipment_tracking_items\",\"value\":[{\"tracking_provider\":\"dhl\",\"formatted_tracking_provider\":\"DHL\",\"tracking_number\":\"00340434161094015902\",\"date_shipped\":\"1700000000\",\"formatted_tracking_link\":\"https://dhl.test/x\"},{\"tracking_number\":\"\"}]}]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (MosOrder) order = mos_woocommerce_read_order ("shop", "https://shop.test", json_node_get_object (node));
  const MosOrderShipment *shipment = mos_order_get_shipment (order);

  g_assert_cmpstr (order->number, ==, "DE-0012");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_PROCESSING);
  g_assert_cmpint (order->modified_us, ==, order->created_us);
  g_assert_cmpstr (order->email, ==, "guest@example.test");
  g_assert_cmpstr (order->phone, ==, "4915551230001");
  g_assert_cmpstr (order->address, ==, "Ann Müller\nWeg 1\n10115 Berlin\nDE");
  g_assert_cmpstr (order->customer_url, ==, "");
  g_assert_cmpstr (item_text (order, 0), ==, "Mug & Cup||M|3|8.3333|25.00");
  g_assert_cmpstr (((MosOrderItem *) order->items->pdata[0])->picture_url, ==, "https://shop.test/m.jpg");
  g_assert_cmpstr (order->refunded, ==, "3.50");
  g_assert_cmpstr (((MosOrderRefund *) order->refunds->pdata[0])->reason, ==, "damaged");
  g_assert_cmpuint (order->shipments->len, ==, 1);
  g_assert_cmpstr (shipment->carrier, ==, "DHL");
  g_assert_cmpstr (shipment->url, ==, "https://dhl.test/x");
  g_assert_cmpint (shipment->shipped_us, ==, G_GINT64_CONSTANT (1700000000000000));
}

/* --- Shopify --- */

static const char shopify_order[] =
    "{\"id\":\"gid://shopify/Order/450789469\",\"legacyResourceId\":\"450789469\",\"name\":\"#1001\",\"email\":\"Bob.Norman@mail.example\",\"phone\":null,\"createdAt\":\"2026-11-20T10:00:00Z\",\"updatedAt\":\"2026-11-22T04:00:00Z\",\"cancelledAt\":null,\"closed\":false,"
    "\"displayFinancialStatus\":\"PARTIALLY_REFUNDED\",\"displayFulfillmentStatus\":\"FULFILLED\",\"note\":\"Ring twice\",\"statusPageUrl\":\"https://x.test/status\","
    "\"totalPriceSet\":{\"presentmentMoney\":{\"amount\":\"409.94\",\"currencyCode\":\"USD\"}},\"totalRefundedSet\":{\"presentmentMoney\":{\"amount\":\"41.94\"}},"
    "\"customer\":{\"displayName\":\"Bob Norman\",\"defaultEmailAddress\":{\"emailAddress\":\"bob@mail.example\"},\"defaultPhoneNumber\":{\"phoneNumber\":\"+16136120707\"}},"
    "\"billingAddress\":{\"name\":\"Bob N.\",\"countryCodeV2\":\"US\",\"phone\":\"555-625-1199\"},"
    "\"shippingAddress\":{\"name\":\"Bob Norman\",\"company\":null,\"address1\":\"Chestnut Street 92\",\"address2\":\"\",\"city\":\"Louisville\",\"province\":\"Kentucky\",\"zip\":\"40202\",\"country\":\"United States\",\"countryCodeV2\":\"US\",\"phone\":\"1\"},"
    "\"lineItems\":{\"nodes\":[{\"title\":\"IPod Nano\",\"variantTitle\":\"green\",\"quantity\":1,\"sku\":\"IPOD2008GREEN\",\"originalUnitPriceSet\":{\"presentmentMoney\":{\"amount\":\"199.00\"}},\"discountedTotalSet\":{\"presentmentMoney\":{\"amount\":\"195.67\"}},\"image\":{\"url\":\"https://cdn.test/i.png\"}}]},"
    "\"fulfillments\":[{\"displayStatus\":\"DELIVERED\",\"createdAt\":\"2026-11-21T00:00:00Z\",\"deliveredAt\":\"2026-11-22T00:00:00Z\",\"estimatedDeliveryAt\":null,\"trackingInfo\":[{\"company\":\"USPS\",\"number\":\"1Z2345\",\"url\":\"https://tools.usps.com/x\"}]}],"
    "\"refunds\":[{\"id\":\"gid://shopify/Refund/1\",\"createdAt\":\"2026-11-22T03:00:00Z\",\"note\":\"it broke\",\"totalRefundedSet\":{\"presentmentMoney\":{\"amount\":\"41.94\"}}},{\"id\":\"x\",\"totalRefundedSet\":{\"presentmentMoney\":{\"amount\":\"0.0\"}}}]}";

static void
test_shopify_order (void)
{
  g_autoptr (JsonNode) node = json_from_string (shopify_order, NULL);
  g_autoptr (MosOrder) order = mos_shopify_read_order ("shop", "https://x.myshopify.com", json_node_get_object (node));
  const MosOrderShipment *shipment = mos_order_get_shipment (order);

  g_assert_cmpstr (order->remote_id, ==, "450789469");
  g_assert_cmpstr (order->number, ==, "#1001");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_DELIVERED);
  g_assert_cmpstr (order->payment, ==, "PARTIALLY_REFUNDED");
  g_assert_cmpstr (order->total, ==, "409.94");
  g_assert_cmpstr (order->refunded, ==, "41.94");
  g_assert_cmpstr (order->email, ==, "bob.norman@mail.example");
  g_assert_cmpstr (order->phone, ==, "16136120707");
  g_assert_cmpstr (order->address, ==, "Bob Norman\nChestnut Street 92\n40202 Louisville\nKentucky\nUnited States");
  g_assert_cmpstr (order->note, ==, "Ring twice");
  g_assert_cmpstr (order->admin_url, ==, "https://x.myshopify.com/admin/orders/450789469");
  g_assert_cmpstr (item_text (order, 0), ==, "IPod Nano|IPOD2008GREEN|green|1|199.00|195.67");
  /* The second one is a return. */
  g_assert_cmpuint (order->refunds->len, ==, 2);
  g_assert_cmpstr (((MosOrderRefund *) order->refunds->pdata[1])->amount, ==, "0.0");
  g_assert_cmpstr (shipment->carrier, ==, "USPS");
  g_assert_cmpint (shipment->delivered_us, >, shipment->shipped_us);
}

static void
test_shopify_status (void)
{
  static const struct
  {
    const char *json;
    MosOrderStatus kind;
  } rows[] = {
    { "{\"id\":\"gid://shopify/Order/1\"}", MOS_ORDER_PENDING },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"PAID\",\"displayFulfillmentStatus\":\"UNFULFILLED\"}", MOS_ORDER_PAID },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"PAID\",\"displayFulfillmentStatus\":\"IN_PROGRESS\"}", MOS_ORDER_PROCESSING },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"PAID\",\"displayFulfillmentStatus\":\"FULFILLED\"}", MOS_ORDER_SHIPPED },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"REFUNDED\",\"displayFulfillmentStatus\":\"FULFILLED\"}", MOS_ORDER_REFUNDED },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"PAID\",\"cancelledAt\":\"2026-11-22T00:00:00Z\"}", MOS_ORDER_CANCELLED },
    { "{\"id\":\"gid://shopify/Order/1\",\"displayFinancialStatus\":\"PENDING\",\"displayFulfillmentStatus\":\"UNFULFILLED\"}", MOS_ORDER_PENDING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (rows[i].json, NULL);
      g_autoptr (MosOrder) order = mos_shopify_read_order ("shop", "", json_node_get_object (node));

      g_test_message ("%s", rows[i].json);
      g_assert_cmpint (order->status_kind, ==, rows[i].kind);
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    MosShopKind kind;
    const char *text;
    const char *url;
  } rows[] = {
    { MOS_SHOP_SHOPIFY, "mugs", "https://mugs.myshopify.com" },
    { MOS_SHOP_SHOPIFY, "Mugs.myshopify.com/", "https://mugs.myshopify.com" },
    { MOS_SHOP_SHOPIFY, "https://admin.shopify.com/store/mugs/orders?x=1", "https://mugs.myshopify.com" },
    { MOS_SHOP_SHOPIFY, "https://mugs.example", NULL },
    { MOS_SHOP_SHOPIFY, "mugs.myshopify.com.evil.example", NULL },
    { MOS_SHOP_SHOPIFY, "http://mugs.myshopify.com", NULL },
    { MOS_SHOP_SHOPIFY, "http://127.0.0.1:99/x", "http://127.0.0.1:99" },
    { MOS_SHOP_WOOCOMMERCE, "mugs.example", "https://mugs.example" },
    { MOS_SHOP_WOOCOMMERCE, "https://mugs.example/shop/?a=b#c", "https://mugs.example/shop" },
    { MOS_SHOP_WOOCOMMERCE, "http://mugs.example", NULL },
    { MOS_SHOP_WOOCOMMERCE, "http://localhost:8080/", "http://localhost:8080" },
    { MOS_SHOP_WOOCOMMERCE, "https://user:pw@mugs.example", NULL },
    { MOS_SHOP_WOOCOMMERCE, " https://mugs.example/ \n", "https://mugs.example" },
    { MOS_SHOP_SHOPIFY, " mugs ", "https://mugs.myshopify.com" },
    { MOS_SHOP_WOOCOMMERCE, "", NULL },
    { MOS_SHOP_WOOCOMMERCE, " ", NULL },
    { MOS_SHOP_WOOCOMMERCE, "two words", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = mos_shop_kind_fold_address (rows[i].kind, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (url, ==, rows[i].url);
    }
}

/* --- everything wrong --- */

typedef MosOrder *(*ReadFunc) (const char *shop, const char *base_url, JsonObject *object);

static JsonNode *
wrong_value (guint kind)
{
  static const char *const texts[] = { "null", "\"\"", "[]", "{}", "true", "-1", "1e300", "\"1e999\"", "[[[[]]]]", "{\"value\":[null,{}]}", "9223372036854775807", "\"\\u0000\\u0001\\u202e\"" };

  if (kind == G_N_ELEMENTS (texts))
    {
      g_autofree char *huge = g_strnfill (200000, '9');

      return json_node_init_string (json_node_alloc (), huge);
    }
  return json_from_string (texts[kind], NULL);
}
#define N_WRONG 13

/* Makes the @n-th member below @node wrong, counted over all of the tree. Returns: whether there was one */
static gboolean
spoil (JsonNode *node,
       guint *n,
       guint kind)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        {
          if ((*n)-- == 0)
            {
              if (kind == N_WRONG)
                json_object_remove_member (object, l->data);
              else
                json_object_set_member (object, l->data, wrong_value (kind));
              return TRUE;
            }
          if (spoil (json_object_get_member (object, l->data), n, kind))
            return TRUE;
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      if (spoil (json_array_get_element (json_node_get_array (node), i), n, kind))
        return TRUE;
  return FALSE;
}

static void
assert_sound (const MosOrder *order)
{
  g_autofree char *digest = mos_order_dup_digest (order);

  g_assert_true (mos_locale_is_decimal (order->total));
  g_assert_true (mos_locale_is_decimal (order->refunded));
  g_assert_cmpstr (order->remote_id, !=, "");
  g_assert_cmpstr (order->number, !=, "");
  g_assert_true (g_utf8_validate (order->name, -1, NULL));
  for (guint i = 0; i < order->items->len; i++)
    g_assert_true (mos_locale_is_decimal (((MosOrderItem *) order->items->pdata[i])->quantity));
  for (guint i = 0; i < order->refunds->len; i++)
    g_assert_true (mos_locale_is_decimal (((MosOrderRefund *) order->refunds->pdata[i])->amount));
}

static void
spoil_all (const char *text,
           ReadFunc read)
{
  guint n_read = 0, n_refused = 0;

  for (guint kind = 0; kind <= N_WRONG; kind++)
    for (guint place = 0;; place++)
      {
        g_autoptr (JsonNode) node = json_from_string (text, NULL);
        g_autoptr (MosOrder) order = NULL;
        guint n = place;

        if (!spoil (node, &n, kind))
          break;
        order = read ("shop", "https://x.test", json_node_get_object (node));
        if (order != NULL)
          assert_sound (order);
        n_read += order != NULL ? 1 : 0;
        n_refused += order == NULL ? 1 : 0;
      }
  g_test_message ("%u read, %u refused", n_read, n_refused);
  g_assert_cmpuint (n_read, >, 200);
  /* Only what has no id is none. */
  g_assert_cmpuint (n_refused, <=, 2 * (N_WRONG + 1));
}

static void
test_spoiled (void)
{
  g_autofree char *path = mos_test_shared (DOCUMENTS "/orders_00.json");
  g_autofree char *text = NULL;

  spoil_all (shopify_order, mos_shopify_read_order);
  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  spoil_all (text, mos_woocommerce_read_order);
}

/* What no text can be, in texts: half a surrogate pair, controls; and more words of trouble than anybody reads. */
static void
test_texts (void)
{
  g_autofree char *many = g_strnfill (100000, 'x');
  g_autofree char *said = g_strconcat ("{\"message\":\"one\\ntwo ", many, "\"}", NULL);
  g_autoptr (JsonNode) node = json_from_string ("{\"a\":\"x\\ud800y\\u001b[2J\"}", NULL);
  g_autoptr (JsonNode) trouble = json_from_string (said, NULL);
  g_autofree char *words = mos_shop_json_words (json_node_get_object (trouble), "message");

  if (node != NULL)
    {
      g_autofree char *text = mos_shop_json_text (json_node_get_object (node), "a");

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strchr (text, '\x1b'));
    }
  g_assert_true (g_str_has_prefix (words, "one two x"));
  g_assert_cmpuint (strlen (words), ==, 300);
}

/* --- signing --- */

/* RFC 5849 §3.4.1.3.2 shows the order of parameters; the signature itself was computed by another program (openssl dgst -sha256 -hmac). */
static void
test_oauth1 (void)
{
  const MosOAuth1 signer = { "ck_a", "cs_b", "", "", "abc", 1700000000 };
  static const char *const names[] = { "b5", "a3", "c@", "a2", "a3" };
  static const char *const values[] = { "=%3D", "a", "", "r b", "2 q" };
  g_autofree char *query = mos_oauth1_sign_query (&signer, "GET", "http://127.0.0.1/wp-json/wc/v3/orders", names, values, G_N_ELEMENTS (names));

  g_assert_true (g_str_has_prefix (query, "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&oauth_consumer_key=ck_a&oauth_nonce=abc&oauth_signature_method=HMAC-SHA256&oauth_timestamp=1700000000&oauth_version=1.0&oauth_signature="));
  g_assert_cmpstr (strstr (query, "oauth_signature=") + 16, ==, "FDRwCm2605qx8ibWdiHwFYiRTRVH9Ckqq0a9a9ga2x4%3D");
}

static void
test_entities (void)
{
  static const char *const rows[][2] = {
    { "a &ndash; b", "a – b" },
    { "&#8211;&#x2014;&#x1F600;", "–—😀" },
    { "&amp;amp; &lt;b&gt;", "&amp; <b>" },
    { "A&T; R&D", "A&T; R&D" },
    { "&#27;[2J&#x7f;&#10;", "&#27;[2J&#x7f;\n" },
    { "&#0;&#xD800;&#99999999999;", "&#0;&#xD800;&#99999999999;" },
    { "&", "&" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mos_entities_decode (rows[i][0]);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/shop-orders/woocommerce/orders", test_woo_orders);
  g_test_add_func ("/shop-orders/woocommerce/batch", test_woo_batch);
  g_test_add_func ("/shop-orders/woocommerce/notes", test_woo_notes);
  g_test_add_func ("/shop-orders/woocommerce/rest", test_woo_rest);
  g_test_add_func ("/shop-orders/shopify/order", test_shopify_order);
  g_test_add_func ("/shop-orders/shopify/status", test_shopify_status);
  g_test_add_func ("/shop-orders/addresses", test_addresses);
  g_test_add_func ("/shop-orders/spoiled", test_spoiled);
  g_test_add_func ("/shop-orders/texts", test_texts);
  g_test_add_func ("/shop-orders/oauth1", test_oauth1);
  g_test_add_func ("/shop-orders/entities", test_entities);
  return g_test_run ();
}
