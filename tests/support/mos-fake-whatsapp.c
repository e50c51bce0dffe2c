/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-fake-whatsapp.h"

#include "mos-test-web.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ROOT "/v23.0/"
#define LOOK_MS 20

typedef struct
{
  guint64 id;
  char *text; /* (owned) */
} Letter;

struct _MosFakeWhatsapp
{
  MosTestWeb *web; /* (owned) */

  GMutex mutex;
  GPtrArray *letters; /* (owned) (mutex mutex) of Letter */
  guint64 last_letter;
  guint64 box; /* what the letter box is called */
  guint last_message;
  GPtrArray *sent; /* (owned) (mutex mutex) */
  char *last_sent; /* (owned) (nullable): its id */
  char *last_key;  /* (owned) (nullable) */
  char *last_to;   /* (owned) (nullable) */
  gboolean tells_always;
  GHashTable *media;    /* (owned) (mutex mutex) id -> GBytes: what can be fetched */
  GHashTable *uploaded; /* (owned) (mutex mutex) id -> name */
  GHashTable *signs;    /* (owned) (mutex mutex) id of a message -> our sign at it */
  guint count;
  char *fault_where; /* (owned) (nullable) */
  MosFakeWhatsappFault fault;
  guint fault_times;

  /* the server's thread */
  SoupServerMessage *poll; /* (owned) (nullable): held */
  char *poll_for;          /* (owned) (nullable) */
  guint64 poll_after;
  gint64 poll_end_us;
  GSource *look; /* (owned) (nullable) */
};

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_free (letter->text);
  g_free (letter);
}

static void
refuse (SoupServerMessage *message,
        guint status,
        int code,
        const char *words)
{
  g_autofree char *json = g_strdup_printf ("{\"error\": {\"message\": \"%s\", \"type\": \"OAuthException\", \"code\": %d, \"error_data\": {\"messaging_product\": \"whatsapp\", \"details\": \"%s\"}, \"fbtrace_id\": \"A\"}}", words, code, words);

  mos_test_web_answer (message, status, json);
}

/* --- the letter box --- */

static gboolean
is_for (const Letter *letter,
        const char *number)
{
  g_autofree char *named = g_strdup_printf ("\"phone_number_id\": \"%s\"", number);

  return strstr (letter->text, named) != NULL || strstr (letter->text, "\"phone_number_id\"") == NULL;
}

/* With the mutex. Returns: (transfer full) (nullable): %NULL: there is nothing */
static char *
make_post (MosFakeWhatsapp *self,
           const char *number,
           guint64 after,
           gboolean also_empty)
{
  g_autoptr (GString) json = g_string_new (NULL);
  guint n = 0;

  g_string_printf (json, "{\"relay\": 2, \"box\": \"%016" G_GINT64_MODIFIER "x\", \"items\": [", self->box);
  for (guint i = 0; i < self->letters->len; i++)
    {
      const Letter *letter = self->letters->pdata[i];
      g_autofree char *coded = g_base64_encode ((const guchar *) letter->text, strlen (letter->text));

      if (letter->id > after && is_for (letter, number) && n++ < 100)
        g_string_append_printf (json, "%s{\"id\": \"%" G_GUINT64_FORMAT "\", \"at\": 1764300000, \"body\": \"%s\"}", n > 1 ? ", " : "", letter->id, coded);
    }
  g_string_append (json, "], \"more\": false}");
  return n > 0 || also_empty ? g_string_free_and_steal (g_steal_pointer (&json)) : NULL;
}

static void
end_poll (MosFakeWhatsapp *self,
          const char *json)
{
  mos_test_web_answer (self->poll, 200, json);
  soup_server_message_unpause (self->poll);
  g_clear_object (&self->poll);
  g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
}

static gboolean
look_cb (gpointer data)
{
  MosFakeWhatsapp *self = data;
  g_autofree char *json = NULL;

  g_mutex_lock (&self->mutex);
  json = make_post (self, self->poll_for, self->poll_after, g_get_monotonic_time () > self->poll_end_us);
  g_mutex_unlock (&self->mutex);
  if (json == NULL)
    return G_SOURCE_CONTINUE;
  end_poll (self, json);
  return G_SOURCE_REMOVE;
}

static void
on_gone_cb (SoupServerMessage *message,
            gpointer data)
{
  MosFakeWhatsapp *self = data;

  if (self->poll != message)
    return;
  g_clear_object (&self->poll);
  g_source_destroy (self->look);
  g_clear_pointer (&self->look, g_source_unref);
}

