/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/base/mos-decimal.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/* The same on a shop that speaks as Shopify does: its no is in an answer of 200, it knows our key, and cancelling is a job of its own. */

typedef enum
{
  ODD_NONE,
  ODD_THROTTLED,
  ODD_USER_ERROR,
  ODD_LOST,
  ODD_WRONG,
  ODD_DENIED,
} Odd;

static struct
{
  const char *total;
  const char *currency; /* that the customer paid in; the shop's own is EUR */
  const char *items;    /* what both mugs cost before what was taken off, and the tax on them */
  const char *tax;
  char *refunded;        /* (nullable) */
  char *refund_currency; /* (nullable) */
  char *reason;
  char *note;
  char *city;
  GHashTable *keys; /* of refunds that were made */
  guint n_refunds;
  guint n_changes;
  guint n_until_cancelled; /* reads until the job is through; 0 = not cancelled */
  gboolean is_cancelled;
  gboolean may_write;
  gboolean is_sent;
  guint n_returns;
  guint n_returned; /* of the two mugs */
  guint n_closed;
  char *return_reason;
  Odd odd; /* of the next change */
} state;

static void
reset (Peer *p)
{
  g_clear_pointer (&state.refunded, g_free);
  g_clear_pointer (&state.reason, g_free);
  g_clear_pointer (&state.note, g_free);
  g_clear_pointer (&state.city, g_free);
  g_clear_pointer (&state.keys, g_hash_table_unref);
  state.total = "29.00";
  state.currency = "EUR";
  g_clear_pointer (&state.refund_currency, g_free);
  state.items = "23.00";
  state.tax = "4.00";
  state.refunded = g_strdup ("0.00");
  state.reason = g_strdup ("");
  state.note = g_strdup ("Ring twice");
  state.city = g_strdup ("Berlin");
  state.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state.n_refunds = state.n_changes = state.n_until_cancelled = 0;
  state.n_returns = state.n_returned = state.n_closed = 0;
  g_clear_pointer (&state.return_reason, g_free);
  state.is_cancelled = state.is_sent = FALSE;
  state.may_write = TRUE;
  state.odd = ODD_NONE;
}

static void
answer (SoupServerMessage *message,
        const char *text)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
answer_order (SoupServerMessage *message)
{
  g_autofree char *left = mos_decimal_subtract (state.total, state.refunded);
  g_autofree char *refunds = state.n_refunds > 0 ? g_strdup_printf ("{\"id\":\"gid://shopify/Refund/5\",\"createdAt\":\"2026-03-01T00:00:00Z\",\"note\":\"%s\",\"totalRefundedSet\":{\"presentmentMoney\":{\"amount\":\"%s\"}}}", state.reason, state.refunded)
                                                 : g_strdup ("");
  g_autofree char *text = NULL;

  if (state.n_until_cancelled > 0 && --state.n_until_cancelled == 0)
    state.is_cancelled = TRUE;
  text = g_strdup_printf ("{\"data\":{\"order\":{\"id\":\"gid://shopify/Order/12\",\"name\":\"12\",\"email\":\"ana@example.com\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"updatedAt\":\"2026-01-02T00:00:%02uZ\",\"cancelledAt\":%s,"
                          "\"displayFinancialStatus\":\"PAID\",\"displayFulfillmentStatus\":\"%s\",\"note\":\"%s\",\"taxesIncluded\":false,"
                          "\"totalPriceSet\":{\"presentmentMoney\":{\"amount\":\"%s\",\"currencyCode\":\"%s\"},\"shopMoney\":{\"amount\":\"17.40\",\"currencyCode\":\"EUR\"}},\"totalRefundedSet\":{\"presentmentMoney\":{\"amount\":\"%s\"}},"
                          "\"shippingAddress\":{\"firstName\":\"Ana\",\"lastName\":\"Gil\",\"company\":null,\"address1\":\"Weg 1\",\"address2\":null,\"zip\":\"10115\",\"city\":\"%s\",\"provinceCode\":null,\"countryCodeV2\":\"DE\",\"phone\":null},"
                          "\"terms\":{\"nodes\":[{\"id\":\"gid://shopify/LineItem/1\",\"title\":\"Mug\",\"quantity\":2,\"refundableQuantity\":2,\"originalTotalSet\":{\"presentmentMoney\":{\"amount\":\"%s\"}},\"discountAllocations\":[{\"allocatedAmountSet\":{\"presentmentMoney\":{\"amount\":\"3.00\"}}}],\"taxLines\":[{\"priceSet\":{\"presentmentMoney\":{\"amount\":\"%s\"}}}]}]},"
                          "\"suggestedRefund\":{\"maximumRefundableSet\":{\"presentmentMoney\":{\"amount\":\"%s\"}},\"shipping\":{\"maximumRefundableSet\":{\"presentmentMoney\":{\"amount\":\"5.00\"}}}},"
                          "\"transactions\":[{\"id\":\"gid://shopify/OrderTransaction/1\",\"kind\":\"AUTHORIZATION\",\"status\":\"SUCCESS\",\"gateway\":\"shopify_payments\"},{\"id\":\"gid://shopify/OrderTransaction/2\",\"kind\":\"CAPTURE\",\"status\":\"SUCCESS\",\"gateway\":\"shopify_payments\"}],"
                          "\"refunds\":[%s]},\"currentAppInstallation\":{\"accessScopes\":[{\"handle\":\"read_orders\"}%s]}}}",
                          state.n_changes % 60, state.is_cancelled ? "\"2026-03-01T00:00:00Z\"" : "null", state.is_sent ? "FULFILLED" : "UNFULFILLED", state.note, state.total, state.currency, state.refunded, state.city, state.items, state.tax, left, refunds, state.may_write ? ",{\"handle\":\"write_orders\"},{\"handle\":\"write_returns\"}" : "");
  answer (message, text);
}

