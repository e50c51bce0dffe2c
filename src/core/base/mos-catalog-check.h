/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-catalog.h"

G_BEGIN_DECLS

/**
 * MosCatalogProblem: why a translation cannot stand for a text
 * @MOS_CATALOG_EMPTY: nothing would be shown
 * @MOS_CATALOG_FORMS: a plural form too many or too few
 * @MOS_CATALOG_DIRECTIVES: a place for a number or a word ("%s") is missing, is too much, or is of another kind
 * @MOS_CATALOG_DATE: a directive that dates do not know
 * @MOS_CATALOG_VARIABLES: another set of {{variables}} and {names}
 * @MOS_CATALOG_MARKUP: other tags, or "<" and "&" where there were none
 * @MOS_CATALOG_ACCELERATOR: the "_" before the letter that opens it by keyboard is missing, or there are several
 * @MOS_CATALOG_LINES: it does not begin or end with a new line as the original does
 * @MOS_CATALOG_WORD: this one is typed, so it is one word of letters
 * @MOS_CATALOG_SIGNS: signs that no text has
 */
typedef enum
{
  MOS_CATALOG_FINE,
  MOS_CATALOG_EMPTY,
  MOS_CATALOG_FORMS,
  MOS_CATALOG_DIRECTIVES,
  MOS_CATALOG_DATE,
  MOS_CATALOG_VARIABLES,
  MOS_CATALOG_MARKUP,
  MOS_CATALOG_ACCELERATOR,
  MOS_CATALOG_LINES,
  MOS_CATALOG_WORD,
  MOS_CATALOG_SIGNS,
} MosCatalogProblem;

/**
 * mos_catalog_check: whether @texts may stand where @shipped does. What is handed to printf() must take what it is given: this is what keeps a
 * slip of a person from ending the program.
 * @ret_form: (out) (optional): which of @texts is meant
 * @ret_wanted: (out) (optional) (transfer full) (nullable): what it must have in it, in words of the original: "%s, %u"
 */
MosCatalogProblem mos_catalog_check (const MosCatalogText *shipped, guint n_forms, const char *const *texts, guint *ret_form, char **ret_wanted);

/** mos_catalog_has_directives: whether the text is one for printf(), as far as one can see by it */
gboolean mos_catalog_has_directives (const MosCatalogText *text);

G_END_DECLS
