/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-ledger.h"

#include "core/store/mos-store-private.h"

#include <string.h>

/* Asked again after five minutes, then four times as long each time, a day at most. */
#define RETRY_FIRST_US (5 * G_TIME_SPAN_MINUTE)
#define RETRY_MAX_US G_TIME_SPAN_DAY
#define AUDIT_EVERY_US G_TIME_SPAN_DAY
#define AUDIT_WANTED "audit-wanted"

/* Places that count: of the numbering that holds, in folders that are followed. */
#define PLACES "FROM folder f JOIN location l ON l.folder = f.id AND l.uidvalidity = f.uidvalidity WHERE f.account = ?1 AND f.followed = 1 AND l.removed = 0"

static gboolean
get_count (MosTxn *txn,
           guint64 *ret_count,
           const char *sql,
           const char *account,
           GError **error)
{
  gint64 count = 0;

  if (!mos_database_get_int (txn->database, &count, error, sql, "t", account))
    return FALSE;
  *ret_count = (guint64) count;
  return TRUE;
}

#define MISSING_QUERY "SELECT f.title, f.name, m.uid, m.why, m.detail, m.tries, m.since, m.next_try FROM missing m JOIN folder f ON f.id = m.folder AND f.uidvalidity = m.uidvalidity"

static GPtrArray *
list_missing (MosTxn *txn,
              MosStatement *statement,
              GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_missing_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosMissing *missing = mos_missing_new ();
      const char *title = mos_statement_get_text (statement, 0);

      missing->folder = g_strdup (title != NULL && *title != '\0' ? title : mos_statement_get_text (statement, 1));
      missing->uid = (guint32) mos_statement_get_int (statement, 2);
      missing->why = mos_statement_dup_text (statement, 3);
      missing->detail = mos_statement_dup_text (statement, 4);
      missing->tries = (guint) mos_statement_get_int (statement, 5);
      missing->since_us = mos_statement_get_int (statement, 6);
      missing->next_try_us = mos_statement_get_int (statement, 7);
      /* Planned before the clock was set back. */
      if (missing->next_try_us > txn->now_us + RETRY_MAX_US)
        missing->next_try_us = txn->now_us;
      g_ptr_array_add (list, missing);
    }
  return r == 0 ? g_steal_pointer (&list) : NULL;
}

static gboolean
load_audit (MosTxn *txn,
            const char *account,
            MosLedger *ledger,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT at, unaccounted, added, removed, detail FROM audit WHERE account = ?", "t", account);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  ledger->audit_us = mos_statement_get_int (statement, 0);
  ledger->unaccounted = (guint64) mos_statement_get_int (statement, 1);
  ledger->added = (guint64) mos_statement_get_int (statement, 2);
  ledger->removed = (guint64) mos_statement_get_int (statement, 3);
  ledger->detail = mos_statement_dup_text (statement, 4);
  return TRUE;
}

gboolean
mos_store_ledger_load (MosTxn *txn,
                       const char *account,
                       gboolean with_missing,
                       MosLedger **ret_ledger,
                       GError **error)
{
  g_autoptr (MosLedger) ledger = mos_ledger_new ();
  guint64 places = 0, server = 0;

  if (!mos_txn_flush (txn, error) ||
      !get_count (txn, &places, "SELECT count (*) " PLACES, account, error) ||
      /* From the few that are quarantined, not from all that lies there. */
      !get_count (txn, &ledger->quarantined,
                  "SELECT count (*) FROM message m CROSS JOIN location l ON l.message = m.id JOIN folder f ON f.id = l.folder AND f.uidvalidity = l.uidvalidity"
                  /* What lies in a conversation that is not there, as a bounce does, is here: nobody finds it in the quarantine. */
                  " JOIN conversation c ON c.id = m.conversation AND c.place = 'quarantine'"
                  " WHERE m.account = ?1 AND m.quarantined = 1 AND f.account = ?1 AND f.followed = 1 AND l.removed = 0",
                  account, error) ||
      /* Sorts all places: a second for a large mailbox, and nobody asks for it who only wants to see that all is well. */
      (with_missing && !get_count (txn, &ledger->copies, "SELECT count (*) - count (DISTINCT l.message) " PLACES, account, error)) ||
      !get_count (txn, &ledger->missing, "SELECT count (*) FROM missing m JOIN folder f ON f.id = m.folder AND f.uidvalidity = m.uidvalidity WHERE f.account = ?1 AND f.followed = 1 AND m.tries > 0", account, error) ||
      !get_count (txn, &ledger->erased, "SELECT count (*) FROM erased_place e JOIN folder f ON f.id = e.folder AND f.uidvalidity = e.uidvalidity WHERE f.account = ?1 AND f.followed = 1", account, error) ||
      !get_count (txn, &server, "SELECT sum (on_server) FROM folder WHERE account = ?1 AND followed = 1", account, error) ||
      !load_audit (txn, account, ledger, error))
    return FALSE;

  ledger->here = places - ledger->quarantined;
  /* Removed there and followed here within one pass, the server's number comes last: what is accounted for is surely there. */
  ledger->server = MAX (server, places + ledger->missing + ledger->erased);
  ledger->coming = ledger->server - places - ledger->missing - ledger->erased;
  if (with_missing)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, MISSING_QUERY " WHERE f.account = ? AND f.followed = 1 AND m.tries > 0 ORDER BY f.name, m.uid", "t", account);

      ledger->missing_list = list_missing (txn, statement, error);
      if (ledger->missing_list == NULL)
        return FALSE;
    }
  else
    ledger->missing_list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_missing_unref);
  *ret_ledger = g_steal_pointer (&ledger);
  return TRUE;
}

