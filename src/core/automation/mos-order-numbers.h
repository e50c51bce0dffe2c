/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of orders in what people write, by what the shop's own numbers look like. Pure functions; any thread. */

typedef struct _MosOrderNumbers MosOrderNumbers;

/**
 * MosOrderMention: a plain struct in an array
 * @number: as mos_store_order_find_number() takes it: "en-1001", "1042"
 * @is_sure: it is said to be an order's: letters of the shop's stand before it, "#", or a word for order. Else it is a number that could be one
 */
typedef struct
{
  char *number;
  gboolean is_sure;
} MosOrderMention;

/** mos_order_numbers_learn: @numbers: (element-type utf8): some that there are, as the shop shows them */
MosOrderNumbers *mos_order_numbers_learn (GPtrArray *numbers);
void mos_order_numbers_free (MosOrderNumbers *self);
/** mos_order_numbers_find: what in @text (UTF-8) looks like one; prices, dates, phone numbers and years do not. Returns: (transfer full): array of #MosOrderMention, without doubles, twenty at most */
GPtrArray *mos_order_numbers_find (const MosOrderNumbers *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosOrderNumbers, mos_order_numbers_free)

G_END_DECLS
