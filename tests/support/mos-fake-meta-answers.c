/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-fake-meta-private.h"

#include <string.h>

#define DETAILED 20
#define MAX_LIMIT 100
#define MAX_CHARACTERS 2000
#define MAX_BYTES 1000

static gboolean
is_instagram (MosFakeMeta *self)
{
  return g_str_equal (self->kind, "instagram");
}

static const char *
our_id (MosFakeMeta *self)
{
  return is_instagram (self) ? MOS_FAKE_META_ACCOUNT : MOS_FAKE_META_PAGE;
}

MosFakeMetaMessage *
mos_fake_meta_add (MosFakeMeta *self,
                   const char *other,
                   const char *text,
                   gboolean is_incoming,
                   gint64 ago_us)
{
  MosFakeMetaMessage *message = g_new0 (MosFakeMetaMessage, 1);

  message->id = g_strdup_printf ("m_%06u", self->messages->len + 1);
  message->other = g_strdup (other);
  message->text = g_strdup (text);
  message->is_incoming = is_incoming;
  message->at_us = g_get_real_time () + self->ahead_us - ago_us;
  g_ptr_array_add (self->messages, message);
  return message;
}

/* --- answers --- */

void
mos_fake_meta_refuse (SoupServerMessage *message,
                      guint status,
                      int code,
                      int subcode,
                      const char *words)
{
  g_autofree char *more = subcode != 0 ? g_strdup_printf (", \"error_subcode\": %d", subcode) : NULL;
  g_autofree char *json = g_strdup_printf ("{\"error\": {\"message\": \"(#%d) %s\", \"type\": \"OAuthException\", \"code\": %d%s, \"fbtrace_id\": \"BLBz/WZt8dN\"}}", code, words, code, more != NULL ? more : "");

  mos_test_web_answer (message, status, json);
}

/* @object: (transfer full) */
static void
answer_object (SoupServerMessage *message,
               JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *json = json_to_string (node, FALSE);

  json_object_unref (object);
  mos_test_web_answer (message, 200, json);
}

static void
add_time (JsonObject *object,
          const char *name,
          gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+0000");

  json_object_set_string_member (object, name, text);
}

/* Returns: (transfer full): as people are told of */
static JsonObject *
describe_person (MosFakeMeta *self,
                 const char *other)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_strdup_printf (is_instagram (self) ? "user.%s" : "Person %s", other);

  json_object_set_string_member (object, is_instagram (self) ? "username" : "name", name);
  json_object_set_string_member (object, "id", other);
  return object;
}

static JsonObject *
describe_us (MosFakeMeta *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, is_instagram (self) ? "username" : "name", is_instagram (self) ? MOS_FAKE_META_USERNAME : "Mug Shop");
  json_object_set_string_member (object, "id", our_id (self));
  return object;
}

/* @object: (transfer full). Returns: (transfer full): it in a list within an object */
static JsonObject *
list_of (JsonObject *object,
         JsonObject *other)
{
  JsonObject *list = json_object_new ();
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, object);
  if (other != NULL)
    json_array_add_object_element (array, other);
  json_object_set_array_member (list, "data", array);
  return list;
}

/* With the mutex. @fields: as they are asked for */
static JsonObject *
describe (MosFakeMeta *self,
          const MosFakeMetaMessage *message,
          const char *fields,
          gboolean with_details,
          guint signature)
{
  JsonObject *object = message->raw != NULL && with_details ? json_object_ref (message->raw) : json_object_new ();

  if (!json_object_has_member (object, "id"))
    json_object_set_string_member (object, "id", message->id);
  if (!json_object_has_member (object, "created_time"))
    add_time (object, "created_time", message->at_us);
  if (!with_details || strstr (fields, "from") == NULL)
    return object;
  if (!json_object_has_member (object, "from"))
    json_object_set_object_member (object, "from", message->is_incoming ? describe_person (self, message->other) : describe_us (self));
  if (!json_object_has_member (object, "to"))
    json_object_set_object_member (object, "to", list_of (message->is_incoming ? describe_us (self) : describe_person (self, message->other), NULL));
  if (message->raw == NULL)
    json_object_set_string_member (object, "message", message->text);
  if (message->data != NULL)
    {
      JsonObject *attachment = json_object_new (), *image = json_object_new ();
      g_autofree char *url = g_strdup_printf ("%s/%s?signature=%u", mos_test_web_get_url (self->store), message->id, signature);

      json_object_set_int_member (image, "width", 4);
      json_object_set_int_member (image, "height", 3);
      json_object_set_string_member (image, "url", url);
      json_object_set_string_member (attachment, "id", "1");
      json_object_set_string_member (attachment, "mime_type", "image/jpeg");
      json_object_set_string_member (attachment, "name", "image-1");
      json_object_set_object_member (attachment, "image_data", image);
      json_object_set_object_member (object, "attachments", list_of (attachment, NULL));
    }
  if (message->file != NULL)
    {
      JsonObject *attachment = json_object_new ();

      json_object_set_string_member (attachment, "mime_type", "application/pdf");
      json_object_set_string_member (attachment, "name", message->file);
      json_object_set_object_member (object, "attachments", list_of (attachment, NULL));
    }
  return object;
}

