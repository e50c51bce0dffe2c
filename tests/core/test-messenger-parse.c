/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-http-usage.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-messenger-private.h"
#include "mos-test.h"

#include <string.h>

/* What Meta answers, read: in the shapes of its own documentation, and in all others. */

static JsonObject *
parse (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  JsonObject *object = mos_json_read_root (bytes, NULL);

  g_assert_nonnull (object);
  return object;
}

static MosMessengerSelf *
make_self (const char *kind)
{
  MosMessengerSelf *self = g_new0 (MosMessengerSelf, 1);

  self->kind = g_strdup (kind);
  self->id = g_strdup ("100");
  self->other_id = g_strdup ("200");
  self->username = g_str_equal (kind, "instagram") ? g_strdup ("mugshop") : NULL;
  self->name = g_strdup ("Mug Shop");
  return self;
}

/* --- who we are --- */

static void
test_self (void)
{
  static const struct
  {
    const char *kind;
    gboolean by_page;
    const char *json;
    const char *says; /* id/other/username/name/page; or "!": it fails, with a code of MosChatError behind it */
    int error;
  } table[] = {
    { "messenger", TRUE, "{\"id\": \"1066\", \"name\": \"Mug Shop\"}", "1066///Mug Shop/1066" },
    { "messenger", TRUE, "{\"id\": \"1066\"}", "1066///1066/1066" },
    { "messenger", TRUE, "{\"name\": \"Mug Shop\"}", "!", MOS_CHAT_ERROR_PROTOCOL },
    { "messenger", TRUE, "{\"id\": \"10/66\"}", "!", MOS_CHAT_ERROR_PROTOCOL },
    { "messenger", TRUE, "{\"id\": {}}", "!", MOS_CHAT_ERROR_PROTOCOL },
    { "instagram", TRUE, "{\"id\": \"1066\", \"name\": \"Page\", \"instagram_business_account\": {\"id\": \"1784\", \"username\": \"mugshop\", \"name\": \"Mugs\"}}", "1784//mugshop/Mugs/1066" },
    { "instagram", TRUE, "{\"id\": \"1066\", \"name\": \"Page\"}", "!", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "instagram", TRUE, "{\"id\": \"1066\", \"instagram_business_account\": {}}", "!", MOS_CHAT_ERROR_PROTOCOL },
    { "instagram", FALSE, "{\"id\": \"26\", \"user_id\": \"1784\", \"username\": \"mugshop\"}", "1784/26/mugshop/mugshop/" },
    { "instagram", FALSE, "{\"id\": \"26\", \"user_id\": 1784}", "1784/26//1784/" },
    { "instagram", FALSE, "{\"id\": \"26\"}", "26/26//26/" },
    { "instagram", FALSE, "{}", "!", MOS_CHAT_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) object = parse (table[i].json);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosMessengerSelf) self = mos_messenger_parse_self (object, table[i].kind, table[i].by_page, &error);
      g_autofree char *says = NULL;

      if (g_str_equal (table[i].says, "!"))
        {
          g_assert_error (error, MOS_CHAT_ERROR, table[i].error);
          continue;
        }
      g_assert_no_error (error);
      says = g_strdup_printf ("%s/%s/%s/%s/%s", self->id, self->other_id != NULL ? self->other_id : "", self->username != NULL ? self->username : "", self->name, self->page != NULL ? self->page : "");
      g_assert_cmpstr (says, ==, table[i].says);
    }
}

/* --- lists --- */

