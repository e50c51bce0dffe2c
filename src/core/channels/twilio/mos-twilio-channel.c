/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-channel.h"

#include "core/base/mos-json.h"
#include "core/base/mos-time.h"
#include "core/channels/relay/mos-relay.h"
#include "core/channels/twilio/mos-twilio-api.h"

#include <string.h>

/* Cursors. The newest that was taken, by their clock, in each direction; and while the history is read: the first day that is not. */
#define IN "in"
#define OUT "out"
#define DAY "day"
/* So much of the history is taken in when an account is new, in slices of so many days. */
#define HISTORY_DAYS 30
#define SLICE_DAYS 7
#define HISTORY_PAGE 1000
#define MAX_PAGES 100u
/* What is new is on the first page, nearly always. */
#define PAGE 50
/* Messages appear in the list a moment after the time they are of. */
#define OVERLAP_US (10 * G_TIME_SPAN_MINUTE)
/* What another program sent in our name is taken in after this: until then it may be one of ours whose answer is on its way. */
#define GRACE_US (3 * G_TIME_SPAN_MINUTE)
/* What became of a message of ours is followed for a day, each one asked for this often, some at a time. */
#define FOLLOW_US G_TIME_SPAN_DAY
#define FOLLOW_EVERY_US G_TIME_SPAN_MINUTE
#define FOLLOW_AT_ONCE 20

struct _MosTwilioChannel
{
  MosChatChannel parent_instance;

  GMutex mutex;
  GHashTable *sent; /* (owned) (mutex mutex) set of sids: sent by us since the channel is there */
};

G_DEFINE_FINAL_TYPE (MosTwilioChannel, mos_twilio_channel, MOS_TYPE_CHAT_CHANNEL)

/* A message of ours that something may still become of. */
typedef struct
{
  char *status; /* (owned): as it was told last */
  gint64 at_us;
  gint64 look_us; /* monotonic: not asked for before */
  guint tellings; /* how often it is still told: the one that sends may write down its name after we looked */
} Followed;

typedef struct
{
  MosTwilioApi *api;    /* (owned) */
  MosRelay *relay;      /* (owned) (nullable): what hands files out */
  char *number;         /* (owned) */
  GHashTable *taken;    /* (owned) sid -> its time (gint64, owned): of the last minutes, which are asked for again and again */
  GHashTable *followed; /* (owned) sid -> Followed */
  gboolean has_looked;  /* back over the day, for what became of what was sent before we were here */
} Session;

static void
followed_free (gpointer data)
{
  Followed *self = data;

  g_free (self->status);
  g_free (self);
}

/* --- a session --- */

static const char *
get_setting (MosChatChannel *channel,
             const char *name)
{
  return mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), name, NULL);
}

static void
mos_twilio_channel_close (MosChatChannel *channel,
                          gpointer data)
{
  Session *session = data;

  mos_twilio_api_free (session->api);
  mos_relay_free (session->relay);
  g_free (session->number);
  g_hash_table_unref (session->taken);
  g_hash_table_unref (session->followed);
  g_free (session);
}

/* There is nothing to sign in to: whether the key is known the first question says. */
static gpointer
mos_twilio_channel_open_sync (MosChatChannel *channel,
                              const char *secret,
                              guint *ret_retry_ms,
                              GCancellable *cancellable,
                              GError **error)
{
  const char *sid = get_setting (channel, MOS_TWILIO_SID);
  const char *number = get_setting (channel, MOS_TWILIO_NUMBER);
  g_autofree char *box_key = NULL;
  g_autofree char *token = NULL;
  Session *session;

  if (sid == NULL || !mos_twilio_sid_is_plausible (sid) || number == NULL || !mos_twilio_number_is_plausible (number))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "no account or number");
      return NULL;
    }
  session = g_new0 (Session, 1);
  token = mos_relay_split_secret (secret, &box_key);
  session->api = mos_twilio_api_new (get_setting (channel, MOS_ACCOUNT_SERVER), sid, token);
  session->relay = mos_relay_new_for_files (mos_channel_get_account (MOS_CHANNEL (channel)), box_key);
  explicit_bzero (token, strlen (token));
  if (box_key != NULL)
    explicit_bzero (box_key, strlen (box_key));
  session->number = g_strdup (number);
  session->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  session->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, followed_free);
  return session;
}

