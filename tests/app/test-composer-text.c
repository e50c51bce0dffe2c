/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-composer.h"
#include "app/composer/mos-markup-edit.h"
#include "app/composer/mos-markup-tags.h"
#include "app/composer/mos-spelling.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

/* In the cases "‹" and "›" are the ends of the selection, "|" is the caret alone. */
static GtkTextBuffer *
make_buffer (const char *text)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  int start = 0, end = 0, n = 0;
  GtkTextIter from, to;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_utf8_get_char (p))
      {
      case '|':
        start = end = n;
        break;
      case 0x2039:
        start = n;
        break;
      case 0x203a:
        end = n;
        break;
      default:
        g_string_append_unichar (plain, g_utf8_get_char (p));
        n++;
        break;
      }
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, plain->str, -1);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, end);
  gtk_text_buffer_select_range (buffer, &to, &from);
  return buffer;
}

static char *
dup_state (GtkTextBuffer *buffer)
{
  GtkTextIter start, end, from, to, at;
  gboolean any = gtk_text_buffer_get_selection_bounds (buffer, &from, &to);
  g_autoptr (GString) state = g_string_new (NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  for (at = start;; gtk_text_iter_forward_char (&at))
    {
      if (gtk_text_iter_equal (&at, &from))
        g_string_append (state, any ? "‹" : "|");
      if (any && gtk_text_iter_equal (&at, &to))
        g_string_append (state, "›");
      if (gtk_text_iter_is_end (&at))
        break;
      g_string_append_unichar (state, gtk_text_iter_get_char (&at));
    }
  return g_string_free (g_steal_pointer (&state), FALSE);
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  char *text;

  g_object_get (buffer, "text", &text, NULL);
  return text;
}

typedef enum
{
  BOLD,
  ITALIC,
  BULLETS,
  NUMBERS,
  QUOTE,
  CLEAR,
  NEWLINE,
  BACKSPACE,
} Action;

static gboolean
act (GtkTextBuffer *buffer,
     Action action)
{
  switch (action)
    {
    case BOLD:
    case ITALIC:
      mos_markup_edit_toggle (buffer, action == BOLD ? MOS_MARKUP_BOLD : MOS_MARKUP_ITALIC);
      return TRUE;
    case BULLETS:
      mos_markup_edit_set_lines (buffer, MOS_MARKUP_LINE_BULLET);
      return TRUE;
    case NUMBERS:
      mos_markup_edit_set_lines (buffer, MOS_MARKUP_LINE_NUMBER);
      return TRUE;
    case QUOTE:
      mos_markup_edit_set_lines (buffer, MOS_MARKUP_LINE_QUOTE);
      return TRUE;
    case CLEAR:
      mos_markup_edit_clear (buffer);
      return TRUE;
    case NEWLINE:
      return mos_markup_edit_newline (buffer);
    case BACKSPACE:
      return mos_markup_edit_backspace (buffer);
    default:
      g_assert_not_reached ();
    }
}

/* Each is one step back, and one forth again. */
static void
test_actions (void)
{
  static const struct
  {
    Action action;
    const char *before;
    const char *after; /* %NULL: it is not for this */
  } cases[] = {
    { BOLD, "a ‹word› here", "a **‹word›** here" },
    { BOLD, "a **‹word›** here", "a ‹word› here" },
    { BOLD, "a ‹**word**› here", "a ‹word› here" },
    { BOLD, "a‹ word ›here", "a‹ **word** ›here" },
    { BOLD, "in‹si›de", "**in‹si›de**" },
    { BOLD, "‹one\n\ntwo›", "**‹one**\n\n**two›**" },
    { BOLD, "**‹one**\n\n**two›**", "‹one\n\ntwo›" },
    { BOLD, "‹**one**\ntwo›", "‹**one**\n**two›**" },
    { BOLD, "**one ‹two› three**", "**one** ‹two› **three**" },
    { BOLD, "‹one **two** three›", "**‹one two three›**" },
    { BOLD, "‹- one\n- two›", "‹- **one**\n- **two›**" },
    { BOLD, "‹> one›", "‹> one›" },
    { BOLD, "a ‹_b› c_", "a **‹_b› c_**" },
    { BOLD, "a | b", "a **|** b" },
    { BOLD, "a **|** b", "a | b" },
    { BOLD, "wo|rd", "**wo|rd**" },
    { BOLD, "word|", "**word|**" },
    { BOLD, "**word|**", "**word**|" },
    { BOLD, "**wo|rd**", "wo|rd" },
    { BOLD, "‹سلام› عليكم", "**‹سلام›** عليكم" },
    { ITALIC, "a ‹word› here", "a _‹word›_ here" },
    { ITALIC, "**a ‹word› here**", "**a _‹word›_ here**" },
    { ITALIC, "_‹word›_", "‹word›" },
    { BULLETS, "on|e", "- on|e" },
    { BULLETS, "- on|e", "on|e" },
    { BULLETS, "‹one\n\n1. two\n›three", "‹- one\n\n- two\n›three" },
    { NUMBERS, "‹one\n- two\nthree›", "‹1. one\n2. two\n3. three›" },
    { NUMBERS, "‹1. one\n2. two›", "‹one\ntwo›" },
    { QUOTE, "‹- one\ntwo›", "‹> - one\n> two›" },
    { QUOTE, "‹> one›", "‹one›" },
    { CLEAR, "‹**one** _two_ [three](https://a.example)›", "‹one two three›" },
    { CLEAR, "- **o|ne**", "o|ne" },
    /* all levels at once */
    { CLEAR, "> - **_o|ne_** two", "o|ne two" },
    { CLEAR, "‹> 1. one\n> - _two_›", "‹one\ntwo›" },
    { CLEAR, "**one** ‹**two**›", "**one** ‹two›" },
    { NEWLINE, "- one|", "- one\n- |" },
    { NEWLINE, "- one|two", "- one\n- |two" },
    { NEWLINE, " * one|", " * one\n * |" },
    { NEWLINE, "• one|", "• one\n• |" },
    { NEWLINE, "1. one|\n2. two\n3. three\n\n4. other", "1. one\n2. |\n3. two\n4. three\n\n4. other" },
    { NEWLINE, "- one\n- |", "- one\n|" },
    { NEWLINE, "one|", NULL },
    { NEWLINE, "> one|", NULL },
    { NEWLINE, "|- one", NULL },
    { BACKSPACE, "- |one", "|one" },
    { BACKSPACE, "12. |one", "|one" },
    { BACKSPACE, "- o|ne", NULL },
    { BACKSPACE, "|one", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GtkTextBuffer) buffer = make_buffer (cases[i].before);
      g_autofree char *before = dup_text (buffer);
      g_autofree char *after = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *state = NULL;

      g_test_message ("%u: %s", (guint) cases[i].action, cases[i].before);
      if (cases[i].after == NULL)
        {
          g_assert_false (act (buffer, cases[i].action));
          g_assert_false (gtk_text_buffer_get_can_undo (buffer));
          continue;
        }
      g_assert_true (act (buffer, cases[i].action));
      if (cases[i].action >= BULLETS && cases[i].action <= CLEAR)
        {
          /* Where the selection is then matters little. */
          g_autoptr (GtkTextBuffer) wanted = make_buffer (cases[i].after);
          g_autofree char *text = dup_text (wanted);

          state = dup_text (buffer);
          g_assert_cmpstr (state, ==, text);
        }
      else
        {
          state = dup_state (buffer);
          if (!g_str_equal (state, cases[i].after))
            g_test_fail_printf ("“%s” became “%s”, not “%s”", cases[i].before, state, cases[i].after);
        }
      after = dup_text (buffer);
      if (g_str_equal (before, after))
        continue;
      gtk_text_buffer_undo (buffer);
      undone = dup_text (buffer);
      g_assert_cmpstr (undone, ==, before);
      g_assert_false (gtk_text_buffer_get_can_undo (buffer));
      gtk_text_buffer_redo (buffer);
      g_free (undone);
      undone = dup_text (buffer);
      g_assert_cmpstr (undone, ==, after);
    }
}

/* --- links --- */

static void
test_links (void)
{
  static const struct
  {
    const char *before;
    const char *words;
    const char *url;
    const char *set;
    const char *after;
  } cases[] = {
    { "see ‹this page› now", "this page", NULL, "https://a.example", "see [this page](https://a.example)| now" },
    { "see [this| page](https://a.example) now", "this page", "https://a.example", "https://b.example/x_y", "see [this page](https://b.example/x_y)| now" },
    { "see [this| page](https://a.example) now", "this page", "https://a.example", NULL, "see this page| now" },
    { "see |", "", NULL, "https://a.example", "see https://a.example|" },
    { "see |", "", NULL, "mailto:a@b.example", "see [a@b.example](mailto:a@b.example)|" },
    { "see https://a.ex|ample now", "https://a.example", "https://a.example", "https://b.example", "see [https://a.example](https://b.example)| now" },
    { "|- item", "", NULL, "https://a.example", "- [https://a.example](https://a.example)|item" },
    { "|- ", "", NULL, "https://a.example", "- https://a.example|" },
    { "‹1. item›", "item", NULL, "https://a.example", "1. [item](https://a.example)|" },
    { "‹1.› item", "", NULL, "mailto:a@b.example", "1. [a@b.example](mailto:a@b.example)|item" },
    { "see|this", "", NULL, "https://a.example", "see[https://a.example](https://a.example)|this" },
    { "‹a [b] c›", "a [b] c", NULL, "https://a.example", "[a \\[b\\] c](https://a.example)|" },
    { "**https://a.ex|ample**", "https://a.example", "https://a.example", "https://b.example", "**[https://a.example](https://b.example)|**" },
  };
  static const char *const urls[][2] = {
    { "a.example", "https://a.example" }, { " https://a.example ", "https://a.example" }, { "ana@a.example", "mailto:ana@a.example" }, { "tel:+34600", "tel:+34600" }, { "javascript:alert(1)", NULL }, { "file:///etc/passwd", NULL }, { "word", NULL }, { "", NULL }, { "a b.example", NULL }
  };
  g_autoptr (GtkTextBuffer) quoted = make_buffer ("> see th|is");
  g_autofree char *words = NULL;
  g_autofree char *url = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GtkTextBuffer) buffer = make_buffer (cases[i].before);
      g_autofree char *found = NULL;
      g_autofree char *found_url = NULL;
      g_autofree char *state = NULL;

      g_test_message ("%s", cases[i].before);
      g_assert_true (mos_markup_edit_find_link (buffer, &found, &found_url));
      g_assert_cmpstr (found, ==, cases[i].words);
      g_assert_cmpstr (found_url, ==, cases[i].url);
      mos_markup_edit_set_link (buffer, found, cases[i].set);
      state = dup_state (buffer);
      g_assert_cmpstr (state, ==, cases[i].after);
    }
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *completed = mos_markup_edit_complete_url (urls[i][0]);

      g_assert_cmpstr (completed, ==, urls[i][1]);
    }
  g_assert_false (mos_markup_edit_find_link (quoted, &words, &url));
}

