/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-content-private.h"
#include "core/channels/telegram/mos-telegram-parse-private.h"

#include "core/base/mos-json-read.h"

/* The end of the year 9999 */
#define MAX_SECONDS G_GINT64_CONSTANT (253402300799)

static void
connection_free (gpointer data)
{
  MosTelegramConnection *connection = data;

  g_free (connection->id);
  g_free (connection->name);
  g_free (connection);
}

void
mos_telegram_updates_free (MosTelegramUpdates *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->broken);
  g_free (self);
}

/* --- threads and people --- */

char *
mos_telegram_dup_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

char *
mos_telegram_dup_name (JsonObject *user)
{
  g_autofree char *first = mos_json_read_dup_line (user, "first_name");
  g_autofree char *last = mos_json_read_dup_line (user, "last_name");
  g_autofree char *title = mos_json_read_dup_line (user, "title");

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  return g_strdup (first != NULL ? first : last != NULL ? last
                                                        : title);
}

/* @user: a user, or a chat that speaks for itself. Returns: (transfer full) (nullable) */
MosChatPerson *
mos_telegram_read_person (JsonObject *user)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  MosChatPerson *person;
  gint64 number;

  if (!mos_json_read_int (user, "id", &number))
    return NULL;
  id = mos_telegram_dup_id (number);
  name = mos_telegram_dup_name (user);
  person = mos_chat_person_make ("telegram", "", id, name);
  person->username = mos_json_read_dup_line (user, "username");
  person->language = mos_json_read_dup_line (user, "language_code");
  return person;
}

gint64
mos_telegram_read_time (JsonObject *object,
                        const char *name)
{
  gint64 seconds;

  return mos_json_read_int (object, name, &seconds) && seconds > 0 && seconds <= MAX_SECONDS ? seconds * G_USEC_PER_SEC : 0;
}

/* @ret_is_private: between two. Returns: whether what is written there counts */
gboolean
mos_telegram_takes_chat (const MosTelegramReader *reader,
                         JsonObject *chat,
                         gboolean *ret_is_private)
{
  g_autofree char *type = mos_json_read_dup_line (chat, "type");

  *ret_is_private = g_strcmp0 (type, "private") == 0;
  return *ret_is_private || (reader->rules->takes_groups && g_strcmp0 (type, "channel") != 0);
}

/* --- one update --- */

MosChatUpdate *
mos_telegram_update_new (const MosTelegramReader *reader,
                         MosChatUpdateKind kind,
                         char *thread,
                         char *id)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = thread;
  update->id = id;
  update->raw = g_bytes_ref (reader->raw);
  return update;
}

MosChatUpdate *
mos_telegram_thread_update_new (const MosTelegramReader *reader,
                                MosChatThreadChange change,
                                char *thread,
                                char *id)
{
  MosChatUpdate *update = mos_telegram_update_new (reader, MOS_CHAT_THREAD, thread, id);

  update->change = change;
  update->text = g_strdup ("");
  return update;
}

MosTelegramHow
mos_telegram_take (const MosTelegramReader *reader,
                   MosChatUpdate *update)
{
  g_ptr_array_add (reader->result->updates, update);
  return MOS_TELEGRAM_TAKEN;
}

/* A topic is a thread of its own; what merely answers in a group has such a number, too. */
static gint64
read_topic (JsonObject *message)
{
  gint64 topic = 0;

  return mos_json_read_is_true (message, "is_topic_message") && mos_json_read_int (message, "message_thread_id", &topic) ? topic : 0;
}

static MosTelegramHow
read_service (const MosTelegramReader *reader,
              JsonObject *message,
              gint64 chat,
              gint64 topic,
              const char *connection)
{
  g_autofree char *title = mos_json_read_dup_line (message, "new_chat_title");
  MosChatUpdate *update;
  gint64 other;

  if (mos_json_read_int (message, "migrate_to_chat_id", &other))
    update = mos_telegram_thread_update_new (reader, MOS_CHAT_THREAD_MOVED, mos_telegram_thread_new (chat, 0, NULL), mos_telegram_thread_new (other, 0, NULL));
  else if (mos_json_read_int (message, "migrate_from_chat_id", &other))
    update = mos_telegram_thread_update_new (reader, MOS_CHAT_THREAD_MOVED, mos_telegram_thread_new (other, 0, NULL), mos_telegram_thread_new (chat, 0, NULL));
  else
    {
      if (title == NULL && topic != 0)
        {
          title = mos_json_read_dup_line (mos_json_read_object (message, "forum_topic_created"), "name");
          if (title == NULL)
            title = mos_json_read_dup_line (mos_json_read_object (message, "forum_topic_edited"), "name");
        }
      if (title == NULL)
        return MOS_TELEGRAM_IGNORED;
      update = mos_telegram_thread_update_new (reader, MOS_CHAT_THREAD_TITLE, mos_telegram_thread_new (chat, topic, connection), g_strdup (""));
      update->title = g_steal_pointer (&title);
    }
  update->at_us = mos_telegram_read_time (message, "date");
  return mos_telegram_take (reader, update);
}

