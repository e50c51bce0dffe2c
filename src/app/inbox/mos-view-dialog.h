/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-views.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosViewDialog: makes a view or changes one. Of a view that nobody made only how it looks can be changed.
 *
 * Signal `saved (char *key)`: of the view, once it is written
 */
#define MOS_TYPE_VIEW_DIALOG (mos_view_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosViewDialog, mos_view_dialog, MOS, VIEW_DIALOG, AdwDialog)

/** mos_view_dialog_new: @view: (nullable): %NULL = a new one, of @query (nullable) */
MosViewDialog *mos_view_dialog_new (MosDesk *desk, MosView *view, const char *query);

G_END_DECLS
