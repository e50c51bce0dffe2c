/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** Returns: array of #MosAgent, me first, then by name */
GPtrArray *mos_store_agent_list (MosTxn *txn, GError **error);
/** mos_store_agent_find: @ret_agent: (out) (transfer full) (nullable): also one that was removed, for what it wrote keeps its name */
gboolean mos_store_agent_find (MosTxn *txn, const char *id, MosAgent **ret_agent, GError **error);
/** mos_store_agent_save: adds or renames by id; @is_me moves the mark. */
gboolean mos_store_agent_save (MosTxn *txn, MosAgent *agent, GError **error);
/** mos_store_agent_ensure_me: the agent of this window; made with @name when there is none. */
gboolean mos_store_agent_ensure_me (MosTxn *txn, const char *name, MosAgent **ret_agent, GError **error);
/** mos_store_agent_use: this one sits at the desk from now on. Not recorded. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_agent_use (MosTxn *txn, const char *id, GError **error);
/** mos_store_agent_remove: no longer to be chosen; what the agent did keeps the name. MOS_STORE_ERROR_CONFLICT: it is the one of this desk */
gboolean mos_store_agent_remove (MosTxn *txn, const char *id, GError **error);

/** mos_store_agent_keep_unread: the agent who acts has read @message, which stays unread for those who sit here at other times; or it is unread again for all. Not recorded */
gboolean mos_store_agent_keep_unread (MosTxn *txn, const char *message, gboolean read, GError **error);
/** mos_store_agent_set_read: the agent who acts has read what was kept for him of @conversation */
gboolean mos_store_agent_set_read (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_agent_add_mention: the note @message names @agent, for whom it is unread */
gboolean mos_store_agent_add_mention (MosTxn *txn, const char *message, const char *agent, GError **error);

G_END_DECLS
