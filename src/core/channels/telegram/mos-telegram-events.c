/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-parse-private.h"

#include "core/base/mos-json-read.h"

/* What happens beside messages: to the bot, to a connection of a business, to messages that are there. */

/* Ids of one "these were deleted" */
#define MAX_DELETED 1000

/* The bot itself was let in, blocked or thrown out. */
MosTelegramHow
mos_telegram_read_membership (const MosTelegramReader *reader,
                              JsonObject *change)
{
  JsonObject *chat = mos_json_read_object (change, "chat");
  g_autofree char *status = mos_json_read_dup_line (mos_json_read_object (change, "new_chat_member"), "status");
  gboolean is_private, is_out;
  MosChatUpdate *update;
  gint64 place;

  if (!mos_json_read_int (chat, "id", &place) || status == NULL)
    return MOS_TELEGRAM_BROKEN;
  if (!mos_telegram_takes_chat (reader, chat, &is_private))
    return MOS_TELEGRAM_IGNORED;
  is_out = strcmp (status, "kicked") == 0 || strcmp (status, "left") == 0;
  update = mos_telegram_thread_update_new (reader, is_out ? MOS_CHAT_THREAD_CLOSED : MOS_CHAT_THREAD_OPENED, mos_telegram_thread_new (place, 0, NULL), g_strdup (""));
  if (is_out)
    update->why = g_strdup (is_private ? "blocked" : strcmp (status, "kicked") == 0 ? "removed"
                                                                                    : "left");
  update->person = mos_telegram_read_person (mos_json_read_object (change, "from"));
  update->at_us = mos_telegram_read_time (change, "date");
  if (!is_private)
    update->title = mos_json_read_dup_line (chat, "title");
  return mos_telegram_take (reader, update);
}

MosTelegramHow
mos_telegram_read_connection (const MosTelegramReader *reader,
                              JsonObject *object)
{
  JsonObject *user = mos_json_read_object (object, "user");
  JsonObject *rights = mos_json_read_object (object, "rights");
  g_autofree char *id = mos_json_read_dup_line (object, "id");
  MosTelegramConnection *connection;
  gint64 number;

  if (id == NULL || !mos_json_read_int (user, "id", &number))
    return MOS_TELEGRAM_BROKEN;
  connection = g_new0 (MosTelegramConnection, 1);
  connection->id = g_steal_pointer (&id);
  connection->user = number;
  connection->name = mos_telegram_dup_name (user);
  connection->at_us = mos_telegram_read_time (object, "date");
  connection->is_enabled = mos_json_read_is_true (object, "is_enabled");
  /* Before there were rights, this was the only one. */
  connection->can_reply = mos_json_read_is_true (rights != NULL ? rights : object, "can_reply");
  connection->can_read = mos_json_read_is_true (rights, "can_read_messages");
  g_ptr_array_add (reader->result->connections, connection);
  return MOS_TELEGRAM_TAKEN;
}

MosTelegramHow
mos_telegram_read_deleted (const MosTelegramReader *reader,
                           JsonObject *object)
{
  JsonObject *chat = mos_json_read_object (object, "chat");
  JsonArray *ids = mos_json_read_array (object, "message_ids");
  g_autofree char *connection = mos_json_read_dup_line (object, "business_connection_id");
  gint64 place;
  guint n = 0;

  if (!mos_json_read_int (chat, "id", &place) || connection == NULL)
    return MOS_TELEGRAM_BROKEN;
  for (guint i = 0; i < MIN (mos_json_read_length (ids), MAX_DELETED); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);
      MosChatUpdate *update;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) <= 0)
        continue;
      update = mos_telegram_update_new (reader, MOS_CHAT_DELETE, mos_telegram_thread_new (place, 0, connection), mos_telegram_dup_id (json_node_get_int (node)));
      update->text = g_strdup ("");
      mos_telegram_take (reader, update);
      n++;
    }
  return n > 0 ? MOS_TELEGRAM_TAKEN : MOS_TELEGRAM_BROKEN;
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
take_reactions (const MosTelegramReader *reader,
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
      update = mos_telegram_update_new (reader, MOS_CHAT_REACTION, mos_telegram_thread_new (place, 0, NULL), mos_telegram_dup_id (id));
      update->person = mos_telegram_read_person (user != NULL ? user : mos_json_read_object (object, "actor_chat"));
      update->at_us = mos_telegram_read_time (object, "date");
      update->text = g_steal_pointer (&sign);
      update->removed = removed;
      mos_telegram_take (reader, update);
      n++;
    }
  return n;
}

MosTelegramHow
mos_telegram_read_reaction (const MosTelegramReader *reader,
                            JsonObject *object)
{
  JsonArray *before = mos_json_read_array (object, "old_reaction");
  JsonArray *now = mos_json_read_array (object, "new_reaction");
  JsonObject *chat = mos_json_read_object (object, "chat");
  gint64 place, id;
  gboolean is_private;
  guint n;

  if (!mos_json_read_int (chat, "id", &place) || !mos_json_read_int (object, "message_id", &id) || id <= 0)
    return MOS_TELEGRAM_BROKEN;
  if (!mos_telegram_takes_chat (reader, chat, &is_private))
    return MOS_TELEGRAM_IGNORED;
  n = take_reactions (reader, object, place, id, now, before, TRUE);
  n += take_reactions (reader, object, place, id, before, now, FALSE);
  return n > 0 ? MOS_TELEGRAM_TAKEN : MOS_TELEGRAM_IGNORED;
}
