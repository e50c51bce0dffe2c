/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-address-entry.h"
#include "app/composer/mos-composer.h"
#include "app/composer/mos-recipient-chip.h"
#include "app/composer/mos-send-way.h"
#include "app/window/mos-send-bar.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-scheduled.h"

/* The sending part of the composer: ways, checks, later, undo. The desk is real and has no network. */

typedef struct
{
  MosDeskFixture *f;
  char *conversation;
  GtkWidget *window;
  MosComposer *composer;
  MosDraft *draft; /* as it was opened */
  /* of the last "sent" */
  guint n_sent;
  char *message;
  char *sent_conversation;
  MosStatus then;
  gint64 at_us;
  guint undo_s;
} Desk;

static void
on_sent_cb (MosComposer *composer,
            const MosSentMessage *sent,
            Desk *d)
{
  d->n_sent++;
  g_set_str (&d->message, sent->message);
  g_set_str (&d->sent_conversation, sent->conversation);
  d->then = sent->then;
  d->at_us = sent->at_us;
  d->undo_s = sent->undo_s;
}

static void
on_prepared_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(MosDraft **) user_data = mos_desk_prepare_draft_finish (MOS_DESK (source), result, &error);
  g_assert_no_error (error);
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_find_draft_finish (MOS_DESK (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
on_discarded_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  mos_desk_discard_draft_finish (MOS_DESK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
open_kind (Desk *d,
           const char *kind)
{
  gboolean found = FALSE;

  g_clear_pointer (&d->draft, mos_draft_unref);
  mos_desk_prepare_draft_async (d->f->desk, kind, g_str_equal (kind, "new") ? NULL : d->conversation, NULL, NULL, NULL, on_prepared_cb, &d->draft);
  mos_test_wait (d->draft != NULL, 5000);
  mos_composer_open (d->composer, d->draft);
  /* The reader answers in order: what the composer asked for about the conversation is there, too, then. */
  mos_desk_find_draft_async (d->f->desk, d->conversation, NULL, on_found_cb, &found);
  mos_test_wait (found, 5000);
}

static void
desk_setup (Desk *d,
            gconstpointer data)
{
  static const char *const keys[] = { "undo-send-seconds", "send-way", "check-attachment", "check-subject", "check-news", "check-recipients", "check-variables" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (mos_settings_get (), keys[i]);
  d->f = mos_desk_fixture_new ();
  d->conversation = mos_desk_fixture_add_conversation (d->f, "Where is my order?", 1);
  d->window = adw_window_new ();
  d->composer = MOS_COMPOSER (mos_composer_new (d->f->desk));
  g_signal_connect (d->composer, "sent", G_CALLBACK (on_sent_cb), d);
  adw_window_set_content (ADW_WINDOW (d->window), GTK_WIDGET (d->composer));
  gtk_window_present (GTK_WINDOW (d->window));
  open_kind (d, "reply");
}

static void
desk_teardown (Desk *d,
               gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (d->window));
  mos_test_settle (50);
  g_clear_pointer (&d->draft, mos_draft_unref);
  g_free (d->conversation);
  g_free (d->message);
  g_free (d->sent_conversation);
  mos_desk_fixture_free (d->f);
}

static void
act (Desk *d,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (d->composer), action, NULL);
}

static GtkWidget *
find_button_in (GtkWidget *widget,
                const char *text)
{
  GtkWidget *label = mos_fixture_find_text (widget, text);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static GtkWidget *
find_button (Desk *d,
             const char *text)
{
  return find_button_in (GTK_WIDGET (d->composer), text);
}

/* --- what is in the store --- */

typedef struct
{
  const char *message;
  MosMessageRow *row;
  MosScheduled *scheduled;
} Look;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Look *look = data;

  return mos_store_message_find (txn, look->message, &look->row, error) && mos_store_scheduled_find (txn, look->message, &look->scheduled, error);
}

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->row, mos_message_row_unref);
  g_clear_pointer (&look->scheduled, mos_scheduled_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
look (Desk *d,
      Look *what)
{
  g_autoptr (GError) error = NULL;

  look_clear (what);
  what->message = d->message;
  mos_store_read_sync (d->f->store->store, do_look, what, NULL, &error);
  g_assert_no_error (error);
}

static void
on_acted_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  mos_desk_action_finish (MOS_DESK (source), result, NULL, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* --- the ways --- */

/* It waits for an undo; taken back it is the draft that it was, the caret too. */
static void
test_undo (Desk *d,
           gconstpointer data)
{
  g_auto (Look) what = { 0 };
  g_autoptr (MosDraft) again = NULL;
  gboolean done = FALSE;

  mos_composer_set_text (d->composer, "It left yesterday.");
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_false (mos_composer_is_open (d->composer));
  g_assert_cmpuint (d->undo_s, ==, 10);
  g_assert_cmpint (d->then, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (d->sent_conversation, ==, d->conversation);
  look (d, &what);
  g_assert_cmpint (what.row->delivery, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpstr (what.row->why, ==, MOS_SCHEDULED_UNDO);

  mos_desk_cancel_send_async (d->f->desk, d->message, NULL, on_acted_cb, &done);
  mos_test_wait (done, 5000);
  mos_desk_prepare_draft_async (d->f->desk, "reply", d->conversation, NULL, NULL, NULL, on_prepared_cb, &again);
  mos_test_wait (again != NULL, 5000);
  g_assert_cmpstr (again->id, ==, d->message);
  g_assert_cmpstr (again->text, ==, "It left yesterday.");
  g_assert_cmpint (again->caret, ==, 18);
  look (d, &what);
  g_assert_null (what.row);
}

static gboolean
remove_account (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return mos_store_account_remove (txn, "a1", error);
}

/* It cannot be sent, and the person went on before that was known: nothing of it is lost. */
static void
test_failed (Desk *d,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) again = NULL;
  gboolean found = FALSE;

  open_kind (d, "new");
  gtk_editable_set_text (GTK_EDITABLE (mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "To")), "eva@example.net");
  gtk_editable_set_text (GTK_EDITABLE (mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "Subject")), "Your order");
  mos_store_write_sync (d->f->store->store, NULL, NULL, remove_account, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mos_composer_set_text (d->composer, "Typed last.");
  act (d, "composer.send");
  mos_composer_close (d->composer);
  /* The writer answers in order: sent, kept. */
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (d->composer), "The message could not be queued") != NULL, 5000);
  g_assert_cmpuint (d->n_sent, ==, 0);
  mos_desk_discard_draft_async (d->f->desk, "none", NULL, on_discarded_cb, &found);
  mos_test_wait (found, 5000);
  mos_desk_prepare_draft_async (d->f->desk, "new", NULL, NULL, NULL, NULL, on_prepared_cb, &again);
  mos_test_wait (again != NULL, 5000);
  g_assert_cmpstr (again->text, ==, "Typed last.");
}

/* Off: it leaves at once. */
static void
test_no_undo (Desk *d,
              gconstpointer data)
{
  g_auto (Look) what = { 0 };

  g_settings_set_int (mos_settings_get (), "undo-send-seconds", 0);
  mos_composer_set_text (d->composer, "It left yesterday.");
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_cmpuint (d->undo_s, ==, 0);
  look (d, &what);
  g_assert_cmpint (what.row->delivery, ==, MOS_DELIVERY_QUEUED);
}

/* What was chosen from the menu is what the button does then; a key of its own changes nothing. */
static void
test_ways (Desk *d,
           gconstpointer data)
{
  AdwSplitButton *button = ADW_SPLIT_BUTTON (mos_fixture_find (GTK_WIDGET (d->composer), ADW_TYPE_SPLIT_BUTTON, NULL));
  g_autofree char *way = NULL;

  g_assert_cmpstr (adw_split_button_get_label (button), ==, "Send");
  mos_composer_set_text (d->composer, "One");
  act (d, "composer.send-and-close");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_cmpint (d->then, ==, MOS_STATUS_CLOSED);
  g_assert_cmpstr (adw_split_button_get_label (button), ==, "Send");

  open_kind (d, "reply");
  mos_composer_set_text (d->composer, "Two");
  gtk_widget_activate_action (GTK_WIDGET (d->composer), "composer.send-as", "s", "wait");
  mos_test_wait (d->n_sent == 2, 5000);
  g_assert_cmpint (d->then, ==, MOS_STATUS_PENDING);
  g_assert_cmpstr (adw_split_button_get_label (button), ==, "Send and Wait");
  way = g_settings_get_string (mos_settings_get (), "send-way");
  g_assert_cmpstr (way, ==, "wait");

  open_kind (d, "reply");
  mos_composer_set_text (d->composer, "Three");
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 3, 5000);
  g_assert_cmpint (d->then, ==, MOS_STATUS_PENDING);

  open_kind (d, "reply");
  mos_composer_set_text (d->composer, "Four");
  act (d, "composer.send-only");
  mos_test_wait (d->n_sent == 4, 5000);
  g_assert_cmpint (d->then, ==, MOS_STATUS_OPEN);
}

