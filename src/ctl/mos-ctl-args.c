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

/* A refusal is one line, and more than this is not read in it. */
#define MAX_LINE 200

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

/* Whether one word of a way is the one that was said: "messenger|instagram" is either. */
static gboolean
is_word (const char *word,
         gsize length,
         const char *said)
{
  g_autofree char *own = g_strndup (word, length);
  g_auto (GStrv) choices = g_strsplit (own, "|", -1);

  return g_strv_contains ((const char *const *) choices, said);
}

/* How many words a way begins with as they were said. */
static guint
count_said (const char *way,
            const char *end,
            const char *const *said)
{
  guint n = 0;

  for (; said[n] != NULL && way < end; n++)
    {
      gsize length = MIN (strcspn (way, " "), (gsize) (end - way));

      if (!is_word (way, length, said[n]))
        break;
      way += length + strspn (way + length, " ");
    }
  return n;
}

char *
mos_ctl_dup_ways (const char *usage,
                  const char *const *said,
                  guint *ret_n_said)
{
  gsize n_name = strcspn (usage, " ");
  g_autofree char *name = g_strndup (usage, n_name);
  g_autofree char *own = g_strdup_printf ("%s ", name);
  g_autoptr (GString) text = g_string_new (NULL);
  guint best = 0;
  guint n_ways = 0;
  const char *end;

  if (usage[n_name] == '\0')
    g_string_append_printf (text, "mostradorctl %s", name);
  for (const char *way = usage + n_name; *way != '\0'; way = end)
    {
      guint n_said;

      way += strspn (way, " |");
      /* Some ways say the command once more. */
      if (g_str_has_prefix (way, own))
        way += strlen (own);
      end = find_end (way);
      n_said = count_said (way, end, said);
      if (n_said < best)
        continue;
      /* What fits better takes the place of what was found. */
      if (n_said > best)
        {
          g_string_truncate (text, 0);
          n_ways = 0;
        }
      best = n_said;
      g_string_append_printf (text, "%smostradorctl %s %.*s", n_ways++ > 0 ? "\n" : "", name, (int) (end - way), way);
    }
  if (ret_n_said != NULL)
    *ret_n_said = best;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Says how what is being done is written, where that fits into one line; else where it stands. */
static void
say_ways (MosCtl *self,
          gboolean is_too_few)
{
  static const char *const nothing[] = { NULL };
  const char *const *said = self->said != NULL ? (const char *const *) self->said : nothing;
  guint n_said;
  g_autofree char *text = mos_ctl_dup_ways (self->usage, said, &n_said);
  g_auto (GStrv) ways = g_strsplit (text, "\n", -1);
  g_autoptr (GString) help = g_string_new ("mostradorctl help ");
  g_autoptr (GString) joined = g_string_new (ways[0]);

  g_string_append_len (help, self->usage, (gssize) strcspn (self->usage, " "));
  /* The command is said once. */
  for (guint i = 1; ways[0] != NULL && ways[i] != NULL; i++)
    g_string_append_printf (joined, " | %s", ways[i] + help->len - strlen ("help ") + 1);
  for (guint i = 0; i < n_said; i++)
    g_string_append_printf (help, " %s", said[i]);
  if (ways[0] != NULL && ways[1] != NULL && joined->len > MAX_LINE)
    /* Translators: %s is another command, which says how this one is written. */
    mos_ctl_usage (self, is_too_few ? _ ("Something is missing; “%s” says how it is written") : _ ("Too many words; “%s” says how it is written"), help->str);
  else
    /* Translators: %s is how the command is written. */
    mos_ctl_usage (self, is_too_few ? _ ("Something is missing: %s") : _ ("Too many words: %s"), joined->str);
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
      say_ways (self, args->len < min);
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
