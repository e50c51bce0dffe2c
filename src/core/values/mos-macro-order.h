/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-macro-values.h"
#include "core/values/mos-order-action-values.h"

G_BEGIN_DECLS

/**
 * MosMacroOrder: what a macro does to an order: the value of a MOS_MACRO_ORDER
 * @kind: refund (all that is left of it), cancel, note, invoice
 * @text: of a note: a template in a macro, filled in in a plan; "" for others
 * @order, @number, @version: which one, as it was when the macro was filled in; "" in a macro, and where it cannot be done
 * @amount, @currency: of a refund in a plan; "" for all else
 * @obstacle: in a plan: why it cannot be done
 *
 * Pure. In a macro the value is "cancel", "refund", "invoice" or "note: its text".
 */
typedef struct
{
  MosOrderActionKind kind;
  char *text;
  char *order;
  char *number;
  char *version;
  char *amount;
  char *currency;
  MosOrderObstacle obstacle;
} MosMacroOrder;
void mos_macro_order_clear (MosMacroOrder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosMacroOrder, mos_macro_order_clear)

/** mos_macro_order_read: @ret: (out): to be cleared in any case. Returns: whether @value is one that a macro, or a plan, may have */
gboolean mos_macro_order_read (const char *value, MosMacroOrder *ret);
/** mos_macro_order_fill: Returns: (transfer full): the value of a plan. @text: (nullable): of a note, filled in; @order: (nullable); @obstacle: against it */
char *mos_macro_order_fill (const MosMacroOrder *self, const char *text, const MosOrder *order, MosOrderObstacle obstacle);
/** mos_macro_order_is_filled: whether it says which order */
gboolean mos_macro_order_is_filled (const MosMacroOrder *self);
/** mos_macro_order_make_action: Returns: (transfer full) (nullable): what is to be done; %NULL where @order is not the one that is meant */
MosOrderAction *mos_macro_order_make_action (const MosMacroOrder *self, const MosOrder *order);

G_END_DECLS
