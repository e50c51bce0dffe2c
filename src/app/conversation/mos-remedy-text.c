/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a mail server's "no" means for the person who wrote, and what she can do about it. */

typedef enum
{
  REMEDY_UNKNOWN,
  REMEDY_NO_USER,
  REMEDY_NO_DOMAIN,
  REMEDY_BAD_ADDRESS,
  REMEDY_MOVED,
  REMEDY_MAILBOX_FULL,
  REMEDY_MAILBOX_OFF,
  REMEDY_TOO_LARGE,
  REMEDY_SPAM,
  REMEDY_SENDER_UNPROVEN,
  REMEDY_NOT_ALLOWED,
  REMEDY_SENDER,
  REMEDY_GREYLISTED,
  REMEDY_TOO_MANY,
  REMEDY_NO_ANSWER,
  REMEDY_EXPIRED,
  REMEDY_LOOP,
  REMEDY_CONTENT,
} Remedy;

/* By subject and detail of the enhanced status (RFC 3463 §3 and the IANA registry); the longest that fits counts, "7." means all of that subject. */
static const struct
{
  const char *status;
  Remedy remedy;
} by_status[] = {
  { "1.0", REMEDY_NO_USER },
  { "1.1", REMEDY_NO_USER },
  { "1.2", REMEDY_NO_DOMAIN },
  { "1.3", REMEDY_BAD_ADDRESS },
  { "1.4", REMEDY_BAD_ADDRESS },
  { "1.6", REMEDY_MOVED },
  { "1.7", REMEDY_SENDER },
  { "1.8", REMEDY_SENDER },
  { "1.10", REMEDY_NO_DOMAIN }, /* a "null MX": the domain takes no mail */
  { "1.", REMEDY_NO_USER },
  { "2.1", REMEDY_MAILBOX_OFF },
  { "2.2", REMEDY_MAILBOX_FULL },
  { "2.3", REMEDY_TOO_LARGE },
  { "2.", REMEDY_MAILBOX_OFF },
  { "3.4", REMEDY_TOO_LARGE },
  { "4.1", REMEDY_NO_ANSWER },
  { "4.2", REMEDY_NO_ANSWER },
  { "4.3", REMEDY_NO_DOMAIN },
  { "4.4", REMEDY_NO_DOMAIN },
  { "4.6", REMEDY_LOOP },
  { "4.7", REMEDY_EXPIRED },
  { "4.", REMEDY_NO_ANSWER },
  { "5.3", REMEDY_TOO_MANY },
  { "6.", REMEDY_CONTENT },
  { "7.2", REMEDY_NOT_ALLOWED },
  { "7.20", REMEDY_SENDER_UNPROVEN },
  { "7.21", REMEDY_SENDER_UNPROVEN },
  { "7.22", REMEDY_SENDER_UNPROVEN },
  { "7.23", REMEDY_SENDER_UNPROVEN },
  { "7.24", REMEDY_SENDER_UNPROVEN },
  { "7.25", REMEDY_SENDER_UNPROVEN },
  { "7.26", REMEDY_SENDER_UNPROVEN },
  { "7.27", REMEDY_SENDER },
  { "7.28", REMEDY_TOO_MANY },
  { "7.", REMEDY_SPAM },
};

