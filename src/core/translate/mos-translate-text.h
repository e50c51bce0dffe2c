/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosTranslateText:
 *
 * A text on its way through a service: what has words goes there in units (a
 * paragraph, or a part of one that is too long), all else stays here and is
 * put back where it was: line ends, indentation, marks of lists, quoted lines.
 * Links, mail addresses, variables, numbers of orders and parcels do not leave
 * either: in their place stands `<code>0</code>`, which both services leave
 * alone. What is bold, italic or a link is so by `<b>`, `<i>` and `<a id="0">`.
 *
 * Pure; any thread, one at a time.
 */
typedef struct _MosTranslateText MosTranslateText;

/**
 * mos_translate_text_new:
 * @text: valid UTF-8
 * @is_marked: it has the marks of the composer (mos-markup.h), and each line is one that somebody meant; else lines that a mail program has wrapped are joined
 * @max_bytes: of a unit, before its links and marks are told
 */
MosTranslateText *mos_translate_text_new (const char *text, gboolean is_marked, gsize max_bytes);
void mos_translate_text_free (MosTranslateText *self);
/** mos_translate_text_get_n: Returns: how many units there are; 0 = there are no words in it */
guint mos_translate_text_get_n (MosTranslateText *self);
/** mos_translate_text_get_unit: Returns: (transfer none): as it is sent: the text of an HTML or XML element */
const char *mos_translate_text_get_unit (MosTranslateText *self, guint i);
/** mos_translate_text_set_unit: @answer: what it became. Returns: whether all that was kept here is in it once; else the unit is as it was */
gboolean mos_translate_text_set_unit (MosTranslateText *self, guint i, const char *answer);
/** mos_translate_text_list_bare: Returns: (transfer full): what is between the parts of a unit that are kept here, in the same form, for a service that lost some of them */
char **mos_translate_text_list_bare (MosTranslateText *self, guint i);
/** mos_translate_text_set_bare: @answers: as many as mos_translate_text_list_bare() gave; marks are gone then, links and numbers are not */
void mos_translate_text_set_bare (MosTranslateText *self, guint i, const char *const *answers);
/** mos_translate_text_join: Returns: (transfer full): all of it, as far as it was set */
char *mos_translate_text_join (MosTranslateText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTranslateText, mos_translate_text_free)

G_END_DECLS
