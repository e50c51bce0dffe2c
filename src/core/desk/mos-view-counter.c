/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-view-counter.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-views.h"

/* More than these are counted afresh: a point query costs some microseconds in each view. */
#define MAX_CHANGED 2000
/* Conversations whose bits lie together. */
#define PAGE 4096

typedef struct
{
  GHashTable *pages; /* (owned): number / PAGE + 1 -> guint64[PAGE / 64] */
  guint count;
} Bits;

typedef struct
{
  MosView *view; /* (owned) */
  Bits in;
  Bits fresh; /* those of them that are new */
} CountedView;

struct _MosViewCounter
{
  GPtrArray *views; /* (owned) (nullable) of CountedView: %NULL until the bits are filled */
  char *agent;
};

static void
bits_clear (Bits *self)
{
  g_clear_pointer (&self->pages, g_hash_table_unref);
  self->count = 0;
}

static void
bits_set (Bits *self,
          gint64 number,
          gboolean value)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) (number / PAGE) + 1);
  guint64 *page, mask = G_GUINT64_CONSTANT (1) << (number % 64);

  if (self->pages == NULL)
    self->pages = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  page = g_hash_table_lookup (self->pages, key);
  if (page == NULL)
    {
      if (!value)
        return;
      page = g_new0 (guint64, PAGE / 64);
      g_hash_table_insert (self->pages, key, page);
    }
  page += number % PAGE / 64;
  if (((*page & mask) != 0) == (value != FALSE))
    return;
  *page ^= mask;
  self->count += value ? 1 : -1;
}

static void
counted_view_free (CountedView *self)
{
  mos_view_unref (self->view);
  bits_clear (&self->in);
  bits_clear (&self->fresh);
  g_free (self);
}

/* Of all that a view holds: told once as held, and once more as new. */
static void
fill_cb (gint64 number,
         gboolean is_in,
         gboolean is_new,
         gpointer user_data)
{
  CountedView *view = user_data;

  bits_set (is_new ? &view->fresh : &view->in, number, TRUE);
}

static void
update_cb (gint64 number,
           gboolean is_in,
           gboolean is_new,
           gpointer user_data)
{
  CountedView *view = user_data;

  bits_set (&view->in, number, is_in);
  bits_set (&view->fresh, number, is_new);
}

static gboolean
fill (MosViewCounter *self,
      MosTxn *txn,
      GError **error)
{
  g_autoptr (GPtrArray) views = mos_store_view_list_countable (txn, self->agent, error);
  g_autoptr (GPtrArray) counted = g_ptr_array_new_with_free_func ((GDestroyNotify) counted_view_free);

  if (views == NULL)
    return FALSE;
  for (guint i = 0; i < views->len; i++)
    {
      CountedView *view = g_new0 (CountedView, 1);

      view->view = mos_view_ref (views->pdata[i]);
      g_ptr_array_add (counted, view);
      if (!mos_store_view_list_members (txn, view->view, self->agent, NULL, fill_cb, view, error))
        return FALSE;
    }
  g_clear_pointer (&self->views, g_ptr_array_unref);
  self->views = g_steal_pointer (&counted);
  return TRUE;
}

static gboolean
is_seen (GPtrArray *seen,
         MosView *view)
{
  return seen != NULL && g_ptr_array_find_with_equal_func (seen, view, (GEqualFunc) mos_view_equal, NULL);
}

static gboolean
apply (MosViewCounter *self,
       MosTxn *txn,
       GArray *numbers,
       GPtrArray *seen,
       GError **error)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CountedView *view = self->views->pdata[i];

      if (numbers->len > 0 && !mos_store_view_list_members (txn, view->view, self->agent, numbers, update_cb, view, error))
        return FALSE;
      if (!is_seen (seen, view->view))
        continue;
      bits_clear (&view->in);
      bits_clear (&view->fresh);
      if (!mos_store_view_list_members (txn, view->view, self->agent, NULL, fill_cb, view, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mos_view_counter_update (MosViewCounter *self,
                         MosTxn *txn,
                         const char *agent,
                         const char *const *changed,
                         GPtrArray *seen,
                         GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_view_count_unref);
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GError) local_error = NULL;

  if (changed == NULL || g_strcmp0 (self->agent, agent) != 0)
    {
      g_clear_pointer (&self->views, g_ptr_array_unref);
      g_set_str (&self->agent, agent);
    }
  /* The start is not the time for it. */
  if (changed == NULL)
    return mos_store_conversation_list_counts (txn, agent, error);

  if (self->views != NULL && g_strv_length ((char **) changed) <= MAX_CHANGED)
    numbers = mos_store_view_find_numbers (txn, changed, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!(numbers != NULL ? apply (self, txn, numbers, seen, error) : fill (self, txn, error)))
    {
      g_clear_pointer (&self->views, g_ptr_array_unref);
      return NULL;
    }

  for (guint i = 0; i < self->views->len; i++)
    {
      CountedView *view = self->views->pdata[i];
      MosViewCount *count = mos_view_count_new ();

      count->view = mos_view_ref (view->view);
      count->count = view->in.count;
      count->n_new = view->fresh.count;
      g_ptr_array_add (counts, count);
    }
  return g_steal_pointer (&counts);
}

MosViewCounter *
mos_view_counter_new (void)
{
  return g_atomic_rc_box_new0 (MosViewCounter);
}

MosViewCounter *
mos_view_counter_ref (MosViewCounter *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
view_counter_clear (gpointer data)
{
  MosViewCounter *self = data;

  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_free (self->agent);
}

void
mos_view_counter_unref (MosViewCounter *self)
{
  g_atomic_rc_box_release_full (self, view_counter_clear);
}
