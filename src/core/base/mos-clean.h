/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names and other short texts from outside, as they come in: what nobody sees in them breaks lists and files, and turns what stands beside them around ("gpj.exe" that
 * reads "exe.jpg"). What is ordinary text in any script stays as it is: joiners, and the marks of direction that turn nothing but themselves. Pure; any thread. */

/** mos_clean_is_turning: whether @c turns the text behind it around: an embedding, an override or an isolate, or the end of one */
gboolean mos_clean_is_turning (gunichar c);
/** mos_clean_line: Returns: (transfer full): @text (nullable) as one line: valid, without controls and what turns, each end of a line or tab a blank, trimmed */
char *mos_clean_line (const char *text);
/** mos_clean_take_line: @text: (inout) (nullable): the same in its place; untouched where there is nothing to be cleaned */
void mos_clean_take_line (char **text);
/** mos_clean_take_lines: the same for a text of several lines: their ends and tabs stay */
void mos_clean_take_lines (char **text);

G_END_DECLS
