/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/shops/magento/mos-magento-private.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"

#include <string.h>

/* What can be given back is what was invoiced, less what was given back already: line by line, and the shipping as a whole. */

#define INVOICE_PAID "2"
#define INVOICE_FIELDS "entity_id,order_id,state,transaction_id"
#define MAX_INVOICES 100
#define MAX_QUANTITY 1000000

char *
mos_magento_order_path (const char *remote_id,
                        const char *rest)
{
  g_autofree char *id = mos_oauth1_encode (remote_id);

  return g_strconcat ("/orders/", id, rest, NULL);
}

/* --- address --- */

JsonObject *
mos_magento_find_address (JsonObject *order)
{
  JsonObject *assignment = mos_json_read_element (mos_json_read_array (mos_json_read_object (order, "extension_attributes"), "shipping_assignments"), 0);

  return mos_json_read_object (mos_json_read_object (assignment, "shipping"), "address");
}

void
mos_magento_read_address (JsonObject *object,
                          char *address[MOS_ADDRESS_N_PARTS])
{
  static const char *const names[] = { "firstname", "lastname", "company", NULL, NULL, "postcode", "city", "region", "country_id", "telephone" };
  JsonArray *street = mos_json_read_array (object, "street");
  g_autoptr (GString) rest = g_string_new (NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_ADDRESS_N_PARTS);
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_shop_take (&address[i], names[i] != NULL ? mos_shop_json_text (object, names[i]) : g_strdup (""));
  /* Shops have two lines for a street, or up to four. */
  for (guint i = 0; i < mos_json_read_length (street); i++)
    {
      JsonNode *node = json_array_get_element (street, i);
      const char *line = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

      if (i == 0)
        g_set_str (&address[MOS_ADDRESS_LINE1], line);
      else if (*line != '\0')
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? ", " : "", line);
    }
  g_set_str (&address[MOS_ADDRESS_LINE2], rest->str);
}

/* --- what is left --- */

/* The sum of the fields of @plus, less those of @minus; never less than nothing */
static char *
reckon (JsonObject *object,
        const char *const *plus,
        const char *const *minus,
        guint digits)
{
  g_autofree char *sum = g_strdup ("0");

  for (const char *const *name = plus; *name != NULL; name++)
    {
      g_autofree char *amount = mos_shop_json_decimal (object, *name, "0");

      mos_shop_take (&sum, mos_decimal_add (sum, amount));
    }
  for (const char *const *name = minus; *name != NULL; name++)
    {
      g_autofree char *amount = mos_shop_json_decimal (object, *name, "0");

      mos_shop_take (&sum, mos_decimal_subtract (sum, amount));
    }
  return *sum == '-' ? g_strdup ("0") : mos_decimal_share (sum, 1, 1, digits);
}

static guint
read_quantity (JsonObject *object,
               const char *name)
{
  g_autofree char *text = mos_shop_json_decimal (object, name, "0");

  return (guint) CLAMP (g_ascii_strtoll (text, NULL, 10), 0, MAX_QUANTITY);
}

static JsonObject *
find_item (JsonArray *items,
           const char *id)
{
  for (guint i = 0; *id != '\0' && i < mos_json_read_length (items); i++)
    {
      g_autofree char *its = mos_shop_json_text (mos_json_read_element (items, i), "item_id");

      if (strcmp (its, id) == 0)
        return mos_json_read_element (items, i);
    }
  return NULL;
}

static gboolean
has_price (JsonObject *item)
{
  g_autofree char *total = mos_shop_json_decimal (item, "row_total", "0");

  return !mos_decimal_is_zero (total);
}

