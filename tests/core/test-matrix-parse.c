/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/channels/matrix/mos-matrix-parse.h"
#include "core/channels/matrix/mos-matrix-send.h"
#include "mos-test.h"

#include <string.h>

#define AGENT "@agent:example.org"
#define ANNA "\"sender\":\"@anna:example.org\",\"origin_server_ts\":1780000000123"
#define ROOM "!r:example.org"

/* --- one event after the other --- */

/* What an update says, in one line: kind, id, and whatever else is set */
static char *
describe (const MosChatUpdate *update)
{
  g_autoptr (GString) out = g_string_new (mos_chat_update_kind_to_nick (update->kind));

  if (update->kind == MOS_CHAT_THREAD)
    g_string_append_printf (out, " %s", mos_chat_thread_change_to_nick (update->change));
  g_string_append_printf (out, " [%s]", update->id);
  if (*update->text != '\0')
    g_string_append_printf (out, " \"%s\"", update->text);
  if (update->title != NULL)
    g_string_append_printf (out, " title=%s", update->title);
  if (update->reply_to != NULL)
    g_string_append_printf (out, " to=%s", update->reply_to);
  if (update->client_key != NULL)
    g_string_append_printf (out, " key=%s", update->client_key);
  if (update->is_own)
    g_string_append (out, " own");
  if (update->automatic)
    g_string_append (out, " automatic");
  if (update->removed)
    g_string_append (out, " removed");
  if (update->why != NULL)
    g_string_append_printf (out, " why=%s", update->why);
  if (update->detail != NULL)
    g_string_append_printf (out, " detail=%s", update->detail);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      const MosChatFile *file = update->files->pdata[i];

      g_string_append_printf (out, " file(%s %s %s %s %" G_GUINT64_FORMAT "%s%s)", mos_file_kind_to_nick (file->kind), file->name, file->type, file->ref, file->size, file->why != NULL ? " " : "", file->why != NULL ? file->why : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* @event: without its sender, time and id, which is "$e" */
typedef struct
{
  const char *name;
  const char *event;
  const char *expected; /* "" = nothing; a line each */
} Case;

#define TEXT(members) "\"type\":\"m.room.message\",\"content\":{" members "}"
#define MEMBER(who, content) "\"type\":\"m.room.member\",\"state_key\":\"" who "\",\"content\":{" content "}"

static const Case cases[] = {
  { "text", TEXT ("\"msgtype\":\"m.text\",\"body\":\"Where is it?\",\"formatted_body\":\"<b>x</b>\""), "message [$e] \"Where is it?\"" },
  { "two lines", TEXT ("\"msgtype\":\"m.text\",\"body\":\"a\\r\\nb\\u0007\""), "message [$e] \"a\nb\"" },
  { "notice", TEXT ("\"msgtype\":\"m.notice\",\"body\":\"I am a bot\""), "message [$e] \"I am a bot\" automatic" },
  { "emote", TEXT ("\"msgtype\":\"m.emote\",\"body\":\"waves\""), "message [$e] \"* waves\"" },
  { "no body", TEXT ("\"msgtype\":\"m.text\""), "message [$e]" },
  { "body of another type", TEXT ("\"msgtype\":\"m.text\",\"body\":{\"a\":1}"), "message [$e]" },
  { "no msgtype", TEXT ("\"body\":\"x\""), "" },
  { "unknown msgtype", TEXT ("\"msgtype\":\"org.example.new\",\"body\":\"fallback\""), "message [$e] \"fallback\" why=unknown-content detail=org.example.new" },
  { "taken back", TEXT (""), "" },
  { "keys compared", TEXT ("\"msgtype\":\"m.key.verification.request\",\"body\":\"x\""), "" },
  { "reply", TEXT ("\"msgtype\":\"m.text\",\"body\":\"yes\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$1\"}}"), "message [$e] \"yes\" to=$1" },
  { "reply with fallback", TEXT ("\"msgtype\":\"m.text\",\"body\":\"> <@a:b> what?\\n> more\\n\\nyes\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$1\"}}"), "message [$e] \"yes\" to=$1" },
  { "quotation that is no fallback", TEXT ("\"msgtype\":\"m.text\",\"body\":\"> they said\\n\\nyes\",\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$1\"}}"), "message [$e] \"> they said\n\nyes\" to=$1" },
  { "fallback and no reply", TEXT ("\"msgtype\":\"m.text\",\"body\":\"> <@a:b> what?\\n\\nyes\""), "message [$e] \"> <@a:b> what?\n\nyes\"" },
  { "thread", TEXT ("\"msgtype\":\"m.text\",\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$0\"}"), "message [$e] \"x\" to=$0" },
  { "thread, falling back", TEXT ("\"msgtype\":\"m.text\",\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$0\",\"is_falling_back\":true,\"m.in_reply_to\":{\"event_id\":\"$1\"}}"), "message [$e] \"x\" to=$0" },
  { "thread, answering", TEXT ("\"msgtype\":\"m.text\",\"body\":\"x\",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"$0\",\"m.in_reply_to\":{\"event_id\":\"$1\"}}"), "message [$e] \"x\" to=$1" },
  { "edit", TEXT ("\"msgtype\":\"m.text\",\"body\":\"* new\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"new\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}"), "edit [$1] \"new\"" },
  { "edit without content", TEXT ("\"msgtype\":\"m.text\",\"body\":\"* new\",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}"), "" },
  { "edit of nothing", TEXT ("\"msgtype\":\"m.text\",\"body\":\"* new\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"new\"},\"m.relates_to\":{\"rel_type\":\"m.replace\"}"), "" },
  { "picture", TEXT ("\"msgtype\":\"m.image\",\"body\":\"a.png\",\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"image/PNG\",\"size\":77,\"w\":3,\"h\":4}"), "message [$e] file(image a.png image/png mxc://example.org/abc 77)" },
  { "caption", TEXT ("\"msgtype\":\"m.file\",\"body\":\"my bill\",\"filename\":\"a.pdf\",\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"application/pdf\"}"), "message [$e] \"my bill\" file(document a.pdf application/pdf mxc://example.org/abc 0)" },
  { "no caption", TEXT ("\"msgtype\":\"m.file\",\"body\":\"a.pdf\",\"filename\":\"a.pdf\",\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"application/pdf\"}"), "message [$e] file(document a.pdf application/pdf mxc://example.org/abc 0)" },
  { "voice", TEXT ("\"msgtype\":\"m.audio\",\"body\":\"v.ogg\",\"org.matrix.msc3245.voice\":{},\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"audio/ogg\",\"size\":-5}"), "message [$e] file(voice v.ogg audio/ogg mxc://example.org/abc 0)" },
  { "film", TEXT ("\"msgtype\":\"m.video\",\"body\":\"v.mp4\",\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"video/mp4\"}"), "message [$e] file(video v.mp4 video/mp4 mxc://example.org/abc 0)" },
  { "file that leads elsewhere", TEXT ("\"msgtype\":\"m.file\",\"body\":\"a.txt\",\"url\":\"mxc://example.org/../../admin\",\"info\":{\"mimetype\":\"text/plain\"}"), "message [$e] file(document a.txt text/plain  0 gone)" },
  { "file of the web", TEXT ("\"msgtype\":\"m.file\",\"body\":\"a.txt\",\"url\":\"https://example.org/a.txt\",\"info\":{\"mimetype\":\"text/plain\"}"), "message [$e] file(document a.txt text/plain  0 gone)" },
  { "encrypted file", TEXT ("\"msgtype\":\"m.file\",\"body\":\"a.txt\",\"file\":{\"url\":\"mxc://example.org/abc\",\"key\":{}},\"info\":{\"mimetype\":\"text/plain\"}"), "message [$e] file(document a.txt text/plain  0 encrypted)" },
  { "type that is none", TEXT ("\"msgtype\":\"m.file\",\"body\":\"a.bin\",\"url\":\"mxc://example.org/abc\",\"info\":{\"mimetype\":\"x y\"}"), "message [$e] file(document a.bin application/octet-stream mxc://example.org/abc 0)" },
  { "place", TEXT ("\"msgtype\":\"m.location\",\"body\":\"At home\",\"geo_uri\":\"geo:41.4,2.2\""), "message [$e] \"At home (geo:41.4,2.2)\"" },
  { "sticker", "\"type\":\"m.sticker\",\"content\":{\"body\":\"a cat\",\"url\":\"mxc://example.org/cat\",\"info\":{\"mimetype\":\"image/webp\"}}", "message [$e] \"a cat\" file(sticker a cat.webp image/webp mxc://example.org/cat 0)" },
  { "encrypted", "\"type\":\"m.room.encrypted\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"AwgAE\"}", "message [$e] why=encrypted detail=m.megolm.v1.aes-sha2" },
  { "encrypted edit", "\"type\":\"m.room.encrypted\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"AwgAE\",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"}}", "" },
  { "reaction", "\"type\":\"m.reaction\",\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$1\",\"key\":\"👍\"}}", "reaction [$1] \"👍\"" },
  { "reaction to nothing", "\"type\":\"m.reaction\",\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"key\":\"👍\"}}", "" },
  { "redaction", "\"type\":\"m.room.redaction\",\"content\":{\"redacts\":\"$1\"}", "delete [$1]" },
  { "redaction, old", "\"type\":\"m.room.redaction\",\"redacts\":\"$1\",\"content\":{}", "delete [$1]" },
  { "redaction of nothing", "\"type\":\"m.room.redaction\",\"content\":{\"redacts\":7}", "" },
  { "name", "\"type\":\"m.room.name\",\"state_key\":\"\",\"content\":{\"name\":\" Order\\n1001 \"}", "thread title [] title=Order 1001" },
  { "name taken away", "\"type\":\"m.room.name\",\"state_key\":\"\",\"content\":{}", "" },
  { "encryption", "\"type\":\"m.room.encryption\",\"state_key\":\"\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\"}", "thread unreadable [] why=encrypted detail=m.megolm.v1.aes-sha2" },
  { "moved", "\"type\":\"m.room.tombstone\",\"state_key\":\"\",\"content\":{\"replacement_room\":\"!s:example.org\"}", "thread closed [] why=moved detail=!s:example.org" },
  { "moved nowhere", "\"type\":\"m.room.tombstone\",\"state_key\":\"\",\"content\":{\"replacement_room\":\"s\"}", "" },
  { "they come", MEMBER ("@anna:example.org", "\"membership\":\"join\",\"displayname\":\"Anna\""), "thread opened []" },
  { "they change the name", MEMBER ("@anna:example.org", "\"membership\":\"join\",\"displayname\":\"Anna\"") ",\"unsigned\":{\"prev_content\":{\"membership\":\"join\"}}", "" },
  { "we are banned", MEMBER (AGENT, "\"membership\":\"ban\",\"reason\":\"spam\""), "thread closed [] why=banned detail=spam" },
  { "we are put out", MEMBER (AGENT, "\"membership\":\"leave\""), "thread closed [] why=kicked" },
  { "member of a wrong type", MEMBER (AGENT, "\"membership\":7"), "" },
  { "state that nobody needs", "\"type\":\"m.room.topic\",\"state_key\":\"\",\"content\":{\"topic\":\"x\"}", "" },
  { "poll", "\"type\":\"m.poll.start\",\"content\":{\"m.poll\":{\"question\":{\"m.text\":[{\"body\":\"Which?\"}]}}}", "message [$e] \"Which?\" why=unknown-content detail=m.poll.start" },
  { "call", "\"type\":\"m.call.invite\",\"content\":{\"call_id\":\"1\"}", "message [$e] why=unknown-content detail=m.call.invite" },
  { "something else", "\"type\":\"org.example.odd\",\"content\":{\"a\":1}", "" },
};

static MosMatrixSync *
parse (const char *json,
       const char *since,
       MosMatrixMemory *memory)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  MosMatrixSync *sync = mos_matrix_parse_sync (bytes, AGENT, since, memory, &error);

  g_assert_no_error (error);
  return sync;
}

