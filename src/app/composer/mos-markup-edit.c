/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-markup-edit.h"

#include <string.h>

/* One thing between marks: bytes of its line. An address that stands as it is has no marks. */
typedef struct
{
  MosMarkupStyle style;
  guint outer_start;
  guint start;
  guint end;
  guint outer_end;
} Run;

/* A line as it is, and what is selected of it. */
typedef struct
{
  int number;
  char *text;
  gsize length;
  gsize prefix;
  MosMarkupLineKind kind;
  GArray *runs;
  gsize start;
  gsize end;
} Line;

typedef struct
{
  guint at;
  guint n;            /* bytes to take away */
  const char *insert; /* (nullable) */
} Edit;

static void
line_clear (Line *line)
{
  g_clear_pointer (&line->text, g_free);
  g_clear_pointer (&line->runs, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static GArray *
list_runs (const char *text,
           gsize length)
{
  g_autoptr (GArray) spans = mos_markup_scan_line (text, length);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < spans->len; i++)
    {
      const MosMarkupSpan *span = &g_array_index (spans, MosMarkupSpan, i);
      Run run = { span->style, span->start, span->start, span->end, span->end };

      if (span->style != MOS_MARKUP_BOLD && span->style != MOS_MARKUP_ITALIC && span->style != MOS_MARKUP_LINK)
        continue;
      for (guint j = 0; j < spans->len; j++)
        {
          const MosMarkupSpan *mark = &g_array_index (spans, MosMarkupSpan, j);

          if (mark->style == MOS_MARKUP_MARK && mark->end == span->start)
            run.outer_start = mark->start;
          else if (mark->style == MOS_MARKUP_MARK && mark->start == span->end)
            run.outer_end = mark->end;
        }
      /* A link's words are between marks, an address alone is not; a list's mark before it is none of its own. */
      if (run.outer_end == run.end)
        run.outer_start = run.start;
      g_array_append_val (runs, run);
    }
  return runs;
}

static void
load_line (GtkTextBuffer *buffer,
           int number,
           Line *line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, number);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  line->number = number;
  line->text = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
  line->length = strlen (line->text);
  line->kind = mos_markup_line_kind (line->text, line->length, &line->prefix, NULL);
  line->runs = list_runs (line->text, line->length);
  line->start = line->end = 0;
}

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

/* As in mos-markup.c: scripts that put spaces between words. */
static gboolean
is_word_at (const Line *line,
            gsize at)
{
  gunichar c = at < line->length ? g_utf8_get_char (line->text + at) : 0;

  return c != 0 && c < 0x2e80 && (g_unichar_isalnum (c) || c == '_');
}

static gboolean
is_word_before (const Line *line,
                gsize at)
{
  return at > 0 && is_word_at (line, (gsize) (g_utf8_prev_char (line->text + at) - line->text));
}

/* Sets what of @line is selected, without blanks around. Returns: whether anything is */
static gboolean
select_part (Line *line,
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
grow_to_words (Line *line)
{
  while (is_word_before (line, line->start) && line->start > line->prefix)
    line->start = (gsize) (g_utf8_prev_char (line->text + line->start) - line->text);
  while (is_word_at (line, line->end))
    line->end = (gsize) (g_utf8_next_char (line->text + line->end) - line->text);
}

static int
compare_edits (gconstpointer a,
               gconstpointer b)
{
  const Edit *first = a, *second = b;

  /* From the end, so that what is before stays where it is; what goes goes first. */
  if (first->at != second->at)
    return first->at > second->at ? -1 : 1;
  return first->n > second->n ? -1 : first->n < second->n;
}

static void
add_edit (GArray *edits,
          gsize at,
          gsize n,
          const char *insert)
{
  const Edit edit = { (guint) at, (guint) n, insert };

  if (n > 0 || insert != NULL)
    g_array_append_val (edits, edit);
}

static void
apply_edits (GtkTextBuffer *buffer,
             int number,
             GArray *edits)
{
  g_array_sort (edits, compare_edits);
  for (guint i = 0; i < edits->len; i++)
    {
      const Edit *edit = &g_array_index (edits, Edit, i);
      GtkTextIter at, end;

      gtk_text_buffer_get_iter_at_line_index (buffer, &at, number, (int) edit->at);
      if (edit->n > 0)
        {
          gtk_text_buffer_get_iter_at_line_index (buffer, &end, number, (int) (edit->at + edit->n));
          gtk_text_buffer_delete (buffer, &at, &end);
        }
      if (edit->insert != NULL)
        gtk_text_buffer_insert (buffer, &at, edit->insert, -1);
    }
}

/* --- bold and italic --- */

static const Run *
find_cover (const Line *line,
            MosMarkupStyle style,
            gsize start,
            gsize end)
{
  for (guint i = 0; i < line->runs->len; i++)
    {
      const Run *run = &g_array_index (line->runs, Run, i);

      if (run->style == style && (start == end ? run->start <= start && end <= run->end : run->outer_start <= start && end <= run->outer_end))
        return run;
    }
  return NULL;
}

static gboolean
crosses_other (const Line *line,
               MosMarkupStyle style,
               gsize start,
               gsize end)
{
  for (guint i = 0; i < line->runs->len; i++)
    {
      const Run *run = &g_array_index (line->runs, Run, i);

      /* It begins or ends within: marks would cross. */
      if (run->style != style && run->outer_end > run->end && ((start > run->outer_start && start < run->outer_end) || (end > run->outer_start && end < run->outer_end)))
        return TRUE;
    }
  return FALSE;
}

static void
remove_style (GtkTextBuffer *buffer,
              Line *line,
              const Run *run,
              const char *mark)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));
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
  whole = whole || crosses_other (line, run->style, left, right) || (left > run->start && is_word_at (line, left)) || (right < run->end && is_word_before (line, right));
  if (whole || right == run->end)
    add_edit (edits, run->end, run->outer_end - run->end, NULL);
  else
    add_edit (edits, right, 0, mark);
  if (whole || left == run->start)
    add_edit (edits, run->outer_start, run->start - run->outer_start, NULL);
  else
    add_edit (edits, left, 0, mark);
  apply_edits (buffer, line->number, edits);
}

