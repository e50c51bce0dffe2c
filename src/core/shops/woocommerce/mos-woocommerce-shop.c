/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/woocommerce/mos-woocommerce-private.h"

#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"

#define S_US ((gint64) G_USEC_PER_SEC)
/* The API gives a hundred at most. Behind those of one second that fill a page we go back by some, for one that is changed meanwhile leaves a gap. */
#define PAGE_SIZE 100
#define OVERLAP 10
/* What is written at the same time is seen at different ones. */
#define BEHIND_US (5 * S_US)
/* Where it leaves one all the same, that second is read from its beginning, so many times in a pass: WooCommerce does not say in which order those of one second come. */
#define MAX_AGAIN 10

struct _MosWoocommerceShop
{
  MosShop parent_instance;

  guint page_size;
  guint n_again;        /* a second was read from its beginning, in this pass */
  gboolean in_query;    /* the hoster takes the header away */
  gboolean is_unlinked; /* no pretty links */
};

G_DEFINE_FINAL_TYPE (MosWoocommerceShop, mos_woocommerce_shop, MOS_TYPE_SHOP)

/* --- asking --- */

void
mos_woocommerce_query_add (MosWoocommerceQuery *query,
                           const char *name,
                           const char *value)
{
  g_return_if_fail (query->n < G_N_ELEMENTS (query->names));

  query->names[query->n] = name;
  query->values[query->n++] = value;
}

static char *
join_query (const MosWoocommerceQuery *query)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < query->n; i++)
    {
      g_autofree char *value = mos_oauth1_encode (query->values[i]);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", query->names[i], value);
    }
  return g_string_free (text, FALSE);
}

static char *
make_url (MosWoocommerceShop *self,
          const char *method,
          const char *path,
          const MosWoocommerceQuery *asked)
{
  const char *base = mos_shop_get_account (MOS_SHOP (self))->base_url;
  MosShopKeys *keys = mos_shop_get_keys (MOS_SHOP (self));
  g_autofree char *route = g_strconcat ("/wc/v3", path, NULL);
  g_autofree char *url = self->is_unlinked ? g_strconcat (base, "/", NULL) : g_strconcat (base, "/wp-json", route, NULL);
  g_autofree char *text = NULL;
  MosWoocommerceQuery query = *asked;

  if (self->is_unlinked)
    mos_woocommerce_query_add (&query, "rest_route", route);
  if (g_str_has_prefix (base, "http:"))
    {
      g_autofree char *nonce = g_uuid_string_random ();
      const MosOAuth1 signer = { keys->key, keys->secret, "", "", nonce, mos_shop_get_now_us (MOS_SHOP (self)) / S_US };

      text = mos_oauth1_sign_query (&signer, method, url, query.names, query.values, query.n);
    }
  else
    {
      if (self->in_query)
        {
          mos_woocommerce_query_add (&query, "consumer_key", keys->key);
          mos_woocommerce_query_add (&query, "consumer_secret", keys->secret);
        }
      text = join_query (&query);
    }
  return *text != '\0' ? g_strconcat (url, "?", text, NULL) : g_steal_pointer (&url);
}

/* @body: (nullable): what is to be changed; %NULL = it is read */
static JsonNode *
ask_once (MosWoocommerceShop *self,
          const char *method,
          const char *path,
          const MosWoocommerceQuery *query,
          const char *body,
          guint *ret_status,
          GCancellable *cancellable,
          GError **error)
{
  MosShopKeys *keys = mos_shop_get_keys (MOS_SHOP (self));
  g_autofree char *url = make_url (self, method, path, query);
  g_autofree char *pair = g_strconcat (keys->key, ":", keys->secret, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);
  const char *headers[] = { "Accept", "application/json", "Authorization", value, NULL };

  /* Where the query says who we are, nothing else does. */
  if (self->in_query || g_str_has_prefix (url, "http:"))
    headers[2] = NULL;
  if (body != NULL)
    return mos_shop_write_sync (MOS_SHOP (self), method, url, headers, "application/json", body, ret_status, cancellable, error);
  return mos_shop_ask_sync (MOS_SHOP (self), method, url, headers, NULL, NULL, ret_status, cancellable, error);
}

