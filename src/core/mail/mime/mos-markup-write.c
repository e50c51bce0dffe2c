/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mime"

#include "config.h"

#include "core/mail/mime/mos-markup-private.h"

#include <fribidi.h>
#include <string.h>

/* From what was written to what is sent. */

typedef struct
{
  const char *line;
  GString *out;
  char *url;       /* (nullable): of the link that is open */
  gsize url_start; /* where its words begin in @out */
  gboolean is_formatted;
} Writer;

/* --- plain text --- */

static void
on_plain_text (gsize start,
               gsize end,
               gpointer data)
{
  Writer *self = data;

  g_string_append_len (self->out, self->line + start, (gssize) (end - start));
}

static void
on_no_mark (gsize start,
            gsize end,
            gpointer data)
{
}

static void
on_plain_enter (MosMarkupStyle style,
                gsize start,
                gsize end,
                const char *url,
                gpointer data)
{
  Writer *self = data;

  self->is_formatted = TRUE;
  if (style == MOS_MARKUP_LINK)
    {
      g_set_str (&self->url, url);
      self->url_start = self->out->len;
    }
  else
    g_string_append_c (self->out, style == MOS_MARKUP_BOLD ? '*' : '_');
}

static void
on_plain_leave (MosMarkupStyle style,
                gpointer data)
{
  Writer *self = data;

  if (style != MOS_MARKUP_LINK)
    {
      g_string_append_c (self->out, style == MOS_MARKUP_BOLD ? '*' : '_');
      return;
    }
  /* "https://x <https://x>" says it twice. */
  if (!g_str_equal (self->out->str + self->url_start, self->url) &&
      !(g_str_has_prefix (self->url, "mailto:") && g_str_equal (self->out->str + self->url_start, self->url + strlen ("mailto:"))))
    g_string_append_printf (self->out, " <%s>", self->url);
  g_clear_pointer (&self->url, g_free);
}

static void
on_plain_url (gsize start,
              gsize end,
              const char *url,
              gpointer data)
{
  on_plain_text (start, end, data);
}

static const MosMarkupVisitor plain_visitor = { on_plain_text, on_no_mark, on_plain_enter, on_plain_leave, on_plain_url };

static char *
write_plain (const char *text,
             gboolean *ret_formatted)
{
  Writer self = { .out = g_string_sized_new (strlen (text) + 16) };

  for (const char *line = text;;)
    {
      const char *end = strchrnul (line, '\n');
      gsize length = (gsize) (end - line), prefix;

      self.line = line;
      if (mos_markup_line_kind (line, length, &prefix, NULL) != MOS_MARKUP_LINE_TEXT)
        self.is_formatted = TRUE;
      g_string_append_len (self.out, line, (gssize) prefix);
      if (mos_markup_line_kind (line, length, NULL, NULL) == MOS_MARKUP_LINE_QUOTE)
        g_string_append_len (self.out, line + prefix, (gssize) (length - prefix));
      else
        mos_markup_walk_line (line, prefix, length, &plain_visitor, &self);
      if (*end == '\0')
        break;
      g_string_append_c (self.out, '\n');
      line = end + 1;
    }
  *ret_formatted = self.is_formatted;
  return g_string_free (self.out, FALSE);
}

char *
mos_markup_to_plain (const char *text)
{
  gboolean formatted;

  return write_plain (text, &formatted);
}

gboolean
mos_markup_is_formatted (const char *text)
{
  gboolean formatted;
  g_autofree char *plain = write_plain (text, &formatted);

  return formatted;
}

char *
mos_markup_escape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 16);
  gboolean at_start = TRUE;
  gboolean after_digits = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean begins_item = at_start && (*p == '-' || *p == '>') && !(p[0] == '-' && p[1] == '-');

      if (strchr ("\\*_[]", *p) != NULL || begins_item || (after_digits && *p == '.'))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
      after_digits = g_ascii_isdigit (*p) && (at_start || after_digits);
      at_start = *p == '\n' || (at_start && *p == ' ');
    }
  return g_string_free (out, FALSE);
}

