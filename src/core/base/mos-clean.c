/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-clean.h"

#include <string.h>

gboolean
mos_clean_is_turning (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Left out: what no line shows. */
static gboolean
is_unseen (gunichar c)
{
  return mos_clean_is_turning (c) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || g_unichar_iscntrl (c);
}

static char *
clean (const char *text,
       gboolean keeps_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (keeps_lines && (c == '\n' || c == '\t'))
        g_string_append_c (out, (char) c);
      else if (keeps_lines && c == '\r')
        g_string_append (out, p[1] == '\n' ? "" : "\n");
      else if (is_end (c) || c == '\t')
        g_string_append_c (out, keeps_lines ? '\n' : ' ');
      else if (!is_unseen (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free_and_steal (out);
}

static gboolean
is_clean (const char *text,
          gboolean keeps_lines)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((is_end (c) || c == '\t') ? !(keeps_lines && (c == '\n' || c == '\t')) : is_unseen (c))
        return FALSE;
    }
  return TRUE;
}

char *
mos_clean_line (const char *text)
{
  return g_strstrip (clean (text, FALSE));
}

void
mos_clean_take_line (char **text)
{
  char *old = *text;

  if (old == NULL || is_clean (old, FALSE))
    return;
  *text = mos_clean_line (old);
  g_free (old);
}

void
mos_clean_take_lines (char **text)
{
  char *old = *text;

  if (old == NULL || is_clean (old, TRUE))
    return;
  *text = clean (old, TRUE);
  g_free (old);
}
