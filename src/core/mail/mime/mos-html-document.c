/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-document.h"

#include "core/mail/mime/mos-html-builder.h"
#include "core/mail/mime/mos-mime.h"
#include "core/mail/mime/mos-reply-private.h"

#include <string.h>

static void
mos_html_document_clear (MosHtmlDocument *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
}

MOS_DEFINE_VALUE (MosHtmlDocument, html_document)

void
mos_html_block_free (MosHtmlBlock *block)
{
  g_free (block->marker);
  g_free (block->text);
  g_clear_pointer (&block->spans, g_array_unref);
  g_free (block);
}

void
mos_html_image_free (MosHtmlImage *image)
{
  g_free (image->cid);
  g_free (image->url);
  g_clear_pointer (&image->data, g_bytes_unref);
  g_free (image->type);
  g_free (image->alt);
  g_free (image);
}

/* --- to text --- */

static void
append_prefix (GString *out,
               const MosHtmlBlock *block,
               gboolean first_line)
{
  for (guint i = 0; i < block->quote_depth; i++)
    g_string_append (out, i + 1 < block->quote_depth ? ">" : "> ");
  for (guint i = 1; i < block->list_depth; i++)
    g_string_append (out, "  ");
  if (block->list_depth > 0)
    {
      if (first_line && block->marker != NULL)
        {
          g_string_append (out, strcmp (block->marker, "•") == 0 ? "-" : block->marker);
          g_string_append_c (out, ' ');
        }
      else if (block->kind == MOS_HTML_LIST_ITEM)
        g_string_append (out, "  ");
    }
}

/* Is the shown text the link itself, written a little differently? */
static gboolean
same_as_link (const char *text,
              gsize length,
              const char *href)
{
  g_autofree char *shown = g_strstrip (g_strndup (text, length));
  const char *target = href;
  gsize n;

  if (g_str_has_prefix (target, "mailto:") || g_str_has_prefix (target, "tel:"))
    {
      target = strchr (target, ':') + 1;
      n = strcspn (target, "?");
      return strlen (shown) == n && g_ascii_strncasecmp (shown, target, n) == 0;
    }
  if (strcmp (shown, href) == 0)
    return TRUE;
  {
    const char *a = strstr (shown, "://") != NULL ? strstr (shown, "://") + 3 : shown;
    const char *b = strstr (href, "://") != NULL ? strstr (href, "://") + 3 : href;
    gsize la = strlen (a), lb = strlen (b);

    if (g_str_has_prefix (b, "www.") && !g_str_has_prefix (a, "www."))
      {
        b += 4;
        lb -= 4;
      }
    if (la > 0 && a[la - 1] == '/')
      la--;
    if (lb > 0 && b[lb - 1] == '/')
      lb--;
    return la == lb && g_ascii_strncasecmp (a, b, la) == 0;
  }
}

static void
append_piece (GString *out,
              const MosHtmlBlock *block,
              const char *from,
              const char *to)
{
  for (const char *p = from; p < to; p++)
    {
      g_string_append_c (out, *p);
      if (*p == '\n')
        append_prefix (out, block, FALSE);
    }
}

static void
append_block_text (GString *out,
                   const MosHtmlDocument *self,
                   const MosHtmlBlock *block)
{
  guint at = 0;

  for (guint i = 0; i < block->spans->len; i++)
    {
      const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, i);
      const MosHtmlSpan *next = i + 1 < block->spans->len ? &g_array_index (block->spans, MosHtmlSpan, i + 1) : NULL;

      append_piece (out, block, block->text + at, block->text + span->start);
      if (span->image >= 0)
        {
          const MosHtmlImage *image = g_ptr_array_index (self->images, (guint) span->image);

          if (*image->alt != '\0')
            g_string_append_printf (out, "[%s]", image->alt);
        }
      else
        append_piece (out, block, block->text + span->start, block->text + span->end);
      at = span->end;
      /* one link may be several spans (a bold word in it): its address comes once, after the last */
      if (span->href != NULL && (next == NULL || next->href != span->href || next->start != span->end))
        {
          guint start = span->start;

          for (guint j = i; j-- > 0;)
            {
              const MosHtmlSpan *before = &g_array_index (block->spans, MosHtmlSpan, j);

              if (before->href != span->href || before->end != start)
                break;
              start = before->start;
            }
          if (!same_as_link (block->text + start, span->end - start, span->href))
            {
              while (out->len > 0 && out->str[out->len - 1] == ' ')
                g_string_truncate (out, out->len - 1);
              g_string_append_printf (out, " <%s>", g_str_has_prefix (span->href, "mailto:") ? span->href + 7 : span->href);
              if (block->text[span->end - 1] == ' ')
                g_string_append_c (out, ' ');
            }
        }
    }
  append_piece (out, block, block->text + at, block->text + strlen (block->text));
}

