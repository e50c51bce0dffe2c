/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/prestashop/mos-prestashop-private.h"

#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"

#include <string.h>

/* Each order is put together of rows of ten tables: so many at once keep the lists of their ids short enough for an address. Behind those of one second
 * that fill a page we go back by some, for one that is changed meanwhile leaves a gap. */
#define PAGE_SIZE 50
#define OVERLAP 10
/* What is written at the same time is seen at different ones. */
#define BEHIND_S 5
#define DAY_S 86400
/* Later than any order: a range has two ends. */
#define FOREVER "2999-12-31 23:59:59"

/* What the key has to be allowed to read, in the order in which they are asked. */
static const char *const resources[] = { "orders", "order_states", "currencies", "countries", "customers", "addresses", "carriers", "order_carriers", "order_slip" };

/* Codes of its errors (WebserviceRequest.php). */
typedef enum
{
  ERROR_NO_KEY = 16,
  ERROR_EMPTY_KEY = 17,
  ERROR_NO_RIGHT_AT_ALL = 21,
  ERROR_DISABLED = 22,
  ERROR_NO_GET = 25,
  ERROR_NO_RIGHT = 26,
  ERROR_NOT_THIS_SHOP = 132,
} PrestashopError;

struct _MosPrestashopShop
{
  MosShop parent_instance;

  MosPrestashopRows rows; /* (owned) */
  GTimeZone *zone;        /* (owned) (nullable): the shop's, once it is known */
  gboolean is_zone_known; /* it said so itself */
  guint page_size;
  gboolean in_query;    /* the hoster takes the header away */
  gboolean has_learned; /* the tables that hardly change were read in this pass */
};

G_DEFINE_FINAL_TYPE (MosPrestashopShop, mos_prestashop_shop, MOS_TYPE_SHOP)

/* --- asking --- */

MosShopQuery *
mos_prestashop_begin_query (const char *display)
{
  MosShopQuery *query = mos_shop_query_new ();

  mos_shop_query_add (query, "output_format", "JSON");
  mos_shop_query_add (query, "display", display);
  return query;
}

/* @body: (nullable): XML of what is to be changed; %NULL = it is read */
static JsonNode *
send_once (MosPrestashopShop *self,
           const char *method,
           const char *resource,
           const MosShopQuery *query,
           const char *body,
           guint *ret_status,
           GCancellable *cancellable,
           GError **error)
{
  const char *base = mos_shop_get_account (MOS_SHOP (self))->base_url;
  const char *key = mos_shop_get_keys (MOS_SHOP (self))->secret;
  g_autofree char *joined = mos_shop_query_join (query);
  g_autofree char *pair = g_strconcat (key, ":", NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);
  const char *headers[] = { "Accept", "application/json", "Authorization", value, NULL };
  g_autoptr (GString) url = g_string_new (base);

  g_string_append_printf (url, "%s/%s?%s", g_str_has_suffix (base, "/api") ? "" : "/api", resource, joined);
  if (self->in_query)
    {
      g_autofree char *escaped = mos_oauth1_encode (key);

      headers[2] = NULL;
      g_string_append_printf (url, "&ws_key=%s", escaped);
    }
  if (body != NULL)
    return mos_shop_write_sync (MOS_SHOP (self), method, url->str, headers, "text/xml; charset=utf-8", body, ret_status, cancellable, error);
  return mos_shop_ask_sync (MOS_SHOP (self), method, url->str, headers, NULL, NULL, ret_status, cancellable, error);
}

static JsonNode *
ask_once (MosPrestashopShop *self,
          const char *resource,
          const MosShopQuery *query,
          guint *ret_status,
          GCancellable *cancellable,
          GError **error)
{
  return send_once (self, "GET", resource, query, NULL, ret_status, cancellable, error);
}

static JsonObject *
first_error (JsonNode *node)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return mos_json_read_element (mos_json_read_array (object, "errors"), 0);
}

