/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-walker.h"

#include <string.h>

/* --- blocks --- */

gboolean
mos_html_at_limit (MosHtmlWalker *w)
{
  if (w->document->blocks->len >= MOS_HTML_MAX_BLOCKS || w->total >= MOS_HTML_MAX_TEXT)
    w->full = TRUE;
  return w->full;
}

MosHtmlBlock *
mos_html_add_block (MosHtmlWalker *w,
                    MosHtmlBlockKind kind)
{
  MosHtmlBlock *block = g_new0 (MosHtmlBlock, 1);

  block->kind = kind;
  block->text = g_strdup ("");
  block->spans = g_array_new (FALSE, FALSE, sizeof (MosHtmlSpan));
  block->quote_depth = w->state.quote_depth;
  block->list_depth = w->state.list_depth;
  block->direction = w->state.direction;
  block->is_quoted = w->state.quoted || w->rest_is_history;
  block->is_signature = w->state.signature;
  block->space_before = w->pending_gap && w->document->blocks->len > 0;
  w->pending_gap = FALSE;
  g_ptr_array_add (w->document->blocks, block);
  return block;
}

static gboolean
only_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c != 0xa0 && c != 0x200b && c != 0x200c && c != 0x200d && c != 0xfeff && c != 0x34f && c != 0xad)
        return FALSE;
    }
  return TRUE;
}

void
mos_html_close_block (MosHtmlWalker *w)
{
  MosHtmlBlock *block;
  gsize keep;

  w->pending_blank = FALSE;
  if (w->text->len == 0 || only_blank (w->text->str))
    {
      /* an empty line is a gap, not a paragraph */
      if (w->saw_break || w->text->len > 0)
        w->pending_gap = TRUE;
      g_string_truncate (w->text, 0);
      g_array_set_size (w->spans, 0);
      w->saw_break = FALSE;
      return;
    }
  if (mos_html_at_limit (w))
    {
      g_string_truncate (w->text, 0);
      g_array_set_size (w->spans, 0);
      return;
    }
  keep = w->text->len;
  while (keep > 0 && (w->text->str[keep - 1] == ' ' || w->text->str[keep - 1] == '\n'))
    keep--;
  block = mos_html_add_block (w, w->state.preformatted ? MOS_HTML_PREFORMATTED : w->state.level > 0    ? MOS_HTML_HEADING
                                                                             : w->state.list_depth > 0 ? MOS_HTML_LIST_ITEM
                                                                                                       : MOS_HTML_PARAGRAPH);
  block->level = w->state.level;
  if (w->state.list_depth > 0)
    block->marker = g_steal_pointer (&w->pending_marker);
  /* a last <br> only ends the line; a second one is an empty line below */
  if (w->text->len - keep > 1 && memchr (w->text->str + keep, '\n', w->text->len - keep) != NULL && w->text->str[w->text->len - 2] == '\n')
    w->pending_gap = TRUE;
  g_string_truncate (w->text, keep);
  g_free (block->text);
  block->text = g_strndup (w->text->str, w->text->len);
  for (guint i = 0; i < w->spans->len; i++)
    {
      MosHtmlSpan span = g_array_index (w->spans, MosHtmlSpan, i);

      span.end = MIN (span.end, (guint) keep);
      if (span.start < span.end)
        g_array_append_val (block->spans, span);
    }
  w->total += keep;
  g_string_truncate (w->text, 0);
  g_array_set_size (w->spans, 0);
  w->saw_break = FALSE;
}

void
mos_html_add_span (MosHtmlWalker *w,
                   gsize start,
                   int image)
{
  MosHtmlSpan span = { (guint) start, (guint) w->text->len, w->state.flags, w->state.href, image };

  if (span.start >= span.end || (span.flags == 0 && span.href == NULL && image < 0))
    return;
  if (w->spans->len > 0)
    {
      MosHtmlSpan *last = &g_array_index (w->spans, MosHtmlSpan, w->spans->len - 1);

      if (image < 0 && last->image < 0 && last->end == span.start && last->flags == span.flags && last->href == span.href)
        {
          last->end = span.end;
          return;
        }
    }
  g_array_append_val (w->spans, span);
}

