/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/base/mos-decimal.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The same on a shop that speaks as BigCommerce does: a refund is asked about before it is made, and an order has one text of notes. */

#define PREFIX "/stores/abc123"

static struct
{
  guint n_mugs; /* given back */
  char *refunded;
  GPtrArray *refunds; /* of JSON texts */
  char *notes;
  char *city;
  char *off; /* what the shop reckons to be more than we do */
  int status_id;
  guint n_changes;
  guint n_quotes;
  gboolean has_provider;
  gboolean is_declined;
  gboolean is_partly_declined; /* one of two ways says no */
  gboolean was_offline;
  gboolean is_read_only;
} state;

static void
reset (Peer *p)
{
  char **texts[] = { &state.refunded, &state.notes, &state.city, &state.off };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&state.refunds, g_ptr_array_unref);
  memset (&state, 0, sizeof state);
  state.refunded = g_strdup ("0.0000");
  state.notes = g_strdup ("Ring twice");
  state.city = g_strdup ("Berlin");
  state.off = g_strdup ("0");
  state.status_id = 11;
  state.has_provider = TRUE;
  state.refunds = g_ptr_array_new_with_free_func (g_free);
}

#define PRODUCT "{\"id\":31,\"order_id\":12,\"name\":\"Mug\",\"sku\":\"MUG\",\"quantity\":2,\"quantity_refunded\":%u,\"price_inc_tax\":\"12.0000\",\"total_inc_tax\":\"24.0000\"}"
#define ADDRESS "{\"id\":7,\"order_id\":12,\"first_name\":\"Ana\",\"last_name\":\"Gil\",\"company\":\"\",\"street_1\":\"Weg 1\",\"street_2\":\"\",\"city\":\"%s\",\"zip\":\"10115\",\"state\":\"Berlin\",\"country\":\"Germany\",\"country_iso2\":\"DE\",\"phone\":\"030 1\",\"shipping_method\":\"Flat\",\"cost_inc_tax\":\"5.0000\"}"

static char *
order_text (void)
{
  g_autofree char *address = g_strdup_printf (ADDRESS, state.city), *product = g_strdup_printf (PRODUCT, state.n_mugs);

  return g_strdup_printf ("{\"id\":12,\"status_id\":%d,\"status\":\"S%d\",\"date_created\":\"Thu, 01 Jan 2026 00:00:00 +0000\",\"date_modified\":\"Fri, 02 Jan 2026 00:00:%02u +0000\",\"currency_code\":\"EUR\",\"total_inc_tax\":\"29.0000\","
                          "\"refunded_amount\":\"%s\",\"items_total\":2,\"items_shipped\":0,\"staff_notes\":\"%s\",\"billing_address\":{\"first_name\":\"Ana\",\"last_name\":\"Gil\",\"email\":\"ana@example.com\",\"country_iso2\":\"DE\"},"
                          "\"consignments\":{\"shipping\":[{\"line_items\":[%s],\"first_name\":\"Ana\",\"last_name\":\"Gil\",\"street_1\":\"Weg 1\",\"city\":\"%s\",\"zip\":\"10115\",\"country\":\"Germany\"}]}}",
                          state.status_id, state.status_id, state.n_changes % 60, state.refunded, state.notes, product, state.city);
}

static char *
sum_of (Peer *p,
        JsonObject *body,
        guint *ret_mugs)
{
  JsonArray *items = json_object_get_array_member (body, "items");
  char *sum = g_strdup ("0.00");

  *ret_mugs = 0;
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      const char *type = json_object_get_string_member (item, "item_type");
      g_autofree char *part = NULL;
      char *more;

      if (strcmp (type, "PRODUCT") == 0)
        {
          g_assert_cmpint (json_object_get_int_member (item, "item_id"), ==, 31);
          *ret_mugs = (guint) json_object_get_int_member (item, "quantity");
          part = mos_decimal_times ("12.00", *ret_mugs);
        }
      else
        {
          g_assert_cmpint (json_object_get_int_member (item, "item_id"), ==, strcmp (type, "SHIPPING") == 0 ? 7 : 12);
          g_assert_true (json_node_get_value_type (json_object_get_member (item, "amount")) != G_TYPE_STRING);
          part = g_strdup_printf ("%.2f", json_object_get_double_member (item, "amount"));
        }
      more = mos_decimal_add (sum, part);
      g_free (sum);
      sum = more;
    }
  return sum;
}

static char *
quote (Peer *p,
       const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  guint n_mugs;
  g_autofree char *sum = sum_of (p, json_node_get_object (node), &n_mugs), *all = mos_decimal_add (sum, state.off);
  g_autofree char *provider = g_strdup_printf ("[{\"provider_id\":\"stripe\",\"provider_description\":\"Card\",\"amount\":%s,\"offline\":false}],", all);

  state.n_quotes++;
  return g_strdup_printf ("{\"data\":{\"order_id\":12,\"total_refund_amount\":%s,\"refund_methods\":[[{\"provider_id\":\"storecredit\",\"amount\":%s,\"offline\":false}],%s[{\"provider_id\":\"custom\",\"amount\":%s,\"offline\":true}]]}}", all, all, state.has_provider ? provider : "", all);
}

