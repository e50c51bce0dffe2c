/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* An open conversation on a real profile: what it opens with, what arrives, and what was being written. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-composer.h"
#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/conversation/mos-draft-notice.h"
#include "app/conversation/mos-message-bubble.h"

#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-database.h"
#include "core/store/mos-store-object.h"

#include <gtksourceview/gtksource.h>
#include <time.h>

typedef struct
{
  GtkWidget *window;
  MosConversationView *view;
} Shown;

static Shown
show_empty (MosDeskFixture *f)
{
  Shown shown = { adw_window_new (), MOS_CONVERSATION_VIEW (mos_conversation_view_new (f->desk)) };

  gtk_window_set_default_size (GTK_WINDOW (shown.window), 700, 600);
  adw_window_set_content (ADW_WINDOW (shown.window), GTK_WIDGET (shown.view));
  gtk_window_present (GTK_WINDOW (shown.window));
  gtk_test_widget_wait_for_draw (shown.window);
  return shown;
}

static void
open_it (MosDeskFixture *f,
         Shown *shown,
         const char *id)
{
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, id);

  mos_conversation_view_set_conversation (shown->view, conversation);
}

static guint
count (GtkWidget *widget,
       GType type)
{
  guint n = 0;

  if (!gtk_widget_get_visible (widget))
    return 0;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return 1;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static gboolean
body_says (GtkWidget *widget,
           const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (MOS_IS_BODY_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      g_autofree char *all = NULL;

      g_object_get (buffer, "text", &all, NULL);
      return strstr (all, text) != NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (body_says (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
scroller_of (Shown *shown)
{
  GtkWidget *bubble = mos_fixture_find (GTK_WIDGET (shown->view), MOS_TYPE_MESSAGE_BUBBLE, NULL);

  g_assert_nonnull (bubble);
  return gtk_widget_get_ancestor (bubble, GTK_TYPE_SCROLLED_WINDOW);
}

static GtkAdjustment *
place (Shown *shown)
{
  GtkWidget *scroller = scroller_of (shown);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
is_at_end (Shown *shown)
{
  GtkAdjustment *adjustment = place (shown);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment) - 2;
}

/* As by the wheel. */
static void
scroll_to (Shown *shown,
           double value)
{
  GtkWidget *scroller = scroller_of (shown);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled;

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "scroll", 0.0, -1.0, &handled);
    }
  gtk_adjustment_set_value (place (shown), value);
}

static void
test_opens (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 40);
  Shown shown = show_empty (f);

  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (shown.view), "No Conversation Selected"));
  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 40 of 40"), 10000);
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (shown.view), "Where is my order?") != NULL, 5000);
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (shown.view), "earlier message"));
  g_assert_cmpuint (count (GTK_WIDGET (shown.view), MOS_TYPE_MESSAGE_BUBBLE), <, 40);
  mos_test_wait (is_at_end (&shown), 5000);
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static void
test_arrives (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 12);
  Shown shown = show_empty (f);
  double before;

  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 12 of 12") && is_at_end (&shown), 10000);
  mos_desk_fixture_add_message (f, id, MOS_DIRECTION_INCOMING, "It is here!");
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "It is here!"), 10000);
  mos_test_wait (is_at_end (&shown), 5000);
  mos_test_settle (300);

  /* Who reads further up is not torn away, only told. */
  scroll_to (&shown, 0);
  before = gtk_adjustment_get_value (place (&shown));
  mos_desk_fixture_add_message (f, id, MOS_DIRECTION_INCOMING, "One more thing");
  /* Seconds later that is gone, and on a busy machine the body may take as long. */
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (shown.view), "New message below") != NULL, 10000);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "One more thing"), 10000);
  mos_test_settle (300);
  g_assert_cmpfloat (gtk_adjustment_get_value (place (&shown)), ==, before);
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static GtkTextBuffer *
text_of (Shown *shown)
{
  /* The page for a new message has a composer as well. */
  GtkWidget *view = mos_conversation_view_get_composing (shown->view) ? mos_fixture_find (GTK_WIDGET (shown->view), GTK_SOURCE_TYPE_VIEW, NULL) : NULL;

  return view != NULL ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) : NULL;
}

static gboolean
writes (Shown *shown,
        const char *text)
{
  GtkTextBuffer *buffer = text_of (shown);
  g_autofree char *all = NULL;

  if (buffer == NULL)
    return FALSE;
  g_object_get (buffer, "text", &all, NULL);
  return strstr (all, text) != NULL;
}

static void
type (Shown *shown,
      const char *action,
      const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (shown->view), action, NULL);
  mos_test_wait (text_of (shown) != NULL, 5000);
  gtk_text_buffer_insert_at_cursor (text_of (shown), text, -1);
}