/* Words that say more than the code, or say it where there is none. Lower case; the first that occurs counts. */
static const struct
{
  const char *words;
  Remedy remedy;
} by_words[] = {
  { "greylist", REMEDY_GREYLISTED },
  { "graylist", REMEDY_GREYLISTED },
  { "dmarc", REMEDY_SENDER_UNPROVEN },
  { "dkim", REMEDY_SENDER_UNPROVEN },
  { "spf ", REMEDY_SENDER_UNPROVEN },
  { "unauthenticated email", REMEDY_SENDER_UNPROVEN },
  { "reverse dns", REMEDY_SENDER_UNPROVEN },
  { "over quota", REMEDY_MAILBOX_FULL },
  { "overquota", REMEDY_MAILBOX_FULL },
  { "quota exceeded", REMEDY_MAILBOX_FULL },
  { "mailbox full", REMEDY_MAILBOX_FULL },
  { "mailbox is full", REMEDY_MAILBOX_FULL },
  { "out of storage", REMEDY_MAILBOX_FULL },
  { "insufficient storage", REMEDY_MAILBOX_FULL },
  { "too large", REMEDY_TOO_LARGE },
  { "too big", REMEDY_TOO_LARGE },
  { "size exceeds", REMEDY_TOO_LARGE },
  { "size limit", REMEDY_TOO_LARGE },
  { "rate limit", REMEDY_TOO_MANY },
  { "too many", REMEDY_TOO_MANY },
  { "no such user", REMEDY_NO_USER },
  { "user unknown", REMEDY_NO_USER },
  { "unknown user", REMEDY_NO_USER },
  { "unknown recipient", REMEDY_NO_USER },
  { "no such recipient", REMEDY_NO_USER },
  { "no such mailbox", REMEDY_NO_USER },
  { "does not exist", REMEDY_NO_USER },
  { "doesn't exist", REMEDY_NO_USER },
  { "user not found", REMEDY_NO_USER },
  { "recipient not found", REMEDY_NO_USER },
  { "invalid recipient", REMEDY_NO_USER },
  { "no mailbox", REMEDY_NO_USER },
  { "mailbox unavailable", REMEDY_NO_USER },
  { "host not found", REMEDY_NO_DOMAIN },
  { "domain not found", REMEDY_NO_DOMAIN },
  { "nxdomain", REMEDY_NO_DOMAIN },
  { "unrouteable", REMEDY_NO_DOMAIN },
  { "no mx", REMEDY_NO_DOMAIN },
  { "name service error", REMEDY_NO_DOMAIN },
  { "disabled", REMEDY_MAILBOX_OFF },
  { "suspended", REMEDY_MAILBOX_OFF },
  { "inactive", REMEDY_MAILBOX_OFF },
  { "spam", REMEDY_SPAM },
  { "blacklist", REMEDY_SPAM },
  { "blocklist", REMEDY_SPAM },
  { "blocked", REMEDY_SPAM },
  { "dnsbl", REMEDY_SPAM },
  { "rbl", REMEDY_SPAM },
  { "reputation", REMEDY_SPAM },
  { "virus", REMEDY_CONTENT },
  { "attachment", REMEDY_CONTENT },
  { "relay", REMEDY_NOT_ALLOWED },
  { "not allowed", REMEDY_NOT_ALLOWED },
  { "not permitted", REMEDY_NOT_ALLOWED },
  { "access denied", REMEDY_NOT_ALLOWED },
  { "loop", REMEDY_LOOP },
  { "timed out", REMEDY_NO_ANSWER },
  { "timeout", REMEDY_NO_ANSWER },
  { "connection refused", REMEDY_NO_ANSWER },
};

static Remedy
find_by_status (const char *status)
{
  const char *rest = status != NULL && status[0] != '\0' && status[1] == '.' ? status + 2 : "";
  Remedy remedy = REMEDY_UNKNOWN;
  gsize best = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (by_status); i++)
    {
      gsize length = strlen (by_status[i].status);
      gboolean is_subject = g_str_has_suffix (by_status[i].status, ".");

      if (length > best && (is_subject ? g_str_has_prefix (rest, by_status[i].status) : g_str_equal (rest, by_status[i].status)))
        {
          best = length;
          remedy = by_status[i].remedy;
        }
    }
  return remedy;
}

static Remedy
find_by_words (const char *words)
{
  g_autofree char *lower = words != NULL ? g_utf8_strdown (words, -1) : NULL;

  for (gsize i = 0; lower != NULL && i < G_N_ELEMENTS (by_words); i++)
    if (strstr (lower, by_words[i].words) != NULL)
      return by_words[i].remedy;
  return REMEDY_UNKNOWN;
}

