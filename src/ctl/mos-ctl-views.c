/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-views.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-views.h"

#include <glib/gi18n.h>
#include <string.h>

/* Views that people make, and the agents of the desk. */

/* --- view --- */

typedef struct
{
  const char *name;
  MosSavedView *view; /* (nullable) */
  gboolean is_mine;
  const char *new_name; /* (nullable) */
  const char *query;    /* (nullable) */
  const char *sort;     /* (nullable) */
  const char *grouping; /* (nullable) */
  const char *columns;  /* (nullable) */
  GPtrArray *views;
  GPtrArray *counts; /* of MosViewCount */
} MosCtlView;

static gboolean
do_list_views (MosTxn *txn,
               gpointer data,
               GError **error)
{
  MosCtlView *call = data;
  g_autoptr (MosAgent) me = NULL;

  if (!mos_ctl_find_me (txn, &me, error))
    return FALSE;
  call->views = mos_store_view_list (txn, me != NULL ? me->id : NULL, error);
  call->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_view_count_unref);
  for (guint i = 0; call->views != NULL && i < call->views->len; i++)
    {
      MosViewCount *count = mos_view_count_new ();

      g_ptr_array_add (call->counts, count);
      count->view = mos_view_make (MOS_VIEW_SAVED, ((MosSavedView *) call->views->pdata[i])->id);
      if (!mos_store_view_count (txn, count->view, me != NULL ? me->id : NULL, &count->count, &count->n_new, error))
        return FALSE;
    }
  return call->views != NULL;
}

static void
print_view (MosCtl *self,
            MosSavedView *view,
            MosViewCount *count)
{
  g_autofree char *columns = mos_row_parts_to_text (view->look.parts);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", view->id);
      mos_json_string (builder, "name", view->name);
      mos_json_string (builder, "query", view->query);
      mos_json_string (builder, "sort", mos_view_sort_to_nick (view->look.sort));
      mos_json_string (builder, "grouping", mos_view_grouping_to_nick (view->look.grouping));
      mos_json_string (builder, "columns", columns);
      mos_json_string (builder, "shared", view->agent == NULL ? "yes" : "no");
      mos_json_int (builder, "count", count->count);
      mos_json_int (builder, "new", count->n_new);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%-24s %6u  %s\n", view->name, count->count, view->query);
}

