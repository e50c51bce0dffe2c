/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/bigcommerce/mos-bigcommerce-private.h"

#include "core/base/mos-time.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/mos-shop-query.h"
#include "core/shops/mos-shop-walk.h"

#define S_US ((gint64) G_USEC_PER_SEC)
/* Behind each order that was sent there is one question more, and the allotment of a shop is small. */
#define PAGE_SIZE 50
#define PART_SIZE 250
#define MAX_PARTS 20
#define GATEWAY "https://api.bigcommerce.com/stores/"

struct _MosBigcommerceShop
{
  MosShop parent_instance;
};

G_DEFINE_FINAL_TYPE (MosBigcommerceShop, mos_bigcommerce_shop, MOS_TYPE_SHOP)

static gboolean
is_hash (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen (text);
}

char *
mos_bigcommerce_fold_address (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char *bare = strstr (lower, "://") != NULL ? strstr (lower, "://") + 3 : lower;
  const char *stores = strstr (bare, "/stores/");
  g_autofree char *host = g_strndup (bare, strcspn (bare, "/?#"));
  g_autofree char *hash = NULL;

  if (stores != NULL)
    hash = g_strndup (stores + 8, strcspn (stores + 8, "/?#"));
  else if (g_str_has_prefix (host, "store-") && g_str_has_suffix (host, ".mybigcommerce.com"))
    /* A second channel's is store-HASH-2. */
    hash = g_strndup (host + 6, strcspn (host + 6, "-."));
  else if (strchr (host, '.') == NULL)
    hash = g_steal_pointer (&host);
  if (hash == NULL || !is_hash (hash))
    return NULL;
  if (g_str_has_prefix (lower, "http://"))
    {
      g_autofree char *url = stores != NULL ? g_strdup_printf ("%.*s/stores/%s", (int) (stores - lower), lower, hash) : NULL;

      return url != NULL && mos_http_url_is_allowed (url) ? g_steal_pointer (&url) : NULL;
    }
  return g_strconcat (GATEWAY, hash, NULL);
}

/* --- asking --- */

/* v2 answers [{"status", "message"}], v3 {"status", "title"}. */
static void
set_refusal (JsonNode *node,
             guint status,
             GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_ARRAY (node)    ? mos_json_read_element (json_node_get_array (node), 0)
                       : JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                       : NULL;
  g_autofree char *message = mos_shop_json_words (object, "message");
  g_autofree char *title = mos_shop_json_words (object, "title");
  const char *words = *message != '\0' ? message : title;
  MosShopError kind = *words != '\0' ? MOS_SHOP_ERROR_REFUSED : MOS_SHOP_ERROR_PROTOCOL;

  if (status == 401)
    kind = MOS_SHOP_ERROR_KEY_REFUSED;
  /* 402: the shop's trial is over. */
  else if (status == 402 || status == 403)
    kind = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status == 404)
    kind = MOS_SHOP_ERROR_NOT_FOUND;
  else if (status >= 500)
    kind = MOS_SHOP_ERROR_TEMPORARY;
  g_set_error (error, MOS_SHOP_ERROR, (int) kind, "%s (HTTP %u)", *words != '\0' ? words : "It makes no sense", status);
}

/* @body: (nullable); @is_change: it changes something */
static JsonNode *
send (MosBigcommerceShop *self,
      const char *method,
      const char *path,
      const MosShopQuery *query,
      const char *body,
      gboolean is_change,
      guint *ret_status,
      GCancellable *cancellable,
      GError **error)
{
  MosShop *shop = MOS_SHOP (self);
  const char *const headers[] = { "Accept", "application/json", "X-Auth-Token", mos_shop_get_keys (shop)->secret, NULL };
  g_autofree char *text = query != NULL ? mos_shop_query_join (query) : g_strdup ("");
  g_autofree char *url = g_strconcat (mos_shop_get_account (shop)->base_url, path, *text != '\0' ? "?" : "", text, NULL);

  if (is_change)
    return mos_shop_write_sync (shop, method, url, headers, "application/json", body, ret_status, cancellable, error);
  return mos_shop_ask_sync (shop, method, url, headers, body != NULL ? "application/json" : NULL, body, ret_status, cancellable, error);
}