/* Servers are vague where it costs them nothing: "5.7.1" and "5.0.0" are said for everything, and the words tell more. */
static Remedy
choose (const char *status,
        const char *words)
{
  Remedy said = find_by_words (words);
  Remedy coded = find_by_status (status);

  if (coded == REMEDY_UNKNOWN)
    return said;
  if (said != REMEDY_UNKNOWN && (coded == REMEDY_SPAM || coded == REMEDY_MAILBOX_OFF || coded == REMEDY_NO_ANSWER || said == REMEDY_GREYLISTED || said == REMEDY_SENDER_UNPROVEN))
    return said;
  return coded;
}

const char *
mos_remedy_text (const char *status,
                 const char *words)
{
  switch (choose (status, words))
    {
    case REMEDY_NO_USER:
      return _ ("There is no such address. Check it for a slip, or reach the customer another way.");
    case REMEDY_NO_DOMAIN:
      return _ ("The part of the address behind the @ does not exist or takes no mail. Check it for a slip.");
    case REMEDY_BAD_ADDRESS:
      return _ ("The address is not written as an address must be. Check it for a slip.");
    case REMEDY_MOVED:
      return _ ("The mailbox has moved. Ask for the new address.");
    case REMEDY_MAILBOX_FULL:
      return _ ("The mailbox is full. Send it again in a few days, or reach the customer another way.");
    case REMEDY_MAILBOX_OFF:
      return _ ("The mailbox takes no mail. Check the address, or reach the customer another way.");
    case REMEDY_TOO_LARGE:
      return _ ("It is too large for the recipient’s server. Send it again without the attachments.");
    case REMEDY_SPAM:
      return _ ("The recipient’s server took it for spam or does not take mail from us. Write it in other words, without links, or reach the customer another way.");
    case REMEDY_SENDER_UNPROVEN:
      return _ ("The recipient’s server could not verify that it comes from us. Ask whoever runs your domain to check SPF, DKIM and DMARC.");
    case REMEDY_NOT_ALLOWED:
      return _ ("The server does not let this account write to that address. Ask whoever runs the account, or reach the customer another way.");
    case REMEDY_SENDER:
      return _ ("The recipient’s server does not accept our own address. Check the address in the account’s settings.");
    case REMEDY_GREYLISTED:
      return _ ("The recipient’s server lets strangers wait before it takes their first mail. It is tried again by itself.");
    case REMEDY_TOO_MANY:
      return _ ("The server takes no more mail from this account for now. Send it again in an hour.");
    case REMEDY_NO_ANSWER:
      return _ ("The recipient’s server does not answer. Check the address, or send it again tomorrow.");
    case REMEDY_EXPIRED:
      return _ ("It was tried for days without success. Check the address, or reach the customer another way.");
    case REMEDY_LOOP:
      return _ ("The recipient’s mail is forwarded in a circle. Only the recipient can mend that: reach the customer another way.");
    case REMEDY_CONTENT:
      return _ ("The recipient’s server does not take what is in it. Send it again without the attachments.");
    case REMEDY_UNKNOWN:
    default:
      return _ ("The recipient’s server sent it back. Check the address, or reach the customer another way.");
    }
}

/* --- what became of it for each recipient --- */

static gboolean
has_it (const MosRecipientResult *result)
{
  return result->state == MOS_RECIPIENT_ACCEPTED || result->state == MOS_RECIPIENT_DELIVERED || result->state == MOS_RECIPIENT_DELAYED;
}

