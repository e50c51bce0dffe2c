/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/meta/mos-graph.h"
#include "core/channels/relay/mos-relay.h"
#include "core/channels/meta/mos-whatsapp-parse.h"
#include "core/channels/meta/mos-whatsapp-send.h"
#include "mos-test.h"

#include <string.h>

/* What WhatsApp brings, as a library's authors collected it (the shared folder's pywa), each read to what stands in the list of expected values, and to what it says in words
 * here; what we say to it; what the letter box says. */

static char *
shared_file (const char *name)
{
  const char *shared = g_getenv ("MOSTRADOR_SHARED");
  char *path = shared != NULL ? g_build_filename (shared, name, NULL) : NULL;

  if (path != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

/* One line for an update */
static void
describe (GString *out,
          const MosChatUpdate *update)
{
  g_string_append_printf (out, "%s%s %s/%s", out->len > 0 ? "; " : "", mos_chat_update_kind_to_nick (update->kind), update->thread, update->id);
  if (update->is_own)
    g_string_append (out, " own");
  if (update->person != NULL)
    g_string_append_printf (out, " from %s:%s %s", update->person->kind, update->person->value, update->person->name != NULL ? update->person->name : "-");
  if (update->reply_to != NULL)
    g_string_append_printf (out, " answers %s", update->reply_to);
  if (update->forwarded != NULL)
    g_string_append (out, " forwarded");
  if (*update->text != '\0')
    g_string_append_printf (out, " \"%s\"", update->text);
  if (update->payload != NULL)
    g_string_append_printf (out, " payload %s", update->payload);
  if (update->kind == MOS_CHAT_RECEIPT)
    g_string_append_printf (out, " %s%s%s", mos_delivery_to_nick (update->receipt), update->client_key != NULL ? " key " : "", update->client_key != NULL ? update->client_key : "");
  if (update->removed)
    g_string_append (out, " removed");
  if (update->why != NULL)
    g_string_append_printf (out, " why %s %s", update->why, update->detail);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      const MosChatFile *file = update->files->pdata[i];

      g_string_append_printf (out, " [%s %s %s %s]", mos_file_kind_to_nick (file->kind), file->name, file->type, file->ref);
    }
}

static const struct
{
  const char *file;
  const char *pointer;
  const char *gives;
} words[] = {
  { "message", "text", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name \"Body Text\"" },
  { "message", "image", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name [image image.jpg image/jpeg 65463453]" },
  { "message", "document", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name forwarded \"caption\" [document filename.pdf application/pdf 1234567890987654321]" },
  { "message", "voice", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name [voice attachment.ogg audio/ogg 1234567890987654321]" },
  { "message", "static_sticker", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name [sticker image.webp image/webp 1234567890987654321]" },
  { "message", "reaction", "reaction 972987654321/wamid.yzxyzx= from phone:+972987654321 Test Name \"😮\"" },
  { "message", "unreaction_empty", "reaction 972987654321/wamid.yzxyzx= from phone:+972987654321 Test Name removed" },
  { "message", "unreaction_no_emoji", "reaction 972987654321/wamid.yzxyzx= from phone:+972987654321 Test Name removed" },
  { "message", "current_location", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name forwarded \"geo:12.250890,43.905390\"" },
  { "message", "chosen_location", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name forwarded \"Facebook HQ\n1 Hacker Way, Menlo Park, CA 94025\ngeo:37.461198,-122.216438\"" },
  { "message", "order", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name \"3 × HAMBURGER (30 ILS)\n2 × FRENCH_FRIES (35 ILS)\n2 × SODA (10 ILS)\"" },
  { "message", "unsupported", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name why unknown-content unsupported" },
  { "message", "unsupported_with_type", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name why unknown-content pool" },
  { "message", "reply", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name answers wamid.xyzxyz== \"replied text\"" },
  { "message", "forwarded_many_times", "message 972987654321/wamid.xyzxyz from phone:+972987654321 Test Name forwarded \"text forwarded many times\"" },
  { "edited_message", "image", "edit 16505551234/wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA= from phone:+16505551234 - answers M0 \"Updated image caption\"" },
  { "deleted_message", "revoke", "delete <WHATSAPP_USER_PHONE_NUMBER>/<ORIGINAL_WHATSAPP_MESSAGE_ID> from whatsapp:<WHATSAPP_USER_PHONE_NUMBER> -" },
  { "outgoing_message", "text", "message <WHATSAPP_USER_PHONE_NUMBER>/<WHATSAPP_MESSAGE_ID> own \"Test message\"" },
  { "outgoing_message", "delete", "delete 972123456789/wamid.zzzzzz own" },
  { "outgoing_message", "edit", "edit 972123456789/wamid.zzzzzz own \"Text was edited\"" },
  { "message_status", "sent", "receipt 972987654321/wamid.xyzxyz own accepted" },
  { "message_status", "delivered", "receipt 972987654321/wamid.xyzxyz own delivered" },
  { "message_status", "read", "receipt 972987654321/wamid.xyzxyz own read" },
  { "message_status", "failed", "receipt 972987654321/wamid.xyzxyz own failed why refused 130472: User's number is part of an experiment" },
  { "message_status", "with_tracker", "receipt 972987654321/wamid.xyzxyz own accepted key some data" },
  { "message_status", "group", "" },
  { "callback_button", "quick_reply", "message 972987654321/wamid.xsidjw from phone:+972987654321 Test Name answers wamid.xyzxyz== \"title\"" },
  { "callback_button", "quick_reply_without_context", "message 972987654321/wamid.xsidjx from phone:+972987654321 Test Name \"title\"" },
  { "callback_selection", "description", "message 972987654321/wamid.zyzxyz from phone:+972987654321 Test Name answers wamid.xyzxyz \"title\"" },
  { "system", "phone_number_change", "thread 972987654321/972912345678 from phone:+972987654321 -" },
  { "system", "identity_change", "" },
  { "account_update", "account_disabled", "" },
  { "call_connect", "user_initiated", "" },
};

/* @pointer: "/text". Returns: (transfer full) (nullable): that member of the file, as it would come */
static GBytes *
load (const char *path,
      const char *pointer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  g_autofree char *text = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (object, pointer + 1))
    return NULL;
  text = json_to_string (json_object_get_member (object, pointer + 1), FALSE);
  return g_bytes_new (text, strlen (text));
}

static GPtrArray *
parse (GBytes *body)
{
  GPtrArray *updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  GError *error = NULL;

  if (!mos_whatsapp_parse (body, NULL, updates, &error))
    {
      g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL);
      g_clear_error (&error);
    }
  return updates;
}

static void
test_words (void)
{
  g_autofree char *folder = shared_file ("corpus/pywa/tests/data/updates");

  if (folder == NULL)
    {
      g_test_skip ("the shared folder is not beside the project");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *name = g_strconcat (words[i].file, ".json", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *pointer = g_strconcat ("/", words[i].pointer, NULL);
      g_autoptr (GBytes) body = load (path, pointer);
      g_autoptr (GPtrArray) updates = parse (body);
      g_autoptr (GString) out = g_string_new (NULL);

      for (guint u = 0; u < updates->len; u++)
        describe (out, updates->pdata[u]);
      if (strcmp (out->str, words[i].gives) == 0)
        continue;
      g_test_message ("%s%s gives: %s", name, pointer, out->str);
      g_test_fail ();
    }
}

static const char *
member (JsonObject *object,
        const char *name)
{
  return json_object_has_member (object, name) && !json_object_get_null_member (object, name) ? json_object_get_string_member (object, name) : NULL;
}

/* Kinds of which there is no text in the list, and is one here, or which are about another message. */
static gboolean
is_text_listed (const char *type)
{
  static const char *const own[] = { "reaction", "location", "contacts", "order", "edit", "revoke", "system", "interactive", NULL };

  return !g_strv_contains (own, type);
}

static void
check_event (const MosChatUpdate *update,
             JsonObject *event)
{
  const char *type = member (event, "type"), *text = member (event, "text"), *name = member (event, "sender_name"), *reply_to = member (event, "reply_to");
  gint64 at_us = g_ascii_strtoll (member (event, "timestamp"), NULL, 10) * G_USEC_PER_SEC;

  g_assert_cmpint (update->at_us, ==, at_us);
  if (g_str_equal (member (event, "kind"), "status"))
    {
      g_assert_cmpint (update->kind, ==, MOS_CHAT_RECEIPT);
      g_assert_cmpstr (update->id, ==, member (event, "message_id"));
      return;
    }
  if (update->person != NULL)
    {
      g_autofree char *digits = g_strdup (*update->person->value == '+' ? update->person->value + 1 : update->person->value);

      g_assert_cmpstr (digits, ==, member (event, "sender_id"));
      g_assert_cmpstr (update->person->name, ==, name);
    }
  if (update->kind == MOS_CHAT_MESSAGE)
    {
      g_assert_cmpstr (update->id, ==, member (event, "message_id"));
      g_assert_cmpstr (update->reply_to, ==, reply_to);
    }
  if (is_text_listed (type))
    g_assert_cmpstr (update->text, ==, text != NULL ? text : "");
}

/* Each of the 70 and more that are collected, against the list. */
static void
test_corpus (void)
{
  g_autofree char *list = shared_file ("corpus/expected/chat.jsonl");
  g_autofree char *folder = shared_file ("corpus");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_read = 0, n_other = 0;

  if (list == NULL)
    {
      g_test_skip ("the shared folder is not beside the project");
      return;
    }
  g_file_get_contents (list, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (JsonNode) node = **line != '\0' ? json_from_string (*line, NULL) : NULL;
      JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
      g_autofree char *path = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GPtrArray) updates = NULL;
      JsonArray *events;
      guint u = 0;

      if (object == NULL || g_strcmp0 (member (object, "channel"), "whatsapp") != 0)
        continue;
      path = g_build_filename (folder, member (object, "file"), NULL);
      body = load (path, member (object, "pointer"));
      g_assert_nonnull (body);
      updates = parse (body);
      events = json_object_get_array_member (object, "events");
      for (guint e = 0; e < json_array_get_length (events); e++)
        {
          JsonObject *event = json_array_get_object_element (events, e);

          /* What the shop's own telephone sent, which the list has no words for. */
          if (g_strcmp0 (member (event, "field"), "smb_message_echoes") == 0)
            u++;
          /* What is no message: the account's, calls, templates, groups, what a system says of itself. */
          else if (u < updates->len && !g_str_equal (member (event, "kind"), "other"))
            {
              check_event (updates->pdata[u++], event);
              n_read++;
            }
          else
            n_other++;
        }
      g_assert_cmpuint (u, ==, updates->len);
    }
  g_test_message ("%u events read, %u are no concern of a desk", n_read, n_other);
  g_assert_cmpuint (n_read, >=, 40);
}

/* Each member of each of them of another type in turn: never a crash, and what comes out holds together. */
static void
change_each (JsonNode *root,
             JsonNode *at,
             guint *n)
{
  static const char *const others[] = { "null", "7", "true", "[]", "{}", "\"\"" };

  if (JSON_NODE_HOLDS_ARRAY (at))
    {
      JsonArray *array = json_node_get_array (at);

      for (guint i = 0; i < json_array_get_length (array); i++)
        change_each (root, json_array_get_element (array, i), n);
      return;
    }
  if (JSON_NODE_HOLDS_OBJECT (at))
    {
      JsonObject *object = json_node_get_object (at);
      g_autoptr (GList) members = json_object_get_members (object);
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

      for (GList *one = members; one != NULL; one = one->next)
        g_ptr_array_add (names, g_strdup (one->data));
      for (guint m = 0; m < names->len; m++)
        {
          const char *name = names->pdata[m];
          g_autoptr (JsonNode) before = json_node_copy (json_object_get_member (object, name));

          change_each (root, json_object_get_member (object, name), n);
          for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
            {
              g_autofree char *text = NULL;
              g_autoptr (GBytes) body = NULL;
              g_autoptr (GPtrArray) updates = NULL;

              json_object_set_member (object, name, json_from_string (others[i], NULL));
              text = json_to_string (root, FALSE);
              body = g_bytes_new (text, strlen (text));
              updates = parse (body);
              for (guint u = 0; u < updates->len; u++)
                {
                  const MosChatUpdate *update = updates->pdata[u];

                  g_assert_nonnull (update->raw != NULL || update->kind == MOS_CHAT_RECEIPT ? update->text : NULL);
                  if (update->kind == MOS_CHAT_BROKEN)
                    continue;
                  g_assert_cmpstr (update->thread, !=, "");
                  g_assert_cmpstr (update->id, !=, "");
                }
              (*n)++;
            }
          json_object_set_member (object, name, json_node_copy (before));
        }
    }
}

static void
test_wrong_types (void)
{
  static const char *const files[] = { "message", "message_status", "callback_button", "edited_message", "system", "outgoing_message" };
  g_autofree char *folder = shared_file ("corpus/pywa/tests/data/updates");
  guint n = 0;

  if (folder == NULL)
    {
      g_test_skip ("the shared folder is not beside the project");
      return;
    }
  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char *name = g_strconcat (files[f], ".json", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GList) members = NULL;
      JsonObject *object;

      json_parser_load_from_file (parser, path, NULL);
      object = json_node_get_object (json_parser_get_root (parser));
      members = json_object_get_members (object);
      for (GList *one = members; one != NULL; one = one->next)
        {
          JsonNode *root = json_object_get_member (object, one->data);

          change_each (root, root, &n);
        }
    }
  g_assert_cmpuint (n, >, 3000);
}

/* --- what we say --- */

static void
test_messages (void)
{
  static char *values[] = { (char *) "Ana", (char *) "1042", NULL };
  g_autoptr (MosChatOutgoing) outgoing = mos_chat_outgoing_new ();
  g_autoptr (MosAttachment) file = mos_attachment_new ();
  struct
  {
    MosFileKind kind;
    const char *text;
    const char *template_name;
    gboolean has_file;
    const char *json;
  } table[] = {
    { MOS_FILE_DOCUMENT, "Hi", NULL, FALSE, "\"type\":\"text\",\"text\":{\"preview_url\":false,\"body\":\"Hi\"}" },
    { MOS_FILE_DOCUMENT, "The label", NULL, TRUE, "\"type\":\"document\",\"document\":{\"id\":\"77\",\"caption\":\"The label\",\"filename\":\"label.pdf\"}" },
    { MOS_FILE_IMAGE, "", NULL, TRUE, "\"type\":\"image\",\"image\":{\"id\":\"77\"}" },
    { MOS_FILE_VOICE, "", NULL, TRUE, "\"type\":\"audio\",\"audio\":{\"id\":\"77\"}" },
    /* Words cannot stand below what is heard. */
    { MOS_FILE_AUDIO, "Listen", NULL, TRUE, "\"type\":\"document\",\"document\":{\"id\":\"77\",\"caption\":\"Listen\",\"filename\":\"label.pdf\"}" },
    { MOS_FILE_DOCUMENT, "", "shipped", FALSE, "\"type\":\"template\",\"template\":{\"name\":\"shipped\",\"language\":{\"code\":\"es\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Ana\"},{\"type\":\"text\",\"text\":\"1042\"}]}]}" },
  };

  outgoing->thread = g_strdup ("4915112345678");
  outgoing->reply_to = g_strdup ("wamid.1");
  file->name = g_strdup ("label.pdf");
  file->type = g_strdup ("application/pdf");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosChatPart) part = mos_chat_part_new ();
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;

      part->key = g_strdup ("k1");
      part->text = g_strdup (table[i].text);
      part->file = table[i].has_file ? mos_attachment_ref (file) : NULL;
      part->file_kind = table[i].kind;
      part->template_name = g_strdup (table[i].template_name);
      part->template_language = g_strdup (table[i].template_name != NULL ? "es" : NULL);
      part->template_values = table[i].template_name != NULL ? g_strdupv (values) : NULL;
      node = mos_whatsapp_build_message (outgoing, part, "77");
      text = json_to_string (node, FALSE);
      g_assert_nonnull (strstr (text, table[i].json));
      g_assert_nonnull (strstr (text, "\"to\":\"4915112345678\",\"context\":{\"message_id\":\"wamid.1\"},\"biz_opaque_callback_data\":\"k1\""));
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean is_sending;
    MosChatError error;
  } table[] = {
    { 401, "{\"error\": {\"message\": \"Session has expired\", \"type\": \"OAuthException\", \"code\": 190}}", FALSE, MOS_CHAT_ERROR_KEY_REFUSED },
    { 400, "{\"error\": {\"message\": \"Re-engagement message\", \"code\": 131047}}", TRUE, MOS_CHAT_ERROR_WINDOW },
    { 400, "{\"error\": {\"message\": \"Undeliverable\", \"code\": 131026}}", TRUE, MOS_CHAT_ERROR_CLOSED },
    { 400, "{\"error\": {\"message\": \"Rate\", \"code\": 130429}}", TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 403, "{\"error\": {\"message\": \"Permission\", \"code\": 230}}", TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 400, "{\"error\": {\"message\": \"New\", \"code\": 999999}}", TRUE, MOS_CHAT_ERROR_REFUSED },
    { 400, "{\"error\": \"words\"}", TRUE, MOS_CHAT_ERROR_PROTOCOL },
    { 502, "<html>", TRUE, MOS_CHAT_ERROR_UNCERTAIN },
    { 502, "<html>", FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 404, "<html>", FALSE, MOS_CHAT_ERROR_NO_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].body, strlen (table[i].body));
      g_autoptr (GError) error = NULL;

      mos_graph_judge (table[i].status, bytes, table[i].is_sending, &error);
      g_assert_error (error, MOS_CHAT_ERROR, (int) table[i].error);
    }
}

