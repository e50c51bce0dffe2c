/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-api.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"
#include "core/channels/mos-chat-http.h"
#include "core/channels/twilio/mos-twilio-content.h"

#include <string.h>

#define MAX_ANSWER (16 * 1024 * 1024)
/* Behind this nothing that was asked for can still be on its way. */
#define SEND_TIMEOUT_S 30
#define FETCH_TIMEOUT_S 120
#define MAX_CONTENT_PAGES 60u
#define FORM "application/x-www-form-urlencoded"

struct _MosTwilioApi
{
  MosHttp *http;       /* (owned) */
  char *server;        /* (owned): without a slash at its end */
  char *account;       /* (owned): path of the account */
  char *authorization; /* (owned) */
  gint64 now_us;
};

MosTwilioApi *
mos_twilio_api_new (const char *server,
                    const char *sid,
                    const char *secret)
{
  /* What is to be asked again, and when, the channel knows better. */
  const MosHttpOptions options = { .attempts = 1, .max_bytes = MAX_ANSWER };
  MosTwilioApi *self = g_new0 (MosTwilioApi, 1);
  gboolean is_key = g_str_has_prefix (secret, "SK") && strchr (secret, ':') != NULL;
  g_autofree char *pair = is_key ? g_strdup (secret) : g_strconcat (sid, ":", secret, NULL);
  g_autofree char *coded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *escaped = g_uri_escape_string (sid, NULL, FALSE);

  self->http = mos_http_new (&options);
  self->server = g_strdup (server != NULL && *server != '\0' ? server : MOS_TWILIO_SERVER);
  while (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->account = g_strconcat ("/2010-04-01/Accounts/", escaped, NULL);
  self->authorization = g_strconcat ("Basic ", coded, NULL);
  explicit_bzero (pair, strlen (pair));
  explicit_bzero (coded, strlen (coded));
  return self;
}

void
mos_twilio_api_free (MosTwilioApi *self)
{
  if (self == NULL)
    return;
  mos_http_free (self->http);
  g_free (self->server);
  g_free (self->account);
  explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
  g_free (self);
}

gint64
mos_twilio_api_get_now_us (MosTwilioApi *self)
{
  return self->now_us;
}

gboolean
mos_twilio_sid_is_plausible (const char *sid)
{
  return strlen (sid) == 34 && g_str_has_prefix (sid, "AC") && strspn (sid + 2, G_CSET_DIGITS "abcdefABCDEF") == 32;
}

gboolean
mos_twilio_number_is_plausible (const char *number)
{
  const char *plain = g_str_has_prefix (number, "whatsapp:") ? number + strlen ("whatsapp:") : number;
  gsize digits = *plain == '+' ? strspn (plain + 1, G_CSET_DIGITS) : 0;

  /* ITU-T E.164: fifteen digits at most, none of them a zero at the beginning */
  return digits >= 5 && digits <= 15 && plain[1] != '0' && plain[1 + digits] == '\0';
}

/* --- asking --- */

/* @path: of @server. Returns: (transfer full) (nullable): the answer of a success */
static MosHttpAnswer *
ask_at (MosTwilioApi *self,
        MosHttpRequest *request,
        const char *server,
        const char *path,
        gboolean is_sending,
        guint *ret_retry_ms,
        GCancellable *cancellable,
        GError **error)
{
  const char *const headers[] = { "Authorization", self->authorization, "Accept", "application/json", NULL };
  g_autofree char *url = g_strconcat (server, path, NULL);
  MosHttpAnswer *answer;

  request->url = url;
  request->headers = headers;
  answer = mos_chat_http_sync (self->http, request, mos_twilio_judge, is_sending, ret_retry_ms, cancellable, error);
  if (answer != NULL && answer->date_us != 0)
    self->now_us = answer->date_us;
  return answer;
}

static MosHttpAnswer *
ask (MosTwilioApi *self,
     MosHttpRequest *request,
     const char *path,
     gboolean is_sending,
     guint *ret_retry_ms,
     GCancellable *cancellable,
     GError **error)
{
  return ask_at (self, request, self->server, path, is_sending, ret_retry_ms, cancellable, error);
}

static MosHttpAnswer *
get (MosTwilioApi *self,
     const char *path,
     guint *ret_retry_ms,
     GCancellable *cancellable,
     GError **error)
{
  MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };

  return ask (self, &request, path, FALSE, ret_retry_ms, cancellable, error);
}

