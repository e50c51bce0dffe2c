/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/mail/mime/mos-markup.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What the keys and buttons of the composer do to a text with marks (mos-markup.h). Each function is one step for the undo, leaves alone what is
 * quoted, and works on the selection, or where the caret is. Main context only.
 */

/**
 * mos_markup_edit_toggle: @style: %MOS_MARKUP_BOLD or %MOS_MARKUP_ITALIC
 *
 * On unless all of the selection is so already. Whole words are taken, for a mark within a word is a letter. Without a selection: the word at the
 * caret; where there is none a pair of marks to type between, which a second time is left again.
 */
void mos_markup_edit_toggle (GtkTextBuffer *buffer, MosMarkupStyle style);

/** mos_markup_edit_has_style: Returns: whether mos_markup_edit_toggle() would take @style away, for it is there */
gboolean mos_markup_edit_has_style (GtkTextBuffer *buffer, MosMarkupStyle style);

/** mos_markup_edit_set_lines: makes the lines items or quotations, or text again where all of them are that. @kind: not %MOS_MARKUP_LINE_TEXT */
void mos_markup_edit_set_lines (GtkTextBuffer *buffer, MosMarkupLineKind kind);

/** mos_markup_edit_get_lines: Returns: what all of the lines are: what mos_markup_edit_set_lines() would take away; %MOS_MARKUP_LINE_TEXT where they differ, too */
MosMarkupLineKind mos_markup_edit_get_lines (GtkTextBuffer *buffer);

/** mos_markup_edit_clear: takes all marks from the selection, or from the line; words of links stay */
void mos_markup_edit_clear (GtkTextBuffer *buffer);

/**
 * mos_markup_edit_find_link: what a link would be made of, or the link at the caret
 * @ret_text: (out) (transfer full): its words, may be empty
 * @ret_url: (out) (transfer full) (nullable): its address; %NULL = there is no link yet
 *
 * The selection is moved to what mos_markup_edit_set_link() replaces. Returns: whether a link can be there: not in a quotation, nor over lines
 */
gboolean mos_markup_edit_find_link (GtkTextBuffer *buffer, char **ret_text, char **ret_url);

/** mos_markup_edit_set_link: instead of the selection. @text: may be empty; @url: (nullable): a mos_markup_is_link(), %NULL = only the words */
void mos_markup_edit_set_link (GtkTextBuffer *buffer, const char *text, const char *url);

/** mos_markup_edit_complete_url: Returns: (transfer full) (nullable): @typed as an address of a link: "a.example" is https, "a@b.example" mailto; %NULL = none */
char *mos_markup_edit_complete_url (const char *typed);

/** mos_markup_edit_newline: Return within a list: the next item, or its end on an empty one. Returns: %FALSE where Return is just a new line */
gboolean mos_markup_edit_newline (GtkTextBuffer *buffer);

/** mos_markup_edit_backspace: at an item's first letter: it is no item any more. Returns: %FALSE where it is any other place */
gboolean mos_markup_edit_backspace (GtkTextBuffer *buffer);

G_END_DECLS
