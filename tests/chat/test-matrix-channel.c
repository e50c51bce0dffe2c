/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "../core/chat-contract.h"

#include "core/channels/matrix/mos-matrix-channel.h"
#include "core/desk/mos-rows.h"
#include "matrix-front.h"
#include "mos-test-synapse.h"

#include <string.h>

/* What every chat must do, against a real Synapse; what goes wrong goes wrong on the way to it. Each case has an account of its own there. */

static MosTestSynapse *synapse;
static guint n_agents;

typedef struct
{
  MatrixFront *front;
  char *user;
  char *token;
  GPtrArray *rooms;    /* of char *, as they were made */
  GHashTable *threads; /* what the contract calls a thread -> room */
  guint n_keys;
} Platform;

static gpointer begin (void);
static void end (gpointer data);
static MosAccount *make_account (gpointer data);
static char *deliver (gpointer data, const char *thread, const char *text, GBytes *file);
static void edit (gpointer data, const char *thread, const char *id, const char *text);
static void withdraw (gpointer data, const char *thread, const char *id);
static void fail (gpointer data, ChatFault fault);
static GPtrArray *list_sent (gpointer data);
static guint count_polls (gpointer data);
static GPtrArray *list_shown (gpointer data);
static char *dup_sign (gpointer data, const char *thread, const char *id);
static void fail_change (gpointer data, ChatChangeFault fault);

/* Its secret is that of the account which was made last. */
static ChatPlatform matrix = { "matrix", NULL, begin, end, make_account, deliver, edit, withdraw, fail, list_sent, count_polls, list_shown, dup_sign, fail_change };

static gpointer
begin (void)
{
  Platform *self = g_new0 (Platform, 1);
  g_autofree char *name = g_strdup_printf ("shop%u", ++n_agents);

  self->front = matrix_front_new (synapse->base);
  self->user = g_strdup_printf ("@%s:localhost", name);
  self->token = mos_test_synapse_register (synapse, name);
  self->rooms = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matrix.secret = self->token;
  return self;
}

static void
end (gpointer data)
{
  Platform *self = data;

  matrix_front_free (self->front);
  g_hash_table_unref (self->threads);
  g_ptr_array_unref (self->rooms);
  g_free (self->user);
  g_free (self->token);
  g_free (self);
}

static MosAccount *
make_account (gpointer data)
{
  Platform *self = data;
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("matrix-account");
  account->kind = g_strdup ("matrix");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup (self->user);
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, matrix_front_get_url (self->front));
  mos_account_fill (account);
  return account;
}

static const char *
ensure_room (Platform *self,
             const char *thread)
{
  char *room = g_hash_table_lookup (self->threads, thread);
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (room != NULL)
    return room;
  json = g_strdup_printf ("{\"preset\":\"private_chat\",\"is_direct\":true,\"invite\":[\"%s\"]}", self->user);
  node = mos_test_synapse_ask (synapse, 200, "POST", "/_matrix/client/v3/createRoom", json);
  room = g_strdup (json_object_get_string_member (json_node_get_object (node), "room_id"));
  g_ptr_array_add (self->rooms, room);
  g_hash_table_insert (self->threads, g_strdup (thread), room);
  return room;
}

static char *
write_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
add (JsonBuilder *builder,
     const char *name,
     const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
deliver (gpointer data,
         const char *thread,
         const char *text,
         GBytes *file)
{
  const char *room = ensure_room (data, thread);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  add (builder, "msgtype", file != NULL ? "m.file" : "m.text");
  add (builder, "body", text);
  if (file != NULL)
    {
      g_autofree char *bytes = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
      g_autofree char *uri = mos_test_synapse_upload (synapse, "application/pdf", bytes);

      add (builder, "filename", "bill.pdf");
      add (builder, "url", uri);
    }
  json_builder_end_object (builder);
  json = write_json (builder);
  return mos_test_synapse_say (synapse, room, "m.room.message", json);
}

static void
edit (gpointer data,
      const char *thread,
      const char *id,
      const char *text)
{
  const char *room = ensure_room (data, thread);
  g_autofree char *json = g_strdup_printf ("{\"msgtype\":\"m.text\",\"body\":\"* %s\",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"%s\"},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"%s\"}}", text, text, id);

  g_free (mos_test_synapse_say (synapse, room, "m.room.message", json));
}

static void
withdraw (gpointer data,
          const char *thread,
          const char *id)
{
  g_autofree char *room = g_uri_escape_string (ensure_room (data, thread), NULL, FALSE);
  g_autofree char *event = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/redact/%s/gone", room, event);

  json_node_unref (mos_test_synapse_ask (synapse, 200, "PUT", path, "{}"));
}

static void
fail (gpointer data,
      ChatFault fault)
{
  Platform *self = data;

  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      matrix_front_fail (self->front, NULL, MATRIX_FRONT_BUSY, 1);
      break;
    case CHAT_FAULT_KEY:
      matrix_front_fail (self->front, NULL, MATRIX_FRONT_REVOKED, G_MAXUINT);
      break;
    case CHAT_FAULT_REFUSED:
      matrix_front_fail (self->front, "/send/", MATRIX_FRONT_FORBIDDEN, 1);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      matrix_front_fail (self->front, "/send/", MATRIX_FRONT_LOST, G_MAXUINT);
      break;
    case CHAT_FAULT_HELD:
    case CHAT_FAULT_NONE:
    default:
      matrix_front_fail (self->front, NULL, MATRIX_FRONT_BUSY, 0);
      break;
    }
}

