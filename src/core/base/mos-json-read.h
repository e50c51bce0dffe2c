/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of JSON that strangers made: what is missing, null or of another type than expected is as if it were not there. @object is (nullable) everywhere. */

/** mos_json_read_root: Returns: (transfer full) (nullable): the object that @bytes are; %NULL, with a G_IO_ERROR_INVALID_DATA, for all else */
JsonObject *mos_json_read_root (GBytes *bytes, GError **error);
/** mos_json_read_again: Returns: (transfer full): what mos_json_read_root() would read as @object */
GBytes *mos_json_read_again (JsonObject *object);
/** mos_json_read_object: Returns: (transfer none) (nullable) */
JsonObject *mos_json_read_object (JsonObject *object, const char *name);
/** mos_json_read_array: Returns: (transfer none) (nullable) */
JsonArray *mos_json_read_array (JsonObject *object, const char *name);
/** mos_json_read_length: @array: (nullable) */
guint mos_json_read_length (JsonArray *array);
/** mos_json_read_element: @array: (nullable). Returns: (transfer none) (nullable): the @i-th, where it is an object */
JsonObject *mos_json_read_element (JsonArray *array, guint i);
/** mos_json_read_dup_text: Returns: (transfer full) (nullable): a string, valid and without controls but line ends and tabs */
char *mos_json_read_dup_text (JsonObject *object, const char *name);
/** mos_json_read_dup_line: Returns: (transfer full) (nullable): a string as one line without spaces around it; %NULL where nothing is left */
char *mos_json_read_dup_line (JsonObject *object, const char *name);
/** mos_json_read_int: Returns: whether @name is a whole number */
gboolean mos_json_read_int (JsonObject *object, const char *name, gint64 *value);
/** mos_json_read_size: Returns: a whole number that is not negative; 0 for all else */
guint64 mos_json_read_size (JsonObject *object, const char *name);
/** mos_json_read_double: Returns: whether @name is a number, and finite */
gboolean mos_json_read_double (JsonObject *object, const char *name, double *value);
/** mos_json_read_is_true: Returns: whether @name is true */
gboolean mos_json_read_is_true (JsonObject *object, const char *name);
/** mos_json_read_clean: Returns: (transfer full): @text without what is no text: controls but line ends and tabs, halves of surrogate pairs */
char *mos_json_read_clean (const char *text);

G_END_DECLS
