/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-peer.h"

#include "core/base/mos-decimal.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

/* One order that is changed as WooCommerce 11 changes it: what it answers has the form of a real one's, an over-refund is an error of the server, and a
 * key that may only read is told so. */

#define TOTAL "50.20"
#define LINES                                                                                                                                                                                            \
  "\"line_items\":[{\"id\":315,\"name\":\"Mug\",\"quantity\":3,\"total\":\"30.00\",\"total_tax\":\"5.70\",\"price\":10,\"sku\":\"MUG\",\"taxes\":[{\"id\":75,\"total\":\"5.7\",\"subtotal\":\"5.7\"}]}," \
  "{\"id\":316,\"name\":\"Plate\",\"quantity\":1,\"total\":\"7.99\",\"total_tax\":\"1.52\",\"price\":7.99,\"sku\":\"PLATE\",\"taxes\":[{\"id\":75,\"total\":\"1.5181\",\"subtotal\":\"1.5181\"}]}],"     \
  "\"shipping_lines\":[{\"id\":317,\"method_title\":\"Flat rate\",\"total\":\"4.19\",\"total_tax\":\"0.80\",\"taxes\":[{\"id\":75,\"total\":\"0.80\"}]}]"

void
peer_begin_order (Peer *p,
                  int id,
                  const char *status)
{
  PeerOrder *order = g_new0 (PeerOrder, 1);

  order->id = id;
  order->status = g_strdup (status);
  order->city = g_strdup ("Berlin");
  order->refunds = g_ptr_array_new_with_free_func (g_free);
  order->notes = g_ptr_array_new_with_free_func (g_free);
  g_mutex_lock (&p->mutex);
  g_clear_pointer (&p->order, peer_order_free);
  p->order = order;
  g_mutex_unlock (&p->mutex);
}

void
peer_order_free (PeerOrder *order)
{
  g_free (order->status);
  g_free (order->city);
  g_ptr_array_unref (order->refunds);
  g_ptr_array_unref (order->notes);
  g_free (order->late);
  g_free (order);
}

static char *
amount_of (const char *refund)
{
  g_autoptr (JsonNode) node = json_from_string (refund, NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "amount"));
}

static char *
left_of (PeerOrder *order)
{
  char *left = g_strdup (TOTAL);

  for (guint i = 0; i < order->refunds->len; i++)
    {
      g_autofree char *amount = amount_of (order->refunds->pdata[i]);
      char *less = mos_decimal_subtract (left, amount);

      g_free (left);
      left = less;
    }
  return left;
}

char *
peer_dup_left (Peer *p)
{
  char *left;

  g_mutex_lock (&p->mutex);
  left = left_of (p->order);
  g_mutex_unlock (&p->mutex);
  return left;
}

static void
answer (SoupServerMessage *message,
        guint status,
        const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static char *
order_text (PeerOrder *order)
{
  GString *refunds = g_string_new (NULL);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < order->refunds->len; i++)
    {
      g_autofree char *amount = amount_of (order->refunds->pdata[i]);

      g_string_append_printf (refunds, "%s{\"id\":%u,\"reason\":\"\",\"total\":\"-%s\"}", i > 0 ? "," : "", 900 + i, amount);
    }
  joined = g_string_free (refunds, FALSE);
  return g_strdup_printf ("{\"id\":%d,\"number\":\"%d\",\"status\":\"%s\",\"currency\":\"EUR\",\"total\":\"" TOTAL "\",\"date_created_gmt\":\"2026-01-01T00:00:00\",\"date_modified_gmt\":\"2026-03-01T00:00:%02u\","
                          "\"date_paid_gmt\":\"2026-01-01T00:00:00\",\"billing\":{\"email\":\"ana@example.com\"},"
                          "\"shipping\":{\"first_name\":\"Ana\",\"last_name\":\"Garc\\u00eda\",\"company\":\"\",\"address_1\":\"Weg 1\",\"address_2\":\"\",\"city\":\"%s\",\"state\":\"\",\"postcode\":\"10115\",\"country\":\"DE\",\"phone\":\"\"}," LINES ",\"fee_lines\":[],\"refunds\":[%s]}",
                          order->id, order->id, order->status, order->n_changes % 60, order->city, joined);
}

