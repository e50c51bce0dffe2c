/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/base/mos-decimal.h"
#include "core/shops/mos-oauth1.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The same on a shop that speaks as Magento does: what is said is signed, a credit memo is reckoned by the shop, and answers are a number, or true. */

#define ROUTE "/rest/all/V1"

static struct
{
  guint n_mugs; /* given back */
  char *refunded;
  GPtrArray *memos;    /* of JSON texts */
  GPtrArray *comments; /* of JSON texts */
  char *city;
  char *state;
  char *base_currency;
  char *mailed; /* the path that was asked to send */
  guint n_mails;
  guint n_changes;
  guint n_writes;
  gboolean is_shipping_back;
  gboolean is_online;
  gboolean was_restocked;
  gboolean has_kept_region;
  gboolean no_invoice;
  gboolean is_read_only;
  guint n_invoices;
} state;

static void
reset (Peer *p)
{
  char **texts[] = { &state.refunded, &state.city, &state.state, &state.base_currency, &state.mailed };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&state.memos, g_ptr_array_unref);
  g_clear_pointer (&state.comments, g_ptr_array_unref);
  memset (&state, 0, sizeof state);
  state.refunded = g_strdup ("0");
  state.city = g_strdup ("Berlin");
  state.state = g_strdup ("processing");
  state.base_currency = g_strdup ("EUR");
  state.mailed = g_strdup ("");
  state.n_invoices = 1;
  state.memos = g_ptr_array_new_with_free_func (g_free);
  state.comments = g_ptr_array_new_with_free_func (g_free);
}

