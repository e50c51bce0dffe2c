/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pure functions on text; any thread. */

/** mos_text_strip_subject: Returns: (transfer none): @subject behind its reply and forward prefixes ("Re:", "AW:", "RV:", "Fwd[2]:"...), in the languages mail programs use */
const char *mos_text_strip_subject (const char *subject);
/** mos_text_reply_subject: Returns: (transfer full): "Re: " and the bare subject */
char *mos_text_reply_subject (const char *subject);
/** mos_text_forward_subject: Returns: (transfer full): "Fwd: " and the bare subject */
char *mos_text_forward_subject (const char *subject);

/** mos_text_canonical_address: Returns: (transfer full): lower case, without blanks */
char *mos_text_canonical_address (const char *address);
/** mos_text_same_mailbox: whether both are the same mailbox, a "+tag" of either left aside */
gboolean mos_text_same_mailbox (const char *a, const char *b);
/** mos_text_is_address: whether @text could be a mail address: one "@", something on both sides, no blanks or controls */
gboolean mos_text_is_address (const char *text);

/** mos_text_same_name: whether a person would take both for one name: whatever their case, and as they are sorted */
gboolean mos_text_same_name (const char *a, const char *b);

/**
 * MOS_TEXT_BREAK:
 *
 * Stands in the text of a message between what its writer wrote and a text that came with it as a part of its own: the footer of a list, a
 * disclaimer, a log. A form feed in a line of its own; received text has none.
 */
#define MOS_TEXT_BREAK "\n\f\n"
/** mos_text_is_break: whether @line, without its end, is that of %MOS_TEXT_BREAK */
gboolean mos_text_is_break (const char *line);
/** mos_text_split_parts: Returns: (transfer full): the texts that @text is made of, one at least; the first is the body */
char **mos_text_split_parts (const char *text);

/** mos_text_is_rtl_language: whether what is written in @tag (BCP 47, or a locale's name) runs from the right */
gboolean mos_text_is_rtl_language (const char *tag);
/** mos_text_quote: Returns: (transfer full): each line of @text behind "> " (deeper quotes ">" only, RFC 3676 §4.5) */
char *mos_text_quote (const char *text);

G_END_DECLS
