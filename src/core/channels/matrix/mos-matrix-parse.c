/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-parse.h"

#include "core/base/mos-json-read.h"
#include "core/channels/matrix/mos-matrix-api-private.h"
#include "core/channels/matrix/mos-matrix-event-private.h"

#include <string.h>

#define MAX_TOKEN 4096
#define MAX_HEROES 5

typedef struct
{
  MosMatrixSync *result;
  const char *user;
  const char *since;
  MosMatrixMemory *memory;
} Reader;

void
mos_matrix_sync_free (MosMatrixSync *self)
{
  g_free (self->next_batch);
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->gaps);
  g_free (self);
}

static gboolean
is_id (const char *text,
       char sigil)
{
  if (*text != sigil || text[1] == '\0' || strlen (text) > 255 || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)) || g_unichar_isspace (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
mos_matrix_is_room (const char *text)
{
  return is_id (text, '!');
}

gboolean
mos_matrix_is_user (const char *text)
{
  return is_id (text, '@') && strchr (text, ':') != NULL;
}

/* Client-server API, "Matrix Content (mxc://) URIs": a server's name, and an id of these characters: nothing that leads elsewhere on the server that is asked. */
gboolean
mos_matrix_split_media (const char *uri,
                        char **server,
                        char **id)
{
  static const char id_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const char *name, *slash;

  if (!g_str_has_prefix (uri, "mxc://") || strlen (uri) > 512)
    return FALSE;
  name = uri + strlen ("mxc://");
  slash = strchr (name, '/');
  if (slash == NULL || slash == name || *name == '.' || slash[1] == '\0' || strspn (slash + 1, id_chars) != strlen (slash + 1))
    return FALSE;
  for (const char *at = name; at < slash; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-:[]", *at) == NULL)
      return FALSE;
  if (server != NULL)
    *server = g_strndup (name, (gsize) (slash - name));
  if (id != NULL)
    *id = g_strdup (slash + 1);
  return TRUE;
}

static char *
dup_token (JsonObject *object,
           const char *name)
{
  g_autofree char *token = mos_json_read_dup_line (object, name);

  return token != NULL && strlen (token) <= MAX_TOKEN ? g_steal_pointer (&token) : NULL;
}

static void
room_begin (MosMatrixRoom *room,
            const char *id,
            const char *user,
            MosMatrixMemory *memory)
{
  *room = (MosMatrixRoom) { .id = id, .user = user, .memory = memory, .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

static void
count (MosMatrixSync *result,
       MosMatrixHow how)
{
  if (how == MOS_MATRIX_IGNORED)
    result->ignored++;
  else if (how == MOS_MATRIX_BROKEN)
    result->broken++;
}

/* --- one room --- */

static JsonArray *
events_of (JsonObject *room,
           const char *name)
{
  return mos_json_read_array (mos_json_read_object (room, name), "events");
}

static void
learn_all (MosMatrixRoom *room,
           JsonArray *events)
{
  for (guint i = 0; i < mos_json_read_length (events); i++)
    mos_matrix_room_learn (room, mos_json_read_element (events, i));
}

/* Without a name, a room is called by who is in it ("m.heroes": only told where it has none). */
static void
read_heroes (Reader *reader,
             MosMatrixRoom *room,
             JsonObject *summary)
{
  JsonArray *heroes = mos_json_read_array (summary, "m.heroes");
  g_autoptr (GString) title = g_string_new (NULL);
  MosChatUpdate *update;

  for (guint i = 0; i < mos_json_read_length (heroes) && i < MAX_HEROES; i++)
    {
      JsonNode *node = json_array_get_element (heroes, i);
      const char *user = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      const char *name = user != NULL ? g_hash_table_lookup (room->names, user) : NULL;

      if (user == NULL || !mos_matrix_is_user (user) || strcmp (user, room->user) == 0)
        continue;
      g_string_append_printf (title, "%s%s", title->len > 0 ? ", " : "", name != NULL ? name : user);
    }
  if (title->len == 0)
    return;
  update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_TITLE, NULL);
  update->title = g_string_free (g_steal_pointer (&title), FALSE);
  g_ptr_array_add (reader->result->updates, update);
}

static void
read_summary (Reader *reader,
              MosMatrixRoom *room,
              JsonObject *summary)
{
  gint64 joined, invited = 0;

  read_heroes (reader, room, summary);
  if (!mos_json_read_int (summary, "m.joined_member_count", &joined))
    return;
  mos_json_read_int (summary, "m.invited_member_count", &invited);
  mos_matrix_memory_set_group (reader->memory, room->id, joined + MAX (invited, 0) > 2);
  if (joined <= 1 && invited <= 0)
    g_ptr_array_add (reader->result->updates, mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_CLOSED, "alone"));
}

static gboolean
has_joined_now (MosMatrixRoom *room,
                JsonArray *events)
{
  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);
      g_autofree char *type = mos_json_read_dup_line (event, "type");
      g_autofree char *user = mos_json_read_dup_line (event, "state_key");
      g_autofree char *now = mos_json_read_dup_line (mos_json_read_object (event, "content"), "membership");
      g_autofree char *before = mos_json_read_dup_line (mos_json_read_object (mos_json_read_object (event, "unsigned"), "prev_content"), "membership");

      if (g_strcmp0 (type, "m.room.member") == 0 && g_strcmp0 (user, room->user) == 0 && g_strcmp0 (now, "join") == 0 && g_strcmp0 (before, "join") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
read_timeline (Reader *reader,
               MosMatrixRoom *room,
               JsonObject *timeline)
{
  JsonArray *events = mos_json_read_array (timeline, "events");
  g_autofree char *before = dup_token (timeline, "prev_batch");

  /* History, at the first look, begins where it begins. A room that was joined meanwhile was never looked at: all that was written there is news. */
  if (reader->since != NULL && mos_json_read_is_true (timeline, "limited") && before != NULL)
    g_ptr_array_add (reader->result->gaps, mos_matrix_gap_new (room->id, before, has_joined_now (room, events) ? NULL : reader->since, reader->result->updates->len));
  learn_all (room, events);
  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);

      count (reader->result, event != NULL ? mos_matrix_read_event (room, event, reader->result->updates) : MOS_MATRIX_BROKEN);
    }
}

static void
read_state (Reader *reader,
            MosMatrixRoom *room,
            JsonArray *events)
{
  learn_all (room, events);
  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);
      g_autofree char *type = mos_json_read_dup_line (event, "type");

      if (g_strcmp0 (type, "m.room.member") != 0)
        count (reader->result, event != NULL ? mos_matrix_read_state (room, event, reader->result->updates) : MOS_MATRIX_BROKEN);
    }
}

