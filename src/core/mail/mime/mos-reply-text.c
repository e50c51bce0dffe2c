/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime.h"

#include "core/base/mos-text.h"
#include "core/mail/mime/mos-reply-private.h"

#include <string.h>

#define MAX_ATTRIBUTION_LINES 6
#define MAX_SIGNATURE_LINES 20
#define MAX_LIST_FOOTER 6
/* nobody writes more by hand; a log file pasted into a mail stays as it is */
#define MAX_LINES 5000

/* A run of quoted lines */
typedef struct
{
  guint from;
  guint to; /* behind the last */
  gboolean introduced;
} Quote;

static gboolean
is_blank (const char *line)
{
  while (g_ascii_isspace (*line) || ((guchar) line[0] == 0xc2 && (guchar) line[1] == 0xa0))
    line += *line == '\xc2' ? 2 : 1;
  return *line == '\0';
}

static gboolean
is_quote_line (const char *line)
{
  while (*line == ' ')
    line++;
  return *line == '>';
}

static gboolean
is_bar_line (const char *line)
{
  return line[0] == '|' && (line[1] == ' ' || line[1] == '\0');
}

/* a line of dashes, underscores and the like */
static gboolean
is_rule (const char *line)
{
  gsize n = 0;

  for (; *line != '\0'; line++)
    if (strchr ("-_=*~", *line) != NULL)
      n++;
    else if (!g_ascii_isspace (*line))
      return FALSE;
  return n >= 3;
}

static gboolean
is_signature_delimiter (const char *line)
{
  g_autofree char *trimmed = NULL;

  if (strlen (line) > 8)
    return FALSE;
  trimmed = g_strstrip (g_strdup (line));
  return strcmp (trimmed, "--") == 0 || strcmp (trimmed, "—") == 0 || strcmp (trimmed, "–") == 0 || strcmp (trimmed, "__") == 0 || strcmp (trimmed, "---") == 0;
}

/* "On Nov 21, 2014,": the first of several lines, and no sentence */
static gboolean
begins_attribution (const char *line)
{
  gsize length = strlen (line);

  return length < 60 && mos_reply_has_date (line) && line[length - 1] == ',';
}

/* How many lines from @i on make up an introduction ("On …\n… wrote:"), 0 for none. Long names wrap, so several lines are tried. */
static guint
attribution_length (char **lines,
                    guint n,
                    guint i)
{
  g_autoptr (GString) joined = NULL;
  guint blanks = 0;

  if (is_blank (lines[i]) || is_quote_line (lines[i]) || strlen (lines[i]) > 400)
    return 0;
  joined = g_string_new (NULL);
  for (guint k = 0; k < MAX_ATTRIBUTION_LINES && i + k < n; k++)
    {
      const char *line = lines[i + k];

      if (is_blank (line))
        {
          if (++blanks > 1)
            return 0;
          continue;
        }
      /* a wrapped "<address>" may leave a line that begins like a quotation: "> wrote:" */
      if (k > 0 && is_quote_line (line) && strchr (joined->str, '<') == NULL)
        return 0;
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, line);
      if (joined->len > 600)
        return 0;
      if (mos_reply_is_attribution (joined->str))
        {
          /* the shortest tail that is one by itself: a sentence above must not be taken with it */
          for (guint skip = k; skip > 0; skip--)
            {
              g_autoptr (GString) tail = g_string_new (NULL);

              for (guint m = skip; m <= k; m++)
                {
                  g_string_append (tail, lines[i + m]);
                  g_string_append_c (tail, ' ');
                }
              if (mos_reply_has_date (tail->str) && mos_reply_is_attribution (tail->str) && !begins_attribution (lines[i]))
                return 0;
            }
          return k + 1;
        }
      /* only a line that has the look of a beginning is worth joining: it carries a digit, or an address to be continued */
      if (k == 0 && strpbrk (line, "0123456789@<") == NULL)
        return 0;
    }
  return 0;
}

/* Does a copied header block begin at @i? A "From" line with one more label near it, or three labels. */
static gboolean
is_header_block (char **lines,
                 guint n,
                 guint i)
{
  gboolean from, any_from;
  guint labels = 1, seen = 1;

  if (!mos_reply_is_header (lines[i], &any_from) || is_quote_line (lines[i]))
    return FALSE;
  for (guint j = i + 1; j < n && seen < 7; j++)
    {
      if (is_blank (lines[j]))
        {
          /* some programs put an empty line between the labels; two end the block */
          if (j + 1 < n && is_blank (lines[j + 1]))
            break;
          continue;
        }
      seen++;
      if (mos_reply_is_header (lines[j], &from))
        {
          labels++;
          any_from |= from;
        }
      else if (labels < 2 && seen > 3)
        break;
    }
  return any_from ? labels >= 3 : labels >= 4;
}

