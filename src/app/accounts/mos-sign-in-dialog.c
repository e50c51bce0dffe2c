/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sign-in-dialog.h"

#include "app/accounts/mos-sign-in-flow.h"
#include "app/accounts/mos-sign-in-group.h"

#include <glib/gi18n.h>

struct _MosSignInDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwNavigationView *navigation;
  GtkLabel *explanation;
  MosSignInGroup *group;
  GtkWidget *continue_button;

  /* Owned */
  MosAccount *account;
  MosSignInFlow *flow;
};

G_DEFINE_FINAL_TYPE (MosSignInDialog, mos_sign_in_dialog, ADW_TYPE_DIALOG)

static void
on_changed_cb (MosSignInDialog *self)
{
  gtk_widget_set_sensitive (self->continue_button, mos_sign_in_group_is_valid (self->group));
  gtk_button_set_label (GTK_BUTTON (self->continue_button), mos_sign_in_group_is_oauth (self->group) ? _ ("_Sign In in the Browser") : _ ("_Try It Out"));
}

static void
on_continue_cb (MosSignInDialog *self)
{
  mos_sign_in_flow_start (self->flow, self->account);
}

static void
on_passed_cb (MosSignInDialog *self,
              MosAccount *account)
{
  mos_sign_in_flow_save (self->flow, account, NULL);
}

/* --- class --- */

static void
mos_sign_in_dialog_closed (AdwDialog *dialog)
{
  mos_sign_in_flow_cancel (MOS_SIGN_IN_DIALOG (dialog)->flow);
}

static void
mos_sign_in_dialog_dispose (GObject *object)
{
  MosSignInDialog *self = MOS_SIGN_IN_DIALOG (object);

  g_clear_object (&self->flow);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SIGN_IN_DIALOG);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_sign_in_dialog_parent_class)->dispose (object);
}

static void
mos_sign_in_dialog_class_init (MosSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sign_in_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_sign_in_dialog_closed;

  g_type_ensure (MOS_TYPE_SIGN_IN_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, group);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_cb);
}

static void
mos_sign_in_dialog_init (MosSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosSignInDialog *
mos_sign_in_dialog_new (MosDesk *desk,
                        MosAccount *account)
{
  MosSignInDialog *self = g_object_new (MOS_TYPE_SIGN_IN_DIALOG, NULL);
  /* Translators: %s is a mail address. */
  g_autofree char *text = g_strdup_printf (_ ("How Mostrador gets at the mail of %s. It is tried on the servers before it is kept; secrets go into the system’s keyring."), account->address);

  self->account = mos_account_ref (account);
  gtk_label_set_label (self->explanation, text);
  self->flow = mos_sign_in_flow_new (desk, ADW_DIALOG (self), self->navigation, self->group, "method");
  g_signal_connect_object (self->flow, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  mos_sign_in_group_set_account (self->group, account, TRUE);
  on_changed_cb (self);
  return self;
}
