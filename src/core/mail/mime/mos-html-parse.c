/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-builder.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

/* libxml2 reads the tag soup and calls back for every tag and text (SAX): no tree is built, so memory grows with the words only,
 * and its limit on the depth of a tree does not cut long reply chains. Every element pushes a copy of the state and restores it at its end. */

typedef struct
{
  MosHtmlSpanFlags flags;
  const char *href; /* interned in the document's strings */
  guint8 level;     /* heading */
  guint8 list_depth;
  guint8 quote_depth;
  MosHtmlDirection direction;
  gboolean preformatted;
  gboolean hidden;
  gboolean quoted;
  gboolean signature;
  gboolean block;  /* the element is one: its end closes the paragraph */
  gboolean margin; /* and it has a gap around it */
  gboolean list;
  gboolean row;
  gboolean cell;
} State;

typedef struct
{
  guint first_block;
  GArray *cells; /* of guint: the block index where each cell began */
} Row;

typedef struct
{
  int next; /* 0: not numbered */
} List;

typedef struct
{
  MosHtmlDocument *document;
  GArray *stack; /* of State */
  State state;
  guint overflow; /* elements nested deeper than we follow */
  GArray *lists;
  GArray *rows;
  guint table;
  GString *text; /* of the open block */
  GArray *spans;
  gsize total;
  gboolean pending_blank;
  gboolean pending_gap;
  gboolean saw_break;
  gboolean rest_is_history;
  gboolean full; /* a limit was reached: the rest is left out */
  char *pending_marker;
} Walker;

static void emit_image (Walker *w, const xmlChar **attributes);

/* --- attributes --- */

static const char *
attribute (const xmlChar **attributes,
           const char *name)
{
  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : "";
  return NULL;
}

/* The value of a CSS property in a style attribute, lower case without blanks; "" when absent. */
static char *
style_value (const char *style,
             const char *property)
{
  g_auto (GStrv) declarations = style != NULL ? g_strsplit (style, ";", 200) : NULL;

  for (guint i = 0; declarations != NULL && declarations[i] != NULL; i++)
    {
      char *colon = strchr (declarations[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_ascii_strcasecmp (g_strstrip (declarations[i]), property) == 0)
        {
          GString *value = g_string_new (NULL);

          for (const char *p = colon + 1; *p != '\0'; p++)
            if (!g_ascii_isspace (*p))
              g_string_append_c (value, g_ascii_tolower (*p));
          return g_string_free (value, FALSE);
        }
    }
  return g_strdup ("");
}

static gboolean
is_zero (const char *value)
{
  char *end;

  if (*value == '\0')
    return FALSE;
  return g_ascii_strtod (value, &end) == 0 && end != value;
}

static gboolean
style_hides (const char *style)
{
  g_autofree char *display = NULL;
  g_autofree char *visibility = NULL;
  g_autofree char *font_size = NULL;
  g_autofree char *max_height = NULL;
  g_autofree char *height = NULL;
  g_autofree char *overflow = NULL;
  g_autofree char *opacity = NULL;
  g_autofree char *mso = NULL;

  if (style == NULL)
    return FALSE;
  display = style_value (style, "display");
  visibility = style_value (style, "visibility");
  font_size = style_value (style, "font-size");
  max_height = style_value (style, "max-height");
  height = style_value (style, "height");
  overflow = style_value (style, "overflow");
  opacity = style_value (style, "opacity");
  mso = style_value (style, "mso-hide");
  return g_str_has_prefix (display, "none") || g_str_has_prefix (visibility, "hidden") || g_str_has_prefix (mso, "all") ||
         is_zero (opacity) || (is_zero (font_size) && *display == '\0') ||
         ((is_zero (max_height) || is_zero (height)) && g_str_has_prefix (overflow, "hidden"));
}

static gboolean
has_class (const char *classes,
           const char *name)
{
  gsize n = strlen (name);

  for (const char *p = classes; p != NULL && (p = strstr (p, name)) != NULL; p += n)
    if ((p == classes || g_ascii_isspace (p[-1])) && (p[n] == '\0' || g_ascii_isspace (p[n])))
      return TRUE;
  return FALSE;
}

char *
mos_html_safe_href (const char *href)
{
  static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:" };
  g_autoptr (GString) clean = g_string_new (NULL);

  if (href == NULL)
    return NULL;
  while (g_ascii_isspace (*href))
    href++;
  /* browsers drop tabs and line breaks inside an address, so "java\nscript:" must be judged without them */
  for (const char *p = href; *p != '\0' && clean->len < 8192; p++)
    if ((guchar) *p > 0x20 && *p != 0x7f)
      g_string_append_c (clean, *p);
    else if (*p == ' ' && p[1] != '\0' && p[1] != ' ')
      g_string_append (clean, "%20");
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize n = strlen (schemes[i]);

      if (g_ascii_strncasecmp (clean->str, schemes[i], n) == 0)
        {
          if (clean->str[n] == '\0' || (i < 2 && strncmp (clean->str + n, "//", 2) != 0))
            return NULL;
          for (gsize j = 0; j < n; j++)
            clean->str[j] = g_ascii_tolower (clean->str[j]);
          return g_utf8_make_valid (clean->str, (gssize) clean->len);
        }
    }
  return NULL;
}

