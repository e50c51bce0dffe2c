/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Forgetting a person. desk/mos-customers.h says what it is; here are the rows. */

/** mos_store_customer_list_family: Returns: (transfer full): array of ids: @customer and all who were merged into it */
GPtrArray *mos_store_customer_list_family (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_list_held: Returns: (transfer full): array of ids: all conversations of a customer, whatever became of them */
GPtrArray *mos_store_customer_list_held (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_list_elsewhere: Returns: (transfer full): array of ids: what the customer wrote, and what was written in a conversation of theirs, that lies in conversations of others now, by conversation */
GPtrArray *mos_store_customer_list_elsewhere (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_list_guests: Returns: (transfer full): array of ids: what is others' in the same sense in the customer's conversations, by conversation and owner */
GPtrArray *mos_store_customer_list_guests (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_list_drafts: Returns: (transfer full): array of ids: conversations that are nothing yet but drafts to addresses that are theirs alone */
GPtrArray *mos_store_customer_list_drafts (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_list_own_addresses: Returns: (transfer full): array of addresses and numbers that are the customer's and nobody else's */
GPtrArray *mos_store_customer_list_own_addresses (MosTxn *txn, const char *customer, GError **error);
/** mos_store_message_find_owner: @ret_customer: (out) (transfer full) (nullable): who wrote it, or of ours whose conversation it was in at first */
gboolean mos_store_message_find_owner (MosTxn *txn, const char *message, char **ret_customer, GError **error);
/** mos_store_customer_preview_erasure: counts of what is there; @ret_erasure->mentions: (element-type MosConversationRow): of others, at most 200 */
gboolean mos_store_customer_preview_erasure (MosTxn *txn, const char *customer, MosErasure **ret_erasure, GError **error);
/**
 * mos_store_customer_erase: the person and their addresses go, after their conversations went
 * @erasure: counts for the receipt; its id, hash and time are filled in
 */
gboolean mos_store_customer_erase (MosTxn *txn, const char *customer, MosErasure *erasure, GError **error);
/** mos_store_erased_find_identity: @ret_at_us: (out): when whoever writes from there was erased; 0 = never */
gboolean mos_store_erased_find_identity (MosTxn *txn, const char *identity, gint64 *ret_at_us, GError **error);
/** mos_store_erasure_list: Returns: (transfer full): array of #MosErasure: the receipts, the newest first */
GPtrArray *mos_store_erasure_list (MosTxn *txn, GError **error);

G_END_DECLS