/* --- what does not stay --- */

/* {"$event": {"m.read": {"@user": {"ts": 1}}}} */
static void
read_receipt (Reader *reader,
              MosMatrixRoom *room,
              JsonObject *content)
{
  g_autoptr (GList) ids = content != NULL ? json_object_get_members (content) : NULL;

  for (GList *at = ids; at != NULL; at = at->next)
    {
      JsonObject *users = mos_json_read_object (mos_json_read_object (content, at->data), "m.read");
      g_autoptr (GList) names = users != NULL && is_id (at->data, '$') ? json_object_get_members (users) : NULL;

      for (GList *name = names; name != NULL; name = name->next)
        {
          MosChatUpdate *update;

          if (!mos_matrix_is_user (name->data) || strcmp (name->data, room->user) == 0)
            continue;
          update = mos_matrix_update_new (room, MOS_CHAT_RECEIPT, g_strdup (at->data));
          update->receipt = MOS_DELIVERY_READ;
          update->upto = TRUE;
          update->person = mos_matrix_person_new (room, name->data);
          update->at_us = mos_matrix_read_time (mos_json_read_object (users, name->data), "ts");
          g_ptr_array_add (reader->result->updates, update);
        }
    }
}

static void
read_typing (Reader *reader,
             MosMatrixRoom *room,
             JsonObject *content)
{
  JsonArray *users = mos_json_read_array (content, "user_ids");
  MosChatUpdate *over;
  gboolean any = FALSE;

  for (guint i = 0; i < mos_json_read_length (users); i++)
    {
      JsonNode *node = json_array_get_element (users, i);
      const char *user = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      MosChatUpdate *update;

      if (user == NULL || !mos_matrix_is_user (user) || strcmp (user, room->user) == 0)
        continue;
      update = mos_matrix_update_new (room, MOS_CHAT_TYPING, g_strdup (""));
      update->person = mos_matrix_person_new (room, user);
      g_ptr_array_add (reader->result->updates, update);
      any = TRUE;
    }
  if (any || users == NULL)
    return;
  over = mos_matrix_update_new (room, MOS_CHAT_TYPING, g_strdup (""));
  over->removed = TRUE;
  g_ptr_array_add (reader->result->updates, over);
}

