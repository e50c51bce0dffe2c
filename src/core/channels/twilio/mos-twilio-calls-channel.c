/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-calls-channel.h"

#include "core/base/mos-json-read.h"
#include "core/channels/twilio/mos-twilio-api.h"
#include "core/channels/twilio/mos-twilio-calls.h"

#include <string.h>

/* Cursors, by their clock: when the newest call that was taken began; and what was before is history. */
#define NEWEST "calls"
#define BEGIN "begin"
#define HISTORY_US (30 * G_TIME_SPAN_DAY)
/* Nobody speaks longer: a call that began before that is over, and was seen. */
#define OVERLAP_US (4 * G_TIME_SPAN_HOUR)
/* A recording comes a while after its call. */
#define RECORDING_US (15 * G_TIME_SPAN_MINUTE)
#define PAGE 50
#define HISTORY_PAGE 1000
#define MAX_PAGES 100u
/* Calls of one batch: each is up to two questions. */
#define CALLS_AT_ONCE 50

struct _MosTwilioCallsChannel
{
  MosChatChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (MosTwilioCallsChannel, mos_twilio_calls_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosTwilioApi *api;  /* (owned) */
  char *number;       /* (owned) */
  GHashTable *looked; /* (owned) sid -> until when its recordings are asked for (gint64, owned) */
} Session;

static void
mos_twilio_calls_channel_close (MosChatChannel *channel,
                                gpointer data)
{
  Session *session = data;

  mos_twilio_api_free (session->api);
  g_free (session->number);
  g_hash_table_unref (session->looked);
  g_free (session);
}

static gpointer
mos_twilio_calls_channel_open_sync (MosChatChannel *channel,
                                    const char *secret,
                                    guint *ret_retry_ms,
                                    GCancellable *cancellable,
                                    GError **error)
{
  const MosAccount *account = mos_channel_get_account (MOS_CHANNEL (channel));
  const char *sid = mos_account_get_setting (account, MOS_TWILIO_SID, "");
  const char *number = mos_account_get_setting (account, MOS_TWILIO_NUMBER, "");
  Session *session;

  if (!mos_twilio_sid_is_plausible (sid) || !mos_twilio_number_is_plausible (number) || number[0] != '+')
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "no account or number");
      return NULL;
    }
  session = g_new0 (Session, 1);
  session->api = mos_twilio_api_new (mos_account_get_setting (account, MOS_ACCOUNT_SERVER, NULL), sid, secret);
  session->number = g_strdup (number);
  session->looked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return session;
}

static gboolean
mos_twilio_calls_channel_identify_sync (MosChatChannel *channel,
                                        gpointer data,
                                        char **ret_address,
                                        char **ret_name,
                                        GCancellable *cancellable,
                                        GError **error)
{
  Session *session = data;
  const char *const query[] = { "PhoneNumber", session->number, NULL };
  guint retry_ms = 0;
  g_autoptr (GBytes) body = mos_twilio_api_get_sync (session->api, "IncomingPhoneNumbers", query, NULL, &retry_ms, cancellable, error);
  g_autoptr (JsonObject) object = body != NULL ? mos_twilio_parse_object (body, error) : NULL;
  JsonObject *found;

  if (object == NULL)
    return FALSE;
  found = mos_json_read_element (mos_json_read_array (object, "incoming_phone_numbers"), 0);
  if (found == NULL || !mos_json_read_is_true (mos_json_read_object (found, "capabilities"), "voice"))
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, found == NULL ? "%s is no number of this account" : "%s takes no calls", session->number);
      return FALSE;
    }
  *ret_address = g_strdup (session->number);
  *ret_name = mos_json_read_dup_line (found, "friendly_name");
  if (*ret_name == NULL)
    *ret_name = g_strdup (session->number);
  return TRUE;
}

/* --- what happened --- */

static gint64
now_us (MosChatChannel *channel,
        Session *session)
{
  gint64 theirs = mos_twilio_api_get_now_us (session->api);

  return theirs != 0 ? theirs : mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (channel)));
}

