/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/base/mos-error.h"
#include "core/base/mos-http.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* Shops: one folder a platform, each a #MosShop. They speak in values and know neither the store nor the desk. */

/** MosShopKeys: what opens the shop, as its owner made it there; kept in the keyring as one text (mos_shop_keys_dup_text()). None %NULL, "" for what the platform does not have */
typedef struct
{
  char *key;
  char *secret;
  char *token;
  char *token_secret;
} MosShopKeys;
MOS_DECLARE_VALUE (MosShopKeys, shop_keys)
MosShopKeys *mos_shop_keys_make (const char *key, const char *secret);
/** mos_shop_keys_make_with_token: those of a platform that wants MOS_SHOP_NEEDS_TOKEN, too */
MosShopKeys *mos_shop_keys_make_with_token (const char *key, const char *secret, const char *token, const char *token_secret);
/** mos_shop_keys_are_complete: whether there is all that @kind wants */
gboolean mos_shop_keys_are_complete (const MosShopKeys *self, MosShopKind kind);
/** mos_shop_keys_dup_text: Returns: (transfer full): free with secret_password_free() or g_free() */
char *mos_shop_keys_dup_text (const MosShopKeys *self);
/** mos_shop_keys_read: Returns: (transfer full) (nullable): %NULL where @text is none of ours */
MosShopKeys *mos_shop_keys_read (const char *text);

/** MosShopFacts: what a test found. @name: "" where the shop does not say; @currency, @newest: of its newest order, "" where there is none yet */
typedef struct
{
  char *name;
  char *currency;
  char *newest;
} MosShopFacts;
MOS_DECLARE_VALUE (MosShopFacts, shop_facts)
MosShopFacts *mos_shop_facts_make (const char *name, const char *currency, const char *newest);

/**
 * MosShopPage: some of the orders that changed
 * @orders: (element-type MosOrder): the longest unchanged first
 * @cursor: where to go on behind them
 * @is_last: there are no more now
 * @n_unreadable: orders of the page that made no sense; they are passed over
 */
typedef struct
{
  GPtrArray *orders;
  char *cursor;
  gboolean is_last;
  guint n_unreadable;
} MosShopPage;
MOS_DECLARE_VALUE (MosShopPage, shop_page)
MosShopPage *mos_shop_page_make (void);

/**
 * MosShop:
 *
 * One shop as its platform lets it be read. Everything blocks, and belongs to the worker thread that made it.
 * Trouble is a #MosShopError or a G_IO_ERROR; after MOS_SHOP_ERROR_TEMPORARY mos_shop_get_wait_s() says for how long.
 */
#define MOS_TYPE_SHOP (mos_shop_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosShop, mos_shop, MOS, SHOP, GObject)

struct _MosShopClass
{
  GObjectClass parent_class;

  MosShopFacts *(*test_sync) (MosShop *self, GCancellable *cancellable, GError **error);
  MosShopPage *(*list_changed_sync) (MosShop *self, const char *cursor, GCancellable *cancellable, GError **error);
  MosOrder *(*load_order_sync) (MosShop *self, const char *remote_id, GCancellable *cancellable, GError **error);

  gpointer padding[8];
};

/** mos_shop_test_sync: whether the address and the keys are right, and orders may be read. Returns: (transfer full) (nullable) */
MosShopFacts *mos_shop_test_sync (MosShop *self, GCancellable *cancellable, GError **error);
/**
 * mos_shop_list_changed_sync: one page of the orders that changed since @cursor ("" = all there are)
 *
 * Pages overlap: what is here already may come again. The cursor is made of the shop's own times, never of this computer's.
 *
 * Returns: (transfer full) (nullable)
 */
MosShopPage *mos_shop_list_changed_sync (MosShop *self, const char *cursor, GCancellable *cancellable, GError **error);
/** mos_shop_load_order_sync: one order with its notes. Returns: (transfer full) (nullable): MOS_SHOP_ERROR_NOT_FOUND */
MosOrder *mos_shop_load_order_sync (MosShop *self, const char *remote_id, GCancellable *cancellable, GError **error);

MosShopAccount *mos_shop_get_account (MosShop *self);
guint mos_shop_get_wait_s (MosShop *self);

/* For subclasses. */
MosShopKeys *mos_shop_get_keys (MosShop *self);
gint64 mos_shop_get_now_us (MosShop *self);
/** mos_shop_get_remote_now_us: Returns: what the shop's clock showed when it answered last; 0 where it did not say */
gint64 mos_shop_get_remote_now_us (MosShop *self);
/** mos_shop_keep_decimals: its money stands in JSON numbers: they come as text (mos_shop_json_quote_decimals()) */
void mos_shop_keep_decimals (MosShop *self);
/** mos_shop_read_unavailable: its "not now" (503) may have a reason in JSON that does not pass: such an answer is none of an error's */
void mos_shop_read_unavailable (MosShop *self);
/**
 * mos_shop_ask_sync: asks, and reads the answer as JSON
 * @headers: (nullable): names and values in turn, %NULL at the end
 * @body: (nullable): a JSON text
 * @ret_status: (out): 0 where there was no answer
 *
 * An answer without content (204) is a JSON null. Where the shop said that it has nearly been asked enough, it is waited first.
 * What is no JSON, leads elsewhere or is a passing trouble of the server is an error; what a status means beyond that the caller knows.
 *
 * Returns: (transfer full) (nullable)
 */
JsonNode *mos_shop_ask_sync (MosShop *self, const char *method, const char *url, const char *const *headers, const char *type, const char *body, guint *ret_status, GCancellable *cancellable, GError **error);
/** mos_shop_set_wait_s: how long to leave it alone */
void mos_shop_set_wait_s (MosShop *self, guint seconds);

/* mos-shop-registry.c */

/** MosShopNeeds: what is asked of whoever sets one up */
typedef enum
{
  MOS_SHOP_NEEDS_ADDRESS = 1 << 0,
  MOS_SHOP_NEEDS_KEY = 1 << 1,
  MOS_SHOP_NEEDS_SECRET = 1 << 2,
  MOS_SHOP_MAY_LACK_KEY = 1 << 3, /* the secret alone is enough: an access token */
  MOS_SHOP_NEEDS_TOKEN = 1 << 4,  /* an access token and its secret, beside both */
} MosShopNeeds;

MosShopNeeds mos_shop_kind_get_needs (MosShopKind kind);
/** mos_shop_kind_fold_address: Returns: (transfer full) (nullable): @text as the base URL of such a shop, the scheme added where it was left out; %NULL where it is none, or no https */
char *mos_shop_kind_fold_address (MosShopKind kind, const char *text);
/** mos_shop_new_for_account: Returns: (transfer full) (nullable): %NULL for a kind that is not asked */
MosShop *mos_shop_new_for_account (MosShopAccount *account, MosShopKeys *keys, MosClock *clock);

G_END_DECLS
