/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channels"

#include "config.h"

#include "core/channels/matrix/mos-matrix-api-private.h"

#include "core/base/mos-json-read.h"

#include <string.h>

#define MAX_LEADS 3

void
mos_matrix_server_free (MosMatrixServer *self)
{
  g_free (self->base_url);
  g_free (self);
}

void
mos_matrix_session_free (MosMatrixSession *self)
{
  g_free (self->user_id);
  g_free (self->device_id);
  g_free (self->token);
  g_free (self->base_url);
  g_free (self);
}

/* --- finding the server --- */

/* "v1.11" and what came after: authenticated media */
static gboolean
is_at_least_1_11 (const char *version)
{
  g_auto (GStrv) parts = NULL;
  guint64 major, minor;

  if (*version != 'v')
    return FALSE;
  parts = g_strsplit (version + 1, ".", 3);
  return g_strv_length (parts) == 2 && g_ascii_string_to_unsigned (parts[0], 10, 0, 999, &major, NULL) && g_ascii_string_to_unsigned (parts[1], 10, 0, 999, &minor, NULL) &&
         (major > 1 || (major == 1 && minor >= 11));
}

static gboolean
read_versions (MosMatrixApi *self,
               MosMatrixServer *server,
               GCancellable *cancellable,
               GError **error)
{
  const MosMatrixAsk ask = { .method = "GET", .path = "/_matrix/client/versions", .flags = MOS_MATRIX_ASK_NO_TOKEN };
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &ask, cancellable, error);
  JsonArray *versions = node != NULL ? mos_json_read_array (json_node_get_object (node), "versions") : NULL;
  gboolean has_v3 = FALSE;

  if (node == NULL)
    return FALSE;
  for (guint i = 0; i < mos_json_read_length (versions); i++)
    {
      JsonNode *element = json_array_get_element (versions, i);
      const char *version = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (version == NULL)
        continue;
      /* The paths with v3 came with 1.1. */
      has_v3 = has_v3 || *version == 'v';
      server->has_authenticated_media = server->has_authenticated_media || is_at_least_1_11 (version);
    }
  if (!has_v3)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "No homeserver that speaks Matrix 1.1 or newer");
  return has_v3;
}

static gboolean
read_flows (MosMatrixApi *self,
            MosMatrixServer *server,
            GCancellable *cancellable,
            GError **error)
{
  const MosMatrixAsk ask = { .method = "GET", .path = "/_matrix/client/v3/login", .flags = MOS_MATRIX_ASK_NO_TOKEN };
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &ask, cancellable, &local);
  JsonArray *flows = node != NULL ? mos_json_read_array (json_node_get_object (node), "flows") : NULL;

  /* One that knows only the newer way to sign in has no such list: a token can be pasted. */
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED))
    return TRUE;
  if (node == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < mos_json_read_length (flows); i++)
    {
      g_autofree char *type = mos_json_read_dup_line (mos_json_read_element (flows, i), "type");

      server->has_password = server->has_password || g_strcmp0 (type, "m.login.password") == 0;
      server->has_sso = server->has_sso || g_strcmp0 (type, "m.login.sso") == 0;
    }
  return TRUE;
}

MosMatrixServer *
mos_matrix_api_read_server_sync (MosMatrixApi *self,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (MosMatrixServer) server = g_new0 (MosMatrixServer, 1);

  server->base_url = g_strdup (self->base_url);
  if (!read_versions (self, server, cancellable, error) || !read_flows (self, server, cancellable, error))
    return NULL;
  self->has_media_api = server->has_authenticated_media;
  return g_steal_pointer (&server);
}

/* Returns: (transfer full) (nullable): what a person typed as the beginning of an address: scheme, host, port */
static char *
address_to_url (const char *address)
{
  g_autofree char *text = g_strstrip (g_strdup (address));
  const char *bare = *text == '@' ? strchr (text, ':') : text;
  g_autofree char *url = NULL;

  if (bare == NULL)
    return NULL;
  if (bare != text)
    bare++;
  url = strstr (bare, "://") != NULL ? g_strdup (bare) : g_strconcat ("https://", bare, NULL);
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  /* No query, no fragment, nobody's name in it */
  if (strpbrk (url, "?#@ \\") != NULL || !mos_http_url_is_allowed (url))
    return NULL;
  return g_steal_pointer (&url);
}

