/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosPasswordDialog: asks for an account's password again, tries it, keeps it. */
#define MOS_TYPE_PASSWORD_DIALOG (mos_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosPasswordDialog, mos_password_dialog, MOS, PASSWORD_DIALOG, AdwDialog)

MosPasswordDialog *mos_password_dialog_new (MosDesk *desk, MosAccount *account);

G_END_DECLS
