/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-retention.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* What a bill is called, in the names of files, as mos_lower() writes it. In doubt a conversation counts as one with a bill, which keeps it longer. */
static const char *const bill_words[] = {
  "invoice",
  "rechnung",
  "factura",
  "facture",
  "fattura",
  "faktura",
  "faktúra",
  "fakture",
  "factuur",
  "fatura",
  "számla",
  "lasku",
  "račun",
  "quittung",
  "recibo",
  "receipt",
  "ricevuta",
  "nota fiscal",
  "nota-fiscal",
  "rebut",
  "reçu",
  "накладная",
  "счет",
  "счёт",
  "рахунок",
  "فاتورة",
  "إيصال",
  "חשבונית",
  "請求書",
  "发票",
  "發票",
  "인보이스",
};

/* --- rules --- */

GPtrArray *
mos_store_retention_list_rules (MosTxn *txn,
                                GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_rule_unref);

  for (guint i = 0; i < MOS_N_RETENTION_CLASSES; i++)
    {
      MosRetentionRule *rule = mos_retention_rule_new ();
      g_autoptr (MosStatement) statement =
          mos_database_query (txn->database, error, "SELECT days, is_on, previewed_days FROM retention WHERE class = ?", "t", mos_retention_class_to_nick ((MosRetentionClass) i));
      int r = statement != NULL ? mos_statement_step (statement, error) : -1;

      g_ptr_array_add (rules, rule);
      if (r < 0)
        return NULL;
      rule->retention_class = (MosRetentionClass) i;
      if (r == 0)
        continue;
      rule->days = (guint) mos_statement_get_int (statement, 0);
      rule->is_on = mos_statement_get_int (statement, 1) != 0;
      rule->previewed_days = (guint) mos_statement_get_int (statement, 2);
    }
  return g_steal_pointer (&rules);
}

gboolean
mos_store_retention_set_rule (MosTxn *txn,
                              MosRetentionClass retention_class,
                              guint days,
                              gboolean is_on,
                              GError **error)
{
  const char *nick = mos_retention_class_to_nick (retention_class);
  gint64 was_on = 0;

  if (!mos_database_get_int (txn->database, &was_on, error, "SELECT is_on FROM retention WHERE class = ?", "t", nick))
    return FALSE;
  if ((was_on != 0) != is_on && !mos_database_exec (txn->database, error, "DELETE FROM retention_due WHERE class = ?", "t", nick))
    return FALSE;
  return mos_record_set (txn, &mos_entity_retention, nick, NULL, error, "days", 'd', (int) days, "is_on", 'd', is_on ? 1 : 0, NULL);
}

gboolean
mos_store_retention_set_previewed (MosTxn *txn,
                                   MosRetentionClass retention_class,
                                   guint days,
                                   GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE retention SET previewed_days = ? WHERE class = ?", "it", (gint64) days, mos_retention_class_to_nick (retention_class));
}

/* --- what falls under them --- */

gboolean
mos_store_retention_get_last (MosTxn *txn,
                              gint64 *ret_number,
                              GError **error)
{
  *ret_number = 0;
  return mos_txn_flush (txn, error) && mos_database_get_int (txn->database, ret_number, error, "SELECT max (number) FROM conversation", "");
}

/* What was sent to many, and never answered, is in no place at all. */
#define PLACE_IS_OVER "(c.place IN ('closed', 'spam', 'quarantine', 'deleted') OR (c.place = 'blank' AND c.silent_message IS NOT NULL))"

/* ?1, ?2: the numbers; ?3: the time; ?4: the words of bills as a JSON array, each name of a file written small once for all of them (the limit keeps SQLite from doing it anew). The last that happened is a message, or what a person did: spam of a year ago that
 * somebody marked today is spam since today. */
