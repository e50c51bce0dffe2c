/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-import.h"

G_BEGIN_DECLS

/**
 * mos_macro_foreign_read: saved answers of Gorgias, Zendesk or Freshdesk, as CSV. Pure; any thread.
 * @text: UTF-8
 * @language: (nullable): of texts whose language neither the file says nor the words
 *
 * A text that is HTML becomes ours with its marks, in whatever column it stands.
 *
 * The columns are those of the three programs' published interfaces, in any order: name or title; body_html, content_html, comment_value_html; body_text, content, comment_value; language;
 * folder; tags, current_tags; status; priority; and "actions", a JSON list of Gorgias' {name, arguments} or Zendesk's {field, value}. Their variables become ours where there is an equal
 * (behaviour.md §2.3); what has none stays as it was and is noted.
 *
 * Returns: (transfer full) (nullable) (element-type MosMacroImportEntry): %NULL where no column is a name, or none a text or actions
 */
GPtrArray *mos_macro_foreign_read (const char *text, const char *language);

G_END_DECLS
