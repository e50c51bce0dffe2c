/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/shops/prestashop/mos-prestashop-private.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>
#include <libxml/parser.h>
#include <string.h>

/* The same on a shop that speaks as PrestaShop does: what is written is XML, a cancellation is a row of the order's history, and an address is copied. */

static struct
{
  char *city; /* of the copy */
  char *alias;
  char *region;        /* of the copy: the id of a state */
  GPtrArray *messages; /* of JSON texts */
  int state;
  int address;
  guint n_addresses;
  guint n_threads;
  guint n_histories;
  guint n_changes;
  gboolean was_mailed;
  gboolean is_read_only;
  gboolean sees_no_threads;
  gboolean sees_no_regions;
  gboolean is_american; /* the address that is there */
} state;

static void
reset (Peer *p)
{
  g_clear_pointer (&state.city, g_free);
  g_clear_pointer (&state.alias, g_free);
  g_clear_pointer (&state.region, g_free);
  g_clear_pointer (&state.messages, g_ptr_array_unref);
  memset (&state, 0, sizeof state);
  state.city = g_strdup ("");
  state.alias = g_strdup ("");
  state.region = g_strdup ("");
  state.state = 2;
  state.address = 4;
  state.n_addresses = 1;
  state.messages = g_ptr_array_new_with_free_func (g_free);
}

#define ADDRESS(id, city, place) "{\"id\":" id ",\"id_customer\":\"9\"," place ",\"alias\":\"Home\",\"company\":\"\",\"lastname\":\"Gil\",\"firstname\":\"Ana\",\"vat_number\":\"DE1\",\"address1\":\"Weg 1\",\"address2\":\"\",\"postcode\":\"10115\",\"city\":\"" city "\",\"other\":\"\",\"phone\":\"030 1\",\"phone_mobile\":\"\",\"dni\":\"\",\"deleted\":\"0\"}"

#define GERMANY "\"id_country\":\"1\",\"id_state\":\"0\""
#define NEW_YORK "\"id_country\":\"21\",\"id_state\":\"35\""

static char *
order_text (void)
{
  return g_strdup_printf ("{\"id\":12,\"id_address_delivery\":\"%d\",\"id_address_invoice\":\"4\",\"id_cart\":\"3\",\"id_currency\":\"1\",\"id_lang\":\"1\",\"id_customer\":\"9\",\"id_carrier\":\"2\",\"id_shop\":\"1\",\"current_state\":\"%d\",\"module\":\"ps_wirepayment\","
                          "\"payment\":\"Wire\",\"date_add\":\"2026-01-01 00:00:00\",\"date_upd\":\"2026-01-02 00:00:%02u\",\"reference\":\"12\",\"total_paid\":\"29.000000\",\"total_paid_tax_incl\":\"29.000000\",\"total_paid_real\":\"29.000000\","
                          "\"total_products\":\"20.000000\",\"total_products_wt\":\"24.000000\",\"conversion_rate\":\"1.000000\"}",
                          state.address, state.state, state.n_changes % 60);
}

static char *
list_of (const char *name,
         const char *rows)
{
  return *rows != '\0' ? g_strdup_printf ("{\"%s\":[%s]}", name, rows) : g_strdup ("[]");
}

