/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-template.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * mos_twilio_parse_contents: a page of GET /v1/ContentAndApprovals (www.twilio.com/docs/content/content-api-resources). A pure function
 * @templates: array of #MosChatTemplate, to which those are added that can be sent from here: approved for WhatsApp, of text, without a picture
 * @ret_next: (out) (transfer full) (nullable): address of the next page, as it is told
 *
 * Returns: whether it is such a page: MOS_CHAT_ERROR_PROTOCOL
 */
gboolean mos_twilio_parse_contents (GBytes *body, GPtrArray *templates, char **ret_next, GError **error);

G_END_DECLS
