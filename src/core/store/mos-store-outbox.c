/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-outbox.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-recipients.h"

/* why of a row that is "sending" and whose final dot may have left */
#define WHY_FINAL "final-dot"

/* No retry is ever planned further ahead: what seems to be was written before the clock was set back (or after it had run ahead), and is due. */
#define FARTHEST_RETRY_US (2 * 60 * 60 * (gint64) G_USEC_PER_SEC)

/* Somebody has it, or may have it. */
#define HAS_LEFT "(o.state IN ('accepted', 'delivered', 'read') OR (o.state = 'queued' AND EXISTS (SELECT 1 FROM recipient r WHERE r.message = o.message AND r.state IN ('accepted', 'delayed', 'delivered', 'bounced'))))"

/* In a chat, what was written later is said later: of a message that goes out in parts the thread is the sender. A mail waits for none. */
#define IS_OLDER "b.account = o.account AND b.envelope_from = o.envelope_from AND (b.created_at, b.message) < (o.created_at, o.message)"
#define IS_BEHIND "(EXISTS (SELECT 1 FROM outbox_part p WHERE p.message = o.message)"                                                      \
                  " AND (EXISTS (SELECT 1 FROM outbox b WHERE b.state IN ('queued', 'scheduled') AND b.state = 'queued' AND " IS_OLDER ")" \
                  " OR EXISTS (SELECT 1 FROM outbox b WHERE b.state = 'sending' AND " IS_OLDER ")))"

/* CROSS JOIN: by the few that are to be sent. Of an empty table SQLite has no statistics, takes it for a long one and reads all messages. */
#define OUTBOX_QUERY "SELECT o.message, m.conversation, o.account, o.message_id, o.envelope_from, o.recipients, m.subject, o.state, o.attempts, o.next_try, o.why, o.why_detail, o.sent_copy_done, o.raw_sha256, o.claim, o.copy_attempts, m.automatic, o.tries" \
                     " FROM outbox o CROSS JOIN message m ON m.id = o.message"

static gboolean
item_from (MosTxn *txn,
           MosStatement *statement,
           gboolean with_raw,
           MosOutboxItem **ret_item,
           GError **error)
{
  g_autoptr (MosOutboxItem) item = mos_outbox_item_new ();

  item->message = mos_statement_dup_text (statement, 0);
  item->conversation = mos_statement_dup_text (statement, 1);
  item->account = mos_statement_dup_text (statement, 2);
  item->message_id = mos_statement_dup_text (statement, 3);
  item->envelope_from = mos_statement_dup_text (statement, 4);
  item->recipients = mos_json_to_strv (mos_statement_get_text (statement, 5));
  item->subject = mos_statement_dup_text0 (statement, 6);
  item->state = mos_delivery_from_nick (mos_statement_get_text (statement, 7), MOS_DELIVERY_UNCERTAIN);
  item->attempts = (guint) mos_statement_get_int (statement, 8);
  item->next_try_us = mos_statement_get_int (statement, 9);
  item->why = mos_statement_dup_text (statement, 10);
  item->why_detail = mos_statement_dup_text (statement, 11);
  item->sent_copy_done = mos_statement_get_int (statement, 12) != 0;
  item->claim = mos_statement_dup_text (statement, 14);
  item->copy_attempts = (guint) mos_statement_get_int (statement, 15);
  item->is_automatic = mos_statement_get_int (statement, 16) != 0;
  item->tries = (guint) mos_statement_get_int (statement, 17);
  item->results = mos_store_recipient_list (txn, item->message, error);
  if (item->results == NULL)
    return FALSE;
  if (with_raw && !mos_store_blob_find (txn, mos_statement_get_text (statement, 13), &item->raw, error))
    return FALSE;
  *ret_item = g_steal_pointer (&item);
  return TRUE;
}

static GPtrArray *
list_items (MosTxn *txn,
            MosStatement *statement,
            gboolean with_raw,
            GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosOutboxItem *item;

      if (!item_from (txn, statement, with_raw, &item, error))
        return NULL;
      g_ptr_array_add (items, item);
    }
  return r == 0 ? g_steal_pointer (&items) : NULL;
}

