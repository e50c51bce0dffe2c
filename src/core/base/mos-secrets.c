/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-secrets.h"

#include <libsecret/secret.h>

static const SecretSchema *
mos_secrets_get_schema (void)
{
  static const SecretSchema schema = {
    .name = "org.mostrador.Mostrador.Account",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = {
        { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
    },
  };

  return &schema;
}

static GMutex preparing_mutex;
static GCond preparing_cond;
static guint preparing; /* under the mutex: how many preparations go on */

/* Whoever asks while it is prepared would have libsecret look for the keyring a second time, beside the first. */
static void
mos_secrets_await_preparation (void)
{
  g_mutex_lock (&preparing_mutex);
  while (preparing > 0)
    g_cond_wait (&preparing_cond, &preparing_mutex);
  g_mutex_unlock (&preparing_mutex);
}

/* libsecret's blocking calls know no time-out, so a watch cancels them. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  GCancellable *cancellable; /* (owned) given to libsecret */
  GCancellable *outer;       /* (borrowed) (nullable) the caller's */
  gulong outer_id;
  GThread *thread;
  gint64 until_us;
  gboolean is_done;
  gboolean timed_out;
} MosSecretsWatch;

static gpointer
mos_secrets_watch_thread (gpointer data)
{
  MosSecretsWatch *watch = data;

  g_mutex_lock (&watch->mutex);
  while (!watch->is_done)
    if (!g_cond_wait_until (&watch->cond, &watch->mutex, watch->until_us))
      {
        watch->timed_out = !watch->is_done;
        break;
      }
  g_mutex_unlock (&watch->mutex);

  if (watch->timed_out)
    g_cancellable_cancel (watch->cancellable);
  return NULL;
}

static void
mos_secrets_outer_cancelled_cb (GCancellable *outer,
                                gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
mos_secrets_watch_start (MosSecretsWatch *watch,
                         guint timeout_ms,
                         GCancellable *outer)
{
  g_mutex_init (&watch->mutex);
  g_cond_init (&watch->cond);
  watch->cancellable = g_cancellable_new ();
  watch->outer = outer;
  if (outer != NULL)
    watch->outer_id = g_cancellable_connect (outer, G_CALLBACK (mos_secrets_outer_cancelled_cb), watch->cancellable, NULL);
  watch->until_us = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  watch->thread = g_thread_new ("mos-secrets", mos_secrets_watch_thread, watch);
}

static gboolean
mos_secrets_watch_end (MosSecretsWatch *watch,
                       GError *inner,
                       GError **error)
{
  g_mutex_lock (&watch->mutex);
  watch->is_done = TRUE;
  g_cond_signal (&watch->cond);
  g_mutex_unlock (&watch->mutex);
  g_thread_join (watch->thread);
  if (watch->outer != NULL)
    g_cancellable_disconnect (watch->outer, watch->outer_id);
  g_object_unref (watch->cancellable);
  g_cond_clear (&watch->cond);
  g_mutex_clear (&watch->mutex);

  if (inner == NULL)
    return TRUE;
  if (watch->outer != NULL && g_cancellable_set_error_if_cancelled (watch->outer, error))
    g_error_free (inner);
  else
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE, "%s",
                   watch->timed_out ? "The keyring does not answer" : inner->message);
      g_error_free (inner);
    }
  return FALSE;
}

gboolean
mos_secrets_store_sync (const char *profile,
                        const char *account,
                        const char *label,
                        const char *password,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GError **error)
{
  MosSecretsWatch watch = { 0 };
  GError *inner = NULL;

  mos_secrets_await_preparation ();
  mos_secrets_watch_start (&watch, timeout_ms, cancellable);
  secret_password_store_sync (mos_secrets_get_schema (), SECRET_COLLECTION_DEFAULT, label, password, watch.cancellable, &inner,
                              "profile", profile, "account", account, NULL);
  return mos_secrets_watch_end (&watch, inner, error);
}

char *
mos_secrets_lookup_sync (const char *profile,
                         const char *account,
                         guint timeout_ms,
                         GCancellable *cancellable,
                         GError **error)
{
  MosSecretsWatch watch = { 0 };
  GError *inner = NULL;
  char *password;

  mos_secrets_await_preparation ();
  mos_secrets_watch_start (&watch, timeout_ms, cancellable);
  password = secret_password_lookup_sync (mos_secrets_get_schema (), watch.cancellable, &inner,
                                          "profile", profile, "account", account, NULL);
  if (!mos_secrets_watch_end (&watch, inner, error))
    return NULL;
  if (password == NULL)
    g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "The keyring holds no password for this account");
  return password;
}

gboolean
mos_secrets_clear_sync (const char *profile,
                        const char *account,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GError **error)
{
  MosSecretsWatch watch = { 0 };
  GError *inner = NULL;

  mos_secrets_await_preparation ();
  mos_secrets_watch_start (&watch, timeout_ms, cancellable);
  secret_password_clear_sync (mos_secrets_get_schema (), watch.cancellable, &inner,
                              "profile", profile, "account", account, NULL);
  return mos_secrets_watch_end (&watch, inner, error);
}

#define PATIENCE_US G_USEC_PER_SEC

struct _MosSecretsPreparation
{
  GCancellable *cancellable; /* (owned) */
  GThread *thread;
  guint timeout_ms;
  gboolean is_done; /* under the mutex */
};

static gpointer
mos_secrets_preparation_thread (gpointer data)
{
  MosSecretsPreparation *self = data;
  MosSecretsWatch watch = { 0 };
  GError *inner = NULL;

  /* Asks for what nobody keeps: libsecret has no other public call that gets it to agree on a key, and keeps that for the next question. */
  mos_secrets_watch_start (&watch, self->timeout_ms, self->cancellable);
  secret_password_free (secret_password_lookup_sync (mos_secrets_get_schema (), watch.cancellable, &inner, "profile", "", "account", "", NULL));
  mos_secrets_watch_end (&watch, inner, NULL);

  g_mutex_lock (&preparing_mutex);
  preparing--;
  self->is_done = TRUE;
  g_cond_broadcast (&preparing_cond);
  g_mutex_unlock (&preparing_mutex);
  return NULL;
}

MosSecretsPreparation *
mos_secrets_preparation_new (guint timeout_ms)
{
  MosSecretsPreparation *self = g_new0 (MosSecretsPreparation, 1);

  self->cancellable = g_cancellable_new ();
  self->timeout_ms = timeout_ms;
  g_mutex_lock (&preparing_mutex);
  preparing++;
  g_mutex_unlock (&preparing_mutex);
  self->thread = g_thread_new ("mos-keyring", mos_secrets_preparation_thread, self);
  return self;
}

void
mos_secrets_preparation_free (MosSecretsPreparation *self)
{
  const gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  /* A keyring that does not answer holds nobody up for long; one that is about to is let, for libsecret forgets to free some of it where it is cut short. */
  g_mutex_lock (&preparing_mutex);
  while (!self->is_done && g_cond_wait_until (&preparing_cond, &preparing_mutex, until_us))
    ;
  g_mutex_unlock (&preparing_mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_free (self);
}
