/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSignInDialog: changes or renews how an account signs in, tries it, keeps it. */
#define MOS_TYPE_SIGN_IN_DIALOG (mos_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSignInDialog, mos_sign_in_dialog, MOS, SIGN_IN_DIALOG, AdwDialog)

MosSignInDialog *mos_sign_in_dialog_new (MosDesk *desk, MosAccount *account);

G_END_DECLS