/* With the mutex. What another box has told says nothing here. */
static guint64
read_after (MosFakeWhatsapp *self,
            const char *text)
{
  g_autofree char *begins = g_strdup_printf ("%016" G_GINT64_MODIFIER "x:", self->box);

  return text != NULL && g_str_has_prefix (text, begins) ? g_ascii_strtoull (text + strlen (begins), NULL, 10) : 0;
}

static void
letter_box (MosFakeWhatsapp *self,
            SoupServerMessage *message,
            GHashTable *query)
{
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char *number = query != NULL ? g_hash_table_lookup (query, "for") : NULL, *after_text = query != NULL ? g_hash_table_lookup (query, "after") : NULL, *wait_text = query != NULL ? g_hash_table_lookup (query, "wait") : NULL;
  guint64 after, wait = wait_text != NULL ? g_ascii_strtoull (wait_text, NULL, 10) : 0;
  g_autofree char *json = NULL;

  if (g_strcmp0 (key, "Bearer letter-box-key") != 0)
    {
      mos_test_web_answer (message, 401, "{\"relay\": 1, \"error\": \"bad-key\"}");
      return;
    }
  if (query != NULL && g_hash_table_contains (query, "hello"))
    {
      mos_test_web_answer (message, 200, "{\"relay\": 2, \"php\": \"8.4\", \"waiting\": 0}");
      return;
    }
  if (number == NULL)
    {
      mos_test_web_answer (message, 400, "{\"relay\": 2, \"error\": \"for whom?\"}");
      return;
    }
  g_mutex_lock (&self->mutex);
  after = read_after (self, after_text);
  for (guint i = self->letters->len; i-- > 0;)
    if (((Letter *) self->letters->pdata[i])->id <= after && is_for (self->letters->pdata[i], number))
      g_ptr_array_remove_index (self->letters, i);
  json = make_post (self, number, after, wait == 0);
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    {
      mos_test_web_answer (message, 200, json);
      return;
    }
  if (self->poll != NULL)
    end_poll (self, "{\"relay\": 1, \"items\": [], \"more\": false}");
  self->poll = g_object_ref (message);
  g_set_str (&self->poll_for, number);
  self->poll_after = after;
  self->poll_end_us = g_get_monotonic_time () + (gint64) wait * G_USEC_PER_SEC;
  self->look = g_timeout_source_new (LOOK_MS);
  g_source_set_callback (self->look, look_cb, self, NULL);
  g_source_attach (self->look, g_main_context_get_thread_default ());
  g_signal_connect (message, "disconnected", G_CALLBACK (on_gone_cb), self);
  soup_server_message_pause (message);
}

/* --- Meta --- */