static JsonNode *
ask_with (MosBigcommerceShop *self,
          const char *method,
          const char *path,
          const MosShopQuery *query,
          const char *body,
          GCancellable *cancellable,
          GError **error)
{
  guint status;
  g_autoptr (JsonNode) node = send (self, method, path, query, body, FALSE, &status, cancellable, error);

  if (node != NULL && status >= 400)
    {
      set_refusal (node, status, error);
      return NULL;
    }
  return g_steal_pointer (&node);
}

JsonNode *
mos_bigcommerce_ask (MosBigcommerceShop *self,
                     const char *path,
                     const MosShopQuery *query,
                     GCancellable *cancellable,
                     GError **error)
{
  return ask_with (self, "GET", path, query, NULL, cancellable, error);
}

JsonNode *
mos_bigcommerce_ask_with (MosBigcommerceShop *self,
                          const char *path,
                          const char *body,
                          GCancellable *cancellable,
                          GError **error)
{
  return ask_with (self, "POST", path, NULL, body, cancellable, error);
}

JsonNode *
mos_bigcommerce_change (MosBigcommerceShop *self,
                        const char *method,
                        const char *path,
                        const char *body,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  guint status;
  g_autoptr (JsonNode) node = send (self, method, path, NULL, body, TRUE, &status, cancellable, error);

  if (node == NULL || status < 400)
    return g_steal_pointer (&node);
  set_refusal (node, status, &local);
  /* Whoever could read a moment ago has a token that is right, but may not do this. */
  if (local->code == MOS_SHOP_ERROR_KEY_REFUSED)
    local->code = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status >= 500)
    local->code = MOS_SHOP_ERROR_UNCERTAIN;
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

