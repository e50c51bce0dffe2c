/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-decimal.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-orders-here.h"
#include "core/desk/mos-shops.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_LIMIT 50

typedef struct
{
  const char *shop;
  const char *customer;
  const char *email;
  const char *phone;
  const char *conversation;
  const char *number;     /* of "show": or an id */
  MosOrderFilter *filter; /* (owned) (nullable): of "list"; its shop is found by @shop */
  guint limit;
  GPtrArray *orders; /* (owned) (nullable) */
  GPtrArray *shops;  /* (owned) (nullable) */
} MosCtlOrders;

static void
mos_ctl_orders_clear (MosCtlOrders *call)
{
  g_clear_pointer (&call->filter, mos_order_filter_unref);
  g_clear_pointer (&call->orders, g_ptr_array_unref);
  g_clear_pointer (&call->shops, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlOrders, mos_ctl_orders_clear)

static GPtrArray *
list_filtered (MosTxn *txn,
               MosCtlOrders *call,
               const MosShopAccount *shop,
               GError **error)
{
  g_autoptr (MosIdVector) vector = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  g_set_str (&call->filter->shop, shop != NULL ? shop->id : NULL);
  vector = mos_store_order_list_ids (txn, call->filter, error);
  if (vector == NULL)
    return NULL;
  ids = g_ptr_array_new_null_terminated (call->limit, NULL, TRUE);
  for (guint i = 0; i < MIN (vector->ids->len, call->limit); i++)
    g_ptr_array_add (ids, vector->ids->pdata[i]);
  return mos_store_order_list_some (txn, (const char *const *) ids->pdata, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOrders *call = data;
  g_autoptr (MosShopAccount) shop = NULL;

  call->shops = mos_store_shop_list_light (txn, error);
  if (call->shops == NULL || (call->shop != NULL && !mos_ctl_find_shop (txn, call->shop, &shop, error)))
    return FALSE;
  if (call->conversation != NULL)
    {
      g_autoptr (MosConversationRow) row = NULL;
      guint n_here = 0;

      if (!mos_ctl_find_conversation (txn, call->conversation, &row, error))
        return FALSE;
      call->orders = mos_orders_here_load (txn, row->id, row->customer, call->limit, &n_here, NULL, error);
      /* As a macro chooses: those it is about, and the customer's where it is about none. */
      if (call->orders != NULL && n_here > 0)
        g_ptr_array_set_size (call->orders, (int) n_here);
      if (call->orders != NULL && call->orders->len > call->limit)
        g_ptr_array_set_size (call->orders, (int) call->limit);
    }
  else if (call->customer != NULL)
    {
      g_autoptr (MosCustomerRow) row = NULL;

      if (!mos_customers_find (txn, call->customer, &row, error))
        return FALSE;
      call->orders = mos_store_order_list_of_customer (txn, row->id, call->limit, error);
    }
  else if (call->email != NULL || call->phone != NULL)
    call->orders = mos_store_order_list_of_contact (txn, call->email, call->phone, call->limit, error);
  else
    call->orders = list_filtered (txn, call, shop, error);
  return call->orders != NULL;
}

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOrders *call = data;
  MosOrder *order = NULL;

  call->shops = mos_store_shop_list_light (txn, error);
  if (call->shops == NULL || !mos_store_order_find (txn, call->number, &order, error))
    return FALSE;
  if (order == NULL)
    call->orders = mos_store_order_find_number (txn, call->number, call->limit, error);
  else
    {
      call->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
      g_ptr_array_add (call->orders, order);
    }
  if (call->orders != NULL && call->orders->len == 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no order “%s” here"), call->number);
      return FALSE;
    }
  return call->orders != NULL;
}

static MosShopAccount *
find_shop (MosCtlOrders *call,
           const MosOrder *order)
{
  for (guint i = 0; i < call->shops->len; i++)
    {
      MosShopAccount *shop = call->shops->pdata[i];

      if (strcmp (shop->id, order->shop) == 0)
        return shop;
    }
  return NULL;
}

static const char *
shop_name (MosCtlOrders *call,
           const MosOrder *order)
{
  const MosShopAccount *shop = find_shop (call, order);

  return shop != NULL ? shop->name : order->shop;
}

/* The found ones, with their notes, from the shops themselves. */
static gboolean
refresh (MosCtl *self,
         MosCtlOrders *call,
         GError **error)
{
  for (guint i = 0; i < call->orders->len; i++)
    {
      const MosOrder *order = call->orders->pdata[i];
      g_autoptr (MosShop) reader = mos_shops_open_sync (self->store, find_shop (call, order), self->cancellable, error);

      if (reader == NULL || !mos_shops_refresh_order_sync (self->store, reader, order->remote_id, self->cancellable, error))
        return FALSE;
    }
  mos_ctl_orders_clear (call);
  return mos_ctl_read (self, do_show, call, error);
}

char *
mos_ctl_order_line (const MosOrder *order,
                    const char *shop)
{
  g_autofree char *created = mos_ctl_local_time (order->created_us);

  return g_strdup_printf ("%s  %s  %s  %s  %s %s", order->number, shop != NULL ? shop : order->shop, created, mos_order_status_to_nick (order->status_kind), order->total, order->currency);
}

static void
print_order (MosCtl *self,
             MosCtlOrders *call,
             const MosOrder *order,
             gboolean is_whole)
{
  g_autofree char *line = NULL;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_order_build (builder, order, shop_name (call, order));
      mos_ctl_print_json (self, builder);
      return;
    }
  line = mos_ctl_order_line (order, shop_name (call, order));
  mos_ctl_print (self, "%s  %s\n", line, *order->email != '\0' ? order->email : order->name);
  if (!is_whole)
    return;
  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = order->items->pdata[i];

      mos_ctl_print (self, "  %s × %s%s%s  %s\n", item->quantity, item->name, *item->variant != '\0' ? ", " : "", item->variant, item->total);
    }
  for (guint i = 0; i < order->shipments->len; i++)
    {
      const MosOrderShipment *shipment = order->shipments->pdata[i];

      mos_ctl_print (self, "  → %s %s %s\n", shipment->carrier, shipment->number, shipment->url);
    }
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const MosOrderRefund *refund = order->refunds->pdata[i];

      if (mos_decimal_is_zero (refund->amount))
        mos_ctl_print (self, "  ↩ %s  %s\n", _ ("Items came back"), refund->reason);
      else
        mos_ctl_print (self, "  ↩ %s %s %s\n", refund->amount, order->currency, refund->reason);
    }
  for (guint i = 0; order->notes != NULL && i < order->notes->len; i++)
    mos_ctl_print (self, "  # %s\n", ((const MosOrderNote *) order->notes->pdata[i])->text);
}