/* What was sent and did not come back */
static void
answer_returnable (SoupServerMessage *message)
{
  g_autofree char *text = g_strdup_printf ("{\"data\":{\"returnableFulfillments\":{\"nodes\":[{\"returnableFulfillmentLineItems\":{\"nodes\":[{\"quantity\":%u,"
                                           "\"fulfillmentLineItem\":{\"id\":\"gid://shopify/FulfillmentLineItem/9\",\"lineItem\":{\"title\":\"Mug\",\"variantTitle\":\"Blue\"}}}]}}]}}}",
                                           state.is_sent ? 2 - state.n_returned : 0);

  answer (message, text);
}

static void
answer_returns (SoupServerMessage *message)
{
  g_autofree char *one = state.n_returns == 0 ? g_strdup ("")
                                              : g_strdup_printf ("{\"id\":\"gid://shopify/Return/%u\",\"createdAt\":\"2026-03-01T00:00:00Z\",\"returnLineItems\":{\"nodes\":[{\"quantity\":%u,\"returnReasonNote\":\"%s\","
                                                                 "\"fulfillmentLineItem\":{\"id\":\"gid://shopify/FulfillmentLineItem/9\"}}]}}",
                                                                 state.n_returns, state.n_returned, state.return_reason);
  g_autofree char *text = g_strdup_printf ("{\"data\":{\"order\":{\"returns\":{\"nodes\":[%s]}}}}", one);

  answer (message, text);
}

static void
take_return (JsonObject *variables)
{
  JsonObject *input = json_object_get_object_member (variables, "input");
  JsonArray *lines = json_object_get_array_member (input, "returnLineItems");
  JsonObject *line = json_array_get_object_element (lines, 0);

  g_assert_cmpuint (json_array_get_length (lines), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (input, "orderId"), ==, "gid://shopify/Order/12");
  g_assert_cmpstr (json_object_get_string_member (line, "fulfillmentLineItemId"), ==, "gid://shopify/FulfillmentLineItem/9");
  g_assert_cmpstr (json_object_get_string_member (line, "returnReason"), ==, json_object_has_member (line, "returnReasonNote") ? "OTHER" : "UNKNOWN");
  state.n_returns++;
  state.n_returned += (guint) json_object_get_int_member (line, "quantity");
  g_assert_cmpuint (state.n_returned, <=, 2);
  g_set_str (&state.return_reason, json_object_get_string_member_with_default (line, "returnReasonNote", ""));
}