/* Who wrote it first; "" where that is not told; %NULL where it was not passed on. Returns: (transfer full) (nullable) */
static char *
read_forwarded (JsonObject *message)
{
  JsonObject *origin = mos_json_read_object (message, "forward_origin");
  JsonObject *holder = origin != NULL ? origin : message;
  static const char *const people[] = { "sender_user", "sender_chat", "chat", "forward_from", "forward_from_chat" };
  g_autofree char *name = NULL;

  if (origin == NULL && !json_object_has_member (message, "forward_date"))
    return NULL;
  for (gsize i = origin != NULL ? 0 : 3; name == NULL && i < (origin != NULL ? 3 : G_N_ELEMENTS (people)); i++)
    name = mos_telegram_dup_name (mos_json_read_object (holder, people[i]));
  if (name == NULL)
    name = mos_json_read_dup_line (holder, origin != NULL ? "sender_user_name" : "forward_sender_name");
  return name != NULL ? g_steal_pointer (&name) : g_strdup ("");
}

/* The first message of a topic is what all in it "answer". */
static char *
read_reply (JsonObject *message,
            gint64 chat,
            gint64 topic)
{
  JsonObject *other = mos_json_read_object (message, "reply_to_message");
  gint64 id, place;

  if (!mos_json_read_int (other, "message_id", &id) || id <= 0 || (topic != 0 && id == topic && json_object_has_member (other, "forum_topic_created")))
    return NULL;
  if (mos_json_read_int (mos_json_read_object (other, "chat"), "id", &place) && place != chat)
    return NULL;
  return mos_telegram_dup_id (id);
}

/* Where somebody is who lets it be followed comes anew every few seconds; only the first counts. */
static gboolean
is_follow_up (JsonObject *message)
{
  return mos_json_read_object (message, "location") != NULL && mos_json_read_object (message, "venue") == NULL;
}

static void
read_writer (const MosTelegramReader *reader,
             MosChatUpdate *update,
             JsonObject *message,
             gint64 chat,
             gboolean is_private)
{
  JsonObject *from = mos_json_read_object (message, "from");
  JsonObject *speaking = mos_json_read_object (message, "sender_chat");
  gint64 id = 0;

  update->person = mos_telegram_read_person (speaking != NULL ? speaking : from);
  if (!mos_json_read_int (from, "id", &id))
    return;
  /* In a chat between two, the chat has the customer's number. */
  update->is_own = (reader->rules->bot != 0 && id == reader->rules->bot) || (is_private && json_object_has_member (message, "business_connection_id") && id != chat) ||
                   json_object_has_member (message, "sender_business_bot");
  update->automatic = mos_json_read_is_true (message, "is_from_offline") || (!update->is_own && mos_json_read_is_true (from, "is_bot"));
}

static MosTelegramHow
read_message (const MosTelegramReader *reader,
              JsonObject *message,
              gboolean is_edit)
{
  JsonObject *chat = mos_json_read_object (message, "chat");
  g_autofree char *connection = mos_json_read_dup_line (message, "business_connection_id");
  gint64 place, id, topic;
  gboolean is_private;
  MosChatUpdate *update;

  if (!mos_json_read_int (chat, "id", &place) || !mos_json_read_int (message, "message_id", &id) || id <= 0)
    return MOS_TELEGRAM_BROKEN;
  if (!mos_telegram_takes_chat (reader, chat, &is_private) || (is_edit && is_follow_up (message)))
    return MOS_TELEGRAM_IGNORED;
  topic = read_topic (message);
  if (mos_telegram_is_service (message))
    return read_service (reader, message, place, topic, connection);
  update = mos_telegram_update_new (reader, is_edit ? MOS_CHAT_EDIT : MOS_CHAT_MESSAGE, mos_telegram_thread_new (place, topic, connection), mos_telegram_dup_id (id));
  read_writer (reader, update, message, place, is_private);
  update->at_us = mos_telegram_read_time (message, is_edit && json_object_has_member (message, "edit_date") ? "edit_date" : "date");
  update->group = mos_json_read_dup_line (message, "media_group_id");
  update->reply_to = read_reply (message, place, topic);
  update->forwarded = read_forwarded (message);
  if (!is_private)
    update->title = mos_json_read_dup_line (chat, "title");
  mos_telegram_read_content (update, message);
  return mos_telegram_take (reader, update);
}

