/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* Deleting for good. Everything goes by plain SQL: a change row would keep what is to be forgotten. */

/* Of 4 KiB each, in one transaction. */
#define COMPACT_PAGES 1000

char *
mos_erased_key (MosTxn *txn,
                const char *kind,
                const char *value)
{
  GBytes *key = mos_store_get_mac_key (txn->store);
  gsize size;
  const guchar *bytes = g_bytes_get_data (key, &size);
  g_autofree char *text = g_strconcat (kind, "\n", value, NULL);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, bytes, size, text, -1);
}

gboolean
mos_erased_put (MosTxn *txn,
                const char *kind,
                const char *value,
                GError **error)
{
  g_autofree char *key = NULL;

  if (value == NULL || *value == '\0')
    return TRUE;
  key = mos_erased_key (txn, kind, value);
  return mos_database_exec (txn->database, error, "INSERT INTO erased (key, at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = max (at, excluded.at)", "ti", key, txn->now_us);
}

gboolean
mos_store_erased_find (MosTxn *txn,
                       const char *kind,
                       const char *value,
                       gboolean *ret_is_erased,
                       GError **error)
{
  gint64 found = 0;
  g_autofree char *key = NULL;

  *ret_is_erased = FALSE;
  if (value == NULL)
    return TRUE;
  /* Most desks never erased anything, and a key takes two rounds of SHA-256. */
  if (!mos_database_get_int (txn->database, &found, error, "SELECT EXISTS (SELECT 1 FROM erased)", ""))
    return FALSE;
  if (found == 0)
    return TRUE;
  found = 0;
  key = mos_erased_key (txn, kind, value);
  if (!mos_database_get_int (txn->database, &found, error, "SELECT 1 FROM erased WHERE key = ?", "t", key))
    return FALSE;
  *ret_is_erased = found != 0;
  return TRUE;
}

GArray *
mos_store_erased_list_places (MosTxn *txn,
                              const char *folder,
                              guint32 uidvalidity,
                              GError **error)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT uid FROM erased_place WHERE folder = ? AND uidvalidity = ? ORDER BY uid", "ti", folder, (gint64) uidvalidity);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      guint32 uid = (guint32) mos_statement_get_int (statement, 0);

      g_array_append_val (uids, uid);
    }
  return r == 0 ? g_steal_pointer (&uids) : NULL;
}

gboolean
mos_store_erased_put_place (MosTxn *txn,
                            const char *folder,
                            guint32 uidvalidity,
                            guint32 uid,
                            GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO erased_place (folder, uidvalidity, uid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "tii", folder, (gint64) uidvalidity, (gint64) uid) &&
         mos_database_exec (txn->database, error, "DELETE FROM missing WHERE folder = ? AND uidvalidity = ? AND uid = ?", "tii", folder, (gint64) uidvalidity, (gint64) uid);
}

