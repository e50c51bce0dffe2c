/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-views.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-file-text.h"
#include "core/store/mos-store-search.h"

#include <glib/gi18n.h>
#include <string.h>
#include <time.h>

/* List and search. */

typedef struct
{
  const char *query;
  guint limit; /* of a search; 0 = all */
  guint shown; /* of them, the rows and snippets that are read; 0 = all */
  guint n_hits;
  const char *view; /* (nullable): its name */
  GPtrArray *rows;
  GHashTable *snippets; /* conversation -> snippet */
  GHashTable *files;    /* conversation -> name of the attachment it is of */
} MosCtlList;

/* What operators and their words are called in this language: the window's own words, and its translations. */
const MosQueryNames *
mos_ctl_query_names (void)
{
  static MosQueryNames *names = NULL;

  if (names != NULL)
    return names;
  names = mos_query_names_new ();
  for (guint op = 0; op < MOS_QUERY_N_OPERATORS; op++)
    {
      const char *const *values = mos_query_operator_list_values ((MosQueryOperator) op);

      mos_query_names_add (names, (MosQueryOperator) op, g_dpgettext2 (NULL, "search operator", mos_query_operator_to_nick ((MosQueryOperator) op)));
      for (guint i = 0; values != NULL && values[i] != NULL; i++)
        mos_query_names_add_value (names, (MosQueryOperator) op, values[i], g_dpgettext2 (NULL, "search word", values[i]));
    }
  return names;
}

gboolean
mos_ctl_find_me (MosTxn *txn,
                 MosAgent **ret_me,
                 GError **error)
{
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  MosAgent *first = agents != NULL && agents->len > 0 ? agents->pdata[0] : NULL;

  *ret_me = first != NULL && first->is_me ? mos_agent_ref (first) : NULL;
  return agents != NULL;
}

gboolean
mos_ctl_find_view (MosTxn *txn,
                   const char *name,
                   MosView **ret_view,
                   char **ret_agent,
                   GError **error)
{
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (MosSavedView) saved = NULL;
  g_autoptr (MosView) view = mos_view_from_key (name);
  const char *agent;

  if (!mos_ctl_find_me (txn, &me, error))
    return FALSE;
  agent = me != NULL ? me->id : NULL;
  if (view != NULL && view->kind < MOS_VIEW_ACCOUNT)
    *ret_view = g_steal_pointer (&view);
  else if (mos_views_find (txn, name, agent, &saved, NULL))
    *ret_view = mos_view_make (MOS_VIEW_SAVED, saved->id);
  else
    {
      /* Translators: what was typed, then the names of the views that are always there */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no view “%s”; there are %s, and those of “view list”"), name, MOS_CTL_VIEWS);
      return FALSE;
    }
  *ret_agent = g_strdup (agent);
  return TRUE;
}

static gboolean
mos_ctl_append_view (MosTxn *txn,
                     const char *name,
                     GPtrArray *ids,
                     GError **error)
{
  g_autoptr (MosView) view = NULL;
  g_autofree char *agent = NULL;
  g_autoptr (GPtrArray) found = mos_ctl_find_view (txn, name, &view, &agent, error) ? mos_store_conversation_list_ids (txn, view, agent, 0, error) : NULL;

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (found, i)));
  return TRUE;
}

static int
mos_ctl_compare_updated (gconstpointer a,
                         gconstpointer b)
{
  const MosConversationRow *first = *(MosConversationRow *const *) a, *second = *(MosConversationRow *const *) b;

  return first->updated_us > second->updated_us ? -1 : first->updated_us < second->updated_us;
}

/* @ret_ids: (out) (nullable): the conversations of the view that was named besides words */
static gboolean
mos_ctl_list_view (MosTxn *txn,
                   MosCtlList *list,
                   GHashTable **ret_ids,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (list->view == NULL)
    return TRUE;
  if (!mos_ctl_append_view (txn, list->view, ids, error))
    return FALSE;
  *ret_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (*ret_ids, g_strdup (g_ptr_array_index (ids, i)));
  return TRUE;
}

