/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_NAME 32

/* Returns: the character between "&" and ";", 0 where it is none */
static gunichar
lookup (const char *name)
{
  const htmlEntityDesc *entity;
  guint64 value = 0;

  if (name[0] == '#')
    {
      gboolean is_hex = name[1] == 'x' || name[1] == 'X';

      if (!g_ascii_string_to_unsigned (name + (is_hex ? 2 : 1), is_hex ? 16 : 10, 1, 0x10ffff, &value, NULL))
        return 0;
      return g_unichar_validate ((gunichar) value) && (value == '\n' || value == '\t' || !g_unichar_iscntrl ((gunichar) value)) ? (gunichar) value : 0;
    }
  if (strcmp (name, "apos") == 0)
    return '\'';
  entity = htmlEntityLookup ((const xmlChar *) name);
  return entity != NULL ? entity->value : 0;
}

char *
mos_entities_decode (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '&' ? memchr (text, ';', strnlen (text, MAX_NAME)) : NULL;
      g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
      gunichar c = name != NULL ? lookup (name) : 0;

      if (c != 0)
        {
          g_string_append_unichar (out, c);
          text = end + 1;
        }
      else
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}