/* Calls to us, or from us, that began at or after @since_us, into @calls. */
static gboolean
walk (Session *session,
      const char *side,
      gint64 since_us,
      guint page_size,
      GPtrArray *calls,
      guint *ret_retry_ms,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_utc (MAX (since_us, 0) / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (since, "%Y-%m-%d");
  g_autofree char *size = g_strdup_printf ("%u", page_size);
  /* "Greater" is part of the name; the day is meant with it. */
  const char *const query[] = { side, session->number, "StartTime>", day, "PageSize", size, NULL };
  g_autofree char *next = NULL;

  for (guint i = 0; i < MAX_PAGES; i++)
    {
      g_autoptr (GBytes) body = mos_twilio_api_get_sync (session->api, "Calls", query, next, ret_retry_ms, cancellable, error);
      g_autofree char *behind = NULL;
      g_autoptr (GPtrArray) page = body != NULL ? mos_twilio_parse_calls (body, &behind, error) : NULL;
      gboolean is_behind = FALSE;

      if (page == NULL)
        return FALSE;
      g_ptr_array_set_free_func (page, NULL);
      for (guint n = 0; n < page->len; n++)
        {
          MosTwilioCall *call = page->pdata[n];

          is_behind |= call->at_us != 0 && call->at_us < since_us;
          if (call->parent == NULL && call->at_us >= since_us && mos_twilio_call_is_over (call))
            g_ptr_array_add (calls, call);
          else
            mos_twilio_call_free (call);
        }
      if (is_behind || behind == NULL)
        return TRUE;
      g_set_str (&next, behind);
    }
  g_warning ("More than %u pages of calls at once; the oldest are left out", MAX_PAGES);
  return TRUE;
}

/* A recording is a message of the call's group: it joins it. */
static void
add_recordings (MosChatBatch *batch,
                const MosChatUpdate *call,
                GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      MosChatFile *file = files->pdata[i];
      MosChatUpdate *update = mos_chat_update_new ();

      update->kind = MOS_CHAT_MESSAGE;
      update->thread = g_strdup (call->thread);
      update->id = g_strndup (file->name, strcspn (file->name, "."));
      update->group = g_strdup (call->group);
      update->person = call->person != NULL ? mos_chat_person_ref (call->person) : NULL;
      update->is_own = call->is_own;
      update->at_us = call->at_us;
      update->text = g_strdup ("");
      update->call = mos_call_ref (call->call);
      update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
      g_ptr_array_add (update->files, mos_chat_file_ref (file));
      g_ptr_array_add (batch->updates, update);
    }
}

static gboolean
add_call (Session *session,
          MosChatBatch *batch,
          const MosTwilioCall *call,
          gint64 present_us,
          guint *ret_retry_ms,
          GCancellable *cancellable,
          GError **error)
{
  const char *const of_parent[] = { "ParentCallSid", call->sid, "PageSize", "50", NULL };
  const char *const of_call[] = { "CallSid", call->sid, "PageSize", "50", NULL };
  gint64 *until_us = g_hash_table_lookup (session->looked, call->sid);
  g_autoptr (GPtrArray) legs = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (MosChatUpdate) update = NULL;
  gboolean is_recorded = FALSE;

  if (until_us != NULL && present_us > *until_us)
    return TRUE;
  if (until_us == NULL && call->is_incoming && g_str_equal (call->status, "completed"))
    {
      body = mos_twilio_api_get_sync (session->api, "Calls", of_parent, NULL, ret_retry_ms, cancellable, error);
      legs = body != NULL ? mos_twilio_parse_calls (body, NULL, error) : NULL;
      if (legs == NULL)
        return FALSE;
      g_clear_pointer (&body, g_bytes_unref);
    }
  /* Only what somebody, or a machine, took can be recorded. */
  if (g_str_equal (call->status, "completed"))
    {
      body = mos_twilio_api_get_sync (session->api, "Recordings", of_call, NULL, ret_retry_ms, cancellable, error);
      files = body != NULL ? mos_twilio_parse_recordings (body, &is_recorded, error) : NULL;
      if (files == NULL)
        return FALSE;
    }
  if (legs == NULL)
    legs = g_ptr_array_new ();
  update = mos_twilio_call_to_update (call, legs, is_recorded);
  if (until_us == NULL)
    {
      until_us = g_new (gint64, 1);
      *until_us = call->at_us + (gint64) call->seconds * G_USEC_PER_SEC + RECORDING_US;
      g_hash_table_insert (session->looked, g_strdup (call->sid), until_us);
      g_ptr_array_add (batch->updates, mos_chat_update_ref (update));
    }
  if (files != NULL)
    add_recordings (batch, update, files);
  return TRUE;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const MosTwilioCall *one = *(MosTwilioCall *const *) a, *other = *(MosTwilioCall *const *) b;

  return one->at_us < other->at_us ? -1 : one->at_us > other->at_us;
}

