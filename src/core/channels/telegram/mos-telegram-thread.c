/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-parse.h"

#include <string.h>

/* What a thread is called here: a chat's number, its topic, and through whose connection. */

char *
mos_telegram_thread_new (gint64 chat,
                         gint64 topic,
                         const char *connection)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%" G_GINT64_FORMAT, chat);
  if (topic != 0)
    g_string_append_printf (out, ":%" G_GINT64_FORMAT, topic);
  if (connection != NULL)
    g_string_append_printf (out, "@%s", connection);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
read_number (const char *text,
             gsize n,
             gint64 *value)
{
  g_autofree char *number = g_strndup (text, n);

  return g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
mos_telegram_thread_read (const char *thread,
                          gint64 *chat,
                          gint64 *topic,
                          char **connection)
{
  gsize n = strcspn (thread, ":@");

  *topic = 0;
  *connection = NULL;
  if (!read_number (thread, n, chat))
    return FALSE;
  thread += n;
  if (*thread == ':')
    {
      thread++;
      n = strcspn (thread, "@");
      if (!read_number (thread, n, topic) || *topic == 0)
        return FALSE;
      thread += n;
    }
  if (*thread == '@' && thread[1] != '\0')
    *connection = g_strdup (thread + 1);
  else if (*thread != '\0')
    return FALSE;
  return TRUE;
}
