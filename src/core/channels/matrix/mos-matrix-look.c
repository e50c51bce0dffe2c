/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-look.h"

#include "core/channels/matrix/mos-matrix-parse.h"

#include <string.h>

#define SINCE "since"
#define MEMORY "memory"
/* Events of one page of what was left out; updates of one batch: each is a transaction. */
#define PAGE 250
#define BATCH 250
/* A page may hold nothing for us; more of them in a row than this is a server that leads in circles. */
#define MAX_EMPTY_PAGES 400
/* An invitation whose server does not answer */
#define JOIN_AGAIN_US (60 * G_USEC_PER_SEC)

struct _MosMatrixLook
{
  MosMatrixApi *api;
  char *account;
  char *user;
  gboolean takes_groups;
  gboolean takes_invites;
  gint64 work_since_us;

  char *filter;            /* (nullable) */
  MosMatrixSync *held;     /* (owned) (nullable): an answer before which gaps are filled */
  MosMatrixMemory *memory; /* (owned) (nullable): as it is behind @held */
  guint gap;               /* which of its gaps is being filled */
  char *page;              /* (owned) (nullable): where that goes on */
  guint n_empty;
  GQueue ready;         /* (owned) of MosChatBatch: what is still to be given */
  GPtrArray *joins;     /* (owned) of char *: invitations to accept */
  GHashTable *answered; /* (owned) of char *: rooms of the memory that were joined, or do not let us in */
  gint64 join_us;       /* monotonic: not before this */
};

MosMatrixLook *
mos_matrix_look_new (MosMatrixApi *api,
                     const MosMatrixLookRules *rules)
{
  MosMatrixLook *self = g_new0 (MosMatrixLook, 1);

  self->api = api;
  self->account = g_strdup (rules->account);
  self->user = g_strdup (rules->user);
  self->takes_groups = rules->takes_groups;
  self->takes_invites = rules->takes_invites;
  self->work_since_us = rules->work_since_us;
  self->joins = g_ptr_array_new_with_free_func (g_free);
  self->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->ready);
  return self;
}

static void
drop_held (MosMatrixLook *self)
{
  g_clear_pointer (&self->held, mos_matrix_sync_free);
  g_clear_pointer (&self->memory, mos_matrix_memory_free);
  g_clear_pointer (&self->page, g_free);
  self->gap = 0;
  self->n_empty = 0;
}

void
mos_matrix_look_free (MosMatrixLook *self)
{
  drop_held (self);
  g_queue_clear_full (&self->ready, (GDestroyNotify) mos_chat_batch_unref);
  g_ptr_array_unref (self->joins);
  g_hash_table_unref (self->answered);
  g_free (self->filter);
  g_free (self->user);
  g_free (self->account);
  g_free (self);
}

/* --- batches --- */

static MosChatBatch *
batch_new (MosMatrixLook *self,
           gboolean is_old)
{
  MosChatBatch *batch = mos_chat_batch_new ();

  batch->account = g_strdup (self->account);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->is_old = is_old;
  batch->has_more = TRUE;
  return batch;
}

static gboolean
is_history (MosMatrixLook *self,
            const MosChatUpdate *update)
{
  return update->at_us > 0 && update->at_us < self->work_since_us;
}

static gboolean
is_wanted (MosMatrixLook *self,
           const MosChatUpdate *update,
           MosMatrixMemory *memory)
{
  return self->takes_groups || !mos_matrix_memory_is_group (memory, update->thread);
}

/* What happened in order, the history first: it is taken in otherwise. */
static void
add_batches (MosMatrixLook *self,
             GPtrArray *updates,
             MosMatrixMemory *memory)
{
  for (int is_old = 1; is_old >= 0; is_old--)
    {
      MosChatBatch *batch = NULL;

      for (guint i = 0; i < updates->len; i++)
        {
          MosChatUpdate *update = updates->pdata[i];

          if (is_history (self, update) != is_old || !is_wanted (self, update, memory))
            continue;
          if (batch == NULL || batch->updates->len == BATCH)
            {
              batch = batch_new (self, is_old);
              g_queue_push_tail (&self->ready, batch);
            }
          g_ptr_array_add (batch->updates, mos_chat_update_ref (update));
        }
    }
}

/* The last batch of an answer moves the cursors. */
static void
finish_held (MosMatrixLook *self,
             GHashTable *cursors)
{
  g_autofree char *memory = mos_matrix_memory_to_json (self->memory);
  MosChatBatch *last;

  add_batches (self, self->held->updates, self->memory);
  if (g_queue_is_empty (&self->ready))
    {
      g_queue_push_tail (&self->ready, batch_new (self, FALSE));
      last = g_queue_peek_tail (&self->ready);
      last->has_more = self->joins->len > 0 && self->takes_invites && g_get_monotonic_time () >= self->join_us;
    }
  last = g_queue_peek_tail (&self->ready);
  /* Nothing happened: nothing is written. */
  if (g_strcmp0 (g_hash_table_lookup (cursors, SINCE), self->held->next_batch) != 0 || g_strcmp0 (g_hash_table_lookup (cursors, MEMORY), memory) != 0)
    {
      last->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (last->cursors, g_strdup (SINCE), g_strdup (self->held->next_batch));
      g_hash_table_insert (last->cursors, g_strdup (MEMORY), g_steal_pointer (&memory));
    }
  drop_held (self);
}

/* --- asking --- */

static gboolean
is_not_invited (gpointer room,
                gpointer unused,
                gpointer memory)
{
  return !g_ptr_array_find_with_equal_func (((MosMatrixMemory *) memory)->joins, room, g_str_equal, NULL);
}

