/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/shopify/mos-shopify-private.h"

#include "core/base/mos-json.h"
#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"

#include <math.h>

#define S_US ((gint64) G_USEC_PER_SEC)
/* The queries are valid from 2025-10 on; a version is served for a year at least, and by the oldest one that is behind it. */
#define API_VERSION "2026-10"
/* One query may cost a thousand points: a page shrinks until it does not. */
#define PAGE_SIZE 20
/* A token is taken for older than it is, so that none ends on its way. */
#define TOKEN_MARGIN_US (300 * S_US)
/* Of one order, pages of fifty lines; and how often, and how long, it is waited until one of them may be asked for: what is begun is not begun anew. */
#define MAX_PARTS 20
#define MAX_WAITS 30
#define MAX_WAIT_S 60
/* Its list is a search, which learns of a change a moment after it was made. */
#define BEHIND_US (60 * S_US)

#define LIST_QUERY "query OrdersChanged($first: Int!, $after: String, $query: String) { orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { pageInfo { hasNextPage endCursor } nodes { ...order } } } "
#define ORDER_QUERY "query OrderById($id: ID!) { order(id: $id) { ...order events(first: 50) { nodes { id createdAt message attributeToUser } } } } "
#define TEST_QUERY "query Shop { shop { name currencyCode } orders(first: 1, sortKey: CREATED_AT, reverse: true) { nodes { id name } } }"

struct _MosShopifyShop
{
  MosShop parent_instance;

  char *token;           /* (nullable) (owned) */
  gint64 token_until_us; /* of one that was fetched */
  guint page_size;
};

G_DEFINE_FINAL_TYPE (MosShopifyShop, mos_shopify_shop, MOS_TYPE_SHOP)

char *
mos_shopify_fold_address (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char *bare = strstr (lower, "://") != NULL ? strstr (lower, "://") + 3 : lower;
  g_autofree char *name = NULL;

  if (g_str_has_prefix (lower, "http://"))
    return mos_http_url_is_allowed (lower) ? g_strndup (lower, strcspn (lower + 7, "/?#") + 7) : NULL;
  if (g_str_has_prefix (bare, "admin.shopify.com/store/"))
    name = g_strndup (bare + 24, strcspn (bare + 24, "/?#"));
  else
    {
      g_autofree char *host = g_strndup (bare, strcspn (bare, "/?#"));

      if (g_str_has_suffix (host, ".myshopify.com"))
        name = g_strndup (host, strlen (host) - strlen (".myshopify.com"));
      else if (strchr (host, '.') == NULL)
        name = g_steal_pointer (&host);
    }
  if (name == NULL || *name == '\0' || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (name))
    return NULL;
  return g_strconcat ("https://", name, ".myshopify.com", NULL);
}

/* --- the token --- */

