/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-fake-twilio.h"

#include "mos-test-web.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ACCOUNT "/2010-04-01/Accounts/" MOS_FAKE_TWILIO_SID
#define MAX_BODY 1600
#define MAX_PAGE 1000

typedef struct
{
  char *sid;
  char *from;
  char *to;
  char *body;
  gboolean is_incoming;
  gint64 at_us;
  char *status;
  int code;
  char *words;  /* (nullable) */
  GBytes *data; /* (nullable) */
} Message;

struct _MosFakeTwilio
{
  MosTestWeb *web;   /* (owned) */
  MosTestWeb *store; /* (owned): where the bytes of media lie */
  char *number;      /* (owned) */

  GMutex mutex;
  GPtrArray *messages; /* (owned) (mutex mutex) of Message, oldest first */
  GPtrArray *sent;     /* (owned) (mutex mutex) */
  GPtrArray *calls;    /* (owned) (mutex mutex) of JSON, oldest first */
  gint64 ahead_us;     /* (mutex mutex) */
  guint count;         /* (mutex mutex) */
  char *fault_where;   /* (owned) (nullable) (mutex mutex) */
  MosFakeTwilioFault fault;
  guint fault_times;
  gboolean has_seen_key; /* (mutex mutex) */
};

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->sid);
  g_free (message->from);
  g_free (message->to);
  g_free (message->body);
  g_free (message->status);
  g_free (message->words);
  g_clear_pointer (&message->data, g_bytes_unref);
  g_free (message);
}

/* With the mutex */
static gint64
now_us (MosFakeTwilio *self)
{
  return g_get_real_time () + self->ahead_us;
}

/* With the mutex */
static Message *
add (MosFakeTwilio *self,
     const char *from,
     const char *to,
     const char *body,
     gboolean is_incoming,
     gint64 ago_us,
     GBytes *data)
{
  Message *message = g_new0 (Message, 1);

  message->sid = g_strdup_printf ("%s%032x", data != NULL ? "MM" : "SM", self->messages->len + 1);
  message->from = g_strdup (from);
  message->to = g_strdup (to);
  message->body = g_strdup (body);
  message->is_incoming = is_incoming;
  message->at_us = now_us (self) - ago_us;
  message->status = g_strdup (is_incoming ? "received" : "queued");
  message->data = data != NULL ? g_bytes_ref (data) : NULL;
  g_ptr_array_add (self->messages, message);
  return message;
}

/* --- answers --- */

static void
refuse (SoupServerMessage *message,
        guint status,
        int code,
        const char *words)
{
  g_autofree char *json = g_strdup_printf ("{\"code\": %d, \"message\": \"%s\", \"more_info\": \"https://www.twilio.com/docs/errors/%d\", \"status\": %u}", code, words, code, status);

  mos_test_web_answer (message, status, json);
}

static void
add_date (JsonObject *object,
          const char *name,
          gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000");

  json_object_set_string_member (object, name, text);
}

static JsonObject *
describe (const Message *message)
{
  JsonObject *object = json_object_new ();
  g_autofree char *uri = g_strconcat (ACCOUNT "/Messages/", message->sid, ".json", NULL);

  json_object_set_string_member (object, "account_sid", MOS_FAKE_TWILIO_SID);
  json_object_set_string_member (object, "sid", message->sid);
  json_object_set_string_member (object, "from", message->from);
  json_object_set_string_member (object, "to", message->to);
  json_object_set_string_member (object, "body", message->body);
  json_object_set_string_member (object, "direction", message->is_incoming ? "inbound" : "outbound-api");
  json_object_set_string_member (object, "status", message->status);
  json_object_set_string_member (object, "num_media", message->data != NULL ? "1" : "0");
  if (message->code != 0)
    json_object_set_int_member (object, "error_code", message->code);
  else
    json_object_set_null_member (object, "error_code");
  if (message->words != NULL)
    json_object_set_string_member (object, "error_message", message->words);
  else
    json_object_set_null_member (object, "error_message");
  add_date (object, "date_created", message->at_us);
  add_date (object, "date_updated", message->at_us);
  if (g_str_equal (message->status, "queued"))
    json_object_set_null_member (object, "date_sent");
  else
    add_date (object, "date_sent", message->at_us);
  json_object_set_string_member (object, "uri", uri);
  return object;
}

