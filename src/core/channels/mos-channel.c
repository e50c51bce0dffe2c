/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-channel.h"

typedef struct
{
  MosAccount *account;  /* (owned) */
  MosChannelHost *host; /* (owned) */
  MosClock *clock;      /* (owned) */

  GMutex mutex;
  MosAccountStatus *status; /* (owned) (mutex mutex) */

  gboolean started; /* main context only */
} MosChannelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MosChannel, mos_channel, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_HOST,
  PROP_CLOCK,
} MosChannelProperty;

static GParamSpec *props[PROP_CLOCK + 1];

static void
mos_channel_network_changed_cb (MosChannel *self)
{
  mos_channel_wake (self, MOS_CHANNEL_WAKE_NETWORK);
}

static void
mos_channel_constructed (GObject *object)
{
  MosChannel *self = MOS_CHANNEL (object);
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  G_OBJECT_CLASS (mos_channel_parent_class)->constructed (object);

  priv->status = mos_account_status_new ();
  priv->status->account = g_strdup (priv->account->id);
  priv->status->state = MOS_ACCOUNT_OFFLINE;
}

static void
mos_channel_get_property (GObject *object,
                          guint prop_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (MOS_CHANNEL (object));

  switch ((MosChannelProperty) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_boxed (value, priv->account);
      break;
    case PROP_HOST:
      g_value_set_object (value, priv->host);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, priv->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_channel_set_property (GObject *object,
                          guint prop_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (MOS_CHANNEL (object));

  switch ((MosChannelProperty) prop_id)
    {
    case PROP_ACCOUNT:
      priv->account = g_value_dup_boxed (value);
      break;
    case PROP_HOST:
      priv->host = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      priv->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_channel_finalize (GObject *object)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (MOS_CHANNEL (object));

  if (priv->started)
    g_critical ("A channel was let go before mos_channel_stop_sync()");

  g_clear_pointer (&priv->account, mos_account_unref);
  g_clear_object (&priv->host);
  g_clear_object (&priv->clock);
  g_clear_pointer (&priv->status, mos_account_status_unref);
  g_mutex_clear (&priv->mutex);

  G_OBJECT_CLASS (mos_channel_parent_class)->finalize (object);
}

static void
mos_channel_class_init (MosChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = mos_channel_constructed;
  object_class->get_property = mos_channel_get_property;
  object_class->set_property = mos_channel_set_property;
  object_class->finalize = mos_channel_finalize;

  props[PROP_ACCOUNT] = g_param_spec_boxed ("account", NULL, NULL, mos_account_get_type (), flags);
  props[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, MOS_TYPE_CHANNEL_HOST, flags);
  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, MOS_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_channel_init (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_mutex_init (&priv->mutex);
}

/**
 * mos_channel_start:
 * @self: a channel that was not started yet; main context
 *
 * Begins to connect and work on threads of its own. Returns at once; what comes
 * of it is told by MosChannelHost.status_changed().
 */
void
mos_channel_start (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_return_if_fail (MOS_IS_CHANNEL (self));
  g_return_if_fail (!priv->started);

  priv->started = TRUE;
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (mos_channel_network_changed_cb), self, G_CONNECT_SWAPPED);
  MOS_CHANNEL_GET_CLASS (self)->start (self);
}

/**
 * mos_channel_request_stop:
 * @self: a channel
 *
 * Cancels all it does and returns at once, so that several channels can end
 * together. Any thread.
 */
void
mos_channel_request_stop (MosChannel *self)
{
  g_return_if_fail (MOS_IS_CHANNEL (self));

  MOS_CHANNEL_GET_CLASS (self)->request_stop (self);
}

/**
 * mos_channel_stop_sync:
 * @self: a channel, started or not; main context
 *
 * Cancels all it does and waits until its threads have ended, two seconds at
 * most unless the host blocks. A message on its way is reported before.
 */
void
mos_channel_stop_sync (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_return_if_fail (MOS_IS_CHANNEL (self));

  if (!priv->started)
    return;

  g_signal_handlers_disconnect_by_func (g_network_monitor_get_default (), mos_channel_network_changed_cb, self);
  mos_channel_request_stop (self);
  MOS_CHANNEL_GET_CLASS (self)->join (self);
  priv->started = FALSE;
}

/**
 * mos_channel_wake:
 * @self: a channel
 * @what: what there is to do
 *
 * Any thread. Does nothing on a channel that is not running.
 */
void
mos_channel_wake (MosChannel *self,
                  MosChannelWake what)
{
  g_return_if_fail (MOS_IS_CHANNEL (self));

  MOS_CHANNEL_GET_CLASS (self)->wake (self, what);
}

/**
 * mos_channel_sync_once_sync:
 * @self: a channel that is not started
 * @ret_counts: (out) (optional): what was done; also meaningful on failure
 * @cancellable: (nullable): ends it within two seconds
 * @error: MOS_MAIL_ERROR_*, MOS_DESK_ERROR_NO_PASSWORD, G_IO_ERROR or what the host says
 *
 * One pass: new mail, flags and removals, flags written back, outbox sent.
 * Worker threads, or a program without a window.
 *
 * Returns: whether all of it was done
 */
gboolean
mos_channel_sync_once_sync (MosChannel *self,
                            MosSyncCounts *ret_counts,
                            GCancellable *cancellable,
                            GError **error)
{
  MosSyncCounts counts = { 0 };
  gboolean done;

  g_return_val_if_fail (MOS_IS_CHANNEL (self), FALSE);

  done = MOS_CHANNEL_GET_CLASS (self)->sync_once_sync (self, &counts, cancellable, error);
  if (ret_counts != NULL)
    *ret_counts = counts;
  return done;
}

/** mos_channel_get_account: Returns: (transfer none): what it runs; never changes. Any thread. */
MosAccount *
mos_channel_get_account (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_return_val_if_fail (MOS_IS_CHANNEL (self), NULL);

  return priv->account;
}

/** mos_channel_dup_status: Returns: (transfer full): what it is doing now. Any thread. */
MosAccountStatus *
mos_channel_dup_status (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);
  MosAccountStatus *status;

  g_return_val_if_fail (MOS_IS_CHANNEL (self), NULL);

  g_mutex_lock (&priv->mutex);
  status = mos_account_status_ref (priv->status);
  g_mutex_unlock (&priv->mutex);

  return status;
}

/** mos_channel_get_host: Returns: (transfer none): the desk. Any thread. */
MosChannelHost *
mos_channel_get_host (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_return_val_if_fail (MOS_IS_CHANNEL (self), NULL);

  return priv->host;
}

/** mos_channel_get_clock: Returns: (transfer none): the time source. Any thread. */
MosClock *
mos_channel_get_clock (MosChannel *self)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);

  g_return_val_if_fail (MOS_IS_CHANNEL (self), NULL);

  return priv->clock;
}

/**
 * mos_channel_take_status:
 * @self: a channel
 * @status: (transfer full): replaces the last one; its account is filled here
 *
 * For subclasses, any thread: keeps the status and tells the host.
 */
void
mos_channel_take_status (MosChannel *self,
                         MosAccountStatus *status)
{
  MosChannelPrivate *priv = mos_channel_get_instance_private (self);
  g_autoptr (MosAccountStatus) old = NULL;

  g_return_if_fail (MOS_IS_CHANNEL (self));
  g_return_if_fail (status != NULL);

  g_set_str (&status->account, priv->account->id);

  g_mutex_lock (&priv->mutex);
  old = g_steal_pointer (&priv->status);
  priv->status = mos_account_status_ref (status);
  g_mutex_unlock (&priv->mutex);

  mos_channel_host_status_changed (priv->host, status);
  mos_account_status_unref (status);
}
