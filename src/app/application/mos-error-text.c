/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-error-text.h"

#include "app/application/mos-chat-text.h"

#include "core/base/mos-error.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-chat-changes.h"
#include "core/values/mos-backup-values.h"

#include <glib/gi18n.h>

#define TEXT(a, b, c, d) ((MosErrorText) { (a), (b), (c), (d) })

static MosErrorText
text_general (void)
{
  return TEXT (_ ("Something went wrong"),
               _ ("The action was not carried out. Nothing was changed."),
               _ ("Try again. If it happens again, the details help to report it."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_auth_failed (void)
{
  return TEXT (_ ("Wrong name or password"),
               _ ("The server did not accept the user name or the password."),
               _ ("Enter the password again. Some providers want an app password made for this program."),
               MOS_REMEDY_PASSWORD);
}

static MosErrorText
text_auth_unsupported (void)
{
  return TEXT (_ ("No safe way to sign in"),
               _ ("The server offers no way to sign in that keeps the password safe on this connection."),
               _ ("Choose TLS or STARTTLS in the account’s settings, or ask the provider how to sign in with a password."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_sign_in_again (void)
{
  return TEXT (_ ("Sign in again"),
               _ ("The provider does not accept the earlier sign-in any more. That happens after a changed password, after a long time, or when access was withdrawn. What is here is kept, and nothing waiting to be sent is lost."),
               _ ("Sign in again on the provider’s page."),
               MOS_REMEDY_SIGN_IN);
}

static MosErrorText
text_oauth_client (void)
{
  return TEXT (_ ("The provider refuses the client ID"),
               _ ("The provider does not know the client ID, or does not let it read and send mail."),
               _ ("Compare client ID and secret with the provider’s page where they were made, then sign in again."),
               MOS_REMEDY_SIGN_IN);
}

static MosErrorText
text_for_oauth (int code)
{
  switch ((MosOAuthError) code)
    {
    case MOS_OAUTH_ERROR_DENIED:
      return TEXT (_ ("The sign-in was declined"),
                   _ ("On the provider’s page, access was not granted. Nothing was changed."),
                   _ ("Sign in again and allow Mostrador to read and send mail. In a company, its administrator may have to allow it first."),
                   MOS_REMEDY_SIGN_IN);
    case MOS_OAUTH_ERROR_TIMED_OUT:
      return TEXT (_ ("The sign-in was not finished"),
                   _ ("The browser did not come back within five minutes. Nothing was changed."),
                   _ ("Sign in again when you have the time for it."),
                   MOS_REMEDY_SIGN_IN);
    case MOS_OAUTH_ERROR_GRANT:
      return text_sign_in_again ();
    case MOS_OAUTH_ERROR_CLIENT:
      return text_oauth_client ();
    case MOS_OAUTH_ERROR_TEMPORARY:
    case MOS_OAUTH_ERROR_PROTOCOL:
      return TEXT (_ ("The provider’s sign-in does not work at the moment"),
                   _ ("The provider answered something that makes no sense, or asked to come back later. What is here is kept."),
                   _ ("Try again in a while."),
                   MOS_REMEDY_RETRY);
    default:
      return text_general ();
    }
}

static MosErrorText
text_bad_certificate (void)
{
  return TEXT (_ ("The server’s certificate cannot be trusted"),
               _ ("Somebody could be pretending to be the mail server, so the password was not sent."),
               _ ("Look at the certificate. Trust it only if you know that it is the server’s own."),
               MOS_REMEDY_CERTIFICATE);
}

static MosErrorText
text_tls_required (void)
{
  return TEXT (_ ("The server offers no encryption"),
               _ ("The connection was ended before anything private was sent."),
               _ ("Check the port and the security in the account’s settings."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_protocol (void)
{
  return TEXT (_ ("The server gave an answer that makes no sense"),
               _ ("The connection was ended. Nothing was lost."),
               _ ("Check that server and port are those of a mail server, then try again."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_refused (void)
{
  return TEXT (_ ("The server refused"),
               _ ("The server said no, and will say no again."),
               _ ("The details hold the server’s own words."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_temporary (void)
{
  return TEXT (_ ("The server has no time now"),
               _ ("The server asked to try again later. That happens by itself."),
               "",
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_folder_refused (void)
{
  return TEXT (_ ("A mail folder cannot be opened"),
               _ ("The server does not open one of the folders that are followed. The others are read as ever, and what is here of it is kept."),
               _ ("The details name it. It is tried again by itself; in the account’s settings you can stop following it."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_missing (void)
{
  return TEXT (_ ("Some mail could not be fetched"),
               _ ("The server lists messages that it does not hand out. Everything else is here."),
               _ ("The account’s settings name them. They are asked for again by themselves."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_uncertain (void)
{
  return TEXT (_ ("Perhaps sent"),
               _ ("The connection ended before the server confirmed the message. It may have been sent."),
               _ ("Look for it in the Sent folder before sending it again."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_too_large (void)
{
  return TEXT (_ ("Too large"),
               _ ("The message is larger than the server takes."),
               _ ("Remove an attachment, or send a link to it instead."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_over_quota (void)
{
  return TEXT (_ ("The mailbox is full"),
               _ ("The mail provider keeps no further messages for this account."),
               _ ("Make room on the server, or ask the provider for more."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_host_not_found (void)
{
  return TEXT (_ ("The mail server was not found"),
               _ ("There is no server of this name, or this computer is not connected to the network."),
               _ ("Check the network, then the server’s name in the account’s settings."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_network (void)
{
  return TEXT (_ ("No connection"),
               _ ("The server cannot be reached at the moment. What is here can be read and answered; it is sent once there is a connection."),
               _ ("Check the network. It is tried again by itself."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_timed_out (void)
{
  return TEXT (_ ("The server does not answer"),
               _ ("The server took too long."),
               _ ("Check server, port and security, or try again later."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_server_alert (void)
{
  return TEXT (_ ("The mail server has something to say"),
               _ ("Mail goes on coming and going."),
               _ ("Read what it says; its provider can tell more."),
               MOS_REMEDY_SEEN);
}

static MosErrorText
text_no_password (void)
{
  return TEXT (_ ("The password is missing"),
               _ ("The keyring holds no password for this account."),
               _ ("Enter the password again."),
               MOS_REMEDY_PASSWORD);
}

static MosErrorText
text_no_secret_service (void)
{
  return TEXT (_ ("There is no keyring"),
               _ ("This system has no place to keep passwords safely, so the password is only known until Mostrador is closed."),
               _ ("Install and unlock a keyring, such as GNOME Keyring or KWallet. Until then the password is asked for after each start."),
               MOS_REMEDY_PASSWORD);
}

static MosErrorText
text_disk_full (void)
{
  return TEXT (_ ("The disk is full"),
               _ ("There was no room to store the change, so it was not made. All that was stored before is kept."),
               _ ("Make room on the disk, then try again."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_read_only (void)
{
  return TEXT (_ ("The profile cannot be written"),
               _ ("The folder or the file is read-only. Nothing was changed."),
               _ ("Make the folder writable for you, or move the profile to a place that is."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_for_store (int code)
{
  switch ((MosStoreError) code)
    {
    case MOS_STORE_ERROR_SCHEMA_TOO_NEW:
      return TEXT (_ ("This profile is from a newer Mostrador"),
                   _ ("A newer version of Mostrador wrote it. It was not touched."),
                   _ ("Install the newer version, or open another profile."),
                   MOS_REMEDY_NONE);
    case MOS_STORE_ERROR_CORRUPT:
      return TEXT (_ ("The profile is damaged"),
                   _ ("The database cannot be read. It was left as it is, so that it can be repaired."),
                   _ ("Restore the newest backup with “mostradorctl restore”, or look at it with “mostradorctl check”."),
                   MOS_REMEDY_RETRY);
    case MOS_STORE_ERROR_LOCKED:
      return TEXT (_ ("The profile is in use"),
                   _ ("Another program has this profile open, perhaps “mostradorctl” or a Mostrador of another user."),
                   _ ("Wait until it has finished, then try again."),
                   MOS_REMEDY_RETRY);
    case MOS_STORE_ERROR_READ_ONLY:
      return text_read_only ();
    case MOS_STORE_ERROR_DISK_FULL:
      return text_disk_full ();
    case MOS_STORE_ERROR_NOT_FOUND:
      return TEXT (_ ("It is not there any more"),
                   _ ("What the action was meant for does not exist any more."),
                   "",
                   MOS_REMEDY_NONE);
    case MOS_STORE_ERROR_CONFLICT:
      return TEXT (_ ("It was changed in the meantime"),
                   _ ("Somebody or something changed it since, so this step cannot be taken back."),
                   "",
                   MOS_REMEDY_NONE);
    case MOS_STORE_ERROR_FAILED:
      return TEXT (_ ("The profile could not be read or written"),
                   _ ("The last change was not stored. All that was stored before is kept."),
                   _ ("Try again. If it happens again, the details help to report it."),
                   MOS_REMEDY_RETRY);
    default:
      return text_general ();
    }
}

static MosErrorText
text_for_mail (int code)
{
  switch ((MosMailError) code)
    {
    case MOS_MAIL_ERROR_PROTOCOL:
      return text_protocol ();
    case MOS_MAIL_ERROR_AUTH_FAILED:
      return text_auth_failed ();
    case MOS_MAIL_ERROR_AUTH_UNSUPPORTED:
      return text_auth_unsupported ();
    case MOS_MAIL_ERROR_BAD_CERTIFICATE:
      return text_bad_certificate ();
    case MOS_MAIL_ERROR_TLS_REQUIRED:
      return text_tls_required ();
    case MOS_MAIL_ERROR_REFUSED:
      return text_refused ();
    case MOS_MAIL_ERROR_TEMPORARY:
      return text_temporary ();
    case MOS_MAIL_ERROR_UNCERTAIN:
      return text_uncertain ();
    case MOS_MAIL_ERROR_TOO_LARGE:
      return text_too_large ();
    case MOS_MAIL_ERROR_TOKEN_REFUSED:
    case MOS_MAIL_ERROR_SIGN_IN_AGAIN:
      return text_sign_in_again ();
    default:
      return text_general ();
    }
}

static MosErrorText
text_for_desk (int code)
{
  switch ((MosDeskError) code)
    {
    case MOS_DESK_ERROR_INVALID:
      return TEXT (_ ("That is not complete"),
                   _ ("Something is missing or is not valid, such as an address or a text."),
                   _ ("Look at what was entered and try again."),
                   MOS_REMEDY_NONE);
    case MOS_DESK_ERROR_NO_SECRET_SERVICE:
      return text_no_secret_service ();
    case MOS_DESK_ERROR_NO_PASSWORD:
      return text_no_password ();
    case MOS_DESK_ERROR_NOT_FOUND:
      return text_for_store (MOS_STORE_ERROR_NOT_FOUND);
    case MOS_DESK_ERROR_CANNOT_UNDO:
      return TEXT (_ ("A sent message cannot be undone"),
                   _ ("The last thing you did was to send a message. What you did before it stays as it is."),
                   _ ("While a message still waits in the outbox, it can be taken back there."),
                   MOS_REMEDY_NONE);
    case MOS_DESK_ERROR_UNSENT:
      return TEXT (_ ("Waiting to be sent"),
                   _ ("The action was not carried out. Nothing was changed."),
                   _ ("While a message still waits in the outbox, it can be taken back there."),
                   MOS_REMEDY_NONE);
    default:
      return text_general ();
    }
}

static MosErrorText
text_for_backup (int code)
{
  switch ((MosBackupError) code)
    {
    case MOS_BACKUP_ERROR_NOT_ONE:
      return TEXT (_ ("This Is No Backup"), _ ("The file is no backup of Mostrador. Nothing was changed."), _ ("Choose another file."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NEEDS_PASSPHRASE:
      return TEXT (_ ("A Passphrase Is Needed"), _ ("It was made with a passphrase, and none was given. Nothing was changed."), _ ("Enter the passphrase it was made with."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_PASSPHRASE:
      return TEXT (_ ("The Passphrase Does Not Fit"), _ ("The backup was made with another passphrase. Nothing was changed."), _ ("Try again. Without the passphrase nobody can open it."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_DAMAGED:
      return TEXT (_ ("The Backup Is Damaged"), _ ("It is damaged, or a part of it is missing. Nothing was changed."), _ ("Copy it again from where it came from, or choose an older one."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_TOO_NEW:
      return TEXT (_ ("The Backup Is From a Newer Mostrador"), _ ("This version cannot read the backup. Nothing was changed."), _ ("Install the newer version, then restore it there."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NO_FOLDER:
      return TEXT (_ ("The Folder for Backups Is Not There"), _ ("The folder is not there. Older backups are kept."), _ ("Connect the drive it is on, or choose another folder."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NO_ROOM:
      return TEXT (_ ("There Is No Room for the Backup"), _ ("The disk is full. Older backups are kept, and nothing was changed."), _ ("Make room there, or choose another folder."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NOT_WRITABLE:
      return TEXT (_ ("The Backup Cannot Be Written"), _ ("Nothing can be written there. Older backups are kept."), _ ("Choose another folder, or make this one writable for you."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NO_PASSPHRASE:
      return TEXT (_ ("The Passphrase Is Missing"), _ ("The keyring of this computer has no passphrase for backups. Nothing was written."), _ ("Enter one in the preferences, under Backups."), MOS_REMEDY_NONE);
    case MOS_BACKUP_ERROR_NO_KEYRING:
      return TEXT (_ ("The Keyring Does Not Answer"), _ ("The passphrase, or the passwords that belong into the backup, are in a keyring that does not give them. Nothing was written."), _ ("Unlock the keyring, then try again."), MOS_REMEDY_NONE);
    default:
      return text_general ();
    }
}

static MosErrorText
text_for_io (int code)
{
  /* Only what has a reaction of its own; GIO's list is long. */
  if (code == G_IO_ERROR_HOST_NOT_FOUND)
    return text_host_not_found ();
  if (code == G_IO_ERROR_TIMED_OUT)
    return text_timed_out ();
  if (code == G_IO_ERROR_NO_SPACE)
    return text_disk_full ();
  if (code == G_IO_ERROR_READ_ONLY)
    return text_read_only ();
  if (code == G_IO_ERROR_CONNECTION_REFUSED)
    return TEXT (_ ("The server does not take the connection"),
                 _ ("Nothing listens at this server and port."),
                 _ ("Check server and port in the account’s settings."),
                 MOS_REMEDY_SETTINGS);
  if (code == G_IO_ERROR_HOST_UNREACHABLE || code == G_IO_ERROR_NETWORK_UNREACHABLE ||
      code == G_IO_ERROR_CONNECTION_CLOSED || code == G_IO_ERROR_BROKEN_PIPE || code == G_IO_ERROR_NOT_CONNECTED)
    return text_network ();
  if (code == G_IO_ERROR_PERMISSION_DENIED)
    return TEXT (_ ("No permission"),
                 _ ("The system does not let Mostrador open or write this."),
                 _ ("Check who owns the file or the folder."),
                 MOS_REMEDY_NONE);
  if (code == G_IO_ERROR_NOT_FOUND)
    return TEXT (_ ("The file was not found"),
                 _ ("The file or the folder does not exist any more."),
                 "",
                 MOS_REMEDY_NONE);
  return text_general ();
}

MosErrorText
mos_error_text (const GError *error)
{
  if (error == NULL)
    return text_general ();
  if (error->domain == MOS_STORE_ERROR)
    return text_for_store (error->code);
  if (error->domain == MOS_MAIL_ERROR)
    return text_for_mail (error->code);
  if (error->domain == MOS_DESK_ERROR)
    return text_for_desk (error->code);
  if (error->domain == MOS_OAUTH_ERROR)
    return text_for_oauth (error->code);
  if (mos_chat_error_is_webhook (error))
    return mos_error_text_for_why (MOS_CHAT_WEBHOOK);
  if (error->domain == MOS_BACKUP_ERROR)
    return text_for_backup (error->code);
  if (error->domain == MOS_CHAT_ERROR)
    return mos_chat_error_text (error->code);
  if (error->domain == MOS_CHAT_CHANGE_ERROR)
    return TEXT (_ ("This Did Not Work"), mos_chat_change_error_text (error->code), "", MOS_REMEDY_NONE);
  if (error->domain == G_IO_ERROR)
    return text_for_io (error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return text_host_not_found ();
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_BAD_CERTIFICATE ? text_bad_certificate () : text_tls_required ();
  return text_general ();
}

MosErrorText
mos_error_text_for_why (const char *why)
{
  static const struct
  {
    const char *why;
    MosErrorText (*text) (void);
  } table[] = {
    { "auth-failed", text_auth_failed },
    { "auth-unsupported", text_auth_unsupported },
    { "bad-certificate", text_bad_certificate },
    { "sign-in-again", text_sign_in_again },
    { "oauth-client", text_oauth_client },
    { "host-not-found", text_host_not_found },
    { "network", text_network },
    { "connection-refused", text_network },
    { "tls-failed", text_protocol },
    { "store", text_general },
    { "timeout", text_timed_out },
    { "timed-out", text_timed_out },
    { "tls-required", text_tls_required },
    { "no-password", text_no_password },
    { "no-secret-service", text_no_secret_service },
    { "over-quota", text_over_quota },
    { "protocol", text_protocol },
    { "refused", text_refused },
    { "temporary", text_temporary },
    { "folder-refused", text_folder_refused },
    { "missing", text_missing },
    { "too-large", text_too_large },
    { "server-alert", text_server_alert },
    { "uncertain", text_uncertain },
    { "disk-full", text_disk_full },
    { "read-only", text_read_only },
  };
  MosErrorText of_chat;

  for (gsize i = 0; why != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (why, table[i].why))
      return table[i].text ();
  if (mos_chat_why_text (why, &of_chat))
    return of_chat;
  return TEXT (_ ("The account has a problem"),
               _ ("Mail is not being fetched or sent at the moment. What is here is kept."),
               _ ("The details hold the server’s own words."),
               MOS_REMEDY_SETTINGS);
}

const char *
mos_remedy_get_label (MosRemedy remedy)
{
  switch (remedy)
    {
    case MOS_REMEDY_RETRY:
      return _ ("_Try Again");
    case MOS_REMEDY_PASSWORD:
      return _ ("Enter _Password");
    case MOS_REMEDY_TOKEN:
      return _ ("Enter _Token");
    case MOS_REMEDY_SIGN_IN:
      return _ ("_Sign In Again");
    case MOS_REMEDY_CERTIFICATE:
      return _ ("_Look at It");
    case MOS_REMEDY_SETTINGS:
      return _ ("_Settings");
    case MOS_REMEDY_WEBHOOK:
      /* Translators: a webhook: an address on the web to which another service has messages brought */
      return _ ("_Remove Webhook…");
    case MOS_REMEDY_SEEN:
      return C_ ("answer to a server's notice", "_Seen");
    case MOS_REMEDY_NONE:
    default:
      return NULL;
    }
}