/* --- what it looks like --- */

/* A letter for each character: Bold, Italic, Link, Quote, mark; "." for none. */
static char *
dup_looks (GtkTextBuffer *buffer)
{
  static const struct
  {
    const char *name;
    char letter;
  } tags[] = { { "markup-mark", 'm' }, { "markup-link", 'L' }, { "markup-italic", 'I' }, { "markup-bold", 'B' }, { "markup-quote", 'Q' } };
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  g_autoptr (GString) looks = g_string_new (NULL);
  GtkTextIter at;

  gtk_text_buffer_get_start_iter (buffer, &at);
  for (; !gtk_text_iter_is_end (&at); gtk_text_iter_forward_char (&at))
    {
      char letter = gtk_text_iter_get_char (&at) == '\n' ? '/' : '.';

      for (guint i = 0; i < G_N_ELEMENTS (tags) && letter == '.'; i++)
        if (gtk_text_iter_has_tag (&at, gtk_text_tag_table_lookup (table, tags[i].name)))
          letter = tags[i].letter;
      g_string_append_c (looks, letter);
    }
  return g_string_free (g_steal_pointer (&looks), FALSE);
}

static void
assert_looks (GtkTextBuffer *buffer,
              const char *expected)
{
  g_autofree char *looks = dup_looks (buffer);

  g_assert_cmpstr (looks, ==, expected);
}

