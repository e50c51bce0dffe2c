/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sender-dialog.h"

#include "core/base/mos-text.h"

#include <glib/gi18n.h>

struct _MosSenderDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkEditable *address;
  GtkEditable *name;
  GtkEditable *reply_to;
  AdwSwitchRow *default_row;
  AdwSwitchRow *signature_row;
  GtkWidget *signature_box;
  GtkTextView *signature;
  GtkWidget *save_button;
  GtkWidget *remove_button;

  /* Owned */
  MosAccount *account;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSenderDialog, mos_sender_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
on_changed_cb (MosSenderDialog *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *reply_to = dup_text (self->reply_to);

  gtk_widget_set_sensitive (self->save_button, mos_text_is_address (address) && (*reply_to == '\0' || mos_text_is_address (reply_to)));
}

static void
on_signature_cb (MosSenderDialog *self)
{
  gtk_widget_set_visible (self->signature_box, adw_switch_row_get_active (self->signature_row));
}

static void
on_save_cb (MosSenderDialog *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *name = dup_text (self->name);
  g_autofree char *reply_to = dup_text (self->reply_to);
  g_autofree char *signature = NULL;
  g_autoptr (MosSender) sender = NULL;

  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  if (adw_switch_row_get_active (self->signature_row))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->signature);
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      signature = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  sender = mos_sender_make (address, g_str_equal (name, self->account->name) ? NULL : name, signature, reply_to);
  g_signal_emit (self, signals[EDITED], 0, sender, adw_switch_row_get_active (self->default_row));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_remove_cb (MosSenderDialog *self)
{
  g_signal_emit (self, signals[EDITED], 0, NULL, FALSE);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mos_sender_dialog_dispose (GObject *object)
{
  MosSenderDialog *self = MOS_SENDER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SENDER_DIALOG);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_sender_dialog_parent_class)->dispose (object);
}

static void
mos_sender_dialog_class_init (MosSenderDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sender_dialog_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, mos_sender_get_type (), G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sender-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, address);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, name);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, reply_to);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, default_row);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, signature_row);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, signature_box);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, MosSenderDialog, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_signature_cb);
}

static void
mos_sender_dialog_init (MosSenderDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosSenderDialog *
mos_sender_dialog_new (MosAccount *account,
                       MosSender *sender,
                       gboolean is_default)
{
  MosSenderDialog *self = g_object_new (MOS_TYPE_SENDER_DIALOG, NULL);
  const MosSender none = { 0 };
  const MosSender *shown = sender != NULL ? sender : &none;

  self->account = mos_account_ref (account);
  gtk_editable_set_text (self->address, shown->address != NULL ? shown->address : "");
  gtk_editable_set_text (self->name, shown->name != NULL ? shown->name : account->name);
  gtk_editable_set_text (self->reply_to, shown->reply_to != NULL ? shown->reply_to : "");
  adw_switch_row_set_active (self->default_row, is_default);
  adw_switch_row_set_active (self->signature_row, shown->signature != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->signature), shown->signature != NULL ? shown->signature : "", -1);
  gtk_widget_set_visible (self->remove_button, sender != NULL);
  on_changed_cb (self);
  on_signature_cb (self);
  return self;
}