/* --- HTML --- */

static void
append_escaped (GString *out,
                const char *text,
                gsize length)
{
  for (gsize i = 0; i < length; i++)
    switch (text[i])
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '"':
        g_string_append (out, "&quot;");
        break;
      case ' ':
        /* Two blanks are two. */
        g_string_append (out, i + 1 < length && text[i + 1] == ' ' ? "&nbsp;" : " ");
        break;
      case '\t':
        g_string_append (out, "&nbsp;&nbsp;&nbsp; ");
        break;
      default:
        if ((guchar) text[i] >= ' ')
          g_string_append_c (out, text[i]);
        break;
      }
}

static void
on_html_text (gsize start,
              gsize end,
              gpointer data)
{
  Writer *self = data;

  append_escaped (self->out, self->line + start, end - start);
}

static void
on_html_enter (MosMarkupStyle style,
               gsize start,
               gsize end,
               const char *url,
               gpointer data)
{
  Writer *self = data;

  if (style == MOS_MARKUP_LINK)
    {
      g_string_append (self->out, "<a href=\"");
      append_escaped (self->out, url, strlen (url));
      g_string_append (self->out, "\">");
    }
  else
    g_string_append (self->out, style == MOS_MARKUP_BOLD ? "<b>" : "<i>");
}

static void
on_html_leave (MosMarkupStyle style,
               gpointer data)
{
  Writer *self = data;

  if (style == MOS_MARKUP_LINK)
    g_string_append (self->out, "</a>");
  else
    g_string_append (self->out, style == MOS_MARKUP_BOLD ? "</b>" : "</i>");
}

static void
on_html_url (gsize start,
             gsize end,
             const char *url,
             gpointer data)
{
  on_html_enter (MOS_MARKUP_LINK, start, end, url, data);
  on_html_text (start, end, data);
  on_html_leave (MOS_MARKUP_LINK, data);
}

static const MosMarkupVisitor html_visitor = { on_html_text, on_no_mark, on_html_enter, on_html_leave, on_html_url };

/* Unicode's rules P2 and P3: the first strong letter says it. Old mail programs know no dir="auto". */
static gboolean
is_rtl (const char *text,
        gsize length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      FriBidiCharType type = fribidi_get_bidi_type (g_utf8_get_char (p));

      if (FRIBIDI_IS_STRONG (type))
        return FRIBIDI_IS_RTL (type);
    }
  return FALSE;
}

static void
append_open (GString *out,
             const char *element,
             const char *line,
             gsize length)
{
  g_string_append_printf (out, "<%s%s>", element, is_rtl (line, length) ? " dir=\"rtl\"" : "");
}

typedef enum
{
  BLOCK_NONE,
  BLOCK_PARAGRAPH,
  BLOCK_BULLETS,
  BLOCK_NUMBERS,
} Block;

typedef struct
{
  Writer writer;
  Block block;
  guint quotes;
} Document;

static void
close_block (Document *self)
{
  static const char *const ends[] = { "", "</p>\n", "</ul>\n", "</ol>\n" };

  g_string_append (self->writer.out, ends[self->block]);
  self->block = BLOCK_NONE;
}

static void
set_quotes (Document *self,
            guint quotes)
{
  if (quotes == self->quotes)
    return;
  close_block (self);
  for (; self->quotes < quotes; self->quotes++)
    g_string_append (self->writer.out, "<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:2px solid #999;padding-left:1ex\">\n");
  for (; self->quotes > quotes; self->quotes--)
    g_string_append (self->writer.out, "</blockquote>\n");
}

