/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-chat-channel-private.h"

#include <string.h>

/* How long the platform is asked to hold the line. What answers nobody within it is asked again, so that a line that died in silence is noticed. */
#define HOLD_S 50
/* One pass of mostradorctl: no more looks than this, however much there is. */
#define MAX_LOOKS 1000
/* Another program reads what comes in: it is not fought for. */
#define TAKEN_US (10 * G_USEC_PER_SEC)
/* Cursor: when somebody looked last. Written with what came, else now and then. */
#define LOOKED "looked"
#define LOOKED_EVERY_US (10 * 60 * G_USEC_PER_SEC)
/* A key that is renewed in time never comes this close to its end. */
#define KEY_ENDS_SOON_US (10 * G_TIME_SPAN_DAY)
/* The longest sleep of sender and fetcher: a planned time is the wall clock's, which may be set, and stands still for nobody while the machine sleeps. */
#define LOOK_US (60 * G_USEC_PER_SEC)

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MosChatChannel, mos_chat_channel, MOS_TYPE_CHANNEL)

MosChatChannelPrivate *
mos_chat_channel_get_private (MosChatChannel *self)
{
  return mos_chat_channel_get_instance_private (self);
}

/** mos_chat_channel_get_traits: Returns: (transfer none): what its kind can do. Any thread. */
const MosChannelTraits *
mos_chat_channel_get_traits (MosChatChannel *self)
{
  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), NULL);

  return mos_chat_channel_get_private (self)->traits;
}

/* --- waiting --- */

gboolean
mos_chat_channel_is_stopping (MosChatChannel *self)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  gboolean stopping;

  g_mutex_lock (&priv->mutex);
  stopping = priv->stopping;
  g_mutex_unlock (&priv->mutex);

  return stopping;
}

guint
mos_chat_channel_wait (MosChatChannel *self,
                       MosChatLoop loop,
                       guint mask,
                       gint64 delay_us)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  gint64 end_us = delay_us >= 0 ? g_get_monotonic_time () + delay_us : 0;
  guint woken;

  g_mutex_lock (&priv->mutex);
  while (!priv->stopping && (priv->calls[loop] & mask) == 0)
    {
      if (delay_us < 0)
        g_cond_wait (&priv->cond, &priv->mutex);
      else if (!g_cond_wait_until (&priv->cond, &priv->mutex, end_us))
        break;
    }
  woken = priv->calls[loop] & mask;
  priv->calls[loop] &= ~woken;
  g_mutex_unlock (&priv->mutex);

  return woken;
}

void
mos_chat_channel_call (MosChatChannel *self,
                       MosChatLoop loop,
                       MosChatCall what)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);

  g_mutex_lock (&priv->mutex);
  priv->calls[loop] |= what;
  g_cond_broadcast (&priv->cond);
  g_mutex_unlock (&priv->mutex);
}

void
mos_chat_channel_tell_typing (MosChatChannel *self,
                              const char *thread,
                              gboolean is_typing)
{
  MosChatChannelPrivate *priv;

  g_return_if_fail (MOS_IS_CHAT_CHANNEL (self));
  g_return_if_fail (thread != NULL);

  priv = mos_chat_channel_get_private (self);
  if (MOS_CHAT_CHANNEL_GET_CLASS (self)->typing_sync == NULL || (priv->traits->flags & MOS_CHANNEL_TYPING) == 0)
    return;
  g_mutex_lock (&priv->mutex);
  g_hash_table_replace (priv->typing, g_strdup (thread), is_typing ? g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ()) : g_strdup ("0"));
  g_mutex_unlock (&priv->mutex);
  mos_chat_channel_call (self, MOS_CHAT_SEND, MOS_CHAT_CALL_TYPING);
}

GHashTable *
mos_chat_channel_steal_typing (MosChatChannel *self)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  GHashTable *typing;

  g_mutex_lock (&priv->mutex);
  typing = g_steal_pointer (&priv->typing);
  priv->typing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_unlock (&priv->mutex);

  return typing;
}

/* --- what is said of the account --- */

