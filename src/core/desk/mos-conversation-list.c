/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-lists.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-list-diff.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-search.h"

/*
 *   store ("changed") ──50 ms──▶ query on the reader thread ──▶ vector of ids ──diff──▶ items_changed
 *                                                                   │
 *   GtkListView ──get_item (pos)──▶ id ──▶ MosEntityCache ──▶ MosConversation (a shell, its row follows)
 */

#define MOS_CONVERSATION_LIST_COALESCE_MS 50
/* More than anybody goes through; what is meant is narrowed down by another word. */
#define MOS_CONVERSATION_LIST_MAX_HITS 2000

struct _MosConversationList
{
  GObject parent_instance;

  MosDesk *desk;             /* (owned) */
  MosView *view;             /* (owned) (nullable) */
  GPtrArray *ids;            /* (owned) of char *: what the list shows */
  MosQuery *search;          /* (owned) (nullable) what the hits are of */
  GHashTable *hits;          /* (owned) (nullable) id -> message, of a search */
  GHashTable *snippets;      /* (owned) id -> MosSearchHit, as far as they were looked at */
  GPtrArray *wanted;         /* (owned) of char *: ids whose snippets are to be read */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the query under way */
  char *held;                /* (owned) (nullable) */
  gboolean held_is_stale;
  guint64 generation; /* answers of older ones are dropped */
  guint reload_id;
  guint snippets_id;
  gboolean is_loading;
  gboolean is_dirty; /* changed again while a query was under way */
};

static void mos_conversation_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosConversationList,
                               mos_conversation_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, mos_conversation_list_model_init))

typedef enum
{
  PROP_VIEW = 1,
  PROP_LOADING,
  PROP_ERROR,
} MosConversationListProperty;

static GParamSpec *props[PROP_ERROR + 1];
static guint snippets_changed;

static void mos_conversation_list_reload (MosConversationList *self);

/* --- the query, on the reader thread --- */

typedef struct
{
  MosView *view;
  char *me;
  guint64 generation;
  GPtrArray *ids;
  MosQuery *search;
  GHashTable *hits;
} MosListQuery;

static void
mos_list_query_free (gpointer data)
{
  MosListQuery *query = data;

  mos_view_unref (query->view);
  g_free (query->me);
  g_clear_pointer (&query->ids, g_ptr_array_unref);
  g_clear_pointer (&query->search, mos_query_unref);
  g_clear_pointer (&query->hits, g_hash_table_unref);
  g_free (query);
}

static gboolean
mos_list_query_search (MosTxn *txn,
                       MosListQuery *query,
                       GError **error)
{
  g_autoptr (GPtrArray) hits = NULL;

  query->search = mos_query_parse (query->view->argument != NULL ? query->view->argument : "", NULL);
  hits = mos_store_search_query (txn, query->search, query->me, MOS_CONVERSATION_LIST_MAX_HITS, error);
  if (hits == NULL)
    return FALSE;

  query->ids = g_ptr_array_new_full (hits->len, g_free);
  query->hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < hits->len; i++)
    {
      MosSearchHit *hit = g_ptr_array_index (hits, i);

      g_ptr_array_add (query->ids, g_strdup (hit->conversation));
      g_hash_table_replace (query->hits, g_strdup (hit->conversation), g_strdup (hit->message));
    }
  return TRUE;
}

static gboolean
mos_list_query_run (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  MosListQuery *query = data;

  if (query->view->kind == MOS_VIEW_SEARCH)
    return mos_list_query_search (txn, query, error);

  query->ids = mos_store_conversation_list_ids (txn, query->view, query->me, 0, error);
  return query->ids != NULL;
}

/* --- the snippets of what is looked at, on the reader thread --- */

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

/* --- the answer --- */

static void
mos_conversation_list_emit (guint position,
                            guint removed,
                            guint added,
                            gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, removed, added);
}

static gboolean
mos_ids_find (GPtrArray *ids,
              const char *id,
              guint *ret_position)
{
  return id != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, ret_position);
}