static char *
read_text (const char *resource,
           GHashTable *query)
{
  g_autofree char *copy = g_strdup_printf (ADDRESS ("5", "%s", GERMANY), state.city);
  g_autofree char *addresses = g_strconcat (state.is_american ? ADDRESS ("4", "Albany", NEW_YORK) : ADDRESS ("4", "Berlin", GERMANY), state.n_addresses > 1 ? "," : "", state.n_addresses > 1 ? copy : "", NULL), *order = order_text ();
  g_autoptr (GString) messages = g_string_new (NULL);

  for (guint i = 0; i < state.messages->len; i++)
    g_string_append_printf (messages, "%s%s", i > 0 ? "," : "", (const char *) state.messages->pdata[i]);
  if (strcmp (resource, "orders") == 0)
    return list_of (resource, order);
  if (strcmp (resource, "addresses") == 0)
    return list_of (resource, addresses);
  if (strcmp (resource, "customers") == 0)
    return list_of (resource, "{\"id\":9,\"email\":\"ana@example.com\",\"firstname\":\"Ana\",\"lastname\":\"Gil\"}");
  if (strcmp (resource, "countries") == 0)
    return list_of (resource, "{\"id\":1,\"iso_code\":\"DE\"},{\"id\":6,\"iso_code\":\"ES\"},{\"id\":21,\"iso_code\":\"US\"}");
  if (strcmp (resource, "states") == 0)
    return list_of (resource, strcmp (g_hash_table_lookup (query, g_hash_table_contains (query, "filter[id]") ? "filter[id]" : "filter[id_country]"), "[1]") == 0
                                  ? ""
                                  : "{\"id\":35,\"id_country\":\"21\",\"iso_code\":\"NY\",\"name\":\"New York\"},{\"id\":8,\"id_country\":\"21\",\"iso_code\":\"CA\",\"name\":\"California\"},{\"id\":90,\"id_country\":\"10\",\"iso_code\":\"CA\",\"name\":\"Cagliari\"}");
  if (strcmp (resource, "currencies") == 0)
    return list_of (resource, "{\"id\":1,\"iso_code\":\"EUR\"}");
  if (strcmp (resource, "configurations") == 0)
    return list_of (resource, "{\"id\":1,\"name\":\"PS_TIMEZONE\",\"value\":\"UTC\"}");
  /* The owner made one of his own, and has the one that was installed as well. */
  if (strcmp (resource, "order_states") == 0)
    return list_of (resource, "{\"id\":2,\"name\":\"Paid\",\"template\":\"payment\",\"paid\":\"1\",\"logable\":\"1\"},{\"id\":6,\"name\":\"Cancelled\",\"template\":\"order_canceled\"},{\"id\":15,\"name\":\"Cancelled by phone\",\"template\":\"order_canceled\"}");
  if (strcmp (resource, "customer_threads") == 0)
    return list_of (resource, state.n_threads > 0 ? "{\"id\":40}" : "");
  if (strcmp (resource, "customer_messages") == 0)
    return list_of (resource, messages->str);
  if (strcmp (resource, "employees") == 0)
    return list_of (resource, "{\"id\":3}");
  return g_strdup ("[]");
}

/* Returns: (transfer full): what is in the element @name of the one that is written; "" for nothing */
static char *
value_of (xmlNode *object,
          const char *name)
{
  for (xmlNode *node = object->children; node != NULL; node = node->next)
    if (strcmp ((const char *) node->name, name) == 0)
      {
        xmlChar *text = xmlNodeGetContent (node);
        char *copy = g_strdup ((const char *) text);

        xmlFree (text);
        return copy;
      }
  return g_strdup ("");
}

static void
assert_value (xmlNode *object,
              const char *name,
              const char *expected)
{
  g_autofree char *value = value_of (object, name);

  g_assert_cmpstr (value, ==, expected);
}

static char *
do_write (Peer *p,
          const char *resource,
          GHashTable *query,
          xmlNode *object)
{
  g_autofree char *text = value_of (object, "message"), *escaped = g_strescape (text, NULL);

  state.n_changes++;
  if (strcmp (resource, "order_histories") == 0)
    {
      g_autofree char *id = value_of (object, "id_order_state");

      assert_value (object, "id_order", "12");
      state.state = atoi (id);
      state.n_histories++;
      state.was_mailed = g_hash_table_contains (query, "sendemail");
      return g_strdup ("{\"order_history\":{\"id\":71}}");
    }
  if (strcmp (resource, "customer_threads") == 0)
    {
      g_autofree char *token = value_of (object, "token");

      assert_value (object, "id_order", "12");
      assert_value (object, "id_customer", "9");
      assert_value (object, "id_contact", "0");
      g_assert_cmpuint (strlen (token), ==, 12);
      state.n_threads++;
      return g_strdup ("{\"customer_thread\":{\"id\":40}}");
    }
  if (strcmp (resource, "customer_messages") == 0)
    {
      assert_value (object, "id_customer_thread", "40");
      assert_value (object, "id_employee", "3");
      assert_value (object, "private", "1");
      g_ptr_array_add (state.messages, g_strdup_printf ("{\"id\":%u,\"message\":\"%s\",\"private\":\"1\",\"date_add\":\"2026-03-01 00:00:00\"}", 80 + state.messages->len, escaped));
      return g_strdup_printf ("{\"customer_message\":{\"id\":%u}}", 79 + state.messages->len);
    }
  if (strcmp (resource, "addresses") == 0)
    {
      g_free (state.city);
      state.city = value_of (object, "city");
      g_free (state.region);
      state.region = value_of (object, "id_state");
      assert_value (object, "vat_number", "DE1");
      assert_value (object, "id_customer", "9");
      state.n_addresses++;
      return g_strdup ("{\"address\":{\"id\":\"5\"}}");
    }
  if (strcmp (resource, "orders/12") == 0)
    {
      g_autofree char *id = value_of (object, "id_address_delivery"), *order = NULL;

      assert_value (object, "id", "12");
      assert_value (object, "total_paid", "29.000000");
      assert_value (object, "module", "ps_wirepayment");
      state.address = atoi (id);
      order = order_text ();
      return g_strdup_printf ("{\"order\":%s}", order);
    }
  g_ptr_array_add (p->refused, g_strdup (resource));
  return g_strdup ("{}");
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;
  const char *resource = g_str_has_prefix (path, "/api/") ? path + strlen ("/api/") : "";
  g_autofree char *text = NULL, *body = NULL;
  xmlDoc *doc;
  Fault fault;

  if ((state.sees_no_threads && g_str_has_prefix (resource, "customer_")) || (state.sees_no_regions && strcmp (resource, "states") == 0))
    peer_answer (message, 401, "application/json", "{\"errors\":[{\"code\":26,\"message\":\"Resource of type is not allowed with this authentication key\"}]}");
  else if (strcmp (soup_server_message_get_method (message), "GET") == 0)
    {
      text = read_text (resource, query);
      peer_answer (message, 200, "application/json", text);
    }
  else if (state.is_read_only)
    peer_answer (message, 405, "application/json", "{\"errors\":[{\"code\":25,\"message\":\"Method POST is not allowed for the resource with this authentication key\"}]}");
  else if (peer_begin_write (p, message, &fault))
    {
      body = peer_dup_body (message);
      doc = xmlReadMemory (body, (int) strlen (body), NULL, NULL, XML_PARSE_NONET);
      g_assert_nonnull (doc);
      text = do_write (p, resource, query, xmlDocGetRootElement (doc)->children);
      xmlFreeDoc (doc);
      peer_end_write (message, fault, 201, text);
    }
}

