/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-content-private.h"
#include "core/channels/telegram/mos-telegram-parse.h"

#include "core/base/mos-json-read.h"

/* Ids of one "these were deleted" */
#define MAX_DELETED 1000
/* The end of the year 9999 */
#define MAX_SECONDS G_GINT64_CONSTANT (253402300799)

typedef enum
{
  TAKEN,
  IGNORED,
  BROKEN,
} Outcome;

typedef struct
{
  MosTelegramUpdates *result;
  const MosTelegramRules *rules;
  GBytes *raw; /* of the update that is read */
} Reader;

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
mos_telegram_thread_new (gint64 chat,
                         gint64 topic,
                         const char *connection)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%" G_GINT64_FORMAT, chat);
  if (topic != 0)
    g_string_append_printf (out, ":%" G_GINT64_FORMAT, topic);
  if (connection != NULL)
    g_string_append_printf (out, "@%s", connection);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_number (const char *text,
             gsize n,
             gint64 *value)
{
  g_autofree char *number = g_strndup (text, n);

  return g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
mos_telegram_thread_read (const char *thread,
                          gint64 *chat,
                          gint64 *topic,
                          char **connection)
{
  gsize n = strcspn (thread, ":@");

  *topic = 0;
  *connection = NULL;
  if (!read_number (thread, n, chat))
    return FALSE;
  thread += n;
  if (*thread == ':')
    {
      thread++;
      n = strcspn (thread, "@");
      if (!read_number (thread, n, topic) || *topic == 0)
        return FALSE;
      thread += n;
    }
  if (*thread == '@' && thread[1] != '\0')
    *connection = g_strdup (thread + 1);
  else if (*thread != '\0')
    return FALSE;
  return TRUE;
}

static char *
dup_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static char *
dup_name (JsonObject *user)
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
static MosChatPerson *
read_person (JsonObject *user)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  MosChatPerson *person;
  gint64 number;

  if (!mos_json_read_int (user, "id", &number))
    return NULL;
  id = dup_id (number);
  name = dup_name (user);
  person = mos_chat_person_make ("telegram", "", id, name);
  person->username = mos_json_read_dup_line (user, "username");
  person->language = mos_json_read_dup_line (user, "language_code");
  return person;
}

static gint64
read_time (JsonObject *object,
           const char *name)
{
  gint64 seconds;

  return mos_json_read_int (object, name, &seconds) && seconds > 0 && seconds <= MAX_SECONDS ? seconds * G_USEC_PER_SEC : 0;
}

/* @ret_is_private: between two. Returns: whether what is written there counts */
static gboolean
takes_chat (const Reader *reader,
            JsonObject *chat,
            gboolean *ret_is_private)
{
  g_autofree char *type = mos_json_read_dup_line (chat, "type");

  *ret_is_private = g_strcmp0 (type, "private") == 0;
  return *ret_is_private || (reader->rules->takes_groups && g_strcmp0 (type, "channel") != 0);
}

/* --- one update --- */

