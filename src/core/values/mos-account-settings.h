/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** mos_account_own_settings: of a copy of an account, right after it was made: what is set in it (mos_account_set_setting()) is not set in the other one */
void mos_account_own_settings (MosAccount *self);

G_END_DECLS
