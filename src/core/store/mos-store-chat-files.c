/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-chat.h"

#include "core/base/mos-bytes.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-private.h"

/* --- files that come after their message --- */

gboolean
mos_store_chat_note_files (MosTxn *txn,
                           const char *message,
                           const char *account,
                           guint first,
                           GPtrArray *files,
                           GError **error)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const MosChatFile *file = files->pdata[i];
      gboolean is_wanted = file->data == NULL && file->why == NULL && *file->ref != '\0';

      if (!mos_database_exec (txn->database, error, "INSERT INTO chat_file (message, position, account, kind, ref, duration_ms, width, height, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "tdtttiiit", message, (int) (first + i),
                              account, mos_file_kind_to_nick (file->kind), is_wanted ? file->ref : NULL, (gint64) file->duration_ms, (gint64) file->width, (gint64) file->height, file->why))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_chat_add_files (MosTxn *txn,
                          const char *message,
                          const char *account,
                          GPtrArray *files,
                          GError **error)
{
  gint64 position = 0, seq = 0;

  if (files == NULL || files->len == 0)
    return TRUE;
  if (!mos_database_get_int (txn->database, &position, error, "SELECT 1 + max (position) FROM attachment WHERE message = ?", "t", message) ||
      !mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ?", "t", message))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const MosChatFile *file = files->pdata[i];
      g_autofree char *sha256 = NULL;

      if ((file->data != NULL && !mos_store_blob_put (txn, file->data, &sha256, error)) ||
          !mos_database_exec (txn->database, error, "INSERT INTO attachment (message, position, name, type, size, is_inline, sha256) VALUES (?, ?, ?, ?, ?, 0, ?)", "tittit", message, position + i, file->name, file->type,
                              file->data != NULL ? (gint64) g_bytes_get_size (file->data) : (gint64) MIN (file->size, G_MAXINT64), sha256))
        return FALSE;
    }
  return mos_store_chat_note_files (txn, message, account, (guint) position, files, error) &&
         mos_record_set (txn, &mos_entity_message, message, NULL, error, "has_attachments", 'd', 1, NULL) &&
         mos_search_queue (txn, seq, FALSE, error);
}

GPtrArray *
mos_store_chat_list_fetches (MosTxn *txn,
                             const char *account,
                             gint64 now_us,
                             guint max,
                             gint64 *ret_next_us,
                             GError **error)
{
  g_autoptr (GPtrArray) fetches = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_fetch_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT f.message, f.position, f.kind, f.ref, a.name, a.type, a.size, f.attempts FROM chat_file f JOIN attachment a ON a.message = f.message AND a.position = f.position"
                          " WHERE f.account = ?1 AND f.ref IS NOT NULL AND f.next_try <= ?2 ORDER BY f.next_try, f.message DESC, f.position LIMIT ?3",
                          "tid", account, now_us, (int) max);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosChatFetch *fetch = mos_chat_fetch_new ();

      fetch->message = mos_statement_dup_text (statement, 0);
      fetch->position = (guint) mos_statement_get_int (statement, 1);
      fetch->file = mos_chat_file_new ();
      fetch->file->kind = mos_file_kind_from_nick (mos_statement_get_text (statement, 2), MOS_FILE_DOCUMENT);
      fetch->file->ref = mos_statement_dup_text (statement, 3);
      fetch->file->name = mos_statement_dup_text (statement, 4);
      fetch->file->type = mos_statement_dup_text (statement, 5);
      fetch->file->size = (guint64) mos_statement_get_int (statement, 6);
      fetch->attempts = (guint) mos_statement_get_int (statement, 7);
      g_ptr_array_add (fetches, fetch);
    }
  *ret_next_us = 0;
  if (r < 0 || !mos_database_get_int (txn->database, ret_next_us, error, "SELECT min (next_try) FROM chat_file WHERE account = ? AND ref IS NOT NULL AND next_try > ?", "ti", account, now_us))
    return NULL;
  return g_steal_pointer (&fetches);
}