static JsonObject *
read_body (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

static const char *
member (JsonObject *object,
        const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

/* An empty sign takes the last one away. */
static void
take_sign (MosFakeWhatsapp *self,
           SoupServerMessage *message,
           const char *id,
           const char *sign,
           const char *to)
{
  g_autofree char *json = NULL;

  if (id == NULL || sign == NULL)
    {
      refuse (message, 400, 131009, "Parameter value is not valid");
      return;
    }
  g_mutex_lock (&self->mutex);
  if (*sign != '\0')
    g_hash_table_replace (self->signs, g_strdup (id), g_strdup (sign));
  else
    g_hash_table_remove (self->signs, id);
  g_mutex_unlock (&self->mutex);
  json = g_strdup_printf ("{\"messaging_product\": \"whatsapp\", \"contacts\": [{\"input\": \"%s\", \"wa_id\": \"%s\"}], \"messages\": [{\"id\": \"wamid.SIGN\"}]}", to, to);
  mos_test_web_answer (message, 200, json);
}

static void
send_message (MosFakeWhatsapp *self,
              SoupServerMessage *message)
{
  g_autoptr (JsonObject) body = read_body (message);
  const char *to = member (body, "to"), *type = member (body, "type");
  JsonObject *what = type != NULL && json_object_has_member (body, type) ? json_object_get_object_member (body, type) : NULL;
  const char *text = member (what, "body"), *media = member (what, "id"), *caption = member (what, "caption");
  g_autofree char *said = NULL;
  g_autofree char *json = NULL;
  gboolean tells;

  if (g_strcmp0 (member (body, "messaging_product"), "whatsapp") != 0 || to == NULL || what == NULL)
    {
      refuse (message, 400, 100, "Invalid parameter");
      return;
    }
  if (text != NULL && (*text == '\0' || g_utf8_strlen (text, -1) > 4096))
    {
      refuse (message, 400, 131009, "Parameter value is not valid");
      return;
    }
  if (g_str_equal (type, "reaction"))
    {
      take_sign (self, message, member (what, "message_id"), member (what, "emoji"), to);
      return;
    }
  g_mutex_lock (&self->mutex);
  if (media != NULL && g_hash_table_contains (self->uploaded, media))
    said = g_strdup_printf ("[%s] %s", (const char *) g_hash_table_lookup (self->uploaded, media), caption != NULL ? caption : "");
  else if (media == NULL)
    said = g_strdup (text != NULL ? text : member (what, "name"));
  if (said != NULL)
    {
      g_free (self->last_sent);
      self->last_sent = g_strdup_printf ("wamid.OUT%u", self->sent->len + 1);
      g_set_str (&self->last_key, member (body, "biz_opaque_callback_data"));
      g_set_str (&self->last_to, to);
      json = g_strdup_printf ("{\"messaging_product\": \"whatsapp\", \"contacts\": [{\"input\": \"%s\", \"wa_id\": \"%s\"}], \"messages\": [{\"id\": \"%s\"}]}", to, to, self->last_sent);
      g_ptr_array_add (self->sent, g_strdup (said));
    }
  tells = said != NULL && self->tells_always;
  g_mutex_unlock (&self->mutex);
  if (tells)
    mos_fake_whatsapp_tell (self, "delivered", 0);
  if (json != NULL)
    mos_test_web_answer (message, 200, json);
  else
    refuse (message, 400, 100, "Invalid parameter");
}

static void
take_upload (MosFakeWhatsapp *self,
             SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMultipart *multipart = soup_multipart_new_from_message (soup_server_message_get_request_headers (message), bytes);
  gboolean is_whatsapp = FALSE;
  g_autofree char *name = NULL;
  g_autofree char *json = NULL;

  for (int i = 0; multipart != NULL && i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;

      soup_multipart_get_part (multipart, i, &headers, &part);
      if (!soup_message_headers_get_content_disposition (headers, &disposition, &parameters))
        continue;
      if (g_hash_table_contains (parameters, "filename"))
        g_set_str (&name, g_hash_table_lookup (parameters, "filename"));
      is_whatsapp |= g_strcmp0 (g_hash_table_lookup (parameters, "name"), "messaging_product") == 0;
    }
  g_clear_pointer (&multipart, soup_multipart_free);
  if (name == NULL || !is_whatsapp)
    {
      refuse (message, 400, 100, "Invalid parameter");
      return;
    }
  g_mutex_lock (&self->mutex);
  json = g_strdup_printf ("{\"id\": \"77%u\"}", g_hash_table_size (self->uploaded));
  g_hash_table_insert (self->uploaded, g_strdup_printf ("77%u", g_hash_table_size (self->uploaded)), g_strdup (name));
  g_mutex_unlock (&self->mutex);
  mos_test_web_answer (message, 200, json);
}

static void
give_media (MosFakeWhatsapp *self,
            SoupServerMessage *message,
            const char *id,
            gboolean is_bytes)
{
  g_autofree char *json = NULL;
  GBytes *bytes;

  g_mutex_lock (&self->mutex);
  bytes = g_hash_table_lookup (self->media, id);
  if (bytes != NULL && is_bytes)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/pdf", SOUP_MEMORY_COPY, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  else if (bytes != NULL)
    json = g_strdup_printf ("{\"messaging_product\": \"whatsapp\", \"url\": \"%s/store/%s\", \"mime_type\": \"application/pdf\", \"id\": \"%s\"}", mos_test_web_get_url (self->web), id, id);
  g_mutex_unlock (&self->mutex);
  if (json != NULL)
    mos_test_web_answer (message, 200, json);
  else if (bytes == NULL)
    refuse (message, 400, 100, "Unsupported get request. Object does not exist");
}

static void
graph (MosFakeWhatsapp *self,
       SoupServerMessage *message,
       const char *path)
{
  gboolean is_post = g_str_equal (soup_server_message_get_method (message), "POST");

  if (is_post && g_str_equal (path, MOS_FAKE_WHATSAPP_NUMBER "/messages"))
    send_message (self, message);
  else if (is_post && g_str_equal (path, MOS_FAKE_WHATSAPP_NUMBER "/media"))
    take_upload (self, message);
  else if (g_str_equal (path, MOS_FAKE_WHATSAPP_NUMBER))
    mos_test_web_answer (message, 200, "{\"display_phone_number\": \"+49 30 901820\", \"verified_name\": \"Mug Shop\", \"id\": \"" MOS_FAKE_WHATSAPP_NUMBER "\"}");
  else
    give_media (self, message, path, FALSE);
}

static void
answer (MosFakeWhatsapp *self,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query)
{
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (g_str_equal (path, "/relay"))
    letter_box (self, message, query);
  else if (g_strcmp0 (key, "Bearer EAAtoken") != 0)
    refuse (message, 401, 190, "Error validating access token");
  else if (g_str_has_prefix (path, "/store/"))
    give_media (self, message, path + strlen ("/store/"), TRUE);
  else if (g_str_has_prefix (path, ROOT))
    graph (self, message, path + strlen (ROOT));
  else
    refuse (message, 404, 2500, "Unknown path components");
}

static gboolean
take_fault (MosFakeWhatsapp *self,
            const char *path,
            MosFakeWhatsappFault *ret_fault)
{
  gboolean fails;

  g_mutex_lock (&self->mutex);
  self->count++;
  fails = self->fault_times > 0 && (self->fault_where == NULL || strstr (path, self->fault_where) != NULL);
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
  MosFakeWhatsapp *self = data;
  gboolean is_box = g_str_equal (path, "/relay");
  MosFakeWhatsappFault fault;

  if (!take_fault (self, path, &fault))
    {
      answer (self, message, path, query);
      return;
    }
  switch (fault)
    {
    case MOS_FAKE_WHATSAPP_BUSY:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      if (is_box)
        mos_test_web_answer (message, 503, "busy");
      else
        refuse (message, 429, 130429, "Rate limit hit");
      break;
    case MOS_FAKE_WHATSAPP_WINDOW:
      refuse (message, 400, 131047, "Re-engagement message");
      break;
    case MOS_FAKE_WHATSAPP_REFUSED:
      refuse (message, 400, 131026, "Message undeliverable");
      break;
    case MOS_FAKE_WHATSAPP_LOST:
      answer (self, message, path, query);
      mos_test_web_hang_up (message);
      break;
    case MOS_FAKE_WHATSAPP_HELD:
      mos_test_web_hold (self->web, message);
      break;
    case MOS_FAKE_WHATSAPP_REVOKED:
    default:
      if (is_box)
        mos_test_web_answer (message, 401, "{\"relay\": 1, \"error\": \"bad-key\"}");
      else
        refuse (message, 401, 190, "Error validating access token");
      break;
    }
}

MosFakeWhatsapp *
mos_fake_whatsapp_new (void)
{
  MosFakeWhatsapp *self = g_new0 (MosFakeWhatsapp, 1);

  g_mutex_init (&self->mutex);
  self->letters = g_ptr_array_new_with_free_func (letter_free);
  self->box = 1;
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->signs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->uploaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->web = mos_test_web_new (web_cb, self);
  return self;
}

void
mos_fake_whatsapp_free (MosFakeWhatsapp *self)
{
  mos_test_web_free (self->web);
  if (self->look != NULL)
    g_source_unref (self->look);
  g_clear_object (&self->poll);
  g_ptr_array_unref (self->letters);
  g_ptr_array_unref (self->sent);
  g_hash_table_unref (self->signs);
  g_hash_table_unref (self->media);
  g_hash_table_unref (self->uploaded);
  g_free (self->last_sent);
  g_free (self->last_key);
  g_free (self->last_to);
  g_free (self->fault_where);
  g_free (self->poll_for);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
mos_fake_whatsapp_get_url (MosFakeWhatsapp *self)
{
  return mos_test_web_get_url (self->web);
}

/* --- what happens --- */

void
mos_fake_whatsapp_put (MosFakeWhatsapp *self,
                       const char *json)
{
  Letter *letter = g_new0 (Letter, 1);

  g_mutex_lock (&self->mutex);
  letter->id = ++self->last_letter;
  letter->text = g_strdup (json);
  g_ptr_array_add (self->letters, letter);
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_whatsapp_renew_box (MosFakeWhatsapp *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->letters, 0);
  self->last_letter = 0;
  self->box++;
  g_mutex_unlock (&self->mutex);
}

/* @more: members of the message behind its id */
static char *
put_message (MosFakeWhatsapp *self,
             const char *from,
             const char *more)
{
  g_autofree char *id = NULL;
  g_autofree char *json = NULL;

  g_mutex_lock (&self->mutex);
  id = g_strdup_printf ("wamid.IN%u", ++self->last_message);
  g_mutex_unlock (&self->mutex);
  json = g_strdup_printf ("{\"object\": \"whatsapp_business_account\", \"entry\": [{\"id\": \"9\", \"changes\": [{\"value\": {\"messaging_product\": \"whatsapp\", \"metadata\": {\"display_phone_number\": \"4930901820\","
                          " \"phone_number_id\": \"" MOS_FAKE_WHATSAPP_NUMBER "\"}, \"contacts\": [{\"profile\": {\"name\": \"Ana\"}, \"wa_id\": \"%s\"}], \"messages\": [{\"from\": \"%s\", \"id\": \"%s\","
                          " \"timestamp\": \"%" G_GINT64_FORMAT "\", %s}]}, \"field\": \"messages\"}]}]}",
                          from, from, id, g_get_real_time () / G_USEC_PER_SEC, more);
  mos_fake_whatsapp_put (self, json);
  return g_steal_pointer (&id);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

char *
mos_fake_whatsapp_say (MosFakeWhatsapp *self,
                       const char *from,
                       const char *text,
                       GBytes *data)
{
  g_autofree char *quoted = quote (text);
  g_autofree char *more = NULL;

  if (data == NULL)
    more = g_strdup_printf ("\"type\": \"text\", \"text\": {\"body\": %s}", quoted);
  else
    {
      g_mutex_lock (&self->mutex);
      more = g_strdup_printf ("\"type\": \"document\", \"document\": {\"caption\": %s, \"filename\": \"bill.pdf\", \"mime_type\": \"application/pdf\", \"id\": \"55%u\"}", quoted, g_hash_table_size (self->media));
      g_hash_table_insert (self->media, g_strdup_printf ("55%u", g_hash_table_size (self->media)), g_bytes_ref (data));
      g_mutex_unlock (&self->mutex);
    }
  return put_message (self, from, more);
}

void
mos_fake_whatsapp_edit (MosFakeWhatsapp *self,
                        const char *from,
                        const char *id,
                        const char *text)
{
  g_autofree char *quoted = quote (text);
  g_autofree char *more = g_strdup_printf ("\"type\": \"edit\", \"edit\": {\"original_message_id\": \"%s\", \"message\": {\"type\": \"text\", \"text\": {\"body\": %s}}}", id, quoted);

  g_free (put_message (self, from, more));
}

void
mos_fake_whatsapp_withdraw (MosFakeWhatsapp *self,
                            const char *from,
                            const char *id)
{
  g_autofree char *more = g_strdup_printf ("\"type\": \"revoke\", \"revoke\": {\"original_message_id\": \"%s\"}", id);

  g_free (put_message (self, from, more));
}

void
mos_fake_whatsapp_tell (MosFakeWhatsapp *self,
                        const char *status,
                        int code)
{
  g_autofree char *json = NULL;
  g_autofree char *errors = code != 0 ? g_strdup_printf (", \"errors\": [{\"code\": %d, \"title\": \"It failed\"}]", code) : g_strdup ("");

  g_mutex_lock (&self->mutex);
  g_assert_nonnull (self->last_sent);
  json = g_strdup_printf ("{\"object\": \"whatsapp_business_account\", \"entry\": [{\"id\": \"9\", \"changes\": [{\"value\": {\"messaging_product\": \"whatsapp\", \"metadata\": {\"phone_number_id\": \"" MOS_FAKE_WHATSAPP_NUMBER "\"},"
                          " \"statuses\": [{\"id\": \"%s\", \"status\": \"%s\", \"timestamp\": \"1764300001\", \"recipient_id\": \"%s\", \"biz_opaque_callback_data\": \"%s\"%s}]}, \"field\": \"messages\"}]}]}",
                          self->last_sent, status, self->last_to, self->last_key, errors);
  g_mutex_unlock (&self->mutex);
  mos_fake_whatsapp_put (self, json);
}

void
mos_fake_whatsapp_tell_always (MosFakeWhatsapp *self)
{
  g_mutex_lock (&self->mutex);
  self->tells_always = TRUE;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_whatsapp_fail (MosFakeWhatsapp *self,
                        const char *where,
                        MosFakeWhatsappFault fault,
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

char *
mos_fake_whatsapp_dup_sign (MosFakeWhatsapp *self,
                            const char *id)
{
  char *sign;

  g_mutex_lock (&self->mutex);
  sign = g_strdup (g_hash_table_lookup (self->signs, id));
  g_mutex_unlock (&self->mutex);

  return sign;
}

GPtrArray *
mos_fake_whatsapp_dup_sent (MosFakeWhatsapp *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->mutex);
  copy = g_ptr_array_copy (self->sent, (GCopyFunc) g_strdup, NULL);
  g_mutex_unlock (&self->mutex);
  g_ptr_array_set_free_func (copy, g_free);

  return copy;
}

guint
mos_fake_whatsapp_count (MosFakeWhatsapp *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

guint
mos_fake_whatsapp_count_letters (MosFakeWhatsapp *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->letters->len;
  g_mutex_unlock (&self->mutex);

  return count;
}
