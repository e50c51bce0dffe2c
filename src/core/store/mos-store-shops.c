/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-shops.h"

#include "core/store/mos-store-private.h"

#define SHOP_COLUMNS "SELECT s.id, s.kind, s.name, s.base_url, s.settings, s.currency, s.position, s.state, s.why, s.detail, s.last_sync, s.cursor"
#define SHOP_QUERY SHOP_COLUMNS ", (SELECT count (*) FROM shop_order o WHERE o.shop = s.id) FROM shop s WHERE s.deleted_at = 0"
/* Counting hundreds of thousands of orders is not for what is read with each conversation. */
#define SHOP_LIGHT_QUERY SHOP_COLUMNS ", 0 FROM shop s WHERE s.deleted_at = 0"

static MosShopAccount *
shop_from (MosStatement *statement)
{
  MosShopAccount *shop = mos_shop_account_new ();

  shop->id = mos_statement_dup_text (statement, 0);
  shop->kind = mos_shop_kind_from_nick (mos_statement_get_text (statement, 1), MOS_SHOP_CSV);
  shop->name = mos_statement_dup_text0 (statement, 2);
  shop->base_url = mos_statement_dup_text0 (statement, 3);
  shop->settings = mos_statement_dup_text0 (statement, 4);
  shop->currency = mos_statement_dup_text0 (statement, 5);
  shop->position = (int) mos_statement_get_int (statement, 6);
  shop->state = mos_account_state_from_nick (mos_statement_get_text (statement, 7), MOS_ACCOUNT_OFFLINE);
  shop->why = mos_statement_dup_text (statement, 8);
  shop->detail = mos_statement_dup_text (statement, 9);
  shop->last_sync_us = mos_statement_get_int (statement, 10);
  shop->cursor = mos_statement_dup_text0 (statement, 11);
  shop->n_orders = (guint) mos_statement_get_int (statement, 12);
  return shop;
}

/* @statement: (transfer full) (nullable) */
static GPtrArray *
list_from (MosStatement *statement,
           GError **error)
{
  g_autoptr (GPtrArray) shops = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_shop_account_unref);
  g_autoptr (MosStatement) owned = statement;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (shops, shop_from (statement));
  return r == 0 ? g_steal_pointer (&shops) : NULL;
}

GPtrArray *
mos_store_shop_list (MosTxn *txn,
                     GError **error)
{
  return list_from (mos_database_query (txn->database, error, SHOP_QUERY " ORDER BY s.position, s.name, s.id", ""), error);
}

GPtrArray *
mos_store_shop_list_light (MosTxn *txn,
                           GError **error)
{
  return list_from (mos_database_query (txn->database, error, SHOP_LIGHT_QUERY " ORDER BY s.position, s.name, s.id", ""), error);
}

GPtrArray *
mos_store_shop_list_ids (MosTxn *txn,
                         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM shop WHERE deleted_at = 0 ORDER BY position, id", "");

  return mos_query_ids (statement, error);
}

gboolean
mos_store_shop_find (MosTxn *txn,
                     const char *id,
                     MosShopAccount **ret_shop,
                     GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, SHOP_LIGHT_QUERY " AND s.id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_shop = r > 0 ? shop_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_shop_save (MosTxn *txn,
                     MosShopAccount *shop,
                     GError **error)
{
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  g_return_val_if_fail (shop->id != NULL, FALSE);

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM shop WHERE id = ?", "t", shop->id))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_shop, shop->id, NULL, error, "name", 't', shop->name, "base_url", 't', shop->base_url, "settings", 't', shop->settings, "currency", 't', shop->currency,
                           "position", 'd', shop->position, "deleted_at", 'd', 0, NULL);
  values = json_object_new ();
  json_object_set_string_member (values, "id", shop->id);
  json_object_set_string_member (values, "kind", mos_shop_kind_to_nick (shop->kind));
  json_object_set_string_member (values, "name", shop->name);
  json_object_set_string_member (values, "base_url", shop->base_url);
  json_object_set_string_member (values, "settings", shop->settings);
  json_object_set_string_member (values, "currency", shop->currency);
  json_object_set_int_member (values, "position", shop->position);
  return mos_record_write (txn, &mos_entity_shop, shop->id, values, FALSE, error);
}

gboolean
mos_store_shop_remove (MosTxn *txn,
                       const char *id,
                       GError **error)
{
  return mos_record_set (txn, &mos_entity_shop, id, NULL, error, "deleted_at", 'i', txn->now_us, NULL);
}

gboolean
mos_store_shop_save_status (MosTxn *txn,
                            const char *id,
                            MosAccountState state,
                            const char *why,
                            const char *detail,
                            gint64 last_sync_us,
                            GError **error)
{
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE shop SET state = ?2, why = ?3, detail = ?4, last_sync = CASE ?5 WHEN 0 THEN last_sync ELSE ?5 END WHERE id = ?1", "tttti", id,
                            mos_account_state_to_nick (state), why, detail, last_sync_us);
}

gboolean
mos_store_shop_learn (MosTxn *txn,
                      const char *id,
                      const char *currency,
                      GError **error)
{
  gint64 is_unknown = 0;

  if (!mos_database_get_int (txn->database, &is_unknown, error, "SELECT 1 FROM shop WHERE id = ? AND currency = ''", "t", id))
    return FALSE;
  if (is_unknown == 0)
    return TRUE;
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE shop SET currency = ?2 WHERE id = ?1", "tt", id, currency);
}
