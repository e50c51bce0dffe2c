/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands on paper, read back with poppler's programs. */

/** mos_pdf_run: Returns: (transfer full): what @program says of a file: @option, then the file, then @target, if it asks for that */
char *mos_pdf_run (GBytes *pdf, const char *program, const char *option, const char *target);
/** mos_pdf_read: Returns: (transfer full): its text */
char *mos_pdf_read (GBytes *pdf, guint *ret_pages);
void mos_pdf_assert_has (const char *text, const char *word);
/** mos_pdf_assert_number: that the page @page is numbered, of so many */
void mos_pdf_assert_number (const char *text, guint page, guint of);

G_END_DECLS
