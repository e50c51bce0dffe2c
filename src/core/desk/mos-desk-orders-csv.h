/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/desk/mos-orders-csv.h"

G_BEGIN_DECLS

/** MosOrdersLook: a file, how it is understood, and what would become of it; @report: (nullable): %NULL where no column holds the numbers */
typedef struct
{
  MosOrdersCsv *csv;
  MosOrdersPlan *plan;
  MosOrdersReport *report;
} MosOrdersLook;
MOS_DECLARE_VALUE (MosOrdersLook, orders_look)

/**
 * mos_desk_look_at_orders_async: reads a file with orders of @shop; nothing is written
 * @file: (nullable): read where @csv is %NULL
 * @csv: (nullable): what was read already
 * @plan: (nullable): %NULL = as its headings and the files before say
 */
void mos_desk_look_at_orders_async (MosDesk *self, MosShopAccount *shop, GFile *file, MosOrdersCsv *csv, MosOrdersPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): G_IO_ERROR_INVALID_DATA, G_IO_ERROR_MESSAGE_TOO_LARGE */
MosOrdersLook *mos_desk_look_at_orders_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
