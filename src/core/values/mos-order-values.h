/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Shops, and their orders as they are copied here. Money is a decimal as text (mos_locale_is_decimal()) with its currency beside it. Times are
 * microseconds UTC, 0 = none. Strings are never %NULL where it is not said. */

typedef enum
{
  MOS_SHOP_WOOCOMMERCE,
  MOS_SHOP_SHOPIFY,
  MOS_SHOP_MAGENTO,
  MOS_SHOP_BIGCOMMERCE,
  MOS_SHOP_PRESTASHOP,
  MOS_SHOP_CSV, /* orders come from files alone: nothing is asked of a network */
} MosShopKind;  /* woocommerce shopify magento bigcommerce prestashop csv */
#define MOS_SHOP_N_KINDS (MOS_SHOP_CSV + 1)
MOS_DECLARE_NICKS (MosShopKind, shop_kind)

/* What a shop's own word for it comes to. */
typedef enum
{
  MOS_ORDER_PENDING, /* not paid yet */
  MOS_ORDER_PAID,
  MOS_ORDER_PROCESSING,
  MOS_ORDER_SHIPPED,
  MOS_ORDER_DELIVERED,
  MOS_ORDER_CANCELLED,
  MOS_ORDER_REFUNDED,
} MosOrderStatus; /* pending paid processing shipped delivered cancelled refunded */
MOS_DECLARE_NICKS (MosOrderStatus, order_status)

/* Why an order counts as somebody's, the weakest first. */
typedef enum
{
  MOS_ORDER_PROOF_NUMBER,   /* its number stands in a text of theirs */
  MOS_ORDER_PROOF_PHONE,    /* the same phone number */
  MOS_ORDER_PROOF_EMAIL,    /* the same address */
  MOS_ORDER_PROOF_VERIFIED, /* the same address, which is known to be theirs */
  MOS_ORDER_PROOF_HAND,     /* somebody here said so */
} MosOrderProof;            /* number phone email verified hand */
MOS_DECLARE_NICKS (MosOrderProof, order_proof)

/**
 * MosShopAccount: one shop
 * @base_url: as its owner gave it, without a slash at the end; "" for one of files
 * @settings: a JSON object, what its kind needs beside the address (mos_shop_account_get_setting()); never a secret
 * @currency: ISO 4217, "" where it is not known yet
 * @state, @why, @detail: (nullable): as of an account: what became of the last sync, the nick of a reason, the server's own words
 * @last_sync_us: when all of it was read last
 * @cursor: up to where it was read; "" = from the beginning
 * @n_orders: how many orders of it are here
 */
typedef struct
{
  char *id;
  MosShopKind kind;
  char *name;
  char *base_url;
  char *settings;
  char *currency;
  int position;
  MosAccountState state;
  char *why;
  char *detail;
  gint64 last_sync_us;
  char *cursor;
  guint n_orders;
} MosShopAccount;
MOS_DECLARE_VALUE (MosShopAccount, shop_account)
/** mos_shop_account_make: Returns: (transfer full): its id derived from both, so that the same shop is the same row. @base_url of a shop of files: anything that tells it from others; it is not kept */
MosShopAccount *mos_shop_account_make (MosShopKind kind, const char *name, const char *base_url);
/** mos_shop_account_copy: Returns: (transfer full): to be changed before anybody else sees it */
MosShopAccount *mos_shop_account_copy (const MosShopAccount *self);
/** mos_shop_account_dup_setting: Returns: (transfer full) (nullable) */
char *mos_shop_account_dup_setting (const MosShopAccount *self, const char *name);
/** mos_shop_account_set_setting: only before anybody else sees it. @value: (nullable): %NULL takes it out */
void mos_shop_account_set_setting (MosShopAccount *self, const char *name, const char *value);

/** MosOrderItem: @quantity: a decimal; @price: of one, @total: of all of them, as the shop states them, "" where it does not; @variant: "red, M"; @picture_url: https, or "" */
typedef struct
{
  char *name;
  char *sku;
  char *variant;
  char *quantity;
  char *price;
  char *total;
  char *picture_url;
} MosOrderItem;

/** MosOrderShipment: @status: the shop's or the carrier's word; @url: where to follow it, "" where nobody said */
typedef struct
{
  char *carrier;
  char *number;
  char *url;
  char *status;
  gint64 shipped_us;
  gint64 delivered_us;
  gint64 expected_us;
} MosOrderShipment;

