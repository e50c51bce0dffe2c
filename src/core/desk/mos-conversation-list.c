/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-lists.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-list-diff.h"
#include "core/desk/mos-sections.h"
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

struct _MosConversationList
{
  GObject parent_instance;

  MosDesk *desk;             /* (owned) */
  MosView *view;             /* (owned) (nullable) */
  MosIdVector *vector;       /* (owned): holds the memory of ids, and the times of the rows */
  GPtrArray *ids;            /* (owned), its elements are the vector's: what the list shows */
  GArray *sections;          /* (owned) of gint64: of each row, see mos-sections.h */
  GArray *starts;            /* (owned) (nullable) of guint: where each section begins; made when asked for */
  GArray *next_sections;     /* (borrowed) (nullable): while the list is being changed: those of its new state */
  MosQuery *search;          /* (owned) (nullable) what the hits are of */
  GHashTable *hits;          /* (owned) (nullable) id -> message, of a search */
  GHashTable *snippets;      /* (owned) id -> MosSearchHit, as far as they were looked at */
  GPtrArray *wanted;         /* (owned) of char *: ids whose snippets are to be read */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the query under way */
  GHashTable *held;          /* (owned) set of ids: they stay although they no longer match */
  GHashTable *stale;         /* (owned) set of ids: those of them that do not */
  MosViewLook look;          /* of what the list shows */
  gint64 today_us;
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

typedef enum
{
  SIGNAL_SECTIONS_CHANGED,
  SIGNAL_STALE_CHANGED,
  SIGNAL_LOOK_CHANGED,
} MosConversationListSignal;

static guint signals[SIGNAL_LOOK_CHANGED + 1];

static void mos_conversation_list_reload (MosConversationList *self);

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

  query->vector = mos_store_view_list_ids (txn, query->view, query->me, &query->look, error);
  return query->vector != NULL;
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

static gboolean
is_start (GArray *sections,
          guint position)
{
  return position == 0 || g_array_index (sections, gint64, position) != g_array_index (sections, gint64, position - 1);
}

static void
mos_conversation_list_emit_sections (MosConversationList *self,
                                     guint position,
                                     guint n)
{
  if (n > 0)
    g_signal_emit (self, signals[SIGNAL_SECTIONS_CHANGED], 0, position, n);
}

/* One step: the sections follow the ids before anybody is told. */
static void
mos_conversation_list_emit (guint position,
                            guint removed,
                            guint added,
                            gpointer user_data)
{
  MosConversationList *self = user_data;
  guint behind = position + removed, now = position + added, n = 0;
  gboolean was_start = behind < self->sections->len && is_start (self->sections, behind);

  if (removed > 0)
    g_array_remove_range (self->sections, position, removed);
  if (added > 0)
    g_array_insert_vals (self->sections, position, &g_array_index (self->next_sections, gint64, position), added);
  g_clear_pointer (&self->starts, g_array_unref);
  /* Where the row behind the change begins a section now or no longer, GTK takes that from the change alone as long as it covers the
   * whole section; a signal of its own, after the change, would come too late (gtk_list_item_manager_ensure_items() ends the program). */
  if (now < self->sections->len && was_start != is_start (self->sections, now))
    while (now + n < self->sections->len && g_array_index (self->sections, gint64, now + n) == g_array_index (self->sections, gint64, now))
      n++;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed + n, added + n);
}

/* Takes @sections, as many as there are rows, and tells where they differ. */
static void
mos_conversation_list_take_sections (MosConversationList *self,
                                     GArray *sections,
                                     gboolean all)
{
  guint first = 0, last = sections->len;

  g_assert (sections->len == self->sections->len);
  while (!all && first < last && g_array_index (sections, gint64, first) == g_array_index (self->sections, gint64, first))
    first++;
  while (!all && last > first && g_array_index (sections, gint64, last - 1) == g_array_index (self->sections, gint64, last - 1))
    last--;
  if (first == last)
    {
      g_array_unref (sections);
      return;
    }
  /* The row behind the last one that differs may begin a section now, or no longer. */
  last = MIN (last + 1, sections->len);
  g_array_unref (self->sections);
  self->sections = sections;
  g_clear_pointer (&self->starts, g_array_unref);
  mos_conversation_list_emit_sections (self, first, last - first);
}

