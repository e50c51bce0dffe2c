/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-http-usage.h"

#include "core/base/mos-json-read.h"

#include <string.h>

/* Longer than what a header has to say */
#define MAX_TEXT 16384
/* Nobody is told to come back in more than a day. */
#define MAX_MINUTES (24 * 60)

static void
read_one (JsonObject *one,
          guint *ret_percent,
          guint64 *ret_wait_s)
{
  static const char *const names[] = { "call_count", "total_cputime", "total_time" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      double percent;

      if (mos_json_read_double (one, names[i], &percent) && percent > 0)
        *ret_percent = MAX (*ret_percent, (guint) MIN (percent, 1000));
    }
  *ret_wait_s = MAX (*ret_wait_s, 60 * MIN (mos_json_read_size (one, "estimated_time_to_regain_access"), MAX_MINUTES));
}

void
mos_http_usage_parse (const char *text,
                      guint *ret_percent,
                      guint64 *ret_wait_s)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GList) names = NULL;

  if (text == NULL || strlen (text) > MAX_TEXT)
    return;
  bytes = g_bytes_new (text, strlen (text));
  object = mos_json_read_root (bytes, NULL);
  if (object == NULL)
    return;
  /* Of an app it is one, of a business a list for each of what it has. */
  read_one (object, ret_percent, ret_wait_s);
  names = json_object_get_members (object);
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonArray *list = mos_json_read_array (object, name->data);

      for (guint i = 0; i < mos_json_read_length (list); i++)
        read_one (mos_json_read_element (list, i), ret_percent, ret_wait_s);
    }
}
