/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-triage"

#include "config.h"

#include "app/triage/mos-triage-run.h"

typedef struct
{
  char *id;
  MosTriageOutcome outcome;
  gint64 batch; /* 0 = cannot be undone */
  guint order;  /* when it was noted; 0 = never */
} Entry;

struct _MosTriageRun
{
  GArray *entries;    /* of Entry */
  GHashTable *places; /* id -> position + 1; ids borrowed of the entries */
  guint position;
  guint order;
};

static void
entry_clear (gpointer entry)
{
  g_free (((Entry *) entry)->id);
}

static Entry *
get_entry (MosTriageRun *self,
           guint i)
{
  return &g_array_index (self->entries, Entry, i);
}

static Entry *
find_entry (MosTriageRun *self,
            const char *id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, id));

  return place > 0 ? get_entry (self, place - 1) : NULL;
}

MosTriageRun *
mos_triage_run_new (const char *const *ids)
{
  MosTriageRun *self = g_new0 (MosTriageRun, 1);

  g_return_val_if_fail (ids != NULL, NULL);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      Entry entry = { g_strdup (ids[i]), MOS_TRIAGE_WAITING, 0, 0 };

      g_array_append_val (self->entries, entry);
      g_hash_table_insert (self->places, entry.id, GUINT_TO_POINTER (self->entries->len));
    }
  return self;
}

void
mos_triage_run_free (MosTriageRun *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->places);
  g_array_unref (self->entries);
  g_free (self);
}

guint
mos_triage_run_get_n (MosTriageRun *self)
{
  return self->entries->len;
}

guint
mos_triage_run_get_position (MosTriageRun *self)
{
  return self->position;
}

const char *
mos_triage_run_get_current (MosTriageRun *self)
{
  return self->position < self->entries->len ? get_entry (self, self->position)->id : NULL;
}

guint
mos_triage_run_count (MosTriageRun *self,
                      MosTriageOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += get_entry (self, i)->outcome == outcome ? 1 : 0;
  return n;
}

gboolean
mos_triage_run_note (MosTriageRun *self,
                     const char *id,
                     MosTriageOutcome outcome,
                     gint64 batch)
{
  Entry *entry = find_entry (self, id);

  if (entry == NULL)
    return FALSE;
  entry->outcome = outcome;
  entry->batch = batch;
  entry->order = ++self->order;
  if (g_strcmp0 (mos_triage_run_get_current (self), id) == 0)
    self->position++;
  return TRUE;
}

void
mos_triage_run_skip (MosTriageRun *self)
{
  if (self->position >= self->entries->len)
    return;
  if (get_entry (self, self->position)->outcome == MOS_TRIAGE_WAITING)
    get_entry (self, self->position)->outcome = MOS_TRIAGE_SKIPPED;
  self->position++;
}

gboolean
mos_triage_run_step_back (MosTriageRun *self)
{
  if (self->position == 0)
    return FALSE;
  self->position--;
  return TRUE;
}

gboolean
mos_triage_run_take_back (MosTriageRun *self,
                          const char *id)
{
  Entry *entry = NULL;

  if (id != NULL)
    entry = find_entry (self, id);
  else
    for (guint i = 0; i < self->entries->len; i++)
      if (get_entry (self, i)->order > (entry != NULL ? entry->order : 0))
        entry = get_entry (self, i);
  if (entry == NULL)
    return FALSE;
  entry->outcome = MOS_TRIAGE_WAITING;
  entry->batch = 0;
  entry->order = 0;
  self->position = (guint) (entry - get_entry (self, 0));
  return TRUE;
}

static int
compare_orders (gconstpointer a,
                gconstpointer b)
{
  const Entry *x = *(Entry *const *) a, *y = *(Entry *const *) b;

  return (x->order < y->order) - (x->order > y->order);
}

GArray *
mos_triage_run_list_batches (MosTriageRun *self,
                             MosTriageOutcome outcome)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GArray *batches = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->outcome == outcome && get_entry (self, i)->batch != 0)
      g_ptr_array_add (entries, get_entry (self, i));
  g_ptr_array_sort (entries, compare_orders);
  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (batches, ((Entry *) g_ptr_array_index (entries, i))->batch);
  return batches;
}

void
mos_triage_run_forget (MosTriageRun *self,
                       MosTriageOutcome outcome)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = get_entry (self, i);

      if (entry->outcome != outcome)
        continue;
      entry->outcome = MOS_TRIAGE_WAITING;
      entry->batch = 0;
      entry->order = 0;
    }
}

GStrv
mos_triage_run_dup_left (MosTriageRun *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->outcome == MOS_TRIAGE_WAITING || get_entry (self, i)->outcome == MOS_TRIAGE_SKIPPED)
      g_strv_builder_add (builder, get_entry (self, i)->id);
  return g_strv_builder_end (builder);
}