JsonArray *
mos_bigcommerce_rows_of (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonNode *
mos_bigcommerce_ask_list (MosBigcommerceShop *self,
                          const char *path,
                          const MosShopQuery *query,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (JsonNode) node = mos_bigcommerce_ask (self, path, query, cancellable, error);

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node) || JSON_NODE_HOLDS_NULL (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No list where there should be one");
  return NULL;
}

/* --- the parts of orders --- */

/* One list below an order */
static gboolean
read_list (MosBigcommerceShop *self,
           MosOrder *order,
           const char *name,
           void (*read) (MosOrder *order, JsonArray *rows),
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *rest = g_strconcat ("/", name, NULL);
  g_autofree char *path = mos_bigcommerce_order_path (2, order->remote_id, rest);
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = NULL;

  mos_shop_query_add_int (query, "limit", PART_SIZE);
  node = mos_bigcommerce_ask_list (self, path, query, cancellable, &local);
  if (node != NULL)
    read (order, mos_bigcommerce_rows_of (node));
  /* Some lists are not there where there is nothing in them. */
  if (node == NULL && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* Of all of them at once */
static gboolean
read_refunds (MosBigcommerceShop *self,
              GPtrArray *orders,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < orders->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", ((MosOrder *) orders->pdata[i])->remote_id);
  for (guint page = 1; orders->len > 0 && page <= MAX_PARTS; page++)
    {
      g_autoptr (MosShopQuery) query = mos_shop_query_new ();
      g_autoptr (JsonNode) node = NULL;
      JsonArray *rows;

      mos_shop_query_add (query, "order_id:in", ids->str);
      mos_shop_query_add_int (query, "page", page);
      mos_shop_query_add_int (query, "limit", PART_SIZE);
      node = mos_bigcommerce_ask (self, "/v3/orders/payment_actions/refunds", query, cancellable, error);
      if (node == NULL)
        return FALSE;
      rows = mos_json_read_array (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "data");
      for (guint i = 0; i < mos_json_read_length (rows); i++)
        {
          JsonObject *row = mos_json_read_element (rows, i);
          g_autofree char *id = mos_shop_json_text (row, "order_id");

          for (guint j = 0; j < orders->len; j++)
            if (strcmp (((MosOrder *) orders->pdata[j])->remote_id, id) == 0)
              mos_bigcommerce_read_refund (orders->pdata[j], row);
        }
      if (mos_json_read_length (rows) < PART_SIZE)
        break;
    }
  return TRUE;
}

/* What is not in the order itself. @refunded: (inout) (element-type MosOrder): those whose refunds are to be asked for */
static gboolean
read_parts (MosBigcommerceShop *self,
            MosOrder *order,
            JsonObject *object,
            GPtrArray *refunded,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *n_items = mos_shop_json_text (object, "items_total");

  if (mos_bigcommerce_has_refunds (object))
    g_ptr_array_add (refunded, order);
  if (mos_bigcommerce_has_shipments (object) && !read_list (self, order, "shipments", mos_bigcommerce_read_shipments, cancellable, error))
    return FALSE;
  /* Consignments that did not come with it, or say only where to find their items */
  if (order->items->len > 0 || *n_items == '\0' || strcmp (n_items, "0") == 0)
    return TRUE;
  return read_list (self, order, "products", mos_bigcommerce_read_items, cancellable, error) &&
         read_list (self, order, "shipping_addresses", mos_bigcommerce_read_address, cancellable, error);
}

/* --- the class --- */

static void
add_consignments (MosShopQuery *query)
{
  mos_shop_query_add (query, "include", "consignments.line_items");
  mos_shop_query_add (query, "consignment_structure", "object");
}

static JsonNode *
ask_orders (MosBigcommerceShop *self,
            const MosShopQuery *query,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  JsonNode *node = mos_bigcommerce_ask_list (self, "/v2/orders", query, cancellable, &local);

  /* There is no shop of this hash. */
  if (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND))
    local->code = MOS_SHOP_ERROR_NO_SHOP;
  if (node == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return node;
}

static MosShopFacts *
mos_bigcommerce_shop_test_sync (MosShop *shop,
                                GCancellable *cancellable,
                                GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) store = NULL;
  g_autofree char *name = NULL, *currency = NULL, *newest = NULL;
  JsonObject *object;

  mos_shop_query_add_int (query, "limit", 1);
  mos_shop_query_add (query, "sort", "date_created:desc");
  node = ask_orders (self, query, cancellable, error);
  if (node == NULL)
    return NULL;
  /* A right of its own, which nothing else needs. */
  store = mos_bigcommerce_ask (self, "/v2/store", NULL, cancellable, NULL);
  object = store != NULL && JSON_NODE_HOLDS_OBJECT (store) ? json_node_get_object (store) : NULL;
  name = mos_shop_json_text (object, "name");
  currency = mos_shop_json_text (object, "currency");
  if (*currency == '\0')
    mos_shop_take (&currency, mos_shop_json_text (mos_json_read_element (mos_bigcommerce_rows_of (node), 0), "currency_code"));
  newest = mos_shop_json_text (mos_json_read_element (mos_bigcommerce_rows_of (node), 0), "id");
  return mos_shop_facts_make (name, currency, newest);
}

static void
add_time (MosShopQuery *query,
          const char *name,
          gint64 us)
{
  g_autofree char *text = mos_time_format_utc (us);

  mos_shop_query_add (query, name, text);
}

/* Whether its bounds are within what they bound is not said anywhere: a second more on each side is right either way. */
static JsonNode *
ask_changed (MosBigcommerceShop *self,
             const MosShopWalk *walk,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();

  if (walk->since_us > 0)
    add_time (query, "min_date_modified", walk->since_us - S_US);
  if (walk->id >= 0)
    {
      add_time (query, "max_date_modified", walk->since_us + S_US);
      mos_shop_query_add_int (query, "min_id", walk->id + 1);
    }
  mos_shop_query_add (query, "sort", walk->id >= 0 ? "id:asc" : "date_modified:asc");
  mos_shop_query_add_int (query, "page", walk->page);
  mos_shop_query_add_int (query, "limit", PAGE_SIZE);
  add_consignments (query);
  return ask_orders (self, query, cancellable, error);
}

static gboolean
take_row (MosBigcommerceShop *self,
          MosShopPage *page,
          JsonObject *row,
          GPtrArray *refunded,
          GCancellable *cancellable,
          GError **error)
{
  const MosShopAccount *account = mos_shop_get_account (MOS_SHOP (self));
  MosOrder *order = mos_bigcommerce_read_order (account->id, account->base_url, row);

  if (order == NULL)
    {
      page->n_unreadable++;
      return TRUE;
    }
  g_ptr_array_add (page->orders, order);
  return read_parts (self, order, row, refunded, cancellable, error);
}

static MosShopPage *
mos_bigcommerce_shop_list_changed_sync (MosShop *shop,
                                        const char *cursor,
                                        GCancellable *cancellable,
                                        GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);
  g_autoptr (MosShopPage) page = mos_shop_page_make ();
  g_autoptr (GPtrArray) refunded = g_ptr_array_new ();
  g_autoptr (JsonNode) node = NULL;
  MosShopWalk walk;
  JsonArray *rows;

  mos_shop_walk_read (&walk, cursor);
  node = ask_changed (self, &walk, cancellable, error);
  if (node == NULL)
    return NULL;
  /* From the beginning, with an empty page. */
  if (mos_shop_walk_is_lost (&walk, mos_shop_get_remote_now_us (shop)))
    return g_steal_pointer (&page);
  mos_shop_walk_begin_page (&walk, mos_shop_get_remote_now_us (shop));
  rows = mos_bigcommerce_rows_of (node);
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *id = mos_shop_json_text (row, "id");

      mos_shop_walk_see (&walk, g_ascii_strtoll (id, NULL, 10), mos_bigcommerce_json_time (row, "date_modified"));
      if (!take_row (self, page, row, refunded, cancellable, error))
        return NULL;
    }
  if (!read_refunds (self, refunded, cancellable, error))
    return NULL;
  page->is_last = !mos_shop_walk_turn (&walk, PAGE_SIZE, -1);
  mos_shop_take (&page->cursor, mos_shop_walk_dup_cursor (&walk));
  return g_steal_pointer (&page);
}

