/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosEmptyPage: what is said of a view with nothing in it, and a button for what comes next */
#define MOS_TYPE_EMPTY_PAGE (mos_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (MosEmptyPage, mos_empty_page, MOS, EMPTY_PAGE, AdwBin)

/** mos_empty_page_show: @hint: (nullable): is said instead of how the view comes to something. While a new desk is not set up, its inbox leads to that */
void mos_empty_page_show (MosEmptyPage *self, MosDesk *desk, MosViewKind kind, const char *hint);

G_END_DECLS
