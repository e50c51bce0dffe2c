/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts that are longer than a platform takes at once. Pure functions; any thread. */

/** MosSplitUnit: what a platform counts */
typedef enum
{
  MOS_SPLIT_CHARACTERS,
  MOS_SPLIT_BYTES,
  MOS_SPLIT_UTF16,
} MosSplitUnit;

/** mos_split_count: Returns: how long @text is */
gsize mos_split_count (const char *text, MosSplitUnit unit);

/**
 * mos_split_text:
 * @text: valid UTF-8
 * @limit: of each part; 4 at least
 *
 * Parts @text behind a paragraph, else a line, a sentence, a word, wherever that leaves a part of some length; never within what is seen as one character, unless that alone is longer
 * than @limit. Joined, the parts are @text: what stands between two parts stays at the end of the first.
 *
 * Returns: (transfer full): the parts, none of them empty; none for ""
 */
char **mos_split_text (const char *text, MosSplitUnit unit, gsize limit);

G_END_DECLS