gint64
mos_chat_cursor_get_number (GHashTable *cursors,
                            const char *name)
{
  const char *text = g_hash_table_lookup (cursors, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

void
mos_chat_cursor_put_number (GHashTable *cursors,
                            const char *name,
                            gint64 number)
{
  g_hash_table_replace (cursors, g_strdup (name), g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

static void
tell (MosChatChannel *self,
      MosAccountState state,
      const char *why,
      const char *detail,
      gint64 next_try_us)
{
  g_autoptr (MosAccountStatus) old = mos_channel_dup_status (MOS_CHANNEL (self));
  MosAccountStatus *status;
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
  gint64 key_ends_us = mos_chat_channel_get_private (self)->key_ends_us;
  /* Each look that finds nothing is no news; that the last one was long ago would be. */
  gboolean is_news = old->state != state || g_strcmp0 (old->why, why) != 0 || g_strcmp0 (old->detail, detail) != 0 || next_try_us != old->next_try_us || key_ends_us != old->key_ends_us ||
                     (state == MOS_ACCOUNT_READY && now_us - old->last_sync_us > 60 * G_USEC_PER_SEC);

  if (!is_news)
    return;
  status = mos_account_status_new ();
  status->state = state;
  status->why = g_strdup (why);
  status->detail = g_strdup (detail);
  status->next_try_us = next_try_us;
  status->key_ends_us = key_ends_us;
  status->last_sync_us = state == MOS_ACCOUNT_READY ? now_us : old->last_sync_us;
  mos_channel_take_status (MOS_CHANNEL (self), status);
}

/* All is well; what a person should know all the same. */
static void
tell_ready (MosChatChannel *self,
            GHashTable *cursors)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));

  priv->key_ends_us = mos_chat_cursor_get_number (cursors, MOS_ACCOUNT_KEY_ENDS);
  if (priv->key_ends_us != 0 && priv->key_ends_us - now_us < KEY_ENDS_SOON_US)
    tell (self, MOS_ACCOUNT_READY, MOS_CHAT_KEY_ENDS_SOON, NULL, 0);
  else if (mos_chat_cursor_get_number (cursors, MOS_CHAT_CURSOR_MISSED) != 0)
    tell (self, MOS_ACCOUNT_READY, MOS_CHAT_MISSED, NULL, 0);
  else
    tell (self, MOS_ACCOUNT_READY, priv->remark, priv->remark_detail, 0);
}

void
mos_chat_channel_set_remark (MosChatChannel *self,
                             const char *why,
                             const char *detail)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);

  priv->remark = why;
  g_set_str (&priv->remark_detail, detail);
}

gpointer
mos_chat_channel_open_sync (MosChatChannel *self,
                            guint *ret_retry_ms,
                            GCancellable *cancellable,
                            GError **error)
{
  MosChannel *channel = MOS_CHANNEL (self);
  gboolean is_keyless = (mos_chat_channel_get_traits (self)->flags & MOS_CHANNEL_KEYLESS) != 0;
  g_autofree char *secret = is_keyless ? g_strdup ("") : mos_channel_host_dup_password_sync (mos_channel_get_host (channel), mos_channel_get_account (channel)->id, cancellable, error);
  gpointer session;

  if (secret == NULL)
    return NULL;
  session = MOS_CHAT_CHANNEL_GET_CLASS (self)->open_sync (self, secret, ret_retry_ms, cancellable, error);
  explicit_bzero (secret, strlen (secret));
  return session;
}

void
mos_chat_channel_close (MosChatChannel *self,
                        gpointer *session)
{
  if (*session != NULL)
    MOS_CHAT_CHANNEL_GET_CLASS (self)->close (self, g_steal_pointer (session));
}

gboolean
mos_chat_channel_identify_sync (MosChatChannel *self,
                                const char *secret,
                                char **ret_address,
                                char **ret_name,
                                GCancellable *cancellable,
                                GError **error)
{
  MosChatChannelClass *klass;
  gpointer session;
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  gboolean is_known;
  guint retry_ms = 0;

  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), FALSE);

  klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  session = klass->open_sync (self, secret, &retry_ms, cancellable, error);
  if (session == NULL)
    return FALSE;
  is_known = klass->identify_sync (self, session, &address, &name, cancellable, error);
  mos_chat_channel_close (self, &session);
  if (is_known && ret_address != NULL)
    *ret_address = g_steal_pointer (&address);
  if (is_known && ret_name != NULL)
    *ret_name = g_steal_pointer (&name);
  return is_known;
}

