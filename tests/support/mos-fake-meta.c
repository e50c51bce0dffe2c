/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-fake-meta-private.h"

#include <string.h>

static void
message_free (gpointer data)
{
  MosFakeMetaMessage *message = data;

  g_free (message->id);
  g_free (message->other);
  g_free (message->text);
  g_free (message->file);
  g_clear_pointer (&message->data, g_bytes_unref);
  g_clear_pointer (&message->raw, json_object_unref);
  g_free (message);
}

/* --- the server --- */

/* Returns: whether this request fails. @ret_fault: (out) */
static gboolean
take_fault (MosFakeMeta *self,
            const char *method,
            const char *path,
            MosFakeMetaFault *ret_fault)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean fails;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->asked, g_strconcat (method, " ", path, NULL));
  if (g_str_equal (method, "GET"))
    g_array_append_val (self->times, now_us);
  fails = self->fault_times > 0 && (self->fault_where == NULL || g_str_equal (self->fault_where, method) || strstr (path, self->fault_where) != NULL);
  if (fails)
    self->fault_times--;
  *ret_fault = self->fault;
  g_mutex_unlock (&self->mutex);

  return fails;
}

static void
set_date (MosFakeMeta *self,
          SoupServerMessage *message)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  g_mutex_lock (&self->mutex);
  time = g_date_time_new_from_unix_utc ((g_get_real_time () + self->ahead_us) / G_USEC_PER_SEC);
  g_mutex_unlock (&self->mutex);
  text = soup_date_time_to_string (time, SOUP_DATE_HTTP);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", text);
}

static gboolean
knows_token (MosFakeMeta *self,
             SoupServerMessage *message)
{
  const char *said = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  gboolean knows;

  g_mutex_lock (&self->mutex);
  knows = said != NULL && g_str_has_prefix (said, "Bearer ") && g_ptr_array_find_with_equal_func (self->tokens, said + strlen ("Bearer "), g_str_equal, NULL);
  g_mutex_unlock (&self->mutex);

  return knows;
}

static void
set_usage (SoupServerMessage *message,
           guint percent,
           guint minutes)
{
  g_autofree char *json = g_strdup_printf ("{\"" MOS_FAKE_META_PAGE "\": [{\"type\": \"messenger\", \"call_count\": %u, \"total_cputime\": 2, \"total_time\": 3, \"estimated_time_to_regain_access\": %u}]}", percent, minutes);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "X-Business-Use-Case-Usage", json);
}

static void
fail (MosFakeMeta *self,
      SoupServerMessage *message,
      MosFakeMetaFault fault,
      const char *path,
      GHashTable *query)
{
  switch (fault)
    {
    case MOS_FAKE_META_BUSY:
      mos_fake_meta_refuse (message, 400, 4, 0, "Application request limit reached");
      break;
    case MOS_FAKE_META_LIMITED:
      set_usage (message, 100, 7);
      mos_fake_meta_refuse (message, 400, 80006, 0, "There have been too many calls to this messenger account. Wait a bit and try again.");
      break;
    case MOS_FAKE_META_BROKEN:
      soup_server_message_set_status (message, 503, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<h1>upstream</h1>", 17);
      break;
    case MOS_FAKE_META_UNKNOWN:
      mos_fake_meta_refuse (message, 500, 1, 0, "An unknown error occurred");
      break;
    case MOS_FAKE_META_REFUSED:
      mos_fake_meta_refuse (message, 400, 551, 1545041, "This person isn't available right now.");
      break;
    case MOS_FAKE_META_FORBIDDEN:
      mos_fake_meta_refuse (message, 403, 200, 0, "Requires pages_messaging permission to manage the object");
      break;
    case MOS_FAKE_META_LOST:
      mos_fake_meta_answer (self, message, path, query);
      mos_test_web_hang_up (message);
      break;
    case MOS_FAKE_META_HALF:
      mos_test_web_answer (message, 200, "{\"data\": [{\"id\"");
      break;
    case MOS_FAKE_META_HELD:
      mos_test_web_hold (self->web, message);
      break;
    case MOS_FAKE_META_FULL:
      set_usage (message, 96, 0);
      mos_fake_meta_answer (self, message, path, query);
      break;
    case MOS_FAKE_META_REVOKED:
    default:
      mos_fake_meta_refuse (message, 400, 190, 460, "Error validating access token: The session has been invalidated");
      break;
    }
}

static void
web_cb (SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  MosFakeMeta *self = data;
  MosFakeMetaFault fault;
  gboolean fails = take_fault (self, soup_server_message_get_method (message), path, &fault);

  set_date (self, message);
  if (!g_str_equal (path, "/refresh_access_token") && !knows_token (self, message))
    mos_fake_meta_refuse (message, 400, 190, 0, "Invalid OAuth access token - Cannot parse access token");
  else if (fails)
    fail (self, message, fault, path, query);
  else
    mos_fake_meta_answer (self, message, path, query);
}

static void
store_cb (SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  MosFakeMeta *self = data;
  guint status = 403;

  g_mutex_lock (&self->mutex);
  self->has_seen_token |= soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization") != NULL;
  for (guint i = 0; i < self->messages->len; i++)
    {
      const MosFakeMetaMessage *one = self->messages->pdata[i];

      if (one->data == NULL || !g_str_equal (one->id, path + 1) || mos_fake_meta_get_number (query, "signature", 0) != self->signature)
        continue;
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (one->data, NULL), g_bytes_get_size (one->data));
      status = 200;
    }
  g_mutex_unlock (&self->mutex);
  if (status != 200)
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "URL signature expired", 21);
  soup_server_message_set_status (message, status, NULL);
}

