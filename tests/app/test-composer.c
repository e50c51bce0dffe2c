/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-address-entry.h"
#include "app/composer/mos-composer.h"
#include "app/composer/mos-recipient-chip.h"
#include "app/inbox/mos-snooze-dialog.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

static GtkWidget *
show (MosDraft *draft,
      GtkWidget **ret_composer)
{
  GtkWidget *window = adw_window_new ();

  *ret_composer = mos_composer_new (NULL);
  adw_window_set_content (ADW_WINDOW (window), *ret_composer);
  gtk_window_present (GTK_WINDOW (window));
  mos_composer_open (MOS_COMPOSER (*ret_composer), draft);
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static MosDraft *
full_draft (const char *kind)
{
  MosDraft *draft = mos_fixture_draft (kind);

  g_ptr_array_unref (draft->to);
  draft->to = mos_fixture_addresses ("Ana <ana@example.org>, bo@example.org");
  g_ptr_array_unref (draft->cc);
  draft->cc = mos_fixture_addresses ("cc@example.org");
  g_set_str (&draft->subject, "Re: Order");
  g_set_str (&draft->text, "Dear Ana,\nyes.");
  draft->quote = g_strdup ("> Where is it?");
  draft->reply_to_message = g_strdup ("m1");
  draft->caret = 9;
  g_ptr_array_add (draft->attachments, mos_fixture_attachment ("a.pdf", "application/pdf", 100));
  return draft;
}

/* What is opened and left alone comes out unchanged, to the last field. */
static void
test_round_trip (void)
{
  g_autoptr (MosDraft) draft = full_draft ("reply");
  g_autoptr (MosDraft) out = NULL;
  GtkWidget *composer;
  GtkWidget *window = show (draft, &composer);

  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->id, ==, draft->id);
  g_assert_cmpstr (out->kind, ==, "reply");
  g_assert_cmpstr (out->conversation, ==, "c1");
  g_assert_cmpstr (out->account, ==, "a1");
  g_assert_cmpstr (out->reply_to_message, ==, "m1");
  g_assert_cmpuint (out->to->len, ==, 2);
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (out->to, 0))->name, ==, "Ana");
  g_assert_cmpstr (((MosAddress *) g_ptr_array_index (out->to, 1))->address, ==, "bo@example.org");
  g_assert_cmpuint (out->cc->len, ==, 1);
  g_assert_cmpuint (out->bcc->len, ==, 0);
  g_assert_cmpstr (out->subject, ==, "Re: Order");
  g_assert_cmpstr (out->text, ==, "Dear Ana,\nyes.");
  g_assert_cmpstr (out->quote, ==, "> Where is it?");
  g_assert_cmpuint (out->attachments->len, ==, 1);
  g_assert_cmpint (out->caret, ==, 9);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_quote_removed (void)
{
  g_autoptr (MosDraft) draft = full_draft ("reply");
  g_autoptr (MosDraft) out = NULL;
  GtkWidget *composer;
  GtkWidget *window = show (draft, &composer);

  g_assert_nonnull (mos_fixture_find (composer, GTK_TYPE_TOGGLE_BUTTON, "Show the quoted text"));
  gtk_widget_activate_action (composer, "composer.remove-quote", NULL);
  g_assert_null (mos_fixture_find (composer, GTK_TYPE_TOGGLE_BUTTON, "Show the quoted text"));
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_null (out->quote);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_note (void)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft ("note");
  GtkWidget *composer;
  GtkWidget *window = show (draft, &composer);

  g_assert_true (gtk_widget_has_css_class (composer, "note"));
  g_assert_nonnull (mos_fixture_find_text (composer, "Add Note"));
  g_assert_null (mos_fixture_find (composer, MOS_TYPE_ADDRESS_ENTRY, NULL));
  g_assert_null (mos_fixture_find (composer, ADW_TYPE_SPLIT_BUTTON, NULL));
  g_assert_nonnull (mos_fixture_find (composer, GTK_SOURCE_TYPE_VIEW, "Internal note"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *kind;
    gboolean subject;
  } cases[] = { { "reply", FALSE }, { "reply-all", FALSE }, { "forward", TRUE }, { "new", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosDraft) draft = full_draft (cases[i].kind);
      GtkWidget *composer;
      GtkWidget *window = show (draft, &composer);

      g_test_message ("%s", cases[i].kind);
      g_assert_cmpint (mos_fixture_find (composer, GTK_TYPE_TEXT, "Subject") != NULL, ==, cases[i].subject);
      gtk_widget_activate_action (composer, "composer.edit-subject", NULL);
      g_assert_nonnull (mos_fixture_find (composer, GTK_TYPE_TEXT, "Subject"));
      g_assert_false (gtk_widget_has_css_class (composer, "note"));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Sending without a recipient says so and keeps everything. */
static void
test_no_recipient (void)
{
  g_autoptr (MosDraft) draft = mos_fixture_draft ("new");
  GtkWidget *composer, *window;

  g_set_str (&draft->text, "Hello");
  window = show (draft, &composer);
  gtk_widget_activate_action (composer, "composer.send", NULL);
  g_assert_nonnull (mos_fixture_find_text (composer, "Add a recipient"));
  g_assert_true (mos_composer_is_open (MOS_COMPOSER (composer)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_snooze_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found = mos_fixture_find (window, MOS_TYPE_SNOOZE_DIALOG, NULL);
    }
  return found;
}

/* A time that is chosen is meant for the draft for which it was asked. */
static void
test_time_asked (void)
{
  for (int is_other = 0; is_other < 2; is_other++)
    {
      g_autoptr (MosDraft) draft = full_draft ("reply");
      g_autoptr (MosDraft) other = full_draft ("reply");
      GtkWidget *composer, *dialog;
      GtkWidget *window = show (draft, &composer);

      g_set_str (&other->id, "another");
      gtk_widget_activate_action (composer, "composer.send-later", NULL);
      mos_test_wait ((dialog = find_snooze_dialog ()) != NULL, 5000);
      if (is_other)
        mos_composer_open (MOS_COMPOSER (composer), other);
      /* Long ago: it is refused, in words. */
      g_signal_emit_by_name (dialog, "chosen", (gint64) 1);
      g_assert_cmpint (mos_fixture_find_text (composer, "has passed") == NULL, ==, is_other);
      gtk_window_destroy (GTK_WINDOW (window));
      mos_test_settle (20);
    }
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_discard (void)
{
  g_autoptr (MosDraft) draft = full_draft ("reply");
  GtkWidget *composer;
  GtkWidget *window = show (draft, &composer);
  guint discarded = 0;

  g_signal_connect_swapped (composer, "discarded", G_CALLBACK (count_cb), &discarded);
  gtk_widget_activate_action (composer, "composer.discard", NULL);
  g_assert_cmpuint (discarded, ==, 1);
  g_assert_false (mos_composer_is_open (MOS_COMPOSER (composer)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- Recipients --- */

static void
test_address_entry (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  GtkWidget *text;
  guint changed = 0;
  g_autoptr (GPtrArray) addresses = NULL;

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  mos_address_entry_set_title (MOS_ADDRESS_ENTRY (entry), "To");
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (count_cb), &changed);
  text = mos_fixture_find (entry, GTK_TYPE_TEXT, "To");
  g_assert_nonnull (text);
  g_assert_true (mos_address_entry_is_empty (MOS_ADDRESS_ENTRY (entry)));

  /* What is typed counts before it is a chip. */
  gtk_editable_set_text (GTK_EDITABLE (text), "ana@example.org");
  addresses = mos_address_entry_dup_addresses (MOS_ADDRESS_ENTRY (entry));
  g_assert_cmpuint (addresses->len, ==, 1);
  g_assert_cmpuint (changed, >, 0);

  /* A comma makes a chip, a paste makes several, a mistake makes a marked one. */
  gtk_editable_set_text (GTK_EDITABLE (text), "ana@example.org, Bo <bo@example.org>, nobody,");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  g_clear_pointer (&addresses, g_ptr_array_unref);
  addresses = mos_address_entry_dup_addresses (MOS_ADDRESS_ENTRY (entry));
  g_assert_cmpuint (addresses->len, ==, 3);
  g_assert_nonnull (mos_fixture_find_text (entry, "nobody"));
  g_assert_nonnull (mos_fixture_find (entry, GTK_TYPE_IMAGE, "“nobody” is not an e-mail address"));

  /* One is taken away by its button. */
  g_signal_emit_by_name (mos_fixture_find (entry, GTK_TYPE_BUTTON, "Remove nobody"), "clicked");
  g_clear_pointer (&addresses, g_ptr_array_unref);
  addresses = mos_address_entry_dup_addresses (MOS_ADDRESS_ENTRY (entry));
  g_assert_cmpuint (addresses->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
join (GtkWidget *entry)
{
  g_autoptr (GPtrArray) addresses = mos_address_entry_dup_addresses (MOS_ADDRESS_ENTRY (entry));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((MosAddress *) g_ptr_array_index (addresses, i))->address);
  return g_string_free (text, FALSE);
}

static void
expect (GtkWidget *entry,
        const char *addresses)
{
  g_autofree char *text = join (entry);

  g_assert_cmpstr (text, ==, addresses);
}

static GtkWidget *
chip_of (GtkWidget *entry,
         const char *name)
{
  GtkWidget *chip = mos_fixture_find (entry, MOS_TYPE_RECIPIENT_CHIP, name);

  g_assert_nonnull (chip);
  return chip;
}

static void
act (GtkWidget *chip,
     MosRecipientChipAct what)
{
  g_signal_emit_by_name (chip, "act", (int) what);
}

/* A chip that fills the line leaves no empty one below it while nobody types. */
static void
test_address_room (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  GtkWidget *text, *chip;
  g_autoptr (GPtrArray) one = mos_fixture_addresses ("Ana de la Fuente y Ruiz <ana@example.org>");
  int width, line, height, typed;

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  mos_address_entry_set_title (MOS_ADDRESS_ENTRY (entry), "To");
  mos_address_entry_set_addresses (MOS_ADDRESS_ENTRY (entry), one);
  text = mos_fixture_find (entry, GTK_TYPE_TEXT, "To");
  chip = mos_fixture_find (entry, MOS_TYPE_RECIPIENT_CHIP, NULL);
  g_assert_false (gtk_widget_has_focus (text));
  gtk_widget_measure (chip, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (chip, GTK_ORIENTATION_VERTICAL, -1, NULL, &line, NULL, NULL);
  gtk_widget_measure (entry, GTK_ORIENTATION_VERTICAL, width + 12, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <, 2 * line);

  /* What is typed has room, in a line of its own if need be. */
  gtk_editable_set_text (GTK_EDITABLE (text), "bo@exam");
  gtk_widget_measure (entry, GTK_ORIENTATION_VERTICAL, width + 12, &typed, NULL, NULL, NULL);
  g_assert_cmpint (typed, >, height);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As the keyboard does it: by its input method. */
static void
type (GtkWidget *text,
      const char *typed)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (text);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      GtkIMContext *method = GTK_IS_EVENT_CONTROLLER_KEY (controller) ? gtk_event_controller_key_get_im_context (GTK_EVENT_CONTROLLER_KEY (controller)) : NULL;

      if (method != NULL)
        {
          g_signal_emit_by_name (method, "commit", typed);
          return;
        }
    }
  g_assert_not_reached ();
}

/* An address becomes a chip while GTK still writes down how to undo what was typed: its warnings end the test. */
static void
test_address_typed (void)
{
  static const char *const typed[] = { "bo@example.org,", "Ana <ana@example.org>", "eva@example.org;" };
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  GtkWidget *text;

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  mos_address_entry_set_title (MOS_ADDRESS_ENTRY (entry), "To");
  text = mos_fixture_find (entry, GTK_TYPE_TEXT, "To");
  gtk_widget_grab_focus (text);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) addresses = NULL;

      type (text, typed[i]);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
      addresses = mos_address_entry_dup_addresses (MOS_ADDRESS_ENTRY (entry));
      g_assert_cmpuint (addresses->len, ==, i + 1);
    }
  gtk_widget_activate_action (text, "text.undo", NULL);
  gtk_widget_activate_action (text, "text.redo", NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
knows_of_focus (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean knows = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_FOCUS (controller))
        knows |= gtk_event_controller_focus_is_focus (GTK_EVENT_CONTROLLER_FOCUS (controller));
    }
  return knows;
}

/* A field that is left by Escape knows that it has not the keyboard any more: else its caret blinks on, and GTK warns. */
static void
test_leave_field (void)
{
  static const char *const fields[] = { "To", "Subject" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (MosDraft) draft = mos_fixture_draft ("new");
      GtkWidget *composer, *text;
      GtkWidget *window = show (draft, &composer);

      text = mos_fixture_find (composer, GTK_TYPE_TEXT, fields[i]);
      gtk_widget_grab_focus (text);
      g_assert_true (knows_of_focus (text));
      mos_composer_close (MOS_COMPOSER (composer));
      g_assert_false (knows_of_focus (text));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Walking, editing in place, removing: the keyboard always stays in the field. */
static void
test_chips (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  GtkWidget *text;
  int at = (int) strlen ("\"Ruiz, Bo\" <bo");
  g_autoptr (GPtrArray) three = mos_fixture_addresses ("Ana <ana@example.org>, \"Ruiz, Bo\" <bo@example.org>, cleo@example.org");

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  mos_address_entry_set_title (MOS_ADDRESS_ENTRY (entry), "To");
  mos_address_entry_set_addresses (MOS_ADDRESS_ENTRY (entry), three);
  text = mos_fixture_find (entry, GTK_TYPE_TEXT, "To");

  /* The name is shown, the address is told. */
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chip_of (entry, "Ana")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "\xe2\x81\xa8"
                                                                                                                     "ana@example.org"
                                                                                                                     "\xe2\x81\xa9");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (chip_of (entry, "Ana")), ==, "Ana <ana@example.org>");

  act (chip_of (entry, "cleo@example.org"), MOS_RECIPIENT_CHIP_PREVIOUS);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == chip_of (entry, "Ruiz, Bo"));
  act (chip_of (entry, "Ruiz, Bo"), MOS_RECIPIENT_CHIP_FIRST);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == chip_of (entry, "Ana"));
  act (chip_of (entry, "Ana"), MOS_RECIPIENT_CHIP_PREVIOUS);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == chip_of (entry, "Ana"));
  act (chip_of (entry, "cleo@example.org"), MOS_RECIPIENT_CHIP_NEXT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == text);

  /* Edited, it goes back to its place. */
  act (chip_of (entry, "Ruiz, Bo"), MOS_RECIPIENT_CHIP_EDIT);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "\"Ruiz, Bo\" <bo@example.org>");
  expect (entry, "ana@example.org cleo@example.org bo@example.org");
  gtk_editable_insert_text (GTK_EDITABLE (text), "b", 1, &at);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "\"Ruiz, Bo\" <bob@example.org>");
  mos_address_entry_commit (MOS_ADDRESS_ENTRY (entry));
  expect (entry, "ana@example.org bob@example.org cleo@example.org");

  /* Removed, its neighbour has the keyboard. */
  act (chip_of (entry, "Ruiz, Bo"), MOS_RECIPIENT_CHIP_REMOVE_BACK);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == chip_of (entry, "Ana"));
  act (chip_of (entry, "Ana"), MOS_RECIPIENT_CHIP_REMOVE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == chip_of (entry, "cleo@example.org"));
  act (chip_of (entry, "cleo@example.org"), MOS_RECIPIENT_CHIP_REMOVE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == text);
  expect (entry, "");

  /* A list as it comes from elsewhere. */
  gtk_editable_set_text (GTK_EDITABLE (text), "ana@example.org; Bo <bo@example.org>\ncleo@example.org, oops\n");
  expect (entry, "ana@example.org bo@example.org cleo@example.org oops");
  g_assert_nonnull (mos_fixture_find_text (chip_of (entry, "oops"), "not an address"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
height_at (GtkWidget *widget,
           int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/* In a narrow window the empty entry stays beside the chip; it takes a line of its own when what is typed needs one. */
static void
test_narrow (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  g_autoptr (GPtrArray) one = mos_fixture_addresses ("Ana <ana@example.org>");

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  mos_address_entry_set_title (MOS_ADDRESS_ENTRY (entry), "To");
  mos_address_entry_set_addresses (MOS_ADDRESS_ENTRY (entry), one);
  g_assert_cmpint (height_at (entry, 200), ==, height_at (entry, 2000));
  gtk_editable_set_text (GTK_EDITABLE (mos_fixture_find (entry, GTK_TYPE_TEXT, "To")), "somebody.with.a.long.name@example.org");
  g_assert_cmpint (height_at (entry, 200), >, height_at (entry, 2000));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who was never in the conversation is marked, in words; our own addresses and what is no address are not. */
static void
test_new_recipient (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *entry = g_object_new (MOS_TYPE_ADDRESS_ENTRY, NULL);
  g_autoptr (MosSendFacts) facts = mos_send_facts_new ();
  g_autoptr (GPtrArray) some = mos_fixture_addresses ("ana@example.org, Zoe <zoe@example.org>, shop@example.org");

  adw_window_set_content (ADW_WINDOW (window), entry);
  gtk_window_present (GTK_WINDOW (window));
  facts->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (facts->known, g_strdup ("ana@example.org"));
  facts->own = g_strsplit ("shop@example.org", " ", -1);
  mos_address_entry_set_addresses (MOS_ADDRESS_ENTRY (entry), some);
  g_assert_false (gtk_widget_has_css_class (chip_of (entry, "Zoe"), "new"));
  mos_address_entry_set_facts (MOS_ADDRESS_ENTRY (entry), facts);
  g_assert_true (gtk_widget_has_css_class (chip_of (entry, "Zoe"), "new"));
  g_assert_nonnull (mos_fixture_find_text (chip_of (entry, "Zoe"), "new"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (chip_of (entry, "Zoe")), "never in this conversation"));
  g_assert_false (gtk_widget_has_css_class (chip_of (entry, "ana@example.org"), "new"));
  g_assert_false (gtk_widget_has_css_class (chip_of (entry, "shop@example.org"), "new"));
  mos_address_entry_set_facts (MOS_ADDRESS_ENTRY (entry), NULL);
  g_assert_false (gtk_widget_has_css_class (chip_of (entry, "Zoe"), "new"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The text is exchanged where it differs: the caret keeps its place in what stays. */
static void
test_set_text (void)
{
  g_autoptr (MosDraft) draft = full_draft ("reply");
  g_autoptr (MosDraft) out = NULL;
  GtkWidget *composer, *window;

  g_set_str (&draft->text, "Grüße, 你好\n\n-- \nOld");
  draft->caret = 5;
  window = show (draft, &composer);
  mos_composer_set_text (MOS_COMPOSER (composer), "Grüße, 你好\n\n-- \nThe new one");
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->text, ==, "Grüße, 你好\n\n-- \nThe new one");
  g_assert_cmpint (out->caret, ==, 5);
  mos_composer_set_text (MOS_COMPOSER (composer), "");
  mos_composer_set_text (MOS_COMPOSER (composer), "aba");
  mos_composer_set_text (MOS_COMPOSER (composer), "ababa");
  g_clear_pointer (&out, mos_draft_unref);
  out = mos_composer_dup_draft (MOS_COMPOSER (composer));
  g_assert_cmpstr (out->text, ==, "ababa");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/composer/round-trip", test_round_trip);
  g_test_add_func ("/composer/quote-removed", test_quote_removed);
  g_test_add_func ("/composer/note", test_note);
  g_test_add_func ("/composer/kinds", test_kinds);
  g_test_add_func ("/composer/no-recipient", test_no_recipient);
  g_test_add_func ("/composer/discard", test_discard);
  g_test_add_func ("/composer/time-asked", test_time_asked);
  g_test_add_func ("/composer/addresses", test_address_entry);
  g_test_add_func ("/composer/addresses-room", test_address_room);
  g_test_add_func ("/composer/addresses-typed", test_address_typed);
  g_test_add_func ("/composer/leave-field", test_leave_field);
  g_test_add_func ("/composer/chips", test_chips);
  g_test_add_func ("/composer/narrow", test_narrow);
  g_test_add_func ("/composer/new-recipient", test_new_recipient);
  g_test_add_func ("/composer/set-text", test_set_text);
  return g_test_run ();
}
