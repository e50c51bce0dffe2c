/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* The words of a command line. */

gboolean
mos_ctl_take_flag (GPtrArray *args,
                   const char *name)
{
  for (guint i = 0; i < args->len; i++)
    {
      if (strcmp (g_ptr_array_index (args, i), "--") == 0)
        return FALSE;
      if (strcmp (g_ptr_array_index (args, i), name) == 0)
        {
          g_ptr_array_remove_index (args, i);
          return TRUE;
        }
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the value of "--name VALUE" or "--name=VALUE" */
char *
mos_ctl_take_option (GPtrArray *args,
                     const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < args->len; i++)
    {
      const char *word = g_ptr_array_index (args, i);
      char *value;

      if (strcmp (word, "--") == 0)
        return NULL;
      if (strncmp (word, name, length) == 0 && word[length] == '=')
        {
          value = g_strdup (word + length + 1);
          g_ptr_array_remove_index (args, i);
          return value;
        }
      if (strcmp (word, name) == 0 && i + 1 < args->len)
        {
          value = g_strdup (g_ptr_array_index (args, i + 1));
          g_ptr_array_remove_range (args, i, 2);
          return value;
        }
    }
  return NULL;
}

gboolean
mos_ctl_take_number (GPtrArray *args,
                     const char *option,
                     guint *number)
{
  g_autofree char *word = mos_ctl_take_option (args, option);
  guint64 value;

  if (word == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXINT, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

/* "2026-03-01", as midnight here; 0 = no such day */
static gint64
parse_day (const char *word)
{
  int year, month, day, length = 0;
  g_autoptr (GDateTime) at = NULL;

  if (sscanf (word, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || word[length] != '\0')
    return 0;
  at = g_date_time_new_local (year, month, day, 0, 0, 0);
  return at != NULL ? g_date_time_to_unix_usec (at) : 0;
}

gboolean
mos_ctl_take_day (GPtrArray *args,
                  const char *option,
                  gint64 *us)
{
  g_autofree char *word = mos_ctl_take_option (args, option);

  *us = word != NULL ? parse_day (word) : 0;
  return word == NULL || *us != 0;
}

gboolean
mos_ctl_check_args (MosCtl *self,
                    GPtrArray *args,
                    guint min,
                    guint max)
{
  for (guint i = 0; i < args->len; i++)
    {
      const char *word = g_ptr_array_index (args, i);

      if (strcmp (word, "--") == 0)
        {
          g_ptr_array_remove_index (args, i);
          break;
        }
      if (g_str_has_prefix (word, "--"))
        {
          /* Translators: %s is an option such as --frobnicate */
          mos_ctl_usage (self, _ ("Unknown option, or one without its value: %s"), word);
          return FALSE;
        }
    }
  if (args->len < min || args->len > max)
    {
      mos_ctl_usage (self, "%s", args->len < min ? _ ("Something is missing; see mostradorctl --help") : _ ("Too many words; see mostradorctl --help"));
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_ctl_check_paths (MosCtl *self,
                     GPtrArray *args)
{
  for (guint i = 0; i < args->len; i++)
    {
      const char *word = g_ptr_array_index (args, i);

      if (*word == '\0')
        {
          mos_ctl_usage (self, "%s", _ ("Something is missing; see mostradorctl --help"));
          return FALSE;
        }
    }
  return TRUE;
}
