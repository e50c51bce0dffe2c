/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mime"

#include "config.h"

#include "core/mail/mime/mos-markup-private.h"

#include <string.h>

/* The marks are those of CommonMark, of which this is a small part: its rule of flanking (§6.2) keeps 2**3 and snake_case what they are.
 * Letters of scripts that write no spaces between words may stand beside marks. */

#define ESCAPABLE "\\*_[]>-."
#define MAX_DEPTH 8
/* A number beyond is a year or an order. */
#define MAX_NUMBER_DIGITS 3

gboolean
mos_markup_is_link (const char *url)
{
  static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0 && url[strlen (schemes[i])] != '\0')
      {
        for (const char *p = url; *p != '\0'; p++)
          if ((guchar) *p <= ' ' || *p == 0x7f || strchr ("()<>\"\\", *p) != NULL)
            return FALSE;
        return g_utf8_validate (url, -1, NULL);
      }
  return FALSE;
}

gboolean
mos_markup_is_word (const char *line,
                    gsize at,
                    gsize length)
{
  gunichar c = at < length ? g_utf8_get_char (line + at) : 0;

  return c < 0x2e80 && c != 0 && (g_unichar_isalnum (c) || c == '_');
}

gboolean
mos_markup_is_word_before (const char *line,
                           gsize at)
{
  gsize before = at > 0 ? (gsize) (g_utf8_prev_char (line + at) - line) : 0;

  return at > 0 && mos_markup_is_word (line, before, at);
}

MosMarkupLineKind
mos_markup_line_kind (const char *line,
                      gsize length,
                      gsize *ret_prefix,
                      guint *ret_number)
{
  gsize i = 0, digits;
  gsize prefix = 0;
  guint number = 0;
  MosMarkupLineKind kind = MOS_MARKUP_LINE_TEXT;

  if (length > 0 && line[0] == '>')
    {
      kind = MOS_MARKUP_LINE_QUOTE;
      prefix = length > 1 && line[1] == ' ' ? 2 : 1;
    }
  else
    {
      while (i < length && i < 3 && line[i] == ' ')
        i++;
      digits = i;
      while (digits < length && g_ascii_isdigit (line[digits]))
        number = number * 10 + (guint) g_ascii_digit_value (line[digits++]);
      /* "-- " begins a signature. */
      if (i + 1 < length && (line[i] == '-' || line[i] == '*') && line[i + 1] == ' ')
        {
          kind = MOS_MARKUP_LINE_BULLET;
          prefix = i + 2;
        }
      else if (length - i > 3 && strncmp (line + i, "• ", strlen ("• ")) == 0)
        {
          kind = MOS_MARKUP_LINE_BULLET;
          prefix = i + strlen ("• ");
        }
      else if (digits > i && digits - i <= MAX_NUMBER_DIGITS && digits + 1 < length && line[digits] == '.' && line[digits + 1] == ' ')
        {
          kind = MOS_MARKUP_LINE_NUMBER;
          prefix = digits + 2;
        }
    }
  if (ret_prefix != NULL)
    *ret_prefix = prefix;
  if (ret_number != NULL)
    *ret_number = kind == MOS_MARKUP_LINE_NUMBER ? number : 0;
  return kind;
}

/* --- within a line --- */

typedef struct
{
  const MosMarkupVisitor *visitor;
  gpointer data;
  const char *line;
} Walk;

static void walk (Walk *self, gsize start, gsize end, guint depth);

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\0';
}

/* "https://…" up to a blank: what is in it is no mark. */
static gsize
bare_link_end (const char *line,
               gsize start,
               gsize end)
{
  gsize i = start;

  if (mos_markup_is_word_before (line, start) ||
      (g_ascii_strncasecmp (line + start, "https://", 8) != 0 && g_ascii_strncasecmp (line + start, "http://", 7) != 0))
    return start;
  while (i < end && (guchar) line[i] > ' ' && strchr ("<>()\"", line[i]) == NULL)
    i++;
  /* The full stop ends the sentence. */
  while (i > start && strchr (".,;:!?'*", line[i - 1]) != NULL)
    i--;
  return i;
}

