/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-message-text.h"
#include "app/conversation/mos-message-bubble.h"

#include <adwaita.h>

/* Shows one message in a window; the bubble is borrowed. */
static GtkWidget *
show (MosMessageRow *row,
      GtkWidget **ret_bubble)
{
  g_autoptr (MosMessage) message = mos_fixture_message (row);
  GtkWidget *window = adw_window_new ();

  *ret_bubble = mos_message_bubble_new (NULL, message);
  mos_message_bubble_set_expanded (MOS_MESSAGE_BUBBLE (*ret_bubble), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 400);
  adw_window_set_content (ADW_WINDOW (window), *ret_bubble);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static gboolean
has_button (GtkWidget *bubble,
            const char *text)
{
  GtkWidget *label = mos_fixture_find_text (bubble, text);

  return label != NULL && gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) != NULL;
}

static void
test_incoming (void)
{
  GtkWidget *bubble;
  GtkWidget *window = show (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Where is it?\n\nOn Monday, Support wrote:\n> soon\n"), &bubble);
  GtkWidget *fold;

  g_assert_true (gtk_widget_has_css_class (bubble, "incoming"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Ana García"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "ana@example.org"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Support"));
  g_assert_null (mos_fixture_find_text (bubble, "Sent"));

  fold = mos_fixture_find (bubble, GTK_TYPE_TOGGLE_BUTTON, "Show quoted text");
  g_assert_nonnull (fold);
  gtk_widget_activate_action (bubble, "message.fold", NULL);
  g_assert_nonnull (mos_fixture_find (bubble, GTK_TYPE_TOGGLE_BUTTON, "Hide quoted text"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closed_row (void)
{
  GtkWidget *bubble;
  GtkWidget *window = show (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Where\n  is it?"), &bubble);

  g_assert_null (mos_fixture_find_text (bubble, "Where is it?"));
  gtk_widget_activate_action (bubble, "message.toggle", NULL);
  g_assert_false (mos_message_bubble_get_expanded (MOS_MESSAGE_BUBBLE (bubble)));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Where is it?"));
  g_assert_null (mos_fixture_find (bubble, MOS_TYPE_BODY_VIEW, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_states (void)
{
  static const struct
  {
    MosDelivery delivery;
    const char *why;
    const char *text;
    const char *button;
    const char *no_button;
  } cases[] = {
    { MOS_DELIVERY_QUEUED, NULL, "Waiting to be sent", "Edit", "Retry" },
    { MOS_DELIVERY_SENDING, NULL, "Sending…", NULL, "Edit" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_UNDO, "Sends in a moment", "Send Now", "Change…" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_LATER, "Sends at", "Change…", "Retry" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_LATER, "Sends at", "Cancel", "Edit" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_HELD_ANSWERED, "the customer has written since", "Send Now", "Edit" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_HELD_LATE, "when Mostrador did not run", "Change…", "Edit" },
    { MOS_DELIVERY_SCHEDULED, MOS_SCHEDULED_HELD_CLOSED, "the conversation was closed", "Cancel", "Edit" },
    { MOS_DELIVERY_ACCEPTED, NULL, "Sent", NULL, "Retry" },
    { MOS_DELIVERY_FAILED, "auth-failed", "refused the password", "Retry", "Yes, It Was Sent" },
    { MOS_DELIVERY_FAILED, "a-new-code", "gave no clear reason", "Discard", "Yes, It Was Sent" },
    { MOS_DELIVERY_UNCERTAIN, NULL, "Was it sent?", "Yes, It Was Sent", "Retry" },
    { MOS_DELIVERY_FAILED, "recipient-refused", "does not accept \xE2\x81\xA8"
                                                "ana@example.org",
      "Edit", "Yes, It Was Sent" },
    { MOS_DELIVERY_BOUNCED, NULL, "sent it back", NULL, "Retry" },
    { MOS_DELIVERY_BOUNCED, "5.1.1", "did not reach \xE2\x81\xA8"
                                     "ana@example.org",
      NULL, "Retry" },
    { MOS_DELIVERY_BOUNCED, "5.1.1", "There is no such address", NULL, "Retry" },
    { MOS_DELIVERY_BOUNCED, "5.2.2", "The mailbox is full", NULL, "Retry" },
    { MOS_DELIVERY_BOUNCED, "5.7.1", "does not take mail from us", NULL, "Retry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
      GtkWidget *bubble, *window;

      row->delivery = cases[i].delivery;
      row->why = g_strdup (cases[i].why);
      window = show (row, &bubble);
      g_test_message ("%s", mos_delivery_to_nick (cases[i].delivery));
      g_assert_true (gtk_widget_has_css_class (bubble, "outgoing"));
      g_assert_nonnull (mos_fixture_find_text (bubble, cases[i].text));
      if (cases[i].button != NULL)
        g_assert_true (has_button (bubble, cases[i].button));
      g_assert_false (has_button (bubble, cases[i].no_button));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
add_result (MosMessageRow *row,
            const char *address,
            MosRecipientState state,
            guint code,
            const char *status,
            const char *words)
{
  MosRecipientResult *result = mos_recipient_result_new ();

  result->address = g_strdup (address);
  result->state = state;
  result->code = code;
  result->status = g_strdup (status);
  result->text = g_strdup (words);
  g_ptr_array_add (row->results, result);
}

static MosMessageRow *
row_to_three (MosDelivery delivery,
              const char *why)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");

  row->delivery = delivery;
  row->why = g_strdup (why);
  row->attempts = 1;
  row->results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  add_result (row, "ana@example.org", MOS_RECIPIENT_ACCEPTED, 250, NULL, NULL);
  return row;
}

/* Some have it: the message says who does not, why, and what to do. */
static void
test_recipients (void)
{
  MosMessageRow *refused = row_to_three (MOS_DELIVERY_ACCEPTED, "recipients-refused");
  MosMessageRow *deferred = row_to_three (MOS_DELIVERY_QUEUED, "recipients-deferred");
  MosMessageRow *delayed = row_to_three (MOS_DELIVERY_ACCEPTED, "delayed");
  MosMessageRow *bounced = row_to_three (MOS_DELIVERY_BOUNCED, "5.1.1");
  g_autofree char *text = NULL;
  GtkWidget *bubble, *window;

  add_result (refused, "bo@example.org", MOS_RECIPIENT_ACCEPTED, 250, NULL, NULL);
  add_result (refused, "anna@example.org", MOS_RECIPIENT_REFUSED, 550, "5.1.1", "5.1.1 no such user");
  window = show (refused, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "Sent to 2 of 3."));
  g_assert_nonnull (mos_fixture_find_text (bubble, "550 5.1.1 no such user"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "There is no such address"));
  g_assert_true (has_button (bubble, "Retry"));
  gtk_window_destroy (GTK_WINDOW (window));

  add_result (deferred, "bo@example.org", MOS_RECIPIENT_DEFERRED, 451, "4.7.1", "4.7.1 greylisted");
  deferred->next_try_us = g_get_real_time () + 600 * (gint64) G_USEC_PER_SEC;
  window = show (deferred, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "Sent to 1 of 2."));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Next try:"));
  text = mos_delivery_waiting_text (deferred, deferred->next_try_us - 20 * G_USEC_PER_SEC);
  g_assert_nonnull (strstr (text, "Next try:"));
  g_assert_null (strstr (text, "just now"));
  g_assert_true (has_button (bubble, "Try Now"));
  g_assert_true (has_button (bubble, "Edit"));
  gtk_window_destroy (GTK_WINDOW (window));

  ((MosRecipientResult *) delayed->results->pdata[0])->state = MOS_RECIPIENT_DELAYED;
  window = show (delayed, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "still on its way"));
  g_assert_false (has_button (bubble, "Retry"));
  gtk_window_destroy (GTK_WINDOW (window));

  add_result (bounced, "bo@example.org", MOS_RECIPIENT_BOUNCED, 552, "5.2.2", "mailbox full");
  window = show (bounced, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "Sent to 1 of 2."));
  g_assert_nonnull (mos_fixture_find_text (bubble, "The mailbox is full"));
  g_assert_true (has_button (bubble, "Retry"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a server's "no" means: by its code, by its words, and by both. */
static void
test_remedies (void)
{
  static const struct
  {
    const char *status;
    const char *words;
    const char *text;
  } cases[] = {
    { "5.1.1", NULL, "no such address" },
    { "5.1.0", "address rejected", "no such address" },
    { "5.1.10", NULL, "behind the @" },
    { "5.1.2", NULL, "behind the @" },
    { "5.4.4", "Host or domain name not found", "behind the @" },
    { NULL, "550 <a@b>: User unknown in virtual mailbox table", "no such address" },
    { "5.2.2", NULL, "mailbox is full" },
    { "4.2.2", "over quota", "mailbox is full" },
    { NULL, "452 Mailbox full", "mailbox is full" },
    { "5.3.4", NULL, "too large" },
    { "5.2.3", NULL, "too large" },
    { NULL, "552 message size exceeds fixed limit", "too large" },
    { "5.7.1", "Message rejected as spam", "took it for spam" },
    { NULL, "554 blocked using zen.example", "took it for spam" },
    { "5.7.1", "Unauthenticated email is not accepted due to the domain's DMARC policy", "SPF, DKIM and DMARC" },
    { "5.7.26", NULL, "SPF, DKIM and DMARC" },
    { "5.7.1", "relay access denied", "does not let this account" },
    { "4.7.1", "Greylisted, try again in 300 seconds", "lets strangers wait" },
    { "4.4.1", "connect: Connection timed out", "does not answer" },
    { "4.4.7", NULL, "tried for days" },
    { "5.4.6", NULL, "in a circle" },
    { "5.0.0", "user unknown", "no such address" },
    { "5.0.0", NULL, "sent it back" },
    { "bounced", NULL, "sent it back" },
    { NULL, NULL, "sent it back" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = mos_remedy_text (cases[i].status, cases[i].words);

      g_test_message ("%s %s: %s", cases[i].status, cases[i].words, text);
      g_assert_nonnull (strstr (text, cases[i].text));
    }
}

/* Of several recipients the one is named that the server speaks of. */
static void
test_which_recipient (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
  g_autofree char *one = NULL;
  g_autofree char *all = NULL;

  g_ptr_array_unref (row->to);
  row->to = mos_fixture_addresses ("Ana <ana@example.org>, Bo <bo@example.org>");
  row->delivery = MOS_DELIVERY_BOUNCED;
  row->why = g_strdup ("5.1.1");
  all = mos_delivery_trouble_text (row);
  g_assert_nonnull (strstr (all, "ana@example.org"));
  g_assert_nonnull (strstr (all, "bo@example.org"));
  row->why_detail = g_strdup ("550 5.1.1 <Bo@example.org>: user unknown");
  one = mos_delivery_trouble_text (row);
  g_assert_null (strstr (one, "ana@example.org"));
  g_assert_nonnull (strstr (one, "bo@example.org"));
  mos_message_row_unref (row);
}

/* What a chat says of its own has nothing of mail in it, whatever the code: each that a channel gives is here. */
static void
test_chat_whys (void)
{
  static const char *const doubts[] = { "uncertain", "interrupted", MOS_OUTBOX_RESTORED, NULL };
  static const char *const codes[] = { "refused", "too-large", "network", "temporary", "protocol", "host-not-found", "no-server", "bad-certificate", "gave-up", "auth-failed", "key-refused",
                                       "empty", "bad-buttons", "reply-gone", "store", "unreadable", "blocked", "window-over", "chat-closed", "file-gone", "rate-limited", "letter-box", "uncertain", "something-new", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (MosMessageRow) row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
      g_autofree char *text = NULL;

      row->why = g_strdup (codes[i]);
      row->delivery = MOS_DELIVERY_FAILED;
      g_ptr_array_set_size (row->to, 0);
      text = mos_delivery_trouble_text (row);
      g_test_message ("%s: %s", codes[i], text);
      g_assert_null (strstr (text, "mail"));
      g_assert_null (strstr (text, "several days"));
    }
  for (guint i = 0; doubts[i] != NULL; i++)
    {
      g_autoptr (MosMessageRow) row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");

      row->why = g_strdup (doubts[i]);
      row->delivery = MOS_DELIVERY_UNCERTAIN;
      g_ptr_array_set_size (row->to, 0);
      g_assert_nonnull (strstr (mos_delivery_uncertain_text (row), "chat"));
      g_assert_null (strstr (mos_delivery_uncertain_text (row), "Sent folder"));
    }
}

/* The same bubble follows its message: queued, then failed, then sent. */
static void
test_follows (void)
{
  GtkWidget *toggle;
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
  g_autoptr (MosMessageRow) failed = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
  g_autoptr (MosMessageRow) sent = mos_fixture_row ("m1", MOS_DIRECTION_OUTGOING, "Hello");
  GtkWidget *bubble, *window;
  MosMessage *message;

  row->delivery = MOS_DELIVERY_QUEUED;
  failed->delivery = MOS_DELIVERY_FAILED;
  failed->why_detail = g_strdup ("550 no such user");
  window = show (row, &bubble);
  message = mos_message_bubble_get_message (MOS_MESSAGE_BUBBLE (bubble));
  mos_message_set_row (message, failed);
  /* The server's own words are there for who wants them. */
  toggle = mos_fixture_find_text (bubble, "Details");
  g_assert_nonnull (toggle);
  toggle = gtk_widget_get_ancestor (toggle, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_nonnull (toggle);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  g_assert_nonnull (mos_fixture_find_text (bubble, "550 no such user"));
  mos_message_set_row (message, sent);
  g_assert_null (mos_fixture_find_text (bubble, "550 no such user"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Sent"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_note (void)
{
  GtkWidget *bubble;
  GtkWidget *window = show (mos_fixture_row ("m1", MOS_DIRECTION_NOTE, "Refund?"), &bubble);

  g_assert_true (gtk_widget_has_css_class (bubble, "note"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Internal note"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "Luz"));
  g_assert_null (mos_fixture_find_text (bubble, "Sent"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_quarantine (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "I am away.");
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) allow = g_simple_action_new ("allow-sender", NULL);
  GtkWidget *bubble, *window, *button;

  row->classification = MOS_CLASSIFICATION_AUTO_REPLY;
  row->quarantined = TRUE;
  row->why = g_strdup ("auto-submitted");
  row->removed_on_server = TRUE;
  window = show (row, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "automatic reply, such as"));
  g_assert_true (has_button (bubble, "Treat as Normal Mail"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "removed on the server"));

  /* what cannot be done in this conversation is no button */
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (allow));
  gtk_widget_insert_action_group (window, "conversation", G_ACTION_GROUP (actions));
  button = gtk_widget_get_ancestor (mos_fixture_find_text (bubble, "Always Let This Sender Through"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_visible (button));
  g_simple_action_set_enabled (allow, FALSE);
  g_assert_false (gtk_widget_get_visible (button));
  g_simple_action_set_enabled (allow, TRUE);
  g_assert_true (gtk_widget_get_visible (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Beyond the fetch limit: a way to the rest, where there is one. */
static void
test_head_only (void)
{
  for (guint i = 0; i < 3; i++)
    {
      MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "");
      GtkWidget *bubble, *window;

      row->head_only = TRUE;
      row->quarantined = i == 2;
      row->why = g_strdup (i == 2 ? "junk" : "too-large");
      row->removed_on_server = i == 1;
      window = show (row, &bubble);
      g_assert_nonnull (mos_fixture_find_text (bubble, "Only its head is here"));
      g_assert_cmpint (has_button (bubble, "Fetch the Whole Message"), ==, i != 1);
      g_assert_cmpint (has_button (bubble, "Treat as Normal Mail"), ==, i == 2);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* One mail, two of our accounts: it says where the other copy is, and is no event that can be taken back. */
static void
test_twin (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "Where is it?");
  GtkWidget *bubble, *window;

  row->other = g_strdup ("c2");
  row->other_number = 12;
  row->other_account = g_strdup ("Wholesale");
  window = show (row, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "Wholesale"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "in conversation #12"));
  g_assert_true (has_button (bubble, "Open #12"));
  g_assert_false (has_button (bubble, "Undo this merge"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_attachments (void)
{
  MosMessageRow *row = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "See");
  GtkWidget *bubble, *window;

  g_ptr_array_add (row->attachments, mos_fixture_attachment ("bill.pdf", "application/pdf", 183000));
  g_ptr_array_add (row->attachments, mos_fixture_attachment ("label.pdf", "application/pdf", 2000));
  window = show (row, &bubble);
  g_assert_nonnull (mos_fixture_find_text (bubble, "bill.pdf"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "label.pdf"));
  g_assert_true (has_button (bubble, "Save All…"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_direction (void)
{
  GtkWidget *bubble;
  GtkWidget *window = show (mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "مرحبا، أين طلبي؟"), &bubble);

  g_assert_cmpint (gtk_widget_get_direction (mos_fixture_find (bubble, MOS_TYPE_BODY_VIEW, NULL)), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (bubble), ==, GTK_TEXT_DIR_LTR);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_event (const char *kind,
              const char *from,
              const char *to,
              const char *actor,
              const char *text)
{
  g_autoptr (MosMessageRow) row = mos_fixture_row ("e1", MOS_DIRECTION_EVENT, "");
  g_autoptr (GPtrArray) agents = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_agent_unref);
  MosAgent *agent = mos_agent_new ();
  g_autofree char *result = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *without_open = NULL;
  g_autofree char *plain = NULL;

  agent->id = g_strdup ("agent-1");
  agent->name = g_strdup ("Bo");
  g_ptr_array_add (agents, agent);
  row->event_kind = g_strdup (kind);
  row->event_from = g_strdup (from);
  row->event_to = g_strdup (to);
  g_set_str (&row->actor_name, actor);
  if (actor == NULL)
    row->actor_kind = MOS_ACTOR_SYSTEM;
  result = mos_event_text (row, agents, G_GINT64_CONSTANT (1772442000000000));
  /* The marks around names are for the eye of the layout only. */
  parts = g_strsplit (result, "\xE2\x81\xA8", -1);
  without_open = g_strjoinv ("", parts);
  g_clear_pointer (&parts, g_strfreev);
  parts = g_strsplit (without_open, "\xE2\x81\xA9", -1);
  plain = g_strjoinv ("", parts);
  g_assert_cmpstr (plain, ==, text);
}

static void
test_events (void)
{
  assert_event ("status", "open", "closed", "Ana", "Ana closed this");
  assert_event ("status", "closed", "open", "Ana", "Ana reopened this");
  assert_event ("status", "spam", "open", "Ana", "Ana said this is not spam");
  assert_event ("status", "snoozed", "open", NULL, "The snooze ended");
  assert_event ("status", "open", "pending", "Ana", "Ana marked this as waiting for the customer");
  assert_event ("assign", NULL, "agent-1", "Ana", "Ana assigned this to Bo");
  assert_event ("assign", NULL, "agent-1", "Bo", "Bo took this");
  assert_event ("assign", "agent-1", NULL, "Ana", "Ana removed the assignee");
  assert_event ("category", NULL, "Return", "Ana", "Ana set the category to “Return”");
  assert_event ("category", "Return", NULL, "Ana", "Ana removed the category");
  assert_event ("tag", NULL, "refund", "Ana", "Ana added the tag “refund”");
  assert_event ("untag", "refund", NULL, "Ana", "Ana removed the tag “refund”");
  assert_event ("priority", "normal", "urgent", "Ana", "Ana set the priority to Urgent");
  assert_event ("snooze", NULL, "1772528400000000", "Ana", "Ana snoozed this until: Tomorrow, 09:00");
  assert_event ("snooze", NULL, NULL, "Ana", "Ana snoozed this until the customer answers");
  assert_event ("release", NULL, NULL, "Ana", "Ana let this out of the quarantine");
  assert_event ("undo", "close", NULL, "Ana", "Ana took back: closed");
  assert_event ("redo", "note", NULL, "Ana", "Ana did again: note added");
  assert_event ("undo", NULL, NULL, "Ana", "Ana took back: a change");
  assert_event ("undo", "something-new", NULL, "Ana", "Ana took back: a change");
  assert_event ("something-new", "a", "b", NULL, "Mostrador changed “a” to “b”");
}

static MosMessageRow *
event_row (const char *kind,
           const char *from,
           const char *to,
           gint64 after_s)
{
  MosMessageRow *row = mos_fixture_row ("e1", MOS_DIRECTION_EVENT, "");

  row->event_kind = g_strdup (kind);
  row->event_from = g_strdup (from);
  row->event_to = g_strdup (to);
  row->received_us += after_s * G_USEC_PER_SEC;
  return row;
}

static void
test_joined_events (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  g_autoptr (MosMessageRow) late = event_row ("priority", NULL, "low", 700);
  g_autoptr (MosMessageRow) other = event_row ("priority", NULL, "low", 10);
  g_autoptr (MosMessageRow) snooze = event_row ("snooze", NULL, NULL, 10);
  g_autofree char *text = NULL;

  g_ptr_array_add (rows, event_row ("tag", NULL, "a", 0));
  g_ptr_array_add (rows, event_row ("priority", "normal", "high", 5));
  g_ptr_array_add (rows, event_row ("tag", NULL, "b", 10));
  g_ptr_array_add (rows, event_row ("status", "open", "closed", 20));
  for (guint i = 1; i < rows->len; i++)
    g_assert_true (mos_events_can_join (g_ptr_array_index (rows, i - 1), g_ptr_array_index (rows, i)));
  text = mos_events_text (rows, NULL, 0);
  g_assert_cmpstr (text, ==, "\xE2\x81\xA8Luz\xE2\x81\xA9 set the priority to High, closed this, added the tags “\xE2\x81\xA8"
                             "a\xE2\x81\xA9”, “\xE2\x81\xA8"
                             "b\xE2\x81\xA9”");

  g_set_str (&other->actor_name, "Bo");
  g_assert_false (mos_events_can_join (g_ptr_array_index (rows, 0), late));
  g_assert_false (mos_events_can_join (g_ptr_array_index (rows, 0), other));
  g_assert_false (mos_events_can_join (g_ptr_array_index (rows, 0), snooze));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/message/incoming", test_incoming);
  g_test_add_func ("/message/closed-row", test_closed_row);
  g_test_add_func ("/message/delivery-states", test_states);
  g_test_add_func ("/message/which-recipient", test_which_recipient);
  g_test_add_func ("/message/chat-whys", test_chat_whys);
  g_test_add_func ("/message/recipients", test_recipients);
  g_test_add_func ("/message/remedies", test_remedies);
  g_test_add_func ("/message/follows-its-row", test_follows);
  g_test_add_func ("/message/note", test_note);
  g_test_add_func ("/message/quarantine", test_quarantine);
  g_test_add_func ("/message/head-only", test_head_only);
  g_test_add_func ("/message/attachments", test_attachments);
  g_test_add_func ("/message/twin", test_twin);
  g_test_add_func ("/message/direction", test_direction);
  g_test_add_func ("/message/events", test_events);
  g_test_add_func ("/message/joined-events", test_joined_events);
  return g_test_run ();
}
