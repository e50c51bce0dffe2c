/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of JSON objects as mostradorctl prints and exports hold them; "" and 0 times as the architecture says. */

/** mos_json_string: @value: (nullable): null */
void mos_json_string (JsonBuilder *builder, const char *name, const char *value);
/** mos_json_time: @us: microseconds UTC as ISO 8601; 0 = null */
void mos_json_time (JsonBuilder *builder, const char *name, gint64 us);
void mos_json_int (JsonBuilder *builder, const char *name, gint64 value);
void mos_json_bool (JsonBuilder *builder, const char *name, gboolean value);
/** mos_json_strv: @values: (nullable): an empty array */
void mos_json_strv (JsonBuilder *builder, const char *name, char **values);

G_END_DECLS