/* @object: (transfer full) */
static void
answer_object (SoupServerMessage *message,
               guint status,
               JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *json = json_to_string (node, FALSE);

  json_object_unref (object);
  mos_test_web_answer (message, status, json);
}

/* --- lists --- */

static const char *
get (GHashTable *query,
     const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

static gboolean
is_listed (const Message *message,
           GHashTable *query)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (message->at_us / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");
  const char *to = get (query, "To"), *from = get (query, "From"), *since = get (query, "DateSent>"), *until = get (query, "DateSent<");

  return (to == NULL || g_str_equal (message->to, to)) && (from == NULL || g_str_equal (message->from, from)) &&
         (since == NULL || strcmp (day, since) >= 0) && (until == NULL || strcmp (day, until) <= 0);
}

static void
list_messages (MosFakeTwilio *self,
               SoupServerMessage *message,
               GHashTable *query)
{
  const char *size_text = get (query, "PageSize"), *page_text = get (query, "Page");
  guint64 size = size_text != NULL ? g_ascii_strtoull (size_text, NULL, 10) : 50;
  guint64 page = page_text != NULL ? g_ascii_strtoull (page_text, NULL, 10) : 0;
  JsonObject *object;
  JsonArray *array;
  guint64 n = 0;
  gboolean has_more = FALSE;

  if (size < 1 || size > MAX_PAGE)
    {
      refuse (message, 400, 20007, "Page size must be between 1 and 1000");
      return;
    }
  object = json_object_new ();
  array = json_array_new ();
  g_mutex_lock (&self->mutex);
  for (guint i = self->messages->len; i > 0; i--)
    {
      const Message *one = self->messages->pdata[i - 1];

      if (!is_listed (one, query))
        continue;
      if (n >= page * size && n < (page + 1) * size)
        json_array_add_object_element (array, describe (one));
      has_more |= n >= (page + 1) * size;
      n++;
    }
  g_mutex_unlock (&self->mutex);
  json_object_set_array_member (object, "messages", array);
  json_object_set_int_member (object, "page", (gint64) page);
  json_object_set_int_member (object, "page_size", (gint64) size);
  if (has_more)
    {
      GUri *uri = soup_server_message_get_uri (message);
      g_autoptr (GString) next = g_string_new (ACCOUNT "/Messages.json?");
      g_auto (GStrv) pairs = g_strsplit (g_uri_get_query (uri), "&", -1);

      for (char **pair = pairs; *pair != NULL; pair++)
        if (!g_str_has_prefix (*pair, "Page="))
          g_string_append_printf (next, "%s&", *pair);
      g_string_append_printf (next, "Page=%" G_GUINT64_FORMAT "&PageToken=PASM1", page + 1);
      json_object_set_string_member (object, "next_page_uri", next->str);
    }
  else
    json_object_set_null_member (object, "next_page_uri");
  answer_object (message, 200, object);
}

/* All that there are: in tests they are few, and none has legs. */
static void
list_calls (MosFakeTwilio *self,
            SoupServerMessage *message,
            GHashTable *query)
{
  g_autoptr (GString) json = g_string_new ("{\"calls\": [");

  g_mutex_lock (&self->mutex);
  for (guint i = self->calls->len; i > 0 && g_strcmp0 (get (query, "To"), self->number) == 0; i--)
    g_string_append_printf (json, "%s%s", i < self->calls->len ? ", " : "", (const char *) self->calls->pdata[i - 1]);
  g_mutex_unlock (&self->mutex);
  g_string_append (json, "], \"next_page_uri\": null}");
  mos_test_web_answer (message, 200, json->str);
}

/* With the mutex */
static Message *
find (MosFakeTwilio *self,
      const char *sid,
      gsize length)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      Message *message = self->messages->pdata[i];

      if (strlen (message->sid) == length && strncmp (message->sid, sid, length) == 0)
        return message;
    }
  return NULL;
}

