/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-categories.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosCategoriesPage: the shop's list of categories, in the preferences */
#define MOS_TYPE_CATEGORIES_PAGE (mos_categories_page_get_type ())
G_DECLARE_FINAL_TYPE (MosCategoriesPage, mos_categories_page, MOS, CATEGORIES_PAGE, AdwNavigationPage)

/** mos_categories_page_new: @dialog: where its toasts are shown */
MosCategoriesPage *mos_categories_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

G_END_DECLS
