/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-due.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosHeldDialog: what became due while nothing ran and would come to customers too late; the person decides about each */
#define MOS_TYPE_HELD_DIALOG (mos_held_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosHeldDialog, mos_held_dialog, MOS, HELD_DIALOG, AdwDialog)

MosHeldDialog *mos_held_dialog_new (MosDesk *desk);

G_END_DECLS
