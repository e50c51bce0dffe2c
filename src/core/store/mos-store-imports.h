/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* How far imports came. This desk's own: no change rows, no undo (the mail they took in is recorded as any other). */

typedef enum
{
  MOS_IMPORT_RUNNING,
  MOS_IMPORT_PAUSED,
  MOS_IMPORT_DONE,
  MOS_IMPORT_CANCELLED,
  MOS_IMPORT_FAILED,
} MosImportState; /* running paused done cancelled failed */
MOS_DECLARE_NICKS (MosImportState, import_state)

typedef enum
{
  MOS_IMPORT_PROBLEM_NOT_MAIL,
  MOS_IMPORT_PROBLEM_UNREADABLE,
  MOS_IMPORT_PROBLEM_TOO_LARGE,
  MOS_IMPORT_PROBLEM_DELETED,
  MOS_IMPORT_PROBLEM_DRAFT,
  MOS_IMPORT_PROBLEM_NOT_STORED,
  MOS_IMPORT_PROBLEM_NOT_DELIVERED,
  MOS_IMPORT_PROBLEM_ERASED,
} MosImportProblemKind; /* not-mail unreadable too-large deleted draft not-stored not-delivered erased */
MOS_DECLARE_NICKS (MosImportProblemKind, import_problem_kind)

/**
 * MosImportRow: one import.
 *
 * @source: JSON that names what is imported; never a password
 * @position: JSON that says how far it came, "" = the beginning
 * @done, @total: bytes
 */
typedef struct
{
  char *id;
  char *account;
  char *source;
  MosImportState state;
  char *position;
  gint64 created_us;
  gint64 updated_us;
  guint64 done;
  guint64 total;
  guint64 imported;
  guint64 duplicates;
  guint64 quarantined;
  guint64 passed_over;
} MosImportRow;
MOS_DECLARE_VALUE (MosImportRow, import_row)

/** MosImportProblem: what was not taken in. @path: a file, "file#3" within a mailbox file, or "folder;UID=7"; @detail: (nullable): the system's or the server's own words */
typedef struct
{
  char *path;
  MosImportProblemKind kind;
  char *detail;
} MosImportProblem;
MOS_DECLARE_VALUE (MosImportProblem, import_problem)
MosImportProblem *mos_import_problem_make (const char *path, MosImportProblemKind kind, const char *detail);

/** mos_store_import_find: @ret_row: (out) (transfer full) (nullable) */
gboolean mos_store_import_find (MosTxn *txn, const char *id, MosImportRow **ret_row, GError **error);
/** mos_store_import_save: adds or changes by id; created_us and updated_us are not looked at */
gboolean mos_store_import_save (MosTxn *txn, MosImportRow *row, GError **error);
/** mos_store_import_list: Returns: array of #MosImportRow that are neither done nor cancelled, the newest first */
GPtrArray *mos_store_import_list (MosTxn *txn, GError **error);
/** mos_store_import_has_brought: @ret_has: (out): whether one came to its end that found mail */
gboolean mos_store_import_has_brought (MosTxn *txn, gboolean *ret_has, GError **error);
/** mos_store_import_add_problem: beyond the thousandth of a job nothing is kept */
gboolean mos_store_import_add_problem (MosTxn *txn, const char *id, MosImportProblem *problem, GError **error);
gboolean mos_store_import_clear_problems (MosTxn *txn, const char *id, GError **error);
/** mos_store_import_list_problems: Returns: array of #MosImportProblem in the order they were met */
GPtrArray *mos_store_import_list_problems (MosTxn *txn, const char *id, GError **error);

G_END_DECLS
