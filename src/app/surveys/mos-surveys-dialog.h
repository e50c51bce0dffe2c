/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSurveysDialog: what each account asks its customers */
#define MOS_TYPE_SURVEYS_DIALOG (mos_surveys_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveysDialog, mos_surveys_dialog, MOS, SURVEYS_DIALOG, AdwDialog)

/** mos_surveys_dialog_new: @account: (nullable): that it opens at; %NULL = the list of all */
AdwDialog *mos_surveys_dialog_new (MosDesk *desk, const char *account);

G_END_DECLS
