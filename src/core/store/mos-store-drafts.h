/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_draft_conversation_id: Returns: (transfer full): conversation of a draft that was saved without one */
char *mos_store_draft_conversation_id (const char *draft);
/** mos_store_draft_save: adds or changes by id; it is the draft's agent's, or else of who acts, and stays so. The conversation's has_draft follows. Writes no change rows (it happens at every pause of typing).
 * A new mail (no conversation) gets a blank one, mos_store_draft_conversation_id(), that only the drafts view shows: send it in that one. */
gboolean mos_store_draft_save (MosTxn *txn, MosDraft *draft, GError **error);
/** mos_store_draft_find_of_conversation: of the agent of this desk; @conversation: (nullable): new ones; @kind: (nullable): any; the newest */
gboolean mos_store_draft_find_of_conversation (MosTxn *txn, const char *conversation, const char *kind, MosDraft **ret_draft, GError **error);
/** mos_store_draft_list_of_others: Returns: (element-type MosDraft) (nullable): those of the other agents in a conversation, with their names, newest first */
GPtrArray *mos_store_draft_list_of_others (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_draft_take: it is of who acts from now on; recorded, but nothing of what it says. @ret_draft: (out) (transfer full). MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_draft_take (MosTxn *txn, const char *id, MosDraft **ret_draft, GError **error);
gboolean mos_store_draft_remove (MosTxn *txn, const char *id, GError **error);

G_END_DECLS
