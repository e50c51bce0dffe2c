/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-signatures.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-txn.h"

static void
mos_tail_free (gpointer data)
{
  MosTail *self = data;

  g_free (self->message);
  g_free (self->tail);
  g_free (self);
}

GPtrArray *
mos_store_signature_list (MosTxn *txn,
                          const char *identity,
                          GError **error)
{
  g_autoptr (GPtrArray) tails = g_ptr_array_new_with_free_func (mos_tail_free);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT t.message, t.tail FROM signature_tail t JOIN message m ON m.id = t.message WHERE t.identity = ? ORDER BY m.seq DESC",
                          "t", identity);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosTail *tail = g_new0 (MosTail, 1);

      tail->message = mos_statement_dup_text (statement, 0);
      tail->tail = mos_statement_dup_text (statement, 1);
      g_ptr_array_add (tails, tail);
    }
  return r == 0 ? g_steal_pointer (&tails) : NULL;
}

gboolean
mos_store_signature_add (MosTxn *txn,
                         const char *identity,
                         const char *message,
                         const char *tail,
                         guint keep,
                         GError **error)
{
  gint64 count = 0;

  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO signature_tail (identity, message, tail) VALUES (?, ?, ?)", "ttt", identity, message, tail) &&
         mos_database_get_int (txn->database, &count, error, "SELECT count (*) FROM signature_tail WHERE identity = ?", "t", identity) &&
         (count <= (gint64) keep ||
          mos_database_exec (txn->database, error,
                             "DELETE FROM signature_tail WHERE identity = ?1 AND message NOT IN"
                             " (SELECT t.message FROM signature_tail t JOIN message m ON m.id = t.message WHERE t.identity = ?1 ORDER BY m.seq DESC LIMIT ?2)",
                             "td", identity, (int) keep));
}

gboolean
mos_store_message_get_reply_text (MosTxn *txn,
                                  const char *message,
                                  char **ret_text,
                                  GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT t.reply_text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.id = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_text = r > 0 ? mos_statement_dup_text (statement, 0) : NULL;
  return r >= 0;
}

gboolean
mos_store_message_set_reply_text (MosTxn *txn,
                                  const char *message,
                                  const char *reply_text,
                                  GError **error)
{
  g_autofree char *conversation = NULL;

  if (!mos_database_exec (txn->database, error, "UPDATE message_text SET reply_text = ? WHERE seq = (SELECT seq FROM message WHERE id = ?)", "tt", reply_text, message) ||
      !mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", message))
    return FALSE;
  mos_txn_touch_message (txn, message);
  /* The line in the list begins with it. */
  if (conversation != NULL)
    mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
  return TRUE;
}
