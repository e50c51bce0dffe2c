/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channels"

#include "config.h"

#include "core/channels/matrix/mos-matrix-api-private.h"

#include "core/base/mos-json-read.h"
#include "core/channels/matrix/mos-matrix-parse.h"

#include <string.h>

/* An account in hundreds of rooms names all of them the first time. */
#define MAX_SYNC_BYTES (32 * 1024 * 1024)
#define TIMELINE_LIMIT 50
/* Beyond what the server was told it may hold back */
#define LINE_S 30
#define UPLOAD_S 120

/* --- small things --- */

/* Returns: (transfer full): an object without members */
static JsonNode *
empty_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}

/* For requests whose answer says nothing */
static gboolean
ask_done (MosMatrixApi *self,
          const char *method,
          const char *path,
          JsonNode *json,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (JsonNode) empty = json == NULL ? empty_object () : NULL;
  const MosMatrixAsk ask = { .method = method, .path = path, .json = json != NULL ? json : empty };
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &ask, cancellable, error);

  return node != NULL;
}

/* For requests of whose answer one text is wanted: an id begins with @first */
static char *
ask_text (MosMatrixApi *self,
          const MosMatrixAsk *ask,
          const char *name,
          const char *first,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, ask, cancellable, error);
  g_autofree char *text = node != NULL ? mos_json_read_dup_line (json_node_get_object (node), name) : NULL;

  if (node == NULL)
    return NULL;
  if (text == NULL || !g_str_has_prefix (text, first))
    {
      self->trouble.may_be_done = TRUE;
      g_set_error (error, MOS_CHAT_ERROR, (ask->flags & MOS_MATRIX_ASK_ONCE) != 0 ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_PROTOCOL, "The answer has no %s", name);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* For requests whose answer goes on to a parser as it is */
static GBytes *
ask_bytes (MosMatrixApi *self,
           const MosMatrixAsk *ask,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosHttpAnswer) answer = mos_matrix_ask (self, ask, cancellable, error);

  return answer != NULL ? g_bytes_ref (answer->body) : NULL;
}

static void
add_text (JsonBuilder *builder,
          const char *name,
          const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_strings (JsonBuilder *builder,
             const char *name,
             const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

static void
add_types (JsonBuilder *builder,
           const char *name,
           const char *const *types)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_strings (builder, "types", types);
  json_builder_end_object (builder);
}

/* Who wrote is named beside what they wrote, each time: nothing is kept here in between. */
static void
add_lazy (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "lazy_load_members");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "include_redundant_members");
  json_builder_add_boolean_value (builder, TRUE);
}

/* --- reading --- */

