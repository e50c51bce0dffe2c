/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_source_dialog_present: shows a message byte for byte, as it came, over the window of @parent. */
void mos_source_dialog_present (MosDesk *desk, MosMessageRow *row, GtkWidget *parent);

G_END_DECLS
