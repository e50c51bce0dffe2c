/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-markup-edit.h"

#include "app/composer/mos-markup-line.h"

#include <string.h>

/* @ret_any: whether something is selected */
static void
get_range (GtkTextBuffer *buffer,
           GtkTextIter *start,
           GtkTextIter *end,
           int *ret_first,
           int *ret_last,
           gboolean *ret_any)
{
  *ret_any = gtk_text_buffer_get_selection_bounds (buffer, start, end);
  *ret_first = gtk_text_iter_get_line (start);
  *ret_last = gtk_text_iter_get_line (end);
  /* A selection of whole lines ends where the next one begins. */
  if (*ret_last > *ret_first && gtk_text_iter_starts_line (end))
    (*ret_last)--;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Sets what of @line is selected, without blanks around. Returns: whether anything is */
static gboolean
select_part (MosMarkupLine *line,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  line->start = gtk_text_iter_get_line (start) == line->number ? (gsize) gtk_text_iter_get_line_index (start) : 0;
  line->end = gtk_text_iter_get_line (end) == line->number ? (gsize) gtk_text_iter_get_line_index (end) : line->length;
  line->start = MAX (line->start, line->prefix);
  while (line->start < line->end && is_blank (line->text[line->start]))
    line->start++;
  while (line->end > line->start && is_blank (line->text[line->end - 1]))
    line->end--;
  return line->kind != MOS_MARKUP_LINE_QUOTE && line->end > line->start;
}

static void
grow_to_words (MosMarkupLine *line)
{
  while (mos_markup_is_word_before (line->text, line->start) && line->start > line->prefix)
    line->start = (gsize) (g_utf8_prev_char (line->text + line->start) - line->text);
  while (mos_markup_is_word (line->text, line->end, line->length))
    line->end = (gsize) (g_utf8_next_char (line->text + line->end) - line->text);
}

/* --- bold and italic --- */

static const MosMarkupSpan *
find_cover (const MosMarkupLine *line,
            MosMarkupStyle style,
            gsize start,
            gsize end)
{
  for (guint i = 0; i < line->runs->len; i++)
    {
      const MosMarkupSpan *run = &g_array_index (line->runs, MosMarkupSpan, i);

      if (run->style == style && (start == end ? run->start <= start && end <= run->end : run->outer_start <= start && end <= run->outer_end))
        return run;
    }
  return NULL;
}

static gboolean
crosses_other (const MosMarkupLine *line,
               MosMarkupStyle style,
               gsize start,
               gsize end)
{
  for (guint i = 0; i < line->runs->len; i++)
    {
      const MosMarkupSpan *run = &g_array_index (line->runs, MosMarkupSpan, i);

      /* It begins or ends within: marks would cross. */
      if (run->style != style && run->outer_end > run->end && ((start > run->outer_start && start < run->outer_end) || (end > run->outer_start && end < run->outer_end)))
        return TRUE;
    }
  return FALSE;
}

static void
remove_style (GtkTextBuffer *buffer,
              MosMarkupLine *line,
              const MosMarkupSpan *run,
              const char *mark)
{
  g_autoptr (GArray) edits = mos_markup_edits_new ();
  gboolean whole = line->start == line->end;
  gsize left, right;

  line->start = CLAMP (line->start, run->start, run->end);
  line->end = CLAMP (line->end, run->start, run->end);
  grow_to_words (line);
  left = MAX (line->start, run->start);
  right = MIN (line->end, run->end);
  while (left > run->start && is_blank (line->text[left - 1]))
    left--;
  while (right < run->end && is_blank (line->text[right]))
    right++;
  whole = whole || crosses_other (line, run->style, left, right) || (left > run->start && mos_markup_is_word (line->text, left, line->length)) || (right < run->end && mos_markup_is_word_before (line->text, right));
  if (whole || right == run->end)
    mos_markup_edits_add (edits, run->end, run->outer_end - run->end, NULL);
  else
    mos_markup_edits_add (edits, right, 0, mark);
  if (whole || left == run->start)
    mos_markup_edits_add (edits, run->outer_start, run->start - run->outer_start, NULL);
  else
    mos_markup_edits_add (edits, left, 0, mark);
  mos_markup_edits_apply (edits, buffer, line->number);
}

static void
add_style (GtkTextBuffer *buffer,
           MosMarkupLine *line,
           MosMarkupStyle style,
           const char *mark)
{
  g_autoptr (GArray) edits = mos_markup_edits_new ();
  gboolean grown;

  grow_to_words (line);
  do
    {
      grown = FALSE;
      for (guint i = 0; i < line->runs->len; i++)
        {
          const MosMarkupSpan *run = &g_array_index (line->runs, MosMarkupSpan, i);
          gboolean overlaps = run->outer_start < line->end && run->outer_end > line->start;
          /* Marks within a link's words and within another style are as good as around it. */
          gboolean is_within = run->style != style && run->start <= line->start && line->end <= run->end && run->outer_end > run->end;

          if (!overlaps || is_within || (run->outer_start >= line->start && run->outer_end <= line->end))
            continue;
          line->start = MIN (line->start, run->outer_start);
          line->end = MAX (line->end, run->outer_end);
          grown = TRUE;
        }
    }
  while (grown);
  for (guint i = 0; i < line->runs->len; i++)
    {
      const MosMarkupSpan *run = &g_array_index (line->runs, MosMarkupSpan, i);

      if (run->style != style || run->outer_start < line->start || run->outer_end > line->end)
        continue;
      mos_markup_edits_add (edits, run->outer_start, run->start - run->outer_start, NULL);
      mos_markup_edits_add (edits, run->end, run->outer_end - run->end, NULL);
    }
  mos_markup_edits_add (edits, line->start, 0, mark);
  mos_markup_edits_add (edits, line->end, 0, mark);
  mos_markup_edits_apply (edits, buffer, line->number);
}

static const char *
get_mark (MosMarkupStyle style)
{
  return style == MOS_MARKUP_BOLD ? "**" : "_";
}

/* A pair with nothing in it yet. */
static gboolean
is_between_marks (const MosMarkupLine *line,
                  gsize at,
                  const char *mark)
{
  gsize n = strlen (mark);

  return at >= n && strncmp (line->text + at - n, mark, n) == 0 && strncmp (line->text + at, mark, n) == 0;
}

static void
toggle_at_caret (GtkTextBuffer *buffer,
                 GtkTextIter *caret,
                 MosMarkupStyle style,
                 const char *mark)
{
  g_auto (MosMarkupLine) line = { 0 };
  const MosMarkupSpan *run;
  gsize at, n = strlen (mark);
  GtkTextMark *keep;
  GtkTextIter iter;

  mos_markup_line_load (buffer, gtk_text_iter_get_line (caret), &line);
  at = (gsize) gtk_text_iter_get_line_index (caret);
  if (line.kind == MOS_MARKUP_LINE_QUOTE || at < line.prefix)
    return;
  line.start = line.end = at;
  run = find_cover (&line, style, at, at);
  if (run != NULL && at == run->end)
    {
      /* Typed to its end: on behind it. */
      gtk_text_buffer_get_iter_at_line_index (buffer, &iter, line.number, (int) run->outer_end);
      gtk_text_buffer_place_cursor (buffer, &iter);
      return;
    }
  if (run == NULL && is_between_marks (&line, at, mark))
    {
      g_autoptr (GArray) edits = mos_markup_edits_new ();

      mos_markup_edits_add (edits, at - n, 2 * n, NULL);
      mos_markup_edits_apply (edits, buffer, line.number);
      return;
    }
  if (run == NULL)
    grow_to_words (&line);
  if (run == NULL && line.start == line.end)
    {
      g_autofree char *pair = g_strconcat (mark, mark, NULL);

      gtk_text_buffer_insert (buffer, caret, pair, -1);
      gtk_text_iter_backward_chars (caret, (int) n);
      gtk_text_buffer_place_cursor (buffer, caret);
      return;
    }
  keep = gtk_text_buffer_create_mark (buffer, NULL, caret, at == line.end);
  if (run != NULL)
    remove_style (buffer, &line, run, mark);
  else
    add_style (buffer, &line, style, mark);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, keep);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_buffer_delete_mark (buffer, keep);
}

