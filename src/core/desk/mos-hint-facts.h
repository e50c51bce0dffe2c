/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-hints.h"
#include "core/mail/mime/mos-html-document.h"
#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** mos_hint_facts_list_links: Returns: (transfer full): array of #MosHintLink of what is not folded away; its strings live as long as @document and @strings */
GArray *mos_hint_facts_list_links (const MosHtmlDocument *document, GStringChunk *strings);
/** mos_hint_evaluate_message: gathers what the desk knows and asks mos_hints_evaluate(). Store's thread. @ret_hints: (out) (transfer full): array of #MosHint */
gboolean mos_hint_evaluate_message (MosTxn *txn, const char *message, GPtrArray **ret_hints, GError **error);

G_END_DECLS
