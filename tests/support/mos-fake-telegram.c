/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-fake-telegram.h"

#include "mos-test-web.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define TOKEN "4242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
#define MAX_POLL_S 50
#define MAX_UPDATES 100
#define MAX_TEXT 4096
#define MAX_CAPTION 1024
/* The number of the first message from the bot */
#define FIRST_SENT 100000

typedef struct
{
  gint64 id;
  char *json; /* (owned): with its update_id */
} Update;

struct _MosFakeTelegram
{
  MosTestWeb *web; /* (owned) */

  GMutex mutex;
  GPtrArray *updates; /* (owned) (mutex mutex) of Update: not confirmed yet */
  gint64 last_update; /* (mutex mutex) */
  gint64 last_message;
  GPtrArray *sent;    /* (owned) (mutex mutex) */
  GPtrArray *shown;   /* (owned) (mutex mutex) of texts in the same places: as they are now; %NULL = deleted */
  GHashTable *signs;  /* (owned) (mutex mutex) number of a message -> the bot's sign at it */
  GHashTable *markup; /* (owned) (mutex mutex) number of a message -> what stands on its buttons */
  GHashTable *files;  /* (owned) (mutex mutex) id -> GBytes */
  GHashTable *counts; /* (owned) (mutex mutex) method -> number */
  char *fault_method; /* (owned) (nullable) (mutex mutex) */
  MosFakeTelegramFault fault;
  guint fault_times;
  gint64 last_sent;
  char *webhook; /* (owned) (nullable) (mutex mutex) */

  /* the server's thread */
  SoupServerMessage *poll; /* (owned) (nullable): held */
  GSource *poll_end;       /* (owned) (nullable) */
  guint poll_limit;
};

static void
update_free (gpointer data)
{
  Update *update = data;

  g_free (update->json);
  g_free (update);
}

/* --- answers --- */

static void
refuse (SoupServerMessage *message,
        guint status,
        const char *description,
        guint retry_after_s)
{
  g_autofree char *parameters = retry_after_s > 0 ? g_strdup_printf (",\"parameters\":{\"retry_after\":%u}", retry_after_s) : g_strdup ("");
  g_autofree char *json = g_strdup_printf ("{\"ok\":false,\"error_code\":%u,\"description\":\"%s\"%s}", status, description, parameters);

  if (retry_after_s > 0)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
  mos_test_web_answer (message, status, json);
}