/* The words that say how it looks. */
static gboolean
apply_words (MosCtlView *call,
             MosSavedView *view,
             GError **error)
{
  g_autofree char *unknown = NULL;

  if (call->new_name != NULL)
    g_set_str (&view->name, call->new_name);
  if (call->query != NULL)
    {
      g_autoptr (MosQuery) query = mos_query_parse (call->query, mos_ctl_query_names ());

      g_free (view->query);
      view->query = mos_query_to_text (query);
      if (*view->query == '\0')
        {
          g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("A view needs a query: without words it would hold everything, as the view “all” does"));
          return FALSE;
        }
    }
  if (call->sort != NULL)
    {
      view->look.sort = mos_view_sort_from_nick (call->sort, (MosViewSort) -1);
      if (view->look.sort == (MosViewSort) -1)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The orders are %s"), MOS_CTL_VIEW_SORTS);
          return FALSE;
        }
    }
  if (call->grouping != NULL)
    {
      view->look.grouping = mos_view_grouping_from_nick (call->grouping, (MosViewGrouping) -1);
      if (view->look.grouping == (MosViewGrouping) -1)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The headings are %s"), "none, day, waiting");
          return FALSE;
        }
    }
  if (call->columns != NULL)
    {
      view->look.parts = mos_row_parts_from_text (call->columns, &unknown);
      if (unknown != NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("A row cannot show “%s”; it shows any of %s"), unknown, MOS_CTL_VIEW_COLUMNS);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
do_save_view (MosTxn *txn,
              gpointer data,
              GError **error)
{
  MosCtlView *call = data;
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (MosSavedView) found = NULL;
  g_autoptr (MosSavedView) view = NULL;

  if (!mos_ctl_find_me (txn, &me, error))
    return FALSE;
  if (call->name != NULL)
    {
      if (!mos_views_find (txn, call->name, me != NULL ? me->id : NULL, &found, error))
        return FALSE;
      view = mos_saved_view_copy (found);
    }
  else
    {
      view = mos_saved_view_new ();
      view->look = mos_view_look_default (MOS_VIEW_SAVED);
      view->agent = g_strdup (call->is_mine && me != NULL ? me->id : NULL);
    }
  if (!apply_words (call, view, error))
    return FALSE;
  if (call->new_name != NULL)
    {
      g_autoptr (MosSavedView) other = NULL;

      if (mos_views_find (txn, call->new_name, me != NULL ? me->id : NULL, &other, NULL) && g_strcmp0 (other->id, view->id) != 0)
        {
          /* Translators: %s is the name of a view */
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is a view “%s” already"), other->name);
          return FALSE;
        }
    }
  return mos_views_save (txn, view, NULL, error);
}

static gboolean
do_remove_view (MosTxn *txn,
                gpointer data,
                GError **error)
{
  MosCtlView *call = data;
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (MosSavedView) found = NULL;

  return mos_ctl_find_me (txn, &me, error) &&
         mos_views_find (txn, call->name, me != NULL ? me->id : NULL, &found, error) &&
         mos_store_view_remove (txn, found->id, error);
}

int
mos_ctl_view (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *sort = mos_ctl_take_option (args, "--sort");
  g_autofree char *grouping = mos_ctl_take_option (args, "--grouping");
  g_autofree char *columns = mos_ctl_take_option (args, "--columns");
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  g_autofree char *query = mos_ctl_take_option (args, "--query");
  MosCtlView call = { .sort = sort, .grouping = grouping, .columns = columns, .new_name = name, .query = query };
  GError *error = NULL;
  const char *verb;
  gboolean done = FALSE;

  call.is_mine = mos_ctl_take_flag (args, "--mine");
  if (!mos_ctl_check_args (self, args, 1, 3))
    return MOS_CTL_USAGE;
  verb = g_ptr_array_index (args, 0);
  if (strcmp (verb, "list") == 0 && args->len == 1)
    {
      done = mos_ctl_read (self, do_list_views, &call, &error);
      for (guint i = 0; done && i < call.views->len; i++)
        print_view (self, call.views->pdata[i], call.counts->pdata[i]);
      g_clear_pointer (&call.views, g_ptr_array_unref);
      g_clear_pointer (&call.counts, g_ptr_array_unref);
    }
  else if (strcmp (verb, "add") == 0 && args->len == 3)
    {
      call.new_name = g_ptr_array_index (args, 1);
      call.query = g_ptr_array_index (args, 2);
      done = mos_ctl_write (self, "view-add", do_save_view, &call, &error);
    }
  else if (strcmp (verb, "set") == 0 && args->len == 2)
    {
      call.name = g_ptr_array_index (args, 1);
      done = mos_ctl_write (self, "view-edit", do_save_view, &call, &error);
    }
  else if (strcmp (verb, "remove") == 0 && args->len == 2)
    {
      call.name = g_ptr_array_index (args, 1);
      done = mos_ctl_write (self, "view-remove", do_remove_view, &call, &error);
    }
  else
    return mos_ctl_usage (self, "%s", _ ("Say view list, view add NAME QUERY, view set NAME or view remove NAME"));
  if (done && call.query != NULL)
    mos_ctl_print_hints (self, call.query);
  return done ? MOS_CTL_DONE : mos_ctl_fail (self, error);
}

/* --- agent --- */

typedef struct
{
  const char *name;
  const char *new_name;  /* (nullable) */
  const char *signature; /* (nullable) */
  const char *language;  /* (nullable) */
  GPtrArray *agents;
} MosCtlAgent;

static gboolean
do_list_agents (MosTxn *txn,
                gpointer data,
                GError **error)
{
  MosCtlAgent *call = data;

  call->agents = mos_store_agent_list (txn, error);
  return call->agents != NULL;
}

static gboolean
do_save_agent (MosTxn *txn,
               gpointer data,
               GError **error)
{
  MosCtlAgent *call = data;
  g_autoptr (MosAgent) found = NULL;
  g_autoptr (MosAgent) agent = mos_agent_new ();

  if (call->name != NULL && !mos_agents_find (txn, call->name, &found, error))
    return FALSE;
  if (found != NULL)
    {
      agent->id = g_strdup (found->id);
      agent->is_me = found->is_me;
    }
  agent->name = g_strdup (call->new_name != NULL ? call->new_name : found->name);
  agent->signature = g_strdup (call->signature != NULL ? call->signature : found != NULL ? found->signature
                                                                                         : "");
  agent->language = g_strdup (call->language != NULL ? call->language : found != NULL ? found->language
                                                                                      : NULL);
  if (agent->language != NULL && *agent->language == '\0')
    g_clear_pointer (&agent->language, g_free);
  return mos_agents_save (txn, agent, NULL, error);
}

static gboolean
do_use_agent (MosTxn *txn,
              gpointer data,
              GError **error)
{
  MosCtlAgent *call = data;
  g_autoptr (MosAgent) found = NULL;

  return mos_agents_find (txn, call->name, &found, error) && mos_store_agent_use (txn, found->id, error);
}

static gboolean
do_remove_agent (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlAgent *call = data;
  g_autoptr (MosAgent) found = NULL;

  return mos_agents_find (txn, call->name, &found, error) && mos_store_agent_remove (txn, found->id, error);
}

static void
print_agent (MosCtl *self,
             MosAgent *agent)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", agent->id);
      mos_json_string (builder, "name", agent->name);
      mos_json_string (builder, "here", agent->is_me ? "yes" : "no");
      mos_json_string (builder, "signature", agent->signature);
      mos_json_string (builder, "language", agent->language);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s %s\n", agent->is_me ? "*" : " ", agent->name);
}

