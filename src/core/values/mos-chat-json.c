/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/base/mos-json.h"
#include "core/values/mos-chat-values.h"

/* An outgoing chat message as it is kept between the moment somebody sends it and the moment the platform has all of its parts. */

static void
add_person (JsonBuilder *builder,
            const MosChatPerson *person)
{
  json_builder_set_member_name (builder, "person");
  json_builder_begin_object (builder);
  mos_json_string (builder, "kind", person->kind);
  mos_json_string (builder, "scope", person->scope);
  mos_json_string (builder, "value", person->value);
  mos_json_string (builder, "name", person->name);
  json_builder_end_object (builder);
}

static void
add_file (JsonBuilder *builder,
          const MosChatPart *part)
{
  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  mos_json_string (builder, "kind", mos_file_kind_to_nick (part->file_kind));
  mos_json_string (builder, "name", part->file->name);
  mos_json_string (builder, "type", part->file->type);
  mos_json_int (builder, "size", (gint64) part->file->size);
  mos_json_string (builder, "sha256", part->file->sha256);
  json_builder_end_object (builder);
}

static void
add_template (JsonBuilder *builder,
              const MosChatPart *part)
{
  json_builder_set_member_name (builder, "template");
  json_builder_begin_object (builder);
  mos_json_string (builder, "name", part->template_name);
  mos_json_string (builder, "language", part->template_language);
  mos_json_strv (builder, "values", part->template_values);
  if (part->template_names != NULL)
    mos_json_strv (builder, "names", part->template_names);
  if (part->template_header != NULL)
    mos_json_string (builder, "header", part->template_header);
  if (part->template_header_name != NULL)
    mos_json_string (builder, "header_name", part->template_header_name);
  json_builder_end_object (builder);
}

static void
add_part (JsonBuilder *builder,
          const MosChatPart *part)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "key", part->key);
  mos_json_string (builder, "text", part->text);
  if (part->file != NULL)
    add_file (builder, part);
  if (part->remote_id != NULL)
    mos_json_string (builder, "remote_id", part->remote_id);
  if (part->buttons != NULL)
    {
      json_builder_set_member_name (builder, "buttons");
      json_builder_begin_array (builder);
      for (guint i = 0; i < part->buttons->len; i++)
        {
          const MosChatButton *button = part->buttons->pdata[i];

          json_builder_begin_object (builder);
          mos_json_string (builder, "label", button->label);
          mos_json_string (builder, "data", button->data);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  if (part->template_name != NULL)
    add_template (builder, part);
  json_builder_end_object (builder);
}

GBytes *
mos_chat_outgoing_to_json (const MosChatOutgoing *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && self->parts != NULL, NULL);

  json_builder_begin_object (builder);
  mos_json_string (builder, "thread", self->thread);
  if (self->person != NULL)
    add_person (builder, self->person);
  if (self->reply_to != NULL)
    mos_json_string (builder, "reply_to", self->reply_to);
  if (self->tag != NULL)
    mos_json_string (builder, "tag", self->tag);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->parts->len; i++)
    add_part (builder, self->parts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new (text, strlen (text));
}

static JsonObject *
find_object (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
find_array (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char *
dup_text (JsonObject *object,
          const char *name,
          const char *fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return g_strdup (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : fallback);
}

static GPtrArray *
read_buttons (JsonArray *array)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_button_unref);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      MosChatButton *button;

      if (object == NULL)
        continue;
      button = mos_chat_button_new ();
      button->label = dup_text (object, "label", "");
      button->data = dup_text (object, "data", "");
      g_ptr_array_add (buttons, button);
    }
  return g_steal_pointer (&buttons);
}

static char **
read_values (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

static MosChatPart *
read_part (JsonObject *object)
{
  MosChatPart *part = mos_chat_part_new ();
  JsonObject *file = find_object (object, "file");
  JsonObject *template = find_object (object, "template");
  JsonArray *buttons = find_array (object, "buttons");

  part->key = dup_text (object, "key", "");
  part->text = dup_text (object, "text", "");
  part->remote_id = dup_text (object, "remote_id", NULL);
  if (file != NULL)
    {
      g_autofree char *kind = dup_text (file, "kind", "document");
      JsonNode *size = json_object_get_member (file, "size");

      part->file_kind = mos_file_kind_from_nick (kind, MOS_FILE_DOCUMENT);
      part->file = mos_attachment_new ();
      part->file->name = dup_text (file, "name", "");
      part->file->type = dup_text (file, "type", "application/octet-stream");
      part->file->sha256 = dup_text (file, "sha256", NULL);
      part->file->size = size != NULL && JSON_NODE_HOLDS_VALUE (size) ? (guint64) MAX (json_node_get_int (size), 0) : 0;
    }
  if (buttons != NULL)
    part->buttons = read_buttons (buttons);
  if (template != NULL)
    {
      part->template_name = dup_text (template, "name", "");
      part->template_language = dup_text (template, "language", NULL);
      part->template_values = read_values (find_array (template, "values"));
      if (find_array (template, "names") != NULL)
        part->template_names = read_values (find_array (template, "names"));
      part->template_header = dup_text (template, "header", NULL);
      part->template_header_name = dup_text (template, "header_name", NULL);
    }
  return part;
}

MosChatOutgoing *
mos_chat_outgoing_from_json (GBytes *json,
                             GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (MosChatOutgoing) self = mos_chat_outgoing_new ();
  JsonNode *root;
  JsonObject *object, *person;
  JsonArray *parts;
  gsize size;
  const char *text = g_bytes_get_data (json, &size);

  if (!json_parser_load_from_data (parser, size > 0 ? text : "", (gssize) size, error))
    return NULL;

  root = json_parser_get_root (parser);
  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  parts = object != NULL ? find_array (object, "parts") : NULL;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonNode *node = json_array_get_element (parts, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (self->parts, read_part (json_node_get_object (node)));
    }
  if (self->parts->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an outgoing chat message");
      return NULL;
    }

  self->thread = dup_text (object, "thread", "");
  self->reply_to = dup_text (object, "reply_to", NULL);
  self->tag = dup_text (object, "tag", NULL);
  person = find_object (object, "person");
  if (person != NULL)
    {
      self->person = mos_chat_person_new ();
      self->person->kind = dup_text (person, "kind", "");
      self->person->scope = dup_text (person, "scope", "");
      self->person->value = dup_text (person, "value", "");
      self->person->name = dup_text (person, "name", NULL);
    }
  return g_steal_pointer (&self);
}