#define FIND                                                                                                                                                                             \
  "SELECT c.id, c.number,"                                                                                                                                                               \
  " CASE WHEN c.status = 'spam' THEN 'spam'"                                                                                                                                             \
  " WHEN EXISTS (SELECT 1 FROM conversation_order o WHERE o.conversation = c.id)"                                                                                                        \
  " OR (c.has_attachments = 1 AND EXISTS (SELECT 1 FROM (SELECT mos_lower (a.name) AS name FROM message m JOIN attachment a ON a.message = m.id WHERE m.conversation = c.id LIMIT -1) n" \
  " JOIN json_each (?4) w ON instr (n.name, w.value) > 0)) THEN 'invoice'"                                                                                                               \
  " WHEN c.quarantine IS NOT NULL THEN 'quarantine'"                                                                                                                                     \
  " WHEN EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id AND m.direction = 'incoming')"                                                                                      \
  " AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id AND m.removed_at = 0 AND (m.direction = 'note' OR (m.direction = 'outgoing' AND m.automatic = 0)"                \
  " OR (m.direction = 'incoming' AND m.classification IN ('normal', 'bulk')))) THEN 'machine'"                                                                                           \
  " WHEN c.channel <> 'email' THEN 'chat' ELSE 'email' END,"                                                                                                                             \
  " max (c.updated_at, c.deleted_at, coalesce ((SELECT max (e.at) FROM event e WHERE e.conversation = c.id AND e.undone = 0 AND e.actor_kind = 'human'), 0)) AS since"                   \
  " FROM conversation c WHERE c.number > ?1 AND c.number <= ?2 AND c.updated_at < ?3 AND since < ?3 AND " PLACE_IS_OVER                                                                  \
  " AND c.kept = 0 AND c.has_draft = 0 AND c.has_scheduled = 0 AND c.status <> 'snoozed'"                                                                                                \
  " AND NOT EXISTS (SELECT 1 FROM conversation k WHERE k.kept = 1 AND k.merged_into = c.id)"                                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM due d WHERE d.conversation = c.id AND d.state IN ('waiting', 'taken', 'held'))"                                                                        \
  " AND NOT EXISTS (SELECT 1 FROM message m JOIN outbox o ON o.message = m.id WHERE m.conversation = c.id AND o.state IN ('scheduled', 'queued', 'sending', 'uncertain'))"               \
  " ORDER BY c.number"

GPtrArray *
mos_store_retention_find (MosTxn *txn,
                          gint64 after,
                          gint64 upto,
                          gint64 before,
                          GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_item_unref);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *json = NULL;
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_txn_flush (txn, error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (bill_words); i++)
    g_strv_builder_add (builder, bill_words[i]);
  words = g_strv_builder_end (builder);
  json = mos_json_from_strv (words);
  statement = mos_database_query (txn->database, error, FIND, "iiit", after, upto, before, json);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosRetentionItem *item = mos_retention_item_new ();

      item->id = mos_statement_dup_text (statement, 0);
      item->number = mos_statement_get_int (statement, 1);
      item->retention_class = mos_retention_class_from_nick (mos_statement_get_text (statement, 2), MOS_RETENTION_EMAIL);
      item->since_us = mos_statement_get_int (statement, 3);
      g_ptr_array_add (items, item);
    }
  return r == 0 ? g_steal_pointer (&items) : NULL;
}

gboolean
mos_store_retention_get_newest (MosTxn *txn,
                                gint64 *ret_us,
                                GError **error)
{
  *ret_us = 0;
  return mos_database_get_int (txn->database, ret_us, error, "SELECT max (received_at) FROM (SELECT received_at FROM message WHERE direction = 'incoming' ORDER BY seq DESC LIMIT 500)", "");
}

