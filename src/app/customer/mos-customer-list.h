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
 *  - `choice-changed (guint n)`: so many are ticked, while several are being chosen
 */
#define MOS_TYPE_CUSTOMER_LIST (mos_customer_list_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerList, mos_customer_list, MOS, CUSTOMER_LIST, AdwBin)

/** mos_customer_list_new: @but_not: (nullable): id of one who is not offered */
MosCustomerList *mos_customer_list_new (MosDesk *desk, const char *but_not);
/** mos_customer_list_get_entry: Returns: (transfer none): where the search is typed */
GtkWidget *mos_customer_list_get_entry (MosCustomerList *self);
/** mos_customer_list_find_segment: @ret_segment: (out): which is shown. Returns: %FALSE while somebody is searched for */
gboolean mos_customer_list_find_segment (MosCustomerList *self, MosSegment *ret_segment);
/** mos_customer_list_set_choosing: whether several are ticked, rather than one opened; who is ticked stays so while others are searched for. Ctrl+A ticks all that are shown */
void mos_customer_list_set_choosing (MosCustomerList *self, gboolean choosing);
/** mos_customer_list_choose_all: ticks all that are shown */
void mos_customer_list_choose_all (MosCustomerList *self);
/** mos_customer_list_dup_chosen: Returns: (transfer full) (nullable): ids; %NULL = none is ticked */
GStrv mos_customer_list_dup_chosen (MosCustomerList *self);

G_END_DECLS