static gboolean
fetch_token (MosShopifyShop *self,
             GCancellable *cancellable,
             GError **error)
{
  MosShopKeys *keys = mos_shop_get_keys (MOS_SHOP (self));
  g_autofree char *url = g_strconcat (mos_shop_get_account (MOS_SHOP (self))->base_url, "/admin/oauth/access_token", NULL);
  g_autofree char *id = mos_oauth1_encode (keys->key);
  g_autofree char *secret = mos_oauth1_encode (keys->secret);
  g_autofree char *body = g_strconcat ("grant_type=client_credentials&client_id=", id, "&client_secret=", secret, NULL);
  static const char *const headers[] = { "Accept", "application/json", NULL };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  g_autofree char *token = NULL, *trouble = NULL, *seconds = NULL;
  guint status;

  node = mos_shop_ask_sync (MOS_SHOP (self), "POST", url, headers, "application/x-www-form-urlencoded", body, &status, cancellable, error);
  if (node == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  token = mos_shop_json_text (object, "access_token");
  trouble = mos_shop_json_words (object, "error");
  if (status != 200 || *token == '\0')
    {
      g_set_error (error, MOS_SHOP_ERROR,
                   status == 404                                 ? MOS_SHOP_ERROR_NO_SHOP
                   : strcmp (trouble, "shop_not_permitted") == 0 ? MOS_SHOP_ERROR_NOT_ALLOWED
                   : status >= 500                               ? MOS_SHOP_ERROR_TEMPORARY
                   : status >= 400                               ? MOS_SHOP_ERROR_KEY_REFUSED
                                                                 : MOS_SHOP_ERROR_PROTOCOL,
                   "%s (HTTP %u)", *trouble != '\0' ? trouble : "No token", status);
      return FALSE;
    }
  seconds = mos_shop_json_text (object, "expires_in");
  mos_shop_take (&self->token, g_steal_pointer (&token));
  self->token_until_us = mos_shop_get_now_us (MOS_SHOP (self)) + CLAMP (g_ascii_strtoll (seconds, NULL, 10), 0, 1000000) * S_US;
  return TRUE;
}

static gboolean
ensure_token (MosShopifyShop *self,
              GCancellable *cancellable,
              GError **error)
{
  MosShopKeys *keys = mos_shop_get_keys (MOS_SHOP (self));

  if (*keys->key == '\0')
    {
      g_set_str (&self->token, keys->secret);
      return TRUE;
    }
  if (self->token != NULL && mos_shop_get_now_us (MOS_SHOP (self)) + TOKEN_MARGIN_US < self->token_until_us)
    return TRUE;
  return fetch_token (self, cancellable, error);
}

/* --- asking --- */

/* Seconds until there are points enough for what was asked. */
static guint
throttle_wait (JsonObject *answer)
{
  JsonObject *cost = mos_json_read_object (mos_json_read_object (answer, "extensions"), "cost");
  JsonObject *bucket = mos_json_read_object (cost, "throttleStatus");
  g_autofree char *wanted = mos_shop_json_decimal (cost, "requestedQueryCost", "0");
  g_autofree char *there = mos_shop_json_decimal (bucket, "currentlyAvailable", "0");
  g_autofree char *rate = mos_shop_json_decimal (bucket, "restoreRate", "50");
  double missing = g_ascii_strtod (wanted, NULL) - g_ascii_strtod (there, NULL);

  return (guint) CLAMP (ceil (missing / MAX (g_ascii_strtod (rate, NULL), 1)), 1, 60);
}

/* What it says within an answer. Returns: whether there is trouble */
static gboolean
set_trouble (MosShopifyShop *self,
             JsonObject *answer,
             guint status,
             gboolean *ret_too_dear,
             GError **error)
{
  JsonObject *first = mos_json_read_element (mos_json_read_array (answer, "errors"), 0);
  g_autofree char *code = mos_shop_json_text (mos_json_read_object (first, "extensions"), "code");
  g_autofree char *inner = mos_shop_json_words (first, "message");
  g_autofree char *outer = mos_shop_json_words (answer, "errors");
  const char *message = *inner != '\0' ? inner : outer;
  MosShopError kind = MOS_SHOP_ERROR_PROTOCOL;

  *ret_too_dear = FALSE;
  if (status == 200 && first == NULL && *outer == '\0' && mos_json_read_object (answer, "data") != NULL)
    return FALSE;
  if (status == 401)
    kind = MOS_SHOP_ERROR_KEY_REFUSED;
  else if (status == 402 || status == 403 || status == 423 || strcmp (code, "ACCESS_DENIED") == 0)
    kind = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status == 404)
    kind = MOS_SHOP_ERROR_NO_SHOP;
  else if (status >= 500 || strcmp (code, "INTERNAL_SERVER_ERROR") == 0 || strcmp (code, "TIMEOUT") == 0)
    kind = MOS_SHOP_ERROR_TEMPORARY;
  else if (strcmp (code, "THROTTLED") == 0)
    {
      kind = MOS_SHOP_ERROR_TEMPORARY;
      mos_shop_set_wait_s (MOS_SHOP (self), throttle_wait (answer));
    }
  else if (strcmp (code, "MAX_COST_EXCEEDED") == 0)
    *ret_too_dear = TRUE;
  g_set_error (error, MOS_SHOP_ERROR, kind, "%s (HTTP %u)", *message != '\0' ? message : "It makes no sense", status);
  return TRUE;
}

