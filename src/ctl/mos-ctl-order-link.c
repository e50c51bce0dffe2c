/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-customers.h"
#include "core/desk/mos-order-links.h"

#include <glib/gi18n.h>

/* Whose an order is, and what a conversation is about, as a person says it. */

typedef struct
{
  const char *number;       /* or an id */
  const char *customer;     /* (nullable): as a person names one */
  const char *conversation; /* (nullable) */
  gboolean takes;
  char *id;  /* (owned) (nullable) */
  char *has; /* (owned) (nullable): number */
} MosCtlLink;

static void
mos_ctl_link_clear (MosCtlLink *call)
{
  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->has, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlLink, mos_ctl_link_clear)

static gboolean
find_one (MosTxn *txn,
          MosCtlLink *call,
          GError **error)
{
  g_autoptr (MosOrder) order = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  if (!mos_store_order_find (txn, call->number, &order, error))
    return FALSE;
  if (order == NULL)
    {
      orders = mos_store_order_find_number (txn, call->number, 2, error);
      if (orders == NULL)
        return FALSE;
      if (orders->len != 1)
        {
          g_set_error (error, MOS_DESK_ERROR, orders->len == 0 ? MOS_DESK_ERROR_NOT_FOUND : MOS_DESK_ERROR_INVALID,
                       orders->len == 0 ? _ ("There is no order “%s” here") : _ ("Several orders have the number “%s”: say the id of one, as “order show --json” tells it"), call->number);
          return FALSE;
        }
      order = mos_order_ref (orders->pdata[0]);
    }
  call->id = g_strdup (order->id);
  call->has = g_strdup (order->number);
  return TRUE;
}

static gboolean
do_link (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlLink *call = data;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;

  if (!find_one (txn, call, error) ||
      (call->conversation != NULL && !mos_ctl_find_conversation (txn, call->conversation, &conversation, error)) ||
      (call->customer != NULL && !mos_customers_find (txn, call->customer, &customer, error)))
    return FALSE;
  return (call->takes ? mos_order_links_take : mos_order_links_drop) (txn, call->id, customer != NULL ? customer->id : NULL, conversation != NULL ? conversation->id : NULL, error);
}

static int
set_link (MosCtl *self,
          GPtrArray *args,
          gboolean takes)
{
  g_autofree char *customer = mos_ctl_take_option (args, "--customer");
  g_autofree char *conversation = mos_ctl_take_option (args, "--conversation");
  g_auto (MosCtlLink) call = { .customer = customer, .conversation = conversation, .takes = takes };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (customer == NULL && conversation == NULL)
    return mos_ctl_usage (self, "%s", _ ("Say --conversation NUMBER or --customer WHO, or both"));
  call.number = g_ptr_array_index (args, 0);
  if (!mos_ctl_write (self, takes ? MOS_ORDER_LINK : MOS_ORDER_UNLINK, do_link, &call, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_say (self, takes ? "linked" : "unlinked", call.id, call.has);
  return MOS_CTL_DONE;
}

int
mos_ctl_order_link (MosCtl *self,
                    GPtrArray *args)
{
  return set_link (self, args, TRUE);
}

int
mos_ctl_order_unlink (MosCtl *self,
                      GPtrArray *args)
{
  return set_link (self, args, FALSE);
}
