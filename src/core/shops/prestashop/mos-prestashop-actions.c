/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-id.h"
#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/prestashop/mos-prestashop-private.h"

#include <string.h>

/* What is done to an order: it is written in XML, whatever is read. A cancellation is a new row of its history, with one of the shop's own states. A note
 * is a private message in the order's thread. An address may be that of other orders, too, and of the customer's account: it is copied, and the order gets
 * the copy.
 *
 * There are no refunds: a credit slip that is posted has no lines (its details cannot be written), counts no quantity as given back, moves no stock and no
 * money. A slip like that would say that money went where none did. */

#define THREADS "customer_threads"
#define MESSAGES "customer_messages"
#define MAX_ROWS "100"
/* Where the key may not see who works there: whoever set the shop up. */
#define FIRST_EMPLOYEE "1"
#define INSTALLED_CANCELLED "6"

/* --- XML --- */

static void
add_text (GString *xml,
          const char *name,
          const char *text)
{
  g_autofree char *escaped = NULL;
  g_autofree char *clean = g_strdup (text);

  /* Controls have no place in XML, not even escaped. */
  for (char *s = clean; *s != '\0'; s++)
    if (((guchar) *s < 0x20 && *s != '\n' && *s != '\t') || *s == 0x7f)
      *s = ' ';
  escaped = g_markup_escape_text (clean, -1);
  g_string_append_printf (xml, "<%s>%s</%s>", name, escaped, name);
}

static void
add_member (GString *xml,
            JsonObject *row,
            const char *name)
{
  g_autofree char *text = mos_shop_json_text (row, name);

  add_text (xml, name, text);
}

static GString *
begin_xml (const char *name)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><prestashop>");

  g_string_append_printf (xml, "<%s>", name);
  return xml;
}

static void
end_xml (GString *xml,
         const char *name)
{
  g_string_append_printf (xml, "</%s></prestashop>", name);
}

/* What it made: {"order_history": {"id": 5}}. "" for all else */
static char *
id_of (JsonNode *node,
       const char *name)
{
  return mos_shop_json_text (mos_json_read_object (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, name), "id");
}

/* --- terms --- */

static const char *
phone_field (JsonObject *address)
{
  g_autofree char *mobile = mos_shop_json_text (address, "phone_mobile");

  return *mobile != '\0' ? "phone_mobile" : "phone";
}

static void
read_address (JsonObject *object,
              GHashTable *countries,
              char *address[MOS_ADDRESS_N_PARTS])
{
  static const char *const names[] = { "firstname", "lastname", "company", "address1", "address2", "postcode", "city", NULL, NULL, NULL };
  g_autofree char *country = mos_shop_json_text (object, "id_country");

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_ADDRESS_N_PARTS);
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_shop_take (&address[i], names[i] != NULL ? mos_shop_json_text (object, names[i]) : g_strdup (""));
  mos_shop_take (&address[MOS_ADDRESS_COUNTRY], mos_shop_json_text (g_hash_table_lookup (countries, country), "iso_code"));
  mos_shop_take (&address[MOS_ADDRESS_PHONE], mos_shop_json_text (object, phone_field (object)));
}

static JsonObject *
find_address (MosPrestashopShop *self,
              JsonObject *row)
{
  g_autofree char *id = mos_shop_json_text (row, "id_address_delivery");

  return g_hash_table_lookup (mos_prestashop_get_rows (self)->addresses, id);
}

static gboolean
has_template (JsonObject *state)
{
  JsonArray *values = mos_json_read_array (state, "template");
  g_autofree char *text = values != NULL ? mos_shop_json_text (mos_json_read_element (values, 0), "value") : mos_shop_json_text (state, "template");

  return strcmp (text, "order_canceled") == 0;
}