/* --- what the server does not give --- */

gboolean
mos_store_missing_note (MosTxn *txn,
                        const char *folder,
                        guint32 uidvalidity,
                        guint32 uid,
                        const char *why,
                        const char *detail,
                        GError **error)
{
  gint64 tries = 0;
  gint64 wait_us = RETRY_FIRST_US;

  if (strcmp (why, "suspect") == 0)
    return mos_database_exec (txn->database, error, "INSERT INTO missing (folder, uidvalidity, uid, why, detail, tries, next_try, since) VALUES (?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT DO NOTHING", "tiitti",
                              folder, (gint64) uidvalidity, (gint64) uid, why, detail, txn->now_us);
  if (!mos_database_get_int (txn->database, &tries, error, "SELECT tries FROM missing WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid))
    return FALSE;
  for (gint64 i = 0; i < tries && wait_us < RETRY_MAX_US; i++)
    wait_us *= 4;
  return mos_database_exec (txn->database, error,
                            "INSERT INTO missing (folder, uidvalidity, uid, why, detail, tries, next_try, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT DO UPDATE SET why = excluded.why, detail = excluded.detail, tries = excluded.tries, next_try = excluded.next_try",
                            "tiittiii", folder, (gint64) uidvalidity, (gint64) uid, why, detail, tries + 1, txn->now_us + MIN (wait_us, RETRY_MAX_US), txn->now_us);
}

GPtrArray *
mos_store_missing_list (MosTxn *txn,
                        const char *folder,
                        guint32 uidvalidity,
                        GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, MISSING_QUERY " WHERE m.folder = ? AND m.uidvalidity = ? ORDER BY m.uid", "ti", folder, (gint64) uidvalidity);

  return list_missing (txn, statement, error);
}

gboolean
mos_store_missing_set_due (MosTxn *txn,
                           const char *account,
                           GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE missing SET next_try = 0 WHERE folder IN (SELECT id FROM folder WHERE account = ?)", "t", account);
}

/* --- the full comparison --- */

gboolean
mos_store_audit_save (MosTxn *txn,
                      const char *account,
                      MosLedger *audit,
                      GError **error)
{
  mos_txn_touch_account (txn, account);
  return mos_database_exec (txn->database, error,
                            "INSERT INTO audit (account, at, on_server, unaccounted, added, removed, detail) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                            " at = excluded.at, on_server = excluded.on_server, unaccounted = excluded.unaccounted, added = excluded.added, removed = excluded.removed, detail = excluded.detail",
                            "tiiiiit", account, audit->audit_us, (gint64) audit->server, (gint64) audit->unaccounted, (gint64) audit->added, (gint64) audit->removed, audit->detail) &&
         mos_database_exec (txn->database, error, "DELETE FROM cursor WHERE account = ? AND scope = '" AUDIT_WANTED "'", "t", account);
}

gboolean
mos_store_audit_want (MosTxn *txn,
                      const char *account,
                      GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO cursor (account, scope, value) VALUES (?, '" AUDIT_WANTED "', '1') ON CONFLICT DO NOTHING", "t", account);
}

gboolean
mos_store_audit_is_due (MosTxn *txn,
                        const char *account,
                        gboolean *ret_is_due,
                        GError **error)
{
  gint64 at = 0, is_wanted = 0;

  if (!mos_database_get_int (txn->database, &at, error, "SELECT at FROM audit WHERE account = ?", "t", account) ||
      !mos_database_get_int (txn->database, &is_wanted, error, "SELECT 1 FROM cursor WHERE account = ? AND scope = '" AUDIT_WANTED "'", "t", account))
    return FALSE;
  /* A clock that was set back makes it due, not never due. */
  *ret_is_due = is_wanted != 0 || at == 0 || at > txn->now_us || txn->now_us - at >= AUDIT_EVERY_US;
  return TRUE;
}
