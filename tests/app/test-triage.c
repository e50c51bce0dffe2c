/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* One at a time: the list as it stood, what became of each, and the way back. */
#include "config.h"

#include "app/composer/mos-composer.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/triage/mos-triage-page.h"
#include "app/triage/mos-triage-run.h"
#include "app/window/mos-window.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

static const char *const ids[] = { "a", "b", "c", "d", NULL };

static void
test_run (void)
{
  g_autoptr (MosTriageRun) run = mos_triage_run_new (ids);
  g_autoptr (GArray) batches = NULL;
  g_auto (GStrv) left = NULL;
  g_autofree char *joined = NULL;

  g_assert_cmpuint (mos_triage_run_get_n (run), ==, 4);
  g_assert_cmpstr (mos_triage_run_get_current (run), ==, "a");
  g_assert_false (mos_triage_run_step_back (run));
  g_assert_true (mos_triage_run_note (run, "a", MOS_TRIAGE_CLOSED, 7));
  g_assert_cmpstr (mos_triage_run_get_current (run), ==, "b");
  /* One that is not of it, and one whose turn it is not: they do not move it. */
  g_assert_false (mos_triage_run_note (run, "x", MOS_TRIAGE_CLOSED, 8));
  g_assert_true (mos_triage_run_note (run, "d", MOS_TRIAGE_CLOSED, 9));
  g_assert_cmpstr (mos_triage_run_get_current (run), ==, "b");
  mos_triage_run_skip (run);
  g_assert_true (mos_triage_run_note (run, "c", MOS_TRIAGE_ANSWERED, 0));
  mos_triage_run_skip (run); /* done already: stays what it is */
  g_assert_null (mos_triage_run_get_current (run));
  mos_triage_run_skip (run);
  g_assert_cmpuint (mos_triage_run_get_position (run), ==, 4);
  g_assert_cmpuint (mos_triage_run_count (run, MOS_TRIAGE_CLOSED), ==, 2);
  g_assert_cmpuint (mos_triage_run_count (run, MOS_TRIAGE_SKIPPED), ==, 1);
  g_assert_cmpuint (mos_triage_run_count (run, MOS_TRIAGE_WAITING), ==, 0);

  /* The newest first; what cannot be undone is not among them. */
  batches = mos_triage_run_list_batches (run, MOS_TRIAGE_CLOSED);
  g_assert_cmpuint (batches->len, ==, 2);
  g_assert_cmpint (g_array_index (batches, gint64, 0), ==, 9);
  g_assert_cmpint (g_array_index (batches, gint64, 1), ==, 7);
  g_clear_pointer (&batches, g_array_unref);
  batches = mos_triage_run_list_batches (run, MOS_TRIAGE_ANSWERED);
  g_assert_cmpuint (batches->len, ==, 0);

  left = mos_triage_run_dup_left (run);
  joined = g_strjoinv (" ", left);
  g_assert_cmpstr (joined, ==, "b");
  mos_triage_run_forget (run, MOS_TRIAGE_CLOSED);
  g_assert_cmpuint (mos_triage_run_count (run, MOS_TRIAGE_WAITING), ==, 2);
  g_assert_cmpuint (mos_triage_run_get_position (run), ==, 4);
}

static void
test_take_back (void)
{
  g_autoptr (MosTriageRun) run = mos_triage_run_new (ids);

  g_assert_false (mos_triage_run_take_back (run, NULL));
  mos_triage_run_note (run, "a", MOS_TRIAGE_CLOSED, 1);
  mos_triage_run_note (run, "b", MOS_TRIAGE_SNOOZED, 2);
  mos_triage_run_skip (run);
  g_assert_true (mos_triage_run_take_back (run, NULL)); /* the last that something was done to */
  g_assert_cmpstr (mos_triage_run_get_current (run), ==, "b");
  g_assert_cmpuint (mos_triage_run_count (run, MOS_TRIAGE_SNOOZED), ==, 0);
  g_assert_true (mos_triage_run_take_back (run, "a"));
  g_assert_cmpstr (mos_triage_run_get_current (run), ==, "a");
  g_assert_false (mos_triage_run_take_back (run, "x"));
  g_assert_false (mos_triage_run_take_back (run, NULL));
}

static void
test_empty (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (MosTriageRun) run = mos_triage_run_new (none);

  g_assert_null (mos_triage_run_get_current (run));
  mos_triage_run_skip (run);
  g_assert_cmpuint (mos_triage_run_get_position (run), ==, 0);
}