char *
mos_prestashop_find_cancelled (GHashTable *states)
{
  GHashTableIter iter;
  const char *id;
  JsonObject *state;
  char *best = g_strdup ("");
  gboolean has_mail = FALSE;

  /* That of the mail that says so; of several, or where none sends one, that which was installed, else the first. A payment that failed is none. */
  g_hash_table_iter_init (&iter, states);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &state))
    {
      gboolean is_mailed = has_template (state), is_installed = strcmp (id, INSTALLED_CANCELLED) == 0;

      if (mos_json_read_is_true (state, "deleted") || (!is_mailed && (!is_installed || mos_prestashop_judge_state (state, id) != MOS_ORDER_CANCELLED)))
        continue;
      if (*best != '\0' && (is_mailed == has_mail ? strcmp (best, INSTALLED_CANCELLED) == 0 || (!is_installed && g_ascii_strtoll (id, NULL, 10) > g_ascii_strtoll (best, NULL, 10)) : has_mail))
        continue;
      has_mail = is_mailed;
      g_set_str (&best, id);
    }
  return best;
}

/* Whoever may not see which regions there are cannot say which one it is: the old one would stay beside a new town. */
static gboolean
read_region (MosPrestashopShop *self,
             JsonObject *address,
             MosOrderTerms *terms,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *region = mos_prestashop_read_region (self, address, cancellable, &local);

  if (region != NULL)
    mos_shop_take (&terms->address[MOS_ADDRESS_REGION], g_steal_pointer (&region));
  else if (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED) || g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED))
    terms->lacking |= MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_ADDRESS);
  else
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

MosOrderTerms *
mos_prestashop_load_terms_sync (MosShop *shop,
                                const char *remote_id,
                                GCancellable *cancellable,
                                GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (JsonObject) row = NULL;
  MosOrder *order = mos_prestashop_load_sync (self, remote_id, &row, cancellable, error);
  g_autofree char *cancelled = NULL;
  MosOrderTerms *terms;

  if (order == NULL)
    return NULL;
  terms = mos_order_terms_make (order);
  cancelled = mos_prestashop_find_cancelled (mos_prestashop_get_rows (self)->states);
  if (*cancelled == '\0')
    terms->lacking |= MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_CANCEL);
  if (find_address (self, row) == NULL)
    {
      terms->lacking |= MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_ADDRESS);
      return terms;
    }
  read_address (find_address (self, row), mos_prestashop_get_rows (self)->countries, terms->address);
  if (!read_region (self, find_address (self, row), terms, cancellable, error))
    g_clear_pointer (&terms, mos_order_terms_unref);
  return terms;
}

/* --- notes --- */

/* Returns: (transfer full) (nullable): messages of all threads of an order */
static JsonArray *
ask_messages (MosPrestashopShop *self,
              const char *remote_id,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *filter = g_strdup_printf ("[%s]", remote_id);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id]"), of_threads = mos_prestashop_begin_query ("full");
  g_autoptr (GString) ids = g_string_new ("[");
  g_autoptr (JsonArray) threads = NULL;

  mos_shop_query_add (query, "filter[id_order]", filter);
  mos_shop_query_add (query, "limit", MAX_ROWS);
  threads = mos_prestashop_ask (self, THREADS, query, cancellable, error);
  if (threads == NULL || json_array_get_length (threads) == 0)
    return g_steal_pointer (&threads);
  for (guint i = 0; i < json_array_get_length (threads); i++)
    {
      g_autofree char *id = mos_shop_json_text (mos_json_read_element (threads, i), "id");

      g_string_append_printf (ids, "%s%s", i > 0 ? "|" : "", id);
    }
  g_string_append_c (ids, ']');
  mos_shop_query_add (of_threads, "filter[id_customer_thread]", ids->str);
  mos_shop_query_add (of_threads, "limit", MAX_ROWS);
  return mos_prestashop_ask (self, MESSAGES, of_threads, cancellable, error);
}

static gint64
read_date (MosPrestashopShop *self,
           JsonObject *row)
{
  g_autofree char *date = mos_shop_json_text (row, "date_add");

  return *date != '\0' ? mos_time_parse (date, mos_prestashop_get_zone (self)) : 0;
}

