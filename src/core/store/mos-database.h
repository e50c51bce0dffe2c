/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Inside store/ only: one SQLite connection with its prepared statements. Used by one thread at a time. */

typedef struct _MosDatabase MosDatabase;
typedef struct _MosStatement MosStatement;

typedef enum
{
  MOS_DATABASE_READ_WRITE,
  MOS_DATABASE_QUERY_ONLY, /* may recover the WAL, writes nothing else */
  MOS_DATABASE_READ_ONLY,  /* opens the file read-only */
} MosDatabaseMode;

/** mos_database_open: @path: the file, made in READ_WRITE mode when absent. Sets every pragma of conventions.md §2.11 and registers the tokenizer. */
MosDatabase *mos_database_open (const char *path, MosDatabaseMode mode, GError **error);
void mos_database_close (MosDatabase *self);
sqlite3 *mos_database_get_handle (MosDatabase *self);

/** mos_database_set_error: fills @error from the connection's last error or @rc. Returns: %FALSE */
gboolean mos_database_set_error (MosDatabase *self, int rc, GError **error);
/** mos_database_run_script: several statements without values */
gboolean mos_database_run_script (MosDatabase *self, const char *sql, GError **error);

/**
 * mos_database_query:
 * @sql: a constant text; the prepared statement is kept
 * @types: one letter per value: t (const char *, nullable), i (gint64), d (int or gboolean), b (GBytes *, nullable), n (no argument: NULL)
 *
 * Returns: (transfer full): release with mos_statement_unref(), which resets it
 */
MosStatement *mos_database_query (MosDatabase *self, GError **error, const char *sql, const char *types, ...);
/** MosSqlValue: @text, or (where that is %NULL) @number */
typedef struct
{
  char *text;
  gint64 number;
} MosSqlValue;
/** mos_database_query_made: of an @sql that was put together; it is not kept. @values: (element-type MosSqlValue): must outlive the statement */
MosStatement *mos_database_query_made (MosDatabase *self, const char *sql, GArray *values, GError **error);
/** mos_database_exec: the same, run to its end */
gboolean mos_database_exec (MosDatabase *self, GError **error, const char *sql, const char *types, ...);
/** mos_database_get_int: first column of the first row; 0 when there is none */
gboolean mos_database_get_int (MosDatabase *self, gint64 *ret_value, GError **error, const char *sql, const char *types, ...);
/** mos_database_get_text: @ret_value: (transfer full) (nullable) */
gboolean mos_database_get_text (MosDatabase *self, char **ret_value, GError **error, const char *sql, const char *types, ...);

/** mos_statement_step: Returns: 1 with a row, 0 at the end, -1 with @error set */
int mos_statement_step (MosStatement *self, GError **error);
void mos_statement_reset (MosStatement *self);
void mos_statement_bind_text (MosStatement *self, int index, const char *value);
void mos_statement_bind_int (MosStatement *self, int index, gint64 value);
void mos_statement_bind_bytes (MosStatement *self, int index, GBytes *value);
/** mos_statement_get_text: Returns: (transfer none) (nullable): until the next step */
const char *mos_statement_get_text (MosStatement *self, int column);
char *mos_statement_dup_text (MosStatement *self, int column);
/** mos_statement_dup_text0: "" instead of %NULL */
char *mos_statement_dup_text0 (MosStatement *self, int column);
gint64 mos_statement_get_int (MosStatement *self, int column);
gboolean mos_statement_is_null (MosStatement *self, int column);
/** mos_statement_get_bytes: Returns: (transfer full) (nullable): a copy */
GBytes *mos_statement_get_bytes (MosStatement *self, int column);
sqlite3_stmt *mos_statement_get_handle (MosStatement *self);
void mos_statement_unref (MosStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosStatement, mos_statement_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosDatabase, mos_database_close)

G_END_DECLS
