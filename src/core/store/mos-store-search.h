/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-query.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Full text (behaviour.md §2.10): subjects, bodies, notes, names, addresses, names of attachments and the text in them. The language is mos-query.h's. */

/**
 * mos_store_search_query:
 * @me: (nullable): agent who "me" is
 * @limit: most conversations; 0 = all
 *
 * Returns: array of #MosSearchHit without snippets, one per conversation with its newest matching message ("" where nothing is asked of messages), newest
 *   first. For a number ("1042", "#1042"), an address or an order's number alone, what is called so comes first. Nothing for an empty query.
 */
GPtrArray *mos_store_search_query (MosTxn *txn, const MosQuery *query, const char *me, guint limit, GError **error);
/** mos_store_search: the same of a text in the stored form; @with_snippets: else the hits' snippets are "" */
GPtrArray *mos_store_search (MosTxn *txn, const char *text, guint limit, gboolean with_snippets, GError **error);
/**
 * mos_store_search_snippet: where the words of @query are in @message
 * @ret_snippet: (out) (nullable): about 160 characters, hits between U+0002 and U+0003; %NULL when it looks for no words
 * @ret_file: (out) (nullable): the attachment in whose text they are
 */
gboolean mos_store_search_snippet (MosTxn *txn, const MosQuery *query, const char *message, char **ret_snippet, char **ret_file, GError **error);
/** mos_store_search_rebuild: the whole index anew */
gboolean mos_store_search_rebuild (MosTxn *txn, GError **error);

G_END_DECLS