/* --- in the window --- */

typedef struct
{
  MosDeskFixture *desk;
  MosConversation *conversations[3]; /* in the order of the list */
  MosWindow *window;
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  static const char *const subjects[] = { "First", "Second", "Third" };

  f->desk = mos_desk_fixture_new ();
  for (int i = 2; i >= 0; i--)
    {
      g_autofree char *id = mos_desk_fixture_add_conversation (f->desk, subjects[i], 1);

      /* The newest stands first. */
      f->conversations[i] = mos_desk_ref_conversation (f->desk->desk, id);
    }
  f->window = mos_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), GPOINTER_TO_INT (data), 800);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_window_set_desk (f->window, f->desk->desk);
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (f->window), "3 conversations") != NULL, 10000);
  for (guint i = 0; i < 3; i++)
    mos_test_wait (mos_conversation_get_row (f->conversations[i]) != NULL, 10000);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  for (guint i = 0; i < 3; i++)
    g_clear_object (&f->conversations[i]);
  mos_test_settle (20);
  mos_desk_fixture_free (f->desk);
}

static void
act (Fixture *f,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL);
}

static MosConversation *
shown (Fixture *f)
{
  GtkWidget *page = mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL);
  GtkWidget *view = page != NULL ? mos_fixture_find (page, MOS_TYPE_CONVERSATION_VIEW, NULL) : NULL;

  return view != NULL ? mos_conversation_view_get_conversation (MOS_CONVERSATION_VIEW (view)) : NULL;
}

static gboolean
says (Fixture *f,
      const char *text)
{
  GtkWidget *label = mos_fixture_find_text (GTK_WIDGET (f->window), text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static gboolean
keyboard_is_somewhere (Fixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus);
}

static void
test_window (Fixture *f,
             gconstpointer data)
{
  MosStatus status;

  act (f, "win.triage");
  mos_test_wait (shown (f) == f->conversations[0] && says (f, "1 of 3"), 10000);
  mos_test_wait (keyboard_is_somewhere (f), 10000);

  act (f, "conversation.close");
  mos_test_wait (shown (f) == f->conversations[1] && says (f, "2 of 3"), 10000);
  mos_test_wait (mos_conversation_get_row (f->conversations[0])->status == MOS_STATUS_CLOSED, 10000);

  /* Ctrl+Z goes back to it. */
  act (f, "win.undo");
  mos_test_wait (shown (f) == f->conversations[0] && says (f, "1 of 3"), 10000);
  mos_test_wait (mos_conversation_get_row (f->conversations[0])->status == MOS_STATUS_OPEN, 10000);

  act (f, "conversation.close");
  mos_test_wait (says (f, "2 of 3"), 10000);
  act (f, "win.next-conversation");
  mos_test_wait (shown (f) == f->conversations[2] && says (f, "3 of 3"), 10000);
  act (f, "win.previous-conversation");
  mos_test_wait (says (f, "2 of 3"), 10000);
  act (f, "win.next-conversation");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "conversation.snooze", "s", "tomorrow");
  mos_test_wait (says (f, "1 closed") && says (f, "1 snoozed") && says (f, "1 skipped"), 10000);
  g_assert_true (says (f, "2 of 3 conversations were dealt with."));
  mos_test_wait (keyboard_is_somewhere (f), 10000);
  status = mos_conversation_get_row (f->conversations[1])->status;
  g_assert_cmpint (status, ==, MOS_STATUS_OPEN);

  /* All closed ones come back, the snoozed one stays. */
  g_signal_emit_by_name (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL), "undo", (guint) MOS_TRIAGE_CLOSED);
  mos_test_wait (mos_conversation_get_row (f->conversations[0])->status == MOS_STATUS_OPEN && !says (f, "1 closed"), 10000);
  mos_test_wait (mos_conversation_get_row (f->conversations[2])->status == MOS_STATUS_SNOOZED, 10000);

  /* What is left once more, then back to the list. */
  g_signal_emit_by_name (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL), "again");
  mos_test_wait (says (f, "1 of 2") && shown (f) == f->conversations[0], 10000);
  act (f, "win.next-conversation");
  mos_test_wait (says (f, "2 of 2"), 10000);
  act (f, "win.triage"); /* the end, though it is not gone through */
  mos_test_wait (says (f, "Back to the List") && says (f, "1 not looked at"), 10000);
  act (f, "win.triage");
  mos_test_wait (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL) == NULL, 10000);
  mos_test_wait (keyboard_is_somewhere (f), 10000);
  g_assert_nonnull (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_CONVERSATION_VIEW, NULL));
}

