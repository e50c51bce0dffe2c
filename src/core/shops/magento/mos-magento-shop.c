/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/magento/mos-magento-private.h"

#include "core/base/mos-id.h"
#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/mos-shop-query.h"
#include "core/shops/mos-shop-walk.h"

#define S_US ((gint64) G_USEC_PER_SEC)
#define PAGE_SIZE 100
#define MIN_PAGE_SIZE 5
/* Shipments and credit memos of the orders of a page */
#define PART_SIZE 200
#define MAX_PARTS 50

struct _MosMagentoShop
{
  MosShop parent_instance;

  guint page_size;
  gboolean in_query;     /* what is before the shop takes the header away */
  gboolean is_unrouted;  /* its web server knows no addresses without index.php */
  gboolean by_its_clock; /* ours is too far from it for what is signed */
};

G_DEFINE_FINAL_TYPE (MosMagentoShop, mos_magento_shop, MOS_TYPE_SHOP)

char *
mos_magento_fold_address (const char *text)
{
  static const char *const ends[] = { "/rest/", "/index.php", "/admin" };
  g_autofree char *url = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  g_autofree char *whole = NULL;
  char *path;

  url[strcspn (url, "?#")] = '\0';
  whole = g_strconcat (url, "/", NULL);
  path = strstr (whole, "://") + 3;
  path += strcspn (path, "/");
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      char *end = strstr (path, ends[i]);

      if (end != NULL)
        *end = '\0';
    }
  while (g_str_has_suffix (whole, "/"))
    whole[strlen (whole) - 1] = '\0';
  return mos_http_url_is_allowed (whole) ? g_steal_pointer (&whole) : NULL;
}

/* --- asking --- */

/* searchCriteria[filterGroups][N][filters][0][…]: all groups have to be true */
void
mos_magento_add_filter (MosShopQuery *query,
                        guint group,
                        const char *field,
                        const char *condition,
                        const char *value)
{
  const char *const parts[][2] = { { "field", field }, { "value", value }, { "conditionType", condition } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *name = g_strdup_printf ("searchCriteria[filterGroups][%u][filters][0][%s]", group, parts[i][0]);

      mos_shop_query_add (query, name, parts[i][1]);
    }
}

static void
add_order (MosShopQuery *query,
           guint i,
           const char *field,
           const char *direction)
{
  g_autofree char *name = g_strdup_printf ("searchCriteria[sortOrders][%u][field]", i);
  g_autofree char *direction_name = g_strdup_printf ("searchCriteria[sortOrders][%u][direction]", i);

  mos_shop_query_add (query, name, field);
  mos_shop_query_add (query, direction_name, direction);
}

void
mos_magento_add_page (MosShopQuery *query,
                      guint size,
                      guint page,
                      const char *fields)
{
  g_autofree char *all = g_strconcat ("items[", fields, "],total_count", NULL);

  mos_shop_query_add_int (query, "searchCriteria[pageSize]", size);
  mos_shop_query_add_int (query, "searchCriteria[currentPage]", page);
  mos_shop_query_add (query, "fields", all);
}

/* @body: (nullable): what is to be changed; %NULL = it is read */
static JsonNode *
send_once (MosMagentoShop *self,
           const char *method,
           const char *path,
           const MosShopQuery *query,
           const char *body,
           guint *ret_status,
           GCancellable *cancellable,
           GError **error)
{
  MosShop *shop = MOS_SHOP (self);
  MosShopKeys *keys = mos_shop_get_keys (shop);
  gint64 now_us = self->by_its_clock ? mos_shop_get_remote_now_us (shop) : mos_shop_get_now_us (shop);
  /* No more than 32 signs: longer ones do not fit into its table. */
  g_autofree char *nonce = mos_id_new (now_us);
  const MosOAuth1 signer = { keys->key, keys->secret, keys->token, keys->token_secret, nonce, now_us / S_US };
  g_autofree char *url = g_strconcat (mos_shop_get_account (shop)->base_url, self->is_unrouted ? "/index.php" : "", "/rest/all/V1", path, NULL);
  const char *const *names = (const char *const *) query->names->pdata, *const *values = (const char *const *) query->values->pdata;
  g_autofree char *text = self->in_query ? mos_oauth1_sign_query (&signer, method, url, names, values, query->names->len) : mos_shop_query_join (query);
  g_autofree char *header = self->in_query ? NULL : mos_oauth1_sign_header (&signer, method, url, names, values, query->names->len);
  g_autofree char *whole = *text != '\0' ? g_strconcat (url, "?", text, NULL) : g_strdup (url);
  const char *const headers[] = { "Accept", "application/json", header != NULL ? "Authorization" : NULL, header, NULL };

  if (body != NULL)
    return mos_shop_write_sync (shop, method, whole, headers, "application/json", body, ret_status, cancellable, error);
  return mos_shop_ask_sync (shop, method, whole, headers, NULL, NULL, ret_status, cancellable, error);
}

