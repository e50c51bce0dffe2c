/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-conversation-list-private.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-search.h"

/* The snippets of the hits that are looked at. */

/* --- on the reader thread --- */

typedef struct
{
  MosQuery *search;
  GPtrArray *wanted; /* of MosSearchHit: conversation and message */
  GPtrArray *found;  /* of MosSearchHit */
  guint64 generation;
} MosListSnippets;

static void
mos_list_snippets_free (gpointer data)
{
  MosListSnippets *call = data;

  mos_query_unref (call->search);
  g_ptr_array_unref (call->wanted);
  g_ptr_array_unref (call->found);
  g_free (call);
}

static gboolean
mos_list_snippets_run (MosTxn *txn,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  MosListSnippets *call = data;

  for (guint i = 0; i < call->wanted->len; i++)
    {
      MosSearchHit *wanted = g_ptr_array_index (call->wanted, i);
      MosSearchHit *hit = mos_search_hit_new ();

      hit->conversation = g_strdup (wanted->conversation);
      hit->message = g_strdup (wanted->message);
      g_ptr_array_add (call->found, hit);
      if (!mos_store_search_snippet (txn, call->search, hit->message, &hit->snippet, &hit->file, error))
        return FALSE;
    }
  return TRUE;
}

/* --- on the main thread --- */

static void
mos_conversation_list_snippets_cb (GObject *source,
                                   GAsyncResult *result,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosConversationList *self = g_task_get_source_object (task);
  MosListSnippets *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = mos_store_read_finish (MOS_STORE (source), result, &error);

  g_task_return_boolean (task, TRUE);
  if (!done || call->generation != self->generation || self->desk == NULL)
    {
      /* The rows show what they always show. */
      if (!done)
        g_debug ("Snippets could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; i < call->found->len; i++)
    {
      MosSearchHit *hit = g_ptr_array_index (call->found, i);

      g_hash_table_replace (self->snippets, g_strdup (hit->conversation), mos_search_hit_ref (hit));
    }
  g_signal_emit_by_name (self, "snippets-changed");
}

static gboolean
mos_conversation_list_load_snippets_cb (gpointer data)
{
  MosConversationList *self = data;
  MosListSnippets *call;
  GTask *task;

  self->snippets_id = 0;
  if (self->search == NULL || self->hits == NULL || self->wanted->len == 0)
    return G_SOURCE_REMOVE;

  call = g_new0 (MosListSnippets, 1);
  call->search = mos_query_ref (self->search);
  call->generation = self->generation;
  call->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_search_hit_unref);
  call->found = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_search_hit_unref);
  for (guint i = 0; i < self->wanted->len; i++)
    {
      const char *id = g_ptr_array_index (self->wanted, i), *message = g_hash_table_lookup (self->hits, id);
      MosSearchHit *hit;

      if (message == NULL)
        continue;
      hit = mos_search_hit_new ();
      hit->conversation = g_strdup (id);
      hit->message = g_strdup (message);
      hit->snippet = g_strdup ("");
      g_ptr_array_add (call->wanted, hit);
    }
  g_ptr_array_set_size (self->wanted, 0);

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, mos_conversation_list_load_snippets_cb);
  g_task_set_task_data (task, call, mos_list_snippets_free);
  mos_store_read_async (mos_desk_get_store (self->desk), mos_list_snippets_run, call, NULL, NULL, mos_conversation_list_snippets_cb, task);
  return G_SOURCE_REMOVE;
}

const char *
mos_conversation_list_get_snippet (MosConversationList *self,
                                   const char *id,
                                   const char **ret_file)
{
  MosSearchHit *hit;

  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  if (ret_file != NULL)
    *ret_file = NULL;
  if (self->hits == NULL || id == NULL || !g_hash_table_contains (self->hits, id))
    return NULL;
  hit = g_hash_table_lookup (self->snippets, id);
  if (hit == NULL)
    {
      if (!g_ptr_array_find_with_equal_func (self->wanted, id, g_str_equal, NULL))
        g_ptr_array_add (self->wanted, g_strdup (id));
      if (self->snippets_id == 0)
        self->snippets_id = g_idle_add (mos_conversation_list_load_snippets_cb, self);
      return NULL;
    }
  if (ret_file != NULL)
    *ret_file = hit->file;
  return hit->snippet;
}
