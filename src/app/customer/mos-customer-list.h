/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-customers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCustomerList: customers by what is typed, or by segment, a page at a time.
 *
 * Signals:
 *  - `chosen (const char *id, const char *title)`
 */
#define MOS_TYPE_CUSTOMER_LIST (mos_customer_list_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerList, mos_customer_list, MOS, CUSTOMER_LIST, AdwBin)

/** mos_customer_list_new: @but_not: (nullable): id of one who is not offered */
MosCustomerList *mos_customer_list_new (MosDesk *desk, const char *but_not);
/** mos_customer_list_get_entry: Returns: (transfer none): where the search is typed */
GtkWidget *mos_customer_list_get_entry (MosCustomerList *self);
/** mos_customer_list_find_segment: @ret_segment: (out): which is shown. Returns: %FALSE while somebody is searched for */
gboolean mos_customer_list_find_segment (MosCustomerList *self, MosSegment *ret_segment);

G_END_DECLS
