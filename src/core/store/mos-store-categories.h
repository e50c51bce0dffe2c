/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-category-values.h"

G_BEGIN_DECLS

/* The shop's list of categories. One that was removed keeps its name for the conversations that have it. */

/** mos_store_category_list: Returns: (transfer full) (nullable): array of #MosCategory in their order, those that were removed last */
GPtrArray *mos_store_category_list (MosTxn *txn, GError **error);
/** mos_store_category_find: removed ones, too. @ret_category: (out) (transfer full) (nullable) */
gboolean mos_store_category_find (MosTxn *txn, const char *id, MosCategory **ret_category, GError **error);
/** mos_store_category_save: adds by id, at the end where its position is 0, or changes; one that was removed is there again. Recorded */
gboolean mos_store_category_save (MosTxn *txn, const MosCategory *category, GError **error);
/** mos_store_category_set_position: Recorded. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_category_set_position (MosTxn *txn, const char *id, gint64 position, GError **error);
/** mos_store_category_remove: Recorded. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_category_remove (MosTxn *txn, const char *id, GError **error);
/** mos_store_category_seed: puts @categories (element-type MosCategory) into a profile that never had any. Once; no person did it, so it is not recorded */
gboolean mos_store_category_seed (MosTxn *txn, GPtrArray *categories, GError **error);
/** mos_store_category_was_seeded: whether that was done, or people have made categories */
gboolean mos_store_category_was_seeded (MosTxn *txn, gboolean *ret_was, GError **error);

/** mos_store_category_dismiss: @category is not suggested in @conversation any more. Recorded */
gboolean mos_store_category_dismiss (MosTxn *txn, const char *conversation, const char *category, GError **error);
/** mos_store_category_list_dismissed: Returns: (transfer full) (nullable): ids of categories */
GPtrArray *mos_store_category_list_dismissed (MosTxn *txn, const char *conversation, GError **error);

/**
 * mos_store_category_load_words: what the customer newly wrote in @conversation, quotes left aside
 * @since_answer: only behind our last answer
 * @max: bytes, about
 * @ret_subject: (out) (transfer full): that of the first message, "" where it is ours
 * @ret_text: (out) (transfer full): the newest message first
 */
gboolean mos_store_category_load_words (MosTxn *txn, const char *conversation, gboolean since_answer, gsize max, char **ret_subject, char **ret_text, GError **error);
/** mos_store_category_find_order_status: @ret_status: (out) (transfer full) (nullable): of the newest order that @conversation is about */
gboolean mos_store_category_find_order_status (MosTxn *txn, const char *conversation, char **ret_status, GError **error);

G_END_DECLS
