/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-text.h"

#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* What is said of a message that waits. */

char *
mos_scheduled_text (const MosMessageRow *row,
                    gint64 now_us)
{
  gint64 at_us = row->why_detail != NULL ? g_ascii_strtoll (row->why_detail, NULL, 10) : 0;
  g_autofree char *when = at_us > 0 ? mos_time_text_relative (at_us, now_us, NULL) : g_strdup ("");
  g_autofree char *at = mos_text_isolate (when);

  if (g_strcmp0 (row->why, MOS_SCHEDULED_UNDO) == 0)
    return g_strdup (_ ("Sends in a moment. Until then it can be taken back."));
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_LATE) == 0)
    /* Translators: %s is a time in the past such as "Yesterday, 14:05". */
    return g_strdup_printf (_ ("It was to be sent at %s, when Mostrador did not run. Send it now, so late?"), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_ANSWERED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It was to be sent at %s, but the customer has written since. Read that first."), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_CLOSED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It was to be sent at %s, but the conversation was closed before. Send it all the same?"), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_MERGED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It was to be sent at %s, but its conversation was merged into this one. Send it all the same?"), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_BLOCKED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It was to be sent at %s, but somebody it is for was blocked before. Send it all the same?"), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_FAILED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It could not be sent at %s, and is kept. “Send Now” tells why; “Cancel” makes it a draft again."), at);
  if (g_strcmp0 (row->why, MOS_SCHEDULED_HELD_RESTORED) == 0)
    /* Translators: %s is a time such as "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("It was to be sent at %s, and came here with a backup. It may have left since. Send it now?"), at);
  /* Translators: %s is a time such as "14:05" or "Tomorrow, 09:00". */
  return g_strdup_printf (_ ("Sends at %s."), at);
}