/* What the change does; a refund with a key that was there does nothing more. */
static void
change (JsonObject *variables,
        const char *query)
{
  JsonObject *input = json_object_has_member (variables, "input") ? json_object_get_object_member (variables, "input") : NULL;

  state.n_changes++;
  if (strstr (query, "refundCreate") != NULL)
    {
      JsonObject *transaction = json_array_get_object_element (json_object_get_array_member (input, "transactions"), 0);
      char *refunded;

      g_assert_nonnull (strstr (query, "@idempotent(key: $key)"));
      g_assert_cmpstr (json_object_get_string_member (transaction, "parentId"), ==, "gid://shopify/OrderTransaction/2");
      g_assert_cmpstr (json_object_get_string_member (transaction, "kind"), ==, "REFUND");
      if (!g_hash_table_add (state.keys, g_strdup (json_object_get_string_member (variables, "key"))))
        return;
      state.n_refunds++;
      refunded = mos_decimal_add (state.refunded, json_object_get_string_member (transaction, "amount"));
      g_free (state.refunded);
      state.refunded = refunded;
      g_set_str (&state.refund_currency, json_object_get_string_member_with_default (input, "currency", NULL));
      g_set_str (&state.reason, json_object_get_string_member (input, "note"));
    }
  else if (strstr (query, "orderCancel") != NULL)
    state.n_until_cancelled = 3;
  else if (strstr (query, "returnCreate") != NULL)
    take_return (variables);
  else if (strstr (query, "returnClose") != NULL)
    state.n_closed++;
  else if (json_object_has_member (input, "note"))
    {
      g_auto (GStrv) lines = g_strsplit (json_object_get_string_member (input, "note"), "\n", 0);

      g_free (state.note);
      state.note = g_strjoinv ("\\n", lines);
    }
  else
    g_set_str (&state.city, json_object_get_string_member (json_object_get_object_member (input, "shippingAddress"), "city"));
}

static gboolean
answer_shopify (Peer *p,
                gpointer message,
                const char *body)
{
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (node);
  const char *query = json_object_get_string_member (object, "query");
  Odd odd = state.odd;

  if (g_str_has_prefix (query, "query"))
    {
      if (strstr (query, "returnableFulfillments") != NULL)
        answer_returnable (message);
      else if (strstr (query, "returns(") != NULL)
        answer_returns (message);
      else
        answer_order (message);
      return TRUE;
    }
  state.odd = ODD_NONE;
  if (odd == ODD_THROTTLED)
    answer (message, "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":{\"requestedQueryCost\":90,\"throttleStatus\":{\"maximumAvailable\":2000,\"currentlyAvailable\":40,\"restoreRate\":100}}}}");
  else if (odd == ODD_USER_ERROR)
    answer (message, "{\"data\":{\"refundCreate\":{\"refund\":null,\"userErrors\":[{\"field\":[\"amount\"],\"message\":\"Refund amount is too much\"}]}}}");
  else if (odd == ODD_DENIED)
    answer (message, "{\"errors\":[{\"message\":\"Access denied for refundCreate field.\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}],\"data\":{\"refundCreate\":null}}");
  else
    {
      change (json_object_get_object_member (object, "variables"), query);
      if (odd == ODD_LOST)
        {
          g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

          g_io_stream_close (stream, NULL, NULL);
        }
      else if (odd == ODD_WRONG)
        answer (message, "{\"surprise\":true}");
      else if (strstr (query, "orderCancel") != NULL)
        answer (message, "{\"data\":{\"orderCancel\":{\"job\":{\"id\":\"gid://shopify/Job/1\"},\"orderCancelUserErrors\":[]}}}");
      else if (strstr (query, "returnCreate") != NULL)
        answer (message, "{\"data\":{\"returnCreate\":{\"return\":{\"id\":\"gid://shopify/Return/1\"},\"userErrors\":[]}}}");
      else if (strstr (query, "returnClose") != NULL)
        answer (message, "{\"data\":{\"returnClose\":{\"return\":{\"id\":\"gid://shopify/Return/1\",\"status\":\"CLOSED\"},\"userErrors\":[]}}}");
      else if (strstr (query, "refundCreate") != NULL)
        answer (message, "{\"data\":{\"refundCreate\":{\"refund\":{\"id\":\"gid://shopify/Refund/5\"},\"userErrors\":[]}}}");
      else
        answer (message, "{\"data\":{\"orderUpdate\":{\"order\":{\"id\":\"gid://shopify/Order/12\"},\"userErrors\":[]}}}");
    }
  return TRUE;
}

static void
prepare (Peer *p)
{
  reset (p);
  p->answer_shopify = answer_shopify;
}

static Case *
case_new (void)
{
  return case_new_for (MOS_SHOP_SHOPIFY, prepare);
}

static void
test_refund (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autoptr (MosOrderAction) action = want (c, MOS_ORDER_ACTION_REFUND);
  const MosOrderTermsLine *mug = terms->lines->pdata[0];
  g_autofree char *one = mos_order_terms_share (terms, mug, 1);

  g_assert_cmpstr (terms->left, ==, "29.00");
  g_assert_cmpstr (mug->left, ==, "24.00");
  g_assert_cmpstr (one, ==, "12.00");
  g_assert_cmpstr (terms->payment, ==, "gid://shopify/OrderTransaction/2 shopify_payments");
  g_assert_cmpuint (terms->lacking, ==, 0);
  mos_order_action_add_line (action, mug->id, 1, one);
  mos_order_action_add_line (action, "shipping", 0, "5.00");
  g_set_str (&action->amount, "17.00");
  action->with_payment = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refunded, ==, "17.00");
  g_assert_cmpstr (c->order->refunded, ==, "17.00");
  g_assert_cmpstr (find (c)->remote_id, ==, "gid://shopify/Refund/5");
  assert_event (c, 1, "refund", "done");
}