static gboolean
is_private (JsonObject *row)
{
  g_autofree char *text = mos_shop_json_text (row, "private");

  return strcmp (text, "1") == 0 || mos_json_read_is_true (row, "private");
}

gboolean
mos_prestashop_read_notes (MosPrestashopShop *self,
                           MosOrder *order,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonArray) rows = ask_messages (self, order->remote_id, cancellable, &local);

  /* Rights of their own, which nothing else needs. */
  if (rows == NULL && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED) && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *text = mos_shop_json_text (row, "message");
      MosOrderNote *note;

      if (*text == '\0')
        continue;
      note = mos_order_add_note (order);
      mos_shop_take (&note->remote_id, mos_shop_json_text (row, "id"));
      g_set_str (&note->text, text);
      note->at_us = read_date (self, row);
      note->is_for_customer = !is_private (row);
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): "" where there is none */
static char *
find_thread (MosPrestashopShop *self,
             const char *remote_id,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *filter = g_strdup_printf ("[%s]", remote_id);
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id]");
  g_autoptr (JsonArray) rows = NULL;

  mos_shop_query_add (query, "filter[id_order]", filter);
  mos_shop_query_add (query, "limit", "1");
  rows = mos_prestashop_ask (self, THREADS, query, cancellable, error);
  return rows != NULL ? mos_shop_json_text (mos_json_read_element (rows, 0), "id") : NULL;
}

/* A thread is nothing yet that anybody sees: one without messages is not shown. */
static char *
begin_thread (MosPrestashopShop *self,
              JsonObject *row,
              const MosOrder *order,
              GCancellable *cancellable,
              GError **error)
{
  static const char *const same[] = { "id_lang", "id_shop", "id_customer" };
  g_autoptr (GString) xml = begin_xml ("customer_thread");
  g_autofree char *token = mos_id_new (mos_shop_get_now_us (MOS_SHOP (self)));
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    add_member (xml, row, same[i]);
  add_text (xml, "id_order", order->remote_id);
  add_text (xml, "id_contact", "0");
  add_text (xml, "email", order->email);
  add_text (xml, "status", "closed");
  /* Whoever has it may read along: the part of it that is chance. */
  add_text (xml, "token", token + strlen (token) - 12);
  end_xml (xml, "customer_thread");
  node = mos_prestashop_change (self, "POST", THREADS, FALSE, xml->str, cancellable, error);
  if (node == NULL)
    return NULL;
  id = id_of (node, "customer_thread");
  return *id != '\0' ? g_steal_pointer (&id) : mos_shop_action_set_uncertain (error);
}

/* A message of nobody's would be the customer's. */
static char *
find_employee (MosPrestashopShop *self,
               GCancellable *cancellable)
{
  g_autoptr (MosShopQuery) query = mos_prestashop_begin_query ("[id]");
  g_autoptr (JsonArray) rows = NULL;
  g_autofree char *id = NULL;

  mos_shop_query_add (query, "filter[active]", "[1]");
  mos_shop_query_add (query, "limit", "1");
  rows = mos_prestashop_ask (self, "employees", query, cancellable, NULL);
  id = mos_shop_json_text (rows != NULL ? mos_json_read_element (rows, 0) : NULL, "id");
  return g_strdup (*id != '\0' ? id : FIRST_EMPLOYEE);
}

static char *
add_note (MosPrestashopShop *self,
          const MosOrderAction *action,
          JsonObject *row,
          const MosOrder *order,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *thread = find_thread (self, order->remote_id, cancellable, error);
  g_autofree char *employee = NULL, *id = NULL;
  g_autoptr (GString) xml = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (thread != NULL && *thread == '\0')
    mos_shop_take (&thread, begin_thread (self, row, order, cancellable, error));
  if (thread == NULL)
    return NULL;
  employee = find_employee (self, cancellable);
  xml = begin_xml ("customer_message");
  add_text (xml, "id_employee", employee);
  add_text (xml, "id_customer_thread", thread);
  add_text (xml, "message", action->text);
  add_text (xml, "private", "1");
  add_text (xml, "read", "1");
  end_xml (xml, "customer_message");
  node = mos_prestashop_change (self, "POST", MESSAGES, FALSE, xml->str, cancellable, error);
  if (node == NULL)
    return NULL;
  id = id_of (node, "customer_message");
  return *id != '\0' ? g_steal_pointer (&id) : mos_shop_action_set_uncertain (error);
}