/* The times of the menu, over a week's end and a change of the clocks. */
static void
test_times (void)
{
  g_autoptr (GTimeZone) madrid = g_time_zone_new_identifier ("Europe/Madrid");
  static const struct
  {
    const char *now;
    const char *preset;
    const char *at; /* NULL = none */
  } cases[] = {
    { "2026-03-27T10:20:30+01", "hour", "2026-03-27T11:20:30+01" },
    { "2026-03-27T10:00:00+01", "afternoon", "2026-03-27T15:00:00+01" },
    { "2026-03-27T15:00:00+01", "afternoon", NULL },
    { "2026-03-27T10:00:00+01", "tomorrow", "2026-03-28T09:00:00+01" },
    { "2026-03-28T23:59:00+01", "tomorrow", "2026-03-29T09:00:00+02" },
    { "2026-03-27T10:00:00+01", "monday", "2026-03-30T09:00:00+02" },
    { "2026-03-30T08:00:00+02", "monday", "2026-04-06T09:00:00+02" },
    { "2026-03-27T10:00:00+01", "never", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (cases[i].now, NULL);
      g_autoptr (GDateTime) at = cases[i].at != NULL ? g_date_time_new_from_iso8601 (cases[i].at, NULL) : NULL;

      g_test_message ("%s %s", cases[i].now, cases[i].preset);
      g_assert_cmpint (mos_send_time (cases[i].preset, g_date_time_to_unix_usec (now), madrid), ==, at != NULL ? g_date_time_to_unix_usec (at) : 0);
    }
}

static void
test_later (Desk *d,
            gconstpointer data)
{
  g_auto (Look) what = { 0 };
  gint64 now_us = mos_clock_now_us (d->f->store->clock);

  mos_composer_set_text (d->composer, "It leaves later.");
  gtk_widget_activate_action (GTK_WIDGET (d->composer), "composer.send-at", "s", "hour");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_cmpuint (d->undo_s, ==, 0);
  g_assert_cmpint (d->at_us, >=, now_us + G_TIME_SPAN_HOUR);
  look (d, &what);
  g_assert_cmpint (what.row->delivery, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpstr (what.row->why, ==, MOS_SCHEDULED_LATER);
  g_assert_true (what.scheduled->plan.is_later);
  g_assert_false (what.scheduled->plan.even_if_answered);
  g_assert_cmpint (what.scheduled->plan.at_us, ==, d->at_us);
}

static void
test_new (Desk *d,
          gconstpointer data)
{
  GtkWidget *subject, *to;

  open_kind (d, "new");
  to = mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "To");
  subject = mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "Subject");
  gtk_editable_set_text (GTK_EDITABLE (to), "zoe@mail.example");
  gtk_editable_set_text (GTK_EDITABLE (subject), "Wool");
  mos_composer_set_text (d->composer, "Do you want some?");
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_nonnull (d->sent_conversation);
  g_assert_cmpstr (d->sent_conversation, !=, "");
  g_assert_cmpstr (d->sent_conversation, !=, d->conversation);
}

