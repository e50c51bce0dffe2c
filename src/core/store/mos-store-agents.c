/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-agents.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-private.h"

static MosAgent *
mos_agent_read (MosStatement *statement)
{
  MosAgent *agent = mos_agent_new ();

  agent->id = mos_statement_dup_text (statement, 0);
  agent->name = mos_statement_dup_text (statement, 1);
  agent->is_me = mos_statement_get_int (statement, 2) != 0;
  agent->language = mos_statement_dup_text (statement, 3);
  agent->signature = mos_statement_dup_text0 (statement, 4);
  return agent;
}

GPtrArray *
mos_store_agent_list (MosTxn *txn,
                      GError **error)
{
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, name, is_me, language, signature FROM agent WHERE removed_at = 0 ORDER BY is_me DESC, name, id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (agents, mos_agent_read (statement));
  return r == 0 ? g_steal_pointer (&agents) : NULL;
}

gboolean
mos_store_agent_find (MosTxn *txn,
                      const char *id,
                      MosAgent **ret_agent,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, name, is_me, language, signature FROM agent WHERE id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_agent = r > 0 ? mos_agent_read (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_agent_save (MosTxn *txn,
                      MosAgent *agent,
                      GError **error)
{
  const char *signature = agent->signature != NULL ? agent->signature : "";
  gint64 exists = 0;

  if (agent->is_me && !mos_database_exec (txn->database, error, "UPDATE agent SET is_me = 0 WHERE id <> ?", "t", agent->id))
    return FALSE;
  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM agent WHERE id = ?", "t", agent->id))
    return FALSE;
  if (exists != 0)
    return mos_record_set (txn, &mos_entity_agent, agent->id, NULL, error, "name", 't', agent->name, "language", 't', agent->language, "signature", 't', signature, NULL) &&
           (!agent->is_me || mos_store_agent_use (txn, agent->id, error));
  txn->changes->views_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT INTO agent (id, name, is_me, language, signature, used_at) VALUES (?, ?, ?, ?, ?, ?)", "ttdtti", agent->id, agent->name, agent->is_me ? 1 : 0,
                            agent->language, signature, agent->is_me ? txn->now_us : 0) &&
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

gboolean
mos_store_agent_use (MosTxn *txn,
                     const char *id,
                     GError **error)
{
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM agent WHERE id = ? AND removed_at = 0", "t", id))
    return FALSE;
  if (exists == 0)
    return mos_not_found (error, "agent", id);
  txn->changes->views_changed = TRUE;
  txn->changes->counts_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE agent SET is_me = (id = ?1), used_at = CASE WHEN id = ?1 OR is_me = 1 THEN ?2 ELSE used_at END", "ti", id, txn->now_us);
}

gboolean
mos_store_agent_remove (MosTxn *txn,
                        const char *id,
                        GError **error)
{
  gint64 is_me = 0;

  if (!mos_database_get_int (txn->database, &is_me, error, "SELECT is_me FROM agent WHERE id = ?", "t", id))
    return FALSE;
  if (is_me != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Agent %s is the one of this desk", id);
      return FALSE;
    }
  return mos_record_set (txn, &mos_entity_agent, id, NULL, error, "removed_at", 'i', txn->now_us, NULL);
}

/* --- what each has not read --- */

/* Whoever has not sat at this desk for so long has nothing kept for him. */
#define IN_USE_US (30 * G_TIME_SPAN_DAY)

gboolean
mos_store_agent_keep_unread (MosTxn *txn,
                             const char *message,
                             gboolean read,
                             GError **error)
{
  if (!read)
    return mos_database_exec (txn->database, error, "DELETE FROM agent_unread WHERE message = ?", "t", message);
  if (txn->actor.kind != MOS_ACTOR_HUMAN || txn->actor.id == NULL)
    return TRUE;
  return mos_database_exec (txn->database, error,
                            "INSERT OR IGNORE INTO agent_unread (agent, conversation, message) SELECT g.id, m.conversation, m.id FROM message m, agent g"
                            " WHERE m.id = ?1 AND m.direction = 'incoming' AND g.id <> ?2 AND g.removed_at = 0 AND g.used_at > ?3",
                            "tti", message, txn->actor.id, txn->now_us - IN_USE_US);
}

gboolean
mos_store_agent_set_read (MosTxn *txn,
                          const char *conversation,
                          GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  if (txn->actor.id == NULL)
    return TRUE;
  statement = mos_database_query (txn->database, error, "SELECT message FROM agent_unread WHERE agent = ? AND conversation = ?", "tt", txn->actor.id, conversation);
  messages = mos_query_ids (statement, error);
  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    mos_txn_touch_message (txn, messages->pdata[i]);
  if (messages->len == 0)
    return TRUE;
  mos_txn_touch_conversation (txn, conversation);
  return mos_database_exec (txn->database, error, "DELETE FROM agent_unread WHERE agent = ? AND conversation = ?", "tt", txn->actor.id, conversation);
}

gboolean
mos_store_agent_add_mention (MosTxn *txn,
                             const char *message,
                             const char *agent,
                             GError **error)
{
  g_autofree char *conversation = NULL;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", message))
    return FALSE;
  if (conversation == NULL)
    return mos_not_found (error, "message", message);
  mos_txn_touch_conversation (txn, conversation);
  return mos_database_exec (txn->database, error, "INSERT OR IGNORE INTO mention (message, agent) VALUES (?, ?)", "tt", message, agent) &&
         mos_database_exec (txn->database, error, "INSERT OR IGNORE INTO agent_unread (agent, conversation, message) VALUES (?, ?, ?)", "ttt", agent, conversation, message);
}
