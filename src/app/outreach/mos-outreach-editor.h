/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-outreach.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOutreachEditor: what is sent to whom, before it begins
 *
 * Signal `saved (const char *id)`. Property `is-changed`
 */
#define MOS_TYPE_OUTREACH_EDITOR (mos_outreach_editor_get_type ())
G_DECLARE_FINAL_TYPE (MosOutreachEditor, mos_outreach_editor, MOS, OUTREACH_EDITOR, AdwNavigationPage)

/** mos_outreach_editor_new: @outreach: a new one, or one that has not begun; left as it is */
MosOutreachEditor *mos_outreach_editor_new (MosDesk *desk, MosOutreach *outreach);

G_END_DECLS
