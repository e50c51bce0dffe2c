/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-chat-setup.h"

#include "app/accounts/mos-chat-form.h"
#include "app/accounts/mos-error-alert.h"
#include "app/accounts/mos-keyring-alert.h"
#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-webhook-alert.h"
#include "app/help/mos-help-button.h"
#include "app/help/mos-help-page.h"
#include "app/help/mos-help-places.h"
#include "app/widgets/mos-toast-show.h"

#include "core/base/mos-error.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-rows.h"

#include <glib/gi18n.h>
#include <string.h>

struct _MosChatSetup
{
  AdwDialog parent_instance;

  /* Template children */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  AdwNavigationPage *how_page;
  GtkLabel *intro;
  GtkListBox *steps;
  MosChatForm *form;
  GtkWidget *try_button;
  GtkStack *try_stack;
  AdwPreferencesGroup *notes;
  AdwAvatar *picture;
  GtkLabel *found_name;
  GtkLabel *found_address;
  GtkEditable *name;
  AdwActionRow *link_row;
  GtkWidget *link_copy;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  GCancellable *cancellable; /* of everything */
  GCancellable *trial;       /* (nullable): of the one that runs */
  MosAccount *account;       /* (nullable): as the platform says */
  char *key;                 /* (nullable): what is kept with it */

  const MosAccountKind *kind;
};

G_DEFINE_FINAL_TYPE (MosChatSetup, mos_chat_setup, ADW_TYPE_DIALOG)

static void
on_copy_cb (MosChatSetup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), adw_action_row_get_subtitle (self->link_row));
  mos_toast_show (self->toasts, adw_toast_new (_ ("Copied")));
}

/* --- 1: what to do there --- */

static void
on_link_cb (MosChatSetup *self,
            GtkWidget *button)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (g_object_get_data (G_OBJECT (button), "words"));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, NULL, NULL);
}

static void
add_step (MosChatSetup *self,
          guint number,
          const MosAccountStep *step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *text = gtk_label_new (_ (step->text));
  g_autofree char *shown = g_strdup_printf ("%u", number);
  GtkWidget *mark = gtk_label_new (shown);

  gtk_widget_add_css_class (box, "mos-padded");
  gtk_widget_add_css_class (mark, "heading");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), text);
  if (step->copy != NULL)
    gtk_box_append (GTK_BOX (words), mos_chat_words_new (step->copy));
  if (step->link != NULL)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ (step->link_label));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, step->link);
      g_object_set_data_full (G_OBJECT (button), "words", g_strdup (step->link), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_link_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (words), button);
    }
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  /* What is in it can have the focus; the row has nothing to do. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->steps, row);
}

static void
add_note (MosChatSetup *self,
          const MosAccountNote *note)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (note->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (note->text));
  adw_preferences_group_add (self->notes, row);
}

/* --- 1 to 2: tried live --- */

static void
update (MosChatSetup *self)
{
  gboolean trying = self->trial != NULL;

  gtk_stack_set_visible_child_name (self->try_stack, trying ? "spinner" : "label");
  gtk_widget_set_sensitive (self->try_button, !trying && mos_chat_form_is_complete (self->form));
}

static void
stop_trial (MosChatSetup *self)
{
  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
}

/* What was tried is no longer what stands there. */
static void
on_changed_cb (MosChatSetup *self)
{
  if (self->kind == NULL)
    return;
  stop_trial (self);
  update (self);
}

static void
show_found (MosChatSetup *self,
            GBytes *picture)
{
  g_autoptr (GdkTexture) texture = picture != NULL ? gdk_texture_new_from_bytes (picture, NULL) : NULL;
  const char *address = self->account->address;
  g_autofree char *link = self->kind->make_link != NULL ? self->kind->make_link (address) : NULL;

  adw_avatar_set_text (self->picture, self->account->name);
  adw_avatar_set_custom_image (self->picture, GDK_PAINTABLE (texture));
  gtk_label_set_label (self->found_name, self->account->name);
  gtk_label_set_label (self->found_address, address);
  gtk_editable_set_text (self->name, self->account->name);
  gtk_widget_set_visible (GTK_WIDGET (self->link_row), link != NULL);
  if (link != NULL)
    adw_action_row_set_subtitle (self->link_row, link);
  adw_navigation_view_push_by_tag (self->navigation, "found");
  gtk_widget_grab_focus (self->save_button);
}

static void on_try_cb (MosChatSetup *self);

/* Returns: (transfer full): as it is typed */
static MosAccount *
make_account (MosChatSetup *self)
{
  MosAccount *account = mos_account_new ();

  account->kind = g_strdup (self->kind->kind);
  mos_chat_form_apply (self->form, account);
  mos_account_fill (account);
  return account;
}

static void
on_webhook_removed (gpointer setup)
{
  on_try_cb (setup);
}

static void
ask_for_webhook (MosChatSetup *self)
{
  g_autoptr (MosAccount) account = make_account (self);
  g_autofree char *secret = mos_chat_form_dup_secret (self->form);

  mos_webhook_alert_present (GTK_WIDGET (self), self->desk, account, secret, on_webhook_removed, self);
}

