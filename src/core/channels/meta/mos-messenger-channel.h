/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/meta/mos-graph.h"
#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* Settings of an account of kind "messenger" or "instagram". Its secret is one token: of the Page, or, for Instagram alone, of the Instagram account itself. Nothing else is
 * needed: what the account is called, and its id there, are asked of the token. MOS_META_VERSION and MOS_ACCOUNT_SERVER hold here, too; and MOS_ACCOUNT_HUMAN_AGENT, where Meta
 * lets the shop's people answer for seven days. Instagram fetches files from an address on the web: with a letter box that hands them out (MOS_ACCOUNT_RELAY) the secret has a
 * second line, the key of that. */
#define MOS_META_LOGIN "login" /* of kind "instagram": by which way the token was made; where it is missing, the token's own beginning says it, and signing in finds out */
#define MOS_META_LOGIN_PAGE "page"
#define MOS_META_LOGIN_INSTAGRAM "instagram"

/**
 * MosMessengerChannel:
 *
 * A Page's Messenger, or an Instagram account, by Meta's Conversations API: looked
 * at every few seconds, for nothing of it needs to be reached from outside. A
 * thread is the other side, as Meta calls it for this Page or account. What is
 * written in our name by another program, or by telephone, is taken in too, some
 * minutes later.
 */
#define MOS_TYPE_MESSENGER_CHANNEL (mos_messenger_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosMessengerChannel, mos_messenger_channel, MOS, MESSENGER_CHANNEL, MosChatChannel)

G_END_DECLS
