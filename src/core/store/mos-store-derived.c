/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-moves.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* The columns of a conversation that follow from its messages, events and drafts. One place makes them, check compares. */

typedef struct
{
  gint64 created_at;
  gint64 updated_at;
  gint64 waiting_since;
  gint64 unread;
  gint64 message_count;
  gint64 has_draft;
  gint64 has_attachments;
  gint64 has_failed;
  gint64 has_scheduled;
  gint64 is_silent;
  char *snippet;
} Derived;

/* Only what was sent to many is there: shown nowhere until something else comes, be it a draft. Machines' mail (a bounce, a vacation notice) is nothing else. */
#define SILENT                                                                                                                      \
  "silent_message IS NOT NULL AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.conversation = conversation.id)"                        \
  " AND NOT EXISTS (SELECT 1 FROM message o WHERE o.conversation = conversation.id AND o.id <> silent_message AND o.removed_at = 0" \
  " AND o.quarantined = 0 AND o.delivery <> 'draft' AND (o.direction <> 'incoming' OR o.classification IN ('normal', 'bulk')))"

/* Where it is shown; of those three columns, or what they are about to be */
#define PLACE(message_count, has_draft, silent)                                                                                                                   \
  "CASE WHEN erased_at <> 0 THEN 'erased' WHEN " message_count " = 0 AND (" has_draft " = 1 OR deleted_at <> 0) THEN 'blank' WHEN deleted_at <> 0 THEN 'deleted'" \
  " WHEN merged_into IS NOT NULL THEN 'merged' WHEN quarantine IS NOT NULL THEN 'quarantine' WHEN " silent " THEN 'blank' ELSE status END"

/* An answer counts once it is on its way; one that failed leaves the customer waiting. Whoever was spoken to has been answered. */
#define ANSWERED "(call_outcome = 'answered' OR (direction = 'outgoing' AND call_outcome IS NULL AND automatic = 0 AND delivery NOT IN ('draft', 'scheduled', 'failed', 'bounced', 'cancelled')))"

gboolean
mos_derived_get_settled (MosTxn *txn,
                         const char *conversation,
                         gint64 *ret_us,
                         GError **error)
{
  gint64 answered = 0, closed = 0;

  if (!mos_database_get_int (txn->database, &answered, error,
                             "SELECT max (received_at) FROM message WHERE conversation = ? AND removed_at = 0 AND turn_from >= 0 AND " ANSWERED, "t", conversation) ||
      /* A close that a person took back by opening again answered nobody; one that the customer's next message ended did close his turn,
       * and so did one after which something else was merged or moved in. */
      !mos_database_get_int (txn->database, &closed, error,
                             "SELECT max (e.at) FROM event e WHERE e.conversation = ? AND e.kind = 'status' AND e.\"to\" = 'closed' AND e.undone = 0"
                             " AND (SELECT n.actor_kind = 'human' AND NOT EXISTS (SELECT 1 FROM event g WHERE g.batch = n.batch AND g.conversation = n.conversation AND g.kind IN ('merged', 'move'))"
                             " FROM event n WHERE n.conversation = e.conversation AND n.kind = 'status' AND n.undone = 0 AND n.seq > e.seq"
                             " ORDER BY n.seq LIMIT 1) IS NOT 1",
                             "t", conversation))
    return FALSE;
  *ret_us = MAX (answered, closed);
  return TRUE;
}

