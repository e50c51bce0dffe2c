/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/matrix/mos-matrix-event-private.h"

#include "core/base/mos-json-read.h"

#include <string.h>

#define MAX_ID 255
#define MAX_NAME 200
#define MAX_SIGN 64
/* 9999-12-31 */
#define MAX_MS G_GINT64_CONSTANT (253402300799000)

char *
mos_matrix_dup_id (JsonObject *object,
                   const char *name,
                   char sigil)
{
  g_autofree char *id = mos_json_read_dup_line (object, name);

  return id != NULL && *id == sigil && id[1] != '\0' && strlen (id) <= MAX_ID ? g_steal_pointer (&id) : NULL;
}

gint64
mos_matrix_read_time (JsonObject *object,
                      const char *name)
{
  gint64 ms;

  if (!mos_json_read_int (object, name, &ms) || ms <= 0 || ms > MAX_MS)
    return 0;
  /* On the second it would be taken for the time of a platform that counts in seconds (mos-chat-ingest.c), which is anywhere within it. */
  return ms % 1000 == 0 ? ms * 1000 + 1 : ms * 1000;
}

/* Returns: (transfer full) (nullable): what people call somebody or something, no longer than anybody reads */
static char *
dup_name (JsonObject *object,
          const char *name)
{
  char *text = mos_json_read_dup_line (object, name);

  if (text != NULL && g_utf8_strlen (text, -1) > MAX_NAME)
    *g_utf8_offset_to_pointer (text, MAX_NAME) = '\0';
  return text;
}

MosChatPerson *
mos_matrix_person_new (MosMatrixRoom *room,
                       const char *user)
{
  MosChatPerson *person = mos_chat_person_make ("matrix", "", user, g_hash_table_lookup (room->names, user));

  person->username = g_strdup (user + 1);
  return person;
}

MosChatUpdate *
mos_matrix_update_new (MosMatrixRoom *room,
                       MosChatUpdateKind kind,
                       char *id)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = g_strdup (room->id);
  update->id = id;
  update->text = g_strdup ("");
  return update;
}

MosChatUpdate *
mos_matrix_thread_update_new (MosMatrixRoom *room,
                              MosChatThreadChange change,
                              const char *why)
{
  MosChatUpdate *update = mos_matrix_update_new (room, MOS_CHAT_THREAD, g_strdup (""));

  update->change = change;
  update->why = g_strdup (why);
  return update;
}

void
mos_matrix_room_learn (MosMatrixRoom *room,
                       JsonObject *event)
{
  g_autofree char *type = mos_json_read_dup_line (event, "type");
  g_autofree char *user = mos_matrix_dup_id (event, "state_key", '@');
  char *name;

  if (g_strcmp0 (type, "m.room.member") != 0 || user == NULL)
    return;
  name = dup_name (mos_json_read_object (event, "content"), "displayname");
  /* Of a member who left, the server leaves the name out. */
  if (name != NULL)
    g_hash_table_replace (room->names, g_steal_pointer (&user), name);
}

/* --- state --- */

MosMatrixHow
mos_matrix_read_state (MosMatrixRoom *room,
                       JsonObject *event,
                       GPtrArray *updates)
{
  g_autofree char *type = mos_json_read_dup_line (event, "type");
  g_autofree char *key = mos_json_read_dup_text (event, "state_key");
  JsonObject *content = mos_json_read_object (event, "content");
  MosChatUpdate *update;

  if (type == NULL || key == NULL || content == NULL)
    return MOS_MATRIX_BROKEN;
  if (room->is_past || *key != '\0')
    return MOS_MATRIX_IGNORED;
  if (strcmp (type, "m.room.name") == 0)
    {
      g_autofree char *name = dup_name (content, "name");

      if (name == NULL)
        return MOS_MATRIX_IGNORED;
      update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_TITLE, NULL);
      update->title = g_steal_pointer (&name);
    }
  else if (strcmp (type, "m.room.encryption") == 0)
    {
      /* Once it is on, it stays on, whatever the state says later (§ "m.room.encryption"). */
      update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_UNREADABLE, "encrypted");
      update->detail = dup_name (content, "algorithm");
    }
  else if (strcmp (type, "m.room.tombstone") == 0)
    {
      g_autofree char *other = mos_matrix_dup_id (content, "replacement_room", '!');

      if (other == NULL || strcmp (other, room->id) == 0)
        return MOS_MATRIX_IGNORED;
      mos_matrix_memory_add_join (room->memory, other);
      update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_CLOSED, "moved");
      update->detail = g_steal_pointer (&other);
    }
  else
    return MOS_MATRIX_IGNORED;
  update->at_us = mos_matrix_read_time (event, "origin_server_ts");
  g_ptr_array_add (updates, update);
  return MOS_MATRIX_TAKEN;
}