/* Our token is shown to Meta's own houses alone. */
static void
test_houses (void)
{
  static const char *const elsewhere[] = { "https://elsewhere.test/x", "https://fbsbx.com.elsewhere.test/x", "https://notfacebook.com/x", "http://lookaside.fbsbx.com/x", "ftp://facebook.com/x", "x", "" };
  g_autoptr (MosGraph) graph = mos_graph_new (NULL, NULL, "token");

  for (gsize i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    {
      g_autoptr (GError) error = NULL;
      guint retry_ms = 0;

      g_assert_null (mos_graph_fetch_sync (graph, elsewhere[i], 100, NULL, &retry_ms, NULL, &error));
      g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL);
    }
}

/* --- the letter box --- */

static void
test_post (void)
{
  static const struct
  {
    const char *json;
    int n; /* -1: no letter box */
    const char *id;
  } table[] = {
    { "{\"relay\": 1, \"items\": [], \"more\": false}", 0 },
    { "{\"relay\": 1, \"items\": [{\"id\": \"7\", \"at\": 1, \"body\": \"aGk=\"}], \"more\": true}", 1, "7" },
    { "{\"relay\": 2, \"box\": \"00000000000000aa\", \"items\": [{\"id\": \"7\", \"body\": \"aGk=\"}]}", 1, "00000000000000aa:7" },
    { "{\"relay\": 2, \"box\": \"x&y\", \"items\": []}", -1 },
    { "{\"relay\": 3, \"box\": \"00000000000000aa\", \"items\": []}", -1 },
    { "{\"relay\": 1, \"items\": [{\"id\": 7, \"body\": \"aGk=\"}, {\"id\": \"-1\"}, {\"id\": \"9999999999999999999\"}, {\"body\": \"aGk=\"}, 3]}", 0 },
    { "{\"relay\": 1, \"items\": [{\"id\": \"8\"}]}", 1 },
    { "{\"relay\": 2, \"items\": []}", -1 },
    { "{\"items\": []}", -1 },
    { "<html>", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].json, strlen (table[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (MosRelayPost) post = mos_relay_parse (bytes, &error);

      if (table[i].n < 0)
        {
          g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint ((int) post->letters->len, ==, table[i].n);
      if (table[i].id != NULL)
        g_assert_cmpstr (((MosRelayLetter *) post->letters->pdata[0])->id, ==, table[i].id);
    }
}

static void
test_file (void)
{
  g_autofree char *key = mos_relay_make_key ();
  g_autofree char *other = mos_relay_make_key ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = mos_relay_make_file (key, "verify-me", "0123abcd", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (key), ==, 43);
  g_assert_cmpstr (key, !=, other);
  g_assert_nonnull (strstr (file, "const VERIFY_TOKEN = 'verify-me';"));
  g_assert_null (strstr (file, key));
  g_assert_null (strchr (file, '@') != NULL ? strstr (file, "_SHA256@") : NULL);
  /* Nothing that ends the text it stands in. */
  g_assert_null (mos_relay_make_file (key, "a', phpinfo(), '", "0123abcd", NULL));
  g_assert_null (mos_relay_make_file (key, "a", "", NULL));
}

/* For files alone nobody's signature is good, and each account has a secret of one line or two. */
static void
test_files (void)
{
  static const struct
  {
    const char *secret, *token, *key;
  } cases[] = {
    { "token", "token", NULL },
    { "token\n", "token", NULL },
    { " token \r\nkey\r\n", "token", "key" },
    { "\nkey", "", "key" },
  };
  g_autofree char *one = mos_relay_make_file ("key", "token", NULL, NULL);
  g_autofree char *other = mos_relay_make_file ("key", "token", NULL, NULL);

  g_assert_nonnull (one);
  g_assert_null (strstr (one, "@APP_SECRET@"));
  g_assert_cmpstr (one, !=, other);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = NULL;
      g_autofree char *token = mos_relay_split_secret (cases[i].secret, &key);

      g_assert_cmpstr (token, ==, cases[i].token);
      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/whatsapp/words", test_words);
  g_test_add_func ("/whatsapp/corpus", test_corpus);
  g_test_add_func ("/whatsapp/wrong-types", test_wrong_types);
  g_test_add_func ("/whatsapp/messages", test_messages);
  g_test_add_func ("/whatsapp/refusals", test_refusals);
  g_test_add_func ("/whatsapp/houses", test_houses);
  g_test_add_func ("/whatsapp/post", test_post);
  g_test_add_func ("/whatsapp/file", test_file);
  g_test_add_func ("/whatsapp/files", test_files);
  return g_test_run ();
}
