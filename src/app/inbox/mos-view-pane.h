/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosViewPane:
 *
 * The left pane: the built-in views and the accounts with live counts.
 *
 * Signal `view-chosen (MosView *view, char *title)`
 */
#define MOS_TYPE_VIEW_PANE (mos_view_pane_get_type ())
G_DECLARE_FINAL_TYPE (MosViewPane, mos_view_pane, MOS, VIEW_PANE, AdwNavigationPage)

MosViewPane *mos_view_pane_new (MosDesk *desk);
/** mos_view_pane_begin_counting: from now on the rows have figures; not before the list is drawn, which the reading would hold up */
void mos_view_pane_begin_counting (MosViewPane *self);
/** mos_view_pane_update: the views that people make changed; select again what is shown. */
void mos_view_pane_update (MosViewPane *self);
/** mos_view_pane_select: marks the row of @view, without the signal; none for a search. */
void mos_view_pane_select (MosViewPane *self, MosView *view);
/** mos_view_pane_get_title_of: Returns: (transfer none): what the list is called while it shows @view */
const char *mos_view_pane_get_title_of (MosViewPane *self, MosView *view);

/** mos_view_pane_grab_focus: to the chosen view, else to the first. Returns: whether it could */
gboolean mos_view_pane_grab_focus (MosViewPane *self);

G_END_DECLS
