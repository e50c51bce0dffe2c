/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/** MosRandomFunc: Returns: evenly spread in [0, 1) */
typedef double (*MosRandomFunc) (gpointer data);

/**
 * MosEmailBackoff: how long to wait after a failure: 1, 2, 4 … 300 seconds, each with up to a quarter more, so that many accounts of one
 * server do not come back in step. One thread.
 */
typedef struct
{
  guint failures;
  MosRandomFunc random;
  gpointer random_data;
} MosEmailBackoff;

void mos_email_backoff_init (MosEmailBackoff *self, MosRandomFunc random, gpointer random_data);
void mos_email_backoff_reset (MosEmailBackoff *self);
/** mos_email_backoff_next: Returns: microseconds to wait; grows with each call */
gint64 mos_email_backoff_next (MosEmailBackoff *self);
/** mos_email_retry_delay: Returns: microseconds until a message that was refused for now is tried again: 1, 2, 4 … 60 minutes */
gint64 mos_email_retry_delay (guint attempts, MosRandomFunc random, gpointer random_data);
/** mos_email_random: the ordinary #MosRandomFunc */
double mos_email_random (gpointer data);

/**
 * MosEmailTrouble: what an error means for an account.
 * @why: stable code
 * @state: WAITING, or a state that only the owner (or a changed network, @network_may_help) ends
 * @stop: no retry by itself
 */
typedef struct
{
  const char *why;
  MosAccountState state;
  gboolean stop;
  gboolean network_may_help;
} MosEmailTrouble;

MosEmailTrouble mos_email_trouble_from_error (const GError *error);

/** mos_email_send_result_from_error: Returns: (transfer full): state, why and detail of a failed attempt; the caller adds what it knows more. @error: (nullable): none = accepted */
MosSendResult *mos_email_send_result_from_error (const char *message, const GError *error);

G_END_DECLS
