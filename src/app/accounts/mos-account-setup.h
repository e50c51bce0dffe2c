/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosAccountSetup: adding an e-mail account: who, how (found out and shown),
 * tried live, and how far back is work.
 */
#define MOS_TYPE_ACCOUNT_SETUP (mos_account_setup_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountSetup, mos_account_setup, MOS, ACCOUNT_SETUP, AdwDialog)

MosAccountSetup *mos_account_setup_new (MosDesk *desk);

G_END_DECLS
