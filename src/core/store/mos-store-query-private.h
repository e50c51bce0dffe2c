/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-query.h"
#include "core/store/mos-txn.h"

G_BEGIN_DECLS

/* Shared by search and query. */

/** MosSql: a piece of SQL and the values of its "?", in their order */
typedef struct
{
  GString *text;
  GArray *values; /* of MosSqlValue */
} MosSql;

MosSql *mos_sql_new (void);
void mos_sql_free (MosSql *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSql, mos_sql_free)
/** mos_sql_append: @sql: constant; @types: as mos_database_query()'s: t or i */
void mos_sql_append (MosSql *self, const char *sql, const char *types, ...);
void mos_sql_append_sql (MosSql *self, const MosSql *other);

/** MosQueryBranch: one way to match: all of @nodes */
typedef struct
{
  GPtrArray *nodes;       /* (owned) of borrowed MosQueryNode */
  gboolean is_of_message; /* something is asked of messages */
  GString *match;         /* what FTS5 is asked; "" = not asked */
  gint64 from_seq;        /* no older messages than this; 0 = all. With is_walked */
  gboolean is_walked;     /* newest message first, in whatever order the tables would be faster */
} MosQueryBranch;

/** mos_query_branch_without: Returns: (transfer full): the same branch without the conditions @nodes */
MosQueryBranch *mos_query_branch_without (const MosQueryBranch *self, GPtrArray *nodes);
void mos_query_branch_free (MosQueryBranch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosQueryBranch, mos_query_branch_free)
/** mos_query_node_is_beginning: whether it is one word, or a few in a row, of which the last may go on */
gboolean mos_query_node_is_beginning (const MosQueryNode *node);

/** MosQuerySql: a query taken apart */
typedef struct
{
  const MosQueryOptions *options; /* (borrowed) */
  gint64 now_us;
  gboolean is_of_message; /* dates are those of messages */
  const char *places;     /* which conversations are seen at all */
  gboolean is_empty;      /* nothing in it can be looked for: a text without a word */
  GPtrArray *branches;    /* (owned) of MosQueryBranch */
} MosQuerySql;

MosQuerySql *mos_query_sql_new (const MosQuery *query, const MosQueryOptions *options, gint64 now_us);
void mos_query_sql_free (MosQuerySql *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosQuerySql, mos_query_sql_free)
/** mos_query_sql_append_branch: "FROM … WHERE …" with the conversation as c, and the message as m where @branch->is_of_message */
void mos_query_sql_append_branch (MosQuerySql *self, MosSql *sql, const MosQueryBranch *branch);

/** MosQueryHit: @message: (nullable): its newest matching one; @at: its time, or the conversation's newest message */
typedef struct
{
  char *conversation;
  char *message;
  gint64 at;
} MosQueryHit;

/** mos_query_list_hits: Returns: array of MosQueryHit, one per conversation, newest first */
GPtrArray *mos_query_list_hits (MosTxn *txn, const MosQuery *query, const MosQueryOptions *options, GError **error);

/**
 * mos_query_walk: (mos-store-query-walk.c) the same as the index would find for @branch, where looking at the newest messages is faster than asking the index
 * Returns: 1: all is in @hits; 0: ask the index; -1: @error
 */
int mos_query_walk (MosTxn *txn, MosQuerySql *sql, const MosQueryBranch *branch, GPtrArray *hits, GError **error);
void mos_query_hit_free (gpointer hit);

/** mos_query_match: @column: (nullable): FTS5's expression of one term; each token in quotes, so that no text of a person is an operator. Returns: (transfer full) (nullable): %NULL when it has no word */
char *mos_query_match (const char *value, gboolean is_prefix, const char *column);

G_END_DECLS