static gint64
code_of (JsonObject *problem)
{
  g_autofree char *code = mos_shop_json_text (problem, "code");

  return g_ascii_strtoll (code, NULL, 10);
}

/* {"errors": [{"code", "message"}]} as an error of ours; one of rights names @resource alone */
static void
set_refusal (JsonObject *problem,
             guint status,
             const char *resource,
             GError **error)
{
  g_autofree char *message = mos_shop_json_words (problem, "message");
  gint64 code = code_of (problem);
  MosShopError kind = MOS_SHOP_ERROR_REFUSED;

  if (code == ERROR_DISABLED)
    kind = MOS_SHOP_ERROR_DISABLED;
  else if (code == ERROR_NO_GET || code == ERROR_NO_RIGHT || code == ERROR_NO_RIGHT_AT_ALL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, resource);
      return;
    }
  else if (code == ERROR_NOT_THIS_SHOP || status == 403)
    kind = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status == 401)
    kind = MOS_SHOP_ERROR_KEY_REFUSED;
  else if (status >= 500)
    kind = MOS_SHOP_ERROR_TEMPORARY;
  else if (problem == NULL)
    /* It names what is wrong itself: who only does not know the page is somebody else. */
    kind = status == 404 ? MOS_SHOP_ERROR_NO_SHOP : MOS_SHOP_ERROR_PROTOCOL;
  if (*message != '\0')
    g_set_error_literal (error, MOS_SHOP_ERROR, kind, message);
  else
    g_set_error (error, MOS_SHOP_ERROR, kind, "HTTP %u", status);
}

/* Whether it says that nobody is there: the key did not get through to it. */
static gboolean
is_nameless (JsonNode *node,
             guint status)
{
  gint64 code = code_of (first_error (node));

  return status == 401 && (node == NULL || code == ERROR_NO_KEY || code == ERROR_EMPTY_KEY);
}

JsonArray *
mos_prestashop_ask (MosPrestashopShop *self,
                    const char *resource,
                    const MosShopQuery *query,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  guint status = 0;
  g_autoptr (JsonNode) node = ask_once (self, resource, query, &status, cancellable, &local);
  g_autofree char *name = g_str_has_suffix (resource, "s") ? g_strdup (resource) : g_strconcat (resource, "s", NULL);
  JsonArray *rows;

  if (is_nameless (node, status) && !self->in_query)
    {
      g_clear_pointer (&node, json_node_unref);
      g_clear_error (&local);
      self->in_query = TRUE;
      node = ask_once (self, resource, query, &status, cancellable, &local);
      self->in_query = node != NULL && !is_nameless (node, status);
    }
  if (node == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (status >= 400 || first_error (node) != NULL)
    {
      set_refusal (first_error (node), status, resource, error);
      return NULL;
    }
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    return json_array_ref (json_node_get_array (node));
  rows = mos_json_read_array (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, name);
  if (rows != NULL)
    return json_array_ref (rows);
  g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No list of %s where there should be one", resource);
  return NULL;
}

JsonNode *
mos_prestashop_change (MosPrestashopShop *self,
                       const char *method,
                       const char *resource,
                       gboolean notify,
                       const char *body,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *name = g_strndup (resource, strcspn (resource, "/"));
  guint status;
  g_autoptr (JsonNode) node = NULL;

  mos_shop_query_add (query, "output_format", "JSON");
  if (notify)
    mos_shop_query_add (query, "sendemail", "1");
  node = send_once (self, method, resource, query, body, &status, cancellable, error);
  if (node == NULL || (status < 400 && first_error (node) == NULL))
    return g_steal_pointer (&node);
  set_refusal (first_error (node), status, name, &local);
  /* Whoever could read a moment ago has a key that is right, but may not do this. */
  if (local->code == MOS_SHOP_ERROR_KEY_REFUSED || status == 405)
    local->code = MOS_SHOP_ERROR_NOT_ALLOWED;
  else if (status >= 500 && local->code != MOS_SHOP_ERROR_DISABLED)
    local->code = MOS_SHOP_ERROR_UNCERTAIN;
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* --- what orders refer to --- */

static GHashTable *
new_rows (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
}

static void
take_rows (GHashTable *table,
           JsonArray *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *id = mos_shop_json_text (row, "id");

      if (*id != '\0')
        g_hash_table_replace (table, g_steal_pointer (&id), json_object_ref (row));
    }
}

/* All rows of a small table */
static gboolean
read_table (MosPrestashopShop *self,
            const char *resource,
            GHashTable *table,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("full");
  g_autoptr (JsonArray) rows = mos_prestashop_ask (self, resource, query, cancellable, error);

  if (rows == NULL)
    return FALSE;
  g_hash_table_remove_all (table);
  take_rows (table, rows);
  return TRUE;
}

/* The zone of its times, where the key may read the settings; else they are taken for those of this computer. */
static gboolean
learn_zone (MosPrestashopShop *self,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id,name,value]");
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonArray) rows = NULL;
  g_autofree char *name = NULL;

  if (self->zone != NULL)
    return TRUE;
  mos_shop_query_add (query, "filter[name]", "[PS_TIMEZONE]");
  rows = mos_prestashop_ask (self, "configurations", query, cancellable, &local);
  if (rows == NULL && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED) && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  name = mos_shop_json_text (rows != NULL ? mos_json_read_element (rows, 0) : NULL, "value");
  self->zone = *name != '\0' ? g_time_zone_new_identifier (name) : NULL;
  self->is_zone_known = self->zone != NULL;
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  return TRUE;
}

