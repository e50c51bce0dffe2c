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
    case MOS_SHOP_MAGENTO:
      return "Magento 2";
    case MOS_SHOP_BIGCOMMERCE:
      return "BigCommerce";
    case MOS_SHOP_PRESTASHOP:
      return "PrestaShop";
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
      return _ ("In the Shopify Dev Dashboard, make an app of your own with the scopes read_orders, read_customers and read_fulfillments (and write_orders, if orders are to be refunded, cancelled or changed from here; read_returns and write_returns, if items are to be marked as returned), and install it on your shop. Its settings show the client ID and the client secret. If you have an access token of an older custom app (it begins with shpat_), leave the client ID empty and enter the token as the secret.");
    case MOS_SHOP_MAGENTO:
      return _ ("In the admin of Magento or Adobe Commerce, open System → Extensions → Integrations and choose “Add New Integration”. Under “API”, select Sales with all that is below it, save, and choose “Activate”. It then shows four keys.");
    case MOS_SHOP_BIGCOMMERCE:
      return _ ("In the control panel, open Settings → API → Store-level API accounts and create an account of the type V2/V3 API token. Set “Customers” and “Information & settings” to read-only, and “Orders” as well, or to modify (and “Order Transactions”, too), if orders are to be refunded, cancelled or changed from here: what a token may do cannot be changed later. It then shows the access token, once, and the API path with the store hash.");
    case MOS_SHOP_PRESTASHOP:
      /* Translators: the names of the resources stay as they are. */
      return _ ("In the shop’s back office, open Advanced Parameters → Webservice, enable the webservice and choose “Add new webservice key”. Generate a key and tick “View (GET)” for orders, order_states, currencies, countries, customers, addresses, carriers, order_carriers and order_slip; also for configurations, if the times should be in the shop’s zone. If orders are to be cancelled or changed from here, tick “Add (POST)” for order_histories, addresses, customer_threads and customer_messages, “Modify (PUT)” for orders, and “View (GET)” for states, employees, customer_threads and customer_messages as well.");
    case MOS_SHOP_CSV:
    default:
      return "";
    }
}

MosShopWords
mos_shop_text_words (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_SHOPIFY:
      return (MosShopWords) { _ ("_Address of the shop"), _ ("Client _ID"), _ ("Client _secret, or token"), NULL, NULL };
    case MOS_SHOP_MAGENTO:
      return (MosShopWords) { _ ("_Address of the shop"), _ ("Consumer _key"), _ ("Consumer _secret"), _ ("Access _token"), _ ("Access token s_ecret") };
    case MOS_SHOP_BIGCOMMERCE:
      return (MosShopWords) { _ ("Store _hash or API path"), NULL, _ ("Access _token"), NULL, NULL };
    case MOS_SHOP_PRESTASHOP:
      return (MosShopWords) { _ ("_Address of the shop"), NULL, _ ("Webservice _key"), NULL, NULL };
    case MOS_SHOP_CSV:
      return (MosShopWords) { NULL, NULL, NULL, NULL, NULL };
    case MOS_SHOP_WOOCOMMERCE:
    default:
      return (MosShopWords) { _ ("_Address of the shop"), _ ("Consumer _key"), _ ("Consumer _secret"), NULL, NULL };
    }
}

const char *
mos_shop_text_no_address (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_SHOPIFY:
      return _ ("This is no address of a Shopify shop. It is the one that ends in .myshopify.com.");
    case MOS_SHOP_BIGCOMMERCE:
      return _ ("This says no store hash. It is in the API path, behind “stores/”, and in the control panel’s address, behind “store-”.");
    case MOS_SHOP_WOOCOMMERCE:
    case MOS_SHOP_MAGENTO:
    case MOS_SHOP_PRESTASHOP:
    case MOS_SHOP_CSV:
    default:
      return _ ("This is no address of a shop. It begins with https://.");
    }
}

static const char *
not_allowed (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_SHOPIFY:
      return _ ("The shop knows the app, but does not let it read orders. Give it the scopes read_orders, read_customers and read_fulfillments, and install it again.");
    case MOS_SHOP_MAGENTO:
      return _ ("The shop knows the keys, but does not let them read orders, shipments or credit memos. In its admin, open System → Extensions → Integrations, select Sales with all that is below it under “API”, save, and choose “Reauthorize”.");
    case MOS_SHOP_BIGCOMMERCE:
      return _ ("The shop knows the token, but does not let it read orders. What a token may do cannot be changed: make another API account with “Orders” set to read-only or modify, and enter its token.");
    case MOS_SHOP_PRESTASHOP:
      return _ ("The shop knows the key, but does not let it read all that orders are made of. In its back office, open Advanced Parameters → Webservice, open the key and tick “View (GET)” for the resources that are missing.");
    case MOS_SHOP_WOOCOMMERCE:
    case MOS_SHOP_CSV:
    default:
      return _ ("The shop knows the key, but does not let it read orders. In its admin, give the key the permission “Read” and a user who may see orders.");
    }
}

static const char *
no_shop (MosShopKind kind)
{
  switch (kind)
    {
    case MOS_SHOP_SHOPIFY:
      return _ ("There is no Shopify shop at this address. It is the one that ends in .myshopify.com.");
    case MOS_SHOP_MAGENTO:
      return _ ("There is no Magento at this address. Enter the address of the shop’s start page; if that is right, its web API may be switched off or kept back by a firewall.");
    case MOS_SHOP_BIGCOMMERCE:
      return _ ("BigCommerce knows no shop of this store hash. It is in the API path, behind “stores/”.");
    case MOS_SHOP_PRESTASHOP:
      return _ ("There is no PrestaShop at this address. Enter the address of the shop’s start page, with its folder if it lies in one.");
    case MOS_SHOP_WOOCOMMERCE:
    case MOS_SHOP_CSV:
    default:
      return _ ("There is no WooCommerce at this address. Enter the address of the shop’s start page; if that is right, its REST API may be switched off by a plugin.");
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
  if (strcmp (why, "not_allowed") == 0 && kind == MOS_SHOP_PRESTASHOP && *words != '\0')
    /* Translators: the first %s is a sentence that ends in “the resources that are missing.”, the second names them. */
    return g_strdup_printf (_ ("%1$s Missing: %2$s."), not_allowed (kind), words);
  if (strcmp (why, "disabled") == 0)
    return g_strdup (_ ("The shop’s webservice is switched off. In its back office, open Advanced Parameters → Webservice and enable it. What was read is kept."));
  if (strcmp (why, "not_allowed") == 0)
    return g_strdup (not_allowed (kind));
  if (strcmp (why, "no_shop") == 0)
    return g_strdup (no_shop (kind));
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
mos_shop_text_trouble_at_first (MosShopKind kind,
                                const char *why,
                                const char *detail)
{
  if (strcmp (why, "key_refused") == 0)
    return g_strdup (_ ("The shop does not accept the key. It may be mistyped, or it was withdrawn in the shop’s admin. Enter it again, or make a new one."));
  if (strcmp (why, "disabled") == 0)
    return g_strdup (_ ("The shop’s webservice is switched off. In its back office, open Advanced Parameters → Webservice and enable it."));
  if (strcmp (why, "busy") == 0)
    return g_strdup (_ ("The shop cannot answer just now, or a firewall before it stops us. Try again in a while."));
  if (strcmp (why, "protocol") == 0)
    return g_strdup (_ ("The shop answered something that makes no sense. Check the address, and try again in a while."));
  if (strcmp (why, "network") == 0)
    return g_strdup (_ ("The shop cannot be reached. Check the address and the connection."));
  return mos_shop_text_trouble (kind, why, detail);
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
