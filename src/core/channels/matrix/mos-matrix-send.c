/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channels"

#include "config.h"

#include "core/channels/matrix/mos-matrix-send.h"

#include <string.h>

/* --- contents --- */

static JsonObject *
add_object (JsonObject *object,
            const char *name)
{
  JsonObject *member = json_object_new ();

  json_object_set_object_member (object, name, member);
  return member;
}

static JsonNode *
make_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/* What every message has: nobody is called by it unless it says so (§ "User and room mentions"). */
static JsonObject *
begin_message (const char *kind,
               const char *body,
               const char *reply_to)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "msgtype", kind);
  json_object_set_string_member (object, "body", body);
  add_object (object, "m.mentions");
  if (reply_to != NULL)
    json_object_set_string_member (add_object (add_object (object, "m.relates_to"), "m.in_reply_to"), "event_id", reply_to);
  return object;
}

JsonNode *
mos_matrix_make_text (const char *text,
                      const char *reply_to)
{
  return make_node (begin_message ("m.text", text, reply_to));
}

/* A picture that is no picture would not be shown at all. */
static const char *
kind_of_file (const MosChatPart *part)
{
  const char *type = part->file->type;

  switch (part->file_kind)
    {
    case MOS_FILE_IMAGE:
    case MOS_FILE_STICKER:
    case MOS_FILE_ANIMATION:
    case MOS_FILE_VIDEO:
      return g_str_has_prefix (type, "image/") ? "m.image" : g_str_has_prefix (type, "video/") ? "m.video"
                                                                                               : "m.file";
    case MOS_FILE_AUDIO:
    case MOS_FILE_VOICE:
      return g_str_has_prefix (type, "audio/") ? "m.audio" : "m.file";
    case MOS_FILE_DOCUMENT:
    default:
      return "m.file";
    }
}

JsonNode *
mos_matrix_make_file (const MosChatPart *part,
                      const char *uri,
                      const char *reply_to)
{
  /* With a caption, body is that, and the name stands beside it (§ "Media captions"). */
  JsonObject *object = begin_message (kind_of_file (part), *part->text != '\0' ? part->text : part->file->name, reply_to);
  JsonObject *info = add_object (object, "info");

  json_object_set_string_member (object, "filename", part->file->name);
  json_object_set_string_member (object, "url", uri);
  json_object_set_string_member (info, "mimetype", part->file->type);
  if (part->file->size > 0 && part->file->size <= G_MAXINT64)
    json_object_set_int_member (info, "size", (gint64) part->file->size);
  return make_node (object);
}

JsonNode *
mos_matrix_make_edit (const char *event,
                      const char *text,
                      JsonObject *before)
{
  /* What programs show that know no edits */
  g_autofree char *fallback = g_strconcat ("* ", text, NULL);
  const char *kind = before != NULL ? json_object_get_string_member_with_default (before, "msgtype", "m.file") : "m.text";
  JsonObject *object = begin_message (kind, fallback, NULL);
  JsonObject *now = begin_message (kind, text, NULL);
  JsonObject *relation = add_object (object, "m.relates_to");
  static const char *const kept[] = { "url", "filename", "info" };

  /* Of a file another caption is all that is new. */
  for (gsize i = 0; before != NULL && i < G_N_ELEMENTS (kept); i++)
    if (json_object_has_member (before, kept[i]))
      {
        json_object_set_member (now, kept[i], json_node_copy (json_object_get_member (before, kept[i])));
        json_object_set_member (object, kept[i], json_node_copy (json_object_get_member (before, kept[i])));
      }
  json_object_set_object_member (object, "m.new_content", now);
  json_object_set_string_member (relation, "rel_type", "m.replace");
  json_object_set_string_member (relation, "event_id", event);
  return make_node (object);
}

JsonNode *
mos_matrix_make_reaction (const char *event,
                          const char *sign)
{
  JsonObject *object = json_object_new ();
  JsonObject *relation = add_object (object, "m.relates_to");

  json_object_set_string_member (relation, "rel_type", "m.annotation");
  json_object_set_string_member (relation, "event_id", event);
  json_object_set_string_member (relation, "key", sign);
  return make_node (object);
}

/* --- sending --- */

