/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-orders"

#include "config.h"

#include "app/orders/mos-order-action-text.h"

#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
mos_order_action_menu_text (MosOrderActionKind kind)
{
  switch (kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return _ ("Refund…");
    case MOS_ORDER_ACTION_CANCEL:
      return C_ ("order", "Cancel Order…");
    case MOS_ORDER_ACTION_NOTE:
      return C_ ("order", "Add Note…");
    case MOS_ORDER_ACTION_ADDRESS:
      return _ ("Change Address…");
    case MOS_ORDER_ACTION_INVOICE:
      return _ ("Send Invoice…");
    case MOS_ORDER_ACTION_RETURN:
      return C_ ("order", "Mark Returned…");
    default:
      return "";
    }
}

const char *
mos_order_action_title_text (MosOrderActionKind kind)
{
  switch (kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return C_ ("order", "Refund");
    case MOS_ORDER_ACTION_CANCEL:
      return C_ ("order", "Cancel Order");
    case MOS_ORDER_ACTION_NOTE:
      return C_ ("order", "Note on the Order");
    case MOS_ORDER_ACTION_ADDRESS:
      return C_ ("order", "Where It Is Sent To");
    case MOS_ORDER_ACTION_INVOICE:
      return C_ ("order", "Send Invoice");
    case MOS_ORDER_ACTION_RETURN:
      return C_ ("order", "Mark Returned");
    default:
      return "";
    }
}

const char *
mos_order_obstacle_text (MosOrderObstacle obstacle)
{
  switch (obstacle)
    {
    case MOS_ORDER_OBSTACLE_SAMPLE:
      return _ ("This is an order of the sample shop: nothing can be done to it.");
    case MOS_ORDER_OBSTACLE_OFFLINE:
      return _ ("The shop cannot be reached just now.");
    case MOS_ORDER_OBSTACLE_KEY:
      return _ ("The shop’s key is missing or refused. Enter it again in Preferences → Shops.");
    case MOS_ORDER_OBSTACLE_TROUBLE:
      return _ ("The shop cannot be read. Preferences → Shops says why.");
    case MOS_ORDER_OBSTACLE_READING:
      return _ ("The shop is still being read for the first time.");
    case MOS_ORDER_OBSTACLE_STALE:
      return _ ("The shop has not been read for a while, so the order may be another by now.");
    case MOS_ORDER_OBSTACLE_LACKING:
      return _ ("This shop cannot do that.");
    case MOS_ORDER_OBSTACLE_UNDER_WAY:
      return _ ("Something is being done to this order already.");
    case MOS_ORDER_OBSTACLE_CANCELLED:
      return _ ("The order is cancelled already.");
    case MOS_ORDER_OBSTACLE_REFUNDED:
      return _ ("All of it is refunded already.");
    case MOS_ORDER_OBSTACLE_UNPAID:
      return _ ("It is not paid: there is nothing to give back.");
    case MOS_ORDER_OBSTACLE_SENT:
      return _ ("It is sent already.");
    case MOS_ORDER_OBSTACLE_NOT_SENT:
      return _ ("It is not sent yet.");
    case MOS_ORDER_OBSTACLE_NO_EMAIL:
      return _ ("The order has no e-mail address.");
    case MOS_ORDER_OBSTACLE_NO_ORDER:
      return _ ("Nobody says which order is meant.");
    case MOS_ORDER_OBSTACLE_UNCONFIRMED:
      return _ ("It changes an order in the shop, and nobody said yes to that.");
    case MOS_ORDER_OBSTACLE_NONE:
    default:
      return "";
    }
}

const char *
mos_order_lacking_text (MosShopKind kind)
{
  if (kind != MOS_SHOP_PRESTASHOP)
    return NULL;
  return _ ("Refunds are made in PrestaShop itself: from outside it takes a credit slip, but neither its items nor the money.");
}

const char *
mos_address_part_text (MosAddressPart part)
{
  switch (part)
    {
    case MOS_ADDRESS_FIRST_NAME:
      return _ ("First name");
    case MOS_ADDRESS_LAST_NAME:
      return _ ("Last name");
    case MOS_ADDRESS_COMPANY:
      return _ ("Company");
    case MOS_ADDRESS_LINE1:
      return _ ("Street and number");
    case MOS_ADDRESS_LINE2:
      return _ ("Second line");
    case MOS_ADDRESS_POSTCODE:
      return _ ("Postcode");
    case MOS_ADDRESS_CITY:
      return _ ("Town");
    case MOS_ADDRESS_REGION:
      return _ ("State or region");
    case MOS_ADDRESS_COUNTRY:
      return _ ("Country (two letters)");
    case MOS_ADDRESS_PHONE:
      return _ ("Phone");
    default:
      return "";
    }
}

