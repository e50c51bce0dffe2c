/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-asterisk-cdr.h"

#include "core/base/mos-csv.h"

#include <string.h>

/* Longer ones are not of a small shop. */
#define MAX_EXTENSION 6
#define MAX_SECONDS (7 * 24 * 60 * 60)

/* Columns of Master.csv: cdr_csv's build_csv_record() */
enum
{
  SOURCE = 1,
  DESTINATION = 2,
  CALLER = 4,
  CHANNEL = 5,
  DESTINATION_CHANNEL = 6,
  APPLICATION = 7,
  BILLED = 13,
  DISPOSITION = 14,
  UNIQUEID = 16,
  N_COLUMNS = 17,
};

/* --- what became of it --- */

/* Several people in one room: there is no channel that one was joined with. */
static gboolean
is_meeting (const char *application)
{
  static const char *const meetings[] = { "ConfBridge", "MeetMe", "Bridge", "ParkedCall" };

  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++)
    if (g_ascii_strcasecmp (application, meetings[i]) == 0)
      return TRUE;
  return FALSE;
}

void
mos_asterisk_tally_add (MosAsteriskTally *self,
                        const char *application,
                        const char *destination,
                        const char *disposition,
                        guint seconds)
{
  self->n_legs++;
  if (g_ascii_strcasecmp (disposition, "ANSWERED") == 0)
    {
      if (g_ascii_strcasecmp (application, "VoiceMail") == 0 || g_ascii_strcasecmp (application, "MiniVM") == 0)
        self->n_machine++;
      else if (*destination != '\0' || is_meeting (application))
        {
          self->n_answered++;
          self->seconds = MAX (self->seconds, MIN (seconds, MAX_SECONDS));
        }
      else
        self->n_missed++;
    }
  else if (g_ascii_strcasecmp (disposition, "BUSY") == 0)
    self->n_busy++;
  else if (g_ascii_strcasecmp (disposition, "NO ANSWER") == 0)
    self->n_missed++;
}

MosCallOutcome
mos_asterisk_tally_get_outcome (const MosAsteriskTally *self)
{
  if (self->n_answered > 0)
    return MOS_CALL_ANSWERED;
  if (self->n_machine > 0)
    return MOS_CALL_VOICEMAIL;
  if (self->n_missed > 0)
    return MOS_CALL_MISSED;
  return self->n_busy > 0 ? MOS_CALL_BUSY : MOS_CALL_FAILED;
}

/* --- whose it was --- */

static gboolean
is_extension (const char *number)
{
  gsize n = strspn (number, G_CSET_DIGITS "*#");

  return n > 0 && n <= MAX_EXTENSION && number[n] == '\0';
}

MosAsteriskWay
mos_asterisk_get_way (const char *source,
                      const char *destination)
{
  if (!is_extension (source))
    return MOS_ASTERISK_INCOMING;
  /* "s" and the like are places in the dial plan. */
  return is_extension (destination) || strpbrk (destination, G_CSET_DIGITS) == NULL ? MOS_ASTERISK_INTERNAL : MOS_ASTERISK_OUTGOING;
}

gint64
mos_asterisk_get_time (const char *uniqueid)
{
  /* Where several switchboards share a log, their name stands before it. */
  const char *dash = strrchr (uniqueid, '-');
  const char *digits = dash != NULL ? dash + 1 : uniqueid;
  gsize n = strspn (digits, G_CSET_DIGITS);

  if (n < 9 || n > 11 || digits[n] != '.')
    return 0;
  return (gint64) g_ascii_strtoull (digits, NULL, 10) * G_USEC_PER_SEC;
}

char *
mos_asterisk_dup_name (const char *caller)
{
  const char *end = strrchr (caller, '<');
  g_autofree char *name = NULL;
  gsize length;

  if (end == NULL)
    return NULL;
  name = g_strstrip (g_strndup (caller, (gsize) (end - caller)));
  length = strlen (name);
  if (length >= 2 && name[0] == '"' && name[length - 1] == '"')
    {
      name[length - 1] = '\0';
      memmove (name, name + 1, length - 1);
      g_strstrip (name);
    }
  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* --- rows --- */

struct _MosAsteriskLegs
{
  GPtrArray *calls;    /* (owned) of MosPhoneCall */
  GHashTable *entries; /* (owned) id -> Entry (owned) */
  gint64 since_us;
};

typedef struct
{
  MosPhoneCall *call; /* (borrowed) */
  MosAsteriskTally tally;
} Entry;

MosAsteriskLegs *
mos_asterisk_legs_new (gint64 since_us)
{
  MosAsteriskLegs *self = g_new0 (MosAsteriskLegs, 1);

  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_phone_call_free);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->since_us = since_us;
  return self;
}