static JsonNode *
ask_once (MosMagentoShop *self,
          const char *path,
          const MosShopQuery *query,
          guint *ret_status,
          GCancellable *cancellable,
          GError **error)
{
  return send_once (self, "GET", path, query, NULL, ret_status, cancellable, error);
}

/* Its words have gaps, "%resources" or "%1", and beside them what belongs there. */
static char *
fill_message (JsonObject *object)
{
  g_autofree char *message = mos_shop_json_words (object, "message");
  JsonObject *named = mos_json_read_object (object, "parameters");
  g_autoptr (GList) names = named != NULL ? json_object_get_members (named) : NULL;
  GString *text = g_string_new (message);

  for (const GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *gap = g_strconcat ("%", l->data, NULL);
      g_autofree char *value = mos_shop_json_words (named, l->data);

      g_string_replace (text, gap, value, 1);
    }
  return g_string_free (text, FALSE);
}

static MosShopError
judge (JsonObject *object,
       guint status)
{
  g_autofree char *message = mos_shop_json_words (object, "message");
  g_autofree char *resources = mos_shop_json_text (mos_json_read_object (object, "parameters"), "resources");

  /* It says both with 401: that it does not know who asks, and that who asks may not see this. */
  if (status == 403 || (status == 401 && (*resources != '\0' || strstr (message, "%resources") != NULL)))
    return MOS_SHOP_ERROR_NOT_ALLOWED;
  if (status == 401)
    return MOS_SHOP_ERROR_KEY_REFUSED;
  if (status == 404)
    return *message == '\0' || strstr (message, "does not match any route") != NULL ? MOS_SHOP_ERROR_NO_SHOP : MOS_SHOP_ERROR_NOT_FOUND;
  if (status >= 500)
    return MOS_SHOP_ERROR_TEMPORARY;
  return *message != '\0' ? MOS_SHOP_ERROR_REFUSED : MOS_SHOP_ERROR_PROTOCOL;
}

static gboolean
is_about (JsonNode *node,
          const char *word)
{
  g_autofree char *message = mos_shop_json_words (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "message");

  return strstr (message, word) != NULL;
}

/* A second time, in another way, where that may help; else it stays as it was. */
static JsonNode *
ask_again (MosMagentoShop *self,
           const char *path,
           const MosShopQuery *query,
           gboolean *way,
           JsonNode *first /* (transfer full) */,
           guint *status,
           GCancellable *cancellable)
{
  guint again_status = 0;
  g_autoptr (JsonNode) node = NULL;

  *way = !*way;
  node = ask_once (self, path, query, &again_status, cancellable, NULL);
  if (node == NULL || again_status >= 400)
    {
      *way = !*way;
      return first;
    }
  json_node_unref (first);
  *status = again_status;
  return g_steal_pointer (&node);
}

JsonNode *
mos_magento_ask (MosMagentoShop *self,
                 const char *path,
                 const MosShopQuery *query,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  guint status = 0;
  g_autoptr (JsonNode) node = ask_once (self, path, query, &status, cancellable, &local);

  if (node == NULL && g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP) && !self->is_unrouted)
    {
      self->is_unrouted = TRUE;
      node = ask_once (self, path, query, &status, cancellable, NULL);
      self->is_unrouted = node != NULL;
    }
  if (node == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  /* Signed at a time that is not the shop's: RFC 5849 §3.2 lets it refuse that. */
  if (status >= 400 && is_about (node, "timestamp") && !self->by_its_clock && mos_shop_get_remote_now_us (MOS_SHOP (self)) != 0)
    node = ask_again (self, path, query, &self->by_its_clock, g_steal_pointer (&node), &status, cancellable);
  /* Either our words did not get through to it, or it had them once already before the line broke. */
  if (status == 401)
    node = ask_again (self, path, query, &self->in_query, g_steal_pointer (&node), &status, cancellable);
  if (status >= 400 || !JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *message = fill_message (object);

      g_set_error (error, MOS_SHOP_ERROR, (int) judge (object, status), "%s (HTTP %u)", *message != '\0' ? message : "It makes no sense", status);
      return NULL;
    }
  return g_steal_pointer (&node);
}