/* What the owner's people wrote for themselves: one text, without a time. */
static void
read_staff_notes (MosOrder *order,
                  JsonObject *object)
{
  g_autofree char *text = mos_shop_json_text (object, "staff_notes");
  MosOrderNote *note;

  if (*text == '\0')
    return;
  note = mos_order_add_note (order);
  g_set_str (&note->remote_id, "staff");
  mos_shop_take (&note->text, g_steal_pointer (&text));
}

MosOrder *
mos_bigcommerce_load_sync (MosBigcommerceShop *self,
                           const char *remote_id,
                           JsonNode **ret_node,
                           GCancellable *cancellable,
                           GError **error)
{
  const MosShopAccount *account = mos_shop_get_account (MOS_SHOP (self));
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, "");
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (GPtrArray) refunded = g_ptr_array_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MosOrder) order = NULL;
  JsonObject *object;

  add_consignments (query);
  node = mos_bigcommerce_ask (self, path, query, cancellable, error);
  if (node == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  order = mos_bigcommerce_read_order (account->id, account->base_url, object);
  if (order == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No order where there should be one");
      return NULL;
    }
  if (!read_parts (self, order, object, refunded, cancellable, error) || !read_refunds (self, refunded, cancellable, error))
    return NULL;
  *ret_node = g_steal_pointer (&node);
  return g_steal_pointer (&order);
}

static MosOrder *
mos_bigcommerce_shop_load_order_sync (MosShop *shop,
                                      const char *remote_id,
                                      GCancellable *cancellable,
                                      GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MosOrder) order = mos_bigcommerce_load_sync (self, remote_id, &node, cancellable, error);

  if (order == NULL)
    return NULL;
  read_staff_notes (order, json_node_get_object (node));
  if (!read_list (self, order, "messages", mos_bigcommerce_read_messages, cancellable, error))
    return NULL;
  return g_steal_pointer (&order);
}

static void
mos_bigcommerce_shop_class_init (MosBigcommerceShopClass *klass)
{
  MosShopClass *shop_class = MOS_SHOP_CLASS (klass);

  shop_class->test_sync = mos_bigcommerce_shop_test_sync;
  shop_class->list_changed_sync = mos_bigcommerce_shop_list_changed_sync;
  shop_class->load_order_sync = mos_bigcommerce_shop_load_order_sync;
  shop_class->load_terms_sync = mos_bigcommerce_load_terms_sync;
  shop_class->perform_sync = mos_bigcommerce_perform_sync;
  shop_class->find_action_sync = mos_bigcommerce_find_action_sync;
}

static void
mos_bigcommerce_shop_init (MosBigcommerceShop *self)
{
  mos_shop_keep_decimals (MOS_SHOP (self));
}
