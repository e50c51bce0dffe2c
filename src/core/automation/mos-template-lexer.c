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

typedef struct
{
  const char *open;
  const char *close[3]; /* ended by NULL */
} Mark;

static const Mark marks[MOS_TEMPLATE_N_MARKS] = {
  { "\"", { "\"" } },
  { "'", { "'" } },
  /* What word processors make of them. */
  { "“", { "”", "“" } },
  { "„", { "“", "”" } },
  { "«", { "»" } },
};

/* Returns: (nullable): the quotation mark at @s */
static const Mark *
opening_mark (const char *s)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (s, marks[i].open))
      return &marks[i];
  return NULL;
}

static gsize
closing_mark (const char *s,
              const Mark *mark)
{
  for (const char *const *close = mark->close; *close != NULL; close++)
    if (g_str_has_prefix (s, *close))
      return strlen (*close);
  return 0;
}

/* Returns: behind the string at @s, which @mark begins, or NULL when it has no end before @limit. @out: (nullable) */
static const char *
read_string (const char *s,
             const Mark *mark,
             const char *limit,
             GString *out)
{
  for (s += strlen (mark->open); s < limit; s = g_utf8_next_char (s))
    {
      gsize len = closing_mark (s, mark);

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
          if (*s != '\\' && opening_mark (s) == NULL && out != NULL)
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
  g_autoptr (GString) out = g_string_new (NULL);
  const Mark *mark;
  const char *end;

  mos_template_parser_skip_blanks (p);
  mark = p->s < p->tag_end ? opening_mark (p->s) : NULL;
  if (mark == NULL)
    return NULL;
  end = read_string (p->s, mark, p->tag_end, out);
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

const char *
mos_template_parser_find_tag_end (MosTemplateParser *p,
                                  const char *start)
{
  const char *close = start[1] == '{' ? "}}" : "%}";

  for (const char *s = start + 2; s < p->limit; s = g_utf8_next_char (s))
    {
      const Mark *mark = opening_mark (s);

      if (g_str_has_prefix (s, close))
        return s;
      if (mark == NULL)
        continue;
      /* The whole rest is looked through for its end once, not again for each tag with such a mark. */
      s = p->is_unclosed[mark - marks] ? NULL : read_string (s, mark, p->limit, NULL);
      /* A mark without its other: the tag ends where it seems to, and is told to be open in there. */
      if (s == NULL)
        {
          p->is_unclosed[mark - marks] = TRUE;
          return strstr (start + 2, close);
        }
      s = g_utf8_prev_char (s);
    }
  return NULL;
}
