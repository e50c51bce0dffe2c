/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-mail-values.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Rows that the desk fills by hand: what was left NULL and may not be gets its empty value. */
void mos_message_row_fill (MosMessageRow *row);
void mos_conversation_row_fill (MosConversationRow *row);
void mos_draft_fill (MosDraft *draft);
void mos_account_fill (MosAccount *account);

MosServer *mos_server_copy (MosServer *server);
/** mos_account_prepare: Returns: (transfer full): a copy to be saved: canonical, with its id and what was left empty filled in */
MosAccount *mos_account_prepare (MosAccount *account, gint64 now_us);

/** How far back mail is work, unless the owner chose otherwise (architecture.md). */
#define MOS_ACCOUNT_WORK_DAYS 14

/** mos_address_array_new: Returns: (transfer full): empty array of #MosAddress */
GPtrArray *mos_address_array_new (void);
/** mos_address_array_copy: Returns: (transfer full): the same addresses; empty for %NULL */
GPtrArray *mos_address_array_copy (GPtrArray *addresses);

G_END_DECLS
