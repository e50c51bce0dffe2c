/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/dummy/mos-dummy-chat.h"

#define CURSOR "next"
#define PAGE 100
#define LOOK_MS 20

/* --- the platform --- */

struct _MosDummyPlatform
{
  GMutex mutex;
  GPtrArray *updates; /* (owned) (mutex mutex) of MosChatUpdate: all that ever happened */
  GHashTable *files;  /* (owned) (mutex mutex) ref -> GBytes */
  GPtrArray *sent;    /* (owned) (mutex mutex) of texts */
  GPtrArray *shown;   /* (owned) (mutex mutex) of texts, in the same places; %NULL = taken back */
  GHashTable *signs;  /* (owned) (mutex mutex) id of a message -> our sign at it */
  GHashTable *keys;   /* (owned) (mutex mutex) key of a part -> the id it was given */
  struct
  {
    MosChatError code;
    guint times;
    gboolean is_done;
  } faults[MOS_DUMMY_CHANGE + 1]; /* (mutex mutex) */
  guint calls[MOS_DUMMY_CHANGE + 1];
};

static GMutex platforms_mutex;
static GHashTable *platforms; /* (owned) (nullable) (mutex platforms_mutex) */

static void
mos_dummy_platform_free (gpointer data)
{
  MosDummyPlatform *self = data;

  g_ptr_array_unref (self->updates);
  g_hash_table_unref (self->files);
  g_ptr_array_unref (self->sent);
  g_ptr_array_unref (self->shown);
  g_hash_table_unref (self->signs);
  g_hash_table_unref (self->keys);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

MosDummyPlatform *
mos_dummy_platform_get (const char *account)
{
  MosDummyPlatform *self;

  g_mutex_lock (&platforms_mutex);
  if (platforms == NULL)
    platforms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mos_dummy_platform_free);
  self = g_hash_table_lookup (platforms, account);
  if (self == NULL)
    {
      self = g_new0 (MosDummyPlatform, 1);
      g_mutex_init (&self->mutex);
      self->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
      self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
      self->sent = g_ptr_array_new_with_free_func (g_free);
      self->shown = g_ptr_array_new_with_free_func (g_free);
      self->signs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (platforms, g_strdup (account), self);
    }
  g_mutex_unlock (&platforms_mutex);

  return self;
}

void
mos_dummy_platform_reset (void)
{
  g_mutex_lock (&platforms_mutex);
  g_clear_pointer (&platforms, g_hash_table_unref);
  g_mutex_unlock (&platforms_mutex);
}

void
mos_dummy_platform_add (MosDummyPlatform *self,
                        MosChatUpdate *update)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->updates, update);
  g_mutex_unlock (&self->mutex);
}

void
mos_dummy_platform_put_file (MosDummyPlatform *self,
                             const char *ref,
                             GBytes *data)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->files, g_strdup (ref), g_bytes_ref (data));
  g_mutex_unlock (&self->mutex);
}

void
mos_dummy_platform_fail (MosDummyPlatform *self,
                         MosDummyCall call,
                         MosChatError code,
                         guint times,
                         gboolean is_done)
{
  g_mutex_lock (&self->mutex);
  self->faults[call].code = code;
  self->faults[call].times = times;
  self->faults[call].is_done = is_done;
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
mos_dummy_platform_list_sent (MosDummyPlatform *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->mutex);
  copy = g_ptr_array_copy (self->sent, (GCopyFunc) g_strdup, NULL);
  g_ptr_array_set_free_func (copy, g_free);
  g_mutex_unlock (&self->mutex);

  return copy;
}

GPtrArray *
mos_dummy_platform_list_shown (MosDummyPlatform *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->shown->len; i++)
    if (self->shown->pdata[i] != NULL)
      g_ptr_array_add (shown, g_strdup (self->shown->pdata[i]));
  g_mutex_unlock (&self->mutex);

  return shown;
}

char *
mos_dummy_platform_dup_sign (MosDummyPlatform *self,
                             const char *id)
{
  char *sign;

  g_mutex_lock (&self->mutex);
  sign = g_strdup (g_hash_table_lookup (self->signs, id));
  g_mutex_unlock (&self->mutex);

  return sign;
}

guint
mos_dummy_platform_count_calls (MosDummyPlatform *self,
                                MosDummyCall call)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->calls[call];
  g_mutex_unlock (&self->mutex);

  return n;
}