char *
mos_chat_channel_sign_in_sync (MosChatChannel *self,
                               const char *user,
                               const char *secret,
                               gboolean is_key,
                               GHashTable *settings,
                               GCancellable *cancellable,
                               GError **error)
{
  MosChatChannelClass *klass;

  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), NULL);

  klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  if (klass->sign_in_sync == NULL && is_key)
    return g_strdup (secret);
  if (klass->sign_in_sync == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED, "There are no passwords there");
      return NULL;
    }
  return klass->sign_in_sync (self, user, secret, is_key, settings, cancellable, error);
}

GBytes *
mos_chat_channel_dup_picture_sync (MosChatChannel *self,
                                   const char *secret,
                                   GCancellable *cancellable)
{
  MosChatChannelClass *klass;
  gpointer session;
  GBytes *picture;
  guint retry_ms = 0;

  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), NULL);

  klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  if (klass->picture_sync == NULL)
    return NULL;
  session = klass->open_sync (self, secret, &retry_ms, cancellable, NULL);
  if (session == NULL)
    return NULL;
  picture = klass->picture_sync (self, session, cancellable);
  mos_chat_channel_close (self, &session);
  return picture;
}

GPtrArray *
mos_chat_channel_list_templates_sync (MosChatChannel *self,
                                      const char *secret,
                                      GCancellable *cancellable,
                                      GError **error)
{
  MosChatChannelClass *klass;
  gpointer session;
  GPtrArray *templates;
  guint retry_ms = 0;

  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), NULL);

  klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  if (klass->list_templates_sync == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, "There are no templates there");
      return NULL;
    }
  session = klass->open_sync (self, secret, &retry_ms, cancellable, error);
  if (session == NULL)
    return NULL;
  templates = klass->list_templates_sync (self, session, &retry_ms, cancellable, error);
  mos_chat_channel_close (self, &session);
  return templates;
}

gboolean
mos_chat_channel_take_over_sync (MosChatChannel *self,
                                 const char *secret,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosChatChannelClass *klass;
  gpointer session;
  gboolean is_taken;
  guint retry_ms = 0;

  g_return_val_if_fail (MOS_IS_CHAT_CHANNEL (self), FALSE);

  klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  if (klass->take_over_sync == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, "There is nothing to take over");
      return FALSE;
    }
  session = klass->open_sync (self, secret, &retry_ms, cancellable, error);
  if (session == NULL)
    return FALSE;
  is_taken = klass->take_over_sync (self, session, cancellable, error);
  mos_chat_channel_close (self, &session);
  return is_taken;
}

/* --- what comes in --- */

static gboolean
brings_files (MosChatBatch *batch)
{
  for (guint i = 0; i < batch->updates->len; i++)
    {
      MosChatUpdate *update = batch->updates->pdata[i];

      if (update->files != NULL && update->files->len > 0)
        return TRUE;
    }
  return FALSE;
}

static void
follow_cursors (GHashTable *cursors,
                MosChatBatch *batch)
{
  GHashTableIter iter;
  gpointer name, value;

  if (batch->cursors == NULL)
    return;
  g_hash_table_iter_init (&iter, batch->cursors);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (cursors, g_strdup (name), g_strdup (value));
}

/* Nobody looked for so long that something may be lost. */
static gboolean
may_have_missed (MosChatChannel *self,
                 GHashTable *cursors)
{
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
  guint keeps_s = mos_chat_channel_get_traits (self)->keeps_s;
  gint64 known_us = mos_chat_cursor_get_number (cursors, LOOKED);

  return keeps_s > 0 && known_us != 0 && now_us - known_us > (gint64) keeps_s * G_USEC_PER_SEC;
}

/* Where the platform forgets what nobody fetches, it is kept when that was done last, and that it was too long ago until somebody has read so. */
static void
note_look (MosChatChannel *self,
           GHashTable *cursors,
           MosChatBatch *batch)
{
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));

  if (mos_chat_channel_get_traits (self)->keeps_s == 0 || (batch->updates->len == 0 && now_us - mos_chat_cursor_get_number (cursors, LOOKED) < LOOKED_EVERY_US))
    return;
  if (batch->cursors == NULL)
    batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (may_have_missed (self, cursors))
    mos_chat_cursor_put_number (batch->cursors, MOS_CHAT_CURSOR_MISSED, now_us);
  mos_chat_cursor_put_number (batch->cursors, LOOKED, now_us);
}