/* Mails, their HTML and files, each content once, and whether another conversation has it, too. */
#define CONTENTS                                                                                                                    \
  "WITH content (sha256) AS (SELECT raw_sha256 FROM message WHERE conversation = ?1 AND raw_sha256 IS NOT NULL"                     \
  " UNION SELECT html_sha256 FROM message WHERE conversation = ?1 AND html_sha256 IS NOT NULL"                                      \
  " UNION SELECT a.sha256 FROM message m JOIN attachment a ON a.message = m.id WHERE m.conversation = ?1 AND a.sha256 IS NOT NULL)" \
  " SELECT b.sha256, b.size, EXISTS (SELECT 1 FROM message m WHERE m.raw_sha256 = b.sha256 AND m.conversation <> ?1)"               \
  " OR EXISTS (SELECT 1 FROM message m WHERE m.html_sha256 = b.sha256 AND m.conversation <> ?1)"                                    \
  " OR EXISTS (SELECT 1 FROM attachment a JOIN message m ON m.id = a.message WHERE a.sha256 = b.sha256 AND m.conversation <> ?1) FROM content c JOIN blob b USING (sha256)"

gboolean
mos_store_retention_measure (MosTxn *txn,
                             const char *conversation,
                             GHashTable *shared,
                             guint *ret_messages,
                             gint64 *ret_bytes,
                             GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  gint64 messages = 0;
  int r;

  if (!mos_database_get_int (txn->database, &messages, error, "SELECT count (*) FROM message WHERE conversation = ? AND removed_at = 0", "t", conversation))
    return FALSE;
  *ret_messages = (guint) messages;
  *ret_bytes = 0;
  statement = mos_database_query (txn->database, error, CONTENTS, "t", conversation);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    if (mos_statement_get_int (statement, 2) == 0 || (shared != NULL && g_hash_table_add (shared, mos_statement_dup_text (statement, 0))))
      *ret_bytes += mos_statement_get_int (statement, 1);
  return r == 0;
}

/* --- what goes next --- */

gboolean
mos_store_retention_put_due (MosTxn *txn,
                             const MosRetentionItem *item,
                             gint64 go_us,
                             GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO retention_due (conversation, number, class, since, go_at) VALUES (?1, ?2, ?3, ?4, ?5)"
                            " ON CONFLICT (conversation) DO UPDATE SET class = ?3, since = ?4 WHERE class <> ?3 OR since <> ?4",
                            "titii", item->id, item->number, mos_retention_class_to_nick (item->retention_class), item->since_us, go_us);
}

gboolean
mos_store_retention_keep_due (MosTxn *txn,
                              gint64 after,
                              gint64 upto,
                              GPtrArray *items,
                              GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *json = NULL;

  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (builder, ((MosRetentionItem *) items->pdata[i])->id);
  ids = g_strv_builder_end (builder);
  json = mos_json_from_strv (ids);
  return mos_database_exec (txn->database, error, "DELETE FROM retention_due WHERE number > ? AND number <= ? AND conversation NOT IN (SELECT value FROM json_each (?))", "iit", after, upto, json);
}

gboolean
mos_store_retention_drop_due (MosTxn *txn,
                              const char *conversation,
                              GError **error)
{
  return mos_database_exec (txn->database, error, "DELETE FROM retention_due WHERE conversation = ?", "t", conversation);
}

gboolean
mos_store_retention_hasten (MosTxn *txn,
                            GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE retention_due SET go_at = ?1 WHERE go_at > ?1", "i", txn->now_us);
}

static GPtrArray *
list_items (MosTxn *txn,
            MosStatement *statement,
            gboolean with_rows,
            GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_item_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosRetentionItem *item = mos_retention_item_new ();

      item->id = mos_statement_dup_text (statement, 0);
      item->number = mos_statement_get_int (statement, 1);
      item->retention_class = mos_retention_class_from_nick (mos_statement_get_text (statement, 2), MOS_RETENTION_EMAIL);
      item->since_us = mos_statement_get_int (statement, 3);
      item->go_us = mos_statement_get_int (statement, 4);
      g_ptr_array_add (items, item);
    }
  if (r < 0)
    return NULL;
  for (guint i = 0; with_rows && i < items->len; i++)
    {
      MosRetentionItem *item = items->pdata[i];

      if (!mos_store_conversation_find (txn, item->id, &item->conversation, error))
        return NULL;
    }
  return g_steal_pointer (&items);
}

