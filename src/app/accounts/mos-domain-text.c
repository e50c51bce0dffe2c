/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-domain-text.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

const char *
mos_delivery_topic_title (MosDeliveryTopic topic)
{
  switch (topic)
    {
    case MOS_DELIVERY_MX:
      return _ ("Receiving Mail (MX)");
    case MOS_DELIVERY_SPF:
      return _ ("Servers That May Send (SPF)");
    case MOS_DELIVERY_DKIM:
      return _ ("Signature (DKIM)");
    case MOS_DELIVERY_DMARC:
    default:
      return _ ("What Becomes of Forgeries (DMARC)");
    }
}

const char *
mos_verdict_title (MosVerdict verdict)
{
  switch (verdict)
    {
    case MOS_VERDICT_GOOD:
      return C_ ("verdict", "Fine");
    case MOS_VERDICT_UNKNOWN:
      return C_ ("verdict", "Not known");
    case MOS_VERDICT_WEAK:
      return C_ ("verdict", "Could be better");
    case MOS_VERDICT_BAD:
    default:
      return C_ ("verdict", "Wrong");
    }
}

/* Returns: (nullable): %NULL of what needs no detail: see plain_sentence() */
static const char *
sentence_with_detail (MosDeliveryCode code)
{
  switch ((int) code)
    {
    case MOS_FOUND_MX_GOOD:
      /* Translators: %s is the name of a server. */
      return _ ("What is written to this domain goes to %s.");
    case MOS_FOUND_MX_LOST:
      /* Translators: %s is the name of a server. */
      return _ ("What is written to this domain should go to %s, and there is no such server: customers’ answers come back to them. Correct the MX record where you bought the domain.");
    case MOS_FOUND_SPF_GOOD:
      /* Translators: %s is the name of a server. */
      return _ ("The server that you send through, %s, may send for this domain.");
    case MOS_FOUND_SPF_SEVERAL:
    case MOS_FOUND_DMARC_SEVERAL:
      /* Translators: %s is a number, 2 or more. */
      return _ ("There are %s records of this kind, and then none of them counts. Make one of them where you bought the domain.");
    case MOS_FOUND_SPF_SYNTAX:
    case MOS_FOUND_DMARC_SYNTAX:
      /* Translators: %s is a part of a technical record. */
      return _ ("The record is wrong at “%s”, and so none of it counts. Correct it where you bought the domain.");
    case MOS_FOUND_SPF_LOOKUPS:
      /* Translators: %s is a number, 11 or more. */
      return _ ("The record refers to %s other names. Receivers look up ten and then take it for wrong. Take out what you do not send through any more.");
    case MOS_FOUND_SPF_LOST:
      /* Translators: %s is the name of a domain. */
      return _ ("The record refers to %s, where nothing is, and so it does not count. Take that part out.");
    case MOS_FOUND_SPF_NOT_OURS:
      /* Translators: %s is the name of a server. */
      return _ ("The record does not seem to name the server that you send through, %s. Large providers send through others than that: ask yours what belongs into the record. If it is your own server, change the record to this.");
    case MOS_FOUND_DKIM_GOOD:
      /* Translators: %s is the name of a technical record. */
      return _ ("Your mail is signed, and others find the key: %s.");
    case MOS_FOUND_DKIM_LIKELY:
      /* Translators: %s is the name of a technical record. */
      return _ ("There is a key: %s. A test message to yourself shows whether your mail is signed with it.");
    case MOS_FOUND_DKIM_LOST:
      /* Translators: %s is the name of a technical record. */
      return _ ("Your mail is signed, but others do not find the key %s, and may take it for forged. Add the record that the host of your mail gives you.");
    case MOS_FOUND_DKIM_REVOKED:
      /* Translators: %s is the name of a technical record. */
      return _ ("Your mail is signed with the key %s, which was taken back. Ask the host of your mail for a new one.");
    case MOS_FOUND_DKIM_BROKEN:
      /* Translators: %s is the name of a technical record. */
      return _ ("Your mail is signed, but the key %s cannot be read. Copy the record that the host of your mail gives you once more, all of it.");
    case MOS_FOUND_DKIM_SHORT:
      /* Translators: %s is the name of a technical record. */
      return _ ("Your mail is signed with the key %s, which is too short to count. Ask the host of your mail for one of 2048 bits.");
    case MOS_FOUND_DKIM_TESTING:
      /* Translators: %s is the name of a technical record; t=y stays as it is. */
      return _ ("The key %s says that it is only being tried out. Take “t=y” out of the record once all is well.");
    case MOS_FOUND_DMARC_GOOD:
      /* Translators: %s is quarantine or reject, words of a technical record. */
      return _ ("Others are asked not to deliver what only pretends to be yours: %s.");
    case MOS_FOUND_DMARC_REFUSES:
      /* Translators: %s is quarantine or reject, words of a technical record. */
      return _ ("Others are asked not to deliver what SPF and DKIM do not speak for (%s), and just now that may be your own mail. Put those two right.");
    default:
      return NULL;
    }
}