static gboolean
learn (MosPrestashopShop *self,
       GCancellable *cancellable,
       GError **error)
{
  if (self->has_learned)
    return TRUE;
  self->has_learned = read_table (self, "order_states", self->rows.states, cancellable, error) && read_table (self, "currencies", self->rows.currencies, cancellable, error) &&
                      read_table (self, "countries", self->rows.countries, cancellable, error) && learn_zone (self, cancellable, error);
  return self->has_learned;
}

/* The ids in @names of all rows, as "[1|2|3]". Returns: (transfer full) (nullable): %NULL where there are none */
static char *
join_ids (JsonArray *rows,
          const char *const *names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    for (const char *const *name = names; *name != NULL; name++)
      {
        g_autofree char *id = mos_shop_json_text (mos_json_read_element (rows, i), *name);

        if (*id == '\0' || strcmp (id, "0") == 0 || strspn (id, "0123456789") != strlen (id) || g_hash_table_contains (seen, id))
          continue;
        g_string_append_printf (text, "%s%s", text->len > 1 ? "|" : "", id);
        g_hash_table_add (seen, g_steal_pointer (&id));
      }
  g_string_append_c (text, ']');
  return text->len > 2 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The rows of @resource whose @field is one of those that @rows name. Returns: (transfer full) (nullable): an empty list where they name none */
static JsonArray *
ask_those (MosPrestashopShop *self,
           const char *resource,
           const char *field,
           JsonArray *rows,
           const char *const *names,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *ids = join_ids (rows, names);
  g_autofree char *filter = g_strdup_printf ("filter[%s]", field);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("full");

  if (ids == NULL)
    return json_array_new ();
  mos_shop_query_add (query, filter, ids);
  return mos_prestashop_ask (self, resource, query, cancellable, error);
}

static gboolean
join_table (MosPrestashopShop *self,
            const char *resource,
            GHashTable *table,
            JsonArray *rows,
            const char *const *names,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (JsonArray) found = ask_those (self, resource, "id", rows, names, cancellable, error);

  if (found == NULL)
    return FALSE;
  take_rows (table, found);
  return TRUE;
}

/* Those of an order in a list of its own. */
static void
group_by_order (GHashTable *table,
                JsonArray *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *order = mos_shop_json_text (row, "id_order");
      GPtrArray *list = g_hash_table_lookup (table, order);

      if (row == NULL)
        continue;
      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
          g_hash_table_insert (table, g_steal_pointer (&order), list);
        }
      g_ptr_array_add (list, json_object_ref (row));
    }
}