static gboolean
own_text_between (char **lines,
                  const guint8 *marks,
                  guint from,
                  guint to)
{
  for (guint i = from; i < to; i++)
    if (marks[i] == MOS_REPLY_LINE_OWN && !is_blank (lines[i]) && !is_quote_line (lines[i]) && !is_rule (lines[i]))
      return TRUE;
  return FALSE;
}

static void
mark (guint8 *marks,
      guint from,
      guint to,
      MosReplyLine what)
{
  for (guint i = from; i < to; i++)
    marks[i] = (guint8) what;
}

/* A long line of underscores and below it, at the very end, which mailing list it is and how to leave it. */
static void
mark_list_footer (char **lines,
                  guint8 *marks,
                  guint n)
{
  guint filled = 0;
  gboolean is_list = FALSE;

  for (guint i = n; i-- > 0 && filled <= MAX_LIST_FOOTER;)
    {
      if (is_blank (lines[i]) || marks[i] == MOS_REPLY_LINE_QUOTED)
        continue;
      if (strlen (lines[i]) >= 20 && strspn (lines[i], "_") >= strcspn (lines[i], "\r \t"))
        {
          if (is_list && own_text_between (lines, marks, 0, i))
            for (guint k = i; k < n; k++)
              if (marks[k] == MOS_REPLY_LINE_OWN)
                marks[k] = MOS_REPLY_LINE_SIGNATURE;
          return;
        }
      filled++;
      if (strlen (lines[i]) < 500)
        {
          g_autofree char *line = g_ascii_strdown (lines[i], -1);

          is_list |= strstr (line, "mailing list") != NULL || strstr (line, "listinfo") != NULL || strstr (line, "unsubscribe") != NULL;
        }
    }
}

/* "-Ana Ruiz" as the last paragraph: a dash, one to three words that begin with a capital, and nothing else */
static void
mark_dashed_name (char **lines,
                  guint8 *marks,
                  guint n)
{
  guint i = n;
  guint words = 1;
  const char *p;

  while (i > 0 && (is_blank (lines[i - 1]) || marks[i - 1] != MOS_REPLY_LINE_OWN))
    i--;
  if (i < 2 || !is_blank (lines[i - 2]) || strlen (lines[i - 1]) > 60)
    return;
  p = lines[i - 1];
  if (g_str_has_prefix (p, "—"))
    p += strlen ("—");
  else if (*p == '-')
    p += strspn (p, "-");
  else
    return;
  if (!g_unichar_isupper (g_utf8_get_char (p)))
    return;
  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == ' ')
      {
        if (p[1] != '\0' && (!g_unichar_isupper (g_utf8_get_char (p + 1)) || ++words > 3))
          return;
      }
    else if (!g_unichar_isalpha (g_utf8_get_char (p)) && *p != '.' && *p != '-' && *p != '\'')
      return;
  if (own_text_between (lines, marks, 0, i - 1))
    marks[i - 1] = MOS_REPLY_LINE_SIGNATURE;
}

/* Signatures are cut out of what is the writer's own: behind "-- " up to the next quotation, and the lines telephones add. */
static void
mark_signatures (char **lines,
                 guint8 *marks,
                 guint n)
{
  for (guint i = 0; i < MIN (n, MAX_LINES); i++)
    if (marks[i] == MOS_REPLY_LINE_OWN && mos_reply_is_mobile_signature (lines[i]))
      marks[i] = MOS_REPLY_LINE_SIGNATURE;
  mark_list_footer (lines, marks, n);
  mark_dashed_name (lines, marks, n);
  for (guint i = 0; i < MIN (n, MAX_LINES); i++)
    {
      guint end = i + 1;
      guint filled = 0;

      if (marks[i] != MOS_REPLY_LINE_OWN || !is_signature_delimiter (lines[i]))
        continue;
      while (end < n && marks[end] != MOS_REPLY_LINE_QUOTED && filled <= MAX_SIGNATURE_LINES)
        filled += !is_blank (lines[end++]);
      if (filled <= (lines[i][0] == '-' && strlen (lines[i]) <= 3 && lines[i][2] != '-' ? MAX_SIGNATURE_LINES : 8) && own_text_between (lines, marks, 0, i))
        {
          mark (marks, i, end, MOS_REPLY_LINE_SIGNATURE);
          i = end;
        }
    }
}

