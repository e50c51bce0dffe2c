/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A page of the preferences: within what time customers are to be answered, and conversations closed. What is changed is saved when its page is left, and can be undone. */
#define MOS_TYPE_TARGETS_PAGE (mos_targets_page_get_type ())
G_DECLARE_FINAL_TYPE (MosTargetsPage, mos_targets_page, MOS, TARGETS_PAGE, AdwNavigationPage)

/** mos_targets_page_new: @dialog: (not owned): whose page it is */
MosTargetsPage *mos_targets_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

G_END_DECLS
