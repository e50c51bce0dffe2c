/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-composer.h"
#include "app/macros/mos-macros-dialog.h"
#include "core/desk/mos-desk-macros.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

/* Macros in the composer: what is offered, what is put in, what keeps it from being sent. */

typedef struct
{
  MosDeskFixture *desk;
  GtkWidget *window;
  GtkWidget *composer;
  GtkTextView *text;
  char *conversation;
} Fixture;

static MosMacro *
save (Fixture *f,
      const char *name,
      const char *shortcode,
      const char *text)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  g_set_str (&macro->name, name);
  g_set_str (&macro->shortcode, shortcode);
  mos_macro_set_text (macro, "en", text);
  mos_macro_add_action (macro, MOS_MACRO_ADD_TAG, "told");
  mos_macro_add_action (macro, MOS_MACRO_SET_STATUS, "closed");
  mos_desk_save_macro_async (f->desk->desk, macro, NULL, mos_test_ready_cb, &called);
  result = mos_test_await (&called);
  id = mos_desk_save_macro_finish (f->desk->desk, result, NULL, NULL);
  g_assert_nonnull (id);
  mos_test_wait (mos_desk_find_macro (f->desk->desk, id) != NULL, 10000);
  return mos_desk_find_macro (f->desk->desk, id);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autoptr (MosDraft) draft = NULL;
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  f->desk = mos_desk_fixture_new ();
  f->conversation = mos_desk_fixture_add_conversation (f->desk, "Where is it?", 1);
  mos_desk_prepare_draft_async (f->desk->desk, "reply", f->conversation, NULL, NULL, NULL, mos_test_ready_cb, &called);
  result = mos_test_await (&called);
  draft = mos_desk_prepare_draft_finish (f->desk->desk, result, NULL);
  g_assert_nonnull (draft);
  f->window = adw_window_new ();
  f->composer = mos_composer_new (f->desk->desk);
  adw_window_set_content (ADW_WINDOW (f->window), f->composer);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_composer_open (MOS_COMPOSER (f->composer), draft);
  mos_composer_focus (MOS_COMPOSER (f->composer));
  gtk_test_widget_wait_for_draw (f->window);
  f->text = GTK_TEXT_VIEW (mos_fixture_find (f->composer, GTK_SOURCE_TYPE_VIEW, "Message"));
  g_assert_nonnull (f->text);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_composer_close (MOS_COMPOSER (f->composer));
  gtk_window_destroy (GTK_WINDOW (f->window));
  mos_test_settle (20);
  g_free (f->conversation);
  mos_desk_fixture_free (f->desk);
}

static gboolean
holds (Fixture *f,
       const char *words)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (MOS_COMPOSER (f->composer));

  return draft != NULL && strstr (draft->text, words) != NULL;
}

static void
type (Fixture *f,
      const char *words)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (f->text), words, -1);
}

static void
count_sent (guint *n)
{
  *n += 1;
}

/* "/" at the beginning of a word offers them, and only there. */
static void
test_offer (Fixture *f,
            gconstpointer data)
{
  save (f, "Order status", "status", "Hello");
  gtk_widget_grab_focus (GTK_WIDGET (f->text));
  type (f, "and/or ");
  g_assert_null (mos_fixture_find_text (f->composer, "Order status"));
  type (f, "/sta");
  mos_test_wait (mos_fixture_find_text (f->composer, "Order status") != NULL, 5000);
  type (f, "zzz");
  mos_test_wait (mos_fixture_find_text (f->composer, "Order status") == NULL, 5000);
}

