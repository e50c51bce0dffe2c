/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-views.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosViewRow: one line of the left pane: a view with its live count, or an
 * account with its state as well. Its accessible name says all of it.
 */
#define MOS_TYPE_VIEW_ROW (mos_view_row_get_type ())
G_DECLARE_FINAL_TYPE (MosViewRow, mos_view_row, MOS, VIEW_ROW, GtkListBoxRow)

GtkWidget *mos_view_row_new (MosView *view);
/** mos_view_row_new_saved: of a view that somebody made */
GtkWidget *mos_view_row_new_saved (MosSavedView *saved);
/** mos_view_row_new_account: @item: followed while the row lives; @desk: whose account it is */
GtkWidget *mos_view_row_new_account (MosDesk *desk, MosAccountItem *item);
MosView *mos_view_row_get_view (MosViewRow *self);
/** mos_view_row_get_account: Returns: (transfer none) (nullable) */
MosAccountItem *mos_view_row_get_account (MosViewRow *self);
const char *mos_view_row_get_title (MosViewRow *self);
/** mos_view_row_name_account: of an account's row: says its name anew, for that tells it apart from others that are called the same */
void mos_view_row_name_account (MosViewRow *self);
/** mos_view_row_set_count: @n_new: how many of them are new since the last look: a mark says that there are any */
void mos_view_row_set_count (MosViewRow *self, guint count, guint n_new);

/** mos_account_state_text: Returns: what an account of @desk does, in words. @status: (nullable) */
char *mos_account_state_text (MosDesk *desk, MosAccountStatus *status, gint64 now_us);

G_END_DECLS
