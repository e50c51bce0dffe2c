/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Full text (behaviour.md §2.10). A query is words (all must be there), "quoted phrases" and prefix*; any text is a valid query.
 * Subjects, bodies, notes, names, addresses and names of attachments are searched. */

/**
 * mos_store_search:
 * @limit: most conversations; 0 = all
 * @with_snippets: else the hits' snippets are ""
 *
 * Returns: array of #MosSearchHit, one per conversation with its newest matching message, newest first;
 *   an exact conversation number ("1042", "#1042") comes first. Deleted and merged conversations are left out.
 */
GPtrArray *mos_store_search (MosTxn *txn, const char *query, guint limit, gboolean with_snippets, GError **error);
/** mos_store_search_rebuild: the whole index anew */
gboolean mos_store_search_rebuild (MosTxn *txn, GError **error);

G_END_DECLS
