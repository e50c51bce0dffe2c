/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-scheduled.h"

#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"
#include "core/values/mos-chat-values.h"

static void
mos_scheduled_clear (MosScheduled *self)
{
  g_clear_pointer (&self->draft, mos_draft_unref);
  g_free (self->agent);
  g_free (self->macro_undo);
}

MOS_DEFINE_VALUE (MosScheduled, scheduled)

gboolean
mos_store_scheduled_put (MosTxn *txn,
                         MosDraft *draft,
                         const MosSendPlan *plan,
                         const char *agent,
                         MosConversationRow *before,
                         GError **error)
{
  g_autofree char *recipients = mos_json_from_recipients (draft->to, draft->cc, draft->bcc, NULL);
  g_autofree char *attachments = mos_json_from_attachments (draft->attachments);
  g_autofree char *macros = mos_macro_plan_to_json (draft->macros);
  g_autofree char *buttons = mos_chat_labels_to_text ((const char *const *) draft->buttons);

  return mos_database_exec (txn->database, error,
                            "INSERT OR REPLACE INTO outbox_draft (message, agent, account, sender, kind, reply_to_message, recipients, subject, text, is_marked, language, quote, attachments, caret, at,"
                            " is_later, even_if_answered, then_status, then_until, before_status, before_until, created_at, macros, buttons)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            "tttttttttdtttdiddtitiitt", draft->id, agent, draft->account, draft->sender, draft->kind, draft->reply_to_message, recipients, draft->subject, draft->text, draft->is_marked ? 1 : 0,
                            draft->language, draft->quote, attachments, draft->caret, plan->at_us, plan->is_later ? 1 : 0, plan->even_if_answered ? 1 : 0, mos_status_to_nick (plan->then), plan->snooze_until_us,
                            before != NULL ? mos_status_to_nick (before->status) : NULL, before != NULL ? before->snoozed_until_us : (gint64) 0, txn->now_us, macros, buttons);
}

gboolean
mos_store_scheduled_find (MosTxn *txn,
                          const char *message,
                          MosScheduled **ret_scheduled,
                          GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT d.agent, d.account, d.sender, d.kind, d.reply_to_message, d.recipients, d.subject, d.text, d.is_marked, d.language, d.quote, d.attachments, d.caret, d.at, d.is_later,"
                          " d.even_if_answered, d.then_status, d.then_until, d.before_status, d.before_until, d.created_at, m.conversation, d.macros, d.macro_undo, d.buttons FROM outbox_draft d JOIN message m ON m.id = d.message WHERE d.message = ?",
                          "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;
  MosScheduled *self;
  MosDraft *draft;

  *ret_scheduled = NULL;
  if (r <= 0)
    return r == 0;
  self = mos_scheduled_new ();
  draft = mos_draft_new ();
  self->agent = mos_statement_dup_text (statement, 0);
  draft->id = g_strdup (message);
  draft->account = mos_statement_dup_text (statement, 1);
  draft->sender = mos_statement_dup_text (statement, 2);
  draft->kind = mos_statement_dup_text (statement, 3);
  draft->reply_to_message = mos_statement_dup_text (statement, 4);
  mos_json_to_recipients (mos_statement_get_text (statement, 5), &draft->to, &draft->cc, &draft->bcc, NULL);
  draft->subject = mos_statement_dup_text0 (statement, 6);
  draft->text = mos_statement_dup_text0 (statement, 7);
  draft->is_marked = mos_statement_get_int (statement, 8) != 0;
  draft->language = mos_statement_dup_text (statement, 9);
  draft->quote = mos_statement_dup_text (statement, 10);
  draft->attachments = mos_json_to_attachments (mos_statement_get_text (statement, 11));
  draft->caret = (int) mos_statement_get_int (statement, 12);
  draft->updated_us = txn->now_us;
  self->plan.at_us = mos_statement_get_int (statement, 13);
  self->plan.is_later = mos_statement_get_int (statement, 14) != 0;
  self->plan.even_if_answered = mos_statement_get_int (statement, 15) != 0;
  self->plan.then = mos_status_from_nick (mos_statement_get_text (statement, 16), MOS_STATUS_OPEN);
  self->plan.snooze_until_us = mos_statement_get_int (statement, 17);
  self->has_before = mos_statement_get_text (statement, 18) != NULL;
  self->before = mos_status_from_nick (mos_statement_get_text (statement, 18), MOS_STATUS_OPEN);
  self->before_until_us = mos_statement_get_int (statement, 19);
  self->created_us = mos_statement_get_int (statement, 20);
  draft->conversation = mos_statement_dup_text (statement, 21);
  draft->macros = mos_macro_plan_from_json (mos_statement_get_text (statement, 22));
  self->macro_undo = mos_statement_dup_text0 (statement, 23);
  draft->buttons = mos_chat_labels_from_text (mos_statement_get_text (statement, 24));
  self->draft = draft;
  *ret_scheduled = self;
  return TRUE;
}

gboolean
mos_store_scheduled_set_macro_undo (MosTxn *txn,
                                    const char *message,
                                    const char *undo,
                                    GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox_draft SET macro_undo = ? WHERE message = ?", "tt", undo, message);
}

gboolean
mos_store_scheduled_set_time (MosTxn *txn,
                              const char *message,
                              gint64 at_us,
                              GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE outbox_draft SET at = ?, is_later = 1, created_at = ? WHERE message = ?", "iit", at_us, txn->now_us, message);
}

GPtrArray *
mos_store_scheduled_list_later (MosTxn *txn,
                                const char *conversation,
                                gboolean even_if_answered,
                                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT d.message FROM message m JOIN outbox_draft d ON d.message = m.id WHERE m.conversation = ? AND m.delivery = 'scheduled' AND d.is_later = 1 AND d.even_if_answered <= ?", "td", conversation, even_if_answered ? 1 : 0);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_scheduled_count_answers (MosTxn *txn,
                                   const char *conversation,
                                   gint64 since_us,
                                   guint *ret_n,
                                   GError **error)
{
  gint64 n = 0;

  if (!mos_database_get_int (txn->database, &n, error,
                             "SELECT count (*) FROM message WHERE conversation = ? AND direction = 'incoming' AND classification IN ('normal', 'bulk') AND quarantined = 0 AND removed_at = 0 AND received_at > ?", "ti",
                             conversation, since_us))
    return FALSE;
  *ret_n = (guint) n;
  return TRUE;
}

gboolean
mos_store_scheduled_record_sent (MosTxn *txn,
                                 const char *message,
                                 GError **error)
{
  g_autofree char *conversation = NULL;
  g_autofree char *agent = NULL;
  MosActor actor = txn->actor;
  gint64 written_us = 0;
  gboolean ok;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", message) ||
      !mos_database_get_int (txn->database, &written_us, error, "SELECT received_at FROM message WHERE id = ?", "t", message) ||
      !mos_database_get_text (txn->database, &agent, error, "SELECT agent FROM message WHERE id = ?", "t", message))
    return FALSE;
  if (conversation == NULL)
    return mos_not_found (error, "message", message);
  txn->actor = (MosActor) { MOS_ACTOR_HUMAN, agent };
  ok = mos_store_event_add (txn, conversation, message, "sent", NULL, NULL, MAX (txn->now_us, written_us), FALSE, error);
  txn->actor = actor;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  return ok;
}
