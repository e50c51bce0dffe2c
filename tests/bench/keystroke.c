/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/composer/mos-composer.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <stdlib.h>
#include <time.h>

/* keystroke WORDS KEYS: a composer with a text of WORDS words, with marks and spelling, in which KEYS letters are typed in the middle of it: for each a line of
 * JSON with the CPU and wall time from the key to its frame being painted, all threads together. For bench.py. */

static double
now (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  if (GTK_SOURCE_IS_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
on_painted_cb (gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
on_over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static char *
make_text (int words)
{
  static const char *const some[] = { "thank", "you", "for", "your", "**message**", "the", "parcel", "left", "_yesterday_", "and", "shoud", "arrive", "on", "Monday", "see", "[the page](https://track.example/1)" };
  GString *text = g_string_new (NULL);

  for (int i = 0; i < words; i++)
    g_string_append_printf (text, "%s%s", some[(guint) i % G_N_ELEMENTS (some)], i % 80 == 79 ? ".\n\n" : i % 80 == 40 ? ".\n- "
                                                                                                                       : " ");
  return g_string_free (text, FALSE);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (MosDraft) draft = mos_draft_new ();
  GtkWidget *window, *composer, *view;
  GtkTextBuffer *buffer;
  GtkTextIter at;
  guint painted = 0;
  int words = argc > 1 ? atoi (argv[1]) : 2000, keys = argc > 2 ? atoi (argv[2]) : 200;

  adw_init ();
  draft->id = g_strdup ("d1");
  draft->kind = g_strdup ("new");
  draft->subject = g_strdup ("");
  draft->is_marked = TRUE;
  draft->language = g_strdup ("en_US");
  draft->text = make_text (words);
  draft->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  draft->cc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  draft->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 800);
  composer = mos_composer_new (NULL);
  adw_window_set_content (ADW_WINDOW (window), composer);
  gtk_window_present (GTK_WINDOW (window));
  mos_composer_open (MOS_COMPOSER (composer), draft);
  view = find_view (composer);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_iter_at_line (buffer, &at, gtk_text_buffer_get_line_count (buffer) / 2);
  gtk_text_buffer_place_cursor (buffer, &at);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (view), gtk_text_buffer_get_insert (buffer), 0, TRUE, 0.5, 0.5);
  gtk_widget_grab_focus (view);
  rest (3000);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted_cb), &painted);

  for (int i = 0; i < keys; i++)
    {
      const char letter[2] = { i % 6 == 5 ? ' ' : (char) ('a' + i % 26), '\0' };
      guint before = painted;
      double cpu, wall;

      cpu = now (CLOCK_PROCESS_CPUTIME_ID);
      wall = now (CLOCK_MONOTONIC);
      g_signal_emit_by_name (view, "insert-at-cursor", letter);
      while (painted == before)
        g_main_context_iteration (NULL, TRUE);
      g_print ("{\"cpu\": %.6f, \"wall\": %.6f}\n", now (CLOCK_PROCESS_CPUTIME_ID) - cpu, now (CLOCK_MONOTONIC) - wall);
      /* As somebody who types quickly. */
      rest (60);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
