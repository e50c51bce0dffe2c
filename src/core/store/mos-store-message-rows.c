/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-messages.h"

#include "core/store/mos-store-chat.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-recipients.h"

/* Reading messages, and the events that people see between them. */

#define ROW_COLUMNS "m.id, m.conversation, m.direction, m.classification, m.message_id, m.in_reply_to, m.refs, m.from_name, m.from_address, m.recipients, m.subject, m.sent_at, m.received_at,"                                                                                                                      \
                    " m.has_html, m.language, m.delivery, m.why, m.why_detail, m.unread OR EXISTS (SELECT 1 FROM agent_unread u JOIN agent w ON w.id = u.agent WHERE u.message = m.id AND w.is_me = 1), m.quarantined, m.removed_on_server, m.evidence, m.account, m.identity, m.automatic, g.name, m.thread_index," \
                    " o.id, o.number, o.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.conversation = m.conversation AND e.kind IN ('merged', 'move', 'split') AND e.undone = 0 AND e.actor_kind = 'human'), m.head_only, m.edited_at, m.withdrawn_at, m.call_outcome"
/* Neither the customer nor anybody who was written to or heard of here before; in a conversation that there was already. */
#define NEW_SENDER "m.direction = 'incoming' AND m.quarantined = 0 AND m.customer IS NOT (SELECT c.customer FROM conversation c WHERE c.id = m.conversation)"        \
                   " AND EXISTS (SELECT 1 FROM message e WHERE e.conversation = m.conversation AND e.seq < m.seq AND e.removed_at = 0 AND e.direction <> 'note')"    \
                   " AND NOT EXISTS (SELECT 1 FROM message e WHERE e.conversation = m.conversation AND e.seq < m.seq AND e.removed_at = 0 AND e.direction <> 'note'" \
                   " AND (e.identity = m.identity OR instr (lower (e.recipients), '\"' || lower (m.from_address) || '\"') > 0))"
#define LIGHT_QUERY "SELECT " ROW_COLUMNS " FROM message m LEFT JOIN agent g ON g.id = m.agent LEFT JOIN conversation o ON o.id = m.origin_conversation AND o.id <> m.conversation"
#define FULL_QUERY "SELECT " ROW_COLUMNS ", t.text, t.reply_text, " NEW_SENDER " FROM message m LEFT JOIN agent g ON g.id = m.agent LEFT JOIN conversation o ON o.id = m.origin_conversation AND o.id <> m.conversation JOIN message_text t ON t.seq = m.seq"
/* Events that stand for a message, or that only the measures need, are not shown. */
#define HIDDEN_EVENTS "('received', 'sent', 'note', 'archive', 'call', 'survey_asked', 'target_warn')"

static MosMessageRow *
row_from (MosStatement *statement)
{
  MosMessageRow *row = mos_message_row_new ();
  gboolean is_incoming;

  row->id = mos_statement_dup_text (statement, 0);
  row->conversation = mos_statement_dup_text (statement, 1);
  row->direction = mos_direction_from_nick (mos_statement_get_text (statement, 2), MOS_DIRECTION_INCOMING);
  row->classification = mos_classification_from_nick (mos_statement_get_text (statement, 3), MOS_CLASSIFICATION_NORMAL);
  row->message_id = mos_statement_dup_text (statement, 4);
  row->in_reply_to = mos_statement_dup_text (statement, 5);
  row->references = mos_json_to_strv (mos_statement_get_text (statement, 6));
  if (!mos_statement_is_null (statement, 8))
    row->from = mos_address_make (mos_statement_get_text (statement, 7), mos_statement_get_text (statement, 8));
  mos_json_to_recipients (mos_statement_get_text (statement, 9), &row->to, &row->cc, &row->bcc, &row->reply_to);
  row->subject = mos_statement_dup_text0 (statement, 10);
  row->sent_us = mos_statement_get_int (statement, 11);
  row->received_us = mos_statement_get_int (statement, 12);
  row->has_html = mos_statement_get_int (statement, 13) != 0;
  row->language = mos_statement_dup_text (statement, 14);
  row->delivery = mos_delivery_from_nick (mos_statement_get_text (statement, 15), MOS_DELIVERY_RECEIVED);
  row->why = mos_statement_dup_text (statement, 16);
  row->why_detail = mos_statement_dup_text (statement, 17);
  row->unread = mos_statement_get_int (statement, 18) != 0;
  row->quarantined = mos_statement_get_int (statement, 19) != 0;
  row->removed_on_server = mos_statement_get_int (statement, 20) != 0;
  row->thread_evidence = mos_statement_dup_text (statement, 21);
  row->account = mos_statement_dup_text0 (statement, 22);
  row->identity = mos_statement_dup_text (statement, 23);
  is_incoming = row->direction == MOS_DIRECTION_INCOMING;
  row->actor_kind = is_incoming ? MOS_ACTOR_CUSTOMER : mos_statement_get_int (statement, 24) != 0 ? MOS_ACTOR_RULE
                                                                                                  : MOS_ACTOR_HUMAN;
  row->actor_name = mos_statement_dup_text (statement, 25);
  row->thread_index = mos_statement_dup_text (statement, 26);
  row->origin = mos_statement_dup_text (statement, 27);
  row->origin_number = mos_statement_get_int (statement, 28);
  row->joined = mos_statement_get_int (statement, 29) != 0;
  row->head_only = mos_statement_get_int (statement, 30) != 0;
  row->edited_us = mos_statement_get_int (statement, 31);
  row->withdrawn_us = mos_statement_get_int (statement, 32);
  if (!mos_statement_is_null (statement, 33))
    row->call = mos_call_make (mos_call_outcome_from_nick (mos_statement_get_text (statement, 33), MOS_CALL_MISSED), NULL, NULL, 0);
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  row->text = g_strdup ("");
  row->reply_text = g_strdup ("");
  return row;
}

