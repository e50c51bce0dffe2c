/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-whatsapp-send.h"

#include <string.h>

const char *
mos_whatsapp_message_type (const MosChatPart *part)
{
  if (part->template_name != NULL)
    return "template";
  if (part->file == NULL)
    return "text";
  switch (part->file_kind)
    {
    case MOS_FILE_IMAGE:
      return "image";
    case MOS_FILE_VIDEO:
      return "video";
    case MOS_FILE_AUDIO:
    case MOS_FILE_VOICE:
      return *part->text != '\0' ? "document" : "audio";
    case MOS_FILE_STICKER:
      return *part->text != '\0' ? "document" : "sticker";
    case MOS_FILE_DOCUMENT:
    case MOS_FILE_ANIMATION:
    default:
      return "document";
    }
}

static void
add_string (JsonBuilder *builder,
            const char *name,
            const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
begin (JsonBuilder *builder,
       const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

/* @names: (nullable) */
static void
add_component (JsonBuilder *builder,
               const char *type,
               char **values,
               char **names)
{
  json_builder_begin_object (builder);
  add_string (builder, "type", type);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "type", "text");
      if (names != NULL)
        add_string (builder, "parameter_name", names[i]);
      add_string (builder, "text", values[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_template (JsonBuilder *builder,
              const MosChatPart *part)
{
  gboolean has_values = part->template_values != NULL && part->template_values[0] != NULL;
  gboolean is_named = has_values && part->template_names != NULL && g_strv_length (part->template_names) == g_strv_length (part->template_values);

  begin (builder, "template");
  add_string (builder, "name", part->template_name);
  begin (builder, "language");
  add_string (builder, "code", part->template_language != NULL ? part->template_language : "en");
  json_builder_end_object (builder);
  if (has_values || part->template_header != NULL)
    {
      json_builder_set_member_name (builder, "components");
      json_builder_begin_array (builder);
      if (part->template_header != NULL)
        add_component (builder, "header", (char *[]) { part->template_header, NULL }, part->template_header_name != NULL ? (char *[]) { part->template_header_name, NULL } : NULL);
      if (has_values)
        add_component (builder, "body", part->template_values, is_named ? part->template_names : NULL);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* Up to three; more could not be pressed. */
static void
add_buttons (JsonBuilder *builder,
             const MosChatPart *part)
{
  begin (builder, "interactive");
  add_string (builder, "type", "button");
  begin (builder, "body");
  add_string (builder, "text", part->text);
  json_builder_end_object (builder);
  begin (builder, "action");
  json_builder_set_member_name (builder, "buttons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->buttons->len; i++)
    {
      const MosChatButton *button = part->buttons->pdata[i];

      json_builder_begin_object (builder);
      add_string (builder, "type", "reply");
      begin (builder, "reply");
      add_string (builder, "id", button->data);
      add_string (builder, "title", button->label);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

JsonNode *
mos_whatsapp_build_message (const MosChatOutgoing *outgoing,
                            const MosChatPart *part,
                            const char *media)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  gboolean has_buttons = part->buttons != NULL && part->buttons->len > 0 && part->file == NULL && part->template_name == NULL;
  const char *type = has_buttons ? "interactive" : mos_whatsapp_message_type (part);

  json_builder_begin_object (builder);
  add_string (builder, "messaging_product", "whatsapp");
  add_string (builder, "recipient_type", "individual");
  add_string (builder, "to", outgoing->thread);
  if (outgoing->reply_to != NULL)
    {
      begin (builder, "context");
      add_string (builder, "message_id", outgoing->reply_to);
      json_builder_end_object (builder);
    }
  /* Comes back with what became of it. */
  add_string (builder, "biz_opaque_callback_data", part->key);
  add_string (builder, "type", type);
  if (has_buttons)
    add_buttons (builder, part);
  else if (g_str_equal (type, "template"))
    add_template (builder, part);
  else if (g_str_equal (type, "text"))
    {
      begin (builder, "text");
      json_builder_set_member_name (builder, "preview_url");
      json_builder_add_boolean_value (builder, FALSE);
      add_string (builder, "body", part->text);
      json_builder_end_object (builder);
    }
  else
    {
      begin (builder, type);
      add_string (builder, "id", media);
      if (*part->text != '\0')
        add_string (builder, "caption", part->text);
      if (g_str_equal (type, "document"))
        add_string (builder, "filename", part->file->name);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
mos_whatsapp_build_reaction (const MosChatChange *change)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_string (builder, "messaging_product", "whatsapp");
  add_string (builder, "recipient_type", "individual");
  add_string (builder, "to", change->thread);
  add_string (builder, "type", "reaction");
  begin (builder, "reaction");
  add_string (builder, "message_id", change->remotes[0]);
  /* Empty, it takes the last one back. */
  add_string (builder, "emoji", change->text);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
mos_whatsapp_build_read_mark (const char *id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_string (builder, "messaging_product", "whatsapp");
  add_string (builder, "status", "read");
  add_string (builder, "message_id", id);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
