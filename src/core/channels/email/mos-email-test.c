/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-test.h"

#include "core/channels/email/mos-email-login.h"

static const char *
begin_stage (const char *stage,
             MosEmailTestProgress progress,
             gpointer progress_data)
{
  if (progress != NULL)
    progress (stage, progress_data);
  return stage;
}

/* Where connecting and logging in is one call, the error says how far it came. */
static gboolean
is_about_login (const GError *error)
{
  return g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED) || g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED) ||
         g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOKEN_REFUSED) || g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_SIGN_IN_AGAIN);
}

static gboolean
test_imap (MosAccount *account,
           MosCredential *credential,
           MosEmailTestProgress progress,
           gpointer progress_data,
           const char **stage,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosImapSession) session = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GError) local = NULL;
  MosImapSelected selected = { 0 };
  const MosImapFolder *inbox;
  gboolean ok;

  *stage = begin_stage ("imap-connect", progress, progress_data);
  session = mos_email_open_imap_sync (account, credential, cancellable, &local);
  if (session == NULL)
    {
      if (is_about_login (local))
        *stage = begin_stage ("imap-login", progress, progress_data);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *stage = begin_stage ("imap-login", progress, progress_data);

  *stage = begin_stage ("imap-folders", progress, progress_data);
  folders = mos_imap_session_list_sync (session, cancellable, error);
  if (folders == NULL)
    return FALSE;
  inbox = mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX);
  ok = mos_imap_session_select_sync (session, inbox != NULL ? inbox->mailbox : "INBOX", TRUE, 0, 0, &selected, cancellable, error);
  if (mos_imap_session_is_open (session))
    mos_imap_session_logout_sync (session);
  return ok;
}

static gboolean
test_smtp (MosAccount *account,
           MosCredential *credential,
           MosEmailTestProgress progress,
           gpointer progress_data,
           const char **stage,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosSmtpSession) session = NULL;
  gboolean ok;

  *stage = begin_stage ("smtp-connect", progress, progress_data);
  session = mos_smtp_session_open_sync (account->smtp, account->ca_file, account->pinned_certificate, cancellable, error);
  if (session == NULL)
    return FALSE;

  *stage = begin_stage ("smtp-login", progress, progress_data);
  ok = mos_smtp_session_sign_in_sync (session, credential, cancellable, error);
  mos_smtp_session_quit (session);
  return ok;
}

gboolean
mos_email_test_sync (MosAccount *account,
                     MosCredential *credential,
                     MosEmailTestProgress progress,
                     gpointer progress_data,
                     const char **ret_stage,
                     GTlsCertificate **ret_certificate,
                     GTlsCertificateFlags *ret_flags,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *stage = "imap-connect";
  gboolean ok;

  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (credential != NULL, FALSE);

  if (ret_certificate != NULL)
    *ret_certificate = NULL;
  if (ret_flags != NULL)
    *ret_flags = 0;

  ok = test_imap (account, credential, progress, progress_data, &stage, cancellable, &local) &&
       test_smtp (account, credential, progress, progress_data, &stage, cancellable, &local);
  if (ok)
    stage = begin_stage ("done", progress, progress_data);
  else if (g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE))
    {
      const MosTlsProblem *problem = mos_tls_problem_get_last ();

      if (problem != NULL && ret_certificate != NULL)
        *ret_certificate = problem->certificate != NULL ? g_object_ref (problem->certificate) : NULL;
      if (problem != NULL && ret_flags != NULL)
        *ret_flags = problem->flags;
    }

  if (ret_stage != NULL)
    *ret_stage = stage;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}
