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
#define MAX_GAPS 200
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

static void
read_all (MosMatrixMemory *self,
          JsonObject *root)
{
  JsonArray *joins = mos_json_read_array (root, "joins");
  JsonArray *gaps = mos_json_read_array (root, "gaps");
  JsonArray *reactions = mos_json_read_array (root, "reactions");

  for (guint i = 0; i < mos_json_read_length (joins); i++)
    {
      g_autofree char *room = mos_json_read_dup_line (mos_json_read_element (joins, i), "room");

      if (room != NULL)
        mos_matrix_memory_add_join (self, room);
    }
  for (guint i = 0; i < mos_json_read_length (gaps) && i < MAX_GAPS; i++)
    {
      JsonObject *one = mos_json_read_element (gaps, i);
      g_autofree char *room = mos_json_read_dup_line (one, "room");
      g_autofree char *from = mos_json_read_dup_line (one, "from");
      g_autofree char *to = mos_json_read_dup_line (one, "to");

      if (room != NULL && from != NULL)
        g_ptr_array_add (self->gaps, mos_matrix_gap_new (room, from, to, 0));
    }
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
  self->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_matrix_gap_free);
  self->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_all (self, json_node_get_object (node));
  return self;
}

void
mos_matrix_memory_free (MosMatrixMemory *self)
{
  g_ptr_array_unref (self->joins);
  g_ptr_array_unref (self->gaps);
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

char *
mos_matrix_memory_to_json (const MosMatrixMemory *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  begin_list (builder, "joins");
  for (guint i = 0; i < self->joins->len; i++)
    {
      json_builder_begin_object (builder);
      mos_json_string (builder, "room", self->joins->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  begin_list (builder, "gaps");
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const MosMatrixGap *gap = self->gaps->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "room", gap->room);
      mos_json_string (builder, "from", gap->from);
      mos_json_string (builder, "to", gap->to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
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
  guint at;

  if (g_ptr_array_find_with_equal_func (self->joins, room, g_str_equal, &at))
    g_ptr_array_remove_index (self->joins, at);
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
