/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channels"

#include "config.h"

#include "core/channels/matrix/mos-matrix-api-private.h"

#include "core/base/mos-json-read.h"

#include <stdarg.h>
#include <string.h>

#define PATIENCE_MS 5000
#define ATTEMPTS 3
#define MAX_DEPTH 100

MosMatrixApi *
mos_matrix_api_new (const char *base_url,
                    const char *token)
{
  MosHttpOptions options = { .attempts = 1 };
  MosMatrixApi *self;

  g_return_val_if_fail (base_url != NULL, NULL);

  self = g_new0 (MosMatrixApi, 1);
  /* What is asked again, and when, depends on the body of an answer, which only this file reads. */
  self->http = mos_http_new (&options);
  self->base_url = g_strdup (base_url);
  while (g_str_has_suffix (self->base_url, "/"))
    self->base_url[strlen (self->base_url) - 1] = '\0';
  self->token = g_strdup (token);
  self->patience_ms = PATIENCE_MS;
  self->has_media_api = -1;
  self->trouble.errcode = g_strdup ("");
  return self;
}

void
mos_matrix_api_free (MosMatrixApi *self)
{
  mos_http_free (self->http);
  g_free (self->base_url);
  g_free (self->token);
  g_free (self->trouble.errcode);
  g_free (self);
}

const MosMatrixTrouble *
mos_matrix_api_get_trouble (MosMatrixApi *self)
{
  return &self->trouble;
}

void
mos_matrix_api_set_patience (MosMatrixApi *self,
                             guint ms)
{
  self->patience_ms = ms;
}

char *
mos_matrix_path (const char *format,
                 ...)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *at = format;
  va_list args;

  va_start (args, format);
  for (const char *next = strstr (at, "%s"); next != NULL; next = strstr (at, "%s"))
    {
      g_string_append_len (path, at, next - at);
      g_string_append_uri_escaped (path, va_arg (args, const char *), NULL, FALSE);
      at = next + 2;
    }
  va_end (args);
  g_string_append (path, at);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* One object, not too deep, and nothing behind it. json-glib reads what is nested by recursion, and a second value behind the first one ends the program (1.10: a root that is
 * sealed already). Strict, it stops at a comment, which could hide something from this. */
static gboolean
is_one_object (const char *text,
               gsize n)
{
  gboolean in_string = FALSE, is_over = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (in_string && text[i] == '\\')
        {
          i++;
          continue;
        }
      if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        {
          if (is_over || ++depth > MAX_DEPTH || (depth == 1 && text[i] == '['))
            return FALSE;
        }
      else if (!in_string && (text[i] == '}' || text[i] == ']'))
        {
          if (depth == 0)
            return FALSE;
          is_over = --depth == 0;
        }
      if (text[i] == '\0' || (depth == 0 && text[i] != '}' && strchr (" \t\r\n", text[i]) == NULL))
        return FALSE;
    }
  return is_over;
}