static Case *
case_new (void)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", "K1");

  return case_begin (peer_new_for (on_asked_cb, NULL), MOS_SHOP_PRESTASHOP, keys, reset);
}

/* --- tests --- */

static MosOrderAction *
want_note (Case *c)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_NOTE);

  state.n_threads = 1;
  g_set_str (&action->text, "Packed <well> & \"quietly\"");
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
count_messages (Case *c)
{
  return state.messages->len;
}

static guint
count_histories (Case *c)
{
  return state.n_histories;
}

static void
test_cancel (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_cancel (c);

  action->notify = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpint (state.state, ==, 6);
  g_assert_true (state.was_mailed);
  g_assert_cmpint (c->order->status_kind, ==, MOS_ORDER_CANCELLED);
  assert_event (c, 1, "cancel", "done");
}

static void
test_states (void)
{
  static const struct
  {
    const char *states;
    const char *expected;
  } table[] = {
    { "{\"2\":{\"template\":\"payment\"},\"6\":{\"template\":\"order_canceled\"},\"15\":{\"template\":\"order_canceled\"}}", "6" },
    { "{\"15\":{\"template\":\"order_canceled\"},\"21\":{\"template\":\"order_canceled\"}}", "15" },
    /* His own says so, and what was installed sends no mail any more. */
    { "{\"6\":{\"template\":\"\"},\"21\":{\"template\":\"order_canceled\"}}", "21" },
    { "{\"6\":{\"template\":\"\"},\"8\":{\"template\":\"payment_error\"}}", "6" },
    { "{\"6\":{\"template\":[{\"id\":\"1\",\"value\":\"order_canceled\"}]}}", "6" },
    { "{\"2\":{\"template\":\"payment\"},\"8\":{\"template\":\"payment_error\"}}", "" },
    { "{}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (table[i].states, NULL);
      g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GList) ids = json_object_get_members (json_node_get_object (node));
      g_autofree char *found = NULL;

      for (GList *l = ids; l != NULL; l = l->next)
        g_hash_table_insert (states, l->data, json_object_get_object_member (json_node_get_object (node), l->data));
      found = mos_prestashop_find_cancelled (states);
      g_assert_cmpstr (found, ==, table[i].expected);
    }
}

static void
test_note (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) first = want_note (c), second = NULL;

  /* There is no thread of it yet. */
  state.n_threads = 0;
  ask (c, first);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpuint (state.n_threads, ==, 1);
  g_assert_cmpuint (c->order->notes->len, ==, 1);
  g_assert_cmpstr (((MosOrderNote *) c->order->notes->pdata[0])->text, ==, "Packed <well> & \"quietly\"");
  g_assert_false (((MosOrderNote *) c->order->notes->pdata[0])->is_for_customer);

  second = want_note (c);
  g_set_str (&second->text, "Sent");
  ask (c, second);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpuint (state.n_threads, ==, 1);
  g_assert_cmpuint (state.messages->len, ==, 2);
}

