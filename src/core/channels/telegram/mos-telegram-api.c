/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-api.h"
#include "core/channels/telegram/mos-telegram-parse.h"

#include "core/base/mos-http.h"
#include "core/base/mos-json-read.h"

/* The server waits no longer (LONG_POLL_MAX_TIMEOUT), and answers within this after it. */
#define MAX_POLL_S 50
#define POLL_GRACE_S 15
/* How long a file may be taken in at the other end before it answers */
#define UPLOAD_TIMEOUT_S 120
#define MAX_ANSWER (16 * 1024 * 1024)
/* Updates of one answer */
#define BATCH 100

struct _MosTelegramApi
{
  MosHttp *http; /* (owned) */
  char *server;  /* (owned): without a slash at its end */
  char *token;   /* (owned) */
};

MosTelegramApi *
mos_telegram_api_new (const char *server,
                      const char *token)
{
  /* What is to be asked again, and when, the channel knows better. */
  const MosHttpOptions options = { .attempts = 1, .max_bytes = MAX_ANSWER };
  MosTelegramApi *self = g_new0 (MosTelegramApi, 1);

  self->http = mos_http_new (&options);
  self->server = g_strdup (server != NULL && *server != '\0' ? server : MOS_TELEGRAM_SERVER);
  while (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->token = g_strdup (token);
  return self;
}

void
mos_telegram_api_free (MosTelegramApi *self)
{
  if (self == NULL)
    return;
  mos_http_free (self->http);
  g_free (self->server);
  g_free (self->token);
  g_free (self);
}

gboolean
mos_telegram_token_is_plausible (const char *token)
{
  gsize digits = strspn (token, G_CSET_DIGITS);

  return digits > 0 && digits <= 20 && token[digits] == ':' && strlen (token + digits + 1) >= 30 && strlen (token) <= 128 &&
         token[digits + 1 + strspn (token + digits + 1, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-")] == '\0';
}

static char *
url_of (MosTelegramApi *self,
        const char *below,
        const char *what)
{
  /* Whatever was typed in, it stays one step of the path. */
  g_autofree char *token = g_uri_escape_string (self->token, ":", FALSE);

  return g_strdup_printf ("%s%s/bot%s/%s", self->server, below, token, what);
}

static GBytes *
json_bytes (JsonNode *node)
{
  char *text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("{}");

  return g_bytes_new_take (text, strlen (text));
}

JsonNode *
mos_telegram_api_call_sync (MosTelegramApi *self,
                            const char *method,
                            JsonNode *parameters,
                            gboolean is_sending,
                            GCancellable *cancellable,
                            MosTelegramTrouble **trouble)
{
  g_autofree char *url = url_of (self, "", method);
  g_autoptr (GBytes) body = json_bytes (parameters);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  const MosHttpRequest request = { .method = "POST", .url = url, .type = "application/json", .body = body, .flags = is_sending ? MOS_HTTP_DEFAULT : MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };

  answer = mos_http_send_sync (self->http, &request, cancellable, &error);
  if (answer == NULL)
    {
      *trouble = mos_telegram_read_error (error, is_sending && mos_http_has_left (self->http));
      return NULL;
    }
  return mos_telegram_read_answer (answer->status, answer->retry_after_s, answer->body, is_sending, trouble);
}

JsonNode *
mos_telegram_api_upload_sync (MosTelegramApi *self,
                              const char *method,
                              MosHttpForm *form,
                              GCancellable *cancellable,
                              MosTelegramTrouble **trouble)
{
  g_autofree char *url = url_of (self, "", method);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  const MosHttpRequest request = { .method = "POST", .url = url, .form = form, .timeout_s = UPLOAD_TIMEOUT_S };

  answer = mos_http_send_sync (self->http, &request, cancellable, &error);
  if (answer == NULL)
    {
      *trouble = mos_telegram_read_error (error, mos_http_has_left_whole (self->http));
      return NULL;
    }
  return mos_telegram_read_answer (answer->status, answer->retry_after_s, answer->body, TRUE, trouble);
}

/* --- the bot --- */

void
mos_telegram_bot_free (MosTelegramBot *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->username);
  g_free (self);
}

/* Returns: (transfer none) (nullable): the object that it is; else @trouble says that it is none */
static JsonObject *
expect_object (JsonNode *node,
               MosTelegramTrouble **trouble)
{
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "bad-answer", NULL);
  return NULL;
}

MosTelegramBot *
mos_telegram_api_get_me_sync (MosTelegramApi *self,
                              GCancellable *cancellable,
                              MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) node = mos_telegram_api_call_sync (self, "getMe", NULL, FALSE, cancellable, trouble);
  JsonObject *object = expect_object (node, trouble);
  MosTelegramBot *bot;
  gint64 id;

  if (object == NULL)
    return NULL;
  if (!mos_json_read_int (object, "id", &id))
    {
      *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "bad-answer", NULL);
      return NULL;
    }
  bot = g_new0 (MosTelegramBot, 1);
  bot->id = id;
  bot->name = mos_json_read_dup_line (object, "first_name");
  bot->username = mos_json_read_dup_line (object, "username");
  bot->takes_business = mos_json_read_is_true (object, "can_connect_to_business");
  bot->reads_groups = mos_json_read_is_true (object, "can_read_all_group_messages");
  return bot;
}