static gboolean
mos_twilio_channel_identify_sync (MosChatChannel *channel,
                                  gpointer data,
                                  char **ret_address,
                                  char **ret_name,
                                  GCancellable *cancellable,
                                  GError **error)
{
  Session *session = data;
  gboolean is_whatsapp = g_str_has_prefix (session->number, "whatsapp:");
  g_autofree char *name = NULL;
  guint retry_ms = 0;

  if (is_whatsapp)
    {
      /* Its numbers are in no list: that they can be asked for has to do. */
      const MosTwilioList list = { .to = session->number, .page_size = 1 };
      g_autoptr (MosTwilioPage) page = mos_twilio_api_list_sync (session->api, &list, NULL, &retry_ms, cancellable, error);

      if (page == NULL)
        return FALSE;
    }
  else if (!mos_twilio_api_find_number_sync (session->api, session->number, &name, &retry_ms, cancellable, error))
    return FALSE;
  if (session->relay != NULL && !mos_relay_hello_files_sync (session->relay, &retry_ms, cancellable, error))
    return FALSE;
  *ret_address = g_strdup (session->number);
  *ret_name = name != NULL ? g_steal_pointer (&name) : g_strdup (is_whatsapp ? session->number + strlen ("whatsapp:") : session->number);
  return TRUE;
}

/* --- what comes in --- */

/* Their clock counts: it is their times that are compared with it. */
static gint64
now_us (MosChatChannel *channel,
        Session *session)
{
  gint64 theirs = mos_twilio_api_get_now_us (session->api);

  return theirs != 0 ? theirs : mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (channel)));
}