static char *
list_of (GPtrArray *texts)
{
  g_autoptr (GString) all = g_string_new ("{\"items\":[");

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", (const char *) texts->pdata[i]);
  g_string_append_printf (all, "],\"total_count\":%u}", texts->len);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static char *
order_text (void)
{
  g_autofree char *mugs = mos_decimal_times ("10", state.n_mugs), *taxes = mos_decimal_times ("2", state.n_mugs);

  return g_strdup_printf ("{\"entity_id\":12,\"increment_id\":\"12\",\"state\":\"%s\",\"status\":\"%s\",\"created_at\":\"2026-01-01 00:00:00\",\"updated_at\":\"2026-01-02 00:00:%02u\",\"order_currency_code\":\"EUR\","
                          "\"base_currency_code\":\"%s\",\"grand_total\":29,\"total_paid\":29,\"total_due\":0,\"total_refunded\":%s,\"shipping_description\":\"Flat\",\"shipping_invoiced\":5,\"shipping_tax_amount\":0,\"shipping_refunded\":%d,"
                          "\"customer_email\":\"ana@example.com\",\"items\":[{\"item_id\":31,\"product_type\":\"configurable\",\"name\":\"Mug\",\"qty_ordered\":2,\"qty_invoiced\":2,\"qty_refunded\":%u,\"row_total\":20,\"row_invoiced\":20,\"tax_invoiced\":4,"
                          "\"amount_refunded\":%s,\"tax_refunded\":%s},{\"item_id\":32,\"parent_item_id\":31,\"product_type\":\"simple\",\"name\":\"Mug-Red\",\"qty_ordered\":2,\"qty_invoiced\":2,\"row_total\":0}],"
                          "\"extension_attributes\":{\"shipping_assignments\":[{\"shipping\":{\"address\":{\"entity_id\":77,\"parent_id\":12,\"address_type\":\"shipping\",\"firstname\":\"Ana\",\"lastname\":\"Gil\",\"street\":[\"Weg 1\"],"
                          "\"postcode\":\"10115\",\"city\":\"%s\",\"region\":\"Berlin\",\"region_id\":82,\"region_code\":\"BER\",\"country_id\":\"DE\",\"telephone\":\"030 1\",\"vat_id\":\"DE1\"}}}]}}",
                          state.state, state.state, state.n_changes % 60, state.base_currency, state.refunded, state.is_shipping_back ? 5 : 0, state.n_mugs, mugs, taxes, state.city);
}

/* --- what is asked --- */

static char *
take_part (const char *header,
           const char *name)
{
  g_autofree char *begin = g_strconcat (name, "=\"", NULL);
  const char *found = strstr (header, begin), *value = found != NULL ? found + strlen (begin) : "";

  return g_uri_unescape_segment (value, value + strcspn (value, "\""), NULL);
}

static gboolean
is_signed (Peer *p,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *nonce = take_part (header, "oauth_nonce"), *timestamp = take_part (header, "oauth_timestamp"), *signature = take_part (header, "oauth_signature");
  const MosOAuth1 signer = { "ck", "cs", "at", "ats", nonce, g_ascii_strtoll (timestamp, NULL, 10) };
  const char *names[40], *values[40];
  g_autofree char *url = g_strconcat (p->base, path, NULL), *all = NULL, *expected = NULL;
  GHashTableIter iter;
  gsize n = 0;

  if (query != NULL)
    {
      g_hash_table_iter_init (&iter, query);
      while (g_hash_table_iter_next (&iter, (gpointer *) &names[n], (gpointer *) &values[n]))
        n++;
    }
  all = mos_oauth1_sign_query (&signer, soup_server_message_get_method (message), url, names, values, n);
  expected = g_uri_unescape_string (strstr (all, "oauth_signature=") + strlen ("oauth_signature="), NULL);
  return strcmp (expected, signature) == 0;
}

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

static guint
refund (Peer *p,
        JsonObject *body,
        gboolean is_online,
        char **ret_text)
{
  static const char *const known[] = { "items", "isOnline", "notify", "appendComment", "comment", "arguments", NULL };
  static const char *const known_arguments[] = { "shipping_amount", "adjustment_positive", "adjustment_negative", "extension_attributes", NULL };
  JsonArray *items = json_object_get_array_member (body, "items");
  JsonObject *arguments = json_object_get_object_member (body, "arguments");
  guint n_mugs = 0;
  gboolean with_shipping = !json_object_has_member (arguments, "shipping_amount") && !state.is_shipping_back;
  g_autofree char *sum = NULL, *more = NULL;

  check_members (p, body, known);
  check_members (p, arguments, known_arguments);
  if (json_object_has_member (body, "isOnline") != is_online || json_array_get_length (items) != 1)
    g_ptr_array_add (p->refused, g_strdup ("items, online"));
  n_mugs = (guint) json_object_get_int_member (json_array_get_object_element (items, 0), "qty");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (items, 0), "order_item_id"), ==, 31);
  if (state.n_mugs + n_mugs > 2)
    {
      *ret_text = g_strdup ("{\"message\":\"The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU \\\"%1\\\".\",\"parameters\":{\"1\":\"MUG\"}}");
      return 400;
    }
  sum = mos_decimal_times ("12.00", n_mugs);
  if (with_shipping)
    {
      more = mos_decimal_add (sum, "5.00");
      g_set_str (&sum, more);
    }
  if (json_object_has_member (arguments, "adjustment_positive"))
    {
      g_autofree char *by = g_strdup_printf ("%.2f", json_object_get_double_member (arguments, "adjustment_positive"));

      /* A number, as the description has it. */
      g_assert_true (json_node_get_value_type (json_object_get_member (arguments, "adjustment_positive")) != G_TYPE_STRING);
      g_free (more);
      more = mos_decimal_add (sum, by);
      g_set_str (&sum, more);
    }
  state.n_mugs += n_mugs;
  state.is_shipping_back = state.is_shipping_back || with_shipping;
  state.is_online = is_online;
  state.was_restocked = json_array_get_length (json_object_get_array_member (json_object_get_object_member (arguments, "extension_attributes"), "return_to_stock_items")) > 0;
  g_free (more);
  more = mos_decimal_add (state.refunded, sum);
  g_set_str (&state.refunded, more);
  g_ptr_array_add (state.memos, g_strdup_printf ("{\"entity_id\":%u,\"order_id\":12,\"created_at\":\"2026-03-01 00:00:00\",\"grand_total\":%s,\"state\":2,\"comments\":[{\"comment\":\"%s\"}]}", 50 + state.memos->len, sum,
                                                 json_object_has_member (body, "comment") ? json_object_get_string_member (json_object_get_object_member (body, "comment"), "comment") : ""));
  *ret_text = g_strdup_printf ("\"%u\"", 49 + state.memos->len);
  return 200;
}

