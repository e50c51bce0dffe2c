/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/telegram/mos-telegram-parse.h"
#include "mos-test.h"

#include <string.h>

#define FROM "\"from\":{\"id\":4711,\"is_bot\":false,\"first_name\":\"Ana\"}"
#define CHAT "\"chat\":{\"id\":4711,\"type\":\"private\",\"first_name\":\"Ana\"}"
#define BEGIN "{\"update_id\":10,\"message\":{\"message_id\":7,\"date\":1700000000," FROM "," CHAT ","
#define END "}}"

/* One line for each update: kind, thread, id and what else is set. */
static char *
describe (const char *json,
          gboolean takes_groups)
{
  g_autofree char *all = g_strconcat ("[", json, "]", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (all, strlen (all));
  MosTelegramRules rules = { 99, takes_groups };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTelegramUpdates) result = mos_telegram_parse_updates (bytes, &rules, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < result->updates->len; i++)
    {
      const MosChatUpdate *update = g_ptr_array_index (result->updates, i);

      g_string_append_printf (out, "%u %s %s \"%s\"", update->kind, update->thread, update->id, update->text);
      if (update->group != NULL)
        g_string_append_printf (out, " group=%s", update->group);
      if (update->reply_to != NULL)
        g_string_append_printf (out, " reply=%s", update->reply_to);
      if (update->forwarded != NULL)
        g_string_append_printf (out, " forwarded=%s", update->forwarded);
      if (update->payload != NULL)
        g_string_append_printf (out, " payload=%s", update->payload);
      if (update->press != NULL)
        g_string_append_printf (out, " press=%s", update->press);
      if (update->why != NULL)
        g_string_append_printf (out, " why=%s", update->why);
      if (update->is_own)
        g_string_append (out, " own");
      if (update->person != NULL && update->person->is_phone_verified)
        g_string_append_printf (out, " phone=%s", update->person->phone);
      for (guint j = 0; update->files != NULL && j < update->files->len; j++)
        {
          const MosChatFile *file = g_ptr_array_index (update->files, j);

          g_string_append_printf (out, " file=%u,%s,%s", file->kind, file->ref, file->type);
        }
      g_string_append_c (out, ';');
    }
  g_string_append_printf (out, "next=%" G_GINT64_FORMAT " ignored=%u broken=%u", result->next_offset, result->ignored, result->broken->len);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *json, *expected;
  } cases[] = {
    { BEGIN "\"text\":\"Hola\"" END, "0 4711 7 \"Hola\";next=11 ignored=0 broken=0" },
    /* The thumb is two units */
    { BEGIN "\"text\":\"👍 here\",\"entities\":[{\"type\":\"text_link\",\"offset\":3,\"length\":4,\"url\":\"https://e.example/\"}]" END, "0 4711 7 \"👍 here (https://e.example/)\";next=11 ignored=0 broken=0" },
    { BEGIN "\"photo\":[{\"file_id\":\"big\",\"width\":90,\"height\":90},{\"file_id\":\"small\",\"width\":9,\"height\":9}],\"caption\":\"Mira\",\"media_group_id\":\"g1\"" END, "0 4711 7 \"Mira\" group=g1 file=1,big,image/jpeg;next=11 ignored=0 broken=0" },
    { BEGIN "\"voice\":{\"file_id\":\"v\",\"duration\":3,\"mime_type\":\"audio/ogg\"}" END, "0 4711 7 \"\" file=4,v,audio/ogg;next=11 ignored=0 broken=0" },
    { BEGIN "\"sticker\":{\"file_id\":\"s\",\"is_animated\":true,\"thumbnail\":{\"file_id\":\"t\"}}" END, "0 4711 7 \"\" file=5,t,image/webp;next=11 ignored=0 broken=0" },
    { BEGIN "\"location\":{\"latitude\":41.5,\"longitude\":2.25}" END, "0 4711 7 \"geo:41.5,2.25\";next=11 ignored=0 broken=0" },
    { BEGIN "\"contact\":{\"phone_number\":\"34600111222\",\"first_name\":\"Ana\",\"user_id\":4711}" END, "0 4711 7 \"Ana\n34600111222\" phone=+34600111222 file=0,,text/vcard;next=11 ignored=0 broken=0" },
    /* Somebody else's number is not theirs */
    { BEGIN "\"contact\":{\"phone_number\":\"34600111222\",\"first_name\":\"Eva\",\"user_id\":5}" END, "0 4711 7 \"Eva\n34600111222\" file=0,,text/vcard;next=11 ignored=0 broken=0" },
    { BEGIN "\"text\":\"Si\",\"reply_to_message\":{\"message_id\":5," CHAT "}" END, "0 4711 7 \"Si\" reply=5;next=11 ignored=0 broken=0" },
    { BEGIN "\"text\":\"/start order_12\"" END, "0 4711 7 \"/start\" payload=order_12;next=11 ignored=0 broken=0" },
    { BEGIN "\"hologram\":{\"a\":1}" END, "0 4711 7 \"\" why=unknown-content;next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"edited_message\":{\"message_id\":7,\"date\":1,\"edit_date\":2," FROM "," CHAT ",\"text\":\"New\"}}", "1 4711 7 \"New\";next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"callback_query\":{\"id\":\"q\"," FROM ",\"data\":\"csat:1\",\"message\":{\"message_id\":6,\"date\":1," CHAT "}}}", "5 4711 6 \"csat:1\" press=q;next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"my_chat_member\":{\"date\":1," FROM "," CHAT ",\"new_chat_member\":{\"status\":\"kicked\"}}}", "6 4711  \"\" why=blocked;next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"business_message\":{\"business_connection_id\":\"bc\",\"message_id\":7,\"date\":1,\"from\":{\"id\":5}," CHAT ",\"text\":\"Ours\"}}", "0 4711@bc 7 \"Ours\" own;next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"deleted_business_messages\":{\"business_connection_id\":\"bc\"," CHAT ",\"message_ids\":[1,\"x\",2]}}", "2 4711@bc 1 \"\";2 4711@bc 2 \"\";next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"message\":{\"message_id\":7,\"date\":1," FROM ",\"chat\":{\"id\":-1009999999999,\"type\":\"supergroup\",\"title\":\"T\"},\"text\":\"x\"}}", "next=11 ignored=1 broken=0" },
    { "{\"update_id\":10,\"poll\":{}}", "next=11 ignored=1 broken=0" },
    /* One that is broken among good ones; ids of 64 bits */
    { "{\"update_id\":9007199254740993,\"message\":[]}," BEGIN "\"text\":\"a\"" END ",7,{\"update_id\":\"x\"}", "0 4711 7 \"a\";next=9007199254740994 ignored=0 broken=3" },
    /* Wrong types everywhere */
    { BEGIN "\"text\":[1],\"entities\":\"x\",\"photo\":{},\"reply_to_message\":3,\"media_group_id\":{},\"document\":[]" END, "0 4711 7 \"\" why=unknown-content;next=11 ignored=0 broken=0" },
    { "{\"update_id\":10,\"message\":{\"message_id\":\"7\",\"chat\":{\"id\":\"4711\"}}}", "next=11 ignored=0 broken=1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe (cases[i].json, FALSE);

      if (strcmp (found, cases[i].expected) != 0)
        {
          g_test_message ("%s\n  gave     %s\n  expected %s", cases[i].json, found, cases[i].expected);
          g_test_fail ();
        }
    }
}

static void
test_groups (void)
{
  g_autofree char *found = describe ("{\"update_id\":10,\"message\":{\"message_id\":7,\"date\":1," FROM ",\"chat\":{\"id\":-1009999999999,\"type\":\"supergroup\"},\"text\":\"x\"}}", TRUE);

  g_assert_cmpstr (found, ==, "0 -1009999999999 7 \"x\";next=11 ignored=0 broken=0");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/telegram-parse/table", test_table);
  g_test_add_func ("/telegram-parse/groups", test_groups);
  return g_test_run ();
}
