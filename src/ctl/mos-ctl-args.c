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

/* The end of one of the ways that a command has: they are divided by " | ", which has another sense in brackets. */
static const char *
find_end (const char *way)
{
  int depth = 0;

  for (; *way != '\0'; way++)
    {
      if (*way == '[' || *way == '(')
        depth++;
      else if (*way == ']' || *way == ')')
        depth--;
      else if (depth == 0 && g_str_has_prefix (way, " | "))
        break;
    }
  return way;
}

/* Returns: (transfer full): how what is being done is written, as the help has it; all the ways where none begins with the word that was said */
static char *
dup_ways (MosCtl *self)
{
  gsize n_name = strcspn (self->usage, " ");
  gsize n_said = self->way != NULL ? strlen (self->way) : 0;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *end;

  for (const char *way = self->usage + n_name; n_said > 0 && *way != '\0'; way = *end != '\0' ? end + strlen (" |") : end)
    {
      end = find_end (way);
      if (strncmp (way + 1, self->way, n_said) == 0 && (way[1 + n_said] == ' ' || way[1 + n_said] == '\0'))
        g_string_append_printf (text, "%s%.*s", text->len > 0 ? " |" : "", (int) (end - way), way);
    }
  return g_strdup_printf ("mostradorctl %.*s%s", (int) n_name, self->usage, text->len > 0 ? text->str : self->usage + n_name);
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
      g_autofree char *ways = dup_ways (self);

      /* Translators: %s is how the command is written. */
      mos_ctl_usage (self, args->len < min ? _ ("Something is missing: %s") : _ ("Too many words: %s"), ways);
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
