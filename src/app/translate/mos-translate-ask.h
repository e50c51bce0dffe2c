/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-translate.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_translate_ask_async: whether the texts of @account may go to the service that is set up
 * @parent: what it is asked above
 *
 * Where they may already, nobody is asked. Else what leaves, and to whom, is said, and the answer yes is kept for the account.
 */
void mos_translate_ask_async (MosDesk *desk, const char *account, GtkWidget *parent, GAsyncReadyCallback callback, gpointer user_data);
/** mos_translate_ask_finish: Returns: whether they may; %FALSE with no @error: the person said no */
gboolean mos_translate_ask_finish (MosDesk *desk, GAsyncResult *result, GError **error);

G_END_DECLS