static guint
comment (Peer *p,
         JsonObject *body,
         char **ret_text)
{
  static const char *const known[] = { "comment", "is_customer_notified", "is_visible_on_front", "parent_id", "status", NULL };
  JsonObject *history = json_object_get_object_member (body, "statusHistory");

  check_members (p, history, known);
  g_assert_cmpint (json_object_get_int_member (history, "parent_id"), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (history, "status"), ==, state.state);
  g_ptr_array_add (state.comments, g_strdup_printf ("{\"entity_id\":%u,\"comment\":\"%s\",\"created_at\":\"2026-03-01 00:00:00\",\"is_customer_notified\":%d,\"is_visible_on_front\":0}", 20 + state.comments->len,
                                                    json_object_get_string_member (history, "comment"), (int) json_object_get_int_member (history, "is_customer_notified")));
  *ret_text = g_strdup ("true");
  return 200;
}

static guint
move (JsonObject *body,
      char **ret_text)
{
  JsonObject *entity = json_object_get_object_member (body, "entity");

  g_assert_cmpint (json_object_get_int_member (entity, "entity_id"), ==, 77);
  g_assert_cmpint (json_object_get_int_member (entity, "parent_id"), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (entity, "vat_id"), ==, "DE1");
  g_assert_cmpstr (json_object_get_string_member (entity, "address_type"), ==, "shipping");
  state.has_kept_region = json_object_has_member (entity, "region_id");
  g_set_str (&state.city, json_object_get_string_member (entity, "city"));
  *ret_text = json_to_string (json_object_get_member (body, "entity"), FALSE);
  return 200;
}

static guint
change (Peer *p,
        const char *method,
        const char *route,
        const char *text,
        char **ret_text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *body = json_node_get_object (node);

  state.n_changes++;
  if (strcmp (route, "/order/12/refund") == 0 || strcmp (route, "/invoice/9/refund") == 0)
    return refund (p, body, route[1] == 'i', ret_text);
  if (strcmp (route, "/orders/12/comments") == 0)
    return comment (p, body, ret_text);
  if (strcmp (route, "/orders/12") == 0 && strcmp (method, "PUT") == 0)
    return move (body, ret_text);
  if (strcmp (route, "/orders/12/cancel") == 0)
    {
      if (!state.no_invoice)
        *ret_text = g_strdup ("false");
      else
        {
          g_set_str (&state.state, "canceled");
          *ret_text = g_strdup ("true");
        }
      return 200;
    }
  if (g_str_has_suffix (route, "/emails"))
    {
      g_set_str (&state.mailed, route);
      state.n_mails++;
      *ret_text = g_strdup ("true");
      return 200;
    }
  *ret_text = g_strdup ("{\"message\":\"Request does not match any route.\"}");
  return 404;
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;
  const char *route = g_str_has_prefix (path, ROUTE) ? path + strlen (ROUTE) : "", *method = soup_server_message_get_method (message);
  g_autofree char *text = NULL;
  guint status = 200;
  Fault fault;

  if (!is_signed (p, message, path, query))
    peer_answer (message, 401, "application/json", "{\"message\":\"The signature is invalid. Verify and try again.\"}");
  else if (strcmp (method, "GET") != 0)
    {
      g_autofree char *body = peer_dup_body (message);

      state.n_writes++;
      if (state.is_read_only)
        peer_answer (message, 401, "application/json", "{\"message\":\"The consumer isn't authorized to access %resources.\",\"parameters\":{\"resources\":\"Magento_Sales::creditmemo\"}}");
      else if (peer_begin_write (p, message, &fault))
        {
          status = change (p, method, route, body, &text);
          peer_end_write (message, fault, status, text);
        }
    }
  else
    {
      if (strcmp (route, "/creditmemos") == 0)
        text = list_of (state.memos);
      else if (strcmp (route, "/orders/12/comments") == 0)
        text = list_of (state.comments);
      else if (strcmp (route, "/orders/12") == 0)
        text = order_text ();
      else if (strcmp (route, "/invoices") == 0)
        text = g_strdup (state.no_invoice        ? "{\"items\":[],\"total_count\":0}"
                         : state.n_invoices == 1 ? "{\"items\":[{\"entity_id\":9,\"order_id\":12,\"state\":2,\"transaction_id\":\"T1\"}],\"total_count\":1}"
                                                 : "{\"items\":[{\"entity_id\":8,\"order_id\":12,\"state\":2,\"transaction_id\":\"T0\"},{\"entity_id\":9,\"order_id\":12,\"state\":2,\"transaction_id\":\"T1\"}],\"total_count\":2}");
      else
        text = g_strdup ("{\"items\":[],\"total_count\":0}");
      peer_answer (message, 200, "application/json", text);
    }
}

