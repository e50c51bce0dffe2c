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
  GObject **kept;      /* (owned) (array length=n_kept): a ring of those last asked for; NULL where nothing is yet */
  guint n_kept;
  guint next; /* the oldest one's place in it */
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

  mos_entity_cache_keep (self, 0);
  g_hash_table_unref (self->objects);
  g_free (self);
}

void
mos_entity_cache_keep (MosEntityCache *self,
                       guint n)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_kept; i++)
    g_clear_object (&self->kept[i]);
  g_free (self->kept);
  self->kept = n > 0 ? g_new0 (GObject *, n) : NULL;
  self->n_kept = n;
  self->next = 0;
}

/* The same one may stand in the ring twice; but not in a row, where one is asked for again and again. */
static void
keep (MosEntityCache *self,
      GObject *object)
{
  if (self->n_kept == 0 || self->kept[(self->next + self->n_kept - 1) % self->n_kept] == object)
    return;
  g_set_object (&self->kept[self->next], object);
  self->next = (self->next + 1) % self->n_kept;
}

gpointer
mos_entity_cache_ref (MosEntityCache *self,
                      const char *id)
{
  MosEntityEntry *entry;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  entry = g_hash_table_lookup (self->objects, id);
  if (entry != NULL)
    {
      g_autoptr (GObject) object = g_object_ref (entry->object);

      keep (self, object);
      return g_steal_pointer (&object);
    }

  entry = g_new0 (MosEntityEntry, 1);
  entry->cache = self;
  entry->id = g_strdup (id);
  entry->object = self->make (id);
  g_object_weak_ref (entry->object, mos_entity_entry_gone, entry);
  g_hash_table_insert (self->objects, entry->id, entry);
  keep (self, entry->object);
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
