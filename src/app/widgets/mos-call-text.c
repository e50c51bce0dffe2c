/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-call-text.h"

#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

const char *
mos_call_outcome_text (MosCallOutcome outcome)
{
  switch (outcome)
    {
    case MOS_CALL_ANSWERED:
      return C_ ("call", "Answered");
    case MOS_CALL_MISSED:
      return C_ ("call", "Not answered");
    case MOS_CALL_BUSY:
      return C_ ("call", "Busy");
    case MOS_CALL_FAILED:
      return C_ ("call", "Did not get through");
    case MOS_CALL_VOICEMAIL:
      return C_ ("call", "Voicemail");
    case MOS_CALL_UNKNOWN:
      return C_ ("call", "Not known");
    default:
      return "";
    }
}

/* Only who was spoken to has a length: a machine's is nobody's time. */
static const char *
what_text (const MosCall *call,
           gboolean is_outgoing)
{
  switch (call->outcome)
    {
    case MOS_CALL_ANSWERED:
      return is_outgoing ? _ ("We called") : _ ("They called");
    case MOS_CALL_MISSED:
      return is_outgoing ? _ ("We called; nobody answered") : _ ("Missed call");
    case MOS_CALL_BUSY:
      return is_outgoing ? _ ("We called; it was busy") : _ ("Missed call: we were speaking");
    case MOS_CALL_FAILED:
      return is_outgoing ? _ ("We called; it did not get through") : _ ("A call that did not get through");
    case MOS_CALL_VOICEMAIL:
      return is_outgoing ? _ ("We called; a machine answered") : _ ("Voicemail");
    case MOS_CALL_UNKNOWN:
      /* Translators: of a call that ended while the line to the switchboard was broken. */
      return is_outgoing ? _ ("We called; whether anybody answered is not known") : _ ("They called; whether anybody answered is not known");
    default:
      return "";
    }
}

char *
mos_call_text (const MosCall *call,
               gboolean is_outgoing)
{
  const char *what = what_text (call, is_outgoing);
  g_autofree char *length = NULL;

  if (call->outcome != MOS_CALL_ANSWERED || call->seconds == 0)
    return g_strdup (what);
  length = mos_time_text_duration (MAX ((gint64) call->seconds * G_USEC_PER_SEC, G_TIME_SPAN_MINUTE));
  /* Translators: who called ("They called"), and how long it was ("3 min"). */
  return g_strdup_printf (C_ ("call", "%1$s, %2$s"), what, length);
}

char *
mos_call_number_text (const MosCall *call)
{
  if (*call->number != '\0')
    return mos_text_isolate (call->number);
  /* Whoever noted it did not say one: nobody withheld it. */
  return g_strdup (call->by_hand ? _ ("Unknown number") : _ ("Withheld number"));
}

const char *
mos_call_icon_name (const MosCall *call,
                    gboolean is_outgoing)
{
  if (is_outgoing)
    return "call-outgoing-symbolic";
  return call->outcome == MOS_CALL_ANSWERED ? "call-incoming-symbolic" : "call-missed-symbolic";
}

const char *
mos_subject_text (const MosConversationRow *row)
{
  if (*row->subject != '\0')
    return row->subject;
  if ((mos_channel_traits_get (row->channel)->flags & MOS_CHANNEL_CALLS) == 0)
    return _ ("No subject");
  return g_str_equal (row->channel, MOS_CALLS_BY_HAND) ? _ ("Telephone call") : _ ("Withheld number");
}