static char *
describe_all (GPtrArray *updates)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < updates->len; i++)
    {
      g_autofree char *one = describe (updates->pdata[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", one);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_event (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autofree char *json = g_strdup_printf ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"events\":[{" ANNA ",\"event_id\":\"$e\",%s}]}}}}}", c->event);
  g_autoptr (MosMatrixSync) sync = parse (json, "s1", memory);
  g_autofree char *said = describe_all (sync->updates);

  g_assert_cmpstr (said, ==, c->expected);
  for (guint i = 0; i < sync->updates->len; i++)
    {
      MosChatUpdate *update = sync->updates->pdata[i];

      g_assert_cmpstr (update->thread, ==, ROOM);
      g_assert_cmpint (update->at_us, ==, G_GINT64_CONSTANT (1780000000123000));
      if (update->kind == MOS_CHAT_MESSAGE)
        g_assert_cmpstr (update->person->value, ==, "@anna:example.org");
    }
}

/* Every member of every event, with another type in its place: never a crash, and never an update about nothing. */
static void
test_wrong_types (void)
{
  static const char *const others[] = { "null", "7", "\"x\"", "[]", "{}", "true", "-1.5", "[[]]" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (const char *at = strchr (cases[i].event, ':'); at != NULL; at = strchr (at + 1, ':'))
      for (guint j = 0; at[-1] == '"' && j < G_N_ELEMENTS (others); j++)
        {
          /* The value behind the colon ends where the brackets are even again. */
          const char *end = at + 1;
          int depth = 0;
          gboolean in_string = FALSE;
          g_autofree char *json = NULL;
          g_autofree char *begin = g_strndup (cases[i].event, (gsize) (at + 1 - cases[i].event));
          g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
          g_autoptr (MosMatrixSync) sync = NULL;

          for (; *end != '\0'; end++)
            {
              if (in_string && *end == '\\')
                end++;
              else if (*end == '"')
                in_string = !in_string;
              else if (!in_string && (*end == '{' || *end == '['))
                depth++;
              else if (!in_string && (*end == '}' || *end == ']') && --depth < 0)
                break;
              else if (!in_string && depth == 0 && *end == ',')
                break;
            }
          json = g_strdup_printf ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"events\":[{" ANNA ",\"event_id\":\"$e\",%s%s%s}]}}}}}", begin, others[j], end);
          sync = parse (json, "s1", memory);
          for (guint k = 0; k < sync->updates->len; k++)
            {
              MosChatUpdate *update = sync->updates->pdata[k];

              g_assert_true (update->kind == MOS_CHAT_THREAD || *update->id == '$');
            }
          n++;
        }
  g_test_message ("%u answers", n);
  g_assert_cmpuint (n, >, 1000);
}

/* --- whole answers --- */

static void
test_rooms (void)
{
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync =
      parse ("{\"next_batch\":\"s2\",\"rooms\":{"
             "\"invite\":{\"!i:example.org\":{\"invite_state\":{\"events\":[]}},\"no room\":{},\"!a\\u0019:example.org\":{}},"
             "\"join\":{\"" ROOM "\":{"
             "\"state\":{\"events\":[{\"type\":\"m.room.member\",\"state_key\":\"@anna:example.org\",\"content\":{\"membership\":\"join\",\"displayname\":\"Anna\"}}]},"
             "\"summary\":{\"m.heroes\":[\"@anna:example.org\",\"" AGENT "\",7],\"m.joined_member_count\":2},"
             "\"timeline\":{\"limited\":true,\"prev_batch\":\"p1\",\"events\":[{" ANNA ",\"event_id\":\"$e\",\"type\":\"m.room.message\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\"}}]},"
             "\"ephemeral\":{\"events\":["
             "{\"type\":\"m.receipt\",\"content\":{\"$1\":{\"m.read\":{\"@anna:example.org\":{\"ts\":1780000000000},\"" AGENT "\":{}},\"m.read.private\":{\"@anna:example.org\":{}}}}},"
             "{\"type\":\"m.typing\",\"content\":{\"user_ids\":[\"@anna:example.org\",\"" AGENT "\",7]}}]}}},"
             "\"leave\":{\"!l:example.org\":{\"timeline\":{\"events\":[]}}}}}",
             "s1", memory);
  g_autofree char *said = describe_all (sync->updates);
  g_autofree char *kept = NULL;
  MosMatrixGap *gap;

  g_assert_cmpstr (said, ==, "message [$e] \"x\"\nthread title [] title=Anna\nreceipt [$1]\ntyping []\nthread closed [] why=left");
  g_assert_cmpstr (((MosChatUpdate *) sync->updates->pdata[0])->person->name, ==, "Anna");
  g_assert_cmpint (((MosChatUpdate *) sync->updates->pdata[2])->receipt, ==, MOS_DELIVERY_READ);
  g_assert_cmpstr (sync->next_batch, ==, "s2");
  g_assert_cmpuint (sync->broken, ==, 2);
  g_assert_cmpuint (sync->gaps->len, ==, 1);
  gap = sync->gaps->pdata[0];
  g_assert_cmpstr (gap->from, ==, "p1");
  g_assert_cmpstr (gap->to, ==, "s1");
  g_assert_cmpuint (gap->position, ==, 0);
  g_assert_cmpuint (memory->joins->len, ==, 1);
  kept = mos_matrix_memory_to_json (memory);
  g_assert_nonnull (strstr (kept, "!i:example.org"));
}

static void
test_alone (void)
{
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync = parse ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"summary\":{\"m.joined_member_count\":1,\"m.invited_member_count\":0}}}}}", "s1", memory);
  g_autoptr (MosMatrixSync) waiting = parse ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"summary\":{\"m.joined_member_count\":1,\"m.invited_member_count\":1}}}}}", "s1", memory);
  g_autofree char *said = describe_all (sync->updates);

  g_assert_cmpstr (said, ==, "thread closed [] why=alone");
  g_assert_cmpuint (waiting->updates->len, ==, 0);
}

