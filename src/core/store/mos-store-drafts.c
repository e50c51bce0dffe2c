/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-drafts.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-private.h"
#include "core/values/mos-chat-values.h"

#define DRAFT_COLUMNS "id, conversation, account, kind, reply_to_message, recipients, subject, text, quote, attachments, caret, updated_at, sender, is_marked, language, agent, macros, buttons"
/* Of a row "draft": it is of the agent of this desk, or of nobody. */
#define IS_OWN "(draft.agent IS NULL OR draft.agent = (SELECT id FROM agent WHERE is_me = 1))"

char *
mos_store_draft_conversation_id (const char *draft)
{
  return mos_id_derive ("draft-conversation", draft, NULL);
}

static MosDraft *
draft_from (MosStatement *statement)
{
  MosDraft *draft = mos_draft_new ();

  draft->id = mos_statement_dup_text (statement, 0);
  draft->conversation = mos_statement_dup_text (statement, 1);
  draft->account = mos_statement_dup_text (statement, 2);
  draft->kind = mos_statement_dup_text (statement, 3);
  draft->reply_to_message = mos_statement_dup_text (statement, 4);
  mos_json_to_recipients (mos_statement_get_text (statement, 5), &draft->to, &draft->cc, &draft->bcc, NULL);
  draft->subject = mos_statement_dup_text0 (statement, 6);
  draft->text = mos_statement_dup_text0 (statement, 7);
  draft->quote = mos_statement_dup_text (statement, 8);
  draft->attachments = mos_json_to_attachments (mos_statement_get_text (statement, 9));
  draft->caret = (int) mos_statement_get_int (statement, 10);
  draft->updated_us = mos_statement_get_int (statement, 11);
  draft->sender = mos_statement_dup_text (statement, 12);
  draft->is_marked = mos_statement_get_int (statement, 13) != 0;
  draft->language = mos_statement_dup_text (statement, 14);
  draft->agent = mos_statement_dup_text (statement, 15);
  draft->macros = mos_macro_plan_from_json (mos_statement_get_text (statement, 16));
  draft->buttons = mos_chat_labels_from_text (mos_statement_get_text (statement, 17));
  return draft;
}

/* A mail that is being written to nobody yet shows among the drafts: its conversation is there, "blank", until it is sent. */
static gboolean
ensure_conversation (MosTxn *txn,
                     MosDraft *draft,
                     const char *id,
                     GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM conversation WHERE id = ?", "t", id))
    return FALSE;
  if (exists != 0)
    return mos_database_exec (txn->database, error, "UPDATE conversation SET subject = ?, updated_at = ? WHERE id = ? AND message_count = 0", "tit",
                              draft->subject != NULL ? draft->subject : "", txn->now_us, id);
  row = mos_conversation_row_new ();
  row->id = g_strdup (id);
  row->account = g_strdup (draft->account);
  row->subject = g_strdup (draft->subject);
  row->priority = MOS_PRIORITY_NORMAL;
  return mos_store_conversation_add (txn, row, NULL, NULL, error);
}

gboolean
mos_store_draft_save (MosTxn *txn,
                      MosDraft *draft,
                      GError **error)
{
  g_autofree char *recipients = mos_json_from_recipients (draft->to, draft->cc, draft->bcc, NULL);
  g_autofree char *attachments = mos_json_from_attachments (draft->attachments);
  g_autofree char *macros = mos_macro_plan_to_json (draft->macros);
  g_autofree char *buttons = mos_chat_labels_to_text ((const char *const *) draft->buttons);
  g_autofree char *conversation = NULL;
  const char *agent = draft->agent != NULL ? draft->agent : txn->actor.kind == MOS_ACTOR_HUMAN ? txn->actor.id
                                                                                               : NULL;

  /* Its conversation may have been merged into another while it is being written. */
  if (draft->conversation != NULL && !mos_store_conversation_resolve (txn, draft->conversation, &conversation, error))
    return FALSE;
  if (conversation == NULL)
    conversation = draft->conversation != NULL ? g_strdup (draft->conversation) : mos_store_draft_conversation_id (draft->id);
  if ((draft->conversation == NULL && !ensure_conversation (txn, draft, conversation, error)) ||
      !mos_database_exec (txn->database, error,
                          "INSERT INTO draft (" DRAFT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM agent WHERE id = ?), ?, ?) ON CONFLICT (id) DO UPDATE SET conversation = excluded.conversation,"
                          " account = excluded.account, kind = excluded.kind, reply_to_message = excluded.reply_to_message, recipients = excluded.recipients, subject = excluded.subject,"
                          " text = excluded.text, quote = excluded.quote, attachments = excluded.attachments, caret = excluded.caret, updated_at = excluded.updated_at, sender = excluded.sender,"
                          " is_marked = excluded.is_marked, language = excluded.language, agent = coalesce (draft.agent, excluded.agent), macros = excluded.macros, buttons = excluded.buttons",
                          "ttttttttttdit"
                          "dtttt",
                          draft->id, conversation, draft->account, draft->kind, draft->reply_to_message, recipients, draft->subject != NULL ? draft->subject : "",
                          draft->text != NULL ? draft->text : "", draft->quote, attachments, draft->caret, txn->now_us, draft->sender, draft->is_marked ? 1 : 0, draft->language, agent, macros, buttons))
    return FALSE;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
  return TRUE;
}

