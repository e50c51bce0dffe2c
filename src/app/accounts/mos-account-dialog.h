/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosAccountDialog: one account's page: its state and counts, name, signature,
 * servers, password; try again, check now, remove.
 */
#define MOS_TYPE_ACCOUNT_DIALOG (mos_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountDialog, mos_account_dialog, MOS, ACCOUNT_DIALOG, AdwDialog)

MosAccountDialog *mos_account_dialog_new (MosDesk *desk, MosAccountItem *item);

G_END_DECLS
