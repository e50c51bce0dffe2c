/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-customers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosCustomersDialog: the customers: a list, and a page of each. */
#define MOS_TYPE_CUSTOMERS_DIALOG (mos_customers_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomersDialog, mos_customers_dialog, MOS, CUSTOMERS_DIALOG, AdwDialog)

/** mos_customers_dialog_new: @customer: (nullable): id of the one to begin with */
MosCustomersDialog *mos_customers_dialog_new (MosDesk *desk, const char *customer);

G_END_DECLS
