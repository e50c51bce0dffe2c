/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/**
 * mos_desk_try_letter_box_async: whether a letter box (mos-relay.h) answers at @url and knows @key; @for_files: and hands files out. Main context.
 *
 * Errors: MOS_CHAT_ERROR_NO_SERVER: something else is there; _KEY_REFUSED: it was made with another key; _LETTER_BOX: it is an older one, which hands none out; others as they come.
 */
void mos_desk_try_letter_box_async (MosDesk *self, const char *url, const char *key, gboolean for_files, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_try_letter_box_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
