/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/base/mos-csv.h"
#include "core/base/mos-decimal.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/desk/mos-orders-csv-private.h"

#include <string.h>

/* One order, out of its records. */

/* As it stands there, without blanks around it, controls, and the apostrophe that keeps it from being a formula (mos_csv_append()). */
char *
mos_orders_walk_dup_value (MosOrdersWalk *self,
                           char **record,
                           MosOrderColumn column)
{
  g_autofree char *value = NULL;
  gsize n = 0;

  if (self->at[column] < 0)
    return g_strdup ("");
  value = g_strdup (mos_csv_get_value (record, self->at[column]));
  for (const char *s = value; *s != '\0'; s++)
    if ((guchar) *s >= 0x20 || *s == '\n' || *s == '\t')
      value[n++] = *s;
  value[n] = '\0';
  g_strstrip (value);
  if (value[0] == '\'' && value[1] != '\0' && strchr ("=@+-", value[1]) != NULL)
    memmove (value, value + 1, strlen (value));
  return g_steal_pointer (&value);
}

/* @value: (transfer full) */
static char *
read_amount (MosOrdersWalk *self,
             char *value)
{
  g_autofree char *own = value;
  char *amount = mos_csv_read_amount (own, self->report->decimals);

  return amount != NULL ? amount : g_strdup ("");
}

/* "2.00" → "2" */
static void
shorten (char *decimal)
{
  char *point = strchr (decimal, '.');

  if (point != NULL && strspn (point + 1, "0") == strlen (point + 1))
    *point = '\0';
}

/* What so many of one price cost; "" where it is no whole number of them */
static char *
times (const char *price,
       const char *quantity)
{
  guint64 n;

  return *price != '\0' && g_ascii_string_to_unsigned (quantity, 10, 0, 1000000, &n, NULL) ? mos_decimal_times (price, n) : g_strdup ("");
}

static void
take_text (char **place,
           char *text /* (transfer full) */)
{
  g_free (*place);
  *place = text;
}

void
mos_orders_walk_add_item (MosOrdersWalk *self,
                          MosOrder *order,
                          char **record)
{
  g_autofree char *name = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_ITEM);
  g_autofree char *sku = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_SKU);
  g_autofree char *quantity = read_amount (self, mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_QUANTITY));
  g_autofree char *picture = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_PICTURE);
  MosOrderItem *item;

  if (*name == '\0' && *sku == '\0')
    return;
  item = mos_order_add_item (order);
  g_set_str (&item->name, name);
  g_set_str (&item->sku, sku);
  take_text (&item->variant, mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_VARIANT));
  shorten (quantity);
  if (*quantity != '\0')
    g_set_str (&item->quantity, quantity);
  take_text (&item->price, read_amount (self, mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_PRICE)));
  take_text (&item->total, read_amount (self, mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_ITEM_TOTAL)));
  if (*item->total == '\0')
    take_text (&item->total, times (item->price, item->quantity));
  if (g_str_has_prefix (picture, "https://"))
    g_set_str (&item->picture_url, picture);
}

void
mos_orders_walk_add_shipment (MosOrdersWalk *self,
                              MosOrder *order,
                              char **record)
{
  g_autofree char *number = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_TRACKING);
  g_autofree char *url = mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_TRACKING_URL);
  gboolean is_web = g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://");
  MosOrderShipment *shipment;

  if (*number == '\0' && !is_web)
    return;
  for (guint i = 0; i < order->shipments->len; i++)
    {
      shipment = order->shipments->pdata[i];
      if (strcmp (shipment->number, number) == 0 && strcmp (shipment->url, is_web ? url : "") == 0)
        return;
    }
  shipment = mos_order_add_shipment (order);
  g_set_str (&shipment->number, number);
  take_text (&shipment->carrier, mos_orders_walk_dup_value (self, record, MOS_ORDER_COLUMN_CARRIER));
  if (is_web)
    g_set_str (&shipment->url, url);
}

/* --- an order that is whole --- */

static const char *
get (const MosOpenOrder *open,
     MosOrderColumn column)
{
  return open->values[column] != NULL ? open->values[column] : "";
}

static const MosCsvStatus *
find_status (MosOrdersWalk *self,
             const char *word)
{
  g_autofree char *folded = mos_csv_fold (word);

  return g_hash_table_lookup (self->words, folded);
}

/* Its own word; else those of its parcels and its payment: what was given back or called off is over, whatever became of the parcels. */
static void
finish_status (MosOrdersWalk *self,
               MosOpenOrder *open)
{
  MosOrder *order = open->order;
  const char *fulfilment = get (open, MOS_ORDER_COLUMN_FULFILMENT), *payment = get (open, MOS_ORDER_COLUMN_PAYMENT);
  const char *word = get (open, MOS_ORDER_COLUMN_STATUS);
  const MosCsvStatus *status = find_status (self, word);
  const MosCsvStatus *of_parcels = find_status (self, fulfilment), *of_payment = find_status (self, payment);

  if (*word == '\0' && of_payment != NULL && (of_parcels == NULL || of_payment->kind >= MOS_ORDER_CANCELLED || (of_payment->kind == MOS_ORDER_PENDING && of_parcels->kind < MOS_ORDER_SHIPPED)))
    {
      word = payment;
      status = of_payment;
    }
  else if (*word == '\0' && of_parcels != NULL)
    {
      word = fulfilment;
      status = of_parcels;
    }
  g_set_str (&order->status, word);
  order->status_kind = status != NULL ? status->kind : MOS_ORDER_PROCESSING;
}