const char *
mos_order_write_right_text (MosShopKind shop,
                            MosOrderActionKind kind)
{
  switch (shop)
    {
    case MOS_SHOP_SHOPIFY:
      if (kind == MOS_ORDER_ACTION_RETURN)
        return _ ("The shop does not let the app mark items as returned. Give it the scopes read_returns and write_returns in the Shopify Dev Dashboard, and install it again.");
      return _ ("The shop does not let the app change orders. Give it the scope write_orders in the Shopify Dev Dashboard, and install it again.");
    case MOS_SHOP_WOOCOMMERCE:
      return _ ("The shop’s key may read, and no more. In the shop’s admin, open WooCommerce → Settings → Advanced → REST API, and give the key the permission “Read/Write”.");
    case MOS_SHOP_BIGCOMMERCE:
      return _ ("The token may read, and not do this. What a token may do cannot be changed: make another API account with “Orders” and “Order Transactions” set to modify, and enter its token in Preferences → Shops.");
    case MOS_SHOP_MAGENTO:
    case MOS_SHOP_PRESTASHOP:
    case MOS_SHOP_CSV:
    default:
      return _ ("The shop’s key may read, and not do this. Preferences → Shops says where in the shop’s admin its rights are given.");
    }
}

/* --- what becomes of it --- */

/* The order's number and, of a refund, how much: for the sentences below. */
static char *
number_of (const MosOrderAction *action)
{
  return mos_text_isolate (action->number);
}

static char *
amount_of (const MosOrderAction *action)
{
  g_autofree char *amount = mos_order_money_text (action->amount, action->currency);

  return mos_text_isolate (amount);
}

char *
mos_order_action_done_text (const MosOrderAction *action)
{
  g_autofree char *number = number_of (action);
  g_autofree char *amount = amount_of (action);

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      /* Translators: an amount and the number of an order. */
      return g_strdup_printf (_ ("%1$s of order %2$s refunded"), amount, number);
    case MOS_ORDER_ACTION_CANCEL:
      return g_strdup_printf (_ ("Order %s cancelled"), number);
    case MOS_ORDER_ACTION_ADDRESS:
      return g_strdup_printf (_ ("Address of order %s changed"), number);
    case MOS_ORDER_ACTION_INVOICE:
      return g_strdup_printf (_ ("Invoice of order %s sent"), number);
    case MOS_ORDER_ACTION_RETURN:
      return g_strdup_printf (_ ("Return of order %s opened"), number);
    case MOS_ORDER_ACTION_NOTE:
    default:
      return g_strdup_printf (_ ("Note added to order %s"), number);
    }
}

/* What is asked for, as a name: "Refund of €12.50" */
static char *
name_of (const MosOrderAction *action)
{
  g_autofree char *amount = amount_of (action);

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      /* Translators: %s is an amount. */
      return g_strdup_printf (_ ("Refund of %s"), amount);
    case MOS_ORDER_ACTION_CANCEL:
      return g_strdup (_ ("Cancellation"));
    case MOS_ORDER_ACTION_ADDRESS:
      return g_strdup (_ ("New address"));
    case MOS_ORDER_ACTION_INVOICE:
      return g_strdup (_ ("Invoice to the customer"));
    case MOS_ORDER_ACTION_RETURN:
      return g_strdup (C_ ("order", "Return"));
    case MOS_ORDER_ACTION_NOTE:
    default:
      return g_strdup (C_ ("order", "Note"));
    }
}

char *
mos_order_action_open_text (const MosOrderAction *action)
{
  g_autofree char *name = name_of (action);

  if (action->state != MOS_ORDER_ACTION_UNCERTAIN)
    /* Translators: %s is what is asked for: "Refund of €12.50". */
    return g_strdup_printf (_ ("%s: being done in the shop…"), name);
  if (g_strcmp0 (action->why, "unclear") == 0)
    /* Translators: %s is what is asked for: "Invoice to the customer". */
    return g_strdup_printf (_ ("%s: no answer came, and the shop does not tell whether it was done. Look there, and say."), name);
  /* Translators: %s is what is asked for: "Refund of €12.50". */
  return g_strdup_printf (_ ("%s: no answer came. It is looked for in the shop, and not sent again."), name);
}

/* The name of a resource, which a shop tells where the right to it is missing; sentences are no such name. */
static gboolean
is_resource (const char *detail)
{
  return detail != NULL && *detail != '\0' && strspn (detail, "abcdefghijklmnopqrstuvwxyz_") == strlen (detail);
}

