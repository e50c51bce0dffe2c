/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-views.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-views.h"

gboolean
mos_views_save (MosTxn *txn,
                MosSavedView *view,
                char **ret_id,
                GError **error)
{
  g_autoptr (MosSavedView) copy = mos_saved_view_copy (view);

  g_strstrip (copy->name);
  if (*copy->name == '\0')
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A view needs a name");
      return FALSE;
    }
  if (copy->id == NULL)
    copy->id = mos_id_new (mos_txn_get_now_us (txn));
  copy->look = mos_view_look_settle (copy->look);
  if (!mos_store_view_save (txn, copy, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_strdup (copy->id);
  return TRUE;
}

gboolean
mos_views_find (MosTxn *txn,
                const char *name,
                const char *agent,
                MosSavedView **ret_view,
                GError **error)
{
  g_autoptr (GPtrArray) views = mos_store_view_list (txn, agent, error);

  if (views == NULL)
    return FALSE;
  for (guint i = 0; i < views->len; i++)
    {
      MosSavedView *view = views->pdata[i];

      if (g_str_equal (view->id, name) || mos_text_same_name (view->name, name))
        {
          *ret_view = mos_saved_view_ref (view);
          return TRUE;
        }
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No view %s", name);
  return FALSE;
}

gboolean
mos_agents_save (MosTxn *txn,
                 MosAgent *agent,
                 char **ret_id,
                 GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  g_autoptr (MosAgent) copy = mos_agent_new ();

  if (agents == NULL)
    return FALSE;
  copy->id = agent->id != NULL ? g_strdup (agent->id) : mos_id_new (mos_txn_get_now_us (txn));
  copy->name = g_strstrip (g_strdup (agent->name));
  copy->language = g_strdup (agent->language);
  copy->signature = g_strdup (agent->signature != NULL ? agent->signature : "");
  copy->is_me = agent->is_me;
  if (*copy->name == '\0')
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "An agent needs a name");
      return FALSE;
    }
  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *other = agents->pdata[i];

      /* A note that names one must not call the other. */
      if (!g_str_equal (other->id, copy->id) && mos_text_same_name (other->name, copy->name))
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Another agent is called “%s”", copy->name);
          return FALSE;
        }
    }
  if (!mos_store_agent_save (txn, copy, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_strdup (copy->id);
  return TRUE;
}

gboolean
mos_agents_find (MosTxn *txn,
                 const char *name,
                 MosAgent **ret_agent,
                 GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);

  if (agents == NULL)
    return FALSE;
  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = agents->pdata[i];

      if (g_str_equal (agent->id, name) || mos_text_same_name (agent->name, name))
        {
          *ret_agent = mos_agent_ref (agent);
          return TRUE;
        }
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No agent %s", name);
  return FALSE;
}
