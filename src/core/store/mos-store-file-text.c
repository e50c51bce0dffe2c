/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-file-text.h"

#include "core/store/mos-store-private.h"

#define MAX_ATTEMPTS 3

gboolean
mos_store_file_text_take (MosTxn *txn,
                          char **ret_sha256,
                          char **ret_name,
                          char **ret_type,
                          GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  int r;

  g_return_val_if_fail (txn->is_writable, FALSE);

  *ret_sha256 = *ret_name = *ret_type = NULL;
  if (!mos_database_exec (txn->database, error, "UPDATE file_text SET state = 'failed' WHERE state = 'waiting' AND attempts >= ?", "d", MAX_ATTEMPTS))
    return FALSE;
  /* One whose message went before its blob did waits for both to be cleaned away. */
  statement = mos_database_query (txn->database, error,
                                  "SELECT f.sha256, a.name, a.type FROM file_text f JOIN attachment a ON a.sha256 = f.sha256 WHERE f.state = 'waiting' LIMIT 1", "");
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r <= 0)
    return r == 0;
  *ret_sha256 = mos_statement_dup_text (statement, 0);
  *ret_name = mos_statement_dup_text0 (statement, 1);
  *ret_type = mos_statement_dup_text0 (statement, 2);
  return mos_database_exec (txn->database, error, "UPDATE file_text SET attempts = attempts + 1 WHERE sha256 = ?", "t", *ret_sha256);
}

gboolean
mos_store_file_text_put (MosTxn *txn,
                         const char *sha256,
                         const char *state,
                         const char *text,
                         GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *before = NULL;
  int r;

  g_return_val_if_fail (txn->is_writable, FALSE);

  if (!mos_database_get_text (txn->database, &before, error, "SELECT text FROM file_text WHERE sha256 = ?", "t", sha256))
    return FALSE;
  /* The blob may have been erased meanwhile, and its row with it. */
  if (!mos_database_exec (txn->database, error, "UPDATE file_text SET state = ?, text = ?, attempts = CASE WHEN ?1 = 'waiting' THEN attempts - 1 ELSE attempts END WHERE sha256 = ?", "ttt", state, text != NULL ? text : "", sha256))
    return FALSE;
  /* What was found before is not to be found any more. */
  if (before == NULL || g_str_equal (before, text != NULL ? text : ""))
    return TRUE;
  statement = mos_database_query (txn->database, error, "SELECT DISTINCT m.seq, m.id FROM attachment a JOIN message m ON m.id = a.message WHERE a.sha256 = ? ORDER BY m.seq", "t", sha256);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      gint64 seq = mos_statement_get_int (statement, 0);

      g_array_append_val (seqs, seq);
      mos_txn_touch_message (txn, mos_statement_get_text (statement, 1));
    }
  for (guint i = 0; r == 0 && i < seqs->len; i++)
    if (!mos_search_queue (txn, g_array_index (seqs, gint64, i), FALSE, error))
      return FALSE;
  return r == 0;
}

gboolean
mos_store_file_text_count (MosTxn *txn,
                           guint *ret_count,
                           guint *ret_total,
                           GError **error)
{
  gint64 count = 0, total = 0;
  /* Each by its own index: none reads the texts. */
  gboolean ok = mos_database_get_int (txn->database, &count, error, "SELECT count (*) FROM file_text WHERE state = 'waiting'", "") &&
                (ret_total == NULL || mos_database_get_int (txn->database, &total, error, "SELECT count (*) FROM file_text", ""));

  *ret_count = (guint) count;
  if (ret_total != NULL)
    *ret_total = (guint) total;
  return ok;
}
