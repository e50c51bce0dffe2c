/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Comma-separated values (RFC 4180), as spreadsheets write them: also with semicolons or tabs, with or without a mark of byte order. Pure functions. */

/**
 * mos_csv_decode: a file's bytes as text: UTF-8 with or without its mark, UTF-16 with it or by the look of it, else Windows-1252
 * @ret_encoding: (out) (optional) (transfer none): its name
 *
 * Returns: (transfer full) (nullable): UTF-8 without a mark; G_IO_ERROR_INVALID_DATA: it is no text
 */
GBytes *mos_csv_decode (GBytes *data, const char **ret_encoding, GError **error);

/**
 * MosCsvReader: reads one record after the other, so that a large file needs no more memory than one of them. On the stack.
 * @separator: the one of comma, semicolon and tab that the first line has most of, outside of quotes
 * @line: the line where the next record begins, from 1
 */
typedef struct
{
  const char *at;
  const char *end;
  char separator;
  guint line;
} MosCsvReader;
/** mos_csv_reader_init: @text: UTF-8 (mos_csv_decode()), to be kept while it is read */
void mos_csv_reader_init (MosCsvReader *self, const char *text, gsize size);
/**
 * mos_csv_reader_next: records without anything in them are passed over
 * @ret_record: (out) (transfer full) (nullable): %NULL at the end
 * @ret_line: (out) (optional): where it begins
 *
 * %FALSE: G_IO_ERROR_INVALID_DATA with the line where a quote is never closed, or where a record is longer or has more fields than any is.
 */
gboolean mos_csv_reader_next (MosCsvReader *self, char ***ret_record, guint *ret_line, GError **error);
/** mos_csv_reader_is_cut: Returns: whether the text ended before the line of the last record did */
gboolean mos_csv_reader_is_cut (const MosCsvReader *self);

/**
 * MosCsvShape: how long the records of a file are, to tell one that was cut short from one whose empty end a spreadsheet dropped. All 0 at first
 * @n_records: without the headings
 * @n_most: how many of the columns the longest one has; what is behind them the file has no column for
 * @n_used: up to the last column that any of them has something in
 */
typedef struct
{
  guint n_records;
  guint n_most;
  guint n_used;
} MosCsvShape;
/** mos_csv_shape_add: @n_columns: that have headings */
void mos_csv_shape_add (MosCsvShape *self, char **record, guint n_columns);
/** mos_csv_shape_is_short: once all are added. @is_cut: mos_csv_reader_is_cut(). Returns: whether @record lacks what others have */
gboolean mos_csv_shape_is_short (const MosCsvShape *self, char **record, guint n_columns, gboolean is_cut);

/**
 * mos_csv_parse:
 * @text: UTF-8
 *
 * The separator is the one of comma, semicolon and tab that the first line has most of, outside of quotes. Records without anything in them are left out.
 *
 * Returns: (transfer full) (nullable): array of #GStrv, a record each; G_IO_ERROR_INVALID_DATA with the line where a quote is never closed, or that is no UTF-8
 */
GPtrArray *mos_csv_parse (const char *text, gsize size, GError **error);
/** mos_csv_append: one record, in quotes what needs them. What a spreadsheet would take for a formula gets an apostrophe before it */
void mos_csv_append (GString *csv, const char *const *record);
/** mos_csv_is_same_name: Returns: whether both are one name of a column, whatever their case, blanks, "_" and "-": "Body HTML", "body_html", "body-html" */
gboolean mos_csv_is_same_name (const char *a, const char *b);
/** mos_csv_find_column: Returns: the place of the first of @names (array zero-terminated=1) in @header (mos_csv_is_same_name()); -1 where there is none */
int mos_csv_find_column (char **header, const char *const *names);
/** mos_csv_get_value: Returns: (transfer none): "" where @row is shorter, or @column is -1 */
const char *mos_csv_get_value (char **row, int column);

G_END_DECLS
