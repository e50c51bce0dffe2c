/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include <glib/gi18n.h>

/* A telephone call in words. */

char *
mos_ctl_call_text (const MosMessageRow *message)
{
  const MosCall *call = message->call;
  gboolean is_incoming = message->direction == MOS_DIRECTION_INCOMING;
  const char *number = *call->number != '\0' ? call->number : call->by_hand ? _ ("unknown number")
                                                                            : _ ("withheld number");
  guint minutes = (call->seconds + 59) / 60;
  g_autofree char *length = NULL;
  const char *what = "";

  switch (call->outcome)
    {
    case MOS_CALL_ANSWERED:
      what = is_incoming ? _ ("They called") : _ ("We called");
      break;
    case MOS_CALL_MISSED:
      what = is_incoming ? _ ("Missed call") : _ ("We called; nobody answered");
      break;
    case MOS_CALL_BUSY:
      what = is_incoming ? _ ("Missed call: we were speaking") : _ ("We called; it was busy");
      break;
    case MOS_CALL_FAILED:
      what = is_incoming ? _ ("A call that did not get through") : _ ("We called; it did not get through");
      break;
    case MOS_CALL_VOICEMAIL:
      what = is_incoming ? _ ("Voicemail") : _ ("We called; a machine answered");
      break;
    case MOS_CALL_UNKNOWN:
      what = is_incoming ? _ ("They called; whether anybody answered is not known") : _ ("We called; whether anybody answered is not known");
      break;
    default:
      break;
    }
  if (call->outcome != MOS_CALL_ANSWERED || call->seconds == 0)
    /* Translators: what became of a call, and the number. */
    return g_strdup_printf (_ ("%1$s · %2$s"), what, number);
  length = g_strdup_printf (ngettext ("%u minute", "%u minutes", minutes), minutes);
  /* Translators: what became of a call, how long it was, and the number. */
  return g_strdup_printf (_ ("%1$s · %2$s · %3$s"), what, length, number);
}