/* --- the checks --- */

static void
press (Desk *d,
       const char *label)
{
  GtkWidget *button = find_button (d, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* One list of all that is amiss; Back changes nothing, a word typed takes it away, Send Anyway sends. */
static void
test_checks (Desk *d,
             gconstpointer data)
{
  GtkWidget *to = mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "To");

  gtk_editable_set_text (GTK_EDITABLE (to), "stranger@elsewhere.example,");
  mos_composer_set_text (d->composer, "Dear {{customer.name}}, see the attached bill.");
  act (d, "composer.send");
  mos_test_wait (find_button (d, "Send Anyway") != NULL, 5000);
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (d->composer), "speaks of an attachment"));
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (d->composer), "stranger@elsewhere.example\xe2\x81\xa9 was never in this conversation"));
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (d->composer), "{{customer.name}}"));
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (d->composer), "subject is empty"));
  g_assert_cmpuint (d->n_sent, ==, 0);

  /* Held down, the keys send nothing past the list. */
  act (d, "composer.send");
  act (d, "composer.send");
  mos_test_settle (100);
  g_assert_cmpuint (d->n_sent, ==, 0);
  press (d, "Back");
  g_assert_null (find_button (d, "Send Anyway"));

  act (d, "composer.send");
  mos_test_wait (find_button (d, "Send Anyway") != NULL, 5000);
  press (d, "Remove");
  g_assert_null (mos_fixture_find (GTK_WIDGET (d->composer), MOS_TYPE_RECIPIENT_CHIP, "stranger@elsewhere.example"));

  act (d, "composer.send");
  mos_test_wait (find_button (d, "Send Anyway") != NULL, 5000);
  g_assert_null (mos_fixture_find_text (GTK_WIDGET (d->composer), "was never in this conversation"));
  mos_composer_set_text (d->composer, "Dear {{customer.name}}, see the attached bill now.");
  g_assert_null (find_button (d, "Send Anyway"));

  act (d, "composer.send-and-close");
  mos_test_wait (find_button (d, "Send Anyway") != NULL, 5000);
  press (d, "Send Anyway");
  mos_test_wait (d->n_sent == 1, 5000);
  g_assert_cmpint (d->then, ==, MOS_STATUS_CLOSED);
}