/* What the mail is known by when it comes again: one that came in by its id, one of ours by what we wrote into it. */
static gboolean
put_tombstones (MosTxn *txn,
                const char *message,
                GError **error)
{
  g_autofree char *own_id = NULL, *direction = NULL, *raw = NULL;
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  if (!mos_erased_put (txn, "id", message, error) ||
      !mos_database_get_text (txn->database, &own_id, error, "SELECT own_id FROM message WHERE id = ?", "t", message) ||
      !mos_database_get_text (txn->database, &direction, error, "SELECT direction FROM message WHERE id = ?", "t", message) ||
      !mos_erased_put (txn, "own-id", own_id, error) ||
      /* A later version may read it better: then its id is another, and its bytes are the same. */
      !mos_database_get_text (txn->database, &raw, error, "SELECT account || ' ' || raw_sha256 FROM message WHERE id = ? AND digest IS NOT NULL", "t", message) ||
      !mos_erased_put (txn, "raw", raw, error))
    return FALSE;
  if (g_strcmp0 (direction, "outgoing") != 0)
    return TRUE;
  statement = mos_database_query (txn->database, error, "SELECT account || ' ' || message_id FROM message_key WHERE message = ?", "t", message);
  keys = mos_query_ids (statement, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (!mos_erased_put (txn, "message-id", keys->pdata[i], error))
      return FALSE;
  return TRUE;
}

#define ERASE_TABLES "CREATE TEMP TABLE erasing (id TEXT); CREATE TEMP TABLE erasing_value (value TEXT); CREATE TEMP TABLE erasing_blob (sha256 TEXT);"
#define ERASE_TABLES_GO "DROP TABLE IF EXISTS temp.erasing; DROP TABLE IF EXISTS temp.erasing_value; DROP TABLE IF EXISTS temp.erasing_blob;"

gboolean
mos_erase_forget_references (MosTxn *txn,
                             GError **error)
{
  return mos_database_run_script (txn->database, "DELETE FROM main.waiting_reference WHERE message NOT IN (SELECT seq FROM main.message)", error);
}

/* The log keeps that something was done, not with what. A batch that has nothing left to take back has no undo. */
gboolean
mos_erase_forget (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  return mos_database_run_script (txn->database,
                                  "CREATE TEMP TABLE erasing_change AS SELECT seq, batch FROM main.change WHERE id IN (SELECT id FROM temp.erasing)"
                                  " OR (instr (id, char (31)) > 0 AND (substr (id, 1, instr (id, char (31)) - 1) IN (SELECT id FROM temp.erasing) OR substr (id, instr (id, char (31)) + 1) IN (SELECT id FROM temp.erasing)))"
                                  " OR EXISTS (SELECT 1 FROM temp.erasing_value v WHERE instr (lower (coalesce (old, '') || coalesce (new, '')), v.value) > 0);"
                                  "DELETE FROM main.change WHERE seq IN (SELECT seq FROM temp.erasing_change);"
                                  "UPDATE main.batch SET label = NULL WHERE batch IN (SELECT batch FROM temp.erasing_change)"
                                  " AND NOT EXISTS (SELECT 1 FROM main.change c WHERE c.batch = main.batch.batch);"
                                  "DROP TABLE temp.erasing_change;",
                                  error) &&
         mos_erase_forget_references (txn, error);
}

static gboolean
erase_rows (MosTxn *txn,
            const char *id,
            GError **error)
{
  static const char *const statements[] = {
    "INSERT INTO temp.erasing SELECT ?1",
    "INSERT INTO temp.erasing SELECT id FROM message WHERE conversation = ?1",
    "INSERT INTO temp.erasing SELECT id FROM draft WHERE conversation = ?1",
    "INSERT INTO temp.erasing SELECT key FROM due WHERE conversation = ?1",
    "INSERT INTO temp.erasing SELECT id FROM event WHERE conversation = ?1",
    "INSERT INTO temp.erasing SELECT id FROM survey WHERE conversation = ?1",
    "INSERT INTO erased_place (folder, uidvalidity, uid) SELECT l.folder, l.uidvalidity, l.uid FROM location l JOIN message m ON m.id = l.message"
    " WHERE m.conversation = ?1 AND l.removed = 0 ON CONFLICT DO NOTHING",
    "INSERT INTO temp.erasing_blob SELECT raw_sha256 FROM message WHERE conversation = ?1 AND raw_sha256 IS NOT NULL"
    " UNION SELECT html_sha256 FROM message WHERE conversation = ?1 AND html_sha256 IS NOT NULL"
    " UNION SELECT a.sha256 FROM attachment a JOIN message m ON m.id = a.message WHERE m.conversation = ?1 AND a.sha256 IS NOT NULL"
    " UNION SELECT o.raw_sha256 FROM outbox o JOIN message m ON m.id = o.message WHERE m.conversation = ?1"
    " UNION SELECT a.value ->> 5 FROM draft d, json_each (d.attachments) a WHERE d.conversation = ?1 AND a.value ->> 5 IS NOT NULL",
    "DELETE FROM search WHERE rowid IN (SELECT seq FROM message WHERE conversation = ?1)",
    "DELETE FROM outbox WHERE message IN (SELECT id FROM message WHERE conversation = ?1)",
    "DELETE FROM message WHERE conversation = ?1",
    "DELETE FROM draft WHERE conversation = ?1",
    "DELETE FROM participant WHERE conversation = ?1",
    "DELETE FROM conversation_tag WHERE conversation = ?1",
    "DELETE FROM conversation_order WHERE conversation = ?1",
    "UPDATE order_action SET conversation = NULL WHERE conversation = ?1",
    "DELETE FROM category_dismissed WHERE conversation = ?1",
    "DELETE FROM survey_answer WHERE survey IN (SELECT id FROM survey WHERE conversation = ?1)",
    "DELETE FROM survey WHERE conversation = ?1",
    /* Who writes there again writes in another one; what a chat with one person is called is their name. */
    "UPDATE chat_thread SET conversation = NULL, title = '' WHERE conversation = ?1",
    "DELETE FROM macro_run WHERE conversation = ?1",
    "DELETE FROM due WHERE conversation = ?1",
    "DELETE FROM retention_due WHERE conversation = ?1",
    "DELETE FROM automatic_mail WHERE conversation = ?1",
    /* Measures are made of what is left: who answered when, not to whom and what. */
    "UPDATE event SET message = NULL WHERE conversation = ?1",
    "UPDATE event SET \"from\" = NULL, \"to\" = NULL WHERE conversation = ?1 AND kind NOT IN ('status', 'assign', 'priority', 'category')",
    "UPDATE event SET actor = NULL WHERE conversation = ?1 AND actor_kind = 'customer'",
    "UPDATE conversation SET subject = '', customer = NULL, quarantine = NULL, snoozed_until = 0, status = 'closed', snippet = '' WHERE id = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!mos_database_exec (txn->database, error, statements[i], "t", id))
      return FALSE;
  return TRUE;
}

static gboolean
erase_blobs (MosTxn *txn,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sha256 FROM temp.erasing_blob", "");
  g_autoptr (GPtrArray) blobs = mos_query_ids (statement, error);

  for (guint i = 0; blobs != NULL && i < blobs->len; i++)
    if (!mos_blob_remove_unused (txn, blobs->pdata[i], error))
      return FALSE;
  return blobs != NULL;
}

/* The conversation, and all that were merged into it, on whatever way: their messages are in it, and the rest of what was said is in them.
 * Returns: (transfer full) (nullable): array of ids */
static GPtrArray *
list_merged (MosTxn *txn,
             const char *id,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "WITH RECURSIVE " MOS_MERGED_FAMILY " SELECT id FROM family", "t", id);

  return mos_query_ids (statement, error);
}

gboolean
mos_erase_conversation (MosTxn *txn,
                        const char *id,
                        GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) family = NULL;
  gint64 deleted = 0;

  if (!mos_database_get_int (txn->database, &deleted, error, "SELECT deleted_at FROM conversation WHERE id = ? AND erased_at = 0", "t", id))
    return FALSE;
  if (deleted == 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Only what is deleted can be deleted for good");
      return FALSE;
    }
  statement = mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ?", "t", id);
  messages = mos_query_ids (statement, error);
  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    {
      mos_txn_touch_message (txn, messages->pdata[i]);
      if (!put_tombstones (txn, messages->pdata[i], error))
        return FALSE;
    }
  family = list_merged (txn, id, error);
  for (guint i = 0; family != NULL && i < family->len; i++)
    {
      if (!erase_rows (txn, family->pdata[i], error))
        return FALSE;
      mos_txn_dirty (txn, family->pdata[i], MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  return family != NULL;
}

gboolean
mos_erase_run (MosTxn *txn,
               MosEraseFunc func,
               MosEraseFunc forget,
               gpointer data,
               GError **error)
{
  gboolean done;

  g_return_val_if_fail (txn->is_writable, FALSE);

  if (!mos_txn_flush (txn, error))
    return FALSE;
  done = mos_database_run_script (txn->database, ERASE_TABLES, error) && func (txn, data, error) && erase_blobs (txn, error) && forget (txn, data, error);
  /* A temporary table left over would make the next one fail. */
  if (!mos_database_run_script (txn->database, ERASE_TABLES_GO, done ? error : NULL) || !done)
    return FALSE;
  txn->is_erasing = TRUE;
  return TRUE;
}

/* The index has only marked the rows: merged into one, it is without them. */
gboolean
mos_erase_settle (MosTxn *txn,
                  GError **error)
{
  return mos_txn_flush (txn, error) && mos_database_run_script (txn->database, "INSERT INTO search (search) VALUES ('optimize')", error);
}

static gboolean
erase_conversations (MosTxn *txn,
                     gpointer data,
                     GError **error)
{
  for (const char *const *ids = data; *ids != NULL; ids++)
    if (!mos_erase_conversation (txn, *ids, error))
      return FALSE;
  return TRUE;
}

gboolean
mos_erase_mark (MosTxn *txn,
                const char *const *ids,
                GError **error)
{
  for (gsize i = 0; ids[i] != NULL; i++)
    if (!mos_record_set (txn, &mos_entity_conversation, ids[i], NULL, error, "erased_at", 'i', txn->now_us, NULL))
      return FALSE;
  return TRUE;
}

gboolean
mos_store_conversation_erase (MosTxn *txn,
                              const char *const *ids,
                              GError **error)
{
  if (ids[0] == NULL)
    return TRUE;
  return mos_erase_run (txn, erase_conversations, mos_erase_forget, (gpointer) ids, error) && mos_erase_mark (txn, ids, error) && mos_erase_settle (txn, error);
}

/* FTS5's "merge": a negative number makes of all segments one level, as "optimize" would, and merges so many pages of it; positive ones go on, and have nothing more to do
 * when they write next to nothing (https://sqlite.org/fts5.html#the_merge_command). */
gboolean
mos_store_search_compact (MosTxn *txn,
                          gboolean begins,
                          gboolean *ret_more,
                          GError **error)
{
  sqlite3 *handle = mos_database_get_handle (txn->database);
  gint64 before;

  if (!mos_txn_flush (txn, error))
    return FALSE;
  before = sqlite3_total_changes64 (handle);
  if (!mos_database_exec (txn->database, error, "INSERT INTO search (search, rank) VALUES ('merge', ?)", "i", (gint64) (begins ? -COMPACT_PAGES : COMPACT_PAGES)))
    return FALSE;
  *ret_more = begins || sqlite3_total_changes64 (handle) - before >= 2;
  txn->is_erasing = TRUE;
  return TRUE;
}