MosFakeMeta *
mos_fake_meta_new (const char *kind,
                   gboolean by_page)
{
  MosFakeMeta *self = g_new0 (MosFakeMeta, 1);

  g_mutex_init (&self->mutex);
  self->kind = g_strdup (kind);
  self->by_page = by_page;
  self->is_renewable = TRUE;
  self->signature = self->told_signature = 1;
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->attachments = g_ptr_array_new_with_free_func (g_free);
  self->tokens = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->tokens, g_strdup (by_page ? MOS_FAKE_META_TOKEN : MOS_FAKE_META_INSTAGRAM_TOKEN));
  self->store = mos_test_web_new (store_cb, self);
  self->web = mos_test_web_new (web_cb, self);
  return self;
}

void
mos_fake_meta_free (MosFakeMeta *self)
{
  mos_test_web_free (self->web);
  mos_test_web_free (self->store);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->asked);
  g_array_unref (self->times);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->tokens);
  g_free (self->kind);
  g_free (self->last_post);
  g_free (self->unknown_field);
  g_free (self->fault_where);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
mos_fake_meta_get_url (MosFakeMeta *self)
{
  return mos_test_web_get_url (self->web);
}

/* --- what happens --- */

char *
mos_fake_meta_say (MosFakeMeta *self,
                   const char *from,
                   const char *text,
                   gint64 ago_us,
                   GBytes *data)
{
  MosFakeMetaMessage *message;
  char *id;

  g_mutex_lock (&self->mutex);
  message = mos_fake_meta_add (self, from, text, TRUE, ago_us);
  message->data = data != NULL ? g_bytes_ref (data) : NULL;
  id = g_strdup (message->id);
  g_mutex_unlock (&self->mutex);

  return id;
}

char *
mos_fake_meta_say_raw (MosFakeMeta *self,
                       const char *from,
                       const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  MosFakeMetaMessage *message;
  char *id;

  g_assert_true (node != NULL && JSON_NODE_HOLDS_OBJECT (node));
  g_mutex_lock (&self->mutex);
  message = mos_fake_meta_add (self, from, "", TRUE, 0);
  message->raw = json_object_ref (json_node_get_object (node));
  id = g_strdup (message->id);
  g_mutex_unlock (&self->mutex);

  return id;
}

char *
mos_fake_meta_send_elsewhere (MosFakeMeta *self,
                              const char *to,
                              const char *text,
                              gint64 ago_us)
{
  char *id;

  g_mutex_lock (&self->mutex);
  id = g_strdup (mos_fake_meta_add (self, to, text, FALSE, ago_us)->id);
  g_mutex_unlock (&self->mutex);

  return id;
}

void
mos_fake_meta_pass_time (MosFakeMeta *self,
                         gint64 us)
{
  g_mutex_lock (&self->mutex);
  self->ahead_us += us;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_set_mixed (MosFakeMeta *self,
                         gboolean mixed)
{
  g_mutex_lock (&self->mutex);
  self->is_mixed = mixed;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_set_strict (MosFakeMeta *self,
                          gboolean strict)
{
  g_mutex_lock (&self->mutex);
  self->is_strict = strict;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_set_unknown_field (MosFakeMeta *self,
                                 const char *field)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->unknown_field, field);
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_set_window (MosFakeMeta *self,
                          gboolean open,
                          gboolean humans)
{
  g_mutex_lock (&self->mutex);
  self->is_closed = !open;
  self->has_humans = humans;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_end_files (MosFakeMeta *self)
{
  g_mutex_lock (&self->mutex);
  self->signature++;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_set_renewable (MosFakeMeta *self,
                             gboolean can)
{
  g_mutex_lock (&self->mutex);
  self->is_renewable = can;
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_add_token (MosFakeMeta *self,
                         const char *token)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->tokens, g_strdup (token));
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_end_old_tokens (MosFakeMeta *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove_range (self->tokens, 0, self->tokens->len - 1);
  g_mutex_unlock (&self->mutex);
}

void
mos_fake_meta_fail (MosFakeMeta *self,
                    const char *where,
                    MosFakeMetaFault fault,
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
mos_fake_meta_dup_sent (MosFakeMeta *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->mutex);
  copy = g_ptr_array_copy (self->sent, (GCopyFunc) g_strdup, NULL);
  g_mutex_unlock (&self->mutex);
  g_ptr_array_set_free_func (copy, g_free);

  return copy;
}

char *
mos_fake_meta_dup_last_post (MosFakeMeta *self)
{
  char *text;

  g_mutex_lock (&self->mutex);
  text = g_strdup (self->last_post);
  g_mutex_unlock (&self->mutex);

  return text;
}

guint
mos_fake_meta_count (MosFakeMeta *self,
                     const char *where)
{
  guint count = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->asked->len; i++)
    count += where == NULL || strstr (self->asked->pdata[i], where) != NULL;
  g_mutex_unlock (&self->mutex);

  return count;
}

guint
mos_fake_meta_count_most (MosFakeMeta *self)
{
  guint most = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->times->len; i++)
    {
      guint n = 0;

      for (guint k = i; k < self->times->len && g_array_index (self->times, gint64, k) - g_array_index (self->times, gint64, i) < G_USEC_PER_SEC; k++)
        n++;
      most = MAX (most, n);
    }
  g_mutex_unlock (&self->mutex);

  return most;
}

gboolean
mos_fake_meta_saw_token (MosFakeMeta *self)
{
  gboolean saw;

  g_mutex_lock (&self->mutex);
  saw = self->has_seen_token;
  g_mutex_unlock (&self->mutex);

  return saw;
}
