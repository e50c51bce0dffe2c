/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-json.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/shopify/mos-shopify-private.h"

#include <string.h>

/* What is done to an order. A refund bears our key in the directive @idempotent (known from 2026-01 on), so that Shopify itself makes one of two. Its no
 * is a list "userErrors" in an answer of 200. Cancelling is a job of its own there. */

#define ORDER_GID "gid://shopify/Order/"
/* The line that shipping is here. */
#define SHIPPING "shipping"
/* Cancelling takes a moment: so often it is looked at, a second apart. */
#define MAX_LOOKS 10

/* No query may cost more than 1000 points: what is asked of each line is counted for each. */
#define TERMS_QUERY                                                                                                                                                      \
  "query OrderTerms($id: ID!) { order(id: $id) { ...order shippingAddress { firstName lastName provinceCode } taxesIncluded"                                             \
  " terms: lineItems(first: 75) { nodes { id title variantTitle quantity refundableQuantity originalTotalSet { presentmentMoney { amount } }"                            \
  " discountAllocations { allocatedAmountSet { presentmentMoney { amount } } }"                                                                                          \
  " taxLines { priceSet { presentmentMoney { amount } } } } }"                                                                                                           \
  " suggestedRefund(suggestFullRefund: true) { maximumRefundableSet { presentmentMoney { amount } } shipping { maximumRefundableSet { presentmentMoney { amount } } } }" \
  " transactions(first: 50) { id kind status gateway } }"                                                                                                                \
  " currentAppInstallation { accessScopes { handle } } } "
#define REFUND_QUERY "mutation Refund($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } } }"
#define CANCEL_QUERY                                                                                                                                                       \
  "mutation Cancel($id: ID!, $restock: Boolean!, $notify: Boolean!, $note: String) { orderCancel(orderId: $id, reason: OTHER, restock: $restock, notifyCustomer: $notify," \
  " refundMethod: { originalPaymentMethodsRefund: true }, staffNote: $note) { job { id } orderCancelUserErrors { field message } } }"
#define UPDATE_QUERY "mutation Update($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { field message } } }"
/* Items come back that are there already: the return is opened, and closed at once. */
#define RETURN_QUERY "mutation Return($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id } userErrors { field message } } }"
#define CLOSE_QUERY "mutation Close($id: ID!) { returnClose(id: $id) { return { id status } userErrors { field message } } }"
#define RETURNABLE_QUERY                                                                                                               \
  "query Returnable($id: ID!) { returnableFulfillments(orderId: $id, first: 10) { nodes { returnableFulfillmentLineItems(first: 20) {" \
  " nodes { quantity fulfillmentLineItem { id lineItem { title variantTitle } } } } } } }"
#define RETURNS_QUERY                                                                                   \
  "query Returns($id: ID!) { order(id: $id) { returns(first: 10, reverse: true) { nodes { id createdAt" \
  " returnLineItems(first: 20) { nodes { ... on ReturnLineItem { quantity returnReasonNote fulfillmentLineItem { id } } } } } } } }"
#define TRACE_QUERY                                                                                                                                             \
  "query OrderTrace($id: ID!) { order(id: $id) { id note cancelledAt refunds(first: 50) { id createdAt note totalRefundedSet { presentmentMoney { amount } } }" \
  " shippingAddress { firstName lastName company address1 address2 zip city provinceCode countryCodeV2 phone } } }"

/* In the order of the parts: as it is read, and as it is written. */
static const char *const address_read[] = { "firstName", "lastName", "company", "address1", "address2", "zip", "city", "provinceCode", "countryCodeV2", "phone" };
static const char *const address_written[] = { "firstName", "lastName", "company", "address1", "address2", "zip", "city", "provinceCode", "countryCode", "phone" };
G_STATIC_ASSERT (G_N_ELEMENTS (address_read) == MOS_ADDRESS_N_PARTS);
G_STATIC_ASSERT (G_N_ELEMENTS (address_written) == MOS_ADDRESS_N_PARTS);

static char *
gid_of (const char *remote_id)
{
  return g_strconcat (ORDER_GID, remote_id, NULL);
}

