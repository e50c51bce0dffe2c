/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/channels/matrix/mos-matrix-api.h"
#include "core/channels/matrix/mos-matrix-parse.h"
#include "core/channels/matrix/mos-matrix-send.h"
#include "mos-test-synapse.h"

#include <string.h>

/* A desk's account and a customer on a real Synapse. */

static MosTestSynapse *synapse;

typedef struct
{
  MosMatrixApi *api;
  MosMatrixMemory *memory;
  char *device;
  char *filter;
  char *since;
  GPtrArray *updates; /* all that came, in order */
  GPtrArray *gaps;
} Agent;

static void
agent_setup (Agent *f,
             gconstpointer data)
{
  g_autoptr (MosMatrixServer) server = NULL;
  g_autoptr (MosMatrixSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (synapse == NULL)
    return;
  server = mos_matrix_discover_sync (synapse->base, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (server->base_url, ==, synapse->base);
  g_assert_true (server->has_authenticated_media);
  g_assert_true (server->has_password);
  f->api = mos_matrix_api_new (server->base_url, NULL);
  session = mos_matrix_api_login_sync (f->api, "agent", MOS_TEST_MATRIX_PASSWORD, NULL, "Mostrador", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (session->user_id, ==, MOS_TEST_MATRIX_AGENT);
  f->device = g_strdup (session->device_id);
  f->memory = mos_matrix_memory_new (NULL);
  f->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  f->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_matrix_gap_free);
  f->filter = mos_matrix_api_make_filter_sync (f->api, MOS_TEST_MATRIX_AGENT, NULL, &error);
  g_assert_no_error (error);
}

static void
agent_teardown (Agent *f,
                gconstpointer data)
{
  if (f->api == NULL)
    return;
  mos_matrix_api_free (f->api);
  mos_matrix_memory_free (f->memory);
  g_ptr_array_unref (f->updates);
  g_ptr_array_unref (f->gaps);
  g_free (f->device);
  g_free (f->filter);
  g_free (f->since);
}

/* One look; joins what there is to join. Returns: whether the test goes on */
static void
look (Agent *f,
      guint timeout_ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = mos_matrix_api_sync_sync (f->api, f->filter, f->since, timeout_ms, NULL, &error);
  g_autoptr (MosMatrixSync) sync = NULL;

  g_assert_no_error (error);
  sync = mos_matrix_parse_sync (json, MOS_TEST_MATRIX_AGENT, f->since, f->memory, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync->broken, ==, 0);
  g_set_str (&f->since, sync->next_batch);
  g_ptr_array_extend_and_steal (f->updates, g_steal_pointer (&sync->updates));
  g_ptr_array_extend_and_steal (f->gaps, g_steal_pointer (&sync->gaps));
  sync->updates = g_ptr_array_new ();
  sync->gaps = g_ptr_array_new ();
  while (f->memory->joins->len > 0)
    {
      g_autofree char *room = g_strdup (f->memory->joins->pdata[0]);

      mos_matrix_api_join_sync (f->api, room, NULL, &error);
      g_assert_no_error (error);
      mos_matrix_memory_remove_join (f->memory, room);
    }
}

static MosChatUpdate *
find (Agent *f,
      const char *room,
      MosChatUpdateKind kind,
      const char *id)
{
  for (guint i = 0; i < f->updates->len; i++)
    {
      MosChatUpdate *update = f->updates->pdata[i];

      if (update->kind == kind && strcmp (update->thread, room) == 0 && (id == NULL || strcmp (update->id, id) == 0))
        return update;
    }
  return NULL;
}

static MosChatUpdate *
expect (Agent *f,
        const char *room,
        MosChatUpdateKind kind,
        const char *id)
{
  for (guint i = 0; i < 20; i++)
    {
      MosChatUpdate *update = find (f, room, kind, id);

      if (update != NULL)
        return update;
      look (f, 2000);
    }
  g_error ("%s about %s never came", mos_chat_update_kind_to_nick (kind), id != NULL ? id : "the room");
}

/* Why nothing can be sent there any more */
static MosChatUpdate *
expect_closed (Agent *f,
               const char *room)
{
  for (guint i = 0; i < 20; i++)
    {
      for (guint j = 0; j < f->updates->len; j++)
        {
          MosChatUpdate *update = f->updates->pdata[j];

          if (update->kind == MOS_CHAT_THREAD && update->change == MOS_CHAT_THREAD_CLOSED && strcmp (update->thread, room) == 0)
            return update;
        }
      look (f, 2000);
    }
  g_error ("The room was never closed");
}

/* A room of the customer's in which the agent is */
static char *
meet (Agent *f,
      const char *more)
{
  g_autofree char *room = NULL;

  look (f, 0);
  room = mos_test_synapse_create_room (synapse, more);
  for (guint i = 0; i < 20; i++)
    {
      MosChatUpdate *opened;

      look (f, 2000);
      opened = find (f, room, MOS_CHAT_THREAD, NULL);
      if (opened != NULL)
        return g_steal_pointer (&room);
    }
  g_error ("The agent was never in the room");
}

static MosChatOutgoing *
outgoing_new (const char *room,
              const char *key,
              const char *text)
{
  MosChatOutgoing *outgoing = mos_chat_outgoing_new ();
  MosChatPart *part = mos_chat_part_new ();

  outgoing->thread = g_strdup (room);
  outgoing->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  part->key = g_strdup (key);
  part->text = g_strdup (text);
  g_ptr_array_add (outgoing->parts, part);
  return outgoing;
}

static char *
event_path (const char *room,
            const char *id)
{
  g_autofree char *encoded = g_uri_escape_string (room, NULL, FALSE);
  g_autofree char *event = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("/_matrix/client/v3/rooms/%s/event/%s", encoded, event);
}

/* What the customer's program gets of an event */
static JsonNode *
seen_by_customer (const char *room,
                  const char *id)
{
  g_autofree char *path = event_path (room, id);

  return mos_test_synapse_ask (synapse, 200, "GET", path, NULL);
}

static const char *
content_text (JsonNode *event,
              const char *name)
{
  return json_object_get_string_member_with_default (json_object_get_object_member (json_node_get_object (event), "content"), name, NULL);
}

#define NEEDS_SYNAPSE                                                                     \
  if (synapse == NULL)                                                                    \
    {                                                                                     \
      g_test_skip ("there is no root with Synapse: ./dev could not make it (see above)"); \
      return;                                                                             \
    }

/* --- signing in --- */

static void
test_signing_in (Agent *f,
                 gconstpointer data)
{
  g_autoptr (MosMatrixSession) who = NULL;
  g_autoptr (MosMatrixSession) again = NULL;
  g_autoptr (MosMatrixApi) second = NULL;
  g_autoptr (GError) error = NULL;

  NEEDS_SYNAPSE
  who = mos_matrix_api_whoami_sync (f->api, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (who->user_id, ==, MOS_TEST_MATRIX_AGENT);
  g_assert_cmpstr (who->device_id, ==, f->device);
  /* Kept, it is the same device. */
  second = mos_matrix_api_new (synapse->base, NULL);
  again = mos_matrix_api_login_sync (second, MOS_TEST_MATRIX_AGENT, MOS_TEST_MATRIX_PASSWORD, f->device, "Mostrador", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->device_id, ==, f->device);
  g_assert_true (mos_matrix_api_logout_sync (second, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (mos_matrix_api_whoami_sync (second, NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED);
  g_assert_cmpstr (mos_matrix_api_get_trouble (second)->errcode, ==, "M_UNKNOWN_TOKEN");
  g_assert_false (mos_matrix_api_get_trouble (second)->is_soft_logout);
}

static void
test_wrong_password (void)
{
  g_autoptr (MosMatrixApi) api = NULL;
  gboolean was_limited = FALSE;

  NEEDS_SYNAPSE
  api = mos_matrix_api_new (synapse->base, NULL);
  for (guint i = 0; i < 8 && !was_limited; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mos_matrix_api_login_sync (api, "nobody", "wrong", NULL, "Mostrador", NULL, &error));
      was_limited = g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY);
      if (!was_limited)
        g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED);
    }
  /* A server that has had enough names a time that nobody waits for within a call. */
  g_assert_true (was_limited);
  g_assert_cmpuint (mos_matrix_api_get_trouble (api)->retry_ms, >, 5000);
}

static void
test_no_server (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_matrix_discover_sync ("not a name", NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER);
  g_clear_error (&error);
  g_assert_null (mos_matrix_discover_sync ("http://example.org", NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER);
}

/* --- talking --- */

static void
test_talk (Agent *f,
           gconstpointer data)
{
  g_autofree char *room = NULL, *asked = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_auto (MosChatSendOutcome) first = { 0 };
  g_auto (MosChatSendOutcome) second = { 0 };
  g_autoptr (JsonNode) seen = NULL;
  MosChatUpdate *update;

  NEEDS_SYNAPSE
  room = meet (f, ",\"name\":\"Order 1001\"");
  g_assert_cmpstr (expect (f, room, MOS_CHAT_THREAD, NULL)->thread, ==, room);
  asked = mos_test_synapse_say (synapse, room, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"Where is it?\",\"formatted_body\":\"<b>never read</b>\",\"format\":\"org.matrix.custom.html\"}");
  update = expect (f, room, MOS_CHAT_MESSAGE, asked);
  g_assert_cmpstr (update->text, ==, "Where is it?");
  g_assert_cmpstr (update->person->value, ==, MOS_TEST_MATRIX_CUSTOMER);
  g_assert_cmpstr (update->person->name, ==, "anna");
  g_assert_false (update->is_own);
  g_assert_null (update->client_key);
  g_assert_cmpint (ABS (g_get_real_time () - update->at_us), <, 60 * G_USEC_PER_SEC);

  outgoing = outgoing_new (room, "mos-talk-1", "It ships today <b>");
  outgoing->reply_to = g_strdup (asked);
  mos_matrix_send_part_sync (f->api, outgoing, outgoing->parts->pdata[0], NULL, 0, &first, NULL);
  g_assert_cmpint (first.state, ==, MOS_DELIVERY_ACCEPTED);
  mos_matrix_send_part_sync (f->api, outgoing, outgoing->parts->pdata[0], NULL, 0, &second, NULL);
  g_assert_cmpint (second.state, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (first.remote, ==, second.remote);

  seen = seen_by_customer (room, first.remote);
  g_assert_cmpstr (content_text (seen, "body"), ==, "It ships today <b>");
  g_assert_cmpstr (content_text (seen, "msgtype"), ==, "m.text");
  g_assert_null (content_text (seen, "formatted_body"));
  update = expect (f, room, MOS_CHAT_MESSAGE, first.remote);
  g_assert_true (update->is_own);
  g_assert_cmpstr (update->client_key, ==, "mos-talk-1");
  g_assert_cmpstr (update->reply_to, ==, asked);
  /* One event, however often it was sent */
  look (f, 500);
  {
    guint n = 0;

    for (guint i = 0; i < f->updates->len; i++)
      n += ((MosChatUpdate *) f->updates->pdata[i])->is_own && ((MosChatUpdate *) f->updates->pdata[i])->kind == MOS_CHAT_MESSAGE;
    g_assert_cmpuint (n, ==, 1);
  }
}

static gpointer
say_later_thread (gpointer data)
{
  g_usleep (G_USEC_PER_SEC);
  return mos_test_synapse_say (synapse, data, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"late\"}");
}

static void
test_long_poll (Agent *f,
                gconstpointer data)
{
  g_autofree char *room = NULL, *id = NULL;
  GThread *thread;
  gint64 begin, took;

  NEEDS_SYNAPSE
  room = meet (f, "");
  look (f, 0);
  g_ptr_array_set_size (f->updates, 0);
  begin = g_get_monotonic_time ();
  thread = g_thread_new ("customer", say_later_thread, room);
  for (guint i = 0; i < 10 && find (f, room, MOS_CHAT_MESSAGE, NULL) == NULL; i++)
    look (f, 30000);
  took = g_get_monotonic_time () - begin;
  id = g_thread_join (thread);
  g_assert_nonnull (find (f, room, MOS_CHAT_MESSAGE, id));
  g_test_message ("The line was held for %.2f s", (double) took / G_USEC_PER_SEC);
  g_assert_cmpint (took, >, G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 15 * G_USEC_PER_SEC);
}

static void
test_changes (Agent *f,
              gconstpointer data)
{
  g_autofree char *room = NULL, *said = NULL, *edit = NULL, *json = NULL, *sign = NULL, *path = NULL, *encoded = NULL;
  g_autofree char *ours = NULL, *our_edit = NULL, *our_sign = NULL, *gone = NULL;
  g_autoptr (JsonNode) text = NULL;
  g_autoptr (JsonNode) edited = NULL;
  g_autoptr (JsonNode) reaction = NULL;
  g_autoptr (JsonNode) seen = NULL;
  g_autoptr (JsonNode) redacted = NULL;
  g_autoptr (GError) error = NULL;
  MosChatUpdate *update;

  NEEDS_SYNAPSE
  room = meet (f, "");
  encoded = g_uri_escape_string (room, NULL, FALSE);
  said = mos_test_synapse_say (synapse, room, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"tpyo\"}");
  json = g_strdup_printf ("{\"msgtype\":\"m.text\",\"body\":\"* typo\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"typo\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"%s\"}}", said);
  edit = mos_test_synapse_say (synapse, room, "m.room.message", json);
  update = expect (f, room, MOS_CHAT_EDIT, said);
  g_assert_cmpstr (update->text, ==, "typo");
  g_assert_null (find (f, room, MOS_CHAT_MESSAGE, edit));

  /* A sign, and taken away again */
  g_free (json);
  json = g_strdup_printf ("{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"👍\"}}", said);
  sign = mos_test_synapse_say (synapse, room, "m.reaction", json);
  update = expect (f, room, MOS_CHAT_REACTION, said);
  g_assert_cmpstr (update->text, ==, "👍");
  g_assert_false (update->removed);
  g_ptr_array_set_size (f->updates, 0);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/redact/%s/r-1", encoded, sign);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "PUT", path, "{}"));
  update = expect (f, room, MOS_CHAT_REACTION, said);
  g_assert_cmpstr (update->text, ==, "👍");
  g_assert_true (update->removed);

  /* The message itself */
  g_free (path);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/redact/%s/r-2", encoded, said);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "PUT", path, "{}"));
  update = expect (f, room, MOS_CHAT_DELETE, said);
  g_assert_cmpstr (update->person->value, ==, MOS_TEST_MATRIX_CUSTOMER);

  /* The same from here */
  text = mos_matrix_make_text ("wrod", NULL);
  ours = mos_matrix_api_send_sync (f->api, room, "m.room.message", "mos-c-1", text, NULL, &error);
  g_assert_no_error (error);
  edited = mos_matrix_make_edit (ours, "word", NULL);
  our_edit = mos_matrix_api_send_sync (f->api, room, "m.room.message", "mos-c-2", edited, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (expect (f, room, MOS_CHAT_EDIT, ours)->text, ==, "word");
  reaction = mos_matrix_make_reaction (ours, "✅");
  our_sign = mos_matrix_api_send_sync (f->api, room, "m.reaction", "mos-c-3", reaction, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (expect (f, room, MOS_CHAT_REACTION, ours)->is_own);
  gone = mos_matrix_api_redact_sync (f->api, room, ours, "mos-c-4", "by mistake", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (expect (f, room, MOS_CHAT_DELETE, ours)->is_own);
  redacted = seen_by_customer (room, ours);
  g_assert_null (content_text (redacted, "body"));
}

static void
test_read_and_typing (Agent *f,
                      gconstpointer data)
{
  g_autofree char *room = NULL, *encoded = NULL, *path = NULL, *typing = NULL, *ours = NULL, *said = NULL;
  g_autoptr (JsonNode) text = NULL;
  g_autoptr (JsonNode) sync = NULL;
  g_autofree char *seen = NULL;
  g_autoptr (GError) error = NULL;
  MosChatUpdate *update;

  NEEDS_SYNAPSE
  room = meet (f, "");
  encoded = g_uri_escape_string (room, NULL, FALSE);
  text = mos_matrix_make_text ("Hello", NULL);
  ours = mos_matrix_api_send_sync (f->api, room, "m.room.message", "mos-r-1", text, NULL, &error);
  g_assert_no_error (error);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/receipt/m.read/%s", encoded, ours);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "POST", path, "{}"));
  update = expect (f, room, MOS_CHAT_RECEIPT, ours);
  g_assert_cmpint (update->receipt, ==, MOS_DELIVERY_READ);
  g_assert_true (update->upto);
  typing = g_strdup_printf ("/_matrix/client/v3/rooms/%s/typing/%%40anna%%3Alocalhost", encoded);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "PUT", typing, "{\"typing\":true,\"timeout\":30000}"));
  g_assert_cmpstr (expect (f, room, MOS_CHAT_TYPING, NULL)->person->value, ==, MOS_TEST_MATRIX_CUSTOMER);

  /* The other way */
  json_node_unref (mos_test_synapse_ask (synapse, 200, "PUT", typing, "{\"typing\":false}"));
  said = mos_test_synapse_say (synapse, room, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"Read me\"}");
  g_assert_true (mos_matrix_api_mark_read_sync (f->api, room, said, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_matrix_api_tell_typing_sync (f->api, room, MOS_TEST_MATRIX_AGENT, 20000, NULL, &error));
  g_assert_no_error (error);
  sync = mos_test_synapse_ask (synapse, 200, "GET", "/_matrix/client/v3/sync?timeout=0", NULL);
  seen = json_to_string (sync, FALSE);
  g_assert_nonnull (strstr (seen, "\"user_ids\":[\"" MOS_TEST_MATRIX_AGENT "\"]"));
  g_assert_nonnull (strstr (seen, "\"" MOS_TEST_MATRIX_AGENT "\":{\"ts\":"));
  g_assert_true (mos_matrix_api_tell_typing_sync (f->api, room, MOS_TEST_MATRIX_AGENT, 0, NULL, &error));
  g_assert_no_error (error);
}

/* --- media --- */

static void
test_media (Agent *f,
            gconstpointer data)
{
  g_autofree char *room = NULL, *uri = NULL, *json = NULL, *said = NULL, *type = NULL, *got = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_autoptr (GOutputStream) into = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) small = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("label bytes", 11);
  g_auto (MosChatSendOutcome) sent = { 0 };
  g_auto (MosChatSendOutcome) refused = { 0 };
  g_autoptr (JsonNode) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMatrixApi) stranger = NULL;
  guint64 limit;
  MosChatFile *file;
  MosChatPart *part;

  NEEDS_SYNAPSE
  room = meet (f, "");
  uri = mos_test_synapse_upload (synapse, "text/plain", "what I got");
  json = g_strdup_printf ("{\"msgtype\":\"m.file\",\"body\":\"See this\",\"filename\":\"../a.txt\",\"url\":\"%s\",\"info\":{\"mimetype\":\"text/plain\",\"size\":10}}", uri);
  said = mos_test_synapse_say (synapse, room, "m.room.message", json);
  g_assert_cmpstr (expect (f, room, MOS_CHAT_MESSAGE, said)->text, ==, "See this");
  file = expect (f, room, MOS_CHAT_MESSAGE, said)->files->pdata[0];
  g_assert_null (strchr (file->name, '/'));
  g_assert_cmpuint (file->size, ==, 10);
  type = mos_matrix_api_download_sync (f->api, file->ref, 1000, into, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (type, ==, "text/plain");
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (into)), g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (into)), "what I got", 10);
  g_assert_null (mos_matrix_api_download_sync (f->api, file->ref, 5, small, NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (mos_matrix_api_download_sync (f->api, "mxc://localhost/nothing", 1000, small, NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE);
  g_clear_error (&error);
  /* Who does not sign in gets nothing. */
  stranger = mos_matrix_api_new (synapse->base, NULL);
  g_assert_null (mos_matrix_api_download_sync (stranger, file->ref, 1000, small, NULL, &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED);
  g_clear_error (&error);

  g_assert_true (mos_matrix_api_read_upload_limit_sync (f->api, &limit, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (limit, ==, synapse->upload_limit);
  outgoing = outgoing_new (room, "mos-m-1", "Your label");
  part = outgoing->parts->pdata[0];
  part->file = mos_attachment_new ();
  part->file->name = g_strdup ("label ñ.txt");
  part->file->type = g_strdup ("text/plain");
  part->file->size = 11;
  mos_matrix_send_part_sync (f->api, outgoing, part, bytes, limit, &sent, NULL);
  g_assert_cmpstr (sent.detail, ==, NULL);
  g_assert_cmpint (sent.state, ==, MOS_DELIVERY_ACCEPTED);
  seen = seen_by_customer (room, sent.remote);
  g_assert_cmpstr (content_text (seen, "body"), ==, "Your label");
  g_assert_cmpstr (content_text (seen, "filename"), ==, "label ñ.txt");
  got = mos_test_synapse_download (synapse, content_text (seen, "url"));
  g_assert_cmpstr (got, ==, "label bytes");

  /* Larger than the server takes: its own word for it, where nobody asked before */
  g_bytes_unref (bytes);
  bytes = g_bytes_new_take (g_malloc0 (synapse->upload_limit + 1), synapse->upload_limit + 1);
  mos_matrix_send_part_sync (f->api, outgoing, part, bytes, 0, &refused, NULL);
  g_assert_cmpint (refused.state, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (refused.why, ==, "too-large");
}

/* --- what was missed, what is refused --- */

static void
test_gap (Agent *f,
          gconstpointer data)
{
  g_autofree char *room = NULL;
  g_autoptr (GPtrArray) past = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *from = NULL;
  MosMatrixGap *gap;
  guint pages = 0;

  NEEDS_SYNAPSE
  room = meet (f, "");
  look (f, 0);
  g_ptr_array_set_size (f->updates, 0);
  g_ptr_array_set_size (f->gaps, 0);
  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"msgtype\":\"m.text\",\"body\":\"n%u\"}", i);
      g_autofree char *id = mos_test_synapse_say (synapse, room, "m.room.message", json);
    }
  look (f, 1000);
  g_assert_cmpuint (f->gaps->len, ==, 1);
  gap = f->gaps->pdata[0];
  g_assert_cmpstr (gap->room, ==, room);
  from = g_strdup (gap->from);
  while (from != NULL && pages++ < 20)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) json = mos_matrix_api_read_room_sync (f->api, room, from, gap->to, FALSE, 30, NULL, &error);

      g_assert_no_error (error);
      g_clear_pointer (&from, g_free);
      mos_matrix_parse_messages (json, MOS_TEST_MATRIX_AGENT, room, FALSE, f->memory, past, &from, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (pages, <, 20);
  for (guint i = 0; i < f->updates->len; i++)
    {
      MosChatUpdate *update = f->updates->pdata[i];

      /* With what was left out, the server says anew what the room is called. */
      if (update->kind == MOS_CHAT_THREAD && update->change == MOS_CHAT_THREAD_TITLE)
        g_assert_cmpstr (update->title, ==, "anna");
      else
        g_ptr_array_add (past, mos_chat_update_ref (update));
    }
  /* All of them, each once, in order */
  g_assert_cmpuint (past->len, ==, 130);
  for (guint i = 0; i < past->len; i++)
    {
      g_autofree char *text = g_strdup_printf ("n%u", i);

      g_assert_cmpstr (((MosChatUpdate *) past->pdata[i])->text, ==, text);
    }
}

static void
test_encrypted (Agent *f,
                gconstpointer data)
{
  g_autofree char *room = NULL, *id = NULL;
  MosChatUpdate *update;
  gboolean is_unreadable = FALSE;

  NEEDS_SYNAPSE
  room = meet (f, ",\"initial_state\":[{\"type\":\"m.room.encryption\",\"state_key\":\"\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\"}}]");
  id = mos_test_synapse_say (synapse, room, "m.room.encrypted", "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"AwgAEnACgAkLmt6q\",\"device_id\":\"X\",\"sender_key\":\"y\",\"session_id\":\"z\"}");
  update = expect (f, room, MOS_CHAT_MESSAGE, id);
  g_assert_cmpstr (update->why, ==, "encrypted");
  g_assert_cmpstr (update->text, ==, "");
  for (guint i = 0; i < f->updates->len; i++)
    {
      MosChatUpdate *one = f->updates->pdata[i];

      is_unreadable = is_unreadable || (one->kind == MOS_CHAT_THREAD && one->change == MOS_CHAT_THREAD_UNREADABLE && strcmp (one->thread, room) == 0);
    }
  g_assert_true (is_unreadable);
}

static void
test_leaving (Agent *f,
              gconstpointer data)
{
  g_autofree char *room = NULL, *other = NULL, *encoded = NULL, *path = NULL;
  g_autoptr (MosChatOutgoing) outgoing = NULL;
  g_auto (MosChatSendOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  MosChatUpdate *update;

  NEEDS_SYNAPSE
  room = meet (f, "");
  encoded = g_uri_escape_string (room, NULL, FALSE);
  look (f, 0);
  g_ptr_array_set_size (f->updates, 0);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/kick", encoded);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "POST", path, "{\"user_id\":\"" MOS_TEST_MATRIX_AGENT "\",\"reason\":\"enough\"}"));
  update = expect_closed (f, room);
  g_assert_cmpstr (update->why, ==, "kicked");
  g_assert_cmpstr (update->detail, ==, "enough");
  outgoing = outgoing_new (room, "mos-l-1", "Are you there?");
  mos_matrix_send_part_sync (f->api, outgoing, outgoing->parts->pdata[0], NULL, 0, &outcome, NULL);
  g_assert_cmpint (outcome.state, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (outcome.why, ==, "chat-closed");

  /* The customer goes: nobody is left who would read it. */
  other = meet (f, "");
  look (f, 0);
  g_ptr_array_set_size (f->updates, 0);
  g_free (encoded);
  g_free (path);
  encoded = g_uri_escape_string (other, NULL, FALSE);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/leave", encoded);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "POST", path, "{}"));
  update = expect_closed (f, other);
  g_assert_cmpstr (update->why, ==, "alone");
  g_assert_true (mos_matrix_api_leave_sync (f->api, other, NULL, &error));
  g_assert_no_error (error);
}

static void
test_first_word (Agent *f,
                 gconstpointer data)
{
  g_autofree char *room = NULL, *encoded = NULL, *path = NULL, *said = NULL;
  g_autoptr (GError) error = NULL;

  NEEDS_SYNAPSE
  look (f, 0);
  room = mos_matrix_api_invite_sync (f->api, MOS_TEST_MATRIX_CUSTOMER, "Your order", NULL, &error);
  g_assert_no_error (error);
  encoded = g_uri_escape_string (room, NULL, FALSE);
  path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/join", encoded);
  json_node_unref (mos_test_synapse_ask (synapse, 200, "POST", path, "{}"));
  said = mos_test_synapse_say (synapse, room, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"Yes?\"}");
  g_assert_cmpstr (expect (f, room, MOS_CHAT_MESSAGE, said)->text, ==, "Yes?");
}

static void
test_rate (void)
{
  g_autoptr (MosTestSynapse) slow = NULL;
  g_autoptr (MosMatrixApi) api = NULL;
  g_autoptr (MosMatrixSession) session = NULL;
  g_autoptr (MosChatOutgoing) hurried = NULL;
  g_auto (MosChatSendOutcome) outcome = { 0 };
  g_autofree char *room = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;
  guint n = 0;

  NEEDS_SYNAPSE
  slow = mos_test_synapse_new (3);
  api = mos_matrix_api_new (slow->base, NULL);
  session = mos_matrix_api_login_sync (api, "agent", MOS_TEST_MATRIX_PASSWORD, NULL, "Mostrador", NULL, &error);
  g_assert_no_error (error);
  room = mos_matrix_api_invite_sync (api, MOS_TEST_MATRIX_CUSTOMER, NULL, NULL, &error);
  g_assert_no_error (error);
  /* Patient: each of them arrives, and it takes the time that the server wants. */
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *key = g_strdup_printf ("mos-f-%u", i);
      g_autoptr (MosChatOutgoing) outgoing = outgoing_new (room, key, "Fast");
      g_auto (MosChatSendOutcome) one = { 0 };

      mos_matrix_send_part_sync (api, outgoing, outgoing->parts->pdata[0], NULL, 0, &one, NULL);
      g_assert_cmpint (one.state, ==, MOS_DELIVERY_ACCEPTED);
    }
  g_assert_cmpint (g_get_monotonic_time () - begin, >, G_USEC_PER_SEC);
  /* Without patience it is put off, with the time. */
  mos_matrix_api_set_patience (api, 0);
  while (outcome.state != MOS_DELIVERY_QUEUED && n++ < 50)
    {
      g_autofree char *key = g_strdup_printf ("mos-g-%u", n);

      mos_chat_send_outcome_clear (&outcome);
      g_clear_pointer (&hurried, mos_chat_outgoing_unref);
      hurried = outgoing_new (room, key, "Faster");
      mos_matrix_send_part_sync (api, hurried, hurried->parts->pdata[0], NULL, 0, &outcome, NULL);
    }
  g_assert_cmpint (outcome.state, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpstr (outcome.why, ==, "temporary");
  g_assert_cmpuint (outcome.retry_after_ms, >, 0);
  g_assert_cmpstr (mos_matrix_api_get_trouble (api)->errcode, ==, "M_LIMIT_EXCEEDED");
}

static void
test_root (void)
{
  if (g_getenv ("MOS_TEST_NEEDS_PEERS") != NULL)
    g_assert_true (mos_test_synapse_is_there ());
  else
    NEEDS_SYNAPSE
}

int
main (int argc,
      char *argv[])
{
  int status;

  mos_test_init (&argc, &argv);
  if (mos_test_synapse_is_there ())
    synapse = mos_test_synapse_new (0);

#define ADD(path, func) g_test_add (path, Agent, NULL, agent_setup, func, agent_teardown)
  g_test_add_func ("/matrix/root", test_root);
  ADD ("/matrix/signing-in", test_signing_in);
  g_test_add_func ("/matrix/wrong-password", test_wrong_password);
  g_test_add_func ("/matrix/no-server", test_no_server);
  ADD ("/matrix/talk", test_talk);
  ADD ("/matrix/long-poll", test_long_poll);
  ADD ("/matrix/changes", test_changes);
  ADD ("/matrix/read-and-typing", test_read_and_typing);
  ADD ("/matrix/media", test_media);
  ADD ("/matrix/gap", test_gap);
  ADD ("/matrix/encrypted", test_encrypted);
  ADD ("/matrix/leaving", test_leaving);
  ADD ("/matrix/first-word", test_first_word);
  g_test_add_func ("/matrix/rate", test_rate);
#undef ADD
  status = g_test_run ();
  g_clear_pointer (&synapse, mos_test_synapse_free);
  return status;
}