static MosChatUpdate *
update_new (const Reader *reader,
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

static MosChatUpdate *
thread_update_new (const Reader *reader,
                   MosChatThreadChange change,
                   char *thread,
                   char *id)
{
  MosChatUpdate *update = update_new (reader, MOS_CHAT_THREAD, thread, id);

  update->change = change;
  update->text = g_strdup ("");
  return update;
}

static Outcome
take (const Reader *reader,
      MosChatUpdate *update)
{
  g_ptr_array_add (reader->result->updates, update);
  return TAKEN;
}

/* A topic is a thread of its own; what merely answers in a group has such a number, too. */
static gint64
read_topic (JsonObject *message)
{
  gint64 topic = 0;

  return mos_json_read_is_true (message, "is_topic_message") && mos_json_read_int (message, "message_thread_id", &topic) ? topic : 0;
}

static Outcome
read_service (const Reader *reader,
              JsonObject *message,
              gint64 chat,
              gint64 topic,
              const char *connection)
{
  g_autofree char *title = mos_json_read_dup_line (message, "new_chat_title");
  MosChatUpdate *update;
  gint64 other;

  if (mos_json_read_int (message, "migrate_to_chat_id", &other))
    update = thread_update_new (reader, MOS_CHAT_THREAD_MOVED, mos_telegram_thread_new (chat, 0, NULL), mos_telegram_thread_new (other, 0, NULL));
  else if (mos_json_read_int (message, "migrate_from_chat_id", &other))
    update = thread_update_new (reader, MOS_CHAT_THREAD_MOVED, mos_telegram_thread_new (other, 0, NULL), mos_telegram_thread_new (chat, 0, NULL));
  else
    {
      if (title == NULL && topic != 0)
        {
          title = mos_json_read_dup_line (mos_json_read_object (message, "forum_topic_created"), "name");
          if (title == NULL)
            title = mos_json_read_dup_line (mos_json_read_object (message, "forum_topic_edited"), "name");
        }
      if (title == NULL)
        return IGNORED;
      update = thread_update_new (reader, MOS_CHAT_THREAD_TITLE, mos_telegram_thread_new (chat, topic, connection), g_strdup (""));
      update->title = g_steal_pointer (&title);
    }
  update->at_us = read_time (message, "date");
  return take (reader, update);
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
    name = dup_name (mos_json_read_object (holder, people[i]));
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
  return dup_id (id);
}

/* Where somebody is who lets it be followed comes anew every few seconds; only the first counts. */
static gboolean
is_follow_up (JsonObject *message)
{
  return mos_json_read_object (message, "location") != NULL && mos_json_read_object (message, "venue") == NULL;
}

static void
read_writer (const Reader *reader,
             MosChatUpdate *update,
             JsonObject *message,
             gint64 chat,
             gboolean is_private)
{
  JsonObject *from = mos_json_read_object (message, "from");
  JsonObject *speaking = mos_json_read_object (message, "sender_chat");
  gint64 id = 0;

  update->person = read_person (speaking != NULL ? speaking : from);
  if (!mos_json_read_int (from, "id", &id))
    return;
  /* In a chat between two, the chat has the customer's number. */
  update->is_own = (reader->rules->bot != 0 && id == reader->rules->bot) || (is_private && json_object_has_member (message, "business_connection_id") && id != chat) ||
                   json_object_has_member (message, "sender_business_bot");
  update->automatic = mos_json_read_is_true (message, "is_from_offline") || (!update->is_own && mos_json_read_is_true (from, "is_bot"));
}

static Outcome
read_message (const Reader *reader,
              JsonObject *message,
              gboolean is_edit)
{
  JsonObject *chat = mos_json_read_object (message, "chat");
  g_autofree char *connection = mos_json_read_dup_line (message, "business_connection_id");
  gint64 place, id, topic;
  gboolean is_private;
  MosChatUpdate *update;

  if (!mos_json_read_int (chat, "id", &place) || !mos_json_read_int (message, "message_id", &id) || id <= 0)
    return BROKEN;
  if (!takes_chat (reader, chat, &is_private) || (is_edit && is_follow_up (message)))
    return IGNORED;
  topic = read_topic (message);
  if (mos_telegram_is_service (message))
    return read_service (reader, message, place, topic, connection);
  update = update_new (reader, is_edit ? MOS_CHAT_EDIT : MOS_CHAT_MESSAGE, mos_telegram_thread_new (place, topic, connection), dup_id (id));
  read_writer (reader, update, message, place, is_private);
  update->at_us = read_time (message, is_edit && json_object_has_member (message, "edit_date") ? "edit_date" : "date");
  update->group = mos_json_read_dup_line (message, "media_group_id");
  update->reply_to = read_reply (message, place, topic);
  update->forwarded = read_forwarded (message);
  if (!is_private)
    update->title = mos_json_read_dup_line (chat, "title");
  mos_telegram_read_content (update, message);
  return take (reader, update);
}

static Outcome
read_press (const Reader *reader,
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
    return BROKEN;
  if (chat != NULL)
    {
      if (!mos_json_read_int (chat, "id", &place))
        return BROKEN;
      if (!takes_chat (reader, chat, &is_private))
        return IGNORED;
    }
  /* Without its message all that is known is who pressed: a chat between two has that number. */
  update = update_new (reader, MOS_CHAT_PRESS, mos_telegram_thread_new (place, read_topic (message), connection), mos_json_read_int (message, "message_id", &id) && id > 0 ? dup_id (id) : g_strdup (""));
  update->person = read_person (from);
  update->press = g_steal_pointer (&press);
  update->text = mos_json_read_dup_text (query, "data");
  if (update->text == NULL)
    update->text = g_strdup ("");
  return take (reader, update);
}

/* The bot itself was let in, blocked or thrown out. */
static Outcome
read_membership (const Reader *reader,
                 JsonObject *change)
{
  JsonObject *chat = mos_json_read_object (change, "chat");
  g_autofree char *status = mos_json_read_dup_line (mos_json_read_object (change, "new_chat_member"), "status");
  gboolean is_private, is_out;
  MosChatUpdate *update;
  gint64 place;

  if (!mos_json_read_int (chat, "id", &place) || status == NULL)
    return BROKEN;
  if (!takes_chat (reader, chat, &is_private))
    return IGNORED;
  is_out = strcmp (status, "kicked") == 0 || strcmp (status, "left") == 0;
  update = thread_update_new (reader, is_out ? MOS_CHAT_THREAD_CLOSED : MOS_CHAT_THREAD_OPENED, mos_telegram_thread_new (place, 0, NULL), g_strdup (""));
  if (is_out)
    update->why = g_strdup (is_private ? "blocked" : strcmp (status, "kicked") == 0 ? "removed"
                                                                                    : "left");
  update->person = read_person (mos_json_read_object (change, "from"));
  update->at_us = read_time (change, "date");
  if (!is_private)
    update->title = mos_json_read_dup_line (chat, "title");
  return take (reader, update);
}

static Outcome
read_connection (const Reader *reader,
                 JsonObject *object)
{
  JsonObject *user = mos_json_read_object (object, "user");
  JsonObject *rights = mos_json_read_object (object, "rights");
  g_autofree char *id = mos_json_read_dup_line (object, "id");
  MosTelegramConnection *connection;
  gint64 number;

  if (id == NULL || !mos_json_read_int (user, "id", &number))
    return BROKEN;
  connection = g_new0 (MosTelegramConnection, 1);
  connection->id = g_steal_pointer (&id);
  connection->user = number;
  connection->name = dup_name (user);
  connection->at_us = read_time (object, "date");
  connection->is_enabled = mos_json_read_is_true (object, "is_enabled");
  /* Before there were rights, this was the only one. */
  connection->can_reply = mos_json_read_is_true (rights != NULL ? rights : object, "can_reply");
  connection->can_read = mos_json_read_is_true (rights, "can_read_messages");
  g_ptr_array_add (reader->result->connections, connection);
  return TAKEN;
}

static Outcome
read_deleted (const Reader *reader,
              JsonObject *object)
{
  JsonObject *chat = mos_json_read_object (object, "chat");
  JsonArray *ids = mos_json_read_array (object, "message_ids");
  g_autofree char *connection = mos_json_read_dup_line (object, "business_connection_id");
  gint64 place;
  guint n = 0;

  if (!mos_json_read_int (chat, "id", &place) || connection == NULL)
    return BROKEN;
  for (guint i = 0; i < MIN (mos_json_read_length (ids), MAX_DELETED); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);
      MosChatUpdate *update;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) <= 0)
        continue;
      update = update_new (reader, MOS_CHAT_DELETE, mos_telegram_thread_new (place, 0, connection), dup_id (json_node_get_int (node)));
      update->text = g_strdup ("");
      take (reader, update);
      n++;
    }
  return n > 0 ? TAKEN : BROKEN;
}

