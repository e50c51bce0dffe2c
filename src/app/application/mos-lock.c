/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-lock.h"

#include <string.h>

#define PASSPHRASE "lock-passphrase"
#define MINUTES "lock-minutes"
#define WRONG "lock-wrong"

/* Somebody mistypes; somebody who guesses soon has to wait. */
#define FREE_GUESSES 3
#define FIRST_WAIT_S 5
#define LONGEST_WAIT_S 300
/* A timer stands still while the computer sleeps; the clock does not. */
#define LONGEST_LOOK_S 60

struct _MosLock
{
  GObject parent_instance;

  /* Owned */
  MosClock *clock;
  GSettings *settings;

  MosSealCost cost;
  gboolean is_set;
  gboolean is_locked;
  gint64 touched_us; /* when there was input last */
  gint64 limit_us;   /* 0 = never for want of input */
  guint look_id;
};

typedef enum
{
  PROP_LOCKED = 1,
  PROP_SET,
} MosLockProperty;

static GParamSpec *props[PROP_SET + 1];

G_DEFINE_FINAL_TYPE (MosLock, mos_lock, G_TYPE_OBJECT)
G_DEFINE_QUARK (mos - lock - error - quark, mos_lock_error)

static void arm (MosLock *self);

/* --- when --- */

static void
set_locked (MosLock *self,
            gboolean is_locked)
{
  if (self->is_locked == is_locked)
    return;
  self->is_locked = is_locked;
  self->touched_us = mos_clock_now_us (self->clock);
  arm (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCKED]);
}

static gboolean
on_look_cb (gpointer user_data)
{
  MosLock *self = user_data;

  self->look_id = 0;
  mos_lock_look (self);
  arm (self);
  return G_SOURCE_REMOVE;
}

/* One timer until it may be time; input does not touch it. */
static void
arm (MosLock *self)
{
  gint64 left_us = self->touched_us + self->limit_us - mos_clock_now_us (self->clock);

  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->is_set && !self->is_locked && self->limit_us > 0)
    self->look_id = g_timeout_add_seconds ((guint) CLAMP (left_us / G_USEC_PER_SEC + 1, 1, LONGEST_LOOK_S), on_look_cb, self);
}

void
mos_lock_look (MosLock *self)
{
  gint64 now_us;

  g_return_if_fail (MOS_IS_LOCK (self));

  now_us = mos_clock_now_us (self->clock);
  /* The clock was set back. */
  if (now_us < self->touched_us)
    self->touched_us = now_us;
  if (self->limit_us > 0 && now_us - self->touched_us >= self->limit_us)
    mos_lock_lock (self);
}

void
mos_lock_touch (MosLock *self)
{
  g_return_if_fail (MOS_IS_LOCK (self));

  /* The first key after the computer slept comes before any timer: it opens nothing. */
  mos_lock_look (self);
  if (!self->is_locked)
    self->touched_us = mos_clock_now_us (self->clock);
}

void
mos_lock_lock (MosLock *self)
{
  g_return_if_fail (MOS_IS_LOCK (self));

  if (self->is_set)
    set_locked (self, TRUE);
}

gboolean
mos_lock_is_set (MosLock *self)
{
  g_return_val_if_fail (MOS_IS_LOCK (self), FALSE);

  return self->is_set;
}

gboolean
mos_lock_is_locked (MosLock *self)
{
  g_return_val_if_fail (MOS_IS_LOCK (self), FALSE);

  return self->is_locked;
}

static void
on_setting_cb (MosLock *self,
               const char *key)
{
  g_autofree char *kept = g_settings_get_string (self->settings, PASSPHRASE);
  gboolean is_set = *kept != '\0';

  self->limit_us = g_settings_get_int (self->settings, MINUTES) * G_TIME_SPAN_MINUTE;
  if (self->is_set != is_set)
    {
      self->is_set = is_set;
      /* Taken away from outside of the window: whoever can do that can read all there is. */
      if (!is_set)
        set_locked (self, FALSE);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SET]);
    }
  arm (self);
}

/* --- guesses --- */

static guint
count_wrong (MosLock *self,
             gint64 *ret_last_us)
{
  guint32 n;

  g_settings_get (self->settings, WRONG, "(ux)", &n, ret_last_us);
  return n;
}

