/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-chat.h"

#include "core/store/mos-store-private.h"

/* --- what is to be done to messages that are there already --- */

#define CHANGE_QUERY "SELECT c.id, c.message, c.kind, c.text, c.attempts, c.why, c.detail FROM chat_change c"

static GPtrArray *
list_changes (MosStatement *statement,
              GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_change_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosChatChange *change = mos_chat_change_new ();

      change->id = mos_statement_dup_text (statement, 0);
      change->message = mos_statement_dup_text (statement, 1);
      change->kind = mos_chat_change_kind_from_nick (mos_statement_get_text (statement, 2), MOS_CHAT_CHANGE_EDIT);
      change->text = mos_statement_dup_text0 (statement, 3);
      change->attempts = (guint) mos_statement_get_int (statement, 4);
      change->why = mos_statement_dup_text (statement, 5);
      change->detail = mos_statement_dup_text (statement, 6);
      g_ptr_array_add (changes, change);
    }
  return r == 0 ? g_steal_pointer (&changes) : NULL;
}

gboolean
mos_store_chat_want_change (MosTxn *txn,
                            const MosChatChange *change,
                            GError **error)
{
  mos_txn_touch_message (txn, change->message);
  txn->changes->outbox_changed = TRUE;
  return mos_database_exec (txn->database, error,
                            "INSERT INTO chat_change (id, message, kind, text, created_at) VALUES (?, ?, ?, ?, ?)"
                            " ON CONFLICT (message, kind) DO UPDATE SET id = excluded.id, text = excluded.text, attempts = 0, next_try = 0, why = NULL, detail = NULL, created_at = excluded.created_at",
                            "tttti", change->id, change->message, mos_chat_change_kind_to_nick (change->kind), change->text, txn->now_us);
}

gboolean
mos_store_chat_find_changes (MosTxn *txn,
                             const char *message,
                             GPtrArray **ret_changes,
                             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, CHANGE_QUERY " WHERE c.message = ? ORDER BY c.created_at, c.id", "t", message);
  g_autoptr (GPtrArray) changes = list_changes (statement, error);

  *ret_changes = NULL;
  if (changes == NULL)
    return FALSE;
  if (changes->len > 0)
    *ret_changes = g_steal_pointer (&changes);
  return TRUE;
}

GPtrArray *
mos_store_chat_list_changes (MosTxn *txn,
                             const char *account,
                             gint64 now_us,
                             gint64 *ret_next_us,
                             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          CHANGE_QUERY " CROSS JOIN message m ON m.id = c.message WHERE m.account = ? AND m.removed_at = 0 AND c.why IS NULL AND c.next_try <= ? ORDER BY c.created_at, c.id", "ti", account, now_us);

  *ret_next_us = 0;
  if (!mos_database_get_int (txn->database, ret_next_us, error,
                             "SELECT min (c.next_try) FROM chat_change c CROSS JOIN message m ON m.id = c.message WHERE m.account = ? AND m.removed_at = 0 AND c.why IS NULL AND c.next_try > ?", "ti", account, now_us))
    return NULL;
  return list_changes (statement, error);
}

/* Whoever shows its message is to look again. */
static gboolean
touch (MosTxn *txn,
       const char *id,
       GError **error)
{
  g_autofree char *message = NULL;

  if (!mos_database_get_text (txn->database, &message, error, "SELECT message FROM chat_change WHERE id = ?", "t", id))
    return FALSE;
  if (message != NULL)
    mos_txn_touch_message (txn, message);
  return TRUE;
}

gboolean
mos_store_chat_delay_change (MosTxn *txn,
                             const char *id,
                             const char *why,
                             const char *detail,
                             gint64 next_us,
                             GError **error)
{
  return touch (txn, id, error) &&
         mos_database_exec (txn->database, error, "UPDATE chat_change SET attempts = attempts + 1, next_try = ?2, why = CASE WHEN ?2 = 0 THEN ?3 END, detail = ?4 WHERE id = ?1", "titt", id, next_us, why, detail);
}

gboolean
mos_store_chat_retry_change (MosTxn *txn,
                             const char *message,
                             MosChatChangeKind kind,
                             gboolean *ret_is_there,
                             GError **error)
{
  gint64 is_there = 0;

  if (!mos_database_get_int (txn->database, &is_there, error, "SELECT 1 FROM chat_change WHERE message = ? AND kind = ?", "tt", message, mos_chat_change_kind_to_nick (kind)))
    return FALSE;
  *ret_is_there = is_there != 0;
  mos_txn_touch_message (txn, message);
  txn->changes->outbox_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE chat_change SET attempts = 0, next_try = 0, why = NULL, detail = NULL WHERE message = ? AND kind = ?", "tt", message, mos_chat_change_kind_to_nick (kind));
}

gboolean
mos_store_chat_drop_change (MosTxn *txn,
                            const char *message,
                            const char *id,
                            GError **error)
{
  mos_txn_touch_message (txn, message);
  return mos_database_exec (txn->database, error, "DELETE FROM chat_change WHERE message = ?1 AND (?2 IS NULL OR id = ?2)", "tt", message, id);
}
