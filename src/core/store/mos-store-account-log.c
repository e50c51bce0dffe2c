/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-account-log.h"

#include "core/store/mos-store-private.h"

#include <string.h>

typedef struct
{
  gint64 id; /* 0 = there is none */
  gint64 at;
  char *state;
  char *why;
  gint64 n_new;
  gint64 seq;
} Newest;

static void
newest_clear (Newest *self)
{
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->why, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newest, newest_clear)

static gboolean
load_newest (MosTxn *txn,
             const char *account,
             Newest *newest,
             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT id, at, state, why, n_new, seq FROM account_log WHERE account = ? ORDER BY id DESC LIMIT 1", "t", account);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r > 0)
    {
      newest->id = mos_statement_get_int (statement, 0);
      newest->at = mos_statement_get_int (statement, 1);
      newest->state = mos_statement_dup_text (statement, 2);
      newest->why = mos_statement_dup_text (statement, 3);
      newest->n_new = mos_statement_get_int (statement, 4);
      newest->seq = mos_statement_get_int (statement, 5);
    }
  return r >= 0;
}

/* What came since the row before, not what was brought from elsewhere meanwhile. An account that had synced before there was a log begins with nothing new; one that never had, with all it has. */
static gboolean
count_new (MosTxn *txn,
           const char *account,
           const Newest *newest,
           gint64 *ret_new,
           gint64 *ret_seq,
           GError **error)
{
  gint64 last_sync = 0;

  *ret_new = 0;
  if (!mos_database_get_int (txn->database, ret_seq, error, "SELECT coalesce (max (seq), 0) FROM message", "") ||
      !mos_database_get_int (txn->database, &last_sync, error, "SELECT last_sync FROM account WHERE id = ?", "t", account))
    return FALSE;
  if (newest->id == 0 && last_sync != 0)
    return TRUE;
  /* By the number of each: a look brings few. */
  return mos_database_get_int (txn->database, ret_new, error,
                               "SELECT count (*) FROM message WHERE seq > ? AND +account = ? AND direction = 'incoming' AND archive = 0 AND removed_at = 0", "it", newest->seq, account);
}

gboolean
mos_store_account_log_note (MosTxn *txn,
                            MosAccountStatus *status,
                            GError **error)
{
  const char *state = mos_account_state_to_nick (status->state);
  const gboolean is_ready = status->state == MOS_ACCOUNT_READY;
  const gint64 at = is_ready ? status->last_sync_us : mos_txn_get_now_us (txn);
  g_auto (Newest) newest = { 0 };
  gint64 n_new = 0, seq = 0;

  if (status->state == MOS_ACCOUNT_OFFLINE || status->state == MOS_ACCOUNT_CONNECTING || status->state == MOS_ACCOUNT_SYNCING || (is_ready && at == 0))
    return TRUE;
  if (!load_newest (txn, status->account, &newest, error))
    return FALSE;
  /* Told again, with nothing looked at meanwhile. */
  if (is_ready && g_strcmp0 (newest.state, state) == 0 && newest.at == at && g_strcmp0 (newest.why, status->why) == 0)
    return TRUE;
  seq = newest.seq;
  if (is_ready && !count_new (txn, status->account, &newest, &n_new, &seq, error))
    return FALSE;

  if (newest.id != 0 && n_new == 0 && newest.n_new == 0 && g_strcmp0 (newest.state, state) == 0 && g_strcmp0 (newest.why, status->why) == 0)
    return mos_database_exec (txn->database, error, "UPDATE account_log SET at = ?, times = times + 1, detail = ?, seq = ? WHERE id = ?", "itii", at, status->detail, seq, newest.id);
  return mos_database_exec (txn->database, error, "INSERT INTO account_log (account, since, at, state, why, detail, n_new, seq) SELECT id, ?2, ?2, ?3, ?4, ?5, ?6, ?7 FROM account WHERE id = ?1", "titttii",
                            status->account, at, state, status->why, status->detail, n_new, seq) &&
         mos_database_exec (txn->database, error,
                            "DELETE FROM account_log WHERE account = ?1 AND id <= (SELECT id FROM account_log WHERE account = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)", "td", status->account,
                            MOS_ACCOUNT_LOG_MAX);
}

GPtrArray *
mos_store_account_log_list (MosTxn *txn,
                            const char *account,
                            GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_entry_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT since, at, times, state, why, detail, n_new FROM account_log WHERE account = ? ORDER BY id DESC", "t", account);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosAccountEntry *entry = mos_account_entry_new ();

      entry->since_us = mos_statement_get_int (statement, 0);
      entry->at_us = mos_statement_get_int (statement, 1);
      entry->times = (guint) mos_statement_get_int (statement, 2);
      entry->state = mos_account_state_from_nick (mos_statement_get_text (statement, 3), MOS_ACCOUNT_FAILED);
      entry->why = mos_statement_dup_text (statement, 4);
      entry->detail = mos_statement_dup_text (statement, 5);
      entry->n_new = (guint) mos_statement_get_int (statement, 6);
      g_ptr_array_add (entries, entry);
    }
  return r == 0 ? g_steal_pointer (&entries) : NULL;
}