static void
forget_page (MosPrestashopShop *self)
{
  g_hash_table_remove_all (self->rows.customers);
  g_hash_table_remove_all (self->rows.addresses);
  g_hash_table_remove_all (self->rows.carriers);
  g_hash_table_remove_all (self->rows.parcels);
  g_hash_table_remove_all (self->rows.slips);
}

/* All that the orders of one page refer to */
static gboolean
join (MosPrestashopShop *self,
      JsonArray *orders,
      GCancellable *cancellable,
      GError **error)
{
  const char *const own[] = { "id", NULL }, *const customer[] = { "id_customer", NULL }, *const address[] = { "id_address_delivery", "id_address_invoice", NULL }, *const carrier[] = { "id_carrier", NULL };
  g_autoptr (JsonArray) parcels = NULL;
  g_autoptr (JsonArray) slips = NULL;

  forget_page (self);
  if (!learn (self, cancellable, error) || !join_table (self, "customers", self->rows.customers, orders, customer, cancellable, error) ||
      !join_table (self, "addresses", self->rows.addresses, orders, address, cancellable, error))
    return FALSE;
  parcels = ask_those (self, "order_carriers", "id_order", orders, own, cancellable, error);
  if (parcels == NULL || !join_table (self, "carriers", self->rows.carriers, parcels, carrier, cancellable, error))
    return FALSE;
  slips = ask_those (self, "order_slip", "id_order", orders, own, cancellable, error);
  if (slips == NULL)
    return FALSE;
  group_by_order (self->rows.parcels, parcels);
  group_by_order (self->rows.slips, slips);
  return TRUE;
}

/* --- the class --- */

/* Every right is tried, so that all that is missing is told at once. */
static gboolean
test_rights (MosPrestashopShop *self,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id]");
      g_autoptr (GError) local = NULL;
      g_autoptr (JsonArray) rows = NULL;

      mos_shop_query_add (query, "limit", "1");
      rows = mos_prestashop_ask (self, resources[i], query, cancellable, &local);
      if (rows != NULL)
        continue;
      if (!g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", local->message);
    }
  if (missing->len > 0)
    g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, missing->str);
  return missing->len == 0;
}

static MosShopFacts *
mos_prestashop_shop_test_sync (MosShop *shop,
                               GCancellable *cancellable,
                               GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("full");
  g_autoptr (JsonArray) rows = NULL;
  g_autoptr (MosOrder) order = NULL;

  if (!test_rights (self, cancellable, error))
    return NULL;
  mos_shop_query_add (query, "sort", "[id_DESC]");
  mos_shop_query_add (query, "limit", "1");
  rows = mos_prestashop_ask (self, "orders", query, cancellable, error);
  if (rows == NULL || !learn (self, cancellable, error))
    return NULL;
  if (mos_json_read_element (rows, 0) != NULL)
    order = mos_prestashop_read_order ("", mos_json_read_element (rows, 0), &self->rows, self->zone);
  return mos_shop_facts_make ("", order != NULL ? order->currency : "", order != NULL ? order->number : "");
}

/* A cursor: the time of the newest order that was read, as the shop writes it, and (behind a tab, where one second filled a page) how many of that second were. */
static void
read_cursor (const char *cursor,
             char **ret_since,
             gint64 *ret_offset)
{
  const char *tab = strchr (cursor, '\t');

  *ret_since = tab != NULL ? g_strndup (cursor, (gsize) (tab - cursor)) : g_strdup (cursor);
  *ret_offset = tab != NULL ? CLAMP (g_ascii_strtoll (tab + 1, NULL, 10), 0, 10000000) : 0;
}

/* By how much the hour is longer whose times @wall_s, on the shop's clock, is one of: where the clocks go back, it comes twice, and a time of it says not which. */
static gint64
repeated_s (GTimeZone *zone,
            gint64 wall_s)
{
  gint32 before = g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall_s - DAY_S));
  gint32 behind = g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall_s + DAY_S));

  if (behind >= before || g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall_s - before)) != before ||
      g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall_s - behind)) != behind)
    return 0;
  return before - behind;
}