static GArray *
mos_conversation_list_make_sections (MosConversationList *self,
                                     GArray *keys)
{
  GArray *sections = g_array_sized_new (FALSE, TRUE, sizeof (gint64), keys->len);
  g_auto (MosSectioner) sectioner = { 0 };

  g_array_set_size (sections, keys->len);
  if (self->look.grouping == MOS_GROUPING_NONE)
    return sections;
  mos_sectioner_init (&sectioner, self->look.grouping, mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))), NULL);
  for (guint i = 0; i < keys->len; i++)
    g_array_index (sections, gint64, i) = mos_sectioner_find (&sectioner, g_array_index (keys, gint64, i));
  self->today_us = sectioner.today_us;
  return sections;
}

static gboolean
mos_ids_find (GPtrArray *ids,
              const char *id,
              guint *ret_position)
{
  return id != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, ret_position);
}

/* Held conversations that no longer match stay behind the neighbour they had, and in its section. */
static void
mos_conversation_list_keep_held (MosConversationList *self,
                                 MosIdVector *target)
{
  g_autoptr (GHashTable) missing = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) insert = NULL; /* after which place: (element-type guint GPtrArray) */
  GHashTableIter iter;
  gpointer id;
  guint last_place = G_MAXUINT;

  g_hash_table_remove_all (self->stale);
  if (g_hash_table_size (self->held) == 0)
    return;

  missing = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (missing, id);
  for (guint i = 0; i < target->ids->len && g_hash_table_size (missing) > 0; i++)
    g_hash_table_remove (missing, target->ids->pdata[i]);
  if (g_hash_table_size (missing) == 0)
    return;

  /* Where what it shows now is in the new order; G_MAXUINT for what comes before all of it. */
  places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < target->ids->len; i++)
    g_hash_table_insert (places, target->ids->pdata[i], GUINT_TO_POINTER (i));
  insert = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->ids->len; i++)
    {
      gpointer place;

      if (g_hash_table_lookup_extended (places, self->ids->pdata[i], NULL, &place))
        last_place = GPOINTER_TO_UINT (place);
      else if (g_hash_table_contains (missing, self->ids->pdata[i]))
        {
          GPtrArray *there = g_hash_table_lookup (insert, GUINT_TO_POINTER (last_place));

          if (there == NULL)
            {
              there = g_ptr_array_new ();
              g_hash_table_insert (insert, GUINT_TO_POINTER (last_place), there);
            }
          g_ptr_array_add (there, self->ids->pdata[i]);
          g_hash_table_add (self->stale, g_strdup (self->ids->pdata[i]));
        }
    }
  if (g_hash_table_size (self->stale) == 0)
    return;

  {
    g_autoptr (GPtrArray) ids = g_ptr_array_sized_new (target->ids->len + g_hash_table_size (self->stale));
    g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

    for (guint i = 0; i <= target->ids->len; i++)
      {
        GPtrArray *there = g_hash_table_lookup (insert, GUINT_TO_POINTER (i == 0 ? G_MAXUINT : i - 1));
        guint neighbour = i == 0 ? 0 : i - 1;
        gint64 key = target->keys->len > 0 ? g_array_index (target->keys, gint64, neighbour) : 0;

        for (guint j = 0; there != NULL && j < there->len; j++)
          {
            g_ptr_array_add (ids, g_string_chunk_insert (target->text, there->pdata[j]));
            g_array_append_val (keys, key);
          }
        if (i == target->ids->len)
          break;
        g_ptr_array_add (ids, target->ids->pdata[i]);
        g_array_append_val (keys, g_array_index (target->keys, gint64, i));
      }
    g_ptr_array_unref (target->ids);
    target->ids = g_steal_pointer (&ids);
    g_array_unref (target->keys);
    target->keys = g_steal_pointer (&keys);
  }
}