static void
append (GString *text,
        const char *name,
        const char *value)
{
  g_autofree char *name_coded = NULL;
  g_autofree char *value_coded = NULL;

  if (value == NULL)
    return;
  name_coded = g_uri_escape_string (name, NULL, FALSE);
  value_coded = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "&" : "", name_coded, value_coded);
}

gboolean
mos_twilio_api_find_number_sync (MosTwilioApi *self,
                                 const char *number,
                                 char **ret_name,
                                 guint *ret_retry_ms,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonObject *found;

  *ret_name = NULL;
  append (query, "PhoneNumber", number);
  path = g_strconcat (self->account, "/IncomingPhoneNumbers.json?", query->str, NULL);
  answer = get (self, path, ret_retry_ms, cancellable, error);
  object = answer != NULL ? mos_twilio_parse_object (answer->body, error) : NULL;
  if (object == NULL)
    return FALSE;
  found = mos_json_read_element (mos_json_read_array (object, "incoming_phone_numbers"), 0);
  if (found == NULL || !mos_json_read_is_true (mos_json_read_object (found, "capabilities"), "sms"))
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, found == NULL ? "%s is no number of this account" : "%s cannot send messages", number);
      return FALSE;
    }
  *ret_name = mos_json_read_dup_line (found, "friendly_name");
  return TRUE;
}

GBytes *
mos_twilio_api_get_sync (MosTwilioApi *self,
                         const char *list,
                         const char *const *query,
                         const char *next,
                         guint *ret_retry_ms,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;

  for (guint i = 0; query[i] != NULL && query[i + 1] != NULL; i += 2)
    append (text, query[i], query[i + 1]);
  path = next != NULL ? g_strdup (next) : g_strconcat (self->account, "/", list, ".json?", text->str, NULL);
  answer = get (self, path, ret_retry_ms, cancellable, error);
  return answer != NULL ? g_bytes_ref (answer->body) : NULL;
}

MosTwilioPage *
mos_twilio_api_list_sync (MosTwilioApi *self,
                          const MosTwilioList *list,
                          const char *next,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *size = g_strdup_printf ("%u", list->page_size);
  g_autofree char *path = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;

  /* "Greater" and "less" are parts of the names; both days are meant with them. */
  append (query, "To", list->to);
  append (query, "From", list->from);
  append (query, "DateSent>", list->since);
  append (query, "DateSent<", list->until);
  append (query, "PageSize", size);
  path = next != NULL ? g_strdup (next) : g_strconcat (self->account, "/Messages.json?", query->str, NULL);
  answer = get (self, path, ret_retry_ms, cancellable, error);
  return answer != NULL ? mos_twilio_parse_page (answer->body, error) : NULL;
}