/* The words of the list's filter. Returns: %FALSE with @ret_status set */
static gboolean
take_filter (MosCtl *self,
             GPtrArray *args,
             MosCtlOrders *call,
             int *ret_status)
{
  g_autofree char *status = mos_ctl_take_option (args, "--status");
  MosOrderFilter *filter = call->filter = mos_order_filter_new ();
  gboolean is_fine = mos_ctl_take_number (args, "--late", &filter->late_days) && mos_ctl_take_day (args, "--from", &filter->from_us) && mos_ctl_take_day (args, "--to", &filter->to_us);

  filter->text = mos_ctl_take_option (args, "--find");
  filter->is_oldest_first = mos_ctl_take_flag (args, "--oldest-first");
  filter->has_status = status != NULL;
  filter->status = mos_order_status_from_nick (status, (MosOrderStatus) -1);
  if (!is_fine)
    *ret_status = mos_ctl_usage (self, "%s", _ ("--late wants a number of days, --from and --to a day such as 2026-03-01"));
  else if (status != NULL && filter->status == (MosOrderStatus) -1)
    /* Translators: %s is what was typed; the other words are typed as they are */
    *ret_status = mos_ctl_usage (self, _ ("“%s” is no status of orders: say pending, paid, processing, shipped, delivered, cancelled or refunded"), status);
  else if (!mos_order_filter_is_empty (filter) && (call->customer != NULL || call->email != NULL || call->phone != NULL || call->conversation != NULL))
    *ret_status = mos_ctl_usage (self, "%s", _ ("Say whose orders, or which by --find, --status, --late, --from and --to, not both"));
  else
    return TRUE;
  return FALSE;
}

static int
order_read (MosCtl *self,
            gboolean is_show,
            GPtrArray *args)
{
  g_autofree char *shop = mos_ctl_take_option (args, "--shop");
  g_autofree char *customer = mos_ctl_take_option (args, "--customer");
  g_autofree char *email = mos_ctl_take_option (args, "--email");
  g_autofree char *phone = mos_ctl_take_option (args, "--phone");
  g_autofree char *conversation = mos_ctl_take_option (args, "--conversation");
  g_autofree char *limit = mos_ctl_take_option (args, "--limit");
  g_auto (MosCtlOrders) call = { .shop = shop, .customer = customer, .email = email, .phone = phone, .conversation = conversation, .limit = DEFAULT_LIMIT };
  gboolean is_fresh = mos_ctl_take_flag (args, "--refresh");
  GError *error = NULL;
  guint64 number = 0;
  int status = MOS_CTL_DONE;

  if (!is_show && !take_filter (self, args, &call, &status))
    return status;
  if (!mos_ctl_check_args (self, args, is_show ? 1 : 0, is_show ? 1 : 0))
    return MOS_CTL_USAGE;
  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, 1000000, &number, NULL))
    return mos_ctl_usage (self, _ ("“%s” is no number of orders"), limit);
  if (limit != NULL)
    call.limit = (guint) number;
  call.number = is_show ? g_ptr_array_index (args, 0) : NULL;
  if (!mos_ctl_read (self, is_show ? do_show : do_list, &call, &error))
    return mos_ctl_fail (self, error);
  if (is_show && is_fresh && !refresh (self, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.orders->len; i++)
    print_order (self, &call, call.orders->pdata[i], is_show);
  return MOS_CTL_DONE;
}

int
mos_ctl_order (MosCtl *self,
               GPtrArray *args)
{
  g_autofree char *verb = args->len > 0 ? g_strdup (g_ptr_array_index (args, 0)) : NULL;
  int status;

  if (verb != NULL)
    g_ptr_array_remove_index (args, 0);
  if (g_strcmp0 (verb, "show") == 0 || g_strcmp0 (verb, "list") == 0)
    return order_read (self, strcmp (verb, "show") == 0, args);
  if (g_strcmp0 (verb, "import") == 0)
    return mos_ctl_order_import (self, args);
  if (g_strcmp0 (verb, "export") == 0)
    return mos_ctl_order_export (self, args);
  if (g_strcmp0 (verb, "link") == 0)
    return mos_ctl_order_link (self, args);
  if (g_strcmp0 (verb, "unlink") == 0)
    return mos_ctl_order_unlink (self, args);
  if (mos_ctl_order_change (self, verb, args, &status))
    return status;
  return mos_ctl_usage (self, "%s", _ ("Say order list, show, link, unlink, import, export, terms, refund, cancel, note, address, invoice, return, actions or settle"));
}
