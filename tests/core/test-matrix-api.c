/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/channels/matrix/mos-matrix-api.h"
#include "core/channels/matrix/mos-matrix-send.h"
#include "mos-test.h"

#include <libsoup/soup.h>
#include <string.h>

/* What a homeserver, or what stands in front of it, answers when things go wrong; and what it is asked, letter by letter. */

typedef struct
{
  int status; /* -1 cuts the line */
  const char *body;
  const char *retry_after;
  const char *location;
} Answer;

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *base;
  GMutex mutex;
  GCond cond;
  const Answer *answers;
  guint n_answers;
  GPtrArray *asked; /* "METHOD path?query|Authorization|type|body" */
} Fixture;

static void
on_request_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  Fixture *f = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *uri = g_uri_to_string (soup_server_message_get_uri (message));
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *token = soup_message_headers_get_one (headers, "Authorization");
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  const Answer *answer;
  guint n;

  g_mutex_lock (&f->mutex);
  n = f->asked->len;
  g_ptr_array_add (f->asked, g_strdup_printf ("%s %s|%s|%s|%.*s", soup_server_message_get_method (message), strstr (uri, "/_matrix") != NULL ? strstr (uri, "/_matrix") : path, token != NULL ? token : "", type != NULL ? type : "", (int) body->length, body->data != NULL ? body->data : ""));
  answer = &f->answers[MIN (n, f->n_answers - 1)];
  g_mutex_unlock (&f->mutex);
  if (answer->status < 0)
    {
      g_socket_close (soup_server_message_get_socket (message), NULL);
      return;
    }
  soup_server_message_set_status (message, (guint) answer->status, NULL);
  if (answer->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", answer->retry_after);
  if (answer->location != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", answer->location);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
}

static gpointer
server_thread (gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (f->context);
  server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (server, NULL, on_request_cb, f, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  g_mutex_lock (&f->mutex);
  f->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&f->cond);
  g_mutex_unlock (&f->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (f->loop);
  soup_server_disconnect (server);
  g_clear_object (&server);
  while (g_main_context_iteration (f->context, FALSE))
    ;
  g_main_context_pop_thread_default (f->context);
  return NULL;
}

static void
setup (Fixture *f,
       gconstpointer data)
{
  static const Answer nothing = { 200, "{}", NULL, NULL };

  g_mutex_init (&f->mutex);
  g_cond_init (&f->cond);
  f->answers = &nothing;
  f->n_answers = 1;
  f->asked = g_ptr_array_new_with_free_func (g_free);
  f->context = g_main_context_new ();
  f->loop = g_main_loop_new (f->context, FALSE);
  f->thread = g_thread_new ("homeserver", server_thread, f);
  g_mutex_lock (&f->mutex);
  while (f->base == NULL)
    g_cond_wait (&f->cond, &f->mutex);
  g_mutex_unlock (&f->mutex);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  g_main_context_invoke (f->context, quit_cb, f->loop);
  g_thread_join (f->thread);
  g_main_loop_unref (f->loop);
  g_main_context_unref (f->context);
  g_free (f->base);
  g_ptr_array_unref (f->asked);
  g_mutex_clear (&f->mutex);
  g_cond_clear (&f->cond);
}

static void
set_answers (Fixture *f,
             const Answer *answers,
             guint n)
{
  g_mutex_lock (&f->mutex);
  f->answers = answers;
  f->n_answers = n;
  g_ptr_array_set_size (f->asked, 0);
  g_mutex_unlock (&f->mutex);
}

static void
assert_asked (Fixture *f,
              guint i,
              const char *expected)
{
  g_mutex_lock (&f->mutex);
  g_assert_cmpuint (i, <, f->asked->len);
  g_assert_cmpstr (f->asked->pdata[i], ==, expected);
  g_mutex_unlock (&f->mutex);
}

static MosChatOutgoing *
outgoing_new (void)
{
  MosChatOutgoing *outgoing = mos_chat_outgoing_new ();
  MosChatPart *part = mos_chat_part_new ();

  outgoing->thread = g_strdup ("!r:example.org");
  outgoing->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  part->key = g_strdup ("mos-1/2");
  part->text = g_strdup ("Hello");
  g_ptr_array_add (outgoing->parts, part);
  return outgoing;
}

/* --- trouble --- */

static const struct
{
  Answer answer;
  MosChatError code;
  MosDelivery state;
  const char *why;
  guint retry_ms;
  gboolean is_soft_logout;
} troubles[] = {
  { { 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Gone\",\"soft_logout\":true}", NULL, NULL }, MOS_CHAT_ERROR_KEY_REFUSED, MOS_DELIVERY_QUEUED, "key-refused", 0, TRUE },
  { { 401, "{\"errcode\":\"M_MISSING_TOKEN\",\"error\":\"None\"}", NULL, NULL }, MOS_CHAT_ERROR_KEY_REFUSED, MOS_DELIVERY_QUEUED, "key-refused", 0, FALSE },
  { { 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"Not in room\"}", NULL, NULL }, MOS_CHAT_ERROR_NOT_ALLOWED, MOS_DELIVERY_FAILED, "chat-closed", 0, FALSE },
  { { 403, "{\"errcode\":\"M_USER_SUSPENDED\",\"error\":\"Suspended\"}", NULL, NULL }, MOS_CHAT_ERROR_NOT_ALLOWED, MOS_DELIVERY_QUEUED, "not-allowed", 0, FALSE },
  { { 404, "{\"errcode\":\"M_NOT_FOUND\",\"error\":\"No room\"}", NULL, NULL }, MOS_CHAT_ERROR_GONE, MOS_DELIVERY_FAILED, "chat-closed", 0, FALSE },
  { { 404, "<html>", NULL, NULL }, MOS_CHAT_ERROR_NO_SERVER, MOS_DELIVERY_QUEUED, "no-server", 0, FALSE },
  { { 413, "{\"errcode\":\"M_TOO_LARGE\",\"error\":\"Large\"}", NULL, NULL }, MOS_CHAT_ERROR_TOO_LARGE, MOS_DELIVERY_FAILED, "too-large", 0, FALSE },
  { { 413, "<html>", NULL, NULL }, MOS_CHAT_ERROR_TOO_LARGE, MOS_DELIVERY_FAILED, "too-large", 0, FALSE },
  { { 400, "{\"errcode\":\"M_BAD_JSON\",\"error\":\"Bad\"}", NULL, NULL }, MOS_CHAT_ERROR_REFUSED, MOS_DELIVERY_FAILED, "refused", 0, FALSE },
  { { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Fast\",\"retry_after_ms\":70000}", NULL, NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 70000, FALSE },
  { { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Fast\"}", "90", NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 90000, FALSE },
  { { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Fast\",\"retry_after_ms\":-7}", "90", NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 90000, FALSE },
  { { 500, "{\"errcode\":\"M_UNKNOWN\",\"error\":\"Oh\"}", NULL, NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 0, FALSE },
  { { 502, "<html>", NULL, NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 0, FALSE },
  { { 503, "", "120", NULL }, MOS_CHAT_ERROR_TEMPORARY, MOS_DELIVERY_QUEUED, "temporary", 120000, FALSE },
  { { 302, "", NULL, "http://elsewhere.example/" }, MOS_CHAT_ERROR_NO_SERVER, MOS_DELIVERY_QUEUED, "no-server", 0, FALSE },
  { { 200, "<html>", NULL, NULL }, MOS_CHAT_ERROR_PROTOCOL, MOS_DELIVERY_QUEUED, "protocol", 0, FALSE },
  { { 200, "{\"event_id\":7}", NULL, NULL }, MOS_CHAT_ERROR_PROTOCOL, MOS_DELIVERY_QUEUED, "protocol", 0, FALSE },
};

static void
test_trouble (Fixture *f,
              gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, "tok");
      g_autoptr (MosChatOutgoing) outgoing = outgoing_new ();
      g_auto (MosChatSendOutcome) outcome = { 0 };
      g_autoptr (JsonNode) content = mos_matrix_make_text ("Hello", NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%d %s", troubles[i].answer.status, troubles[i].answer.body);
      set_answers (f, &troubles[i].answer, 1);
      g_assert_null (mos_matrix_api_send_sync (api, "!r:example.org", "m.room.message", "k", content, NULL, &error));
      g_assert_error (error, MOS_CHAT_ERROR, (int) troubles[i].code);
      g_assert_cmpint (mos_matrix_api_get_trouble (api)->is_soft_logout, ==, troubles[i].is_soft_logout);
      g_assert_cmpuint (mos_matrix_api_get_trouble (api)->retry_ms, ==, troubles[i].retry_ms);
      mos_matrix_send_part_sync (api, outgoing, outgoing->parts->pdata[0], NULL, 0, &outcome, NULL);
      g_assert_cmpint (outcome.state, ==, troubles[i].state);
      g_assert_cmpstr (outcome.why, ==, troubles[i].why);
      g_assert_cmpuint (outcome.retry_after_ms, ==, troubles[i].retry_ms);
      g_assert_nonnull (outcome.detail);
      g_assert_null (outcome.remote);
    }
}

/* A second try is the same request, to the letter; and what came to it is the first one's event. */
static void
test_cut_line (Fixture *f,
               gconstpointer data)
{
  static const Answer answers[] = { { -1, NULL, NULL, NULL }, { -1, NULL, NULL, NULL }, { -1, NULL, NULL, NULL }, { -1, NULL, NULL, NULL } };
  static const Answer good = { 200, "{\"event_id\":\"$1\"}", NULL, NULL };
  g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, "tok");
  g_autoptr (MosChatOutgoing) outgoing = outgoing_new ();
  g_auto (MosChatSendOutcome) outcome = { 0 };
  g_auto (MosChatSendOutcome) second = { 0 };
  g_autofree char *first = NULL;

  set_answers (f, answers, G_N_ELEMENTS (answers));
  mos_matrix_send_part_sync (api, outgoing, outgoing->parts->pdata[0], NULL, 0, &outcome, NULL);
  g_assert_cmpint (outcome.state, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpstr (outcome.why, ==, "network");
  g_assert_true (mos_matrix_api_get_trouble (api)->may_be_done);
  first = g_strdup (f->asked->pdata[0]);
  set_answers (f, &good, 1);
  mos_matrix_send_part_sync (api, outgoing, outgoing->parts->pdata[0], NULL, 0, &second, NULL);
  g_assert_cmpint (second.state, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (second.remote, ==, "$1");
  assert_asked (f, 0, first);
  assert_asked (f, 0, "PUT /_matrix/client/v3/rooms/%21r%3Aexample.org/send/m.room.message/mos-1%2F2|Bearer tok|application/json|{\"msgtype\":\"m.text\",\"body\":\"Hello\",\"m.mentions\":{}}");
}

/* A room that may have been made is not made twice. */
static void
test_uncertain (Fixture *f,
                gconstpointer data)
{
  static const Answer answers[] = { { -1, NULL, NULL, NULL }, { 502, "<html>", NULL, NULL }, { 200, "<html>", NULL, NULL }, { 200, "{\"room_id\":\"none\"}", NULL, NULL } };
  static const Answer refused = { 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"No\"}", NULL, NULL };

  for (guint i = 0; i <= G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, "tok");
      g_autoptr (GError) error = NULL;

      set_answers (f, i < G_N_ELEMENTS (answers) ? &answers[i] : &refused, 1);
      g_assert_null (mos_matrix_api_invite_sync (api, "@anna:example.org", "Order", NULL, &error));
      if (i < G_N_ELEMENTS (answers))
        g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_UNCERTAIN);
      else
        g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED);
      g_assert_cmpuint (f->asked->len, ==, 1);
      assert_asked (f, 0, "POST /_matrix/client/v3/createRoom|Bearer tok|application/json|{\"preset\":\"private_chat\",\"is_direct\":true,\"invite\":[\"@anna:example.org\"],\"name\":\"Order\"}");
    }
}

static void
test_waits (Fixture *f,
            gconstpointer data)
{
  static const Answer answers[] = {
    { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":300}", NULL, NULL },
    { 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":300}", NULL, NULL },
    { 200, "{\"room_id\":\"!s:example.org\"}", NULL, NULL },
  };
  g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, "tok");
  g_autoptr (GError) error = NULL;
  g_autofree char *room = NULL;
  gint64 begin = g_get_monotonic_time ();

  /* Refused is not done: so also what is asked once is asked again. */
  set_answers (f, answers, G_N_ELEMENTS (answers));
  room = mos_matrix_api_invite_sync (api, "@anna:example.org", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (room, ==, "!s:example.org");
  g_assert_cmpuint (f->asked->len, ==, 3);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 600 * 1000);
}

/* --- finding the server --- */

#define VERSIONS "{\"versions\":[\"r0.6.1\",\"v1.1\",\"v1.11\"]}"
#define FLOWS "{\"flows\":[{\"type\":\"m.login.password\"},{\"type\":\"m.login.sso\"},7]}"

static void
test_discovery (Fixture *f,
                gconstpointer data)
{
  g_autofree char *leads = g_strdup_printf ("{\"m.homeserver\":{\"base_url\":\"%s/\"}}", f->base);
  const struct
  {
    Answer answers[3];
    gboolean is_found;
  } cases[] = {
    { { { 200, leads, NULL, NULL }, { 200, VERSIONS, NULL, NULL }, { 200, FLOWS, NULL, NULL } }, TRUE },
    { { { 404, "", NULL, NULL }, { 200, VERSIONS, NULL, NULL }, { 200, FLOWS, NULL, NULL } }, TRUE },
    { { { 200, "<html>", NULL, NULL }, { 200, VERSIONS, NULL, NULL }, { 404, "{\"errcode\":\"M_UNRECOGNIZED\"}", NULL, NULL } }, TRUE },
    { { { 200, "{\"m.homeserver\":{\"base_url\":\"http://example.org\"}}", NULL, NULL }, { 200, VERSIONS, NULL, NULL }, { 200, FLOWS, NULL, NULL } }, FALSE },
    { { { 404, "", NULL, NULL }, { 404, "<html>", NULL, NULL }, { 404, "", NULL, NULL } }, FALSE },
    { { { 404, "", NULL, NULL }, { 200, "<html>", NULL, NULL }, { 200, "<html>", NULL, NULL } }, FALSE },
    { { { 404, "", NULL, NULL }, { 200, "{\"versions\":[\"r0.6.1\",7]}", NULL, NULL }, { 200, FLOWS, NULL, NULL } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosMatrixServer) server = NULL;

      set_answers (f, cases[i].answers, G_N_ELEMENTS (cases[i].answers));
      server = mos_matrix_discover_sync (f->base, NULL, &error);
      if (!cases[i].is_found)
        {
          g_assert_null (server);
          g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (server->base_url, ==, f->base);
      g_assert_true (server->has_authenticated_media);
      g_assert_cmpint (server->has_password, ==, i < 2);
    }
}

/* --- every request, as the official description has it --- */

static void
test_requests (Fixture *f,
               gconstpointer data)
{
  static const Answer answer = { 200, "{\"event_id\":\"$1\",\"filter_id\":\"f\",\"user_id\":\"@a:b\",\"device_id\":\"D\",\"access_token\":\"new\",\"content_uri\":\"mxc://b/c\",\"versions\":[\"v1.11\"],\"m.upload.size\":7}", NULL, NULL };
  g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, NULL);
  g_autoptr (MosMatrixSession) session = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("data", 4);
  g_autoptr (GBytes) sync = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GOutputStream) into = g_memory_output_stream_new_resizable ();
  g_autofree char *redaction = NULL, *uri = NULL, *type = NULL;
  guint64 limit = 0;
  guint n = 0;

  set_answers (f, &answer, 1);
  session = mos_matrix_api_login_sync (api, "a", "p\"w", "D", "Mostrador", NULL, NULL);
  g_assert_nonnull (session);
  assert_asked (f, n++, "POST /_matrix/client/v3/login||application/json|{\"type\":\"m.login.password\",\"identifier\":{\"type\":\"m.id.user\",\"user\":\"a\"},\"password\":\"p\\\"w\",\"device_id\":\"D\",\"initial_device_display_name\":\"Mostrador\"}");
  first = mos_matrix_api_sync_sync (api, NULL, NULL, 0, NULL, NULL);
  assert_asked (f, n++, "GET /_matrix/client/v3/sync?timeout=0|Bearer new||");
  sync = mos_matrix_api_sync_sync (api, "f/1", "s 1&x", 30000, NULL, NULL);
  assert_asked (f, n++, "GET /_matrix/client/v3/sync?timeout=30000&filter=f%2F1&since=s%201%26x|Bearer new||");
  back = mos_matrix_api_read_room_sync (api, "!r:b", "p1", "s1", FALSE, 30, NULL, NULL);
  assert_asked (f, n++, "GET /_matrix/client/v3/rooms/%21r%3Ab/messages?dir=b&limit=30&from=p1&to=s1&filter=%7B%22lazy_load_members%22%3Atrue%7D|Bearer new||");
  g_assert_true (mos_matrix_api_join_sync (api, "!r:b", NULL, NULL));
  assert_asked (f, n++, "POST /_matrix/client/v3/rooms/%21r%3Ab/join|Bearer new|application/json|{}");
  g_assert_true (mos_matrix_api_leave_sync (api, "!r:b", NULL, NULL));
  assert_asked (f, n++, "POST /_matrix/client/v3/rooms/%21r%3Ab/leave|Bearer new|application/json|{}");
  redaction = mos_matrix_api_redact_sync (api, "!r:b", "$e/1", "k", "why", NULL, NULL);
  assert_asked (f, n++, "PUT /_matrix/client/v3/rooms/%21r%3Ab/redact/%24e%2F1/k|Bearer new|application/json|{\"reason\":\"why\"}");
  g_assert_true (mos_matrix_api_mark_read_sync (api, "!r:b", "$e", NULL, NULL));
  assert_asked (f, n++, "POST /_matrix/client/v3/rooms/%21r%3Ab/receipt/m.read/%24e|Bearer new|application/json|{}");
  g_assert_true (mos_matrix_api_tell_typing_sync (api, "!r:b", "@a:b", 20000, NULL, NULL));
  assert_asked (f, n++, "PUT /_matrix/client/v3/rooms/%21r%3Ab/typing/%40a%3Ab|Bearer new|application/json|{\"typing\":true,\"timeout\":20000}");
  g_assert_true (mos_matrix_api_tell_typing_sync (api, "!r:b", "@a:b", 0, NULL, NULL));
  assert_asked (f, n++, "PUT /_matrix/client/v3/rooms/%21r%3Ab/typing/%40a%3Ab|Bearer new|application/json|{\"typing\":false}");
  uri = mos_matrix_api_upload_sync (api, "ñ 1.txt", "text/plain", bytes, NULL, NULL);
  g_assert_cmpstr (uri, ==, "mxc://b/c");
  assert_asked (f, n++, "POST /_matrix/media/v3/upload?filename=%C3%B1%201.txt|Bearer new|text/plain|data");
  g_assert_true (mos_matrix_api_read_upload_limit_sync (api, &limit, NULL, NULL));
  g_assert_cmpuint (limit, ==, 7);
  assert_asked (f, n++, "GET /_matrix/client/versions|||");
  assert_asked (f, n++, "GET /_matrix/client/v3/login|||");
  assert_asked (f, n++, "GET /_matrix/client/v1/media/config|Bearer new||");
  type = mos_matrix_api_download_sync (api, "mxc://b:8448/c", 1000, into, NULL, NULL);
  g_assert_cmpstr (type, ==, "application/json");
  assert_asked (f, n++, "GET /_matrix/client/v1/media/download/b%3A8448/c|Bearer new||");
  g_assert_null (mos_matrix_api_download_sync (api, "mxc://b/../c", 1000, into, NULL, NULL));
  g_assert_cmpuint (f->asked->len, ==, n);
  g_assert_true (mos_matrix_api_logout_sync (api, NULL, NULL));
  assert_asked (f, n++, "POST /_matrix/client/v3/logout|Bearer new|application/json|{}");
}

/* A server of before 1.11 has its media elsewhere, for everybody: the token is not for it. */
static void
test_old_media (Fixture *f,
                gconstpointer data)
{
  static const Answer answer = { 200, "{\"versions\":[\"v1.10\"],\"flows\":[]}", NULL, NULL };
  g_autoptr (MosMatrixApi) api = mos_matrix_api_new (f->base, "tok");
  g_autoptr (GOutputStream) into = g_memory_output_stream_new_resizable ();
  g_autofree char *type = NULL;

  set_answers (f, &answer, 1);
  type = mos_matrix_api_download_sync (api, "mxc://b/c", 1000, into, NULL, NULL);
  g_assert_nonnull (type);
  assert_asked (f, 2, "GET /_matrix/media/v3/download/b/c|||");
}

/* --- contents --- */

static void
test_contents (void)
{
  g_autoptr (MosChatPart) part = mos_chat_part_new ();
  g_autoptr (JsonNode) reply = mos_matrix_make_text ("yes \"<b>\"", "$1");
  g_autoptr (JsonNode) edit = mos_matrix_make_edit ("$1", "new", NULL);
  g_autoptr (JsonNode) sign = mos_matrix_make_reaction ("$1", "+");
  g_autofree char *said = json_to_string (reply, FALSE);
  g_autofree char *edited = json_to_string (edit, FALSE);
  g_autofree char *signed_ = json_to_string (sign, FALSE);
  static const struct
  {
    MosFileKind kind;
    const char *type;
    const char *msgtype;
  } kinds[] = {
    { MOS_FILE_IMAGE, "image/png", "m.image" },
    { MOS_FILE_IMAGE, "application/pdf", "m.file" },
    { MOS_FILE_ANIMATION, "video/mp4", "m.video" },
    { MOS_FILE_VOICE, "audio/ogg", "m.audio" },
    { MOS_FILE_DOCUMENT, "image/png", "m.file" },
  };

  g_assert_cmpstr (said, ==, "{\"msgtype\":\"m.text\",\"body\":\"yes \\\"<b>\\\"\",\"m.mentions\":{},\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$1\"}}}");
  g_assert_cmpstr (edited, ==, "{\"msgtype\":\"m.text\",\"body\":\"* new\",\"m.mentions\":{},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$1\"},\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"new\",\"m.mentions\":{}}}");
  g_assert_cmpstr (signed_, ==, "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"$1\",\"key\":\"+\"}}");
  part->key = g_strdup ("k");
  part->text = g_strdup ("");
  part->file = mos_attachment_new ();
  part->file->name = g_strdup ("a");
  part->file->size = 5;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (JsonNode) node = NULL;
      JsonObject *object;

      part->file_kind = kinds[i].kind;
      g_set_str (&part->file->type, kinds[i].type);
      node = mos_matrix_make_file (part, "mxc://b/c", NULL);
      object = json_node_get_object (node);
      g_assert_cmpstr (json_object_get_string_member (object, "msgtype"), ==, kinds[i].msgtype);
      g_assert_cmpstr (json_object_get_string_member (object, "body"), ==, "a");
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add ("/matrix-api/trouble", Fixture, NULL, setup, test_trouble, teardown);
  g_test_add ("/matrix-api/cut-line", Fixture, NULL, setup, test_cut_line, teardown);
  g_test_add ("/matrix-api/uncertain", Fixture, NULL, setup, test_uncertain, teardown);
  g_test_add ("/matrix-api/waits", Fixture, NULL, setup, test_waits, teardown);
  g_test_add ("/matrix-api/discovery", Fixture, NULL, setup, test_discovery, teardown);
  g_test_add ("/matrix-api/requests", Fixture, NULL, setup, test_requests, teardown);
  g_test_add ("/matrix-api/old-media", Fixture, NULL, setup, test_old_media, teardown);
  g_test_add_func ("/matrix-api/contents", test_contents);
  return g_test_run ();
}