static char *
list_text (GPtrArray *texts)
{
  g_autofree char *joined = NULL;

  g_ptr_array_add (texts, NULL);
  joined = g_strjoinv (",", (char **) texts->pdata);
  g_ptr_array_remove_index (texts, texts->len - 1);
  return g_strdup_printf ("[%s]", joined);
}

/* --- changing it --- */

/* What the description of a request does not know is written down as asked wrongly. */
static void
check_members (Peer *p,
               JsonObject *object,
               const char *const *known)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      g_ptr_array_add (p->refused, g_strdup (l->data));
}

/* The lines of a refund, as they are told afterwards: what was taken back of which line, all of it negative. */
static char *
refunded_lines (Peer *p,
                JsonArray *lines)
{
  static const char *const known[] = { "id", "quantity", "refund_total", "refund_tax", NULL };
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      JsonArray *taxes = json_object_get_array_member (line, "refund_tax");

      check_members (p, line, known);
      g_string_append_printf (text, "%s{\"id\":%u,\"quantity\":-%d,\"total\":\"-%s\",\"taxes\":[", i > 0 ? "," : "", 700 + i, (int) json_object_get_int_member (line, "quantity"), json_object_get_string_member (line, "refund_total"));
      for (guint j = 0; j < json_array_get_length (taxes); j++)
        g_string_append_printf (text, "%s{\"id\":%d,\"total\":\"-%s\"}", j > 0 ? "," : "", (int) json_object_get_int_member (json_array_get_object_element (taxes, j), "id"),
                                json_object_get_string_member (json_array_get_object_element (taxes, j), "refund_total"));
      g_string_append_printf (text, "],\"meta_data\":[{\"id\":1,\"key\":\"_refunded_item_id\",\"value\":\"%d\"}]}", (int) json_object_get_int_member (line, "id"));
    }
  return g_string_free (text, FALSE);
}

static guint
refund (Peer *p,
        const char *body,
        char **ret_text)
{
  static const char *const known[] = { "amount", "reason", "api_refund", "api_restock", "meta_data", "line_items", NULL };
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *amount = json_object_get_string_member (object, "amount");
  JsonObject *meta = json_array_get_object_element (json_object_get_array_member (object, "meta_data"), 0);
  g_autofree char *left = left_of (p->order);
  g_autofree char *lines = NULL;

  check_members (p, object, known);
  if (json_object_get_boolean_member (object, "api_refund") && p->has_no_gateway)
    {
      *ret_text = g_strdup ("{\"code\":\"woocommerce_rest_cannot_create_order_refund\",\"message\":\"The payment gateway for this order does not support automatic refunds.\",\"data\":500}");
      return 500;
    }
  if (mos_locale_compare_decimal (amount, left) > 0 || mos_locale_compare_decimal (amount, "0") <= 0)
    {
      *ret_text = g_strdup ("{\"code\":\"woocommerce_rest_cannot_create_order_refund\",\"message\":\"Invalid refund amount.\",\"data\":500}");
      return 500;
    }
  lines = refunded_lines (p, json_object_has_member (object, "line_items") ? json_object_get_array_member (object, "line_items") : NULL);
  *ret_text = g_strdup_printf ("{\"id\":%u,\"date_created_gmt\":\"2026-03-01T00:00:%02u\",\"amount\":\"%s\",\"reason\":\"%s\",\"refunded_payment\":%s,\"meta_data\":[{\"id\":125,\"key\":\"_refund_type\",\"value\":\"partial\"},{\"id\":126,\"key\":\"%s\",\"value\":\"%s\"}],\"line_items\":[%s]}",
                               900 + p->order->refunds->len, p->order->n_changes % 60, amount, json_object_get_string_member (object, "reason"), json_object_get_boolean_member (object, "api_refund") ? "true" : "false",
                               json_object_get_string_member (meta, "key"), json_object_get_string_member (meta, "value"), lines);
  g_ptr_array_add (p->order->refunds, g_strdup (*ret_text));
  p->order->n_changes++;
  return 201;
}

