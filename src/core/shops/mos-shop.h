/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/base/mos-error.h"
#include "core/base/mos-http.h"
#include "core/values/mos-order-action-values.h"

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

/** MosShopTrace: whether something that was sent is there */
typedef enum
{
  MOS_SHOP_TRACE_ERROR,   /* it could not be looked for */
  MOS_SHOP_TRACE_FOUND,   /* it was done */
  MOS_SHOP_TRACE_ABSENT,  /* it was not, or not yet */
  MOS_SHOP_TRACE_UNCLEAR, /* the shop does not say */
} MosShopTrace;

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
  /* (nullable), the three together: of platforms that take no changes */
  MosOrderTerms *(*load_terms_sync) (MosShop *self, const char *remote_id, GCancellable *cancellable, GError **error);
  char *(*perform_sync) (MosShop *self, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
  MosShopTrace (*find_action_sync) (MosShop *self, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

  /* whether it says "not found" of others than those that were deleted there */
  gboolean hides_orders;

  gpointer padding[4];
};

/** mos_shop_hides_orders: Returns: whether MOS_SHOP_ERROR_NOT_FOUND says no more than that we are not to see an order, which may be there still */
gboolean mos_shop_hides_orders (MosShop *self);
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

/** mos_shop_load_terms_sync: the order as it is now, and what can be done to it. Returns: (transfer full) (nullable): MOS_SHOP_ERROR_LACKING where nothing can be */
MosOrderTerms *mos_shop_load_terms_sync (MosShop *self, const char *remote_id, GCancellable *cancellable, GError **error);
/**
 * mos_shop_perform_sync: does it, once: nothing is sent a second time but what the platform itself knows by its key
 * @terms: loaded just before, with mos_order_terms_check() passed
 * @error: MOS_SHOP_ERROR_UNCERTAIN, or being cancelled: it may have been done, mos_shop_find_action_sync() tells;
 *   MOS_SHOP_ERROR_NOT_ALLOWED: the key may read, and no more; all else: it was not done
 *
 * Returns: (transfer full) (nullable): what it made in the shop, "" where that has no id; %NULL: @error
 */
char *mos_shop_perform_sync (MosShop *self, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
/** mos_shop_find_action_sync: whether @action, which was sent, was done. @remote_id: of its order; @ret_made: (out) (transfer full): what it made, "" for nothing */
MosShopTrace mos_shop_find_action_sync (MosShop *self, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

MosShopAccount *mos_shop_get_account (MosShop *self);
guint mos_shop_get_wait_s (MosShop *self);

/* For subclasses. */
MosShopKeys *mos_shop_get_keys (MosShop *self);
gint64 mos_shop_get_now_us (MosShop *self);
/** mos_shop_get_remote_now_us: Returns: what the shop's clock showed when it answered last; 0 where it did not say */
gint64 mos_shop_get_remote_now_us (MosShop *self);
/** mos_shop_is_ahead: Returns: whether @at_us lay in the shop's future when it answered last, by more than its computers differ: its clock was wrong, and is put right */
gboolean mos_shop_is_ahead (MosShop *self, gint64 at_us);
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
/**
 * mos_shop_write_sync: the same for what changes something: it is sent once
 *
 * MOS_SHOP_ERROR_UNCERTAIN: it left, and what came back says nothing of it. What was refused without being looked at ("too many") is
 * MOS_SHOP_ERROR_TEMPORARY; what never left is network trouble. An answer of 500 that is JSON is for the caller.
 */
JsonNode *mos_shop_write_sync (MosShop *self, const char *method, const char *url, const char *const *headers, const char *type, const char *body, guint *ret_status, GCancellable *cancellable, GError **error);
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

/** MosShopTraits: what can be chosen along with an action */
typedef enum
{
  MOS_SHOP_CAN_RECORD_ONLY = 1 << 0,   /* a refund may be written down alone: the money went another way */
  MOS_SHOP_CAN_NOTIFY_REFUND = 1 << 1, /* whether the customer is told of a refund is said with it */
  MOS_SHOP_CAN_NOTIFY_CANCEL = 1 << 2, /* the same of a cancellation */
  MOS_SHOP_CAN_RESTOCK_CANCEL = 1 << 3,
  MOS_SHOP_CAN_RESTOCK_REFUND = 1 << 4,
  MOS_SHOP_CAN_NOTE_CUSTOMER = 1 << 5, /* a note may go to the customer */
} MosShopTraits;

MosShopNeeds mos_shop_kind_get_needs (MosShopKind kind);
/** mos_shop_kind_get_actions: what can be done to its orders, as MOS_ORDER_ACTION_MASK(); the sample shop's shows what can be with others */
guint mos_shop_kind_get_actions (MosShopKind kind);
MosShopTraits mos_shop_kind_get_traits (MosShopKind kind);
/** mos_shop_kind_fold_address: Returns: (transfer full) (nullable): @text as the base URL of such a shop, the scheme added where it was left out; %NULL where it is none, or no https */
char *mos_shop_kind_fold_address (MosShopKind kind, const char *text);
/** mos_shop_new_for_account: Returns: (transfer full) (nullable): %NULL for a kind that is not asked */
MosShop *mos_shop_new_for_account (MosShopAccount *account, MosShopKeys *keys, MosClock *clock);

G_END_DECLS