static JsonNode *
id_variables (const char *remote_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *id = gid_of (remote_id);

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", id);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static char *
amount_of (JsonObject *object,
           const char *name)
{
  return mos_shop_json_decimal (mos_json_read_object (mos_json_read_object (object, name), "presentmentMoney"), "amount", "0");
}

/* --- terms --- */

static void
add_amount (char **place,
            const char *amount)
{
  mos_shop_take (place, mos_decimal_add (*place, amount));
}

static void
read_line (MosOrderTerms *terms,
           JsonObject *object,
           gboolean is_tax_included)
{
  JsonArray *taxes = mos_json_read_array (object, "taxLines");
  JsonArray *discounts = mos_json_read_array (object, "discountAllocations");
  g_autofree char *total = amount_of (object, "originalTotalSet");
  g_autofree char *quantity = mos_shop_json_decimal (object, "quantity", "0");
  g_autofree char *left = mos_shop_json_decimal (object, "refundableQuantity", "0");
  MosOrderTermsLine *line = mos_order_terms_add_line (terms);

  mos_shop_take (&line->id, mos_shop_json_text (object, "id"));
  mos_shop_take (&line->name, mos_shop_json_text (object, "title"));
  mos_shop_take (&line->variant, mos_shop_json_text (object, "variantTitle"));
  line->is_counted = TRUE;
  line->quantity = (guint) CLAMP (g_ascii_strtoll (quantity, NULL, 10), 0, 100000);
  line->quantity_left = MIN ((guint) CLAMP (g_ascii_strtoll (left, NULL, 10), 0, 100000), line->quantity);
  /* Of the line as a whole: the price of one piece after all discounts is rounded (20.00 for three). */
  for (guint i = 0; i < mos_json_read_length (discounts); i++)
    {
      g_autofree char *less = amount_of (mos_json_read_element (discounts, i), "allocatedAmountSet");

      mos_shop_take (&total, mos_decimal_subtract (total, less));
    }
  if (*total != '-' && line->quantity > 0)
    mos_shop_take (&line->left, mos_decimal_share (total, line->quantity_left, line->quantity, terms->digits));
  for (guint i = 0; !is_tax_included && i < mos_json_read_length (taxes); i++)
    {
      g_autofree char *tax = amount_of (mos_json_read_element (taxes, i), "priceSet");
      g_autofree char *share = *tax != '-' && line->quantity > 0 ? mos_decimal_share (tax, line->quantity_left, line->quantity, terms->digits) : g_strdup ("0");

      add_amount (&line->left, share);
    }
  mos_shop_take (&line->left, mos_decimal_share (line->left, 1, 1, terms->digits));
}

static void
read_shipping (MosOrderTerms *terms,
               JsonObject *suggested)
{
  g_autofree char *left = amount_of (mos_json_read_object (suggested, "shipping"), "maximumRefundableSet");
  MosOrderTermsLine *line;

  if (*left == '-' || mos_decimal_is_zero (left))
    return;
  line = mos_order_terms_add_line (terms);
  g_set_str (&line->id, SHIPPING);
  g_set_str (&line->name, SHIPPING);
  g_set_str (&line->left, left);
}

/* Money goes back through the payment it came by: "ID GATEWAY". */
static void
read_payment (MosOrderTerms *terms,
              JsonArray *transactions)
{
  for (guint i = 0; i < mos_json_read_length (transactions) && *terms->payment == '\0'; i++)
    {
      JsonObject *object = mos_json_read_element (transactions, i);
      g_autofree char *kind = mos_shop_json_text (object, "kind");
      g_autofree char *status = mos_shop_json_text (object, "status");
      g_autofree char *id = mos_shop_json_text (object, "id");
      g_autofree char *gateway = mos_shop_json_text (object, "gateway");

      if (strcmp (status, "SUCCESS") == 0 && (strcmp (kind, "SALE") == 0 || strcmp (kind, "CAPTURE") == 0) && *id != '\0')
        mos_shop_take (&terms->payment, g_strconcat (id, " ", gateway, NULL));
    }
}

static gboolean
has_scope (JsonArray *scopes,
           const char *wanted)
{
  for (guint i = 0; i < mos_json_read_length (scopes); i++)
    {
      g_autofree char *handle = mos_shop_json_text (mos_json_read_element (scopes, i), "handle");

      if (strcmp (handle, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What the token may not. Where the shop does not say, it is tried; but for returns, which need a right of their own to be read. */
static guint
read_lacking (JsonObject *installation)
{
  JsonArray *scopes = mos_json_read_array (installation, "accessScopes");
  guint returns = has_scope (scopes, "write_returns") ? 0 : MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_RETURN);

  if (has_scope (scopes, "write_orders"))
    return returns;
  return returns | (scopes != NULL ? MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_REFUND) | MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_CANCEL) | MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_NOTE) | MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_ADDRESS) : 0);
}

