/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-chat.h"

#include "core/store/mos-store-private.h"

#include <string.h>

#define THREAD_QUERY "SELECT t.id, t.account, t.remote, t.title, t.conversation, t.identity, t.last_incoming, t.window_ends, t.closed FROM chat_thread t"

/* --- threads --- */

static gboolean
take_thread (MosStatement *statement,
             MosChatThread **ret_thread,
             GError **error)
{
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  MosChatThread *thread;

  *ret_thread = NULL;
  if (r <= 0)
    return r == 0;
  thread = mos_chat_thread_new ();
  thread->id = mos_statement_get_int (statement, 0);
  thread->account = mos_statement_dup_text (statement, 1);
  thread->remote = mos_statement_dup_text (statement, 2);
  thread->title = mos_statement_dup_text0 (statement, 3);
  thread->conversation = mos_statement_dup_text (statement, 4);
  thread->identity = mos_statement_dup_text (statement, 5);
  thread->last_incoming_us = mos_statement_get_int (statement, 6);
  thread->window_ends_us = mos_statement_get_int (statement, 7);
  thread->closed = mos_statement_dup_text (statement, 8);
  *ret_thread = thread;
  return TRUE;
}

gboolean
mos_store_chat_find_thread (MosTxn *txn,
                            const char *account,
                            const char *remote,
                            MosChatThread **ret_thread,
                            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, THREAD_QUERY " WHERE t.account = ? AND t.remote = ?", "tt", account, remote);

  return take_thread (statement, ret_thread, error);
}

GPtrArray *
mos_store_chat_list_threads (MosTxn *txn,
                             const char *account,
                             const char *ending,
                             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT remote FROM chat_thread WHERE account = ?1 AND substr (remote, -length (?2)) = ?2 ORDER BY id", "tt", account, ending);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_chat_ensure_thread (MosTxn *txn,
                              const char *account,
                              const char *remote,
                              MosChatThread **ret_thread,
                              GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO chat_thread (account, remote) VALUES (?, ?) ON CONFLICT DO NOTHING", "tt", account, remote) &&
         mos_store_chat_find_thread (txn, account, remote, ret_thread, error);
}

gboolean
mos_store_chat_find_thread_of (MosTxn *txn,
                               const char *conversation,
                               const char *message,
                               MosChatThread **ret_thread,
                               GError **error)
{
  g_autoptr (MosStatement) of_message = NULL;
  g_autoptr (MosStatement) of_conversation = NULL;

  *ret_thread = NULL;
  if (message != NULL)
    {
      of_message = mos_database_query (txn->database, error, THREAD_QUERY " JOIN chat_message c ON c.thread = t.id WHERE c.message = ? LIMIT 1", "t", message);
      if (!take_thread (of_message, ret_thread, error))
        return FALSE;
    }
  if (*ret_thread != NULL)
    return TRUE;
  /* By where its messages lie: what was merged into it, or moved there, came out of another one. */
  of_conversation = mos_database_query (txn->database, error,
                                        THREAD_QUERY " WHERE t.id IN (SELECT c.thread FROM message m JOIN chat_message c ON c.message = m.id WHERE m.conversation = ?1 AND m.removed_at = 0)"
                                                     " OR t.conversation = ?1 ORDER BY t.last_incoming DESC, t.id LIMIT 1",
                                        "t", conversation);
  return take_thread (of_conversation, ret_thread, error);
}

gboolean
mos_store_chat_save_thread (MosTxn *txn,
                            MosChatThread *thread,
                            GError **error)
{
  if (!mos_database_exec (txn->database, error, "UPDATE chat_thread SET title = ?, conversation = ?, identity = ?, last_incoming = ?, window_ends = ?, closed = ? WHERE id = ?", "tttiiti", thread->title != NULL ? thread->title : "",
                          thread->conversation, thread->identity, thread->last_incoming_us, thread->window_ends_us, thread->closed, thread->id))
    return FALSE;
  if (thread->conversation != NULL)
    mos_txn_touch_conversation (txn, thread->conversation);
  return TRUE;
}

gboolean
mos_store_chat_move_thread (MosTxn *txn,
                            const char *account,
                            const char *remote,
                            const char *now,
                            GError **error)
{
  g_autoptr (MosChatThread) from = NULL;
  g_autoptr (MosChatThread) to = NULL;

  if (!mos_store_chat_find_thread (txn, account, remote, &from, error) || !mos_store_chat_find_thread (txn, account, now, &to, error))
    return FALSE;
  if (from == NULL || g_str_equal (remote, now))
    return TRUE;
  if (to == NULL)
    return mos_database_exec (txn->database, error, "UPDATE chat_thread SET remote = ? WHERE id = ?", "ti", now, from->id);
  /* Something came under the new name before anybody said that it has one. */
  return mos_database_exec (txn->database, error, "UPDATE OR IGNORE chat_message SET thread = ? WHERE thread = ?", "ii", to->id, from->id) &&
         mos_database_exec (txn->database, error, "DELETE FROM chat_message WHERE thread = ?", "i", from->id) &&
         mos_database_exec (txn->database, error, "UPDATE chat_about SET reply_thread = ? WHERE reply_thread = ?", "ii", to->id, from->id) &&
         mos_database_exec (txn->database, error, "UPDATE chat_thread SET conversation = coalesce (conversation, ?), identity = coalesce (identity, ?), last_incoming = max (last_incoming, ?), window_ends = max (window_ends, ?) WHERE id = ?", "ttiii", from->conversation,
                            from->identity, from->last_incoming_us, from->window_ends_us, to->id) &&
         mos_database_exec (txn->database, error, "DELETE FROM chat_thread WHERE id = ?", "i", from->id);
}

/* --- places --- */