static void
set_wrong (MosLock *self,
           guint n,
           gint64 last_us)
{
  g_settings_set (self->settings, WRONG, "(ux)", n, last_us);
  /* Before it is judged, also where the program is killed meanwhile. */
  g_settings_sync ();
}

guint
mos_lock_get_wait_s (MosLock *self)
{
  gint64 last_us, left_us;
  guint n, wait_s = FIRST_WAIT_S;

  g_return_val_if_fail (MOS_IS_LOCK (self), 0);

  n = count_wrong (self, &last_us);
  if (n < FREE_GUESSES)
    return 0;
  for (guint i = FREE_GUESSES; i < n && wait_s < LONGEST_WAIT_S; i++)
    wait_s = MIN (wait_s * 2, LONGEST_WAIT_S);
  /* With a clock that was set back, the whole wait begins anew, and no longer one. */
  if (mos_clock_now_us (self->clock) < last_us)
    set_wrong (self, n, last_us = mos_clock_now_us (self->clock));
  left_us = last_us + wait_s * G_USEC_PER_SEC - mos_clock_now_us (self->clock);
  return left_us > 0 ? (guint) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

typedef struct
{
  char *guess;        /* (nullable): judged by @kept */
  char *passphrase;   /* (nullable): sealed into @sealed */
  GByteArray *kept;   /* (owned) */
  gsize offset;       /* of what was read of @kept */
  GByteArray *sealed; /* (owned) */
  MosSealCost cost;
  guint n_wrong; /* those before this guess */
} Trial;

static void
clear_text (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  clear_text (trial->guess);
  clear_text (trial->passphrase);
  g_byte_array_unref (trial->kept);
  g_byte_array_unref (trial->sealed);
  g_free (trial);
}

static gssize
read_kept (gpointer data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  Trial *trial = user_data;
  gsize n = MIN (size, trial->kept->len - trial->offset);

  memcpy (data, trial->kept->data + trial->offset, n);
  trial->offset += n;
  return (gssize) n;
}

static gboolean
write_sealed (gconstpointer data,
              gsize size,
              gpointer user_data,
              GError **error)
{
  g_byte_array_append (((Trial *) user_data)->sealed, data, (guint) size);
  return TRUE;
}

static gboolean
judge (Trial *trial,
       GError **error)
{
  const MosSealCost most = MOS_SEAL_MOST;
  const guint8 *nothing;
  g_autoptr (GError) why = NULL;
  g_autoptr (MosSealReader) reader = mos_seal_reader_new (trial->guess, &most, read_kept, trial, &why);

  if (reader != NULL && mos_seal_reader_next (reader, &nothing, &why) == 0)
    return TRUE;
  if (g_error_matches (why, MOS_SEAL_ERROR, MOS_SEAL_ERROR_KEY))
    g_set_error_literal (error, MOS_LOCK_ERROR, MOS_LOCK_ERROR_WRONG, "The passphrase is another one");
  else
    g_set_error (error, MOS_LOCK_ERROR, MOS_LOCK_ERROR_DAMAGED, "What is kept of the passphrase cannot be read: %s", why != NULL ? why->message : "it is not empty");
  return FALSE;
}

static void
trial_thread (GTask *task,
              gpointer source,
              gpointer task_data,
              GCancellable *cancellable)
{
  Trial *trial = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSealWriter) writer = NULL;

  if (trial->guess != NULL && !judge (trial, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (trial->passphrase != NULL)
    {
      writer = mos_seal_writer_new (trial->passphrase, &trial->cost, write_sealed, trial, &error);
      if (writer == NULL || !mos_seal_writer_finish (writer, &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

/* @guess: (nullable), @passphrase: (nullable) */
static void
try_async (MosLock *self,
           const char *guess,
           const char *passphrase,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *kept = g_settings_get_string (self->settings, PASSPHRASE);
  Trial *trial;
  gint64 last_us;
  gsize size;
  guint8 *bytes;

  g_task_set_source_tag (task, try_async);
  if (guess != NULL && mos_lock_get_wait_s (self) > 0)
    {
      g_task_return_new_error (task, MOS_LOCK_ERROR, MOS_LOCK_ERROR_WAIT, "No guess is taken for %u s", mos_lock_get_wait_s (self));
      return;
    }
  bytes = g_base64_decode (kept, &size);
  trial = g_new0 (Trial, 1);
  trial->guess = g_strdup (guess);
  trial->passphrase = g_strdup (passphrase);
  trial->kept = g_byte_array_new_take (bytes, size);
  trial->sealed = g_byte_array_new ();
  trial->cost = self->cost;
  trial->n_wrong = count_wrong (self, &last_us);
  g_task_set_task_data (task, trial, trial_free);
  if (guess != NULL)
    set_wrong (self, trial->n_wrong + 1, mos_clock_now_us (self->clock));
  g_task_run_in_thread (task, trial_thread);
}

/* What was counted beforehand is forgotten where it was no wrong guess. */
static gboolean
finish (MosLock *self,
        GAsyncResult *result,
        GError **error)
{
  Trial *trial = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) why = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &why))
    {
      if (trial != NULL && trial->guess != NULL && g_error_matches (why, MOS_LOCK_ERROR, MOS_LOCK_ERROR_DAMAGED))
        set_wrong (self, trial->n_wrong, mos_clock_now_us (self->clock));
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (trial->guess != NULL)
    set_wrong (self, 0, 0);
  return TRUE;
}

void
mos_lock_unlock_async (MosLock *self,
                       const char *passphrase,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (MOS_IS_LOCK (self));
  g_return_if_fail (passphrase != NULL);

  try_async (self, passphrase, NULL, cancellable, callback, user_data);
}

gboolean
mos_lock_unlock_finish (MosLock *self,
                        GAsyncResult *result,
                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!finish (self, result, error))
    return FALSE;
  set_locked (self, FALSE);
  return TRUE;
}

void
mos_lock_change_async (MosLock *self,
                       const char *old,
                       const char *passphrase,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (MOS_IS_LOCK (self));
  g_return_if_fail (old != NULL || !self->is_set);

  try_async (self, self->is_set ? old : NULL, passphrase, cancellable, callback, user_data);
}

gboolean
mos_lock_change_finish (MosLock *self,
                        GAsyncResult *result,
                        GError **error)
{
  Trial *trial;
  g_autofree char *kept = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!finish (self, result, error))
    return FALSE;
  trial = g_task_get_task_data (G_TASK (result));
  kept = trial->passphrase != NULL ? g_base64_encode (trial->sealed->data, trial->sealed->len) : g_strdup ("");
  g_settings_set_string (self->settings, PASSPHRASE, kept);
  return TRUE;
}

/* --- class --- */

static void
mos_lock_get_property (GObject *object,
                       guint prop_id,
                       GValue *value,
                       GParamSpec *pspec)
{
  MosLock *self = MOS_LOCK (object);

  switch ((MosLockProperty) prop_id)
    {
    case PROP_LOCKED:
      g_value_set_boolean (value, self->is_locked);
      break;
    case PROP_SET:
      g_value_set_boolean (value, self->is_set);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_lock_dispose (GObject *object)
{
  MosLock *self = MOS_LOCK (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (mos_lock_parent_class)->dispose (object);
}

static void
mos_lock_class_init (MosLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = mos_lock_get_property;
  object_class->dispose = mos_lock_dispose;
  props[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags);
  props[PROP_SET] = g_param_spec_boolean ("set", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_lock_init (MosLock *self)
{
}

MosLock *
mos_lock_new (MosClock *clock,
              GSettings *settings,
              const MosSealCost *cost)
{
  MosLock *self;

  g_return_val_if_fail (MOS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (MOS_TYPE_LOCK, NULL);
  self->clock = g_object_ref (clock);
  self->settings = g_object_ref (settings);
  self->cost = *cost;
  self->touched_us = mos_clock_now_us (clock);
  g_signal_connect_object (settings, "changed::" PASSPHRASE, G_CALLBACK (on_setting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" MINUTES, G_CALLBACK (on_setting_cb), self, G_CONNECT_SWAPPED);
  on_setting_cb (self, NULL);
  mos_lock_lock (self);
  return self;
}
