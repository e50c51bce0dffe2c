/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/mail/mime/mos-html-document.h"

G_BEGIN_DECLS

/* The formatted body of a message, for whoever shows it: the bubble, the original, paper. */

/** mos_message_body_find_related: Any thread. Returns: (transfer none) (nullable): the bytes of the part of @body with the Content-ID @cid */
GBytes *mos_message_body_find_related (MosMessageBody *body, const char *cid);

/**
 * mos_message_body_parse_async:
 * @body: one that has HTML; kept until it is parsed
 * @cancellable: (nullable)
 *
 * Parses it beside the main thread: a newsletter is milliseconds, a hostile mail is not. Main context.
 */
void mos_message_body_parse_async (MosMessageBody *body, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_message_body_parse_finish: Returns: (transfer full) (nullable): %NULL only where it was cancelled */
MosHtmlDocument *mos_message_body_parse_finish (GAsyncResult *result);

G_END_DECLS