static void
one_message (MosFakeTwilio *self,
             SoupServerMessage *message,
             const char *path)
{
  const char *rest = strpbrk (path, "/.");
  g_autofree char *media = NULL;
  JsonObject *object = NULL;
  Message *one;

  g_mutex_lock (&self->mutex);
  one = rest != NULL ? find (self, path, (gsize) (rest - path)) : NULL;
  if (one != NULL && g_str_equal (rest, ".json"))
    object = describe (one);
  else if (one != NULL && one->data != NULL && g_str_equal (rest, "/Media.json"))
    media = g_strdup_printf ("{\"media_list\": [{\"sid\": \"ME%032u\", \"content_type\": \"image/png\", \"uri\": \"" ACCOUNT "/Messages/%s/Media/ME%032u.json\"}]}", 7u, one->sid, 7u);
  g_mutex_unlock (&self->mutex);

  if (object != NULL)
    answer_object (message, 200, object);
  else if (media != NULL)
    mos_test_web_answer (message, 200, media);
  else if (one != NULL && g_str_has_prefix (rest, "/Media/ME") && !g_str_has_suffix (rest, ".json"))
    {
      g_autofree char *target = g_strconcat (mos_test_web_get_url (self->store), "/", one->sid, NULL);

      soup_server_message_set_redirect (message, 307, target);
    }
  else
    refuse (message, 404, 20404, "The requested resource was not found");
}

static void
numbers (MosFakeTwilio *self,
         SoupServerMessage *message,
         GHashTable *query)
{
  gboolean has = g_strcmp0 (get (query, "PhoneNumber"), self->number) == 0;
  g_autofree char *json = g_strdup_printf ("{\"incoming_phone_numbers\": [%s]}", has ? "{\"friendly_name\": \"Mug Shop\", \"capabilities\": {\"voice\": true, \"sms\": true, \"mms\": true}}" : "");

  mos_test_web_answer (message, 200, json);
}

/* --- sending --- */

static void
send_message (MosFakeTwilio *self,
              SoupServerMessage *message)
{
  g_autoptr (GHashTable) form = mos_test_web_read_form (message);
  const char *to = g_hash_table_lookup (form, "To"), *from = g_hash_table_lookup (form, "From"), *body = g_hash_table_lookup (form, "Body"), *content = g_hash_table_lookup (form, "ContentSid");
  JsonObject *object;

  if (to == NULL || *to == '\0')
    refuse (message, 400, 21604, "A 'To' phone number is required.");
  else if (g_strcmp0 (from, self->number) != 0)
    refuse (message, 400, 21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination.");
  else if (content == NULL && (body == NULL || *body == '\0'))
    refuse (message, 400, 21602, "Message body is required.");
  else if (body != NULL && g_utf8_strlen (body, -1) > MAX_BODY)
    refuse (message, 400, 21617, "The concatenated message body exceeds the 1600 character limit.");
  else
    {
      g_mutex_lock (&self->mutex);
      object = describe (add (self, from, to, body != NULL ? body : content, FALSE, 0, NULL));
      g_ptr_array_add (self->sent, g_strdup (body != NULL ? body : content));
      g_mutex_unlock (&self->mutex);
      answer_object (message, 201, object);
    }
}

/* --- the server --- */

static void
answer (MosFakeTwilio *self,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query)
{
  gboolean is_post = g_str_equal (soup_server_message_get_method (message), "POST");

  if (is_post && g_str_equal (path, ACCOUNT "/Messages.json"))
    send_message (self, message);
  else if (g_str_equal (path, ACCOUNT "/Messages.json"))
    list_messages (self, message, query);
  else if (g_str_equal (path, ACCOUNT "/Calls.json"))
    list_calls (self, message, query);
  else if (g_str_has_prefix (path, ACCOUNT "/Messages/"))
    one_message (self, message, path + strlen (ACCOUNT "/Messages/"));
  else if (g_str_equal (path, ACCOUNT "/IncomingPhoneNumbers.json"))
    numbers (self, message, query);
  else
    refuse (message, 404, 20404, "The requested resource was not found");
}

/* Returns: whether this request fails. @ret_fault: (out) */
static gboolean
take_fault (MosFakeTwilio *self,
            const char *method,
            const char *path,
            MosFakeTwilioFault *ret_fault)
{
  gboolean fails;

  g_mutex_lock (&self->mutex);
  self->count++;
  fails = self->fault_times > 0 && (self->fault_where == NULL || g_str_equal (self->fault_where, method) || strstr (path, self->fault_where) != NULL);
  if (fails)
    self->fault_times--;
  *ret_fault = self->fault;
  g_mutex_unlock (&self->mutex);

  return fails;
}

static void
set_date (MosFakeTwilio *self,
          SoupServerMessage *message)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  g_mutex_lock (&self->mutex);
  time = g_date_time_new_from_unix_utc (now_us (self) / G_USEC_PER_SEC);
  g_mutex_unlock (&self->mutex);
  text = soup_date_time_to_string (time, SOUP_DATE_HTTP);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", text);
}

