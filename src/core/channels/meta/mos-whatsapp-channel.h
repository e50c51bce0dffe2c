/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/meta/mos-graph.h"
#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* Settings of an account, beside MOS_META_VERSION and MOS_ACCOUNT_RELAY. Its secret is two lines: the token of Meta's, the key of the letter box. */
#define MOS_WHATSAPP_NUMBER "phone_number_id" /* what Meta calls the number */
#define MOS_WHATSAPP_BUSINESS "business_id"   /* of the WhatsApp Business account that the number belongs to: its templates are listed there; without it none are */

/**
 * MosWhatsappChannel:
 *
 * A number of WhatsApp's Cloud API. What comes in lies in a letter box on the
 * shop's web space (MosRelay), for Meta brings it to an address on the web
 * alone; what is there is forgotten with the next question, after it is on
 * disk. What goes out goes to Meta directly, and says who it is when Meta tells
 * what became of it: a lost answer is found again by that.
 */
#define MOS_TYPE_WHATSAPP_CHANNEL (mos_whatsapp_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosWhatsappChannel, mos_whatsapp_channel, MOS, WHATSAPP_CHANNEL, MosChatChannel)

G_END_DECLS
