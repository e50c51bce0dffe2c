/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mos_account_title_dup:
 * @accounts: of #MosAccountItem
 * @account: one of them
 *
 * Returns: (transfer full): its name; with its address, or else its channel, where another account is called the same
 */
char *mos_account_title_dup (GListModel *accounts, const MosAccount *account);

G_END_DECLS