static void
read_ephemeral (Reader *reader,
                MosMatrixRoom *room,
                JsonArray *events)
{
  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);
      g_autofree char *type = mos_json_read_dup_line (event, "type");

      if (g_strcmp0 (type, "m.receipt") == 0)
        read_receipt (reader, room, mos_json_read_object (event, "content"));
      else if (g_strcmp0 (type, "m.typing") == 0)
        read_typing (reader, room, mos_json_read_object (event, "content"));
    }
}

/* --- all rooms --- */

/* Whether somebody else wrote something of what begins at @first */
static gboolean
has_message (Reader *reader,
             guint first)
{
  for (guint i = first; i < reader->result->updates->len; i++)
    {
      const MosChatUpdate *update = reader->result->updates->pdata[i];

      if (update->kind == MOS_CHAT_MESSAGE && !update->is_own)
        return TRUE;
    }
  return FALSE;
}

static void
read_joined (Reader *reader,
             const char *id,
             JsonObject *object)
{
  const guint first = reader->result->updates->len;
  MosMatrixRoom room;

  room_begin (&room, id, reader->user, reader->memory);
  mos_matrix_memory_remove_join (reader->memory, id);
  read_state (reader, &room, events_of (object, "state"));
  read_timeline (reader, &room, mos_json_read_object (object, "timeline"));
  read_summary (reader, &room, mos_json_read_object (object, "summary"));
  /* Whoever wrote to us alone is not out of hearing once they bring somebody along. */
  if (has_message (reader, first) && !mos_matrix_memory_is_group (reader->memory, id))
    mos_matrix_memory_add_direct (reader->memory, id);
  read_ephemeral (reader, &room, events_of (object, "ephemeral"));
  g_hash_table_unref (room.names);
}

/* Joining it is what there is to do; what is said of it comes again then. Not so where everybody may come in, or where rooms are kept and nobody talks: whoever
 * invites there has something else in mind than to ask a shop. */
static void
read_invited (Reader *reader,
              const char *id,
              JsonObject *object)
{
  JsonArray *events = events_of (object, "invite_state");
  gboolean is_direct = FALSE;

  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);
      JsonObject *content = mos_json_read_object (event, "content");
      g_autofree char *type = mos_json_read_dup_line (event, "type");
      g_autofree char *user = mos_json_read_dup_line (event, "state_key");
      g_autofree char *rule = mos_json_read_dup_line (content, "join_rule");
      g_autofree char *kind = mos_json_read_dup_line (content, "type");

      if ((g_strcmp0 (type, "m.room.join_rules") == 0 && g_strcmp0 (rule, "public") == 0) || (g_strcmp0 (type, "m.room.create") == 0 && g_strcmp0 (kind, "m.space") == 0))
        return;
      is_direct = is_direct || (g_strcmp0 (type, "m.room.member") == 0 && g_strcmp0 (user, reader->user) == 0 && mos_json_read_is_true (content, "is_direct"));
    }
  mos_matrix_memory_add_join (reader->memory, id);
  if (is_direct)
    mos_matrix_memory_add_direct (reader->memory, id);
}

/* What we, or another program of ours, say is between two: {"@anna:example.org": ["!room:example.org"]} */
static void
read_direct (Reader *reader,
             JsonObject *root)
{
  JsonArray *events = events_of (root, "account_data");

  for (guint i = 0; i < mos_json_read_length (events); i++)
    {
      JsonObject *event = mos_json_read_element (events, i);
      JsonObject *content = mos_json_read_object (event, "content");
      g_autofree char *type = mos_json_read_dup_line (event, "type");
      g_autoptr (GList) users = content != NULL && g_strcmp0 (type, "m.direct") == 0 ? json_object_get_members (content) : NULL;

      for (GList *at = users; at != NULL; at = at->next)
        {
          JsonArray *rooms = mos_json_read_array (content, at->data);

          for (guint r = 0; r < mos_json_read_length (rooms); r++)
            {
              JsonNode *node = json_array_get_element (rooms, r);
              const char *room = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

              if (room != NULL && mos_matrix_is_room (room))
                mos_matrix_memory_add_direct (reader->memory, room);
            }
        }
    }
}

