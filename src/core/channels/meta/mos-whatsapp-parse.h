/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What WhatsApp's Cloud API brings (its webhooks), as values. Pure functions; any thread. */

/**
 * mos_whatsapp_parse:
 * @body: one webhook, as it came
 * @number: the phone number's id there: what came for others is left out; %NULL = all counts
 * @updates: array of #MosChatUpdate to which what happened is added, in order. A message whose content is of a kind that is not known has an empty text and @why
 *   "unknown-content", with the platform's name for it in @detail
 *
 * Returns: whether it is one: MOS_CHAT_ERROR_PROTOCOL where not. A message in it that cannot be read is one of MOS_CHAT_BROKEN
 */
gboolean mos_whatsapp_parse (GBytes *body, const char *number, GPtrArray *updates, GError **error);

/* mos-whatsapp-content.c */
/** mos_whatsapp_read_content: text, files and why of @update, from a message of @type */
void mos_whatsapp_read_content (MosChatUpdate *update, JsonObject *message, const char *type);

G_END_DECLS