static gboolean
compute (MosTxn *txn,
         const char *id,
         Derived *derived,
         GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *text = NULL;
  gint64 settled;
  int r;

  memset (derived, 0, sizeof *derived);
  statement = mos_database_query (txn->database, error,
                                  "SELECT count (*), min (received_at), max (received_at), sum (unread = 1 AND direction = 'incoming'), max (has_attachments),"
                                  " max (direction = 'outgoing' AND delivery IN ('failed', 'bounced', 'uncertain')), max (direction = 'outgoing' AND delivery = 'scheduled')"
                                  " FROM message WHERE conversation = ? AND removed_at = 0 AND delivery <> 'draft' AND classification <> 'survey'",
                                  "t", id);
  if (statement == NULL || (r = mos_statement_step (statement, error)) < 0)
    return FALSE;
  /* What the customer was asked, and what came back, is no part of what is talked about: see mos-survey-ask.h. */
  derived->message_count = mos_statement_get_int (statement, 0);
  derived->created_at = mos_statement_get_int (statement, 1);
  derived->updated_at = mos_statement_get_int (statement, 2);
  derived->unread = mos_statement_get_int (statement, 3);
  derived->has_attachments = mos_statement_get_int (statement, 4);
  derived->has_failed = mos_statement_get_int (statement, 5);
  derived->has_scheduled = mos_statement_get_int (statement, 6);

  /* Some recipients were refused, and nobody closed it since: that is how somebody says that he saw it. */
  if (derived->has_failed == 0 &&
      !mos_database_get_int (txn->database, &derived->has_failed, error,
                             "SELECT EXISTS (SELECT 1 FROM message m JOIN message_state s ON s.message = m.id WHERE m.conversation = ? AND m.removed_at = 0 AND m.direction = 'outgoing' AND m.classification <> 'survey'"
                             " AND m.why = 'recipients-refused' AND s.why = 'recipients-refused' AND NOT EXISTS"
                             " (SELECT 1 FROM event e WHERE e.conversation IN (m.conversation, m.origin_conversation) AND e.kind = 'status' AND e.\"to\" = 'closed' AND e.undone = 0 AND e.at > s.at))",
                             "t", id))
    return FALSE;

  if (!mos_database_get_int (txn->database, &derived->has_draft, error, "SELECT EXISTS (SELECT 1 FROM draft WHERE conversation = ?)", "t", id) ||
      !mos_derived_get_settled (txn, id, &settled, error) ||
      /* Closed or spam: nobody waits. Else the customer's turn began with the first message after our last answer or close. */
      !mos_database_get_int (txn->database, &derived->waiting_since, error,
                             "SELECT min (m.received_at) FROM conversation c JOIN message m ON m.conversation = c.id WHERE c.id = ?1 AND c.status NOT IN ('closed', 'spam')"
                             " AND m.direction = 'incoming' AND m.classification IN ('normal', 'bulk') AND m.quarantined = 0 AND m.removed_at = 0"
                             " AND m.call_outcome IS NOT 'answered' AND m.turn_from >= 0 AND max (m.received_at, m.turn_from) > ?2",
                             "ti", id, settled) ||
      !mos_database_get_text (txn->database, &text, error,
                              "SELECT substr (CASE WHEN t.reply_text <> '' THEN t.reply_text ELSE t.text END, 1, 600) FROM message m JOIN message_text t ON t.seq = m.seq"
                              " WHERE m.conversation = ? AND m.removed_at = 0 AND m.delivery <> 'draft' AND m.classification <> 'survey' ORDER BY m.seq DESC LIMIT 1",
                              "t", id))
    return FALSE;
  /* What comes back of it is told where it was sent from. */
  if (!mos_database_get_int (txn->database, &derived->is_silent, error, "SELECT EXISTS (SELECT 1 FROM conversation WHERE id = ? AND " SILENT ")", "t", id))
    return FALSE;
  if (derived->is_silent != 0)
    derived->unread = derived->has_failed = derived->waiting_since = 0;
  derived->snippet = mos_one_line (text != NULL ? text : "", 160);
  return TRUE;
}

gboolean
mos_derived_update (MosTxn *txn,
                    const char *conversation,
                    GError **error)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  Derived derived;
  gboolean ok;

  if (!mos_database_get_text (txn->database, &was, error, "SELECT place FROM conversation WHERE id = ?", "t", conversation))
    return FALSE;
  ok = compute (txn, conversation, &derived, error) &&
       mos_database_exec (txn->database, error,
                          "UPDATE conversation SET created_at = CASE WHEN ?1 = 0 THEN created_at ELSE ?1 END, updated_at = CASE WHEN ?2 = 0 THEN updated_at ELSE ?2 END,"
                          " waiting_since = ?3, unread = ?4, message_count = ?5, has_draft = ?6, has_attachments = ?7, has_failed = ?8, snippet = ?9, has_scheduled = ?11, place = " PLACE ("?5", "?6", "?12") " WHERE id = ?10",
                          "iiiiiiiittii", derived.created_at, derived.updated_at, derived.waiting_since, derived.unread, derived.message_count,
                          derived.has_draft, derived.has_attachments, derived.has_failed, derived.snippet, conversation, derived.has_scheduled, derived.is_silent);
  g_free (derived.snippet);
  return ok && mos_database_get_text (txn->database, &is, error, "SELECT place FROM conversation WHERE id = ?", "t", conversation) &&
         mos_store_move_follow (txn, conversation, was, is, error);
}

gboolean
mos_derived_check (MosTxn *txn,
                   GPtrArray *problems,
                   GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT id, waiting_since, unread, message_count, has_draft, has_attachments, has_failed, snippet, place,"
                                                " " PLACE ("message_count", "has_draft", SILENT) ", has_scheduled FROM conversation",
                          "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      Derived derived;

      if (!compute (txn, mos_statement_get_text (statement, 0), &derived, error))
        return FALSE;
      if (derived.waiting_since != mos_statement_get_int (statement, 1) || derived.unread != mos_statement_get_int (statement, 2) ||
          derived.message_count != mos_statement_get_int (statement, 3) || derived.has_draft != mos_statement_get_int (statement, 4) ||
          derived.has_attachments != mos_statement_get_int (statement, 5) || derived.has_failed != mos_statement_get_int (statement, 6) ||
          derived.has_scheduled != mos_statement_get_int (statement, 10) || g_strcmp0 (derived.snippet, mos_statement_get_text (statement, 7)) != 0 ||
          g_strcmp0 (mos_statement_get_text (statement, 8), mos_statement_get_text (statement, 9)) != 0)
        mos_check_add (problems, "derived", mos_statement_get_text (statement, 0), NULL);
      /* Nobody looks there any more. */
      if (g_strcmp0 (mos_statement_get_text (statement, 8), "merged") == 0 && derived.message_count > 0)
        mos_check_add (problems, "merged", mos_statement_get_text (statement, 0), NULL);
      g_free (derived.snippet);
    }
  return r == 0;
}
