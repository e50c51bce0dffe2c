/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-secrets.h"
#include "core/channels/email/mos-oauth-providers.h"
#include "core/store/mos-store-accounts.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Signing in through a web page from a terminal, in two steps. The first needs no profile and talks to the person, so it runs in this
 * process although a window may have the profile; the second, which keeps what came of it, runs wherever the profile is. What the first
 * gives the second goes the way of standard input. */

#define MOS_CTL_TOKENS "--tokens-stdin"

gboolean
mos_ctl_sign_in_stands_alone (GPtrArray *args)
{
  const char *verb = args->len > 0 ? g_ptr_array_index (args, 0) : "";

  for (guint i = 1; i < args->len; i++)
    if (strcmp (g_ptr_array_index (args, i), MOS_CTL_TOKENS) == 0)
      return FALSE;
  if (strcmp (verb, "signin") == 0)
    return TRUE;
  for (guint i = 1; strcmp (verb, "add") == 0 && i < args->len; i++)
    if (strcmp (g_ptr_array_index (args, i), "--oauth") == 0 || g_str_has_prefix (g_ptr_array_index (args, i), "--oauth="))
      return TRUE;
  return FALSE;
}

MosOAuth *
mos_ctl_take_oauth (GPtrArray *args)
{
  g_autofree char *provider = mos_ctl_take_option (args, "--oauth");
  g_autofree char *client_id = mos_ctl_take_option (args, "--client-id");
  g_autofree char *authorize_url = mos_ctl_take_option (args, "--authorize-url");
  g_autofree char *token_url = mos_ctl_take_option (args, "--token-url");
  g_autofree char *scope = mos_ctl_take_option (args, "--scope");

  return provider != NULL ? mos_oauth_make (provider, client_id != NULL ? client_id : "", authorize_url, token_url, scope) : NULL;
}

GPtrArray *
mos_ctl_copy_words (GPtrArray *args,
                    const char *but_not)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < args->len; i++)
    if (strcmp (g_ptr_array_index (args, i), but_not) != 0)
      g_ptr_array_add (copy, g_strdup (g_ptr_array_index (args, i)));
  return copy;
}

static void
mos_ctl_show_url (const char *url,
                  gpointer user_data)
{
  MosCtl *self = user_data;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "open", url);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    {
      mos_ctl_print (self, "%s\n", _ ("Open this page in a browser on this computer and sign in (five minutes):"));
      mos_ctl_print (self, "%s\n", url);
    }
  mos_ctl_flush (self);
}

gboolean
mos_ctl_sign_in (MosCtl *self,
                 MosOAuth *oauth,
                 const char *login_hint,
                 const char *client_secret,
                 GError **error)
{
  const MosOAuthPage page = {
    .language = "",
    .title = _ ("Mostrador"),
    .done = _ ("You have signed in. You may close this page and go back to the terminal."),
    .denied = _ ("Access was not granted. You may close this page; nothing was changed."),
    .stale = _ ("This page does not belong to a sign-in that is under way. You may close it."),
  };
  g_autoptr (MosOAuthClient) client = mos_oauth_client_for (oauth, client_secret, error);
  g_autoptr (MosOAuthTokens) tokens = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  char *text;

  if (client == NULL)
    return FALSE;
  tokens = mos_oauth_sign_in_sync (client, login_hint, &page, mos_ctl_show_url, self, 0, self->cancellable, error);
  if (tokens == NULL)
    return FALSE;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "refresh", tokens->refresh);
  mos_json_string (builder, "client_secret", client_secret);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_clear_pointer (&self->input, g_bytes_unref);
  self->input = g_bytes_new_take (text, strlen (text));
  return TRUE;
}

gboolean
mos_ctl_keep_tokens (MosCtl *self,
                     MosAccount *account,
                     GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (self->profile);
  g_autofree char *key = mos_desk_client_secret_key (account->id);
  g_autofree char *text = mos_ctl_read_input (self, error);
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, error) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *refresh = object != NULL ? json_object_get_string_member_with_default (object, "refresh", NULL) : NULL;
  const char *secret = object != NULL ? json_object_get_string_member_with_default (object, "client_secret", NULL) : NULL;

  if (refresh == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("Standard input holds no sign-in"));
      return FALSE;
    }
  return (secret == NULL || mos_secrets_store_sync (scope, key, account->address, secret, MOS_SECRETS_TIMEOUT_MS, self->cancellable, error)) &&
         mos_secrets_store_sync (scope, account->id, account->address, refresh, MOS_SECRETS_TIMEOUT_MS, self->cancellable, error);
}

int
mos_ctl_run_second (MosCtl *self,
                    const char *verb,
                    GPtrArray *args)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup (verb));
  for (guint i = 0; i < args->len; i++)
    g_ptr_array_add (words, g_strdup (g_ptr_array_index (args, i)));
  g_ptr_array_add (words, g_strdup (MOS_CTL_TOKENS));
  return mos_ctl_run_again (self, "account", words);
}

/* --- account signin --- */

typedef struct
{
  const char *name;
  MosAccount *account;
} MosCtlFound;

static gboolean
mos_ctl_do_find (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlFound *found = data;

  return mos_ctl_find_account (txn, found->name, &found->account, error);
}

/* The profile is only looked at, beside whoever has it. */
static MosAccount *
mos_ctl_look_up (MosCtl *self,
                 const char *name,
                 GError **error)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  MosCtlFound found = { name, NULL };
  gboolean ok;

  self->store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_READ_ONLY, clock, NULL, error);
  if (self->store == NULL)
    return NULL;
  ok = mos_ctl_read (self, mos_ctl_do_find, &found, error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_store_close_sync (self->store);
  g_clear_object (&self->store);
  return ok ? found.account : NULL;
}

static char *
mos_ctl_find_secret (MosCtl *self,
                     MosAccount *account)
{
  g_autofree char *scope = mos_desk_profile_scope (self->profile);
  g_autofree char *key = mos_desk_client_secret_key (account->id);

  /* Not every client has one. */
  return mos_secrets_lookup_sync (scope, key, MOS_SECRETS_TIMEOUT_MS, self->cancellable, NULL);
}

int
mos_ctl_account_sign_in (MosCtl *self,
                         GPtrArray *args)
{
  gboolean is_second = mos_ctl_take_flag (args, MOS_CTL_TOKENS);
  gboolean with_secret = mos_ctl_take_flag (args, "--client-secret-stdin");
  g_autoptr (MosAccount) account = NULL;
  g_autofree char *secret = NULL;
  MosCtlFound found = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  found.name = g_ptr_array_index (args, 0);
  if (is_second)
    {
      if (!mos_ctl_read (self, mos_ctl_do_find, &found, &error))
        return mos_ctl_fail (self, error);
      account = found.account;
      return mos_ctl_keep_tokens (self, account, &error) ? MOS_CTL_DONE : mos_ctl_fail (self, error);
    }

  account = mos_ctl_look_up (self, found.name, &error);
  if (account == NULL)
    return mos_ctl_fail (self, error);
  if (account->oauth == NULL)
    /* Translators: %s is a mail address */
    return mos_ctl_fail_text (self, _ ("%s signs in with a password; see account add --password-stdin"), account->address);
  secret = with_secret ? mos_ctl_read_input (self, &error) : mos_ctl_find_secret (self, account);
  if (error != NULL)
    return mos_ctl_fail (self, error);
  if (secret != NULL)
    g_strchomp (secret);
  if (!mos_ctl_sign_in (self, account->oauth, account->imap->user, secret, &error))
    return mos_ctl_fail (self, error);
  return mos_ctl_run_second (self, "signin", args);
}
