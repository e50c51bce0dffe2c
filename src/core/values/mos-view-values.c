/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-view-values.h"

#include <string.h>

static const char *const view_sort_nicks[] = {
  [MOS_SORT_UPDATED] = "updated",
  [MOS_SORT_UPDATED_OLDEST] = "updated_oldest",
  [MOS_SORT_CREATED] = "created",
  [MOS_SORT_CREATED_OLDEST] = "created_oldest",
  [MOS_SORT_WAITING] = "waiting",
  [MOS_SORT_SNOOZED] = "snoozed",
  [MOS_SORT_PRIORITY] = "priority",
  [MOS_SORT_DUE] = "due",
  [MOS_SORT_WINDOW] = "window",
};
MOS_DEFINE_NICKS (MosViewSort, view_sort)

static const char *const view_grouping_nicks[] = {
  [MOS_GROUPING_NONE] = "none",
  [MOS_GROUPING_DAY] = "day",
  [MOS_GROUPING_WAITING] = "waiting",
};
MOS_DEFINE_NICKS (MosViewGrouping, view_grouping)

/* In the order of the bits. */
static const char *const part_nicks[] = { "avatar", "snippet", "tags", "waiting", "assignee", "account", "number", "language" };

G_STATIC_ASSERT ((1 << G_N_ELEMENTS (part_nicks)) - 1 == MOS_ROW_PARTS_ALL);

char *
mos_row_parts_to_text (guint parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (part_nicks); i++)
    if ((parts & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part_nicks[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

guint
mos_row_parts_from_text (const char *text,
                         char **ret_unknown)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,", -1);
  guint parts = 0;

  if (ret_unknown != NULL)
    *ret_unknown = NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean found = *words[i] == '\0';

      for (guint j = 0; j < G_N_ELEMENTS (part_nicks) && !found; j++)
        if (strcmp (words[i], part_nicks[j]) == 0)
          {
            parts |= 1u << j;
            found = TRUE;
          }
      if (!found && ret_unknown != NULL && *ret_unknown == NULL)
        *ret_unknown = g_strdup (words[i]);
    }
  return parts;
}

MosViewLook
mos_view_look_default (MosViewKind kind)
{
  MosViewLook look = { MOS_SORT_UPDATED, MOS_GROUPING_DAY, MOS_ROW_PARTS_DEFAULT };

  if (kind == MOS_VIEW_WAITING)
    {
      look.sort = MOS_SORT_WAITING;
      look.grouping = MOS_GROUPING_WAITING;
    }
  else if (kind == MOS_VIEW_BREACHING)
    {
      look.sort = MOS_SORT_DUE;
      look.grouping = MOS_GROUPING_NONE;
    }
  else if (kind == MOS_VIEW_SNOOZED)
    look.sort = MOS_SORT_SNOOZED;
  else if (kind == MOS_VIEW_SEARCH)
    look.grouping = MOS_GROUPING_NONE;
  return look;
}

MosViewLook
mos_view_look_settle (MosViewLook look)
{
  if ((look.grouping == MOS_GROUPING_DAY && (look.sort == MOS_SORT_WAITING || look.sort == MOS_SORT_PRIORITY || look.sort == MOS_SORT_DUE || look.sort == MOS_SORT_WINDOW)) ||
      (look.grouping == MOS_GROUPING_WAITING && look.sort != MOS_SORT_WAITING))
    look.grouping = MOS_GROUPING_NONE;
  return look;
}

gboolean
mos_view_look_equal (const MosViewLook *a,
                     const MosViewLook *b)
{
  return a->sort == b->sort && a->grouping == b->grouping && a->parts == b->parts;
}

static void
mos_saved_view_clear (MosSavedView *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->query);
  g_free (self->agent);
}

MOS_DEFINE_VALUE (MosSavedView, saved_view)

/** Returns: (transfer full): one that may still be filled */
MosSavedView *
mos_saved_view_copy (const MosSavedView *self)
{
  MosSavedView *copy = mos_saved_view_new ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->query = g_strdup (self->query);
  copy->agent = g_strdup (self->agent);
  copy->look = self->look;
  copy->position = self->position;
  return copy;
}

char *
mos_view_get_key (const MosView *view)
{
  const char *nick = mos_view_kind_to_nick (view->kind);

  return view->argument != NULL ? g_strconcat (nick, ":", view->argument, NULL) : g_strdup (nick);
}

