#pragma GCC diagnostic ignored "-Wredundant-decls"
/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-search.h"
#include "core/store/mos-store-tags.h"
#include "core/store/mos-store-undo.h"
#include "core/store/mos-store.h"

/* Stands in until the store is there; weak, so that the store replaces it. */
__attribute__ ((weak)) gboolean mos_store_account_save (MosTxn *txn, MosAccount *account, GError **error);
__attribute__ ((weak)) gboolean
mos_store_account_save (MosTxn *txn, MosAccount *account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_account_remove (MosTxn *txn, const char *id, GError **error);
__attribute__ ((weak)) gboolean
mos_store_account_remove (MosTxn *txn, const char *id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_account_find (MosTxn *txn, const char *id, MosAccount **ret_account, GError **error);
__attribute__ ((weak)) gboolean
mos_store_account_find (MosTxn *txn, const char *id, MosAccount **ret_account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_account_list (MosTxn *txn, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_account_list (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_account_save_status (MosTxn *txn, MosAccountStatus *status, GError **error);
__attribute__ ((weak)) gboolean
mos_store_account_save_status (MosTxn *txn, MosAccountStatus *status, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_account_find_status (MosTxn *txn, const char *account, MosAccountStatus **ret_status, GError **error);
__attribute__ ((weak)) gboolean
mos_store_account_find_status (MosTxn *txn, const char *account, MosAccountStatus **ret_status, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_agent_list (MosTxn *txn, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_agent_list (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_agent_save (MosTxn *txn, MosAgent *agent, GError **error);
__attribute__ ((weak)) gboolean
mos_store_agent_save (MosTxn *txn, MosAgent *agent, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_agent_ensure_me (MosTxn *txn, const char *name, MosAgent **ret_agent, GError **error);
__attribute__ ((weak)) gboolean
mos_store_agent_ensure_me (MosTxn *txn, const char *name, MosAgent **ret_agent, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_backup_sync (MosStore *self, const char *file, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) gboolean
mos_store_backup_sync (MosStore *self, const char *file, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_restore_sync (const char *file, const char *profile, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) gboolean
mos_store_restore_sync (const char *file, const char *profile, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_check_sync (MosStore *self, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_check_sync (MosStore *self, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_blob_put (MosTxn *txn, GBytes *data, char **ret_sha256, GError **error);
__attribute__ ((weak)) gboolean
mos_store_blob_put (MosTxn *txn, GBytes *data, char **ret_sha256, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_blob_find (MosTxn *txn, const char *sha256, GBytes **ret_data, GError **error);
__attribute__ ((weak)) gboolean
mos_store_blob_find (MosTxn *txn, const char *sha256, GBytes **ret_data, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_blob_write (MosTxn *txn, const char *sha256, GOutputStream *stream, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) gboolean
mos_store_blob_write (MosTxn *txn, const char *sha256, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_blob_clean (MosTxn *txn, guint *ret_count, GError **error);
__attribute__ ((weak)) gboolean
mos_store_blob_clean (MosTxn *txn, guint *ret_count, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_add (MosTxn *txn, MosConversationRow *row, char **ret_id, gint64 *ret_number, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_add (MosTxn *txn, MosConversationRow *row, char **ret_id, gint64 *ret_number, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_find (MosTxn *txn, const char *id, MosConversationRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_find (MosTxn *txn, const char *id, MosConversationRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_find_by_number (MosTxn *txn, gint64 number, MosConversationRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_find_by_number (MosTxn *txn, gint64 number, MosConversationRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_resolve (MosTxn *txn, const char *id, char **ret_id, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_resolve (MosTxn *txn, const char *id, char **ret_id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_conversation_list (MosTxn *txn, const char *const *ids, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_conversation_list (MosTxn *txn, const char *const *ids, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_conversation_list_ids (MosTxn *txn, MosView *view, const char *agent, guint limit, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_conversation_list_ids (MosTxn *txn, MosView *view, const char *agent, guint limit, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_conversation_list_counts (MosTxn *txn, const char *agent, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_conversation_list_counts (MosTxn *txn, const char *agent, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_status (MosTxn *txn, const char *id, MosStatus status, gint64 snoozed_until_us, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_status (MosTxn *txn, const char *id, MosStatus status, gint64 snoozed_until_us, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_assignee (MosTxn *txn, const char *id, const char *agent, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_assignee (MosTxn *txn, const char *id, const char *agent, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_priority (MosTxn *txn, const char *id, MosPriority priority, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_priority (MosTxn *txn, const char *id, MosPriority priority, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_deleted (MosTxn *txn, const char *id, gboolean deleted, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_deleted (MosTxn *txn, const char *id, gboolean deleted, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_quarantine (MosTxn *txn, const char *id, const char *cause, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_quarantine (MosTxn *txn, const char *id, const char *cause, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_merged (MosTxn *txn, const char *id, const char *into, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_merged (MosTxn *txn, const char *id, const char *into, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_customer (MosTxn *txn, const char *id, const char *customer, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_customer (MosTxn *txn, const char *id, const char *customer, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_subject (MosTxn *txn, const char *id, const char *subject, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_subject (MosTxn *txn, const char *id, const char *subject, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_category (MosTxn *txn, const char *id, const char *category, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_category (MosTxn *txn, const char *id, const char *category, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_language (MosTxn *txn, const char *id, const char *language, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_language (MosTxn *txn, const char *id, const char *language, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_archive (MosTxn *txn, const char *id, gboolean archive, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_archive (MosTxn *txn, const char *id, gboolean archive, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_set_read (MosTxn *txn, const char *id, gboolean read, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_set_read (MosTxn *txn, const char *id, gboolean read, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_add_participant (MosTxn *txn, const char *id, const char *identity, const char *role, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_add_participant (MosTxn *txn, const char *id, const char *identity, const char *role, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_conversation_has_participant (MosTxn *txn, const char *id, const char *identity, gboolean *ret_is, GError **error);
__attribute__ ((weak)) gboolean
mos_store_conversation_has_participant (MosTxn *txn, const char *id, const char *identity, gboolean *ret_is, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) char *mos_store_identity_id (const char *kind, const char *scope, const char *value);
__attribute__ ((weak)) char *
mos_store_identity_id (const char *kind, const char *scope, const char *value)
{
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_customer_ensure (MosTxn *txn, const char *kind, const char *scope, const char *value, const char *name, const char *source, gint64 seen_us, char **ret_customer, char **ret_identity, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_ensure (MosTxn *txn, const char *kind, const char *scope, const char *value, const char *name, const char *source, gint64 seen_us, char **ret_customer, char **ret_identity, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_customer_find (MosTxn *txn, const char *id, MosCustomerRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_find (MosTxn *txn, const char *id, MosCustomerRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_customer_find_by_identity (MosTxn *txn, const char *kind, const char *scope, const char *value, char **ret_customer, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_find_by_identity (MosTxn *txn, const char *kind, const char *scope, const char *value, char **ret_customer, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_customer_save (MosTxn *txn, MosCustomerRow *row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_save (MosTxn *txn, MosCustomerRow *row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_customer_link (MosTxn *txn, const char *customer, const char *kind, const char *scope, const char *value, gboolean verified, const char *source, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_link (MosTxn *txn, const char *customer, const char *kind, const char *scope, const char *value, gboolean verified, const char *source, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_customer_unlink (MosTxn *txn, const char *customer, const char *identity, GError **error);
__attribute__ ((weak)) gboolean
mos_store_customer_unlink (MosTxn *txn, const char *customer, const char *identity, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_address_complete (MosTxn *txn, const char *text, guint max, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_address_complete (MosTxn *txn, const char *text, guint max, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_draft_save (MosTxn *txn, MosDraft *draft, GError **error);
__attribute__ ((weak)) gboolean
mos_store_draft_save (MosTxn *txn, MosDraft *draft, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_draft_find (MosTxn *txn, const char *id, MosDraft **ret_draft, GError **error);
__attribute__ ((weak)) gboolean
mos_store_draft_find (MosTxn *txn, const char *id, MosDraft **ret_draft, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_draft_find_of_conversation (MosTxn *txn, const char *conversation, const char *kind, MosDraft **ret_draft, GError **error);
__attribute__ ((weak)) gboolean
mos_store_draft_find_of_conversation (MosTxn *txn, const char *conversation, const char *kind, MosDraft **ret_draft, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_draft_list (MosTxn *txn, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_draft_list (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_draft_remove (MosTxn *txn, const char *id, GError **error);
__attribute__ ((weak)) gboolean
mos_store_draft_remove (MosTxn *txn, const char *id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_due_put (MosTxn *txn, MosDueRow *row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_due_put (MosTxn *txn, MosDueRow *row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_due_cancel (MosTxn *txn, const char *key, GError **error);
__attribute__ ((weak)) gboolean
mos_store_due_cancel (MosTxn *txn, const char *key, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_due_find (MosTxn *txn, const char *key, MosDueRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_due_find (MosTxn *txn, const char *key, MosDueRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_due_take (MosTxn *txn, guint max, gint64 lease_us, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_due_take (MosTxn *txn, guint max, gint64 lease_us, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_due_settle (MosTxn *txn, const char *id, MosDueState state, GError **error);
__attribute__ ((weak)) gboolean
mos_store_due_settle (MosTxn *txn, const char *id, MosDueState state, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_due_get_next (MosTxn *txn, gint64 *ret_us, GError **error);
__attribute__ ((weak)) gboolean
mos_store_due_get_next (MosTxn *txn, gint64 *ret_us, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_event_add (MosTxn *txn, const char *conversation, const char *message, const char *kind, const char *from, const char *to, gint64 at_us, gboolean automatic, GError **error);
__attribute__ ((weak)) gboolean
mos_store_event_add (MosTxn *txn, const char *conversation, const char *message, const char *kind, const char *from, const char *to, gint64 at_us, gboolean automatic, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_facts_rebuild (MosTxn *txn, GError **error);
__attribute__ ((weak)) gboolean
mos_store_facts_rebuild (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) char *mos_store_folder_id (const char *account, const char *name);
__attribute__ ((weak)) char *
mos_store_folder_id (const char *account, const char *name)
{
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_folder_list (MosTxn *txn, const char *account, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_folder_list (MosTxn *txn, const char *account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_folder_find (MosTxn *txn, const char *account, const char *name, MosFolderRow **ret_folder, GError **error);
__attribute__ ((weak)) gboolean
mos_store_folder_find (MosTxn *txn, const char *account, const char *name, MosFolderRow **ret_folder, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_folder_save (MosTxn *txn, MosFolderRow *folder, GError **error);
__attribute__ ((weak)) gboolean
mos_store_folder_save (MosTxn *txn, MosFolderRow *folder, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_location_put (MosTxn *txn, MosLocation *location, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_put (MosTxn *txn, MosLocation *location, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_location_find (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, char **ret_message, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_find (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, char **ret_message, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_location_list (MosTxn *txn, const char *folder, guint32 uidvalidity, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_location_list (MosTxn *txn, const char *folder, guint32 uidvalidity, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_location_list_of_message (MosTxn *txn, const char *message, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_location_list_of_message (MosTxn *txn, const char *message, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_location_set_flags (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags flags, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_set_flags (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags flags, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_location_set_removed (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_set_removed (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_location_want (MosTxn *txn, const char *message, MosMessageFlags set, MosMessageFlags unset, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_want (MosTxn *txn, const char *message, MosMessageFlags set, MosMessageFlags unset, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_location_list_wanted (MosTxn *txn, const char *account, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_location_list_wanted (MosTxn *txn, const char *account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_location_settle (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags set, MosMessageFlags unset, GError **error);
__attribute__ ((weak)) gboolean
mos_store_location_settle (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, MosMessageFlags set, MosMessageFlags unset, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_cursor_get (MosTxn *txn, const char *account, const char *scope, char **ret_value, GError **error);
__attribute__ ((weak)) gboolean
mos_store_cursor_get (MosTxn *txn, const char *account, const char *scope, char **ret_value, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_cursor_set (MosTxn *txn, const char *account, const char *scope, const char *value, GError **error);
__attribute__ ((weak)) gboolean
mos_store_cursor_set (MosTxn *txn, const char *account, const char *scope, const char *value, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_add (MosTxn *txn, MosMessageRow *row, MosMessageContent *content, gboolean *ret_added, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_add (MosTxn *txn, MosMessageRow *row, MosMessageContent *content, gboolean *ret_added, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) char *mos_store_message_id (const char *account, const char *message_id, const char *digest);
__attribute__ ((weak)) char *
mos_store_message_id (const char *account, const char *message_id, const char *digest)
{
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_message_find (MosTxn *txn, const char *id, MosMessageRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_find (MosTxn *txn, const char *id, MosMessageRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_find_by_message_ids (MosTxn *txn, const char *account, const char *const *message_ids, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_find_by_message_ids (MosTxn *txn, const char *account, const char *const *message_ids, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_message_find_by_own_id (MosTxn *txn, const char *account, const char *own_id, MosMessageRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_find_by_own_id (MosTxn *txn, const char *account, const char *own_id, MosMessageRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_list_ids (MosTxn *txn, const char *conversation, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_list_ids (MosTxn *txn, const char *conversation, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_list (MosTxn *txn, const char *const *ids, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_list (MosTxn *txn, const char *const *ids, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_list_of_conversation (MosTxn *txn, const char *conversation, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_list_of_conversation (MosTxn *txn, const char *conversation, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_message_find_last_incoming (MosTxn *txn, const char *conversation, MosMessageRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_find_last_incoming (MosTxn *txn, const char *conversation, MosMessageRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_add_message_id (MosTxn *txn, const char *id, const char *message_id, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_add_message_id (MosTxn *txn, const char *id, const char *message_id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_set_delivery (MosTxn *txn, const char *id, MosDelivery delivery, const char *why, const char *detail, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_set_delivery (MosTxn *txn, const char *id, MosDelivery delivery, const char *why, const char *detail, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_set_read (MosTxn *txn, const char *id, gboolean read, gboolean want_on_server, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_set_read (MosTxn *txn, const char *id, gboolean read, gboolean want_on_server, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_set_quarantined (MosTxn *txn, const char *id, gboolean quarantined, const char *why, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_set_quarantined (MosTxn *txn, const char *id, gboolean quarantined, const char *why, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_set_conversation (MosTxn *txn, const char *id, const char *conversation, const char *evidence, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_set_conversation (MosTxn *txn, const char *id, const char *conversation, const char *evidence, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_remove (MosTxn *txn, const char *id, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_remove (MosTxn *txn, const char *id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_load_html (MosTxn *txn, const char *id, char **ret_html, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_load_html (MosTxn *txn, const char *id, char **ret_html, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_message_load_raw (MosTxn *txn, const char *id, GBytes **ret_raw, GError **error);
__attribute__ ((weak)) gboolean
mos_store_message_load_raw (MosTxn *txn, const char *id, GBytes **ret_raw, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_list_attachments (MosTxn *txn, const char *id, gboolean with_data, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_list_attachments (MosTxn *txn, const char *id, gboolean with_data, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_message_list_states (MosTxn *txn, const char *id, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_message_list_states (MosTxn *txn, const char *id, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_outbox_add (MosTxn *txn, MosOutboxItem *item, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_add (MosTxn *txn, MosOutboxItem *item, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_outbox_list (MosTxn *txn, const char *account, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_outbox_list (MosTxn *txn, const char *account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_outbox_find (MosTxn *txn, const char *message, MosOutboxItem **ret_item, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_find (MosTxn *txn, const char *message, MosOutboxItem **ret_item, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_outbox_claim (MosTxn *txn, const char *account, MosOutboxItem **ret_item, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_claim (MosTxn *txn, const char *account, MosOutboxItem **ret_item, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_outbox_set_result (MosTxn *txn, const char *message, MosDelivery state, gint64 next_try_us, const char *why, const char *detail, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_set_result (MosTxn *txn, const char *message, MosDelivery state, gint64 next_try_us, const char *why, const char *detail, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_outbox_get_next_try (MosTxn *txn, const char *account, gint64 *ret_us, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_get_next_try (MosTxn *txn, const char *account, gint64 *ret_us, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_outbox_recover (MosTxn *txn, guint *ret_count, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_recover (MosTxn *txn, guint *ret_count, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_outbox_list_sent_pending (MosTxn *txn, const char *account, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_outbox_list_sent_pending (MosTxn *txn, const char *account, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_outbox_set_sent_copy_done (MosTxn *txn, const char *message, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_set_sent_copy_done (MosTxn *txn, const char *message, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_outbox_cancel (MosTxn *txn, const char *message, GError **error);
__attribute__ ((weak)) gboolean
mos_store_outbox_cancel (MosTxn *txn, const char *message, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GPtrArray *mos_store_search (MosTxn *txn, const char *query, guint limit, gboolean with_snippets, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_search (MosTxn *txn, const char *query, guint limit, gboolean with_snippets, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) GPtrArray *mos_store_search_list_snippets (MosTxn *txn, const char *query, const char *const *conversations, GError **error);
__attribute__ ((weak)) GPtrArray *
mos_store_search_list_snippets (MosTxn *txn, const char *query, const char *const *conversations, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_search_rebuild (MosTxn *txn, GError **error);
__attribute__ ((weak)) gboolean
mos_store_search_rebuild (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_tag_set (MosTxn *txn, const char *conversation, const char *tag, gboolean add, GError **error);
__attribute__ ((weak)) gboolean
mos_store_tag_set (MosTxn *txn, const char *conversation, const char *tag, gboolean add, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) GStrv mos_store_tag_list (MosTxn *txn, GError **error);
__attribute__ ((weak)) GStrv
mos_store_tag_list (MosTxn *txn, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) gboolean mos_store_undo_batch (MosTxn *txn, gint64 batch, char **ret_label, GError **error);
__attribute__ ((weak)) gboolean
mos_store_undo_batch (MosTxn *txn, gint64 batch, char **ret_label, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_undo_find_latest (MosTxn *txn, const char *actor, MosBatchRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_undo_find_latest (MosTxn *txn, const char *actor, MosBatchRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gboolean mos_store_undo_find_batch (MosTxn *txn, gint64 batch, MosBatchRow **ret_row, GError **error);
__attribute__ ((weak)) gboolean
mos_store_undo_find_batch (MosTxn *txn, gint64 batch, MosBatchRow **ret_row, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) MosStore *mos_store_open_sync (const char *profile, MosStoreOpenFlags flags, MosClock *clock, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) MosStore *
mos_store_open_sync (const char *profile, MosStoreOpenFlags flags, MosClock *clock, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return NULL;
}
__attribute__ ((weak)) void mos_store_close_sync (MosStore *self);
__attribute__ ((weak)) void
mos_store_close_sync (MosStore *self)
{
}
__attribute__ ((weak)) const char *mos_store_get_profile (MosStore *self);
__attribute__ ((weak)) const char *
mos_store_get_profile (MosStore *self)
{
  return NULL;
}
__attribute__ ((weak)) MosClock *mos_store_get_clock (MosStore *self);
__attribute__ ((weak)) MosClock *
mos_store_get_clock (MosStore *self)
{
  return NULL;
}
__attribute__ ((weak)) GBytes *mos_store_get_mac_key (MosStore *self);
__attribute__ ((weak)) GBytes *
mos_store_get_mac_key (MosStore *self)
{
  return NULL;
}
__attribute__ ((weak)) void mos_store_write_async (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
__attribute__ ((weak)) void
mos_store_write_async (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_return_new_error_literal (task, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  g_object_unref (task);
}
__attribute__ ((weak)) gboolean mos_store_write_finish (MosStore *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
__attribute__ ((weak)) gboolean
mos_store_write_finish (MosStore *self, GAsyncResult *result, gint64 *ret_batch, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
__attribute__ ((weak)) gboolean mos_store_write_sync (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, gint64 *ret_batch, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) gboolean
mos_store_write_sync (MosStore *self, const MosActor *actor, const char *label, MosStoreFunc func, gpointer data, gint64 *ret_batch, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) void mos_store_read_async (MosStore *self, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
__attribute__ ((weak)) void
mos_store_read_async (MosStore *self, MosStoreFunc func, gpointer data, GDestroyNotify data_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_return_new_error_literal (task, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  g_object_unref (task);
}
__attribute__ ((weak)) gboolean mos_store_read_finish (MosStore *self, GAsyncResult *result, GError **error);
__attribute__ ((weak)) gboolean
mos_store_read_finish (MosStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
__attribute__ ((weak)) gboolean mos_store_read_sync (MosStore *self, MosStoreFunc func, gpointer data, GCancellable *cancellable, GError **error);
__attribute__ ((weak)) gboolean
mos_store_read_sync (MosStore *self, MosStoreFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no store");
  return 0;
}
__attribute__ ((weak)) gint64 mos_txn_get_now_us (MosTxn *txn);
__attribute__ ((weak)) gint64
mos_txn_get_now_us (MosTxn *txn)
{
  return 0;
}
__attribute__ ((weak)) const MosActor *mos_txn_get_actor (MosTxn *txn);
__attribute__ ((weak)) const MosActor *
mos_txn_get_actor (MosTxn *txn)
{
  return NULL;
}
__attribute__ ((weak)) MosStore *mos_txn_get_store (MosTxn *txn);
__attribute__ ((weak)) MosStore *
mos_txn_get_store (MosTxn *txn)
{
  return NULL;
}
__attribute__ ((weak)) GType
mos_store_get_type (void)
{
  return G_TYPE_OBJECT;
}

#include "core/channels/email/mos-email-discovery.h"
#include "core/channels/email/mos-email-test.h"
__attribute__ ((weak)) GPtrArray *
mos_email_discover_sync (const char *address, GResolver *resolver, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no");
  return NULL;
}
__attribute__ ((weak)) gboolean
mos_email_test_sync (MosAccount *account, const char *password, MosEmailTestProgress progress, gpointer progress_data, const char **ret_stage, GTlsCertificate **ret_certificate, GTlsCertificateFlags *ret_flags, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no");
  return FALSE;
}
