/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-fritzbox-monitor.h"

#include <string.h>

/* A box has a few lines; more is somebody's play. */
#define MAX_CALLS 100
#define MAX_FIELD 64
#define MAX_SECONDS (7 * 24 * 60 * 60)
/* Extensions 40 to 49 are the box's answering machines. */
#define FIRST_MACHINE 40
#define LAST_MACHINE 49

/* Who did not listen for longer than this cannot tell which calls are still the same. */
#define FORGOTTEN_US G_TIME_SPAN_MINUTE

typedef struct
{
  MosPhoneCall *call; /* (owned) */
  gboolean is_connected;
  gboolean is_machine;
} Entry;

struct _MosFritzboxMonitor
{
  GHashTable *calls; /* (owned): connection -> Entry */
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  mos_phone_call_free (self->call);
  g_free (self);
}

MosFritzboxMonitor *
mos_fritzbox_monitor_new (void)
{
  MosFritzboxMonitor *self = g_new0 (MosFritzboxMonitor, 1);

  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
mos_fritzbox_monitor_free (MosFritzboxMonitor *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->calls);
  g_free (self);
}

void
mos_fritzbox_monitor_resume (MosFritzboxMonitor *self,
                             gint64 gap_us)
{
  if (gap_us > FORGOTTEN_US)
    g_hash_table_remove_all (self->calls);
}

/* "23.11.26 09:05:00" */
static gboolean
is_time (const char *text)
{
  static const char form[] = "00.00.00 00:00:00";

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (text[i]) : form[i] != text[i])
      return FALSE;
  return TRUE;
}

static MosPhoneCall *
copy (const MosPhoneCall *call)
{
  MosPhoneCall *self = g_new0 (MosPhoneCall, 1);

  *self = *call;
  self->id = g_strdup (call->id);
  self->number = g_strdup (call->number);
  self->name = g_strdup (call->name);
  self->line = g_strdup (call->line);
  return self;
}

static MosPhoneCall *
begin (MosFritzboxMonitor *self,
       char **fields,
       gboolean is_outgoing,
       const char *number,
       const char *ours,
       gint64 now_us)
{
  Entry *entry;

  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    g_hash_table_remove_all (self->calls);
  entry = g_new0 (Entry, 1);
  entry->call = g_new0 (MosPhoneCall, 1);
  /* Connections are counted from 0 again and again; the second tells them apart. */
  entry->call->id = g_strjoin (";", fields[0], fields[2], is_outgoing ? "out" : "in", number, NULL);
  entry->call->number = g_strdup (number);
  /* A called number ends in the sign that the telephone dialled it with. */
  if (g_str_has_suffix (entry->call->number, "#"))
    entry->call->number[strlen (entry->call->number) - 1] = '\0';
  entry->call->line = g_strdup (ours);
  entry->call->is_outgoing = is_outgoing;
  entry->call->outcome = MOS_CALL_MISSED;
  entry->call->at_us = now_us;
  g_hash_table_replace (self->calls, g_strdup (fields[2]), entry);
  return is_outgoing ? NULL : copy (entry->call);
}

MosPhoneCall *
mos_fritzbox_monitor_take_line (MosFritzboxMonitor *self,
                                const char *line,
                                gint64 now_us,
                                gboolean *ret_is_over)
{
  g_auto (GStrv) fields = g_strsplit (line, ";", 8);
  guint n = g_strv_length (fields);
  const char *event;
  Entry *entry;

  *ret_is_over = FALSE;
  for (guint i = 0; i < n; i++)
    if (strlen (fields[i]) > MAX_FIELD)
      return NULL;
  if (n < 4 || !is_time (fields[0]) || *fields[2] == '\0')
    return NULL;
  event = fields[1];
  if (g_str_equal (event, "RING") && n >= 6)
    return begin (self, fields, FALSE, fields[3], fields[4], now_us);
  if (g_str_equal (event, "CALL") && n >= 7)
    return begin (self, fields, TRUE, fields[5], fields[4], now_us);
  entry = g_hash_table_lookup (self->calls, fields[2]);
  if (entry == NULL)
    return NULL;
  if (g_str_equal (event, "CONNECT") && n >= 4)
    {
      guint64 extension = g_ascii_strtoull (fields[3], NULL, 10);

      entry->is_connected = TRUE;
      entry->is_machine = !entry->call->is_outgoing && extension >= FIRST_MACHINE && extension <= LAST_MACHINE;
    }
  else if (g_str_equal (event, "DISCONNECT"))
    {
      MosPhoneCall *over = copy (entry->call);
      guint seconds = (guint) MIN (g_ascii_strtoull (fields[3], NULL, 10), MAX_SECONDS);

      /* Where the line broke in between, nobody said that they spoke; how long they did is said now. */
      if (entry->is_connected || seconds > 0)
        over->outcome = entry->is_machine ? MOS_CALL_VOICEMAIL : MOS_CALL_ANSWERED;
      if (over->outcome == MOS_CALL_ANSWERED)
        over->seconds = seconds;
      g_hash_table_remove (self->calls, fields[2]);
      *ret_is_over = TRUE;
      return over;
    }
  return NULL;
}