/* Returns: (transfer full) (nullable): what was sent as JSON */
static JsonObject *
read_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autofree char *copy = g_strndup (text != NULL ? text : "", size);
  g_autoptr (JsonNode) node = json_from_string (copy, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

/* --- polling --- */

/* Returns: (transfer full): with the mutex */
static char *
make_updates (MosFakeTelegram *self,
              guint limit)
{
  g_autoptr (GString) json = g_string_new ("{\"ok\":true,\"result\":[");

  for (guint i = 0; i < self->updates->len && i < limit; i++)
    g_string_append_printf (json, "%s%s", i > 0 ? "," : "", ((Update *) self->updates->pdata[i])->json);
  g_string_append (json, "]}");
  return g_string_free_and_steal (g_steal_pointer (&json));
}

static void
end_poll (MosFakeTelegram *self,
          gboolean is_conflict)
{
  g_autofree char *json = NULL;

  if (self->poll == NULL)
    return;
  if (is_conflict)
    refuse (self->poll, 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", 0);
  else
    {
      g_mutex_lock (&self->mutex);
      json = make_updates (self, self->poll_limit);
      g_mutex_unlock (&self->mutex);
      mos_test_web_answer (self->poll, 200, json);
    }
  soup_server_message_unpause (self->poll);
  g_clear_object (&self->poll);
  g_source_destroy (self->poll_end);
  g_clear_pointer (&self->poll_end, g_source_unref);
}

static gboolean
poll_over_cb (gpointer data)
{
  end_poll (data, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_poll_gone_cb (SoupServerMessage *message,
                 gpointer data)
{
  MosFakeTelegram *self = data;

  if (self->poll != message)
    return;
  g_clear_object (&self->poll);
  g_source_destroy (self->poll_end);
  g_clear_pointer (&self->poll_end, g_source_unref);
}

static void
get_updates (MosFakeTelegram *self,
             SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  gint64 offset = json_object_get_int_member_with_default (body, "offset", 0);
  guint limit = (guint) CLAMP (json_object_get_int_member_with_default (body, "limit", MAX_UPDATES), 1, MAX_UPDATES);
  guint timeout_s = (guint) CLAMP (json_object_get_int_member_with_default (body, "timeout", 0), 0, MAX_POLL_S);
  g_autofree char *json = NULL;
  gboolean has_webhook;

  end_poll (self, TRUE);
  g_mutex_lock (&self->mutex);
  has_webhook = self->webhook != NULL;
  g_mutex_unlock (&self->mutex);
  if (has_webhook)
    {
      refuse (message, 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 0);
      return;
    }
  g_mutex_lock (&self->mutex);
  while (self->updates->len > 0 && ((Update *) self->updates->pdata[0])->id < offset)
    g_ptr_array_remove_index (self->updates, 0);
  if (self->updates->len > 0 || timeout_s == 0)
    json = make_updates (self, limit);
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    {
      mos_test_web_answer (message, 200, json);
      return;
    }
  self->poll = g_object_ref (message);
  self->poll_limit = limit;
  self->poll_end = g_timeout_source_new_seconds (timeout_s);
  g_source_set_callback (self->poll_end, poll_over_cb, self, NULL);
  g_source_attach (self->poll_end, g_main_context_get_thread_default ());
  g_signal_connect (message, "disconnected", G_CALLBACK (on_poll_gone_cb), self);
  soup_server_message_pause (message);
}

/* --- buttons --- */

/* With the mutex. What is not named, or has no rows, is not there any more. */
static void
set_buttons (MosFakeTelegram *self,
             gint64 id,
             JsonObject *body)
{
  JsonObject *markup = json_object_has_member (body, "reply_markup") ? json_object_get_object_member (body, "reply_markup") : NULL;
  JsonArray *rows = markup != NULL ? json_object_get_array_member (markup, "inline_keyboard") : NULL;
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint r = 0; rows != NULL && r < json_array_get_length (rows); r++)
    {
      JsonArray *row = json_array_get_array_element (rows, r);

      for (guint i = 0; i < json_array_get_length (row); i++)
        {
          JsonObject *button = json_array_get_object_element (row, i);

          g_string_append_printf (labels, "%s%s=%s", labels->len > 0 ? " " : "", json_object_get_string_member (button, "text"), json_object_get_string_member (button, "callback_data"));
        }
    }
  g_hash_table_replace (self->markup, g_strdup_printf ("%" G_GINT64_FORMAT, id), g_string_free_and_steal (g_steal_pointer (&labels)));
}

static void
edit_buttons (MosFakeTelegram *self,
              SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);

  g_mutex_lock (&self->mutex);
  set_buttons (self, json_object_get_int_member_with_default (body, "message_id", 0), body);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":true}");
}

/* --- sending --- */

static gsize
count_units (const char *text)
{
  gsize n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_utf8_get_char (text) > 0xffff ? 2 : 1;
  return n;
}

static void
answer_message (MosFakeTelegram *self,
                SoupServerMessage *message,
                JsonObject *body,
                char *said,
                const char *shown)
{
  g_autofree char *json = NULL;

  g_mutex_lock (&self->mutex);
  if (body != NULL)
    set_buttons (self, FIRST_SENT + self->last_sent, body);
  g_ptr_array_add (self->sent, said);
  g_ptr_array_add (self->shown, g_strdup (shown));
  json = g_strdup_printf ("{\"ok\":true,\"result\":{\"message_id\":%" G_GINT64_FORMAT ",\"date\":1764300000,\"chat\":{\"id\":4711,\"type\":\"private\"}}}", FIRST_SENT + self->last_sent++);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, json);
}

static void
send_text (MosFakeTelegram *self,
           SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  const char *text = json_object_get_string_member_with_default (body, "text", "");

  if (*text == '\0')
    refuse (message, 400, "Bad Request: message text is empty", 0);
  else if (count_units (text) > MAX_TEXT)
    refuse (message, 400, "Bad Request: message is too long", 0);
  else if (json_object_get_int_member_with_default (body, "chat_id", 0) == 0)
    refuse (message, 400, "Bad Request: chat not found", 0);
  else
    answer_message (self, message, body, g_strdup (text), text);
}

