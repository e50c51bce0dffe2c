/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Conversations. Setters write the change row and the event row, and nothing at all when the value is the same already.
 * What is derived from messages (snippet, unread, updated, waiting since, counts, has_…) is brought up to date by itself
 * before the transaction commits, and before a row is read in it. */

/**
 * mos_store_conversation_add:
 * @row: account is needed; looked at: id ("" or %NULL makes one), subject, status, priority, assignee, customer, category, language,
 *   snoozed_until_us, created_us (0 = now), quarantine, archive, channel
 * @ret_id: (out) (optional) (transfer full); @ret_number: (out) (optional): unique per desk
 */
gboolean mos_store_conversation_add (MosTxn *txn, MosConversationRow *row, char **ret_id, gint64 *ret_number, GError **error);
gboolean mos_store_conversation_find (MosTxn *txn, const char *id, MosConversationRow **ret_row, GError **error);
/** mos_store_conversation_peek: the same with the derived columns as they were before this transaction, and without names, tags, drafts and what one agent has not
 * read: making them for each message of a batch is dear */
gboolean mos_store_conversation_peek (MosTxn *txn, const char *id, MosConversationRow **ret_row, GError **error);
gboolean mos_store_conversation_find_by_number (MosTxn *txn, gint64 number, MosConversationRow **ret_row, GError **error);
/** mos_store_conversation_resolve: follows merges; @ret_id: (out) (transfer full) (nullable) */
gboolean mos_store_conversation_resolve (MosTxn *txn, const char *id, char **ret_id, GError **error);
/** mos_store_conversation_find_now: the one that @id is in by now, should it have been merged. @ret_row: (out) (transfer full) (nullable) */
gboolean mos_store_conversation_find_now (MosTxn *txn, const char *id, MosConversationRow **ret_row, GError **error);
/** mos_store_conversation_list: Returns: array of #MosConversationRow in the order of @ids; unknown ids are left out */
GPtrArray *mos_store_conversation_list (MosTxn *txn, const char *const *ids, GError **error);
/**
 * mos_store_conversation_list_ids: the whole view in its order: newest first, "waiting" and "snoozed" the one due first.
 * @agent: (nullable): who "mine" is
 * @limit: 0 = all
 *
 * Returns: array of ids (char *)
 */
GPtrArray *mos_store_conversation_list_ids (MosTxn *txn, MosView *view, const char *agent, guint limit, GError **error);
/** mos_store_conversation_list_all_ids: Returns: array of ids of all conversations in the order of their numbers; those deleted, merged and never written left out */
GPtrArray *mos_store_conversation_list_all_ids (MosTxn *txn, GError **error);
/** mos_store_conversation_list_counts: Returns: array of #MosViewCount: the built-in views in their order, then one per account (its open conversations) */
GPtrArray *mos_store_conversation_list_counts (MosTxn *txn, const char *agent, GError **error);

/** mos_store_conversation_set_status: @snoozed_until_us: for snoozed; 0 = until the customer answers. Keeps the scheduler's "snooze" row in step. */
gboolean mos_store_conversation_set_status (MosTxn *txn, const char *id, MosStatus status, gint64 snoozed_until_us, GError **error);
gboolean mos_store_conversation_set_assignee (MosTxn *txn, const char *id, const char *agent, GError **error);
gboolean mos_store_conversation_set_priority (MosTxn *txn, const char *id, MosPriority priority, GError **error);
gboolean mos_store_conversation_set_deleted (MosTxn *txn, const char *id, gboolean deleted, GError **error);
/** mos_store_conversation_set_quarantine: @cause: (nullable): %NULL releases it and its messages */
gboolean mos_store_conversation_set_quarantine (MosTxn *txn, const char *id, const char *cause, GError **error);
/** mos_store_conversation_clear_quarantine: it is shown for the sake of another message; nobody released anything, its quarantined messages stay what they are */
gboolean mos_store_conversation_clear_quarantine (MosTxn *txn, const char *id, GError **error);
gboolean mos_store_conversation_set_customer (MosTxn *txn, const char *id, const char *customer, GError **error);
gboolean mos_store_conversation_set_subject (MosTxn *txn, const char *id, const char *subject, GError **error);
gboolean mos_store_conversation_set_category (MosTxn *txn, const char *id, const char *category, GError **error);
/** mos_store_conversation_choose_language: a person says which it is, for good; @language: (nullable): %NULL = what was detected. The customer follows where she had the same. */
gboolean mos_store_conversation_choose_language (MosTxn *txn, const char *id, const char *language, GError **error);
/** mos_store_conversation_detect_language: where none is known and nobody chose one */
gboolean mos_store_conversation_detect_language (MosTxn *txn, const char *id, const char *language, GError **error);
/** mos_store_conversation_set_archive: into archive mode, and all its history out of the measures; out of it when work starts on it again, which counts from then on */
gboolean mos_store_conversation_set_archive (MosTxn *txn, const char *id, gboolean archive, GError **error);
/** mos_store_conversation_set_read: all its incoming messages; also wants \Seen on the server. No undo. */
gboolean mos_store_conversation_set_read (MosTxn *txn, const char *id, gboolean read, GError **error);
/** mos_store_conversation_add_participant: an identity that takes part; @role: "customer", "cc", "sender" */
gboolean mos_store_conversation_add_participant (MosTxn *txn, const char *id, const char *identity, const char *role, GError **error);
/** mos_store_conversation_has_participant: @address: of mail; @ret_has: (out): whether it wrote there or was written to */
gboolean mos_store_conversation_has_participant (MosTxn *txn, const char *id, const char *address, gboolean *ret_has, GError **error);
/** mos_store_conversation_list_open_of_sender: Returns: array of #MosConversationRow that are not closed, in which @identity wrote, newer than @since_us; newest first */
GPtrArray *mos_store_conversation_list_open_of_sender (MosTxn *txn, const char *account, const char *identity, gint64 since_us, GError **error);

/** MosCauseCount: how many conversations lie in the quarantine for one cause; @cause: a stable code */
typedef struct
{
  char *cause;
  guint count;
} MosCauseCount;

/** mos_store_conversation_list_causes: Returns: (transfer full): array of #MosCauseCount, most frequent first */
GPtrArray *mos_store_conversation_list_causes (MosTxn *txn, GError **error);

G_END_DECLS
