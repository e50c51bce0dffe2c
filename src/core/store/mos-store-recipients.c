/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-recipients.h"

#include "core/store/mos-store-private.h"

gboolean
mos_store_recipient_add_all (MosTxn *txn,
                             const char *message,
                             const char *const *addresses,
                             GError **error)
{
  for (gsize i = 0; addresses[i] != NULL; i++)
    if (!mos_database_exec (txn->database, error, "INSERT OR IGNORE INTO recipient (message, address, position, state, at) VALUES (?, ?, ?, 'waiting', ?)", "ttii",
                            message, addresses[i], (gint64) i, txn->now_us))
      return FALSE;
  return TRUE;
}

GPtrArray *
mos_store_recipient_list (MosTxn *txn,
                          const char *message,
                          GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT address, state, code, status, words, at FROM recipient WHERE message = ? ORDER BY position, address", "t", message);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosRecipientResult *result = mos_recipient_result_new ();

      result->address = mos_statement_dup_text (statement, 0);
      result->state = mos_recipient_state_from_nick (mos_statement_get_text (statement, 1), MOS_RECIPIENT_UNCERTAIN);
      result->code = (guint) mos_statement_get_int (statement, 2);
      result->status = mos_statement_dup_text (statement, 3);
      result->text = mos_statement_dup_text (statement, 4);
      result->at_us = mos_statement_get_int (statement, 5);
      g_ptr_array_add (results, result);
    }
  return r == 0 ? g_steal_pointer (&results) : NULL;
}

gboolean
mos_store_recipient_set (MosTxn *txn,
                         const char *message,
                         const char *address,
                         MosRecipientState state,
                         guint code,
                         const char *status,
                         const char *words,
                         GError **error)
{
  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO recipient (message, address, position, state, code, status, words, at)"
                          " VALUES (?1, ?2, (SELECT coalesce (max (position) + 1, 0) FROM recipient WHERE message = ?1), ?3, ?4, ?5, ?6, ?7)"
                          " ON CONFLICT (message, address) DO UPDATE SET state = ?3, code = ?4, status = ?5, words = ?6, at = ?7",
                          "tttitti", message, address, mos_recipient_state_to_nick (state), (gint64) code, status, words, txn->now_us))
    return FALSE;
  mos_txn_touch_message (txn, message);
  return TRUE;
}

gboolean
mos_store_recipient_move (MosTxn *txn,
                          const char *message,
                          MosRecipientState from,
                          MosRecipientState to,
                          GError **error)
{
  if (!mos_database_exec (txn->database, error, "UPDATE recipient SET state = ?, at = ? WHERE message = ? AND state = ?", "titt",
                          mos_recipient_state_to_nick (to), txn->now_us, message, mos_recipient_state_to_nick (from)))
    return FALSE;
  mos_txn_touch_message (txn, message);
  return TRUE;
}

gboolean
mos_store_recipient_count (MosTxn *txn,
                           const char *message,
                           guint states,
                           guint *ret_count,
                           GError **error)
{
  g_autoptr (GPtrArray) results = mos_store_recipient_list (txn, message, error);

  if (results == NULL)
    return FALSE;
  *ret_count = 0;
  for (guint i = 0; i < results->len; i++)
    if (states & (1u << ((MosRecipientResult *) g_ptr_array_index (results, i))->state))
      (*ret_count)++;
  return TRUE;
}

gboolean
mos_store_recipient_is_unreachable (MosTxn *txn,
                                    const char *address,
                                    gint64 since_us,
                                    gboolean *ret_is,
                                    GError **error)
{
  gint64 is_unreachable = 0;

  /* By the conversations that it takes part in: recipients have no index by address. */
  if (!mos_database_get_int (txn->database, &is_unreachable, error,
                             "SELECT 1 FROM identity i JOIN participant p ON p.identity = i.id JOIN message m ON m.conversation = p.conversation"
                             " JOIN recipient r ON r.message = m.id AND r.address = ?1"
                             " WHERE i.kind = 'email' AND i.scope = '' AND i.value = ?1 AND m.direction = 'outgoing' AND r.at >= ?2"
                             " AND (r.state = 'bounced' OR (r.state = 'refused' AND r.status GLOB '5.1.*'))"
                             " AND NOT EXISTS (SELECT 1 FROM participant q JOIN message n ON n.conversation = q.conversation"
                             " WHERE q.identity = i.id AND n.identity = i.id AND n.direction = 'incoming' AND n.received_at > r.at) LIMIT 1",
                             "ti", address, since_us))
    return FALSE;
  *ret_is = is_unreachable != 0;
  return TRUE;
}
