/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-graph.h"

#include "core/base/mos-json-read.h"
#include "core/channels/mos-chat-http.h"

#include <string.h>

#define MAX_ANSWER (16 * 1024 * 1024)
#define MAX_WORDS 300
#define UPLOAD_TIMEOUT_S 120

struct _MosGraph
{
  MosHttp *http;       /* (owned) */
  char *server;        /* (owned): without a slash at its end */
  char *version;       /* (owned) */
  char *authorization; /* (owned) */
  gint64 now_us;
  guint pause_ms;
};

#define BEARER "Bearer "

MosGraph *
mos_graph_new (const char *server,
               const char *version,
               const char *token)
{
  /* What is to be asked again, and when, the channel knows better. */
  const MosHttpOptions options = { .attempts = 1, .max_bytes = MAX_ANSWER };
  MosGraph *self = g_new0 (MosGraph, 1);

  self->http = mos_http_new (&options);
  self->server = g_strdup (server != NULL && *server != '\0' ? server : MOS_GRAPH_SERVER);
  while (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->version = g_uri_escape_string (version != NULL && *version != '\0' ? version : MOS_GRAPH_VERSION, NULL, FALSE);
  self->authorization = g_strconcat (BEARER, token, NULL);
  return self;
}

static void
forget_token (MosGraph *self)
{
  explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
}

const char *
mos_graph_get_token (MosGraph *self)
{
  return self->authorization + strlen (BEARER);
}

void
mos_graph_set_token (MosGraph *self,
                     const char *token)
{
  forget_token (self);
  self->authorization = g_strconcat (BEARER, token, NULL);
}

gint64
mos_graph_get_now_us (MosGraph *self)
{
  return self->now_us;
}

guint
mos_graph_get_pause_ms (MosGraph *self)
{
  return self->pause_ms;
}

void
mos_graph_free (MosGraph *self)
{
  if (self == NULL)
    return;
  mos_http_free (self->http);
  g_free (self->server);
  g_free (self->version);
  forget_token (self);
  g_free (self);
}

/* --- what goes wrong --- */

/* docs/whatsapp/cloud-api/support/error-codes, docs/graph-api/guides/error-handling, docs/graph-api/overview/rate-limiting and docs/messenger-platform/error-codes, all of
 * developers.facebook.com; those that mean something to do. */
static const struct
{
  gint64 code;
  MosChatError error;
} codes[] = {
  { 0, MOS_CHAT_ERROR_KEY_REFUSED },   /* AuthException */
  { 1, MOS_CHAT_ERROR_TEMPORARY },     /* unknown: perhaps down */
  { 2, MOS_CHAT_ERROR_TEMPORARY },     /* service: down or overloaded */
  { 3, MOS_CHAT_ERROR_NOT_ALLOWED },   /* capability or permission */
  { 4, MOS_CHAT_ERROR_TEMPORARY },     /* too many calls */
  { 10, MOS_CHAT_ERROR_NOT_ALLOWED },  /* permission denied; a Page that Meta holds back (1893063) */
  { 17, MOS_CHAT_ERROR_TEMPORARY },    /* too many calls: of a user, */
  { 32, MOS_CHAT_ERROR_TEMPORARY },    /* of a Page */
  { 102, MOS_CHAT_ERROR_KEY_REFUSED }, /* the session has ended */
  { 190, MOS_CHAT_ERROR_KEY_REFUSED }, /* the token has ended */
  { 200, MOS_CHAT_ERROR_NOT_ALLOWED }, /* 200 to 299: permission */
  { 368, MOS_CHAT_ERROR_NOT_ALLOWED }, /* blocked for a while, for policy */
  { 551, MOS_CHAT_ERROR_CLOSED },      /* Messenger: this person is not available now */
  { 613, MOS_CHAT_ERROR_TEMPORARY },   /* too many calls of this kind */
  { 1200, MOS_CHAT_ERROR_TEMPORARY },  /* Messenger: temporary send failure */
  { 80001, MOS_CHAT_ERROR_TEMPORARY }, /* too many calls: of a Page, */
  { 80002, MOS_CHAT_ERROR_TEMPORARY }, /* of an Instagram account, */
  { 80006, MOS_CHAT_ERROR_TEMPORARY }, /* of Messenger */
  { 80007, MOS_CHAT_ERROR_TEMPORARY },
  { 130429, MOS_CHAT_ERROR_TEMPORARY }, /* rate */
  { 131005, MOS_CHAT_ERROR_NOT_ALLOWED },
  { 131016, MOS_CHAT_ERROR_TEMPORARY },   /* service unavailable */
  { 131026, MOS_CHAT_ERROR_CLOSED },      /* undeliverable: no WhatsApp there, or an old one */
  { 131030, MOS_CHAT_ERROR_CLOSED },      /* not in the list of a test number */
  { 131031, MOS_CHAT_ERROR_NOT_ALLOWED }, /* account locked */
  { 131047, MOS_CHAT_ERROR_WINDOW },      /* more than 24 hours */
  { 131048, MOS_CHAT_ERROR_TEMPORARY },   /* spam rate */
  { 131050, MOS_CHAT_ERROR_CLOSED },      /* the person wants no more of it */
  { 131053, MOS_CHAT_ERROR_TOO_LARGE },   /* media could not be uploaded: kind or size */
  { 131056, MOS_CHAT_ERROR_TEMPORARY },   /* too many to the same person */
  { 133004, MOS_CHAT_ERROR_TEMPORARY },
  { 133010, MOS_CHAT_ERROR_NOT_ALLOWED }, /* the number is not registered */
};

/* What a code alone does not say */
static const struct
{
  gint64 code;
  gint64 subcode;
  MosChatError error;
} subcodes[] = {
  { 1, 1357046, MOS_CHAT_ERROR_UNCERTAIN },   /* "invalid JSON reply": what was sent is there */
  { 10, 2018065, MOS_CHAT_ERROR_WINDOW },     /* sent outside of the allowed window */
  { 10, 2018278, MOS_CHAT_ERROR_WINDOW },     /* the same */
  { 10, 2534022, MOS_CHAT_ERROR_WINDOW },     /* the same of Instagram */
  { 100, 33, MOS_CHAT_ERROR_GONE },           /* no such object */
  { 100, 2018001, MOS_CHAT_ERROR_CLOSED },    /* no matching user */
  { 100, 2018047, MOS_CHAT_ERROR_TOO_LARGE }, /* the file could not be uploaded: kind or size */
  { 100, 2018074, MOS_CHAT_ERROR_TOO_LARGE }, /* the file is none of ours, or too large */
  { 100, 2534014, MOS_CHAT_ERROR_CLOSED },    /* no matching user of Instagram */
  { 200, 1545041, MOS_CHAT_ERROR_CLOSED },    /* this person takes no messages from us now */
  { 200, 2018028, MOS_CHAT_ERROR_NOT_ALLOWED },
};

MosChatError
mos_graph_error_of_code (gint64 code,
                         gint64 subcode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subcodes); i++)
    if (subcodes[i].code == code && subcodes[i].subcode == subcode)
      return subcodes[i].error;
  if (code > 200 && code < 300)
    return MOS_CHAT_ERROR_NOT_ALLOWED;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      return codes[i].error;
  return MOS_CHAT_ERROR_REFUSED;
}

