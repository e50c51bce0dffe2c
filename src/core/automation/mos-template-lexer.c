/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-parse-private.h"

#include "core/base/mos-locale.h"

#include <string.h>

/* The words of a tag, and where tags are. */

/* One problem a tag: those behind it are mostly its echoes. */
void
mos_template_parser_fail (MosTemplateParser *p,
                          MosTemplateProblemKind kind,
                          const char *start,
                          const char *end)
{
  if (!p->has_failed)
    mos_template_add_problem (p->self, kind, (gsize) (start - p->text), (gsize) (end - p->text), start, (gsize) (end - start));
  p->has_failed = TRUE;
}

/* --- what a tag is made of --- */

static gboolean
is_word_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

gboolean
mos_template_is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

void
mos_template_parser_skip_blanks (MosTemplateParser *p)
{
  while (p->s < p->tag_end && g_unichar_isspace (g_utf8_get_char (p->s)))
    p->s = g_utf8_next_char (p->s);
}

/* The next thing in the tag, for a message about it. */
void
mos_template_parser_fail_here (MosTemplateParser *p)
{
  const char *end = p->s;

  if (p->s >= p->tag_end)
    {
      mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_UNEXPECTED, p->tag_end, p->tag_end + 2);
      return;
    }
  if (mos_template_is_word (*end))
    while (end < p->tag_end && mos_template_is_word (*end))
      end++;
  else
    end = g_utf8_next_char (end);
  mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_UNEXPECTED, p->s, end);
}

gboolean
mos_template_parser_take (MosTemplateParser *p,
                          const char *sign)
{
  gsize len = strlen (sign);

  mos_template_parser_skip_blanks (p);
  if ((gsize) (p->tag_end - p->s) < len || strncmp (p->s, sign, len) != 0)
    return FALSE;
  p->s += len;
  return TRUE;
}

gboolean
mos_template_parser_take_word (MosTemplateParser *p,
                               const char *word)
{
  const char *before = p->s;

  if (mos_template_parser_take (p, word) && (p->s >= p->tag_end || !mos_template_is_word (*p->s)))
    return TRUE;
  p->s = before;
  return FALSE;
}

/* Returns: the length of the quotation mark at @s; 0 when there is none. @ret_close: what ends it, ended by NULL */
static gsize
opening_mark (const char *s,
              const char *const **ret_close)
{
  static const struct
  {
    const char *open;
    const char *close[3];
  } marks[] = {
    { "\"", { "\"" } },
    { "'", { "'" } },
    /* What word processors make of them. */
    { "“", { "”", "“" } },
    { "„", { "“", "”" } },
    { "«", { "»" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (s, marks[i].open))
      {
        *ret_close = marks[i].close;
        return strlen (marks[i].open);
      }
  return 0;
}

static gsize
closing_mark (const char *s,
              const char *const *close)
{
  for (; *close != NULL; close++)
    if (g_str_has_prefix (s, *close))
      return strlen (*close);
  return 0;
}

/* Returns: behind the string at @s, or NULL when it has no end before @limit. @out: (nullable) */
static const char *
read_string (const char *s,
             const char *limit,
             GString *out)
{
  const char *const *close;
  gsize len = opening_mark (s, &close);

  for (s += len; s < limit; s = g_utf8_next_char (s))
    {
      len = closing_mark (s, close);
      if (len > 0)
        return s + len;
      if (*s == '\\' && s + 1 < limit)
        {
          s++;
          if (*s == 'n')
            {
              if (out != NULL)
                g_string_append_c (out, '\n');
              continue;
            }
          if (*s != '\\' && opening_mark (s, &close) == 0 && out != NULL)
            g_string_append_c (out, '\\');
        }
      if (out != NULL)
        g_string_append_len (out, s, g_utf8_next_char (s) - s);
    }
  return NULL;
}

char *
mos_template_parser_read_string (MosTemplateParser *p)
{
  const char *const *close;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *end;

  mos_template_parser_skip_blanks (p);
  if (p->s >= p->tag_end || opening_mark (p->s, &close) == 0)
    return NULL;
  end = read_string (p->s, p->tag_end, out);
  if (end == NULL)
    {
      mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_OPEN_STRING, p->s, p->tag_end);
      return NULL;
    }
  p->s = end;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
mos_template_parser_read_number (MosTemplateParser *p)
{
  const char *s;
  g_autofree char *text = NULL;

  mos_template_parser_skip_blanks (p);
  s = p->s;
  if (s < p->tag_end && *s == '-')
    s++;
  while (s < p->tag_end && (g_ascii_isdigit (*s) || *s == '.'))
    s++;
  text = g_strndup (p->s, (gsize) (s - p->s));
  if (!mos_locale_is_decimal (text) || (s < p->tag_end && mos_template_is_word (*s)))
    return NULL;
  p->s = s;
  return g_steal_pointer (&text);
}

char *
mos_template_parser_read_word (MosTemplateParser *p)
{
  const char *start;

  mos_template_parser_skip_blanks (p);
  start = p->s;
  if (start >= p->tag_end || !is_word_start (*start))
    return NULL;
  while (p->s < p->tag_end && mos_template_is_word (*p->s))
    p->s++;
  return g_strndup (start, (gsize) (p->s - start));
}

/* "customer.first_name" */
char *
mos_template_parser_read_name (MosTemplateParser *p)
{
  g_autoptr (GString) name = NULL;
  g_autofree char *word = mos_template_parser_read_word (p);

  if (word == NULL)
    return NULL;
  name = g_string_new (word);
  while (p->s + 1 < p->tag_end && *p->s == '.' && mos_template_is_word (p->s[1]))
    {
      g_string_append_c (name, '.');
      p->s++;
      while (p->s < p->tag_end && mos_template_is_word (*p->s))
        g_string_append_c (name, *p->s++);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Returns: the next "{{" or "{%"; NULL when there is none */
const char *
mos_template_parser_find_tag (const char *s)
{
  while ((s = strchr (s, '{')) != NULL)
    {
      if (s[1] == '{' || s[1] == '%')
        return s;
      s++;
    }
  return NULL;
}

/* Returns: where the tag at @s ends; NULL when it does not. What stands in quotation marks is none of it. */
const char *
mos_template_parser_find_tag_end (const char *s)
{
  const char *close = s[1] == '{' ? "}}" : "%}";
  const char *limit = s + strlen (s);
  const char *plain = strstr (s + 2, close);
  const char *const *marks;

  for (s += 2; s < limit; s = g_utf8_next_char (s))
    {
      if (g_str_has_prefix (s, close))
        return s;
      if (opening_mark (s, &marks) > 0)
        {
          s = read_string (s, limit, NULL);
          /* A mark without its other: the tag ends where it seems to, and is told to be open in there. */
          if (s == NULL)
            return plain;
          s = g_utf8_prev_char (s);
        }
    }
  return NULL;
}
