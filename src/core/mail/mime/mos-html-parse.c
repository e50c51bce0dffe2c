/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-walker.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

/* libxml2 reads the tag soup and calls back for every tag and text (SAX): no tree is built, so memory grows with the words only,
 * and its limit on the depth of a tree does not cut long reply chains. Every element pushes a copy of the state and restores it at its end. */

/* --- images --- */

static void
emit_image (MosHtmlWalker *w,
            const xmlChar **attributes)
{
  const char *source = mos_html_attribute (attributes, "src");
  const char *style = mos_html_attribute (attributes, "style");
  const char *alt = mos_html_attribute (attributes, "alt");
  g_autofree char *style_width = mos_html_style_value (style, "width");
  g_autofree char *style_height = mos_html_style_value (style, "height");
  MosHtmlImage *image;
  int width = mos_html_pixels (mos_html_attribute (attributes, "width"));
  int height = mos_html_pixels (mos_html_attribute (attributes, "height"));
  gsize start;

  if (source == NULL || w->document->images->len >= MOS_HTML_MAX_IMAGES)
    return;
  if (mos_html_pixels (style_width) >= 0)
    width = mos_html_pixels (style_width);
  if (mos_html_pixels (style_height) >= 0)
    height = mos_html_pixels (style_height);
  while (g_ascii_isspace (*source))
    source++;
  image = g_new0 (MosHtmlImage, 1);
  image->width = MAX (width, 0);
  image->height = MAX (height, 0);
  {
    g_autofree char *valid = g_utf8_make_valid (alt != NULL ? alt : "", -1);

    g_strdelimit (valid, "\r\n\t", ' ');
    image->alt = g_strdup (g_strstrip (valid));
  }
  if (g_ascii_strncasecmp (source, "cid:", 4) == 0)
    {
      g_autofree char *cid = g_uri_unescape_string (source + 4, NULL);

      image->cid = g_utf8_make_valid (cid != NULL ? cid : source + 4, -1);
    }
  else if (g_ascii_strncasecmp (source, "data:image/", 11) == 0 && g_ascii_strncasecmp (source, "data:image/svg", 14) != 0)
    {
      const char *comma = strchr (source, ',');
      const char *base64 = strstr (source, ";base64");

      if (comma == NULL || base64 == NULL || base64 > comma)
        {
          mos_html_image_free (image);
          return;
        }
      {
        gsize n;
        guchar *bytes = g_base64_decode (comma + 1, &n);

        image->data = g_bytes_new_take (bytes, n);
        image->type = g_ascii_strdown (source + 5, (gssize) strcspn (source + 5, ";,"));
      }
    }
  else
    {
      g_autofree char *url = mos_html_safe_href (source);

      if (url == NULL || !g_str_has_prefix (url, "http"))
        {
          mos_html_image_free (image);
          return;
        }
      image->url = g_steal_pointer (&url);
      image->is_tracker = (width >= 0 && width <= 2 && height <= 2) || (height >= 0 && height <= 2 && width <= 2) || width == 0 || height == 0;
      w->document->n_remote++;
    }
  g_ptr_array_add (w->document->images, image);
  if (image->is_tracker || mos_html_at_limit (w))
    return;
  mos_html_append_text (w, "", 0);
  if (w->pending_blank && w->text->len > 0 && w->text->str[w->text->len - 1] != '\n' && w->text->str[w->text->len - 1] != ' ')
    g_string_append_c (w->text, ' ');
  w->pending_blank = FALSE;
  start = w->text->len;
  g_string_append (w->text, "\357\277\274");
  mos_html_add_span (w, start, (int) w->document->images->len - 1);
}

/* --- tags --- */

static gboolean
is_one_of (const char *name,
           const char *const *names)
{
  return g_strv_contains (names, name);
}

