/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/email/mos-email-trouble.h"
#include "core/channels/mos-channel.h"

G_BEGIN_DECLS

/**
 * MosEmailChannel:
 *
 * One mail account: three workers, each with a connection of its own.
 *
 * |[
 *   idle   IDLE on the Inbox ──────────┐ "something happened"
 *                                      ▼
 *   sync   Inbox and Sent, flags, copies in Sent ──▶ host.ingest(), ...
 *                                      ▲ "something was sent"
 *   send   claims the outbox, SMTP ────┘
 * ]|
 *
 * The sync worker decides whether the account works; the idle worker connects
 * only after it did, so that a wrong password is tried once. Without IDLE the
 * sync worker looks every minute, as it always does for Sent.
 */
#define MOS_TYPE_EMAIL_CHANNEL (mos_email_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosEmailChannel, mos_email_channel, MOS, EMAIL_CHANNEL, MosChannel)

/* For tests, before mos_channel_start(). */
void mos_email_channel_set_random (MosEmailChannel *self, MosRandomFunc random, gpointer random_data);
void mos_email_channel_set_poll_ms (MosEmailChannel *self, guint poll_ms);

G_END_DECLS