gboolean
mos_store_chat_find_message (MosTxn *txn,
                             gint64 thread,
                             const char *remote,
                             char **ret_message,
                             GError **error)
{
  return mos_database_get_text (txn->database, ret_message, error, "SELECT message FROM chat_message WHERE thread = ? AND remote = ?", "it", thread, remote);
}

gboolean
mos_store_chat_find_group (MosTxn *txn,
                           gint64 thread,
                           const char *group,
                           char **ret_message,
                           GError **error)
{
  return mos_database_get_text (txn->database, ret_message, error, "SELECT message FROM chat_message WHERE thread = ? AND \"group\" = ? LIMIT 1", "it", thread, group);
}

gboolean
mos_store_chat_has_captions (MosTxn *txn,
                             gint64 thread,
                             const char *group,
                             gboolean *ret_has,
                             GError **error)
{
  gint64 part = 0;

  if (!mos_database_get_int (txn->database, &part, error, "SELECT max (part) FROM chat_message WHERE thread = ? AND \"group\" = ?", "it", thread, group))
    return FALSE;
  *ret_has = part > 0;
  return TRUE;
}

gboolean
mos_store_chat_put_message (MosTxn *txn,
                            gint64 thread,
                            const char *remote,
                            const char *message,
                            guint part,
                            const char *group,
                            GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO chat_message (thread, remote, message, part, \"group\") VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "ittdt", thread, remote, message, (int) part, group);
}

GPtrArray *
mos_store_chat_list_remotes (MosTxn *txn,
                             const char *message,
                             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT remote FROM chat_message WHERE message = ? ORDER BY part, remote", "t", message);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_chat_list_sent_before (MosTxn *txn,
                                 gint64 thread,
                                 const char *message,
                                 MosDelivery state,
                                 GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT DISTINCT m.id FROM chat_message c JOIN message m ON m.id = c.message WHERE c.thread = ?1 AND m.direction = 'outgoing' AND m.removed_at = 0"
                          " AND m.seq <= (SELECT seq FROM message WHERE id = ?2) AND (m.delivery = 'accepted' OR (m.delivery = 'delivered' AND ?3 = 'read')) ORDER BY m.seq",
                          "itt", thread, message, mos_delivery_to_nick (state));

  return mos_query_ids (statement, error);
}

/* --- what happens to a message later --- */

gboolean
mos_store_chat_edit (MosTxn *txn,
                     const char *message,
                     const char *text,
                     const char *language,
                     gint64 at_us,
                     GError **error)
{
  g_autofree char *before = NULL;
  gint64 seq = 0, edited = 0;

  if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ? AND removed_at = 0", "t", message))
    return FALSE;
  if (seq == 0)
    return mos_not_found (error, "message", message);
  if (!mos_database_get_text (txn->database, &before, error, "SELECT text FROM message_text WHERE seq = ?", "i", seq) ||
      !mos_database_get_int (txn->database, &edited, error, "SELECT edited_at FROM message WHERE id = ?", "t", message))
    return FALSE;
  /* Told twice, or an older wording that comes after a newer one. */
  if (g_strcmp0 (before, text) == 0 || at_us < edited)
    return TRUE;
  return mos_database_exec (txn->database, error, "INSERT INTO message_version (message, until, text) VALUES (?1, (SELECT max (?2, 1 + coalesce (max (until), 0)) FROM message_version WHERE message = ?1), ?3)", "tit",
                            message, at_us, before != NULL ? before : "") &&
         mos_database_exec (txn->database, error, "UPDATE message_text SET text = ?1, reply_text = ?1 WHERE seq = ?2", "ti", text, seq) &&
         mos_record_set (txn, &mos_entity_message, message, NULL, error, "edited_at", 'i', at_us, "language", 't', language, NULL) &&
         mos_search_queue (txn, seq, FALSE, error);
}

gboolean
mos_store_chat_set_text (MosTxn *txn,
                         const char *message,
                         const char *text,
                         GError **error)
{
  g_autofree char *conversation = NULL;
  gint64 seq = 0;

  if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ?", "t", message) ||
      !mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", message))
    return FALSE;
  mos_txn_touch_message (txn, message);
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
  return mos_database_exec (txn->database, error, "UPDATE message_text SET text = ?1, reply_text = ?1 WHERE seq = ?2", "ti", text, seq) &&
         mos_search_queue (txn, seq, FALSE, error);
}

GPtrArray *
mos_store_chat_list_versions (MosTxn *txn,
                              const char *message,
                              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT text FROM message_version WHERE message = ? ORDER BY until", "t", message);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_chat_withdraw (MosTxn *txn,
                         const char *message,
                         gint64 at_us,
                         gboolean *ret_changed,
                         GError **error)
{
  gint64 withdrawn = 0;

  if (ret_changed != NULL)
    *ret_changed = FALSE;
  if (!mos_database_get_int (txn->database, &withdrawn, error, "SELECT withdrawn_at FROM message WHERE id = ?", "t", message))
    return FALSE;
  return withdrawn != 0 || mos_record_set (txn, &mos_entity_message, message, ret_changed, error, "withdrawn_at", 'i', at_us, NULL);
}

gboolean
mos_store_chat_react (MosTxn *txn,
                      const char *message,
                      const char *person,
                      const char *sign,
                      gboolean removed,
                      gint64 at_us,
                      GError **error)
{
  mos_txn_touch_message (txn, message);
  if (removed)
    /* Some platforms do not say which of them. */
    return mos_database_exec (txn->database, error, "DELETE FROM message_reaction WHERE message = ?1 AND person = ?2 AND (?3 = '' OR sign = ?3)", "ttt", message, person, sign);
  return mos_database_exec (txn->database, error, "INSERT INTO message_reaction (message, person, sign, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", "ttti", message, person, sign, at_us);
}
