/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/**
 * MosOrderFilter: which orders a list shows; all of them with nothing in it
 * @text: (nullable): a number or its beginning, an address, a phone number, or the name of who ordered
 * @shop: (nullable): id
 * @has_status, @status: without it any
 * @late_days: paid for, placed at least so many days ago, and without a parcel; 0 = not asked
 * @from_us, @to_us: when they were placed, @to_us left out; 0 = no bound
 * @is_oldest_first: else the newest comes first
 */
typedef struct
{
  char *text;
  char *shop;
  gboolean has_status;
  MosOrderStatus status;
  guint late_days;
  gint64 from_us;
  gint64 to_us;
  gboolean is_oldest_first;
} MosOrderFilter;
MOS_DECLARE_VALUE (MosOrderFilter, order_filter)
/** mos_order_filter_is_empty: whether it lets all pass, in whatever order */
gboolean mos_order_filter_is_empty (const MosOrderFilter *self);

G_END_DECLS
