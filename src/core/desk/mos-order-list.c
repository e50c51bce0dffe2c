/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-order-list.h"

#include "core/desk/mos-list-diff.h"
#include "core/model/mos-entity-cache.h"
#include "core/store/mos-store-orders.h"

/*
 *   store ("changed") ──▶ query on the reader thread ──▶ vector of ids ──diff──▶ items_changed
 *   GtkListView ──get_item (pos)──▶ id ──▶ MosEntityCache ──▶ MosOrderEntry (a shell; orders are read for many of them at once)
 */

/* A shop that is being read writes a page of orders several times a second. */
#define COALESCE_MS 400
/* So many orders are read at once. */
#define PAGE 64

/* --- one of them --- */

struct _MosOrderEntry
{
  GObject parent_instance;

  char *id;        /* (owned) */
  MosOrder *order; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosOrderEntry, mos_order_entry, G_TYPE_OBJECT)

typedef enum
{
  PROP_ENTRY_ID = 1,
  PROP_ENTRY_ORDER,
} MosOrderEntryProperty;

static GParamSpec *entry_props[PROP_ENTRY_ORDER + 1];

static void
mos_order_entry_get_property (GObject *object,
                              guint prop_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  MosOrderEntry *self = MOS_ORDER_ENTRY (object);

  switch ((MosOrderEntryProperty) prop_id)
    {
    case PROP_ENTRY_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_ENTRY_ORDER:
      g_value_set_boxed (value, self->order);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_order_entry_finalize (GObject *object)
{
  MosOrderEntry *self = MOS_ORDER_ENTRY (object);

  g_free (self->id);
  g_clear_pointer (&self->order, mos_order_unref);
  G_OBJECT_CLASS (mos_order_entry_parent_class)->finalize (object);
}

static void
mos_order_entry_class_init (MosOrderEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mos_order_entry_get_property;
  object_class->finalize = mos_order_entry_finalize;
  entry_props[PROP_ENTRY_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  entry_props[PROP_ENTRY_ORDER] = g_param_spec_boxed ("order", NULL, NULL, mos_order_get_type (), G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (entry_props), entry_props);
}

static void
mos_order_entry_init (MosOrderEntry *self)
{
}

static GObject *
make_entry (const char *id)
{
  MosOrderEntry *self = g_object_new (MOS_TYPE_ORDER_ENTRY, NULL);

  self->id = g_strdup (id);
  return G_OBJECT (self);
}

static void
mos_order_entry_set_order (MosOrderEntry *self,
                           MosOrder *order)
{
  g_clear_pointer (&self->order, mos_order_unref);
  self->order = mos_order_ref (order);
  g_object_notify_by_pspec (G_OBJECT (self), entry_props[PROP_ENTRY_ORDER]);
}

const char *
mos_order_entry_get_id (MosOrderEntry *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_ENTRY (self), NULL);

  return self->id;
}

MosOrder *
mos_order_entry_get_order (MosOrderEntry *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_ENTRY (self), NULL);

  return self->order;
}

/* --- the list --- */

struct _MosOrderList
{
  GObject parent_instance;

  MosDesk *desk;             /* (owned) */
  MosOrderFilter *filter;    /* (owned) */
  GPtrArray *ids;            /* (owned): what it shows; the ids are the vector's */
  MosIdVector *vector;       /* (owned) */
  MosEntityCache *entries;   /* (owned) */
  GHashTable *wanted;        /* (owned): ids of entries whose orders are to be read */
  GCancellable *cancellable; /* (owned) (nullable): of the query under way */
  GError *error;             /* (owned) (nullable) */
  guint64 generation;
  guint reload_id;
  guint read_id;
  gboolean is_dirty; /* the store changed while it was asked */
  gboolean is_loading;
  gboolean is_reading; /* a page of orders is being read */
};

static void mos_order_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosOrderList, mos_order_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, mos_order_list_model_init))

typedef enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
} MosOrderListProperty;

static GParamSpec *props[PROP_ERROR + 1];

