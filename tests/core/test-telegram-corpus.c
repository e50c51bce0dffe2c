/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/telegram/mos-telegram-parse.h"
#include "mos-test.h"

#include <json-glib/json-glib.h>

#include <string.h>

/* Updates as a library's authors collected them (the shared folder's nutgram): each with what it must give, read by hand in the file. */

#define FOLDER "corpus/nutgram/tests/Fixtures/Updates"

static const struct
{
  const char *name;
  const char *gives;
} table[] = {
  { "animation.json", "message 12345/123456 from 12345 Mario Bros [animation lol.mp4 video/mp4 276942]" },
  { "audio.json", "message 12345/123456 from 12345 Mario Bros [audio dsagfds.mp3 audio/mpeg 6858008]" },
  { "business_connection.json", "connection 123456 of 12345 enabled replies" },
  { "business_message.json", "message 456/123 from 456 Mario \"Ciao\"" },
  { "callback_query.json", "press 222222222/69587 from 222222222 Mario press 666728699048485871 \"thedata\"" },
  { "callback_query_complex.json", "press 222222222/69587 from 222222222 Mario press 666728699048485871 \"c=uud&pid=1&bid=1\"" },
  { "callback_query_inaccessible_message.json", "press 222222222/69587 from 222222222 Mario press 666728699048485871 \"thedata\"" },
  { "callback_query_without_message.json", "press 222222222/ from 222222222 Mario press 666728699048485871 \"thedata\"" },
  { "checklist.json", "message 12345/123456 from 12345 Mario Bros \"Daily Tasks\n• Apples\n• Bananas\n• Oranges\"" },
  { "command.json", "message 10081232/428640 from 10081232 Luca Patera \"/test\"" },
  { "command_message.json", "message 456/123 from 456 Mario \"/start\"" },
  { "command_tag_valid.json", "message 10081232/428640 from 10081232 Luca Patera \"/test@foo_bot\"" },
  { "command_tag_wrong.json", "message 10081232/428640 from 10081232 Luca Patera \"/test@bar\"" },
  { "command_with_parameters.json", "message 456/123 from 456 Mario \"/register HR John Doe\"" },
  { "contact.json", "message 12345/123456 from 12345 Mario Bros \"911\n911\" [document contact.vcf text/vcard 54]" },
  { "deleted_business_messages.json", "delete 456@123/123; delete 456@123/321" },
  { "dice.json", "message 12345/123456 from 12345 Mario Bros \"🎲\"" },
  { "document.json", "message 456/123 from 456 Mario [document document.pdf application/pdf 123456]" },
  { "edited_business_message.json", "edit 456/123 from 456 Mario \"Ciao\"" },
  { "edited_message.json", "edit 999999999/23762 from 999999999 Mario answers 23758 \"Editing this message\"" },
  { "entities.json", "message 321654/123 from 321654 John Doe \"test bold underline 😆👍 look here (http://google.it/)\"" },
  { "food.json", "message 456/123 from 456 Mario \"I want 12 portions of pizza\"" },
  { "game.json", "message 12345/123456 from 12345 Mario Bros why unknown-content game" },
  { "giveaway.json", "message 456/123 from 456 Mario why unknown-content giveaway" },
  { "giveaway_winners.json", "message 456/123 from 456 Mario why unknown-content giveaway_winners" },
  { "invoice.json", "message 12345/123456 from 12345 Mario Bros why unknown-content invoice" },
  { "location.json", "message 12345/123456 from 12345 Mario Bros \"geo:41.899977,12.501028\"" },
  { "message.json", "message 456/123 from 456 Mario \"Ciao\"" },
  { "message_different_topic.json", "message -1001234567489:33/70 from 123456 Mario Bros \"aaaa\"" },
  { "message_different_topic_reply.json", "message -1001234567489:33/72 from 123456 Mario Bros answers 70 \"bbbb\"" },
  { "message_forward_origin.json", "message 456/123 from 456 Mario forwarded Stickers \"Ciao\"" },
  { "message_general_topic.json", "message -1001234567489/35 from 123456 Mario Bros \"foo\"" },
  { "message_general_topic_reply.json", "message -1001234567489/68 from 123456 Mario Bros answers 66 \"bbbb\"" },
  { "message_poll.json", "message 12345/123456 from 12345 Mario Bros \"What's your favorite color?\n• Red\n• Blue\"" },
  { "message_reaction.json", "reaction 456/123 from 456 Mario \"🤡\"" },
  { "message_topic.json", "message -1001234567489:33/35 from 123456 Mario Bros \"lòklò\"" },
  { "migrate_from_chat_id.json", "thread 987654321/12345 moved" },
  { "migrate_to_chat_id.json", "thread 12345/123456789 moved" },
  { "my_chat_member.json", "thread 987654321/ opened from 123456789 Mario Bros" },
  { "new_chat_title.json", "thread 12345/ title" },
  { "not_command.json", "message 10081232/428640 from 10081232 Luca Patera \"aa /test\"" },
  { "photo.json", "message 11111111/456901 from 11111111 Mario \"asdasdasdasdasdasd\" [image photo.jpg image/jpeg 84913]" },
  { "refunded_payment.json", "message 456/123 from 456 Mario why unknown-content refunded_payment" },
  { "rich_message.json", "message 12345678/1234 from 987654321 Test Bot \"it's me\nmario\nCodes\tColors\nEI136 EI136\tredOnecapiscored blue\nbold\nprefixboldsuffix\"" },
  { "sticker.json", "message 12345/123456 from 12345 Mario Bros [sticker sticker.webp image/webp 38662]" },
  { "story.json", "message 12345/123456 from 12345 Mario Bros why unknown-content story" },
  { "successful_payment.json", "message 456/123 from 456 Mario why unknown-content successful_payment" },
  { "text.json", "message 12345678/123456 from 12345678 Mario Bros \"aaaaaaaaaa\"" },
  { "venue.json", "message 12345/123456 from 12345 Mario Bros \"McDonald's\nVia Giolitti 65\ngeo:41.899977,12.501028\"" },
  { "video.json", "message 12345/123456 from 12345 Mario Bros [video sdfsdfsdf.mp4 video/mp4 4713412]" },
  { "video_note.json", "message 12345/123456 from 12345 Mario Bros [video video.mp4 video/mp4 290925]" },
  { "voice.json", "message 12345/123456 from 12345 Mario Bros [voice voice.ogg audio/ogg 6448]" },
  { "web_app_data.json", "message 12345/123456 from 12345 Mario Bros why unknown-content web_app_data" },
};