static void
test_threads (void)
{
  g_autoptr (MosMessengerSelf) self = make_self ("messenger");
  /* docs/messenger-platform/conversations: "a list of IDs for the conversations between you and a person and the most recent time a message was sent" */
  g_autoptr (JsonObject) object = parse ("{\"data\": [{\"id\": \"t_1\", \"updated_time\": \"2022-07-12T19:11:07+0000\", \"participants\": {\"data\": [{\"name\": \"Mug Shop\", \"email\": \"100@facebook.com\", \"id\": \"100\"},"
                                         " {\"name\": \"Ana\", \"email\": \"4711@facebook.com\", \"id\": \"4711\"}]}}, {\"id\": \"t_2\", \"updated_time\": \"1657653067\"}, {\"updated_time\": \"x\"}, 7],"
                                         " \"paging\": {\"cursors\": {\"before\": \"QVF\", \"after\": \"QVG\"}, \"next\": \"https://graph.facebook.com/v23.0/1/conversations?access_token=secret\"}}");
  g_autoptr (MosMessengerPage) page = mos_messenger_parse_threads (object, self, NULL);
  MosMessengerThread *thread;

  g_assert_cmpuint (page->rows->len, ==, 2);
  g_assert_cmpstr (page->after, ==, "QVG");
  thread = page->rows->pdata[0];
  g_assert_cmpstr (thread->id, ==, "t_1");
  g_assert_cmpint (thread->updated_us, ==, G_GINT64_CONSTANT (1657653067) * G_USEC_PER_SEC);
  g_assert_cmpstr (thread->person->value, ==, "4711");
  g_assert_cmpstr (thread->person->scope, ==, "100");
  g_assert_cmpstr (thread->person->name, ==, "Ana");
  thread = page->rows->pdata[1];
  g_assert_cmpint (thread->updated_us, ==, G_GINT64_CONSTANT (1657653067) * G_USEC_PER_SEC);
  g_assert_null (thread->person);
}

