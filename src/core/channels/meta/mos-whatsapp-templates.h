/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/meta/mos-graph.h"
#include "core/values/mos-chat-template.h"

G_BEGIN_DECLS

/**
 * mos_whatsapp_parse_templates: a page of GET /{WhatsApp Business account}/message_templates. A pure function
 * @templates: array of #MosChatTemplate, to which those are added that can be sent from here: approved, of text, without a button that needs a value
 *
 * Returns: (transfer full) (nullable): where the next page begins
 */
char *mos_whatsapp_parse_templates (JsonObject *page, GPtrArray *templates);
/** mos_whatsapp_list_templates_sync: @business: id of the WhatsApp Business account. Returns: (transfer full) (nullable): array of #MosChatTemplate */
GPtrArray *mos_whatsapp_list_templates_sync (MosGraph *graph, const char *business, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

G_END_DECLS