static MosTelegramHow
read_press (const MosTelegramReader *reader,
            JsonObject *query)
{
  JsonObject *message = mos_json_read_object (query, "message");
  JsonObject *chat = mos_json_read_object (message, "chat");
  JsonObject *from = mos_json_read_object (query, "from");
  g_autofree char *press = mos_json_read_dup_line (query, "id");
  g_autofree char *connection = mos_json_read_dup_line (message, "business_connection_id");
  gint64 place, id = 0;
  gboolean is_private;
  MosChatUpdate *update;

  if (press == NULL || !mos_json_read_int (from, "id", &place))
    return MOS_TELEGRAM_BROKEN;
  if (chat != NULL)
    {
      if (!mos_json_read_int (chat, "id", &place))
        return MOS_TELEGRAM_BROKEN;
      if (!mos_telegram_takes_chat (reader, chat, &is_private))
        return MOS_TELEGRAM_IGNORED;
    }
  /* Without its message all that is known is who pressed: a chat between two has that number. */
  update = mos_telegram_update_new (reader, MOS_CHAT_PRESS, mos_telegram_thread_new (place, read_topic (message), connection), mos_json_read_int (message, "message_id", &id) && id > 0 ? mos_telegram_dup_id (id) : g_strdup (""));
  update->person = mos_telegram_read_person (from);
  update->press = g_steal_pointer (&press);
  update->text = mos_json_read_dup_text (query, "data");
  if (update->text == NULL)
    update->text = g_strdup ("");
  return mos_telegram_take (reader, update);
}

static MosTelegramHow
read_edited (const MosTelegramReader *reader,
             JsonObject *message)
{
  return read_message (reader, message, TRUE);
}

static MosTelegramHow
read_new (const MosTelegramReader *reader,
          JsonObject *message)
{
  return read_message (reader, message, FALSE);
}

/* Kinds of updates; others are no concern of a desk: they are not asked for, either. */
static const struct
{
  const char *name;
  MosTelegramHow (*read) (const MosTelegramReader *reader, JsonObject *object);
} kinds[] = {
  { "message", read_new },
  { "edited_message", read_edited },
  { "business_message", read_new },
  { "edited_business_message", read_edited },
  { "callback_query", read_press },
  { "my_chat_member", mos_telegram_read_membership },
  { "business_connection", mos_telegram_read_connection },
  { "deleted_business_messages", mos_telegram_read_deleted },
  { "message_reaction", mos_telegram_read_reaction },
};

static MosTelegramHow
read_update (const MosTelegramReader *reader,
             JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 id;

  if (!mos_json_read_int (object, "update_id", &id) || id < 0 || id == G_MAXINT64)
    return MOS_TELEGRAM_BROKEN;
  reader->result->next_offset = MAX (reader->result->next_offset, id + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (json_object_has_member (object, kinds[i].name))
      {
        JsonObject *content = mos_json_read_object (object, kinds[i].name);

        return content != NULL ? kinds[i].read (reader, content) : MOS_TELEGRAM_BROKEN;
      }
  return MOS_TELEGRAM_IGNORED;
}

static GBytes *
generate (JsonNode *node)
{
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

MosTelegramUpdates *
mos_telegram_parse_updates (GBytes *json,
                            const MosTelegramRules *rules,
                            GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (MosTelegramUpdates) result = NULL;
  g_autoptr (GPtrArray) slices = NULL;
  JsonArray *array = NULL;
  JsonNode *root;
  gsize size;
  const char *data = g_bytes_get_data (json, &size);
  MosTelegramReader reader = { .rules = rules };

  if (data != NULL && json_parser_load_from_data (parser, data, (gssize) size, NULL))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
        array = json_node_get_array (root);
      else if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && mos_json_read_is_true (json_node_get_object (root), "ok"))
        array = mos_json_read_array (json_node_get_object (root), "result");
    }
  if (array == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "These are no updates");
      return NULL;
    }

  result = g_new0 (MosTelegramUpdates, 1);
  result->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  result->connections = g_ptr_array_new_with_free_func (connection_free);
  result->broken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  result->received = json_array_get_length (array);
  slices = mos_telegram_slice (json);
  reader.result = result;
  for (guint i = 0; i < result->received; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (GBytes) raw = slices->len == result->received ? g_bytes_ref (g_ptr_array_index (slices, i)) : generate (node);
      MosTelegramHow outcome;

      reader.raw = raw;
      outcome = read_update (&reader, node);
      if (outcome == MOS_TELEGRAM_IGNORED)
        result->ignored++;
      else if (outcome == MOS_TELEGRAM_BROKEN)
        g_ptr_array_add (result->broken, g_bytes_ref (raw));
    }
  return g_steal_pointer (&result);
}