/* A held conversation that no longer matches stays behind the neighbour it had. */
static void
mos_conversation_list_keep_held (MosConversationList *self,
                                 GPtrArray *target)
{
  guint at, neighbour;

  self->held_is_stale = FALSE;
  if (self->held == NULL || mos_ids_find (target, self->held, NULL) || !mos_ids_find (self->ids, self->held, &at))
    return;

  self->held_is_stale = TRUE;
  while (at > 0)
    {
      at--;
      if (mos_ids_find (target, g_ptr_array_index (self->ids, at), &neighbour))
        {
          g_ptr_array_insert (target, (int) neighbour + 1, g_strdup (self->held));
          return;
        }
    }
  g_ptr_array_insert (target, 0, g_strdup (self->held));
}

static void
mos_conversation_list_set_loading (MosConversationList *self,
                                   gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
mos_conversation_list_take_error (MosConversationList *self,
                                  GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
mos_conversation_list_query_cb (GObject *source,
                                GAsyncResult *result,
                                gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosConversationList *self = g_task_get_source_object (task);
  MosListQuery *query = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = mos_store_read_finish (MOS_STORE (source), result, &error);

  g_task_return_boolean (task, TRUE);
  if (query->generation != self->generation)
    {
      g_clear_error (&error);
      return;
    }

  g_clear_object (&self->cancellable);
  if (done)
    {
      gboolean was_stale = self->held_is_stale;

      g_clear_pointer (&self->search, mos_query_unref);
      g_clear_pointer (&self->hits, g_hash_table_unref);
      self->search = g_steal_pointer (&query->search);
      self->hits = g_steal_pointer (&query->hits);
      /* Their messages may have changed with the rest. */
      g_hash_table_remove_all (self->snippets);
      g_ptr_array_set_size (self->wanted, 0);
      mos_conversation_list_keep_held (self, query->ids);
      mos_list_diff_apply (self->ids, query->ids, mos_conversation_list_emit, self);
      /* Greying is drawn by the row: tell it, for its place did not change. */
      if (was_stale != self->held_is_stale)
        {
          guint position = mos_conversation_list_find (self, self->held);

          if (position != G_MAXUINT)
            g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
        }
      mos_conversation_list_take_error (self, NULL);
    }
  else
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_clear_error (&error);
      mos_conversation_list_take_error (self, error);
    }

  mos_conversation_list_set_loading (self, FALSE);
  if (self->is_dirty)
    mos_conversation_list_reload (self);
}

static void
mos_conversation_list_reload (MosConversationList *self)
{
  MosListQuery *query;
  GTask *task;

  self->is_dirty = FALSE;
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->view == NULL)
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  query = g_new0 (MosListQuery, 1);
  query->view = mos_view_ref (self->view);
  query->me = g_strdup (mos_desk_get_me (self->desk));
  query->generation = ++self->generation;

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, mos_conversation_list_reload);
  g_task_set_task_data (task, query, mos_list_query_free);
  mos_conversation_list_set_loading (self, TRUE);
  mos_store_read_async (mos_desk_get_store (self->desk), mos_list_query_run, query, NULL,
                        self->cancellable, mos_conversation_list_query_cb, task);
}

static gboolean
mos_conversation_list_reload_cb (gpointer data)
{
  MosConversationList *self = data;

  self->reload_id = 0;
  mos_conversation_list_reload (self);
  return G_SOURCE_REMOVE;
}

static void
mos_conversation_list_changed_cb (MosConversationList *self,
                                  MosChangeSet *changes,
                                  MosStore *store)
{
  if (changes->conversations->len == 0 && changes->messages->len == 0)
    return;

  /* A query under way is let finish: cancelling it at each commit of a long sync would show nothing until the end. */
  if (self->cancellable != NULL)
    self->is_dirty = TRUE;
  else if (self->reload_id == 0)
    self->reload_id = g_timeout_add (MOS_CONVERSATION_LIST_COALESCE_MS, mos_conversation_list_reload_cb, self);
}

/* --- GListModel --- */

static GType
mos_conversation_list_get_item_type (GListModel *model)
{
  return MOS_TYPE_CONVERSATION;
}

static guint
mos_conversation_list_get_n_items (GListModel *model)
{
  return MOS_CONVERSATION_LIST (model)->ids->len;
}

static gpointer
mos_conversation_list_get_item (GListModel *model,
                                guint position)
{
  MosConversationList *self = MOS_CONVERSATION_LIST (model);

  if (position >= self->ids->len)
    return NULL;
  return mos_desk_ref_conversation (self->desk, g_ptr_array_index (self->ids, position));
}