static gsize
find_close (const char *line,
            gsize start,
            gsize end,
            const char *mark)
{
  gsize n = strlen (mark);

  for (gsize i = start; i + n <= end; i++)
    {
      gsize link;

      if (line[i] == '\\' && i + 1 < end && strchr (ESCAPABLE, line[i + 1]) != NULL)
        {
          i++;
          continue;
        }
      link = line[i] == 'h' || line[i] == 'H' ? bare_link_end (line, i, end) : i;
      if (link > i)
        {
          i = link - 1;
          continue;
        }
      if (strncmp (line + i, mark, n) != 0)
        continue;
      if (i > start && !is_blank (line[i - 1]) && !mos_markup_is_word (line, i + n, end) && (n > 1 || line[i - 1] != '_'))
        return i;
      i += n - 1;
    }
  return 0;
}

/* Returns: where the closing mark is, 0 where @at opens nothing */
static gsize
find_pair (const char *line,
           gsize at,
           gsize end,
           const char *mark)
{
  gsize n = strlen (mark);

  if (at + n >= end || strncmp (line + at, mark, n) != 0 || is_blank (line[at + n]) || mos_markup_is_word_before (line, at) || (n == 1 && line[at + 1] == '_'))
    return 0;
  return find_close (line, at + n, end, mark);
}

/* "[words](address)". @ret_url: (out) (transfer full). Returns: where "](" is, 0 where @at begins no link */
static gsize
find_link (const char *line,
           gsize at,
           gsize end,
           char **ret_url)
{
  gsize close = 0, last = 0;
  g_autofree char *url = NULL;

  for (gsize i = at + 1; i < end && close == 0; i++)
    if (line[i] == '\\' && i + 1 < end && strchr (ESCAPABLE, line[i + 1]) != NULL)
      i++;
    else if (line[i] == '[')
      return 0;
    else if (line[i] == ']')
      close = i;
  if (close <= at + 1 || close + 2 >= end || line[close + 1] != '(')
    return 0;
  for (gsize i = close + 2; i < end && last == 0 && line[i] != '('; i++)
    if (line[i] == ')')
      last = i;
  if (last == 0)
    return 0;
  url = g_strndup (line + close + 2, last - (close + 2));
  if (!mos_markup_is_link (url))
    return 0;
  *ret_url = g_steal_pointer (&url);
  return close;
}

static void
walk_styled (Walk *self,
             MosMarkupStyle style,
             gsize open,
             gsize close,
             gsize n_open,
             gsize n_close,
             const char *url,
             guint depth)
{
  self->visitor->mark (open, open + n_open, self->data);
  self->visitor->enter (style, open + n_open, close, url, self->data);
  walk (self, open + n_open, close, depth);
  self->visitor->leave (style, self->data);
  self->visitor->mark (close, close + n_close, self->data);
}

