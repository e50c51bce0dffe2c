/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/conversation/mos-message-bubble.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Show Original": a mail as its sender made it, in the module of src/app/original. */

/** mos_original_is_available: Returns: whether the module was built and is installed. It is not loaded by this. */
gboolean mos_original_is_available (void);

/**
 * mos_original_dialog_present:
 * @bubble: of a message that has HTML
 *
 * Loads the module where that was not done yet, and shows the message over the window of @bubble. What goes wrong is said there.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *mos_original_dialog_present (MosMessageBubble *bubble);

G_END_DECLS