/* With the mutex. Returns: whether the call fails; @ret_is_done: and was done all the same */
static gboolean
is_failing (MosDummyPlatform *self,
            MosDummyCall call,
            gboolean *ret_is_done,
            GError **error)
{
  self->calls[call]++;
  if (ret_is_done != NULL)
    *ret_is_done = TRUE;
  if (self->faults[call].times == 0)
    return FALSE;
  self->faults[call].times--;
  if (ret_is_done != NULL)
    *ret_is_done = self->faults[call].is_done;
  g_set_error_literal (error, MOS_CHAT_ERROR, (int) self->faults[call].code, "The dummy says no");
  return TRUE;
}

/* --- the channel --- */

struct _MosDummyChat
{
  MosChatChannel parent_instance;
};

G_DEFINE_FINAL_TYPE (MosDummyChat, mos_dummy_chat, MOS_TYPE_CHAT_CHANNEL)

static gpointer
mos_dummy_chat_open_sync (MosChatChannel *channel,
                          const char *secret,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  MosDummyPlatform *platform = mos_dummy_platform_get (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  gboolean fails;

  g_mutex_lock (&platform->mutex);
  fails = is_failing (platform, MOS_DUMMY_OPEN, NULL, error);
  g_mutex_unlock (&platform->mutex);

  return fails ? NULL : platform;
}

static void
mos_dummy_chat_close (MosChatChannel *channel,
                      gpointer session)
{
}

static gboolean
mos_dummy_chat_identify_sync (MosChatChannel *channel,
                              gpointer session,
                              char **ret_address,
                              char **ret_name,
                              GCancellable *cancellable,
                              GError **error)
{
  *ret_address = g_strdup ("@shop");
  *ret_name = g_strdup ("Shop");
  return TRUE;
}

static guint64
get_next (GHashTable *cursors)
{
  const char *next = g_hash_table_lookup (cursors, CURSOR);

  return next != NULL ? g_ascii_strtoull (next, NULL, 10) : 0;
}

static MosChatBatch *
mos_dummy_chat_poll_sync (MosChatChannel *channel,
                          gpointer session,
                          GHashTable *cursors,
                          guint wait_s,
                          guint *ret_retry_ms,
                          GCancellable *cancellable,
                          GError **error)
{
  MosDummyPlatform *platform = session;
  gint64 end_us = g_get_monotonic_time () + (gint64) wait_s * G_USEC_PER_SEC;
  guint64 next = get_next (cursors);
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (;;)
    {
      gboolean fails;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_mutex_lock (&platform->mutex);
      fails = is_failing (platform, MOS_DUMMY_POLL, NULL, error);
      for (; !fails && next < platform->updates->len && batch->updates->len < PAGE; next++)
        g_ptr_array_add (batch->updates, mos_chat_update_ref (platform->updates->pdata[next]));
      g_mutex_unlock (&platform->mutex);
      if (fails)
        return NULL;
      if (batch->updates->len > 0 || g_get_monotonic_time () >= end_us)
        break;
      g_usleep (LOOK_MS * 1000);
    }
  batch->has_more = batch->updates->len > 0;
  g_hash_table_insert (batch->cursors, g_strdup (CURSOR), g_strdup_printf ("%" G_GUINT64_FORMAT, next));
  return g_steal_pointer (&batch);
}

/* With the mutex: it is there. Returns: (transfer full): its id, where @takes_keys that of the first time */
static char *
put (MosDummyPlatform *platform,
     MosChatOutgoing *outgoing,
     MosChatPart *part,
     gboolean takes_keys)
{
  g_autofree char *id = takes_keys ? g_strdup (g_hash_table_lookup (platform->keys, part->key)) : NULL;
  MosChatUpdate *update;

  if (id != NULL)
    return g_steal_pointer (&id);
  id = g_strdup_printf ("out-%u", platform->sent->len);
  g_ptr_array_add (platform->sent, part->file != NULL ? g_strdup_printf ("[%s] %s", part->file->name, part->text) : g_strdup (part->text));
  g_ptr_array_add (platform->shown, g_strdup (part->text));
  if (!takes_keys)
    return g_steal_pointer (&id);

  g_hash_table_insert (platform->keys, g_strdup (part->key), g_strdup (id));
  update = mos_chat_update_new ();
  update->kind = MOS_CHAT_MESSAGE;
  update->thread = g_strdup (outgoing->thread);
  update->id = g_strdup (id);
  update->is_own = TRUE;
  update->text = g_strdup (part->text);
  update->client_key = g_strdup (part->key);
  g_ptr_array_add (platform->updates, update);
  return g_steal_pointer (&id);
}

static void
mos_dummy_chat_send_sync (MosChatChannel *channel,
                          gpointer session,
                          MosChatOutgoing *outgoing,
                          MosChatPart *part,
                          GBytes *data,
                          MosChatSendOutcome *ret_outcome,
                          GCancellable *cancellable)
{
  MosDummyPlatform *platform = session;
  gboolean takes_keys = (mos_chat_channel_get_traits (channel)->flags & MOS_CHANNEL_IDEMPOTENT) != 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gboolean is_done;

  g_mutex_lock (&platform->mutex);
  is_failing (platform, MOS_DUMMY_SEND, &is_done, &error);
  if (is_done)
    id = put (platform, outgoing, part, takes_keys);
  g_mutex_unlock (&platform->mutex);

  if (error != NULL)
    mos_chat_send_outcome_take_error (ret_outcome, error, TRUE, takes_keys);
  else
    {
      ret_outcome->state = MOS_DELIVERY_ACCEPTED;
      ret_outcome->remote = g_steal_pointer (&id);
    }
}

/* With the mutex. "out-7" stands in the seventh place. */
static void
change_one (MosDummyPlatform *platform,
            const MosChatChange *change,
            const char *id)
{
  guint64 place = 0;

  if (change->kind == MOS_CHAT_CHANGE_REACT)
    {
      if (*change->text != '\0')
        g_hash_table_replace (platform->signs, g_strdup (id), g_strdup (change->text));
      else
        g_hash_table_remove (platform->signs, id);
      return;
    }
  if (!g_str_has_prefix (id, "out-") || !g_ascii_string_to_unsigned (id + 4, 10, 0, G_MAXUINT, &place, NULL) || place >= platform->shown->len)
    return;
  g_free (platform->shown->pdata[place]);
  platform->shown->pdata[place] = change->kind == MOS_CHAT_CHANGE_EDIT ? g_strdup (change->text) : NULL;
}

static void
mos_dummy_chat_change_sync (MosChatChannel *channel,
                            gpointer session,
                            MosChatChange *change,
                            MosChatSendOutcome *ret_outcome,
                            GCancellable *cancellable)
{
  MosDummyPlatform *platform = session;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  g_mutex_lock (&platform->mutex);
  is_failing (platform, MOS_DUMMY_CHANGE, &is_done, &error);
  for (guint i = 0; is_done && change->remotes[i] != NULL; i++)
    change_one (platform, change, change->remotes[i]);
  g_mutex_unlock (&platform->mutex);

  if (error != NULL)
    mos_chat_send_outcome_take_error (ret_outcome, error, TRUE, TRUE);
  else
    ret_outcome->state = MOS_DELIVERY_ACCEPTED;
}

static GBytes *
mos_dummy_chat_fetch_sync (MosChatChannel *channel,
                           gpointer session,
                           MosChatFile *file,
                           char **ret_type,
                           guint *ret_retry_ms,
                           GCancellable *cancellable,
                           GError **error)
{
  MosDummyPlatform *platform = session;
  GBytes *data = NULL;

  g_mutex_lock (&platform->mutex);
  if (!is_failing (platform, MOS_DUMMY_FETCH, NULL, error))
    {
      data = g_hash_table_lookup (platform->files, file->ref);
      if (data != NULL)
        g_bytes_ref (data);
      else
        g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE, "No such file");
    }
  g_mutex_unlock (&platform->mutex);

  return data;
}

static void
mos_dummy_chat_class_init (MosDummyChatClass *klass)
{
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  chat_class->open_sync = mos_dummy_chat_open_sync;
  chat_class->close = mos_dummy_chat_close;
  chat_class->identify_sync = mos_dummy_chat_identify_sync;
  chat_class->poll_sync = mos_dummy_chat_poll_sync;
  chat_class->send_sync = mos_dummy_chat_send_sync;
  chat_class->change_sync = mos_dummy_chat_change_sync;
  chat_class->fetch_sync = mos_dummy_chat_fetch_sync;
}

static void
mos_dummy_chat_init (MosDummyChat *self)
{
}