gboolean
mos_store_chat_fetched (MosTxn *txn,
                        const char *message,
                        guint position,
                        GBytes *data,
                        const char *type,
                        GError **error)
{
  g_autofree char *sha256 = mos_bytes_sha256 (data);
  gint64 seq = 0;

  if (!mos_database_get_int (txn->database, &seq, error, "SELECT m.seq FROM chat_file f JOIN message m ON m.id = f.message WHERE f.message = ? AND f.position = ? AND f.ref IS NOT NULL", "td", message, (int) position))
    return FALSE;
  /* Erased meanwhile, or fetched by another run. */
  if (seq == 0)
    return TRUE;
  mos_txn_touch_message (txn, message);
  return mos_store_blob_put_hashed (txn, data, sha256, error) &&
         mos_database_exec (txn->database, error, "UPDATE attachment SET sha256 = ?, size = ?, type = coalesce (?, type) WHERE message = ? AND position = ?", "titt"
                                                                                                                                                              "d",
                            sha256, (gint64) g_bytes_get_size (data), type, message, (int) position) &&
         mos_database_exec (txn->database, error, "UPDATE chat_file SET ref = NULL, why = NULL WHERE message = ? AND position = ?", "td", message, (int) position) &&
         mos_search_queue (txn, seq, FALSE, error);
}

gboolean
mos_store_chat_not_fetched (MosTxn *txn,
                            const char *message,
                            guint position,
                            const char *why,
                            gint64 next_us,
                            GError **error)
{
  mos_txn_touch_message (txn, message);
  return mos_database_exec (txn->database, error, "UPDATE chat_file SET attempts = attempts + 1, why = ?, next_try = ?, ref = CASE WHEN ? > 0 THEN ref END WHERE message = ? AND position = ?", "tiitd", why, next_us, next_us, message,
                            (int) position);
}

/* --- messages of ours that go out in parts --- */

gboolean
mos_store_chat_add_parts (MosTxn *txn,
                          const char *message,
                          const char *const *keys,
                          GError **error)
{
  for (gsize i = 0; keys[i] != NULL; i++)
    if (!mos_database_exec (txn->database, error, "INSERT INTO outbox_part (message, part, key) VALUES (?, ?, ?)", "tdt", message, (int) i, keys[i]))
      return FALSE;
  return TRUE;
}

GPtrArray *
mos_store_chat_list_parts (MosTxn *txn,
                           const char *message,
                           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT coalesce (remote, '') FROM outbox_part WHERE message = ? ORDER BY part", "t", message);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_chat_set_part (MosTxn *txn,
                         const char *message,
                         guint part,
                         const char *remote,
                         GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox_part SET remote = ? WHERE message = ? AND part = ?", "ttd", remote, message, (int) part) &&
         mos_database_exec (txn->database, error, "UPDATE outbox SET why = NULL WHERE message = ? AND state = 'sending'", "t", message);
}

gboolean
mos_store_chat_forget_part (MosTxn *txn,
                            const char *message,
                            const char *remote,
                            GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox_part SET remote = NULL, key = key || '+' WHERE message = ? AND remote = ?", "tt", message, remote);
}

gboolean
mos_store_chat_find_part (MosTxn *txn,
                          const char *key,
                          char **ret_message,
                          guint *ret_part,
                          GError **error)
{
  gint64 part = 0;

  if (!mos_database_get_text (txn->database, ret_message, error, "SELECT message FROM outbox_part WHERE key = ?", "t", key) ||
      !mos_database_get_int (txn->database, &part, error, "SELECT part FROM outbox_part WHERE key = ?", "t", key))
    return FALSE;
  *ret_part = (guint) part;
  return TRUE;
}

GPtrArray *
mos_store_chat_list_doubted (MosTxn *txn,
                             gint64 thread,
                             GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT o.message FROM outbox o JOIN message m ON m.id = o.message JOIN chat_thread t ON t.account = o.account"
                          " WHERE o.state IN ('uncertain', 'sending') AND t.id = ?1 AND o.envelope_from = t.remote AND EXISTS (SELECT 1 FROM outbox_part p WHERE p.message = o.message AND p.remote IS NULL) ORDER BY o.created_at, o.message",
                          "i", thread);

  return mos_query_ids (statement, error);
}