static guint
refund (Peer *p,
        JsonObject *body,
        char **ret_text)
{
  JsonObject *payment = json_array_get_object_element (json_object_get_array_member (body, "payments"), 0);
  JsonObject *item = json_array_get_object_element (json_object_get_array_member (body, "items"), 0);
  guint n_mugs;
  g_autofree char *sum = sum_of (p, body, &n_mugs);
  char *more;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (body, "payments")), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (payment, "provider_id"), !=, "storecredit");
  state.was_offline = json_object_get_boolean_member (payment, "offline");
  if (state.is_declined)
    {
      *ret_text = g_strdup ("{\"data\":{\"id\":5,\"order_id\":12,\"payments\":[{\"id\":1,\"is_declined\":true,\"declined_message\":\"Card is closed\"}]}}");
      return 201;
    }
  state.n_mugs += n_mugs;
  more = mos_decimal_add (state.refunded, sum);
  g_free (state.refunded);
  state.refunded = more;
  g_ptr_array_add (state.refunds, g_strdup_printf ("{\"id\":%u,\"order_id\":12,\"created\":\"2026-03-01T00:00:00+00:00\",\"total_amount\":%s,\"reason\":\"\",\"items\":[{\"item_type\":\"PRODUCT\",\"item_id\":31,\"quantity\":%u,\"requested_amount\":%s,\"reason\":\"%s\"}],\"payments\":[{\"id\":1,\"is_declined\":false}%s]}",
                                                   60 + state.refunds->len, sum, n_mugs, sum, json_object_get_string_member (item, "reason"), state.is_partly_declined ? ",{\"id\":2,\"is_declined\":true,\"declined_message\":\"Card is closed\"}" : ""));
  *ret_text = g_strdup_printf ("{\"data\":%s}", (char *) state.refunds->pdata[state.refunds->len - 1]);
  return 201;
}

static guint
change (Peer *p,
        const char *route,
        const char *text,
        char **ret_text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *body = json_node_get_object (node);

  state.n_changes++;
  if (strcmp (route, "/v3/orders/12/payment_actions/refunds") == 0)
    return refund (p, body, ret_text);
  if (strcmp (route, "/v2/orders/12/shipping_addresses/7") == 0)
    {
      g_set_str (&state.city, json_object_get_string_member (body, "city"));
      *ret_text = g_strdup_printf (ADDRESS, state.city);
      return 200;
    }
  if (strcmp (route, "/v2/orders/12") != 0)
    {
      *ret_text = g_strdup ("[{\"status\":404,\"message\":\"The resource was not found.\"}]");
      return 404;
    }
  if (json_object_has_member (body, "status_id"))
    state.status_id = (int) json_object_get_int_member (body, "status_id");
  if (json_object_has_member (body, "staff_notes"))
    {
      g_auto (GStrv) lines = g_strsplit (json_object_get_string_member (body, "staff_notes"), "\n", -1);

      g_free (state.notes);
      /* It keeps them as a form of the web sends them. */
      state.notes = g_strjoinv ("\\r\\n", lines);
    }
  *ret_text = order_text ();
  return 200;
}

static char *
read_text (const char *route)
{
  g_autoptr (GString) all = NULL;

  if (strcmp (route, "/v2/orders/12") == 0)
    return order_text ();
  if (strcmp (route, "/v2/orders/12/products") == 0)
    return g_strdup_printf ("[" PRODUCT "]", state.n_mugs);
  if (strcmp (route, "/v2/orders/12/shipping_addresses") == 0)
    return g_strdup_printf ("[" ADDRESS "]", state.city);
  if (!g_str_has_suffix (route, "/payment_actions/refunds"))
    return g_strdup ("[]");
  all = g_string_new ("{\"data\":[");
  for (guint i = 0; i < state.refunds->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "," : "", (const char *) state.refunds->pdata[i]);
  g_string_append (all, "],\"meta\":{}}");
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;
  const char *route = g_str_has_prefix (path, PREFIX) ? path + strlen (PREFIX) : "";
  g_autofree char *text = NULL, *body = NULL;
  Fault fault;

  if (strcmp (soup_server_message_get_method (message), "GET") == 0)
    {
      text = read_text (route);
      peer_answer (message, 200, "application/json", text);
      return;
    }
  body = peer_dup_body (message);
  if (g_str_has_suffix (route, "/refund_quotes"))
    {
      text = quote (p, body);
      peer_answer (message, 200, "application/json", text);
    }
  else if (state.is_read_only)
    peer_answer (message, 403, "application/json", "{\"status\":403,\"title\":\"You don't have a required scope to access the endpoint\"}");
  else if (peer_begin_write (p, message, &fault))
    {
      guint status = change (p, route, body, &text);

      peer_end_write (message, fault, status, text);
    }
}

