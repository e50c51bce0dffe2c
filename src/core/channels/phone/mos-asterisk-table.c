/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-asterisk-table.h"

#include "core/channels/phone/mos-asterisk-cdr.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define MAGIC "SQLite format 3"
/* The switchboard writes a row in no time: who holds the file for longer is somebody else. */
#define BUSY_MS 2000
#define ROWS 2000
/* The legs of a call are written together; other calls that end just then may come in between. */
#define AHEAD 100
/* No column of a log is longer: what is, is none. */
#define MAX_TEXT (64 * 1024)
/* How many steps of SQLite's between two looks whether somebody gave up */
#define STEPS 10000

enum
{
  ID,
  DISPOSITION,
  SOURCE,
  CALLER,
  DESTINATION,
  CHANNEL,
  DESTINATION_CHANNEL,
  APPLICATION,
  BILLED,
  N_COLUMNS,
};

/* As the sample of cdr_sqlite3_custom.conf has them, as the fields of CDR() are called, and as other logs of Asterisk's do. */
static const char *const names[N_COLUMNS][4] = {
  [ID] = { "uniqueid", "unique_id" },
  [DISPOSITION] = { "disposition" },
  [SOURCE] = { "src", "source" },
  [CALLER] = { "clid", "callerid", "caller_id" },
  [DESTINATION] = { "dst", "destination" },
  [CHANNEL] = { "channel" },
  [DESTINATION_CHANNEL] = { "dstchannel", "destinationchannel", "dst_channel" },
  [APPLICATION] = { "lastapp", "lastapplication", "last_app" },
  [BILLED] = { "billsec", "billableseconds", "bill_sec" },
};

typedef sqlite3 Table;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, sqlite3_close_v2)
typedef sqlite3_stmt Statement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Statement, sqlite3_finalize)

static gboolean
fail (Table *table,
      int code,
      GError **error)
{
  int kind = code & 0xff;

  g_set_error (error, MOS_CHAT_ERROR, (int) (kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_INTERRUPT ? MOS_CHAT_ERROR_TEMPORARY : MOS_CHAT_ERROR_PROTOCOL), "the log of calls: %s",
               table != NULL ? sqlite3_errmsg (table) : sqlite3_errstr (code));
  return FALSE;
}

gboolean
mos_asterisk_is_table (const char *path)
{
  char head[sizeof MAGIC] = "";
  FILE *file = fopen (path, "re");
  gboolean is;

  if (file == NULL)
    return FALSE;
  is = fread (head, 1, sizeof MAGIC, file) == sizeof MAGIC && memcmp (head, MAGIC, sizeof MAGIC) == 0;
  fclose (file);
  return is;
}

static int
on_progress (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* Nothing of what it says of itself is run. */
static Table *
open_table (const char *path,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (Table) table = NULL;
  int code = sqlite3_open_v2 (path, &table, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    {
      fail (table, code, error);
      return NULL;
    }
  sqlite3_busy_timeout (table, BUSY_MS);
  sqlite3_progress_handler (table, STEPS, on_progress, cancellable);
  sqlite3_limit (table, SQLITE_LIMIT_LENGTH, MAX_TEXT);
  sqlite3_db_config (table, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (table, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return g_steal_pointer (&table);
}

static Statement *
prepare (Table *table,
         const char *sql,
         GError **error)
{
  Statement *statement = NULL;
  int code = sqlite3_prepare_v2 (table, sql, -1, &statement, NULL);

  if (code != SQLITE_OK)
    fail (table, code, error);
  return statement;
}

/* --- what it has --- */

static gboolean
list_tables (Table *table,
             GStrvBuilder *builder,
             GError **error)
{
  /* The usual one first. */
  g_autoptr (Statement) statement = prepare (table, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY lower(name) <> 'cdr', name", error);
  int code;

  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_strv_builder_add (builder, (const char *) sqlite3_column_text (statement, 0));
  return code == SQLITE_DONE || fail (table, code, error);
}

static gboolean
is_called (guint column,
           const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names[column]) && names[column][i] != NULL; i++)
    if (g_ascii_strcasecmp (names[column][i], name) == 0)
      return TRUE;
  return FALSE;
}

/* @ret_columns: what @name calls them (transfer full) (nullable). Returns: FALSE with @error alone */
static gboolean
find_columns (Table *table,
              const char *name,
              char **ret_columns,
              GError **error)
{
  char *sql = sqlite3_mprintf ("PRAGMA table_info(\"%w\")", name);
  g_autoptr (Statement) statement = prepare (table, sql, error);
  int code = SQLITE_DONE;

  sqlite3_free (sql);
  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *called = (const char *) sqlite3_column_text (statement, 1);

      for (guint i = 0; called != NULL && i < N_COLUMNS; i++)
        if (ret_columns[i] == NULL && is_called (i, called))
          ret_columns[i] = g_strdup (called);
    }
  return code == SQLITE_DONE || fail (table, code, error);
}

static void
clear_columns (char **columns)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&columns[i], g_free);
}

