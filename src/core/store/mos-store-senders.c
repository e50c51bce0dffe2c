/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-senders.h"

#include "core/store/mos-store-private.h"

#include <string.h>

static const char *
nick_of (MosSenderRule rule)
{
  return rule == MOS_SENDER_ALLOW ? "allow" : "block";
}

gboolean
mos_store_sender_find (MosTxn *txn,
                       const char *address,
                       MosSenderRule *ret_rule,
                       GError **error)
{
  g_autofree char *folded = g_utf8_strdown (address, -1);
  g_autofree char *rule = NULL;

  if (!mos_database_get_text (txn->database, &rule, error, "SELECT rule FROM sender_rule WHERE address = ?", "t", folded))
    return FALSE;
  *ret_rule = rule == NULL ? MOS_SENDER_NONE : strcmp (rule, "allow") == 0 ? MOS_SENDER_ALLOW
                                                                           : MOS_SENDER_BLOCK;
  return TRUE;
}

gboolean
mos_store_sender_set (MosTxn *txn,
                      const char *address,
                      MosSenderRule rule,
                      GError **error)
{
  g_autofree char *folded = g_utf8_strdown (address, -1);
  g_autoptr (JsonObject) values = NULL;
  MosSenderRule old;

  if (!mos_store_sender_find (txn, address, &old, error))
    return FALSE;
  if (old == rule)
    return TRUE;
  if (rule == MOS_SENDER_NONE)
    return mos_record_delete (txn, &mos_entity_sender_rule, folded, NULL, error);
  if (old != MOS_SENDER_NONE)
    return mos_record_set (txn, &mos_entity_sender_rule, folded, NULL, error, "rule", 't', nick_of (rule), NULL);

  values = json_object_new ();
  json_object_set_string_member (values, "address", folded);
  json_object_set_string_member (values, "rule", nick_of (rule));
  return mos_record_write (txn, &mos_entity_sender_rule, folded, values, FALSE, error);
}

GPtrArray *
mos_store_sender_list (MosTxn *txn,
                       MosSenderRule rule,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT address FROM sender_rule WHERE rule = ? ORDER BY address", "t", nick_of (rule));

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_sender_list_of_batch (MosTxn *txn,
                                gint64 batch,
                                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT DISTINCT id FROM change WHERE batch = ? AND entity = 'sender_rule'", "i", batch);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_sender_list_put_aside (MosTxn *txn,
                                 const char *address,
                                 const char *why,
                                 GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT id FROM message WHERE account IN (SELECT id FROM account) AND quarantined = 1 AND why = ? AND from_address = ? COLLATE NOCASE AND removed_at = 0",
                                                           "tt", why, address);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_sender_list_open (MosTxn *txn,
                            const char *customer,
                            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM conversation WHERE customer = ? AND place IN ('open', 'pending', 'snoozed')", "t", customer);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_image_sender_find (MosTxn *txn,
                             const char *address,
                             gboolean *ret_is,
                             GError **error)
{
  g_autofree char *folded = g_utf8_strdown (address, -1);
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error, "SELECT 1 FROM image_sender WHERE address = ?", "t", folded))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}

gboolean
mos_store_image_sender_set (MosTxn *txn,
                            const char *address,
                            gboolean is,
                            GError **error)
{
  g_autofree char *folded = g_utf8_strdown (address, -1);
  g_autoptr (JsonObject) values = NULL;
  gboolean was;

  if (!mos_store_image_sender_find (txn, address, &was, error))
    return FALSE;
  if (was == is)
    return TRUE;
  if (!is)
    return mos_record_delete (txn, &mos_entity_image_sender, folded, NULL, error);
  values = json_object_new ();
  json_object_set_string_member (values, "address", folded);
  return mos_record_write (txn, &mos_entity_image_sender, folded, values, FALSE, error);
}

GPtrArray *
mos_store_image_sender_list (MosTxn *txn,
                             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT address FROM image_sender ORDER BY address", "");

  return mos_query_ids (statement, error);
}
