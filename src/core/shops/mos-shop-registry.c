/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/bigcommerce/mos-bigcommerce-shop.h"
#include "core/shops/magento/mos-magento-shop.h"
#include "core/shops/mos-shop.h"
#include "core/shops/prestashop/mos-prestashop-shop.h"
#include "core/shops/shopify/mos-shopify-shop.h"
#include "core/shops/woocommerce/mos-woocommerce-shop.h"

#define DOES(kind) MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_##kind)

/* Every platform has one line here and one folder beside this file. @fold_address: (nullable): %NULL = any https address */
static const struct
{
  MosShopNeeds needs;
  GType (*get_type) (void);
  char *(*fold_address) (const char *text);
  guint actions;
  MosShopTraits traits;
} kinds[] = {
  [MOS_SHOP_WOOCOMMERCE] = { MOS_SHOP_NEEDS_ADDRESS | MOS_SHOP_NEEDS_KEY | MOS_SHOP_NEEDS_SECRET, mos_woocommerce_shop_get_type, NULL,
                             DOES (REFUND) | DOES (CANCEL) | DOES (NOTE) | DOES (ADDRESS) | DOES (INVOICE), MOS_SHOP_CAN_RECORD_ONLY | MOS_SHOP_CAN_RESTOCK_REFUND | MOS_SHOP_CAN_NOTE_CUSTOMER },
  [MOS_SHOP_SHOPIFY] = { MOS_SHOP_NEEDS_ADDRESS | MOS_SHOP_NEEDS_KEY | MOS_SHOP_NEEDS_SECRET | MOS_SHOP_MAY_LACK_KEY, mos_shopify_shop_get_type, mos_shopify_fold_address,
                         DOES (REFUND) | DOES (CANCEL) | DOES (NOTE) | DOES (ADDRESS) | DOES (RETURN), MOS_SHOP_CAN_NOTIFY_REFUND | MOS_SHOP_CAN_NOTIFY_CANCEL | MOS_SHOP_CAN_RESTOCK_CANCEL },
  [MOS_SHOP_MAGENTO] = { MOS_SHOP_NEEDS_ADDRESS | MOS_SHOP_NEEDS_KEY | MOS_SHOP_NEEDS_SECRET | MOS_SHOP_NEEDS_TOKEN, mos_magento_shop_get_type, mos_magento_fold_address,
                         DOES (REFUND) | DOES (CANCEL) | DOES (NOTE) | DOES (ADDRESS) | DOES (INVOICE), MOS_SHOP_CAN_RECORD_ONLY | MOS_SHOP_CAN_NOTIFY_REFUND | MOS_SHOP_CAN_RESTOCK_REFUND | MOS_SHOP_CAN_NOTE_CUSTOMER },
  [MOS_SHOP_BIGCOMMERCE] = { MOS_SHOP_NEEDS_ADDRESS | MOS_SHOP_NEEDS_SECRET, mos_bigcommerce_shop_get_type, mos_bigcommerce_fold_address,
                             DOES (REFUND) | DOES (CANCEL) | DOES (NOTE) | DOES (ADDRESS), MOS_SHOP_CAN_RECORD_ONLY },
  [MOS_SHOP_PRESTASHOP] = { MOS_SHOP_NEEDS_ADDRESS | MOS_SHOP_NEEDS_SECRET, mos_prestashop_shop_get_type, NULL, DOES (CANCEL) | DOES (NOTE) | DOES (ADDRESS), MOS_SHOP_CAN_NOTIFY_CANCEL },
  [MOS_SHOP_CSV] = { 0, NULL, NULL, 0, 0 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == MOS_SHOP_N_KINDS);

MosShopNeeds
mos_shop_kind_get_needs (MosShopKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), 0);

  return kinds[kind].needs;
}

guint
mos_shop_kind_get_actions (MosShopKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), 0);

  return kinds[kind].actions;
}

MosShopTraits
mos_shop_kind_get_traits (MosShopKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), 0);

  return kinds[kind].traits;
}

static char *
fold_any (const char *text)
{
  g_autofree char *url = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);

  url[strcspn (url, "?#")] = '\0';
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return mos_http_url_is_allowed (url) ? g_steal_pointer (&url) : NULL;
}

char *
mos_shop_kind_fold_address (MosShopKind kind,
                            const char *text)
{
  g_autofree char *bare = NULL;

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  bare = g_strstrip (g_strdup (text));
  if (*bare == '\0' || strpbrk (bare, " \t\n") != NULL)
    return NULL;
  return kinds[kind].fold_address != NULL ? kinds[kind].fold_address (bare) : fold_any (bare);
}

MosShop *
mos_shop_new_for_account (MosShopAccount *account,
                          MosShopKeys *keys,
                          MosClock *clock)
{
  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (keys != NULL, NULL);
  g_return_val_if_fail (MOS_IS_CLOCK (clock), NULL);

  if (kinds[account->kind].get_type == NULL)
    return NULL;
  return g_object_new (kinds[account->kind].get_type (), "account", account, "keys", keys, "clock", clock, NULL);
}
