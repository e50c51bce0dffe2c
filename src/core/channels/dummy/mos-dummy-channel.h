/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel.h"

G_BEGIN_DECLS

/**
 * MosDummyChannel:
 *
 * A channel with no network, for tests and developers (account kind "dummy"):
 * what is given to mos_dummy_channel_deliver() is ingested, what is queued is
 * "sent" with the answer set by mos_dummy_channel_set_answer(), and its Sent
 * copy settled. One worker thread, the same order of calls to the host as a
 * real channel.
 */
#define MOS_TYPE_DUMMY_CHANNEL (mos_dummy_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosDummyChannel, mos_dummy_channel, MOS, DUMMY_CHANNEL, MosChannel)

void mos_dummy_channel_deliver (MosDummyChannel *self, MosIncoming *incoming);
void mos_dummy_channel_set_answer (MosDummyChannel *self, MosDelivery state, const char *why);
GPtrArray *mos_dummy_channel_dup_sent (MosDummyChannel *self);

G_END_DECLS