static void
set_loading (MosOrderList *self,
             gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
take_error (MosOrderList *self,
            GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/* --- orders, for those that somebody looks at --- */

typedef struct
{
  MosOrderList *list; /* (owned) */
  GStrv ids;
  GPtrArray *orders; /* (owned) (nullable) */
} PageRead;

static void
page_read_free (PageRead *page)
{
  g_object_unref (page->list);
  g_strfreev (page->ids);
  g_clear_pointer (&page->orders, g_ptr_array_unref);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageRead, page_read_free)

static void want (MosOrderList *self, const char *id);

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  PageRead *page = data;

  page->orders = mos_store_order_list_some (txn, (const char *const *) page->ids, error);
  return page->orders != NULL;
}

static gboolean read_page_cb (gpointer data);

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (PageRead) page = user_data;
  MosOrderList *self = page->list;
  GError *error = NULL;

  self->is_reading = FALSE;
  if (!mos_store_read_finish (MOS_STORE (source), result, &error))
    {
      take_error (self, error);
      return;
    }
  for (guint i = 0; i < page->orders->len; i++)
    {
      MosOrder *order = page->orders->pdata[i];
      MosOrderEntry *entry = mos_entity_cache_peek (self->entries, order->id);

      if (entry != NULL)
        mos_order_entry_set_order (entry, order);
    }
  if (g_hash_table_size (self->wanted) > 0 && self->read_id == 0 && self->desk != NULL)
    self->read_id = g_idle_add (read_page_cb, self);
}

static gboolean
read_page_cb (gpointer data)
{
  MosOrderList *self = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer id;
  PageRead *page;

  self->read_id = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  for (guint i = 0; i < PAGE && g_hash_table_iter_next (&iter, &id, NULL); i++)
    {
      /* Who is scrolled past is looked at by nobody any more. */
      if (mos_entity_cache_peek (self->entries, id) != NULL)
        g_strv_builder_add (ids, id);
      g_hash_table_iter_remove (&iter);
    }
  page = g_new0 (PageRead, 1);
  page->list = g_object_ref (self);
  page->ids = g_strv_builder_end (ids);
  self->is_reading = TRUE;
  mos_store_read_async (mos_desk_get_store (self->desk), do_read, page, NULL, NULL, on_read_cb, page);
  return G_SOURCE_REMOVE;
}

static void
want (MosOrderList *self,
      const char *id)
{
  g_hash_table_add (self->wanted, g_strdup (id));
  if (self->read_id == 0 && !self->is_reading)
    self->read_id = g_idle_add (read_page_cb, self);
}

static void
want_again_cb (gpointer entry,
               gpointer user_data)
{
  want (user_data, ((MosOrderEntry *) entry)->id);
}

/* --- which there are --- */

typedef struct
{
  MosOrderList *list; /* (owned) */
  MosOrderFilter *filter;
  MosIdVector *vector; /* (owned) (nullable) */
  guint64 generation;
} ListQuery;

static void
list_query_free (ListQuery *query)
{
  g_object_unref (query->list);
  mos_order_filter_unref (query->filter);
  g_clear_pointer (&query->vector, mos_id_vector_unref);
  g_free (query);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ListQuery, list_query_free)

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  ListQuery *query = data;

  query->vector = mos_store_order_list_ids (txn, query->filter, error);
  return query->vector != NULL;
}

static void
emit_changed (guint position,
              guint removed,
              guint added,
              gpointer user_data)
{
  g_list_model_items_changed (user_data, position, removed, added);
}

static gboolean reload_cb (gpointer data);

static void
on_listed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (ListQuery) query = user_data;
  MosOrderList *self = query->list;
  GError *error = NULL;
  gboolean done = mos_store_read_finish (MOS_STORE (source), result, &error);

  if (query->generation != self->generation)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_object (&self->cancellable);
  if (done)
    {
      mos_list_diff_apply_borrowed (self->ids, query->vector->ids, emit_changed, self);
      mos_id_vector_unref (self->vector);
      self->vector = g_steal_pointer (&query->vector);
      mos_entity_cache_foreach (self->entries, want_again_cb, self);
    }
  take_error (self, error);
  set_loading (self, FALSE);
  if (self->is_dirty && self->reload_id == 0)
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

static void
reload (MosOrderList *self)
{
  ListQuery *query = g_new0 (ListQuery, 1);

  self->is_dirty = FALSE;
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  query->list = g_object_ref (self);
  query->filter = mos_order_filter_ref (self->filter);
  query->generation = ++self->generation;
  set_loading (self, TRUE);
  mos_store_read_async (mos_desk_get_store (self->desk), do_list, query, NULL, self->cancellable, on_listed_cb, query);
}