/* Returns: (transfer full): names of the fields, with the names of their files, or their texts where they have none */
static GHashTable *
read_form (SoupServerMessage *message)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMultipart *multipart = soup_multipart_new_from_message (soup_server_message_get_request_headers (message), bytes);

  for (int i = 0; multipart != NULL && i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;
      const char *file;

      soup_multipart_get_part (multipart, i, &headers, &part);
      if (!soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
        continue;
      file = g_hash_table_lookup (parameters, "filename");
      g_hash_table_replace (fields, g_strdup (g_hash_table_lookup (parameters, "name")), file != NULL ? g_strdup (file) : g_strndup (g_bytes_get_data (part, NULL), g_bytes_get_size (part)));
    }
  g_clear_pointer (&multipart, soup_multipart_free);
  return fields;
}

static void
send_file (MosFakeTelegram *self,
           SoupServerMessage *message)
{
  static const char *const kinds[] = { "document", "photo", "video", "voice", "audio", "animation" };
  g_autoptr (GHashTable) fields = read_form (message);
  const char *caption = g_hash_table_lookup (fields, "caption"), *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && name == NULL; i++)
    name = g_hash_table_lookup (fields, kinds[i]);
  if (caption == NULL)
    caption = "";
  if (name == NULL)
    refuse (message, 400, "Bad Request: there is no file in the request", 0);
  else
    answer_message (self, message, NULL, g_strdup_printf ("[%s] %s", name, caption), caption);
}

/* All of them, or none: two to ten, and documents among themselves. */
static void
send_album (MosFakeTelegram *self,
            SoupServerMessage *message)
{
  g_autoptr (GHashTable) fields = read_form (message);
  g_autoptr (JsonNode) node = g_hash_table_contains (fields, "media") ? json_from_string (g_hash_table_lookup (fields, "media"), NULL) : NULL;
  JsonArray *media = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = media != NULL ? json_array_get_length (media) : 0, n_documents = 0;
  g_autoptr (GString) json = g_string_new ("{\"ok\":true,\"result\":[");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *one = json_array_get_object_element (media, i);
      const char *where = json_object_get_string_member_with_default (one, "media", "");

      n_documents += g_str_equal (json_object_get_string_member_with_default (one, "type", ""), "document");
      if (!g_str_has_prefix (where, "attach://") || !g_hash_table_contains (fields, where + strlen ("attach://")))
        n = 0;
    }
  if (n < 2 || n > 10 || (n_documents != 0 && n_documents != n))
    {
      refuse (message, 400, n_documents != 0 ? "Bad Request: document can't be mixed with other media types" : "Bad Request: there must be 2-10 files in the request", 0);
      return;
    }
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *one = json_array_get_object_element (media, i);
      const char *caption = json_object_get_string_member_with_default (one, "caption", "");
      const char *name = g_hash_table_lookup (fields, json_object_get_string_member (one, "media") + strlen ("attach://"));

      g_ptr_array_add (self->sent, g_strdup_printf ("[%s] %s", name, caption));
      g_ptr_array_add (self->shown, g_strdup (caption));
      g_string_append_printf (json, "%s{\"message_id\":%" G_GINT64_FORMAT ",\"date\":1764300000,\"media_group_id\":\"13\",\"chat\":{\"id\":4711,\"type\":\"private\"}}", i > 0 ? "," : "", FIRST_SENT + self->last_sent++);
    }
  g_mutex_unlock (&self->mutex);
  g_string_append (json, "]}");
  mos_test_web_answer (message, 200, json->str);
}

/* --- what is done to what is there --- */

/* With the mutex. Returns: (nullable): where the text of the bot's message lies that @body names */
static char **
find_shown (MosFakeTelegram *self,
            gint64 id)
{
  if (id < FIRST_SENT || id - FIRST_SENT >= self->shown->len || self->shown->pdata[id - FIRST_SENT] == NULL)
    return NULL;
  return (char **) &self->shown->pdata[id - FIRST_SENT];
}

