/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-lists.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-list-diff.h"
#include "core/store/mos-store-messages.h"

/* The messages of one conversation are few and shown together, so they are read whole and held. */

struct _MosMessageList
{
  GObject parent_instance;

  MosDesk *desk;             /* (owned) */
  char *conversation;        /* (owned) */
  GPtrArray *ids;            /* (owned) of char *, oldest first */
  GHashTable *objects;       /* (owned) id -> MosMessage */
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the query under way */
  gboolean is_loading;
  gboolean is_dirty;
};

static void mos_message_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosMessageList,
                               mos_message_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, mos_message_list_model_init))

typedef enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
} MosMessageListProperty;

static GParamSpec *props[PROP_ERROR + 1];

static void mos_message_list_reload (MosMessageList *self);

static gboolean
mos_message_list_query (MosTxn *txn,
                        MosDeskCall *call,
                        GError **error)
{
  GPtrArray *rows = mos_store_message_list_of_conversation (txn, call->text, error);

  if (rows == NULL)
    return FALSE;
  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

static void
mos_message_list_emit (guint position,
                       guint removed,
                       guint added,
                       gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, removed, added);
}

static void
mos_message_list_take_rows (MosMessageList *self,
                            GPtrArray *rows)
{
  g_autoptr (GPtrArray) target = g_ptr_array_new_full (rows->len, g_free);
  g_autoptr (GHashTable) old = g_steal_pointer (&self->objects);

  self->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);
      MosMessage *message = mos_desk_ref_message (self->desk, row->id);

      mos_message_set_row (message, row);
      g_ptr_array_add (target, g_strdup (row->id));
      g_hash_table_replace (self->objects, g_strdup (row->id), message);
    }

  /* Rows on their way out are still asked for between two signals, so the old objects stay until all are out. */
  mos_list_diff_apply (self->ids, target, mos_message_list_emit, self);
}

static void
mos_message_list_set_loading (MosMessageList *self,
                              gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
mos_message_list_rows_cb (GObject *source,
                          GAsyncResult *result,
                          gpointer user_data)
{
  g_autoptr (MosMessageList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mos_desk_call_finish (MOS_DESK (source), result, mos_message_list_reload, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (rows != NULL)
    mos_message_list_take_rows (self, rows);
  if (self->error != NULL || error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
    }
  mos_message_list_set_loading (self, FALSE);
  if (self->is_dirty)
    mos_message_list_reload (self);
}

static void
mos_message_list_reload (MosMessageList *self)
{
  MosDeskCall *call = mos_desk_call_new (mos_message_list_query);

  self->is_dirty = FALSE;
  self->cancellable = g_cancellable_new ();
  call->text = g_strdup (self->conversation);
  mos_message_list_set_loading (self, TRUE);
  mos_desk_read (self->desk, call, mos_message_list_reload, self->cancellable, mos_message_list_rows_cb, g_object_ref (self));
}

static void
mos_message_list_changed_cb (MosMessageList *self,
                             MosChangeSet *changes,
                             MosStore *store)
{
  gboolean is_mine = FALSE;

  for (guint i = 0; i < changes->conversations->len && !is_mine; i++)
    is_mine = strcmp (g_ptr_array_index (changes->conversations, i), self->conversation) == 0;
  for (guint i = 0; i < changes->messages->len && !is_mine; i++)
    is_mine = g_hash_table_contains (self->objects, g_ptr_array_index (changes->messages, i));
  if (!is_mine)
    return;

  if (self->cancellable != NULL)
    self->is_dirty = TRUE;
  else
    mos_message_list_reload (self);
}

static GType
mos_message_list_get_item_type (GListModel *model)
{
  return MOS_TYPE_MESSAGE;
}

static guint
mos_message_list_get_n_items (GListModel *model)
{
  return MOS_MESSAGE_LIST (model)->ids->len;
}

static gpointer
mos_message_list_get_item (GListModel *model,
                           guint position)
{
  MosMessageList *self = MOS_MESSAGE_LIST (model);
  const char *id;
  MosMessage *message;

  if (position >= self->ids->len)
    return NULL;

  id = g_ptr_array_index (self->ids, position);
  message = g_hash_table_lookup (self->objects, id);
  return message != NULL ? g_object_ref (message) : mos_desk_ref_message (self->desk, id);
}

static void
mos_message_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mos_message_list_get_item_type;
  iface->get_n_items = mos_message_list_get_n_items;
  iface->get_item = mos_message_list_get_item;
}

static void
mos_message_list_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  MosMessageList *self = MOS_MESSAGE_LIST (object);

  switch ((MosMessageListProperty) prop_id)
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
mos_message_list_dispose (GObject *object)
{
  MosMessageList *self = MOS_MESSAGE_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_message_list_parent_class)->dispose (object);
}

static void
mos_message_list_finalize (GObject *object)
{
  MosMessageList *self = MOS_MESSAGE_LIST (object);

  g_free (self->conversation);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->objects, g_hash_table_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (mos_message_list_parent_class)->finalize (object);
}

static void
mos_message_list_class_init (MosMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mos_message_list_dispose;
  object_class->finalize = mos_message_list_finalize;
  object_class->get_property = mos_message_list_get_property;

  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_message_list_init (MosMessageList *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * mos_message_list_new:
 * @desk: (transfer none): where to read
 * @conversation: id
 *
 * Returns: (transfer full): the list, on its way
 */
MosMessageList *
mos_message_list_new (MosDesk *desk,
                      const char *conversation)
{
  MosMessageList *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  self = g_object_new (MOS_TYPE_MESSAGE_LIST, NULL);
  self->desk = g_object_ref (desk);
  self->conversation = g_strdup (conversation);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (mos_message_list_changed_cb), self, G_CONNECT_SWAPPED);
  mos_message_list_reload (self);
  return self;
}

gboolean
mos_message_list_get_loading (MosMessageList *self)
{
  g_return_val_if_fail (MOS_IS_MESSAGE_LIST (self), FALSE);

  return self->is_loading;
}
