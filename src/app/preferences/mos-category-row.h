/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-category-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCategoryRow: one category of the shop's list, to be changed.
 *
 * Signals `changed (MosCategory *category)`: what it shall be; `move (int step)`: one up (-1) or down (1); `remove ()`.
 */
#define MOS_TYPE_CATEGORY_ROW (mos_category_row_get_type ())
G_DECLARE_FINAL_TYPE (MosCategoryRow, mos_category_row, MOS, CATEGORY_ROW, AdwExpanderRow)

GtkWidget *mos_category_row_new (void);
/** mos_category_row_set_category: what is typed and not applied yet stays. @is_first, @is_last: of the list */
void mos_category_row_set_category (MosCategoryRow *self, MosCategory *category, gboolean is_first, gboolean is_last);
/** mos_category_row_get_category: Returns: (transfer none) */
MosCategory *mos_category_row_get_category (MosCategoryRow *self);

G_END_DECLS
