/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-letter-box-group.h"

#include "app/accounts/mos-chat-form.h"
#include "app/application/mos-error-text.h"

#include "core/base/mos-error.h"
#include "core/base/mos-http.h"
#include "core/channels/relay/mos-relay.h"
#include "core/desk/mos-letter-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_NAME "mostrador-relay.php"

static guint changed_signal;

struct _MosLetterBoxGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template children */
  AdwActionRow *make_text;
  GtkEditable *app_secret;
  GtkWidget *make_row;
  GtkWidget *put_text;
  GtkEditable *address;
  GtkEditable *key;
  GtkWidget *test_row;
  AdwActionRow *result_row;
  GtkStack *result_stack;
  GtkWidget *tell_text;
  GtkWidget *token_row;
  AdwBin *token_words;

  /* Owned */
  MosLetterBoxUse use;
  MosDesk *desk;       /* (nullable) */
  GCancellable *trial; /* (nullable): of the one that runs */
};

G_DEFINE_FINAL_TYPE (MosLetterBoxGroup, mos_letter_box_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

char *
mos_letter_box_group_dup_address (MosLetterBoxGroup *self)
{
  return dup_text (self->address);
}

char *
mos_letter_box_group_dup_key (MosLetterBoxGroup *self)
{
  return dup_text (self->key);
}

/* --- what came of it --- */

/* @state: a page of result_stack */
static void
show_result (MosLetterBoxGroup *self,
             const char *state,
             const char *title,
             const char *text)
{
  gtk_stack_set_visible_child_name (self->result_stack, state);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->result_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_error (MosLetterBoxGroup *self,
            const GError *error)
{
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
    show_result (self, "fails", _ ("The letter box does not know this key"), _ ("The file that lies there was made with another one. Put the file that was saved last in its place, or enter the key of that one."));
  else if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER))
    show_result (self, "fails", _ ("No letter box answers there"), _ ("Something else is at that address, or nothing. Open it in a browser: “bad-key” is to be read there. If the file itself is shown, the web space does not run PHP."));
  else if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_LETTER_BOX))
    show_result (self, "fails", _ ("This letter box hands no files out"), _ ("It was made by an older Mostrador. Save it anew and put that file in its place; if it is there for WhatsApp, save it where that account is set up."));
  else if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY))
    show_result (self, "fails", _ ("The letter box cannot keep letters"), _ ("The web space answers with an error. The file needs PHP 7.2 or newer, and to be allowed to make a folder beside itself."));
  else
    {
      MosErrorText text = mos_error_text (error);
      g_autofree char *sentence = g_strdup_printf ("%s %s", text.sentence, text.step);

      show_result (self, "fails", text.title, g_strchomp (sentence));
    }
}

/* --- tried --- */

static void
update (MosLetterBoxGroup *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *key = dup_text (self->key);

  gtk_widget_set_sensitive (self->test_row, self->trial == NULL && *address != '\0' && *key != '\0');
}

