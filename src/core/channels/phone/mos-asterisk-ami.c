/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-asterisk-ami.h"

#include <string.h>

/* Records of a call come after its last channel is gone. */
#define GRACE_US (1500 * G_TIME_SPAN_MILLISECOND)
/* A record that comes later than that is of a call that was told: so long it is known as one. */
#define TOLD_US G_TIME_SPAN_MINUTE
/* What a peer may have us keep. */
#define MAX_KEYS 256
#define MAX_CALLS 1000
/* Longer than anybody speaks: its end was not told. */
#define FORGET_US G_TIME_SPAN_DAY

typedef struct
{
  char *id;               /* (owned): its Linkedid */
  char *source;           /* (owned) */
  char *name;             /* (owned) */
  char *target;           /* (owned) */
  gboolean is_known;      /* its first channel was seen */
  gboolean is_told;       /* it was given away: what is said of it now comes too late */
  gint64 began_us;        /* by @now_us */
  gint64 over_us;         /* 0 = it is not */
  guint n_alive;          /* of its channels */
  gboolean is_listed;     /* it was found by asking: it began before we were here */
  gboolean is_lost;       /* its end was not heard */
  gboolean is_up;         /* the caller's channel */
  gint64 spoke_us;        /* since when somebody else's is, too; 0 = none */
  guint seconds;          /* … for how long, by our clock */
  guint cause;            /* of the last hangup */
  MosAsteriskTally tally; /* of its records */
} Call;

struct _MosAmi
{
  GHashTable *packet;   /* (owned): lower-case key -> value */
  gboolean has_ended;   /* @packet is whole: the next line begins another one */
  GHashTable *calls;    /* (owned): Linkedid -> Call */
  GHashTable *channels; /* (owned): Uniqueid -> Linkedid */
  GHashTable *alive;    /* (owned): set of Uniqueid */
  gboolean is_listing;  /* what there is, is being told */
  GQueue ringing;       /* of MosPhoneCall (owned) */
};

static void
call_free (gpointer data)
{
  Call *self = data;

  g_free (self->id);
  g_free (self->source);
  g_free (self->name);
  g_free (self->target);
  g_free (self);
}

MosAmi *
mos_ami_new (void)
{
  MosAmi *self = g_new0 (MosAmi, 1);

  self->packet = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, call_free);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->alive = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->ringing);
  return self;
}

void
mos_ami_free (MosAmi *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->packet);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->alive);
  g_queue_clear_full (&self->ringing, (GDestroyNotify) mos_phone_call_free);
  g_free (self);
}

const char *
mos_ami_get (MosAmi *self,
             const char *key)
{
  g_autofree char *folded = g_ascii_strdown (key, -1);
  const char *value = g_hash_table_lookup (self->packet, folded);

  return value != NULL ? value : "";
}

/* --- calls --- */

static MosPhoneCall *
make_call (const Call *self)
{
  MosAsteriskWay way = mos_asterisk_get_way (self->source, self->target);
  MosPhoneCall *call;

  if (way == MOS_ASTERISK_INTERNAL)
    return NULL;
  call = g_new0 (MosPhoneCall, 1);
  call->id = g_strdup (self->id);
  call->is_outgoing = way == MOS_ASTERISK_OUTGOING;
  call->number = g_strdup (call->is_outgoing ? self->target : self->source);
  call->line = g_strdup (call->is_outgoing ? self->source : self->target);
  call->name = call->is_outgoing ? NULL : g_strdup (self->name);
  call->at_us = mos_asterisk_get_time (self->id);
  return call;
}

static gboolean
is_long_ago (gpointer key,
             gpointer value,
             gpointer now_us)
{
  return *(gint64 *) now_us - ((Call *) value)->began_us > FORGET_US;
}

