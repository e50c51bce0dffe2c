/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* Settings of an account. Its address is the whole name, "@shop:example.org"; MOS_ACCOUNT_SERVER is where the homeserver is asked ("https://matrix.example.org"),
 * or a name that leads there; without it the address leads there. */
#define MOS_MATRIX_GROUPS "groups"   /* "1": what is written in rooms of several people counts, too */
#define MOS_MATRIX_INVITES "invites" /* "0": invitations are not accepted by itself */
#define MOS_MATRIX_DEVICE "device"   /* what the server calls this program: signing in with it again ends the token of last time, and what was sent is still known */

/**
 * MosMatrixChannel:
 *
 * An account on a homeserver of Matrix, by the client-server API: a long poll of
 * /sync, each part of a message one event. A room is a thread. What is encrypted
 * cannot be read here: that is said, and nothing is sent there in plain text.
 */
#define MOS_TYPE_MATRIX_CHANNEL (mos_matrix_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosMatrixChannel, mos_matrix_channel, MOS, MATRIX_CHANNEL, MosChatChannel)

G_END_DECLS
