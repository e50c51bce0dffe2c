/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* mos-telegram-content.c */
/** mos_telegram_read_content: text, files, @why and @detail of a message into @update, whose person is there already */
void mos_telegram_read_content (MosChatUpdate *update, JsonObject *message);
/** mos_telegram_is_service: Returns: whether it tells of the chat, not of what somebody wrote */
gboolean mos_telegram_is_service (JsonObject *message);

/* mos-telegram-text.c */
/** mos_telegram_text: @entities: (nullable): offsets in UTF-16. Returns: (transfer full): hidden targets of links behind their words */
char *mos_telegram_text (const char *text, JsonArray *entities);
/** mos_telegram_rich_text: text of a document of blocks, one a line. Returns: (transfer full) */
char *mos_telegram_rich_text (JsonObject *rich);

G_END_DECLS