/* Whether all of what is selected is so; blanks, quotations and empty lines do not count. */
static gboolean
is_covered (GtkTextBuffer *buffer,
            MosMarkupStyle style,
            const GtkTextIter *start,
            const GtkTextIter *end,
            int first,
            int last)
{
  gboolean any = FALSE;

  for (int i = first; i <= last; i++)
    {
      g_auto (MosMarkupLine) line = { 0 };

      mos_markup_line_load (buffer, i, &line);
      if (!select_part (&line, start, end))
        continue;
      if (find_cover (&line, style, line.start, line.end) == NULL)
        return FALSE;
      any = TRUE;
    }
  return any;
}

gboolean
mos_markup_edit_has_style (GtkTextBuffer *buffer,
                           MosMarkupStyle style)
{
  g_auto (MosMarkupLine) line = { 0 };
  GtkTextIter start, end;
  int first, last;
  gboolean any;
  gsize at;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);
  g_return_val_if_fail (style == MOS_MARKUP_BOLD || style == MOS_MARKUP_ITALIC, FALSE);

  get_range (buffer, &start, &end, &first, &last, &any);
  if (any)
    return is_covered (buffer, style, &start, &end, first, last);
  mos_markup_line_load (buffer, first, &line);
  at = (gsize) gtk_text_iter_get_line_index (&start);
  if (line.kind == MOS_MARKUP_LINE_QUOTE || at < line.prefix)
    return FALSE;
  return find_cover (&line, style, at, at) != NULL || is_between_marks (&line, at, get_mark (style));
}

