/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-customers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCustomerMergeDialog: what becomes of two customers, field by field, with a choice where both have something.
 *
 * Signals:
 *  - `merge (GStrv take)`: fields of which the source's value wins
 */
#define MOS_TYPE_CUSTOMER_MERGE_DIALOG (mos_customer_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerMergeDialog, mos_customer_merge_dialog, MOS, CUSTOMER_MERGE_DIALOG, AdwDialog)

MosCustomerMergeDialog *mos_customer_merge_dialog_new (MosMergePreview *preview, gint64 now_us);

G_END_DECLS
