/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mos_csv_parse: comma-separated values (RFC 4180), as spreadsheets and exports write them. Pure; any thread.
 * @text: UTF-8, without a byte order mark
 *
 * What separates the values is taken from the first line: comma, semicolon or tab, whichever is there most often. Line ends may be any; quoted values may hold line ends and doubled quotation
 * marks. Rows without anything in them are left out; at most 100,000 rows of 1,000 values are read.
 *
 * Returns: (transfer full) (element-type GStrv): the rows, the first one being the names
 */
GPtrArray *mos_csv_parse (const char *text);
/** mos_csv_find_column: Returns: the place of the first of @names (array zero-terminated=1) in @header, whatever their case, blanks, "_" and "-"; -1 where there is none */
int mos_csv_find_column (char **header, const char *const *names);
/** mos_csv_get: Returns: (transfer none): "" where @row is shorter, or @column is -1 */
const char *mos_csv_get (char **row, int column);

G_END_DECLS