/* As the customer sees it. */
static GPtrArray *
list_sent (gpointer data)
{
  Platform *self = data;
  GPtrArray *sent = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rooms->len; i++)
    {
      g_autofree char *room = g_uri_escape_string (self->rooms->pdata[i], NULL, FALSE);
      g_autofree char *path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/messages?dir=f&limit=1000", room);
      g_autoptr (JsonNode) node = mos_test_synapse_ask (synapse, 200, "GET", path, NULL);
      JsonArray *chunk = json_object_get_array_member (json_node_get_object (node), "chunk");

      for (guint e = 0; e < json_array_get_length (chunk); e++)
        {
          JsonObject *event = json_array_get_object_element (chunk, e);
          JsonObject *content = json_object_get_object_member (event, "content");
          const char *name = json_object_get_string_member_with_default (content, "filename", NULL);
          const char *body = json_object_get_string_member_with_default (content, "body", NULL);

          if (strcmp (json_object_get_string_member (event, "sender"), self->user) == 0 && strcmp (json_object_get_string_member (event, "type"), "m.room.message") == 0)
            g_ptr_array_add (sent, name != NULL ? g_strdup_printf ("[%s] %s", name, body) : g_strdup (body));
        }
    }
  return sent;
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static JsonObject *
object_of (JsonObject *object,
           const char *name)
{
  return object != NULL && json_object_has_member (object, name) ? json_object_get_object_member (object, name) : NULL;
}

/* As a program shows it that goes by the specification: replaced by what replaces it, without what was redacted. */
static GPtrArray *
list_shown (gpointer data)
{
  Platform *self = data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->rooms->len; i++)
    {
      g_autofree char *room = g_uri_escape_string (self->rooms->pdata[i], NULL, FALSE);
      g_autofree char *path = g_strdup_printf ("/_matrix/client/v3/rooms/%s/messages?dir=f&limit=1000", room);
      g_autoptr (JsonNode) node = mos_test_synapse_ask (synapse, 200, "GET", path, NULL);
      JsonArray *chunk = json_object_get_array_member (json_node_get_object (node), "chunk");

      for (guint e = 0; e < json_array_get_length (chunk); e++)
        {
          JsonObject *event = json_array_get_object_element (chunk, e);
          JsonObject *content = json_object_get_object_member (event, "content");
          JsonObject *now = object_of (content, "m.new_content");
          const char *replaced = now != NULL ? text_of (object_of (content, "m.relates_to"), "event_id") : NULL;
          guint place;

          if (strcmp (text_of (event, "sender"), self->user) != 0 || strcmp (text_of (event, "type"), "m.room.message") != 0 || text_of (content, "body") == NULL)
            continue;
          if (replaced == NULL)
            {
              g_ptr_array_add (ids, g_strdup (text_of (event, "event_id")));
              g_ptr_array_add (shown, g_strdup (text_of (content, "body")));
            }
          else if (g_ptr_array_find_with_equal_func (ids, replaced, g_str_equal, &place))
            g_set_str ((char **) &shown->pdata[place], text_of (now, "body"));
        }
    }
  return shown;
}

static char *
dup_sign (gpointer data,
          const char *thread,
          const char *id)
{
  Platform *self = data;
  g_autofree char *room = g_uri_escape_string (ensure_room (self, thread), NULL, FALSE);
  g_autofree char *event = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/_matrix/client/v1/rooms/%s/relations/%s/m.annotation", room, event);
  g_autoptr (JsonNode) node = mos_test_synapse_ask (synapse, 200, "GET", path, NULL);
  JsonArray *chunk = json_object_get_array_member (json_node_get_object (node), "chunk");
  char *sign = NULL;

  for (guint e = 0; e < json_array_get_length (chunk); e++)
    {
      JsonObject *one = json_array_get_object_element (chunk, e);

      if (strcmp (text_of (one, "sender"), self->user) != 0)
        continue;
      /* One of ours, never two. */
      g_assert_null (sign);
      sign = g_strdup (text_of (object_of (object_of (one, "content"), "m.relates_to"), "key"));
    }
  return sign;
}

static void
fail_change (gpointer data,
             ChatChangeFault fault)
{
  if (fault == CHAT_CHANGE_LOST)
    matrix_front_fail (((Platform *) data)->front, "/send/", MATRIX_FRONT_LOST, G_MAXUINT);
  else
    matrix_front_fail (((Platform *) data)->front, "/send/", MATRIX_FRONT_FORBIDDEN, 1);
}

static guint
count_polls (gpointer data)
{
  return matrix_front_count (((Platform *) data)->front, "/");
}

static void
test_root (void)
{
  if (g_getenv ("MOS_TEST_NEEDS_PEERS") != NULL)
    g_assert_true (mos_test_synapse_is_there ());
  else if (synapse == NULL)
    g_test_skip ("there is no root with Synapse: ./dev could not make it (see above)");
}

int
main (int argc,
      char **argv)
{
  int status;

  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat/matrix/root", test_root);
  if (mos_test_synapse_is_there ())
    {
      synapse = mos_test_synapse_new (0);
      chat_contract_add (&matrix);
      chat_contract_add_changes (&matrix);
    }
  status = g_test_run ();
  g_clear_pointer (&synapse, mos_test_synapse_free);
  return status;
}