char *
mos_recipient_result_text (const MosRecipientResult *result)
{
  g_autofree char *address = mos_text_isolate (result->address);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *words = NULL;

  if (result->code != 0 && result->code != 250)
    g_string_append_printf (said, "%u", result->code);
  if (result->status != NULL && (result->text == NULL || strstr (result->text, result->status) == NULL))
    g_string_append_printf (said, "%s%s", said->len > 0 ? " " : "", result->status);
  if (result->text != NULL && *result->text != '\0')
    g_string_append_printf (said, "%s%s", said->len > 0 ? " " : "", result->text);
  words = said->len > 0 ? mos_text_isolate (said->str) : g_strdup ("");

  switch (result->state)
    {
    case MOS_RECIPIENT_ACCEPTED:
      /* Translators: %s is an address: our own server took the message for it. */
      return g_strdup_printf (_ ("%s: sent"), address);
    case MOS_RECIPIENT_DELIVERED:
      /* Translators: %s is an address. */
      return g_strdup_printf (_ ("%s: delivered"), address);
    case MOS_RECIPIENT_DELAYED:
      /* Translators: %s is an address: a server on the way reports that it keeps trying. */
      return g_strdup_printf (_ ("%s: still on its way, it keeps being tried"), address);
    case MOS_RECIPIENT_DEFERRED:
      if (*words == '\0')
        /* Translators: %s is an address. */
        return g_strdup_printf (_ ("%s: not yet, it is tried again"), address);
      /* Translators: an address, then a mail server's own words. */
      return g_strdup_printf (_ ("%1$s: not yet, it is tried again (%2$s)"), address, words);
    case MOS_RECIPIENT_REFUSED:
      if (*words == '\0')
        /* Translators: an address, then a sentence with the reason and what to do. */
        return g_strdup_printf (_ ("%1$s: refused. %2$s"), address, mos_remedy_text (result->status, result->text));
      /* Translators: an address, a mail server's own words ("550 5.1.1 no such user"), then a sentence with what to do. */
      return g_strdup_printf (_ ("%1$s: refused (%2$s). %3$s"), address, words, mos_remedy_text (result->status, result->text));
    case MOS_RECIPIENT_BOUNCED:
      if (*words == '\0')
        /* Translators: an address, then a sentence with the reason and what to do. */
        return g_strdup_printf (_ ("%1$s: came back. %2$s"), address, mos_remedy_text (result->status, result->text));
      /* Translators: an address, a mail server's own words ("550 5.1.1 no such user"), then a sentence with what to do. */
      return g_strdup_printf (_ ("%1$s: came back (%2$s). %3$s"), address, words, mos_remedy_text (result->status, result->text));
    case MOS_RECIPIENT_UNCERTAIN:
      /* Translators: %s is an address. */
      return g_strdup_printf (_ ("%s: perhaps sent"), address);
    case MOS_RECIPIENT_WITHDRAWN:
      /* Translators: %s is an address: the message was taken back before it left for it. */
      return g_strdup_printf (_ ("%s: not sent, taken back"), address);
    case MOS_RECIPIENT_WAITING:
    default:
      /* Translators: %s is an address. */
      return g_strdup_printf (_ ("%s: waiting to be sent"), address);
    }
}

char *
mos_recipients_summary_text (const MosMessageRow *row)
{
  guint all = row->results != NULL ? row->results->len : 0;
  guint delivered = 0;
  guint reached = 0;

  for (guint i = 0; i < all; i++)
    {
      const MosRecipientResult *result = g_ptr_array_index (row->results, i);

      reached += has_it (result);
      delivered += result->state == MOS_RECIPIENT_DELIVERED;
    }
  if (all < 2 || reached == all || reached == 0)
    return NULL;
  if (delivered == reached)
    /* Translators: how many of a message's recipients have it; %2$u is at least 2. */
    return g_strdup_printf (_ ("Delivered to %1$u of %2$u."), reached, all);
  /* Translators: for how many of a message's recipients the server took it; %2$u is at least 2. */
  return g_strdup_printf (_ ("Sent to %1$u of %2$u."), reached, all);
}

/* Who does not have it, a line each; %NULL where there is nothing to tell apart. */
char *
mos_recipients_trouble_text (const MosMessageRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; row->results != NULL && i < row->results->len; i++)
    {
      const MosRecipientResult *result = g_ptr_array_index (row->results, i);
      g_autofree char *words = NULL;
      g_autofree char *line = NULL;

      if (result->state == MOS_RECIPIENT_ACCEPTED || result->state == MOS_RECIPIENT_DELIVERED)
        continue;
      words = mos_recipient_result_text (result);
      /* It begins with an address, and is a sentence of the window's language all the same. */
      line = mos_text_in_ui_direction (words);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}
