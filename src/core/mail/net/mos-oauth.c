/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-oauth-private.h"

#include "core/base/mos-http.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <unistd.h>

/* RFC 6749 §5.1 lets a provider leave the lifetime out. An hour is what they all give; a token that lives shorter is refused, and taken anew. */
#define DEFAULT_LIFETIME_S 3600
#define MAX_LIFETIME_S (30 * 24 * 3600)
#define MAX_TOKEN 16384

static void
wipe (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
mos_oauth_client_clear (MosOAuthClient *self)
{
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->scope);
  g_free (self->client_id);
  wipe (self->client_secret);
  g_free (self->redirect_host);
  g_strfreev (self->extra);
}

MOS_DEFINE_VALUE (MosOAuthClient, oauth_client)

static void
mos_oauth_tokens_clear (MosOAuthTokens *self)
{
  wipe (self->access);
  wipe (self->refresh);
}

MOS_DEFINE_VALUE (MosOAuthTokens, oauth_tokens)

/* --- PKCE ------------------------------------------------------------------------------------ */

/* base64url without padding, RFC 4648 §5 */
static char *
encode_url (const guint8 *data,
            gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

char *
mos_oauth_make_random (void)
{
  guint8 random[32];

  /* The kernel's: GLib's own numbers can be foretold. It fails only for more than 256 bytes. */
  if (getentropy (random, sizeof random) != 0)
    g_error ("There are no random numbers");
  return encode_url (random, sizeof random);
}

char *
mos_oauth_challenge (const char *verifier)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &size);
  return encode_url (digest, size);
}

char *
mos_oauth_make_url (MosOAuthClient *client,
                    const char *redirect_uri,
                    const char *state,
                    const char *challenge,
                    const char *login_hint)
{
  g_autoptr (GString) url = g_string_new (client->authorize_url);
  g_autofree char *query = soup_form_encode ("response_type", "code", "client_id", client->client_id, "redirect_uri", redirect_uri, "scope", client->scope, "state", state,
                                             "code_challenge", challenge, "code_challenge_method", "S256", NULL);

  g_string_append_c (url, strchr (url->str, '?') != NULL ? '&' : '?');
  g_string_append (url, query);
  for (gsize i = 0; client->extra != NULL && client->extra[i] != NULL && client->extra[i + 1] != NULL; i += 2)
    {
      g_autofree char *pair = soup_form_encode (client->extra[i], client->extra[i + 1], NULL);

      g_string_append_printf (url, "&%s", pair);
    }
  if (login_hint != NULL && *login_hint != '\0')
    {
      g_autofree char *pair = soup_form_encode ("login_hint", login_hint, NULL);

      g_string_append_printf (url, "&%s", pair);
    }
  return g_string_free (g_steal_pointer (&url), FALSE);
}

/* --- the token endpoint ---------------------------------------------------------------------- */

void
mos_oauth_set_error (GError **error,
                     const char *code,
                     const char *description)
{
  static const struct
  {
    const char *code;
    MosOAuthError error;
  } known[] = {
    { "access_denied", MOS_OAUTH_ERROR_DENIED },
    { "admin_policy_enforced", MOS_OAUTH_ERROR_DENIED },
    { "consent_required", MOS_OAUTH_ERROR_GRANT },
    { "interaction_required", MOS_OAUTH_ERROR_GRANT },
    { "invalid_client", MOS_OAUTH_ERROR_CLIENT },
    { "invalid_grant", MOS_OAUTH_ERROR_GRANT },
    { "invalid_request", MOS_OAUTH_ERROR_CLIENT },
    { "invalid_scope", MOS_OAUTH_ERROR_CLIENT },
    { "login_required", MOS_OAUTH_ERROR_GRANT },
    { "redirect_uri_mismatch", MOS_OAUTH_ERROR_CLIENT },
    { "server_error", MOS_OAUTH_ERROR_TEMPORARY },
    { "temporarily_unavailable", MOS_OAUTH_ERROR_TEMPORARY },
    { "unauthorized_client", MOS_OAUTH_ERROR_CLIENT },
    { "unsupported_grant_type", MOS_OAUTH_ERROR_CLIENT },
    { "unsupported_response_type", MOS_OAUTH_ERROR_CLIENT },
  };
  g_autofree char *words = g_utf8_make_valid (description != NULL ? description : "", -1);
  g_autofree char *shown = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), 200));
  g_autofree char *name = g_utf8_make_valid (code, MIN ((gssize) strlen (code), 60));
  MosOAuthError number = MOS_OAUTH_ERROR_PROTOCOL;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].code, code) == 0)
      number = known[i].error;
  g_set_error (error, MOS_OAUTH_ERROR, number, "%s%s%s", name, *shown != '\0' ? ": " : "", shown);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Some providers write the number as a text. */
