/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-builder.h"
#include "core/base/mos-text.h"
#include "core/mail/mime/mos-reply-private.h"

#include <string.h>

/* Plain text as the same kind of document. */

/* A number with its country, as it is dialled. Returns: (transfer full) */
static char *
dup_dialled (const char *number)
{
  GString *dialled = g_string_new ("tel:+");

  for (const char *p = number; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (dialled, *p);
  return g_string_free_and_steal (dialled);
}

/* Web and mail addresses, places (RFC 5870) and telephone numbers with their country in @block's text become links. */
static void
add_links (MosHtmlDocument *document,
           MosHtmlBlock *block)
{
  static gsize once;
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&once))
    {
      regex = g_regex_new ("(?:https?://|www\\.)[^\\s<>\"\\x{201c}\\x{201d}]+|mailto:[^\\s<>\"]+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"
                           "|\\bgeo:-?\\d{1,2}(?:\\.\\d+)?,-?\\d{1,3}(?:\\.\\d+)?|(?<![\\w+])\\+[1-9](?:[ ()./-]{0,2}\\d){6,14}(?!\\d)",
                           G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  if (strlen (block->text) > 65536 || (strpbrk (block->text, "@+") == NULL && strstr (block->text, "://") == NULL && strstr (block->text, "www.") == NULL && strstr (block->text, "geo:") == NULL))
    return;
  g_regex_match (regex, block->text, 0, &match);
  while (g_match_info_matches (match))
    {
      int start, end;
      g_autofree char *found = NULL;
      g_autofree char *target = NULL;
      g_autofree char *href = NULL;

      g_match_info_fetch_pos (match, 0, &start, &end);
      /* the point that ends the sentence, the bracket around the address */
      while (end > start && strchr (".,;:!?'*_", block->text[end - 1]) != NULL)
        end--;
      while (end > start && (block->text[end - 1] == ')' || block->text[end - 1] == ']') &&
             memchr (block->text + start, block->text[end - 1] == ')' ? '(' : '[', (gsize) (end - start)) == NULL)
        end--;
      found = g_strndup (block->text + start, (gsize) (end - start));
      if (g_str_has_prefix (found, "www."))
        target = g_strconcat ("https://", found, NULL);
      else if (*found == '+' && strchr (found, '@') == NULL)
        target = dup_dialled (found);
      else if (strchr (found, ':') == NULL)
        target = g_strconcat ("mailto:", found, NULL);
      else
        target = g_strdup (found);
      href = mos_html_safe_href (target);
      if (href != NULL && end > start)
        {
          MosHtmlSpan span = { (guint) start, (guint) end, 0, g_string_chunk_insert (document->strings, href), -1 };

          g_array_append_val (block->spans, span);
        }
      g_match_info_next (match, NULL);
    }
}

MosHtmlDocument *
mos_html_document_new_for_text (const char *text)
{
  MosHtmlDocument *document = mos_html_document_make_empty ();
  g_autofree char *valid = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree guint8 *marks = NULL;
  gboolean gap = FALSE;
  gsize total = 0;
  guint n;

  g_return_val_if_fail (text != NULL, document);

  valid = g_utf8_make_valid (text, -1);
  lines = g_strsplit (valid, "\n", -1);
  n = g_strv_length (lines);
  marks = mos_reply_mark_lines (lines, n);
  for (guint i = 0; i < n; i++)
    {
      MosHtmlBlock *block;
      const char *p = lines[i];
      guint depth = 0;

      if (document->blocks->len >= MOS_HTML_MAX_BLOCKS || total > MOS_HTML_MAX_TEXT)
        {
          document->is_truncated = TRUE;
          break;
        }
      while (*p == '>' || (*p == ' ' && p[1] == '>' && depth > 0))
        {
          depth += *p == '>';
          p++;
        }
      if (depth > 0 && *p == ' ')
        p++;
      if (mos_text_is_break (lines[i]))
        {
          if (document->blocks->len == 0)
            continue;
          block = g_new0 (MosHtmlBlock, 1);
          block->kind = MOS_HTML_RULE;
          block->text = g_strdup ("");
          block->spans = g_array_new (FALSE, FALSE, sizeof (MosHtmlSpan));
          block->is_quoted = marks[i] == MOS_REPLY_LINE_QUOTED;
          block->is_signature = marks[i] == MOS_REPLY_LINE_SIGNATURE;
          g_ptr_array_add (document->blocks, block);
          gap = FALSE;
          continue;
        }
      g_strchomp (lines[i]);
      if (*p == '\0')
        {
          gap = TRUE;
          continue;
        }
      block = g_new0 (MosHtmlBlock, 1);
      block->kind = MOS_HTML_PARAGRAPH;
      block->text = g_strdup (p);
      block->spans = g_array_new (FALSE, FALSE, sizeof (MosHtmlSpan));
      block->quote_depth = MIN (depth, 20);
      block->space_before = gap && document->blocks->len > 0;
      block->is_quoted = marks[i] == MOS_REPLY_LINE_QUOTED;
      block->is_signature = marks[i] == MOS_REPLY_LINE_SIGNATURE;
      gap = FALSE;
      total += strlen (p);
      add_links (document, block);
      g_ptr_array_add (document->blocks, block);
    }
  mos_html_document_fold (document);
  return document;
}