/* --- lists --- */

static const char *
get (GHashTable *query,
     const char *name)
{
  return query != NULL ? g_hash_table_lookup (query, name) : NULL;
}

guint64
mos_fake_meta_get_number (GHashTable *query,
                          const char *name,
                          guint64 otherwise)
{
  const char *text = get (query, name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* Where the next page begins; the address of it holds the token, as theirs does. */
static void
add_paging (MosFakeMeta *self,
            JsonObject *object,
            guint64 next,
            gboolean has_more)
{
  JsonObject *paging = json_object_new (), *cursors = json_object_new ();
  g_autofree char *after = g_strdup_printf ("%" G_GUINT64_FORMAT, next);

  json_object_set_string_member (cursors, "before", "0");
  json_object_set_string_member (cursors, "after", after);
  json_object_set_object_member (paging, "cursors", cursors);
  if (has_more)
    {
      g_autofree char *url = g_strdup_printf ("%s/v23.0/next?access_token=secret&after=%s", mos_test_web_get_url (self->web), after);

      json_object_set_string_member (paging, "next", url);
    }
  json_object_set_object_member (object, "paging", paging);
}

/* With the mutex. Returns: (transfer container): of MosFakeMetaMessage: the newest of each conversation, newest first */
static GPtrArray *
list_newest (MosFakeMeta *self)
{
  GPtrArray *newest = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = self->messages->len; i > 0; i--)
    {
      MosFakeMetaMessage *message = self->messages->pdata[i - 1];

      if (g_hash_table_add (seen, message->other))
        g_ptr_array_add (newest, message);
    }
  return newest;
}

static gint
compare_times (gconstpointer one,
               gconstpointer other)
{
  const MosFakeMetaMessage *a = *(const MosFakeMetaMessage *const *) one, *b = *(const MosFakeMetaMessage *const *) other;

  return a->at_us > b->at_us ? -1 : a->at_us < b->at_us;
}

/* The parameters of the edges conversations and messages, as Meta's own description of its SDKs lists them (facebook/facebook-business-sdk-codegen ad2b0b6,
 * api_specs/specs/Page.json and IGUserForIGOnlyAPI.json), and those that every list takes. */
static gboolean
knows_parameters (SoupServerMessage *message,
                  GList *names,
                  const char *const *known)
{
  g_autoptr (GList) owned = names;

  for (GList *name = owned; name != NULL; name = name->next)
    if (!g_strv_contains (known, name->data))
      {
        g_autofree char *words = g_strdup_printf ("Unknown parameter %s", (const char *) name->data);

        mos_fake_meta_refuse (message, 400, 100, 0, words);
        return FALSE;
      }
  return TRUE;
}

static void
list_threads (MosFakeMeta *self,
              SoupServerMessage *message,
              GHashTable *query)
{
  guint64 limit = mos_fake_meta_get_number (query, "limit", 25), after = mos_fake_meta_get_number (query, "after", 0);
  g_autoptr (GPtrArray) newest = NULL;
  static const char *const known[] = { "folder", "platform", "tags", "user_id", "fields", "limit", "after", "before", NULL };
  JsonObject *object;
  JsonArray *array;

  if (query != NULL && !knows_parameters (message, g_hash_table_get_keys (query), known))
    return;
  if (g_strcmp0 (get (query, "platform"), self->kind) != 0)
    {
      mos_fake_meta_refuse (message, 400, 100, 0, "Param platform must be one of {INSTAGRAM, MESSENGER}");
      return;
    }
  object = json_object_new ();
  array = json_array_new ();
  g_mutex_lock (&self->mutex);
  newest = list_newest (self);
  g_ptr_array_sort (newest, compare_times);
  limit = CLAMP (limit, 1, MAX_LIMIT);
  for (guint64 i = after; i < MIN (newest->len, after + limit); i++)
    {
      /* Two change places, and each second one is told twice. */
      guint64 n = self->is_mixed && (i ^ 1) < newest->len ? i ^ 1 : i;

      for (guint times = self->is_mixed && i % 2 == 0 ? 2 : 1; times > 0; times--)
        {
          const MosFakeMetaMessage *one = newest->pdata[n];
          JsonObject *thread = json_object_new ();
          g_autofree char *id = g_strconcat ("t_", one->other, NULL);

          json_object_set_string_member (thread, "id", id);
          add_time (thread, "updated_time", one->at_us);
          json_object_set_object_member (thread, "participants", list_of (describe_person (self, one->other), describe_us (self)));
          json_array_add_object_element (array, thread);
        }
    }
  json_object_set_array_member (object, "data", array);
  add_paging (self, object, after + limit, after + limit < newest->len);
  g_mutex_unlock (&self->mutex);
  answer_object (message, object);
}

/* Returns: (transfer full) (nullable): a list of messages of @other; %NULL where details are asked for that are not told */
static JsonObject *
list_messages (MosFakeMeta *self,
               const char *other,
               const char *fields,
               guint64 limit,
               guint64 after)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  guint64 n = 0;
  gboolean is_refused = FALSE;

  g_mutex_lock (&self->mutex);
  for (guint i = self->messages->len; i > 0; i--)
    {
      const MosFakeMetaMessage *one = self->messages->pdata[i - 1];

      if (!g_str_equal (one->other, other))
        continue;
      if (n >= after && n < after + limit)
        {
          gboolean has_details = n < DETAILED;

          is_refused |= !has_details && self->is_strict && strstr (fields, "from") != NULL;
          json_array_add_object_element (array, describe (self, one, fields, has_details, self->told_signature));
        }
      n++;
    }
  json_object_set_array_member (object, "data", array);
  add_paging (self, object, after + limit, after + limit < n);
  g_mutex_unlock (&self->mutex);
  if (is_refused)
    g_clear_pointer (&object, json_object_unref);
  return object;
}