/* One look. @ret_has_more: (out): it brought something: there may be more at once */
static gboolean
look_sync (MosChatChannel *self,
           gpointer session,
           GHashTable *cursors,
           guint wait_s,
           MosSyncCounts *counts,
           gboolean *ret_has_more,
           guint *ret_retry_ms,
           GCancellable *cancellable,
           GError **error)
{
  MosChatChannelClass *klass = MOS_CHAT_CHANNEL_GET_CLASS (self);
  g_autoptr (MosChatBatch) batch = klass->poll_sync (self, session, cursors, wait_s, ret_retry_ms, cancellable, error);

  *ret_has_more = FALSE;
  if (batch == NULL)
    return FALSE;
  counts->fetched += batch->updates->len;
  note_look (self, cursors, batch);
  /* Written before the platform hears that we have it, with the next look; what was fetched is kept although we are being stopped. */
  if (!mos_channel_host_take_chat_sync (mos_channel_get_host (MOS_CHANNEL (self)), batch, counts, NULL, error))
    return FALSE;
  follow_cursors (cursors, batch);
  if (brings_files (batch))
    mos_chat_channel_call (self, MOS_CHAT_FILES, MOS_CHAT_CALL_NOW);
  *ret_has_more = batch->has_more;
  return klass->taken_sync == NULL || klass->taken_sync (self, session, batch, cancellable, error);
}

/* Until when nothing is asked after @error, which is said of the account. What the platform asks for is the least, also when somebody is impatient. */
static void
wait_out (MosChatChannel *self,
          MosBackoff *backoff,
          guint retry_ms,
          const GError *error)
{
  MosChatTrouble trouble = mos_chat_trouble_from_error (error);
  gint64 least_us = g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TAKEN) ? TAKEN_US : (gint64) retry_ms * 1000;
  gint64 delay_us = MAX (mos_backoff_next (backoff), least_us);
  guint mask = trouble.stop && !trouble.network_may_help ? MOS_CHAT_CALL_NOW : MOS_CHAT_CALL_NOW | MOS_CHAT_CALL_NETWORK;

  g_debug ("%s: %s: %s", mos_channel_get_account (MOS_CHANNEL (self))->kind, trouble.why, error->message);
  tell (self, trouble.state, trouble.why, error->message, trouble.stop ? 0 : mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self))) + delay_us);
  mos_chat_channel_wait (self, MOS_CHAT_RECEIVE, 0, least_us);
  if (mos_chat_channel_wait (self, MOS_CHAT_RECEIVE, mask, trouble.stop ? -1 : delay_us - least_us) != 0)
    mos_backoff_reset (backoff);
}

/* How long it waits between two looks; 0 = the platform holds the line. */
static gint64
poll_us (MosChatChannel *self)
{
  guint usual = mos_chat_channel_get_private (self)->traits->poll_s;
  const char *said = mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (self)), MOS_ACCOUNT_POLL_S, NULL);
  gint64 seconds = said != NULL && usual > 0 ? CLAMP (g_ascii_strtoll (said, NULL, 10), 1, 60 * 60) : usual;

  return seconds * G_USEC_PER_SEC;
}