static void
edit_message (MosFakeTelegram *self,
              SoupServerMessage *message,
              const char *what)
{
  g_autoptr (JsonObject) body = read_body (message);
  const char *text = json_object_get_string_member_with_default (body, what, "");
  gint64 id = json_object_get_int_member_with_default (body, "message_id", 0);
  char **shown;
  const char *trouble = NULL;

  g_mutex_lock (&self->mutex);
  shown = find_shown (self, id);
  if (shown == NULL)
    trouble = "Bad Request: message to edit not found";
  else if (*text == '\0')
    trouble = "Bad Request: message text is empty";
  else if (count_units (text) > (g_str_equal (what, "text") ? MAX_TEXT : MAX_CAPTION))
    trouble = "Bad Request: MESSAGE_TOO_LONG";
  else if (g_str_equal (*shown, text))
    trouble = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
  else
    {
      g_set_str (shown, text);
      set_buttons (self, id, body);
    }
  g_mutex_unlock (&self->mutex);
  if (trouble != NULL)
    refuse (message, 400, trouble, 0);
  else
    mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":{\"message_id\":1,\"date\":1764300000,\"chat\":{\"id\":4711,\"type\":\"private\"}}}");
}

static void
delete_message (MosFakeTelegram *self,
                SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  /* Of a business account they are several. */
  JsonArray *ids = json_object_has_member (body, "message_ids") ? json_object_get_array_member (body, "message_ids") : NULL;
  gint64 id = ids != NULL && json_array_get_length (ids) > 0 ? json_array_get_int_element (ids, 0) : json_object_get_int_member_with_default (body, "message_id", 0);
  char **shown;

  g_mutex_lock (&self->mutex);
  shown = find_shown (self, id);
  if (shown != NULL)
    g_clear_pointer (shown, g_free);
  g_mutex_unlock (&self->mutex);
  if (shown != NULL)
    mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":true}");
  else
    refuse (message, 400, "Bad Request: message to delete not found", 0);
}

static void
set_reaction (MosFakeTelegram *self,
              SoupServerMessage *message)
{
  static const char *const known[] = { "👍", "👎", "❤", "🔥", "👏", "😁", "🤔", "😢", "🎉", "🙏", "👌", "🤝", NULL };
  g_autoptr (JsonObject) body = read_body (message);
  JsonArray *signs = json_object_has_member (body, "reaction") ? json_object_get_array_member (body, "reaction") : NULL;
  guint n = signs != NULL ? json_array_get_length (signs) : 0;
  const char *sign = n > 0 ? json_object_get_string_member_with_default (json_array_get_object_element (signs, 0), "emoji", "") : NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member_with_default (body, "message_id", 0));

  if (n > 1)
    {
      refuse (message, 400, "Bad Request: REACTIONS_TOO_MANY", 0);
      return;
    }
  if (sign != NULL && !g_strv_contains (known, sign))
    {
      refuse (message, 400, "Bad Request: REACTION_INVALID", 0);
      return;
    }
  g_mutex_lock (&self->mutex);
  if (sign != NULL)
    g_hash_table_replace (self->signs, g_strdup (key), g_strdup (sign));
  else
    g_hash_table_remove (self->signs, key);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":true}");
}

static gboolean
is_change (const char *method)
{
  static const char *const methods[] = { "editMessageText", "editMessageCaption", "deleteMessage", "deleteBusinessMessages", "setMessageReaction", NULL };

  return g_strv_contains (methods, method);
}

static void
get_file (MosFakeTelegram *self,
          SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  const char *id = json_object_get_string_member_with_default (body, "file_id", "");
  g_autofree char *json = NULL;
  GBytes *data;

  g_mutex_lock (&self->mutex);
  data = g_hash_table_lookup (self->files, id);
  if (data != NULL)
    json = g_strdup_printf ("{\"ok\":true,\"result\":{\"file_id\":\"%s\",\"file_unique_id\":\"u%s\",\"file_size\":%" G_GSIZE_FORMAT ",\"file_path\":\"documents/%s\"}}", id, id, g_bytes_get_size (data), id);
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    mos_test_web_answer (message, 200, json);
  else
    refuse (message, 400, "Bad Request: wrong file_id or the file is temporarily unavailable", 0);
}

/* The bot has a picture where there is a file of that name. */
static void
get_pictures (MosFakeTelegram *self,
              SoupServerMessage *message)
{
  gboolean has_one;

  g_mutex_lock (&self->mutex);
  has_one = g_hash_table_contains (self->files, MOS_FAKE_TELEGRAM_PICTURE);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, has_one ? "{\"ok\":true,\"result\":{\"total_count\":1,\"photos\":[[{\"file_id\":\"big\",\"file_unique_id\":\"b\",\"width\":640,\"height\":640},{\"file_id\":\"" MOS_FAKE_TELEGRAM_PICTURE "\",\"file_unique_id\":\"s\",\"width\":160,\"height\":160}]]}}" : "{\"ok\":true,\"result\":{\"total_count\":0,\"photos\":[]}}");
}