static gboolean
refuses_fields (MosFakeMeta *self,
                SoupServerMessage *message,
                const char *fields)
{
  g_autofree char *words = NULL;

  g_mutex_lock (&self->mutex);
  if (self->unknown_field != NULL && fields != NULL && strstr (fields, self->unknown_field) != NULL)
    words = g_strdup_printf ("Tried accessing nonexisting field (%s) on node type (UnifiedMessage)", self->unknown_field);
  g_mutex_unlock (&self->mutex);
  if (words != NULL)
    mos_fake_meta_refuse (message, 400, 100, 0, words);
  return words != NULL;
}

/* "/t_4711", with messages.limit(20){…}; "/t_4711/messages" */
static void
one_thread (MosFakeMeta *self,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query)
{
  const char *rest = strchr (path, '/');
  g_autofree char *other = g_strndup (path, rest != NULL ? (gsize) (rest - path) : strlen (path));
  const char *fields = get (query, "fields");
  JsonObject *object;

  if (fields == NULL || refuses_fields (self, message, fields))
    {
      if (fields == NULL)
        mos_fake_meta_refuse (message, 400, 100, 0, "fields");
      return;
    }
  if (rest != NULL)
    object = list_messages (self, other, fields, CLAMP (mos_fake_meta_get_number (query, "limit", 25), 1, MAX_LIMIT), mos_fake_meta_get_number (query, "after", 0));
  else
    {
      const char *limit = strstr (fields, "messages.limit(");
      JsonObject *list = list_messages (self, other, fields, limit != NULL ? g_ascii_strtoull (limit + strlen ("messages.limit("), NULL, 10) : 25, 0);
      g_autofree char *id = g_strconcat ("t_", other, NULL);

      object = list != NULL ? json_object_new () : NULL;
      if (list != NULL)
        {
          json_object_set_object_member (object, "messages", list);
          json_object_set_string_member (object, "id", id);
        }
    }
  if (object != NULL)
    answer_object (message, object);
  else
    mos_fake_meta_refuse (message, 400, 100, 0, "This message has been deleted by the user or the business");
}

static void
one_message (MosFakeMeta *self,
             SoupServerMessage *message,
             const char *id,
             GHashTable *query)
{
  const char *fields = get (query, "fields");
  JsonObject *object = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->messages->len; i++)
    if (g_str_equal (((MosFakeMetaMessage *) self->messages->pdata[i])->id, id))
      object = describe (self, self->messages->pdata[i], fields != NULL ? fields : "", TRUE, self->signature);
  g_mutex_unlock (&self->mutex);
  if (object != NULL)
    answer_object (message, object);
  else
    mos_fake_meta_refuse (message, 400, 100, 33, "Unsupported get request. Object does not exist");
}