static gint64
get_lifetime (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "expires_in");
  const char *text = get_text (object, "expires_in");
  gint64 seconds = 0;

  if (text != NULL)
    {
      if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &seconds, NULL))
        return DEFAULT_LIFETIME_S;
    }
  else if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    seconds = json_node_get_int (node);
  else
    return DEFAULT_LIFETIME_S;
  return CLAMP (seconds, 0, MAX_LIFETIME_S);
}

/* It goes into a header-like line of another protocol. */
static gboolean
is_token (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length > 0 && length <= MAX_TOKEN;
}

MosOAuthTokens *
mos_oauth_parse_tokens (guint status,
                        GBytes *body,
                        GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (MosOAuthTokens) tokens = NULL;
  JsonObject *object = NULL;
  const char *access, *refresh, *type;
  gsize size = 0;
  const char *data = g_bytes_get_data (body, &size);

  if (size > 0 && json_parser_load_from_data (parser, data, (gssize) size, NULL) && json_parser_get_root (parser) != NULL && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    object = json_node_get_object (json_parser_get_root (parser));

  if (object != NULL && get_text (object, "error") != NULL)
    {
      mos_oauth_set_error (error, get_text (object, "error"), get_text (object, "error_description"));
      return NULL;
    }
  if (status >= 500 || status == 429)
    {
      g_set_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_TEMPORARY, "HTTP status %u", status);
      return NULL;
    }
  access = object != NULL ? get_text (object, "access_token") : NULL;
  type = object != NULL ? get_text (object, "token_type") : NULL;
  refresh = object != NULL ? get_text (object, "refresh_token") : NULL;
  if (status != 200 || !is_token (access) || (refresh != NULL && !is_token (refresh)) || (type != NULL && g_ascii_strcasecmp (type, "bearer") != 0))
    {
      g_set_error (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_PROTOCOL, "The provider's answer (HTTP status %u) holds no token", status);
      return NULL;
    }

  tokens = mos_oauth_tokens_new ();
  tokens->access = g_strdup (access);
  tokens->refresh = g_strdup (refresh);
  tokens->lifetime_s = get_lifetime (object);
  return g_steal_pointer (&tokens);
}

/* @form: (transfer full): wiped */
static MosOAuthTokens *
ask (MosOAuthClient *client,
     GString *form,
     GCancellable *cancellable,
     GError **error)
{
  static const char *const headers[] = { "Accept", "application/json", NULL };
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *id = soup_form_encode ("client_id", client->client_id, NULL);

  g_string_append_printf (form, "&%s", id);
  if (client->client_secret != NULL && *client->client_secret != '\0')
    {
      g_autofree char *secret = soup_form_encode ("client_secret", client->client_secret, NULL);

      g_string_append_printf (form, "&%s", secret);
      explicit_bzero (secret, strlen (secret));
    }
  body = g_bytes_new (form->str, form->len);
  explicit_bzero (form->str, form->len);
  g_string_free (form, TRUE);

  /* Not repeatable: a code, and where they are rotated a refresh token, is good for one time. */
  answer = mos_http_request_sync (http, SOUP_METHOD_POST, client->token_url, headers, SOUP_FORM_MIME_TYPE_URLENCODED, body, MOS_HTTP_DEFAULT, cancellable, error);
  return answer != NULL ? mos_oauth_parse_tokens (answer->status, answer->body, error) : NULL;
}

static GString *
begin_form (const char *first,
            ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, first);
  text = soup_form_encode_valist (first, args);
  va_end (args);
  return g_string_new (text);
}

MosOAuthTokens *
mos_oauth_exchange_sync (MosOAuthClient *client,
                         const char *code,
                         const char *verifier,
                         const char *redirect_uri,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MosOAuthTokens) tokens =
      ask (client, begin_form ("grant_type", "authorization_code", "code", code, "redirect_uri", redirect_uri, "code_verifier", verifier, NULL), cancellable, error);

  if (tokens != NULL && tokens->refresh == NULL)
    {
      g_set_error_literal (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT, "The provider gave no refresh token: the sign-in would end within the hour");
      return NULL;
    }
  return g_steal_pointer (&tokens);
}

MosOAuthTokens *
mos_oauth_refresh_sync (MosOAuthClient *client,
                        const char *refresh,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (client != NULL && refresh != NULL, NULL);

  return ask (client, begin_form ("grant_type", "refresh_token", "refresh_token", refresh, NULL), cancellable, error);
}
