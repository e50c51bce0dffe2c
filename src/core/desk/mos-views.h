/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/* What may be done to views and agents, inside a transaction: for the window and mostradorctl. */

/** mos_views_save: MOS_DESK_ERROR_INVALID: no name; @view->id: (nullable): %NULL makes one. @ret_id: (out) (optional) (transfer full) */
gboolean mos_views_save (MosTxn *txn, MosSavedView *view, char **ret_id, GError **error);
/** mos_views_find: by name, case folded, or id, among those that @agent sees; @ret_view: (out) (transfer full): MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_views_find (MosTxn *txn, const char *name, const char *agent, MosSavedView **ret_view, GError **error);
/** mos_agents_save: MOS_DESK_ERROR_INVALID: no name, or one that another agent has. @agent->id: (nullable). @ret_id: (out) (optional) (transfer full) */
gboolean mos_agents_save (MosTxn *txn, MosAgent *agent, char **ret_id, GError **error);
/** mos_agents_find: by name, case folded, or id; @ret_agent: (out) (transfer full): MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_agents_find (MosTxn *txn, const char *name, MosAgent **ret_agent, GError **error);

G_END_DECLS
