/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-txn.h"
#include "core/values/mos-query.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/* Inside store/ only: which rows of "conversation" a view holds, as a condition. */

/**
 * MosViewSql:
 * @index: (nullable): an index that holds all that list and count need, in the order of @index_sort
 * @where: the condition, about the table "conversation", with a mark for each of @values
 * @values: (element-type utf8): of the marks, in their order; may hold %NULL
 */
typedef struct
{
  const char *index;
  MosViewSort index_sort;
  GString *where;
  GPtrArray *values;
} MosViewSql;

/** MOS_VIEW_SQL_BY_ID: the index where few ids are known beforehand; left alone, SQLite goes through all conversations while its statistics say that they are few */
#define MOS_VIEW_SQL_BY_ID "sqlite_autoindex_conversation_1"

/** mos_view_sql_init: @view: any but a search; @agent: (nullable): who "mine" is */
gboolean mos_view_sql_init (MosViewSql *self, MosTxn *txn, const MosView *view, const char *agent, GError **error);
void mos_view_sql_clear (MosViewSql *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosViewSql, mos_view_sql_clear)
/** mos_view_sql_query: "SELECT @what FROM conversation … WHERE (condition) @rest", its values bound; @ret_next: (out): the number of the first mark in @rest. @index: (nullable): no other one is taken. */
MosStatement *mos_view_sql_query (const MosViewSql *self, MosTxn *txn, const char *index, const char *what, const char *rest, int *ret_next, GError **error);
/** mos_view_sql_dup_query: the query of a saved view; @ret_query: (out) (transfer full) (nullable): %NULL where @view is none, or gone */
gboolean mos_view_sql_dup_query (MosTxn *txn, const MosView *view, MosQuery **ret_query, GError **error);
/** mos_view_sql_get_order: Returns: (transfer none): for ORDER BY; @ret_key: (out): the column it begins with */
const char *mos_view_sql_get_order (MosViewSort sort, const char **ret_key);

G_END_DECLS