static void
on_identified_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosChatSetup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (MosAccount) account = mos_desk_sign_in_chat_finish (MOS_DESK (source), result, &key, &picture, &error);

  /* Another trial may be under way by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->trial);
  update (self);
  if (account == NULL)
    {
      mos_chat_form_show_error (self->form, error);
      if (mos_chat_error_is_webhook (error))
        ask_for_webhook (self);
      return;
    }
  if (mos_desk_find_account (self->desk, account->id) != NULL)
    {
      mos_chat_form_show_trouble (self->form, _ ("This account is here already"), _ ("Nothing was changed. Its settings are under Accounts; a new key is entered there, too."), account->address);
      return;
    }
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = g_steal_pointer (&account);
  g_free (self->key);
  self->key = g_steal_pointer (&key);
  show_found (self, picture);
}

static void
on_try_cb (MosChatSetup *self)
{
  g_autoptr (MosAccount) account = NULL;
  g_autofree char *user = NULL;
  g_autofree char *secret = NULL;

  if (self->trial != NULL || !mos_chat_form_is_complete (self->form) || !mos_chat_form_check (self->form))
    return;
  account = make_account (self);
  user = mos_chat_form_dup_user (self->form);
  secret = mos_chat_form_dup_secret (self->form);
  mos_chat_form_hide_trouble (self->form);
  self->trial = g_cancellable_new ();
  /* What cannot be pressed any more keeps no focus, and the dialog would not hear Escape. */
  if (gtk_widget_has_focus (self->try_button))
    mos_chat_form_focus (self->form);
  update (self);
  mos_desk_sign_in_chat_async (self->desk, account, user, secret, mos_chat_form_is_key (self->form), self->trial, on_identified_cb, g_object_ref (self));
}

static void
on_popped_cb (MosChatSetup *self)
{
  mos_chat_form_focus (self->form);
}

/* --- 3: kept --- */

static void save (MosChatSetup *self, gboolean is_for_run);

static void
keep_for_run (gpointer setup)
{
  save (setup, TRUE);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosChatSetup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = mos_desk_save_account_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (saved)
    adw_dialog_force_close (ADW_DIALOG (self));
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    mos_keyring_alert_present (GTK_WIDGET (self), keep_for_run, self);
  else
    mos_error_alert_present (GTK_WIDGET (self), error);
}

static void
save (MosChatSetup *self,
      gboolean is_for_run)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (MosAccount) account = mos_account_dup (self->account);

  if (*name != '\0')
    g_set_str (&account->name, name);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  if (is_for_run)
    mos_desk_save_account_for_run_async (self->desk, account, self->key, self->cancellable, on_saved_cb, g_object_ref (self));
  else
    mos_desk_save_account_async (self->desk, account, self->key, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_save_cb (MosChatSetup *self)
{
  if (gtk_widget_get_sensitive (self->save_button))
    save (self, FALSE);
}

static void
on_name_changed_cb (MosChatSetup *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  gtk_widget_set_sensitive (self->save_button, *name != '\0');
}

/* --- class --- */

/* The pending calls hold a reference, so closing, not disposal, ends them. */
static void
mos_chat_setup_closed (AdwDialog *dialog)
{
  MosChatSetup *self = MOS_CHAT_SETUP (dialog);

  stop_trial (self);
  g_cancellable_cancel (self->cancellable);
}

static void
mos_chat_setup_dispose (GObject *object)
{
  MosChatSetup *self = MOS_CHAT_SETUP (object);

  stop_trial (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CHAT_SETUP);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  if (self->key != NULL)
    explicit_bzero (self->key, strlen (self->key));
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_chat_setup_parent_class)->dispose (object);
}

static void
mos_chat_setup_class_init (MosChatSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chat_setup_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_chat_setup_closed;

  g_type_ensure (MOS_TYPE_CHAT_FORM);
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-chat-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, how_page);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, intro);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, steps);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, form);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, try_button);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, try_stack);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, notes);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, picture);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, found_name);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, found_address);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, name);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, link_row);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, link_copy);
  gtk_widget_class_bind_template_child (widget_class, MosChatSetup, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_cb);
}

static void
mos_chat_setup_init (MosChatSetup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosChatSetup *
mos_chat_setup_new (MosDesk *desk,
                    const MosAccountKind *kind)
{
  MosChatSetup *self = g_object_new (MOS_TYPE_CHAT_SETUP, NULL);
  guint number = 0;

  self->desk = g_object_ref (desk);
  self->kind = kind;
  mos_help_set_page (GTK_WIDGET (self), mos_help_find_page_of_kind (kind->kind));
  adw_dialog_set_title (ADW_DIALOG (self), _ (kind->heading));
  adw_navigation_page_set_title (self->how_page, _ (kind->heading));
  gtk_label_set_label (self->intro, _ (kind->intro));
  mos_chat_form_set (self->form, desk, kind, MOS_CHAT_FORM_NEW, NULL);
  for (const MosAccountStep *step = kind->steps; step != NULL && step->text != NULL; step++)
    add_step (self, ++number, step);
  for (const MosAccountNote *note = kind->notes; note != NULL && note->title != NULL; note++)
    add_note (self, note);
  update (self);
  return self;
}
