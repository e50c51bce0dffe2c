/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-customers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosCustomerPage: one customer: fields, addresses, who may be the same person, who was merged. What is changed is kept at once.
 *
 * Signals:
 *  - `acted (const char *text, gint64 batch)`: something was done that can be taken back
 *  - `failed (GError *error)`
 *  - `refused (const char *why)`: what was typed makes no sense; nothing was changed
 *  - `merge (const char *other)`: that customer shall become part of this one; "" = somebody who is to be chosen first
 *  - `unmerge (const char *merge)`
 *  - `export ()`, `erase ()`
 *  - `leave (const char *action, GVariant *target)`: to what the window does with this customer
 *  - `ready ()`: it shows its customer, once. An entry that is filled while it has the keyboard looks changed
 *  - `gone ()`: there is no such customer any more
 */
#define MOS_TYPE_CUSTOMER_PAGE (mos_customer_page_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerPage, mos_customer_page, MOS, CUSTOMER_PAGE, AdwNavigationPage)

MosCustomerPage *mos_customer_page_new (MosDesk *desk, const char *id, const char *title);
/** mos_customer_page_get_id: Returns: (transfer none) */
const char *mos_customer_page_get_id (MosCustomerPage *self);
/** mos_customer_page_dup_row: Returns: (transfer full) (nullable): as it is shown */
MosCustomerRow *mos_customer_page_dup_row (MosCustomerPage *self);

G_END_DECLS