static gboolean
mos_ctl_do_list (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  static const MosViewKind all[] = { MOS_VIEW_ALL_OPEN, MOS_VIEW_SNOOZED, MOS_VIEW_CLOSED, MOS_VIEW_QUARANTINE, MOS_VIEW_SPAM };
  MosCtlList *list = data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) within = NULL;

  if (list->query != NULL)
    {
      g_autoptr (MosQuery) query = mos_query_parse (list->query, mos_ctl_query_names ());
      g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
      MosAgent *first = agents != NULL && agents->len > 0 ? g_ptr_array_index (agents, 0) : NULL;
      g_autoptr (GPtrArray) hits = agents != NULL ? mos_store_search_query (txn, query, first != NULL && first->is_me ? first->id : NULL, list->limit, error) : NULL;

      if (hits == NULL || !mos_ctl_list_view (txn, list, &within, error))
        return FALSE;
      list->n_hits = hits->len;
      for (guint i = 0; i < hits->len && (list->shown == 0 || i < list->shown); i++)
        {
          MosSearchHit *hit = g_ptr_array_index (hits, i);
          g_autofree char *snippet = NULL, *file = NULL;

          if (within != NULL && !g_hash_table_contains (within, hit->conversation))
            continue;
          if (!mos_store_search_snippet (txn, query, hit->message, &snippet, &file, error))
            return FALSE;
          g_ptr_array_add (ids, g_strdup (hit->conversation));
          if (snippet != NULL)
            g_hash_table_replace (list->snippets, g_strdup (hit->conversation), g_steal_pointer (&snippet));
          if (file != NULL)
            g_hash_table_replace (list->files, g_strdup (hit->conversation), g_steal_pointer (&file));
        }
    }
  else if (list->view != NULL)
    {
      if (!mos_ctl_append_view (txn, list->view, ids, error))
        return FALSE;
    }
  else
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      if (!mos_ctl_append_view (txn, mos_view_kind_to_nick (all[i]), ids, error))
        return FALSE;

  g_ptr_array_add (ids, NULL);
  list->rows = mos_store_conversation_list (txn, (const char *const *) ids->pdata, error);
  if (list->rows != NULL && list->query == NULL && list->view == NULL)
    g_ptr_array_sort (list->rows, mos_ctl_compare_updated);
  return list->rows != NULL;
}

/* The marks around a hit are for the window; on a terminal the words speak for themselves. */
static char *
mos_ctl_plain_snippet (const char *snippet)
{
  GString *text = g_string_new (NULL);

  for (; *snippet != '\0'; snippet++)
    if (*snippet != 2 && *snippet != 3)
      g_string_append_c (text, *snippet == '\n' ? ' ' : *snippet);
  return g_string_free (text, FALSE);
}

static void
mos_ctl_print_row (MosCtl *self,
                   MosConversationRow *row,
                   const char *snippet,
                   const char *file)
{
  g_autofree char *plain = snippet != NULL ? mos_ctl_plain_snippet (snippet) : NULL;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_int (builder, "number", row->number);
      mos_json_string (builder, "id", row->id);
      mos_json_string (builder, "subject", row->subject);
      mos_json_string (builder, "status", mos_status_to_nick (row->status));
      mos_json_string (builder, "category", row->category);
      mos_json_string (builder, "assignee", row->assignee_name);
      mos_json_strv (builder, "tags", row->tags);
      mos_json_string (builder, "account", row->account_name);
      mos_json_string (builder, "channel", row->channel);
      mos_json_string (builder, "customer", row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : row->customer_address);
      mos_json_time (builder, "updated", row->updated_us);
      mos_json_time (builder, "waiting_since", row->waiting_since_us);
      mos_json_time (builder, "reply_due", row->reply_due_us);
      mos_json_time (builder, "resolve_due", row->resolve_due_us);
      mos_json_string (builder, "target_state", mos_target_state_to_nick (row->target_state));
      mos_json_int (builder, "unread", row->unread);
      if (plain != NULL)
        mos_json_string (builder, "snippet", plain);
      if (file != NULL)
        mos_json_string (builder, "file", file);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }

  mos_ctl_print (self, "#%-6" G_GINT64_FORMAT " %-10s %-24s %s\n", row->number, row->quarantine != NULL ? mos_view_kind_to_nick (MOS_VIEW_QUARANTINE) : mos_status_to_nick (row->status),
                 row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : row->customer_address != NULL ? row->customer_address
                                                                                                                                : "",
                 row->subject);
  if (plain != NULL && *plain != '\0' && file != NULL)
    /* Translators: where words were found: the name of an attached file, then a piece of the text in it */
    mos_ctl_print (self, _ ("        in %s: %s\n"), file, plain);
  else if (plain != NULL && *plain != '\0')
    mos_ctl_print (self, "        %s\n", plain);
}

/* What was meant as an operator and is none is searched for as text; that is said where it does not spoil the answer. */
void
mos_ctl_print_hints (MosCtl *self,
                     const char *text)
{
  g_autoptr (MosQuery) query = mos_query_parse (text, mos_ctl_query_names ());

  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = g_ptr_array_index (query->tokens, i);
      g_autofree char *typed = g_strndup (text + token->start, token->end - token->start);

      if (!g_utf8_validate (text, -1, NULL) || (token->hint != MOS_QUERY_HINT_UNKNOWN_OPERATOR && token->hint != MOS_QUERY_HINT_UNKNOWN_VALUE))
        continue;
      if (token->suggestion != NULL)
        /* Translators: what was typed ("form:ana"), then the word that was probably meant ("from") */
        g_string_append_printf (self->errors, _ ("“%s” is no operator here and was searched for as text; did you mean “%s”?\n"), typed, token->suggestion);
      else
        /* Translators: what was typed, e.g. "colour:red" */
        g_string_append_printf (self->errors, _ ("“%s” is no operator here and was searched for as text\n"), typed);
    }
}