/* --- blocks --- */

static gboolean
at_limit (Walker *w)
{
  if (w->document->blocks->len >= MOS_HTML_MAX_BLOCKS || w->total >= MOS_HTML_MAX_TEXT)
    w->full = TRUE;
  return w->full;
}

static MosHtmlBlock *
add_block (Walker *w,
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

static void
close_block (Walker *w)
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
  if (at_limit (w))
    {
      g_string_truncate (w->text, 0);
      g_array_set_size (w->spans, 0);
      return;
    }
  keep = w->text->len;
  while (keep > 0 && (w->text->str[keep - 1] == ' ' || w->text->str[keep - 1] == '\n'))
    keep--;
  block = add_block (w, w->state.preformatted ? MOS_HTML_PREFORMATTED : w->state.level > 0    ? MOS_HTML_HEADING
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

static void
add_span (Walker *w,
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

static void
append_text (Walker *w,
             const char *text,
             gsize length)
{
  gsize start;
  const char *end = text + length;

  if (w->state.hidden || at_limit (w))
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
      add_span (w, start, -1);
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
  add_span (w, start, -1);
}

static void
line_break (Walker *w)
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
        close_block (w);
    }
  else
    w->pending_gap = TRUE;
}

/* --- tables --- */

/* A row whose cells are each at most one short paragraph reads as a row; any other table only laid the mail out, and its cells follow each other. */
static void
close_row (Walker *w)
{
  Row *row = &g_array_index (w->rows, Row, w->rows->len - 1);
  GPtrArray *blocks = w->document->blocks;
  guint n_filled = 0;
  gsize length = 0;
  gboolean simple = row->cells->len >= 2 && row->cells->len <= 32;

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

/* --- history marks of mail programs --- */

static gboolean
starts_history (const char *id,
                const char *classes,
                const char *style)
{
  if (id != NULL && (strstr (id, "divRplyFwdMsg") != NULL || strstr (id, "appendonsend") != NULL || strcmp (id, "zwchr") == 0 || strcmp (id, "reply-intro") == 0))
    return TRUE;
  if (classes != NULL && has_class (classes, "OutlookMessageHeader"))
    return TRUE;
  if (style != NULL)
    {
      /* desktop Outlook parts its header block from the answer only by a line above it */
      g_autofree char *top = style_value (style, "border-top");

      if (strcmp (top, "solid#e1e1e11.0pt") == 0 || strcmp (top, "solid#b5c4df1.0pt") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_quotation (const char *id,
              const char *classes,
              const char *name)
{
  static const char *const quote_classes[] = {
    "gmail_quote", "gmail_quote_container", "gmail_attr", "protonmail_quote", "yahoo_quoted", "moz-cite-prefix", "tutanota_quote", "mail-quote-collapse", "zmail_extra", "quoted-text"
  };

  for (gsize i = 0; classes != NULL && i < G_N_ELEMENTS (quote_classes); i++)
    if (has_class (classes, quote_classes[i]))
      return TRUE;
  if (classes != NULL && (strstr (classes, "yahoo_quoted") != NULL || strstr (classes, "gmail_quote") != NULL))
    return TRUE;
  if (id != NULL && (strstr (id, "yahoo_quoted") != NULL || strstr (id, "OLK_SRC_BODY_SECTION") != NULL || strstr (id, "isForwardContent") != NULL || strstr (id, "isReplyContent") != NULL))
    return TRUE;
  return name != NULL && strcmp (name, "quote") == 0;
}

static gboolean
is_signature (const char *id,
              const char *classes)
{
  static const char *const names[] = { "gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature", "ms-outlook-ios-signature", "yahoo-signature", "ydpsignature" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((classes != NULL && strstr (classes, names[i]) != NULL) || (id != NULL && strstr (id, names[i]) != NULL))
      return TRUE;
  return id != NULL && (strcmp (id, "Signature") == 0 || strcmp (id, "AppleMailSignature") == 0);
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
  Walker *w = user_data;
  g_autofree char *name = g_ascii_strdown ((const char *) xml_name, -1);
  const char *id, *classes, *style, *dir;
  State old = w->state;

  if (w->stack->len >= MOS_HTML_MAX_NESTING)
    {
      w->overflow++;
      return;
    }
  id = attribute (attributes, "id");
  classes = attribute (attributes, "class");
  style = attribute (attributes, "style");
  dir = attribute (attributes, "dir");
  w->state.block = is_one_of (name, blocks);
  w->state.margin = is_one_of (name, spaced);
  w->state.list = w->state.row = w->state.cell = FALSE;
  if (!w->state.hidden && (is_one_of (name, skipped) || attribute (attributes, "hidden") != NULL || style_hides (style)))
    w->state.hidden = TRUE;
  if (w->state.hidden)
    goto push;

  if (strcmp (name, "br") == 0)
    line_break (w);
  else if (strcmp (name, "img") == 0)
    emit_image (w, attributes);
  if (w->state.block || w->state.margin || strcmp (name, "hr") == 0)
    {
      State inner = w->state;

      w->state = old;
      close_block (w);
      w->state = inner;
      if (w->state.margin && !(w->state.list_depth > 0 && (strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0)))
        {
          /* a paragraph that opens a list item stands beside its marker */
          if (!(w->pending_marker != NULL && strcmp (name, "p") == 0))
            w->pending_gap = TRUE;
        }
    }
  if (starts_history (id, classes, style))
    w->rest_is_history = TRUE;
  if (is_quotation (id, classes, attribute (attributes, "name")))
    w->state.quoted = TRUE;
  if (is_signature (id, classes))
    w->state.signature = TRUE;
  if (dir != NULL && g_ascii_strcasecmp (dir, "rtl") == 0)
    w->state.direction = MOS_HTML_DIRECTION_RTL;
  else if (dir != NULL && g_ascii_strcasecmp (dir, "ltr") == 0)
    w->state.direction = MOS_HTML_DIRECTION_LTR;

  if (strcmp (name, "hr") == 0)
    {
      if (!at_limit (w))
        add_block (w, MOS_HTML_RULE);
    }
  else if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
    w->state.level = (guint8) (name[1] - '0');
  else if (strcmp (name, "blockquote") == 0)
    {
      const char *type = attribute (attributes, "type");
      g_autofree char *border = style_value (style, "border");
      g_autofree char *padding = style_value (style, "padding");

      /* Gmail's "indent more" is a blockquote without border and padding; it quotes nobody */
      if (!(strcmp (border, "none") == 0 && is_zero (padding)))
        {
          if (w->state.quote_depth < 20)
            w->state.quote_depth++;
          w->state.quoted |= (type != NULL && g_ascii_strcasecmp (type, "cite") == 0) || attribute (attributes, "cite") != NULL;
          w->state.quoted = TRUE;
        }
    }
  else if (strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0)
    {
      const char *start = attribute (attributes, "start");
      List list = { strcmp (name, "ol") == 0 ? (start != NULL ? CLAMP (atoi (start), 1, 1000000) : 1) : 0 };

      g_array_append_val (w->lists, list);
      w->state.list = TRUE;
      if (w->state.list_depth < 20)
        w->state.list_depth++;
    }
  else if (strcmp (name, "li") == 0)
    {
      List *list = w->lists->len > 0 ? &g_array_index (w->lists, List, w->lists->len - 1) : NULL;

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
      Row row = { w->document->blocks->len, g_array_new (FALSE, FALSE, sizeof (guint)) };

      g_array_append_val (w->rows, row);
      w->state.row = TRUE;
    }
  else if ((strcmp (name, "td") == 0 || strcmp (name, "th") == 0) && w->rows->len > 0)
    {
      Row *row = &g_array_index (w->rows, Row, w->rows->len - 1);
      guint at = w->document->blocks->len;

      g_array_append_val (row->cells, at);
      w->state.cell = TRUE;
      if (strcmp (name, "th") == 0)
        w->state.flags |= MOS_HTML_SPAN_BOLD;
    }
  else if (strcmp (name, "a") == 0)
    {
      g_autofree char *href = mos_html_safe_href (attribute (attributes, "href"));

      if (attribute (attributes, "href") != NULL)
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
      g_autofree char *weight = style_value (style, "font-weight");
      g_autofree char *slant = style_value (style, "font-style");
      g_autofree char *decoration = style_value (style, "text-decoration");
      g_autofree char *space = style_value (style, "white-space");

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
    State saved = old;

    /* what the end of this element has to know travels with the saved state */
    g_array_append_val (w->stack, saved);
  }
}

static void
end_element (void *user_data,
             const xmlChar *xml_name)
{
  Walker *w = user_data;
  State inner = w->state;
  State outer;

  if (w->overflow > 0)
    {
      w->overflow--;
      return;
    }
  if (w->stack->len == 0)
    return;
  outer = g_array_index (w->stack, State, w->stack->len - 1);
  g_array_set_size (w->stack, w->stack->len - 1);
  if (!inner.hidden)
    {
      if (inner.block || inner.margin)
        close_block (w);
      if (inner.margin && !(inner.list && outer.list_depth > 0))
        w->pending_gap = TRUE;
      if (inner.row && w->rows->len > 0)
        close_row (w);
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
  append_text (user_data, (const char *) text, (gsize) MAX (length, 0));
}

/* --- images --- */

static int
pixels (const char *value)
{
  char *end;
  double number;

  if (value == NULL)
    return -1;
  number = g_ascii_strtod (value, &end);
  if (end == value || *end == '%' || number < 0 || number > 20000)
    return -1;
  return (int) number;
}

static void
emit_image (Walker *w,
            const xmlChar **attributes)
{
  const char *source = attribute (attributes, "src");
  const char *style = attribute (attributes, "style");
  const char *alt = attribute (attributes, "alt");
  g_autofree char *style_width = style_value (style, "width");
  g_autofree char *style_height = style_value (style, "height");
  MosHtmlImage *image;
  int width = pixels (attribute (attributes, "width"));
  int height = pixels (attribute (attributes, "height"));
  gsize start;

  if (source == NULL || w->document->images->len >= MOS_HTML_MAX_IMAGES)
    return;
  if (pixels (style_width) >= 0)
    width = pixels (style_width);
  if (pixels (style_height) >= 0)
    height = pixels (style_height);
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
  if (image->is_tracker || at_limit (w))
    return;
  append_text (w, "", 0);
  if (w->pending_blank && w->text->len > 0 && w->text->str[w->text->len - 1] != '\n' && w->text->str[w->text->len - 1] != ' ')
    g_string_append_c (w->text, ' ');
  w->pending_blank = FALSE;
  start = w->text->len;
  g_string_append (w->text, "\357\277\274");
  add_span (w, start, (int) w->document->images->len - 1);
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
  Walker w = { 0 };
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
  w.stack = g_array_new (FALSE, FALSE, sizeof (State));
  w.lists = g_array_new (FALSE, FALSE, sizeof (List));
  w.rows = g_array_new (FALSE, FALSE, sizeof (Row));
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
  close_block (&w);
  while (w.rows->len > 0)
    close_row (&w);
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