static const char *
plain_sentence (MosDeliveryCode code)
{
  switch ((int) code)
    {
    case MOS_FOUND_MX_NONE:
      return _ ("Nothing takes mail for this domain: customers’ answers come back to them. Add the MX records that the host of your mail gives you, where you bought the domain.");
    case MOS_FOUND_MX_IMPLICIT:
      return _ ("The domain does not say where its mail goes, so others try its web server, and some refuse your mail. Add the MX records that the host of your mail gives you.");
    case MOS_FOUND_MX_NULL:
      return _ ("The domain says that it takes no mail: customers’ answers come back to them. Put the MX records that the host of your mail gives you in the place of this one.");
    case MOS_FOUND_SPF_NONE:
      return _ ("The domain does not say which servers may send for it, so others may take your answers for spam. Add this record where you bought the domain.");
    case MOS_FOUND_SPF_OPEN:
      return _ ("The record lets everybody send in your name. Change “+all” at its end to “~all”.");
    case MOS_FOUND_SPF_UNSURE:
      return _ ("The record is there. Whether it names the server that you send through cannot be seen from here.");
    case MOS_FOUND_DKIM_UNKNOWN:
      return _ ("It is not known whether your mail is signed: none of yours was seen here as others get it. Send a test message to yourself, or ask the host of your mail whether DKIM is on.");
    case MOS_FOUND_DMARC_WATCHES:
      return _ ("The record is there, which some large providers ask for. It leaves open what becomes of forgeries.");
    case MOS_FOUND_DMARC_NONE:
      return _ ("The domain does not say what shall become of mail that only pretends to be yours, and some large providers trust it less. Add this record where you bought the domain.");
    case MOS_FOUND_NO_ANSWER:
    default:
      return _ ("Could not be looked up: the name server does not answer, or this computer is off line. That says nothing about the domain. Try again later.");
    }
}

/* The sentence of our own has one %s. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *
mos_delivery_finding_text (const MosDeliveryFinding *finding)
{
  const char *format = sentence_with_detail (finding->code);
  g_autofree char *detail = NULL;

  if (format == NULL || finding->detail == NULL)
    return g_strdup (plain_sentence (finding->code));
  detail = mos_text_isolate (finding->detail);
  return g_strdup_printf (format, detail);
}
#pragma GCC diagnostic pop

/* --- a message to oneself --- */

const char *
mos_self_test_title (const MosSelfTest *test)
{
  switch (test->outcome)
    {
    case MOS_SELF_TEST_ARRIVED:
      return _ ("The test message arrived");
    case MOS_SELF_TEST_IN_JUNK:
      return _ ("The test message arrived as spam");
    case MOS_SELF_TEST_LOST:
      return _ ("The test message left, but did not arrive");
    case MOS_SELF_TEST_NOT_SENT:
      return _ ("The test message did not leave");
    case MOS_SELF_TEST_DOUBTED:
    default:
      return _ ("The test message may have left");
    }
}

static void
append_way (GString *text,
            const MosSelfTest *test)
{
  g_autofree char *folder = mos_text_isolate (test->folder);

  if (test->left_ms >= 0)
    /* Translators: two numbers of seconds, and the name of a mail folder. */
    g_string_append_printf (text, _ ("It left after %1$.1f s, and was in “%3$s” %2$.1f s later."), (double) test->left_ms / 1000, (double) test->arrived_ms / 1000, folder);
  else
    /* Translators: the name of a mail folder. */
    g_string_append_printf (text, _ ("It is in “%s”."), folder);
  g_string_append_c (text, ' ');
  if (test->outcome == MOS_SELF_TEST_IN_JUNK)
    g_string_append_printf (text, "%s ", _ ("Your own server takes it for spam, and so may others: see what is said below."));
  g_string_append (text, test->is_tidied ? _ ("It was moved to the trash.") : _ ("It stays there: delete it when you like."));
}

char *
mos_self_test_text (const MosSelfTest *test)
{
  GString *text = g_string_new (NULL);
  MosErrorText why;

  switch (test->outcome)
    {
    case MOS_SELF_TEST_ARRIVED:
    case MOS_SELF_TEST_IN_JUNK:
      append_way (text, test);
      break;
    case MOS_SELF_TEST_LOST:
      g_string_append (text, _ ("Your server for outgoing mail took it, but it was neither in the inbox nor in the spam folder within three minutes. Look whether a filter or a forwarding took it elsewhere, and see what is said below about receiving mail. It may still come."));
      break;
    case MOS_SELF_TEST_NOT_SENT:
      why = mos_error_text_for_why (test->why);
      g_string_append_printf (text, "%s %s %s", why.sentence, why.step, _ ("The test message was taken back."));
      if (test->detail != NULL)
        g_string_append_printf (text, "\n%s", test->detail);
      break;
    case MOS_SELF_TEST_DOUBTED:
    default:
      g_string_append (text, _ ("The connection broke while it was handed over, and it did not arrive within three minutes. Try again."));
      break;
    }
  return g_string_free (text, FALSE);
}