static char *
format_day (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (MAX (us, 0) / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y-%m-%d");
}

static gint
compare_times (gconstpointer one,
               gconstpointer other)
{
  const MosTwilioMessage *a = *(const MosTwilioMessage *const *) one;
  const MosTwilioMessage *b = *(const MosTwilioMessage *const *) other;

  if (a->at_us != b->at_us)
    return a->at_us < b->at_us ? -1 : 1;
  /* Listed newest first, and their times count seconds. */
  return a->place > b->place ? -1 : a->place < b->place;
}

/* Lists what @list says back to @since_us, and adds it to @messages. */
static gboolean
walk (Session *session,
      const MosTwilioList *list,
      gint64 since_us,
      GPtrArray *messages,
      guint *ret_retry_ms,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *next = NULL;
  guint place = 0;

  for (guint n = 0; n < MAX_PAGES; n++)
    {
      g_autoptr (MosTwilioPage) page = mos_twilio_api_list_sync (session->api, list, next, ret_retry_ms, cancellable, error);
      gboolean is_behind = FALSE;

      if (page == NULL)
        return FALSE;
      while (page->messages->len > 0)
        {
          MosTwilioMessage *message = g_ptr_array_steal_index (page->messages, 0);

          message->place = place++;
          is_behind |= message->at_us != 0 && message->at_us < since_us;
          if (message->at_us < since_us && message->at_us != 0)
            mos_twilio_message_free (message);
          else
            g_ptr_array_add (messages, message);
        }
      if (is_behind || page->next == NULL)
        return TRUE;
      g_set_str (&next, page->next);
    }
  g_warning ("More than %u pages of messages at once; the oldest are left out", MAX_PAGES);
  return TRUE;
}

static gboolean
add_message (Session *session,
             MosChatBatch *batch,
             const MosTwilioMessage *message,
             guint *ret_retry_ms,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosChatUpdate) update = mos_twilio_to_update (message);

  if (message->media > 0)
    {
      g_autoptr (GError) local = NULL;

      update->files = mos_twilio_api_list_media_sync (session->api, message->sid, ret_retry_ms, cancellable, &local);
      /* Removed there, the message is still one. */
      if (update->files == NULL && !g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  g_ptr_array_add (batch->updates, g_steal_pointer (&update));
  return TRUE;
}

/* The days from @day on, oldest slice first; behind the last one what is new begins. */
static gboolean
read_history (MosChatChannel *channel,
              Session *session,
              const char *day,
              MosChatBatch *batch,
              guint *ret_retry_ms,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const MosTwilioList any = { .to = session->number, .page_size = 1 };
  g_autoptr (MosTwilioPage) page = mos_twilio_api_list_sync (session->api, &any, NULL, ret_retry_ms, cancellable, error);
  gint64 now = now_us (channel, session);
  gint64 earliest = now - (gint64) HISTORY_DAYS * G_TIME_SPAN_DAY;
  gint64 from_us = day != NULL ? MAX (mos_time_parse (day, utc), earliest) : earliest;
  gint64 until_us = MIN (from_us + (gint64) (SLICE_DAYS - 1) * G_TIME_SPAN_DAY, now);
  g_autofree char *since = format_day (from_us);
  g_autofree char *until = format_day (until_us);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_message_free);
  MosTwilioList list = { .to = session->number, .since = since, .until = until, .page_size = HISTORY_PAGE };

  if (page == NULL || !walk (session, &list, G_MININT64, messages, ret_retry_ms, cancellable, error))
    return FALSE;
  list.to = NULL;
  list.from = session->number;
  if (!walk (session, &list, G_MININT64, messages, ret_retry_ms, cancellable, error))
    return FALSE;
  g_ptr_array_sort (messages, compare_times);
  for (guint i = 0; i < messages->len; i++)
    {
      MosTwilioMessage *message = messages->pdata[i];

      /* Of the last minutes it is news. */
      if (message->at_us > now - GRACE_US)
        continue;
      if (!add_message (session, batch, message, ret_retry_ms, cancellable, error))
        return FALSE;
    }
  batch->is_old = TRUE;
  batch->has_more = TRUE;
  if (until_us < now)
    g_hash_table_insert (batch->cursors, g_strdup (DAY), format_day (until_us + G_TIME_SPAN_DAY));
  else
    {
      mos_chat_cursor_put_number (batch->cursors, IN, now - GRACE_US);
      mos_chat_cursor_put_number (batch->cursors, OUT, now - GRACE_US);
    }
  return TRUE;
}

static gboolean
is_taken (Session *session,
          const MosTwilioMessage *message)
{
  return g_hash_table_contains (session->taken, message->sid);
}

static void
note_taken (Session *session,
            const MosTwilioMessage *message)
{
  gint64 *at_us = g_new (gint64, 1);

  *at_us = message->at_us;
  g_hash_table_replace (session->taken, g_strdup (message->sid), at_us);
}

static gboolean
is_long_ago (gpointer sid,
             gpointer at_us,
             gpointer before_us)
{
  return *(gint64 *) at_us < *(gint64 *) before_us;
}

static gboolean
read_incoming (Session *session,
               GHashTable *cursors,
               MosChatBatch *batch,
               guint *ret_retry_ms,
               GCancellable *cancellable,
               GError **error)
{
  gint64 newest = mos_chat_cursor_get_number (cursors, IN);
  gint64 since = newest - OVERLAP_US;
  g_autofree char *day = format_day (since);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_message_free);
  const MosTwilioList list = { .to = session->number, .since = day, .page_size = PAGE };

  if (!walk (session, &list, since, messages, ret_retry_ms, cancellable, error))
    return FALSE;
  g_ptr_array_sort (messages, compare_times);
  for (guint i = 0; i < messages->len; i++)
    {
      MosTwilioMessage *message = messages->pdata[i];

      if (!message->is_incoming || is_taken (session, message))
        continue;
      if (!add_message (session, batch, message, ret_retry_ms, cancellable, error))
        return FALSE;
      note_taken (session, message);
      newest = MAX (newest, message->at_us);
    }
  if (newest > mos_chat_cursor_get_number (cursors, IN))
    mos_chat_cursor_put_number (batch->cursors, IN, newest);
  return TRUE;
}

/* --- what became of ours --- */

static gboolean
is_sent_here (MosTwilioChannel *self,
              const char *sid)
{
  gboolean is;

  g_mutex_lock (&self->mutex);
  is = g_hash_table_contains (self->sent, sid);
  g_mutex_unlock (&self->mutex);

  return is;
}

static void
follow (Session *session,
        MosChatBatch *batch,
        const MosTwilioMessage *message)
{
  Followed *one = g_hash_table_lookup (session->followed, message->sid);
  MosChatUpdate *receipt;

  if (one == NULL)
    {
      one = g_new0 (Followed, 1);
      one->at_us = message->at_us;
      g_hash_table_insert (session->followed, g_strdup (message->sid), one);
    }
  one->look_us = g_get_monotonic_time () + FOLLOW_EVERY_US;
  if (g_strcmp0 (one->status, message->status) != 0)
    {
      g_set_str (&one->status, message->status);
      one->tellings = 2;
    }
  if (one->tellings == 0)
    return;
  one->tellings--;
  receipt = mos_twilio_to_receipt (message);
  if (receipt != NULL)
    g_ptr_array_add (batch->updates, receipt);
}

