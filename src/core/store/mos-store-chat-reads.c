/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-chat.h"

#include "core/store/mos-store-private.h"

/* --- up to where the desk has read, told to the other side --- */

gboolean
mos_store_chat_want_read (MosTxn *txn,
                          const char *conversation,
                          GError **error)
{
  /* Beside max() SQLite takes the other columns from the row that has it. */
  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO chat_read (thread, remote, seq) SELECT c.thread, c.remote, max (m.seq) FROM message m JOIN chat_message c ON c.message = m.id"
                          " WHERE m.conversation = ? AND m.direction = 'incoming' AND m.unread = 0 GROUP BY c.thread"
                          " ON CONFLICT (thread) DO UPDATE SET remote = excluded.remote, seq = excluded.seq, told = 0 WHERE excluded.seq > seq",
                          "t", conversation))
    return FALSE;
  /* Whoever sends tells it, too. */
  txn->changes->outbox_changed = TRUE;
  return TRUE;
}

GPtrArray *
mos_store_chat_list_reads (MosTxn *txn,
                           const char *account,
                           GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT t.remote, r.remote FROM chat_read r JOIN chat_thread t ON t.id = r.thread WHERE r.told = 0 AND t.account = ? ORDER BY r.seq", "t", account);
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosChatUpdate *update = mos_chat_update_new ();

      update->kind = MOS_CHAT_RECEIPT;
      update->receipt = MOS_DELIVERY_READ;
      update->is_own = TRUE;
      update->upto = TRUE;
      update->thread = mos_statement_dup_text (statement, 0);
      update->id = mos_statement_dup_text (statement, 1);
      update->text = g_strdup ("");
      g_ptr_array_add (updates, update);
    }
  return r == 0 ? g_steal_pointer (&updates) : NULL;
}

gboolean
mos_store_chat_told_read (MosTxn *txn,
                          const char *account,
                          const char *thread,
                          const char *id,
                          GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE chat_read SET told = 1 WHERE remote = ? AND thread = (SELECT id FROM chat_thread WHERE account = ? AND remote = ?)", "ttt", id, account, thread);
}