/* --- the others --- */

static char *
cancel (MosPrestashopShop *self,
        const MosOrderAction *action,
        const MosOrder *order,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *state = mos_prestashop_find_cancelled (mos_prestashop_get_rows (self)->states);
  g_autoptr (GString) xml = begin_xml ("order_history");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;

  add_text (xml, "id_order", order->remote_id);
  add_text (xml, "id_order_state", state);
  end_xml (xml, "order_history");
  node = mos_prestashop_change (self, "POST", "order_histories", action->notify, xml->str, cancellable, error);
  if (node == NULL)
    return NULL;
  id = id_of (node, "order_history");
  return *id != '\0' ? g_steal_pointer (&id) : mos_shop_action_set_uncertain (error);
}

/* "" where it is not sold to */
static char *
find_country (GHashTable *countries,
              const char *code)
{
  GHashTableIter iter;
  const char *id;
  JsonObject *country;

  g_hash_table_iter_init (&iter, countries);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &country))
    {
      g_autofree char *iso = mos_shop_json_text (country, "iso_code");

      if (g_ascii_strcasecmp (iso, code) == 0)
        return g_strdup (id);
    }
  return g_strdup ("");
}

/* Returns: (transfer full) (nullable): the id of a copy of @old with what is new in it */
static char *
copy_address (MosPrestashopShop *self,
              const MosOrderAction *action,
              JsonObject *old,
              GCancellable *cancellable,
              GError **error)
{
  static const char *const kept[] = { "id_customer", "id_manufacturer", "id_supplier", "id_warehouse", "alias", "vat_number", "dni", "other" };
  static const char *const written[] = { "firstname", "lastname", "company", "address1", "address2", "postcode", "city", NULL, NULL, NULL };
  const char *phone = phone_field (old);
  g_autofree char *country = find_country (mos_prestashop_get_rows (self)->countries, action->address[MOS_ADDRESS_COUNTRY]);
  g_autofree char *region = NULL;
  g_autoptr (GString) xml = begin_xml ("address");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = NULL;

  G_STATIC_ASSERT (G_N_ELEMENTS (written) == MOS_ADDRESS_N_PARTS);
  if (*country == '\0')
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "The shop knows no country %s", action->address[MOS_ADDRESS_COUNTRY]);
      return NULL;
    }
  region = mos_prestashop_find_region (self, country, action->address[MOS_ADDRESS_REGION], cancellable, error);
  if (region == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    add_member (xml, old, kept[i]);
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    if (written[i] != NULL)
      add_text (xml, written[i], action->address[i]);
  add_text (xml, "id_country", country);
  add_text (xml, "id_state", region);
  add_text (xml, phone, action->address[MOS_ADDRESS_PHONE]);
  if (strcmp (phone, "phone_mobile") == 0)
    add_member (xml, old, "phone");
  end_xml (xml, "address");
  node = mos_prestashop_change (self, "POST", "addresses", FALSE, xml->str, cancellable, error);
  if (node == NULL)
    return NULL;
  id = id_of (node, "address");
  return *id != '\0' ? g_steal_pointer (&id) : mos_shop_action_set_uncertain (error);
}

