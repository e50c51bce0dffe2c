/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-database.h"

#include "core/store/mos-store-sort.h"
#include "core/store/mos-tokenizer.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

struct _MosStatement
{
  MosDatabase *database; /* (borrowed) */
  sqlite3_stmt *handle;  /* (owned) */
  gboolean is_cached;
  gboolean is_busy;
};

/* Nearly all SQL is a literal: where it lies in memory finds its statement without reading all of it. */
#define N_RECENT 512
/* Told in the log where debugging is on. */
#define SLOW_NS (20 * 1000 * 1000)
/* 300 kB a connection; statements that are kept hold some of them, so there are more than by default */
#define LOOKASIDE_SIZE 1200
#define LOOKASIDE_SLOTS 250

struct _MosDatabase
{
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): SQL -> MosStatement */
  struct
  {
    const char *sql;
    MosStatement *statement; /* (borrowed) of @statements */
  } recent[N_RECENT];
};

static void
mos_statement_free (MosStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/* Each code is another reaction; the extended code and errno tell a full disk from a broken one. */
static int
mos_database_map_error (sqlite3 *handle,
                        int rc)
{
  int saved = handle != NULL ? sqlite3_system_errno (handle) : 0;

  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return MOS_STORE_ERROR_DISK_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return MOS_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MOS_STORE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return MOS_STORE_ERROR_LOCKED;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
        return MOS_STORE_ERROR_DISK_FULL;
      if (saved == EROFS || saved == EACCES || saved == EPERM)
        return MOS_STORE_ERROR_READ_ONLY;
      if (rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_CORRUPTFS)
        return MOS_STORE_ERROR_CORRUPT;
      return MOS_STORE_ERROR_FAILED;
    default:
      return MOS_STORE_ERROR_FAILED;
    }
}

gboolean
mos_database_set_error (MosDatabase *self,
                        int rc,
                        GError **error)
{
  if ((rc & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  else
    g_set_error (error, MOS_STORE_ERROR, mos_database_map_error (self->handle, rc), "%s (%d)",
                 sqlite3_errmsg (self->handle), rc);
  return FALSE;
}

/* The statement as it is written, without the values of anybody. */
static int
mos_database_profile_cb (unsigned int what,
                         void *data,
                         void *statement,
                         void *ns)
{
  gint64 taken_ns = *(sqlite3_int64 *) ns;

  if (taken_ns >= SLOW_NS)
    g_debug ("%.0f ms: %s", (double) taken_ns / 1e6, sqlite3_sql (statement));
  return 0;
}

/* Nobody asks SQLite how much memory it has: to count it takes a lock at each of its allocations, of all threads. Where somebody else in the
 * process began with SQLite before, it stays as it is. */
static void
mos_database_configure (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&once, 1);
    }
}

MosDatabase *
mos_database_open (const char *path,
                   MosDatabaseMode mode,
                   GError **error)
{
  MosDatabase *self = g_new0 (MosDatabase, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int rc;

  flags |= mode == MOS_DATABASE_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == MOS_DATABASE_READ_WRITE)
    flags |= SQLITE_OPEN_CREATE;
  if (g_str_has_prefix (path, "file:"))
    flags |= SQLITE_OPEN_URI;

  mos_database_configure ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) mos_statement_free);
  rc = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (rc != SQLITE_OK)
    {
      if (self->handle != NULL)
        mos_database_set_error (self, rc, error);
      else
        g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "%s", sqlite3_errstr (rc));
      mos_database_close (self);
      return NULL;
    }

  /* Before anything else: then most small allocations of a statement that runs need no heap. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, LOOKASIDE_SIZE, LOOKASIDE_SLOTS);
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    sqlite3_trace_v2 (self->handle, SQLITE_TRACE_PROFILE, mos_database_profile_cb, NULL);
  sqlite3_busy_timeout (self->handle, 10000);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!mos_tokenizer_register (self->handle) || !mos_sort_register (self->handle))
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "This SQLite has no FTS5");
      mos_database_close (self);
      return NULL;
    }
  if (!mos_database_run_script (self,
                                "PRAGMA trusted_schema = OFF;"
                                "PRAGMA foreign_keys = ON;"
                                "PRAGMA cache_size = -16384;"
                                "PRAGMA temp_store = MEMORY;",
                                error) ||
      (mode == MOS_DATABASE_READ_WRITE &&
       !mos_database_run_script (self,
                                 "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA secure_delete = ON;"
                                 /* 48 MB: in a first sync the same pages of indexes are written again and again, and those that changed twice before a
                                  * checkpoint are copied once. It costs that much disk beside the database while it grows (what is more is cut off below, and
                                  * closing leaves nothing), 32 kB of index for each 16 MB, and after a crash one reading of it. */
                                 "PRAGMA wal_autocheckpoint = 12000;"
                                 "PRAGMA journal_size_limit = 67108864;",
                                 error)) ||
      (mode == MOS_DATABASE_QUERY_ONLY && !mos_database_run_script (self, "PRAGMA query_only = ON;", error)))
    {
      mos_database_close (self);
      return NULL;
    }
  return self;
}