/* --- the webhook --- */

static void
get_webhook (MosFakeTelegram *self,
             SoupServerMessage *message)
{
  g_autofree char *json = NULL;

  g_mutex_lock (&self->mutex);
  json = g_strdup_printf ("{\"ok\":true,\"result\":{\"url\":\"%s\",\"has_custom_certificate\":false,\"pending_update_count\":%u}}", self->webhook != NULL ? self->webhook : "", self->updates->len);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, json);
}

static void
delete_webhook (MosFakeTelegram *self,
                SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->webhook, g_free);
  if (json_object_get_boolean_member_with_default (body, "drop_pending_updates", FALSE))
    g_ptr_array_set_size (self->updates, 0);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":true}");
}

void
mos_fake_telegram_set_webhook (MosFakeTelegram *self,
                               const char *url)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->webhook, url);
  g_mutex_unlock (&self->mutex);
}

/* --- the server --- */

static void
do_method (MosFakeTelegram *self,
           SoupServerMessage *message,
           const char *method)
{
  if (g_str_equal (method, "getMe"))
    mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":{\"id\":4242,\"is_bot\":true,\"first_name\":\"Mug Shop\",\"username\":\"mug_shop_bot\",\"can_connect_to_business\":true}}");
  else if (g_str_equal (method, "getWebhookInfo"))
    get_webhook (self, message);
  else if (g_str_equal (method, "deleteWebhook"))
    delete_webhook (self, message);
  else if (g_str_equal (method, "getUserProfilePhotos"))
    get_pictures (self, message);
  else if (g_str_equal (method, "getUpdates"))
    get_updates (self, message);
  else if (g_str_equal (method, "sendMessage"))
    send_text (self, message);
  else if (g_str_equal (method, "getFile"))
    get_file (self, message);
  else if (g_str_equal (method, "sendDocument") || g_str_equal (method, "sendPhoto") || g_str_equal (method, "sendVideo") || g_str_equal (method, "sendVoice") || g_str_equal (method, "sendAudio") || g_str_equal (method, "sendAnimation"))
    send_file (self, message);
  else if (g_str_equal (method, "sendMediaGroup"))
    send_album (self, message);
  else if (g_str_equal (method, "editMessageText") || g_str_equal (method, "editMessageCaption"))
    edit_message (self, message, g_str_equal (method, "editMessageText") ? "text" : "caption");
  else if (g_str_equal (method, "deleteMessage") || g_str_equal (method, "deleteBusinessMessages"))
    delete_message (self, message);
  else if (g_str_equal (method, "setMessageReaction"))
    set_reaction (self, message);
  else if (g_str_equal (method, "editMessageReplyMarkup"))
    edit_buttons (self, message);
  else if (g_str_equal (method, "answerCallbackQuery") || g_str_equal (method, "sendChatAction") || g_str_equal (method, "readBusinessMessage"))
    mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":true}");
  else
    refuse (message, 404, "Not Found: method not found", 0);
}

/* Returns: whether this call fails. @ret_fault: (out) */
static gboolean
take_fault (MosFakeTelegram *self,
            const char *method,
            MosFakeTelegramFault *ret_fault)
{
  gboolean fails;

  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->counts, g_strdup (method), GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method)) + 1));
  fails = self->fault_times > 0 && (self->fault_method == NULL || g_str_equal (self->fault_method, method) || (g_str_equal (self->fault_method, MOS_FAKE_TELEGRAM_CHANGE) && is_change (method)));
  if (fails)
    self->fault_times--;
  *ret_fault = self->fault;
  g_mutex_unlock (&self->mutex);

  return fails;
}