/* After a read the way to it is known: how our words get there, by whose clock, and through which door. */
JsonNode *
mos_magento_change (MosMagentoShop *self,
                    const char *method,
                    const char *path,
                    const char *body,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (MosShopQuery) nothing = mos_shop_query_new ();
  guint status;
  g_autoptr (JsonNode) node = send_once (self, method, path, nothing, body, &status, cancellable, error);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *message = object != NULL ? fill_message (object) : g_strdup ("");
  MosShopError kind;

  if (node == NULL || status < 400)
    return g_steal_pointer (&node);
  kind = judge (object, status);
  /* Whoever could read a moment ago has keys that are right, but may not do this. */
  if (kind == MOS_SHOP_ERROR_KEY_REFUSED)
    kind = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (kind == MOS_SHOP_ERROR_NO_SHOP)
    kind = MOS_SHOP_ERROR_LACKING;
  else if (status >= 500)
    kind = MOS_SHOP_ERROR_UNCERTAIN;
  g_set_error (error, MOS_SHOP_ERROR, (int) kind, "%s (HTTP %u)", *message != '\0' ? message : "It makes no sense", status);
  return NULL;
}

JsonArray *
mos_magento_rows_of (JsonNode *node)
{
  return mos_json_read_array (json_node_get_object (node), "items");
}

JsonNode *
mos_magento_ask_list (MosMagentoShop *self,
                      const char *path,
                      const MosShopQuery *query,
                      gint64 *ret_total,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = mos_magento_ask (self, path, query, cancellable, &local);
  g_autofree char *total = node != NULL ? mos_shop_json_text (json_node_get_object (node), "total_count") : NULL;

  if (node == NULL)
    {
      /* What has no list of orders is another program. */
      if (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND) && strcmp (path, "/orders") == 0)
        local->code = MOS_SHOP_ERROR_NO_SHOP;
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!g_ascii_string_to_signed (total, 10, 0, G_MAXINT32, ret_total, NULL))
    *ret_total = -1;
  if (*ret_total == 0 || mos_magento_rows_of (node) != NULL)
    return g_steal_pointer (&node);
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No list where there should be one");
  return NULL;
}

/* --- the parts of orders --- */

typedef struct
{
  const char *path;
  const char *fields;
  void (*read) (MosOrder *order, JsonObject *object);
} Part;

static const Part shipments = { "/shipments", mos_magento_shipment_fields, mos_magento_read_shipment };
static const Part refunds = { "/creditmemos", mos_magento_refund_fields, mos_magento_read_refund };

static MosOrder *
find_order (GPtrArray *orders,
            const char *remote_id)
{
  for (guint i = 0; i < orders->len; i++)
    if (strcmp (((MosOrder *) orders->pdata[i])->remote_id, remote_id) == 0)
      return orders->pdata[i];
  return NULL;
}

static char *
join_ids (GPtrArray *orders)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < orders->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", ((MosOrder *) orders->pdata[i])->remote_id);
  return g_string_free (ids, FALSE);
}

/* Behind its last page it gives that one again: only what it counts says where the end is. */
static gboolean
read_part (MosMagentoShop *self,
           const Part *part,
           GPtrArray *orders,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *ids = join_ids (orders);
  gint64 total = PART_SIZE;

  for (guint page = 1; orders->len > 0 && page <= MAX_PARTS && (gint64) (page - 1) * PART_SIZE < total; page++)
    {
      g_autoptr (MosShopQuery) query = mos_shop_query_new ();
      g_autoptr (JsonNode) node = NULL;
      JsonArray *rows;

      mos_magento_add_filter (query, 0, "order_id", "in", ids);
      add_order (query, 0, "entity_id", "ASC");
      mos_magento_add_page (query, PART_SIZE, page, part->fields);
      node = mos_magento_ask_list (self, part->path, query, &total, cancellable, error);
      if (node == NULL)
        return FALSE;
      rows = mos_magento_rows_of (node);
      for (guint i = 0; i < mos_json_read_length (rows); i++)
        {
          JsonObject *row = mos_json_read_element (rows, i);
          g_autofree char *id = mos_shop_json_text (row, "order_id");
          MosOrder *order = find_order (orders, id);

          if (order != NULL)
            part->read (order, row);
        }
    }
  return TRUE;
}