static guint
change (Peer *p,
        const char *body,
        char **ret_text)
{
  static const char *const known[] = { "status", "shipping", NULL };
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (node);

  check_members (p, object, known);
  if (json_object_has_member (object, "status"))
    g_set_str (&p->order->status, json_object_get_string_member (object, "status"));
  if (json_object_has_member (object, "shipping"))
    {
      g_auto (GStrv) words = g_strsplit (json_object_get_string_member (json_object_get_object_member (object, "shipping"), "city"), "  ", -1);

      /* Runs of blanks become one, as sanitize_text_field() does it. */
      g_free (p->order->city);
      p->order->city = g_strjoinv (" ", words);
    }
  p->order->n_changes++;
  *ret_text = order_text (p->order);
  return 200;
}

static guint
note (Peer *p,
      const char *body,
      char **ret_text)
{
  static const char *const known[] = { "note", "customer_note", NULL };
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (node);

  check_members (p, object, known);
  *ret_text = g_strdup_printf ("{\"id\":%u,\"author\":\"WooCommerce\",\"date_created_gmt\":\"2026-03-01T00:00:00\",\"note\":\"%s\",\"customer_note\":%s}", 800 + p->order->notes->len, json_object_get_string_member (object, "note"),
                               json_object_get_boolean_member (object, "customer_note") ? "true" : "false");
  g_ptr_array_add (p->order->notes, g_strdup (*ret_text));
  return 201;
}

static guint
mail (Peer *p,
      char **ret_text)
{
  if (p->is_old)
    {
      *ret_text = g_strdup ("{\"code\":\"rest_no_route\",\"message\":\"No route was found matching the URL and request method.\",\"data\":{\"status\":404}}");
      return 404;
    }
  p->order->n_mails++;
  *ret_text = g_strdup ("{\"message\":\"Order details sent to ana@example.com, via REST API.\"}");
  return 200;
}

static guint
do_write (Peer *p,
          const char *rest,
          const char *body,
          char **ret_text)
{
  if (strcmp (rest, "/refunds") == 0)
    return refund (p, body, ret_text);
  if (strcmp (rest, "/notes") == 0)
    return note (p, body, ret_text);
  if (strcmp (rest, "/actions/send_order_details") == 0)
    return mail (p, ret_text);
  return change (p, body, ret_text);
}

static void
write_order (Peer *p,
             SoupServerMessage *message,
             const char *rest)
{
  g_autofree char *body = peer_dup_body (message);
  g_autofree char *text = NULL;
  Fault fault;
  guint status;

  p->order->n_writes++;
  if (p->is_read_only)
    {
      answer (message, 401, "{\"code\":\"woocommerce_rest_authentication_error\",\"message\":\"The API key provided does not have write permissions.\",\"data\":{\"status\":401}}");
      return;
    }
  if (!peer_begin_write (p, message, &fault))
    {
      if (fault == FAULT_LATE)
        p->order->late = g_strdup (body);
      return;
    }
  status = do_write (p, rest, body, &text);
  peer_end_write (message, fault, status, text);
}

static void
read_order (Peer *p,
            SoupServerMessage *message,
            const char *rest)
{
  g_autofree char *text = NULL;

  if (strcmp (rest, "/refunds") == 0)
    text = list_text (p->order->refunds);
  else if (strcmp (rest, "/notes") == 0)
    text = list_text (p->order->notes);
  else
    text = order_text (p->order);
  answer (message, 200, text);
  if (strcmp (rest, "/refunds") == 0 && p->order->late != NULL)
    {
      g_autofree char *late = g_steal_pointer (&p->order->late), *done = NULL;

      refund (p, late, &done);
    }
}

gboolean
peer_answer_order (Peer *p,
                   gpointer message,
                   const char *path)
{
  g_autofree char *prefix = p->order != NULL ? g_strdup_printf ("/wp-json/wc/v3/orders/%d", p->order->id) : NULL;

  if (prefix == NULL || !g_str_has_prefix (path, prefix) || g_ascii_isdigit (path[strlen (prefix)]))
    return FALSE;
  if (strcmp (soup_server_message_get_method (message), "GET") == 0)
    read_order (p, message, path + strlen (prefix));
  else
    write_order (p, message, path + strlen (prefix));
  return TRUE;
}
