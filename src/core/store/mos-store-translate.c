/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-translate.h"

#include "core/store/mos-store-private.h"

#define SET_META "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

gboolean
mos_store_translate_load (MosTxn *txn,
                          MosTranslateSettings **ret_settings,
                          GError **error)
{
  g_autofree char *service = NULL;
  g_autofree char *url = NULL;

  if (!mos_database_get_text (txn->database, &service, error, "SELECT value FROM meta WHERE key = 'translate_service'", "") ||
      !mos_database_get_text (txn->database, &url, error, "SELECT value FROM meta WHERE key = 'translate_url'", ""))
    return FALSE;
  *ret_settings = mos_translate_settings_make (mos_translate_service_from_nick (service, MOS_TRANSLATE_OFF), url);
  return TRUE;
}

static gboolean
touch_accounts (MosTxn *txn,
                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM account WHERE removed_at = 0", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    mos_txn_touch_account (txn, mos_statement_get_text (statement, 0));
  return r == 0;
}

gboolean
mos_store_translate_save (MosTxn *txn,
                          const MosTranslateSettings *settings,
                          GError **error)
{
  return mos_database_exec (txn->database, error, SET_META, "tt", "translate_service", mos_translate_service_to_nick (settings->service)) &&
         mos_database_exec (txn->database, error, SET_META, "tt", "translate_url", settings->url) && touch_accounts (txn, error);
}
