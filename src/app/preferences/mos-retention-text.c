/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-retention-text.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define DAYS_OF_A_YEAR 365

const char *
mos_retention_text_title (MosRetentionClass retention_class)
{
  switch (retention_class)
    {
    case MOS_RETENTION_SPAM:
      return C_ ("kept", "Spam");
    case MOS_RETENTION_INVOICE:
      return _ ("Orders and bills");
    case MOS_RETENTION_QUARANTINE:
      return C_ ("kept", "Quarantine");
    case MOS_RETENTION_MACHINE:
      return _ ("Mail from machines");
    case MOS_RETENTION_CHAT:
      return _ ("Chats");
    case MOS_RETENTION_EMAIL:
      return C_ ("kept", "E-mail");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
mos_retention_text_what (MosRetentionClass retention_class)
{
  switch (retention_class)
    {
    case MOS_RETENTION_SPAM:
      return _ ("What is marked as spam");
    case MOS_RETENTION_INVOICE:
      return _ ("Conversations about an order, or with a bill among their files");
    case MOS_RETENTION_QUARANTINE:
      return _ ("What came into the quarantine and was never released");
    case MOS_RETENTION_MACHINE:
      return _ ("Nothing but bounces, reports and automatic answers");
    case MOS_RETENTION_CHAT:
      return _ ("Closed conversations of every channel but e-mail");
    case MOS_RETENTION_EMAIL:
      return _ ("All other conversations that are closed");
    default:
      g_return_val_if_reached ("");
    }
}

char *
mos_retention_text_days (guint days)
{
  guint years = days / DAYS_OF_A_YEAR;

  if (days == 0)
    return g_strdup (_ ("For ever"));
  if (days % DAYS_OF_A_YEAR == 0)
    return g_strdup_printf (ngettext ("%u year", "%u years", years), years);
  return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
}

char *
mos_retention_text_count (const MosRetentionCount *count)
{
  g_autofree char *size = g_format_size ((guint64) count->bytes);
  g_autofree char *isolated = mos_text_isolate (size);
  g_autofree char *messages = g_strdup_printf (ngettext ("%u message", "%u messages", count->n_messages), count->n_messages);

  /* Translators: %2$s: "8 messages"; %3$s: "1.2 MB" */
  return g_strdup_printf (ngettext ("%1$u conversation with %2$s, about %3$s", "%1$u conversations with %2$s, about %3$s", count->n_conversations), count->n_conversations, messages, isolated);
}

char *
mos_retention_text_went (const MosRetentionCount *count)
{
  g_autofree char *what = mos_retention_text_count (count);

  if (count->n_customers == 0)
    return g_steal_pointer (&what);
  /* Translators: %1$s: "3 conversations with 8 messages, about 1.2 MB"; %2$u: people of whom nothing else was left */
  return g_strdup_printf (ngettext ("%1$s, and %2$u customer", "%1$s, and %2$u customers", count->n_customers), what, count->n_customers);
}

char *
mos_retention_text_day (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%x") : g_strdup ("");
}