static JsonNode *
ask_with_token (MosShopifyShop *self,
                const char *body,
                gboolean is_change,
                guint *ret_status,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *url = g_strconcat (mos_shop_get_account (MOS_SHOP (self))->base_url, "/admin/api/" API_VERSION "/graphql.json", NULL);
  const char *headers[] = { "Accept", "application/json", "X-Shopify-Access-Token", NULL, NULL };

  *ret_status = 0;
  if (!ensure_token (self, cancellable, error))
    return NULL;
  headers[3] = self->token;
  if (is_change)
    return mos_shop_write_sync (MOS_SHOP (self), "POST", url, headers, "application/json", body, ret_status, cancellable, error);
  return mos_shop_ask_sync (MOS_SHOP (self), "POST", url, headers, "application/json", body, ret_status, cancellable, error);
}

/* @variables: (transfer full) (nullable): an object. Returns: (transfer full) (nullable): the whole answer; its "data" is an object */
static JsonNode *
ask (MosShopifyShop *self,
     const char *query,
     JsonNode *variables,
     gboolean is_change,
     gboolean *ret_too_dear,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *body = NULL;
  guint status;

  json_builder_begin_object (builder);
  mos_json_string (builder, "query", query);
  if (variables != NULL)
    {
      json_builder_set_member_name (builder, "variables");
      json_builder_add_value (builder, variables);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  body = json_to_string (root, FALSE);
  *ret_too_dear = FALSE;
  answer = ask_with_token (self, body, is_change, &status, cancellable, error);
  /* A token may end before its time, when the app is installed anew. */
  if (answer != NULL && status == 401 && *mos_shop_get_keys (MOS_SHOP (self))->key != '\0')
    {
      g_clear_pointer (&answer, json_node_unref);
      g_clear_pointer (&self->token, g_free);
      answer = ask_with_token (self, body, is_change, &status, cancellable, error);
    }
  if (answer == NULL || set_trouble (self, JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL, status, ret_too_dear, error))
    return NULL;
  return g_steal_pointer (&answer);
}

JsonNode *
mos_shopify_ask (MosShopifyShop *self,
                 const char *query,
                 JsonNode *variables,
                 GCancellable *cancellable,
                 GError **error)
{
  gboolean too_dear;

  return ask (self, query, variables, FALSE, &too_dear, cancellable, error);
}

JsonNode *
mos_shopify_change (MosShopifyShop *self,
                    const char *query,
                    JsonNode *variables,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean too_dear;
  JsonNode *answer = ask (self, query, variables, TRUE, &too_dear, cancellable, &local);

  if (answer != NULL)
    return answer;
  /* "Throttled" was not looked at, and names its time; trouble inside it, or an answer without sense, may have come behind the change. */
  if (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL) || (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY) && mos_shop_get_wait_s (MOS_SHOP (self)) == 0))
    g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

JsonObject *
mos_shopify_data_of (JsonNode *answer,
                     const char *name)
{
  return mos_json_read_object (mos_json_read_object (json_node_get_object (answer), "data"), name);
}

/* --- the class --- */

static MosShopFacts *
mos_shopify_shop_test_sync (MosShop *shop,
                            GCancellable *cancellable,
                            GError **error)
{
  gboolean too_dear;
  g_autoptr (JsonNode) answer = ask (MOS_SHOPIFY_SHOP (shop), TEST_QUERY, NULL, FALSE, &too_dear, cancellable, error);
  g_autofree char *name = NULL, *currency = NULL, *newest = NULL;

  if (answer == NULL)
    return NULL;
  name = mos_shop_json_text (mos_shopify_data_of (answer, "shop"), "name");
  currency = mos_shop_json_text (mos_shopify_data_of (answer, "shop"), "currencyCode");
  newest = mos_shop_json_text (mos_json_read_element (mos_json_read_array (mos_shopify_data_of (answer, "orders"), "nodes"), 0), "name");
  return mos_shop_facts_make (name, currency, newest);
}

