/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-macro-facts.h"

G_BEGIN_DECLS

/**
 * mos_macro_unfill: a macro's text of a message that was written to somebody
 * @text: without what is quoted and without a signature
 * @is_marked: whether it has marks (mos-markup.h)
 * @language: (nullable): that it is written in
 * @literals: (nullable) (element-type utf8): what in it only looks like a tag (mos-macro-plan.h); other tags stay tags
 * @facts: about the conversation it was written in
 *
 * Each value that stands in it as words of its own becomes its variable again: "Hello Ana" is "Hello {{customer.first_name}}". Of several
 * orders it is the one whose number is named. Filled in for the same customer, it reads as @text does. Pure; any thread.
 *
 * Returns: (transfer full)
 */
char *mos_macro_unfill (const char *text, gboolean is_marked, const char *language, GPtrArray *literals, const MosMacroFacts *facts);

G_END_DECLS
