/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-target-text.h"

#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

char *
mos_target_text_duration (int seconds)
{
  if (seconds <= 0)
    return g_strdup (C_ ("target", "None"));
  if (seconds % DAY_S == 0 && seconds > DAY_S)
    /* Translators: how long a customer has been waiting, in days; keep it short. */
    return g_strdup_printf (ngettext ("%d d", "%d d", (gulong) (seconds / DAY_S)), seconds / DAY_S);
  if (seconds % HOUR_S == 0)
    /* Translators: how long a customer has been waiting, in hours; keep it short. */
    return g_strdup_printf (ngettext ("%d h", "%d h", (gulong) (seconds / HOUR_S)), seconds / HOUR_S);
  if (seconds >= MINUTE_S)
    /* Translators: how long a customer has been waiting, in minutes; keep it short. */
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) (seconds / MINUTE_S)), seconds / MINUTE_S);
  return g_strdup (_ ("under 1 min"));
}

const char *
mos_target_text_kind (MosTargetKind kind)
{
  switch (kind)
    {
    case MOS_TARGET_FIRST_REPLY:
      return C_ ("target", "First answer");
    case MOS_TARGET_NEXT_REPLY:
      return C_ ("target", "Next answer");
    case MOS_TARGET_RESOLUTION:
      return C_ ("target", "Closed");
    default:
      g_return_val_if_reached ("");
    }
}

char *
mos_target_text_due (MosConversationRow *row,
                     gboolean is_reply,
                     gint64 now_us)
{
  const gint64 due_us = is_reply ? row->reply_due_us : row->resolve_due_us;
  g_autofree char *time = mos_time_text_relative (due_us, now_us, NULL);
  g_autofree char *duration = due_us > now_us ? mos_time_text_duration (due_us - now_us) : NULL;

  if (due_us == 0)
    return NULL;
  if (due_us <= now_us)
    /* Translators: %s is a time such as "10:50" or "Yesterday, 10:50". */
    return g_strdup_printf (is_reply ? _ ("Answer overdue since: %s") : _ ("To be closed, overdue since: %s"), time);
  /* Translators: a time such as "10:50" or "Tomorrow, 10:50", and how long it is until then, such as "12 min". */
  return g_strdup_printf (is_reply ? _ ("Answer due: %1$s (in %2$s)") : _ ("To be closed by: %1$s (in %2$s)"), time, duration);
}

static const char *
scope_text (MosTargetScope scope)
{
  switch (scope)
    {
    case MOS_TARGET_SCOPE_URGENT:
      return _ ("The target of what is urgent");
    case MOS_TARGET_SCOPE_VIP:
      return _ ("The target of VIP customers");
    case MOS_TARGET_SCOPE_CATEGORY:
      return _ ("The target of this category");
    case MOS_TARGET_SCOPE_COMPLEX:
      return _ ("The target of complex categories");
    case MOS_TARGET_SCOPE_CHANNEL:
      return _ ("The target of this channel");
    default:
      g_return_val_if_reached ("");
    }
}

static char *
within_text (const MosTargetBasis *basis)
{
  g_autofree char *duration = mos_target_text_duration (basis->seconds);

  switch (basis->kind)
    {
    case MOS_TARGET_FIRST_REPLY:
      /* Translators: %s is a duration such as "2 h". */
      return g_strdup_printf (basis->in_hours ? _ ("First answer within %s of business hours") : _ ("First answer within %s"), duration);
    case MOS_TARGET_NEXT_REPLY:
      /* Translators: %s is a duration such as "2 h". */
      return g_strdup_printf (basis->in_hours ? _ ("Next answer within %s of business hours") : _ ("Next answer within %s"), duration);
    case MOS_TARGET_RESOLUTION:
      /* Translators: %s is a duration such as "24 h"; while the customer has to answer, it does not pass. */
      return g_strdup_printf (basis->in_hours ? _ ("Closed within %s of business hours, pending left out") : _ ("Closed within %s, pending left out"), duration);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
mos_target_text_how (MosConversationRow *row,
                     gboolean is_reply)
{
  MosTargetBasis basis;
  g_autofree char *within = NULL;
  g_autofree char *due = mos_time_text_full (is_reply ? row->reply_due_us : row->resolve_due_us, NULL);
  g_autofree char *since = is_reply ? mos_time_text_full (row->waiting_since_us, NULL) : NULL;
  g_autofree char *since_text = NULL;
  g_autofree char *due_text = NULL;

  if (!mos_target_basis_from_text (is_reply ? row->reply_basis : row->resolve_basis, &basis))
    return g_strdup ("");
  within = within_text (&basis);
  /* Translators: %s is a date and time in full. */
  due_text = g_strdup_printf (_ ("Due: %s"), due);
  if (since == NULL)
    return g_strjoin ("\n", scope_text (basis.scope), within, due_text, NULL);
  /* Translators: %s is a date and time in full. */
  since_text = g_strdup_printf (_ ("Waiting since: %s"), since);
  return g_strjoin ("\n", scope_text (basis.scope), within, since_text, due_text, NULL);
}
