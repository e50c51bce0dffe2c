/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-messages.h"

#include "core/base/mos-bytes.h"
#include "core/base/mos-id.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-private.h"

#include <string.h>

char *
mos_store_message_id (const char *account,
                      const char *message_id,
                      const char *digest)
{
  return mos_id_derive ("message", account, message_id != NULL ? message_id : "", digest != NULL ? digest : "", NULL);
}

gboolean
mos_store_message_is_here (MosTxn *txn,
                           const char *id,
                           gboolean *ret_is,
                           GError **error)
{
  gint64 is_here = 0;

  if (!mos_database_get_int (txn->database, &is_here, error, "SELECT 1 FROM message WHERE id = ? AND removed_at = 0", "t", id))
    return FALSE;
  *ret_is = is_here != 0;
  return TRUE;
}

/* The number is the time of receipt in microseconds, or the next free one: mail servers know seconds only. */
static gboolean
next_seq (MosTxn *txn,
          gint64 received_us,
          gint64 *ret_seq,
          GError **error)
{
  gint64 seq = MAX (received_us, 1);

  for (;;)
    {
      gint64 taken = 0, last = 0;

      if (!mos_database_get_int (txn->database, &taken, error, "SELECT 1 FROM message WHERE seq = ?", "i", seq))
        return FALSE;
      if (taken == 0)
        break;
      if (!mos_database_get_int (txn->database, &last, error, "SELECT max (seq) FROM message WHERE seq >= ?1 AND seq < ?1 + 1000000", "i", seq))
        return FALSE;
      seq = last + 1;
    }
  *ret_seq = seq;
  return TRUE;
}

static gboolean
add_attachments (MosTxn *txn,
                 MosMessageRow *row,
                 gboolean *ret_has_attachments,
                 GString *files,
                 GPtrArray *hashes,
                 GError **error)
{
  for (guint i = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      MosAttachment *attachment = row->attachments->pdata[i];
      char *sha256 = g_strdup (attachment->sha256);

      if (attachment->data != NULL)
        {
          if (sha256 == NULL)
            sha256 = mos_bytes_sha256 (attachment->data);
          if (!mos_store_blob_put_hashed (txn, attachment->data, sha256, error))
            {
              g_free (sha256);
              return FALSE;
            }
        }
      g_ptr_array_add (hashes, sha256);
      if (!attachment->is_inline)
        *ret_has_attachments = TRUE;
      g_string_append_printf (files, "%s\n", attachment->name);
    }
  return TRUE;
}

