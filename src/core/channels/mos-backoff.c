/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-backoff.h"

#define BACKOFF_MAX_S 300
#define RETRY_MAX_S 3600

double
mos_backoff_random (gpointer data)
{
  return g_random_double ();
}

static gint64
grow (guint n,
      guint first_s,
      guint max_s,
      MosRandomFunc random,
      gpointer random_data)
{
  double seconds = first_s;

  while (n-- > 0 && seconds < max_s)
    seconds *= 2;
  seconds = MIN (seconds, max_s);
  return (gint64) (seconds * (1 + random (random_data) / 4) * G_USEC_PER_SEC);
}

void
mos_backoff_init (MosBackoff *self,
                  MosRandomFunc random,
                  gpointer random_data)
{
  self->failures = 0;
  self->random = random;
  self->random_data = random_data;
}

void
mos_backoff_reset (MosBackoff *self)
{
  self->failures = 0;
}

gint64
mos_backoff_next (MosBackoff *self)
{
  return grow (self->failures++, 1, BACKOFF_MAX_S, self->random, self->random_data);
}

gint64
mos_backoff_retry_delay (guint attempts,
                         guint first_s,
                         MosRandomFunc random,
                         gpointer random_data)
{
  return grow (attempts > 0 ? attempts - 1 : 0, first_s, RETRY_MAX_S, random, random_data);
}