/* {"code", "message", "data": {"status"}} as an error of ours */
static void
set_refusal (JsonNode *node,
             guint status,
             GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *code = mos_shop_json_text (object, "code");
  g_autofree char *message = mos_shop_json_words (object, "message");
  MosShopError kind = MOS_SHOP_ERROR_REFUSED;

  if (strcmp (code, "rest_no_route") == 0)
    kind = MOS_SHOP_ERROR_NO_SHOP;
  else if (status == 404)
    kind = *code != '\0' ? MOS_SHOP_ERROR_NOT_FOUND : MOS_SHOP_ERROR_NO_SHOP;
  else if (status == 401)
    kind = MOS_SHOP_ERROR_KEY_REFUSED;
  else if (status == 403)
    kind = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status >= 500)
    kind = MOS_SHOP_ERROR_TEMPORARY;
  else if (*code == '\0')
    kind = MOS_SHOP_ERROR_PROTOCOL;
  if (*message != '\0')
    g_set_error_literal (error, MOS_SHOP_ERROR, kind, message);
  else
    g_set_error (error, MOS_SHOP_ERROR, kind, "HTTP %u", status);
}

static gboolean
is_code (JsonNode *node,
         const char *expected)
{
  g_autofree char *code = mos_shop_json_text (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "code");

  return strcmp (code, expected) == 0;
}

JsonNode *
mos_woocommerce_ask (MosWoocommerceShop *self,
                     const char *path,
                     const MosWoocommerceQuery *query,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) local = NULL;
  guint status = 0;
  g_autoptr (JsonNode) node = ask_once (self, "GET", path, query, NULL, &status, cancellable, &local);

  if (node == NULL && g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP) && !self->is_unlinked)
    {
      g_autoptr (GError) again = NULL;

      self->is_unlinked = TRUE;
      node = ask_once (self, "GET", path, query, NULL, &status, cancellable, &again);
      if (node != NULL)
        g_clear_error (&local);
      else
        self->is_unlinked = FALSE;
    }
  /* It saw nobody: the key did not get through to it. */
  if (node != NULL && status == 401 && is_code (node, "woocommerce_rest_cannot_view") && !self->in_query && g_str_has_prefix (mos_shop_get_account (MOS_SHOP (self))->base_url, "https:"))
    {
      self->in_query = TRUE;
      g_clear_pointer (&node, json_node_unref);
      node = ask_once (self, "GET", path, query, NULL, &status, cancellable, &local);
      self->in_query = node != NULL && status != 401;
    }
  if (node == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (status >= 400)
    {
      set_refusal (node, status, error);
      return NULL;
    }
  return g_steal_pointer (&node);
}

/* After a read the way to it is known: how the key travels, and whether there are pretty links. */
JsonNode *
mos_woocommerce_change (MosWoocommerceShop *self,
                        const char *method,
                        const char *path,
                        const char *body,
                        GCancellable *cancellable,
                        GError **error)
{
  guint status;
  g_autoptr (JsonNode) node = ask_once (self, method, path, &(MosWoocommerceQuery) { 0 }, body, &status, cancellable, error);

  if (node == NULL)
    return NULL;
  if (status < 400)
    return g_steal_pointer (&node);
  /* Whoever could read a moment ago has a key that is right, but may not do this. */
  if (status == 401 || status == 403)
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, "HTTP %u", status);
  else if (status >= 500 && !is_code (node, "woocommerce_rest_cannot_create_order_refund"))
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, "HTTP %u", status);
  else if (status == 404 && is_code (node, "rest_no_route"))
    g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_LACKING, path);
  else
    /* An over-refund is an error of the server to it (500); it did nothing all the same. */
    set_refusal (node, status >= 500 ? 400 : status, error);
  return NULL;
}

JsonNode *
mos_woocommerce_ask_list (MosWoocommerceShop *self,
                          const char *path,
                          const MosWoocommerceQuery *query,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (JsonNode) node = mos_woocommerce_ask (self, path, query, cancellable, error);

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No list where there should be one");
  return NULL;
}

/* --- the class --- */

static MosShopFacts *
mos_woocommerce_shop_test_sync (MosShop *shop,
                                GCancellable *cancellable,
                                GError **error)
{
  MosWoocommerceShop *self = MOS_WOOCOMMERCE_SHOP (shop);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MosOrder) order = NULL;
  JsonObject *newest;
  MosWoocommerceQuery query = { 0 };

  mos_woocommerce_query_add (&query, "per_page", "1");
  mos_woocommerce_query_add (&query, "orderby", "date");
  mos_woocommerce_query_add (&query, "order", "desc");
  mos_woocommerce_query_add (&query, "status", "any");
  mos_woocommerce_query_add (&query, "_fields", MOS_WOOCOMMERCE_FIELDS);
  node = mos_woocommerce_ask_list (self, "/orders", &query, cancellable, error);
  if (node == NULL)
    return NULL;
  newest = mos_json_read_element (json_node_get_array (node), 0);
  if (newest != NULL)
    order = mos_woocommerce_read_order ("", "", newest);
  return mos_shop_facts_make ("", order != NULL ? order->currency : "", order != NULL ? order->number : "");
}