/* Returns: (transfer full) (nullable): what reads rows behind ?1, ?2 of them at most */
static char *
make_query (const char *name,
            char **columns)
{
  g_autoptr (GString) sql = g_string_new ("SELECT rowid");
  char *from = sqlite3_mprintf (" FROM \"%w\" WHERE rowid > ?1 ORDER BY rowid LIMIT ?2", name);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      char *column = columns[i] != NULL ? sqlite3_mprintf (", \"%w\"", columns[i]) : NULL;

      g_string_append (sql, column != NULL ? column : ", ''");
      sqlite3_free (column);
    }
  g_string_append (sql, from);
  sqlite3_free (from);
  return g_string_free_and_steal (g_steal_pointer (&sql));
}

/* The table with calls in it. @ret_name, @ret_sql: (out) (transfer full) */
static gboolean
find_calls (Table *table,
            char **ret_name,
            char **ret_sql,
            GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) tables = NULL;
  gboolean is_read = list_tables (table, builder, error);

  tables = g_strv_builder_end (builder);
  for (char **name = tables; is_read && *name != NULL && *ret_sql == NULL; name++)
    {
      char *columns[N_COLUMNS] = { NULL };

      is_read = find_columns (table, *name, columns, error);
      if (is_read && columns[ID] != NULL && columns[DISPOSITION] != NULL && (columns[SOURCE] != NULL || columns[CALLER] != NULL))
        {
          *ret_name = g_strdup (*name);
          *ret_sql = make_query (*name, columns);
        }
      clear_columns (columns);
    }
  if (is_read && *ret_sql == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED, "the log of calls: no table has the columns uniqueid, disposition and src (or clid)");
  return *ret_sql != NULL;
}

gboolean
mos_asterisk_check_table (const char *path,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (Table) table = open_table (path, cancellable, error);
  g_autofree char *name = NULL;
  g_autofree char *sql = NULL;

  return table != NULL && find_calls (table, &name, &sql, error);
}

/* --- its rows --- */

static char *
dup_column (Statement *statement,
            int i)
{
  const char *text = (const char *) sqlite3_column_text (statement, i);

  return g_utf8_make_valid (text != NULL ? text : "", text != NULL ? sqlite3_column_bytes (statement, i) : 0);
}

/* "\"Ann\" <+49…>": the number of it, where no column says it alone */
static char *
dup_number (const char *caller)
{
  const char *begin = strrchr (caller, '<');
  const char *end = begin != NULL ? strchr (begin, '>') : NULL;

  return end != NULL ? g_strndup (begin + 1, (gsize) (end - begin - 1)) : g_strdup (caller);
}

static void
take_row (MosAsteriskLegs *legs,
          Statement *statement,
          gboolean is_ahead)
{
  char *texts[N_COLUMNS];
  MosAsteriskLeg leg;

  for (guint i = 0; i < N_COLUMNS; i++)
    texts[i] = dup_column (statement, (int) i + 1);
  if (*texts[SOURCE] == '\0')
    {
      g_free (texts[SOURCE]);
      texts[SOURCE] = dup_number (texts[CALLER]);
    }
  leg = (MosAsteriskLeg) {
    .id = texts[ID],
    .source = texts[SOURCE],
    .destination = texts[DESTINATION],
    .caller = texts[CALLER],
    .channel = texts[CHANNEL],
    .destination_channel = texts[DESTINATION_CHANNEL],
    .application = texts[APPLICATION],
    .disposition = texts[DISPOSITION],
    .seconds = g_ascii_strtoull (texts[BILLED], NULL, 10),
  };
  mos_asterisk_legs_add (legs, &leg, is_ahead);
  clear_columns (texts);
}

/* Whether what was read is still there: another table counts from its beginning. */
static gboolean
find_last (Table *table,
           const char *name,
           gint64 *ret_last,
           GError **error)
{
  char *sql = sqlite3_mprintf ("SELECT max(rowid) FROM \"%w\"", name);
  g_autoptr (Statement) statement = prepare (table, sql, error);
  int code;

  sqlite3_free (sql);
  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW)
    return fail (table, code, error);
  *ret_last = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

GPtrArray *
mos_asterisk_read_table (const char *path,
                         gint64 *place,
                         gint64 since_us,
                         gboolean *ret_has_more,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (Table) table = open_table (path, cancellable, error);
  g_autoptr (MosAsteriskLegs) legs = mos_asterisk_legs_new (since_us);
  g_autoptr (Statement) statement = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sql = NULL;
  gint64 last = 0, end = *place;
  guint n = 0;
  int code;

  *ret_has_more = FALSE;
  if (table == NULL || !find_calls (table, &name, &sql, error) || !find_last (table, name, &last, error))
    return NULL;
  if (last < end)
    end = 0;
  statement = prepare (table, sql, error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, end);
  sqlite3_bind_int (statement, 2, ROWS + AHEAD);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      take_row (legs, statement, n >= ROWS);
      if (n++ < ROWS)
        end = sqlite3_column_int64 (statement, 0);
    }
  if (code != SQLITE_DONE)
    {
      fail (table, code, error);
      return NULL;
    }
  *ret_has_more = n > ROWS;
  *place = end;
  return mos_asterisk_legs_steal (legs);
}
