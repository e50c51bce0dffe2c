/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCustomerPane:
 *
 * Who writes: the customer of the open conversation, the conversation's own
 * properties and the customer's earlier conversations. Owned by the window.
 *
 * Property: "conversation" (#MosConversation, nullable).
 * Signal `open-conversation (char *id)`: one of the earlier ones was chosen.
 * Signal `link-order (char *order, char *customer, char *conversation (nullable), gboolean is_theirs)`: a person says whose an order is.
 * Actions it expects above it: conversation.assign(s), conversation.priority(s), and those of mos_order_buttons_new().
 */
#define MOS_TYPE_CUSTOMER_PANE (mos_customer_pane_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerPane, mos_customer_pane, MOS, CUSTOMER_PANE, GtkWidget)

GtkWidget *mos_customer_pane_new (MosDesk *desk);
void mos_customer_pane_set_conversation (MosCustomerPane *self, MosConversation *conversation);
MosConversation *mos_customer_pane_get_conversation (MosCustomerPane *self);
/** mos_customer_pane_get_journey: Returns: (transfer none) (nullable): what is shown */
const MosJourney *mos_customer_pane_get_journey (MosCustomerPane *self);
/** mos_customer_pane_focus_order: opens it, and puts the keyboard there; %FALSE where it is not on show */
gboolean mos_customer_pane_focus_order (MosCustomerPane *self, const char *order);

G_END_DECLS