static Call *
ensure_call (MosAmi *self,
             const char *id,
             gint64 now_us)
{
  Call *call = g_hash_table_lookup (self->calls, id);

  if (call != NULL || *id == '\0')
    return call;
  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    g_hash_table_foreach_remove (self->calls, is_long_ago, &now_us);
  if (g_hash_table_size (self->calls) >= MAX_CALLS)
    return NULL;
  call = g_new0 (Call, 1);
  call->id = g_strdup (id);
  call->source = g_strdup ("");
  call->target = g_strdup ("");
  call->began_us = now_us;
  g_hash_table_insert (self->calls, call->id, call);
  return call;
}

/* Of a channel that was seen. */
static Call *
find_call (MosAmi *self,
           const char *channel)
{
  const char *id = g_hash_table_lookup (self->channels, channel);

  return id != NULL ? g_hash_table_lookup (self->calls, id) : NULL;
}

/* The channel of the packet is one of @call that is there. */
static void
add_channel (MosAmi *self,
             Call *call,
             const char *channel)
{
  g_hash_table_replace (self->channels, g_strdup (channel), g_strdup (call->id));
  if (!g_hash_table_add (self->alive, g_strdup (channel)))
    return;
  call->n_alive++;
  call->over_us = 0;
}

/* Who calls whom is told by the first channel. Returns: whether it has just become known */
static gboolean
learn_people (MosAmi *self,
              Call *call,
              const char *channel)
{
  if (!g_str_equal (channel, call->id) || call->is_known)
    return FALSE;
  call->is_known = TRUE;
  g_set_str (&call->source, mos_ami_get (self, "CallerIDNum"));
  g_set_str (&call->name, mos_ami_get (self, "CallerIDName"));
  g_set_str (&call->target, mos_ami_get (self, "Exten"));
  return TRUE;
}

static void
push_ringing (MosAmi *self,
              const Call *call)
{
  MosPhoneCall *ringing = make_call (call);

  if (ringing != NULL && !ringing->is_outgoing)
    g_queue_push_tail (&self->ringing, ringing);
  else
    mos_phone_call_free (ringing);
}

/* Of the packet. Returns: (nullable) */
static Call *
ensure_call_of_channel (MosAmi *self,
                        const char *channel,
                        gint64 now_us)
{
  const char *id = mos_ami_get (self, "Linkedid");
  Call *call = *channel != '\0' ? ensure_call (self, *id != '\0' ? id : channel, now_us) : NULL;

  return call != NULL && !call->is_told ? call : NULL;
}

static void
on_new_channel (MosAmi *self,
                gint64 now_us)
{
  const char *channel = mos_ami_get (self, "Uniqueid");
  Call *call = ensure_call_of_channel (self, channel, now_us);

  if (call == NULL || g_hash_table_contains (self->channels, channel))
    return;
  add_channel (self, call, channel);
  if (learn_people (self, call, channel))
    push_ringing (self, call);
}

static void
note_up (Call *call,
         const char *channel,
         gint64 now_us)
{
  if (g_str_equal (channel, call->id))
    call->is_up = TRUE;
  else if (call->spoke_us == 0)
    call->spoke_us = now_us;
}

static void
on_new_state (MosAmi *self,
              gint64 now_us)
{
  const char *channel = mos_ami_get (self, "Uniqueid");
  Call *call = find_call (self, channel);

  if (call != NULL && g_ascii_strcasecmp (mos_ami_get (self, "ChannelStateDesc"), "Up") == 0)
    note_up (call, channel, now_us);
}

static void
on_hangup (MosAmi *self,
           gint64 now_us)
{
  const char *channel = mos_ami_get (self, "Uniqueid");
  Call *call = find_call (self, channel);

  /* What was not listed has hung up, which is told now. */
  if (call == NULL || !g_hash_table_remove (self->alive, channel))
    return;
  call->cause = (guint) g_ascii_strtoull (mos_ami_get (self, "Cause"), NULL, 10);
  call->n_alive--;
  if (call->n_alive > 0)
    return;
  call->over_us = now_us;
  if (call->spoke_us != 0)
    call->seconds = (guint) ((now_us - call->spoke_us) / G_USEC_PER_SEC);
}