static void
note_joins (MosMatrixLook *self)
{
  /* Who is invited anew is let in anew. */
  g_hash_table_foreach_remove (self->answered, is_not_invited, self->memory);
  g_ptr_array_set_size (self->joins, 0);
  for (guint i = 0; i < self->memory->joins->len; i++)
    if (!g_hash_table_contains (self->answered, self->memory->joins->pdata[i]))
      g_ptr_array_add (self->joins, g_strdup (self->memory->joins->pdata[i]));
}

/* The place in /sync is one that the server does not know (any more): it was set up anew, or restored from a copy. */
static gboolean
is_place_unknown (MosMatrixLook *self,
                  const GError *error)
{
  static const char *const codes[] = { "M_UNKNOWN_POS", "M_INVALID_PARAM", "M_UNKNOWN", "M_BAD_JSON", NULL };
  const MosMatrixTrouble *trouble = mos_matrix_api_get_trouble (self->api);

  return g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED) && trouble->status == 400 && g_strv_contains (codes, trouble->errcode);
}

static gboolean
ask_sync (MosMatrixLook *self,
          GHashTable *cursors,
          guint wait_s,
          GCancellable *cancellable,
          GError **error)
{
  const char *since = g_hash_table_lookup (cursors, SINCE);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GError) local = NULL;

  if (self->filter == NULL)
    self->filter = mos_matrix_api_make_filter_sync (self->api, self->user, cancellable, error);
  if (self->filter == NULL)
    return FALSE;
  json = mos_matrix_api_sync_sync (self->api, self->filter, since, since != NULL ? wait_s * 1000 : 0, cancellable, &local);
  if (json == NULL && since != NULL && is_place_unknown (self, local))
    {
      g_message ("The homeserver does not know the place %s: all rooms are read anew", since);
      g_clear_error (&local);
      since = NULL;
      json = mos_matrix_api_sync_sync (self->api, self->filter, NULL, 0, cancellable, &local);
    }
  if (json == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->memory = mos_matrix_memory_new (g_hash_table_lookup (cursors, MEMORY));
  self->held = mos_matrix_parse_sync (json, self->user, since, self->memory, &local);
  if (self->held == NULL)
    {
      drop_held (self);
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local->message);
      return FALSE;
    }
  if (self->held->broken > 0)
    g_debug ("%u events cannot be read", self->held->broken);
  note_joins (self);
  return TRUE;
}

static void
end_gap (MosMatrixLook *self)
{
  g_clear_pointer (&self->page, g_free);
  self->n_empty = 0;
  self->gap++;
}

/* One page of what was left out, in order. */
static gboolean
fill_gap (MosMatrixLook *self,
          GCancellable *cancellable,
          GError **error)
{
  const MosMatrixGap *gap = self->held->gaps->pdata[self->gap];
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autofree char *end = NULL;

  if (!self->takes_groups && mos_matrix_memory_is_group (self->memory, gap->room))
    {
      end_gap (self);
      return TRUE;
    }
  json = mos_matrix_api_read_room_sync (self->api, gap->room, self->page != NULL ? self->page : gap->to, gap->from, TRUE, PAGE, cancellable, &local);
  /* A room that we are not in any more tells no more of itself; about the account this says nothing. */
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
    {
      g_message ("What was left out of %s cannot be read: %s", gap->room, local->message);
      end_gap (self);
      return TRUE;
    }
  if (json == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!mos_matrix_parse_messages (json, self->user, gap->room, TRUE, self->memory, updates, &end, &local))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local->message);
      return FALSE;
    }
  self->n_empty = updates->len > 0 ? 0 : self->n_empty + 1;
  add_batches (self, updates, self->memory);
  if (end == NULL || g_strcmp0 (end, self->page) == 0 || strcmp (end, gap->from) == 0 || self->n_empty > MAX_EMPTY_PAGES)
    end_gap (self);
  else
    {
      g_free (self->page);
      self->page = g_steal_pointer (&end);
    }
  return TRUE;
}

MosChatBatch *
mos_matrix_look_poll_sync (MosMatrixLook *self,
                           GHashTable *cursors,
                           guint wait_s,
                           GCancellable *cancellable,
                           GError **error)
{
  if (g_queue_is_empty (&self->ready) && self->held == NULL && !ask_sync (self, cursors, wait_s, cancellable, error))
    return NULL;
  while (g_queue_is_empty (&self->ready) && self->gap < self->held->gaps->len)
    if (!fill_gap (self, cancellable, error))
      return NULL;
  if (g_queue_is_empty (&self->ready))
    finish_held (self, cursors);
  return g_queue_pop_head (&self->ready);
}

/* --- invitations --- */

gboolean
mos_matrix_look_join_sync (MosMatrixLook *self,
                           GCancellable *cancellable,
                           GError **error)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!self->takes_invites || now_us < self->join_us)
    return TRUE;
  for (guint i = self->joins->len; i > 0; i--)
    {
      const char *room = self->joins->pdata[i - 1];
      g_autoptr (GError) local = NULL;

      if (!mos_matrix_api_join_sync (self->api, room, cancellable, &local))
        {
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          g_debug ("The invitation to %s: %s", room, local->message);
          if (local->domain != MOS_CHAT_ERROR || local->code == MOS_CHAT_ERROR_TEMPORARY || local->code == MOS_CHAT_ERROR_PROTOCOL)
            {
              self->join_us = now_us + JOIN_AGAIN_US;
              continue;
            }
        }
      /* Also where it was taken back, or is for somebody else. */
      g_hash_table_add (self->answered, g_strdup (room));
      g_ptr_array_remove_index (self->joins, i - 1);
    }
  return TRUE;
}
