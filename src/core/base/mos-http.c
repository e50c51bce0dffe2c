/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-http.h"

#include "core/base/mos-http-usage.h"

#include <libsoup/soup.h>
#include <string.h>

#define READ_CHUNK (16 * 1024)
/* A server that says a little before each silence is too long is not listened to for ever: an answer takes this many silences at most. */
#define MAX_SILENCES 5
/* What is large takes longer; but a line that is slower than this many bytes a second has ended. */
#define SLOWEST_BYTES_S 2048
/* Of MOS_HTTP_FOLLOW */
#define MAX_FOLLOWED 5
/* What is left to others of an allotment that all who ask share: one part in this many */
#define OTHERS_SHARE 10
/* Where it is told in hundredths how much of it is used up: from here on it is left alone for a while. */
#define NEARLY_PERCENT 90
#define USAGE_PAUSE_S 60

struct _MosHttp
{
  SoupSession *session; /* (owned) */
  SoupSession *patient; /* (owned) (nullable): a session's time-out is that of all its lines: requests with one of their own have another session */
  guint patient_s;      /* whose time-out this is */
  MosHttpOptions options;
  gboolean has_left;
  gboolean has_left_whole;
};

static SoupSession *
session_new (guint timeout_s)
{
  return soup_session_new_with_options ("timeout", timeout_s, "idle-timeout", 30, "user-agent", "Mostrador/" MOS_VERSION, NULL);
}

MosHttp *
mos_http_new (const MosHttpOptions *options)
{
  MosHttp *self = g_new0 (MosHttp, 1);

  if (options != NULL)
    self->options = *options;
  if (self->options.timeout_s == 0)
    self->options.timeout_s = 30;
  if (self->options.attempts == 0)
    self->options.attempts = 3;
  if (self->options.max_wait_s == 0)
    self->options.max_wait_s = 30;
  if (self->options.max_bytes == 0)
    self->options.max_bytes = 1024 * 1024;
  self->session = session_new (self->options.timeout_s);
  return self;
}

void
mos_http_free (MosHttp *self)
{
  if (self == NULL)
    return;
  soup_session_abort (self->session);
  g_object_unref (self->session);
  if (self->patient != NULL)
    soup_session_abort (self->patient);
  g_clear_object (&self->patient);
  g_free (self);
}

void
mos_http_answer_free (MosHttpAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->type);
  g_free (answer->location);
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_free (answer);
}

gboolean
mos_http_url_is_allowed (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GInetAddress) literal = NULL;
  const char *host;

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0')
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  if (strcmp (g_uri_get_scheme (uri), "http") != 0)
    return FALSE;
  literal = g_inet_address_new_from_string (host);
  return literal != NULL ? g_inet_address_get_is_loopback (literal) : g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
on_waited_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop_cb (GCancellable *cancellable,
            gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* A context of its own: nothing else of this thread may run in between. */
gboolean
mos_http_wait_sync (guint ms,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSource) timer = g_timeout_source_new (ms);
  g_autoptr (GSource) stop = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;

  g_source_set_callback (timer, on_waited_cb, loop, NULL);
  g_source_attach (timer, context);
  if (stop != NULL)
    {
      g_source_set_callback (stop, G_SOURCE_FUNC (on_stop_cb), loop, NULL);
      g_source_attach (stop, context);
    }
  g_main_loop_run (loop);
  g_source_destroy (timer);
  if (stop != NULL)
    g_source_destroy (stop);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* @into: (nullable): where it goes instead; @ret_size: how much came. Returns: (transfer full): empty where all went into @into */
static GBytes *
read_body (GInputStream *stream,
           guint timeout_s,
           guint64 max_bytes,
           GOutputStream *into,
           guint64 *ret_size,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gint64 begun_us = g_get_monotonic_time ();

  *ret_size = 0;
  for (;;)
    {
      guint8 chunk[READ_CHUNK];
      gssize n = g_input_stream_read (stream, chunk, sizeof chunk, cancellable, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&body));
      if (g_get_monotonic_time () - begun_us > ((gint64) timeout_s * MAX_SILENCES + (gint64) (*ret_size / SLOWEST_BYTES_S)) * G_USEC_PER_SEC)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The answer does not come to its end");
          return NULL;
        }
      *ret_size += (guint64) n;
      if (*ret_size > max_bytes)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The answer is larger than %" G_GUINT64_FORMAT " bytes", max_bytes);
          return NULL;
        }
      if (into == NULL)
        g_byte_array_append (body, chunk, (guint) n);
      else if (!g_output_stream_write_all (into, chunk, (gsize) n, NULL, cancellable, error))
        return NULL;
    }
}