static GPtrArray *
empty_addresses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
}

static gboolean
find_event (MosTxn *txn,
            const char *id,
            MosMessageRow **ret_row,
            GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT e.conversation, e.at, e.kind, e.actor_kind, coalesce (g.name, p.name), e.account, e.\"from\", e.\"to\","
                          " CASE WHEN e.kind = 'assign' THEN (SELECT name FROM agent WHERE id = e.\"from\") WHEN e.kind = 'customer' THEN (SELECT name FROM customer WHERE id = e.\"from\") WHEN e.kind = 'category' THEN (SELECT name FROM category WHERE id = e.\"from\")"
                          " WHEN e.kind = 'survey' THEN coalesce ((SELECT comment FROM survey WHERE id = e.\"from\" AND answered_at = e.at), (SELECT comment FROM survey_answer WHERE survey = e.\"from\" AND answered_at = e.at), '')"
                          " WHEN e.kind = 'rescue' AND e.\"to\" = 'done' THEN coalesce ((SELECT rescue_outcome FROM survey WHERE id = e.\"from\"), '') WHEN e.kind IN ('rescue', 'rescue_due', 'survey_late') THEN '' END,"
                          " CASE WHEN e.kind = 'assign' THEN (SELECT name FROM agent WHERE id = e.\"to\") WHEN e.kind = 'customer' THEN (SELECT name FROM customer WHERE id = e.\"to\") WHEN e.kind = 'category' THEN (SELECT name FROM category WHERE id = e.\"to\") END, e.batch, o.id, o.number, o.subject,"
                          " CASE WHEN o.id IS NOT NULL THEN '#' || (SELECT number FROM conversation WHERE id = e.\"from\") END, CASE WHEN o.id IS NOT NULL THEN '#' || (SELECT number FROM conversation WHERE id = e.\"to\") END"
                          " FROM event e LEFT JOIN agent g ON g.id = e.actor LEFT JOIN customer p ON p.id = e.actor"
                          " LEFT JOIN conversation o ON e.kind IN ('merge', 'merged', 'move', 'split', 'continued') AND o.id = CASE WHEN e.\"from\" = e.conversation THEN e.\"to\" ELSE e.\"from\" END"
                          " WHERE e.id = ?",
                          "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  MosMessageRow *row;

  *ret_row = NULL;
  if (r <= 0)
    return r == 0;
  row = mos_message_row_new ();
  row->id = g_strdup (id);
  row->conversation = mos_statement_dup_text (statement, 0);
  row->direction = MOS_DIRECTION_EVENT;
  row->references = g_new0 (char *, 1);
  row->to = empty_addresses ();
  row->cc = empty_addresses ();
  row->bcc = empty_addresses ();
  row->reply_to = empty_addresses ();
  row->subject = g_strdup ("");
  row->sent_us = mos_statement_get_int (statement, 1);
  row->received_us = row->sent_us;
  row->text = g_strdup ("");
  row->reply_text = g_strdup ("");
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  row->event_kind = mos_statement_dup_text (statement, 2);
  row->actor_kind = mos_actor_kind_from_nick (mos_statement_get_text (statement, 3), MOS_ACTOR_SYSTEM);
  row->actor_name = mos_statement_dup_text (statement, 4);
  row->account = mos_statement_dup_text0 (statement, 5);
  /* Names where a person would read an id. */
  row->event_from = mos_statement_dup_text (statement, !mos_statement_is_null (statement, 8) ? 8 : !mos_statement_is_null (statement, 14) ? 14
                                                                                                                                          : 6);
  row->event_to = mos_statement_dup_text (statement, !mos_statement_is_null (statement, 9) ? 9 : !mos_statement_is_null (statement, 15) ? 15
                                                                                                                                        : 7);
  row->batch = mos_statement_get_int (statement, 10);
  row->other = mos_statement_dup_text (statement, 11);
  row->other_number = mos_statement_get_int (statement, 12);
  row->other_subject = mos_statement_dup_text (statement, 13);
  *ret_row = row;
  return TRUE;
}