static void
test_looks (void)
{
  static const struct
  {
    const char *text;
    const char *looks;
  } cases[] = {
    { "a **b** c", "..mmBmm.." },
    { "_ab_ *c*", "mIIm ..." },
    { "[ab](https://x.y)", "mLLmmmmmmmmmmmmmm" },
    { "- é **b**", "mm..mmBmm" },
    { "> a **b**", "QQQQQQQQQ" },
    { "2**3 a_b_c", ".........." },
    { "a\n**b**\nc", "./mmBmm/." },
    { "\\**b**", "m....." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
      g_autofree char *looks = g_strdelimit (g_strdup (cases[i].looks), " ", '.');

      g_test_message ("%s", cases[i].text);
      mos_markup_tags_attach (buffer);
      mos_markup_tags_set_enabled (buffer, TRUE);
      gtk_text_buffer_set_text (buffer, cases[i].text, -1);
      assert_looks (buffer, looks);
      mos_markup_tags_set_enabled (buffer, FALSE);
      g_strdelimit (g_strdelimit (looks, "mBILQ", '.'), " ", '.');
      assert_looks (buffer, looks);
    }
}

/* As it is typed, taken away, joined and undone. */
static void
test_looks_follow (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  GtkTextIter start, end;

  mos_markup_tags_attach (buffer);
  mos_markup_tags_set_enabled (buffer, TRUE);
  for (const char *p = "x **b*"; *p != '\0'; p++)
    gtk_text_buffer_insert_at_cursor (buffer, p, 1);
  assert_looks (buffer, "......");
  gtk_text_buffer_insert_at_cursor (buffer, "*", 1);
  assert_looks (buffer, "..mmBmm");
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 4);
  gtk_text_buffer_insert (buffer, &start, "a\n", -1);
  assert_looks (buffer, "...../...");
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 5);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 6);
  gtk_text_buffer_delete (buffer, &start, &end);
  assert_looks (buffer, "..mmBBmm");
}

