/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/* Views and agents, as the desk offers them. Main context only. Whatever of it changes is told by the desk's signal "views-changed". */

/** mos_desk_get_views: Returns: (transfer none) (element-type MosSavedView): those that the agent of this window sees, in their order */
GPtrArray *mos_desk_get_views (MosDesk *self);
/** mos_desk_find_view: Returns: (transfer none) (nullable): by id */
MosSavedView *mos_desk_find_view (MosDesk *self, const char *id);
/** mos_desk_get_look: how the agent of this window wants @view */
MosViewLook mos_desk_get_look (MosDesk *self, const MosView *view);

/** mos_desk_save_view_async: a new one, or by its id a changed one; an undo takes it back. The @id of a new one is for the caller to make. MOS_DESK_ERROR_INVALID: it has no name. */
void mos_desk_save_view_async (MosDesk *self, MosSavedView *view, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_remove_view_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_move_view_async: @step places down, or up where it is negative */
void mos_desk_move_view_async (MosDesk *self, const char *id, int step, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_look_async: of a view that nobody made, for the agent of this window. @look: (nullable): %NULL = the default */
void mos_desk_set_look_async (MosDesk *self, const MosView *view, const MosViewLook *look, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_see_view: the agent looks at it now: nothing of it is new any more */
void mos_desk_see_view (MosDesk *self, const MosView *view);

/** mos_desk_get_agent: Returns: (transfer none) (nullable): the agent of this window */
MosAgent *mos_desk_get_agent (MosDesk *self);
/** mos_desk_use_agent_async: who sits here from now on */
void mos_desk_use_agent_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_save_agent_async: adds (id %NULL) or changes one. MOS_DESK_ERROR_INVALID: no name, or one that another agent has */
void mos_desk_save_agent_async (MosDesk *self, MosAgent *agent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_remove_agent_async: MOS_STORE_ERROR_CONFLICT: it is the one of this window */
void mos_desk_remove_agent_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* All of the above: mos_desk_action_finish(). */

G_END_DECLS
