/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-memory.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-json.h"

#include <string.h>

/* Who invites us a thousand times is not kept in mind a thousand times. */
#define MAX_JOINS 200
#define MAX_ROOMS 1000
/* Longer ago than this many reactions nobody takes one back; a cursor is written with every batch. */
#define MAX_REACTIONS 100

MosMatrixGap *
mos_matrix_gap_new (const char *room,
                    const char *from,
                    const char *to,
                    guint position)
{
  MosMatrixGap *self = g_new0 (MosMatrixGap, 1);

  self->room = g_strdup (room);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->position = position;
  return self;
}

void
mos_matrix_gap_free (MosMatrixGap *self)
{
  g_free (self->room);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/* Once, however often it is said; of too many the oldest is let go of. */
static void
add_room (GPtrArray *rooms,
          const char *room)
{
  if (g_ptr_array_find_with_equal_func (rooms, room, g_str_equal, NULL))
    return;
  if (rooms->len == MAX_ROOMS)
    g_ptr_array_remove_index (rooms, 0);
  g_ptr_array_add (rooms, g_strdup (room));
}

static void
remove_room (GPtrArray *rooms,
             const char *room)
{
  guint at;

  if (g_ptr_array_find_with_equal_func (rooms, room, g_str_equal, &at))
    g_ptr_array_remove_index (rooms, at);
}

static void
read_rooms (GPtrArray *rooms,
            JsonObject *root,
            const char *name)
{
  JsonArray *array = mos_json_read_array (root, name);

  for (guint i = 0; i < mos_json_read_length (array) && i < MAX_ROOMS; i++)
    {
      g_autofree char *room = mos_json_read_dup_line (mos_json_read_element (array, i), "room");

      if (room != NULL)
        add_room (rooms, room);
    }
}

static void
read_all (MosMatrixMemory *self,
          JsonObject *root)
{
  JsonArray *reactions = mos_json_read_array (root, "reactions");

  read_rooms (self->joins, root, "joins");
  read_rooms (self->groups, root, "groups");
  read_rooms (self->direct, root, "direct");
  for (guint i = 0; i < mos_json_read_length (reactions); i++)
    {
      JsonObject *one = mos_json_read_element (reactions, i);
      g_autofree char *id = mos_json_read_dup_line (one, "id");
      g_autofree char *room = mos_json_read_dup_line (one, "room");
      g_autofree char *message = mos_json_read_dup_line (one, "message");
      g_autofree char *sign = mos_json_read_dup_line (one, "sign");

      if (id != NULL && room != NULL && message != NULL && sign != NULL)
        mos_matrix_memory_add_reaction (self, id, room, message, sign);
    }
}

MosMatrixMemory *
mos_matrix_memory_new (const char *json)
{
  MosMatrixMemory *self = g_new0 (MosMatrixMemory, 1);
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

  self->joins = g_ptr_array_new_with_free_func (g_free);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->direct = g_ptr_array_new_with_free_func (g_free);
  self->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_all (self, json_node_get_object (node));
  return self;
}

void
mos_matrix_memory_free (MosMatrixMemory *self)
{
  g_ptr_array_unref (self->joins);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->direct);
  g_ptr_array_unref (self->reactions);
  g_free (self);
}

static void
begin_list (JsonBuilder *builder,
            const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
write_rooms (JsonBuilder *builder,
             const char *name,
             GPtrArray *rooms)
{
  begin_list (builder, name);
  for (guint i = 0; i < rooms->len; i++)
    {
      json_builder_begin_object (builder);
      mos_json_string (builder, "room", rooms->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
mos_matrix_memory_to_json (const MosMatrixMemory *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  write_rooms (builder, "joins", self->joins);
  write_rooms (builder, "groups", self->groups);
  write_rooms (builder, "direct", self->direct);
  begin_list (builder, "reactions");
  for (guint i = 0; i < self->reactions->len; i++)
    {
      char **one = self->reactions->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", one[0]);
      mos_json_string (builder, "room", one[1]);
      mos_json_string (builder, "message", one[2]);
      mos_json_string (builder, "sign", one[3]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

void
mos_matrix_memory_add_join (MosMatrixMemory *self,
                            const char *room)
{
  if (self->joins->len < MAX_JOINS && !g_ptr_array_find_with_equal_func (self->joins, room, g_str_equal, NULL))
    g_ptr_array_add (self->joins, g_strdup (room));
}

void
mos_matrix_memory_remove_join (MosMatrixMemory *self,
                               const char *room)
{
  remove_room (self->joins, room);
}

void
mos_matrix_memory_set_group (MosMatrixMemory *self,
                             const char *room,
                             gboolean is_group)
{
  if (is_group)
    add_room (self->groups, room);
  else
    remove_room (self->groups, room);
}

void
mos_matrix_memory_add_direct (MosMatrixMemory *self,
                              const char *room)
{
  add_room (self->direct, room);
}

gboolean
mos_matrix_memory_is_group (MosMatrixMemory *self,
                            const char *room)
{
  return g_ptr_array_find_with_equal_func (self->groups, room, g_str_equal, NULL) && !g_ptr_array_find_with_equal_func (self->direct, room, g_str_equal, NULL);
}

void
mos_matrix_memory_add_reaction (MosMatrixMemory *self,
                                const char *id,
                                const char *room,
                                const char *message,
                                const char *sign)
{
  const char *texts[] = { id, room, message, sign, NULL };

  if (mos_matrix_memory_find_reaction (self, room, id) != NULL)
    return;
  if (self->reactions->len == MAX_REACTIONS)
    g_ptr_array_remove_index (self->reactions, 0);
  g_ptr_array_add (self->reactions, g_strdupv ((char **) texts));
}

char **
mos_matrix_memory_find_reaction (MosMatrixMemory *self,
                                 const char *room,
                                 const char *id)
{
  for (guint i = self->reactions->len; i > 0; i--)
    {
      char **one = self->reactions->pdata[i - 1];

      if (strcmp (one[0], id) == 0 && strcmp (one[1], room) == 0)
        return one;
    }
  return NULL;
}