static char *
format_time (gint64 us)
{
  char *text = mos_time_format_utc (us);

  /* Its dates have no zone: UTC is said apart. */
  if (g_str_has_suffix (text, "Z"))
    text[strlen (text) - 1] = '\0';
  return text;
}

/* A cursor: the time of the newest order that was read, and (where one second filled a page) how many of that second were, and the last of them. */
typedef struct
{
  gint64 since_us;
  gint64 offset;
  char *last; /* (owned) (nullable) */
} Cursor;

static void
cursor_clear (Cursor *self)
{
  g_free (self->last);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cursor, cursor_clear)

static void
read_cursor (const char *text,
             Cursor *cursor)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  guint n = g_strv_length (parts);

  cursor->since_us = n > 0 ? mos_time_parse (parts[0], utc) : 0;
  /* One of an older version does not say which was the last: the second is read from its beginning. */
  cursor->offset = n == 3 ? CLAMP (g_ascii_strtoll (parts[1], NULL, 10), 0, 10000000) : 0;
  cursor->last = n == 3 ? g_strdup (parts[2]) : NULL;
}

static gboolean
is_order (JsonArray *rows,
          guint i,
          const char *id)
{
  g_autofree char *own = mos_shop_json_text (mos_json_read_element (rows, i), "id");

  return strcmp (own, id) == 0;
}

static gboolean
has_order (JsonArray *rows,
           const char *id)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (is_order (rows, i, id))
      return TRUE;
  return FALSE;
}

static JsonNode *
ask_changed (MosWoocommerceShop *self,
             gint64 since_us,
             gint64 offset,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *size = g_strdup_printf ("%u", self->page_size);
  g_autofree char *skip = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  /* "After" leaves out the second itself. */
  g_autofree char *after = since_us != 0 ? format_time (since_us - BEHIND_US - S_US) : NULL;
  MosWoocommerceQuery query = { 0 };

  mos_woocommerce_query_add (&query, "per_page", size);
  mos_woocommerce_query_add (&query, "orderby", "modified");
  mos_woocommerce_query_add (&query, "order", "asc");
  mos_woocommerce_query_add (&query, "status", "any");
  mos_woocommerce_query_add (&query, "_fields", MOS_WOOCOMMERCE_FIELDS);
  mos_woocommerce_query_add (&query, "dates_are_gmt", "true");
  if (after != NULL)
    mos_woocommerce_query_add (&query, "modified_after", after);
  if (offset > 0)
    mos_woocommerce_query_add (&query, "offset", skip);
  return mos_woocommerce_ask_list (self, "/orders", &query, cancellable, error);
}

/* Where it goes on never lies in the shop's own future: what is written until then would not be seen. */
static char *
next_cursor (MosShop *shop,
             MosShopPage *page,
             guint n,
             const Cursor *cursor)
{
  gint64 newest_us = cursor->since_us;
  const MosOrder *last = page->orders->len > 0 ? page->orders->pdata[page->orders->len - 1] : NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < page->orders->len; i++)
    {
      const MosOrder *order = page->orders->pdata[i];

      if (!mos_shop_is_ahead (shop, order->modified_us))
        newest_us = MAX (newest_us, order->modified_us);
    }
  text = format_time (newest_us);
  if (page->is_last || newest_us > cursor->since_us || last == NULL)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", text, cursor->offset + (n > OVERLAP ? n - OVERLAP : n), last->remote_id);
}

/* A page that is larger than is taken is asked for in halves. */
static JsonNode *
ask_page (MosWoocommerceShop *self,
          gint64 since_us,
          gint64 offset,
          GCancellable *cancellable,
          GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      JsonNode *node = ask_changed (self, since_us, offset, cancellable, &local);

      if (node != NULL)
        return node;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE) || self->page_size <= 2 * OVERLAP)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->page_size /= 2;
    }
}

/* Returns: (transfer full) (nullable): the page at @at, which begins before where the last one ended; so many of its second may have been changed
 * meanwhile that it does not: then the second from its beginning. */