/* What was sent and may come back, parcel by parcel */
static gboolean
read_returnable (MosShop *shop,
                 MosOrderTerms *terms,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (JsonNode) answer = mos_shopify_ask (MOS_SHOPIFY_SHOP (shop), RETURNABLE_QUERY, id_variables (terms->order->remote_id), cancellable, error);
  JsonArray *parcels = answer != NULL ? mos_json_read_array (mos_shopify_data_of (answer, "returnableFulfillments"), "nodes") : NULL;

  if (answer == NULL)
    return FALSE;
  for (guint i = 0; i < mos_json_read_length (parcels); i++)
    {
      JsonArray *items = mos_json_read_array (mos_json_read_object (mos_json_read_element (parcels, i), "returnableFulfillmentLineItems"), "nodes");

      for (guint j = 0; j < mos_json_read_length (items); j++)
        {
          JsonObject *item = mos_json_read_element (items, j), *sent = mos_json_read_object (item, "fulfillmentLineItem");
          g_autofree char *quantity = mos_shop_json_decimal (item, "quantity", "0");
          g_autofree char *id = mos_shop_json_text (sent, "id");
          MosOrderTermsLine *line;

          if (*id == '\0')
            continue;
          line = mos_order_terms_add_returnable (terms);
          g_set_str (&line->id, id);
          mos_shop_take (&line->name, mos_shop_json_text (mos_json_read_object (sent, "lineItem"), "title"));
          mos_shop_take (&line->variant, mos_shop_json_text (mos_json_read_object (sent, "lineItem"), "variantTitle"));
          line->is_counted = TRUE;
          line->quantity = line->quantity_left = (guint) CLAMP (g_ascii_strtoll (quantity, NULL, 10), 0, 100000);
        }
    }
  return TRUE;
}

MosOrderTerms *
mos_shopify_load_terms_sync (MosShop *shop,
                             const char *remote_id,
                             GCancellable *cancellable,
                             GError **error)
{
  const MosShopAccount *account = mos_shop_get_account (shop);
  g_autofree char *query = g_strconcat (TERMS_QUERY, mos_shopify_order_fragment, NULL);
  g_autoptr (JsonNode) answer = mos_shopify_ask (MOS_SHOPIFY_SHOP (shop), query, id_variables (remote_id), cancellable, error);
  JsonObject *object = answer != NULL ? mos_shopify_data_of (answer, "order") : NULL;
  JsonObject *suggested = mos_json_read_object (object, "suggestedRefund");
  JsonArray *lines = mos_json_read_array (mos_json_read_object (object, "terms"), "nodes");
  MosOrder *order = object != NULL ? mos_shopify_read_order (account->id, account->base_url, object) : NULL;
  MosOrderTerms *terms;

  if (answer == NULL)
    return NULL;
  if (order == NULL)
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND, "No order %s", remote_id);
      return NULL;
    }
  terms = mos_order_terms_make (order);
  mos_shop_action_fit_terms (terms);
  for (guint i = 0; i < mos_json_read_length (lines); i++)
    if (mos_json_read_element (lines, i) != NULL)
      read_line (terms, mos_json_read_element (lines, i), mos_json_read_is_true (object, "taxesIncluded"));
  if (suggested != NULL)
    {
      g_autofree char *most = amount_of (suggested, "maximumRefundableSet");

      if (*most != '-' && mos_locale_compare_decimal (most, terms->left) < 0)
        g_set_str (&terms->left, most);
      for (guint i = 0; i < terms->lines->len; i++)
        if (mos_locale_compare_decimal (((MosOrderTermsLine *) terms->lines->pdata[i])->left, terms->left) > 0)
          g_set_str (&((MosOrderTermsLine *) terms->lines->pdata[i])->left, terms->left);
      read_shipping (terms, suggested);
    }
  read_payment (terms, mos_json_read_array (object, "transactions"));
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_shop_take (&terms->address[i], mos_shop_json_text (mos_json_read_object (object, "shippingAddress"), address_read[i]));
  terms->lacking = read_lacking (mos_shopify_data_of (answer, "currentAppInstallation"));
  if ((terms->lacking & MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_RETURN)) == 0 && !read_returnable (shop, terms, cancellable, error))
    g_clear_pointer (&terms, mos_order_terms_unref);
  return terms;
}