void
mos_markup_edit_toggle (GtkTextBuffer *buffer,
                        MosMarkupStyle style)
{
  const char *mark = get_mark (style);
  GtkTextIter start, end;
  GtkTextMark *first_mark, *last_mark;
  int first, last;
  gboolean any, is_on;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (style == MOS_MARKUP_BOLD || style == MOS_MARKUP_ITALIC);

  get_range (buffer, &start, &end, &first, &last, &any);
  gtk_text_buffer_begin_user_action (buffer);
  if (!any)
    {
      toggle_at_caret (buffer, &start, style, mark);
      gtk_text_buffer_end_user_action (buffer);
      return;
    }
  is_on = is_covered (buffer, style, &start, &end, first, last);
  /* The words stay selected, so that a second key can follow. */
  first_mark = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  last_mark = gtk_text_buffer_create_mark (buffer, NULL, &end, TRUE);
  for (int i = first; i <= last; i++)
    {
      g_auto (MosMarkupLine) line = { 0 };

      gtk_text_buffer_get_iter_at_mark (buffer, &start, first_mark);
      gtk_text_buffer_get_iter_at_mark (buffer, &end, last_mark);
      mos_markup_line_load (buffer, i, &line);
      if (!select_part (&line, &start, &end))
        continue;
      if (is_on)
        remove_style (buffer, &line, find_cover (&line, style, line.start, line.end), mark);
      else if (find_cover (&line, style, line.start, line.end) == NULL)
        add_style (buffer, &line, style, mark);
    }
  gtk_text_buffer_get_iter_at_mark (buffer, &start, first_mark);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, last_mark);
  gtk_text_buffer_select_range (buffer, &end, &start);
  gtk_text_buffer_delete_mark (buffer, first_mark);
  gtk_text_buffer_delete_mark (buffer, last_mark);
  gtk_text_buffer_end_user_action (buffer);
}

/* --- lines --- */