static void
run_receive (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *unused)
{
  MosChatChannel *self = source_object;
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;
  g_autoptr (GHashTable) cursors = NULL;
  gpointer session = NULL;
  MosBackoff backoff;
  guint hold_s = 0;

  mos_backoff_init (&backoff, mos_backoff_random, NULL);
  while (!mos_chat_channel_is_stopping (self))
    {
      g_autoptr (GError) error = NULL;
      MosSyncCounts counts = { 0 };
      gboolean has_more = FALSE;
      guint retry_ms = 0;

      if (session == NULL)
        {
          tell (self, MOS_ACCOUNT_CONNECTING, NULL, NULL, 0);
          hold_s = 0;
          session = mos_chat_channel_open_sync (self, &retry_ms, priv->cancellable, &error);
        }
      /* What is on disk, not what we think: a batch may have been refused. */
      if (session != NULL && cursors == NULL)
        cursors = mos_channel_host_load_cursors_sync (host, account, priv->cancellable, &error);
      if (error == NULL && look_sync (self, session, cursors, hold_s, &counts, &has_more, &retry_ms, priv->cancellable, &error))
        {
          mos_backoff_reset (&backoff);
          tell_ready (self, cursors);
          hold_s = poll_us (self) > 0 ? 0 : HOLD_S;
          if (hold_s == 0 && !has_more)
            mos_chat_channel_wait (self, MOS_CHAT_RECEIVE, MOS_CHAT_CALL_NOW | MOS_CHAT_CALL_NETWORK, poll_us (self));
          continue;
        }
      g_clear_pointer (&cursors, g_hash_table_unref);
      if (!g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY))
        mos_chat_channel_close (self, &session);
      if (!mos_chat_channel_is_stopping (self))
        wait_out (self, &backoff, retry_ms, error);
    }
  mos_chat_channel_close (self, &session);
  g_task_return_boolean (task, TRUE);
}

/* --- what goes out, and files --- */

typedef gboolean (*MosChatRound) (MosChatChannel *self, gpointer *session, gint64 *ret_next_us, GCancellable *cancellable, GError **error);

/* Does @round whenever something is to be done for @loop, and when what waits is due. */
static void
run_rounds (MosChatChannel *self,
            MosChatLoop loop,
            MosChatRound round)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);
  gpointer session = NULL;
  gint64 wait_us = 0;
  guint mask = ~0u;
  MosBackoff backoff;

  mos_backoff_init (&backoff, mos_backoff_random, NULL);
  while (!mos_chat_channel_is_stopping (self))
    {
      g_autoptr (GError) error = NULL;
      gint64 next_us = 0;

      if (mos_chat_channel_wait (self, loop, mask, wait_us) & MOS_CHAT_CALL_NETWORK)
        mos_backoff_reset (&backoff);
      if (mos_chat_channel_is_stopping (self))
        break;
      wait_us = -1;
      mask = ~0u;
      if (round (self, &session, &next_us, priv->cancellable, &error))
        {
          mos_backoff_reset (&backoff);
          if (next_us > 0)
            wait_us = CLAMP (next_us - mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self))), 0, (gint64) LOOK_US);
        }
      else
        {
          gint64 least_us = next_us > 0 ? next_us - mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self))) : 0;

          g_debug ("%s: %s", mos_channel_get_account (MOS_CHANNEL (self))->kind, error->message);
          mos_chat_channel_close (self, &session);
          /* Each key that somebody types would ask anew whom nobody reaches. */
          mask = ~(guint) MOS_CHAT_CALL_TYPING;
          /* What only a person mends is said by the one that reads; whoever mended it wakes all. */
          if (!mos_chat_trouble_from_error (error).stop)
            wait_us = MAX (mos_backoff_next (&backoff), least_us);
        }
    }
  mos_chat_channel_close (self, &session);
}

static void
run_send (GTask *task,
          gpointer source_object,
          gpointer task_data,
          GCancellable *unused)
{
  run_rounds (source_object, MOS_CHAT_SEND, mos_chat_channel_send_round_sync);
  g_task_return_boolean (task, TRUE);
}

static void
run_files (GTask *task,
           gpointer source_object,
           gpointer task_data,
           GCancellable *unused)
{
  run_rounds (source_object, MOS_CHAT_FILES, mos_chat_channel_files_round_sync);
  g_task_return_boolean (task, TRUE);
}

/* --- the channel --- */

static gboolean
mos_chat_channel_sync_once_sync (MosChannel *channel,
                                 MosSyncCounts *ret_counts,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosChatChannel *self = MOS_CHAT_CHANNEL (channel);
  g_autoptr (GHashTable) cursors = mos_channel_host_load_cursors_sync (mos_channel_get_host (channel), mos_channel_get_account (channel)->id, cancellable, error);
  guint retry_ms = 0;
  gpointer session = cursors != NULL ? mos_chat_channel_open_sync (self, &retry_ms, cancellable, error) : NULL;
  gboolean has_more = TRUE, is_done = session != NULL;
  gint64 next_us = 0;

  for (guint i = 0; is_done && has_more && i < MAX_LOOKS; i++)
    is_done = look_sync (self, session, cursors, 0, ret_counts, &has_more, &retry_ms, cancellable, error);
  is_done = is_done && mos_chat_channel_send_round_sync (self, &session, &next_us, cancellable, error) &&
            mos_chat_channel_files_round_sync (self, &session, &next_us, cancellable, error);
  mos_chat_channel_close (self, &session);
  if (is_done)
    tell_ready (self, cursors);
  return is_done;
}

