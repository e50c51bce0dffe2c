/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include "app/composer/mos-address-entry.h"
#include "app/composer/mos-composer.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

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
  g_test_add_func ("/composer/addresses", test_address_entry);
  return g_test_run ();
}