static void
add_paragraph_line (Document *self,
                    const char *line,
                    gsize start,
                    gsize length,
                    gboolean is_marked)
{
  if (self->block == BLOCK_PARAGRAPH)
    g_string_append (self->writer.out, "<br>\n");
  else
    {
      close_block (self);
      append_open (self->writer.out, "p", line + start, length - start);
      self->block = BLOCK_PARAGRAPH;
    }
  self->writer.line = line;
  if (is_marked)
    mos_markup_walk_line (line, start, length, &html_visitor, &self->writer);
  else
    append_escaped (self->writer.out, line + start, length - start);
}

static void
add_item (Document *self,
          Block block,
          const char *line,
          gsize prefix,
          gsize length,
          guint number)
{
  GString *out = self->writer.out;

  if (self->block != block)
    {
      close_block (self);
      if (block == BLOCK_NUMBERS && number != 1)
        g_string_append_printf (out, "<ol start=\"%u\">\n", number);
      else
        {
          append_open (out, block == BLOCK_BULLETS ? "ul" : "ol", line + prefix, length - prefix);
          g_string_append_c (out, '\n');
        }
      self->block = block;
    }
  append_open (out, "li", line + prefix, length - prefix);
  self->writer.line = line;
  mos_markup_walk_line (line, prefix, length, &html_visitor, &self->writer);
  g_string_append (out, "</li>\n");
}

/* How many ">" a line has, and where its words begin. */
static guint
quote_depth (const char *line,
             gsize length,
             gsize *ret_start)
{
  guint depth = 0;
  gsize i = 0;

  while (i < length && line[i] == '>')
    {
      depth++;
      i++;
      if (i < length && line[i] == ' ')
        i++;
    }
  *ret_start = i;
  return MIN (depth, 10);
}

static gboolean
is_blank_line (const char *line,
               gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
      return FALSE;
  return TRUE;
}

static void
add_text (Document *self,
          const char *text,
          gboolean is_marked)
{
  for (const char *line = text;;)
    {
      const char *end = strchrnul (line, '\n');
      gsize length = (gsize) (end - line), prefix, start;
      guint number;
      MosMarkupLineKind kind = mos_markup_line_kind (line, length, &prefix, &number);

      if (kind == MOS_MARKUP_LINE_QUOTE)
        {
          set_quotes (self, quote_depth (line, length, &start));
          if (is_blank_line (line + start, length - start))
            close_block (self);
          else
            add_paragraph_line (self, line, start, length, FALSE);
        }
      else
        {
          set_quotes (self, 0);
          if (is_blank_line (line, length))
            close_block (self);
          else if (is_marked && kind == MOS_MARKUP_LINE_BULLET)
            add_item (self, BLOCK_BULLETS, line, prefix, length, 0);
          else if (is_marked && kind == MOS_MARKUP_LINE_NUMBER)
            add_item (self, BLOCK_NUMBERS, line, prefix, length, number);
          else
            {
              /* A signature is a paragraph of its own. */
              if (g_str_has_prefix (line, "-- \n"))
                close_block (self);
              add_paragraph_line (self, line, 0, length, is_marked);
            }
        }
      if (*end == '\0')
        break;
      line = end + 1;
    }
  set_quotes (self, 0);
  close_block (self);
}

char *
mos_markup_to_html (const char *text,
                    const char *quote,
                    const char *last)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *valid_quote = quote != NULL ? g_utf8_make_valid (quote, -1) : NULL;
  Document self = { .writer = { .out = g_string_sized_new (strlen (valid) * 2 + 256) } };
  GString *out = self.writer.out;

  g_string_append (out, "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\n");
  add_text (&self, valid, TRUE);
  if (valid_quote != NULL && *valid_quote != '\0')
    {
      g_string_append (out, "<div class=\"gmail_quote\">\n");
      add_text (&self, valid_quote, FALSE);
      g_string_append (out, "</div>\n");
    }
  if (last != NULL && *last != '\0')
    {
      g_string_append (out, "<p style=\"color:#999;font-size:small\">");
      append_escaped (out, last, strlen (last));
      g_string_append (out, "</p>\n");
    }
  g_string_append (out, "</body></html>\n");
  return g_string_free (out, FALSE);
}
