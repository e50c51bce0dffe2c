/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Comma-separated values (RFC 4180), as spreadsheets write them: also with semicolons or tabs, with or without a mark of byte order. Pure functions. */

/**
 * mos_csv_parse:
 * @text: UTF-8
 *
 * The separator is the one of comma, semicolon and tab that the first line has most of, outside of quotes. Empty lines are passed over.
 *
 * Returns: (transfer full) (nullable): array of #GStrv, a record each; G_IO_ERROR_INVALID_DATA with the line where a quote is never closed, or that is no UTF-8
 */
GPtrArray *mos_csv_parse (const char *text, gsize size, GError **error);
/** mos_csv_append: one record, in quotes what needs them. What a spreadsheet would take for a formula gets an apostrophe before it */
void mos_csv_append (GString *csv, const char *const *record);

G_END_DECLS
