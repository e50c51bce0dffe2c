/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-due.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

/* No lease is longer. One that seems to be was written when the clock ran ahead, by somebody who is gone. */
#define MAX_LEASE_US G_TIME_SPAN_HOUR

#define DUE_COLUMNS "id, kind, key, conversation, account, agent, message, anchor_event, due_utc, local_time, tz, payload, state, lease_until"

static MosDueRow *
due_from (MosStatement *statement)
{
  MosDueRow *row = mos_due_row_new ();

  row->id = mos_statement_dup_text (statement, 0);
  row->kind = mos_statement_dup_text (statement, 1);
  row->key = mos_statement_dup_text (statement, 2);
  row->conversation = mos_statement_dup_text (statement, 3);
  row->account = mos_statement_dup_text (statement, 4);
  row->agent = mos_statement_dup_text (statement, 5);
  row->message = mos_statement_dup_text (statement, 6);
  row->anchor_event = mos_statement_dup_text (statement, 7);
  row->due_us = mos_statement_get_int (statement, 8);
  row->local_time = mos_statement_dup_text (statement, 9);
  row->tz = mos_statement_dup_text (statement, 10);
  row->payload = mos_statement_dup_text (statement, 11);
  row->state = mos_due_state_from_nick (mos_statement_get_text (statement, 12), MOS_DUE_WAITING);
  row->lease_until_us = mos_statement_get_int (statement, 13);
  return row;
}

gboolean
mos_store_due_put (MosTxn *txn,
                   MosDueRow *row,
                   GError **error)
{
  g_autofree char *id = mos_id_new (txn->now_us);
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM due WHERE key = ?", "t", row->key))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_due, row->key, NULL, error, "kind", 't', row->kind, "conversation", 't', row->conversation, "account", 't', row->account,
                           "agent", 't', row->agent, "message", 't', row->message, "anchor_event", 't', row->anchor_event, "due_utc", 'i', row->due_us, "local_time", 't', row->local_time,
                           "tz", 't', row->tz, "payload", 't', row->payload, "state", 't', "waiting", "lease_until", 'd', 0, NULL);
  return mos_database_exec (txn->database, error, "INSERT INTO due (" DUE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0)", "ttttttttittt",
                            id, row->kind, row->key, row->conversation, row->account, row->agent, row->message, row->anchor_event, row->due_us, row->local_time, row->tz, row->payload) &&
         mos_txn_record (txn, &mos_entity_due, row->key, "insert", NULL, NULL, error) &&
         mos_record_touch (txn, &mos_entity_due, row->key, error);
}

gboolean
mos_store_due_cancel (MosTxn *txn,
                      const char *key,
                      GError **error)
{
  gint64 waits = 0;

  return mos_database_get_int (txn->database, &waits, error, "SELECT 1 FROM due WHERE key = ? AND state IN ('waiting', 'taken', 'held')", "t", key) &&
         (waits == 0 || mos_record_set (txn, &mos_entity_due, key, NULL, error, "state", 't', "cancelled", "lease_until", 'd', 0, NULL));
}

gboolean
mos_store_due_plan (MosTxn *txn,
                    const char *kind,
                    const char *key,
                    gint64 due_us,
                    GError **error)
{
  g_autofree char *id = mos_id_new (txn->now_us);

  txn->changes->due_changed = TRUE;
  return mos_database_exec (txn->database, error,
                            "INSERT INTO due (id, kind, key, due_utc, state, lease_until) VALUES (?1, ?2, ?3, ?4, 'waiting', 0)"
                            " ON CONFLICT (key) DO UPDATE SET due_utc = ?4, state = 'waiting', lease_until = 0, payload = NULL",
                            "ttti", id, kind, key, due_us);
}

gboolean
mos_store_due_again (MosTxn *txn,
                     const char *id,
                     gint64 due_us,
                     const char *payload,
                     GError **error)
{
  txn->changes->due_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE due SET state = 'waiting', lease_until = 0, due_utc = ?, payload = ? WHERE id = ?", "itt", due_us, payload, id);
}

gboolean
mos_store_due_find (MosTxn *txn,
                    const char *key,
                    MosDueRow **ret_row,
                    GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " DUE_COLUMNS " FROM due WHERE key = ?", "t", key);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_row = r > 0 ? due_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_due_find_id (MosTxn *txn,
                       const char *id,
                       MosDueRow **ret_row,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " DUE_COLUMNS " FROM due WHERE id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_row = r > 0 ? due_from (statement) : NULL;
  return r >= 0;
}

GPtrArray *
mos_store_due_list (MosTxn *txn,
                    MosDueState state,
                    const char *conversation,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_due_row_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT " DUE_COLUMNS " FROM due WHERE state = ?1 AND (?2 IS NULL OR conversation = ?2) ORDER BY due_utc, id", "tt", mos_due_state_to_nick (state), conversation);
  int r = 1;

  if (statement == NULL)
    return NULL;
  while ((r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (rows, due_from (statement));
  return r == 0 ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
mos_store_due_take (MosTxn *txn,
                    guint max,
                    gint64 lease_us,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_due_row_unref);
  int r = 1;

  {
    g_autoptr (MosStatement) statement =
        mos_database_query (txn->database, error,
                            "SELECT " DUE_COLUMNS " FROM due WHERE state IN ('waiting', 'taken') AND due_utc <= ?1 AND (state = 'waiting' OR lease_until <= ?1 OR lease_until > ?3) ORDER BY due_utc, id LIMIT ?2",
                            "iii", txn->now_us, (gint64) max, txn->now_us + MAX_LEASE_US);

    if (statement == NULL)
      return NULL;
    while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
      g_ptr_array_add (rows, due_from (statement));
  }
  if (r < 0)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      MosDueRow *row = rows->pdata[i];

      /* A lease is no change anybody would take back. */
      row->state = MOS_DUE_TAKEN;
      row->lease_until_us = txn->now_us + lease_us;
      if (!mos_database_exec (txn->database, error, "UPDATE due SET state = 'taken', lease_until = ? WHERE id = ?", "it", row->lease_until_us, row->id))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
mos_store_due_settle (MosTxn *txn,
                      const char *id,
                      MosDueState state,
                      GError **error)
{
  txn->changes->due_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE due SET state = ?, lease_until = 0 WHERE id = ?", "tt", mos_due_state_to_nick (state), id);
}

gboolean
mos_store_due_get_next (MosTxn *txn,
                        gint64 *ret_us,
                        GError **error)
{
  return mos_database_get_int (txn->database, ret_us, error,
                               "SELECT min (CASE WHEN state = 'taken' AND lease_until <= ? THEN max (due_utc, lease_until) ELSE due_utc END) FROM due WHERE state IN ('waiting', 'taken')",
                               "i", txn->now_us + MAX_LEASE_US);
}