static void
add_style (GtkTextBuffer *buffer,
           Line *line,
           MosMarkupStyle style,
           const char *mark)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  gboolean grown;

  grow_to_words (line);
  do
    {
      grown = FALSE;
      for (guint i = 0; i < line->runs->len; i++)
        {
          const Run *run = &g_array_index (line->runs, Run, i);
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
      const Run *run = &g_array_index (line->runs, Run, i);

      if (run->style != style || run->outer_start < line->start || run->outer_end > line->end)
        continue;
      add_edit (edits, run->outer_start, run->start - run->outer_start, NULL);
      add_edit (edits, run->end, run->outer_end - run->end, NULL);
    }
  add_edit (edits, line->start, 0, mark);
  add_edit (edits, line->end, 0, mark);
  apply_edits (buffer, line->number, edits);
}

static void
toggle_at_caret (GtkTextBuffer *buffer,
                 GtkTextIter *caret,
                 MosMarkupStyle style,
                 const char *mark)
{
  g_auto (Line) line = { 0 };
  const Run *run;
  gsize at, n = strlen (mark);
  GtkTextMark *keep;
  GtkTextIter iter;

  load_line (buffer, gtk_text_iter_get_line (caret), &line);
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
  if (run == NULL && at >= n && strncmp (line.text + at - n, mark, n) == 0 && strncmp (line.text + at, mark, n) == 0)
    {
      g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));

      add_edit (edits, at - n, 2 * n, NULL);
      apply_edits (buffer, line.number, edits);
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

void
mos_markup_edit_toggle (GtkTextBuffer *buffer,
                        MosMarkupStyle style)
{
  const char *mark = style == MOS_MARKUP_BOLD ? "**" : "_";
  GtkTextIter start, end;
  GtkTextMark *first_mark, *last_mark;
  int first, last;
  gboolean any, is_on = TRUE;

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
  for (int i = first; i <= last; i++)
    {
      g_auto (Line) line = { 0 };

      load_line (buffer, i, &line);
      if (select_part (&line, &start, &end))
        is_on = is_on && find_cover (&line, style, line.start, line.end) != NULL;
    }
  /* The words stay selected, so that a second key can follow. */
  first_mark = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  last_mark = gtk_text_buffer_create_mark (buffer, NULL, &end, TRUE);
  for (int i = first; i <= last; i++)
    {
      g_auto (Line) line = { 0 };

      gtk_text_buffer_get_iter_at_mark (buffer, &start, first_mark);
      gtk_text_buffer_get_iter_at_mark (buffer, &end, last_mark);
      load_line (buffer, i, &line);
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

static void
replace (GtkTextBuffer *buffer,
         int number,
         gsize at,
         gsize n,
         const char *insert)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));

  add_edit (edits, at, n, insert);
  apply_edits (buffer, number, edits);
}

