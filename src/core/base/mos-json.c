/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-json.h"

#include "core/base/mos-time.h"

void
mos_json_string (JsonBuilder *builder,
                 const char *name,
                 const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
mos_json_time (JsonBuilder *builder,
               const char *name,
               gint64 us)
{
  g_autofree char *text = mos_time_format_utc (us);

  mos_json_string (builder, name, *text != '\0' ? text : NULL);
}

void
mos_json_int (JsonBuilder *builder,
              const char *name,
              gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
mos_json_bool (JsonBuilder *builder,
               const char *name,
               gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
mos_json_strv (JsonBuilder *builder,
               const char *name,
               char **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; values != NULL && *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}