static gboolean
is_long_ago (gpointer sid,
             gpointer until_us,
             gpointer before_us)
{
  return *(gint64 *) until_us < *(gint64 *) before_us;
}

static MosChatBatch *
mos_twilio_calls_channel_poll_sync (MosChatChannel *channel,
                                    gpointer data,
                                    GHashTable *cursors,
                                    guint wait_s,
                                    guint *ret_retry_ms,
                                    GCancellable *cancellable,
                                    GError **error)
{
  Session *session = data;
  gboolean is_first = g_hash_table_lookup (cursors, NEWEST) == NULL;
  gint64 known_us = mos_chat_cursor_get_number (cursors, NEWEST);
  gint64 begin_us = mos_chat_cursor_get_number (cursors, BEGIN);
  gint64 since_us = is_first ? now_us (channel, session) - HISTORY_US : known_us - OVERLAP_US;
  gint64 forget_us = since_us - G_TIME_SPAN_DAY;
  gint64 newest_us = known_us;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_call_free);
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  gboolean is_history = is_first || known_us + OVERLAP_US < begin_us;
  gint64 present_us;
  guint n = 0;

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_foreach_remove (session->looked, is_long_ago, &forget_us);
  if (!walk (session, "To", since_us, is_history ? HISTORY_PAGE : PAGE, calls, ret_retry_ms, cancellable, error) ||
      !walk (session, "From", since_us, is_history ? HISTORY_PAGE : PAGE, calls, ret_retry_ms, cancellable, error))
    return NULL;
  present_us = now_us (channel, session);
  if (is_first)
    {
      begin_us = present_us;
      mos_chat_cursor_put_number (batch->cursors, BEGIN, begin_us);
    }
  g_ptr_array_sort (calls, compare_times);
  for (guint i = 0; i < calls->len && !batch->has_more; i++)
    {
      MosTwilioCall *call = calls->pdata[i];
      gboolean is_old = call->at_us + (gint64) call->seconds * G_USEC_PER_SEC < begin_us, is_new = !g_hash_table_contains (session->looked, call->sid);
      g_autoptr (GError) local = NULL;

      /* What was there before and what is news are two batches; and a long history is several, so that what was asked for is not asked for again after a trouble. */
      if (is_new && n > 0 && (is_old != batch->is_old || n == CALLS_AT_ONCE))
        batch->has_more = TRUE;
      else if (add_call (session, batch, call, present_us, ret_retry_ms, cancellable, &local))
        {
          batch->is_old = is_new ? is_old : batch->is_old;
          n += is_new;
          newest_us = MAX (newest_us, call->at_us);
        }
      else if (n == 0)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      else
        batch->has_more = TRUE;
    }
  /* Where nobody ever called, history ends now all the same. */
  if (is_first && !batch->has_more)
    newest_us = MAX (newest_us, present_us - OVERLAP_US);
  if (newest_us != known_us)
    mos_chat_cursor_put_number (batch->cursors, NEWEST, newest_us);
  return g_steal_pointer (&batch);
}

static GBytes *
mos_twilio_calls_channel_fetch_sync (MosChatChannel *channel,
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

static void
mos_twilio_calls_channel_class_init (MosTwilioCallsChannelClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  chat_class->open_sync = mos_twilio_calls_channel_open_sync;
  chat_class->close = mos_twilio_calls_channel_close;
  chat_class->identify_sync = mos_twilio_calls_channel_identify_sync;
  chat_class->poll_sync = mos_twilio_calls_channel_poll_sync;
  chat_class->fetch_sync = mos_twilio_calls_channel_fetch_sync;
}

static void
mos_twilio_calls_channel_init (MosTwilioCallsChannel *self)
{
}
