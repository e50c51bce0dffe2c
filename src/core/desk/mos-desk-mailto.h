/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/mail/mime/mos-mailto.h"

G_BEGIN_DECLS

/** mos_desk_prepare_mailto_async: mos_draft_prepare_mailto(); @account: (nullable). MOS_DESK_ERROR_NOT_FOUND where no account sends mail */
void mos_desk_prepare_mailto_async (MosDesk *self, MosMailto *mailto, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): of a conversation where it is an answer there */
MosDraft *mos_desk_prepare_mailto_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