JsonNode *
mos_matrix_read_object (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  JsonNode *root;

  json_parser_set_strict (parser, TRUE);
  if (n == 0 || n > G_MAXSSIZE || !g_utf8_validate_len (text, n, NULL) || !is_one_object (text, n) || !json_parser_load_from_data (parser, text, (gssize) n, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_ref (root) : NULL;
}

/* --- what went wrong --- */

static void
clear_trouble (MosMatrixApi *self)
{
  g_free (self->trouble.errcode);
  self->trouble = (MosMatrixTrouble) { .errcode = g_strdup ("") };
}

static MosChatError
code_of (guint status,
         const char *errcode,
         MosMatrixAskFlags flags)
{
  static const struct
  {
    const char *errcode;
    MosChatError code;
  } codes[] = {
    { "M_UNKNOWN_TOKEN", MOS_CHAT_ERROR_KEY_REFUSED },
    { "M_MISSING_TOKEN", MOS_CHAT_ERROR_KEY_REFUSED },
    { "M_USER_DEACTIVATED", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "M_USER_LOCKED", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "M_USER_SUSPENDED", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "M_CONSENT_NOT_GIVEN", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "M_RESOURCE_LIMIT_EXCEEDED", MOS_CHAT_ERROR_NOT_ALLOWED },
    { "M_LIMIT_EXCEEDED", MOS_CHAT_ERROR_TEMPORARY },
    { "M_NOT_YET_UPLOADED", MOS_CHAT_ERROR_TEMPORARY },
    { "M_TOO_LARGE", MOS_CHAT_ERROR_TOO_LARGE },
    { "M_NOT_FOUND", MOS_CHAT_ERROR_GONE },
    { "M_UNRECOGNIZED", MOS_CHAT_ERROR_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (errcode, codes[i].errcode) == 0)
      return codes[i].code;
  if (strcmp (errcode, "M_FORBIDDEN") == 0)
    return (flags & MOS_MATRIX_ASK_LOGIN) != 0 ? MOS_CHAT_ERROR_KEY_REFUSED : MOS_CHAT_ERROR_NOT_ALLOWED;
  if (status == 429 || status >= 500)
    return MOS_CHAT_ERROR_TEMPORARY;
  if (status == 413)
    return MOS_CHAT_ERROR_TOO_LARGE;
  if (status == 401)
    return MOS_CHAT_ERROR_KEY_REFUSED;
  /* Whoever says no without a code is no homeserver: a proxy, or a web page. */
  if (*errcode == '\0')
    return status == 404 || status / 100 == 3 ? MOS_CHAT_ERROR_NO_SERVER : MOS_CHAT_ERROR_PROTOCOL;
  return MOS_CHAT_ERROR_REFUSED;
}

static void
read_trouble (MosMatrixApi *self,
              MosHttpAnswer *answer,
              MosMatrixAskFlags flags,
              GError **error)
{
  g_autoptr (JsonNode) node = mos_matrix_read_object (answer->body);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *errcode = mos_json_read_dup_line (object, "errcode");
  g_autofree char *words = mos_json_read_dup_line (object, "error");
  gint64 retry_ms = 0;

  if (words != NULL && g_utf8_strlen (words, -1) > 300)
    *g_utf8_offset_to_pointer (words, 300) = '\0';
  clear_trouble (self);
  self->trouble.status = answer->status;
  if (errcode != NULL && g_str_is_ascii (errcode) && strlen (errcode) <= 64)
    {
      g_free (self->trouble.errcode);
      self->trouble.errcode = g_steal_pointer (&errcode);
    }
  self->trouble.is_soft_logout = mos_json_read_is_true (object, "soft_logout");
  /* The body's field is the older way (until 1.10), and the only one of some servers; where both are there, the longer one is safe. */
  if (!mos_json_read_int (object, "retry_after_ms", &retry_ms) || retry_ms < 0)
    retry_ms = 0;
  retry_ms = MAX (retry_ms, (gint64) answer->retry_after_s * 1000);
  self->trouble.retry_ms = (guint) MIN (retry_ms, 24 * 3600 * 1000);
  /* A proxy may have lost the answer of a server that did it. */
  self->trouble.may_be_done = answer->status >= 500;
  g_set_error (error, MOS_CHAT_ERROR, (int) code_of (answer->status, self->trouble.errcode, flags), "%s (HTTP %u%s%s)",
               words != NULL ? words : "It makes no sense", answer->status, *self->trouble.errcode != '\0' ? " " : "", self->trouble.errcode);
}

/* --- asking --- */

static MosHttpAnswer *
ask_once (MosMatrixApi *self,
          const MosMatrixAsk *ask,
          GBytes *body,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *url = g_strconcat (self->base_url, ask->path, NULL);
  g_autofree char *bearer = self->token != NULL ? g_strconcat ("Bearer ", self->token, NULL) : NULL;
  const char *const headers[] = { "Accept", "application/json", bearer != NULL ? "Authorization" : NULL, bearer, NULL };
  const char *const plain[] = { "Accept", "application/json", NULL };
  const char *const medium[] = { bearer != NULL ? "Authorization" : NULL, bearer, NULL };
  MosHttpRequest request = ask->request != NULL ? *ask->request : (MosHttpRequest) { .method = NULL };

  request.method = ask->method;
  request.url = url;
  request.headers = (ask->flags & MOS_MATRIX_ASK_NO_TOKEN) != 0 ? plain : request.into != NULL ? medium
                                                                                               : headers;
  if (body != NULL)
    {
      request.type = "application/json";
      request.body = body;
    }
  if ((ask->flags & MOS_MATRIX_ASK_ONCE) == 0)
    request.flags |= MOS_HTTP_REPEATABLE;
  if ((ask->flags & MOS_MATRIX_ASK_FOLLOW) != 0)
    request.flags |= MOS_HTTP_FOLLOW;
  return mos_http_send_sync (self->http, &request, cancellable, error);
}

/* Of a request that does harm when it is made twice */
static void
make_uncertain (MosMatrixApi *self,
                const MosMatrixAsk *ask,
                GError **error)
{
  if ((ask->flags & MOS_MATRIX_ASK_ONCE) == 0 || !self->trouble.may_be_done || error == NULL || *error == NULL)
    return;
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  (*error)->domain = MOS_CHAT_ERROR;
  (*error)->code = MOS_CHAT_ERROR_UNCERTAIN;
}

MosHttpAnswer *
mos_matrix_ask (MosMatrixApi *self,
                const MosMatrixAsk *ask,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) local = NULL;

  if (ask->json != NULL)
    {
      char *text = json_to_string (ask->json, FALSE);

      body = g_bytes_new_take (text, strlen (text));
    }
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (MosHttpAnswer) answer = ask_once (self, ask, body, cancellable, &local);

      clear_trouble (self);
      if (answer == NULL)
        {
          self->trouble.may_be_done = mos_http_has_left (self->http);
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
            {
              local->domain = MOS_CHAT_ERROR;
              local->code = MOS_CHAT_ERROR_TOO_LARGE;
            }
          break;
        }
      if (answer->status == 200)
        return g_steal_pointer (&answer);
      read_trouble (self, answer, ask->flags, &local);
      /* Refused, so nothing was done: also what is asked once may be asked again. */
      if (answer->status != 429 || attempt >= ATTEMPTS || self->trouble.retry_ms > self->patience_ms)
        break;
      g_clear_error (&local);
      if (!mos_http_wait_sync (self->trouble.retry_ms > 0 ? self->trouble.retry_ms : MIN (1000u << attempt, self->patience_ms), cancellable, &local))
        break;
    }
  make_uncertain (self, ask, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

JsonNode *
mos_matrix_ask_object (MosMatrixApi *self,
                       const MosMatrixAsk *ask,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (MosHttpAnswer) answer = mos_matrix_ask (self, ask, cancellable, error);
  JsonNode *node;

  if (answer == NULL)
    return NULL;
  node = mos_matrix_read_object (answer->body);
  if (node == NULL)
    {
      self->trouble.status = answer->status;
      self->trouble.may_be_done = TRUE;
      g_set_error_literal (error, MOS_CHAT_ERROR, (ask->flags & MOS_MATRIX_ASK_ONCE) != 0 ? MOS_CHAT_ERROR_UNCERTAIN : MOS_CHAT_ERROR_PROTOCOL, "The answer is not what a homeserver says");
    }
  return node;
}
