/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-correspondents.h"

#include "core/base/mos-domain.h"
#include "core/store/mos-store-private.h"

static void
add_all (GHashTable *set,
         GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    g_hash_table_add (set, g_utf8_strdown (((MosAddress *) g_ptr_array_index (addresses, i))->address, -1));
}

GHashTable *
mos_store_correspondents_list (MosTxn *txn,
                               const char *conversation,
                               guint *ret_mails,
                               MosAddress **ret_last,
                               GError **error)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MosAddress) last = NULL;
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT from_name, from_address, recipients FROM message WHERE conversation = ? AND direction IN ('incoming', 'outgoing') AND quarantined = 0 AND removed_at = 0 ORDER BY seq", "t",
                          conversation);
  int r = statement != NULL ? 1 : -1;
  guint n = 0;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *lists = mos_statement_get_text (statement, 2);
      g_autofree char *name = mos_statement_dup_text (statement, 0);
      g_autofree char *from = mos_statement_dup_text0 (statement, 1);
      g_autoptr (GPtrArray) to = NULL;
      g_autoptr (GPtrArray) cc = NULL;
      g_autoptr (GPtrArray) bcc = NULL;
      g_autoptr (GPtrArray) reply_to = NULL;

      n++;
      g_clear_pointer (&last, mos_address_unref);
      last = mos_address_make (name, from);
      if (*from != '\0')
        g_hash_table_add (set, g_utf8_strdown (from, -1));
      if (lists == NULL)
        continue;
      mos_json_to_recipients (lists, &to, &cc, &bcc, &reply_to);
      add_all (set, to);
      add_all (set, cc);
      add_all (set, bcc);
      add_all (set, reply_to);
    }
  if (r < 0)
    return NULL;
  if (ret_mails != NULL)
    *ret_mails = n;
  if (ret_last != NULL)
    *ret_last = g_steal_pointer (&last);
  return g_steal_pointer (&set);
}

GPtrArray *
mos_store_correspondents_list_mails_from (MosTxn *txn,
                                          const char *account,
                                          const char *const *domains,
                                          guint max,
                                          GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  /* By its number, newest first, and no further than that: there is no index of who wrote. What was written here has no digest. */
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT id, from_address FROM (SELECT id, from_address, account, digest, raw_sha256, removed_at FROM message ORDER BY seq DESC LIMIT 5000)"
                          " WHERE account = ? AND digest IS NOT NULL AND raw_sha256 IS NOT NULL AND from_address IS NOT NULL AND removed_at = 0",
                          "t", account);
  int r = statement != NULL ? 1 : -1;

  while (ids->len < max && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      g_autofree char *domain = mos_domain_of_address (mos_statement_get_text (statement, 1));

      if (domain != NULL && g_strv_contains (domains, domain))
        g_ptr_array_add (ids, mos_statement_dup_text (statement, 0));
    }
  return r >= 0 ? g_steal_pointer (&ids) : NULL;
}
