/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-agents.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

GPtrArray *
mos_store_agent_list (MosTxn *txn,
                      GError **error)
{
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, name, is_me FROM agent ORDER BY is_me DESC, name, id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosAgent *agent = mos_agent_new ();

      agent->id = mos_statement_dup_text (statement, 0);
      agent->name = mos_statement_dup_text (statement, 1);
      agent->is_me = mos_statement_get_int (statement, 2) != 0;
      g_ptr_array_add (agents, agent);
    }
  return r == 0 ? g_steal_pointer (&agents) : NULL;
}

gboolean
mos_store_agent_save (MosTxn *txn,
                      MosAgent *agent,
                      GError **error)
{
  gint64 exists = 0;

  if (agent->is_me && !mos_database_exec (txn->database, error, "UPDATE agent SET is_me = 0 WHERE id <> ?", "t", agent->id))
    return FALSE;
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM agent WHERE id = ?", "t", agent->id))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_agent, agent->id, NULL, error, "name", 't', agent->name, "is_me", 'd', agent->is_me ? 1 : 0, NULL);
  return mos_database_exec (txn->database, error, "INSERT INTO agent (id, name, is_me) VALUES (?, ?, ?)", "ttd", agent->id, agent->name, agent->is_me ? 1 : 0) &&
         mos_txn_record (txn, &mos_entity_agent, agent->id, "insert", NULL, NULL, error);
}

gboolean
mos_store_agent_ensure_me (MosTxn *txn,
                           const char *name,
                           MosAgent **ret_agent,
                           GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  g_autoptr (MosAgent) agent = NULL;

  if (agents == NULL)
    return FALSE;
  if (agents->len > 0 && ((MosAgent *) agents->pdata[0])->is_me)
    agent = mos_agent_ref (agents->pdata[0]);
  else
    {
      agent = mos_agent_new ();
      agent->id = mos_id_new (txn->now_us);
      agent->name = g_strdup (name);
      agent->is_me = TRUE;
      if (!mos_store_agent_save (txn, agent, error))
        return FALSE;
    }
  if (ret_agent != NULL)
    *ret_agent = g_steal_pointer (&agent);
  return TRUE;
}