static void
test_first_look (void)
{
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync = parse ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"limited\":true,\"prev_batch\":\"p1\",\"events\":[]}}}}}", NULL, memory);

  g_assert_cmpuint (sync->gaps->len, ==, 0);
}

static void
test_reaction_taken_back (void)
{
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixMemory) later = NULL;
  g_autoptr (MosMatrixSync) put = parse ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"events\":[{" ANNA ",\"event_id\":\"$r\",\"type\":\"m.reaction\","
                                         "\"content\":{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$1\",\"key\":\"+\"}}}]}}}}}",
                                         "s1", memory);
  g_autofree char *kept = mos_matrix_memory_to_json (memory);
  g_autoptr (MosMatrixSync) taken = NULL;
  g_autofree char *said = NULL;

  g_assert_cmpuint (put->updates->len, ==, 1);
  /* After a restart */
  later = mos_matrix_memory_new (kept);
  taken = parse ("{\"next_batch\":\"s3\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"events\":[{" ANNA ",\"event_id\":\"$x\",\"type\":\"m.room.redaction\",\"content\":{\"redacts\":\"$r\"}}]}}}}}", "s2", later);
  said = describe_all (taken->updates);
  g_assert_cmpstr (said, ==, "reaction [$1] \"+\" removed");
}