/* A cursor: since when we ask, the newest that was seen of that, and where its pages go on; the first alone once they are through. */
static JsonNode *
make_variables (MosShopifyShop *self,
                const char *since,
                const char *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *query = *since != '\0' ? g_strdup_printf ("updated_at:>='%s'", since) : NULL;

  json_builder_begin_object (builder);
  mos_json_int (builder, "first", self->page_size);
  mos_json_string (builder, "after", after);
  mos_json_string (builder, "query", query);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
ask_page (MosShopifyShop *self,
          const char *since,
          const char *after,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *query = g_strconcat (LIST_QUERY, mos_shopify_order_fragment, NULL);

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gboolean too_dear;
      JsonNode *answer = ask (self, query, make_variables (self, since, after), FALSE, &too_dear, cancellable, &local);

      if (answer != NULL)
        return answer;
      if (self->page_size == 1 || (!too_dear && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->page_size /= 2;
    }
}

/* --- orders of many lines --- */

static JsonNode *
make_part_variables (const char *remote_id,
                     const char *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *id = g_strconcat ("gid://shopify/Order/", remote_id, NULL);

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", id);
  mos_json_string (builder, "after", after);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
ask_part (MosShopifyShop *self,
          const char *remote_id,
          const char *after,
          GCancellable *cancellable,
          GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) local = NULL;
      JsonNode *answer = mos_shopify_ask (self, mos_shopify_whole_query, make_part_variables (remote_id, after), cancellable, &local);
      guint wait_s = mos_shop_get_wait_s (MOS_SHOP (self));

      if (answer != NULL)
        return answer;
      if (n == MAX_WAITS || wait_s == 0 || wait_s > MAX_WAIT_S || !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!mos_http_wait_sync (wait_s * 1000, cancellable, error))
        return NULL;
    }
}

/* What a list of orders leaves out of one that has more. */
static gboolean
complete (MosShopifyShop *self,
          MosOrder *order,
          JsonObject *object,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *after = NULL;

  if (!mos_shopify_is_cut (object))
    return TRUE;
  for (guint n = 0; n < MAX_PARTS; n++)
    {
      g_autoptr (JsonNode) answer = ask_part (self, order->remote_id, after, cancellable, error);
      JsonObject *whole = answer != NULL ? mos_shopify_data_of (answer, "order") : NULL;
      JsonObject *info = mos_json_read_object (mos_json_read_object (whole, "lineItems"), "pageInfo");
      g_autofree char *end = mos_shop_json_text (info, "endCursor");

      if (answer == NULL)
        return FALSE;
      /* It went meanwhile: what was told of it stays. */
      if (whole == NULL)
        return TRUE;
      mos_shopify_read_whole (order, whole, n == 0);
      if (!mos_json_read_is_true (info, "hasNextPage") || *end == '\0' || g_strcmp0 (end, after) == 0)
        return TRUE;
      mos_shop_take (&after, g_steal_pointer (&end));
    }
  return TRUE;
}

/* --- what changed --- */

static MosShopPage *
mos_shopify_shop_list_changed_sync (MosShop *shop,
                                    const char *cursor,
                                    GCancellable *cancellable,
                                    GError **error)
{
  MosShopifyShop *self = MOS_SHOPIFY_SHOP (shop);
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_auto (GStrv) parts = g_strsplit (cursor, " ", 3);
  guint n_parts = g_strv_length (parts);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 newest_us = n_parts > 0 ? mos_time_parse (parts[n_parts == 3 ? 1 : 0], utc) : 0;
  g_autofree char *since = n_parts == 3 ? g_strdup (parts[0]) : mos_time_format_utc (MAX (newest_us - BEHIND_US, 0));
  g_autoptr (JsonNode) answer = ask_page (self, since, n_parts == 3 ? parts[2] : NULL, cancellable, error);
  g_autoptr (MosShopPage) page = mos_shop_page_make ();
  g_autofree char *end = NULL, *newest = NULL;
  JsonObject *orders;
  JsonArray *rows;

  if (answer == NULL)
    return NULL;
  orders = mos_shopify_data_of (answer, "orders");
  rows = mos_json_read_array (orders, "nodes");
  if (rows == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No list where there should be one");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      MosOrder *order = mos_shopify_read_order (account->id, account->base_url, mos_json_read_element (rows, i));

      if (order == NULL)
        {
          page->n_unreadable++;
          continue;
        }
      newest_us = MAX (newest_us, order->modified_us);
      g_ptr_array_add (page->orders, order);
      if (!complete (self, order, mos_json_read_element (rows, i), cancellable, error))
        return NULL;
    }
  newest = mos_time_format_utc (newest_us);
  end = mos_shop_json_text (mos_json_read_object (orders, "pageInfo"), "endCursor");
  page->is_last = !mos_json_read_is_true (mos_json_read_object (orders, "pageInfo"), "hasNextPage") || *end == '\0';
  g_free (page->cursor);
  page->cursor = page->is_last ? g_steal_pointer (&newest) : g_strdup_printf ("%s %s %s", since, newest, end);
  return g_steal_pointer (&page);
}

static void
read_events (MosOrder *order,
             JsonArray *events)
{
  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *object = mos_json_read_element (events, i);
      MosOrderNote *note;

      if (object == NULL)
        continue;
      note = mos_order_add_note (order);
      mos_shop_take (&note->remote_id, mos_shop_json_text (object, "id"));
      mos_shop_take (&note->text, mos_shop_json_text (object, "message"));
      note->at_us = mos_shop_json_time (object, "createdAt");
    }
}