/* What is said in rooms, and who is there. Presence, device keys and tags of rooms are nobody's business here. */
static JsonNode *
make_filter (void)
{
  static const char *const timeline[] = { "m.room.message", "m.sticker", "m.room.encrypted", "m.reaction", "m.room.redaction", "m.room.member", "m.room.name", "m.room.encryption", "m.room.tombstone",
                                          "m.poll.start", "org.matrix.msc3381.poll.start", "m.call.invite", NULL };
  static const char *const state[] = { "m.room.member", "m.room.name", "m.room.encryption", "m.room.tombstone", "m.room.canonical_alias", NULL };
  static const char *const ephemeral[] = { "m.receipt", "m.typing", NULL };
  static const char *const account[] = { "m.direct", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_types (builder, "presence", none);
  add_types (builder, "account_data", account);
  json_builder_set_member_name (builder, "room");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "limit");
  json_builder_add_int_value (builder, TIMELINE_LIMIT);
  add_lazy (builder);
  add_strings (builder, "types", timeline);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_begin_object (builder);
  add_lazy (builder);
  add_strings (builder, "types", state);
  json_builder_end_object (builder);
  add_types (builder, "ephemeral", ephemeral);
  add_types (builder, "account_data", none);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

char *
mos_matrix_api_make_filter_sync (MosMatrixApi *self,
                                 const char *user_id,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/user/%s/filter", user_id);
  g_autoptr (JsonNode) json = make_filter ();

  return ask_text (self, &(MosMatrixAsk) { .method = "POST", .path = path, .json = json }, "filter_id", "", cancellable, error);
}

GBytes *
mos_matrix_api_sync_sync (MosMatrixApi *self,
                          const char *filter,
                          const char *since,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const MosHttpRequest request = { .timeout_s = timeout_ms / 1000 + LINE_S, .max_bytes = MAX_SYNC_BYTES };

  g_string_printf (path, "/_matrix/client/v3/sync?timeout=%u", timeout_ms);
  if (filter != NULL)
    {
      g_string_append (path, "&filter=");
      g_string_append_uri_escaped (path, filter, NULL, FALSE);
    }
  if (since != NULL)
    {
      g_string_append (path, "&since=");
      g_string_append_uri_escaped (path, since, NULL, FALSE);
    }
  return ask_bytes (self, &(MosMatrixAsk) { .method = "GET", .path = path->str, .request = &request }, cancellable, error);
}

static void
add_query (GString *path,
           const char *name,
           const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

GBytes *
mos_matrix_api_read_room_sync (MosMatrixApi *self,
                               const char *room,
                               const char *from,
                               const char *to,
                               gboolean is_forwards,
                               guint limit,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *base = mos_matrix_path ("/_matrix/client/v3/rooms/%s/messages", room);
  g_autoptr (GString) path = g_string_new (base);
  const MosHttpRequest request = { .max_bytes = MAX_SYNC_BYTES };

  g_string_append_printf (path, "?dir=%s&limit=%u", is_forwards ? "f" : "b", limit);
  add_query (path, "from", from);
  add_query (path, "to", to);
  add_query (path, "filter", "{\"lazy_load_members\":true}");
  return ask_bytes (self, &(MosMatrixAsk) { .method = "GET", .path = path->str, .request = &request }, cancellable, error);
}

char *
mos_matrix_api_read_name_sync (MosMatrixApi *self,
                               const char *user_id,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/profile/%s/displayname", user_id);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "GET", .path = path }, cancellable, &local);
  char *name;

  /* Nobody has to have one, nor to show it. */
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED))
    return g_strdup ("");
  if (node == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  name = mos_json_read_dup_line (json_node_get_object (node), "displayname");
  return name != NULL ? name : g_strdup ("");
}

/* --- rooms --- */

gboolean
mos_matrix_api_is_encrypted_sync (MosMatrixApi *self,
                                  const char *room,
                                  gboolean *ret_is,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/state/m.room.encryption", room);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "GET", .path = path }, cancellable, &local);

  *ret_is = node != NULL;
  if (node != NULL || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
mos_matrix_api_join_sync (MosMatrixApi *self,
                          const char *room,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/join", room);

  return ask_done (self, "POST", path, NULL, cancellable, error);
}

gboolean
mos_matrix_api_leave_sync (MosMatrixApi *self,
                           const char *room,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/leave", room);

  return ask_done (self, "POST", path, NULL, cancellable, error);
}

char *
mos_matrix_api_invite_sync (MosMatrixApi *self,
                            const char *user_id,
                            const char *title,
                            GCancellable *cancellable,
                            GError **error)
{
  const char *const invited[] = { user_id, NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) json = NULL;

  /* Nothing in it asks for encryption; what the server adds by itself is seen when the room comes with the next sync. */
  json_builder_begin_object (builder);
  add_text (builder, "preset", "private_chat");
  json_builder_set_member_name (builder, "is_direct");
  json_builder_add_boolean_value (builder, TRUE);
  add_strings (builder, "invite", invited);
  if (title != NULL && *title != '\0')
    add_text (builder, "name", title);
  json_builder_end_object (builder);
  json = json_builder_get_root (builder);
  return ask_text (self, &(MosMatrixAsk) { .method = "POST", .path = "/_matrix/client/v3/createRoom", .json = json, .flags = MOS_MATRIX_ASK_ONCE }, "room_id", "!", cancellable, error);
}

/* --- single events --- */

JsonNode *
mos_matrix_api_read_event_sync (MosMatrixApi *self,
                                const char *room,
                                const char *event,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/event/%s", room, event);

  return mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "GET", .path = path }, cancellable, error);
}

JsonNode *
mos_matrix_api_read_reactions_sync (MosMatrixApi *self,
                                    const char *room,
                                    const char *event,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v1/rooms/%s/relations/%s/m.annotation/m.reaction?limit=100", room, event);

  return mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "GET", .path = path }, cancellable, error);
}

/* --- writing --- */

char *
mos_matrix_api_send_sync (MosMatrixApi *self,
                          const char *room,
                          const char *type,
                          const char *key,
                          JsonNode *content,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/send/%s/%s", room, type, key);

  return ask_text (self, &(MosMatrixAsk) { .method = "PUT", .path = path, .json = content }, "event_id", "$", cancellable, error);
}