/** MosOrderRefund: @amount: positive */
typedef struct
{
  char *remote_id;
  gint64 at_us;
  char *amount;
  char *reason;
} MosOrderRefund;

/** MosOrderNote: @is_for_customer: the customer was told it, too */
typedef struct
{
  char *remote_id;
  gint64 at_us;
  char *author;
  char *text;
  gboolean is_for_customer;
} MosOrderNote;

/**
 * MosOrder: one order
 * @id: the same on every desk: made of the shop's and the @remote_id
 * @number: as people see it: "#1001", "DE-2026-17"
 * @status: the shop's own word; @status_kind: what it comes to
 * @payment, @fulfilment: the shop's words, "" where it has none apart
 * @created_us, @modified_us: by the shop's clock
 * @total, @refunded: decimals
 * @email: lower case; @phone: digits of E.164, "" where it cannot be told; @name: of who ordered; @country: ISO 3166, "" = unknown
 * @address: where it is sent to, in lines
 * @admin_url, @customer_url: its pages for the owner and for who ordered, "" where there is none
 * @note: what the customer wrote with it
 * @customer: (nullable): whose it is here, by @proof
 * @seen_us: when it was read last with something new in it
 * @items, @shipments, @refunds: (element-type MosOrderItem, MosOrderShipment, MosOrderRefund)
 * @notes: (nullable) (element-type MosOrderNote): %NULL where they were not asked for
 */
typedef struct
{
  char *id;
  char *shop;
  char *remote_id;
  char *number;
  char *status;
  MosOrderStatus status_kind;
  char *payment;
  char *fulfilment;
  gint64 created_us;
  gint64 modified_us;
  char *currency;
  char *total;
  char *refunded;
  char *email;
  char *phone;
  char *name;
  char *country;
  char *address;
  char *admin_url;
  char *customer_url;
  char *note;
  char *customer;
  MosOrderProof proof;
  gint64 seen_us;
  GPtrArray *items;
  GPtrArray *shipments;
  GPtrArray *refunds;
  GPtrArray *notes;
} MosOrder;
MOS_DECLARE_VALUE (MosOrder, order)
/** mos_order_make: Returns: (transfer full): with nothing in it but its id, both it is made of, and "0" for sums */
MosOrder *mos_order_make (const char *shop, const char *remote_id);
/** mos_order_id: Returns: (transfer full) */
char *mos_order_id (const char *shop, const char *remote_id);
/** mos_order_add_item, …: only before anybody else sees it. Returns: (transfer none): with "" in all that is text and no time, to be filled at once */
MosOrderItem *mos_order_add_item (MosOrder *self);
MosOrderShipment *mos_order_add_shipment (MosOrder *self);
MosOrderRefund *mos_order_add_refund (MosOrder *self);
/** mos_order_add_note: begins @notes where they are %NULL */
MosOrderNote *mos_order_add_note (MosOrder *self);
/** mos_order_get_shipment: Returns: (transfer none) (nullable): the newest one with a number or a page to follow it */
const MosOrderShipment *mos_order_get_shipment (const MosOrder *self);
/** mos_order_dup_digest: Returns: (transfer full): a digest of all that the shop said, @notes left aside */
char *mos_order_dup_digest (const MosOrder *self);
/** mos_order_build: adds it as an object as mostradorctl prints it. @shop_name: (nullable) */
void mos_order_build (JsonBuilder *builder, const MosOrder *self, const char *shop_name);

/** mos_order_fold_number: Returns: (transfer full): how numbers are compared: lower case, without "#" and blanks */
char *mos_order_fold_number (const char *number);
/** mos_order_number_digits: Returns: (transfer full): its last run of digits without zeros in front: "#DE-0017" → "17"; "" where there is none */
char *mos_order_number_digits (const char *number);

/**
 * MosOrderTotals: what somebody bought in one currency
 * @n_orders: all but those that were cancelled or not paid
 * @n_refunded: how many of them were refunded in part or whole: the share of both is the refund rate
 * @spent: what was paid for them, refunds taken off; @refunded: what was given back
 * @first_us, @last_us: when the first and the last of them came
 */
typedef struct
{
  char *currency;
  guint n_orders;
  guint n_refunded;
  char *spent;
  char *refunded;
  gint64 first_us;
  gint64 last_us;
} MosOrderTotals;
MOS_DECLARE_VALUE (MosOrderTotals, order_totals)

G_END_DECLS
