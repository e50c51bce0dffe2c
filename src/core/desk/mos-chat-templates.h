/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-chat-template.h"

G_BEGIN_DECLS

/**
 * mos_desk_list_templates_async: asks the platform of @account for the templates that can be sent from here. Main context.
 *
 * Errors: MOS_CHAT_ERROR_*, G_IO_ERROR; MOS_DESK_ERROR_NOT_FOUND where there is no such account; MOS_CHAT_ERROR_NOT_ALLOWED where its settings do not say where they are.
 */
void mos_desk_list_templates_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_list_templates_finish: Returns: (transfer full) (nullable): array of #MosChatTemplate, in no order */
GPtrArray *mos_desk_list_templates_finish (MosDesk *self, GAsyncResult *result, GError **error);

/**
 * mos_chat_send_template: sends a template into a chat, whatever is being written there; it goes out after the time for an answer, too
 * @part: of mos_chat_template_make_part(): its text is what the conversation shows
 * @ret_message: (out) (transfer full)
 */
gboolean mos_chat_send_template (MosTxn *txn, const char *conversation, const MosChatPart *part, char **ret_message, GError **error);
/** mos_desk_send_template_async: mos_chat_send_template(), main context */
void mos_desk_send_template_async (MosDesk *self, const char *conversation, MosChatPart *part, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_send_template_finish: Returns: (transfer full) (nullable): the message's id */
char *mos_desk_send_template_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
