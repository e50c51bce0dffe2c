/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/application/mos-chat-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/values/mos-chat-values.h"

#include <glib/gi18n.h>
#include <string.h>

/* What became of a message that we sent, and why a mail is kept apart. */

const char *
mos_delivery_text (MosDelivery delivery)
{
  switch (delivery)
    {
    case MOS_DELIVERY_DRAFT:
      return C_ ("delivery", "Draft");
    case MOS_DELIVERY_SCHEDULED:
      return C_ ("delivery", "Sends later");
    case MOS_DELIVERY_QUEUED:
      return C_ ("delivery", "Waiting to be sent");
    case MOS_DELIVERY_SENDING:
      return C_ ("delivery", "Sending…");
    case MOS_DELIVERY_ACCEPTED:
      return C_ ("delivery", "Sent");
    case MOS_DELIVERY_UNCERTAIN:
      return C_ ("delivery", "Perhaps sent");
    case MOS_DELIVERY_DELIVERED:
      return C_ ("delivery", "Delivered");
    case MOS_DELIVERY_READ:
      return C_ ("delivery", "Read");
    case MOS_DELIVERY_FAILED:
      return C_ ("delivery", "Not sent");
    case MOS_DELIVERY_BOUNCED:
      return C_ ("delivery", "Came back");
    case MOS_DELIVERY_CANCELLED:
      return C_ ("delivery", "Cancelled");
    case MOS_DELIVERY_RECEIVED:
    default:
      return "";
    }
}

typedef struct
{
  const char *code;
  const char *text;
} MosCodeText;

static const char *
code_text (const MosCodeText *table,
           gsize n,
           const char *code)
{
  for (gsize i = 0; code != NULL && i < n; i++)
    if (g_str_equal (table[i].code, code))
      return g_dgettext (GETTEXT_PACKAGE, table[i].text);
  return NULL;
}

/* A mail always goes to somebody; a chat to whoever is in it. */
static gboolean
is_of_chat (const MosMessageRow *row)
{
  return row->to == NULL || row->to->len + row->cc->len + row->bcc->len == 0;
}

/* What a mail server did. */
static const char *
mail_why_text (const char *why)
{
  static const MosCodeText table[] = {
    { "auth-failed", N_ ("The mail server refused the password. Enter it again in the account’s settings, then retry.") },
    { "bad-certificate", N_ ("The mail server’s certificate cannot be trusted. See the account’s settings.") },
    { "tls-required", N_ ("The mail server offers no encryption. See the account’s settings.") },
    { "host-not-found", N_ ("The mail server cannot be found. Check the connection and the account’s settings.") },
    { "network", N_ ("There is no connection to the mail server. It is tried again by itself.") },
    { "connection-refused", N_ ("There is no connection to the mail server. It is tried again by itself.") },
    { "timeout", N_ ("The mail server does not answer. It is tried again by itself.") },
    { "tls-failed", N_ ("The encrypted connection to the mail server failed. It is tried again by itself.") },
    { "protocol", N_ ("The mail server gave an answer that makes no sense. It is tried again by itself.") },
    { "recipients-deferred", N_ ("The mail server said “not now” for some recipients. It is tried again by itself, for them alone.") },
    { "own-address", N_ ("A program wrote this, and it was to go to one of our own addresses.") },
    { "machine-address", N_ ("A program wrote this, and nobody reads what is sent to that address.") },
    { "unreachable", N_ ("A program wrote this, and mail to that address came back in the last 60 days. It is tried again once something comes from there.") },
    { "temporary", N_ ("The mail server said “not now”. It is tried again by itself.") },
    { "refused", N_ ("The mail server refused this message.") },
    { "recipient-refused", N_ ("The mail server does not accept a recipient. Check the address.") },
    { "bad-recipient", N_ ("The mail server does not accept a recipient. Check the address.") },
    { "sender-refused", N_ ("The mail server does not let this account send with this address.") },
    { "too-large", N_ ("The message is larger than the mail server allows. Remove an attachment.") },
    { "gave-up", N_ ("It was tried for several days without success. Retry, or reach the customer another way.") },
  };

  return code_text (table, G_N_ELEMENTS (table), why);
}