static void
test_pages (void)
{
  static const struct
  {
    const char *json;
    const char *after; /* (nullable): none; "!": no list */
  } table[] = {
    { "{\"data\": [], \"paging\": {\"cursors\": {\"after\": \"a\"}, \"next\": \"https://x\"}}", "a" },
    { "{\"data\": [], \"paging\": {\"cursors\": {\"after\": \"a\"}}}", NULL },
    { "{\"data\": [], \"paging\": {\"next\": \"https://x\"}}", NULL },
    { "{\"data\": [], \"paging\": {\"cursors\": {\"after\": 7}, \"next\": \"https://x\"}}", NULL },
    { "{\"data\": [], \"paging\": []}", NULL },
    { "{\"data\": []}", NULL },
    { "{\"messages\": {\"data\": [], \"paging\": {\"cursors\": {\"after\": \"a\"}, \"next\": \"https://x\"}}, \"id\": \"t_1\"}", "a" },
    { "{\"id\": \"t_1\"}", NULL },
    { "{\"messages\": [], \"id\": \"t_1\"}", "!" },
    { "{\"data\": {}}", "!" },
    { "{}", "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) object = parse (table[i].json);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosMessengerPage) page = mos_messenger_parse_messages (object, &error);

      if (g_strcmp0 (table[i].after, "!") == 0)
        {
          g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (page->rows->len, ==, 0);
      g_assert_cmpstr (page->after, ==, table[i].after);
    }
}

/* --- messages --- */

static char *
describe (const MosChatUpdate *update)
{
  g_autoptr (GString) out = g_string_new (update->is_own ? "own" : "message");

  g_string_append_printf (out, " %s/%s", update->thread, update->id);
  if (update->person != NULL)
    g_string_append_printf (out, " from %s:%s %s", update->person->kind, update->person->value, update->person->name != NULL ? update->person->name : "-");
  if (update->person != NULL && update->person->username != NULL)
    g_string_append_printf (out, " @%s", update->person->username);
  if (*update->text != '\0')
    g_string_append_printf (out, " \"%s\"", update->text);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      const MosChatFile *file = update->files->pdata[i];

      g_string_append_printf (out, " [%s %s %s%s%s]", mos_file_kind_to_nick (file->kind), file->type, file->ref, file->why != NULL ? " " : "", file->why != NULL ? file->why : "");
    }
  if (update->reply_to != NULL)
    g_string_append_printf (out, " to %s", update->reply_to);
  if (update->why != NULL)
    g_string_append_printf (out, " why %s%s%s", update->why, update->detail != NULL ? " " : "", update->detail != NULL ? update->detail : "");
  return g_string_free_and_steal (g_steal_pointer (&out));
}

#define FROM_ANA "\"id\": \"m_1\", \"created_time\": \"2022-07-12T19:11:07+0000\", \"from\": {\"name\": \"Ana\", \"email\": \"4711@facebook.com\", \"id\": \"4711\"}"
#define ANA "message 4711/m_1 from messenger:4711 Ana"

static const struct
{
  const char *kind;
  const char *json;
  const char *says;
} messages[] = {
  /* docs/instagram-platform/instagram-api-with-instagram-login/conversations-api: "Get information about a message" */
  { "instagram",
    "{\"id\": \"aWdGGiblWZ\", \"created_time\": \"2022-07-12T19:11:07+0000\", \"to\": {\"data\": [{\"username\": \"mugshop\", \"id\": \"100\"}]}, \"from\": {\"username\": \"ana.m\", \"id\": \"4711\"}, \"message\": \"Hi Kitty!\"}",
    "message 4711/aWdGGiblWZ from instagram:4711 ana.m @ana.m \"Hi Kitty!\"" },
  /* The same page: "a list of messages": of an older one there is no more */
  { "instagram", "{\"id\": \"aWdGGiblWZ\", \"created_time\": \"2022-07-12T19:11:07+0000\"}", "message 4711/aWdGGiblWZ from instagram:4711 Ana @ana why not-told" },
  /* In our name: by any of our ids, or the account's name */
  { "instagram", "{\"id\": \"m_2\", \"from\": {\"id\": \"100\"}, \"message\": \"Hello\"}", "own 4711/m_2 \"Hello\"" },
  { "instagram", "{\"id\": \"m_2\", \"from\": {\"id\": \"200\"}, \"message\": \"Hello\"}", "own 4711/m_2 \"Hello\"" },
  { "instagram", "{\"id\": \"m_2\", \"from\": {\"id\": \"300\", \"username\": \"mugshop\"}, \"message\": \"Hello\"}", "own 4711/m_2 \"Hello\"" },
  /* docs/graph-api/reference/message: attachments, shares, sticker, story, is_unsupported; docs/messenger-platform/conversations: reply_to */
  { "messenger", "{" FROM_ANA ", \"message\": \"Line one\\nline two\"}", ANA " \"Line one\nline two\"" },
  { "messenger", "{" FROM_ANA ", \"message\": \"\", \"attachments\": {\"data\": [{\"id\": \"1\", \"mime_type\": \"image/jpeg\", \"name\": \"image-1\", \"size\": 1024, \"image_data\": {\"width\": 4, \"height\": 3, \"url\": \"https://scontent.xx.fbcdn.net/a.jpg\"}}]}}",
    ANA " [image image/jpeg m_1 a0 https://scontent.xx.fbcdn.net/a.jpg]" },
  { "messenger", "{" FROM_ANA ", \"attachments\": {\"data\": [{\"mime_type\": \"video/mp4\", \"video_data\": {\"url\": \"https://video.xx.fbcdn.net/a.mp4\"}}, {\"mime_type\": \"application/pdf\", \"name\": \"bill.pdf\", \"file_url\": \"https://cdn.fbsbx.com/b.pdf\"}]}}",
    ANA " [video video/mp4 m_1 a0 https://video.xx.fbcdn.net/a.mp4] [document application/pdf m_1 a1 https://cdn.fbsbx.com/b.pdf]" },
  { "messenger", "{" FROM_ANA ", \"attachments\": {\"data\": [{\"mime_type\": \"audio/mp4\", \"name\": \"audioclip-1657653067.mp4\", \"file_url\": \"https://cdn.fbsbx.com/c\"}, {\"mime_type\": \"audio/mpeg\", \"name\": \"song.mp3\", \"file_url\": \"https://cdn.fbsbx.com/d\"}]}}",
    ANA " [voice audio/mp4 m_1 a0 https://cdn.fbsbx.com/c] [audio audio/mpeg m_1 a1 https://cdn.fbsbx.com/d]" },
  { "messenger", "{" FROM_ANA ", \"attachments\": {\"data\": [{\"mime_type\": \"image/png\", \"image_data\": {\"url\": \"https://scontent.xx.fbcdn.net/s.png\", \"render_as_sticker\": true}}, {\"image_data\": {\"url\": \"https://x.fbcdn.net/p.jpg\", \"animated_gif_url\": \"https://x.fbcdn.net/p.gif\"}}]}}",
    ANA " [sticker image/png m_1 a0 https://scontent.xx.fbcdn.net/s.png] [animation image/gif m_1 a1 https://x.fbcdn.net/p.gif]" },
  { "messenger", "{" FROM_ANA ", \"sticker\": \"https://scontent.xx.fbcdn.net/thumb.png\"}", ANA " [sticker image/png m_1 k0 https://scontent.xx.fbcdn.net/thumb.png]" },
  { "messenger", "{" FROM_ANA ", \"message\": \"See\", \"shares\": {\"data\": [{\"name\": \"A mug\", \"description\": \"Blue\", \"link\": \"https://shop.example/mug\"}]}}", ANA " \"See\nA mug\nBlue\nhttps://shop.example/mug\"" },
  { "messenger", "{" FROM_ANA ", \"message\": \"https://shop.example/mug\", \"shares\": {\"data\": [{\"link\": \"https://shop.example/mug\"}]}}", ANA " \"https://shop.example/mug\"" },
  { "instagram", "{\"id\": \"m_1\", \"from\": {\"id\": \"4711\", \"username\": \"ana\"}, \"message\": \"\", \"shares\": {\"data\": [{\"link\": \"https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=x\"}]}}",
    "message 4711/m_1 from instagram:4711 ana @ana [document application/octet-stream m_1 s0 https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=x]" },
  { "instagram", "{\"id\": \"m_1\", \"from\": {\"id\": \"4711\", \"username\": \"ana\"}, \"message\": \"Nice\", \"story\": {\"reply_to\": {\"id\": \"1\", \"link\": \"https://lookaside.fbsbx.com/s\"}}}",
    "message 4711/m_1 from instagram:4711 ana @ana \"Nice\" [document application/octet-stream m_1 t1 https://lookaside.fbsbx.com/s]" },
  { "instagram", "{\"id\": \"m_1\", \"from\": {\"id\": \"4711\", \"username\": \"ana\"}, \"story\": {\"mention\": {\"id\": \"1\", \"link\": \"\"}}}",
    "message 4711/m_1 from instagram:4711 ana @ana [document application/octet-stream  gone]" },
  { "messenger", "{" FROM_ANA ", \"message\": \"Yes\", \"reply_to\": {\"mid\": \"m_0\"}}", ANA " \"Yes\" to m_0" },
  { "messenger", "{" FROM_ANA ", \"attachments\": {\"data\": [{\"generic_template\": {\"title\": \"Order 1042\", \"subtitle\": \"Two mugs\"}}]}}", ANA " \"Order 1042\nTwo mugs\"" },
  { "instagram", "{\"id\": \"m_1\", \"from\": {\"id\": \"4711\", \"username\": \"ana\"}, \"message\": \"\", \"is_unsupported\": true}", "message 4711/m_1 from instagram:4711 ana @ana why unknown-content unsupported" },
  { "messenger", "{" FROM_ANA ", \"message\": \"\"}", ANA " why unknown-content empty" },
  /* A file that is told without an address, or with one where nobody is asked */
  { "messenger", "{" FROM_ANA ", \"attachments\": {\"data\": [{\"mime_type\": \"image/png\"}, {\"image_data\": {\"url\": \"http://elsewhere.test/a.png\"}}, {\"file_url\": \"file:///etc/passwd\"}]}}",
    ANA " [image image/png  gone] [image image/jpeg  gone] [document application/octet-stream  gone]" },
  { "messenger", "{\"message\": \"Hello\"}", NULL },
  { "messenger", "{\"id\": \"m 1\", \"message\": \"Hello\"}", NULL },
};

static void
test_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (JsonObject) object = parse (messages[i].json);
      g_autoptr (MosMessengerSelf) self = make_self (messages[i].kind);
      g_autoptr (MosChatPerson) ana = mos_chat_person_make (messages[i].kind, "100", "4711", "Ana");
      g_autoptr (MosChatUpdate) update = NULL;
      g_autofree char *says = NULL;

      ana->username = g_str_equal (messages[i].kind, "instagram") ? g_strdup ("ana") : NULL;
      update = mos_messenger_parse_message (object, self, ana);
      says = update != NULL ? describe (update) : NULL;
      g_assert_cmpstr (says, ==, messages[i].says);
    }
}

