/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-waiting.h"

#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-private.h"

/* 64 bits of a digest: rows are made and taken away by the thousand in a first sync, and whoever finds one looks at what the message really
 * refers to. So two ids with the same digest cost a look. */
static gint64
digest_of (const char *account,
           const char *message_id)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;
  guint64 value = 0;

  g_checksum_update (checksum, (const guchar *) account, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) message_id, -1);
  g_checksum_get_digest (checksum, digest, &size);
  for (guint i = 0; i < 8; i++)
    value = value << 8 | digest[i];
  return (gint64) value;
}

gboolean
mos_store_waiting_add (MosTxn *txn,
                       const char *account,
                       const char *message,
                       const char *const *ids,
                       GError **error)
{
  gint64 seq = 0;

  if (ids[0] == NULL)
    return TRUE;
  if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ?", "t", message))
    return FALSE;
  for (gsize i = 0; ids[i] != NULL && i < MOS_STORE_WAITING_IDS; i++)
    if (!mos_database_exec (txn->database, error,
                            "INSERT OR IGNORE INTO waiting_reference (reference, message) SELECT ?1, ?2"
                            " WHERE (SELECT count (*) FROM (SELECT 1 FROM waiting_reference WHERE reference = ?1 LIMIT ?3)) < ?3",
                            "iid", digest_of (account, ids[i]), seq, MOS_STORE_WAITING_MESSAGES))
      return FALSE;
  return TRUE;
}

GPtrArray *
mos_store_waiting_list (MosTxn *txn,
                        const char *account,
                        const char *message_id,
                        GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT m.id FROM waiting_reference w JOIN message m ON m.seq = w.message WHERE w.reference = ?1 AND m.account = ?2 AND m.removed_at = 0 ORDER BY m.seq", "it",
                          digest_of (account, message_id), account);
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  if (ids == NULL)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return mos_store_message_list_light (txn, (const char *const *) ids->pdata, error);
}

gboolean
mos_store_waiting_remove (MosTxn *txn,
                          const char *account,
                          const char *message,
                          const char *const *ids,
                          GError **error)
{
  gint64 seq = 0;

  if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ?", "t", message))
    return FALSE;
  for (; *ids != NULL; ids++)
    if (!mos_database_exec (txn->database, error, "DELETE FROM waiting_reference WHERE reference = ? AND message = ?", "ii", digest_of (account, *ids), seq))
      return FALSE;
  return TRUE;
}

/* Through the whole table, which an index would double: only what a person does to a message comes here. */
gboolean
mos_store_waiting_forget (MosTxn *txn,
                          const char *message,
                          GError **error)
{
  return mos_database_exec (txn->database, error, "DELETE FROM waiting_reference WHERE message = (SELECT seq FROM message WHERE id = ?)", "t", message);
}

gboolean
mos_store_message_set_evidence (MosTxn *txn,
                                const char *message,
                                const char *evidence,
                                GError **error)
{
  return mos_record_set (txn, &mos_entity_message, message, NULL, error, "evidence", 't', evidence, NULL);
}

gboolean
mos_store_conversation_is_worked (MosTxn *txn,
                                  const char *id,
                                  gboolean *ret_is,
                                  GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error,
                             "SELECT (SELECT assignee IS NOT NULL FROM conversation WHERE id = ?1)"
                             " OR EXISTS (SELECT 1 FROM event e WHERE e.conversation = ?1 AND e.undone = 0 AND e.actor_kind = 'human'"
                             /* What lies in the Sent folder is a person's too; what was sent from here is in the outbox. */
                             " AND (e.kind <> 'sent' OR EXISTS (SELECT 1 FROM outbox o WHERE o.message = e.message)))",
                             "t", id))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}