const char *
mos_delivery_why_text (const MosMessageRow *row)
{
  /* Whatever it goes out by */
  static const MosCodeText table[] = {
    { "no-password", N_ ("The password of this account is missing. Enter it in the account’s settings, then retry.") },
    { "disk-full", N_ ("The disk is full, and nothing is sent that cannot be written down. Make room; nothing is lost.") },
    { "no-secret-service", N_ ("The keyring that holds the password is locked or missing. Unlock it, then retry.") },
    { "answers-machine", N_ ("A program wrote this, and it would have answered a program: two of them never stop.") },
    { "own-loop", N_ ("A program wrote this, and it would have answered one of our own automatic messages.") },
    { "limit-subject", N_ ("A program wrote this, and that address got two of the same subject in three hours.") },
    { "limit-conversation", N_ ("A program wrote this, and in this conversation enough was sent by itself for now.") },
    { "limit-recipient", N_ ("A program wrote this, and that address got enough automatic mail for now.") },
    { "limit-account", N_ ("A program wrote this, and this account sent enough by itself for now. Look at your rules.") },
    { "limit-desk", N_ ("A program wrote this, and enough was sent by itself for now. Look at your rules.") },
    { "account-removed", N_ ("The account it was written with is gone. Edit the message to send it with another one.") },
  };
  gboolean is_chat = is_of_chat (row);
  const char *text = is_chat ? mos_chat_delivery_text (row->why) : mail_why_text (row->why);

  if (text == NULL)
    text = code_text (table, G_N_ELEMENTS (table), row->why);
  if (text != NULL)
    return text;
  return is_chat ? _ ("The service gave no clear reason. Retry, or edit the message.") : _ ("The mail server gave no clear reason. Retry, or edit the message.");
}

/* The recipients that the server's words name; all of them where it names none. */
static char *
troubled_recipients (const MosMessageRow *row)
{
  GPtrArray *const lists[] = { row->to, row->cc, row->bcc };
  g_autoptr (GPtrArray) named = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *words = row->why_detail != NULL ? g_utf8_casefold (row->why_detail, -1) : NULL;
  GPtrArray *told;
  GString *text = g_string_new (NULL);

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && i < lists[l]->len; i++)
      {
        const char *address = ((MosAddress *) g_ptr_array_index (lists[l], i))->address;
        g_autofree char *folded = g_utf8_casefold (address, -1);

        g_ptr_array_add (all, (gpointer) address);
        if (words != NULL && *folded != '\0' && strstr (words, folded) != NULL)
          g_ptr_array_add (named, (gpointer) address);
      }
  told = named->len > 0 ? named : all;
  for (guint i = 0; i < told->len; i++)
    {
      g_autofree char *address = mos_text_isolate (g_ptr_array_index (told, i));

      if (i > 0)
        /* Translators: between the names of a list of recipients. */
        g_string_append (text, _ (", "));
      g_string_append (text, address);
    }
  return g_string_free (text, FALSE);
}

char *
mos_delivery_trouble_text (const MosMessageRow *row)
{
  g_autofree char *who = troubled_recipients (row);
  g_autofree char *summary = mos_recipients_summary_text (row);
  g_autofree char *each = summary != NULL ? mos_recipients_trouble_text (row) : NULL;

  /* Some have it: what is said of all would be wrong for them. */
  if (each != NULL)
    return g_strdup_printf ("%s\n%s", summary, each);

  if (row->delivery == MOS_DELIVERY_BOUNCED && *who != '\0')
    /* Translators: first an address or several, then a sentence with the reason and what to do. */
    return g_strdup_printf (_ ("This came back and did not reach %1$s. %2$s"), who, mos_remedy_text (row->why, row->why_detail));
  if (row->delivery == MOS_DELIVERY_BOUNCED)
    /* Translators: "Not sent" or "Came back", then a sentence with the reason. */
    return g_strdup_printf (C_ ("delivery", "%1$s. %2$s"), mos_delivery_text (row->delivery), mos_remedy_text (row->why, row->why_detail));
  if (row->results != NULL && row->results->len == 1 && g_strcmp0 (row->why, "recipient-refused") == 0)
    {
      const MosRecipientResult *result = g_ptr_array_index (row->results, 0);
      g_autofree char *address = mos_text_isolate (result->address);

      /* Translators: an address, then a sentence with the reason and what to do. */
      return g_strdup_printf (_ ("Not sent. The mail server does not accept %1$s. %2$s"), address, mos_remedy_text (result->status, result->text));
    }
  if (*who != '\0' && (g_strcmp0 (row->why, "recipient-refused") == 0 || g_strcmp0 (row->why, "bad-recipient") == 0))
    /* Translators: an address or several that a mail server does not accept. */
    return g_strdup_printf (_ ("Not sent. The mail server does not accept %s. Check the address for a slip, or reach the customer another way."), who);
  /* Translators: "Not sent" or "Came back", then a sentence with the reason. */
  return g_strdup_printf (C_ ("delivery", "%1$s. %2$s"), mos_delivery_text (row->delivery), mos_delivery_why_text (row));
}

