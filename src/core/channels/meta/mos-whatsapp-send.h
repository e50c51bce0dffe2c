/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * mos_whatsapp_build_message: what is sent for one part (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages). A pure function
 * @media: (nullable): id of the file of @part, uploaded before; needed where it has one
 *
 * Returns: (transfer full)
 */
JsonNode *mos_whatsapp_build_message (const MosChatOutgoing *outgoing, const MosChatPart *part, const char *media);
/** mos_whatsapp_build_read_mark: that the message @id of theirs was read. Returns: (transfer full) */
JsonNode *mos_whatsapp_build_read_mark (const char *id);
/** mos_whatsapp_message_type: Returns: "text", "template", or as what the file of @part is sent: words cannot stand below what is heard */
const char *mos_whatsapp_message_type (const MosChatPart *part);
/** mos_whatsapp_build_reaction: @change: of kind REACT. Returns: (transfer full): what is posted to put our sign to a message, or to take it away */
JsonNode *mos_whatsapp_build_reaction (const MosChatChange *change);

G_END_DECLS