void
mos_database_close (MosDatabase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement outlived its database");
  g_free (self);
}

sqlite3 *
mos_database_get_handle (MosDatabase *self)
{
  return self->handle;
}

gboolean
mos_database_run_script (MosDatabase *self,
                         const char *sql,
                         GError **error)
{
  int rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || mos_database_set_error (self, rc, error);
}

/* Text made for the moment may lie where another lay before, so the text has the last word. */
static MosStatement *
mos_database_find_statement (MosDatabase *self,
                             const char *sql)
{
  gsize slot = (((gsize) sql) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 40) % N_RECENT;
  MosStatement *statement = self->recent[slot].statement;

  if (self->recent[slot].sql == sql && strcmp (sqlite3_sql (statement->handle), sql) == 0)
    return statement;
  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      self->recent[slot].sql = sql;
      self->recent[slot].statement = statement;
    }
  return statement;
}

static MosStatement *
mos_database_prepare (MosDatabase *self,
                      const char *sql,
                      GError **error)
{
  MosStatement *statement = mos_database_find_statement (self, sql);
  gboolean keep = statement == NULL;
  sqlite3_stmt *handle;
  int rc;

  if (statement != NULL && !statement->is_busy)
    {
      statement->is_busy = TRUE;
      return statement;
    }

  rc = sqlite3_prepare_v3 (self->handle, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);
  if (rc != SQLITE_OK)
    {
      mos_database_set_error (self, rc, error);
      return NULL;
    }
  statement = g_new0 (MosStatement, 1);
  statement->database = self;
  statement->handle = handle;
  statement->is_busy = TRUE;
  statement->is_cached = keep;
  /* The key lives in the statement, whoever made the text. A nested use of the same text gets a statement of its own. */
  if (keep)
    g_hash_table_insert (self->statements, (gpointer) sqlite3_sql (handle), statement);
  return statement;
}

static MosStatement *
mos_database_query_va (MosDatabase *self,
                       const char *sql,
                       const char *types,
                       va_list args,
                       GError **error)
{
  MosStatement *statement = mos_database_prepare (self, sql, error);

  if (statement == NULL)
    return NULL;

  g_assert (sqlite3_bind_parameter_count (statement->handle) == (int) strlen (types));
  for (int i = 1; types[i - 1] != '\0'; i++)
    switch (types[i - 1])
      {
      case 't':
        mos_statement_bind_text (statement, i, va_arg (args, const char *));
        break;
      case 'i':
        mos_statement_bind_int (statement, i, va_arg (args, gint64));
        break;
      case 'd':
        mos_statement_bind_int (statement, i, va_arg (args, int));
        break;
      case 'b':
        mos_statement_bind_bytes (statement, i, va_arg (args, GBytes *));
        break;
      case 'n':
        break;
      default:
        g_assert_not_reached ();
      }
  return statement;
}

MosStatement *
mos_database_query (MosDatabase *self,
                    GError **error,
                    const char *sql,
                    const char *types,
                    ...)
{
  MosStatement *statement;
  va_list args;

  va_start (args, types);
  statement = mos_database_query_va (self, sql, types, args, error);
  va_end (args);
  return statement;
}

MosStatement *
mos_database_query_made (MosDatabase *self,
                         const char *sql,
                         GArray *values,
                         GError **error)
{
  MosStatement *statement;
  sqlite3_stmt *handle;
  int rc = sqlite3_prepare_v3 (self->handle, sql, -1, 0, &handle, NULL);

  if (rc != SQLITE_OK)
    {
      mos_database_set_error (self, rc, error);
      return NULL;
    }
  statement = g_new0 (MosStatement, 1);
  statement->database = self;
  statement->handle = handle;
  statement->is_busy = TRUE;
  g_assert (sqlite3_bind_parameter_count (handle) == (int) values->len);
  for (guint i = 0; i < values->len; i++)
    {
      MosSqlValue *value = &g_array_index (values, MosSqlValue, i);

      if (value->text != NULL)
        mos_statement_bind_text (statement, (int) i + 1, value->text);
      else
        mos_statement_bind_int (statement, (int) i + 1, value->number);
    }
  return statement;
}

