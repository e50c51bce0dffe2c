/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-hints.h"

#include "core/store/mos-store-private.h"

GHashTable *
mos_store_hint_known_domains (MosTxn *txn,
                              GError **error)
{
  g_autoptr (GHashTable) domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT DISTINCT lower (substr (address, instr (address, '@') + 1)) FROM recipient WHERE state IN ('accepted', 'delayed', 'delivered')", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_hash_table_add (domains, mos_statement_dup_text (statement, 0));
  return r == 0 ? g_steal_pointer (&domains) : NULL;
}

gboolean
mos_store_hint_is_known (MosTxn *txn,
                         const char *identity,
                         gboolean *ret_is,
                         GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error,
                             "SELECT 1 FROM participant p JOIN message m ON m.conversation = p.conversation WHERE p.identity = ? AND m.direction = 'outgoing' AND m.automatic = 0"
                             " AND m.removed_at = 0 AND m.delivery IN ('accepted', 'delivered', 'read') LIMIT 1",
                             "t", identity))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}

GPtrArray *
mos_store_hint_earlier_texts (MosTxn *txn,
                              const char *message,
                              guint max,
                              GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT t.reply_text FROM message n JOIN participant p ON p.identity = n.identity JOIN conversation c ON c.id = p.conversation"
                          " JOIN message m ON m.conversation = c.id AND m.identity = n.identity JOIN message_text t ON t.seq = m.seq"
                          " WHERE n.id = ? AND m.direction = 'incoming' AND m.seq < n.seq AND m.quarantined = 0 AND m.removed_at = 0 AND c.status <> 'spam' ORDER BY m.seq DESC LIMIT ?",
                          "ti", message, (gint64) max);

  return mos_query_ids (statement, error);
}
