/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* Addresses that want no promotional mail any more, whoever has them: a merge that is taken back, a split, an address that is removed and writes again, and an
 * erasure, all of which make or unmake customers, do not make anybody forget it. Kept as keyed hashes, not recorded. */

/** mos_store_opt_out_put: @address: "" is nobody's */
gboolean mos_store_opt_out_put (MosTxn *txn, const char *address, GError **error);
/** mos_store_opt_out_put_of: all addresses of @customer, where the customer opted out; else nothing */
gboolean mos_store_opt_out_put_of (MosTxn *txn, const char *customer, GError **error);
/** mos_store_opt_out_lift: a person says that @customer may be written to again: what any of their addresses said until now counts no more */
gboolean mos_store_opt_out_lift (MosTxn *txn, const char *customer, GError **error);
/** mos_store_opt_out_find: @ret_is: (out): whether whoever has @address wants no more */
gboolean mos_store_opt_out_find (MosTxn *txn, const char *address, gboolean *ret_is, GError **error);

G_END_DECLS