/* Since when orders are asked for behind @since. Returns: (transfer full) */
static char *
find_begin (MosPrestashopShop *self,
            const char *since)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 wall_s = mos_time_parse (since, utc) / G_USEC_PER_SEC;
  g_autoptr (GDateTime) begin = NULL;

  if (wall_s <= 0)
    return g_strdup (since);
  begin = g_date_time_new_from_unix_utc (wall_s - BEHIND_S - repeated_s (self->zone, wall_s));
  return g_date_time_format (begin, "%Y-%m-%d %H:%M:%S");
}

/* Whether the shop's clock was wrong when it wrote @date; where only its zone may be another than is believed, it was not. */
static gboolean
is_ahead (MosPrestashopShop *self,
          const char *date)
{
  return mos_shop_is_ahead (MOS_SHOP (self), mos_time_parse (date, self->zone) - (self->is_zone_known ? 0 : 26 * G_TIME_SPAN_HOUR));
}

static JsonArray *
ask_changed (MosPrestashopShop *self,
             const char *since,
             gint64 offset,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *limit = g_strdup_printf ("%" G_GINT64_FORMAT ",%u", offset, self->page_size);
  g_autofree char *begin = find_begin (self, since);
  g_autofree char *range = g_strdup_printf ("[%s,%s]", begin, FOREVER);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("full");

  mos_shop_query_add (query, "date", "1");
  if (*since != '\0')
    mos_shop_query_add (query, "filter[date_upd]", range);
  mos_shop_query_add (query, "sort", "[date_upd_ASC,id_ASC]");
  mos_shop_query_add (query, "limit", limit);
  return mos_prestashop_ask (self, "orders", query, cancellable, error);
}

/* Texts of one form, so that their order is that of their times. Where it goes on never lies in the shop's own future: what is written until then would not be seen. */
static char *
find_newest (MosPrestashopShop *self,
             JsonArray *rows,
             const char *since)
{
  char *newest = g_strdup (since);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      g_autofree char *date = mos_shop_json_text (mos_json_read_element (rows, i), "date_upd");

      if (strcmp (date, newest) > 0 && mos_time_parse (date, self->zone) > 0 && !is_ahead (self, date))
        mos_shop_take (&newest, g_steal_pointer (&date));
    }
  return newest;
}

static char *
next_cursor (const char *since,
             gint64 offset,
             const char *newest,
             guint n,
             gboolean is_last)
{
  if (is_last || strcmp (newest, since) > 0)
    return g_strdup (newest);
  return g_strdup_printf ("%s\t%" G_GINT64_FORMAT, newest, offset + (n > OVERLAP ? n - OVERLAP : n));
}

static MosShopPage *
mos_prestashop_shop_list_changed_sync (MosShop *shop,
                                       const char *cursor,
                                       GCancellable *cancellable,
                                       GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (MosShopPage) page = mos_shop_page_make ();
  g_autoptr (JsonArray) rows = NULL;
  g_autofree char *since = NULL;
  g_autofree char *newest = NULL;
  gint64 offset;
  guint n;

  read_cursor (cursor, &since, &offset);
  if (*since != '\0' && !learn_zone (self, cancellable, error))
    return NULL;
  while (rows == NULL)
    {
      g_autoptr (GError) local = NULL;

      rows = ask_changed (self, since, offset, cancellable, &local);
      if (rows != NULL)
        break;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE) || self->page_size <= 2 * OVERLAP)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->page_size /= 2;
    }
  /* From the beginning, with an empty page: where its clock was when is not known. */
  if (*since != '\0' && is_ahead (self, since))
    return g_steal_pointer (&page);
  n = json_array_get_length (rows);
  if (n > 0 && !join (self, rows, cancellable, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      MosOrder *order = row != NULL ? mos_prestashop_read_order (mos_shop_get_account (shop)->id, row, &self->rows, self->zone) : NULL;

      if (order != NULL)
        g_ptr_array_add (page->orders, order);
      else
        page->n_unreadable++;
    }
  page->is_last = n < self->page_size;
  newest = find_newest (self, rows, since);
  mos_shop_take (&page->cursor, next_cursor (since, offset, newest, n, page->is_last));
  /* States and currencies change now and then: each pass asks for them anew. */
  self->has_learned = self->has_learned && !page->is_last;
  return g_steal_pointer (&page);
}

