/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-login.h"

MosImapSession *
mos_email_open_imap_sync (MosAccount *account,
                          MosCredential *credential,
                          GCancellable *cancellable,
                          GError **error)
{
  MosImapOptions options = {
    .credential = credential,
    .ca_file = account->ca_file,
    .pinned_certificate = account->pinned_certificate,
    /* What goes through a metered line is paid for; else a slow one is found out by the session. */
    .compress = g_network_monitor_get_network_metered (g_network_monitor_get_default ()) ? MOS_IMAP_COMPRESS_ALWAYS : MOS_IMAP_COMPRESS_WHERE_SLOW,
  };

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

static gpointer
open_either (MosAccount *account,
             gboolean is_smtp,
             MosCredential *credential,
             GCancellable *cancellable,
             GError **error)
{
  return is_smtp ? (gpointer) open_smtp (account, credential, cancellable, error) : (gpointer) mos_email_open_imap_sync (account, credential, cancellable, error);
}

static gpointer
login (MosAccount *account,
       MosChannelHost *host,
       gboolean is_smtp,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (MosCredential) credential = mos_channel_host_dup_credential_sync (host, account, NULL, cancellable, error);
  g_autoptr (MosCredential) fresh = NULL;
  g_autoptr (GError) local = NULL;
  gpointer session;

  if (credential == NULL)
    return NULL;
  session = open_either (account, is_smtp, credential, cancellable, &local);
  if (session != NULL)
    return session;
  if (!g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  g_debug ("%s: the token is refused, another is taken: %s", account->address, local->message);
  fresh = mos_channel_host_dup_credential_sync (host, account, credential, cancellable, error);
  return fresh != NULL ? open_either (account, is_smtp, fresh, cancellable, error) : NULL;
}

MosImapSession *
mos_email_login_imap_sync (MosAccount *account,
                           MosChannelHost *host,
                           GCancellable *cancellable,
                           GError **error)
{
  return login (account, host, FALSE, cancellable, error);
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
    return login (account, host, TRUE, cancellable, error);
  nobody = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "", NULL);
  return open_smtp (account, nobody, cancellable, error);
}
