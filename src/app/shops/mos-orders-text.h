/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-orders-csv.h"

G_BEGIN_DECLS

/* What is said of a file of orders. */

/** mos_orders_text_column: Returns: (transfer none): what a column holds */
const char *mos_orders_text_column (MosOrderColumn column);
/** mos_orders_text_trouble: Returns: (transfer full): what is wrong, without its line */
char *mos_orders_text_trouble (const MosCsvTrouble *trouble);
/** mos_orders_text_file: Returns: (transfer full): how the file is written */
char *mos_orders_text_file (const MosOrdersCsv *csv);
/** mos_orders_text_counts: @is_done: it was imported; else what would be. Returns: (transfer full) */
char *mos_orders_text_counts (const MosOrdersReport *report, gboolean is_done);
/** mos_orders_text_missing: Returns: (transfer full): what people look for in an order and no column holds; "" where nothing */
char *mos_orders_text_missing (const MosOrdersPlan *plan);
/** mos_orders_text_preview: Returns: (transfer full): what is understood of an order, in a line or two */
char *mos_orders_text_preview (const MosOrder *order, gint64 now_us);
/** mos_orders_text_error: Returns: (transfer full): why a file cannot be read, and what to do */
char *mos_orders_text_error (const GError *error);

G_END_DECLS
