/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** MosCsvOverlay: what the records of a file would have made of the customers so far, where nothing is written: it lies over what the store has. */
typedef struct _MosCsvOverlay MosCsvOverlay;

MosCsvOverlay *mos_csv_overlay_new (void);
void mos_csv_overlay_free (MosCsvOverlay *self);
/** mos_csv_overlay_list: adds to @ids (element-type utf8) who would have @identity besides those in it */
void mos_csv_overlay_list (MosCsvOverlay *self, const char *identity, GPtrArray *ids);
/** mos_csv_overlay_find: Returns: (transfer full) (nullable): how the customer would be by now; %NULL where no record was for them */
MosCustomerRow *mos_csv_overlay_find (MosCsvOverlay *self, const char *id);
/** mos_csv_overlay_save: what mos_customers_save() and mos_customers_add_identity() would make of @row, whose id is %NULL where they are new. Returns: (transfer full) (nullable): as it would be kept. INVALID */
MosCustomerRow *mos_csv_overlay_save (MosCsvOverlay *self, MosCustomerRow *row, const char *const *addresses, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCsvOverlay, mos_csv_overlay_free)

G_END_DECLS
