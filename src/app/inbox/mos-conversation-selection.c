/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-selection.h"

struct _MosConversationSelection
{
  GObject parent_instance;

  MosConversationList *list; /* (owned) */
  GtkBitset *selected;       /* (owned): places */
  GHashTable *ids;           /* (owned) set of ids: those of the places, and those that are on their way */
};

static void mos_conversation_selection_list_init (GListModelInterface *iface);
static void mos_conversation_selection_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosConversationSelection,
                               mos_conversation_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, mos_conversation_selection_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, mos_conversation_selection_selection_init))

/* --- GListModel --- */

static GType
mos_conversation_selection_get_item_type (GListModel *model)
{
  return MOS_TYPE_CONVERSATION;
}

static guint
mos_conversation_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (MOS_CONVERSATION_SELECTION (model)->list));
}

static gpointer
mos_conversation_selection_get_item (GListModel *model,
                                     guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MOS_CONVERSATION_SELECTION (model)->list), position);
}

static void
mos_conversation_selection_list_init (GListModelInterface *iface)
{
  iface->get_item_type = mos_conversation_selection_get_item_type;
  iface->get_n_items = mos_conversation_selection_get_n_items;
  iface->get_item = mos_conversation_selection_get_item;
}

/* --- GtkSelectionModel --- */

static gboolean
mos_conversation_selection_is_selected (GtkSelectionModel *model,
                                        guint position)
{
  return gtk_bitset_contains (MOS_CONVERSATION_SELECTION (model)->selected, position);
}

static GtkBitset *
mos_conversation_selection_get_selection_in_range (GtkSelectionModel *model,
                                                   guint position,
                                                   guint n_items)
{
  MosConversationSelection *self = MOS_CONVERSATION_SELECTION (model);
  GtkBitset *range;

  if (position == 0 && n_items >= mos_conversation_selection_get_n_items (G_LIST_MODEL (self)))
    return gtk_bitset_copy (self->selected);
  range = gtk_bitset_new_range (position, n_items);
  gtk_bitset_intersect (range, self->selected);
  return range;
}

static gboolean
mos_conversation_selection_set_selection (GtkSelectionModel *model,
                                          GtkBitset *selected,
                                          GtkBitset *mask)
{
  MosConversationSelection *self = MOS_CONVERSATION_SELECTION (model);
  guint n = mos_conversation_selection_get_n_items (G_LIST_MODEL (model));
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  GtkBitsetIter iter;
  guint position;

  /* Within the mask, what differs from what is wanted. (GTK's "difference" is the symmetric one.) */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (n > 0)
    gtk_bitset_remove_range_closed (changes, n, G_MAXUINT);
  else
    gtk_bitset_remove_all (changes);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, changes, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      const char *id = mos_conversation_list_get_id (self->list, position);

      if (gtk_bitset_contains (self->selected, position))
        g_hash_table_remove (self->ids, id);
      else
        g_hash_table_add (self->ids, g_strdup (id));
    }
  gtk_bitset_difference (self->selected, changes);
  position = gtk_bitset_get_minimum (changes);
  gtk_selection_model_selection_changed (model, position, gtk_bitset_get_maximum (changes) - position + 1);
  return TRUE;
}

static void
mos_conversation_selection_selection_init (GtkSelectionModelInterface *iface)
{
  /* The other vfuncs are made of these by GTK. */
  iface->is_selected = mos_conversation_selection_is_selected;
  iface->get_selection_in_range = mos_conversation_selection_get_selection_in_range;
  iface->set_selection = mos_conversation_selection_set_selection;
}

/* --- following the list --- */

static void
on_items_changed_cb (MosConversationSelection *self,
                     guint position,
                     guint removed,
                     guint added)
{
  gtk_bitset_splice (self->selected, position, removed, added);
  /* Those that are nowhere may be coming back here. */
  if (g_hash_table_size (self->ids) > gtk_bitset_get_size (self->selected))
    for (guint i = position; i < position + added; i++)
      if (g_hash_table_contains (self->ids, mos_conversation_list_get_id (self->list, i)))
        gtk_bitset_add (self->selected, i);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* --- GObject --- */

static void
mos_conversation_selection_finalize (GObject *object)
{
  MosConversationSelection *self = MOS_CONVERSATION_SELECTION (object);

  g_clear_object (&self->list);
  gtk_bitset_unref (self->selected);
  g_hash_table_unref (self->ids);
  G_OBJECT_CLASS (mos_conversation_selection_parent_class)->finalize (object);
}

static void
mos_conversation_selection_class_init (MosConversationSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_conversation_selection_finalize;
}

static void
mos_conversation_selection_init (MosConversationSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mos_conversation_selection_new:
 * @list: (transfer none): what is shown
 *
 * Returns: (transfer full): nothing of it is selected
 */
MosConversationSelection *
mos_conversation_selection_new (MosConversationList *list)
{
  MosConversationSelection *self = g_object_new (MOS_TYPE_CONVERSATION_SELECTION, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

guint
mos_conversation_selection_get_count (MosConversationSelection *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}

GStrv
mos_conversation_selection_dup_ids (MosConversationSelection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (MOS_IS_CONVERSATION_SELECTION (self), NULL);

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    g_strv_builder_add (builder, mos_conversation_list_get_id (self->list, position));
  return g_strv_builder_end (builder);
}

const char *
mos_conversation_selection_get_first (MosConversationSelection *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_SELECTION (self), NULL);

  return gtk_bitset_is_empty (self->selected) ? NULL : mos_conversation_list_get_id (self->list, gtk_bitset_get_minimum (self->selected));
}

void
mos_conversation_selection_prune (MosConversationSelection *self)
{
  g_auto (GStrv) ids = NULL;

  g_return_if_fail (MOS_IS_CONVERSATION_SELECTION (self));

  if (g_hash_table_size (self->ids) == gtk_bitset_get_size (self->selected))
    return;
  ids = mos_conversation_selection_dup_ids (self);
  g_hash_table_remove_all (self->ids);
  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (self->ids, g_strdup (ids[i]));
}
