/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mos_undo_toast_new:
 * @text: what was done; no markup
 * @desk: (nullable): %NULL = it is gone already, and so is the button
 * @batch: what its button takes back; 0 = there is nothing, and no button
 * @done: gets the result for mos_desk_undo_finish(), and @owner, referenced
 * @owner: where it was done; once that is gone, the button does nothing
 *
 * For pages and dialogs that have toasts of their own; the window's name an action instead (`win.undo-batch`). Within a dialog Ctrl+Z takes the newest of them back, also when its
 * toast is gone.
 *
 * Returns: (transfer full)
 */
AdwToast *mos_undo_toast_new (const char *text, MosDesk *desk, gint64 batch, GAsyncReadyCallback done, gpointer owner);

G_END_DECLS