/* The old one stays, for it may be others' as well. */
static void
test_address (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_hamburg (c), other = NULL;

  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpint (state.address, ==, 5);
  g_assert_cmpstr (state.city, ==, "Hamburg");
  g_assert_nonnull (strstr (c->order->address, "Hamburg"));

  other = want_city (c, "Porto");
  g_set_str (&other->address[MOS_ADDRESS_COUNTRY], "PT");
  ask (c, other);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_cmpuint (state.n_addresses, ==, 2);
}

static void
prepare_american (Peer *p)
{
  reset (p);
  state.is_american = TRUE;
}

static Case *
case_new_american (void)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make ("", "K1");

  return case_begin (peer_new_for (on_asked_cb, NULL), MOS_SHOP_PRESTASHOP, keys, prepare_american);
}

/* A region goes along by its name or its code; one that the shop does not know is refused before anything is written. */
static void
test_region (void)
{
  static const struct
  {
    const char *region, *country;
    const char *id; /* NULL: refused */
  } table[] = {
    { "New York", "US", "35" },
    { "ca", "US", "8" },
    { "California", "US", "8" },
    { "", "US", "0" },
    { "", "DE", "0" },
    { "Texas", "US", NULL },
    { "New York", "DE", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Case) c = case_new_american ();
      g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
      g_autoptr (MosOrderAction) action = want_city (c, "Fresno");

      g_assert_cmpstr (terms->address[MOS_ADDRESS_REGION], ==, "New York");
      g_set_str (&action->address[MOS_ADDRESS_REGION], table[i].region);
      g_set_str (&action->address[MOS_ADDRESS_COUNTRY], table[i].country);
      ask (c, action);
      work (c, table[i].id != NULL ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_FAILED, table[i].id != NULL ? NULL : "refused");
      g_assert_cmpstr (state.region, ==, table[i].id != NULL ? table[i].id : "");
      g_assert_cmpuint (state.n_changes, ==, table[i].id != NULL ? 2 : 0);
    }
}

/* Who may not see them changes no address that has one. */
static void
test_region_rights (void)
{
  g_autoptr (Case) c = case_new_american ();
  g_autoptr (MosOrderAction) action = want_city (c, "Fresno");

  state.sees_no_regions = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
  g_assert_cmpuint (state.n_changes, ==, 0);
}

static void
test_faults (void)
{
  check_write_faults (case_new, want_cancel, count_histories);
  check_write_faults (case_new, want_note, count_messages);
}

/* Of two requests the second is lost: the order has the copy, and that is found. The first is lost: nothing refers to the copy. */
static void
test_address_faults (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Case) c = case_new ();
      g_autoptr (MosOrderAction) action = want_hamburg (c);

      if (i == 0)
        peer_fail_writes (c->p, 2, FAULT_NONE, FAULT_LOST);
      else
        peer_fail_writes (c->p, 1, FAULT_LOST);
      ask (c, action);
      work (c, i == 0 ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_UNCERTAIN, i == 0 ? "found" : "cut");
      later (c, 301);
      work (c, i == 0 ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_FAILED, i == 0 ? "found" : "lost");
      g_assert_cmpint (state.address, ==, i == 0 ? 5 : 4);
    }
}

static void
test_rights (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) cancel = want_cancel (c), note = NULL, refund = want_refund (c, "1.00");

  state.is_read_only = TRUE;
  ask (c, cancel);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");

  state.sees_no_threads = TRUE;
  note = want_note (c);
  ask (c, note);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
  g_assert_true (c->order->notes == NULL || c->order->notes->len == 0);

  /* It has none. */
  ask (c, refund);
  work (c, MOS_ORDER_ACTION_FAILED, "lacking");
  g_assert_cmpuint (state.n_changes, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions-prestashop/cancel", test_cancel);
  g_test_add_func ("/order-actions-prestashop/states", test_states);
  g_test_add_func ("/order-actions-prestashop/note", test_note);
  g_test_add_func ("/order-actions-prestashop/address", test_address);
  g_test_add_func ("/order-actions-prestashop/region", test_region);
  g_test_add_func ("/order-actions-prestashop/region-rights", test_region_rights);
  g_test_add_func ("/order-actions-prestashop/faults", test_faults);
  g_test_add_func ("/order-actions-prestashop/address-faults", test_address_faults);
  g_test_add_func ("/order-actions-prestashop/rights", test_rights);
  return g_test_run ();
}
