/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-customers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCustomersCsvPage:
 *
 * Customers from a CSV file: what its columns are taken for, what would become of each record, and the import, with progress.
 *
 * Signals:
 *  - `imported (char *text, gint64 batch)`: it is done, in words, and what takes it back
 *  - `cancelled ()`: nothing of it was kept
 */
#define MOS_TYPE_CUSTOMERS_CSV_PAGE (mos_customers_csv_page_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomersCsvPage, mos_customers_csv_page, MOS, CUSTOMERS_CSV_PAGE, AdwNavigationPage)

MosCustomersCsvPage *mos_customers_csv_page_new (MosDesk *desk, GFile *file);

G_END_DECLS
