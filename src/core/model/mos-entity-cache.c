/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-model"

#include "config.h"

#include "core/model/mos-entity-cache.h"

struct _MosEntityCache
{
  MosEntityCacheMake make;
  GHashTable *objects; /* (owned) id -> MosEntityEntry */
};

typedef struct
{
  MosEntityCache *cache; /* (borrowed) */
  char *id;              /* (owned) */
  GObject *object;       /* (borrowed) its weak reference removes the entry */
} MosEntityEntry;

static void
mos_entity_entry_gone (gpointer data,
                       GObject *where_the_object_was)
{
  MosEntityEntry *entry = data;

  entry->object = NULL;
  g_hash_table_remove (entry->cache->objects, entry->id);
}

static void
mos_entity_entry_free (gpointer data)
{
  MosEntityEntry *entry = data;

  if (entry->object != NULL)
    g_object_weak_unref (entry->object, mos_entity_entry_gone, entry);
  g_free (entry->id);
  g_free (entry);
}

MosEntityCache *
mos_entity_cache_new (MosEntityCacheMake make)
{
  MosEntityCache *self = g_new0 (MosEntityCache, 1);

  self->make = make;
  self->objects = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, mos_entity_entry_free);
  return self;
}

void
mos_entity_cache_free (MosEntityCache *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->objects);
  g_free (self);
}

gpointer
mos_entity_cache_ref (MosEntityCache *self,
                      const char *id)
{
  MosEntityEntry *entry;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  entry = g_hash_table_lookup (self->objects, id);
  if (entry != NULL)
    return g_object_ref (entry->object);

  entry = g_new0 (MosEntityEntry, 1);
  entry->cache = self;
  entry->id = g_strdup (id);
  entry->object = self->make (id);
  g_object_weak_ref (entry->object, mos_entity_entry_gone, entry);
  g_hash_table_insert (self->objects, entry->id, entry);
  return entry->object;
}

gpointer
mos_entity_cache_peek (MosEntityCache *self,
                       const char *id)
{
  MosEntityEntry *entry;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  entry = g_hash_table_lookup (self->objects, id);
  return entry != NULL ? entry->object : NULL;
}

void
mos_entity_cache_foreach (MosEntityCache *self,
                          GFunc func,
                          gpointer user_data)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->objects);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    func (((MosEntityEntry *) entry)->object, user_data);
}

guint
mos_entity_cache_get_size (MosEntityCache *self)
{
  return g_hash_table_size (self->objects);
}
