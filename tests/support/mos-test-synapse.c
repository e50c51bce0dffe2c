/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-synapse.h"

#include <libsoup/soup.h>
#include <string.h>

gboolean
mos_test_synapse_is_there (void)
{
  const char *root = g_getenv ("MOSTRADOR_SID");

  return root != NULL && g_file_test (root, G_FILE_TEST_IS_DIR);
}

static GBytes *
request (MosTestSynapse *self,
         guint status,
         const char *method,
         const char *path,
         const char *type,
         const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", self->customer_token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  if (self->customer_token != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) != status)
    g_error ("%s %s: HTTP %u: %.*s", method, path, soup_message_get_status (message), (int) g_bytes_get_size (answer), (const char *) g_bytes_get_data (answer, NULL));
  return answer;
}

JsonNode *
mos_test_synapse_ask (MosTestSynapse *self,
                      guint status,
                      const char *method,
                      const char *path,
                      const char *json)
{
  g_autoptr (GBytes) bytes = request (self, status, method, path, "application/json", json);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return node;
}

static char *
ask_text (MosTestSynapse *self,
          const char *method,
          const char *path,
          const char *json,
          const char *name)
{
  g_autoptr (JsonNode) node = mos_test_synapse_ask (self, 200, method, path, json);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), name));
}

MosTestSynapse *
mos_test_synapse_new (guint burst)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "synapse.py", NULL);
  const char *python = g_getenv ("MOS_TEST_PYTHON");
  g_autofree char *count = g_strdup_printf ("%u", burst != 0 ? burst : 1000);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  MosTestSynapse *self = g_new0 (MosTestSynapse, 1);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  self->process = g_subprocess_launcher_spawn (launcher, &error, python != NULL ? python : "python3", script, "--burst", count, NULL);
  g_assert_no_error (error);
  self->input = g_subprocess_get_stdin_pipe (self->process);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL)
    g_error ("Synapse did not start; its log is above");
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  self->base = g_strdup (json_object_get_string_member (json_node_get_object (node), "base"));
  self->dir = g_strdup (json_object_get_string_member (json_node_get_object (node), "dir"));
  self->upload_limit = (guint64) json_object_get_int_member (json_node_get_object (node), "upload_limit");
  self->customer_token = ask_text (self, "POST", "/_matrix/client/v3/login",
                                   "{\"type\":\"m.login.password\",\"identifier\":{\"type\":\"m.id.user\",\"user\":\"anna\"},\"password\":\"" MOS_TEST_MATRIX_PASSWORD "\"}", "access_token");
  return self;
}

void
mos_test_synapse_free (MosTestSynapse *self)
{
  g_autoptr (GError) error = NULL;

  /* It stops the server when its standard input ends. */
  g_output_stream_close (self->input, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->process);
  g_free (self->base);
  g_free (self->dir);
  g_free (self->customer_token);
  g_free (self);
}

char *
mos_test_synapse_register (MosTestSynapse *self,
                           const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"auth\":{\"type\":\"m.login.dummy\"},\"username\":\"%s\",\"password\":\"" MOS_TEST_MATRIX_PASSWORD "\",\"device_id\":\"MOSTRADOR\"}", name);
  char *customer = g_steal_pointer (&self->customer_token);
  char *token = ask_text (self, "POST", "/_matrix/client/v3/register", json, "access_token");

  self->customer_token = customer;
  return token;
}

char *
mos_test_synapse_create_room (MosTestSynapse *self,
                              const char *more)
{
  g_autofree char *json = g_strdup_printf ("{\"preset\":\"private_chat\",\"is_direct\":true,\"invite\":[\"%s\"]%s}", MOS_TEST_MATRIX_AGENT, more);

  return ask_text (self, "POST", "/_matrix/client/v3/createRoom", json, "room_id");
}

char *
mos_test_synapse_say (MosTestSynapse *self,
                      const char *room,
                      const char *type,
                      const char *json)
{
  g_autofree char *encoded = g_uri_escape_string (room, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/send/%s/customer-%u", encoded, type, self->n_keys++);

  return ask_text (self, "PUT", path, json, "event_id");
}

char *
mos_test_synapse_upload (MosTestSynapse *self,
                         const char *type,
                         const char *text)
{
  g_autoptr (GBytes) bytes = request (self, 200, "POST", "/_matrix/media/v3/upload?filename=a.txt", type, text);
  g_autofree char *answer = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "content_uri"));
}

char *
mos_test_synapse_download (MosTestSynapse *self,
                           const char *uri)
{
  g_autofree char *path = g_strconcat ("/_matrix/client/v1/media/download/", uri + strlen ("mxc://"), NULL);
  g_autoptr (GBytes) bytes = request (self, 200, "GET", path, NULL, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