/* Each is switched off by itself. */
static void
test_switches (Desk *d,
               gconstpointer data)
{
  static const char *const keys[] = { "check-attachment", "check-recipients", "check-variables" };
  GtkWidget *to = mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "To");

  gtk_editable_set_text (GTK_EDITABLE (to), "stranger@elsewhere.example,");
  mos_composer_set_text (d->composer, "Dear {{customer.name}}, see the attached bill.");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      act (d, "composer.send");
      mos_test_wait (find_button (d, "Send Anyway") != NULL, 5000);
      press (d, "Back");
      g_settings_set_boolean (mos_settings_get (), keys[i], FALSE);
    }
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

/* What came in meanwhile is told of once it is there; whoever has looked is not told again. */
static void
test_news (Desk *d,
           gconstpointer data)
{
  guint looked = 0;

  g_signal_connect_swapped (d->composer, "look", G_CALLBACK (count_cb), &looked);
  mos_composer_set_text (d->composer, "It left yesterday.");
  mos_desk_fixture_add_message (d->f, d->conversation, MOS_DIRECTION_INCOMING, "Never mind, it is here");
  act (d, "composer.send");
  mos_test_wait (find_button (d, "Look") != NULL, 5000);
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (d->composer), "came in while you wrote this"));
  press (d, "Look");
  g_assert_cmpuint (looked, ==, 1);
  g_assert_null (find_button (d, "Send Anyway"));
  g_assert_cmpuint (d->n_sent, ==, 0);
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
}