/* Where the line ends before as much came as was announced, libsoup 3.6 takes it for the end. (What was packed is longer than what was sent.) */
static gboolean
is_cut (SoupMessage *message,
        guint64 size)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH && soup_message_headers_get_one (headers, "Content-Encoding") == NULL &&
         (goffset) size < soup_message_headers_get_content_length (headers);
}

static guint64
header_number (SoupMessageHeaders *headers,
               const char *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  guint64 number = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL) ? number : 0;
}

/* Many have no Retry-After, but say of an allotment for a span of time how much is left and when it is renewed. */
static void
read_allotment (MosHttpAnswer *answer,
                SoupMessageHeaders *headers,
                guint64 *wait_s)
{
  const char *left = soup_message_headers_get_one (headers, "X-Rate-Limit-Requests-Left");
  guint64 reset_ms = header_number (headers, "X-Rate-Limit-Time-Reset-Ms");
  guint64 regain_s = 0;
  guint percent = 0;

  mos_http_usage_parse (soup_message_headers_get_one (headers, "X-App-Usage"), &percent, &regain_s);
  mos_http_usage_parse (soup_message_headers_get_one (headers, "X-Business-Use-Case-Usage"), &percent, &regain_s);
  if (answer->status >= 400 && *wait_s == 0)
    *wait_s = regain_s;
  else if (answer->status < 400 && percent >= NEARLY_PERCENT)
    answer->pause_ms = (guint) MAX (regain_s, USAGE_PAUSE_S) * 1000;
  if (left == NULL || reset_ms == 0)
    return;
  if (answer->status == 429 && *wait_s == 0)
    *wait_s = (reset_ms + 999) / 1000;
  else if (header_number (headers, "X-Rate-Limit-Requests-Left") <= header_number (headers, "X-Rate-Limit-Requests-Quota") / OTHERS_SHARE)
    answer->pause_ms = (guint) reset_ms;
}

static gint64
read_date (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix_usec (date) : 0;
}

/* There is a line, and on it whoever the name says; from here on the server may have it. */
static void
on_starting_cb (MosHttp *self)
{
  self->has_left = TRUE;
}

static void
on_wrote_cb (MosHttp *self)
{
  self->has_left_whole = TRUE;
}

static SoupSession *
session_for (MosHttp *self,
             guint timeout_s)
{
  if (timeout_s == 0 || timeout_s == self->options.timeout_s)
    return self->session;
  if (self->patient != NULL && self->patient_s != timeout_s)
    {
      soup_session_abort (self->patient);
      g_clear_object (&self->patient);
    }
  if (self->patient == NULL)
    self->patient = session_new (timeout_s);
  self->patient_s = timeout_s;
  return self->patient;
}

static SoupMessage *
message_new (MosHttp *self,
             const MosHttpRequest *request)
{
  SoupMessage *message = soup_message_new (request->method, request->url);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if ((request->flags & MOS_HTTP_KEEP_LINE) != 0)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL && request->headers[i + 1] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message), request->headers[i], request->headers[i + 1]);
  if (request->form != NULL)
    {
      g_autoptr (GInputStream) stream = mos_http_form_open (request->form);

      soup_message_set_request_body (message, mos_http_form_get_type (request->form), stream, (gssize) mos_http_form_get_size (request->form));
    }
  else if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->type, request->body);
  g_signal_connect_swapped (message, "starting", G_CALLBACK (on_starting_cb), self);
  g_signal_connect_swapped (message, "wrote-body", G_CALLBACK (on_wrote_cb), self);
  return message;
}

/* @ret_wait_s: seconds the server asks to wait; 0 when it says nothing. @ret_size: how much of the body came */
static MosHttpAnswer *
request_once (MosHttp *self,
              const MosHttpRequest *request,
              guint64 *ret_wait_s,
              guint64 *ret_size,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (SoupMessage) message = message_new (self, request);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (MosHttpAnswer) answer = g_new0 (MosHttpAnswer, 1);
  GOutputStream *into = NULL;
  guint64 max_bytes = request->max_bytes != 0 ? request->max_bytes : self->options.max_bytes;
  const char *media, *retry, *location;

  *ret_wait_s = *ret_size = 0;
  stream = soup_session_send (session_for (self, request->timeout_s), message, cancellable, error);
  if (stream == NULL)
    return NULL;
  answer->status = soup_message_get_status (message);
  if (answer->status == 200 && request->into != NULL)
    {
      into = request->into;
      max_bytes = request->max_into;
    }
  answer->body = read_body (stream, request->timeout_s != 0 ? request->timeout_s : self->options.timeout_s, max_bytes, into, ret_size, cancellable, error);
  if (answer->body == NULL)
    return NULL;
  if (is_cut (message, *ret_size))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The line was cut within the answer");
      return NULL;
    }
  media = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);
  answer->type = g_strdup (media != NULL ? media : "");
  /* RFC 9110 §10.2.3. A date instead of seconds is read as "the longest I wait": clocks differ. */
  retry = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  if (retry != NULL && !g_ascii_string_to_unsigned (retry, 10, 0, G_MAXUINT32, ret_wait_s, NULL))
    *ret_wait_s = self->options.max_wait_s;
  read_allotment (answer, soup_message_get_response_headers (message), ret_wait_s);
  answer->date_us = read_date (soup_message_get_response_headers (message));
  answer->retry_after_s = (guint) *ret_wait_s;
  location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  if (location != NULL)
    answer->location = g_uri_resolve_relative (request->url, location, SOUP_HTTP_URI_FLAGS, NULL);
  return g_steal_pointer (&answer);
}

