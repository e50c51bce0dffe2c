/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-conversation-list-private.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-search.h"
#include "core/store/mos-store-views.h"

/*
 *   store ("changed") ──50 ms──▶ query on the reader thread ──▶ vector of ids and times ──diff──▶ items_changed, sections-changed
 *                                                                   │
 *   GtkListView ──get_item (pos)──▶ id ──▶ MosEntityCache ──▶ MosConversation (a shell, its row follows)
 */

#define MOS_CONVERSATION_LIST_COALESCE_MS 50
/* More than anybody goes through; what is meant is narrowed down by another word. */
#define MOS_CONVERSATION_LIST_MAX_HITS 2000
/* Those are shown at once, while somebody still types; the rest follows, when what is in sight was read. */
#define MOS_CONVERSATION_LIST_FIRST_HITS 100
/* The same of a view where nothing is shown yet: a screen or several, while all of a large view takes longer than all else that a start does. */
#define MOS_CONVERSATION_LIST_FIRST_ROWS 500
#define MOS_CONVERSATION_LIST_REST_MS 250
/* Beyond it all of the view is asked for again. */
#define MOS_CONVERSATION_LIST_MAX_CHANGED 200

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

static void mos_conversation_list_reload (MosConversationList *self);
static void mos_conversation_list_ask (MosConversationList *self, gboolean is_first, gboolean is_rest);

/* --- the query, on the reader thread --- */

typedef struct
{
  MosView *view;
  char *me;
  guint64 generation;
  MosViewLook look;
  MosIdVector *vector;
  MosQuery *search;
  GHashTable *hits;
  guint max_hits;
  guint max_rows;   /* 0 = all */
  gboolean is_rest; /* the same was answered just now, but for what is beyond the first */
  char **changed;   /* (nullable): only these are looked at, and merged into what the list has */
} MosListQuery;

static void
mos_list_query_free (gpointer data)
{
  MosListQuery *query = data;

  mos_view_unref (query->view);
  g_free (query->me);
  g_clear_pointer (&query->vector, mos_id_vector_unref);
  g_clear_pointer (&query->search, mos_query_unref);
  g_clear_pointer (&query->hits, g_hash_table_unref);
  g_strfreev (query->changed);
  g_free (query);
}

static gboolean
mos_list_query_search (MosTxn *txn,
                       MosListQuery *query,
                       GError **error)
{
  g_autoptr (GPtrArray) hits = NULL;

  query->search = mos_query_parse (query->view->argument != NULL ? query->view->argument : "", NULL);
  hits = mos_store_search_query (txn, query->search, query->me, query->max_hits, error);
  if (hits == NULL)
    return FALSE;

  query->vector = mos_id_vector_make ();
  query->hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < hits->len; i++)
    {
      MosSearchHit *hit = g_ptr_array_index (hits, i);

      mos_id_vector_add (query->vector, hit->conversation, 0);
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

  if (query->changed != NULL)
    query->vector = mos_store_view_list_some (txn, query->view, query->me, &query->look, (const char *const *) query->changed, error);
  else
    query->vector = mos_store_view_list_ids (txn, query->view, query->me, &query->look, query->max_rows, error);
  return query->vector != NULL;
}

/* Whether there may be more than what it was asked for first. */
static gboolean
mos_list_query_has_rest (const MosListQuery *query)
{
  if (query->view->kind == MOS_VIEW_SEARCH)
    return query->max_hits == MOS_CONVERSATION_LIST_FIRST_HITS && g_hash_table_size (query->hits) >= query->max_hits;
  return query->max_rows > 0 && query->vector->ids->len >= query->max_rows;
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

static gboolean
mos_conversation_list_rest_cb (gpointer data)
{
  MosConversationList *self = data;

  self->rest_id = 0;
  /* What changed meanwhile is about to be asked for: both are one question, for the later one would end the earlier, and ask for no more than what changed. */
  if (self->reload_id != 0)
    mos_conversation_list_reload (self);
  else
    mos_conversation_list_ask (self, FALSE, TRUE);
  return G_SOURCE_REMOVE;
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
      g_clear_pointer (&self->search, mos_query_unref);
      g_clear_pointer (&self->hits, g_hash_table_unref);
      self->has_rest = mos_list_query_has_rest (query);
      self->search = g_steal_pointer (&query->search);
      self->hits = g_steal_pointer (&query->hits);
      /* Their messages may have changed with the rest. */
      if (!query->is_rest)
        {
          g_hash_table_remove_all (self->snippets);
          g_ptr_array_set_size (self->wanted, 0);
        }
      if (query->changed != NULL)
        mos_conversation_list_merge (self, query->changed, query->vector);
      else
        mos_conversation_list_take_vector (self, query->vector, &query->look);
      mos_conversation_list_take_error (self, NULL);
      /* All of it, whatever changes until then. */
      self->is_whole = self->is_whole || self->has_rest;
      if (self->has_rest && !self->is_dirty)
        {
          self->rest_id = g_timeout_add_full (G_PRIORITY_LOW, MOS_CONVERSATION_LIST_REST_MS, mos_conversation_list_rest_cb, self, NULL);
          return;
        }
    }
  else
    {
      /* What had changed is known no more. */
      self->is_whole = TRUE;
      self->has_rest = FALSE;
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_clear_error (&error);
      mos_conversation_list_take_error (self, error);
    }

  mos_conversation_list_set_loading (self, FALSE);
  if (self->is_dirty)
    mos_conversation_list_reload (self);
}

