/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-split.h"

#include <string.h>

static gsize
weigh (gunichar c,
       MosTextUnit unit)
{
  return unit == MOS_TEXT_BYTES ? (gsize) g_unichar_to_utf8 (c, NULL) : unit == MOS_TEXT_UTF16 && c > 0xffff ? 2
                                                                                                              : 1;
}

gsize
mos_text_measure (const char *text,
                  MosTextUnit unit)
{
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += weigh (g_utf8_get_char (p), unit);
  return n;
}

char **
mos_text_split (const char *text,
                MosTextUnit unit,
                gsize max)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *start = text;

  while (*start != '\0')
    {
      const char *end = start, *space = NULL;
      gsize n = 0;

      for (; *end != '\0' && (max == 0 || n + weigh (g_utf8_get_char (end), unit) <= max); end = g_utf8_next_char (end))
        {
          n += weigh (g_utf8_get_char (end), unit);
          if (g_unichar_isspace (g_utf8_get_char (end)))
            space = g_utf8_next_char (end);
        }
      if (*end != '\0' && space != NULL)
        end = space;
      g_strv_builder_take (builder, g_strndup (start, (gsize) (end - start)));
      start = end;
    }
  return g_strv_builder_end (builder);
}