static gboolean
reload_cb (gpointer data)
{
  MosOrderList *self = data;

  self->reload_id = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

/* A query under way is let finish: cancelled at each page of a long sync, it would show nothing until the end. */
static void
on_changed_cb (MosOrderList *self,
               MosChangeSet *changes)
{
  if (!changes->shops_changed && changes->customers->len == 0)
    return;
  /* Who ordered is asked only where one searches; elsewhere what the rows say may differ, and not which they are. */
  if (!changes->shops_changed && (self->filter->text == NULL || *self->filter->text == '\0'))
    {
      mos_entity_cache_foreach (self->entries, want_again_cb, self);
      return;
    }
  if (self->cancellable != NULL)
    self->is_dirty = TRUE;
  else if (self->reload_id == 0)
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

/* --- GListModel --- */

static GType
mos_order_list_get_item_type (GListModel *model)
{
  return MOS_TYPE_ORDER_ENTRY;
}

static guint
mos_order_list_get_n_items (GListModel *model)
{
  return MOS_ORDER_LIST (model)->ids->len;
}

static gpointer
mos_order_list_get_item (GListModel *model,
                         guint position)
{
  MosOrderList *self = MOS_ORDER_LIST (model);
  MosOrderEntry *entry;

  if (position >= self->ids->len)
    return NULL;
  entry = mos_entity_cache_ref (self->entries, self->ids->pdata[position]);
  if (entry->order == NULL)
    want (self, entry->id);
  return entry;
}

static void
mos_order_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mos_order_list_get_item_type;
  iface->get_n_items = mos_order_list_get_n_items;
  iface->get_item = mos_order_list_get_item;
}

/* --- class --- */

static void
mos_order_list_get_property (GObject *object,
                             guint prop_id,
                             GValue *value,
                             GParamSpec *pspec)
{
  MosOrderList *self = MOS_ORDER_LIST (object);

  switch ((MosOrderListProperty) prop_id)
    {
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
mos_order_list_dispose (GObject *object)
{
  MosOrderList *self = MOS_ORDER_LIST (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_handle_id (&self->read_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_order_list_parent_class)->dispose (object);
}

static void
mos_order_list_finalize (GObject *object)
{
  MosOrderList *self = MOS_ORDER_LIST (object);

  mos_order_filter_unref (self->filter);
  g_ptr_array_unref (self->ids);
  mos_id_vector_unref (self->vector);
  mos_entity_cache_free (self->entries);
  g_hash_table_unref (self->wanted);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (mos_order_list_parent_class)->finalize (object);
}

static void
mos_order_list_class_init (MosOrderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mos_order_list_get_property;
  object_class->dispose = mos_order_list_dispose;
  object_class->finalize = mos_order_list_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_order_list_init (MosOrderList *self)
{
  self->filter = mos_order_filter_new ();
  self->ids = g_ptr_array_new ();
  self->vector = mos_id_vector_make ();
  self->entries = mos_entity_cache_new (make_entry);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MosOrderList *
mos_order_list_new (MosDesk *desk)
{
  MosOrderList *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_ORDER_LIST, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

void
mos_order_list_set_filter (MosOrderList *self,
                           MosOrderFilter *filter)
{
  g_return_if_fail (MOS_IS_ORDER_LIST (self));
  g_return_if_fail (filter != NULL);

  mos_order_filter_ref (filter);
  mos_order_filter_unref (self->filter);
  self->filter = filter;
  reload (self);
}

MosOrderFilter *
mos_order_list_get_filter (MosOrderList *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_LIST (self), NULL);

  return self->filter;
}

const char *
mos_order_list_get_id (MosOrderList *self,
                       guint position)
{
  g_return_val_if_fail (MOS_IS_ORDER_LIST (self), NULL);

  return position < self->ids->len ? self->ids->pdata[position] : NULL;
}

gboolean
mos_order_list_get_loading (MosOrderList *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_LIST (self), FALSE);

  return self->is_loading;
}

const GError *
mos_order_list_get_error (MosOrderList *self)
{
  g_return_val_if_fail (MOS_IS_ORDER_LIST (self), NULL);

  return self->error;
}