/* What all of the lines are; an empty one among others does not count. */
static MosMarkupLineKind
get_kind (GtkTextBuffer *buffer,
          int first,
          int last)
{
  MosMarkupLineKind kind = MOS_MARKUP_LINE_TEXT;

  for (int i = first; i <= last; i++)
    {
      g_auto (MosMarkupLine) line = { 0 };

      mos_markup_line_load (buffer, i, &line);
      if (line.length == 0 && first < last)
        continue;
      if (line.kind == MOS_MARKUP_LINE_TEXT || (kind != MOS_MARKUP_LINE_TEXT && line.kind != kind))
        return MOS_MARKUP_LINE_TEXT;
      kind = line.kind;
    }
  return kind;
}

MosMarkupLineKind
mos_markup_edit_get_lines (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  int first, last;
  gboolean any;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), MOS_MARKUP_LINE_TEXT);

  get_range (buffer, &start, &end, &first, &last, &any);
  return get_kind (buffer, first, last);
}

void
mos_markup_edit_set_lines (GtkTextBuffer *buffer,
                           MosMarkupLineKind kind)
{
  GtkTextIter start, end;
  int first, last;
  gboolean any, is_on;
  guint item = 1;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (kind != MOS_MARKUP_LINE_TEXT);

  get_range (buffer, &start, &end, &first, &last, &any);
  is_on = get_kind (buffer, first, last) == kind;
  gtk_text_buffer_begin_user_action (buffer);
  for (int i = first; i <= last; i++)
    {
      g_auto (MosMarkupLine) line = { 0 };
      g_autofree char *prefix = kind == MOS_MARKUP_LINE_NUMBER   ? g_strdup_printf ("%u. ", item)
                                : kind == MOS_MARKUP_LINE_BULLET ? g_strdup ("- ")
                                                                 : g_strdup ("> ");

      mos_markup_line_load (buffer, i, &line);
      if (is_on)
        {
          if (line.kind == kind)
            mos_markup_line_replace (buffer, i, 0, line.prefix, NULL);
          continue;
        }
      if (line.length == 0 && first < last)
        continue;
      item++;
      if (line.kind == kind && kind != MOS_MARKUP_LINE_NUMBER)
        continue;
      /* A quotation may be of items. */
      mos_markup_line_replace (buffer, i, 0, kind == MOS_MARKUP_LINE_QUOTE ? 0 : line.prefix, prefix);
    }
  gtk_text_buffer_end_user_action (buffer);
}

/* One level of the marks of a line: what was within them may be marks again, as in a quotation of items. Returns: whether there were any */
static gboolean
clear_level (GtkTextBuffer *buffer,
             int number,
             gboolean any,
             GtkTextMark *first_mark,
             GtkTextMark *last_mark)
{
  g_auto (MosMarkupLine) line = { 0 };
  g_autoptr (GArray) edits = mos_markup_edits_new ();
  GtkTextIter start, end;
  gsize from, to;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, first_mark);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, last_mark);
  mos_markup_line_load (buffer, number, &line);
  from = any && gtk_text_iter_get_line (&start) == number ? (gsize) gtk_text_iter_get_line_index (&start) : 0;
  to = any && gtk_text_iter_get_line (&end) == number ? (gsize) gtk_text_iter_get_line_index (&end) : line.length;
  for (guint j = 0; j < line.runs->len; j++)
    {
      const MosMarkupSpan *run = &g_array_index (line.runs, MosMarkupSpan, j);

      if (run->outer_end <= from || run->outer_start >= to)
        continue;
      mos_markup_edits_add (edits, run->outer_start, run->start - run->outer_start, NULL);
      mos_markup_edits_add (edits, run->end, run->outer_end - run->end, NULL);
    }
  if (from <= line.prefix)
    mos_markup_edits_add (edits, 0, line.prefix, NULL);
  mos_markup_edits_apply (edits, buffer, number);
  return edits->len > 0;
}