static gboolean
insert_attachments (MosTxn *txn,
                    MosMessageRow *row,
                    GPtrArray *hashes,
                    GError **error)
{
  for (guint i = 0; i < hashes->len; i++)
    {
      MosAttachment *attachment = row->attachments->pdata[i];

      if (!mos_database_exec (txn->database, error, "INSERT INTO attachment (message, position, name, type, size, is_inline, content_id, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "tdttidtt",
                              row->id, (int) i, attachment->name, attachment->type, (gint64) attachment->size, attachment->is_inline ? 1 : 0, attachment->content_id, hashes->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
append_people (GString *people,
               GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      MosAddress *address = addresses->pdata[i];

      g_string_append_printf (people, "%s %s\n", address->name != NULL ? address->name : "", address->address);
    }
}

static void
queue_index (MosTxn *txn,
             gint64 seq,
             MosMessageRow *row,
             const char *files)
{
  GString *people = g_string_new (NULL);
  MosIndexJob *job = g_new0 (MosIndexJob, 1);

  if (row->from != NULL)
    g_string_append_printf (people, "%s %s\n", row->from->name != NULL ? row->from->name : "", row->from->address);
  append_people (people, row->to);
  append_people (people, row->cc);
  append_people (people, row->reply_to);
  job->seq = seq;
  job->subject = g_strdup (row->subject != NULL ? row->subject : "");
  job->body = g_strdup (row->text != NULL ? row->text : "");
  job->people = g_string_free (people, FALSE);
  job->files = g_strdup (files);
  txn->index_bytes += strlen (job->body) + 200;
  g_ptr_array_add (txn->index_jobs, job);
}

static gboolean
add_event (MosTxn *txn,
           MosMessageRow *row,
           MosMessageContent *content,
           GError **error)
{
  MosActor actor = txn->actor;
  gboolean automatic = content != NULL && content->automatic;
  const char *kind;
  gboolean ok;

  /* What is scheduled answers when it leaves. */
  if (row->delivery == MOS_DELIVERY_DRAFT || row->delivery == MOS_DELIVERY_SCHEDULED)
    return TRUE;
  /* Whoever was spoken to has been answered, whoever called; who was not reached has not. */
  if (row->call != NULL && (row->call->outcome == MOS_CALL_ANSWERED || row->direction == MOS_DIRECTION_OUTGOING))
    {
      if (row->call->outcome != MOS_CALL_ANSWERED)
        return mos_store_event_add (txn, row->conversation, row->id, "call", NULL, NULL, row->received_us, FALSE, error);
      if (txn->actor.kind != MOS_ACTOR_HUMAN)
        txn->actor = (MosActor) { txn->actor.kind == MOS_ACTOR_IMPORT ? MOS_ACTOR_IMPORT : MOS_ACTOR_HUMAN, content != NULL ? content->agent : NULL };
      ok = mos_store_event_add (txn, row->conversation, row->id, "sent", NULL, NULL, row->received_us, FALSE, error);
      txn->actor = actor;
      return ok;
    }
  switch (row->direction)
    {
    case MOS_DIRECTION_INCOMING:
      /* What a machine wrote stops no clock and starts none. */
      if (row->quarantined || (row->classification != MOS_CLASSIFICATION_NORMAL && row->classification != MOS_CLASSIFICATION_BULK))
        return TRUE;
      kind = "received";
      txn->actor = (MosActor) { MOS_ACTOR_CUSTOMER, content != NULL ? content->customer : NULL };
      break;
    case MOS_DIRECTION_OUTGOING:
      /* A question what somebody thinks of the service answers nobody; whoever asks tells it. */
      if (row->classification == MOS_CLASSIFICATION_SURVEY)
        return TRUE;
      kind = content != NULL && content->is_silent ? "outreach" : "sent";
      /* An answer found in the Sent folder was a person's too. */
      if (!automatic && txn->actor.kind != MOS_ACTOR_HUMAN)
        txn->actor = (MosActor) { txn->actor.kind == MOS_ACTOR_IMPORT ? MOS_ACTOR_IMPORT : MOS_ACTOR_HUMAN, content != NULL ? content->agent : NULL };
      break;
    case MOS_DIRECTION_NOTE:
      kind = "note";
      break;
    case MOS_DIRECTION_EVENT:
    default:
      return TRUE;
    }
  ok = mos_store_event_add (txn, row->conversation, row->id, kind, NULL, NULL, row->received_us, automatic, error);
  txn->actor = actor;
  return ok;
}

static gboolean
put_html (MosTxn *txn,
          MosMessageContent *content,
          char **ret_sha256,
          GError **error)
{
  g_autoptr (GBytes) html = g_bytes_new_static (content->html, strlen (content->html));

  *ret_sha256 = content->html_sha256 != NULL ? g_strdup (content->html_sha256) : mos_bytes_sha256 (html);
  return mos_store_blob_put_hashed (txn, html, *ret_sha256, error);
}

gboolean
mos_store_message_add (MosTxn *txn,
                       MosMessageRow *row,
                       MosMessageContent *content,
                       gboolean *ret_added,
                       GError **error)
{
  g_autofree char *refs = mos_json_from_strv (row->references);
  g_autofree char *recipients = mos_json_from_recipients (row->to, row->cc, row->bcc, row->reply_to);
  g_autofree char *html_sha256 = NULL, *raw_sha256 = NULL, *resolved = NULL;
  g_autoptr (GString) files = g_string_new (NULL);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  MosDatabase *database = txn->database;
  const char *customer = content != NULL ? content->customer : NULL;
  const char *agent = content != NULL ? content->agent : NULL;
  gboolean has_attachments = FALSE;
  gboolean has_html = content != NULL && content->html != NULL;
  gboolean has_blobs;
  gint64 seq = 0, old_seq = 0, removed = 0, has_file_text = 0;

  g_return_val_if_fail (txn->is_writable, FALSE);
  g_return_val_if_fail (row->id != NULL && row->conversation != NULL && row->account != NULL, FALSE);

  if (ret_added != NULL)
    *ret_added = FALSE;
  /* Somebody may have merged its conversation while it was on its way. */
  if (!mos_store_conversation_resolve (txn, row->conversation, &resolved, error))
    return FALSE;
  if (resolved != NULL)
    g_set_str (&row->conversation, resolved);
  /* Said here and now, after what is there was read. What came, or was sent from elsewhere, has the time of its server. */
  if (row->received_us == txn->now_us && (row->direction != MOS_DIRECTION_INCOMING || row->call != NULL) && !mos_event_find_now (txn, row->conversation, &row->received_us, error))
    return FALSE;
  if (!mos_database_get_int (database, &old_seq, error, "SELECT seq FROM message WHERE id = ?", "t", row->id))
    return FALSE;
  if (old_seq != 0)
    {
      if (!mos_database_get_int (database, &removed, error, "SELECT removed_at FROM message WHERE id = ?", "t", row->id))
        return FALSE;
      if (removed == 0)
        return TRUE;
      /* One that was taken back comes again, with what it says now. */
      if (!mos_database_exec (database, error, "DELETE FROM event WHERE message = ? AND kind IN ('received', 'sent', 'note')", "t", row->id) ||
          !mos_database_exec (database, error, "DELETE FROM outbox WHERE message = ?", "t", row->id) ||
          !mos_database_exec (database, error, "DELETE FROM message WHERE id = ?", "t", row->id))
        return FALSE;
    }

  txn->prepared = content != NULL ? content->prepared : NULL;
  if (content != NULL && content->raw != NULL)
    raw_sha256 = content->raw_sha256 != NULL ? g_strdup (content->raw_sha256) : mos_bytes_sha256 (content->raw);
  has_blobs = (!has_html || put_html (txn, content, &html_sha256, error)) &&
              (raw_sha256 == NULL || mos_store_blob_put_hashed (txn, content->raw, raw_sha256, error)) &&
              add_attachments (txn, row, &has_attachments, files, hashes, error);
  txn->prepared = NULL;
  if (!has_blobs ||
      !next_seq (txn, row->received_us, &seq, error) ||
      !mos_database_exec (database, error,
                          "INSERT INTO message (seq, id, conversation, origin_conversation, account, identity, customer, agent, direction, classification, delivery, message_id, in_reply_to, refs,"
                          " from_name, from_address, recipients, subject, sent_at, received_at, language, why, why_detail, evidence, unread, quarantined, automatic, archive, has_html, has_attachments,"
                          " removed_on_server, digest, own_id, html_sha256, raw_sha256, thread_index, head_only, call_outcome)"
                          " VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37)",
                          "itttttttttttttttt"
                          "iittttdddddddtttttdt",
                          seq, row->id, row->conversation, row->account, row->identity, customer, agent, mos_direction_to_nick (row->direction), mos_classification_to_nick (row->classification),
                          mos_delivery_to_nick (row->delivery), row->message_id, row->in_reply_to, refs, row->from != NULL ? row->from->name : NULL, row->from != NULL ? row->from->address : NULL, recipients,
                          row->subject != NULL ? row->subject : "", row->sent_us, row->received_us, row->language, row->why, row->why_detail, row->thread_evidence, row->unread ? 1 : 0, row->quarantined ? 1 : 0,
                          content != NULL && content->automatic ? 1 : 0, content != NULL && content->archive ? 1 : 0, has_html || row->has_html ? 1 : 0, has_attachments ? 1 : 0, row->removed_on_server ? 1 : 0,
                          content != NULL ? content->digest : NULL, content != NULL ? content->own_id : NULL, html_sha256, raw_sha256, row->thread_index, row->head_only ? 1 : 0, row->call != NULL ? mos_call_outcome_to_nick (row->call->outcome) : NULL) ||
      !mos_database_exec (database, error, "INSERT INTO message_text (seq, text, reply_text) VALUES (?, ?, ?)", "itt", seq, row->text != NULL ? row->text : "", row->reply_text != NULL ? row->reply_text : ""))
    return FALSE;

  if (row->call != NULL &&
      !mos_database_exec (database, error, "INSERT INTO phone_call (message, number, line, seconds, by_hand) VALUES (?, ?, ?, ?, ?)", "tttid", row->id, row->call->number, row->call->line, (gint64) row->call->seconds,
                          row->call->by_hand ? 1 : 0))
    return FALSE;
  if (row->message_id != NULL &&
      !mos_database_exec (database, error, "INSERT INTO message_key (message_id, account, message) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "ttt", row->message_id, row->account, row->id))
    return FALSE;
  if (!insert_attachments (txn, row, hashes, error))
    return FALSE;
  if (row->direction == MOS_DIRECTION_OUTGOING &&
      !mos_database_exec (database, error, "INSERT INTO message_state (message, at, state, why, detail) VALUES (?, ?, ?, ?, ?)", "titnn", row->id, txn->now_us, mos_delivery_to_nick (row->delivery)))
    return FALSE;

  if (hashes->len > 0 && !mos_database_get_int (database, &has_file_text, error, "SELECT 1 FROM attachment a JOIN file_text f ON f.sha256 = a.sha256 WHERE a.message = ? AND f.text <> '' LIMIT 1", "t", row->id))
    return FALSE;
  /* A file that came before brings its text. */
  if (has_file_text == 0)
    queue_index (txn, seq, row, files->str);
  else if (!mos_search_queue (txn, seq, TRUE, error))
    return FALSE;
  if (!add_event (txn, row, content, error) || !mos_txn_record (txn, &mos_entity_message, row->id, "insert", NULL, NULL, error))
    return FALSE;
  mos_txn_touch_message (txn, row->id);
  mos_txn_dirty (txn, row->conversation, MOS_DIRTY_DERIVED);
  if (ret_added != NULL)
    *ret_added = TRUE;
  /* A huge batch must not hold all its text twice. */
  return txn->index_bytes < 16 * 1024 * 1024 || mos_search_flush (txn, error);
}

gboolean
mos_store_message_complete (MosTxn *txn,
                            MosMessageRow *row,
                            MosMessageContent *content,
                            GError **error)
{
  g_autofree char *raw_sha256 = content->raw_sha256 != NULL ? g_strdup (content->raw_sha256) : mos_bytes_sha256 (content->raw);
  g_autofree char *html_sha256 = NULL;
  g_autoptr (GString) files = g_string_new (NULL);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  gboolean has_attachments = FALSE;
  gint64 seq = 0;

  g_return_val_if_fail (txn->is_writable, FALSE);

  if (content->html != NULL && !put_html (txn, content, &html_sha256, error))
    return FALSE;
  return mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ? AND removed_at = 0", "t", row->id) &&
         mos_store_blob_put_hashed (txn, content->raw, raw_sha256, error) &&
         add_attachments (txn, row, &has_attachments, files, hashes, error) &&
         mos_database_exec (txn->database, error, "DELETE FROM attachment WHERE message = ?", "t", row->id) &&
         insert_attachments (txn, row, hashes, error) &&
         mos_database_exec (txn->database, error, "UPDATE message_text SET text = ?, reply_text = ? WHERE seq = ?", "tti", row->text != NULL ? row->text : "", row->reply_text != NULL ? row->reply_text : "", seq) &&
         mos_record_set (txn, &mos_entity_message, row->id, NULL, error, "why", 't', row->why, "head_only", 'd', 0, "language", 't', row->language, "has_html", 'd', content->html != NULL ? 1 : 0,
                         "has_attachments", 'd', has_attachments ? 1 : 0, "html_sha256", 't', html_sha256, "raw_sha256", 't', raw_sha256, NULL) &&
         mos_search_queue (txn, seq, FALSE, error);
}

gboolean
mos_store_message_add_message_id (MosTxn *txn,
                                  const char *id,
                                  const char *message_id,
                                  GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT INTO message_key (message_id, account, message) SELECT ?1, account, id FROM message WHERE id = ?2 ON CONFLICT DO NOTHING", "tt", message_id, id);
}

static gboolean
is_undelivered (MosDelivery delivery)
{
  return delivery == MOS_DELIVERY_FAILED || delivery == MOS_DELIVERY_BOUNCED || delivery == MOS_DELIVERY_CANCELLED;
}

gboolean
mos_store_message_set_delivery (MosTxn *txn,
                                const char *id,
                                MosDelivery delivery,
                                const char *why,
                                const char *detail,
                                GError **error)
{
  g_autoptr (MosStatement) before = mos_database_query (txn->database, error, "SELECT conversation, delivery FROM message WHERE id = ?", "t", id);
  const int r = before != NULL ? mos_statement_step (before, error) : -1;
  gboolean changed;

  if (r < 0)
    return FALSE;
  /* What does not get there is no answer any more. */
  if (r > 0 && is_undelivered (delivery) != is_undelivered (mos_delivery_from_nick (mos_statement_get_text (before, 1), MOS_DELIVERY_DRAFT)))
    mos_txn_dirty (txn, mos_statement_get_text (before, 0), MOS_DIRTY_FACTS);
  g_clear_pointer (&before, mos_statement_unref);
  return mos_record_set (txn, &mos_entity_message, id, &changed, error, "delivery", 't', mos_delivery_to_nick (delivery), "why", 't', why, "why_detail", 't', detail, NULL) &&
         (!changed || mos_database_exec (txn->database, error, "INSERT INTO message_state (message, at, state, why, detail) VALUES (?, ?, ?, ?, ?)", "titt"
                                                                                                                                                     "t",
                                         id, txn->now_us, mos_delivery_to_nick (delivery), why, detail));
}

gboolean
mos_store_message_set_blocked (MosTxn *txn,
                               const char *id,
                               const char *why,
                               GError **error)
{
  return mos_record_set (txn, &mos_entity_message, id, NULL, error, "classification", 't', "blocked", NULL) &&
         mos_store_message_set_quarantined (txn, id, TRUE, why, error);
}

gboolean
mos_store_message_set_sent (MosTxn *txn,
                            const char *id,
                            GError **error)
{
  g_autofree char *conversation = NULL;
  MosActor actor = txn->actor;
  gint64 received = 0;
  gboolean ok;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ? AND direction = 'incoming' AND removed_at = 0", "t", id) ||
      !mos_database_get_int (txn->database, &received, error, "SELECT received_at FROM message WHERE id = ?", "t", id))
    return FALSE;
  if (conversation == NULL)
    return TRUE;
  if (!mos_record_set (txn, &mos_entity_message, id, NULL, error, "direction", 't', "outgoing", "classification", 't', "normal", "delivery", 't', "accepted",
                       "quarantined", 'd', 0, "why", 't', NULL, "unread", 'd', 0, NULL) ||
      !mos_database_exec (txn->database, error, "UPDATE event SET undone = 1 WHERE message = ? AND kind = 'received'", "t", id))
    return FALSE;
  mos_txn_touch_message (txn, id);
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  /* As one found in Sent at once: a person wrote it. */
  if (txn->actor.kind != MOS_ACTOR_HUMAN && txn->actor.kind != MOS_ACTOR_IMPORT)
    txn->actor = (MosActor) { MOS_ACTOR_HUMAN, NULL };
  ok = mos_store_event_add (txn, conversation, id, "sent", NULL, NULL, received, FALSE, error);
  txn->actor = actor;
  return ok;
}

gboolean
mos_store_message_remove (MosTxn *txn,
                          const char *id,
                          GError **error)
{
  g_autofree char *conversation = NULL;
  gint64 seq = 0;

  if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ? AND removed_at = 0", "t", id) ||
      !mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", id))
    return FALSE;
  if (seq == 0)
    return TRUE;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  return mos_record_set (txn, &mos_entity_message, id, NULL, error, "removed_at", 'i', txn->now_us, NULL) &&
         mos_database_exec (txn->database, error, "UPDATE event SET undone = 1 WHERE message = ? AND kind IN ('received', 'sent', 'note')", "t", id) &&
         mos_search_queue (txn, seq, FALSE, error);
}

/* --- blobs --- */

gboolean
mos_store_message_load_html (MosTxn *txn,
                             const char *id,
                             char **ret_html,
                             GError **error)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) bytes = NULL;

  *ret_html = NULL;
  if (!mos_database_get_text (txn->database, &sha256, error, "SELECT html_sha256 FROM message WHERE id = ?", "t", id) ||
      (sha256 != NULL && !mos_store_blob_find (txn, sha256, &bytes, error)))
    return FALSE;
  if (bytes != NULL)
    *ret_html = g_strndup (g_bytes_get_data (bytes, NULL) != NULL ? g_bytes_get_data (bytes, NULL) : "", g_bytes_get_size (bytes));
  return TRUE;
}

gboolean
mos_store_message_load_raw (MosTxn *txn,
                            const char *id,
                            GBytes **ret_raw,
                            GError **error)
{
  g_autofree char *sha256 = NULL;

  *ret_raw = NULL;
  /* What a chat keeps there is no mail. */
  return mos_database_get_text (txn->database, &sha256, error, "SELECT m.raw_sha256 FROM message m JOIN account a ON a.id = m.account WHERE m.id = ? AND a.kind IN ('email', 'archive')", "t", id) &&
         (sha256 == NULL || mos_store_blob_find (txn, sha256, ret_raw, error));
}

gboolean
mos_store_message_load_source (MosTxn *txn,
                               const char *id,
                               GBytes **ret_source,
                               GError **error)
{
  g_autofree char *sha256 = NULL;

  *ret_source = NULL;
  return mos_database_get_text (txn->database, &sha256, error, "SELECT raw_sha256 FROM message WHERE id = ?", "t", id) &&
         (sha256 == NULL || mos_store_blob_find (txn, sha256, ret_source, error));
}

GPtrArray *
mos_store_message_list_attachments (MosTxn *txn,
                                    const char *id,
                                    gboolean with_data,
                                    GError **error)
{
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT a.name, a.type, a.size, a.is_inline, a.content_id, a.sha256, f.kind, f.duration_ms, f.ref IS NOT NULL, f.why FROM attachment a"
                                                                                 " LEFT JOIN chat_file f ON f.message = a.message AND f.position = a.position WHERE a.message = ? ORDER BY a.position",
                                                           "t", id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosAttachment *attachment = mos_attachment_new ();

      g_ptr_array_add (attachments, attachment);
      attachment->name = mos_statement_dup_text (statement, 0);
      attachment->type = mos_statement_dup_text (statement, 1);
      attachment->size = (guint64) mos_statement_get_int (statement, 2);
      attachment->is_inline = mos_statement_get_int (statement, 3) != 0;
      attachment->content_id = mos_statement_dup_text (statement, 4);
      attachment->sha256 = mos_statement_dup_text (statement, 5);
      attachment->file_kind = mos_file_kind_from_nick (mos_statement_get_text (statement, 6), MOS_FILE_DOCUMENT);
      attachment->duration_ms = (guint) mos_statement_get_int (statement, 7);
      attachment->is_coming = attachment->sha256 == NULL && mos_statement_get_int (statement, 8) != 0;
      attachment->why = mos_statement_dup_text (statement, 9);
      if (with_data && attachment->sha256 != NULL && !mos_store_blob_find (txn, attachment->sha256, &attachment->data, error))
        return NULL;
    }
  return r == 0 ? g_steal_pointer (&attachments) : NULL;
}

GPtrArray *
mos_store_message_list_states (MosTxn *txn,
                               const char *id,
                               GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT at, state, why, detail FROM message_state WHERE message = ? ORDER BY id", "t", id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosMessageRow *row = mos_message_row_new ();

      row->id = g_strdup (id);
      row->sent_us = mos_statement_get_int (statement, 0);
      row->delivery = mos_delivery_from_nick (mos_statement_get_text (statement, 1), MOS_DELIVERY_QUEUED);
      row->why = mos_statement_dup_text (statement, 2);
      row->why_detail = mos_statement_dup_text (statement, 3);
      g_ptr_array_add (rows, row);
    }
  return r == 0 ? g_steal_pointer (&rows) : NULL;
}