/* "00:01:05" */
static gint64
read_duration_us (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 4);

  if (g_strv_length (parts) != 3)
    return 0;
  return (gint64) ((g_ascii_strtoull (parts[0], NULL, 10) % 1000 * 60 + g_ascii_strtoull (parts[1], NULL, 10) % 60) * 60 + g_ascii_strtoull (parts[2], NULL, 10) % 60) * G_USEC_PER_SEC;
}

/* A channel that is there, found by asking. */
static void
on_listed (MosAmi *self,
           gint64 now_us)
{
  const char *channel = mos_ami_get (self, "Uniqueid");
  Call *call = self->is_listing ? ensure_call_of_channel (self, channel, now_us) : NULL;

  if (call == NULL)
    return;
  add_channel (self, call, channel);
  if (learn_people (self, call, channel))
    call->is_listed = TRUE;
  if (g_ascii_strcasecmp (mos_ami_get (self, "ChannelStateDesc"), "Up") == 0)
    note_up (call, channel, now_us - read_duration_us (mos_ami_get (self, "Duration")));
}

static void
on_record (MosAmi *self,
           gint64 now_us)
{
  const char *channel = mos_ami_get (self, "UniqueID");
  Call *call = find_call (self, channel);

  if (call != NULL && call->is_told)
    return;
  /* It began before we were here: its record is all that is told of it. What the switchboard connected with itself is part of another one. */
  if (call == NULL)
    {
      if (g_str_has_prefix (mos_ami_get (self, "Channel"), "Local/"))
        return;
      call = ensure_call (self, channel, now_us);
      if (call == NULL)
        return;
      g_hash_table_insert (self->channels, g_strdup (channel), g_strdup (call->id));
      call->over_us = now_us;
    }
  if (!call->is_known)
    {
      call->is_known = TRUE;
      g_set_str (&call->source, mos_ami_get (self, "Source"));
      g_set_str (&call->target, mos_ami_get (self, "Destination"));
      g_free (call->name);
      call->name = mos_asterisk_dup_name (mos_ami_get (self, "CallerID"));
    }
  mos_asterisk_tally_add (&call->tally, mos_ami_get (self, "LastApplication"), mos_ami_get (self, "DestinationChannel"), mos_ami_get (self, "Disposition"),
                          (guint) MIN (g_ascii_strtoull (mos_ami_get (self, "BillableSeconds"), NULL, 10), G_MAXINT));
}

static void
take_packet (MosAmi *self,
             gint64 now_us)
{
  const char *event = mos_ami_get (self, "Event");

  if (g_ascii_strcasecmp (event, "Newchannel") == 0)
    on_new_channel (self, now_us);
  else if (g_ascii_strcasecmp (event, "Newstate") == 0)
    on_new_state (self, now_us);
  else if (g_ascii_strcasecmp (event, "Hangup") == 0)
    on_hangup (self, now_us);
  else if (g_ascii_strcasecmp (event, "Cdr") == 0)
    on_record (self, now_us);
  else if (g_ascii_strcasecmp (event, "CoreShowChannel") == 0 || g_ascii_strcasecmp (event, "Status") == 0)
    on_listed (self, now_us);
}

gboolean
mos_ami_take_line (MosAmi *self,
                   const char *line,
                   gint64 now_us)
{
  const char *colon;

  if (self->has_ended)
    {
      g_hash_table_remove_all (self->packet);
      self->has_ended = FALSE;
    }
  if (*line == '\0')
    {
      if (g_hash_table_size (self->packet) == 0)
        return FALSE;
      self->has_ended = TRUE;
      take_packet (self, now_us);
      return TRUE;
    }
  colon = strchr (line, ':');
  if (colon != NULL && colon > line && g_hash_table_size (self->packet) < MAX_KEYS)
    {
      g_autofree char *name = g_strndup (line, (gsize) (colon - line));
      char *key = g_ascii_strdown (name, -1);

      colon++;
      /* The first one counts: what a caller put into a later one cannot take its place. */
      if (g_hash_table_contains (self->packet, key))
        g_free (key);
      else
        g_hash_table_insert (self->packet, key, g_strdup (*colon == ' ' ? colon + 1 : colon));
    }
  return FALSE;
}

