/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/application/mos-chat-text.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-chat-changes.h"

#include <glib/gi18n.h>

#define TEXT(a, b, c, d) ((MosErrorText) { (a), (b), (c), (d) })

static MosErrorText
text_key_refused (void)
{
  return TEXT (_ ("The token was refused"),
               _ ("The service does not know this token. What is here is kept."),
               _ ("Copy the token there again, whole, and enter it here."),
               MOS_REMEDY_TOKEN);
}

static MosErrorText
text_taken (void)
{
  return TEXT (_ ("Another program uses this account"),
               _ ("It takes what customers write before it comes here. What is here is kept."),
               _ ("Stop the other program."),
               MOS_REMEDY_RETRY);
}

static MosErrorText
text_webhook (void)
{
  return TEXT (_ ("What customers write goes to another service"),
               _ ("A webhook is set for the bot, which brings it to an address on the web. What is here is kept."),
               _ ("Remove the webhook where that service is not needed any more."),
               MOS_REMEDY_WEBHOOK);
}

static MosErrorText
text_not_allowed (void)
{
  return TEXT (_ ("The account may not do that"),
               _ ("The service knows its key, which lacks a permission. What is here is kept."),
               _ ("Give the key that permission, or make another one."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_exposed (void)
{
  return TEXT (_ ("The secret could be read on its way"),
               _ ("The switchboard wants the secret in clear text, and nothing is encrypted between here and there. It was not sent."),
               _ ("Let the switchboard offer TLS, and write tls:// before its address."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_no_server (void)
{
  return TEXT (_ ("There is no such service at that address"),
               _ ("Something else answers there. Nothing was sent to it but the question."),
               _ ("Check the address in the account’s settings."),
               MOS_REMEDY_SETTINGS);
}

static MosErrorText
text_missed (void)
{
  return TEXT (_ ("Some messages may be missing"),
               _ ("Mostrador was off for longer than this service keeps what nobody fetched. Older messages may have been lost there."),
               _ ("Keep Mostrador running in the background. Whoever writes again comes here."),
               MOS_REMEDY_SEEN);
}

static MosErrorText
text_key_ends (void)
{
  return TEXT (_ ("The token ends within days"),
               _ ("It is renewed by itself while Mostrador runs, which failed for some time. When it has ended, nothing comes in and nothing leaves any more. What is here is kept."),
               _ ("Make a new token there, and enter it here."),
               MOS_REMEDY_TOKEN);
}

static MosErrorText
text_closed (void)
{
  return TEXT (_ ("Nothing can be sent there"),
               _ ("The customer left the chat, blocked it, or it is gone. What you wrote is kept."),
               _ ("Reach the customer another way."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_encrypted (void)
{
  return TEXT (_ ("The room is encrypted"),
               _ ("What is written there can only be read by programs that encrypt, which Mostrador does not. Nothing was sent, so that nobody else can read it. What you wrote is kept."),
               _ ("Answer in another program, or ask the customer to write in a room without encryption."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_window (void)
{
  return TEXT (_ ("The time for an answer is over"),
               _ ("This service lets a shop answer only for some time after the customer’s last message. What you wrote is kept."),
               _ ("Reach the customer another way, or wait until she writes again."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_too_large (void)
{
  return TEXT (_ ("That cannot be sent there"),
               _ ("A file is larger than this service takes, or of a kind that it does not take. What you wrote is kept."),
               _ ("Remove it, or send it by mail."),
               MOS_REMEDY_NONE);
}

static MosErrorText
text_letter_box (void)
{
  return TEXT (_ ("The letter box does not work"),
               _ ("The file on your web space that hands files out does not answer, does not know its key, or is an older one. Nothing was sent."),
               _ ("Test it in the account’s settings."),
               MOS_REMEDY_NONE);
}

MosErrorText
mos_chat_error_text (int code)
{
  switch ((MosChatError) code)
    {
    case MOS_CHAT_ERROR_KEY_REFUSED:
      return text_key_refused ();
    case MOS_CHAT_ERROR_NOT_ALLOWED:
      return text_not_allowed ();
    case MOS_CHAT_ERROR_EXPOSED:
      return text_exposed ();
    case MOS_CHAT_ERROR_NO_SERVER:
      return text_no_server ();
    case MOS_CHAT_ERROR_TAKEN:
      return text_taken ();
    case MOS_CHAT_ERROR_CLOSED:
    case MOS_CHAT_ERROR_MOVED:
      return text_closed ();
    case MOS_CHAT_ERROR_WINDOW:
      return text_window ();
    case MOS_CHAT_ERROR_ENCRYPTED:
      return text_encrypted ();
    case MOS_CHAT_ERROR_TOO_LARGE:
      return text_too_large ();
    case MOS_CHAT_ERROR_LETTER_BOX:
      return text_letter_box ();
    case MOS_CHAT_ERROR_TEMPORARY:
      return mos_error_text_for_why ("temporary");
    case MOS_CHAT_ERROR_UNCERTAIN:
      return mos_error_text_for_why ("uncertain");
    case MOS_CHAT_ERROR_REFUSED:
    case MOS_CHAT_ERROR_GONE:
      return mos_error_text_for_why ("refused");
    case MOS_CHAT_ERROR_PROTOCOL:
    default:
      return mos_error_text_for_why ("protocol");
    }
}

static MosErrorText
text_log_unreadable (void)
{
  return TEXT (_ ("The log of calls cannot be read"),
               _ ("Calls are heard as they happen. Those of the time while Mostrador was off, or the line was broken, do not come in."),
               _ ("See whether the log in the account’s settings is there, and may be read."),
               MOS_REMEDY_SETTINGS);
}

gboolean
mos_chat_why_text (const char *why,
                   MosErrorText *ret_text)
{
  static const struct
  {
    const char *why;
    MosErrorText (*text) (void);
  } table[] = {
    { "key-refused", text_key_refused },
    { "taken", text_taken },
    { "webhook", text_webhook },
    { "not-allowed", text_not_allowed },
    { "exposed", text_exposed },
    { "no-server", text_no_server },
    { "may-have-missed", text_missed },
    { "key-ends-soon", text_key_ends },
    { "log-unreadable", text_log_unreadable },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (why, table[i].why) == 0)
      {
        *ret_text = table[i].text ();
        return TRUE;
      }
  return FALSE;
}

const char *
mos_chat_delivery_text (const char *why)
{
  static const struct
  {
    const char *why;
    const char *text;
  } table[] = {
    { "blocked", N_ ("The customer blocked this chat. Reach her another way.") },
    { "deactivated", N_ ("The customer’s account is gone. Reach her another way.") },
    { "removed", N_ ("The chat is closed to us. Reach the customer another way.") },
    { "not-started", N_ ("The customer has to write first there. Reach her another way.") },
    { "forbidden", N_ ("The service does not let this account write there.") },
    { "chat-not-found", N_ ("The chat is not there any more. Reach the customer another way.") },
    { "chat-closed", N_ ("The chat is closed to us. Reach the customer another way.") },
    { "business-gone", N_ ("The bot is not connected to your account any more. Connect it again there, then retry.") },
    { "window", N_ ("The time in which this service lets a shop answer is over. Reach the customer another way.") },
    { "window-over", N_ ("The time in which this service lets a shop answer is over. Reach the customer another way.") },
    { "text-too-long", N_ ("The text is longer than the service takes. Shorten it.") },
    { "file-gone", N_ ("A file of the message is not there any more. Attach it again.") },
    { "bad-picture", N_ ("The service cannot read the picture. Send it as a file of another kind.") },
    { "rate-limited", N_ ("The service said “not so fast”. It is tried again by itself.") },
    { "bad-answer", N_ ("The service gave an answer that makes no sense. It is tried again by itself.") },
    { "protocol", N_ ("The service gave an answer that makes no sense. It is tried again by itself.") },
    { "temporary", N_ ("The service said “not now”. It is tried again by itself.") },
    { "network", N_ ("There is no connection to the service. It is tried again by itself.") },
    { "host-not-found", N_ ("There is no connection to the service. It is tried again by itself.") },
    { "no-server", N_ ("There is no connection to the service. It is tried again by itself.") },
    { "bad-certificate", N_ ("The service’s certificate cannot be trusted, so nothing was sent. It is tried again by itself.") },
    { "store", N_ ("It cannot be written down here that the message is sent, so it waits. Look whether the disk is full.") },
    { "gave-up", N_ ("It was tried many times without success. Retry, or reach the customer another way.") },
    { "refused", N_ ("The service refused this message.") },
    { "too-large", N_ ("The message, or a file of it, is larger than the service takes. Make it smaller.") },
    { "empty", N_ ("The message is empty.") },
    { "bad-buttons", N_ ("The service does not take these answer buttons. Edit the message.") },
    { "reply-gone", N_ ("The message that this one answers is not there any more. Edit it, and send it without the quotation.") },
    { "unreadable", N_ ("What was to be sent cannot be read any more. Edit the message, and send it again.") },
    { "auth-failed", N_ ("The service did not accept the key. Sign in anew, then retry.") },
    { "taken", N_ ("Another program uses this account. It is tried again by itself.") },
    { "not-allowed", N_ ("The account may not do that. See its settings.") },
    { "key-refused", N_ ("The service does not accept the key any more. It is tried again once you have signed in anew.") },
    { "letter-box", N_ ("The letter box on your web space does not hand the file out. Test it in the account’s settings; it is tried again by itself.") },
    { "encrypted", N_ ("The room is encrypted. Nothing was sent, so that nobody else can read it. Answer in another program, or another way.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (why, table[i].why) == 0)
      return g_dgettext (GETTEXT_PACKAGE, table[i].text);
  return NULL;
}

const char *
mos_chat_change_error_text (int code)
{
  switch ((MosChatChangeError) code)
    {
    case MOS_CHAT_CHANGE_ERROR_NOT_OURS:
      return _ ("Somebody else wrote this message.");
    case MOS_CHAT_CHANGE_ERROR_NOT_SENT:
      return _ ("The message is not in the chat, or not any more.");
    case MOS_CHAT_CHANGE_ERROR_PARTED:
      return _ ("The message went out in several pieces, or has no words, so it cannot be changed. Write another one.");
    case MOS_CHAT_CHANGE_ERROR_TOO_LONG:
      return _ ("The text is longer than a message may be there. Shorten it.");
    case MOS_CHAT_CHANGE_ERROR_EMPTY:
      return _ ("The message is empty.");
    case MOS_CHAT_CHANGE_ERROR_TOO_LATE:
      return _ ("The message is too old: this service takes back only what was sent a short while ago.");
    case MOS_CHAT_CHANGE_ERROR_NOT_THERE:
    default:
      return _ ("This service cannot do that.");
    }
}

const char *
mos_chat_change_why_text (const char *why)
{
  static const struct
  {
    const char *why;
    const char *text;
  } table[] = {
    { "message-gone", N_ ("The message is not in the chat any more.") },
    { "too-late", N_ ("The service takes back only what was sent a short while ago.") },
    { "cannot-edit", N_ ("The service does not let this message be changed.") },
    { "bad-sign", N_ ("The service does not know this sign. Choose another one.") },
    { "not-there", N_ ("This service cannot do that.") },
    { "gave-up", N_ ("It was tried many times without success.") },
    { "refused", N_ ("The service refused it.") },
  };
  const char *text;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (why, table[i].why) == 0)
      return g_dgettext (GETTEXT_PACKAGE, table[i].text);
  text = mos_chat_delivery_text (why);
  return text != NULL ? text : _ ("The service refused it.");
}

const char *
mos_chat_content_text (const char *why)
{
  if (g_strcmp0 (why, "encrypted") == 0)
    return _ ("This message is encrypted from end to end, so it can only be read in another program. Ask the customer to write in a room without encryption, or answer another way.");
  if (g_strcmp0 (why, MOS_CHAT_NOT_TOLD) == 0)
    return _ ("A message was here that the service tells no more of: too many came before Mostrador looked. Look at it in the service’s own program.");
  if (g_strcmp0 (why, "unknown-content") == 0)
    return _ ("This message holds something that cannot be shown here. Look at it in the service’s own program.");
  return NULL;
}