MosTwilioMessage *
mos_twilio_api_find_sync (MosTwilioApi *self,
                          const char *sid,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *path = g_strconcat (self->account, "/Messages/", sid, ".json", NULL);
  g_autoptr (MosHttpAnswer) answer = get (self, path, ret_retry_ms, cancellable, error);
  g_autoptr (JsonObject) object = answer != NULL ? mos_twilio_parse_object (answer->body, error) : NULL;
  MosTwilioMessage *message;

  if (object == NULL)
    return NULL;
  message = mos_twilio_parse_message (object);
  if (message == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no message in the answer");
  return message;
}

GPtrArray *
mos_twilio_api_list_media_sync (MosTwilioApi *self,
                                const char *sid,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *path = g_strconcat (self->account, "/Messages/", sid, "/Media.json?PageSize=100", NULL);
  g_autoptr (MosHttpAnswer) answer = get (self, path, ret_retry_ms, cancellable, error);

  return answer != NULL ? mos_twilio_parse_media (answer->body, error) : NULL;
}

GPtrArray *
mos_twilio_api_list_contents_sync (MosTwilioApi *self,
                                   guint *ret_retry_ms,
                                   GCancellable *cancellable,
                                   GError **error)
{
  /* Another house of theirs; who names another server has all of it there. */
  const char *server = g_str_equal (self->server, MOS_TWILIO_SERVER) ? MOS_TWILIO_CONTENT_SERVER : self->server;
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_template_unref);
  g_autofree char *path = g_strdup ("/v1/ContentAndApprovals?PageSize=100");

  for (guint i = 0; i < MAX_CONTENT_PAGES && path != NULL; i++)
    {
      MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };
      g_autoptr (MosHttpAnswer) answer = ask_at (self, &request, server, path, FALSE, ret_retry_ms, cancellable, error);
      g_autofree char *next = NULL;

      if (answer == NULL || !mos_twilio_parse_contents (answer->body, templates, &next, error))
        return NULL;
      g_clear_pointer (&path, g_free);
      /* It is told as a whole address: only what lies there is asked for, for it is shown the key. */
      if (next != NULL && g_str_has_prefix (next, server) && next[strlen (server)] == '/')
        path = g_strdup (next + strlen (server));
    }
  return g_steal_pointer (&templates);
}

GBytes *
mos_twilio_api_fetch_sync (MosTwilioApi *self,
                           const char *ref,
                           gsize max,
                           char **ret_type,
                           guint *ret_retry_ms,
                           GCancellable *cancellable,
                           GError **error)
{
  /* It leads to where the bytes lie, at somebody else's: our key is not for them. */
  MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE | MOS_HTTP_FOLLOW, .timeout_s = FETCH_TIMEOUT_S, .max_bytes = max };
  g_autoptr (MosHttpAnswer) answer = NULL;

  if (ref[0] != '/')
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "nothing to ask for");
      return NULL;
    }
  answer = ask (self, &request, ref, FALSE, ret_retry_ms, cancellable, error);
  if (answer == NULL)
    return NULL;
  if (ret_type != NULL && *answer->type != '\0')
    *ret_type = g_strdup (answer->type);
  return g_bytes_ref (answer->body);
}

MosTwilioMessage *
mos_twilio_api_send_sync (MosTwilioApi *self,
                          const MosTwilioSend *what,
                          gboolean *ret_has_left,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) form = g_string_new (NULL);
  g_autofree char *path = g_strconcat (self->account, "/Messages.json", NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (JsonObject) object = NULL;
  MosHttpRequest request = { .method = "POST", .type = FORM, .timeout_s = SEND_TIMEOUT_S };
  MosTwilioMessage *message;

  append (form, "To", what->to);
  append (form, "From", what->service == NULL ? what->from : NULL);
  append (form, "MessagingServiceSid", what->service);
  append (form, "Body", what->content == NULL ? what->body : NULL);
  append (form, "MediaUrl", what->media);
  append (form, "ContentSid", what->content);
  append (form, "ContentVariables", what->content != NULL ? what->variables : NULL);
  request.body = body = g_bytes_new (form->str, form->len);

  answer = ask (self, &request, path, TRUE, ret_retry_ms, cancellable, error);
  *ret_has_left = answer != NULL || mos_http_has_left (self->http);
  object = answer != NULL ? mos_twilio_parse_object (answer->body, NULL) : NULL;
  message = object != NULL ? mos_twilio_parse_message (object) : NULL;
  if (answer != NULL && message == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_UNCERTAIN, "the answer cannot be read");
  return message;
}