static void
mos_conversation_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mos_conversation_list_get_item_type;
  iface->get_n_items = mos_conversation_list_get_n_items;
  iface->get_item = mos_conversation_list_get_item;
}

/* --- GObject --- */

static void
mos_conversation_list_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationList *self = MOS_CONVERSATION_LIST (object);

  switch ((MosConversationListProperty) prop_id)
    {
    case PROP_VIEW:
      g_value_set_boxed (value, self->view);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_list_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationList *self = MOS_CONVERSATION_LIST (object);

  switch ((MosConversationListProperty) prop_id)
    {
    case PROP_VIEW:
      mos_conversation_list_set_view (self, g_value_get_boxed (value));
      break;
    case PROP_LOADING:
    case PROP_ERROR:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_list_dispose (GObject *object)
{
  MosConversationList *self = MOS_CONVERSATION_LIST (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_handle_id (&self->snippets_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_conversation_list_parent_class)->dispose (object);
}

static void
mos_conversation_list_finalize (GObject *object)
{
  MosConversationList *self = MOS_CONVERSATION_LIST (object);

  g_clear_pointer (&self->view, mos_view_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->search, mos_query_unref);
  g_clear_pointer (&self->hits, g_hash_table_unref);
  g_clear_pointer (&self->snippets, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->held);

  G_OBJECT_CLASS (mos_conversation_list_parent_class)->finalize (object);
}

static void
mos_conversation_list_class_init (MosConversationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mos_conversation_list_dispose;
  object_class->finalize = mos_conversation_list_finalize;
  object_class->get_property = mos_conversation_list_get_property;
  object_class->set_property = mos_conversation_list_set_property;

  props[PROP_VIEW] = g_param_spec_boxed ("view", NULL, NULL, mos_view_get_type (),
                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  snippets_changed = g_signal_new ("snippets-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_conversation_list_init (MosConversationList *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->snippets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mos_search_hit_unref);
  self->wanted = g_ptr_array_new_with_free_func (g_free);
}

/**
 * mos_conversation_list_new:
 * @desk: (transfer none): where to read
 *
 * Returns: (transfer full): an empty list; give it a view
 */
MosConversationList *
mos_conversation_list_new (MosDesk *desk)
{
  MosConversationList *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_CONVERSATION_LIST, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (mos_conversation_list_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * mos_conversation_list_set_view:
 * @view: (transfer none) (nullable): what to show
 *
 * The old rows stay until the new ones are here. What was held is let go.
 */
void
mos_conversation_list_set_view (MosConversationList *self,
                                MosView *view)
{
  g_return_if_fail (MOS_IS_CONVERSATION_LIST (self));

  if (view == self->view || (view != NULL && self->view != NULL && mos_view_equal (view, self->view)))
    return;

  g_clear_pointer (&self->view, mos_view_unref);
  self->view = view != NULL ? mos_view_ref (view) : NULL;
  g_clear_pointer (&self->held, g_free);
  self->held_is_stale = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
  mos_conversation_list_reload (self);
}

MosView *
mos_conversation_list_get_view (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  return self->view;
}

gboolean
mos_conversation_list_get_loading (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), FALSE);

  return self->is_loading;
}

const GError *
mos_conversation_list_get_error (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  return self->error;
}

guint
mos_conversation_list_find (MosConversationList *self,
                            const char *id)
{
  guint position;

  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), G_MAXUINT);

  return mos_ids_find (self->ids, id, &position) ? position : G_MAXUINT;
}

void
mos_conversation_list_hold (MosConversationList *self,
                            const char *id)
{
  g_autofree char *stale = NULL;
  guint position;

  g_return_if_fail (MOS_IS_CONVERSATION_LIST (self));

  if (g_strcmp0 (self->held, id) == 0)
    return;

  if (self->held_is_stale)
    stale = g_steal_pointer (&self->held);
  self->held_is_stale = FALSE;
  g_set_str (&self->held, id);

  if (mos_ids_find (self->ids, stale, &position))
    {
      g_ptr_array_remove_index (self->ids, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
}

gboolean
mos_conversation_list_is_stale (MosConversationList *self,
                                const char *id)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), FALSE);

  return self->held_is_stale && g_strcmp0 (self->held, id) == 0;
}

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
  g_signal_emit (self, snippets_changed, 0);
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
