/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-tag-list.h"

#include <string.h>

static gboolean
is_name (const char *name)
{
  if (!g_ascii_isalpha (*name))
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_')
      return FALSE;
  return TRUE;
}

GHashTable *
mos_tag_list_parse (const char *text,
                    char **ret_first,
                    char **ret_wrong)
{
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *first = NULL;

  if (ret_first != NULL)
    *ret_first = NULL;
  if (ret_wrong != NULL)
    *ret_wrong = NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      char *equals = strchr (part, '=');
      g_autofree char *name = NULL;

      /* One ";" may stand at the end. */
      if (*part == '\0' && i > 0 && parts[i + 1] == NULL)
        continue;
      if (equals != NULL)
        {
          g_autofree char *written = g_strndup (part, (gsize) (equals - part));

          name = g_ascii_strdown (g_strchomp (written), -1);
        }
      if (name == NULL || !is_name (name) || g_hash_table_contains (tags, name))
        {
          if (ret_wrong != NULL)
            *ret_wrong = g_strdup (part);
          return NULL;
        }
      if (first == NULL)
        first = g_strdup (name);
      g_hash_table_insert (tags, g_steal_pointer (&name), g_strstrip (g_strdup (equals + 1)));
    }
  if (ret_first != NULL)
    *ret_first = g_steal_pointer (&first);
  return g_steal_pointer (&tags);
}
