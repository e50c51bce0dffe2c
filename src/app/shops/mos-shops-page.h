/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosShopsPage: the desk's shops and how they stand; a page of the preferences */
#define MOS_TYPE_SHOPS_PAGE (mos_shops_page_get_type ())
G_DECLARE_FINAL_TYPE (MosShopsPage, mos_shops_page, MOS, SHOPS_PAGE, AdwNavigationPage)

/** mos_shops_page_new: @dialog: where it is shown, and says what was done */
MosShopsPage *mos_shops_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

G_END_DECLS
