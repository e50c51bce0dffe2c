/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/* What all platforms need to change an order and to find again what became of it. Pure; any thread. */

/** mos_shop_currency_digits: how many a sum in @currency (ISO 4217) has behind its point */
guint mos_shop_currency_digits (const char *currency);
/** mos_shop_action_fit_terms: those of a platform that writes its sums with more digits than their currency has, or fewer (Shopify: "60.0"). Before any line is added */
void mos_shop_action_fit_terms (MosOrderTerms *terms);
/** mos_shop_action_add_number: a decimal as a JSON number of just these digits, in what mos_shop_action_end_body() writes */
void mos_shop_action_add_number (JsonBuilder *builder, const char *name, const char *decimal);
/** mos_shop_action_end_body: ends the object that is open. Returns: (transfer full): all of it as text */
char *mos_shop_action_end_body (JsonBuilder *builder);
/** mos_shop_action_is_of_then: whether what was made at @at_us may be of @action: the shop's clock and ours differ, and it was made after it was asked for */
gboolean mos_shop_action_is_of_then (const MosOrderAction *action, gint64 at_us);
/** mos_shop_action_is_free: whether what is @remote_id in the shop is of no other action that is known */
gboolean mos_shop_action_is_free (const MosOrderAction *action, const char *remote_id);
/** mos_shop_action_has_lines: whether @wanted stands in @there as whole lines */
gboolean mos_shop_action_has_lines (const char *there, const char *wanted);
/** mos_shop_action_is_amount: whether a shop that reckons the sum of @action itself may have come to @amount: each line may be rounded another way */
gboolean mos_shop_action_is_amount (const MosOrderAction *action, const char *amount);
/** mos_shop_action_is_text: whether it is the same, whatever blanks are around it, however many are between its words, and however its signs are written */
gboolean mos_shop_action_is_text (const char *there, const char *wanted);
/** mos_shop_action_take_address: whether @address has all parts of the new one, but for those that each shop calls its own way: region and phone. @address: (inout): what is in it is freed */
gboolean mos_shop_action_take_address (const MosOrderAction *action, char *address[MOS_ADDRESS_N_PARTS]);
/** mos_shop_action_tell: what was looked for @is_there or not, and has no id of its own. @ret_made: (out) (transfer full) (nullable) */
MosShopTrace mos_shop_action_tell (gboolean is_there, char **ret_made);
/** mos_shop_action_find_line: the line of @action that is @id. Returns: (transfer none) (nullable) */
const MosOrderActionLine *mos_shop_action_find_line (const MosOrderAction *action, const char *id);
/** mos_shop_action_set_uncertain: what came back is none of what answers @action may get. Returns: %NULL, for the caller to return */
char *mos_shop_action_set_uncertain (GError **error);

G_END_DECLS