/* mos_reply_mark_lines: says of every line whether the writer wrote it, quoted it or signed with it. */
guint8 *
mos_reply_mark_lines (char **lines,
                      guint n)
{
  guint8 *marks = g_new0 (guint8, n + 1);
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (Quote));
  guint last_content = n;
  guint inner = 0;

  for (guint i = 0; i < MIN (n, MAX_LINES);)
    {
      guint k;

      if (is_blank (lines[i]))
        {
          i++;
          continue;
        }
      if (is_quote_line (lines[i]))
        {
          Quote quote = { i, i, FALSE };

          while (i < n && (is_quote_line (lines[i]) || is_blank (lines[i])))
            i++;
          quote.to = i;
          g_array_append_val (quotes, quote);
          continue;
        }
      if (mos_reply_is_separator (lines[i]) || is_header_block (lines, n, i))
        {
          if (own_text_between (lines, marks, 0, i))
            {
              mark (marks, i, n, MOS_REPLY_LINE_QUOTED);
              last_content = i;
              break;
            }
          i++;
          continue;
        }
      k = attribution_length (lines, n, i);
      if (k > 0)
        {
          guint next = i + k;

          while (next < n && is_blank (lines[next]))
            next++;
          if (next < n && (is_quote_line (lines[next]) || is_bar_line (lines[next])))
            {
              Quote quote = { i, i, TRUE };
              gboolean bars = is_bar_line (lines[next]);

              mark (marks, i, i + k, MOS_REPLY_LINE_QUOTED);
              i = next;
              while (i < n && (is_quote_line (lines[i]) || is_blank (lines[i]) || (bars && is_bar_line (lines[i]))))
                i++;
              quote.to = i;
              g_array_append_val (quotes, quote);
              continue;
            }
          if (next < n && own_text_between (lines, marks, 0, i))
            {
              mark (marks, i, n, MOS_REPLY_LINE_QUOTED);
              last_content = i;
              break;
            }
          mark (marks, i, i + k, MOS_REPLY_LINE_QUOTED);
          i += k;
          continue;
        }
      i++;
    }

  mark_signatures (lines, marks, n);

  /* Which quotations go: the last one; one that was introduced and answered below. Between answers they are what the answers refer to. */
  for (guint q = 0; q < quotes->len; q++)
    {
      Quote *quote = &g_array_index (quotes, Quote, q);

      inner += own_text_between (lines, marks, quote->to, last_content);
    }
  for (guint q = 0; q < quotes->len; q++)
    {
      Quote *quote = &g_array_index (quotes, Quote, q);

      if (!own_text_between (lines, marks, quote->to, last_content) || (quote->introduced && inner == 1))
        mark (marks, quote->from, quote->to, MOS_REPLY_LINE_QUOTED);
    }
  /* a line drawn above what was cut */
  for (guint i = n; i-- > 0;)
    {
      if (marks[i] != MOS_REPLY_LINE_OWN || is_blank (lines[i]))
        continue;
      if (!is_rule (lines[i]))
        break;
      marks[i] = MOS_REPLY_LINE_QUOTED;
    }
  return marks;
}

/**
 * mos_reply_text:
 * @text: a plain text body
 *
 * Pure function, any thread.
 *
 * Returns: (transfer full): @text without quotations and signature; never empty when @text is not. Answers between quotations stay, and
 *   so do the quotations above them
 */
char *
mos_reply_text (const char *text)
{
  g_auto (GStrv) lines = NULL;
  g_autofree guint8 *marks = NULL;
  g_autofree char *clean = NULL;
  GString *out;
  guint n;

  g_return_val_if_fail (text != NULL, NULL);

  clean = g_utf8_make_valid (text, -1);
  lines = g_strsplit (clean, "\n", -1);
  n = g_strv_length (lines);
  for (guint i = 0; i < n; i++)
    if (g_str_has_suffix (lines[i], "\r") || mos_text_is_break (lines[i]))
      lines[i][strlen (lines[i]) - 1] = '\0';
  marks = mos_reply_mark_lines (lines, n);
  out = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    if (marks[i] == MOS_REPLY_LINE_OWN)
      {
        g_string_append (out, lines[i]);
        g_string_append_c (out, '\n');
      }
  {
    g_autofree char *cut = g_string_free (out, FALSE);
    const char *start = cut;

    /* leading empty lines go, but not the indentation of the first line */
    for (const char *p = cut; g_ascii_isspace (*p); p++)
      if (*p == '\n')
        start = p + 1;
    if (is_blank (start))
      return g_strstrip (g_strjoinv ("\n", lines));
    return g_strchomp (g_strdup (start));
  }
}