static void
who_am_i (MosFakeMeta *self,
          SoupServerMessage *message,
          GHashTable *query)
{
  const char *fields = get (query, "fields");

  /* Each server knows its own tokens alone. */
  if ((fields != NULL && strstr (fields, "user_id") != NULL) == self->by_page)
    mos_fake_meta_refuse (message, 400, 190, 0, "Invalid OAuth access token - Cannot parse access token");
  else if (!self->by_page)
    mos_test_web_answer (message, 200, "{\"id\": \"26000000000001\", \"user_id\": \"" MOS_FAKE_META_ACCOUNT "\", \"username\": \"" MOS_FAKE_META_USERNAME "\", \"name\": \"Mug Shop\"}");
  else if (is_instagram (self))
    mos_test_web_answer (message, 200, "{\"id\": \"" MOS_FAKE_META_PAGE "\", \"name\": \"Mug Shop\", \"instagram_business_account\": {\"id\": \"" MOS_FAKE_META_ACCOUNT "\", \"username\": \"" MOS_FAKE_META_USERNAME "\"}}");
  else
    mos_test_web_answer (message, 200, "{\"id\": \"" MOS_FAKE_META_PAGE "\", \"name\": \"Mug Shop\"}");
}

static void
renew (MosFakeMeta *self,
       SoupServerMessage *message,
       GHashTable *query)
{
  const char *token = get (query, "access_token");
  g_autofree char *json = NULL;

  g_mutex_lock (&self->mutex);
  if (self->is_renewable && !self->by_page && token != NULL && g_strcmp0 (get (query, "grant_type"), "ig_refresh_token") == 0 && g_ptr_array_find_with_equal_func (self->tokens, token, g_str_equal, NULL))
    {
      char *renewed = g_strdup_printf (MOS_FAKE_META_INSTAGRAM_TOKEN "%u", ++self->n_tokens);

      g_ptr_array_add (self->tokens, renewed);
      json = g_strdup_printf ("{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": %d}", renewed, 60 * 24 * 60 * 60);
    }
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    mos_test_web_answer (message, 200, json);
  else
    mos_fake_meta_refuse (message, 400, 10, 0, "The token is not a day old");
}

/* --- sending --- */