/* Returns: whether it could be asked; @ret_url: where it leads, @url itself where it says nothing */
static gboolean
read_well_known (const char *url,
                 char **ret_url,
                 GCancellable *cancellable,
                 GError **error)
{
  const MosMatrixAsk ask = { .method = "GET", .path = "/.well-known/matrix/client", .flags = MOS_MATRIX_ASK_NO_TOKEN | MOS_MATRIX_ASK_FOLLOW };
  g_autoptr (MosMatrixApi) api = mos_matrix_api_new (url, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (MosHttpAnswer) answer = mos_matrix_ask (api, &ask, cancellable, &local);
  g_autoptr (JsonNode) node = answer != NULL ? mos_matrix_read_object (answer->body) : NULL;
  g_autofree char *base = node != NULL ? mos_json_read_dup_line (mos_json_read_object (json_node_get_object (node), "m.homeserver"), "base_url") : NULL;

  if (answer == NULL && api->trouble.status == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* "Server discovery": 404 means that it is where the name says. Whatever else is no answer is a server that is set up wrongly; what its name says is tried all the same,
   * and only if nothing is there, it is told. */
  *ret_url = base != NULL ? address_to_url (base) : g_strdup (url);
  if (*ret_url == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "The server names a homeserver that cannot be asked safely");
  return *ret_url != NULL;
}

MosMatrixServer *
mos_matrix_discover_sync (const char *address,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *url = address_to_url (address);
  g_autofree char *base = NULL;
  g_autoptr (MosMatrixApi) api = NULL;
  g_autoptr (GError) local = NULL;
  MosMatrixServer *server;

  if (url == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "That is no address of a server");
      return NULL;
    }
  if (!read_well_known (url, &base, cancellable, error))
    return NULL;
  api = mos_matrix_api_new (base, NULL);
  server = mos_matrix_api_read_server_sync (api, cancellable, &local);
  /* Something answers there, but it is none. */
  if (g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL) || g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
    local->code = MOS_CHAT_ERROR_NO_SERVER;
  if (server == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return server;
}

/* --- signing in --- */

static MosMatrixSession *
read_session (JsonObject *object,
              gboolean with_token,
              GError **error)
{
  g_autoptr (MosMatrixSession) session = g_new0 (MosMatrixSession, 1);
  g_autofree char *base = mos_json_read_dup_line (mos_json_read_object (mos_json_read_object (object, "well_known"), "m.homeserver"), "base_url");

  session->user_id = mos_json_read_dup_line (object, "user_id");
  session->device_id = mos_json_read_dup_line (object, "device_id");
  if (with_token)
    session->token = mos_json_read_dup_line (object, "access_token");
  session->base_url = base != NULL ? address_to_url (base) : NULL;
  if (session->user_id == NULL || *session->user_id != '@' || (with_token && (session->token == NULL || session->device_id == NULL)))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "The homeserver does not say who is signed in");
      return NULL;
    }
  if (session->device_id == NULL)
    session->device_id = g_strdup ("");
  return g_steal_pointer (&session);
}

MosMatrixSession *
mos_matrix_api_login_sync (MosMatrixApi *self,
                           const char *user,
                           const char *password,
                           const char *device_id,
                           const char *device_name,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (JsonNode) node = NULL;
  MosMatrixSession *session;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, "m.login.password");
  json_builder_set_member_name (builder, "identifier");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, "m.id.user");
  json_builder_set_member_name (builder, "user");
  json_builder_add_string_value (builder, user);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "password");
  json_builder_add_string_value (builder, password);
  if (device_id != NULL && *device_id != '\0')
    {
      json_builder_set_member_name (builder, "device_id");
      json_builder_add_string_value (builder, device_id);
    }
  json_builder_set_member_name (builder, "initial_device_display_name");
  json_builder_add_string_value (builder, device_name);
  json_builder_end_object (builder);
  json = json_builder_get_root (builder);
  node = mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "POST", .path = "/_matrix/client/v3/login", .json = json, .flags = MOS_MATRIX_ASK_NO_TOKEN | MOS_MATRIX_ASK_LOGIN }, cancellable, error);
  session = node != NULL ? read_session (json_node_get_object (node), TRUE, error) : NULL;
  if (session != NULL)
    {
      g_free (self->token);
      self->token = g_strdup (session->token);
    }
  return session;
}

MosMatrixSession *
mos_matrix_api_whoami_sync (MosMatrixApi *self,
                            GCancellable *cancellable,
                            GError **error)
{
  const MosMatrixAsk ask = { .method = "GET", .path = "/_matrix/client/v3/account/whoami" };
  g_autoptr (JsonNode) node = mos_matrix_ask_object (self, &ask, cancellable, error);

  return node != NULL ? read_session (json_node_get_object (node), FALSE, error) : NULL;
}

gboolean
mos_matrix_api_logout_sync (MosMatrixApi *self,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (JsonNode) json = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;

  json_node_take_object (json, json_object_new ());
  node = mos_matrix_ask_object (self, &(MosMatrixAsk) { .method = "POST", .path = "/_matrix/client/v3/logout", .json = json }, cancellable, error);
  return node != NULL;
}