/* --- the composer --- */

static GtkWidget *
show (MosDraft *draft,
      GtkWidget **ret_composer,
      GtkTextBuffer **ret_buffer)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view;

  *ret_composer = mos_composer_new (NULL);
  adw_window_set_content (ADW_WINDOW (window), *ret_composer);
  gtk_window_present (GTK_WINDOW (window));
  mos_composer_open (MOS_COMPOSER (*ret_composer), draft);
  gtk_test_widget_wait_for_draw (window);
  view = mos_fixture_find (*ret_composer, GTK_SOURCE_TYPE_VIEW, NULL);
  *ret_buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  return window;
}

static void
test_composer_actions (void)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft ("reply");
  g_autoptr (MosDraft) note = mos_fixture_draft ("note");
  g_autoptr (MosDraft) out = NULL;
  GtkWidget *composer, *window;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  GtkToggleButton *bold, *bullets;

  draft->is_marked = TRUE;
  g_set_str (&draft->text, "Dear Ana");
  g_settings_set_boolean (mos_settings_get (), "show-formatting", TRUE);
  window = show (draft, &composer, &buffer);
  bold = GTK_TOGGLE_BUTTON (mos_fixture_find (composer, GTK_TYPE_TOGGLE_BUTTON, "Bold"));
  bullets = GTK_TOGGLE_BUTTON (mos_fixture_find (composer, GTK_TYPE_TOGGLE_BUTTON, "Bulleted list"));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_iter_forward_chars (&start, 5);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_activate_action (composer, "composer.bold", NULL);
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->text, ==, "Dear **Ana**");
  g_assert_true (out->is_marked);
  assert_looks (buffer, ".....mmBBBmm");

  /* The buttons say what it is, and that is what they take away; elsewhere it is another. */
  g_assert_true (gtk_toggle_button_get_active (bold));
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  g_assert_false (gtk_toggle_button_get_active (bold));
  g_signal_emit_by_name (bullets, "clicked");
  g_assert_true (gtk_toggle_button_get_active (bullets));
  text = dup_text (buffer);
  g_assert_cmpstr (text, ==, "- Dear **Ana**");
  g_signal_emit_by_name (bullets, "clicked");
  g_assert_false (gtk_toggle_button_get_active (bullets));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 9);
  gtk_text_buffer_place_cursor (buffer, &start);
  g_assert_true (gtk_toggle_button_get_active (bold));
  g_signal_emit_by_name (bold, "clicked");
  g_assert_false (gtk_toggle_button_get_active (bold));
  g_free (text);
  text = dup_text (buffer);
  g_assert_cmpstr (text, ==, "Dear Ana");
  g_clear_pointer (&text, g_free);

  for (guint i = 0; i < 4; i++)
    gtk_text_buffer_undo (buffer);
  text = dup_text (buffer);
  g_assert_cmpstr (text, ==, "Dear Ana");
  g_assert_false (gtk_toggle_button_get_active (bold));

  /* A note is text. */
  g_set_str (&note->text, "**Dear** Ana");
  mos_composer_open (MOS_COMPOSER (composer), note);
  assert_looks (buffer, "............");
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_activate_action (composer, "composer.clear-formatting", NULL);
  g_free (text);
  text = dup_text (buffer);
  g_assert_cmpstr (text, ==, "**Dear** Ana");
  gtk_window_destroy (GTK_WINDOW (window));
  g_settings_reset (mos_settings_get (), "show-formatting");
}

