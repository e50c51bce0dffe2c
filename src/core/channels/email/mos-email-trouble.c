/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-trouble.h"

#include "core/base/mos-error.h"

static MosEmailTrouble
from_mail_error (MosMailError code)
{
  switch (code)
    {
    case MOS_MAIL_ERROR_AUTH_FAILED:
      return (MosEmailTrouble) { "auth-failed", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_MAIL_ERROR_AUTH_UNSUPPORTED:
      return (MosEmailTrouble) { "auth-unsupported", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_MAIL_ERROR_BAD_CERTIFICATE:
      /* Another network may have been in the way: the log-in page of a hotel. */
      return (MosEmailTrouble) { "bad-certificate", MOS_ACCOUNT_BAD_CERTIFICATE, TRUE, TRUE };
    case MOS_MAIL_ERROR_TLS_REQUIRED:
      return (MosEmailTrouble) { "tls-required", MOS_ACCOUNT_FAILED, TRUE, TRUE };
    case MOS_MAIL_ERROR_TEMPORARY:
      return (MosEmailTrouble) { "temporary", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_MAIL_ERROR_REFUSED:
      return (MosEmailTrouble) { "refused", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_MAIL_ERROR_TOO_LARGE:
      return (MosEmailTrouble) { "too-large", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    case MOS_MAIL_ERROR_TOKEN_REFUSED: /* after a fresh one was tried */
    case MOS_MAIL_ERROR_SIGN_IN_AGAIN:
      return (MosEmailTrouble) { "sign-in-again", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_MAIL_ERROR_UNCERTAIN:
    case MOS_MAIL_ERROR_PROTOCOL:
    default:
      return (MosEmailTrouble) { "protocol", MOS_ACCOUNT_WAITING, FALSE, FALSE };
    }
}

/* Of taking a fresh access token. */
static MosEmailTrouble
from_oauth_error (MosOAuthError code)
{
  switch (code)
    {
    case MOS_OAUTH_ERROR_GRANT:
    case MOS_OAUTH_ERROR_DENIED:
      return (MosEmailTrouble) { "sign-in-again", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_OAUTH_ERROR_CLIENT:
      return (MosEmailTrouble) { "oauth-client", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
    case MOS_OAUTH_ERROR_PROTOCOL:
    case MOS_OAUTH_ERROR_TIMED_OUT:
    case MOS_OAUTH_ERROR_TEMPORARY:
    default:
      return (MosEmailTrouble) { "temporary", MOS_ACCOUNT_WAITING, FALSE, TRUE };
    }
}

/**
 * mos_email_trouble_from_error:
 * @error: of connecting, logging in, syncing or sending
 *
 * Pure; any thread.
 *
 * Returns: the account's state and whether to try again by itself
 */
MosEmailTrouble
mos_email_trouble_from_error (const GError *error)
{
  const char *why = "network";

  g_return_val_if_fail (error != NULL, ((MosEmailTrouble) { "network", MOS_ACCOUNT_WAITING, FALSE, TRUE }));

  if (g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE) && g_str_has_prefix (error->message, "[OVERQUOTA]"))
    return (MosEmailTrouble) { "over-quota", MOS_ACCOUNT_WAITING, FALSE, FALSE };
  if (error->domain == MOS_MAIL_ERROR)
    return from_mail_error ((MosMailError) error->code);
  if (error->domain == MOS_OAUTH_ERROR)
    return from_oauth_error ((MosOAuthError) error->code);
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD))
    return (MosEmailTrouble) { "no-password", MOS_ACCOUNT_AUTH_FAILED, TRUE, FALSE };
  /* A keyring may be unlocked later; asking again costs nothing. */
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    return (MosEmailTrouble) { "no-secret-service", MOS_ACCOUNT_WAITING, FALSE, FALSE };
  if (error->domain == MOS_STORE_ERROR)
    return (MosEmailTrouble) { error->code == MOS_STORE_ERROR_DISK_FULL ? "disk-full" : "store", MOS_ACCOUNT_WAITING, FALSE, FALSE };

  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    why = "host-not-found";
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    why = "connection-refused";
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    why = "timeout";
  else if (error->domain == G_TLS_ERROR)
    why = "tls-failed";

  return (MosEmailTrouble) { why, MOS_ACCOUNT_WAITING, FALSE, TRUE };
}

MosSendResult *
mos_email_send_result_from_error (const char *message,
                                  const GError *error)
{
  MosSendResult *result = mos_send_result_new ();

  result->message = g_strdup (message);
  result->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  if (error == NULL)
    {
      result->state = MOS_DELIVERY_ACCEPTED;
      return result;
    }

  result->state = MOS_DELIVERY_QUEUED;
  result->detail = g_strdup (error->message);
  if (g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN))
    {
      result->state = MOS_DELIVERY_UNCERTAIN;
      result->why = g_strdup ("uncertain");
      return result;
    }

  result->why = g_strdup (mos_email_trouble_from_error (error).why);
  if (g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED) || g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE))
    result->state = MOS_DELIVERY_FAILED;
  return result;
}
