/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-order-action-values.h"

G_BEGIN_DECLS

/* What is done to orders, in words for the person at this desk. Pure functions but for the language of the process. */

/** mos_order_action_menu_text: Returns: (transfer none): what its button says: "Refund…" */
const char *mos_order_action_menu_text (MosOrderActionKind kind);
/** mos_order_action_title_text: Returns: (transfer none): the title of its dialog */
const char *mos_order_action_title_text (MosOrderActionKind kind);
/** mos_order_obstacle_text: Returns: (transfer none): why something cannot be done; "" for none */
const char *mos_order_obstacle_text (MosOrderObstacle obstacle);
/** mos_order_action_open_text: Returns: (transfer full): what is under way with an order, or not known: for one that is open */
char *mos_order_action_open_text (const MosOrderAction *action);
/** mos_order_action_done_text: Returns: (transfer full): that it is done: one line */
char *mos_order_action_done_text (const MosOrderAction *action);
/** mos_order_action_failure_text: Returns: (transfer full): why it was not done, and what to do next */
char *mos_order_action_failure_text (const MosOrderAction *action, MosShopKind shop);
/** mos_order_action_event_text: Returns: (transfer full): a line of a conversation's history. @actor: who; @told: what the event keeps (mos_order_action_read_event()); "" where that is none of ours */
char *mos_order_action_event_text (const char *actor, const char *told);
/** mos_order_write_right_text: Returns: (transfer none): which right the key lacks for @kind, and where it is given */
const char *mos_order_write_right_text (MosShopKind shop, MosOrderActionKind kind);
/** mos_order_lacking_text: Returns: (nullable): why something that people look for cannot be done in such a shop */
const char *mos_order_lacking_text (MosShopKind kind);
/** mos_address_part_text: Returns: (transfer none): what a part of an address is called */
const char *mos_address_part_text (MosAddressPart part);

G_END_DECLS