static void
test_answered (Fixture *f,
               gconstpointer data)
{
  const MosSentMessage sent = { .message = "m", .conversation = mos_conversation_get_id (f->conversations[0]), .subject = "One", .then = MOS_STATUS_OPEN };
  GtkWidget *view;

  act (f, "win.triage");
  mos_test_wait (shown (f) == f->conversations[0] && says (f, "1 of 3"), 10000);
  view = mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_CONVERSATION_VIEW, NULL);
  g_signal_emit_by_name (view, "conversation-sent", &sent);
  mos_test_wait (shown (f) == f->conversations[1] && says (f, "2 of 3"), 10000);
  act (f, "win.triage");
  mos_test_wait (says (f, "1 answered") && says (f, "2 not looked at"), 10000);
  mos_test_wait (keyboard_is_somewhere (f), 10000);
}

/* The composer that is open, of the conversation that is shown */
static MosComposer *
composer (Fixture *f)
{
  GtkWidget *found = mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_COMPOSER, NULL);

  return found != NULL && mos_composer_is_open (MOS_COMPOSER (found)) ? MOS_COMPOSER (found) : NULL;
}

static gboolean
writes (Fixture *f,
        const char *text)
{
  g_autoptr (MosDraft) draft = composer (f) != NULL ? mos_composer_dup_draft (composer (f)) : NULL;

  return draft != NULL && g_str_equal (draft->text, text);
}

static void
test_sent_and_undone (Fixture *f,
                      gconstpointer data)
{
  g_test_summary ("What was sent from it is taken back by Ctrl+Z: its turn comes again, with its draft");
  act (f, "win.triage");
  mos_test_wait (shown (f) == f->conversations[0] && says (f, "1 of 3"), 10000);
  act (f, "conversation.reply");
  mos_test_wait (composer (f) != NULL, 10000);
  mos_composer_set_text (composer (f), "It left yesterday.");
  gtk_widget_activate_action (GTK_WIDGET (composer (f)), "composer.send-and-close", NULL);
  mos_test_wait (shown (f) == f->conversations[1] && says (f, "2 of 3"), 10000);
  mos_test_wait (mos_conversation_get_row (f->conversations[0])->status == MOS_STATUS_CLOSED, 10000);
  mos_test_wait (says (f, "Sending “"), 10000);
  act (f, "win.undo");
  mos_test_wait (shown (f) == f->conversations[0] && says (f, "1 of 3"), 10000);
  mos_test_wait (writes (f, "It left yesterday."), 10000);
  mos_test_wait (mos_conversation_get_row (f->conversations[0])->status == MOS_STATUS_OPEN, 10000);
  g_assert_nonnull (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL));
}

static void
test_closed_meanwhile (Fixture *f,
                       gconstpointer data)
{
  g_test_summary ("The desk goes away in the middle: nothing is left behind");
  act (f, "win.triage");
  mos_test_wait (says (f, "1 of 3"), 10000);
  mos_window_set_desk (f->window, NULL);
  g_assert_null (mos_fixture_find (GTK_WIDGET (f->window), MOS_TYPE_TRIAGE_PAGE, NULL));
  mos_test_settle (50);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/triage/run", test_run);
  g_test_add_func ("/triage/take-back", test_take_back);
  g_test_add_func ("/triage/empty", test_empty);
  g_test_add ("/triage/window", Fixture, GINT_TO_POINTER (1300), set_up, test_window, tear_down);
  g_test_add ("/triage/narrow", Fixture, GINT_TO_POINTER (400), set_up, test_window, tear_down);
  g_test_add ("/triage/answered", Fixture, GINT_TO_POINTER (1300), set_up, test_answered, tear_down);
  g_test_add ("/triage/sent-and-undone", Fixture, GINT_TO_POINTER (1300), set_up, test_sent_and_undone, tear_down);
  g_test_add ("/triage/closed-meanwhile", Fixture, GINT_TO_POINTER (1300), set_up, test_closed_meanwhile, tear_down);
  return g_test_run ();
}
