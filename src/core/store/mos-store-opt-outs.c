/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-opt-outs.h"

#include "core/store/mos-store-private.h"

static char *
key_of (MosTxn *txn,
        const char *address)
{
  g_autofree char *plain = g_utf8_strdown (address, -1);

  return mos_erased_key (txn, "opt-out", plain);
}

gboolean
mos_store_opt_out_put (MosTxn *txn,
                       const char *address,
                       GError **error)
{
  g_autofree char *key = NULL;

  if (*address == '\0')
    return TRUE;
  key = key_of (txn, address);
  return mos_database_exec (txn->database, error, "INSERT INTO opt_out (key, at) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET at = ?2", "ti", key, txn->now_us);
}

static GPtrArray *
list_addresses (MosTxn *txn,
                const char *customer,
                const char *consent,
                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT i.value FROM customer c JOIN customer_identity ci ON ci.customer = c.id JOIN identity i ON i.id = ci.identity WHERE c.id = ?1 AND i.kind = 'email' AND (?2 IS NULL OR c.consent = ?2)",
                          "tt", customer, consent);

  return mos_query_ids (statement, error);
}

gboolean
mos_store_opt_out_put_of (MosTxn *txn,
                          const char *customer,
                          GError **error)
{
  g_autoptr (GPtrArray) addresses = list_addresses (txn, customer, "opted_out", error);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    if (!mos_store_opt_out_put (txn, addresses->pdata[i], error))
      return FALSE;
  return addresses != NULL;
}

/* Each has its row, also one that opted out before there was this table: what counts is which came later. */
gboolean
mos_store_opt_out_lift (MosTxn *txn,
                        const char *customer,
                        GError **error)
{
  g_autoptr (GPtrArray) addresses = list_addresses (txn, customer, NULL, error);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      gboolean is_out = FALSE;
      g_autofree char *key = NULL;

      if (!mos_store_opt_out_find (txn, addresses->pdata[i], &is_out, error))
        return FALSE;
      if (!is_out)
        continue;
      key = key_of (txn, addresses->pdata[i]);
      if (!mos_database_exec (txn->database, error, "INSERT INTO opt_out (key, at, lifted_at) VALUES (?1, 0, ?2) ON CONFLICT (key) DO UPDATE SET lifted_at = ?2", "ti", key, txn->now_us))
        return FALSE;
    }
  return addresses != NULL;
}

gboolean
mos_store_opt_out_find (MosTxn *txn,
                        const char *address,
                        gboolean *ret_is,
                        GError **error)
{
  g_autofree char *key = key_of (txn, address);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT max (ifnull ((SELECT at FROM opt_out WHERE key = ?1), 0), ifnull ((SELECT max (opted_out_at) FROM outreach_person WHERE address = ?2 AND state = 'made'), 0))"
                          " > ifnull ((SELECT lifted_at FROM opt_out WHERE key = ?1), 0)",
                          "tt", key, address);

  *ret_is = FALSE;
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  *ret_is = mos_statement_get_int (statement, 0) != 0;
  return TRUE;
}