gboolean
mos_store_outbox_add (MosTxn *txn,
                      MosOutboxItem *item,
                      GError **error)
{
  g_autofree char *recipients = mos_json_from_strv (item->recipients);
  g_autofree char *sha256 = NULL;

  g_return_val_if_fail (item->raw != NULL && item->message_id != NULL, FALSE);

  return mos_store_blob_put (txn, item->raw, &sha256, error) &&
         mos_database_exec (txn->database, error,
                            "INSERT INTO outbox (message, account, state, message_id, envelope_from, recipients, raw_sha256, attempts, next_try, sent_copy_done, created_at)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
                            "tttttttidi", item->message, item->account, mos_delivery_to_nick (item->state), item->message_id, item->envelope_from, recipients, sha256,
                            item->next_try_us, item->sent_copy_done ? 1 : 0, txn->now_us) &&
         mos_store_recipient_add_all (txn, item->message, (const char *const *) item->recipients, error) &&
         mos_txn_record (txn, &mos_entity_outbox, item->message, "insert", NULL, NULL, error) &&
         mos_record_touch (txn, &mos_entity_outbox, item->message, error) &&
         mos_store_message_set_delivery (txn, item->message, item->state, NULL, NULL, error);
}

GPtrArray *
mos_store_outbox_list (MosTxn *txn,
                       const char *account,
                       GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, OUTBOX_QUERY " WHERE (?1 IS NULL OR o.account = ?1) AND (o.state <> 'accepted' OR o.sent_copy_done = 0) ORDER BY o.created_at, o.message", "t", account);

  return list_items (txn, statement, FALSE, error);
}

gboolean
mos_store_outbox_find (MosTxn *txn,
                       const char *message,
                       MosOutboxItem **ret_item,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, OUTBOX_QUERY " WHERE o.message = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_item = NULL;
  return r == 0 || (r > 0 && item_from (txn, statement, TRUE, ret_item, error));
}

/* Whom a claimed message is for: who has it already gets no second one. */
static char **
list_open (GPtrArray *results)
{
  g_autoptr (GStrvBuilder) open = g_strv_builder_new ();

  for (guint i = 0; i < results->len; i++)
    {
      MosRecipientResult *result = g_ptr_array_index (results, i);

      if (result->state == MOS_RECIPIENT_WAITING || result->state == MOS_RECIPIENT_DEFERRED)
        g_strv_builder_add (open, result->address);
    }
  return g_strv_builder_end (open);
}

gboolean
mos_store_outbox_find_due (MosTxn *txn,
                           const char *account,
                           gint64 now_us,
                           char **ret_message,
                           GError **error)
{
  return mos_database_get_text (txn->database, ret_message, error,
                                /* Both states are those of the index; what is scheduled is released by its row of `due`. */
                                "SELECT o.message FROM outbox o WHERE o.account = ?1 AND o.state IN ('queued', 'scheduled') AND o.state = 'queued' AND (o.next_try <= ?2 OR o.next_try > ?3)"
                                " AND NOT " IS_BEHIND " ORDER BY o.next_try, o.created_at, o.message LIMIT 1",
                                "tii", account, now_us, now_us + FARTHEST_RETRY_US);
}

gboolean
mos_store_outbox_claim (MosTxn *txn,
                        const char *account,
                        MosOutboxItem **ret_item,
                        GError **error)
{
  g_autofree char *message = NULL;
  g_autofree char *claim = NULL;
  g_autoptr (MosOutboxItem) item = NULL;

  *ret_item = NULL;
  if (!mos_store_outbox_find_due (txn, account, txn->now_us, &message, error))
    return FALSE;
  if (message == NULL)
    return TRUE;

  claim = mos_id_new (txn->now_us);
  if (!mos_database_exec (txn->database, error, "UPDATE outbox SET state = 'sending', claim = ?, why = NULL, why_detail = NULL, attempts = attempts + 1 WHERE message = ?", "tt", claim, message) ||
      !mos_record_touch (txn, &mos_entity_outbox, message, error) ||
      !mos_store_message_set_delivery (txn, message, MOS_DELIVERY_SENDING, NULL, NULL, error) ||
      !mos_store_outbox_find (txn, message, &item, error))
    return FALSE;
  g_strfreev (item->recipients);
  item->recipients = list_open (item->results);
  *ret_item = g_steal_pointer (&item);
  return TRUE;
}

gboolean
mos_store_outbox_reset_attempts (MosTxn *txn,
                                 const char *message,
                                 GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox SET attempts = 0 WHERE message = ?", "t", message);
}

gboolean
mos_store_outbox_begin_anew (MosTxn *txn,
                             const char *message,
                             GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox SET attempts = 0, tries = tries + 1 WHERE message = ?", "t", message);
}