const MosPrestashopRows *
mos_prestashop_get_rows (MosPrestashopShop *self)
{
  return &self->rows;
}

GTimeZone *
mos_prestashop_get_zone (MosPrestashopShop *self)
{
  return self->zone;
}

MosOrder *
mos_prestashop_load_sync (MosPrestashopShop *self,
                          const char *remote_id,
                          JsonObject **ret_row,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *filter = g_strdup_printf ("[%s]", remote_id);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("full");
  g_autoptr (JsonArray) rows = NULL;
  JsonObject *row;
  MosOrder *order;

  mos_shop_query_add (query, "filter[id]", filter);
  rows = mos_prestashop_ask (self, "orders", query, cancellable, error);
  if (rows == NULL)
    return NULL;
  row = mos_json_read_element (rows, 0);
  if (row == NULL)
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND, "No order %s", remote_id);
      return NULL;
    }
  if (!join (self, rows, cancellable, error))
    return NULL;
  order = mos_prestashop_read_order (mos_shop_get_account (MOS_SHOP (self))->id, row, &self->rows, self->zone);
  if (order == NULL)
    g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No order where there should be one");
  else
    *ret_row = json_object_ref (row);
  return order;
}

static MosOrder *
mos_prestashop_shop_load_order_sync (MosShop *shop,
                                     const char *remote_id,
                                     GCancellable *cancellable,
                                     GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (JsonObject) row = NULL;
  g_autoptr (MosOrder) order = mos_prestashop_load_sync (self, remote_id, &row, cancellable, error);
  g_autofree char *note = mos_shop_json_text (row, "note");

  if (order == NULL)
    return NULL;
  /* What people of the shop wrote to themselves, since PrestaShop 8. */
  if (*note != '\0')
    g_set_str (&mos_order_add_note (order)->text, note);
  if (!mos_prestashop_read_notes (self, order, cancellable, error))
    return NULL;
  return g_steal_pointer (&order);
}

static void
mos_prestashop_shop_finalize (GObject *object)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (object);
  GHashTable **tables[] = { &self->rows.customers, &self->rows.addresses, &self->rows.countries, &self->rows.currencies, &self->rows.states, &self->rows.carriers, &self->rows.parcels, &self->rows.slips };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (mos_prestashop_shop_parent_class)->finalize (object);
}

static void
mos_prestashop_shop_class_init (MosPrestashopShopClass *klass)
{
  MosShopClass *shop_class = MOS_SHOP_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_prestashop_shop_finalize;
  shop_class->test_sync = mos_prestashop_shop_test_sync;
  shop_class->list_changed_sync = mos_prestashop_shop_list_changed_sync;
  shop_class->load_order_sync = mos_prestashop_shop_load_order_sync;
  shop_class->load_terms_sync = mos_prestashop_load_terms_sync;
  shop_class->perform_sync = mos_prestashop_perform_sync;
  shop_class->find_action_sync = mos_prestashop_find_action_sync;
}

static void
mos_prestashop_shop_init (MosPrestashopShop *self)
{
  GHashTable **tables[] = { &self->rows.customers, &self->rows.addresses, &self->rows.countries, &self->rows.currencies, &self->rows.states, &self->rows.carriers };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    *tables[i] = new_rows ();
  self->rows.parcels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->rows.slips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->page_size = PAGE_SIZE;
  mos_shop_read_unavailable (MOS_SHOP (self));
}
