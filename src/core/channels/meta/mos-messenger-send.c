/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-private.h"

static const char *
attachment_type (const MosChatPart *part)
{
  switch (part->file_kind)
    {
    case MOS_FILE_IMAGE:
    case MOS_FILE_ANIMATION:
      return "image";
    case MOS_FILE_VIDEO:
      return "video";
    case MOS_FILE_AUDIO:
    case MOS_FILE_VOICE:
      return "audio";
    case MOS_FILE_DOCUMENT:
    case MOS_FILE_STICKER:
    default:
      return "file";
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

/* @id, @url: (nullable): without both it is about to be uploaded */
static void
add_attachment (JsonBuilder *builder,
                const MosChatPart *part,
                const char *id,
                const char *url)
{
  begin (builder, "attachment");
  add_string (builder, "type", attachment_type (part));
  begin (builder, "payload");
  if (id != NULL)
    add_string (builder, "attachment_id", id);
  else if (url != NULL)
    add_string (builder, "url", url);
  else
    {
      json_builder_set_member_name (builder, "is_reusable");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

JsonNode *
mos_messenger_build_message (const MosChatOutgoing *outgoing,
                             const MosChatPart *part,
                             const char *attachment,
                             const char *url,
                             gboolean is_tagged)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  begin (builder, "recipient");
  add_string (builder, "id", outgoing->thread);
  json_builder_end_object (builder);
  add_string (builder, "messaging_type", is_tagged ? "MESSAGE_TAG" : "RESPONSE");
  if (is_tagged)
    add_string (builder, "tag", "HUMAN_AGENT");
  if (outgoing->reply_to != NULL)
    {
      begin (builder, "reply_to");
      add_string (builder, "mid", outgoing->reply_to);
      json_builder_end_object (builder);
    }
  begin (builder, "message");
  if (part->file != NULL)
    add_attachment (builder, part, attachment, url);
  else
    add_string (builder, "text", part->text);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

char *
mos_messenger_build_attachment (const MosChatPart *part)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  add_attachment (builder, part, NULL, NULL);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}
