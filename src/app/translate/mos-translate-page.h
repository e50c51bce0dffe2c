/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-translate.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosTranslatePage: a page of the preferences: which service translates, and for which accounts */
#define MOS_TYPE_TRANSLATE_PAGE (mos_translate_page_get_type ())
G_DECLARE_FINAL_TYPE (MosTranslatePage, mos_translate_page, MOS, TRANSLATE_PAGE, AdwNavigationPage)

/** mos_translate_page_new: @dialog: whose page it is */
MosTranslatePage *mos_translate_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

G_END_DECLS