/* How far an outgoing message got. */
static gboolean
add_progress (MosTxn *txn,
              MosMessageRow *row,
              GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  int r;

  row->results = mos_store_recipient_list (txn, row->id, error);
  if (row->results == NULL)
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT state, next_try, attempts FROM outbox WHERE message = ?", "t", row->id);
  if (statement == NULL || (r = mos_statement_step (statement, error)) < 0)
    return FALSE;
  if (r > 0)
    {
      if (g_str_equal (mos_statement_get_text (statement, 0), "queued"))
        row->next_try_us = mos_statement_get_int (statement, 1);
      row->attempts = (guint) mos_statement_get_int (statement, 2);
    }
  return TRUE;
}

/* @row->reactions stays %NULL where there are none. */
static gboolean
add_reactions (MosTxn *txn,
               MosMessageRow *row,
               GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT r.sign, coalesce (i.name, i.value), r.person IS ?2 FROM message_reaction r LEFT JOIN identity i ON i.id = r.person WHERE r.message = ?1 ORDER BY r.at, r.sign, r.person", "tt", row->id, row->account);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosReaction *reaction = mos_reaction_new ();

      reaction->sign = mos_statement_dup_text (statement, 0);
      reaction->person = mos_statement_dup_text (statement, 1);
      reaction->is_ours = mos_statement_get_int (statement, 2) != 0;
      if (row->reactions == NULL)
        row->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_reaction_unref);
      g_ptr_array_add (row->reactions, reaction);
    }
  return r == 0;
}

/* What more is known of a call than what became of it. */
static gboolean
add_call (MosTxn *txn,
          MosMessageRow *row,
          GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT number, line, seconds, by_hand FROM phone_call WHERE message = ?", "t", row->id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  g_set_str (&row->call->number, mos_statement_get_text (statement, 0));
  row->call->line = mos_statement_dup_text (statement, 1);
  row->call->seconds = (guint) mos_statement_get_int (statement, 2);
  row->call->by_hand = mos_statement_get_int (statement, 3) != 0;
  return TRUE;
}

/* Each account has its own copy of a mail that was sent to several, and a conversation of its own: two people would answer the same. Few of those that share
 * the Message-ID are looked at, for a broken program gives it to thousands; the account's own are not even passed over: it is asked for account by account. */
static gboolean
add_twin (MosTxn *txn,
          MosMessageRow *row,
          GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT c.id, c.number, c.subject, a.name FROM message m"
                          " JOIN (SELECT s.message FROM account o CROSS JOIN message_key s ON s.message_id = ?2 AND s.account = o.id WHERE o.id <> ?3 LIMIT ?4) k"
                          " JOIN message n ON n.id = k.message JOIN conversation c ON c.id = n.conversation JOIN account a ON a.id = n.account"
                          " WHERE m.id = ?1 AND n.digest = m.digest AND n.direction = 'incoming' AND n.removed_at = 0 AND c.deleted_at = 0 AND n.conversation <> m.conversation"
                          " ORDER BY n.seq LIMIT 1",
                          "tttd", row->id, row->message_id, row->account, MOS_STORE_SAME_ID_MAX);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  row->other = mos_statement_dup_text (statement, 0);
  row->other_number = mos_statement_get_int (statement, 1);
  row->other_subject = mos_statement_dup_text (statement, 2);
  row->other_account = mos_statement_dup_text (statement, 3);
  return TRUE;
}

