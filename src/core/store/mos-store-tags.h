/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_tag_set: adds or takes away; the tag is made when it is new. Names are compared as folded text, kept as first written. */
gboolean mos_store_tag_set (MosTxn *txn, const char *conversation, const char *tag, gboolean add, GError **error);
/** Returns: (transfer full): the names of all tags in use, sorted; %NULL on error */
GStrv mos_store_tag_list (MosTxn *txn, GError **error);

G_END_DECLS