char *
mos_telegram_api_get_picture_sync (MosTelegramApi *self,
                                   gint64 user,
                                   GCancellable *cancellable,
                                   MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  JsonObject *asked = json_object_new (), *object;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *pictures, *sizes = NULL;
  guint64 least = G_MAXUINT64;
  char *ref = NULL;

  json_object_set_int_member (asked, "user_id", user);
  json_object_set_int_member (asked, "limit", 1);
  json_node_take_object (parameters, asked);
  node = mos_telegram_api_call_sync (self, "getUserProfilePhotos", parameters, FALSE, cancellable, trouble);
  object = expect_object (node, trouble);
  pictures = mos_json_read_array (object, "photos");
  if (mos_json_read_length (pictures) > 0 && JSON_NODE_HOLDS_ARRAY (json_array_get_element (pictures, 0)))
    sizes = json_array_get_array_element (pictures, 0);
  for (guint i = 0; i < mos_json_read_length (sizes); i++)
    {
      JsonObject *size = mos_json_read_element (sizes, i);
      guint64 width = mos_json_read_size (size, "width");
      g_autofree char *id = mos_json_read_dup_line (size, "file_id");

      if (id == NULL || width >= least)
        continue;
      least = width;
      g_set_str (&ref, id);
    }
  return ref;
}

char *
mos_telegram_api_get_webhook_sync (MosTelegramApi *self,
                                   guint *ret_waiting,
                                   GCancellable *cancellable,
                                   MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) node = mos_telegram_api_call_sync (self, "getWebhookInfo", NULL, FALSE, cancellable, trouble);
  JsonObject *object = expect_object (node, trouble);
  g_autofree char *url = NULL;

  if (object == NULL)
    return NULL;
  if (ret_waiting != NULL)
    *ret_waiting = (guint) MIN (mos_json_read_size (object, "pending_update_count"), G_MAXUINT);
  url = mos_json_read_dup_line (object, "url");
  return url != NULL ? g_steal_pointer (&url) : g_strdup ("");
}

gboolean
mos_telegram_api_delete_webhook_sync (MosTelegramApi *self,
                                      GCancellable *cancellable,
                                      MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_boolean_member (object, "drop_pending_updates", FALSE);
  json_node_take_object (parameters, object);
  node = mos_telegram_api_call_sync (self, "deleteWebhook", parameters, FALSE, cancellable, trouble);
  return node != NULL;
}