static void
start_element (void *user_data,
               const xmlChar *xml_name,
               const xmlChar **attributes)
{
  static const char *const skipped[] = {
    "head", "script", "style", "title", "meta", "link", "template", "object", "embed", "applet", "iframe", "frame", "frameset", "noframes",
    "audio", "video", "svg", "math", "canvas", "map", "select", "textarea", "input", "datalist", NULL
  };
  static const char *const blocks[] = {
    "div", "center", "section", "article", "header", "footer", "main", "aside", "nav", "address", "form", "fieldset", "dt", "dd", "li",
    "tr", "td", "th", "caption", "table", "tbody", "thead", "tfoot", "figure", "figcaption", "body", "html", "details", "summary", "legend", "hgroup", NULL
  };
  static const char *const spaced[] = { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "xmp", "listing", "blockquote", NULL };
  MosHtmlWalker *w = user_data;
  g_autofree char *name = g_ascii_strdown ((const char *) xml_name, -1);
  const char *id, *classes, *style, *dir;
  MosHtmlState old = w->state;

  if (w->stack->len >= MOS_HTML_MAX_NESTING)
    {
      w->overflow++;
      return;
    }
  id = mos_html_attribute (attributes, "id");
  classes = mos_html_attribute (attributes, "class");
  style = mos_html_attribute (attributes, "style");
  dir = mos_html_attribute (attributes, "dir");
  w->state.block = is_one_of (name, blocks);
  w->state.margin = is_one_of (name, spaced);
  w->state.list = w->state.row = w->state.cell = FALSE;
  if (!w->state.hidden && (is_one_of (name, skipped) || mos_html_attribute (attributes, "hidden") != NULL || mos_html_style_hides (style)))
    w->state.hidden = TRUE;
  if (w->state.hidden)
    goto push;

  if (strcmp (name, "br") == 0)
    mos_html_line_break (w);
  else if (strcmp (name, "img") == 0)
    emit_image (w, attributes);
  if (w->state.block || w->state.margin || strcmp (name, "hr") == 0)
    {
      MosHtmlState inner = w->state;

      w->state = old;
      mos_html_close_block (w);
      w->state = inner;
      if (w->state.margin && !(w->state.list_depth > 0 && (strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0)))
        {
          /* a paragraph that opens a list item stands beside its marker */
          if (!(w->pending_marker != NULL && strcmp (name, "p") == 0))
            w->pending_gap = TRUE;
        }
    }
  if (mos_html_starts_history (id, classes, style))
    w->rest_is_history = TRUE;
  if (mos_html_is_quotation (id, classes, mos_html_attribute (attributes, "name")))
    w->state.quoted = TRUE;
  if (mos_html_is_signature (id, classes))
    w->state.signature = TRUE;
  if (dir != NULL && g_ascii_strcasecmp (dir, "rtl") == 0)
    w->state.direction = MOS_HTML_DIRECTION_RTL;
  else if (dir != NULL && g_ascii_strcasecmp (dir, "ltr") == 0)
    w->state.direction = MOS_HTML_DIRECTION_LTR;

  if (strcmp (name, "hr") == 0)
    {
      if (!mos_html_at_limit (w))
        mos_html_add_block (w, MOS_HTML_RULE);
    }
  else if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
    w->state.level = (guint8) (name[1] - '0');
  else if (strcmp (name, "blockquote") == 0)
    {
      const char *type = mos_html_attribute (attributes, "type");
      g_autofree char *border = mos_html_style_value (style, "border");
      g_autofree char *padding = mos_html_style_value (style, "padding");

      /* Gmail's "indent more" is a blockquote without border and padding; it quotes nobody */
      if (!(strcmp (border, "none") == 0 && mos_html_is_zero (padding)))
        {
          if (w->state.quote_depth < 20)
            w->state.quote_depth++;
          w->state.quoted |= (type != NULL && g_ascii_strcasecmp (type, "cite") == 0) || mos_html_attribute (attributes, "cite") != NULL;
          w->state.quoted = TRUE;
        }
    }
  else if (strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0)
    {
      const char *start = mos_html_attribute (attributes, "start");
      MosHtmlList list = { strcmp (name, "ol") == 0 ? (start != NULL ? CLAMP (atoi (start), 1, 1000000) : 1) : 0 };

      g_array_append_val (w->lists, list);
      w->state.list = TRUE;
      if (w->state.list_depth < 20)
        w->state.list_depth++;
    }
  else if (strcmp (name, "li") == 0)
    {
      MosHtmlList *list = w->lists->len > 0 ? &g_array_index (w->lists, MosHtmlList, w->lists->len - 1) : NULL;

      g_free (w->pending_marker);
      if (list != NULL && list->next > 0)
        w->pending_marker = g_strdup_printf ("%d.", list->next++);
      else
        w->pending_marker = g_strdup ("•");
      if (w->state.list_depth == 0)
        w->state.list_depth = 1;
    }
  else if (strcmp (name, "pre") == 0 || strcmp (name, "xmp") == 0 || strcmp (name, "listing") == 0)
    w->state.preformatted = TRUE;
  else if (strcmp (name, "table") == 0)
    w->table++;
  else if (strcmp (name, "tr") == 0)
    {
      MosHtmlRow row = { w->document->blocks->len, g_array_new (FALSE, FALSE, sizeof (guint)) };

      g_array_append_val (w->rows, row);
      w->state.row = TRUE;
    }
  else if ((strcmp (name, "td") == 0 || strcmp (name, "th") == 0) && w->rows->len > 0)
    {
      MosHtmlRow *row = &g_array_index (w->rows, MosHtmlRow, w->rows->len - 1);
      guint at = w->document->blocks->len;

      g_array_append_val (row->cells, at);
      w->state.cell = TRUE;
      if (strcmp (name, "th") == 0)
        w->state.flags |= MOS_HTML_SPAN_BOLD;
    }
  else if (strcmp (name, "a") == 0)
    {
      g_autofree char *href = mos_html_safe_href (mos_html_attribute (attributes, "href"));

      if (mos_html_attribute (attributes, "href") != NULL)
        w->state.href = href != NULL ? g_string_chunk_insert (w->document->strings, href) : NULL;
    }
  else if (strcmp (name, "b") == 0 || strcmp (name, "strong") == 0)
    w->state.flags |= MOS_HTML_SPAN_BOLD;
  else if (strcmp (name, "i") == 0 || strcmp (name, "em") == 0 || strcmp (name, "cite") == 0 || strcmp (name, "var") == 0 || strcmp (name, "dfn") == 0)
    w->state.flags |= MOS_HTML_SPAN_ITALIC;
  else if (strcmp (name, "u") == 0 || strcmp (name, "ins") == 0)
    w->state.flags |= MOS_HTML_SPAN_UNDERLINE;
  else if (strcmp (name, "s") == 0 || strcmp (name, "strike") == 0 || strcmp (name, "del") == 0)
    w->state.flags |= MOS_HTML_SPAN_STRIKE;
  else if (strcmp (name, "code") == 0 || strcmp (name, "tt") == 0 || strcmp (name, "kbd") == 0 || strcmp (name, "samp") == 0)
    w->state.flags |= MOS_HTML_SPAN_CODE;
  if (style != NULL && strlen (style) < 4096)
    {
      g_autofree char *weight = mos_html_style_value (style, "font-weight");
      g_autofree char *slant = mos_html_style_value (style, "font-style");
      g_autofree char *decoration = mos_html_style_value (style, "text-decoration");
      g_autofree char *space = mos_html_style_value (style, "white-space");

      if (strcmp (weight, "bold") == 0 || strcmp (weight, "bolder") == 0 || atoi (weight) >= 600)
        w->state.flags |= MOS_HTML_SPAN_BOLD;
      else if (strcmp (weight, "normal") == 0 || (atoi (weight) > 0 && atoi (weight) < 600))
        w->state.flags &= ~(guint) MOS_HTML_SPAN_BOLD;
      if (strcmp (slant, "italic") == 0)
        w->state.flags |= MOS_HTML_SPAN_ITALIC;
      if (strstr (decoration, "line-through") != NULL)
        w->state.flags |= MOS_HTML_SPAN_STRIKE;
      if (strstr (decoration, "underline") != NULL && w->state.href == NULL)
        w->state.flags |= MOS_HTML_SPAN_UNDERLINE;
      if (g_str_has_prefix (space, "pre") && strcmp (space, "pre-line") != 0 && w->state.block)
        w->state.preformatted = TRUE;
    }

push:
  {
    MosHtmlState saved = old;

    /* what the end of this element has to know travels with the saved state */
    g_array_append_val (w->stack, saved);
  }
}