char *
mos_order_action_failure_text (const MosOrderAction *action,
                               MosShopKind shop)
{
  static const struct
  {
    const char *why;
    const char *text;
  } table[] = {
    { "stale", N_ ("The order changed in the shop meanwhile. Nothing was done. This is how it is now.") },
    { "too_much", N_ ("That is more than can be given back. Nothing was done.") },
    { "key_refused", N_ ("The shop refuses the key. Nothing was done. Enter it again in Preferences → Shops.") },
    { "no_key", N_ ("The shop’s key is not in the keyring. Nothing was done. Enter it again in Preferences → Shops.") },
    { "busy", N_ ("The shop cannot answer just now. Nothing was done. Try again in a moment.") },
    { "network", N_ ("The shop cannot be reached. Nothing was done. Try again later.") },
    { "not_found", N_ ("The shop has no such order any more. Nothing was done.") },
    { "lost", N_ ("It did not arrive in the shop. Nothing was done. Try again.") },
    { "stopped", N_ ("It was stopped before it began. Nothing was done.") },
    { "said", N_ ("It was not done, as somebody saw in the shop.") },
  };
  MosOrderObstacle obstacle;

  if ((g_strcmp0 (action->why, "read_only") == 0 || g_strcmp0 (action->why, "not_allowed") == 0) && is_resource (action->detail))
    {
      /* Translators: behind a sentence that says where rights are given; %s is the name of what the shop's key has no right to, such as "order_histories". */
      g_autofree char *missing = g_strdup_printf (_ ("Missing is the right to %s."), action->detail);

      return g_strdup_printf ("%s %s %s", _ ("Nothing was done."), mos_order_write_right_text (shop, action->kind), missing);
    }
  if (g_strcmp0 (action->why, "read_only") == 0 || g_strcmp0 (action->why, "not_allowed") == 0)
    return g_strdup_printf ("%s %s", _ ("Nothing was done."), mos_order_write_right_text (shop, action->kind));
  if (g_strcmp0 (action->why, "lacking") == 0)
    return g_strdup (action->kind == MOS_ORDER_ACTION_INVOICE && shop == MOS_SHOP_WOOCOMMERCE ? _ ("This shop cannot send it: it needs WooCommerce 9.8 or newer. Nothing was done.") : _ ("This shop cannot do that. Nothing was done."));
  if (g_strcmp0 (action->why, "refused") == 0)
    {
      obstacle = mos_order_obstacle_from_nick (action->detail, MOS_ORDER_OBSTACLE_NONE);
      if (obstacle != MOS_ORDER_OBSTACLE_NONE)
        return g_strdup (mos_order_obstacle_text (obstacle));
      /* Translators: %s is what a shop answered, in its own language. */
      return g_strdup_printf (_ ("The shop refused, and nothing was done: %s"), action->detail != NULL ? action->detail : "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (action->why, table[i].why) == 0)
      return g_strdup (_ (table[i].text));
  return g_strdup (_ ("The shop answered something that makes no sense before anything was sent. Nothing was done."));
}

/* --- the history --- */

static char *
done_event_text (const char *actor,
                 const MosOrderAction *action)
{
  g_autofree char *number = number_of (action);
  g_autofree char *amount = amount_of (action);

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      if (!action->with_payment)
        /* Translators: a person, an amount, and the number of an order. The money goes another way. */
        return g_strdup_printf (_ ("%1$s wrote down a refund of %2$s for order %3$s"), actor, amount, number);
      /* Translators: a person, an amount, and the number of an order. */
      return g_strdup_printf (_ ("%1$s refunded %2$s of order %3$s"), actor, amount, number);
    case MOS_ORDER_ACTION_CANCEL:
      /* Translators: a person and the number of an order. */
      return g_strdup_printf (_ ("%1$s cancelled order %2$s"), actor, number);
    case MOS_ORDER_ACTION_ADDRESS:
      /* Translators: a person and the number of an order. */
      return g_strdup_printf (_ ("%1$s changed the address of order %2$s"), actor, number);
    case MOS_ORDER_ACTION_INVOICE:
      /* Translators: a person and the number of an order. */
      return g_strdup_printf (_ ("%1$s had the invoice of order %2$s sent"), actor, number);
    case MOS_ORDER_ACTION_RETURN:
      /* Translators: a person and the number of an order. */
      return g_strdup_printf (_ ("%1$s marked items of order %2$s as returned"), actor, number);
    case MOS_ORDER_ACTION_NOTE:
    default:
      if (action->notify)
        /* Translators: a person and the number of an order. */
        return g_strdup_printf (_ ("%1$s sent the customer a note on order %2$s"), actor, number);
      /* Translators: a person and the number of an order. */
      return g_strdup_printf (_ ("%1$s added a note to order %2$s"), actor, number);
    }
}

char *
mos_order_action_event_text (const char *actor,
                             const char *told)
{
  g_autoptr (MosOrderAction) action = mos_order_action_read_event (told);
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (action == NULL)
    return g_strdup ("");
  if (action->state == MOS_ORDER_ACTION_DONE)
    return done_event_text (actor, action);
  name = name_of (action);
  number = number_of (action);
  if (action->state == MOS_ORDER_ACTION_FAILED)
    /* Translators: what was asked for ("Refund of €12.50"), the number of an order, and the person who asked. */
    return g_strdup_printf (_ ("%1$s for order %2$s was not done (asked for by %3$s)"), name, number, actor);
  /* Translators: what was asked for ("Refund of €12.50"), the number of an order, and the person who asked. */
  return g_strdup_printf (_ ("%1$s for order %2$s: no answer came from the shop (asked for by %3$s)"), name, number, actor);
}