static void
prepare_trimmed (Peer *p)
{
  prepare (p);
  state.total = "60.0";
  state.items = "43.9";
  state.tax = "0.0";
  g_set_str (&state.refunded, "0.0");
}

/* Shopify writes "60.0" where it means 60.00: what a line costs, and what may be given back, has the digits of the currency. */
static void
test_trimmed (void)
{
  g_autoptr (Case) c = case_new_for (MOS_SHOP_SHOPIFY, prepare_trimmed);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autoptr (MosOrderAction) lines = want (c, MOS_ORDER_ACTION_REFUND);
  g_autoptr (MosOrderAction) amount = NULL;
  const MosOrderTermsLine *mug = terms->lines->pdata[0];
  g_autofree char *one = mos_order_terms_share (terms, mug, 1);

  g_assert_cmpuint (terms->digits, ==, 2);
  g_assert_cmpstr (mug->left, ==, "40.90");
  g_assert_cmpstr (one, ==, "20.45");
  mos_order_action_add_line (lines, mug->id, 1, one);
  g_set_str (&lines->amount, "20.45");
  ask (c, lines);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refunded, ==, "20.45");
  amount = want_refund (c, "12.55");
  ask (c, amount);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refunded, ==, "33.00");
}

static void
prepare_yen (Peer *p)
{
  prepare (p);
  state.currency = "JPY";
  state.total = "2900.0";
  state.items = "2303.0";
  state.tax = "0.0";
  g_set_str (&state.refunded, "0.0");
}

/* What the customer paid in another currency than the shop's is shown, and goes back, in that one. */
static void
test_presentment (void)
{
  g_autoptr (Case) c = case_new_for (MOS_SHOP_SHOPIFY, prepare_yen);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autoptr (MosOrderAction) action = want (c, MOS_ORDER_ACTION_REFUND);
  g_autoptr (MosOrderAction) again = NULL;
  const MosOrderTermsLine *mug = terms->lines->pdata[0];
  g_autofree char *one = mos_order_terms_share (terms, mug, 1);

  g_assert_cmpstr (c->order->currency, ==, "JPY");
  g_assert_cmpstr (c->order->total, ==, "2900.0");
  g_assert_cmpuint (terms->digits, ==, 0);
  g_assert_cmpstr (one, ==, "1150");
  mos_order_action_add_line (action, mug->id, 1, one);
  g_set_str (&action->amount, one);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refund_currency, ==, "JPY");
  g_assert_cmpstr (state.refunded, ==, "1150.0");

  /* The same number of another currency is another sum. */
  state.currency = "USD";
  again = want_refund (c, "100");
  ask (c, again);
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  g_assert_cmpuint (state.n_refunds, ==, 1);
}

static void
test_faults (void)
{
  static const struct
  {
    Odd odd;
    MosOrderActionState state;
    const char *why;
    guint n_refunds;
  } table[] = {
    { ODD_THROTTLED, MOS_ORDER_ACTION_DONE, NULL, 1 },
    { ODD_USER_ERROR, MOS_ORDER_ACTION_FAILED, "refused", 0 },
    { ODD_DENIED, MOS_ORDER_ACTION_FAILED, "read_only", 0 },
    { ODD_LOST, MOS_ORDER_ACTION_DONE, "found", 1 },
    { ODD_WRONG, MOS_ORDER_ACTION_DONE, "found", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Case) c = case_new ();
      g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

      state.odd = table[i].odd;
      ask (c, action);
      work (c, table[i].state, table[i].why);
      g_assert_cmpuint (state.n_refunds, ==, table[i].n_refunds);
    }
}

/* The key is of the wish, not of the try: sent again by hand it is still one refund. */
static void
test_key (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *made = mos_shop_perform_sync (c->shop, action, terms, NULL, NULL);

      g_assert_nonnull (made);
    }
  g_assert_cmpuint (state.n_refunds, ==, 1);
}

