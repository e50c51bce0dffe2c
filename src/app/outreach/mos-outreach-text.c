/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-outreach"

#include "config.h"

#include "app/outreach/mos-outreach-text.h"

#include "app/application/mos-error-text.h"
#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-language-name.h"

#include <glib/gi18n.h>

const char *
mos_outreach_text_left_out (MosLeftOut reason)
{
  switch (reason)
    {
    case MOS_LEFT_OUT_OPTED_OUT:
      return _ ("Wants no such mail");
    case MOS_LEFT_OUT_NO_CONSENT:
      return _ ("Was not asked whether they want it");
    case MOS_LEFT_OUT_NO_ADDRESS:
      return _ ("Has no mail address");
    case MOS_LEFT_OUT_BOUNCED:
      return _ ("The last mail there came back");
    case MOS_LEFT_OUT_RECENT:
      return _ ("Had one not long ago");
    case MOS_LEFT_OUT_ERASED:
      return _ ("Was erased");
    case MOS_LEFT_OUT_MISSING:
      return _ ("Something cannot be filled in");
    case MOS_LEFT_OUT_TWICE:
      return _ ("Gets it already");
    case MOS_LEFT_OUT_BLOCKED:
      return _ ("Mail from there is blocked");
    case MOS_LEFT_OUT_SETTLED:
      return _ ("The order is not late any more");
    case MOS_LEFT_OUT_UNSENDABLE:
    default:
      return _ ("Cannot be sent");
    }
}

const char *
mos_outreach_text_problem (MosOutreachProblem problem)
{
  switch (problem)
    {
    case MOS_OUTREACH_NO_NAME:
      return _ ("Give it a name.");
    case MOS_OUTREACH_NO_MACRO:
      return _ ("Choose a macro with a text.");
    case MOS_OUTREACH_NO_SUBJECT:
      return _ ("Write a subject.");
    case MOS_OUTREACH_NO_ACCOUNT:
      return _ ("Choose an account that can send.");
    case MOS_OUTREACH_NOT_ORDERS:
      return _ ("Only who has an order can be written to about it: choose orders.");
    case MOS_OUTREACH_NO_DAYS:
      return _ ("The number of days is missing.");
    case MOS_OUTREACH_BAD_PACE:
      return _ ("At least one message a minute and an hour has to leave.");
    case MOS_OUTREACH_NOBODY:
      return _ ("Nobody would get it: see why below.");
    case MOS_OUTREACH_CHANGED:
      return _ ("Whom it goes to, or what it says, has changed since you looked. Nothing was sent: look at it again, and start it then.");
    case MOS_OUTREACH_FINE:
    default:
      return "";
    }
}

const char *
mos_outreach_text_why (const MosOutreach *outreach)
{
  if (outreach->why == NULL)
    return NULL;
  if (g_str_equal (outreach->why, MOS_OUTREACH_WHY_LATE))
    return _ ("Mostrador was not running for a while. Look whether it is still right, and go on.");
  if (g_str_equal (outreach->why, MOS_OUTREACH_WHY_ACCOUNT))
    return _ ("Its account is gone, or cannot send.");
  if (g_str_equal (outreach->why, MOS_OUTREACH_WHY_HOURS))
    return _ ("It goes on within business hours.");
  if (g_str_equal (outreach->why, MOS_OUTREACH_WHY_SERVER))
    return _ ("The mail server does not take messages just now; it goes on when it does.");
  if (g_str_equal (outreach->why, MOS_OUTREACH_WHY_FILES))
    return _ ("An attachment of the macro is gone, or larger than the mail server takes.");
  return NULL;
}

static const char *
state_text (MosOutreachState state)
{
  switch (state)
    {
    case MOS_OUTREACH_RUNNING:
      return C_ ("outreach", "Under way");
    case MOS_OUTREACH_PAUSED:
      return C_ ("outreach", "Stands still");
    case MOS_OUTREACH_DONE:
      return C_ ("outreach", "Done");
    case MOS_OUTREACH_CANCELLED:
      return C_ ("outreach", "Cancelled");
    case MOS_OUTREACH_DRAFT:
    default:
      return C_ ("outreach", "Not begun");
    }
}