/* It stands where the caret is; what it does is listed, can be removed, and happens when it is sent. */
static void
test_insert_and_send (Fixture *f,
                      gconstpointer data)
{
  MosMacro *macro = save (f, "Thanks", "thanks", "**Thank you**");
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk->desk, f->conversation);
  GtkWidget *remove;
  guint sent = 0;

  type (f, "One ");
  mos_composer_use_macro (MOS_COMPOSER (f->composer), macro);
  mos_test_wait (holds (f, "One **Thank you**"), 5000);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Status: Closed"));
  remove = mos_fixture_find (f->composer, GTK_TYPE_BUTTON, "Remove “Status: Closed”");
  g_assert_nonnull (remove);
  g_signal_emit_by_name (remove, "clicked");
  mos_test_wait (mos_fixture_find_text (f->composer, "Status: Closed") == NULL, 5000);
  draft = mos_composer_dup_draft (MOS_COMPOSER (f->composer));
  g_assert_cmpuint (draft->macros->actions->len, ==, 1);

  g_signal_connect_swapped (f->composer, "sent", G_CALLBACK (count_sent), &sent);
  gtk_widget_activate_action (f->composer, "composer.send-only", NULL);
  mos_test_wait (sent == 1, 10000);
  mos_test_wait (mos_conversation_get_row (conversation) != NULL && g_strv_contains ((const char *const *) mos_conversation_get_row (conversation)->tags, "told"), 5000);
  g_assert_cmpint (mos_conversation_get_row (conversation)->status, !=, MOS_STATUS_CLOSED);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (MOS_COMPOSER (f->composer));

  return draft->attachments->len;
}

/* What it does and its files go with its words, and come back with them; what was taken off by hand does not. */
static void
test_undo (Fixture *f,
           gconstpointer data)
{
  g_autoptr (MosMacro) first = mos_macro_ref (save (f, "Thanks", "thanks", "Thank you."));
  MosMacro *second = save (f, "Sorry", "sorry", "Sorry.");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (f->text);
  MosAttachment *file = mos_attachment_new ();
  g_autoptr (MosDraft) draft = NULL;
  GtkTextIter start, end;

  file->name = g_strdup ("terms.txt");
  file->type = g_strdup ("text/plain");
  file->size = 3;
  file->sha256 = g_strdup ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  g_ptr_array_add (first->attachments, file);
  gtk_text_buffer_begin_user_action (buffer);
  type (f, "One ");
  gtk_text_buffer_end_user_action (buffer);
  mos_composer_use_macro (MOS_COMPOSER (f->composer), first);
  mos_test_wait (holds (f, "One Thank you."), 5000);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Status: Closed"));
  g_assert_cmpuint (count_files (f), ==, 1);
  gtk_text_buffer_begin_user_action (buffer);
  type (f, " And more.");
  gtk_text_buffer_end_user_action (buffer);

  /* Up to the macro, however the buffer cuts its steps. */
  for (guint i = 0; i < 4 && holds (f, "Thank you."); i++)
    gtk_text_buffer_undo (buffer);
  g_assert_false (holds (f, "Thank you."));
  g_assert_null (mos_fixture_find_text (f->composer, "Status: Closed"));
  g_assert_cmpuint (count_files (f), ==, 0);
  draft = mos_composer_dup_draft (MOS_COMPOSER (f->composer));
  g_assert_true (draft->macros == NULL || (draft->macros->uses->len == 0 && draft->macros->actions->len == 0));

  gtk_text_buffer_redo (buffer);
  g_assert_true (holds (f, "Thank you."));
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Status: Closed"));
  g_assert_cmpuint (count_files (f), ==, 1);

  /* Of two the last one goes alone; deleted by hand, words leave what is listed to whoever deleted them. */
  g_signal_emit_by_name (mos_fixture_find (f->composer, GTK_TYPE_BUTTON, "Remove “Add tag: told”"), "clicked");
  mos_composer_use_macro (MOS_COMPOSER (f->composer), second);
  mos_test_wait (holds (f, "Sorry."), 5000);
  for (guint i = 0; i < 4 && holds (f, "Sorry."); i++)
    gtk_text_buffer_undo (buffer);
  g_clear_pointer (&draft, mos_draft_unref);
  draft = mos_composer_dup_draft (MOS_COMPOSER (f->composer));
  g_assert_cmpuint (draft->macros->uses->len, ==, 1);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Status: Closed"));
  g_assert_null (mos_fixture_find_text (f->composer, "Add tag: told"));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Status: Closed"));
  mos_composer_close (MOS_COMPOSER (f->composer));
}