static void
web_cb (SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  MosFakeTelegram *self = data;
  static const char begins[] = "/bot" TOKEN "/", file_begins[] = "/file/bot" TOKEN "/documents/";
  MosFakeTelegramFault fault;
  const char *method;

  if (g_str_has_prefix (path, file_begins))
    {
      GBytes *bytes;

      g_mutex_lock (&self->mutex);
      bytes = g_hash_table_lookup (self->files, path + strlen (file_begins));
      if (bytes != NULL)
        soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_mutex_unlock (&self->mutex);
      soup_server_message_set_status (message, bytes != NULL ? 200 : 404, NULL);
      return;
    }
  if (!g_str_has_prefix (path, begins))
    {
      refuse (message, 401, "Unauthorized", 0);
      return;
    }
  method = path + strlen (begins);
  if (!take_fault (self, method, &fault))
    {
      do_method (self, message, method);
      return;
    }
  switch (fault)
    {
    case MOS_FAKE_TELEGRAM_BUSY:
      refuse (message, 429, "Too Many Requests: retry after 1", 1);
      break;
    case MOS_FAKE_TELEGRAM_BROKEN:
      refuse (message, 500, "Internal Server Error: restart", 0);
      break;
    case MOS_FAKE_TELEGRAM_BLOCKED:
      refuse (message, 403, "Forbidden: bot was blocked by the user", 0);
      break;
    case MOS_FAKE_TELEGRAM_LOST:
      do_method (self, message, method);
      mos_test_web_hang_up (message);
      break;
    case MOS_FAKE_TELEGRAM_HALF:
      mos_test_web_answer (message, 200, "{\"ok\":true,\"result\":{\"mess");
      break;
    case MOS_FAKE_TELEGRAM_HELD:
      mos_test_web_hold (self->web, message);
      break;
    case MOS_FAKE_TELEGRAM_REVOKED:
    default:
      refuse (message, 401, "Unauthorized", 0);
      break;
    }
}

MosFakeTelegram *
mos_fake_telegram_new (void)
{
  MosFakeTelegram *self = g_new0 (MosFakeTelegram, 1);

  g_mutex_init (&self->mutex);
  self->updates = g_ptr_array_new_with_free_func (update_free);
  self->last_update = 900000000;
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->signs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->markup = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->web = mos_test_web_new (web_cb, self);
  return self;
}

void
mos_fake_telegram_free (MosFakeTelegram *self)
{
  mos_test_web_free (self->web);
  g_clear_object (&self->poll);
  g_clear_pointer (&self->poll_end, g_source_unref);
  g_ptr_array_unref (self->updates);
  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->shown);
  g_hash_table_unref (self->signs);
  g_hash_table_unref (self->markup);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->counts);
  g_free (self->fault_method);
  g_free (self->webhook);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
mos_fake_telegram_get_url (MosFakeTelegram *self)
{
  return mos_test_web_get_url (self->web);
}

const char *
mos_fake_telegram_get_token (MosFakeTelegram *self)
{
  return TOKEN;
}

/* --- what happens --- */