static MosOrder *
mos_shopify_shop_load_order_sync (MosShop *shop,
                                  const char *remote_id,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosShopifyShop *self = MOS_SHOPIFY_SHOP (shop);
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_autofree char *query = g_strconcat (ORDER_QUERY, mos_shopify_order_fragment, NULL);
  g_autofree char *id = g_strconcat ("gid://shopify/Order/", remote_id, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *object;
  g_autoptr (MosOrder) order = NULL;
  gboolean too_dear;

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", id);
  json_builder_end_object (builder);
  answer = ask (self, query, json_builder_get_root (builder), FALSE, &too_dear, cancellable, error);
  if (answer == NULL)
    return NULL;
  object = mos_shopify_data_of (answer, "order");
  order = mos_shopify_read_order (account->id, account->base_url, object);
  if (order == NULL)
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND, "No order %s", remote_id);
      return NULL;
    }
  if (!complete (self, order, object, cancellable, error))
    return NULL;
  read_events (order, mos_json_read_array (mos_json_read_object (object, "events"), "nodes"));
  return g_steal_pointer (&order);
}

static void
mos_shopify_shop_finalize (GObject *object)
{
  MosShopifyShop *self = MOS_SHOPIFY_SHOP (object);

  g_free (self->token);
  G_OBJECT_CLASS (mos_shopify_shop_parent_class)->finalize (object);
}

static void
mos_shopify_shop_class_init (MosShopifyShopClass *klass)
{
  MosShopClass *shop_class = MOS_SHOP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_shopify_shop_finalize;
  shop_class->test_sync = mos_shopify_shop_test_sync;
  shop_class->list_changed_sync = mos_shopify_shop_list_changed_sync;
  shop_class->load_order_sync = mos_shopify_shop_load_order_sync;
  shop_class->load_terms_sync = mos_shopify_load_terms_sync;
  shop_class->perform_sync = mos_shopify_perform_sync;
  shop_class->find_action_sync = mos_shopify_find_action_sync;
  /* Those older than 60 days are only for whom Shopify lets see all. */
  shop_class->hides_orders = TRUE;
}

static void
mos_shopify_shop_init (MosShopifyShop *self)
{
  self->page_size = PAGE_SIZE;
}
