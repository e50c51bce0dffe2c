/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_identity_id: Returns: (transfer full): derived from kind, scope and canonical value (e-mail: lower case) */
char *mos_store_identity_id (const char *kind, const char *scope, const char *value);

/**
 * mos_store_customer_ensure: the customer of an identity; both are made when they are not there.
 * @name: (nullable): taken when the customer has none yet
 * @source: "mail", "import", "agent"
 * @ret_customer, @ret_identity: (out) (optional) (transfer full)
 */
gboolean mos_store_customer_ensure (MosTxn *txn, const char *kind, const char *scope, const char *value, const char *name, const char *source, gint64 seen_us, char **ret_customer, char **ret_identity, GError **error);
/** mos_store_customer_find: @id: also of one who was merged: then it is who they are now */
gboolean mos_store_customer_find (MosTxn *txn, const char *id, MosCustomerRow **ret_row, GError **error);
/** mos_store_customer_find_by_identity: whose a global identity is, of several the first. @ret_customer: (out) (transfer full) (nullable): id */
gboolean mos_store_customer_find_by_identity (MosTxn *txn, const char *kind, const char *value, char **ret_customer, GError **error);
/** mos_store_customer_set_language: where none is known, or it is @instead_of (nullable) */
gboolean mos_store_customer_set_language (MosTxn *txn, const char *id, const char *instead_of, const char *language, GError **error);
/** mos_store_customer_save: name, language, country, phone, company, notes, vip, consent of an existing customer, and its own fields unless they are %NULL */
gboolean mos_store_customer_save (MosTxn *txn, MosCustomerRow *row, GError **error);
/** mos_store_customer_set_field: one of the shop's own fields; @value: (nullable): %NULL or "" takes it away */
gboolean mos_store_customer_set_field (MosTxn *txn, const char *customer, const char *name, const char *value, GError **error);
/** mos_store_phone_word: Returns: (transfer full) (nullable): by which a phone number is found, with or without the country's before it */
char *mos_store_phone_word (const char *phone);
/** mos_store_customer_link: one more identity; an identity may belong to several customers */
gboolean mos_store_customer_link (MosTxn *txn, const char *customer, const char *kind, const char *scope, const char *value, gboolean verified, const char *source, GError **error);
/** mos_store_customer_find_verified: @ret_customer: (out) (transfer full) (nullable): who has @value, where a platform vouched that it is theirs; %NULL also where several do */
gboolean mos_store_customer_find_verified (MosTxn *txn, const char *kind, const char *value, char **ret_customer, GError **error);
gboolean mos_store_customer_unlink (MosTxn *txn, const char *customer, const char *identity, GError **error);
/** mos_store_address_complete: Returns: array of #MosAddress whose name (any word of it) or address starts with @text, most used first */
GPtrArray *mos_store_address_complete (MosTxn *txn, const char *text, guint max, GError **error);

/** mos_store_customer_search: Returns: array of #MosCustomerRow of whom each word of @text begins a word of a name, company or address (any order), or whose phone number it is, most written with first */
GPtrArray *mos_store_customer_search (MosTxn *txn, const char *text, guint max, GError **error);
/**
 * mos_store_customer_list:
 * @offset, @max: a page of it
 *
 * By name; MOS_SEGMENT_NEW the newest first, MOS_SEGMENT_LOST by their last order, MOS_SEGMENT_UNHAPPY by their last score, newest first.
 *
 * Returns: (transfer full): array of #MosCustomerRow
 */
GPtrArray *mos_store_customer_list (MosTxn *txn, MosSegment segment, guint offset, guint max, GError **error);
/** mos_store_customer_list_lost: has ordered, but nothing for @days; whoever is lost since the shortest time first. Returns: (transfer full): array of #MosCustomerRow */
GPtrArray *mos_store_customer_list_lost (MosTxn *txn, guint days, guint offset, guint max, GError **error);
/** mos_store_customer_get_lost_days: after how many days without an order somebody is in MOS_SEGMENT_LOST, as somebody said, else MOS_SEGMENT_LOST_DAYS */
gboolean mos_store_customer_get_lost_days (MosTxn *txn, guint *ret_days, GError **error);
/** mos_store_customer_set_lost_days: @days: 1 to MOS_SEGMENT_MAX_LOST_DAYS. How this desk looks at things: not recorded */
gboolean mos_store_customer_set_lost_days (MosTxn *txn, guint days, GError **error);
/** mos_store_customer_list_of_identity: Returns: (transfer full): array of ids: all who write from there */
GPtrArray *mos_store_customer_list_of_identity (MosTxn *txn, const char *identity, GError **error);

/** mos_store_customer_list_field_names: Returns: (transfer full): array of names: the shop's own fields that somebody has */
GPtrArray *mos_store_customer_list_field_names (MosTxn *txn, GError **error);

/** mos_store_customer_suggest: Returns: (transfer full): array of #MosSuggestion: who may be the same person as @customer. Nobody whom somebody said to be another one. */
GPtrArray *mos_store_customer_suggest (MosTxn *txn, const char *customer, guint max, GError **error);
/** mos_store_customer_set_distinct: two who look alike are two, or may be one after all; recorded */
gboolean mos_store_customer_set_distinct (MosTxn *txn, const char *one, const char *other, gboolean distinct, GError **error);

G_END_DECLS