/* A forward goes to somebody new by its nature, and what the quoted text says is not ours. */
static void
test_forward (Desk *d,
              gconstpointer data)
{
  GtkWidget *to;

  open_kind (d, "forward");
  to = mos_fixture_find (GTK_WIDGET (d->composer), GTK_TYPE_TEXT, "To");
  gtk_editable_set_text (GTK_EDITABLE (to), "stranger@elsewhere.example,");
  act (d, "composer.send");
  mos_test_wait (d->n_sent == 1, 5000);
}

/* --- the bar that takes back --- */

static void
on_bar_cb (MosSendBar *bar,
           const char *message,
           const char *conversation,
           GString *said)
{
  g_string_append_printf (said, "%s/%s ", message, conversation);
}

static void
test_bar (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *bar = g_object_new (MOS_TYPE_SEND_BAR, NULL);
  g_autoptr (GString) undone = g_string_new (NULL);
  g_autoptr (GString) released = g_string_new (NULL);

  adw_window_set_content (ADW_WINDOW (window), bar);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (bar, "undo", G_CALLBACK (on_bar_cb), undone);
  g_signal_connect (bar, "send-now", G_CALLBACK (on_bar_cb), released);
  g_assert_false (mos_send_bar_undo (MOS_SEND_BAR (bar)));

  mos_send_bar_add (MOS_SEND_BAR (bar), "m1", "c1", "One", 60);
  g_assert_nonnull (mos_fixture_find_text (bar, "One"));
  mos_send_bar_add (MOS_SEND_BAR (bar), "m2", "c2", "Two", 60);
  mos_send_bar_add (MOS_SEND_BAR (bar), "m3", "c3", "", 60);
  g_assert_nonnull (mos_fixture_find_text (bar, "and 2 more"));
  /* The newest first. */
  g_assert_true (mos_send_bar_undo (MOS_SEND_BAR (bar)));
  g_signal_emit_by_name (find_button_in (bar, "Send Now"), "clicked");
  g_signal_emit_by_name (find_button_in (bar, "Undo"), "clicked");
  g_assert_cmpstr (undone->str, ==, "m3/c3 m1/c1 ");
  g_assert_cmpstr (released->str, ==, "m2/c2 ");
  g_assert_false (mos_send_bar_undo (MOS_SEND_BAR (bar)));

  /* It goes by itself when its time is over. */
  mos_send_bar_add (MOS_SEND_BAR (bar), "m4", "c4", "Four", 1);
  for (guint i = 0; i < 100 && gtk_widget_get_sensitive (find_button_in (bar, "Undo")); i++)
    mos_test_settle (100);
  g_assert_false (mos_send_bar_undo (MOS_SEND_BAR (bar)));
  mos_send_bar_add (MOS_SEND_BAR (bar), "m5", "c5", "Five", 60);
  mos_send_bar_clear (MOS_SEND_BAR (bar));
  g_assert_false (mos_send_bar_undo (MOS_SEND_BAR (bar)));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
#define ADD(path, func) g_test_add (path, Desk, NULL, desk_setup, func, desk_teardown)
  ADD ("/sending/undo", test_undo);
  ADD ("/sending/failed", test_failed);
  ADD ("/sending/no-undo", test_no_undo);
  ADD ("/sending/ways", test_ways);
  g_test_add_func ("/sending/times", test_times);
  ADD ("/sending/later", test_later);
  ADD ("/sending/new", test_new);
  ADD ("/sending/checks", test_checks);
  ADD ("/sending/checks/switches", test_switches);
  ADD ("/sending/checks/news", test_news);
  ADD ("/sending/checks/forward", test_forward);
  g_test_add_func ("/sending/bar", test_bar);
  return g_test_run ();
}