GBytes *
mos_telegram_api_get_updates_sync (MosTelegramApi *self,
                                   gint64 offset,
                                   guint timeout_s,
                                   GCancellable *cancellable,
                                   MosTelegramTrouble **trouble)
{
  static const char *const kinds[] = { "message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "business_connection", "business_message", "edited_business_message", "deleted_business_messages" };
  g_autofree char *url = url_of (self, "", "getUpdates");
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) result = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_object_new ();
  JsonArray *wanted = json_array_new ();
  MosHttpRequest request = { .method = "POST", .url = url, .type = "application/json", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };

  /* A negative one would make the server forget all but the last: never. */
  if (offset > 0)
    json_object_set_int_member (object, "offset", offset);
  timeout_s = MIN (timeout_s, MAX_POLL_S);
  json_object_set_int_member (object, "limit", BATCH);
  json_object_set_int_member (object, "timeout", timeout_s);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    json_array_add_string_element (wanted, kinds[i]);
  json_object_set_array_member (object, "allowed_updates", wanted);
  json_node_take_object (parameters, object);
  request.body = body = json_bytes (parameters);
  request.timeout_s = timeout_s + POLL_GRACE_S;

  answer = mos_http_send_sync (self->http, &request, cancellable, &error);
  if (answer == NULL)
    {
      *trouble = mos_telegram_read_error (error, FALSE);
      return NULL;
    }
  result = mos_telegram_read_answer (answer->status, answer->retry_after_s, answer->body, FALSE, trouble);
  return result != NULL ? g_bytes_ref (answer->body) : NULL;
}

/* --- small things --- */

JsonObject *
mos_telegram_target (const char *thread)
{
  g_autofree char *connection = NULL;
  JsonObject *object;
  gint64 chat, topic;

  if (!mos_telegram_thread_read (thread, &chat, &topic, &connection))
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "chat_id", chat);
  if (topic != 0)
    json_object_set_int_member (object, "message_thread_id", topic);
  if (connection != NULL)
    json_object_set_string_member (object, "business_connection_id", connection);
  return object;
}

JsonObject *
mos_telegram_target_message (const char *thread,
                             const char *id)
{
  JsonObject *object = mos_telegram_target (thread);
  gint64 number;

  if (object == NULL)
    return NULL;
  if (!g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    {
      json_object_unref (object);
      return NULL;
    }
  /* A message's number is enough: what is done to one has no such parameter. */
  if (json_object_has_member (object, "message_thread_id"))
    json_object_remove_member (object, "message_thread_id");
  json_object_set_int_member (object, "message_id", number);
  return object;
}

gboolean
mos_telegram_api_do_sync (MosTelegramApi *self,
                          const char *method,
                          JsonObject *object,
                          const char *fine,
                          GCancellable *cancellable,
                          MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) result = NULL;

  if (object == NULL)
    {
      *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "chat-not-found", NULL);
      return FALSE;
    }
  json_node_take_object (parameters, object);
  result = mos_telegram_api_call_sync (self, method, parameters, FALSE, cancellable, trouble);
  if (result == NULL && fine != NULL && strcmp ((*trouble)->code, fine) == 0)
    {
      g_clear_pointer (trouble, mos_telegram_trouble_free);
      return TRUE;
    }
  return result != NULL;
}

gboolean
mos_telegram_api_answer_press_sync (MosTelegramApi *self,
                                    const char *press,
                                    const char *text,
                                    GCancellable *cancellable,
                                    MosTelegramTrouble **trouble)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "callback_query_id", press);
  if (text != NULL)
    {
      g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 190));

      json_object_set_string_member (object, "text", cut);
    }
  return mos_telegram_api_do_sync (self, "answerCallbackQuery", object, "query-too-old", cancellable, trouble);
}

gboolean
mos_telegram_api_remove_buttons_sync (MosTelegramApi *self,
                                      const char *thread,
                                      const char *id,
                                      GCancellable *cancellable,
                                      MosTelegramTrouble **trouble)
{
  JsonObject *object = mos_telegram_target_message (thread, id);
  JsonObject *markup;

  if (object != NULL)
    {
      markup = json_object_new ();
      json_object_set_array_member (markup, "inline_keyboard", json_array_new ());
      json_object_set_object_member (object, "reply_markup", markup);
    }
  return mos_telegram_api_do_sync (self, "editMessageReplyMarkup", object, "not-modified", cancellable, trouble);
}