/* Each member of another type, null, or away: left out, or the whole is; never a crash. */
static void
test_wrong_types (void)
{
  static const struct
  {
    const char *name;
    const char *right;
  } members[] = {
    { "id", "\"m_1\"" },
    { "created_time", "\"2022-07-12T19:11:07+0000\"" },
    { "from", "{\"name\": \"Ana\", \"id\": \"4711\"}" },
    { "to", "{\"data\": [{\"id\": \"100\"}]}" },
    { "message", "\"Hello\"" },
    { "attachments", "{\"data\": [{\"mime_type\": \"image/png\", \"image_data\": {\"url\": \"https://x.fbcdn.net/a\"}}]}" },
    { "reply_to", "{\"mid\": \"m_0\"}" },
    { "sticker", "\"https://x.fbcdn.net/s\"" },
    { "shares", "{\"data\": [{\"link\": \"https://x.example/\"}]}" },
    { "story", "{\"mention\": {\"link\": \"https://x.fbcdn.net/t\"}}" },
    { "is_unsupported", "false" },
  };
  static const char *const values[] = { "null", "7", "-1", "true", "[]", "{}", "1e99", "\"\"", "\"\\u0000x\"", "\"99999999999999999999999999\"", "{\"data\": 1}", "{\"data\": [1, null, [], {}, {\"id\": {}, \"image_data\": [], \"link\": 3}]}", "{\"id\": [], \"mention\": 1}" };
  g_autoptr (MosMessengerSelf) self = make_self ("messenger");
  g_autoptr (MosChatPerson) ana = mos_chat_person_make ("messenger", "100", "4711", "Ana");

  for (gsize m = 0; m < G_N_ELEMENTS (members); m++)
    for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autoptr (GString) json = g_string_new ("{");
        g_autoptr (JsonObject) object = NULL;
        g_autoptr (MosChatUpdate) update = NULL;
        g_autoptr (MosChatPerson) found = NULL;

        for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
          g_string_append_printf (json, "%s\"%s\": %s", i > 0 ? ", " : "", members[i].name, i == m ? values[v] : members[i].right);
        g_string_append_c (json, '}');
        object = parse (json->str);
        found = mos_messenger_find_person (object, self);
        update = mos_messenger_parse_message (object, self, ana);
        if (m != 0)
          {
            g_assert_nonnull (update);
            g_assert_cmpstr (update->thread, ==, "4711");
            g_assert_nonnull (update->text);
            g_assert_cmpint (update->at_us, >=, 0);
            g_assert_true (update->is_own || update->person != NULL);
          }
      }
}

