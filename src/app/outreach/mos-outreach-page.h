/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-outreach.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOutreachPage: one outreach: before it begins who gets it and what, then how it goes
 *
 * Signals: `said (const char *text)`: to be shown; `edit (MosOutreach *)`; `open (const char *conversation)`; `gone`: it is there no more
 */
#define MOS_TYPE_OUTREACH_PAGE (mos_outreach_page_get_type ())
G_DECLARE_FINAL_TYPE (MosOutreachPage, mos_outreach_page, MOS, OUTREACH_PAGE, AdwNavigationPage)

MosOutreachPage *mos_outreach_page_new (MosDesk *desk, const char *id, const char *title);

G_END_DECLS