static void
end_element (void *user_data,
             const xmlChar *xml_name)
{
  MosHtmlWalker *w = user_data;
  MosHtmlState inner = w->state;
  MosHtmlState outer;

  if (w->overflow > 0)
    {
      w->overflow--;
      return;
    }
  if (w->stack->len == 0)
    return;
  outer = g_array_index (w->stack, MosHtmlState, w->stack->len - 1);
  g_array_set_size (w->stack, w->stack->len - 1);
  if (!inner.hidden)
    {
      if (inner.block || inner.margin)
        mos_html_close_block (w);
      if (inner.margin && !(inner.list && outer.list_depth > 0))
        w->pending_gap = TRUE;
      if (inner.row && w->rows->len > 0)
        mos_html_close_row (w);
      if (inner.list && w->lists->len > 0)
        g_array_set_size (w->lists, w->lists->len - 1);
      if (g_ascii_strcasecmp ((const char *) xml_name, "li") == 0)
        g_clear_pointer (&w->pending_marker, g_free);
    }
  w->state = outer;
}

static void
characters (void *user_data,
            const xmlChar *text,
            int length)
{
  mos_html_append_text (user_data, (const char *) text, (gsize) MAX (length, 0));
}

/* --- public --- */

MosHtmlDocument *
mos_html_document_make_empty (void)
{
  MosHtmlDocument *document = mos_html_document_new ();

  document->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_html_block_free);
  document->images = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_html_image_free);
  document->strings = g_string_chunk_new (512);
  return document;
}

