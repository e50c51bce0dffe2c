/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-moves.h"

#include "core/store/mos-store-private.h"

#include <string.h>

#define OF_CONVERSATION "message IN (SELECT id FROM message WHERE conversation = ?1)"
/* The customer's mail of an account that lets spam be moved, at the places that it has. */
#define PLACES "FROM message m JOIN account a ON a.id = m.account JOIN location l ON l.message = m.id AND l.removed = 0 JOIN folder f ON f.id = l.folder" \
               " WHERE m.conversation = ?1 AND m.direction = 'incoming' AND m.removed_at = 0 AND a.spam_stays = 0"

static gboolean
want_in_junk (MosTxn *txn,
              const char *conversation,
              GError **error)
{
  /* One that was on its way back stays where it is. */
  return mos_database_exec (txn->database, error, "UPDATE server_move SET role = 'junk', state = 'done' WHERE role = 'inbox' AND state = 'wanted' AND " OF_CONVERSATION, "t", conversation) &&
         mos_database_exec (txn->database, error,
                            "INSERT INTO server_move (message, role, origin, state) SELECT m.id, 'junk', min (l.folder), 'wanted' " PLACES
                            " AND f.role IN ('inbox', 'archive', 'other') GROUP BY m.id ON CONFLICT DO NOTHING",
                            "t", conversation);
}

static gboolean
want_back (MosTxn *txn,
           const char *conversation,
           GError **error)
{
  return mos_database_exec (txn->database, error, "DELETE FROM server_move WHERE role = 'junk' AND state <> 'done' AND " OF_CONVERSATION, "t", conversation) &&
         mos_database_exec (txn->database, error, "UPDATE server_move SET role = 'inbox', state = 'wanted' WHERE role = 'junk' AND " OF_CONVERSATION, "t", conversation) &&
         /* What the server itself took for spam, and is none. */
         mos_database_exec (txn->database, error,
                            "INSERT INTO server_move (message, role, state) SELECT DISTINCT m.id, 'inbox', 'wanted' " PLACES
                            " AND m.quarantined = 0 AND f.role = 'junk' ON CONFLICT DO NOTHING",
                            "t", conversation);
}

gboolean
mos_store_move_follow (MosTxn *txn,
                       const char *conversation,
                       const char *old_place,
                       const char *new_place,
                       GError **error)
{
  static const char *const work[] = { "open", "pending", "snoozed", "closed", NULL };
  gboolean is_spam = g_strcmp0 (new_place, "spam") == 0;
  gboolean was_spam = g_strcmp0 (old_place, "spam") == 0 || g_strcmp0 (old_place, "quarantine") == 0;
  gint64 waits = 0;

  if (!is_spam && !(was_spam && new_place != NULL && g_strv_contains (work, new_place)))
    return TRUE;
  if (!(is_spam ? want_in_junk (txn, conversation, error) : want_back (txn, conversation, error)) ||
      !mos_database_get_int (txn->database, &waits, error, "SELECT EXISTS (SELECT 1 FROM server_move WHERE state = 'wanted' AND " OF_CONVERSATION ")", "t", conversation))
    return FALSE;
  if (waits != 0)
    txn->changes->wanted_changed = TRUE;
  return TRUE;
}

GPtrArray *
mos_store_move_list (MosTxn *txn,
                     const char *account,
                     GError **error)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_move_unref);
  /* Where it is not to be any more: a followed folder that is no Junk, or Junk. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT s.message, m.message_id, s.role, o.name, f.name, l.uidvalidity, l.uid FROM server_move s CROSS JOIN message m ON m.id = s.message"
                          " LEFT JOIN folder o ON o.id = s.origin"
                          /* By the message's few places, not by a table of all of them, which would be made even when nothing is to be moved. */
                          " LEFT JOIN location l ON l.message = s.message AND l.removed = 0 AND l.folder IN (SELECT id FROM folder WHERE followed = 1"
                          " AND CASE s.role WHEN 'junk' THEN role IN ('inbox', 'archive', 'other') ELSE role = 'junk' END)"
                          " LEFT JOIN folder f ON f.id = l.folder"
                          " WHERE s.state = 'wanted' AND m.account = ? ORDER BY s.role, f.name, l.uidvalidity, l.uid",
                          "t", account);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosServerMove *move = mos_server_move_new ();

      move->message = mos_statement_dup_text (statement, 0);
      move->message_id = mos_statement_dup_text (statement, 1);
      move->role = mos_folder_role_from_nick (mos_statement_get_text (statement, 2), MOS_FOLDER_JUNK);
      move->origin = mos_statement_dup_text (statement, 3);
      move->folder = mos_statement_dup_text (statement, 4);
      move->uidvalidity = (guint32) mos_statement_get_int (statement, 5);
      move->uid = (guint32) mos_statement_get_int (statement, 6);
      g_ptr_array_add (moves, move);
    }
  return r == 0 ? g_steal_pointer (&moves) : NULL;
}

gboolean
mos_store_move_finish (MosTxn *txn,
                       MosServerMove *move,
                       GError **error)
{
  if (move->refused != NULL)
    return mos_database_exec (txn->database, error, "UPDATE server_move SET state = 'failed', detail = ?2 WHERE message = ?1", "tt", move->message, move->refused);
  /* It has left that place by our own doing: nobody is to be told that it was removed. */
  if (move->folder != NULL &&
      !mos_database_exec (txn->database, error,
                          "UPDATE location SET removed = 1, want_set = 0, want_unset = 0 WHERE folder = (SELECT f.id FROM folder f JOIN message m ON m.account = f.account WHERE m.id = ?1 AND f.name = ?2)"
                          " AND uidvalidity = ?3 AND uid = ?4 AND message = ?1",
                          "ttii", move->message, move->folder, (gint64) move->uidvalidity, (gint64) move->uid))
    return FALSE;
  /* Back where it was, there is nothing to remember. What was asked for meanwhile stands. */
  if (move->role == MOS_FOLDER_INBOX)
    return mos_database_exec (txn->database, error, "DELETE FROM server_move WHERE message = ? AND role = 'inbox'", "t", move->message);
  return mos_database_exec (txn->database, error, "UPDATE server_move SET state = CASE role WHEN 'junk' THEN 'done' ELSE state END WHERE message = ?", "t", move->message) &&
         mos_database_exec (txn->database, error, "UPDATE message SET removed_on_server = 0 WHERE id = ? AND removed_on_server <> 0", "t", move->message);
}

gboolean
mos_store_move_was_moved (MosTxn *txn,
                          const char *message,
                          gboolean *ret_was,
                          GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error, "SELECT 1 FROM server_move WHERE message = ? AND role = 'junk' AND state = 'done'", "t", message))
    return FALSE;
  *ret_was = is != 0;
  return TRUE;
}

gboolean
mos_store_move_forget (MosTxn *txn,
                       const char *message,
                       GError **error)
{
  return mos_database_exec (txn->database, error, "DELETE FROM server_move WHERE message = ?", "t", message);
}
