/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosFuzzy: what a person typed to find a thing by some letters of its name. Pure; any thread.
 *
 * Each word that was typed has to be found in the name, its letters in their order, with gaps: "clnx" and "next close" find "Close and go to next".
 * Case, diacritics, compatibility forms, Arabic vowel signs and the like do not matter.
 */
typedef struct _MosFuzzy MosFuzzy;

/** mos_fuzzy_new: @text: any bytes; what is beyond 64 letters or 8 words finds nothing */
MosFuzzy *mos_fuzzy_new (const char *text);
void mos_fuzzy_free (MosFuzzy *self);
/** mos_fuzzy_is_empty: Returns: whether no letter was typed; everything matches then */
gboolean mos_fuzzy_is_empty (MosFuzzy *self);

/**
 * mos_fuzzy_score:
 * @name: any bytes; looked at as far as 256 letters
 *
 * Returns: how well it fits: 0 = not at all, about 1 = its beginning, 1.5 = the name itself; 1 where nothing was typed.
 *   Letters at the beginnings of words and those that stand together count more, and less what lies between.
 */
double mos_fuzzy_score (MosFuzzy *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFuzzy, mos_fuzzy_free)

G_END_DECLS
