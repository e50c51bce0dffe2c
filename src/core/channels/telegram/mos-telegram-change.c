/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-send.h"

/* What is done to a message that is there. Each of these says how it shall be, so that twice is once. */

static gboolean
edit (MosTelegramApi *api,
      const MosChatChange *change,
      GCancellable *cancellable,
      MosTelegramTrouble **trouble)
{
  JsonObject *object = mos_telegram_target_message (change->thread, change->remotes[0]);

  if (object != NULL && !change->has_file)
    {
      JsonObject *preview = json_object_new ();

      json_object_set_boolean_member (preview, "is_disabled", TRUE);
      json_object_set_object_member (object, "link_preview_options", preview);
    }
  if (object != NULL)
    json_object_set_string_member (object, change->has_file ? "caption" : "text", change->text);
  /* What is not named again goes. */
  if (object != NULL && change->buttons != NULL && change->buttons->len > 0)
    {
      JsonObject *markup = mos_telegram_keyboard (change->buttons);

      if (markup != NULL)
        json_object_set_object_member (object, "reply_markup", markup);
    }
  return mos_telegram_api_do_sync (api, change->has_file ? "editMessageCaption" : "editMessageText", object, "not-modified", cancellable, trouble);
}

/* In the name of a person, not of a bot: that one has a method of its own for it. */
static JsonObject *
make_business_withdrawal (JsonObject *object)
{
  JsonArray *ids = json_array_new ();

  json_array_add_int_element (ids, json_object_get_int_member (object, "message_id"));
  json_object_remove_member (object, "message_id");
  json_object_remove_member (object, "chat_id");
  json_object_set_array_member (object, "message_ids", ids);
  return object;
}

static gboolean
withdraw (MosTelegramApi *api,
          const MosChatChange *change,
          GCancellable *cancellable,
          MosTelegramTrouble **trouble)
{
  for (char **remote = change->remotes; *remote != NULL; remote++)
    {
      JsonObject *object = mos_telegram_target_message (change->thread, *remote);
      gboolean is_business = object != NULL && json_object_has_member (object, "business_connection_id");

      if (is_business)
        object = make_business_withdrawal (object);
      if (!mos_telegram_api_do_sync (api, is_business ? "deleteBusinessMessages" : "deleteMessage", object, "message-gone", cancellable, trouble))
        return FALSE;
    }
  return TRUE;
}

/* Their list has the plain sign, without what asks for its picture. */
static char *
dup_plain_sign (const char *sign)
{
  g_auto (GStrv) pieces = g_strsplit (sign, "\xef\xb8\x8f", -1);

  return g_strjoinv ("", pieces);
}

static gboolean
react (MosTelegramApi *api,
       const MosChatChange *change,
       GCancellable *cancellable,
       MosTelegramTrouble **trouble)
{
  JsonObject *object = mos_telegram_target_message (change->thread, change->remotes[0]);
  JsonArray *signs = json_array_new ();

  if (*change->text != '\0')
    {
      g_autofree char *plain = dup_plain_sign (change->text);
      JsonObject *sign = json_object_new ();

      json_object_set_string_member (sign, "type", "emoji");
      json_object_set_string_member (sign, "emoji", plain);
      json_array_add_object_element (signs, sign);
    }
  if (object != NULL && json_object_has_member (object, "business_connection_id"))
    {
      json_array_unref (signs);
      json_object_unref (object);
      *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "not-there", NULL);
      return FALSE;
    }
  if (object != NULL)
    json_object_set_array_member (object, "reaction", signs);
  else
    json_array_unref (signs);
  return mos_telegram_api_do_sync (api, "setMessageReaction", object, "not-modified", cancellable, trouble);
}

gboolean
mos_telegram_change_sync (MosTelegramApi *api,
                          const MosChatChange *change,
                          GCancellable *cancellable,
                          MosTelegramTrouble **trouble)
{
  g_return_val_if_fail (change->remotes != NULL && change->remotes[0] != NULL, FALSE);

  switch (change->kind)
    {
    case MOS_CHAT_CHANGE_EDIT:
      return edit (api, change, cancellable, trouble);
    case MOS_CHAT_CHANGE_WITHDRAW:
      return withdraw (api, change, cancellable, trouble);
    case MOS_CHAT_CHANGE_REACT:
    default:
      return react (api, change, cancellable, trouble);
    }
}
