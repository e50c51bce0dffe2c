/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-clock.h"

G_DEFINE_TYPE (MosClock, mos_clock, G_TYPE_OBJECT)

static gint64
mos_clock_real_now_us (MosClock *self)
{
  return g_get_real_time ();
}

static void
mos_clock_class_init (MosClockClass *klass)
{
  klass->now_us = mos_clock_real_now_us;
}

static void
mos_clock_init (MosClock *self)
{
}

/**
 * mos_clock_new_system:
 *
 * Returns: (transfer full): the computer's clock
 */
MosClock *
mos_clock_new_system (void)
{
  return g_object_new (MOS_TYPE_CLOCK, NULL);
}

/**
 * mos_clock_now_us:
 * @self: a #MosClock
 *
 * Returns: microseconds since 1970-01-01 UTC
 */
gint64
mos_clock_now_us (MosClock *self)
{
  g_return_val_if_fail (MOS_IS_CLOCK (self), 0);

  return MOS_CLOCK_GET_CLASS (self)->now_us (self);
}

struct _MosManualClock
{
  MosClock parent_instance;

  GMutex mutex;
  gint64 now_us; /* (mutex mutex) */
};

G_DEFINE_FINAL_TYPE (MosManualClock, mos_manual_clock, MOS_TYPE_CLOCK)

static gint64
mos_manual_clock_now_us (MosClock *clock)
{
  MosManualClock *self = MOS_MANUAL_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->now_us;
}

static void
mos_manual_clock_finalize (GObject *object)
{
  g_mutex_clear (&MOS_MANUAL_CLOCK (object)->mutex);
  G_OBJECT_CLASS (mos_manual_clock_parent_class)->finalize (object);
}

static void
mos_manual_clock_class_init (MosManualClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_manual_clock_finalize;
  MOS_CLOCK_CLASS (klass)->now_us = mos_manual_clock_now_us;
}

static void
mos_manual_clock_init (MosManualClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * mos_manual_clock_new:
 * @now_us: the time it shows until it is set
 *
 * Returns: (transfer full): a clock that moves only by hand
 */
MosClock *
mos_manual_clock_new (gint64 now_us)
{
  MosManualClock *self = g_object_new (MOS_TYPE_MANUAL_CLOCK, NULL);

  self->now_us = now_us;
  return MOS_CLOCK (self);
}

void
mos_manual_clock_set (MosManualClock *self,
                      gint64 now_us)
{
  g_return_if_fail (MOS_IS_MANUAL_CLOCK (self));

  g_mutex_lock (&self->mutex);
  self->now_us = now_us;
  g_mutex_unlock (&self->mutex);
}

void
mos_manual_clock_advance (MosManualClock *self,
                          gint64 by_us)
{
  g_return_if_fail (MOS_IS_MANUAL_CLOCK (self));

  g_mutex_lock (&self->mutex);
  self->now_us += by_us;
  g_mutex_unlock (&self->mutex);
}