static GtkWidget *
find_row (GtkWidget *window,
          const char *title)
{
  GtkWidget *label = mos_fixture_find_text (window, title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW) : NULL;
}

/* Return is its button: not before there is an address. */
static void
test_link_dialog (void)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft ("reply");
  GtkWidget *composer, *window, *row, *entry;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  draft->is_marked = TRUE;
  g_set_str (&draft->text, "see this");
  window = show (draft, &composer, &buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_iter_forward_chars (&start, 4);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_activate_action (composer, "composer.link", NULL);
  mos_test_wait (find_row (window, "Address") != NULL, 5000);
  row = find_row (window, "Address");
  entry = mos_fixture_find (row, GTK_TYPE_TEXT, NULL);
  g_signal_emit_by_name (entry, "activate");
  mos_test_settle (300);
  g_assert_true (find_row (window, "Address") == row);
  gtk_editable_set_text (GTK_EDITABLE (row), "a.example");
  g_signal_emit_by_name (entry, "activate");
  mos_test_wait (find_row (window, "Address") == NULL, 5000);
  text = dup_text (buffer);
  g_assert_cmpstr (text, ==, "see [this](https://a.example)");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whether the word at @offset is underlined as misspelt. */
static gboolean
is_misspelt (GtkTextBuffer *buffer,
             int offset)
{
  GtkTextIter at;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, offset);
  tags = gtk_text_iter_get_tags (&at);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      PangoUnderline underline;

      g_object_get (l->data, "underline", &underline, NULL);
      if (underline == PANGO_UNDERLINE_ERROR || underline == PANGO_UNDERLINE_ERROR_LINE)
        return TRUE;
    }
  return FALSE;
}

