/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-accounts.h"

#include "core/store/mos-store-account-log.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ACCOUNT_COLUMNS "id, kind, name, address, aliases, imap_host, imap_port, imap_user, imap_security, smtp_host, smtp_port, smtp_user, smtp_security, " \
                        "ca_file, pinned_certificate, signature, work_since, server_files_sent, position, plus_addressing, join_subject_days, "              \
                        "oauth_provider, oauth_client_id, oauth_authorize_url, oauth_token_url, oauth_scope, authorize_as, senders, default_sender, without_marker, spam_stays, settings"

static MosServer *
server_from (MosStatement *statement,
             int first)
{
  MosServer *server = mos_server_new ();

  server->host = mos_statement_dup_text0 (statement, first);
  server->port = (guint16) mos_statement_get_int (statement, first + 1);
  server->user = mos_statement_dup_text0 (statement, first + 2);
  server->security = mos_security_from_nick (mos_statement_get_text (statement, first + 3), MOS_SECURITY_TLS);
  return server;
}

static void
add_member (JsonBuilder *builder,
            const char *name,
            const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
senders_to_json (GPtrArray *senders)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; senders != NULL && i < senders->len; i++)
    {
      const MosSender *sender = g_ptr_array_index (senders, i);

      json_builder_begin_object (builder);
      add_member (builder, "address", sender->address);
      add_member (builder, "name", sender->name);
      add_member (builder, "signature", sender->signature);
      add_member (builder, "reply_to", sender->reply_to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static GPtrArray *
senders_from_json (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  GPtrArray *senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *address = object != NULL ? json_object_get_string_member_with_default (object, "address", "") : "";

      if (*address != '\0')
        g_ptr_array_add (senders, mos_sender_make (address, json_object_get_string_member_with_default (object, "name", NULL), json_object_get_string_member_with_default (object, "signature", NULL),
                                                   json_object_get_string_member_with_default (object, "reply_to", NULL)));
    }
  return senders;
}

/* In the order of their names, so that what is the same is the same text. */
static char *
settings_to_json (GHashTable *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  if (settings != NULL)
    {
      g_hash_table_iter_init (&iter, settings);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_ptr_array_add (names, name);
    }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  json_builder_begin_object (builder);
  for (guint i = 0; i < names->len; i++)
    add_member (builder, names->pdata[i], g_hash_table_lookup (settings, names->pdata[i]));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Returns: (nullable): %NULL for none */
static GHashTable *
settings_from_json (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  GHashTable *settings;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL || json_object_get_size (object) == 0)
    return NULL;
  settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
      g_hash_table_replace (settings, g_strdup (name), json_node_dup_string (value));
  return settings;
}

static MosAccount *
account_from (MosStatement *statement)
{
  MosAccount *account = mos_account_new ();

  account->id = mos_statement_dup_text (statement, 0);
  account->kind = mos_statement_dup_text (statement, 1);
  account->name = mos_statement_dup_text (statement, 2);
  account->address = mos_statement_dup_text (statement, 3);
  account->aliases = mos_json_to_strv (mos_statement_get_text (statement, 4));
  account->imap = server_from (statement, 5);
  account->smtp = server_from (statement, 9);
  account->ca_file = mos_statement_dup_text (statement, 13);
  account->pinned_certificate = mos_statement_dup_text (statement, 14);
  account->signature = mos_statement_dup_text0 (statement, 15);
  account->work_since_us = mos_statement_get_int (statement, 16);
  account->server_files_sent = mos_statement_get_int (statement, 17) != 0;
  account->position = (int) mos_statement_get_int (statement, 18);
  account->plus_addressing = mos_statement_get_int (statement, 19) != 0;
  account->join_subject_days = (int) mos_statement_get_int (statement, 20);
  if (mos_statement_get_text (statement, 21) != NULL)
    account->oauth = mos_oauth_make (mos_statement_get_text (statement, 21), mos_statement_get_text (statement, 22), mos_statement_get_text (statement, 23), mos_statement_get_text (statement, 24),
                                     mos_statement_get_text (statement, 25));
  account->authorize_as = mos_statement_dup_text (statement, 26);
  account->senders = senders_from_json (mos_statement_get_text (statement, 27));
  account->default_sender = mos_statement_dup_text (statement, 28);
  account->without_marker = mos_statement_get_int (statement, 29) != 0;
  account->spam_stays = mos_statement_get_int (statement, 30) != 0;
  account->settings = settings_from_json (mos_statement_get_text (statement, 31));
  return account;
}

gboolean
mos_store_account_save (MosTxn *txn,
                        MosAccount *account,
                        GError **error)
{
  g_autofree char *aliases = mos_json_from_strv (account->aliases);
  MosServer none = { (char *) "", 0, (char *) "", MOS_SECURITY_TLS };
  MosServer *imap = account->imap != NULL ? account->imap : &none;
  MosServer *smtp = account->smtp != NULL ? account->smtp : &none;
  g_autofree char *senders = senders_to_json (account->senders);
  g_autofree char *settings = settings_to_json (account->settings);
  const MosOAuth no_oauth = { 0 };
  const MosOAuth *oauth = account->oauth != NULL ? account->oauth : &no_oauth;
  gint64 exists = 0;

  g_return_val_if_fail (account->id != NULL, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM account WHERE id = ?", "t", account->id))
    return FALSE;
  if (exists == 0)
    return mos_database_exec (txn->database, error,
                              "INSERT INTO account (" ACCOUNT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "ttttttdtttdttttti"
                              "ddddttttttttddt",
                              account->id, account->kind, account->name, account->address, aliases,
                              imap->host, (int) imap->port, imap->user, mos_security_to_nick (imap->security),
                              smtp->host, (int) smtp->port, smtp->user, mos_security_to_nick (smtp->security),
                              account->ca_file, account->pinned_certificate, account->signature != NULL ? account->signature : "", account->work_since_us,
                              account->server_files_sent ? 1 : 0, account->position, account->plus_addressing ? 1 : 0, account->join_subject_days, oauth->provider, oauth->client_id, oauth->authorize_url, oauth->token_url, oauth->scope,
                              account->authorize_as, senders, account->default_sender, account->without_marker ? 1 : 0, account->spam_stays ? 1 : 0, settings) &&
           mos_txn_record (txn, &mos_entity_account, account->id, "insert", NULL, NULL, error) &&
           mos_record_touch (txn, &mos_entity_account, account->id, error);
  return mos_record_set (txn, &mos_entity_account, account->id, NULL, error,
                         "kind", 't', account->kind, "name", 't', account->name, "address", 't', account->address, "aliases", 't', aliases,
                         "imap_host", 't', imap->host, "imap_port", 'd', (int) imap->port, "imap_user", 't', imap->user, "imap_security", 't', mos_security_to_nick (imap->security),
                         "smtp_host", 't', smtp->host, "smtp_port", 'd', (int) smtp->port, "smtp_user", 't', smtp->user, "smtp_security", 't', mos_security_to_nick (smtp->security),
                         "ca_file", 't', account->ca_file, "pinned_certificate", 't', account->pinned_certificate, "signature", 't', account->signature != NULL ? account->signature : "",
                         "work_since", 'i', account->work_since_us, "server_files_sent", 'd', account->server_files_sent ? 1 : 0, "position", 'd', account->position,
                         "plus_addressing", 'd', account->plus_addressing ? 1 : 0, "join_subject_days", 'd', account->join_subject_days,
                         "oauth_provider", 't', oauth->provider, "oauth_client_id", 't', oauth->client_id, "oauth_authorize_url", 't', oauth->authorize_url,
                         "oauth_token_url", 't', oauth->token_url, "oauth_scope", 't', oauth->scope, "authorize_as", 't', account->authorize_as,
                         "senders", 't', senders, "default_sender", 't', account->default_sender, "without_marker", 'd', account->without_marker ? 1 : 0, "spam_stays", 'd', account->spam_stays ? 1 : 0, "settings", 't', settings,
                         "removed_at", 'd', 0, NULL);
}

gboolean
mos_store_account_remove (MosTxn *txn,
                          const char *id,
                          GError **error)
{
  return mos_record_set (txn, &mos_entity_account, id, NULL, error, "removed_at", 'i', txn->now_us, NULL);
}

gboolean
mos_store_account_find (MosTxn *txn,
                        const char *id,
                        MosAccount **ret_account,
                        GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ? AND removed_at = 0", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r < 0)
    return FALSE;
  *ret_account = r > 0 ? account_from (statement) : NULL;
  return TRUE;
}

GPtrArray *
mos_store_account_list (MosTxn *txn,
                        GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE removed_at = 0 ORDER BY position, name, id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (accounts, account_from (statement));
  return r == 0 ? g_steal_pointer (&accounts) : NULL;
}

gboolean
mos_store_account_save_status (MosTxn *txn,
                               MosAccountStatus *status,
                               GError **error)
{
  if (!mos_store_account_log_note (txn, status, error) ||
      !mos_database_exec (txn->database, error, "UPDATE account SET state = ?, why = ?, detail = ?, last_sync = ?, on_server = ? WHERE id = ?", "tttiit",
                          mos_account_state_to_nick (status->state), status->why, status->detail, status->last_sync_us, (gint64) status->on_server, status->account))
    return FALSE;
  mos_txn_touch_account (txn, status->account);
  return TRUE;
}

gboolean
mos_store_account_find_status (MosTxn *txn,
                               const char *account,
                               MosAccountStatus **ret_status,
                               GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT state, why, detail, last_sync, (SELECT value FROM cursor WHERE account = ?1 AND scope = ?2) FROM account WHERE id = ?1",
                          "tt", account, MOS_ACCOUNT_KEY_ENDS);
  g_autoptr (MosLedger) ledger = NULL;
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_status = NULL;
  if (r > 0)
    {
      MosAccountStatus *status = mos_account_status_new ();

      status->account = g_strdup (account);
      status->state = mos_account_state_from_nick (mos_statement_get_text (statement, 0), MOS_ACCOUNT_OFFLINE);
      status->why = mos_statement_dup_text (statement, 1);
      status->detail = mos_statement_dup_text (statement, 2);
      status->last_sync_us = mos_statement_get_int (statement, 3);
      if (mos_statement_get_text (statement, 4) != NULL)
        status->key_ends_us = g_ascii_strtoll (mos_statement_get_text (statement, 4), NULL, 10);
      if (!mos_store_ledger_load (txn, account, FALSE, &ledger, error))
        {
          mos_account_status_unref (status);
          return FALSE;
        }
      status->on_server = ledger->server;
      status->here = ledger->here;
      status->quarantined = ledger->quarantined;
      status->missing = ledger->missing;
      *ret_status = status;
    }
  return r >= 0;
}