static MosChatError
error_of_status (guint status,
                 gboolean is_sending)
{
  if (status == 401)
    return MOS_CHAT_ERROR_KEY_REFUSED;
  if (status == 403)
    return MOS_CHAT_ERROR_NOT_ALLOWED;
  if (status == 404)
    return MOS_CHAT_ERROR_NO_SERVER;
  if (status == 429)
    return MOS_CHAT_ERROR_TEMPORARY;
  /* What stands between us and it may have broken before or after it was done. */
  if (status >= 500)
    return is_sending ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_TEMPORARY;
  return is_sending && status < 300 ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_PROTOCOL;
}

void
mos_graph_judge (guint status,
                 GBytes *body,
                 gboolean is_sending,
                 GError **error)
{
  g_autoptr (JsonObject) object = mos_json_read_root (body, NULL);
  JsonObject *said = mos_json_read_object (object, "error");
  g_autofree char *words = mos_json_read_dup_line (said, "message");
  g_autofree char *details = mos_json_read_dup_line (mos_json_read_object (said, "error_data"), "details");
  g_autofree char *line = NULL;
  gint64 code, subcode = 0;
  MosChatError what;

  if (said == NULL || !mos_json_read_int (said, "code", &code))
    {
      g_set_error (error, MOS_CHAT_ERROR, (int) error_of_status (status, is_sending), "HTTP %u", status);
      return;
    }
  mos_json_read_int (said, "error_subcode", &subcode);
  what = mos_graph_error_of_code (code, subcode);
  /* "Something went wrong", and nobody says whether before or after it was done. */
  if (is_sending && code == 1 && what == MOS_CHAT_ERROR_TEMPORARY)
    what = MOS_CHAT_ERROR_UNCERTAIN;
  line = g_strdup_printf ("%" G_GINT64_FORMAT ": %s%s%s", code, words != NULL ? words : "", details != NULL ? " – " : "", details != NULL ? details : "");
  if (strlen (line) > MAX_WORDS)
    {
      g_autofree char *cut = NULL;

      line[MAX_WORDS] = '\0';
      cut = g_utf8_make_valid (line, -1);
      g_set_error_literal (error, MOS_CHAT_ERROR, (int) what, cut);
      return;
    }
  g_set_error_literal (error, MOS_CHAT_ERROR, (int) what, line);
}

