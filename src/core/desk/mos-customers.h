/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-customer-merge.h"
#include "core/store/mos-store-customers.h"

G_BEGIN_DECLS

/* What people do with customers (behaviour.md §2.9, §2.13), inside a transaction whose actor they are: for the window and mostradorctl alike.
 *
 * The same address is the same customer, that is all that is joined by itself: mail and orders are joined by identity, never by a name. Whoever looks
 * alike is suggested (mos_store_customer_suggest()). Errors are #MosDeskError. */

/* Labels of batches; MOS_CUSTOMER_MERGE is another one. */
#define MOS_CUSTOMER_EDIT "customer-edit"
#define MOS_CUSTOMER_SPLIT "customer-split"
#define MOS_CUSTOMER_UNMERGE "customer-unmerge"
#define MOS_CUSTOMER_IMPORT "customer-import"
#define MOS_CUSTOMER_DISTINCT "customer-distinct"

/** mos_customers_find: @name: an id, an address or phone number, or words that fit one customer only. NOT_FOUND; INVALID where they fit several */
gboolean mos_customers_find (MosTxn *txn, const char *name, MosCustomerRow **ret_row, GError **error);
/** mos_customers_look: @id: or of whom was merged into them. NOT_FOUND. @ret_row: (out) (transfer full) */
gboolean mos_customers_look (MosTxn *txn, const char *id, MosCustomerRow **ret_row, GError **error);
/** mos_customers_save: the row as a person, or a file, says: blanks around are taken away, the language is a code, the country two letters. INVALID */
gboolean mos_customers_save (MosTxn *txn, MosCustomerRow *row, GError **error);
/**
 * mos_customers_save_changes: of @row only what is another than in @was, which somebody was shown and changed
 *
 * What became of the customer meanwhile, such as consent that ended by mail, stays. Consent that is given here, or an opt-out that is taken away, counts more than what came by mail before. NOT_FOUND; INVALID
 */
gboolean mos_customers_save_changes (MosTxn *txn, const MosCustomerRow *was, const MosCustomerRow *row, GError **error);
/** mos_customers_check: whether mos_customers_save() would take it. INVALID */
gboolean mos_customers_check (MosCustomerRow *row, GError **error);
/** mos_customers_tidy: @ret_tidy: (out) (transfer full): as mos_customers_save() would keep it. INVALID */
gboolean mos_customers_tidy (MosCustomerRow *row, MosCustomerRow **ret_tidy, GError **error);
/** mos_customers_set: one field by its name ("name", "language", "country", "phone", "company", "notes", "vip", "consent", "own:" and the name of one of the shop's own); @value "" takes it away. INVALID: no such field, or what is no phone number, no country (ISO 3166) or none of its words */
gboolean mos_customers_set (MosCustomerRow *row, const char *field, const char *value, GError **error);
/** mos_customers_add_identity: @value: an address, or a phone number. Others may write from there, too. INVALID. @ret_n_others: (out) (optional): how many */
gboolean mos_customers_add_identity (MosTxn *txn, const char *customer, const char *value, guint *ret_n_others, GError **error);
/** mos_customers_remove_identity: @value: as it is shown, or its id. What was written from there stays where it is. NOT_FOUND */
gboolean mos_customers_remove_identity (MosTxn *txn, const char *customer, const char *value, GError **error);
/** mos_customers_merge: @even_blocked: also where mail of one of them is blocked; else that is MOS_DESK_ERROR_INVALID */
gboolean mos_customers_merge (MosTxn *txn, const char *source, const char *target, const char *const *take, gboolean even_blocked, GError **error);
/** mos_customers_split: @identities: ids or values */
gboolean mos_customers_split (MosTxn *txn, const char *customer, const char *const *identities, char **ret_id, GError **error);
/** mos_customers_undo_merge: of the batch that merged: what Ctrl+Z does. CANNOT_UNDO */
gboolean mos_customers_undo_merge (MosTxn *txn, gint64 batch, GError **error);

/**
 * mos_customers_preview_erasure: what mos_customers_erase() would take
 * @ret_erasure: (out) (transfer full): with mentions: conversations of others in which an address or the whole name stands
 */
gboolean mos_customers_preview_erasure (MosTxn *txn, const char *customer, MosErasure **ret_erasure, GError **error);
/**
 * mos_customers_erase: all that is known of a person goes for good: conversations, what they wrote in conversations of others, attachments, drafts,
 * addresses that nobody else has, fields, what the index and the change log say. Others' messages in their conversations stay, as conversations of those.
 * What stays: events without contents, for the measures; a receipt; keyed hashes by which mail from before is known when it comes again. No undo.
 *
 * Errors: NOT_FOUND; UNSENT while an answer to them has not left yet
 */
gboolean mos_customers_erase (MosTxn *txn, const char *customer, MosErasure **ret_erasure, GError **error);

G_END_DECLS