int
mos_ctl_agent (MosCtl *self,
               GPtrArray *args)
{
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  g_autofree char *signature = mos_ctl_take_option (args, "--signature");
  g_autofree char *language = mos_ctl_take_option (args, "--language");
  MosCtlAgent call = { .new_name = name, .signature = signature, .language = language };
  GError *error = NULL;
  const char *verb;
  gboolean done = FALSE;

  if (!mos_ctl_check_args (self, args, 1, 2))
    return MOS_CTL_USAGE;
  verb = g_ptr_array_index (args, 0);
  call.name = args->len == 2 ? g_ptr_array_index (args, 1) : NULL;
  if (strcmp (verb, "list") == 0 && args->len == 1)
    {
      done = mos_ctl_read (self, do_list_agents, &call, &error);
      for (guint i = 0; done && i < call.agents->len; i++)
        print_agent (self, call.agents->pdata[i]);
      g_clear_pointer (&call.agents, g_ptr_array_unref);
    }
  else if (strcmp (verb, "add") == 0 && args->len == 2)
    {
      call.new_name = call.name;
      call.name = NULL;
      done = mos_ctl_write (self, NULL, do_save_agent, &call, &error);
    }
  else if (strcmp (verb, "set") == 0 && args->len == 2)
    done = mos_ctl_write (self, "agent-edit", do_save_agent, &call, &error);
  else if (strcmp (verb, "use") == 0 && args->len == 2)
    done = mos_ctl_write (self, NULL, do_use_agent, &call, &error);
  else if (strcmp (verb, "remove") == 0 && args->len == 2)
    done = mos_ctl_write (self, "agent-remove", do_remove_agent, &call, &error);
  else
    return mos_ctl_usage (self, "%s", _ ("Say agent list, or agent add, use, set or remove with a name"));
  return done ? MOS_CTL_DONE : mos_ctl_fail (self, error);
}