static gboolean
find_full (MosTxn *txn,
           const char *id,
           MosMessageRow **ret_row,
           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, FULL_QUERY " WHERE m.id = ? AND m.removed_at = 0", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  g_autoptr (MosMessageRow) row = NULL;

  *ret_row = NULL;
  if (r <= 0)
    return r == 0;
  row = row_from (statement);
  g_free (row->text);
  g_free (row->reply_text);
  row->text = mos_statement_dup_text0 (statement, 34);
  row->reply_text = mos_statement_dup_text0 (statement, 35);
  row->new_sender = mos_statement_get_int (statement, 36) != 0;
  g_clear_pointer (&row->attachments, g_ptr_array_unref);
  row->attachments = mos_store_message_list_attachments (txn, id, FALSE, error);
  if (row->attachments == NULL)
    return FALSE;
  if (row->direction == MOS_DIRECTION_OUTGOING && !add_progress (txn, row, error))
    return FALSE;
  /* A mail has a Message-ID, and nobody puts signs to it. */
  if (row->message_id == NULL && (!add_reactions (txn, row, error) || !mos_store_chat_find_about (txn, id, &row->about, error) || !mos_store_chat_find_changes (txn, id, &row->changes, error)))
    return FALSE;
  if (row->call != NULL && !add_call (txn, row, error))
    return FALSE;
  if (row->direction == MOS_DIRECTION_INCOMING && row->message_id != NULL && !add_twin (txn, row, error))
    return FALSE;
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

gboolean
mos_store_message_find (MosTxn *txn,
                        const char *id,
                        MosMessageRow **ret_row,
                        GError **error)
{
  return find_full (txn, id, ret_row, error) && (*ret_row != NULL || find_event (txn, id, ret_row, error));
}

GPtrArray *
mos_store_message_list (MosTxn *txn,
                        const char *const *ids,
                        GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      MosMessageRow *row;

      if (!mos_store_message_find (txn, ids[i], &row, error))
        return NULL;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mos_store_message_list_ids (MosTxn *txn,
                            const char *conversation,
                            GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT id, seq AS at, 0 AS n FROM message WHERE conversation = ?1 AND removed_at = 0 AND delivery <> 'draft'"
                          " UNION ALL SELECT id, at, seq FROM event WHERE conversation = ?1 AND undone = 0 AND kind NOT IN " HIDDEN_EVENTS " AND (kind <> 'language' OR actor_kind = 'human') ORDER BY 2, 3",
                          "t", conversation);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_message_list_of_conversation (MosTxn *txn,
                                        const char *conversation,
                                        GError **error)
{
  g_autoptr (GPtrArray) ids = mos_store_message_list_ids (txn, conversation, error);

  if (ids == NULL)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return mos_store_message_list (txn, (const char *const *) ids->pdata, error);
}

static gboolean
collect_light (MosStatement *statement,
               GPtrArray *rows,
               GError **error)
{
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (rows, row_from (statement));
  return r == 0;
}

GPtrArray *
mos_store_message_list_light (MosTxn *txn,
                              const char *const *ids,
                              GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  for (; *ids != NULL; ids++)
    {
      g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, LIGHT_QUERY " WHERE m.id = ? AND m.removed_at = 0", "t", *ids);

      if (!collect_light (statement, rows, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

/* A program that makes no Message-IDs of its own gives thousands of mails the same: a few of them, whichever the index has first, and ours in any case. */
#define SAME_ID_QUERY(of_account, key_of_account)                                                                                                                  \
  LIGHT_QUERY " WHERE m.id IN (SELECT * FROM (SELECT n.id FROM message n WHERE n.message_id = ?1 AND n.direction = 'outgoing' " of_account                         \
              " AND n.removed_at = 0 LIMIT ?3) UNION SELECT * FROM (SELECT k.message FROM message_key k WHERE k.message_id = ?1 " key_of_account " LIMIT ?3)) AND" \
              " m.removed_at = 0 ORDER BY m.seq"

GPtrArray *
mos_store_message_find_by_message_ids (MosTxn *txn,
                                       const char *account,
                                       const char *const *message_ids,
                                       GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  for (gsize i = 0; message_ids[i] != NULL; i++)
    {
      g_autoptr (MosStatement) statement = NULL;
      gint64 n = MOS_STORE_SAME_ID_MAX;

      /* Mostly there is none, or one. */
      if (account != NULL && !mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM (SELECT 1 FROM message_key WHERE message_id = ? AND account = ? LIMIT ?)", "ttd", message_ids[i], account, MOS_STORE_SAME_ID_MAX))
        return NULL;
      if (n == 0)
        continue;
      if (n < MOS_STORE_SAME_ID_MAX)
        statement = mos_database_query (txn->database, error, LIGHT_QUERY " WHERE m.id IN (SELECT message FROM message_key WHERE message_id = ? AND account = ?) AND m.removed_at = 0 ORDER BY m.seq", "tt", message_ids[i], account);
      else
        statement =
            mos_database_query (txn->database, error,
                                account != NULL ? SAME_ID_QUERY ("AND n.account = ?2", "AND k.account = ?2") : SAME_ID_QUERY ("AND ?2 IS NULL", ""), "ttd", message_ids[i], account, MOS_STORE_SAME_ID_MAX);

      if (!collect_light (statement, rows, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mos_store_message_list_received (MosTxn *txn,
                                 const char *account,
                                 const char *raw_sha256,
                                 const char *message_id,
                                 GError **error)
{
  g_autoptr (MosStatement) statement =
      raw_sha256 != NULL ? mos_database_query (txn->database, error,
                                               "SELECT id FROM message WHERE raw_sha256 = ?1 AND (?2 IS NULL OR account = ?2) AND digest IS NOT NULL AND removed_at = 0 ORDER BY seq DESC LIMIT 4",
                                               "tt", raw_sha256, account)
                         /* Any four, for an order would look at all: thousands may share one, of a program that makes none of its own. */
                         : mos_database_query (txn->database, error,
                                               "SELECT m.id FROM message_key k JOIN message m ON m.id = k.message WHERE k.message_id = ?1 AND (?2 IS NULL OR k.account = ?2)"
                                               " AND m.message_id = ?1 AND m.digest IS NOT NULL AND m.raw_sha256 IS NOT NULL AND m.removed_at = 0 LIMIT 4",
                                               "tt", message_id, account);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_message_find_by_thread_index (MosTxn *txn,
                                        const char *account,
                                        const char *thread_index,
                                        GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          LIGHT_QUERY " WHERE m.seq IN (SELECT seq FROM message WHERE thread_index = ?1 AND account = ?2 AND removed_at = 0 ORDER BY seq DESC LIMIT 50) ORDER BY m.seq", "tt", thread_index, account);

  return collect_light (statement, rows, error) ? g_steal_pointer (&rows) : NULL;
}

gboolean
mos_store_message_find_by_own_id (MosTxn *txn,
                                  const char *account,
                                  const char *own_id,
                                  MosMessageRow **ret_row,
                                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, LIGHT_QUERY " WHERE m.own_id = ?1 AND (?2 IS NULL OR m.account = ?2) AND m.removed_at = 0", "tt", own_id, account);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_row = r > 0 ? row_from (statement) : NULL;
  return r >= 0;
}

#define FROM_THEM "conversation = ?1 AND direction = 'incoming' AND classification IN ('normal', 'bulk') AND removed_at = 0"

gboolean
mos_store_message_find_last_incoming (MosTxn *txn,
                                      const char *conversation,
                                      MosMessageRow **ret_row,
                                      GError **error)
{
  g_autofree char *id = NULL;

  *ret_row = NULL;
  /* Each of the two stops at the first that it meets from the end. */
  return mos_database_get_text (txn->database, &id, error,
                                "SELECT id FROM (SELECT id FROM message WHERE " FROM_THEM " AND call_outcome IS NULL ORDER BY seq DESC LIMIT 1)"
                                " UNION ALL SELECT id FROM (SELECT id FROM message WHERE " FROM_THEM " ORDER BY seq DESC LIMIT 1) LIMIT 1",
                                "t", conversation) &&
         (id == NULL || find_full (txn, id, ret_row, error));
}
