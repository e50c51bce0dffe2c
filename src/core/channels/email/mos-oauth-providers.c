/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-oauth-providers.h"

#include "core/base/mos-http.h"
#include "mos-email-resources.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define TABLE "/org/mostrador/Mostrador/core/email/oauth-providers.json"

static void
mos_oauth_provider_clear (MosOAuthProvider *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->scope);
  g_free (self->redirect_host);
  g_strfreev (self->extra);
  g_free (self->client_page);
  g_free (self->help_url);
}

MOS_DEFINE_VALUE (MosOAuthProvider, oauth_provider)

static char **
read_extra (JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    g_strv_builder_add_many (builder, l->data, json_object_get_string_member (object, l->data), NULL);
  return g_strv_builder_end (builder);
}

static GPtrArray *
read_table (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_email_get_resource (), TABLE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  GPtrArray *providers = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_oauth_provider_unref);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  JsonArray *list;

  /* It is part of the program: checked by a test, not by the person. */
  if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) size, &error))
    g_error ("The table of sign-in pages: %s", error->message);
  list = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "providers");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      MosOAuthProvider *provider = mos_oauth_provider_new ();

      provider->id = g_strdup (json_object_get_string_member (object, "id"));
      provider->name = g_strdup (json_object_get_string_member (object, "name"));
      provider->authorize_url = g_strdup (json_object_get_string_member (object, "authorize"));
      provider->token_url = g_strdup (json_object_get_string_member (object, "token"));
      provider->scope = g_strdup (json_object_get_string_member (object, "scope"));
      provider->redirect_host = g_strdup (json_object_get_string_member (object, "redirect"));
      provider->extra = read_extra (json_object_get_object_member (object, "extra"));
      provider->client_page = g_strdup (json_object_get_string_member (object, "client_page"));
      provider->help_url = g_strdup (json_object_get_string_member (object, "help"));
      provider->needs_secret = json_object_get_boolean_member (object, "needs_secret");
      g_ptr_array_add (providers, provider);
    }
  return providers;
}

GPtrArray *
mos_oauth_provider_list (void)
{
  static GPtrArray *providers;

  if (g_once_init_enter_pointer (&providers))
    g_once_init_leave_pointer (&providers, read_table ());
  return providers;
}

MosOAuthProvider *
mos_oauth_provider_find (const char *id)
{
  GPtrArray *providers = mos_oauth_provider_list ();

  for (guint i = 0; i < providers->len; i++)
    {
      MosOAuthProvider *provider = g_ptr_array_index (providers, i);

      if (g_strcmp0 (provider->id, id) == 0)
        return provider;
    }
  return NULL;
}

static MosOAuthClient *
client_error (GError **error,
              const char *message)
{
  g_set_error_literal (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_CLIENT, message);
  return NULL;
}

MosOAuthClient *
mos_oauth_client_for (MosOAuth *oauth,
                      const char *client_secret,
                      GError **error)
{
  MosOAuthProvider *provider = mos_oauth_provider_find (oauth->provider);
  g_autoptr (MosOAuthClient) client = mos_oauth_client_new ();

  if (oauth->client_id == NULL || *oauth->client_id == '\0')
    return client_error (error, "A client id is missing");
  if (provider == NULL && g_strcmp0 (oauth->provider, MOS_OAUTH_CUSTOM) != 0)
    return client_error (error, "This provider is not known");
  if (provider == NULL && (oauth->authorize_url == NULL || oauth->token_url == NULL))
    return client_error (error, "The addresses to sign in at are missing");

  client->authorize_url = g_strdup (provider != NULL ? provider->authorize_url : oauth->authorize_url);
  client->token_url = g_strdup (provider != NULL ? provider->token_url : oauth->token_url);
  client->scope = g_strdup (provider != NULL ? provider->scope : oauth->scope != NULL ? oauth->scope
                                                                                      : "");
  client->redirect_host = g_strdup (provider != NULL ? provider->redirect_host : "127.0.0.1");
  client->extra = provider != NULL ? g_strdupv (provider->extra) : NULL;
  client->client_id = g_strdup (oauth->client_id);
  client->client_secret = g_strdup (client_secret);
  if (!mos_http_url_is_allowed (client->authorize_url) || !mos_http_url_is_allowed (client->token_url))
    return client_error (error, "The addresses to sign in at must begin with https");
  return g_steal_pointer (&client);
}
