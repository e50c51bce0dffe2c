/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-customers.h"
#include "ctl/mos-ctl-private.h"

G_BEGIN_DECLS

/* What mos-ctl-customer.c (looking, changing), mos-ctl-customer-joining.c (one of two, two of one, going) and mos-ctl-customer-files.c share. */

/** mos_ctl_print_customer: a line, or JSON */
void mos_ctl_print_customer (MosCtl *self, MosCustomerRow *row);
int mos_ctl_customer_merge (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_unmerge (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_split (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_export (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_import (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_erase (MosCtl *self, GPtrArray *args);
int mos_ctl_customer_receipts (MosCtl *self, GPtrArray *args);

G_END_DECLS
