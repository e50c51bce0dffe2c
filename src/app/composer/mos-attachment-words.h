/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_attachment_words_match:
 * @text: UTF-8
 * @language: (nullable): as ISO 639 or a locale says; %NULL, or one without a list, means all lists
 *
 * The lists are data/attachment-words.txt, read once. Main context.
 *
 * Returns: whether a word of the list of @language, or of the English one, is in @text
 */
gboolean mos_attachment_words_match (const char *text, const char *language);

G_END_DECLS