static void
prepare_sent (Peer *p)
{
  prepare (p);
  state.is_sent = TRUE;
}

static MosOrderAction *
want_return (Case *c,
             const char *line,
             guint quantity)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_RETURN);

  g_set_str (&action->reason, "Too small");
  mos_order_action_add_line (action, line, quantity, "0");
  return action;
}

/* What came back is marked once, also where the answer is lost, and its return is closed. */
static void
test_return (void)
{
  static const Odd odds[] = { ODD_NONE, ODD_THROTTLED, ODD_LOST, ODD_WRONG };

  for (gsize i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autoptr (Case) c = case_new_for (MOS_SHOP_SHOPIFY, prepare_sent);
      g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
      g_autoptr (MosOrderAction) action = want_return (c, "gid://shopify/FulfillmentLineItem/9", 1);
      gboolean is_found = odds[i] == ODD_LOST || odds[i] == ODD_WRONG;

      g_assert_cmpuint (terms->returnable->len, ==, 1);
      g_assert_cmpuint (((MosOrderTermsLine *) terms->returnable->pdata[0])->quantity_left, ==, 2);
      state.odd = odds[i];
      ask (c, action);
      work (c, MOS_ORDER_ACTION_DONE, is_found ? "found" : NULL);
      work (c, MOS_ORDER_ACTION_DONE, is_found ? "found" : NULL);
      g_assert_cmpuint (state.n_returns, ==, 1);
      g_assert_cmpuint (state.n_returned, ==, 1);
      g_assert_cmpuint (state.n_closed, ==, 1);
      g_assert_cmpstr (state.refunded, ==, "0.00");
      g_assert_cmpstr (find (c)->remote_id, ==, "gid://shopify/Return/1");
    }
}

static void
test_return_refused (void)
{
  g_autoptr (Case) c = case_new_for (MOS_SHOP_SHOPIFY, prepare_sent);
  g_autoptr (MosOrderAction) too_many = want_return (c, "gid://shopify/FulfillmentLineItem/9", 3);
  g_autoptr (MosOrderAction) other_line = want_return (c, "gid://shopify/LineItem/1", 1);
  g_autoptr (MosOrderAction) refund = want_refund (c, "0.01");
  g_autoptr (MosOrderAction) denied = want_return (c, "gid://shopify/FulfillmentLineItem/9", 1);

  ask (c, too_many);
  work (c, MOS_ORDER_ACTION_FAILED, "too_much");
  /* What can come back is no line that money goes back for, and the other way round. */
  ask (c, other_line);
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  mos_order_action_add_line (refund, "gid://shopify/FulfillmentLineItem/9", 1, "0");
  ask (c, refund);
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  state.may_write = FALSE;
  ask (c, denied);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
  g_assert_cmpuint (state.n_changes, ==, 0);
}

static void
test_others (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) note = want (c, MOS_ORDER_ACTION_NOTE);
  g_autoptr (MosOrderAction) address = want (c, MOS_ORDER_ACTION_ADDRESS);
  g_autoptr (MosOrderAction) cancel = NULL;
  g_autoptr (MosOrderAction) denied = NULL;
  g_autoptr (MosOrderAction) mail = want (c, MOS_ORDER_ACTION_INVOICE);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);

  g_set_str (&note->text, "Packed well");
  ask (c, note);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (c->order->note, ==, "Ring twice\nPacked well");

  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    g_set_str (&address->address[i], terms->address[i]);
  g_set_str (&address->address[MOS_ADDRESS_CITY], "Hamburg");
  ask (c, address);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.city, ==, "Hamburg");

  cancel = want (c, MOS_ORDER_ACTION_CANCEL);
  ask (c, cancel);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpint (c->order->status_kind, ==, MOS_ORDER_CANCELLED);

  ask (c, mail);
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  state.may_write = FALSE;
  denied = want_refund (c, "1.00");
  ask (c, denied);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions-shopify/refund", test_refund);
  g_test_add_func ("/order-actions-shopify/trimmed", test_trimmed);
  g_test_add_func ("/order-actions-shopify/presentment", test_presentment);
  g_test_add_func ("/order-actions-shopify/faults", test_faults);
  g_test_add_func ("/order-actions-shopify/key", test_key);
  g_test_add_func ("/order-actions-shopify/return", test_return);
  g_test_add_func ("/order-actions-shopify/return-refused", test_return_refused);
  g_test_add_func ("/order-actions-shopify/others", test_others);
  return g_test_run ();
}
