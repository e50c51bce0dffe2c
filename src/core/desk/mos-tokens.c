/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-tokens.h"

#include "core/channels/email/mos-oauth-providers.h"

#include <string.h>

/* How long before its end a token is taken anew: a sync may run on it for a while. Of a short-lived one, a fifth. */
#define AHEAD_S 300
/* How often a thread that waits for another's answer looks whether it is to stop. */
#define LOOK_US (100 * 1000)

typedef struct
{
  char *access; /* (owned) (nullable) */
  gint64 since_us;
  gint64 since_monotonic_us;
  gint64 lifetime_s;
  gboolean is_asking; /* a thread is at it */
  char *dead;         /* (owned) (nullable): digest of a refresh token that is good for nothing any more */
  GError *why_dead;   /* (owned) (nullable) */
} Entry;

struct _MosTokens
{
  MosClock *clock; /* (owned) */
  MosTokensKeyring keyring;
  GMutex mutex;
  GCond cond;
  GHashTable *entries; /* (mutex mutex) account id -> Entry, which stays */
};

static void
entry_drop_token (Entry *entry)
{
  if (entry->access != NULL)
    explicit_bzero (entry->access, strlen (entry->access));
  g_clear_pointer (&entry->access, g_free);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  entry_drop_token (entry);
  g_free (entry->dead);
  g_clear_error (&entry->why_dead);
  g_free (entry);
}

MosTokens *
mos_tokens_new (MosClock *clock,
                const MosTokensKeyring *keyring)
{
  MosTokens *self = g_new0 (MosTokens, 1);

  self->clock = g_object_ref (clock);
  self->keyring = *keyring;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
mos_tokens_free (MosTokens *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->clock);
  g_free (self);
}

static Entry *
ensure_entry (MosTokens *self,
              const char *account)
{
  Entry *entry = g_hash_table_lookup (self->entries, account);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (account), entry);
    }
  return entry;
}

static void
take_access (MosTokens *self,
             Entry *entry,
             MosOAuthTokens *tokens)
{
  entry_drop_token (entry);
  entry->access = g_strdup (tokens->access);
  entry->lifetime_s = tokens->lifetime_s;
  entry->since_us = mos_clock_now_us (self->clock);
  entry->since_monotonic_us = g_get_monotonic_time ();
}

void
mos_tokens_put (MosTokens *self,
                const char *account,
                MosOAuthTokens *tokens)
{
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = ensure_entry (self, account);
  take_access (self, entry, tokens);
  g_clear_pointer (&entry->dead, g_free);
  g_clear_error (&entry->why_dead);
  g_mutex_unlock (&self->mutex);
}

void
mos_tokens_forget (MosTokens *self,
                   const char *account)
{
  Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, account);
  if (entry != NULL)
    {
      entry_drop_token (entry);
      g_clear_pointer (&entry->dead, g_free);
      g_clear_error (&entry->why_dead);
    }
  g_mutex_unlock (&self->mutex);
}

/* Two clocks, and the one that says "later" counts: the wall clock may be set back, the other stands still while the computer sleeps. */
static gboolean
lasts (MosTokens *self,
       Entry *entry,
       gint64 ahead_s)
{
  gint64 wall_us = mos_clock_now_us (self->clock) - entry->since_us;
  gint64 monotonic_us = g_get_monotonic_time () - entry->since_monotonic_us;

  return entry->access != NULL && MAX (wall_us, monotonic_us) < (entry->lifetime_s - ahead_s) * G_USEC_PER_SEC;
}

static gboolean
is_dead (MosTokens *self,
         const char *account,
         const char *digest,
         GError **error)
{
  Entry *entry;
  gboolean dead;

  g_mutex_lock (&self->mutex);
  entry = ensure_entry (self, account);
  dead = entry->why_dead != NULL && g_strcmp0 (entry->dead, digest) == 0;
  if (dead)
    g_propagate_error (error, g_error_copy (entry->why_dead));
  g_mutex_unlock (&self->mutex);
  return dead;
}

/* Called without the lock, by one thread at a time. */
static MosOAuthTokens *
take_anew (MosTokens *self,
           MosAccount *account,
           char **ret_digest,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *refresh = self->keyring.load_refresh (account->id, self->keyring.data, cancellable, &local);
  g_autofree char *secret = NULL;
  g_autoptr (MosOAuthClient) client = NULL;
  g_autoptr (MosOAuthTokens) tokens = NULL;
  g_autoptr (GError) secret_error = NULL;

  if (refresh == NULL)
    {
      if (g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD))
        g_set_error_literal (error, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_GRANT, local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  *ret_digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, refresh, -1);
  if (is_dead (self, account->id, *ret_digest, error))
    return NULL;

  secret = self->keyring.load_client_secret (account->id, self->keyring.data, cancellable, &secret_error);
  if (secret_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&secret_error));
      return NULL;
    }
  client = mos_oauth_client_for (account->oauth, secret, error);
  if (client == NULL)
    return NULL;
  tokens = mos_oauth_refresh_sync (client, refresh, cancellable, error);
  /* The new one first: from now on the old one may be worth nothing. Kept even when we are being ended. */
  if (tokens != NULL && tokens->refresh != NULL && strcmp (tokens->refresh, refresh) != 0)
    self->keyring.save_refresh (account, tokens->refresh, self->keyring.data, NULL);
  explicit_bzero (refresh, strlen (refresh));
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  return g_steal_pointer (&tokens);
}

/* @entry: locked; ends so. Returns the state after whatever another thread was at. */
static gboolean
wait_for_others (MosTokens *self,
                 Entry *entry,
                 GCancellable *cancellable,
                 GError **error)
{
  while (entry->is_asking)
    {
      g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + LOOK_US);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

MosCredential *
mos_tokens_get_sync (MosTokens *self,
                     MosAccount *account,
                     MosCredential *refused,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (MosOAuthTokens) tokens = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *digest = NULL;
  MosCredential *credential = NULL;
  Entry *entry;

  g_return_val_if_fail (account->oauth != NULL, NULL);

  g_mutex_lock (&self->mutex);
  entry = ensure_entry (self, account->id);
  if (!wait_for_others (self, entry, cancellable, error))
    {
      g_mutex_unlock (&self->mutex);
      return NULL;
    }
  if (lasts (self, entry, MIN (AHEAD_S, entry->lifetime_s / 5)) && (refused == NULL || strcmp (refused->secret, entry->access) != 0))
    {
      credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, entry->access, account->authorize_as);
      g_mutex_unlock (&self->mutex);
      return credential;
    }
  entry->is_asking = TRUE;
  g_mutex_unlock (&self->mutex);

  tokens = take_anew (self, account, &digest, cancellable, &local);

  g_mutex_lock (&self->mutex);
  entry->is_asking = FALSE;
  g_cond_broadcast (&self->cond);
  if (tokens != NULL)
    take_access (self, entry, tokens);
  else if (g_error_matches (local, MOS_OAUTH_ERROR, MOS_OAUTH_ERROR_GRANT))
    {
      /* The other workers need not ask, too. */
      g_set_str (&entry->dead, digest);
      g_clear_error (&entry->why_dead);
      entry->why_dead = g_error_copy (local);
      entry_drop_token (entry);
    }
  /* Asked ahead of time and in vain: the one there is still lasts a while. */
  if (tokens != NULL || (refused == NULL && lasts (self, entry, 0)))
    credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, entry->access, account->authorize_as);
  g_mutex_unlock (&self->mutex);

  if (credential == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return credential;
}