/* What the shop wants of an order that is written, as it is; what is not said stays. */
static char *
set_address (MosPrestashopShop *self,
             const MosOrderAction *action,
             JsonObject *row,
             GCancellable *cancellable,
             GError **error)
{
  static const char *const required[] = { "id", "id_address_invoice", "id_cart", "id_currency", "id_lang", "id_customer", "id_carrier", "module", "payment", "total_paid", "total_paid_real", "total_products", "total_products_wt", "conversion_rate" };
  g_autofree char *address = NULL, *order = mos_shop_json_text (row, "id");
  g_autofree char *encoded = mos_oauth1_encode (order);
  g_autofree char *resource = g_strconcat ("orders/", encoded, NULL);
  g_autoptr (GString) xml = begin_xml ("order");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *there = NULL;

  if (find_address (self, row) == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "Nothing is sent anywhere");
      return NULL;
    }
  address = copy_address (self, action, find_address (self, row), cancellable, error);
  if (address == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    add_member (xml, row, required[i]);
  add_text (xml, "id_address_delivery", address);
  end_xml (xml, "order");
  node = mos_prestashop_change (self, "PUT", resource, FALSE, xml->str, cancellable, error);
  if (node == NULL)
    return NULL;
  there = mos_shop_json_text (mos_json_read_object (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "order"), "id_address_delivery");
  return strcmp (there, address) == 0 ? g_strdup ("") : mos_shop_action_set_uncertain (error);
}

char *
mos_prestashop_perform_sync (MosShop *shop,
                             const MosOrderAction *action,
                             const MosOrderTerms *terms,
                             GCancellable *cancellable,
                             GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (JsonObject) row = NULL;
  g_autoptr (MosOrder) order = NULL;

  if (action->kind == MOS_ORDER_ACTION_CANCEL)
    return cancel (self, action, terms->order, cancellable, error);
  /* Its row, as it is right now */
  order = mos_prestashop_load_sync (self, terms->order->remote_id, &row, cancellable, error);
  if (order == NULL)
    return NULL;
  return action->kind == MOS_ORDER_ACTION_NOTE ? add_note (self, action, row, order, cancellable, error) : set_address (self, action, row, cancellable, error);
}

/* --- looking for it --- */

static MosShopTrace
find_note (MosPrestashopShop *self,
           const MosOrderAction *action,
           const char *remote_id,
           char **ret_made,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (JsonArray) rows = ask_messages (self, remote_id, cancellable, error);

  if (rows == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *text = mos_shop_json_text (row, "message");

      if (!is_private (row) || !mos_shop_action_is_of_then (action, read_date (self, row)) || !mos_shop_action_is_text (text, action->text))
        continue;
      *ret_made = mos_shop_json_text (row, "id");
      return MOS_SHOP_TRACE_FOUND;
    }
  return MOS_SHOP_TRACE_ABSENT;
}

static gboolean
has_address (MosPrestashopShop *self,
             const MosOrderAction *action,
             JsonObject *row)
{
  char *there[MOS_ADDRESS_N_PARTS] = { NULL };

  read_address (find_address (self, row), mos_prestashop_get_rows (self)->countries, there);
  return mos_shop_action_take_address (action, there) && find_address (self, row) != NULL;
}

MosShopTrace
mos_prestashop_find_action_sync (MosShop *shop,
                                 const MosOrderAction *action,
                                 const char *remote_id,
                                 char **ret_made,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosPrestashopShop *self = MOS_PRESTASHOP_SHOP (shop);
  g_autoptr (JsonObject) row = NULL;
  g_autoptr (MosOrder) order = mos_prestashop_load_sync (self, remote_id, &row, cancellable, error);
  gboolean is_there;

  if (order == NULL)
    return MOS_SHOP_TRACE_ERROR;
  if (action->kind == MOS_ORDER_ACTION_NOTE)
    return find_note (self, action, remote_id, ret_made, cancellable, error);
  if (action->kind != MOS_ORDER_ACTION_CANCEL && action->kind != MOS_ORDER_ACTION_ADDRESS)
    return MOS_SHOP_TRACE_UNCLEAR;
  is_there = action->kind == MOS_ORDER_ACTION_CANCEL ? order->status_kind == MOS_ORDER_CANCELLED : has_address (self, action, row);
  return mos_shop_action_tell (is_there, ret_made);
}