static void
silence (void *user_data,
         const char *format,
         ...)
{
}

MosHtmlDocument *
mos_html_document_parse (const char *html)
{
  g_autofree char *valid = NULL;
  htmlParserCtxtPtr context;
  MosHtmlWalker w = { 0 };
  gsize length;

  g_return_val_if_fail (html != NULL, NULL);

  w.document = mos_html_document_make_empty ();
  length = strlen (html);
  if (length > MOS_HTML_MAX_INPUT)
    {
      length = MOS_HTML_MAX_INPUT;
      w.document->is_truncated = TRUE;
    }
  if (!g_utf8_validate_len (html, length, NULL))
    {
      valid = g_utf8_make_valid (html, (gssize) length);
      html = valid;
      length = strlen (valid);
    }
  if (length == 0)
    return w.document;
  w.stack = g_array_new (FALSE, FALSE, sizeof (MosHtmlState));
  w.lists = g_array_new (FALSE, FALSE, sizeof (MosHtmlList));
  w.rows = g_array_new (FALSE, FALSE, sizeof (MosHtmlRow));
  w.spans = g_array_new (FALSE, FALSE, sizeof (MosHtmlSpan));
  w.text = g_string_new (NULL);

  xmlInitParser ();
  context = htmlNewParserCtxt ();
  if (context != NULL)
    {
      memset (context->sax, 0, sizeof (htmlSAXHandler));
      context->sax->startElement = start_element;
      context->sax->endElement = end_element;
      context->sax->characters = characters;
      context->sax->ignorableWhitespace = characters;
      context->sax->warning = silence;
      context->sax->error = silence;
      context->userData = &w;
      htmlCtxtReadMemory (context, html, (int) length, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
      htmlFreeParserCtxt (context);
    }
  mos_html_close_block (&w);
  while (w.rows->len > 0)
    mos_html_close_row (&w);
  g_free (w.pending_marker);
  g_string_free (w.text, TRUE);
  g_array_unref (w.stack);
  g_array_unref (w.lists);
  g_array_unref (w.rows);
  g_array_unref (w.spans);
  w.document->is_truncated |= w.full;
  mos_html_document_fold (w.document);
  return w.document;
}