char *
mos_matrix_api_redact_sync (MosMatrixApi *self,
                            const char *room,
                            const char *event,
                            const char *key,
                            const char *why,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/redact/%s/%s", room, event, key);
  g_autoptr (JsonNode) json = empty_object ();

  if (why != NULL)
    json_object_set_string_member (json_node_get_object (json), "reason", why);
  return ask_text (self, &(MosMatrixAsk) { .method = "PUT", .path = path, .json = json }, "event_id", "$", cancellable, error);
}

gboolean
mos_matrix_api_mark_read_sync (MosMatrixApi *self,
                               const char *room,
                               const char *event,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/receipt/m.read/%s", room, event);

  return ask_done (self, "POST", path, NULL, cancellable, error);
}

gboolean
mos_matrix_api_tell_typing_sync (MosMatrixApi *self,
                                 const char *room,
                                 const char *user_id,
                                 guint ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/client/v3/rooms/%s/typing/%s", room, user_id);
  g_autoptr (JsonNode) json = empty_object ();

  json_object_set_boolean_member (json_node_get_object (json), "typing", ms > 0);
  if (ms > 0)
    json_object_set_int_member (json_node_get_object (json), "timeout", ms);
  return ask_done (self, "PUT", path, json, cancellable, error);
}

/* --- media --- */

/* Asked once: what it can do does not change under way. An error is one of the line; who does not say is asked the new way. */
static gboolean
find_media_api (MosMatrixApi *self,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (MosMatrixServer) server = NULL;

  if (self->has_media_api >= 0)
    return TRUE;
  server = mos_matrix_api_read_server_sync (self, cancellable, error);
  return server != NULL;
}

gboolean
mos_matrix_api_read_upload_limit_sync (MosMatrixApi *self,
                                       guint64 *ret_bytes,
                                       GCancellable *cancellable,
                                       GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  *ret_bytes = 0;
  if (!find_media_api (self, cancellable, error))
    return FALSE;
  node = mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "GET", .path = self->has_media_api > 0 ? "/_matrix/client/v1/media/config" : "/_matrix/media/v3/config" }, cancellable, error);
  if (node != NULL)
    *ret_bytes = mos_json_read_size (json_node_get_object (node), "m.upload.size");
  return node != NULL;
}

static char *
upload (MosMatrixApi *self,
        const char *name,
        const MosHttpRequest *request,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *path = mos_matrix_path ("/_matrix/media/v3/upload?filename=%s", name);
  g_autofree char *uri = ask_text (self, &(MosMatrixAsk) { .method = "POST", .path = path, .request = request }, "content_uri", "mxc://", cancellable, error);

  if (uri != NULL && !mos_matrix_split_media (uri, NULL, NULL))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "The server does not say where the file lies");
      return NULL;
    }
  return g_steal_pointer (&uri);
}

char *
mos_matrix_api_upload_sync (MosMatrixApi *self,
                            const char *name,
                            const char *type,
                            GBytes *data,
                            GCancellable *cancellable,
                            GError **error)
{
  const MosHttpRequest request = { .type = type, .body = data, .timeout_s = UPLOAD_S };

  return upload (self, name, &request, cancellable, error);
}

char *
mos_matrix_api_upload_file_sync (MosMatrixApi *self,
                                 const char *name,
                                 const char *type,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (MosHttpForm) form = mos_http_form_new_file (type, path, error);
  const MosHttpRequest request = { .form = form, .timeout_s = UPLOAD_S };

  return form != NULL ? upload (self, name, &request, cancellable, error) : NULL;
}

char *
mos_matrix_api_download_sync (MosMatrixApi *self,
                              const char *uri,
                              guint64 max,
                              GOutputStream *into,
                              GCancellable *cancellable,
                              GError **error)
{
  const MosHttpRequest request = { .into = into, .max_into = max };
  g_autofree char *server = NULL, *id = NULL, *path = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;
  MosMatrixAskFlags flags = MOS_MATRIX_ASK_FOLLOW;

  if (!mos_matrix_split_media (uri, &server, &id))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "That names no file of a Matrix server");
      return NULL;
    }
  if (!find_media_api (self, cancellable, error))
    return NULL;
  /* Servers may lead to where the bytes lie; the token stays with the one that it is for. */
  if (self->has_media_api > 0)
    path = mos_matrix_path ("/_matrix/client/v1/media/download/%s/%s", server, id);
  else
    {
      path = mos_matrix_path ("/_matrix/media/v3/download/%s/%s", server, id);
      flags |= MOS_MATRIX_ASK_NO_TOKEN;
    }
  answer = mos_matrix_ask (self, &(MosMatrixAsk) { .method = "GET", .path = path, .request = &request, .flags = flags }, cancellable, error);
  return answer != NULL ? g_strdup (answer->type) : NULL;
}