/* Orders, and what they are made of */
typedef struct
{
  GPtrArray *shipped;  /* of MosOrder (borrowed) */
  GPtrArray *refunded; /* of MosOrder (borrowed) */
} Wanted;

static void
wanted_clear (Wanted *self)
{
  g_ptr_array_unref (self->shipped);
  g_ptr_array_unref (self->refunded);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* Returns: (transfer full) (nullable) */
static MosOrder *
take_order (MosMagentoShop *self,
            JsonObject *object,
            Wanted *wanted)
{
  const MosShopAccount *account = mos_shop_get_account (MOS_SHOP (self));
  MosOrder *order = mos_magento_read_order (account->id, account->base_url, object);

  if (order == NULL)
    return NULL;
  if (mos_magento_has_shipments (object))
    g_ptr_array_add (wanted->shipped, order);
  if (mos_magento_has_refunds (object))
    g_ptr_array_add (wanted->refunded, order);
  return order;
}

static gboolean
read_parts (MosMagentoShop *self,
            const Wanted *wanted,
            GCancellable *cancellable,
            GError **error)
{
  return read_part (self, &shipments, wanted->shipped, cancellable, error) && read_part (self, &refunds, wanted->refunded, cancellable, error);
}

/* --- the class --- */

/* "Website\nStore\nStore view" of the newest order; what an installation is called from the first says nothing. */
static char *
find_name (JsonObject *newest)
{
  g_autofree char *names = mos_shop_json_text (newest, "store_name");
  g_auto (GStrv) lines = g_strsplit (names, "\n", 3);

  return g_strv_length (lines) > 1 && strcmp (lines[1], "Main Website Store") != 0 ? g_strstrip (g_strdup (lines[1])) : g_strdup ("");
}

static gboolean
may_read (MosMagentoShop *self,
          const Part *part,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (JsonNode) node = NULL;
  gint64 total;

  mos_magento_add_page (query, 1, 1, part->fields);
  node = mos_magento_ask_list (self, part->path, query, &total, cancellable, error);
  return node != NULL;
}

static MosShopFacts *
mos_magento_shop_test_sync (MosShop *shop,
                            GCancellable *cancellable,
                            GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *name = NULL, *currency = NULL, *number = NULL;
  JsonObject *newest;
  gint64 total;

  add_order (query, 0, "created_at", "DESC");
  mos_magento_add_page (query, 1, 1, mos_magento_order_fields);
  node = mos_magento_ask_list (self, "/orders", query, &total, cancellable, error);
  /* Each of the three is a right of its own. */
  if (node == NULL || !may_read (self, &shipments, cancellable, error) || !may_read (self, &refunds, cancellable, error))
    return NULL;
  newest = mos_json_read_element (mos_magento_rows_of (node), 0);
  name = find_name (newest);
  currency = mos_shop_json_text (newest, "order_currency_code");
  number = mos_shop_json_text (newest, "increment_id");
  return mos_shop_facts_make (name, currency, number);
}

static char *
format_time (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (us / S_US);

  return g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
}

static JsonNode *
ask_changed (MosMagentoShop *self,
             const MosShopWalk *walk,
             gint64 *ret_total,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *since = format_time (walk->since_us);
  g_autofree char *behind = g_strdup_printf ("%" G_GINT64_FORMAT, walk->id);
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();

  if (walk->since_us > 0)
    mos_magento_add_filter (query, 0, "updated_at", walk->id >= 0 ? "eq" : "gteq", since);
  if (walk->id >= 0)
    mos_magento_add_filter (query, 1, "entity_id", "gt", behind);
  else
    add_order (query, 0, "updated_at", "ASC");
  add_order (query, walk->id >= 0 ? 0 : 1, "entity_id", "ASC");
  mos_magento_add_page (query, self->page_size, walk->page, mos_magento_order_fields);
  return mos_magento_ask_list (self, "/orders", query, ret_total, cancellable, error);
}

static JsonNode *
ask_changed_in_pieces (MosMagentoShop *self,
                       const MosShopWalk *walk,
                       gint64 *ret_total,
                       GCancellable *cancellable,
                       GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      JsonNode *node = ask_changed (self, walk, ret_total, cancellable, &local);

      if (node != NULL)
        return node;
      /* In the middle of numbered pages their size has to stay. */
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE) || self->page_size <= MIN_PAGE_SIZE || walk->page > 1)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->page_size /= 2;
    }
}