static void
walk (Walk *self,
      gsize start,
      gsize end,
      guint depth)
{
  const char *line = self->line;
  /* None closes before @end any more: what comes later need not look. */
  gboolean no_bold = depth >= MAX_DEPTH, no_italic = depth >= MAX_DEPTH, no_link = depth >= MAX_DEPTH;
  gsize text = start, i = start;

  while (i < end)
    {
      g_autofree char *url = NULL;
      gsize close = 0, next = 0;
      MosMarkupStyle style = MOS_MARKUP_MARK;

      switch (line[i])
        {
        case '\\':
          if (i + 1 < end && strchr (ESCAPABLE, line[i + 1]) != NULL)
            next = i + 1;
          break;
        case 'h':
        case 'H':
          next = no_link ? i : bare_link_end (line, i, end);
          if (next > i)
            {
              url = g_strndup (line + i, next - i);
              style = MOS_MARKUP_LINK;
            }
          else
            next = 0;
          break;
        case '*':
          close = no_bold ? 0 : find_pair (line, i, end, "**");
          style = MOS_MARKUP_BOLD;
          break;
        case '_':
          close = no_italic ? 0 : find_pair (line, i, end, "_");
          style = MOS_MARKUP_ITALIC;
          break;
        case '[':
          close = no_link ? 0 : find_link (line, i, end, &url);
          style = MOS_MARKUP_LINK;
          break;
        default:
          break;
        }
      if (close == 0 && next == 0)
        {
          if (style == MOS_MARKUP_BOLD && i + 2 < end && line[i + 1] == '*' && !is_blank (line[i + 2]) && !mos_markup_is_word_before (line, i))
            no_bold = TRUE;
          else if (style == MOS_MARKUP_ITALIC && i + 1 < end && line[i + 1] != '_' && !is_blank (line[i + 1]) && !mos_markup_is_word_before (line, i))
            no_italic = TRUE;
          i += (gsize) (g_utf8_next_char (line + i) - (line + i));
          continue;
        }
      if (i > text)
        self->visitor->text (text, i, self->data);
      if (close == 0 && url != NULL)
        self->visitor->url (i, next, url, self->data);
      else if (close == 0)
        {
          self->visitor->mark (i, i + 1, self->data);
          text = next;
          i = next + 1;
          continue;
        }
      else if (style == MOS_MARKUP_LINK)
        {
          next = close + strlen (url) + 3;
          /* No link within a link. */
          walk_styled (self, style, i, close, 1, next - close, url, MAX_DEPTH);
        }
      else
        {
          gsize n = style == MOS_MARKUP_BOLD ? 2 : 1;

          next = close + n;
          walk_styled (self, style, i, close, n, n, NULL, depth + 1);
        }
      text = i = next;
    }
  if (end > text)
    self->visitor->text (text, end, self->data);
}

void
mos_markup_walk_line (const char *line,
                      gsize start,
                      gsize length,
                      const MosMarkupVisitor *visitor,
                      gpointer data)
{
  Walk self = { visitor, data, line };

  walk (&self, start, length, 0);
}

/* --- spans, for who shows it while it is written --- */

static void
add_span (GArray *spans,
          gsize start,
          gsize end,
          MosMarkupStyle style)
{
  const MosMarkupSpan span = { (guint) start, (guint) end, style, (guint) start, (guint) end };

  g_array_append_val (spans, span);
}

static void
on_scan_text (gsize start,
              gsize end,
              gpointer data)
{
}

static void
on_scan_mark (gsize start,
              gsize end,
              gpointer data)
{
  add_span (data, start, end, MOS_MARKUP_MARK);
}

static void
on_scan_enter (MosMarkupStyle style,
               gsize start,
               gsize end,
               const char *url,
               gpointer data)
{
  /* "**" and "**", "_" and "_", "[" and "](address)" */
  gsize open = style == MOS_MARKUP_BOLD ? 2 : 1;
  gsize close = style == MOS_MARKUP_LINK ? strlen (url) + 3 : open;
  const MosMarkupSpan span = { (guint) start, (guint) end, style, (guint) (start - open), (guint) (end + close) };

  g_array_append_val ((GArray *) data, span);
}

static void
on_scan_leave (MosMarkupStyle style,
               gpointer data)
{
}

static void
on_scan_url (gsize start,
             gsize end,
             const char *url,
             gpointer data)
{
  add_span (data, start, end, MOS_MARKUP_LINK);
}

GArray *
mos_markup_scan_line (const char *line,
                      gsize length)
{
  static const MosMarkupVisitor visitor = { on_scan_text, on_scan_mark, on_scan_enter, on_scan_leave, on_scan_url };
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (MosMarkupSpan));
  gsize prefix;

  switch (mos_markup_line_kind (line, length, &prefix, NULL))
    {
    case MOS_MARKUP_LINE_QUOTE:
      add_span (spans, 0, length, MOS_MARKUP_QUOTE);
      return spans;
    case MOS_MARKUP_LINE_BULLET:
    case MOS_MARKUP_LINE_NUMBER:
      add_span (spans, 0, length, MOS_MARKUP_LIST);
      add_span (spans, 0, prefix, MOS_MARKUP_MARK);
      break;
    case MOS_MARKUP_LINE_TEXT:
    default:
      break;
    }
  mos_markup_walk_line (line, prefix, length, &visitor, spans);
  return spans;
}