void
mos_markup_edit_clear (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  int first, last;
  gboolean any;
  GtkTextMark *first_mark, *last_mark;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  get_range (buffer, &start, &end, &first, &last, &any);
  first_mark = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  last_mark = gtk_text_buffer_create_mark (buffer, NULL, &end, TRUE);
  gtk_text_buffer_begin_user_action (buffer);
  for (int i = first; i <= last; i++)
    while (clear_level (buffer, i, any, first_mark, last_mark))
      ;
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_delete_mark (buffer, first_mark);
  gtk_text_buffer_delete_mark (buffer, last_mark);
}

/* --- links --- */

char *
mos_markup_edit_complete_url (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *url = NULL;

  if (mos_markup_is_link (text))
    return g_steal_pointer (&text);
  if (strstr (text, "://") != NULL)
    return NULL;
  if (strchr (text, '@') != NULL)
    url = g_strconcat ("mailto:", text, NULL);
  else if (strchr (text, '.') != NULL && *text != '.')
    url = g_strconcat ("https://", text, NULL);
  return url != NULL && mos_markup_is_link (url) ? g_steal_pointer (&url) : NULL;
}

gboolean
mos_markup_edit_find_link (GtkTextBuffer *buffer,
                           char **ret_text,
                           char **ret_url)
{
  g_auto (MosMarkupLine) line = { 0 };
  GtkTextIter start, end;
  gboolean any;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  *ret_text = *ret_url = NULL;
  any = gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  if (gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return FALSE;
  mos_markup_line_load (buffer, gtk_text_iter_get_line (&start), &line);
  line.start = (gsize) gtk_text_iter_get_line_index (&start);
  line.end = (gsize) gtk_text_iter_get_line_index (&end);
  if (line.kind == MOS_MARKUP_LINE_QUOTE)
    return FALSE;
  /* The mark of an item is no word. */
  if (line.start < line.prefix)
    {
      line.start = line.prefix;
      line.end = MAX (line.end, line.prefix);
      any = line.end > line.start;
      gtk_text_buffer_get_iter_at_line_index (buffer, &start, line.number, (int) line.start);
      gtk_text_buffer_get_iter_at_line_index (buffer, &end, line.number, (int) line.end);
      gtk_text_buffer_select_range (buffer, &end, &start);
    }
  for (guint i = 0; i < line.runs->len; i++)
    {
      const MosMarkupSpan *run = &g_array_index (line.runs, MosMarkupSpan, i);

      if (run->style != MOS_MARKUP_LINK || run->outer_start > line.start || run->outer_end < line.end)
        continue;
      *ret_text = g_strndup (line.text + run->start, run->end - run->start);
      *ret_url = run->outer_end > run->end ? g_strndup (line.text + run->end + 2, run->outer_end - run->end - 3) : g_strdup (*ret_text);
      gtk_text_buffer_get_iter_at_line_index (buffer, &start, line.number, (int) run->outer_start);
      gtk_text_buffer_get_iter_at_line_index (buffer, &end, line.number, (int) run->outer_end);
      gtk_text_buffer_select_range (buffer, &end, &start);
      return TRUE;
    }
  *ret_text = any ? g_strndup (line.text + line.start, line.end - line.start) : g_strdup ("");
  return TRUE;
}

/* Whether an address that stands in the place of the selection begins and ends there: letters beside it would become part of it. */
static gboolean
stands_alone (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  if (!gtk_text_iter_ends_line (&end) && !g_unichar_isspace (gtk_text_iter_get_char (&end)))
    return FALSE;
  return gtk_text_iter_starts_line (&start) || (gtk_text_iter_backward_char (&start) && g_unichar_isspace (gtk_text_iter_get_char (&start)));
}

void
mos_markup_edit_set_link (GtkTextBuffer *buffer,
                          const char *text,
                          const char *url)
{
  g_autofree char *link = NULL;
  GtkTextIter start, end;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (url == NULL || mos_markup_is_link (url));

  if (url == NULL)
    link = g_strdup (text);
  else if ((*text == '\0' || g_str_equal (text, url)) && g_ascii_strncasecmp (url, "http", 4) == 0 && stands_alone (buffer))
    link = g_strdup (url);
  else
    {
      const char *words = *text != '\0' ? text : g_ascii_strncasecmp (url, "http", 4) == 0 ? url
                                                                                           : strchr (url, ':') + 1;
      g_autoptr (GArray) runs = NULL;

      link = g_strdup_printf ("[%s](%s)", words, url);
      runs = mos_markup_list_runs (link, strlen (link));
      /* Brackets and the like among the words. */
      if (runs->len == 0 || g_array_index (runs, MosMarkupSpan, 0).style != MOS_MARKUP_LINK || g_array_index (runs, MosMarkupSpan, 0).outer_end != strlen (link) || g_array_index (runs, MosMarkupSpan, 0).outer_start != 0)
        {
          g_autofree char *escaped = mos_markup_escape (words);

          g_free (link);
          link = g_strdup_printf ("[%s](%s)", escaped, url);
        }
    }
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, link, -1);
  gtk_text_buffer_end_user_action (buffer);
  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    gtk_text_buffer_place_cursor (buffer, &end);
}