static Case *
case_new (void)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make_with_token ("ck", "cs", "at", "ats");

  return case_begin (peer_new_for (on_asked_cb, NULL), MOS_SHOP_MAGENTO, keys, reset);
}

/* --- tests --- */

static MosOrderAction *
want_mug (Case *c)
{
  MosOrderAction *action = want_refund (c, "12.00");

  mos_order_action_add_line (action, "31", 1, "12.00");
  return action;
}

static MosOrderAction *
want_note (Case *c)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_NOTE);

  g_set_str (&action->text, "Packed well");
  return action;
}

static MosOrderAction *
want_hamburg (Case *c)
{
  return want_city (c, "Hamburg");
}

static MosOrderAction *
want_cancel (Case *c)
{
  state.no_invoice = TRUE;
  return want (c, MOS_ORDER_ACTION_CANCEL);
}

static guint
count_memos (Case *c)
{
  return state.memos->len;
}

static guint
count_comments (Case *c)
{
  return state.comments->len;
}

static guint
count_changes (Case *c)
{
  return state.n_changes;
}

static void
test_terms (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  const MosOrderTermsLine *mug = terms->lines->pdata[0], *shipping = terms->lines->pdata[1];
  g_autofree char *one = mos_order_terms_share (terms, mug, 1);

  g_assert_cmpuint (terms->lines->len, ==, 2);
  g_assert_cmpstr (terms->left, ==, "29.00");
  g_assert_cmpstr (mug->left, ==, "24.00");
  g_assert_cmpstr (one, ==, "12.00");
  g_assert_cmpstr (shipping->left, ==, "5.00");
  g_assert_cmpstr (terms->payment, ==, "9");
  g_assert_cmpstr (terms->address[MOS_ADDRESS_LINE1], ==, "Weg 1");
  g_assert_cmpstr (terms->address[MOS_ADDRESS_REGION], ==, "Berlin");
}

static void
test_refund (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "17.00");
  g_autoptr (MosOrderTerms) terms = NULL;

  mos_order_action_add_line (action, "31", 1, "12.00");
  mos_order_action_add_line (action, "shipping", 0, "5.00");
  action->with_payment = TRUE;
  action->restock = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refunded, ==, "17.00");
  g_assert_true (state.is_online);
  g_assert_true (state.was_restocked);
  g_assert_cmpstr (find (c)->remote_id, ==, "50");
  g_assert_cmpstr (c->order->refunded, ==, "17.00");
  assert_event (c, 1, "refund", "done");

  terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_assert_cmpuint (terms->lines->len, ==, 1);
  g_assert_cmpuint (((MosOrderTermsLine *) terms->lines->pdata[0])->quantity_left, ==, 1);
  g_assert_cmpstr (terms->left, ==, "12.00");
}