/* What went wrong once may go right the next time, and asking again does no harm. */
static gboolean
may_repeat (const MosHttpRequest *request,
            guint64 size,
            const GError *why)
{
  return (request->flags & MOS_HTTP_REPEATABLE) != 0 && (request->into == NULL || size == 0) && !g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (why, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE) && why->domain != G_TLS_ERROR;
}

static MosHttpAnswer *
request_patiently (MosHttp *self,
                   const MosHttpRequest *request,
                   GCancellable *cancellable,
                   GError **error)
{
  self->has_left = self->has_left_whole = FALSE;
  if (!mos_http_url_is_allowed (request->url))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Only https addresses are asked");
      return NULL;
    }

  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (MosHttpAnswer) answer = NULL;
      guint64 wait_s = 0, size = 0;
      gboolean is_last;

      answer = request_once (self, request, &wait_s, &size, cancellable, &local);
      is_last = attempt >= self->options.attempts || wait_s > self->options.max_wait_s;
      if (answer != NULL && (is_last || (answer->status != 429 && answer->status != 503)))
        return g_steal_pointer (&answer);
      if (answer == NULL && (is_last || !may_repeat (request, size, local)))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (wait_s == 0)
        wait_s = MIN (1u << (attempt - 1), self->options.max_wait_s);
      if (!mos_http_wait_sync ((guint) wait_s * 1000, cancellable, error))
        return NULL;
    }
}

/* A server out there does not lead to what this computer alone can see. */
static gboolean
may_follow (const char *from,
            const char *to)
{
  return g_str_has_prefix (to, "https:") || g_str_has_prefix (from, "http:");
}

static gboolean
is_same_server (const char *one,
                const char *other)
{
  g_autoptr (GUri) first = g_uri_parse (one, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) second = g_uri_parse (other, SOUP_HTTP_URI_FLAGS, NULL);

  return first != NULL && second != NULL && strcmp (g_uri_get_scheme (first), g_uri_get_scheme (second)) == 0 && g_ascii_strcasecmp (g_uri_get_host (first), g_uri_get_host (second)) == 0 &&
         g_uri_get_port (first) == g_uri_get_port (second);
}

MosHttpAnswer *
mos_http_send_sync (MosHttp *self,
                    const MosHttpRequest *request,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *url = NULL;
  MosHttpRequest asked;

  g_return_val_if_fail (self != NULL && request->method != NULL && request->url != NULL, NULL);
  g_return_val_if_fail ((request->flags & MOS_HTTP_FOLLOW) == 0 || strcmp (request->method, "GET") == 0, NULL);

  asked = *request;
  for (guint followed = 0;; followed++)
    {
      g_autoptr (MosHttpAnswer) answer = request_patiently (self, &asked, cancellable, error);

      if (answer == NULL || (request->flags & MOS_HTTP_FOLLOW) == 0 || answer->location == NULL || answer->status < 301 || answer->status > 308 || followed == MAX_FOLLOWED ||
          !may_follow (asked.url, answer->location))
        return g_steal_pointer (&answer);
      if (!is_same_server (asked.url, answer->location))
        asked.headers = NULL;
      g_free (url);
      asked.url = url = g_steal_pointer (&answer->location);
    }
}

MosHttpAnswer *
mos_http_request_sync (MosHttp *self,
                       const char *method,
                       const char *url,
                       const char *const *headers,
                       const char *type,
                       GBytes *body,
                       MosHttpFlags flags,
                       GCancellable *cancellable,
                       GError **error)
{
  const MosHttpRequest request = { .method = method, .url = url, .headers = headers, .type = type, .body = body, .flags = flags };

  return mos_http_send_sync (self, &request, cancellable, error);
}

gboolean
mos_http_has_left (MosHttp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_left;
}

gboolean
mos_http_has_left_whole (MosHttp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_left_whole;
}