static void
choose (GtkWidget *composer,
        const char *language)
{
  gtk_widget_activate_action (composer, "writing.language", "s", language);
}

static void
test_spelling (void)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft ("reply");
  g_autoptr (MosDraft) out = NULL;
  GtkWidget *composer, *window;
  GtkTextBuffer *buffer;

  draft->is_marked = TRUE;
  /* The word at the caret is not looked at: it is being written. */
  g_set_str (&draft->text, "ok pedido wonderful https://wondrful.example/mananna and so on");
  draft->caret = (int) g_utf8_strlen (draft->text, -1);
  window = show (draft, &composer, &buffer);
  mos_composer_set_language (MOS_COMPOSER (composer), "es");
  mos_test_wait (is_misspelt (buffer, 12), 20000);
  g_assert_false (is_misspelt (buffer, 5));
  g_assert_false (is_misspelt (buffer, 31));
  g_assert_false (is_misspelt (buffer, 48));

  choose (composer, "en_US");
  mos_test_wait (is_misspelt (buffer, 5), 20000);
  g_assert_false (is_misspelt (buffer, 12));
  g_assert_false (is_misspelt (buffer, 31));
  g_assert_false (is_misspelt (buffer, 48));
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->language, ==, "en_US");
  g_clear_pointer (&out, mos_draft_unref);

  choose (composer, "none");
  mos_test_wait (!is_misspelt (buffer, 5), 20000);
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->language, ==, "");
  g_clear_pointer (&out, mos_draft_unref);

  /* No dictionary of it: nothing is underlined. */
  choose (composer, "en_US");
  mos_test_wait (is_misspelt (buffer, 5), 20000);
  mos_composer_set_language (MOS_COMPOSER (composer), "eo");
  choose (composer, "auto");
  mos_test_wait (!is_misspelt (buffer, 5) && !is_misspelt (buffer, 12), 20000);
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_null (out->language);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_spelling_choice (void)
{
  static const char *const dictionaries[] = { "de_AT", "de_DE", "en_GB", "en_US", "es_AR", "es_ES", "es_MX", "fr", "fr_CA", "hsb_DE", "nb_NO", "pt_BR", "sv_SE", NULL };
  static const char *const mexican[] = { "es_MX.UTF-8", "es_MX", "es.UTF-8", "es", "C", NULL };
  static const char *const british[] = { "en_GB.UTF-8", "en_GB", "en", "C", NULL };
  static const char *const none[] = { "C", NULL };
  static const struct
  {
    const char *language;
    const char *const *locales;
    const char *code;
  } cases[] = {
    { "es", none, "es_ES" },
    { "es", mexican, "es_MX" },
    { "es_AR", mexican, "es_AR" },
    { "es-AR", mexican, "es_AR" },
    { "es_CL", mexican, "es_MX" },
    { "es_CL", none, "es_ES" },
    { "en", none, "en_US" },
    { "en", british, "en_GB" },
    { "en", mexican, "en_US" },
    { "fr", none, "fr" },
    { "fr", british, "fr" },
    { "de", none, "de_DE" },
    { "pt", none, "pt_BR" },
    { "no", none, "nb_NO" },
    { "sv", none, "sv_SE" },
    { "hs", none, NULL },
    { "eu", none, NULL },
    { "", none, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = mos_spelling_choose (cases[i].language, dictionaries, cases[i].locales);

      g_test_message ("%s", cases[i].language);
      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/composer-text/actions", test_actions);
  g_test_add_func ("/composer-text/links", test_links);
  g_test_add_func ("/composer-text/looks", test_looks);
  g_test_add_func ("/composer-text/looks-follow", test_looks_follow);
  g_test_add_func ("/composer-text/composer-actions", test_composer_actions);
  g_test_add_func ("/composer-text/link-dialog", test_link_dialog);
  g_test_add_func ("/composer-text/spelling", test_spelling);
  g_test_add_func ("/composer-text/spelling-choice", test_spelling_choice);
  return g_test_run ();
}