static MosShopPage *
mos_magento_shop_list_changed_sync (MosShop *shop,
                                    const char *cursor,
                                    GCancellable *cancellable,
                                    GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autoptr (MosShopPage) page = mos_shop_page_make ();
  g_autoptr (JsonNode) node = NULL;
  g_auto (Wanted) wanted = { g_ptr_array_new (), g_ptr_array_new () };
  MosShopWalk walk;
  JsonArray *rows;
  gint64 total;

  mos_shop_walk_read (&walk, cursor);
  node = ask_changed_in_pieces (self, &walk, &total, cancellable, error);
  if (node == NULL)
    return NULL;
  /* From the beginning, with an empty page. */
  if (mos_shop_walk_is_lost (&walk, mos_shop_get_remote_now_us (shop)))
    return g_steal_pointer (&page);
  mos_shop_walk_begin_page (&walk, mos_shop_get_remote_now_us (shop));
  rows = mos_magento_rows_of (node);
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *id = mos_shop_json_text (row, "entity_id");
      MosOrder *order = take_order (self, row, &wanted);

      mos_shop_walk_see (&walk, g_ascii_strtoll (id, NULL, 10), mos_shop_json_time (row, "updated_at"));
      if (order != NULL)
        g_ptr_array_add (page->orders, order);
      else
        page->n_unreadable++;
    }
  if (!read_parts (self, &wanted, cancellable, error))
    return NULL;
  page->is_last = !mos_shop_walk_turn (&walk, self->page_size, total);
  mos_shop_take (&page->cursor, mos_shop_walk_dup_cursor (&walk));
  return g_steal_pointer (&page);
}

MosOrder *
mos_magento_load_sync (MosMagentoShop *self,
                       const char *remote_id,
                       const char *fields,
                       JsonNode **ret_node,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *path = mos_magento_order_path (remote_id, "");
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (JsonNode) node = NULL;
  g_auto (Wanted) wanted = { g_ptr_array_new (), g_ptr_array_new () };
  g_autoptr (MosOrder) order = NULL;

  if (fields != NULL)
    mos_shop_query_add (query, "fields", fields);
  node = mos_magento_ask (self, path, query, cancellable, error);
  if (node == NULL)
    return NULL;
  order = take_order (self, json_node_get_object (node), &wanted);
  if (order == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No order where there should be one");
      return NULL;
    }
  if (!read_parts (self, &wanted, cancellable, error))
    return NULL;
  if (ret_node != NULL)
    *ret_node = g_steal_pointer (&node);
  return g_steal_pointer (&order);
}

static MosOrder *
mos_magento_shop_load_order_sync (MosShop *shop,
                                  const char *remote_id,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autofree char *path = mos_magento_order_path (remote_id, "/comments");
  g_autoptr (MosShopQuery) nothing = mos_shop_query_new ();
  g_autoptr (MosOrder) order = mos_magento_load_sync (self, remote_id, mos_magento_order_fields, NULL, cancellable, error);
  g_autoptr (JsonNode) comments = NULL;
  gint64 total;

  if (order == NULL)
    return NULL;
  comments = mos_magento_ask_list (self, path, nothing, &total, cancellable, error);
  if (comments == NULL)
    return NULL;
  mos_magento_read_notes (order, mos_magento_rows_of (comments));
  return g_steal_pointer (&order);
}

static void
mos_magento_shop_class_init (MosMagentoShopClass *klass)
{
  MosShopClass *shop_class = MOS_SHOP_CLASS (klass);

  shop_class->test_sync = mos_magento_shop_test_sync;
  shop_class->list_changed_sync = mos_magento_shop_list_changed_sync;
  shop_class->load_order_sync = mos_magento_shop_load_order_sync;
  shop_class->load_terms_sync = mos_magento_load_terms_sync;
  shop_class->perform_sync = mos_magento_perform_sync;
  shop_class->find_action_sync = mos_magento_find_action_sync;
}

static void
mos_magento_shop_init (MosMagentoShop *self)
{
  self->page_size = PAGE_SIZE;
  mos_shop_keep_decimals (MOS_SHOP (self));
}
