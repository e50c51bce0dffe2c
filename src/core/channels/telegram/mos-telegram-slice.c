/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-telegram"

#include "config.h"

#include "core/channels/telegram/mos-telegram-parse-private.h"

#include <string.h>

/* The bytes of each update, as they came: a message is kept with them. */

/* Where the value ends that begins at @at; @text is JSON. Strings are passed over whole. */
static const char *
skip_value (const char *at,
            const char *end)
{
  guint depth = 0;

  for (; at < end; at++)
    {
      if (*at == '"')
        {
          for (at++; at < end && *at != '"'; at++)
            if (*at == '\\')
              at++;
        }
      else if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        {
          if (depth == 0)
            return at;
          if (--depth == 0)
            return at + 1;
        }
      else if (*at == ',' && depth == 0)
        return at;
    }
  return end;
}

static const char *
skip_spaces (const char *at,
             const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

/* Returns: (nullable): where the array of the answer begins */
static const char *
find_array (const char *at,
            const char *end)
{
  static const char name[] = "\"result\"";
  const char *found = NULL;

  at = skip_spaces (at, end);
  if (at < end && *at == '[')
    return at;
  for (at++; at < end; at++)
    {
      gboolean is_it;

      at = skip_spaces (at, end);
      is_it = (gsize) (end - at) > strlen (name) && memcmp (at, name, strlen (name)) == 0;
      if (at >= end || *at != '"')
        break;
      for (at++; at < end && *at != '"'; at++)
        if (*at == '\\')
          at++;
      at = skip_spaces (at + 1, end);
      if (at >= end || *at != ':')
        break;
      at = skip_spaces (at + 1, end);
      if (is_it)
        found = at;
      at = skip_spaces (skip_value (at, end), end);
      if (at >= end || *at != ',')
        break;
    }
  return found;
}

GPtrArray *
mos_telegram_slice (GBytes *json)
{
  gsize size;
  const char *start = g_bytes_get_data (json, &size), *end = start + size;
  const char *at = find_array (start, end);
  GPtrArray *slices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (at == NULL || at >= end || *at != '[')
    return slices;
  for (at = skip_spaces (at + 1, end); at < end && *at != ']';)
    {
      const char *to = skip_value (at, end);

      if (to <= at)
        break;
      g_ptr_array_add (slices, g_bytes_new_from_bytes (json, (gsize) (at - start), (gsize) (to - at)));
      at = skip_spaces (to, end);
      if (at < end && *at == ',')
        at = skip_spaces (at + 1, end);
    }
  return slices;
}
