/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-login.h"

/* After so long a server may be tired of somebody who says nothing. */
#define STALE_US (10 * G_USEC_PER_SEC)

static MosImapOptions
make_options (MosAccount *account,
              MosCredential *credential)
{
  MosImapOptions options = {
    .credential = credential,
    .ca_file = account->ca_file,
    .pinned_certificate = account->pinned_certificate,
    /* What goes through a metered line is paid for; else a slow one is found out by the session. */
    .compress = g_network_monitor_get_network_metered (g_network_monitor_get_default ()) ? MOS_IMAP_COMPRESS_ALWAYS : MOS_IMAP_COMPRESS_WHERE_SLOW,
  };

  return options;
}

MosImapSession *
mos_email_open_imap_sync (MosAccount *account,
                          MosCredential *credential,
                          GCancellable *cancellable,
                          GError **error)
{
  const MosImapOptions options = make_options (account, credential);

  return mos_imap_session_open_sync (account->imap, &options, cancellable, error);
}

static MosSmtpSession *
open_smtp (MosAccount *account,
           MosCredential *credential,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (account->smtp, account->ca_file, account->pinned_certificate, cancellable, error);

  if (session == NULL || !mos_smtp_session_sign_in_sync (session, credential, cancellable, error))
    return NULL;
  return g_steal_pointer (&session);
}

/* What the keyring, or whoever gives tokens, is asked for while the server is called. */
typedef struct
{
  MosAccount *account;
  MosChannelHost *host;
  GCancellable *cancellable; /* (nullable) the caller's */
  GCancellable *calling;     /* (owned): of the call; without a credential nobody waits for it */
  MosCredential *credential; /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
} Lookup;

static gpointer
run_lookup (gpointer data)
{
  Lookup *lookup = data;

  lookup->credential = mos_channel_host_dup_credential_sync (lookup->host, lookup->account, NULL, lookup->cancellable, &lookup->error);
  if (lookup->credential == NULL)
    g_cancellable_cancel (lookup->calling);
  return NULL;
}

static void
cancelled_cb (GCancellable *cancellable,
              GCancellable *calling)
{
  g_cancellable_cancel (calling);
}

/* Both take some time, and neither waits for the other. @ret_credential: (out) (nullable) (transfer full) */
static MosImapSession *
look_up_and_open (MosAccount *account,
                  MosChannelHost *host,
                  MosCredential **ret_credential,
                  GCancellable *cancellable,
                  GError **error)
{
  Lookup lookup = { account, host, cancellable, g_cancellable_new (), NULL, NULL };
  GThread *thread = g_thread_new ("mail-credential", run_lookup, &lookup);
  const gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), lookup.calling, NULL) : 0;
  MosImapOptions options = make_options (account, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (MosImapSession) session = mos_imap_session_connect_sync (account->imap, &options, lookup.calling, &local);
  const gint64 since_us = g_get_monotonic_time ();
  gboolean ok = FALSE;

  g_thread_join (thread);
  g_cancellable_disconnect (cancellable, id);
  g_object_unref (lookup.calling);
  *ret_credential = lookup.credential;
  options.credential = lookup.credential;
  if (lookup.credential == NULL)
    g_propagate_error (error, lookup.error);
  else if (session == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (g_get_monotonic_time () - since_us > STALE_US)
    return mos_imap_session_open_sync (account->imap, &options, cancellable, error);
  else
    ok = mos_imap_session_sign_in_sync (session, &options, cancellable, error);
  return ok ? g_steal_pointer (&session) : NULL;
}

/* A token may have expired earlier than it said. @refusal: (transfer full): of @credential. Returns: (transfer full) (nullable): another one, where that may help */
static MosCredential *
take_another (MosAccount *account,
              MosChannelHost *host,
              MosCredential *credential,
              GError *refusal,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) owned = refusal;

  if (!g_error_matches (refusal, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return NULL;
    }
  g_debug ("%s: the token is refused, another is taken: %s", account->address, refusal->message);
  return mos_channel_host_dup_credential_sync (host, account, credential, cancellable, error);
}

MosImapSession *
mos_email_login_imap_sync (MosAccount *account,
                           MosChannelHost *host,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosCredential) credential = NULL;
  g_autoptr (MosCredential) fresh = NULL;
  GError *local = NULL;
  MosImapSession *session = look_up_and_open (account, host, &credential, cancellable, &local);

  if (session != NULL)
    return session;
  fresh = take_another (account, host, credential, local, cancellable, error);
  return fresh != NULL ? mos_email_open_imap_sync (account, fresh, cancellable, error) : NULL;
}

static MosSmtpSession *
login_smtp (MosAccount *account,
            MosChannelHost *host,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosCredential) credential = mos_channel_host_dup_credential_sync (host, account, NULL, cancellable, error);
  g_autoptr (MosCredential) fresh = NULL;
  GError *local = NULL;
  MosSmtpSession *session;

  if (credential == NULL)
    return NULL;
  session = open_smtp (account, credential, cancellable, &local);
  if (session != NULL)
    return session;
  fresh = take_another (account, host, credential, local, cancellable, error);
  return fresh != NULL ? open_smtp (account, fresh, cancellable, error) : NULL;
}

MosSmtpSession *
mos_email_login_smtp_sync (MosAccount *account,
                           MosChannelHost *host,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosCredential) nobody = NULL;

  /* A relay that knows us by our address */
  if (*account->smtp->user != '\0')
    return login_smtp (account, host, cancellable, error);
  nobody = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "", NULL);
  return open_smtp (account, nobody, cancellable, error);
}