/* What is no concern of a desk: games, boosts, who may see what. */
static const char *const ignored[] = {
  "channel_chat_created.json", "channel_post.json", "chat_boost.json", "chat_join_request.json", "chat_member.json", "chat_owner_changed.json", "chat_owner_left.json", "chat_shared.json", "checklist_tasks_added.json", "checklist_tasks_done.json", "chosen_inline_result.json", "community_chat_added.json", "community_chat_removed.json", "connected_website.json", "delete_chat_photo.json", "direct_message_price_changed.json", "edited_channel_post.json", "forum_topic_closed.json", "forum_topic_created.json", "forum_topic_edited.json", "forum_topic_reopened.json", "giveaway_completed.json", "giveaway_created.json", "group_chat_created.json", "guest_message.json", "inline_query.json", "left_chat_member.json", "managed_bot.json", "managed_bot_created.json", "message_auto_delete_timer_changed.json", "message_boost_added.json", "message_reaction_count.json", "new_chat_members.json", "new_chat_photo.json", "paid_media_purchased.json", "passport_data.json", "pinned_message.json", "poll.json", "poll_answer.json", "poll_option_added.json", "poll_option_deleted.json", "pre_checkout_query.json", "proximity_alert_triggered.json", "removed_chat_boost.json", "shipping_query.json", "subscription.json", "supergroup_chat_created.json", "users_shared.json", "video_chat_ended.json", "video_chat_participants_invited.json", "video_chat_scheduled.json", "video_chat_started.json"
};