void
mos_html_append_text (MosHtmlWalker *w,
                      const char *text,
                      gsize length)
{
  gsize start;
  const char *end = text + length;

  if (w->state.hidden || mos_html_at_limit (w))
    return;
  if (w->total + w->text->len + length > MOS_HTML_MAX_TEXT)
    {
      w->full = TRUE;
      return;
    }
  if (w->state.preformatted)
    {
      start = w->text->len;
      for (const char *p = text; p < end; p++)
        if (*p != '\r')
          g_string_append_c (w->text, *p);
      mos_html_add_span (w, start, -1);
      return;
    }
  start = w->text->len;
  for (const char *p = text; p < end; p++)
    {
      if (g_ascii_isspace (*p))
        {
          w->pending_blank = TRUE;
          continue;
        }
      if (w->pending_blank)
        {
          w->pending_blank = FALSE;
          if (w->text->len > 0 && w->text->str[w->text->len - 1] != '\n')
            {
              /* the blank before a link is not part of the link */
              const MosHtmlSpan *last = w->spans->len > 0 ? &g_array_index (w->spans, MosHtmlSpan, w->spans->len - 1) : NULL;
              gboolean within = last != NULL && last->end == w->text->len && last->href != NULL && last->href == w->state.href;
              gboolean outside = start == w->text->len && !within;

              g_string_append_c (w->text, ' ');
              if (outside)
                start = w->text->len;
            }
        }
      g_string_append_c (w->text, *p);
    }
  mos_html_add_span (w, start, -1);
}

void
mos_html_line_break (MosHtmlWalker *w)
{
  if (w->state.hidden)
    return;
  w->pending_blank = FALSE;
  w->saw_break = TRUE;
  if (w->text->len > 0)
    {
      while (w->text->len > 0 && w->text->str[w->text->len - 1] == ' ')
        {
          g_string_truncate (w->text, w->text->len - 1);
          for (guint i = w->spans->len; i-- > 0;)
            {
              MosHtmlSpan *span = &g_array_index (w->spans, MosHtmlSpan, i);

              if (span->end <= w->text->len)
                break;
              span->end = (guint) w->text->len;
              if (span->start >= span->end)
                g_array_set_size (w->spans, i);
            }
        }
      g_string_append_c (w->text, '\n');
      /* two breaks part paragraphs: closing the block keeps blocks small and lets history be found line by line */
      if (w->text->len >= 2 && w->text->str[w->text->len - 2] == '\n' && !w->state.preformatted)
        mos_html_close_block (w);
    }
  else
    w->pending_gap = TRUE;
}

/* --- tables --- */

/* A row whose cells are each at most one short paragraph reads as a row; any other table only laid the mail out, and its cells follow each other. */
void
mos_html_close_row (MosHtmlWalker *w)
{
  MosHtmlRow *row = &g_array_index (w->rows, MosHtmlRow, w->rows->len - 1);
  GPtrArray *blocks = w->document->blocks;
  guint n_filled = 0;
  gsize length = 0;
  /* Text between the row and its first cell is in none. */
  gboolean simple = row->cells->len >= 2 && row->cells->len <= 32 && g_array_index (row->cells, guint, 0) == row->first_block;

  for (guint i = 0; simple && i < row->cells->len; i++)
    {
      guint from = g_array_index (row->cells, guint, i);
      guint to = i + 1 < row->cells->len ? g_array_index (row->cells, guint, i + 1) : blocks->len;

      if (to - from > 1)
        simple = FALSE;
      else if (to - from == 1)
        {
          MosHtmlBlock *block = g_ptr_array_index (blocks, from);

          n_filled++;
          length += strlen (block->text);
          if ((block->kind != MOS_HTML_PARAGRAPH && block->kind != MOS_HTML_HEADING) || length > 600 || strchr (block->text, '\t') != NULL)
            simple = FALSE;
        }
    }
  if (simple && n_filled >= 2)
    {
      GString *text = g_string_new (NULL);
      GArray *spans = g_array_new (FALSE, FALSE, sizeof (MosHtmlSpan));
      MosHtmlBlock *first = g_ptr_array_index (blocks, row->first_block);
      MosHtmlBlock *joined = g_new0 (MosHtmlBlock, 1);

      *joined = *first;
      joined->marker = NULL;
      joined->kind = MOS_HTML_TABLE_ROW;
      joined->level = 0;
      joined->table = w->table;
      joined->n_cells = row->cells->len;
      for (guint i = 0; i < row->cells->len; i++)
        {
          guint from = g_array_index (row->cells, guint, i);
          guint to = i + 1 < row->cells->len ? g_array_index (row->cells, guint, i + 1) : blocks->len;

          if (i > 0)
            g_string_append_c (text, '\t');
          if (to > from)
            {
              MosHtmlBlock *block = g_ptr_array_index (blocks, from);
              guint offset = (guint) text->len;

              g_string_append (text, block->text);
              g_strdelimit (text->str + offset, "\n", ' ');
              for (guint s = 0; s < block->spans->len; s++)
                {
                  MosHtmlSpan span = g_array_index (block->spans, MosHtmlSpan, s);

                  span.start += offset;
                  span.end += offset;
                  g_array_append_val (spans, span);
                }
            }
        }
      joined->text = g_string_free (text, FALSE);
      joined->spans = spans;
      g_ptr_array_remove_range (blocks, row->first_block, blocks->len - row->first_block);
      g_ptr_array_add (blocks, joined);
    }
  g_array_unref (row->cells);
  g_array_set_size (w->rows, w->rows->len - 1);
}
