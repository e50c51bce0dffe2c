/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-imports.h"

#include "core/store/mos-store-private.h"

/* Nobody reads more, and a folder of a million photographs must not fill the database. */
#define MAX_PROBLEMS 1000

#define IMPORT_COLUMNS "id, account, source, state, position, created_at, updated_at, done, total, imported, duplicates, quarantined, passed_over"

static const char *const import_state_nicks[] = {
  [MOS_IMPORT_RUNNING] = "running",
  [MOS_IMPORT_PAUSED] = "paused",
  [MOS_IMPORT_DONE] = "done",
  [MOS_IMPORT_CANCELLED] = "cancelled",
  [MOS_IMPORT_FAILED] = "failed",
};
MOS_DEFINE_NICKS (MosImportState, import_state)

static const char *const import_problem_kind_nicks[] = {
  [MOS_IMPORT_PROBLEM_NOT_MAIL] = "not-mail",
  [MOS_IMPORT_PROBLEM_UNREADABLE] = "unreadable",
  [MOS_IMPORT_PROBLEM_TOO_LARGE] = "too-large",
  [MOS_IMPORT_PROBLEM_DELETED] = "deleted",
  [MOS_IMPORT_PROBLEM_DRAFT] = "draft",
  [MOS_IMPORT_PROBLEM_NOT_STORED] = "not-stored",
  [MOS_IMPORT_PROBLEM_NOT_DELIVERED] = "not-delivered",
  [MOS_IMPORT_PROBLEM_ERASED] = "erased",
};
MOS_DEFINE_NICKS (MosImportProblemKind, import_problem_kind)

static void
mos_import_row_clear (MosImportRow *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->source);
  g_free (self->position);
}

MOS_DEFINE_VALUE (MosImportRow, import_row)

static void
mos_import_problem_clear (MosImportProblem *self)
{
  g_free (self->path);
  g_free (self->detail);
}

MOS_DEFINE_VALUE (MosImportProblem, import_problem)

MosImportProblem *
mos_import_problem_make (const char *path,
                         MosImportProblemKind kind,
                         const char *detail)
{
  MosImportProblem *self = mos_import_problem_new ();

  /* A file's name may be any bytes; the database holds text. */
  self->path = g_utf8_make_valid (path, -1);
  self->kind = kind;
  self->detail = detail != NULL ? g_utf8_make_valid (detail, -1) : NULL;
  return self;
}

static MosImportRow *
import_from (MosStatement *statement)
{
  MosImportRow *row = mos_import_row_new ();

  row->id = mos_statement_dup_text (statement, 0);
  row->account = mos_statement_dup_text (statement, 1);
  row->source = mos_statement_dup_text (statement, 2);
  row->state = mos_import_state_from_nick (mos_statement_get_text (statement, 3), MOS_IMPORT_FAILED);
  row->position = mos_statement_dup_text0 (statement, 4);
  row->created_us = mos_statement_get_int (statement, 5);
  row->updated_us = mos_statement_get_int (statement, 6);
  row->done = (guint64) mos_statement_get_int (statement, 7);
  row->total = (guint64) mos_statement_get_int (statement, 8);
  row->imported = (guint64) mos_statement_get_int (statement, 9);
  row->duplicates = (guint64) mos_statement_get_int (statement, 10);
  row->quarantined = (guint64) mos_statement_get_int (statement, 11);
  row->passed_over = (guint64) mos_statement_get_int (statement, 12);
  return row;
}

gboolean
mos_store_import_find (MosTxn *txn,
                       const char *id,
                       MosImportRow **ret_row,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " IMPORT_COLUMNS " FROM import_job WHERE id = ?", "t", id);
  int step;

  *ret_row = NULL;
  if (statement == NULL)
    return FALSE;
  step = mos_statement_step (statement, error);
  if (step == 1)
    *ret_row = import_from (statement);
  return step >= 0;
}

gboolean
mos_store_import_save (MosTxn *txn,
                       MosImportRow *row,
                       GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO import_job (" IMPORT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
                            " ON CONFLICT (id) DO UPDATE SET state = ?4, position = ?5, updated_at = ?6, done = ?7, total = ?8, imported = ?9, duplicates = ?10, quarantined = ?11, passed_over = ?12",
                            "tttttiiiiiii", row->id, row->account, row->source, mos_import_state_to_nick (row->state), row->position, txn->now_us,
                            (gint64) row->done, (gint64) row->total, (gint64) row->imported, (gint64) row->duplicates, (gint64) row->quarantined, (gint64) row->passed_over);
}

GPtrArray *
mos_store_import_list (MosTxn *txn,
                       GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_import_row_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT " IMPORT_COLUMNS " FROM import_job WHERE state IN ('running', 'paused', 'failed') ORDER BY updated_at DESC, id", "");
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = mos_statement_step (statement, error)) == 1)
    g_ptr_array_add (rows, import_from (statement));
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

gboolean
mos_store_import_has_brought (MosTxn *txn,
                              gboolean *ret_has,
                              GError **error)
{
  gint64 has;

  if (!mos_database_get_int (txn->database, &has, error, "SELECT EXISTS (SELECT 1 FROM import_job WHERE state = 'done' AND imported + duplicates + quarantined > 0)", ""))
    return FALSE;
  *ret_has = has != 0;
  return TRUE;
}

gboolean
mos_store_import_add_problem (MosTxn *txn,
                              const char *id,
                              MosImportProblem *problem,
                              GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO import_problem (job, position, path, kind, detail)"
                            " SELECT ?1, n, ?2, ?3, ?4 FROM (SELECT coalesce (max (position), 0) + 1 AS n FROM import_problem WHERE job = ?1) WHERE n <= ?5",
                            "ttttd", id, problem->path, mos_import_problem_kind_to_nick (problem->kind), problem->detail, MAX_PROBLEMS);
}

gboolean
mos_store_import_clear_problems (MosTxn *txn,
                                 const char *id,
                                 GError **error)
{
  return mos_database_exec (txn->database, error, "DELETE FROM import_problem WHERE job = ?", "t", id);
}

GPtrArray *
mos_store_import_list_problems (MosTxn *txn,
                                const char *id,
                                GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_import_problem_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT path, kind, detail FROM import_problem WHERE job = ? ORDER BY position", "t", id);
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = mos_statement_step (statement, error)) == 1)
    {
      MosImportProblem *problem = mos_import_problem_new ();

      problem->path = mos_statement_dup_text0 (statement, 0);
      problem->kind = mos_import_problem_kind_from_nick (mos_statement_get_text (statement, 1), MOS_IMPORT_PROBLEM_UNREADABLE);
      problem->detail = mos_statement_dup_text (statement, 2);
      g_ptr_array_add (problems, problem);
    }
  return step == 0 ? g_steal_pointer (&problems) : NULL;
}