void
mos_asterisk_legs_free (MosAsteriskLegs *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_free (self);
}

static Entry *
add_entry (MosAsteriskLegs *self,
           const MosAsteriskLeg *leg,
           MosAsteriskWay way)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->call = g_new0 (MosPhoneCall, 1);
  entry->call->id = g_strdup (leg->id);
  entry->call->is_outgoing = way == MOS_ASTERISK_OUTGOING;
  entry->call->number = g_strdup (entry->call->is_outgoing ? leg->destination : leg->source);
  entry->call->line = g_strdup (entry->call->is_outgoing ? leg->source : leg->destination);
  entry->call->name = entry->call->is_outgoing ? NULL : mos_asterisk_dup_name (leg->caller);
  entry->call->at_us = mos_asterisk_get_time (leg->id);
  g_hash_table_insert (self->entries, entry->call->id, entry);
  g_ptr_array_add (self->calls, entry->call);
  return entry;
}

void
mos_asterisk_legs_add (MosAsteriskLegs *self,
                       const MosAsteriskLeg *leg,
                       gboolean is_ahead)
{
  MosAsteriskWay way;
  Entry *entry;

  /* What the switchboard connects with itself is part of another call, which the log does not name. */
  if (*leg->id == '\0' || g_str_has_prefix (leg->channel, "Local/") || mos_asterisk_get_time (leg->id) < self->since_us)
    return;
  way = mos_asterisk_get_way (leg->source, leg->destination);
  if (way == MOS_ASTERISK_INTERNAL)
    return;
  entry = g_hash_table_lookup (self->entries, leg->id);
  if (entry == NULL && is_ahead)
    return;
  if (entry == NULL)
    entry = add_entry (self, leg, way);
  mos_asterisk_tally_add (&entry->tally, leg->application, leg->destination_channel, leg->disposition, (guint) MIN (leg->seconds, MAX_SECONDS));
  entry->call->outcome = mos_asterisk_tally_get_outcome (&entry->tally);
  entry->call->seconds = entry->tally.seconds;
}

GPtrArray *
mos_asterisk_legs_steal (MosAsteriskLegs *self)
{
  g_hash_table_remove_all (self->entries);
  return g_steal_pointer (&self->calls);
}

/* --- the file --- */

GPtrArray *
mos_asterisk_read_csv (const char *text,
                       gsize size,
                       gsize own,
                       gint64 since_us)
{
  g_autoptr (MosAsteriskLegs) legs = mos_asterisk_legs_new (since_us);

  /* A line at a time: one that is torn, or has a quote too many, is nobody else's trouble. */
  for (const char *at = text, *end = text + size; at < end;)
    {
      const char *stop = memchr (at, '\n', (gsize) (end - at));
      gsize length = stop != NULL ? (gsize) (stop - at) + 1 : (gsize) (end - at);
      g_autoptr (GPtrArray) records = mos_csv_parse (at, length, NULL);
      char **row = records != NULL && records->len == 1 ? records->pdata[0] : NULL;
      gboolean is_ahead = (gsize) (at - text) >= own;

      at += length;
      if (row == NULL || g_strv_length (row) < N_COLUMNS)
        continue;
      mos_asterisk_legs_add (legs,
                             &(MosAsteriskLeg) {
                                 .id = row[UNIQUEID],
                                 .source = row[SOURCE],
                                 .destination = row[DESTINATION],
                                 .caller = row[CALLER],
                                 .channel = row[CHANNEL],
                                 .destination_channel = row[DESTINATION_CHANNEL],
                                 .application = row[APPLICATION],
                                 .disposition = row[DISPOSITION],
                                 .seconds = g_ascii_strtoull (row[BILLED], NULL, 10),
                             },
                             is_ahead);
    }
  return mos_asterisk_legs_steal (legs);
}