/* What is made of parts has its price either as a whole, or in each of them: then the parts are what is given back. */
static gboolean
is_paid_in_parts (JsonArray *items,
                  JsonObject *whole)
{
  g_autofree char *type = mos_shop_json_text (whole, "product_type");
  g_autofree char *id = mos_shop_json_text (whole, "item_id");

  for (guint i = 0; strcmp (type, "bundle") == 0 && *id != '\0' && i < mos_json_read_length (items); i++)
    {
      g_autofree char *parent = mos_shop_json_text (mos_json_read_element (items, i), "parent_item_id");

      if (strcmp (parent, id) == 0 && has_price (mos_json_read_element (items, i)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_line (JsonArray *items,
         JsonObject *item)
{
  g_autofree char *parent_id = mos_shop_json_text (item, "parent_item_id");
  JsonObject *parent = find_item (items, parent_id);

  return parent == NULL ? !is_paid_in_parts (items, item) : is_paid_in_parts (items, parent) && has_price (item);
}

static void
read_line (MosOrderTerms *terms,
           JsonObject *item)
{
  static const char *const invoiced[] = { "row_invoiced", "tax_invoiced", "discount_tax_compensation_invoiced", "discount_refunded", NULL };
  static const char *const given[] = { "discount_invoiced", "amount_refunded", "tax_refunded", "discount_tax_compensation_refunded", NULL };
  guint there = read_quantity (item, "qty_invoiced"), back = read_quantity (item, "qty_refunded");
  MosOrderTermsLine *line = mos_order_terms_add_line (terms);

  mos_shop_take (&line->id, mos_shop_json_text (item, "item_id"));
  mos_shop_take (&line->name, mos_shop_json_text (item, "name"));
  line->is_counted = TRUE;
  line->quantity = read_quantity (item, "qty_ordered");
  line->quantity_left = there > back ? there - back : 0;
  mos_shop_take (&line->left, line->quantity_left > 0 ? reckon (item, invoiced, given, terms->digits) : g_strdup ("0"));
}

static void
read_shipping (MosOrderTerms *terms,
               JsonObject *object)
{
  static const char *const invoiced[] = { "shipping_invoiced", "shipping_tax_amount", "shipping_discount_tax_compensation_amount", NULL };
  static const char *const given[] = { "shipping_discount_amount", "shipping_refunded", "shipping_tax_refunded", NULL };
  static const char *const net[] = { "shipping_invoiced", NULL }, *const net_given[] = { "shipping_refunded", NULL };
  g_autofree char *left = reckon (object, invoiced, given, terms->digits);
  g_autofree char *net_left = reckon (object, net, net_given, terms->digits);
  MosOrderTermsLine *line;

  if (mos_decimal_is_zero (left) || mos_decimal_is_zero (net_left))
    return;
  line = mos_order_terms_add_line (terms);
  g_set_str (&line->id, MOS_MAGENTO_SHIPPING);
  mos_shop_take (&line->name, mos_shop_json_text (object, "shipping_description"));
  if (*line->name == '\0')
    g_set_str (&line->name, MOS_MAGENTO_SHIPPING);
  g_set_str (&line->left, left);
}

/* Money goes back through the payment of an invoice. Of several nobody knows which one is meant. */
static void
read_payment (MosOrderTerms *terms,
              JsonArray *invoices)
{
  for (guint i = 0; i < mos_json_read_length (invoices); i++)
    {
      JsonObject *invoice = mos_json_read_element (invoices, i);
      g_autofree char *state = mos_shop_json_text (invoice, "state");
      g_autofree char *id = mos_shop_json_text (invoice, "entity_id");
      g_autofree char *transaction = mos_shop_json_text (invoice, "transaction_id");

      if (strcmp (state, INVOICE_PAID) != 0 || *id == '\0' || *transaction == '\0')
        continue;
      if (*terms->payment != '\0')
        {
          g_set_str (&terms->payment, "");
          return;
        }
      g_set_str (&terms->payment, id);
    }
}

MosOrderTerms *
mos_magento_read_terms (MosOrder *order,
                        JsonObject *object,
                        JsonArray *invoices)
{
  static const char *const paid[] = { "total_paid", NULL }, *const refunded[] = { "total_refunded", NULL };
  MosOrderTerms *terms = mos_order_terms_make (order);
  JsonArray *items = mos_json_read_array (object, "items");
  g_autofree char *left = NULL;

  mos_shop_action_fit_terms (terms);
  left = reckon (object, paid, refunded, terms->digits);
  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      JsonObject *item = mos_json_read_element (items, i);
      g_autofree char *id = mos_shop_json_text (item, "item_id");

      if (*id != '\0' && is_line (items, item))
        read_line (terms, item);
    }
  read_shipping (terms, object);
  if (mos_locale_compare_decimal (left, terms->left) < 0)
    g_set_str (&terms->left, left);
  read_payment (terms, invoices);
  mos_magento_read_address (mos_magento_find_address (object), terms->address);
  if (mos_magento_find_address (object) == NULL)
    terms->lacking |= MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_ADDRESS);
  return terms;
}

JsonNode *
mos_magento_ask_invoices (MosMagentoShop *self,
                          const char *remote_id,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  gint64 total;

  mos_magento_add_filter (query, 0, "order_id", "eq", remote_id);
  mos_magento_add_page (query, MAX_INVOICES, 1, INVOICE_FIELDS);
  return mos_magento_ask_list (self, "/invoices", query, &total, cancellable, error);
}

MosOrderTerms *
mos_magento_load_terms_sync (MosShop *shop,
                             const char *remote_id,
                             GCancellable *cancellable,
                             GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) invoices = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (MosOrder) order = mos_magento_load_sync (self, remote_id, NULL, &node, cancellable, error);

  if (order == NULL)
    return NULL;
  /* A right of its own: without it money can be written down as given back, and no more. */
  invoices = mos_magento_ask_invoices (self, remote_id, cancellable, &local);
  if (invoices == NULL && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return mos_magento_read_terms (g_steal_pointer (&order), json_node_get_object (node), invoices != NULL ? mos_magento_rows_of (invoices) : NULL);
}