static void
stop_trial (MosLetterBoxGroup *self)
{
  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosLetterBoxGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean works = mos_desk_try_letter_box_finish (MOS_DESK (source), result, &error);

  /* Another trial may be under way by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->result_row == NULL)
    return;
  g_clear_object (&self->trial);
  update (self);
  if (works)
    show_result (self, "works", _ ("The letter box works"), _ ("It answers, and knows the key."));
  else
    show_error (self, error);
}

gboolean
mos_letter_box_group_check (MosLetterBoxGroup *self)
{
  g_autofree char *address = dup_text (self->address);

  if (*address == '\0' || mos_http_url_is_allowed (address))
    return TRUE;
  show_result (self, "fails", _ ("The address begins with https://"), _ ("What customers write is not fetched over an open line. Most hosts switch https on with one press."));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  return FALSE;
}

static void
on_test_cb (MosLetterBoxGroup *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *key = dup_text (self->key);

  if (self->desk == NULL || *address == '\0' || *key == '\0' || !mos_letter_box_group_check (self))
    return;
  stop_trial (self);
  self->trial = g_cancellable_new ();
  update (self);
  show_result (self, "busy", _ ("Asking the letter box…"), "");
  mos_desk_try_letter_box_async (self->desk, address, key, self->use == MOS_LETTER_BOX_FILES, self->trial, on_tested_cb, g_object_ref (self));
}

static void
on_changed_cb (MosLetterBoxGroup *self)
{
  stop_trial (self);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), FALSE);
  update (self);
  g_signal_emit (self, changed_signal, 0);
}

/* --- made --- */

static void
on_secret_changed_cb (MosLetterBoxGroup *self)
{
  g_autofree char *secret = dup_text (self->app_secret);

  gtk_widget_set_sensitive (self->make_row, *secret != '\0');
}

gboolean
mos_letter_box_group_write (MosLetterBoxGroup *self,
                            const char *path,
                            GError **error)
{
  g_autofree char *secret = dup_text (self->app_secret);
  g_autofree char *key = mos_relay_make_key ();
  g_autofree char *token = mos_relay_make_key ();
  g_autofree char *text = mos_relay_make_file (key, token, self->use == MOS_LETTER_BOX_IN ? secret : NULL, error);

  if (text == NULL || !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;
  adw_bin_set_child (self->token_words, mos_chat_words_new (token));
  gtk_widget_set_visible (self->token_row, self->use == MOS_LETTER_BOX_IN);
  gtk_editable_set_text (self->key, key);
  return TRUE;
}

static void
on_file_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosLetterBoxGroup) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *shown = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  /* Nobody chose one, or nobody is there any more. */
  if (path == NULL || self->result_row == NULL)
    return;
  if (mos_letter_box_group_write (self, path, &error))
    {
      /* Translators: %s is a file name. */
      title = g_strdup_printf (_ ("%s is saved"), shown);
      show_result (self, "works", title, _ ("Its key is entered above. Put the file on your web space now."));
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    {
      show_result (self, "fails", _ ("That is no app secret"), _ ("It is made of letters and digits alone. At Meta, press “Show” beside it and copy it whole."));
      gtk_widget_grab_focus (GTK_WIDGET (self->app_secret));
    }
  else
    show_result (self, "fails", _ ("The file could not be saved"), error->message);
}

static void
on_make_cb (MosLetterBoxGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!gtk_widget_get_sensitive (self->make_row))
    return;
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Save the Letter Box"));
  gtk_file_dialog_set_initial_name (dialog, FILE_NAME);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_file_chosen_cb, g_object_ref (self));
}

void
mos_letter_box_group_set (MosLetterBoxGroup *self,
                          MosDesk *desk,
                          MosLetterBoxUse use,
                          const char *address,
                          gboolean with_key,
                          gboolean with_address)
{
  GtkWidget *of_key[] = { GTK_WIDGET (self->make_text), GTK_WIDGET (self->app_secret), self->make_row, GTK_WIDGET (self->key), self->test_row, self->tell_text };

  g_set_object (&self->desk, desk);
  self->use = use;
  if (address != NULL)
    gtk_editable_set_text (self->address, address);
  for (gsize i = 0; i < G_N_ELEMENTS (of_key); i++)
    gtk_widget_set_visible (of_key[i], with_key);
  gtk_widget_set_visible (self->put_text, with_key);
  if (use == MOS_LETTER_BOX_FILES)
    {
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Letter Box for Files"));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("Only to send files: it hands each out for a day, at an address that nobody can guess. One that you have already does this, too: enter its address and key. Without one, leave this empty."));
      adw_action_row_set_subtitle (self->make_text, _ ("It is a small file for your web space, which needs PHP and https. Where you have none yet, save it."));
      gtk_widget_set_visible (GTK_WIDGET (self->app_secret), FALSE);
      gtk_widget_set_visible (self->tell_text, FALSE);
      gtk_widget_set_sensitive (self->make_row, TRUE);
    }
  gtk_editable_set_editable (self->address, with_address);
}

/* --- class --- */

static void
mos_letter_box_group_unroot (GtkWidget *widget)
{
  stop_trial (MOS_LETTER_BOX_GROUP (widget));
  GTK_WIDGET_CLASS (mos_letter_box_group_parent_class)->unroot (widget);
}

static void
mos_letter_box_group_dispose (GObject *object)
{
  MosLetterBoxGroup *self = MOS_LETTER_BOX_GROUP (object);

  stop_trial (self);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_LETTER_BOX_GROUP);
  G_OBJECT_CLASS (mos_letter_box_group_parent_class)->dispose (object);
}

static void
mos_letter_box_group_class_init (MosLetterBoxGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_letter_box_group_dispose;
  widget_class->unroot = mos_letter_box_group_unroot;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-letter-box-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, make_text);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, app_secret);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, make_row);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, put_text);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, address);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, key);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, test_row);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, result_row);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, result_stack);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, tell_text);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, token_row);
  gtk_widget_class_bind_template_child (widget_class, MosLetterBoxGroup, token_words);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_make_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_secret_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_cb);
}

static void
mos_letter_box_group_init (MosLetterBoxGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
