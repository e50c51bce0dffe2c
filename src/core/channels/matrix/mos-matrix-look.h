/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/matrix/mos-matrix-api.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * MosMatrixLook: how an account's rooms are read; it belongs to one thread.
 *
 * Two cursors say where the reading goes on: the place in /sync, and a #MosMatrixMemory. Where the server leaves something out (a "limited" timeline) that is read
 * first, from the place that is known onwards, page by page, and only then what the answer held; the cursors move with the last of it. So everything comes in
 * order, however much it is, and what breaks off is read again from the same place: what is here already changes nothing.
 */
typedef struct _MosMatrixLook MosMatrixLook;

/**
 * MosMatrixLookRules:
 * @account: its id; @user: what the server calls us
 * @takes_groups: rooms of several people count, too
 * @takes_invites: invitations are accepted
 * @work_since_us: what is older is history
 */
typedef struct
{
  const char *account;
  const char *user;
  gboolean takes_groups;
  gboolean takes_invites;
  gint64 work_since_us;
} MosMatrixLookRules;

/** mos_matrix_look_new: @api: (transfer none): outlives it; @rules: copied */
MosMatrixLook *mos_matrix_look_new (MosMatrixApi *api, const MosMatrixLookRules *rules);
void mos_matrix_look_free (MosMatrixLook *self);

/** mos_matrix_look_poll_sync: as of #MosChatChannelClass. Returns: (transfer full) (nullable) */
MosChatBatch *mos_matrix_look_poll_sync (MosMatrixLook *self, GHashTable *cursors, guint wait_s, GCancellable *cancellable, GError **error);
/** mos_matrix_look_join_sync: accepts the invitations that were met, after they are on disk; one whose server does not answer is tried again later, without an error */
gboolean mos_matrix_look_join_sync (MosMatrixLook *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMatrixLook, mos_matrix_look_free)

G_END_DECLS