/* --- asking --- */

static MosHttpAnswer *
ask (MosGraph *self,
     MosHttpRequest *request,
     const char *url,
     gboolean is_sending,
     guint *ret_retry_ms,
     GCancellable *cancellable,
     GError **error)
{
  const char *const headers[] = { "Authorization", self->authorization, NULL };

  MosHttpAnswer *answer;

  request->url = url;
  request->headers = headers;
  answer = mos_chat_http_sync (self->http, request, mos_graph_judge, is_sending, ret_retry_ms, cancellable, error);
  if (answer != NULL && answer->date_us != 0)
    self->now_us = answer->date_us;
  self->pause_ms = answer != NULL ? answer->pause_ms : 0;
  return answer;
}

static JsonObject *
ask_object (MosGraph *self,
            MosHttpRequest *request,
            const char *path,
            gboolean is_sending,
            guint *ret_retry_ms,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *url = g_strconcat (self->server, "/", self->version, "/", path, NULL);
  g_autoptr (MosHttpAnswer) answer = ask (self, request, url, is_sending, ret_retry_ms, cancellable, error);
  JsonObject *object = answer != NULL ? mos_json_read_root (answer->body, NULL) : NULL;

  if (answer != NULL && object == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, is_sending ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_PROTOCOL, "the answer cannot be read");
  return object;
}

JsonObject *
mos_graph_get_sync (MosGraph *self,
                    const char *path,
                    guint *ret_retry_ms,
                    GCancellable *cancellable,
                    GError **error)
{
  MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };

  return ask_object (self, &request, path, FALSE, ret_retry_ms, cancellable, error);
}

char *
mos_graph_renew_sync (MosGraph *self,
                      gint64 *ret_lasts_s,
                      guint *ret_retry_ms,
                      GCancellable *cancellable,
                      GError **error)
{
  MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE };
  g_autofree char *token = g_uri_escape_string (mos_graph_get_token (self), NULL, FALSE);
  g_autofree char *url = g_strconcat (self->server, "/refresh_access_token?grant_type=ig_refresh_token&access_token=", token, NULL);
  g_autoptr (MosHttpAnswer) answer = ask (self, &request, url, FALSE, ret_retry_ms, cancellable, error);
  g_autoptr (JsonObject) object = answer != NULL ? mos_json_read_root (answer->body, NULL) : NULL;
  char *renewed = mos_json_read_dup_line (object, "access_token");

  explicit_bzero (token, strlen (token));
  explicit_bzero (url, strlen (url));
  if (answer == NULL)
    return NULL;
  if (renewed == NULL || !mos_json_read_int (object, "expires_in", ret_lasts_s) || *ret_lasts_s <= 0)
    {
      g_clear_pointer (&renewed, g_free);
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no token in the answer");
    }
  return renewed;
}

