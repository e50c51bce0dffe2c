/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sign-in-page.h"

#include "app/application/mos-error-text.h"

#include <glib/gi18n.h>

struct _MosSignInPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  GtkWidget *spinner;
  GtkLabel *heading;
  GtkLabel *text;
  GtkLabel *details;
  GtkWidget *open_button;
  GtkWidget *copy_button;
  GtkWidget *retry_button;

  /* Owned */
  MosDesk *desk;
  MosAccount *account;       /* (nullable) */
  char *client_secret;       /* (nullable) */
  char *url;                 /* (nullable): while one is waited for */
  GCancellable *cancellable; /* (nullable) */
};

enum
{
  SIGNED_IN,
  EDIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSignInPage, mos_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

static void
set_waiting (MosSignInPage *self,
             gboolean waiting)
{
  gtk_widget_set_visible (self->spinner, waiting);
  gtk_widget_set_visible (self->open_button, waiting);
  gtk_widget_set_visible (self->copy_button, waiting);
  gtk_widget_set_visible (self->retry_button, !waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->details), !waiting);
  gtk_widget_set_sensitive (self->open_button, waiting && self->url != NULL);
  gtk_widget_set_sensitive (self->copy_button, waiting && self->url != NULL);
}

static void
on_launched_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) || self->url == NULL || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  gtk_label_set_label (self->text, _ ("The browser could not be opened. Copy the page’s address and open it yourself; this waits for it."));
}

static void
launch (MosSignInPage *self)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (self->url);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, on_launched_cb, g_object_ref (self));
}

static void
open_page (const char *url,
           gpointer user_data)
{
  MosSignInPage *self = user_data;

  g_set_str (&self->url, url);
  set_waiting (self, TRUE);
  launch (self);
}

static void
on_signed_in_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOAuthTokens) tokens = mos_desk_sign_in_finish (MOS_DESK (source), result, &error);
  g_autofree char *sentence = NULL;
  MosErrorText text;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->url, g_free);
  if (tokens != NULL)
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

      /* The person is in the browser. */
      if (GTK_IS_WINDOW (root))
        gtk_window_present (GTK_WINDOW (root));
      g_signal_emit (self, signals[SIGNED_IN], 0, tokens);
      return;
    }

  text = mos_error_text (error);
  sentence = g_strdup_printf ("%s %s", text.sentence, text.step);
  gtk_label_set_label (self->heading, text.title);
  gtk_label_set_label (self->text, g_strchomp (sentence));
  gtk_label_set_label (self->details, error->message);
  set_waiting (self, FALSE);
  gtk_widget_grab_focus (self->retry_button);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text.title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
start (MosSignInPage *self)
{
  /* What the browser shows when it has come back. */
  const MosOAuthPage page = {
    .language = pango_language_to_string (gtk_get_default_language ()),
    .is_rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL,
    .title = _ ("Mostrador"),
    .done = _ ("You have signed in. You may close this page and go back to Mostrador."),
    .denied = _ ("Access was not granted. You may close this page; Mostrador has changed nothing."),
    .stale = _ ("This page does not belong to a sign-in that is under way. You may close it."),
  };

  mos_sign_in_page_cancel (self);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->heading, _ ("Waiting for Your Browser"));
  gtk_label_set_label (self->text, _ ("Sign in on the page that opens there, and allow Mostrador to read and send your mail. The password stays between you and the provider."));
  set_waiting (self, TRUE);
  mos_desk_sign_in_async (self->desk, self->account, self->client_secret, &page, open_page, self, self->cancellable, on_signed_in_cb, g_object_ref (self));
}

static void
on_open_cb (MosSignInPage *self)
{
  if (self->url != NULL)
    launch (self);
}

static void
on_copy_cb (MosSignInPage *self)
{
  if (self->url == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->url);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("The address was copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_retry_cb (MosSignInPage *self)
{
  start (self);
}

static void
on_edit_cb (MosSignInPage *self)
{
  mos_sign_in_page_cancel (self);
  g_signal_emit (self, signals[EDIT], 0);
}

static void
mos_sign_in_page_dispose (GObject *object)
{
  MosSignInPage *self = MOS_SIGN_IN_PAGE (object);

  mos_sign_in_page_cancel (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->client_secret, g_free);
  G_OBJECT_CLASS (mos_sign_in_page_parent_class)->dispose (object);
}

static void
mos_sign_in_page_class_init (MosSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sign_in_page_dispose;

  signals[SIGNED_IN] = g_signal_new ("signed-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_oauth_tokens_get_type ());
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, text);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, details);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, MosSignInPage, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
}

static void
mos_sign_in_page_init (MosSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosSignInPage *
mos_sign_in_page_new (MosDesk *desk)
{
  MosSignInPage *self = g_object_new (MOS_TYPE_SIGN_IN_PAGE, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

void
mos_sign_in_page_start (MosSignInPage *self,
                        MosAccount *account,
                        const char *client_secret)
{
  g_return_if_fail (MOS_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (account != NULL && account->oauth != NULL);

  mos_account_ref (account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  g_set_str (&self->client_secret, client_secret);
  start (self);
}

void
mos_sign_in_page_cancel (MosSignInPage *self)
{
  g_return_if_fail (MOS_IS_SIGN_IN_PAGE (self));

  g_clear_pointer (&self->url, g_free);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