char *
mos_delivery_waiting_text (const MosMessageRow *row,
                           gint64 now_us)
{
  g_autofree char *summary = mos_recipients_summary_text (row);
  g_autofree char *each = summary != NULL ? mos_recipients_trouble_text (row) : NULL;
  /* What comes within a minute has not happened "just now". */
  g_autofree char *when = row->next_try_us <= now_us                        ? NULL
                          : row->next_try_us < now_us + 60 * G_USEC_PER_SEC ? mos_time_text_clock (row->next_try_us, NULL)
                                                                            : mos_time_text_relative (row->next_try_us, now_us, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (row->why == NULL && each == NULL)
    return NULL;
  if (each != NULL)
    g_string_append_printf (text, "%s\n%s", summary, each);
  else
    g_string_append (text, mos_delivery_why_text (row));
  if (when != NULL)
    {
      g_autofree char *isolated = mos_text_isolate (when);

      g_string_append (text, each != NULL ? "\n" : " ");
      /* Translators: %s is a time such as "14:05" or "Tomorrow, 09:00". */
      g_string_append_printf (text, _ ("Next try: %s."), isolated);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

const char *
mos_delivery_uncertain_text (const MosMessageRow *row)
{
  gboolean is_restored = g_strcmp0 (row->why, MOS_OUTBOX_RESTORED) == 0;

  if (is_restored && is_of_chat (row))
    return _ ("It waited to be sent when the backup was made that this desk was restored from. It may have left since, so it is not sent by itself. Look into the chat: is it there?");
  if (is_restored)
    return _ ("It waited to be sent when the backup was made that this desk was restored from. It may have left since, so it is not sent by itself. Was it sent? An answer or a copy in the Sent folder shows it, too.");
  if (is_of_chat (row))
    return _ ("The connection ended before the service answered. Mostrador does not send the message a second time by itself. Look into the chat: is it there?");
  if (g_strcmp0 (row->why, "interrupted") == 0)
    return _ ("Mostrador was ended, or could not write to the disk, at the very end of sending. It looks for the message in the Sent folder and waits for an answer or a returned mail, and does not send it a second time by itself. Was it sent? Answer if you know it already.");
  return _ ("The connection ended at the very end of sending. Mostrador looks for the message in the Sent folder and waits for an answer or a returned mail, and does not send it a second time by itself. Was it sent? Answer if you know it already.");
}

const char *
mos_quarantine_text (const char *why,
                     MosClassification classification)
{
  static const MosCodeText table[] = {
    { "auto-submitted", N_ ("This is an automatic reply, such as an out-of-office note.") },
    { "x-auto-reply", N_ ("This is an automatic reply, such as an out-of-office note.") },
    { "precedence", N_ ("This was sent by a program that marks its mail as automatic.") },
    { "report", N_ ("This is a report from a mail server about a message.") },
    { "return-path", N_ ("This comes from a mail server, not from a person: it has no return address.") },
    { "mailer-daemon", N_ ("This comes from a mail server, not from a person.") },
    { "failed-recipients", N_ ("This says that a message could not be delivered.") },
    { "subject", N_ ("Its subject is that of a mail that could not be delivered.") },
    { "list", N_ ("This is a newsletter or a mailing list.") },
    { "own-loop", N_ ("This is one of our own automatic messages that came back.") },
    { "own-address", N_ ("This comes from one of our own addresses.") },
    { "junk", N_ ("The mail server put this into its Junk folder.") },
    { "opt-out", N_ ("This says that somebody wants no more mail to many; it is noted with the customer.") },
    { "blocked-sender", N_ ("Somebody here blocked its sender.") },
    { "unreadable", N_ ("This mail is damaged and could not be read in full.") },
    { MOS_CHAT_UNREADABLE, N_ ("The service brought something that could not be read. It is kept as it came; look whether something is missing in the service’s own program.") },
  };
  const char *text = code_text (table, G_N_ELEMENTS (table), why);

  if (text != NULL)
    return text;

  switch (classification)
    {
    case MOS_CLASSIFICATION_AUTO_REPLY:
      return _ ("This is an automatic reply, such as an out-of-office note.");
    case MOS_CLASSIFICATION_BOUNCE_HARD:
      return _ ("A message could not be delivered, and a retry will not help.");
    case MOS_CLASSIFICATION_BOUNCE_SOFT:
      return _ ("A message could not be delivered yet.");
    case MOS_CLASSIFICATION_BULK:
      return _ ("This is a newsletter or a mailing list.");
    case MOS_CLASSIFICATION_FEEDBACK_REPORT:
      return _ ("This says that somebody marked a message of ours as spam.");
    case MOS_CLASSIFICATION_DELIVERY_REPORT:
      return _ ("This is a report from a mail server about a message.");
    case MOS_CLASSIFICATION_OWN_LOOP:
      return _ ("This is one of our own automatic messages that came back.");
    case MOS_CLASSIFICATION_BLOCKED:
      return _ ("Its sender is blocked.");
    case MOS_CLASSIFICATION_SURVEY:
    case MOS_CLASSIFICATION_NORMAL:
    default:
      return _ ("This mail was set apart.");
    }
}
