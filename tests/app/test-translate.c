/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* A message and its translation, a draft and its translation: where they stand, what is there when it goes well and when it does not. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-test-web.h"
#include "mos-view-fixtures.h"

#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/conversation/mos-message-bubble.h"
#include "app/translate/mos-translate-dialog.h"
#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-pair-box.h"

#include "core/base/mos-json-read.h"

#include <string.h>

#define ACCOUNT "a1"

/* --- side by side --- */

static void
test_pair (void)
{
  static const struct
  {
    int width;
    gboolean is_side;
    GtkTextDirection direction;
  } rows[] = {
    { 700, TRUE, GTK_TEXT_DIR_LTR },
    { 700, TRUE, GTK_TEXT_DIR_RTL },
    { 400, FALSE, GTK_TEXT_DIR_LTR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *pair = mos_pair_box_new (600);
      GtkWidget *first = gtk_label_new ("One"), *second = gtk_label_new ("Two");
      graphene_rect_t a, b;
      int alone;

      gtk_widget_set_direction (pair, rows[i].direction);
      mos_pair_box_append (MOS_PAIR_BOX (pair), first);
      gtk_widget_measure (pair, GTK_ORIENTATION_VERTICAL, rows[i].width, NULL, &alone, NULL, NULL);
      mos_pair_box_append (MOS_PAIR_BOX (pair), second);
      gtk_window_set_child (GTK_WINDOW (window), pair);
      gtk_window_set_default_size (GTK_WINDOW (window), rows[i].width, 200);
      gtk_window_present (GTK_WINDOW (window));
      gtk_test_widget_wait_for_draw (window);
      g_assert_true (gtk_widget_compute_bounds (first, pair, &a) && gtk_widget_compute_bounds (second, pair, &b));
      if (rows[i].is_side)
        {
          g_assert_cmpfloat (a.origin.y, ==, b.origin.y);
          g_assert_true ((a.origin.x < b.origin.x) == (rows[i].direction == GTK_TEXT_DIR_LTR));
          g_assert_cmpfloat (a.size.width, ==, b.size.width);
        }
      else
        {
          g_assert_cmpfloat (a.origin.x, ==, b.origin.x);
          g_assert_cmpfloat (a.origin.y + a.size.height, <=, b.origin.y);
          g_assert_cmpfloat (a.size.width, ==, rows[i].width);
        }
      /* One alone has all of it. */
      gtk_widget_set_visible (second, FALSE);
      gtk_test_widget_wait_for_draw (window);
      g_assert_true (gtk_widget_compute_bounds (first, pair, &a));
      g_assert_cmpfloat (a.size.width, ==, rows[i].width);
      g_assert_cmpint (alone, >, 0);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* --- what is said --- */

static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MosTranslateSettings) settings = mos_translate_settings_make (MOS_TRANSLATE_DEEPL, NULL);
  g_autofree char *privacy = mos_translate_privacy_text (settings);
  g_autoptr (MosTranslation) translation = mos_translation_new ();
  g_autoptr (MosTranslateFacts) facts = mos_translate_facts_new ();
  g_autofree char *by = NULL, *nobody = NULL, *found = NULL;
  g_autoptr (GError) network = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no");
  g_autofree char *off_line = mos_translate_problem_text (network, MOS_TRANSLATE_DEEPL);

  for (int code = MOS_TRANSLATE_ERROR_OFF; code <= MOS_TRANSLATE_ERROR_NO_KEYRING; code++)
    {
      g_autoptr (GError) error = g_error_new (MOS_TRANSLATE_ERROR, code, "its words");
      char *text = mos_translate_problem_text (error, MOS_TRANSLATE_DEEPL);

      g_assert_cmpuint (strlen (text), >, 20);
      g_assert_true (g_hash_table_add (seen, text));
    }
  g_assert_true (strstr (off_line, "DeepL cannot be reached") != NULL);
  g_assert_true (strstr (privacy, "deepl.com") != NULL);
  translation->from = g_strdup ("nb");
  translation->service = MOS_TRANSLATE_DEEPL;
  by = mos_translate_by_text (translation);
  g_assert_cmpstr (by, ==, "Translated from Norsk by DeepL");
  g_set_str (&translation->from, "");
  nobody = mos_translate_by_text (translation);
  g_assert_cmpstr (nobody, ==, "Translated by DeepL");
  facts->languages = g_strsplit ("de en", " ", -1);
  facts->limit = 500;
  facts->used = 7;
  found = mos_translate_facts_text (facts, MOS_TRANSLATE_DEEPL);
  g_assert_cmpstr (found, ==, "DeepL works, and translates into 2 languages. 7 of 500 characters are used up.");
}

/* --- a service that says the same to everything --- */

static void
on_request (SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  gint *busy = data;

  if (g_str_equal (path, "/languages"))
    mos_test_web_answer (message, 200, "[{\"code\": \"en\"}, {\"code\": \"de\"}]");
  else if (g_str_equal (path, "/translate") && g_atomic_int_get (busy) != 0)
    mos_test_web_answer (message, 403, "{\"error\": \"Invalid API key\"}");
  else if (g_str_equal (path, "/translate"))
    {
      g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
      g_autoptr (JsonObject) asked = mos_json_read_root (body, NULL);
      g_autoptr (GString) answer = g_string_new ("{\"translatedText\": [");

      for (guint i = 0; i < mos_json_read_length (mos_json_read_array (asked, "q")); i++)
        g_string_append_printf (answer, "%s\"Wo ist es?\"", i > 0 ? ", " : "");
      g_string_append (answer, "], \"detectedLanguage\": {\"language\": \"en\", \"confidence\": 90}}");
      mos_test_web_answer (message, 200, answer->str);
    }
  else
    mos_test_web_answer (message, 404, "{}");
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

typedef struct
{
  MosDeskFixture *f;
  MosDesk *desk; /* one that goes on line, on the same profile; it is not started */
  MosTestWeb *web;
  gint is_busy; /* (atomic) */
} Fixture;

static void
set_up (Fixture *self,
        gconstpointer data)
{
  g_autoptr (MosTranslateSettings) settings = NULL;
  gboolean is_saved = FALSE, is_set = FALSE;

  self->f = mos_desk_fixture_new ();
  self->desk = mos_desk_new (self->f->store->store, MOS_DESK_FLAG_NONE);
  self->web = mos_test_web_new (on_request, &self->is_busy);
  settings = mos_translate_settings_make (MOS_TRANSLATE_LIBRETRANSLATE, mos_test_web_get_url (self->web));
  mos_desk_save_translate_async (self->desk, settings, "", NULL, on_done_cb, &is_saved);
  mos_desk_set_translate_account_async (self->desk, ACCOUNT, TRUE, NULL, on_done_cb, &is_set);
  mos_test_wait (is_saved && is_set && mos_desk_may_translate (self->desk, ACCOUNT), 10000);
  /* The sample shop's desk asks nobody, whatever its profile says. */
  g_assert_false (mos_desk_can_translate (self->f->desk));
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  mos_desk_stop_sync (self->desk);
  mos_test_settle (20);
  g_clear_object (&self->desk);
  mos_test_web_free (self->web);
  mos_desk_fixture_free (self->f);
}

static gboolean
body_says (GtkWidget *widget,
           const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_TEXT_VIEW (widget))
    {
      g_autofree char *all = NULL;

      g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "text", &all, NULL);
      return strstr (all, text) != NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (body_says (child, text))
      return TRUE;
  return FALSE;
}

static void
test_message (Fixture *self,
              gconstpointer data)
{
  GtkWidget *window = adw_window_new ();
  MosConversationView *view = MOS_CONVERSATION_VIEW (mos_conversation_view_new (self->desk));
  g_autofree char *id = mos_desk_fixture_add_conversation (self->f, "Vase", 1);
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (self->desk, id);
  GtkWidget *bubble, *copy;

  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  mos_conversation_view_set_conversation (view, conversation);
  mos_test_wait (mos_fixture_find (GTK_WIDGET (view), MOS_TYPE_BODY_VIEW, NULL) != NULL, 5000);
  bubble = gtk_widget_get_ancestor (mos_fixture_find (GTK_WIDGET (view), MOS_TYPE_BODY_VIEW, NULL), MOS_TYPE_MESSAGE_BUBBLE);

  /* Trouble is told there, the original stays, and it is tried again there. */
  g_atomic_int_set (&self->is_busy, 1);
  mos_conversation_view_translate (view);
  mos_test_wait (mos_fixture_find_text (bubble, "does not take the key") != NULL, 10000);
  g_atomic_int_set (&self->is_busy, 0);
  g_assert_nonnull (mos_fixture_find_text (bubble, "Try Again"));
  gtk_widget_activate_action (bubble, "message.translate", NULL);
  mos_test_wait (body_says (bubble, "Wo ist es?"), 10000);
  g_assert_null (mos_fixture_find_text (bubble, "does not take the key"));
  g_assert_nonnull (mos_fixture_find_text (bubble, "by LibreTranslate"));
  copy = mos_fixture_find (bubble, GTK_TYPE_BUTTON, "Copy the translation");
  g_assert_nonnull (copy);
  gtk_widget_activate_action (bubble, "message.hide-translation", NULL);
  g_assert_false (body_says (bubble, "Wo ist es?"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_accepted_cb (char **ret_text,
                const char *text)
{
  g_set_str (ret_text, text);
}

static void
test_draft (Fixture *self,
            gconstpointer data)
{
  GtkWidget *window = adw_window_new ();
  g_autofree char *accepted = NULL;
  MosTranslateDialog *dialog;
  GtkWidget *translation, *use;

  adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Behind"));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_present (GTK_WINDOW (window));
  dialog = mos_translate_dialog_new (self->desk, ACCOUNT, "Where is it?", TRUE, "de");
  g_signal_connect_swapped (dialog, "accepted", G_CALLBACK (on_accepted_cb), &accepted);
  adw_dialog_present (ADW_DIALOG (dialog), window);
  use = gtk_widget_get_ancestor (mos_fixture_find_text (GTK_WIDGET (dialog), "Use Translation"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (use));
  mos_test_wait (body_says (GTK_WIDGET (dialog), "Wo ist es?"), 10000);
  g_assert_true (body_says (GTK_WIDGET (dialog), "Where is it?"));
  translation = mos_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT_VIEW, "What Would Be Sent");
  g_assert_nonnull (translation);
  /* What the service said can be had again; what a person wrote is not thrown away without a question. */
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  /* It is the person's to change. */
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (translation)), " Danke.", -1);
  g_assert_true (gtk_widget_get_sensitive (use));
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  g_signal_emit_by_name (use, "clicked");
  mos_test_wait (accepted != NULL, 5000);
  g_assert_true (strstr (accepted, "Wo ist es?") != NULL && strstr (accepted, "Danke.") != NULL);
  mos_test_settle (50);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  char *keyring;
  int result;

  mos_test_init (&argc, &argv);
  /* The library that keeps passwords opens its file once. */
  keyring = mos_test_keyring_new ();
  gtk_init ();
  adw_init ();
  g_test_add_func ("/translate/pair", test_pair);
  g_test_add_func ("/translate/words", test_words);
  g_test_add ("/translate/message", Fixture, NULL, set_up, test_message, tear_down);
  g_test_add ("/translate/draft", Fixture, NULL, set_up, test_draft, tear_down);
  result = g_test_run ();
  mos_test_dir_free (keyring);
  return result;
}
