/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-fritzbox-channel.h"

#include "core/channels/phone/mos-fritzbox-monitor.h"
#include "core/channels/phone/mos-phone-line.h"

#define PORT 1012
/* The box says nothing by itself and answers nothing: a line that is silent for so long is opened anew, lest it be dead. */
#define SILENCE_US (30 * G_TIME_SPAN_MINUTE)

struct _MosFritzboxChannel
{
  MosChatChannel parent_instance;

  /* Of the thread that looks. It outlives a line: the box says on the next one that a call is over which began on the last. */
  MosFritzboxMonitor *monitor; /* (owned) */
  gint64 lost_us;              /* monotonic: since when nobody listens; 0 = somebody does */
};

G_DEFINE_FINAL_TYPE (MosFritzboxChannel, mos_fritzbox_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosMailConnection *line; /* (owned) */
  MosServer *server;       /* (owned) */
  gint64 heard_us;         /* monotonic */
} Session;

static void
mos_fritzbox_channel_close (MosChatChannel *channel,
                            gpointer data)
{
  Session *session = data;

  if (session->line != NULL)
    mos_mail_connection_close (session->line);
  g_clear_object (&session->line);
  g_clear_pointer (&session->server, mos_server_unref);
  g_free (session);
}

static MosServer *
get_server (MosChatChannel *channel)
{
  return mos_phone_server_parse (mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), MOS_ACCOUNT_SERVER, MOS_FRITZBOX_SERVER), PORT, PORT);
}

static gpointer
mos_fritzbox_channel_open_sync (MosChatChannel *channel,
                                const char *secret,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (MosServer) server = get_server (channel);
  Session *session;

  if (server == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "no address of a FRITZ!Box");
      return NULL;
    }
  session = g_new0 (Session, 1);
  session->server = g_steal_pointer (&server);
  session->heard_us = g_get_monotonic_time ();
  session->line = mos_phone_line_open_sync (session->server, mos_channel_get_account (MOS_CHANNEL (channel))->ca_file, cancellable, error);
  if (session->line != NULL)
    return session;
  mos_fritzbox_channel_close (channel, session);
  return NULL;
}

static gboolean
mos_fritzbox_channel_identify_sync (MosChatChannel *channel,
                                    gpointer data,
                                    char **ret_address,
                                    char **ret_name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  Session *session = data;

  *ret_address = g_strdup_printf ("%s:%u", session->server->host, session->server->port);
  *ret_name = g_strdup ("FRITZ!Box");
  return TRUE;
}

/* It listens again. */
static void
resume (MosFritzboxChannel *self)
{
  if (self->lost_us != 0)
    mos_fritzbox_monitor_resume (self->monitor, g_get_monotonic_time () - self->lost_us);
  self->lost_us = 0;
}

static void
take_line (MosChatChannel *channel,
           const char *line,
           MosChatBatch *batch)
{
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (channel)));
  const char *country = mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), MOS_PHONE_COUNTRY, NULL);
  gboolean is_over;
  g_autoptr (MosPhoneCall) call = mos_fritzbox_monitor_take_line (MOS_FRITZBOX_CHANNEL (channel)->monitor, line, now_us, &is_over);

  if (call != NULL)
    g_ptr_array_add (batch->updates, mos_phone_call_to_update (call, is_over ? MOS_CHAT_MESSAGE : MOS_CHAT_RINGING, country));
}

static MosChatBatch *
mos_fritzbox_channel_poll_sync (MosChatChannel *channel,
                                gpointer data,
                                GHashTable *cursors,
                                guint wait_s,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  gint64 end_us = g_get_monotonic_time () + (gint64) wait_s * G_USEC_PER_SEC;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  resume (MOS_FRITZBOX_CHANNEL (channel));
  while (batch->updates->len == 0)
    {
      gint64 now_us = g_get_monotonic_time ();
      g_autofree char *line = NULL;

      if (!mos_phone_line_read_sync (session->line, MAX (end_us - now_us, 0), &line, cancellable, error))
        {
          MOS_FRITZBOX_CHANNEL (channel)->lost_us = g_get_monotonic_time ();
          return NULL;
        }
      if (line == NULL)
        break;
      session->heard_us = g_get_monotonic_time ();
      take_line (channel, line, batch);
    }
  if (batch->updates->len == 0 && g_get_monotonic_time () - session->heard_us > SILENCE_US)
    {
      g_autoptr (MosMailConnection) line = mos_phone_line_open_sync (session->server, mos_channel_get_account (MOS_CHANNEL (channel))->ca_file, cancellable, error);

      if (line == NULL)
        return NULL;
      mos_mail_connection_close (session->line);
      g_set_object (&session->line, line);
      session->heard_us = g_get_monotonic_time ();
    }
  return g_steal_pointer (&batch);
}

static void
mos_fritzbox_channel_finalize (GObject *object)
{
  mos_fritzbox_monitor_free (MOS_FRITZBOX_CHANNEL (object)->monitor);

  G_OBJECT_CLASS (mos_fritzbox_channel_parent_class)->finalize (object);
}

static void
mos_fritzbox_channel_class_init (MosFritzboxChannelClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_fritzbox_channel_finalize;
  chat_class->open_sync = mos_fritzbox_channel_open_sync;
  chat_class->close = mos_fritzbox_channel_close;
  chat_class->identify_sync = mos_fritzbox_channel_identify_sync;
  chat_class->poll_sync = mos_fritzbox_channel_poll_sync;
}

static void
mos_fritzbox_channel_init (MosFritzboxChannel *self)
{
  self->monitor = mos_fritzbox_monitor_new ();
}