char *
mos_html_document_to_text (const MosHtmlDocument *self,
                           guint n_blocks)
{
  GString *out = g_string_new (NULL);
  guint depth = 0;

  for (guint i = 0; i < self->blocks->len && i < n_blocks; i++)
    {
      const MosHtmlBlock *block = g_ptr_array_index (self->blocks, i);

      if (block->space_before && out->len > 0)
        {
          MosHtmlBlock gap = { .quote_depth = MIN (depth, block->quote_depth) };

          append_prefix (out, &gap, FALSE);
          while (out->len > 0 && out->str[out->len - 1] == ' ')
            g_string_truncate (out, out->len - 1);
          g_string_append_c (out, '\n');
        }
      depth = block->quote_depth;
      append_prefix (out, block, TRUE);
      if (block->kind == MOS_HTML_RULE)
        g_string_append (out, "----------");
      else
        append_block_text (out, self, block);
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
  /* U+00A0 is how HTML says "blank, really" */
  {
    char *text = g_string_free (out, FALSE);
    char *to = text;

    for (const char *from = text; *from != '\0';)
      if ((guchar) from[0] == 0xc2 && (guchar) from[1] == 0xa0)
        {
          *to++ = ' ';
          from += 2;
        }
      else
        {
          /* as a character reference; not for us to part texts by (MOS_TEXT_BREAK) */
          *to++ = *from == '\f' ? ' ' : *from;
          from++;
        }
    *to = '\0';
    return text;
  }
}

char *
mos_html_to_text (const char *html)
{
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (html);

  return mos_html_document_to_text (document, document->blocks->len);
}

/* --- folding --- */

/* "[#1234-5f3a9c2100112233]": the last line of what a desk such as this sends, below what it quotes */
static gboolean
is_desk_marker (const char *text)
{
  gsize digits;

  if (!g_str_has_prefix (text, "[#"))
    return FALSE;
  text += strlen ("[#");
  digits = strspn (text, "0123456789");
  if (digits == 0 || text[digits] != '-')
    return FALSE;
  text += digits + 1;
  digits = strspn (text, "0123456789abcdef");
  return digits >= 8 && strcmp (text + digits, "]") == 0;
}

/* mos_html_document_fold: sets fold_from from the blocks' marks; attribution lines ("On … wrote:") above a quotation go with it. */
void
mos_html_document_fold (MosHtmlDocument *self)
{
  guint n = self->blocks->len;
  guint from = n;
  gboolean is_history = FALSE;

  for (guint i = 0; i < n; i++)
    {
      MosHtmlBlock *block = g_ptr_array_index (self->blocks, i);
      gboolean quoted_follows = FALSE;

      /* "----- 原始邮件 -----": programs that give no other sign */
      is_history = is_history || (i > 0 && mos_reply_is_separator (block->text));
      block->is_quoted |= is_history;
      if (block->is_quoted)
        continue;
      /* the attribution may be two lines: look a little ahead */
      for (guint j = i + 1; j < n && j <= i + 2; j++)
        quoted_follows |= ((MosHtmlBlock *) g_ptr_array_index (self->blocks, j))->is_quoted;
      if (quoted_follows && mos_reply_is_attribution (block->text))
        block->is_quoted = TRUE;
    }
  while (from > 0)
    {
      MosHtmlBlock *block = g_ptr_array_index (self->blocks, from - 1);

      if (from > 1 && is_desk_marker (block->text) && ((MosHtmlBlock *) g_ptr_array_index (self->blocks, from - 2))->is_quoted)
        block->is_quoted = TRUE;
      if (!block->is_quoted && !block->is_signature && block->kind != MOS_HTML_RULE)
        break;
      from--;
    }
  /* a rule that belongs to the text stays with it, when nothing is folded below it */
  if (from < n)
    {
      gboolean anything = FALSE;

      for (guint i = from; i < n; i++)
        anything |= ((MosHtmlBlock *) g_ptr_array_index (self->blocks, i))->kind != MOS_HTML_RULE;
      if (!anything)
        from = n;
    }
  self->fold_from = from == 0 ? n : from;
}
