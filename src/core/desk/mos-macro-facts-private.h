/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-facts.h"

G_BEGIN_DECLS

/* What a macro can say of orders (mos-macro-facts-order.c). */

/** mos_macro_facts_load_orders: the orders that may be meant, and the one that is; @chosen: (nullable): by a person */
gboolean mos_macro_facts_load_orders (MosTxn *txn, MosMacroFacts *self, const char *chosen, GError **error);
/** mos_macro_facts_find_shop: Returns: (transfer none) (nullable): of the order that is meant; else the only one there is */
const MosShopAccount *mos_macro_facts_find_shop (const MosMacroFacts *self);

/** mos_macro_order_get_name: Returns: (transfer none) (nullable): "order.…", in their order; %NULL at the end */
const char *mos_macro_order_get_name (gsize i);
/** mos_macro_order_look_up: @name: one of those */
void mos_macro_order_look_up (const MosMacroFacts *self, const char *name, MosTemplateValue *value);

G_END_DECLS