char *
mos_outreach_text_state (const MosOutreach *outreach)
{
  const MosOutreachCounts *counts = &outreach->counts;
  guint n = counts->n_waiting + counts->n_made;
  g_autoptr (GString) text = g_string_new (state_text (outreach->state));

  if (outreach->state == MOS_OUTREACH_DRAFT)
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_string_append (text, " · ");
  /* Translators: so many messages of so many in all have been sent. */
  g_string_append_printf (text, _ ("%1$u of %2$u sent"), counts->n_sent, n);
  if (counts->n_answered > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u answer", "%u answers", counts->n_answered), counts->n_answered);
    }
  if (counts->n_failed > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u failed", "%u failed", counts->n_failed), counts->n_failed);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
delivery_text (MosDelivery delivery)
{
  if (delivery == MOS_DELIVERY_FAILED)
    return _ ("Could not be sent");
  if (delivery == MOS_DELIVERY_BOUNCED)
    return _ ("Came back");
  if (delivery == MOS_DELIVERY_QUEUED || delivery == MOS_DELIVERY_SENDING || delivery == MOS_DELIVERY_SCHEDULED)
    return _ ("In the outbox");
  return _ ("Sent");
}

char *
mos_outreach_text_person (const MosOutreachPerson *person)
{
  const char *language, *what;

  switch (person->state)
    {
    case MOS_OUTREACH_PERSON_LEFT_OUT:
      what = mos_outreach_text_left_out (person->reason);
      return person->detail != NULL ? g_strdup_printf ("%s: %s", what, person->detail) : g_strdup (what);
    case MOS_OUTREACH_PERSON_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    case MOS_OUTREACH_PERSON_MADE:
      if (person->opted_out_us != 0)
        return g_strdup (_ ("Wants no more"));
      if (person->answered_us != 0)
        return g_strdup (_ ("Answered"));
      what = delivery_text (person->delivery);
      return person->detail != NULL && (person->delivery == MOS_DELIVERY_FAILED || person->delivery == MOS_DELIVERY_BOUNCED) ? g_strdup_printf ("%s: %s", what, person->detail) : g_strdup (what);
    case MOS_OUTREACH_PERSON_WAITING:
    default:
      language = *person->language != '\0' ? mos_language_name (person->language) : NULL;
      /* Translators: %s is a language in which somebody is written to. */
      return language != NULL ? g_strdup_printf (_ ("In %s"), language) : g_strdup (_ ("Gets it"));
    }
}

const char *
mos_outreach_text_segment (MosSegment segment)
{
  switch ((int) segment)
    {
    case MOS_SEGMENT_ALL:
      return _ ("All customers");
    case MOS_SEGMENT_NEW:
      return _ ("New customers");
    case MOS_SEGMENT_RETURNING:
      return _ ("Returning customers");
    case MOS_SEGMENT_VIP:
      return _ ("VIP customers");
    case MOS_SEGMENT_LOST:
      return _ ("Lost customers");
    case MOS_SEGMENT_UNHAPPY:
      return _ ("Unhappy customers");
    default:
      return mos_segment_to_nick (segment);
    }
}

char *
mos_outreach_text_audience (const MosAudience *audience)
{
  guint n = audience->ids != NULL ? g_strv_length (audience->ids) : 0;

  switch (audience->kind)
    {
    case MOS_AUDIENCE_UNSEEN:
      return g_strdup_printf (ngettext ("Customers not seen for %u day", "Customers not seen for %u days", audience->days), audience->days);
    case MOS_AUDIENCE_CUSTOMERS:
      return g_strdup_printf (ngettext ("%u chosen customer", "%u chosen customers", n), n);
    case MOS_AUDIENCE_LATE_ORDERS:
      return g_strdup_printf (ngettext ("Orders without a parcel for %u day", "Orders without a parcel for %u days", audience->days), audience->days);
    case MOS_AUDIENCE_ORDERS:
      /* Translators: %s is an order's status, such as “shipped”. */
      return audience->has_status ? g_strdup_printf (_ ("Orders: %s"), mos_order_status_text (audience->status)) : g_strdup (_ ("All orders"));
    case MOS_AUDIENCE_CHOSEN_ORDERS:
      return g_strdup_printf (ngettext ("%u chosen order", "%u chosen orders", n), n);
    case MOS_AUDIENCE_SEGMENT:
    default:
      return g_strdup (mos_outreach_text_segment (audience->segment));
    }
}

char *
mos_outreach_text_error (const GError *error)
{
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    {
      MosOutreachProblem problem = mos_outreach_problem_from_nick (error->message, MOS_OUTREACH_FINE);

      if (problem != MOS_OUTREACH_FINE)
        return g_strdup (mos_outreach_text_problem (problem));
    }
  return g_strdup (mos_error_text (error).title);
}