gboolean
mos_store_outbox_set_result (MosTxn *txn,
                             const char *message,
                             MosDelivery state,
                             gint64 next_try_us,
                             const char *why,
                             const char *detail,
                             GError **error)
{
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM outbox WHERE message = ?", "t", message))
    return FALSE;
  if (exists == 0)
    return mos_not_found (error, "outbox item", message);
  return mos_database_exec (txn->database, error, "UPDATE outbox SET state = ?, next_try = ?, why = ?, why_detail = ?, claim = NULL WHERE message = ?", "titt"
                                                                                                                                                        "t",
                            mos_delivery_to_nick (state), next_try_us, why, detail, message) &&
         /* Whoever has it has no draft of it any more. */
         (state != MOS_DELIVERY_ACCEPTED || mos_database_exec (txn->database, error, "DELETE FROM outbox_draft WHERE message = ?", "t", message)) &&
         mos_record_touch (txn, &mos_entity_outbox, message, error) &&
         mos_store_message_set_delivery (txn, message, state, why, detail, error);
}

gboolean
mos_store_outbox_get_next_try (MosTxn *txn,
                               const char *account,
                               gint64 *ret_us,
                               GError **error)
{
  return mos_database_get_int (txn->database, ret_us, error,
                               "SELECT min (CASE WHEN o.next_try > ?2 THEN 1 ELSE max (o.next_try, 1) END) FROM outbox o WHERE o.state IN ('queued', 'scheduled') AND o.state = 'queued' AND (?1 IS NULL OR o.account = ?1)"
                               " AND NOT " IS_BEHIND,
                               "ti", account, txn->now_us + FARTHEST_RETRY_US);
}

gboolean
mos_store_outbox_set_final (MosTxn *txn,
                            const char *message,
                            const char *claim,
                            GError **error)
{
  gint64 is_sending = 0;

  if (!mos_database_get_int (txn->database, &is_sending, error, "SELECT 1 FROM outbox WHERE message = ?1 AND state = 'sending' AND (?2 IS NULL OR claim = ?2)", "tt", message, claim))
    return FALSE;
  if (is_sending == 0)
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The message is not being sent, or by somebody else");
      return FALSE;
    }
  /* Nobody has to see it: only the next start reads it, after a crash. */
  return mos_database_exec (txn->database, error, "UPDATE outbox SET why = '" WHY_FINAL "' WHERE message = ?", "t", message);
}

gboolean
mos_store_outbox_recover (MosTxn *txn,
                          GPtrArray **ret_uncertain,
                          GError **error)
{
  g_autoptr (MosStatement) before = mos_database_query (txn->database, error, "SELECT message FROM outbox WHERE state = 'sending' AND why IS NOT '" WHY_FINAL "' ORDER BY created_at", "");
  g_autoptr (GPtrArray) unsent = mos_query_ids (before, error);
  g_autoptr (MosStatement) after = NULL;
  g_autoptr (GPtrArray) uncertain = NULL;

  if (unsent == NULL)
    return FALSE;
  after = mos_database_query (txn->database, error, "SELECT message FROM outbox WHERE state = 'sending' AND why = '" WHY_FINAL "' ORDER BY created_at", "");
  uncertain = mos_query_ids (after, error);
  if (uncertain == NULL)
    return FALSE;

  for (guint i = 0; i < unsent->len; i++)
    if (!mos_store_outbox_set_result (txn, unsent->pdata[i], MOS_DELIVERY_QUEUED, txn->now_us, NULL, NULL, error))
      return FALSE;
  for (guint i = 0; i < uncertain->len; i++)
    if (!mos_store_outbox_set_result (txn, uncertain->pdata[i], MOS_DELIVERY_UNCERTAIN, 0, "interrupted", NULL, error))
      return FALSE;
  if (ret_uncertain != NULL)
    *ret_uncertain = g_steal_pointer (&uncertain);
  /* Who held a lease on a copy in Sent is gone. */
  return mos_store_outbox_release_sent_copy (txn, NULL, error);
}