static gboolean
knows_key (SoupServerMessage *message)
{
  static const char pair[] = MOS_FAKE_TWILIO_SID ":" MOS_FAKE_TWILIO_TOKEN;
  g_autofree char *coded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *wanted = g_strconcat ("Basic ", coded, NULL);

  return g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"), wanted) == 0;
}

static void
web_cb (SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  MosFakeTwilio *self = data;
  MosFakeTwilioFault fault;

  set_date (self, message);
  if (!knows_key (message))
    {
      refuse (message, 401, 20003, "Authenticate");
      return;
    }
  if (!take_fault (self, soup_server_message_get_method (message), path, &fault))
    {
      answer (self, message, path, query);
      return;
    }
  switch (fault)
    {
    case MOS_FAKE_TWILIO_BUSY:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      refuse (message, 429, 20429, "Too Many Requests");
      break;
    case MOS_FAKE_TWILIO_BROKEN:
      soup_server_message_set_status (message, 503, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<h1>upstream</h1>", 17);
      break;
    case MOS_FAKE_TWILIO_REFUSED:
      refuse (message, 400, 21610, "Attempt to send to unsubscribed recipient");
      break;
    case MOS_FAKE_TWILIO_WINDOW:
      refuse (message, 400, 63016, "Failed to send freeform message because you are outside the allowed window.");
      break;
    case MOS_FAKE_TWILIO_LOST:
      answer (self, message, path, query);
      mos_test_web_hang_up (message);
      break;
    case MOS_FAKE_TWILIO_HALF:
      mos_test_web_answer (message, 200, "{\"messages\": [{\"sid\"");
      break;
    case MOS_FAKE_TWILIO_HELD:
      mos_test_web_hold (self->web, message);
      break;
    case MOS_FAKE_TWILIO_REVOKED:
    default:
      refuse (message, 401, 20003, "Authenticate");
      break;
    }
}

static void
store_cb (SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  MosFakeTwilio *self = data;
  Message *one;

  g_mutex_lock (&self->mutex);
  self->has_seen_key |= soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL;
  one = find (self, path + 1, strlen (path + 1));
  if (one != NULL && one->data != NULL)
    soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (one->data, NULL), g_bytes_get_size (one->data));
  g_mutex_unlock (&self->mutex);
  soup_server_message_set_status (message, one != NULL ? 200 : 404, NULL);
}

MosFakeTwilio *
mos_fake_twilio_new (const char *number)
{
  MosFakeTwilio *self = g_new0 (MosFakeTwilio, 1);

  g_mutex_init (&self->mutex);
  self->number = g_strdup (number);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->store = mos_test_web_new (store_cb, self);
  self->web = mos_test_web_new (web_cb, self);
  return self;
}

