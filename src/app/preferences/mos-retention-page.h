/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-retention.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosRetentionPage: a page of the preferences: how long conversations that are done with are kept, what goes next, what somebody keeps, what went */
#define MOS_TYPE_RETENTION_PAGE (mos_retention_page_get_type ())
G_DECLARE_FINAL_TYPE (MosRetentionPage, mos_retention_page, MOS, RETENTION_PAGE, AdwNavigationPage)

/** mos_retention_page_new: @dialog: whose page it is */
MosRetentionPage *mos_retention_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

G_END_DECLS
