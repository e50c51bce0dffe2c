/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CUSTOMER_CONVERSATIONS (mos_customer_conversations_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerConversations, mos_customer_conversations, MOS, CUSTOMER_CONVERSATIONS, AdwPreferencesGroup)

/**
 * MosCustomerConversations: what else a customer wrote, on every channel, newest first. Not visible before that is known.
 *
 * Signals:
 *  - `open-conversation (const char *id)`
 */
/** mos_customer_conversations_set_journey: @journey: (nullable) */
void mos_customer_conversations_set_journey (MosCustomerConversations *self, const MosJourney *journey);

G_END_DECLS
