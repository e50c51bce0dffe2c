/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-error-text.h"

G_BEGIN_DECLS

/** mos_chat_error_text: the words for a code of MOS_CHAT_ERROR */
MosErrorText mos_chat_error_text (int code);
/** mos_chat_why_text: the words for a stable code of a chat's account. Returns: whether there are any */
gboolean mos_chat_why_text (const char *why, MosErrorText *ret_text);
/** mos_chat_delivery_text: why a message of a chat did not leave. Returns: (transfer none) (nullable): translated */
const char *mos_chat_delivery_text (const char *why);
/** mos_chat_change_error_text: the words for a code of MOS_CHAT_CHANGE_ERROR. Returns: (transfer none): translated */
const char *mos_chat_change_error_text (int code);
/** mos_chat_change_why_text: why something could not be done to a message of a chat, and what to do. Returns: (transfer none): translated */
const char *mos_chat_change_why_text (const char *why);
/** mos_chat_content_text: what a message that came has that cannot be shown. Returns: (transfer none) (nullable): translated */
const char *mos_chat_content_text (const char *why);

G_END_DECLS