MosView *
mos_view_from_key (const char *key)
{
  const char *colon = strchr (key, ':');
  g_autofree char *nick = colon != NULL ? g_strndup (key, colon - key) : g_strdup (key);
  /* What is no view's name gives one kind with one default and another with the other. */
  MosViewKind kind = mos_view_kind_from_nick (nick, MOS_VIEW_MINE);
  gboolean takes_argument = kind == MOS_VIEW_ACCOUNT || kind == MOS_VIEW_CUSTOMER || kind == MOS_VIEW_SAVED || kind == MOS_VIEW_SEARCH;

  if (kind != mos_view_kind_from_nick (nick, MOS_VIEW_SEARCH) || takes_argument != (colon != NULL))
    return NULL;
  return mos_view_make (kind, colon != NULL ? colon + 1 : NULL);
}

static int
compare_keys (gint64 a,
              gint64 b)
{
  return (a > b) - (a < b);
}

int
mos_view_sort_compare (MosViewSort sort,
                       gint64 key_a,
                       const char *id_a,
                       gint64 key_b,
                       const char *id_b)
{
  int by_key = compare_keys (key_a, key_b), by_id = strcmp (id_a, id_b);

  switch (sort)
    {
    case MOS_SORT_UPDATED:
    case MOS_SORT_CREATED:
      return by_key != 0 ? -by_key : by_id;
    case MOS_SORT_UPDATED_OLDEST:
    case MOS_SORT_CREATED_OLDEST:
      return by_key != 0 ? by_key : -by_id;
    case MOS_SORT_WAITING:
    case MOS_SORT_SNOOZED:
    case MOS_SORT_DUE:
    case MOS_SORT_WINDOW:
      /* Those that do not wait come last. */
      if ((key_a == 0) != (key_b == 0))
        return key_a == 0 ? 1 : -1;
      return by_key != 0 ? by_key : by_id;
    case MOS_SORT_PRIORITY:
    default:
      return by_id;
    }
}

struct _MosIdText
{
  GStringChunk *chunk;
};

static void
mos_id_text_clear (gpointer data)
{
  g_string_chunk_free (((MosIdText *) data)->chunk);
}

static void
mos_id_text_unref (MosIdText *self)
{
  g_atomic_rc_box_release_full (self, mos_id_text_clear);
}

static void
mos_id_vector_clear (MosIdVector *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->text, mos_id_text_unref);
}

MOS_DEFINE_VALUE (MosIdVector, id_vector)

MosIdVector *
mos_id_vector_make (void)
{
  MosIdVector *self = mos_id_vector_new ();

  self->ids = g_ptr_array_new ();
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->text = g_atomic_rc_box_new0 (MosIdText);
  self->text->chunk = g_string_chunk_new (64 * 1024);
  return self;
}

char *
mos_id_vector_own (MosIdVector *self,
                   const char *id)
{
  return g_string_chunk_insert (self->text->chunk, id);
}

void
mos_id_vector_add (MosIdVector *self,
                   const char *id,
                   gint64 key_us)
{
  g_ptr_array_add (self->ids, mos_id_vector_own (self, id));
  g_array_append_val (self->keys, key_us);
}

MosIdVector *
mos_id_vector_merge (MosIdVector *self,
                     MosViewSort sort,
                     GHashTable *without,
                     MosIdVector *with)
{
  MosIdVector *merged = mos_id_vector_new ();
  guint n = self->ids->len, next = 0;

  merged->text = g_atomic_rc_box_acquire (self->text);
  merged->ids = g_ptr_array_sized_new (n + with->ids->len);
  merged->keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n + with->ids->len);
  for (guint i = 0; i <= n; i++)
    {
      char *id = i < n ? self->ids->pdata[i] : NULL;
      gint64 key = i < n ? g_array_index (self->keys, gint64, i) : 0;

      if (id != NULL && g_hash_table_contains (without, id))
        continue;
      while (next < with->ids->len && (id == NULL || mos_view_sort_compare (sort, g_array_index (with->keys, gint64, next), with->ids->pdata[next], key, id) < 0))
        {
          mos_id_vector_add (merged, with->ids->pdata[next], g_array_index (with->keys, gint64, next));
          next++;
        }
      if (id == NULL)
        break;
      g_ptr_array_add (merged->ids, id);
      g_array_append_val (merged->keys, key);
    }
  return merged;
}