static gboolean
look_cb (gpointer data)
{
  MosFakeTelegram *self = data;
  gboolean any;

  g_mutex_lock (&self->mutex);
  any = self->updates->len > 0;
  g_mutex_unlock (&self->mutex);
  if (any)
    end_poll (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
mos_fake_telegram_put (MosFakeTelegram *self,
                       const char *json)
{
  Update *update = g_new0 (Update, 1);

  g_assert_true (json[0] == '{');
  g_mutex_lock (&self->mutex);
  update->id = ++self->last_update;
  update->json = g_strdup_printf ("{\"update_id\":%" G_GINT64_FORMAT ",%s", update->id, json + 1);
  g_ptr_array_add (self->updates, update);
  g_mutex_unlock (&self->mutex);
  mos_test_web_invoke (self->web, look_cb, self);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

gint64
mos_fake_telegram_put_message (MosFakeTelegram *self,
                               const char *kind,
                               gint64 message,
                               gint64 chat,
                               const char *name,
                               const char *rest)
{
  g_autofree char *quoted = quote (name);
  g_autofree char *json = NULL;

  if (message == 0)
    message = ++self->last_message;
  json = g_strdup_printf ("{\"%s\":{\"message_id\":%" G_GINT64_FORMAT ",\"from\":{\"id\":%" G_GINT64_FORMAT ",\"is_bot\":false,\"first_name\":%s,\"language_code\":\"es\"},"
                          "\"chat\":{\"id\":%" G_GINT64_FORMAT ",\"first_name\":%s,\"type\":\"private\"},\"date\":%" G_GINT64_FORMAT ",%s}}",
                          kind, message, chat, quoted, chat, quoted, g_get_real_time () / G_USEC_PER_SEC, rest);
  mos_fake_telegram_put (self, json);
  return message;
}

gint64
mos_fake_telegram_say (MosFakeTelegram *self,
                       gint64 chat,
                       const char *name,
                       const char *text)
{
  g_autofree char *quoted = quote (text);
  g_autofree char *rest = g_strdup_printf ("\"text\":%s", quoted);

  return mos_fake_telegram_put_message (self, "message", 0, chat, name, rest);
}

gint64
mos_fake_telegram_say_file (MosFakeTelegram *self,
                            gint64 chat,
                            const char *name,
                            const char *caption,
                            const char *file_name,
                            GBytes *data)
{
  g_autofree char *id = g_strdup_printf ("BQACAgQ%" G_GINT64_FORMAT, self->last_message);
  g_autofree char *quoted = quote (caption);
  g_autofree char *quoted_name = quote (file_name);
  g_autofree char *rest = g_strdup_printf ("\"caption\":%s,\"document\":{\"file_name\":%s,\"mime_type\":\"application/pdf\",\"file_id\":\"%s\",\"file_unique_id\":\"AgAD\",\"file_size\":%" G_GSIZE_FORMAT "}", quoted,
                                           quoted_name, id, g_bytes_get_size (data));

  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->files, g_strdup (id), g_bytes_ref (data));
  g_mutex_unlock (&self->mutex);
  return mos_fake_telegram_put_message (self, "message", 0, chat, name, rest);
}

void
mos_fake_telegram_keep_file (MosFakeTelegram *self,
                             const char *id,
                             GBytes *data)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->files, g_strdup (id), g_bytes_ref (data));
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_telegram_edit (MosFakeTelegram *self,
                        gint64 chat,
                        gint64 message,
                        const char *text)
{
  g_autofree char *quoted = quote (text);
  g_autofree char *rest = g_strdup_printf ("\"edit_date\":%" G_GINT64_FORMAT ",\"text\":%s", g_get_real_time () / G_USEC_PER_SEC, quoted);

  mos_fake_telegram_put_message (self, "edited_message", message, chat, "Ana", rest);
}

void
mos_fake_telegram_fail (MosFakeTelegram *self,
                        const char *method,
                        MosFakeTelegramFault fault,
                        guint times)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->fault_method, method);
  self->fault = fault;
  self->fault_times = times;
  g_mutex_unlock (&self->mutex);
  if (times == 0)
    mos_test_web_let_go (self->web);
}

GPtrArray *
mos_fake_telegram_dup_sent (MosFakeTelegram *self)
{
  GPtrArray *sent;

  g_mutex_lock (&self->mutex);
  sent = g_ptr_array_copy (self->sent, (GCopyFunc) g_strdup, NULL);
  g_ptr_array_set_free_func (sent, g_free);
  g_mutex_unlock (&self->mutex);

  return sent;
}

GPtrArray *
mos_fake_telegram_dup_shown (MosFakeTelegram *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->shown->len; i++)
    if (self->shown->pdata[i] != NULL)
      g_ptr_array_add (shown, g_strdup (self->shown->pdata[i]));
  g_mutex_unlock (&self->mutex);

  return shown;
}

char *
mos_fake_telegram_dup_buttons (MosFakeTelegram *self,
                               guint nth)
{
  g_autofree char *key = g_strdup_printf ("%u", FIRST_SENT + nth);
  const char *labels;
  char *copy;

  g_mutex_lock (&self->mutex);
  labels = g_hash_table_lookup (self->markup, key);
  copy = g_strdup (labels != NULL ? labels : "");
  g_mutex_unlock (&self->mutex);

  return copy;
}

char *
mos_fake_telegram_dup_sign (MosFakeTelegram *self,
                            gint64 message)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, message);
  char *sign;

  g_mutex_lock (&self->mutex);
  sign = g_strdup (g_hash_table_lookup (self->signs, key));
  g_mutex_unlock (&self->mutex);

  return sign;
}

guint
mos_fake_telegram_count (MosFakeTelegram *self,
                         const char *method)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
  g_mutex_unlock (&self->mutex);

  return n;
}

guint
mos_fake_telegram_count_waiting (MosFakeTelegram *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->updates->len;
  g_mutex_unlock (&self->mutex);

  return n;
}
