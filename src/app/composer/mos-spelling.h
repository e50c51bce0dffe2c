/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_spelling_choose: which dictionary a text is checked with. Pure, any thread.
 * @language: ISO 639 code, or with a country ("es", "es_MX", "pt-BR")
 * @dictionaries: codes of those that are there ("es_MX", "fr")
 * @locales: the person's languages, the dearest first (g_get_language_names()): of the countries of one language theirs is taken
 *
 * Returns: (transfer full) (nullable): one of @dictionaries; %NULL where none is of @language
 */
char *mos_spelling_choose (const char *language, const char *const *dictionaries, const char *const *locales);

G_END_DECLS