/* --- a line that broke --- */

void
mos_ami_begin_list (MosAmi *self)
{
  GHashTableIter iter;
  gpointer value;

  /* Half a packet was the old line's. */
  g_hash_table_remove_all (self->packet);
  self->has_ended = FALSE;
  self->is_listing = TRUE;
  g_hash_table_remove_all (self->alive);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Call *) value)->n_alive = 0;
}

void
mos_ami_end_list (MosAmi *self,
                  gint64 now_us)
{
  GHashTableIter iter;
  gpointer value;

  self->is_listing = FALSE;
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Call *call = value;
      /* Whoever is up alone hears music, or speaks to a machine. */
      gboolean rings = call->is_listed && call->spoke_us == 0 && (!call->is_up || call->n_alive > 1);

      call->is_listed = FALSE;
      if (call->is_told || call->over_us != 0)
        continue;
      call->is_lost = call->n_alive == 0;
      if (call->is_lost)
        call->over_us = now_us;
      else if (rings)
        push_ringing (self, call);
    }
}

gboolean
mos_ami_has_calls (MosAmi *self)
{
  return g_hash_table_size (self->calls) > 0;
}

/* --- what came of them --- */

/* Without a record. Causes: ITU-T Q.850. */
static MosCallOutcome
guess_outcome (const Call *call)
{
  if (call->spoke_us != 0 && call->is_up)
    return MOS_CALL_ANSWERED;
  if (call->is_lost)
    return MOS_CALL_UNKNOWN;
  switch (call->cause)
    {
    case 0:  /* not told */
    case 16: /* normal clearing */
    case 18: /* no user responding */
    case 19: /* no answer */
    case 21: /* rejected */
    case 26: /* answered elsewhere */
    case 31: /* normal, unspecified */
      return MOS_CALL_MISSED;
    case 17:
      return MOS_CALL_BUSY;
    default:
      return call->is_up ? MOS_CALL_MISSED : MOS_CALL_FAILED;
    }
}

static gboolean
is_of_nobody (gpointer channel,
              gpointer id,
              gpointer calls)
{
  return !g_hash_table_contains (calls, id);
}

static gboolean
is_told_long_ago (gpointer id,
                  gpointer value,
                  gpointer now_us)
{
  const Call *call = value;

  return call->is_told && *(gint64 *) now_us - call->over_us > TOLD_US;
}

MosPhoneCall *
mos_ami_take_ringing (MosAmi *self)
{
  return g_queue_pop_head (&self->ringing);
}

MosPhoneCall *
mos_ami_take_done (MosAmi *self,
                   gint64 now_us,
                   gint64 *ret_next_us)
{
  GHashTableIter iter;
  gpointer value;

  *ret_next_us = 0;
  if (g_hash_table_foreach_remove (self->calls, is_told_long_ago, &now_us) > 0)
    g_hash_table_foreach_remove (self->channels, is_of_nobody, self->calls);
  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Call *call = value;
      MosPhoneCall *done;

      if (call->is_told)
        continue;
      if (call->over_us == 0 || now_us < call->over_us + GRACE_US)
        {
          if (call->over_us != 0)
            *ret_next_us = *ret_next_us != 0 ? MIN (*ret_next_us, call->over_us + GRACE_US) : call->over_us + GRACE_US;
          continue;
        }
      done = call->is_known ? make_call (call) : NULL;
      if (done != NULL)
        {
          gboolean has_record = call->tally.n_legs > 0;

          done->outcome = has_record ? mos_asterisk_tally_get_outcome (&call->tally) : guess_outcome (call);
          if (done->outcome == MOS_CALL_ANSWERED)
            done->seconds = has_record ? call->tally.seconds : call->seconds;
        }
      call->is_told = TRUE;
      if (done != NULL)
        {
          *ret_next_us = 0;
          return done;
        }
    }
  return NULL;
}
