/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-account-values.h"

#include <string.h>

static char *
dup_unless_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
mos_credential_clear (MosCredential *self)
{
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->authorize_as);
}

MOS_DEFINE_VALUE (MosCredential, credential)

MosCredential *
mos_credential_make (MosCredentialKind kind,
                     const char *secret,
                     const char *authorize_as)
{
  MosCredential *self = mos_credential_new ();

  self->kind = kind;
  self->secret = g_strdup (secret);
  self->authorize_as = dup_unless_empty (authorize_as);
  return self;
}

static void
mos_oauth_clear (MosOAuth *self)
{
  g_free (self->provider);
  g_free (self->client_id);
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->scope);
}

MOS_DEFINE_VALUE (MosOAuth, oauth)

MosOAuth *
mos_oauth_make (const char *provider,
                const char *client_id,
                const char *authorize_url,
                const char *token_url,
                const char *scope)
{
  MosOAuth *self = mos_oauth_new ();

  self->provider = g_strdup (provider);
  self->client_id = g_strdup (client_id);
  self->authorize_url = dup_unless_empty (authorize_url);
  self->token_url = dup_unless_empty (token_url);
  self->scope = dup_unless_empty (scope);
  return self;
}

static void
mos_sender_clear (MosSender *self)
{
  g_free (self->address);
  g_free (self->name);
  g_free (self->signature);
  g_free (self->reply_to);
}

MOS_DEFINE_VALUE (MosSender, sender)

MosSender *
mos_sender_make (const char *address,
                 const char *name,
                 const char *signature,
                 const char *reply_to)
{
  MosSender *self = mos_sender_new ();

  self->address = g_strdup (address);
  self->name = dup_unless_empty (name);
  self->signature = g_strdup (signature);
  self->reply_to = dup_unless_empty (reply_to);
  return self;
}