static void
test_times (void)
{
  static const struct
  {
    const char *json;
    gint64 seconds;
  } table[] = {
    { "\"2022-07-12T19:11:07+0000\"", 1657653067 },
    { "\"2022-07-12T21:11:07+02:00\"", 1657653067 },
    { "\"2022-07-12T19:11:07Z\"", 1657653067 },
    { "\"1657653067\"", 1657653067 },
    { "1657653067", 1657653067 },
    { "\"yesterday\"", 0 },
    { "\"\"", 0 },
    { "-5", 0 },
    { "\"99999999999999999999\"", 0 },
    { "\"1901-01-01T00:00:00+0000\"", 0 },
    { "{}", 0 },
    { "null", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"t\": %s}", table[i].json);
      g_autoptr (JsonObject) object = parse (json);

      g_assert_cmpint (mos_messenger_parse_time (object, "t"), ==, table[i].seconds * G_USEC_PER_SEC);
    }
}

/* --- what goes wrong --- */

#define ERROR(code, more) "{\"error\": {\"message\": \"words\", \"type\": \"OAuthException\", \"code\": " code more ", \"fbtrace_id\": \"BLBz/WZt8dN\"}}"
#define SUB(code) ", \"error_subcode\": " code

/* docs/messenger-platform/error-codes, docs/graph-api/guides/error-handling, docs/graph-api/overview/rate-limiting */
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
    { 400, ERROR ("190", SUB ("1234567")), FALSE, MOS_CHAT_ERROR_KEY_REFUSED },
    { 400, ERROR ("102", ""), FALSE, MOS_CHAT_ERROR_KEY_REFUSED },
    { 400, ERROR ("4", ""), TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("17", ""), FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("32", ""), FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("613", ""), TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("1200", ""), TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("80006", ""), FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("80002", ""), FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("10", SUB ("2018278")), TRUE, MOS_CHAT_ERROR_WINDOW },
    { 400, ERROR ("10", SUB ("2018065")), TRUE, MOS_CHAT_ERROR_WINDOW },
    { 400, ERROR ("10", SUB ("2534022")), TRUE, MOS_CHAT_ERROR_WINDOW },
    { 400, ERROR ("10", SUB ("1893063")), TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 400, ERROR ("10", ""), TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 403, ERROR ("200", ""), FALSE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 403, ERROR ("230", ""), TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 403, ERROR ("299", ""), FALSE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 400, ERROR ("551", SUB ("1545041")), TRUE, MOS_CHAT_ERROR_CLOSED },
    { 400, ERROR ("100", SUB ("2018001")), TRUE, MOS_CHAT_ERROR_CLOSED },
    { 400, ERROR ("100", SUB ("2018047")), FALSE, MOS_CHAT_ERROR_TOO_LARGE },
    { 400, ERROR ("100", SUB ("33")), FALSE, MOS_CHAT_ERROR_GONE },
    { 400, ERROR ("100", ""), TRUE, MOS_CHAT_ERROR_REFUSED },
    { 400, ERROR ("368", ""), TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
    /* Transient; while something is sent nobody says of the first whether it was. */
    { 500, ERROR ("1", ""), FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 500, ERROR ("1", ""), TRUE, MOS_CHAT_ERROR_UNCERTAIN },
    { 500, ERROR ("1", SUB ("1357046")), TRUE, MOS_CHAT_ERROR_UNCERTAIN },
    { 500, ERROR ("2", ""), TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 503, "<h1>upstream</h1>", FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 503, "<h1>upstream</h1>", TRUE, MOS_CHAT_ERROR_UNCERTAIN },
    { 404, "<h1>not here</h1>", FALSE, MOS_CHAT_ERROR_NO_SERVER },
    { 429, "", TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, ERROR ("\"190\"", ""), FALSE, MOS_CHAT_ERROR_PROTOCOL },
    { 400, ERROR ("null", ""), FALSE, MOS_CHAT_ERROR_PROTOCOL },
    { 400, "{\"error\": []}", FALSE, MOS_CHAT_ERROR_PROTOCOL },
    { 400, ERROR ("10", SUB ("{}")), TRUE, MOS_CHAT_ERROR_NOT_ALLOWED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].body, strlen (table[i].body));
      g_autoptr (GError) error = NULL;

      mos_graph_judge (table[i].status, bytes, table[i].is_sending, &error);
      g_test_message ("%s", table[i].body);
      g_assert_error (error, MOS_CHAT_ERROR, (int) table[i].error);
    }
}