#define DUE_COLUMNS "d.conversation, d.number, d.class, d.since, d.go_at"
/* What was switched off, kept or opened since is not to go, although the daily look has not come by yet. */
#define DUE_STILL "retention_due d JOIN retention r ON r.class = d.class AND r.is_on = 1 JOIN conversation c ON c.id = d.conversation AND c.kept = 0 AND " PLACE_IS_OVER

GPtrArray *
mos_store_retention_list_due (MosTxn *txn,
                              guint max,
                              GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT " DUE_COLUMNS " FROM " DUE_STILL " WHERE d.go_at <= ? ORDER BY d.go_at, d.number LIMIT ?", "ii", txn->now_us, (gint64) max);

  return list_items (txn, statement, FALSE, error);
}

GPtrArray *
mos_store_retention_list_going (MosTxn *txn,
                                guint max,
                                guint *ret_total,
                                GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  gint64 total = 0;

  if (!mos_txn_flush (txn, error) || !mos_database_get_int (txn->database, &total, error, "SELECT count (*) FROM " DUE_STILL, ""))
    return NULL;
  *ret_total = (guint) total;
  statement = mos_database_query (txn->database, error, "SELECT " DUE_COLUMNS " FROM " DUE_STILL " ORDER BY d.go_at, d.number LIMIT ?", "i", (gint64) max);
  return list_items (txn, statement, TRUE, error);
}

/* --- what somebody keeps --- */

gboolean
mos_store_conversation_set_kept (MosTxn *txn,
                                 const char *id,
                                 gboolean kept,
                                 GError **error)
{
  return mos_record_set (txn, &mos_entity_conversation, id, NULL, error, "kept", 'd', kept ? 1 : 0, NULL);
}

GPtrArray *
mos_store_retention_list_kept (MosTxn *txn,
                               guint max,
                               GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error, "SELECT id, number, 'email', updated_at, 0 FROM conversation INDEXED BY conversation_kept WHERE kept = 1 AND erased_at = 0 ORDER BY updated_at DESC LIMIT ?", "i", (gint64) max);
  return list_items (txn, statement, TRUE, error);
}

/* --- receipts --- */

gboolean
mos_store_retention_add_receipt (MosTxn *txn,
                                 gint64 at_us,
                                 MosRetentionClass retention_class,
                                 const MosRetentionCount *count,
                                 GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO retention_receipt (at, class, conversations, messages, bytes, oldest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (at, class) DO UPDATE"
                            " SET conversations = conversations + excluded.conversations, messages = messages + excluded.messages, bytes = bytes + excluded.bytes, oldest = min (oldest, excluded.oldest)",
                            "itiiii", at_us, mos_retention_class_to_nick (retention_class), (gint64) count->n_conversations, (gint64) count->n_messages, count->bytes, count->oldest_us);
}

GPtrArray *
mos_store_retention_list_receipts (MosTxn *txn,
                                   guint max,
                                   GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_retention_receipt_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT at, class, conversations, messages, bytes, oldest, customers FROM retention_receipt ORDER BY at DESC, class LIMIT ?", "i", (gint64) max);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosRetentionReceipt *receipt = mos_retention_receipt_new ();

      receipt->at_us = mos_statement_get_int (statement, 0);
      receipt->retention_class = mos_retention_class_from_nick (mos_statement_get_text (statement, 1), MOS_RETENTION_EMAIL);
      receipt->count.n_conversations = (guint) mos_statement_get_int (statement, 2);
      receipt->count.n_messages = (guint) mos_statement_get_int (statement, 3);
      receipt->count.bytes = mos_statement_get_int (statement, 4);
      receipt->count.oldest_us = mos_statement_get_int (statement, 5);
      receipt->count.n_customers = (guint) mos_statement_get_int (statement, 6);
      g_ptr_array_add (list, receipt);
    }
  return r == 0 ? g_steal_pointer (&list) : NULL;
}