static void
mos_chat_channel_wake (MosChannel *channel,
                       MosChannelWake what)
{
  MosChatChannel *self = MOS_CHAT_CHANNEL (channel);

  for (int loop = 0; loop < MOS_CHAT_N_LOOPS; loop++)
    {
      if ((what & MOS_CHANNEL_WAKE_NETWORK) != 0)
        mos_chat_channel_call (self, (MosChatLoop) loop, MOS_CHAT_CALL_NETWORK);
      if ((what & MOS_CHANNEL_WAKE_SYNC) != 0 || ((what & MOS_CHANNEL_WAKE_OUTBOX) != 0 && loop == MOS_CHAT_SEND))
        mos_chat_channel_call (self, (MosChatLoop) loop, MOS_CHAT_CALL_NOW);
    }
}

static void
mos_chat_channel_start (MosChannel *channel)
{
  static const GTaskThreadFunc loops[MOS_CHAT_N_LOOPS] = { run_receive, run_send, run_files };
  static const char *const names[MOS_CHAT_N_LOOPS] = { "chat-receive", "chat-send", "chat-files" };
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (MOS_CHAT_CHANNEL (channel));

  for (int loop = 0; loop < MOS_CHAT_N_LOOPS; loop++)
    {
      g_autoptr (GTask) task = g_task_new (channel, NULL, NULL, NULL);

      g_task_set_source_tag (task, mos_chat_channel_start);
      priv->workers[loop] = mos_worker_new (names[loop]);
      mos_worker_push (priv->workers[loop], task, loops[loop]);
    }
}

static void
mos_chat_channel_request_stop (MosChannel *channel)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (MOS_CHAT_CHANNEL (channel));

  g_mutex_lock (&priv->mutex);
  priv->stopping = TRUE;
  g_cond_broadcast (&priv->cond);
  g_mutex_unlock (&priv->mutex);
  g_cancellable_cancel (priv->cancellable);
}

static void
mos_chat_channel_join (MosChannel *channel)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (MOS_CHAT_CHANNEL (channel));

  for (int loop = 0; loop < MOS_CHAT_N_LOOPS; loop++)
    if (priv->workers[loop] != NULL)
      {
        mos_worker_shutdown (priv->workers[loop]);
        g_clear_object (&priv->workers[loop]);
      }
}

static void
mos_chat_channel_constructed (GObject *object)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (MOS_CHAT_CHANNEL (object));

  G_OBJECT_CLASS (mos_chat_channel_parent_class)->constructed (object);
  priv->traits = mos_channel_traits_get (mos_channel_get_account (MOS_CHANNEL (object))->kind);
}

static void
mos_chat_channel_finalize (GObject *object)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (MOS_CHAT_CHANNEL (object));

  g_clear_object (&priv->cancellable);
  g_free (priv->remark_detail);
  g_hash_table_unref (priv->typing);
  g_mutex_clear (&priv->mutex);
  g_cond_clear (&priv->cond);

  G_OBJECT_CLASS (mos_chat_channel_parent_class)->finalize (object);
}

static void
mos_chat_channel_class_init (MosChatChannelClass *klass)
{
  MosChannelClass *channel_class = MOS_CHANNEL_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = mos_chat_channel_constructed;
  object_class->finalize = mos_chat_channel_finalize;
  channel_class->start = mos_chat_channel_start;
  channel_class->request_stop = mos_chat_channel_request_stop;
  channel_class->join = mos_chat_channel_join;
  channel_class->wake = mos_chat_channel_wake;
  channel_class->sync_once_sync = mos_chat_channel_sync_once_sync;
}

static void
mos_chat_channel_init (MosChatChannel *self)
{
  MosChatChannelPrivate *priv = mos_chat_channel_get_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->typing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&priv->mutex);
  g_cond_init (&priv->cond);
}
