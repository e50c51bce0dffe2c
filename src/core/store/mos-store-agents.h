/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** Returns: array of #MosAgent, me first, then by name */
GPtrArray *mos_store_agent_list (MosTxn *txn, GError **error);
/** mos_store_agent_save: adds or renames by id; @is_me moves the mark. */
gboolean mos_store_agent_save (MosTxn *txn, MosAgent *agent, GError **error);
/** mos_store_agent_ensure_me: the agent of this window; made with @name when there is none. */
gboolean mos_store_agent_ensure_me (MosTxn *txn, const char *name, MosAgent **ret_agent, GError **error);

G_END_DECLS
