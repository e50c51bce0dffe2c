/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mos_language_get_all: Returns: (transfer none): the codes of the languages that the program speaks ("en", "pt_BR", …), English first, NULL at the end */
const char *const *mos_language_get_all (void);

/** mos_language_get_name: Returns: (transfer none): what the speakers of @code call it, which is how they find it in a list; the code where we do not know */
const char *mos_language_get_name (const char *code);

/**
 * mos_language_start:
 *
 * Sets the locale of the process: the person's, with the texts in the language that was chosen in the preferences, if one was. Dates
 * are said in that language, too; numbers, money and the order of words in lists stay those of the person's system. To be called first, while there is one thread.
 */
void mos_language_start (void);

/** mos_language_set_direction: has windows run the way of the language that was chosen; GTK itself goes by the system's. After gtk_init(). */
void mos_language_set_direction (void);

G_END_DECLS