gboolean
mos_draft_describe (MosTxn *txn,
                    MosConversationRow *row,
                    GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT recipients, text FROM draft WHERE conversation = ? AND " IS_OWN " ORDER BY updated_at DESC LIMIT 1", "t", row->id);
  g_autoptr (GPtrArray) to = NULL;
  g_autoptr (GPtrArray) cc = NULL;
  g_autoptr (GPtrArray) bcc = NULL;
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  mos_json_to_recipients (mos_statement_get_text (statement, 0), &to, &cc, &bcc, NULL);
  if (to != NULL && to->len > 0)
    {
      const MosAddress *first = g_ptr_array_index (to, 0);

      g_set_str (&row->customer_name, first->name);
      g_set_str (&row->customer_address, first->address);
    }
  g_free (row->snippet);
  row->snippet = mos_one_line (mos_statement_get_text (statement, 1), 160);
  return TRUE;
}

gboolean
mos_store_draft_find_of_conversation (MosTxn *txn,
                                      const char *conversation,
                                      const char *kind,
                                      MosDraft **ret_draft,
                                      GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_txn_flush (txn, error))
    return FALSE;
  statement =
      conversation != NULL
          ? mos_database_query (txn->database, error, "SELECT " DRAFT_COLUMNS " FROM draft WHERE conversation = ?1 AND (?2 IS NULL OR kind = ?2) AND " IS_OWN " ORDER BY updated_at DESC LIMIT 1", "tt", conversation, kind)
          : mos_database_query (txn->database, error,
                                "SELECT " DRAFT_COLUMNS " FROM draft WHERE conversation IN (SELECT id FROM conversation WHERE place = 'blank') AND (?1 IS NULL OR kind = ?1) AND " IS_OWN " ORDER BY updated_at DESC LIMIT 1", "t", kind);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_draft = r > 0 ? draft_from (statement) : NULL;
  return r >= 0;
}

GPtrArray *
mos_store_draft_list_of_others (MosTxn *txn,
                                const char *conversation,
                                GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_draft_unref);
  g_autoptr (MosStatement) statement = NULL;
  int r = -1;

  statement = mos_database_query (txn->database, error, "SELECT " DRAFT_COLUMNS ", (SELECT name FROM agent WHERE id = draft.agent) FROM draft WHERE conversation = ? AND NOT " IS_OWN " ORDER BY updated_at DESC", "t", conversation);
  while (statement != NULL && (r = mos_statement_step (statement, error)) > 0)
    {
      MosDraft *draft = draft_from (statement);

      draft->agent_name = mos_statement_dup_text (statement, 18);
      g_ptr_array_add (drafts, draft);
    }
  return r == 0 ? g_steal_pointer (&drafts) : NULL;
}

gboolean
mos_store_draft_take (MosTxn *txn,
                      const char *id,
                      MosDraft **ret_draft,
                      GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (MosDraft) draft = NULL;
  int r;

  g_return_val_if_fail (txn->actor.id != NULL, FALSE);

  statement = mos_database_query (txn->database, error, "SELECT " DRAFT_COLUMNS " FROM draft WHERE id = ?", "t", id);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r < 0)
    return FALSE;
  if (r == 0)
    return mos_not_found (error, "draft", id);
  draft = draft_from (statement);
  g_clear_pointer (&statement, mos_statement_unref);
  if (!mos_record_set (txn, &mos_entity_draft, id, NULL, error, "agent", 't', txn->actor.id, NULL))
    return FALSE;
  g_set_str (&draft->agent, txn->actor.id);
  *ret_draft = g_steal_pointer (&draft);
  return TRUE;
}

gboolean
mos_store_draft_remove (MosTxn *txn,
                        const char *id,
                        GError **error)
{
  g_autofree char *conversation = NULL;
  gint64 blank = 0;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM draft WHERE id = ?", "t", id))
    return FALSE;
  if (conversation == NULL)
    return TRUE;
  if (!mos_record_delete (txn, &mos_entity_draft, id, NULL, error))
    return FALSE;
  mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED);
  /* Nothing was ever in it. */
  if (!mos_database_get_int (txn->database, &blank, error,
                             "SELECT 1 FROM conversation c WHERE id = ? AND deleted_at = 0 AND NOT EXISTS (SELECT 1 FROM message WHERE conversation = c.id) AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation = c.id)", "t", conversation))
    return FALSE;
  return blank == 0 || mos_record_set (txn, &mos_entity_conversation, conversation, NULL, error, "deleted_at", 'i', txn->now_us, NULL);
}