static MosMatrixHow
read_member (MosMatrixRoom *room,
             JsonObject *event,
             const char *sender,
             GPtrArray *updates)
{
  g_autofree char *user = mos_matrix_dup_id (event, "state_key", '@');
  g_autofree char *now = mos_json_read_dup_line (mos_json_read_object (event, "content"), "membership");
  JsonObject *aside = mos_json_read_object (event, "unsigned");
  g_autofree char *before = mos_json_read_dup_line (mos_json_read_object (aside, "prev_content"), "membership");
  MosChatUpdate *update = NULL;

  if (user == NULL || now == NULL)
    return MOS_MATRIX_BROKEN;
  mos_matrix_room_learn (room, event);
  /* Who changes the own name or picture "joins" again. */
  if (room->is_past || g_strcmp0 (now, before) == 0)
    return MOS_MATRIX_IGNORED;
  if (strcmp (now, "join") == 0)
    update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_OPENED, NULL);
  else if (strcmp (user, room->user) != 0)
    /* Whether anybody else is left is told by the room's summary. */
    return MOS_MATRIX_IGNORED;
  else if (strcmp (now, "leave") == 0)
    update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_CLOSED, strcmp (sender, room->user) == 0 ? "left" : "kicked");
  else if (strcmp (now, "ban") == 0)
    update = mos_matrix_thread_update_new (room, MOS_CHAT_THREAD_CLOSED, "banned");
  else
    return MOS_MATRIX_IGNORED;
  update->at_us = mos_matrix_read_time (event, "origin_server_ts");
  update->person = mos_matrix_person_new (room, sender);
  update->is_own = strcmp (sender, room->user) == 0;
  if (update->change == MOS_CHAT_THREAD_CLOSED)
    update->detail = dup_name (mos_json_read_object (event, "content"), "reason");
  g_ptr_array_add (updates, update);
  return MOS_MATRIX_TAKEN;
}

/* --- what people do --- */

/* Who, when, whether it is ours; @raw: what came, written out again */
static void
read_head (MosMatrixRoom *room,
           MosChatUpdate *update,
           JsonObject *event,
           const char *sender)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), event);
  char *text = json_to_string (node, FALSE);

  update->person = mos_matrix_person_new (room, sender);
  update->is_own = strcmp (sender, room->user) == 0;
  update->at_us = mos_matrix_read_time (event, "origin_server_ts");
  update->raw = g_bytes_new_take (text, strlen (text));
  if (update->is_own)
    update->client_key = mos_json_read_dup_line (mos_json_read_object (event, "unsigned"), "transaction_id");
}

/* Within a thread, what is not an answer to one message answers the one that the thread is about. */
static char *
dup_reply_to (JsonObject *relation,
              gboolean *ret_is_reply)
{
  g_autofree char *answered = mos_matrix_dup_id (mos_json_read_object (relation, "m.in_reply_to"), "event_id", '$');
  g_autofree char *kind = mos_json_read_dup_line (relation, "rel_type");

  *ret_is_reply = answered != NULL;
  if (g_strcmp0 (kind, "m.thread") == 0 && (answered == NULL || mos_json_read_is_true (relation, "is_falling_back")))
    return mos_matrix_dup_id (relation, "event_id", '$');
  return g_steal_pointer (&answered);
}

static MosMatrixHow
read_message (MosMatrixRoom *room,
              JsonObject *event,
              const char *type,
              const char *id,
              const char *sender,
              GPtrArray *updates)
{
  JsonObject *content = mos_json_read_object (event, "content");
  JsonObject *relation = mos_json_read_object (content, "m.relates_to");
  g_autofree char *kind = mos_json_read_dup_line (relation, "rel_type");
  gboolean is_edit = g_strcmp0 (kind, "m.replace") == 0;
  gboolean is_reply = FALSE;
  g_autofree char *reply_to = dup_reply_to (relation, &is_reply);
  g_autofree char *edited = is_edit ? mos_matrix_dup_id (relation, "event_id", '$') : NULL;
  g_autoptr (MosChatUpdate) update = NULL;

  /* What was taken back is empty; that it was is an event of its own. An encrypted edit would put nothing in the place of something. */
  if (content == NULL || json_object_get_size (content) == 0 || (is_edit && strcmp (type, "m.room.encrypted") == 0))
    return MOS_MATRIX_IGNORED;
  if (is_edit)
    {
      content = mos_json_read_object (content, "m.new_content");
      if (edited == NULL || content == NULL)
        return MOS_MATRIX_BROKEN;
    }
  update = mos_matrix_update_new (room, is_edit ? MOS_CHAT_EDIT : MOS_CHAT_MESSAGE, g_strdup (is_edit ? edited : id));
  read_head (room, update, event, sender);
  update->reply_to = is_edit ? NULL : g_steal_pointer (&reply_to);
  if (!mos_matrix_read_content (update, type, content, is_reply && !is_edit))
    return MOS_MATRIX_IGNORED;
  g_ptr_array_add (updates, g_steal_pointer (&update));
  return MOS_MATRIX_TAKEN;
}

