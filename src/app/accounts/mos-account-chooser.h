/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosAccountChooser: the first page of adding an account: which way customers
 * write there. What is chosen has a dialog of its own, in this one's place.
 */
#define MOS_TYPE_ACCOUNT_CHOOSER (mos_account_chooser_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountChooser, mos_account_chooser, MOS, ACCOUNT_CHOOSER, AdwDialog)

MosAccountChooser *mos_account_chooser_new (MosDesk *desk);

G_END_DECLS