gboolean
mos_telegram_api_send_typing_sync (MosTelegramApi *self,
                                   const char *thread,
                                   const char *action,
                                   GCancellable *cancellable,
                                   MosTelegramTrouble **trouble)
{
  JsonObject *object = mos_telegram_target (thread);

  if (object != NULL)
    json_object_set_string_member (object, "action", action);
  return mos_telegram_api_do_sync (self, "sendChatAction", object, NULL, cancellable, trouble);
}

gboolean
mos_telegram_api_mark_read_sync (MosTelegramApi *self,
                                 const char *thread,
                                 const char *id,
                                 GCancellable *cancellable,
                                 MosTelegramTrouble **trouble)
{
  JsonObject *object = mos_telegram_target_message (thread, id);

  if (object != NULL && !json_object_has_member (object, "business_connection_id"))
    {
      json_object_unref (object);
      return TRUE;
    }
  return mos_telegram_api_do_sync (self, "readBusinessMessage", object, NULL, cancellable, trouble);
}

JsonNode *
mos_telegram_api_get_connection_sync (MosTelegramApi *self,
                                      const char *connection,
                                      GCancellable *cancellable,
                                      MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "business_connection_id", connection);
  json_node_take_object (parameters, object);
  return mos_telegram_api_call_sync (self, "getBusinessConnection", parameters, FALSE, cancellable, trouble);
}

/* --- files that came --- */

/* A path below the bot's files, as the server named it; one that leads out of them is none. */
static gboolean
is_path (const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);

  if (*path == '\0' || *path == '/' || strlen (path) > 1024)
    return FALSE;
  for (gsize i = 0; steps[i] != NULL; i++)
    if (strcmp (steps[i], "..") == 0 || strcmp (steps[i], ".") == 0)
      return FALSE;
  return TRUE;
}

gboolean
mos_telegram_api_download_sync (MosTelegramApi *self,
                                const char *ref,
                                GOutputStream *into,
                                guint64 max_bytes,
                                GCancellable *cancellable,
                                MosTelegramTrouble **trouble)
{
  g_autoptr (JsonNode) parameters = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *url = NULL;
  JsonObject *asked = json_object_new (), *object;
  MosHttpRequest request = { .method = "GET", .into = into, .max_into = max_bytes, .flags = MOS_HTTP_REPEATABLE };

  json_object_set_string_member (asked, "file_id", ref);
  json_node_take_object (parameters, asked);
  node = mos_telegram_api_call_sync (self, "getFile", parameters, FALSE, cancellable, trouble);
  object = expect_object (node, trouble);
  if (object == NULL)
    return FALSE;
  if (mos_json_read_size (object, "file_size") > max_bytes)
    {
      *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_REFUSED, "too-large", NULL);
      return FALSE;
    }
  path = mos_json_read_dup_line (object, "file_path");
  if (path == NULL || !is_path (path))
    {
      *trouble = mos_telegram_trouble_new (MOS_TELEGRAM_LATER, "bad-answer", NULL);
      return FALSE;
    }
  escaped = g_uri_escape_string (path, "/", FALSE);
  request.url = url = url_of (self, "/file", escaped);
  answer = mos_http_send_sync (self->http, &request, cancellable, &error);
  if (answer == NULL)
    {
      *trouble = mos_telegram_read_error (error, FALSE);
      return FALSE;
    }
  if (answer->status == 200)
    return TRUE;
  *trouble = mos_telegram_trouble_new (answer->status == 404 ? MOS_TELEGRAM_REFUSED : MOS_TELEGRAM_LATER, answer->status == 404 ? "file-gone" : "temporary", NULL);
  (*trouble)->status = answer->status;
  (*trouble)->retry_after_s = answer->retry_after_s;
  return FALSE;
}