static void
test_draft (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  g_autofree char *other = mos_desk_fixture_add_conversation (f, "Another", 1);
  Shown shown = show_empty (f);

  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  type (&shown, "composer.reply", "It left on Monday");
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (shown.view), "Saved") != NULL, 15000);

  /* Another conversation has nothing of it, and it is there on the way back. */
  open_it (f, &shown, other);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 1 of 1"), 10000);
  g_assert_false (writes (&shown, "Monday"));
  open_it (f, &shown, id);
  mos_test_wait (writes (&shown, "It left on Monday"), 10000);
  gtk_window_destroy (GTK_WINDOW (shown.window));

  mos_desk_fixture_restart (f);
  shown = show_empty (f);
  open_it (f, &shown, id);
  mos_test_wait (writes (&shown, "It left on Monday"), 10000);
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static void
test_note (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  Shown shown = show_empty (f);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  type (&shown, "composer.note", "She is a good customer");
  mos_test_wait (mos_fixture_find_text (GTK_WIDGET (shown.view), "Saved") != NULL, 15000);
  gtk_widget_activate_action (GTK_WIDGET (shown.view), "composer.send", NULL);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "She is a good customer"), 10000);
  mos_test_wait (!mos_conversation_view_get_composing (shown.view), 5000);

  /* No draft stayed behind, */
  mos_conversation_view_restore_draft (shown.view);
  mos_test_settle (300);
  g_assert_false (mos_conversation_view_get_composing (shown.view));

  /* and the note goes back to being one. */
  mos_desk_undo_async (f->desk, 0, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  nick = mos_desk_undo_finish (f->desk, done, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nick, ==, "note");
  mos_test_wait (!body_says (GTK_WIDGET (shown.view), "She is a good customer"), 10000);
  mos_conversation_view_restore_draft (shown.view);
  mos_test_wait (writes (&shown, "She is a good customer"), 10000);
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

/* --- another agent --- */

static void
add_agent (MosDeskFixture *f,
           const char *name)
{
  g_autoptr (MosAgent) agent = mos_agent_new ();
  guint n = mos_desk_get_agents (f->desk)->len;

  agent->name = g_strdup (name);
  agent->signature = g_strdup_printf ("%s, Shop", name);
  mos_desk_save_agent_async (f->desk, agent, NULL, NULL, NULL);
  mos_test_wait (mos_desk_get_agents (f->desk)->len == n + 1, 5000);
}

static void
sit_down (MosDeskFixture *f,
          const char *name)
{
  GPtrArray *agents = mos_desk_get_agents (f->desk);

  for (guint i = 0; i < agents->len; i++)
    if (g_str_equal (((MosAgent *) agents->pdata[i])->name, name))
      mos_desk_use_agent_async (f->desk, ((MosAgent *) agents->pdata[i])->id, NULL, NULL, NULL);
  mos_test_wait (mos_desk_get_agent (f->desk) != NULL && g_str_equal (mos_desk_get_agent (f->desk)->name, name), 5000);
}

static gboolean
is_told (Shown *shown,
         const char *text)
{
  return mos_fixture_find_text (GTK_WIDGET (shown->view), text) != NULL;
}

/* What another agent has begun is told and is not opened as one's own; it can be taken over, and given back. */
static void
test_others (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  Shown shown = show_empty (f);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autofree char *nick = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *notice;

  add_agent (f, "Ana");
  add_agent (f, "Luis");
  sit_down (f, "Ana");
  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  type (&shown, "composer.reply", "It left on Monday");
  mos_test_wait (is_told (&shown, "Saved"), 15000);
  gtk_text_buffer_insert_at_cursor (text_of (&shown), ", by post", -1);

  /* With the last words, which had not been saved yet. */
  sit_down (f, "Luis");
  mos_test_wait (!mos_conversation_view_get_composing (shown.view), 5000);
  mos_test_wait (is_told (&shown, "has an unsent draft"), 10000);
  mos_test_wait (is_told (&shown, "It left on Monday, by post"), 10000);
  notice = mos_fixture_find (GTK_WIDGET (shown.view), MOS_TYPE_DRAFT_NOTICE, NULL);
  g_assert_nonnull (notice);
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (notice), GTK_ACCESSIBLE_PROPERTY_LABEL));

  /* An answer of his own begins with nothing of it. */
  type (&shown, "composer.reply", "I look");
  mos_test_wait (is_told (&shown, "Saved"), 15000);
  g_assert_false (writes (&shown, "Monday"));
  g_assert_true (is_told (&shown, "has an unsent draft"));

  gtk_widget_activate_action (GTK_WIDGET (shown.view), "composer.take-draft", "s", "");
  mos_test_wait (writes (&shown, "It left on Monday, by post"), 10000);
  mos_test_wait (!is_told (&shown, "has an unsent draft"), 10000);
  /* Who sends it signs it. */
  g_assert_true (writes (&shown, "-- \nLuis, Shop"));
  g_assert_false (writes (&shown, "Ana, Shop"));
  gtk_text_buffer_insert_at_cursor (text_of (&shown), ". Sorry!", -1);

  /* Given back: it is told again, with what was written since; one's own is there again. */
  mos_desk_undo_async (f->desk, 0, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  nick = mos_desk_undo_finish (f->desk, done, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (nick, ==, "take-draft");
  mos_test_wait (is_told (&shown, "It left on Monday, by post. Sorry!"), 10000);
  g_assert_false (writes (&shown, "Monday"));

  sit_down (f, "Ana");
  mos_test_wait (writes (&shown, "It left on Monday, by post. Sorry!"), 10000);
  mos_test_wait (is_told (&shown, "Luis"), 10000);
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

/* What was begun in one conversation is not told in the next. */
static void
test_others_elsewhere (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  g_autofree char *other = mos_desk_fixture_add_conversation (f, "Another", 1);
  Shown shown = show_empty (f);

  add_agent (f, "Ana");
  add_agent (f, "Luis");
  sit_down (f, "Ana");
  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  type (&shown, "composer.note", "She is a good customer");
  mos_test_wait (is_told (&shown, "Saved"), 15000);
  sit_down (f, "Luis");
  mos_test_wait (is_told (&shown, "has an unfinished note"), 10000);
  open_it (f, &shown, other);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 1 of 1"), 10000);
  g_assert_false (is_told (&shown, "has an unfinished note"));
  open_it (f, &shown, id);
  mos_test_wait (is_told (&shown, "has an unfinished note"), 10000);
  /* Nobody writes: the keyboard of whoever reads is not taken. */
  g_assert_false (mos_conversation_view_get_composing (shown.view));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

/* --- what cannot be read --- */

static void
run_sql (MosDeskFixture *f,
         const char *sql)
{
  g_autofree char *file = g_build_filename (mos_store_get_profile (f->store->store), MOS_STORE_FILE, NULL);
  g_autoptr (GError) error = NULL;
  MosDatabase *database = mos_database_open (file, MOS_DATABASE_READ_WRITE, &error);

  g_assert_no_error (error);
  mos_database_run_script (database, sql, &error);
  g_assert_no_error (error);
  mos_database_close (database);
}

static AdwBanner *
error_banner (Shown *shown)
{
  GtkWidget *label = mos_fixture_find_text (GTK_WIDGET (shown->view), "The messages could not be read.");
  GtkWidget *banner = label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_BANNER) : NULL;

  return banner != NULL && adw_banner_get_revealed (ADW_BANNER (banner)) ? ADW_BANNER (banner) : NULL;
}

/* A conversation that cannot be read does not look like an empty one, and can be tried again. */
static void
test_unreadable (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  Shown shown = show_empty (f);

  run_sql (f, "DELETE FROM due"); /* a target that is reckoned just now would miss the table as well */
  run_sql (f, "ALTER TABLE message_text RENAME TO elsewhere");
  g_test_expect_message ("mos-conversation", G_LOG_LEVEL_WARNING, "The messages could not be read*");
  open_it (f, &shown, id);
  mos_test_wait (error_banner (&shown) != NULL, 10000);
  g_test_assert_expected_messages ();
  run_sql (f, "ALTER TABLE elsewhere RENAME TO message_text");
  g_signal_emit_by_name (error_banner (&shown), "button-clicked");
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  g_assert_null (error_banner (&shown));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static gboolean
is_of_kind (GtkWidget *composer,
            const char *kind)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (MOS_COMPOSER (composer));

  return draft != NULL && g_str_equal (draft->kind, kind);
}

/* What is typed while the other kind is prepared goes over as well. */
static void
test_kind (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  Shown shown = show_empty (f);
  GtkWidget *composer;
  g_autoptr (MosDraft) draft = NULL;

  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Message 2 of 2"), 10000);
  type (&shown, "composer.reply", "It left");
  composer = mos_fixture_find (GTK_WIDGET (shown.view), MOS_TYPE_COMPOSER, NULL);
  gtk_widget_activate_action (composer, "composer.kind", "s", "forward");
  gtk_text_buffer_insert_at_cursor (text_of (&shown), " on Monday", -1);
  mos_test_wait (is_of_kind (composer, "forward"), 10000);
  draft = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_nonnull (strstr (draft->text, "It left on Monday"));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static double
open_cpu_ms (MosDeskFixture *f,
             Shown *shown,
             const char *id,
             const char *last)
{
  clock_t before = clock ();

  open_it (f, shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown->view), last), 20000);
  gtk_test_widget_wait_for_draw (shown->window);
  mos_test_wait (is_at_end (shown), 5000);
  return (double) (clock () - before) * 1000 / CLOCKS_PER_SEC;
}

/* A long thread opens at its end, and costs no more than a short one: only what is near the end has rows, only what is open has a body. */
static void
test_long (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *small = mos_desk_fixture_add_conversation (f, "Warm up", 3);
  g_autofree char *fifty = mos_desk_fixture_add_conversation (f, "Where is my order?", 50);
  g_autofree char *many = mos_desk_fixture_add_conversation (f, "A long story", 300);
  Shown shown = show_empty (f);

  g_test_message ("3 messages: %.0f ms", open_cpu_ms (f, &shown, small, "Message 3 of 3"));
  g_test_message ("50 messages: %.0f ms", open_cpu_ms (f, &shown, fifty, "Message 50 of 50"));
  g_assert_cmpuint (count (GTK_WIDGET (shown.view), MOS_TYPE_BODY_VIEW), <=, 8);
  g_test_message ("300 messages: %.0f ms", open_cpu_ms (f, &shown, many, "Message 300 of 300"));
  g_assert_cmpuint (count (GTK_WIDGET (shown.view), MOS_TYPE_MESSAGE_BUBBLE), <=, 40);
  g_assert_cmpuint (count (GTK_WIDGET (shown.view), MOS_TYPE_BODY_VIEW), <=, 8);
  g_test_message ("3 messages: %.0f ms", open_cpu_ms (f, &shown, small, "Message 3 of 3"));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

/* --- a chat --- */

typedef struct
{
  MosChatUpdate *update;
  char *conversation; /* (owned) (nullable): where it came to lie */
} Said;

static gboolean
do_say (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Said *said = data;
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) results = NULL;

  account->id = g_strdup ("w1");
  account->kind = g_strdup ("whatsapp");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup ("+49 30 901820");
  mos_account_fill (account);
  batch->account = g_strdup (account->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_ptr_array_add (batch->updates, mos_chat_update_ref (said->update));
  if (!mos_store_account_save (txn, account, error) || !mos_chat_ingest (txn, account, batch, &results, error))
    return FALSE;
  g_set_str (&said->conversation, ((MosIngestResult *) results->pdata[0])->conversation);
  return TRUE;
}

/* The customer writes @text. Returns: (transfer full): the conversation */
static char *
say (MosDeskFixture *f,
     const char *text,
     gint64 at_us)
{
  g_autoptr (MosChatUpdate) update = mos_chat_update_new ();
  Said said = { .update = update };
  GError *error = NULL;

  update->kind = MOS_CHAT_MESSAGE;
  update->thread = g_strdup ("491514711");
  update->id = g_strdup (text);
  update->text = g_strdup (text);
  update->person = mos_chat_person_make ("phone", "", "+491514711", "Ana");
  update->at_us = at_us;
  mos_store_write_sync (f->store->store, NULL, NULL, do_say, &said, NULL, NULL, &error);
  g_assert_no_error (error);
  return said.conversation;
}

/* The time for an answer is over, and the customer writes again while one is being written: it can be sent. */
static void
test_window (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = say (f, "Where is it?", MOS_TEST_NOW_US - 25 * G_TIME_SPAN_HOUR);
  Shown shown = show_empty (f);

  open_it (f, &shown, id);
  mos_test_wait (body_says (GTK_WIDGET (shown.view), "Where is it?"), 10000);
  type (&shown, "composer.reply", "It left on Monday");
  mos_test_wait (is_told (&shown, "The time for an answer is over"), 10000);
  g_free (say (f, "Hello?", MOS_TEST_NOW_US));
  mos_test_wait (is_told (&shown, "Can be answered for"), 10000);
  g_assert_false (is_told (&shown, "The time for an answer is over"));
  g_assert_true (writes (&shown, "It left on Monday"));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/conversation/opens", test_opens);
  g_test_add_func ("/conversation/arrives", test_arrives);
  g_test_add_func ("/conversation/draft", test_draft);
  g_test_add_func ("/conversation/unreadable", test_unreadable);
  g_test_add_func ("/conversation/others", test_others);
  g_test_add_func ("/conversation/others-elsewhere", test_others_elsewhere);
  g_test_add_func ("/conversation/note", test_note);
  g_test_add_func ("/conversation/kind", test_kind);
  g_test_add_func ("/conversation/long", test_long);
  g_test_add_func ("/conversation/window", test_window);
  return g_test_run ();
}
