/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-conversation-list-private.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-list-diff.h"
#include "core/desk/mos-sections.h"

/* What the list shows: from one answer to the next, its sections, and the rows that are held. */

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
    g_signal_emit_by_name (self, "sections-changed", position, n);
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

/* Whether a row is in the section of the one before it. */
static gboolean
is_together (GArray *sections,
             guint row)
{
  return g_array_index (sections, gint64, row) == g_array_index (sections, gint64, row - 1);
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
  /* Sections as a whole, as they were and as they are: a row that joins the one before it, which is said to be as it was, ends the program in GTK. */
  while (first > 0 && (is_together (self->sections, first) || is_together (sections, first)))
    first--;
  while (last < sections->len && (is_together (self->sections, last) || is_together (sections, last)))
    last++;
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
            g_ptr_array_add (ids, mos_id_vector_own (target, there->pdata[j]));
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
void
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
      g_signal_emit_by_name (self, "look-changed");
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
    g_signal_emit_by_name (self, "stale-changed");
}

void
mos_conversation_list_merge (MosConversationList *self,
                             char **changed,
                             MosIdVector *found)
{
  g_autoptr (GHashTable) without = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MosIdVector) target = NULL;
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; changed[i] != NULL; i++)
    g_hash_table_add (without, changed[i]);
  /* What is only held matches nothing: mos_conversation_list_keep_held() finds its place again. */
  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (without, id);
  target = mos_id_vector_merge (self->vector, self->look.sort, without, found);
  mos_conversation_list_take_vector (self, target, &self->look);
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