/* Those that the list did not bring by itself. */
static gboolean
ask_after (MosChatChannel *channel,
           Session *session,
           MosChatBatch *batch,
           guint *ret_retry_ms,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) sids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer sid, value;
  gint64 now = g_get_monotonic_time ();

  g_hash_table_iter_init (&iter, session->followed);
  while (g_hash_table_iter_next (&iter, &sid, &value))
    {
      const Followed *one = value;

      if (one->at_us < now_us (channel, session) - FOLLOW_US)
        g_hash_table_iter_remove (&iter);
      else if (one->look_us <= now && sids->len < FOLLOW_AT_ONCE)
        g_ptr_array_add (sids, g_strdup (sid));
    }
  for (guint i = 0; i < sids->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (MosTwilioMessage) message = mos_twilio_api_find_sync (session->api, sids->pdata[i], ret_retry_ms, cancellable, &local);

      if (message == NULL && !g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (message != NULL)
        follow (session, batch, message);
      if (message == NULL || (mos_twilio_is_final (message) && ((Followed *) g_hash_table_lookup (session->followed, sids->pdata[i]))->tellings == 0))
        g_hash_table_remove (session->followed, sids->pdata[i]);
    }
  return TRUE;
}

static gboolean
read_outgoing (MosChatChannel *channel,
               Session *session,
               GHashTable *cursors,
               MosChatBatch *batch,
               guint *ret_retry_ms,
               GCancellable *cancellable,
               GError **error)
{
  MosTwilioChannel *self = MOS_TWILIO_CHANNEL (channel);
  gint64 newest = mos_chat_cursor_get_number (cursors, OUT);
  gint64 now = now_us (channel, session);
  gint64 since = MIN (newest - OVERLAP_US, session->has_looked ? G_MAXINT64 : now - FOLLOW_US);
  g_autofree char *day = format_day (since);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_message_free);
  const MosTwilioList list = { .from = session->number, .since = day, .page_size = PAGE };

  if (!walk (session, &list, since, messages, ret_retry_ms, cancellable, error))
    return FALSE;
  g_ptr_array_sort (messages, compare_times);
  for (guint i = 0; i < messages->len; i++)
    {
      MosTwilioMessage *message = messages->pdata[i];
      gboolean is_ours = is_sent_here (self, message->sid);

      if (message->is_incoming)
        continue;
      if (!is_ours && message->at_us > now - GRACE_US)
        continue;
      if (!is_ours && !is_taken (session, message))
        {
          if (!add_message (session, batch, message, ret_retry_ms, cancellable, error))
            return FALSE;
          note_taken (session, message);
        }
      newest = MAX (newest, message->at_us);
      /* Told to the end is told to the end. */
      if (!mos_twilio_is_final (message) || g_hash_table_contains (session->followed, message->sid) || !session->has_looked || message->at_us > now - OVERLAP_US)
        follow (session, batch, message);
    }
  session->has_looked = TRUE;
  if (newest > mos_chat_cursor_get_number (cursors, OUT))
    mos_chat_cursor_put_number (batch->cursors, OUT, newest);
  return ask_after (channel, session, batch, ret_retry_ms, cancellable, error);
}

static MosChatBatch *
mos_twilio_channel_poll_sync (MosChatChannel *channel,
                              gpointer data,
                              GHashTable *cursors,
                              guint wait_s,
                              guint *ret_retry_ms,
                              GCancellable *cancellable,
                              GError **error)
{
  Session *session = data;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  gint64 before_us = MIN (mos_chat_cursor_get_number (cursors, IN), mos_chat_cursor_get_number (cursors, OUT)) - 2 * OVERLAP_US;
  gboolean is_read;

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (mos_chat_cursor_get_number (cursors, IN) == 0)
    is_read = read_history (channel, session, g_hash_table_lookup (cursors, DAY), batch, ret_retry_ms, cancellable, error);
  else
    {
      g_hash_table_foreach_remove (session->taken, is_long_ago, &before_us);
      is_read = read_incoming (session, cursors, batch, ret_retry_ms, cancellable, error) &&
                read_outgoing (channel, session, cursors, batch, ret_retry_ms, cancellable, error);
    }
  if (is_read)
    return g_steal_pointer (&batch);
  /* What was read of it is not on disk. */
  g_hash_table_remove_all (session->taken);
  g_hash_table_remove_all (session->followed);
  session->has_looked = FALSE;
  return NULL;
}