/* A sum alone, written down: no items, no shipping. */
static void
test_amount (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "3.50");
  g_autoptr (MosOrderAction) other = NULL;

  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.refunded, ==, "3.50");
  g_assert_false (state.is_online);
  g_assert_false (state.is_shipping_back);

  /* Its sums would be dollars. */
  g_set_str (&state.base_currency, "USD");
  other = want_refund (c, "2.00");
  ask (c, other);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_cmpuint (state.memos->len, ==, 1);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *amount;
    guint n_mugs;
    const char *shipping;
    gboolean with_payment;
    guint n_invoices;
    const char *why;
  } table[] = {
    { "29.01", 0, NULL, FALSE, 1, "too_much" },
    { "36.00", 3, NULL, FALSE, 1, "too_much" },
    /* Of two invoices nobody knows which one. */
    { "12.00", 1, NULL, TRUE, 2, "refused" },
    /* A part of the shipping */
    { "3.00", 0, "3.00", FALSE, 1, "refused" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Case) c = case_new ();
      g_autoptr (MosOrderAction) action = want_refund (c, table[i].amount);

      if (table[i].n_mugs > 0)
        mos_order_action_add_line (action, "31", table[i].n_mugs, table[i].amount);
      if (table[i].shipping != NULL)
        mos_order_action_add_line (action, "shipping", 0, table[i].shipping);
      action->with_payment = table[i].with_payment;
      state.n_invoices = table[i].n_invoices;
      ask (c, action);
      work (c, MOS_ORDER_ACTION_FAILED, table[i].why);
      g_assert_cmpuint (state.n_writes, ==, 0);
    }
}

static void
test_faults (void)
{
  check_write_faults (case_new, want_mug, count_memos);
  check_write_faults (case_new, want_note, count_comments);
  check_write_faults (case_new, want_cancel, count_changes);
  check_write_faults (case_new, want_hamburg, count_changes);
}

static void
test_others (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) note = want_note (c), mail = want (c, MOS_ORDER_ACTION_INVOICE), address = NULL, cancel = NULL, denied = NULL;

  note->notify = TRUE;
  ask (c, note);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_nonnull (strstr (state.comments->pdata[0], "\"is_customer_notified\":1"));
  g_assert_cmpuint (c->order->notes->len, ==, 1);

  ask (c, mail);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.mailed, ==, "/invoices/9/emails");

  address = want_city (c, "Hamburg");
  ask (c, address);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.city, ==, "Hamburg");
  g_assert_true (state.has_kept_region);

  /* It is invoiced: the shop does not cancel it. */
  cancel = want (c, MOS_ORDER_ACTION_CANCEL);
  ask (c, cancel);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");

  state.is_read_only = TRUE;
  denied = want_mug (c);
  ask (c, denied);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
}

/* Whether a mail went out nobody can tell. */
static void
test_unclear (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) mail = want (c, MOS_ORDER_ACTION_INVOICE);

  peer_fail_writes (c->p, 1, FAULT_LOST);
  ask (c, mail);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "unclear");
  g_assert_cmpuint (state.n_mails, ==, 1);
}

/* A region of another name takes its number along. */
static void
test_region (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) address = want_city (c, "Hamburg");

  g_set_str (&address->address[MOS_ADDRESS_REGION], "Hamburg");
  ask (c, address);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_false (state.has_kept_region);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions-magento/terms", test_terms);
  g_test_add_func ("/order-actions-magento/refund", test_refund);
  g_test_add_func ("/order-actions-magento/amount", test_amount);
  g_test_add_func ("/order-actions-magento/refused", test_refused);
  g_test_add_func ("/order-actions-magento/faults", test_faults);
  g_test_add_func ("/order-actions-magento/others", test_others);
  g_test_add_func ("/order-actions-magento/unclear", test_unclear);
  g_test_add_func ("/order-actions-magento/region", test_region);
  return g_test_run ();
}
