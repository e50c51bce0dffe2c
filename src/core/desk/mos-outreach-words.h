/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What promotional mail says about how to be left alone, in the language of who gets it, which is not that of the desk. Pure functions, any thread. */

/** mos_outreach_words_get_line: @language: as a macro's text has it; English where there are no words in it. Returns: (transfer none): a sentence */
const char *mos_outreach_words_get_line (const char *language);
/** mos_outreach_words_is_opt_out: whether an answer says no more than that, in any of those languages: the word alone, whatever stands around it */
gboolean mos_outreach_words_is_opt_out (const char *text);

G_END_DECLS