static MosDelivery
state_of (MosMatrixApi *api,
          const GError *error,
          const char **ret_why)
{
  const char *errcode = mos_matrix_api_get_trouble (api)->errcode;

  if (error->domain != MOS_CHAT_ERROR)
    {
      *ret_why = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : error->domain == G_TLS_ERROR ? "bad-certificate"
                                                                                                                        : "network";
      return MOS_DELIVERY_QUEUED;
    }
  switch ((MosChatError) error->code)
    {
    case MOS_CHAT_ERROR_TOO_LARGE:
      *ret_why = "too-large";
      return MOS_DELIVERY_FAILED;
    case MOS_CHAT_ERROR_GONE:
    case MOS_CHAT_ERROR_CLOSED:
      *ret_why = "chat-closed";
      return MOS_DELIVERY_FAILED;
    case MOS_CHAT_ERROR_NOT_ALLOWED:
      /* Not in this room, or not any more; all else is about the account, and may be mended. */
      *ret_why = strcmp (errcode, "M_FORBIDDEN") == 0 ? "chat-closed" : "not-allowed";
      return strcmp (errcode, "M_FORBIDDEN") == 0 ? MOS_DELIVERY_FAILED : MOS_DELIVERY_QUEUED;
    case MOS_CHAT_ERROR_KEY_REFUSED:
      *ret_why = "key-refused";
      return MOS_DELIVERY_QUEUED;
    case MOS_CHAT_ERROR_TEMPORARY:
      *ret_why = "temporary";
      return MOS_DELIVERY_QUEUED;
    case MOS_CHAT_ERROR_NO_SERVER:
      *ret_why = "no-server";
      return MOS_DELIVERY_QUEUED;
    case MOS_CHAT_ERROR_PROTOCOL:
    case MOS_CHAT_ERROR_UNCERTAIN:
      *ret_why = "protocol";
      return MOS_DELIVERY_QUEUED;
    case MOS_CHAT_ERROR_REFUSED:
    case MOS_CHAT_ERROR_EXPOSED:
    case MOS_CHAT_ERROR_TAKEN:
    case MOS_CHAT_ERROR_MOVED:
    case MOS_CHAT_ERROR_WINDOW:
    case MOS_CHAT_ERROR_ENCRYPTED:
    case MOS_CHAT_ERROR_LETTER_BOX:
    default:
      *ret_why = "refused";
      return MOS_DELIVERY_FAILED;
    }
}

void
mos_matrix_read_outcome (MosMatrixApi *api,
                         const GError *error,
                         MosChatSendOutcome *outcome)
{
  const char *why = NULL;

  outcome->state = state_of (api, error, &why);
  g_set_str (&outcome->why, why);
  g_set_str (&outcome->detail, error->message);
  if (outcome->state == MOS_DELIVERY_QUEUED)
    outcome->retry_after_ms = mos_matrix_api_get_trouble (api)->retry_ms;
}

/* Returns: (transfer full) (nullable) */
static JsonNode *
make_content (MosMatrixApi *api,
              const MosChatPart *part,
              const char *reply_to,
              GBytes *data,
              guint64 max_file,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *uri = NULL;

  if (part->file == NULL)
    return mos_matrix_make_text (part->text, reply_to);
  if (data == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED, "The file is not here any more");
      return NULL;
    }
  if (max_file > 0 && g_bytes_get_size (data) > max_file)
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TOO_LARGE, "The homeserver takes files of %" G_GUINT64_FORMAT " bytes", max_file);
      return NULL;
    }
  uri = mos_matrix_api_upload_sync (api, part->file->name, part->file->type, data, cancellable, error);
  return uri != NULL ? mos_matrix_make_file (part, uri, reply_to) : NULL;
}

void
mos_matrix_send_part_sync (MosMatrixApi *api,
                           const MosChatOutgoing *outgoing,
                           const MosChatPart *part,
                           GBytes *data,
                           guint64 max_file,
                           MosChatSendOutcome *ret_outcome,
                           GCancellable *cancellable)
{
  gboolean is_first = outgoing->parts->len > 0 && g_ptr_array_index (outgoing->parts, 0) == part;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) content = make_content (api, part, is_first ? outgoing->reply_to : NULL, data, max_file, cancellable, &error);

  *ret_outcome = (MosChatSendOutcome) { .state = MOS_DELIVERY_ACCEPTED };
  if (content != NULL)
    ret_outcome->remote = mos_matrix_api_send_sync (api, outgoing->thread, "m.room.message", part->key, content, cancellable, &error);
  if (ret_outcome->remote != NULL)
    return;
  mos_matrix_read_outcome (api, error, ret_outcome);
}