static JsonNode *
ask_joined (MosWoocommerceShop *self,
            Cursor *at,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (JsonNode) node = ask_page (self, at->since_us, at->offset, cancellable, error);
  g_autoptr (JsonNode) again = NULL;
  JsonArray *rows;
  guint n;

  if (node == NULL || at->last == NULL || self->n_again >= MAX_AGAIN || has_order (json_node_get_array (node), at->last))
    return g_steal_pointer (&node);
  again = ask_page (self, at->since_us, 0, cancellable, error);
  if (again == NULL)
    return NULL;
  self->n_again++;
  rows = json_node_get_array (again);
  n = json_array_get_length (rows);
  /* What was asked for came behind a first page that is as it was: it goes on as it can. */
  if (n > OVERLAP && at->offset == n - OVERLAP && is_order (rows, n - 1, at->last))
    return g_steal_pointer (&node);
  at->offset = 0;
  return g_steal_pointer (&again);
}

static MosShopPage *
mos_woocommerce_shop_list_changed_sync (MosShop *shop,
                                        const char *cursor,
                                        GCancellable *cancellable,
                                        GError **error)
{
  MosWoocommerceShop *self = MOS_WOOCOMMERCE_SHOP (shop);
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_autoptr (MosShopPage) page = mos_shop_page_make ();
  g_autoptr (JsonNode) node = NULL;
  g_auto (Cursor) at = { 0 };
  JsonArray *rows;
  guint n;

  read_cursor (cursor, &at);
  node = ask_joined (self, &at, cancellable, error);
  if (node == NULL)
    return NULL;
  /* From the beginning, with an empty page: its clock was wrong, and where it was when is not known. */
  if (mos_shop_is_ahead (shop, at.since_us))
    return g_steal_pointer (&page);
  rows = json_node_get_array (node);
  n = json_array_get_length (rows);
  for (guint i = 0; i < n; i++)
    {
      MosOrder *order = mos_woocommerce_read_order (account->id, account->base_url, mos_json_read_element (rows, i));

      if (order != NULL)
        g_ptr_array_add (page->orders, order);
      else
        page->n_unreadable++;
    }
  page->is_last = n < self->page_size;
  if (page->is_last)
    self->n_again = 0;
  g_free (page->cursor);
  page->cursor = next_cursor (shop, page, n, &at);
  return g_steal_pointer (&page);
}

static MosOrder *
mos_woocommerce_shop_load_order_sync (MosShop *shop,
                                      const char *remote_id,
                                      GCancellable *cancellable,
                                      GError **error)
{
  MosWoocommerceShop *self = MOS_WOOCOMMERCE_SHOP (shop);
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_autofree char *id = mos_oauth1_encode (remote_id);
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autofree char *refunds_path = g_strconcat (path, "/refunds", NULL);
  g_autofree char *notes_path = g_strconcat (path, "/notes", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) refunds = NULL;
  g_autoptr (JsonNode) notes = NULL;
  g_autoptr (MosOrder) order = NULL;
  MosWoocommerceQuery query = { 0 }, list = { 0 };

  mos_woocommerce_query_add (&query, "_fields", MOS_WOOCOMMERCE_FIELDS);
  node = mos_woocommerce_ask (self, path, &query, cancellable, error);
  if (node == NULL)
    return NULL;
  order = mos_woocommerce_read_order (account->id, account->base_url, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL);
  if (order == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No order where there should be one");
      return NULL;
    }
  mos_woocommerce_query_add (&list, "per_page", "100");
  if (order->refunds->len > 0)
    {
      refunds = mos_woocommerce_ask_list (self, refunds_path, &list, cancellable, error);
      if (refunds == NULL)
        return NULL;
      mos_woocommerce_read_refunds (order, json_node_get_array (refunds));
    }
  /* All notes come at once: this list has no pages. */
  notes = mos_woocommerce_ask_list (self, notes_path, &(MosWoocommerceQuery) { 0 }, cancellable, error);
  if (notes == NULL)
    return NULL;
  mos_woocommerce_read_notes (order, json_node_get_array (notes));
  return g_steal_pointer (&order);
}

static void
mos_woocommerce_shop_class_init (MosWoocommerceShopClass *klass)
{
  MosShopClass *shop_class = MOS_SHOP_CLASS (klass);

  shop_class->test_sync = mos_woocommerce_shop_test_sync;
  shop_class->list_changed_sync = mos_woocommerce_shop_list_changed_sync;
  shop_class->load_order_sync = mos_woocommerce_shop_load_order_sync;
  shop_class->load_terms_sync = mos_woocommerce_load_terms_sync;
  shop_class->perform_sync = mos_woocommerce_perform_sync;
  shop_class->find_action_sync = mos_woocommerce_find_action_sync;
}

static void
mos_woocommerce_shop_init (MosWoocommerceShop *self)
{
  self->page_size = PAGE_SIZE;
}
