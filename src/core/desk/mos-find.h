/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** mos_find_is_number: whether @text, without blanks around it, is a number as those of conversations are: "1042", "#1042" */
gboolean mos_find_is_number (const char *text);
/**
 * mos_find_conversations: what somebody who types means: a number ("1042", "#1042") first, then what the query finds, its last word as a beginning; newest first
 * @text: in the stored form of queries, or words
 *
 * Deleted and merged ones are left out. Customers are found by mos_store_customer_search().
 *
 * Returns: (transfer full) (nullable) (element-type MosConversationRow)
 */
GPtrArray *mos_find_conversations (MosTxn *txn, const char *text, guint max, GError **error);

G_END_DECLS