void
mos_fake_twilio_free (MosFakeTwilio *self)
{
  mos_test_web_free (self->web);
  mos_test_web_free (self->store);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->calls);
  g_free (self->number);
  g_free (self->fault_where);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
mos_fake_twilio_get_url (MosFakeTwilio *self)
{
  return mos_test_web_get_url (self->web);
}

/* --- what happens --- */

char *
mos_fake_twilio_say (MosFakeTwilio *self,
                     const char *from,
                     const char *text,
                     gint64 ago_us,
                     GBytes *data)
{
  char *sid;

  g_mutex_lock (&self->mutex);
  sid = g_strdup (add (self, from, self->number, text, TRUE, ago_us, data)->sid);
  g_mutex_unlock (&self->mutex);

  return sid;
}

char *
mos_fake_twilio_send_elsewhere (MosFakeTwilio *self,
                                const char *to,
                                const char *text,
                                gint64 ago_us)
{
  char *sid;

  g_mutex_lock (&self->mutex);
  sid = g_strdup (add (self, self->number, to, text, FALSE, ago_us, NULL)->sid);
  g_mutex_unlock (&self->mutex);

  return sid;
}

void
mos_fake_twilio_call (MosFakeTwilio *self,
                      const char *from)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *sid = NULL;

  g_mutex_lock (&self->mutex);
  sid = g_strdup_printf ("CA%032x", self->calls->len + 1);
  json_object_set_string_member (object, "sid", sid);
  json_object_set_string_member (object, "from", from);
  json_object_set_string_member (object, "to", self->number);
  json_object_set_string_member (object, "direction", "inbound");
  json_object_set_string_member (object, "status", "no-answer");
  json_object_set_string_member (object, "duration", "0");
  json_object_set_null_member (object, "parent_call_sid");
  /* Times count whole seconds: one of now is not to be from before the account was new. */
  add_date (object, "start_time", now_us (self) + 2 * G_USEC_PER_SEC);
  g_ptr_array_add (self->calls, json_to_string (node, FALSE));
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_twilio_set_status (MosFakeTwilio *self,
                            const char *sid,
                            const char *status,
                            int code,
                            const char *words)
{
  Message *message = NULL;

  g_mutex_lock (&self->mutex);
  if (sid != NULL)
    message = find (self, sid, strlen (sid));
  for (guint i = self->messages->len; message == NULL && i > 0; i--)
    if (!((Message *) self->messages->pdata[i - 1])->is_incoming)
      message = self->messages->pdata[i - 1];
  g_assert_nonnull (message);
  g_set_str (&message->status, status);
  message->code = code;
  g_set_str (&message->words, words);
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_twilio_pass_time (MosFakeTwilio *self,
                           gint64 us)
{
  g_mutex_lock (&self->mutex);
  self->ahead_us += us;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_twilio_fail (MosFakeTwilio *self,
                      const char *where,
                      MosFakeTwilioFault fault,
                      guint times)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->fault_where, where);
  self->fault = fault;
  self->fault_times = times;
  g_mutex_unlock (&self->mutex);
  if (times == 0)
    mos_test_web_let_go (self->web);
}

GPtrArray *
mos_fake_twilio_dup_sent (MosFakeTwilio *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->mutex);
  copy = g_ptr_array_copy (self->sent, (GCopyFunc) g_strdup, NULL);
  g_mutex_unlock (&self->mutex);
  g_ptr_array_set_free_func (copy, g_free);

  return copy;
}

guint
mos_fake_twilio_count (MosFakeTwilio *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

gboolean
mos_fake_twilio_saw_key (MosFakeTwilio *self)
{
  gboolean saw;

  g_mutex_lock (&self->mutex);
  saw = self->has_seen_key;
  g_mutex_unlock (&self->mutex);

  return saw;
}