static void
add_part (GString *text,
          const char *between,
          const char *part)
{
  if (*part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, between);
  g_string_append (text, part);
}

static void
finish_person (MosOpenOrder *open)
{
  MosOrder *order = open->order;
  const char *country = get (open, MOS_ORDER_COLUMN_COUNTRY), *email = get (open, MOS_ORDER_COLUMN_EMAIL);
  g_autofree char *code = strlen (country) == 2 && g_ascii_isalpha (country[0]) && g_ascii_isalpha (country[1]) ? g_ascii_strup (country, -1) : g_strdup ("");
  g_autoptr (GString) name = g_string_new (get (open, MOS_ORDER_COLUMN_FIRST_NAME));
  g_autoptr (GString) town = g_string_new (get (open, MOS_ORDER_COLUMN_POSTCODE));
  g_autoptr (GString) address = g_string_new (NULL);

  add_part (name, " ", get (open, MOS_ORDER_COLUMN_LAST_NAME));
  if (*get (open, MOS_ORDER_COLUMN_NAME) != '\0')
    g_string_assign (name, get (open, MOS_ORDER_COLUMN_NAME));
  g_set_str (&order->name, name->str);
  g_set_str (&order->country, code);
  if (mos_text_is_address (email))
    take_text (&order->email, mos_text_canonical_address (email));
  take_text (&order->phone, mos_phone_digits (get (open, MOS_ORDER_COLUMN_PHONE), code));

  /* What our own export writes has all lines in one. */
  if (strchr (get (open, MOS_ORDER_COLUMN_ADDRESS), '\n') != NULL)
    {
      g_set_str (&order->address, get (open, MOS_ORDER_COLUMN_ADDRESS));
      return;
    }
  add_part (town, " ", get (open, MOS_ORDER_COLUMN_CITY));
  add_part (address, "\n", get (open, MOS_ORDER_COLUMN_COMPANY));
  add_part (address, "\n", get (open, MOS_ORDER_COLUMN_ADDRESS));
  add_part (address, "\n", get (open, MOS_ORDER_COLUMN_ADDRESS_MORE));
  add_part (address, "\n", town->str);
  add_part (address, "\n", get (open, MOS_ORDER_COLUMN_REGION));
  if (address->len > 0)
    {
      add_part (address, "\n", country);
      if (name->len > 0)
        {
          g_string_prepend_c (address, '\n');
          g_string_prepend (address, name->str);
        }
    }
  g_set_str (&order->address, address->str);
}

static char *
sum_items (const MosOrder *order)
{
  g_autofree char *sum = g_strdup ("0");

  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = order->items->pdata[i];
      char *next;

      if (*item->total == '\0')
        continue;
      next = mos_decimal_add (sum, item->total);
      g_free (sum);
      sum = next;
    }
  return g_steal_pointer (&sum);
}

static void
finish_sums (MosOrdersWalk *self,
             MosOpenOrder *open)
{
  MosOrder *order = open->order;
  g_autofree char *currency = g_ascii_strup (get (open, MOS_ORDER_COLUMN_CURRENCY), -1);
  g_autofree char *total = read_amount (self, g_strdup (get (open, MOS_ORDER_COLUMN_TOTAL)));
  g_autofree char *refunded = read_amount (self, g_strdup (get (open, MOS_ORDER_COLUMN_REFUNDED)));
  gboolean is_code = strlen (currency) == 3 && strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;

  g_set_str (&order->currency, is_code ? currency : self->shop->currency);
  take_text (&order->total, *total != '\0' ? g_steal_pointer (&total) : sum_items (order));
  if (*refunded != '\0')
    g_set_str (&order->refunded, *refunded == '-' ? refunded + 1 : refunded);
}

MosOrder *
mos_orders_walk_finish (MosOrdersWalk *self,
                        MosOpenOrder *open)
{
  MosOrder *order = open->order;

  g_set_str (&order->number, get (open, MOS_ORDER_COLUMN_NUMBER));
  order->created_us = mos_csv_read_date (get (open, MOS_ORDER_COLUMN_DATE), self->report->dates, self->zone);
  order->modified_us = mos_csv_read_date (get (open, MOS_ORDER_COLUMN_MODIFIED), self->report->dates, self->zone);
  order->modified_us = order->modified_us != 0 ? order->modified_us : order->created_us;
  g_set_str (&order->payment, get (open, MOS_ORDER_COLUMN_PAYMENT));
  g_set_str (&order->fulfilment, get (open, MOS_ORDER_COLUMN_FULFILMENT));
  g_set_str (&order->note, get (open, MOS_ORDER_COLUMN_NOTE));
  finish_status (self, open);
  finish_person (open);
  finish_sums (self, open);
  return g_steal_pointer (&open->order);
}
