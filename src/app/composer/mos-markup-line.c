/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-markup-line.h"

#include <string.h>

typedef struct
{
  guint at;
  guint n;            /* bytes to take away */
  const char *insert; /* (nullable) */
} Edit;

void
mos_markup_line_clear (MosMarkupLine *line)
{
  g_clear_pointer (&line->text, g_free);
  g_clear_pointer (&line->runs, g_array_unref);
}

GArray *
mos_markup_list_runs (const char *text,
                      gsize length)
{
  g_autoptr (GArray) spans = mos_markup_scan_line (text, length);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (MosMarkupSpan));

  for (guint i = 0; i < spans->len; i++)
    {
      const MosMarkupSpan *span = &g_array_index (spans, MosMarkupSpan, i);

      if (span->style == MOS_MARKUP_BOLD || span->style == MOS_MARKUP_ITALIC || span->style == MOS_MARKUP_LINK)
        g_array_append_vals (runs, span, 1);
    }
  return runs;
}

void
mos_markup_line_load (GtkTextBuffer *buffer,
                      int number,
                      MosMarkupLine *line)
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
  line->runs = mos_markup_list_runs (line->text, line->length);
  line->start = line->end = 0;
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

GArray *
mos_markup_edits_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Edit));
}

void
mos_markup_edits_add (GArray *edits,
                      gsize at,
                      gsize n,
                      const char *insert)
{
  const Edit edit = { (guint) at, (guint) n, insert };

  if (n > 0 || insert != NULL)
    g_array_append_val (edits, edit);
}

void
mos_markup_edits_apply (GArray *edits,
                        GtkTextBuffer *buffer,
                        int number)
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

void
mos_markup_line_replace (GtkTextBuffer *buffer,
                         int number,
                         gsize at,
                         gsize n,
                         const char *insert)
{
  g_autoptr (GArray) edits = mos_markup_edits_new ();

  mos_markup_edits_add (edits, at, n, insert);
  mos_markup_edits_apply (edits, buffer, number);
}