static void
read_left (Reader *reader,
           const char *id,
           JsonObject *object)
{
  guint n = reader->result->updates->len;
  gboolean is_closed = FALSE;
  MosMatrixRoom room;

  room_begin (&room, id, reader->user, reader->memory);
  mos_matrix_memory_remove_join (reader->memory, id);
  learn_all (&room, events_of (object, "state"));
  read_timeline (reader, &room, mos_json_read_object (object, "timeline"));
  for (guint i = n; i < reader->result->updates->len; i++)
    {
      MosChatUpdate *update = reader->result->updates->pdata[i];

      if (update->kind == MOS_CHAT_THREAD)
        is_closed = update->change == MOS_CHAT_THREAD_CLOSED;
    }
  if (!is_closed)
    g_ptr_array_add (reader->result->updates, mos_matrix_thread_update_new (&room, MOS_CHAT_THREAD_CLOSED, "left"));
  g_hash_table_unref (room.names);
}

static void
read_rooms (Reader *reader,
            JsonObject *rooms,
            const char *name,
            void (*read) (Reader *reader, const char *id, JsonObject *object))
{
  JsonObject *object = mos_json_read_object (rooms, name);
  g_autoptr (GList) ids = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *at = ids; at != NULL; at = at->next)
    {
      JsonObject *one = mos_json_read_object (object, at->data);

      if (one != NULL && mos_matrix_is_room (at->data))
        read (reader, at->data, one);
      else
        reader->result->broken++;
    }
}

MosMatrixSync *
mos_matrix_parse_sync (GBytes *json,
                       const char *user,
                       const char *since,
                       MosMatrixMemory *memory,
                       GError **error)
{
  g_autoptr (JsonNode) node = mos_matrix_read_object (json);
  g_autoptr (MosMatrixSync) result = g_new0 (MosMatrixSync, 1);
  Reader reader = { .result = result, .user = user, .since = since, .memory = memory };
  JsonObject *rooms;

  result->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  result->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_matrix_gap_free);
  result->next_batch = node != NULL ? dup_token (json_node_get_object (node), "next_batch") : NULL;
  if (result->next_batch == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is not what a homeserver answers to /sync");
      return NULL;
    }
  read_direct (&reader, json_node_get_object (node));
  rooms = mos_json_read_object (json_node_get_object (node), "rooms");
  read_rooms (&reader, rooms, "invite", read_invited);
  read_rooms (&reader, rooms, "join", read_joined);
  read_rooms (&reader, rooms, "leave", read_left);
  return g_steal_pointer (&result);
}

gboolean
mos_matrix_parse_messages (GBytes *json,
                           const char *user,
                           const char *room_id,
                           gboolean is_forwards,
                           MosMatrixMemory *memory,
                           GPtrArray *updates,
                           char **ret_end,
                           GError **error)
{
  g_autoptr (JsonNode) node = mos_matrix_read_object (json);
  JsonObject *root = node != NULL ? json_node_get_object (node) : NULL;
  JsonArray *chunk = mos_json_read_array (root, "chunk");
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  MosMatrixRoom room;

  *ret_end = NULL;
  if (chunk == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is not what a homeserver answers to /messages");
      return FALSE;
    }
  room_begin (&room, room_id, user, memory);
  room.is_past = TRUE;
  learn_all (&room, mos_json_read_array (root, "state"));
  for (guint i = 0, n = mos_json_read_length (chunk); i < n; i++)
    {
      JsonObject *event = mos_json_read_element (chunk, is_forwards ? i : n - 1 - i);

      if (event != NULL)
        mos_matrix_read_event (&room, event, found);
    }
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_insert (updates, is_forwards ? -1 : (int) i, found->pdata[i]);
  *ret_end = dup_token (root, "end");
  g_hash_table_unref (room.names);
  return TRUE;
}