static JsonObject *
read_body (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonNode *root;

  if (!json_parser_load_from_data (parser, data != NULL ? data : "", (gssize) size, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_ref (json_node_get_object (root)) : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return object != NULL && json_object_has_member (object, name) ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
upload (MosFakeMeta *self,
        SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (SoupMultipart) form = soup_multipart_new_from_message (headers, bytes);
  g_autofree char *json = NULL;
  g_autofree char *name = NULL;
  gboolean has_type = FALSE;

  for (int i = 0; form != NULL && i < soup_multipart_get_length (form); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *body;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;
      const char *field;

      soup_multipart_get_part (form, i, &part_headers, &body);
      if (!soup_message_headers_get_content_disposition (part_headers, &disposition, &parameters))
        continue;
      field = g_hash_table_lookup (parameters, "name");
      if (g_strcmp0 (field, "filedata") == 0)
        name = g_strdup (g_hash_table_lookup (parameters, "filename"));
      else if (g_strcmp0 (field, "message") == 0)
        {
          g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

          has_type = strstr (text, "\"attachment\"") != NULL && strstr (text, "\"type\"") != NULL;
        }
    }
  if (is_instagram (self) || name == NULL || !has_type)
    {
      mos_fake_meta_refuse (message, 400, 100, 2018047, "Upload attachment failure");
      return;
    }
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->attachments, g_steal_pointer (&name));
  json = g_strdup_printf ("{\"attachment_id\": \"%u\"}", self->attachments->len);
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, json);
}

/* Returns: (nullable): why it is refused */
static const char *
find_wrong (MosFakeMeta *self,
            JsonObject *body,
            const char **ret_text,
            const char **ret_file)
{
  JsonObject *what = get_object (body, "message");
  const char *type = get_text (body, "messaging_type"), *id = get_text (get_object (get_object (what, "attachment"), "payload"), "attachment_id");
  guint64 n = id != NULL ? g_ascii_strtoull (id, NULL, 10) : 0;

  *ret_text = get_text (what, "text");
  /* One fetches what is sent, the other one is brought it. */
  *ret_file = is_instagram (self) ? get_text (get_object (get_object (what, "attachment"), "payload"), "url") : n > 0 && n <= self->attachments->len ? self->attachments->pdata[n - 1]
                                                                                                                                                     : NULL;
  if (type == NULL || !(g_str_equal (type, "RESPONSE") || (g_str_equal (type, "MESSAGE_TAG") && g_strcmp0 (get_text (body, "tag"), "HUMAN_AGENT") == 0)))
    return "Param messaging_type must be one of {MESSAGE_TAG, RESPONSE, UPDATE}";
  if ((*ret_text == NULL) == (*ret_file == NULL))
    return "Message cannot be empty, must provide valid attachment or text";
  if (*ret_text != NULL && (is_instagram (self) ? strlen (*ret_text) > MAX_BYTES : g_utf8_strlen (*ret_text, -1) > MAX_CHARACTERS))
    return "Length of param message[text] must be less than or equal to 2000";
  return NULL;
}

static void
send_message (MosFakeMeta *self,
              SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  const char *to = get_text (get_object (body, "recipient"), "id");
  gboolean is_tagged = body != NULL && g_strcmp0 (get_text (body, "messaging_type"), "MESSAGE_TAG") == 0;
  const char *text = NULL, *file = NULL, *wrong;
  g_autofree char *json = NULL;
  gboolean is_known = FALSE, is_closed;
  static const char *const known[] = { "folder", "message", "messaging_type", "payload", "recipient", "reply_to", "sender_action", "tag", "thread_control", NULL };

  if (body != NULL && !knows_parameters (message, json_object_get_members (body), known))
    return;

  g_mutex_lock (&self->mutex);
  if (body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);

      g_free (self->last_post);
      self->last_post = json_to_string (node, FALSE);
    }
  for (guint i = 0; to != NULL && i < self->messages->len; i++)
    is_known |= g_str_equal (((MosFakeMetaMessage *) self->messages->pdata[i])->other, to);
  wrong = find_wrong (self, body, &text, &file);
  is_closed = self->is_closed && !(is_tagged && self->has_humans);
  if (is_known && wrong == NULL && !is_closed)
    {
      MosFakeMetaMessage *one = mos_fake_meta_add (self, to, text != NULL ? text : "", FALSE, 0);

      one->file = g_strdup (file);
      g_ptr_array_add (self->sent, g_strdup_printf ("%s%s%s%s", is_tagged ? "#" : "", file != NULL ? "[" : "", file != NULL ? file : text, file != NULL ? "]" : ""));
      json = g_strdup_printf ("{\"recipient_id\": \"%s\", \"message_id\": \"%s\"}", to, one->id);
    }
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    mos_test_web_answer (message, 200, json);
  else if (!is_known)
    mos_fake_meta_refuse (message, 400, 100, 2018001, "No matching user found");
  else if (wrong != NULL)
    mos_fake_meta_refuse (message, 400, 100, 0, wrong);
  else
    mos_fake_meta_refuse (message, 400, 10, 2018278, "This message is sent outside of allowed window.");
}

void
mos_fake_meta_answer (MosFakeMeta *self,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query)
{
  gboolean is_post = g_str_equal (soup_server_message_get_method (message), "POST");
  const char *root = self->by_page ? MOS_FAKE_META_PAGE : "me";
  const char *rest = strncmp (path, "/v23.0/", 7) == 0 ? path + 7 : NULL;
  const char *edge = rest != NULL && g_str_has_prefix (rest, root) && rest[strlen (root)] == '/' ? rest + strlen (root) + 1 : NULL;

  if (g_str_equal (path, "/refresh_access_token"))
    renew (self, message, query);
  else if (is_post && g_strcmp0 (edge, "messages") == 0)
    send_message (self, message);
  else if (is_post && g_strcmp0 (edge, "message_attachments") == 0)
    upload (self, message);
  else if (!is_post && g_strcmp0 (edge, "conversations") == 0)
    list_threads (self, message, query);
  else if (!is_post && g_strcmp0 (rest, "me") == 0)
    who_am_i (self, message, query);
  else if (!is_post && rest != NULL && g_str_has_prefix (rest, "t_"))
    one_thread (self, message, rest + 2, query);
  else if (!is_post && rest != NULL && g_str_has_prefix (rest, "m_"))
    one_message (self, message, rest, query);
  else
    mos_fake_meta_refuse (message, 404, 2500, 0, "Unknown path components");
}