gboolean
mos_store_outbox_claim_sent_copy (MosTxn *txn,
                                  const char *account,
                                  gint64 lease_us,
                                  MosOutboxItem **ret_item,
                                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, OUTBOX_QUERY " WHERE o.account = ?1 AND " HAS_LEFT " AND o.sent_copy_done = 0"
                                                                                              " AND (o.copy_lease <= ?2 OR o.copy_lease > ?3) ORDER BY o.created_at, o.message LIMIT 1",
                                                           "tii", account, txn->now_us, txn->now_us + FARTHEST_RETRY_US);
  g_autoptr (GPtrArray) items = list_items (txn, statement, TRUE, error);
  g_autofree char *filing = NULL;
  MosOutboxItem *item;

  *ret_item = NULL;
  if (items == NULL)
    return FALSE;
  if (items->len == 0)
    return TRUE;
  item = g_ptr_array_index (items, 0);
  g_clear_pointer (&statement, mos_statement_unref);
  if (!mos_store_cursor_get (txn, account, MOS_SENT_FILING_CURSOR, &filing, error) ||
      !mos_database_exec (txn->database, error, "UPDATE outbox SET copy_lease = ?, copy_attempts = copy_attempts + 1 WHERE message = ?", "it", txn->now_us + lease_us, item->message))
    return FALSE;
  item->copy_attempts++;
  item->sent_filing = g_steal_pointer (&filing);
  *ret_item = mos_outbox_item_ref (item);
  return TRUE;
}

gboolean
mos_store_outbox_release_sent_copy (MosTxn *txn,
                                    const char *account,
                                    GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox SET copy_lease = 0 WHERE (?1 IS NULL OR account = ?1) AND copy_lease > 0 AND sent_copy_done = 0", "t", account);
}

gboolean
mos_store_outbox_set_sent_copy_done (MosTxn *txn,
                                     const char *message,
                                     GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox SET sent_copy_done = 1 WHERE message = ?", "t", message) &&
         mos_record_touch (txn, &mos_entity_outbox, message, error);
}

gboolean
mos_store_outbox_cancel (MosTxn *txn,
                         const char *message,
                         GError **error)
{
  g_autofree char *state = NULL;

  if (!mos_database_get_text (txn->database, &state, error, "SELECT state FROM outbox WHERE message = ?", "t", message))
    return FALSE;
  if (state == NULL)
    return mos_not_found (error, "outbox item", message);
  if (!g_str_equal (state, "queued") && !g_str_equal (state, "scheduled") && !g_str_equal (state, "failed") && !g_str_equal (state, "uncertain"))
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The message is %s", state);
      return FALSE;
    }
  return mos_record_delete (txn, &mos_entity_outbox, message, NULL, error) &&
         mos_store_message_set_delivery (txn, message, MOS_DELIVERY_CANCELLED, NULL, NULL, error);
}

gboolean
mos_store_outbox_was_met (MosTxn *txn,
                          const char *message,
                          gboolean *ret_was,
                          GError **error)
{
  gint64 was_met = 0;

  /* Of one that is sent anew the earlier try may be what was met. */
  if (!mos_database_get_int (txn->database, &was_met, error,
                             "SELECT EXISTS (SELECT 1 FROM location l JOIN folder f ON f.id = l.folder WHERE l.message = o.message AND f.role <> 'drafts')"
                             " OR EXISTS (SELECT 1 FROM message m JOIN message a ON a.conversation = m.conversation WHERE m.id = o.message AND a.direction = 'incoming'"
                             " AND a.classification = 'normal' AND a.in_reply_to = o.message_id)"
                             " FROM outbox o WHERE o.message = ? AND o.tries = 0",
                             "t", message))
    return FALSE;
  *ret_was = was_met != 0;
  return TRUE;
}

gboolean
mos_store_outbox_holds_conversation (MosTxn *txn,
                                     const char *conversation,
                                     gboolean *ret_holds,
                                     GError **error)
{
  gint64 holds = 0;

  if (!mos_database_get_int (txn->database, &holds, error,
                             "SELECT EXISTS (SELECT 1 FROM message m JOIN outbox o ON o.message = m.id WHERE m.conversation = ? AND o.state IN ('scheduled', 'queued', 'sending', 'uncertain'))", "t", conversation))
    return FALSE;
  *ret_holds = holds != 0;
  return TRUE;
}

GPtrArray *
mos_store_outbox_list_doubted (MosTxn *txn,
                               const char *account,
                               const char *const *message_ids,
                               GError **error)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; message_ids[i] != NULL; i++)
    {
      g_autoptr (MosStatement) statement =
          mos_database_query (txn->database, error,
                              "SELECT o.message FROM message_key k CROSS JOIN outbox o ON o.message = k.message JOIN message m ON m.id = k.message"
                              " WHERE k.message_id = ? AND k.account = ? AND o.state IN ('queued', 'uncertain') AND m.removed_at = 0 ORDER BY m.seq",
                              "tt", message_ids[i], account);
      int r = statement != NULL ? 1 : -1;

      while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
        g_ptr_array_add (messages, mos_statement_dup_text (statement, 0));
      if (r < 0)
        return NULL;
    }
  return g_steal_pointer (&messages);
}
