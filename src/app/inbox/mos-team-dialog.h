/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-views.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosTeamDialog: who works at this desk, and who sits here now. Changes are written when a row is left by Return or its button. */
#define MOS_TYPE_TEAM_DIALOG (mos_team_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTeamDialog, mos_team_dialog, MOS, TEAM_DIALOG, AdwPreferencesDialog)

MosTeamDialog *mos_team_dialog_new (MosDesk *desk);

G_END_DECLS