static int
mos_ctl_print_list (MosCtl *self,
                    MosCtlList *list)
{
  GError *error = NULL;

  list->snippets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  list->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (mos_ctl_read (self, mos_ctl_do_list, list, &error))
    for (guint i = 0; i < list->rows->len; i++)
      {
        MosConversationRow *row = g_ptr_array_index (list->rows, i);

        mos_ctl_print_row (self, row, g_hash_table_lookup (list->snippets, row->id), g_hash_table_lookup (list->files, row->id));
      }
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_hash_table_unref (list->snippets);
  g_hash_table_unref (list->files);
  if (error == NULL && list->query != NULL)
    mos_ctl_print_hints (self, list->query);
  return error != NULL ? mos_ctl_fail (self, error) : MOS_CTL_DONE;
}

static char *
mos_ctl_join (GPtrArray *args)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < args->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (args, i));
  return g_string_free (text, FALSE);
}

int
mos_ctl_list (MosCtl *self,
              GPtrArray *args)
{
  g_autofree char *view = mos_ctl_take_option (args, "--view");
  g_autofree char *query = NULL;
  MosCtlList list = { 0 };

  if (!mos_ctl_check_args (self, args, 0, 1000))
    return MOS_CTL_USAGE;
  list.view = view;
  query = mos_ctl_join (args);
  list.query = args->len > 0 ? query : NULL;
  return mos_ctl_print_list (self, &list);
}

/* Of this process: on a machine that has other work the only one of the two that says something. */
static gint64
cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* What a window has room for. */
#define REPEAT_SHOWN 50

/* For the benchmarks, not in the help: the same search so many times in one process, and how long each took. As in the window, all that is found is
 * listed, and what is in sight is read. */
static int
mos_ctl_repeat_search (MosCtl *self,
                       MosCtlList *list,
                       guint64 times)
{
  GError *error = NULL;

  list->shown = REPEAT_SHOWN;
  list->snippets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  list->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint64 i = 0; i < times && error == NULL; i++)
    {
      gint64 begin_us = g_get_monotonic_time (), begin_cpu_us = cpu_us ();
      gboolean ok = mos_ctl_read (self, mos_ctl_do_list, list, &error);
      gint64 taken_us = g_get_monotonic_time () - begin_us, taken_cpu_us = cpu_us () - begin_cpu_us;

      if (ok)
        mos_ctl_print (self, "{\"ms\":%" G_GINT64_FORMAT ".%03d,\"cpu_ms\":%" G_GINT64_FORMAT ".%03d,\"conversations\":%u}\n", taken_us / 1000, (int) (taken_us % 1000),
                       taken_cpu_us / 1000, (int) (taken_cpu_us % 1000), list->n_hits);
      g_clear_pointer (&list->rows, g_ptr_array_unref);
    }
  g_hash_table_unref (list->snippets);
  g_hash_table_unref (list->files);
  return error != NULL ? mos_ctl_fail (self, error) : MOS_CTL_DONE;
}

typedef struct
{
  guint waiting;
  guint total;
} MosCtlReading;

static gboolean
mos_ctl_do_count_files (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  MosCtlReading *reading = data;

  return mos_store_file_text_count (txn, &reading->waiting, &reading->total, error);
}

/* What is in attachments that were not read yet is not found: whoever searches is told. */
static void
mos_ctl_tell_unread (MosCtl *self)
{
  MosCtlReading reading = { 0 };

  if (mos_ctl_read (self, mos_ctl_do_count_files, &reading, NULL) && reading.waiting > 0)
    {
      /* Translators: both are numbers of files */
      g_string_append_printf (self->errors, _ ("Attachments read so far: %u of %u; what is in the others is not found yet (“watch” and the window read them)."), reading.total - reading.waiting, reading.total);
      g_string_append_c (self->errors, '\n');
    }
}

int
mos_ctl_search (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *limit = mos_ctl_take_option (args, "--limit");
  g_autofree char *repeat = mos_ctl_take_option (args, "--repeat");
  g_autofree char *query = NULL;
  guint64 most = 0, times = 0;
  MosCtlList list = { 0 };

  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  if ((limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, G_MAXUINT, &most, NULL)) || (repeat != NULL && !g_ascii_string_to_unsigned (repeat, 10, 1, 100000, &times, NULL)))
    /* Translators: %s is what was typed in place of a number */
    return mos_ctl_usage (self, _ ("“%s” is no number of that kind"), limit != NULL && most == 0 ? limit : repeat);
  query = mos_ctl_join (args);
  list.query = query;
  list.limit = (guint) most;
  mos_ctl_tell_unread (self);
  return times > 0 ? mos_ctl_repeat_search (self, &list, times) : mos_ctl_print_list (self, &list);
}
