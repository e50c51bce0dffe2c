/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-category-values.h"

G_BEGIN_DECLS

/* What may be done to the shop's categories, inside a transaction: for the window and mostradorctl. */

/** MOS_CATEGORY_NONE: what people write for no category, beside the empty text */
#define MOS_CATEGORY_NONE "none"

/** mos_categories_begin: a profile that never had any gets the list to begin with, once; @language: (nullable): of its names */
gboolean mos_categories_begin (MosTxn *txn, const char *language, GError **error);
/** mos_categories_list: Returns: (transfer full) (nullable) (element-type MosCategory): those that are offered, in their order */
GPtrArray *mos_categories_list (MosTxn *txn, GError **error);
/** mos_categories_find_by_name: by id or name, case folded; one that was removed only by its id. @ret_category: (out) (transfer full): MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_categories_find_by_name (MosTxn *txn, const char *name, MosCategory **ret_category, GError **error);
/**
 * mos_categories_save: adds (@category->id %NULL) at the end, or changes
 * @ret_id: (out) (optional) (transfer full)
 *
 * A name that a removed one had brings that one back. MOS_DESK_ERROR_INVALID: no name, "none", or too much of something; MOS_STORE_ERROR_CONFLICT: another has the name.
 */
gboolean mos_categories_save (MosTxn *txn, const MosCategory *category, char **ret_id, GError **error);
/** mos_categories_move: @to: which place of those on the list it shall have, 0 = the first. MOS_STORE_ERROR_NOT_FOUND; MOS_DESK_ERROR_INVALID: there is no such place */
gboolean mos_categories_move (MosTxn *txn, const char *id, int to, GError **error);

/** mos_categories_set: of each of @conversations; @category: (nullable): id, also of one that was removed; %NULL = none. MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_categories_set (MosTxn *txn, const char *const *conversations, const char *category, GError **error);

/**
 * mos_categories_suggest: what the customer's words in a conversation without a category speak of (mos-categorize.h)
 * @ret_hint: (out) (transfer full) (nullable): %NULL where there is nothing to suggest, or it has a category
 *
 * What came since our last answer counts; where that says nothing, all that the customer wrote: no quotations, no signature, and not their own name. What somebody dismissed there is left out.
 */
gboolean mos_categories_suggest (MosTxn *txn, const char *conversation, MosCategoryHint **ret_hint, GError **error);

G_END_DECLS