static MosMatrixHow
read_reaction (MosMatrixRoom *room,
               JsonObject *event,
               const char *id,
               const char *sender,
               GPtrArray *updates)
{
  JsonObject *content = mos_json_read_object (event, "content");
  JsonObject *relation = mos_json_read_object (content, "m.relates_to");
  g_autofree char *kind = mos_json_read_dup_line (relation, "rel_type");
  g_autofree char *message = mos_matrix_dup_id (relation, "event_id", '$');
  g_autofree char *sign = mos_json_read_dup_line (relation, "key");
  MosChatUpdate *update;

  /* Taken back */
  if (content == NULL || json_object_get_size (content) == 0)
    return MOS_MATRIX_IGNORED;
  if (g_strcmp0 (kind, "m.annotation") != 0 || message == NULL || sign == NULL)
    return MOS_MATRIX_BROKEN;
  if (g_utf8_strlen (sign, -1) > MAX_SIGN)
    *g_utf8_offset_to_pointer (sign, MAX_SIGN) = '\0';
  /* Cut off behind a space, it would be another one when the memory is read again. */
  g_strchomp (sign);
  mos_matrix_memory_add_reaction (room->memory, id, room->id, message, sign);
  update = mos_matrix_update_new (room, MOS_CHAT_REACTION, g_steal_pointer (&message));
  read_head (room, update, event, sender);
  g_set_str (&update->text, sign);
  g_ptr_array_add (updates, update);
  return MOS_MATRIX_TAKEN;
}

static MosMatrixHow
read_redaction (MosMatrixRoom *room,
                JsonObject *event,
                const char *sender,
                GPtrArray *updates)
{
  /* From room version 11 on it stands in the content. */
  g_autofree char *outside = mos_matrix_dup_id (event, "redacts", '$');
  g_autofree char *within = mos_matrix_dup_id (mos_json_read_object (event, "content"), "redacts", '$');
  const char *id = outside != NULL ? outside : within;
  char **reaction;
  MosChatUpdate *update;

  if (id == NULL)
    return MOS_MATRIX_BROKEN;
  reaction = mos_matrix_memory_find_reaction (room->memory, room->id, id);
  update = mos_matrix_update_new (room, reaction != NULL ? MOS_CHAT_REACTION : MOS_CHAT_DELETE, g_strdup (reaction != NULL ? reaction[2] : id));
  read_head (room, update, event, sender);
  if (reaction != NULL)
    {
      update->removed = TRUE;
      g_set_str (&update->text, reaction[3]);
    }
  g_ptr_array_add (updates, update);
  return MOS_MATRIX_TAKEN;
}

MosMatrixHow
mos_matrix_read_event (MosMatrixRoom *room,
                       JsonObject *event,
                       GPtrArray *updates)
{
  static const char *const messages[] = { "m.room.message", "m.sticker", "m.room.encrypted", "m.poll.start", "org.matrix.msc3381.poll.start", "m.call.invite", NULL };
  g_autofree char *type = mos_json_read_dup_line (event, "type");
  g_autofree char *id = mos_matrix_dup_id (event, "event_id", '$');
  g_autofree char *sender = mos_matrix_dup_id (event, "sender", '@');

  if (type == NULL || id == NULL || sender == NULL)
    return MOS_MATRIX_BROKEN;
  if (json_object_has_member (event, "state_key"))
    return strcmp (type, "m.room.member") == 0 ? read_member (room, event, sender, updates) : mos_matrix_read_state (room, event, updates);
  if (g_strv_contains (messages, type))
    return read_message (room, event, type, id, sender, updates);
  if (strcmp (type, "m.reaction") == 0)
    return read_reaction (room, event, id, sender, updates);
  if (strcmp (type, "m.room.redaction") == 0)
    return read_redaction (room, event, sender, updates);
  return MOS_MATRIX_IGNORED;
}
