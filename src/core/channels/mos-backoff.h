/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** MosRandomFunc: Returns: evenly spread in [0, 1) */
typedef double (*MosRandomFunc) (gpointer data);

/**
 * MosBackoff: how long to wait after a failure: 1, 2, 4 … 300 seconds, each with up to a quarter more, so that many accounts of one
 * server do not come back in step. One thread.
 */
typedef struct
{
  guint failures;
  MosRandomFunc random;
  gpointer random_data;
} MosBackoff;

void mos_backoff_init (MosBackoff *self, MosRandomFunc random, gpointer random_data);
void mos_backoff_reset (MosBackoff *self);
/** mos_backoff_next: Returns: microseconds to wait; grows with each call */
gint64 mos_backoff_next (MosBackoff *self);
/** mos_backoff_retry_delay: Returns: microseconds until a message that was refused for now is tried again: @first_s, twice that, four times … an hour */
gint64 mos_backoff_retry_delay (guint attempts, guint first_s, MosRandomFunc random, gpointer random_data);
/** mos_backoff_random: the ordinary #MosRandomFunc */
double mos_backoff_random (gpointer data);

G_END_DECLS
