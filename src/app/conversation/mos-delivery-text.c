/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/widgets/mos-text-direction.h"

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

const char *
mos_delivery_why_text (const char *why)
{
  static const MosCodeText table[] = {
    { "auth-failed", N_ ("The mail server refused the password. Enter it again in the account’s settings, then retry.") },
    { "no-password", N_ ("The password of this account is missing. Enter it in the account’s settings, then retry.") },
    { "bad-certificate", N_ ("The mail server’s certificate cannot be trusted. See the account’s settings.") },
    { "tls-required", N_ ("The mail server offers no encryption. See the account’s settings.") },
    { "host-not-found", N_ ("The mail server cannot be found. Check the connection and the account’s settings.") },
    { "network", N_ ("There is no connection to the mail server. It is tried again by itself.") },
    { "connection-refused", N_ ("There is no connection to the mail server. It is tried again by itself.") },
    { "temporary", N_ ("The mail server said “not now”. It is tried again by itself.") },
    { "refused", N_ ("The mail server refused this message.") },
    { "recipient-refused", N_ ("The mail server does not accept a recipient. Check the address.") },
    { "bad-recipient", N_ ("The mail server does not accept a recipient. Check the address.") },
    { "sender-refused", N_ ("The mail server does not let this account send with this address.") },
    { "too-large", N_ ("The message is larger than the mail server allows. Remove an attachment.") },
    { "account-removed", N_ ("The account it was written with is gone. Edit the message to send it with another one.") },
    { "gave-up", N_ ("It was tried for several days without success. Retry, or reach the customer another way.") },
  };
  const char *text = code_text (table, G_N_ELEMENTS (table), why);

  return text != NULL ? text : _ ("The mail server gave no clear reason. Retry, or edit the message.");
}

/* The codes of RFC 3463 that a person can do something about. */
static const char *
bounce_why_text (const char *status)
{
  const char *subject = status != NULL && status[0] != '\0' && status[1] == '.' ? status + 2 : "";

  if (g_str_has_prefix (subject, "1."))
    return _ ("There is no such address. Check it for a slip, or reach the customer another way.");
  if (g_str_equal (subject, "2.2"))
    return _ ("The mailbox is full. Send it again in a few days, or reach the customer another way.");
  if (g_str_equal (subject, "2.3") || g_str_equal (subject, "3.4"))
    return _ ("It is too large for the recipient’s server. Send it again without the attachments.");
  if (g_str_has_prefix (subject, "2."))
    return _ ("The mailbox takes no mail. Check the address, or reach the customer another way.");
  if (g_str_has_prefix (subject, "7."))
    return _ ("The recipient’s server does not take mail from us. Reach the customer another way.");
  return _ ("The recipient’s server sent it back. Check the address, or reach the customer another way.");
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

  if (row->delivery == MOS_DELIVERY_BOUNCED && *who != '\0')
    /* Translators: first an address or several, then a sentence with the reason and what to do. */
    return g_strdup_printf (_ ("This came back and did not reach %1$s. %2$s"), who, bounce_why_text (row->why));
  if (row->delivery == MOS_DELIVERY_BOUNCED)
    /* Translators: "Not sent" or "Came back", then a sentence with the reason. */
    return g_strdup_printf (C_ ("delivery", "%1$s. %2$s"), mos_delivery_text (row->delivery), bounce_why_text (row->why));
  if (*who != '\0' && (g_strcmp0 (row->why, "recipient-refused") == 0 || g_strcmp0 (row->why, "bad-recipient") == 0))
    /* Translators: an address or several that a mail server does not accept. */
    return g_strdup_printf (_ ("Not sent. The mail server does not accept %s. Check the address for a slip, or reach the customer another way."), who);
  /* Translators: "Not sent" or "Came back", then a sentence with the reason. */
  return g_strdup_printf (C_ ("delivery", "%1$s. %2$s"), mos_delivery_text (row->delivery), mos_delivery_why_text (row->why));
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
    { "blocked-sender", N_ ("Somebody here blocked its sender.") },
    { "unreadable", N_ ("This mail is damaged and could not be read in full.") },
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
    case MOS_CLASSIFICATION_NORMAL:
    default:
      return _ ("This mail was set apart.");
    }
}