/* --- what is sent --- */

static void
begin (JsonBuilder *builder,
       const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
build_refund_lines (JsonBuilder *builder,
                    const MosOrderAction *action)
{
  json_builder_set_member_name (builder, "refundLineItems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);

      if (strcmp (line->id, SHIPPING) == 0)
        continue;
      json_builder_begin_object (builder);
      mos_json_string (builder, "lineItemId", line->id);
      mos_json_int (builder, "quantity", line->quantity);
      mos_json_string (builder, "restockType", "NO_RESTOCK");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  for (guint i = 0; i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);

      if (strcmp (line->id, SHIPPING) != 0)
        continue;
      begin (builder, "shipping");
      mos_json_string (builder, "amount", line->amount);
      json_builder_end_object (builder);
    }
}

static void
build_refund (JsonBuilder *builder,
              const MosOrderAction *action,
              const MosOrderTerms *terms,
              const char *id)
{
  g_auto (GStrv) payment = g_strsplit (terms->payment, " ", 2);

  mos_json_string (builder, "key", action->id);
  begin (builder, "input");
  mos_json_string (builder, "orderId", id);
  /* Needed where the shop's own currency is another; the sums below are in this one. */
  if (*terms->order->currency != '\0')
    mos_json_string (builder, "currency", terms->order->currency);
  mos_json_string (builder, "note", action->reason);
  mos_json_bool (builder, "notify", action->notify);
  build_refund_lines (builder, action);
  json_builder_set_member_name (builder, "transactions");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  mos_json_string (builder, "orderId", id);
  mos_json_string (builder, "parentId", payment[0]);
  mos_json_string (builder, "gateway", payment[0] != NULL && payment[1] != NULL ? payment[1] : "");
  mos_json_string (builder, "kind", "REFUND");
  mos_json_string (builder, "amount", action->amount);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
build_update (JsonBuilder *builder,
              const MosOrderAction *action,
              const MosOrderTerms *terms,
              const char *id)
{
  begin (builder, "input");
  mos_json_string (builder, "id", id);
  if (action->kind == MOS_ORDER_ACTION_NOTE)
    {
      /* An order has one note: what is there stays in it. */
      g_autofree char *note = *terms->order->note != '\0' ? g_strconcat (terms->order->note, "\n", action->text, NULL) : g_strdup (action->text);

      mos_json_string (builder, "note", note);
    }
  else
    {
      begin (builder, "shippingAddress");
      for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
        if ((i != MOS_ADDRESS_REGION && i != MOS_ADDRESS_COUNTRY) || *action->address[i] != '\0')
          mos_json_string (builder, address_written[i], action->address[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/* Its reason is one of a list, and "other" needs words of its own. */
static void
build_return (JsonBuilder *builder,
              const MosOrderAction *action,
              const char *id)
{
  begin (builder, "input");
  mos_json_string (builder, "orderId", id);
  json_builder_set_member_name (builder, "returnLineItems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "fulfillmentLineItemId", line->id);
      mos_json_int (builder, "quantity", line->quantity);
      mos_json_string (builder, "returnReason", *action->reason != '\0' ? "OTHER" : "UNKNOWN");
      if (*action->reason != '\0')
        mos_json_string (builder, "returnReasonNote", action->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
make_variables (const MosOrderAction *action,
                const MosOrderTerms *terms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *id = gid_of (terms->order->remote_id);

  json_builder_begin_object (builder);
  if (action->kind == MOS_ORDER_ACTION_REFUND)
    build_refund (builder, action, terms, id);
  else if (action->kind == MOS_ORDER_ACTION_CANCEL)
    {
      mos_json_string (builder, "id", id);
      mos_json_bool (builder, "restock", action->restock);
      mos_json_bool (builder, "notify", action->notify);
      mos_json_string (builder, "note", action->reason);
    }
  else if (action->kind == MOS_ORDER_ACTION_RETURN)
    build_return (builder, action, id);
  else
    build_update (builder, action, terms, id);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* --- doing it --- */

/* Its no: a list in an answer that is fine otherwise. */
static gboolean
is_refused (JsonObject *payload,
            const char *name,
            GError **error)
{
  JsonObject *first = mos_json_read_element (mos_json_read_array (payload, name), 0);
  g_autofree char *message = mos_shop_json_words (first, "message");

  if (first == NULL)
    return FALSE;
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, *message != '\0' ? message : "It does not say why");
  return TRUE;
}

/* It took it on; whether it is done shows at the order. */
static char *
wait_for_cancel (MosShop *shop,
                 const MosOrderAction *action,
                 const char *remote_id,
                 GCancellable *cancellable,
                 GError **error)
{
  for (guint n = 0; n < MAX_LOOKS; n++)
    {
      g_autofree char *made = NULL;

      if (mos_shopify_find_action_sync (shop, action, remote_id, &made, cancellable, NULL) == MOS_SHOP_TRACE_FOUND)
        return g_strdup ("");
      if (!mos_http_wait_sync (1000, cancellable, NULL))
        break;
    }
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, "The shop is still at it");
  return NULL;
}

/* What came back needs nothing more to be done. Closing it twice is closing it once; where that fails the return stays open in the shop, for its people to
 * close: it is there either way. */
static void
close_return (MosShop *shop,
              const char *id,
              GCancellable *cancellable)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = NULL;

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", id);
  json_builder_end_object (builder);
  answer = mos_shopify_change (MOS_SHOPIFY_SHOP (shop), CLOSE_QUERY, json_builder_get_root (builder), cancellable, &error);
  if (answer == NULL)
    g_debug ("A return was not closed: %s", error->message);
}

char *
mos_shopify_perform_sync (MosShop *shop,
                          const MosOrderAction *action,
                          const MosOrderTerms *terms,
                          GCancellable *cancellable,
                          GError **error)
{
  static const struct
  {
    const char *query;
    const char *payload;
    const char *errors;
    const char *made;
  } ways[] = {
    [MOS_ORDER_ACTION_REFUND] = { REFUND_QUERY, "refundCreate", "userErrors", "refund" },
    [MOS_ORDER_ACTION_CANCEL] = { CANCEL_QUERY, "orderCancel", "orderCancelUserErrors", "job" },
    [MOS_ORDER_ACTION_NOTE] = { UPDATE_QUERY, "orderUpdate", "userErrors", "order" },
    [MOS_ORDER_ACTION_ADDRESS] = { UPDATE_QUERY, "orderUpdate", "userErrors", "order" },
    [MOS_ORDER_ACTION_INVOICE] = { NULL, NULL, NULL, NULL },
    [MOS_ORDER_ACTION_RETURN] = { RETURN_QUERY, "returnCreate", "userErrors", "return" },
  };
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *id = NULL;
  JsonObject *payload;

  g_return_val_if_fail ((gsize) action->kind < G_N_ELEMENTS (ways) && ways[action->kind].query != NULL, NULL);

  if (action->kind == MOS_ORDER_ACTION_REFUND && *terms->payment == '\0')
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "No payment that money could go back through");
      return NULL;
    }
  answer = mos_shopify_change (MOS_SHOPIFY_SHOP (shop), ways[action->kind].query, make_variables (action, terms), cancellable, error);
  if (answer == NULL)
    return NULL;
  payload = mos_shopify_data_of (answer, ways[action->kind].payload);
  if (payload == NULL)
    return mos_shop_action_set_uncertain (error);
  if (is_refused (payload, ways[action->kind].errors, error))
    return NULL;
  id = mos_shop_json_text (mos_json_read_object (payload, ways[action->kind].made), "id");
  if (*id == '\0')
    return mos_shop_action_set_uncertain (error);
  if (action->kind == MOS_ORDER_ACTION_CANCEL)
    return wait_for_cancel (shop, action, terms->order->remote_id, cancellable, error);
  if (action->kind == MOS_ORDER_ACTION_RETURN)
    close_return (shop, id, cancellable);
  return action->kind == MOS_ORDER_ACTION_REFUND || action->kind == MOS_ORDER_ACTION_RETURN ? g_steal_pointer (&id) : g_strdup ("");
}

/* --- looking for it --- */

/* What is returned, when, and why say which one it is: the same twice within minutes is taken for one, rather than done twice. */
static gboolean
is_this_return (JsonObject *object,
                const MosOrderAction *action)
{
  JsonArray *lines = mos_json_read_array (mos_json_read_object (object, "returnLineItems"), "nodes");
  guint n_found = 0;

  if (!mos_shop_action_is_of_then (action, mos_shop_json_time (object, "createdAt")) || mos_json_read_length (lines) != action->lines->len)
    return FALSE;
  for (guint i = 0; i < mos_json_read_length (lines); i++)
    {
      JsonObject *line = mos_json_read_element (lines, i);
      g_autofree char *id = mos_shop_json_text (mos_json_read_object (line, "fulfillmentLineItem"), "id");
      g_autofree char *quantity = mos_shop_json_decimal (line, "quantity", "0");
      g_autofree char *note = mos_shop_json_text (line, "returnReasonNote");
      const MosOrderActionLine *wanted = mos_shop_action_find_line (action, id);

      n_found += wanted != NULL && mos_shop_action_is_text (note, action->reason) && g_ascii_strtoll (quantity, NULL, 10) == wanted->quantity;
    }
  return n_found == action->lines->len;
}

static MosShopTrace
find_return (MosShop *shop,
             const MosOrderAction *action,
             const char *remote_id,
             char **ret_made,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (JsonNode) answer = mos_shopify_ask (MOS_SHOPIFY_SHOP (shop), RETURNS_QUERY, id_variables (remote_id), cancellable, error);
  JsonArray *returns = answer != NULL ? mos_json_read_array (mos_json_read_object (mos_shopify_data_of (answer, "order"), "returns"), "nodes") : NULL;

  if (answer == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < mos_json_read_length (returns); i++)
    if (is_this_return (mos_json_read_element (returns, i), action))
      {
        *ret_made = mos_shop_json_text (mos_json_read_element (returns, i), "id");
        close_return (shop, *ret_made, cancellable);
        return MOS_SHOP_TRACE_FOUND;
      }
  return MOS_SHOP_TRACE_ABSENT;
}

static gboolean
find_refund (JsonArray *refunds,
             const MosOrderAction *action,
             char **ret_made)
{
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    {
      JsonObject *refund = mos_json_read_element (refunds, i);
      g_autofree char *amount = amount_of (refund, "totalRefundedSet");
      g_autofree char *note = mos_shop_json_text (refund, "note");
      g_autofree char *id = mos_shop_json_text (refund, "id");

      if (!mos_shop_action_is_free (action, id) || !mos_shop_action_is_of_then (action, mos_shop_json_time (refund, "createdAt")) || mos_locale_compare_decimal (amount, action->amount) != 0 || strcmp (note, action->reason) != 0)
        continue;
      *ret_made = g_steal_pointer (&id);
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_address (JsonObject *address,
             const MosOrderAction *action)
{
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    {
      g_autofree char *there = mos_shop_json_text (address, address_read[i]);
      gboolean is_kept = (i == MOS_ADDRESS_REGION || i == MOS_ADDRESS_COUNTRY || i == MOS_ADDRESS_PHONE);

      /* What was not said, or is written another way there, says nothing. */
      if (!is_kept && !mos_shop_action_is_text (there, action->address[i]))
        return FALSE;
    }
  return TRUE;
}

MosShopTrace
mos_shopify_find_action_sync (MosShop *shop,
                              const MosOrderAction *action,
                              const char *remote_id,
                              char **ret_made,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *note = NULL;
  gboolean is_there = FALSE;
  JsonObject *order;

  if (action->kind == MOS_ORDER_ACTION_RETURN)
    return find_return (shop, action, remote_id, ret_made, cancellable, error);
  answer = mos_shopify_ask (MOS_SHOPIFY_SHOP (shop), TRACE_QUERY, id_variables (remote_id), cancellable, error);
  if (answer == NULL)
    return MOS_SHOP_TRACE_ERROR;
  order = mos_shopify_data_of (answer, "order");
  note = mos_shop_json_text (order, "note");
  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return find_refund (mos_json_read_array (order, "refunds"), action, ret_made) ? MOS_SHOP_TRACE_FOUND : MOS_SHOP_TRACE_ABSENT;
    case MOS_ORDER_ACTION_CANCEL:
      is_there = mos_shop_json_time (order, "cancelledAt") != 0;
      break;
    case MOS_ORDER_ACTION_NOTE:
      is_there = mos_shop_action_has_lines (note, action->text);
      break;
    case MOS_ORDER_ACTION_ADDRESS:
      is_there = has_address (mos_json_read_object (order, "shippingAddress"), action);
      break;
    case MOS_ORDER_ACTION_INVOICE:
    case MOS_ORDER_ACTION_RETURN:
    default:
      return MOS_SHOP_TRACE_UNCLEAR;
    }
  return mos_shop_action_tell (is_there, ret_made);
}