/* docs/graph-api/overview/rate-limiting: both headers, as in its examples */
static void
test_usage (void)
{
  static const struct
  {
    const char *text;
    guint percent;
    guint64 wait_s;
  } table[] = {
    { "{\"call_count\": 28, \"total_time\": 25, \"total_cputime\": 25}", 28, 0 },
    { "{\"66782684\": [{\"type\": \"ads_management\", \"call_count\": 95, \"total_cputime\": 20, \"total_time\": 20, \"estimated_time_to_regain_access\": 0}], \"10153848260347724\": [{\"type\": \"messenger\", \"call_count\": 97, \"estimated_time_to_regain_access\": 19}]}", 97,
      19 * 60 },
    { "{\"1\": [{\"call_count\": 100, \"estimated_time_to_regain_access\": 999999}]}", 100, 24 * 60 * 60 },
    { "{\"1\": [{\"call_count\": -5, \"total_time\": 1e99, \"estimated_time_to_regain_access\": -1}, 7, null]}", 1000, 0 },
    { "{\"1\": {}, \"call_count\": \"95\"}", 0, 0 },
    { "95", 0, 0 },
    { "", 0, 0 },
    { NULL, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      guint percent = 0;
      guint64 wait_s = 0;

      mos_http_usage_parse (table[i].text, &percent, &wait_s);
      g_assert_cmpuint (percent, ==, table[i].percent);
      g_assert_cmpuint (wait_s, ==, table[i].wait_s);
    }
}

/* --- what goes out --- */

static void
test_build (void)
{
  g_autoptr (MosChatOutgoing) outgoing = mos_chat_outgoing_new ();
  g_autoptr (MosChatPart) text = mos_chat_part_new ();
  g_autoptr (MosChatPart) file = mos_chat_part_new ();
  g_autoptr (JsonNode) plain = NULL;
  g_autoptr (JsonNode) tagged = NULL;
  g_autoptr (JsonNode) sent = NULL;
  g_autoptr (JsonNode) fetched = NULL;
  g_autofree char *plain_text = NULL;
  g_autofree char *tagged_text = NULL;
  g_autofree char *sent_text = NULL;
  g_autofree char *fetched_text = NULL;
  g_autofree char *attachment = NULL;

  outgoing->thread = g_strdup ("4711");
  text->text = g_strdup ("On its way");
  file->text = g_strdup ("");
  file->file = mos_attachment_new ();
  file->file_kind = MOS_FILE_IMAGE;
  plain = mos_messenger_build_message (outgoing, text, NULL, NULL, FALSE);
  plain_text = json_to_string (plain, FALSE);
  g_assert_cmpstr (plain_text, ==, "{\"recipient\":{\"id\":\"4711\"},\"messaging_type\":\"RESPONSE\",\"message\":{\"text\":\"On its way\"}}");
  outgoing->reply_to = g_strdup ("m_1");
  tagged = mos_messenger_build_message (outgoing, text, NULL, NULL, TRUE);
  tagged_text = json_to_string (tagged, FALSE);
  g_assert_cmpstr (tagged_text, ==, "{\"recipient\":{\"id\":\"4711\"},\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\",\"reply_to\":{\"mid\":\"m_1\"},\"message\":{\"text\":\"On its way\"}}");
  g_clear_pointer (&outgoing->reply_to, g_free);
  sent = mos_messenger_build_message (outgoing, file, "7", NULL, FALSE);
  sent_text = json_to_string (sent, FALSE);
  g_assert_cmpstr (sent_text, ==, "{\"recipient\":{\"id\":\"4711\"},\"messaging_type\":\"RESPONSE\",\"message\":{\"attachment\":{\"type\":\"image\",\"payload\":{\"attachment_id\":\"7\"}}}}");
  fetched = mos_messenger_build_message (outgoing, file, NULL, "https://shop.example/box.php?file=0a", FALSE);
  fetched_text = json_to_string (fetched, FALSE);
  g_assert_cmpstr (fetched_text, ==, "{\"recipient\":{\"id\":\"4711\"},\"messaging_type\":\"RESPONSE\",\"message\":{\"attachment\":{\"type\":\"image\",\"payload\":{\"url\":\"https://shop.example/box.php?file=0a\"}}}}");
  attachment = mos_messenger_build_attachment (file);
  g_assert_cmpstr (attachment, ==, "{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}");
}

/* Of whom, and for how long: nobody writes later than the account says. */
static void
test_window (void)
{
  static const char *const kinds[] = { "messenger", "instagram" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const MosChannelTraits *traits = mos_channel_traits_get (kinds[i]);
      g_autoptr (MosAccount) account = mos_account_new ();
      g_autoptr (MosAccount) allowed = mos_account_new ();

      account->kind = g_strdup (kinds[i]);
      allowed->kind = g_strdup (kinds[i]);
      mos_account_set_setting (allowed, MOS_ACCOUNT_HUMAN_AGENT, "1");
      g_assert_cmpuint (traits->window_s, ==, 24 * 60 * 60);
      g_assert_cmpuint (mos_channel_tagged_window_s (account), ==, 0);
      g_assert_cmpuint (mos_channel_tagged_window_s (allowed), ==, 7 * 24 * 60 * 60);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/messenger/parse/self", test_self);
  g_test_add_func ("/messenger/parse/threads", test_threads);
  g_test_add_func ("/messenger/parse/pages", test_pages);
  g_test_add_func ("/messenger/parse/messages", test_messages);
  g_test_add_func ("/messenger/parse/wrong-types", test_wrong_types);
  g_test_add_func ("/messenger/parse/times", test_times);
  g_test_add_func ("/messenger/parse/refusals", test_refusals);
  g_test_add_func ("/messenger/parse/usage", test_usage);
  g_test_add_func ("/messenger/parse/build", test_build);
  g_test_add_func ("/messenger/parse/window", test_window);
  return g_test_run ();
}