static void
describe_update (GString *text,
                 MosChatUpdate *update)
{
  g_string_append_printf (text, "%s %s/%s", mos_chat_update_kind_to_nick (update->kind), update->thread, update->id);
  if (update->kind == MOS_CHAT_THREAD)
    g_string_append_printf (text, " %s", mos_chat_thread_change_to_nick (update->change));
  if (update->person != NULL)
    g_string_append_printf (text, " from %s%s%s", update->person->value, update->person->name != NULL ? " " : "", update->person->name != NULL ? update->person->name : "");
  if (update->is_own)
    g_string_append (text, " own");
  if (update->reply_to != NULL)
    g_string_append_printf (text, " answers %s", update->reply_to);
  if (update->forwarded != NULL)
    g_string_append_printf (text, " forwarded %s", update->forwarded);
  if (update->payload != NULL)
    g_string_append_printf (text, " payload %s", update->payload);
  if (update->group != NULL)
    g_string_append_printf (text, " group %s", update->group);
  if (update->press != NULL)
    g_string_append_printf (text, " press %s", update->press);
  if (update->why != NULL)
    g_string_append_printf (text, " why %s%s%s", update->why, update->detail != NULL ? " " : "", update->detail != NULL ? update->detail : "");
  if (*update->text != '\0')
    g_string_append_printf (text, " \"%s\"", update->text);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      const MosChatFile *file = update->files->pdata[i];

      g_string_append_printf (text, " [%s %s %s %" G_GUINT64_FORMAT "%s%s]", mos_file_kind_to_nick (file->kind), file->name, file->type, file->data != NULL ? (guint64) g_bytes_get_size (file->data) : file->size,
                              file->why != NULL ? " " : "", file->why != NULL ? file->why : "");
    }
}

static char *
describe (const char *path)
{
  g_autofree char *json = NULL;
  g_autofree char *array = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MosTelegramUpdates) updates = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const MosTelegramRules rules = { .bot = 4242, .takes_groups = TRUE };

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  array = g_strdup_printf ("{\"ok\":true,\"result\":[%s]}", json);
  bytes = g_bytes_new (array, strlen (array));
  updates = mos_telegram_parse_updates (bytes, &rules, &error);
  g_assert_no_error (error);
  if (updates->broken->len > 0)
    g_string_append_printf (text, "broken %u", updates->broken->len);
  for (guint i = 0; i < updates->updates->len; i++)
    {
      g_string_append (text, text->len > 0 ? "; " : "");
      describe_update (text, updates->updates->pdata[i]);
    }
  for (guint i = 0; i < updates->connections->len; i++)
    {
      const MosTelegramConnection *connection = updates->connections->pdata[i];

      g_string_append_printf (text, "%sconnection %s of %" G_GINT64_FORMAT "%s%s", text->len > 0 ? "; " : "", connection->id, connection->user, connection->is_enabled ? " enabled" : "", connection->can_reply ? " replies" : "");
    }
  if (text->len == 0)
    g_string_append (text, "ignored");
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_updates (void)
{
  g_autofree char *folder = mos_test_shared (FOLDER);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  guint n = 0, wrong = 0;

  if (dir == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *gives = describe (path);
      const char *expected = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
        if (g_str_equal (table[i].name, name))
          expected = table[i].gives;
      for (gsize i = 0; i < G_N_ELEMENTS (ignored); i++)
        if (g_str_equal (ignored[i], name))
          expected = "ignored";
      if (g_strcmp0 (expected, gives) != 0)
        {
          g_test_message ("%s\n  gives %s\n  wants %s", name, gives, expected != NULL ? expected : "(nobody said)");
          wrong++;
        }
      n++;
    }
  g_assert_cmpuint (wrong, ==, 0);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (table) + G_N_ELEMENTS (ignored));
}