/* Where few conversations changed, only they are looked at: going through all of a large view at each answer would be felt. */
static char **
mos_conversation_list_steal_changed (MosConversationList *self,
                                     const MosViewLook *look)
{
  gboolean is_whole = self->is_whole || self->view->kind == MOS_VIEW_SEARCH || self->view->kind == MOS_VIEW_SAVED || look->sort == MOS_SORT_PRIORITY ||
                      !mos_view_look_equal (look, &self->look) || g_hash_table_size (self->changed) > MOS_CONVERSATION_LIST_MAX_CHANGED;
  char **changed = NULL;

  if (!is_whole)
    {
      g_autofree gpointer *ids = g_hash_table_get_keys_as_array (self->changed, NULL);

      changed = g_strdupv ((char **) ids);
    }
  g_hash_table_remove_all (self->changed);
  self->is_whole = FALSE;
  return changed;
}

static void
mos_conversation_list_ask (MosConversationList *self,
                           gboolean is_first,
                           gboolean is_rest)
{
  MosListQuery *query;
  GTask *task;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->cancellable = g_cancellable_new ();

  query = g_new0 (MosListQuery, 1);
  query->view = mos_view_ref (self->view);
  query->me = g_strdup (mos_desk_get_me (self->desk));
  query->look = mos_view_look_settle (mos_desk_get_look (self->desk, self->view));
  query->generation = ++self->generation;
  query->max_hits = is_first ? MOS_CONVERSATION_LIST_FIRST_HITS : MOS_CONVERSATION_LIST_MAX_HITS;
  query->max_rows = is_first && self->ids->len == 0 ? MOS_CONVERSATION_LIST_FIRST_ROWS : 0;
  query->is_rest = is_rest;
  query->changed = mos_conversation_list_steal_changed (self, &query->look);

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, mos_conversation_list_reload);
  g_task_set_task_data (task, query, mos_list_query_free);
  mos_conversation_list_set_loading (self, TRUE);
  mos_store_read_async (mos_desk_get_store (self->desk), mos_list_query_run, query, NULL,
                        self->cancellable, mos_conversation_list_query_cb, task);
}

static void
mos_conversation_list_reload (MosConversationList *self)
{
  self->is_dirty = FALSE;
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->view == NULL)
    {
      /* Nor does what was asked for the view before come now. */
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      g_clear_handle_id (&self->rest_id, g_source_remove);
      self->generation++;
      mos_conversation_list_set_loading (self, FALSE);
      return;
    }
  /* What is there already is not taken away to come back. */
  mos_conversation_list_ask (self, self->is_fresh, FALSE);
  self->is_fresh = FALSE;
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

  for (guint i = 0; i < changes->conversations->len; i++)
    g_hash_table_add (self->changed, g_strdup (g_ptr_array_index (changes->conversations, i)));
  if (changes->conversations->len == 0)
    self->is_whole = TRUE;
  /* A query under way is let finish: cancelling it at each commit of a long sync would show nothing until the end. */
  if (self->cancellable != NULL)
    self->is_dirty = TRUE;
  else if (self->reload_id == 0)
    self->reload_id = g_timeout_add (MOS_CONVERSATION_LIST_COALESCE_MS, mos_conversation_list_reload_cb, self);
}

/* Another agent, another query of a saved view, another order. */
static void
mos_conversation_list_views_changed_cb (MosConversationList *self)
{
  self->is_whole = TRUE;
  mos_conversation_list_reload (self);
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
  g_clear_handle_id (&self->rest_id, g_source_remove);
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
  g_clear_pointer (&self->vector, mos_id_vector_unref);
  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_pointer (&self->stale, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->search, mos_query_unref);
  g_clear_pointer (&self->hits, g_hash_table_unref);
  g_clear_pointer (&self->snippets, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_error (&self->error);

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

  g_signal_new ("sections-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  g_signal_new ("stale-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("look-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("snippets-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_conversation_list_init (MosConversationList *self)
{
  self->ids = g_ptr_array_new ();
  self->vector = mos_id_vector_make ();
  self->sections = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_whole = TRUE;
  self->look = mos_view_look_default (MOS_VIEW_SEARCH);
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
  g_signal_connect_object (desk, "views-changed", G_CALLBACK (mos_conversation_list_views_changed_cb), self, G_CONNECT_SWAPPED);
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
  g_hash_table_remove_all (self->held);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VIEW]);
  self->is_whole = TRUE;
  self->is_fresh = TRUE;
  self->has_rest = FALSE;
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

gboolean
mos_conversation_list_has_rest (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), FALSE);

  return self->has_rest;
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

  return id != NULL && g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, &position) ? position : G_MAXUINT;
}

const char *
mos_conversation_list_get_id (MosConversationList *self,
                              guint position)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  return position < self->ids->len ? g_ptr_array_index (self->ids, position) : NULL;
}

GStrv
mos_conversation_list_dup_ids (MosConversationList *self)
{
  GStrv ids;

  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  ids = g_new0 (char *, self->ids->len + 1);
  for (guint i = 0; i < self->ids->len; i++)
    ids[i] = g_strdup (g_ptr_array_index (self->ids, i));
  return ids;
}

const MosViewLook *
mos_conversation_list_get_look (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  return &self->look;
}