/* --- what goes out --- */

/* As the template calls what is filled in: "1", "2" … where it has no names for them. Returns: (transfer full) (nullable) */
static char *
make_variables (const MosChatPart *part)
{
  char **values = part->template_values;
  gboolean is_named;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (values == NULL || values[0] == NULL)
    return NULL;
  is_named = part->template_names != NULL && g_strv_length (part->template_names) == g_strv_length (values);
  object = json_object_new ();
  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *name = is_named ? g_strdup (part->template_names[i]) : g_strdup_printf ("%u", i + 1);

      json_object_set_string_member (object, name, values[i]);
    }
  node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, FALSE);
}

static void
mos_twilio_channel_send_sync (MosChatChannel *channel,
                              gpointer data,
                              MosChatOutgoing *outgoing,
                              MosChatPart *part,
                              GBytes *bytes,
                              MosChatSendOutcome *ret_outcome,
                              GCancellable *cancellable)
{
  MosTwilioChannel *self = MOS_TWILIO_CHANNEL (channel);
  Session *session = data;
  g_autofree char *variables = make_variables (part);
  g_autofree char *media = NULL;
  MosTwilioSend what = {
    .to = outgoing->thread,
    .from = session->number,
    .service = get_setting (channel, MOS_TWILIO_SERVICE),
    .body = part->file != NULL && *part->text == '\0' ? NULL : part->text,
    .content = part->template_name,
    .variables = variables,
  };
  g_autoptr (MosTwilioMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_left = FALSE;

  if (part->file != NULL && session->relay == NULL)
    g_set_error_literal (&error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_LETTER_BOX, "the account has no letter box, or no key of it");
  else if (part->file != NULL)
    what.media = media = mos_relay_hand_out_sync (session->relay, part->file->name, part->file->type, bytes, &ret_outcome->retry_after_ms, cancellable, &error);
  if (error == NULL)
    message = mos_twilio_api_send_sync (session->api, &what, &has_left, &ret_outcome->retry_after_ms, cancellable, &error);
  if (message == NULL)
    {
      mos_chat_send_outcome_take_error (ret_outcome, error, has_left, FALSE);
      return;
    }
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->sent, g_strdup (message->sid));
  g_mutex_unlock (&self->mutex);
  ret_outcome->state = MOS_DELIVERY_ACCEPTED;
  ret_outcome->remote = g_strdup (message->sid);
}

static GBytes *
mos_twilio_channel_fetch_sync (MosChatChannel *channel,
                               gpointer data,
                               MosChatFile *file,
                               char **ret_type,
                               guint *ret_retry_ms,
                               GCancellable *cancellable,
                               GError **error)
{
  Session *session = data;
  guint64 max = mos_chat_channel_get_traits (channel)->files[file->kind].max_in;

  return mos_twilio_api_fetch_sync (session->api, file->ref, (gsize) max, ret_type, ret_retry_ms, cancellable, error);
}

static GPtrArray *
mos_twilio_channel_list_templates_sync (MosChatChannel *channel,
                                        gpointer data,
                                        guint *ret_retry_ms,
                                        GCancellable *cancellable,
                                        GError **error)
{
  Session *session = data;

  return mos_twilio_api_list_contents_sync (session->api, ret_retry_ms, cancellable, error);
}

static void
mos_twilio_channel_finalize (GObject *object)
{
  MosTwilioChannel *self = MOS_TWILIO_CHANNEL (object);

  g_hash_table_unref (self->sent);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_twilio_channel_parent_class)->finalize (object);
}

static void
mos_twilio_channel_class_init (MosTwilioChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  object_class->finalize = mos_twilio_channel_finalize;
  chat_class->open_sync = mos_twilio_channel_open_sync;
  chat_class->close = mos_twilio_channel_close;
  chat_class->identify_sync = mos_twilio_channel_identify_sync;
  chat_class->poll_sync = mos_twilio_channel_poll_sync;
  chat_class->send_sync = mos_twilio_channel_send_sync;
  chat_class->fetch_sync = mos_twilio_channel_fetch_sync;
  chat_class->list_templates_sync = mos_twilio_channel_list_templates_sync;
}

static void
mos_twilio_channel_init (MosTwilioChannel *self)
{
  g_mutex_init (&self->mutex);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
