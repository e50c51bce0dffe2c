/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "app/shops/mos-shop-text.h"

#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
mos_shop_text_kind (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_WOOCOMMERCE:
      return "WooCommerce";
    case MOS_SHOP_SHOPIFY:
      return "Shopify";
    case MOS_SHOP_CSV:
    default:
      return _ ("Orders from files");
    }
}

const char *
mos_shop_text_where (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_WOOCOMMERCE:
      return _ ("In the shop’s admin, open WooCommerce → Settings → Advanced → REST API and choose “Add key”. Give it any description and the permission “Read”, or “Read/Write” if orders are to be refunded, cancelled or changed from here. It then shows the consumer key and the consumer secret, once.");
    case MOS_SHOP_SHOPIFY:
      return _ ("In the Shopify Dev Dashboard, make an app of your own with the scopes read_orders, read_customers and read_fulfillments (and write_orders, if orders are to be refunded, cancelled or changed from here), and install it on your shop. Its settings show the client ID and the client secret. If you have an access token of an older custom app (it begins with shpat_), leave the client ID empty and enter the token as the secret.");
    case MOS_SHOP_CSV:
    default:
      return "";
    }
}

char *
mos_shop_text_trouble (MosShopKind kind,
                       const char *why,
                       const char *detail)
{
  const char *words = detail != NULL ? detail : "";

  if (strcmp (why, "key_refused") == 0)
    return g_strdup (_ ("The shop does not accept the key. It may be mistyped, or it was withdrawn in the shop’s admin. Enter it again, or make a new one. The orders that were read are kept."));
  if (strcmp (why, "not_allowed") == 0)
    return g_strdup (kind == MOS_SHOP_SHOPIFY ? _ ("The shop knows the app, but does not let it read orders. Give it the scopes read_orders, read_customers and read_fulfillments, and install it again.")
                                              : _ ("The shop knows the key, but does not let it read orders. In its admin, give the key the permission “Read” and a user who may see orders."));
  if (strcmp (why, "no_shop") == 0)
    return g_strdup (kind == MOS_SHOP_SHOPIFY ? _ ("There is no Shopify shop at this address. It is the one that ends in .myshopify.com.")
                                              : _ ("There is no WooCommerce at this address. Enter the address of the shop’s start page; if that is right, its REST API may be switched off by a plugin."));
  if (strcmp (why, "moved") == 0)
    /* Translators: %s is an address on the web. */
    return g_strdup_printf (_ ("The shop lives at another address: %s. Enter that one."), words);
  if (strcmp (why, "busy") == 0)
    return g_strdup (_ ("The shop cannot answer just now, or a firewall before it stops us. What was read is kept; it is tried again by itself."));
  if (strcmp (why, "protocol") == 0)
    return g_strdup (_ ("The shop answered something that makes no sense. What was read is kept; it is tried again by itself."));
  if (strcmp (why, "no_key") == 0)
    return g_strdup (_ ("There is no key of this shop in the system’s keyring. Enter it again."));
  if (strcmp (why, "certificate") == 0)
    return g_strdup (_ ("The shop’s certificate cannot be trusted, so the key was not sent. Check the address."));
  if (strcmp (why, "unreadable") == 0)
    /* Translators: %s is a number. */
    return g_strdup_printf (_ ("Orders that could not be understood and were passed over: %s"), words);
  if (strcmp (why, "store") == 0)
    return g_strdup (_ ("The orders could not be written to the disk. It is tried again by itself."));
  return g_strdup (_ ("The shop cannot be reached. Check the address and the connection. What was read is kept."));
}

char *
mos_shop_text_state (const MosShopAccount *shop,
                     gint64 now_us)
{
  g_autofree char *orders = g_strdup_printf (ngettext ("%u order", "%u orders", shop->n_orders), shop->n_orders);
  g_autofree char *when = NULL;

  if (shop->why != NULL && shop->state != MOS_ACCOUNT_READY)
    return mos_shop_text_trouble (shop->kind, shop->why, shop->detail);
  if (shop->state == MOS_ACCOUNT_SYNCING)
    /* Translators: %s is a number of orders ("12 orders"). */
    return g_strdup_printf (_ ("%s, reading the others…"), orders);
  if (shop->last_sync_us == 0)
    return g_steal_pointer (&orders);
  when = mos_time_text_relative (shop->last_sync_us, now_us, NULL);
  /* Translators: the first %s is a number of orders ("12 orders"), the second a time. */
  return g_strdup_printf (_ ("%1$s, last read: %2$s"), orders, when);
}