static Case *
case_new (void)
{
  Peer *p = peer_new_for (on_asked_cb, NULL);
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", "tok-1");
  g_autofree char *base = g_strconcat (p->base, PREFIX, NULL);

  g_set_str (&p->base, base);
  return case_begin (p, MOS_SHOP_BIGCOMMERCE, keys, reset);
}

/* --- tests --- */

static MosOrderAction *
want_mug (Case *c)
{
  MosOrderAction *action = want_refund (c, "12.00");

  mos_order_action_add_line (action, "31", 1, "12.00");
  action->with_payment = TRUE;
  return action;
}

static MosOrderAction *
want_note (Case *c)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_NOTE);

  g_set_str (&action->text, "Packed well\nin paper");
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
  return want (c, MOS_ORDER_ACTION_CANCEL);
}

static guint
count_refunds (Case *c)
{
  return state.refunds->len;
}

static guint
count_changes (Case *c)
{
  return state.n_changes;
}

static void
test_refund (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL), later = NULL;
  g_autoptr (MosOrderAction) action = want_refund (c, "17.00");

  g_assert_cmpuint (terms->lines->len, ==, 2);
  g_assert_cmpstr (((MosOrderTermsLine *) terms->lines->pdata[0])->left, ==, "24.00");
  g_assert_cmpstr (((MosOrderTermsLine *) terms->lines->pdata[1])->id, ==, "shipping:7");
  g_assert_cmpstr (((MosOrderTermsLine *) terms->lines->pdata[1])->left, ==, "5.00");
  mos_order_action_add_line (action, "31", 1, "12.00");
  mos_order_action_add_line (action, "shipping:7", 0, "5.00");
  action->with_payment = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (find (c)->remote_id, ==, "60");
  g_assert_cmpuint (state.n_quotes, ==, 1);
  g_assert_false (state.was_offline);
  assert_event (c, 1, "refund", "done");
  later = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_assert_cmpuint (((MosOrderTermsLine *) later->lines->pdata[0])->quantity_left, ==, 1);
  g_assert_cmpstr (((MosOrderTermsLine *) later->lines->pdata[0])->left, ==, "12.00");
}

/* A sum alone, written down: the money went another way. */
static void
test_amount (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "3.50");

  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_true (state.was_offline);
  g_assert_cmpstr (c->order->refunded, ==, "3.5000");
}

static void
test_refused (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) much = want_refund (c, "29.01"), off = NULL, declined = NULL, nowhere = NULL, denied = NULL;

  ask (c, much);
  work (c, MOS_ORDER_ACTION_FAILED, "too_much");

  /* Another sum than the one that was said yes to */
  g_set_str (&state.off, "0.01");
  off = want_mug (c);
  ask (c, off);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_nonnull (strstr (find (c)->detail, "12.01"));
  g_set_str (&state.off, "0");

  state.has_provider = FALSE;
  nowhere = want_mug (c);
  ask (c, nowhere);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_cmpuint (state.n_changes, ==, 0);
  state.has_provider = TRUE;

  state.is_declined = TRUE;
  declined = want_mug (c);
  ask (c, declined);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_nonnull (strstr (find (c)->detail, "Card is closed"));

  state.is_read_only = TRUE;
  denied = want_mug (c);
  ask (c, denied);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
}

/* A part of the money may have gone back: nobody says that nothing was done, nor that all was. */
static void
test_partly (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_mug (c);

  state.is_partly_declined = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "unclear");
  later (c, 3600);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "unclear");
  g_assert_cmpuint (state.refunds->len, ==, 1);
}

static void
test_faults (void)
{
  check_write_faults (case_new, want_mug, count_refunds);
  check_write_faults (case_new, want_note, count_changes);
  check_write_faults (case_new, want_cancel, count_changes);
  check_write_faults (case_new, want_hamburg, count_changes);
}

static void
test_note (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) note = want_note (c);

  ask (c, note);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (state.notes, ==, "Ring twice\\r\\nPacked well\\r\\nin paper");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions-bigcommerce/refund", test_refund);
  g_test_add_func ("/order-actions-bigcommerce/amount", test_amount);
  g_test_add_func ("/order-actions-bigcommerce/refused", test_refused);
  g_test_add_func ("/order-actions-bigcommerce/partly", test_partly);
  g_test_add_func ("/order-actions-bigcommerce/faults", test_faults);
  g_test_add_func ("/order-actions-bigcommerce/note", test_note);
  return g_test_run ();
}