/* --- keys within a list --- */

static void
renumber (GtkTextBuffer *buffer,
          int number,
          guint item)
{
  int n_lines = gtk_text_buffer_get_line_count (buffer);

  for (; number < n_lines; number++, item++)
    {
      g_auto (MosMarkupLine) line = { 0 };
      guint was;
      gsize blanks;
      g_autofree char *digits = NULL;

      mos_markup_line_load (buffer, number, &line);
      if (mos_markup_line_kind (line.text, line.length, NULL, &was) != MOS_MARKUP_LINE_NUMBER || was == item || item > 999)
        return;
      blanks = strspn (line.text, " ");
      digits = g_strdup_printf ("%u", item);
      mos_markup_line_replace (buffer, number, blanks, strspn (line.text + blanks, "0123456789"), digits);
    }
}

gboolean
mos_markup_edit_newline (GtkTextBuffer *buffer)
{
  g_auto (MosMarkupLine) line = { 0 };
  GtkTextIter start, end;
  g_autofree char *insert = NULL;
  guint item = 0;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;
  mos_markup_line_load (buffer, gtk_text_iter_get_line (&start), &line);
  if ((line.kind != MOS_MARKUP_LINE_BULLET && line.kind != MOS_MARKUP_LINE_NUMBER) || (gsize) gtk_text_iter_get_line_index (&start) < line.prefix)
    return FALSE;
  gtk_text_buffer_begin_user_action (buffer);
  if (strspn (line.text + line.prefix, " \t") == line.length - line.prefix)
    mos_markup_line_replace (buffer, line.number, 0, line.length, NULL);
  else
    {
      mos_markup_line_kind (line.text, line.length, NULL, &item);
      insert = line.kind == MOS_MARKUP_LINE_NUMBER && item < 999 ? g_strdup_printf ("\n%.*s%u. ", (int) strspn (line.text, " "), line.text, item + 1)
                                                                 : g_strdup_printf ("\n%.*s", (int) line.prefix, line.text);
      gtk_text_buffer_insert (buffer, &start, insert, -1);
      if (line.kind == MOS_MARKUP_LINE_NUMBER)
        renumber (buffer, line.number + 2, item + 2);
    }
  gtk_text_buffer_end_user_action (buffer);
  return TRUE;
}

gboolean
mos_markup_edit_backspace (GtkTextBuffer *buffer)
{
  g_auto (MosMarkupLine) line = { 0 };
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;
  mos_markup_line_load (buffer, gtk_text_iter_get_line (&start), &line);
  if (line.kind == MOS_MARKUP_LINE_TEXT || (gsize) gtk_text_iter_get_line_index (&start) != line.prefix)
    return FALSE;
  gtk_text_buffer_begin_user_action (buffer);
  mos_markup_line_replace (buffer, line.number, 0, line.prefix, NULL);
  gtk_text_buffer_end_user_action (buffer);
  return TRUE;
}