/* Returns: (transfer full) (nullable): the sign; %NULL for one that is a picture of somebody's own */
static char *
dup_sign (JsonArray *reactions,
          guint i)
{
  JsonObject *reaction = mos_json_read_element (reactions, i);
  g_autofree char *type = mos_json_read_dup_line (reaction, "type");

  if (g_strcmp0 (type, "paid") == 0)
    return g_strdup ("⭐");
  return g_strcmp0 (type, "emoji") == 0 ? mos_json_read_dup_line (reaction, "emoji") : NULL;
}

static gboolean
has_sign (JsonArray *reactions,
          const char *sign)
{
  for (guint i = 0; i < MIN (mos_json_read_length (reactions), 32); i++)
    {
      g_autofree char *one = dup_sign (reactions, i);

      if (g_strcmp0 (one, sign) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is in @now and was not @before */
static guint
take_reactions (const Reader *reader,
                JsonObject *object,
                gint64 place,
                gint64 id,
                JsonArray *before,
                JsonArray *now,
                gboolean removed)
{
  guint n = 0;

  for (guint i = 0; i < MIN (mos_json_read_length (now), 32); i++)
    {
      g_autofree char *sign = dup_sign (now, i);
      JsonObject *user = mos_json_read_object (object, "user");
      MosChatUpdate *update;

      if (sign == NULL || has_sign (before, sign))
        continue;
      update = update_new (reader, MOS_CHAT_REACTION, mos_telegram_thread_new (place, 0, NULL), dup_id (id));
      update->person = read_person (user != NULL ? user : mos_json_read_object (object, "actor_chat"));
      update->at_us = read_time (object, "date");
      update->text = g_steal_pointer (&sign);
      update->removed = removed;
      take (reader, update);
      n++;
    }
  return n;
}

static Outcome
read_reaction (const Reader *reader,
               JsonObject *object)
{
  JsonArray *before = mos_json_read_array (object, "old_reaction");
  JsonArray *now = mos_json_read_array (object, "new_reaction");
  JsonObject *chat = mos_json_read_object (object, "chat");
  gint64 place, id;
  gboolean is_private;
  guint n;

  if (!mos_json_read_int (chat, "id", &place) || !mos_json_read_int (object, "message_id", &id) || id <= 0)
    return BROKEN;
  if (!takes_chat (reader, chat, &is_private))
    return IGNORED;
  n = take_reactions (reader, object, place, id, now, before, TRUE);
  n += take_reactions (reader, object, place, id, before, now, FALSE);
  return n > 0 ? TAKEN : IGNORED;
}

static Outcome
read_edited (const Reader *reader,
             JsonObject *message)
{
  return read_message (reader, message, TRUE);
}

static Outcome
read_new (const Reader *reader,
          JsonObject *message)
{
  return read_message (reader, message, FALSE);
}

/* Kinds of updates; others are no concern of a desk: they are not asked for, either. */
static const struct
{
  const char *name;
  Outcome (*read) (const Reader *reader, JsonObject *object);
} kinds[] = {
  { "message", read_new },
  { "edited_message", read_edited },
  { "business_message", read_new },
  { "edited_business_message", read_edited },
  { "callback_query", read_press },
  { "my_chat_member", read_membership },
  { "business_connection", read_connection },
  { "deleted_business_messages", read_deleted },
  { "message_reaction", read_reaction },
};

static Outcome
read_update (const Reader *reader,
             JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 id;

  if (!mos_json_read_int (object, "update_id", &id) || id < 0 || id == G_MAXINT64)
    return BROKEN;
  reader->result->next_offset = MAX (reader->result->next_offset, id + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (json_object_has_member (object, kinds[i].name))
      {
        JsonObject *content = mos_json_read_object (object, kinds[i].name);

        return content != NULL ? kinds[i].read (reader, content) : BROKEN;
      }
  return IGNORED;
}

/* --- the bytes of each --- */

/* Where the value ends that begins at @at; @text is JSON. Strings are passed over whole. */
static const char *
skip_value (const char *at,
            const char *end)
{
  guint depth = 0;

  for (; at < end; at++)
    {
      if (*at == '"')
        {
          for (at++; at < end && *at != '"'; at++)
            if (*at == '\\')
              at++;
        }
      else if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        {
          if (depth == 0)
            return at;
          if (--depth == 0)
            return at + 1;
        }
      else if (*at == ',' && depth == 0)
        return at;
    }
  return end;
}

static const char *
skip_spaces (const char *at,
             const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

/* Returns: (nullable): where the array of the answer begins */
static const char *
find_array (const char *at,
            const char *end)
{
  static const char name[] = "\"result\"";
  const char *found = NULL;

  at = skip_spaces (at, end);
  if (at < end && *at == '[')
    return at;
  for (at++; at < end; at++)
    {
      gboolean is_it;

      at = skip_spaces (at, end);
      is_it = (gsize) (end - at) > strlen (name) && memcmp (at, name, strlen (name)) == 0;
      if (at >= end || *at != '"')
        break;
      for (at++; at < end && *at != '"'; at++)
        if (*at == '\\')
          at++;
      at = skip_spaces (at + 1, end);
      if (at >= end || *at != ':')
        break;
      at = skip_spaces (at + 1, end);
      if (is_it)
        found = at;
      at = skip_spaces (skip_value (at, end), end);
      if (at >= end || *at != ',')
        break;
    }
  return found;
}

/* Returns: (transfer full): array of #GBytes, one for each element of the array */
static GPtrArray *
slice (GBytes *json)
{
  gsize size;
  const char *start = g_bytes_get_data (json, &size), *end = start + size;
  const char *at = find_array (start, end);
  GPtrArray *slices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (at == NULL || at >= end || *at != '[')
    return slices;
  for (at = skip_spaces (at + 1, end); at < end && *at != ']';)
    {
      const char *to = skip_value (at, end);

      if (to <= at)
        break;
      g_ptr_array_add (slices, g_bytes_new_from_bytes (json, (gsize) (at - start), (gsize) (to - at)));
      at = skip_spaces (to, end);
      if (at < end && *at == ',')
        at = skip_spaces (at + 1, end);
    }
  return slices;
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
  Reader reader = { .rules = rules };

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
  slices = slice (json);
  reader.result = result;
  for (guint i = 0; i < result->received; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (GBytes) raw = slices->len == result->received ? g_bytes_ref (g_ptr_array_index (slices, i)) : generate (node);
      Outcome outcome;

      reader.raw = raw;
      outcome = read_update (&reader, node);
      if (outcome == IGNORED)
        result->ignored++;
      else if (outcome == BROKEN)
        g_ptr_array_add (result->broken, g_bytes_ref (raw));
    }
  return g_steal_pointer (&result);
}