/* A place that nobody could fill in keeps it from being sent, however often it is tried; a word in its place does not. */
static void
test_blocked (Fixture *f,
              gconstpointer data)
{
  MosMacro *macro = save (f, "Order", "order", "Order {{order.number}} is on its way.");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (f->text);
  g_autofree char *selected = NULL;
  GtkTextIter start, end;
  guint sent = 0;

  mos_composer_use_macro (MOS_COMPOSER (f->composer), macro);
  mos_test_wait (holds (f, "{{order.number}}"), 5000);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "1 place is not filled in yet."));
  g_signal_connect_swapped (f->composer, "sent", G_CALLBACK (count_sent), &sent);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (f->composer, "composer.send-only", NULL);
  mos_test_settle (100);
  g_assert_cmpuint (sent, ==, 0);
  g_assert_null (mos_fixture_find (f->composer, GTK_TYPE_BUTTON, "_Send Anyway"));
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &start, &end));
  selected = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (selected, ==, "{{order.number}}");

  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  type (f, "1001");
  g_assert_null (mos_fixture_find_text (f->composer, "1 place is not filled in yet."));
  gtk_widget_activate_action (f->composer, "composer.send-only", NULL);
  mos_test_wait (sent == 1, 10000);
}

static MosDraft *
find_draft (Fixture *f)
{
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  mos_desk_find_draft_async (f->desk->desk, f->conversation, NULL, mos_test_ready_cb, &called);
  result = mos_test_await (&called);
  return mos_desk_find_draft_finish (f->desk->desk, result, NULL);
}

/* What was put in is there again when the draft is opened again, and still blocks. */
static void
test_kept (Fixture *f,
           gconstpointer data)
{
  MosMacro *macro = save (f, "Order", "order", "Order {{order.number}}");
  g_autoptr (MosDraft) again = NULL;

  mos_composer_use_macro (MOS_COMPOSER (f->composer), macro);
  mos_test_wait (holds (f, "{{order.number}}"), 5000);
  mos_composer_close (MOS_COMPOSER (f->composer));
  /* It is written in a thread of its own, and read in another. */
  mos_test_wait ((again = find_draft (f)) != NULL, 5000);
  mos_composer_open (MOS_COMPOSER (f->composer), again);
  mos_test_wait (mos_fixture_find_text (f->composer, "1 place is not filled in yet.") != NULL, 5000);
  g_assert_nonnull (mos_fixture_find_text (f->composer, "Add tag: told"));
}

/* The page of macros: a new one is refused while it is wrong, and saved once it is not. */
static void
test_page (Fixture *f,
           gconstpointer data)
{
  MosMacrosDialog *dialog = mos_macros_dialog_new (f->desk->desk, NULL);
  GtkWidget *page = GTK_WIDGET (dialog);

  save (f, "Order status", "status", "Hello");
  adw_dialog_present (ADW_DIALOG (dialog), f->window);
  mos_test_wait (mos_fixture_find_text (page, "Order status") != NULL, 5000);
  g_signal_emit_by_name (mos_fixture_find (page, GTK_TYPE_BUTTON, "New macro"), "clicked");
  mos_test_wait (mos_fixture_find (page, GTK_TYPE_TEXT_VIEW, "Text of the macro") != NULL, 5000);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (mos_fixture_find (page, GTK_TYPE_TEXT_VIEW, "Text of the macro"))), "Hello {{customer.nam}} {% if", -1);
  mos_test_wait (mos_fixture_find (page, GTK_TYPE_LIST_BOX, "What is wrong in the text") != NULL, 5000);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  mos_test_settle (300);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  ADD ("/composer-macros/offer", test_offer);
  ADD ("/composer-macros/insert-and-send", test_insert_and_send);
  ADD ("/composer-macros/undo", test_undo);
  ADD ("/composer-macros/blocked", test_blocked);
  ADD ("/composer-macros/kept", test_kept);
  ADD ("/composer-macros/page", test_page);
  return g_test_run ();
}