gboolean
mos_database_exec (MosDatabase *self,
                   GError **error,
                   const char *sql,
                   const char *types,
                   ...)
{
  g_autoptr (MosStatement) statement = NULL;
  va_list args;
  int r;

  va_start (args, types);
  statement = mos_database_query_va (self, sql, types, args, error);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  while ((r = mos_statement_step (statement, error)) > 0)
    ;
  return r == 0;
}

gboolean
mos_database_get_int (MosDatabase *self,
                      gint64 *ret_value,
                      GError **error,
                      const char *sql,
                      const char *types,
                      ...)
{
  g_autoptr (MosStatement) statement = NULL;
  va_list args;
  int r;

  va_start (args, types);
  statement = mos_database_query_va (self, sql, types, args, error);
  va_end (args);
  if (statement == NULL || (r = mos_statement_step (statement, error)) < 0)
    return FALSE;
  *ret_value = r > 0 ? mos_statement_get_int (statement, 0) : 0;
  return TRUE;
}

gboolean
mos_database_get_text (MosDatabase *self,
                       char **ret_value,
                       GError **error,
                       const char *sql,
                       const char *types,
                       ...)
{
  g_autoptr (MosStatement) statement = NULL;
  va_list args;
  int r;

  va_start (args, types);
  statement = mos_database_query_va (self, sql, types, args, error);
  va_end (args);
  if (statement == NULL || (r = mos_statement_step (statement, error)) < 0)
    return FALSE;
  *ret_value = r > 0 ? mos_statement_dup_text (statement, 0) : NULL;
  return TRUE;
}

/* --- statements --- */

int
mos_statement_step (MosStatement *self,
                    GError **error)
{
  int rc = sqlite3_step (self->handle);

  if (rc == SQLITE_ROW)
    return 1;
  if (rc == SQLITE_DONE)
    return 0;
  mos_database_set_error (self->database, rc, error);
  return -1;
}

void
mos_statement_reset (MosStatement *self)
{
  sqlite3_reset (self->handle);
}

/* Values are borrowed until the statement is released; a failure to bind is out of memory and shows at the step. */
void
mos_statement_bind_text (MosStatement *self,
                         int index,
                         const char *value)
{
  if (value == NULL)
    sqlite3_bind_null (self->handle, index);
  else
    sqlite3_bind_text (self->handle, index, value, -1, SQLITE_STATIC);
}

void
mos_statement_bind_int (MosStatement *self,
                        int index,
                        gint64 value)
{
  sqlite3_bind_int64 (self->handle, index, value);
}

void
mos_statement_bind_bytes (MosStatement *self,
                          int index,
                          GBytes *value)
{
  gsize size;
  gconstpointer data;

  if (value == NULL)
    {
      sqlite3_bind_null (self->handle, index);
      return;
    }
  data = g_bytes_get_data (value, &size);
  /* An empty blob is not NULL. */
  sqlite3_bind_blob64 (self->handle, index, size > 0 ? data : "", size, SQLITE_STATIC);
}

const char *
mos_statement_get_text (MosStatement *self,
                        int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
mos_statement_dup_text (MosStatement *self,
                        int column)
{
  return g_strdup (mos_statement_get_text (self, column));
}

char *
mos_statement_dup_text0 (MosStatement *self,
                         int column)
{
  const char *text = mos_statement_get_text (self, column);

  return g_strdup (text != NULL ? text : "");
}

gint64
mos_statement_get_int (MosStatement *self,
                       int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

gboolean
mos_statement_is_null (MosStatement *self,
                       int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

GBytes *
mos_statement_get_bytes (MosStatement *self,
                         int column)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  if (mos_statement_is_null (self, column))
    return NULL;
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}

sqlite3_stmt *
mos_statement_get_handle (MosStatement *self)
{
  return self->handle;
}

void
mos_statement_unref (MosStatement *self)
{
  if (self == NULL)
    return;
  if (!self->is_cached)
    {
      mos_statement_free (self);
      return;
    }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->is_busy = FALSE;
}