void
mos_markup_edit_set_lines (GtkTextBuffer *buffer,
                           MosMarkupLineKind kind)
{
  GtkTextIter start, end;
  int first, last;
  gboolean any, is_on = TRUE;
  guint item = 1;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));
  g_return_if_fail (kind != MOS_MARKUP_LINE_TEXT);

  get_range (buffer, &start, &end, &first, &last, &any);
  for (int i = first; i <= last; i++)
    {
      g_auto (Line) line = { 0 };

      load_line (buffer, i, &line);
      is_on = is_on && (line.kind == kind || (line.length == 0 && first < last));
    }
  gtk_text_buffer_begin_user_action (buffer);
  for (int i = first; i <= last; i++)
    {
      g_auto (Line) line = { 0 };
      g_autofree char *prefix = kind == MOS_MARKUP_LINE_NUMBER   ? g_strdup_printf ("%u. ", item)
                                : kind == MOS_MARKUP_LINE_BULLET ? g_strdup ("- ")
                                                                 : g_strdup ("> ");

      load_line (buffer, i, &line);
      if (is_on)
        {
          if (line.kind == kind)
            replace (buffer, i, 0, line.prefix, NULL);
          continue;
        }
      if (line.length == 0 && first < last)
        continue;
      item++;
      if (line.kind == kind && kind != MOS_MARKUP_LINE_NUMBER)
        continue;
      /* A quotation may be of items. */
      replace (buffer, i, 0, kind == MOS_MARKUP_LINE_QUOTE ? 0 : line.prefix, prefix);
    }
  gtk_text_buffer_end_user_action (buffer);
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
    {
      g_auto (Line) line = { 0 };
      g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));
      gsize from, to;

      gtk_text_buffer_get_iter_at_mark (buffer, &start, first_mark);
      gtk_text_buffer_get_iter_at_mark (buffer, &end, last_mark);
      load_line (buffer, i, &line);
      from = any && gtk_text_iter_get_line (&start) == i ? (gsize) gtk_text_iter_get_line_index (&start) : 0;
      to = any && gtk_text_iter_get_line (&end) == i ? (gsize) gtk_text_iter_get_line_index (&end) : line.length;
      for (guint j = 0; j < line.runs->len; j++)
        {
          const Run *run = &g_array_index (line.runs, Run, j);

          if (run->outer_end <= from || run->outer_start >= to)
            continue;
          add_edit (edits, run->outer_start, run->start - run->outer_start, NULL);
          add_edit (edits, run->end, run->outer_end - run->end, NULL);
        }
      if (from <= line.prefix)
        add_edit (edits, 0, line.prefix, NULL);
      apply_edits (buffer, i, edits);
    }
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
  g_auto (Line) line = { 0 };
  GtkTextIter start, end;
  gboolean any;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  *ret_text = *ret_url = NULL;
  any = gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  if (gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return FALSE;
  load_line (buffer, gtk_text_iter_get_line (&start), &line);
  line.start = (gsize) gtk_text_iter_get_line_index (&start);
  line.end = (gsize) gtk_text_iter_get_line_index (&end);
  if (line.kind == MOS_MARKUP_LINE_QUOTE || line.start < line.prefix)
    return FALSE;
  for (guint i = 0; i < line.runs->len; i++)
    {
      const Run *run = &g_array_index (line.runs, Run, i);

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
  else if ((*text == '\0' || g_str_equal (text, url)) && g_ascii_strncasecmp (url, "http", 4) == 0)
    link = g_strdup (url);
  else
    {
      const char *words = *text != '\0' ? text : strchr (url, ':') + 1;
      g_autoptr (GArray) runs = NULL;

      link = g_strdup_printf ("[%s](%s)", words, url);
      runs = list_runs (link, strlen (link));
      /* Brackets and the like among the words. */
      if (runs->len == 0 || g_array_index (runs, Run, 0).style != MOS_MARKUP_LINK || g_array_index (runs, Run, 0).outer_end != strlen (link) || g_array_index (runs, Run, 0).outer_start != 0)
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
      g_auto (Line) line = { 0 };
      guint was;
      gsize blanks;
      g_autofree char *digits = NULL;

      load_line (buffer, number, &line);
      if (mos_markup_line_kind (line.text, line.length, NULL, &was) != MOS_MARKUP_LINE_NUMBER || was == item || item > 999)
        return;
      blanks = strspn (line.text, " ");
      digits = g_strdup_printf ("%u", item);
      replace (buffer, number, blanks, strspn (line.text + blanks, "0123456789"), digits);
    }
}

gboolean
mos_markup_edit_newline (GtkTextBuffer *buffer)
{
  g_auto (Line) line = { 0 };
  GtkTextIter start, end;
  g_autofree char *insert = NULL;
  guint item = 0;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;
  load_line (buffer, gtk_text_iter_get_line (&start), &line);
  if ((line.kind != MOS_MARKUP_LINE_BULLET && line.kind != MOS_MARKUP_LINE_NUMBER) || (gsize) gtk_text_iter_get_line_index (&start) < line.prefix)
    return FALSE;
  gtk_text_buffer_begin_user_action (buffer);
  if (strspn (line.text + line.prefix, " \t") == line.length - line.prefix)
    replace (buffer, line.number, 0, line.length, NULL);
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
  g_auto (Line) line = { 0 };
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;
  load_line (buffer, gtk_text_iter_get_line (&start), &line);
  if (line.kind == MOS_MARKUP_LINE_TEXT || (gsize) gtk_text_iter_get_line_index (&start) != line.prefix)
    return FALSE;
  gtk_text_buffer_begin_user_action (buffer);
  replace (buffer, line.number, 0, line.prefix, NULL);
  gtk_text_buffer_end_user_action (buffer);
  return TRUE;
}