static void
test_past (void)
{
  static const char json[] = "{\"start\":\"a\",\"end\":\"b\",\"chunk\":["
                             "{" ANNA ",\"event_id\":\"$2\",\"type\":\"m.room.message\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"second\"}},"
                             "{" ANNA ",\"event_id\":\"$m\",\"type\":\"m.room.member\",\"state_key\":\"" AGENT "\",\"content\":{\"membership\":\"ban\"}},"
                             "{" ANNA ",\"event_id\":\"$n\",\"type\":\"m.room.name\",\"state_key\":\"\",\"content\":{\"name\":\"old\"}},"
                             "{\"sender\":\"" AGENT "\",\"event_id\":\"$1\",\"type\":\"m.room.message\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"first\"},\"unsigned\":{\"transaction_id\":\"mos-1\"}}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, sizeof json - 1);
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autofree char *end = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_matrix_parse_messages (bytes, AGENT, ROOM, FALSE, memory, updates, &end, &error));
  g_assert_no_error (error);
  said = describe_all (updates);
  /* How the room was says nothing about how it is. */
  g_assert_cmpstr (said, ==, "message [$1] \"first\" key=mos-1 own\nmessage [$2] \"second\"");
  g_assert_cmpstr (end, ==, "b");
}

static void
test_no_answer (void)
{
  static const char *const answers[] = { "", "{", "[]", "null", "{\"next_batch\":7}", "{\"next_batch\":\"\"}", "<html>", "{\"next_batch\":\"s\\", "2{\"next_batch\":\"s\"}", "{\"next_batch\":\"s\"}{}", "{\"next_batch\":\"s\"} 7", "{\"next_batch\":/* \" */\"s\"}", "{\"next_batch\":\"s\xff\"}" };
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *whole = g_strconcat ("{\"next_batch\":\"s\",\"a\":", deep, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (answers); i++)
    {
      const char *text = i < G_N_ELEMENTS (answers) ? answers[i] : whole;
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;

      g_assert_null (mos_matrix_parse_sync (bytes, AGENT, "s1", memory, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_media_uri (void)
{
  static const char *const bad[] = { "", "mxc://", "mxc://a", "mxc://a/", "mxc:///b", "mxc://a/b/c", "mxc://a/b?c", "mxc://a/..", "mxc://../b", "https://a/b", "mxc://a b/c", "mxc://a/%2e" };
  g_autofree char *server = NULL;
  g_autofree char *id = NULL;

  g_assert_true (mos_matrix_split_media ("mxc://[::1]:8448/aB_-9", &server, &id));
  g_assert_cmpstr (server, ==, "[::1]:8448");
  g_assert_cmpstr (id, ==, "aB_-9");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mos_matrix_split_media (bad[i], NULL, NULL));
}

/* Milliseconds that happen to be none are no time "within that second". */
static void
test_on_the_second (void)
{
  static const char json[] = "{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"timeline\":{\"events\":[{\"type\":\"m.room.message\",\"event_id\":\"$1\",\"sender\":\"@anna:example.org\","
                             "\"origin_server_ts\":1780000000000,\"content\":{\"msgtype\":\"m.text\",\"body\":\"On time\"}}]}}}}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync = mos_matrix_parse_sync (bytes, AGENT, "s1", memory, NULL);

  g_assert_cmpuint (sync->updates->len, ==, 1);
  g_assert_cmpint (((MosChatUpdate *) sync->updates->pdata[0])->at_us, ==, G_GINT64_CONSTANT (1780000000000001));
}

/* Who counts as a group, and which invitations are a customer's. */
static void
test_groups (void)
{
  static const char json[] = "{\"next_batch\":\"s2\",\"account_data\":{\"events\":[{\"type\":\"m.direct\",\"content\":{\"@anna:example.org\":[\"!bridge:example.org\"]}}]},\"rooms\":{\"join\":{"
                             "\"!two:example.org\":{\"summary\":{\"m.joined_member_count\":1,\"m.invited_member_count\":1}},"
                             "\"!many:example.org\":{\"summary\":{\"m.joined_member_count\":2,\"m.invited_member_count\":1}},"
                             "\"!bridge:example.org\":{\"summary\":{\"m.joined_member_count\":3,\"m.invited_member_count\":0}}},\"invite\":{"
                             "\"!open:example.org\":{\"invite_state\":{\"events\":[{\"type\":\"m.room.join_rules\",\"state_key\":\"\",\"content\":{\"join_rule\":\"public\"}}]}},"
                             "\"!space:example.org\":{\"invite_state\":{\"events\":[{\"type\":\"m.room.create\",\"state_key\":\"\",\"content\":{\"type\":\"m.space\"}}]}},"
                             "\"!ask:example.org\":{\"invite_state\":{\"events\":[{\"type\":\"m.room.member\",\"state_key\":\"" AGENT "\",\"content\":{\"membership\":\"invite\",\"is_direct\":true}}]}}}}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync = mos_matrix_parse_sync (bytes, AGENT, "s1", memory, NULL);
  g_autofree char *kept = NULL;
  g_autoptr (MosMatrixMemory) later = NULL;

  g_assert_nonnull (sync);
  kept = mos_matrix_memory_to_json (memory);
  later = mos_matrix_memory_new (kept);
  g_assert_false (mos_matrix_memory_is_group (later, "!two:example.org"));
  g_assert_true (mos_matrix_memory_is_group (later, "!many:example.org"));
  g_assert_false (mos_matrix_memory_is_group (later, "!bridge:example.org"));
  g_assert_cmpuint (later->joins->len, ==, 1);
  g_assert_cmpstr (later->joins->pdata[0], ==, "!ask:example.org");
  mos_matrix_memory_set_group (later, "!many:example.org", FALSE);
  g_assert_false (mos_matrix_memory_is_group (later, "!many:example.org"));
}

/* @n: how many are in the room, where it says something. Returns: whether it counts as a group then */
static gboolean
take_room (MosMatrixMemory *memory,
           guint n)
{
  g_autofree char *json = g_strdup_printf ("{\"next_batch\":\"s2\",\"rooms\":{\"join\":{\"" ROOM "\":{\"summary\":{\"m.joined_member_count\":%u,\"m.invited_member_count\":0},\"timeline\":{\"events\":["
                                           "{\"type\":\"m.room.message\",\"event_id\":\"$%u\",\"sender\":\"@anna:example.org\",\"origin_server_ts\":1780000000001,\"content\":{\"msgtype\":\"m.text\",\"body\":\"Hello\"}}]}}}}}",
                                           n, n);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (MosMatrixSync) sync = mos_matrix_parse_sync (bytes, AGENT, "s1", memory, NULL);

  g_assert_nonnull (sync);
  return mos_matrix_memory_is_group (memory, ROOM);
}

/* Whoever brings somebody along is heard on; what was a group from the first is none of ours. */
static void
test_third (void)
{
  g_autoptr (MosMatrixMemory) two = mos_matrix_memory_new (NULL), many = mos_matrix_memory_new (NULL), later = NULL;
  g_autofree char *kept = NULL;

  g_assert_false (take_room (two, 2));
  kept = mos_matrix_memory_to_json (two);
  later = mos_matrix_memory_new (kept);
  g_assert_false (take_room (later, 3));
  g_assert_true (take_room (many, 3));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdelimit (g_strdup_printf ("/matrix-parse/event/%s", cases[i].name), " ,", '-');

      g_test_add_data_func (path, &cases[i], test_event);
    }
  g_test_add_func ("/matrix-parse/wrong-types", test_wrong_types);
  g_test_add_func ("/matrix-parse/rooms", test_rooms);
  g_test_add_func ("/matrix-parse/alone", test_alone);
  g_test_add_func ("/matrix-parse/first-look", test_first_look);
  g_test_add_func ("/matrix-parse/reaction-taken-back", test_reaction_taken_back);
  g_test_add_func ("/matrix-parse/past", test_past);
  g_test_add_func ("/matrix-parse/no-answer", test_no_answer);
  g_test_add_func ("/matrix-parse/media-uri", test_media_uri);
  g_test_add_func ("/matrix-parse/on-the-second", test_on_the_second);
  g_test_add_func ("/matrix-parse/groups", test_groups);
  g_test_add_func ("/matrix-parse/third", test_third);
  return g_test_run ();
}
