/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-entities.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/woocommerce/mos-woocommerce-private.h"

/* An order as it is right now: what was paid for each line, its taxes by their rates, and what of both was given back already. */

/* In the order of the parts. */
static const char *const address_names[] = { "first_name", "last_name", "company", "address_1", "address_2", "postcode", "city", "state", "country", "phone" };
G_STATIC_ASSERT (G_N_ELEMENTS (address_names) == MOS_ADDRESS_N_PARTS);

const char *
mos_woocommerce_address_name (MosAddressPart part)
{
  g_return_val_if_fail ((gsize) part < G_N_ELEMENTS (address_names), "");

  return address_names[part];
}

char *
mos_woocommerce_order_path (const char *remote_id,
                            const char *rest)
{
  g_autofree char *id = mos_oauth1_encode (remote_id);

  return g_strconcat ("/orders/", id, rest, NULL);
}

/* What refunds say is negative. */
static char *
without_sign (char *decimal)
{
  if (*decimal == '-')
    memmove (decimal, decimal + 1, strlen (decimal));
  return decimal;
}

static void
take_off (char **place,
          const char *amount)
{
  g_autofree char *left = mos_decimal_subtract (*place, amount);

  g_set_str (place, *left == '-' ? "0" : left);
}

static void
sum_up (MosOrderTermsLine *line)
{
  g_set_str (&line->left, line->net_left);
  for (guint i = 0; i < line->taxes->len; i++)
    mos_shop_take (&line->left, mos_decimal_add (line->left, ((MosOrderTaxShare *) g_ptr_array_index (line->taxes, i))->left));
}

static void
read_lines (MosOrderTerms *terms,
            JsonArray *rows,
            const char *name,
            gboolean is_counted)
{
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      JsonArray *taxes = mos_json_read_array (row, "taxes");
      g_autofree char *quantity = mos_shop_json_decimal (row, "quantity", "0");
      g_autofree char *id = mos_shop_json_text (row, "id");
      g_autofree char *text = mos_shop_json_text (row, name);
      MosOrderTermsLine *line;

      if (*id == '\0')
        continue;
      line = mos_order_terms_add_line (terms);
      g_set_str (&line->id, id);
      mos_shop_take (&line->name, mos_entities_decode (text));
      line->is_counted = is_counted;
      line->quantity = line->quantity_left = (guint) CLAMP (g_ascii_strtoll (quantity, NULL, 10), 0, G_MAXINT);
      mos_shop_take (&line->net_left, without_sign (mos_shop_json_decimal (row, "total", "0")));
      for (guint j = 0; j < mos_json_read_length (taxes); j++)
        {
          JsonObject *tax = mos_json_read_element (taxes, j);
          g_autofree char *rate = mos_shop_json_text (tax, "id");
          g_autofree char *left = without_sign (mos_shop_json_decimal (tax, "total", "0"));
          g_autofree char *rounded = mos_decimal_share (left, 1, 1, terms->digits);

          if (*rate != '\0')
            mos_order_terms_line_add_tax (line, rate, rounded);
        }
      mos_shop_take (&line->net_left, mos_decimal_share (line->net_left, 1, 1, terms->digits));
    }
}

/* A line of a refund says which one of the order's it takes back. */
static MosOrderTermsLine *
find_refunded (MosOrderTerms *terms,
               JsonObject *row)
{
  JsonArray *meta = mos_json_read_array (row, "meta_data");

  for (guint i = 0; i < mos_json_read_length (meta); i++)
    {
      JsonObject *entry = mos_json_read_element (meta, i);
      g_autofree char *key = mos_shop_json_text (entry, "key");
      g_autofree char *value = mos_shop_json_text (entry, "value");

      if (strcmp (key, "_refunded_item_id") == 0)
        return (MosOrderTermsLine *) mos_order_terms_find_line (terms, value);
    }
  return NULL;
}

static void
take_off_lines (MosOrderTerms *terms,
                JsonArray *rows)
{
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      MosOrderTermsLine *line = find_refunded (terms, row);
      JsonArray *taxes = mos_json_read_array (row, "taxes");
      g_autofree char *net = without_sign (mos_shop_json_decimal (row, "total", "0"));
      g_autofree char *quantity = without_sign (mos_shop_json_decimal (row, "quantity", "0"));

      if (line == NULL)
        continue;
      line->quantity_left -= MIN (line->quantity_left, (guint) CLAMP (g_ascii_strtoll (quantity, NULL, 10), 0, G_MAXINT));
      take_off (&line->net_left, net);
      for (guint j = 0; j < mos_json_read_length (taxes); j++)
        {
          g_autofree char *rate = mos_shop_json_text (mos_json_read_element (taxes, j), "id");
          g_autofree char *amount = without_sign (mos_shop_json_decimal (mos_json_read_element (taxes, j), "total", "0"));

          for (guint k = 0; k < line->taxes->len; k++)
            {
              MosOrderTaxShare *tax = g_ptr_array_index (line->taxes, k);

              if (strcmp (tax->rate, rate) == 0)
                take_off (&tax->left, amount);
            }
        }
    }
}

MosOrderTerms *
mos_woocommerce_read_terms (MosOrder *order,
                            JsonObject *object,
                            JsonArray *refunds)
{
  MosOrderTerms *terms = mos_order_terms_make (order);
  JsonObject *shipping = mos_json_read_object (object, "shipping");
  static const struct
  {
    const char *list;
    const char *name;
    gboolean is_counted;
  } lists[] = { { "line_items", "name", TRUE }, { "shipping_lines", "method_title", FALSE }, { "fee_lines", "name", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    read_lines (terms, mos_json_read_array (object, lists[i].list), lists[i].name, lists[i].is_counted);
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (lists); j++)
      take_off_lines (terms, mos_json_read_array (mos_json_read_element (refunds, i), lists[j].list));
  for (guint i = 0; i < terms->lines->len; i++)
    sum_up (g_ptr_array_index (terms->lines, i));
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_shop_take (&terms->address[i], mos_shop_json_text (shipping, address_names[i]));
  return terms;
}

MosOrderTerms *
mos_woocommerce_load_terms_sync (MosShop *shop,
                                 const char *remote_id,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosWoocommerceShop *self = MOS_WOOCOMMERCE_SHOP (shop);
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_autofree char *path = mos_woocommerce_order_path (remote_id, "");
  g_autofree char *refunds_path = mos_woocommerce_order_path (remote_id, "/refunds");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) refunds = NULL;
  g_autoptr (MosOrder) order = NULL;
  JsonObject *object;
  MosWoocommerceQuery query = { 0 }, list = { 0 };

  mos_woocommerce_query_add (&query, "_fields", MOS_WOOCOMMERCE_FIELDS ",shipping_lines,fee_lines");
  node = mos_woocommerce_ask (self, path, &query, cancellable, error);
  if (node == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  order = object != NULL ? mos_woocommerce_read_order (account->id, account->base_url, object) : NULL;
  if (order == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "No order where there should be one");
      return NULL;
    }
  if (order->refunds->len > 0)
    {
      mos_woocommerce_query_add (&list, "per_page", "100");
      refunds = mos_woocommerce_ask_list (self, refunds_path, &list, cancellable, error);
      if (refunds == NULL)
        return NULL;
      mos_woocommerce_read_refunds (order, json_node_get_array (refunds));
    }
  return mos_woocommerce_read_terms (g_steal_pointer (&order), object, refunds != NULL ? json_node_get_array (refunds) : NULL);
}