/* The new state becomes what the list shows, told in the least steps. */
static void
mos_conversation_list_take_vector (MosConversationList *self,
                                   MosIdVector *target,
                                   const MosViewLook *look)
{
  g_autoptr (GHashTable) was_stale = g_steal_pointer (&self->stale);
  GHashTableIter iter;
  GArray *sections;
  gboolean stale_changed;
  gpointer id;

  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mos_conversation_list_keep_held (self, target);
  if (!mos_view_look_equal (look, &self->look))
    {
      self->look = *look;
      g_signal_emit (self, signals[SIGNAL_LOOK_CHANGED], 0);
    }

  sections = mos_conversation_list_make_sections (self, target->keys);
  self->next_sections = sections;
  mos_list_diff_apply_borrowed (self->ids, target->ids, mos_conversation_list_emit, self);
  self->next_sections = NULL;
  mos_id_vector_unref (self->vector);
  self->vector = mos_id_vector_ref (target);
  mos_conversation_list_take_sections (self, sections, FALSE);

  stale_changed = g_hash_table_size (was_stale) != g_hash_table_size (self->stale);
  g_hash_table_iter_init (&iter, self->stale);
  while (!stale_changed && g_hash_table_iter_next (&iter, &id, NULL))
    stale_changed = !g_hash_table_contains (was_stale, id);
  /* Greying is drawn by the row: its place did not change, so the list itself has nothing to say. */
  if (stale_changed)
    g_signal_emit (self, signals[SIGNAL_STALE_CHANGED], 0);
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
      g_clear_pointer (&self->search, mos_query_unref);
      g_clear_pointer (&self->hits, g_hash_table_unref);
      self->search = g_steal_pointer (&query->search);
      self->hits = g_steal_pointer (&query->hits);
      /* Their messages may have changed with the rest. */
      g_hash_table_remove_all (self->snippets);
      g_ptr_array_set_size (self->wanted, 0);
      mos_conversation_list_take_vector (self, query->vector, &query->look);
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
  query->look = mos_view_look_settle (mos_desk_get_look (self->desk, self->view));
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

/* Another agent, another query of a saved view, another order. */
static void
mos_conversation_list_views_changed_cb (MosConversationList *self)
{
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

  signals[SIGNAL_SECTIONS_CHANGED] = g_signal_new ("sections-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_STALE_CHANGED] = g_signal_new ("stale-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOOK_CHANGED] = g_signal_new ("look-changed", MOS_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  snippets_changed = g_signal_new ("snippets-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_conversation_list_init (MosConversationList *self)
{
  self->ids = g_ptr_array_new ();
  self->vector = mos_id_vector_make ();
  self->sections = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

void
mos_conversation_list_hold (MosConversationList *self,
                            const char *id)
{
  const char *ids[] = { id, NULL };

  mos_conversation_list_hold_many (self, ids);
}

void
mos_conversation_list_hold_many (MosConversationList *self,
                                 const char *const *ids)
{
  g_return_if_fail (MOS_IS_CONVERSATION_LIST (self));

  g_hash_table_remove_all (self->held);
  for (; *ids != NULL; ids++)
    g_hash_table_add (self->held, g_strdup (*ids));

  /* What only stayed because it was held goes now; from the end, so that the places before it stay right. */
  for (guint i = self->ids->len; i > 0 && g_hash_table_size (self->stale) > 0; i--)
    {
      const char *id = g_ptr_array_index (self->ids, i - 1);

      if (g_hash_table_contains (self->held, id) || !g_hash_table_remove (self->stale, id))
        continue;
      g_ptr_array_remove_index (self->ids, i - 1);
      g_array_remove_index (self->vector->keys, i - 1);
      g_ptr_array_remove_index (self->vector->ids, i - 1);
      mos_conversation_list_emit (i - 1, 1, 0, self);
    }
}

gboolean
mos_conversation_list_is_stale (MosConversationList *self,
                                const char *id)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), FALSE);

  return g_hash_table_contains (self->stale, id);
}

const MosViewLook *
mos_conversation_list_get_look (MosConversationList *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), NULL);

  return &self->look;
}

static void
mos_conversation_list_ensure_starts (MosConversationList *self)
{
  if (self->starts != NULL)
    return;
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->sections->len; i++)
    if (is_start (self->sections, i))
      g_array_append_val (self->starts, i);
}

gint64
mos_conversation_list_get_section (MosConversationList *self,
                                   guint position,
                                   guint *ret_start,
                                   guint *ret_end)
{
  guint low = 0, high;

  g_return_val_if_fail (MOS_IS_CONVERSATION_LIST (self), 0);

  /* As GtkSectionModel has it: what is beyond the end is one section. */
  if (position >= self->sections->len)
    {
      *ret_start = self->sections->len;
      *ret_end = G_MAXUINT;
      return 0;
    }
  mos_conversation_list_ensure_starts (self);
  high = self->starts->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->starts, guint, middle) <= position)
        low = middle;
      else
        high = middle;
    }
  *ret_start = g_array_index (self->starts, guint, low);
  *ret_end = low + 1 < self->starts->len ? g_array_index (self->starts, guint, low + 1) : self->sections->len;
  return g_array_index (self->sections, gint64, position);
}

void
mos_conversation_list_tick (MosConversationList *self)
{
  gint64 was_today_us = self->today_us;
  GArray *sections;

  g_return_if_fail (MOS_IS_CONVERSATION_LIST (self));

  if (self->look.grouping == MOS_GROUPING_NONE || self->ids->len == 0 || self->vector->keys->len != self->ids->len)
    return;
  sections = mos_conversation_list_make_sections (self, self->vector->keys);
  /* At midnight "Today" is another day, though no row changed its section. */
  mos_conversation_list_take_sections (self, sections, self->today_us != was_today_us);
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