JsonObject *
mos_graph_post_sync (MosGraph *self,
                     const char *path,
                     JsonNode *body,
                     gboolean *ret_has_left,
                     guint *ret_retry_ms,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *text = json_to_string (body, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  MosHttpRequest request = { .method = "POST", .type = "application/json", .body = bytes };
  JsonObject *object = ask_object (self, &request, path, TRUE, ret_retry_ms, cancellable, error);

  if (ret_has_left != NULL)
    *ret_has_left = object != NULL || mos_http_has_left (self->http);
  return object;
}

JsonObject *
mos_graph_upload_sync (MosGraph *self,
                       const char *path,
                       MosHttpForm *form,
                       guint *ret_retry_ms,
                       GCancellable *cancellable,
                       GError **error)
{
  MosHttpRequest request = { .method = "POST", .form = form, .timeout_s = UPLOAD_TIMEOUT_S };

  return ask_object (self, &request, path, FALSE, ret_retry_ms, cancellable, error);
}

/* Meta's own houses, and the server that was named: nobody else is shown the token. */
static gboolean
is_theirs (MosGraph *self,
           const char *url)
{
  static const char *const houses[] = { "fbsbx.com", "facebook.com", "whatsapp.net", "fbcdn.net", "instagram.com", "cdninstagram.com" };
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) server = g_uri_parse (self->server, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL)
    return FALSE;
  if (server != NULL && g_strcmp0 (host, g_uri_get_host (server)) == 0 && g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (server)))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      g_autofree char *below = g_strconcat (".", houses[i], NULL);

      if (g_str_equal (g_uri_get_scheme (uri), "https") && (g_ascii_strcasecmp (host, houses[i]) == 0 || (strlen (host) > strlen (below) && g_ascii_strcasecmp (host + strlen (host) - strlen (below), below) == 0)))
        return TRUE;
    }
  return FALSE;
}

GBytes *
mos_graph_fetch_sync (MosGraph *self,
                      const char *url,
                      gsize max,
                      char **ret_type,
                      guint *ret_retry_ms,
                      GCancellable *cancellable,
                      GError **error)
{
  MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE | MOS_HTTP_FOLLOW, .timeout_s = UPLOAD_TIMEOUT_S, .max_bytes = max };
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) local = NULL;

  if (!is_theirs (self, url))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "the file lies at somebody else's");
      return NULL;
    }
  answer = ask (self, &request, url, FALSE, ret_retry_ms, cancellable, &local);
  /* Their store says in HTML what is not there any more. */
  if (answer == NULL && g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER))
    local->code = MOS_CHAT_ERROR_GONE;
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (ret_type != NULL && *answer->type != '\0')
    *ret_type = g_strdup (answer->type);
  return g_bytes_ref (answer->body);
}

/* Their stores answer in HTML, or in pictures. */
static void
judge_store (guint status,
             GBytes *body,
             gboolean is_sending,
             GError **error)
{
  g_set_error (error, MOS_CHAT_ERROR, status == 429 || status >= 500 ? MOS_CHAT_ERROR_TEMPORARY : MOS_CHAT_ERROR_GONE, "HTTP %u", status);
}

GBytes *
mos_graph_fetch_open_sync (MosGraph *self,
                           const char *url,
                           gsize max,
                           char **ret_type,
                           guint *ret_retry_ms,
                           GCancellable *cancellable,
                           GError **error)
{
  MosHttpRequest request = { .method = "GET", .url = url, .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE | MOS_HTTP_FOLLOW, .timeout_s = UPLOAD_TIMEOUT_S, .max_bytes = max };
  g_autoptr (MosHttpAnswer) answer = NULL;

  if (!is_theirs (self, url))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "the file lies at somebody else's");
      return NULL;
    }
  answer = mos_chat_http_sync (self->http, &request, judge_store, FALSE, ret_retry_ms, cancellable, error);
  if (answer == NULL)
    return NULL;
  if (ret_type != NULL && *answer->type != '\0')
    *ret_type = g_strdup (answer->type);
  return g_bytes_ref (answer->body);
}