/* --- what nobody sends --- */

static guint n_variants;

static void
parse_variant (JsonNode *root)
{
  g_autofree char *json = json_to_string (root, FALSE);
  g_autofree char *array = g_strdup_printf ("[%s,{\"update_id\":7,\"message\":{\"message_id\":1,\"date\":1,\"text\":\"after\",\"from\":{\"id\":5,\"is_bot\":false,\"first_name\":\"A\"},\"chat\":{\"id\":5,\"type\":\"private\"}}}]", json);
  g_autoptr (GBytes) bytes = g_bytes_new (array, strlen (array));
  const MosTelegramRules rules = { .bot = 4242 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTelegramUpdates) updates = mos_telegram_parse_updates (bytes, &rules, &error);
  MosChatUpdate *last;

  g_assert_no_error (error);
  g_assert_cmpuint (updates->received, ==, 2);
  /* Whatever is wrong with one takes no other along. */
  g_assert_cmpuint (updates->updates->len, >, 0);
  last = updates->updates->pdata[updates->updates->len - 1];
  g_assert_cmpstr (last->text, ==, "after");
  n_variants++;
}

/* Each member in turn is of another type, or is not there. */
static void
vary (JsonNode *root,
      JsonNode *node)
{
  static const char *const others[] = { "null", "1", "-9223372036854775808", "1e300", "\"x\"", "[]", "{}", "[[null]]", "true" };
  g_autoptr (GList) names = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        vary (root, json_array_get_element (json_node_get_array (node), i));
      return;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);
      g_autoptr (JsonNode) before = json_node_copy (json_object_get_member (json_node_get_object (node), name));

      for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
        {
          json_object_set_member (json_node_get_object (node), name, json_from_string (others[i], NULL));
          parse_variant (root);
        }
      json_object_set_member (json_node_get_object (node), name, json_node_copy (before));
      vary (root, json_object_get_member (json_node_get_object (node), name));
    }
}

static void
test_types (void)
{
  g_autofree char *folder = mos_test_shared (FOLDER);

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = g_build_filename (folder, table[i].name, NULL);
      g_autofree char *json = NULL;
      g_autoptr (JsonNode) root = NULL;

      g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
      root = json_from_string (json, NULL);
      vary (root, root);
    }
  if (folder != NULL)
    g_assert_cmpuint (n_variants, >, 1000);
}

static void
test_no_answer (void)
{
  static const char *const texts[] = { "", "{", "[]x", "{\"ok\":false}", "{\"ok\":true}", "{\"ok\":true,\"result\":{}}", "\"text\"", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      const MosTelegramRules rules = { .bot = 4242 };
      g_autoptr (GError) error = NULL;

      g_assert_null (mos_telegram_parse_updates (bytes, &rules, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* In a group nobody writes to the shop, unless the owner says so. */
static void
test_groups (void)
{
  static const char json[] = "[{\"update_id\":1,\"message\":{\"message_id\":1,\"date\":1,\"text\":\"hi\",\"from\":{\"id\":5,\"is_bot\":false,\"first_name\":\"A\"},\"chat\":{\"id\":-100,\"type\":\"supergroup\",\"title\":\"Mugs\"}}}]";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  for (gboolean takes = FALSE; takes <= TRUE; takes++)
    {
      const MosTelegramRules rules = { .bot = 4242, .takes_groups = takes };
      g_autoptr (MosTelegramUpdates) updates = mos_telegram_parse_updates (bytes, &rules, NULL);

      g_assert_cmpuint (updates->updates->len, ==, takes ? 1 : 0);
      g_assert_cmpint (updates->next_offset, ==, 2);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/telegram-corpus/updates", test_updates);
  g_test_add_func ("/telegram-corpus/types", test_types);
  g_test_add_func ("/telegram-corpus/no-answer", test_no_answer);
  g_test_add_func ("/telegram-corpus/groups", test_groups);
  return g_test_run ();
}
